"""Give cells of a submission the metadata that the course wrote, whatever happened to it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode, from_dict
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.classroom.source import without_hidden

Metadata = dict[str, Any]


class Mend(NbGraderPreprocessor):
    """Restores nbgrader's metadata by grade id or cell id, once for each; copies and inventions lose theirs.

    Without it nbgrader stops at a cell that was copied, and a person would never see a written answer whose metadata was
    stripped.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Mend every cell of a notebook."""
        place = resources["nbgrader"]
        path = source_path(self, place["assignment"], place["notebook"])
        if path.is_file():
            mend(nb, course_cells(path))
        return nb, resources


def source_path(preprocessor: NbGraderPreprocessor, assignment: str, notebook: str) -> Path:
    """Return the place of the source notebook in the classroom that a preprocessor works in."""
    coursedir = preprocessor.parent.parent.coursedir
    folder = coursedir.format_path(coursedir.source_directory, ".", assignment)
    return Path(folder) / f"{notebook}.ipynb"


def course_cells(path: Path) -> dict[str, Metadata]:
    """Return the cells of a source notebook that nbgrader knows, by grade id, as learners get them."""
    found: dict[str, Metadata] = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        known = cell["metadata"].get("nbgrader")
        if known:
            found[known["grade_id"]] = cell | {"source": without_hidden("".join(cell["source"]))}
    return found


def course_texts(path: Path) -> frozenset[str]:
    """Return the texts of the cells of a source notebook that are no code: the course wrote them, so they may hold tags."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return frozenset("".join(cell["source"]) for cell in cells if cell["cell_type"] != "code")


def mend(nb: NotebookNode, known: dict[str, Metadata]) -> None:
    """Put the course's metadata on the right cells of a submitted notebook and take it off all others."""
    claims: dict[str, list[NotebookNode]] = {}
    for cell in nb.cells:
        given = cell.metadata.pop("nbgrader", None)
        name = given.get("grade_id") if isinstance(given, dict) else None
        name = name if isinstance(name, str) and name in known else cell.get("id", "")
        if name in known:
            claims.setdefault(name, []).append(cell)
    for name, cells in claims.items():
        # Of several copies the one that was worked on counts; of several such, the last.
        changed = [cell for cell in cells if cell.source.strip() != known[name]["source"].strip()]
        chosen = (changed or cells)[-1] if known[name]["metadata"]["nbgrader"]["solution"] else cells[-1]
        chosen.metadata["nbgrader"] = from_dict(copy.deepcopy(known[name]["metadata"]["nbgrader"]))


def add_missing(nb: NotebookNode, known: dict[str, Metadata]) -> None:
    """Put the test cells that a learner deleted at the end of the notebook, so that their points have a place."""
    present = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells}
    for name, cell in known.items():
        facts = cell["metadata"]["nbgrader"]
        if facts["grade"] and not facts["solution"] and name not in present:
            nb.cells.append(from_dict(copy.deepcopy(cell)))

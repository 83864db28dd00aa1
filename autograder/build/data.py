"""Find the data files that travel with a notebook."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.authoring.model import Assignment
from autograder.errors import BadExercise

MENTION = re.compile(r"""["'`]data/([A-Za-z0-9_.-]+\.[A-Za-z0-9]+)""")


def data_files(root: Path, assignment: Assignment, notebook: str) -> dict[str, Path]:
    """Return the files of the edition's data folder by name: the week's own, and shared ones that the notebook mentions.

    Raises BadExercise when a file that is mentioned exists nowhere.
    """
    own = assignment.folder / "data"
    found = sorted(own.iterdir()) if own.is_dir() else []
    files = {path.name: path for path in found if path.is_file() and path.name[0] != "."}
    problems = []
    for name in sorted(set(MENTION.findall(notebook.replace('\\"', '"'))) - files.keys()):
        shared = root / "datasets" / name
        if shared.is_file():
            files[name] = shared
        else:
            problems.append(
                f"source/{assignment.id}: data/{name} is read, but neither source/{assignment.id}/data/{name} "
                f"nor datasets/{name} exists. Add it, then run: mml build {assignment.id}"
            )
    if problems:
        raise BadExercise(problems)
    return files

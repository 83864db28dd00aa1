"""The accidents that learners really have, each done to one notebook; the true verdicts are kept in step."""

from __future__ import annotations

import ast
import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from autograder.authoring.model import Exercise
from autograder.batch.answers import Answer, Answers, renamed
from autograder.grading.verdict import Verdict

NotebookCell = dict[str, Any]


@dataclass
class Draft:
    """One learner's work while it is made up."""

    folder: str
    notebook: dict[str, Any]
    answers: dict[str, Answer]
    makers: dict[str, Answers]
    accident: str = ""
    file_name: str = ""
    older_copy: str = ""
    spoil: Callable[[dict[str, Any]], bytes | None] | None = None
    is_unreadable: bool = False
    extra: list[str] = field(default_factory=list)

    @property
    def cells(self) -> list[NotebookCell]:
        return self.notebook["cells"]

    def place(self, name: str) -> int | None:
        """Return where the answer cell of an exercise is; None when it was deleted."""
        return next((i for i, cell in enumerate(self.cells) if cell.get("id") == f"{name}-answer"), None)

    def write(self, name: str, answer: Answer) -> None:
        """Put an answer into its cell."""
        self.answers[name] = answer
        place = self.place(name)
        if place is not None and answer.kind == "missing":
            del self.cells[place]
        elif place is not None and answer.text is not None:
            self.cells[place]["source"] = answer.text.splitlines(keepends=True)

    def source(self, name: str) -> str:
        """Return the text of an answer cell."""
        place = self.place(name)
        return "" if place is None else "".join(self.cells[place]["source"])

    def set_source(self, name: str, text: str) -> None:
        """Change the text of an answer cell and leave its verdict as it is."""
        place = self.place(name)
        if place is not None:
            self.cells[place]["source"] = text.splitlines(keepends=True)

    def insert(self, text: str, *, before: int) -> None:
        """Put a cell of the learner's own somewhere."""
        self.extra.append(text)
        number = len(self.extra)
        cell = {"cell_type": "code", "id": f"own-{number}", "metadata": {}, "execution_count": None, "outputs": []}
        self.cells.insert(before, cell | {"source": text.splitlines(keepends=True)})

    def end_of_demo(self, text: str) -> None:
        """Write something more into a demo cell, or into a cell of its own when there is none."""
        demos = [cell for cell in self.cells if "demo" in cell["metadata"].get("tags", ())]
        if demos:
            demos[0]["source"] = ["".join(demos[0]["source"]) + "\n" + text]
        else:
            self.insert(text, before=len(self.cells))

    def right(self, name: str) -> int:
        """Give an exercise a right answer to play with, and return where it is."""
        place = self.place(name)
        if place is None:
            place = len(self.cells)
            empty = {"metadata": {}, "execution_count": None, "outputs": [], "source": []}
            self.cells.append({"cell_type": "code", "id": f"{name}-answer"} | empty)
        self.write(name, self.makers[name].reference())
        return place


Accident = Callable[[Draft, Exercise], None]


def _deleted_setup(draft: Draft, exercise: Exercise) -> None:
    draft.notebook["cells"] = [cell for cell in draft.cells if cell.get("id") != "setup"]


def _duplicated_cell(draft: Draft, exercise: Exercise) -> None:
    place = draft.right(exercise.name)
    draft.cells.insert(place + 1, json.loads(json.dumps(draft.cells[place])))


def _split_cell(draft: Draft, exercise: Exercise) -> None:
    place = draft.right(exercise.name)
    text = draft.source(exercise.name)
    lines = text.splitlines()
    last = ast.parse(text).body[-1]
    head = "\n".join(lines[: last.lineno - 1]).rstrip()
    draft.set_source(exercise.name, "\n".join(lines[last.lineno - 1 :]))
    draft.insert(head or "# this was one cell once", before=place)


def _moved_cell(draft: Draft, exercise: Exercise) -> None:
    draft.cells.append(draft.cells.pop(draft.right(exercise.name)))


def _turned_to_markdown(draft: Draft, exercise: Exercise) -> None:
    place = draft.right(exercise.name)
    cell = draft.cells[place]
    draft.cells[place] = {"cell_type": "markdown", "id": cell["id"], "metadata": cell["metadata"], "source": cell["source"]}
    draft.answers[exercise.name] = Answer("turned_to_markdown", None, Verdict.MISSING)


def _metadata_stripped(draft: Draft, exercise: Exercise) -> None:
    draft.notebook["metadata"], draft.notebook["nbformat_minor"] = {}, 4
    for cell in draft.cells:
        cell["metadata"] = {}
        cell.pop("id", None)


def _extra_keys(draft: Draft, exercise: Exercise) -> None:
    draft.notebook["metadata"]["widgets"] = {"state": {"a": None}}
    draft.notebook["extra"] = [1, 2, 3]
    for cell in draft.cells:
        cell["metadata"]["collapsed"], cell["metadata"]["my_editor"] = False, {"folded": [1]}
        cell["note_to_self"] = "done"


def _points_edited(draft: Draft, exercise: Exercise) -> None:
    for cell in draft.cells:
        facts = cell["metadata"].get("nbgrader", {})
        if "points" in facts:
            facts["points"] = 1000


def _renamed_copy(draft: Draft, exercise: Exercise) -> None:
    draft.file_name = f"{draft.folder} (1).ipynb"


def _old_format(draft: Draft, exercise: Exercise) -> None:
    draft.spoil = as_version_3


def _truncated(draft: Draft, exercise: Exercise) -> None:
    draft.spoil = lambda notebook: as_bytes(notebook)[: len(as_bytes(notebook)) // 2]
    draft.is_unreadable = True


def _empty_file(draft: Draft, exercise: Exercise) -> None:
    draft.spoil, draft.is_unreadable = lambda notebook: b"", True


def _not_utf8(draft: Draft, exercise: Exercise) -> None:
    draft.notebook["metadata"]["author"] = "Zoë"
    draft.spoil = lambda notebook: json.dumps(notebook, ensure_ascii=False).encode("latin-1", "replace")
    draft.is_unreadable = True


def _zip_archive(draft: Draft, exercise: Exercise) -> None:
    def zipped(notebook: dict[str, Any]) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo(f"{draft.folder}.ipynb"), as_bytes(notebook))
        return stream.getvalue()

    draft.spoil, draft.is_unreadable = zipped, True


def _no_notebook(draft: Draft, exercise: Exercise) -> None:
    draft.spoil, draft.is_unreadable = lambda notebook: None, True


def _two_notebooks(draft: Draft, exercise: Exercise) -> None:
    draft.older_copy = f"{draft.folder}-Copy1.ipynb"


def _helper_elsewhere(draft: Draft, exercise: Exercise) -> None:
    place = draft.right(exercise.name)
    name = exercise.name
    draft.insert(renamed(draft.source(name), {name: f"my_{name}"}), before=place)
    draft.set_source(name, f"def {name}(*args, **kwargs):\n    return my_{name}(*args, **kwargs)")


def _defined_twice(draft: Draft, exercise: Exercise) -> None:
    draft.right(exercise.name)
    first = f"def {exercise.name}(*args, **kwargs):\n    return None  # first try"
    draft.set_source(exercise.name, f"{first}\n\n\n{draft.source(exercise.name)}")


def _asks_for_input(draft: Draft, exercise: Exercise) -> None:
    draft.insert('name = input("Your name? ")\nprint("Hello", name)', before=3)


def _installs_packages(draft: Draft, exercise: Exercise) -> None:
    draft.insert("%pip install numpy", before=1)


def _shell_command(draft: Draft, exercise: Exercise) -> None:
    draft.right(exercise.name)
    draft.set_source(exercise.name, f"!ls\n{draft.source(exercise.name)}")


def _numpy_without_np(draft: Draft, exercise: Exercise) -> None:
    draft.right(exercise.name)
    draft.set_source(exercise.name, draft.source(exercise.name).replace("import numpy as np\n", "import numpy\n", 1))


def _prints_much(draft: Draft, exercise: Exercise) -> None:
    draft.end_of_demo("for line in range(200000):\n    print(line)")


def _warning_on_stderr(draft: Draft, exercise: Exercise) -> None:
    draft.right(exercise.name)
    noise = 'import sys\nimport warnings\n\nwarnings.warn("this is old")\nprint("careful", file=sys.stderr)'
    draft.set_source(exercise.name, f"{noise}\n\n{draft.source(exercise.name)}")


def _leftover_loop(draft: Draft, exercise: Exercise) -> None:
    draft.insert("while True:\n    pass", before=len(draft.cells) // 2)


def _long_training(draft: Draft, exercise: Exercise) -> None:
    draft.end_of_demo("loss = 1.0\nfor step in range(3_000_000_000):\n    loss = loss * 0.999999 + 1e-9")


def _cast(how: str) -> Accident:
    def accident(draft: Draft, exercise: Exercise) -> None:
        for name, maker in draft.makers.items():
            if how == "float32" or name == exercise.name:
                draft.right(name)
                draft.write(name, maker.cast(how))

    return accident


ACCIDENTS: dict[str, Accident] = {
    "deleted_setup_cell": _deleted_setup,
    "duplicated_cell": _duplicated_cell,
    "split_cell": _split_cell,
    "moved_cell": _moved_cell,
    "cell_turned_to_markdown": _turned_to_markdown,
    "metadata_stripped": _metadata_stripped,
    "extra_keys": _extra_keys,
    "points_edited": _points_edited,
    "renamed_file": _renamed_copy,
    "nbformat_3": _old_format,
    "truncated_json": _truncated,
    "empty_file": _empty_file,
    "not_utf8": _not_utf8,
    "zip_archive": _zip_archive,
    "no_notebook": _no_notebook,
    "two_notebooks": _two_notebooks,
    "helper_in_another_cell": _helper_elsewhere,
    "defined_twice": _defined_twice,
    "asks_for_input": _asks_for_input,
    "pip_install": _installs_packages,
    "shell_command": _shell_command,
    "numpy_without_np": _numpy_without_np,
    "prints_200000_lines": _prints_much,
    "warning_on_stderr": _warning_on_stderr,
    "leftover_endless_loop": _leftover_loop,
    "long_loop_in_a_demo": _long_training,
    "answers_in_float32": _cast("float32"),
    "zero_dimensional_array": _cast("zero_dimensional"),
    "numpy_scalar": _cast("numpy_scalar"),
    "nested_lists": _cast("nested_lists"),
}


def befall(draft: Draft, accident: str, exercises: list[Exercise], chance: random.Random) -> None:
    """Let an accident happen to a draft, to an exercise by chance where it strikes one."""
    draft.accident = accident
    ACCIDENTS[accident](draft, chance.choice(exercises))


def as_bytes(notebook: dict[str, Any]) -> bytes:
    """Return a notebook as Jupyter saves it."""
    return (json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def as_version_3(notebook: dict[str, Any]) -> bytes:
    """Return a notebook in the format of 2014: worksheets, and `input` for `source`."""
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            old = {"cell_type": "code", "input": cell["source"], "language": "python", "outputs": [], "collapsed": False}
        else:
            old = {"cell_type": cell["cell_type"], "source": cell["source"]}
        cells.append(old | {"metadata": cell["metadata"]})
    content = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"metadata": {}, "cells": cells}]}
    return as_bytes(content)

"""Write assignments and learners into nbgrader's gradebook, through nbgrader itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, ComputeChecksums, LockCells, SaveCells
from traitlets.config import Config

from autograder.classroom.roster import Learner
from autograder.classroom.stubs import NamedStubs

FILE = "gradebook.db"


def database(classroom: Path) -> str:
    """Return the address of a classroom's gradebook as nbgrader spells it."""
    return f"sqlite:///{classroom / FILE}"


@contextmanager
def gradebook(classroom: Path, course_id: str) -> Iterator[Gradebook]:
    """Open a classroom's gradebook; a new one is made."""
    before = os.environ.get("PATH", "")
    # nbgrader asks the program `alembic` for the version of a new database.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{before}"
    is_new = not (classroom / FILE).exists()
    try:
        with Gradebook(database(classroom), course_id) as book:
            if is_new:
                (classroom / FILE).chmod(0o600)
            yield book
    finally:
        os.environ["PATH"] = before


def blocked_changes(book: Gradebook, assignment: str, source: str) -> list[str]:
    """Return the cells that came or went although work on the assignment was handed in: nbgrader cannot change those."""
    try:
        notebook = book.find_notebook(assignment, assignment)
    except MissingEntry:
        return []
    if not notebook.submissions:
        return []
    old = {cell.name for cell in notebook.source_cells}
    cells = nbformat.reads(source, as_version=4).cells
    return sorted(old ^ {cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata})


def record_assignment(book: Gradebook, classroom: Path, assignment: str, source: str, due: datetime) -> None:
    """Put an assignment with its due date, cells and points into the gradebook, as `nbgrader generate_assignment` would.

    Grades that exist stay.
    """
    book.update_or_create_assignment(assignment, duedate=due.astimezone(UTC).replace(tzinfo=None), course_id=book.course_id)
    notebook = nbformat.reads(source, as_version=4)
    place = {"notebook": assignment, "assignment": assignment, "student": ".", "db_url": database(classroom)}
    resources: dict[str, Any] = {"nbgrader": place}
    config = Config({"ClearSolutions": {"text_stub": ""}})
    for step in (LockCells, NamedStubs, ClearOutput, CheckCellMetadata, ComputeChecksums, SaveCells):
        notebook, resources = step(config=config).preprocess(notebook, resources)
    book.db.expire_all()


def record_learners(book: Gradebook, learners: list[Learner]) -> None:
    """Add learners, or update what the roster says about those who are there already."""
    for learner in learners:
        facts = {key: value for key, value in asdict(learner).items() if value and key != "id"}
        book.update_or_create_student(learner.id, **facts)

"""Assemble the notebook of one assignment for one edition."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from autograder.authoring.cells import Cell, Role, exercise_cells, page_cells
from autograder.authoring.model import Assignment, Exercise, Page
from autograder.authoring.stub import stub_of, without_markers
from autograder.build import nbgrader
from autograder.build.otter import public_tests
from autograder.build.setup import setup_source
from autograder.errors import BadExercise

NotebookCell = dict[str, Any]
QUESTION_POINTS = 2
SCORE_CELL = "# Hidden checks run here when your work is graded. Leave this cell as it is."
PROGRESS_CELL = "# How far you are. Run the self-checks above first; Run All does.\ngrader.progress()"
BANNER = "Built from source/{folder} by `mml build`. Edit the numbered files."


class Edition(StrEnum):
    """Which notebook is made: the one to hand out, or the solved one."""

    RELEASE = "release"
    SOLUTIONS = "solutions"


def tests_of(assignment: Assignment) -> dict[str, str]:
    """Return the public checks of every exercise as otter-grader reads them."""
    return {exercise.name: public_tests(exercise) for exercise in assignment.exercises}


def notebook_text(assignment: Assignment, edition: Edition, tests: dict[str, str] | None = None) -> str:
    """Return the notebook as the bytes on disk spell it; `tests` spares a second look at the checks.

    Raises BadExercise when two cells would get the same id, or a file breaks the format.
    """
    cells = list(_cells(assignment, edition))
    ids = [cell["id"] for cell in cells]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise BadExercise(
            f"source/{assignment.id}: two pages, exercises or questions share a name, so that these cell ids are not unique: "
            f"{', '.join(twice)}. Rename one, then run: mml build"
        )
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "mml": {
            "assignment": assignment.id,
            "built_from": BANNER.format(folder=assignment.id),
            "edition": str(edition),
        },
        "otter": {
            "OK_FORMAT": False,
            "assignment_name": assignment.id,
            "tests": tests_of(assignment) if tests is None else tests,
        },
    }
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _cells(assignment: Assignment, edition: Edition) -> Iterator[NotebookCell]:
    setup = _code("setup", setup_source(assignment), nbgrader=nbgrader.read_only("setup"))
    is_set_up = False
    for position, item in enumerate(assignment.items):
        for cell in _page(item) if isinstance(item, Page) else _exercise(item, edition):
            # The title page's prose comes before the setup, everything else after it.
            if not is_set_up and (position > 0 or cell["cell_type"] == "code" or not isinstance(item, Page)):
                yield setup
                is_set_up = True
            yield cell
    if not is_set_up:
        yield setup
    if assignment.exercises:
        yield _code("progress", PROGRESS_CELL, nbgrader=nbgrader.read_only("progress"), tags=["otter_ignore"])


def _page(page: Page) -> Iterator[NotebookCell]:
    counts = {Role.PROSE: 0, Role.DEMO: 0}
    for cell in page_cells(page):
        if cell.role is Role.QUESTION:
            yield _markdown(f"{cell.name}-question", cell.source)
            written = nbgrader.written_answer(f"{cell.name}-answer", QUESTION_POINTS)
            yield _markdown(f"{cell.name}-answer", "", nbgrader=written)
            continue
        counts[cell.role] += 1
        name = f"page-{page.name}-{cell.role}-{counts[cell.role]}"
        if cell.role is Role.DEMO:
            yield _code(name, cell.source, tags=["demo"])
        else:
            yield _markdown(name, cell.source)


def _exercise(exercise: Exercise, edition: Edition) -> Iterator[NotebookCell]:
    name = exercise.name
    given = statements = 0
    for cell in exercise_cells(exercise):
        match cell.role:
            case Role.STATEMENT:
                statements += 1
                first = statements == 1
                yield _markdown(
                    f"{name}-statement" + ("" if first else f"-{statements}"),
                    with_facts(cell.source, exercise) if first else cell.source,
                )
            case Role.GIVEN:
                given += 1
                label = f"{name}-given-{given}"
                yield _code(label, cell.source, nbgrader=nbgrader.read_only(label))
            case Role.SOLUTION:
                yield from _answer(exercise, cell, edition)
            case _:
                pass  # imports are in the setup cell, and what is for staff stays in source/


def _answer(exercise: Exercise, cell: Cell, edition: Edition) -> Iterator[NotebookCell]:
    name = exercise.name
    source = stub_of(cell.source, name) if edition is Edition.RELEASE else without_markers(cell.source)
    yield _code(f"{name}-answer", source, nbgrader=nbgrader.answer(f"{name}-answer"))
    check = f"{name}-check"
    yield _code(check, f'grader.check("{name}")', nbgrader=nbgrader.read_only(check))
    score = nbgrader.score(f"{name}-score", exercise.facts.points)
    yield _code(f"{name}-score", SCORE_CELL, nbgrader=score, tags=["otter_ignore"])


def with_facts(statement: str, exercise: Exercise) -> str:
    """Return a statement with its points, time, level and bans in plain words."""
    facts = exercise.facts
    title, _, rest = statement.partition("\n")
    kind = " · capstone" if facts.capstone else ""
    line = f"*{facts.points} points · about {facts.minutes} minutes · level {facts.level} of 3{kind}*"
    notes = []
    if facts.banned:
        notes.append("Do not use: " + ", ".join(f"`{pattern}`" for pattern in facts.banned) + ".")
    if facts.uses:
        *some, last = [f"`{name}`" for name in facts.uses]
        names = f"{', '.join(some)} and {last}" if some else last
        notes.append(f"You may call your {names}. While this exercise is graded, the course's own version takes its place.")
    return "\n\n".join(part.strip("\n") for part in (title, line, rest, *notes) if part.strip())


def _markdown(name: str, source: str, **metadata: Any) -> NotebookCell:
    return {"cell_type": "markdown", "id": cell_id(name), "metadata": metadata, "source": _lines(source)}


def _code(name: str, source: str, **metadata: Any) -> NotebookCell:
    empty = {"execution_count": None, "outputs": []}
    return {"cell_type": "code", "id": cell_id(name), "metadata": metadata, "source": _lines(source)} | empty


def _lines(source: str) -> list[str]:
    return source.splitlines(keepends=True)


def cell_id(name: str) -> str:
    """Return a name in the form that nbformat 4.5 allows: at most 64 letters, digits, hyphens and underscores."""
    clean = re.sub(r"[^a-zA-Z0-9_-]", "-", name)
    if len(clean) > 64:
        raise BadExercise(f"The cell id {clean} has more than 64 characters. Shorten the name of its page or exercise.")
    return clean

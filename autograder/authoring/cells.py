"""Split an exercise file or a page into cells that know their role.

A role follows from what a cell is, never from metadata. The format is jupytext's py:percent; it is split here, because
importing jupytext costs two seconds, and a test holds the two in step.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from autograder.authoring.model import Exercise, Page
from autograder.authoring.stub import BEGIN
from autograder.errors import BadExercise

MARKS = {"check", "hidden", "helper", "accepted", "misconception"}
QUESTION = re.compile(r"^```question\s+id=([a-z][a-z0-9_]*)\s*$")
HEADING = re.compile(r"^#{1,3} ")


class Role(StrEnum):
    """What a cell is for."""

    STATEMENT = "statement"
    IMPORTS = "imports"
    GIVEN = "given"
    SOLUTION = "solution"
    STAFF = "staff"
    PROSE = "prose"
    DEMO = "demo"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of source with its role; questions also have a name."""

    role: Role
    source: str
    name: str = ""


def exercise_cells(exercise: Exercise) -> tuple[Cell, ...]:
    """Return the cells of an exercise file in order.

    Code after the solution is for staff, whatever it is: only what comes before it is given to learners.
    Raises BadExercise when a cell has no role.
    """
    return _exercise_cells(exercise.text, str(exercise.path))


@cache
def _exercise_cells(text: str, path: str) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    solved = False
    for kind, source, line in split_percent(text):
        if not source:
            continue
        role = Role.STATEMENT if kind == "markdown" else _role(source, f"{path}:{line}", solved=solved)
        solved = solved or role is Role.SOLUTION
        cells.append(Cell(role, source))
    if [cell.role for cell in cells].count(Role.SOLUTION) != 1 or not cells or cells[0].role is not Role.STATEMENT:
        raise BadExercise(
            f"{path}: begin with a '# %% [markdown]' statement and put the solution into exactly one cell. "
            "Then run: mml lint"
        )
    return tuple(cells)


def split_percent(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield (markdown or code, source, line number) of every py:percent cell."""
    starts = [match.start() for match in re.finditer(r"^# %%", text, flags=re.MULTILINE)]
    for start, end in zip(starts, [*starts[1:], len(text)]):
        head, _, body = text[start:end].partition("\n")
        kind = "markdown" if "[markdown]" in head else "code"
        body = body.strip("\n")
        if kind == "markdown":
            body = "\n".join(line[2:] if line.startswith("# ") else line[1:] for line in body.split("\n"))
        yield kind, body.rstrip(), text.count("\n", 0, start) + 1


def _role(source: str, where: str, *, solved: bool) -> Role:
    if BEGIN in source:
        return Role.SOLUTION
    if solved:
        return Role.STAFF
    tree = ast.parse(source)
    if any(_is_staff(node) for node in tree.body):
        return Role.STAFF
    if all(isinstance(node, ast.Import | ast.ImportFrom) for node in tree.body):
        return Role.IMPORTS
    given = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign
    if all(isinstance(node, given) for node in tree.body):
        return Role.GIVEN
    raise BadExercise(
        f"{where}: a cell before the solution may hold imports, functions, classes and constants only. "
        "Move the rest into a check, then run: mml lint"
    )


def _is_staff(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] == "autograder"
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] == "autograder" for alias in node.names)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return ast.unparse(node.value.func) == "exercise"
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return any(ast.unparse(mark).split("(")[0] in MARKS for mark in node.decorator_list)
    return False


def page_cells(page: Page) -> tuple[Cell, ...]:
    """Return the cells of a page: prose, the demo of every python fence, and questions.

    Raises BadExercise when a fence stays open or a question has no id.
    """
    cells: list[Cell] = []
    lines: list[str] = []
    fence: str | None = None

    def close(role: Role, name: str = "") -> None:
        source = "\n".join(lines).strip("\n").rstrip()
        if source.strip():
            cells.append(Cell(role, source, name))
        lines.clear()

    for number, line in enumerate(page.text.splitlines(), start=1):
        question = QUESTION.match(line)
        if fence is None and line.startswith("```question") and not question:
            raise BadExercise(f"{page.path}:{number}: write ```question id=a_name, then run: mml lint")
        if fence is None and (line.rstrip() == "```python" or question):
            close(Role.PROSE)
            fence = question.group(1) if question else "python"
        elif fence in (None, "other") and line.startswith("```"):
            fence = "other" if fence is None else None
            lines.append(line)
        elif fence not in (None, "other") and line.rstrip() == "```":
            close(*((Role.DEMO,) if fence == "python" else (Role.QUESTION, fence)))
            fence = None
        else:
            if fence is None and HEADING.match(line):
                close(Role.PROSE)
            lines.append(line)
    if fence is not None:
        raise BadExercise(f"{page.path}: a fence is never closed. End it with ``` on a line of its own, then run: mml lint")
    close(Role.PROSE)
    return tuple(cells)

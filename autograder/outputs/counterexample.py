"""Lay out what one failed check shows: the call, what came back, what was expected."""

from __future__ import annotations

import cmath
import re
from dataclasses import dataclass

from markupsafe import Markup

from autograder.outputs.figures import against
from autograder.outputs.values import GAP, Grid, Number, cell_of, first_wrong, laid_out, number_text, read_grid

NUMBERS = re.compile(r"wrong at position \[[\d, ]+\]: expected (.{1,60}?), got (.{1,60}?)(?: \(largest difference .*\))?\.$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of a grid, marked when it is the first wrong one."""

    text: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Value:
    """A value in the table: laid out as a grid when it is one, else as text."""

    label: str
    text: str
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Counterexample:
    """The smallest failing input of a check, ready to be shown.

    `positions` number the entries when both values are vectors of one length, which then share a table.
    """

    call: str
    values: tuple[Value, ...]
    positions: tuple[str, ...]
    figure: Markup


def counterexample(call: str, came_back: str, expected: str, message: str) -> Counterexample:
    """Return the layout of a failed check from the texts of its report."""
    got, right = read_grid(came_back), read_grid(expected)
    place = first_wrong(message)
    values = [("Came back", came_back, got, 2), ("Expected", expected, right, 1)]
    shown = tuple(
        Value(label, laid_out(text), _cells(grid, place, _said(message, group)))
        for label, text, grid, group in values
        if text
    )
    return Counterexample(laid_out(call), shown, _positions(got, right), against(got, right))


def _positions(got: Grid | None, right: Grid | None) -> tuple[str, ...]:
    if got is None or right is None or not (got.is_vector and right.is_vector) or got.shape != right.shape:
        return ()
    shown = [entry is not None for entry in got.rows[0]]
    if len(shown) == 1 or shown != [entry is not None for entry in right.rows[0]]:
        return ()
    # Entries are left out in one place; those behind it are numbered from the end.
    gap = (*shown, False).index(False)
    numbers = [place if place < gap else got.shape[0] - len(shown) + place for place in range(len(shown))]
    return tuple(str(number) if is_shown else GAP for number, is_shown in zip(numbers, shown, strict=True))


def _cells(grid: Grid | None, place: tuple[int, ...], said: complex | None) -> tuple[tuple[Cell, ...], ...]:
    if grid is None or len(grid.rows[0]) == len(grid.rows) == 1:
        return ()
    marked = cell_of(grid, place)
    # The position may belong to something computed from this value: the number there has to agree.
    if marked is not None and not _agrees(grid.rows[marked[0]][marked[1]], said):
        marked = None
    return tuple(
        tuple(Cell(number_text(value), (row, column) == marked) for column, value in enumerate(line))
        for row, line in enumerate(grid.rows)
    )


def _said(message: str, group: int) -> complex | None:
    found = NUMBERS.search(message)
    try:
        return complex(found.group(group)) if found else None
    except ValueError:
        return {"True": 1 + 0j, "False": 0j}.get(found.group(group)) if found else None


def _agrees(shown: Number | None, said: complex | None) -> bool:
    if shown is None or said is None:
        return False
    try:
        value = complex(shown)
    except OverflowError:
        return False
    return value == said or cmath.isclose(value, said, rel_tol=1e-6, abs_tol=1e-8) or (value != value and said != said)

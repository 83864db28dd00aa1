"""Read values back from the texts of a report, to lay them out.

The texts were written by the grader from what a learner's code returned. They are parsed as data and never run. A text that
was cut, or that is anything but numbers in brackets, is shown as it is.
"""

from __future__ import annotations

import ast
import math
import re
from dataclasses import dataclass

from autograder.grading.code import parsed

LONGEST = 2000
GAP = "…"
POSITION = re.compile(r"wrong at position \[(\d{1,6}(?:, \d{1,6})*)\]")
OPEN, CLOSE = "([{", ")]}"
NAMES = {"nan": math.nan, "inf": math.inf, "True": True, "False": False}

Number = bool | int | float | complex


@dataclass(frozen=True, slots=True)
class Grid:
    """A vector (one row) or a matrix as it was printed; None stands for entries that were left out."""

    rows: tuple[tuple[Number | None, ...], ...]
    is_vector: bool
    shape: tuple[int, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not any(entry is None for row in self.rows for entry in row)


def read_grid(text: str) -> Grid | None:
    """Return the vector or matrix that a text shows, or None when it shows something else."""
    if len(text) > LONGEST or not text.startswith(("array(", "[")):
        return None
    tree = parsed(text)
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return None
    node, shape = tree.body[0].value, ()
    if isinstance(node, ast.Call):
        if not (isinstance(node.func, ast.Name) and node.func.id == "array" and len(node.args) == 1):
            return None
        shape = next((_shape(word.value) for word in node.keywords if word.arg == "shape"), ())
        node = node.args[0]
    if not isinstance(node, ast.List) or not node.elts:
        return None
    if any(isinstance(entry, ast.List) for entry in node.elts):
        return _matrix(node.elts, shape)
    row = _row(node.elts)
    return None if row is None else Grid((row,), True, shape or (len(row),))


def _matrix(nodes: list[ast.expr], shape: tuple[int, ...]) -> Grid | None:
    rows = [_row(node.elts) if isinstance(node, ast.List) else (None,) if _is_gap(node) else None for node in nodes]
    widths = {len(node.elts) for node in nodes if isinstance(node, ast.List)}
    if any(row is None for row in rows) or len(widths) != 1 or 0 in widths:
        return None
    width = widths.pop()
    wide = tuple((None,) * width if row == (None,) and _is_gap(node) else row for row, node in zip(rows, nodes, strict=True))
    return Grid(wide, False, shape or (len(rows), width))  # type: ignore[arg-type]


def _row(nodes: list[ast.expr]) -> tuple[Number | None, ...] | None:
    entries = [(True, None) if _is_gap(node) else _number(node) for node in nodes]
    return tuple(value for _, value in entries) if all(fits for fits, _ in entries) else None


def _number(node: ast.expr) -> tuple[bool, Number | None]:
    """Return whether a node is a number, and the number."""
    match node:
        case ast.Constant(value=bool() | int() | float() | complex()):
            return True, node.value  # type: ignore[return-value]
        case ast.Name(id=name) if name in NAMES:
            return True, NAMES[name]
        case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
            fits, value = _number(node.operand)
            return fits, value if value is None or isinstance(node.op, ast.UAdd) else -value
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=ast.Constant(value=complex() as imaginary)):
            fits, real = _number(left)
            fits = fits and not isinstance(real, complex) and real is not None
            return fits, None if not fits else complex(real, imaginary.imag * (1 if isinstance(node.op, ast.Add) else -1))
        case _:
            return False, None


def _is_gap(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def _shape(node: ast.expr) -> tuple[int, ...]:
    sizes = node.elts if isinstance(node, ast.Tuple) else []
    numbers = [size.value for size in sizes if isinstance(size, ast.Constant) and type(size.value) is int]
    return tuple(numbers) if len(numbers) == len(sizes) else ()


def number_text(value: Number | None) -> str:
    """Return an entry of a grid, short enough for a cell."""
    if value is None:
        return GAP
    # A shortened number could make a wrong entry look like the right one.
    text = str(value) if not isinstance(value, int) or abs(value) < 10**20 else "a long integer"
    return text.strip("()")


def first_wrong(message: str) -> tuple[int, ...]:
    """Return the first wrong position that a message names, or ()."""
    found = POSITION.search(message)
    return tuple(int(part) for part in found.group(1).split(", ")) if found else ()


def cell_of(grid: Grid, position: tuple[int, ...]) -> tuple[int, int] | None:
    """Return the row and column where a grid shows a position, or None when it does not."""
    if len(position) != len(grid.shape) or len(position) != (1 if grid.is_vector else 2):
        return None
    column = _along([entry is None for entry in grid.rows[0]], grid.shape[-1], position[-1])
    if grid.is_vector:
        return None if column is None else (0, column)
    row = _along([all(entry is None for entry in line) for line in grid.rows], grid.shape[0], position[0])
    return None if row is None or column is None else (row, column)


def _along(gaps: list[bool], size: int, index: int) -> int | None:
    """Return where an axis of `size` entries shows an index when the middle may be left out."""
    if True not in gaps:
        return index if index < len(gaps) else None
    before = gaps.index(True)
    from_end = size - index
    if index < before:
        return index
    return len(gaps) - from_end if 0 < from_end < len(gaps) - before else None


def laid_out(text: str) -> str:
    """Return a call, a tuple or a dictionary with one entry per line when it is long; arrays keep their columns.

    Of several calls each gets its own line.
    """
    steps = _entries(text, ";") or []
    if len(steps) > 1:
        return "\n".join(map(laid_out, steps))
    head = re.match(r"(?:[a-z]\d* = )?[A-Za-z_][\w.\[\]]{0,80}(?=\()|(?=[({])", text)
    if head is None or head.group() == "array" or ("\n" not in text and len(text) <= 76):
        return text
    bracket, inner, end = text[head.end()], text[head.end() + 1 : -1], text[-1]
    entries = _entries(inner) if end == CLOSE[OPEN.index(bracket)] else None
    if entries is None or (len(entries) == 1 and "\n" not in text):
        return text
    indented = ["    " + entry.replace("\n", "\n    ") + "," for entry in entries]
    return "\n".join([f"{head.group()}{bracket}", *indented, end])


def _entries(text: str, mark: str = ",") -> list[str] | None:
    """Split at the marks outside brackets and quotes; None when these do not match."""
    found, depth, quote, start, place = [], 0, "", 0, 0
    while place < len(text):
        c = text[place]
        if quote:
            place += c == "\\"
            quote = "" if c == quote else quote
        elif c in "'\"":
            quote = c
        elif c in OPEN or c in CLOSE:
            depth += 1 if c in OPEN else -1
            if depth < 0:
                return None
        elif c == mark and not depth:
            found.append(text[start:place].strip())
            start = place + 1
        place += 1
    found.append(text[start:].strip())
    return found if not quote and not depth and all(found) else None

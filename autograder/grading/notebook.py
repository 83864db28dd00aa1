"""Read a submitted notebook as data, whatever happened to it."""

from __future__ import annotations

import ast
import io
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from autograder.errors import BadSubmission

MAX_BYTES = 50 * 2**20
MAX_CELLS = 2000
MAX_CELL, MAX_CODE = 100_000, 1_000_000  # characters: the grader parses what it is given
MAX_MAGICS = 40  # in one cell; more are left out unread
TRIGGER = re.compile(r"^[ \t]*[%!?]|\?[ \t]*$|=[ \t]*[%!]", flags=re.MULTILINE)
MAGIC = re.compile(r"^([ \t]*)[%!].*$", flags=re.MULTILINE)
BODY_MAGICS = ("%%time", "%%capture", "%%timeit", "%%prun")


@dataclass(frozen=True, slots=True)
class Cell:
    """One code cell: its place in the notebook, counted from 1, and its text."""

    number: int
    source: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class NotebookCells:
    """The code cells of a notebook, with notes on what was odd."""

    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=1)  # the key of a result and its grade look at the same bytes
def read_notebook(data: bytes) -> NotebookCells:
    """Return the code cells of a notebook.

    Raises BadSubmission with a precise reason when the bytes are no notebook.
    """
    content = _parse(_text(data))
    if not isinstance(content, dict):
        raise BadSubmission("The file is JSON but no notebook: it has no list of cells. Hand in the .ipynb file itself.")
    notes: list[str] = []
    if isinstance(content.get("worksheets"), list):
        notes.append("The notebook has an old format (nbformat 3); it was read all the same.")
        sheets = [sheet for sheet in content["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet.get("cells"), list) for cell in sheet["cells"]]
    else:
        cells = content.get("cells")
    if not isinstance(cells, list):
        raise BadSubmission("The file is JSON but no notebook: it has no list of cells. Hand in the .ipynb file itself.")
    if len(cells) > MAX_CELLS:
        raise BadSubmission(f"The notebook has {len(cells)} cells; the limit is {MAX_CELLS}.")
    return NotebookCells(tuple(_code_cells(cells, notes)), tuple(notes))


def _text(data: bytes) -> str:
    if not data.strip():
        raise BadSubmission("The file is empty. Save the notebook and hand it in again.")
    if len(data) > MAX_BYTES:
        raise BadSubmission(f"The file has {len(data) // 2**20} MB; the limit is {MAX_BYTES // 2**20} MB. Clear its outputs.")
    if data[:4] == b"PK\x03\x04":
        raise BadSubmission("The file is a zip archive, not a notebook. Unpack it and hand in the .ipynb file.")
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSubmission("The file is not UTF-8 text, so it is no notebook. Save it again from Jupyter and hand that in.")


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise BadSubmission("The file is nested too deeply to be a notebook.") from None
    except ValueError as problem:
        place = f"line {problem.lineno}" if isinstance(problem, json.JSONDecodeError) else "its numbers"
        raise BadSubmission(
            f"The file is no valid notebook: its JSON breaks at {place}, as if it had been cut off. Save it again and hand that in."
        ) from None


def _code_cells(cells: list[Any], notes: list[str]) -> list[Cell]:
    found: list[Cell] = []
    room = MAX_CODE
    for number, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", cell.get("input", ""))
        if isinstance(source, list):
            with suppress(TypeError):  # a line is no text
                source = "".join(source)
        if not isinstance(source, str):
            notes.append(f"Cell {number} has no text and was left out.")
            continue
        room -= len(source)
        if len(source) > MAX_CELL or room < 0:
            notes.append(f"Cell {number} was left out: {len(source):,} characters of code are too many.")
            room += len(source)
            continue
        name = cell.get("id") if isinstance(cell.get("id"), str) else ""
        found.append(Cell(number, source, name))
    return found


@lru_cache(maxsize=512)  # most cells of a class are as they were handed out
def normal(source: str) -> str:
    """Return a cell's text without trailing blanks, so that only real changes count."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def as_python(source: str) -> str:
    """Return a cell's text as Python: IPython magics and shell commands become calls that do nothing while grading.

    Text that is no Python even then is returned as it is; running it will say why.
    """
    if not TRIGGER.search(source) or _is_python(source):
        return source
    first, _, body = source.lstrip().partition("\n")
    while first.startswith(BODY_MAGICS):
        source = body
        first, _, body = source.lstrip().partition("\n")
    if first.startswith("%%"):
        return ""
    if len(TRIGGER.findall(source)) > MAX_MAGICS:  # IPython would read the whole cell again for each
        return MAGIC.sub(r"\1pass", source)
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return TransformerManager().transform_cell(source)
    except (SyntaxError, ValueError, RuntimeError):  # the last: IPython gives up
        return source


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def written(cells: list[str]) -> bytes:
    """Return the bytes of a minimal notebook with these code cells (for tests and simulations)."""
    body = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [
            {"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "outputs": [], "execution_count": None, "source": text}
            for i, text in enumerate(cells)
        ],
    }
    stream = io.StringIO()
    json.dump(body, stream)
    return stream.getvalue().encode()

"""Damage notebooks: every number makes one damaged file out of a good one, always the same."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

Chance = random.Random
Notebook = dict[str, Any]
ODD: tuple[Any, ...] = (None, 0, -1, 1e308, True, "", "code", [], {}, [[]], {"a": {}}, "\x00", "\ud7ff", 2**70, ["x", 1, None])


def damaged(good: bytes, number: int) -> tuple[str, bytes]:
    """Return what was done to a good notebook, and the bytes that are left of it."""
    chance = random.Random(number)
    kinds = list(KINDS)
    done, content = [], good
    for _ in range(1 + chance.randrange(3)):
        kind = kinds[(number + chance.randrange(len(kinds))) % len(kinds)] if done else kinds[number % len(kinds)]
        try:
            content = KINDS[kind](content, chance)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            continue  # it is too far gone for this kind of damage
        done.append(kind)
    return " + ".join(done), content


def on_cells(change: Callable[[list[Any], Chance], Any]) -> Callable[[bytes, Chance], bytes]:
    """Return a kind of damage that changes the list of cells."""

    def damage(content: bytes, chance: Chance) -> bytes:
        notebook = json.loads(content)
        change(notebook["cells"], chance)
        return json.dumps(notebook).encode()

    return damage


def on_notebook(change: Callable[[Notebook, Chance], Any]) -> Callable[[bytes, Chance], bytes]:
    """Return a kind of damage that changes the notebook as data."""

    def damage(content: bytes, chance: Chance) -> bytes:
        notebook = json.loads(content)
        change(notebook, chance)
        return json.dumps(notebook).encode()

    return damage


def some(cells: list[Any], chance: Chance) -> int:
    return chance.randrange(len(cells))


def delete_cells(cells: list[Any], chance: Chance) -> None:
    for _ in range(chance.randrange(1, 6)):
        del cells[some(cells, chance)]


def duplicate_cells(cells: list[Any], chance: Chance) -> None:
    for _ in range(chance.randrange(1, 4)):
        cells.insert(some(cells, chance), deepcopy(cells[some(cells, chance)]))


def split_a_cell(cells: list[Any], chance: Chance) -> None:
    place = some(cells, chance)
    text = "".join(cells[place]["source"])
    cut = chance.randrange(len(text) + 1)
    cells[place : place + 1] = [cells[place] | {"source": text[:cut]}, cells[place] | {"source": text[cut:]}]


def merge_cells(cells: list[Any], chance: Chance) -> None:
    place = chance.randrange(len(cells) - 1)
    cells[place]["source"] = "".join(cells[place]["source"]) + "\n" + "".join(cells.pop(place + 1)["source"])


def retype_cells(cells: list[Any], chance: Chance) -> None:
    for _ in range(3):
        cells[some(cells, chance)]["cell_type"] = chance.choice(["markdown", "raw", "code", "heading", "", None, 7])


def strip_metadata(cells: list[Any], chance: Chance) -> None:
    for cell in cells:
        if chance.random() < 0.5:
            cell.pop(chance.choice(["metadata", "id", "outputs", "execution_count"]), None)


def odd_fields(cells: list[Any], chance: Chance) -> None:
    for _ in range(4):
        cell = cells[some(cells, chance)]
        cell[chance.choice(["source", "metadata", "id", "outputs", "cell_type", "extra"])] = chance.choice(ODD)


def odd_cells(cells: list[Any], chance: Chance) -> None:
    cells.insert(some(cells, chance), chance.choice(ODD))


def broken_code(cells: list[Any], chance: Chance) -> None:
    place = some(cells, chance)
    text = "".join(cells[place]["source"])
    cut = chance.randrange(len(text) + 1)
    cells[place]["source"] = text[:cut] + chance.choice(["(", "\t \n", "é", "def", '"""', "\x00", "%%bash\n", "!ls\n", "?"]) + text[cut:]


def huge_outputs(cells: list[Any], chance: Chance) -> None:
    cells[some(cells, chance)]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 300_000}]


def odd_top(notebook: Notebook, chance: Chance) -> None:
    notebook[chance.choice(["cells", "metadata", "nbformat", "nbformat_minor", "worksheets"])] = chance.choice(ODD)


def other_format(notebook: Notebook, chance: Chance) -> None:
    notebook["nbformat"] = chance.choice([1, 2, 3, 5, 99, "4", 4.5])


def old_format(notebook: Notebook, chance: Chance) -> None:
    """Write it as nbformat 3 did: cells in worksheets, code in `input`."""
    cells = [dict(cell) for cell in notebook.pop("cells")]
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
    notebook |= {"nbformat": 3, "worksheets": [{"cells": cells, "metadata": {}}]}


def truncated(content: bytes, chance: Chance) -> bytes:
    return content[: chance.randrange(len(content))]


def flipped(content: bytes, chance: Chance) -> bytes:
    damage = bytearray(content)
    for _ in range(chance.randrange(1, 20)):
        damage[chance.randrange(len(damage))] = chance.randrange(256)
    return bytes(damage)


def spliced(content: bytes, chance: Chance) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[chance.randrange(len(content)) :][: chance.randrange(2000)] + content[start:]


def recoded(content: bytes, chance: Chance) -> bytes:
    text = content.decode("utf-8")
    return text.encode(chance.choice(["utf-16", "utf-8-sig", "utf-32", "latin-1", "utf-7"]), errors="replace")


def zipped(content: bytes, chance: Chance) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("notebook.ipynb", content[: chance.randrange(1, len(content))])
    return stream.getvalue()


def something_else(content: bytes, chance: Chance) -> bytes:
    return chance.choice([b"", b"null", b"[]", b'"text"', b"{}", b"%PDF-1.7\n", b"\x89PNG\r\n", b"<html></html>", b"[" * 100_000, b"\0" * 1000])


KINDS: dict[str, Callable[[bytes, Chance], bytes]] = {
    "cells deleted": on_cells(delete_cells),
    "cells duplicated": on_cells(duplicate_cells),
    "cells shuffled": on_cells(lambda cells, chance: chance.shuffle(cells)),
    "a cell split": on_cells(split_a_cell),
    "cells merged": on_cells(merge_cells),
    "cells retyped": on_cells(retype_cells),
    "metadata stripped": on_cells(strip_metadata),
    "odd fields": on_cells(odd_fields),
    "odd cells": on_cells(odd_cells),
    "broken code": on_cells(broken_code),
    "huge outputs": on_cells(huge_outputs),
    "odd top": on_notebook(odd_top),
    "another format": on_notebook(other_format),
    "the old format": on_notebook(old_format),
    "truncated": truncated,
    "bytes flipped": flipped,
    "bytes spliced": spliced,
    "another encoding": recoded,
    "zipped": zipped,
    "something else": something_else,
}

"""Every accident gets a score or a precise reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.errors import BadSubmission
from autograder.grading.notebook import as_python, read_notebook, written

NOTEBOOK = json.loads(written(["x = 1", "y = 2"]))


def spoilt(**changes: Any) -> bytes:
    return json.dumps(NOTEBOOK | changes).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"PK\x03\x04rest of a zip", "zip archive"),
        (b"\xff\xd8\xff\xe0 a photo", "not UTF-8"),
        (written(["x = 1"])[:-20], "cut off"),
        (b"[1, 2]", "no list of cells"),
        (b'{"hello": 1}', "no list of cells"),
        (spoilt(cells={"a": 1}), "no list of cells"),
        (b"[" * 200_000, "nested too deeply"),
        (spoilt(cells=[{}] * 3000), "the limit is 2000"),
    ],
)
def test_what_is_no_notebook_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadSubmission, match=reason):
        read_notebook(data)


@pytest.mark.parametrize(
    "data",
    [
        written(["x = 1", "y = 2"]),
        b"\xef\xbb\xbf" + written(["x = 1", "y = 2"]),
        written(["x = 1", "y = 2"]).decode().encode("utf-16"),
        spoilt(metadata=None, nbformat="four"),
        spoilt(cells=[*NOTEBOOK["cells"], 7, {"cell_type": "code", "source": 3}, {"cell_type": "markdown", "source": "z = 3"}]),
        json.dumps({"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["x = ", "1"]}, {"cell_type": "code", "input": "y = 2"}]}]}).encode(),
    ],
)  # fmt: skip
def test_what_can_be_read_is_read(data: bytes) -> None:
    assert [cell.source for cell in read_notebook(data).cells] == ["x = 1", "y = 2"]


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("%matplotlib inline\nx = 1", 1),
        ("!ls\nx = 2", 2),
        ("%%time\nx = 3", 3),
        ("files = !ls\nx = 4", 4),
        ("%pip install numpy\nx = 5", 5),
        ("x = 6\nx?", 6),
        ("x = 13 % 7\n", 6),
    ],
)
def test_magics_become_calls_that_do_nothing(source: str, value: int) -> None:
    class Shell:
        def __getattr__(self, name: str) -> Any:
            return lambda *args, **kwargs: None

    namespace: dict[str, Any] = {"get_ipython": Shell}
    exec(as_python(source), namespace)

    assert namespace["x"] == value


def test_a_cell_for_another_language_is_left_out() -> None:
    assert as_python("%%bash\nrm -rf /") == ""

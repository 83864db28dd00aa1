"""Hostile notebooks, file names and reports: read as data, named without harm, shown without effect."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from shooting import TALLY, Range

from autograder.batch.names import clean_name, file_names
from autograder.batch.store import AssignmentFacts
from autograder.batch.submissions import find_submissions, submission_bytes
from autograder.errors import BadSubmission
from autograder.grading.notebook import written
from autograder.grading.verdict import Status
from autograder.outputs.feedback import learner_json, learner_page

SCRIPT = "<script>alert(1)</script>"
MEGABYTE = 2**20


def cells(*items: object) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(items)}).encode()


def code(source: object, **more: object) -> dict[str, object]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source, **more}


HONEST = "def softmax(*args):\n    raise ValueError"
READABLE: dict[str, bytes] = {
    "a million empty lines": written(["\n" * 99_000 + "x = 1"] * 5),
    "a cell with ten megabytes of code": written(["x = 1\n" * MEGABYTE]),
    "many cells with much code": written(["x = 1\n" * 15_000] * 50),
    "three hundred cells that define the answer again": written([HONEST] * 300),
    "old worksheets of the wrong kind": json.dumps({"nbformat": 3, "worksheets": [{"cells": 5}, {"cells": True}, 7]}).encode(),
    "sources of the wrong kind": cells(code(5), code(None), code([1, 2]), code({"a": 1}), code([["x"]]), 7, None, "x", []),
    "cell ids of the wrong kind": cells(code("x = 1", id=5), code("x = 1", id=["setup"]), code("x = 1", id=SCRIPT)),
    "lone surrogates and zero bytes": cells(code("x = '\ud800'"), code("x = \0"), code("\ufeffx = 1")),
    "a cell that claims to be the setup": cells(code("import os; os._exit(0)", id="setup")),
    "signs without end": written(["-" * 90_000 + "1", "not " * 20_000 + "x", "x" + "[0]" * 20_000, "lambda: " * 5000 + "0"]),
    "attributes without end": written(["def entropy(p):\n    return p" + ".a" * 40_000]),
    "sums without end": written(["def entropy(p):\n    raise NotImplementedError\n    return 1" + "+1" * 40_000]),
    "magics without end": written(["%magic\n" * 12_000, "%%time\n" * 12_000, "x = !ls\n" * 3000, "?x\n" * 9000]),
    "a magic that is half a string": written(['x = """\n%magic\n', "!" * 90_000, "%" * 90_000, "?" * 90_000, "= !" * 30_000]),
    "numbers with a million digits": written(["x = " + "9" * 90_000, "x = 1" + "_0" * 40_000]),
}
UNREADABLE: dict[str, bytes] = {
    "brackets without end": b"[" * 100_000,
    "a number with a million digits": b'{"cells": ' + b"9" * 10**6 + b"}",
    "three thousand cells": cells(*[code("")] * 3000),
    "nothing but byte-order marks": b"\xef\xbb\xbf" * 1000,
    "a pickle": b"\x80\x04\x95\x1f\x00\x00\x00\x00\x00\x00\x00\x8c\x08builtins\x8c\x04eval\x93.",
    "an endless string": b'{"cells": "' + b"x" * MEGABYTE,
}


@pytest.mark.parametrize("name", READABLE)
def test_a_hostile_notebook_is_graded_and_harms_nobody(shooting: Range, name: str) -> None:
    grader = shooting.grader("week09")
    before = shooting.neighbours.get("week09") or shooting.neighbour("week09")

    report = grader.grade("attacker", READABLE[name], only=frozenset({"entropy"}))

    after = shooting.neighbours["week09"] = shooting.neighbour("week09")
    same = [result.points for result in after.exercises] == [result.points for result in before.exercises]
    TALLY.attacks += 1
    TALLY.points_gained += report.points > 0
    TALLY.neighbours_changed += not same
    assert report.status is Status.GRADED
    assert report.points == 0
    assert sum(map(len, report.notes)) < 400_000
    assert same


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_notebook_gets_the_reason(shooting: Range, name: str) -> None:
    report = shooting.grader("week09").grade("attacker", UNREADABLE[name], only=frozenset({"entropy"}))

    TALLY.attacks += 1
    TALLY.points_gained += report.points > 0
    assert report.status is Status.UNREADABLE
    assert len(report.notes) == 1 and len(report.notes[0]) < 300


NAMES = [
    "../../etc/passwd", "..", "a\nb", "a\0b", "CON", "nul.ipynb", "-rf", "a" * 300, SCRIPT, "\u202egnp.exe", "ada\x1b[31m",
    "a/b", "a\\b", " ", ".",
]  # fmt: skip


def test_names_of_learners_stay_inside_the_folder_and_apart() -> None:
    learners = [clean_name(name.replace("\0", "\x01")) for name in NAMES]
    names = file_names(learners)

    TALLY.attacks += len(NAMES)
    assert len(set(learners)) == len(NAMES) and len({name.lower() for name in names.values()}) == len(NAMES)
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._~-]*", name) for name in names.values()), names
    assert all(learner.isprintable() and "/" not in learner for learner in learners)
    assert not {name.split(".")[0].lower() for name in names.values()} & {"con", "nul", "prn", "aux"}


def a_link(place: Path, loot: Path) -> None:
    place.symlink_to(loot)


def a_pipe(place: Path, loot: Path) -> None:
    os.mkfifo(place)


def a_folder(place: Path, loot: Path) -> None:
    (place / "inside.ipynb").mkdir(parents=True)


def a_sparse_giant(place: Path, loot: Path) -> None:
    with place.open("wb") as stream:
        stream.truncate(2**40)


def a_zip_bomb(place: Path, loot: Path) -> None:
    import zipfile

    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"../../left-by-an-attack-{number}.ipynb", bytes(8 * MEGABYTE))
        archive.writestr("/tmp/left-by-an-attack.ipynb", b"x")


@pytest.mark.parametrize("make", [a_link, a_pipe, a_folder, a_sparse_giant, a_zip_bomb], ids=lambda make: make.__name__)
def test_what_only_looks_like_a_notebook_is_named_and_not_read(tmp_path: Path, make: Callable[[Path, Path], None]) -> None:
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(written(["x = 'canary-of-the-disk'"]))
    place = tmp_path / "submitted" / "mallory" / "week09_information_numerics"
    place.mkdir(parents=True)
    make(place / "week09_information_numerics.ipynb", secret)

    found = find_submissions(tmp_path / "submitted", "week09_information_numerics")

    TALLY.attacks += 1
    assert [submission.learner for submission in found] == ["mallory"]
    try:
        content = submission_bytes(found[0])
    except BadSubmission as problem:
        assert str(problem)
    else:
        assert b"canary" not in content and len(content) < 50 * MEGABYTE
    assert not [path for path in (*Path("/tmp").glob("left-by*"), *tmp_path.rglob("left-by*"))]


def test_no_markup_of_a_learner_survives_on_a_page(shooting: Range) -> None:
    hostile = written([
        f"raise ValueError({SCRIPT!r})",
        f"def entropy(*args):\n    raise type({SCRIPT!r}, (Exception,), {{}})({SCRIPT!r})  # {SCRIPT}",
        f"def dataset_entropy(*args):\n    return {SCRIPT!r}",
        f"def kl_divergence(*args):\n    return [{{{SCRIPT!r}: '\\u202e\\x00\\x1b[31m'}}]",
        "class odd:\n    pass\nodd.__name__ = '</td><img src=x onerror=alert(1)>'\ndef cross_entropy(*args):\n    return odd()",
    ])  # fmt: skip
    names = frozenset({"entropy", "dataset_entropy", "kl_divergence", "cross_entropy"})
    report = shooting.grader("week09").grade(SCRIPT, hostile, only=names)
    facts = AssignmentFacts(report.assignment, SCRIPT, ())
    page, data = learner_page(report, facts), learner_json(report, facts)
    plain = learner_page(shooting.grader("week09").grade("ada", written([""]), only=names), AssignmentFacts("x", "x", ()))

    TALLY.attacks += 5
    assert page.count("<script") == plain.count("<script")
    assert "<img src=x" not in page and html.escape("<img src=x") in page + html.escape(data)
    assert not re.search("[\u202e\x00\x1b]", page + data)
    assert json.loads(data)["score"] == "0"

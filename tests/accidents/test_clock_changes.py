"""A wall clock that jumps by years while a class is graded changes no verdict, loses no result and moves no deadline."""

from __future__ import annotations

import ast
import csv
import itertools
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import pytest
from click.testing import CliRunner

from autograder.batch.store import FILE, Store
from autograder.bench.small_course import WEEK
from autograder.cli import main
from tests.accidents.small_class import LEARNERS, Results, SmallClass

JUMPS = (0, -365, 730, -1, -3650)  # days
LOOKS = {"time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
LATE = "2027-01-20 12:00:00 UTC"  # half a day after the deadline of the small course


@contextmanager
def jumping(patch: pytest.MonkeyPatch, jumps: tuple[int, ...] = JUMPS) -> Iterator[list[datetime]]:
    """Let every look at the wall clock of this process see another year; yield what was seen."""
    days, real, seen = itertools.cycle(jumps), time.time, list[datetime]()

    class Jumping(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            moment = super().now(tz) + timedelta(days=next(days))
            seen.append(moment)
            return moment

    with patch.context() as local:
        local.setattr("autograder.batch.desk.datetime", Jumping)
        local.setattr("autograder.batch.pool.datetime", Jumping)
        local.setattr(time, "time", lambda: real() + 86400 * next(days))
        yield seen


@pytest.fixture
def tree(small_class: SmallClass, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallClass:
    """The class in nbgrader's layout: everybody says when the work was handed in, one of them too late."""
    for path in sorted(small_class.submissions.glob("*.ipynb")):
        folder = tmp_path / "submitted" / path.stem / WEEK
        folder.mkdir(parents=True)
        shutil.copy(path, folder / f"{WEEK}.ipynb")
        (folder / "timestamp.txt").write_text(LATE if path.stem == "cyd" else "2027-01-18 10:00:00 UTC")
    monkeypatch.chdir(small_class.course)
    return replace(small_class, submissions=tmp_path / "submitted")


def mml(*words: str) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, done.output
    return done.output


def grade(tree: SmallClass) -> str:
    return mml(*tree.command("--jobs", "2")[3:])


def exported(tree: SmallClass) -> bytes:
    mml("export", "csv", str(tree.out), "--late")
    return (tree.out / "export_grades.csv").read_bytes()


@pytest.mark.slow
def test_a_clock_that_jumps_changes_no_result_and_no_lateness(
    tree: SmallClass, undisturbed: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    with jumping(monkeypatch) as seen:
        assert f"{LEARNERS} graded now" in grade(tree)
        assert len(seen) > LEARNERS and seen != sorted(seen)
        stamped = tree.results()
        late = exported(tree)
        assert f"0 graded now, {LEARNERS} unchanged" in grade(tree)

    assert stamped == tree.results() == undisturbed
    still = replace(tree, place=tree.place / "still")
    assert f"{LEARNERS} graded now" in grade(still)
    assert exported(still) == late
    days = {row["learner"]: row["late_days"] for row in csv.DictReader(late.decode().splitlines())}
    assert days == {"ada": "0", "bob": "0", "cyd": "1", "dan": "0", "eve": "0", "fay": "0"}


@pytest.mark.slow
def test_what_is_handed_in_again_counts_although_the_clock_says_that_it_was_graded_before(
    tree: SmallClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade(tree)
    first = exported(tree)
    right = (tree.submissions / "ada" / WEEK / f"{WEEK}.ipynb").read_bytes()
    (tree.submissions / "bob" / WEEK / f"{WEEK}.ipynb").write_bytes(right)

    with jumping(monkeypatch, jumps=(-365,)):
        assert f"1 graded now, {LEARNERS - 1} unchanged" in grade(tree)
    again = exported(tree)

    with Store(tree.out / FILE) as store:
        stamps = dict(store.connection.execute("SELECT learner, graded_at FROM submission"))
        assert stamps["bob"] < stamps["ada"], "the clock was a year behind"
        points = {report.learner: report.points for report in store.reports(WEEK)}
        assert points["bob"] == points["ada"] == 9
        assert store.last_run(WEEK)["graded"] == 1, "the newest run is the one that came last"
    rows = [line.split(",") for line in again.decode().splitlines()]
    before = [line.split(",") for line in first.decode().splitlines()]
    assert [row[0] for row, old in zip(rows, before, strict=True) if row != old] == ["bob"]
    assert f"0 graded now, {LEARNERS} unchanged" in grade(tree)


def test_only_what_is_written_down_for_people_asks_the_wall_clock(root: Path) -> None:
    engine = root / "autograder"
    asking = {
        path.relative_to(engine).as_posix()
        for path in engine.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and f"{node.value.id}.{node.attr}" in LOOKS
    }

    # When a result was saved, when a run began and ended, and the date of a table: no limit, no key, no choice.
    assert asking == {"batch/desk.py", "batch/pool.py", "bench/speed.py"}

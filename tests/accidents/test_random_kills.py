"""Whatever is killed, and whenever: nothing is lost, nothing is graded twice, and the same command goes on."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from autograder.batch.store import FILE, Store
from autograder.bench.small_course import WEEK, small_course

LEARNERS = 24
KINDS = ("coordinator", "worker", "server or sandbox")
SHORT, LONG = 6, 100

pytestmark = pytest.mark.slow

Facts = dict[str, tuple[object, ...]]


@pytest.fixture(scope="module")
def course(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    exercises = tuple(next((root / "source" / week).glob(f"*_{name}.py")) for week, name in (one.split("/") for one in WANTED))
    return small_course(root, tuple(f"{path.parent.name}/{path.stem}" for path in exercises), tmp_path_factory.mktemp("kills") / "course")


WANTED = ("week09_information_numerics/entropy", "week09_information_numerics/log_sum_exp")


@pytest.fixture(scope="module")
def made_up(course: Path) -> Path:
    done = mml(course, "simulate", WEEK, "--learners", str(LEARNERS), "--out", str(course.parent / "class"))
    said, _ = done.communicate(timeout=300)
    assert done.returncode == 0, said
    return course.parent / "class" / "submitted"


def mml(course: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "autograder", *words],
        cwd=course,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def grading(course: Path, made_up: Path, out: Path) -> subprocess.Popen[str]:
    return mml(course, "grade", WEEK, str(made_up), "--out", str(out), "--jobs", "2")


def kept(out: Path) -> Facts:
    with Store(out / FILE) as store:
        return {report.learner: (report.status, report.exercises, report.notes) for report in store.reports(WEEK)}


def family(pid: int) -> list[tuple[int, str]]:
    """Return the living descendants of a process, each with what it is."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                parents.setdefault(int((entry / "stat").read_text().rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        for child in parents.get(waiting.pop(), []):
            waiting.append(child)
            with suppress(OSError):
                line = Path(f"/proc/{child}/cmdline").read_bytes()
                found.append((child, "worker" if b"batch.worker" in line else "server or sandbox"))
    return found


def kill_something(process: subprocess.Popen[str], chance: random.Random) -> str:
    """Kill the coordinator or one of the processes below it, as soon as there is one of the kind; return which kind it was."""
    wanted = chance.choice(KINDS)
    while process.poll() is None:
        choices = [pid for pid, kind in [(process.pid, "coordinator"), *family(process.pid)] if kind == wanted]
        if choices:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(choices), signal.SIGKILL)
            return wanted
        time.sleep(0.05)
    return "nothing"


def survive(course: Path, made_up: Path, place: Path, kills: int, seed: int) -> Counter[str]:
    """Kill at random moments until there were enough kills, each class being finished and compared; count what was hit."""
    whole = grading(course, made_up, place / "whole")
    said, _ = whole.communicate(timeout=600)
    assert whole.returncode == 0, said
    truth, chance = kept(place / "whole"), random.Random(seed)
    assert len(truth) == LEARNERS
    hit: Counter[str] = Counter()
    attempt = 0
    while sum(hit[kind] for kind in KINDS) < kills:
        attempt += 1
        out = place / f"out{attempt}"
        for _ in range(4):
            process = grading(course, made_up, out)
            while process.poll() is None:
                try:
                    process.wait(chance.uniform(0.1, 2.0))
                except subprocess.TimeoutExpired:
                    hit[kill_something(process, chance)] += 1
                    if chance.random() < 0.5:
                        break
            process.communicate(timeout=600)
        finish(course, made_up, out)
        assert kept(out) == truth, f"attempt {attempt} of seed {seed}"
        assert twice(out) == []
    return hit


def finish(course: Path, made_up: Path, out: Path) -> None:
    """Give the same command until the class is graded; what a kill made incomplete is tried again."""
    for _ in range(5):
        process = grading(course, made_up, out)
        said, _ = process.communicate(timeout=600)
        if process.returncode == 0:
            return
        assert process.returncode == 3, said  # incomplete: never silent
    raise AssertionError(said)


def twice(out: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(out / FILE)
    try:
        return connection.execute("SELECT learner, count(*) FROM submission GROUP BY learner HAVING count(*) > 1").fetchall()
    finally:
        connection.close()


def test_random_kills_lose_nothing_and_double_nothing(course: Path, made_up: Path, tmp_path: Path) -> None:
    hit = survive(course, made_up, tmp_path, SHORT, seed=1)

    assert sum(hit[kind] for kind in KINDS) >= SHORT


@pytest.mark.long
def test_a_hundred_random_kills(course: Path, made_up: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = time.monotonic()
    hit = survive(course, made_up, tmp_path, LONG, seed=2)

    with capsys.disabled():
        print(f"\n{sum(hit[kind] for kind in KINDS)} random kills: {dict(hit)}, 0 lost, 0 doubled, {time.monotonic() - start:.0f} s")
    assert all(hit[kind] for kind in KINDS)

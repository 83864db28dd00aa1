"""A grading run that is killed with SIGKILL goes on where it was, with the same verdicts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.batch.store import FILE, Store

ROOT = Path(__file__).resolve().parents[2]
WEEK = "week09_information_numerics"

pytestmark = pytest.mark.slow


def mml(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "autograder", *words], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def verdicts(out: Path) -> dict[tuple[str, str], str]:
    with Store(out / FILE) as store:
        return {(r.learner, e.name): f"{e.verdict} {e.points} {e.misconception}" for r in store.reports(WEEK) for e in r.exercises}


def graded(out: Path) -> int:
    try:
        with Store(out / FILE) as store:
            return len(store.reports(WEEK))
    except Exception:  # the file is being made
        return 0


def test_a_killed_run_is_finished_by_the_same_command(tmp_path: Path) -> None:
    made = mml("simulate", "week09", "--learners", "10", "--out", str(tmp_path / "class"))
    said, _ = made.communicate(timeout=200)
    assert made.returncode == 0, said
    words = ("grade", "week09", str(tmp_path / "class" / "submitted"), "--out")
    undisturbed = mml(*words, str(tmp_path / "whole"))
    said, _ = undisturbed.communicate(timeout=400)
    assert undisturbed.returncode == 0, said

    killed = mml(*words, str(tmp_path / "killed"))
    deadline = time.monotonic() + 300
    while graded(tmp_path / "killed") < 3 and time.monotonic() < deadline and killed.poll() is None:
        time.sleep(0.2)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    half = graded(tmp_path / "killed")
    again = mml(*words, str(tmp_path / "killed"))
    said, _ = again.communicate(timeout=400)

    assert again.returncode == 0, said
    assert 3 <= half < 10
    assert f"{10 - half} graded now, {half} unchanged" in said
    assert verdicts(tmp_path / "killed") == verdicts(tmp_path / "whole")

"""Ctrl-C, SIGTERM and a closed terminal end a run calmly, and the same command goes on where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from autograder.batch import lodging, store
from autograder.batch.store import FILE, Stamp, Store
from autograder.cli.root import STOPPED
from autograder.cli.stop import Stopped
from autograder.grading.verdict import CheckResult, ExerciseResult, Status, SubmissionReport, Verdict
from tests.accidents.small_class import LEARNERS, Results, SmallClass

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def press_ctrl_c(process: subprocess.Popen[str]) -> None:
    """Do as a terminal does: every process of the foreground gets the signal."""
    os.killpg(process.pid, signal.SIGINT)


def two_at_work(small_class: SmallClass) -> tuple[subprocess.Popen[str], list[int]]:
    """Begin to grade; return the process and its workers when a first notebook is done."""
    process = small_class.begin("--jobs", "2")
    small_class.wait_until(process, 1)
    return process, [int(word) for word in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "jobs"),
    [(signal.SIGINT, "1"), (signal.SIGINT, "2"), (signal.SIGTERM, "1"), (signal.SIGTERM, "2"), (signal.SIGHUP, "2")],
)
def test_a_stopped_run_says_so_leaves_nothing_and_goes_on(
    number: signal.Signals, jobs: str, small_class: SmallClass, undisturbed: Results
) -> None:
    process = small_class.begin("--jobs", jobs)
    small_class.wait_until(process, 1)
    if number is signal.SIGINT:
        press_ctrl_c(process)
    else:
        process.send_signal(number)
    said, complained = process.communicate(timeout=60)

    assert (process.returncode, said, complained.strip()) == (128 + number, "", STOPPED)
    assert small_class.left_behind() == []
    assert 1 <= len(small_class.kept()) < LEARNERS
    small_class.goes_on(undisturbed, "--jobs", jobs)


@pytest.mark.slow
def test_pressing_ctrl_c_again_and_again_does_not_disturb_the_tidying_up(
    small_class: SmallClass, undisturbed: Results
) -> None:
    process = small_class.begin("--jobs", "2")
    small_class.wait_until(process, 2)
    while process.poll() is None:
        with suppress(ProcessLookupError):
            press_ctrl_c(process)
        time.sleep(0.005)
    _, complained = process.communicate(timeout=60)

    assert (process.returncode, complained.strip()) == (130, STOPPED)
    assert small_class.left_behind() == []
    small_class.goes_on(undisturbed, "--jobs", "2")


@pytest.mark.slow
def test_a_run_can_be_stopped_before_its_graders_are_ready(small_class: SmallClass, undisturbed: Results) -> None:
    process = small_class.begin("--jobs", "2")
    while not (small_class.out / ".grading.lock").exists():
        assert process.poll() is None
        time.sleep(0.005)
    press_ctrl_c(process)
    _, complained = process.communicate(timeout=60)

    assert (process.returncode, complained.strip()) == (130, STOPPED)
    assert small_class.left_behind() == []
    code, said, _ = small_class.grade("--jobs", "2")
    assert code == 0 and f"{LEARNERS} graded now" in said
    assert small_class.results() == undisturbed


@pytest.mark.slow
def test_a_run_that_began_with_signals_ignored_is_not_stopped_by_them(small_class: SmallClass, undisturbed: Results) -> None:
    process = small_class.begin("--jobs", "2", before=("nohup",))
    small_class.wait_until(process, 1)
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=60)

    assert process.returncode == 0
    assert small_class.results() == undisturbed


@pytest.mark.slow
def test_killed_graders_leave_no_temporary_file_when_the_run_ends(small_class: SmallClass, undisturbed: Results) -> None:
    process, workers = two_at_work(small_class)
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    _, complained = process.communicate(timeout=60)

    assert len(workers) == 2
    assert (process.returncode, complained) == (0, "")
    assert small_class.left_behind() == []
    assert small_class.results() == undisturbed


@pytest.mark.slow
def test_what_a_run_leaves_that_was_killed_altogether_is_removed_by_the_next(
    small_class: SmallClass, undisturbed: Results
) -> None:
    process, workers = two_at_work(small_class)
    for pid in (process.pid, *workers):  # the coordinator first: nobody is left who could tidy up
        os.kill(pid, signal.SIGKILL)
    process.communicate(timeout=60)
    litter = small_class.left_behind()

    assert [name.startswith(lodging.PREFIX) for name in litter] == [True]
    small_class.goes_on(undisturbed, "--jobs", "2")


def test_a_folder_that_somebody_holds_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / f"{lodging.PREFIX}abandoned" / "inside").mkdir(parents=True)
    (tmp_path / "elsewhere" / "treasure").mkdir(parents=True)
    (tmp_path / f"{lodging.PREFIX}link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / f"{lodging.PREFIX}file").touch()

    first, second = lodging.Lodging(), lodging.Lodging()

    assert first.path.is_dir() and second.path.is_dir() and first.path != second.path
    assert not (tmp_path / f"{lodging.PREFIX}abandoned").exists()
    assert (tmp_path / "elsewhere" / "treasure").is_dir()
    first.close()
    second.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", f"{lodging.PREFIX}file", f"{lodging.PREFIX}link"]


def report(learner: str, points: int) -> SubmissionReport:
    check = CheckResult("a", "A claim.", False, Verdict.PASSED, Fraction(points), Fraction(5))
    exercise = ExerciseResult("alpha", "Alpha", Verdict.PASSED, Fraction(points), Fraction(5), (check,))
    return SubmissionReport(learner, "week99_fake", Status.GRADED, (exercise,))


class Striking:
    """Raises Stopped at one line of the store's own code, counted from the beginning."""

    def __init__(self, line: int) -> None:
        self.line, self.lines = line, 0

    def __call__(self, frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        if frame.f_code.co_filename != store.__file__:
            return None
        if event == "line":
            self.lines += 1
            if self.lines == self.line:
                raise Stopped(signal.SIGINT)
        return self


def test_ctrl_c_at_any_line_of_saving_leaves_a_store_that_can_be_used(tmp_path: Path) -> None:
    line, struck = 0, True
    while struck:
        line += 1
        path = tmp_path / str(line) / FILE
        with Store(path, create=True) as kept:
            run = kept.begin_run("week99_fake", jobs=1, now=NOW)
            kept.save(report("ada", 1), Stamp("k", run, NOW, exercise_keys={"alpha": "old"}), possible=Fraction(5))
            striking = Striking(line)
            sys.settrace(striking)
            try:
                kept.save(report("ada", 2), Stamp("new", run, NOW, exercise_keys={"alpha": "new"}), possible=Fraction(5))
            except Stopped:
                pass
            finally:
                sys.settrace(None)
            struck = striking.lines >= line
            kept.end_run(run, {"graded": 1})
            kept.save(report("bob", 2), Stamp("k", run, NOW, exercise_keys={"alpha": "new"}), possible=Fraction(5))
        with Store(path) as kept:
            points = {one.learner: one.points for one in kept.reports("week99_fake")}
            assert points in ({"ada": 1, "bob": 2}, {"ada": 2, "bob": 2}), line
            assert kept.done("week99_fake")["ada"] == {1: "k", 2: "new"}[int(points["ada"])], line
            assert kept.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert kept.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert line > 20

"""A submission is graded as its learner deserves, whatever else is in the notebook."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.config import CourseConfig
from autograder.authoring.discover import choose_assignment
from autograder.errors import SandboxBroken, WeakSandbox
from autograder.grading.grader import Grader
from autograder.grading.notebook import written
from autograder.grading.trial import failing_call
from autograder.grading.verdict import CheckRun, ExerciseResult, Status, SubmissionReport, Verdict
from autograder.sandbox.handles import Event

RIGHT = """
def simpson(f, a, b, n):
    if n <= 0 or n % 2:
        raise ValueError("n must be even and positive")
    x = np.linspace(a, b, n + 1)
    y = f(x)
    return float((b - a) / n / 3 * (y[0] + y[-1] + 4 * y[1:-1:2].sum() + 2 * y[2:-1:2].sum()))
"""


@pytest.fixture(scope="module")
def grader(root: Path, config: CourseConfig) -> Iterator[Grader]:
    limits = replace(config.limits, cell_seconds=1.0, check_seconds=1.0)
    with Grader(choose_assignment(root, "week09"), replace(config, limits=limits), release=root / "release") as grader:
        yield grader


def simpson(report: SubmissionReport) -> ExerciseResult:
    return next(result for result in report.exercises if result.name == "simpson")


def test_a_right_answer_gets_all_points_and_the_rest_is_missing(grader: Grader) -> None:
    report = grader.grade("a", written([RIGHT]))

    assert report.status is Status.GRADED
    assert (simpson(report).verdict, simpson(report).points) == (Verdict.PASSED, simpson(report).possible)
    assert {result.verdict for result in report.exercises} == {Verdict.PASSED, Verdict.MISSING}


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ([RIGHT, "def simpson(f, a, b, n):\n    return 0.0"], Verdict.FAILED),
        (["def simpson(f, a, b, n):\n    return 0.0", RIGHT], Verdict.PASSED),
        (["import sys\nsys.exit(0)", RIGHT], Verdict.PASSED),
        (["import os\nos._exit(0)", RIGHT], Verdict.PASSED),
        (["while True:\n    pass", RIGHT], Verdict.PASSED),
        (["import time\ntime.sleep(1000)", RIGHT], Verdict.PASSED),
        (["name = input('your name')", RIGHT], Verdict.PASSED),
        (["%pip install numpy\n!ls", RIGHT], Verdict.PASSED),
        (["1/0", "print('x' * 10**7)", RIGHT], Verdict.PASSED),
        (["import warnings\nwarnings.warn('careful')", RIGHT], Verdict.PASSED),
        ([RIGHT.replace("def simpson", "def rule"), "simpson = rule"], Verdict.PASSED),
        ([RIGHT.replace("if n <=", "print('x' * 10**6)\n    if n <=")], Verdict.OUTPUT_LIMIT),
        ([RIGHT.replace("float(", "np.array(")], Verdict.FAILED),
        ([RIGHT.replace("float(", "np.float64(")], Verdict.PASSED),
        ([RIGHT.replace("return float(", "print(float(") + ")"], Verdict.FAILED),
        (["def simpson(f, a, b, n):\n    return undefined"], Verdict.CRASHED),
        (["def simpson(f, a, b, n:\n    return 1"], Verdict.CRASHED),
        (["def simpson(f, a, b, n):\n    raise NotImplementedError"], Verdict.NOT_ATTEMPTED),
        (["def simpson(f, a, b, n):\n    while True: pass"], Verdict.TIMEOUT),
        (["def simpson(f, a, b, n):\n    return bytes(10**11)"], Verdict.MEMORY),
        (["simpson = 3"], Verdict.CRASHED),
        (["x = 1"], Verdict.MISSING),
    ],
)
def test_an_accident_gets_the_verdict_that_it_deserves(grader: Grader, cells: list[str], verdict: Verdict) -> None:
    assert simpson(grader.grade("a", written(cells))).verdict is verdict


def test_the_misconception_behind_a_wrong_answer_is_named(grader: Grader) -> None:
    wrong = RIGHT.replace("4 * y[1:-1:2].sum() + 2 * y[2:-1:2]", "2 * y[1:-1:2].sum() + 4 * y[2:-1:2]")

    result = simpson(grader.grade("a", written([wrong])))

    assert result.verdict is Verdict.FAILED and "1 4 2 4" in result.hint
    failed = next(check for check in result.checks if check.verdict is Verdict.FAILED)
    assert failed.call.startswith("simpson(") and failed.got and failed.message


def test_a_wrong_answer_of_no_known_kind_gets_no_hint(grader: Grader) -> None:
    result = simpson(grader.grade("a", written([RIGHT.replace("/ 3", "/ 3.1")])))

    assert (result.verdict, result.hint) == (Verdict.FAILED, "")


def test_what_a_hidden_check_raised_is_not_shown_as_text(grader: Grader) -> None:
    loud = "def simpson(f, a, b, n):\n    raise ValueError(f'secret inputs: {a} {b} {n}')"

    result = simpson(grader.grade("a", written([loud])))

    hidden = [check for check in result.checks if check.is_hidden and check.verdict is Verdict.CRASHED]
    assert hidden and not any("secret inputs" in check.message + check.got for check in hidden)


def test_state_left_by_one_check_does_not_reach_the_next(grader: Grader) -> None:
    once = "calls = []\n" + RIGHT.replace("    x = np", "    calls.append(1)\n    if len(calls) > 8: return None\n    x = np")

    assert simpson(grader.grade("a", written([once]))).verdict is Verdict.PASSED


COUNTS = RIGHT.replace("    x = np", "    calls.append(1)\n    if len(calls) > 8: return None\n    x = np")


@pytest.mark.parametrize(
    "cells",
    [
        [RIGHT],
        [RIGHT.replace("/ 3", "/ 4")],
        ["calls = []\n" + COUNTS],
        ["calls = []\n" + COUNTS.replace("return None", "import os; os._exit(0)")],
        ["calls = []\n" + COUNTS.replace("return None", "raise SystemExit")],
        ["import os\n" + RIGHT.replace("    x = np", "    if n == 2: os.kill(os.getpid(), 9)\n    x = np")],
        [RIGHT.replace("    x = np", "    while n == 2: pass\n    x = np")],
        ["import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()", RIGHT],
        ["import os, time\nif os.fork() == 0: time.sleep(60)", RIGHT],
    ],
)
def test_an_exercise_gets_alone_what_it_gets_among_others(grader: Grader, cells: list[str]) -> None:
    alone = grader.grade("a", written(cells), only=frozenset({"simpson"}))

    assert alone.exercises == (simpson(grader.grade("a", written(cells))),)


def test_the_cells_run_a_second_time_at_most(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder.grading import grader as module

    loads, original = [], module.loaded
    monkeypatch.setattr(module, "loaded", lambda *args, **kwargs: loads.append(1) or original(*args, **kwargs))
    always_leaves_traces = "calls = []\n" + RIGHT.replace("    x = np", "    calls.append(1)\n    x = np")

    for answer, count in ((RIGHT, 1), (always_leaves_traces, 2)):
        loads.clear()
        assert grader.grade("a", written([answer]), only=frozenset({"simpson"})).exercises[0].verdict is Verdict.PASSED
        assert len(loads) == count


def test_a_crash_while_the_machine_had_no_memory_is_nobodys_verdict(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder.grading import grader as module

    dies = written(["import os\n\ndef simpson(f, a, b, n):\n    os.kill(os.getpid(), 9)"])
    counts = iter([7, 8, 8, 9, 9, 9])
    monkeypatch.setattr(module, "kills_for_memory", lambda: next(counts))

    with pytest.raises(SandboxBroken, match="ran out of memory"):
        grader.grade("a", dies)
    assert grader.grade("a", written([RIGHT])).status is Status.GRADED  # somebody else's process was killed
    assert simpson(grader.grade("a", dies)).verdict is Verdict.CRASHED


def test_the_same_submission_gets_the_same_bytes_twice(grader: Grader) -> None:
    one, two = (replace(grader.grade("a", written([RIGHT])), seconds=0.0) for _ in range(2))

    assert one == two


def test_below_the_floor_grading_refuses(root: Path, config: CourseConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder.grading import servers as module

    server = module.ForkServer
    monkeypatch.setattr(module, "ForkServer", lambda *args, **kwargs: server(*args, **kwargs, without=frozenset({"seccomp"})))
    assignment = choose_assignment(root, "week09")

    with pytest.raises(WeakSandbox, match="seccomp.*mml doctor.*--unsafe"), Grader(assignment, config, release=root / "release"):
        pass
    with Grader(assignment, config, release=root / "release", unsafe=True) as unsafe:
        report = unsafe.grade("a", written([RIGHT]))
    assert report.is_unsafe and "seccomp" not in report.layers


def test_answers_about_files_and_axes_can_be_compared() -> None:
    from autograder.grading.compare import equal
    from autograder.kit import a_file, new_axes

    assert equal(a_file("a,b"), a_file("a,b")) and not equal(a_file("a,b"), a_file("c"))
    assert equal(new_axes(), new_axes()) and not equal(new_axes(), 3)


def test_a_full_disk_of_ours_is_our_fault_and_no_misconception(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = grader.exercises["simpson"]

    def asks_and_fails(simpson: object) -> None:
        simpson(lambda x: x, 0.0, 1.0, 2)  # type: ignore[operator]
        raise OSError(errno.ENOSPC, "No space left on device")

    checks = tuple(replace(check, name="asks_and_fails", function=asks_and_fails, needs=("simpson",)) for check in exercise.checks[:1])
    monkeypatch.setitem(grader.exercises, "simpson", replace(exercise, checks=checks))
    report = grader.grade("a", written([RIGHT]))

    assert report.status is Status.INCOMPLETE
    assert (simpson(report).verdict, simpson(report).misconception) == (Verdict.OUR_FAULT, "")
    assert "No space left on device" in report.staff_notes[0]


def asked(label: str, value: object) -> Event:
    return Event(label, f"call {label}", (), {}, "value", value)


@pytest.mark.parametrize(
    ("answers", "got", "place", "is_direct"),
    [
        ((1.0, 2.0, 3.0), 2.0, 1, True),  # the second of three answers is the wrong one
        ((2.0, 1.0, 2.0), 2.0, 2, True),  # the last one that returned it
        (({"error": [0.5, 2.0]}, 3.0), 2.0, 0, True),  # a part of an answer
        ((1.0, 2.0), 3.0, 1, False),  # their sum: the last call stands for both, and no call should have returned what was expected
        ((4.0,), 2.0, 0, True),  # something made of the only answer
        ((1.0, 2.0), None, 1, True),  # the check does not say what was wrong
    ],
)
def test_the_call_behind_a_failure_is_the_one_that_returned_it(
    answers: tuple[object, ...], got: object, place: int, is_direct: bool
) -> None:
    events = tuple(asked(f"f{number}", value) for number, value in enumerate(answers))

    assert failing_call(CheckRun("a_check", Verdict.FAILED, got=got, events=events)) == (events[place], is_direct)

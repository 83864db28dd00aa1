"""Asking ahead and remembering verdicts changes no verdict, only the time that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder.authoring.config import CourseConfig
from autograder.authoring.discover import choose_assignment
from autograder.authoring.model import Assignment, Exercise
from autograder.grading import grader as grader_module
from autograder.grading.ahead import Script, Scripts, distorted
from autograder.grading.grader import Grader
from autograder.grading.notebook import written
from autograder.grading.verdict import ExerciseResult

NAMES = frozenset({"simpson", "kahan_sum", "finite_difference_sweep", "softmax"})
HEAD = "import os, math\nimport numpy as np\n"
BODIES = {
    "wrong everywhere": "def simpson(f, a, b, n):\n    return 0.0",
    "right at the first question only": (
        "count = [0]\ndef kahan_sum(values):\n    count[0] += 1\n    return math.fsum(values) if count[0] == 1 else 0.5"
    ),
    "dies at the second question": (
        "count = [0]\ndef kahan_sum(values):\n    count[0] += 1\n"
        "    if count[0] == 2:\n        os._exit(0)\n    return math.fsum(values)"
    ),
    "never ends at the second question": (
        "count = [0]\ndef kahan_sum(values):\n    count[0] += 1\n"
        "    while count[0] == 2:\n        pass\n    return 1e9"
    ),
    "calls back too often": "def simpson(f, a, b, n):\n    [f(np.array([a])) for _ in range(3)]\n    return float(f(np.array([b]))[0])",
    "raises": "def softmax(Z):\n    raise ValueError('no ' + str(Z)[:5])",
    "changes its argument": "def softmax(Z):\n    Z = np.asarray(Z)\n    Z -= Z.max()\n    return np.exp(Z) / np.exp(Z).sum()",
    "says nothing": "def finite_difference_sweep(*args):\n    pass",
}


@pytest.fixture(scope="module")
def assignment(root: Path) -> Assignment:
    return choose_assignment(root, "week09")


@pytest.fixture(scope="module")
def ahead(root: Path, config: CourseConfig, assignment: Assignment) -> Iterator[Grader]:
    with Grader(assignment, quick(config), release=root / "release") as grader:
        yield grader


@pytest.fixture(scope="module")
def step_by_step(root: Path, config: CourseConfig, assignment: Assignment) -> Iterator[Grader]:
    with Grader(assignment, quick(config), release=root / "release") as grader:
        grader.scripts.of = lambda exercise, check, lends: Script()  # type: ignore[method-assign]
        yield grader


def quick(config: CourseConfig) -> CourseConfig:
    return replace(config, limits=replace(config.limits, cell_seconds=1.0, check_seconds=1.0))


def results(grader: Grader, body: str, only: frozenset[str] = NAMES) -> tuple[ExerciseResult, ...]:
    return grader.grade("a", written([HEAD, body]), only=only).exercises


@pytest.mark.parametrize("what", BODIES)
def test_the_verdicts_are_those_of_asking_step_by_step(ahead: Grader, step_by_step: Grader, what: str) -> None:
    first, second = results(ahead, BODIES[what]), results(ahead, BODIES[what])

    assert first == results(step_by_step, BODIES[what])
    assert second == first


def test_the_reference_is_judged_once(ahead: Grader, assignment: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    small = NAMES - {"kahan_sum"}  # it is asked about arrays that are too large to be sent ahead
    chosen = [exercise for exercise in assignment.exercises if exercise.name in small]
    body = "\n\n".join(_solution(exercise) for exercise in chosen)
    before = results(ahead, body, small)
    judged: list[str] = []
    monkeypatch.setattr(grader_module, "run_check", lambda exercise, check, *rest, **more: judged.append(check.name))

    assert results(ahead, body, small) == before
    assert all(result.points == result.possible for result in before)
    assert judged == []


def test_most_checks_have_a_script(ahead: Grader, assignment: Assignment) -> None:
    results(ahead, BODIES["wrong everywhere"])
    scripts = Scripts(secret="a", seconds=5.0)
    found = [scripts.of(exercise, check, {}) for exercise in assignment.exercises for check in exercise.checks]

    assert sum(bool(script.frames) for script in found) >= 0.9 * len(found)


def test_a_question_that_would_tell_an_answer_is_not_asked_ahead(assignment: Assignment, config: CourseConfig) -> None:
    exercise = next(exercise for exercise in assignment.exercises if exercise.name == "log_sum_exp")
    asked: list[object] = []

    def follow_up(log_sum_exp):  # type: ignore[no-untyped-def]
        first = log_sum_exp(np.array([1.0, 2.0]))
        asked.append(first)
        log_sum_exp(np.array([5.0, 6.0]))
        log_sum_exp(np.array([round(first), 1]))
        log_sum_exp(np.array([7.0, 8.0]))

    check = replace(exercise.checks[0], function=follow_up)
    script = Scripts(secret="a", seconds=5.0).of(exercise, check, {})

    assert len(asked) == 2 and asked[0] != asked[1]
    assert len(script.frames) == 2


@pytest.mark.parametrize(
    "answer",
    [1, 2.5, True, "a", 1j, (1, 2.0), [0.0], {"a": 1}, {3}, np.arange(3), np.zeros(2), np.array([True]), np.float64(0), np.int64(4)],
)
def test_a_distorted_answer_is_another_answer_of_its_kind(answer: object) -> None:
    other = distorted(answer)

    assert type(other) is type(answer)
    assert repr(other) != repr(answer)


def test_what_is_remembered_has_a_limit(assignment: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder.grading import ahead
    from autograder.grading.verdict import CheckRun, Verdict

    monkeypatch.setattr(ahead, "MAX_REMEMBERED", 100)
    scripts, script = Scripts(secret="a", seconds=5.0), Script((b"question",))
    scripts.known["exercise", "check"] = script
    for number in range(20):
        scripts._remember(script, [(b"A" + bytes([number]) * 30, b"")], CheckRun("check", Verdict.PASSED))

    assert 1 <= len(script.verdicts) <= 4


def _solution(exercise: Exercise) -> str:
    return exercise.reference_source.replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "")

"""Whatever happens to a notebook, it gets a score or a precise reason, and its neighbours keep their verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.authoring.config import CourseConfig
from autograder.authoring.discover import choose_assignment
from autograder.grading.grader import Grader
from autograder.grading.verdict import Status, SubmissionReport, Verdict
from tests.accidents.damage import KINDS, damaged

NAMES = frozenset({"entropy", "softmax", "log_sum_exp"})
SHORT, LONG = 60, 2000

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def grader(root: Path, config: CourseConfig) -> Iterator[Grader]:
    with Grader(choose_assignment(root, "week09"), config, release=root / "release") as grader:
        yield grader


@pytest.fixture(scope="module")
def good(root: Path) -> bytes:
    week = "week09_information_numerics"
    return (root / "solutions" / week / f"{week}.ipynb").read_bytes()


def facts(report: SubmissionReport) -> tuple[object, ...]:
    return report.status, report.exercises, report.notes


def outlive(grader: Grader, good: bytes, numbers: range) -> Counter[str]:
    """Grade damaged notebooks with an undamaged one after every twentieth; return how they ended."""
    undamaged = facts(grader.grade("neighbour", good, only=NAMES))
    assert undamaged[0] is Status.GRADED
    ends: Counter[str] = Counter()
    for number in numbers:
        what, content = damaged(good, number)
        report = grader.grade("damaged", content, only=NAMES)
        assert report.status in (Status.GRADED, Status.UNREADABLE), f"{number}: {what}: {report.staff_notes}"
        assert 0 <= report.points <= report.possible, f"{number}: {what}"
        assert {result.name for result in report.exercises} == NAMES, f"{number}: {what}"
        if report.status is Status.UNREADABLE:
            assert report.points == 0 and len(" ".join(report.notes)) > 20, f"{number}: {what}: no reason is given"
        else:
            assert all(result.verdict in Verdict for result in report.exercises)
        ends["a reason" if report.status is Status.UNREADABLE else "full score" if report.points == report.possible else "a score"] += 1
        if number % 20 == 0:
            assert facts(grader.grade("neighbour", good, only=NAMES)) == undamaged, f"{number}: {what} changed a neighbour"
    return ends


def test_damaged_notebooks_get_a_score_or_a_reason(grader: Grader, good: bytes) -> None:
    ends = outlive(grader, good, range(SHORT))

    assert sum(ends.values()) == SHORT
    assert set(ends) == {"a reason", "a score", "full score"}


@pytest.mark.long
def test_two_thousand_damaged_notebooks_get_a_score_or_a_reason(
    grader: Grader, good: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    ends = outlive(grader, good, range(LONG))

    with capsys.disabled():
        print(f"\n{LONG} damaged notebooks: {dict(ends)}, 0 without a verdict, 0 changed neighbours")
    assert sum(ends.values()) == LONG


def test_every_kind_of_damage_happens(good: bytes) -> None:
    seen = Counter(kind for number in range(SHORT) for kind in damaged(good, number)[0].split(" + "))

    assert set(seen) == set(KINDS)
    assert damaged(good, 3) == damaged(good, 3)

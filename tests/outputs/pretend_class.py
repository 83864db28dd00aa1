"""Reports made in code: any class of any shape, without grading."""

from __future__ import annotations

from fractions import Fraction

from autograder.batch.store import AssignmentFacts, ExerciseFacts
from autograder.grading.verdict import CheckResult, ExerciseResult, Status, SubmissionReport, Verdict

WEEK = "week99_fake"


def check(name: str, verdict: Verdict = Verdict.PASSED, **texts: str) -> CheckResult:
    """Return a check of one point."""
    points = Fraction(verdict is Verdict.PASSED)
    return CheckResult(name, texts.pop("sentence", f"{name} holds."), False, verdict, points, Fraction(1), **texts)


def answer(name: str, *checks: CheckResult, **more: str) -> ExerciseResult:
    """Return an exercise with these checks; its verdict is that of its first check that did not pass."""
    verdict = next((c.verdict for c in checks if c.verdict is not Verdict.PASSED), Verdict.PASSED)
    points, possible = (sum((getattr(c, what) for c in checks), Fraction(0)) for what in ("points", "possible"))
    return ExerciseResult(name, name.title(), verdict, points, possible, checks, **more)


def right(name: str) -> ExerciseResult:
    return answer(name, check("one"), check("two"))


def wrong(name: str, got: str = "0", call: str = "f(1)", **more: str) -> ExerciseResult:
    return answer(name, check("one"), check("two", Verdict.FAILED, call=call, got=got, expected="1"), **more)


def report(learner: str, *exercises: ExerciseResult, status: Status = Status.GRADED) -> SubmissionReport:
    return SubmissionReport(learner, WEEK, status, exercises)


def facts(*names: str, points: int = 2) -> AssignmentFacts:
    return AssignmentFacts(WEEK, "Week 99", tuple(ExerciseFacts(name, name.title(), Fraction(points)) for name in names))

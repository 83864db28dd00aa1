"""What can be said about an answer: a closed set of verdicts, and the values that carry them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from autograder.sandbox.handles import Event


class Verdict(StrEnum):
    """The outcome of a check or of an exercise; the order is the order of precedence for an exercise."""

    OUR_FAULT = "our_fault"
    NOT_ATTEMPTED = "not_attempted"
    MISSING = "missing"
    BLOCKED = "blocked"
    MEMORY = "memory"
    OUTPUT_LIMIT = "output_limit"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    FAILED = "failed"
    PASSED = "passed"


MEANING = {
    Verdict.OUR_FAULT: "The grader itself failed; your teacher has been told.",
    Verdict.NOT_ATTEMPTED: "The stub is still as it was handed out.",
    Verdict.MISSING: "The notebook does not define this name.",
    Verdict.BLOCKED: "The code used a function that the exercise bans.",
    Verdict.MEMORY: "The code asked for more memory than the limit.",
    Verdict.OUTPUT_LIMIT: "The code printed more than the limit.",
    Verdict.TIMEOUT: "The code did not end within the time limit.",
    Verdict.CRASHED: "The code stopped with an error.",
    Verdict.FAILED: "The answer is not right yet.",
    Verdict.PASSED: "Right.",
}


@dataclass(frozen=True, slots=True)
class CheckRun:
    """What one check found, with the calls that it made."""

    name: str
    verdict: Verdict
    message: str = ""
    expected: object = None
    got: object = None
    line: str = ""
    events: tuple[Event, ...] = ()
    staff_note: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of a report: what the learner and the staff read."""

    name: str
    sentence: str
    is_hidden: bool
    verdict: Verdict
    points: Fraction
    possible: Fraction
    message: str = ""
    call: str = ""
    got: str = ""
    expected: str = ""
    line: str = ""
    staff_note: str = ""


@dataclass(frozen=True, slots=True)
class ExerciseResult:
    """One exercise of a report."""

    name: str
    title: str
    verdict: Verdict
    points: Fraction
    possible: Fraction
    checks: tuple[CheckResult, ...]
    misconception: str = ""
    hint: str = ""
    section: str = ""


def overall(verdicts: list[Verdict]) -> Verdict:
    """Return the verdict of an exercise: the first in the order of precedence that any check got."""
    return next(verdict for verdict in Verdict if verdict in verdicts)


class Status(StrEnum):
    """How far the grading of one submission came."""

    GRADED = "graded"
    INCOMPLETE = "incomplete"  # our fault in at least one check: never a silent zero
    UNREADABLE = "unreadable"  # the file is no notebook; the reason is in `notes`


@dataclass(frozen=True, slots=True)
class SubmissionReport:
    """Everything that is said about one submission."""

    learner: str
    assignment: str
    status: Status
    exercises: tuple[ExerciseResult, ...]
    notes: tuple[str, ...] = ()
    staff_notes: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    refused_layers: tuple[tuple[str, str], ...] = ()
    is_unsafe: bool = False
    seconds: float = 0.0

    @property
    def points(self) -> Fraction:
        return sum((exercise.points for exercise in self.exercises), Fraction(0))

    @property
    def possible(self) -> Fraction:
        return sum((exercise.possible for exercise in self.exercises), Fraction(0))

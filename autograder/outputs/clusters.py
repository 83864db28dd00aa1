"""Gather what learners got wrong together: named misconceptions, and equal wrong answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from autograder.batch.store import AssignmentFacts
from autograder.grading.verdict import CheckResult, ExerciseResult, SubmissionReport, Verdict
from autograder.outputs.statistics import graded_only

ANSWERS = (Verdict.FAILED, Verdict.CRASHED)


@dataclass(frozen=True, slots=True)
class Misconception:
    """A misconception that the grader named, and the learners whose answers agree with it."""

    exercise: str
    title: str
    name: str
    hint: str
    learners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Learners who fail the same check first, with the same call and the same wrong answer."""

    exercise: str
    title: str
    sentence: str
    call: str
    got: str
    expected: str
    message: str
    misconception: str
    learners: tuple[str, ...]


def misconceptions(reports: list[SubmissionReport], assignment: AssignmentFacts) -> tuple[Misconception, ...]:
    """Return the named misconceptions, the most common first, equal ones in the order of exercises and names."""
    places = {exercise.name: place for place, exercise in enumerate(assignment.exercises)}
    who: dict[tuple[str, str], list[str]] = defaultdict(list)
    about: dict[tuple[str, str], ExerciseResult] = {}
    for report in graded_only(reports):
        for result in report.exercises:
            if result.misconception:
                key = (result.name, result.misconception)
                who[key].append(report.learner)
                about.setdefault(key, result)
    order = sorted(who, key=lambda key: (-len(who[key]), places.get(key[0], len(places)), key))
    return tuple(
        Misconception(name, about[name, wrong].title, wrong.replace("_", " "), about[name, wrong].hint, tuple(who[name, wrong]))
        for name, wrong in order
    )


def clusters(reports: list[SubmissionReport], assignment: AssignmentFacts) -> tuple[Cluster, ...]:
    """Return the groups of two and more learners with an equal wrong answer, the largest first."""
    places = {exercise.name: place for place, exercise in enumerate(assignment.exercises)}
    who: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    about: dict[tuple[str, str, str, str], tuple[ExerciseResult, CheckResult]] = {}
    for report in graded_only(reports):
        for result in report.exercises:
            check = first_wrong(result)
            if check is None:
                continue
            key = (result.name, check.name, check.call, check.got)
            who[key].append(report.learner)
            about.setdefault(key, (result, check))
    order = sorted(
        (key for key, learners in who.items() if len(learners) > 1),
        key=lambda key: (-len(who[key]), places.get(key[0], len(places)), key),
    )
    return tuple(_cluster(*about[key], tuple(who[key])) for key in order)


def first_wrong(result: ExerciseResult) -> CheckResult | None:
    """Return the first check of an exercise that met a wrong answer and says with which call."""
    return next((c for c in result.checks if c.verdict in ANSWERS and c.call and c.got), None)


def _cluster(result: ExerciseResult, check: CheckResult, learners: tuple[str, ...]) -> Cluster:
    return Cluster(
        exercise=result.name,
        title=result.title,
        sentence=check.sentence,
        call=check.call,
        got=check.got,
        expected=check.expected,
        message=check.message,
        misconception=result.misconception.replace("_", " "),
        learners=learners,
    )

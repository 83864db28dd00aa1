"""Say how an exercise behaves in a class: difficulty, discrimination, point-biserial.

Only graded submissions count. Points stay exact until the last division.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from autograder.batch.store import AssignmentFacts
from autograder.grading.verdict import ExerciseResult, Status, SubmissionReport, Verdict

FEWEST = 8  # with fewer learners the two groups would be one or two people each
TAIL = Fraction(27, 100)


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """How many learners passed one check."""

    name: str
    sentence: str
    is_hidden: bool
    passed: int
    tried: int


@dataclass(frozen=True, slots=True)
class Item:
    """What a class did with one exercise; a figure that has no meaning for this class is None."""

    name: str
    title: str
    possible: Fraction
    learners: int
    passed: int
    mean: Fraction
    share: Fraction
    discrimination: float | None
    point_biserial: float | None
    verdicts: tuple[tuple[Verdict, int], ...]
    checks: tuple[CheckFacts, ...]


def graded_only(reports: list[SubmissionReport]) -> list[SubmissionReport]:
    """Return the reports that were graded to the end."""
    return [report for report in reports if report.status is Status.GRADED]


def analyse(reports: list[SubmissionReport], assignment: AssignmentFacts) -> tuple[Item, ...]:
    """Return the facts of every exercise of an assignment, in its order."""
    graded = graded_only(reports)
    totals = [report.points for report in graded]
    by_learner = [{exercise.name: exercise for exercise in report.exercises} for report in graded]
    items: list[Item] = []
    for facts in assignment.exercises:
        pairs = [(exercises.get(facts.name), total) for exercises, total in zip(by_learner, totals, strict=True)]
        results = [result for result, _ in pairs if result is not None]
        everything = [total for result, total in pairs if result is not None]
        points = [result.points for result in results]
        possible = results[0].possible if results else facts.points
        shares = [result.points / result.possible if result.possible else Fraction(0) for result in results]
        solved = [result.verdict is Verdict.PASSED for result in results]
        verdicts = Counter(result.verdict for result in results)
        items.append(
            Item(
                name=facts.name,
                title=facts.title,
                possible=possible,
                learners=len(results),
                passed=sum(solved),
                mean=_mean(points),
                share=_mean(shares),
                discrimination=discrimination(shares, everything),
                point_biserial=point_biserial(solved, [total - own for total, own in zip(everything, points, strict=True)]),
                verdicts=tuple((verdict, verdicts[verdict]) for verdict in reversed(Verdict) if verdicts[verdict]),
                checks=_checks(results),
            )
        )
    return tuple(items)


def discrimination(shares: list[Fraction], totals: list[Fraction]) -> float | None:
    """Return the mean share of the best 27 % minus the mean share of the weakest 27 %, by total score.

    Learners with the total at the border of a group all belong to it, so that no order of names decides. None when the
    class is too small or the two groups overlap.
    """
    if len(totals) < FEWEST:
        return None
    size = max(1, round(TAIL * len(totals)))
    ordered = sorted(totals)
    low, high = ordered[size - 1], ordered[-size]
    if low >= high:
        return None
    upper = [share for share, total in zip(shares, totals, strict=True) if total >= high]
    lower = [share for share, total in zip(shares, totals, strict=True) if total <= low]
    return float(_mean(upper) - _mean(lower))


def point_biserial(solved: list[bool], rest: list[Fraction]) -> float | None:
    """Return the correlation between solving an exercise (yes or no) and the points in all the others.

    None when the class is too small, when everybody or nobody solved it, or when all the others agree.
    """
    count, yes = len(solved), sum(solved)
    if count < FEWEST or yes in (0, count):
        return None
    mean = _mean(rest)
    spread = sum((value - mean) ** 2 for value in rest) / count
    if not spread:
        return None
    difference = _mean([value for value, one in zip(rest, solved, strict=True) if one]) - mean
    # The square is exact; one root at the end.
    square = difference * difference * yes / (count - yes) / spread
    return math.copysign(math.sqrt(square), difference) if difference else 0.0


def _checks(results: list[ExerciseResult]) -> tuple[CheckFacts, ...]:
    passed: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    first = {}
    for result in results:
        for check in result.checks:
            first.setdefault(check.name, check)
            passed[check.name] += check.verdict is Verdict.PASSED
            tried[check.name] += check.verdict not in (Verdict.NOT_ATTEMPTED, Verdict.MISSING)
    return tuple(CheckFacts(name, c.sentence, c.is_hidden, passed[name], tried[name]) for name, c in first.items())


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values) if values else Fraction(0)

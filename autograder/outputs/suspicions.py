"""Name what looks like a fault of the grader or of an exercise, rather than of the learners."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

from autograder.grading.verdict import SubmissionReport, Verdict
from autograder.outputs.statistics import Item, graded_only

NEARLY_NOBODY = Fraction(1, 10)
WELL = Fraction(6, 10)
MOST = Fraction(3, 4)
UNTRIED = (Verdict.NOT_ATTEMPTED, Verdict.MISSING)
FEWEST = 5  # learners; what two or three people do says little about an exercise


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One reason to look at an exercise before its points are used."""

    exercise: str
    title: str
    reason: str


def suspicions(reports: list[SubmissionReport], items: tuple[Item, ...]) -> tuple[Suspicion, ...]:
    """Return every suspicion in the order of exercises."""
    graded = graded_only(reports)
    faults = _faults(reports)
    alone = _failed_alone(graded)
    found: list[Suspicion] = []
    for item in items:
        reasons = [*_our_fault(faults.get(item.name, [])), *_hardly_solved(item, graded), *_backwards(item)]
        reasons += _one_check_stops_all(item, alone)
        found += [Suspicion(item.name, item.title, reason) for reason in reasons]
    return tuple(found)


def _faults(reports: list[SubmissionReport]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        for result in report.exercises:
            if result.verdict is Verdict.OUR_FAULT:
                found[result.name].append(report.learner)
    return found


def _our_fault(learners: list[str]) -> list[str]:
    if not learners:
        return []
    names = ", ".join(learners[:5]) + (f" and {len(learners) - 5} more" if len(learners) > 5 else "")
    return [f"The grader itself failed here for {names}. Grade again; if it stays, mend the check."]


def _hardly_solved(item: Item, graded: list[SubmissionReport]) -> list[str]:
    tried = [r for r in graded for e in r.exercises if e.name == item.name and e.verdict not in UNTRIED]
    if len(tried) < FEWEST or item.passed > NEARLY_NOBODY * len(tried):
        return []
    shares = [share for report in tried if (share := _share_elsewhere(report, item.name)) is not None]
    if not shares or sum(shares, Fraction(0)) / len(shares) < WELL:
        return []
    mean = round(100 * sum(shares, Fraction(0)) / len(shares))
    return [f"{item.passed} of {len(tried)} who tried it solve it, yet they reach {mean} % of the points elsewhere."]


def _share_elsewhere(report: SubmissionReport, name: str) -> Fraction | None:
    others = [exercise for exercise in report.exercises if exercise.name != name]
    possible = sum((exercise.possible for exercise in others), Fraction(0))
    return sum((exercise.points for exercise in others), Fraction(0)) / possible if possible else None


def _backwards(item: Item) -> list[str]:
    # Both figures: one alone is below zero by chance in every other small class.
    if item.discrimination is None or item.point_biserial is None or item.discrimination >= 0 or item.point_biserial >= 0:
        return []
    return [
        f"Weak learners do better here than strong ones (discrimination {item.discrimination:.2f}, "
        f"point-biserial {item.point_biserial:.2f}). A check may reject a right answer."
    ]


def _failed_alone(graded: list[SubmissionReport]) -> Counter[tuple[str, str]]:
    """Count, for every check, the learners who fail it and no other check of its exercise."""
    found: Counter[tuple[str, str]] = Counter()
    for report in graded:
        for result in report.exercises:
            failing = [check.name for check in result.checks if check.verdict is not Verdict.PASSED]
            if len(failing) == 1 and len(result.checks) > 1:
                found[result.name, failing[0]] += 1
    return found


def _one_check_stops_all(item: Item, alone: Counter[tuple[str, str]]) -> list[str]:
    return [
        f"“{check.sentence}” fails for {check.tried - check.passed} of {check.tried}, and for {alone[item.name, check.name]} "
        "of them it is the only check that fails. It may ask for more than the statement says."
        for check in item.checks
        if check.tried >= FEWEST and alone[item.name, check.name] > MOST * check.tried
    ]

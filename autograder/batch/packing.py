"""Write a report down as compact JSON, and read it back the same.

Points are written as "numerator/denominator", so that nothing is rounded before the outputs are made.
"""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

from autograder.grading.verdict import CheckResult, ExerciseResult, Status, SubmissionReport, Verdict

CHECK_TEXTS = ("name", "sentence", "message", "call", "got", "expected", "line", "staff_note")
EXERCISE_TEXTS = ("name", "title", "misconception", "hint", "section")


def fraction_text(value: Fraction) -> str:
    """Return an exact number as "n/d"."""
    return f"{value.numerator}/{value.denominator}"


def pack(report: SubmissionReport) -> str:
    """Return a report as one line of ASCII."""
    content = {
        "learner": report.learner,
        "assignment": report.assignment,
        "status": str(report.status),
        "exercises": [_exercise(exercise) for exercise in report.exercises],
        "notes": list(report.notes),
        "staff_notes": list(report.staff_notes),
        "layers": list(report.layers),
        "refused_layers": [list(pair) for pair in report.refused_layers],
        "is_unsafe": report.is_unsafe,
        "seconds": report.seconds,
    }
    return _compact(content)


def pack_exercise(exercise: ExerciseResult) -> str:
    """Return the result of one exercise as one line of ASCII: equal results have equal lines."""
    return _compact(_exercise(exercise))


def pack_lines(report: SubmissionReport) -> str:
    """Return a report as lines: what it says as a whole, then one line for each exercise."""
    return "\n".join([pack(replace(report, exercises=())), *(pack_exercise(exercise) for exercise in report.exercises)])


def unpack_lines(text: str) -> tuple[SubmissionReport, list[str]]:
    """Return the report without its exercises, and the line of each: whoever only keeps them need not read them."""
    first, *lines = text.split("\n")
    return unpack(first), lines


def _compact(content: dict[str, Any]) -> str:
    return json.dumps(content, separators=(",", ":"), allow_nan=False)


def _exercise(exercise: ExerciseResult) -> dict[str, Any]:
    facts: dict[str, Any] = {key: getattr(exercise, key) for key in EXERCISE_TEXTS}
    return _scored(facts, exercise) | {"checks": [_check(check) for check in exercise.checks]}


def _check(check: CheckResult) -> dict[str, Any]:
    # Empty texts are left out: most checks pass and say nothing.
    facts: dict[str, Any] = {key: text for key in CHECK_TEXTS if (text := getattr(check, key))}
    return _scored(facts, check) | {"is_hidden": check.is_hidden}


def _scored(facts: dict[str, Any], result: CheckResult | ExerciseResult) -> dict[str, Any]:
    points = {"points": fraction_text(result.points), "possible": fraction_text(result.possible)}
    return facts | {"verdict": str(result.verdict)} | points


def unpack(text: str) -> SubmissionReport:
    """Return the report that `pack` wrote down. Raises ValueError or KeyError when the text is something else."""
    content = json.loads(text)
    return SubmissionReport(
        learner=content["learner"],
        assignment=content["assignment"],
        status=Status(content["status"]),
        exercises=tuple(_read_exercise(exercise) for exercise in content["exercises"]),
        notes=tuple(content["notes"]),
        staff_notes=tuple(content["staff_notes"]),
        layers=tuple(content["layers"]),
        refused_layers=tuple((name, reason) for name, reason in content["refused_layers"]),
        is_unsafe=content["is_unsafe"],
        seconds=content["seconds"],
    )


def unpack_exercise(text: str) -> ExerciseResult:
    """Return the result that `pack_exercise` wrote down. Raises ValueError or KeyError when the text is something else."""
    return _read_exercise(json.loads(text))


def _read_exercise(facts: dict[str, Any]) -> ExerciseResult:
    texts = {key: facts[key] for key in EXERCISE_TEXTS}
    return ExerciseResult(**texts, **_read_score(facts), checks=tuple(_read_check(check) for check in facts["checks"]))


def _read_check(facts: dict[str, Any]) -> CheckResult:
    texts = {key: facts.get(key, "") for key in CHECK_TEXTS}
    return CheckResult(**texts, **_read_score(facts), is_hidden=facts["is_hidden"])


def _read_score(facts: dict[str, Any]) -> dict[str, Any]:
    verdict, points, possible = Verdict(facts["verdict"]), Fraction(facts["points"]), Fraction(facts["possible"])
    return {"verdict": verdict, "points": points, "possible": possible}

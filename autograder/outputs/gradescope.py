"""Write one report in the format that Gradescope reads: results.json.

The format is documented in "Autograder Specifications", https://gradescope-autograders.readthedocs.io/en/latest/specs/.
Every check is one test. Where the grader itself failed no score is written at all: a zero would look like a verdict.
"""

from __future__ import annotations

from typing import Any

from autograder.grading.verdict import MEANING, CheckResult, ExerciseResult, Status, SubmissionReport, Verdict
from autograder.outputs.plain import plain, points_text

NO_SCORE = "This is not your fault, and it is not a zero: no score was given. Tell your teacher."
UNSAFE = "This grader was made with --unsafe: it ran below the isolation floor of the course."
WHOLE = {
    "output_format": "text",
    "test_output_format": "text",
    "test_name_format": "text",
    "visibility": "visible",
    "stdout_visibility": "hidden",
}


def results(report: SubmissionReport, *, hidden_visibility: str) -> dict[str, Any]:
    """Return results.json for a graded submission."""
    if report.status is Status.UNREADABLE:
        reason = " ".join(report.notes)
        return refused("The notebook cannot be read", reason, possible=float(report.possible), unsafe=report.is_unsafe)
    is_final = report.status is not Status.INCOMPLETE
    tests = [
        _test(report, exercise, check, number=f"{one}.{two}", hidden_visibility=hidden_visibility)
        for one, exercise in enumerate(report.exercises, start=1)
        for two, check in enumerate(exercise.checks, start=1)
    ]
    lines = [] if is_final else [f"The grader itself failed in at least one check. {NO_SCORE}"]
    lines += [UNSAFE] if report.is_unsafe else []
    lines += [plain(note) for note in report.notes]
    facts = {
        "assignment": report.assignment,
        "status": report.status.value,
        "layers": list(report.layers),
        "refused_layers": dict(report.refused_layers),
        "unsafe": report.is_unsafe,
        "points": {exercise.name: points_text(exercise.points) for exercise in report.exercises},
    }
    score = {"score": float(points_text(report.points))} if is_final else {}
    return score | WHOLE | {
        "execution_time": round(report.seconds, 3),
        "output": "\n".join(lines),
        "extra_data": facts,
        "tests": tests,
    }


def refused(what: str, reason: str, *, possible: float, unsafe: bool = False) -> dict[str, Any]:
    """Return results.json for what was handed in but cannot be graded: no points, and the reason."""
    test = {"name": what, "score": 0.0, "max_score": possible, "status": "failed", "output": plain(reason)}
    return {"score": 0.0} | WHOLE | {
        "output": "\n".join([*([UNSAFE] if unsafe else []), plain(reason)]),
        "tests": [test | {"visibility": "visible"}],
    }


def our_fault(staff_note: str) -> dict[str, Any]:
    """Return results.json for a fault of ours: no score, one sentence for the learner, the details for staff."""
    return WHOLE | {
        "output": f"The grader itself failed. {NO_SCORE}",
        "tests": [
            {"name": "The grader itself failed", "status": "failed", "output": NO_SCORE, "visibility": "visible"},
            {"name": "For staff", "status": "failed", "output": plain(staff_note), "visibility": "hidden"},
        ],
    }


def _test(
    report: SubmissionReport, exercise: ExerciseResult, check: CheckResult, *, number: str, hidden_visibility: str
) -> dict[str, Any]:
    passed = check.verdict is Verdict.PASSED
    test: dict[str, Any] = {
        "name": plain(f"{exercise.title}: {check.sentence}"),
        "number": number,
        "status": "passed" if passed else "failed",
        "visibility": hidden_visibility if check.is_hidden else "visible",
        "output": "" if passed else _explanation(exercise, check),
        "tags": [exercise.name],
    }
    if report.status is not Status.INCOMPLETE:
        test |= {"score": round(float(check.points), 6), "max_score": round(float(check.possible), 6)}
    return test


def _explanation(exercise: ExerciseResult, check: CheckResult) -> str:
    lines = [check.message or MEANING[check.verdict]]
    for label, text in (
        ("Call", check.call),
        ("Came back", check.got),
        ("Expected", check.expected),
        ("Your line", check.line),
        ("Hint", exercise.hint),
        ("Read again", exercise.section),
    ):
        lines += [f"{label}: {text}"] if text else []
    return plain("\n".join(lines))

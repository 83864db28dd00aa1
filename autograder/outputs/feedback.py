"""Write one page and one JSON file for every learner.

The JSON says what the page says, in a shape that stays: every value is a text, a truth value or a list, never a number,
so that NaN and exact points survive every reader. Keys, in this order:

    format ("1"), assignment, title, learner, status, meaning, score, max_score, notes: list of texts, exercises: list of
        name, title, verdict, meaning, points, possible, hint, section, checks: list of
            sentence, is_hidden, verdict, points, possible, message, call, came_back, expected, line

Verdicts are those of grading/verdict.py. Notes for staff are in neither.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from autograder.batch.names import file_names
from autograder.batch.store import AssignmentFacts, Store
from autograder.grading.verdict import MEANING, CheckResult, ExerciseResult, Status, SubmissionReport, Verdict
from autograder.outputs.pages import page
from autograder.outputs.plain import plain, points_text, write_text

STATUS_MEANING = {
    Status.GRADED: "Every check was run.",
    Status.INCOMPLETE: "The grader itself failed in at least one place. This is not your fault, and your score is not final.",
    Status.UNREADABLE: "The notebook could not be read, so nothing was graded. The reason is below.",
}


def feedback_folder(store: Store, out: Path, assignment: str) -> Path:
    """Return where the pages of one assignment go: OUT/feedback, or a folder in it when the store has several assignments."""
    return out / "feedback" if len(store.assignments()) == 1 else out / "feedback" / assignment


def write_feedback(store: Store, out: Path) -> list[Path]:
    """Write OUT/feedback/<learner>.html and .json for every submission of the store and return the pages."""
    pages: list[Path] = []
    for assignment in store.assignments():
        reports = store.reports(assignment.name)
        names = file_names([report.learner for report in reports])
        folder = feedback_folder(store, out, assignment.name)
        for report in reports:
            pages.append(write_text(folder / f"{names[report.learner]}.html", learner_page(report, assignment)))
            write_text(folder / f"{names[report.learner]}.json", learner_json(report, assignment))
    return pages


def learner_page(report: SubmissionReport, assignment: AssignmentFacts) -> str:
    """Return a learner's feedback as one self-contained page."""
    return page("learner.html", report=feedback(report, assignment), verdicts={v.value: v for v in Verdict})


def learner_json(report: SubmissionReport, assignment: AssignmentFacts) -> str:
    """Return a learner's feedback as JSON."""
    return json.dumps(feedback(report, assignment), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def feedback(report: SubmissionReport, assignment: AssignmentFacts) -> dict[str, Any]:
    """Return what a learner is told, in the shape of the JSON file."""
    is_read = report.status is not Status.UNREADABLE
    return {
        "format": "1",
        "assignment": plain(report.assignment),
        "title": plain(assignment.title),
        "learner": plain(report.learner),
        "status": report.status.value,
        "meaning": STATUS_MEANING[report.status],
        "score": points_text(report.points),
        "max_score": points_text(report.possible or assignment.points),
        "notes": [plain(note) for note in report.notes],
        "exercises": [_exercise(exercise) for exercise in report.exercises] if is_read else [],
    }


def _exercise(exercise: ExerciseResult) -> dict[str, Any]:
    return {
        "name": plain(exercise.name),
        "title": plain(exercise.title),
        "verdict": exercise.verdict.value,
        "meaning": "" if exercise.verdict is Verdict.PASSED else MEANING[exercise.verdict],
        **_points(exercise),
        "hint": plain(exercise.hint),
        "section": "" if exercise.verdict is Verdict.PASSED else plain(exercise.section),
        "checks": [_check(check) for check in exercise.checks],
    }


def _check(check: CheckResult) -> dict[str, Any]:
    passed = check.verdict is Verdict.PASSED
    shown = {"call": check.call, "came_back": check.got, "expected": check.expected, "line": check.line}
    return {
        "sentence": plain(check.sentence),
        "is_hidden": check.is_hidden,
        "verdict": check.verdict.value,
        **_points(check),
        "message": "" if passed else plain(check.message or MEANING[check.verdict]),
        **{key: "" if passed else plain(text) for key, text in shown.items()},
    }


def _points(result: CheckResult | ExerciseResult) -> dict[str, str]:
    return {"points": points_text(result.points), "possible": points_text(result.possible)}

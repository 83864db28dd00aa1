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
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markupsafe import Markup

from autograder.batch.names import file_names
from autograder.batch.store import AssignmentFacts, Store
from autograder.grading.verdict import MEANING, CheckResult, ExerciseResult, Status, SubmissionReport, Verdict
from autograder.outputs.counterexample import Counterexample, counterexample
from autograder.outputs.figures import group_of
from autograder.outputs.pages import made_by_us, page
from autograder.outputs.plain import plain, points_text, says, write_text

STATUS_MEANING = {
    Status.GRADED: "Every check was run.",
    Status.INCOMPLETE: "The grader itself failed in at least one place. This is not your fault, and your score is not final.",
    Status.UNREADABLE: "The notebook could not be read, so nothing was graded. The reason is below.",
}
UNSAFE = "Graded with --unsafe: the machine offered fewer isolation layers than the course demands."
REMEMBERED = 4000  # sections of pages
BY_VALUE = {verdict.value: verdict for verdict in Verdict}
GROUP_OF = {verdict.value: group_of(verdict) for verdict in Verdict}


def feedback_folder(store: Store, out: Path, assignment: str) -> Path:
    """Return where the pages of one assignment go: OUT/feedback, or a folder in it when the store has several assignments."""
    return out / "feedback" if len(store.assignments()) == 1 else out / "feedback" / assignment


def write_feedback(store: Store, out: Path) -> list[Path]:
    """Write OUT/feedback/<learner>.html and .json for every submission of the store and return the pages."""
    pages: list[Path] = []
    for assignment in store.assignments():
        names = file_names(store.learners(assignment.name))
        folder = feedback_folder(store, out, assignment.name)
        writer = _Writer(assignment)
        for report in store.each(assignment.name):
            page_path = folder / f"{names[report.learner]}.html"
            told = writer.tell(report)
            text = _as_json(told)
            if not (says(page_path.with_suffix(".json"), text) and made_by_us(page_path)):
                write_text(page_path, writer.page(report, told))
                write_text(page_path.with_suffix(".json"), text)  # last: it says that the page is finished
            pages.append(page_path)
    return pages


def learner_page(report: SubmissionReport, assignment: AssignmentFacts) -> str:
    """Return a learner's feedback as one self-contained page."""
    writer = _Writer(assignment)
    return writer.page(report, writer.tell(report))


def learner_json(report: SubmissionReport, assignment: AssignmentFacts) -> str:
    """Return a learner's feedback as JSON."""
    return _as_json(feedback(report, assignment))


class _Writer:
    """Writes feedback, and remembers the parts: in a class most answers to an exercise get the same words."""

    def __init__(self, assignment: AssignmentFacts) -> None:
        self.assignment = assignment
        self.told = _Memory(_exercise)
        self.sections = _Memory(self._section)

    def tell(self, report: SubmissionReport) -> dict[str, Any]:
        """Return the feedback as data."""
        is_read = report.status is not Status.UNREADABLE
        return _frame(report, self.assignment, [self.told(exercise) for exercise in report.exercises] if is_read else [])

    def page(self, report: SubmissionReport, told: dict[str, Any]) -> str:
        """Return the feedback as a page."""
        sections = [self.sections(exercise) for exercise in report.exercises] if told["exercises"] else []
        return page("learner.html", report=told, sections=sections, verdicts=BY_VALUE, groups=GROUP_OF)

    def _section(self, exercise: ExerciseResult) -> Markup:
        words = {"verdicts": BY_VALUE, "groups": GROUP_OF, "layout": _layout, "is_uniform": _is_uniform}
        return Markup(page("exercise.html", exercise=self.told(exercise), title=plain(self.assignment.title), **words))


class _Memory:
    """A function of a result that remembers what it made: the store hands out equal results as one object."""

    def __init__(self, make: Callable[[ExerciseResult], Any]) -> None:
        self.make = make
        self.made: dict[int, tuple[ExerciseResult, Any]] = {}

    def __call__(self, exercise: ExerciseResult) -> Any:
        # Holding the result keeps its number from being given to another.
        found = self.made.get(id(exercise))
        if found is None:
            if len(self.made) >= REMEMBERED:
                self.made.clear()
            found = self.made[id(exercise)] = exercise, self.make(exercise)
        return found[1]


def _as_json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, allow_nan=False) + "\n"


def _layout(check: dict[str, Any]) -> Counterexample:
    return counterexample(check["call"], check["came_back"], check["expected"], check["message"])


def _is_uniform(exercise: dict[str, Any]) -> bool:
    """Say whether all checks tell the same and show no call, so that once is enough."""
    told = {(c["verdict"], c["message"], c["call"], c["came_back"], c["line"]) for c in exercise["checks"]}
    return len(told) == 1 and not exercise["checks"][0]["call"]


def feedback(report: SubmissionReport, assignment: AssignmentFacts) -> dict[str, Any]:
    """Return what a learner is told, in the shape of the JSON file."""
    is_read = report.status is not Status.UNREADABLE
    return _frame(report, assignment, [_exercise(exercise) for exercise in report.exercises] if is_read else [])


def _frame(report: SubmissionReport, assignment: AssignmentFacts, exercises: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": "1",
        "assignment": plain(report.assignment),
        "title": plain(assignment.title),
        "learner": plain(report.learner),
        "status": report.status.value,
        "meaning": STATUS_MEANING[report.status],
        "score": points_text(report.points),
        "max_score": points_text(report.possible or assignment.points),
        "notes": [plain(note) for note in (*report.notes, *([UNSAFE] if report.is_unsafe else []))],
        "exercises": exercises,
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

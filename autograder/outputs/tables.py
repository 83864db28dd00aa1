"""Write grades.csv.

Columns: learner, assignment, status, score, max_score, then one column per exercise. RFC 4180, UTF-8. The score of an
incomplete submission is left empty, and so is the column of an exercise that our own fault kept from being graded: an
empty field is no zero. Text that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from autograder.batch.roster import guard
from autograder.batch.store import Store
from autograder.grading.verdict import Status, SubmissionReport, Verdict
from autograder.outputs.plain import plain, points_text, write_text

FIXED = ("learner", "assignment", "status", "score", "max_score")


def write_grades(store: Store, out: Path) -> Path:
    """Write OUT/grades.csv with every submission of the store and return its path."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    assignments = store.assignments()
    names = list(dict.fromkeys(exercise.name for assignment in assignments for exercise in assignment.exercises))
    writer.writerow([guarded(column) for column in (*FIXED, *names)])
    for assignment in assignments:
        for report in store.reports(assignment.name):
            fixed = [guarded(report.learner), guarded(report.assignment), report.status.value]
            most = report.possible or assignment.points
            writer.writerow([*fixed, _score(report), points_text(most), *_columns(report, names)])
    return write_text(out / "grades.csv", stream.getvalue())


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return guard(plain(text))


def _score(report: SubmissionReport) -> str:
    return "" if report.status is Status.INCOMPLETE else points_text(report.points)


def _columns(report: SubmissionReport, names: list[str]) -> list[str]:
    if report.status is Status.UNREADABLE:
        return [""] * len(names)
    points = {e.name: "" if e.verdict is Verdict.OUR_FAULT else points_text(e.points) for e in report.exercises}
    return [points.get(name, "") for name in names]

"""Turn results into the rows that other systems import, and write them as a plain table.

Points are exact until they are written; then they have at most two decimals, halves rounded up, and a dot. The score
of an incomplete submission is left empty. The late policy counts only when a course is given: the loss is a share of
the score.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from autograder.authoring.config import CourseConfig
from autograder.batch.layouts.canvas import LATE
from autograder.batch.roster import Directory, Person, Table, kept_people
from autograder.batch.store import AssignmentFacts, Store
from autograder.errors import UsageProblem
from autograder.grading.verdict import Status, SubmissionReport, Verdict
from autograder.outputs.lateness import Late, deadline, handed_in
from autograder.outputs.plain import points_text, write_text
from autograder.outputs.tables import guarded

NUMBER = re.compile(r"-?[\d.,]*%?")
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Grade:
    """One result on its way out; `late` is None when it came in time or when the late policy is not asked for."""

    person: Person
    report: SubmissionReport
    possible: Fraction
    late: Late | None = None
    is_time_unknown: bool = False

    @property
    def score(self) -> Fraction | None:
        return None if self.report.status is Status.INCOMPLETE else self.report.points

    @property
    def loss(self) -> Fraction:
        """The share of the score that the late policy takes."""
        if self.late is None:
            return Fraction(0)
        return Fraction(str(round(self.late.loss, 6))) if self.late.is_accepted else Fraction(1)

    @property
    def final(self) -> Fraction | None:
        return None if self.score is None else self.score * (1 - self.loss)

    @property
    def late_texts(self) -> tuple[str, str, str]:
        """The columns late_days, late_penalty and final_score."""
        final = "" if self.final is None else points_text(self.final)
        if self.is_time_unknown:
            return "unknown", "", final
        if self.late is None or self.score is None:
            return "0", "0", final
        return str(self.late.days), points_text(self.score * self.loss), final


@dataclass(slots=True)
class Export:
    """What was written; `remarks` is what a person must look at before it is imported, `hints` is good to know."""

    files: list[Path] = field(default_factory=list)
    written: int = 0
    remarks: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    def name_people(self, what: str, people: Iterable[str]) -> None:
        """Add a remark that names people, when there are any."""
        names = list(people)
        if names:
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            self.remarks.append(f"{what}: {', '.join(names[:SHOWN])}{more}.")


def grades(store: Store, out: Path, assignment: AssignmentFacts, *, course: CourseConfig | None = None) -> list[Grade]:
    """Return the results of one assignment; with a course, its late policy is applied."""
    people = kept_people(out)
    times = handed_in(store, assignment.name)
    limit = deadline(times, assignment.name, course)
    if course is not None and limit is None:
        raise UsageProblem(f"course_config.py has no due date for {assignment.name}, so --late cannot be applied.")
    late = {one.learner: one for one in limit.late} if limit else {}
    found = []
    for report in store.reports(assignment.name):
        person = people.get(report.learner, Person(report.learner))
        is_unknown = course is not None and times.get(report.learner) is None
        found.append(Grade(person, report, report.possible or assignment.points, late.get(report.learner), is_unknown))
    return found


def look_over(export: Export, rows: Iterable[Grade]) -> None:
    """Add remarks about results that are no plain score."""
    rows = list(rows)
    export.name_people(
        "No score was written, because the grader failed (run mml grade again)",
        (row.person.label for row in rows if row.report.status is Status.INCOMPLETE),
    )
    export.name_people(
        "The notebook cannot be read, and the score is 0",
        (row.person.label for row in rows if row.report.status is Status.UNREADABLE),
    )
    unknown = [row for row in rows if row.is_time_unknown]
    marked = [row.person.label for row in unknown if LATE in row.report.notes]
    export.name_people("Late by an unknown time, so no penalty was taken off", marked)
    if len(unknown) > len(marked):
        others = len(unknown) - len(marked)
        export.remarks.append(f"Nothing says when {others} were handed in, so no penalty was taken off them.")


def choose_facts(store: Store, week: str | None) -> list[AssignmentFacts]:
    """Return the assignments of the store whose names begin with `week`, all without it.

    Raises UsageProblem when there is none.
    """
    every = store.assignments()
    found = [facts for facts in every if facts.name.startswith(week or "")]
    if not found:
        names = ", ".join(facts.name for facts in every) or "nothing"
        raise UsageProblem(f"{store.path} holds no results of '{week or ''}', only of {names}.")
    return found


def export_csv(store: Store, out: Path, target: Path, *, week: str | None, course: CourseConfig | None) -> Export:
    """Write one table of all results: who, how many points, and the points of every exercise."""
    chosen = choose_facts(store, week)
    names = list(dict.fromkeys(exercise.name for facts in chosen for exercise in facts.exercises))
    late = ["late_days", "late_penalty", "final_score"] if course else []
    header = ["learner", "name", "email", "assignment", "status", "score", "max_score", *late, *names]
    lines: list[list[str]] = []
    export = Export([target])
    for facts in chosen:
        rows = grades(store, out, facts, course=course)
        look_over(export, rows)
        for row in rows:
            who = [row.person.learner, row.person.name, row.person.email, facts.name, row.report.status.value]
            score = "" if row.score is None else points_text(row.score)
            numbers = [score, points_text(row.possible), *(row.late_texts if course else ())]
            lines.append([*who, *numbers, *_exercises(row.report, names)])
    export.written = len(lines)
    write_table(target, Table(header, lines))
    return export


def write_table(target: Path, table: Table) -> None:
    """Write a CSV file in one step; texts that a spreadsheet would take for a formula begin with an apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n", delimiter=table.delimiter)
    writer.writerow([safe(cell) for cell in table.header])
    writer.writerows([safe(cell) for cell in row] for row in table.rows)
    write_text(target, stream.getvalue())


def safe(cell: str) -> str:
    """Return a cell that is a number, a lone dash, or a text that no spreadsheet takes for a formula."""
    return cell if NUMBER.fullmatch(cell) else guarded(cell)


def scaled(row: Grade, most: Fraction, *, is_late: bool) -> Fraction | None:
    """Return a score out of another maximum."""
    score = row.final if is_late else row.score
    return None if score is None or not row.possible else score * most / row.possible


def number(text: str) -> Fraction | None:
    """Return a number as the systems write it, with a dot or a comma before the decimals."""
    text = text.strip().replace(" ", "").replace("\u00a0", "")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        return Fraction(text.replace(",", "")) if text else None
    except (ValueError, ZeroDivisionError):
        return None


def _exercises(report: SubmissionReport, names: list[str]) -> list[str]:
    if report.status is Status.UNREADABLE:
        return [""] * len(names)
    points = {e.name: "" if e.verdict is Verdict.OUR_FAULT else points_text(e.points) for e in report.exercises}
    return [points.get(name, "") for name in names]


def rows_by_person(rows: list[Grade], people: Directory, export: Export, class_list: Path) -> dict[str, Grade]:
    """Return the results by the id of the class list; who is not on it, or is there already, is named in the export."""
    found: dict[str, Grade] = {}
    strangers: list[str] = []
    for row in rows:
        person = people.find(row.person)
        if person is None or person.learner in found:
            strangers.append(row.person.label)
        else:
            found[person.learner] = row
    export.name_people(f"Not in {class_list.name}, so not exported", strangers)
    return found

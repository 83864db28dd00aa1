"""Fill Moodle's offline grading worksheet, so that "Upload grading worksheet" takes it.

The source of truth is mod/assign/feedback/offline of Moodle: the import needs the columns Identifier, Grade and "Last
modified (grade)", finds people by the number at the end of Identifier, skips an empty grade and one above the
maximum, and takes "Feedback comments" as HTML. Columns that it does not know are ignored, so late penalties may stand
in one of their own.
"""

from __future__ import annotations

import html
from fractions import Fraction
from pathlib import Path

from autograder.batch.roster import Directory, Table, participant, read_roster, read_table
from autograder.batch.store import Store
from autograder.errors import UsageProblem
from autograder.grading.verdict import Status, Verdict
from autograder.outputs.exports import Export, Grade, choose_facts, grades, look_over, number, rows_by_person, scaled, write_table
from autograder.outputs.exports_canvas import Wish
from autograder.outputs.plain import WORDS, plain, points_text

NEEDED = ("Identifier", "Grade", "Last modified (grade)")
OURS = "Graded by the autograder of the course"
PENALTY = "Late penalty"


def export_moodle(store: Store, out: Path, worksheet: Path, target: Path, wish: Wish) -> Export:
    """Fill the grades and the empty feedback comments of a grading worksheet.

    Raises UsageProblem when the file is no worksheet, when the results hold several assignments and `week` names none, or
    when the maximum differs without `scale`.
    """
    table = read_table(worksheet)
    absent = [name for name in NEEDED if table.column(name) is None]
    if absent:
        raise UsageProblem(
            f"{worksheet} is no Moodle grading worksheet: it has no column {', '.join(absent)}. In the assignment, choose "
            "Download grading worksheet (with the language set to English)."
        )
    chosen = choose_facts(store, wish.week)
    if len(chosen) > 1:
        names = ", ".join(facts.name for facts in chosen)
        raise UsageProblem(f"A worksheet is for one assignment, and the results hold {names}. Add --week.")
    export = Export([target])
    rows = grades(store, out, chosen[0], course=wish.course)
    look_over(export, rows)
    form = _Form(worksheet, table, rows_by_person(rows, Directory(read_roster(worksheet)), export, worksheet), wish, export)
    if form.comments is None:
        export.hints.append(f"{worksheet.name} has no column Feedback comments: switch that feedback type on to send comments.")
    header = [*table.header, *([PENALTY] if wish.course and form.penalties is None else [])]
    write_table(target, Table(header, [form.filled(row) for row in table.rows], table.delimiter))
    return export


class _Form:
    """A worksheet that is being filled."""

    def __init__(self, worksheet: Path, table: Table, found: dict[str, Grade], wish: Wish, export: Export) -> None:
        self.worksheet, self.table, self.found, self.wish, self.export = worksheet, table, found, wish, export
        self.comments = table.column("Feedback comments")
        self.penalties = table.column(PENALTY)
        self.is_late = wish.course is not None

    def filled(self, row: list[str]) -> list[str]:
        """Return a row with its grade; a grade that Moodle has locked and a teacher's own comment stay."""
        row = [*row, *[""] * (len(self.table.header) - len(row))]
        grade, penalty = self.found.get(participant(self._cell(row, "Identifier"))), ""
        if grade is not None and self._cell(row, "Grade can be changed").casefold() == "no":
            self.export.remarks.append(f"Moodle has locked the grade of {grade.person.label}; it was left as it is.")
        elif grade is not None:
            score = scaled(grade, self._most(row, grade), is_late=self.is_late)
            if score is not None:
                row[self.table.column("Grade") or 0] = points_text(score)
                penalty = grade.late_texts[1]
                self.export.written += 1
            if self.comments is not None and (not row[self.comments].strip() or OURS in row[self.comments]):
                row[self.comments] = comment(grade, is_late=self.is_late)
        if self.penalties is not None:
            row[self.penalties] = penalty
        return [*row, penalty] if self.is_late and self.penalties is None else row

    def _cell(self, row: list[str], name: str) -> str:
        return self.table.cell(row, self.table.column(name))

    def _most(self, row: list[str], grade: Grade) -> Fraction:
        given = number(self._cell(row, "Maximum Grade"))
        if given is not None and given != grade.possible and not self.wish.scale:
            raise UsageProblem(
                f"{self.worksheet} has the maximum grade {points_text(given)}, and the course gives "
                f"{points_text(grade.possible)} points. Change the maximum in Moodle, or say --scale to convert the scores."
            )
        return given or grade.possible


def comment(grade: Grade, *, is_late: bool = False) -> str:
    """Return what a learner reads in Moodle, as HTML on one line; every text from outside is escaped."""
    report = grade.report
    if report.status is Status.INCOMPLETE:
        return f"{OURS}. It failed in one place, so there is no score yet."
    lines = [f"{OURS}: {points_text(report.points)} of {points_text(grade.possible)} points."]
    if is_late and grade.late is not None and grade.score is not None:
        taken = points_text(grade.score * grade.loss)
        lines.append(f"Late by {grade.late.days} started days: {taken} points were taken off.")
    lines += report.notes if report.status is Status.UNREADABLE else ()
    for exercise in report.exercises if report.status is not Status.UNREADABLE else ():
        hint = f" {exercise.hint}" if exercise.hint and exercise.verdict is not Verdict.PASSED else ""
        of = f"{points_text(exercise.points)} of {points_text(exercise.possible)}"
        lines.append(f"{exercise.title}: {of}, {WORDS[exercise.verdict]}.{hint}")
    return "<br>".join(html.escape(" ".join(plain(line).split())) for line in lines)

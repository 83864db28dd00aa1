"""Write scores in the form that Canvas' gradebook imports.

The source of truth is lib/gradebook_importer.rb and lib/gradebook_exporter.rb of canvas-lms: the columns Student (or
LastName and FirstName), ID, SIS User ID, SIS Login ID, Section, then one column "Title (id)" for each assignment; a
row whose first cell holds "Points Possible"; one row for each person. People are found by ID, then by SIS ids, then
by name. A column without a known id makes a new assignment, so nothing else may stand in the file: late penalties are
written to a file beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from autograder.authoring.config import CourseConfig
from autograder.batch.roster import Directory, Table, clean, is_canvas_person, read_roster, read_table
from autograder.batch.store import AssignmentFacts, Store
from autograder.errors import UsageProblem
from autograder.outputs.exports import Export, Grade, choose_facts, grades, look_over, number, rows_by_person, scaled, write_table
from autograder.outputs.plain import points_text

TITLE = re.compile(r"(?P<title>.*?)(?: \((?P<id>\d+)\))?$", re.DOTALL)
FIRST, EXCUSED = "    Points Possible", "EX"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person who exports asked for."""

    week: str | None = None
    column: str | None = None
    scale: bool = False
    course: CourseConfig | None = None


def export_canvas(store: Store, out: Path, gradebook: Path, target: Path, wish: Wish) -> Export:
    """Fill the scores into the columns of an exported gradebook.

    Raises UsageProblem when the file is no gradebook, when a column cannot be told, or when the points differ without
    `scale`.
    """
    table, people = read_table(gradebook), Directory(read_roster(gradebook))
    last = table.column("Section")
    if last is None or table.column("ID") is None:
        raise UsageProblem(f"{gradebook} is no Canvas gradebook: it needs the columns Student, ID and Section.")
    chosen = choose_facts(store, wish.week)
    if wish.column and len(chosen) > 1:
        raise UsageProblem("--column names one assignment, and the results hold several. Add --week.")
    export = Export([target])
    possible = next((row for row in table.rows if row and "Points Possible" in row[0]), [])
    lines = [row for row in table.rows if is_canvas_person(row)]
    made = Table(table.header[: last + 1], [[FIRST, *[""] * last], *(row[: last + 1] for row in lines)], table.delimiter)
    lates: list[list[str]] = []
    for facts in chosen:
        at = _column(table, gradebook, facts, wish.column, last)
        given = number(table.cell(possible, at)) if at is not None else None
        most = _points(facts, given, wish, gradebook)
        made.header.append(table.header[at] if at is not None else facts.name)
        if at is None:
            export.hints.append(
                f"{gradebook.name} has no column for {facts.name}: Canvas will make a new assignment. "
                "Or name one with --column."
            )
        rows = grades(store, out, facts, course=wish.course)
        look_over(export, rows)
        scores = rows_by_person(rows, people, export, gradebook)
        made.rows[0].append(points_text(most))
        excused = []
        for line, row in zip(lines, made.rows[1:], strict=True):
            before, grade = table.cell(line, at), scores.get(_key(table, line))
            score = scaled(grade, most, is_late=wish.course is not None) if grade is not None else None
            if grade is not None and before.upper() == EXCUSED:
                excused.append(grade.person.label)
                score = None
            row.append(before if score is None else points_text(score))
            export.written += score is not None
        export.name_people("Excused in Canvas, and left so", excused)
        lates += [[row.person.learner, row.person.name, facts.name, *row.late_texts] for row in rows]
    write_table(target, made)
    if wish.course is not None:
        beside = target.with_name(f"{target.stem}_late.csv")
        header = ["learner", "name", "assignment", "late_days", "late_penalty", "final_score"]
        write_table(beside, Table(header, lates))
        export.files.append(beside)
    return export


def _key(table: Table, row: list[str]) -> str:
    cells = (table.cell(row, table.column(name)) for name in ("ID", "SIS User ID", "SIS Login ID"))
    return clean(next(filter(None, cells), ""))


def _column(table: Table, gradebook: Path, facts: AssignmentFacts, wanted: str | None, last: int) -> int | None:
    """Return where an assignment stands in a gradebook; None when it is new there."""
    columns = {at: TITLE.match(header) for at, header in enumerate(table.header) if at > last}
    titles = {at: (match["title"], match["id"], table.header[at]) for at, match in columns.items() if match}
    if wanted is not None:
        found = [at for at, names in titles.items() if wanted in names]
    else:
        names = {_plain_name(name) for name in (facts.name, facts.title, facts.name.partition("_")[0])}
        found = [at for at, (title, number_, _) in titles.items() if number_ and _plain_name(title) in names]
    if len(found) == 1 or (not found and wanted is None):
        return found[0] if found else None
    seen = ", ".join(header for _, number_, header in titles.values() if number_) or "none"
    what = f"{len(found)} columns that may be {facts.name}" if found else f"no column {wanted}"
    raise UsageProblem(f"{gradebook} has {what}. Say --column with one of: {seen}.")


def _plain_name(name: str) -> str:
    return re.sub(r"0+(?=\d)", "", re.sub(r"[\W_]+", "", name.casefold()))


def _points(facts: AssignmentFacts, given: Fraction | None, wish: Wish, gradebook: Path) -> Fraction:
    if given is None or given == facts.points:
        return facts.points
    if not wish.scale:
        raise UsageProblem(
            f"{gradebook} gives {points_text(given)} points for {facts.name}, and the course {points_text(facts.points)}. "
            "Change the points there, or say --scale to convert the scores."
        )
    return given

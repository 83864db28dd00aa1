"""Read class lists, and keep who is who beside the results.

A class list is a CSV file: Canvas' gradebook, Moodle's grading worksheet, Gradescope's roster, or our own
`learner,name,email`. What is known of people is kept in OUT/roster.csv, in one form for all: `learner` is the id in
the results, `system_id` the one by which the system's gradebook knows the person, `enrolled` is `yes` for everybody
on a class list and empty for others.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path

from autograder.batch.names import clean_name
from autograder.errors import CourseProblem, UsageProblem

FILE = "roster.csv"
MAX_BYTES = 20 * 2**20
YES = "yes"
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True, slots=True)
class Person:
    """One person of a class, or one who handed in."""

    learner: str
    name: str = ""
    email: str = ""
    system_id: str = ""
    sis_id: str = ""
    login: str = ""
    section: str = ""
    enrolled: str = ""

    @property
    def label(self) -> str:
        return f"{self.learner} ({self.name})" if self.name and self.name != self.learner else self.learner


COLUMNS = tuple(field.name for field in fields(Person))


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file as it was read: what separates its fields, its column names, and its rows."""

    header: list[str]
    rows: list[list[str]]
    delimiter: str = ","

    def column(self, *names: str) -> int | None:
        """Return the position of the first column that has one of the names; case does not count."""
        wanted = {name.casefold() for name in names}
        return next((at for at, name in enumerate(self.header) if name.strip().casefold() in wanted), None)

    def cell(self, row: list[str], at: int | None) -> str:
        """Return a cell without the space around it; "" when the row is too short or there is no such column."""
        return row[at].strip() if at is not None and at < len(row) else ""


def read_table(path: Path) -> Table:
    """Read a CSV file with a header.

    Raises UsageProblem when there is no such file, CourseProblem when it is no CSV file in UTF-8.
    """
    try:
        content = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as problem:
        raise UsageProblem(f"{path} cannot be read: {problem.strerror}.") from None
    if content is None:
        raise CourseProblem(f"{path} has more than {MAX_BYTES // 2**20} MB. A class list is smaller; name the right file.")
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise CourseProblem(f"{path} is not UTF-8 text. Save it again as CSV in UTF-8.") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if any(row)]
    except csv.Error as problem:
        raise CourseProblem(f"{path} is no CSV file: {problem}. Download it again.") from None
    if not rows:
        raise CourseProblem(f"{path} is empty. Download it again.")
    return Table(rows[0], rows[1:], delimiter)


def read_roster(path: Path) -> list[Person]:
    """Return the people of a class list.

    Raises UsageProblem when its columns are of no known list, CourseProblem when an id stands there twice.
    """
    table = read_table(path)
    has = table.column
    if has("Identifier") is not None and has("Grade") is not None:
        people = _moodle(table)
    elif has("ID") is not None and has("Section") is not None and (has("Student") is not None or has("LastName") is not None):
        people = _canvas(table)
    elif has("learner") is not None:
        people = _own(table)
    elif has("Email", "Email Address") is not None and (has("Name", "Full Name") is not None or has("First Name") is not None):
        people = _gradescope(table)
    else:
        raise UsageProblem(
            f"{path} has the columns {', '.join(table.header[:8])}; no class list that is known here has these. "
            "Give Canvas' gradebook (Student, ID, ..., Section), Moodle's grading worksheet (Identifier, Full name, ..., "
            "Grade), Gradescope's roster (Name or First Name and Last Name, Email, SID), or a file with learner,name,email."
        )
    people = [replace(person, enrolled=YES) for person in people if person.learner]
    twice = [learner for learner, count in Counter(person.learner for person in people).items() if count > 1]
    if twice:
        raise CourseProblem([f"{path} names {learner} more than once. Keep one row for each person." for learner in twice])
    return people


class Directory:
    """Finds people of a class list: by the system's id, then by another id or e-mail, then by a name that only one has."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = list(people)
        self.indexes: tuple[dict[object, list[Person]], ...] = ({}, {}, {})
        for person in self.people:
            keys = ({person.system_id, person.learner}, {person.sis_id, person.login, person.email}, {_name_key(person.name)})
            for index, several in zip(self.indexes, keys, strict=True):
                for key in several:
                    index.setdefault(key.casefold() if isinstance(key, str) else key, []).append(person)

    def find(self, person: Person) -> Person | None:
        """Return who somebody is; None when nobody fits, or several do."""
        ids = {text.casefold() for text in (person.learner, person.system_id, person.email) if text}
        names = {_name_key(person.name), _name_key(person.learner)} - {()}
        for index, keys in zip(self.indexes, (ids, ids, names), strict=True):
            found = {id(one): one for key in keys for one in index.get(key, ())}
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
        return None


def write_roster(out: Path, people: list[Person], handed_in: Iterable[Person]) -> Path:
    """Write OUT/roster.csv: the class list, or else that of before, and what is known of those who handed in."""
    before = kept_people(out)
    directory = Directory(people or [person for person in before.values() if person.enrolled])
    kept = {person.learner: person for person in directory.people}
    for person in handed_in:
        known, earlier = directory.find(person), before.get(person.learner)
        if known is None:
            person = replace(earlier, enrolled="") if earlier is not None and not person.name else person
            kept.setdefault(person.learner, person)
            continue
        if kept.get(known.learner) is known:
            del kept[known.learner]
        kept[person.learner] = replace(known, learner=person.learner, system_id=known.system_id or known.learner)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guard(getattr(person, c)) for c in COLUMNS] for _, person in sorted(kept.items()))
    out.mkdir(parents=True, exist_ok=True)
    temporary = out / f".{FILE}.new"
    temporary.write_text(stream.getvalue(), encoding="utf-8", newline="")
    return temporary.replace(out / FILE)


def kept_people(out: Path) -> dict[str, Person]:
    """Return the people of OUT/roster.csv by learner; {} when there is none."""
    if not (out / FILE).is_file():
        return {}
    table = read_table(out / FILE)
    if table.header != list(COLUMNS):
        raise CourseProblem(f"{out / FILE} was not written by mml. Move it away, then run mml report {out} --roster FILE.")
    people = (Person(*(unguard(cell) for cell in row)) for row in table.rows if len(row) == len(COLUMNS))
    return {person.learner: person for person in people}


def missing_learners(out: Path, handed_in: Collection[str]) -> list[Person]:
    """Return the people on the class list of OUT/roster.csv from whom nothing came; [] without a class list."""
    return [p for p in kept_people(out).values() if p.enrolled and p.learner not in handed_in]


def unknown_learners(out: Path, handed_in: Collection[str]) -> list[Person]:
    """Return those who handed in without being on the class list of OUT/roster.csv; [] without a class list."""
    people = kept_people(out)
    if not any(person.enrolled for person in people.values()):
        return []
    found = (people.get(learner, Person(learner)) for learner in handed_in)
    return [person for person in found if not person.enrolled]


def guard(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def unguard(text: str) -> str:
    """Return the text that `guard` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def participant(identifier: str) -> str:
    """Return the number of Moodle's participant: the digits at the end of "Participant 1234567", in every language."""
    found = re.search(r"(\d+)\s*$", identifier)
    return found[1] if found else ""


def is_canvas_person(row: list[str]) -> bool:
    """Tell the rows of people in Canvas' gradebook from the row of points and that of posting policies."""
    first = row[0].strip() if row else ""
    return "Points Possible" not in first and bool(first or (len(row) > 1 and row[1].strip()))


def _canvas(table: Table) -> list[Person]:
    names = ("Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Section")
    at = {name: table.column(name) for name in names}
    people = []
    for row in filter(is_canvas_person, table.rows):
        cell = {name: clean(table.cell(row, place)) for name, place in at.items()}
        name = cell["Student"] or ", ".join(filter(None, (cell["LastName"], cell["FirstName"])))
        if name != "Student, Test":  # the teacher's own view of the course, not a person
            learner = cell["ID"] or cell["SIS User ID"] or cell["SIS Login ID"]
            people.append(Person(learner, name, "", learner, cell["SIS User ID"], cell["SIS Login ID"], cell["Section"]))
    return people


def _moodle(table: Table) -> list[Person]:
    number, name, email = table.column("Identifier"), table.column("Full name"), table.column("Email address")
    found = []
    for row in table.rows:
        learner = participant(table.cell(row, number))
        found.append(Person(learner, clean(table.cell(row, name)), clean(table.cell(row, email)), learner))
    return found


def _gradescope(table: Table) -> list[Person]:
    email, sid = table.column("Email", "Email Address"), table.column("SID", "Student ID")
    full, first, last = table.column("Name", "Full Name"), table.column("First Name"), table.column("Last Name")
    section, role = table.column("Section", "Sections"), table.column("Role")
    found = []
    for row in table.rows:
        name = table.cell(row, full) or " ".join(filter(None, (table.cell(row, first), table.cell(row, last))))
        address, number = clean(table.cell(row, email)), clean(table.cell(row, sid))
        if table.cell(row, role).casefold() in ("", "student"):
            learner, part = address or number, clean(table.cell(row, section))
            found.append(Person(learner, clean(name), address, learner, number, "", part))
    return found


def _own(table: Table) -> list[Person]:
    at = {name: table.column(name) for name in COLUMNS}
    return [Person(**{name: clean(unguard(table.cell(row, place))) for name, place in at.items()}) for row in table.rows]


def clean(text: str) -> str:
    """Return a cell from outside as a safe name; an empty one stays empty."""
    return clean_name(text) if text else ""


def _name_key(name: str) -> tuple[str, ...]:
    """Return the words of a name without their order, so that "Lovelace, Ada" is "Ada Lovelace"."""
    return tuple(sorted(re.findall(r"\w+", name.casefold())))

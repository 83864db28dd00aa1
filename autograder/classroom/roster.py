"""Read the learners of a class list as nbgrader's gradebook wants them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from autograder.batch.roster import Table, clean, read_table
from autograder.batch.roster import read_roster as read_people
from autograder.errors import UsageProblem

NBGRADER = ("id", "first_name", "last_name", "email", "lms_user_id")
# nbgrader makes folders, addresses and search patterns of the name.
USABLE = re.compile(r"\w[\w .,@~'()-]{0,98}")


@dataclass(frozen=True, slots=True)
class Learner:
    """One learner; the fields are those of nbgrader's gradebook."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""


def read_roster(path: Path) -> list[Learner]:
    """Return the learners of a class list: one that nbgrader itself imports, or any that `mml grade` reads.

    Raises UsageProblem with every id that nbgrader could not use as the name of a folder, or that is there twice.
    """
    table = read_table(path)
    learners = _own(table) if table.column("id") is not None and table.column("first_name") is not None else _people(path)
    problems = [
        f"{path}: {learner.id!r} cannot be a learner's id: use letters, digits and _ . , @ ~ - only"
        for learner in learners
        if not USABLE.fullmatch(learner.id)
    ]
    ids = [learner.id for learner in learners]
    problems += [f"{path}: {name} is there twice." for name in sorted({name for name in ids if ids.count(name) > 1})]
    if problems:
        raise UsageProblem("\n".join(problems))
    return learners


def _own(table: Table) -> list[Learner]:
    columns = [table.column(name) for name in NBGRADER]
    return [Learner(*(clean(table.cell(row, column)) for column in columns)) for row in table.rows]


def _people(path: Path) -> list[Learner]:
    found = []
    for person in read_people(path):
        last, comma, first = person.name.partition(",")
        if not comma:
            first, _, last = person.name.rpartition(" ")
        found.append(Learner(person.learner, first.strip(), last.strip(), person.email, person.system_id))
    return found

"""Compare what was graded with what a made-up class deserves."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from autograder.batch.simulate import COLUMNS, UNREADABLE
from autograder.batch.store import FILE, Store
from autograder.errors import CourseProblem
from autograder.grading.verdict import Status


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between the store and truth.csv, and how many misconceptions got their own hint."""

    rows: int
    differences: tuple[str, ...]
    misconceptions: int
    hints: int

    @property
    def hint_share(self) -> float:
        return self.hints / self.misconceptions if self.misconceptions else 1.0

    @property
    def lines(self) -> list[str]:
        """The comparison in words, one fact a line."""
        share = f"{self.hints} of {self.misconceptions} misconception answers got their own hint ({self.hint_share:.1%})."
        return [*self.differences, f"{self.rows - len(self.differences)} of {self.rows} verdicts are as they should be.", share]


def compare(out: Path, truth: Path) -> Comparison:
    """Compare OUT/grades.db with a truth.csv.

    Raises CourseProblem when one of them is missing or is something else.
    """
    try:
        with truth.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except OSError as problem:
        raise CourseProblem(f"{truth} cannot be read: {problem.strerror}. Run first: mml simulate WEEK --out DIR") from problem
    if not rows or not set(COLUMNS) <= set(rows[0]):
        raise CourseProblem(f"{truth} is no table of verdicts: its columns are not {', '.join(COLUMNS)}.")
    found: dict[tuple[str, str], tuple[str, str]] = {}
    unreadable: set[str] = set()
    with Store(out / FILE) as store:
        for assignment in store.assignments():
            for report in store.each(assignment.name):
                if report.status is Status.UNREADABLE:
                    unreadable.add(report.learner)
                for exercise in report.exercises:
                    found[report.learner, exercise.name] = exercise.verdict.value, exercise.misconception
    differences: list[str] = []
    misconceptions = hints = 0
    for row in rows:
        who = (row["learner"], row["exercise"])
        verdict, named = (UNREADABLE, "") if row["learner"] in unreadable else found.get(who, ("nothing", ""))
        if verdict != row["verdict"]:
            differences.append(f"{row['learner']}, {row['exercise']}: graded {verdict}, deserved {row['verdict']}.")
        if row["misconception"]:
            misconceptions += 1
            hints += named == row["misconception"]
    return Comparison(len(rows), tuple(differences), misconceptions, hints)

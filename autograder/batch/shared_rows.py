"""Find or make the rows of a store that many submissions share: equal results of an exercise, and keys."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from fractions import Fraction

from autograder.batch.packing import fraction_text, unpack_exercise

REMEMBERED = 2000  # distinct results that are held while a class is saved


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the table of results, as far as saving needs it."""

    number: int
    name: str
    points: Fraction
    possible: Fraction


class SharedRows:
    """The tables `result` and `exercise_key` of one open store; used inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.keys: dict[str, int] = {}
        self.results: dict[bytes, Result] = {}

    def forget(self) -> None:
        """Forget the numbers of rows that may not be there any more."""
        self.keys.clear()
        self.results.clear()

    def key(self, text: str) -> int:
        """Return the number of a key."""
        if text not in self.keys:
            self.connection.execute("INSERT OR IGNORE INTO exercise_key (text) VALUES (?)", (text,))
            found = self.connection.execute("SELECT id FROM exercise_key WHERE text = ?", (text,))
            self.keys[text] = found.fetchone()[0]
        return self.keys[text]

    def result(self, line: str) -> Result:
        """Return the row of a packed result; only one that is new to the store is read."""
        digest = hashlib.sha256(line.encode()).digest()
        if digest not in self.results:
            if len(self.results) >= REMEMBERED:
                self.results.clear()
            question = "SELECT id, name, points, possible FROM result WHERE digest = ?"
            row = self.connection.execute(question, (digest,)).fetchone() or self._new_result(digest, line)
            self.results[digest] = Result(*row[:2], Fraction(row[2]), Fraction(row[3]))
        return self.results[digest]

    def _new_result(self, digest: bytes, line: str) -> tuple[int, str, str, str]:
        exercise = unpack_exercise(line)
        points, possible = exact(exercise.points), exact(exercise.possible)
        row = (digest, exercise.name, exercise.title, exercise.verdict.value, *points, *possible, exercise.misconception, line)
        question = "INSERT INTO result VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        return self.connection.execute(question, row).lastrowid or 0, exercise.name, points[0], possible[0]

    def sweep(self) -> None:
        """Remove the rows that no submission has any more."""
        self.connection.execute("DELETE FROM result WHERE id NOT IN (SELECT result FROM answer)")
        self.connection.execute("DELETE FROM exercise_key WHERE id NOT IN (SELECT exercise_key FROM answer)")
        self.forget()


def exact(value: Fraction) -> tuple[str, float]:
    """Return a number as the two columns that hold it."""
    return fraction_text(value), float(value)

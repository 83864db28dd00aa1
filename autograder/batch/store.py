"""Keep the results of an assignment in one SQLite file.

`OUT/grades.db`, in WAL mode, one transaction per submission. Points are exact texts "n/d"; the columns that end in
_float hold the same rounded, for convenience. Tables (application id "MMLG", user_version is the schema's version):

    assignment  name (key), title, exercises: JSON list of [name, title, points "n/d"] in reading order
    run         id (key), assignment, started_at, ended_at (ISO 8601; null when the run was killed), jobs, total,
                graded, skipped, partly, seconds, median_seconds, p95_seconds, throughput, is_unsafe,
                layers: JSON list, refused_layers: JSON list of [layer, reason]
    submission  id (key), learner + assignment (unique), key and code (see fingerprint.py), status, score "n/d", score_float,
                max_score "n/d", max_score_float, seconds, submitted_at, graded_at, run (id),
                found_notes: how many of the report's notes come from looking for the file,
                report: the SubmissionReport without its exercises as JSON (see packing.py)
    answer      submission (id) + position (key), exercise_key (id), result (id)
    exercise_key  id (key), text: the key of an exercise when it was graded (see fingerprint.py)
    result      id (key), digest, name, title, verdict, points "n/d", points_float, possible "n/d", possible_float,
                misconception, content: the whole ExerciseResult as JSON
    exercise    a view that joins them: learner, assignment, name, position, title, verdict, points, points_float,
                possible, possible_float, misconception
    course      key (of all files and settings, see fingerprint.py), assignment, exercise_keys: JSON, so that a class in which
                nothing changed is looked through without running the exercise files
    page        path (key), key: a page of the results folder, and what it was made from; emptied when a result is saved
    similar     assignment (key), key, pairs: JSON, the similar answers that were found last, and what they were found from

Equal results of an exercise are kept once, however many learners have them; those that nobody has any more are removed at
the end of a run.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from autograder.authoring.model import Assignment
from autograder.batch.disk import store_problem, writing
from autograder.batch.packing import fraction_text, pack, pack_exercise, unpack, unpack_exercise
from autograder.batch.shared_rows import REMEMBERED, SharedRows, exact
from autograder.errors import CourseProblem
from autograder.grading.verdict import ExerciseResult, Status, SubmissionReport

APPLICATION, VERSION = 0x4D4D4C47, 3
FILE = "grades.db"
LOCKED_SECONDS = 30.0  # how long to wait for another program to let go of the file

SCHEMA = """
CREATE TABLE assignment (name TEXT PRIMARY KEY, title TEXT NOT NULL, exercises TEXT NOT NULL);
CREATE TABLE run (
    id INTEGER PRIMARY KEY, assignment TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT, jobs INTEGER NOT NULL,
    total INTEGER, graded INTEGER, skipped INTEGER, partly INTEGER, seconds REAL, median_seconds REAL, p95_seconds REAL,
    throughput REAL, is_unsafe INTEGER, layers TEXT, refused_layers TEXT);
CREATE TABLE submission (
    id INTEGER PRIMARY KEY, learner TEXT NOT NULL, assignment TEXT NOT NULL, key TEXT NOT NULL, code TEXT NOT NULL,
    status TEXT NOT NULL, score TEXT NOT NULL, score_float REAL NOT NULL, max_score TEXT NOT NULL,
    max_score_float REAL NOT NULL, seconds REAL NOT NULL, submitted_at TEXT, graded_at TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES run (id), found_notes INTEGER NOT NULL, report TEXT NOT NULL,
    UNIQUE (assignment, learner));
CREATE TABLE exercise_key (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE result (
    id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, name TEXT NOT NULL, title TEXT NOT NULL, verdict TEXT NOT NULL,
    points TEXT NOT NULL, points_float REAL NOT NULL, possible TEXT NOT NULL, possible_float REAL NOT NULL,
    misconception TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE answer (
    submission INTEGER NOT NULL REFERENCES submission (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    exercise_key INTEGER NOT NULL, result INTEGER NOT NULL, PRIMARY KEY (submission, position)) WITHOUT ROWID;
CREATE VIEW exercise AS
    SELECT learner, assignment, name, position, title, verdict, points, points_float, possible, possible_float, misconception
    FROM submission JOIN answer ON submission.id = answer.submission JOIN result ON result.id = answer.result;
CREATE TABLE course (key TEXT PRIMARY KEY, assignment TEXT NOT NULL, exercise_keys TEXT NOT NULL);
CREATE TABLE page (path TEXT PRIMARY KEY, key TEXT NOT NULL);
CREATE TABLE similar (assignment TEXT PRIMARY KEY, key TEXT NOT NULL, pairs TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class ExerciseFacts:
    """One exercise as the store knows it, with or without its source files."""

    name: str
    title: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """One assignment as the store knows it."""

    name: str
    title: str
    exercises: tuple[ExerciseFacts, ...]

    @property
    def points(self) -> Fraction:
        return sum((exercise.points for exercise in self.exercises), Fraction(0))


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and as what a result is saved."""

    key: str
    run: int
    graded_at: datetime
    submitted_at: datetime | None = None
    code: str = ""
    exercise_keys: Mapping[str, str] = field(default_factory=dict)
    found_notes: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """The keys that a finished result was saved with; without a code key nothing of it can be taken over."""

    key: str
    code: str
    found_notes: int
    status: Status


class Store:
    """An open grades.db; used as a context manager it is closed at the end of the block."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open a store.

        Raises CourseProblem when the file is missing (and `create` is off), foreign, or of another version, and BadDisk when
        it is damaged, locked, or on a disk that refuses it.
        """
        self.path = path
        self.has_replaced = False
        if not create and not path.is_file():
            raise CourseProblem(f"{path} does not exist. Run first: mml grade WEEK SUBMISSIONS --out {path.parent}")
        with writing(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
        with self._mendable():
            self.connection = sqlite3.connect(path, timeout=LOCKED_SECONDS, isolation_level=None)
            self.shared = SharedRows(self.connection)
            try:
                self._prepare()
            except BaseException:
                self.connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was saved stays."""
        self.connection.close()

    def _prepare(self) -> None:
        ask = self.connection.execute
        application, version = ask("PRAGMA application_id").fetchone()[0], ask("PRAGMA user_version").fetchone()[0]
        is_new = not ask("SELECT count(*) FROM sqlite_master").fetchone()[0] and (application, version) == (0, 0)
        if not is_new and application != APPLICATION:
            raise CourseProblem(f"{self.path} was not made by this grader. Move it away, or choose another folder with --out.")
        if not is_new and version != VERSION:
            raise CourseProblem(
                f"{self.path} has schema version {version}; this grader reads version {VERSION}. "
                "Choose another folder with --out and grade again."
            )
        if not is_new and ask("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("its pages contradict each other")
        ask("PRAGMA journal_mode = WAL")
        # A transaction survives the death of the process; only a power cut may lose the last one, which is graded again.
        ask("PRAGMA synchronous = NORMAL")
        ask("PRAGMA foreign_keys = ON")
        if is_new:
            marks = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
            self.connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} {marks} COMMIT;")

    @contextmanager
    def _mendable(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, ValueError, KeyError) as problem:
            raise store_problem(problem, self.path) from problem

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._mendable():
            # Ctrl-C may strike between any two steps, and a full disk ends a transaction by itself.
            if self.connection.in_transaction:
                self._roll_back()
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        """Give up the transaction, which may have ended already, and what is remembered of it."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")
        self.shared.forget()

    def describe(self, assignment: Assignment) -> None:
        """Write down what an assignment consists of, so that reports need the store only."""
        exercises = [[e.name, e.title, fraction_text(Fraction(e.facts.points))] for e in assignment.exercises]
        row = (assignment.id, assignment.title, json.dumps(exercises))
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO assignment VALUES (?, ?, ?)", row)

    def note_course(self, key: str, assignment: str, exercise_keys: Mapping[str, str]) -> None:
        """Remember the exercise keys of a course as it stands; what is known of older states of it is forgotten."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM course WHERE assignment = ?", (assignment,))
            connection.execute("INSERT INTO course VALUES (?, ?, ?)", (key, assignment, json.dumps(exercise_keys)))

    def course(self, key: str) -> dict[str, str] | None:
        """Return the exercise keys of a course in just this state, or None when it is not known."""
        with self._mendable():
            row = self.connection.execute("SELECT exercise_keys FROM course WHERE key = ?", (key,)).fetchone()
            return json.loads(row[0]) if row else None

    def begin_run(self, assignment: str, *, jobs: int, now: datetime) -> int:
        """Open a run and return its number."""
        with self._transaction() as connection:
            row = (assignment, now.isoformat(), jobs)
            return connection.execute("INSERT INTO run (assignment, started_at, jobs) VALUES (?, ?, ?)", row).lastrowid or 0

    def end_run(self, run: int, facts: dict[str, Any]) -> None:
        """Write down how a run went; the keys of `facts` are columns of the table, lists become JSON."""
        columns = ", ".join(f"{column} = ?" for column in facts)
        values = [json.dumps(value) if isinstance(value, list | tuple) else value for value in facts.values()]
        with self._transaction() as connection:
            connection.execute(f"UPDATE run SET {columns} WHERE id = ?", (*values, run))
            if self.has_replaced:
                self.shared.sweep()
                self.has_replaced = False

    def last_run(self, assignment: str) -> dict[str, Any]:
        """Return the newest finished run that graded something, or the newest of all; {} when there is none."""
        order = "ORDER BY coalesce(graded, 0) > 0 DESC, id DESC LIMIT 1"
        with self._mendable():
            cursor = self.connection.execute(f"SELECT * FROM run WHERE assignment = ? {order}", (assignment,))
            row = cursor.fetchone()
            if row is None:
                return {}
            found = dict(zip([column[0] for column in cursor.description], row, strict=True))
            return found | {key: json.loads(found[key] or "[]") for key in ("layers", "refused_layers")}

    def done(self, assignment: str) -> dict[str, str]:
        """Return the keys of finished results by learner; what was our fault is not finished, so that it is tried again."""
        question = "SELECT learner, key FROM submission WHERE assignment = ? AND status != ?"
        with self._mendable():
            return dict(self.connection.execute(question, (assignment, Status.INCOMPLETE.value)))

    def kept(self, assignment: str, learner: str) -> Kept | None:
        """Return the keys of one finished result; None when there is none, or when it is to be tried again."""
        question = "SELECT key, code, found_notes, status FROM submission WHERE assignment = ? AND learner = ?"
        with self._mendable():
            row = self.connection.execute(question, (assignment, learner)).fetchone()
            if row is None or row[3] == Status.INCOMPLETE.value:
                return None
            return Kept(*row[:3], Status(row[3]))

    def exercise_keys(self, assignment: str, learner: str) -> dict[str, str]:
        """Return the key that each exercise of one submission was graded with, by name."""
        question = (
            "SELECT result.name, exercise_key.text FROM submission JOIN answer ON answer.submission = submission.id "
            "JOIN result ON result.id = answer.result JOIN exercise_key ON exercise_key.id = answer.exercise_key "
            "WHERE assignment = ? AND learner = ?"
        )
        with self._mendable():
            return dict(self.connection.execute(question, (assignment, learner)))

    def save(self, report: SubmissionReport, stamp: Stamp, *, possible: Fraction) -> None:
        """Save one result in one transaction; an older one of the same learner and assignment is replaced.

        `possible` is the maximum of the assignment: an unreadable submission has no exercises to count.
        """
        lines = [pack_exercise(exercise) for exercise in report.exercises]
        self.save_lines(replace(report, exercises=()), lines, stamp, possible=possible)

    def save_lines(self, report: SubmissionReport, lines: list[str], stamp: Stamp, *, possible: Fraction) -> None:
        """Save one result whose exercises are packed already; only a line that is new to the store is read."""
        who = (report.learner, report.assignment)
        submitted = stamp.submitted_at.isoformat() if stamp.submitted_at else None
        with self._transaction() as connection:
            results = [self.shared.result(line) for line in lines]
            points = sum((result.points for result in results), Fraction(0))
            most = sum((result.possible for result in results), Fraction(0)) or possible
            row = (*who, stamp.key, stamp.code, report.status.value, *exact(points), *exact(most), report.seconds, submitted)
            row += (stamp.graded_at.isoformat(), stamp.run, stamp.found_notes, pack(report))
            gone = connection.execute("DELETE FROM submission WHERE learner = ? AND assignment = ?", who).rowcount
            self.has_replaced |= gone > 0
            number = connection.execute(f"INSERT INTO submission VALUES (NULL, {', '.join('?' * len(row))})", row).lastrowid
            rows = [
                (number, position, self.shared.key(stamp.exercise_keys.get(result.name, "")), result.number)
                for position, result in enumerate(results)
            ]
            connection.executemany("INSERT INTO answer VALUES (?, ?, ?, ?)", rows)
            connection.execute("DELETE FROM page")

    def lines(self, assignment: str, learner: str) -> tuple[SubmissionReport, dict[str, str]] | None:
        """Return one report without its exercises, and their packed results by name; None when there is none."""
        question = "SELECT id, report FROM submission WHERE assignment = ? AND learner = ?"
        theirs = "SELECT name, content FROM answer JOIN result ON result.id = answer.result WHERE submission = ?"
        with self._mendable():
            row = self.connection.execute(question, (assignment, learner)).fetchone()
            return (unpack(row[1]), dict(self.connection.execute(theirs, row[:1]))) if row else None

    def assignments(self) -> list[AssignmentFacts]:
        """Return the assignments of the store in the order of their names."""
        with self._mendable():
            rows = self.connection.execute("SELECT name, title, exercises FROM assignment ORDER BY name").fetchall()
            return [
                AssignmentFacts(name, title, tuple(ExerciseFacts(n, t, Fraction(p)) for n, t, p in json.loads(exercises)))
                for name, title, exercises in rows
            ]

    def reports(self, assignment: str) -> list[SubmissionReport]:
        """Return the reports of an assignment in the order of learners; `each` does not hold them all."""
        return list(self.each(assignment))

    def each(self, assignment: str) -> Iterator[SubmissionReport]:
        """Read the reports of an assignment one by one, in the order of learners; equal results are one object."""
        read = lru_cache(maxsize=REMEMBERED)(self._read_result)
        question = "SELECT id, report FROM submission WHERE assignment = ? ORDER BY learner"
        with self._mendable():
            for number, text in self.connection.execute(question, (assignment,)):
                yield replace(unpack(text), exercises=tuple(read(result) for result in self._answers(number)))

    def report(self, assignment: str, learner: str) -> SubmissionReport | None:
        """Return one report, or None when there is none."""
        question = "SELECT id, report FROM submission WHERE assignment = ? AND learner = ?"
        with self._mendable():
            row = self.connection.execute(question, (assignment, learner)).fetchone()
            if row is None:
                return None
            return replace(unpack(row[1]), exercises=tuple(self._read_result(result) for result in self._answers(row[0])))

    def learners(self, assignment: str) -> list[str]:
        """Return the names of everybody with a report, in order."""
        question = "SELECT learner FROM submission WHERE assignment = ? ORDER BY learner"
        with self._mendable():
            return [learner for (learner,) in self.connection.execute(question, (assignment,))]

    def _answers(self, submission: int) -> list[int]:
        question = "SELECT result FROM answer WHERE submission = ? ORDER BY position"
        return [result for (result,) in self.connection.execute(question, (submission,))]

    def _read_result(self, number: int) -> ExerciseResult:
        return unpack_exercise(self.connection.execute("SELECT content FROM result WHERE id = ?", (number,)).fetchone()[0])

    def pages(self, key: str) -> list[str]:
        """Return the pages that were made from just this, and from results of which none has changed since."""
        with self._mendable():
            return [path for (path,) in self.connection.execute("SELECT path FROM page WHERE key = ? ORDER BY rowid", (key,))]

    def note_pages(self, paths: list[str], key: str) -> None:
        """Write down which pages were made, and from what."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM page")
            connection.executemany("INSERT INTO page VALUES (?, ?)", [(path, key) for path in paths])

    def statuses(self, assignment: str) -> dict[str, Status]:
        """Return the status of every submission by learner."""
        question = "SELECT learner, status FROM submission WHERE assignment = ?"
        with self._mendable():
            return {learner: Status(status) for learner, status in self.connection.execute(question, (assignment,))}

    def codes(self, assignment: str) -> dict[str, str]:
        """Return the code key of every submission by learner."""
        question = "SELECT learner, code FROM submission WHERE assignment = ?"
        with self._mendable():
            return dict(self.connection.execute(question, (assignment,)))

    def similar(self, assignment: str, key: str) -> str | None:
        """Return the similar pairs that were found from just this, or None."""
        question = "SELECT pairs FROM similar WHERE assignment = ? AND key = ?"
        with self._mendable():
            row = self.connection.execute(question, (assignment, key)).fetchone()
            return row[0] if row else None

    def note_similar(self, assignment: str, key: str, pairs: str) -> None:
        """Keep the similar pairs of an assignment, and what they were found from."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO similar VALUES (?, ?, ?)", (assignment, key, pairs))

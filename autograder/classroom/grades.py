"""Put the grades of a results folder into a classroom: autograded notebooks with messages, and the gradebook."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from nbgrader.utils import parse_utc
from traitlets.config import Config, JSONFileConfigLoader, PyFileConfigLoader

from autograder.batch.store import Store
from autograder.batch.submissions import find_submissions, submission_bytes
from autograder.classroom.executor import fill
from autograder.classroom.gradebook import database, gradebook
from autograder.classroom.harmless import make_harmless
from autograder.classroom.mend import course_cells, course_texts, mend
from autograder.classroom.roster import USABLE
from autograder.classroom.settings import FILE, read_choices
from autograder.errors import BadSubmission, UsageProblem
from autograder.grading.verdict import Status, SubmissionReport

UNREADABLE = (nbformat.ValidationError, ValueError, KeyError, AttributeError, TypeError, RecursionError)
MARK = "recorded"
SECRET = "submission_secret.txt"


@dataclass(slots=True)
class Recorded:
    """What became of the reports of a results folder."""

    written: int = 0
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """One assignment of a classroom."""

    classroom: Path
    assignment: str
    config: Config
    known: dict[str, dict[str, Any]]
    texts: frozenset[str]
    blank: bytes

    def folder(self, step: str, learner: str) -> Path:
        """Return nbgrader's folder of one learner."""
        return self.classroom / step / learner / self.assignment

    def resources(self, learner: str) -> dict[str, Any]:
        """Return what nbgrader's preprocessors are told about a notebook."""
        facts = {"notebook": self.assignment, "assignment": self.assignment, "student": learner}
        return {"nbgrader": facts | {"db_url": database(self.classroom)}}


@dataclass(frozen=True, slots=True)
class Before:
    """What the gradebook and the autograded notebook said about one cell."""

    auto: float | None
    needs_manual_grade: bool
    answer: str


def record_grades(store: Store, classroom: Path, root: Path, *, submissions: Path | None = None) -> Recorded:
    """Record every report of a store. Manual scores and comments stay; what is recorded already is left alone.

    Raises UsageProblem when the classroom has none of the store's assignments.
    """
    done = Recorded()
    config = _config(classroom)
    with gradebook(classroom, read_choices(classroom).course_id) as book:
        for facts in store.assignments():
            source = classroom / "source" / facts.name / f"{facts.name}.ipynb"
            if not source.is_file() or not _is_known(book, facts.name):
                raise UsageProblem(f"{classroom} has no {facts.name}. Run: mml classroom {classroom} --week {facts.name}")
            blank = (root / "release" / facts.name / f"{facts.name}.ipynb").read_bytes()
            place = Place(classroom, facts.name, config, course_cells(source), course_texts(source), blank)
            notebooks = dict(_notebooks(classroom / "submitted", facts.name))
            given = dict(_notebooks(submissions, facts.name)) if submissions else {}
            for report in store.each(facts.name):
                _record(book, place, report, notebooks, given, done)
    return done


def _record(
    book: Gradebook, place: Place, report: SubmissionReport, notebooks: dict[str, Any], given: dict[str, Any], done: Recorded
) -> None:
    """Record one report, or say why not."""
    learner = report.learner
    if not USABLE.fullmatch(learner):
        done.problems.append(f"{learner}: nbgrader cannot use this name for a folder. Rename the submission, then grade again.")
        return
    if report.status is Status.INCOMPLETE:
        done.problems.append(f"{learner}: the grader itself failed there, so nothing was recorded. Run mml grade again.")
        return
    if learner not in notebooks and learner in given:
        notebooks[learner] = given[learner]
    content, when = notebooks.get(learner, (None, None))
    folder = place.folder("submitted", learner)
    if not folder.is_dir():
        _hand_in(folder, place.assignment, content, when)
    when = _timestamp(folder)
    digest = hashlib.sha256(repr((replace(report, seconds=0.0), when, place.known)).encode() + (content or b"")).hexdigest()
    if _is_recorded(book, place, report, digest):
        _penalise(book, place, learner)
        done.unchanged += 1
        return
    _write_down(book, place, report, _readable(content, place), digest=digest, when=when)
    done.written += 1


def _write_down(
    book: Gradebook, place: Place, report: SubmissionReport, nb: NotebookNode, *, digest: str, when: datetime | None
) -> None:
    learner = report.learner
    book.update_or_create_student(learner)
    book.update_or_create_submission(place.assignment, learner, timestamp=when)
    before = _before(book, place, learner)
    resources = place.resources(learner)

    def through(notebook: NotebookNode, *steps: type) -> NotebookNode:
        for step in steps:
            notebook, _ = step(config=place.config).preprocess(notebook, resources)
        return notebook

    mend(nb, place.known)
    nb = through(nb, OverwriteKernelspec, OverwriteCells, CheckCellMetadata)
    make_harmless(nb, place.texts)
    fill(nb, report, place.known)
    nb = through(nb, LimitOutput)
    nb.metadata["mml"] = {MARK: digest}
    target = place.folder("autograded", learner)
    _replace(target / f"{place.assignment}.ipynb", nbformat.writes(nb).encode())
    for name in ("timestamp.txt", SECRET):  # feedback is released by them
        if (place.folder("submitted", learner) / name).is_file():
            _replace(target / name, (place.folder("submitted", learner) / name).read_bytes())
    # The grades last: until they are there, the next run does all of it again.
    through(nb, SaveAutoGrades)
    _keep_reviewed(book, place, learner, nb, before)
    through(nb, AssignLatePenalties, CheckCellMetadata)
    book.db.expire_all()


def _penalise(book: Gradebook, place: Place, learner: str) -> None:
    """Compute the late penalty anew: points by hand and extensions come after the grading."""
    notebook = book.find_submission_notebook(place.assignment, place.assignment, learner)
    if notebook.assignment.total_seconds_late > 0 or notebook.late_submission_penalty is not None:
        nothing = nbformat.v4.new_notebook()
        AssignLatePenalties(config=place.config).preprocess(nothing, place.resources(learner))
        book.db.expire_all()


def _config(classroom: Path) -> Config:
    """Return the configuration of a classroom as nbgrader reads it: the Python file, then the JSON file."""
    config = PyFileConfigLoader(FILE, path=str(classroom)).load_config()
    own = Path(FILE).with_suffix(".json").name
    if (classroom / own).is_file():
        config.merge(JSONFileConfigLoader(own, path=str(classroom)).load_config())
    return config


def _is_known(book: Gradebook, assignment: str) -> bool:
    try:
        book.find_notebook(assignment, assignment)
    except MissingEntry:
        return False
    return True


def _notebooks(place: Path, assignment: str) -> Iterator[tuple[str, tuple[bytes | None, datetime | None]]]:
    """Yield what every learner handed in; the content is None when it cannot be read."""
    try:
        found = find_submissions(place, assignment)
    except UsageProblem:
        return  # nobody handed in here; what was graded lay elsewhere
    for submission in found:
        try:
            yield submission.learner, (submission_bytes(submission), submission.timestamp)
        except BadSubmission:
            yield submission.learner, (None, submission.timestamp)


def _hand_in(folder: Path, assignment: str, content: bytes | None, when: datetime | None) -> None:
    """Put work that was graded elsewhere where nbgrader looks for it."""
    folder.mkdir(parents=True)
    _replace(folder / SECRET, secrets.token_hex(16).encode())
    if when is not None:
        _replace(folder / "timestamp.txt", f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC\n".encode())
    if content is not None:
        _replace(folder / f"{assignment}.ipynb", content)


def _timestamp(folder: Path) -> datetime | None:
    path = folder / "timestamp.txt"
    try:
        return parse_utc(path.read_text(encoding="utf-8").strip()) if path.is_file() else None
    except (ValueError, OverflowError):
        return None


def _readable(content: bytes | None, place: Place) -> NotebookNode:
    """Return the notebook that was handed in, or the blank one when that cannot be read."""
    for data in (content, place.blank):
        try:
            nb = nbformat.reads((data or b"").decode("utf-8-sig"), as_version=4)
            nbformat.validate(nb, relax_add_props=True)
        except UNREADABLE:
            continue
        return nb
    raise UsageProblem(f"The released notebook of {place.assignment} cannot be read. Run: mml build {place.assignment}")


def _before(book: Gradebook, place: Place, learner: str) -> dict[str, Before]:
    grades = book.find_submission_notebook(place.assignment, place.assignment, learner).grades
    answers = {name: "".join(cell["source"]) for name, cell in _autograded(place, learner)[0].items()}
    return {g.name: Before(g.auto_score, g.needs_manual_grade, answers.get(g.name, "")) for g in grades}


def _keep_reviewed(
    book: Gradebook, place: Place, learner: str, nb: NotebookNode, before: dict[str, Before]
) -> None:
    """Ask for a second look at a manual score only where the answer or its points changed."""
    book.db.expire_all()
    answers = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in nb.cells}
    for grade in book.find_submission_notebook(place.assignment, place.assignment, learner).grades:
        known = before[grade.name]
        if grade.manual_score is not None and grade.auto_score == known.auto and answers.get(grade.name) == known.answer:
            grade.needs_manual_grade = known.needs_manual_grade
    book.db.commit()


def _autograded(place: Place, learner: str) -> tuple[dict[str, dict[str, Any]], str]:
    """Return the cells of the autograded notebook by grade id, and the mark of what it was made from."""
    path = place.folder("autograded", learner) / f"{place.assignment}.ipynb"
    if not path.is_file():
        return {}, ""
    content = json.loads(path.read_text(encoding="utf-8"))
    cells = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in content["cells"]}
    return cells, content["metadata"].get("mml", {}).get(MARK, "")


def _is_recorded(book: Gradebook, place: Place, report: SubmissionReport, digest: str) -> bool:
    if _autograded(place, report.learner)[1] != digest:
        return False
    try:
        submission = book.find_submission_notebook(place.assignment, place.assignment, report.learner)
    except MissingEntry:
        return False
    scores = {grade.name: grade.auto_score for grade in submission.grades}
    return all(scores.get(f"{result.name}-score") == float(result.points) for result in report.exercises)


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content)
    os.replace(temporary, path)

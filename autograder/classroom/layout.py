"""Lay out a classroom, or bring one up to date: folders, configuration, source notebooks, gradebook."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.authoring.config import CourseConfig
from autograder.authoring.model import Assignment
from autograder.build.data import data_files
from autograder.build.notebook import Edition, notebook_text
from autograder.classroom.roster import Learner
from autograder.classroom.settings import FILE, Choices, config_text, is_classroom, read_choices
from autograder.classroom.source import source_notebook
from autograder.errors import StaleBuild, UsageProblem

STEPS = ("source", "release", "submitted", "autograded", "feedback")
FOR_STAFF = ("source", "submitted", "autograded", "feedback")
COURSE_ID = "mml"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a classroom is made from."""

    path: Path
    root: Path
    config: CourseConfig
    course_id: str = ""
    exchange: Path | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """One assignment of a classroom; `blocked` names the cells that kept it from being brought up to date."""

    assignment: str
    points: int
    question_points: int
    due: datetime
    blocked: tuple[str, ...] = ()


def lay_out(plan: Plan, assignments: list[Assignment], roster: list[Learner]) -> list[Laid]:
    """Make or update a classroom. What learners handed in, grades and everything that a person put there stay.

    Raises UsageProblem when the path cannot be a classroom; StaleBuild when release/ is not what source/ says.
    """
    path = usable_path(plan.path, plan.root)
    sources = {assignment.id: _source(plan, assignment) for assignment in assignments}
    choices = _choices(plan, path)
    _folders(path, choices)
    _write(path / FILE, config_text(choices, course=plan.root.resolve(), late=plan.config.late_policy).encode())
    from autograder.classroom.gradebook import blocked_changes, gradebook, record_assignment, record_learners

    laid: list[Laid] = []
    with gradebook(path, choices.course_id) as book:
        for assignment in assignments:
            source, due = sources[assignment.id], plan.config.assignments[assignment.id].due
            blocked = tuple(blocked_changes(book, assignment.id, source))
            laid.append(Laid(assignment.id, assignment.points, _question_points(source), due, blocked))
            if not blocked:
                # The gradebook last: a run that was stopped in between is finished by the next one.
                _write(path / "source" / assignment.id / f"{assignment.id}.ipynb", source.encode())
                for name, file in data_files(plan.root, assignment, source).items():
                    _write(path / "source" / assignment.id / "data" / name, file.read_bytes())
                record_assignment(book, path, assignment.id, source, due)
        record_learners(book, roster)
    return laid


def usable_path(path: Path, root: Path) -> Path:
    """Return the absolute path of a classroom that is there or can be made.

    Raises UsageProblem for a place in the repository, a file, or a folder that holds something else.
    """
    place, course = path.resolve(), root.resolve()
    if place == course or place.is_relative_to(course):
        raise UsageProblem(f"{path} lies in the course's own folder. Work of learners stays outside: choose another PATH.")
    if place.exists() and not place.is_dir():
        raise UsageProblem(f"{path} is a file. Choose a new PATH for the classroom.")
    if "+" in str(place):
        raise UsageProblem(f"{path} has a + in its name, which nbgrader does not allow. Choose another PATH.")
    if place.is_dir() and any(place.iterdir()) and not is_classroom(place):
        raise UsageProblem(
            f"{path} holds something else: it is not empty and `mml classroom` did not make it. "
            "Choose a new PATH for the classroom."
        )
    return place


def existing(path: Path) -> Path:
    """Return the absolute path of a classroom. Raises UsageProblem when there is none."""
    if not is_classroom(path):
        raise UsageProblem(f"{path} is no classroom. Make one first: mml classroom {path}")
    return path.resolve()


def _choices(plan: Plan, path: Path) -> Choices:
    known = read_choices(path) if is_classroom(path) else Choices(COURSE_ID, path / "exchange")
    if plan.course_id and is_classroom(path) and plan.course_id != known.course_id:
        raise UsageProblem(
            f"{path} belongs to the course {known.course_id}; its gradebook cannot change to {plan.course_id}. "
            "Leave --course-id out, or choose a new PATH."
        )
    return Choices(plan.course_id or known.course_id, (plan.exchange or known.exchange).resolve())


def _folders(path: Path, choices: Choices) -> None:
    path.mkdir(parents=True, exist_ok=True)
    for step in STEPS:
        if not (path / step).is_dir():
            # Solutions, submissions and grades are for staff, also where others can look into the classroom.
            (path / step).mkdir(mode=0o700 if step in FOR_STAFF else 0o755)
    choices.exchange.mkdir(parents=True, exist_ok=True)


def _source(plan: Plan, assignment: Assignment) -> str:
    released = plan.root / "release" / assignment.id / f"{assignment.id}.ipynb"
    if not released.is_file() or released.read_text(encoding="utf-8") != notebook_text(assignment, Edition.RELEASE):
        raise StaleBuild(f"{released} is not what source/ says. Run: mml build {assignment.id}")
    return source_notebook(assignment, plan.config)


def _question_points(source: str) -> int:
    facts = [cell["metadata"].get("nbgrader", {}) for cell in json.loads(source)["cells"]]
    return sum(fact["points"] for fact in facts if fact.get("grade") and fact["solution"])


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; one that says the same already is left alone."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content)
    os.replace(temporary, path)

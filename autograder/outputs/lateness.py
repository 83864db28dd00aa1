"""Say who handed in late, and who handed in nothing.

The store knows when each submission arrived; course_config.py knows when it was due. Scores are left as they are: the
system that keeps the marks applies the late policy, so that nothing is taken off twice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from autograder.authoring.config import CourseConfig
from autograder.batch.roster import kept_people, missing_learners
from autograder.batch.store import Store

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Late:
    """One late submission: how late, in started days, and what the late policy takes from it."""

    learner: str
    handed_in: datetime
    days: int
    loss: float
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """When an assignment was due, who was late, and how many arrived at an unknown time."""

    due: datetime
    late: tuple[Late, ...]
    unknown: int
    total: int
    days_accepted: int


def handed_in(store: Store, assignment: str) -> dict[str, datetime | None]:
    """Return when every submission of an assignment arrived; None where nothing says so."""
    question = "SELECT learner, submitted_at FROM submission WHERE assignment = ? ORDER BY learner"
    rows = store.connection.execute(question, (assignment,)).fetchall()
    return {learner: datetime.fromisoformat(text) if text else None for learner, text in rows}


def deadline(times: dict[str, datetime | None], assignment: str, course: CourseConfig | None) -> Deadline | None:
    """Compare the times of handing in with the due date; None when the course or its date is not known."""
    if course is None or assignment not in course.assignments:
        return None
    due, policy = course.assignments[assignment].due, course.late_policy
    late: list[Late] = []
    for learner, when in times.items():
        if when is None or when <= due:
            continue
        days = math.ceil((when - due) / DAY)
        late.append(Late(learner, when, days, min(1.0, days * policy.loss_per_day), days <= policy.days_accepted))
    late.sort(key=lambda one: (-one.days, one.learner))
    unknown = sum(when is None for when in times.values())
    return Deadline(due, tuple(late), unknown, len(times), policy.days_accepted)


def missing_names(out: Path, handed_in: list[str]) -> tuple[str, ...] | None:
    """Return the people on the class list of OUT/roster.csv from whom nothing came; None when there is no class list."""
    if not any(person.enrolled for person in kept_people(out).values()):
        return None
    return tuple(sorted(person.label for person in missing_learners(out, handed_in)))

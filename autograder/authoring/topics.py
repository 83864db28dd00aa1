"""Read references/topics.csv and say which of its topics the exercises and pages of the course treat."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.discover import assignment_folders, choose_folder, read_assignment
from autograder.authoring.model import Assignment
from autograder.errors import CourseProblem

COLUMNS = ["id", "document", "section", "kind", "priority", "text", "covered_by"]
EXERCISE = re.compile(r"(week\d\d)/(\w+)", re.ASCII)
WEEK_PAGE = re.compile(r"page/(week\d\d)", re.ASCII)
# What a row may name besides exercises and pages of a week.
ELSEWHERE = re.compile(r"track_[a-m]/\w+|lab/LAB-\d+|(page|advice|plan)/\w+|layout|form", re.ASCII)


@dataclass(frozen=True, slots=True)
class Topic:
    """One bullet of the roadmap documents, and the places that treat it."""

    id: str
    document: str
    section: str
    kind: str
    priority: str
    text: str
    covered_by: tuple[str, ...]

    @property
    def core(self) -> tuple[str, ...]:
        """The exercises and pages of the ten weeks that it names."""
        return tuple(place for place in self.covered_by if is_core(place))

    @property
    def exercises(self) -> tuple[str, ...]:
        return tuple(place for place in self.covered_by if EXERCISE.fullmatch(place))


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the table of topics promises, compared with what exists."""

    topics: int
    core: int
    covered: int
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    one_sided: tuple[str, ...]
    elsewhere: dict[str, int]


def is_core(place: str) -> bool:
    """Say whether a place is an exercise or a page of one of the ten weeks."""
    return bool(EXERCISE.fullmatch(place) or WEEK_PAGE.fullmatch(place))


def read_topics(path: Path) -> tuple[Topic, ...]:
    """Read the table of topics.

    Raises CourseProblem with every row that breaks its form.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            raise CourseProblem(f"{path}: the columns must be {', '.join(COLUMNS)}.")
        rows = [(reader.line_num, row) for row in reader]
    problems, topics = [], {}
    for line, row in rows:
        if None in row or None in row.values() or not row["id"] or not row["covered_by"]:
            problems.append(f"{path}:{line}: a row needs an id, a place that covers it, and {len(COLUMNS)} columns.")
            continue
        topic = Topic(**{**row, "covered_by": tuple(row["covered_by"].split(";"))})
        if topic.id in topics:
            problems.append(f"{path}:{line}: the id '{topic.id}' stands there twice.")
        for place in topic.covered_by:
            if not is_core(place) and not ELSEWHERE.fullmatch(place):
                problems.append(f"{path}:{line}: '{place}' is no place; write for example week03/determinant or page/week03.")
        topics[topic.id] = topic
    if problems:
        raise CourseProblem(problems)
    return tuple(topics.values())


def read_course(root: Path) -> dict[str, Assignment]:
    """Read all assignments; the keys are short names such as week03."""
    return {folder.name.split("_")[0]: read_assignment(folder) for folder in assignment_folders(root)}


def exercise_places(course: dict[str, Assignment]) -> dict[str, str]:
    """Return the topics' name of every exercise, such as week03/determinant, with its title."""
    return {f"{week}/{exercise.name}": exercise.title for week, found in course.items() for exercise in found.exercises}


def short_name(root: Path, prefix: str) -> str:
    """Return the short name of the week that a person means.

    Raises UsageProblem when none or several weeks begin so.
    """
    return choose_folder(root, prefix).name.split("_")[0]


def coverage(topics: tuple[Topic, ...], course: dict[str, Assignment], *, week: str = "") -> Coverage:
    """Compare the table of topics with what exists, for the whole course or for one week."""
    known = {topic.id for topic in topics}
    real = set(exercise_places(course)) | {f"page/{name}" for name, found in course.items() if found.pages}
    treats = {f"{name}/{e.name}": set(e.facts.topics) for name, found in course.items() for e in found.exercises}

    def concerns(place: str) -> bool:
        return is_core(place) and (not week or week in place.split("/"))

    core = [topic for topic in topics if any(concerns(place) for place in topic.covered_by)]
    holes = {topic.id: [place for place in topic.covered_by if concerns(place) and place not in real] for topic in core}
    named = {(place, topic.id) for topic in topics for place in topic.exercises if concerns(place) and place in treats}
    said = {(place, topic) for place, ids in treats.items() if concerns(place) for topic in ids}
    one_sided = [f"{place} does not name {topic} in its topics, as the table says" for place, topic in named - said]
    one_sided += [f"{topic} does not name {place}, as that exercise says" for place, topic in said - named if topic in known]
    others = Counter(_family(place) for topic in topics for place in topic.covered_by if not is_core(place))
    return Coverage(
        topics=len(topics),
        core=len(core),
        covered=sum(not places for places in holes.values()),
        missing=tuple(f"{topic}: {place} does not exist" for topic, places in holes.items() for place in places),
        unknown=tuple(sorted(f"{place}: topics.csv has no row '{topic}'" for place, topic in said if topic not in known)),
        one_sided=tuple(sorted(one_sided)),
        elsewhere=dict(sorted(others.items())),
    )


def _family(place: str) -> str:
    return place if place.startswith(("page/", "plan/", "advice/")) else place.split("/")[0]

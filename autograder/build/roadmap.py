"""Fill the tables of roadmap.md from the exercises' own metadata and the table of topics."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.authoring.model import Assignment, Exercise
from autograder.authoring.topics import Topic
from autograder.errors import CourseProblem

BLOCK = re.compile(r"^<!-- built: (\S+)(.*?) -->\n(.*?)^<!-- end -->$", re.MULTILINE | re.DOTALL)
DAY = re.compile(r"^\| \d \|[^|]*\|(.*)\|$", re.MULTILINE)
DOCUMENTS = ("R0", "R1", "R2", "R3", "R4")
STARS = {1: "★", 2: "★★", 3: "★★★"}
# The folders that R0 and R1 ask for, by the beginning of the ids of R1's topics.
FOLDERS = {
    "00-prerequisites": ("r1-t00-", "week01"), "01-linear-algebra": ("r1-t01-", "week02 week03"),
    "02-calculus": ("r1-t02-", "week04 week05"), "03-probability": ("r1-t03-", "week06"),
    "04-statistics": ("r1-t04-", "week07"), "05-optimization": ("r1-t05-", "week08"),
    "06-information-theory": ("r1-t06-", "week09"), "07-numerical-methods": ("r1-t07-", "week09"),
    "08-ml-math-case-studies": ("r1-t08-", "week10"),
}  # fmt: skip


class Tables:
    """Everything that can stand in a built block; a method's name is the first word of its marker."""

    def __init__(self, topics: tuple[Topic, ...], course: dict[str, Assignment]) -> None:
        self.topics, self.course = topics, course
        self.exercises = {f"{week}/{e.name}": e for week, found in course.items() for e in found.exercises}

    def weeks(self) -> list[str]:
        """One row for each week, and their sum."""
        rows = ["| Week | Title | Exercises | Points | Hours of coding | Topics treated |", "|---|---|---|---|---|---|"]
        for week, found in self.course.items():
            treated = sum(any(week in place.split("/") for place in topic.core) for topic in self.topics)
            link = f"[{found.id}](release/{found.id}/{found.id}.ipynb)"
            title = found.title.split(": ", 1)[-1]
            rows.append(f"| {link} | {title} | {len(found.exercises)} | {found.points} | {_hours(found.exercises)} | {treated} |")
        everything = [exercise for found in self.course.values() for exercise in found.exercises]
        points = sum(exercise.facts.points for exercise in everything)
        core = sum(bool(topic.core) for topic in self.topics)
        return [*rows, f"| **all** | | **{len(everything)}** | **{points}** | **{_hours(everything)}** | **{core}** |"]

    def exercises_of(self, week: str) -> list[str]:
        """The exercises of a week in reading order."""
        found = self.course[week].exercises if week in self.course else ()
        return self._table([f"{week}/{exercise.name}" for exercise in found])

    def chosen(self, *places: str) -> list[str]:
        """The exercises that the text chose, in its order."""
        return self._table(list(places))

    def _table(self, places: list[str]) -> list[str]:
        rows = ["| Exercise | What you write | Level | Points | Minutes |", "|---|---|---|---|---|"]
        for place in places:
            exercise = self.exercises.get(place)
            if exercise is None:
                rows.append(f"| `{place}` | still to be written | | | |")
                continue
            level = "capstone" if exercise.facts.capstone else STARS[exercise.facts.level]
            rows.append(f"| `{place}` | {exercise.title} | {level} | {exercise.facts.points} | {exercise.facts.minutes} |")
        known = [self.exercises[place] for place in places if place in self.exercises]
        points, minutes = (sum(getattr(e.facts, name) for e in known) for name in ("points", "minutes"))
        return [*rows, f"| **{len(places)}** | | | **{points}** | **{minutes}** |"]

    def topics_of(self, week: str) -> list[str]:
        """The topics that R0 gives a week, and what the other documents add to it."""
        own = [topic for topic in self._of_r0(week) if topic.kind in ("topic", "practice")]
        rows = [*self._places("Topic", own), ""]
        seen = {topic.text.lower() for topic in own}
        others = []
        for topic in self.topics:
            home = next((place for place in topic.exercises), "")
            wanted = topic.kind in ("topic", "practice") and topic.document != "R0" and home.startswith(week)
            if wanted and not topic.text.startswith(("Used in", "Example")) and topic.text.lower() not in seen:
                seen.add(topic.text.lower())
                others.append(_cell(topic.text).rstrip("."))
        return [*rows, f"Also treated here, in the words of R1 to R4: {' · '.join(others)}."] if others else rows[:-1]

    def outcomes_of(self, week: str) -> list[str]:
        """What R0 promises after a week, with the exercises that prove it."""
        number = int(week[4:])
        return self._places("Outcome", [topic for topic in self.topics if topic.id.startswith(f"r0-w{number}-out-")])

    def _of_r0(self, week: str) -> list[Topic]:
        return [topic for topic in self.topics if topic.id.startswith(f"r0-w{int(week[4:])}-")]

    def _places(self, head: str, topics: list[Topic]) -> list[str]:
        rows = [f"| {head} | Exercises |", "|---|---|"]
        return [*rows, *(f"| {_cell(topic.text)} | {_codes(topic.exercises)} |" for topic in topics)]

    def priority(self, *wanted: str) -> list[str]:
        """The topics that the documents call required, nice to have or optional."""
        rows = ["| Topic | Document | Where in the ten weeks | Elsewhere |", "|---|---|---|---|"]
        for topic in self.topics:
            if topic.priority in wanted and topic.kind == "topic":
                others = [place for place in topic.covered_by if place.startswith(("track", "lab"))]
                where, later = _codes(topic.exercises) or "-", _codes(others) or "-"
                rows.append(f"| {_cell(topic.text)} | {topic.document} | {where} | {later} |")
        return rows

    def folders(self) -> list[str]:
        """The folders that R0 and R1 name, and the weeks that teach them."""
        rows = ["| Folder of R0 and R1 | Its topics | Where it is taught |", "|---|---|---|"]
        for name, (prefix, weeks) in FOLDERS.items():
            texts = ", ".join(_cell(topic.text) for topic in self.topics if topic.id.startswith(prefix))
            found = [self.course[week].id for week in weeks.split() if week in self.course]
            rows.append(f"| `{name}/` | {texts} | {', '.join(f'`source/{folder}/`' for folder in found)} |")
        return rows

    def documents(self) -> list[str]:
        """How many bullets of each document the ten weeks treat."""
        rows = ["| Document | Bullets | With a place in the ten weeks |", "|---|---|---|"]
        for name in DOCUMENTS:
            mine = [topic for topic in self.topics if topic.document == name]
            rows.append(f"| {name} | {len(mine)} | {sum(bool(topic.core) for topic in mine)} |")
        return [*rows, f"| **all** | **{len(self.topics)}** | **{sum(bool(topic.core) for topic in self.topics)}** |"]


BLOCKS = ("weeks", "exercises_of", "chosen", "topics_of", "outcomes_of", "priority", "folders", "documents")


def roadmap_text(text: str, topics: tuple[Topic, ...], course: dict[str, Assignment]) -> str:
    """Return the text of the roadmap with every block between its markers built anew.

    Raises CourseProblem when a marker asks for something that nobody builds.
    """
    tables = Tables(topics, course)
    unknown = [name for name, _, _ in BLOCK.findall(text) if name not in BLOCKS]
    if unknown:
        raise CourseProblem([f"roadmap.md: nobody builds '{name}'. Choose one of: {', '.join(BLOCKS)}" for name in unknown])
    if text.count("<!-- built: ") != len(BLOCK.findall(text)):
        raise CourseProblem("roadmap.md: a block begins with <!-- built: ... --> and ends with a line <!-- end -->.")

    def fresh(match: re.Match[str]) -> str:
        lines = getattr(tables, match[1])(*match[2].split())
        return "\n".join([f"<!-- built: {match[1]}{match[2]} -->", *lines, "<!-- end -->"])

    return BLOCK.sub(fresh, text)


def planned_places(path: Path) -> tuple[str, ...]:
    """Return the exercises that the daily plans of the weeks name."""
    weeks = re.split(r"^## Week (\d+):.*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    days = [(int(number), row) for number, text in zip(weeks[1::2], weeks[2::2], strict=True) for row in DAY.findall(text)]
    return tuple(f"week{number:02d}/{name}" for number, row in days for name in re.findall(r"`(\w+)`", row))


def chosen_places(path: Path) -> tuple[str, ...]:
    """Return the exercises that the roadmap names in its `chosen` blocks."""
    blocks = BLOCK.findall(path.read_text(encoding="utf-8"))
    return tuple(place for name, more, _ in blocks if name == "chosen" for place in more.split())


def _hours(exercises: list[Exercise] | tuple[Exercise, ...]) -> str:
    return f"{sum(exercise.facts.minutes for exercise in exercises) / 60:.1f}"


def _codes(places: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"`{place}`" for place in places)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").strip()

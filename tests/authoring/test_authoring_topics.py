"""The table of topics is read strictly, and what it promises is compared with what exists."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.model import Assignment
from autograder.authoring.topics import COLUMNS, Topic, coverage, exercise_places, is_core, read_course, read_topics
from autograder.build.roadmap import chosen_places, planned_places, roadmap_text
from autograder.errors import CourseProblem
from autograder.outputs.oracles import oracle_table, trial

ROW = ["r0-w9-entropy", "R0", "Week 9", "topic", "", "Entropy", "week09/entropy;page/week09;track_h/best_split"]


@pytest.fixture(scope="module")
def course(root: Path) -> dict[str, Assignment]:
    return read_course(root)


@pytest.fixture(scope="module")
def topics(root: Path) -> tuple[Topic, ...]:
    return read_topics(root / "references" / "topics.csv")


@pytest.fixture
def week09(course: dict[str, Assignment]) -> dict[str, Assignment]:
    return {"week09": course["week09"]}


def table(path: Path, *rows: list[str], columns: list[str] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


def test_a_row_names_places_in_the_weeks_and_elsewhere(tmp_path: Path) -> None:
    (topic,) = read_topics(table(tmp_path / "topics.csv", ROW))

    assert topic.core == ("week09/entropy", "page/week09")
    assert topic.exercises == ("week09/entropy",)
    assert not is_core("page/roadmap") and not is_core("track_h/best_split")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([ROW, ROW], "stands there twice"),
        ([[*ROW[:6], "week9/entropy"]], "'week9/entropy' is no place"),
        ([[*ROW[:6], ""]], "a place that covers it"),
        ([["", *ROW[1:]]], "needs an id"),
        ([ROW[:5]], "7 columns"),
        ([[*ROW, "more"]], "7 columns"),
    ],
)
def test_a_broken_row_is_named_with_its_line(tmp_path: Path, rows: list[list[str]], message: str) -> None:
    path = table(tmp_path / "topics.csv", *rows)

    with pytest.raises(CourseProblem, match=message) as caught:
        read_topics(path)

    assert f"topics.csv:{len(rows) + 1}:" in str(caught.value)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseProblem, match="the columns must be"):
        read_topics(table(tmp_path / "topics.csv", columns=[*COLUMNS[:6], "covered"]))


def test_a_place_that_does_not_exist_is_listed(week09: dict[str, Assignment]) -> None:
    there = Topic(*ROW[:6], covered_by=("week09/entropy", "page/week09"))
    gone = replace(there, id="gone", covered_by=("week09/enthalpy", "page/week09"))
    other = replace(there, id="other", covered_by=("lab/LAB-1",))

    found = coverage((there, gone, other), week09)

    assert (found.topics, found.core, found.covered) == (3, 2, 1)
    assert found.missing == ("gone: week09/enthalpy does not exist",)
    assert found.elsewhere == {"lab": 1}


def test_an_id_that_the_table_does_not_know_is_listed(week09: dict[str, Assignment]) -> None:
    found = coverage((Topic(*ROW[:6], covered_by=("week09/entropy",)),), week09)

    assert "week09/entropy: topics.csv has no row 'r1-t06-entropy'" in found.unknown
    assert not any("r0-w9-entropy" in line for line in found.unknown)


def test_a_row_and_an_exercise_that_do_not_name_each_other_are_listed(week09: dict[str, Assignment]) -> None:
    found = coverage((Topic(*ROW[:6], covered_by=("week09/simpson",)),), week09)

    assert "week09/simpson does not name r0-w9-entropy in its topics, as the table says" in found.one_sided
    assert "r0-w9-entropy does not name week09/entropy, as that exercise says" in found.one_sided


def test_a_week_can_be_looked_at_alone(topics: tuple[Topic, ...], course: dict[str, Assignment]) -> None:
    found = coverage(topics, course, week="week09")

    assert 0 < found.core < coverage(topics, course).core
    assert not any("week03" in line for line in found.missing)


def test_the_course_treats_every_core_topic(topics: tuple[Topic, ...], course: dict[str, Assignment]) -> None:
    found = coverage(topics, course)

    assert (found.missing, found.unknown, found.one_sided) == ((), (), ())
    assert found.covered == found.core > 400


def test_the_roadmap_plans_every_exercise_once_and_nothing_else(root: Path, course: dict[str, Assignment]) -> None:
    planned = planned_places(root / "roadmap.md")

    assert len(planned) == len(set(planned))
    assert set(planned) == set(exercise_places(course))


def test_the_express_path_has_48_exercises_and_meets_every_core_bullet_of_its_plans(
    root: Path, topics: tuple[Topic, ...], course: dict[str, Assignment]
) -> None:
    chosen = set(chosen_places(root / "roadmap.md"))
    weeks = tuple(f"r2-{plan}{number}-" for plan in "ab" for number in (1, 2, 3, 4))
    bullets = [topic for topic in topics if topic.id.startswith(weeks) and topic.kind in ("topic", "practice") and topic.core]

    assert len(chosen) == len(chosen_places(root / "roadmap.md")) == 48
    assert chosen <= set(exercise_places(course))
    assert [topic.id for topic in bullets if not chosen & set(topic.exercises)] == []


def test_the_tables_of_the_roadmap_are_fresh(root: Path, topics: tuple[Topic, ...], course: dict[str, Assignment]) -> None:
    text = (root / "roadmap.md").read_text(encoding="utf-8")

    assert roadmap_text(text, topics, course) == text, "run: mml roadmap"


def test_a_block_is_built_between_its_markers_and_the_rest_stays(topics: tuple[Topic, ...], week09: dict[str, Assignment]) -> None:
    text = "Before.\n<!-- built: chosen week09/entropy week09/enthalpy -->\nold\n<!-- end -->\nAfter.\n"

    built = roadmap_text(text, topics, week09)

    assert built.startswith("Before.\n") and built.endswith("<!-- end -->\nAfter.\n") and "old" not in built
    assert "| `week09/entropy` | Entropy | ★ | 5 | 12 |" in built
    assert "| `week09/enthalpy` | still to be written |" in built
    assert roadmap_text(built, topics, week09) == built


@pytest.mark.parametrize(
    ("text", "message"),
    [("<!-- built: poems -->\n<!-- end -->\n", "nobody builds 'poems'"), ("<!-- built: weeks -->\n", "ends with a line")],
)
def test_a_wrong_marker_is_named(text: str, message: str) -> None:
    with pytest.raises(CourseProblem, match=message):
        roadmap_text(text, (), {})


def test_the_oracle_table_counts_the_answers_of_the_reference(course: dict[str, Assignment]) -> None:
    exercise = next(exercise for exercise in course["week09"].exercises if exercise.name == "entropy")

    found = trial(exercise, seconds=2.0)

    assert found.checks == len(exercise.checks) and found.fixed >= 3 and found.random % 5 == 0 < found.random
    assert trial(exercise, seconds=2.0) == found
    assert f"| `entropy` | {exercise.facts.oracle} | {found.checks} |" in oracle_table([found])


def test_the_oracle_table_names_every_exercise(root: Path, course: dict[str, Assignment]) -> None:
    text = (root / "docs" / "oracles.md").read_text(encoding="utf-8")

    exercises = [exercise for found in course.values() for exercise in found.exercises]
    assert [exercise.id for exercise in exercises if f"| `{exercise.name}` | {exercise.facts.oracle} |" not in text] == []

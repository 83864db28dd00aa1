"""Four graders give the same scores to the same honest answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.config import load_config
from autograder.authoring.discover import read_assignment
from autograder.bench.honest import honest_class
from autograder.bench.hosts import HOSTS, Task
from autograder.bench.parity import differences, table
from autograder.bench.small_course import WEEK, small_course

# A formula, a generator of random numbers, and a check that asks the reference.
EXERCISES = (
    "week09_information_numerics/110_entropy",
    "week06_probability/160_sample_exponential",
    "week05_curvature/510_train_xor",
)
LEARNERS = 2  # these two have every kind of answer between them


@pytest.fixture(scope="module")
def task(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Task:
    """Return three honest submissions of a small course."""
    course = small_course(root, EXERCISES, tmp_path_factory.mktemp("parity") / "course")
    assignment, config = read_assignment(course / "source" / WEEK), load_config(course)
    released = course / "release" / WEEK / f"{WEEK}.ipynb"
    notebooks = honest_class(assignment, config, released, learners=LEARNERS, seed=4)
    return Task(course, assignment, config, notebooks, course.parent / "work")


@pytest.mark.slow
def test_four_graders_give_the_same_scores(task: Task) -> None:
    results = {name: host(task) for name, host in HOSTS.items()}

    assert [str(difference) for difference in differences(results)] == []
    assert {len(scores) for scores in results.values()} == {LEARNERS}
    parts = {
        score / exercise.facts.points
        for scores in results["ours"].values()
        for exercise in task.assignment.exercises
        for score in [scores[exercise.name]]
    }
    assert {0.0, 1.0} < parts, "nothing is partly right"


def test_a_score_that_differs_or_is_absent_is_found() -> None:
    ours = {"ada": {"unit": 1.0, "angle": 2.0}, "bob": {"unit": 0.5, "angle": 0.0}}
    theirs = {"ada": {"unit": 1.0, "angle": 1.75}, "bob": {"unit": 0.50001}}

    found = differences({"ours": ours, "theirs": theirs})

    assert [str(difference) for difference in found] == [
        "ada angle: theirs gives 1.75, ours 2",
        "bob angle: theirs gives None, ours 0",
    ]
    lines = table({"ours": ours, "theirs": theirs}, {"ours": 1.0, "theirs": 2.0})
    assert lines[2:] == ["| ours | 2 | 4 | 3.50 | 0 | 1 |", "| theirs | 2 | 3 | 3.25 | 2 | 2 |"]


@pytest.mark.slow
def test_the_class_is_the_same_for_the_same_seed(task: Task) -> None:
    released = task.root / "release" / WEEK / f"{WEEK}.ipynb"

    again = honest_class(task.assignment, task.config, released, learners=LEARNERS, seed=4)

    assert again == task.notebooks

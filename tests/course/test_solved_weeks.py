"""Claims about whole weeks as a worker grades them: it reads exercises in a hurry, and the solutions get every point."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.discover import assignment_folders, read_assignment
from autograder.batch.worker import Post, start_grader
from autograder.build.inline import needs, pool
from autograder.build.lean import Later, Name
from autograder.grading.grader import Grader

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = assignment_folders(ROOT)


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_workers_grader_gives_the_solutions_every_point(folder: Path) -> None:
    with start_grader(Post(folder, ROOT, unsafe=False, factory="")) as grader:
        assert isinstance(grader, Grader)
        report = grader.grade("solved", (ROOT / "solutions" / folder.name / f"{folder.name}.ipynb").read_bytes(), name="solved")

        assert [result.name for result in report.exercises if result.points != result.possible] == []
        for exercise in grader.exercises.values():
            own = (exercise, *exercise.checks, *exercise.misconceptions)
            used = needs((each.name for each in own), pool(exercise.text)) & exercise.namespace.keys()
            assert [name for name in used if isinstance(exercise.namespace[name], Later | Name)] == []


def test_some_exercises_asked_for_bring_what_they_use_and_nothing_else() -> None:
    folder = next(folder for folder in FOLDERS if folder.name.startswith("week09"))
    whole = read_assignment(folder)
    using = next(exercise for exercise in whole.exercises if exercise.facts.uses)

    part = read_assignment(folder, frozenset({using.name}))

    names = [exercise.name for exercise in part.exercises]
    assert names[-1] == using.name and set(using.facts.uses) <= set(names) < {e.name for e in whole.exercises}
    assert part.title == whole.title and [e.name for e in whole.exercises if e.name in names] == names

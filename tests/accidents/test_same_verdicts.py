"""The same batch gives the same verdict bytes: twice, in another order, with other processes, cold and warm."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.config import CourseConfig
from autograder.authoring.discover import choose_assignment
from autograder.batch.packing import pack
from autograder.batch.pool import Plan, grade_batch
from autograder.batch.store import FILE, Store
from autograder.batch.submissions import Submission, find_submissions
from autograder.bench.honest import honest_class
from autograder.build.archive import write_whole

WEEK = "week09_information_numerics"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def submissions(root: Path, config: CourseConfig, tmp_path_factory: pytest.TempPathFactory) -> list[Submission]:
    """Honest answers of every kind, and two that forge and lie."""
    place = tmp_path_factory.mktemp("class")
    assignment = choose_assignment(root, "week09")
    made = honest_class(assignment, config, root / "release" / WEEK / f"{WEEK}.ipynb", learners=6, seed=5)
    for learner, content in made.items():
        write_whole(place / f"{learner}.ipynb", content)
    forger = made["learner001"].replace(b"import numpy as np", b"import numpy as np, os\\ntry: os.write(3, b'A' * 99)\\nexcept OSError: pass", 1)
    write_whole(place / "forger.ipynb", forger)
    return find_submissions(place, WEEK)


def verdict_bytes(submissions: list[Submission], plan: Plan) -> dict[str, str]:
    grade_batch(submissions, plan)
    with Store(plan.out / FILE) as store:
        return {report.learner: pack(replace(report, seconds=0.0)) for report in store.reports(WEEK)}


def test_the_same_batch_gives_the_same_bytes(root: Path, submissions: list[Submission], tmp_path: Path) -> None:
    folder = root / "source" / WEEK
    first = verdict_bytes(submissions, Plan(folder, root, tmp_path / "cold", jobs=1))
    shuffled = random.Random(3).sample(submissions, len(submissions))

    assert len(first) == len(submissions) == 7
    assert verdict_bytes(submissions, Plan(folder, root, tmp_path / "cold", jobs=1, fresh=True)) == first
    assert verdict_bytes(shuffled, Plan(folder, root, tmp_path / "other order", jobs=1)) == first
    assert verdict_bytes(shuffled[::-1], Plan(folder, root, tmp_path / "two", jobs=2)) == first
    # Warm: what was met before is remembered, which must not be seen.
    assert verdict_bytes([*submissions, *_renamed(submissions)], Plan(folder, root, tmp_path / "warm", jobs=1)).items() >= first.items()


def _renamed(submissions: list[Submission]) -> list[Submission]:
    return [replace(one, learner=f"again-{one.learner}") for one in submissions]

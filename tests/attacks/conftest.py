"""A small course with canaries, and a class that shares its grader with every attacker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.config import CourseConfig
from autograder.authoring.discover import choose_assignment
from autograder.grading.grader import Grader
from autograder.grading.notebook import written

CANARY = "canary-5c1f0d7e"


@pytest.fixture(scope="session")
def canary() -> str:
    return CANARY


@pytest.fixture(scope="session")
def grader(root: Path, config: CourseConfig) -> Iterator[Grader]:
    limits = replace(config.limits, cell_seconds=2.0, check_seconds=1.0)
    secret = replace(config, secret=CANARY, limits=limits)
    with Grader(choose_assignment(root, "week09"), secret, release=root / "release") as grader:
        yield grader


@pytest.fixture(scope="session")
def honest(grader: Grader) -> bytes:
    solutions = {name: exercise.reference_source for name, exercise in grader.exercises.items() if name in ("entropy", "softmax")}
    return written(list(solutions.values()))

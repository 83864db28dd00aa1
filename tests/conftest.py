"""What all tests share: the course of this repository, and one fork server for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.authoring.config import CourseConfig, load_config
from autograder.grading.servers import sandbox_limits
from autograder.sandbox.warden import ForkServer

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def config() -> CourseConfig:
    return load_config(ROOT)


@pytest.fixture(scope="session")
def server(config: CourseConfig) -> Iterator[ForkServer]:
    server = ForkServer(sandbox_limits(config))
    yield server
    server.close()

"""A small course, its two bundles, and Gradescope's folders to try one in."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.authoring.config import load_config
from autograder.authoring.discover import read_assignment
from autograder.bench.small_course import WEEK, small_course
from autograder.build.gradescope import Wishes, gradescope_bundle

EXERCISES = ("week09_information_numerics/110_entropy", "week06_probability/160_sample_exponential")


@pytest.fixture(scope="session")
def small(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a course of two exercises."""
    return small_course(root, EXERCISES, tmp_path_factory.mktemp("course") / "small")


@pytest.fixture(scope="session")
def solved(small: Path) -> bytes:
    """Return a notebook in which everything is right."""
    return (small / "solutions" / WEEK / f"{WEEK}.ipynb").read_bytes()


@pytest.fixture(scope="session")
def make(small: Path) -> Callable[..., bytes]:
    """Return a function that makes the Gradescope bundle of the small course."""

    def made(root: Path = small, **wishes: Any) -> bytes:
        return gradescope_bundle(root, read_assignment(root / "source" / WEEK), load_config(root), Wishes(**wishes))

    return made


@pytest.fixture(scope="session")
def bundle(make: Callable[..., bytes]) -> bytes:
    """Return the Gradescope bundle of the small course."""
    return make()


@dataclass(frozen=True)
class Container:
    """A folder laid out as Gradescope lays out /autograder."""

    base: Path

    def run(self, files: dict[str, bytes], *, python: str = sys.executable) -> tuple[int, dict[str, Any]]:
        """Hand in some files, run the bundle's own run_autograder, and return its exit code and results.json."""
        for name, content in files.items():
            path = self.base / "submission" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        settings = os.environ | {"MML_AUTOGRADER": str(self.base), "MML_PYTHON": python}
        done = subprocess.run([self.base / "run_autograder"], env=settings, capture_output=True, text=True, check=False)
        text = (self.base / "results" / "results.json").read_text(encoding="utf-8")
        return done.returncode, json.loads(text)


@pytest.fixture
def container(bundle: bytes, tmp_path: Path) -> Callable[..., Container]:
    """Return a function that unpacks a bundle as Gradescope does."""

    def unpacked(other: bytes = b"") -> Container:
        base = tmp_path / "autograder"
        for name in ("source", "submission", "results"):
            (base / name).mkdir(parents=True)
        with zipfile.ZipFile(io.BytesIO(other or bundle)) as archive:
            archive.extractall(base / "source")
            for name in ("run_autograder", "setup.sh"):
                (base / "source" / name).chmod(archive.getinfo(name).external_attr >> 16 & 0o777)
        (base / "source" / "run_autograder").rename(base / "run_autograder")
        facts = {"id": 1, "users": [{"email": "ada@example.org", "id": 7, "name": "Ada"}], "previous_submissions": []}
        (base / "submission_metadata.json").write_text(json.dumps(facts))
        return Container(base)

    return unpacked

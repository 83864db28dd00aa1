"""The configuration is checked strictly, and all its problems are reported at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.authoring.config import load_config
from autograder.errors import BadConfig


@pytest.fixture
def course(tmp_path: Path, root: Path) -> Path:
    shutil.copy(root / "course_config.py", tmp_path)
    for folder in (root / "source").iterdir():
        (tmp_path / "source" / folder.name).mkdir(parents=True)
    return tmp_path


def change(course: Path, old: str, new: str) -> None:
    path = course / "course_config.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_courses_own_configuration_is_valid(course: Path) -> None:
    config = load_config(course)

    assert len(config.assignments) >= 2 and config.limits.check_seconds == 2.0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"check_seconds": 2.0', '"check_seconds": -1', "positive number"),
        ('"memory_mb": 1024', '"memory_mb": 10.5', "positive int"),
        ('"memory_mb"', '"memory"', r"LIMITS\['memory'\] is not known"),
        ("PASS_MARK = 0.7", "PASS_MARK = 7", "PASS_MARK = 7 is not allowed"),
        ("PASS_MARK", "PASSMARK", "PASSMARK is not known"),
        ('"landlock"', '"landlok"', "unknown layer 'landlok'"),
        ("+00:00", "", "offset from UTC"),
        ('"week03_decompositions"', '"week33"', "names no folder"),
        ("TITLE", "raise ValueError\nTITLE", "cannot be executed"),
    ],
)
def test_a_wrong_entry_is_named(course: Path, old: str, new: str, message: str) -> None:
    change(course, old, new)

    with pytest.raises(BadConfig, match=message):
        load_config(course)


def test_all_problems_are_reported_at_once(course: Path) -> None:
    change(course, '"check_seconds": 2.0', '"check_seconds": 0')
    change(course, "PASS_MARK = 0.7", 'PASS_MARK = "high"')
    change(course, '"loss_per_day": 0.1', '"loss_per_day": 2')

    with pytest.raises(BadConfig) as caught:
        load_config(course)
    assert len(caught.value.problems) == 3


def test_the_secret_comes_from_the_environment(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MML_COURSE_SECRET", "another")

    assert load_config(course).secret == "another"

"""What the tests of disturbed runs share: a small class, and its results when nobody disturbs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.accidents.small_class import Results, SmallClass, make_class


@pytest.fixture(scope="session")
def made_class(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The course and the submissions."""
    return make_class(root, tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def whole(made_class: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> SmallClass:
    """The class, graded while nothing happened; no test may change it."""
    whole = SmallClass(*made_class, tmp_path_factory.mktemp("whole"))
    code, _, complained = whole.grade("--jobs", "2")
    assert (code, complained) == (0, "")
    assert whole.left_behind() == []
    return whole


@pytest.fixture(scope="session")
def undisturbed(whole: SmallClass) -> Results:
    """What is kept and written when nothing happens."""
    return whole.results()


@pytest.fixture
def small_class(made_class: tuple[Path, Path], tmp_path: Path) -> SmallClass:
    """The class with a new folder for results."""
    return SmallClass(*made_class, tmp_path)

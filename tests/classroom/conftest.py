"""A course of one small week, built, and a classroom made from it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring.config import CourseConfig, load_config
from autograder.authoring.discover import read_assignment
from autograder.authoring.model import Assignment
from autograder.build.write import build
from autograder.classroom.layout import Plan, lay_out
from autograder.classroom.roster import Learner
from tests.exercises import DOUBLE

WEEK = "week01_tiny"
DUE = "2027-01-19T23:59:00+00:00"

UNIT = '''\
# %% [markdown]
# ### Scale to length one
#
# Divide a vector by its length. **By hand.** (3, 4) has length 5 and becomes (0.6, 0.8).

# %%
from autograder.kit import accepted, check, close, exercise, helper, hidden, misconception, raises

exercise(points=7, minutes=12, level=1, banned=("numpy.linalg.norm",), topics=("t",), section="Vectors have a length")

# %%
import numpy as np


# %%
def unit(v: np.ndarray) -> np.ndarray:
    """Return v divided by its length; raise ValueError when the length is zero."""
    ### BEGIN SOLUTION
    v = np.array(v, dtype=float)
    squared = float(v @ v)
    if squared == 0:
        raise ValueError("no direction")
    return v / squared**0.5
    ### END SOLUTION


# %%
@helper
def length(v):
    return float(v @ v) ** 0.5


# %%
@check
def three_four_becomes_unit(unit):
    """The vector (3, 4) becomes (0.6, 0.8)."""
    close(unit(np.array([3.0, 4.0])), np.array([0.6, 0.8]))


# %%
@check
def zero_raises(unit):
    """The zero vector raises ValueError."""
    raises(ValueError, unit, np.zeros(2))


# %%
@hidden
def scaling_changes_nothing(unit, rng, reference):
    """Scaling the argument by a positive number changes nothing."""
    for size in (1, 2, 5):
        direction = rng.normal(size=size)
        close(unit(7.5 * direction), reference(direction), what="the scaled one")
        close(length(unit(direction)), 1.0)


# %%
@accepted
def through_hypot(v):
    v = np.asarray(v, float)
    if not v.any():
        raise ValueError("zero")
    return v * np.einsum("i,i->", v, v) ** -0.5


# %%
@misconception(caught_by="zero_raises", hint="Division by zero is no error in numpy: ask for it first.")
def divides_by_zero(v):
    v = np.asarray(v, float)
    return v / float(np.einsum("i,i->", v, v)) ** 0.5


# %%
@misconception(caught_by="three_four_becomes_unit", hint="Divide by the root of the sum, not by the sum of squares.")
def forgets_the_square_root(v):
    v = np.asarray(v, float)
    if not v.any():
        raise ValueError("zero")
    return v / float(np.einsum("i,i->", v, v))
'''

PAGE = """\
# Week 1: A tiny week

## Vectors have a length

```python
with when_solved("unit"):
    print(np.loadtxt("data/own.csv", delimiter=","), unit([3, 4]))
```

```question id=why_unit
Why does a vector of length one help?
```
"""


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """Return the root of a course with one built week."""
    place = tmp_path_factory.mktemp("course")
    week = place / "source" / WEEK
    (week / "data").mkdir(parents=True)
    (place / "datasets").mkdir()
    (week / "data" / "own.csv").write_text("3,4\n")
    (week / "010_concept_overview.md").write_text(PAGE)
    (week / "110_unit.py").write_text(UNIT)
    (week / "120_double.py").write_text(DOUBLE)
    (place / "requirements.lock").write_text((root / "requirements.lock").read_text())
    dates = f'ASSIGNMENTS = {{"{WEEK}": {{"opens": "2027-01-11T08:00:00+00:00", "due": "{DUE}"}}}}\n'
    text = (root / "course_config.py").read_text()
    (place / "course_config.py").write_text(re.sub(r"^ASSIGNMENTS = \{.*?^\}\n", dates, text, flags=re.MULTILINE | re.DOTALL))
    build(place, [week], check=False)
    return place


@pytest.fixture(scope="session")
def settings(course: Path) -> CourseConfig:
    return load_config(course)


@pytest.fixture(scope="session")
def assignment(course: Path) -> Assignment:
    return read_assignment(course / "source" / WEEK)


@pytest.fixture(scope="session")
def fresh(course: Path, settings: CourseConfig, assignment: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a classroom that no test may change: a new gradebook costs seconds, a copy nothing."""
    place = tmp_path_factory.mktemp("cohort") / "classroom"
    roster = [Learner("ada", "Ada", "Lovelace", "ada@example.org"), Learner("bob")]
    lay_out(Plan(place, course, settings), [assignment], roster)
    return place


@pytest.fixture
def classroom(fresh: Path, tmp_path: Path) -> Path:
    """Return a classroom of its own for one test."""
    return shutil.copytree(fresh, tmp_path / "classroom")


@pytest.fixture(scope="session")
def answered(course: Path) -> Callable[..., str]:
    """Return a function that writes a notebook: the released one with these answers in its cells."""
    blank = (course / "release" / WEEK / f"{WEEK}.ipynb").read_text()

    def write(**answers: str) -> str:
        notebook = json.loads(blank)
        for cell in notebook["cells"]:
            name = cell["id"].removesuffix("-answer")
            if name != cell["id"] and name in answers:
                cell["source"] = answers[name].splitlines(keepends=True)
        return json.dumps(notebook)

    return write

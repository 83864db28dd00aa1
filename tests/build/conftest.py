"""A course of one week and one exercise, written to a temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest

EXERCISE = '''\
# %% [markdown]
# ### Scale to length one
#
# Divide a vector by its length. **By hand.** (3, 4) has length 5 and becomes (0.6, 0.8).

# %%
import statistics

from autograder.kit import accepted, check, close, exercise, helper, hidden, misconception, raises

exercise(points=5, minutes=12, level=1, banned=("numpy.linalg.norm",), topics=("t",))

# %%
import numpy as np
import math


# %%
class ZeroVector(ValueError):
    """A vector of length zero has no direction."""


# %%
def unit(v: np.ndarray) -> np.ndarray:
    """Return v divided by its length; raise ZeroVector when the length is zero."""
    ### BEGIN SOLUTION
    v = np.array(v, dtype=float)
    squared_length_of_the_vector = float(v @ v)
    if squared_length_of_the_vector == 0:
        raise ZeroVector("no direction")
    return v / math.sqrt(squared_length_of_the_vector)
    ### END SOLUTION


# %%
@helper
def length(v):
    return float(v @ v) ** 0.5


# %%
@check
def three_four_becomes_unit(unit, rng):
    """The vector (3, 4) becomes (0.6, 0.8)."""
    close(unit(np.array([3.0, 4.0])), np.array([0.6, 0.8]))
    close(length(unit(rng.normal(size=3))), 1.0)


# %%
@check
def zero_raises(unit):
    """The zero vector raises ZeroVector."""
    raises(ZeroVector, unit, np.zeros(2))


# %%
@hidden(weight=3)
def a_secret_property_of_scaling(unit, rng, reference):
    """Scaling the argument by any positive number changes nothing."""
    for size in (1, 2, 5):
        random_direction = rng.normal(size=size)
        close(unit(7.5 * random_direction), reference(random_direction), what="the scaled one")


# %%
@accepted
def through_einsum_and_power(v):
    v = np.asarray(v, float)
    if not v.any():
        raise ZeroVector("zero")
    return v * np.einsum("i,i->", v, v) ** -0.5


# %%
@misconception(caught_by="three_four_becomes_unit", hint="Divide by the root of the sum, not by the sum of squares.")
def forgets_the_square_root(v):
    v = np.asarray(v, float)
    if not v.any():
        raise ZeroVector("zero")
    return v / float(np.einsum("i,i->", v, v))
'''

PAGE = """\
# Week 1: A tiny week

## 1. Concept overview

Vectors have a length.

```python
with when_solved("unit"):
    print(np.loadtxt("data/own.csv", delimiter=",") + np.loadtxt("data/shared.csv"), unit([3, 4]))
```

```text
a fence that stays
```

```question id=why_unit
Why does a vector of length one help?
```
"""

LOCK = "jupyterlab==4.6.6 \\\n    --hash=sha256:00\nmatplotlib==3.11.2\nnumpy==2.4.6\notter-grader==7.0.0\nscipy==1.17.0\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return the root of a course that can be built."""
    week = tmp_path / "source" / "week01_tiny"
    (week / "data").mkdir(parents=True)
    (tmp_path / "datasets").mkdir()
    (tmp_path / "course_config.py").write_text("")
    (tmp_path / "requirements.lock").write_text(LOCK)
    (tmp_path / "datasets" / "shared.csv").write_text("1\n2\n")
    (tmp_path / "datasets" / "unused.csv").write_text("1\n")
    (week / "data" / "own.csv").write_text("3,4\n")
    (week / "010_concept_overview.md").write_text(PAGE)
    (week / "110_unit.py").write_text(EXERCISE)
    return tmp_path

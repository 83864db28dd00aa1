"""Write the skeleton of a new exercise, which lints and proves as soon as its blanks are filled."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.authoring.discover import numbered_files
from autograder.authoring.fragment import name_of
from autograder.errors import UsageProblem

SKELETON = '''\
# %% [markdown]
# ### {title}
#
# Say why anybody would want this, in one or two plain sentences. Then define it, with shapes.
#
# **By hand.** Work one small example with numbers.
#
# Say what to return.

# %%
from autograder.kit import T2, accepted, check, close, exercise, hidden, misconception, raises

exercise(points=8, minutes=25, level=2, oracle="", section="", topics=())

# %%
import numpy as np


# %%
def {name}(x: np.ndarray) -> float:
    """Return the sum of the squares of x.

    Parameters
    ----------
    x : array of shape (n,)

    Raises
    ------
    ValueError : x is empty
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if x.size == 0:
        raise ValueError("x is empty")
    return float(x @ x)
    ### END SOLUTION


# %%
@check
def is_25_for_3_and_4({name}):
    """For (3, 4) the answer is 25."""
    close({name}(np.array([3.0, 4.0])), 25.0, **T2)


# %%
@hidden
def agrees_with_numpy({name}, rng):
    """The answer agrees with numpy for random vectors."""
    for n in (1, 2, 5, 20):
        x = rng.normal(size=n)
        close({name}(x), float(np.sum(x**2)), **T2)
    close({name}([1, 2, 2]), 9.0, **T2)


# %%
@hidden
def an_empty_vector_raises({name}):
    """An empty vector raises ValueError."""
    raises(ValueError, {name}, np.array([]))


# %%
@accepted
def with_a_loop(x):
    if len(x) == 0:
        raise ValueError("x is empty")
    return float(sum(float(entry) ** 2 for entry in x))


# %%
@misconception(caught_by="is_25_for_3_and_4", hint="That is the length; the question asks for its square.")
def the_length_itself(x):
    x = np.asarray(x, dtype=float)
    if x.size == 0:
        raise ValueError("x is empty")
    return float(np.sqrt(x @ x))


# %%
@misconception(caught_by="agrees_with_numpy", hint="Square every entry before you add.")
def the_square_of_the_sum(x):
    x = np.asarray(x, dtype=float)
    if x.size == 0:
        raise ValueError("x is empty")
    return float(x @ x) if x.size == 2 else float(x.sum() ** 2)
'''


def new_exercise(folder: Path, name: str) -> Path:
    """Write the skeleton of an exercise as the next number of a folder and return its path.

    Raises UsageProblem when the name is no snake_case word or is taken.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{1,40}", name):
        raise UsageProblem(f"'{name}' is no name for a function. Use a word such as power_iteration.")
    numbered = numbered_files(folder)
    taken = [path for path in numbered if name_of(path) == name]
    if taken:
        raise UsageProblem(f"{taken[0]} exists already. Choose another name or edit that file.")
    numbers = [int(path.name[:3]) for path in numbered if path.suffix == ".py" and int(path.name[:3]) < 500]
    path = folder / f"{(max(numbers, default=100) // 10 + 1) * 10:03d}_{name}.py"
    path.write_text(SKELETON.format(name=name, title=name.replace("_", " ").capitalize()), encoding="utf-8")
    return path

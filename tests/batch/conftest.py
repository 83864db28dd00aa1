"""A small course and a small report to try batches with."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.authoring.discover import read_assignment
from autograder.build.notebook import Edition, notebook_text
from autograder.grading.verdict import CheckResult, ExerciseResult, Status, SubmissionReport, Verdict

CONFIG = '''
TITLE = "A small course"
ASSIGNMENTS = {"week99_fake": {"opens": "2027-01-01T00:00:00+00:00", "due": "2027-01-08T00:00:00+00:00"}}
PASS_MARK = 0.7
LATE_POLICY = {"loss_per_day": 0.1, "days_accepted": 5}
LIMITS = {"check_seconds": 1.0, "cell_seconds": 2.0, "memory_mb": 512, "file_mb": 16, "scratch_mb": 32, "processes": 24,
          "open_files": 64, "output_chars": 10000}
SANDBOX_FLOOR = ["rlimits"]
FEEDBACK = {"counterexamples_of_hidden_checks": True}
SECRET_VARIABLE = "MML_TEST_SECRET"
'''

EXERCISE = '''# %% [markdown]
# ### Alpha
#
# Return the double of a number.

# %%
from autograder.kit import accepted, check, close, exercise, helper, hidden, misconception, raises

exercise(points=3, minutes=5, level=1)

# %%
import numpy as np

FACTOR = 2.0


# %%
def alpha(x: float) -> float:
    """Return twice x; raise ValueError for NaN."""
    ### BEGIN SOLUTION
    if np.isnan(x):
        raise ValueError("x is no number")
    return float(2 * x)
    ### END SOLUTION


# %%
@check
def doubles_three(alpha):
    """The double of 3 is 6."""
    close(alpha(3.0), 6.0)


# %%
@hidden
def doubles_anything(alpha, rng):
    """The double of x is x + x."""
    for x in (0.0, -1.5, float(rng.normal())):
        close(alpha(x), x + x)


# %%
@hidden
def refuses_nan(alpha):
    """NaN raises ValueError."""
    raises(ValueError, alpha, float("nan"))


# %%
@helper
def times(x, factor):
    """Multiply, used by a variant and a misconception."""
    return float(x * factor)


# %%
@accepted
def by_a_helper(x):
    if x != x:
        raise ValueError("nan")
    return times(x, FACTOR)


# %%
@accepted
def by_recursion(x):
    if x < 0:
        return -by_recursion(-x)
    if np.isnan(x):
        raise ValueError("nan")
    return float(x + x)


# %%
@misconception(caught_by="doubles_three", hint="Twice, not squared.")
def squares(x):
    if x != x:
        raise ValueError("nan")
    return times(x, x)


# %%
@misconception(caught_by="refuses_nan", hint="Refuse NaN.")
def lets_nan_through(x):
    return times(x, 2)
'''


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    """A course of one exercise; fake graders can be imported by worker processes and keep their notes there."""
    root = tmp_path / "course"
    folder = root / "source" / "week99_fake"
    folder.mkdir(parents=True)
    (root / "course_config.py").write_text(CONFIG)
    (folder / "110_alpha.py").write_text(EXERCISE)
    (folder / "120_beta.py").write_text(EXERCISE.replace("alpha", "beta").replace("Alpha", "Beta"))
    notes = tmp_path / "notes"
    notes.mkdir()
    monkeypatch.setenv("FAKE_GRADERS", str(notes))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return root


@pytest.fixture
def assignment(course):
    return read_assignment(course / "source" / "week99_fake")


@pytest.fixture
def release(course, assignment) -> Path:
    """The release notebook of the small course."""
    path = course / "release" / assignment.id / f"{assignment.id}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(notebook_text(assignment, Edition.RELEASE))
    return path


@pytest.fixture
def make_report():
    """Return a function that makes a report of one exercise."""

    def make(learner: str = "ada", *, points: Fraction = Fraction(4, 3), **more: object) -> SubmissionReport:
        check = CheckResult(
            "a_check", "A claim.", True, Verdict.FAILED, Fraction(0), Fraction(1), message="no", call="alpha(nan)", got="nan",
            expected="1.0", line="x = 1", staff_note="for staff",
        )
        good = CheckResult("good", "Another claim.", False, Verdict.PASSED, points, Fraction(5, 3))
        named = {"misconception": "squares", "hint": "a hint", "section": "Six"}
        exercise = ExerciseResult("alpha", "Alpha", Verdict.FAILED, points, Fraction(8, 3), (check, good), **named)
        facts = {"notes": ("a note",), "staff_notes": ("behind the scenes",), "layers": ("seccomp",),
                 "refused_layers": (("landlock", "no kernel"),), "seconds": 0.25}
        facts |= {"status": Status.GRADED} | more
        return SubmissionReport(learner, "week99_fake", exercises=(exercise,), **facts)

    return make

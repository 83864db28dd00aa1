"""The small vocabulary that exercise files import."""

from autograder.kit.marks import accepted, check, exercise, helper, hidden, misconception
from autograder.kit.places import a_file, new_axes
from autograder.kit.words import T1, T2, T3, T4, CheckFailed, array, close, drawing, holds, raises, same

__all__ = [
    "T1", "T2", "T3", "T4", "CheckFailed", "a_file", "accepted", "array", "check", "close", "drawing",
    "exercise", "helper", "hidden", "holds", "misconception", "new_axes", "raises", "same",
]  # fmt: skip

"""The small vocabulary that exercise files import."""

from autograder.kit.marks import accepted, check, exercise, helper, hidden, misconception
from autograder.kit.words import T1, T2, T3, T4, CheckFailed, array, close, drawing, holds, raises, same

__all__ = [
    "T1", "T2", "T3", "T4", "CheckFailed", "accepted", "array", "check", "close", "drawing",
    "exercise", "helper", "hidden", "holds", "misconception", "raises", "same",
]  # fmt: skip

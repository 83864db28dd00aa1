"""Stand in for the reference where checks run in the learner's process.

The text of this module is copied into notebooks and test files, so it needs nothing but the standard library.
"""

import copy

from autograder.kit.words import CheckFailed


class Replay:
    """Gives the answers that the reference gave to a check when the edition was made, in the same order."""

    def __init__(self, answers: list) -> None:
        self.answers, self.asked = answers, 0

    def __call__(self, *args: object, **kwargs: object) -> object:
        if self.asked >= len(self.answers):
            raise CheckFailed("The check asked for more than it does with a right answer.")
        self.asked += 1
        return copy.deepcopy(self.answers[self.asked - 1])

"""Name the misconception behind a wrong answer, by comparing answers call by call."""

from __future__ import annotations

from autograder.authoring.model import Exercise, Variant
from autograder.grading.code import Code
from autograder.grading.compare import equal_traces
from autograder.grading.prove import all_runs
from autograder.grading.verdict import CheckRun, Verdict

Runs = dict[str, CheckRun]


class Diagnosis:
    """Knows how every misconception answers; each is run once and remembered."""

    def __init__(self, *, secret: str, seconds: float) -> None:
        self.secret, self.seconds = secret, seconds
        self.known: dict[tuple[str, str], Runs] = {}

    def _runs_of(self, exercise: Exercise, variant: Variant) -> Runs:
        key = exercise.id, variant.name
        if key not in self.known:
            self.known[key] = all_runs(exercise, variant.solution, seconds=self.seconds, secret=self.secret)
        return self.known[key]

    def name(self, exercise: Exercise, runs: Runs) -> Variant | None:
        """Return the misconception whose answers agree with a learner's.

        It must agree on every check that the learner did not pass; the one that agrees on most checks wins, and
        among equals the first.
        """
        wrong = [name for name, run in runs.items() if run.verdict is not Verdict.PASSED]
        best, best_score = None, 0
        for variant in exercise.misconceptions:
            theirs = self._runs_of(exercise, variant)
            if all(equal_traces(runs[name], theirs[name]) for name in wrong):
                agreeing = sum(equal_traces(runs[name], theirs[name]) for name in runs)
                if agreeing > best_score:
                    best, best_score = variant, agreeing
        return best

    def name_banned(self, exercise: Exercise, banned: str) -> Variant | None:
        """Return the misconception that uses the same banned function as a learner."""
        code = Code([exercise.text])
        return next((v for v in exercise.misconceptions if code.banned_use(v.name, exercise.facts.banned) == banned), None)

"""Graders that need no sandbox: what they do is written in the notebook's bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

from autograder.batch.worker import Post
from autograder.errors import WeakSandbox
from autograder.grading.verdict import CheckResult, ExerciseResult, Status, SubmissionReport, Verdict


class FakeGrader:
    """Passes everything, unless the notebook says otherwise."""

    def __init__(self, post: Post) -> None:
        self.post = post

    def grade(
        self, learner: str, notebook: bytes, *, name: str, only: frozenset[str] | None = None
    ) -> SubmissionReport:
        print("a library that prints must not disturb the frames")
        if notebook.startswith(b"die"):
            os.kill(os.getpid(), 9)
        if notebook.startswith(b"once "):
            witness = Path(os.environ["FAKE_GRADERS"]) / learner
            if not witness.exists():
                witness.touch()
                os.kill(os.getpid(), 9)
        if notebook.startswith(b"raise"):
            raise RuntimeError("a bug of ours")
        if notebook.startswith(b"slow"):
            time.sleep(0.3)
        log = Path(os.environ["FAKE_GRADERS"]) / "graded.txt"
        with log.open("a") as stream:
            stream.write(f"{learner}\n")
        chosen = [name for name in ("alpha", "beta") if only is None or name in only]
        with (log.parent / "exercises.txt").open("a") as stream:
            stream.write(f"{learner}: {' '.join(chosen)}\n")
        points = Fraction(len(notebook) % 7, 3)
        fault = b"fault in beta" in notebook
        verdicts = {"alpha": Verdict.PASSED, "beta": Verdict.OUR_FAULT if fault else Verdict.PASSED}
        exercises = tuple(_result(name, verdicts[name], points) for name in chosen)
        status = Status.INCOMPLETE if fault else Status.GRADED
        return SubmissionReport(learner, "week99_fake", status, exercises, notes=("a note",), layers=("seccomp",))


def _result(name: str, verdict: Verdict, points: Fraction) -> ExerciseResult:
    check = CheckResult("a_check", "A claim.", False, verdict, points, Fraction(3))
    return ExerciseResult(name, name.title(), verdict, points, Fraction(3), (check,))


@contextmanager
def start(post: Post) -> Iterator[FakeGrader]:
    yield FakeGrader(post)


def refuse(post: Post) -> FakeGrader:
    raise WeakSandbox("This machine offers no seccomp. Run: mml doctor")


def stumble(post: Post) -> FakeGrader:
    raise RuntimeError("cannot even start")

"""Say where the time of a grade goes, from timers around the parts of the grader."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from autograder.batch.worker import set_aside
from autograder.bench.hosts import Task
from autograder.grading import ahead, diagnosis, grader
from autograder.grading.code import Code
from autograder.grading.grader import Grader
from autograder.sandbox.dialogue import Dialogue
from autograder.sandbox.warden import ForkServer, Sandbox

# What each part is called, and where it happens. A part's time does not contain that of the parts inside it.
PARTS: tuple[tuple[str, Any, str], ...] = (
    ("read the notebook", grader, "read_notebook"),
    ("fork and confine the sandbox", Sandbox, "greet"),
    ("run the cells", Sandbox, "run_cell"),
    ("fork copies", Sandbox, "_send"),
    ("fork copies", Dialogue, "greet"),
    ("end copies and the sandbox", Dialogue, "close"),
    ("end copies and the sandbox", Sandbox, "_wait_for_copy"),
    ("end copies and the sandbox", ForkServer, "_answer"),
    ("wait for answers", Dialogue, "_next"),
    ("wait for answers", Dialogue, "_begins_clean"),
    ("look at the code", Code, "__init__"),
    ("look at the code", Code, "banned_use"),
    ("look at the code", Code, "is_untouched"),
    ("look for a known conversation", ahead.Scripts, "_recall"),
    ("compute what is expected and compare", grader, "run_check"),
    ("name the misconception", diagnosis.Diagnosis, "name"),
    ("write the report", grader.Grader, "_result"),
)


class Timers:
    """A stack of timers: only the innermost one runs."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.stack: list[str] = []
        self.since = 0.0

    def _turn(self) -> None:
        now = time.perf_counter()
        if self.stack:
            self.seconds[self.stack[-1]] = self.seconds.get(self.stack[-1], 0.0) + now - self.since
        self.since = now

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count the time of the block as `name`, apart from parts inside it."""
        self._turn()
        self.stack.append(name)
        try:
            yield
        finally:
            self._turn()
            self.stack.pop()

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with a timer around it."""

        def call(*args: Any, **kwargs: Any) -> Any:
            with self.part(name):
                return function(*args, **kwargs)

        return call


def profile(task: Task) -> tuple[dict[str, float], dict[str, float]]:
    """Return the mean seconds of every part of a grade, and the seconds of each learner's grade.

    The first few submissions only warm the grader up and are left out.
    """
    timers, warm, whole = Timers(), 10, {}
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})  # as the workers of a batch are
    kept = [(where, name, getattr(where, name)) for _, where, name in PARTS]
    try:
        for label, where, name in PARTS:
            setattr(where, name, timers.around(label, getattr(where, name)))
        with Grader(task.assignment, task.config, release=task.root / "release") as grades:
            for number, (learner, content) in enumerate(task.notebooks.items()):
                if number == warm:
                    timers.seconds.clear()
                start = time.perf_counter()
                with timers.part("everything else"):
                    grades.grade(learner, content)
                whole[learner] = time.perf_counter() - start
                set_aside(number + 1)
            seconds = dict(timers.seconds)
    finally:
        os.sched_setaffinity(0, cores)
        for where, name, function in kept:
            setattr(where, name, function)
    measured = list(whole)[warm:]
    return {name: value / max(1, len(measured)) for name, value in seconds.items()}, {name: whole[name] for name in measured}

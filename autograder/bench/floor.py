"""The floor under every grade: the time inside the learner's functions, when they run in this process without a grader."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO
from typing import Any

from autograder.authoring.model import Assignment
from autograder.grading.notebook import as_python, read_notebook
from autograder.grading.trial import conformity, run_check
from autograder.sandbox.handles import Stopped
from autograder.sandbox.loopback import loopback


def seconds_inside(assignment: Assignment, notebook: bytes, *, secret: str) -> float:
    """Return the seconds that a notebook's functions take when every check of the assignment calls them.

    The notebook must be one of our own making: its code runs here. A check ends where it would end for a grader.
    """
    namespace: dict[str, Any] = {"__name__": "__main__", "get_ipython": lambda: None}
    for cell in read_notebook(notebook).cells:
        with suppress(Exception), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            exec(compile(as_python(cell.source), "<cell>", "exec"), namespace)  # noqa: S102
    inside = 0.0

    def timed(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal inside
            start = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                inside += time.perf_counter() - start

        return call

    for exercise in assignment.exercises:
        answer = namespace.get(exercise.name)
        if answer is None:
            continue
        names = {exercise.name: answer if isinstance(answer, type) else timed(answer)}
        for check in exercise.checks:
            session = loopback(names, namespace, banned=exercise.facts.banned, conform=conformity(exercise), seconds=30.0)
            with suppress(Stopped):
                run_check(exercise, check, session, secret=secret)
    return inside

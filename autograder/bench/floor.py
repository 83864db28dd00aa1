"""The floor under every grade: the time inside the learner's functions, when the checks call them directly in one process."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO
from typing import Any

import numpy as np

from autograder.authoring.model import Assignment
from autograder.authoring.seeds import seed_of
from autograder.grading.notebook import as_python, read_notebook


def seconds_inside(assignment: Assignment, notebook: bytes, *, secret: str) -> float:
    """Return the seconds that a notebook's functions take when every check of the assignment calls them.

    The notebook must be one of our own making: its code runs here, without a sandbox, a wire or a limit. A check ends at
    the first thing that is wrong, as it does for a grader.
    """
    namespace: dict[str, Any] = {"__name__": "__main__", "get_ipython": lambda: None}
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

    with redirect_stdout(StringIO()), redirect_stderr(StringIO()), np.errstate(all="ignore"):
        for cell in read_notebook(notebook).cells:
            with suppress(Exception):
                exec(compile(as_python(cell.source), "<cell>", "exec"), namespace)  # noqa: S102
        for exercise in assignment.exercises:
            answer = namespace.get(exercise.name)
            if answer is None:
                continue
            own = {exercise.name: answer if isinstance(answer, type) else timed(answer), "reference": exercise.reference}
            for check in exercise.checks:
                chance = np.random.default_rng(seed_of(secret, exercise, check))
                with suppress(Exception):
                    check.function(**{name: {"rng": chance, **own}.get(name, namespace.get(name)) for name in check.needs})
    return inside

"""Measure what a command costs: wall time, computing time and memory, with all processes that it started."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import CourseProblem


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took; `peak_mb` belongs to its largest process."""

    wall: float
    cpu: float
    peak_mb: float

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.wall - other.wall, self.cpu - other.cpu, self.peak_mb)

    def __truediv__(self, count: float) -> Cost:
        return Cost(self.wall / count, self.cpu / count, self.peak_mb)


def measured(command: list[str], folder: Path, *, fine: Iterable[int] = (0,)) -> Cost:
    """Run a command in a folder and return its cost.

    Raises CourseProblem when it ends with an exit code that is not `fine`.
    """
    # nbgrader starts `alembic` and Jupyter starts `python` by name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    settings = os.environ | {"PATH": path, "PYTHONWARNINGS": "ignore", "MPLBACKEND": "Agg"}
    with tempfile.TemporaryFile() as talk:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=settings, stdin=subprocess.DEVNULL, stdout=talk, stderr=talk)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in fine:
            talk.seek(0)
            words = talk.read().decode("utf-8", "replace")[-1500:]
            raise CourseProblem(f"{' '.join(command[:6])} ended with {process.returncode}: {words}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def median(costs: list[Cost]) -> Cost:
    """Return the medians of several runs, each figure by itself."""
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu", "peak_mb")))


def slope(run: Callable[[int], Cost], few: int, many: int) -> tuple[Cost, Cost]:
    """Return the start-up cost and the cost of one more item, from a run with few items and one with many."""
    small, large = run(few), run(many)
    one = (large - small) / (many - few)
    return Cost(small.wall - few * one.wall, small.cpu - few * one.cpu, large.peak_mb), one

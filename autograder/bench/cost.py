"""Measure what a command costs: wall time, computing time and memory, with all processes that it started.

The command runs under a small process of its own that adopts what the command leaves behind.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import CourseProblem
from autograder.sandbox import kernel

SECONDS_TO_LEAVE = 5.0


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
    settings.pop("PYTHONDONTWRITEBYTECODE", None)  # people's machines keep compiled modules, and so do those that are measured
    told, tell = os.pipe()
    watch = [sys.executable, "-P", "-m", "autograder.bench.cost", str(tell), *command]
    with tempfile.TemporaryFile() as talk, open(told, encoding="ascii") as figures:
        done = subprocess.Popen(
            watch, cwd=folder, env=settings, stdin=subprocess.DEVNULL, stdout=talk, stderr=talk, pass_fds=[tell]
        )
        os.close(tell)
        found = figures.read().split()
        done.wait()
        if not found or int(found[0]) not in fine:
            talk.seek(0)
            words = talk.read().decode("utf-8", "replace")[-1500:]
            raise CourseProblem(f"{' '.join(command[:6])} ended with {found[0] if found else 'no figures'}: {words}")
    return Cost(*map(float, found[1:]))


def main() -> None:
    """Run the command that the other arguments name, and write its exit code and cost into the descriptor that the first names.

    This process adopts what the command leaves behind, so that its computing time counts as well.
    """
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    descriptor, command = int(sys.argv[1]), sys.argv[2:]
    start = time.perf_counter()
    code = subprocess.run(command, check=False).returncode
    wall = time.perf_counter() - start
    deadline = time.monotonic() + SECONDS_TO_LEAVE
    with suppress(ChildProcessError):  # nobody is left
        while time.monotonic() < deadline:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.01)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    os.write(descriptor, f"{code} {wall} {used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024}".encode())


def median(costs: list[Cost]) -> Cost:
    """Return the medians of several runs, each figure by itself."""
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu", "peak_mb")))


def slope(run: Callable[[int], Cost], few: int, many: int) -> tuple[Cost, Cost]:
    """Return the start-up cost and the cost of one more item, from a run with few items and one with many."""
    small, large = run(few), run(many)
    one = (large - small) / (many - few)
    return Cost(small.wall - few * one.wall, small.cpu - few * one.cpu, large.peak_mb), one


if __name__ == "__main__":
    main()

"""Grade the same submissions of one week with this grader, stock nbgrader and stock otter, and compare what it costs."""

from __future__ import annotations

import statistics
import sys
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from autograder.bench.cost import Cost, measured, median, slope
from autograder.bench.floor import seconds_inside
from autograder.bench.hosts import Scores, Task, nbgrader_course, nbgrader_scores, otter_scores, ours
from autograder.build.archive import write_whole
from autograder.build.bundle import otter_bundle

NEAR = 1e-4
FEW, MANY = 10, 60  # submissions in the two batches from which our own cost per submission is read
PEER_FEW, PEER_MANY = 1, 2


@dataclass
class Round:
    """One round: what each grader costs to start and for one more submission, and where their scores differ."""

    start: dict[str, Cost] = field(default_factory=dict)
    one: dict[str, Cost] = field(default_factory=dict)
    differences: int = 0


class Race:
    """Runs the rounds; every grader sees the same submissions in the same minutes."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.learners = list(task.notebooks)
        self.bundle = write_whole(task.place / "autograder.zip", otter_bundle(task.root, task.assignment, task.config))

    def round(self, number: int) -> Round:
        """Measure each grader once."""
        found, place = Round(), self.task.place / f"round{number}"
        found.start["ours"], found.one["ours"] = slope(lambda n: self._ours(n, place), FEW, MANY)
        found.start["nbgrader"], found.one["nbgrader"] = slope(lambda n: self._nbgrader(n, place), PEER_FEW, PEER_MANY)
        paths = [write_whole(place / "otter" / name / f"{self.task.assignment.id}.ipynb", self.task.notebooks[name])
                 for name in self.learners[:PEER_MANY]]  # fmt: skip
        # `otter run` takes one submission and starts anew for each.
        found.one["otter"] = median([self._otter(path, place) for path in paths])
        found.start["otter"] = Cost(0.0, 0.0, found.one["otter"].peak_mb)
        found.differences = self._differences(place, paths)
        return found

    def _ours(self, count: int, place: Path) -> Cost:
        folder = place / f"ours{count}"
        for name in self.learners[:count]:
            write_whole(folder / "class" / f"{name}.ipynb", self.task.notebooks[name])
        command = [sys.executable, "-P", "-m", "autograder", "grade", self.task.assignment.id, str(folder / "class")]
        return measured([*command, "--out", str(folder / "results"), "--jobs", "1"], self.task.root)

    def _nbgrader(self, count: int, place: Path) -> Cost:
        folder = place / f"nbgrader{count}"
        nbgrader_course(self.task, folder, self.learners[:count])
        return measured([sys.executable, "-P", "-m", "nbgrader", "autograde", self.task.assignment.id], folder)

    def _otter(self, path: Path, place: Path) -> Cost:
        out = path.parent / "out"
        out.mkdir()
        command = [sys.executable, "-P", "-m", "otter", "run", str(path), "-a", str(self.bundle), "-o", str(out), "--no-logo"]
        return measured(command, place)

    def _differences(self, place: Path, paths: list[Path]) -> int:
        chosen = {path.parent.name for path in paths}
        wanted = ours(self.task, chosen)
        others: list[Scores] = [
            nbgrader_scores(place / f"nbgrader{PEER_MANY}"),
            {path.parent.name: otter_scores(path.parent / "out" / "results.json") for path in paths},
        ]
        return sum(
            abs(scores.get(learner, {}).get(exercise, -1.0) - points) > NEAR
            for scores in others
            for learner, exercises in wanted.items()
            for exercise, points in exercises.items()
        )


def overhead(task: Task, seconds: dict[str, float]) -> tuple[tuple[float, float], float]:
    """Return what a grade takes beyond the learner's own functions (median and 95th percentile), and what those take (median).

    `seconds` are the wall times of whole grades by learner.
    """
    inside = {name: seconds_inside(task.assignment, task.notebooks[name], secret=task.config.secret) for name in seconds}
    extra = sorted(wall - inside[learner] for learner, wall in seconds.items())
    return (statistics.median(extra), extra[min(len(extra) - 1, int(0.95 * len(extra)))]), statistics.median(inside.values())


def versions() -> dict[str, str]:
    """Return the versions that the figures belong to."""
    from autograder import __version__

    names = ("nbgrader", "otter-grader", "nbconvert", "numpy", "dask", "distributed")
    found: dict[str, Any] = {"python": sys.version.split()[0], "autograder": __version__}
    return found | {name: version(name) for name in names}

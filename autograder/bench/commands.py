"""Measure how grading grows with processes, and how quickly commands start."""

from __future__ import annotations

import sys
from pathlib import Path

from autograder.bench.cost import Cost, measured, median, slope
from autograder.bench.hosts import Task
from autograder.build.archive import write_whole

MML = [sys.executable, "-P", "-m", "autograder"]
FEW = 10  # of a class, graded before the whole, so that start-up can be left out


def written_class(task: Task, place: Path, count: int) -> Path:
    """Write the first notebooks of a task as `<learner>.ipynb` into one folder and return it."""
    for learner, content in list(task.notebooks.items())[:count]:
        write_whole(place / "class" / f"{learner}.ipynb", content)
    return place / "class"


def with_jobs(task: Task, place: Path, jobs: int) -> Cost:
    """Return what one more submission costs with so many local processes."""

    def graded(count: int) -> Cost:
        folder = written_class(task, place / f"jobs{jobs}of{count}", count)
        command = [*MML, "grade", task.assignment.id, str(folder), "--out", str(folder.parent / "results")]
        return measured([*command, "--jobs", str(jobs)], task.root)

    return slope(graded, FEW, len(task.notebooks))[1]


def start_up(task: Task, rounds: int) -> dict[str, Cost]:
    """Return the median cost of commands that do nearly nothing, and of the check of one notebook."""
    notebook = task.root / "solutions" / task.assignment.id / f"{task.assignment.id}.ipynb"
    one = task.assignment.exercises[0].name
    commands = {
        "mml --help": [*MML, "--help"],
        f"mml check NOTEBOOK {one}": [*MML, "check", str(notebook), one],
        "nbgrader --help": [sys.executable, "-P", "-m", "nbgrader", "--help"],
        "otter --help": [sys.executable, "-P", "-m", "otter", "--help"],
    }
    return {name: median([measured(command, task.root) for _ in range(rounds)]) for name, command in commands.items()}


def building(root: Path, rounds: int) -> dict[str, Cost]:
    """Return the median cost of building all editions and of checking that they are fresh."""
    commands = {"mml build": [*MML, "build"], "mml build --check": [*MML, "build", "--check"]}
    return {name: median([measured(command, root) for _ in range(rounds)]) for name, command in commands.items()}

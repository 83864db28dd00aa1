"""Measure how quickly commands start, and how long the editions take."""

from __future__ import annotations

import sys
from pathlib import Path

from autograder.bench.cost import Cost, measured, median
from autograder.bench.hosts import Task

MML = [sys.executable, "-P", "-m", "autograder"]


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

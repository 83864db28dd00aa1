"""Measure speed in one run, beside the peers, and write it down as tables of docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from autograder.bench.commands import building, start_up
from autograder.bench.cost import Cost, median
from autograder.bench.growth import write_class
from autograder.bench.hosts import Task
from autograder.bench.profile import profile
from autograder.bench.race import FEW, MANY, PEER_FEW, PEER_MANY, Race, overhead, versions
from autograder.bench.workers import one_more

GRADERS = ("ours", "nbgrader", "otter")


@dataclass
class Found:
    """Everything that one run measured; times are seconds."""

    week: str
    rounds: int
    versions: dict[str, str]
    one: dict[str, Cost] = field(default_factory=dict)
    start: dict[str, Cost] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)
    differences: int = 0
    compared: int = 0
    overhead: tuple[float, float] = (0.0, 0.0)
    inside: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)
    commands: dict[str, Cost] = field(default_factory=dict)
    two_jobs: float = 0.0

    def as_data(self) -> dict[str, Any]:
        """Return the same as plain data."""
        return asdict(self)


def measure(task: Task, *, rounds: int, tell: Callable[[str], None]) -> Found:
    """Run every part; `tell` hears what is going on.

    Raises CourseProblem when one of the graders stops.
    """
    found = Found(task.assignment.id, rounds, versions())
    race, played = Race(task), []
    for number in range(rounds):
        tell(f"round {number + 1} of {rounds}: this grader, nbgrader, otter")
        played.append(race.round(number))
    for name in GRADERS:
        found.one[name] = median([one.one[name] for one in played])
        found.start[name] = median([one.start[name] for one in played])
    for name in GRADERS[1:]:  # ratios within a round: what else the machine did met both sides
        found.ratios[name] = statistics.median(one.one[name].wall / one.one["ours"].wall for one in played)
    found.differences = sum(one.differences for one in played)
    found.compared = rounds * 2 * PEER_MANY * len(task.assignment.exercises)
    tell("where the time goes")
    found.parts, seconds = profile(task)
    found.overhead, found.inside = overhead(task, seconds)
    tell("one process and two")
    classes = {size: write_class(task.root, task.assignment.id, size, task.place / f"class{size}") for size in (FEW, MANY)}
    run = partial(one_more, task.root, task.assignment.id, "processes", classes)
    found.two_jobs = statistics.median(run(1) / run(2) for _ in range(rounds))
    tell("commands")
    found.commands = start_up(task, rounds) | building(task.root, rounds)
    return found


def rendered(found: Found) -> str:
    """Return the tables as Markdown."""
    one, machine = found.one, f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, Linux {platform.release().split('-')[0]}"
    rows = [
        f"| {name} | {one[name].wall * 1e3:.0f} ms | {one[name].cpu * 1e3:.0f} ms | {one[name].peak_mb:.0f} MB | "
        f"{found.start[name].wall:.2f} s | {1 / one[name].wall:.2f} | {_ratio(found, name)} |"
        for name in GRADERS
    ]
    names = ", ".join(f"{name} {number}" for name, number in found.versions.items())
    parts = [f"| {name} | {1e3 * value:.1f} ms |" for name, value in sorted(found.parts.items(), key=lambda pair: -pair[1])]
    commands = [f"| `{name}` | {cost.wall:.2f} s | {cost.cpu:.2f} s |" for name, cost in found.commands.items()]
    lines = [
        f"Built by `mml bench {found.week} --write` on {datetime.now(UTC):%Y-%m-%d}: medians of {found.rounds} rounds. {machine}; {names}.",
        "",
        "### The same submissions of one week",
        "",
        "| grader | wall for one more | computing time for one more | largest process | start-up | submissions per second and core | ratio |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *rows,
        "",
        f"Our figures and nbgrader's are slopes: a batch of {FEW} against one of {MANY} of ours, and {PEER_FEW} against {PEER_MANY} of nbgrader's. "
        "`otter run` starts anew for every submission, as people run it. Each of the three works on one core at a time, so that wall time is the time of a core; the ratio is that of wall times within a round. "
        f"Scores compared: {found.compared}; different: {found.differences}.",
        "",
        "### Where the time of a grade goes",
        "",
        "| part | mean |",
        "|---|---:|",
        *parts,
        "",
        f"The learners' own functions, called in one process by the same checks, take {found.inside * 1e3:.0f} ms (median): that is the floor. "
        f"A whole grade takes {found.overhead[0] * 1e3:.0f} ms more (median; 95th percentile {found.overhead[1] * 1e3:.0f} ms).",
        "",
        f"One more submission takes {found.two_jobs:.2f} times as long with one local process as with two.",
        "",
        "### Commands",
        "",
        "| command | wall | computing time |",
        "|---|---:|---:|",
        *commands,
    ]
    return "\n".join(lines) + "\n"


def _ratio(found: Found, name: str) -> str:
    return f"{found.ratios[name]:.0f}" if name in found.ratios else ""

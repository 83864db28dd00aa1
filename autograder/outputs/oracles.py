"""Count on how many inputs every reference agreed with its oracle, and write the table."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from autograder.authoring.discover import read_assignment
from autograder.authoring.model import Assignment, Exercise
from autograder.errors import BadExercise
from autograder.grading.trial import rehearse
from autograder.grading.verdict import Verdict

SECRETS = ("oracle 1", "oracle 2", "oracle 3", "oracle 4", "oracle 5")
# Reading an attribute is no computation; everything else that gives a value is.
IDLE = "attribute "

COLUMNS = (
    "| Exercise | Oracle | Checks | of them random | Answers to fixed inputs | Answers to random inputs |",
    "|---|---|---|---|---|---|",
)
HEAD = """\
<!-- Built from source/ by `mml roadmap`. Edit the numbered files. -->
# Oracles

A reference is never trusted because it looks right. Each exercise names an independent computation or a second
derivation, its *oracle*. The checks compare the reference with it and with laws that hold for every input.

The table is made by running. A check without random numbers runs once. A check with random numbers runs under {secrets}
secrets, so with {secrets} sets of numbers. *Answers* counts the calls that the reference answered with a value while all
checks passed. Calls that must raise an error are not counted.
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """What the reference of one exercise was compared with, and how often."""

    exercise: str
    oracle: str
    checks: int
    with_chance: int
    fixed: int
    random: int


def trial(exercise: Exercise, *, seconds: float) -> Trial:
    """Run all checks of an exercise against its reference and count the answers.

    Raises BadExercise when the reference fails one of them.
    """
    answers = {True: 0, False: 0}
    for check in exercise.checks:
        by_chance = "rng" in check.needs
        for secret in SECRETS if by_chance else SECRETS[:1]:
            run = rehearse(exercise, check, exercise.reference, secret=secret, seconds=exercise.facts.seconds or seconds)
            if run.verdict is not Verdict.PASSED:
                raise BadExercise(f"{exercise.path}: the reference fails {check.name} under '{secret}': {run.message}")
            answers[by_chance] += sum(event.outcome == "value" and not event.asked.startswith(IDLE) for event in run.events)
    random = sum("rng" in check.needs for check in exercise.checks)
    return Trial(exercise.id, exercise.facts.oracle, len(exercise.checks), random, answers[False], answers[True])


@lru_cache
def _assignment(folder: Path) -> Assignment:
    return read_assignment(folder)


def _trial_of(place: tuple[Path, str], *, seconds: float) -> Trial:
    folder, name = place
    return trial(next(exercise for exercise in _assignment(folder).exercises if exercise.name == name), seconds=seconds)


def trials(exercises: list[Exercise], *, seconds: float, jobs: int) -> Iterator[Trial]:
    """Try exercises over `jobs` processes and yield what was counted, in order."""
    places = [(exercise.path.parent, exercise.name) for exercise in exercises]
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(partial(_trial_of, seconds=seconds), places)


def oracle_table(found: list[Trial]) -> str:
    """Return the text of docs/oracles.md."""
    lines = [HEAD.format(secrets=len(SECRETS)).rstrip("\n")]
    week = ""
    for item in found:
        folder, name = item.exercise.split("/")
        if folder != week:
            week = folder
            lines += ["", f"## {folder}", "", *COLUMNS]
        oracle = item.oracle.replace("|", "\\|")
        lines.append(f"| `{name}` | {oracle} | {item.checks} | {item.with_chance} | {item.fixed} | {item.random} |")
    sums = [sum(getattr(item, name) for item in found) for name in ("checks", "with_chance", "fixed", "random")]
    exercises, (checks, chance, fixed, random) = len(found), sums
    lines += ["", f"Together: {exercises} exercises and {checks} checks, {chance} of them random. The references gave"]
    lines += [f"{fixed} answers to fixed inputs and {random} answers to random inputs.", ""]
    return "\n".join(lines)

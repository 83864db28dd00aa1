"""Prove an exercise: the reference passes, the stub fails, right variants pass, wrong ways are caught where they say."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from autograder.authoring.discover import read_assignment
from autograder.authoring.model import Assignment, Check, Exercise, Variant
from autograder.grading.code import Code
from autograder.grading.compare import equal_traces
from autograder.grading.trial import rehearse
from autograder.grading.universal import WrongWay, wrong_ways
from autograder.grading.verdict import CheckRun, Verdict
from autograder.sandbox.handles import Event

Runs = dict[str, CheckRun]
SECRET = "prove"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that was tried on an exercise, and what is wrong with it ("" when nothing is)."""

    name: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that was tried on one exercise."""

    exercise: str
    claims: tuple[Claim, ...]
    seconds: float

    @property
    def problems(self) -> list[str]:
        return [f"{self.exercise}: {claim.name}: {claim.problem}" for claim in self.claims if claim.problem]


def all_runs(exercise: Exercise, solution: Any, *, seconds: float, secret: str = SECRET) -> Runs:
    """Run every check of an exercise against one solution of ours."""
    return {
        check.name: rehearse(exercise, check, solution, secret=secret, seconds=exercise.facts.seconds or seconds)
        for check in exercise.checks
    }


class Tried:
    """The runs of one solution, each made when it is first asked for."""

    def __init__(self, exercise: Exercise, solution: Any, *, seconds: float) -> None:
        self.exercise, self.solution, self.seconds = exercise, solution, exercise.facts.seconds or seconds
        self.known: Runs = {}

    def run(self, check: Check) -> CheckRun:
        if check.name not in self.known:
            self.known[check.name] = rehearse(self.exercise, check, self.solution, secret=SECRET, seconds=self.seconds)
        return self.known[check.name]

    def __iter__(self) -> Iterator[CheckRun]:
        return (self.run(check) for check in self.exercise.checks)


def claims_of(exercise: Exercise, *, seconds: float) -> dict[str, Callable[[], str]]:
    """Return the claims of an exercise by name; calling one proves it and returns what is wrong."""
    tried: dict[str, Tried] = {}

    def runs(name: str, solution: Any) -> Tried:
        return tried.setdefault(name, Tried(exercise, solution, seconds=seconds))

    def passes(name: str, solution: Any) -> str:
        used = Code([exercise.text]).banned_use(name if name != "reference" else exercise.name, exercise.facts.banned)
        if used:
            return f"uses {used}, which the exercise bans"
        bad = [run for run in runs(name, solution) if run.verdict is not Verdict.PASSED]
        return "; ".join(f"{run.name} says {run.verdict}: {run.message} {run.staff_note[-300:]}".strip() for run in bad)

    claims: dict[str, Callable[[], str]] = {"reference": lambda: passes("reference", exercise.reference)}
    claims["stub"] = lambda: _stub_fails(exercise, runs)
    for variant in exercise.accepted:
        claims[f"accepted[{variant.name}]"] = lambda v=variant: passes(v.name, v.solution)
    for variant in exercise.misconceptions:
        claims[f"misconception[{variant.name}]"] = lambda v=variant: _caught(exercise, v, runs)

    def examples() -> list[Event]:
        known = runs("reference", exercise.reference)
        return [event for check in exercise.checks if not check.is_hidden for event in known.run(check).events]

    for way in wrong_ways(exercise, examples):
        claims[f"universal[{way.code}-{way.name}]"] = lambda w=way: _universal(exercise, w, runs)
    return claims


def prove(exercise: Exercise, *, seconds: float) -> Proof:
    """Try every claim of an exercise."""
    start = time.perf_counter()
    claims = tuple(Claim(name, claim()) for name, claim in claims_of(exercise, seconds=seconds).items())
    return Proof(exercise.id, claims, time.perf_counter() - start)


def _stub_fails(exercise: Exercise, runs: Callable[[str, Any], Tried]) -> str:
    namespace = dict(exercise.namespace)
    exec(compile(exercise.stub, "<stub>", "exec", dont_inherit=True), namespace)
    good = [run.name for run in runs("stub", namespace[exercise.name]) if run.verdict is Verdict.PASSED]
    return f"the untouched stub passes {', '.join(good)}" if good else ""


def _caught(exercise: Exercise, variant: Variant, runs: Callable[[str, Any], Tried]) -> str:
    checks = {check.name: check for check in exercise.checks}
    if variant.caught_by not in checks:
        return f"caught_by='{variant.caught_by}' is no check of this exercise; choose one of {', '.join(checks)}"
    mine = runs(variant.name, variant.solution)
    if mine.run(checks[variant.caught_by]).verdict is Verdict.PASSED:
        others = [run.name for run in mine if run.verdict is not Verdict.PASSED]
        where = f"; caught by {', '.join(others)} instead" if others else "; no check catches it"
        return f"{variant.caught_by} lets it pass{where}"
    # The check that catches one of the two is the likeliest to tell them apart.
    order = sorted(exercise.checks, key=lambda check: check.name != variant.caught_by)
    for other in exercise.misconceptions[: exercise.misconceptions.index(variant)]:
        theirs = runs(other.name, other.solution)
        if all(equal_traces(mine.run(check), theirs.run(check)) for check in order):
            return f"gives the same answers as {other.name} in every check, so that their hints cannot be told apart"
    return ""


def _universal(exercise: Exercise, way: WrongWay, runs: Callable[[str, Any], Tried]) -> str:
    wanted = {Verdict.BLOCKED} if way.code == "U9" else set(Verdict) - {Verdict.PASSED}
    if any(run.verdict in wanted for run in runs(f"universal {way.name}", way.solution)):
        return ""
    return f"{way.name} passes every check" if way.applied else ""


@lru_cache
def _assignment(folder: Path) -> Assignment:
    return read_assignment(folder)


def _prove_one(place: tuple[Path, str], *, seconds: float) -> Proof:
    folder, name = place
    return prove(next(exercise for exercise in _assignment(folder).exercises if exercise.name == name), seconds=seconds)


def prove_all(exercises: list[Exercise], *, seconds: float, jobs: int) -> Iterator[Proof]:
    """Prove exercises over `jobs` processes and yield the proofs in order."""
    places = [(exercise.path.parent, exercise.name) for exercise in exercises]
    work = partial(_prove_one, seconds=seconds)
    if jobs <= 1 or len(places) == 1:
        yield from map(work, places)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(work, places)

"""Prove an exercise: the reference passes, the stub fails, right variants pass, wrong ways are caught where they say."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.authoring.model import Exercise, Variant
from autograder.grading.compare import equal_traces
from autograder.grading.trial import rehearse
from autograder.grading.universal import wrong_ways
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


def claims_of(exercise: Exercise, *, seconds: float) -> dict[str, Callable[[], str]]:
    """Return the claims of an exercise by name; calling one proves it and returns what is wrong."""
    seen: dict[str, Runs] = {}

    def runs(name: str, solution: Any) -> Runs:
        if name not in seen:
            seen[name] = all_runs(exercise, solution, seconds=seconds)
        return seen[name]

    def passes(name: str, solution: Any) -> str:
        bad = [run for run in runs(name, solution).values() if run.verdict is not Verdict.PASSED]
        return "; ".join(f"{run.name} says {run.verdict}: {run.message} {run.staff_note[-300:]}".strip() for run in bad)

    claims: dict[str, Callable[[], str]] = {"reference": lambda: passes("reference", exercise.reference)}
    claims["stub"] = lambda: _stub_fails(exercise, runs)
    for variant in exercise.accepted:
        claims[f"accepted[{variant.name}]"] = lambda v=variant: passes(v.name, v.solution)
    for variant in exercise.misconceptions:
        claims[f"misconception[{variant.name}]"] = lambda v=variant: _caught(exercise, v, runs)
    public = [check.name for check in exercise.checks if not check.is_hidden]

    def examples() -> list[Event]:
        known = runs("reference", exercise.reference)
        return [event for name in public for event in known[name].events]

    for way in wrong_ways(exercise, examples):
        claims[f"universal[{way.code}-{way.name}]"] = lambda w=way: _universal(exercise, w, seconds)
    return claims


def prove(exercise: Exercise, *, seconds: float) -> Proof:
    """Try every claim of an exercise."""
    start = time.perf_counter()
    claims = tuple(Claim(name, claim()) for name, claim in claims_of(exercise, seconds=seconds).items())
    return Proof(exercise.id, claims, time.perf_counter() - start)


def _stub_fails(exercise: Exercise, runs: Callable[[str, Any], Runs]) -> str:
    namespace = dict(exercise.namespace)
    exec(compile(exercise.stub, "<stub>", "exec"), namespace)
    good = [run.name for run in runs("stub", namespace[exercise.name]).values() if run.verdict is Verdict.PASSED]
    return f"the untouched stub passes {', '.join(good)}" if good else ""


def _caught(exercise: Exercise, variant: Variant, runs: Callable[[str, Any], Runs]) -> str:
    names = [check.name for check in exercise.checks]
    if variant.caught_by not in names:
        return f"caught_by='{variant.caught_by}' is no check of this exercise; choose one of {', '.join(names)}"
    mine = runs(variant.name, variant.solution)
    if mine[variant.caught_by].verdict is Verdict.PASSED:
        others = [run.name for run in mine.values() if run.verdict is not Verdict.PASSED]
        where = f"; caught by {', '.join(others)} instead" if others else "; no check catches it"
        return f"{variant.caught_by} lets it pass{where}"
    for other in exercise.misconceptions:
        if other.name == variant.name:
            break
        if all(equal_traces(mine[name], runs(other.name, other.solution)[name]) for name in mine):
            return f"gives the same answers as {other.name} in every check, so that their hints cannot be told apart"
    return ""


def _universal(exercise: Exercise, way: Any, seconds: float) -> str:
    mine = all_runs(exercise, way.solution, seconds=seconds)
    caught = any(run.verdict is not Verdict.PASSED for run in mine.values())
    if way.code == "U9" and not any(run.verdict is Verdict.BLOCKED for run in mine.values()):
        return "the banned function was called and nobody noticed"
    return "" if caught or not way.applied else f"{way.name} passes every check"

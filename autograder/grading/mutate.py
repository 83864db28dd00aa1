"""Ask whether the checks of an exercise are right: every mutant must be caught, every right way must pass."""

from __future__ import annotations

import time
import types
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from autograder.authoring.config import CourseConfig, load_config
from autograder.authoring.discover import read_assignment
from autograder.authoring.model import Assignment, Exercise
from autograder.authoring.survivors import SURVIVORS, read_survivors
from autograder.grading.tries import Bench, Place, Tried
from autograder.grading.mutants import Mutant, mutants
from autograder.grading.rightways import RightWay, one_by_one, reference_cell, right_solutions, right_ways
from autograder.grading.verdict import Verdict
from autograder.kit.conform import conform
from autograder.sandbox.handles import Event

CHUNK = 3  # exercises that one task of a pool takes: each task starts a fork server


class OutsideContract(BaseException):
    """A right way gave an answer that the declared return type forbids: not an Exception, so that no check swallows it."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that every check lets pass; the reason, when somebody explained it."""

    id: str
    line: int
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found out about the checks of one exercise."""

    exercise: str
    path: str
    checks: int
    tried: tuple[str, ...]  # right solutions and right ways that applied
    rejected: tuple[tuple[str, str], ...]  # those that a check refused, and what it said
    mutants: int
    survivors: tuple[Survivor, ...]
    stale: tuple[str, ...]  # entries of survivors.toml that are no survivors
    seconds: float

    @property
    def killed(self) -> int:
        return self.mutants - len(self.survivors)

    @property
    def explained(self) -> tuple[Survivor, ...]:
        return tuple(survivor for survivor in self.survivors if survivor.reason)

    @property
    def unexplained(self) -> tuple[Survivor, ...]:
        return tuple(survivor for survivor in self.survivors if not survivor.reason)

    @property
    def problems(self) -> list[str]:
        """Say what a person must mend, one text for each thing."""
        found = [f"a right solution is rejected: {name}: {what}" for name, what in self.rejected]
        found += [f"line {s.line}: no check catches {s.id}{s.note}" for s in self.unexplained]
        return found + [f"{SURVIVORS} lists what is no survivor: {mutant}" for mutant in self.stale]


def judge(exercise: Exercise, bench: Bench, explained: dict[str, str]) -> Judged:
    """Try every right way and every mutant of an exercise."""
    start = time.perf_counter()
    with bench.place(exercise) as place:
        tried, rejected = _right(exercise, place)
        # When the reference itself is refused, that every mutant is refused as well says nothing.
        all_mutants = () if any(name == "reference" for name, _ in rejected) else mutants_of(exercise)
        survivors = tuple(_survivors(all_mutants, place, explained))
    stale = sorted(explained.keys() - {survivor.id for survivor in survivors})
    return Judged(
        exercise=exercise.id,
        path=str(exercise.path),
        checks=len(exercise.checks),
        tried=tried,
        rejected=rejected,
        mutants=len(all_mutants),
        survivors=survivors,
        stale=tuple(stale),
        seconds=time.perf_counter() - start,
    )


def mutants_of(exercise: Exercise) -> tuple[Mutant, ...]:
    """Return the mutants of an exercise's reference; their lines are those of its file."""
    cell = reference_cell(exercise)
    modules = frozenset(name for name, value in exercise.namespace.items() if isinstance(value, types.ModuleType))
    first = next((i for i, line in enumerate(exercise.text.splitlines()) if line == cell.splitlines()[0]), 0)
    # The marker line that was taken out of the cell stands before everything that is mutated.
    return tuple(Mutant(m.id, m.line + first + (m.line > 1), m.source) for m in mutants(cell, modules))


def _survivors(everything: tuple[Mutant, ...], place: Place, explained: dict[str, str]) -> Iterator[Survivor]:
    for mutant in everything:
        tried = place.tried((mutant.source,))
        if tried.is_right:
            yield Survivor(mutant.id, mutant.line, explained.get(mutant.id, ""))
        elif tried.verdict is Verdict.OUR_FAULT:
            yield Survivor(mutant.id, mutant.line, note=f" (the check {tried.check} itself failed: {tried.message})")


def _right(exercise: Exercise, place: Place) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the names of the right solutions that were tried, and what was said about those that were refused."""
    names: list[str] = []
    rejected: list[tuple[str, str]] = []
    events: list[Event] = []

    def note(way: RightWay, tried: Tried) -> None:
        names.extend(way.names)
        if not tried.is_right:
            rejected.append((way.names[0], f"{tried.check or 'its cell'} says {tried.verdict}: {tried.message}"))

    for solution in right_solutions(exercise):
        note(solution, place.tried(solution.cells, after=lambda session: events.extend(session.events)))
    if rejected:
        return tuple(names), tuple(rejected)
    for together in right_ways(exercise, events):
        tried = _way(exercise, place, together)
        if tried is not None and tried.is_right:
            note(together, tried)
            continue
        for way in one_by_one(exercise, together):
            alone = _way(exercise, place, way)
            if alone is not None:
                note(way, alone)
    place.renew()
    return tuple(names), tuple(rejected)


def _way(exercise: Exercise, place: Place, way: RightWay) -> Tried | None:
    """Try a right way; None when the declared return type or a ban forbids it."""

    def conforms(call: str, value: Any) -> None:
        if call == exercise.name and conform(value, exercise.returns):
            raise OutsideContract

    place.renew()  # a way may change the state of its whole process
    try:
        tried = place.tried(way.cells, conform=conforms)
    except OutsideContract:
        return None
    return None if tried.verdict is Verdict.BLOCKED else tried


@lru_cache
def _week(folder: Path) -> tuple[Assignment, dict[str, dict[str, str]]]:
    return read_assignment(folder), read_survivors(folder)


def _judge_some(folder: Path, names: tuple[str, ...], *, root: Path, config: CourseConfig) -> Iterator[Judged]:
    assignment, explained = _week(folder)
    with Bench(assignment, config, release=root / "release") as bench:
        for exercise in assignment.exercises:
            if exercise.name in names:
                yield judge(exercise, bench, explained.get(exercise.name, {}))


def _judge_chunk(work: tuple[Path, tuple[str, ...]], *, root: Path, config: CourseConfig) -> list[Judged]:
    return list(_judge_some(*work, root=root, config=config))


def mutate_all(exercises: list[Exercise], *, root: Path, jobs: int) -> Iterator[Judged]:
    """Judge exercises over `jobs` processes and yield what was found in order.

    Raises BadExercise when a survivors.toml breaks its format.
    """
    weeks: dict[Path, list[str]] = {}
    for exercise in exercises:
        weeks.setdefault(exercise.path.parent, []).append(exercise.name)
    for folder in weeks:
        read_survivors(folder)
    config = load_config(root)
    if jobs <= 1 or len(exercises) == 1:
        for folder, names in weeks.items():
            yield from _judge_some(folder, tuple(names), root=root, config=config)
        return
    chunks = [(folder, tuple(names[i : i + CHUNK])) for folder, names in weeks.items() for i in range(0, len(names), CHUNK)]
    with ProcessPoolExecutor(jobs) as pool:
        work: Callable[[tuple[Path, tuple[str, ...]]], list[Judged]] = partial(_judge_chunk, root=root, config=config)
        for judged in pool.map(work, chunks):
            yield from judged

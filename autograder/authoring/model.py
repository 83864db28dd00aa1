"""What `source/` contains, as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.kit.marks import Facts


@dataclass(frozen=True, slots=True)
class Check:
    """One claim about the learner's function, and what it is worth."""

    name: str
    sentence: str
    function: Callable[..., None]
    needs: tuple[str, ...]
    weight: int
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Variant:
    """A whole solution beside the reference: accepted, or wrong with a hint."""

    name: str
    solution: Callable[..., Any]
    source: str
    caught_by: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Exercise:
    """One numbered exercise file, read."""

    name: str
    assignment: str
    path: Path
    text: str
    title: str
    facts: Facts
    reference: Callable[..., Any]
    reference_source: str
    stub: str
    returns: str
    checks: tuple[Check, ...]
    accepted: tuple[Variant, ...]
    misconceptions: tuple[Variant, ...]
    helpers: tuple[str, ...]
    namespace: dict[str, Any]

    @property
    def id(self) -> str:
        return f"{self.assignment}/{self.name}"

    @property
    def takes_chance(self) -> bool:
        """Whether the exercise is given a generator, so that the global random state must stay untouched."""
        return "rng" in self.reference_source.partition(":\n")[0]

    @cached_property
    def points_by_check(self) -> dict[str, Fraction]:
        """Exact points of every check: the exercise's points shared out by weight."""
        total = sum(check.weight for check in self.checks)
        return {check.name: Fraction(self.facts.points * check.weight, total) for check in self.checks}


@dataclass(frozen=True, slots=True)
class Page:
    """One numbered page of prose; its python fences become demo cells."""

    name: str
    path: Path
    text: str


@dataclass(frozen=True)
class Assignment:
    """One folder of `source/`: pages and exercises in reading order."""

    id: str
    folder: Path
    title: str
    items: tuple[Page | Exercise, ...]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        return tuple(item for item in self.items if isinstance(item, Exercise))

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(item for item in self.items if isinstance(item, Page))

    @property
    def points(self) -> int:
        return sum(exercise.facts.points for exercise in self.exercises)

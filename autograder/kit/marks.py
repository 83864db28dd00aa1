"""Say what each piece of an exercise file is.

The marks only label: they change nothing about the function or class they decorate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

Piece = TypeVar("Piece", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Facts:
    """What `exercise(...)` declares about a file."""

    points: int
    minutes: int
    level: int
    banned: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    oracle: str = ""
    section: str = ""
    seconds: float | None = None
    capstone: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What a decorator says about one function or class."""

    kind: str
    weight: int = 1
    caught_by: str = ""
    hint: str = ""


@dataclass(slots=True)
class Collected:
    """The declarations of one file while it is being read."""

    facts: list[Facts] = field(default_factory=list)


_reading: list[Collected] = []


@contextmanager
def collecting() -> Iterator[Collected]:
    """Collect the `exercise(...)` calls of the file that is executed inside the block."""
    collected = Collected()
    _reading.append(collected)
    try:
        yield collected
    finally:
        _reading.pop()


def exercise(
    *,
    points: int,
    minutes: int,
    level: int,
    banned: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
    uses: tuple[str, ...] = (),
    oracle: str = "",
    section: str = "",
    seconds: float | None = None,
    capstone: bool = False,
) -> None:
    """Declare the exercise of this file.

    `banned` holds dotted patterns such as "numpy.linalg.eig*"; `uses` names earlier exercises whose course version
    is lent while grading; `oracle` names the independent computation the reference is compared with; `section`
    names the heading to read again; `seconds` overrides the CPU limit of one check.
    """
    facts = Facts(points, minutes, level, banned, topics, uses, oracle, section, seconds, capstone)
    if _reading:
        _reading[-1].facts.append(facts)


def _label(piece: Piece, mark: Mark) -> Piece:
    piece.__mark__ = mark  # type: ignore[attr-defined]
    return piece


def check(piece: Callable[..., None] | None = None, *, weight: int = 1) -> Any:
    """Mark a public check: learners see it and run it themselves."""
    if piece is None:
        return lambda later: check(later, weight=weight)
    return _label(piece, Mark("check", weight=weight))


def hidden(piece: Callable[..., None] | None = None, *, weight: int = 1) -> Any:
    """Mark a hidden check: it never leaves `source/`."""
    if piece is None:
        return lambda later: hidden(later, weight=weight)
    return _label(piece, Mark("hidden", weight=weight))


def helper(piece: Piece) -> Piece:
    """Mark a function that only checks and variants use; it travels with the checks that call it."""
    return _label(piece, Mark("helper"))


def accepted(piece: Piece) -> Piece:
    """Mark a right solution written differently: every check must pass."""
    return _label(piece, Mark("accepted"))


def misconception(*, caught_by: str, hint: str) -> Callable[[Piece], Piece]:
    """Mark a wrong solution that learners really write, the check that must catch it, and the hint they get."""
    return lambda piece: _label(piece, Mark("misconception", caught_by=caught_by, hint=hint))

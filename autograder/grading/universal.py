"""The wrong ways that every exercise is tried with: U1 to U9.

Each way wraps the right solution and spoils it. A way that never changes an answer of the checks at hand does not apply.
"""

from __future__ import annotations

import builtins
import functools
import inspect
import itertools
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

from autograder.authoring.model import Exercise
from autograder.kit.traps import targets
from autograder.sandbox.handles import Event
from autograder.sandbox.wire import Handle, encode

HINTS = {
    "U1": "You altered the caller's data; work on a copy.",
    "U2": "The function shows the answer but does not return it.",
    "U3": "Right for the examples, wrong for new numbers: compute, do not look up.",
    "U4": "The value is right but its shape or type is not.",
    "U5": "Compare a batch with the single results.",
    "U6": "Convert to float64 first.",
    "U7": "Use the given generator, as often as the contract says.",
    "U8": "This input has no answer; raise the error that the contract names.",
    "U9": "That function is the exercise; build it from smaller parts.",
}


@dataclass(slots=True)
class WrongWay:
    """One universal wrong way, spoilt from a right solution; `applied` counts the answers that it really changed."""

    code: str
    name: str
    solution: Callable[..., Any]
    tally: list[int] = field(default_factory=lambda: [0])

    @property
    def applied(self) -> bool:
        return self.tally[0] > 0


Spoil = Callable[[Callable[..., Any], tuple[Any, ...], dict[str, Any]], tuple[Any, bool]]


def _mutates(solve: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, bool]:
    answer = solve(*args, **kwargs)
    for arg in (*args, *kwargs.values()):
        if isinstance(arg, np.ndarray) and arg.size and arg.dtype.kind in "iuf":
            arg += 1
            return answer, True
        if isinstance(arg, list):
            arg.append(0)
            return answer, True
    return answer, False


def _returns_none(solve: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, bool]:
    solve(*args, **kwargs)
    return None, True


def _wrong_shape(solve: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, bool]:
    answer = solve(*args, **kwargs)
    first = answer[0] if isinstance(answer, tuple) and answer else answer
    if isinstance(first, np.ndarray) and first.ndim == 1 and first.size:
        first = first[:, None]
    elif isinstance(first, float):
        first = np.array(first)
    else:
        return answer, False
    return (first, *answer[1:]) if isinstance(answer, tuple) else first, True


def _first_of_the_batch(solve: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, bool]:
    answer = solve(*args, **kwargs)
    batch = args[0] if args else None
    if not (isinstance(batch, np.ndarray) and batch.ndim == 2 and len(batch) > 1 and isinstance(answer, np.ndarray)):
        return answer, False
    if answer.shape[:1] != batch.shape[:1]:
        return answer, False
    try:
        rows = [np.asarray(solve(row, *args[1:], **kwargs)) for row in batch]
    except Exception:  # the function does not take single rows: the way does not apply
        return answer, False
    if any(row.shape != answer.shape[1:] for row in rows) or not np.allclose(np.stack(rows), answer, equal_nan=True):
        return answer, False
    spoilt = np.stack([rows[0]] * len(rows))
    return spoilt, not np.allclose(spoilt, answer, equal_nan=True)


def _integers_stay(solve: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, bool]:
    answer = solve(*args, **kwargs)
    kinds = {np.asarray(arg).dtype.kind for arg in args if isinstance(arg, np.ndarray | list)}
    if not kinds or not kinds <= {"i", "u"}:
        return answer, False
    first = answer[0] if isinstance(answer, tuple) and answer else answer
    if not isinstance(first, float | np.ndarray) or np.asarray(first).dtype.kind != "f" or not np.all(np.isfinite(first)):
        return answer, False
    cut = np.trunc(first)
    cut = cut if isinstance(first, np.ndarray) else float(cut)
    return (cut, *answer[1:]) if isinstance(answer, tuple) else cut, not np.allclose(cut, first)


def _global_chance(solve: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, bool]:
    given = any(isinstance(arg, np.random.Generator) for arg in (*args, *kwargs.values()))
    if given:
        np.random.random()  # noqa: NPY002 - the very mistake that is tried
    return solve(*args, **kwargs), given


def _no_error(solve: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, bool]:
    try:
        return solve(*args, **kwargs), False
    except Exception:  # whatever the contract demands is what this way swallows
        return 0.0, True


def _wrong_error(solve: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, bool]:
    try:
        return solve(*args, **kwargs), False
    except Exception as problem:
        raise _Spoilt("some other error") from problem


class _Spoilt(Exception):
    """Stand for an error of the wrong class."""


WAYS: dict[str, tuple[str, Spoil]] = {
    "changes_its_argument": ("U1", _mutates),
    "returns_none": ("U2", _returns_none),
    "wrong_shape": ("U4", _wrong_shape),
    "answers_for_the_first_item_of_a_batch": ("U5", _first_of_the_batch),
    "integers_stay_integers": ("U6", _integers_stay),
    "uses_the_global_random_state": ("U7", _global_chance),
    "no_error_for_bad_input": ("U8", _no_error),
    "another_error_for_bad_input": ("U8", _wrong_error),
}


def wrong_ways(exercise: Exercise, examples: Callable[[], list[Event]]) -> Iterator[WrongWay]:
    """Yield the universal wrong ways of an exercise; `examples` returns the calls of its public checks.

    A class has no single answer to spoil: for classes only the banned functions are tried.
    """
    solve = exercise.reference
    if not inspect.isclass(solve):
        for name, (code, spoil) in WAYS.items():
            yield _way(code, name, solve, spoil)
        yield _way("U3", "knows_only_the_examples", solve, _lookup(examples))
    for module, name, _ in itertools.islice(targets(exercise.facts.banned), 1):
        yield _way("U9", "calls_a_banned_function", solve, _calls(module, name, exercise.namespace))


def _way(code: str, name: str, solve: Callable[..., Any], spoil: Spoil) -> WrongWay:
    tally = [0]

    @functools.wraps(solve, updated=())
    def spoilt(*args: Any, **kwargs: Any) -> Any:
        try:
            answer, changed = spoil(solve, args, kwargs)
        except _Spoilt:
            tally[0] += 1
            raise
        tally[0] += changed
        return answer

    return WrongWay(code, name, spoilt, tally)


def _key(args: Any, kwargs: Any) -> bytes:
    return encode([list(args), kwargs], lambda item: Handle(0, "other", getattr(item, "__name__", "")))


def _lookup(examples: Callable[[], list[Event]]) -> Spoil:
    @functools.cache
    def known() -> dict[bytes, Any]:
        return {_key(event.args, event.kwargs): event.value for event in examples() if event.outcome == "value"}

    def spoil(solve: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, bool]:
        key, table = _key(args, kwargs), known()
        if key in table:
            return table[key], False
        solve(*args, **kwargs)  # errors of the contract stay right: only the numbers are looked up
        return next(iter(table.values()), None), True

    return spoil


def _calls(module: ModuleType, name: str, namespace: dict[str, Any]) -> Spoil:
    def spoil(solve: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, bool]:
        # Builtins are trapped in the namespace of the learner's code, everything else in its module.
        call = namespace[name] if module is builtins else getattr(module, name)
        with suppress(Exception):  # the trap raises; a learner may swallow that, and the engine must still know
            call(np.eye(2))
        return solve(*args, **kwargs), True

    return spoil

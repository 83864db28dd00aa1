"""Say whether two answers, or two runs of a check, are the same for all that a learner could tell."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.grading.verdict import CheckRun
from autograder.kit.places import FilePath
from autograder.sandbox.handles import Event, RemoteThing

RTOL, ATOL = 1e-9, 1e-12


def equal(one: Any, other: Any) -> bool:
    """Compare two plain values; numbers may differ by rounding, NaN equals NaN."""
    if isinstance(one, RemoteThing) or isinstance(other, RemoteThing):
        return type(one) is type(other)
    if isinstance(one, FilePath) or isinstance(other, FilePath):
        return isinstance(one, FilePath) and isinstance(other, FilePath) and one.text == other.text
    if isinstance(one, np.random.Generator):
        return isinstance(other, np.random.Generator)  # seeded alike; what was drawn shows in the answers
    if type(one).__module__.startswith("matplotlib"):
        return type(one) is type(other)  # fresh axes are all alike
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        if type(one) is not type(other) or one.shape != other.shape:
            return False
        if one.dtype == other.dtype and one.dtype.kind in "biufc" and one.tobytes() == other.tobytes():
            return True
        if one.dtype.kind in "biufc" and other.dtype.kind in "biufc":
            with np.errstate(all="ignore"):
                return bool(np.all(np.isclose(one, other, rtol=RTOL, atol=ATOL, equal_nan=True)))
        return one.dtype.kind == other.dtype.kind and bool(np.all(one == other))
    if isinstance(one, bool | np.bool_) or isinstance(other, bool | np.bool_):
        return isinstance(one, bool | np.bool_) and isinstance(other, bool | np.bool_) and bool(one) is bool(other)
    number = int | float | complex | np.number
    if isinstance(one, number) and isinstance(other, number):
        return _numbers(one, other)
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(equal(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    return type(one) is type(other) and (callable(one) or bool(one == other))


def _numbers(one: Any, other: Any) -> bool:
    if type(one) is type(other) and one == other:
        return True
    try:
        return bool(np.isclose(complex(one), complex(other), rtol=RTOL, atol=ATOL, equal_nan=True))
    except OverflowError:  # integers beyond the range of float
        return one == other


def equal_events(one: Event, other: Event) -> bool:
    """Compare what two calls asked for and what came back; errors agree when their classes do."""
    if one.asked != other.asked or one.outcome != other.outcome:
        return False
    if not equal(one.args, other.args) or not equal(one.kwargs, other.kwargs):
        return False
    if one.outcome == "error":
        return one.value[:1] == other.value[:1]
    return one.outcome != "value" or equal(one.value, other.value)


def equal_traces(one: CheckRun, other: CheckRun) -> bool:
    """Say whether two implementations gave the same answers, call by call, in one check."""
    return (
        one.verdict == other.verdict
        and len(one.events) == len(other.events)
        and all(equal_events(a, b) for a, b in zip(one.events, other.events, strict=True))
    )

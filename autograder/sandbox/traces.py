"""Notice what an honest function could leave behind: globals, defaults, attributes of functions and classes, chance.

It runs beside the learner's code. Lying to it gains nothing: the next check of the same learner merely meets what the
learner's own code left there.
"""

from __future__ import annotations

import builtins
import sys
import types
import warnings
from collections.abc import Callable, Collection
from operator import attrgetter, is_
from typing import Any

import numpy as np

from autograder.sandbox import wire
from autograder.sandbox.chance import global_chance

UNCHANGING = {type(None), bool, int, float, complex, str, bytes, types.FunctionType, types.BuiltinFunctionType, type}
LARGE = 100_000  # bytes: larger arrays are not compared

PARTS = tuple(attrgetter(name) for name in ("__code__", "__defaults__", "__kwdefaults__", "__closure__"))
LEFT = attrgetter("__dict__")


class Traces:
    """A picture of a namespace, taken once and compared with what is there later."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        values = self.values = list(namespace.values())
        self.builtins = list(vars(builtins).values())
        self.functions = [value for value in values if type(value) is types.FunctionType]
        self.classes = [value for value in values if isinstance(value, type) and value.__module__ == "__main__"]
        self.parts = [list(map(part, self.functions)) for part in PARTS]
        self.containers: list[Callable[[], Any]] = [lambda held=value: held for name, value in namespace.items() if name != "__builtins__"]
        for function in self.functions:
            inner = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values(), vars(function) or None]
            self.containers += [lambda held=value: held for value in inner]
            self.containers += [lambda cell=cell: _content(cell) for cell in function.__closure__ or ()]
        for cls in self.classes:
            self.containers += [lambda held=value: held for value in vars(cls).values()]
        # Only what can change is looked at again.
        self.containers = [get for get in self.containers if picture(get()) is not None]
        self.before = self._look()

    def are_clean(self) -> bool:
        """Say whether everything is still as it was."""
        same = _are_same(vars(builtins).values(), self.builtins) and _are_same(self.namespace.values(), self.values)
        same = same and all(_are_same(list(map(part, self.functions)), old) for part, old in zip(PARTS, self.parts, strict=True))
        return same and self._look() == self.before

    def _look(self) -> list[Any]:
        return [
            *global_chance(),
            np.geterr(),
            len(sys.modules),
            len(warnings.filters),
            list(self.namespace),
            list(map(len, map(LEFT, self.functions))),
            [list(map(id, vars(cls).values())) for cls in self.classes],
            [picture(get()) for get in self.containers],
        ]


def _are_same(objects: Collection[Any], others: list[Any]) -> bool:
    return len(objects) == len(others) and all(map(is_, objects, others))


def picture(value: Any) -> Any:
    """Return something that changes when a container changes; None for what cannot change or is no plain data."""
    kind = type(value)
    if kind in UNCHANGING or kind not in (list, tuple, dict, set, np.ndarray):
        return None
    if kind is np.ndarray:
        return (value.shape, value.dtype.str, value.tobytes()) if value.nbytes <= LARGE else None
    if kind in (tuple, dict):
        items = value.values() if kind is dict else value
        if all(type(item) in UNCHANGING for item in items):
            return None if kind is tuple else tuple(map(id, items))
    try:
        return wire.encode(value, lambda item: wire.Handle(id(item), "other", ""))
    except ValueError:
        return b"unsendable"


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # the cell is empty
        return None

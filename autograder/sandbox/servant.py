"""The untrusted end of a dialogue: it holds the learner's objects and does what it is asked.

It runs beside the learner's code, so nothing that it says about itself decides a score.
"""

from __future__ import annotations

import builtins
import io
import linecache
import operator
import sys
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.kit.places import a_file, new_axes
from autograder.kit.words import drawing
from autograder.sandbox import wire
from autograder.sandbox.arrivals import LastingTraps
from autograder.sandbox.chance import global_chance

MAX_MESSAGE = 2000
MISSING = "missing"

OPERATORS: dict[str, Callable[..., Any]] = {
    name: getattr(operator, name)
    for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "neg", "pos", "abs",
                 "lt", "le", "gt", "ge", "eq", "getitem", "setitem", "contains")
}  # fmt: skip
OPERATORS |= {"len": len, "list": list, "float": float, "int": int, "bool": bool, "repr": repr, "str": str}
OPERATORS |= {"setattr": lambda target, name, value: setattr(target, name, value)}

ERRORS = {
    name: getattr(builtins, name)
    for name in ("ArithmeticError", "AssertionError", "AttributeError", "IndexError", "KeyError", "LookupError",
                 "NotImplementedError", "OverflowError", "RecursionError", "RuntimeError", "StopIteration", "TypeError",
                 "ValueError", "ZeroDivisionError")
}  # fmt: skip
ERRORS["LinAlgError"] = np.linalg.LinAlgError


class OutputLimit(Exception):
    """More was printed than the limit allows."""


class Printed(io.TextIOBase):
    """Stand in for stdout and stderr: count what is printed, keep nothing."""

    def __init__(self, limit: int) -> None:
        self.limit, self.count = limit, 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.count += len(text)
        if self.count > self.limit:
            raise OutputLimit(f"more than {self.limit} characters were printed")
        return len(text)


class Servant:
    """Serve requests about one namespace: call a name, read an attribute, apply an operator."""

    def __init__(
        self,
        names: Mapping[str, Any],
        namespace: dict[str, Any],
        ask_back: Callable[[bytes], bytes],
        *,
        banned: tuple[str, ...],
        watch_random: bool,
    ) -> None:
        # `names` are looked up; `namespace` holds the globals of the learner's functions, where traps are set.
        self.names, self.namespace, self.ask_back = names, namespace, ask_back
        self.objects: list[Any] = []
        self.places: dict[int, Any] = {}
        self.keep_to(banned, watch_random=watch_random)

    def keep_to(self, banned: tuple[str, ...], *, watch_random: bool) -> None:
        """Keep to these rules from now on."""
        self.traps = LastingTraps(banned, self.namespace)
        self.watch_random = watch_random

    def forget(self) -> None:
        """Forget what belonged to the check before."""
        self.objects.clear()
        self.places.clear()
        close_figures()

    def serve(self, frame: bytes) -> bytes:
        """Return the reply to one request."""
        op, target, name, args, kwargs = wire.decode(frame, self._resolve)
        if op == "call" and type(target) is str:
            if target not in self.names:
                return self._reply([MISSING, target])
            target = self.names[target]
        if op == "call":
            return self._run(target, args, kwargs)
        if op == "attribute":
            return self._run(getattr, [target, name], {})
        return self._run(OPERATORS[name], [target, *args], {})

    def _reply(self, message: list[Any]) -> bytes:
        try:
            return wire.encode(message, self._export)
        except ValueError as problem:
            return wire.encode(["error", ["UnsendableValue"], str(problem), "", message[-1]], self._export)

    def _run(self, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> bytes:
        arguments = [(f"argument {i + 1}", arg) for i, arg in enumerate(args)] + list(kwargs.items())
        before = [_picture(arg) for _, arg in arguments]
        chance = global_chance() if self.watch_random else None
        facts: dict[str, Any] = {}  # what there is nothing to say about is left out: most calls have nothing to say
        with self.traps as stepped:
            try:
                message = ["value", _plain(function(*args, **kwargs)), facts]
            except OutputLimit as problem:
                message = ["output", str(problem), facts]
            except (Exception, KeyboardInterrupt, SystemExit, GeneratorExit) as problem:
                message = [
                    "error",
                    [cls.__name__ for cls in type(problem).__mro__ if isinstance(cls.__name__, str)][:10],
                    _text(problem),
                    _line(problem),
                    facts,
                ]
        changed = [
            label for (label, arg), old in zip(arguments, before, strict=True) if old is not None and _picture(arg) != old
        ]
        if changed:
            facts["changed"] = changed
        generators = [wire.generator_state(arg) for _, arg in arguments if _is_generator(arg)]
        if generators:
            facts["generators"] = generators
        if stepped:
            facts["blocked"] = stepped[:1]
        if chance is not None and chance != global_chance():
            facts["global_random"] = True
        return self._reply(message)

    def _export(self, value: Any) -> wire.Handle | wire.Callback:
        if isinstance(value, GraderFunction):
            return wire.Callback(value.number, "")
        self.objects.append(value)
        plain = isinstance(value, np.ndarray | np.generic)
        kind = "other" if plain else "function" if callable(value) else "object"
        name = f"array of {value.dtype}" if plain else type(value).__name__
        return wire.Handle(len(self.objects) - 1, kind, name[:80])

    def _resolve(self, reference: wire.Handle | wire.Callback | wire.Place) -> Any:
        if isinstance(reference, wire.Handle):
            return self.objects[reference.number]
        if isinstance(reference, wire.Place):
            if reference.number not in self.places:
                make = a_file(reference.text) if reference.kind == "file" else new_axes()
                self.places[reference.number] = str(make) if reference.kind == "file" else make
            return self.places[reference.number]
        return GraderFunction(reference.number, reference.name, self)


class GraderFunction:
    """A function that stays with the grader: calling it sends the arguments there."""

    def __init__(self, number: int, name: str, servant: Servant) -> None:
        self.number, self.servant = number, servant
        self.__name__ = name or "f"

    def __copy__(self) -> GraderFunction:
        return self  # as a plain function does

    def __deepcopy__(self, memo: dict[int, Any]) -> GraderFunction:
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        servant = self.servant
        reply = servant.ask_back(wire.encode(["callback", self.number, list(args), kwargs], servant._export))
        kind, *rest = wire.decode(reply, servant._resolve)
        if kind == "value":
            generators = [arg for arg in (*args, *kwargs.values()) if _is_generator(arg)]
            for generator, state in zip(generators, rest[1], strict=True):
                wire.set_generator_state(generator, state)
            return rest[0]
        raise ERRORS.get(rest[0], RuntimeError)(rest[1])


def close_figures() -> None:
    """Close what pyplot keeps open, if it was ever loaded."""
    if "matplotlib.axes" in sys.modules and "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def _plain(value: Any) -> Any:
    """Turn matplotlib axes and figures into data; leave everything else alone."""
    if "matplotlib.axes" in sys.modules:
        from matplotlib.axes import Axes
        from matplotlib.figure import Figure

        if isinstance(value, Figure) and len(value.axes) == 1:
            value = value.axes[0]
        if isinstance(value, Axes):
            return drawing(value)
    return value


def _picture(value: Any) -> Any:
    """Return something that changes when plain data changes; None for other things."""
    if type(value) is np.ndarray:
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, np.ndarray | list | dict | set):
        try:
            return wire.encode(value, lambda item: wire.Handle(0, "other", ""))
        except ValueError:
            return b"unsendable"
    return None


def _is_generator(value: Any) -> bool:
    return type(value) is np.random.Generator and type(value.bit_generator) is np.random.PCG64


def _text(problem: BaseException) -> str:
    try:
        return str(problem).replace(f"{tempfile.gettempdir()}/", "")[:MAX_MESSAGE]  # a folder of this sandbox alone
    except Exception:  # the learner's own __str__ may do anything
        return ""


def _line(problem: BaseException) -> str:
    """Return the learner's own line in which an error arose."""
    trace, line = problem.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.startswith("<cell") or code.co_filename.rpartition("/")[2][:3].isdigit():
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
        trace = trace.tb_next
    return line[:200]

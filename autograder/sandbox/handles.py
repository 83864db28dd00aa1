"""The grader's end of a dialogue: handles that look like the learner's functions and objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

import numpy as np

from autograder.errors import ProtocolViolation
from autograder.kit.places import FilePath
from autograder.sandbox import wire
from autograder.sandbox.servant import ERRORS, MAX_MESSAGE

MAX_NAME, MAX_NAMES, MAX_LINE = 200, 10, 200  # of what the sandbox says about an error


class Stopped(BaseException):
    """A call ended the check: not an Exception, so that no check can swallow it."""

    def __init__(self, verdict: str, message: str, line: str = "") -> None:
        super().__init__(message)
        self.verdict, self.message, self.line = verdict, message, line


class RemoteError(Exception):
    """An exception of the learner's code: `type_names` are the names of its classes, most special first."""

    type_names: tuple[str, ...] = ()
    line: str = ""


REMOTE_ERRORS = {name: type(f"Remote{name}", (RemoteError, error), {}) for name, error in ERRORS.items()}


@dataclass(slots=True)
class Event:
    """One call of a check: what was asked and what came back.

    `call` is written for people; `asked` says the same without the names that a learner chose. `on` is the object whose
    method, attribute or operator was asked for.
    """

    call: str
    asked: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    outcome: str = ""
    value: Any = None
    text: str = ""
    line: str = ""
    on: Any = None


@dataclass(slots=True)
class Session:
    """One check's dialogue with the learner's code.

    `ask` sends a frame and returns the reply; `conform` is told the name and value of every answer of a named function
    and raises when the answer breaks its declared type.
    """

    ask: Callable[[bytes, Callable[[bytes], bytes]], bytes]
    conform: Callable[[str, Any], None] = lambda name, value: None
    hold: Callable[[Callable[[], Any]], Any] = lambda call: call()
    events: list[Event] = field(default_factory=list)
    functions: list[Callable[..., Any]] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)
    serving: int = 0
    heard_as: Callable[[Any], Any] = lambda value: value
    banned: tuple[str, ...] = ()

    def function(self, name: str) -> RemoteFunction:
        """Return a handle for the function or class that the learner defines as `name`."""
        return RemoteFunction(self, name, name)

    def request(self, op: str, target: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], label: str) -> Any:
        """Ask for one thing; return its value or raise what the learner's code raised."""
        on, method = (None, target) if type(target) is str else (target, "")
        if isinstance(target, RemoteFunction) and target._method:
            on, method = target._method
        event = Event(label, f"{op} {name or method}", _copied(args), _copied(kwargs), on=on)
        if not self.serving:  # what happens inside a lent function is no call of the check
            self.events.append(event)
        frame = wire.encode([op, target, name, list(args), kwargs], self._export)
        try:
            reply = wire.decode(self.ask(frame, self.serve), self._resolve)
            return self._open(reply, event, args, kwargs)
        except Stopped as stop:
            if not event.outcome:
                event.outcome, event.text, event.line = stop.verdict, stop.message, stop.line
            raise
        except ProtocolViolation as problem:  # an Exception, which a check could take for the learner's own
            raise Stopped("crashed", f"Your code disturbed the grader's questions: {problem}.") from None

    def _open(self, reply: Any, event: Event, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        kind, *rest = reply if type(reply) is list and reply and type(reply[0]) is str else [""]
        if kind == "missing":
            event.outcome = "missing"
            raise Stopped("missing", f"`{event.call}` is not defined in the notebook.")
        facts = rest[-1] if rest and type(rest[-1]) is dict else {}
        if kind == "value" and len(rest) == 2:
            event.outcome, event.value = "value", _copied(rest[0])
        elif kind == "error" and len(rest) == 4 and _strings(rest[0]) and all(type(item) is str for item in rest[1:3]):
            names = tuple(name[:MAX_NAME] for name in _strings(rest[0])[:MAX_NAMES])
            event.outcome, event.value, event.text, event.line = "error", names, rest[1][:MAX_MESSAGE], rest[2][:MAX_LINE]
        elif kind == "output" and len(rest) == 2 and type(rest[0]) is str:
            raise Stopped("output_limit", f"Your code printed too much: {rest[0][:MAX_LINE]}.")
        else:
            raise ProtocolViolation("a reply that is neither a value nor an error")
        self._judge_conduct(facts, event, args, kwargs)
        if event.outcome == "error":
            raise self._error(event)
        self.conform(event.call, rest[0])
        return self.heard_as(rest[0])

    def _judge_conduct(self, facts: dict[str, Any], event: Event, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        blocked = _strings(facts.get("blocked"))
        if blocked:
            # The word comes from the sandbox and could carry a hidden input out: only banned names are repeated.
            name = blocked[0] if any(fnmatchcase(blocked[0], pattern) for pattern in self.banned) else "a banned function"
            raise Stopped("blocked", f"Your code called {name[:60]}. {BANNED_HINT}")
        generators = [arg for arg in (*args, *kwargs.values()) if type(arg) is np.random.Generator]
        states = facts.get("generators")
        if type(states) is list and len(states) == len(generators):
            for generator, state in zip(generators, states, strict=True):
                wire.set_generator_state(generator, state if type(state) is list else [])
        changed = _strings(facts.get("changed"))
        if changed:
            names = {f"argument {place + 1}" for place in range(len(args) + 1)} | set(kwargs)
            event.outcome, event.text = "changed", changed[0] if changed[0] in names else "an argument"
            raise Stopped("failed", f"Your function changed {event.text}. {CHANGED_HINT}")
        if facts.get("global_random"):
            raise Stopped("failed", f"Your function used the global random state. {RANDOM_HINT}")

    def _error(self, event: Event) -> RemoteError:
        names = event.value
        kind = next((REMOTE_ERRORS[name] for name in names if name in REMOTE_ERRORS), RemoteError)
        error = kind(event.text)
        error.type_names, error.line = names, event.line
        return error

    def serve(self, frame: bytes) -> bytes:
        """Answer a call that the learner's code makes to a function of the grader."""
        message = wire.decode(frame, self._resolve)
        if type(message) is not list or len(message) != 4 or message[0] != "callback":
            raise ProtocolViolation("a request that is not a callback")
        _, number, args, kwargs = message
        fits = type(number) is int and 0 <= number < len(self.functions) and type(args) is list and type(kwargs) is dict
        if not fits or not all(type(key) is str for key in kwargs):
            raise ProtocolViolation("a callback to nothing")
        self.serving += 1
        try:
            value = self.hold(lambda: self.functions[number](*args, **kwargs))
            generators = [arg for arg in (*args, *kwargs.values()) if type(arg) is np.random.Generator]
            return wire.encode(["value", value, [wire.generator_state(g) for g in generators]], self._export)
        except Exception as problem:  # whatever the arguments did to our function, the learner's code gets it back
            names = [cls.__name__ for cls in type(problem).__mro__]
            return wire.encode(["error", next((n for n in names if n in ERRORS), "RuntimeError"), str(problem)[:500]], self._export)
        finally:
            self.serving -= 1

    def _export(self, value: Any) -> wire.Handle | wire.Callback | wire.Place:
        if isinstance(value, RemoteThing):
            return value._handle
        if isinstance(value, FilePath) or type(value).__module__.startswith("matplotlib"):
            if not any(value is place for place in self.places):
                self.places.append(value)
            number = next(i for i, place in enumerate(self.places) if place is value)
            return wire.Place("file", number, value.text) if isinstance(value, FilePath) else wire.Place("axes", number, "")
        if callable(value):
            self.functions.append(value)
            return wire.Callback(len(self.functions) - 1, getattr(value, "__name__", "f"))
        raise ValueError(f"a check cannot send a {type(value).__name__} to the sandbox")

    def _resolve(self, reference: wire.Handle | wire.Callback | wire.Place) -> Any:
        if isinstance(reference, wire.Place):
            raise ProtocolViolation("a file or axes from the sandbox")
        if isinstance(reference, wire.Callback):
            if not 0 <= reference.number < len(self.functions):
                raise ProtocolViolation("a callback to nothing")
            return self.functions[reference.number]
        if reference.kind == "function":
            return RemoteFunction(self, reference, reference.type_name)
        return RemoteObject(self, reference)


BANNED_HINT = "This exercise does not allow that; build the answer from smaller parts."
CHANGED_HINT = "You altered the caller's data; work on a copy."
RANDOM_HINT = "Use the given generator, as often as the contract says."


class RemoteThing:
    """Anything that stays in the sandbox."""

    __slots__ = ("_handle", "_label", "_session")
    # numpy would ask an object for its entries, and these for theirs, without end; operators are left to us.
    __array_ufunc__ = None

    def __init__(self, session: Session, handle: wire.Handle | str, label: str = "") -> None:
        self._session, self._handle, self._label = session, handle, label or getattr(handle, "type_name", "")

    def __repr__(self) -> str:
        return f"<{self._label}>"

    def __array__(self, *_args: Any, **_kwargs: Any) -> Any:
        raise TypeError(f"{self!r} is no array")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in ("type_names", "stops") or name.startswith("_repr"):
            raise AttributeError(name)
        if isinstance(self._handle, str):
            raise AttributeError(f"{self._label} has not been called")
        value = self._session.request("attribute", self, name, (), {}, f"{self._label}.{name}")
        if isinstance(value, RemoteFunction):
            value._label, value._method = f"{self._label}.{name}", (self, f".{name}")
        return value


class RemoteFunction(RemoteThing):
    """A function, class or method of the learner's."""

    __slots__ = ("_method",)

    def __init__(self, session: Session, handle: wire.Handle | str, label: str = "") -> None:
        super().__init__(session, handle, label)
        self._method: tuple[RemoteThing, str] | None = None  # the object that it was asked of, and its name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        target = self._handle if isinstance(self._handle, str) else self
        return self._session.request("call", target, "", args, kwargs, self._label)


class RemoteObject(RemoteThing):
    """An object of the learner's class: attributes and operators are forwarded; == is not, so it cannot lie."""

    __slots__ = ()

    def _apply(self, name: str, *args: Any) -> Any:
        return self._session.request("operator", self, name, args, {}, f"{name} of {self._label}")


def number_of(thing: RemoteThing) -> int | None:
    """Return the number of a thing that a call gave back; what is known by a name of the notebook has none."""
    return None if isinstance(thing._handle, str) else thing._handle.number


def _forward(name: str) -> Callable[..., Any]:
    return lambda self, *args: self._apply(name, *args)


def _refuse_to_judge(self: RemoteObject, *_others: Any) -> bool:
    # An object that says of itself that it is small enough would be believed.
    raise TypeError(f"{self!r} is no number that can be compared")


def _reflect(name: str) -> Callable[..., Any]:
    # The number comes first: 2 / x asks the sandbox for truediv(2, x).
    return lambda self, other: self._session.request("operator", other, name, (self,), {}, f"{name} of {self._label}")


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    setattr(RemoteObject, f"__{_name}__", _forward(_name))
    setattr(RemoteObject, f"__r{_name}__", _reflect(_name))
for _name in ("neg", "pos", "abs", "getitem", "setitem", "len", "float", "int"):
    setattr(RemoteObject, f"__{_name}__", _forward(_name))
for _name in ("lt", "le", "gt", "ge", "bool", "contains"):
    setattr(RemoteObject, f"__{_name}__", _refuse_to_judge)
RemoteObject.__call__ = lambda self, *args, **kwargs: self._session.request("call", self, "", args, kwargs, self._label)  # type: ignore[attr-defined]
RemoteObject.__iter__ = lambda self: iter(self._apply("list"))  # type: ignore[attr-defined]


def _strings(value: Any) -> list[str]:
    return [item for item in value if type(item) is str] if type(value) is list else []


def _copied(value: Any) -> Any:
    """Copy plain data so that later changes do not rewrite what is recorded; keep everything else as it is."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, tuple | list):
        return type(value)(_copied(item) for item in value)
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return value

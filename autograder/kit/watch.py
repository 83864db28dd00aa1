"""Watch a learner's function while a public check calls it, and explain what failed.

The text of this module is copied into notebooks, so it needs nothing but numpy and the standard library.
"""

import inspect
import linecache
import random
import re
import warnings
from contextlib import nullcontext

import numpy as np

from autograder.kit.words import CheckFailed, kind_of


class Stopped(BaseException):
    """A call ended the check: not an Exception, so that no check can swallow it."""


class NotAttempted(Exception):
    """The function is still the stub."""


class NotDefined(Exception):
    """The notebook does not define the name."""


class YourCodeStopped(Exception):
    """The learner's code raised an error."""


class Rules:
    """What every call of an exercise's function must respect."""

    def __init__(self, name, *, conform=lambda value: "", guard=lambda namespace: nullcontext([]), chance=False):
        self.name, self.conform, self.guard, self.chance = name, conform, guard, chance


class Call:
    """One call: what went in, and what came back."""

    def __init__(self, name, args, kwargs):
        self.name, self.args, self.kwargs = name, copied(args), copied(kwargs)
        self.came_back, self.value, self.error = False, None, None

    def __str__(self):
        arguments = [short(arg) for arg in self.args] + [f"{key}={short(arg)}" for key, arg in self.kwargs.items()]
        return f"{self.name}({', '.join(arguments)})"


class Watched:
    """A learner's function under watch; every call is written into the diary."""

    def __init__(self, name, function, rules, diary):
        self.name, self.function, self.rules, self.diary = name, function, rules, diary

    def __call__(self, *args, **kwargs):
        if not callable(self.function):
            raise Stopped(f"`{self.name}` is not defined yet. Run the cell that defines it.")
        call = Call(self.name, args, kwargs)
        self.diary.append(call)
        value = self._run(call, args, kwargs)
        if type(value).__name__ == "Figure" and len(getattr(value, "axes", ())) == 1:
            value = value.axes[0]
        call.came_back, call.value = True, value
        problem = self.rules.conform(value) if self.name == self.rules.name else ""
        if problem:
            raise CheckFailed(problem)
        return value

    def _run(self, call, args, kwargs):
        before = global_chance() if self.rules.chance else None
        value = None
        with self.rules.guard(getattr(inspect.unwrap(self.function), "__globals__", {})) as stepped:
            try:
                value = self.function(*args, **kwargs)
            except (Exception, SystemExit) as problem:
                call.error = problem
        if stepped:
            raise Stopped(f"Your code called {stepped[0]}. This exercise does not allow that; build the answer from smaller parts.")
        labels = [f"argument {position + 1}" for position in range(len(args))] + list(kwargs)
        now, then = [*args, *kwargs.values()], [*call.args, *call.kwargs.values()]
        for label, one, other in zip(labels, now, then):
            if not unchanged(one, other):
                raise Stopped(f"Your function changed {label}. You altered the caller's data; work on a copy.")
        if before is not None and before != global_chance():
            raise Stopped(
                "Your function used the global random state. Use the given generator, as often as the contract says."
            )
        if isinstance(call.error, SystemExit):
            raise Stopped("Your code stopped with SystemExit. Return the result instead.")
        if call.error is not None:
            raise call.error
        return value


class Watching:
    """Mixed into a case of otter-grader: the check's calls are watched, and its failure is explained."""

    def __init__(self, *, rules, seed, **facts):
        super().__init__(**facts)
        self.rules, self.seed = rules, seed

    def call_func(self, global_environment):
        diary = []
        arguments = {}
        for name in inspect.signature(self.test_func).parameters:
            thing = global_environment.get(name)
            if name == "rng":
                arguments[name] = np.random.default_rng(self.seed)
            else:
                arguments[name] = thing if isinstance(thing, type) else Watched(name, thing, self.rules, diary)
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self.test_func(**arguments)
        except (Exception, Stopped) as problem:
            # otter-grader shows the line of the third frame: leave our own frame out, so that it is the check's.
            trace = problem.__traceback__.tb_next
            raise explained(problem, diary, global_environment).with_traceback(trace) from None

    def __reduce__(self):
        # otter-grader writes results into its log: there, a case is its plain facts.
        facts = (self.name, self.points, self.hidden, self.success_message, self.failure_message)
        return type(self).__bases__[-1], facts


def explained(problem, diary, namespace):
    """Return the exception whose text tells the learner what happened."""
    call = diary[-1] if diary else None
    lines = [f"  Your call:  {call}"] if call else []
    if call and call.came_back:
        lines.append(f"  Came back:  {short(call.value)}")
    if isinstance(problem, CheckFailed):
        expected = getattr(problem, "expected", None)
        if isinstance(expected, (np.ndarray, tuple, list, dict)) and len(np.shape(expected) or (1,)):
            lines.append(f"  Expected ({str(problem).partition(':')[0]}):  {short(expected)}")
        return CheckFailed(readable("\n".join([str(problem), *lines])))
    if isinstance(problem, Stopped):
        kind = NotDefined if "is not defined" in str(problem) else CheckFailed
        return kind(readable("\n".join([str(problem), *lines])))
    if isinstance(problem, NotImplementedError):
        name, found, _ = str(problem).partition(": not attempted yet")
        name = name if found else (call.name if call else "this function")
        return NotAttempted(f"Not attempted yet: `{name}` is still the stub.")
    line = learners_line(problem, namespace)
    if line is not None or (call and call.error is problem):
        lines = [f"  Your line:  {line}"] * bool(line) + lines
        text = f"Your code stopped with {type(problem).__name__}: {problem}".rstrip(": ")
        return YourCodeStopped(readable("\n".join([text, *lines])))
    # An exercise that is a class is not called through the watch: then only the error itself can tell.
    what = kind_of(call.value) if call else f"{type(problem).__name__}: {problem}"
    return CheckFailed(readable("\n".join([f"The check cannot use what came back: {what}.", *lines])))


def learners_line(problem, namespace):
    """Return the last line of the notebook that an error went through, or None."""
    trace, line = problem.__traceback__, None
    while trace is not None:
        if trace.tb_frame.f_globals is namespace:
            line = linecache.getline(trace.tb_frame.f_code.co_filename, trace.tb_lineno).strip()
        trace = trace.tb_next
    return line


def copied(value):
    """Copy plain data so that later changes show; keep everything else as it is."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (tuple, list):
        return type(value)(copied(item) for item in value)
    if type(value) is dict:
        return {key: copied(item) for key, item in value.items()}
    return set(value) if type(value) is set else value


def unchanged(one, other):
    """Say whether plain data is still what it was; other things count as unchanged."""
    plain = (np.ndarray, tuple, list, dict, set, int, float, complex, str, bytes, np.generic)
    if not isinstance(other, plain):
        return True
    if type(one) is not type(other):
        return False
    if isinstance(other, np.ndarray):
        same_form = one.shape == other.shape and one.dtype == other.dtype
        return same_form and (other.dtype.kind == "O" or one.tobytes() == other.tobytes())
    if isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(unchanged(a, b) for a, b in zip(one, other))
    if isinstance(other, dict):
        return list(one) == list(other) and all(unchanged(one[key], other[key]) for key in other)
    return bool(one == other or (one != one and other != other))


def global_chance():
    """Return the state of the global random generators of numpy and Python."""
    _, keys, position, *_ = np.random.get_state()
    return keys.tobytes(), position, random.getstate()


def short(value, limit=160):
    """Write a value on one short line."""
    with np.printoptions(precision=6, threshold=24, edgeitems=3, linewidth=10**6):
        text = " ".join(repr(plainly(value)).split())
    return text if len(text) <= limit else f"{text[: limit - 4]} ..."


class Bare:
    """A word that is shown without quotes."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text


def plainly(value):
    """Replace numpy scalars, generators and functions inside a value by something that reads well."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.random.Generator):
        return Bare("rng")
    if type(value) in (tuple, list):
        return type(value)(plainly(item) for item in value)
    if type(value) is dict:
        return {key: plainly(item) for key, item in value.items()}
    if callable(value):
        return Bare("a function" if getattr(value, "__name__", "<").startswith("<") else value.__name__)
    return value


def readable(text):
    """Keep a text from being taken for HTML tags where the notebook shows it."""
    return re.sub(r"<(?=[A-Za-z/!?])", "< ", text)

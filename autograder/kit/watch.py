"""Watch a learner's function while a public check calls it, and explain what failed.

The text of this module is copied into notebooks, so it needs nothing but numpy and the standard library.
"""

import inspect
import linecache
import operator
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
    """What every call of an exercise's function must respect; how many checks stay hidden; which wrong answers are known."""

    def __init__(
        self, name, *, conform=lambda value: "", guard=lambda namespace: nullcontext([]), chance=False, hidden=0, hints=None
    ):
        self.name, self.conform, self.guard, self.chance = name, conform, guard, chance
        self.hidden, self.hints = hidden, hints or {}


class Call:
    """One call: what went in, and what came back."""

    def __init__(self, name, args, kwargs):
        self.name, self.args, self.kwargs = name, copied(args), copied(kwargs)
        self.came_back, self.value, self.error = False, None, None

    def __str__(self):
        if self.args is None:
            return self.name  # an attribute was read
        arguments = [short(arg) for arg in self.args] + [f"{key}={short(arg)}" for key, arg in self.kwargs.items()]
        return f"{self.name}({', '.join(arguments)})"


class Watched:
    """A learner's function or class under watch; every call is written into the diary."""

    def __init__(self, name, function, rules, diary, *, kind=None):
        self.name, self.function, self.rules, self.diary = name, function, rules, diary
        self.kind = function if isinstance(function, type) else kind

    def __call__(self, *args, **kwargs):
        if not callable(self.function):
            raise Stopped(f"`{self.name}` is not defined yet. Run the cell that defines it.")
        args, kwargs = [bare(arg) for arg in args], {key: bare(arg) for key, arg in kwargs.items()}
        call = Call(self.name, args, kwargs)
        self.diary.append(call)
        value = self._run(call, args, kwargs)
        if type(value).__name__ == "Figure" and len(getattr(value, "axes", ())) == 1:
            value = value.axes[0]
        call.came_back, call.value = True, value
        problem = self.rules.conform(value) if self.name == self.rules.name else ""
        if problem:
            raise CheckFailed(problem)
        if self.kind and isinstance(value, self.kind):
            call.value = value = Thing(value, self.rules, self.diary)
        if type(value) is tuple and any(map(inspect.isroutine, value)):
            return tuple(self._watched(item, f"{call}[{place}]") for place, item in enumerate(value))
        return self._watched(value, call)

    def _watched(self, value, name):
        """Put a function that came back under watch; its name says where it came from."""
        return Watched(str(name), value, self.rules, self.diary) if inspect.isroutine(value) else value

    def _run(self, call, args, kwargs):
        before = global_chance() if self.rules.chance else None
        value = None
        code = self.kind.__init__ if self.kind else inspect.unwrap(self.function)
        with self.rules.guard(getattr(code, "__globals__", {})) as stepped:
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


def forwarding(cls):
    """Give a class the operators of Python: each becomes a watched call that ends at the object behind it."""

    def forward(name, do):
        return lambda self, *others: self._watched(f"{name} of", do)(self, *others)

    def reflect(name, do):
        return lambda self, other: self._watched(f"{name} of", do)(other, self)

    for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
        setattr(cls, f"__{name}__", forward(name, getattr(operator, name)))
        setattr(cls, f"__r{name}__", reflect(name, getattr(operator, name)))
    for name in ("neg", "pos", "abs", "lt", "le", "gt", "ge", "getitem", "setitem", "contains"):
        setattr(cls, f"__{name}__", forward(name, getattr(operator, name)))
    for name, do in (("len", len), ("float", float), ("int", int), ("bool", bool), ("iter", iter)):
        setattr(cls, f"__{name}__", forward(name, do))
    return cls


@forwarding
class Thing:
    """An object of the learner's class under watch: methods, operators and attributes are written into the diary."""

    def __init__(self, value, rules, diary):
        self._value, self._rules, self._diary = value, rules, diary

    def __repr__(self):
        return f"<{self._rules.name}>"

    def __call__(self, *args, **kwargs):
        return self._watched("call of", self._value)(*args, **kwargs)

    def __getattr__(self, name):
        value = getattr(self._value, name)
        if callable(value):
            return self._watched(f"{self._rules.name}.{name}", value)
        call = Call(f"{self._rules.name}.{name}", None, {})
        call.came_back, call.value = True, value
        self._diary.append(call)
        return value

    def _watched(self, name, function):
        label = f"{name} {self._rules.name}" if name.endswith(" of") else name
        return Watched(label, function, self._rules, self._diary, kind=type(self._value))


def bare(value):
    """Take the learner's objects out of the watch before they go back into the learner's code."""
    if isinstance(value, Thing):
        return value._value
    if isinstance(value, Watched):
        return value.function
    return type(value)(bare(item) for item in value) if type(value) in (list, tuple) else value


def watched_run(function, namespace, rules, seed):
    """Run a check against the names of a notebook; return what went wrong, or None, and the calls that it made."""
    diary, arguments = [], {}
    for name in inspect.signature(function).parameters:
        is_chance = name == "rng"
        arguments[name] = np.random.default_rng(seed) if is_chance else Watched(name, namespace.get(name), rules, diary)
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            function(**arguments)
    except (Exception, Stopped) as problem:
        return problem, diary
    return None, diary


class Watching:
    """Mixed into a case of otter-grader: the check's calls are watched, and its failure is explained."""

    problem, diary = None, ()

    def __init__(self, *, rules, seed, **facts):
        super().__init__(**facts)
        self.rules, self.seed = rules, seed

    def call_func(self, global_environment):
        self.problem, self.diary = None, ()
        problem, self.diary = watched_run(self.test_func, global_environment, self.rules, self.seed)
        if problem is not None:
            # otter-grader shows the line of the third frame: leave our own frame out, so that it is the check's.
            trace = problem.__traceback__.tb_next
            self.problem = explained(problem, self.diary, global_environment)
            raise self.problem.with_traceback(trace) from None

    def __reduce__(self):
        # otter-grader writes results into its log: there, a case is its plain facts.
        facts = (self.name, self.points, self.hidden, self.success_message, self.failure_message)
        return type(self).__bases__[-1], facts


def kind_of_failure(problem, diary, line=None):
    """Say which of the four kinds a failure is; `line` is the learner's line that it went through, if any."""
    if isinstance(problem, CheckFailed):
        return CheckFailed
    if isinstance(problem, Stopped):
        return NotDefined if "is not defined" in str(problem) else CheckFailed
    if isinstance(problem, NotImplementedError):
        return NotAttempted
    is_theirs = line is not None or (diary and diary[-1].error is problem)
    return YourCodeStopped if is_theirs else CheckFailed


def explained(problem, diary, namespace):
    """Return the exception whose text tells the learner what happened."""
    call = diary[-1] if diary else None
    line = learners_line(problem, namespace)
    kind = kind_of_failure(problem, diary, line)
    facts = {"call": str(call) if call else "", "came_back": short(call.value) if call and call.came_back else ""}
    if kind is NotAttempted:
        name, found, _ = str(problem).partition(": not attempted yet")
        name = name if found else (call.name if call else "this function")
        return NotAttempted(f"Not attempted yet: `{name}` is still the stub.")
    if kind is YourCodeStopped:
        text = f"Your code stopped with {type(problem).__name__}: {problem}".rstrip(": ")
        return YourCodeStopped(told(text, line=line or "", **facts))
    if isinstance(problem, (CheckFailed, Stopped)):
        return kind(told(str(problem), expected=expected_of(str(problem), getattr(problem, "expected", None)), **facts))
    what = kind_of(call.value) if call else f"{type(problem).__name__}: {problem}"
    return CheckFailed(told(f"The check cannot use what came back: {what}.", **facts))


def expected_of(message, expected):
    """Return (what, value) of the answer that a check expected, both as text; empty when it named none."""
    what = message.partition(":")[0]
    return ("", "") if expected is None else ("" if what == "the result" else what, short(expected))


def told(message, *, call="", came_back="", expected=("", ""), line=""):
    """Write down what a failed check found: the message, and below it the facts that are known."""
    what, value = expected
    label = f"Expected ({what})" if what else "Expected"
    facts = (("Your line", line), ("Your call", call), ("Came back", came_back), (label, value))
    return readable("\n".join([message, *(f"  {f'{label}:':11} {text}" for label, text in facts if text)]))


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
    if type(value).__repr__ is object.__repr__:
        return Bare(f"<{type(value).__name__}>")
    return value


def readable(text):
    """Keep a text from being taken for HTML tags where the notebook shows it."""
    return re.sub(r"<(?=[A-Za-z/!?])", "< ", text)

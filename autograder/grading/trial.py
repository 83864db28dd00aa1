"""Run one check against one implementation, wherever it lives."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from autograder.authoring.model import Check, Exercise
from autograder.authoring.seeds import seed_of
from autograder.errors import SandboxBroken
from autograder.grading.compare import equal
from autograder.grading.verdict import CheckRun, Verdict
from autograder.kit.conform import conform
from autograder.kit.words import CheckFailed, kind_of
from autograder.sandbox.handles import Event, RemoteError, Session, Stopped
from autograder.sandbox.loopback import loopback
from autograder.sandbox.servant import close_figures

NOT_YET = "NotImplementedError"
RESERVED = ("rng", "reference")
# What no answer can cause: a full or broken disk, or no more files for this process.
OWN_TROUBLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}


def conformity(exercise: Exercise) -> Callable[[str, Any], None]:
    """Return a function that raises CheckFailed when an answer breaks the exercise's declared return type."""

    def judge(call: str, value: Any) -> None:
        if call == exercise.name:
            problem = conform(value, exercise.returns)
            if problem:
                raise CheckFailed(problem)

    return judge


def run_check(exercise: Exercise, check: Check, session: Session, *, secret: str) -> CheckRun:
    """Run a check whose calls go through `session`, and say what it found.

    Raises SandboxBroken when our own side failed.
    """
    values: dict[str, Any] = {"rng": np.random.default_rng(seed_of(secret, exercise, check)), "reference": exercise.reference}
    arguments = {name: values[name] if name in RESERVED else session.function(name) for name in check.needs}

    def found(verdict: Verdict, message: str = "", **more: Any) -> CheckRun:
        return CheckRun(check.name, verdict, message, events=tuple(session.events), **more)

    try:
        with np.errstate(all="ignore"):
            check.function(**arguments)
    except CheckFailed as failure:
        return found(Verdict.FAILED, str(failure), expected=failure.expected, got=failure.got)
    except Stopped as stop:
        return found(Verdict(stop.verdict), stop.message, line=stop.line)
    except RemoteError as error:
        return _crashed(error, found)
    except SandboxBroken:
        raise
    except Exception as problem:
        if isinstance(problem, OSError) and problem.errno in OWN_TROUBLE:
            note = "".join(traceback.format_exception(problem))
            return found(Verdict.OUR_FAULT, "The grader's own machine failed during this check.", staff_note=note)
        answers = [event for event in session.events if event.outcome == "value"]
        note = "".join(traceback.format_exception(problem))
        if not answers:
            return found(Verdict.OUR_FAULT, "The check itself failed before it asked anything.", staff_note=note)
        # The same check passes with the reference, so what came back must be the reason.
        what = kind_of(answers[-1].value)
        return found(Verdict.FAILED, f"The check cannot use what came back: {what}.", staff_note=note)
    return found(Verdict.PASSED)


def _crashed(error: RemoteError, found: Callable[..., CheckRun]) -> CheckRun:
    names = error.type_names
    if "MemoryError" in names:
        return found(Verdict.MEMORY, "Your code asked for more memory than the limit.", line=error.line)
    if "UnsendableValue" in names:
        return found(Verdict.FAILED, "The result is too large or nested too deeply to be compared.")
    if names[0] == NOT_YET:
        return found(Verdict.NOT_ATTEMPTED, "The function still raises NotImplementedError: take that line out.")
    text = f": {error}" if str(error) else ""
    return found(Verdict.CRASHED, f"Your code stopped with {names[0][:60]}{text}", line=error.line)


def rehearse(
    exercise: Exercise,
    check: Check,
    solution: Any,
    *,
    secret: str,
    seconds: float,
    listen: Callable[[bytes, int], None] = lambda frame, depth: None,
    lends: Iterable[Callable[..., Any]] = (),
    heard_as: Callable[[Any], Any] = lambda value: value,
) -> CheckRun:
    """Run a check against a solution that we wrote ourselves, in this process.

    `listen` is told every request, and how many others wait for it; `lends` take the first numbers among the check's
    functions, as they do in a sandbox. The check hears every answer as `heard_as` makes it.
    """
    session = loopback(
        {exercise.name: solution},
        exercise.namespace,
        banned=exercise.facts.banned,
        watch_random=exercise.takes_chance,
        seconds=seconds,
        conform=conformity(exercise),
        listen=listen,
    )
    session.functions.extend(lends)
    session.heard_as = heard_as
    try:
        return run_check(exercise, check, session, secret=secret)
    finally:
        close_figures()


def failing_call(run: CheckRun) -> tuple[Event | None, bool]:
    """Return the call behind a failed check, and whether what the check expected is what this call should have returned.

    It is the last call that returned what the check found wrong. Where the check judged something that it made of several
    answers, the last call stands for them, and what was expected belongs to none of them.
    """
    last = run.events[-1] if run.events else None
    if run.got is None:
        return last, True
    whole = (event for event in reversed(run.events) if event.outcome == "value" and _is_in(run.got, event.value))
    event = next(whole, None)
    return (last, len(run.events) == 1) if event is None else (event, True)


def _is_in(part: Any, value: Any) -> bool:
    """Say whether an answer is a value, or has it among its parts."""
    parts = value.values() if type(value) is dict else value if isinstance(value, list | tuple) else ()
    return equal(value, part) or any(_is_in(part, item) for item in parts)

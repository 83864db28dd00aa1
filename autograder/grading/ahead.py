"""Ask ahead, and judge equal answers once.

A check's *script* is what it asks when the reference answers. The script is sent at once, so that the sandbox works while
the grader compares. A check that asks something else is run anew, question by question. A check is a pure function of what
it hears: a conversation that was heard before, byte for byte, gets the verdict that it got then.

A question that depends on an answer would tell the answer: nothing from there on is asked ahead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from itertools import accumulate
from typing import Any

import numpy as np

from autograder.authoring.model import Check, Exercise
from autograder.grading.trial import rehearse
from autograder.grading.verdict import CheckRun, Verdict
from autograder.sandbox.handles import Session
from autograder.sandbox.dialogue import Dialogue

MAX_SCRIPT = 48_000  # bytes: what the socket takes without waiting for a reader
MAX_REMEMBERED = 64 * 2**20  # bytes heard, over all checks
NUDGE = 2.0**-44
COMMON = {0, 1, -1, 2, 3, 0.5, 10, ""}  # answers that a question may contain by accident

Heard = list[tuple[bytes, bytes]]
Lends = dict[str, Callable[..., Any]]


@dataclass
class Script:
    """What one check asks, and what was said at the end of conversations that it led.

    The keys are digests of all that was heard so far. `replies` holds what the check answered to a callback there, and
    `verdicts` what the check found there, or None while it went on asking.
    """

    frames: tuple[bytes, ...] = ()
    replies: dict[bytes, bytes] = field(default_factory=dict)
    verdicts: dict[bytes, CheckRun | None] = field(default_factory=dict)


class Scripts:
    """The scripts of an assignment's checks, each made when its check is first run."""

    def __init__(self, *, secret: str, seconds: float) -> None:
        self.secret, self.seconds = secret, seconds
        self.known: dict[tuple[str, str], Script] = {}
        self.remembered = 0

    def of(self, exercise: Exercise, check: Check, lends: Lends) -> Script:
        """Return the script of a check; it has no frames when what the check asks cannot be foreseen."""
        key = exercise.name, check.name
        if key not in self.known:
            self.known[key] = Script(self._frames(exercise, check, lends))
        return self.known[key]

    def _frames(self, exercise: Exercise, check: Check, lends: Lends) -> tuple[bytes, ...]:
        frames: list[bytes] = []
        depths: list[int] = []

        def listen(frame: bytes, depth: int) -> None:
            frames.append(frame)
            depths.append(depth)

        solution, seconds = exercise.reference, exercise.facts.seconds or self.seconds
        run = rehearse(exercise, check, solution, secret=self.secret, seconds=seconds, listen=listen, lends=lends.values())
        # A question inside a callback would come between those that were asked ahead.
        if run.verdict is not Verdict.PASSED or any(depths):
            return ()
        heard: list[bytes] = []
        again = {"secret": self.secret, "seconds": seconds, "lends": lends.values()}
        rehearse(exercise, check, _nudged(solution), listen=lambda frame, depth: heard.append(frame), **again)
        differ = (place for place, pair in enumerate(zip(frames, heard, strict=False)) if len(set(pair)) > 1)
        told = min(_first_told(run), next(differ, len(heard)))
        sizes = accumulate(map(len, frames))
        return tuple(frame for frame, size in zip(frames[:told], sizes, strict=False) if size <= MAX_SCRIPT)

    def run(self, script: Script, session: Session, dialogue: Dialogue, judge: Callable[[], CheckRun]) -> CheckRun:
        """Return what was found when the same was heard before, or let `judge` run the check and remember what it says."""
        if not script.frames:
            return judge()
        found = self._recall(script, dialogue)
        if found is not None:
            return found
        heard: Heard = []
        ask = session.ask

        def listening(frame: bytes, serve: Callable[[bytes], bytes]) -> bytes:
            def serving(request: bytes) -> bytes:
                reply = serve(request)
                heard.append((b"Q" + request, reply))
                return reply

            heard.append((b"A" + ask(frame, serving), b""))
            return heard[-1][0][1:]

        session.ask = listening
        run = judge()
        answers = sum(frame[:1] == b"A" for frame, _ in heard)
        if answers == len(run.events) <= len(script.frames):
            self._remember(script, heard, run)
        return run

    def _recall(self, script: Script, dialogue: Dialogue) -> CheckRun | None:
        digest = b""
        while True:
            data = dialogue.peek()
            if data is None:
                return None
            digest = _extended(digest, data)
            if data[:1] == b"Q" and digest in script.replies:
                dialogue.reply(script.replies[digest])
            elif data[:1] == b"Q" or digest not in script.verdicts:
                return None
            elif (found := script.verdicts[digest]) is not None:
                return found

    def _remember(self, script: Script, heard: Heard, run: CheckRun) -> None:
        self.remembered += sum(len(frame) + len(reply) for frame, reply in heard)
        if self.remembered > MAX_REMEMBERED:
            for other in self.known.values():
                other.replies.clear()
                other.verdicts.clear()
            self.remembered = 0
        digest = b""
        for frame, reply in heard:
            digest = _extended(digest, frame)
            if frame[:1] == b"Q":
                script.replies[digest] = reply
            else:
                script.verdicts.setdefault(digest, None)
        if heard:
            script.verdicts[digest] = run


def _nudged(solution: Any) -> Any:
    """Return a solution whose numbers are off by next to nothing: what is asked then differs where it tells an answer."""
    if isinstance(solution, type):
        return solution
    return wraps(solution)(lambda *args, **kwargs: _nudge(solution(*args, **kwargs)))


def _nudge(value: Any) -> Any:
    if isinstance(value, float | complex | np.floating) or (isinstance(value, np.ndarray) and value.dtype.kind in "fc"):
        return value * (1 + NUDGE)
    if type(value) in (tuple, list):
        return type(value)(_nudge(item) for item in value)
    return {key: _nudge(item) for key, item in value.items()} if type(value) is dict else value


def _first_told(run: CheckRun) -> int:
    """Return the place of the first question that repeats an earlier answer, or the number of questions."""
    asked: set[bytes] = set()
    answered: set[bytes] = set()
    for place, event in enumerate(run.events):
        parts = set(_parts([*event.args, *event.kwargs.values()]))
        if (parts & answered) - asked:
            return place
        asked |= parts
        answered |= set(_parts(event.value))
    return len(run.events)


def _parts(value: Any) -> Iterator[bytes]:
    """Yield the numbers, texts and arrays inside a value, but for those that are everywhere."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufcU":
        yield value.tobytes()
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from _parts(item)
    elif isinstance(value, dict):
        yield from _parts([*value, *value.values()])
    elif isinstance(value, str | bytes | int | float | complex | np.generic) and value not in COMMON:
        yield repr(value).encode()


def _extended(digest: bytes, heard: bytes) -> bytes:
    return hashlib.blake2b(heard, key=digest, digest_size=20).digest()

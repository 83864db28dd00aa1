"""Ask ahead, and judge equal answers once.

A check's *script* is what it asks when the reference answers. The script is sent at once, so that the sandbox works while
the grader compares. A check that asks something else is run anew, question by question. A check is a pure function of what
it hears: a conversation that was heard before, byte for byte, gets the verdict that it got then.

A question that depends on an answer would tell the answer: nothing from there on is asked ahead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np

from autograder.authoring.model import Check, Exercise
from autograder.grading.trial import rehearse
from autograder.grading.verdict import CheckRun, ExerciseResult, Verdict
from autograder.kit import words
from autograder.kit.words import CheckFailed
from autograder.sandbox.dialogue import Ahead, Dialogue
from autograder.sandbox.handles import Session, Stopped
from autograder.sandbox.loopback import time_limit

MAX_SCRIPT = 48_000  # bytes: what the socket takes without waiting for a reader
MAX_REMEMBERED = 64 * 2**20  # bytes heard, over all checks
MAX_TOLD = 5000  # results of exercises, a few kilobytes each
WORDS = (words.close, words.same, words.holds, words.array, words.raises)

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

    @cached_property
    def ahead(self) -> Ahead:
        """The frames, ready to be sent."""
        return Ahead(self.frames)


class Scripts:
    """The scripts of an assignment's checks, each made when its check is first run."""

    def __init__(self, *, secret: str, seconds: float) -> None:
        self.secret, self.seconds = secret, seconds
        self.known: dict[tuple[str, str], Script] = {}
        self.remembered = 0
        self.lasting: dict[int, CheckRun] = {}  # every run that is remembered
        self.told: dict[tuple[int, ...], ExerciseResult] = {}  # what was said about an exercise, by its runs

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
        told = _place_of_first_difference(frames, self._frames_when_wrong(exercise, check, lends))
        sizes = accumulate(map(len, frames))
        return tuple(frame for frame, size in zip(frames[:told], sizes, strict=False) if size <= MAX_SCRIPT)

    def _frames_when_wrong(self, exercise: Exercise, check: Check, lends: Lends) -> list[bytes]:
        """Return what the check asks when every answer is wrong: where that differs, a question would tell an answer."""
        frames: list[bytes] = []
        seconds = exercise.facts.seconds or self.seconds
        with _uncritical(exercise.namespace), suppress(Stopped), time_limit(seconds):
            rehearse(
                exercise,
                check,
                exercise.reference,
                secret=self.secret,
                seconds=seconds,
                listen=lambda frame, depth: frames.append(frame),
                lends=lends.values(),
                heard_as=distorted,
            )
        return frames

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
            self.lasting.clear()
            self.told.clear()
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
            self.lasting[id(run)] = run

    def say(self, runs: Iterable[CheckRun], tell: Callable[[], ExerciseResult]) -> ExerciseResult:
        """Return what was said about the same runs before, or let `tell` say it and remember that when all of them are remembered."""
        key = tuple(map(id, runs))
        if key in self.told:
            return self.told[key]
        result = tell()
        if all(map(self.lasting.__contains__, key)):
            if len(self.told) >= MAX_TOLD:
                self.told.clear()
            self.told[key] = result
        return result


@contextmanager
def _uncritical(namespace: dict[str, Any]) -> Iterator[None]:
    """Let the words of an exercise's checks find fault with nothing, so that a check goes on to its end."""

    def quiet(word: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return word(*args, **kwargs)
            except CheckFailed:
                return None

        return call

    kept = {name: value for name, value in namespace.items() if any(value is word for word in WORDS)}
    namespace.update({name: quiet(word) for name, word in kept.items()})
    try:
        yield
    finally:
        namespace.update(kept)


def distorted(value: Any) -> Any:
    """Return a wrong answer of the same kind: other numbers and texts in the same containers."""
    if isinstance(value, bool | np.bool_):
        return type(value)(not value)
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "b":
            return ~value
        if value.dtype.kind in "iu":
            return value + value.dtype.type(1)
        return value * value.dtype.type(1.37) + value.dtype.type(0.11) if value.dtype.kind in "fc" else value
    if isinstance(value, int | np.integer):
        return value + type(value)(1)
    if isinstance(value, float | complex | np.inexact):
        return value * type(value)(1.37) + type(value)(0.11)
    if isinstance(value, str):
        return value + "x"
    if type(value) in (tuple, list, set, frozenset):
        return type(value)(distorted(item) for item in value)
    if type(value) is dict:
        return {key: distorted(item) for key, item in value.items()}
    return value


def _place_of_first_difference(frames: list[bytes], others: list[bytes]) -> int:
    differences = (place for place, (one, other) in enumerate(zip(frames, others, strict=False)) if one != other)
    return next(differences, min(len(frames), len(others)))


def _extended(digest: bytes, heard: bytes) -> bytes:
    return hashlib.blake2b(heard, key=digest, digest_size=20).digest()

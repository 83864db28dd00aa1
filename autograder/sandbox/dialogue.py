"""The grader's end of the stream to one copy of a sandbox: ask, ask ahead, serve callbacks, and notice what is late."""

from __future__ import annotations

import os
import signal
import socket
import struct
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from autograder.errors import ProtocolViolation, SandboxDied
from autograder.sandbox import wire
from autograder.sandbox.channel import Channel, framed
from autograder.sandbox.handles import Session, Stopped
from autograder.sandbox.loopback import time_limit

WALL_FACTOR, WALL_GRACE = 3.0, 3.0
PATIENCE = 2.0  # times the limit of one answer: for all answers of one check together
ALMOST = 0.9  # the kernel's clocks and ours may differ a little
ANSWERS_AT_MOST = 200_000
ENDED = "Your code ended the whole Python process."
DISTURBED = "Your code disturbed the grader's questions"


class Unexpected(BaseException):
    """Asking ahead went wrong: the check asks something else, or the copy died with answers that were never sent.

    Not an Exception, so that no check can swallow it.
    """


@dataclass(frozen=True)
class CheckOptions:
    """How one check wants the sandbox to behave."""

    seconds: float
    banned: tuple[str, ...] = ()
    watch_random: bool = False
    lends: dict[str, Callable[..., Any]] = field(default_factory=dict)

    @cached_property
    def frame(self) -> bytes:
        """What the copy is told of them, as it travels."""
        message = {
            "seconds": self.seconds,
            "banned": list(self.banned),
            "watch_random": self.watch_random,
            "lends": [[name, number] for number, name in enumerate(self.lends)],
        }
        return framed(b"N" + wire.encode(message, nothing_else))


class Ahead:
    """The requests that a check is expected to make."""

    def __init__(self, frames: Sequence[bytes] = ()) -> None:
        self.frames = frames
        self.data = framed(*(b"P" + frame for frame in frames))


NOTHING_AHEAD = Ahead()


class Dialogue:
    """The stream to a copy that serves checks, one after the other."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection, self.seconds = connection, 1.0
        self.channel = Channel(connection)
        self.process: int | None = None
        self.clock: int | None = None  # where the kernel counts for how long the copy has run
        self.pid = self.answers = 0
        self.waited = self.ran = self.computed = 0.0  # seconds: how long this check was waited for, and when the copy had run how long
        self.ahead: deque[bytes] = deque()  # what was asked ahead of the check
        self.tape: deque[tuple[bytes, bool]] = deque()  # what came before the check asked, and whether it is settled
        self.trouble: Stopped | SandboxDied | ProtocolViolation | None = None
        self.asked_ahead = self.has_died = False
        self.peeked = 0  # answers that were looked at before the check asked

    def greet(self) -> None:
        """Take the copy's first frame and with it its process number, which the kernel vouches for."""
        self.connection.settimeout(30.0)
        try:
            _, ancillary, _, _ = self.connection.recvmsg(4 + len(b"Qhello"), socket.CMSG_SPACE(12))
        except (TimeoutError, ConnectionError):
            raise SandboxDied("the copy for a check did not answer") from None
        for level, kind, data in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
                self.pid = struct.unpack("3i", data[:12])[0]
                with suppress(OSError):
                    self.process = os.pidfd_open(self.pid)
                    self.clock = os.open(f"/proc/{self.pid}/schedstat", os.O_RDONLY | os.O_CLOEXEC)
        if not ancillary or self.process is None:
            raise SandboxDied("the copy for a check ended at once")

    def session(
        self, options: CheckOptions, conform: Callable[[str, Any], None], ahead: Ahead = NOTHING_AHEAD
    ) -> Session | None:
        """Begin a check, or return None when an earlier one left traces in this copy or ended it.

        The requests that the check is expected to make are sent `ahead`, so that their answers are there when it asks.
        """
        self.seconds = options.seconds
        self.ahead, self.tape, self.trouble, self.asked_ahead = deque(ahead.frames), deque(), None, bool(ahead.frames)
        self.peeked, self.waited = 0, 0.0
        self.computed, self.ran = self._ran()
        try:
            self.channel.pass_on(options.frame + ahead.data)
            if not self._begins_clean():
                return None
        except (SandboxDied, ProtocolViolation, Stopped):
            self.has_died = True
            return None
        self.answers = 0
        hold = partial(_limited, seconds=options.seconds)
        session = Session(self.ask, conform, hold=hold, banned=options.banned)
        session.functions.extend(options.lends.values())
        return session

    def _begins_clean(self) -> bool:
        """Pass over the answers that the check before never asked for, and say whether the copy is unspoilt."""
        for _ in range(ANSWERS_AT_MOST):
            data = self._wait()
            if data[:1] != b"A":
                return data == b"Nclean"
        return False

    def peek(self) -> bytes | None:
        """Return the next answer or callback to what was asked ahead, before the check asks; None when there is none.

        What was peeked at stays on the tape for `ask`; a callback must be settled first, by `reply` or by the check.
        """
        if self.trouble is not None or self.peeked == len(self.ahead):
            return None
        try:
            data = self._next()
        except (Stopped, SandboxDied, ProtocolViolation) as problem:
            self.trouble = problem
            return None
        is_answer = data[:1] == b"A"
        self.peeked += is_answer
        self.tape.append((data, is_answer))
        return data

    def reply(self, answer: bytes) -> None:
        """Answer the callback that was peeked at last."""
        frame, _ = self.tape.pop()
        self.tape.append((frame, True))
        with suppress(SandboxDied):  # the next look at the stream says so
            self.channel.send(b"A" + answer)

    def ask(self, frame: bytes, serve: Callable[[bytes], bytes]) -> bytes:
        """Send a request and wait for its answer, serving callbacks meanwhile.

        Raises Stopped when the copy dies, is late or breaks the format, and Unexpected when something else was asked
        ahead or the copy died while it worked ahead.
        """
        try:
            if not self.ahead:
                self.channel.send(b"Q" + frame)
            elif self.ahead.popleft() != frame:
                raise Unexpected
            while True:
                data, is_settled = self.tape.popleft() if self.tape else (self._next(), False)
                if data[:1] == b"A":
                    return data[1:]
                start = time.monotonic()
                answer = serve(data[1:])
                self.waited += time.monotonic() - start  # a callback that keeps the grader busy counts as well
                if not is_settled:
                    self.channel.send(b"A" + answer)
        except (SandboxDied, ProtocolViolation) as problem:
            if self.asked_ahead:  # answers to earlier questions may be lost: they count, so they are asked for again
                raise Unexpected from None
            ended = isinstance(problem, SandboxDied)
            raise Stopped("crashed", ENDED if ended else f"{DISTURBED}: {problem}.") from None

    def _next(self) -> bytes:
        """Return the next answer or callback.

        Raises Stopped when the copy is late, SandboxDied when it has died, ProtocolViolation when it breaks the format.
        """
        if self.trouble is not None:
            raise self.trouble
        data = self._wait()
        self.answers += 1
        if self.answers > ANSWERS_AT_MOST:
            raise ProtocolViolation("too many messages")
        if data[:1] == b"T":
            raise Stopped("timeout", self._late(), data[1:].decode("utf-8", "replace")[:200])
        if data[:1] not in (b"A", b"Q"):
            raise ProtocolViolation("a frame of unknown kind")
        return data

    def _wait(self) -> bytes:
        """Return the next frame; time in which the copy computes, or waits for a processor, is not held against it.

        Raises Stopped("timeout") when it slept too long: over one answer, or over all answers of the check together.
        """
        if (data := self.channel.take()) is not None:
            return data
        while True:
            start, data = time.monotonic(), b""
            with suppress(TimeoutError):
                data = self.channel.receive(self._wall())
            self.waited += time.monotonic() - start
            if data and self.waited < self._wall() * PATIENCE:
                return data
            # The copy has an alarm of its own for this, but the learner's code may have switched it off.
            computed, ran = self._ran()
            if not data and computed - self.computed > self.seconds * WALL_FACTOR:
                raise Stopped("timeout", self._late())
            slept = self.waited - (ran - self.ran)
            if slept > self._wall() * (PATIENCE if data else ALMOST):
                raise Stopped("timeout", f"The call did not come back within {self._wall():g} seconds.")
            if data:
                return data

    def _ran(self) -> tuple[float, float]:
        """Return the seconds in which the copy has run, and in which it ran or was ready to; 0 where the kernel does not count."""
        try:
            ran, waited = map(int, os.pread(self.clock or -1, 100, 0).split()[:2])
        except (OSError, ValueError):
            return 0.0, 0.0
        return ran / 1e9, (ran + waited) / 1e9

    def _wall(self) -> float:
        return self.seconds * WALL_FACTOR + WALL_GRACE

    def _late(self) -> str:
        return f"The call did not end within {self.seconds:g} seconds of computing time."

    def kill(self) -> None:
        """Kill the copy, whatever it is doing."""
        if self.process is not None:
            with suppress(OSError):
                signal.pidfd_send_signal(self.process, signal.SIGKILL)

    def close(self) -> None:
        """End the dialogue and the copy."""
        self.connection.close()
        self.kill()
        for descriptor in (self.process, self.clock):
            if descriptor is not None:
                os.close(descriptor)
        self.process = self.clock = None


def _limited(call: Callable[[], Any], seconds: float) -> Any:
    with time_limit(seconds):
        return call()


def nothing_else(value: Any) -> wire.Handle:
    """Refuse to send what has no wire type: the grader's own messages need none of it."""
    raise ValueError(f"cannot send a {type(value).__name__}")

"""The grader's side of the sandbox: start the fork server, open sandboxes, hold dialogues, and kill what is late."""

from __future__ import annotations

import json
import math
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from autograder.errors import ProtocolViolation, SandboxBroken, SandboxDied
from autograder.sandbox import wire
from autograder.sandbox.confine import Limits
from autograder.sandbox.handles import Session, Stopped
from autograder.sandbox.loopback import time_limit

ROOT = Path(__file__).resolve().parents[2]
START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from autograder.sandbox.server import main; main()"
WALL_FACTOR, WALL_GRACE = 3.0, 3.0
ANSWERS_AT_MOST = 200_000
MAX_TEXT = 2000  # characters of what a sandbox says about a cell
ENDED = "Your code ended the whole Python process."
DISTURBED = "Your code disturbed the grader's questions"


class Unexpected(BaseException):
    """Asking ahead went wrong: the check asks something else, or the copy died with answers that were never sent.

    Not an Exception, so that no check can swallow it.
    """


@dataclass(frozen=True, slots=True)
class CellRun:
    """What happened when one cell ran: an empty `error` means that it ended well."""

    number: int
    error: str = ""
    text: str = ""
    line: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How one check wants the sandbox to behave."""

    seconds: float
    banned: tuple[str, ...] = ()
    watch_random: bool = False
    lends: dict[str, Callable[..., Any]] = field(default_factory=dict)


class ForkServer:
    """A process with the libraries loaded, from which sandboxes are forked one at a time."""

    def __init__(
        self,
        limits: Limits,
        *,
        modules: tuple[str, ...] = ("numpy",),
        lazy: tuple[str, ...] = (),
        data: tuple[Path, ...] = (),
        without: frozenset[str] = frozenset(),
    ) -> None:
        self.limits = limits
        self.scratch = Path(tempfile.mkdtemp(prefix="mml-sandbox-"))
        self.scratch.chmod(0o711 if os.getuid() == 0 else 0o700)
        settings = {
            "limits": asdict(limits),
            "modules": list(modules),
            "lazy": list(lazy),
            "data": [str(path.resolve()) for path in data],
            "without": sorted(without),
            "scratch": str(self.scratch),
            "root": str(ROOT),
        }
        if "namespaces" in without and os.getuid() == 0:
            self.scratch.chmod(0o777)
        ours, theirs = socket.socketpair()
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", START, str(theirs.fileno()), json.dumps(settings)],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=_environment(self.scratch),
            start_new_session=True,
        )
        theirs.close()
        self.control = ours
        ready = self._answer(seconds=120)
        self.layers: list[str] = ready["layers"]
        self.refused: dict[str, str] = ready["refused"]

    def _answer(self, *, seconds: float) -> dict[str, Any]:
        self.control.settimeout(seconds)
        line = b""
        try:
            while not line.endswith(b"\n"):
                part = self.control.recv(65536)
                if not part:
                    raise SandboxBroken("the fork server ended. Run: mml doctor")
                line += part
        except (TimeoutError, ConnectionError) as problem:
            raise SandboxBroken("the fork server does not answer. Run: mml doctor") from problem
        return json.loads(line)

    @contextmanager
    def sandbox(self) -> Iterator[Sandbox]:
        """Fork a sandbox for one submission; it is killed with everything in it at the end of the block."""
        ours, theirs = socket.socketpair()
        try:
            socket.send_fds(self.control, [b"spawn"], [theirs.fileno()])
        except OSError as problem:
            raise SandboxBroken("the fork server has ended. Run: mml doctor") from problem
        theirs.close()
        sandbox = Sandbox(ours)
        try:
            sandbox.greet()
            yield sandbox
        finally:
            ours.close()
            with suppress(OSError):
                self.control.sendall(b"end")
                self._answer(seconds=30)

    def close(self) -> None:
        """End the server and everything that it forked, and remove the scratch folder."""
        self.control.close()
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.scratch, ignore_errors=True)


class Sandbox:
    """One submission's process, seen from outside."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.channel = wire.Channel(connection)
        self.layers: list[str] = []
        self.refused: dict[str, str] = {}

    def greet(self) -> None:
        """Learn which layers confine the sandbox. Raises SandboxBroken when it does not come up."""
        try:
            hello = self._receive(30.0)
            if "failed" in hello:
                raise SandboxBroken(f"a sandbox could not be confined: {hello['failed']}")
            self.layers, self.refused = list(hello["layers"]), dict(hello["refused"])
        except (SandboxDied, Stopped, KeyError) as problem:
            raise SandboxBroken(f"a sandbox did not start: {problem}. Run: mml doctor") from problem

    def _send(self, message: dict[str, Any], descriptor: int | None = None) -> None:
        body = wire.encode(message, _nothing_else)
        frame = struct.pack(">I", len(body)) + body
        try:
            if descriptor is not None:
                sent = socket.send_fds(self.connection, [frame[:4]], [descriptor])
                frame = frame[sent:]
            self.connection.sendall(frame)
        except OSError as problem:
            raise SandboxDied("the process ended before it was asked", cause=type(problem).__name__) from None

    def _receive(self, seconds: float) -> dict[str, Any]:
        message = wire.decode(_receive_by(self.channel, seconds), _no_reference)
        if type(message) is not dict:
            raise ProtocolViolation("a message that is no record")
        return message

    def run_cell(self, number: int, source: str, *, seconds: float) -> CellRun:
        """Run one cell.

        Raises SandboxDied when the cell ended the process and Stopped("timeout") when it did not come back.
        """
        self._send({"op": "cell", "number": number, "source": source, "seconds": seconds})
        reply = self._receive(seconds * WALL_FACTOR + WALL_GRACE)
        texts = [reply.get(key) for key in ("error", "text", "line")]
        if not all(type(text) is str for text in texts) or type(reply.get("seconds")) is not float:
            raise ProtocolViolation("a cell report with wrong fields")
        return CellRun(number, *(text[:MAX_TEXT] for text in texts), seconds=reply["seconds"])

    @contextmanager
    def copy(self, *, cpu_seconds: float) -> Iterator[Dialogue]:
        """Open a dialogue with a fresh copy of the loaded sandbox; the copy ends with the block.

        `cpu_seconds` is all that the copy may ever use. Raises SandboxDied when the copy cannot be made.
        """
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        dialogue = Dialogue(ours)
        try:
            self._send({"op": "fork", "cpu_seconds": math.ceil(cpu_seconds)}, theirs.fileno())
            theirs.close()
            dialogue.greet()
            yield dialogue
        finally:
            theirs.close()
            dialogue.close()
            self._wait_for_copy(dialogue)

    def _wait_for_copy(self, dialogue: Dialogue) -> None:
        try:
            self._receive(5.0)
        except Stopped:
            dialogue.kill()
            self._receive(5.0)


class Dialogue:
    """The stream to a copy that serves checks, one after the other."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection, self.seconds = connection, 1.0
        self.channel = wire.Channel(connection)
        self.process: int | None = None
        self.answers = 0
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
                pid = struct.unpack("3i", data[:12])[0]
                with suppress(OSError):
                    self.process = os.pidfd_open(pid)
        if not ancillary or self.process is None:
            raise SandboxDied("the copy for a check ended at once")

    def session(
        self, options: CheckOptions, conform: Callable[[str, Any], None], ahead: Sequence[bytes] = ()
    ) -> Session | None:
        """Begin a check, or return None when an earlier one left traces in this copy or ended it.

        The requests that the check is expected to make are sent `ahead`, so that their answers are there when it asks.
        """
        self.seconds = options.seconds
        message = {
            "seconds": options.seconds,
            "banned": list(options.banned),
            "watch_random": options.watch_random,
            "lends": [[name, number] for number, name in enumerate(options.lends)],
        }
        self.ahead, self.tape, self.trouble, self.asked_ahead = deque(ahead), deque(), None, bool(ahead)
        self.peeked = 0
        try:
            self.channel.send(b"N" + wire.encode(message, _nothing_else), *(b"P" + frame for frame in ahead))
            if not self._begins_clean():
                return None
        except (SandboxDied, ProtocolViolation, Stopped):
            self.has_died = True
            return None
        self.answers = 0
        session = Session(self.ask, conform, hold=lambda call: _limited(call, options.seconds))
        session.functions.extend(options.lends.values())
        return session

    def _begins_clean(self) -> bool:
        """Pass over the answers that the check before never asked for, and say whether the copy is unspoilt."""
        for _ in range(ANSWERS_AT_MOST):
            data = _receive_by(self.channel, self._wall())
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
                answer = serve(data[1:])
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
        data = _receive_by(self.channel, self._wall())
        self.answers += 1
        if self.answers > ANSWERS_AT_MOST:
            raise ProtocolViolation("too many messages")
        if data[:1] == b"T":
            raise Stopped("timeout", self._late(), data[1:].decode("utf-8", "replace")[:200])
        if data[:1] not in (b"A", b"Q"):
            raise ProtocolViolation("a frame of unknown kind")
        return data

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
        if self.process is not None:
            os.close(self.process)
            self.process = None


def _limited(call: Callable[[], Any], seconds: float) -> Any:
    with time_limit(seconds):
        return call()


def _receive_by(channel: wire.Channel, seconds: float) -> bytes:
    """Return the next frame, or raise Stopped("timeout") when it is not complete in time."""
    try:
        return channel.receive(seconds)
    except TimeoutError:
        raise Stopped("timeout", f"The call did not come back within {seconds:g} seconds.") from None


def _nothing_else(value: Any) -> wire.Handle:
    raise ValueError(f"cannot send a {type(value).__name__}")


def _no_reference(reference: Any) -> Any:
    raise ProtocolViolation("a reference where none belongs")


def _environment(scratch: Path) -> dict[str, str]:
    """Return the environment of the fork server: one thread for linear algebra, no display, nothing of the user's."""
    keep = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "MPLCONFIGDIR") if name in os.environ}
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB")}
    return {
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(cache),
        "HOME": str(scratch),
        **threads,
        **keep,
    }

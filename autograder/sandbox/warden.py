"""The grader's side of the sandbox: tell the fork server what is graded, open sandboxes, run cells, make copies."""

from __future__ import annotations

import json
import math
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.errors import ProtocolViolation, SandboxBroken, SandboxDied
from autograder.sandbox import wire
from autograder.sandbox.channel import Channel
from autograder.sandbox.confine import Limits
from autograder.sandbox.dialogue import WALL_FACTOR, WALL_GRACE, Dialogue, nothing_else
from autograder.sandbox.handles import Stopped
from autograder.sandbox.start import Started, start_server

MAX_TEXT = 2000  # characters of what a sandbox says about a cell


@dataclass(frozen=True, slots=True)
class CellRun:
    """What happened when one cell ran: an empty `error` means that it ended well."""

    number: int
    error: str = ""
    text: str = ""
    line: str = ""
    seconds: float = 0.0


class ForkServer:
    """A process with the libraries loaded, from which sandboxes are forked one at a time."""

    def __init__(
        self,
        limits: Limits,
        *,
        modules: tuple[str, ...] = ("numpy",),
        lazy: tuple[str, ...] = (),
        data: tuple[Path, ...] = (),
        banned: tuple[str, ...] = (),
        without: frozenset[str] = frozenset(),
        started: Started | None = None,
    ) -> None:
        self.limits, self.started = limits, started or start_server(without=without)
        self.process, self.control, self.scratch = self.started.process, self.started.control, self.started.scratch
        settings = {
            "limits": asdict(limits),
            "modules": list(modules),
            "lazy": list(lazy),
            "banned": list(banned),
            "data": [str(path.resolve()) for path in data],
            "without": sorted(self.started.without),
            "scratch": str(self.scratch),
        }
        try:
            with suppress(OSError):  # a server that has ended is told of by the missing answer
                self.control.sendall(json.dumps(settings).encode() + b"\n")
            ready = self._answer(seconds=120)
        except SandboxBroken:
            self.close()
            raise
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
        self.started.close()


class Sandbox:
    """One submission's process, seen from outside."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.channel = Channel(connection)
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
        body = wire.encode(message, nothing_else)
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
    def copy(self, *, cpu_seconds: float, itself: bool = False) -> Iterator[Dialogue]:
        """Open a dialogue with a fresh copy of the loaded sandbox; the copy ends with the block.

        With `itself` no copy is made: the sandbox serves, and can do nothing else afterwards. `cpu_seconds` is all that the
        copy may ever use. Raises SandboxDied when the copy cannot be made.
        """
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        dialogue = Dialogue(ours)
        try:
            self._send({"op": "serve" if itself else "fork", "cpu_seconds": math.ceil(cpu_seconds)}, theirs.fileno())
            theirs.close()
            dialogue.greet()
            yield dialogue
        finally:
            theirs.close()
            dialogue.close()
            if not itself:
                self._wait_for_copy(dialogue)

    def _wait_for_copy(self, dialogue: Dialogue) -> None:
        try:
            self._receive(5.0)
        except Stopped:
            dialogue.kill()
            self._receive(5.0)


def _receive_by(channel: Channel, seconds: float) -> bytes:
    """Return the next frame, or raise Stopped("timeout") when it is not complete in time."""
    try:
        return channel.receive(seconds)
    except TimeoutError:
        raise Stopped("timeout", f"The call did not come back within {seconds:g} seconds.") from None


def _no_reference(reference: Any) -> Any:
    raise ProtocolViolation("a reference where none belongs")

"""Frames on a stream between two processes: how they are cut, sent and waited for."""

from __future__ import annotations

import socket
import struct
import time

from autograder.errors import ProtocolViolation, SandboxDied
from autograder.sandbox.wire import MAX_FRAME

LENGTH = struct.Struct(">I")


def framed(*payloads: bytes) -> bytes:
    """Return frames as they travel. Raises ValueError when one is too large."""
    if max(map(len, payloads), default=0) > MAX_FRAME:
        raise ValueError("cannot send this value: it is too large")
    return b"".join([part for load in payloads for part in (LENGTH.pack(len(load)), load)])


class Channel:
    """A stream socket that carries frames."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.waiting = bytearray()
        self.lacking = 0  # bytes, until there is a whole frame

    def send(self, *payloads: bytes) -> None:
        """Send frames. Raises SandboxDied when the other side has gone, ValueError when a frame is too large."""
        self.pass_on(framed(*payloads))

    def pass_on(self, data: bytes) -> None:
        """Send what `framed` made. Raises SandboxDied when the other side has gone."""
        try:
            self.connection.sendall(data)
        except OSError as problem:
            raise SandboxDied("the process ended before it was asked", cause=type(problem).__name__) from None

    def take(self) -> bytes | None:
        """Return the next frame when it was read already, or None.

        Raises ProtocolViolation for a frame that is too large.
        """
        waiting = self.waiting
        end = LENGTH.size + (LENGTH.unpack_from(waiting)[0] if len(waiting) >= LENGTH.size else 0)
        if end > LENGTH.size + MAX_FRAME:
            raise ProtocolViolation("a frame larger than the limit")
        self.lacking = end - len(waiting)
        if self.lacking > 0:
            return None
        frame = bytes(waiting[LENGTH.size : end])
        del waiting[:end]
        return frame

    def receive(self, seconds: float | None = None) -> bytes:
        """Return the next frame.

        Raises SandboxDied at the end of the stream, ProtocolViolation for a frame that is too large, and TimeoutError
        when the frame is not complete in time.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        if self.connection.gettimeout() != seconds:
            self.connection.settimeout(seconds)
        while (frame := self.take()) is None:
            self._read(deadline)
        return frame

    def _read(self, deadline: float | None) -> None:
        try:
            part = self.connection.recv(max(self.lacking, 65_536))
        except (ConnectionResetError, BrokenPipeError):
            part = b""
        if not part:
            raise SandboxDied("the process ended without an answer")
        self.waiting += part
        if deadline is not None and time.monotonic() > deadline:
            raise TimeoutError

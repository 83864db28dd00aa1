"""Copies of one loaded sandbox: the same one for as long as it is unspoilt, then a fresh one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from autograder.errors import ProtocolViolation, SandboxDied
from autograder.sandbox.handles import Session, Stopped
from autograder.sandbox.dialogue import NOTHING_AHEAD, Ahead, CheckOptions, Dialogue
from autograder.sandbox.warden import Sandbox


class Copies:
    """Hands out a session for every check; a check that fails, or that leaves traces, costs nobody but itself.

    With `reload` the sandbox itself serves first. When that is not enough, it is loaded once more, and copies are made of that.
    """

    def __init__(
        self, sandbox: Sandbox | None, *, cpu_seconds: float, reload: Callable[[], Sandbox | None] | None = None
    ) -> None:
        self.sandbox, self.cpu_seconds, self.reload = sandbox, cpu_seconds, reload
        self.stack = ExitStack()
        self.current: Dialogue | None = None
        self.used: Sandbox | None = None

    def __enter__(self) -> Copies:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.drop()

    def drop(self) -> None:
        """End the current copy, so that the next check gets a fresh one."""
        self.current = None
        try:
            self.stack.close()
        except (SandboxDied, ProtocolViolation, Stopped):
            pass  # the whole sandbox is gone; the next session says so

    def session(
        self, options: CheckOptions, conform: Callable[[str, Any], None], ahead: Ahead = NOTHING_AHEAD
    ) -> tuple[Session, Dialogue]:
        """Begin a check in an unspoilt copy, where some requests are made ahead. Raises SandboxDied when none can be made."""
        for _ in range(2):
            if self.current is None:
                self.current = self._open()
            session = self.current.session(options, conform, ahead)
            if session is not None:
                return session, self.current
            if self.current.has_died:
                ahead = NOTHING_AHEAD  # perhaps it was the first question that ended it: the check must see that itself
            self.drop()
        raise SandboxDied("a fresh copy ended at once")

    def _open(self) -> Dialogue:
        itself = self.reload is not None and self.sandbox is not self.used
        if self.reload is not None and not itself:
            self.sandbox, self.reload = self.reload(), None
        if self.sandbox is None:
            raise SandboxDied("the sandbox has ended")
        self.used = self.sandbox
        return self.stack.enter_context(self.sandbox.copy(cpu_seconds=self.cpu_seconds, itself=itself))

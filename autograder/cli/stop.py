"""Let the signals that end a command end it calmly."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_TIDY = 10.0  # whoever presses Ctrl-C twice must not break the tidying up


class Stopped(KeyboardInterrupt):
    """Somebody wants the command to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise Stopped in the block when a signal wants it to end; repeated signals wait until it had time to tidy up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    owner = os.getpid()
    quiet_until = 0.0

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal quiet_until
        if os.getpid() != owner:  # a forked process has nothing to tidy up
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            return
        now = time.monotonic()
        if now >= quiet_until:
            quiet_until = now + SECONDS_TO_TIDY
            raise Stopped(number)

    # What is ignored from the start, as under nohup, stays ignored.
    before = {number: signal.getsignal(number) for number in SIGNALS}
    before = {number: handler for number, handler in before.items() if handler is not signal.SIG_IGN}
    try:
        for number in before:
            signal.signal(number, stop)
        yield
    finally:
        if quiet_until:  # this process is on its way out, and the interpreter needs a moment for that
            signal.pthread_sigmask(signal.SIG_BLOCK, before)
        else:
            for number, handler in before.items():
                signal.signal(number, handler)

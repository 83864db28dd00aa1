"""Stop our own code when it computes for too long."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Late(BaseException):
    """The alarm rang: not an Exception, so that what runs cannot swallow it."""


@contextmanager
def computing(seconds: float) -> Iterator[None]:
    """Raise Late in the block when it computes longer; only the main thread has an alarm.

    Computing time, as in the sandbox: a busy machine makes nobody late. Blocks may stand inside each other.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(signum: int, frame: object) -> None:
        raise Late

    before = signal.signal(signal.SIGPROF, ring)
    outer = signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, *outer)
        signal.signal(signal.SIGPROF, before)

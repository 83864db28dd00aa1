"""Stop our own code when it computes for too long."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


AGAIN = 0.1  # seconds after which the alarm rings once more: some places, such as a destructor, swallow what is raised there


class Late(BaseException):
    """The alarm rang: not an Exception, so that what runs cannot swallow it."""


@contextmanager
def computing(seconds: float) -> Iterator[None]:
    """Raise Late in the block when it computes longer; only the main thread has an alarm.

    Computing time, as in the sandbox: a busy machine makes nobody late, and neither does the garbage of what ran before, since
    the collector waits. Blocks may stand inside each other.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(signum: int, frame: object) -> None:
        raise Late

    collects = gc.isenabled()
    gc.disable()
    before = signal.signal(signal.SIGPROF, ring)
    outer = signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, *outer)
        signal.signal(signal.SIGPROF, before)
        if collects:
            gc.enable()

"""Serve a dialogue inside this process: for code that we wrote ourselves, never for a learner's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

from autograder.clock import Late, computing
from autograder.sandbox.handles import Session, Stopped
from autograder.sandbox.servant import Printed, Servant

OUTPUT_LIMIT = 100_000


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise Stopped("timeout") in the block when it computes longer."""
    try:
        with computing(seconds):
            yield
    except Late:
        raise Stopped("timeout", f"The call did not end within {seconds:g} seconds.") from None


def loopback(
    names: dict[str, Any],
    namespace: dict[str, Any],
    *,
    banned: tuple[str, ...] = (),
    watch_random: bool = False,
    seconds: float = 2.0,
    conform: Callable[[str, Any], None] = lambda name, value: None,
    listen: Callable[[bytes, int], None] = lambda frame, depth: None,
) -> Session:
    """Return a session whose functions live in this process, reached through the same wire format.

    `listen` is told every request, and how many others wait for it.
    """
    back: list[Callable[[bytes], bytes]] = []
    servant = Servant(names, namespace, lambda frame: back[-1](frame), banned=banned, watch_random=watch_random)

    def ask(frame: bytes, serve: Callable[[bytes], bytes]) -> bytes:
        listen(frame, len(back))
        back.append(serve)
        quiet = Printed(OUTPUT_LIMIT)
        depth = sys.getrecursionlimit()
        try:
            with time_limit(seconds), redirect_stdout(quiet), redirect_stderr(quiet):
                return servant.serve(frame)
        finally:
            sys.setrecursionlimit(depth)
            back.pop()

    return Session(ask, conform, banned=banned)

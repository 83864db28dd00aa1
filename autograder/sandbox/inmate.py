"""The confined process: it runs the learner's cells once and forks itself for the checks.

Everything here runs beside the learner's code and may be overwritten by it; the grader believes none of it.
"""

from __future__ import annotations

import builtins
import gc
import linecache
import math
import os
import resource
import signal
import socket
import sys
import tempfile
import time
import types
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, NoReturn

import numpy as np

from autograder.sandbox import seccomp, wire
from autograder.sandbox.channel import Channel
from autograder.sandbox.confine import Layers, Limits
from autograder.sandbox.servant import OutputLimit, Printed, Servant, _line, _text, close_figures
from autograder.sandbox.traces import Traces

MUCH = 30_000  # bytes of answers: more than that is not held back
REQUEST, AHEAD, ANSWER, NEXT, LATE = b"Q", b"P", b"A", b"N", b"T"


class CellTimeout(BaseException):
    """A cell used up its CPU time."""


class Shell:
    """Stand in for IPython: line magics and shell commands do nothing."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None


def run(connection: socket.socket, limits: Limits, layers: Layers, *, without: frozenset[str]) -> None:
    """Serve the grader: run cells, and fork for every check, until the connection closes."""
    channel = Channel(connection)
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    namespace = main.__dict__
    shell = Shell()
    tempfile.tempdir = os.getcwd()
    namespace |= {"get_ipython": lambda: shell, "display": lambda *args, **kwargs: None}
    sys.modules["otter"] = types.SimpleNamespace(Notebook=lambda *args, **kwargs: shell)  # type: ignore[assignment]
    builtins.input = _no_input
    sys.stdout = sys.stderr = printed = Printed(limits.output_chars)
    _send(channel, {"layers": layers.reached, "refused": layers.refused, "pid": os.getpid()})
    while True:
        request, descriptor = _receive(connection)
        if request["op"] == "cell":
            _send(channel, _run_cell(namespace, request, printed))
        elif request["op"] in ("fork", "serve"):
            serve = partial(_become_copy, connection, descriptor, namespace, limits, without=without)
            gc.freeze()  # what the cells made stays: no copy needs to look at it again
            if request["op"] == "serve" and _is_alone():
                serve(request["cpu_seconds"] + math.ceil(time.process_time()))
            _send(channel, _fork(descriptor, partial(serve, request["cpu_seconds"])))


def warm_up(banned: list[str]) -> None:
    """Do once, before any fork, what every check would otherwise do for the first time in its own copy."""
    samples = [1.0, 2**80, 1j, (1,), {1}, range(2), np.eye(2), np.float64(1), np.arange(3), np.random.default_rng(0)]

    def nothing(frame: bytes) -> bytes:
        return frame

    servant = Servant({"echo": lambda *args: args}, {}, nothing, banned=tuple(banned), watch_random=True)
    for sample in samples:
        servant.serve(wire.encode(["call", "echo", "", [sample], {}], servant._export))
    servant.serve(wire.encode(["call", "echo", "", [], {"unknown": 1}], servant._export))


def report_failure(connection: socket.socket, text: str) -> None:
    """Tell the grader that this sandbox could not be confined; the learner's code never ran."""
    _send(Channel(connection), {"failed": text})


def _receive(connection: socket.socket) -> tuple[Any, int]:
    """Return the grader's next order and the descriptor that came with it; the end of the stream ends this process."""
    head, descriptors, _, _ = socket.recv_fds(connection, 4, 1)
    size, body = int.from_bytes(head, "big"), b""
    while head and len(body) < size:
        part = connection.recv(size - len(body))
        head, body = part, body + part
    if not head:
        os._exit(0)
    return wire.decode(body, lambda reference: None), descriptors[0] if descriptors else -1


def _send(channel: Channel, message: dict[str, Any]) -> None:
    channel.send(wire.encode(message, lambda value: wire.Handle(0, "other", "")))


def _no_input(prompt: object = "") -> str:
    raise EOFError("input() is not available while grading: give the value in the code")


def _run_cell(namespace: dict[str, Any], request: dict[str, Any], printed: Printed) -> dict[str, Any]:
    """Run one cell as a notebook would, and tell what went wrong in it, if anything."""
    name, source = f"<cell {request['number']}>", request["source"]
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    start = time.process_time()
    problem: BaseException | None = None
    printed.count = 0

    def late(signum: int, frame: object) -> None:
        raise CellTimeout(f"the cell did not end within {request['seconds']:g} seconds of computing time")

    signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, request["seconds"])
    try:
        exec(compile(source, name, "exec"), namespace)
    except OutputLimit as error:
        problem = error
    except (Exception, SystemExit, KeyboardInterrupt, CellTimeout) as error:
        problem = error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        close_figures()
    return {
        "error": "" if problem is None else type(problem).__name__,
        "text": "" if problem is None else _text(problem),
        "line": "" if problem is None else _line(problem),
        "seconds": time.process_time() - start,
    }


def _fork(descriptor: int, serve: Callable[[], NoReturn]) -> dict[str, Any]:
    """Let a copy of this process serve checks; return how it ended."""
    child = os.fork()
    if child == 0:
        serve()
    os.close(descriptor)
    _, status = os.waitpid(child, 0)
    return {"ended": os.waitstatus_to_exitcode(status)}


def _is_alone() -> bool:
    """Say whether the cells left no thread and no child behind: a copy would be without them."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return len(sys._current_frames()) == 1
    return False


def _become_copy(
    connection: socket.socket,
    descriptor: int,
    namespace: dict[str, Any],
    limits: Limits,
    cpu_seconds: int,
    *,
    without: frozenset[str],
) -> NoReturn:
    """Serve checks from now on, in a copy or in the sandbox itself; `cpu_seconds` are those of its whole life."""
    try:
        connection.close()
        _serve(socket.socket(fileno=descriptor), namespace, limits, cpu_seconds, without=without)
    except BaseException:  # the process border
        os._exit(71)
    os._exit(0)


def _serve(
    connection: socket.socket, namespace: dict[str, Any], limits: Limits, cpu_seconds: int, *, without: frozenset[str]
) -> None:
    """Serve one check after the other; before each, say whether the earlier ones left a trace."""
    channel = Channel(connection)
    if "seccomp" not in without:
        with suppress(OSError):
            seccomp.deny_new_processes()
    replies: list[bytes] = []  # to what was asked ahead: sent together, since a wake-up costs more than an answer
    signal.signal(signal.SIGPROF, lambda signum, frame: _tell_late(channel, replies, frame))
    # The soft alarm can say where it rang; this hard limit ends what ignores it.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    sys.stdout = sys.stderr = printed = Printed(limits.output_chars)

    later: deque[bytes] = deque()  # requests that were made ahead of the one that is being served

    def flush(*last: bytes) -> None:
        frames = [*replies, *last]
        replies.clear()
        if frames:
            channel.send(*frames)

    def ask_back(frame: bytes) -> bytes:
        flush(REQUEST + frame)
        while True:
            data = channel.receive()
            if data[:1] == ANSWER:
                return data[1:]
            if data[:1] == AHEAD:
                later.append(data)
            else:
                channel.send(ANSWER + servant.serve(data[1:]))

    servant = Servant(namespace, namespace, ask_back, banned=(), watch_random=False)
    lent = Lent(namespace, servant)
    traces = Traces(namespace)
    rules = b""
    channel.send(REQUEST + b"hello")
    while True:
        data = later.popleft() if later else channel.take()
        if data is None:
            flush()
            data = channel.receive()
        if data[:1] == NEXT:
            lent.take_back()
            is_clean = traces.are_clean()
            options = wire.decode(data[1:], servant._resolve)
            lent.give(options["lends"])
            servant.forget()
            if data != rules or not is_clean:
                servant.keep_to(tuple(options["banned"]), watch_random=options["watch_random"])
                rules = data
            printed.count = 0
            signal.setitimer(signal.ITIMER_PROF, options["seconds"])
            replies.append(NEXT + (b"clean" if is_clean else b"used"))
        else:
            replies.append(ANSWER + servant.serve(data[1:]))
            if sum(map(len, replies)) > MUCH:
                flush()


class Lent:
    """Names that stand for functions of the grader during one check."""

    def __init__(self, namespace: dict[str, Any], servant: Servant) -> None:
        self.namespace, self.servant = namespace, servant
        self.own: dict[str, Any] = {}

    def give(self, lends: list[list[Any]]) -> None:
        """Put the grader's functions in place of the learner's."""
        self.own = {name: self.namespace.get(name, self) for name, _ in lends}
        for name, number in lends:
            self.namespace[name] = self.servant._resolve(wire.Callback(number, name))

    def take_back(self) -> None:
        """Put the learner's own functions back."""
        for name, value in self.own.items():
            if value is self:
                self.namespace.pop(name, None)
            else:
                self.namespace[name] = value
        self.own = {}


def _tell_late(channel: Channel, replies: list[bytes], frame: Any) -> None:
    line = ""
    while frame is not None and not line:
        if frame.f_code.co_filename.startswith("<cell"):
            line = linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()[:200]
        frame = frame.f_back
    with suppress(BaseException):
        channel.send(*replies, LATE + line.encode("utf-8", "replace"))
    os._exit(72)

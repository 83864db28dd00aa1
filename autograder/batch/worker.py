"""The process that holds one grader: it takes notebooks from the coordinator and returns reports.

Started as `python -P -c START <settings>`; frames go in by stdin and out by a copy of stdout. A frame is two lengths, a
JSON head and raw bytes. The coordinator's death ends it twice over: stdin closes, and the kernel sends SIGTERM.

A task says which code key the kept result has and which exercises changed since. If the code is the same, only
those are graded, and the report covers only them; if there are none, the answer is that everything still holds.
"""

from __future__ import annotations

import gc
import importlib
import itertools
import json
import os
import signal
import socket
import struct
import sys
import threading
import traceback
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from autograder.batch.disk import disk_problem
from autograder.batch.fingerprint import code_key, handed_out
from autograder.errors import CourseError
from autograder.grading.verdict import SubmissionReport

HEADER = struct.Struct(">II")
SECONDS_TO_LEAVE = 5.0


class GraderLike(Protocol):
    """What a worker needs of a grader."""

    def grade(
        self, learner: str, notebook: bytes, *, name: str, only: frozenset[str] | None = None
    ) -> SubmissionReport: ...


@dataclass(frozen=True, slots=True)
class Post:
    """What a worker is told when it starts; `environment` is added to that of its process."""

    assignment_folder: Path
    root: Path
    unsafe: bool
    factory: str
    environment: tuple[tuple[str, str], ...] = ()


def start_grader(post: Post) -> AbstractContextManager[GraderLike]:
    """Return the course's grader for one assignment: the factory that workers use unless they are told another."""
    from autograder.authoring.config import load_config
    from autograder.authoring.discover import read_assignment
    from autograder.build.lean import lean
    from autograder.grading.grader import Grader

    with lean():
        assignment = read_assignment(post.assignment_folder)
    return Grader(assignment, load_config(post.root), release=post.root / "release", unsafe=post.unsafe)


def claim_core(name: str = "mml-core") -> socket.socket | None:
    """Keep this process, and all that it starts, to a core that no other grader of this machine has claimed.

    A grader and its sandbox take turns, and waking somebody up on another core costs more than a short answer. The claim is a
    name that the kernel frees when the returned socket closes; None means that every core has its grader.
    """
    for core in sorted(os.sched_getaffinity(0)):
        claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            claim.bind(f"\0{name}-{core}")
            os.sched_setaffinity(0, {core})
        except OSError:
            claim.close()
        else:
            return claim
    return None


def send(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Write one frame."""
    text = json.dumps(head).encode()
    stream.write(HEADER.pack(len(text), len(body)) + text + body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Read one frame. Raises EOFError when the other side has gone."""
    head, body = HEADER.unpack(_exactly(stream, HEADER.size))
    return json.loads(_exactly(stream, head)), _exactly(stream, body)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError("the other process has gone")
    return data


def main() -> None:
    """Serve the coordinator until it is gone."""
    settings = json.loads(sys.argv[1])
    _leave_with_parent(settings["parent"])
    # Nothing that a library prints may reach the coordinator as a frame.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    folder, root = Path(settings["assignment_folder"]), Path(settings["root"])
    post = Post(folder, root, settings["unsafe"], settings["factory"])
    claim = claim_core()
    try:
        module, _, name = post.factory.partition(":")
        maker = getattr(importlib.import_module(module), name)(post)
        released = handed_out(root, folder.name).released
        with maker as grader:
            send(replies, {"kind": "ready"})
            _serve(grader, released, replies)
        if claim is not None:
            claim.close()
    except (EOFError, BrokenPipeError):
        pass
    except (CourseError, OSError) as problem:
        told = problem if isinstance(problem, CourseError) else disk_problem(problem)
        if told is None:
            raise
        details = getattr(told, "problems", [str(told)])
        send(replies, {"kind": "refused", "class": type(told).__name__, "problems": details})


def _serve(grader: GraderLike, released: frozenset[str], replies: BinaryIO) -> None:
    from autograder.batch.packing import pack_lines

    for count in itertools.count(1):
        head, body = receive(sys.stdin.buffer)
        try:
            code = code_key(body, released)
            is_part = code != "" and code == head.get("code")
            only = frozenset(head["changed"]) if is_part else None
            if is_part and not only:
                send(replies, {"kind": "report", "code": code})
                continue
            report = grader.grade(head["learner"], body, name=head["name"], only=only)
        except Exception:  # a border of two processes: whatever broke is our fault, and the submission is told so
            send(replies, {"kind": "broken", "reason": traceback.format_exc()})
            continue
        send(replies, {"kind": "report", "code": code, "is_part": is_part}, pack_lines(report).encode())
        set_aside(count)


def set_aside(count: int) -> None:
    """After 1, 2, 4, 8 … submissions, let the collector look no more at what there is then: it stays to the end.

    Libraries and scripts are loaded with the first answers to each exercise, and looking through them again and again costs
    a fifth of a grade.
    """
    if count & (count - 1) == 0:
        gc.collect()
        gc.freeze()


def _leave_with_parent(parent: int) -> None:
    from autograder.sandbox import kernel

    def leave(signum: int, frame: object) -> None:
        # The grader gets the chance to remove its scratch folder, but not for ever.
        alarm = threading.Timer(SECONDS_TO_LEAVE, os._exit, [1])
        alarm.daemon = True
        alarm.start()
        sys.exit(1)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the coordinator's to answer
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before the kernel was asked to tell
        sys.exit(1)

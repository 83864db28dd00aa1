"""Grade chunks of submissions inside a Dask worker: what it runs, and the little that it keeps between two chunks.

A worker unpacks a course once and keeps it for as long as it lives. Every thread of it owns one grader process, of the same
kind that a local batch uses: it dies with its thread, and learners' code never runs in the Dask worker itself.
"""

from __future__ import annotations

import atexit
import io
import os
import shutil
import tarfile
import tempfile
import threading
import zlib
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from autograder.batch.crew import Crew, News
from autograder.batch.desk import Finding, Task
from autograder.batch.fingerprint import engine_digest, environment
from autograder.batch.worker import Post
from autograder.errors import CourseError, CourseProblem

Packed = tuple[int, dict[str, Any], bytes]  # a task with compressed content


@dataclass(frozen=True, slots=True)
class Course:
    """All that a worker needs of a course: its files, the secret for the grader's environment, and what must be equal."""

    archive: bytes
    digest: str
    assignment: str
    environment: tuple[tuple[str, str], ...]
    unsafe: bool
    factory: str
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one task: a finding with a compressed report, or the reason why the grader failed."""

    number: int
    finding: Finding | None
    report: bytes = b""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one chunk; a refusal means that this worker cannot grade this course at all."""

    outcomes: tuple[Outcome, ...] = ()
    refusal: tuple[str, tuple[str, ...]] | None = None


@cache
def versions() -> tuple[tuple[str, str], ...]:
    """Return what must be the same on every machine that grades a batch."""
    return (("grader", engine_digest()[:16]), *environment())


def packed(task: Task) -> Packed:
    """Make a task small enough to travel."""
    return task.number, task.head, zlib.compress(task.content, 1)


def grade_chunk(course: Course, chunk: list[Packed]) -> Reply:
    """Grade a chunk with the grader of this thread."""
    from distributed import get_worker

    try:
        differences = different(course.versions, versions())
        if differences:
            raise CourseProblem(f"This worker differs from the coordinator: {differences}. Install the same versions.")
        crew = _crew(course)
        return Reply(tuple(_outcome(crew, Task(number, head, zlib.decompress(body))) for number, head, body in chunk))
    except CourseError as problem:
        _dismiss()
        reasons = getattr(problem, "problems", [str(problem)])
        where = get_worker().address
        return Reply(refusal=(type(problem).__name__, tuple(f"Worker {where}: {reason}" for reason in reasons)))


def different(ours: tuple[tuple[str, str], ...], theirs: tuple[tuple[str, str], ...]) -> str:
    """Return in words which versions differ, or ""."""
    there = dict(theirs)
    changed = [(name, value) for name, value in ours if there.get(name) != value]
    return ", ".join(f"{name} is {there.get(name, 'absent')} instead of {value}" for name, value in changed)


def _outcome(crew: Crew, task: Task) -> Outcome:
    while not any(worker.is_ready for worker in crew.workers):
        if not crew.workers:
            crew.hire()
        crew.listen()  # a grader that dies while it starts is replaced, and after a few times refused
    crew.give(crew.workers[0], task)
    while True:
        for message in crew.listen():
            message.worker.task = None
            if message.news is News.REPORT:
                found = message.finding
                report = zlib.compress(found.text.encode())
                return Outcome(task.number, replace(found, text=""), report)
            if message.news is News.BROKEN:
                crew.dismiss(message.worker)
            return Outcome(task.number, None, reason=message.text)


class _Thread(threading.local):
    """What one thread of a worker keeps: the crew of one grader, and which course it is for."""

    stack: ExitStack | None = None
    crew: Crew | None = None
    course: tuple[object, ...] = ()


_THREAD, _LOCK, _HOMES, _STACKS = _Thread(), threading.Lock(), dict[str, Path](), list[ExitStack]()


def _crew(course: Course) -> Crew:
    wanted = (course.digest, course.assignment, course.environment, course.unsafe, course.factory)
    if _THREAD.crew is None or _THREAD.course != wanted:
        _dismiss()
        home = _home(course)
        post = Post(home / "source" / course.assignment, home, course.unsafe, course.factory, course.environment)
        _THREAD.stack = ExitStack()
        _STACKS.append(_THREAD.stack)
        _THREAD.crew, _THREAD.course = _THREAD.stack.enter_context(Crew(post)), wanted
    return _THREAD.crew


def _dismiss() -> None:
    if _THREAD.stack is not None:
        _THREAD.stack.close()
        _STACKS.remove(_THREAD.stack)
    _THREAD.stack = _THREAD.crew = None


def dismiss_graders() -> None:
    """End the graders of every thread of this process, when no thread works any more."""
    while _STACKS:
        _STACKS.pop().close()


def _home(course: Course) -> Path:
    """Return the folder of a course, unpacked once for all threads and removed with the worker."""
    from distributed import get_worker

    with _LOCK:
        if course.digest not in _HOMES:
            # A sandbox that root starts runs as nobody, who cannot enter the worker's own folder to read the data.
            is_root = os.getuid() == 0
            home = Path(tempfile.mkdtemp(prefix="mml-course-", dir=None if is_root else get_worker().local_directory))
            atexit.register(shutil.rmtree, home, ignore_errors=True)
            home.chmod(0o711 if is_root else 0o700)
            unpack_course(course, home)
            _HOMES[course.digest] = home
        return _HOMES[course.digest]


def unpack_course(course: Course, folder: Path) -> None:
    """Write the files of a course into a folder."""
    with tarfile.open(fileobj=io.BytesIO(zlib.decompress(course.archive))) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Python has it since 3.11.4
        archive.extractall(folder)

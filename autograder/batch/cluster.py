"""Grade what waits at a desk on a Dask cluster: chunks of bytes out, findings back.

Nothing needs a shared file system: the course travels as one archive, and a worker unpacks it once. Dask runs a lost chunk
again elsewhere; the desk takes one finding for each task, so that no result is there twice.
"""

from __future__ import annotations

import hashlib
import io
import logging
import runpy
import tarfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from autograder import errors
from autograder.authoring.config import FALLBACK_SECRET, load_config
from autograder.authoring.discover import assignment_folders
from autograder.batch.desk import Desk
from autograder.batch.outpost import Course, Packed, Reply, different, dismiss_graders, grade_chunk, packed, versions
from autograder.errors import CourseError, CourseProblem

if TYPE_CHECKING:
    from distributed import Client, Future

    from autograder.batch.pool import Plan

LOCAL = "local"
CHUNK, CHUNK_BYTES = 50, 4 * 2**20  # submissions in one chunk, and compressed bytes
AHEAD = 2  # chunks for every thread: one to work on and one to begin with at once
CONNECT_SECONDS = 10
WORKERS_SECONDS = 120  # how long to wait for a first worker, or for a new one when all are gone
# Dask looks at its own threads a hundred times a second, and at its event loops fifty times: 0.05 of a core for each worker.
CALM = {"distributed.worker.profile.enabled": False, "distributed.admin.tick.interval": "500ms"}


def grade_there(desk: Desk, plan: Plan) -> None:
    """Grade everything that waits at the desk on the cluster that the plan names.

    Raises CourseProblem when there is no cluster, no worker, or another version on a worker; whatever a worker's grader
    refuses, such as WeakSandbox, is raised with the worker's address.
    """
    course = pack_course(plan)
    with _cluster(plan) as client:
        _wait_for_a_worker(client)
        _compare_versions(client, course)
        flying: dict[Future, list[int]] = {}
        try:
            _drive(client, desk, course, flying)
        finally:
            client.cancel(list(flying), force=True)


def pack_course(plan: Plan) -> Course:
    """Return the course as it travels: one week's source and release, and the configuration."""
    root, name = plan.root, plan.assignment_folder.name
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.add(root / "course_config.py", "course_config.py", filter=_anonymous)
        for folder in assignment_folders(root):
            # The configuration is only right with the folders of all weeks; those of other weeks stay empty.
            archive.add(folder, f"source/{folder.name}", recursive=folder.name == name, filter=_anonymous)
        release = root / "release" / name
        if release.is_dir():
            archive.add(release, f"release/{name}", filter=_anonymous)
    content = zlib.compress(stream.getvalue(), 1)
    secret = load_config(root).secret
    variable = str(runpy.run_path(str(root / "course_config.py"))["SECRET_VARIABLE"])
    environment = ((variable, "" if secret == FALLBACK_SECRET else secret),)
    digest = hashlib.sha256(content).hexdigest()
    return Course(content, digest, name, environment, plan.unsafe, plan.factory, versions())


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Keep name and content only, so that equal courses have equal archives."""
    parts = Path(member.name).parts
    if any(part.startswith(".") or part == "__pycache__" for part in parts) or not (member.isfile() or member.isdir()):
        return None
    # What learners have may be read by the sandbox, whoever it runs as; everything else by the worker alone.
    member.mode = (0o755 if member.isdir() else 0o644) if parts[0] == "release" else (0o700 if member.isdir() else 0o600)
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member


@contextmanager
def _cluster(plan: Plan) -> Iterator[Client]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise CourseProblem("Grading with --dask needs Dask. Run: pip install dask distributed") from None
    logging.getLogger("distributed").setLevel(logging.ERROR)
    if plan.dask == LOCAL:
        # Workers are threads here and open no port that others on this machine could use; graders are processes all the same.
        sizes = {"n_workers": plan.processes, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
        with (
            dask.config.set(CALM),
            LocalCluster(processes=False, silence_logs=logging.ERROR, **sizes) as cluster,
            Client(cluster) as client,
        ):
            try:
                yield client
            finally:
                dismiss_graders()
        return
    try:
        client = Client(plan.dask, timeout=CONNECT_SECONDS)
    except (OSError, ValueError, RuntimeError) as problem:
        raise CourseProblem(
            f"No Dask scheduler answers at {plan.dask}: {problem}. Start one with: dask scheduler. Or use: --dask local"
        ) from None
    with client:
        yield client


def _wait_for_a_worker(client: Client) -> None:
    try:
        client.wait_for_workers(1, timeout=WORKERS_SECONDS)
    except TimeoutError:
        address = client.scheduler.address
        raise CourseProblem(f"The scheduler has no workers. Start at least one with: dask worker {address}") from None


def _compare_versions(client: Client, course: Course) -> None:
    """Name every worker that is not like this machine, before anything is sent."""
    problems: list[str] = []
    for address, found in client.run(versions, on_error="return").items():
        if isinstance(found, BaseException):
            problems.append(f"{address} cannot load the grader: {type(found).__name__}: {found}. Install it there.")
        elif differences := different(course.versions, found):
            problems.append(f"{address} differs from this machine: {differences}. Install the same versions there.")
    if problems:
        raise CourseProblem(problems)


def _drive(client: Client, desk: Desk, course: Course, flying: dict[Future, list[int]]) -> None:
    # Made by a task, and not scattered, so that Dask can make it again when the worker that holds it is lost.
    there = client.submit(_unchanged, course, key=f"mml-course-{uuid4().hex}")
    last_seen = time.monotonic()
    while True:
        threads = sum(client.nthreads().values())
        last_seen = time.monotonic() if threads else last_seen
        if time.monotonic() - last_seen > WORKERS_SECONDS:
            raise CourseProblem("All workers have gone. Start new ones and run the same command again: what is graded is kept.")
        while len(flying) < AHEAD * max(1, threads):
            chunk = _chunk(desk, max(1, threads))
            if not chunk:
                break
            future = client.submit(grade_chunk, there, chunk, key=f"mml-chunk-{uuid4().hex}", pure=False)
            flying[future] = [number for number, _, _ in chunk]
        if not flying:
            return
        for future in _finished(flying):
            _take(desk, future, flying.pop(future))


def _unchanged(course: Course) -> Course:
    return course


def _chunk(desk: Desk, threads: int) -> list[Packed]:
    """Take the next chunk from the desk: smaller ones towards the end, and one alone whose grader failed before."""
    size = max(1, min(CHUNK, len(desk.waiting) // (AHEAD * threads)))
    chunk: list[Packed] = []
    total = 0
    while len(chunk) < size and total < CHUNK_BYTES:
        if chunk and desk.waiting and desk.waiting[0] in desk.failures:
            break
        task = desk.next()
        if task is None:
            break
        chunk.append(packed(task))
        total += len(chunk[-1][2])
        if task.number in desk.failures:
            break
    return chunk


def _finished(flying: dict[Future, list[int]]) -> list[Future]:
    from distributed import wait

    try:
        return list(wait(list(flying), timeout=5, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []


def _take(desk: Desk, future: Future, numbers: list[int]) -> None:
    """Bring what became of a chunk to the desk."""
    if future.status == "cancelled":
        raise CourseProblem("The scheduler has gone. Start it and run the same command again: what is graded is kept.")
    if future.status == "error":
        for number in numbers:
            desk.failed(number, f"The cluster lost this submission: {future.exception()!r}")
        return
    reply: Reply = future.result()
    if reply.refusal:
        raise _refusal(*reply.refusal)
    for outcome in reply.outcomes:
        if outcome.finding is None:
            desk.failed(outcome.number, outcome.reason)
        else:
            text = zlib.decompress(outcome.report).decode()
            desk.settle(outcome.number, replace(outcome.finding, text=text))


def _refusal(name: str, problems: tuple[str, ...]) -> CourseError:
    kind: Any = getattr(errors, name, CourseError)
    return kind(list(problems)) if issubclass(kind, CourseProblem) else kind("\n".join(problems))

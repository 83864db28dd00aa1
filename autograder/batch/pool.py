"""Grade a batch of submissions over local processes, or hand it to a cluster.

The coordinator alone writes the store. A worker that dies is replaced and its submission tried once more; after that the
submission is incomplete, never a silent zero. Verdicts do not depend on the number of workers or on the order.
"""

from __future__ import annotations

import fcntl
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.authoring.config import CourseConfig, load_config
from autograder.authoring.discover import read_assignment
from autograder.batch.crew import Crew, Message, News, Worker
from autograder.batch.disk import writing
from autograder.batch.desk import BatchSummary, Desk, Progress
from autograder.batch.fingerprint import course_key, exercise_keys
from autograder.batch.store import FILE, Store
from autograder.batch.submissions import Submission
from autograder.batch.worker import Post
from autograder.build.lean import lean
from autograder.errors import CourseProblem

GRADER = "autograder.batch.worker:start_grader"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to grade, where to keep it, and how.

    `jobs` 0 means one worker for every core. `dask` is the address of a Dask scheduler, or "local" for a cluster of
    `jobs` processes on this machine.
    """

    assignment_folder: Path
    root: Path
    out: Path
    jobs: int = 0
    fresh: bool = False
    unsafe: bool = False
    factory: str = GRADER
    dask: str = ""

    @property
    def processes(self) -> int:
        """How many processes of this machine may grade."""
        return self.jobs or len(os.sched_getaffinity(0))


def grade_batch(submissions: list[Submission], plan: Plan, *, progress: Progress = lambda done, total: None) -> BatchSummary:
    """Grade what is not in the store with the same keys yet, and say how it went.

    `progress` is told how many submissions are done, and of how many. Raises KeyboardInterrupt after Ctrl-C or SIGTERM (what
    is graded is kept), CourseProblem when the store, a disk or the course cannot be used, SandboxBroken when no grader starts.
    """
    folder, config = plan.assignment_folder, load_config(plan.root)
    start = time.perf_counter()
    with _alone(plan.out), Store(plan.out / FILE, create=True) as store, _terminable():
        desk = Desk(submissions, folder, store, _keys(store, plan, config))
        desk.fresh, desk.progress = plan.fresh, progress
        earlier = store.last_run(folder.name)
        desk.run = store.begin_run(folder.name, jobs=plan.processes, now=datetime.now(UTC))
        try:
            desk.sort_out()
            if desk.waiting and plan.dask:
                from autograder.batch.cluster import grade_there

                grade_there(desk, plan)
            elif desk.waiting:
                _grade_here(desk, plan)
        finally:
            summary = desk.summary(time.perf_counter() - start, earlier, is_unsafe=plan.unsafe)
            store.end_run(desk.run, _facts(summary))
    return summary


def _keys(store: Store, plan: Plan, config: CourseConfig) -> dict[str, str]:
    """Return the key of every exercise; the exercise files are run only when one of them changed."""
    course = course_key(plan.assignment_folder, config, unsafe=plan.unsafe)
    known = store.course(course)
    if known is None:
        with lean():  # no exercise runs in this process
            assignment = read_assignment(plan.assignment_folder)
        known = exercise_keys(assignment, config, unsafe=plan.unsafe)
        store.describe(assignment)
        store.note_course(course, assignment.id, known)
    return known


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Keep a second coordinator away from the folder; the kernel lifts the lock when this one dies."""
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        stream = (out / ".grading.lock").open("a")
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourseProblem(f"Another mml grade is writing to {out}. Wait for it, or choose another --out.") from None
        except OSError as problem:
            raise CourseProblem(f"{out} is on a disk that offers no locks ({problem}). Choose another --out.") from None
        yield


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, unless the program has an answer of its own."""
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _grade_here(desk: Desk, plan: Plan) -> None:
    """Grade what waits at the desk with processes of this machine."""
    jobs = min(plan.processes, len(desk.waiting))
    with Crew(Post(plan.assignment_folder, plan.root, plan.unsafe, plan.factory)) as crew:
        while desk.waiting or crew.busy:
            while len(crew.workers) < min(jobs, len(desk.waiting) + crew.busy):
                crew.hire()
            for message in crew.listen():
                _answer(desk, crew, message)
            # One whose submission was put back, or found unreadable, has nothing to say until it is fed again.
            for worker in crew.workers:
                if worker.is_ready and worker.task is None:
                    _feed(desk, crew, worker)


def _answer(desk: Desk, crew: Crew, message: Message) -> None:
    worker, task = message.worker, message.worker.task
    match message.news:
        case News.READY:
            _feed(desk, crew, worker)
        case News.REPORT if task is not None:
            finding = message.finding
            _feed(desk, crew, worker)  # the worker goes on while its result is saved
            desk.settle(task, finding)
        case News.BROKEN | News.DEAD:
            worker.task = None
            if message.news is News.BROKEN:
                crew.dismiss(worker)
            if task is not None:
                desk.failed(task, message.text)
        case _:
            pass


def _feed(desk: Desk, crew: Crew, worker: Worker) -> None:
    """Give a worker the next submission, if there is one."""
    worker.task = None
    task = desk.next()
    if task is not None:
        crew.give(worker, task)


def _facts(summary: BatchSummary) -> dict[str, Any]:
    keys = ("total", "graded", "skipped", "partly", "seconds", "median_seconds", "p95_seconds", "throughput", "is_unsafe")
    facts: dict[str, Any] = {key: getattr(summary, key) for key in keys}
    facts |= {"layers": list(summary.layers), "refused_layers": [list(pair) for pair in summary.refused_layers]}
    return facts | {"ended_at": datetime.now(UTC).isoformat()}

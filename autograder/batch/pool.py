"""Grade a batch of submissions over local processes, and keep every result as soon as it is there.

The coordinator alone writes the store. A worker that dies is replaced and its submission tried once more; after that the
submission is incomplete, never a silent zero. Verdicts do not depend on the number of workers or on the order.
"""

from __future__ import annotations

import fcntl
import os
import signal
import statistics
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from autograder.authoring.config import CourseConfig, load_config
from autograder.authoring.discover import read_assignment
from autograder.authoring.model import Assignment
from autograder.batch.crew import Crew, Message, News, Worker
from autograder.batch.fingerprint import fingerprint, submission_key
from autograder.batch.packing import unpack
from autograder.batch.store import FILE, Stamp, Store
from autograder.batch.submissions import Submission, submission_bytes
from autograder.batch.worker import Post
from autograder.errors import BadSubmission, CourseProblem
from autograder.grading.verdict import ExerciseResult, Status, SubmissionReport, Verdict

GRADER = "autograder.batch.worker:start_grader"
TRIES = 2

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to grade, where to keep it, and how; `jobs` 0 means one worker for every core."""

    assignment_folder: Path
    root: Path
    out: Path
    jobs: int = 0
    fresh: bool = False
    unsafe: bool = False
    factory: str = GRADER


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """How a batch went; `counts` covers every submission of the batch, graded now or before."""

    total: int
    graded: int
    skipped: int
    counts: dict[Status, int]
    seconds: float
    median_seconds: float = 0.0
    p95_seconds: float = 0.0
    layers: tuple[str, ...] = ()
    refused_layers: tuple[tuple[str, str], ...] = ()
    is_unsafe: bool = False

    @property
    def throughput(self) -> float:
        """Submissions graded per second."""
        return self.graded / self.seconds if self.seconds else 0.0


def grade_batch(submissions: list[Submission], plan: Plan, *, progress: Progress = lambda done, total: None) -> BatchSummary:
    """Grade what is not in the store with the same key yet, and say how it went.

    `progress` is told how many submissions are done, and of how many. Raises KeyboardInterrupt after Ctrl-C or SIGTERM (what
    is graded is kept), CourseProblem when the store or the course cannot be used, SandboxBroken when no grader starts.
    """
    assignment, config = read_assignment(plan.assignment_folder), load_config(plan.root)
    with _alone(plan.out), Store(plan.out / FILE, create=True) as store, _terminable():
        store.describe(assignment)
        return _Batch(submissions, plan, assignment, store, progress).run(config)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Keep a second coordinator away from the folder; the kernel lifts the lock when this one dies."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".grading.lock").open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CourseProblem(f"Another mml grade is writing to {out}. Wait for it, or choose another --out.") from None
        yield


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Batch:
    """The state of one batch while it runs."""

    def __init__(
        self, submissions: list[Submission], plan: Plan, assignment: Assignment, store: Store, progress: Progress
    ) -> None:
        self.submissions, self.plan, self.assignment, self.store, self.progress = submissions, plan, assignment, store, progress
        self.waiting: deque[int] = deque()
        self.unreadable: list[int] = []
        self.tries: dict[int, int] = {}
        self.keys: dict[int, str] = {}
        self.latencies: list[float] = []
        self.graded = 0
        self.layers: tuple[str, ...] | None = None
        self.refused: dict[str, str] = {}
        self.base, self.number, self.done = "", 0, 0

    def run(self, config: CourseConfig) -> BatchSummary:
        """Grade the batch and write down how it went, also when it was interrupted."""
        start = time.perf_counter()
        self.base = fingerprint(self.assignment, config, unsafe=self.plan.unsafe)
        jobs = self.plan.jobs or len(os.sched_getaffinity(0))
        self.number = self.store.begin_run(self.assignment.id, jobs=jobs, now=datetime.now(UTC))
        earlier = self.store.last_run(self.assignment.id)
        skipped = self.done = self._sort_out()
        self.progress(self.done, len(self.submissions))
        try:
            self._settle_unreadable()
            if self.waiting:
                self._grade(min(jobs, len(self.waiting)))
        finally:
            summary = self._summary(skipped, time.perf_counter() - start, earlier)
            self._write_down(summary)
        return summary

    def _sort_out(self) -> int:
        """Queue what must be graded and return the number of results that are kept."""
        kept = {} if self.plan.fresh else self.store.done(self.assignment.id)
        for position, submission in enumerate(self.submissions):
            content, problem = _content(submission)
            if kept.get(submission.learner) != submission_key(self.base, submission, content):
                (self.unreadable if problem else self.waiting).append(position)
        return len(self.submissions) - len(self.waiting) - len(self.unreadable)

    def _settle_unreadable(self) -> None:
        for task in self.unreadable:
            submission = self.submissions[task]
            content, problem = _content(submission)
            if problem:
                self.keys[task] = submission_key(self.base, submission, content)
                self._save(task, self._unreadable(submission, problem), 0.0)
            else:
                self.waiting.append(task)  # it can be read by now

    def _grade(self, jobs: int) -> None:
        plan = self.plan
        with Crew(Post(plan.assignment_folder, plan.root, plan.unsafe, plan.factory)) as crew:
            while self.waiting or any(worker.task is not None for worker in crew.workers):
                while len(crew.workers) < min(jobs, len(self.waiting) + self._busy(crew)):
                    crew.hire()
                for message in crew.listen():
                    self._answer(crew, message)
                # One whose submission was put back, or found unreadable, has nothing to say until it is fed again.
                for worker in crew.workers:
                    if worker.is_ready and worker.task is None:
                        self._feed(crew, worker)

    def _busy(self, crew: Crew) -> int:
        return sum(worker.task is not None for worker in crew.workers)

    def _answer(self, crew: Crew, message: Message) -> None:
        worker, task = message.worker, message.worker.task
        match message.news:
            case News.READY:
                self._feed(crew, worker)
            case News.REPORT if task is not None:
                report = unpack(message.text)
                latency = time.monotonic() - worker.since
                self._feed(crew, worker)  # the worker goes on while its result is saved
                self._save(task, report, latency)
            case News.BROKEN | News.DEAD:
                worker.task = None
                if message.news is News.BROKEN:
                    crew.dismiss(worker)
                if task is not None:
                    self._try_again(task, message.text)
            case _:
                pass

    def _feed(self, crew: Crew, worker: Worker) -> None:
        """Give a worker the next submission that can be read; those that cannot are settled here."""
        worker.task = None
        while self.waiting:
            task = self.waiting.popleft()
            submission = self.submissions[task]
            content, problem = _content(submission)
            self.keys[task] = submission_key(self.base, submission, content)
            if problem:
                self._save(task, self._unreadable(submission, problem), 0.0)
                continue
            name = submission.path.name if submission.path else ""
            crew.give(worker, task, {"learner": submission.learner, "name": name}, content)
            return

    def _try_again(self, task: int, reason: str) -> None:
        self.tries[task] = self.tries.get(task, 1) + 1
        if self.tries[task] <= TRIES:
            self.waiting.appendleft(task)
            return
        report = SubmissionReport(
            self.submissions[task].learner,
            self.assignment.id,
            Status.INCOMPLETE,
            self._nothing(Verdict.OUR_FAULT),
            notes=("The grader failed while it graded this notebook; your teacher has been told.",),
            staff_notes=(f"Grading failed {TRIES} times. The last time: {reason}",),
        )
        self._save(task, report, 0.0)

    def _unreadable(self, submission: Submission, problem: str) -> SubmissionReport:
        nothing = self._nothing(Verdict.MISSING)
        return SubmissionReport(submission.learner, self.assignment.id, Status.UNREADABLE, nothing, notes=(problem,))

    def _nothing(self, verdict: Verdict) -> tuple[ExerciseResult, ...]:
        return tuple(
            ExerciseResult(e.name, e.title, verdict, Fraction(0), Fraction(e.facts.points), (), section=e.facts.section)
            for e in self.assignment.exercises
        )

    def _save(self, task: int, report: SubmissionReport, latency: float) -> None:
        submission = self.submissions[task]
        # The coordinator knows whom it asked about; the report of a notebook cannot rename its learner.
        notes = (*submission.notes, *(note for note in report.notes if note not in submission.notes))
        report = replace(report, learner=submission.learner, assignment=self.assignment.id, notes=notes, seconds=latency)
        stamp = Stamp(self.keys[task], self.number, datetime.now(UTC), submission.timestamp)
        self.store.save(report, stamp, possible=Fraction(self.assignment.points))
        self.graded += 1
        if latency:
            self.latencies.append(latency)
        if report.layers:
            self.layers = tuple(n for n in self.layers if n in report.layers) if self.layers is not None else report.layers
            self.refused |= dict(report.refused_layers)
        self.done += 1
        self.progress(self.done, len(self.submissions))

    def _summary(self, skipped: int, seconds: float, earlier: dict[str, Any]) -> BatchSummary:
        statuses = self.store.statuses(self.assignment.id)
        found = [statuses.get(submission.learner) for submission in self.submissions]
        counts = {status: found.count(status) for status in Status}
        if self.layers is None:  # nothing was graded now: name what the kept results were graded with
            self.layers = tuple(earlier.get("layers", ()))
            self.refused = dict(earlier.get("refused_layers", ()))
        return BatchSummary(
            total=len(self.submissions),
            graded=self.graded,
            skipped=skipped,
            counts=counts,
            seconds=seconds,
            median_seconds=statistics.median(self.latencies) if self.latencies else 0.0,
            p95_seconds=_percentile(self.latencies, 0.95),
            layers=self.layers,
            refused_layers=tuple(sorted(self.refused.items())),
            is_unsafe=self.plan.unsafe,
        )

    def _write_down(self, summary: BatchSummary) -> None:
        keys = ("total", "graded", "skipped", "seconds", "median_seconds", "p95_seconds", "throughput", "is_unsafe")
        facts: dict[str, Any] = {key: getattr(summary, key) for key in keys}
        facts |= {"layers": list(summary.layers), "refused_layers": [list(pair) for pair in summary.refused_layers]}
        self.store.end_run(self.number, facts | {"ended_at": datetime.now(UTC).isoformat()})


def _content(submission: Submission) -> tuple[bytes, str]:
    """Return a submission's bytes, or the problem that keeps it from being read."""
    try:
        return submission_bytes(submission), ""
    except BadSubmission as problem:
        return b"", str(problem)


def _percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

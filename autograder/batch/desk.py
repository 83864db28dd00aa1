"""Hand out the submissions of one batch one by one, take in what was found, and keep it as soon as it is there.

The desk alone writes the store. It holds names and paths, never contents or reports, so that its memory does not grow
with the class. Whoever grades for it, here or on a cluster, takes tasks and brings back findings; a task is settled once.
"""

from __future__ import annotations

import statistics
from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.authoring.discover import read_assignment
from autograder.authoring.model import Assignment
from autograder.batch.fingerprint import submission_key
from autograder.batch.packing import pack_exercise, unpack_exercise, unpack_lines
from autograder.batch.store import Stamp, Store
from autograder.batch.submissions import Submission, submission_bytes
from autograder.build.lean import lean
from autograder.errors import BadSubmission
from autograder.grading.verdict import ExerciseResult, Status, SubmissionReport, Verdict

TRIES = 2
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Task:
    """One submission to grade: its place in the batch, what a worker is told of it, and its bytes."""

    number: int
    head: dict[str, Any]
    content: bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """What a worker says of a task: a packed report, or "" when everything that is kept still holds."""

    text: str
    code: str = ""
    is_part: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """How a batch went; `counts` covers every settled submission, graded now or before, `partly` those graded in part."""

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
    partly: int = 0

    @property
    def throughput(self) -> float:
        """Submissions graded per second."""
        return self.graded / self.seconds if self.seconds else 0.0


class Desk:
    """The queue of one batch, and the only hand that writes its results."""

    def __init__(self, submissions: list[Submission], folder: Path, store: Store, keys: dict[str, str]) -> None:
        self.submissions, self.folder, self.store, self.keys = submissions, folder, store, keys
        self.progress: Progress = lambda done, total: None
        self.fresh, self.run = False, 0
        self.waiting: deque[int] = deque()
        self.open: dict[int, str] = {}  # handed out and not settled yet, with the key of the whole submission
        self.failures: defaultdict[int, list[str]] = defaultdict(list)  # why graders failed at a task
        self.counts: Counter[Status] = Counter()
        self.latencies = array("d")
        self.graded = self.partly = self.done = 0
        self.layers: tuple[str, ...] | None = None
        self.refused: dict[str, str] = {}

    @cached_property
    def assignment(self) -> Assignment:
        """The assignment, read when it is first needed: a class in which nothing changed does without."""
        with lean():  # no exercise runs in this process
            return read_assignment(self.folder)

    def sort_out(self) -> None:
        """Queue what may have changed; what cannot be read is settled at once."""
        for number, submission in enumerate(self.submissions):
            kept = None if self.fresh else self.store.kept(self.folder.name, submission.learner)
            if kept is None and not submission.problem:
                self.waiting.append(number)
                continue
            content, problem = _content(submission)
            if kept is not None and kept.key == submission_key(self.keys, submission, content):
                self._count(kept.status)
            elif problem:
                self._unreadable(number, problem)
            else:
                self.waiting.append(number)
        self.progress(self.done, len(self.submissions))

    def next(self) -> Task | None:
        """Return the next submission that can be read, or None; those that cannot be read are settled here."""
        while self.waiting:
            number = self.waiting.popleft()
            submission = self.submissions[number]
            content, problem = _content(submission)
            if problem:
                self._unreadable(number, problem)
                continue
            self.open[number] = submission_key(self.keys, submission, content)
            name = submission.path.name if submission.path else ""
            return Task(number, {"learner": submission.learner, "name": name, **self._known(submission)}, content)
        return None

    def _known(self, submission: Submission) -> dict[str, Any]:
        """Say which exercises need not be graded again if the code is as it was."""
        kept = None if self.fresh else self.store.kept(self.folder.name, submission.learner)
        if kept is None or not kept.code or kept.status is not Status.GRADED:
            return {}
        theirs = self.store.exercise_keys(self.folder.name, submission.learner)
        changed = [name for name, key in self.keys.items() if theirs.get(name) != key]
        return {"code": kept.code, "changed": changed} if len(changed) < len(self.keys) else {}

    def settle(self, number: int, finding: Finding) -> None:
        """Keep what was found about a task; a second finding about the same task is ignored."""
        if number not in self.open:
            return
        if finding.text and not finding.is_part:
            self._save(number, *unpack_lines(finding.text), finding)
        else:
            self._save(number, *self._merged(number, finding), finding)
            self.partly += bool(finding.text)
        if finding.text:
            self.graded += 1
            self.latencies.append(finding.seconds)

    def _merged(self, number: int, finding: Finding) -> tuple[SubmissionReport, list[str]]:
        """Join kept results and new ones into the report that grading everything anew would make."""
        learner = self.submissions[number].learner
        found, kept = self.store.lines(self.folder.name, learner), self.store.kept(self.folder.name, learner)
        if found is None or kept is None:
            raise LookupError(f"the kept result of {learner} has gone")
        old, lines = found
        new, fresh = unpack_lines(finding.text) if finding.text else (replace(old, notes=old.notes[kept.found_notes :]), [])
        lines |= {unpack_exercise(line).name: line for line in fresh}
        refused = dict(old.refused_layers) | dict(new.refused_layers)
        # The order of the new report, then what only the old one lacked.
        order = dict.fromkeys([*dict(new.refused_layers), *refused])
        report = replace(
            new,
            layers=tuple(layer for layer in new.layers if layer in old.layers),
            refused_layers=tuple((layer, refused[layer]) for layer in order),
        )
        return report, [lines[name] for name in self.keys]

    def failed(self, number: int, reason: str) -> None:
        """Put a task back whose grader failed; the second time it is incomplete, never a silent zero."""
        if number not in self.open:
            return
        self.failures[number].append(reason)
        if len(self.failures[number]) < TRIES:
            del self.open[number]
            self.waiting.appendleft(number)
        else:
            self._give_up(number)

    def _give_up(self, number: int) -> None:
        """Settle a task that cannot be graded through a fault of ours."""
        report = SubmissionReport(
            self.submissions[number].learner,
            self.folder.name,
            Status.INCOMPLETE,
            (),
            notes=("The grader failed while it graded this notebook; your teacher has been told.",),
            staff_notes=tuple(f"Grading failed, try {i}: {reason}" for i, reason in enumerate(self.failures[number], 1)),
        )
        self._save(number, report, self._nothing(Verdict.OUR_FAULT), Finding(""))
        self.graded += 1

    def _unreadable(self, number: int, problem: str) -> None:
        submission = self.submissions[number]
        self.open[number] = submission_key(self.keys, submission, b"")
        report = SubmissionReport(submission.learner, self.folder.name, Status.UNREADABLE, (), notes=(problem,))
        self._save(number, report, self._nothing(Verdict.MISSING), Finding(""))
        self.graded += 1

    def _nothing(self, verdict: Verdict) -> list[str]:
        """Return the packed results of exercises of which no check was run."""
        results = (
            ExerciseResult(e.name, e.title, verdict, Fraction(0), Fraction(e.facts.points), (), section=e.facts.section)
            for e in self.assignment.exercises
        )
        return [pack_exercise(result) for result in results]

    def _save(self, number: int, report: SubmissionReport, lines: list[str], finding: Finding) -> None:
        submission = self.submissions[number]
        # The desk knows whom it asked about; the report of a notebook cannot rename its learner.
        notes = (*submission.notes, *(note for note in report.notes if note not in submission.notes))
        seconds = finding.seconds if finding.text else report.seconds
        report = replace(report, learner=submission.learner, assignment=self.folder.name, notes=notes, seconds=seconds)
        stamp = Stamp(
            key=self.open[number],
            run=self.run,
            graded_at=datetime.now(UTC),
            submitted_at=submission.timestamp,
            code=finding.code,
            exercise_keys=self.keys,
            found_notes=len(submission.notes),
        )
        self.store.save_lines(report, lines, stamp, possible=Fraction(self.assignment.points))
        del self.open[number]
        if report.layers:
            self.layers = tuple(n for n in self.layers if n in report.layers) if self.layers is not None else report.layers
            self.refused |= dict(report.refused_layers)
        self._count(report.status)
        self.progress(self.done, len(self.submissions))

    def _count(self, status: Status) -> None:
        self.counts[status] += 1
        self.done += 1

    def summary(self, seconds: float, earlier: dict[str, Any], *, is_unsafe: bool) -> BatchSummary:
        """Say how the batch went; when nothing was graded now, the layers are those of the `earlier` run."""
        layers, refused = self.layers, self.refused
        if layers is None:
            layers, refused = tuple(earlier.get("layers", ())), dict(earlier.get("refused_layers", ()))
        return BatchSummary(
            total=len(self.submissions),
            graded=self.graded,
            skipped=self.done - self.graded,
            counts={status: self.counts[status] for status in Status},
            seconds=seconds,
            median_seconds=statistics.median(self.latencies) if self.latencies else 0.0,
            p95_seconds=_percentile(self.latencies, 0.95),
            layers=layers,
            refused_layers=tuple(sorted(refused.items())),
            is_unsafe=is_unsafe,
            partly=self.partly,
        )


def _content(submission: Submission) -> tuple[bytes, str]:
    """Return a submission's bytes, or the problem that keeps it from being read."""
    try:
        return submission_bytes(submission), ""
    except BadSubmission as problem:
        return b"", str(problem)


def _percentile(values: array[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

"""Start, feed and bury the worker processes of one batch.

A crew belongs to the thread that made it: the kernel tells a worker of its parent's death by the thread that started it.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from autograder import errors
from autograder.batch.desk import Finding, Task
from autograder.batch.lodging import Lodging
from autograder.batch.worker import Post, receive, send
from autograder.errors import CourseError, CourseProblem, SandboxBroken

ROOT = Path(__file__).resolve().parents[2]
START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from autograder.batch.worker import main; main()"
PATIENCE = 3600.0  # seconds for one submission: far above the sum of all limits, so that only our own bugs reach it
START_PATIENCE = 300.0
SECONDS_TO_LEAVE = 6.0
STARTS_IN_VAIN = 3


class News(StrEnum):
    """What a worker may have to say."""

    READY = "ready"
    REPORT = "report"
    BROKEN = "broken"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Message:
    """One piece of news from one worker; `text` is the packed report or what went wrong, `head` what came with it."""

    worker: Worker
    news: News
    text: str = ""
    head: dict[str, Any] = field(default_factory=dict)

    @property
    def finding(self) -> Finding:
        """What a report says of the worker's task."""
        seconds = time.monotonic() - self.worker.since
        return Finding(self.text, self.head.get("code", ""), bool(self.head.get("is_part")), seconds)


@dataclass(eq=False, slots=True)
class Worker:
    """One worker process as the coordinator sees it; `task` is the place in the batch that it works on."""

    process: subprocess.Popen[bytes]
    diary: IO[bytes]
    is_ready: bool = False
    task: int | None = None
    since: float = field(default_factory=time.monotonic)

    def last_words(self) -> str:
        """Return the end of what the process wrote to stderr."""
        self.diary.seek(max(0, self.diary.seek(0, os.SEEK_END) - 3000))
        return self.diary.read().decode("utf-8", "replace")


class Crew:
    """The workers of one batch; at the end of the block none of them is left."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.workers: list[Worker] = []
        self.starts_in_vain = 0
        self.selector = selectors.DefaultSelector()
        self.lodging = Lodging()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *problem: object) -> None:
        for worker in self.workers:
            with suppress(OSError):
                worker.process.stdin.close()
            worker.process.terminate()
        deadline = time.monotonic() + SECONDS_TO_LEAVE
        for worker in self.workers:
            with suppress(subprocess.TimeoutExpired):
                worker.process.wait(max(0.0, deadline - time.monotonic()))
            self._bury(worker)
        self.workers = []
        self.selector.close()
        self.lodging.close()

    def hire(self) -> None:
        """Start one more worker; it says READY when its grader is."""
        settings = {
            "assignment_folder": str(self.post.assignment_folder),
            "root": str(self.post.root),
            "unsafe": self.post.unsafe,
            "factory": self.post.factory,
            "parent": os.getpid(),
        }
        diary = tempfile.TemporaryFile()
        process = subprocess.Popen(
            # -P: a numpy.py in the folder where somebody grades is not ours to import.
            [sys.executable, "-P", "-c", START, json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=diary,
            env=os.environ | {"TMPDIR": str(self.lodging.path)} | dict(self.post.environment),
            start_new_session=True,
        )
        worker = Worker(process, diary)
        self.workers.append(worker)
        self.selector.register(process.stdout, selectors.EVENT_READ, worker)

    def give(self, worker: Worker, task: Task) -> None:
        """Hand a submission to a worker; if it is dead by now, its next message says so."""
        worker.task, worker.since = task.number, time.monotonic()
        with suppress(BrokenPipeError):
            send(worker.process.stdin, task.head, task.content)

    @property
    def busy(self) -> int:
        """How many workers have a task."""
        return sum(worker.task is not None for worker in self.workers)

    def listen(self) -> list[Message]:
        """Wait for news of any worker; one that is dead or silent for too long is buried.

        Raises the CourseError of a grader that refuses to start, and SandboxBroken when none starts at all.
        """
        found = [self._read(key.data) for key, _ in self.selector.select(timeout=5.0)]
        now = time.monotonic()
        for worker in self.workers:
            limit = PATIENCE if worker.is_ready else START_PATIENCE
            busy = worker.task is not None or not worker.is_ready
            if busy and now - worker.since > limit and all(message.worker is not worker for message in found):
                found.append(Message(worker, News.DEAD, f"The grader did not answer within {limit:g} seconds."))
        for message in found:
            if message.news is News.DEAD:
                self._mourn(message.worker)
        return found

    def dismiss(self, worker: Worker) -> None:
        """End one worker whose grader may be damaged."""
        self.workers.remove(worker)
        with suppress(OSError):
            worker.process.stdin.close()
        worker.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            worker.process.wait(SECONDS_TO_LEAVE)
        self._bury(worker)

    def _read(self, worker: Worker) -> Message:
        try:
            head, body = receive(worker.process.stdout)
        except (EOFError, OSError):
            with suppress(subprocess.TimeoutExpired):
                worker.process.wait(SECONDS_TO_LEAVE)
            code = worker.process.returncode
            return Message(worker, News.DEAD, f"The grader's process ended (code {code}).\n{worker.last_words()}".strip())
        if head["kind"] == "refused":
            raise _refusal(head)
        news = News(head["kind"])
        if news is News.READY:
            worker.is_ready, self.starts_in_vain = True, 0
        return Message(worker, news, body.decode() or head.get("reason", ""), head)

    def _mourn(self, worker: Worker) -> None:
        if not worker.is_ready:
            self.starts_in_vain += 1
            if self.starts_in_vain >= STARTS_IN_VAIN:
                raise SandboxBroken(f"the graders die while they start. Run: mml doctor\n{worker.last_words()}")
        self.workers.remove(worker)
        self._bury(worker)

    def _bury(self, worker: Worker) -> None:
        worker.process.kill()
        worker.process.wait()
        with suppress(KeyError, ValueError):
            self.selector.unregister(worker.process.stdout)
        for stream in (worker.process.stdin, worker.process.stdout, worker.diary):
            with suppress(OSError):
                stream.close()


def _refusal(head: dict[str, object]) -> CourseError:
    """Make the error again that a worker's grader raised; the worker is our own process, and the table is ours."""
    kind = getattr(errors, str(head["class"]), CourseError)
    problems = [str(problem) for problem in head["problems"]]
    return kind(problems) if issubclass(kind, CourseProblem) else kind("\n".join(problems))

"""Try many solutions of one exercise in the sandbox, as the grader would run them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring.cells import Role, exercise_cells
from autograder.authoring.config import CourseConfig
from autograder.authoring.model import Assignment, Check, Exercise
from autograder.build.setup import setup_source
from autograder.errors import ProtocolViolation, SandboxBroken, SandboxDied
from autograder.grading.code import Code
from autograder.grading.rightways import reference_cell
from autograder.grading.servers import given_modules, sandbox_limits
from autograder.grading.trial import conformity, run_check
from autograder.grading.verdict import CheckRun, Verdict
from autograder.sandbox.handles import Session, Stopped
from autograder.sandbox.dialogue import CheckOptions, Dialogue
from autograder.sandbox.warden import ForkServer, Sandbox

SECRET = "prove"


@dataclass(frozen=True, slots=True)
class Tried:
    """What the checks said about one solution: passed, or the first check that did not let it pass."""

    verdict: Verdict
    check: str = ""
    message: str = ""

    @property
    def is_right(self) -> bool:
        return self.verdict is Verdict.PASSED


class Bench:
    """Sandboxes for the exercises of one assignment; a context manager that owns a fork server."""

    def __init__(self, assignment: Assignment, config: CourseConfig, *, release: Path) -> None:
        self.assignment, self.config = assignment, config
        self.setup = setup_source(assignment)
        data = release / assignment.id / "data"
        self.data = (data,) if data.is_dir() else ()
        self.server: ForkServer | None = None

    def __enter__(self) -> Bench:
        given = [cell.source for e in self.assignment.exercises for cell in exercise_cells(e) if cell.role is Role.GIVEN]
        modules, late = given_modules([self.setup, *given], self.assignment.exercises)
        self.server = ForkServer(
            sandbox_limits(self.config), modules=("numpy", *sorted(modules)), lazy=tuple(sorted(late)), data=self.data
        )
        return self

    def __exit__(self, *_exception: object) -> None:
        if self.server is not None:
            self.server.close()
            self.server = None

    @contextmanager
    def place(self, exercise: Exercise) -> Iterator[Place]:
        """Open a place in which solutions of an exercise are tried."""
        if self.server is None:
            raise SandboxBroken("the bench is closed; use it in a with block")
        with Place(self.server, exercise, self.config, (self.setup, *self._given(exercise))) as place:
            yield place

    def _given(self, exercise: Exercise) -> Iterator[str]:
        """Yield the given code of an exercise, and the course's version of every function that it uses.

        While grading these functions are lent. Here they stand in the sandbox, because nothing of ours needs to be kept from
        our own mutants and every call of a lent function is a message.
        """
        for other in (one for one in self.assignment.exercises if one.name in exercise.facts.uses):
            yield from self._given(other)
            yield reference_cell(other)
        yield from (cell.source for cell in exercise_cells(exercise) if cell.role is Role.GIVEN)


class Place:
    """One loaded sandbox in which one solution after the other takes the exercise's name."""

    def __init__(self, server: ForkServer, exercise: Exercise, config: CourseConfig, prelude: tuple[str, ...]) -> None:
        self.server, self.exercise, self.config, self.prelude = server, exercise, config, prelude
        seconds = exercise.facts.seconds or config.check_seconds
        self.options = CheckOptions(
            seconds=seconds,
            banned=exercise.facts.banned,
            watch_random=exercise.takes_chance,
        )
        self.cpu_seconds = 1 + seconds * len(exercise.checks)
        self.took: dict[str, float] = {}
        self.stack = ExitStack()
        self.sandbox: Sandbox | None = None

    def __enter__(self) -> Place:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.renew()

    def renew(self) -> None:
        """End the sandbox, so that the next solution gets a fresh one."""
        self.sandbox = None
        with suppress(SandboxDied):
            self.stack.close()

    def _loaded(self) -> Sandbox:
        if self.sandbox is None:
            self.sandbox = self.stack.enter_context(self.server.sandbox())
            for number, source in enumerate(self.prelude, start=1):
                trouble = self._cell(-number, source)
                if trouble:
                    name = self.exercise.id
                    raise SandboxBroken(f"{name}: the given code stopped with {trouble}. Run: mml prove {name}")
        return self.sandbox

    def _cell(self, number: int, source: str) -> str:
        assert self.sandbox is not None
        run = self.sandbox.run_cell(number, source, seconds=self.config.limits.cell_seconds)
        return f"{run.error}: {run.text}" if run.error else ""

    def tried(
        self,
        cells: tuple[str, ...],
        *,
        conform: Callable[[str, Any], None] | None = None,
        after: Callable[[Session], None] = lambda session: None,
    ) -> Tried:
        """Run the cells of a solution and then check after check until one does not let it pass.

        `after` is called with the session of every check that passed. Raises SandboxBroken for faults of ours only.
        """
        used = Code(cells).banned_use(self.exercise.name, self.exercise.facts.banned)
        if used:
            return Tried(Verdict.BLOCKED, message=f"uses {used}, which the exercise bans")
        try:
            self._loaded()
            for number, source in enumerate(cells, start=1):
                trouble = self._cell(number, source)
                if trouble:
                    return Tried(Verdict.CRASHED, message=f"the cell stopped with {trouble}")
            with Copies(self) as copies:
                # A solution is right when all checks say so, in whatever order: the quick ones come first.
                for check in sorted(self.exercise.checks, key=lambda check: self.took.get(check.name, 0.0)):
                    run = copies.run(check, conform or conformity(self.exercise), after)
                    if run.verdict is not Verdict.PASSED:
                        note = run.staff_note[-300:] if run.verdict is Verdict.OUR_FAULT else ""
                        return Tried(run.verdict, check.name, f"{run.message} {note}".strip())
        except (SandboxDied, ProtocolViolation, Stopped) as problem:
            self.renew()
            return Tried(Verdict.CRASHED, message=f"it ended the whole process: {problem}")
        return Tried(Verdict.PASSED)

    def copy(self) -> AbstractContextManager[Dialogue]:
        """Open a dialogue with a copy of the sandbox, in which checks are run."""
        return self._loaded().copy(cpu_seconds=self.cpu_seconds)


class Copies:
    """Copies of a place: the same one for as long as no check left traces in it, then a fresh one."""

    def __init__(self, place: Place) -> None:
        self.place, self.stack = place, ExitStack()
        self.current: Dialogue | None = None

    def __enter__(self) -> Copies:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._drop()

    def _drop(self) -> None:
        self.current = None
        with suppress(SandboxDied):
            self.stack.close()

    def _session(self, conform: Callable[[str, Any], None]) -> Session:
        for _ in range(2):
            if self.current is None:
                self.current = self.stack.enter_context(self.place.copy())
            session = self.current.session(self.place.options, conform)
            if session is not None:
                return session
            self._drop()
        raise SandboxDied("a fresh copy ended at once")

    def run(self, check: Check, conform: Callable[[str, Any], None], after: Callable[[Session], None]) -> CheckRun:
        """Run one check; how long it takes is remembered the first time."""
        try:
            session, start = self._session(conform), time.perf_counter()
            run = run_check(self.place.exercise, check, session, secret=SECRET)
            self.place.took.setdefault(check.name, time.perf_counter() - start)
            if run.verdict is Verdict.PASSED:
                after(session)
            return run
        except (SandboxDied, ProtocolViolation) as problem:
            return CheckRun(check.name, Verdict.CRASHED, f"it ended the whole process: {problem}")

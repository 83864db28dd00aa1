"""Grade one submission: read it, run its cells in a sandbox, run every check, say what was found."""

from __future__ import annotations

import re
import time
from contextlib import ExitStack, suppress
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from autograder.authoring.config import CourseConfig
from autograder.authoring.model import Assignment, Check, Exercise
from autograder.build.inline import needs, pool
from autograder.build.lean import settle
from autograder.errors import BadSubmission, ProtocolViolation, SandboxBroken, SandboxDied, StaleBuild, WeakSandbox
from autograder.grading.ahead import Scripts
from autograder.grading.code import Code
from autograder.grading.copies import Copies
from autograder.grading.diagnosis import Diagnosis
from autograder.grading.load import Loaded, loaded
from autograder.grading.notebook import Cell, normal, read_notebook
from autograder.grading.servers import Servers
from autograder.grading.show import show, show_outcome
from autograder.grading.story import story
from autograder.grading.trial import conformity, failing_call, run_check
from autograder.grading.verdict import CheckResult, CheckRun, ExerciseResult, Status, SubmissionReport, Verdict, overall
from autograder.sandbox.dialogue import CheckOptions, Unexpected
from autograder.sandbox.handles import BANNED_HINT, REMOTE_ERRORS, Stopped
from autograder.sandbox.kernel import kills_for_memory
from autograder.sandbox.start import Started
from autograder.sandbox.warden import Sandbox

GIVEN = re.compile(r"setup|.+-given-\d+")  # ids of the cells that every notebook begins from
MAX_MESSAGE = 2000  # characters: a message quotes what came back
TIMEOUTS_AT_MOST = 2  # in one exercise; an endless loop would otherwise cost the limit of every check
# After these a copy is in an unknown state; a wrong answer or an exception leaves it as it was, which is looked at anyway.
SPOILING = {Verdict.TIMEOUT, Verdict.MEMORY, Verdict.OUTPUT_LIMIT, Verdict.OUR_FAULT}
KEPT_ERRORS = set(REMOTE_ERRORS) | {"MemoryError", "NameError", "ImportError", "ModuleNotFoundError", "UnboundLocalError"}


class Grader:
    """Grades submissions of one assignment, one after the other; a context manager that owns its fork servers.

    A server that was `started` before the assignment was read saves the time of loading numpy, and an assignment that was
    read under `lean` that of libraries which no graded exercise needs.
    """

    def __init__(
        self, assignment: Assignment, config: CourseConfig, *, release: Path, unsafe: bool = False, started: Started | None = None
    ) -> None:
        self.assignment, self.config, self.is_unsafe, self.started = assignment, config, unsafe, started
        notebook = release / assignment.id / f"{assignment.id}.ipynb"
        if not notebook.is_file():
            raise StaleBuild(f"{notebook} does not exist. Run: mml build {assignment.id}")
        released = read_notebook(notebook.read_bytes()).cells
        self.prelude = [cell for cell in released if GIVEN.fullmatch(cell.id)]
        self.released = {normal(cell.source) for cell in released}
        self.data = (notebook.parent / "data",) if (notebook.parent / "data").is_dir() else ()
        self.scripts = Scripts(secret=config.secret, seconds=config.check_seconds)
        self.diagnosis = Diagnosis(secret=config.secret, seconds=config.check_seconds)
        self.exercises = {exercise.name: exercise for exercise in assignment.exercises}
        self.cpu_seconds = 1 + sum((e.facts.seconds or config.check_seconds) * len(e.checks) for e in assignment.exercises)
        self.servers: Servers | None = None
        self.settled: set[str] = set()
        self.options: dict[str, CheckOptions] = {}

    def __enter__(self) -> Grader:
        self.servers = Servers(
            self.assignment,
            self.config,
            [cell.source for cell in self.prelude],
            data=self.data,
            require=self.require,
            started=self.started,
        )
        return self

    def __exit__(self, *_exception: object) -> None:
        if self.servers is not None:
            self.servers.close()
            self.servers = None

    def require(self, sandbox: Sandbox) -> None:
        """Raise WeakSandbox when a layer of the course's floor is missing and `unsafe` was not asked for."""
        missing = [layer for layer in self.config.floor if layer not in sandbox.layers]
        if missing and not self.is_unsafe:
            reasons = "; ".join(f"{layer}: {sandbox.refused.get(layer, 'not offered')}" for layer in missing)
            raise WeakSandbox(
                f"This machine lacks isolation layers that course_config.py demands ({reasons}). "
                "Run: mml doctor. To grade code that you trust all the same, add --unsafe."
            )

    def grade(
        self, learner: str, notebook: bytes, *, name: str = "", only: frozenset[str] | None = None
    ) -> SubmissionReport:
        """Grade one submission; with `only`, run the checks of those exercises and report no other.

        A submission that cannot be read gets a report with the reason. Raises SandboxBroken for faults of ours only.
        """
        start = time.perf_counter()
        chosen = [e for e in self.exercises.values() if only is None or e.name in only]
        where = {"learner": learner, "assignment": self.assignment.id, "is_unsafe": self.is_unsafe}
        try:
            content = read_notebook(notebook)
        except BadSubmission as problem:
            nothing = tuple(self._without_calls(exercise, Verdict.MISSING) for exercise in chosen)
            return SubmissionReport(
                **where, status=Status.UNREADABLE, exercises=nothing, notes=(str(problem),), seconds=time.perf_counter() - start
            )
        if self.servers is None:
            raise SandboxBroken("the grader is closed; use it in a with block")
        kills = kills_for_memory()
        cells = [cell for cell in content.cells if normal(cell.source) not in self.released and cell.source.strip()]
        everything = Code(cell.source for cell in content.cells)
        server = self.servers.of(cell.source for cell in cells)
        with ExitStack() as stack:

            def load() -> Loaded:
                stack.close()  # a server has one sandbox at a time
                return stack.enter_context(loaded(server, self.prelude, cells, seconds=self.config.limits.cell_seconds))

            session = load()
            # For one exercise a copy would cost more than it saves.
            reload = (lambda: load().sandbox) if len(chosen) == 1 else None
            with Copies(session.sandbox, cpu_seconds=self.cpu_seconds, reload=reload) as copies:
                results = tuple(self._exercise(exercise, session, copies, everything) for exercise in chosen)
            sandbox = session.sandbox
            notes = (*content.notes, *session.notes())
        has_died = any(check.verdict is Verdict.CRASHED for result in results for check in result.checks)
        if has_died and kills_for_memory() > kills:
            reason = "the machine ran out of memory, so nobody can say whose fault a crash is"
            raise SandboxBroken(f"{reason}. Grade with fewer --jobs")
        broken = any(check.verdict is Verdict.OUR_FAULT for result in results for check in result.checks)
        return SubmissionReport(
            **where,
            status=Status.INCOMPLETE if broken else Status.GRADED,
            exercises=results,
            notes=notes,
            staff_notes=tuple(c.staff_note for r in results for c in r.checks if c.verdict is Verdict.OUR_FAULT),
            layers=tuple(sandbox.layers) if sandbox else tuple(server.layers),
            refused_layers=tuple((sandbox.refused if sandbox else server.refused).items()),
            seconds=time.perf_counter() - start,
        )

    def _exercise(self, exercise: Exercise, session: Loaded, copies: Copies, everything: Code) -> ExerciseResult:
        if everything.is_untouched(exercise.name, exercise.stub):
            return self._without_calls(exercise, Verdict.NOT_ATTEMPTED)
        banned = session.code.banned_use(exercise.name, exercise.facts.banned)
        if banned:
            message = f"Your code uses {banned}. {BANNED_HINT}"
            result = self._without_calls(exercise, Verdict.BLOCKED, message)
            found = self.diagnosis.name_banned(exercise, banned)
            return replace(result, misconception=found.name, hint=found.hint) if found else result
        if session.sandbox is None:
            return self._without_calls(exercise, Verdict.CRASHED, "Your cells ended the Python process again and again.")
        self._settle(exercise)
        runs = self._runs(exercise, copies)
        runs = {name: replace(run, line="") if run.line and run.line not in session.lines else run for name, run in runs.items()}
        trouble = session.trouble_with(exercise.name)
        if trouble and all(run.verdict is Verdict.MISSING for run in runs.values()):
            verdict = Verdict.TIMEOUT if trouble.error in ("Timeout", "CellTimeout") else Verdict.CRASHED
            message = f"The cell that should define {exercise.name} stopped with {trouble.error}: {trouble.text[:300]}"
            return self._without_calls(exercise, verdict, message, line=trouble.line)
        return self.scripts.say(runs.values(), lambda: self._result(exercise, runs))

    def _settle(self, exercise: Exercise) -> None:
        """Load what our own code of an exercise needs, when it is graded for the first time and was read in a hurry."""
        if exercise.name not in self.settled:
            self.settled.add(exercise.name)
            own = (exercise, *exercise.checks, *exercise.misconceptions)
            settle(exercise.namespace, needs((each.name for each in own), pool(exercise.text)))
            for name in exercise.facts.uses:
                if name in self.exercises:
                    self._settle(self.exercises[name])

    def _runs(self, exercise: Exercise, copies: Copies) -> dict[str, CheckRun]:
        """Run every check of an exercise."""
        facts = exercise.facts
        if exercise.name not in self.options:
            self.options[exercise.name] = CheckOptions(
                seconds=facts.seconds or self.config.check_seconds,
                banned=facts.banned,
                watch_random=exercise.takes_chance,
                lends={name: self.exercises[name].reference for name in facts.uses if name in self.exercises},
            )
        options = self.options[exercise.name]
        runs: dict[str, CheckRun] = {}
        for check in exercise.checks:
            late = sum(run.verdict is Verdict.TIMEOUT for run in runs.values())
            if late >= TIMEOUTS_AT_MOST:
                message = f"Not run: {late} checks before this one did not end in time."
                runs[check.name] = CheckRun(check.name, Verdict.TIMEOUT, message)
                continue
            try:
                runs[check.name] = self._run(exercise, check, copies, options)
            except (SandboxDied, ProtocolViolation, Stopped) as problem:
                runs[check.name] = CheckRun(check.name, Verdict.CRASHED, f"Your code ended the whole process: {problem}.")
            if runs[check.name].verdict is Verdict.MISSING:
                return {other.name: replace(runs[check.name], name=other.name) for other in exercise.checks}
            if runs[check.name].verdict in SPOILING:
                copies.drop()
        return runs

    def _run(self, exercise: Exercise, check: Check, copies: Copies, options: CheckOptions) -> CheckRun:
        """Run one check; when it does not ask what was asked ahead, run it anew from question to question."""
        script = self.scripts.of(exercise, check, options.lends)
        judge = partial(run_check, exercise, check, secret=self.config.secret)
        session, dialogue = copies.session(options, conformity(exercise), script.ahead)
        try:
            return self.scripts.run(script, session, dialogue, lambda: judge(session))
        except Unexpected:
            session, _ = copies.session(options, conformity(exercise))
            return judge(session)

    def _without_calls(self, exercise: Exercise, verdict: Verdict, message: str = "", *, line: str = "") -> ExerciseResult:
        """Return the result of an exercise of which no check was run."""
        runs = {check.name: CheckRun(check.name, verdict, message, line=line) for check in exercise.checks}
        return self._result(exercise, runs, diagnose=False)

    def _result(self, exercise: Exercise, runs: dict[str, CheckRun], *, diagnose: bool = True) -> ExerciseResult:
        verdict = overall([run.verdict for run in runs.values()])
        found = self.diagnosis.name(exercise, runs) if diagnose and verdict not in (Verdict.PASSED, Verdict.OUR_FAULT) else None
        checks = tuple(self._check_result(exercise, check, runs[check.name]) for check in exercise.checks)
        return ExerciseResult(
            name=exercise.name,
            title=exercise.title,
            verdict=verdict,
            points=sum((check.points for check in checks), Fraction(0)),
            possible=Fraction(exercise.facts.points),
            checks=checks,
            misconception=found.name if found else "",
            hint=found.hint if found else "",
            section=exercise.facts.section,
        )

    def _check_result(self, exercise: Exercise, check: Check, run: CheckRun) -> CheckResult:
        worth = exercise.points_by_check[check.name]
        passed = run.verdict is Verdict.PASSED
        shown: dict[str, Any] = {}
        event, is_direct = failing_call(run)
        with_text = not check.is_hidden
        if not passed and event is not None and (with_text or self.config.shows_hidden_counterexamples):
            shown = {"call": story(event, run.events), "got": show_outcome(event, with_text=with_text)}
            with suppress(ValueError, TypeError):
                shown["expected"] = show(run.expected) if run.expected is not None and is_direct else ""
        return CheckResult(
            name=check.name,
            sentence=check.sentence,
            is_hidden=check.is_hidden,
            verdict=run.verdict,
            points=worth if passed else Fraction(0),
            possible=worth,
            message=_careful(run, with_text=with_text)[:MAX_MESSAGE],
            line=run.line,
            staff_note=run.staff_note,
            **shown,
        )


def _careful(run: CheckRun, *, with_text: bool) -> str:
    """Return a run's message; what the learner's code raised in a hidden check is reduced to a known class name."""
    if with_text or run.verdict is not Verdict.CRASHED or not run.events or run.events[-1].outcome != "error":
        return run.message
    names = run.events[-1].value
    known = next((name for name in names if name in KEPT_ERRORS), "an error")
    return f"Your code stopped with {known}."

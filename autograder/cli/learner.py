"""The self-check from the shell: check."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.root import as_json

if TYPE_CHECKING:
    from autograder.authoring.model import Assignment, Exercise
    from autograder.grading.verdict import CheckRun
    from autograder.kit.shown import Page
    from autograder.sandbox.handles import Event
    from autograder.sandbox.start import Started


@click.command()
@click.argument("notebook", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("wanted", nargs=-1, metavar="[EXERCISE ...]")
@click.option("--week", default="", help="The week of the notebook, when the file does not say it.")
@click.option("--unsafe", is_flag=True, help="Run below the isolation floor of course_config.py.")
@click.option("--json", "wants_json", is_flag=True, help="Print data for other programs.")
def check(notebook: Path, wanted: tuple[str, ...], *, week: str, unsafe: bool, wants_json: bool) -> None:
    """Run the public checks on a learner's NOTEBOOK in the sandbox, with the words of its self-check.

    Exit code 0: every public check passes. 1: one fails, or an exercise is not attempted. Hidden checks do not run. The
    checks come from the course folder, so the file may have any name.
    """
    from autograder.sandbox.start import start_server

    with closing(start_server()) as started:  # it loads numpy while this process does
        from autograder.authoring.config import load_config
        from autograder.authoring.discover import choose_folder, course_root, read_assignment
        from autograder.build.lean import lean, no_collector
        from autograder.kit.shown import RIGHT, so_far

        root, content = course_root(), notebook.read_bytes()
        folder = choose_folder(root, week or _week_of(notebook, content))
        chosen = _chosen(folder, wanted)
        with lean():
            assignment = read_assignment(folder, chosen)
        with no_collector():
            runs, notes = _run(assignment, load_config(root), root / "release", content, chosen, started, unsafe=unsafe)
    pages = [_page(exercise, runs[exercise.name]) for exercise in assignment.exercises if exercise.name in runs]
    points = {page.name: next(e.facts.points for e in assignment.exercises if e.name == page.name) for page in pages}
    done = {page.name: page.state for page in pages}
    if wants_json:
        as_json({"assignment": assignment.id, "notes": notes, "exercises": [_as_data(page) for page in pages]})
    else:
        for note in notes:
            click.echo(note, err=True)
        for page in pages:
            click.echo(f"{page!r}\n")
        click.echo(so_far(points, done).replace("So far: ", ""))
    broken = any(run.verdict == "our_fault" for found in runs.values() for run in found.values())
    sys.exit(3 if broken else int(set(done.values()) != {RIGHT}))


def _week_of(notebook: Path, content: bytes) -> str:
    """Return the assignment that a notebook says it is, or else what its name begins with."""
    try:
        return str(json.loads(content)["metadata"]["mml"]["assignment"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return notebook.stem.partition("_")[0].partition(" ")[0]


def _chosen(folder: Path, wanted: tuple[str, ...]) -> frozenset[str]:
    from autograder.authoring.discover import numbered_files
    from autograder.authoring.fragment import name_of
    from autograder.errors import UsageProblem

    names = [name_of(path) for path in numbered_files(folder) if path.suffix == ".py"]
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        raise UsageProblem(f"{folder.name} has no exercise {', '.join(unknown)}. Choose one of: {', '.join(names)}")
    return frozenset(wanted or names)


def _run(
    assignment: Assignment,
    config: Any,
    release: Path,
    content: bytes,
    chosen: frozenset[str],
    started: Started,
    *,
    unsafe: bool,
) -> tuple[dict[str, dict[str, CheckRun]], list[str]]:
    """Run the public checks of the chosen exercises; return what each found, and what the notebook's own cells did."""
    from autograder.authoring.seeds import PUBLIC
    from autograder.errors import BadSubmission
    from autograder.grading.grader import Grader
    from autograder.grading.verdict import ExerciseResult, Status
    from autograder.outputs.plain import plain

    runs: dict[str, dict[str, CheckRun]] = {}

    class Recorder(Grader):
        """A grader that keeps what its checks found, and compares with no misconception."""

        def _result(self, exercise: Exercise, found: dict[str, CheckRun], **_options: Any) -> ExerciseResult:
            runs[exercise.name] = found
            return super()._result(exercise, found, diagnose=False)

    public = replace(assignment, items=tuple(_public(exercise) for exercise in assignment.exercises))
    with Recorder(public, replace(config, secret=PUBLIC), release=release, unsafe=unsafe, started=started) as grader:
        report = grader.grade("", content, only=chosen)
    if report.status is Status.UNREADABLE:
        raise BadSubmission(report.notes)
    return runs, [plain(note) for note in report.notes]


def _public(exercise: Exercise) -> Exercise:
    """Return an exercise without its hidden checks and its variants."""
    return replace(exercise, checks=tuple(c for c in exercise.checks if not c.is_hidden), accepted=(), misconceptions=())


def _page(exercise: Exercise, runs: dict[str, CheckRun]) -> Page:
    """Return what the notebook would show."""
    from autograder.build.hints import hints_of
    from autograder.kit.shown import RIGHT, WRONG, Page, known, trace_of
    from autograder.outputs.plain import plain

    sentences = {check.name: check.sentence for check in exercise.checks}
    rows = [(*_told(exercise, run), sentences[name]) for name, run in runs.items()]
    failed = {name: _ends(run) for name, run in runs.items() if run.verdict != "passed"}
    is_wrong = WRONG in {row[0] for row in rows} <= {RIGHT, WRONG}
    trace = trace_of(failed) if is_wrong else ""
    hint = known(hints_of(exercise), trace) if trace else ""
    hidden = sum(check.is_hidden for check in exercise.checks)
    return Page(exercise.name, [(status, sentence, plain(text)) for status, text, sentence in rows], hidden=hidden, hint=hint)


def _told(exercise: Exercise, run: CheckRun) -> tuple[str, str]:
    """Return the state of a check and the text that says what it found."""
    from autograder.kit import shown
    from autograder.kit.watch import Call, expected_of, short, told
    from autograder.outputs.plain import WORDS

    states = {"passed": shown.RIGHT, "not_attempted": shown.UNTOUCHED, "missing": shown.UNDEFINED}
    states |= {"crashed": shown.ERROR, "failed": shown.WRONG, "blocked": shown.WRONG}
    state = states.get(run.verdict, WORDS[run.verdict])
    if state == shown.RIGHT:
        return state, ""
    if state == shown.UNTOUCHED:
        return state, f"Not attempted yet: `{exercise.name}` is still the stub."
    event = run.events[-1] if run.events and state != shown.UNDEFINED else None
    name = _names(run.events)[-1] if event else ""
    call = Call(name, None if event.asked.startswith("attribute") else event.args, event.kwargs) if event else ""
    came_back = short(event.value) if event and event.outcome == "value" else ""
    expected = expected_of(run.message, run.expected)
    return state, told(run.message, call=str(call), came_back=came_back, expected=expected, line=run.line)


def _ends(run: CheckRun) -> list[tuple[str, str]] | None:
    """Return how every call of a check ended, as the notebook's own watch writes it down."""
    from autograder.kit.shown import spelled
    from autograder.sandbox.handles import RemoteFunction, RemoteObject

    ends: list[tuple[str, str]] = []
    for name, event in zip(_names(run.events), run.events, strict=True):
        if event.outcome != "value":
            ends.append((name, str(_first(event.value)) if event.outcome == "error" else "no answer"))
        elif not (event.asked.startswith("attribute") and isinstance(event.value, RemoteFunction)):  # else called next
            try:
                ends.append((name, repr(event.value) if isinstance(event.value, RemoteObject) else spelled(event.value)))
            except TypeError:
                return None
    return ends


def _names(events: Sequence[Event]) -> list[str]:
    """Return what was called each time; a function that came back is named after the call that it came from."""
    from autograder.grading.story import things_in
    from autograder.kit.watch import Call
    from autograder.sandbox.handles import RemoteFunction, number_of

    names: list[str] = []
    made: dict[int | None, str] = {}
    for event in events:
        is_function = event.asked == "call " and isinstance(event.on, RemoteFunction)
        names.append(made.get(number_of(event.on), event.call) if is_function else event.call)
        call = Call(names[-1], event.args, event.kwargs)
        made |= {thing: str(call) + "".join(f"[{key}]" for key in path) for thing, path in things_in(event.value)}
    return names


def _first(names: Iterable[str]) -> str:
    return next(iter(names), "")


def _as_data(page: Page) -> dict[str, Any]:
    checks = [{"sentence": sentence, "state": state, "text": text} for state, sentence, text in page.rows]
    return {"exercise": page.name, "state": page.state, "hidden": page.hidden, "hint": page.hint, "checks": checks}

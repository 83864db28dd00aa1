"""The group `mml export`: results in the form that other systems import."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.root import as_json

if TYPE_CHECKING:
    from autograder.authoring.config import CourseConfig
    from autograder.batch.roster import Person
    from autograder.batch.store import Store
    from autograder.batch.submissions import Submission
    from autograder.outputs.exports import Export

TARGETS = {"csv": "exchange", "canvas": "exchange", "moodle": "exchange", "gradescope": "exchange", "nbgrader": "classroom"}
RESULTS = click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
WEEK = click.option("--week", help="Only this assignment; a unique beginning will do.")
OUT = click.option("--out", type=click.Path(path_type=Path), help="Where to write; without it, into RESULTS.")
LATE = click.option("--late", is_flag=True, help="Apply the late policy of course_config.py, and show what it takes.")
SCALE = click.option("--scale", is_flag=True, help="Convert scores when the other system has another maximum.")
JSON = click.option("--json", "wants_json", is_flag=True, help="Print data for other programs.")
SHOWN = 20


class Targets(click.Group):
    """A group that imports a target's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(TARGETS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in TARGETS:
            return None
        return getattr(importlib.import_module(f"autograder.cli.{TARGETS[cmd_name]}"), f"export_{cmd_name}")


@click.group(cls=Targets)
def export() -> None:
    """Write results in the form that other systems import."""


@click.command("csv")
@RESULTS
@WEEK
@LATE
@OUT
@JSON
def export_csv(results: Path, *, week: str | None, late: bool, out: Path | None, wants_json: bool) -> None:
    """Write one table with a row for every submission: names, points, and the points of every exercise."""
    from autograder.batch.store import FILE, Store
    from autograder.outputs.exports import export_csv as write

    with Store(results / FILE) as store:
        target = out or results / "export_grades.csv"
        _tell(write(store, results, target, week=week, course=_course(late=late)), wants_json=wants_json)


def _filling(write: str) -> Callable[..., None]:
    """Return the body of a command that fills a file which the other system made."""

    def fill(results: Path, *, roster: Path, out: Path | None, late: bool, wants_json: bool, **wish: Any) -> None:
        from autograder.batch.store import FILE, Store
        from autograder.outputs.exports_canvas import Wish

        run = getattr(importlib.import_module(f"autograder.outputs.exports_{write}"), f"export_{write}")
        with Store(results / FILE) as store:
            target = out or results / f"export_{write}.csv"
            _tell(run(store, results, roster, target, Wish(**wish, course=_course(late=late))), wants_json=wants_json)

    return fill


@click.command("canvas")
@RESULTS
@click.option("--roster", type=click.Path(path_type=Path), required=True, help="The gradebook that Canvas exported.")
@click.option("--column", help="The assignment's title, id or whole column name in the gradebook.")
@WEEK
@SCALE
@LATE
@OUT
@JSON
def export_canvas(results: Path, **options: Any) -> None:
    """Write a gradebook that Canvas imports: its own columns, with the scores of RESULTS."""
    _filling("canvas")(results, **options)


@click.command("moodle")
@RESULTS
@click.option("--roster", type=click.Path(path_type=Path), required=True, help="The grading worksheet of the assignment.")
@WEEK
@SCALE
@LATE
@OUT
@JSON
def export_moodle(results: Path, **options: Any) -> None:
    """Fill the grades and feedback comments of Moodle's grading worksheet."""
    _filling("moodle")(results, **options)


@click.command("gradescope")
@RESULTS
@WEEK
@LATE
@OUT
@JSON
def export_gradescope(results: Path, *, week: str | None, late: bool, out: Path | None, wants_json: bool) -> None:
    """Write results.json for every learner; Gradescope itself imports no scores of programming assignments."""
    from autograder.batch.store import FILE, Store
    from autograder.outputs.exports_gradescope import export_gradescope as write

    with Store(results / FILE) as store:
        target = out or results / "export_gradescope"
        _tell(write(store, results, target, week=week, course=_course(late=late)), wants_json=wants_json)


def all_learners(store: Store) -> list[str]:
    """Return everybody who handed in any assignment of the store."""
    return sorted({learner for facts in store.assignments() for learner in store.statuses(facts.name)})


def known_ids(roster: Path | None) -> frozenset[str]:
    """Return every id of a class list, so that names which end in a number are not taken for copies."""
    if roster is None:
        return frozenset()
    from autograder.batch.roster import read_roster

    return frozenset(text for p in read_roster(roster) for text in (p.learner, p.login, p.sis_id, p.email) if text)


def keep_people(out: Path, roster: Path | None, learners: Iterable[str], found: Iterable[Submission] = ()) -> bool:
    """Write OUT/roster.csv from a class list and from what the submissions say of people; return whether it changed."""
    from autograder.batch.roster import FILE, Person, read_roster, write_roster

    told = {one.learner: Person(one.learner, one.name, one.email) for one in found if one.name or one.email}
    before = (out / FILE).read_bytes() if (out / FILE).is_file() else b""
    if roster is None and not told and not before:
        return False
    people = {learner: Person(learner) for learner in learners} | told
    written = write_roster(out, read_roster(roster) if roster else [], people.values())
    return written.read_bytes() != before


def name_people(out: Path, handed_in: Iterable[str]) -> None:
    """Say on stderr who of the class list handed in nothing, and who handed in without being on it."""
    from autograder.batch.roster import missing_learners, unknown_learners

    learners = set(handed_in)
    for what, people in (
        ("on the class list without a submission", missing_learners(out, learners)),
        ("handed in and not on the class list", unknown_learners(out, learners)),
    ):
        if people:
            click.echo(f"{len(people)} {what}: {_names(people)}", err=True)


def _names(people: list[Person]) -> str:
    more = f" and {len(people) - SHOWN} more" if len(people) > SHOWN else ""
    return ", ".join(person.label for person in people[:SHOWN]) + more


def _course(*, late: bool) -> CourseConfig | None:
    if not late:
        return None
    from autograder.authoring.config import load_config
    from autograder.authoring.discover import course_root

    return load_config(course_root())


def _tell(done: Export, *, wants_json: bool) -> None:
    """Print what was written; exit 1 when a person must look at something."""
    if wants_json:
        files = [str(path) for path in done.files]
        as_json({"files": files, "written": done.written, "remarks": done.remarks, "hints": done.hints})
    else:
        for path in done.files:
            click.echo(path)
        click.echo(f"{done.written} scores written", err=True)
        for line in (*done.remarks, *done.hints):
            click.echo(line, err=True)
    sys.exit(1 if done.remarks else 0)

"""Commands about a cohort: the classroom, and grades that go into its gradebook."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from autograder.cli.root import as_json

JSON = click.option("--json", "wants_json", is_flag=True, help="Print data for other programs.")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--week", "weeks", multiple=True, metavar="WEEK", help="Only this week; may be given several times.")
@click.option("--roster", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A class list (CSV).")
@click.option("--course-id", default="", help="nbgrader's name of the course; mml when it is left out.")
@click.option("--exchange", type=click.Path(path_type=Path), help="nbgrader's exchange folder; in the classroom when left out.")
@JSON
def classroom(
    path: Path, *, weeks: tuple[str, ...], roster: Path | None, course_id: str, exchange: Path | None, wants_json: bool
) -> None:
    """Lay out nbgrader's course folder for a cohort in PATH, or bring it up to date.

    Submissions and grades that are there already stay as they are.
    """
    from autograder.authoring.config import load_config
    from autograder.authoring.discover import assignment_folders, choose_folder, course_root
    from autograder.build.write import read_all
    from autograder.classroom.layout import Plan, lay_out
    from autograder.classroom.roster import read_roster

    root = course_root()
    folders = list(dict.fromkeys(choose_folder(root, week) for week in weeks)) or assignment_folders(root)
    learners = read_roster(roster) if roster else []
    laid = lay_out(Plan(path, root, load_config(root), course_id, exchange), read_all(folders), learners)
    blocked = [item for item in laid if item.blocked]
    if wants_json:
        as_json([{"assignment": a.assignment, "points": a.points + a.question_points, "due": a.due.isoformat(),
                  "blocked": list(a.blocked)} for a in laid])  # fmt: skip
    else:
        for item in laid:
            total = item.points + item.question_points
            due = f"{item.due:%Y-%m-%d %H:%M %Z}"
            click.echo(f"{item.assignment}: {total} points ({item.question_points} by a person), due {due}")
    for item in blocked:
        click.echo(
            f"{item.assignment} was left as it is: work was handed in, and these cells came or went: "
            f"{', '.join(item.blocked)}. "
            "Grade that work first, or make a new classroom.",
            err=True,
        )
    click.echo(f"{len(learners)} learners of the roster. Next: cd {path} && nbgrader generate_assignment ASSIGNMENT", err=True)
    sys.exit(1 if blocked else 0)


@click.command()
@click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--classroom", "place", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True,
              help="The folder that `mml classroom` made.")  # fmt: skip
@click.option("--submissions", type=click.Path(path_type=Path, exists=True),
              help="What was graded, when it lies outside of the classroom; it is copied there.")  # fmt: skip
@JSON
def export_nbgrader(results: Path, *, place: Path, submissions: Path | None, wants_json: bool) -> None:
    """Put the grades of RESULTS into the gradebook of a classroom, where formgrader and feedback show them.

    Manual scores and comments stay. The command may be stopped and given again at any time.
    """
    from autograder.authoring.discover import course_root
    from autograder.batch.store import FILE, Store
    from autograder.classroom.layout import existing

    classroom = existing(place)
    with Store(results / FILE) as store:
        from autograder.classroom.grades import record_grades

        done = record_grades(store, classroom, course_root(), submissions=submissions)
    if wants_json:
        as_json({"written": done.written, "unchanged": done.unchanged, "problems": done.problems})
    else:
        for problem in done.problems:
            click.echo(problem)
        click.echo(f"{done.written} submissions recorded, {done.unchanged} unchanged, {len(done.problems)} problems", err=True)
    sys.exit(1 if done.problems else 0)

"""Commands that pack one week for another system's autograder."""

from __future__ import annotations

from pathlib import Path

import click

OUT = click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the zip.")


@click.group()
def bundle() -> None:
    """Pack one week for otter or Gradescope."""


@bundle.command()
@click.argument("week")
@OUT
def otter(week: str, *, out: Path) -> None:
    """Write the autograder.zip of WEEK that `otter run` grades with. For honest submissions only."""
    from autograder.authoring.config import load_config
    from autograder.authoring.discover import choose_assignment, course_root
    from autograder.build.bundle import otter_bundle

    root = course_root()
    assignment = choose_assignment(root, week)
    _write(out / f"{assignment.id}-otter.zip", otter_bundle(root, assignment, load_config(root)), root=root, kind="checks")


@bundle.command()
@click.argument("week")
@OUT
@click.option("--unsafe", is_flag=True, help="Grade even below the isolation floor; every result will say so.")
@click.option(
    "--hidden",
    type=click.Choice(["visible", "after_due_date", "after_published", "hidden"]),
    default="after_due_date",
    show_default=True,
    help="When learners see the hidden checks.",
)
def gradescope(week: str, *, out: Path, unsafe: bool, hidden: str) -> None:
    """Write the zip of WEEK for Gradescope: our sandboxed engine and the hidden checks. For staff only."""
    from autograder.authoring.config import load_config
    from autograder.authoring.discover import choose_assignment, course_root
    from autograder.build.gradescope import Wishes, gradescope_bundle

    root = course_root()
    assignment = choose_assignment(root, week)
    content = gradescope_bundle(root, assignment, load_config(root), Wishes(unsafe, hidden))
    _write(out / f"{assignment.id}-gradescope.zip", content, root=root, kind="staff")
    click.echo("For staff only: the zip holds the hidden checks, the solutions and the course secret.", err=True)
    if unsafe:
        click.echo("UNSAFE: it grades below the floor of course_config.py where the machine offers less.", err=True)


def _write(path: Path, content: bytes, *, root: Path, kind: str) -> None:
    """Write a zip and search it; a zip that holds what must not leave is removed."""
    from autograder.authoring.config import FALLBACK_SECRET, load_config
    from autograder.build.archive import write_whole
    from autograder.build.audit import Kind, audit
    from autograder.errors import Leak

    write_whole(path, content)
    secret = load_config(root).secret
    problems = audit([path], root=root, secret="" if secret == FALLBACK_SECRET else secret, kind=Kind(kind))
    if problems:
        path.unlink()
        raise Leak(problems)
    click.echo(path)
    if secret == FALLBACK_SECRET:
        click.echo("No course secret is set, so the numbers of the hidden checks can be guessed. See README.md.", err=True)

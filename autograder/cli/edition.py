"""Commands that make and search what leaves the house: build, audit."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from autograder.cli.root import as_json


@click.command()
@click.argument("wanted", nargs=-1, metavar="[WEEK ...]")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 when a built file is stale.")
def build(wanted: tuple[str, ...], *, only_check: bool) -> None:
    """Write release/ and solutions/ from source/."""
    from autograder.authoring.discover import assignment_folders, choose_folder, course_root
    from autograder.build.write import build as write

    start, root = time.perf_counter(), course_root()
    folders = [choose_folder(root, word) for word in wanted] or assignment_folders(root)
    changed = write(root, folders, check=only_check)
    for path in changed:
        click.echo(path.relative_to(root))
    click.echo(f"{len(changed)} files changed; {time.perf_counter() - start:.1f} s", err=True)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--kind",
    type=click.Choice(["learner", "checks", "staff"]),
    default="learner",
    show_default=True,
    help="Whom the files are for: otter bundles may hold hidden checks, Gradescope bundles are for staff.",
)
@click.option("--json", "wants_json", is_flag=True, help="Print data for other programs.")
def audit(paths: tuple[Path, ...], *, kind: str, wants_json: bool) -> None:
    """Search editions and zips for anything that must not leave; release/ and solutions/ when no PATH is given."""
    from autograder.authoring.config import FALLBACK_SECRET, load_config
    from autograder.authoring.discover import course_root
    from autograder.build.audit import Kind
    from autograder.build.audit import audit as search

    root = course_root()
    secret = load_config(root).secret
    chosen = paths or (root / "release", root / "solutions")
    problems = search(chosen, root=root, secret="" if secret == FALLBACK_SECRET else secret, kind=Kind(kind))
    if wants_json:
        as_json(problems)
    else:
        for problem in problems:
            click.echo(problem)
        click.echo(f"{', '.join(str(path) for path in chosen)}: {len(problems)} findings", err=True)
    sys.exit(1 if problems else 0)

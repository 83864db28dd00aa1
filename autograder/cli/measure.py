"""The command that measures: this grader beside others, in one run."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from autograder.cli.root import as_json


@click.command()
@click.argument("week", default="week09")
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1, 100), help="Every figure is a median of so many.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same class.")
@click.option("--write", is_flag=True, help="Write the tables into docs/benchmarks.md.")
@click.option("--json", "wants_json", is_flag=True, help="Print data for other programs.")
def bench(week: str, *, rounds: int, seed: int, write: bool, wants_json: bool) -> None:
    """Grade the same submissions of WEEK with this grader, stock nbgrader and stock otter, and compare cost and scores.

    It takes minutes and wants a quiet machine. nbgrader and otter-grader come with `pip install -e .[class]`.
    """
    from autograder.authoring.config import load_config
    from autograder.authoring.discover import choose_assignment, course_root
    from autograder.bench.honest import honest_class
    from autograder.bench.hosts import Task
    from autograder.build.parts import BENCHMARKS, write_part
    from autograder.bench.speed import MANY, measure, rendered

    root = course_root()
    assignment, config = choose_assignment(root, week), load_config(root)
    released = root / "release" / assignment.id / f"{assignment.id}.ipynb"
    with tempfile.TemporaryDirectory(prefix="mml-bench-") as place:
        notebooks = honest_class(assignment, config, released, learners=MANY, seed=seed)
        task = Task(root, assignment, config, notebooks, Path(place))
        found = measure(task, rounds=rounds, tell=lambda words: click.echo(words, err=True))
    if wants_json:
        as_json(found.as_data())
    else:
        click.echo(rendered(found))
    if write:
        write_part(root / BENCHMARKS, "speed", rendered(found))
        click.echo(f"wrote {BENCHMARKS}", err=True)
    sys.exit(1 if found.differences else 0)

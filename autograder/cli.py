"""The command `mml`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.group()
def main() -> None:
    """Build and grade Mathematics for Machine Learning."""


@main.command("prove")
@click.argument("wanted", nargs=-1)
def prove_command(wanted: tuple[str, ...]) -> None:
    """Prove exercises."""
    from autograder.authoring.discover import choose_exercises, course_root
    from autograder.errors import CourseError
    from autograder.grading.prove import prove

    try:
        exercises = choose_exercises(course_root(), wanted)
    except CourseError as problem:
        click.echo(str(problem))
        sys.exit(problem.exit_code)
    bad = 0
    for exercise in exercises:
        proof = prove(exercise, seconds=2.0)
        click.echo(f"{'ok ' if not proof.problems else 'BAD'} {exercise.id} {len(proof.claims)} claims {proof.seconds:.2f} s")
        for problem in proof.problems:
            click.echo(f"    {problem}")
        bad += bool(proof.problems)
    sys.exit(1 if bad else 0)

"""Commands for people who write exercises: new, lint, prove."""

from __future__ import annotations

import os
import sys
import time
from typing import NoReturn

import click

from autograder.cli.root import as_json

WEEKS = click.argument("wanted", nargs=-1, metavar="[WEEK ...]")
JSON = click.option("--json", "wants_json", is_flag=True, help="Print data for other programs.")


@click.command()
@click.argument("week")
@click.argument("name")
def new(week: str, name: str) -> None:
    """Write the skeleton of a new exercise NAME in WEEK."""
    from autograder.authoring.discover import choose_folder, course_root
    from autograder.authoring.scaffold import new_exercise

    path = new_exercise(choose_folder(course_root(), week), name)
    click.echo(f"{path}\nFill it in, then run: mml lint {week} && mml prove {week}/{name}")


@click.command()
@WEEKS
@JSON
def lint(wanted: tuple[str, ...], *, wants_json: bool) -> None:
    """Check that exercises, pages and course_config.py keep the rules for authors."""
    from autograder.authoring.config import load_config
    from autograder.authoring.discover import assignment_folders, choose_folder, course_root, read_assignment
    from autograder.authoring.lint import lint as look

    root = course_root()
    load_config(root)
    folders = [choose_folder(root, word) for word in wanted] or assignment_folders(root)
    findings = [finding for folder in folders for finding in look(read_assignment(folder))]
    if wants_json:
        as_json([{"rule": f.rule, "where": str(f.where), "text": f.text} for f in findings])
    else:
        for finding in findings:
            click.echo(str(finding))
        click.echo(f"{len(folders)} assignments, {len(findings)} findings", err=True)
    sys.exit(1 if findings else 0)


@click.command()
@click.argument("wanted", nargs=-1, metavar="[WEEK[/NAME] ...]")
@click.option("--jobs", default=0, help="Processes to use; 0 means one for every core.")
@click.option("--slowest", default=5, help="How many of the slowest exercises to name.")
@click.option("--mutate", is_flag=True, help="Judge the checks: every mutant is caught, every right way passes.")
@click.option("--write", is_flag=True, help="With --mutate and no names: write the tables of docs/benchmarks.md.")
@JSON
def prove(wanted: tuple[str, ...], *, jobs: int, slowest: int, mutate: bool, write: bool, wants_json: bool) -> None:
    """Prove exercises: references pass, stubs fail, right variants pass, wrong ways are caught where they say."""
    from autograder.authoring.config import load_config
    from autograder.authoring.discover import choose_exercises, course_root
    from autograder.errors import UsageProblem
    from autograder.grading.prove import prove_all

    if write and (wanted or not mutate):
        raise UsageProblem("--write describes the whole course. Run: mml prove --mutate --write")
    if mutate:
        _mutate(wanted, jobs=jobs or os.cpu_count() or 1, write=write, wants_json=wants_json)
    start, root = time.perf_counter(), course_root()
    exercises = choose_exercises(root, wanted)
    proofs = []
    for proof in prove_all(exercises, seconds=load_config(root).check_seconds, jobs=jobs or os.cpu_count() or 1):
        proofs.append(proof)
        if not wants_json:
            click.echo(f"{'ok ' if not proof.problems else 'BAD'} {proof.exercise}  {len(proof.claims)} claims, {proof.seconds:.2f} s")
            for problem in proof.problems:
                click.echo(f"    {problem}")
    bad = sum(bool(proof.problems) for proof in proofs)
    if wants_json:
        as_json([{"exercise": p.exercise, "claims": len(p.claims), "problems": p.problems, "seconds": p.seconds} for p in proofs])
    else:
        wrong, right = (sum(len(getattr(e, kind)) for e in exercises) for kind in ("misconceptions", "accepted"))
        click.echo(
            f"{len(proofs)} exercises, {sum(len(e.checks) for e in exercises)} checks, {right} accepted variants, "
            f"{wrong} misconceptions, {sum(len(p.claims) for p in proofs)} claims; {bad} exercises with problems; "
            f"{time.perf_counter() - start:.1f} s",
            err=True,
        )
        late = sorted(proofs, key=lambda proof: -proof.seconds)[:slowest]
        click.echo("slowest: " + ", ".join(f"{proof.exercise} {proof.seconds:.2f} s" for proof in late), err=True)
    sys.exit(1 if bad else 0)


def _mutate(wanted: tuple[str, ...], *, jobs: int, write: bool, wants_json: bool) -> NoReturn:
    """Judge the checks of exercises, tell what was found, and end the command."""
    from autograder.authoring.discover import choose_exercises, course_root
    from autograder.build.parts import BENCHMARKS, write_part
    from autograder.grading.fairness import as_data, lines_of, rendered, summary
    from autograder.grading.mutate import mutate_all

    start, root = time.perf_counter(), course_root()
    judged = []
    for one in mutate_all(choose_exercises(root, wanted), root=root, jobs=jobs):
        judged.append(one)
        for line in lines_of(one, root):
            click.echo(line, err=wants_json)
    if wants_json:
        as_json(as_data(judged))
    if write:
        write_part(root / BENCHMARKS, "mutation", rendered(judged))
        click.echo(f"wrote {BENCHMARKS}", err=True)
    click.echo(f"{summary(judged)}; {time.perf_counter() - start:.1f} s", err=True)
    sys.exit(1 if any(one.problems for one in judged) else 0)

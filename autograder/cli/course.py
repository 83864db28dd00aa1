"""Commands about the course as a whole: roadmap, topics."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from autograder.cli.root import as_json


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 when a built table is stale.")
@click.option("--jobs", default=0, type=click.IntRange(0, 256), help="Processes to use; 0 means one for every core.")
def roadmap(*, only_check: bool, jobs: int) -> None:
    """Build the tables of roadmap.md, docs/oracles.md and docs/cli.md."""
    from autograder.authoring.config import load_config
    from autograder.authoring.discover import course_root
    from autograder.authoring.topics import read_course, read_topics
    from autograder.build.roadmap import roadmap_text
    from autograder.cli.manual import manual
    from autograder.cli.root import main
    from autograder.errors import StaleBuild
    from autograder.outputs.oracles import oracle_table, trials

    start, root = time.perf_counter(), course_root()
    course = read_course(root)
    road = root / "roadmap.md"
    fresh = {road: roadmap_text(road.read_text(encoding="utf-8"), read_topics(root / "references" / "topics.csv"), course)}
    exercises = [exercise for found in course.values() for exercise in found.exercises]
    found = list(trials(exercises, seconds=load_config(root).check_seconds, jobs=jobs or os.cpu_count() or 1))
    fresh[root / "docs" / "oracles.md"] = oracle_table(found)
    fresh[root / "docs" / "cli.md"] = manual(main)  # type: ignore[arg-type]
    stale = [path for path, text in fresh.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if only_check and stale:
        raise StaleBuild([f"{path.relative_to(root)} is out of date. Run: mml roadmap" for path in stale])
    for path in stale:
        _replace(path, fresh[path])
        click.echo(path.relative_to(root))
    click.echo(f"{len(stale)} files changed; {time.perf_counter() - start:.1f} s", err=True)


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)


@click.command()
@click.option("--week", default="", help="Look at one week only.")
@click.option("--json", "wants_json", is_flag=True, help="Print data for other programs.")
def topics(*, week: str, wants_json: bool) -> None:
    """Say which topics of references/topics.csv the ten weeks treat, and list every one that they do not."""
    from dataclasses import asdict

    from autograder.authoring.discover import course_root
    from autograder.authoring.topics import coverage, exercise_places, read_course, read_topics, short_name
    from autograder.build.roadmap import chosen_places, planned_places

    root = course_root()
    course = read_course(root)
    short = short_name(root, week) if week else ""
    found = coverage(read_topics(root / "references" / "topics.csv"), course, week=short)
    real, planned = set(exercise_places(course)), set(planned_places(root / "roadmap.md"))
    lost = [f"roadmap.md: {place} does not exist" for place in (planned | set(chosen_places(root / "roadmap.md"))) - real]
    lost += [f"roadmap.md: no daily plan names {place}" for place in real - planned]
    lost = sorted(line for line in lost if not short or f" {short}/" in line)
    if wants_json:
        as_json({**asdict(found), "roadmap": lost})
    else:
        for line in (*found.missing, *found.unknown, *lost):
            click.echo(line)
        for line in found.one_sided:
            click.echo(f"warning: {line}")
        where = short or "the ten weeks"
        click.echo(f"{found.topics} topics; {found.core} name {where}; {found.covered} of these with all they name")
        if not short:
            click.echo("other places: " + ", ".join(f"{place} {count}" for place, count in found.elsewhere.items()))
    sys.exit(1 if found.missing or found.unknown or lost else 0)

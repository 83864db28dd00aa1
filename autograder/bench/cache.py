"""Measure what the cache saves: `python -m autograder.bench.cache --learners 1000 --week WEEK`.

In one run the same class is graded, graded again unchanged, and graded after one exercise changed; the course is a copy, so
that no file of the real one is touched. Each figure is the wall time of the whole command, with its pages.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from autograder.authoring.discover import choose_assignment, course_root
from autograder.batch.cluster import pack_course
from autograder.batch.outpost import unpack_course
from autograder.batch.pool import Plan
from autograder.bench.cost import measured
from autograder.bench.growth import write_class


@dataclass(frozen=True, slots=True)
class CacheRatio:
    """The seconds of grading a class, of grading it again, and of grading it after one exercise changed; medians."""

    learners: int
    exercises: int
    anew: float
    unchanged: float
    one_exercise: float

    @property
    def unchanged_ratio(self) -> float:
        """How many times faster an unchanged class is."""
        return self.anew / self.unchanged

    @property
    def one_exercise_ratio(self) -> float:
        """How many times faster a class is of which one exercise changed."""
        return self.anew / self.one_exercise


def cache_ratio(root: Path, week: str, *, learners: int, jobs: int, repeats: int = 5) -> CacheRatio:
    """Measure the cache with a class of which no two learners have the same code."""
    assignment = choose_assignment(root, week)
    exercise = assignment.exercises[len(assignment.exercises) // 2]
    with tempfile.TemporaryDirectory(prefix="mml-cache-") as place:
        course, folder, out = Path(place) / "course", Path(place) / "class", Path(place) / "results"
        course.mkdir()
        unpack_course(pack_course(Plan(assignment.folder, root, out)), course)
        write_class(root, assignment.id, learners, folder)
        where = [assignment.id, str(folder), "--out", str(out), "--jobs", str(jobs)]
        command = [sys.executable, "-m", "autograder", "grade", *where]
        times: dict[str, list[float]] = {"anew": [], "unchanged": [], "one": []}
        changed = course / "source" / assignment.id / exercise.path.name
        for turn in range(repeats):
            times["anew"].append(measured([*command, "--fresh"], course).wall)
            times["unchanged"].append(measured(command, course).wall)
            changed.write_text(f"{exercise.text}\n# changed {turn + 1} times\n", encoding="utf-8")
            times["one"].append(measured(command, course).wall)
    anew, unchanged, one = (statistics.median(times[name]) for name in ("anew", "unchanged", "one"))
    return CacheRatio(learners, len(assignment.exercises), anew, unchanged, one)


@click.command()
@click.option("--learners", default=1000, type=click.IntRange(1), show_default=True, help="Size of the class.")
@click.option("--week", required=True, help="The assignment; a unique beginning will do.")
@click.option("--jobs", default=0, type=click.IntRange(0, 256), help="Worker processes; 0 means one for every core.")
@click.option("--repeats", default=5, type=click.IntRange(1), show_default=True, help="Runs of which the median is taken.")
def main(*, learners: int, week: str, jobs: int, repeats: int) -> None:
    """Grade a class anew, unchanged, and after one exercise changed, and say how many times faster that is."""
    found = cache_ratio(course_root(), week, learners=learners, jobs=jobs, repeats=repeats)
    click.echo(f"{found.learners} learners, {found.exercises} exercises, medians of {repeats} runs of the whole command")
    click.echo(f"anew {found.anew:.2f} s")
    click.echo(f"unchanged {found.unchanged:.2f} s: {found.unchanged_ratio:.1f} times faster")
    click.echo(f"one exercise changed {found.one_exercise:.2f} s: {found.one_exercise_ratio:.1f} times faster")


if __name__ == "__main__":
    main()

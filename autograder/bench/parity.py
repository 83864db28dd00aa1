"""Compare the scores that four graders give to the same honest class: `python -m autograder.bench.parity WEEK --learners N`."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from autograder.authoring.config import load_config
from autograder.authoring.discover import choose_assignment, course_root
from autograder.bench.honest import honest_class
from autograder.bench.hosts import HOSTS, Scores, Task
from autograder.build.archive import write_whole

NEAR = 1e-4  # otter rounds to five decimals; the smallest check is worth more than a tenth of a point


@dataclass(frozen=True, slots=True)
class Difference:
    """One exercise of one learner on which two graders disagree."""

    learner: str
    exercise: str
    host: str
    score: float | None
    ours: float

    def __str__(self) -> str:
        return f"{self.learner} {self.exercise}: {self.host} gives {self.score}, ours {self.ours:g}"


def differences(results: dict[str, Scores]) -> list[Difference]:
    """Return every score that is not what our own grader gives; a score that is absent is a difference too."""
    return [
        Difference(learner, exercise, host, score, points)
        for host, scores in results.items()
        for learner, exercises in results["ours"].items()
        for exercise, points in exercises.items()
        if (score := scores.get(learner, {}).get(exercise)) is None or abs(score - points) > NEAR
    ]


def table(results: dict[str, Scores], seconds: dict[str, float]) -> list[str]:
    """Return one line for each host: how much it graded, what it gave, how often it disagrees, and how long it took."""
    wrong = differences(results)
    lines = ["| grader | submissions | scores | sum of points | differences | seconds |", "|---|---|---|---|---|---|"]
    for host, scores in results.items():
        points = [score for exercises in scores.values() for score in exercises.values()]
        apart = sum(difference.host == host for difference in wrong)
        lines.append(f"| {host} | {len(scores)} | {len(points)} | {sum(points):.2f} | {apart} | {seconds[host]:.0f} |")
    return lines


@click.command()
@click.argument("week")
@click.option("--learners", default=30, type=click.IntRange(1, 1000), show_default=True)
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same class.")
@click.option("--host", "chosen", multiple=True, type=click.Choice(list(HOSTS)), help="Only these graders, beside ours.")
@click.option("--keep", type=click.Path(path_type=Path), help="Work here; a grader that has finished here is not run again.")
def main(week: str, *, learners: int, seed: int, chosen: tuple[str, ...], keep: Path | None) -> None:
    """Grade an honest class of WEEK with four graders and print where they differ; exit 1 when they do."""
    root = course_root()
    assignment, config = choose_assignment(root, week), load_config(root)
    released = root / "release" / assignment.id / f"{assignment.id}.ipynb"
    with tempfile.TemporaryDirectory(prefix="mml-parity-") as place:
        notebooks = honest_class(assignment, config, released, learners=learners, seed=seed)
        task = Task(root, assignment, config, notebooks, (keep or Path(place)).resolve())
        results: dict[str, Scores] = {}
        seconds: dict[str, float] = {}
        for host in ("ours", *(name for name in HOSTS if name != "ours" and (not chosen or name in chosen))):
            start = time.perf_counter()
            results[host] = _kept(task.place / f"{host}.json", lambda host=host: HOSTS[host](task))
            seconds[host] = time.perf_counter() - start
            click.echo(f"{host}: {len(results[host])} submissions in {seconds[host]:.0f} s", err=True)
    for line in table(results, seconds):
        click.echo(line)
    wrong = differences(results)
    for difference in wrong:
        click.echo(difference)
    size = f"{learners} submissions x {len(assignment.exercises)} exercises x {len(results)} graders"
    click.echo(f"{size}: {len(wrong)} differences")
    raise SystemExit(1 if wrong else 0)


def _kept(path: Path, work: Callable[[], Scores]) -> Scores:
    if not path.is_file():
        write_whole(path, json.dumps(work()).encode())
    return json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()

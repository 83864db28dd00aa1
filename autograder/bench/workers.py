"""Measure what a second worker brings: `python -m autograder.bench.workers --week WEEK`.

The same class is graded by one worker and by two, in three ways: by processes of this machine, by a Dask cluster inside the
command, and by a Dask scheduler with workers in processes of their own. Each figure is the cost of one more submission, from
a small class and a large one. What a worker pays once is no part of it: its start, and every answer that it meets for the
first time. So the small class must be large enough for each worker to meet most of the answers. Beside them stands a loop
that only computes: it says what a second core of this machine is worth, and how much one round differs from the next.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import click

from autograder.authoring.discover import choose_folder, course_root
from autograder.batch.cluster import CALM
from autograder.bench.commands import MML
from autograder.bench.cost import Cost, measured, slope
from autograder.bench.growth import write_class
from autograder.build.parts import BENCHMARKS, write_part
from autograder.errors import CourseProblem

PLAIN = "plain"
WAYS = {
    PLAIN: "a loop of plain Python, in N processes",
    "processes": "`--jobs N`",
    "dask-local": "`--dask local --jobs N`",
    "dask-scheduler": "`--dask ADDRESS`: a scheduler and N workers, each a process",
}
COMPUTE = "d = {}\nfor i in range(5_000_000): d[i % 5000] = (i, str(i))"
SECONDS_TO_START = 60
# As docs/scale.md recommends for schedulers and workers: what `--dask local` sets, as Dask reads it from the environment.
SETTINGS = {f"DASK_{name.replace('.', '__')}".upper(): str(value) for name, value in CALM.items()}


@contextmanager
def options_of(way: str, workers: int) -> Iterator[list[str]]:
    """Yield the options of `mml grade` for a way; what they name is there for as long as the block runs."""
    if way == "processes":
        yield ["--jobs", str(workers)]
    elif way == "dask-local":
        yield ["--dask", "local", "--jobs", str(workers)]
    else:
        with scheduler(workers) as address:
            yield ["--dask", address]


@contextmanager
def scheduler(workers: int) -> Iterator[str]:
    """Start a Dask scheduler and so many workers on this machine, each a process; yield its address and end them all.

    Raises CourseProblem when they do not come up.
    """
    from distributed import Client

    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mml-dask-")))
        file = ["--scheduler-file", str(place / "scheduler.json")]
        _start(stack, "dask_scheduler", *file, "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        for number in range(workers):
            folder = ["--local-directory", str(place / f"worker{number}")]
            _start(stack, "dask_worker", *file, *folder, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        try:
            with Client(scheduler_file=str(place / "scheduler.json"), timeout=SECONDS_TO_START) as client:
                client.wait_for_workers(workers, timeout=SECONDS_TO_START)
                address = client.scheduler.address
        except (OSError, TimeoutError) as problem:
            raise CourseProblem(f"A Dask scheduler with {workers} workers did not start: {problem}") from None
        yield address


def _start(stack: ExitStack, name: str, *options: str) -> None:
    command = [sys.executable, "-P", "-m", f"distributed.cli.{name}", *options]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": os.environ | SETTINGS}
    process = stack.enter_context(subprocess.Popen(command, **quiet))
    stack.callback(process.terminate)


def computed(workers: int) -> float:
    """Return the seconds that so many processes take when each computes the same at once, divided by their number."""
    start = time.perf_counter()
    with ExitStack() as stack:
        for _ in range(workers):
            stack.enter_context(subprocess.Popen([sys.executable, "-c", COMPUTE]))
    return (time.perf_counter() - start) / workers


def one_more(root: Path, week: str, way: str, classes: dict[int, Path], workers: int) -> float:
    """Return the seconds of one more submission; `classes` holds the folders of a small and of a large class by their sizes."""

    def graded(count: int) -> Cost:
        # A scheduler of its own for each class: its workers would keep their graders from one to the next.
        with options_of(way, workers) as options, tempfile.TemporaryDirectory(prefix="mml-workers-") as out:
            command = [*MML, "grade", week, str(classes[count])]
            return measured([*command, "--out", str(Path(out) / "results"), *options], root)

    return slope(graded, min(classes), max(classes))[1].wall


def rendered(found: dict[str, list[tuple[float, float]]], few: int, many: int, week: str) -> str:
    """Return the table of what one more submission took, with one worker and with two, for every way and its rounds."""
    rounds = len(next(iter(found.values())))
    lines = [
        f"Built by `python -m autograder.bench.workers --week {week} --write`: medians of {rounds} rounds, slopes between a",
        f"class of {few} and one of {many}. The ratio is the median of those within a round; the last column has them all.",
        "",
        "| way | one worker | two workers | ratio | rounds |",
        "|---|---:|---:|---:|---|",
    ]
    for way, pairs in found.items():
        one, two = (statistics.median(values) * 1e3 for values in zip(*pairs, strict=True))
        ratios = [first / second for first, second in pairs]
        each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        lines.append(f"| {WAYS[way]} | {one:.0f} ms | {two:.0f} ms | {statistics.median(ratios):.2f} | {each} |")
    return "\n".join(lines) + "\n"


@click.command()
@click.option("--week", required=True, help="The assignment; a unique beginning will do.")
@click.option("--way", "ways", type=click.Choice(list(WAYS)), multiple=True, help="Only this way; may be repeated.")
@click.option("--few", default=80, show_default=True, type=click.IntRange(1), help="Size of the small class.")
@click.option("--many", default=180, show_default=True, type=click.IntRange(2), help="Size of the large class.")
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1, 100), help="A figure is a median of so many.")
@click.option("--write", is_flag=True, help="Write the table into docs/benchmarks.md.")
def main(*, week: str, ways: tuple[str, ...], few: int, many: int, rounds: int, write: bool) -> None:
    """Grade a class of WEEK with one worker and with two, and say how much faster two are."""
    if few >= many:
        raise click.UsageError(f"The small class (--few {few}) must be smaller than the large one (--many {many}).")
    root = course_root()
    name = choose_folder(root, week).name
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in ways or WAYS}
    with tempfile.TemporaryDirectory(prefix="mml-workers-") as place:
        classes = {size: write_class(root, name, size, Path(place) / str(size)) for size in (few, many)}
        for number in range(rounds):
            for way, pairs in found.items():
                run = computed if way == PLAIN else partial(one_more, root, name, way, classes)
                one, two = run(1), run(2)
                pairs.append((one, two))
                click.echo(f"round {number + 1}, {way}: {one * 1e3:.0f} ms and {two * 1e3:.0f} ms, {one / two:.2f}", err=True)
    table = rendered(found, few, many, week)
    click.echo(table)
    if write:
        write_part(root / BENCHMARKS, "workers", table)


if __name__ == "__main__":
    main()

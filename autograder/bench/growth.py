"""Measure how grading grows with the class: `python -m autograder.bench.growth --sizes 100,1000,10000 --week WEEK`.

Every learner's code is different, so that no cache helps: a base class of honest answers is written out again and again, with
another comment in every answer. The coordinator writes down its own memory as it goes.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import click

from autograder.authoring.config import load_config
from autograder.authoring.discover import choose_assignment, choose_folder, course_root
from autograder.bench.cost import Cost, measured
from autograder.bench.honest import honest_class
from autograder.errors import CourseProblem

BASE = 40  # different learners whose answers are varied
SAMPLES = 200  # memory readings of one run
SETTLED = 0.1  # part of a run after which the coordinator's memory must not grow any more
MARK = "# by the learner of this notebook"


@dataclass(frozen=True, slots=True)
class Grading:
    """One class graded: its size, the time, and the coordinator's memory in MB after 1/10, at the end, and at most."""

    learners: int
    seconds: float
    per_second: float
    first_mb: float
    last_mb: float
    most_mb: float
    store_mb: float

    @property
    def growth_of_memory(self) -> float:
        """The coordinator's memory at the end by that after the first tenth."""
        return self.last_mb / self.first_mb


@dataclass(frozen=True, slots=True)
class Growth:
    """One class with everything that is made of it."""

    grading: Grading
    report: Cost
    export: Cost
    unchanged: Cost

    @property
    def line(self) -> str:
        g = self.grading
        return (
            f"{g.learners:>7} {g.seconds:>9.1f} {g.per_second:>7.1f} {g.first_mb:>7.0f} {g.last_mb:>7.0f} {g.most_mb:>7.0f} "
            f"{g.store_mb:>8.1f} {self.unchanged.wall:>8.1f} {self.report.wall:>8.1f} {self.report.peak_mb:>7.0f} "
            f"{self.export.wall:>8.1f} {self.export.peak_mb:>7.0f}"
        )


HEADING = (
    "learners grading_s    sub/s first_MB last_MB most_MB store_MB again_s report_s rep_MB export_s  exp_MB\n"
    "again: the same class once more, unchanged; MB of the coordinator while it grades, then of report and export at most"
)


def write_class(root: Path, week: str, learners: int, folder: Path) -> Path:
    """Write `folder/<learner>.ipynb` for a class of which no two have the same code."""
    assignment = choose_assignment(root, week)
    released = root / "release" / assignment.id / f"{assignment.id}.ipynb"
    base = honest_class(assignment, load_config(root), released, learners=min(BASE, learners), seed=1)
    marked = [_marked(notebook) for notebook in base.values()]
    folder.mkdir(parents=True)
    for number in range(learners):
        text = marked[number % len(marked)].replace(MARK.encode(), f"# learner {number + 1}".encode())
        (folder / f"learner{number + 1:06d}.ipynb").write_bytes(text)
    return folder


def _marked(notebook: bytes) -> bytes:
    """Put a comment of the learner's own into every answer."""
    content = json.loads(notebook)
    for cell in content["cells"]:
        if str(cell.get("id", "")).endswith("-answer") and cell["cell_type"] == "code":
            cell["source"] = "".join(cell["source"]) + f"\n{MARK}"
    return json.dumps(content, ensure_ascii=False).encode()


def grade_class(root: Path, week: str, folder: Path, out: Path, *, jobs: int) -> Grading:
    """Grade a class in a fresh process that watches its own memory."""
    command = [sys.executable, "-m", "autograder.bench.growth", "--watch", str(folder), "--out", str(out), "--week", week]
    done = subprocess.run([*command, "--jobs", str(jobs)], cwd=root, capture_output=True, text=True)
    if done.returncode:
        raise CourseProblem(f"Grading the class in {folder} ended with {done.returncode}: {done.stderr[-1500:]}")
    facts = json.loads(done.stdout)
    readings = facts["readings"]
    return Grading(
        learners=facts["total"],
        seconds=facts["seconds"],
        per_second=facts["total"] / facts["seconds"],
        first_mb=readings[math.ceil(SETTLED * (len(readings) - 1))],
        last_mb=readings[-1],
        most_mb=max(readings),
        store_mb=(out / "grades.db").stat().st_size / 2**20,
    )


def _watch(root: Path, week: str, folder: Path, out: Path, *, jobs: int) -> None:
    """Grade a class in this process and print what it took."""
    from autograder.batch.pool import Plan, grade_batch
    from autograder.batch.submissions import find_submissions

    readings: list[float] = []

    def read(done: int, total: int) -> None:
        if done * SAMPLES // total >= len(readings):
            readings.append(memory_mb())

    assignment = choose_folder(root, week)
    found = find_submissions(folder, assignment.name)
    summary = grade_batch(found, Plan(assignment, root, out, jobs), progress=read)
    if summary.graded != len(found):
        raise CourseProblem(f"{len(found) - summary.graded} of {len(found)} submissions were not graded; {out} is not new.")
    click.echo(json.dumps({"total": summary.total, "seconds": summary.seconds, "readings": readings}))


def memory_mb() -> float:
    """Return the resident memory of this process."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise CourseProblem("This system does not say how much memory a process has (/proc/self/status).")


def measure(root: Path, week: str, learners: int, *, jobs: int) -> Growth:
    """Make up a class, grade it, and make everything that an instructor asks for."""
    name = choose_folder(root, week).name
    mml = [sys.executable, "-m", "autograder"]
    with tempfile.TemporaryDirectory(prefix="mml-growth-") as place:
        folder, out = write_class(root, week, learners, Path(place) / "class"), Path(place) / "results"
        grading = grade_class(root, week, folder, out, jobs=jobs)
        report = measured([*mml, "report", str(out)], root)
        export = measured([*mml, "export", "csv", str(out), "--out", str(Path(place) / "export.csv")], root)
        measured([*mml, "grade", name, str(folder), "--out", str(out), "--jobs", str(jobs)], root)  # its pages are made now
        unchanged = measured([*mml, "grade", name, str(folder), "--out", str(out), "--jobs", str(jobs)], root)
        return Growth(grading, report, export, unchanged)


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Return b of the curve a * size ** b that fits best: 1 means that twice the class takes twice the time."""
    x, y = [math.log(size) for size in sizes], [math.log(value) for value in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum((a - mean_x) ** 2 for a in x)


def one_more(found: list[Grading]) -> list[float]:
    """Return the seconds of one more submission between each class and the next: the start of a batch is no part of them."""
    return [(b.seconds - a.seconds) / (b.learners - a.learners) for a, b in pairwise(found)]


@click.command()
@click.option("--sizes", default="100,1000,10000", help="Sizes of the classes.", show_default=True)
@click.option("--week", required=True, help="The assignment; a unique beginning will do.")
@click.option("--jobs", default=0, type=click.IntRange(0, 256), help="Worker processes; 0 means one for every core.")
@click.option("--json", "wants_json", is_flag=True, help="Print data for other programs.")
@click.option("--watch", type=click.Path(path_type=Path), hidden=True)
@click.option("--out", type=click.Path(path_type=Path), hidden=True)
def main(*, sizes: str, week: str, jobs: int, wants_json: bool, watch: Path | None, out: Path | None) -> None:
    """Grade larger and larger classes of WEEK, and say how time, memory and disk grow."""
    root = course_root()
    if watch is not None and out is not None:
        _watch(root, week, watch, out, jobs=jobs)
        return
    found: list[Growth] = []
    if not wants_json:
        click.echo(HEADING)
    for size in (int(word) for word in sizes.split(",")):
        found.append(measure(root, week, size, jobs=jobs))
        if not wants_json:
            click.echo(found[-1].line)
    growth = exponent([f.grading.learners for f in found], [f.grading.seconds for f in found]) if len(found) > 1 else None
    if wants_json:
        click.echo(json.dumps({"classes": [asdict(f) for f in found], "exponent": growth}, indent=1))
    elif growth is not None:
        click.echo(f"time grows with the size to the power of {growth:.2f}, with the start of the batch, which every class pays once")
        gradings = [f.grading for f in found]
        for (smaller, larger), seconds in zip(pairwise(gradings), one_more(gradings), strict=True):
            click.echo(f"from {smaller.learners} to {larger.learners} learners each one more costs {seconds * 1000:.0f} ms")
    for f in found:
        share = f.grading.growth_of_memory
        click.echo(f"{f.grading.learners}: memory at the end is {share:.2f} of that after a tenth", err=True)


if __name__ == "__main__":
    main()

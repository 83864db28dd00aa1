"""Commands for people who run a class: simulate, grade, report, compare."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.root import as_json

if TYPE_CHECKING:
    from autograder.batch.pool import BatchSummary
    from autograder.batch.store import Store
    from autograder.batch.submissions import Submission
    from autograder.outputs.similarity import Pair

OUT = click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the results.")
ROSTER = click.option("--roster", type=click.Path(path_type=Path), help="The class list (CSV): names, and who is missing.")
LAYOUTS = ("auto", "nbgrader", "flat", "canvas", "exchange", "gradescope", "moodle", "otter")
JSON = click.option("--json", "wants_json", is_flag=True, help="Print data for other programs.")


@click.command()
@click.argument("week")
@click.option("--learners", default=40, type=click.IntRange(1, 100_000), help="How many learners the class has.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the class; it must be new.")
@click.option("--seed", default=1, help="The same seed makes the same class.")
@click.option("--execute", is_flag=True, help="Send every notebook through a real Jupyter kernel first.")
def simulate(week: str, *, learners: int, out: Path, seed: int, execute: bool) -> None:
    """Make up a class for WEEK with known verdicts (truth.csv)."""
    from autograder.authoring.config import load_config
    from autograder.authoring.discover import choose_assignment, course_root
    from autograder.batch.simulate import ClassPlan
    from autograder.batch.simulate import simulate as make_up

    root = course_root()
    assignment = choose_assignment(root, week)
    notebook = root / "release" / assignment.id / f"{assignment.id}.ipynb"
    make_up(assignment, load_config(root), ClassPlan(learners, out, seed, notebook, execute))
    click.echo(f"{out / 'submitted'}\n{out / 'truth.csv'}")


@click.command()
@click.argument("week")
@click.argument("submissions", type=click.Path(path_type=Path, exists=True))
@OUT
@click.option("--jobs", default=0, type=click.IntRange(0, 256), help="Worker processes; 0 means one for every core.")
@click.option("--fresh", is_flag=True, help="Grade everything anew, also what is unchanged.")
@click.option("--unsafe", is_flag=True, help="Grade below the isolation floor; every report will say so.")
@click.option("--dask", default="", metavar="ADDRESS", help="Grade on a Dask cluster; `local` starts one on this machine.")
@click.option("--layout", default="auto", type=click.Choice(LAYOUTS), help="How SUBMISSIONS is laid out; found by itself.")
@ROSTER
@JSON
def grade(
    week: str, submissions: Path, *, out: Path, jobs: int, fresh: bool, unsafe: bool, dask: str, layout: str,
    roster: Path | None, wants_json: bool,
) -> None:  # fmt: skip
    """Grade the SUBMISSIONS of WEEK: a folder or .zip from nbgrader, otter, Canvas, Moodle or Gradescope, or of notebooks.

    Results go to OUT/grades.db, OUT/grades.csv, OUT/class.html and OUT/feedback/. A run that was stopped goes on where it
    was when the same command is given again. What did not change is not graded again.
    """
    from autograder.authoring.config import load_config
    from autograder.authoring.discover import choose_folder, course_root
    from autograder.batch.disk import writing
    from autograder.batch.fingerprint import pages_key
    from autograder.batch.pool import Plan, grade_batch
    from autograder.batch.store import FILE, Store
    from autograder.batch.submissions import find_submissions
    from autograder.cli.exchange import all_learners, keep_people, known_ids, name_people

    root = course_root()
    folder = choose_folder(root, week)
    found = find_submissions(submissions, folder.name, layout=layout, known=known_ids(roster))
    plan = Plan(folder, root, out, jobs, fresh, unsafe, dask=dask)
    with _progress(len(found), f"grading {folder.name}") as tell:
        summary = grade_batch(found, plan, progress=tell)
    start = time.perf_counter()
    with Store(out / FILE) as store:
        # Pages of a class in which nothing changed are what they would be again. Every option that they show is in the key.
        key = pages_key(load_config(root), *sorted(submission.learner for submission in found))  # whose answers are compared
        with writing(out):
            is_new = keep_people(out, roster, all_learners(store), found)
            pages = [out / page for page in store.pages(key)]
            if is_new or not pages or not all(page.is_file() for page in pages):
                pages = _write_outputs(store, out, root, _pairs(store, found, folder.name, root))
                store.note_pages([page.relative_to(out).as_posix() for page in pages], key)
        if wants_json:
            as_json(_as_data(summary, pages))
        else:
            _print_class(store, folder.name)
        name_people(out, store.statuses(folder.name))
    if not wants_json:
        _print_summary(summary, pages, time.perf_counter() - start)
    sys.exit(3 if summary.counts.get("incomplete") else 0)  # type: ignore[call-overload]


@click.command()
@click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--submissions",
    type=click.Path(path_type=Path, exists=True),
    help="The submissions that were graded, to compare the answers of learners with each other.",
)
@ROSTER
def report(results: Path, submissions: Path | None, *, roster: Path | None) -> None:
    """Write the class page, the feedback pages and grades.csv of RESULTS anew, from its grades.db."""
    from autograder.authoring.discover import course_root
    from autograder.batch.disk import writing
    from autograder.batch.store import FILE, Store
    from autograder.cli.exchange import all_learners, keep_people, name_people
    from autograder.outputs.evidence import similar_answers

    root = course_root()
    with Store(results / FILE) as store, writing(results):
        keep_people(results, roster, all_learners(store))
        name_people(results, all_learners(store))
        pairs = similar_answers(store, submissions, root) if submissions else None
        pages = _write_outputs(store, results, root, pairs)
        store.note_pages([], "")  # without --submissions they say less than those of `mml grade`, which writes its own again
    for page in pages:
        click.echo(page)


@click.command()
@click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("truth", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def compare(results: Path, truth: Path) -> None:
    """Compare the verdicts of RESULTS with the TRUTH of a made-up class; exit 1 when one differs."""
    from autograder.batch.compare import compare as look

    comparison = look(results, truth)
    for line in comparison.lines:
        click.echo(line)
    sys.exit(1 if comparison.differences else 0)


def _pairs(store: Store, found: list[Submission], assignment: str, root: Path) -> dict[str, tuple[Pair, ...]]:
    from autograder.outputs.evidence import kept_pairs

    facts = next(item for item in store.assignments() if item.name == assignment)
    return {assignment: kept_pairs(store, found, facts, root)}


def _write_outputs(store: Store, out: Path, root: Path, pairs: dict[str, tuple[Pair, ...]] | None) -> list[Path]:
    from autograder.authoring.config import load_config
    from autograder.outputs.classpage import write_class_page
    from autograder.outputs.feedback import write_feedback
    from autograder.outputs.tables import write_grades

    pages = [*write_class_page(store, out, course=load_config(root), pairs=pairs), write_grades(store, out)]
    write_feedback(store, out)
    return pages


class _progress:
    """A progress bar on stderr, only where a person looks at it."""

    def __init__(self, total: int, label: str) -> None:
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

        console = Console(stderr=True)
        self.bar = Progress(*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeElapsedColumn(), console=console)
        self.bar.disable = not console.is_terminal
        self.task = self.bar.add_task(label, total=total)

    def __enter__(self) -> _progress:
        self.bar.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.bar.stop()

    def __call__(self, done: int, total: int) -> None:
        self.bar.update(self.task, completed=done, total=total)


def _print_class(store: Store, assignment: str) -> None:
    from collections import Counter
    from fractions import Fraction

    from rich.console import Console
    from rich.table import Table

    from autograder.grading.verdict import Status

    verdicts: dict[str, Counter[str]] = {}
    wrong: dict[str, Counter[str]] = {}
    points: dict[str, Fraction] = {}
    count = graded = 0
    for report in store.each(assignment):
        count += 1
        graded += report.status is Status.GRADED
        for result in report.exercises if report.status is Status.GRADED else ():  # as on the class page
            verdicts.setdefault(result.name, Counter())[result.verdict.value] += 1
            wrong.setdefault(result.name, Counter())[result.misconception] += bool(result.misconception)
            points[result.name] = points.get(result.name, Fraction(0)) + result.points
    title = f"{assignment}: {graded} of {count} graded"
    table = Table("exercise", "mean", "verdicts", "most common misconception", title=title)
    possible = {exercise.name: exercise.points for facts in store.assignments() for exercise in facts.exercises}
    for name, found in verdicts.items():
        mean = float(points[name] / found.total())
        words = ", ".join(f"{times} {verdict}" for verdict, times in found.most_common())
        common = (+wrong[name]).most_common(1)
        table.add_row(name, f"{mean:.1f} of {float(possible.get(name, 0)):g}", words, common[0][0] if common else "")
    Console(width=150).print(table)


def _print_summary(summary: BatchSummary, pages: list[Path], seconds: float) -> None:
    counts = ", ".join(f"{count} {status}" for status, count in summary.counts.items() if count)
    click.echo(f"{summary.total} submissions: {counts}; {summary.graded} graded now, {summary.skipped} unchanged")
    if summary.partly:
        click.echo(f"{summary.partly} of those graded now kept the results of exercises that did not change")
    click.echo(
        f"{summary.throughput:.1f} submissions/s; per submission median {1000 * summary.median_seconds:.0f} ms, "
        f"p95 {1000 * summary.p95_seconds:.0f} ms; {summary.seconds:.1f} s in all, pages {seconds:.1f} s"
    )
    click.echo(f"isolation layers: {', '.join(summary.layers) or 'nothing was run'}")
    for layer, reason in summary.refused_layers:
        click.echo(f"  not active: {layer} ({reason})")
    if summary.is_unsafe:
        click.echo("  UNSAFE: graded below the floor of course_config.py")
    for page in pages:
        click.echo(f"{page}")


def _as_data(summary: BatchSummary, pages: list[Path]) -> dict[str, object]:
    return {
        "total": summary.total,
        "graded": summary.graded,
        "unchanged": summary.skipped,
        "partly": summary.partly,
        "status": {str(status): count for status, count in summary.counts.items()},
        "seconds": summary.seconds,
        "median_seconds": summary.median_seconds,
        "p95_seconds": summary.p95_seconds,
        "throughput": summary.throughput,
        "layers": list(summary.layers),
        "refused_layers": dict(summary.refused_layers),
        "unsafe": summary.is_unsafe,
        "files": [str(page) for page in pages],
    }

"""Give dishonest answers and damaged notebooks to this grader and to its peers: `python -m autograder.bench.trust --write`.

The dishonest answers are those of tests/attacks that stay inside their own process, because the peers run them beside
everything else on this machine. What comes out is numbers, by class.
"""

from __future__ import annotations

import ast
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from autograder.authoring.config import load_config
from autograder.authoring.discover import course_root, read_assignment
from autograder.batch.accidents import ACCIDENTS, Draft, as_bytes, befall
from autograder.batch.answers import Answers
from autograder.bench.hosts import Scores, Task, nbgrader_course, nbgrader_scores, otter_scores, ours
from autograder.bench.small_course import WEEK, small_course
from autograder.build.archive import write_whole
from autograder.build.bundle import otter_bundle
from autograder.build.parts import BENCHMARKS, write_part
from autograder.errors import CourseProblem
from autograder.grading.verdict import Verdict

DEFAULT = "week09 entropy"
HARMLESS = {"numpy", "builtins", "math", "fractions", "json", "operator"}
TELLTALE = ("while True", "10 ** ", "10**", "_exit", "kill", "open(", "exec(", "eval(")
NEAR = 1e-4
MEMORY = 6 * 2**30  # bytes for each process of a peer: some of the answers ask for all that there is
SECONDS = 240  # for one submission; a grader that has not ended by then never will


@dataclass(frozen=True, slots=True)
class Case:
    """One submission; `worth` is what a right answer in its place would get, or None when nothing in the file can be read."""

    name: str
    kind: str  # "attack" or "accident"
    notebook: bytes
    file_name: str
    worth: float | None


def is_harmless(text: str) -> bool:
    """Say whether an attack touches nothing outside its own process."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return False
    names = {item.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for item in node.names}
    names |= {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return names <= HARMLESS and "# with: " not in text and not any(word in text for word in TELLTALE)


def target(text: str) -> tuple[str, str]:
    """Return week and exercise of an attack."""
    first = text.splitlines()[0].removeprefix("# ")
    week, _, name = (first if first.startswith("week") else DEFAULT).partition(" ")
    return week, name


class Trial:
    """A small course with every exercise that is attacked, and the submissions for it."""

    def __init__(self, root: Path, place: Path) -> None:
        attacks = sorted((root / "tests" / "attacks" / "submissions").glob("*.py"))
        texts = {path.stem: path.read_text(encoding="utf-8") for path in attacks}
        self.total = len(texts)
        self.attacks = {name: text for name, text in texts.items() if is_harmless(text)}
        wanted = sorted({target(text) for text in self.attacks.values()})
        paths = [next((root / "source").glob(f"{week}*/[0-9][0-9][0-9]_{name}.py")) for week, name in wanted]
        course = small_course(root, tuple(f"{path.parent.name}/{path.stem}" for path in paths), place / "course")
        self.assignment, self.config = read_assignment(course / "source" / WEEK), load_config(course)
        self.course, self.place = course, place
        released = course / "release" / WEEK / f"{WEEK}.ipynb"
        self.notebook = json.loads(released.read_text(encoding="utf-8"))
        self.makers = {e.name: Answers(e, secret=self.config.secret, seconds=self.config.check_seconds) for e in self.assignment.exercises}

    def draft(self) -> Draft:
        return Draft(WEEK, deepcopy(self.notebook), {}, self.makers, file_name=f"{WEEK}.ipynb")

    def cases(self) -> list[Case]:
        """Return the attacks, each beside untouched stubs, and the accidents, each to a solved notebook."""
        found = []
        worth = {e.name: float(e.facts.points) for e in self.assignment.exercises}
        for name, text in self.attacks.items():
            draft = self.draft()
            draft.set_source(target(text)[1], text)
            found.append(Case(name, "attack", as_bytes(draft.notebook), f"{WEEK}.ipynb", worth[target(text)[1]]))
        for name in ACCIDENTS:
            draft = self.draft()
            for exercise in self.assignment.exercises:
                draft.write(exercise.name, self.makers[exercise.name].reference())
            befall(draft, name, list(self.assignment.exercises), random.Random(1))
            content = draft.spoil(draft.notebook) if draft.spoil else as_bytes(draft.notebook)
            right = (points for exercise, points in worth.items() if draft.answers[exercise].verdict is Verdict.PASSED)
            found.append(Case(name, "accident", content or b"", draft.file_name, None if draft.is_unreadable else sum(right)))
        return found

    def task(self, cases: list[Case]) -> Task:
        return Task(self.course, self.assignment, self.config, {case.name: case.notebook for case in cases}, self.place)


def with_nbgrader(trial: Trial, cases: list[Case]) -> Scores:
    """Grade each with `nbgrader autograde`, because one notebook that it refuses ends a run; what it gives no score is absent."""
    folder = trial.place / "nbgrader"
    nbgrader_course(trial.task(cases), folder, [case.name for case in cases])
    for case in cases:
        home = folder / "submitted" / case.name / WEEK
        if case.file_name != f"{WEEK}.ipynb":
            (home / f"{WEEK}.ipynb").rename(home / (case.file_name or "nothing.txt"))
        _within([sys.executable, "-P", "-m", "nbgrader", "autograde", WEEK, f"--student={case.name}"], folder)
    return nbgrader_scores(folder)


def with_otter(trial: Trial, cases: list[Case]) -> Scores:
    """Grade each with `otter run`; what it gives no results is absent."""
    bundle = write_whole(trial.place / "otter.zip", otter_bundle(trial.course, trial.assignment, trial.config))
    scores: Scores = {}
    for case in cases:
        path = write_whole(trial.place / "otter" / case.name / (case.file_name or "nothing.txt"), case.notebook)
        out = path.parent / "out"
        out.mkdir()
        _within([sys.executable, "-P", "-m", "otter", "run", path.name, "-a", str(bundle), "-o", "out", "--no-logo"], path.parent)
        if (out / "results.json").is_file():
            scores[case.name] = otter_scores(out / "results.json")
    return scores


def _within(command: list[str], folder: Path) -> None:
    from autograder.bench.cost import measured

    try:
        measured(["prlimit", f"--as={MEMORY}", "timeout", "--kill-after=5", str(SECONDS), *command], folder, fine=range(256))
    except (CourseProblem, subprocess.SubprocessError) as problem:
        click.echo(str(problem), err=True)


@dataclass
class Row:
    """What one grader made of everything."""

    grader: str
    attacks: int = 0
    some: int = 0
    full: int = 0
    accidents: int = 0
    lost: int = 0


def judged(grader: str, scores: Scores, cases: list[Case]) -> Row:
    """Count attacks that got some and full marks, and accidents that lost a score which the file deserves."""
    row = Row(grader)
    for case in cases:
        got = sum(scores.get(case.name, {}).values())
        if case.worth is None:
            continue  # no grader can find anything in it
        if case.kind == "attack":
            row.attacks += 1
            row.some += got > NEAR
            row.full += got > case.worth - NEAR
        else:
            row.accidents += 1
            row.lost += got < case.worth - NEAR
    return row


def rendered(rows: list[Row], total: int) -> str:
    """Return the table as Markdown."""
    lines = [
        "Built by `python -m autograder.bench.trust --write`. Stock nbgrader and stock otter run as installed, with editions of the",
        f"same exercises. Of {total} dishonest answers those are tried that stay inside their own process; the others would harm a",
        "machine that runs them unconfined. The peers grade each submission by itself: one `nbgrader autograde` for the whole class",
        "ends at the first notebook that it refuses, and those after it get no score. A dishonest answer may get some points for",
        "claims that hold, such as raising an error when it should. An accident loses a score when a right answer in the file gets",
        "fewer points than it is worth.",
        "",
        "| grader | dishonest answers | with some points | with full marks | accidents | that lost a score |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    lines += [f"| {row.grader} | {row.attacks} | {row.some} | {row.full} | {row.accidents} | {row.lost} |" for row in rows]
    return "\n".join(lines) + "\n"


def kept(place: Path | None, name: str, make: Callable[[], Row]) -> Row:
    """Return the row of one grader: from the folder of rows, if it is there, and otherwise made and kept."""
    path = place / f"{name}.json" if place else None
    if path is not None and path.is_file():
        return Row(**json.loads(path.read_text(encoding="utf-8")))
    row = make()
    if path is not None:
        write_whole(path, json.dumps(asdict(row)).encode())
    return row


@click.command()
@click.option("--every", default=1, show_default=True, type=click.IntRange(1), help="Try one of so many: the peers take long.")
@click.option("--keep", type=click.Path(path_type=Path), help="A folder for finished rows: a run that was stopped goes on there.")
@click.option("--write", is_flag=True, help="Write the table into docs/benchmarks.md.")
def main(*, every: int, keep: Path | None, write: bool) -> None:
    """Grade the same dishonest and damaged submissions with this grader, stock nbgrader and stock otter."""
    root = course_root()
    with tempfile.TemporaryDirectory(prefix="mml-trust-") as place:
        trial = Trial(root, Path(place))
        cases = trial.cases()[::every]
        graders: dict[str, Callable[[], Scores]] = {
            "this one": lambda: ours(trial.task(cases)),
            "nbgrader": lambda: with_nbgrader(trial, cases),
            "otter": lambda: with_otter(trial, cases),
        }
        rows = []
        for name, grade in graders.items():
            click.echo(f"{name}: {len(cases)} submissions", err=True)
            rows.append(kept(keep, name, lambda name=name, grade=grade: judged(name, grade(), cases)))
    text = rendered(rows, trial.total)
    click.echo(text)
    if write:
        write_part(root / BENCHMARKS, "trust", text)


if __name__ == "__main__":
    main()

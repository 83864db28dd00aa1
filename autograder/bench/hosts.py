"""Grade the same notebooks with four graders: ours, pytest with `--submission`, stock nbgrader and stock otter."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from autograder.authoring.config import CourseConfig
from autograder.authoring.model import Assignment
from autograder.build.archive import write_whole
from autograder.build.bundle import otter_bundle
from autograder.errors import CourseProblem
from autograder.grading.grader import Grader

Scores = dict[str, dict[str, float]]

OTTER = """
import json, sys, warnings
warnings.simplefilter("ignore")
from otter.run import main
zip_file, *notebooks = sys.argv[1:]
for notebook in notebooks:
    found = main(notebook, autograder=zip_file, output_dir=None, no_logo=True)
    scores = {name: found.get_result(name).score for name in found.test_files}
    print("SCORES " + json.dumps([notebook, scores]), flush=True)
"""
# The edition of a classroom, as nbgrader's own commands read it, without the rest of the classroom.
EDITION = """
import sys
from pathlib import Path
from autograder.authoring.config import load_config
from autograder.authoring.discover import choose_assignment
from autograder.classroom.source import source_notebook
root, assignment, home = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
home.mkdir(parents=True)
text = source_notebook(choose_assignment(root, assignment), load_config(root))
(home / f"{assignment}.ipynb").write_text(text, encoding="utf-8")
"""
STOCK = 'c = get_config()\nc.CourseDirectory.course_id = "parity"\nc.ExecutePreprocessor.timeout = 600\n'
# Importing nbgrader's own gradebook takes longer than grading a notebook.
GRADES = """
select submitted_assignment.student_id, base_cell.name, grade.auto_score from grade
join base_cell on base_cell.id = grade.cell_id
join submitted_notebook on submitted_notebook.id = grade.notebook_id
join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
where base_cell.name like '%-score' and grade.auto_score is not null
"""


@dataclass(frozen=True, slots=True)
class Task:
    """One assignment, its submissions, and a folder to work in."""

    root: Path
    assignment: Assignment
    config: CourseConfig
    notebooks: dict[str, bytes]
    place: Path

    @property
    def names(self) -> list[str]:
        return [exercise.name for exercise in self.assignment.exercises]


def ours(task: Task, learners: Iterable[str] | None = None) -> Scores:
    """Grade in the sandbox: all, or some of the learners."""
    chosen = task.notebooks if learners is None else {name: task.notebooks[name] for name in learners}
    with Grader(task.assignment, task.config, release=task.root / "release") as grader:
        reports = {learner: grader.grade(learner, content) for learner, content in chosen.items()}
    return {learner: {e.name: float(e.points) for e in report.exercises} for learner, report in reports.items()}


def with_pytest(task: Task) -> Scores:
    """Run `pytest source/WEEK --submission=NOTEBOOK` once for every notebook."""
    stems = {exercise.path.stem: exercise for exercise in task.assignment.exercises}
    scores: Scores = {}
    for learner, path in _written(task, "pytest").items():
        report = path.with_suffix(".xml")
        options = ["-q", "-p", "no:cacheprovider", "-p", "autograder.pytest_plugin"]
        options += [f"--submission={path}", f"--junitxml={report}"]
        folder = task.assignment.folder
        _run([sys.executable, "-m", "pytest", str(folder), *options], task.root, fine=(0, 1))
        points = dict.fromkeys(task.names, 0.0)
        for case in ElementTree.parse(report).getroot().iter("testcase"):  # noqa: S314 - written by our own pytest
            exercise = stems[case.get("classname", "").split(".")[-1]]
            if len(case) == 0:
                points[exercise.name] += float(exercise.points_by_check[case.get("name", "")])
        scores[learner] = points
    return scores


def with_otter(task: Task) -> Scores:
    """Run stock otter with our bundle: `otter run`, in one process for all notebooks."""
    bundle = write_whole(task.place / "otter" / "autograder.zip", otter_bundle(task.root, task.assignment, task.config))
    paths = {str(path): learner for learner, path in _written(task, "otter").items()}
    lines = _run([sys.executable, "-P", "-c", OTTER, str(bundle), *paths], task.place / "otter")
    return {paths[path]: scores for path, scores in _reported(lines)}


def otter_scores(results: Path) -> dict[str, float]:
    """Return the score of every exercise in a results.json that `otter run` wrote for one submission."""
    tests = json.loads(results.read_text(encoding="utf-8"))["tests"]
    return {test["name"].split(" - ")[0]: float(test["score"]) for test in tests if "score" in test and "max_score" in test}


def nbgrader_course(task: Task, folder: Path, learners: Iterable[str]) -> None:
    """Lay out a course folder of stock nbgrader with the submissions of some learners, ready for `nbgrader autograde`."""
    write_whole(folder / "nbgrader_config.py", STOCK.encode())
    home = folder / "source" / task.assignment.id
    _run([sys.executable, "-P", "-c", EDITION, str(task.root), task.assignment.id, str(home)], task.root)
    data = task.root / "release" / task.assignment.id / "data"
    if data.is_dir():
        shutil.copytree(data, home / "data")
    for learner in learners:
        path = folder / "submitted" / learner / task.assignment.id / f"{task.assignment.id}.ipynb"
        write_whole(path, task.notebooks[learner])
    _run([sys.executable, "-P", "-m", "nbgrader", "generate_assignment", task.assignment.id], folder)


def nbgrader_scores(folder: Path) -> Scores:
    """Return the scores in the gradebook of a course folder."""
    scores: Scores = {}
    with closing(sqlite3.connect(f"file:{folder / 'gradebook.db'}?mode=ro", uri=True)) as book:
        for learner, cell, score in book.execute(GRADES):
            scores.setdefault(learner, {})[cell.removesuffix("-score")] = score
    return scores


def with_nbgrader(task: Task) -> Scores:
    """Run stock `nbgrader generate_assignment` and `nbgrader autograde` in a course folder without our executor."""
    folder = task.place / "nbgrader"
    nbgrader_course(task, folder, task.notebooks)
    _run([sys.executable, "-P", "-m", "nbgrader", "autograde", task.assignment.id], folder)
    return nbgrader_scores(folder)


HOSTS: dict[str, Callable[[Task], Scores]] = {
    "ours": ours,
    "pytest": with_pytest,
    "nbgrader": with_nbgrader,
    "otter": with_otter,
}


def _written(task: Task, host: str) -> dict[str, Path]:
    """Write every notebook into a folder of its own, under the name that it was handed out with."""
    name = f"{task.assignment.id}.ipynb"
    return {learner: write_whole(task.place / host / learner / name, content) for learner, content in task.notebooks.items()}


def _run(command: list[str], folder: Path, *, fine: Iterable[int] = (0,)) -> str:
    # nbgrader starts `alembic` and Jupyter starts `python` by name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    settings = os.environ | {"PATH": path, "PYTHONWARNINGS": "ignore", "MPLBACKEND": "Agg"}
    settings["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # other plugins take longer to load than ours to grade
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    if done.returncode not in fine:
        raise CourseProblem(f"{' '.join(command[:5])} ended with {done.returncode}: {(done.stdout + done.stderr)[-1500:]}")
    return done.stdout


def _reported(lines: str) -> list[tuple[str, dict[str, float]]]:
    return [tuple(json.loads(line.removeprefix("SCORES "))) for line in lines.splitlines() if line.startswith("SCORES ")]

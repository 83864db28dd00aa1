"""Stand in for nbgrader's Execute: the notebook goes to our grader, its findings into the outputs of the test cells."""

from __future__ import annotations

import atexit
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode, from_dict
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Unicode

from autograder.authoring.config import load_config
from autograder.authoring.discover import course_root, read_assignment
from autograder.build.lean import lean
from autograder.classroom.harmless import make_harmless
from autograder.classroom.mend import add_missing, course_cells, course_texts, source_path
from autograder.classroom.messages import notes_of, outputs_of
from autograder.classroom.source import without_hidden
from autograder.errors import CourseProblem, SandboxBroken
from autograder.grading.grader import Grader
from autograder.grading.verdict import ExerciseResult, Status, SubmissionReport

Key = tuple[str, str, bool]
_open: dict[Key, tuple[object, Grader]] = {}


class SandboxedExecute(NbGraderPreprocessor):
    """Grades a notebook in our sandbox; nothing of it runs in this process, and no check runs beside it."""

    course = Unicode("", help="The folder of the course, which holds course_config.py and source/.").tag(config=True)
    unsafe = Bool(False, help="Grade below the isolation floor; every notebook will say so.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Grade one notebook and fill the outputs of its test cells.

        Raises SandboxBroken when the grader failed: nbgrader then keeps no grade at all, which is no silent zero.
        """
        place = resources["nbgrader"]
        assignment, notebook, learner = place["assignment"], place["notebook"], place["student"]
        grader = grader_of(Path(self.course) if self.course else course_root(), assignment, unsafe=self.unsafe)
        report = grader.grade(learner, self._submitted(assignment, notebook, learner))
        source = source_path(self, assignment, notebook)
        make_harmless(nb, course_texts(source))
        fill(nb, report, course_cells(source))
        return nb, resources

    def _submitted(self, assignment: str, notebook: str, learner: str) -> bytes:
        """Return the notebook as it was handed in: by now this copy has the hidden tests in it."""
        coursedir = self.parent.parent.coursedir
        folder = coursedir.format_path(coursedir.submitted_directory, learner, assignment)
        return (Path(folder) / f"{notebook}.ipynb").read_bytes()


def fill(nb: NotebookNode, report: SubmissionReport, known: dict[str, dict[str, Any]]) -> None:
    """Write a report into a notebook: messages and points into the test cells, notes into the first code cell.

    The test cells get the text that learners have, because feedback shows it. Raises SandboxBroken for a report that is
    our own fault.
    """
    if report.status is Status.INCOMPLETE:
        raise SandboxBroken("The grader itself failed, so nothing is graded:\n" + "\n".join(report.staff_notes))
    add_missing(nb, known)
    results = {f"{result.name}-score": result for result in report.exercises}
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if name in results:
            cell.source = without_hidden(cell.source)
            cell.outputs = from_dict(outputs_of(results[name]))
        elif name in known and known[name]["metadata"]["nbgrader"]["grade"]:
            raise CourseProblem(
                f"{name} is a test of this classroom, but the course has no such exercise any more. Run: mml classroom PATH"
            )
    first = next((cell for cell in nb.cells if cell.cell_type == "code" and not cell.outputs), None)
    if first is not None:
        first.outputs = from_dict(notes_of(report))


def grader_of(root: Path, assignment: str, *, unsafe: bool = False) -> Grader:
    """Return the open grader of an assignment; it stays open for the next notebook until the course changes."""
    key, state = (str(root), assignment, unsafe), _state(root, assignment)
    known = _open.get(key)
    if known is not None and known[0] == state:
        return known[1]
    if known is not None:
        del _open[key]
        known[1].__exit__()
    with lean():
        week = read_assignment(root / "source" / assignment)
    grader = Grader(week, load_config(root), release=root / "release", unsafe=unsafe)
    _open[key] = state, grader.__enter__()
    return grader


def _state(root: Path, assignment: str) -> object:
    """Return what changes when a file that grading depends on does, or the process is another."""
    folders = (root / "source" / assignment, root / "release" / assignment)
    paths = [root / "course_config.py", *(path for folder in folders for path in folder.rglob("*"))]
    facts = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(paths) if path.is_file()]
    return os.getpid(), tuple(facts)


@atexit.register
def close_graders() -> None:
    """End every fork server; nothing may outlive this process."""
    while _open:
        _, grader = _open.popitem()[1]
        with suppress(OSError):
            grader.__exit__()

"""Write nbgrader_config.py of a classroom, and read back what a person chose when it was made."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.config import LatePolicy

FILE = "nbgrader_config.py"
BANNER = "# Written by `mml classroom`. Settings of your own belong into nbgrader_config.json beside this file."
TEXT = """\
{banner}
# nbgrader drops the whole file when a line of it fails, so it holds plain values only.
c = get_config()  # noqa: F821

c.CourseDirectory.course_id = {course_id!r}
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", ".OTTER_LOG", ".DS_Store", ".virtual_documents", "tests",
]
c.Exchange.root = {exchange!r}

# Releases get the stubs of the course, and an empty cell for every answer in words.
c.ClearSolutions.text_stub = ""
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "autograder.classroom.stubs.NamedStubs",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Submissions are graded in the sandbox of the course instead of nbgrader's Execute.
c.Autograde.sanitize_preprocessors = [
    "autograder.classroom.mend.Mend",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.classroom.executor.SandboxedExecute",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.SandboxedExecute.course = {course!r}

# For nbgrader's own Execute, which `nbgrader validate` uses; a busy machine needs time for imports.
c.Execute.timeout = 180
c.Execute.startup_timeout = 180
c.Execute.iopub_timeout = 60

c.AssignLatePenalties.plugin_class = "autograder.classroom.late.LatePenalty"
c.LatePenalty.loss_per_day = {loss_per_day!r}
c.LatePenalty.days_accepted = {days_accepted!r}
"""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may choose about a classroom."""

    course_id: str
    exchange: Path


def config_text(choices: Choices, *, course: Path, late: LatePolicy) -> str:
    """Return the text of nbgrader_config.py."""
    return TEXT.format(
        banner=BANNER,
        course_id=choices.course_id,
        exchange=str(choices.exchange),
        course=str(course),
        loss_per_day=float(late.loss_per_day),
        days_accepted=late.days_accepted,
    )


def is_classroom(folder: Path) -> bool:
    """Say whether a folder was laid out by `mml classroom`."""
    path = folder / FILE
    return path.is_file() and path.read_text(encoding="utf-8", errors="replace").startswith(BANNER)


def read_choices(folder: Path) -> Choices:
    """Return what was chosen when a classroom was made."""
    found: dict[str, str] = {}
    for node in ast.parse((folder / FILE).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            found[ast.unparse(node.targets[0])] = str(node.value.value)
    return Choices(found["c.CourseDirectory.course_id"], Path(found["c.Exchange.root"]))

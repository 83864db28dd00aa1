"""Make the autograder.zip of one week for otter-grader, by `otter generate`, without anything that solves an exercise.

Stock otter runs hidden checks in the learner's process. So the zip carries the text of the checks and the values that they
compare with, and no reference, accepted variant or misconception.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from autograder.authoring.config import CourseConfig
from autograder.authoring.model import Assignment, Exercise
from autograder.build.archive import zip_bytes
from autograder.build.hidden import HiddenCheck, hidden_edition
from autograder.build.locked import pins
from autograder.errors import BadExercise, CourseProblem, StaleBuild

PROGRAMS = {"run_autograder", "setup.sh"}
CHECKS_USE = ("matplotlib", "numpy", "pandas", "scikit-learn", "scipy", "statsmodels")
CASE = 'class Case(Watching, test_case):\n    """A case of otter-grader that watches every call."""'


def otter_bundle(root: Path, assignment: Assignment, config: CourseConfig) -> bytes:
    """Return the zip that `otter run` grades one assignment with.

    Raises BadExercise when a check cannot travel, StaleBuild when the week was never built, CourseProblem when otter-grader
    is not installed or refuses.
    """
    if importlib.util.find_spec("otter") is None:
        raise CourseProblem("otter-grader is not installed. Run: pip install otter-grader")
    tests = otter_tests(assignment, config)
    released = root / "release" / assignment.id
    if not released.is_dir():
        raise StaleBuild(f"{released} does not exist. Run: mml build {assignment.id}")
    with tempfile.TemporaryDirectory(prefix="mml-otter-") as place:
        folder = Path(place)
        (folder / "tests").mkdir()
        for name, text in tests.items():
            (folder / "tests" / f"{name}.py").write_text(text, encoding="utf-8")
        lock = (root / "requirements.lock").read_text(encoding="utf-8")
        lines = [line for line in pins(lock) if line.split("==")[0] in CHECKS_USE]
        (folder / "requirements.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / "otter_config.json").write_text("{}", encoding="utf-8")
        if (released / "data").is_dir():
            shutil.copytree(released / "data", folder / "data")
        return _generate(folder)


def otter_tests(assignment: Assignment, config: CourseConfig) -> dict[str, str]:
    """Return the test file of every exercise, public and hidden checks together, by the name of the exercise.

    Raises BadExercise with the problems of all exercises.
    """
    tests: dict[str, str] = {}
    problems: list[str] = []
    for exercise in assignment.exercises:
        try:
            tests[exercise.name] = otter_test(exercise, config)
        except BadExercise as problem:
            problems += problem.problems
    if problems:
        raise BadExercise(problems)
    return tests


def otter_test(exercise: Exercise, config: CourseConfig) -> str:
    """Return one exercise's checks as a test file in otter-grader's exception format."""
    edition = hidden_edition(exercise, config)
    parts = [
        edition.prelude.rstrip("\n"),
        "from otter.test_files import test_case",
        f'OK_FORMAT = False\n\nname = "{exercise.name}"\npoints = None',
        CASE,
        *map(_case, edition.checks),
    ]
    return "\n\n\n".join(parts) + "\n"


def _case(check: HiddenCheck) -> str:
    facts = [
        f"name={check.sentence!r}",
        f"points={float(check.points)!r}",
        f"hidden={check.is_hidden}",
        "rules=RULES",
        f"seed={check.seed}",
    ]
    return "\n".join(["@Case(", *(f"    {fact}," for fact in facts), ")", check.text])


def _generate(folder: Path) -> bytes:
    """Let `otter generate` make its zip from a folder, and pack what is in it again so that the bytes are always the same."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"  # the values were computed with this one
    options = ["--tests-dir", "tests", "--output-path", "autograder.zip", "--config", "otter_config.json"]
    options += ["--requirements", "requirements.txt", "--no-environment", "--python-version", python]
    options += ["data"] if (folder / "data").is_dir() else []
    command = [sys.executable, "-P", "-m", "otter", "generate", *options]
    settings = os.environ | {"PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CourseProblem(f"`otter generate` stopped: {done.stderr.strip()[-500:]}")
    with zipfile.ZipFile(folder / "autograder.zip") as archive:
        files = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    return zip_bytes(files, programs=PROGRAMS)

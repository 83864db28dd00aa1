"""A whole week by nbgrader's own commands, from the source notebook to feedback and an export."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.classroom.gradebook import gradebook
from autograder.classroom.layout import Plan, lay_out
from autograder.grading.grader import Grader

WEEK = "week01_tiny"
RIGHT = (
    "def unit(v):\n    v = np.array(v, float)\n    if not v.any():\n        raise ValueError('zero')\n"
    "    return v / (v @ v)**0.5"
)
HOSTILE = """
import os
class Equal(np.ndarray):
    def __eq__(self, other): return True
    def __array_function__(self, *a, **k): return True
    def __array_ufunc__(self, *a, **k): return np.bool_(True)
def unit(v):
    return np.zeros(2).view(Equal)
"""
HOSTILE_NUMBER = "class E(int):\n    __eq__ = lambda s, o: True\ndef double(n): return E()"
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Object of type")]
STEPS = ("Execute", "LimitOutput", "SaveAutoGrades", "AssignLatePenalties", "CheckCellMetadata")
STOCK = f"--Autograde.autograde_preprocessors={[f'nbgrader.preprocessors.{name}' for name in STEPS]!r}"


def nbgrader(home: Path, *commands: tuple[Path, str]) -> tuple[list[int], str]:
    """Run commands in one process and return their exit codes and what they print."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(Path(__file__).with_name("drive.py"))],
        input=json.dumps([[str(folder), arguments.split("|")] for folder, arguments in commands]),
        stdout=subprocess.PIPE, text=True, check=False, env=os.environ | {"HOME": str(home), "PATH": path},
    )  # fmt: skip
    assert done.returncode == 0
    printed, _, codes = done.stdout.rpartition("\n")
    return json.loads(codes), printed


def scores(classroom, learner):
    with gradebook(classroom, "mml") as book:
        return {g.name: g.auto_score for g in book.find_submission_notebook(WEEK, WEEK, learner).grades}


def hand_in(classroom, learner, text, when="2027-01-18 10:00:00 UTC"):
    folder = classroom / "submitted" / learner / WEEK
    folder.mkdir(parents=True)
    (folder / f"{WEEK}.ipynb").write_text(text)
    (folder / "timestamp.txt").write_text(when)
    (folder / "submission_secret.txt").write_text(f"secret of {learner}")


def test_a_week_goes_through_every_command_of_nbgrader(classroom, course, settings, assignment, answered, tmp_path):
    home, desk = tmp_path / "home", tmp_path / "desk"
    home.mkdir()
    desk.mkdir()
    # A copy of a classroom keeps the exchange of the original: this one gets its own.
    exchange = classroom / "exchange"
    lay_out(Plan(classroom, course, settings, exchange=exchange), [], [])
    exchange.chmod(0o777)
    learner = f"--Exchange.root={exchange}|--course|mml"
    work = desk / WEEK / f"{WEEK}.ipynb"

    codes, printed = nbgrader(
        home,
        (classroom, f"generate_assignment|{WEEK}"),
        (classroom, f"validate|source/{WEEK}/{WEEK}.ipynb"),
        (classroom, f"release_assignment|{WEEK}"),
        (desk, f"fetch_assignment|{WEEK}|{learner}"),
    )
    assert codes == [0, 0, 0, 0]
    assert printed.strip() == "Success! Your notebook passes all the tests."
    ours = json.loads((course / "release" / WEEK / f"{WEEK}.ipynb").read_text())["cells"]
    fetched = json.loads(work.read_text())["cells"]
    assert [cell["source"] for cell in fetched] == [cell["source"] for cell in ours]

    by = {cell["id"]: cell for cell in fetched}
    by["unit-answer"]["source"] = [RIGHT]
    by["double-answer"]["source"] = ["def double(n): return n + 3"]
    by["why_unit-answer"]["source"] = ["Because."]
    work.write_text(json.dumps(json.loads(work.read_text()) | {"cells": fetched}))
    hand_in(classroom, "ada", answered(unit=RIGHT, double="def double(n): return 2 * n"))
    hand_in(classroom, "late", answered(unit=RIGHT, double="def double(n): return 2 * n"), "2027-01-21 10:00:00 UTC")
    hand_in(classroom, "leaves", answered(unit="import os\nos._exit(0)", double="import os\ndef double(n): os._exit(0)"))
    hand_in(classroom, "equal", answered(unit=HOSTILE, double=HOSTILE_NUMBER))
    codes, _ = nbgrader(
        home,
        (desk, f"submit|{WEEK}|{learner}"),
        (classroom, f"collect|{WEEK}"),
        (classroom, f"autograde|{WEEK}"),
        (classroom, f"generate_feedback|{WEEK}"),
        (classroom, f"release_feedback|{WEEK}"),
        (desk, f"fetch_feedback|{WEEK}|{learner}"),
        (classroom, "export|--to=grades.csv"),
    )
    assert codes == [0, 0, 0, 0, 0, 0, 0]

    me = next(path.name for path in (classroom / "submitted").iterdir() if path.name not in ("ada", "late", "leaves", "equal"))
    with Grader(assignment, settings, release=course / "release") as grader:
        for name in (me, "ada", "late", "leaves", "equal"):
            report = grader.grade(name, (classroom / "submitted" / name / WEEK / f"{WEEK}.ipynb").read_bytes())
            expected = {f"{result.name}-score": float(result.points) for result in report.exercises}
            assert {key: value for key, value in scores(classroom, name).items() if key in expected} == expected, name
    assert scores(classroom, me) == {"unit-score": 7.0, "double-score": 5 / 3, "why_unit-answer": None}
    assert scores(classroom, "leaves") == {"unit-score": 0, "double-score": 0, "why_unit-answer": 0}
    assert scores(classroom, "equal") == {"unit-score": 0, "double-score": 0, "why_unit-answer": 0}
    rows = {row["student_id"]: row for row in csv.DictReader((classroom / "grades.csv").read_text().splitlines())}
    assert float(rows["ada"]["score"]) == 12
    assert [float(rows["late"][key]) for key in ("score", "late_submission_penalty")] == pytest.approx([9.6, 2.4])
    feedback = next((desk / WEEK / "feedback").rglob("*.html")).read_text()
    assert "Any whole number is doubled." in feedback and "Twice is not plus three." in feedback
    assert "HIDDEN TESTS" not in feedback


def test_stock_nbgrader_gives_honest_work_the_same_scores(classroom, answered, tmp_path):
    hand_in(classroom, "ada", answered(unit=RIGHT, double="def double(n): return 2 * n"))
    hand_in(classroom, "bob", answered(unit=RIGHT.replace("**0.5", ""), double="def double(n): return n + 3"))
    (tmp_path / "home").mkdir()

    codes, _ = nbgrader(tmp_path / "home", (classroom, f"autograde|{WEEK}|{STOCK}"))

    assert codes == [0]
    assert scores(classroom, "ada") == {"unit-score": 7.0, "double-score": 5.0, "why_unit-answer": 0}
    assert scores(classroom, "bob") == {"unit-score": 7 / 3, "double-score": 5 / 3, "why_unit-answer": 0}

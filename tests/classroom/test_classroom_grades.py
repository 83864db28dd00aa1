"""Grades of a results folder go into the gradebook; what people wrote there stays."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.authoring.config import load_config
from autograder.authoring.discover import read_assignment
from autograder.batch.store import Stamp, Store
from autograder.classroom import grades
from autograder.classroom.gradebook import database, gradebook
from autograder.classroom.grades import record_grades
from autograder.cli.root import main
from autograder.errors import UsageProblem
from autograder.grading.grader import Grader

WEEK = "week01_tiny"
DAY_LATE = datetime(2027, 1, 20, 12, tzinfo=UTC)
pytestmark = pytest.mark.filterwarnings("ignore:Object of type")


@pytest.fixture(scope="module")
def grader(course):
    with Grader(read_assignment(course / "source" / WEEK), load_config(course), release=course / "release") as grader:
        yield grader


@pytest.fixture(scope="module")
def notebooks(answered):
    right = (
        "def unit(v):\n    v = np.array(v, float)\n    if not v.any():\n        raise ValueError('zero')\n"
        "    return v / (v @ v)**0.5"
    )
    return {
        "ada": answered(unit=right, double="def double(n): return 2 * n", why_unit="Because."),
        "bob": answered(unit=right.replace("**0.5", ""), double="def double(n): return n + 3"),
        "eve": "{ cut off",
    }


@pytest.fixture
def classroom(classroom, notebooks):
    for learner in ("ada", "eve"):
        folder = classroom / "submitted" / learner / WEEK
        folder.mkdir(parents=True)
        (folder / f"{WEEK}.ipynb").write_text(notebooks[learner])
        (folder / "timestamp.txt").write_text("2027-01-18 10:00:00 UTC")
    return classroom


@pytest.fixture
def results(grader, notebooks, tmp_path):
    with Store(tmp_path / "results" / "grades.db", create=True) as store:
        store.describe(grader.assignment)
        run = store.begin_run(WEEK, jobs=1, now=DAY_LATE)
        save(store, run, grader, notebooks)
        yield store


def save(store, run, grader, notebooks):
    for learner, text in notebooks.items():
        report = grader.grade(learner, text.encode())
        store.save(report, Stamp(learner, run, DAY_LATE), possible=report.possible)


def scores(classroom, learner):
    with gradebook(classroom, "mml") as book:
        notebook = book.find_submission_notebook(WEEK, WEEK, learner)
        return {g.name: (g.auto_score, g.manual_score, g.needs_manual_grade) for g in notebook.grades}


def autograded(classroom, learner):
    content = json.loads((classroom / "autograded" / learner / WEEK / f"{WEEK}.ipynb").read_text())
    return {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in content["cells"]}


def test_scores_are_ours_and_messages_stand_in_the_notebook(classroom, results, course):
    done = record_grades(results, classroom, course)

    assert (done.written, done.unchanged, done.problems) == (3, 0, [])
    assert scores(classroom, "ada") == {
        "unit-score": (7.0, None, False), "double-score": (5.0, None, False), "why_unit-answer": (None, None, True),
    }  # fmt: skip
    assert scores(classroom, "bob")["unit-score"][0] == 7 / 3
    assert scores(classroom, "eve") == {
        "unit-score": (0, None, False), "double-score": (0, None, False), "why_unit-answer": (0, None, False),
    }  # fmt: skip
    bob, eve = autograded(classroom, "bob"), autograded(classroom, "eve")
    text = "".join(output.get("text", [""])[0] if "text" in output else "" for output in bob["unit-score"]["outputs"])
    assert "The vector (3, 4) becomes (0.6, 0.8)." in text
    assert "HIDDEN" not in "".join(bob["unit-score"]["source"])
    assert "JSON breaks at line 1" in json.dumps(eve["setup"]["outputs"])


def test_again_changes_nothing(classroom, results, course):
    record_grades(results, classroom, course)
    before = {path: path.stat().st_mtime_ns for path in classroom.rglob("*.ipynb")}

    done = record_grades(results, classroom, course)

    assert (done.written, done.unchanged) == (0, 3)
    assert {path: path.stat().st_mtime_ns for path in classroom.rglob("*.ipynb")} == before


def test_manual_scores_and_comments_stay_when_other_grades_change(classroom, results, course, grader, notebooks):
    record_grades(results, classroom, course)
    with gradebook(classroom, "mml") as book:
        grade = book.find_grade("why_unit-answer", WEEK, WEEK, "ada")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        override = book.find_grade("double-score", WEEK, WEEK, "ada")
        override.manual_score, override.needs_manual_grade = 4.0, False
        book.find_comment("why_unit-answer", WEEK, WEEK, "ada").manual_comment = "Well said."
        book.db.commit()
    worse = notebooks["ada"].replace("return v / (v @ v)**0.5", "return v / (v @ v)")
    save(results, 1, grader, {"ada": worse})

    done = record_grades(results, classroom, course)

    assert (done.written, done.unchanged) == (1, 2)
    assert scores(classroom, "ada") == {
        "unit-score": (7 / 3, None, False), "double-score": (5.0, 4.0, False), "why_unit-answer": (None, 1.5, False),
    }  # fmt: skip
    with gradebook(classroom, "mml") as book:
        assert book.find_comment("why_unit-answer", WEEK, WEEK, "ada").comment == "Well said."


@pytest.mark.parametrize("step", ["_replace", "_keep_reviewed", "AssignLatePenalties"])
def test_a_run_that_was_stopped_is_finished_by_the_next_one(classroom, results, course, monkeypatch, step):
    def stop(*_args, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(grades, step, stop)
        record_grades(results, classroom, course)

    record_grades(results, classroom, course)

    assert [scores(classroom, learner)["unit-score"][0] for learner in ("ada", "bob", "eve")] == [7.0, 7 / 3, 0]


def test_work_from_elsewhere_is_handed_in_and_lateness_costs_until_it_is_excused(
    classroom, results, course, notebooks, tmp_path
):
    folder = tmp_path / "elsewhere" / "bob" / WEEK
    folder.mkdir(parents=True)
    (folder / f"{WEEK}.ipynb").write_text(notebooks["bob"])
    (folder / "timestamp.txt").write_text("2027-01-20 12:00:00 UTC")

    record_grades(results, classroom, course, submissions=tmp_path / "elsewhere")

    copy = classroom / "submitted" / "bob" / WEEK
    assert (copy / f"{WEEK}.ipynb").read_text() == notebooks["bob"]
    for name in ("timestamp.txt", "submission_secret.txt"):
        assert (classroom / "autograded" / "bob" / WEEK / name).read_text() == (copy / name).read_text()
    with gradebook(classroom, "mml") as book:
        notebook = book.find_submission_notebook(WEEK, WEEK, "bob")
        assert notebook.late_submission_penalty == pytest.approx(0.1 * notebook.score)
        book.grant_extension(WEEK, "bob", days=2)
    assert record_grades(results, classroom, course).written == 0
    with gradebook(classroom, "mml") as book:
        assert book.find_submission_notebook(WEEK, WEEK, "bob").late_submission_penalty is None


def test_nbgrader_lists_them_as_autograded(classroom, results, course):
    record_grades(results, classroom, course)
    api = NbGraderAPI(CourseDirectory(root=str(classroom), db_url=database(classroom), course_id="mml"))

    assert api.get_autograded_students(WEEK) == {"ada", "bob", "eve"}


def test_a_classroom_without_the_week_is_refused(classroom, results, course):
    (classroom / "source" / WEEK / f"{WEEK}.ipynb").unlink()

    with pytest.raises(UsageProblem, match="has no week01_tiny. Run: mml classroom"):
        record_grades(results, classroom, course)


def test_the_commands_say_what_they_did(classroom, results, course, notebooks, tmp_path, monkeypatch):
    monkeypatch.chdir(course)
    say = CliRunner().invoke

    laid = say(main, ["classroom", str(classroom), "--json"])
    first = say(main, ["export", "nbgrader", str(tmp_path / "results"), "--classroom", str(classroom)])
    again = say(main, ["export", "nbgrader", str(tmp_path / "results"), "--classroom", str(classroom), "--json"])
    elsewhere = say(main, ["classroom", str(course / "here")])

    assert json.loads(laid.stdout)[0] | {"due": ""} == {"assignment": WEEK, "points": 14, "due": "", "blocked": []}
    assert (laid.exit_code, first.exit_code, again.exit_code) == (0, 0, 0)
    assert "3 submissions recorded, 0 unchanged, 0 problems" in first.stderr
    assert json.loads(again.stdout) == {"written": 0, "unchanged": 3, "problems": []}
    assert elsewhere.exit_code == 2 and "lies in the course's own folder" in elsewhere.stderr

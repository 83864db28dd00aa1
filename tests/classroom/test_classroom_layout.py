"""A classroom is laid out once and brought up to date ever after; nothing that people did in it is touched."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import datetime

import nbformat
import pytest

from autograder.authoring.config import load_config
from autograder.authoring.discover import read_assignment
from autograder.build.notebook import Edition, notebook_text
from autograder.build.write import build
from autograder.classroom.gradebook import gradebook
from autograder.classroom.layout import Plan, existing, lay_out, usable_path
from autograder.classroom.mend import add_missing, course_cells, mend
from autograder.classroom.roster import Learner, read_roster
from autograder.classroom.settings import read_choices
from autograder.errors import StaleBuild, UsageProblem

WEEK = "week01_tiny"
ROSTER = [Learner("ada", "Ada", "Lovelace", "ada@example.org"), Learner("bob")]
pytestmark = pytest.mark.filterwarnings("ignore:Object of type")


@pytest.fixture
def own_course(course, tmp_path):
    """Return a copy of the course that a test may change."""
    return shutil.copytree(course, tmp_path / "course")


def week(course):
    return read_assignment(course / "source" / WEEK)


def contents(folder):
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".db")
    return {path.relative_to(folder): path.read_bytes() for path in files}


def test_it_holds_nbgraders_folders_and_a_gradebook_with_points_and_dates(classroom):
    assert {path.name for path in classroom.iterdir()} == {
        "source", "release", "submitted", "autograded", "feedback", "exchange", "gradebook.db", "nbgrader_config.py",
    }  # fmt: skip
    assert (classroom / "source" / WEEK / "data" / "own.csv").is_file()
    with gradebook(classroom, "mml") as book:
        assignment = book.find_assignment(WEEK)
        cells = {cell.name: cell.max_score for cell in book.find_notebook(WEEK, WEEK).grade_cells}
        assert assignment.duedate == datetime(2027, 1, 19, 23, 59)
        assert cells == {"unit-score": 7.0, "double-score": 5.0, "why_unit-answer": 2.0}
        people = sorted((student.id, student.first_name, student.email) for student in book.students)
        assert people == [("ada", "Ada", "ada@example.org"), ("bob", None, None)]


def test_grades_and_solutions_are_for_staff(classroom):
    for name in ("source", "submitted", "autograded", "feedback", "gradebook.db"):
        assert (classroom / name).stat().st_mode & 0o077 == 0


def test_again_is_the_same_and_work_stays(classroom, own_course):
    lay_out(Plan(classroom, own_course, load_config(own_course)), [], [])
    (classroom / "submitted" / "ada" / WEEK).mkdir(parents=True)
    (classroom / "submitted" / "ada" / WEEK / f"{WEEK}.ipynb").write_text("mine")
    (classroom / "nbgrader_config.json").write_text("{}")
    before = contents(classroom)

    lay_out(Plan(classroom, own_course, load_config(own_course)), [week(own_course)], ROSTER)

    assert contents(classroom) == before
    with gradebook(classroom, "mml") as book:
        assert len(book.assignments) == 1 and len(book.students) == 2


def test_a_changed_course_updates_the_assignment_and_keeps_grades(classroom, own_course):
    with gradebook(classroom, "mml") as book:
        book.update_or_create_submission(WEEK, "ada")
        grade = book.find_grade("unit-score", WEEK, WEEK, "ada")
        grade.auto_score, grade.manual_score = 3.0, 4.0
        book.db.commit()
    config = load_config(own_course)
    due = datetime.fromisoformat("2027-02-01T12:00:00+00:00")
    dates = {WEEK: replace(config.assignments[WEEK], due=due)}
    path = own_course / "source" / WEEK / "110_unit.py"
    path.write_text(path.read_text().replace("points=7", "points=8"))
    build(own_course, [path.parent], check=False)

    laid = lay_out(Plan(classroom, own_course, replace(config, assignments=dates)), [week(own_course)], [])

    assert laid[0].blocked == ()
    with gradebook(classroom, "mml") as book:
        grade = book.find_grade("unit-score", WEEK, WEEK, "ada")
        assert (grade.auto_score, grade.manual_score, grade.max_score) == (3.0, 4.0, 8.0)
        assert book.find_assignment(WEEK).duedate == due.replace(tzinfo=None)


def test_cells_that_come_or_go_after_work_was_handed_in_are_named_and_nothing_changes(classroom, own_course):
    lay_out(Plan(classroom, own_course, load_config(own_course)), [], [])
    with gradebook(classroom, "mml") as book:
        book.update_or_create_submission(WEEK, "ada")
    before = contents(classroom)
    changed = replace(week(own_course), items=week(own_course).items[:-1])
    text = own_course / "release" / WEEK / f"{WEEK}.ipynb"
    kept = text.read_text()
    text.write_text(notebook_text(changed, Edition.RELEASE))
    laid = lay_out(Plan(classroom, own_course, load_config(own_course)), [changed], [])
    text.write_text(kept)

    assert laid[0].blocked == ("double-answer", "double-check", "double-score")
    assert contents(classroom) == before


def test_a_place_that_is_something_else_is_refused(course, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    (tmp_path / "file").write_text("")

    for path, message in (
        (course, "lies in the course's own folder"),
        (course / "classroom", "lies in the course's own folder"),
        (tmp_path / "file", "is a file"),
        (tmp_path / "full", "holds something else"),
        (tmp_path / "a+b", "has a \\+ in its name"),
    ):
        with pytest.raises(UsageProblem, match=message):
            usable_path(path, course)
    with pytest.raises(UsageProblem, match="is no classroom. Make one first: mml classroom"):
        existing(tmp_path / "full")
    assert (tmp_path / "full" / "thesis.txt").read_text() == "mine"


def test_a_release_that_is_out_of_date_is_refused_before_anything_is_written(own_course, tmp_path):
    changed = replace(week(own_course), items=week(own_course).items[:-1])

    with pytest.raises(StaleBuild, match="Run: mml build"):
        lay_out(Plan(tmp_path / "new", own_course, load_config(own_course)), [changed], [])

    assert not (tmp_path / "new").exists()


def test_what_was_chosen_once_is_kept_and_the_course_id_cannot_change(classroom, own_course, tmp_path):
    config = load_config(own_course)
    lay_out(Plan(classroom, own_course, config, "mml", tmp_path / "shared"), [], [])

    lay_out(Plan(classroom, own_course, config), [], [])

    assert (read_choices(classroom).course_id, read_choices(classroom).exchange) == ("mml", tmp_path / "shared")
    with pytest.raises(UsageProblem, match="belongs to the course mml"):
        lay_out(Plan(classroom, own_course, config, "other"), [], [])


def test_a_roster_may_be_nbgraders_own_or_any_class_list(tmp_path):
    path = tmp_path / "students.csv"
    path.write_text("id,first_name,last_name,email,lms_user_id\nada,Ada,Lovelace,a@b.c,17\n\n")
    assert read_roster(path) == [Learner("ada", "Ada", "Lovelace", "a@b.c", "17")]

    path.write_text("learner,name,email\nada,Ada King Lovelace,a@b.c\nbob,\n")
    assert read_roster(path) == [Learner("ada", "Ada King", "Lovelace", "a@b.c"), Learner("bob")]


@pytest.mark.parametrize(
    "line, message",
    [("../x", "cannot be a learner's id"), ("a+b", "cannot be"), ("*", "cannot be"), (".x", "cannot be"), ("ada", "twice")],
)
def test_names_that_nbgrader_cannot_use_are_refused(tmp_path, line, message):
    path = tmp_path / "students.csv"
    path.write_text(f"id,first_name\nada,Ada\n{line},X\n")

    with pytest.raises(UsageProblem, match=message):
        read_roster(path)


@pytest.fixture
def known(classroom):
    return course_cells(classroom / "source" / WEEK / f"{WEEK}.ipynb")


def submitted(course):
    return nbformat.read(course / "release" / WEEK / f"{WEEK}.ipynb", as_version=4)


def places(nb):
    return {cell.metadata.nbgrader.grade_id: cell for cell in nb.cells if "nbgrader" in cell.metadata}


def test_stripped_forged_and_copied_metadata_is_mended(own_course, known):
    nb = submitted(own_course)
    cells = {cell.id: cell for cell in nb.cells}
    cells["unit-score"].metadata.nbgrader.points = 1000
    cells["unit-answer"].metadata = nbformat.from_dict({"nbgrader": "nonsense"})
    cells["why_unit-answer"].metadata = nbformat.from_dict({})
    copies = [nbformat.from_dict(json.loads(json.dumps(cells["why_unit-answer"]))) for _ in range(2)]
    copies[0].source = "Because."
    nb.cells += [*copies, nbformat.v4.new_code_cell("x = 1", metadata={"nbgrader": {"grade_id": "mine", "points": 9}})]

    mend(nb, known)

    found = places(nb)
    assert found["unit-score"].metadata.nbgrader.points == 7
    assert found["unit-answer"].metadata.nbgrader.solution is True
    assert found["why_unit-answer"].source == "Because."
    assert sum("nbgrader" in cell.metadata for cell in nb.cells) == len(known) and "mine" not in found


def test_deleted_test_cells_come_back_and_other_cells_do_not(own_course, known):
    nb = submitted(own_course)
    nb.cells = [cell for cell in nb.cells if cell.id in ("setup", "unit-answer")]

    mend(nb, known)
    add_missing(nb, known)

    assert list(places(nb)) == ["setup", "unit-answer", "unit-score", "double-score"]
    assert "HIDDEN" not in places(nb)["unit-score"].source

"""Claims about what is kept: nothing is graded twice, nothing stale is kept, and a merged report is a fresh one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.config import load_config
from autograder.batch import desk, pool
from autograder.batch.packing import pack
from autograder.batch.pool import Plan, grade_batch
from autograder.batch.simulate import ClassPlan, simulate
from autograder.batch.store import FILE, Store
from autograder.batch.submissions import find_submissions
from autograder.grading.notebook import written
from autograder.grading.verdict import Status, Verdict

WEEK = "week99_fake"
CELLS = ["def alpha(x):\n    return 2 * x"]


@pytest.fixture
def hand_in(tmp_path):
    """Return a function that writes the notebooks of learners, as nbgrader collects them."""

    def write(*, when: str = "2027-01-05 10:00:00 UTC", **contents: bytes) -> Path:
        for learner, content in contents.items():
            folder = tmp_path / "submitted" / learner / WEEK
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{WEEK}.ipynb").write_bytes(content)
            (folder / "timestamp.txt").write_text(when)
        return tmp_path / "submitted"

    return write


@pytest.fixture
def grade(course, tmp_path):
    def run(folder: Path, *, factory: str = "start", **more):
        plan = Plan(course / "source" / WEEK, course, tmp_path / "out", jobs=1, factory=f"fake_graders:{factory}", **more)
        return grade_batch(find_submissions(folder, WEEK), plan)

    return run


@pytest.fixture
def asked(course):
    """Return a function that says what the graders were asked for since the last time, sorted."""
    log = course.parent / "notes" / "exercises.txt"

    def look() -> list[str]:
        lines = sorted(log.read_text().splitlines()) if log.exists() else []
        log.write_text("")
        return lines

    return look


def change_exercise(course, name="120_beta.py"):
    path = course / "source" / WEEK / name
    path.write_text(path.read_text() + "\n# a change\n")


def with_outputs(cells):
    content = json.loads(written(cells))
    content["cells"][0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "ran"}]
    return json.dumps(content).encode()


def test_a_changed_exercise_is_the_only_one_that_is_graded_again(course, grade, hand_in, asked):
    folder = hand_in(ada=written(CELLS), bob=written([*CELLS, "1"]))
    grade(folder)
    assert asked() == ["ada: alpha beta", "bob: alpha beta"]
    change_exercise(course)

    summary = grade(folder)

    assert asked() == ["ada: beta", "bob: beta"]
    assert (summary.graded, summary.partly, summary.skipped) == (2, 2, 0)
    again = grade(folder, factory="stumble")
    assert (again.graded, again.skipped) == (0, 2)


def test_a_notebook_that_was_only_run_again_is_not_graded_again(grade, hand_in, asked):
    grade(hand_in(ada=written(CELLS)))
    asked()

    summary = grade(hand_in(ada=with_outputs(CELLS)))

    assert asked() == [] and (summary.graded, summary.skipped) == (0, 1)
    assert grade(hand_in(ada=with_outputs(CELLS)), factory="stumble").skipped == 1


def test_the_same_code_handed_in_later_gets_the_new_time_and_is_not_graded_again(grade, hand_in, asked, tmp_path):
    grade(hand_in(ada=written(CELLS)))
    asked()

    grade(hand_in(ada=written(CELLS), when="2027-01-07 10:00:00 UTC"))

    with Store(tmp_path / "out" / FILE) as store:
        assert store.connection.execute("SELECT submitted_at FROM submission").fetchone()[0].startswith("2027-01-07")
        assert store.reports(WEEK)[0].notes == ("a note",)
    assert asked() == []


def test_the_notes_of_looking_for_a_file_are_never_doubled_or_kept_too_long(course, grade, hand_in, tmp_path):
    folder = hand_in(ada=written(CELLS))
    path = folder / "ada" / WEEK / f"{WEEK}.ipynb"
    path.rename(path.with_name("mine.ipynb"))
    grade(folder)
    change_exercise(course)
    grade(folder)
    with Store(tmp_path / "out" / FILE) as store:
        noted = store.reports(WEEK)[0].notes
    path.with_name("mine.ipynb").rename(path)
    grade(folder)

    assert len(noted) == 2 and "mine.ipynb" in noted[0]
    with Store(tmp_path / "out" / FILE) as store:
        assert store.reports(WEEK)[0].notes == ("a note",)


def test_changed_code_is_graded_in_full(grade, hand_in, asked):
    grade(hand_in(ada=written(CELLS)))
    asked()

    summary = grade(hand_in(ada=written(["def alpha(x):\n    return x + x"])))

    assert asked() == ["ada: alpha beta"] and (summary.graded, summary.partly) == (1, 0)


def test_fresh_grades_everything_and_so_does_a_change_that_touches_every_exercise(grade, hand_in, asked, monkeypatch):
    folder = hand_in(ada=written(CELLS))
    grade(folder)
    asked()

    grade(folder, fresh=True)
    assert asked() == ["ada: alpha beta"]
    monkeypatch.setenv("MML_TEST_SECRET", "another")
    grade(folder)
    assert asked() == ["ada: alpha beta"]


def test_a_fault_of_ours_is_never_kept(course, grade, hand_in, asked, tmp_path):
    folder = hand_in(ada=written(["# fault in beta"]))
    grade(folder)
    grade(folder)

    assert asked() == ["ada: alpha beta"] * 2
    with Store(tmp_path / "out" / FILE) as store:
        assert store.reports(WEEK)[0].status is Status.INCOMPLETE


def test_a_fault_of_ours_in_the_new_part_makes_the_merged_report_incomplete(course, grade, hand_in, asked, tmp_path):
    folder = hand_in(ada=written(["1"]))
    grade(folder)
    change_exercise(course)
    with Store(tmp_path / "out" / FILE) as store:
        code = store.kept(WEEK, "ada").code
        spoilt = written(["# fault in beta"])
        store.connection.execute("UPDATE submission SET code = ?", (code_of(spoilt),))

    grade(hand_in(ada=spoilt))

    assert code != code_of(spoilt)
    with Store(tmp_path / "out" / FILE) as store:
        report = store.reports(WEEK)[0]
    assert report.status is Status.INCOMPLETE
    assert [exercise.verdict for exercise in report.exercises] == [Verdict.PASSED, Verdict.OUR_FAULT]


def code_of(notebook):
    from autograder.batch.fingerprint import code_key

    return code_key(notebook, frozenset())


def test_nothing_is_taken_over_from_one_learner_to_another(grade, hand_in, asked):
    grade(hand_in(ada=written(CELLS), bob=written(CELLS)))

    assert asked() == ["ada: alpha beta", "bob: alpha beta"]


def test_a_class_in_which_nothing_changed_is_looked_through_without_running_the_exercises(course, grade, hand_in, monkeypatch):
    folder = hand_in(ada=written(CELLS))
    grade(folder)

    def refuse(folder):
        raise AssertionError("the exercise files were run")

    monkeypatch.setattr(pool, "read_assignment", refuse)
    monkeypatch.setattr(desk, "read_assignment", refuse)
    assert grade(folder, factory="stumble").skipped == 1
    change_exercise(course)
    with pytest.raises(AssertionError, match="were run"):
        grade(folder)


@pytest.mark.slow
def test_a_merged_report_is_that_of_grading_everything_anew(course, assignment, release, tmp_path):
    made = tmp_path / "class"
    simulate(assignment, load_config(course), ClassPlan(10, made, 5, release))
    found = find_submissions(made, WEEK)
    plan = Plan(assignment.folder, course, tmp_path / "merged", jobs=2)
    grade_batch(found, plan)
    path = course / "source" / WEEK / "120_beta.py"
    path.write_text(path.read_text().replace("close(beta(3.0), 6.0)", "close(beta(3.5), 7.0)").replace("points=3", "points=5"))

    summary = grade_batch(found, plan)
    grade_batch(found, replace(plan, out=tmp_path / "anew"))

    assert summary.partly > 3
    merged, anew = (texts(tmp_path / name) for name in ("merged", "anew"))
    assert merged == anew and len(anew) == 10
    assert all('"possible":"5/1"' in text for text in anew)


def texts(out):
    with Store(out / FILE) as store:
        return [pack(replace(report, seconds=0.0)) for report in store.each(WEEK)]

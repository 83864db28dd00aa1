"""Claims about the store: exact, replaced not doubled, and clear about files that are not its own."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from autograder.batch.packing import pack, unpack
from autograder.batch.store import FILE, Stamp, Store
from autograder.errors import CourseProblem
from autograder.grading.verdict import Status

NOW = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / FILE, create=True) as opened:
        opened.begin_run("week99_fake", jobs=1, now=NOW)
        yield opened


def test_a_report_comes_back_as_it_was(make_report):
    report = make_report("a\ud800\x00\u2028", points=Fraction(1, 3))

    assert unpack(pack(report)) == report
    assert pack(report).isascii() and "\n" not in pack(report)


def test_points_stay_exact(store, make_report):
    store.save(make_report(points=Fraction(1, 3)), Stamp("k", 1, NOW), possible=Fraction(9))

    row = store.connection.execute("SELECT score, score_float, max_score FROM submission").fetchone()
    assert row == ("1/3", 1 / 3, "8/3")
    assert store.reports("week99_fake")[0].points == Fraction(1, 3)


def test_an_older_result_is_replaced_with_its_exercises(store, make_report):
    for key, status in (("old", Status.GRADED), ("new", Status.GRADED)):
        store.save(make_report(status=status), Stamp(key, 1, NOW), possible=Fraction(9))

    count = store.connection.execute("SELECT (SELECT count(*) FROM submission), (SELECT count(*) FROM exercise)").fetchone()
    assert count == (1, 1) and store.done("week99_fake") == {"ada": "new"}


def test_what_was_our_fault_is_not_done(store, make_report):
    store.save(make_report(status=Status.INCOMPLETE), Stamp("k", 1, NOW), possible=Fraction(9))

    assert store.done("week99_fake") == {}


def test_an_unreadable_submission_keeps_the_maximum(store, make_report):
    report = make_report(status=Status.UNREADABLE)
    store.save(type(report)(report.learner, report.assignment, report.status, ()), Stamp("k", 1, NOW), possible=Fraction(9))

    assert store.connection.execute("SELECT score, max_score FROM submission").fetchone() == ("0/1", "9/1")


def test_the_file_is_in_wal_mode_and_opens_again(tmp_path, make_report):
    for learner in ("ada", "bob"):
        with Store(tmp_path / FILE, create=True) as store:
            run = store.begin_run("week99_fake", jobs=1, now=NOW)
            store.save(make_report(learner), Stamp("k", run, NOW), possible=Fraction(9))

    with Store(tmp_path / FILE) as store:
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert [report.learner for report in store.reports("week99_fake")] == ["ada", "bob"]


def foreign(path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()


def newer(path):
    Store(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def damaged(path):
    Store(path, create=True).close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: path.write_bytes(b"this is a letter, not a database" * 100), "cannot be used"),
        (foreign, "was not made by this grader"),
        (newer, "schema version 99"),
        (damaged, "cannot be used"),
        (lambda path: path.mkdir(), "cannot be used"),
    ],
)
def test_a_file_that_is_no_store_is_refused_in_words(tmp_path, spoil, reason):
    spoil(tmp_path / FILE)

    with pytest.raises(CourseProblem, match=reason):
        Store(tmp_path / FILE, create=True)


def test_a_store_of_the_first_version_is_refused_in_words(tmp_path):
    Store(tmp_path / FILE, create=True).close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()

    with pytest.raises(CourseProblem, match="schema version 1; this grader reads version 3.* grade again"):
        Store(tmp_path / FILE)


def test_a_missing_store_names_the_next_command(tmp_path):
    with pytest.raises(CourseProblem, match="mml grade WEEK"):
        Store(tmp_path / FILE)


def test_equal_results_of_an_exercise_are_kept_once(store, make_report):
    for learner in ("ada", "bob", "eve"):
        store.save(make_report(learner), Stamp("k", 1, NOW), possible=Fraction(9))
    store.save(make_report("zoe", points=Fraction(1)), Stamp("k", 1, NOW), possible=Fraction(9))

    assert store.connection.execute("SELECT count(*) FROM result").fetchone() == (2,)
    assert store.connection.execute("SELECT learner, points FROM exercise ORDER BY learner").fetchall() == [
        ("ada", "4/3"), ("bob", "4/3"), ("eve", "4/3"), ("zoe", "1/1")
    ]  # fmt: skip
    first, second, *_ = store.each("week99_fake")
    assert first == make_report("ada") and first.exercises[0] is second.exercises[0]


def test_results_that_nobody_has_any_more_are_removed_at_the_end_of_a_run(store, make_report):
    store.save(make_report(points=Fraction(1)), Stamp("k", 1, NOW, exercise_keys={"alpha": "old"}), possible=Fraction(9))
    store.save(make_report(points=Fraction(2)), Stamp("k", 1, NOW, exercise_keys={"alpha": "new"}), possible=Fraction(9))
    assert store.connection.execute("SELECT count(*) FROM result").fetchone() == (2,)

    store.end_run(1, {"graded": 1})

    assert store.connection.execute("SELECT points FROM result").fetchall() == [("2/1",)]
    assert store.connection.execute("SELECT text FROM exercise_key").fetchall() == [("new",)]


def test_one_report_can_be_read_without_the_others(store, make_report):
    store.save(make_report("ada"), Stamp("k", 1, NOW, code="c", exercise_keys={"alpha": "e"}), possible=Fraction(9))

    assert store.report("week99_fake", "ada") == make_report("ada")
    assert store.report("week99_fake", "bob") is None
    assert store.exercise_keys("week99_fake", "ada") == {"alpha": "e"}
    assert store.learners("week99_fake") == ["ada"]

"""Claims about grades.csv."""

from __future__ import annotations

import csv
from fractions import Fraction

import pytest

from autograder.batch.store import FILE, Store
from autograder.outputs.plain import percent_text, plain, points_text
from autograder.outputs.tables import guarded, write_grades


def test_the_table_has_a_row_for_everybody_and_a_column_for_every_exercise(out):
    with Store(out / FILE) as store:
        text = write_grades(store, out).read_bytes().decode()

    rows = list(csv.reader(text.splitlines()))
    assert text.count("\r\n") == text.count("\n") == 6
    assert rows[0] == ["learner", "assignment", "status", "score", "max_score", "alpha", "beta"]
    assert [row[0] for row in rows[1:]] == ["'=cmd|'<script>alert('x')</script>'!A1", "ada", "bob", "eve", "mal"]
    assert rows[3] == ["bob", "week99_fake", "graded", "1.67", "6", "1.67", "0"]
    assert rows[4] == ["eve", "week99_fake", "unreadable", "0", "6", "", ""]


def test_an_incomplete_submission_has_no_score_that_could_be_taken_for_a_zero(out):
    with Store(out / FILE) as store:
        rows = list(csv.reader(write_grades(store, out).read_text().splitlines()))

    assert rows[5] == ["mal", "week99_fake", "incomplete", "", "6", "", "3"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "＝1"])
def test_formulas_are_disarmed(text):
    assert guarded(text)[0] == "'"


def test_a_field_with_quotes_commas_and_line_ends_stays_one_field(out):
    assert guarded('a,"b"\nc') == 'a,"b"\nc'


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(5, 3), "1.67"), (Fraction(1, 200), "0.01"), (Fraction(4999, 10**6), "0"), (Fraction(10), "10"),
     (Fraction(5, 2), "2.5"), (Fraction(100), "100"), (Fraction(0), "0")],
)  # fmt: skip
def test_points_are_rounded_once_and_written_short(value, text):
    assert points_text(value) == text


def test_a_share_of_nothing_is_zero():
    assert percent_text(Fraction(0), Fraction(0)) == "0 %"


def test_unseen_characters_are_taken_out():
    assert plain("a\x00\x1b\u202e\ud800\u2028\n\tb") == "a\ufffd\ufffd\ufffd\ufffd\ufffd\n\tb"

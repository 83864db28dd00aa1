"""Claims about laying out values: what is laid out says the same as the text, and the mark stands where the answer is wrong."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from autograder.grading.show import show
from autograder.outputs.counterexample import counterexample
from autograder.outputs.figures import against
from autograder.outputs.values import cell_of, laid_out, read_grid

ARRAYS = [
    np.array([1.0, np.nan, -np.inf]), np.arange(6).reshape(2, 3), np.array([[True, False]]), np.array([1 + 2j, -3.5j]),
    np.array([1e-300, 1e300]), np.linspace(0, 1, 57), np.arange(400.0).reshape(20, 20), np.array([0.1], dtype=np.float32),
]  # fmt: skip


@pytest.mark.parametrize("value", ARRAYS, ids=lambda value: f"{value.dtype}{value.shape}")
def test_a_printed_array_is_read_back_entry_by_entry(value):
    grid = read_grid(show(value))
    two = value.reshape(1, -1) if value.ndim == 1 else value

    assert grid is not None and grid.shape == value.shape
    for row in range(two.shape[0]):
        for column in range(two.shape[1]):
            place = cell_of(grid, (column,) if value.ndim == 1 else (row, column))
            if place is not None:
                shown = grid.rows[place[0]][place[1]]
                assert np.isclose(complex(shown), complex(two[row, column]), rtol=1e-6, atol=1e-8, equal_nan=True)
    corners = [(0,), (value.size - 1,)] if value.ndim == 1 else [(0, 0), (value.shape[0] - 1, value.shape[1] - 1)]
    assert all(cell_of(grid, corner) is not None for corner in corners)


@pytest.mark.parametrize(
    "text",
    ["", "1.5", "array([])", "array([[1, 2], [3]])", "array([[[1]]])", "array(['a'])", "[1, [2]]", "__import__('os')",
     "array([x])", "array([1, 2", "array([1 … 2])", "(1, 2)", "[" * 500 + "]" * 500, "array([open('x')])",
     "[" + "1," * 2000 + "]", "[1]; [2]"],
)  # fmt: skip
def test_anything_else_stays_a_text(text):
    assert read_grid(text) is None
    shown = counterexample("f(1)", text, "", "")
    assert shown.figure == "" and shown.positions == () and all(value.rows == () for value in shown.values)


def test_the_first_wrong_position_is_marked_in_both_values():
    message = "the result: wrong at position [0, 1]: expected 5.0, got nan (largest difference 0)."
    shown = counterexample("f()", "array([[1., nan],\n       [3., 4.]])", "array([[1., 5.],\n       [3., 4.]])", message)

    marks = [[[cell.is_wrong for cell in row] for row in value.rows] for value in shown.values]
    assert marks == [[[False, True], [False, False]]] * 2


def test_nothing_is_marked_when_the_position_belongs_to_another_value():
    message = "Q^T Q: wrong at position [0, 1]: expected 0.0, got 0.25 (largest difference 0.25)."
    shown = counterexample("f()", "array([[1., 2.],\n       [3., 4.]])", "array([[1., 0.],\n       [0., 1.]])", message)

    assert [any(cell.is_wrong for row in value.rows for cell in row) for value in shown.values] == [False, True]


def test_two_vectors_of_one_length_share_a_table_that_numbers_the_entries_left_out_as_well():
    got, expected = np.arange(57.0), np.arange(57.0) + np.eye(57)[56]
    message = "the result: wrong at position [56]: expected 57.0, got 56.0 (largest difference 1)."
    shown = counterexample("f()", show(got), show(expected), message)

    assert shown.positions == ("0", "1", "2", "…", "54", "55", "56")
    assert [value.rows[0][-1].is_wrong for value in shown.values] == [True, True]


def test_a_picture_is_drawn_where_a_difference_can_be_seen_and_says_every_entry_in_words():
    picture = against(read_grid("array([1., 2., 9.])"), read_grid("array([1., 2., 3.])"))

    assert picture.count("<circle") == 3 and picture.count("<path") == 3
    assert "position 2: 9.0 came back, 3.0 expected" in picture and 'role="img"' in picture


@pytest.mark.parametrize(
    ("got", "expected"),
    [("[1, 2]", "[1, 3]"), ("[1, 2, 3]", "[1, 2, 3]"), ("[1, 2, 3]", "[1, 2]"), ("[nan, nan, 1]", "[1, 2, 3]"),
     ("[1, 2, 300.0001]", "[1, 2, 300]"), ("[[1, 2, 3]]", "[[1, 2, 4]]"), ("[1e308, -1e308, 0]", "[1, 2, 3]")],
)  # fmt: skip
def test_no_picture_is_drawn_where_it_would_tell_nothing(got, expected):
    assert against(read_grid(got), read_grid(expected)) == ""


def test_values_of_very_different_size_are_drawn_on_a_logarithmic_scale():
    assert "logarithmic" in against(read_grid("[1e-9, 1e-3, 1.0]"), read_grid("[1e-6, 1e-3, 1.0]"))


def test_a_long_call_gets_a_line_for_each_argument_and_stays_the_same_call():
    call = "f(array([[1., 2.],\n       [3., 4.]]), 'a, (b', bins=[1, 2], g={'k': (1, 2)})"

    text = laid_out(call)
    assert text.splitlines()[:3] == ["f(", "    array([[1., 2.],", "           [3., 4.]]),"]
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(call))


def test_calls_that_follow_each_other_get_a_line_each_and_stay_the_same_calls():
    long = "array([1.        , 2.        , 3.        , 4.        , 5.        , 6.        ])"
    call = f"a = Model(alpha=0.5); b = a.fit(['x; y', 'z'], {long}); c = b[1](2); -c"

    text = laid_out(call)
    assert text.splitlines()[:3] == ["a = Model(alpha=0.5)", "b = a.fit(", "    ['x; y', 'z'],"]
    assert text.splitlines()[-2:] == ["c = b[1](2)", "-c"]
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(call))


@pytest.mark.parametrize(
    "call", ["f(1, 2)", "f(" + "[" * 50, "f(" + "'" + "a, " * 60 + ")", "x" * 300, "", "f(" + "(]" * 90 + ")"]
)
def test_a_short_or_broken_call_is_left_as_it_is(call):
    assert laid_out(call) == call

"""The source notebook of a classroom gives nbgrader what it needs, and learners nothing more than our own release."""

from __future__ import annotations

import ast
import contextlib
import io
import json

import pytest

from autograder.authoring.stub import stub_of
from autograder.classroom.source import source_notebook, without_hidden

WEEK = "week01_tiny"
SQUARES = (
    "def unit(v):\n    v = np.array(v, float)\n    if not v.any():\n        raise ValueError('zero')\n"
    "    return v / (v @ v)"
)


@pytest.fixture(scope="module")
def cells(assignment, settings):
    notebook = json.loads(source_notebook(assignment, settings))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


def shown(cell, answer):
    """Run an answer and a test cell as a kernel would, and return what was printed and what the last line shows."""
    notebook: dict[str, object] = {"In": [answer]}
    exec("import numpy as np", notebook)
    exec(answer, notebook)
    *body, last = ast.parse(cell).body
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "<cell>", "exec"), notebook)
        points = eval(compile(ast.Expression(last.value), "<cell>", "eval"), notebook)
    return printed.getvalue(), points, notebook


def test_without_solutions_and_hidden_tests_it_is_our_release(cells, course):
    released = json.loads((course / "release" / WEEK / f"{WEEK}.ipynb").read_text())["cells"]

    for cell in released:
        name, source = cell["id"], without_hidden(cells[cell["id"]])
        source = stub_of(source, name.removesuffix("-answer")) if "BEGIN SOLUTION" in source else source
        assert source == "".join(cell["source"]), name


def test_a_test_cell_holds_all_checks_and_no_solution(cells, assignment):
    text = cells["unit-score"]

    assert all(check.name in text for check in assignment.exercises[0].checks)
    assert "squared" not in text and "no direction" not in text and "autograder" not in text
    assert "divides_by_zero" not in text


@pytest.mark.parametrize(
    "answer, points, said",
    [
        ("", 7.0, ""),
        (SQUARES, 7 / 3, "The vector (3, 4) becomes (0.6, 0.8).\n  the result: wrong at position [0]"),
        ("def unit(v): return None", 0.0, "expected an array, got None"),
        ("def unit(v): raise NotImplementedError('unit: not attempted yet')", 0.0, "`unit` is still the stub"),
        ("def unit(v): raise SystemExit", 0.0, "SystemExit"),
        ("def unit(v): return v / np.linalg.norm(v)", 0.0, "numpy.linalg.norm"),
        ("something_else = 1", 0.0, "`unit` is not defined yet"),
    ],
)
def test_the_last_line_of_a_test_cell_shows_the_points(cells, answer, points, said):
    answer = answer or cells["unit-answer"]

    printed, earned, _ = shown(cells["unit-score"], answer)

    assert earned == points
    assert said in printed


def test_what_an_answer_prints_does_not_reach_the_cell(cells):
    noisy = "import sys, warnings\ndef double(n):\n    print('x', file=sys.stderr)\n    warnings.warn('w')\n    return 2 * n"

    printed, earned, _ = shown(cells["double-score"], noisy)

    assert (printed, earned) == ("", 5.0)


def test_a_test_cell_replaces_no_name_of_the_learner(cells):
    answer = cells["unit-answer"] + "\nlength = close = Watching = run = CASES = 'mine'"

    _, earned, notebook = shown(cells["unit-score"], answer)

    assert earned == 7.0
    assert {notebook[name] for name in ("length", "close", "Watching", "run", "CASES")} == {"mine"}

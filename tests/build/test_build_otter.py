"""The public checks travel as text that stands alone, and explain what failed."""

from __future__ import annotations

import ast
import sys
import warnings
from pathlib import Path

import pytest

from autograder.authoring.discover import assignment_folders, read_assignment
from autograder.authoring.stub import without_markers
from autograder.build.inline import global_names, pick, pool
from autograder.build.otter import public_tests
from autograder.errors import BadExercise

SOURCE = Path(__file__).parents[2] / "source"


def tiny(course):
    return read_assignment(course / "source" / "week01_tiny").exercises[0]


def change(course, old, new):
    path = course / "source" / "week01_tiny" / "110_unit.py"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def run(text, name, environment):
    """Run a test file in otter-grader's own machinery and return its results."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from otter.test_files.metadata_test import NotebookMetadataExceptionTestFile as TestFile
    results = TestFile.from_metadata(text, path=f"{name}.ipynb")
    results.run(environment)
    return results


def learner(exercise, source):
    """Return the names of a notebook in which the learner wrote `source`."""
    names = {key: value for key, value in exercise.namespace.items() if key != exercise.name}
    exec(compile(source, "<learner>", "exec"), names)
    return names


def messages(exercise, source):
    results = run(public_tests(exercise), exercise.name, learner(exercise, source) if source else {})
    return [result.message.split("\n", 3)[-1] for result in results.test_case_results]


def test_parameters_and_local_names_are_no_needs():
    text = "def f(a, b=outer):\n    c = [d for d in a]\n    def g():\n        return c + later\n    return g"

    assert global_names(text) == {"outer", "later"}


def test_what_is_picked_brings_what_it_needs_in_the_order_of_the_source():
    functions = "def a():\n    return b() + LIMIT\ndef b():\n    return math.pi\ndef c(): pass\n"
    source = pool("import math\nimport json\nLIMIT = 2\n" + functions)

    picked = pick({"a"}, source)

    assert [item.name for item in picked.definitions] == ["LIMIT", "a", "b"]
    assert picked.imports == {"math": "import math"}


def test_the_text_holds_what_it_needs_and_nothing_secret(course):
    text = public_tests(tiny(course))

    defined = {node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}

    assert {"three_four_becomes_unit", "zero_raises", "length", "ZeroVector", "close", "conform", "traps"} <= defined
    assert not {"unit", "a_secret_property_of_scaling", "drawing", "array"} & defined
    assert "autograder" not in text and "reference" not in text and "statistics" not in text


def test_a_case_weighs_what_its_check_weighs(course):
    cases = [
        {word.arg: word.value for word in node.decorator_list[0].keywords}
        for node in ast.parse(public_tests(tiny(course))).body
        if isinstance(node, ast.FunctionDef) and node.decorator_list and isinstance(node.decorator_list[0], ast.Call)
    ]

    facts = [(ast.literal_eval(case["points"]), ast.literal_eval(case["hidden"])) for case in cases if "points" in case]

    assert facts == [(1.0, False), (1.0, False)]


@pytest.mark.parametrize(
    "changes, message",
    [
        ([("    return float(v", "    unit(v)\n    return float(v")], "uses unit, which must not leave"),
        ([("def zero_raises(unit):", "def zero_raises(unit, reference):")], "asks for `reference`.*Make it hidden"),
        ([("    return float(v", "    scipy\n    return float(v")], "uses scipy, which nothing defines"),
        (
            [("import statistics", "import scipy"), ("    return float(v", "    scipy\n    return float(v")],
            "needs scipy, which learners do not install",
        ),
        ([("def length", "def kind_of"), ("close(length", "close(kind_of")], "name of the checks' own machinery"),
    ],
)
def test_a_public_check_that_cannot_travel_is_refused(course, changes, message):
    for old, new in changes:
        change(course, old, new)

    with pytest.raises(BadExercise, match=message):
        public_tests(tiny(course))


def test_the_text_does_not_depend_on_hidden_checks(course):
    before = public_tests(tiny(course))
    change(course, "for size in (1, 2, 5):", "for size in (1, 2, 6):")

    assert public_tests(tiny(course)) == before


@pytest.mark.slow
@pytest.mark.parametrize("folder", sorted(path.name for path in assignment_folders(SOURCE.parent)))
def test_references_pass_and_stubs_are_told_kindly(folder):
    assignment = read_assignment(SOURCE / folder)

    for exercise in assignment.exercises:
        text = public_tests(exercise)
        solved = run(text, exercise.name, learner(exercise, without_markers(exercise.reference_source)))
        stub = run(text, exercise.name, learner(exercise, exercise.stub))
        public = [check for check in exercise.checks if not check.is_hidden]

        assert solved.passed_all, solved
        assert not any(result.passed for result in stub.test_case_results), exercise.id
        kind = f"Not attempted yet: `{exercise.name}` is still the stub."
        assert all(result.message.endswith(kind) for result in stub.test_case_results), stub
        assert solved.possible == pytest.approx(float(sum(exercise.points_by_check[check.name] for check in public)))


CASES = [
    ("", "NotDefined: `unit` is not defined yet. Run the cell that defines it."),
    ("def unit(v): return 1 / 0", "YourCodeStopped: Your code stopped with ZeroDivisionError: division by zero"),
    ("def unit(v): v[0] = 1; return v", "CheckFailed: Your function changed argument 1. You altered the caller's data"),
    ("def unit(v): print(v)", "CheckFailed: the result: expected an array, got None. Your function shows or computes"),
    ("def unit(v): return v / np.linalg.norm(v)", "CheckFailed: Your code called numpy.linalg.norm. This exercise does not"),
    ("def unit(v): raise SystemExit(3)", "CheckFailed: Your code stopped with SystemExit. Return the result instead."),
    ("def unit(v): return v + 0.0", "CheckFailed: the result: wrong at position [0]: expected 0.6, got 3.0 (largest"),
]


@pytest.mark.slow
@pytest.mark.parametrize("source, expected", CASES)
def test_a_failed_check_says_what_happened(course, source, expected):
    message = messages(tiny(course), source)[0]

    assert message.strip().startswith(expected)


@pytest.mark.slow
def test_a_failed_check_shows_the_call_what_came_back_and_what_was_expected(course):
    message = messages(tiny(course), "def unit(v): return v + 0.0")[0]

    assert message.splitlines()[1:] == [
        "  Your call:  unit(array([3., 4.]))",
        "  Came back:  array([3., 4.])",
        "  Expected:   array([0.6, 0.8])",
    ]


@pytest.mark.slow
def test_the_line_that_otter_shows_is_the_line_of_the_check(course):
    results = run(public_tests(tiny(course)), "unit", learner(tiny(course), "def unit(v): return v + 0.0"))

    assert "close(unit(np.array([3.0, 4.0])), np.array([0.6, 0.8]))" in results.test_case_results[0].message


@pytest.mark.slow
def test_results_can_be_written_into_the_log_of_otter(course):
    import dill

    results = run(public_tests(tiny(course)), "unit", learner(tiny(course), "def unit(v): return v + 0.0"))

    assert dill.loads(dill.dumps(results)).test_case_results[0].passed is False


@pytest.mark.slow
def test_the_learners_names_cannot_disturb_the_check(course):
    spoilt = learner(tiny(course), without_markers(tiny(course).reference_source))
    spoilt |= {"close": None, "length": 3, "np": None, "rng": "mine", "CheckFailed": int, "RULES": 0}
    spoilt["np"] = sys.modules["numpy"]

    assert run(public_tests(tiny(course)), "unit", spoilt).passed_all

"""All checks travel as text without the reference, and say the same as in our own grader."""

from __future__ import annotations

import ast
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from autograder.authoring.discover import assignment_folders, read_assignment
from autograder.authoring.seeds import seed_of
from autograder.authoring.stub import without_markers
from autograder.build.hidden import HiddenEdition, hidden_edition, literal
from autograder.build.screen import banned_use, screened
from autograder.errors import BadExercise
from autograder.grading.code import Code
from autograder.grading.trial import rehearse

FOLDERS = sorted(path.name for path in assignment_folders(Path(__file__).parents[2]))


class Base:
    """What the machinery of another grader offers: a decorator that keeps a function."""

    def __call__(self, function):
        self.test_func = function
        return self


def failures(edition: HiddenEdition, notebook: dict[str, object]) -> list[str]:
    """Run an edition against a learner's names, in this process, and return the checks that fail."""
    space: dict[str, object] = {}
    exec(compile(edition.prelude, edition.exercise, "exec"), space)
    case = type("Case", (space["Watching"], Base), {})
    failed = []
    for check in edition.checks:
        exec(compile(check.text, check.name, "exec"), space)
        try:
            case(rules=space["RULES"], seed=check.seed)(space[check.name]).call_func(notebook)
        except Exception:
            failed.append(check.name)
    return failed


def learner(exercise, name, source):
    """Return the names of a notebook whose answer is a solution of the exercise file."""
    names = {key: value for key, value in exercise.namespace.items() if key != exercise.name}
    exec(compile(source, "<learner>", "exec"), names)
    return names | {exercise.name: names[name], "In": [source, f"{exercise.name} = {name}"]}


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_right_answers_pass_and_the_first_misconception_is_caught_where_it_says(root, config, folder):
    for exercise in read_assignment(root / "source" / folder).exercises:
        edition = hidden_edition(exercise, config)
        wrong = exercise.misconceptions[0]

        assert failures(edition, learner(exercise, exercise.name, without_markers(exercise.reference_source))) == []
        for variant in exercise.accepted:
            assert failures(edition, learner(exercise, variant.name, variant.source)) == [], variant.name
        assert wrong.caught_by in failures(edition, learner(exercise, wrong.name, wrong.source)), exercise.id
        assert sum((check.points for check in edition.checks), Fraction(0)) == exercise.facts.points


def test_the_edition_of_every_exercise_defines_no_solution(root, config):
    for folder in FOLDERS[::5]:
        for exercise in read_assignment(root / "source" / folder).exercises:
            edition = hidden_edition(exercise, config)
            tree = ast.parse(edition.prelude + "\n".join(check.text for check in edition.checks))
            defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}

            staff = {exercise.name, *(v.name for v in exercise.accepted), *(v.name for v in exercise.misconceptions)}
            assert not staff & defined, exercise.id
            assert "autograder" not in {name.name.split(".")[0] for node in ast.walk(tree)
                                        if isinstance(node, ast.Import | ast.ImportFrom) for name in node.names}


def test_seeds_are_those_of_our_own_grader_and_hide_the_secret(root, config):
    exercise = read_assignment(root / "source" / FOLDERS[0]).exercises[0]
    check, seed = exercise.checks[0], hidden_edition(exercise, config).checks[0].seed
    states = []
    listening = replace(check, function=lambda rng: states.append(rng.bit_generator.state), needs=("rng",))
    rehearse(exercise, listening, exercise.reference, secret=config.secret, seconds=2.0)

    assert states == [np.random.default_rng(seed).bit_generator.state]
    assert seed_of("another", exercise, check) != seed_of(config.secret, exercise, check)


def test_the_screen_says_what_our_own_grader_says(root):
    found = 0
    for folder in FOLDERS[:1]:
        for exercise in read_assignment(root / "source" / folder).exercises:
            ours = Code([exercise.text])
            for variant in (*exercise.accepted, *exercise.misconceptions) if exercise.facts.banned else ():
                used = ours.banned_use(variant.name, exercise.facts.banned)

                assert banned_use(variant.name, exercise.facts.banned, [exercise.text]) == used
                found += bool(used)
    assert found > 0


def test_the_screen_stops_a_banned_operator_and_cells_that_are_no_python_do_not_disturb_it():
    mine, dot = "def mine(a, b):\n    return a @ b", "def dot(a, b):\n    return mine(a, b)"
    cells = ["import numpy as np", "this is no python", mine, dot]

    assert banned_use("dot", ("@", "numpy.dot"), cells) == "@"
    assert banned_use("dot", ("numpy.dot",), cells) == ""
    with screened("dot", ("@",), {"In": cells}) as stepped:
        assert stepped == ["@"]


VALUES = [
    None, True, -3, 2**80, 0.1, float("inf"), -float("inf"), 1 + 2j, "a'b\n", b"\x00", range(3), (1,), (), [1, (2.5, "x")],
    {"a": np.arange(3)}, {3, 1}, set(), np.float32(0.1), np.int64(3), np.bool_(True), np.zeros((0, 2)), np.eye(2, dtype="f4"),
    np.array([[1 + 1j]]), np.array(["ab", "c"]), np.array(0.1), np.array([np.inf, 1e-300, 0.1]),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_comes_back_exactly_from_its_text(value):
    back = eval(literal(value), {"np": np})

    assert type(back) is type(value)
    np.testing.assert_equal(back, value)
    assert getattr(back, "dtype", None) == getattr(value, "dtype", None)


def test_not_a_number_comes_back():
    assert np.isnan(eval(literal(float("nan")), {}))
    assert np.isnan(eval(literal(np.array([np.nan])), {"np": np})).all()


def tiny(course):
    return read_assignment(course / "source" / "week01_tiny").exercises[0]


def change(course, *changes):
    path = course / "source" / "week01_tiny" / "110_unit.py"
    for old, new in changes:
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
    return tiny(course)


def test_what_the_reference_said_is_replayed_in_order(course, config):
    edition = hidden_edition(tiny(course), config)
    hidden = next(check for check in edition.checks if check.is_hidden)

    assert "def a_secret_property_of_scaling(unit, rng):" in hidden.text
    assert "reference = Replay(ANSWERS_a_secret_property_of_scaling)" in hidden.text
    assert edition.prelude.count("np.array([") == 3
    assert failures(edition, {"unit": lambda v: v / (v @ v) ** 0.5}) == ["zero_raises"]
    assert failures(edition, {"unit": lambda v: v}) == [check.name for check in edition.checks]


def test_another_secret_gives_other_numbers(course, config):
    one = hidden_edition(tiny(course), config)
    other = hidden_edition(tiny(course), replace(config, secret="another"))

    assert one.prelude != other.prelude
    assert one == hidden_edition(tiny(course), config)


@pytest.mark.parametrize(
    "changes, message",
    [
        ([("    return float(v", "    unit(v)\n    return float(v")], "uses unit, which must not travel"),
        ([("def length", "def Replay"), ("close(length", "close(Replay")], "name of the checks' own machinery"),
        (
            [
                ("np.array(v, dtype=float)", "getattr(v, 'normal', lambda size: v)(size=2)"),
                ("nce(random_direction)", "nce(rng)"),
            ],
            "its own rng",
        ),
        ([("    return v / math.sqrt(squared", "    return print, math.sqrt(squared")], "cannot be written down"),
    ],
)  # fmt: skip
def test_a_check_that_cannot_travel_is_refused(course, config, changes, message):
    with pytest.raises(BadExercise, match=message):
        hidden_edition(change(course, *changes), config)

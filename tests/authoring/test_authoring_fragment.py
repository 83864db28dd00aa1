"""One file becomes an exercise, or says precisely why it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.discover import choose_exercises, choose_folder, read_assignment
from autograder.authoring.fragment import read_exercise
from autograder.authoring.lint import lint
from autograder.authoring.scaffold import new_exercise
from autograder.authoring.stub import skeleton, stub_of
from autograder.errors import BadExercise, UsageProblem
from autograder.grading.prove import prove


@pytest.fixture
def skeleton_file(tmp_path: Path) -> Path:
    (tmp_path / "week01_small").mkdir()
    return new_exercise(tmp_path / "week01_small", "squares")


def broken(path: Path, old: str, new: str) -> str:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


def test_the_scaffold_proves(skeleton_file: Path) -> None:
    exercise = read_exercise(skeleton_file, assignment="week01_small")

    assert (exercise.id, exercise.returns, len(exercise.checks)) == ("week01_small/squares", "float", 3)
    assert prove(exercise, seconds=2.0).problems == []
    assert sum(exercise.points_by_check.values()) == exercise.facts.points


def test_the_scaffold_names_what_is_still_blank(skeleton_file: Path) -> None:
    findings = lint(read_assignment(skeleton_file.parent))

    assert {finding.rule for finding in findings} >= {"facts", "section", "headings", "capstone"}


@pytest.mark.parametrize(
    ("old", "new", "claim"),
    [
        ("return float(x @ x)\n    ### END", "return float(x @ x) + 1\n    ### END", "reference"),
        ('caught_by="is_25_for_3_and_4"', 'caught_by="an_empty_vector_raises"', "misconception[the_length_itself]"),
        ('caught_by="is_25_for_3_and_4"', 'caught_by="nowhere"', "misconception[the_length_itself]"),
        ("25.0, **T2)", "24.0, **T2)", "reference"),
        ("float(entry) ** 2", "float(entry) ** 3", "accepted[with_a_loop]"),
        ("return float(np.sqrt(x @ x))", "return float(x @ x)", "misconception[the_length_itself]"),
        ("    close({name}(np.array([3.0, 4.0])), 25.0, **T2)".format(name="squares"), "    pass", "stub"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_by_the_claim_that_breaks(skeleton_file: Path, old: str, new: str, claim: str) -> None:
    broken(skeleton_file, old, new)

    proof = prove(read_exercise(skeleton_file, assignment="week01_small"), seconds=2.0)

    assert any(claim in problem for problem in proof.problems), proof.problems


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("### BEGIN SOLUTION", "", "solution"),
        ("def squares(", "def square(", "called squares"),
        ("exercise(points=8", "exercise(points=8); exercise(points=8", "positional|exactly once|executed"),
        ("import numpy as np", "import numpyy as np", "cannot be executed"),
        ("return float(x @ x)", "return float(x @", "cannot be executed"),
    ],
)
def test_a_file_that_breaks_the_format_is_refused_with_its_place(skeleton_file: Path, old: str, new: str, message: str) -> None:
    broken(skeleton_file, old, new)

    with pytest.raises(BadExercise, match=message) as caught:
        read_exercise(skeleton_file, assignment="week01_small")
    assert str(skeleton_file) in str(caught.value)


def test_all_broken_files_of_a_folder_are_reported_at_once(skeleton_file: Path) -> None:
    broken(skeleton_file, "### BEGIN SOLUTION", "")
    broken(new_exercise(skeleton_file.parent, "cubes"), "def cubes(", "def cube(")

    with pytest.raises(BadExercise) as caught:
        read_assignment(skeleton_file.parent)
    assert len(caught.value.problems) == 2


def test_a_stub_keeps_signature_docstring_and_what_is_outside_the_markers() -> None:
    source = 'class C:\n    def f(self):\n        """Doc."""\n        ### BEGIN SOLUTION\n        return 1\n        ### END SOLUTION\n\n    x = 3'

    stub = stub_of(source, "C")

    assert "return 1" not in stub and '"""Doc."""' in stub and "x = 3" in stub
    assert 'raise NotImplementedError("C: not attempted yet")' in stub
    assert skeleton(stub) != skeleton(source)


@pytest.mark.parametrize("word", ["week0", "nothing", "week03/nothing"])
def test_a_word_that_fits_nothing_or_several_lists_the_choices(root: Path, word: str) -> None:
    with pytest.raises(UsageProblem, match="Choose one of|exercise begins"):
        choose_exercises(root, (word,))


def test_a_unique_prefix_is_enough(root: Path) -> None:
    assert choose_folder(root, "week03").name == "week03_decompositions"
    assert [exercise.name for exercise in choose_exercises(root, ("week03/power",))] == ["power_iteration"]

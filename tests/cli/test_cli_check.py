"""`mml check` says what the notebook says, with an exit code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.authoring.discover import read_assignment
from autograder.batch.answers import Answers
from autograder.cli.root import main

ROOT = Path(__file__).resolve().parents[2]
WEEK = "week09_information_numerics"
RELEASE, SOLVED = (ROOT / edition / WEEK / f"{WEEK}.ipynb" for edition in ("release", "solutions"))
NATS = """def entropy(p, base=2.0):
    p = np.asarray(p, dtype=float)
    if abs(p.sum() - 1) > 1e-9:
        raise ValueError("no distribution")
    return float(-(p * np.log(p)).sum())"""

pytestmark = pytest.mark.slow


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["check", *words])
    return done.exit_code, done.stdout


def answered(place: Path, source: str, release: Path = RELEASE, name: str = "entropy") -> str:
    """Write a notebook under another name with one answer, and return its path."""
    notebook = json.loads(release.read_text(encoding="utf-8"))
    next(cell for cell in notebook["cells"] if cell["id"] == f"{name}-answer")["source"] = source
    path = place / "mine (1).ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return str(path)


def test_a_solved_exercise_passes() -> None:
    code, text = run(str(SOLVED), "entropy")

    assert code == 0
    assert re.search(r"entropy passed! 3 of 3 public checks pass\. \d+ hidden checks run when your work is graded\.", text)


def test_a_wrong_answer_fails_with_its_hint(tmp_path: Path) -> None:
    code, text = run(answered(tmp_path, NATS), "entropy", "softmax")

    assert code == 1
    assert "Your call:  entropy(array([0.5, 0.5]))" in text and "Hint: np.log is the natural logarithm." in text
    assert "Not attempted yet: `softmax` is still the stub." in text


@pytest.mark.parametrize(
    ("week", "name", "wrong", "call"),
    [
        ("week01_numpy", "RunningStats", "MergeAveragesTheTwoMeans", "RunningStats.mean"),
        ("week04_derivatives", "activation", "derivative_of_the_output", "activation('sigmoid')[1](array([0. "),
    ],
)
def test_classes_and_functions_that_are_returned_get_hints_too(
    tmp_path: Path, week: str, name: str, wrong: str, call: str
) -> None:
    found = next(e for e in read_assignment(ROOT / "source" / week, frozenset({name})).exercises if e.name == name)
    variant = next(variant for variant in found.misconceptions if variant.name == wrong)
    source = Answers(found, secret="", seconds=1).text(wrong)

    code, text = run(answered(tmp_path, source, ROOT / "release" / week / f"{week}.ipynb", name), name)
    assert code == 1
    assert f"Your call:  {call}" in text and f"Hint: {variant.hint}" in text


def test_data_has_the_same_facts(tmp_path: Path) -> None:
    code, text = run(answered(tmp_path, NATS.replace("np.log(p)", "np.lug(p)")), "entropy", "--json")
    found = json.loads(text)["exercises"][0]

    assert code == 1 and found["exercise"] == "entropy" and found["hint"] == ""
    assert [check["state"] for check in found["checks"]] == ["stopped with an error", "stopped with an error", "right"]
    assert "Your line:  return float(-(p * np.lug(p)).sum())" in found["checks"][0]["text"]


def test_an_unknown_exercise_or_file_is_a_usage_problem(tmp_path: Path) -> None:
    assert run(str(RELEASE), "nothing")[0] == 2
    assert run(str(tmp_path / "none.ipynb"))[0] == 2


def test_a_file_that_is_no_notebook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "week09.ipynb"
    path.write_text("{", encoding="utf-8")

    assert run(str(path))[0] == 1

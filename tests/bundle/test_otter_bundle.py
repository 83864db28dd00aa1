"""The otter bundle is the same bytes everywhere, carries no solution, and grades as `mml grade` does."""

from __future__ import annotations

import ast
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from autograder.authoring.config import load_config
from autograder.authoring.discover import read_assignment
from autograder.bench.small_course import WEEK
from autograder.build.audit import Kind, audit
from autograder.build.bundle import otter_bundle, otter_tests
from autograder.grading.grader import Grader


def make(root):
    return otter_bundle(root, read_assignment(root / "source" / WEEK), load_config(root))


def test_every_check_is_a_case_with_its_points_and_hidden_ones_are_marked(small):
    assignment = read_assignment(small / "source" / WEEK)

    texts = otter_tests(assignment, load_config(small))

    for exercise in assignment.exercises:
        cases = {
            node.name: {word.arg: word.value for word in node.decorator_list[0].keywords}
            for node in ast.parse(texts[exercise.name]).body
            if isinstance(node, ast.FunctionDef) and node.decorator_list and "Case" in ast.unparse(node.decorator_list[0])
        }
        assert list(cases) == [check.name for check in exercise.checks]
        for check in exercise.checks:
            assert ast.literal_eval(cases[check.name]["hidden"]) == check.is_hidden
            assert ast.literal_eval(cases[check.name]["points"]) == float(exercise.points_by_check[check.name])


def test_the_test_files_hold_no_solution_variant_or_misconception(small, tmp_path):
    assignment = read_assignment(small / "source" / WEEK)
    for name, text in otter_tests(assignment, load_config(small)).items():
        (tmp_path / f"{name}.py").write_text(text)

    assert audit([tmp_path], root=small, kind=Kind.CHECKS) == []
    assert any("the hidden check" in finding for finding in audit([tmp_path], root=small))
    for exercise in assignment.exercises:
        for variant in (*exercise.accepted, *exercise.misconceptions):
            (tmp_path / "leak.py").write_text(variant.source)
            assert audit([tmp_path / "leak.py"], root=small, kind=Kind.CHECKS) != []


@pytest.mark.slow
def test_two_builds_are_the_same_bytes_and_otter_gives_our_scores(small, solved, tmp_path):
    first = make(small)
    shutil.copytree(small, tmp_path / "elsewhere")
    before = os.umask(0o077)
    try:
        second = make(tmp_path / "elsewhere")
    finally:
        os.umask(before)
    content = json.loads(solved)
    answer = next(cell for cell in content["cells"] if cell["id"] == "entropy-answer")
    answer["source"] = ["def entropy(p, base=2.0):\n", "    return float(-np.sum(p * np.log2(p)))\n"]
    notebook = tmp_path / f"{WEEK}.ipynb"
    notebook.write_text(json.dumps(content))
    (tmp_path / "autograder.zip").write_bytes(first)
    with Grader(read_assignment(small / "source" / WEEK), load_config(small), release=small / "release") as grader:
        report = grader.grade("ada", notebook.read_bytes())

    done = subprocess.run(
        [sys.executable, "-P", "-m", "otter", "run", notebook, "-a", "autograder.zip", "-o", ".", "--no-logo"],
        cwd=tmp_path, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    tests = json.loads((tmp_path / "results.json").read_text())["tests"]
    scores = {test["name"]: test["score"] for test in tests if "score" in test}
    assert first == second
    assert audit([tmp_path / "autograder.zip"], root=small, kind=Kind.CHECKS) == []
    assert {"setup.sh", "run_autograder", "tests/entropy.py"} <= set(zipfile.ZipFile(io.BytesIO(first)).namelist())
    assert scores == pytest.approx({e.name: float(e.points) for e in report.exercises}, abs=1e-4)
    assert 0 < scores["entropy"] < 5

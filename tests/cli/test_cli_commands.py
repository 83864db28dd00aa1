"""The commands say what, where and the next command, and end with the documented exit code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXERCISE = "source/week03_decompositions/180_eig_2x2.py"


def mml(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-m", "autograder", *words], cwd=cwd, env=environment, capture_output=True, text=True)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for name in ("source", "release", "solutions", "datasets"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("course_config.py", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_help_lists_every_command() -> None:
    from autograder.cli.root import COMMANDS

    done = mml("--help")

    assert done.returncode == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in done.stdout] == []


def test_a_word_that_fits_nothing_is_a_usage_error_with_the_choices() -> None:
    done = mml("prove", "week99")

    assert done.returncode == 2
    assert "Choose one of: week01_numpy" in done.stderr and "[usage" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("### BEGIN SOLUTION\n", "### BEGIN SOLUTION\n    return np.zeros(2, dtype=complex)\n", "reference"),
        ('caught_by="', 'caught_by="no_', "misconception["),
        ("@check\n", "@check\ndef is_never_true(eig_2x2):\n    \"\"\"Nothing passes.\"\"\"\n    close(eig_2x2(np.eye(2)), np.zeros(5))\n\n\n# %%\n@check\n", "reference"),
    ],
)  # fmt: skip
def test_prove_names_what_is_broken(course: Path, old: str, new: str, said: str) -> None:
    change(course / EXERCISE, old, new)

    done = mml("prove", "week03/eig", "--jobs", "1", cwd=course)

    assert done.returncode == 1, done.stdout + done.stderr
    assert said in done.stdout


def test_a_changed_source_makes_the_build_stale(course: Path) -> None:
    change(course / EXERCISE, "# ### ", "# ### Anew: ")

    done = mml("build", "week03", "--check", cwd=course)

    assert done.returncode == 1
    assert "week03_decompositions.ipynb" in done.stderr and "mml build week03" in done.stderr
    assert mml("build", "week03", cwd=course).returncode == 0
    assert mml("build", "week03", "--check", cwd=course).returncode == 0


def test_a_hidden_check_planted_in_an_edition_is_found(course: Path) -> None:
    path = course / "release" / "week03_decompositions" / "week03_decompositions.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    text = (course / EXERCISE).read_text(encoding="utf-8")
    notebook["cells"][20]["source"] = ["    " + line + "\n" for line in text.split("@hidden")[1].splitlines()]
    path.write_text(json.dumps(notebook), encoding="utf-8")

    done = mml("audit", str(path), cwd=course)

    assert done.returncode == 1
    assert "week03_decompositions.ipynb, cell" in done.stdout


def test_lint_and_doctor_print_data_for_other_programs() -> None:
    lint, doctor = mml("lint", "week03", "--json"), mml("doctor", "--json")

    assert json.loads(lint.stdout) == []
    assert all(trial["is_stopped"] for trial in json.loads(doctor.stdout)["trials"])
    assert (lint.returncode, doctor.returncode) == (0, 0)


def test_a_new_exercise_proves_and_a_taken_name_is_refused(course: Path) -> None:
    made, again = mml("new", "week03", "my_norm", cwd=course), mml("new", "week03", "my_norm", cwd=course)

    assert made.returncode == 0 and "mml prove week03/my_norm" in made.stdout
    assert again.returncode == 2 and "exists already" in again.stderr
    assert mml("prove", "week03/my_norm", cwd=course).returncode == 0

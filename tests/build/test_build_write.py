"""Editions on disk: equal bytes every time, stale files found, data copied."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.authoring.discover import assignment_folders
from autograder.build.write import build
from autograder.errors import BadConfig, BadExercise, StaleBuild

ROOT = Path(__file__).parents[2]
NOTEBOOK = Path("release/week01_tiny/week01_tiny.ipynb")


def run(course, **options):
    return build(course, assignment_folders(course), **({"check": False} | options))


def contents(course):
    built = [path for edition in ("release", "solutions") for path in (course / edition).rglob("*") if path.is_file()]
    return {str(path.relative_to(course)): path.read_bytes() for path in built}


def test_a_build_writes_exactly_these_files(course):
    run(course)

    assert sorted(contents(course)) == [
        "release/README.md",
        "release/requirements.txt",
        "release/week01_tiny/data/own.csv",
        "release/week01_tiny/data/shared.csv",
        "release/week01_tiny/week01_tiny.ipynb",
        "solutions/README.md",
        "solutions/week01_tiny/data/own.csv",
        "solutions/week01_tiny/data/shared.csv",
        "solutions/week01_tiny/week01_tiny.ipynb",
    ]


def test_a_second_build_changes_nothing(course):
    assert run(course)
    before = contents(course)

    assert run(course) == []
    assert run(course, check=True) == []
    assert contents(course) == before


def test_bytes_do_not_depend_on_the_hash_seed(course):
    seen = []
    for seed in ("1", "2"):
        code = "import sys; from pathlib import Path; from autograder.build.write import build;"
        code += "root = Path(sys.argv[1]); build(root, [root / 'source' / 'week01_tiny'], check=False)"
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code, str(course)], check=True, env=environment, timeout=60)
        seen.append(contents(course))
        for path in seen[-1]:
            (course / path).unlink()

    assert seen[0] == seen[1]


def test_stale_missing_and_unexpected_files_are_named_with_the_next_command(course):
    run(course)
    (course / NOTEBOOK).write_text("edited")
    (course / "solutions" / "README.md").unlink()
    (course / "release" / "week01_tiny" / "extra.py").write_text("")
    (course / "release" / "week01_tiny" / ".OTTER_LOG").write_text("debris is ignored")
    before = contents(course)

    with pytest.raises(StaleBuild) as caught:
        run(course, check=True)

    assert caught.value.problems == [
        f"{NOTEBOOK} is out of date. Run: mml build week01_tiny",
        "solutions/README.md is missing. Run: mml build",
        "release/week01_tiny/extra.py is not made from source/. Run: mml build week01_tiny",
    ]
    assert contents(course) == before


def test_a_build_mends_what_the_check_found(course):
    run(course)
    (course / NOTEBOOK).write_text("edited")
    (course / "release" / "week00_old" / "data").mkdir(parents=True)
    (course / "release" / "week00_old" / "data" / "old.csv").write_text("")

    changed = run(course)

    assert [str(path.relative_to(course)) for path in changed] == [str(NOTEBOOK), "release/week00_old/data/old.csv"]
    assert not (course / "release" / "week00_old").exists()
    assert run(course, check=True) == []


def test_building_one_week_leaves_the_others_alone(course):
    other = course / "source" / "week02_other"
    other.mkdir()
    (other / "010_title.md").write_text("# Week 2: Other\n")
    run(course)
    (course / "release" / "week02_other" / "note.txt").write_text("")

    assert build(course, [course / "source" / "week01_tiny"], check=True) == []
    with pytest.raises(StaleBuild, match="note.txt"):
        run(course, check=True)


def test_data_that_exists_nowhere_is_an_error_that_says_where_to_put_it(course):
    (course / "datasets" / "shared.csv").unlink()

    with pytest.raises(BadExercise, match="data/shared.csv is read.*datasets/shared.csv.*mml build week01_tiny"):
        run(course)


def test_a_lock_file_without_a_version_is_an_error(course):
    (course / "requirements.lock").write_text("numpy==2.0\n")

    with pytest.raises(BadConfig, match="no version of jupyterlab, matplotlib, otter-grader"):
        run(course)


def test_learners_install_few_packages_in_locked_versions(course):
    run(course)

    lines = (course / "release" / "requirements.txt").read_text().splitlines()

    assert lines[0].startswith("# Built from source/ by `mml build`.")
    assert lines[1:] == ["jupyterlab==4.6.6", "matplotlib==3.11.2", "numpy==2.4.6", "otter-grader==7.0.0", "scipy==1.17.0"]


def test_no_folder_of_tests_lies_beside_a_notebook(course):
    run(course)

    assert not list(course.glob("release/*/tests")) and not list(course.glob("solutions/*/tests"))

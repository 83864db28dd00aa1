"""The Gradescope bundle is the same bytes everywhere, stands alone, and grades as `mml grade` does."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
import zipfile

import pytest
from gradescope_format import problems_of

from autograder.authoring.config import load_config
from autograder.authoring.discover import read_assignment
from autograder.bench.small_course import WEEK
from autograder.build.audit import Kind, audit
from autograder.errors import StaleBuild
from autograder.grading.grader import Grader

NAME = f"{WEEK}.ipynb"


def names_of(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return archive.namelist()


def with_answer(notebook, exercise, source):
    """Return a notebook with another answer to one exercise."""
    content = json.loads(notebook)
    cell = next(cell for cell in content["cells"] if cell["id"] == f"{exercise}-answer")
    cell["source"] = source.splitlines(keepends=True)
    return json.dumps(content).encode()


def points(outcome):
    """Return the points of every exercise, added up over its tests."""
    found: dict[str, float] = {}
    for test in outcome["tests"]:
        found[test["tags"][0]] = found.get(test["tags"][0], 0.0) + test["score"]
    return found


def test_two_builds_are_the_same_bytes_in_another_folder_and_under_another_umask(small, make, bundle, tmp_path):
    shutil.copytree(small, tmp_path / "elsewhere")
    before = os.umask(0o077)
    try:
        for path in (tmp_path / "elsewhere").rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
        second = make(tmp_path / "elsewhere")
    finally:
        os.umask(before)

    assert bundle == second


def test_the_zip_has_what_gradescope_asks_for_and_one_week_only(bundle):
    names = names_of(bundle)
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        programs = {entry.filename for entry in archive.infolist() if entry.external_attr >> 16 & stat.S_IXUSR}
        shells = [archive.read(name).decode() for name in ("setup.sh", "run_autograder")]
    assert programs == {"setup.sh", "run_autograder"}
    assert all(text.startswith("#!/usr/bin/env bash\n") for text in shells)
    assert {name.split("/")[2] for name in names if name.startswith(("course/source/", "course/release/"))} == {WEEK}
    assert "course/autograder/sandbox/inmate.py" in names and not [name for name in names if "/solutions/" in name]
    assert not [name for name in names if name.startswith(("course/autograder/cli", "course/autograder/bench"))]


@pytest.mark.parametrize("name", ["setup.sh", "run_autograder"])
def test_the_shell_scripts_can_be_parsed(bundle, name):
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        text = archive.read(name).decode()

    assert subprocess.run(["bash", "-n"], input=text, text=True, check=False, capture_output=True).stderr == ""


def test_every_requirement_is_pinned_with_hashes_and_no_address(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        text = archive.read("requirements.txt").decode()

    entries = [part for part in text.replace("\\\n", " ").splitlines() if part.strip()]
    packages = {entry.split("==")[0] for entry in entries}
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert {"numpy", "scipy", "msgpack", "ipython", "matplotlib", "pandas", "traitlets"} <= packages
    assert not {"jupyterlab", "nbgrader", "otter-grader", "playwright"} & packages
    assert "://" not in text


def test_the_audit_lets_it_pass_for_staff_and_stops_it_for_learners(small, bundle, tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundle)

    for_learners = " ".join(audit([path], root=small))

    assert audit([path], root=small, kind=Kind.STAFF, secret="no secret was set") == []
    assert "the hidden check" in for_learners and "an import of the engine" in for_learners


def test_the_audit_finds_what_staff_must_not_pass_on_either(small, tmp_path):
    (tmp_path / "a.txt").write_text("see /home/ada/course\npip install --index-url here\n")

    found = audit([tmp_path], root=small, kind=Kind.STAFF)

    assert len(found) == 2


def test_a_week_that_was_never_built_cannot_be_bundled(small, make, tmp_path):
    shutil.copytree(small, tmp_path / "unbuilt", ignore=shutil.ignore_patterns("release"))

    with pytest.raises(StaleBuild, match="Run: mml build"):
        make(tmp_path / "unbuilt")


@pytest.mark.slow
def test_it_gives_the_scores_of_our_own_grader(small, solved, container):
    notebook = with_answer(solved, "entropy", "def entropy(p, base=2.0):\n    return float(-np.sum(p * np.log2(p)))\n")
    with Grader(read_assignment(small / "source" / WEEK), load_config(small), release=small / "release") as grader:
        report = grader.grade("ada", notebook)

    code, outcome = container().run({NAME: notebook})

    assert code == 0 and problems_of(outcome) == []
    assert points(outcome) == pytest.approx({e.name: float(e.points) for e in report.exercises}, abs=1e-4)
    assert 0 < outcome["score"] < float(report.possible)


@pytest.mark.slow
def test_a_submission_cannot_read_the_hidden_checks(solved, container):
    place = container()
    files = [place.base / "source" / "bundle.json", *(place.base / "source" / "course" / "source" / WEEK).glob("*entropy.py")]
    lines = "\n".join(f"    open({str(path)!r}).read()" for path in files)
    spy = f"def entropy(p, base=2.0):\n{lines}\n    return 0.0\n"
    lister = f"import os\ndef sample_exponential(lam, n, rng):\n    os.listdir({str(place.base / 'source')!r})\n"

    code, outcome = place.run({NAME: with_answer(with_answer(solved, "entropy", spy), "sample_exponential", lister)})

    first = {test["tags"][0]: test["output"].splitlines()[0] for test in reversed(outcome["tests"])}
    assert len(files) == 2 and code == 0 and outcome["score"] == 0.0
    assert all("stopped with PermissionError" in line or "stopped with FileNotFoundError" in line for line in first.values())


CASES = {
    "no file": ({}, "nothing came"),
    "no notebook": ({"answers.txt": b"1"}, "No notebook (.ipynb) was handed in; what came is answers.txt"),
    "a broken notebook": ({NAME: b'{"cells": ['}, "JSON"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_graded_gets_no_points_and_a_precise_sentence(case, container):
    files, sentence = CASES[case]

    code, outcome = container().run(files)

    assert code == 0 and problems_of(outcome) == []
    assert outcome["score"] == 0.0 and sentence in outcome["output"]


@pytest.mark.slow
def test_of_several_notebooks_the_one_with_the_right_name_counts(solved, container):
    code, outcome = container().run({NAME: solved, "old/draft.ipynb": b"{}"})

    assert (code, outcome["score"]) == (0, sum(test["max_score"] for test in outcome["tests"]).__round__(2))
    assert "Several notebooks were handed in" in outcome["output"] and "draft.ipynb" in outcome["output"]


@pytest.mark.slow
def test_our_own_fault_ends_with_code_3_and_no_score(solved, container):
    place = container()
    (place.base / "source" / "bundle.json").write_text("{")

    code, outcome = place.run({NAME: solved})

    assert code == 3 and problems_of(outcome) == []
    assert not any("score" in part for part in (outcome, *outcome["tests"]))


def test_a_container_without_python_ends_with_code_3_and_no_score(solved, container):
    code, outcome = container().run({NAME: solved}, python="/nowhere/python")

    assert code == 3 and problems_of(outcome) == []
    assert "score" not in outcome and "could not start" in outcome["output"]


@pytest.mark.slow
def test_an_unsafe_bundle_says_so_in_every_result(solved, make, container):
    code, outcome = container(make(unsafe=True)).run({NAME: solved})

    assert code == 0 and "--unsafe" in outcome["output"] and outcome["extra_data"]["unsafe"] is True


@pytest.mark.slow
def test_below_the_floor_it_refuses_to_grade(solved, container):
    place = container()
    config = place.base / "source" / "course" / "course_config.py"
    # A machine that does not offer a layer of the floor.
    config.write_text(config.read_text() + "SANDBOX_FLOOR = [*SANDBOX_FLOOR, 'namespaces']\n")
    server = place.base / "source" / "course" / "autograder" / "sandbox" / "start.py"
    text = server.read_text()
    assert '"without": sorted(without)' in text
    server.write_text(text.replace('"without": sorted(without)', '"without": ["namespaces"]'))

    code, outcome = place.run({NAME: solved})

    staff = next(test for test in outcome["tests"] if test["visibility"] == "hidden")
    assert code == 3 and "score" not in outcome
    assert "lacks isolation layers" in staff["output"] and "namespaces" in staff["output"]

"""Claims about keys: each thing that a result depends on changes the keys that it should, and nothing else does."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from autograder.authoring.config import load_config
from autograder.authoring.discover import read_assignment
from autograder.batch import fingerprint as module
from autograder.batch.fingerprint import Handout, code_key, exercise_keys, handed_out, submission_key
from autograder.batch.submissions import Submission
from autograder.grading.notebook import written

WEEK = "week99_fake"
CELLS = ["import numpy as np", "def alpha(x):\n    return 2 * x"]


@pytest.fixture
def keys(course, release):
    """Return a function that computes the keys of the course's exercises as its files stand."""

    def compute(**more):
        return exercise_keys(read_assignment(course / "source" / WEEK), load_config(course), **more)

    return compute


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_keys_are_the_same_every_time(keys):
    assert keys() == keys() and list(keys()) == ["alpha", "beta"] and len(set(keys().values())) == 2


@pytest.mark.parametrize(
    ("old", "new"), [("points=3", "points=4"), ("Twice, not squared.", "Twice."), ("alpha(3.0), 6.0", "alpha(4.0), 8.0")]
)
def test_a_change_of_one_exercise_changes_its_key_alone(keys, course, old, new):
    before = keys()

    edit(course / "source" / WEEK / "110_alpha.py", old, new)

    after = keys()
    assert after["alpha"] != before["alpha"] and after["beta"] == before["beta"]


def test_an_exercise_depends_on_those_that_it_uses_directly_and_through_others(keys, course):
    folder = course / "source" / WEEK
    beta, gamma = folder / "120_beta.py", folder / "130_gamma.py"
    gamma.write_text(beta.read_text().replace("beta", "gamma").replace("Beta", "Gamma"))
    edit(beta, "level=1)", 'level=1, uses=("alpha",))')
    edit(gamma, "level=1)", 'level=1, uses=("beta",))')
    before = keys()

    edit(gamma, "level=1", "level=2")
    middle = keys()
    edit(folder / "110_alpha.py", "level=1", "level=2")
    after = keys()

    assert [name for name in before if middle[name] != before[name]] == ["gamma"]
    assert [name for name in before if after[name] != middle[name]] == ["alpha", "beta", "gamma"]


def write(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


TOUCHES_ALL = {
    "data beside the exercises": lambda course, patch: write(course / "source" / WEEK / "data" / "numbers.csv", "1,2"),
    "data of the release": lambda course, patch: write(course / "release" / WEEK / "data" / "numbers.csv", "1,2"),
    "a released setup cell": lambda course, patch: edit(
        course / "release" / WEEK / f"{WEEK}.ipynb", "import numpy as np", "import numpy as np  # changed"
    ),
    "a limit": lambda course, patch: edit(course / "course_config.py", '"memory_mb": 512', '"memory_mb": 600'),
    "the floor": lambda course, patch: edit(course / "course_config.py", '["rlimits"]', '["rlimits", "seccomp"]'),
    "what feedback shows": lambda course, patch: edit(course / "course_config.py", "_checks\": True", "_checks\": False"),
    "the secret": lambda course, patch: patch.setenv("MML_TEST_SECRET", "another"),
    "the environment": lambda course, patch: patch.setattr(module, "environment", lambda: (("numpy", "9.9"),)),
    "the engine": lambda course, patch: patch.setattr(module, "engine_digest", lambda: "another"),
}  # fmt: skip


@pytest.mark.parametrize("what", TOUCHES_ALL)
def test_what_touches_every_exercise_changes_every_key(what, keys, course, monkeypatch):
    before = keys()

    TOUCHES_ALL[what](course, monkeypatch)

    after = keys()
    assert all(after[name] != before[name] for name in before)


def test_grading_below_the_floor_changes_every_key(keys):
    assert not set(keys().values()) & set(keys(unsafe=True).values())


TOUCHES_NOTHING = {
    "a page": lambda course: write(course / "source" / WEEK / "010_page.md", "# A page\n"),
    "a date": lambda course: edit(course / "course_config.py", "2027-01-08", "2027-01-09"),
    "the title": lambda course: edit(course / "course_config.py", "A small course", "A course"),
    "a shared data set that the week does not have": lambda course: write(course / "datasets" / "iris.csv", "1"),
    "another week": lambda course: write(course / "release" / "week98_other" / "week98_other.ipynb", "{}"),
    "prose of the release": lambda course: edit(
        course / "release" / WEEK / f"{WEEK}.ipynb", "Return the double of a number", "Give the double of a number"
    ),
}


@pytest.mark.parametrize("what", TOUCHES_NOTHING)
def test_what_decides_no_verdict_changes_no_key(what, keys, course):
    before = keys()

    TOUCHES_NOTHING[what](course)

    assert keys() == before


def notebook(cells, *, change=lambda content: None):
    content = json.loads(written(cells))
    change(content)
    return json.dumps(content).encode()


def with_outputs(content):
    content["cells"][0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "ran"}]
    content["cells"][0]["execution_count"] = 7


def with_metadata(content):
    content["metadata"]["author"] = "Zoë"
    content["cells"][1]["metadata"]["collapsed"] = True
    content["cells"][1]["id"] = "another"


@pytest.mark.parametrize("change", [with_outputs, with_metadata])
def test_outputs_and_metadata_are_no_part_of_the_code(change):
    assert code_key(notebook(CELLS, change=change), frozenset()) == code_key(notebook(CELLS), frozenset())


def with_prose(content):
    content["cells"].insert(0, {"cell_type": "markdown", "metadata": {}, "source": "prose"})


def in_the_old_format(content):
    content["worksheets"] = [{"cells": content.pop("cells")}]


@pytest.mark.parametrize("change", [with_prose, in_the_old_format, lambda content: content["cells"].reverse()])
def test_what_a_report_names_is_part_of_the_code(change):
    # A report counts cells, and says that the format is old.
    assert code_key(notebook(CELLS, change=change), frozenset()) != code_key(notebook(CELLS), frozenset())


def test_a_changed_cell_is_part_of_the_code_and_so_is_whether_it_is_run():
    plain = code_key(written(CELLS), frozenset())

    assert code_key(written([CELLS[0], CELLS[1] + "  # more"]), frozenset()) != plain
    assert code_key(written(CELLS), frozenset({CELLS[0]})) != plain
    assert code_key(written(CELLS), frozenset({"another cell"})) == plain


def test_a_notebook_that_cannot_be_read_has_no_code_key():
    assert code_key(b"{", frozenset()) == ""


def test_the_handout_is_what_the_grader_treats_specially(course, release):
    handout = handed_out(course, WEEK)

    assert any("import numpy as np" in source for source in handout.prelude)
    assert set(source.strip() for source in handout.prelude) <= handout.released
    assert handed_out(course, "week98_other") == Handout()


def test_the_key_of_a_submission_covers_the_facts_of_handing_in():
    submission, keys = Submission("ada", None), {"alpha": "a", "beta": "b"}
    made = [
        submission_key(keys, submission, b"1"),
        submission_key(keys, submission, b"2"),
        submission_key(keys | {"beta": "c"}, submission, b"1"),
        submission_key(keys, replace(submission, learner="bob"), b"1"),
        submission_key(keys, replace(submission, notes=("a note",)), b"1"),
        submission_key(keys, replace(submission, problem="a problem"), b"1"),
        submission_key({"beta": "b", "alpha": "a"}, submission, b"1"),
    ]

    assert len(set(made)) == len(made) and submission_key(keys, submission, b"1") == made[0]

"""Notebooks: what each edition shows, in which order, with which metadata."""

from __future__ import annotations

import json
import re

import pytest

from autograder.authoring.discover import read_assignment
from autograder.build.notebook import Edition, notebook_text
from autograder.errors import BadExercise


def notebook(course, edition=Edition.RELEASE):
    return json.loads(notebook_text(read_assignment(course / "source" / "week01_tiny"), edition))


def cells(course, edition=Edition.RELEASE):
    return {cell["id"]: cell | {"source": "".join(cell["source"])} for cell in notebook(course, edition)["cells"]}


def test_cells_come_in_reading_order_with_ids_that_say_what_they_are(course):
    assert list(cells(course)) == [
        "page-concept_overview-prose-1",
        "page-concept_overview-prose-2",
        "setup",
        "page-concept_overview-demo-1",
        "page-concept_overview-prose-3",
        "why_unit-question",
        "why_unit-answer",
        "unit-statement",
        "unit-given-1",
        "unit-answer",
        "unit-check",
        "unit-score",
        "progress",
    ]


def test_the_release_has_the_stub_and_nothing_of_the_solution(course):
    text = notebook_text(read_assignment(course / "source" / "week01_tiny"), Edition.RELEASE)

    assert 'raise NotImplementedError("unit: not attempted yet")' in cells(course)["unit-answer"]["source"]
    staff = ("squared_length", "a_secret_property", "einsum", "Divide by the root", "SOLUTION", "autograder.kit", "statistics")
    assert not [word for word in staff if word in text]


def test_the_solutions_differ_in_the_answers_only(course):
    release, solved = cells(course), cells(course, Edition.SOLUTIONS)

    different = [name for name in release if release[name] != solved[name]]

    assert different == ["unit-answer"]
    assert "squared_length" in solved["unit-answer"]["source"] and "SOLUTION" not in solved["unit-answer"]["source"]


def test_the_statement_says_points_time_level_and_bans(course):
    source = cells(course)["unit-statement"]["source"]

    assert source.startswith("### Scale to length one\n\n*5 points · about 12 minutes · level 1 of 3*\n\nDivide")
    assert source.endswith("Do not use: `numpy.linalg.norm`.")


def test_metadata_of_nbgrader_follows_the_roles(course):
    found = {name: cell["metadata"].get("nbgrader") for name, cell in cells(course).items()}
    keys = ("grade", "solution", "locked", "points")

    facts = {name: tuple(data.get(key) for key in keys) for name, data in found.items() if data}

    assert facts == {
        "setup": (False, False, True, None),
        "why_unit-answer": (True, True, False, 2),
        "unit-given-1": (False, False, True, None),
        "unit-answer": (False, True, False, None),
        "unit-check": (False, False, True, None),
        "unit-score": (True, False, True, 5),
        "progress": (False, False, True, None),
    }
    assert all(data["grade_id"] == name and data["schema_version"] == 3 for name, data in found.items() if data)
    assert cells(course)["unit-score"]["metadata"]["tags"] == ["otter_ignore"]
    assert cells(course)["page-concept_overview-demo-1"]["metadata"] == {"tags": ["demo"]}


def test_a_question_is_followed_by_an_empty_answer(course):
    for edition in Edition:
        answer = cells(course, edition)["why_unit-answer"]

        assert answer["cell_type"] == "markdown" and answer["source"] == ""


def test_ids_fit_nbformat_and_nothing_has_been_run(course):
    for cell in notebook(course)["cells"]:
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", cell["id"])
        assert cell["cell_type"] == "markdown" or (cell["outputs"] == [] and cell["execution_count"] is None)


def test_the_notebook_says_what_it_was_built_from(course):
    facts = notebook(course)["metadata"]["mml"]

    assert facts["assignment"] == "week01_tiny" and facts["edition"] == "release"
    assert facts["built_from"].startswith("Built from source/week01_tiny by `mml build`")


def test_a_question_named_like_an_exercise_is_refused(course):
    page = course / "source" / "week01_tiny" / "010_concept_overview.md"
    page.write_text(page.read_text().replace("id=why_unit", "id=unit"))

    with pytest.raises(BadExercise, match="unit-answer.*mml build"):
        notebook(course)


def run_setup(course):
    source = cells(course)["setup"]["source"].replace("import matplotlib.pyplot as plt\n", "")
    namespace = {"plt": type("Plot", (), {"close": staticmethod(lambda: None)})}
    exec(source.replace("    import otter\n", "    raise ImportError\n"), namespace)
    return namespace


def test_without_otter_the_self_check_says_what_to_install(course, capsys):
    run_setup(course)["grader"].check("unit")

    assert "pip install -r requirements.txt" in capsys.readouterr().out


@pytest.mark.parametrize("body", ["raise NotImplementedError('unit: not attempted yet')", "unit(1)"])
def test_an_unsolved_demo_says_so_instead_of_stopping(course, capsys, body):
    exec(f"with when_solved('unit'):\n    {body}", run_setup(course))

    assert capsys.readouterr().out == "Not attempted yet: unit. This cell will work once you have written it.\n"


@pytest.mark.parametrize("body, error", [("1 / 0", ZeroDivisionError), ("other(1)", NameError)])
def test_any_other_error_in_a_demo_passes(course, body, error):
    with pytest.raises(error):
        exec(f"with when_solved('unit'):\n    {body}", run_setup(course))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_validators_of_nbformat_and_nbgrader_accept_both_editions(course):
    import nbformat
    from nbgrader.nbgraderformat import reads

    for edition in Edition:
        text = notebook_text(read_assignment(course / "source" / "week01_tiny"), edition)

        nbformat.validate(nbformat.reads(text, as_version=4))
        reads(text, as_version=4)

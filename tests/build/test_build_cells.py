"""Files are split into cells whose role follows from what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.cells import Role, exercise_cells, page_cells, split_percent
from autograder.authoring.discover import read_assignment
from autograder.authoring.model import Page
from autograder.errors import BadExercise

SOURCE = Path(__file__).parents[2] / "source"


def test_roles_follow_from_what_a_cell_is(course):
    exercise = read_assignment(course / "source" / "week01_tiny").exercises[0]

    roles = [cell.role for cell in exercise_cells(exercise)]

    start = [Role.STATEMENT, Role.STAFF, Role.IMPORTS, Role.GIVEN, Role.SOLUTION]
    assert roles == start + [Role.STAFF] * 6


def test_undecorated_code_after_the_solution_stays_with_staff(course):
    path = course / "source" / "week01_tiny" / "110_unit.py"
    path.write_text(path.read_text() + "\n\n# %%\nEXPECTED_VALUES = [1, 2]\n")

    exercise = read_assignment(path.parent).exercises[0]

    assert exercise_cells(exercise)[-1].role is Role.STAFF


def test_a_statement_that_runs_something_before_the_solution_is_refused(course):
    path = course / "source" / "week01_tiny" / "110_unit.py"
    path.write_text(path.read_text().replace("import math\n", "import math\n\nprint(1)\n"))

    with pytest.raises(BadExercise, match="imports, functions, classes and constants only.*mml lint"):
        exercise_cells(read_assignment(path.parent).exercises[0])


def test_a_page_becomes_prose_demos_and_questions(course):
    page = read_assignment(course / "source" / "week01_tiny").pages[0]

    cells = page_cells(page)

    assert [cell.role for cell in cells] == [Role.PROSE, Role.PROSE, Role.DEMO, Role.PROSE, Role.QUESTION]
    assert cells[3].source == "```text\na fence that stays\n```"
    assert cells[4].name == "why_unit" and cells[4].source.startswith("Why does")


@pytest.mark.parametrize("text", ["```python\nx = 1\n", "```question\nWhy?\n```\n", "```question id=Not-Snake\nWhy?\n```\n"])
def test_a_broken_fence_is_refused_with_its_place(text):
    with pytest.raises(BadExercise, match=r"page\.md.*mml lint"):
        page_cells(Page("page", Path("page.md"), text))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_cells_are_those_of_jupytext():
    import jupytext

    for path in sorted(SOURCE.glob("*/*.py")):
        text = path.read_text(encoding="utf-8")

        mine = [source.strip("\n") for _, source, _ in split_percent(text)]

        assert mine == [cell.source.strip("\n") for cell in jupytext.reads(text, fmt="py:percent").cells], path

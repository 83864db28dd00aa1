"""What our grader found is written so that nbgrader reads the points and a person the reasons."""

from __future__ import annotations

from fractions import Fraction

import pytest
from nbformat.notebooknode import from_dict
from nbgrader.utils import determine_grade
from nbformat.v4 import new_code_cell

from autograder.classroom.harmless import make_harmless
from autograder.classroom.late import lost
from autograder.classroom.messages import notes_of, outputs_of
from autograder.grading.verdict import CheckResult, ExerciseResult, Status, SubmissionReport, Verdict


def result(*verdicts, points=7, **facts):
    worth = Fraction(points, len(verdicts))
    checks = tuple(
        CheckResult(f"check_{i}", f"Sentence {i}.", False, v, worth if v is Verdict.PASSED else Fraction(0), worth, **facts)
        for i, v in enumerate(verdicts)
    )
    earned = sum((check.points for check in checks), Fraction(0))
    return ExerciseResult("unit", "Unit", verdicts[0], earned, Fraction(points), checks, hint="Look again.", section="Vectors")


def grade(outputs, points=7):
    facts = {"grade": True, "solution": False, "points": points, "grade_id": "unit-score", "locked": True}
    return determine_grade(from_dict({"cell_type": "code", "outputs": outputs, "metadata": {"nbgrader": facts}}))


def text_of(outputs):
    return "\n".join(output.get("text", "") + "\n".join(output.get("traceback", ())) for output in outputs)


P, F, N = Verdict.PASSED, Verdict.FAILED, Verdict.NOT_ATTEMPTED


@pytest.mark.parametrize(
    "verdicts, earned", [((P, P, P), 7.0), ((P, F, P), 14 / 3), ((F, F, P), 7 / 3), ((F, F), 0), ((N, N), 0)]
)
def test_nbgrader_reads_our_points(verdicts, earned):
    assert grade(outputs_of(result(*verdicts))) == (earned, 7.0)


def test_a_failed_check_comes_with_call_values_and_hint():
    facts = {"message": "wrong", "call": "unit([3, 4])", "got": "[3, 4]", "expected": "[0.6, 0.8]"}
    for verdicts in ((F, P), (F, F)):
        text = text_of(outputs_of(result(*verdicts, **facts)))

        for wanted in ("Sentence 0.", "failed: wrong", "call: unit([3, 4])", "came back: [3, 4]", "expected: [0.6, 0.8]",
                       "Hint: Look again.", "Read again: Vectors"):  # fmt: skip
            assert wanted in text


def test_what_is_missing_is_said_once():
    assert len(outputs_of(result(N, N, N))) == 1
    assert len(outputs_of(result(F, F, F, call="unit(1)"))) == 3


def test_control_characters_do_not_travel():
    outputs = outputs_of(result(F, F, message="a\x1b[31mred\x07"))

    assert "\x1b" not in text_of(outputs) and "\x07" not in text_of(outputs)


def test_notes_name_what_happened_to_the_notebook():
    report = SubmissionReport("ada", "w", Status.GRADED, (), notes=("Cell 3 stopped.",), is_unsafe=True)

    assert notes_of(report)[0]["text"] == "Cell 3 stopped.\nThis was graded with less isolation than the course demands.\n"
    assert notes_of(SubmissionReport("ada", "w", Status.GRADED, ())) == []


@pytest.mark.parametrize("hours, part", [(-5, 0), (0, 0), (0.1, 0.1), (24, 0.1), (24.1, 0.2), (120, 0.5), (120.1, 1), (900, 1)])
def test_every_started_day_costs_a_part_and_after_the_last_nothing_is_left(hours, part):
    assert lost(hours * 3600, loss_per_day=0.1, days_accepted=5) == pytest.approx(part)


def test_nothing_of_a_submission_runs_in_the_browser_of_the_person_who_grades():
    script = "<script>window.hacked = 1</script>"
    kept = {"image/png": "aGk="}
    cells = [
        {"cell_type": "markdown", "source": "a<b $x<y$ " + script,
         "metadata": {"tags": [script], "nbgrader": {"grade_id": "q"}},
         "attachments": {"photo.png": kept | {"text/html": script, "image/gif": '"><script>'}, script: kept}},
        {"cell_type": "raw", "source": script, "metadata": {"raw_mimetype": "text/html"}},
        {"cell_type": "markdown", "source": "The course's <br> own", "metadata": {}},
    ]  # fmt: skip
    nb = from_dict({"cells": cells, "metadata": {"title": script, "widgets": {"x": script}}})

    make_harmless(nb, {"The course's <br> own"})

    assert "<script" not in str(nb) and "widgets" not in nb.metadata
    assert nb.cells[0].source.startswith("a< b $x< y$ ") and nb.cells[0].metadata == {"nbgrader": {"grade_id": "q"}}
    assert nb.cells[0].attachments == {"photo.png": kept}
    assert nb.cells[2].source == "The course's <br> own"

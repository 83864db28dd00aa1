"""results.json has the form that Gradescope documents, whatever was found."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from gradescope_format import problems_of

from autograder.build.gradescope import FALLBACK, VISIBILITIES
from autograder.grading.verdict import CheckResult, ExerciseResult, Status, SubmissionReport, Verdict
from autograder.outputs.gradescope import NO_SCORE, UNSAFE, our_fault, refused, results

def check(name: str, verdict: Verdict, *, is_hidden: bool = False, **more: str) -> CheckResult:
    points = Fraction(1) if verdict is Verdict.PASSED else Fraction(0)
    return CheckResult(name, f"The sentence of {name}.", is_hidden, verdict, points, Fraction(1), **more)


def report(*checks: CheckResult, status: Status = Status.GRADED, **more: object) -> SubmissionReport:
    points = sum((item.points for item in checks), Fraction(0))
    verdict = Verdict.PASSED if points == len(checks) else Verdict.FAILED
    exercise = ExerciseResult("unit", "Length one", verdict, points, Fraction(len(checks)), checks, hint="Take the root.")
    return SubmissionReport("ada", "week01_small", status, (exercise,), **more)


RIGHT = check("right", Verdict.PASSED)
WRONG = check("wrong", Verdict.FAILED, is_hidden=True, message="the result: \x1b[31m<b>", call="unit(0)", got="1", expected="2")
BROKEN = check("broken", Verdict.OUR_FAULT, staff_note="Traceback of ours")


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_a_graded_submission_has_a_score_and_a_test_for_every_check(visibility):
    outcome = results(report(RIGHT, WRONG, notes=("A note.",)), hidden_visibility=visibility)

    right, wrong = outcome["tests"]
    assert problems_of(outcome) == []
    assert (outcome["score"], outcome["output"], outcome["stdout_visibility"]) == (1.0, "A note.", "hidden")
    assert (right["status"], right["score"], right["max_score"], right["visibility"]) == ("passed", 1.0, 1.0, "visible")
    assert (wrong["status"], wrong["score"], wrong["visibility"], wrong["number"]) == ("failed", 0.0, visibility, "1.2")
    assert wrong["output"].splitlines()[1:] == ["Call: unit(0)", "Came back: 1", "Expected: 2", "Hint: Take the root."]


def test_text_from_outside_is_shown_as_text_without_control_characters():
    outcome = results(report(RIGHT, WRONG), hidden_visibility="visible")

    assert {outcome["output_format"], outcome["test_output_format"], outcome["test_name_format"]} == {"text"}
    assert "\x1b" not in outcome["tests"][1]["output"]


def test_our_own_fault_in_a_check_gives_no_score_at_all():
    outcome = results(report(RIGHT, BROKEN, status=Status.INCOMPLETE), hidden_visibility="visible")

    assert problems_of(outcome) == []
    assert "score" not in outcome and not any("score" in test for test in outcome["tests"])
    assert NO_SCORE in outcome["output"] and "Traceback of ours" not in json.dumps(outcome)


def test_our_own_fault_as_a_whole_gives_no_score_and_shows_the_details_to_staff_only():
    outcome = our_fault("Traceback of ours")

    hidden = [test for test in outcome["tests"] if "Traceback" in test["output"]]
    assert problems_of(outcome) == [] and problems_of(FALLBACK) == []
    assert "score" not in outcome and NO_SCORE in outcome["output"]
    assert [test["visibility"] for test in hidden] == ["hidden"]


def test_what_cannot_be_graded_gets_nothing_and_the_reason():
    outcome = refused("The submission cannot be graded", "No notebook was handed in.", possible=13.0)
    unreadable = report(RIGHT, status=Status.UNREADABLE, notes=("It is no JSON.",))

    assert problems_of(outcome) == []
    assert (outcome["score"], outcome["tests"][0]["max_score"], outcome["output"]) == (0.0, 13.0, "No notebook was handed in.")
    assert results(unreadable, hidden_visibility="hidden")["output"] == "It is no JSON."


def test_grading_below_the_floor_is_named_in_every_result():
    unsafe = replace(report(RIGHT), is_unsafe=True)

    assert UNSAFE in results(unsafe, hidden_visibility="visible")["output"]
    assert UNSAFE in results(replace(unsafe, status=Status.UNREADABLE), hidden_visibility="visible")["output"]
    assert UNSAFE in refused("No notebook", "None.", possible=1.0, unsafe=True)["output"]

"""Claims about what learners got wrong together."""

from __future__ import annotations

from pretend_class import answer, check, facts, report, right, wrong

from autograder.grading.verdict import Status, Verdict
from autograder.outputs.clusters import clusters, misconceptions

NAMED = {"misconception": "squares_it", "hint": "Twice, not squared."}


def test_learners_with_the_same_wrong_answer_to_the_same_call_are_one_cluster():
    reports = [report(name, wrong("x", got="7"), right("y")) for name in ("ada", "bob", "eve")]
    reports += [report("kim", wrong("x", got="8"), right("y")), report("leo", wrong("x", got="7", call="f(2)"), right("y"))]

    found = clusters(reports, facts("x", "y"))
    assert [(c.exercise, c.call, c.got, c.learners) for c in found] == [("x", "f(1)", "7", ("ada", "bob", "eve"))]


def test_equal_answers_to_different_exercises_or_checks_are_no_cluster():
    other = answer("x", check("one", Verdict.FAILED, call="f(1)", got="7"), check("two"))

    assert clusters([report("ada", wrong("x", got="7")), report("bob", wrong("y", got="7"))], facts("x", "y")) == ()
    assert clusters([report("ada", wrong("x", got="7")), report("bob", other)], facts("x")) == ()


def test_only_the_first_wrong_check_of_an_exercise_counts_so_that_nobody_is_named_twice():
    twice = answer("x", check("one", Verdict.FAILED, call="f(1)", got="7"), check("two", Verdict.FAILED, call="f(2)", got="8"))

    assert [c.learners for c in clusters([report("ada", twice), report("bob", twice)], facts("x"))] == [("ada", "bob")]


def test_what_shows_no_call_and_what_was_not_graded_is_no_cluster():
    silent = answer("x", check("one", Verdict.NOT_ATTEMPTED))
    reports = [report("ada", silent), report("bob", silent)]
    reports += [report(name, wrong("x"), status=Status.INCOMPLETE) for name in ("eve", "kim")]

    assert clusters(reports, facts("x")) == ()


def test_the_largest_cluster_comes_first_and_equal_ones_in_the_order_of_exercises():
    reports = [report(f"l{i}", wrong("x"), wrong("y"), right("z")) for i in range(2)]
    reports += [report(f"m{i}", wrong("x"), right("y"), wrong("z")) for i in range(2)]

    assert [(c.exercise, len(c.learners)) for c in clusters(reports, facts("x", "z", "y"))] == [("x", 4), ("z", 2), ("y", 2)]


def test_misconceptions_are_counted_with_names_and_the_most_common_comes_first():
    reports = [report("ada", wrong("x", **NAMED)), report("bob", wrong("x", **NAMED))]
    reports += [report("eve", wrong("x", misconception="adds_one", hint="Begin at zero.")), report("kim", wrong("x"))]

    found = misconceptions(reports, facts("x"))
    assert [(m.name, m.hint, m.learners) for m in found] == [
        ("squares it", "Twice, not squared.", ("ada", "bob")),
        ("adds one", "Begin at zero.", ("eve",)),
    ]

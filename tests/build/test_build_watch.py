"""The watch over a learner's function sees what calls do."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.kit.watch import Rules, Stopped, Watched, explained, readable, short
from autograder.kit.words import CheckFailed, raises


def watched(function, **rules):
    return Watched("f", function, Rules("f", **rules), [])


def test_a_right_call_comes_through():
    assert watched(lambda x, *, y: x + y)(1, y=2) == 3


@pytest.mark.parametrize(
    "argument, change",
    [
        (np.arange(3.0), lambda x: x.__setitem__(0, 9)),
        (np.array([0.0]), lambda x: x.__setitem__(0, -0.0)),
        ([1, [2]], lambda x: x[1].append(3)),
        ([np.zeros(2)], lambda x: x.__setitem__(0, None)),
        ({"a": {1}}, lambda x: x["a"].add(2)),
        ({"a": 1, "b": 2}, lambda x: x.__setitem__("a", x.pop("a"))),
    ],
)
def test_a_changed_argument_stops_the_check(argument, change):
    with pytest.raises(Stopped, match="changed argument 1. You altered the caller's data; work on a copy."):
        watched(change)(argument)


def test_a_changed_keyword_is_named():
    with pytest.raises(Stopped, match="changed table"):
        watched(lambda *, table: table.clear())(table=[1])


@pytest.mark.parametrize("argument", [np.array([np.nan]), [float("nan")], np.array([None]), len, np.random.default_rng(1)])
def test_an_argument_that_stays_is_no_change(argument):
    watched(lambda x: x)(argument)


def test_a_function_that_came_back_is_watched_and_named_after_its_call():
    diary = []
    times, text = Watched("pair", lambda n: (lambda x: n * x, "text"), Rules("pair"), diary)(2)

    assert (times(3), text) == (6, "text")
    assert [str(call) for call in diary] == ["pair(2)", "pair(2)[0](3)"]
    with pytest.raises(Stopped, match="changed argument 1"):
        Watched("clearing", lambda: lambda x: x.clear(), Rules("clearing"), diary)()([1])


def test_a_function_that_came_back_is_the_learners_own_when_it_goes_in_again():
    made = watched(lambda: len)()

    assert watched(lambda f: f is len)(made)


def test_no_check_can_swallow_a_stop():
    with pytest.raises(Stopped):
        raises(ValueError, watched(lambda x: x.append(1)), [])


def test_the_return_type_is_judged():
    with pytest.raises(CheckFailed, match="too odd"):
        watched(lambda: 3, conform=lambda value: "too odd")()


def test_the_global_random_state_is_watched_only_where_a_generator_is_given():
    assert watched(np.random.rand)() < 1
    with pytest.raises(Stopped, match="global random state"):
        watched(np.random.rand, chance=True)()


def test_values_are_written_on_one_short_line():
    assert short(np.eye(2)) == "array([[1., 0.], [0., 1.]])"
    assert short((np.float64(0.5), np.random.default_rng(1), len, lambda x: x)) == "(0.5, rng, len, a function)"
    assert len(short("x" * 1000)) == 160


def test_a_message_cannot_be_taken_for_html():
    assert readable("<script> a <b </p> x < 3 <= 4") == "< script> a < b < /p> x < 3 <= 4"


@pytest.mark.parametrize(
    "problem, kind, text",
    [
        (NotImplementedError("softmax: not attempted yet"), "NotAttempted", "Not attempted yet: `softmax` is still the stub."),
        (AttributeError('no data'), 'CheckFailed', 'The check cannot use what came back: AttributeError: no data.'),
        (Stopped("`f` is not defined yet."), "NotDefined", "`f` is not defined yet."),
    ],
)
def test_every_failure_is_explained_in_plain_words(problem, kind, text):
    explanation = explained(problem, [], {})

    assert (type(explanation).__name__, str(explanation)) == (kind, text)

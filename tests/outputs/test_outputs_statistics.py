"""Claims about item analysis: the figures are those of scipy and of the definition, and absent where they mean nothing."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
from pretend_class import answer, check, facts, report, right, wrong
from scipy import stats

from autograder.grading.verdict import Status, Verdict
from autograder.outputs.statistics import analyse, discrimination, point_biserial
from autograder.outputs.suspicions import suspicions


def random_class(seed: int, learners: int = 40, exercises: int = 6) -> list:
    chance = random.Random(seed)
    names = [f"e{place}" for place in range(exercises)]
    strengths = [chance.random() for _ in range(learners)]
    return [
        report(f"l{i:03d}", *(right(name) if chance.random() < strength else wrong(name) for name in names))
        for i, strength in enumerate(strengths)
    ]


@pytest.mark.parametrize("seed", range(8))
def test_the_point_biserial_is_that_of_scipy_with_the_rest_score(seed):
    reports = random_class(seed)
    items = analyse(reports, facts(*(f"e{place}" for place in range(6))))

    for place, item in enumerate(items):
        solved = [r.exercises[place].verdict is Verdict.PASSED for r in reports]
        rest = [float(r.points - r.exercises[place].points) for r in reports]
        assert item.point_biserial == pytest.approx(stats.pointbiserialr(solved, rest).statistic, abs=1e-12)


@pytest.mark.parametrize("learners", [8, 11, 30, 101])
def test_discrimination_is_the_upper_minus_the_lower_27_per_cent_when_totals_differ(learners):
    chance = np.random.default_rng(learners)
    totals = chance.permutation(learners)
    shares = chance.integers(0, 5, learners)
    size = round(0.27 * learners)
    order = np.argsort(totals)
    expected = (shares[order[-size:]].mean() - shares[order[:size]].mean()) / 4

    found = discrimination([Fraction(int(s), 4) for s in shares], [Fraction(int(t)) for t in totals])
    assert found == pytest.approx(expected, abs=1e-12)


def test_learners_with_the_total_at_the_border_all_belong_to_the_group():
    totals = [Fraction(t) for t in (0, 1, 1, 1, 2, 3, 3, 4)]
    shares = [Fraction(s) for s in (0, 0, 0, 1, 0, 1, 1, 1)]

    assert discrimination(shares, totals) == pytest.approx(1 - 1 / 4)
    assert discrimination(shares[::-1], totals[::-1]) == discrimination(shares, totals)


def test_figures_are_absent_where_they_would_mean_nothing():
    few, equal = [Fraction(i) for i in range(7)], [Fraction(1)] * 20

    assert discrimination(few, few) is None and point_biserial([True, False] * 3 + [True], few) is None
    assert discrimination(equal, equal) is None and point_biserial([True, False] * 10, equal) is None
    assert point_biserial([True] * 20, [Fraction(i) for i in range(20)]) is None


def test_only_graded_submissions_count():
    reports = [report("a", right("x")), report("b", wrong("x")), report("c", wrong("x"), status=Status.INCOMPLETE)]
    item = analyse([*reports, report("d", status=Status.UNREADABLE)], facts("x"))[0]

    assert (item.learners, item.passed, item.mean, item.share) == (2, 1, Fraction(3, 2), Fraction(3, 4))
    assert [(c.passed, c.tried) for c in item.checks] == [(2, 2), (1, 2)]


def test_a_class_of_nobody_has_no_figures():
    item = analyse([], facts("x"))[0]

    assert (item.learners, item.share, item.discrimination, item.verdicts) == (0, 0, None, ())


def reasons(reports: list, *names: str) -> dict[str, str]:
    found = suspicions(reports, analyse(reports, facts(*names)))
    return {item.exercise: " | ".join(s.reason for s in found if s.exercise == item.exercise) for item in found}


def test_our_own_fault_is_named_with_the_learners():
    broken = report("ada", answer("x", check("one", Verdict.OUR_FAULT)), status=Status.INCOMPLETE)

    assert "failed here for ada" in reasons([broken], "x")["x"]


def test_an_exercise_that_nobody_solves_while_all_do_well_elsewhere_is_suspected():
    names = ("hard", "a", "b", "c")
    reports = [report(f"l{i}", wrong("hard", got=str(i)), *(right(n) for n in names[1:])) for i in range(6)]

    assert list(reasons(reports, *names)) == ["hard"]
    assert "0 of 6" in reasons(reports, *names)["hard"] and "100 %" in reasons(reports, *names)["hard"]


def test_an_exercise_that_nobody_solves_is_not_suspected_when_they_fail_elsewhere_too_or_did_not_try():
    nothing = (check("one", Verdict.FAILED), check("two", Verdict.FAILED))
    weak = [report(f"l{i}", *(answer(name, *nothing) for name in "xyz")) for i in range(6)]
    idle = [report(f"l{i}", answer("x", check("one", Verdict.NOT_ATTEMPTED)), right("y")) for i in range(6)]

    assert reasons(weak, *"xyz") == {} and reasons(idle, "x", "y") == {}


def test_an_exercise_that_strong_learners_fail_is_suspected():
    names = ("odd", "a", "b", "c")
    strong = [report(f"s{i}", wrong("odd"), *(right(n) for n in names[1:])) for i in range(5)]
    weak = [report(f"w{i}", right("odd"), *(wrong(n) for n in names[1:])) for i in range(5)]

    assert "Weak learners do better here" in reasons([*strong, *weak], *names)["odd"]


def test_a_check_that_alone_stops_most_of_the_class_is_suspected():
    reports = [report(f"l{i}", wrong("x") if i < 6 else right("x"), wrong("y") if i < 5 else right("y")) for i in range(7)]

    assert list(reasons(reports, "x", "y")) == ["x"]
    assert "“two holds.” fails for 6 of 7" in reasons(reports, "x", "y")["x"]


def test_a_plausible_class_raises_no_suspicion():
    found = [reasons(random_class(seed, learners=200), *(f"e{p}" for p in range(6))) for seed in range(5)]

    assert found == [{}] * 5

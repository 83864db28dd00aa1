# %% [markdown]
# ### The rules of probability
#
# Two events, $A$ and $B$, are described completely by three numbers: $P(A)$, $P(B)$ and the probability that both
# happen, $P(A \cap B)$. Everything else follows from them. A spam filter does this with "the mail is spam" and "the
# mail contains the word free".
#
# * Addition: $P(A \cup B) = P(A) + P(B) - P(A \cap B)$. The overlap is in both events, so it is counted once too often.
# * Conditioning: $P(A \mid B) = P(A \cap B) / P(B)$. Only the cases where $B$ happens are left, and they become the
#   whole.
# * Multiplication: $P(A \cap B) = P(A \mid B) \, P(B)$. This is the same rule, read backwards.
# * Independence: $P(A \cap B) = P(A) \, P(B)$. Then knowing $B$ does not change the probability of $A$.
#
# Not every triple is possible. The overlap is never larger than one of the events. It is never smaller than
# $P(A) + P(B) - 1$ either, because the union would exceed 1.
#
# **By hand.** Roll a die. $A$ is "even", $\{2, 4, 6\}$, and $B$ is "at least 5", $\{5, 6\}$. Then $P(A) = 1/2$,
# $P(B) = 1/3$ and $P(A \cap B) = 1/6$. The union is $\{2, 4, 5, 6\}$: $1/2 + 1/3 - 1/6 = 2/3$. Given $B$, one of two
# rolls is even: $P(A \mid B) = (1/6) / (1/3) = 1/2$. Given $A$, one of three is at least 5: $P(B \mid A) = 1/3$.
# Neither happens for $\{1, 3\}$: $1/3$. Since $1/2 \cdot 1/3 = 1/6$, the events are independent.
#
# Return a dictionary with these five results. Compare floats with a tolerance: on a computer $0.1 \cdot 0.3$ is not
# exactly $0.03$.

# %%
from autograder.kit import T1, accepted, check, close, exercise, helper, hidden, misconception, raises, same

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=(),
    oracle="counting the outcomes of a finite experiment",
    section="Events and probability rules",
    topics=(
        "r0-w6-goal",
        "r0-w6-probability-basics",
        "r0-w6-joint-conditional",
        "r2-o2-probability-rules",
        "r2-o2-conditional-bayes",
        "r2-a2-rules-conditional-bayes",
        "r2-b2-rules-conditional-bayes",
        "r4-prob-conditional-bayes",
        "r4-prob-independence",
        "r4-req-ps-probability-theory",
        "r4-req-ps-conditional-bayes",
    ),
)

# %%
import math


# %%
def probability_rules(p_a: float, p_b: float, p_ab: float) -> dict[str, float | bool]:
    """Derive the usual probabilities of two events from P(A), P(B) and P(A and B).

    Parameters
    ----------
    p_a, p_b : the probabilities of A and of B
    p_ab : the probability that both happen

    Returns
    -------
    dict with the keys
        "union" : P(A or B), at least one of them happens
        "a_given_b" : P(A | B), NaN when p_b is 0
        "b_given_a" : P(B | A), NaN when p_a is 0
        "neither" : the probability that none of them happens
        "independent" : True when p_ab and p_a * p_b differ by at most 1e-9

    Raises
    ------
    ValueError : one of the three lies outside [0, 1]
    ValueError : by more than 1e-12, p_ab is larger than p_a or p_b, or smaller than p_a + p_b - 1
    """
    ### BEGIN SOLUTION
    if not all(0 <= p <= 1 for p in (p_a, p_b, p_ab)):
        raise ValueError("a probability lies between 0 and 1")
    if p_ab > min(p_a, p_b) + 1e-12 or p_ab < p_a + p_b - 1 - 1e-12:
        raise ValueError("no two events have these probabilities")
    union = p_a + p_b - p_ab
    return {
        "union": union,
        "a_given_b": p_ab / p_b if p_b > 0 else math.nan,
        "b_given_a": p_ab / p_a if p_a > 0 else math.nan,
        "neither": 1 - union,
        "independent": abs(p_ab - p_a * p_b) <= 1e-9,
    }
    ### END SOLUTION


# %%
@helper
def judged(answer, expected):
    """Compare the five entries: four numbers with a tolerance, one truth value exactly."""
    same(sorted(answer), sorted(expected), what="the keys of the dictionary")
    for key in ("union", "a_given_b", "b_given_a", "neither"):
        close(answer[key], expected[key], **T1, what=f"the entry {key!r}")
    same(answer["independent"], expected["independent"], what="the entry 'independent'")


# %%
@helper
def possible_triple(rng):
    """Return the probabilities of two random events, all of them positive."""
    both, only_a, only_b, _ = rng.dirichlet([1.0, 1.0, 1.0, 1.0]).tolist()
    return both + only_a, both + only_b, both


# %%
@check
def the_die_of_the_worked_example(probability_rules):
    """For "even" and "at least 5" the union has 2/3, and the two events are independent."""
    expected = {"union": 2 / 3, "a_given_b": 1 / 2, "b_given_a": 1 / 3, "neither": 1 / 3, "independent": True}
    judged(probability_rules(1 / 2, 1 / 3, 1 / 6), expected)


# %%
@check
def an_overlap_larger_than_an_event_raises(probability_rules):
    """P(A and B) = 0.5 is impossible when P(B) = 0.4, so it raises ValueError."""
    raises(ValueError, probability_rules, 0.6, 0.4, 0.5)


# %%
@hidden(weight=2)
def counting_outcomes_gives_the_same(probability_rules, rng):
    """For events of a die, or of two dice, all entries agree with counting equally likely outcomes."""
    for n in (1, 2, 3, 4, 6, 6, 6, 36, 36, 36):
        a, b = rng.random(n) < 0.5, rng.random(n) < 0.6
        in_a, in_b, in_both = int(a.sum()), int(b.sum()), int((a & b).sum())
        expected = {
            "union": int((a | b).sum()) / n,
            "a_given_b": in_both / in_b if in_b else math.nan,
            "b_given_a": in_both / in_a if in_a else math.nan,
            "neither": int((~a & ~b).sum()) / n,
            "independent": in_both * n == in_a * in_b,
        }
        judged(probability_rules(in_a / n, in_b / n, in_both / n), expected)


# %%
@hidden
def the_results_fit_together(probability_rules, rng):
    """Union and neither add up to 1, and each conditional probability times its condition gives back P(A and B)."""
    for _ in range(6):
        p_a, p_b, p_ab = possible_triple(rng)
        answer = probability_rules(p_a, p_b, p_ab)
        close(answer["union"] + answer["neither"], 1.0, **T1, what="union plus neither")
        close(answer["a_given_b"] * p_b, p_ab, **T1, what="P(A | B) P(B)")
        close(answer["b_given_a"] * p_a, p_ab, **T1, what="P(B | A) P(A)")
        close(answer["union"], p_a + p_b - p_ab, **T1, what="the entry 'union'")


# %%
@hidden
def exchanging_the_events_exchanges_the_conditions(probability_rules, rng):
    """When A and B change places, so do P(A | B) and P(B | A), and nothing else changes."""
    for _ in range(4):
        p_a, p_b, p_ab = possible_triple(rng)
        one, other = probability_rules(p_a, p_b, p_ab), probability_rules(p_b, p_a, p_ab)
        swapped = {**one, "a_given_b": one["b_given_a"], "b_given_a": one["a_given_b"]}
        swapped["independent"] = bool(one["independent"])
        judged(other, swapped)
        close(other["b_given_a"], p_ab / p_b, **T1, what="P(B | A) after the exchange")


# %%
@hidden
def independence_survives_rounding(probability_rules):
    """Products such as 0.1 times 0.3 count as independent although the floats differ in the last digit."""
    for p_a, p_b, p_ab in ((0.1, 0.3, 0.03), (0.1, 0.7, 0.07), (0.6, 0.7, 0.42), (0.9, 0.9, 0.81), (0.2, 0.3, 0.06)):
        same(probability_rules(p_a, p_b, p_ab)["independent"], True, what=f"'independent' for {(p_a, p_b, p_ab)}")
    same(probability_rules(0.1, 0.3, 0.03 + 1e-10)["independent"], True, what="'independent' when 1e-10 is too much")
    same(probability_rules(0.1, 0.3, 0.03 + 1e-8)["independent"], False, what="'independent' when 1e-8 is too much")
    same(probability_rules(0.1, 0.3, 0.03 - 1e-8)["independent"], False, what="'independent' when 1e-8 is missing")


# %%
@hidden
def events_that_exclude_each_other_depend_on_each_other(probability_rules):
    """Two possible events that never happen together are not independent: one rules the other out."""
    expected = {"union": 0.7, "a_given_b": 0.0, "b_given_a": 0.0, "neither": 0.3, "independent": False}
    judged(probability_rules(0.3, 0.4, 0.0), expected)
    expected = {"union": 1.0, "a_given_b": 0.0, "b_given_a": 0.0, "neither": 0.0, "independent": False}
    judged(probability_rules(0.25, 0.75, 0), expected)


# %%
@hidden
def an_impossible_condition_gives_nan(probability_rules):
    """Conditioning on an event of probability 0 gives NaN, and a certain event changes nothing."""
    expected = {"union": 0.4, "a_given_b": 0.0, "b_given_a": math.nan, "neither": 0.6, "independent": True}
    judged(probability_rules(0.0, 0.4, 0.0), expected)
    expected = {"union": 0.7, "a_given_b": math.nan, "b_given_a": 0.0, "neither": 0.3, "independent": True}
    judged(probability_rules(0.7, 0.0, 0.0), expected)
    expected = {"union": 0.0, "a_given_b": math.nan, "b_given_a": math.nan, "neither": 1.0, "independent": True}
    judged(probability_rules(0, 0, 0), expected)
    expected = {"union": 1.0, "a_given_b": 0.35, "b_given_a": 1.0, "neither": 0.0, "independent": True}
    judged(probability_rules(0.35, 1, 0.35), expected)


# %%
@hidden
def impossible_triples_raise_and_rounding_does_not(probability_rules):
    """A triple that no two events can have raises ValueError; a difference of rounding alone does not."""
    for triple in ((1.1, 0.5, 0.5), (0.5, -0.1, 0.0), (0.5, 0.5, -0.1), (0.3, 0.6, 0.4), (0.5, 0.4, 0.4 + 1e-9)):
        raises(ValueError, probability_rules, *triple)
    for triple in ((0.5, 0.3, -0.1), (1 + 4e-13, 0.5, 0.5)):
        raises(ValueError, probability_rules, *triple)
    for triple in ((0.8, 0.7, 0.4), (0.9, 0.9, 0.8 - 1e-9), (1, 1, 0)):
        raises(ValueError, probability_rules, *triple)
    close(probability_rules(0.3, 0.5, 0.1 + 0.2)["b_given_a"], 1.0, **T1, what="P(B | A)")
    close(probability_rules(0.9, 0.8, 0.7)["neither"], 0.0, **T1, what="the entry 'neither'")
    close(probability_rules(0.5, 0.4, 0.4 + 4e-13)["union"], 0.5, **T1, what="the entry 'union'")
    close(probability_rules(0.9, 0.8, 0.7 - 4e-13)["neither"], 0.0, **T1, what="the entry 'neither'")


# %%
@accepted
def from_the_four_pieces(p_a, p_b, p_ab):
    if min(p_a, p_b, p_ab) < 0 or max(p_a, p_b, p_ab) > 1:
        raise ValueError("outside [0, 1]")
    only_a, only_b = p_a - p_ab, p_b - p_ab
    outside = 1 - (p_ab + only_a + only_b)
    if min(only_a, only_b, outside) < -1e-12:
        raise ValueError("a piece is negative")
    answer = {"union": p_ab + only_a + only_b, "neither": outside}
    for name, condition in (("a_given_b", p_b), ("b_given_a", p_a)):
        answer[name] = float("nan") if condition == 0 else p_ab / condition
    answer["independent"] = math.isclose(p_ab, p_a * p_b, rel_tol=0, abs_tol=1e-9)
    return answer


# %%
@accepted
def through_the_complement(p_a, p_b, p_ab):
    for p in (p_a, p_b, p_ab):
        if p < 0 or p > 1:
            raise ValueError("outside [0, 1]")
    neither = (1 - p_a) - (p_b - p_ab)
    if p_ab - p_a > 1e-12 or p_ab - p_b > 1e-12 or neither < -1e-12:
        raise ValueError("impossible")
    a_given_b = b_given_a = math.nan
    if p_b != 0:
        a_given_b = p_ab / p_b
    if p_a != 0:
        b_given_a = p_ab / p_a
    return dict(
        union=1 - neither,
        a_given_b=a_given_b,
        b_given_a=b_given_a,
        neither=neither,
        independent=-1e-9 <= p_ab - p_a * p_b <= 1e-9,
    )


# %%
@misconception(
    caught_by="the_die_of_the_worked_example",
    hint="The overlap is counted twice. Subtract P(A and B) once from the sum.",
)
def adds_without_removing_the_overlap(p_a, p_b, p_ab):
    if not all(0 <= p <= 1 for p in (p_a, p_b, p_ab)):
        raise ValueError("a probability lies between 0 and 1")
    if p_ab > min(p_a, p_b) + 1e-12 or p_ab < p_a + p_b - 1 - 1e-12:
        raise ValueError("no two events have these probabilities")
    return {
        "union": p_a + p_b,
        "a_given_b": p_ab / p_b if p_b > 0 else math.nan,
        "b_given_a": p_ab / p_a if p_a > 0 else math.nan,
        "neither": 1 - (p_a + p_b),
        "independent": abs(p_ab - p_a * p_b) <= 1e-9,
    }


# %%
@misconception(
    caught_by="events_that_exclude_each_other_depend_on_each_other",
    hint="Possible events that exclude each other are not independent. Independent means P(A and B) = P(A) P(B).",
)
def takes_exclusive_for_independent(p_a, p_b, p_ab):
    if not all(0 <= p <= 1 for p in (p_a, p_b, p_ab)):
        raise ValueError("a probability lies between 0 and 1")
    if p_ab > min(p_a, p_b) + 1e-12 or p_ab < p_a + p_b - 1 - 1e-12:
        raise ValueError("no two events have these probabilities")
    union = p_a + p_b - p_ab
    return {
        "union": union,
        "a_given_b": p_ab / p_b if p_b > 0 else math.nan,
        "b_given_a": p_ab / p_a if p_a > 0 else math.nan,
        "neither": 1 - union,
        "independent": p_ab <= 1e-9,
    }


# %%
@misconception(
    caught_by="independence_survives_rounding",
    hint="Compare floats with a tolerance: 0.1 * 0.3 == 0.03 is False on a computer.",
)
def compares_floats_exactly(p_a, p_b, p_ab):
    if not all(0 <= p <= 1 for p in (p_a, p_b, p_ab)):
        raise ValueError("a probability lies between 0 and 1")
    if p_ab > min(p_a, p_b) + 1e-12 or p_ab < p_a + p_b - 1 - 1e-12:
        raise ValueError("no two events have these probabilities")
    union = p_a + p_b - p_ab
    return {
        "union": union,
        "a_given_b": p_ab / p_b if p_b > 0 else math.nan,
        "b_given_a": p_ab / p_a if p_a > 0 else math.nan,
        "neither": 1 - union,
        "independent": p_ab == p_a * p_b,
    }


# %%
@misconception(
    caught_by="the_die_of_the_worked_example",
    hint="P(A | B) divides by P(B), the event behind the bar. You divided by the other one.",
)
def divides_by_the_wrong_event(p_a, p_b, p_ab):
    if not all(0 <= p <= 1 for p in (p_a, p_b, p_ab)):
        raise ValueError("a probability lies between 0 and 1")
    if p_ab > min(p_a, p_b) + 1e-12 or p_ab < p_a + p_b - 1 - 1e-12:
        raise ValueError("no two events have these probabilities")
    union = p_a + p_b - p_ab
    return {
        "union": union,
        "a_given_b": p_ab / p_a if p_a > 0 else math.nan,
        "b_given_a": p_ab / p_b if p_b > 0 else math.nan,
        "neither": 1 - union,
        "independent": abs(p_ab - p_a * p_b) <= 1e-9,
    }


# %%
@misconception(
    caught_by="an_impossible_condition_gives_nan",
    hint="Conditioning on an event that never happens has no answer: give NaN, not 0.",
)
def gives_zero_for_an_impossible_condition(p_a, p_b, p_ab):
    if not all(0 <= p <= 1 for p in (p_a, p_b, p_ab)):
        raise ValueError("a probability lies between 0 and 1")
    if p_ab > min(p_a, p_b) + 1e-12 or p_ab < p_a + p_b - 1 - 1e-12:
        raise ValueError("no two events have these probabilities")
    union = p_a + p_b - p_ab
    return {
        "union": union,
        "a_given_b": p_ab / p_b if p_b > 0 else 0.0,
        "b_given_a": p_ab / p_a if p_a > 0 else 0.0,
        "neither": 1 - union,
        "independent": abs(p_ab - p_a * p_b) <= 1e-9,
    }


# %%
@misconception(
    caught_by="impossible_triples_raise_and_rounding_does_not",
    hint="Two events with P(A) + P(B) > 1 must overlap: P(A and B) is at least P(A) + P(B) - 1.",
)
def forgets_that_large_events_overlap(p_a, p_b, p_ab):
    if not all(0 <= p <= 1 for p in (p_a, p_b, p_ab)) or p_ab > min(p_a, p_b) + 1e-12:
        raise ValueError("no two events have these probabilities")
    union = p_a + p_b - p_ab
    return {
        "union": union,
        "a_given_b": p_ab / p_b if p_b > 0 else math.nan,
        "b_given_a": p_ab / p_a if p_a > 0 else math.nan,
        "neither": 1 - union,
        "independent": abs(p_ab - p_a * p_b) <= 1e-9,
    }

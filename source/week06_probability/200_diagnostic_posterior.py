# %% [markdown]
# ### What a positive test means
#
# A medical test, a spam filter and a fraud detector give the same kind of answer: positive or negative. Their makers
# tell you how often the answer is right for people whose state is known. You need the opposite: your answer is known,
# and you want to know your state. Bayes' theorem turns one into the other, and the result surprises most people.
#
# * The *prevalence* is $P(\text{ill})$, the share of ill people. It is the prior.
# * The *sensitivity* is $P(+ \mid \text{ill})$, the share of ill people who test positive.
# * The *specificity* is $P(- \mid \text{healthy})$, the share of healthy people who test negative.
#
# You want the *positive predictive value* $P(\text{ill} \mid +)$ and the *negative predictive value*
# $P(\text{healthy} \mid -)$. Split the people into four groups: ill or healthy, positive or negative. Each value
# is the size of one group divided by the size of two groups together.
#
# **By hand.** Prevalence $0.01$, sensitivity $0.99$, specificity $0.95$. Of a million people 10 000 are ill. Of these
# 9 900 test positive and 100 test negative. Of the 990 000 healthy people 940 500 test negative and 49 500 test
# positive. So 59 400 people test positive, and only 9 900 of them are ill:
# $P(\text{ill} \mid +) = 9900 / 59400 = 0.1667$. Of the 940 600 people who test negative, 940 500 are healthy:
# $P(\text{healthy} \mid -) = 0.9999$.
#
# Return both values. An answer of the test that never occurs has no predictive value: return NaN for it.

# %%
from autograder.kit import T1, accepted, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=(),
    oracle="counting the people of four groups",
    section="Bayes' theorem",
    topics=(
        "r0-w6-bayes",
        "r0-w6-out-uncertainty-intuition",
        "r1-t03-bayes",
        "r2-o2-conditional-bayes",
        "r2-sum-probability-statistics",
        "r2-a2-rules-conditional-bayes",
        "r2-b2-rules-conditional-bayes",
        "r3-1-2-bayes",
        "r3-1-2-fix-bayes",
        "r4-prob-conditional-bayes",
        "r4-prob-confusion-matrix",
        "r4-req-ps-conditional-bayes",
        "r4-nice-ps-confusion-matrix",
    ),
)

# %%
import math


# %%
def diagnostic_posterior(prevalence: float, sensitivity: float, specificity: float) -> tuple[float, float]:
    """Return how much a positive and a negative answer of a test can be trusted.

    Parameters
    ----------
    prevalence : P(ill), in [0, 1]
    sensitivity : P(positive | ill), in [0, 1]
    specificity : P(negative | healthy), in [0, 1]

    Returns
    -------
    (ppv, npv) : P(ill | positive) and P(healthy | negative), two floats;
        NaN for an answer that has probability 0

    Raises
    ------
    ValueError : an argument lies outside [0, 1]
    """
    ### BEGIN SOLUTION
    if not all(0 <= p <= 1 for p in (prevalence, sensitivity, specificity)):
        raise ValueError("a probability lies between 0 and 1")
    found, missed = prevalence * sensitivity, prevalence * (1 - sensitivity)
    cleared, alarmed = (1 - prevalence) * specificity, (1 - prevalence) * (1 - specificity)
    ppv = found / (found + alarmed) if found + alarmed > 0 else math.nan
    npv = cleared / (cleared + missed) if cleared + missed > 0 else math.nan
    return ppv, npv
    ### END SOLUTION


# %%
@helper
def judged(answer, ppv, npv):
    """Compare both predictive values with what they should be."""
    close(answer[0], ppv, **T1, what="the positive predictive value")
    close(answer[1], npv, **T1, what="the negative predictive value")


# %%
@check
def the_million_people_of_the_worked_example(diagnostic_posterior):
    """With prevalence 0.01, sensitivity 0.99 and specificity 0.95 only one positive of six is ill."""
    judged(diagnostic_posterior(0.01, 0.99, 0.95), 9900 / 59400, 940500 / 940600)


# %%
@check
def a_percentage_is_no_probability(diagnostic_posterior):
    """A sensitivity of 99 instead of 0.99 raises ValueError."""
    raises(ValueError, diagnostic_posterior, 0.01, 99, 0.95)


# %%
@hidden(weight=2)
def counting_people_gives_the_same(diagnostic_posterior, rng):
    """For every split of a population into the four groups, both values are the shares that you count."""
    for size in (3, 3, 10, 100, 10_000):
        found, missed, cleared, alarmed = (int(count) for count in rng.integers(1, size, size=4))
        ill, healthy = found + missed, cleared + alarmed
        answer = diagnostic_posterior(ill / (ill + healthy), found / ill, cleared / healthy)
        judged(answer, found / (found + alarmed), cleared / (cleared + missed))


# %%
@hidden
def a_test_without_information_returns_the_prior(diagnostic_posterior, rng):
    """If ill and healthy people test positive equally often, the answer of the test changes nothing."""
    for _ in range(4):
        prevalence, positive = rng.uniform(0.05, 0.95, size=2).tolist()
        judged(diagnostic_posterior(prevalence, positive, 1 - positive), prevalence, 1 - prevalence)


# %%
@hidden
def a_more_common_illness_makes_a_positive_answer_safer(diagnostic_posterior, rng):
    """When the prevalence grows, the positive predictive value grows and the negative one falls."""
    sensitivity, specificity = rng.uniform(0.6, 0.95, size=2).tolist()
    answers = [diagnostic_posterior(prevalence, sensitivity, specificity) for prevalence in (0.0, 0.1, 0.3, 0.6, 1.0)]
    for (ppv, npv), (next_ppv, next_npv) in zip(answers, answers[1:]):
        holds(next_ppv > ppv, "The positive predictive value should grow with the prevalence.")
        holds(next_npv < npv, "The negative predictive value should fall when the prevalence grows.")
    judged(answers[0], 0.0, 1.0)
    judged(answers[-1], 1.0, 0.0)


# %%
@hidden
def exchanging_ill_and_healthy_exchanges_the_answers(diagnostic_posterior, rng):
    """If ill and healthy change their names, and positive and negative too, the two values change places."""
    for _ in range(4):
        p, sensitivity, specificity = rng.uniform(0.05, 0.95, size=3).tolist()
        ppv, npv = diagnostic_posterior(p, sensitivity, specificity)
        judged(diagnostic_posterior(1 - p, specificity, sensitivity), npv, ppv)
        close(ppv * (p * sensitivity + (1 - p) * (1 - specificity)), p * sensitivity, **T1, what="P(ill and positive)")


# %%
@hidden
def an_answer_that_never_occurs_gives_nan(diagnostic_posterior):
    """If nobody can test positive, the positive predictive value is NaN, and the same holds for negative."""
    judged(diagnostic_posterior(0.0, 0.9, 1.0), math.nan, 1.0)
    judged(diagnostic_posterior(0.25, 0.0, 1.0), math.nan, 0.75)
    judged(diagnostic_posterior(1.0, 1.0, 0.4), 1.0, math.nan)
    judged(diagnostic_posterior(0.25, 1.0, 0.0), 0.25, math.nan)
    judged(diagnostic_posterior(0, 1, 1), math.nan, 1.0)
    judged(diagnostic_posterior(0.25, 1, 1), 1.0, 1.0)


# %%
@hidden
def numbers_outside_zero_and_one_raise(diagnostic_posterior):
    """Each of the three arguments raises ValueError below 0 and above 1."""
    for wrong in (-0.1, 1.1, 95):
        raises(ValueError, diagnostic_posterior, wrong, 0.9, 0.8)
        raises(ValueError, diagnostic_posterior, 0.1, wrong, 0.8)
        raises(ValueError, diagnostic_posterior, 0.1, 0.9, wrong)


# %%
@accepted
def two_bayes_updates(prevalence, sensitivity, specificity):
    for p in (prevalence, sensitivity, specificity):
        if p < 0 or p > 1:
            raise ValueError("outside [0, 1]")
    prior = (prevalence, 1 - prevalence)
    answers = []
    for hypothesis, likelihood in ((0, (sensitivity, 1 - specificity)), (1, (1 - sensitivity, specificity))):
        joint = [p * l for p, l in zip(prior, likelihood)]
        answers.append(joint[hypothesis] / sum(joint) if sum(joint) else float("nan"))
    return answers[0], answers[1]


# %%
@accepted
def through_the_odds(prevalence, sensitivity, specificity):
    if min(prevalence, sensitivity, specificity) < 0 or max(prevalence, sensitivity, specificity) > 1:
        raise ValueError("outside [0, 1]")

    def share(good, bad):
        if good == 0:
            return math.nan if bad == 0 else 0.0
        return 1 / (1 + bad / good)

    ppv = share(prevalence * sensitivity, (1 - prevalence) * (1 - specificity))
    return ppv, share((1 - prevalence) * specificity, prevalence * (1 - sensitivity))


# %%
@misconception(
    caught_by="the_million_people_of_the_worked_example",
    hint="P(positive | ill) is not P(ill | positive). Most positives may come from the many healthy people.",
)
def returns_sensitivity_and_specificity(prevalence, sensitivity, specificity):
    if not all(0 <= p <= 1 for p in (prevalence, sensitivity, specificity)):
        raise ValueError("a probability lies between 0 and 1")
    positive = prevalence * sensitivity + (1 - prevalence) * (1 - specificity)
    negative = prevalence * (1 - sensitivity) + (1 - prevalence) * specificity
    return sensitivity if positive > 0 else math.nan, specificity if negative > 0 else math.nan


# %%
@misconception(
    caught_by="the_million_people_of_the_worked_example",
    hint="Healthy people test positive with probability 1 - specificity, not with probability specificity.",
)
def takes_the_specificity_for_the_rate_of_false_alarms(prevalence, sensitivity, specificity):
    if not all(0 <= p <= 1 for p in (prevalence, sensitivity, specificity)):
        raise ValueError("a probability lies between 0 and 1")
    found, missed = prevalence * sensitivity, prevalence * (1 - sensitivity)
    alarmed, cleared = (1 - prevalence) * specificity, (1 - prevalence) * (1 - specificity)
    ppv = found / (found + alarmed) if found + alarmed > 0 else math.nan
    npv = cleared / (cleared + missed) if cleared + missed > 0 else math.nan
    return ppv, npv


# %%
@misconception(
    caught_by="the_million_people_of_the_worked_example",
    hint="You treat the ill and the healthy as equally many. Weight each group with its share, the prevalence.",
)
def treats_both_groups_as_equally_large(prevalence, sensitivity, specificity):
    if not all(0 <= p <= 1 for p in (prevalence, sensitivity, specificity)):
        raise ValueError("a probability lies between 0 and 1")
    positive, negative = sensitivity + (1 - specificity), (1 - sensitivity) + specificity
    ppv = sensitivity / positive if positive > 0 else math.nan
    npv = specificity / negative if negative > 0 else math.nan
    return ppv, npv


# %%
@misconception(
    caught_by="the_million_people_of_the_worked_example",
    hint="The two values speak about different people, those who test positive and those who test negative.",
)
def makes_the_two_values_add_up_to_one(prevalence, sensitivity, specificity):
    if not all(0 <= p <= 1 for p in (prevalence, sensitivity, specificity)):
        raise ValueError("a probability lies between 0 and 1")
    found, alarmed = prevalence * sensitivity, (1 - prevalence) * (1 - specificity)
    ppv = found / (found + alarmed) if found + alarmed > 0 else math.nan
    return ppv, 1 - ppv


# %%
@misconception(
    caught_by="an_answer_that_never_occurs_gives_nan",
    hint="An answer that never occurs has no predictive value: return NaN, not 0.",
)
def gives_zero_for_an_answer_that_never_occurs(prevalence, sensitivity, specificity):
    if not all(0 <= p <= 1 for p in (prevalence, sensitivity, specificity)):
        raise ValueError("a probability lies between 0 and 1")
    found, missed = prevalence * sensitivity, prevalence * (1 - sensitivity)
    cleared, alarmed = (1 - prevalence) * specificity, (1 - prevalence) * (1 - specificity)
    ppv = found / (found + alarmed) if found + alarmed > 0 else 0.0
    npv = cleared / (cleared + missed) if cleared + missed > 0 else 0.0
    return ppv, npv

# %% [markdown]
# ### Bayes' theorem as an update
#
# You have several explanations for what you see, and a probability for each: the *prior*. Then you observe something.
# How strongly should you believe in each explanation now? The answer is the *posterior*. Every model that learns
# probabilities from data does this step in some form.
#
# Let $H_1, \dots, H_K$ be hypotheses of which exactly one is true, and let $D$ be the observation. The *likelihood* of
# $H_k$ is $P(D \mid H_k)$: how probable the observation is if $H_k$ is true. Then
#
# $$P(H_k \mid D) = \frac{P(H_k) \, P(D \mid H_k)}{P(D)}, \qquad P(D) = \sum_{j=1}^{K} P(H_j) \, P(D \mid H_j).$$
#
# The number $P(D)$ is called the *evidence*. If it is 0, no hypothesis allows what you saw, and there is no posterior.
# The likelihoods do not have to add up to 1. For a measured value they may even be densities, larger than 1.
#
# **By hand.** A drawer has three kinds of coins. They show heads with probability $0.5$, $0.8$ and $0.2$, and you
# believe in them with the prior $(0.5, 0.25, 0.25)$. You throw one coin and see heads. The products are $0.25$, $0.2$
# and $0.05$, their sum is $0.5$, so the posterior is $(0.5, 0.4, 0.1)$. After a second head, start from there: the
# products $0.25$, $0.32$, $0.02$ have the sum $0.59$, and the posterior is $(0.424, 0.542, 0.034)$.
#
# Return the posterior as an array.

# %%
from fractions import Fraction

from autograder.kit import T1, accepted, array, check, close, exercise, hidden, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=(),
    oracle="exact fractions of a finite experiment",
    section="Bayes' theorem",
    topics=(
        "r0-w6-goal",
        "r0-w6-bayes",
        "r0-w6-out-uncertainty-intuition",
        "r1-t03-bayes",
        "r2-o2-used-in",
        "r2-o2-conditional-bayes",
        "r2-o2-bayesian-inference",
        "r2-o2-in-ml",
        "r2-sum-probability-statistics",
        "r2-a2-rules-conditional-bayes",
        "r2-b2-rules-conditional-bayes",
        "r3-1-2-bayes",
        "r3-1-2-fix-bayes",
        "r4-prob-conditional-bayes",
        "r4-req-ps-probability-theory",
        "r4-req-ps-conditional-bayes",
    ),
)

# %%
import numpy as np


# %%
def bayes_update(prior: np.ndarray, likelihood: np.ndarray) -> np.ndarray:
    """Return the posterior probabilities of K hypotheses after one observation.

    Parameters
    ----------
    prior : array-like of shape (K,), K >= 1, the probability of each hypothesis before the observation
    likelihood : array-like of shape (K,), the probability (or density) of the observation under each hypothesis

    Returns
    -------
    posterior : array of shape (K,) that sums to 1

    Raises
    ------
    ValueError : prior and likelihood are not two arrays of the same shape (K,), or K is 0
    ValueError : an entry of prior is negative, or their sum differs from 1 by more than 1e-9
    ValueError : an entry of likelihood is negative
    ValueError : the evidence is 0
    """
    ### BEGIN SOLUTION
    prior, likelihood = np.asarray(prior, dtype=float), np.asarray(likelihood, dtype=float)
    if prior.ndim != 1 or prior.shape != likelihood.shape or prior.size == 0:
        raise ValueError("prior and likelihood must have the same shape (K,)")
    if np.any(prior < 0) or abs(prior.sum() - 1) > 1e-9:
        raise ValueError("the prior must be probabilities that sum to 1")
    if np.any(likelihood < 0):
        raise ValueError("a likelihood is never negative")
    joint = prior * likelihood
    evidence = joint.sum()
    if evidence == 0:
        raise ValueError("no hypothesis allows this observation")
    return joint / evidence
    ### END SOLUTION


# %%
@check
def the_coins_of_the_worked_example(bayes_update):
    """One head turns the prior (0.5, 0.25, 0.25) into (0.5, 0.4, 0.1)."""
    posterior = bayes_update(np.array([0.5, 0.25, 0.25]), np.array([0.5, 0.8, 0.2]))
    close(posterior, np.array([0.5, 0.4, 0.1]), **T1, what="the posterior")


# %%
@check
def an_impossible_observation_raises(bayes_update):
    """When every hypothesis with a positive prior has likelihood 0, the evidence is 0: ValueError."""
    raises(ValueError, bayes_update, [0.5, 0.5, 0.0], [0.0, 0.0, 0.7])


# %%
@hidden(weight=2)
def exact_fractions_give_the_same(bayes_update, rng):
    """The posterior agrees with a computation in exact fractions, for one hypothesis and for many."""
    for K in (1, 2, 3, 5, 12, 60):
        weights, chances = rng.integers(1, 9, size=K).tolist(), rng.integers(1, 20, size=K).tolist()
        total = sum(weights)
        joint = [Fraction(w, total) * Fraction(c, 20) for w, c in zip(weights, chances)]
        expected = np.array([float(product / sum(joint)) for product in joint])
        posterior = bayes_update(np.array(weights) / total, np.array(chances) / 20)
        close(posterior, expected, **T1, what="the posterior")


# %%
@hidden
def it_is_a_distribution_with_the_right_odds(bayes_update, rng):
    """The posterior sums to 1, and the odds of two hypotheses are prior odds times the ratio of the likelihoods."""
    for K in (2, 3, 7):
        prior, likelihood = rng.dirichlet(np.ones(K)) + 0.01, rng.uniform(0.05, 1, size=K)
        prior /= prior.sum()
        posterior = array(bayes_update(prior, likelihood), (K,), what="the posterior")
        close(float(posterior.sum()), 1.0, **T1, what="the sum of the posterior")
        odds = prior[1:] / prior[0] * likelihood[1:] / likelihood[0]
        close(posterior[1:], posterior[0] * odds, **T1, what="the posterior computed from the odds")


# %%
@hidden
def two_updates_equal_one_with_the_product(bayes_update, rng):
    """Two observations, one after the other in any order, give the same as one update with the product."""
    for K in (2, 4, 9):
        prior, first, second = rng.dirichlet(np.ones(K)), rng.uniform(0.1, 1, size=K), rng.uniform(0.1, 1, size=K)
        both = prior * first * second / float(np.sum(prior * first * second))
        one = array(bayes_update(prior, first), (K,), what="the posterior after the first observation")
        close(bayes_update(one / one.sum(), second), both, **T1, what="the posterior after both")
        other = array(bayes_update(prior, second), (K,), what="the posterior after the second observation")
        close(bayes_update(other / other.sum(), first), both, **T1, what="the posterior in the other order")
        close(bayes_update(prior, first * second), both, **T1, what="the posterior with the product")


# %%
@hidden
def only_the_ratio_of_the_likelihoods_counts(bayes_update, rng):
    """A constant likelihood changes nothing, and multiplying all likelihoods by a number changes nothing."""
    for K in (1, 3, 8):
        prior, likelihood = rng.dirichlet(np.ones(K)), rng.uniform(0.1, 1, size=K)
        unchanged = bayes_update(prior, np.full(K, 0.3))
        close(unchanged, prior, **T1, what="the posterior after an observation that says nothing")
        expected = prior * likelihood / float(np.sum(prior * likelihood))
        for factor in (1.0, 1e-150, 40.0):
            close(bayes_update(prior, factor * likelihood), expected, **T1, what="the posterior")
    close(bayes_update([0.2, 0.5, 0.3], [3, 1, 0]), np.array([6, 5, 0]) / 11, **T1, what="the posterior")
    close(bayes_update([0, 1, 0], [3, 1, 2]), np.array([0.0, 1.0, 0.0]), **T1, what="the posterior of a certainty")


# %%
@hidden
def what_was_ruled_out_stays_ruled_out(bayes_update, rng):
    """A hypothesis with prior 0 keeps the probability 0, and likelihood 0 rules a hypothesis out."""
    prior = np.array([0.0, 0.3, 0.3, 0.4])
    likelihood = np.array([0.9, 0.0, *rng.uniform(0.1, 0.9, size=2)])
    joint = prior * likelihood
    posterior = bayes_update(prior, likelihood)
    close(posterior, joint / joint.sum(), **T1, what="the posterior")
    close(bayes_update([0.9, 0.1], [0.0, 1e-9]), np.array([0.0, 1.0]), **T1, what="the posterior")


# %%
@hidden
def a_wrong_prior_raises_instead_of_being_repaired(bayes_update):
    """A prior that does not sum to 1, or has a negative entry, raises ValueError; rounding alone does not."""
    raises(ValueError, bayes_update, [0.5, 0.6], [0.5, 0.5])
    raises(ValueError, bayes_update, [0.2, 0.3, 0.4], [0.5, 0.5, 0.1])
    raises(ValueError, bayes_update, [2, 1, 1], [0.5, 0.5, 0.1])
    raises(ValueError, bayes_update, [0.5, 0.5 + 5e-9], [0.5, 0.5])
    raises(ValueError, bayes_update, [1.5, -0.5], [0.5, 0.5])
    tenths = np.full(10, 0.1)
    close(bayes_update(tenths, np.arange(10)), np.arange(10) / 45, **T1, what="the posterior")
    nearly = bayes_update([0.5, 0.5 - 5e-10], [1, 1])
    close(nearly, np.array([0.5, 0.5]), rtol=0, atol=1e-8, what="the posterior when the sum is 1 up to rounding")


# %%
@hidden
def single_precision_is_no_wrong_prior(bayes_update):
    """A prior in single precision is converted to float64 before it is added up, so that its sum is 1."""
    # The sum is exactly 1, but added up in single precision it is 1 - 2^-23.
    prior = np.array([1 - 2.0**-23, *[2.0**-25] * 4], dtype=np.float32)
    posterior = bayes_update(prior, np.array([0.0, 1.0, 2.0, 3.0, 4.0]))
    close(posterior, np.array([0.0, 0.1, 0.2, 0.3, 0.4]), **T1, what="the posterior")


# %%
@hidden
def arrays_that_do_not_fit_raise(bayes_update):
    """Different lengths, empty input, tables and negative likelihoods raise ValueError."""
    raises(ValueError, bayes_update, [0.5, 0.5], [0.1, 0.2, 0.3])
    raises(ValueError, bayes_update, [0.5, 0.5], [0.3])
    raises(ValueError, bayes_update, [1.0], [0.3, 0.4])
    raises(ValueError, bayes_update, [], [])
    raises(ValueError, bayes_update, [[0.5, 0.5]], [[0.1, 0.2]])
    raises(ValueError, bayes_update, [0.5, 0.5], [0.4, -0.1])


# %%
@accepted
def with_a_loop(prior, likelihood):
    if np.ndim(prior) != 1 or np.ndim(likelihood) != 1 or len(prior) != len(likelihood) or len(prior) == 0:
        raise ValueError("shapes")
    if min(prior) < 0 or min(likelihood) < 0 or abs(sum(map(float, prior)) - 1) > 1e-9:
        raise ValueError("no probabilities")
    evidence = 0.0
    for p, l in zip(prior, likelihood):
        evidence += float(p) * float(l)
    if not evidence > 0:
        raise ValueError("impossible")
    return np.array([float(p) * float(l) / evidence for p, l in zip(prior, likelihood)])


# %%
@accepted
def with_logarithms(prior, likelihood):
    p, l = np.array(prior, dtype=np.float64), np.array(likelihood, dtype=np.float64)
    if p.ndim != 1 or l.ndim != 1 or len(p) != len(l) or not len(p):
        raise ValueError("shapes")
    if (p < 0).any() or (l < 0).any() or not np.isclose(p.sum(), 1, rtol=0, atol=1e-9):
        raise ValueError("no probabilities")
    with np.errstate(divide="ignore"):
        logs = np.log(p) + np.log(l)
    if np.all(np.isneginf(logs)):
        raise ValueError("impossible")
    weights = np.exp(logs - logs.max())
    return weights / np.sum(weights)


# %%
@misconception(
    caught_by="the_coins_of_the_worked_example",
    hint="The products do not sum to 1 yet. Divide by the evidence, which is their sum.",
)
def never_divides_by_the_evidence(prior, likelihood):
    prior, likelihood = np.asarray(prior, dtype=float), np.asarray(likelihood, dtype=float)
    if prior.ndim != 1 or prior.shape != likelihood.shape or prior.size == 0:
        raise ValueError("prior and likelihood must have the same shape (K,)")
    if np.any(prior < 0) or abs(prior.sum() - 1) > 1e-9 or np.any(likelihood < 0):
        raise ValueError("no probabilities")
    joint = prior * likelihood
    if joint.sum() == 0:
        raise ValueError("no hypothesis allows this observation")
    return joint


# %%
@misconception(
    caught_by="the_coins_of_the_worked_example",
    hint="The prior must enter: multiply it with the likelihood before you normalise.",
)
def normalises_the_likelihood_only(prior, likelihood):
    prior, likelihood = np.asarray(prior, dtype=float), np.asarray(likelihood, dtype=float)
    if prior.ndim != 1 or prior.shape != likelihood.shape or prior.size == 0:
        raise ValueError("prior and likelihood must have the same shape (K,)")
    if np.any(prior < 0) or abs(prior.sum() - 1) > 1e-9 or np.any(likelihood < 0):
        raise ValueError("no probabilities")
    if np.sum(prior * likelihood) == 0:
        raise ValueError("no hypothesis allows this observation")
    return likelihood / likelihood.sum()


# %%
@misconception(
    caught_by="the_coins_of_the_worked_example",
    hint='Probabilities of "and" multiply: prior times likelihood, not prior plus likelihood.',
)
def adds_prior_and_likelihood(prior, likelihood):
    prior, likelihood = np.asarray(prior, dtype=float), np.asarray(likelihood, dtype=float)
    if prior.ndim != 1 or prior.shape != likelihood.shape or prior.size == 0:
        raise ValueError("prior and likelihood must have the same shape (K,)")
    if np.any(prior < 0) or abs(prior.sum() - 1) > 1e-9 or np.any(likelihood < 0):
        raise ValueError("no probabilities")
    if np.sum(prior * likelihood) == 0:
        raise ValueError("no hypothesis allows this observation")
    return (prior + likelihood) / np.sum(prior + likelihood)


# %%
@misconception(
    caught_by="the_coins_of_the_worked_example",
    hint="The evidence is the sum of the products. The sum of the likelihoods leaves the prior out.",
)
def divides_by_the_sum_of_the_likelihoods(prior, likelihood):
    prior, likelihood = np.asarray(prior, dtype=float), np.asarray(likelihood, dtype=float)
    if prior.ndim != 1 or prior.shape != likelihood.shape or prior.size == 0:
        raise ValueError("prior and likelihood must have the same shape (K,)")
    if np.any(prior < 0) or abs(prior.sum() - 1) > 1e-9 or np.any(likelihood < 0):
        raise ValueError("no probabilities")
    if np.sum(prior * likelihood) == 0:
        raise ValueError("no hypothesis allows this observation")
    return prior * likelihood / likelihood.sum()


# %%
@misconception(
    caught_by="a_wrong_prior_raises_instead_of_being_repaired",
    hint="A prior that does not sum to 1 is a mistake of the caller. Raise ValueError; do not repair it silently.",
)
def repairs_a_wrong_prior(prior, likelihood):
    prior, likelihood = np.asarray(prior, dtype=float), np.asarray(likelihood, dtype=float)
    if prior.ndim != 1 or prior.shape != likelihood.shape or prior.size == 0:
        raise ValueError("prior and likelihood must have the same shape (K,)")
    if np.any(prior < 0) or np.any(likelihood < 0):
        raise ValueError("no probabilities")
    joint = prior / prior.sum() * likelihood
    if joint.sum() == 0:
        raise ValueError("no hypothesis allows this observation")
    return joint / joint.sum()


# %%
@misconception(
    caught_by="an_impossible_observation_raises",
    hint="When the evidence is 0 you divide 0 by 0. Raise ValueError before that.",
)
def divides_zero_by_zero(prior, likelihood):
    prior, likelihood = np.asarray(prior, dtype=float), np.asarray(likelihood, dtype=float)
    if prior.ndim != 1 or prior.shape != likelihood.shape or prior.size == 0:
        raise ValueError("prior and likelihood must have the same shape (K,)")
    if np.any(prior < 0) or abs(prior.sum() - 1) > 1e-9 or np.any(likelihood < 0):
        raise ValueError("no probabilities")
    with np.errstate(invalid="ignore"):
        return prior * likelihood / np.sum(prior * likelihood)

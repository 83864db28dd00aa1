# %% [markdown]
# ### Cross-entropy
#
# Outcomes follow the true distribution $p$, but you believe in a model $q$. Your mean surprise is then the
# cross-entropy. Classifiers are trained to make it small: $p$ is the label, $q$ is the prediction.
#
# $$H(p, q) = -\sum_{i=1}^{k} p_i \log q_i$$
#
# An outcome with $p_i = 0$ never happens and contributes 0, whatever $q_i$ is. If an outcome with $p_i > 0$ has
# $q_i = 0$, the model called something impossible that does happen. The result is then infinite.
#
# **By hand.** $p = (1/2, 1/2)$ and $q = (3/4, 1/4)$. Then
# $H(p, q) = -\frac12 \ln \frac34 - \frac12 \ln \frac14 = 0.1438 + 0.6931 = 0.8370$ nats. This is more than the
# entropy of $p$, which is 0.6931. For the label $p = (0, 1)$ only one term is left: $-\ln \frac14 = 1.3863$.
#
# Return the cross-entropy. The default base is $e$, as in every loss function of machine learning.

# %%
from autograder.kit import T1, accepted, check, close, exercise, helper, hidden, holds, misconception, raises
from scipy import special

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("scipy.stats.entropy", "scipy.special.rel_entr", "scipy.special.kl_div", "sklearn.metrics.log_loss"),
    oracle="scipy.special.entr and scipy.special.rel_entr",
    section="Cross-entropy and KL divergence",
    topics=(
        "r0-w9-goal",
        "r0-w9-cross-entropy",
        "r0-w9-out-why-cross-entropy",
        "r1-t06-cross-entropy",
        "r2-o7-entropy-cross-entropy",
        "r2-o7-in-ml",
        "r2-sum-information-theory",
        "r2-a4-entropy-cross-entropy",
        "r2-b4-entropy-ce-kl",
    ),
)

# %%
import math

import numpy as np


# %%
def cross_entropy(p: np.ndarray, q: np.ndarray, base: float = math.e) -> float:
    """Return the cross-entropy of a model q when the outcomes follow p.

    Parameters
    ----------
    p : array or list of shape (k,), the true probabilities: no entry is negative and they sum to 1
    q : array or list of shape (k,), the probabilities of the model: no entry is negative and they sum to 1
    base : base of the logarithm, greater than 1; math.e gives nats, 2 gives bits

    Returns
    -------
    float : -sum of p_i log q_i. A term with p_i = 0 is 0, even if q_i = 0.
        The result is math.inf if some q_i = 0 where p_i > 0.

    Raises
    ------
    ValueError : p or q is not one-dimensional, or their lengths differ
    ValueError : in p or q an entry is negative, or the sum differs from 1 by more than 1e-9
    ValueError : base is 1 or smaller
    """
    ### BEGIN SOLUTION
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.ndim != 1 or p.shape != q.shape:
        raise ValueError("p and q must be one-dimensional and equally long")
    for weights in (p, q):
        if np.any(weights < 0) or not abs(weights.sum() - 1) <= 1e-9:
            raise ValueError("p and q must be probabilities that sum to 1")
    if base <= 1:
        raise ValueError("base must be greater than 1")
    happens = p > 0
    if np.any(q[happens] == 0):
        return math.inf
    return float(-np.sum(p[happens] * np.log(q[happens]))) / math.log(base)
    ### END SOLUTION


# %%
@helper
def distribution(k, rng):
    """Return k random probabilities that sum to 1."""
    return rng.dirichlet(np.ones(k))


# %%
@helper
def cross_entropy_by_scipy(p, q):
    """Return the cross-entropy in nats as entropy plus divergence."""
    return float(special.entr(p).sum() + special.rel_entr(p, q).sum())


# %%
@check
def the_worked_example_has_0_837_nats(cross_entropy):
    """For p = (1/2, 1/2) and q = (3/4, 1/4) the cross-entropy is log(16/3) / 2 = 0.837 nats."""
    value = cross_entropy(np.array([0.5, 0.5]), np.array([0.75, 0.25]))
    close(value, math.log(16 / 3) / 2, **T1, what="the cross-entropy")


# %%
@check
def a_label_picks_one_logarithm(cross_entropy):
    """For the label p = (0, 1) the cross-entropy is -log q of the second class, in the chosen base."""
    close(cross_entropy([0, 1], [0.75, 0.25]), math.log(4), **T1, what="the cross-entropy in nats")
    close(cross_entropy([0, 1], [0.75, 0.25], base=2), 2.0, **T1, what="the cross-entropy in bits")


# %%
@check
def different_lengths_raise(cross_entropy):
    """Distributions of different lengths raise ValueError."""
    raises(ValueError, cross_entropy, [0.5, 0.5], [0.5, 0.25, 0.25])


# %%
@hidden(weight=2)
def p_is_the_weight_and_q_is_in_the_logarithm(cross_entropy, rng):
    """The true p is the weight and the model q stands in the logarithm, for few and for many outcomes."""
    for k in (1, 2, 3, 5, 20, 300):
        p, q = distribution(k, rng), distribution(k, rng)
        close(cross_entropy(p, q), cross_entropy_by_scipy(p, q), **T1, what="the cross-entropy")


# %%
@hidden(weight=2)
def an_impossible_event_that_happens_costs_infinitely_much(cross_entropy, rng):
    """When q is 0 where p is positive, the cross-entropy is infinite; a tiny q gives a large finite number."""
    close(cross_entropy([0, 1], [1, 0]), math.inf, what="the cross-entropy")
    close(cross_entropy([0.5, 0.5], [1.0, 1e-20]), 10 * math.log(10), **T1, what="the cross-entropy for a tiny q")
    for k in (2, 3, 7):
        q = np.append(distribution(k, rng), 0.0)
        close(cross_entropy(distribution(k + 1, rng), q, base=2), math.inf, what="the cross-entropy")


# %%
@hidden
def an_outcome_that_never_happens_contributes_nothing(cross_entropy, rng):
    """Outcomes with p = 0 add nothing, whether q is 0 there or not."""
    close(cross_entropy([1, 0], [1, 0]), 0.0, **T1, what="the cross-entropy")
    for k in (2, 3, 7):
        p, q = distribution(k, rng), distribution(k, rng)
        expected = cross_entropy_by_scipy(p, q)
        close(cross_entropy(np.append(p, 0.0), np.append(q, 0.0)), expected, **T1, what="the cross-entropy")
        shared = np.append(0.75 * q, 0.25)
        expected -= math.log(0.75)
        close(cross_entropy(np.append(p, 0.0), shared), expected, **T1, what="the cross-entropy")


# %%
@hidden
def the_true_distribution_is_the_best_model(cross_entropy, rng):
    """No model q has a smaller cross-entropy than q = p, and there it equals the entropy of p."""
    for k in (2, 3, 10):
        p = distribution(k, rng)
        best = cross_entropy(p, p)
        close(best, float(special.entr(p).sum()), **T1, what="the cross-entropy for q = p")
        other = 0.5 * p + 0.5 * rng.permutation(np.arange(1.0, k + 1)) / (k * (k + 1) / 2)
        holds(cross_entropy(p, other) > best, "A model q that differs from p has a larger cross-entropy than q = p.")


# %%
@hidden
def the_cross_entropy_is_linear_in_p(cross_entropy, rng):
    """For a mixture of two true distributions the cross-entropy is the mixture of the two values."""
    for k in (2, 4, 12):
        one, two, q = distribution(k, rng), distribution(k, rng), distribution(k, rng)
        expected = 0.3 * cross_entropy(one, q) + 0.7 * cross_entropy(two, q)
        close(cross_entropy(0.3 * one + 0.7 * two, q), expected, **T1, what="the cross-entropy of the mixture")


# %%
@hidden
def another_base_only_changes_the_unit(cross_entropy, rng):
    """The cross-entropy in base b is the one in nats divided by log b."""
    for k, base in ((2, 2), (3, 10.0), (6, 1.5)):
        p, q = distribution(k, rng), distribution(k, rng)
        expected = cross_entropy_by_scipy(p, q) / math.log(base)
        close(cross_entropy(p, q, base=base), expected, **T1, what="the cross-entropy")


# %%
@hidden
def short_number_types_lose_no_digits(cross_entropy):
    """Probabilities in half or single precision are converted to float64 first, also for their sum."""
    p, q = [0.5, 0.5], np.array([0.75, 0.25], dtype=np.float32)
    close(cross_entropy(p, q), math.log(16 / 3) / 2, **T1, what="the cross-entropy")
    # In half precision these entries sum to 0.99988, but added up in half precision they give 1.
    raises(ValueError, cross_entropy, np.array([0.1, 0.9], dtype=np.float16), p)


# %%
@hidden
def what_is_no_distribution_raises(cross_entropy):
    """Bad entries, a wrong sum or a wrong shape in p or q, and a base of 1 or less, raise ValueError."""
    fine = [0.25, 0.75]
    for bad in ([1.5, -0.5], [0.5, 0.4], [0.5, 0.5 + 5e-9], [2, 1], [0.2, 0.3, 0.5], [1.0], [[0.25, 0.75]]):
        raises(ValueError, cross_entropy, bad, fine)
        raises(ValueError, cross_entropy, fine, bad)
    raises(ValueError, cross_entropy, [], [])
    raises(ValueError, cross_entropy, [fine], [fine])
    for base in (1.0, 0.5, 0.0, -2.0):
        raises(ValueError, cross_entropy, fine, fine, base=base)
    value = cross_entropy([0.5, 0.5 - 5e-10], [0.5, 0.5 + 5e-10])
    close(value, math.log(2), rtol=0, atol=1e-8, what="the cross-entropy when the sums are 1 up to rounding")


# %%
@accepted
def with_a_loop_over_the_outcomes(p, q, base=math.e):
    truth, model = np.array(p, dtype=float), np.array(q, dtype=float)
    if truth.ndim != 1 or model.ndim != 1 or truth.size != model.size or truth.size == 0:
        raise ValueError("wrong shapes")
    if min(truth.min(), model.min()) < 0 or max(abs(truth.sum() - 1), abs(model.sum() - 1)) > 1e-9:
        raise ValueError("not a distribution")
    if not base > 1:
        raise ValueError("not a base")
    total = 0.0
    for weight, belief in zip(truth.tolist(), model.tolist(), strict=True):
        if weight == 0:
            continue
        total += weight * (-math.log(belief) if belief > 0 else math.inf)
    return total / math.log(base)


# %%
@accepted
def with_xlogy_from_scipy(p, q, base=math.e):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.ndim != 1 or q.ndim != 1 or len(p) != len(q):
        raise ValueError("wrong shapes")
    both = np.stack([p, q])
    if (both < 0).any() or (np.abs(both.sum(axis=1) - 1) > 1e-9).any():
        raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    return float(-special.xlogy(p, q).sum() / np.log(base))


# %%
@misconception(
    caught_by="p_is_the_weight_and_q_is_in_the_logarithm",
    hint="Weight with the true p, take the log of the model q.",
)
def exchanges_p_and_q(p, q, base=math.e):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.ndim != 1 or p.shape != q.shape:
        raise ValueError("wrong shapes")
    for weights in (p, q):
        if np.any(weights < 0) or not abs(weights.sum() - 1) <= 1e-9:
            raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    happens = q > 0
    if np.any(p[happens] == 0):
        return math.inf
    return float(-np.sum(q[happens] * np.log(p[happens]))) / math.log(base)


# %%
@misconception(
    caught_by="an_impossible_event_that_happens_costs_infinitely_much",
    hint="An impossible event that happens costs infinitely much. Do not clip q.",
)
def clips_the_model_at_1e_12(p, q, base=math.e):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.ndim != 1 or p.shape != q.shape:
        raise ValueError("wrong shapes")
    for weights in (p, q):
        if np.any(weights < 0) or not abs(weights.sum() - 1) <= 1e-9:
            raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    return float(-np.sum(p * np.log(np.clip(q, 1e-12, 1.0)))) / math.log(base)


# %%
@misconception(
    caught_by="an_outcome_that_never_happens_contributes_nothing",
    hint="0 times log(0) is NaN on a computer. Only sum where p > 0.",
)
def multiplies_zero_by_infinity(p, q, base=math.e):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.ndim != 1 or p.shape != q.shape:
        raise ValueError("wrong shapes")
    for weights in (p, q):
        if np.any(weights < 0) or not abs(weights.sum() - 1) <= 1e-9:
            raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    with np.errstate(all="ignore"):
        return float(-np.sum(p * np.log(q))) / math.log(base)


# %%
@misconception(
    caught_by="another_base_only_changes_the_unit",
    hint="The result ignores the base. Divide by log(base).",
)
def always_answers_in_nats(p, q, base=math.e):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.ndim != 1 or p.shape != q.shape:
        raise ValueError("wrong shapes")
    for weights in (p, q):
        if np.any(weights < 0) or not abs(weights.sum() - 1) <= 1e-9:
            raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    happens = p > 0
    if np.any(q[happens] == 0):
        return math.inf
    return float(-np.sum(p[happens] * np.log(q[happens])))

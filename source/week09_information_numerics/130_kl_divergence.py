# %% [markdown]
# ### Kullback–Leibler divergence
#
# How much does it cost to believe in $q$ when the truth is $p$? The KL divergence is the cross-entropy minus the
# entropy that nobody can avoid. It is the part of the loss that a better model could save.
#
# $$D(p \,\|\, q) = \sum_{i=1}^{k} p_i \log \frac{p_i}{q_i}$$
#
# The rules for zeros are those of the cross-entropy: a term with $p_i = 0$ is 0, and $q_i = 0$ where $p_i > 0$ makes
# the result infinite. Single terms may be negative. The sum is never negative, and it is 0 only for $p = q$.
#
# **By hand.** $p = (1/2, 1/2)$ and $q = (3/4, 1/4)$. The terms are $\frac12 \ln \frac{1/2}{3/4} = -0.2027$ and
# $\frac12 \ln \frac{1/2}{1/4} = 0.3466$, so $D(p \,\|\, q) = 0.1438$ nats. With the roles exchanged you get
# $\frac34 \ln \frac32 + \frac14 \ln \frac12 = 0.1308$: the order matters.
#
# Return the divergence. When $p$ and $q$ agree up to rounding, the sum may come out as $-10^{-17}$: return 0 then.

# %%
from autograder.kit import T1, accepted, check, close, exercise, helper, hidden, holds, misconception, raises
from scipy import special

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.stats.entropy", "scipy.special.rel_entr", "scipy.special.kl_div"),
    oracle="scipy.special.rel_entr",
    section="Cross-entropy and KL divergence",
    topics=(
        "r0-w9-goal",
        "r0-w9-kl",
        "r0-w9-out-why-cross-entropy",
        "r1-t06-kl",
        "r2-o7-kl",
        "r2-o7-in-ml",
        "r2-sum-information-theory",
        "r2-a4-kl",
        "r2-b4-entropy-ce-kl",
    ),
)

# %%
import math

import numpy as np


# %%
def kl_divergence(p: np.ndarray, q: np.ndarray, base: float = math.e) -> float:
    """Return the Kullback-Leibler divergence of a model q from the truth p.

    Parameters
    ----------
    p : array or list of shape (k,), the true probabilities: no entry is negative and they sum to 1
    q : array or list of shape (k,), the probabilities of the model: no entry is negative and they sum to 1
    base : base of the logarithm, greater than 1; math.e gives nats, 2 gives bits

    Returns
    -------
    float : sum of p_i log(p_i / q_i), never negative. A term with p_i = 0 is 0, even if q_i = 0.
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
    # A difference of logarithms, because the quotient p / q can overflow.
    nats = float(np.sum(p[happens] * (np.log(p[happens]) - np.log(q[happens]))))
    return max(0.0, nats) / math.log(base)
    ### END SOLUTION


# %%
@helper
def distribution(k, rng):
    """Return k random probabilities that sum to 1."""
    return rng.dirichlet(np.ones(k))


# %%
@check
def the_worked_example_has_0_144_nats(kl_divergence):
    """For p = (1/2, 1/2) and q = (3/4, 1/4) the divergence is log(4/3) / 2 = 0.1438 nats."""
    value = kl_divergence(np.array([0.5, 0.5]), np.array([0.75, 0.25]))
    close(value, math.log(4 / 3) / 2, **T1, what="the divergence")


# %%
@check
def a_certain_outcome_against_a_fair_coin_costs_one_bit(kl_divergence):
    """For p = (1, 0) and q = (1/2, 1/2) the divergence is 1 bit; with the roles exchanged it is infinite."""
    close(kl_divergence([1, 0], [0.5, 0.5], base=2), 1.0, **T1, what="the divergence in bits")
    close(kl_divergence([0.5, 0.5], [1, 0], base=2), math.inf, what="the divergence with the roles exchanged")


# %%
@check
def different_lengths_raise(kl_divergence):
    """Distributions of different lengths raise ValueError."""
    raises(ValueError, kl_divergence, [0.5, 0.5], [0.5, 0.25, 0.25])


# %%
@hidden(weight=2)
def the_value_is_right_for_random_distributions(kl_divergence, rng):
    """The divergence of two random distributions is right for few and for many outcomes, in every base."""
    for k, base in ((2, math.e), (3, 2), (5, 10.0), (20, 1.5), (300, math.e)):
        p, q = distribution(k, rng), distribution(k, rng)
        expected = float(special.rel_entr(p, q).sum()) / math.log(base)
        close(kl_divergence(p, q, base=base), expected, **T1, what="the divergence")


# %%
@hidden(weight=2)
def the_order_of_the_arguments_matters(kl_divergence):
    """The first argument is the weight: exchanging the arguments gives another number."""
    rare, even = [0.9, 0.1], [0.5, 0.5]
    one = 0.9 * math.log(1.8) + 0.1 * math.log(0.2)
    two = 0.5 * math.log(0.5 / 0.9) + 0.5 * math.log(5)
    close(kl_divergence(rare, even), one, **T1, what="the divergence of (0.5, 0.5) from (0.9, 0.1)")
    close(kl_divergence(even, rare), two, **T1, what="the divergence of (0.9, 0.1) from (0.5, 0.5)")


# %%
@hidden
def zeros_follow_the_rules(kl_divergence, rng):
    """Outcomes with p = 0 add nothing, and q = 0 where p is positive gives infinity."""
    close(kl_divergence([0, 1, 0], [0, 1, 0]), 0.0, **T1, what="the divergence")
    for k in (2, 3, 7):
        p, q = distribution(k, rng), distribution(k, rng)
        expected = float(special.rel_entr(p, q).sum())
        close(kl_divergence(np.append(p, 0.0), np.append(q, 0.0)), expected, **T1, what="the divergence")
        shared = np.append(0.75 * q, 0.25)
        close(kl_divergence(np.append(p, 0.0), shared), expected - math.log(0.75), **T1, what="the divergence")
        close(kl_divergence(shared, np.append(p, 0.0)), math.inf, what="the divergence")
    tiny = kl_divergence([0.5, 0.5], [1.0, 1e-20])
    close(tiny, math.log(0.5) + 10 * math.log(10), **T1, what="the divergence for a tiny q")


# %%
@hidden
def rounding_never_makes_it_negative(kl_divergence):
    """The divergence is positive for different distributions, 0 for equal ones and never negative by rounding."""
    for k in (2, 3, 10):
        p = np.arange(1.0, k + 1) / (k * (k + 1) / 2)
        close(kl_divergence(p, p), 0.0, **T1, what="the divergence of p from itself")
        holds(kl_divergence(p, p[::-1]) > 1e-6, "The divergence of two different distributions should be positive.")
    generator = np.random.default_rng(20)
    for k in [2, 3, 4, 5] * 12:
        p = generator.dirichlet(np.ones(k))
        q = p * (1 + generator.integers(-3, 4, size=k) * 2.0**-52)
        value = kl_divergence(p, q)
        holds(value >= 0, f"The divergence should not be negative, not even by rounding. Got {value!r}.")
        close(value, 0.0, **T1, what="the divergence of two almost equal distributions")


# %%
@hidden
def merging_outcomes_cannot_increase_it(kl_divergence, rng):
    """Merging two outcomes into one cannot make p and q easier to tell apart."""
    for k in (3, 4, 9):
        p, q = distribution(k, rng), distribution(k, rng)
        coarse = kl_divergence(np.append(p[2:], p[0] + p[1]), np.append(q[2:], q[0] + q[1]))
        holds(coarse <= kl_divergence(p, q) + 1e-12, "Merging two outcomes should not increase the divergence.")


# %%
@hidden
def independent_pairs_add_and_names_do_not_matter(kl_divergence, rng):
    """Divergences of independent pairs add up, and renaming the outcomes changes nothing."""
    for m, n in ((2, 2), (2, 3), (5, 4)):
        p, q = distribution(m, rng), distribution(m, rng)
        r, s = distribution(n, rng), distribution(n, rng)
        order = rng.permutation(m * n)
        pair = kl_divergence(np.outer(p, r).ravel()[order], np.outer(q, s).ravel()[order])
        close(pair, kl_divergence(p, q) + kl_divergence(r, s), **T1, what="the divergence of the pair")


# %%
@hidden
def single_precision_loses_no_digits(kl_divergence):
    """Probabilities in single precision are converted to float64 first, so the divergence keeps all its digits."""
    p, q = np.array([0.75, 0.25]), np.array([0.875, 0.125])
    expected = float(special.rel_entr(p, q).sum())
    close(kl_divergence(p.astype(np.float32), q), expected, **T1, what="the divergence, p in single precision")
    close(kl_divergence(p, q.astype(np.float32)), expected, **T1, what="the divergence, q in single precision")


# %%
@hidden
def what_is_no_distribution_raises(kl_divergence):
    """Bad entries, a wrong sum or a wrong shape in p or q, and a base of 1 or less, raise ValueError."""
    fine = [0.25, 0.75]
    for bad in ([1.5, -0.5], [0.5, 0.4], [0.5, 0.5 + 5e-9], [2, 1], [0.2, 0.3, 0.5], [1.0], [[0.25, 0.75]]):
        raises(ValueError, kl_divergence, bad, fine)
        raises(ValueError, kl_divergence, fine, bad)
    raises(ValueError, kl_divergence, [], [])
    raises(ValueError, kl_divergence, [fine], [fine])
    for base in (1.0, 0.5, 0.0, -2.0):
        raises(ValueError, kl_divergence, fine, fine, base=base)
    value = kl_divergence([0.5, 0.5 - 5e-10], [0.25, 0.75 + 5e-10])
    close(value, math.log(4 / 3) / 2, rtol=0, atol=1e-8, what="the divergence when the sums are 1 up to rounding")


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
        if weight > 0 and belief == 0:
            return math.inf
        if weight > 0:
            total += weight * (math.log(weight, base) - math.log(belief, base))
    return total if total > 0 else 0.0


# %%
@accepted
def as_cross_entropy_minus_entropy(p, q, base=math.e):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.ndim != 1 or q.ndim != 1 or len(p) != len(q):
        raise ValueError("wrong shapes")
    both = np.stack([p, q])
    if (both < 0).any() or (np.abs(both.sum(axis=1) - 1) > 1e-9).any():
        raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    excess = special.xlogy(p, p).sum() - special.xlogy(p, q).sum()
    return float(np.maximum(excess, 0.0) / np.log(base))


# %%
@misconception(
    caught_by="the_order_of_the_arguments_matters",
    hint="The first argument is the weight: p stands in front of the logarithm and on top of the fraction.",
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
    nats = float(np.sum(q[happens] * (np.log(q[happens]) - np.log(p[happens]))))
    return max(0.0, nats) / math.log(base)


# %%
@misconception(
    caught_by="the_order_of_the_arguments_matters",
    hint="KL is a divergence, not a distance: it is not symmetric, and you should not average two directions.",
)
def symmetrises_it_as_jensen_and_shannon_do(p, q, base=math.e):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.ndim != 1 or p.shape != q.shape:
        raise ValueError("wrong shapes")
    for weights in (p, q):
        if np.any(weights < 0) or not abs(weights.sum() - 1) <= 1e-9:
            raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    middle = (p + q) / 2
    nats = 0.0
    for weights in (p, q):
        happens = weights > 0
        nats += 0.5 * float(np.sum(weights[happens] * np.log(weights[happens] / middle[happens])))
    return max(0.0, nats) / math.log(base)


# %%
@misconception(
    caught_by="the_value_is_right_for_random_distributions",
    hint="Single terms may be negative; only the sum is not. Do not take absolute values.",
)
def takes_the_absolute_value_of_every_term(p, q, base=math.e):
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
    return float(np.sum(np.abs(p[happens] * (np.log(p[happens]) - np.log(q[happens]))))) / math.log(base)


# %%
@misconception(
    caught_by="rounding_never_makes_it_negative",
    hint="Rounding can leave -1e-17 where the answer is 0. Cut the result off at 0.",
)
def lets_rounding_make_it_negative(p, q, base=math.e):
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
    return float(np.sum(p[happens] * (np.log(p[happens]) - np.log(q[happens])))) / math.log(base)

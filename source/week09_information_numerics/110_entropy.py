# %% [markdown]
# ### Entropy
#
# How surprised will you be, on average? An outcome of probability $p_i$ carries $\log_2 (1/p_i)$ bits of surprise.
# Entropy is the mean surprise. No clever series of yes/no questions finds the outcome with fewer questions on
# average. Decision trees use entropy to choose their splits.
#
# $$H(p) = -\sum_{i=1}^{k} p_i \log p_i$$
#
# Base 2 gives bits, base $e$ gives nats. An outcome with $p_i = 0$ contributes 0, because $t \log t \to 0$ for
# $t \to 0$.
#
# **By hand.** $p = (1/2, 1/4, 1/4)$. The surprises are 1, 2 and 2 bits. The mean is
# $\frac12 \cdot 1 + \frac14 \cdot 2 + \frac14 \cdot 2 = 1.5$ bits. In nats this is $1.5 \cdot \ln 2 = 1.0397$.
#
# Return the entropy as a number. Counts such as $(2, 1, 1)$ are not probabilities: refuse them.

# %%
from autograder.kit import T1, accepted, check, close, exercise, helper, hidden, holds, misconception, raises
from scipy import special

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("scipy.stats.entropy", "scipy.special.entr"),
    oracle="scipy.special.entr",
    section="Entropy",
    topics=(
        "r0-w9-entropy",
        "r1-t06-entropy",
        "r2-o7-entropy-cross-entropy",
        "r2-sum-information-theory",
        "r2-a4-entropy-cross-entropy",
        "r2-a4-entropy-scipy",
        "r2-b4-entropy-ce-kl",
        "r2-b4-entropy-scipy",
    ),
)

# %%
import math

import numpy as np


# %%
def entropy(p: np.ndarray, base: float = 2.0) -> float:
    """Return the Shannon entropy of a distribution.

    Parameters
    ----------
    p : array or list of shape (k,), the probabilities: no entry is negative and they sum to 1
    base : base of the logarithm, greater than 1; 2 gives bits, math.e gives nats

    Returns
    -------
    float : -sum of p_i log p_i, where an entry 0 contributes 0

    Raises
    ------
    ValueError : p is not one-dimensional, an entry is negative, or the sum differs from 1 by more than 1e-9
    ValueError : base is 1 or smaller
    """
    ### BEGIN SOLUTION
    p = np.asarray(p, dtype=float)
    if p.ndim != 1 or np.any(p < 0) or not abs(p.sum() - 1) <= 1e-9:
        raise ValueError("p must be a one-dimensional array of probabilities that sum to 1")
    if base <= 1:
        raise ValueError("base must be greater than 1")
    possible = p[p > 0]
    return float(-np.sum(possible * np.log(possible))) / math.log(base)
    ### END SOLUTION


# %%
@helper
def distribution(k, rng):
    """Return k random probabilities that sum to 1."""
    return rng.dirichlet(np.ones(k))


# %%
@check
def a_fair_coin_has_one_bit(entropy):
    """A fair coin has entropy 1 bit, which is log 2 = 0.693 nats."""
    close(entropy(np.array([0.5, 0.5])), 1.0, **T1, what="the entropy in bits")
    close(entropy(np.array([0.5, 0.5]), base=math.e), math.log(2), **T1, what="the entropy in nats")


# %%
@check
def the_worked_example_has_one_and_a_half_bits(entropy):
    """The distribution (1/2, 1/4, 1/4) has entropy 1.5 bits."""
    close(entropy(np.array([0.5, 0.25, 0.25])), 1.5, **T1, what="the entropy in bits")


# %%
@check
def counts_are_refused(entropy):
    """Counts do not sum to 1, so they raise ValueError."""
    raises(ValueError, entropy, np.array([2.0, 1.0, 1.0]))


# %%
@hidden(weight=2)
def an_impossible_outcome_changes_nothing(entropy, rng):
    """Adding outcomes of probability 0 leaves the entropy as it is, and certainty has entropy 0."""
    close(entropy([1, 0]), 0.0, **T1, what="the entropy of a certain outcome")
    for k in (1, 2, 3, 6):
        p = distribution(k, rng)
        expected = float(special.entr(p).sum()) / math.log(2)
        close(entropy(np.concatenate([[0.0], p, [0.0, 0.0]])), expected, **T1, what="the entropy with added zeros")
    close(entropy([0, 0, 1, 0]), 0.0, **T1, what="the entropy of a certain outcome")


# %%
@hidden(weight=2)
def the_value_is_right_for_random_distributions(entropy, rng):
    """The entropy of a random distribution is right for few and for many outcomes."""
    samples = [distribution(k, rng) for k in (1, 2, 3, 5, 20, 300)]
    for p in (*samples, np.array([0.9, 0.1 - 1e-12, 1e-12])):
        close(entropy(p), float(special.entr(p).sum()) / math.log(2), **T1, what="the entropy in bits")


# %%
@hidden
def another_base_only_changes_the_unit(entropy, rng):
    """The entropy in base b is the entropy in nats divided by log b."""
    for k, base in ((2, 10.0), (3, 1.5), (4, math.e), (7, 3), (11, 256)):
        p = distribution(k, rng)
        close(entropy(p, base=base), float(special.entr(p).sum()) / math.log(base), **T1, what="the entropy")


# %%
@hidden
def the_uniform_distribution_has_the_largest_entropy(entropy, rng):
    """The entropy lies between 0 and log k, and the uniform distribution reaches log k."""
    for k in (2, 3, 8, 33):
        value = entropy(distribution(k, rng))
        holds(-1e-12 <= value <= math.log2(k) + 1e-12, f"With {k} outcomes the entropy lies between 0 and log2({k}).")
        close(entropy(np.full(k, 1 / k)), math.log2(k), **T1, what="the entropy of the uniform distribution")


# %%
@hidden
def independent_variables_add_their_entropies(entropy, rng):
    """The pair of two independent variables has the sum of their entropies."""
    for m, n in ((2, 2), (2, 3), (5, 4)):
        p, q = distribution(m, rng), distribution(n, rng)
        both = np.outer(p, q).ravel()
        close(entropy(both), entropy(p) + entropy(q), **T1, what="the entropy of the pair")


# %%
@hidden
def two_steps_carry_as_much_as_one(entropy, rng):
    """Choosing a group first and then a member of the group gives the same entropy, in any order of the outcomes."""
    for k in (3, 4, 9):
        p = distribution(k, rng)
        group = p[0] + p[1]
        first = entropy(np.concatenate([[group], p[2:]]))
        second = group * entropy(p[:2] / group)
        close(entropy(rng.permutation(p)), first + second, **T1, what="the entropy compared with the two steps")


# %%
@hidden
def single_precision_loses_no_digits(entropy):
    """Probabilities in single precision are converted to float64 first, so the entropy keeps all its digits."""
    p = np.array([0.5, 0.25, 0.25], dtype=np.float32)
    close(entropy(p, base=10), 1.5 * math.log10(2), **T1, what="the entropy")


# %%
@hidden
def what_is_no_distribution_raises(entropy):
    """Negative entries, a wrong sum, a wrong shape and a base of 1 or less raise ValueError."""
    raises(ValueError, entropy, [1.5, -0.5])
    raises(ValueError, entropy, [0.5, 0.4])
    raises(ValueError, entropy, [0.5, 0.5 + 5e-9])
    raises(ValueError, entropy, [])
    raises(ValueError, entropy, [[0.5, 0.5]])
    raises(ValueError, entropy, 1.0)
    for base in (1.0, 0.5, 0.0, -2.0):
        raises(ValueError, entropy, [0.25, 0.75], base=base)
    close(entropy([0.5, 0.5 - 5e-10]), 1.0, rtol=0, atol=1e-8, what="the entropy when the sum is 1 up to rounding")


# %%
@accepted
def with_a_loop_over_the_outcomes(p, base=2.0):
    values = np.array(p, dtype=float)
    if len(values.shape) != 1 or values.size == 0 or values.min() < 0 or abs(math.fsum(values) - 1.0) > 1e-9:
        raise ValueError("not a distribution")
    if not base > 1:
        raise ValueError("not a base")
    total = 0.0
    for value in values.tolist():
        if value > 0:
            total -= value * math.log(value, base)
    return total


# %%
@accepted
def with_zeros_replaced_by_ones(p, base=2.0):
    p = np.asarray(p, dtype=np.float64)
    if p.ndim != 1 or (p < 0).any() or not np.isclose(p.sum(), 1.0, rtol=0, atol=1e-9):
        raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    surprise = -np.log2(np.where(p == 0, 1.0, p)) / np.log2(base)
    return float(p @ surprise)


# %%
@misconception(
    caught_by="an_impossible_outcome_changes_nothing",
    hint="0 times log(0) is NaN on a computer. Skip zero entries.",
)
def takes_the_logarithm_of_zero(p, base=2.0):
    p = np.asarray(p, dtype=float)
    if p.ndim != 1 or np.any(p < 0) or not abs(p.sum() - 1) <= 1e-9:
        raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    with np.errstate(all="ignore"):
        return float(-np.sum(p * np.log(p))) / math.log(base)


# %%
@misconception(
    caught_by="the_value_is_right_for_random_distributions",
    hint="A small number added inside the logarithm changes the answer; mask zeros instead.",
)
def adds_a_small_number_inside_the_logarithm(p, base=2.0):
    p = np.asarray(p, dtype=float)
    if p.ndim != 1 or np.any(p < 0) or not abs(p.sum() - 1) <= 1e-9:
        raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    return float(-np.sum(p * np.log(p + 1e-9))) / math.log(base)


# %%
@misconception(
    caught_by="a_fair_coin_has_one_bit",
    hint="np.log is the natural logarithm. Divide by log(base).",
)
def uses_the_natural_logarithm_for_every_base(p, base=2.0):
    p = np.asarray(p, dtype=float)
    if p.ndim != 1 or np.any(p < 0) or not abs(p.sum() - 1) <= 1e-9:
        raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    possible = p[p > 0]
    return float(-np.sum(possible * np.log(possible)))


# %%
@misconception(
    caught_by="another_base_only_changes_the_unit",
    hint="The result ignores the base. Divide the natural logarithm by log(base).",
)
def always_answers_in_bits(p, base=2.0):
    p = np.asarray(p, dtype=float)
    if p.ndim != 1 or np.any(p < 0) or not abs(p.sum() - 1) <= 1e-9:
        raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    possible = p[p > 0]
    return float(-np.sum(possible * np.log2(possible)))


# %%
@misconception(
    caught_by="counts_are_refused",
    hint="Counts are not probabilities; raise ValueError instead of dividing by the sum.",
)
def normalises_any_input_silently(p, base=2.0):
    p = np.asarray(p, dtype=float)
    if p.ndim != 1 or p.size == 0 or np.any(p < 0) or p.sum() == 0:
        raise ValueError("not a distribution")
    if base <= 1:
        raise ValueError("not a base")
    p = p / p.sum()
    possible = p[p > 0]
    return float(-np.sum(possible * np.log(possible))) / math.log(base)

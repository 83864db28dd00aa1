# %% [markdown]
# ### Expectation and variance of a table
#
# A random variable gives a number to every outcome: the payout of a ticket, the points of a die. Its expectation is the
# long-run mean, its variance says how far the values spread around it. Every loss function of machine learning is an
# expectation, estimated from data.
#
# A discrete random variable has values $x_1, \dots, x_k$ with probabilities $p_1, \dots, p_k$. Then
#
# $$\mathrm{E}[X] = \mu = \sum_{i=1}^{k} p_i x_i, \qquad
# \mathrm{Var}(X) = \sum_{i=1}^{k} p_i (x_i - \mu)^2 = \mathrm{E}[X^2] - \mu^2$$
#
# **By hand.** A lottery ticket pays 0 with probability $0.7$, pays 5 with $0.2$ and pays 20 with $0.1$. The expectation
# is $0 + 1 + 2 = 3$. The distances to 3 are $-3$, $2$ and $17$, so the variance is
# $0.7 \cdot 9 + 0.2 \cdot 4 + 0.1 \cdot 289 = 6.3 + 0.8 + 28.9 = 36$. The standard deviation is $\sqrt{36} = 6$. The
# plain mean of the three payouts would be $8.33$: it forgets that large payouts are rare.
#
# Return the expectation and the variance. Refuse probabilities that do not sum to 1: they are a mistake of the caller,
# and a silent repair would hide it.

# %%
from autograder.kit import T1, T2, accepted, check, close, exercise, helper, hidden, holds, misconception, raises
from scipy import stats

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("numpy.average", "numpy.cov", "scipy.stats.rv_discrete"),
    oracle="scipy.stats.rv_discrete",
    section="Random variables, expectation and variance",
    topics=(
        "r0-w6-goal",
        "r0-w6-random-variables",
        "r0-w6-expectation-variance",
        "r1-t03-random-variables",
        "r1-t03-expectation-variance",
        "r2-o2-random-variables",
        "r2-o2-expectation-variance",
        "r2-a2-random-variables",
        "r2-a2-expectation-variance-cov-corr",
        "r2-b2-expectation-variance-cov-corr",
        "r3-1-2-random-variables",
        "r4-prob-random-variables",
        "r4-prob-expectation",
        "r4-req-ps-probability-theory",
        "r4-req-ps-expectation-variance-sd",
    ),
)

# %%
import numpy as np


# %%
def discrete_moments(values: np.ndarray, probs: np.ndarray) -> tuple[float, float]:
    """Return the expectation and the variance of a discrete random variable.

    Parameters
    ----------
    values : array-like of shape (k,), the values that the variable takes, in any order; a value may occur twice
    probs : array-like of shape (k,), probs[i] is the probability of values[i]

    Returns
    -------
    (expectation, variance) : two floats

    Raises
    ------
    ValueError : values or probs is not one-dimensional, or their lengths differ
    ValueError : a probability is negative, or their sum differs from 1 by more than 1e-9
    """
    ### BEGIN SOLUTION
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if values.ndim != 1 or values.shape != probs.shape:
        raise ValueError("values and probs must be one-dimensional and equally long")
    if np.any(probs < 0) or not abs(probs.sum() - 1) <= 1e-9:
        raise ValueError("probs must be probabilities that sum to 1")
    mean = float(np.sum(probs * values))
    return mean, float(np.sum(probs * (values - mean) ** 2))
    ### END SOLUTION


# %%
@helper
def random_table(k, rng):
    """Return k different values and their probabilities."""
    return rng.choice(np.arange(-30, 31), size=k, replace=False) / 4, rng.dirichlet(np.ones(k))


# %%
@check
def the_lottery_ticket_of_the_worked_example(discrete_moments):
    """The ticket has the expectation 3 and the variance 36."""
    expected = (3.0, 36.0)
    close(discrete_moments(np.array([0.0, 5.0, 20.0]), np.array([0.7, 0.2, 0.1])), expected, **T1)


# %%
@check
def a_fair_die_has_3_5_and_35_over_12(discrete_moments):
    """A fair die has the expectation 3.5 and the variance 35/12."""
    close(discrete_moments([1, 2, 3, 4, 5, 6], [1 / 6] * 6), (3.5, 35 / 12), **T1)


# %%
@check
def a_negative_probability_raises(discrete_moments):
    """A negative probability raises ValueError, although the sum is 1."""
    raises(ValueError, discrete_moments, [1.0, 2.0, 3.0], [0.6, 0.6, -0.2])


# %%
@hidden(weight=2)
def agrees_with_scipy_on_random_tables(discrete_moments, rng):
    """Expectation and variance are right for random tables, from 1 value to 40."""
    for k in (1, 2, 3, 5, 12, 40):
        values, probs = random_table(k, rng)
        table = stats.rv_discrete(values=(np.sort(values * 4).astype(int), probs[np.argsort(values)]))
        expected = (float(table.mean()) / 4, float(table.var()) / 16)
        close(discrete_moments(values, probs), expected, **T2, what="(expectation, variance)")


# %%
@hidden
def shifting_and_scaling_follow_their_laws(discrete_moments, rng):
    """E[aX + b] = a E[X] + b and Var(aX + b) = a^2 Var(X)."""
    for k, a, b in ((2, 2.0, 1.0), (3, -1.0, 0.0), (4, 0.5, -7.0), (7, -3.0, 11.0), (3, 0.0, 4.0)):
        values, probs = random_table(k, rng)
        mean, variance = discrete_moments(values, probs)
        expected = (a * mean + b, a * a * variance)
        close(discrete_moments(a * values + b, probs), expected, **T2, what=f"the moments of {a} X + {b}")
        close(mean, float(sum((probs * values).tolist())), **T1, what="the expectation")


# %%
@hidden
def the_order_and_the_splitting_of_outcomes_do_not_matter(discrete_moments, rng):
    """Listing the outcomes in another order, or one outcome in two parts, changes nothing."""
    for k in (2, 3, 6):
        values, probs = random_table(k, rng)
        mean = float((probs * values).sum())
        expected = (mean, float((probs * (values - mean) ** 2).sum()))
        order = rng.permutation(k)
        close(discrete_moments(values[order], probs[order]), expected, **T1, what="the moments in another order")
        parts = np.concatenate([probs[:1] / 3, 2 * probs[:1] / 3, probs[1:], [0.0]])
        split = np.concatenate([values[:1], values[:1], values[1:], [1000.0]])
        close(discrete_moments(split, parts), expected, **T2, what="the moments of the split table")


# %%
@hidden
def the_variance_is_never_negative(discrete_moments, rng):
    """The variance of a constant is 0, also when values of probability 0 are listed; otherwise it is positive."""
    close(discrete_moments([7], [1]), (7.0, 0.0), **T1, what="the moments of a constant")
    close(discrete_moments([-2, 9, 4], [0, 0, 1]), (4.0, 0.0), **T1, what="the moments of a certain value")
    for k in (2, 5, 9):
        close(discrete_moments(np.full(k, 0.1), rng.dirichlet(np.ones(k)))[1], 0.0, **T1, what="the variance")
        holds(discrete_moments(*random_table(k, rng))[1] > 0, "Different values with positive chances have a spread.")


# %%
@hidden
def independent_variables_add_their_variances(discrete_moments, rng):
    """For two independent variables the sum has the sum of the expectations and the sum of the variances."""
    for m, n in ((2, 2), (3, 2), (4, 5)):
        (x, p), (y, q) = random_table(m, rng), random_table(n, rng)
        one, other = discrete_moments(x, p), discrete_moments(y, q)
        total = discrete_moments(np.add.outer(x, y).ravel(), np.outer(p, q).ravel())
        close(total, (one[0] + other[0], one[1] + other[1]), **T2, what="the moments of the sum")


# %%
@hidden
def single_precision_loses_no_digits(discrete_moments):
    """Arrays in single precision are converted to float64 first, so values and probabilities keep all their digits."""
    values = np.array([0.1, 0.7, 2.3], dtype=np.float32)
    x, p = values.astype(float), np.array([0.5, 0.25, 0.25])
    mean = float(p @ x)
    close(discrete_moments(values, p), (mean, float(p @ (x - mean) ** 2)), **T1, what="the moments")
    # The sum is exactly 1, but added up in single precision it is 1 - 2^-23.
    probs = np.array([1 - 2.0**-23, *[2.0**-25] * 4], dtype=np.float32)
    close(discrete_moments([0, 1, 2, 3, 4], probs)[0], 10 * 2.0**-25, rtol=1e-9, atol=0, what="the expectation")


# %%
@hidden
def what_is_no_distribution_raises(discrete_moments):
    """A sum that is not 1, different lengths, tables and empty lists raise ValueError."""
    raises(ValueError, discrete_moments, [1.0, 2.0], [0.5, 0.4])
    raises(ValueError, discrete_moments, [1.0, 2.0], [2, 2])
    raises(ValueError, discrete_moments, [1.0, 2.0], [0.5, 0.5 + 5e-9])
    raises(ValueError, discrete_moments, [1.0, 2.0, 3.0], [0.5, 0.5])
    raises(ValueError, discrete_moments, [3.0], [0.5, 0.5])
    raises(ValueError, discrete_moments, [[1.0, 2.0]], [[0.5, 0.5]])
    raises(ValueError, discrete_moments, [], [])
    mean, _ = discrete_moments([2.0, 4.0], [0.5, 0.5 - 5e-10])
    close(mean, 3.0, rtol=0, atol=1e-8, what="the expectation when the sum is 1 up to rounding")


# %%
@accepted
def with_a_loop_and_the_mean_of_the_squares(values, probs):
    numbers, weights = np.array(values, dtype=float), np.array(probs, dtype=float)
    if numbers.ndim != 1 or weights.ndim != 1 or len(numbers) != len(weights):
        raise ValueError("shapes")
    first = second = total = 0.0
    for number, weight in zip(numbers.tolist(), weights.tolist(), strict=True):
        if weight < 0:
            raise ValueError("negative")
        total += weight
        first += weight * number
        second += weight * number * number
    if abs(total - 1.0) > 1e-9:
        raise ValueError("sum")
    return first, second - first**2


# %%
@accepted
def with_dot_products(values, probs):
    x, p = np.asarray(values, dtype=np.float64), np.asarray(probs, dtype=np.float64)
    if x.ndim != 1 or p.ndim != 1 or x.size != p.size or x.size == 0:
        raise ValueError("shapes")
    if p.min() < 0 or not np.isclose(p.sum(), 1.0, rtol=0, atol=1e-9):
        raise ValueError("not a distribution")
    mu = p @ x
    centred = x - mu
    return float(mu), float(p @ (centred * centred))


# %%
@misconception(
    caught_by="the_lottery_ticket_of_the_worked_example",
    hint="Outcomes count with their probability: sum probs * values instead of taking the plain mean.",
)
def treats_all_values_as_equally_likely(values, probs):
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if values.ndim != 1 or values.shape != probs.shape:
        raise ValueError("values and probs must be one-dimensional and equally long")
    if np.any(probs < 0) or not abs(probs.sum() - 1) <= 1e-9:
        raise ValueError("probs must be probabilities that sum to 1")
    return float(np.mean(values)), float(np.var(values))


# %%
@misconception(
    caught_by="the_lottery_ticket_of_the_worked_example",
    hint="You returned the mean of the squares. Subtract the squared mean.",
)
def returns_the_mean_of_the_squares(values, probs):
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if values.ndim != 1 or values.shape != probs.shape:
        raise ValueError("values and probs must be one-dimensional and equally long")
    if np.any(probs < 0) or not abs(probs.sum() - 1) <= 1e-9:
        raise ValueError("probs must be probabilities that sum to 1")
    return float(np.sum(probs * values)), float(np.sum(probs * values**2))


# %%
@misconception(
    caught_by="what_is_no_distribution_raises",
    hint="Probabilities that do not sum to 1 are a mistake. Tell the caller with a ValueError; do not repair them.",
)
def normalises_wrong_probabilities_silently(values, probs):
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if values.ndim != 1 or values.shape != probs.shape or values.size == 0:
        raise ValueError("values and probs must be one-dimensional and equally long")
    if np.any(probs < 0):
        raise ValueError("probs must not be negative")
    probs = probs / probs.sum()
    mean = float(np.sum(probs * values))
    return mean, float(np.sum(probs * (values - mean) ** 2))


# %%
@misconception(
    caught_by="the_lottery_ticket_of_the_worked_example",
    hint="You returned the standard deviation. The variance is its square.",
)
def returns_the_standard_deviation(values, probs):
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if values.ndim != 1 or values.shape != probs.shape:
        raise ValueError("values and probs must be one-dimensional and equally long")
    if np.any(probs < 0) or not abs(probs.sum() - 1) <= 1e-9:
        raise ValueError("probs must be probabilities that sum to 1")
    mean = float(np.sum(probs * values))
    return mean, float(np.sqrt(np.sum(probs * (values - mean) ** 2)))


# %%
@misconception(
    caught_by="what_is_no_distribution_raises",
    hint="zip stops at the shorter list, so values are lost. Check the lengths first.",
)
def pairs_lists_of_different_lengths(values, probs):
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if values.ndim != 1 or probs.ndim != 1 or np.any(probs < 0) or not abs(probs.sum() - 1) <= 1e-9:
        raise ValueError("probs must be probabilities that sum to 1")
    pairs = list(zip(values.tolist(), probs.tolist(), strict=False))
    mean = sum(p * x for x, p in pairs)
    return float(mean), float(sum(p * (x - mean) ** 2 for x, p in pairs))

# %% [markdown]
# ### Log-likelihood of yes/no data
#
# A Bernoulli variable is 1 with probability $p$ and 0 otherwise: a coin, a click, a sick patient. Now turn the question
# round. You have seen data $x_1, \dots, x_n$, and you ask how well a value of $p$ explains them. The likelihood is the
# probability of exactly these data. Training a classifier means making it large.
#
# For independent observations the likelihood is a product, so its logarithm is a sum:
#
# $$\ell(p) = \log \prod_{i=1}^{n} p^{x_i} (1-p)^{1-x_i}
# = \sum_{i=1}^{n} \bigl( x_i \log p + (1 - x_i) \log (1-p) \bigr)$$
#
# The product of a few thousand factors is 0 on a computer. The sum is an ordinary number. It is largest when $p$ is the
# share of ones in the data, and $-\ell(p)/n$ is the log-loss that you meet again in week 10.
#
# **By hand.** $x = (1, 0, 1, 1)$. For $p = 0.75$: $3 \log 0.75 + \log 0.25 = -0.8630 - 1.3863 = -2.2493$. For
# $p = 0.5$: $4 \log 0.5 = -2.7726$. The first value is larger: $0.75$ is the share of ones, so it explains the data
# better.
#
# Return the sum. A value $p = 0$ can explain data without a single 1: then nothing surprising happened and the result
# is 0. As soon as there is a 1, the data are impossible and the result is $-\infty$. For $p = 1$ exchange the roles.

# %%
from autograder.kit import T1, T2, accepted, check, close, exercise, hidden, holds, misconception, raises
from scipy import special, stats
from sklearn.metrics import log_loss

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("scipy.stats.bernoulli*", "scipy.stats.binom*", "sklearn.metrics.log_loss"),
    oracle="scipy.stats.bernoulli and sklearn.metrics.log_loss",
    section="Counting distributions",
    topics=(
        "r2-o2-bernoulli-binomial",
        "r2-o2-mle",
        "r2-a2-distributions",
        "r2-b2-distributions",
        "r3-1-2-bernoulli",
        "r3-1-2-fix-bernoulli",
        "r4-prob-distributions",
        "r4-req-ps-distributions",
    ),
)

# %%
import math

import numpy as np


# %%
def bernoulli_loglik(p: float, x: np.ndarray) -> float:
    """Return the log-likelihood of 0/1 data under a Bernoulli distribution.

    Parameters
    ----------
    p : probability of a 1, 0 and 1 included
    x : array-like of shape (n,), every entry is 0 or 1; without data the result is 0

    Returns
    -------
    float : the sum of log p over the ones and of log(1 - p) over the zeros;
        -math.inf when a value occurs that has probability 0

    Raises
    ------
    ValueError : p lies outside [0, 1]
    ValueError : x is not one-dimensional, or an entry is neither 0 nor 1
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if not 0 <= p <= 1:
        raise ValueError("p must lie between 0 and 1")
    if x.ndim != 1 or not np.all((x == 0) | (x == 1)):
        raise ValueError("x must be a one-dimensional array of zeros and ones")
    ones = int(x.sum())
    zeros = len(x) - ones
    if (ones and p == 0) or (zeros and p == 1):
        return -math.inf
    total = ones * math.log(p) if ones else 0.0
    return total + zeros * math.log1p(-p) if zeros else total
    ### END SOLUTION


# %%
@check
def the_worked_example_has_minus_2_249(bernoulli_loglik):
    """For x = (1, 0, 1, 1) and p = 0.75 the result is 3 log 0.75 + log 0.25 = -2.2493."""
    expected = 3 * math.log(0.75) + math.log(0.25)
    close(bernoulli_loglik(0.75, np.array([1.0, 0.0, 1.0, 1.0])), expected, **T1, what="the log-likelihood")


# %%
@check
def impossible_data_give_minus_infinity(bernoulli_loglik):
    """With p = 0 a single 1 makes the data impossible."""
    close(bernoulli_loglik(0.0, [0, 1, 0]), -math.inf, what="the log-likelihood of impossible data")


# %%
@check
def a_probability_above_one_raises(bernoulli_loglik):
    """A probability above 1 raises ValueError."""
    raises(ValueError, bernoulli_loglik, 1.5, [0, 1])


# %%
@hidden(weight=2)
def agrees_with_scipy_on_random_data(bernoulli_loglik, rng):
    """The log-likelihood of random data is right, from one observation to 500."""
    for n in (1, 2, 3, 8, 50, 500):
        p = float(rng.uniform(0.05, 0.95))
        x = rng.integers(0, 2, size=n)
        expected = float(stats.bernoulli.logpmf(x, p).sum())
        close(bernoulli_loglik(p, x), expected, **T1, what=f"the log-likelihood of {n} observations")


# %%
@hidden
def only_the_number_of_ones_counts(bernoulli_loglik, rng):
    """The order of the data does not matter, and two samples together have the sum of their log-likelihoods."""
    for n in (2, 5, 30):
        p = float(rng.uniform(0.1, 0.9))
        x, y = (rng.random(n) < 0.3).astype(float), (rng.random(n + 1) < 0.7).astype(float)
        one, other = bernoulli_loglik(p, x), bernoulli_loglik(p, y)
        expected = float(special.xlogy(x, p).sum() + special.xlog1py(1 - x, -p).sum())
        close(one, expected, **T1, what="the log-likelihood")
        both = rng.permutation(np.concatenate([x, y]))
        close(bernoulli_loglik(p, both), one + other, **T1, what="the log-likelihood of both samples")


# %%
@hidden
def the_share_of_ones_explains_the_data_best(bernoulli_loglik, rng):
    """No other p has a larger log-likelihood than the share of ones."""
    for n in (2, 3, 7, 20):
        x = rng.permutation(np.arange(n) < rng.integers(1, n)).astype(float)
        best = bernoulli_loglik(float(x.mean()), x)
        for p in (0.0, 0.01, 0.2, 0.45, 0.6, 0.85, 0.99, 1.0):
            holds(bernoulli_loglik(p, x) <= best + 1e-12, "The share of ones should have the largest log-likelihood.")
        close(best, n * float(special.xlogy(x.mean(), x.mean()) + special.xlog1py(1 - x.mean(), -x.mean())), **T1)


# %%
@hidden
def minus_the_mean_is_the_log_loss(bernoulli_loglik, rng):
    """Minus the log-likelihood divided by n is the log-loss of a forecast that always says p."""
    for n in (2, 6, 40):
        p = float(rng.uniform(0.02, 0.98))
        x = rng.permutation(np.arange(n) % 3 == 0).astype(int)
        expected = float(log_loss(x, np.full(n, p), labels=[0, 1]))
        close(-bernoulli_loglik(p, x) / n, expected, **T2, what="minus the mean log-likelihood")


# %%
@hidden
def long_data_do_not_underflow(bernoulli_loglik, rng):
    """For 3000 observations the product of the probabilities is too small for a float, but the result is finite."""
    for p in (0.5, 0.1, 1e-9, 1 - 1e-9):
        x = (rng.random(3000) < 0.4).astype(float)
        expected = float(x.sum() * math.log(p) + (3000 - x.sum()) * math.log1p(-p))
        close(bernoulli_loglik(p, x), expected, **T2, what=f"the log-likelihood for p = {p}")


# %%
@hidden
def half_precision_loses_no_ones(bernoulli_loglik):
    """Data in half precision are converted to float64 first: 2049 ones are 2049, not the 2048 that fit a float16."""
    value = bernoulli_loglik(0.25, np.ones(2049, dtype=np.float16))
    close(value, 2049 * math.log(0.25), **T1, what="the log-likelihood of 2049 ones")


# %%
@hidden
def certain_data_have_log_likelihood_zero(bernoulli_loglik):
    """With p = 0 and only zeros, or p = 1 and only ones, nothing is surprising; one wrong value is impossible."""
    for n in (1, 2, 9):
        close(bernoulli_loglik(0.0, np.zeros(n)), 0.0, **T1, what="the log-likelihood for p = 0 and only zeros")
        close(bernoulli_loglik(1, [1] * n), 0.0, **T1, what="the log-likelihood for p = 1 and only ones")
        close(bernoulli_loglik(1.0, [1] * n + [0]), -math.inf, what="the log-likelihood for p = 1 and a zero")
        close(bernoulli_loglik(0, np.arange(n + 1) == n), -math.inf, what="the log-likelihood for p = 0 and a one")
    close(bernoulli_loglik(0.3, []), 0.0, **T1, what="the log-likelihood without data")
    close(bernoulli_loglik(0.0, []), 0.0, **T1, what="the log-likelihood without data")


# %%
@hidden
def other_values_than_0_and_1_raise(bernoulli_loglik):
    """Entries other than 0 and 1, a table, and p outside [0, 1] raise ValueError."""
    raises(ValueError, bernoulli_loglik, 0.5, [0, 1, 2])
    raises(ValueError, bernoulli_loglik, 0.5, [-1, 1])
    raises(ValueError, bernoulli_loglik, 0.5, [0.5])
    raises(ValueError, bernoulli_loglik, 0.5, [[0, 1], [1, 1]])
    raises(ValueError, bernoulli_loglik, -0.1, [0, 0])
    raises(ValueError, bernoulli_loglik, 1.0000001, [1, 1])


# %%
@accepted
def observation_by_observation(p, x):
    if p < 0 or p > 1:
        raise ValueError("p")
    if np.ndim(x) != 1:
        raise ValueError("shape")
    total = 0.0
    for value in np.asarray(x, dtype=float).tolist():
        if value not in (0.0, 1.0):
            raise ValueError("neither 0 nor 1")
        chance = p if value == 1.0 else 1 - p
        total += math.log(chance) if chance > 0 else -math.inf
    return total


# %%
@accepted
def with_functions_that_know_zero_times_log_zero(p, x):
    data = np.array(x, dtype=float)
    if not (p >= 0 and p <= 1) or data.ndim != 1 or np.any(data * (1 - data) != 0):
        raise ValueError("p or x")
    return float(np.sum(special.xlogy(data, p) + special.xlog1py(1 - data, -p)))


# %%
@misconception(
    caught_by="long_data_do_not_underflow",
    hint="The product becomes 0 for many observations. Take the logarithm of each factor and add.",
)
def takes_the_logarithm_of_the_product(p, x):
    x = np.asarray(x, dtype=float)
    if not 0 <= p <= 1:
        raise ValueError("p must lie between 0 and 1")
    if x.ndim != 1 or not np.all((x == 0) | (x == 1)):
        raise ValueError("x must be a one-dimensional array of zeros and ones")
    product = math.prod(np.where(x == 1, p, 1 - p).tolist())
    return math.log(product) if product > 0 else -math.inf


# %%
@misconception(
    caught_by="certain_data_have_log_likelihood_zero",
    hint="0 times log 0 is NaN on a computer. Count ones and zeros, and skip the term of the value that never occurs.",
)
def multiplies_zero_by_the_logarithm_of_zero(p, x):
    x = np.asarray(x, dtype=float)
    if not 0 <= p <= 1:
        raise ValueError("p must lie between 0 and 1")
    if x.ndim != 1 or not np.all((x == 0) | (x == 1)):
        raise ValueError("x must be a one-dimensional array of zeros and ones")
    with np.errstate(all="ignore"):
        return float(np.sum(x * np.log(p) + (1 - x) * np.log1p(-p)))


# %%
@misconception(
    caught_by="the_worked_example_has_minus_2_249",
    hint="You returned the mean. The log-likelihood is the sum over all observations.",
)
def returns_the_mean(p, x):
    x = np.asarray(x, dtype=float)
    if not 0 <= p <= 1:
        raise ValueError("p must lie between 0 and 1")
    if x.ndim != 1 or not np.all((x == 0) | (x == 1)):
        raise ValueError("x must be a one-dimensional array of zeros and ones")
    if len(x) == 0:
        return 0.0
    with np.errstate(all="ignore"):
        return float(np.mean(np.log(np.where(x == 1, p, 1 - p))))


# %%
@misconception(
    caught_by="the_worked_example_has_minus_2_249",
    hint="The zeros count too: each of them adds log(1 - p).",
)
def forgets_the_zeros(p, x):
    x = np.asarray(x, dtype=float)
    if not 0 <= p <= 1:
        raise ValueError("p must lie between 0 and 1")
    if x.ndim != 1 or not np.all((x == 0) | (x == 1)):
        raise ValueError("x must be a one-dimensional array of zeros and ones")
    ones = int(x.sum())
    if ones == 0:
        return 0.0
    return ones * math.log(p) if p > 0 else -math.inf


# %%
@misconception(
    caught_by="the_worked_example_has_minus_2_249",
    hint="The data came in one particular order. Leave out the binomial coefficient, which counts all orders.",
)
def adds_the_number_of_orders(p, x):
    x = np.asarray(x, dtype=float)
    if not 0 <= p <= 1:
        raise ValueError("p must lie between 0 and 1")
    if x.ndim != 1 or not np.all((x == 0) | (x == 1)):
        raise ValueError("x must be a one-dimensional array of zeros and ones")
    n, ones = len(x), float(x.sum())
    orders = special.gammaln(n + 1) - special.gammaln(ones + 1) - special.gammaln(n - ones + 1)
    return float(orders + special.xlogy(ones, p) + special.xlog1py(n - ones, -p))


# %%
@misconception(
    caught_by="impossible_data_give_minus_infinity",
    hint="Impossible data have the log-likelihood -infinity. A small number inside the logarithm hides this.",
)
def keeps_p_away_from_zero_and_one(p, x):
    x = np.asarray(x, dtype=float)
    if not 0 <= p <= 1:
        raise ValueError("p must lie between 0 and 1")
    if x.ndim != 1 or not np.all((x == 0) | (x == 1)):
        raise ValueError("x must be a one-dimensional array of zeros and ones")
    p = min(max(p, 1e-15), 1 - 1e-15)
    return float(x.sum() * math.log(p) + (1 - x).sum() * math.log1p(-p))

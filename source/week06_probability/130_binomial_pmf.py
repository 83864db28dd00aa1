# %% [markdown]
# ### Binomial probabilities
#
# Repeat the same yes/no experiment $n$ times: 100 visitors, each buys with probability $p$. How likely are exactly $k$
# sales? This is the binomial distribution. With $n = 1$ it is the Bernoulli distribution, a single yes or no.
#
# One particular order with $k$ successes has the probability $p^k (1-p)^{n-k}$, and there are $\binom nk$ orders:
#
# $$P(X = k) = \binom nk p^k (1-p)^{n-k}, \qquad k = 0, 1, \dots, n$$
#
# For large $n$ this formula breaks on a computer: $\binom nk$ is too large for a float and $p^k$ is too small. Add
# logarithms instead and exponentiate once:
#
# $$\log P(X = k) = \log n! - \log k! - \log (n-k)! + k \log p + (n-k) \log (1-p)$$
#
# The function `special.gammaln` of SciPy gives logarithms of factorials for whole arrays: $\log k!$ is
# `gammaln(k + 1)`. For one number, `math.lgamma` does the same. The extremes $p = 0$ and $p = 1$ need care, because
# $\log 0$ is infinite.
#
# **By hand.** Four tosses of a fair coin, $k = 2$. The logarithms of the factorials are $\log 4! = 3.178$ and
# $\log 2! = 0.693$. The sum is $3.178 - 0.693 - 0.693 + 2 \cdot (-0.693) + 2 \cdot (-0.693) = -0.981$, and
# $e^{-0.981} = 0.375$. Check: $6/16$.
#
# Return a float for one number $k$, and an array of the same shape for an array.

# %%
from autograder.kit import T1, T2, accepted, array, check, close, exercise, hidden, holds, misconception, raises
from scipy import stats

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.stats.binom*", "scipy.stats.multinomial", "scipy.special.bdtr*"),
    oracle="scipy.stats.binom",
    section="Counting distributions",
    topics=(
        "r0-strategy-step4-implement",
        "r0-w6-distributions",
        "r1-t03-distributions",
        "r2-o2-distributions",
        "r2-o2-bernoulli-binomial",
        "r2-sum-probability-statistics",
        "r2-a2-distributions",
        "r2-b2-distributions",
        "r3-1-2-distributions",
        "r3-1-2-bernoulli",
        "r3-1-2-fix-bernoulli",
        "r4-prob-distributions",
        "r4-req-ps-distributions",
    ),
)

# %%
import math

import numpy as np
from scipy import special


# %%
def binomial_pmf(k: float | np.ndarray, n: int, p: float) -> float | np.ndarray:
    """Return the probability of exactly k successes in n independent trials.

    Parameters
    ----------
    k : a whole number, or an array-like of whole numbers of any shape; a number outside 0..n has probability 0
    n : number of trials, 0 or more; it may be as large as 1e6
    p : probability of success in one trial, 0 and 1 included

    Returns
    -------
    float when k is a single number, otherwise an array of floats with the shape of k

    Raises
    ------
    ValueError : n is negative, or p lies outside [0, 1]
    """
    ### BEGIN SOLUTION
    k = np.asarray(k, dtype=float)
    if n < 0 or not 0 <= p <= 1:
        raise ValueError("n must not be negative, and p must lie between 0 and 1")
    if p in (0, 1):
        result = np.where(k == n * p, 1.0, 0.0)
    else:
        possible = (k >= 0) & (k <= n)
        hits = np.where(possible, k, 0.0)
        logs = special.gammaln(n + 1) - special.gammaln(hits + 1) - special.gammaln(n - hits + 1)
        logs = logs + hits * math.log(p) + (n - hits) * math.log1p(-p)
        result = np.where(possible, np.exp(logs), 0.0)
    return float(result) if result.ndim == 0 else result
    ### END SOLUTION


# %%
@check
def four_tosses_of_a_fair_coin(binomial_pmf):
    """Four tosses of a fair coin show 0 to 4 heads with the probabilities 1, 4, 6, 4 and 1 sixteenths."""
    close(binomial_pmf(2, 4, 0.5), 0.375, rtol=1e-8, what="the probability of 2 heads")
    value = binomial_pmf(np.array([0, 1, 2, 3, 4]), 4, 0.5)
    close(value, np.array([1, 4, 6, 4, 1]) / 16, rtol=1e-8, what="the probabilities of 0 to 4 heads")


# %%
@check
def impossible_counts_have_probability_zero(binomial_pmf):
    """Fewer than 0 or more than n successes have the probability 0."""
    close(binomial_pmf(-1, 3, 0.2), 0.0, what="the probability of -1 successes")
    close(binomial_pmf([4, 3], 3, 0.2), np.array([0.0, 0.008]), rtol=1e-8, what="the probabilities of 4 and of 3")


# %%
@check
def a_probability_above_one_raises(binomial_pmf):
    """A success probability above 1 raises ValueError."""
    raises(ValueError, binomial_pmf, 1, 3, 1.2)


# %%
@hidden(weight=2)
def agrees_with_scipy_for_all_counts(binomial_pmf, rng):
    """For few and for many trials, every probability agrees with scipy, also outside 0..n."""
    for n in (0, 1, 2, 3, 7, 25, 150):
        p = float(rng.uniform(0.05, 0.95))
        k = np.arange(-2, n + 3)
        close(binomial_pmf(k, n, p), stats.binom.pmf(k, n, p), rtol=1e-8, atol=1e-300, what=f"the case n = {n}")


# %%
@hidden
def the_probabilities_sum_to_one_with_mean_np(binomial_pmf, rng):
    """The probabilities sum to 1, with the mean n p and the variance n p (1 - p)."""
    for n in (1, 2, 5, 60):
        p = float(rng.uniform(0.1, 0.9))
        k = np.arange(n + 1.0)
        pmf = array(binomial_pmf(k, n, p), (n + 1,), what="the probabilities of 0 to n")
        close(float(pmf.sum()), 1.0, **T2, what="the sum of the probabilities")
        close(float(k @ pmf), n * p, **T2, what="the mean")
        close(float((k - n * p) ** 2 @ pmf), n * p * (1 - p), **T2, what="the variance")


# %%
@hidden
def successes_and_failures_can_be_exchanged(binomial_pmf, rng):
    """k successes with p are as likely as n - k successes with 1 - p."""
    for n in (1, 2, 6, 40):
        k = rng.integers(0, n + 1, size=5)
        p = float(rng.uniform(0.2, 0.4))
        one, other = binomial_pmf(k, n, p), binomial_pmf(n - k, n, 1 - p)
        close(one, other, rtol=1e-8, atol=1e-300, what="the probability compared with the exchanged one")
        holds(np.all(array(one, (5,)) > 0), "Every count from 0 to n should have a positive probability.")


# %%
@hidden
def one_trial_is_a_bernoulli_variable(binomial_pmf, rng):
    """With n = 1 the probability of 1 is p and that of 0 is 1 - p; with n = 0 the count 0 is certain."""
    for p in rng.uniform(0.01, 0.99, size=3).tolist():
        close(binomial_pmf([1, 0], 1, p), np.array([p, 1 - p]), **T2, what="the probabilities of 1 and 0")
        close(binomial_pmf([0, 1, -1], 0, p), np.array([1.0, 0.0, 0.0]), **T1, what="the case n = 0")


# %%
@hidden(weight=2)
def many_trials_do_not_overflow(binomial_pmf, rng):
    """With 2000 or a million trials the probabilities are still right, in the middle and far away from it."""
    close(binomial_pmf(0, 1000, 0.5), 2.0**-1000, rtol=1e-8, atol=0, what="the probability of 0 heads in 1000 tosses")
    for n in (2000, 100_000, 1_000_000):
        p = float(rng.uniform(0.2, 0.8))
        k = np.round(n * p + np.arange(-4, 5) * np.sqrt(n * p * (1 - p)))
        close(binomial_pmf(k, n, p), stats.binom.pmf(k, n, p), rtol=1e-8, atol=0, what=f"the case n = {n}")
    close(binomial_pmf(3, 1_000_000, 2e-6), float(stats.binom.pmf(3, 1_000_000, 2e-6)), rtol=1e-8, atol=0)


# %%
@hidden
def the_extremes_of_p_are_certain(binomial_pmf):
    """With p = 0 there are surely 0 successes, with p = 1 surely n."""
    for n in (0, 1, 4, 3000):
        k = np.array([0, 1, n - 1, n, n + 1])
        close(binomial_pmf(k, n, 0.0), (k == 0).astype(float), **T1, what=f"the case p = 0, n = {n}")
        close(binomial_pmf(k, n, 1), (k == n).astype(float), **T1, what=f"the case p = 1, n = {n}")
    close(binomial_pmf(0, 5, 0), 1.0, **T1, what="the probability of 0 successes for p = 0")


# %%
@hidden
def every_shape_is_kept(binomial_pmf):
    """A table of counts gives a table of probabilities, and a list of length 1 an array of length 1."""
    value = binomial_pmf([[0, 1, 2], [2, 1, 5]], 2, 0.25)
    expected = np.array([[0.5625, 0.375, 0.0625], [0.0625, 0.375, 0.0]])
    close(value, expected, rtol=1e-8, what="the probabilities of a table")
    close(binomial_pmf([2], 2, 0.25), np.array([0.0625]), rtol=1e-8, what="the probability of a list of one count")


# %%
@hidden
def single_precision_loses_no_digits(binomial_pmf):
    """Counts in single precision are converted to float64 first: the probabilities keep eight digits and more."""
    value = binomial_pmf(np.array([0, 3, 11], dtype=np.float32), 25, 0.3)
    close(value, stats.binom.pmf([0, 3, 11], 25, 0.3), rtol=1e-8, atol=0, what="the probabilities of 0, 3 and 11")


# %%
@hidden
def impossible_parameters_raise(binomial_pmf):
    """A negative n, and p below 0 or above 1, raise ValueError."""
    raises(ValueError, binomial_pmf, 0, -1, 0.5)
    raises(ValueError, binomial_pmf, [0, 1], -3, 0)
    raises(ValueError, binomial_pmf, [0, 1], 3, -0.01)
    raises(ValueError, binomial_pmf, 2, 3, 1.0000001)


# %%
@accepted
def count_by_count(k, n, p):
    if n < 0 or p < 0 or p > 1:
        raise ValueError("parameters")

    def of_one(count):
        if count < 0 or count > n:
            return 0.0
        if p == 0:
            return 1.0 if count == 0 else 0.0
        if p == 1:
            return 1.0 if count == n else 0.0
        orders = math.lgamma(n + 1) - math.lgamma(count + 1) - math.lgamma(n - count + 1)
        return math.exp(orders + count * math.log(p) + (n - count) * math.log1p(-p))

    counts = np.array(k, dtype=float)
    if counts.ndim == 0:
        return of_one(float(counts))
    return np.array([of_one(count) for count in counts.ravel().tolist()], dtype=float).reshape(counts.shape)


# %%
@accepted
def with_functions_that_know_zero_times_log_zero(k, n, p):
    if n < 0 or not (p >= 0 and p <= 1):
        raise ValueError("parameters")
    k = np.asarray(k, dtype=np.float64)
    inside = np.clip(k, 0, n)
    logs = special.gammaln(n + 1) - special.gammaln(inside + 1) - special.gammaln(n - inside + 1)
    logs += special.xlogy(inside, p) + special.xlog1py(n - inside, -p)
    result = np.exp(logs) * (inside == k)
    return result if result.ndim else float(result)


# %%
@misconception(
    caught_by="many_trials_do_not_overflow",
    hint="The number of orders is too large for a float. Add logarithms and exponentiate once.",
)
def multiplies_huge_and_tiny_numbers(k, n, p):
    k = np.asarray(k, dtype=float)
    if n < 0 or not 0 <= p <= 1:
        raise ValueError("n must not be negative, and p must lie between 0 and 1")

    def of_one(count):
        if not 0 <= count <= n:
            return 0.0
        return math.comb(n, int(count)) * p ** int(count) * (1 - p) ** int(n - count)

    result = np.array([of_one(count) for count in k.ravel().tolist()], dtype=float).reshape(k.shape)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="the_extremes_of_p_are_certain",
    hint="0 times log 0 is NaN on a computer. Treat p = 0 and p = 1 first.",
)
def takes_the_logarithm_of_zero(k, n, p):
    k = np.asarray(k, dtype=float)
    if n < 0 or not 0 <= p <= 1:
        raise ValueError("n must not be negative, and p must lie between 0 and 1")
    possible = (k >= 0) & (k <= n)
    hits = np.where(possible, k, 0.0)
    logs = special.gammaln(n + 1) - special.gammaln(hits + 1) - special.gammaln(n - hits + 1)
    with np.errstate(all="ignore"):
        logs = logs + hits * np.log(p) + (n - hits) * np.log1p(-p)
        result = np.where(possible, np.exp(logs), 0.0)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="four_tosses_of_a_fair_coin",
    hint="You added up P(X <= k), the distribution function. Only exactly k successes are wanted.",
)
def returns_the_distribution_function(k, n, p):
    k = np.asarray(k, dtype=float)
    if n < 0 or not 0 <= p <= 1:
        raise ValueError("n must not be negative, and p must lie between 0 and 1")
    everything = np.arange(n + 1.0)
    logs = special.gammaln(n + 1) - special.gammaln(everything + 1) - special.gammaln(n - everything + 1)
    pmf = np.exp(logs + special.xlogy(everything, p) + special.xlog1py(n - everything, -p))
    result = np.where((k >= 0) & (k <= n), np.cumsum(pmf)[np.clip(k, 0, n).astype(int)], 0.0)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="four_tosses_of_a_fair_coin",
    hint="This is the probability of one particular order. Multiply by the number of orders, n over k.",
)
def counts_one_order_only(k, n, p):
    k = np.asarray(k, dtype=float)
    if n < 0 or not 0 <= p <= 1:
        raise ValueError("n must not be negative, and p must lie between 0 and 1")
    if p in (0, 1):
        result = np.where(k == n * p, 1.0, 0.0)
    else:
        possible = (k >= 0) & (k <= n)
        hits = np.where(possible, k, 0.0)
        result = np.where(possible, np.exp(hits * math.log(p) + (n - hits) * math.log1p(-p)), 0.0)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="one_trial_is_a_bernoulli_variable",
    hint="p belongs to the k successes and 1 - p to the n - k failures. You exchanged them.",
)
def exchanges_success_and_failure(k, n, p):
    k = np.asarray(k, dtype=float)
    if n < 0 or not 0 <= p <= 1:
        raise ValueError("n must not be negative, and p must lie between 0 and 1")
    possible = (k >= 0) & (k <= n)
    hits = np.where(possible, k, 0.0)
    logs = special.gammaln(n + 1) - special.gammaln(hits + 1) - special.gammaln(n - hits + 1)
    logs = logs + special.xlogy(n - hits, p) + special.xlog1py(hits, -p)
    result = np.where(possible, np.exp(logs), 0.0)
    return float(result) if result.ndim == 0 else result

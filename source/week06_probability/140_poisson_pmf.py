# %% [markdown]
# ### Poisson probabilities
#
# How many mails arrive in an hour, how many typos are on a page? There is no number of trials, only a mean number
# $\lambda$ of events. If the events come independently of each other and at a constant rate, their number has the
# Poisson distribution:
#
# $$P(X = k) = \frac{\lambda^k}{k!} e^{-\lambda}, \qquad k = 0, 1, 2, \dots$$
#
# Its mean and its variance are both $\lambda$. It is also the limit of the binomial distribution: many trials $n$, each
# with the small chance $\lambda / n$.
#
# For $\lambda = 800$ the power and the factorial are both too large for a float, although their quotient is harmless.
# Work with logarithms, as for the binomial distribution:
#
# $$\log P(X = k) = k \log \lambda - \lambda - \log k!$$
#
# Remember $\log k! =$ `special.gammaln(k + 1)`. For $\lambda = 0$ nothing ever happens: 0 events are certain.
#
# **By hand.** Two mails per hour, so $\lambda = 2$. For $k = 3$:
# $P(X = 3) = \frac{8}{6} e^{-2} = 1.3333 \cdot 0.1353 = 0.1804$. The next value follows from the ratio
# $\lambda / (k + 1)$: $P(X = 4) = 0.1804 \cdot \frac24 = 0.0902$.
#
# Return a float for one number $k$, and an array of the same shape for an array. A negative $k$ has probability 0.

# %%
from autograder.kit import T1, T2, accepted, array, check, close, exercise, hidden, holds, misconception, raises
from scipy import stats

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.stats.poisson*", "scipy.special.pdtr*"),
    oracle="scipy.stats.poisson",
    section="Counting distributions",
    topics=(
        "r0-w6-distributions",
        "r1-t03-distributions",
        "r2-o2-distributions",
        "r2-o2-poisson",
        "r2-sum-probability-statistics",
        "r2-a2-distributions",
        "r2-b2-distributions",
    ),
)

# %%
import math

import numpy as np
from scipy import special


# %%
def poisson_pmf(k: float | np.ndarray, lam: float) -> float | np.ndarray:
    """Return the probability of exactly k events when lam events are expected.

    Parameters
    ----------
    k : a whole number, or an array-like of whole numbers of any shape; a negative number has probability 0
    lam : the mean number of events, 0 or more

    Returns
    -------
    float when k is a single number, otherwise an array of floats with the shape of k

    Raises
    ------
    ValueError : lam is negative
    """
    ### BEGIN SOLUTION
    k = np.asarray(k, dtype=float)
    if not lam >= 0:
        raise ValueError("lam must not be negative")
    if lam == 0:
        result = np.where(k == 0, 1.0, 0.0)
    else:
        count = np.maximum(k, 0.0)
        result = np.where(k >= 0, np.exp(count * math.log(lam) - lam - special.gammaln(count + 1)), 0.0)
    return float(result) if result.ndim == 0 else result
    ### END SOLUTION


# %%
@check
def two_mails_per_hour(poisson_pmf):
    """With 2 mails per hour, 0 to 3 mails have the probabilities 1, 2, 2 and 4/3 times exp(-2)."""
    expected = np.array([1, 2, 2, 4 / 3]) * math.exp(-2)
    close(poisson_pmf(np.array([0, 1, 2, 3]), 2.0), expected, rtol=1e-8, what="the probabilities of 0 to 3 mails")
    close(poisson_pmf(3, 2.0), 4 / 3 * math.exp(-2), rtol=1e-8, what="the probability of 3 mails")


# %%
@check
def a_negative_mean_raises(poisson_pmf):
    """A negative mean number of events raises ValueError."""
    raises(ValueError, poisson_pmf, 1, -0.5)


# %%
@hidden(weight=2)
def agrees_with_scipy_for_small_and_large_means(poisson_pmf, rng):
    """For means between 0.1 and 100 every probability agrees with scipy, also for negative counts."""
    for scale in (0.1, 0.5, 1.0, 4.0, 20.0, 70.0):
        lam = float(scale * rng.uniform(1.0, 1.4))
        k = np.arange(-2, int(3 * lam) + 8)
        expected = stats.poisson.pmf(k, lam)
        close(poisson_pmf(k, lam), expected, rtol=1e-8, atol=1e-300, what=f"the probabilities for lam = {lam:.3f}")


# %%
@hidden
def the_probabilities_sum_to_one_with_mean_and_variance_lam(poisson_pmf, rng):
    """The probabilities sum to 1, and mean and variance are both lam."""
    for lam in (0.3, 1.0, float(rng.uniform(2.0, 5.0)), float(rng.uniform(20.0, 30.0))):
        k = np.arange(150.0)
        pmf = array(poisson_pmf(k, lam), (150,), what="the probabilities of 0 to 149")
        close(float(pmf.sum()), 1.0, **T2, what="the sum of the probabilities")
        close(float(k @ pmf), lam, **T2, what="the mean")
        close(float((k - lam) ** 2 @ pmf), lam, **T2, what="the variance")


# %%
@hidden
def neighbours_have_the_ratio_lam_over_k_plus_one(poisson_pmf, rng):
    """The probability of k + 1 events divided by that of k events is lam / (k + 1)."""
    for top in (1, 4, 30):
        lam = float(rng.uniform(0.5, 12.0))
        k = rng.integers(0, top + 1, size=4)
        low, high = (array(poisson_pmf(counts, lam), (4,)) for counts in (k, k + 1))
        holds(np.all(low > 0), "Every count from 0 on should have a positive probability.")
        close(high / low, lam / (k + 1), rtol=1e-8, what="the ratio of neighbours")
        close(poisson_pmf(0, lam), math.exp(-lam), rtol=1e-8, what="the probability of no event")


# %%
@hidden(weight=2)
def large_means_do_not_overflow(poisson_pmf, rng):
    """With a mean of 800 or 100 000 the probabilities are still right and sum to 1."""
    k = np.arange(2000)
    pmf = array(poisson_pmf(k, 800), (2000,), what="the probabilities of 0 to 1999")
    close(pmf, stats.poisson.pmf(k, 800), rtol=1e-8, atol=1e-300, what="the probabilities for lam = 800")
    close(float(pmf.sum()), 1.0, rtol=1e-8, what="the sum of the probabilities for lam = 800")
    for lam in (float(rng.uniform(1000.0, 3000.0)), 100_000.0):
        k = np.round(lam + np.arange(-3, 4) * np.sqrt(lam))
        close(poisson_pmf(k, lam), stats.poisson.pmf(k, lam), rtol=1e-8, atol=0, what=f"the case lam = {lam:.1f}")


# %%
@hidden
def without_events_zero_is_certain(poisson_pmf):
    """For lam = 0 the count 0 has probability 1 and every other count 0."""
    close(poisson_pmf(0, 0.0), 1.0, **T1, what="the probability of 0 events for lam = 0")
    close(poisson_pmf(2, 0), 0.0, **T1, what="the probability of 2 events for lam = 0")
    close(poisson_pmf([[1, 0], [-1, 900]], 0), np.array([[0.0, 1.0], [0.0, 0.0]]), **T1, what="a table for lam = 0")


# %%
@hidden
def many_rare_trials_come_close(poisson_pmf, rng):
    """The binomial distribution with n trials and the chance lam / n differs by less than lam^2 / n."""
    for n in (100, 10_000, 1_000_000):
        lam = float(rng.uniform(0.5, 4.0))
        k = np.arange(12)
        gap = np.abs(array(poisson_pmf(k, lam), (12,)) - stats.binom.pmf(k, n, lam / n))
        holds(gap.max() <= lam**2 / n, f"With n = {n} trials the two distributions should almost agree.")


# %%
@hidden
def every_shape_is_kept(poisson_pmf):
    """A table of counts gives a table of probabilities, and a list of length 1 an array of length 1."""
    value = poisson_pmf([[0, 1, 2], [3, -1, 0]], 1)
    expected = np.array([[1, 1, 1 / 2], [1 / 6, 0, 1]]) / math.e
    close(value, expected, rtol=1e-8, what="the probabilities of a table")
    close(poisson_pmf([-3], 4.5), np.array([0.0]), rtol=1e-8, what="the probability of a negative count")
    close(poisson_pmf(-1, 0.7), 0.0, rtol=1e-8, what="the probability of a negative count")


# %%
@hidden
def single_precision_loses_no_digits(poisson_pmf):
    """Counts in single precision are converted to float64 first: the probabilities keep eight digits and more."""
    value = poisson_pmf(np.array([0, 3, 11], dtype=np.float32), 4.7)
    close(value, stats.poisson.pmf([0, 3, 11], 4.7), rtol=1e-8, atol=0, what="the probabilities of 0, 3 and 11")


# %%
@hidden
def every_negative_mean_raises(poisson_pmf):
    """A negative mean raises ValueError, however small it is and whatever the counts are."""
    for lam in (-1e-12, -1, -800.0):
        raises(ValueError, poisson_pmf, np.array([0, 1, 2]), lam)
        raises(ValueError, poisson_pmf, 0, lam)


# %%
@accepted
def count_by_count(k, lam):
    if lam < 0:
        raise ValueError("lam")

    def of_one(count):
        if count < 0:
            return 0.0
        if lam == 0:
            return float(count == 0)
        return math.exp(count * math.log(lam) - lam - math.lgamma(count + 1))

    counts = np.array(k, dtype=float)
    values = [of_one(count) for count in counts.ravel().tolist()]
    return values[0] if counts.ndim == 0 else np.array(values, dtype=float).reshape(counts.shape)


# %%
@accepted
def by_adding_the_logarithms_of_the_ratios(k, lam):
    if not lam >= 0:
        raise ValueError("lam")
    counts = np.asarray(k, dtype=float)
    top = int(max(counts.max(), 0)) if counts.size else 0
    with np.errstate(divide="ignore"):
        steps = np.log(lam) - np.log(np.arange(1, top + 1))
    logs = np.concatenate([[0.0], np.cumsum(steps)]) - lam
    result = np.where(counts < 0, 0.0, np.exp(logs[np.clip(counts, 0, top).astype(int)]))
    return float(result) if counts.ndim == 0 else result


# %%
@misconception(
    caught_by="large_means_do_not_overflow",
    hint="The power and the factorial are too large for a float. Work with logarithms and exponentiate once.",
)
def divides_a_power_by_a_factorial(k, lam):
    k = np.asarray(k, dtype=float)
    if not lam >= 0:
        raise ValueError("lam must not be negative")
    count = np.maximum(k, 0.0)
    with np.errstate(all="ignore"):
        result = np.where(k >= 0, np.power(float(lam), count) / special.factorial(count) * np.exp(-lam), 0.0)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="without_events_zero_is_certain",
    hint="log 0 is infinite, and 0 times infinity is NaN. Treat lam = 0 first.",
)
def takes_the_logarithm_of_zero(k, lam):
    k = np.asarray(k, dtype=float)
    if not lam >= 0:
        raise ValueError("lam must not be negative")
    count = np.maximum(k, 0.0)
    with np.errstate(all="ignore"):
        result = np.where(k >= 0, np.exp(count * np.log(lam) - lam - special.gammaln(count + 1)), 0.0)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="two_mails_per_hour",
    hint="gammaln(k) is the logarithm of (k - 1)!. For k! use gammaln(k + 1).",
)
def takes_gamma_of_k_for_the_factorial(k, lam):
    k = np.asarray(k, dtype=float)
    if not lam >= 0:
        raise ValueError("lam must not be negative")
    if lam == 0:
        result = np.where(k == 0, 1.0, 0.0)
    else:
        count = np.maximum(k, 0.0)
        result = np.where(k >= 0, np.exp(count * math.log(lam) - lam - special.gammaln(count)), 0.0)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="two_mails_per_hour",
    hint="The factor exp(-lam) is missing. Without it the probabilities do not sum to 1.",
)
def forgets_the_exponential_factor(k, lam):
    k = np.asarray(k, dtype=float)
    if not lam >= 0:
        raise ValueError("lam must not be negative")
    if lam == 0:
        result = np.where(k == 0, 1.0, 0.0)
    else:
        count = np.maximum(k, 0.0)
        with np.errstate(over="ignore"):
            result = np.where(k >= 0, np.exp(count * math.log(lam) - special.gammaln(count + 1)), 0.0)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="two_mails_per_hour",
    hint="You added up P(X <= k), the distribution function. Only exactly k events are wanted.",
)
def returns_the_distribution_function(k, lam):
    k = np.asarray(k, dtype=float)
    if not lam >= 0:
        raise ValueError("lam must not be negative")
    everything = np.arange(int(max(k.max(), 0)) + 1)
    pmf = np.exp(special.xlogy(everything, lam) - lam - special.gammaln(everything + 1))
    result = np.where(k >= 0, np.cumsum(pmf)[np.maximum(k, 0).astype(int)], 0.0)
    return float(result) if result.ndim == 0 else result

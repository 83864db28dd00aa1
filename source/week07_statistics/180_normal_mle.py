# %% [markdown]
# ### Maximum likelihood for the normal distribution
#
# You have data and a family of distributions. Which member of the family makes your data most likely? Choosing that
# member is called maximum likelihood, and it is where most loss functions of machine learning come from.
#
# For a normal distribution with mean $\mu$ and variance $\sigma^2$ the log-likelihood of $x_1, \dots, x_n$ is the sum
# of the log-densities:
#
# $$\ell(\mu, \sigma^2) = -\frac{n}{2} \log(2 \pi \sigma^2) - \frac{1}{2 \sigma^2} \sum_{i=1}^{n} (x_i - \mu)^2$$
#
# It is largest at $\hat\mu = \bar x$ and $\hat\sigma^2 = \frac1n \sum_i (x_i - \bar x)^2$. Note the divisor $n$. This
# estimate is too small on average, but no other value makes these data more likely.
#
# **By hand.** $x = (1, 3)$. Then $\hat\mu = 2$ and $\hat\sigma^2 = (1 + 1)/2 = 1$. The log-likelihood is
# $-\frac22 \log(2 \pi) - \frac{1}{2} \cdot 2 = -1.838 - 1 = -2.838$. With the variance 2 instead of 1 it would be
# $-\log(4 \pi) - \frac14 \cdot 2 = -3.031$, which is less.
#
# Return $\hat\mu$, $\hat\sigma^2$ and the log-likelihood at these two values. Add logarithms: the product of 2000
# densities is too small for a floating-point number.

# %%
from autograder.kit import T2, accepted, check, close, exercise, hidden, holds, misconception, raises
from scipy import stats

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.stats.norm", "scipy.stats.fit", "scipy.stats.describe", "statistics.NormalDist"),
    oracle="scipy.stats.norm.logpdf",
    section="Maximum likelihood",
    topics=("r0-w7-parameter-estimation", "r2-o2-mle", "r3-1-2-gaussian", "r3-1-2-fix-gaussian"),
)

# %%
import math

import numpy as np


# %%
def normal_mle(x: np.ndarray) -> tuple[float, float, float]:
    """Fit a normal distribution by maximum likelihood.

    Parameters
    ----------
    x : array-like of shape (n,), n at least 2, not all values equal

    Returns
    -------
    (mean, variance, log_likelihood) : three floats
        The two parameters that make x most likely, and the natural logarithm of the likelihood they reach.

    Raises
    ------
    ValueError : x does not have exactly one axis, or n is smaller than 2
    ValueError : all values of x are equal
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2 or np.all(x == x[0]):
        raise ValueError("x must have one axis and at least two different values")
    mean = float(np.mean(x))
    variance = float(np.mean((x - mean) ** 2))
    log_likelihood = -len(x) / 2 * (math.log(2 * math.pi * variance) + 1)
    return mean, variance, log_likelihood
    ### END SOLUTION


# %%
@check
def the_worked_example_is_right(normal_mle):
    """For 1 and 3 the mean is 2, the variance is 1 and the log-likelihood is -log(2 pi) - 1 = -2.838."""
    mean, variance, log_likelihood = normal_mle(np.array([1.0, 3.0]))
    close(mean, 2.0, **T2, what="the mean")
    close(variance, 1.0, **T2, what="the variance")
    close(log_likelihood, -math.log(2 * math.pi) - 1, **T2, what="the log-likelihood")


# %%
@check
def a_constant_sample_raises(normal_mle):
    """A constant sample has no most likely variance: it raises ValueError."""
    raises(ValueError, normal_mle, [3.0, 3.0, 3.0])


# %%
@hidden(weight=2)
def the_mean_and_the_variance_are_right(normal_mle, rng):
    """The mean and the variance with the divisor n are right for few and for many values."""
    for n in (2, 3, 5, 20, 200):
        x = rng.normal(4.0, 3.0, size=n)
        mean, variance, _ = normal_mle(x)
        close(mean, float(np.mean(x)), **T2, what="the mean")
        close(variance, float(np.var(x)), **T2, what="the variance")
    close(normal_mle([2, 4, 5, 9])[:2], (5.0, 6.5), **T2, what="the mean and the variance of 2, 4, 5, 9")


# %%
@hidden(weight=2)
def the_log_likelihood_is_the_sum_of_the_log_densities(normal_mle, rng):
    """The log-likelihood is the sum of the logarithms of the densities at the returned mean and variance."""
    for n in (2, 3, 6, 50):
        x = rng.normal(-1.0, 0.5 + n / 10, size=n)
        mean, variance, log_likelihood = normal_mle(x)
        holds(variance > 0, "The variance of a sample that is not constant should be positive.")
        expected = float(np.sum(stats.norm.logpdf(x, mean, math.sqrt(variance))))
        close(log_likelihood, expected, **T2, what="the log-likelihood")


# %%
@hidden
def no_other_parameters_are_more_likely(normal_mle, rng):
    """Changing the mean or the variance by one percent lowers the log-likelihood."""
    for n in (2, 4, 15):
        x = rng.normal(10.0, 1.0, size=n)
        mean, variance, log_likelihood = normal_mle(x)
        for factor in (0.99, 1.01):
            for what, m, v in (("mean", mean * factor, variance), ("variance", mean, variance * factor)):
                holds(v > 0, "The variance should be positive.")
                other = float(np.sum(stats.norm.logpdf(x, m, math.sqrt(v))))
                holds(other < log_likelihood, f"The data are more likely with your {what} times {factor}.")


# %%
@hidden
def shift_and_scale_carry_over(normal_mle, rng):
    """Replacing x by a x + b carries over to the mean and the variance; the log-likelihood changes by -n log|a|."""
    for n, a, b in ((2, 2.0, 0.0), (5, -3.0, 1.0), (12, 0.1, -4.0)):
        x = rng.normal(1.0, 2.0, size=n)
        log_likelihood = float(np.sum(stats.norm.logpdf(x, np.mean(x), np.std(x))))
        expected = (a * float(np.mean(x)) + b, a**2 * float(np.var(x)), log_likelihood - n * math.log(abs(a)))
        close(normal_mle(a * x + b), expected, **T2, what="the answer for a x + b")


# %%
@hidden
def two_thousand_values_stay_finite(normal_mle, rng):
    """The log-likelihood of 2000 values is a finite number, although their likelihood is too small for a float."""
    x = rng.normal(0.0, 2.0, size=2000)
    expected = float(np.sum(stats.norm.logpdf(x, np.mean(x), np.std(x))))
    close(normal_mle(x)[2], expected, **T2, what="the log-likelihood of 2000 values")


# %%
@hidden
def small_floats_are_widened_first(normal_mle):
    """Arrays of 32-bit floats are handled as 64-bit floats."""
    short = np.array([0.1, 0.7, 2.3], dtype=np.float32)
    expected = float(np.mean(short.astype(float))), float(np.var(short.astype(float)))
    close(normal_mle(short)[:2], expected, **T2, what="the mean and the variance of 32-bit floats")


# %%
@hidden
def a_constant_with_rounding_raises(normal_mle):
    """A constant such as 0.1 raises ValueError, although its rounded mean is not exactly that constant."""
    for n in (3, 7):
        raises(ValueError, normal_mle, np.full(n, 0.1))


# %%
@hidden
def what_has_no_fit_raises(normal_mle):
    """Fewer than two values, equal values or a table raise ValueError."""
    raises(ValueError, normal_mle, [])
    raises(ValueError, normal_mle, [1.5])
    raises(ValueError, normal_mle, np.full(20, -2.0))
    raises(ValueError, normal_mle, [0, 0])
    raises(ValueError, normal_mle, [[1.0, 2.0], [3.0, 5.0]])


# %%
@accepted
def with_a_loop_over_the_log_densities(x):
    if np.ndim(x) != 1 or len(x) < 2 or min(x) == max(x):
        raise ValueError("no fit")
    values = [float(value) for value in x]
    mean = math.fsum(values) / len(values)
    variance = math.fsum((value - mean) ** 2 for value in values) / len(values)
    total = 0.0
    for value in values:
        total += -0.5 * math.log(2 * math.pi * variance) - (value - mean) ** 2 / (2 * variance)
    return mean, variance, total


# %%
@accepted
def with_standard_scores(x):
    x = np.array(x, dtype=np.float64)
    if x.ndim != 1 or x.size < 2 or np.ptp(x) == 0:
        raise ValueError("no fit")
    scores = (x - x.mean()) / np.std(x)
    log_densities = -np.log(np.std(x)) - np.log(np.sqrt(2 * np.pi)) - scores**2 / 2
    return float(x.mean()), float(np.var(x)), float(log_densities.sum())


# %%
@misconception(
    caught_by="the_mean_and_the_variance_are_right",
    hint="The likelihood is largest with the divisor n, although that estimate is biased.",
)
def divides_by_n_minus_one(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2 or np.ptp(x) == 0:
        raise ValueError("no fit")
    mean, variance = float(np.mean(x)), float(np.var(x, ddof=1))
    squares = float(np.sum((x - mean) ** 2))
    return mean, variance, -len(x) / 2 * math.log(2 * math.pi * variance) - squares / (2 * variance)


# %%
@misconception(
    caught_by="two_thousand_values_stay_finite",
    hint="The product of many densities underflows to 0. Sum the logarithms instead.",
)
def takes_the_logarithm_of_the_product(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2 or np.ptp(x) == 0:
        raise ValueError("no fit")
    mean, variance = float(np.mean(x)), float(np.var(x))
    densities = np.exp(-((x - mean) ** 2) / (2 * variance)) / math.sqrt(2 * math.pi * variance)
    with np.errstate(all="ignore"):
        return mean, variance, float(np.log(np.prod(densities)))


# %%
@misconception(
    caught_by="the_mean_and_the_variance_are_right",
    hint="The second value is the variance, not the standard deviation: no square root.",
)
def returns_the_standard_deviation(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2 or np.ptp(x) == 0:
        raise ValueError("no fit")
    variance = float(np.var(x))
    return float(np.mean(x)), math.sqrt(variance), -len(x) / 2 * (math.log(2 * math.pi * variance) + 1)


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="The term with 2 pi belongs to the density. Keep it: the contract asks for the log-likelihood itself.",
)
def drops_the_constant(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2 or np.ptp(x) == 0:
        raise ValueError("no fit")
    variance = float(np.var(x))
    return float(np.mean(x)), variance, -len(x) / 2 * (math.log(variance) + 1)


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="The log-likelihood is the sum of the log-densities, not their mean.",
)
def averages_the_log_densities(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2 or np.ptp(x) == 0:
        raise ValueError("no fit")
    variance = float(np.var(x))
    return float(np.mean(x)), variance, -(math.log(2 * math.pi * variance) + 1) / 2


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="Minimising the negative log-likelihood is common, but here the log-likelihood itself is returned.",
)
def returns_the_negative_log_likelihood(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2 or np.ptp(x) == 0:
        raise ValueError("no fit")
    variance = float(np.var(x))
    return float(np.mean(x)), variance, len(x) / 2 * (math.log(2 * math.pi * variance) + 1)

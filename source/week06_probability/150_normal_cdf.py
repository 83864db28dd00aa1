# %% [markdown]
# ### The normal distribution function
#
# Heights, measurement errors and sums of many small effects follow the bell curve. The area under it to the left of $x$
# answers "how likely is a value of at most $x$?". This area has no formula with elementary functions, so every library
# computes it from the complementary error function:
#
# $$\operatorname{erfc}(t) = \frac{2}{\sqrt\pi} \int_t^\infty e^{-s^2}\,ds, \qquad
# \Phi(z) = \tfrac12 \operatorname{erfc}\!\left( -\frac{z}{\sqrt 2} \right)$$
#
# Here $\Phi$ is the distribution function of the standard normal distribution, with mean 0 and standard deviation 1.
# Any other normal variable is brought to this form by its z-score, the distance to the mean in standard deviations:
#
# $$z = \frac{x - \mu}{\sigma}, \qquad P(X \le x) = \Phi(z)$$
#
# The formula $\tfrac12 (1 + \operatorname{erf}(z / \sqrt 2))$ is the same on paper. On a computer it gives 0 at
# $z = -10$: $\operatorname{erf}$ is rounded to $-1$ there, and $1 - 1$ leaves nothing.
#
# **By hand.** Heights have the mean $\mu = 170$ cm and the standard deviation $\sigma = 10$ cm. For $x = 185$ cm the
# z-score is $15/10 = 1.5$, and $\Phi(1.5) = \frac12 \operatorname{erfc}(-1.0607) = \frac12 \cdot 1.8664 = 0.9332$. So
# 93 % are at most 185 cm tall. By symmetry $\Phi(-1.5) = 1 - 0.9332 = 0.0668$: this is the share below 155 cm.
#
# Return a float for one number $x$, and an array of the same shape for an array. You may use `special.erfc` of SciPy.

# %%
from autograder.kit import T1, T2, T3, accepted, array, check, close, exercise, hidden, holds, misconception, raises
from scipy import stats

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.stats.norm", "scipy.special.ndtr*", "scipy.special.log_ndtr", "statistics.NormalDist"),
    oracle="scipy.stats.norm",
    section="Continuous distributions",
    topics=(
        "r0-w6-random-variables",
        "r0-w6-distributions",
        "r1-t03-random-variables",
        "r1-t03-distributions",
        "r2-o2-random-variables",
        "r2-o2-distributions",
        "r2-o2-normal",
        "r2-o3-integration",
        "r2-sum-probability-statistics",
        "r2-a2-random-variables",
        "r2-a2-distributions",
        "r2-b2-distributions",
        "r3-1-2-random-variables",
        "r3-1-2-distributions",
        "r3-1-2-gaussian",
        "r3-1-2-fix-gaussian",
        "r4-prob-random-variables",
        "r4-prob-distributions",
        "r4-prob-z-scores",
        "r4-calc-integrals",
        "r4-req-ps-distributions",
        "r4-nice-calc-integrals",
    ),
)

# %%
import math

import numpy as np
from scipy import special


# %%
def normal_cdf(x: float | np.ndarray, mu: float = 0.0, sigma: float = 1.0) -> float | np.ndarray:
    """Return P(X <= x) for a normal variable X.

    Parameters
    ----------
    x : a number, or an array-like of any shape; plus and minus infinity are allowed
    mu : the mean
    sigma : the standard deviation (not the variance), above 0

    Returns
    -------
    float when x is a single number, otherwise an array of floats with the shape of x.
        The relative error is below 1e-10, also far out on the left, where the result is tiny.

    Raises
    ------
    ValueError : sigma is 0 or negative
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if not sigma > 0:
        raise ValueError("sigma must be above 0")
    z = (x - mu) / sigma
    result = special.erfc(-z / math.sqrt(2)) / 2
    return float(result) if np.ndim(result) == 0 else result
    ### END SOLUTION


# %%
@check
def the_heights_of_the_worked_example(normal_cdf):
    """With mean 170 and standard deviation 10, half are below 170, 93 % below 185 and 7 % below 155."""
    close(normal_cdf(185.0, 170.0, 10.0), 0.9331927987311419, rtol=1e-10, what="the share below 185")
    expected = np.array([0.0668072012688581, 0.5, 0.9331927987311419])
    value = normal_cdf(np.array([155.0, 170.0, 185.0]), mu=170.0, sigma=10.0)
    close(value, expected, rtol=1e-10, what="the shares below 155, 170 and 185")


# %%
@check
def a_standard_deviation_of_zero_raises(normal_cdf):
    """A standard deviation of 0 raises ValueError."""
    raises(ValueError, normal_cdf, 1.0, 0.0, 0.0)


# %%
@hidden(weight=2)
def agrees_with_scipy_for_every_mean_and_spread(normal_cdf, rng):
    """For random means and standard deviations the result agrees with scipy."""
    for n, scale in ((1, 1.0), (2, 0.3), (5, 4.0), (30, 50.0)):
        mu, sigma = float(scale * rng.normal()), float(scale * rng.uniform(0.5, 2.0))
        x = mu + sigma * rng.uniform(-5.0, 5.0, size=n)
        close(normal_cdf(x, mu, sigma), stats.norm.cdf(x, mu, sigma), rtol=1e-10, atol=0, what="the result")
    z = rng.normal(size=3)
    close(normal_cdf(z), stats.norm.cdf(z), rtol=1e-10, atol=0, what="the standard normal distribution")
    close(normal_cdf(z, sigma=3), stats.norm.cdf(z / 3), rtol=1e-10, atol=0, what="the result for mu = 0, sigma = 3")


# %%
@hidden
def the_two_tails_are_mirror_images(normal_cdf, rng):
    """The area left of -z and the area left of z add up to 1, and the result never falls."""
    close(normal_cdf(0.0), 0.5, **T1, what="the result at 0")
    for n in (1, 3, 20):
        z = np.sort(rng.uniform(-4.0, 4.0, size=n))
        left, right = (array(normal_cdf(points), (n,)) for points in (z, -z))
        close(left + right, np.ones(n), **T1, what="the sum of both tails")
        holds(np.all(np.diff(left) > 0), "A distribution function never falls.")
    ends = np.array([-np.inf, np.inf])
    close(normal_cdf(ends, 3.0, 2.0), np.array([0.0, 1.0]), **T1, what="the results at minus and plus infinity")


# %%
@hidden
def one_two_and_three_standard_deviations(normal_cdf, rng):
    """Within 1, 2 and 3 standard deviations of the mean lie 68.27, 95.45 and 99.73 percent."""
    for share, k in ((0.6827, 1), (0.9545, 2), (0.9973, 3)):
        mu, sigma = float(rng.normal()), float(rng.uniform(0.2, 5.0))
        inside = normal_cdf(mu + k * sigma, mu, sigma) - normal_cdf(mu - k * sigma, mu, sigma)
        close(inside, share, rtol=0, atol=1e-4, what=f"the probability within {k} standard deviations")


# %%
@hidden(weight=2)
def the_far_left_tail_keeps_its_digits(normal_cdf):
    """Ten standard deviations below the mean the result is 7.62e-24, not 0, with ten correct digits."""
    z = np.array([-6.0, -8.0, -10.0, -20.0, -35.0])
    close(normal_cdf(z), stats.norm.cdf(z), rtol=1e-10, atol=0, what="the far left tail")
    close(normal_cdf(-10), 7.619853024160527e-24, rtol=1e-10, atol=0, what="the result at z = -10")
    close(normal_cdf(-70.0, 30.0, 10.0), 7.619853024160527e-24, rtol=1e-10, atol=0, what="the result at z = -10")
    close(normal_cdf(40.0), 1.0, **T1, what="the result at z = 40")


# %%
@hidden
def the_slope_is_the_bell_curve(normal_cdf, rng):
    """The derivative with respect to x is the normal density."""
    for n in (1, 4):
        mu, sigma = float(rng.normal()), float(rng.uniform(0.5, 2.0))
        x, h = mu + sigma * rng.uniform(-2.0, 2.0, size=n), 1e-5
        high, low = (array(normal_cdf(x + step, mu, sigma), (n,)) for step in (h, -h))
        close((high - low) / (2 * h), stats.norm.pdf(x, mu, sigma), **T3, what="the slope")


# %%
@hidden
def it_is_the_area_under_the_bell_curve(normal_cdf, rng):
    """The trapezoid rule on the density, from far left up to x, gives the same area."""
    for _ in range(3):
        mu, sigma = float(rng.normal()), float(rng.uniform(0.5, 2.0))
        x = mu + sigma * float(rng.uniform(-2.0, 2.0))
        nodes = np.linspace(mu - 9 * sigma, x, 20_001)
        density = np.exp(-(((nodes - mu) / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi))
        close(normal_cdf(x, mu, sigma), float(np.trapezoid(density, nodes)), **T3, what="the area up to x")


# %%
@hidden
def every_shape_is_kept(normal_cdf):
    """Tables and lists of integers keep their shape, and a single number gives a float."""
    expected = stats.norm.cdf(np.array([[-1.0, 0.0, 1.0], [2.0, -2.0, 3.0]]))
    close(normal_cdf([[-1, 0, 1], [2, -2, 3]]), expected, rtol=1e-10, what="the results of a table")
    close(normal_cdf([3], 1, 2), stats.norm.cdf(np.array([1.0])), rtol=1e-10, what="the result of a list")
    close(normal_cdf(3, 1, 4), float(stats.norm.cdf(0.5)), **T2, what="the result of an integer")


# %%
@hidden
def single_precision_loses_no_digits(normal_cdf):
    """Numbers in single precision are converted to float64 first: the results keep ten digits."""
    x = np.array([-1.3, 0.1, 2.0], dtype=np.float32)
    expected = stats.norm.cdf(x.astype(float), 0.3, 1.7)
    close(normal_cdf(x, 0.3, 1.7), expected, rtol=1e-10, atol=0, what="the results")


# %%
@hidden
def every_bad_standard_deviation_raises(normal_cdf):
    """A standard deviation of 0 or below raises ValueError."""
    for sigma in (0, -1e-9, -2.0):
        raises(ValueError, normal_cdf, 0.7, 0.3, sigma)
        raises(ValueError, normal_cdf, [0.0, 1.0], sigma=sigma)


# %%
@accepted
def number_by_number(x, mu=0.0, sigma=1.0):
    if sigma <= 0:
        raise ValueError("sigma")
    numbers = np.array(x, dtype=float)
    areas = [0.5 * math.erfc((mu - number) / (sigma * 2**0.5)) for number in numbers.ravel().tolist()]
    return areas[0] if numbers.ndim == 0 else np.array(areas).reshape(numbers.shape)


# %%
@accepted
def with_another_formula_on_each_side(x, mu=0.0, sigma=1.0):
    if not sigma > 0:
        raise ValueError("sigma")
    t = (np.asarray(x, dtype=np.float64) - mu) / sigma * np.sqrt(0.5)
    area = np.where(t < 0, 0.5 * special.erfc(np.abs(t)), 0.5 + 0.5 * special.erf(t))
    return area if area.ndim else float(area)


# %%
@misconception(
    caught_by="the_far_left_tail_keeps_its_digits",
    hint="In the left tail two almost equal numbers are subtracted: no digit is left. Use erfc(-z / sqrt(2)) / 2.",
)
def loses_the_left_tail(x, mu=0.0, sigma=1.0):
    x = np.asarray(x, dtype=float)
    if not sigma > 0:
        raise ValueError("sigma must be above 0")
    result = 0.5 * (1 + special.erf((x - mu) / sigma / math.sqrt(2)))
    return float(result) if np.ndim(result) == 0 else result


# %%
@misconception(
    caught_by="the_heights_of_the_worked_example",
    hint="The error function is built on exp(-t^2), the bell on exp(-z^2 / 2). Divide z by the square root of 2.",
)
def forgets_the_root_of_two(x, mu=0.0, sigma=1.0):
    x = np.asarray(x, dtype=float)
    if not sigma > 0:
        raise ValueError("sigma must be above 0")
    result = special.erfc(-(x - mu) / sigma) / 2
    return float(result) if np.ndim(result) == 0 else result


# %%
@misconception(
    caught_by="the_heights_of_the_worked_example",
    hint="The z-score divides by the standard deviation sigma, not by the variance.",
)
def divides_by_the_variance(x, mu=0.0, sigma=1.0):
    x = np.asarray(x, dtype=float)
    if not sigma > 0:
        raise ValueError("sigma must be above 0")
    result = special.erfc(-(x - mu) / sigma**2 / math.sqrt(2)) / 2
    return float(result) if np.ndim(result) == 0 else result


# %%
@misconception(
    caught_by="the_heights_of_the_worked_example",
    hint="This is the height of the bell curve at x. The distribution function is the area to the left of x.",
)
def returns_the_density(x, mu=0.0, sigma=1.0):
    x = np.asarray(x, dtype=float)
    if not sigma > 0:
        raise ValueError("sigma must be above 0")
    result = np.exp(-(((x - mu) / sigma) ** 2) / 2) / (sigma * math.sqrt(2 * math.pi))
    return float(result) if np.ndim(result) == 0 else result


# %%
@misconception(
    caught_by="the_heights_of_the_worked_example",
    hint="This is the area to the right of x. The sign inside erfc is negative.",
)
def returns_the_right_tail(x, mu=0.0, sigma=1.0):
    x = np.asarray(x, dtype=float)
    if not sigma > 0:
        raise ValueError("sigma must be above 0")
    result = special.erfc((x - mu) / sigma / math.sqrt(2)) / 2
    return float(result) if np.ndim(result) == 0 else result

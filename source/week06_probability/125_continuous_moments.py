# %% [markdown]
# ### Expectation and variance of a density
#
# A waiting time or a height can take any value in an interval, so single values have probability 0. A density $p(x)$
# describes it instead: areas under the curve are probabilities. The sums of the discrete case become integrals.
#
# $$\int_a^b p(x)\,dx = 1, \qquad \mu = \int_a^b x \, p(x)\,dx, \qquad
# \mathrm{Var}(X) = \int_a^b (x - \mu)^2 \, p(x)\,dx$$
#
# Compute each integral with the trapezoid rule of week 5. With $n$ subintervals, $h = (b - a)/n$ and the nodes
# $x_i = a + i h$, the integral of $g$ is about $h \, \bigl( \frac12 g(x_0) + g(x_1) + \dots + g(x_{n-1}) +
# \frac12 g(x_n) \bigr)$.
#
# A density is not a probability. It is never negative, but it may be larger than 1 where the interval is narrow. Only
# its area is limited: it is 1.
#
# **By hand.** $p(x) = x/2$ on $[0, 2]$ and $n = 2$. The nodes are $0, 1, 2$ with densities $0, \frac12, 1$, and
# $h = 1$. The area is $0 + \frac12 + \frac12 = 1$. The expectation is the area under $x\,p(x)$, with the values
# $0, \frac12, 2$: it is $0 + \frac12 + 1 = 1.5$. The values of $(x - 1.5)^2 p(x)$ are $0, \frac18, \frac14$, so the
# variance is $0 + \frac18 + \frac18 = 0.25$. The exact results are $4/3$ and $2/9$; more nodes bring you closer.
#
# Return the expectation and the variance. Refuse a function that is no density on the interval.

# %%
import math

from autograder.kit import T2, T3, T4, accepted, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(),
    oracle="exact moments of known densities and numpy.trapezoid",
    section="Random variables, expectation and variance",
    topics=(
        "r0-w6-random-variables",
        "r0-w6-expectation-variance",
        "r1-t03-random-variables",
        "r1-t03-expectation-variance",
        "r2-o2-random-variables",
        "r2-o2-expectation-variance",
        "r2-o3-integration",
        "r2-a2-random-variables",
        "r3-1-2-random-variables",
        "r4-prob-random-variables",
        "r4-prob-expectation",
        "r4-calc-integrals",
        "r4-nice-calc-integrals",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def continuous_moments(
    pdf: Callable[[np.ndarray], np.ndarray], a: float, b: float, n: int = 2000
) -> tuple[float, float]:
    """Return the expectation and the variance of a density on [a, b], by the trapezoid rule.

    Parameters
    ----------
    pdf : function that takes an array of shape (m,) and returns the densities there, shape (m,)
    a, b : the ends of the interval, both finite, a < b
    n : number of equal subintervals, at least 1

    Returns
    -------
    (expectation, variance) : two floats, each from the trapezoid rule with n subintervals

    Raises
    ------
    ValueError : a or b is not finite, a is not smaller than b, or n < 1
    ValueError : the density is negative at a node
    ValueError : the area under the density, by the same rule, differs from 1 by more than 1e-3
    """
    ### BEGIN SOLUTION
    if not -np.inf < a < b < np.inf or n < 1:
        raise ValueError("the interval needs finite ends a < b, and n must be at least 1")
    x = np.linspace(a, b, n + 1)
    density = np.asarray(pdf(x), dtype=float)
    weights = np.full(n + 1, (b - a) / n)
    weights[[0, -1]] /= 2
    if np.any(density < 0) or not abs(weights @ density - 1) <= 1e-3:
        raise ValueError("pdf must be nonnegative and have the area 1")
    mean = float(weights @ (x * density))
    return mean, float(weights @ ((x - mean) ** 2 * density))
    ### END SOLUTION


# %%
@helper
def tent(a, b, top):
    """Return the density on [a, b] that rises in a straight line up to `top` and falls down again."""

    def density(x):
        rising = (x - a) / (top - a) if top > a else np.ones_like(x)
        falling = (b - x) / (b - top) if b > top else np.ones_like(x)
        return 2 / (b - a) * np.clip(np.minimum(rising, falling), 0.0, None)

    return density


# %%
@helper
def bell(mu, sigma):
    """Return the normal density."""
    return lambda x: np.exp(-(((x - mu) / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi))


# %%
@check
def the_worked_example_has_1_5_and_0_25(continuous_moments):
    """For the density x/2 on [0, 2] two subintervals give (1.5, 0.25), and 2000 come close to (4/3, 2/9)."""
    close(continuous_moments(lambda x: x / 2, 0, 2, 2), (1.5, 0.25), **T2, what="the moments with n = 2")
    close(continuous_moments(lambda x: x / 2, 0, 2), (4 / 3, 2 / 9), **T4, what="the moments with n = 2000")


# %%
@check
def an_area_of_two_raises(continuous_moments):
    """The function x on [0, 2] has the area 2, so it is no density and raises ValueError."""
    raises(ValueError, continuous_moments, lambda x: x, 0.0, 2.0)


# %%
@hidden(weight=2)
def each_integral_is_a_trapezoid_sum(continuous_moments, rng):
    """For densities made of straight lines, expectation and variance are the trapezoid sums with n subintervals."""
    for n, place in ((2, 1), (3, 1), (4, 4), (5, 0), (10, 7), (40, 11)):
        a = float(rng.uniform(-3.0, 1.0))
        b = a + float(rng.uniform(0.5, 4.0))
        x = np.linspace(a, b, n + 1)
        density = tent(a, b, float(x[place]))
        mean = float(np.trapezoid(x * density(x), x))
        expected = (mean, float(np.trapezoid((x - mean) ** 2 * density(x), x)))
        close(continuous_moments(density, a, b, n), expected, **T2, what=f"the moments with n = {n}")


# %%
@hidden(weight=2)
def known_densities_have_their_known_moments(continuous_moments, rng):
    """Uniform, parabola, exponential and normal densities have the moments that the books give."""
    a, b = float(rng.uniform(-2.0, 0.0)), float(rng.uniform(1.0, 3.0))
    value = continuous_moments(lambda x: np.full(x.shape, 1 / (b - a)), a, b)
    close(value, ((a + b) / 2, (b - a) ** 2 / 12), **T4, what="the moments of a uniform density")
    value = continuous_moments(lambda x: 6 * x * (1 - x), 0, 1)
    close(value, (1 / 2, 1 / 20), **T4, what="the moments of 6 x (1 - x)")
    rate = float(rng.uniform(0.5, 4.0))
    value = continuous_moments(lambda x: rate * np.exp(-rate * x), 0.0, 40 / rate, 8000)
    close(value, (1 / rate, 1 / rate**2), **T4, what="the moments of an exponential density")
    mu, sigma = float(rng.uniform(-3.0, 3.0)), float(rng.uniform(0.5, 2.0))
    value = continuous_moments(bell(mu, sigma), mu - 9 * sigma, mu + 9 * sigma, 600)
    close(value, (mu, sigma**2), **T2, what="the moments of a normal density")


# %%
@hidden
def without_n_there_are_2000_subintervals(continuous_moments):
    """On the uniform density of [0, 1] the rule with n subintervals gives the variance (1 + 2/n^2) / 12."""
    value = continuous_moments(lambda x: np.ones(x.shape), 0.0, 1.0)
    # With 2001 subintervals the variance would differ by 4e-11.
    close(value, (0.5, (1 + 2 / 2000**2) / 12), rtol=1e-11, atol=0, what="the moments without n")
    for n in (1, 7):
        value = continuous_moments(lambda x: np.ones(x.shape), 0.0, 1.0, n=n)
        close(value, (0.5, (1 + 2 / n**2) / 12), **T2, what=f"the moments with n = {n}")


# %%
@hidden
def shifting_and_stretching_follow_their_laws(continuous_moments, rng):
    """E[cX + s] = c E[X] + s and Var(cX + s) = c^2 Var(X), also where the density is larger than 1."""
    for n, c in ((2, 2.0), (4, 0.5), (20, 0.01), (50, 0.001)):
        s = float(rng.normal())
        plain = tent(0.0, 1.0, 0.5)
        mean, variance = continuous_moments(plain, 0.0, 1.0, n)
        moved = continuous_moments(lambda y: plain((y - s) / c) / c, s, s + c, n)
        close(moved, (c * mean + s, c**2 * variance), rtol=1e-8, atol=1e-13, what=f"the moments of {c} X + s")


# %%
@hidden
def what_is_no_density_raises(continuous_moments):
    """A negative density and an area that is not 1 raise ValueError; an area that is off by 0.0005 does not."""
    raises(ValueError, continuous_moments, lambda x: 1.5 - x, 0.0, 2.0)
    raises(ValueError, continuous_moments, lambda x: np.full(x.shape, 1.01), 0.0, 1.0)
    raises(ValueError, continuous_moments, lambda x: np.full(x.shape, 0.49), 0.0, 2.0, 10)
    raises(ValueError, continuous_moments, lambda x: 0 * x, -1.0, 1.0, 10)
    mean, _ = continuous_moments(lambda x: np.full(x.shape, 1.0005), 0.0, 1.0, 10)
    close(mean, 0.5, rtol=2e-3, what="the expectation when the area is almost 1")


# %%
@hidden
def impossible_intervals_raise(continuous_moments):
    """Limits in the wrong order, equal or infinite limits and n < 1 raise ValueError."""
    raises(ValueError, continuous_moments, lambda x: np.ones(x.shape), 1.0, 0.0)
    raises(ValueError, continuous_moments, lambda x: np.ones(x.shape), 0.5, 0.5)
    raises(ValueError, continuous_moments, bell(0.0, 1.0), -math.inf, 5.0)
    raises(ValueError, continuous_moments, bell(0.0, 1.0), -5.0, math.inf)
    for n in (0, -3):
        raises(ValueError, continuous_moments, lambda x: np.ones(x.shape), 0.0, 1.0, n)


# %%
@hidden
def more_subintervals_come_closer(continuous_moments):
    """Doubling n divides the error of the expectation by about 4."""
    coarse = continuous_moments(lambda x: 3 * x**2, 0.0, 1.0, 50)[0] - 3 / 4
    fine = continuous_moments(lambda x: 3 * x**2, 0.0, 1.0, 100)[0] - 3 / 4
    close(coarse / fine, 4.0, rtol=1e-2, what="the error with n = 50 divided by the error with n = 100")
    close(continuous_moments(lambda x: 3 * x**2, 0.0, 1.0, 1500)[0], 3 / 4, **T3, what="the expectation")


# %%
@accepted
def with_the_function_of_numpy(pdf, a, b, n=2000):
    if not (np.isfinite(a) and np.isfinite(b) and a < b and n >= 1):
        raise ValueError("interval")
    x = np.linspace(a, b, n + 1)
    p = pdf(x)
    if p.min() < 0 or abs(np.trapezoid(p, x) - 1) > 1e-3:
        raise ValueError("no density")
    mu = np.trapezoid(x * p, x)
    return float(mu), float(np.trapezoid((x - mu) ** 2 * p, x))


# %%
@accepted
def subinterval_by_subinterval(pdf, a, b, n=2000):
    if n <= 0 or not a < b or abs(a) == float("inf") or abs(b) == float("inf"):
        raise ValueError("interval")
    h = (b - a) / n
    nodes = a + h * np.arange(n + 1)
    heights = np.array(pdf(nodes), dtype=float)

    def area(curve):
        return float(sum((left + right) / 2 for left, right in zip(curve[:-1], curve[1:], strict=True)) * h)

    if (heights < 0).any() or not 0.999 <= area(heights) <= 1.001:
        raise ValueError("no density")
    mean = area(nodes * heights)
    return mean, area((nodes - mean) ** 2 * heights)


# %%
@misconception(
    caught_by="the_worked_example_has_1_5_and_0_25",
    hint="The two end points count half in the trapezoid rule.",
)
def counts_the_end_points_fully(pdf, a, b, n=2000):
    if not -np.inf < a < b < np.inf or n < 1:
        raise ValueError("the interval needs finite ends a < b, and n must be at least 1")
    x = np.linspace(a, b, n + 1)
    density = np.asarray(pdf(x), dtype=float)
    h = (b - a) / n
    if np.any(density < 0) or not abs(h * (density.sum() - (density[0] + density[-1]) / 2) - 1) <= 1e-3:
        raise ValueError("pdf must be nonnegative and have the area 1")
    mean = float(h * np.sum(x * density))
    return mean, float(h * np.sum((x - mean) ** 2 * density))


# %%
@misconception(
    caught_by="the_worked_example_has_1_5_and_0_25",
    hint="You returned the mean of the squares. Take the squared distance to the expectation.",
)
def returns_the_mean_of_the_squares(pdf, a, b, n=2000):
    if not -np.inf < a < b < np.inf or n < 1:
        raise ValueError("the interval needs finite ends a < b, and n must be at least 1")
    x = np.linspace(a, b, n + 1)
    density = np.asarray(pdf(x), dtype=float)
    if np.any(density < 0) or not abs(np.trapezoid(density, x) - 1) <= 1e-3:
        raise ValueError("pdf must be nonnegative and have the area 1")
    return float(np.trapezoid(x * density, x)), float(np.trapezoid(x**2 * density, x))


# %%
@misconception(
    caught_by="shifting_and_stretching_follow_their_laws",
    hint="A density may be larger than 1 on a narrow interval. Only its area is limited.",
)
def refuses_densities_above_one(pdf, a, b, n=2000):
    if not -np.inf < a < b < np.inf or n < 1:
        raise ValueError("the interval needs finite ends a < b, and n must be at least 1")
    x = np.linspace(a, b, n + 1)
    density = np.asarray(pdf(x), dtype=float)
    if np.any(density < 0) or np.any(density > 1) or not abs(np.trapezoid(density, x) - 1) <= 1e-3:
        raise ValueError("pdf must lie between 0 and 1 and have the area 1")
    mean = float(np.trapezoid(x * density, x))
    return mean, float(np.trapezoid((x - mean) ** 2 * density, x))


# %%
@misconception(
    caught_by="an_area_of_two_raises",
    hint="A function whose area is not 1 is no density. Raise ValueError instead of dividing by the area.",
)
def divides_by_any_area(pdf, a, b, n=2000):
    if not -np.inf < a < b < np.inf or n < 1:
        raise ValueError("the interval needs finite ends a < b, and n must be at least 1")
    x = np.linspace(a, b, n + 1)
    density = np.asarray(pdf(x), dtype=float)
    area = np.trapezoid(density, x)
    if np.any(density < 0) or area == 0:
        raise ValueError("pdf must be nonnegative")
    mean = float(np.trapezoid(x * density, x) / area)
    return mean, float(np.trapezoid((x - mean) ** 2 * density, x) / area)


# %%
@misconception(
    caught_by="the_worked_example_has_1_5_and_0_25",
    hint="n subintervals have n + 1 nodes: np.linspace(a, b, n + 1).",
)
def takes_n_nodes_instead_of_n_subintervals(pdf, a, b, n=2000):
    if not -np.inf < a < b < np.inf or n < 1:
        raise ValueError("the interval needs finite ends a < b, and n must be at least 1")
    x = np.linspace(a, b, max(n, 2))
    density = np.asarray(pdf(x), dtype=float)
    if np.any(density < 0) or not abs(np.trapezoid(density, x) - 1) <= 1e-3:
        raise ValueError("pdf must be nonnegative and have the area 1")
    mean = float(np.trapezoid(x * density, x))
    return mean, float(np.trapezoid((x - mean) ** 2 * density, x))


# %%
@misconception(
    caught_by="the_worked_example_has_1_5_and_0_25",
    hint="The height of a density is no probability: multiply it by the width h before you add.",
)
def adds_heights_without_the_width(pdf, a, b, n=2000):
    if not -np.inf < a < b < np.inf or n < 1:
        raise ValueError("the interval needs finite ends a < b, and n must be at least 1")
    x = np.linspace(a, b, n + 1)
    density = np.asarray(pdf(x), dtype=float)
    if np.any(density < 0) or not abs(np.trapezoid(density, x) - 1) <= 1e-3:
        raise ValueError("pdf must be nonnegative and have the area 1")
    half = np.ones(n + 1)
    half[[0, -1]] = 0.5
    mean = float(np.sum(half * x * density))
    return mean, float(np.sum(half * (x - mean) ** 2 * density))

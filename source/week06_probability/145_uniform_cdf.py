# %% [markdown]
# ### The uniform distribution function
#
# A bus comes at some moment of the next ten minutes, and no moment is more likely than another. This is the uniform
# distribution. Random numbers of a computer start as uniform numbers on $[0, 1)$, and all other distributions are made
# from them.
#
# On $[a, b]$ the density is the constant $1/(b - a)$, so that the area is 1. The distribution function
# $F(x) = P(X \le x)$ is the area to the left of $x$:
#
# $$F(x) = \int_{-\infty}^{x} p(t)\,dt$$
#
# Left of $a$ there is no area yet, so $F(x) = 0$. Right of $b$ all of it is collected, so $F(x) = 1$. In between, $F$
# grows in a straight line. The probability of an interval is $P(c < X \le d) = F(d) - F(c)$. The mean is $(a + b)/2$
# and the variance is $(b - a)^2 / 12$.
#
# **By hand.** $a = 2$ and $b = 6$: the density is $1/4$. Up to $x = 3$ the area is a rectangle of width 1 and height
# $1/4$, so $F(3) = 0.25$. Likewise $F(5) = 0.75$, so $P(3 < X \le 5) = 0.5$. Outside, $F(1) = 0$ and $F(7) = 1$. The
# mean is 4 and the variance is $16/12 = 1.333$.
#
# Return a float for one number $x$, and an array of the same shape for an array.

# %%
import math

from autograder.kit import T1, T2, accepted, array, check, close, exercise, hidden, holds, misconception, raises
from scipy import integrate, stats

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("numpy.interp", "scipy.stats.uniform*"),
    oracle="scipy.stats.uniform",
    section="Continuous distributions",
    topics=(
        "r0-w6-random-variables",
        "r0-w6-distributions",
        "r1-t03-distributions",
        "r2-o2-distributions",
        "r2-o2-uniform",
        "r2-a2-distributions",
        "r2-b2-distributions",
    ),
)

# %%
import numpy as np


# %%
def uniform_cdf(x: float | np.ndarray, a: float, b: float) -> float | np.ndarray:
    """Return P(X <= x) for a variable that is uniform on [a, b].

    Parameters
    ----------
    x : a number, or an array-like of any shape; plus and minus infinity are allowed
    a, b : the ends of the interval, a < b

    Returns
    -------
    float when x is a single number, otherwise an array of floats with the shape of x

    Raises
    ------
    ValueError : a is not smaller than b
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if not a < b:
        raise ValueError("a must be smaller than b")
    result = np.clip((x - a) / (b - a), 0.0, 1.0)
    return float(result) if result.ndim == 0 else result
    ### END SOLUTION


# %%
@check
def the_worked_example_on_2_to_6(uniform_cdf):
    """On [2, 6] the distribution function is 0.25 at 3, 0.75 at 5, 0 at 1 and 1 at 7."""
    close(uniform_cdf(3.0, 2.0, 6.0), 0.25, **T1, what="F(3)")
    value = uniform_cdf(np.array([1.0, 3.0, 5.0, 7.0]), 2.0, 6.0)
    close(value, np.array([0.0, 0.25, 0.75, 1.0]), **T1, what="F at 1, 3, 5 and 7")


# %%
@check
def an_empty_interval_raises(uniform_cdf):
    """An interval of length 0 has no uniform distribution, so it raises ValueError."""
    raises(ValueError, uniform_cdf, 1.0, 2.0, 2.0)


# %%
@hidden(weight=2)
def agrees_with_scipy_on_random_intervals(uniform_cdf, rng):
    """The distribution function is right inside and outside of random intervals."""
    for n in (1, 2, 5, 40):
        a = float(rng.uniform(-5.0, 5.0))
        b = a + float(rng.uniform(0.1, 8.0))
        x = rng.uniform(2 * a - b, 2 * b - a, size=n)
        close(uniform_cdf(x, a, b), stats.uniform.cdf(x, loc=a, scale=b - a), **T1, what=f"F on [{a:.3f}, {b:.3f}]")
        inside = float(rng.uniform(a, b))
        close(uniform_cdf(inside, a, b), (inside - a) / (b - a), **T1, what="F inside the interval")


# %%
@hidden
def it_rises_from_zero_to_one(uniform_cdf, rng):
    """F is 0 up to a, 1 from b on, and never falls in between."""
    for n in (3, 30):
        a = float(rng.normal())
        b = a + float(rng.uniform(0.5, 2.0))
        close(uniform_cdf(a, a, b), 0.0, **T1, what="F(a)")
        close(uniform_cdf(b, a, b), 1.0, **T1, what="F(b)")
        outside = np.array([-math.inf, a - 1e9, a - 0.1, b + 0.1, b + 1e9, math.inf])
        close(uniform_cdf(outside, a, b), np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0]), **T1, what="F outside [a, b]")
        value = array(uniform_cdf(np.sort(rng.uniform(a - 1, b + 1, size=n)), a, b), (n,), what="F")
        holds(np.all(np.diff(value) >= 0), "A distribution function never falls.")


# %%
@hidden
def an_interval_has_its_share_of_the_length(uniform_cdf, rng):
    """For c < d inside [a, b], F(d) - F(c) is (d - c) / (b - a), wherever the interval lies."""
    for a, b in ((0.0, 1.0), (-3.0, 5.0), (1000.0, 1000.5), (-9.0, -2.0)):
        c, d = np.sort(rng.uniform(a, b, size=2)).tolist()
        gap = uniform_cdf(d, a, b) - uniform_cdf(c, a, b)
        close(gap, (d - c) / (b - a), **T1, what=f"F(d) - F(c) on [{a}, {b}]")


# %%
@hidden
def mean_and_variance_are_inside_the_function(uniform_cdf, rng):
    """The areas under F and under x F give the mean (a + b)/2 and the variance (b - a)^2 / 12."""
    for _ in range(3):
        a = float(rng.uniform(-4.0, 2.0))
        b = a + float(rng.uniform(0.5, 3.0))
        x = np.linspace(a, b, 21)
        value = array(uniform_cdf(x, a, b), (21,), what="F")
        # Integration by parts: E[X] = b - area of F, E[X^2] = b^2 - 2 area of x F. Simpson's rule is exact here.
        mean = b - integrate.simpson(value, x=x)
        square = b * b - 2 * integrate.simpson(x * value, x=x)
        close(float(mean), (a + b) / 2, **T2, what="the mean")
        close(float(square - mean**2), (b - a) ** 2 / 12, **T2, what="the variance")


# %%
@hidden
def the_share_of_random_numbers_below_x_comes_close(uniform_cdf, rng):
    """Of 4000 uniform random numbers, the share that is at most x is F(x) within five standard errors."""
    a, b = float(rng.uniform(-2.0, 0.0)), float(rng.uniform(1.0, 4.0))
    draws = rng.uniform(a, b, size=4000)
    x = a + (b - a) * np.array([0.1, 0.35, 0.5, 0.8])
    value = array(uniform_cdf(x, a, b), (4,), what="F")
    share = (draws[:, None] <= x).mean(axis=0)
    holds(np.all(np.abs(share - value) <= 5 * np.sqrt(0.25 / 4000)), "The share below x should be about F(x).")


# %%
@hidden
def every_shape_is_kept(uniform_cdf):
    """Tables and lists of integers keep their shape, and a single number gives a float."""
    value = uniform_cdf([[0, 1, 2], [3, 4, 9]], 1, 5)
    close(value, np.array([[0.0, 0.0, 0.25], [0.5, 0.75, 1.0]]), **T1, what="F of a table")
    close(uniform_cdf([1], 0, 4), np.array([0.25]), **T1, what="F of a list of one number")
    close(uniform_cdf(1, 0, 3), 1 / 3, **T1, what="F of an integer")


# %%
@hidden
def single_precision_loses_no_digits(uniform_cdf):
    """Numbers in single precision are converted to float64 first: on [0, 3] each value is x / 3 to twelve digits."""
    x = np.array([0.1, 1.0, 2.7], dtype=np.float32)
    close(uniform_cdf(x, 0.0, 3.0), x.astype(float) / 3, **T1, what="F on [0, 3]")


# %%
@hidden
def reversed_limits_raise(uniform_cdf):
    """Limits in the wrong order raise ValueError, whatever x is."""
    raises(ValueError, uniform_cdf, 0.5, 1.0, 0.0)
    raises(ValueError, uniform_cdf, np.array([0.0, 9.0]), 3, -3)
    raises(ValueError, uniform_cdf, [7.0], 0, 0)


# %%
@accepted
def with_three_cases(x, a, b):
    if a >= b:
        raise ValueError("limits")
    points = np.array(x, dtype=float)
    result = np.zeros(points.shape)
    inside = (points > a) & (points < b)
    result[inside] = (points[inside] - a) / (b - a)
    result[points >= b] = 1.0
    return result if np.ndim(x) else float(result)


# %%
@accepted
def as_the_length_that_lies_to_the_left(x, a, b):
    if not b - a > 0:
        raise ValueError("limits")
    covered = np.minimum(np.maximum(np.asarray(x, dtype=float), a), b) - a
    answer = covered / (b - a)
    return float(answer) if np.ndim(answer) == 0 else answer


# %%
@misconception(
    caught_by="the_worked_example_on_2_to_6",
    hint="A probability lies between 0 and 1: left of a it is 0, right of b it is 1.",
)
def continues_the_line_outside(x, a, b):
    x = np.asarray(x, dtype=float)
    if not a < b:
        raise ValueError("a must be smaller than b")
    result = (x - a) / (b - a)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="the_worked_example_on_2_to_6",
    hint="This is the density. The distribution function is the area to the left of x.",
)
def returns_the_density(x, a, b):
    x = np.asarray(x, dtype=float)
    if not a < b:
        raise ValueError("a must be smaller than b")
    result = np.where((x >= a) & (x <= b), 1 / (b - a), 0.0)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="the_worked_example_on_2_to_6",
    hint="The interval has the length b - a, and the distance starts at a: (x - a) / (b - a).",
)
def assumes_that_the_interval_starts_at_zero(x, a, b):
    x = np.asarray(x, dtype=float)
    if not a < b:
        raise ValueError("a must be smaller than b")
    with np.errstate(all="ignore"):
        result = np.clip(x / b, 0.0, 1.0) if b != 0 else np.where(x < 0, 0.0, 1.0)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="the_worked_example_on_2_to_6",
    hint="This is P(X > x). The distribution function is the probability of at most x, so it rises from 0 to 1.",
)
def returns_the_probability_to_the_right(x, a, b):
    x = np.asarray(x, dtype=float)
    if not a < b:
        raise ValueError("a must be smaller than b")
    result = np.clip((b - x) / (b - a), 0.0, 1.0)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="reversed_limits_raise",
    hint="Limits in the wrong order are a mistake of the caller. Raise ValueError; do not exchange them.",
)
def exchanges_reversed_limits(x, a, b):
    x = np.asarray(x, dtype=float)
    if a == b:
        raise ValueError("a and b must differ")
    a, b = min(a, b), max(a, b)
    result = np.clip((x - a) / (b - a), 0.0, 1.0)
    return float(result) if result.ndim == 0 else result

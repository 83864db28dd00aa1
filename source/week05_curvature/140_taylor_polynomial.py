# %% [markdown]
# ### Taylor polynomials
#
# Near a point, a smooth function looks like a polynomial. The polynomial is easy to compute, so libraries use it for
# the exponential and the sine. Optimisers use the one of degree one or two as a model of the loss.
#
# The Taylor polynomial of degree $n$ around $a$ has the same value and the same first $n$ derivatives at $a$ as $f$:
#
# $$T(x) = \sum_{k=0}^{n} \frac{f^{(k)}(a)}{k!} (x - a)^k$$
#
# **By hand.** $f(x) = \sqrt x$ around $a = 4$ has $f(4) = 2$, $f'(4) = \frac14$ and $f''(4) = -\frac1{32}$. At $x = 5$
# the terms are $2$, then $\frac14 \cdot 1$, then $-\frac1{32} \cdot \frac{1}{2}$. Their sum is $2.234375$. The true
# value is $\sqrt 5 = 2.236068$.
#
# Each term comes from the one before it: multiply by $(x - a)$ and divide by the next whole number.
#
# Return $T(x)$. For one number $x$ return a float. For an array of numbers return an array of the same shape.

# %%
import math

from autograder.kit import T2, accepted, array, check, close, exercise, hidden, holds, misconception, raises
from numpy.polynomial import polynomial

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="polynomials and their derivatives by numpy.polynomial; the exponential function",
    section="Taylor polynomials",
    topics=("r0-w5-taylor", "r2-o6-used-in"),
)

# %%
import numpy as np


# %%
def taylor_polynomial(derivs_at_a: np.ndarray, a: float, x: float | np.ndarray) -> float | np.ndarray:
    """Evaluate the Taylor polynomial of a function whose derivatives at a are known.

    Parameters
    ----------
    derivs_at_a : array or list of shape (n + 1,): f(a), f'(a), f''(a), ..., the n-th derivative
    a : the point of expansion
    x : a number, or an array-like of any shape

    Returns
    -------
    float when x is a single number, otherwise an array of floats with the shape of x

    Raises
    ------
    ValueError : derivs_at_a is empty or not one-dimensional
    """
    ### BEGIN SOLUTION
    derivs, x = np.asarray(derivs_at_a, dtype=float), np.asarray(x, dtype=float)
    if derivs.ndim != 1 or derivs.size == 0:
        raise ValueError("derivs_at_a needs the shape (n + 1,) with at least one entry")
    value, term = np.zeros(x.shape), np.ones(x.shape)
    for k, derivative in enumerate(derivs):
        value = value + derivative * term
        term = term * (x - a) / (k + 1)
    return float(value) if x.ndim == 0 else value
    ### END SOLUTION


# %%
@check
def approximates_the_root_of_five(taylor_polynomial):
    """For the square root around 4, degree two gives 2.234375 at x = 5."""
    close(taylor_polynomial(np.array([2.0, 0.25, -1 / 32]), 4.0, 5.0), 2.234375, **T2)


# %%
@check
def an_array_of_numbers_gives_an_array(taylor_polynomial):
    """For x = (3, 4, 6) the same polynomial gives (1.734375, 2, 2.4375)."""
    values = taylor_polynomial([2.0, 0.25, -1 / 32], 4.0, np.array([3.0, 4.0, 6.0]))
    close(array(values, (3,)), np.array([1.734375, 2.0, 2.4375]), **T2)


# %%
@check
def no_derivative_at_all_raises(taylor_polynomial):
    """Without even f(a) there is no polynomial: ValueError."""
    raises(ValueError, taylor_polynomial, [], 0.0, 1.0)


# %%
@hidden
def the_value_at_a_is_the_value_of_the_function(taylor_polynomial, rng):
    """At x = a only f(a) is left."""
    for n in (0, 1, 2, 5, 12):
        derivs, a = rng.normal(size=n + 1), float(rng.uniform(1.0, 3.0))
        close(taylor_polynomial(derivs, a, a), float(derivs[0]), **T2, what=f"T(a) for degree {n}")


# %%
@hidden(weight=2)
def a_polynomial_is_its_own_taylor_polynomial(taylor_polynomial, rng):
    """For a polynomial of degree n, its n + 1 derivatives give it back, around every point."""
    for n in (0, 1, 2, 3, 5, 8):
        c, a = rng.normal(size=n + 1), float(rng.uniform(0.5, 1.5))
        derivs = np.array([polynomial.polyval(a, polynomial.polyder(c, k)) for k in range(n + 1)])
        x = rng.uniform(-1.5, 1.5, size=4)
        expected = polynomial.polyval(x, c)
        close(taylor_polynomial(derivs, a, float(x[0])), float(expected[0]), **T2, what=f"T(x) for degree {n}")
        close(array(taylor_polynomial(derivs, a, x), (4,)), expected, **T2, what=f"T(x) for degree {n}")


# %%
@hidden
def half_the_distance_divides_the_error_by_a_power_of_two(taylor_polynomial, rng):
    """With n + 1 derivatives, half the distance from a divides the error by about 2^(n + 1)."""
    for n in (0, 1, 2, 3, 4):
        a = float(rng.uniform(-1.0, 1.0))
        derivs = np.full(n + 1, math.exp(a))
        far = abs(math.exp(a + 0.1) - taylor_polynomial(derivs, a, a + 0.1))
        close_by = abs(math.exp(a + 0.05) - taylor_polynomial(derivs, a, a + 0.05))
        factor = 2 ** (n + 1)
        fits = 0 < 0.9 * factor * close_by <= far <= 1.1 * factor * close_by
        holds(fits, f"With {n + 1} derivatives, half the distance should divide the error by about {factor}.")


# %%
@hidden(weight=2)
def thirty_terms_of_the_exponential_are_accurate(taylor_polynomial, rng):
    """With 30 derivatives around 0, the exponential is right between -5 and 6."""
    x = np.concatenate([[1.0, 5.0, 6.0], rng.uniform(-5.0, 5.0, size=4)])
    close(array(taylor_polynomial(np.ones(30), 0.0, x), (7,)), np.exp(x), **T2, what="T(x) for the exponential")


# %%
@hidden
def the_sine_around_another_point(taylor_polynomial, rng):
    """With 22 derivatives around a, the sine is right within 2 of a."""
    a = float(rng.uniform(2.0, 3.0))
    derivs = np.array([math.sin(a + k * math.pi / 2) for k in range(22)])
    x = a + rng.uniform(-2.0, 2.0, size=5)
    close(array(taylor_polynomial(derivs, a, x), (5,)), np.sin(x), **T2, what="T(x) for the sine")


# %%
@hidden
def the_shape_of_x_comes_back(taylor_polynomial, rng):
    """The result has the shape of x, also when only f(a) is known."""
    a = float(rng.normal())
    for shape in ((1,), (2, 3), (2, 1, 2), (0,)):
        x = rng.normal(size=shape)
        close(array(taylor_polynomial([2.0], a, x), shape), np.full(shape, 2.0), **T2, what="T(x) of degree 0")
        values = array(taylor_polynomial([1.0, -2.0, 3.0], a, x), shape)
        close(values, 1 - 2 * (x - a) + 1.5 * (x - a) ** 2, **T2, what="T(x) of degree 2")


# %%
@hidden
def whole_numbers_become_floats(taylor_polynomial):
    """Whole numbers give the same value as floats."""
    close(taylor_polynomial([1, 1, 1, 1], 1, 2), 1 + 1 + 1 / 2 + 1 / 6, **T2, what="1 + 1 + 1/2 + 1/6")
    values = array(taylor_polynomial(np.array([1, 3, 5]), 0, np.array([1, -2, 3])), (3,))
    close(values, np.array([6.5, 5.0, 32.5]), **T2, what="1 + 3x + 5x^2/2")
    # In whole numbers without a sign, 1 - 2 would be 255.
    values = array(taylor_polynomial([1, 3, 5], 2, np.array([1, 2, 3], dtype=np.uint8)), (3,))
    close(values, np.array([0.5, 1.0, 6.5]), **T2, what="1 + 3(x - 2) + 5(x - 2)^2/2 for x of type uint8")


# %%
@hidden
def derivatives_of_another_shape_raise(taylor_polynomial):
    """Derivatives given as one number, as a table or as an empty array raise ValueError."""
    for derivs in (2.0, np.ones((2, 2)), np.array([])):
        raises(ValueError, taylor_polynomial, derivs, 0.0, np.ones(2))


# %%
@accepted
def with_factorials(derivs_at_a, a, x):
    if np.ndim(derivs_at_a) != 1 or len(derivs_at_a) == 0:
        raise ValueError("one row of derivatives")
    step = np.array(x, dtype=float) - a
    terms = [float(d) / math.factorial(k) * step**k for k, d in enumerate(derivs_at_a)]
    total = np.sum(terms, axis=0)
    return total if np.ndim(x) > 0 else float(total)


# %%
@accepted
def from_the_inside_like_horner(derivs_at_a, a, x):
    d = np.array(derivs_at_a, dtype=np.float64)
    if len(d.shape) != 1 or not len(d):
        raise ValueError("one row of derivatives")
    points = np.array(x, dtype=np.float64)
    total = np.full(points.shape, d[-1])
    for k in range(len(d) - 1, 0, -1):
        total = d[k - 1] + (points - a) / k * total
    return total.item() if points.shape == () else total


# %%
@misconception(
    caught_by="a_polynomial_is_its_own_taylor_polynomial",
    hint="Differentiate (x - a)^k k times: k! appears and must be cancelled.",
)
def factorial_missing(derivs_at_a, a, x):
    derivs, x = np.asarray(derivs_at_a, dtype=float), np.asarray(x, dtype=float)
    if derivs.ndim != 1 or derivs.size == 0:
        raise ValueError("one row of derivatives")
    value, term = np.zeros(x.shape), np.ones(x.shape)
    for derivative in derivs:
        value = value + derivative * term
        term = term * (x - a)
    return float(value) if x.ndim == 0 else value


# %%
@misconception(
    caught_by="the_value_at_a_is_the_value_of_the_function",
    hint="The expansion is around a: use powers of x - a, not of x.",
)
def powers_of_x(derivs_at_a, a, x):
    derivs, x = np.asarray(derivs_at_a, dtype=float), np.asarray(x, dtype=float)
    if derivs.ndim != 1 or derivs.size == 0:
        raise ValueError("one row of derivatives")
    value, term = np.zeros(x.shape), np.ones(x.shape)
    for k, derivative in enumerate(derivs):
        value = value + derivative * term
        term = term * x / (k + 1)
    return float(value) if x.ndim == 0 else value


# %%
@misconception(
    caught_by="thirty_terms_of_the_exponential_are_accurate",
    hint="21! does not fit into 64 bits and wraps around without an error. Build each term from the previous one.",
)
def factorials_that_overflow(derivs_at_a, a, x):
    derivs, x = np.asarray(derivs_at_a, dtype=float), np.asarray(x, dtype=float)
    if derivs.ndim != 1 or derivs.size == 0:
        raise ValueError("one row of derivatives")
    factorials = np.cumprod(np.maximum(np.arange(len(derivs), dtype=np.int64), 1), dtype=np.int64)
    value = np.zeros(x.shape)
    for k, derivative in enumerate(derivs):
        value = value + derivative * (x - a) ** k / factorials[k]
    return float(value) if x.ndim == 0 else value


# %%
@misconception(
    caught_by="a_polynomial_is_its_own_taylor_polynomial",
    hint="The term of order k is divided by the factorial k! = 1 * 2 * ... * k, not by k alone.",
)
def divides_by_k_alone(derivs_at_a, a, x):
    derivs, x = np.asarray(derivs_at_a, dtype=float), np.asarray(x, dtype=float)
    if derivs.ndim != 1 or derivs.size == 0:
        raise ValueError("one row of derivatives")
    value = np.zeros(x.shape)
    for k, derivative in enumerate(derivs):
        value = value + derivative * (x - a) ** k / max(k, 1)
    return float(value) if x.ndim == 0 else value


# %%
@misconception(
    caught_by="the_value_at_a_is_the_value_of_the_function",
    hint="The first entry is f(a) itself, with power 0 and 0! = 1. Count from 0.",
)
def counts_from_one(derivs_at_a, a, x):
    derivs, x = np.asarray(derivs_at_a, dtype=float), np.asarray(x, dtype=float)
    if derivs.ndim != 1 or derivs.size == 0:
        raise ValueError("one row of derivatives")
    value, term = np.zeros(x.shape), np.ones(x.shape)
    for k, derivative in enumerate(derivs):
        term = term * (x - a) / (k + 1)
        value = value + derivative * term
    return float(value) if x.ndim == 0 else value

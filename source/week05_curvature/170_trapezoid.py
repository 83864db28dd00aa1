# %% [markdown]
# ### The trapezoidal rule
#
# An integral is an area under a curve. Probabilities are such areas, and most of them have no formula. The simplest
# approximation cuts the area into strips and closes each strip with a straight line.
#
# With $n$ subintervals of width $h = (b - a)/n$ and the points $x_i = a + i h$ for $i = 0, \dots, n$:
#
# $$\int_a^b f(x)\,dx \approx h \left( \tfrac12 f(x_0) + f(x_1) + \dots + f(x_{n-1}) + \tfrac12 f(x_n) \right)$$
#
# **By hand.** $f(x) = x^2$ from 0 to 2 with $n = 2$: $h = 1$, the points are $0, 1, 2$ with values $0, 1, 4$. The
# rule gives $1 \cdot (0 + 1 + 2) = 3$. With $n = 4$ it gives $\frac12 (0 + 0.25 + 1 + 2.25 + 2) = 2.75$. The true area
# is $8/3 \approx 2.667$: the error fell from $1/3$ to $1/12$, which is a quarter of it.
#
# Return one float. The function `f` takes an array of points and returns the array of its values.

# %%
from autograder.kit import T2, accepted, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("numpy.trapezoid", "scipy.integrate.*"),
    oracle="numpy.trapezoid; the fundamental theorem of calculus",
    section="Integrals and areas",
    topics=(
        "r2-o3-integration",
        "r2-o6-numerical-diff-int",
        "r2-sum-numerical-methods",
        "r4-calc-integrals",
        "r4-nice-calc-integrals",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def trapezoid(f: Callable[[np.ndarray], np.ndarray], a: float, b: float, n: int) -> float:
    """Approximate the integral of f from a to b with the composite trapezoidal rule.

    Parameters
    ----------
    f : function that takes an array of shape (m,) and returns its values, shape (m,)
    a, b : the limits; a > b gives the negative of the integral from b to a, and a = b gives 0
    n : number of subintervals, at least 1

    Returns
    -------
    float

    Raises
    ------
    ValueError : n < 1
    """
    ### BEGIN SOLUTION
    if n < 1:
        raise ValueError("n must be at least 1")
    y = f(np.linspace(a, b, n + 1))
    return float((b - a) / n * (np.sum(y) - (y[0] + y[-1]) / 2))
    ### END SOLUTION


# %%
@check
def a_parabola_with_two_and_with_four_strips(trapezoid):
    """For x^2 from 0 to 2 the rule gives 3 with n = 2 and 2.75 with n = 4."""
    close(trapezoid(lambda x: x**2, 0.0, 2.0, 2), 3.0, **T2, what="the area with n = 2")
    close(trapezoid(lambda x: x**2, 0.0, 2.0, 4), 2.75, **T2, what="the area with n = 4")


# %%
@check
def no_subinterval_raises(trapezoid):
    """With n = 0 there is no strip: ValueError."""
    raises(ValueError, trapezoid, lambda x: x**2, 0.0, 2.0, 0)


# %%
@hidden(weight=2)
def straight_lines_are_exact(trapezoid, rng):
    """The rule is exact for straight lines, with any number of strips."""
    for n in (1, 2, 3, 7, 40):
        slope, start = float(rng.normal()), float(rng.uniform(0.5, 2.0))
        a, b = float(rng.uniform(-2.0, 0.0)), float(rng.uniform(0.5, 2.0))
        exact = slope * (b * b - a * a) / 2 + start * (b - a)
        value = trapezoid(lambda x, s=slope, c=start: s * x + c, a, b, n)
        close(value, exact, **T2, what=f"the area under a straight line with n = {n}")


# %%
@hidden(weight=2)
def agrees_with_numpy(trapezoid, rng):
    """The value is the one of numpy.trapezoid on n + 1 equally spaced points."""
    for n in (1, 2, 5, 16, 101):
        k, kink = float(rng.uniform(0.5, 3.0)), float(rng.uniform(0.0, 1.0))
        a = float(rng.uniform(-1.0, 0.0))
        b = a + float(rng.uniform(0.5, 3.0))

        def rough(x, k=k, kink=kink):
            return np.abs(x - kink) + np.exp(-x) * np.cos(k * x)

        points = np.linspace(a, b, n + 1)
        expected = float(np.trapezoid(rough(points), points))
        close(trapezoid(rough, a, b, n), expected, **T2, what=f"the area with n = {n}")


# %%
@hidden
def twice_as_many_strips_divide_the_error_by_four(trapezoid):
    """For a smooth function the error falls by a factor of about 4 when n is doubled."""
    exact = float(np.e - 1.0)
    for n in (8, 20):
        coarse = abs(trapezoid(lambda x: np.exp(x), 0.0, 1.0, n) - exact)
        fine = abs(trapezoid(lambda x: np.exp(x), 0.0, 1.0, 2 * n) - exact)
        holds(3.9 * fine <= coarse <= 4.1 * fine, "Doubling n should divide the error by about 4.")


# %%
@hidden
def areas_side_by_side_add_up(trapezoid, rng):
    """The area from a to c plus the area from c to b is the area from a to b, on matching points."""
    for n in (1, 3, 10):
        a, h = float(rng.uniform(-1.0, 1.0)), float(rng.uniform(0.05, 0.2))
        left = trapezoid(lambda x: np.sin(3 * x), a, a + n * h, n)
        right = trapezoid(lambda x: np.sin(3 * x), a + n * h, a + 3 * n * h, 2 * n)
        whole = trapezoid(lambda x: np.sin(3 * x), a, a + 3 * n * h, 3 * n)
        close(left + right, whole, **T2, what="the sum of two neighbouring areas")


# %%
@hidden
def the_area_is_linear_in_the_function(trapezoid, rng):
    """The area under 2f - 3g is twice the area under f minus three times the area under g."""
    for n in (1, 4, 9):
        a, b = float(rng.uniform(-2.0, 0.0)), float(rng.uniform(1.0, 2.0))
        f = trapezoid(lambda x: np.exp(x), a, b, n)
        g = trapezoid(lambda x: 1 / (1 + x * x), a, b, n)
        both = trapezoid(lambda x: 2 * np.exp(x) - 3 / (1 + x * x), a, b, n)
        close(both, 2 * f - 3 * g, **T2, what="the area under 2f - 3g")


# %%
@hidden
def exchanging_the_limits_changes_the_sign(trapezoid):
    """The integral from b to a is the negative of the integral from a to b, and from a to a it is 0."""
    close(trapezoid(lambda x: x + 1, 3.0, 1.0, 5), -6.0, **T2, what="the integral of x + 1 from 3 to 1")
    close(trapezoid(lambda x: x**2, 2.0, 0.0, 2), -3.0, **T2, what="the integral of x^2 from 2 to 0 with n = 2")
    close(trapezoid(lambda x: np.cos(x), 1.3, 1.3, 4), 0.0, **T2, what="an integral from a to a")


# %%
@hidden
def the_slope_of_the_area_is_the_function(trapezoid, rng):
    """Fundamental theorem: the derivative of the area from a to x is f(x)."""
    for _ in range(2):
        x, d = float(rng.uniform(0.5, 1.5)), 1e-3
        above = trapezoid(lambda t: np.exp(-t * t), 0.0, x + d, 400)
        below = trapezoid(lambda t: np.exp(-t * t), 0.0, x - d, 400)
        close((above - below) / (2 * d), float(np.exp(-x * x)), rtol=1e-4, atol=0.0, what="the slope of the area")


# %%
@hidden
def whole_numbers_as_limits_are_fine(trapezoid):
    """Limits may be whole numbers."""
    close(trapezoid(lambda x: x**3, 0, 3, 2), 25.3125, **T2, what="x^3 from 0 to 3 with n = 2")
    close(trapezoid(lambda x: np.exp(-x * x / 2) / np.sqrt(2 * np.pi), -8, 8, 64), 1.0, **T2, what="the normal area")


# %%
@hidden
def negative_numbers_of_subintervals_raise(trapezoid):
    """The numbers 0, -1 and -4 of subintervals raise ValueError, whatever the limits are."""
    for n in (0, -1, -4):
        raises(ValueError, trapezoid, lambda x: x, 0.0, 1.0, n)
        raises(ValueError, trapezoid, lambda x: x, 1.0, 1.0, n)


# %%
@accepted
def as_the_mean_of_two_sums_of_rectangles(f, a, b, n):
    if n < 1:
        raise ValueError("n must be at least 1")
    h = (b - a) / n
    left = [a + i * h for i in range(n)]
    right = [a + (i + 1) * h for i in range(n)]
    return float(h * (sum(f(np.array(left))) + sum(f(np.array(right)))) / 2)


# %%
@accepted
def with_weights(f, a, b, n):
    if not n > 0:
        raise ValueError("too few strips")
    share = np.arange(n + 1) / n
    weights = np.full(n + 1, 1.0 / n)
    weights[[0, -1]] /= 2
    return float((b - a) * np.dot(weights, f((1 - share) * a + share * b)))


# %%
@misconception(
    caught_by="straight_lines_are_exact",
    hint="The end points belong to one strip only: they count half.",
)
def end_points_count_fully(f, a, b, n):
    if n < 1:
        raise ValueError("n must be at least 1")
    y = f(np.linspace(a, b, n + 1))
    return float((b - a) / n * np.sum(y))


# %%
@misconception(
    caught_by="straight_lines_are_exact",
    hint="n subintervals have n + 1 borders: np.linspace(a, b, n + 1).",
)
def takes_n_points(f, a, b, n):
    if n < 1:
        raise ValueError("n must be at least 1")
    y = f(np.linspace(a, b, n))
    return float((b - a) / n * (np.sum(y) - (y[0] + y[-1]) / 2))


# %%
@misconception(
    caught_by="exchanging_the_limits_changes_the_sign",
    hint="Reversing the limits changes the sign only; it is no error.",
)
def refuses_reversed_limits(f, a, b, n):
    if n < 1:
        raise ValueError("n must be at least 1")
    if a > b:
        raise ValueError("a must not exceed b")
    y = f(np.linspace(a, b, n + 1))
    return float((b - a) / n * (np.sum(y) - (y[0] + y[-1]) / 2))


# %%
@misconception(
    caught_by="exchanging_the_limits_changes_the_sign",
    hint="The width h = (b - a)/n keeps its sign; do not take its absolute value.",
)
def loses_the_sign_of_the_width(f, a, b, n):
    if n < 1:
        raise ValueError("n must be at least 1")
    y = f(np.linspace(a, b, n + 1))
    return float(abs(b - a) / n * (np.sum(y) - (y[0] + y[-1]) / 2))


# %%
@misconception(
    caught_by="a_parabola_with_two_and_with_four_strips",
    hint="Rectangles at the left end miss the slanted top. Take the mean of both ends of each strip.",
)
def left_ends_only(f, a, b, n):
    if n < 1:
        raise ValueError("n must be at least 1")
    y = f(np.linspace(a, b, n + 1))
    return float((b - a) / n * np.sum(y[:-1]))

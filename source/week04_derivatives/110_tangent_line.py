# %% [markdown]
# ### The tangent line
#
# Close to one point, a smooth curve looks like a straight line. That line is the tangent. Gradient descent uses it in
# every step: it reads the slope where it stands and follows the line for a short way.
#
# The tangent to $f$ at $x_0$ has the slope $m = f'(x_0)$ and goes through the point $(x_0, f(x_0))$. Written as
# $y = m x + c$, this means
#
# $$m = f'(x_0), \qquad m x_0 + c = f(x_0).$$
#
# **By hand.** $f(x) = x^2$ with $f'(x) = 2x$, at $x_0 = 3$. The slope is $m = 6$. The line meets the curve at height
# $f(3) = 9$, so $6 \cdot 3 + c = 9$ and $c = -9$. The tangent is $y = 6x - 9$.
#
# Return the slope and the intercept, in this order. Both functions, $f$ and its derivative, are given to you.

# %%
from autograder.kit import T1, accepted, check, close, exercise, hidden, misconception

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="the tangents of parabolas in closed form, and numpy.polynomial.Polynomial",
    section="The derivative",
    topics=(
        "r0-w4-derivatives",
        "r1-t02-derivatives-gradients",
        "r2-o3-differentiation",
        "r2-sum-calculus",
        "r2-a3-derivatives-partials",
        "r2-b3-derivatives-partials",
        "r3-1-3-derivative",
        "r4-basic-graph-coordinates-slopes",
        "r4-calc-derivatives",
        "r4-req-calc-derivatives-gradients",
    ),
)

# %%
import math
from collections.abc import Callable

import numpy as np


# %%
def tangent_line(f: Callable[[float], float], df: Callable[[float], float], x0: float) -> tuple[float, float]:
    """Return the tangent to f at x0 as a line m x + c.

    Parameters
    ----------
    f : function of one float
    df : its derivative, a function of one float
    x0 : the point where the line touches the curve

    Returns
    -------
    (m, c) : two floats, the slope of the line and its intercept (the height of the line at x = 0)
    """
    ### BEGIN SOLUTION
    slope = df(x0)
    return float(slope), float(f(x0) - slope * x0)
    ### END SOLUTION


# %%
@check
def a_parabola_at_3(tangent_line):
    """The tangent to x^2 at 3 is 6 x - 9."""
    m, c = tangent_line(lambda x: x**2, lambda x: 2 * x, 3.0)
    close(m, 6.0, **T1, what="the slope")
    close(c, -9.0, **T1, what="the intercept")


# %%
@check
def a_falling_curve_at_1(tangent_line):
    """The tangent to 1/(1 + x) at 1 is 0.75 - 0.25 x."""
    m, c = tangent_line(lambda x: 1 / (1 + x), lambda x: -1 / (1 + x) ** 2, 1.0)
    close(m, -0.25, **T1, what="the slope")
    close(c, 0.75, **T1, what="the intercept")


# %%
@hidden(weight=2)
def the_line_touches_the_curve(tangent_line, rng):
    """At x0 the line has the height f(x0) and the slope df(x0)."""
    for x0 in (1.0, -1.0, *rng.uniform(-3.0, 3.0, size=6)):
        x0, k = float(x0), float(rng.uniform(0.5, 2.0))
        m, c = tangent_line(lambda x: math.exp(-k * x), lambda x: -k * math.exp(-k * x), x0)
        close(m, -k * math.exp(-k * x0), **T1, what="the slope of the tangent to exp(-k x)")
        close(m * x0 + c, math.exp(-k * x0), **T1, what="the height of the tangent at x0")


# %%
@hidden(weight=2)
def tangents_of_parabolas(tangent_line, rng):
    """The tangent to a x^2 + b x + d at x0 has the slope 2 a x0 + b and the intercept d - a x0^2."""
    for _ in range(5):
        a, b, d, x0 = (float(value) for value in rng.uniform(-2.0, 2.0, size=4))
        m, c = tangent_line(lambda x: a * x * x + b * x + d, lambda x: 2 * a * x + b, x0)
        close(m, 2 * a * x0 + b, **T1, what="the slope of the tangent to a parabola")
        close(c, d - a * x0 * x0, **T1, what="the intercept of the tangent to a parabola")


# %%
@hidden
def a_straight_line_is_its_own_tangent(tangent_line, rng):
    """The tangent to a straight line is that line, wherever it is taken."""
    slope, height = (float(value) for value in rng.uniform(-4.0, 4.0, size=2))
    for x0 in (0.0, 1.0, -2.5, 10.0):
        m, c = tangent_line(lambda x: slope * x + height, lambda x: slope, x0)
        close(m, slope, **T1, what="the slope of the tangent to a straight line")
        close(c, height, **T1, what="the intercept of the tangent to a straight line")


# %%
@hidden
def shifting_the_curve_up_shifts_only_the_intercept(tangent_line, rng):
    """Adding k to f adds k to the intercept and leaves the slope as it is."""
    x0, k = float(rng.uniform(0.5, 2.0)), float(rng.uniform(1.0, 5.0))
    m, c = tangent_line(lambda x: math.sin(x), lambda x: math.cos(x), x0)
    raised_m, raised_c = tangent_line(lambda x: math.sin(x) + k, lambda x: math.cos(x), x0)
    close(m, math.cos(x0), **T1, what="the slope of the tangent to the sine")
    close(raised_m, m, **T1, what="the slope after shifting the curve up")
    close(raised_c - c, k, **T1, what="the change of the intercept")


# %%
@hidden
def cubics_agree_with_numpy(tangent_line, rng):
    """For a cubic, the tangent is the part of degree 0 and 1 of the cubic written in powers of x - x0."""
    for x0 in (2, -1, float(rng.normal())):
        cubic = np.polynomial.Polynomial(rng.normal(size=4))
        derived = cubic.deriv()
        m, c = tangent_line(lambda x: float(cubic(x)), lambda x: float(derived(x)), x0)
        # What is left of the cubic after its tangent is taken away has a double root at x0.
        rest = cubic - np.polynomial.Polynomial([c, m])
        close(float(rest(x0)), 0.0, **T1, what="the gap between curve and tangent at x0")
        close(float(rest.deriv()(x0)), 0.0, **T1, what="the difference of the slopes at x0")


# %%
@hidden
def the_tangent_is_flat_where_the_derivative_is_zero(tangent_line):
    """At a highest or lowest point the slope is 0 and the intercept is the height; at x0 = 0 the intercept is f(0)."""
    m, c = tangent_line(lambda x: 3 - (x - 2) ** 2, lambda x: -2 * (x - 2), 2.0)
    close(m, 0.0, **T1, what="the slope at the top of a parabola")
    close(c, 3.0, **T1, what="the intercept at the top of a parabola")
    m, c = tangent_line(lambda x: math.exp(x), lambda x: math.exp(x), 0.0)
    close(m, 1.0, **T1, what="the slope of the tangent to exp at 0")
    close(c, 1.0, **T1, what="the intercept of the tangent to exp at 0")


# %%
@accepted
def walks_back_from_the_point_to_zero(f, df, x0):
    height = f(x0)
    slope = df(x0)
    return slope, height + slope * (0.0 - x0)


# %%
@accepted
def through_two_points_of_the_line(f, df, x0):
    # The point of contact and the point one unit to its right determine the line.
    left, right = np.array([x0, 1.0]), np.array([x0 + 1.0, 1.0])
    heights = np.array([f(x0), f(x0) + df(x0)])
    m, c = np.linalg.solve(np.array([left, right]), heights)
    return float(m), float(c)


# %%
@misconception(
    caught_by="a_parabola_at_3",
    hint="That is the height at x0; the intercept is the height of the line at 0. Solve m x0 + c = f(x0) for c.",
)
def intercept_is_the_height_at_x0(f, df, x0):
    return float(df(x0)), float(f(x0))


# %%
@misconception(
    caught_by="a_parabola_at_3",
    hint="The rate of change is taken at x0: the slope is df(x0), not df(0).",
)
def slope_taken_at_zero(f, df, x0):
    slope = df(0.0)
    return float(slope), float(f(x0) - slope * x0)


# %%
@misconception(
    caught_by="a_parabola_at_3",
    hint="The line touches the curve at x0: m x0 + c = f(x0), so m x0 is taken away from f(x0), not added.",
)
def adds_instead_of_taking_away(f, df, x0):
    slope = df(x0)
    return float(slope), float(f(x0) + slope * x0)


# %%
@misconception(
    caught_by="a_parabola_at_3",
    hint="The intercept belongs to the line, not to the curve: f(0) is the height of the curve at 0.",
)
def intercept_is_the_curve_at_zero(f, df, x0):
    return float(df(x0)), float(f(0.0))


# %%
@misconception(
    caught_by="a_parabola_at_3",
    hint="Return the slope first and the intercept second.",
)
def intercept_first(f, df, x0):
    slope = df(x0)
    return float(f(x0) - slope * x0), float(slope)

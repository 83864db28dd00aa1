# %% [markdown]
# ### The derivative as a difference quotient
#
# How fast does $f$ change at $x$? Walk a small step $h$ to both sides, and divide the change of the value by the
# distance walked. This needs no formula for the derivative, so it is how programmers test every formula they derive.
#
# $$f'(x) \approx \frac{f(x + h) - f(x - h)}{2h}$$
#
# This is the **central difference**. Its error shrinks like $h^2$. But a step that is too small drowns in rounding. A
# good compromise is $h = \varepsilon^{1/3} \max(1, |x|)$, where $\varepsilon = 2^{-52}$ is the machine epsilon
# (`np.finfo(float).eps`). Near $x = 1$ this is about $6 \cdot 10^{-6}$.
#
# **By hand.** $f(x) = x^3$ at $x = 1$ with $h = 0.5$, where $f'(1) = 3$. The two values are $f(1.5) = 3.375$ and
# $f(0.5) = 0.125$. The quotient is $(3.375 - 0.125) / 1 = 3.25$, the error $0.25$. With $h = 0.25$ it is
# $(1.953125 - 0.421875) / 0.5 = 3.0625$, the error $0.0625$: half the step, a quarter of the error.
#
# Return the quotient. Call $f$ exactly twice.

# %%
from autograder.kit import T2, T3, accepted, check, close, exercise, hidden, holds, misconception, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.gradient", "scipy.optimize.approx_fprime", "scipy.differentiate.*"),
    oracle="derivatives known in closed form",
    section="The derivative",
    topics=(
        "r0-w4-derivatives",
        "r1-t02-derivatives-gradients",
        "r1-t07-numerical-differentiation",
        "r2-o3-differentiation",
        "r2-o6-numerical-diff-int",
        "r2-sum-calculus",
        "r2-a3-derivatives-partials",
        "r2-a3-derivative-quadratic",
        "r2-b3-derivatives-partials",
        "r2-b3-finite-differences",
        "r3-1-3-derivative",
        "r4-calc-derivatives",
        "r4-mlmath-finite-differences",
        "r4-req-calc-derivatives-gradients",
        "r4-nice-num-finite-differences",
    ),
)

# %%
import math
from collections.abc import Callable

import numpy as np


# %%
def derivative(f: Callable[[float], float], x: float, h: float | None = None) -> float:
    """Approximate the derivative of f at x by the central difference (f(x + h) - f(x - h)) / (2 h).

    Parameters
    ----------
    f : function of one float; it is called exactly twice
    x : the point
    h : the step, positive; None stands for eps^(1/3) * max(1, |x|) with eps = np.finfo(float).eps

    Returns
    -------
    float

    Raises
    ------
    ValueError : h is zero, negative or NaN
    """
    ### BEGIN SOLUTION
    if h is None:
        h = float(np.finfo(float).eps) ** (1 / 3) * max(1.0, abs(x))
    if not h > 0:
        raise ValueError("the step h must be positive")
    return float((f(x + h) - f(x - h)) / (2 * h))
    ### END SOLUTION


# %%
@check
def a_cubic_with_large_steps(derivative):
    """For x^3 at 1 the step 0.5 gives 3.25 and the step 0.25 gives 3.0625."""
    close(derivative(lambda x: x**3, 1.0, 0.5), 3.25, **T2, what="the quotient with h=0.5")
    close(derivative(lambda x: x**3, 1.0, h=0.25), 3.0625, **T2, what="the quotient with h=0.25")


# %%
@check
def a_parabola_with_the_default_step(derivative):
    """The derivative of x^2 at 3 is 6 and at -2 it is -4."""
    close(derivative(lambda x: x**2, 3.0), 6.0, **T3, what="the derivative of x^2 at 3")
    close(derivative(lambda x: x**2, -2), -4.0, **T3, what="the derivative of x^2 at -2")


# %%
@check
def a_step_of_zero_raises(derivative):
    """A step of 0 raises ValueError."""
    raises(ValueError, derivative, lambda x: x**2, 1.0, 0.0)


# %%
@hidden(weight=2)
def quadratics_are_exact_with_any_step(derivative, rng):
    """For a x^2 + b x + c the quotient is 2 a x + b, whatever the step is."""
    for h in (1.0, 0.1, 0.01, float(rng.uniform(0.2, 2.0))):
        a, b, c, x = (float(value) for value in rng.uniform(-2.0, 2.0, size=4))
        value = derivative(lambda t: a * t * t + b * t + c, x, h)
        close(value, 2 * a * x + b, **T2, what="the quotient of a quadratic")


# %%
@hidden(weight=2)
def agrees_with_known_derivatives(derivative, rng):
    """With the default step, the derivatives of sine, exponential, logarithm and powers are right."""
    for x in (1.0, 0.3, float(rng.uniform(0.5, 3.0))):
        close(derivative(lambda t: math.sin(t), x), math.cos(x), **T3, what="the derivative of sin")
        close(derivative(lambda t: math.exp(t), x), math.exp(x), **T3, what="the derivative of exp")
        close(derivative(lambda t: math.log(t), x), 1 / x, **T3, what="the derivative of log")
        close(derivative(lambda t: t**5, -x), 5 * x**4, **T3, what="the derivative of x^5 at a negative point")


# %%
@hidden
def the_default_step_gives_nine_digits(derivative):
    """For the sine at 1 the error with the default step is below 1e-9."""
    error = abs(derivative(lambda x: math.sin(x), 1.0) - math.cos(1.0))
    holds(error < 1e-9, f"For sin at 1 the error should be below 1e-9; it is {error:.2g}.")


# %%
@hidden(weight=2)
def half_the_step_quarters_the_error(derivative, rng):
    """Halving the step from 0.01 to 0.005 divides the error by about 4."""
    for x in (1.0, float(rng.uniform(-1.0, 1.5))):
        coarse = abs(derivative(lambda t: math.exp(t), x, 0.01) - math.exp(x))
        fine = abs(derivative(lambda t: math.exp(t), x, 0.005) - math.exp(x))
        holds(3.9 * fine <= coarse <= 4.1 * fine, "Half the step should give about a quarter of the error.")


# %%
@hidden
def calls_f_exactly_twice(derivative, rng):
    """The function is called exactly twice, at x - h and at x + h."""
    for h in (0.5, float(rng.uniform(0.1, 1.0))):
        x, seen = float(rng.uniform(-2.0, 2.0)), []

        def f(t):
            seen.append(float(t))
            return t * t

        derivative(f, x, h)
        same(len(seen), 2, what="the number of calls of f")
        close(sorted(seen), [x - h, x + h], **T2, what="the points where f is called")


# %%
@hidden
def the_default_step_grows_with_x(derivative):
    """Without h, the step is eps^(1/3) for |x| below 1 and eps^(1/3) |x| beyond."""
    for x, scale in ((0.0, 1.0), (0.25, 1.0), (-8.0, 8.0), (1000.0, 1000.0), (-1e6, 1e6)):
        seen = []

        def f(t):
            seen.append(float(t))
            return t

        close(derivative(f, x), 1.0, **T3, what="the derivative of x")
        same(len(seen), 2, what="the number of calls of f")
        width = (max(seen) - min(seen)) / 2
        close(width, 2.0 ** (-52 / 3) * scale, rtol=1e-6, atol=0.0, what=f"the default step at x = {x:g}")


# %%
@hidden
def linear_in_the_function(derivative, rng):
    """The derivative of a f + b g is a f' + b g', and the derivative of a constant is 0."""
    for h in (0.3, 0.01):
        a, b, x = (float(value) for value in rng.uniform(-2.0, 2.0, size=3))
        both = derivative(lambda t: a * math.sin(t) + b * math.exp(t), x, h)
        sine, exponential = derivative(lambda t: math.sin(t), x, h), derivative(lambda t: math.exp(t), x, h)
        close(both, a * sine + b * exponential, **T2, what="the quotient of a sum")
        close(derivative(lambda t: 7.0, x, h), 0.0, **T2, what="the quotient of a constant")


# %%
@hidden
def even_functions_are_flat_at_zero(derivative):
    """Functions that are the same on both sides of 0 have the quotient 0 there, for every step."""
    for h in (None, 1e-3, 1.0):
        close(derivative(lambda x: math.cos(x), 0.0, h), 0.0, **T2, what="the quotient of cos at 0")
        close(derivative(lambda x: x**4, 0, h), 0.0, **T2, what="the quotient of x^4 at 0")


# %%
@hidden
def steps_that_are_not_positive_raise(derivative):
    """A step that is zero, negative or NaN raises ValueError."""
    for h in (0.0, 0, -1e-5, -1.0, math.nan):
        raises(ValueError, derivative, lambda x: x, 2.0, h)


# %%
@accepted
def slope_between_the_two_points(f, x, h=None):
    step = np.cbrt(np.spacing(1.0)) * np.maximum(1.0, np.abs(x)) if h is None else h
    if step <= 0 or math.isnan(step):
        raise ValueError("h must be positive")
    left, right = x - step, x + step
    return float((f(right) - f(left)) / (right - left))


# %%
@accepted
def weights_times_values(f, x, h=None):
    if h is None:
        h = 2.0 ** (-52 / 3) * (abs(x) if abs(x) > 1 else 1.0)
    elif not 0 < h:
        raise ValueError("h must be positive")
    total = sum(sign * f(x + sign * h) for sign in (-1.0, 1.0))
    return 0.5 * total / h


# %%
@misconception(
    caught_by="a_cubic_with_large_steps",
    hint="Look to both sides: the error then shrinks with h squared, not only with h.",
)
def forward_difference(f, x, h=None):
    if h is None:
        h = float(np.finfo(float).eps) ** (1 / 3) * max(1.0, abs(x))
    if not h > 0:
        raise ValueError("the step h must be positive")
    return float((f(x + h) - f(x)) / h)


# %%
@misconception(
    caught_by="the_default_step_gives_nine_digits",
    hint="Too small a step drowns in rounding. Take eps^(1/3) * max(1, |x|).",
)
def a_tiny_default_step(f, x, h=None):
    h = 1e-13 if h is None else h
    if not h > 0:
        raise ValueError("the step h must be positive")
    return float((f(x + h) - f(x - h)) / (2 * h))


# %%
@misconception(
    caught_by="a_cubic_with_large_steps",
    hint="The two points are 2h apart: divide by 2h.",
)
def divides_by_h(f, x, h=None):
    if h is None:
        h = float(np.finfo(float).eps) ** (1 / 3) * max(1.0, abs(x))
    if not h > 0:
        raise ValueError("the step h must be positive")
    return float((f(x + h) - f(x - h)) / h)


# %%
@misconception(
    caught_by="a_step_of_zero_raises",
    hint="`h or default` also replaces a step of 0. Ask `h is None` and let 0 raise ValueError.",
)
def zero_counts_as_no_step(f, x, h=None):
    h = h or float(np.finfo(float).eps) ** (1 / 3) * max(1.0, abs(x))
    if not h > 0:
        raise ValueError("the step h must be positive")
    return float((f(x + h) - f(x - h)) / (2 * h))


# %%
@misconception(
    caught_by="the_default_step_grows_with_x",
    hint="The step must grow with |x|, or large x swallow it: multiply by max(1, |x|).",
)
def the_same_default_step_everywhere(f, x, h=None):
    h = float(np.finfo(float).eps) ** (1 / 3) if h is None else h
    if not h > 0:
        raise ValueError("the step h must be positive")
    return float((f(x + h) - f(x - h)) / (2 * h))


# %%
@misconception(
    caught_by="even_functions_are_flat_at_zero",
    hint="At x = 0 your default step is 0. Multiply by max(1, |x|), not by |x|.",
)
def the_default_step_is_zero_at_zero(f, x, h=None):
    h = float(np.finfo(float).eps) ** (1 / 3) * abs(x) if h is None else h
    if not h > 0:
        raise ValueError("the step h must be positive")
    return float((f(x + h) - f(x - h)) / (2 * h))


# %%
@misconception(
    caught_by="the_default_step_grows_with_x",
    hint="The square root of eps suits the forward difference. For the central one take the cube root.",
)
def square_root_of_eps(f, x, h=None):
    h = float(np.finfo(float).eps) ** (1 / 2) * max(1.0, abs(x)) if h is None else h
    if not h > 0:
        raise ValueError("the step h must be positive")
    return float((f(x + h) - f(x - h)) / (2 * h))

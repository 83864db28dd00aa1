# %% [markdown]
# ### Simpson's rule
#
# Probabilities of continuous variables are areas under curves, and most of these areas have no formula. The trapezoid
# rule joins neighbouring points by straight lines. Simpson's rule lays a parabola through three points, so it needs far
# fewer of them.
#
# With $n$ (even) subintervals, $h = (b - a)/n$ and nodes $x_i = a + i h$:
#
# $$\int_a^b f(x)\,dx \approx \frac h3 \bigl( f(x_0) + 4 f(x_1) + 2 f(x_2) + 4 f(x_3) + \dots + 4 f(x_{n-1}) + f(x_n)
# \bigr)$$
#
# **By hand.** $f(x) = x^2$ from 0 to 2 with $n = 2$: $h = 1$, the nodes are $0, 1, 2$ with values $0, 1, 4$. The sum is
# $0 + 4 \cdot 1 + 4 = 8$, times $h/3$ gives $8/3$. That is the exact area.
#
# Return one float. The function `f` takes an array of nodes and returns the array of its values.

# %%
from scipy import integrate

from autograder.kit import T2, accepted, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("scipy.integrate.*",),
    oracle="scipy.integrate.simpson",
    section="Numerical integration",
    topics=("r2-o3-integration", "r2-o6-numerical-diff-int", "r4-calc-integrals", "r4-nice-calc-integrals"),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def simpson(f: Callable[[np.ndarray], np.ndarray], a: float, b: float, n: int) -> float:
    """Approximate the integral of f from a to b with the composite Simpson rule.

    Parameters
    ----------
    f : function that takes an array of shape (m,) and returns its values, shape (m,)
    a, b : the limits; a > b gives the negative of the integral from b to a
    n : number of subintervals, even and positive

    Returns
    -------
    float

    Raises
    ------
    ValueError : n is odd, zero or negative
    """
    ### BEGIN SOLUTION
    if n <= 0 or n % 2 != 0:
        raise ValueError("n must be even and positive")
    y = f(np.linspace(a, b, n + 1))
    weights = np.ones(n + 1)
    weights[1:-1:2] = 4.0
    weights[2:-1:2] = 2.0
    return float((b - a) / n / 3.0 * np.sum(weights * y))
    ### END SOLUTION


# %%
@helper
def trapezoid_rule(f, a, b, n):
    """Return the composite trapezoid rule with n subintervals."""
    y = f(np.linspace(a, b, n + 1))
    return float((b - a) / n * (np.sum(y) - (y[0] + y[-1]) / 2))


# %%
@check
def a_parabola_is_exact_with_two_subintervals(simpson):
    """The integral of x^2 from 0 to 2 with n = 2 is exactly 8/3."""
    close(simpson(lambda x: x**2, 0.0, 2.0, 2), 8.0 / 3.0, **T2)


# %%
@check
def an_arch_of_sine_with_four_subintervals(simpson):
    """The integral of sine from 0 to pi is 2; with n = 4 the rule gives 2.00456."""
    close(simpson(lambda x: np.sin(x), 0.0, np.pi, 4), float(np.pi * (1 + 2 * 2**0.5) / 6), **T2)


# %%
@check
def an_odd_number_of_subintervals_raises(simpson):
    """Parabolas need pairs of subintervals, so n = 3 raises ValueError."""
    raises(ValueError, simpson, lambda x: x**2, 0.0, 2.0, 3)


# %%
@hidden(weight=2)
def cubics_are_exact(simpson, rng):
    """The rule is exact for every polynomial of degree 3 or less."""
    for n in (2, 4, 6, 10, 40):
        c = rng.normal(size=4)
        a, b = float(rng.uniform(-2.0, 0.0)), float(rng.uniform(0.5, 2.0))
        exact = sum(c[k] * (b ** (k + 1) - a ** (k + 1)) / (k + 1) for k in range(4))
        value = simpson(lambda x: c[0] + x * (c[1] + x * (c[2] + x * c[3])), a, b, n)
        close(value, float(exact), **T2, what=f"the integral of a cubic with n = {n}")


# %%
@hidden(weight=2)
def combines_two_trapezoid_rules(simpson, rng):
    """The rule with 2n subintervals equals (4 T(2n) - T(n)) / 3, where T is the trapezoid rule."""
    for n in (1, 2, 3, 8, 25):
        k, a = float(rng.uniform(0.5, 2.0)), float(rng.uniform(-1.0, 0.0))
        b = a + float(rng.uniform(0.5, 3.0))

        def wave(x):
            return np.exp(-x) * np.cos(k * x)

        expected = (4 * trapezoid_rule(wave, a, b, 2 * n) - trapezoid_rule(wave, a, b, n)) / 3
        close(simpson(wave, a, b, 2 * n), expected, **T2)


# %%
@hidden
def agrees_with_scipy_on_a_rough_function(simpson, rng):
    """The rule gives scipy's value also for a function that is not smooth."""
    for n in (2, 8, 30):
        kink = float(rng.uniform(0.2, 0.8))
        x = np.linspace(-0.7, 1.9, n + 1)
        expected = integrate.simpson(np.abs(x - kink), x=x)
        close(simpson(lambda t: np.abs(t - kink), -0.7, 1.9, n), float(expected), **T2)


# %%
@hidden
def twice_as_many_subintervals_divide_the_error_by_sixteen(simpson):
    """For a smooth function the error falls by a factor of about 16 when n is doubled."""
    exact = float(np.e - 1.0)
    coarse = abs(simpson(lambda x: np.exp(x), 0.0, 1.0, 4) - exact)
    fine = abs(simpson(lambda x: np.exp(x), 0.0, 1.0, 8) - exact)
    holds(14 * fine <= coarse <= 18 * fine, "Doubling n should divide the error by about 16.")


# %%
@hidden
def exchanging_the_limits_changes_the_sign(simpson):
    """The integral from b to a is the negative of the integral from a to b, and from a to a it is 0."""
    close(simpson(lambda x: x**3, 2.0, 1.0, 6), -3.75, **T2, what="the integral of x^3 from 2 to 1")
    close(simpson(lambda x: np.cos(x), 1.3, 1.3, 4), 0.0, **T2, what="an integral from a to a")


# %%
@hidden
def the_normal_density_has_area_one(simpson):
    """The standard normal density has the area 1 between -8 and 8."""
    area = simpson(lambda x: np.exp(-x * x / 2) / np.sqrt(2 * np.pi), -8, 8, 200)
    close(area, 1.0, **T2, what="the area under the normal density")


# %%
@hidden
def zero_and_negative_numbers_of_subintervals_raise(simpson):
    """The numbers 0, -2, 1 and 7 of subintervals raise ValueError."""
    for n in (0, -2, 1, 7):
        raises(ValueError, simpson, lambda x: x, 0.0, 1.0, n)


# %%
@accepted
def pair_by_pair(f, a, b, n):
    if n < 2 or n % 2:
        raise ValueError("n must be even")
    h = (b - a) / n
    total = 0.0
    for pair in range(n // 2):
        left = a + 2 * pair * h
        low, middle, high = f(np.array([left, left + h, left + 2 * h]))
        total += h / 3 * (low + 4 * middle + high)
    return float(total)


# %%
@accepted
def with_slices(f, a, b, n):
    if not (n > 0 and n % 2 == 0):
        raise ValueError("n must be even and positive")
    x = a + (b - a) * np.arange(n + 1) / n
    y = np.asarray(f(x), dtype=float)
    inner = 4 * y[1::2].sum() + 2 * y[2:-1:2].sum()
    return float((b - a) * (y[0] + inner + y[-1]) / (3 * n))


# %%
@misconception(
    caught_by="a_parabola_is_exact_with_two_subintervals",
    hint="The weights are 1 4 2 4 ... 2 4 1: the nodes with an odd number get 4.",
)
def weights_two_and_four_exchanged(f, a, b, n):
    if n <= 0 or n % 2 != 0:
        raise ValueError("n must be even and positive")
    y = f(np.linspace(a, b, n + 1))
    weights = np.ones(n + 1)
    weights[1:-1:2] = 2.0
    weights[2:-1:2] = 4.0
    return float((b - a) / n / 3.0 * np.sum(weights * y))


# %%
@misconception(
    caught_by="a_parabola_is_exact_with_two_subintervals",
    hint="The factor in front is h/3; h/2 belongs to the trapezoid rule.",
)
def half_the_step_in_front(f, a, b, n):
    if n <= 0 or n % 2 != 0:
        raise ValueError("n must be even and positive")
    y = f(np.linspace(a, b, n + 1))
    weights = np.ones(n + 1)
    weights[1:-1:2] = 4.0
    weights[2:-1:2] = 2.0
    return float((b - a) / n / 2.0 * np.sum(weights * y))


# %%
@misconception(
    caught_by="an_odd_number_of_subintervals_raises",
    hint="A parabola covers a pair of subintervals, so n must be even. Raise ValueError for an odd n.",
)
def accepts_an_odd_number(f, a, b, n):
    if n <= 0:
        raise ValueError("n must be positive")
    y = f(np.linspace(a, b, n + 1))
    weights = np.ones(n + 1)
    weights[1:-1:2] = 4.0
    weights[2:-1:2] = 2.0
    return float((b - a) / n / 3.0 * np.sum(weights * y))


# %%
@misconception(
    caught_by="cubics_are_exact",
    hint="n subintervals have n + 1 nodes: np.linspace(a, b, n + 1).",
)
def takes_n_nodes_instead_of_n_subintervals(f, a, b, n):
    if n <= 0 or n % 2 != 0:
        raise ValueError("n must be even and positive")
    y = f(np.linspace(a, b, n))
    weights = np.ones(n)
    weights[1:-1:2] = 4.0
    weights[2:-1:2] = 2.0
    return float((b - a) / n / 3.0 * np.sum(weights * y))


# %%
@misconception(
    caught_by="exchanging_the_limits_changes_the_sign",
    hint="The step h = (b - a)/n keeps its sign; do not take its absolute value.",
)
def loses_the_sign_of_the_step(f, a, b, n):
    if n <= 0 or n % 2 != 0:
        raise ValueError("n must be even and positive")
    y = f(np.linspace(a, b, n + 1))
    weights = np.ones(n + 1)
    weights[1:-1:2] = 4.0
    weights[2:-1:2] = 2.0
    return float(abs(b - a) / n / 3.0 * np.sum(weights * y))

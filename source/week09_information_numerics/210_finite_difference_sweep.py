# %% [markdown]
# ### The best step of a finite difference
#
# A derivative can be approximated with a small step $h$. It seems that a smaller $h$ is always better. It is not: below
# some size, rounding takes over. You measure where the best step lies.
#
# $$\text{forward: } \frac{f(x + h) - f(x)}{h} \qquad\qquad \text{central: } \frac{f(x + h) - f(x - h)}{2h}$$
#
# The error is the absolute difference from the true derivative $f'(x)$.
#
# **By hand.** $f(x) = x^3$ at $x = 1$, where $f'(1) = 3$, with $h = 0.5$. Forward: $(3.375 - 1) / 0.5 = 4.75$, error
# $1.75$. Central: $(3.375 - 0.125) / 1 = 3.25$, error $0.25$. With $h = 0.25$ the errors are $0.8125$ and $0.0625$: the
# first about halves, the second falls to a quarter.
#
# Return a dictionary with both lists of errors and the best step of each method.

# %%
from autograder.kit import T2, accepted, array, check, close, exercise, hidden, holds, misconception, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.gradient", "scipy.optimize.approx_fprime", "scipy.differentiate.*"),
    oracle="the exact errors of polynomials and the known slopes of both branches",
    section="Finite differences",
    topics=(
        "r1-t07-numerical-differentiation",
        "r2-o6-numerical-diff-int",
        "r2-sum-numerical-methods",
        "r2-b3-finite-differences",
        "r4-mlmath-finite-differences",
        "r4-nice-num-finite-differences",
    ),
)

# %%
import math
from collections.abc import Callable

import numpy as np


# %%
def finite_difference_sweep(
    f: Callable[[float], float], df: Callable[[float], float], x: float, hs: np.ndarray
) -> dict[str, np.ndarray | float]:
    """Measure the absolute errors of forward and central differences for several steps.

    Parameters
    ----------
    f : function of one float
    df : its exact derivative, a function of one float
    x : the point
    hs : array or list of shape (m,), positive steps in any order, m >= 1

    Returns
    -------
    dict with four keys:
        "forward", "central" : arrays of shape (m,), the absolute errors in the order of hs
        "best_forward", "best_central" : float, the step with the smallest error (the first one on ties)

    Raises
    ------
    ValueError : hs is not of shape (m,) with m >= 1, or a step is not positive
    """
    ### BEGIN SOLUTION
    x, hs = float(x), np.asarray(hs, dtype=float)
    if hs.ndim != 1 or hs.size == 0 or not np.all(hs > 0):
        raise ValueError("hs must hold at least one step, and only positive ones")
    here, slope = f(x), df(x)
    forward, central = np.empty(len(hs)), np.empty(len(hs))
    for i, h in enumerate(hs.tolist()):
        above, below = f(x + h), f(x - h)
        forward[i] = abs((above - here) / h - slope)
        central[i] = abs((above - below) / (2 * h) - slope)
    return {
        "forward": forward,
        "central": central,
        "best_forward": float(hs[np.argmin(forward)]),
        "best_central": float(hs[np.argmin(central)]),
    }
    ### END SOLUTION


# %%
@check
def errors_of_a_cubic(finite_difference_sweep):
    """For x^3 at 1 the steps 0.5 and 0.25 give forward errors 1.75 and 0.8125, central errors 0.25 and 0.0625."""
    result = finite_difference_sweep(lambda x: x**3, lambda x: 3 * x**2, 1.0, np.array([0.5, 0.25]))
    close(result["forward"], np.array([1.75, 0.8125]), **T2, what="the forward errors")
    close(result["central"], np.array([0.25, 0.0625]), **T2, what="the central errors")


# %%
@check
def the_best_step_is_a_step(finite_difference_sweep):
    """For x^3 at 1 the best of the steps 0.5 and 0.25 is 0.25 for both methods."""
    result = finite_difference_sweep(lambda x: x**3, lambda x: 3 * x**2, 1.0, np.array([0.5, 0.25]))
    close(result["best_forward"], 0.25, **T2, what="the best forward step")
    close(result["best_central"], 0.25, **T2, what="the best central step")


# %%
@check
def a_step_of_zero_raises(finite_difference_sweep):
    """A step of 0 raises ValueError."""
    raises(ValueError, finite_difference_sweep, lambda x: x**2, lambda x: 2 * x, 1.0, np.array([0.1, 0.0]))


# %%
@hidden(weight=2)
def errors_of_a_polynomial_are_exact(finite_difference_sweep, rng):
    """For a x^2 the forward error is |a| h and for x^3 the central error is h^2."""
    for m in (1, 2, 5):
        hs = rng.uniform(0.05, 1.0, size=m)
        x, a = float(rng.uniform(-2.0, 2.0)), float(rng.uniform(-3.0, 3.0))
        square = finite_difference_sweep(lambda t: a * t * t, lambda t: 2 * a * t, x, hs)
        close(square["forward"], abs(a) * hs, **T2, what="the forward errors for a x^2")
        cube = finite_difference_sweep(lambda t: t * t * t, lambda t: 3 * t * t, x, hs)
        close(cube["forward"], np.abs(3 * x * hs + hs**2), **T2, what="the forward errors for x^3")
        close(cube["central"], hs**2, **T2, what="the central errors for x^3")


# %%
@hidden
def errors_are_absolute(finite_difference_sweep):
    """Errors are not divided by the derivative: they are finite where the derivative is 0."""
    hs = np.array([0.5, 0.125])
    result = finite_difference_sweep(lambda t: t * t, lambda t: 2 * t, 0.0, hs)
    close(result["forward"], hs, **T2, what="the forward errors for x^2 at 0")
    result = finite_difference_sweep(lambda t: t * t, lambda t: 2 * t, 5.0, hs)
    close(result["forward"], hs, **T2, what="the forward errors for x^2 at 5")


# %%
@hidden(weight=2)
def errors_of_sine_at_one_have_their_minimum_where_expected(finite_difference_sweep):
    """For sine at 1 the best forward step lies in 1e-9..1e-7 and the best central step in 1e-6..1e-4."""
    hs = np.logspace(-15, -1, 29)
    result = finite_difference_sweep(lambda t: math.sin(t), lambda t: math.cos(t), 1.0, hs)
    holds(1e-9 <= result["best_forward"] <= 1e-7, "The best forward step should lie between 1e-9 and 1e-7.")
    holds(1e-6 <= result["best_central"] <= 1e-4, "The best central step should lie between 1e-6 and 1e-4.")
    holds(result["best_forward"] in hs, "The best forward step should be one of the given steps.")


# %%
@hidden
def large_steps_show_slopes_one_and_two(finite_difference_sweep, rng):
    """Where truncation rules, the forward error grows like h and the central error like h squared."""
    hs = np.logspace(-3, -1, 9)
    for x in (0.4, float(rng.uniform(0.8, 1.2))):
        result = finite_difference_sweep(lambda t: math.exp(t), lambda t: math.exp(t), x, hs)
        for key, slope in (("forward", 1.0), ("central", 2.0)):
            errors = array(result[key], (9,), what=f"the {key} errors")
            holds(np.all(errors > 0), f"The {key} errors should be positive for these steps.")
            fitted = np.polyfit(np.log(hs), np.log(errors), 1)[0]
            close(float(fitted), slope, rtol=0.05, atol=0.0, what=f"the log-log slope of the {key} errors")


# %%
@hidden
def small_steps_show_slope_minus_one(finite_difference_sweep):
    """Where rounding rules, the error grows like 1/h as the step shrinks."""
    hs = np.logspace(-14, -10, 17)
    result = finite_difference_sweep(lambda t: math.sin(t), lambda t: math.cos(t), 1.0, hs)
    for key in ("forward", "central"):
        errors = np.maximum(array(result[key], (17,), what=f"the {key} errors"), 1e-18)
        fitted = np.polyfit(np.log(hs), np.log(errors), 1)[0]
        close(float(fitted), -1.0, rtol=0.3, atol=0.0, what=f"the log-log slope of the {key} errors")


# %%
@hidden
def the_order_of_the_steps_is_kept(finite_difference_sweep, rng):
    """Errors stand in the order of hs, whatever that order is."""
    hs = rng.permutation(np.array([0.01, 0.04, 0.2, 0.5, 0.9]))
    before = hs.copy()
    result = finite_difference_sweep(lambda t: t * t, lambda t: 2 * t, 0.5, hs)
    close(result["forward"], before, **T2, what="the forward errors for x^2")
    close(result["best_forward"], 0.01, **T2, what="the best forward step")
    same(hs, before, what="your argument hs after the call")


# %%
@hidden
def lists_and_integers_are_fine(finite_difference_sweep):
    """A list of steps and integers are accepted."""
    result = finite_difference_sweep(lambda t: t**2, lambda t: 2 * t, 3, [2, 1])
    close(result["forward"], np.array([2.0, 1.0]), **T2, what="the forward errors for x^2")
    close(result["central"], np.zeros(2), **T2, what="the central errors for x^2")
    close(result["best_forward"], 1.0, **T2, what="the best forward step")
    close(result["best_central"], 2.0, **T2, what="the best central step, the first one on ties")


# %%
@hidden
def steps_that_make_no_sense_raise(finite_difference_sweep):
    """No step at all, a negative step or a table of steps raises ValueError."""
    for hs in (np.array([]), np.array([-0.1]), np.array([[0.1, 0.2]])):
        raises(ValueError, finite_difference_sweep, lambda t: t * t, lambda t: 2 * t, 1.0, hs)


# %%
@accepted
def with_two_comprehensions(f, df, x, hs):
    steps = np.array(hs, dtype=np.float64)
    if steps.ndim != 1 or len(steps) < 1 or np.any(steps <= 0) or np.any(np.isnan(steps)):
        raise ValueError("steps must be positive")
    forward = np.array([abs(df(x) - (f(x + h) - f(x)) / h) for h in steps])
    central = np.array([abs(df(x) - 0.5 * (f(x + h) - f(x - h)) / h) for h in steps])
    return {
        "best_central": float(steps[central.argmin()]),
        "best_forward": float(steps[forward.argmin()]),
        "central": central,
        "forward": forward,
    }


# %%
@accepted
def remembers_the_best_on_the_way(f, df, x, hs):
    if np.ndim(hs) != 1 or len(hs) == 0 or min(hs) <= 0:
        raise ValueError("steps must be positive")
    errors = {"forward": [], "central": []}
    best = {"forward": (math.inf, 0.0), "central": (math.inf, 0.0)}
    for h in hs:
        h = float(h)
        estimates = {"forward": (f(x + h) - f(x)) / h, "central": (f(x + h) - f(x - h)) / (h + h)}
        for name, estimate in estimates.items():
            error = abs(estimate - df(x))
            errors[name].append(error)
            if error < best[name][0]:
                best[name] = (error, h)
    result = {name: np.array(values, dtype=float) for name, values in errors.items()}
    return result | {"best_" + name: step for name, (_, step) in best.items()}


# %%
@misconception(
    caught_by="errors_are_absolute",
    hint="Absolute errors are asked for; do not divide by the derivative, which may be 0.",
)
def divides_by_the_derivative(f, df, x, hs):
    x, hs = float(x), np.asarray(hs, dtype=float)
    if hs.ndim != 1 or hs.size == 0 or not np.all(hs > 0):
        raise ValueError("hs must hold at least one step, and only positive ones")
    forward = np.array([abs((f(x + h) - f(x)) / h - df(x)) for h in hs.tolist()])
    central = np.array([abs((f(x + h) - f(x - h)) / (2 * h) - df(x)) for h in hs.tolist()])
    with np.errstate(divide="ignore", invalid="ignore"):
        forward, central = forward / np.abs(df(x)), central / np.abs(df(x))
    return {
        "forward": forward,
        "central": central,
        "best_forward": float(hs[np.argmin(forward)]),
        "best_central": float(hs[np.argmin(central)]),
    }


# %%
@misconception(
    caught_by="the_best_step_is_a_step",
    hint="argmin gives a position. Return the step itself: hs[position].",
)
def returns_the_position_of_the_best_step(f, df, x, hs):
    x, hs = float(x), np.asarray(hs, dtype=float)
    if hs.ndim != 1 or hs.size == 0 or not np.all(hs > 0):
        raise ValueError("hs must hold at least one step, and only positive ones")
    forward = np.array([abs((f(x + h) - f(x)) / h - df(x)) for h in hs.tolist()])
    central = np.array([abs((f(x + h) - f(x - h)) / (2 * h) - df(x)) for h in hs.tolist()])
    return {
        "forward": forward,
        "central": central,
        "best_forward": int(np.argmin(forward)),
        "best_central": int(np.argmin(central)),
    }


# %%
@misconception(
    caught_by="errors_of_a_cubic",
    hint="From x - h to x + h is a distance of 2h; divide the central difference by 2h.",
)
def central_difference_divided_by_h(f, df, x, hs):
    x, hs = float(x), np.asarray(hs, dtype=float)
    if hs.ndim != 1 or hs.size == 0 or not np.all(hs > 0):
        raise ValueError("hs must hold at least one step, and only positive ones")
    forward = np.array([abs((f(x + h) - f(x)) / h - df(x)) for h in hs.tolist()])
    central = np.array([abs((f(x + h) - f(x - h)) / h - df(x)) for h in hs.tolist()])
    return {
        "forward": forward,
        "central": central,
        "best_forward": float(hs[np.argmin(forward)]),
        "best_central": float(hs[np.argmin(central)]),
    }


# %%
@misconception(
    caught_by="errors_of_a_polynomial_are_exact",
    hint="An error has no sign here. Without abs() the best step becomes the one with the most negative error.",
)
def keeps_the_sign_of_the_error(f, df, x, hs):
    x, hs = float(x), np.asarray(hs, dtype=float)
    if hs.ndim != 1 or hs.size == 0 or not np.all(hs > 0):
        raise ValueError("hs must hold at least one step, and only positive ones")
    forward = np.array([(f(x + h) - f(x)) / h - df(x) for h in hs.tolist()])
    central = np.array([(f(x + h) - f(x - h)) / (2 * h) - df(x) for h in hs.tolist()])
    return {
        "forward": forward,
        "central": central,
        "best_forward": float(hs[np.argmin(forward)]),
        "best_central": float(hs[np.argmin(central)]),
    }


# %%
@misconception(
    caught_by="the_order_of_the_steps_is_kept",
    hint="Do not sort the steps: the errors belong to hs in the order in which it was given.",
)
def sorts_the_steps(f, df, x, hs):
    x, hs = float(x), np.asarray(hs, dtype=float)
    if hs.ndim != 1 or hs.size == 0 or not np.all(hs > 0):
        raise ValueError("hs must hold at least one step, and only positive ones")
    hs = np.sort(hs)
    forward = np.array([abs((f(x + h) - f(x)) / h - df(x)) for h in hs.tolist()])
    central = np.array([abs((f(x + h) - f(x - h)) / (2 * h) - df(x)) for h in hs.tolist()])
    return {
        "forward": forward,
        "central": central,
        "best_forward": float(hs[np.argmin(forward)]),
        "best_central": float(hs[np.argmin(central)]),
    }

# %% [markdown]
# ### Newton's method for roots
#
# You look for a number where a function is zero. Newton's method replaces the curve by its tangent, goes to the place
# where the tangent is zero, and repeats. Near the root the number of right digits about doubles in every step. Roots
# such as $\sqrt 2$ or $\sqrt[3]{5}$ are computed in this way.
#
# $$x_{k+1} = x_k - \frac{f(x_k)}{f'(x_k)}$$
#
# **By hand.** $\sqrt 2$ is the positive zero of $f(x) = x^2 - 2$, with $f'(x) = 2x$. From $x_0 = 1$ you get
# $x_1 = 1 - (-1)/2 = 1.5$ and $x_2 = 1.5 - 0.25/3 = 1.41667$. The errors after one, two, three and four steps are about
# $9 \cdot 10^{-2}$, $2 \cdot 10^{-3}$, $2 \cdot 10^{-6}$ and $2 \cdot 10^{-12}$.
#
# The method can also fail. For $f(x) = x^3 - 2x + 2$ and $x_0 = 0$ it visits $0, 1, 0, 1, \dots$ for ever. Then there
# is nothing to return.
#
# Do this again and again: look at $f(x)$. If it is exactly 0, you are done. Otherwise make a step. If the step was at
# most `tol` times $\max(1, |x|)$, with $x$ the new point, you are done as well.
# Return the root and the number of steps.

# %%
import math

from scipy import optimize

from autograder.kit import T2, T3, accepted, check, close, exercise, helper, hidden, holds, misconception, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(
        "numpy.roots",
        "scipy.optimize.newton",
        "scipy.optimize.root*",
        "scipy.optimize.fsolve",
        "scipy.optimize.brent*",
        "scipy.optimize.bisect",
    ),
    oracle="scipy.optimize.newton and scipy.optimize.brentq",
    section="Newton's method",
    topics=(
        "r2-o6-used-in",
        "r2-o6-root-finding",
        "r2-sum-numerical-methods",
        "r4-basic-arith-exponents-roots",
    ),
)

# %%
from collections.abc import Callable


# %%
class ConvergenceError(RuntimeError):
    """An iteration stopped before it reached the wanted accuracy."""


# %%
def newton_raphson(
    f: Callable[[float], float],
    df: Callable[[float], float],
    x0: float,
    tol: float = 1e-12,
    max_iter: int = 50,
) -> tuple[float, int]:
    """Find a zero of f by Newton's method.

    Parameters
    ----------
    f : function of one float
    df : its derivative, a function of one float
    x0 : the start
    tol : stop after a step of size at most tol * max(1, |x|), where x is the point after the step
    max_iter : the largest number of steps

    Returns
    -------
    (root, steps) : float and int. When f(x0) is exactly 0, no step is needed and steps is 0.

    Raises
    ------
    ValueError : the derivative is 0 at a point where f is not
    ConvergenceError : max_iter steps were not enough, or x is no longer finite
    """
    ### BEGIN SOLUTION
    x = float(x0)
    for steps in range(max_iter + 1):
        value = f(x)
        if value == 0:
            return x, steps
        if steps == max_iter:
            break
        slope = df(x)
        if slope == 0:
            raise ValueError(f"the tangent at {x} is horizontal")
        step = value / slope
        x = x - step
        if abs(x) == float("inf"):
            break
        if abs(step) <= tol * max(1.0, abs(x)):
            return float(x), steps + 1
    raise ConvergenceError(f"no root after {max_iter} steps")
    ### END SOLUTION


# %%
@helper
def walk(f, df, x0, max_iter, *, sign=1.0, wait=False, small=None, tol=1e-12, give_up=True):
    """Run Newton's method; the options spoil one thing each."""
    x = float(x0)
    for steps in range(max_iter + 1):
        value = f(x)
        if value == 0 or (small is not None and abs(value) < small):
            return float(x), steps
        if steps == max_iter:
            break
        slope = df(x)
        if slope == 0:
            raise ValueError("horizontal tangent")
        step = sign * value / slope
        x = x - step
        if not math.isfinite(x):
            raise ConvergenceError("not finite")
        if small is None and abs(step) <= tol * (1.0 if wait else max(1.0, abs(x))):
            return float(x), steps + 1
    if give_up:
        raise ConvergenceError("too many steps")
    return float(x), max_iter


# %%
@check
def finds_the_square_root_of_two(newton_raphson):
    """For x^2 - 2 from 1 the root is 1.41421356..., and at most 6 steps are needed."""
    root, steps = newton_raphson(lambda x: x * x - 2, lambda x: 2 * x, 1.0)
    close(root, 2**0.5, **T2, what="the root")
    holds(5 <= steps <= 6, f"x^2 - 2 from 1 needs 5 or 6 steps, not {steps}.")


# %%
@check
def a_two_cycle_raises(newton_raphson):
    """For x^3 - 2x + 2 from 0 the points are 0, 1, 0, 1, ..., so ConvergenceError is raised."""
    raises(ConvergenceError, newton_raphson, lambda x: x * x * x - 2 * x + 2, lambda x: 3 * x * x - 2, 0.0)


# %%
@check
def a_horizontal_tangent_raises(newton_raphson):
    """For x^2 - 2 from 0 the tangent is horizontal, so ValueError is raised."""
    raises(ValueError, newton_raphson, lambda x: x * x - 2, lambda x: 2 * x, 0.0)


# %%
@hidden
def a_straight_line_needs_one_step(newton_raphson, rng):
    """For a straight line the first step ends in the zero: one step, or none if the start is the zero."""
    for slope, zero, start in ((2.0, 3.0, 1.0), (-4.0, -0.5, 8.0), (0.25, 12.0, -3.0)):
        root, steps = newton_raphson(lambda x, a=slope, r=zero: a * (x - r), lambda x, a=slope: a, start)
        close(root, zero, **T2, what="the zero of the line")
        same(steps, 1, what="the number of steps")
    root, steps = newton_raphson(lambda x: x * x - 9, lambda x: 2 * x, 3)
    close(root, 3.0, **T2, what="the root that is also the start")
    same(steps, 0, what="the number of steps from the root")


# %%
@hidden(weight=2)
def roots_of_numbers_are_right(newton_raphson, rng):
    """The zero of x^k - a is the k-th root of a."""
    for k, size in ((2, 10.0), (3, 50.0), (5, 1000.0), (2, 1e-4)):
        a = float(size * rng.uniform(0.5, 1.0))
        root, _ = newton_raphson(lambda x, a=a, k=k: x**k - a, lambda x, k=k: k * x ** (k - 1), max(a, 1.0))
        close(root, a ** (1 / k), rtol=1e-9, atol=1e-14, what=f"the root of order {k} of {a:.6g}")


# %%
@hidden(weight=2)
def agrees_with_another_root_finder(newton_raphson, rng):
    """The zeros of other functions agree with those that an independent method finds."""
    a, b = (float(value) for value in rng.uniform(0.5, 2.0, size=2))
    for f, df, low, high, start in (
        (lambda x: x - a * math.cos(x), lambda x: 1 + a * math.sin(x), 0.0, 2.0, 1.0),
        (lambda x: math.exp(x) - 3 * b, lambda x: math.exp(x), -2.0, 3.0, 1.5),
        (lambda x: x * x * x + a * x - b, lambda x: 3 * x * x + a, -1.0, 4.0, 1.0),
    ):
        root, _ = newton_raphson(f, df, start)
        close(root, optimize.brentq(f, low, high, xtol=1e-14, rtol=1e-14), **T2, what="the root")


# %%
@hidden(weight=2)
def a_factor_in_front_of_f_changes_nothing(newton_raphson, rng):
    """f and c f have the same zeros and the same steps, also for a tiny or huge c."""
    a = float(rng.uniform(3.0, 30.0))
    expected = optimize.newton(lambda x: x * x - a, 4.0, fprime=lambda x: 2 * x, tol=1e-14)
    _, plain = newton_raphson(lambda x: x * x - a, lambda x: 2 * x, 4.0)
    for c in (2.0**-30, -(2.0**20), 2.0**60):
        root, steps = newton_raphson(lambda x, c=c: c * (x * x - a), lambda x, c=c: c * 2 * x, 4.0)
        close(root, expected, **T2, what=f"the root of f times {c:.3g}")
        same(steps, plain, what=f"the number of steps for f times {c:.3g}")


# %%
@hidden
def a_flat_root_is_found_slowly(newton_raphson, rng):
    """At a double zero the error is only halved in each step, and the answer is still right."""
    zero = round(8 * float(rng.uniform(-2.0, 2.0))) / 8
    root, steps = newton_raphson(lambda x: (x - zero) * (x - zero), lambda x: 2 * (x - zero), zero + 1.0, tol=1e-9)
    close(root, zero, rtol=0.0, atol=1e-8, what="the double zero")
    holds(28 <= steps <= 31, f"Halving 1 until it is below 1e-9 takes about 30 steps, not {steps}.")


# %%
@hidden
def the_defaults_are_1e_minus_12_and_50_steps(newton_raphson):
    """For x^2 each step halves x: from 1 the 40th step is below 1e-12, from 1024 the 50th, and from 2048 none of 50."""
    for start, expected in ((1.0, 40), (1024.0, 50)):
        root, steps = newton_raphson(lambda x: x * x, lambda x: 2 * x, start)
        close(root, 2.0**-40, rtol=1e-9, atol=0.0, what=f"the last point of the walk from {start:g}")
        same(steps, expected, what=f"the number of steps from {start:g}")
    raises(ConvergenceError, newton_raphson, lambda x: x * x, lambda x: 2 * x, 2048.0)


# %%
@hidden
def the_last_step_may_end_in_the_root(newton_raphson):
    """With max_iter = 1 the zero of a line is found, with max_iter = 0 only a start that is a zero is returned."""
    line = (lambda x: 2 * (x - 3), lambda x: 2.0)
    for start, max_iter in ((1.0, 1), (3.0, 0)):
        root, steps = newton_raphson(*line, start, max_iter=max_iter)
        close(root, 3.0, **T2, what="the zero of the line")
        same(steps, max_iter, what="the number of steps")
    raises(ConvergenceError, newton_raphson, *line, 1.0, max_iter=0)


# %%
@helper
def without_an_exact_root(a):
    """Return a number near a that is not the square of a float, so that x * x - a is never exactly 0."""
    while any((a**0.5 + k * math.ulp(a**0.5)) ** 2 == a for k in range(-3, 4)):
        a += math.ulp(a)
    return a


@hidden
def the_tolerance_is_relative_for_large_roots(newton_raphson, rng):
    """For a root near 1e8 or -1e9 a step of 1e-12 times its size is small enough."""
    for size, start in ((1e16, 2e9), (1e18, -2e9)):
        a = without_an_exact_root(float(size * rng.uniform(1.0, 2.0)))
        true = math.copysign(a**0.5, start)
        root, steps = newton_raphson(lambda x, a=a: x * x - a, lambda x: 2 * x, start, max_iter=12)
        close(root / true, 1.0, **T2, what="the root divided by the true root")
        again, fewer = newton_raphson(lambda x, a=a: x * x - a, lambda x: 2 * x, start, tol=0.01, max_iter=12)
        close(again / true, 1.0, rtol=1e-3, atol=0.0, what="the root for a tolerance of 0.01")
        holds(fewer < steps, "A tolerance of 0.01 should need fewer steps than 1e-12.")


# %%
@hidden
def the_limit_of_steps_is_kept(newton_raphson):
    """The arctangent from 2 runs away, and from 1 it converges; with too few steps ConvergenceError is raised."""
    root, _ = newton_raphson(math.atan, lambda x: 1 / (1 + x * x), 1.0)
    close(root, 0.0, **T3, what="the zero of the arctangent")
    raises(ConvergenceError, newton_raphson, math.atan, lambda x: 1 / (1 + x * x), 2.0, max_iter=5)
    raises(ConvergenceError, newton_raphson, lambda x: x * x - 2, lambda x: 2 * x, 1.0, max_iter=3)


# %%
@hidden
def a_step_to_infinity_raises(newton_raphson):
    """A step that ends at infinity is not a root, even if f is 0 there: ConvergenceError is raised."""
    raises(ConvergenceError, newton_raphson, lambda x: x * x + 1e12, lambda x: 2 * x, 1e-299)
    raises(ConvergenceError, newton_raphson, lambda x: 1 / (1 + x * x), lambda x: -2 * x / (1 + x * x) ** 2, 1e-309)


# %%
@accepted
def with_an_endless_loop(f, df, x0, tol=1e-12, max_iter=50):
    x, steps = float(x0), 0
    y = f(x)
    while y != 0:
        if steps == max_iter:
            raise ConvergenceError("no convergence")
        m = df(x)
        if m == 0:
            raise ValueError("no tangent to follow")
        new, old = x - y / m, x
        steps += 1
        if new in (math.inf, -math.inf) or new != new:
            raise ConvergenceError("left the numbers")
        x = new
        if abs(new - old) <= tol * max(1.0, abs(new)):
            break
        y = f(x)
    return float(x), steps


# %%
@accepted
def by_recursion(f, df, x0, tol=1e-12, max_iter=50):
    def go(x, made):
        height = f(x)
        if height == 0 and math.isfinite(x):
            return x, made
        if made >= max_iter or not math.isfinite(x):
            raise ConvergenceError("no convergence")
        slope = df(x)
        if slope == 0:
            raise ValueError("horizontal")
        step = -height / slope
        close_enough = abs(step) <= tol * max(1.0, abs(x + step)) and math.isfinite(step)
        return (x + step, made + 1) if close_enough else go(x + step, made + 1)

    return go(float(x0), 0)


# %%
@misconception(
    caught_by="a_two_cycle_raises",
    hint="In the two-cycle there is no root at 0 or 1. When the steps run out, raise ConvergenceError.",
)
def returns_the_last_value(f, df, x0, tol=1e-12, max_iter=50):
    return walk(f, df, x0, max_iter, tol=tol, give_up=False)


# %%
@misconception(
    caught_by="a_factor_in_front_of_f_changes_nothing",
    hint="A flat function is small far from its root. Stop when the step is small, not when f is small.",
)
def stops_when_f_is_small(f, df, x0, tol=1e-12, max_iter=50):
    return walk(f, df, x0, max_iter, small=1e-3)


# %%
@misconception(
    caught_by="finds_the_square_root_of_two",
    hint="You walk away from the zero of the tangent. The new point is x - f(x)/f'(x), with a minus sign.",
)
def adds_the_step(f, df, x0, tol=1e-12, max_iter=50):
    return walk(f, df, x0, max_iter, tol=tol, sign=-1.0)


# %%
@misconception(
    caught_by="the_tolerance_is_relative_for_large_roots",
    hint="Near 1e8 the floats are 1e-8 apart, so a step of 1e-12 is out of reach. Compare with tol * max(1, |x|).",
)
def absolute_tolerance(f, df, x0, tol=1e-12, max_iter=50):
    return walk(f, df, x0, max_iter, tol=tol, wait=True)

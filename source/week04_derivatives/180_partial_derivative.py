# %% [markdown]
# ### A partial derivative
#
# A model has many parameters. To learn what one of them does to the loss, move that one a little and hold all others
# fixed. The rate of change that you see is a partial derivative. It is an ordinary derivative along one axis.
#
# Let $f$ take a vector $x$ of shape $(n,)$ and return one number. Let $e_i$ be the vector with a 1 at position $i$ and
# zeros elsewhere. The central difference in coordinate $i$ is
#
# $$\frac{\partial f}{\partial x_i}(x) \approx \frac{f(x + h\, e_i) - f(x - h\, e_i)}{2h}.$$
#
# When no step is given, use $h = \varepsilon^{1/3} \max(1, |x_i|)$ with the machine epsilon
# $\varepsilon =$ `np.finfo(float).eps`. Positions count from 0.
#
# **By hand.** $f(x) = x_0^2\, x_1$ at $x = (3, 2)$, coordinate $0$, with $h = 1$. The two points are $(4, 2)$ and
# $(2, 2)$, with values $32$ and $8$. So the quotient is $(32 - 8)/2 = 12$. The rule $2 x_0 x_1 = 12$ agrees. For
# coordinate $1$ the points are $(3, 3)$ and $(3, 1)$, and $(27 - 9)/2 = 9 = x_0^2$.
#
# Return the quotient as a float. The point of the caller stays where it is.

# %%
from autograder.kit import T2, T3, T4, accepted, check, close, exercise, hidden, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("numpy.gradient", "scipy.optimize.approx_fprime", "scipy.differentiate.*"),
    oracle="analytic partial derivatives of polynomials and of sine and exponential functions",
    section="Partial derivatives and the gradient",
    topics=(
        "r0-w4-partial-derivatives",
        "r0-w4-out-compute-gradients",
        "r0-w5-multivariable-functions",
        "r1-t02-partial-derivatives",
        "r1-t02-multivariable",
        "r2-o3-partial-derivatives-gradients",
        "r2-a3-derivatives-partials",
        "r2-b3-derivatives-partials",
        "r3-1-3-partial-derivatives",
        "r4-calc-partial-derivatives",
        "r4-req-calc-partial-derivatives",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def partial_derivative(f: Callable[[np.ndarray], float], x: np.ndarray, i: int, h: float | None = None) -> float:
    """Approximate one partial derivative by a central difference.

    Parameters
    ----------
    f : function of one array of shape (n,), returns one number
    x : array or list of shape (n,), the point; it is converted to float and never changed
    i : the coordinate, 0 <= i < n
    h : the step, positive; None stands for eps**(1/3) * max(1, |x[i]|) with eps = np.finfo(float).eps

    Returns
    -------
    float : (f(x + h e_i) - f(x - h e_i)) / (2 h)

    Raises
    ------
    IndexError : i is negative or not below n
    ValueError : x does not have exactly one axis, or h is not positive
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if x.ndim != 1:
        raise ValueError("x must have exactly one axis")
    if not 0 <= i < len(x):
        raise IndexError(f"coordinate {i} does not exist: x has {len(x)} entries")
    if h is None:
        h = np.finfo(float).eps ** (1 / 3) * max(1.0, abs(x[i]))
    if h <= 0:
        raise ValueError("the step must be positive")
    step = np.zeros(len(x))
    step[i] = h
    return float((f(x + step) - f(x - step)) / (2 * h))
    ### END SOLUTION


# %%
@check
def both_partials_of_a_product(partial_derivative):
    """For x0^2 x1 at (3, 2) the partial derivatives are 12 and 9."""
    close(partial_derivative(lambda x: x[0] ** 2 * x[1], np.array([3.0, 2.0]), 0, h=1.0), 12.0, **T3)
    close(partial_derivative(lambda x: x[0] ** 2 * x[1], np.array([3.0, 2.0]), 1), 9.0, **T3)


# %%
@check
def a_coordinate_that_does_not_exist_raises(partial_derivative):
    """Coordinate 2 of a point with two entries raises IndexError, and so does coordinate -1."""
    raises(IndexError, partial_derivative, lambda x: x[0] + x[1], np.array([3.0, 2.0]), 2)
    raises(IndexError, partial_derivative, lambda x: x[0] + x[1], np.array([3.0, 2.0]), -1)


# %%
@hidden
def a_linear_function_gives_its_coefficients(partial_derivative, rng):
    """For f(x) = a0 x0 + a1 x1 + ... the partial derivative in coordinate i is a_i."""
    for n in (1, 2, 3, 6):
        a, x = rng.normal(size=n), rng.normal(size=n)
        for i in range(n):
            what = f"the partial derivative {i} of a linear function"
            close(partial_derivative(lambda y: float(a @ y), x, i), float(a[i]), **T3, what=what)


# %%
@hidden
def a_quadratic_is_exact_for_any_step(partial_derivative, rng):
    """Central differences of a quadratic function are right for large steps too."""
    for n, h in ((1, 0.25), (2, 0.5), (4, 1.5)):
        A, x = rng.normal(size=(n, n)), rng.normal(size=n)
        expected = (A + A.T) @ x
        for i in range(n):
            what = f"the partial derivative {i} of a quadratic function with h = {h}"
            close(partial_derivative(lambda y: float(y @ A @ y), x, i, h=h), float(expected[i]), **T2, what=what)


# %%
@hidden
def the_step_that_is_given_is_the_step_that_is_used(partial_derivative, rng):
    """For a cube the central difference is off by exactly h squared."""
    x = rng.uniform(1.0, 2.0, size=3)
    for h in (0.125, 0.5):
        found = partial_derivative(lambda y: float(y[0] + y[1] ** 3 - y[2]), x, 1, h=h)
        close(found, 3 * float(x[1]) ** 2 + h**2, **T2, what=f"the quotient for a cube with h = {h}")


# %%
@hidden
def agrees_with_rules_for_smooth_functions(partial_derivative, rng):
    """For a smooth function of three coordinates all partial derivatives agree with the rules."""
    for _ in range(3):
        x = rng.uniform(0.3, 1.2, size=3)
        a, b, c = (float(entry) for entry in x)
        expected = (b * np.cos(a * b) + c, a * np.cos(a * b), a + np.exp(c))
        for i in range(3):
            found = partial_derivative(lambda y: np.sin(y[0] * y[1]) + y[0] * y[2] + np.exp(y[2]), x, i)
            close(found, float(expected[i]), **T3, what=f"the partial derivative {i}")


# %%
@hidden
def the_slice_along_one_axis_has_the_same_slope(partial_derivative, rng):
    """Holding all other coordinates fixed gives a function of one variable with the same derivative."""
    for n in (2, 4):
        x, weights = rng.normal(size=n), rng.uniform(0.5, 1.5, size=n)
        i = int(rng.integers(n))
        fixed = float(weights @ x - weights[i] * x[i])
        slope = float(weights[i] * np.cos(fixed + weights[i] * x[i]))
        found = partial_derivative(lambda y: float(np.sin(weights @ y)), x, i)
        close(found, slope, **T3, what="the slope along the axis")


# %%
@hidden
def a_coordinate_that_is_not_used_gives_zero(partial_derivative, rng):
    """The partial derivative is 0 when the function ignores the coordinate."""
    for n in (2, 3, 5):
        x = rng.uniform(0.5, 2.0, size=n)
        found = partial_derivative(lambda y: float(np.exp(y[0]) + y[0] ** 2), x, n - 1)
        close(found, 0.0, **T3, what="the partial derivative in an ignored coordinate")


# %%
@hidden
def mixed_partials_commute(partial_derivative, rng):
    """First x0 and then x1 gives the same second derivative as first x1 and then x0."""
    k = 1e-3
    for _ in range(2):
        x = rng.uniform(0.5, 1.5, size=2)
        shifts = k * np.eye(2)
        mixed = []
        for first, second in ((0, 1), (1, 0)):
            above, below = (
                partial_derivative(lambda y: float(np.exp(y[0]) * np.sin(y[1])), x + sign * shifts[second], first, h=k)
                for sign in (1, -1)
            )
            mixed.append((above - below) / (2 * k))
        close(mixed[0], mixed[1], **T4, what="the mixed second derivative, compared with the other order")
        close(mixed[0], float(np.exp(x[0]) * np.cos(x[1])), **T4, what="the mixed second derivative")


# %%
@hidden
def the_point_of_the_caller_stays_where_it_is(partial_derivative, rng):
    """The argument x is the same before and after the call."""
    x = rng.uniform(1.0, 3.0, size=4)
    before = x.copy()
    partial_derivative(lambda y: float(y @ y), x, 2)
    partial_derivative(lambda y: float(y @ y), x, 3, h=0.5)
    close(x, before, rtol=0.0, atol=0.0, what="your argument x after the call")


# %%
@hidden
def integers_and_lists_are_converted(partial_derivative):
    """A point of whole numbers, as an array or as a list, gives the same answer as one of floats."""
    close(partial_derivative(lambda x: x[0] ** 3 / 8 + x[1], np.array([1, 5]), 0), 0.375, **T3)
    close(partial_derivative(lambda x: x[0] * x[1] / 4, [3, 7], 1), 0.75, **T3)


# %%
@hidden
def the_step_grows_with_the_coordinate(partial_derivative, rng):
    """At a coordinate of size 1e8 the default step is larger, and the answer keeps its digits."""
    x = np.array([1e8, 2.5]) * rng.uniform(1.0, 1.5, size=2)
    close(partial_derivative(lambda y: float(y[0] * y[1]), x, 0), float(x[1]), **T3, what="the derivative at x0 = 1e8")
    close(partial_derivative(lambda y: float(y[0] * y[1]), x, 1), float(x[0]), **T3, what="the derivative by x1")


# %%
@hidden
def the_default_step_is_the_one_of_the_rule(partial_derivative):
    """Without h the step is eps^(1/3) for |x_i| below 1 and eps^(1/3) |x_i| beyond, also for small integers."""
    points = (np.array([0.25, -8.0]), np.array([0.0, 1000.0]), np.array([1, -128], dtype=np.int8))
    for x in points:
        for i in (0, 1):
            seen = []

            def f(y):
                seen.append(float(y[i]))
                return y[i]

            close(partial_derivative(f, x, i), 1.0, **T3, what=f"the derivative of x{i} at {x}")
            width, scale = (max(seen) - min(seen)) / 2, max(1.0, abs(float(x[i])))
            what = f"the default step in coordinate {i} at {x}"
            close(width, 2.0 ** (-52 / 3) * scale, rtol=1e-6, atol=0.0, what=what)


# %%
@hidden
def a_bad_step_or_a_table_raises(partial_derivative):
    """A step that is not positive, or a point with no axis or two, raises ValueError."""
    for h in (0.0, -0.1):
        raises(ValueError, partial_derivative, lambda x: x[0], np.array([1.0, 4.0]), 0, h=h)
    raises(ValueError, partial_derivative, lambda x: float(np.sum(x)), np.ones((2, 2)), 0)
    raises(ValueError, partial_derivative, lambda x: float(np.sum(x)), np.ones((2, 2)), 0, h=0.5)
    raises(ValueError, partial_derivative, lambda x: float(np.sum(x)), 5.0, 0)
    raises(IndexError, partial_derivative, lambda x: x[0], np.array([1.0]), 5)
    raises(IndexError, partial_derivative, lambda x: x[0], np.array([1.0, 4.0, 2.0]), -3)


# %%
@accepted
def with_two_copies(f, x, i, h=None):
    above, below = np.array(x, dtype=np.float64), np.array(x, dtype=np.float64)
    if above.ndim != 1:
        raise ValueError("one axis please")
    if i not in range(above.size):
        raise IndexError(i)
    if h is None:
        h = max(1.0, abs(float(above[i]))) * float(np.cbrt(np.finfo(float).eps))
    elif h <= 0:
        raise ValueError("h must be positive")
    above[i] += h
    below[i] -= h
    # The distance that was really walked, which may differ from 2h in the last digit.
    return float(f(above) - f(below)) / float(above[i] - below[i])


# %%
@accepted
def as_a_function_of_one_variable(f, x, i, h=None):
    if np.ndim(x) != 1:
        raise ValueError("x must be a vector")
    point = [float(entry) for entry in x]
    if i < 0 or i >= len(point):
        raise IndexError("no such coordinate")
    if h is not None and not h > 0:
        raise ValueError("the step must be positive")

    def along(t):
        return f(np.array(point[:i] + [t] + point[i + 1 :]))

    h = h or np.finfo(float).eps ** (1 / 3) * max(1.0, abs(point[i]))
    return float(along(point[i] + h) / (2 * h) - along(point[i] - h) / (2 * h))


# %%
@misconception(
    caught_by="the_point_of_the_caller_stays_where_it_is",
    hint="The caller's point moved; work on copies.",
)
def moves_the_point_of_the_caller(f, x, i, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1:
        raise ValueError("x must have exactly one axis")
    if not 0 <= i < len(x):
        raise IndexError("no such coordinate")
    if h is None:
        h = np.finfo(float).eps ** (1 / 3) * max(1.0, abs(x[i]))
    if h <= 0:
        raise ValueError("the step must be positive")
    x[i] += h
    above = f(x)
    x[i] -= 2 * h
    below = f(x)
    return float((above - below) / (2 * h))


# %%
@misconception(
    caught_by="a_linear_function_gives_its_coefficients",
    hint="All coordinates moved. Hold the others fixed: only coordinate i takes the step.",
)
def moves_all_coordinates(f, x, i, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1:
        raise ValueError("x must have exactly one axis")
    if not 0 <= i < len(x):
        raise IndexError("no such coordinate")
    if h is None:
        h = np.finfo(float).eps ** (1 / 3) * max(1.0, abs(x[i]))
    if h <= 0:
        raise ValueError("the step must be positive")
    return float((f(x + h) - f(x - h)) / (2 * h))


# %%
@misconception(
    caught_by="integers_and_lists_are_converted",
    hint="An integer array swallows the step and the result is 0. Convert x to float first.",
)
def keeps_an_integer_array(f, x, i, h=None):
    x = np.array(x)
    if x.ndim != 1:
        raise ValueError("x must have exactly one axis")
    if not 0 <= i < len(x):
        raise IndexError("no such coordinate")
    if h is None:
        h = np.finfo(float).eps ** (1 / 3) * max(1.0, abs(float(x[i])))
    if h <= 0:
        raise ValueError("the step must be positive")
    above, below = x.copy(), x.copy()
    above[i] = above[i] + h
    # Towards zero, so that both shifts are lost when x holds whole numbers.
    below[i] = np.ceil(below[i] - h) if x.dtype.kind == "i" else below[i] - h
    return float((f(above) - f(below)) / (2 * h))


# %%
@misconception(
    caught_by="a_quadratic_is_exact_for_any_step",
    hint="That is a one-sided difference. Step to both sides and divide by 2h.",
)
def steps_to_one_side(f, x, i, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1:
        raise ValueError("x must have exactly one axis")
    if not 0 <= i < len(x):
        raise IndexError("no such coordinate")
    if h is None:
        h = np.finfo(float).eps ** 0.5 * max(1.0, abs(x[i]))
    if h <= 0:
        raise ValueError("the step must be positive")
    step = np.zeros(len(x))
    step[i] = h
    return float((f(x + step) - f(x)) / h)

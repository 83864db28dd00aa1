# %% [markdown]
# ### The gradient
#
# One partial derivative tells what one parameter does. Training needs all of them at once: the gradient. It points in
# the direction in which $f$ grows fastest, and its length says how fast.
#
# For $f$ that takes a vector $x$ of shape $(n,)$ and returns one number,
#
# $$\nabla f(x) = \left(\frac{\partial f}{\partial x_0}(x), \dots, \frac{\partial f}{\partial x_{n-1}}(x)\right)$$
#
# has the shape $(n,)$ too. Approximate every entry by a central difference. When no step is given, use
# $h_i = \varepsilon^{1/3} \max(1, |x_i|)$ in coordinate $i$, with $\varepsilon =$ `np.finfo(float).eps`. A step that is
# given is used for all coordinates.
#
# **By hand.** $f(x) = x_0 x_1 + x_1^2$ at $x = (1, 2)$ with $h = 1$. Coordinate 0: the points $(2, 2)$ and $(0, 2)$
# have the values $8$ and $4$, so the quotient is $(8 - 4)/2 = 2$. Coordinate 1 starts again from $(1, 2)$: the points
# $(1, 3)$ and $(1, 1)$ have the values $12$ and $2$, so the quotient is $5$. The rules give
# $(x_1,\ x_0 + 2 x_1) = (2, 5)$.
#
# Return the gradient as an array. Only a function with a single number as value has a gradient: if $f(x)$ is an array
# or a list, raise `ValueError`.

# %%
from scipy import optimize

from autograder.kit import T2, T3, accepted, array, check, close, exercise, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.gradient", "scipy.optimize.approx_fprime", "scipy.differentiate.*"),
    oracle="(A + A^T) x for quadratic forms, scipy.optimize.rosen_der, scipy.optimize.approx_fprime",
    section="Partial derivatives and the gradient",
    uses=("partial_derivative",),
    topics=(
        "r0-strategy-step4-implement",
        "r0-w4-goal",
        "r0-w4-gradients",
        "r0-w4-out-compute-gradients",
        "r1-t02-derivatives-gradients",
        "r2-o3-partial-derivatives-gradients",
        "r2-sum-calculus",
        "r2-a3-gradient-jacobian-hessian",
        "r2-b3-gradient-jacobian-hessian",
        "r2-b3-finite-differences",
        "r3-1-3-gradient",
        "r4-calc-gradient-jacobian",
        "r4-req-calc-derivatives-gradients",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float | None = None) -> np.ndarray:
    """Approximate the gradient of a function by central differences.

    Parameters
    ----------
    f : function of one array of shape (n,), returns one number
    x : array or list of shape (n,), the point; it is converted to float and never changed
    h : the step for all coordinates, positive; None stands for eps**(1/3) * max(1, |x[i]|) in coordinate i

    Returns
    -------
    array of shape (n,) : entry i is the partial derivative in coordinate i

    Raises
    ------
    ValueError : x does not have exactly one axis, h is not positive, or f returns an array or a list
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or np.ndim(f(x)) != 0:
        raise ValueError("x must have one axis and f must return one number")
    return np.array([partial_derivative(f, x, i, h) for i in range(len(x))])
    ### END SOLUTION


# %%
@check
def the_gradient_of_the_example(gradient):
    """For x0 x1 + x1^2 at (1, 2) the gradient is (2, 5)."""
    close(gradient(lambda x: x[0] * x[1] + x[1] ** 2, np.array([1.0, 2.0])), np.array([2.0, 5.0]), **T3)


# %%
@check
def a_function_with_an_array_as_value_raises(gradient):
    """A function that returns an array has no gradient: ValueError."""
    raises(ValueError, gradient, lambda x: 2.0 * x, np.array([1.0, 2.0]))


# %%
@hidden(weight=2)
def a_quadratic_form_gives_the_symmetric_part(gradient, rng):
    """The gradient of x^T A x is (A + A^T) x."""
    for n in (1, 2, 3, 6):
        A, x = rng.normal(size=(n, n)), rng.normal(size=n)
        found = array(gradient(lambda y: float(y @ A @ y), x), (n,), what="the gradient")
        close(found, (A + A.T) @ x, **T3, what="the gradient of x^T A x")


# %%
@hidden(weight=2)
def both_sides_count(gradient, rng):
    """The gradient of a sum of squares is right for large steps too, and for cubes it is off by h squared."""
    for n, h in ((1, 0.5), (2, 0.25), (3, 1.0)):
        a, x = rng.uniform(0.5, 2.0, size=n), rng.normal(size=n)
        found = gradient(lambda y: float(a @ y**2), x, h=h)
        close(found, 2 * a * x, **T2, what=f"the gradient of a sum of squares with h = {h}")
        found = gradient(lambda y: float(a @ y**3), x, h=h)
        close(found, a * (3 * x**2 + h**2), **T2, what=f"the difference quotients of a sum of cubes with h = {h}")


# %%
@hidden(weight=2)
def every_coordinate_starts_from_the_same_point(gradient, rng):
    """For a product of the coordinates, entry i is the product of the others, for large steps too."""
    for n in (2, 3, 4):
        x = rng.uniform(1.0, 2.0, size=n)
        expected = np.array([np.prod(np.delete(x, i)) for i in range(n)])
        close(gradient(lambda y: float(np.prod(y)), x, h=0.25), expected, **T2, what="the gradient of the product")


# %%
@hidden
def the_rosenbrock_valley(gradient, rng):
    """The gradient of the Rosenbrock function agrees with its formula."""
    for n in (2, 3, 5):
        x = rng.uniform(-1.5, 1.5, size=n)
        found = gradient(lambda y: float(optimize.rosen(y)), x)
        close(found, optimize.rosen_der(x), rtol=1e-6, atol=1e-6, what="the gradient of the Rosenbrock function")


# %%
@hidden
def agrees_with_a_library_for_smooth_functions(gradient, rng):
    """For a smooth function the gradient agrees with the formula, and roughly with one-sided differences."""
    for n in (1, 3):
        x = rng.uniform(-1.0, 1.0, size=n)
        found = gradient(lambda y: float(np.log(np.sum(np.exp(y))) + np.sum(y**2)), x)
        close(found, np.exp(x) / np.sum(np.exp(x)) + 2 * x, **T3, what="the gradient")
        rough = optimize.approx_fprime(x, lambda y: float(np.log(np.sum(np.exp(y))) + np.sum(y**2)))
        close(found, rough, rtol=1e-5, atol=1e-6, what="the gradient, compared with a library")


# %%
@hidden
def a_minimum_has_gradient_zero(gradient, rng):
    """At the lowest point of a bowl the gradient is zero."""
    for n in (1, 2, 4):
        c = rng.normal(size=n)
        found = gradient(lambda y: float(np.sum((y - c) ** 2)) + 3.0, c)
        close(found, np.zeros(n), **T3, what="the gradient at the minimum")


# %%
@hidden
def orthogonal_to_the_level_curve(gradient, rng):
    """The gradient is at a right angle to the level curve through the point."""
    for t in rng.uniform(0.0, 2 * np.pi, size=3):
        x = np.array([2 * np.cos(t), np.sin(t)])
        along = np.array([-2 * np.sin(t), np.cos(t)])
        found = array(gradient(lambda y: float(y[0] ** 2 + 4 * y[1] ** 2), x), (2,), what="the gradient")
        close(float(found @ along), 0.0, rtol=0.0, atol=1e-6, what="the gradient along the level curve")


# %%
@hidden
def linear_in_the_function(gradient, rng):
    """The gradient of 2 f - 3 g is 2 times the gradient of f minus 3 times that of g."""
    x = rng.uniform(0.5, 1.5, size=3)
    of_f = array(gradient(lambda y: float(np.sin(y[0] * y[1]) + y[2]), x), (3,), what="the gradient of f")
    of_g = array(gradient(lambda y: float(np.exp(y[2]) * y[0]), x), (3,), what="the gradient of g")
    of_both = gradient(lambda y: float(2 * (np.sin(y[0] * y[1]) + y[2]) - 3 * np.exp(y[2]) * y[0]), x)
    close(of_both, 2 * of_f - 3 * of_g, **T3, what="the gradient of 2 f - 3 g")


# %%
@hidden
def the_step_grows_with_the_coordinate(gradient, rng):
    """At a coordinate of size 1e8 the default step is larger, and the answer keeps its digits."""
    for n in (2, 3):
        x = rng.uniform(1.0, 1.5, size=n)
        x[0] *= 1e8
        expected = np.array([np.prod(np.delete(x, i)) for i in range(n)])
        close(gradient(lambda y: float(np.prod(y)), x), expected, **T3, what="the gradient of the product")


# %%
@hidden
def integers_and_lists_are_converted(gradient):
    """A point of whole numbers, as an array or as a list, gives the same answer as one of floats."""
    close(gradient(lambda x: x[0] ** 2 / 8 + x[1], np.array([1, 3])), np.array([0.25, 1.0]), **T3)
    close(gradient(lambda x: x[0] * x[1] / 4, [3, 7]), np.array([1.75, 0.75]), **T3)
    # A negative power of an integer array is an error.
    close(gradient(lambda x: x[0] ** -2 + x[1], np.array([2, 5])), np.array([-0.25, 1.0]), **T3)


# %%
@hidden
def input_without_a_gradient_raises(gradient):
    """A list as value, a point with no axis or two, or a step that is not positive raises ValueError."""
    raises(ValueError, gradient, lambda x: [float(x[0]), 1.0], np.array([1.0, 4.0]))
    raises(ValueError, gradient, lambda x: np.outer(x, x), np.array([1.0, 4.0, 2.0]))
    raises(ValueError, gradient, lambda x: float(np.sum(x)), np.ones((2, 2)))
    raises(ValueError, gradient, lambda x: float(np.sum(x)), 5.0)
    for h in (0.0, -1.0):
        raises(ValueError, gradient, lambda x: float(x[0]), np.array([2.0, 4.0]), h=h)


# %%
@accepted
def with_the_rows_of_a_diagonal_matrix(f, x, h=None):
    x = np.array(x, dtype=np.float64)
    if x.ndim != 1 or (h is not None and h <= 0):
        raise ValueError("bad point or bad step")
    steps = np.cbrt(np.finfo(float).eps) * np.maximum(1.0, np.abs(x)) if h is None else np.full(x.shape, float(h))
    values = [(f(x + row), f(x - row)) for row in np.diag(steps)]
    if any(np.ndim(value) for pair in values for value in pair):
        raise ValueError("f must return one number")
    pairs = np.array(values, dtype=float).reshape(-1, 2)
    return (pairs[:, 0] - pairs[:, 1]) / (2 * steps)


# %%
@accepted
def moves_a_copy_there_and_back(f, x, h=None):
    if np.ndim(x) != 1:
        raise ValueError("x must be a vector")
    if h is not None and not h > 0:
        raise ValueError("the step must be positive")
    point = np.array(x, dtype=float)
    result = np.zeros_like(point)
    for i in range(point.size):
        home = point[i]
        step = h if h is not None else 6.055454452393343e-06 * max(1.0, abs(home))
        point[i] = home + step
        right = f(point.copy())
        point[i] = home - step
        left = f(point.copy())
        point[i] = home
        if isinstance(right, (list, tuple)) or np.shape(right) != ():
            raise ValueError("f must return one number")
        result[i] = (right - left) / (2.0 * step)
    return result


# %%
@misconception(
    caught_by="every_coordinate_starts_from_the_same_point",
    hint="The shift of one coordinate was kept for the next. Start every coordinate from the original x.",
)
def keeps_the_shift_of_the_coordinate_before(f, x, h=None):
    point = np.array(x, dtype=float)
    if point.ndim != 1 or (h is not None and h <= 0) or np.ndim(f(point)) != 0:
        raise ValueError("bad point, step or function")
    result = np.zeros(len(point))
    for i in range(len(point)):
        step = np.finfo(float).eps ** (1 / 3) * max(1.0, abs(point[i])) if h is None else h
        point[i] += step
        above = f(point)
        point[i] -= 2 * step
        below = f(point)
        result[i] = (above - below) / (2 * step)
    return result


# %%
@misconception(
    caught_by="both_sides_count",
    hint="One-sided differences are too rough here. Use the central form: both sides, divided by 2h.",
)
def one_sided_differences(f, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or (h is not None and h <= 0):
        raise ValueError("bad point or step")
    here = f(x)
    if np.ndim(here) != 0:
        raise ValueError("f must return one number")
    result = np.zeros(len(x))
    for i in range(len(x)):
        step = np.finfo(float).eps ** 0.5 * max(1.0, abs(x[i])) if h is None else h
        moved = x.copy()
        moved[i] += step
        result[i] = (f(moved) - here) / step
    return result


# %%
@misconception(
    caught_by="the_step_grows_with_the_coordinate",
    hint="A step of 6e-6 drowns beside a coordinate of 1e8. Scale h with |x_i|.",
)
def the_same_small_step_everywhere(f, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or (h is not None and h <= 0) or np.ndim(f(x)) != 0:
        raise ValueError("bad point, step or function")
    step = np.finfo(float).eps ** (1 / 3) if h is None else h
    return np.array([(f(x + step * e) - f(x - step * e)) / (2 * step) for e in np.eye(len(x))])

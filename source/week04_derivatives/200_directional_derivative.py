# %% [markdown]
# ### The directional derivative
#
# On a hillside the slope depends on where you walk: straight up, along the slope, or down. The directional derivative
# is the slope that you feel in one direction. It must not depend on how long the arrow is that you point with.
#
# Let $f$ take a vector $x$ of shape $(n,)$ and return one number, and let $v \ne 0$ have the same shape. With the unit
# vector $u = v / \lVert v \rVert$,
#
# $$D_v f(x) = \lim_{t \to 0} \frac{f(x + t u) - f(x)}{t} = \nabla f(x)^\top u.$$
#
# Both sides lead to an answer: two values of $f$ on the line through $x$, or all partial derivatives. Either way use
# central differences. A good step is $\varepsilon^{1/3} \max(1, \text{largest } |x_i|)$.
#
# **By hand.** $f(x) = x_0^2 + 3 x_1$ at $x = (2, 1)$ in the direction $v = (3, 4)$. The gradient is
# $(2 x_0, 3) = (4, 3)$. The length of $v$ is 5, so $u = (0.6, 0.8)$, and
# $D_v f(x) = 4 \cdot 0.6 + 3 \cdot 0.8 = 4.8$. In the direction $-v$ it is $-4.8$: that way leads downhill.
#
# Return the rate of change as a float.

# %%
from autograder.kit import T3, accepted, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.gradient", "scipy.optimize.approx_fprime", "scipy.differentiate.*"),
    oracle="analytic gradients times the unit vector",
    section="Directional derivatives",
    uses=("gradient",),
    topics=(
        "r0-w4-gradients",
        "r0-w4-out-compute-gradients",
        "r1-t02-derivatives-gradients",
        "r2-o3-partial-derivatives-gradients",
        "r2-sum-calculus",
        "r2-a3-gradient-jacobian-hessian",
        "r2-b3-gradient-jacobian-hessian",
        "r3-1-3-gradient",
        "r4-calc-gradient-jacobian",
        "r4-req-calc-derivatives-gradients",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def directional_derivative(f: Callable[[np.ndarray], float], x: np.ndarray, v: np.ndarray) -> float:
    """Approximate the rate of change of a function per unit length in one direction.

    Parameters
    ----------
    f : function of one array of shape (n,), returns one number
    x : array or list of shape (n,), the point
    v : array or list of shape (n,), the direction; its length does not matter, but it is not the zero vector

    Returns
    -------
    float : the rate of change of f at x in the direction v / |v|, from central differences

    Raises
    ------
    ValueError : x does not have exactly one axis, v has another shape than x, or all entries of v are 0
    """
    ### BEGIN SOLUTION
    x, v = np.asarray(x, dtype=float), np.asarray(v, dtype=float)
    if x.ndim != 1 or v.shape != x.shape:
        raise ValueError("x and v must be vectors of equal length")
    if not np.any(v):
        raise ValueError("the zero vector is no direction")
    u = v / np.linalg.norm(v)
    t = np.finfo(float).eps ** (1 / 3) * max(1.0, float(np.max(np.abs(x))))
    return float((f(x + t * u) - f(x - t * u)) / (2 * t))
    ### END SOLUTION


# %%
@check
def the_slope_of_the_example(directional_derivative):
    """For x0^2 + 3 x1 at (2, 1) the slope in the direction (3, 4) is 4.8."""
    found = directional_derivative(lambda x: x[0] ** 2 + 3 * x[1], np.array([2.0, 1.0]), np.array([3.0, 4.0]))
    close(found, 4.8, **T3)


# %%
@check
def the_zero_vector_is_no_direction(directional_derivative):
    """The direction (0, 0) raises ValueError."""
    raises(ValueError, directional_derivative, lambda x: x[0] + x[1], np.array([2.0, 1.0]), np.array([0.0, 0.0]))


# %%
@hidden(weight=2)
def equals_the_gradient_times_the_unit_vector(directional_derivative, rng):
    """The slope is the dot product of the gradient with v / |v|."""
    for n in (1, 2, 3, 6):
        A, x, v = rng.normal(size=(n, n)), rng.normal(size=n), rng.normal(size=n)
        expected = float((A + A.T) @ x @ v / np.linalg.norm(v))
        close(directional_derivative(lambda y: float(y @ A @ y), x, v), expected, **T3, what="the slope of x^T A x")
    x, v = rng.uniform(0.5, 1.5, size=3), rng.normal(size=3)
    slope = np.array([np.cos(x[0]), np.exp(x[1]) * x[2], np.exp(x[1])]) @ v / np.linalg.norm(v)
    found = directional_derivative(lambda y: float(np.sin(y[0]) + np.exp(y[1]) * y[2]), x, v)
    close(found, float(slope), **T3, what="the slope of a smooth function")


# %%
@hidden(weight=2)
def stretching_the_arrow_changes_nothing(directional_derivative, rng):
    """A direction that is 10, 1e6 or 1e-9 times as long gives the same slope."""
    for n in (1, 2, 4):
        x, v = rng.uniform(0.5, 1.5, size=n), rng.uniform(0.2, 1.0, size=n)
        expected = float(3 * x**2 @ v / np.linalg.norm(v))
        for factor in (10.0, 1e6, 1e-9):
            found = directional_derivative(lambda y: float(np.sum(y**3)), x, factor * v)
            close(found, expected, **T3, what=f"the slope when v is {factor:g} times as long")


# %%
@hidden
def a_long_arrow_of_short_floats_is_converted(directional_derivative):
    """The direction (3e30, 4e30), as float32 numbers whose squares would overflow, gives the same slope as (3, 4)."""
    found = directional_derivative(lambda x: x[0] ** 2 + 3 * x[1], [2, 1], np.array([3e30, 4e30], dtype=np.float32))
    close(found, 4.8, **T3, what="the slope in the direction (3e30, 4e30)")


# %%
@hidden
def the_step_fits_the_size_of_the_point(directional_derivative):
    """At the origin the step is not 0, and at coordinates of size 1e8 it is large enough to keep the digits."""
    found = directional_derivative(lambda y: float(np.exp(y[0]) + y[1]), np.zeros(2), np.array([3.0, 4.0]))
    close(found, 1.4, **T3, what="the slope at the origin")
    for x in (np.array([-1e8, 2.5]), np.array([2.5, 1e8])):
        for v in np.eye(2):
            found = directional_derivative(lambda y: float(y[0] * y[1]), x, v)
            close(found, float(v @ x[::-1]), **T3, what=f"the slope of x0 x1 at {x} along {v}")


# %%
@hidden
def the_opposite_direction_has_the_opposite_slope(directional_derivative, rng):
    """The slope in the direction -v is minus the slope in the direction v."""
    for n in (1, 2, 5):
        x, v = rng.uniform(0.5, 1.5, size=n), rng.uniform(0.2, 1.0, size=n)
        there = directional_derivative(lambda y: float(np.sum(np.exp(y))), x, v)
        back = directional_derivative(lambda y: float(np.sum(np.exp(y))), x, -v)
        holds(there > 0, "Uphill the slope should be positive.")
        close(back, -there, **T3, what="the slope in the direction -v")


# %%
@hidden
def steepest_along_the_gradient(directional_derivative, rng):
    """In the direction of the gradient the slope is the length of the gradient, and no direction is steeper."""
    for n in (2, 3):
        c, x = rng.uniform(0.5, 2.0, size=n), rng.normal(size=n)
        uphill = 2 * c * x
        steepest = directional_derivative(lambda y: float(c @ y**2), x, uphill)
        close(steepest, float(np.linalg.norm(uphill)), **T3, what="the slope in the direction of the gradient")
        for _ in range(4):
            other = directional_derivative(lambda y: float(c @ y**2), x, rng.normal(size=n))
            holds(abs(other) <= steepest + 1e-6, "No direction should be steeper than that of the gradient.")


# %%
@hidden
def flat_along_a_level_curve(directional_derivative, rng):
    """Along the level curve of a bowl the slope is zero."""
    for angle in rng.uniform(0.0, 2 * np.pi, size=3):
        x = np.array([3 * np.cos(angle), np.sin(angle)])
        along = np.array([-3 * np.sin(angle), np.cos(angle)])
        found = directional_derivative(lambda y: float(y[0] ** 2 + 9 * y[1] ** 2), x, along)
        close(found, 0.0, rtol=0.0, atol=1e-6, what="the slope along the level curve")


# %%
@hidden
def an_axis_gives_the_partial_derivative(directional_derivative, rng):
    """In the direction of an axis the slope is the partial derivative."""
    x = rng.uniform(0.5, 1.5, size=3)
    partials = (x[1] * x[2], x[0] * x[2], x[0] * x[1])
    for i in range(3):
        found = directional_derivative(lambda y: float(np.prod(y)), x, 2.0 * np.eye(3)[i])
        close(found, float(partials[i]), **T3, what=f"the slope along axis {i}")


# %%
@hidden
def integers_and_lists_are_converted(directional_derivative):
    """Whole numbers, as arrays or lists, give the same slope as floats."""
    found = directional_derivative(lambda x: x[0] ** 2 / 2 + x[1], np.array([1, 2]), np.array([4, 3]))
    close(found, 1.4, **T3)
    close(directional_derivative(lambda x: x[0] * x[1], [5, 1], [1, -1]), -4 / 2**0.5, **T3)


# %%
@hidden
def shapes_that_do_not_fit_raise(directional_derivative):
    """A direction of another length, a table or a zero vector raises ValueError."""
    raises(ValueError, directional_derivative, lambda x: float(np.sum(x)), np.array([1.0, 3.0]), np.array([1.0]))
    raises(ValueError, directional_derivative, lambda x: float(np.sum(x)), np.array([1.0, 3.0]), np.ones(3))
    raises(ValueError, directional_derivative, lambda x: float(np.sum(x)), np.ones((2, 2)), np.ones((2, 2)))
    raises(ValueError, directional_derivative, lambda x: float(np.sum(x)), [1, 3, 5], [0, 0, 0])


# %%
@accepted
def from_the_gradient(f, x, v):
    point, arrow = np.array(x, dtype=np.float64), np.array(v, dtype=np.float64)
    if point.ndim != 1 or point.shape != arrow.shape:
        raise ValueError("x and v must be vectors of the same length")
    length = np.sqrt(arrow @ arrow)
    if length == 0:
        raise ValueError("the zero vector is no direction")
    return float(gradient(f, point) @ (arrow / length))


# %%
@accepted
def as_a_function_of_the_way_walked(f, x, v):
    if np.ndim(x) != 1 or np.shape(x) != np.shape(v):
        raise ValueError("shapes")
    start = [float(entry) for entry in x]
    arrow = [float(entry) for entry in v]
    length = sum(entry**2 for entry in arrow) ** 0.5
    if length == 0.0:
        raise ValueError("no direction")

    def height(way):
        return f(np.array([a + way * b / length for a, b in zip(start, arrow)]))

    step = 6e-6 * max([1.0] + [abs(entry) for entry in start])
    return float(height(step) - height(-step)) / (2.0 * step)


# %%
@misconception(
    caught_by="stretching_the_arrow_changes_nothing",
    hint="The slope is per unit length: divide v by its length first.",
)
def does_not_normalise(f, x, v):
    x, v = np.asarray(x, dtype=float), np.asarray(v, dtype=float)
    if x.ndim != 1 or v.shape != x.shape or not np.any(v):
        raise ValueError("bad point or direction")
    return float(gradient(f, x) @ v)


# %%
@misconception(
    caught_by="the_opposite_direction_has_the_opposite_slope",
    hint="Downhill is negative. Keep the sign.",
)
def takes_the_absolute_value(f, x, v):
    x, v = np.asarray(x, dtype=float), np.asarray(v, dtype=float)
    if x.ndim != 1 or v.shape != x.shape or not np.any(v):
        raise ValueError("bad point or direction")
    return float(abs(gradient(f, x) @ v) / np.linalg.norm(v))


# %%
@misconception(
    caught_by="equals_the_gradient_times_the_unit_vector",
    hint="The length of v is the root of the sum of squares, not the sum of the entries' sizes.",
)
def divides_by_the_sum_of_the_entries(f, x, v):
    x, v = np.asarray(x, dtype=float), np.asarray(v, dtype=float)
    if x.ndim != 1 or v.shape != x.shape or not np.any(v):
        raise ValueError("bad point or direction")
    return float(gradient(f, x) @ v / np.sum(np.abs(v)))

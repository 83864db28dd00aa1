# %% [markdown]
# ### Gradient descent
#
# The gradient points uphill. To make a loss smaller, take a small step the other way, look again, and repeat. Almost
# every model is trained by a variant of this loop.
#
# $$x_{k+1} = x_k - \eta \, \nabla f(x_k)$$
#
# The learning rate $\eta$ sets the length of the step. If the slope of $f$ changes by at most $L$ per unit of length,
# every $\eta < 2/L$ goes downhill. A larger $\eta$ can jump across the valley to a higher place.
#
# **By hand.** $f(x) = x^2$ has the gradient $2x$. With $\eta = 0.1$ one step is $x - 0.2\,x = 0.8\,x$. From $x_0 = 1$
# the path is $1, 0.8, 0.64, 0.512$: three steps make four points. With $\eta = 1.1$ one step is $x - 2.2\,x = -1.2\,x$,
# and the path $1, -1.2, 1.44, -1.728$ runs away. Here $L = 2$, so the border is $2/L = 1$.
#
# Before each step look at the gradient: if its length is at most `tol`, stop. Return all points of the path as rows,
# the start included.

# %%
from autograder.kit import T2, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="the closed form (1 - lr * a)^k on quadratics and the limit 2 / L",
    section="Gradient descent",
    topics=(
        "r0-w4-out-gd-concept",
        "r0-w5-optimization-intuition",
        "r0-w5-out-ready-optimization",
        "r0-w8-goal",
        "r0-w8-gradient-descent",
        "r0-final-explain-why",
        "r1-t05-gradient-descent",
        "r2-o3-used-in",
        "r2-o4-used-in",
        "r2-o4-gd-variants",
        "r2-sum-optimization",
        "r2-a3-gradient-descent",
        "r2-a3-gd-x-squared",
        "r2-a-end-math-foundations",
        "r2-b3-gradient-descent",
        "r2-b3-gd-x-squared",
        "r3-1-3-gradient-descent",
        "r3-1-3-cp-gd",
        "r3-7-gd-sgd-adam",
        "r3-7-fix-adam",
        "r4-mlmath-gradient-descent",
        "r4-req-ml-gradient-descent",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def gradient_descent(
    grad: Callable[[np.ndarray], np.ndarray], x0: np.ndarray, lr: float, steps: int, tol: float = 0.0
) -> np.ndarray:
    """Return the path of gradient descent.

    Parameters
    ----------
    grad : function of one array of shape (d,) that returns the gradient there, an array of shape (d,)
    x0 : array or list of shape (d,), the start
    lr : learning rate, positive
    steps : the largest number of steps, 0 or more
    tol : before each step, stop if the length of the gradient is at most tol. With tol = 0 the path ends early only
        where the gradient is exactly 0.

    Returns
    -------
    array of shape (k + 1, d) : the start and the points after each of the k <= steps steps that were made

    Raises
    ------
    ValueError : x0 is not one-dimensional, lr is not positive, or steps is negative
    """
    ### BEGIN SOLUTION
    x = np.asarray(x0, dtype=float)
    if x.ndim != 1 or not lr > 0 or steps < 0:
        raise ValueError("x0 must be one-dimensional, lr positive and steps not negative")
    path = [x]
    for _ in range(steps):
        g = grad(x)
        if np.linalg.norm(g) <= tol:
            break
        x = x - lr * g
        path.append(x)
    return np.array(path)
    ### END SOLUTION


# %%
@helper
def quadratic(eigenvalues, rng):
    """Return the matrix of a quadratic with the given curvatures in random directions."""
    d = len(eigenvalues)
    Q, _ = np.linalg.qr(rng.normal(size=(d, d)))
    A = Q @ np.diag(eigenvalues) @ Q.T
    return (A + A.T) / 2


# %%
@check
def walks_down_the_parabola(gradient_descent):
    """For f(x) = x^2 from 1 with learning rate 0.1 the path is 1, 0.8, 0.64, 0.512."""
    path = gradient_descent(lambda x: 2 * x, np.array([1.0]), 0.1, 3)
    close(path, np.array([[1.0], [0.8], [0.64], [0.512]]), **T2, what="the path")


# %%
@check
def runs_away_when_the_steps_are_too_long(gradient_descent):
    """For f(x) = x^2 from 1 with learning rate 1.1 the path is 1, -1.2, 1.44."""
    path = gradient_descent(lambda x: 2 * x, np.array([1.0]), 1.1, 2)
    close(path, np.array([[1.0], [-1.2], [1.44]]), **T2, what="the path")


# %%
@check
def a_learning_rate_of_zero_raises(gradient_descent):
    """A learning rate of 0 raises ValueError."""
    raises(ValueError, gradient_descent, lambda x: 2 * x, np.array([1.0]), 0.0, 3)


# %%
@hidden(weight=2)
def each_coordinate_shrinks_by_its_own_factor(gradient_descent, rng):
    """On a quadratic with curvatures a_i, coordinate i is multiplied by 1 - lr a_i in every step."""
    for d, steps in ((1, 1), (1, 4), (2, 3), (3, 10), (6, 40)):
        a, x0 = rng.uniform(0.2, 2.0, size=d), rng.uniform(1.0, 2.0, size=d)
        lr = float(rng.uniform(0.05, 0.3))
        path = array(gradient_descent(lambda x, a=a: a * x, x0, lr, steps), (steps + 1, d), what="the path")
        factors = (1 - lr * a) ** np.arange(steps + 1)[:, None]
        close(path, factors * x0, **T2, what="the path")


# %%
@hidden(weight=2)
def the_loss_never_rises_when_the_steps_are_short(gradient_descent, rng):
    """For a learning rate up to 1 / L the loss does not rise from one point of the path to the next."""
    for d in (1, 2, 5):
        eigenvalues = rng.uniform(0.1, 4.0, size=d)
        A, b = quadratic(eigenvalues, rng), rng.normal(size=d)
        x0 = rng.normal(size=d) + 3
        path = gradient_descent(lambda x, A=A, b=b: A @ x - b, x0, 1 / float(np.max(eigenvalues)), 15)
        points = array(path, (None, d), what="the path")
        close(points[0], x0, **T2, what="the first point of the path")
        losses = np.array([x @ A @ x / 2 - b @ x for x in points])
        holds(np.all(np.diff(losses) <= 1e-12 * (1 + np.abs(losses[1:]))), "The loss should never rise along the path.")
        holds(losses[-1] < losses[0], "The loss should be smaller at the end of the path than at the start.")


# %%
@hidden
def the_border_is_two_over_the_largest_curvature(gradient_descent):
    """For curvatures 1 and 10 the learning rate 0.19 converges, 0.2 keeps swinging and 0.21 runs away."""
    curvatures = np.array([1.0, 10.0])
    for lr in (0.19, 0.2, 0.21):
        path = gradient_descent(lambda x: curvatures * x, np.array([1.0, 1.0]), lr, 60)
        last = float(abs(array(path, (61, 2), what="the path")[-1, 1]))
        close(last, abs(1 - 10 * lr) ** 60, rtol=1e-7, atol=0, what=f"the swing after 60 steps with {lr}")


# %%
@hidden
def the_path_ends_where_the_gradient_is_small(gradient_descent, rng):
    """The path ends at its first point where the gradient has a length of at most tol."""
    for d, tol in ((1, 0.5), (2, 0.1), (4, 1e-3)):
        a, x0 = rng.uniform(0.5, 1.5, size=d), rng.uniform(1.0, 2.0, size=d)
        path = array(gradient_descent(lambda x, a=a: a * x, x0, 0.5, 200, tol=tol), (None, d), what="the path")
        lengths = np.linalg.norm(a * path, axis=1)
        holds(lengths[-1] <= tol, "At the last point the gradient should be at most tol.")
        holds(np.all(lengths[:-1] > tol), "No earlier point of the path should have a gradient of at most tol.")
        close(path[1], x0 - 0.5 * a * x0, **T2, what="the second point of the path")


# %%
@hidden
def a_minimum_is_a_fixed_point(gradient_descent):
    """A start where the gradient is 0 is the whole path, and zero steps leave the start alone."""
    still = gradient_descent(lambda x: 2 * (x - 3), np.array([3.0, 3.0]), 0.1, 7)
    close(still, np.array([[3.0, 3.0]]), **T2, what="the path from the minimum")
    short = gradient_descent(lambda x: 2 * (x - 3), np.array([1.0, 2.0]), 0.1, 0)
    close(short, np.array([[1.0, 2.0]]), **T2, what="the path of zero steps")
    exact = gradient_descent(lambda x: 2 * x, np.array([4.0]), 0.5, 9)
    close(exact, np.array([[4.0], [0.0]]), **T2, what="the path that meets the minimum after one step")


# %%
@hidden
def integers_are_a_fine_start(gradient_descent):
    """A start of integers, in a list or in an array, is walked from in 64-bit floats."""
    expected = np.array([[3.0, -2.0], [2.25, -1.5], [1.6875, -1.125]])
    for x0 in ([3, -2], np.array([3, -2]), np.array([3, -2], dtype=np.float32)):
        close(gradient_descent(lambda x: 0.5 * x, x0, 0.5, 2), expected, **T2, what="the path from (3, -2)")


# %%
@hidden
def a_start_of_32_bit_floats_is_widened_first(gradient_descent):
    """A start of 32-bit floats is walked from in 64-bit floats."""
    start = np.array([0.1, -0.7], dtype=np.float32)
    expected = start.astype(float) * 0.85 ** np.arange(4)[:, None]
    close(gradient_descent(lambda x: 0.5 * x, start, 0.3, 3), expected, **T2, what="the path")


# %%
@hidden
def bad_arguments_raise(gradient_descent):
    """A learning rate that is not positive, negative steps and a start that is no vector raise ValueError."""
    for lr in (0.0, -0.1):
        raises(ValueError, gradient_descent, lambda x: x, [1.0, 2.0], lr, 5)
    raises(ValueError, gradient_descent, lambda x: x, [1.0, 2.0], 0.1, -1)
    raises(ValueError, gradient_descent, lambda x: x, [[1.0, 2.0]], 0.1, 5)
    raises(ValueError, gradient_descent, lambda x: x, 1.0, 0.1, 5)


# %%
@accepted
def into_an_array_of_rows(grad, x0, lr, steps, tol=0.0):
    start = np.array(x0, dtype=np.float64)
    if start.ndim != 1:
        raise ValueError("not a vector")
    if lr <= 0 or steps < 0:
        raise ValueError("out of range")
    path = np.empty((steps + 1, len(start)))
    path[0] = start
    for k in range(steps):
        slope = np.asarray(grad(path[k].copy()), dtype=float)
        if np.sqrt((slope**2).sum()) <= tol:
            return path[: k + 1]
        path[k + 1] = path[k] - lr * slope
    return path


# %%
@accepted
def with_stacked_rows_and_a_counter(grad, x0, lr, steps, tol=0.0):
    path = np.atleast_2d(np.asarray(x0, dtype=float))
    if np.ndim(x0) != 1 or not lr > 0 or not steps >= 0:
        raise ValueError("out of range")
    while len(path) <= steps:
        slope = grad(path[-1])
        if float(slope @ slope) ** 0.5 <= tol:
            break
        path = np.vstack([path, path[-1] + (-lr) * slope])
    return path


# %%
@misconception(
    caught_by="each_coordinate_shrinks_by_its_own_factor",
    hint="x -= lr * g changes the array that the path already holds, so all rows are the last point. Make a new array.",
)
def changes_the_points_it_has_stored(grad, x0, lr, steps, tol=0.0):
    x = np.array(x0, dtype=float)
    if x.ndim != 1 or not lr > 0 or steps < 0:
        raise ValueError("out of range")
    path = [x]
    for _ in range(steps):
        g = grad(x)
        if np.linalg.norm(g) <= tol:
            break
        x -= lr * g
        path.append(x)
    return np.array(path)


# %%
@misconception(
    caught_by="the_loss_never_rises_when_the_steps_are_short",
    hint="You walk uphill. Downhill is against the gradient: subtract lr times the gradient.",
)
def walks_uphill(grad, x0, lr, steps, tol=0.0):
    x = np.asarray(x0, dtype=float)
    if x.ndim != 1 or not lr > 0 or steps < 0:
        raise ValueError("out of range")
    path = [x]
    for _ in range(steps):
        g = grad(x)
        if np.linalg.norm(g) <= tol:
            break
        x = x + lr * g
        path.append(x)
    return np.array(path)


# %%
@misconception(
    caught_by="each_coordinate_shrinks_by_its_own_factor",
    hint="The start belongs to the path: 10 steps make 11 points.",
)
def leaves_the_start_out(grad, x0, lr, steps, tol=0.0):
    x = np.asarray(x0, dtype=float)
    if x.ndim != 1 or not lr > 0 or steps < 0:
        raise ValueError("out of range")
    path = []
    for _ in range(steps):
        g = grad(x)
        if np.linalg.norm(g) <= tol:
            break
        x = x - lr * g
        path.append(x)
    return np.array(path).reshape(-1, len(x))


# %%
@misconception(
    caught_by="each_coordinate_shrinks_by_its_own_factor",
    hint="The path is one step too long: 10 steps make 11 points, the start included.",
)
def makes_one_step_too_many(grad, x0, lr, steps, tol=0.0):
    x = np.asarray(x0, dtype=float)
    if x.ndim != 1 or not lr > 0 or steps < 0:
        raise ValueError("out of range")
    path = [x]
    for _ in range(steps + 1):
        g = grad(x)
        if np.linalg.norm(g) <= tol:
            break
        x = x - lr * g
        path.append(x)
    return np.array(path)


# %%
@misconception(
    caught_by="the_path_ends_where_the_gradient_is_small",
    hint="Look at the gradient before each step and stop when its length is at most tol.",
)
def never_stops_early(grad, x0, lr, steps, tol=0.0):
    x = np.asarray(x0, dtype=float)
    if x.ndim != 1 or not lr > 0 or steps < 0:
        raise ValueError("out of range")
    path = [x]
    for _ in range(steps):
        x = x - lr * grad(x)
        path.append(x)
    return np.array(path)


# %%
@misconception(
    caught_by="the_path_ends_where_the_gradient_is_small",
    hint="tol limits the length of the gradient, not the length of the step lr times the gradient.",
)
def stops_when_the_step_is_short(grad, x0, lr, steps, tol=0.0):
    x = np.asarray(x0, dtype=float)
    if x.ndim != 1 or not lr > 0 or steps < 0:
        raise ValueError("out of range")
    path = [x]
    for _ in range(steps):
        step = lr * grad(x)
        if np.linalg.norm(step) <= tol:
            break
        x = x - step
        path.append(x)
    return np.array(path)

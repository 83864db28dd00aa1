# %% [markdown]
# ### Descent from many starts
#
# Gradient descent finds *a* minimum. Which one depends on the start. A loss with several valleys shows this best when
# you let many walkers start at once, and look where each of them ends.
#
# Keep the $k$ positions as the rows of an array $P$ of shape $(k, d)$. One step moves all of them:
# $$P \leftarrow P - \eta \, \nabla f(P), \qquad \text{row by row.}$$
# So the gradient function takes an array of shape $(k, d)$ and returns one of the same shape, one gradient per row. It
# is called once per step, not once per walker: that is why it is fast.
#
# **By hand.** $f(x) = x^4 - 2 x^2$ has minima at $-1$ and $1$ and the gradient $4 x^3 - 4 x$. With $\eta = 0.1$ and
# the starts $0.5$ and $-2$: the gradients are $-1.5$ and $-24$. The first walker goes to $0.5 + 0.15 = 0.65$, the
# second one to $-2 + 2.4 = 0.4$. It jumps over the ridge at 0, into the other valley. With $\eta = 0.01$ it goes to
# $-1.76$ and stays on its side.
#
# Return all positions in an array of shape $(k, \text{steps} + 1, d)$: the first axis is the walker, the second one the
# time, with the start at time 0.

# %%
from autograder.kit import T2, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises
from autograder.kit import same

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("scipy.optimize.*",),
    oracle="the closed form on quadratics, a loop over single starts, and the known minima of two functions",
    section="Watching descent",
    topics=(
        "r0-w10-gd-visualization",
        "r1-t08-gd-visualization",
        "r2-o4-minima",
        "r4-calc-optimization",
        "r4-req-calc-optimization-basics",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def gd_paths(grad: Callable[[np.ndarray], np.ndarray], starts: np.ndarray, lr: float, steps: int) -> np.ndarray:
    """Return the paths of gradient descent from many starts at once.

    Parameters
    ----------
    grad : function of an array of shape (k, d) that returns the gradients at its rows, an array of shape (k, d);
        it is called once per step
    starts : array or list of shape (k, d), one start per row
    lr : learning rate, positive
    steps : number of steps, 0 or more

    Returns
    -------
    array of shape (k, steps + 1, d) : entry [i, t] is the position of walker i after t steps

    Raises
    ------
    ValueError : starts does not have two axes, lr is not positive, or steps is negative
    """
    ### BEGIN SOLUTION
    P = np.asarray(starts, dtype=float)
    if P.ndim != 2 or not lr > 0 or steps < 0:
        raise ValueError("starts must be (k, d), lr positive and steps not negative")
    history = [P]
    for _ in range(steps):
        P = P - lr * grad(P)
        history.append(P)
    return np.stack(history, axis=1)
    ### END SOLUTION


# %%
@helper
def himmelblau(P):
    """Return the values of (x^2 + y - 11)^2 + (x + y^2 - 7)^2 for the rows (x, y) of P."""
    return (P[:, 0] ** 2 + P[:, 1] - 11) ** 2 + (P[:, 0] + P[:, 1] ** 2 - 7) ** 2


# %%
@helper
def himmelblau_gradient(P):
    """Return the gradients of Himmelblau's function at the rows of P."""
    a, b = P[:, 0] ** 2 + P[:, 1] - 11, P[:, 0] + P[:, 1] ** 2 - 7
    return np.column_stack([4 * P[:, 0] * a + 2 * b, 2 * a + 4 * P[:, 1] * b])


# %%
@check
def two_walkers_in_the_double_well(gd_paths):
    """From 0.5 and -2 with learning rate 0.1, one step leads to 0.65 and 0.4."""
    paths = gd_paths(lambda P: 4 * P**3 - 4 * P, np.array([[0.5], [-2.0]]), 0.1, 1)
    close(paths, np.array([[[0.5], [0.65]], [[-2.0], [0.4]]]), **T2, what="the paths")


# %%
@check
def the_first_axis_is_the_walker(gd_paths):
    """Three walkers in the plane that make four steps give an array of shape (3, 5, 2)."""
    paths = gd_paths(lambda P: P, np.array([[1.0, 0.0], [0.0, 2.0], [3.0, 3.0]]), 0.5, 4)
    array(paths, (3, 5, 2), what="the paths")


# %%
@check
def a_single_vector_raises(gd_paths):
    """A start that is one vector and no table of starts raises ValueError."""
    raises(ValueError, gd_paths, lambda P: P, np.array([1.0, 2.0]), 0.1, 3)


# %%
@hidden(weight=2)
def each_path_is_plain_gradient_descent(gd_paths, rng):
    """On a bowl every coordinate of every walker is multiplied by 1 - lr a_j in each step."""
    for k, d, steps in ((1, 1, 1), (1, 2, 3), (2, 1, 2), (3, 2, 4), (20, 3, 12)):
        a, starts, lr = rng.uniform(0.2, 2.0, size=d), rng.normal(size=(k, d)), float(rng.uniform(0.05, 0.4))
        paths = gd_paths(lambda P, a=a: a * P, starts, lr, steps)
        factors = (1 - lr * a) ** np.arange(steps + 1)[:, None]
        expected = starts[:, None, :] * factors
        close(array(paths, (k, steps + 1, d), what="the paths"), expected, **T2, what="the paths")


# %%
@hidden
def walkers_do_not_see_each_other(gd_paths, rng):
    """A walker has the same path alone and in company, in any order."""
    starts = rng.uniform(-2.5, 2.5, size=(4, 2))
    together = array(gd_paths(himmelblau_gradient, starts, 0.004, 6), (4, 7, 2), what="the paths")
    for i in range(4):
        alone = gd_paths(himmelblau_gradient, starts[i : i + 1], 0.004, 6)
        close(alone, together[i : i + 1], **T2, what=f"the path of walker {i} alone")
    order = np.array([2, 0, 3, 1])
    other = gd_paths(himmelblau_gradient, starts[order], 0.004, 6)
    close(other, together[order], **T2, what="the paths in another order")


# %%
@hidden(weight=2)
def four_starts_find_four_minima(gd_paths):
    """From (2, 2), (-2, 2), (-2, -2) and (2, -2) the four minima of Himmelblau's function are found."""
    starts = np.array([[2.0, 2.0], [-2.0, 2.0], [-2.0, -2.0], [2.0, -2.0]])
    ends = array(gd_paths(himmelblau_gradient, starts, 0.01, 60), (4, 61, 2), what="the paths")[:, -1]
    close(himmelblau(ends), np.zeros(4), rtol=0, atol=1e-10, what="the values at the ends")
    close(ends[0], np.array([3.0, 2.0]), rtol=0, atol=1e-5, what="the end of the walk from (2, 2)")
    same(np.sign(ends), np.sign(starts), what="the signs of the ends")


# %%
@hidden
def the_start_decides_which_minimum_is_found(gd_paths):
    """In the tilted double well x^4 - 2 x^2 + 0.3 x, starts left and right of the ridge end in different minima."""
    starts = np.array([[-1.5], [-0.5], [0.0], [0.1], [0.5], [1.5]])
    paths = gd_paths(lambda P: 4 * P**3 - 4 * P + 0.3, starts, 0.1, 40)
    ends = array(paths, (6, 41, 1), what="the paths")[:, -1, 0]
    values = ends**4 - 2 * ends**2 + 0.3 * ends
    close(values, np.repeat([-1.3054284790, -0.7058535183], 3), rtol=0, atol=1e-7, what="the values at the ends")


# %%
@hidden
def the_gradient_is_asked_once_per_step(gd_paths):
    """The function grad is called once per step, with the positions of all walkers."""
    shapes = []

    def spy(P):
        shapes.append(np.shape(P))
        return 0.5 * np.asarray(P)

    gd_paths(spy, np.arange(12.0).reshape(4, 3), 0.1, 6)
    same(shapes, [(4, 3)] * 6, what="the shapes of what grad was given")


# %%
@hidden
def zero_steps_leave_the_starts(gd_paths):
    """With zero steps the paths hold the starts only, and from starts of any number type the walk is one in float64."""
    close(gd_paths(lambda P: P, np.array([[4.0, 5.0]]), 0.1, 0), np.array([[[4.0, 5.0]]]), **T2, what="zero steps")
    for starts in ([[1, 2], [3, 4]], np.array([[1, 2], [3, 4]])):
        expected = np.array([[[1.0, 2.0], [0.75, 1.5]], [[3.0, 4.0], [2.25, 3.0]]])
        close(gd_paths(lambda P: 0.5 * P, starts, 0.5, 1), expected, **T2, what="the paths from integers")
    starts = np.array([[0.1, 0.7]], dtype=np.float32)
    expected = starts.astype(float)[:, None] * np.array([[1.0], [0.7], [0.49]])
    close(gd_paths(lambda P: P, starts, 0.3, 2), expected, **T2, what="the paths from starts in single precision")


# %%
@hidden
def bad_arguments_raise(gd_paths):
    """A learning rate that is not positive, negative steps and starts without two axes raise ValueError."""
    starts = np.array([[1.0, 2.0]])
    for lr, steps in ((0.0, 3), (-0.1, 3), (0.1, -1)):
        raises(ValueError, gd_paths, lambda P: P, starts, lr, steps)
    raises(ValueError, gd_paths, lambda P: P, 1.0, 0.1, 3)
    raises(ValueError, gd_paths, lambda P: P, starts[None], 0.1, 3)


# %%
@accepted
def into_an_array(grad, starts, lr, steps):
    current = np.array(starts, dtype=np.float64)
    if len(current.shape) != 2 or lr <= 0 or steps < 0:
        raise ValueError("out of range")
    paths = np.empty((current.shape[0], steps + 1, current.shape[1]))
    paths[:, 0] = current
    for t in range(1, steps + 1):
        paths[:, t] = paths[:, t - 1] - lr * np.asarray(grad(paths[:, t - 1].copy()))
    return paths


# %%
@accepted
def with_copies_and_swapped_axes(grad, starts, lr, steps):
    if np.ndim(starts) != 2:
        raise ValueError("starts")
    if not (lr > 0 and steps >= 0):
        raise ValueError("lr or steps")
    P = np.array(starts, dtype=float)
    history = [P.copy()]
    while len(history) <= steps:
        P -= lr * grad(P.copy())
        history.append(P.copy())
    return np.swapaxes(np.array(history), 0, 1)


# %%
@misconception(
    caught_by="each_path_is_plain_gradient_descent",
    hint="The same array is stored at every step, so all times show the end. Copy.",
)
def stores_the_same_array_at_every_step(grad, starts, lr, steps):
    P = np.array(starts, dtype=float)
    if P.ndim != 2 or not lr > 0 or steps < 0:
        raise ValueError("out of range")
    history = [P]
    for _ in range(steps):
        P -= lr * grad(P.copy())
        history.append(P)
    return np.stack(history, axis=1)


# %%
@misconception(
    caught_by="the_first_axis_is_the_walker",
    hint="Your first axis is the time. First axis is the path: np.stack(history, axis=1).",
)
def puts_the_time_first(grad, starts, lr, steps):
    P = np.asarray(starts, dtype=float)
    if P.ndim != 2 or not lr > 0 or steps < 0:
        raise ValueError("out of range")
    history = [P]
    for _ in range(steps):
        P = P - lr * grad(P)
        history.append(P)
    return np.array(history)


# %%
@misconception(
    caught_by="the_first_axis_is_the_walker",
    hint="The start belongs to the path: 4 steps give 5 positions.",
)
def leaves_the_start_out(grad, starts, lr, steps):
    P = np.asarray(starts, dtype=float)
    if P.ndim != 2 or not lr > 0 or steps < 0:
        raise ValueError("out of range")
    paths = np.empty((len(P), steps, P.shape[1]))
    for t in range(steps):
        P = P - lr * grad(P)
        paths[:, t] = P
    return paths


# %%
@misconception(
    caught_by="the_gradient_is_asked_once_per_step",
    hint="You walk one start after the other. grad takes all rows at once: call it once per step.",
)
def walks_one_start_after_the_other(grad, starts, lr, steps):
    P = np.asarray(starts, dtype=float)
    if P.ndim != 2 or not lr > 0 or steps < 0:
        raise ValueError("out of range")
    paths = np.empty((len(P), steps + 1, P.shape[1]))
    for i, start in enumerate(P):
        paths[i, 0] = start
        for t in range(steps):
            paths[i, t + 1] = paths[i, t] - lr * grad(paths[i, t : t + 1].copy())[0]
    return paths


# %%
@misconception(
    caught_by="each_path_is_plain_gradient_descent",
    hint="You walk uphill. Subtract lr times the gradient.",
)
def walks_uphill(grad, starts, lr, steps):
    P = np.asarray(starts, dtype=float)
    if P.ndim != 2 or not lr > 0 or steps < 0:
        raise ValueError("out of range")
    history = [P]
    for _ in range(steps):
        with np.errstate(all="ignore"):
            P = P + lr * grad(P)
        history.append(P)
    return np.stack(history, axis=1)


# %%
@misconception(
    caught_by="walkers_do_not_see_each_other",
    hint="One common factor for all gradients ties the walkers together. Every row makes its own step.",
)
def divides_by_the_length_of_all_gradients(grad, starts, lr, steps):
    P = np.asarray(starts, dtype=float)
    if P.ndim != 2 or not lr > 0 or steps < 0:
        raise ValueError("out of range")
    history = [P]
    for _ in range(steps):
        g = grad(P)
        P = P - lr * g / max(1.0, float(np.linalg.norm(g)))
        history.append(P)
    return np.stack(history, axis=1)

# %% [markdown]
# ### A step with momentum
#
# In a long narrow valley plain descent swings from wall to wall and hardly moves along the floor. A heavy ball does
# better. The pushes of the two walls cancel, and the small pushes along the floor add up. Momentum gives the walk
# such a memory: the velocity $v$.
#
# $$v' = \beta v + g \qquad\qquad w' = w - \eta\, v'$$
#
# Here $g$ is the gradient at $w$. The velocity is updated first, and the move uses the new one. This is the convention
# of PyTorch. Other libraries put $\eta$ inside $v$, or give $g$ the weight $1 - \beta$. Results of different
# conventions cannot be compared step by step.
#
# **By hand.** $w = 1$, $g = 2$, $v = 1$, $\eta = 0.1$, $\beta = 0.9$. Then $v' = 0.9 \cdot 1 + 2 = 2.9$ and
# $w' = 1 - 0.1 \cdot 2.9 = 0.71$. If $g = 2$ stays the same, $v$ tends to $g / (1 - \beta) = 20$: ten times the plain
# step.
#
# Return the new $w$ and the new $v$ as new arrays.

# %%
from autograder.kit import T1, T2, accepted, array, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="the sum of old gradients weighted by powers of beta; the limit g / (1 - beta)",
    section="Momentum",
    topics=("r0-w8-momentum", "r0-w8-out-optimizer-behavior", "r4-nice-num-optimizer-math"),
)

# %%
import numpy as np


# %%
def momentum_step(
    w: np.ndarray, g: np.ndarray, v: np.ndarray, lr: float, beta: float = 0.9
) -> tuple[np.ndarray, np.ndarray]:
    """Make one step of gradient descent with momentum, in the convention of PyTorch.

    Parameters
    ----------
    w : array or list of shape (d,) or (m, n), the parameters
    g : array or list of the same shape, the gradient at w
    v : array or list of the same shape, the velocity so far
    lr : learning rate
    beta : the part of the velocity that is kept, 0 <= beta < 1

    Returns
    -------
    (w_new, v_new) : two new arrays of the shape of w; w, g and v stay as they are

    Raises
    ------
    ValueError : the shapes of w, g and v are not all equal, or beta lies outside [0, 1)
    """
    ### BEGIN SOLUTION
    w, g, v = np.asarray(w, dtype=float), np.asarray(g, dtype=float), np.asarray(v, dtype=float)
    if not w.shape == g.shape == v.shape:
        raise ValueError("w, g and v must have the same shape")
    if not 0 <= beta < 1:
        raise ValueError("beta must be at least 0 and less than 1")
    v_new = beta * v + g
    return w - lr * v_new, v_new
    ### END SOLUTION


# %%
@helper
def both(answer, shape):
    """Return the two arrays of an answer; both must have the given shape."""
    return array(answer[0], shape, what="the new w"), array(answer[1], shape, what="the new v")


# %%
@check
def the_worked_example_moves_to_0_71(momentum_step):
    """For w = 1, g = 2, v = 1, lr = 0.1 and beta = 0.9 the new w is 0.71 and the new v is 2.9."""
    w, v = momentum_step(np.array([1.0]), np.array([2.0]), np.array([1.0]), 0.1, 0.9)
    close(w, np.array([0.71]), **T1, what="the new w")
    close(v, np.array([2.9]), **T1, what="the new v")


# %%
@check
def the_first_step_is_a_plain_one(momentum_step):
    """From rest (v = 0) the first step is the plain step lr times g, and the new v is g."""
    w, v = momentum_step(np.array([1.0, -2.0]), np.array([0.5, 4.0]), np.zeros(2), 0.5)
    close(w, np.array([0.75, -4.0]), **T1, what="the new w")
    close(v, np.array([0.5, 4.0]), **T1, what="the new v")


# %%
@check
def a_beta_of_one_raises(momentum_step):
    """With beta = 1 nothing would ever slow down: it raises ValueError."""
    raises(ValueError, momentum_step, np.array([1.0]), np.array([2.0]), np.array([1.0]), 0.1, 1.0)


# %%
@hidden(weight=2)
def ten_steps_add_up_old_gradients(momentum_step, rng):
    """After k steps from rest, v is the sum of all gradients, each weighted by beta to the power of its age."""
    for d, beta in ((1, 0.5), (3, 0.9)):
        gradients, start = rng.normal(size=(10, d)), rng.normal(size=d)
        w, v, moved = start, np.zeros(d), np.zeros(d)
        for k in range(10):
            w, v = both(momentum_step(w, gradients[k], v, 0.05, beta), (d,))
            weights = beta ** np.arange(k, -1, -1.0)
            expected = weights @ gradients[: k + 1]
            moved = moved + expected
            close(v, expected, **T1, what=f"v after {k + 1} steps")
            close(w, start - 0.05 * moved, **T1, what=f"w after {k + 1} steps")


# %%
@hidden(weight=2)
def the_move_uses_the_new_velocity(momentum_step, rng):
    """The new w is w - lr times the new v, so the gradient acts at once."""
    for shape in ((1,), (3,), (2, 4)):
        w, g, v = rng.normal(size=shape), rng.normal(size=shape), rng.normal(size=shape)
        lr, beta = float(rng.uniform(0.1, 1.0)), float(rng.uniform(0.2, 0.95))
        w_new, v_new = both(momentum_step(w, g, v, lr, beta), shape)
        close((w - w_new) / lr, v_new, **T2, what="(w - new w) / lr compared with the new v")
        close(v_new - beta * v, g, **T2, what="new v - beta v compared with g")


# %%
@hidden
def without_memory_it_is_plain_descent(momentum_step, rng):
    """With beta = 0 the step is w - lr g, whatever the velocity was."""
    for shape in ((1,), (4,), (3, 2)):
        w, g, v = rng.normal(size=shape), rng.normal(size=shape), 100 * rng.normal(size=shape)
        w_new, v_new = both(momentum_step(w, g, v, 0.3, 0.0), shape)
        close(w_new, w - 0.3 * g, **T1, what="the new w for beta = 0")
        close(v_new, g, **T1, what="the new v for beta = 0")


# %%
@hidden
def a_constant_gradient_gives_a_terminal_velocity(momentum_step, rng):
    """If the gradient never changes, v tends to g / (1 - beta) from any start."""
    for beta, steps in ((0.2, 15), (0.5, 35)):
        g, w, v = rng.normal(size=2), np.zeros(2), 5 * rng.normal(size=2)
        for _ in range(steps):
            w, v = both(momentum_step(w, g, v, 0.1, beta), (2,))
        close(v, g / (1 - beta), rtol=1e-8, atol=1e-8, what=f"v after {steps} steps with beta = {beta}")


# %%
@hidden
def the_step_is_linear(momentum_step, rng):
    """Scaling and adding w, g and v scales and adds the results."""
    for shape in ((1,), (3,), (2, 2)):
        one, two = rng.normal(size=(3, *shape)), rng.normal(size=(3, *shape))
        w1, v1 = both(momentum_step(*one, 0.2, 0.7), shape)
        w2, v2 = both(momentum_step(*two, 0.2, 0.7), shape)
        w, v = both(momentum_step(*(2 * one - 3 * two), 0.2, 0.7), shape)
        close(w, 2 * w1 - 3 * w2, **T1, what="the new w of 2 a - 3 b")
        close(v, 2 * v1 - 3 * v2, **T1, what="the new v of 2 a - 3 b")


# %%
@hidden
def the_arguments_stay_as_they_are(momentum_step, rng):
    """Calling twice with the same arrays gives the same answer twice."""
    w, g, v = rng.normal(size=3), rng.normal(size=3), rng.normal(size=3)
    w1, v1 = both(momentum_step(w, g, v, 0.1), (3,))
    w2, v2 = both(momentum_step(w, g, v, 0.1), (3,))
    close(w2, w1, **T1, what="the new w of the second call")
    close(v2, v1, **T1, what="the new v of the second call")
    close(v1, 0.9 * v + g, **T1, what="the new v when beta is not given")


# %%
@hidden
def integers_are_widened_first(momentum_step):
    """Lists and arrays of integers are handled as 64-bit floats."""
    for kind in (list, np.array):
        w, v = both(momentum_step(kind([1, 2]), kind([3, -1]), kind([1, 1]), 0.25, 0.5), (2,))
        close(w, np.array([0.125, 2.125]), **T1, what="the new w for integers")
        close(v, np.array([3.5, -0.5]), **T1, what="the new v for integers")


# %%
@hidden
def a_velocity_of_32_bit_floats_is_widened_first(momentum_step):
    """A velocity of 32-bit floats is handled as 64-bit floats."""
    v = np.array([0.1, -0.7], dtype=np.float32)
    _, v_new = both(momentum_step([1.0, 2.0], [0.0, 3.0], v, 0.1, 0.3), (2,))
    close(v_new, 0.3 * v.astype(float) + np.array([0.0, 3.0]), **T1, what="the new v")


# %%
@hidden
def unequal_shapes_and_bad_betas_raise(momentum_step):
    """Shapes that differ raise ValueError, even where broadcasting would work, and so does beta outside [0, 1)."""
    raises(ValueError, momentum_step, np.ones(3), np.ones((3, 1)), np.ones(3), 0.1)
    raises(ValueError, momentum_step, np.ones(3), np.ones(3), np.ones((3, 1)), 0.1)
    raises(ValueError, momentum_step, np.ones((1, 3)), np.ones(3), np.ones(3), 0.1)
    raises(ValueError, momentum_step, np.ones(3), np.ones(3), 0.0, 0.1)
    raises(ValueError, momentum_step, np.ones(3), np.ones(2), np.ones(3), 0.1)
    for beta in (1.0, 1.5, -0.1):
        raises(ValueError, momentum_step, np.ones(2), np.ones(2), np.ones(2), 0.1, beta)


# %%
@accepted
def with_a_loop_over_the_entries(w, g, v, lr, beta=0.9):
    place, slope, speed = (np.array(thing, dtype=np.float64) for thing in (w, g, v))
    if place.shape != slope.shape or slope.shape != speed.shape:
        raise ValueError("shapes")
    if beta < 0 or beta >= 1:
        raise ValueError("beta")
    for where in np.ndindex(place.shape):
        speed[where] = beta * speed[where] + slope[where]
        place[where] -= lr * speed[where]
    return place, speed


# %%
@accepted
def as_one_matrix_for_all_entries(w, g, v, lr, beta=0.9):
    state = [np.asarray(thing, dtype=float) for thing in (w, g, v)]
    if len({part.shape for part in state}) > 1 or not 0 <= beta < 1:
        raise ValueError("wrong input")
    step = np.array([[1.0, -lr, -lr * beta], [0.0, 1.0, beta]])
    new = step @ np.stack([part.ravel() for part in state])
    return new[0].reshape(state[0].shape), new[1].reshape(state[0].shape)


# %%
@misconception(
    caught_by="ten_steps_add_up_old_gradients",
    hint="beta v + (1 - beta) g is an average. Here g enters with weight 1.",
)
def averages_instead_of_adding(w, g, v, lr, beta=0.9):
    w, g, v = np.asarray(w, dtype=float), np.asarray(g, dtype=float), np.asarray(v, dtype=float)
    if not w.shape == g.shape == v.shape or not 0 <= beta < 1:
        raise ValueError("wrong input")
    v_new = beta * v + (1 - beta) * g
    return w - lr * v_new, v_new


# %%
@misconception(
    caught_by="the_move_uses_the_new_velocity",
    hint="The move used the old velocity, so the gradient acts one step late. Update v first.",
)
def moves_with_the_old_velocity(w, g, v, lr, beta=0.9):
    w, g, v = np.asarray(w, dtype=float), np.asarray(g, dtype=float), np.asarray(v, dtype=float)
    if not w.shape == g.shape == v.shape or not 0 <= beta < 1:
        raise ValueError("wrong input")
    return w - lr * v, beta * v + g


# %%
@misconception(
    caught_by="the_arguments_stay_as_they_are",
    hint="v *= beta changes the caller's array. Return new arrays.",
)
def changes_v_in_place(w, g, v, lr, beta=0.9):
    w, g, v = np.asarray(w, dtype=float), np.asarray(g, dtype=float), np.asarray(v, dtype=float)
    if not w.shape == g.shape == v.shape or not 0 <= beta < 1:
        raise ValueError("wrong input")
    v *= beta
    v += g
    return w - lr * v, v


# %%
@misconception(
    caught_by="the_move_uses_the_new_velocity",
    hint="The learning rate belongs to the move, not into the velocity: v' = beta v + g and w' = w - lr v'.",
)
def puts_the_learning_rate_into_the_velocity(w, g, v, lr, beta=0.9):
    w, g, v = np.asarray(w, dtype=float), np.asarray(g, dtype=float), np.asarray(v, dtype=float)
    if not w.shape == g.shape == v.shape or not 0 <= beta < 1:
        raise ValueError("wrong input")
    v_new = beta * v + lr * g
    return w - v_new, v_new


# %%
@misconception(
    caught_by="the_move_uses_the_new_velocity",
    hint="That is the variant of Nesterov, which looks ahead. Here the move is simply lr times the new v.",
)
def looks_ahead_as_nesterov_does(w, g, v, lr, beta=0.9):
    w, g, v = np.asarray(w, dtype=float), np.asarray(g, dtype=float), np.asarray(v, dtype=float)
    if not w.shape == g.shape == v.shape or not 0 <= beta < 1:
        raise ValueError("wrong input")
    v_new = beta * v + g
    return w - lr * (g + beta * v_new), v_new

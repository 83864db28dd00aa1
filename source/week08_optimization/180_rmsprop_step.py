# %% [markdown]
# ### RMSProp step
#
# One learning rate for all weights is a compromise. A weight with large gradients needs a small one, a weight with tiny
# gradients needs a large one. RMSProp gives every weight its own: it divides the gradient by its recent size.
#
# The state $s$ is a running mean of the squared gradient, entry by entry:
# $$s' = \rho\, s + (1 - \rho)\, g^2, \qquad w' = w - \eta\, \frac{g}{\sqrt{s'} + \varepsilon} .$$
# The new $s'$ is used, not the old $s$. The small $\varepsilon$ stands outside the root; it only prevents a division by
# zero.
#
# **By hand.** $w = (1, 2)$, $g = (4, -0.2)$, $s = (0, 0)$, $\eta = 0.1$, $\rho = 0.75$. Then
# $s' = 0.25 \cdot (16, 0.04) = (4, 0.01)$ with the roots $(2, 0.1)$. The steps are $0.1 \cdot 4/2 = 0.2$ and
# $0.1 \cdot (-0.2)/0.1 = -0.2$, so $w' = (0.8, 2.2)$. One gradient is 20 times larger than the other. The steps have
# the same size.
#
# Return the new weights and the new state.

# %%
import math

from autograder.kit import T1, T2, accepted, array, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="a recursion with plain numbers, one weight at a time",
    section="Adaptive step sizes",
    topics=(
        "r0-w8-rmsprop",
        "r0-w8-out-optimizer-behavior",
        "r1-t05-sgd-adam-rmsprop",
        "r2-o4-gd-variants",
        "r4-nice-num-optimizer-math",
    ),
)

# %%
import numpy as np


# %%
def rmsprop_step(
    w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float = 0.01, rho: float = 0.99, eps: float = 1e-8
) -> tuple[np.ndarray, np.ndarray]:
    """Make one step of RMSProp.

    Parameters
    ----------
    w : array or list, the weights
    g : array or list of the shape of w, the gradient at w
    s : array or list of the shape of w, the running mean of the squared gradient so far (zeros before the first step)
    lr : the learning rate
    rho : the share of the old mean that is kept, 0 <= rho < 1
    eps : a small number that is added after the root

    Returns
    -------
    (new_w, new_s) : two new arrays of the shape of w; the arguments stay unchanged

    Raises
    ------
    ValueError : the shapes of w, g and s differ, or rho is not in [0, 1)
    """
    ### BEGIN SOLUTION
    w, g, s = (np.asarray(x, dtype=float) for x in (w, g, s))
    if not w.shape == g.shape == s.shape:
        raise ValueError("w, g and s must have the same shape")
    if not 0 <= rho < 1:
        raise ValueError("rho must be at least 0 and less than 1")
    new_s = rho * s + (1 - rho) * g**2
    return w - lr * g / (np.sqrt(new_s) + eps), new_s
    ### END SOLUTION


# %%
@helper
def one_weight(w, gradients, s, lr, rho, eps):
    """Return weight and state after several steps, computed with plain numbers."""
    for g in gradients:
        s = s + (1.0 - rho) * (g * g - s)
        w = w - lr * g / (math.sqrt(s) + eps)
    return w, s


# %%
@check
def both_weights_of_the_example_move_by_0_2(rmsprop_step):
    """For w = (1, 2), g = (4, -0.2), s = 0, lr 0.1 and rho 0.75 the new weights are (0.8, 2.2), the state (4, 0.01)."""
    w, s = rmsprop_step(np.array([1.0, 2.0]), np.array([4.0, -0.2]), np.zeros(2), lr=0.1, rho=0.75)
    close(w, np.array([0.8, 2.2]), rtol=1e-6, atol=0.0, what="the new weights")
    close(s, np.array([4.0, 0.01]), **T1, what="the new state")


# %%
@check
def a_second_step_uses_the_state(rmsprop_step):
    """With the state s = (4,), g = (6,), lr 0.1 and rho 0.75 the new state is 12."""
    w, s = rmsprop_step(np.array([1.0]), np.array([6.0]), np.array([4.0]), lr=0.1, rho=0.75)
    close(s, np.array([12.0]), **T1, what="the new state")
    close(w, np.array([1.0 - 0.6 / (12.0**0.5 + 1e-8)]), **T1, what="the new weights")


# %%
@check
def different_shapes_raise(rmsprop_step):
    """Weights of shape (2,) and a gradient of shape (1,) do not belong together: ValueError."""
    raises(ValueError, rmsprop_step, np.zeros(2), np.ones(1), np.zeros(2))


# %%
@hidden(weight=2)
def twenty_steps_agree_with_plain_numbers(rmsprop_step, rng):
    """Several steps in a row give each weight what the formula gives with plain numbers."""
    for d, steps in ((1, 1), (1, 3), (2, 5), (4, 20)):
        start, gradients, state = rng.normal(size=d), rng.normal(size=(steps, d)), rng.uniform(0.1, 2.0, size=d)
        lr, rho, eps = float(rng.uniform(0.01, 0.3)), float(rng.uniform(0.5, 0.99)), 1e-6
        w, s = start, state
        for g in gradients:
            w, s = rmsprop_step(w, g, s, lr=lr, rho=rho, eps=eps)
            w, s = array(w, (d,), what="the new weights"), array(s, (d,), what="the new state")
        expected = [one_weight(start[i], gradients[:, i], state[i], lr, rho, eps) for i in range(d)]
        close(s, np.array([pair[1] for pair in expected]), **T1, what=f"the state after {steps} steps")
        close(w, np.array([pair[0] for pair in expected]), **T1, what=f"the weights after {steps} steps")


# %%
@hidden
def the_first_step_has_the_same_size_for_every_gradient(rmsprop_step, rng):
    """From s = 0 every weight moves by lr / sqrt(1 - rho), which is 10 lr, against the sign of its gradient."""
    for d in (1, 3, 10):
        start, g = rng.normal(size=d), rng.choice([-1.0, 1.0], size=d) * 10.0 ** rng.uniform(-1, 3, size=d)
        w, _ = rmsprop_step(start, g, np.zeros(d))
        close(array(w, (d,), what="the new weights") - start, -0.1 * np.sign(g), rtol=1e-5, atol=0.0, what="the step")


# %%
@hidden
def scaling_all_gradients_leaves_the_steps(rmsprop_step, rng):
    """Gradients that are all 1000 times larger give the same weights, when eps is negligible."""
    for d in (1, 2, 5):
        gradients = rng.uniform(0.5, 2.0, size=(3, d))
        ends = []
        for factor in (1.0, 1000.0):
            w, s = np.zeros(d), np.zeros(d)
            for g in factor * gradients:
                w, s = rmsprop_step(w, g, s, lr=0.1, rho=0.9, eps=1e-30)
            ends.append(array(w, (d,), what="the new weights"))
        close(ends[1], ends[0], **T2, what="the weights for gradients that are 1000 times larger")


# %%
@hidden
def a_tiny_gradient_makes_a_full_step_too(rmsprop_step):
    """A gradient of 1e-6 is far above eps = 1e-8, so the step is nearly 10 lr."""
    w, _ = rmsprop_step(np.zeros(2), np.array([1e-6, -1e-6]), np.zeros(2))
    size = 0.01 * 1e-6 / (1e-7 + 1e-8)
    close(w, np.array([-size, size]), rtol=1e-9, atol=0.0, what="the new weights")


# %%
@hidden
def weights_do_not_disturb_each_other(rmsprop_step, rng):
    """Changing one entry of the gradient changes that weight only; a matrix of weights works as well."""
    start, g, state = rng.normal(size=(2, 3)), rng.normal(size=(2, 3)), rng.uniform(0.1, 1.0, size=(2, 3))
    other = g.copy()
    other[1, 2] += 5.0
    w, s = rmsprop_step(start, g, state)
    new_w, new_s = rmsprop_step(start, other, state)
    for before, after, what in ((w, new_w, "weights"), (s, new_s, "state")):
        change = array(after, (2, 3), what=f"the new {what}") - array(before, (2, 3), what=f"the new {what}")
        close(change.ravel()[:5], np.zeros(5), **T1, what=f"the change of the other entries of the {what}")


# %%
@hidden
def a_gradient_of_zero_moves_nothing(rmsprop_step):
    """With g = 0 and s = 0 the weights stay, and nothing is divided by zero."""
    w, s = rmsprop_step(np.array([3.0, -1.0]), np.zeros(2), np.zeros(2))
    close(w, np.array([3.0, -1.0]), **T1, what="the new weights")
    close(s, np.zeros(2), **T1, what="the new state")


# %%
@hidden
def lists_of_integers_are_fine(rmsprop_step):
    """Lists of whole numbers give the same as arrays of floats."""
    w, s = rmsprop_step([1, 2, 3], [2, -1, 5], [1, 0, 3], lr=0.5, rho=0.5)
    expected = [one_weight(a, [b], c, 0.5, 0.5, 1e-8) for a, b, c in ((1, 2, 1), (2, -1, 0), (3, 5, 3))]
    close(w, np.array([pair[0] for pair in expected]), **T1, what="the new weights")
    close(s, np.array([pair[1] for pair in expected]), **T1, what="the new state")


# %%
@hidden
def small_floats_are_widened_first(rmsprop_step):
    """Arrays of 32-bit floats are handled as 64-bit floats."""
    short = [np.array([number], dtype=np.float32) for number in (0.1, 0.7, 0.3)]
    w, s = rmsprop_step(*short, lr=0.2, rho=0.6)
    start, gradient, state = (float(x[0]) for x in short)
    expected = one_weight(start, [gradient], state, 0.2, 0.6, 1e-8)
    close(w, np.array([expected[0]]), **T1, what="the new weights")
    close(s, np.array([expected[1]]), **T1, what="the new state")


# %%
@hidden
def without_memory_the_state_is_the_last_square(rmsprop_step):
    """With rho = 0 the new state is the square of this gradient, and every weight moves by lr."""
    w, s = rmsprop_step(np.array([1.0, 2.0]), np.array([3.0, -0.5]), np.array([7.0, 9.0]), lr=0.25, rho=0.0)
    close(s, np.array([9.0, 0.25]), **T1, what="the new state")
    close(w, np.array([0.75, 2.25]), rtol=1e-7, atol=0.0, what="the new weights")


# %%
@hidden
def bad_input_raises(rmsprop_step):
    """Shapes that differ raise ValueError, also where numpy would broadcast, and so does rho = 1 or rho < 0."""
    raises(ValueError, rmsprop_step, np.zeros(3), np.ones(3), np.zeros((3, 1)))
    raises(ValueError, rmsprop_step, np.zeros((2, 2)), np.ones(2), np.zeros((2, 2)))
    raises(ValueError, rmsprop_step, np.zeros(2), np.ones(2), np.zeros(1))
    raises(ValueError, rmsprop_step, np.zeros(2), np.ones(2), np.zeros(2), rho=1.0)
    raises(ValueError, rmsprop_step, np.zeros(2), np.ones(2), np.zeros(2), rho=-0.1)


# %%
@accepted
def one_weight_after_the_other(w, g, s, lr=0.01, rho=0.99, eps=1e-8):
    if np.shape(w) != np.shape(g) or np.shape(w) != np.shape(s) or rho < 0 or rho >= 1:
        raise ValueError("not possible")
    new_w, new_s = np.array(w, dtype=np.float64), np.array(s, dtype=np.float64)
    slopes = np.array(g, dtype=np.float64)
    for index in np.ndindex(new_w.shape):
        slope = float(slopes[index])
        new_s[index] += (1 - rho) * (slope**2 - new_s[index])
        new_w[index] -= lr * slope / (new_s[index] ** 0.5 + eps)
    return new_w, new_s


# %%
@accepted
def with_a_rate_for_every_weight(w, g, s, lr=0.01, rho=0.99, eps=1e-8):
    weights, gradient, state = np.array(w, float), np.array(g, float), np.array(s, float)
    if len({weights.shape, gradient.shape, state.shape}) > 1:
        raise ValueError("different shapes")
    if not (rho >= 0 and rho < 1):
        raise ValueError("rho must lie in [0, 1)")
    mean_square = np.average(np.stack([state, np.square(gradient)]), axis=0, weights=[rho, 1 - rho])
    rates = lr / (np.sqrt(mean_square) + eps)
    return weights - rates * gradient, mean_square


# %%
@misconception(
    caught_by="a_tiny_gradient_makes_a_full_step_too",
    hint="The root of (s' + eps) is a different rule for small gradients. Add eps after taking the root.",
)
def eps_inside_the_root(w, g, s, lr=0.01, rho=0.99, eps=1e-8):
    w, g, s = (np.asarray(x, dtype=float) for x in (w, g, s))
    if not w.shape == g.shape == s.shape or not 0 <= rho < 1:
        raise ValueError("shapes or rho")
    new_s = rho * s + (1 - rho) * g**2
    return w - lr * g / np.sqrt(new_s + eps), new_s


# %%
@misconception(
    caught_by="both_weights_of_the_example_move_by_0_2",
    hint="The state tracks the size of the gradient, whatever its sign: average g squared, not g.",
)
def averages_the_gradient_itself(w, g, s, lr=0.01, rho=0.99, eps=1e-8):
    w, g, s = (np.asarray(x, dtype=float) for x in (w, g, s))
    if not w.shape == g.shape == s.shape or not 0 <= rho < 1:
        raise ValueError("shapes or rho")
    new_s = rho * s + (1 - rho) * g
    with np.errstate(invalid="ignore"):
        return w - lr * g / (np.sqrt(new_s) + eps), new_s


# %%
@misconception(
    caught_by="scaling_all_gradients_leaves_the_steps",
    hint="s' is a mean of squares. Divide by its root, which has the size of a gradient.",
)
def divides_by_the_mean_square(w, g, s, lr=0.01, rho=0.99, eps=1e-8):
    w, g, s = (np.asarray(x, dtype=float) for x in (w, g, s))
    if not w.shape == g.shape == s.shape or not 0 <= rho < 1:
        raise ValueError("shapes or rho")
    new_s = rho * s + (1 - rho) * g**2
    return w - lr * g / (new_s + eps), new_s


# %%
@misconception(
    caught_by="a_second_step_uses_the_state",
    hint="Update s first and divide by the root of the new s. The old one is still 0 in the first step.",
)
def divides_by_the_old_state(w, g, s, lr=0.01, rho=0.99, eps=1e-8):
    w, g, s = (np.asarray(x, dtype=float) for x in (w, g, s))
    if not w.shape == g.shape == s.shape or not 0 <= rho < 1:
        raise ValueError("shapes or rho")
    return w - lr * g / (np.sqrt(s) + eps), rho * s + (1 - rho) * g**2


# %%
@misconception(
    caught_by="both_weights_of_the_example_move_by_0_2",
    hint="rho is the share of the old mean that you keep. The new square enters with 1 - rho.",
)
def exchanges_rho_and_one_minus_rho(w, g, s, lr=0.01, rho=0.99, eps=1e-8):
    w, g, s = (np.asarray(x, dtype=float) for x in (w, g, s))
    if not w.shape == g.shape == s.shape or not 0 <= rho < 1:
        raise ValueError("shapes or rho")
    new_s = (1 - rho) * s + rho * g**2
    return w - lr * g / (np.sqrt(new_s) + eps), new_s

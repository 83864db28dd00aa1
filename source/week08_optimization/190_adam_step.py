# %% [markdown]
# ### Adam step
#
# Adam is the optimiser that most networks are trained with. It joins two ideas: the running mean $m$ of the gradient
# (momentum) and the running mean $v$ of its square (RMSProp). Both means start at 0, so in the first steps they are too
# small. Adam corrects that by a division.
#
# With the step number $t = 1, 2, 3, \dots$, entry by entry:
# $$m' = \beta_1 m + (1 - \beta_1)\, g, \qquad v' = \beta_2 v + (1 - \beta_2)\, g^2,$$
# $$\hat m = \frac{m'}{1 - \beta_1^t}, \qquad \hat v = \frac{v'}{1 - \beta_2^t}, \qquad
# w' = w - \eta\, \frac{\hat m}{\sqrt{\hat v} + \varepsilon} .$$
# The state that you carry on is $m'$ and $v'$. The corrected $\hat m$ and $\hat v$ serve this one step only.
#
# **By hand.** $\eta = 0.1$, $\beta_1 = 0.9$, $\beta_2 = 0.999$, $w = 1$, $m = v = 0$ ($\varepsilon$ can be ignored).
#
# | $t$ | $g$ | $m'$ | $v'$ | $\hat m$ | $\hat v$ | $w'$ |
# |---|---|---|---|---|---|---|
# | 1 | 2 | 0.2 | 0.004 | 2 | 4 | $1 - 0.1 \cdot 2/2 = 0.9$ |
# | 2 | -1 | 0.08 | 0.004996 | 0.42105 | 2.49925 | $0.9 - 0.1 \cdot 0.26634 = 0.87337$ |
#
# The first step has the length $\eta$, whatever the gradient is. In the second step the mean still points the old way.
#
# Return the new weights, $m'$ and $v'$.

# %%
import math

from autograder.kit import T1, T2, accepted, array, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="weighted sums over all gradients so far",
    section="Adaptive step sizes",
    topics=(
        "r0-strategy-step4-implement",
        "r0-w8-goal",
        "r0-w8-adam",
        "r0-w8-out-optimizer-behavior",
        "r0-final-read-papers",
        "r1-t05-sgd-adam-rmsprop",
        "r2-o4-gd-variants",
        "r3-7-gd-sgd-adam",
        "r3-7-fix-adam",
        "r4-mlmath-gradient-descent",
        "r4-nice-num-optimizer-math",
    ),
)

# %%
import numpy as np


# %%
def adam_step(
    w: np.ndarray,
    g: np.ndarray,
    m: np.ndarray,
    v: np.ndarray,
    t: int,
    lr: float = 1e-3,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make one step of Adam with bias correction.

    Parameters
    ----------
    w : array or list, the weights
    g : array or list of the shape of w, the gradient at w
    m, v : arrays or lists of the shape of w, the running means of g and of its square (zeros before the first step)
    t : the number of this step; the first step is t = 1
    lr : the learning rate
    beta1, beta2 : the shares of the old means that are kept, both at least 0 and less than 1
    eps : a small number that is added after the root

    Returns
    -------
    (new_w, new_m, new_v) : three new arrays of the shape of w; new_m and new_v are the means without the correction

    Raises
    ------
    ValueError : t < 1, the shapes of w, g, m and v differ, or beta1 or beta2 is not in [0, 1)
    """
    ### BEGIN SOLUTION
    w, g, m, v = (np.asarray(x, dtype=float) for x in (w, g, m, v))
    if not w.shape == g.shape == m.shape == v.shape:
        raise ValueError("w, g, m and v must have the same shape")
    if t < 1:
        raise ValueError("t counts from 1")
    if not (0 <= beta1 < 1 and 0 <= beta2 < 1):
        raise ValueError("beta1 and beta2 must be at least 0 and less than 1")
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v
    ### END SOLUTION


# %%
@helper
def from_weighted_sums(w, gradients, lr, beta1, beta2, eps):
    """Return one weight and its means after all gradients, each mean as a weighted sum over the gradients so far."""
    for t in range(1, len(gradients) + 1):
        m = math.fsum((1 - beta1) * beta1 ** (t - i) * gradients[i - 1] for i in range(1, t + 1))
        v = math.fsum((1 - beta2) * beta2 ** (t - i) * gradients[i - 1] ** 2 for i in range(1, t + 1))
        w = w - lr * (m / (1 - beta1**t)) / (math.sqrt(v / (1 - beta2**t)) + eps)
    return w, m, v


# %%
@check
def the_first_step_of_the_example(adam_step):
    """For w = 1, g = 2, m = v = 0, t = 1 and lr 0.1 the results are w = 0.9, m = 0.2 and v = 0.004."""
    w, m, v = adam_step(np.array([1.0]), np.array([2.0]), np.zeros(1), np.zeros(1), 1, lr=0.1)
    close(w, np.array([1.0 - 0.2 / (2.0 + 1e-8)]), **T1, what="the new weights")
    close(m, np.array([0.2]), **T1, what="m")
    close(v, np.array([0.004]), **T1, what="v")


# %%
@check
def the_second_step_of_the_example(adam_step):
    """The second step of the example, with g = -1, gives w = 0.87337, m = 0.08 and v = 0.004996."""
    w, m, v = adam_step(np.array([0.9]), np.array([-1.0]), np.array([0.2]), np.array([0.004]), 2, lr=0.1)
    close(w, np.array([0.87337]), rtol=0.0, atol=1e-5, what="the new weights")
    close(m, np.array([0.08]), **T1, what="m")
    close(v, np.array([0.004996]), **T1, what="v")


# %%
@check
def step_number_zero_raises(adam_step):
    """The first step is t = 1, so t = 0 raises ValueError."""
    raises(ValueError, adam_step, np.zeros(2), np.ones(2), np.zeros(2), np.zeros(2), 0)


# %%
@hidden(weight=2)
def twenty_steps_agree_with_weighted_sums(adam_step, rng):
    """Many steps in a row give what the means, written as weighted sums over all gradients, give."""
    for d, steps in ((1, 1), (1, 2), (2, 5), (3, 20)):
        start, gradients = rng.normal(size=d), rng.normal(size=(steps, d))
        lr, beta1, beta2, eps = float(rng.uniform(0.01, 0.3)), 0.8, 0.95, 1e-6
        w, m, v = start, np.zeros(d), np.zeros(d)
        for t, g in enumerate(gradients, start=1):
            w, m, v = adam_step(w, g, m, v, t, lr=lr, beta1=beta1, beta2=beta2, eps=eps)
            w, m, v = (array(x, (d,), what=what) for x, what in ((w, "the new weights"), (m, "m"), (v, "v")))
        expected = [from_weighted_sums(start[i], gradients[:, i], lr, beta1, beta2, eps) for i in range(d)]
        close(m, np.array([triple[1] for triple in expected]), **T1, what=f"m after {steps} steps")
        close(v, np.array([triple[2] for triple in expected]), **T1, what=f"v after {steps} steps")
        close(w, np.array([triple[0] for triple in expected]), **T1, what=f"the weights after {steps} steps")


# %%
@hidden
def the_first_step_has_length_lr(adam_step, rng):
    """From m = v = 0 every weight moves by lr against the sign of its gradient."""
    for d in (1, 3, 10):
        start, g = rng.normal(size=d), rng.choice([-1.0, 1.0], size=d) * 10.0 ** rng.uniform(-1, 3, size=d)
        w, _, _ = adam_step(start, g, np.zeros(d), np.zeros(d), 1, lr=0.05)
        close(array(w, (d,), what="the new weights") - start, -0.05 * np.sign(g), rtol=1e-6, atol=0.0, what="the step")


# %%
@hidden
def a_tiny_gradient_makes_a_full_step_too(adam_step):
    """A gradient of 1e-6 is far above eps = 1e-8, so the first step is nearly lr."""
    w, _, _ = adam_step(np.zeros(2), np.array([1e-6, -1e-6]), np.zeros(2), np.zeros(2), 1)
    size = 1e-3 * 1e-6 / (1e-6 + 1e-8)
    close(w, np.array([-size, size]), rtol=1e-8, atol=0.0, what="the new weights")


# %%
@hidden
def a_constant_gradient_gives_constant_steps(adam_step, rng):
    """When the gradient is the same in every step, every step has the length lr."""
    for d in (1, 4):
        g = rng.choice([-1.0, 1.0], size=d) * rng.uniform(0.5, 5.0, size=d)
        w, m, v = np.zeros(d), np.zeros(d), np.zeros(d)
        for t in range(1, 9):
            w, m, v = adam_step(w, g, m, v, t, lr=0.01)
            expected = -0.01 * t * np.sign(g)
            close(array(w, (d,), what="the new weights"), expected, rtol=1e-6, atol=0.0, what=f"the weights, t = {t}")


# %%
@hidden
def scaling_all_gradients_leaves_the_steps(adam_step, rng):
    """Gradients that are all 1000 times larger give the same weights, when eps is negligible."""
    for d in (1, 2, 5):
        gradients = rng.normal(size=(4, d))
        ends = []
        for factor in (1.0, 1000.0):
            w, m, v = np.zeros(d), np.zeros(d), np.zeros(d)
            for t, g in enumerate(factor * gradients, start=1):
                w, m, v = adam_step(w, g, m, v, t, lr=0.1, eps=1e-30)
            ends.append(array(w, (d,), what="the new weights"))
        close(ends[1], ends[0], **T2, what="the weights for gradients that are 1000 times larger")


# %%
@hidden
def weights_do_not_disturb_each_other(adam_step, rng):
    """A matrix of weights gives what its rows give one by one."""
    start, g = rng.normal(size=(3, 2)), rng.normal(size=(3, 2))
    m, v = rng.normal(size=(3, 2)), rng.uniform(0.1, 1.0, size=(3, 2))
    together = adam_step(start, g, m, v, 7)
    alone = [adam_step(start[i], g[i], m[i], v[i], 7) for i in range(3)]
    for k, what in enumerate(("the new weights", "m", "v")):
        rows = np.stack([array(answer[k], (2,), what=what) for answer in alone])
        close(array(together[k], (3, 2), what=what), rows, **T1, what=what)


# %%
@hidden
def lists_of_integers_are_fine(adam_step):
    """Lists of whole numbers give the same as arrays of floats."""
    w, m, v = adam_step([1, 2], [3, -1], [0, 0], [0, 0], 1, lr=0.5)
    close(m, np.array([0.3, -0.1]), **T1, what="m")
    close(v, np.array([0.009, 0.001]), **T1, what="v")
    close(w, np.array([1.0 - 1.5 / (3.0 + 1e-8), 2.0 + 0.5 / (1.0 + 1e-8)]), **T1, what="the new weights")


# %%
@hidden
def small_floats_are_widened_first(adam_step):
    """Arrays of 32-bit floats are handled as 64-bit floats."""
    short = [np.array([number], dtype=np.float32) for number in (0.1, 0.7, 0.0, 0.0)]
    w, m, v = adam_step(*short, 1, lr=0.2)
    start, g = float(short[0][0]), float(short[1][0])
    close(m, np.array([0.1 * g]), **T1, what="m")
    close(v, np.array([0.001 * g**2]), **T1, what="v")
    close(w, np.array([start - 0.2 * g / (g + 1e-8)]), **T1, what="the new weights")


# %%
@hidden
def without_memory_the_means_are_the_last_values(adam_step):
    """With beta1 = beta2 = 0 the means are this gradient and its square, and every weight moves by lr."""
    means = np.array([5.0, 6.0]), np.array([7.0, 8.0])
    w, m, v = adam_step(np.array([1.0, 2.0]), np.array([3.0, -0.5]), *means, 4, lr=0.25, beta1=0.0, beta2=0.0)
    close(m, np.array([3.0, -0.5]), **T1, what="m")
    close(v, np.array([9.0, 0.25]), **T1, what="v")
    close(w, np.array([0.75, 2.25]), rtol=1e-7, atol=0.0, what="the new weights")


# %%
@hidden
def bad_input_raises(adam_step):
    """A negative t, shapes that differ, and a beta outside [0, 1) raise ValueError."""
    zero = np.zeros(2)
    raises(ValueError, adam_step, zero, np.ones(2), zero, zero, -3)
    raises(ValueError, adam_step, zero, np.ones(1), zero, zero, 1)
    raises(ValueError, adam_step, zero, np.ones(2), np.zeros((2, 1)), zero, 1)
    raises(ValueError, adam_step, zero, np.ones(2), zero, np.zeros(1), 1)
    raises(ValueError, adam_step, zero, np.ones(2), zero, zero, 1, beta1=1.0)
    raises(ValueError, adam_step, zero, np.ones(2), zero, zero, 1, beta2=1.5)
    raises(ValueError, adam_step, zero, np.ones(2), zero, zero, 1, beta1=-0.1)
    raises(ValueError, adam_step, zero, np.ones(2), zero, zero, 1, beta2=1.0)
    raises(ValueError, adam_step, zero, np.ones(2), zero, zero, 1, beta2=-0.1)


# %%
@accepted
def one_weight_after_the_other(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    if len({np.shape(x) for x in (w, g, m, v)}) > 1 or t <= 0 or min(beta1, beta2) < 0 or max(beta1, beta2) >= 1:
        raise ValueError("not possible")
    new_w, new_m, new_v = (np.array(x, dtype=np.float64) for x in (w, m, v))
    slopes = np.array(g, dtype=np.float64)
    for index in np.ndindex(new_w.shape):
        new_m[index] += (1 - beta1) * (slopes[index] - new_m[index])
        new_v[index] += (1 - beta2) * (slopes[index] ** 2 - new_v[index])
        root = (new_v[index] / (1 - beta2**t)) ** 0.5
        new_w[index] -= lr * new_m[index] / (1 - beta1**t) / (root + eps)
    return new_w, new_m, new_v


# %%
@accepted
def with_the_correction_in_the_rate(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    weights, gradient, first, second = (np.array(x, float) for x in (w, g, m, v))
    for other in (gradient, first, second):
        if other.shape != weights.shape:
            raise ValueError("different shapes")
    if t < 1 or not 0 <= beta1 < 1 or not 0 <= beta2 < 1:
        raise ValueError("t or beta out of range")
    first = first * beta1 + gradient * (1 - beta1)
    second = second * beta2 + gradient * gradient * (1 - beta2)
    root_correction = np.sqrt(1 - beta2**t)
    rate = lr * root_correction / (1 - beta1**t)
    return weights - rate * first / (np.sqrt(second) + eps * root_correction), first, second


# %%
@misconception(
    caught_by="the_first_step_of_the_example",
    hint="m and v start at 0; divide them by 1 - beta**t. Without that the first step is 3.16 times too long.",
)
def no_bias_correction(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g, m, v = (np.asarray(x, dtype=float) for x in (w, g, m, v))
    if not w.shape == g.shape == m.shape == v.shape or t < 1 or not (0 <= beta1 < 1 and 0 <= beta2 < 1):
        raise ValueError("shapes, t or beta")
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - lr * m / (np.sqrt(v) + eps), m, v


# %%
@misconception(
    caught_by="the_first_step_of_the_example",
    hint="1 - beta**0 is 0, so an exponent of 0 divides by zero. The first step is t = 1; use t itself.",
)
def exponent_counts_from_zero(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g, m, v = (np.asarray(x, dtype=float) for x in (w, g, m, v))
    if not w.shape == g.shape == m.shape == v.shape or t < 1 or not (0 <= beta1 < 1 and 0 <= beta2 < 1):
        raise ValueError("shapes, t or beta")
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    with np.errstate(divide="ignore", invalid="ignore"):
        m_hat = m / np.float64(1 - beta1 ** (t - 1))
        v_hat = v / np.float64(1 - beta2 ** (t - 1))
        return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v


# %%
@misconception(
    caught_by="step_number_zero_raises",
    hint="t already counts from 1. Do not add 1 to it, and raise ValueError for t = 0.",
)
def adds_one_to_t(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g, m, v = (np.asarray(x, dtype=float) for x in (w, g, m, v))
    if not w.shape == g.shape == m.shape == v.shape or t < 0 or not (0 <= beta1 < 1 and 0 <= beta2 < 1):
        raise ValueError("shapes, t or beta")
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1 ** (t + 1))
    v_hat = v / (1 - beta2 ** (t + 1))
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v


# %%
@misconception(
    caught_by="a_tiny_gradient_makes_a_full_step_too",
    hint="Add eps after the root. Inside it, a gradient of 1e-6 makes a step that is 100 times too small.",
)
def eps_inside_the_root(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g, m, v = (np.asarray(x, dtype=float) for x in (w, g, m, v))
    if not w.shape == g.shape == m.shape == v.shape or t < 1 or not (0 <= beta1 < 1 and 0 <= beta2 < 1):
        raise ValueError("shapes, t or beta")
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - lr * (m / (1 - beta1**t)) / np.sqrt(v / (1 - beta2**t) + eps), m, v


# %%
@misconception(
    caught_by="the_first_step_of_the_example",
    hint="beta1 belongs to the mean of the gradient, beta2 to the mean of its square.",
)
def exchanges_beta1_and_beta2(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g, m, v = (np.asarray(x, dtype=float) for x in (w, g, m, v))
    if not w.shape == g.shape == m.shape == v.shape or t < 1 or not (0 <= beta1 < 1 and 0 <= beta2 < 1):
        raise ValueError("shapes, t or beta")
    m = beta2 * m + (1 - beta2) * g
    v = beta1 * v + (1 - beta1) * g**2
    return w - lr * (m / (1 - beta2**t)) / (np.sqrt(v / (1 - beta1**t)) + eps), m, v


# %%
@misconception(
    caught_by="the_first_step_of_the_example",
    hint="Carry on the plain means. If you return the corrected ones, the next step corrects them once more.",
)
def returns_the_corrected_means(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g, m, v = (np.asarray(x, dtype=float) for x in (w, g, m, v))
    if not w.shape == g.shape == m.shape == v.shape or t < 1 or not (0 <= beta1 < 1 and 0 <= beta2 < 1):
        raise ValueError("shapes, t or beta")
    m = (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)
    v = (beta2 * v + (1 - beta2) * g**2) / (1 - beta2**t)
    return w - lr * m / (np.sqrt(v) + eps), m, v

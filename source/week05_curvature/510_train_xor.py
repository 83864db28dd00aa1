# %% [markdown]
# ### Capstone: a network learns XOR
#
# "Exclusive or" says 1 if exactly one of two inputs is 1. It is the smallest problem that no straight line can solve,
# and a hidden layer can. You train a small network on its four points, from the random start to the last step, with
# nothing but the mathematics of this week.
#
# The four samples are $X = \begin{pmatrix} 0 & 0 \\ 0 & 1 \\ 1 & 0 \\ 1 & 1 \end{pmatrix}$ with the targets
# $y = (0, 1, 1, 0)$.
#
# **The network**, for one sample, with $h$ hidden units:
# $$a = \tanh(W_1 x + b_1), \qquad s = W_2 a + b_2, \qquad p = \sigma(s) = \frac{1}{1 + e^{-s}}$$
# $W_1$ has shape $(h, 2)$, $b_1$ has shape $(h,)$, $W_2$ has shape $(1, h)$ and $b_2$ has shape $(1,)$.
#
# **The loss** is the mean cross-entropy over the four samples:
# $$\ell = -y \log p - (1 - y) \log(1 - p) = \log(1 + e^{s}) - y\, s$$
# Use the form on the right. For a large score $e^s$ overflows, but `np.logaddexp(0, s)` gives $\log(1 + e^s)$ for
# every $s$.
#
# **The way back.** The slope of $\ell$ with respect to $s$ is just $p - y$. From there everything is as in
# `two_layer_gradients`.
#
# **The training.** Start with `W1 = rng.normal(size=(hidden, 2))`, then `W2 = rng.normal(size=(1, hidden))`, both
# biases 0. In each epoch compute the gradients over all four samples, and then move all four parameters:
# $W \leftarrow W - \text{lr} \cdot \nabla W$. Record the loss at the start and after every epoch.
#
# **By hand.** If all scores were 0, every $p$ would be $\tfrac12$. The loss would be $\log 2 = 0.693$: pure guessing.
# For $s = 0$ and $y = 1$ the slope is $p - y = -0.5$, so a step down raises the score.
#
# Return the parameters after the last epoch and the curve of the losses.

# %%
from autograder.kit import T2, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=15,
    minutes=75,
    level=3,
    oracle="complex-step derivatives of the loss; the four right answers",
    section="The chain rule in networks",
    topics=(
        "r0-intro-master-essential-math",
        "r0-intro-ml-ready-foundation",
        "r0-strategy-step5-connect-ml",
        "r0-w5-goal",
        "r0-w5-calculus-in-ml",
        "r0-w10-nn-math",
        "r1-why-math-code-ml",
        "r1-t02-in-ml",
        "r1-t08-nn-math",
        "r2-o3-in-ml",
        "r2-a-end-move-to-ml",
        "r3-7-mlp",
    ),
    capstone=True,
)

# %%
import numpy as np


# %%
def train_xor(
    rng: np.random.Generator, hidden: int = 8, lr: float = 0.5, epochs: int = 5000
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Train a network with one hidden layer on the four points of XOR.

    Parameters
    ----------
    rng : source of the start: first W1 = rng.normal(size=(hidden, 2)), then W2 = rng.normal(size=(1, hidden))
    hidden : number of hidden units, at least 1
    lr : learning rate, positive
    epochs : number of steps of gradient descent, 0 or more; each uses all four samples

    Returns
    -------
    (parameters, losses) : a dict and an array of shape (epochs + 1,)
        The dict has the keys "W1", "b1", "W2", "b2" with arrays of shape (hidden, 2), (hidden,), (1, hidden), (1,).
        The losses are the mean cross-entropies at the start and after every epoch.

    Raises
    ------
    ValueError : hidden < 1, lr is not positive, or epochs < 0
    """
    ### BEGIN SOLUTION
    if hidden < 1 or not lr > 0 or epochs < 0:
        raise ValueError("hidden must be at least 1, lr positive and epochs not negative")
    X, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([[0.0], [1.0], [1.0], [0.0]])
    W1, b1 = rng.normal(size=(hidden, 2)), np.zeros(hidden)
    W2, b2 = rng.normal(size=(1, hidden)), np.zeros(1)
    losses = np.empty(epochs + 1)
    for epoch in range(epochs + 1):
        A = np.tanh(X @ W1.T + b1)
        s = A @ W2.T + b2
        losses[epoch] = np.mean(np.logaddexp(0.0, s) - y * s)
        if epoch == epochs:
            break
        delta2 = (0.5 * (1 + np.tanh(s / 2)) - y) / len(X)
        delta1 = (delta2 @ W2) * (1 - A**2)
        W2, b2 = W2 - lr * delta2.T @ A, b2 - lr * delta2.sum(axis=0)
        W1, b1 = W1 - lr * delta1.T @ X, b1 - lr * delta1.sum(axis=0)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
    ### END SOLUTION


# %%
@helper
def scores(parameters, X):
    """Return the score of each row of X."""
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    return (np.tanh(X @ W1.T + b1) @ W2.T + b2)[:, 0]


@helper
def xor():
    """Return the four inputs and the four targets."""
    return np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0.0, 1.0, 1.0, 0.0])


@helper
def shaped(parameters, hidden):
    """Return the four parameters as arrays of floats after a look at their shapes."""
    shapes = {"W1": (hidden, 2), "b1": (hidden,), "W2": (1, hidden), "b2": (1,)}
    return {name: array(parameters[name], shape, what=f'the parameter "{name}"') for name, shape in shapes.items()}


@helper
def loss_of(parameters):
    """Return the mean cross-entropy of the network on the four points; complex parameters are fine."""
    X, y = xor()
    s = scores(parameters, X)
    return np.mean(np.log(1 + np.exp(s)) - y * s)


@helper
def slopes(parameters):
    """Return the gradient of the loss for each parameter by complex steps."""
    found = {}
    for name, value in parameters.items():
        found[name] = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            moved = value.astype(complex)
            moved[index] += 1e-30j
            found[name][index] = loss_of({**parameters, name: moved}).imag / 1e-30
    return found


# %%
@check
def the_network_learns_the_four_points(train_xor):
    """With 8 hidden units, lr = 2 and 200 epochs all four answers are right and the loss is below 0.01."""
    parameters, losses = train_xor(np.random.default_rng(1), lr=2.0, epochs=200)
    X, y = xor()
    answers = scores(shaped(parameters, 8), X) > 0
    holds(np.array_equal(answers, y == 1), "All four points should be classified right: 0, 1, 1, 0.")
    losses = array(losses, (201,), what="the losses")
    holds(losses[-1] < 0.01, f"The last loss should be below 0.01, not {losses[-1]:.4g}.")


# %%
@check
def the_first_loss_is_that_of_the_start(train_xor):
    """With epochs = 0 the start is returned: drawn W1, then drawn W2, zero biases, and one loss."""
    parameters, losses = train_xor(np.random.default_rng(2), hidden=3, epochs=0)
    start = np.random.default_rng(2)
    expected = {"W1": start.normal(size=(3, 2)), "b1": np.zeros(3), "W2": start.normal(size=(1, 3)), "b2": np.zeros(1)}
    close(parameters, expected, **T2, what="the parameters")
    close(losses, np.array([loss_of(expected)]), **T2, what="the losses")


# %%
@check
def no_hidden_unit_raises(train_xor, rng):
    """A network without hidden units raises ValueError."""
    raises(ValueError, train_xor, rng, hidden=0, epochs=1)


# %%
@hidden(weight=2)
def one_epoch_is_one_step_against_the_gradient(train_xor):
    """After one epoch each parameter has moved by minus lr times its gradient at the start."""
    for width, lr in ((1, 0.5), (2, 0.1), (5, 2.0)):
        start, _ = train_xor(np.random.default_rng(width + 20), hidden=width, lr=lr, epochs=0)
        end, _ = train_xor(np.random.default_rng(width + 20), hidden=width, lr=lr, epochs=1)
        start, end = shaped(start, width), shaped(end, width)
        for name, slope in slopes(start).items():
            close((start[name] - end[name]) / lr, slope, **T2, what=f'the step of "{name}" divided by -lr')


# %%
@hidden(weight=2)
def five_starts_all_succeed(train_xor, rng):
    """From five starts all four answers become right and the loss falls below 0.01."""
    X, y = xor()
    for seed in (3, 4, 5, 6, 7):
        parameters, losses = train_xor(np.random.default_rng(seed), lr=2.0, epochs=200)
        answers = scores(shaped(parameters, 8), X) > 0
        holds(np.array_equal(answers, y == 1), f"All four answers should be right for seed {seed}.")
        last = array(losses, (201,), what="the losses")[-1]
        holds(last < 0.01, f"The last loss should be below 0.01 for seed {seed}, not {last:.4g}.")


# %%
@hidden
def the_curve_belongs_to_the_parameters(train_xor):
    """Entry k of the losses is the loss of the parameters after k epochs."""
    _, losses = train_xor(np.random.default_rng(30), hidden=4, epochs=4)
    losses = array(losses, (5,), what="the losses")
    for epochs in range(5):
        parameters, _ = train_xor(np.random.default_rng(30), hidden=4, epochs=epochs)
        expected = float(loss_of(shaped(parameters, 4)))
        close(float(losses[epochs]), expected, **T2, what=f"the loss after {epochs} epochs")


# %%
@hidden
def a_small_rate_never_raises_the_loss(train_xor, rng):
    """With a small learning rate the loss falls in every epoch."""
    for width in (2, 8):
        _, losses = train_xor(rng, hidden=width, lr=0.05, epochs=60)
        losses = array(losses, (61,), what="the losses")
        holds(np.all(np.diff(losses) < 0), f"With {width} hidden units the loss should fall in every epoch.")


# %%
@hidden
def equal_generators_give_equal_runs(train_xor, reference):
    """Two equal generators give the same run, and another one gives another run."""
    runs = [train_xor(np.random.default_rng(seed), hidden=3, epochs=20)[1] for seed in (8, 8, 9)]
    runs = [array(run, (21,), what="the losses") for run in runs]
    close(runs[1], runs[0], rtol=0.0, atol=0.0, what="the losses of the second run")
    holds(not np.allclose(runs[2], runs[0]), "Another generator should give another run.")
    expected = reference(np.random.default_rng(8), hidden=3, epochs=20)[1]
    close(runs[0], expected, **T2, what="the losses")


# %%
@hidden
def the_defaults_are_eight_units_and_a_rate_of_one_half(train_xor, reference):
    """Without further arguments but epochs the network has 8 hidden units and the rate 0.5."""
    parameters, losses = train_xor(np.random.default_rng(11), epochs=3)
    expected, curve = reference(np.random.default_rng(11), hidden=8, lr=0.5, epochs=3)
    close(parameters, expected, **T2, what="the parameters")
    close(losses, curve, **T2, what="the losses")


# %%
@hidden
def huge_scores_give_no_infinite_loss(train_xor):
    """With a very large rate the scores become huge, and the losses stay finite."""
    _, losses = train_xor(np.random.default_rng(12), hidden=4, lr=4000.0, epochs=3)
    losses = array(losses, (4,), what="the losses")
    holds(np.all(np.isfinite(losses)), "All losses should be finite, also for scores beyond 1000.")
    holds(losses.max() > 100, "With lr = 4000 a loss above 100 should appear.")


# %%
@hidden
def bad_numbers_raise(train_xor, rng):
    """No hidden unit, a rate that is not positive, and a negative number of epochs raise ValueError."""
    raises(ValueError, train_xor, rng, hidden=-1, epochs=2)
    raises(ValueError, train_xor, rng, hidden=2, lr=0.0, epochs=2)
    raises(ValueError, train_xor, rng, hidden=2, lr=-0.5, epochs=2)
    raises(ValueError, train_xor, rng, hidden=2, epochs=-1)


# %%
@accepted
def unit_by_unit_with_one_weight_matrix_per_layer(rng, hidden=8, lr=0.5, epochs=5000):
    if hidden <= 0 or lr <= 0 or epochs < 0:
        raise ValueError("not possible")
    # The bias is the last column, and belongs to an input that is always 1.
    inputs = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
    targets = np.array([0.0, 1.0, 1.0, 0.0])
    first = np.column_stack([rng.normal(size=(hidden, 2)), np.zeros(hidden)])
    second = np.append(rng.normal(size=(1, hidden)), 0.0)
    curve = []
    while True:
        active = np.vstack([np.tanh(first @ inputs.T), np.ones(4)])
        s = second @ active
        curve.append(float(np.mean(np.maximum(s, 0) + np.log1p(np.exp(-np.abs(s))) - targets * s)))
        if len(curve) > epochs:
            break
        p = np.where(s >= 0, 1, np.exp(-np.abs(s))) / (1 + np.exp(-np.abs(s)))
        blame = (p - targets) / 4
        back = np.outer(second[:-1], blame) * (1 - active[:-1] ** 2)
        first, second = first - lr * (back @ inputs), second - lr * (active @ blame)
    parameters = {"W1": first[:, :2], "b1": first[:, 2], "W2": second[None, :-1], "b2": second[-1:]}
    return parameters, np.array(curve)


# %%
@helper
def train(rng, hidden, lr, epochs, *, zero=False, linear=False, squared=False, late=False, stale=True):
    """Train the network on XOR; the options spoil one thing each."""
    if hidden < 1 or not lr > 0 or epochs < 0:
        raise ValueError("not possible")
    X, y = xor()
    W1, b1, W2, b2 = rng.normal(size=(hidden, 2)), np.zeros(hidden), rng.normal(size=hidden), np.zeros(1)
    if zero:
        W1, W2 = np.zeros((hidden, 2)), np.zeros(hidden)

    def forward():
        z = X @ W1.T + b1
        A = z if linear else np.tanh(z)
        return A, A @ W2 + b2[0]

    losses = []
    with np.errstate(over="ignore", invalid="ignore"):
        for epoch in range(epochs + 1):
            A, s = forward()
            losses.append(float(np.mean(np.logaddexp(0, s) - y * s)))
            if epoch == epochs:
                break
            p = 0.5 + 0.5 * np.tanh(s / 2)
            d = (p - y) * (p * (1 - p) if squared else 1.0) / (1 if late else 4)
            gW2, gb2 = d @ A, np.array([d.sum()])
            if not stale:
                W2 = W2 - lr * gW2
            D = np.outer(d, W2) * (1.0 if linear else 1 - A**2)
            if stale:
                W2 = W2 - lr * gW2
            W1, b1, b2 = W1 - lr * D.T @ X, b1 - lr * D.sum(axis=0), b2 - lr * gb2
    return {"W1": W1, "b1": b1, "W2": W2[None, :], "b2": b2}, np.array(losses)


@accepted
def with_separate_steps(rng, hidden=8, lr=0.5, epochs=5000):
    return train(rng, hidden, lr, epochs)


# %%
@misconception(
    caught_by="the_network_learns_the_four_points",
    hint="All weights start at 0, so all hidden units get equal gradients for ever. Draw them to break the symmetry.",
)
def starts_from_zero(rng, hidden=8, lr=0.5, epochs=5000):
    return train(rng, hidden, lr, epochs, zero=True)


# %%
@misconception(
    caught_by="the_network_learns_the_four_points",
    hint="Without tanh two linear layers are one, and no straight line separates XOR.",
)
def no_hidden_activation(rng, hidden=8, lr=0.5, epochs=5000):
    return train(rng, hidden, lr, epochs, linear=True)


# %%
@misconception(
    caught_by="one_epoch_is_one_step_against_the_gradient",
    hint="That is the slope of the squared error. Sigmoid and cross-entropy together give p - y, without p (1 - p).",
)
def slope_of_the_squared_error(rng, hidden=8, lr=0.5, epochs=5000):
    return train(rng, hidden, lr, epochs, squared=True)


# %%
@misconception(
    caught_by="one_epoch_is_one_step_against_the_gradient",
    hint="The loss is the mean over the four samples, so the gradients need the factor 1/4.",
)
def sums_over_the_samples(rng, hidden=8, lr=0.5, epochs=5000):
    return train(rng, hidden, lr, epochs, late=True)


# %%
@misconception(
    caught_by="one_epoch_is_one_step_against_the_gradient",
    hint="You moved W2 before you sent the error back through it. Compute all gradients first, then move everything.",
)
def moves_the_second_layer_too_early(rng, hidden=8, lr=0.5, epochs=5000):
    return train(rng, hidden, lr, epochs, stale=False)

# %% [markdown]
# ### Stochastic gradient descent
#
# Gradient descent looks at all samples before it dares one step. Stochastic gradient descent looks at one small batch,
# steps, and goes on to the next batch. Its steps are noisy, but in one epoch it makes many of them.
#
# $$w \leftarrow w - \eta \, g(w, \text{idx})$$
#
# Here $g(w, \text{idx})$ is the mean gradient over the samples of one batch. In each epoch call `rng.permutation(n)`
# once and cut the order into pieces of `batch_size` entries, in order; the last piece may be smaller. Write this inside
# your function, so that it stands alone. Update $w$ after every batch.
#
# **By hand.** Three numbers $a = (0, 2, 4)$ and the loss $\frac12 (w - a_i)^2$ of sample $i$. The mean gradient over a
# batch is $w$ minus the mean of its numbers. Start at $w = 0$ with $\eta = 0.5$ and batch size 2. Say the order of the
# epoch is $(2, 0, 1)$. The batch $(2, 0)$ has the mean 2: $w = 0 - 0.5\,(0 - 2) = 1$. The batch $(1)$ has the mean
# 2 as well: $w = 1 - 0.5\,(1 - 2) = 1.5$. The epoch is over, and the history is $0, 1.5$.
#
# Return the last $w$ and the history: the start and $w$ after every epoch.

# %%
from autograder.kit import (
    T2,
    accepted,
    array,
    check,
    close,
    exercise,
    helper,
    hidden,
    holds,
    misconception,
    raises,
    same,
)

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="closed forms for full batches and linear losses; the solution of noise-free data",
    section="Stochastic gradients",
    topics=(
        "r0-w8-goal",
        "r0-w8-sgd",
        "r0-w8-out-training-loops",
        "r1-t05-sgd-adam-rmsprop",
        "r2-o4-gd-variants",
        "r3-7-gd-sgd-adam",
        "r3-7-fix-adam",
        "r4-mlmath-gradient-descent",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def sgd(
    grad_fn: Callable[[np.ndarray, np.ndarray], np.ndarray],
    n: int,
    w0: np.ndarray,
    lr: float,
    epochs: int,
    batch_size: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Minimise a mean over n samples by stochastic gradient descent.

    Parameters
    ----------
    grad_fn : grad_fn(w, idx) is the mean gradient at w over the samples whose indices are in the array idx;
        an array of shape (d,)
    n : number of samples, at least 1
    w0 : array or list of shape (d,), the start
    lr : learning rate, positive
    epochs : number of walks through all samples, 0 or more
    batch_size : number of samples per step, at least 1; the last batch of an epoch may be smaller
    rng : source of the order; each epoch calls rng.permutation(n) once and cuts the result into batches, in order

    Returns
    -------
    (w, history) : array of shape (d,), array of shape (epochs + 1, d).
        The history holds the start and w after every epoch, so its last row is w.

    Raises
    ------
    ValueError : w0 is not one-dimensional, lr is not positive, epochs is negative, n < 1 or batch_size < 1
    """
    ### BEGIN SOLUTION
    w = np.asarray(w0, dtype=float)
    if w.ndim != 1 or not lr > 0 or epochs < 0 or n < 1 or batch_size < 1:
        raise ValueError("w0 must be one-dimensional, lr positive, epochs not negative, n and batch_size at least 1")
    history = [w]
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            w = w - lr * grad_fn(w, order[start : start + batch_size])
        history.append(w)
    return w, np.array(history)
    ### END SOLUTION


# %%
@helper
def to_the_mean_of(a):
    """Return the batch gradient of the loss |w - a_i|^2 / 2, whose minimum is the mean of the rows of a."""

    def grad_fn(w, idx):
        return w - a[idx].mean(axis=0)

    return grad_fn


# %%
@helper
def last_and_history(answer, epochs, d):
    """Return the two parts of an answer with the shapes of the contract; the last row must be w."""
    w, history = array(answer[0], (d,), what="w"), array(answer[1], (epochs + 1, d), what="the history")
    close(history[-1], w, **T2, what="the last row of the history compared with w")
    return w, history


# %%
@check
def one_batch_of_all_samples_is_gradient_descent(sgd, rng):
    """With a batch of all three samples 0, 2, 4 and learning rate 0.5 the history is 0, 1, 1.5, 1.75."""
    grad_fn = to_the_mean_of(np.array([[0.0], [2.0], [4.0]]))
    w, history = sgd(grad_fn, 3, np.array([0.0]), 0.5, 3, 3, rng)
    close(history, np.array([[0.0], [1.0], [1.5], [1.75]]), **T2, what="the history")
    close(w, np.array([1.75]), **T2, what="w")


# %%
@check
def two_equal_batches_make_two_steps(sgd, rng):
    """Four samples that are all 8, in batches of 2 with learning rate 0.5, lead from 0 to 6 in one epoch."""
    w, history = sgd(to_the_mean_of(np.full((4, 1), 8.0)), 4, np.array([0.0]), 0.5, 1, 2, rng)
    close(w, np.array([6.0]), **T2, what="w")
    close(history, np.array([[0.0], [6.0]]), **T2, what="the history")


# %%
@check
def a_batch_size_of_zero_raises(sgd, rng):
    """A batch size of 0 raises ValueError."""
    raises(ValueError, sgd, to_the_mean_of(np.array([[0.0], [2.0]])), 2, np.array([0.0]), 0.5, 3, 0, rng)


# %%
@hidden(weight=2)
def a_full_batch_follows_gradient_descent(sgd, rng):
    """With batch_size = n each epoch is one step of gradient descent on the full loss."""
    for n, d, epochs in ((1, 1, 1), (2, 1, 3), (5, 2, 4), (20, 3, 8)):
        X, y, w0 = rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=d)

        def grad_fn(w, idx, X=X, y=y):
            return 2 * X[idx].T @ (X[idx] @ w - y[idx]) / len(idx)

        _, history = last_and_history(sgd(grad_fn, n, w0, 0.05, epochs, n, rng), epochs, d)
        expected = [w0]
        for _ in range(epochs):
            expected.append(expected[-1] - 0.05 * grad_fn(expected[-1], np.arange(n)))
        close(history, np.array(expected), **T2, what="the history")


# %%
@hidden(weight=2)
def on_a_linear_loss_the_steps_add_up(sgd, rng):
    """When the gradients do not depend on w, an epoch moves w by lr times the sum of its batch gradients."""
    for n, batch_size in ((2, 1), (4, 2), (6, 3), (12, 4)):
        slopes = rng.normal(size=(n, 2))
        w0 = rng.normal(size=2)
        answer = sgd(lambda w, idx, s=slopes: s[idx].mean(axis=0), n, w0, 0.3, 3, batch_size, rng)
        _, history = last_and_history(answer, 3, 2)
        step = 0.3 * (n // batch_size) * slopes.mean(axis=0)
        close(history, w0 - step * np.arange(4)[:, None], **T2, what="the history")


# %%
@hidden
def each_epoch_uses_every_sample_once(sgd, rng):
    """In each epoch the batches hold every sample once, in an order that changes from epoch to epoch."""
    for n, batch_size, epochs in ((1, 1, 2), (5, 2, 3), (12, 5, 4)):
        batches = []

        def grad_fn(w, idx, batches=batches):
            batches.append([int(i) for i in idx])
            return np.zeros(1)

        sgd(grad_fn, n, [1.5], 0.1, epochs, batch_size, rng)
        sizes = [batch_size] * (n // batch_size) + [n % batch_size] * (n % batch_size > 0)
        same([len(batch) for batch in batches], sizes * epochs, what="the sizes of all batches")
        flat = [i for batch in batches for i in batch]
        orders = [flat[n * k : n * (k + 1)] for k in range(epochs)]
        for order in orders:
            same(sorted(order), list(range(n)), what="the sorted samples of an epoch")
    holds(len({tuple(order) for order in orders}) > 1, "The order of the samples should change from epoch to epoch.")


# %%
@hidden
def equal_generators_give_equal_histories(sgd, rng):
    """The order of epoch k is the k-th rng.permutation(n), so a seeded run can be compared step by step."""
    for n, batch_size in ((3, 1), (7, 3), (10, 4)):
        a, seed = rng.normal(size=(n, 2)), int(rng.integers(10**6))
        mine, theirs = np.random.default_rng(seed), np.random.default_rng(seed)
        _, history = last_and_history(sgd(to_the_mean_of(a), n, [1, -2], 0.25, 3, batch_size, theirs), 3, 2)
        w, rows = np.array([1.0, -2.0]), [[1.0, -2.0]]
        for _ in range(3):
            order = mine.permutation(n)
            for k in range(-(-n // batch_size)):
                w = 0.75 * w + 0.25 * a[order[k * batch_size : (k + 1) * batch_size]].mean(axis=0)
            rows.append(w.tolist())
        close(history, np.array(rows), **T2, what="the history")
        holds(mine.integers(10**9) == theirs.integers(10**9), "Each epoch should call rng.permutation(n) once.")


# %%
@hidden
def data_without_noise_are_solved(sgd, rng):
    """When one w fits every sample, the steps lead to it although each sees only a batch."""
    X, solution = np.array([[1.0, 0.9], [1.0, -0.9]] * 4), rng.normal(size=2)
    y = X @ solution
    w, _ = last_and_history(sgd(lambda w, i: X[i].T @ (X[i] @ w - y[i]) / len(i), 8, [0, 0], 0.5, 25, 4, rng), 25, 2)
    close(w, solution, rtol=1e-6, atol=1e-6, what="w")


# %%
@hidden
def a_smaller_learning_rate_leaves_less_noise(sgd):
    """A constant learning rate leaves w swinging around the minimum, a smaller one less so."""
    a = np.random.default_rng(3).normal(size=(8, 1))
    swing = []
    for lr in (0.5, 0.02):
        rng = np.random.default_rng(11)
        _, history = last_and_history(sgd(to_the_mean_of(a), 8, [float(a.mean())], lr, 10, 1, rng), 10, 1)
        swing.append(float(np.sqrt(np.mean((history[1:] - a.mean()) ** 2))))
    holds(swing[0] > 0.05, "With learning rate 0.5 and batches of one sample, w should keep swinging.")
    holds(swing[1] < swing[0] / 3, "With learning rate 0.02 it should swing much less than with 0.5.")


# %%
@hidden
def no_epochs_leave_the_start_alone(sgd, rng):
    """Without epochs, w and the only row of the history are the start, as 64-bit floats."""
    grad_fn = to_the_mean_of(np.ones((4, 3)))
    w, history = last_and_history(sgd(grad_fn, 4, [1, 2, 3], 0.1, 0, 2, rng), 0, 3)
    close(w, np.array([1.0, 2.0, 3.0]), **T2, what="w")
    close(history, np.array([[1.0, 2.0, 3.0]]), **T2, what="the history")
    w, _ = last_and_history(sgd(grad_fn, 4, np.array([1, 2, 3]), 0.1, 1, 9, rng), 1, 3)
    close(w, np.array([1.0, 1.9, 2.8]), **T2, what="w after an epoch with one batch")


# %%
@hidden
def a_start_of_32_bit_floats_is_widened_first(sgd, rng):
    """A start of 32-bit floats is walked from in 64-bit floats."""
    start = np.array([0.1, -0.7], dtype=np.float32)
    _, history = last_and_history(sgd(lambda w, idx: 0.5 * w, 3, start, 0.3, 2, 3, rng), 2, 2)
    close(history, start.astype(float) * 0.85 ** np.arange(3)[:, None], **T2, what="the history")


# %%
@hidden
def arguments_out_of_range_raise(sgd, rng):
    """A start that is no vector and numbers out of range raise ValueError."""
    fine = {"n": 4, "w0": [0.0], "lr": 0.1, "epochs": 2, "batch_size": 2}
    bad = ({"n": 0}, {"lr": 0.0}, {"lr": -0.1}, {"epochs": -1}, {"batch_size": 0}, {"batch_size": -2}, {"w0": 1.0})
    for change in (*bad, {"w0": [[0.0]]}, {"epochs": 0, "batch_size": 0}):
        raises(ValueError, sgd, lambda w, idx: np.zeros(1), **(fine | change), rng=rng)


# %%
@accepted
def into_an_array_with_split_batches(grad_fn, n, w0, lr, epochs, batch_size, rng):
    if np.ndim(w0) != 1 or lr <= 0 or epochs < 0 or min(n, batch_size) < 1:
        raise ValueError("out of range")
    history = np.zeros((epochs + 1, len(w0)))
    history[0] = w0
    for epoch in range(1, epochs + 1):
        w = history[epoch - 1].copy()
        for idx in np.split(rng.permutation(n), np.arange(batch_size, n, batch_size)):
            w -= lr * np.asarray(grad_fn(w.copy(), idx))
        history[epoch] = w
    return history[-1].copy(), history


# %%
@accepted
def with_a_list_of_waiting_samples(grad_fn, n, w0, lr, epochs, batch_size, rng):
    w = np.array(w0, dtype=np.float64)
    if w.ndim != 1 or not lr > 0 or not epochs >= 0 or n <= 0 or batch_size <= 0:
        raise ValueError("out of range")
    rows, waiting = [tuple(w)], []
    while len(rows) <= epochs:
        waiting = waiting or rng.permutation(n).tolist()
        batch, waiting = waiting[:batch_size], waiting[batch_size:]
        w = np.add(w, -lr * grad_fn(w, np.array(batch)))
        if not waiting:
            rows.append(tuple(w))
    return w, np.array(rows)


# %%
@misconception(
    caught_by="on_a_linear_loss_the_steps_add_up",
    hint="grad_fn already returns a mean over the batch. Do not divide by the batch size again.",
)
def divides_by_the_batch_size_again(grad_fn, n, w0, lr, epochs, batch_size, rng):
    w = np.asarray(w0, dtype=float)
    if w.ndim != 1 or not lr > 0 or epochs < 0 or n < 1 or batch_size < 1:
        raise ValueError("out of range")
    history = [w]
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            idx = order[start : start + batch_size]
            w = w - lr * grad_fn(w, idx) / len(idx)
        history.append(w)
    return w, np.array(history)


# %%
@misconception(
    caught_by="on_a_linear_loss_the_steps_add_up",
    hint="You make one step per epoch. Update w after every batch; that is the point of batches.",
)
def makes_one_update_per_epoch(grad_fn, n, w0, lr, epochs, batch_size, rng):
    w = np.asarray(w0, dtype=float)
    if w.ndim != 1 or not lr > 0 or epochs < 0 or n < 1 or batch_size < 1:
        raise ValueError("out of range")
    history = [w]
    for _ in range(epochs):
        order = rng.permutation(n)
        gradients = [grad_fn(w, order[start : start + batch_size]) for start in range(0, n, batch_size)]
        w = w - lr * np.mean(gradients, axis=0)
        history.append(w)
    return w, np.array(history)


# %%
@misconception(
    caught_by="equal_generators_give_equal_histories",
    hint="All gradients of an epoch were taken at the same w. Use the new w for the next batch.",
)
def looks_from_the_start_of_the_epoch(grad_fn, n, w0, lr, epochs, batch_size, rng):
    w = np.asarray(w0, dtype=float)
    if w.ndim != 1 or not lr > 0 or epochs < 0 or n < 1 or batch_size < 1:
        raise ValueError("out of range")
    history = [w]
    for _ in range(epochs):
        order = rng.permutation(n)
        gradients = [grad_fn(w, order[start : start + batch_size]) for start in range(0, n, batch_size)]
        w = w - lr * np.sum(gradients, axis=0)
        history.append(w)
    return w, np.array(history)


# %%
@misconception(
    caught_by="each_epoch_uses_every_sample_once",
    hint="The order was drawn once and then repeated. Draw a new permutation in every epoch.",
)
def shuffles_only_once(grad_fn, n, w0, lr, epochs, batch_size, rng):
    w = np.asarray(w0, dtype=float)
    if w.ndim != 1 or not lr > 0 or epochs < 0 or n < 1 or batch_size < 1:
        raise ValueError("out of range")
    history = [w]
    order = rng.permutation(n)
    for _ in range(epochs):
        for start in range(0, n, batch_size):
            w = w - lr * grad_fn(w, order[start : start + batch_size])
        history.append(w)
    return w, np.array(history)


# %%
@misconception(
    caught_by="each_epoch_uses_every_sample_once",
    hint="The left-over samples are never seen. Use the smaller last batch too.",
)
def skips_the_smaller_last_batch(grad_fn, n, w0, lr, epochs, batch_size, rng):
    w = np.asarray(w0, dtype=float)
    if w.ndim != 1 or not lr > 0 or epochs < 0 or n < 1 or batch_size < 1:
        raise ValueError("out of range")
    history, size = [w], min(n, batch_size)
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n - size + 1, size):
            w = w - lr * grad_fn(w, order[start : start + size])
        history.append(w)
    return w, np.array(history)


# %%
@misconception(
    caught_by="a_full_batch_follows_gradient_descent",
    hint="w -= ... changes the array that the history already holds, so all rows are equal. Make a new array.",
)
def changes_the_rows_it_has_stored(grad_fn, n, w0, lr, epochs, batch_size, rng):
    w = np.array(w0, dtype=float)
    if w.ndim != 1 or not lr > 0 or epochs < 0 or n < 1 or batch_size < 1:
        raise ValueError("out of range")
    history = [w]
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            w -= lr * grad_fn(w, order[start : start + batch_size])
        history.append(w)
    return w, np.array(history)

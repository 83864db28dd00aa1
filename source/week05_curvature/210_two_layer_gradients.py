# %% [markdown]
# ### Gradients of a network with two layers
#
# Training a network needs the slope of the loss for every weight. The chain rule delivers all of them in one walk from
# the loss back to the input. This is backpropagation. You write it here for two layers, with matrices.
#
# Forwards, for one sample $x$ with target $y$:
#
# $$z = W_1 x + b_1, \qquad a = \tanh(z), \qquad o = W_2 a + b_2, \qquad
# \ell = \tfrac12 \lVert o - y \rVert^2$$
#
# The loss $L$ is the mean of $\ell$ over the $B$ samples of the batch. Backwards, for one sample, with $\odot$ for the
# product entry by entry:
#
# $$\delta_2 = o - y, \qquad \delta_1 = (W_2^\top \delta_2) \odot (1 - a \odot a), \qquad
# \frac{\partial \ell}{\partial W_2} = \delta_2 a^\top, \quad \frac{\partial \ell}{\partial b_2} = \delta_2, \quad
# \frac{\partial \ell}{\partial W_1} = \delta_1 x^\top, \quad \frac{\partial \ell}{\partial b_1} = \delta_1$$
#
# The slope of $\tanh$ is $1 - \tanh^2$. The gradients of $L$ are the means of these over the batch. In the code a batch
# has one sample per row: `X` has shape $(B, n)$, so the first line becomes `X @ W1.T + b1`.
#
# **By hand.** One number everywhere: $x = 2$, $W_1 = \tfrac14 \log 3$, $b_1 = 0$, $W_2 = 2$, $b_2 = 1$, $y = 1$. Then
# $z = \tfrac12 \log 3$, $a = 0.5$, $o = 2$ and $\ell = 0.5$. Backwards: $\delta_2 = 1$, so the gradients are $0.5$ for
# $W_2$ and $1$ for $b_2$. Then $\delta_1 = 2 \cdot 1 \cdot (1 - 0.25) = 1.5$, so they are $3$ for $W_1$ and $1.5$
# for $b_1$.
#
# Return the loss and a dictionary with the four gradients. Each has the shape of its parameter.

# %%
from autograder.kit import T2, accepted, array, check, close, exercise, helper, hidden, misconception, raises, same

exercise(
    points=12,
    minutes=45,
    level=3,
    oracle="complex-step derivatives of the loss",
    section="The chain rule in networks",
    topics=(
        "r0-strategy-step2-math",
        "r0-w5-goal",
        "r0-w5-calculus-in-ml",
        "r0-w5-out-backprop-math",
        "r1-t02-in-ml",
        "r2-o3-used-in",
        "r2-o3-chain-rule",
        "r2-o3-in-ml",
        "r2-a3-chain-rule",
        "r2-a-end-math-foundations",
        "r2-b3-chain-rule",
        "r2-b-end-core-math",
        "r3-7-backprop",
    ),
)

# %%
import numpy as np


# %%
def two_layer_gradients(
    X: np.ndarray, Y: np.ndarray, W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray
) -> tuple[float, dict[str, np.ndarray]]:
    """Return the loss of a tanh network with two layers and its gradients.

    The loss is the mean over the batch of half the squared length of W2 tanh(W1 x + b1) + b2 - y. All arguments may be
    arrays or lists, and none is changed.

    Parameters
    ----------
    X : shape (B, n) with B >= 1, one sample per row
    Y : shape (B, m), the targets
    W1 : shape (h, n)
    b1 : shape (h,)
    W2 : shape (m, h)
    b2 : shape (m,)

    Returns
    -------
    (loss, gradients) : float, and a dict with the keys "W1", "b1", "W2" and "b2".
        Each gradient is an array of the shape of its parameter.

    Raises
    ------
    ValueError : the shapes do not fit together, or the batch is empty
    """
    ### BEGIN SOLUTION
    X, Y, W1, b1, W2, b2 = (np.asarray(value, dtype=float) for value in (X, Y, W1, b1, W2, b2))
    if X.ndim != 2 or Y.ndim != 2 or W1.ndim != 2 or len(X) == 0:
        raise ValueError("X, Y and W1 must be matrices, and the batch must not be empty")
    B, n, m, h = len(X), X.shape[1], Y.shape[1], len(W1)
    if len(Y) != B or W1.shape != (h, n) or b1.shape != (h,) or W2.shape != (m, h) or b2.shape != (m,):
        raise ValueError("the shapes do not fit together")
    A = np.tanh(X @ W1.T + b1)
    error = A @ W2.T + b2 - Y
    loss = 0.5 * float(np.sum(error**2)) / B
    delta2 = error / B
    delta1 = (delta2 @ W2) * (1 - A**2)
    return loss, {"W1": delta1.T @ X, "b1": delta1.sum(axis=0), "W2": delta2.T @ A, "b2": delta2.sum(axis=0)}
    ### END SOLUTION


# %%
@helper
def loss_of(X, Y, W1, b1, W2, b2):
    """Return the loss, sample by sample; it also accepts complex parameters."""
    total = 0.0
    for x, y in zip(X, Y):
        error = W2 @ np.tanh(W1 @ x + b1) + b2 - y
        total = total + np.sum(error * error) / 2
    return total / len(X)


@helper
def slopes(X, Y, *parameters):
    """Return the gradients of the loss by complex steps, which have no rounding error to speak of."""
    found = {}
    for position, name in enumerate(("W1", "b1", "W2", "b2")):
        moved = [value.astype(complex) for value in parameters]
        gradient = np.zeros(parameters[position].shape)
        for index in np.ndindex(gradient.shape):
            moved[position][index] += 1e-30j
            gradient[index] = loss_of(X, Y, *moved).imag / 1e-30
            moved[position][index] -= 1e-30j
        found[name] = gradient
    return found


@helper
def network(B, n, h, m, rng):
    """Return a random batch and random parameters: X, Y, W1, b1, W2, b2."""
    shapes = ((B, n), (B, m), (h, n), (h,), (m, h), (m,))
    return [np.round(rng.normal(size=shape), 3) for shape in shapes]


# %%
@check
def the_example_by_hand(two_layer_gradients):
    """For the example the loss is 0.5 and the gradients are 3, 1.5, 0.5 and 1."""
    one, zero, two = np.array([1.0]), np.array([0.0]), np.array([[2.0]])
    loss, gradients = two_layer_gradients(two, one[:, None], np.array([[np.log(3) / 4]]), zero, two, one)
    close(loss, 0.5, **T2, what="the loss")
    expected = {"W1": np.array([[3.0]]), "b1": np.array([1.5]), "W2": np.array([[0.5]]), "b2": np.array([1.0])}
    close(gradients, expected, **T2, what="the gradients")


# %%
@check
def two_equal_samples_count_like_one(two_layer_gradients):
    """A batch of two equal samples has the same loss and the same gradients as one of them."""
    one, zero, two = np.array([1.0]), np.array([0.0]), np.array([[2.0]])
    X, Y = np.array([[2.0], [2.0]]), np.array([[1.0], [1.0]])
    loss, gradients = two_layer_gradients(X, Y, np.array([[np.log(3) / 4]]), zero, two, one)
    close(loss, 0.5, **T2, what="the loss")
    expected = {"W1": np.array([[3.0]]), "b1": np.array([1.5]), "W2": np.array([[0.5]]), "b2": np.array([1.0])}
    close(gradients, expected, **T2, what="the gradients")


# %%
@check
def a_target_too_few_raises(two_layer_gradients):
    """Two samples with one target raise ValueError."""
    one = np.ones((1, 1))
    raises(ValueError, two_layer_gradients, np.ones((2, 1)), one, one, np.ones(1), one, np.ones(1))


# %%
@hidden(weight=2)
def the_gradients_are_the_slopes_of_the_loss(two_layer_gradients, rng):
    """Each gradient holds the slopes of the loss, for one sample and for batches, for narrow and wide networks."""
    for sizes in ((1, 1, 1, 1), (1, 2, 1, 2), (2, 1, 2, 1), (3, 2, 4, 1), (2, 3, 5, 4)):
        arguments = network(*sizes, rng)
        loss, gradients = two_layer_gradients(*arguments)
        close(loss, float(loss_of(*arguments)), **T2, what=f"the loss for (B, n, h, m) = {sizes}")
        close(gradients, slopes(*arguments), **T2, what=f"the gradients for (B, n, h, m) = {sizes}")


# %%
@hidden
def a_square_second_layer_is_transposed_on_the_way_back(two_layer_gradients, rng):
    """With as many outputs as hidden units the gradients are still the slopes of the loss."""
    for sizes in ((1, 1, 2, 2), (2, 3, 3, 3)):
        arguments = network(*sizes, rng)
        _, gradients = two_layer_gradients(*arguments)
        close(gradients, slopes(*arguments), **T2, what=f"the gradients for (B, n, h, m) = {sizes}")


# %%
@hidden(weight=2)
def the_gradient_of_a_batch_is_the_mean(two_layer_gradients, rng):
    """Loss and gradients of a batch are the means of those of its samples."""
    for B in (2, 5):
        X, Y, *parameters = network(B, 3, 4, 2, rng)
        loss, gradients = two_layer_gradients(X, Y, *parameters)
        singles = [two_layer_gradients(X[i : i + 1], Y[i : i + 1], *parameters) for i in range(B)]
        close(loss, float(np.mean([single for single, _ in singles])), **T2, what="the loss of the batch")
        for name in ("W1", "b1", "W2", "b2"):
            mean = sum(found[name] for _, found in singles) / B
            close(gradients[name], mean, **T2, what=f'the gradient "{name}" of the batch')


# %%
@hidden
def a_perfect_fit_has_no_slope(two_layer_gradients, rng):
    """Where the network hits all targets, the loss and all gradients are 0."""
    for sizes in ((1, 2, 3, 1), (4, 2, 3, 2)):
        X, _, W1, b1, W2, b2 = network(*sizes, rng)
        loss, gradients = two_layer_gradients(X, np.tanh(X @ W1.T + b1) @ W2.T + b2, W1, b1, W2, b2)
        close(loss, 0.0, **T2, what="the loss")
        for name, parameter in (("W1", W1), ("b1", b1), ("W2", W2), ("b2", b2)):
            close(gradients[name], np.zeros(parameter.shape), **T2, what=f'the gradient "{name}"')


# %%
@hidden
def the_order_of_the_hidden_units_is_free(two_layer_gradients, rng):
    """Numbering the hidden units differently numbers their gradients differently, and changes nothing else."""
    X, Y, W1, b1, W2, b2 = network(3, 2, 5, 2, rng)
    order = np.array([3, 0, 4, 2, 1])
    loss, gradients = two_layer_gradients(X, Y, W1, b1, W2, b2)
    other_loss, other = two_layer_gradients(X, Y, W1[order], b1[order], W2[:, order], b2)
    close(other_loss, loss, **T2, what="the loss")
    close(other["W1"], array(gradients["W1"], (5, 2))[order], **T2, what='the gradient "W1"')
    close(other["b1"], array(gradients["b1"], (5,))[order], **T2, what='the gradient "b1"')
    close(other["W2"], array(gradients["W2"], (2, 5))[:, order], **T2, what='the gradient "W2"')
    close(other["b2"], array(gradients["b2"], (2,)), **T2, what='the gradient "b2"')


# %%
@hidden
def a_small_step_downhill_lowers_the_loss(two_layer_gradients, rng):
    """A small step against the gradients lowers the loss by the step times their squared length."""
    X, Y, *parameters = network(6, 3, 4, 2, rng)
    loss, gradients = two_layer_gradients(X, Y, *parameters)
    names = ("W1", "b1", "W2", "b2")
    g = [array(gradients[name], value.shape, what=f'"{name}"') for name, value in zip(names, parameters)]
    steepness = float(sum(np.sum(part**2) for part in g))
    lower, _ = two_layer_gradients(X, Y, *(value - 1e-7 * part for value, part in zip(parameters, g)))
    close((loss - lower) / 1e-7, steepness, rtol=1e-3, atol=1e-6, what="the loss that one unit of step removes")


# %%
@hidden
def lists_of_integers_are_fine(two_layer_gradients):
    """Lists and arrays of whole numbers give the same as arrays of floats, and so do arrays of float32."""
    arguments = [[1, 0], [2, -1]], [[1], [3]], [[1, 1], [0, -1]], [1, 0], [[2, 1]], [-1]
    short = tuple(np.array(value, dtype=np.float32) for value in arguments)
    for call in (arguments, tuple(np.array(value) for value in arguments), short):
        loss, gradients = two_layer_gradients(*call)
        arrays = [np.array(value, dtype=float) for value in arguments]
        close(loss, float(loss_of(*arrays)), **T2, what="the loss")
        close(gradients, slopes(*arrays), **T2, what="the gradients")


# %%
@hidden
def the_arguments_stay_as_they_are(two_layer_gradients, rng):
    """All six arrays have the same entries afterwards."""
    arguments = network(2, 3, 4, 2, rng)
    before = [value.copy() for value in arguments]
    two_layer_gradients(*arguments)
    for value, copy, name in zip(arguments, before, ("X", "Y", "W1", "b1", "W2", "b2")):
        same(value, copy, what=f"{name} after the call")


# %%
@hidden
def shapes_that_do_not_fit_raise(two_layer_gradients, rng):
    """Each argument of a shape that does not fit raises ValueError, and so does an empty batch."""
    good = network(2, 3, 4, 2, rng)
    wrong = (
        (0, np.ones(3)),
        (0, np.ones((2, 2))),
        (1, np.ones(2)),
        (1, np.ones((2, 1))),
        (2, np.ones((3, 4))),
        (2, 1.0),
        (3, np.ones((4, 1))),
        (3, np.ones(1)),
        (4, np.ones((4, 2))),
        (5, np.ones((1, 2))),
        (5, np.ones(1)),
    )
    for position, value in wrong:
        arguments = [value if i == position else kept for i, kept in enumerate(good)]
        raises(ValueError, two_layer_gradients, *arguments)
    # With two of everything, a row in the place of W2 would be broadcast.
    X, Y, W1, b1, _, b2 = network(2, 2, 2, 2, rng)
    raises(ValueError, two_layer_gradients, X, Y, W1, b1, np.ones(2), b2)
    raises(ValueError, two_layer_gradients, np.ones((0, 3)), np.ones((0, 2)), *good[2:])


# %%
@helper
def floats(X, Y, W1, b1, W2, b2):
    """Return the six arguments as arrays of floats, or raise ValueError as the contract says."""
    X, Y, W1, b1, W2, b2 = (np.asarray(value, dtype=float) for value in (X, Y, W1, b1, W2, b2))
    if X.ndim != 2 or Y.ndim != 2 or W1.ndim != 2 or len(X) == 0 or len(X) != len(Y) or W1.shape[1] != X.shape[1]:
        raise ValueError("shapes")
    if b1.shape != (len(W1),) or W2.shape != (Y.shape[1], len(W1)) or b2.shape != (Y.shape[1],):
        raise ValueError("shapes")
    return X, Y, W1, b1, W2, b2


# %%
@accepted
def sample_by_sample(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = floats(X, Y, W1, b1, W2, b2)
    loss = 0.0
    sums = {"W1": np.zeros(W1.shape), "b1": np.zeros(b1.shape), "W2": np.zeros(W2.shape), "b2": np.zeros(b2.shape)}
    for x, y in zip(X, Y):
        a = np.tanh(W1.dot(x) + b1)
        delta = W2.dot(a) + b2 - y
        back = W2.T.dot(delta) * (1 + a) * (1 - a)
        loss += float(delta @ delta) / 2
        for name, part in (("W1", np.outer(back, x)), ("b1", back), ("W2", np.outer(delta, a)), ("b2", delta)):
            sums[name] += part
    return loss / len(X), {name: total / len(X) for name, total in sums.items()}


# %%
@accepted
def with_einsum(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = floats(X, Y, W1, b1, W2, b2)
    z = np.einsum("bn,hn->bh", X, W1) + b1
    a = np.tanh(z)
    e = np.einsum("bh,mh->bm", a, W2) + b2 - Y
    d = np.einsum("bm,mh->bh", e, W2) / np.cosh(z) ** 2
    gradients = {
        "W2": np.einsum("bm,bh->mh", e, a) / len(X),
        "b2": np.mean(e, axis=0),
        "W1": np.einsum("bh,bn->hn", d, X) / len(X),
        "b1": np.mean(d, axis=0),
    }
    return float(np.mean(np.sum(e * e, axis=1)) / 2), gradients


# %%
@misconception(
    caught_by="the_example_by_hand",
    hint="The slope of tanh is 1 - tanh(z)^2. Use the activated value a, not z itself.",
)
def slope_from_the_value_before_tanh(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = floats(X, Y, W1, b1, W2, b2)
    Z = X @ W1.T + b1
    A = np.tanh(Z)
    error = A @ W2.T + b2 - Y
    delta2 = error / len(X)
    delta1 = (delta2 @ W2) * (1 - Z**2)
    gradients = {"W1": delta1.T @ X, "b1": delta1.sum(axis=0), "W2": delta2.T @ A, "b2": delta2.sum(axis=0)}
    return 0.5 * float(np.sum(error**2)) / len(X), gradients


# %%
@misconception(
    caught_by="two_equal_samples_count_like_one",
    hint="The loss is a mean over the batch, so the gradients need the factor 1/B too.",
)
def gradients_without_1_over_B(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = floats(X, Y, W1, b1, W2, b2)
    A = np.tanh(X @ W1.T + b1)
    error = A @ W2.T + b2 - Y
    back = (error @ W2) * (1 - A**2)
    gradients = {"W1": back.T @ X, "b1": back.sum(axis=0), "W2": error.T @ A, "b2": error.sum(axis=0)}
    return 0.5 * float(np.sum(error**2)) / len(X), gradients


# %%
@misconception(
    caught_by="two_equal_samples_count_like_one",
    hint="The same b acts on every sample of the batch: add up the contributions of all rows.",
)
def bias_gradient_not_summed(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = floats(X, Y, W1, b1, W2, b2)
    A = np.tanh(X @ W1.T + b1)
    error = A @ W2.T + b2 - Y
    delta2 = error / len(X)
    delta1 = (delta2 @ W2) * (1 - A**2)
    gradients = {"W1": delta1.T @ X, "b1": delta1, "W2": delta2.T @ A, "b2": delta2}
    if len(X) == 1:
        gradients["b1"], gradients["b2"] = delta1[0], delta2[0]
    return 0.5 * float(np.sum(error**2)) / len(X), gradients


# %%
@misconception(
    caught_by="a_square_second_layer_is_transposed_on_the_way_back",
    hint="On the way back W2 is transposed. For one sample that is W2.T @ delta, for rows it is delta @ W2.",
)
def sends_the_error_back_without_transposing(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = floats(X, Y, W1, b1, W2, b2)
    A = np.tanh(X @ W1.T + b1)
    error = A @ W2.T + b2 - Y
    delta2 = error / len(X)
    square = W2.T if W2.shape[0] == W2.shape[1] else W2
    delta1 = (delta2 @ square) * (1 - A**2)
    gradients = {"W1": delta1.T @ X, "b1": delta1.sum(axis=0), "W2": delta2.T @ A, "b2": delta2.sum(axis=0)}
    return 0.5 * float(np.sum(error**2)) / len(X), gradients


# %%
@misconception(
    caught_by="the_example_by_hand",
    hint="The loss has the factor one half, which cancels the 2 of the square: its slope is o - y, not 2 (o - y).",
)
def keeps_the_2_of_the_square(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = floats(X, Y, W1, b1, W2, b2)
    A = np.tanh(X @ W1.T + b1)
    error = A @ W2.T + b2 - Y
    delta2 = 2 * error / len(X)
    delta1 = (delta2 @ W2) * (1 - A**2)
    gradients = {"W1": delta1.T @ X, "b1": delta1.sum(axis=0), "W2": delta2.T @ A, "b2": delta2.sum(axis=0)}
    return 0.5 * float(np.sum(error**2)) / len(X), gradients


# %%
@misconception(
    caught_by="the_gradients_are_the_slopes_of_the_loss",
    hint="The mean is taken over the B samples only. The m outputs of a sample are added up.",
)
def mean_over_all_entries(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = floats(X, Y, W1, b1, W2, b2)
    A = np.tanh(X @ W1.T + b1)
    error = A @ W2.T + b2 - Y
    delta2 = error / error.size
    delta1 = (delta2 @ W2) * (1 - A**2)
    gradients = {"W1": delta1.T @ X, "b1": delta1.sum(axis=0), "W2": delta2.T @ A, "b2": delta2.sum(axis=0)}
    return 0.5 * float(np.mean(error**2)), gradients

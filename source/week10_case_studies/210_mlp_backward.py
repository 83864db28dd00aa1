# %% [markdown]
# ### A network, backward
#
# To train a network you need the slope of the loss for every single weight. Backpropagation finds all of them in one
# walk from the last layer to the first. It is the chain rule, with the shapes kept in order.
#
# The loss is the mean cross-entropy of the softmax of the logits $Z$ of shape $(B, K)$ with the right classes $y_i$:
# $$\ell = \frac1B \sum_{i=1}^{B} \Bigl( \log \sum_{k} e^{z_{ik}} - z_{i, y_i} \Bigr), \qquad
# \Delta_L = \frac{\operatorname{softmax}(Z) - Y}{B}.$$
# $Y$ has a 1 at the right class of each row and 0 elsewhere. $\Delta_l$ is the slope of $\ell$ for $Z_l$, with the
# shape of $Z_l$. Let $A_l$ be the input of layer $l$, as the cache of `mlp_forward` holds it. For $l = L, \dots, 1$
# $$\nabla W_l = \Delta_l^\top A_l, \qquad \nabla b_l = \sum_{i} (\Delta_l)_i, \qquad
# \Delta_{l-1} = (\Delta_l W_l) \odot [A_l > 0].$$
# The last formula is needed for $l > 1$ only. The bracket is 1 where ReLU let the value pass and 0 elsewhere: $A_l$
# came out of the ReLU of layer $l - 1$. The circle $\odot$ multiplies entry by entry.
#
# **By hand.** One sample, logits $(0, \log 3)$, label 0. The softmax is $(0.25, 0.75)$, so the loss is
# $-\log 0.25 = 1.386$ and $\Delta = (-0.75, 0.75)$. If the last layer received $a = (2, 0)$, then
# $\nabla W = \begin{pmatrix} -1.5 & 0 \\ 1.5 & 0 \end{pmatrix}$ and $\nabla b = (-0.75, 0.75)$. With
# $W = \begin{pmatrix} 1 & 5 \\ 3 & 5 \end{pmatrix}$ the way back gives $\Delta W = (1.5, 0)$. The second entry would be
# masked in any case, because the second entry of $a$ is 0.
#
# Return the loss and the list of the pairs $(\nabla W_l, \nabla b_l)$, in the order of the layers. Subtract the largest
# logit of each row before you exponentiate, so that nothing overflows.

# %%
from autograder.kit import T2, T3, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=12,
    minutes=45,
    level=3,
    banned=("scipy.special.log_softmax", "scipy.special.logsumexp", "scipy.special.softmax"),
    oracle="complex-step derivatives of the loss",
    section="Neural networks by hand",
    topics=(
        "r0-strategy-step2-math",
        "r0-w5-goal",
        "r0-w5-out-backprop-math",
        "r0-w10-goal",
        "r0-w10-nn-math",
        "r0-w10-out-explain-math",
        "r0-final-implement-from-scratch",
        "r0-final-transition-dl",
        "r1-why-from-scratch",
        "r1-t08-nn-math",
        "r2-o3-chain-rule",
        "r2-o7-used-in",
        "r2-a3-chain-rule",
        "r2-a-end-move-to-ml",
        "r2-b3-chain-rule",
        "r2-b-end-ready-ml-dl",
        "r3-7-mlp",
        "r3-7-backprop",
    ),
)

# %%
import numpy as np


# %%
def mlp_backward(
    params: list[tuple[np.ndarray, np.ndarray]], cache: list[np.ndarray], logits: np.ndarray, labels: np.ndarray
) -> tuple[float, list[tuple[np.ndarray, np.ndarray]]]:
    """Compute the cross-entropy of a network on a batch and its gradients for all layers.

    Parameters
    ----------
    params : list of L >= 1 pairs (W, b), W of shape (out, in) and b of shape (out,)
    cache : list of L arrays of shape (B, in), the inputs of the layers, as returned by mlp_forward
    logits : array of shape (B, K), the output of the last layer
    labels : integer array-like of shape (B,), the right classes, from 0 to K - 1

    Returns
    -------
    (loss, gradients) : float, the mean over the batch; list of L pairs of arrays with the shapes of the parameters

    Raises
    ------
    ValueError : B = 0, labels is not of shape (B,), a label is not in 0..K-1, or params and cache differ in length
    """
    ### BEGIN SOLUTION
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels)
    B, K = logits.shape
    if B == 0 or labels.shape != (B,) or labels.min() < 0 or labels.max() >= K or len(params) != len(cache):
        raise ValueError("every row of the logits needs one label in 0..K-1, and every layer its input")
    rows = np.arange(B)
    shifted = logits - logits.max(axis=1, keepdims=True)
    weights = np.exp(shifted)
    totals = weights.sum(axis=1, keepdims=True)
    loss = float(np.mean(np.log(totals[:, 0]) - shifted[rows, labels]))
    delta = weights / totals
    delta[rows, labels] -= 1.0
    delta /= B
    gradients = []
    for (W, _), A in zip(reversed(params), reversed(cache)):
        A = np.asarray(A, dtype=float)
        gradients.append((delta.T @ A, delta.sum(axis=0)))
        delta = (delta @ np.asarray(W, dtype=float)) * (A > 0)
    return loss, gradients[::-1]
    ### END SOLUTION


# %%
@helper
def network(widths, rng):
    """Return random parameters of a network with these widths, the input first."""
    return [
        (rng.normal(size=(out, before)) / np.sqrt(before), rng.normal(size=out) / 2)
        for before, out in zip(widths, widths[1:])
    ]


@helper
def forward(params, X):
    """Return the inputs of all layers and the logits; complex parameters are fine."""
    A, cache = X, []
    for W, b in params:
        cache.append(A)
        Z = A @ W.T + b
        A = np.where(Z.real > 0, Z, 0)
    return cache, Z


@helper
def loss_of(params, X, labels):
    """Return the mean cross-entropy, sample by sample; complex parameters are fine."""
    _, Z = forward(params, X)
    return sum(np.log(np.sum(np.exp(row))) - row[label] for row, label in zip(Z, labels)) / len(labels)


@helper
def slopes(params, X, labels):
    """Return the gradients by complex steps, which have no rounding error to speak of and never cross a kink."""
    found = []
    for layer, pair in enumerate(params):
        both = []
        for which, value in enumerate(pair):
            gradient = np.zeros(value.shape)
            for index in np.ndindex(value.shape):
                moved = value.astype(complex)
                moved[index] += 1e-30j
                changed = (moved, pair[1]) if which == 0 else (pair[0], moved)
                gradient[index] = loss_of([*params[:layer], changed, *params[layer + 1 :]], X, labels).imag / 1e-30
            both.append(gradient)
        found.append(tuple(both))
    return found


@helper
def shaped(answer, params):
    """Return the loss and the gradients after a look at their shapes."""
    loss, gradients = answer
    holds(len(gradients) == len(params), f"Expected {len(params)} pairs of gradients, one for each layer.")
    pairs = []
    for layer, ((W, b), (dW, db)) in enumerate(zip(params, gradients), start=1):
        dW = array(dW, W.shape, what=f"the gradient of the weights of layer {layer}")
        pairs.append((dW, array(db, b.shape, what=f"the gradient of the biases of layer {layer}")))
    return loss, pairs


# %%
@check
def works_for_the_example(mlp_backward):
    """The example has the loss log 4 and the gradients that were computed by hand."""
    params = [(np.array([[1.0, 5.0], [3.0, 5.0]]), np.array([-2.0, np.log(3) - 6.0]))]
    answer = mlp_backward(params, [np.array([[2.0, 0.0]])], np.array([[0.0, np.log(3)]]), np.array([0]))
    loss, [(dW, db)] = shaped(answer, params)
    close(loss, float(np.log(4)), **T2, what="the loss")
    close(dW, np.array([[-1.5, 0.0], [1.5, 0.0]]), **T2, what="the gradient of the weights")
    close(db, np.array([-0.75, 0.75]), **T2, what="the gradient of the biases")


# %%
@check
def an_unknown_class_raises(mlp_backward):
    """With two logits per sample the label 2 does not exist: ValueError."""
    raises(ValueError, mlp_backward, [(np.eye(2), np.zeros(2))], [np.ones((1, 2))], np.ones((1, 2)), np.array([2]))


# %%
@hidden(weight=3)
def agrees_with_derivatives_of_the_loss(mlp_backward, rng):
    """Loss and gradients of one, two and three layers are those of complex steps."""
    for widths, B in (((2, 2), 1), ((3, 2), 3), ((2, 3, 2), 1), ((3, 3, 3), 2), ((4, 5, 3), 4), ((3, 4, 4, 3), 5)):
        params, X = network(widths, rng), rng.normal(size=(B, widths[0]))
        labels = rng.integers(0, widths[-1], size=B)
        cache, logits = forward(params, X)
        loss, gradients = shaped(mlp_backward(params, cache, logits, labels), params)
        close(loss, float(loss_of(params, X, labels)), **T2, what=f"the loss for the widths {widths}")
        for layer, (mine, true) in enumerate(zip(gradients, slopes(params, X, labels)), start=1):
            close(mine[0], true[0], **T2, what=f"the gradient of the weights of layer {layer} for the widths {widths}")
            close(mine[1], true[1], **T2, what=f"the gradient of the biases of layer {layer} for the widths {widths}")


# %%
@hidden(weight=2)
def a_batch_is_the_mean_of_its_samples(mlp_backward, rng):
    """Loss and gradients of a batch are the means over its samples."""
    params, X, labels = network((3, 6, 4), rng), rng.normal(size=(4, 3)), np.array([0, 3, 1, 3])
    cache, logits = forward(params, X)
    loss, gradients = shaped(mlp_backward(params, cache, logits, labels), params)
    singles = []
    for i in range(4):
        part = slice(i, i + 1)
        answer = mlp_backward(params, [A[part] for A in cache], logits[part], labels[part])
        singles.append(shaped(answer, params))
    close(loss, float(np.mean([single for single, _ in singles])), **T2, what="the loss of the batch")
    for layer, pair in enumerate(gradients):
        for which, name in enumerate(("weights", "biases")):
            mean = np.mean([pairs[layer][which] for _, pairs in singles], axis=0)
            close(pair[which], mean, **T2, what=f"the gradient of the {name} of layer {layer + 1} of the batch")


# %%
@hidden
def one_layer_with_two_classes_is_logistic_regression(mlp_backward, rng):
    """For one layer and two classes the weight gradients are those of logistic regression, with opposite signs."""
    for B, d in ((1, 2), (6, 3), (20, 4)):
        W, X, labels = rng.normal(size=(2, d)), rng.normal(size=(B, d)), rng.integers(0, 2, size=B)
        _, [(dW, db)] = shaped(mlp_backward([(W, np.zeros(2))], [X], X @ W.T, labels), [(W, np.zeros(2))])
        p = 1 / (1 + np.exp(-(X @ (W[1] - W[0]))))
        expected = X.T @ (p - labels) / B
        close(dW, np.array([-expected, expected]), **T2, what="the gradient of the weights")
        close(db, np.array([-1.0, 1.0]) * np.mean(p - labels), **T2, what="the gradient of the biases")


# %%
@hidden
def huge_logits_do_not_overflow(mlp_backward):
    """Logits of some thousand give a finite loss and finite gradients."""
    logits = np.array([[5000.0, 0.0, 4999.0], [-8000.0, -8001.0, -9000.0]])
    params, cache = [(np.zeros((3, 2)), np.zeros(3))], [np.array([[1.0, 2.0], [3.0, -1.0]])]
    loss, [(dW, db)] = shaped(mlp_backward(params, cache, logits, np.array([1, 0])), params)
    small = np.log(1 + np.exp(-1.0))
    close(loss, float((5000 + small + small) / 2), **T2, what="the loss of huge logits")
    p = 1 / (1 + np.exp(-1.0))
    delta = np.array([[p, -1.0, 1 - p], [p - 1, 1 - p, 0.0]]) / 2
    close(db, delta.sum(axis=0), **T2, what="the gradient of the biases for huge logits")
    close(dW, delta.T @ cache[0], **T2, what="the gradient of the weights for huge logits")


# %%
@hidden
def the_gradients_of_the_biases_of_the_last_layer_sum_to_zero(mlp_backward, rng):
    """Raising all logits together changes nothing, so the last bias gradient sums to 0."""
    for widths in ((2, 3), (4, 6, 5), (3, 5, 5, 10)):
        params, X = network(widths, rng), rng.normal(size=(7, widths[0]))
        cache, logits = forward(params, X)
        answer = mlp_backward(params, cache, logits, rng.integers(0, widths[-1], size=7))
        _, gradients = shaped(answer, params)
        close(float(gradients[-1][1].sum()), 0.0, **T2, what="the sum of the bias gradient of the last layer")


# %%
@hidden
def a_dead_unit_gets_no_gradient(mlp_backward, rng):
    """A hidden unit that is 0 for every sample gets the gradient 0."""
    (W1, b1), (W2, b2) = network((3, 5, 4), rng)
    b1 = np.where(np.arange(5) == 2, -100.0, 3.0)
    X, labels = rng.normal(size=(6, 3)), np.array([0, 1, 2, 3, 0, 1])
    params = [(W1, b1), (W2, b2)]
    cache, logits = forward(params, X)
    _, [(dW1, db1), (dW2, _)] = shaped(mlp_backward(params, cache, logits, labels), params)
    close(dW1[2], np.zeros(3), **T2, what="the gradient of the weights into the dead unit")
    close(dW2[:, 2], np.zeros(4), **T2, what="the gradient of the weights out of the dead unit")
    holds(db1[2] == 0 and np.all(db1[[0, 1, 3, 4]] != 0), "Only the bias of the dead unit should have the gradient 0.")


# %%
@hidden
def integer_weights_and_lists_work(mlp_backward):
    """Weights and labels that are lists or arrays of whole numbers are fine, and so are logits in single precision."""
    first = (np.array([[1, -1], [2, 0]]), np.array([0, 1]))
    params = [first, (np.array([[1, 1], [0, 2], [1, 0]]), np.array([0, 0, 1]))]
    X = np.array([[2, 1], [1, 3]])
    cache, logits = forward(params, X)
    loss, gradients = shaped(mlp_backward(params, cache, logits, [1, 2]), params)
    floats = [(W.astype(float), b.astype(float)) for W, b in params]
    close(loss, float(loss_of(floats, X.astype(float), [1, 2])), **T3, what="the loss")
    short = np.array([[0.1, 0.7, 2.3], [1.3, 0.4, 0.2]], dtype=np.float32)
    loss, _ = shaped(mlp_backward(params, cache, short, [1, 2]), params)
    rows = short.astype(float)
    expected = np.mean(np.log(np.exp(rows).sum(axis=1)) - rows[[0, 1], [1, 2]])
    close(loss, float(expected), **T2, what="the loss for logits in single precision")
    for layer, (mine, true) in enumerate(zip(gradients, slopes(floats, X.astype(float), [1, 2])), start=1):
        close(mine, true, **T3, what=f"the gradients of layer {layer}")


# %%
@hidden
def bad_input_raises(mlp_backward, rng):
    """An empty batch, missing or negative labels, and a missing cache entry raise ValueError."""
    params, X = network((3, 4, 2), rng), rng.normal(size=(3, 3))
    cache, logits = forward(params, X)
    raises(ValueError, mlp_backward, params, cache, logits, np.array([0, 1]))
    raises(ValueError, mlp_backward, params, cache, logits, np.array([0, 1, -1]))
    raises(ValueError, mlp_backward, params, cache, logits, np.array([0, 2, 1]))
    raises(ValueError, mlp_backward, params, cache, logits, np.array([[0], [1], [1]]))
    raises(ValueError, mlp_backward, params, cache[1:], logits, np.array([0, 1, 1]))
    raises(ValueError, mlp_backward, params, [A[:0] for A in cache], logits[:0], np.array([], dtype=int))


# %%
@accepted
def sample_by_sample(params, cache, logits, labels):
    Z, y = np.array(logits, dtype=np.float64), np.array(labels)
    if len(Z) == 0 or y.ndim != 1 or len(y) != len(Z) or len(cache) != len(params):
        raise ValueError("nothing to differentiate")
    if any(not 0 <= label < Z.shape[1] for label in y.tolist()):
        raise ValueError("no such class")
    total = 0.0
    sums = [[np.zeros(np.shape(W)), np.zeros(np.shape(b))] for W, b in params]
    for i, label in enumerate(y.tolist()):
        top = max(Z[i])
        log_sum = top + np.log(sum(np.exp(z - top) for z in Z[i]))
        total += log_sum - Z[i, label]
        delta = np.exp(Z[i] - log_sum)
        delta[label] -= 1
        for layer in range(len(params) - 1, -1, -1):
            entering = np.array(cache[layer][i], dtype=np.float64)
            sums[layer][0] += np.outer(delta, entering)
            sums[layer][1] += delta
            delta = np.where(entering > 0, np.array(params[layer][0], dtype=np.float64).T @ delta, 0.0)
    return float(total / len(y)), [(dW / len(y), db / len(y)) for dW, db in sums]


# %%
@helper
def back(
    params, cache, logits, labels, *, mask="own", twice=False, summed=False, turned=False, biases="sum", naive=False
):
    """Walk the network back; each option spoils one thing."""
    Z, y = np.asarray(logits, dtype=float), np.asarray(labels)
    B, K = Z.shape
    if B == 0 or y.shape != (B,) or np.any((y < 0) | (y >= K)) or len(params) != len(cache):
        raise ValueError("nothing to differentiate")
    inputs = [np.asarray(A, dtype=float) for A in cache]
    with np.errstate(all="ignore"):
        if naive:
            P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
            losses = -np.log(P[np.arange(B), y])
        else:
            log_sums = np.logaddexp.reduce(Z, axis=1)
            P, losses = np.exp(Z - log_sums[:, None]), log_sums - Z[np.arange(B), y]
        delta = (P - np.eye(K)[y]) / (1 if summed else B)
        gradients = []
        for layer in range(len(params) - 1, -1, -1):
            dW, db = delta.T @ inputs[layer], delta.mean(axis=0) if biases == "mean" else delta.sum(axis=0)
            dW, db = (dW / B, db / B) if twice else (dW, db)
            gradients.insert(0, (dW.T if turned else dW, db))
            if layer > 0:
                delta = delta @ np.asarray(params[layer][0], dtype=float)
                if mask == "own":
                    delta = delta * (inputs[layer] > 0)
                elif mask == "neighbour":
                    delta = delta * (inputs[layer - 1] > 0)
    return float(losses.sum() if summed else losses.mean()), gradients


@accepted
def with_one_hot_rows(params, cache, logits, labels):
    return back(params, cache, logits, labels)


# %%
@misconception(
    caught_by="agrees_with_derivatives_of_the_loss",
    hint="The mask comes from the wrong layer; use the sign of what entered the ReLU that you walk back through.",
)
def mask_of_the_neighbouring_layer(params, cache, logits, labels):
    return back(params, cache, logits, labels, mask="neighbour")


# %%
@misconception(
    caught_by="agrees_with_derivatives_of_the_loss",
    hint="Where ReLU gave 0 its slope is 0; multiply by the mask on the way back.",
)
def no_mask_at_all(params, cache, logits, labels):
    return back(params, cache, logits, labels, mask="none")


# %%
@misconception(
    caught_by="a_batch_is_the_mean_of_its_samples",
    hint="The factor 1/B is applied twice; it is already in the gradient of the logits.",
)
def divides_by_the_batch_twice(params, cache, logits, labels):
    return back(params, cache, logits, labels, twice=True)


# %%
@misconception(
    caught_by="a_batch_is_the_mean_of_its_samples",
    hint="The loss is the mean over the batch, so loss and gradients need the factor 1/B.",
)
def sums_over_the_batch(params, cache, logits, labels):
    return back(params, cache, logits, labels, summed=True)


# %%
@misconception(
    caught_by="agrees_with_derivatives_of_the_loss",
    hint="The weight gradient is transposed; delta^T times the input has the shape (out, in) of the weights.",
)
def transposes_the_weight_gradient(params, cache, logits, labels):
    return back(params, cache, logits, labels, turned=True)


# %%
@misconception(
    caught_by="a_batch_is_the_mean_of_its_samples",
    hint="The bias gradient is the sum of the deltas; the 1/B is already inside them.",
)
def averages_the_bias_gradient(params, cache, logits, labels):
    return back(params, cache, logits, labels, biases="mean")


# %%
@misconception(
    caught_by="huge_logits_do_not_overflow",
    hint="exp overflows for large logits; subtract the largest logit of each row first.",
)
def exponentiates_raw_logits(params, cache, logits, labels):
    return back(params, cache, logits, labels, naive=True)

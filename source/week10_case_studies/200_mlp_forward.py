# %% [markdown]
# ### A network, forward
#
# A multi-layer perceptron (MLP) is a chain of dense layers with a bend after each one but the last. The bend is ReLU:
# it keeps what is positive and replaces the rest by 0. Without it the whole chain would be one matrix.
#
# Layer $l$ has weights $W_l$ of shape (out, in) and biases $b_l$ of shape (out,). Start with $A_1 = X$ of shape
# $(B, \text{in})$, one sample per row. For the layers $l = 1, \dots, L$
# $$Z_l = A_l W_l^\top + b_l, \qquad A_{l+1} = \max(Z_l, 0) \quad \text{(not after the last layer)}.$$
# The result $Z_L$ holds the **logits**: one score per class, which may be negative. The next exercise walks the chain
# back. For that it needs the input of every layer, so keep the list $[A_1, \dots, A_L]$, the *cache*.
#
# **By hand.** $x = (1, 2)$, $W_1 = \begin{pmatrix} 1 & -1 \\ 2 & 1 \end{pmatrix}$, $b_1 = (0, 1)$. Then
# $z_1 = (1 - 2,\; 2 + 2 + 1) = (-1, 5)$, and ReLU gives $a_2 = (0, 5)$. With $W_2 = (1, -2)$ and $b_2 = (3)$ the
# logit is $0 - 10 + 3 = -7$. The cache is $[x, a_2]$.
#
# Return the logits and the cache. Nothing in the cache may change afterwards: make new arrays instead of writing into
# old ones.

# %%
from sklearn.datasets import load_digits

from autograder.kit import T1, T2, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="sums written out neuron by neuron",
    section="Neural networks by hand",
    topics=(
        "r0-w10-nn-math",
        "r1-t08-nn-math",
        "r2-a-end-move-to-ml",
        "r3-7-mlp",
        "r3-7-activations",
        "r3-7-fix-relu",
    ),
)

# %%
import numpy as np


# %%
def mlp_forward(
    params: list[tuple[np.ndarray, np.ndarray]], X: np.ndarray
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Send a batch through dense layers with ReLU between them.

    Parameters
    ----------
    params : list of L >= 1 pairs (W, b), arrays or lists, W of shape (out, in) and b of shape (out,);
        `in` is the `out` of the layer before
    X : array-like of shape (B, in of the first layer), one sample per row

    Returns
    -------
    (logits, cache) : array of shape (B, out of the last layer), no ReLU applied; list of L arrays, the input of
        every layer: first X, then each hidden layer after ReLU

    Raises
    ------
    ValueError : there is no layer, X is not two-dimensional, or the shapes do not fit together
    """
    ### BEGIN SOLUTION
    A = np.array(X, dtype=float)
    if A.ndim != 2 or len(params) == 0:
        raise ValueError("X must have shape (B, in), and at least one layer is needed")
    cache = []
    for layer, (W, b) in enumerate(params):
        W, b = np.asarray(W, dtype=float), np.asarray(b, dtype=float)
        if W.ndim != 2 or W.shape[1] != A.shape[1] or b.shape != W.shape[:1]:
            raise ValueError(f"the shapes of layer {layer} do not fit")
        cache.append(A)
        Z = A @ W.T + b
        A = np.maximum(Z, 0.0)
    return Z, cache
    ### END SOLUTION


# %%
@helper
def network(widths, rng):
    """Return random parameters of a network with these widths, the input first."""
    return [
        (rng.normal(size=(out, before)) / np.sqrt(before), rng.normal(size=out))
        for before, out in zip(widths, widths[1:])
    ]


@helper
def neuron_by_neuron(params, x):
    """Return the logits of one sample and the inputs of all layers, by sums over single weights."""
    values, inputs = [float(entry) for entry in x], []
    for layer, (W, b) in enumerate(params):
        inputs.append(np.array(values))
        values = [sum(w * v for w, v in zip(row, values)) + bias for row, bias in zip(W.tolist(), b.tolist())]
        if layer < len(params) - 1:
            values = [v if v > 0 else 0.0 for v in values]
    return np.array(values), inputs


@helper
def logits_of(answer, B, K):
    """Return the logits after a look at their shape."""
    return array(answer[0], (B, K), what="the logits")


# %%
@check
def works_for_the_example(mlp_forward):
    """The example gives the logit -7 and the cache [(1, 2), (0, 5)]."""
    params = [(np.array([[1.0, -1.0], [2.0, 1.0]]), np.array([0.0, 1.0])), (np.array([[1.0, -2.0]]), np.array([3.0]))]
    logits, cache = mlp_forward(params, np.array([[1.0, 2.0]]))
    close(logits, np.array([[-7.0]]), **T1, what="the logits")
    close(cache, [np.array([[1.0, 2.0]]), np.array([[0.0, 5.0]])], **T1, what="the cache")


# %%
@check
def a_layer_that_does_not_fit_raises(mlp_forward):
    """A first layer for three inputs does not fit samples with two: ValueError."""
    raises(ValueError, mlp_forward, [(np.ones((2, 3)), np.zeros(2))], np.ones((4, 2)))


# %%
@hidden(weight=2)
def agrees_with_sums_written_out(mlp_forward, rng):
    """Logits and cache are those of sums over single weights, sample by sample."""
    for widths, B in (((2, 2), 1), ((2, 3, 1), 1), ((3, 3, 3, 3), 2), ((4, 5, 3, 2), 3), ((6, 8, 8, 8, 5), 4)):
        params, X = network(widths, rng), rng.normal(size=(B, widths[0]))
        logits, cache = mlp_forward(params, X)
        singles = [neuron_by_neuron(params, x) for x in X]
        what = f"the logits of the widths {widths}"
        close(array(logits, (B, widths[-1]), what=what), np.array([z for z, _ in singles]), **T2, what=what)
        expected = [np.array([inputs[layer] for _, inputs in singles]) for layer in range(len(params))]
        close(cache, expected, **T2, what=f"the cache of the widths {widths}")


# %%
@hidden
def one_layer_is_a_dense_layer(mlp_forward, rng):
    """A single layer gives X W^T + b, without any bend, and the cache holds X alone."""
    for B, before, out in ((1, 1, 2), (3, 4, 2), (5, 2, 6)):
        (W, b), X = network((before, out), rng)[0], rng.normal(size=(B, before))
        logits, cache = mlp_forward([(W, b)], X)
        close(array(logits, (B, out), what="the logits"), np.einsum("bi,oi->bo", X, W) + b, **T1, what="the logits")
        close(cache, [X], **T1, what="the cache")


# %%
@hidden
def a_batch_is_its_samples_one_by_one(mlp_forward, rng):
    """A sample has the same logits alone and in a batch."""
    params, X = network((3, 6, 6, 4), rng), rng.normal(size=(5, 3))
    together = logits_of(mlp_forward(params, X), 5, 4)
    for i in range(5):
        alone = logits_of(mlp_forward(params, X[i : i + 1]), 1, 4)
        close(alone, together[i : i + 1], **T2, what=f"the logits of sample {i} alone")


# %%
@hidden
def without_biases_the_network_scales_along(mlp_forward, rng):
    """With zero biases, c times the input gives c times the logits for positive c."""
    params = [(W, np.zeros(len(b))) for W, b in network((4, 7, 5, 3), rng)]
    X = rng.normal(size=(4, 4))
    base = logits_of(mlp_forward(params, X), 4, 3)
    for c in (0.001, 3.0, 1e6):
        scaled = logits_of(mlp_forward(params, c * X), 4, 3)
        close(scaled / c, base, **T2, what=f"the logits of {c:g} X divided by {c:g}")


# %%
@hidden
def exchanging_hidden_units_changes_nothing(mlp_forward, rng):
    """When the hidden units are put into another order, the logits stay."""
    (W1, b1), (W2, b2) = network((3, 6, 2), rng)
    X, order = rng.normal(size=(4, 3)), rng.permutation(6)
    before = logits_of(mlp_forward([(W1, b1), (W2, b2)], X), 4, 2)
    after = logits_of(mlp_forward([(W1[order], b1[order]), (W2[:, order], b2)], X), 4, 2)
    close(after, before, **T2, what="the logits after an exchange of hidden units")


# %%
@hidden
def whole_numbers_work(mlp_forward):
    """Pixels and weights that are whole numbers are fine."""
    X = load_digits().data[:5].astype(np.uint8)
    W = (np.arange(128).reshape(2, 64) % 7) - 3
    params = [(W, np.array([-40, 5])), (np.array([[0.25, -0.5]]), np.array([0.125]))]
    hidden_units = np.maximum(X.astype(float) @ W.T.astype(float) + np.array([-40.0, 5.0]), 0)
    expected = hidden_units @ np.array([[0.25], [-0.5]]) + 0.125
    close(logits_of(mlp_forward(params, X), 5, 1), expected, **T1, what="the logits of five digits")
    logits, _ = mlp_forward([([[1, 2]], [3])], [[4, 5], [-1, 0]])
    close(logits, np.array([[17.0], [2.0]]), **T1, what="the logits of lists")


# %%
@hidden
def the_cache_holds_no_negative_hidden_value(mlp_forward, rng):
    """All inputs of later layers are at least 0, and the logits may be negative."""
    params = network((5, 9, 9, 9, 4), rng)
    logits, cache = mlp_forward(params, rng.normal(size=(30, 5)))
    holds(len(cache) == 4, "The cache should hold the inputs of the four layers.")
    for layer in (1, 2, 3):
        values = array(cache[layer], (30, 9), what=f"entry {layer} of the cache")
        holds(values.min() == 0.0, f"Entry {layer} of the cache should come after ReLU: nothing negative, some zeros.")
    holds(array(logits, (30, 4), what="the logits").min() < 0, "Among 120 logits some should be negative.")


# %%
@hidden
def shapes_that_do_not_fit_raise(mlp_forward, rng):
    """No layers, a single sample without a batch axis, and layers or biases that do not fit raise ValueError."""
    (W1, b1), (W2, b2) = network((3, 4, 2), rng)
    X = rng.normal(size=(2, 3))
    raises(ValueError, mlp_forward, [], X)
    raises(ValueError, mlp_forward, [(W1, b1), (W2, b2)], X[0])
    raises(ValueError, mlp_forward, [(W1, b1), (W2, b2)], X[:, :2])
    raises(ValueError, mlp_forward, [(W1, b1), (W2[:, :3], b2)], X)
    raises(ValueError, mlp_forward, [(W1, b1), (W2[:, :, None], b2)], X)
    raises(ValueError, mlp_forward, [(W1, b1[:1]), (W2, b2)], X)
    raises(ValueError, mlp_forward, [(W1, b1), (W2, b2[:, None])], X)


# %%
@accepted
def with_columns_as_samples(params, X):
    columns = np.array(X, dtype=np.float64)
    if columns.ndim != 2 or not len(params):
        raise ValueError("nothing to compute")
    columns = columns.T
    cache = [columns.T.copy()]
    for position, (W, b) in enumerate(params, start=1):
        W, b = np.array(W, dtype=np.float64), np.array(b, dtype=np.float64)
        if W.ndim != 2 or W.shape[1] != len(columns) or b.ndim != 1 or len(b) != len(W):
            raise ValueError("shapes do not fit")
        columns = np.dot(W, columns) + b[:, None]
        if position < len(params):
            columns = np.where(columns > 0, columns, 0.0)
            cache.append(columns.T.copy())
    return columns.T.copy(), cache


# %%
@helper
def walk(params, X, *, bend_last=False, bend=True, keep="inputs", buffer=False):
    """Send a batch through the layers; each option spoils one thing."""
    A = np.array(X, dtype=float)
    if A.ndim != 2 or len(params) == 0:
        raise ValueError("nothing to compute")
    cache = []
    for layer, (W, b) in enumerate(params):
        W, b = np.asarray(W, dtype=float), np.asarray(b, dtype=float)
        if W.ndim != 2 or W.shape[1] != A.shape[1] or b.shape != W.shape[:1]:
            raise ValueError("shapes do not fit")
        if keep == "inputs" or layer == 0:
            cache.append(A)
        Z = A @ W.T + b
        is_last = layer == len(params) - 1
        if keep == "before" and not is_last:
            cache.append(Z)
        out = Z if not bend or (is_last and not bend_last) else np.maximum(Z, 0.0)
        if buffer and not is_last and out.shape == A.shape:
            A[...] = out
        else:
            A = out
        if keep == "outputs":
            cache = [*cache[1 if layer == 0 else 0 :], A]
    return A, cache


@accepted
def with_a_flag_for_the_last_layer(params, X):
    return walk(params, X)


# %%
@misconception(
    caught_by="one_layer_is_a_dense_layer",
    hint="ReLU stands only between layers; the logits of the last layer may be negative.",
)
def relu_on_the_last_layer(params, X):
    return walk(params, X, bend_last=True)


# %%
@misconception(
    caught_by="agrees_with_sums_written_out",
    hint="The cache holds an array that you write into later; make a new array for every layer.",
)
def writes_into_one_buffer(params, X):
    return walk(params, X, buffer=True)


# %%
@misconception(
    caught_by="agrees_with_sums_written_out",
    hint="There is no bend between the layers, so the network is one matrix; apply ReLU after every hidden layer.",
)
def forgets_relu(params, X):
    return walk(params, X, bend=False)


# %%
@misconception(
    caught_by="agrees_with_sums_written_out",
    hint="The cache holds the values before ReLU; the next layer receives the values after it, so store those.",
)
def stores_the_values_before_relu(params, X):
    return walk(params, X, keep="before")


# %%
@misconception(
    caught_by="agrees_with_sums_written_out",
    hint="The cache holds the outputs of the layers; store their inputs, beginning with X.",
)
def stores_the_outputs(params, X):
    return walk(params, X, keep="outputs")

# %% [markdown]
# ### A dense layer
#
# The dense layer is the most common part of a neural network. It takes $n$ numbers and gives $m$ numbers. Each output
# is a weighted sum of all inputs, plus one number of its own, the *bias*.
#
# $$y = W x + b, \qquad W: (m, n), \quad x: (n,), \quad b: (m,), \quad y: (m,)$$
#
# Row $i$ of $W$ holds the weights of output $i$. In practice many inputs come at once, one per row of a batch
# $X$ of shape $(B, n)$. Then row $j$ of the result is $W x_j + b$, and the shape is $(B, m)$.
#
# **By hand.** $W = \begin{pmatrix} 1 & 2 & 0 \\ 0 & -1 & 3 \end{pmatrix}$, $b = (10, 20)$ and $x = (1, 1, 2)$. Then
# $W x = (1 + 2 + 0, \; 0 - 1 + 6) = (3, 5)$ and $y = (13, 25)$. With a single row, $W = (1, 2, 0)$ and $b = (10)$,
# the output is one number: $y = (13)$, of shape $(1,)$.
#
# Return $y$. One input gives an array of shape `(m,)`, a batch gives `(B, m)`.
#
# %%
from autograder.kit import T1, accepted, array, check, close, exercise, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="numpy.einsum",
    section="Affine maps and layers",
    topics=(
        "r0-w2-goal",
        "r0-w2-out-data-representation",
        "r1-t01-in-ml",
        "r2-o1-used-in",
        "r2-o1-scalars-vectors-matrices-tensors",
        "r2-o1-in-ml",
        "r2-a1-scalars-vectors-matrices-tensors",
        "r2-b1-scalars-vectors-matrices-tensors",
        "r2-b1-dot-matmul-manual",
        "r3-1-1-shapes",
        "r3-1-1-dense-layer",
        "r3-1-1-cp-equation",
        "r3-1-1-cp-x",
        "r3-1-1-cp-w",
        "r3-1-1-cp-b",
        "r3-1-1-cp-y",
    ),
)

# %%
import numpy as np


# %%
def dense_forward(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Compute the layer W x + b for one input or for every row of a batch.

    Parameters
    ----------
    x : array-like of shape (n,), one input, or (B, n), one input per row
    W : array-like of shape (m, n), row i holds the weights of output i
    b : array-like of shape (m,), one bias per output

    Returns
    -------
    array of shape (m,) for one input, (B, m) for a batch

    Raises
    ------
    ValueError : x has neither one nor two axes, W not two or b not one, or the sizes do not fit exactly
    """
    ### BEGIN SOLUTION
    x, W, b = np.asarray(x, dtype=float), np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    if x.ndim not in (1, 2) or W.ndim != 2 or b.ndim != 1:
        raise ValueError("x needs one or two axes, W two, b one")
    if x.shape[-1] != W.shape[1] or b.shape[0] != W.shape[0]:
        raise ValueError("the sizes of x, W and b do not fit")
    return x @ W.T + b
    ### END SOLUTION


# %%
@check
def works_for_the_example(dense_forward):
    """The example gives (13, 25); its first row alone, W of shape (1, 3), gives (13), an array of shape (1,)."""
    W, b, x = np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]]), np.array([10.0, 20.0]), np.array([1.0, 1.0, 2.0])
    close(dense_forward(x, W, b), np.array([13.0, 25.0]), **T1, what="y")
    close(dense_forward(x, W[:1], b[:1]), np.array([13.0]), **T1, what="y with one output")


# %%
@check
def a_batch_gives_one_row_per_input(dense_forward):
    """A batch of three inputs of length 2 and four outputs gives shape (3, 4)."""
    X = [[1, 0], [0, 1], [1, 1]]
    W = [[1, 5], [2, 6], [3, 7], [4, 8]]
    want = np.array([[1.5, 2.5, 3.5, 4.5], [5.5, 6.5, 7.5, 8.5], [6.5, 8.5, 10.5, 12.5]])
    close(dense_forward(X, W, [0.5, 0.5, 0.5, 0.5]), want, **T1, what="y")


# %%
@check
def an_input_of_the_wrong_length_raises(dense_forward):
    """An input of length 2 does not fit three weights per output and raises ValueError."""
    raises(ValueError, dense_forward, np.ones(2), np.ones((4, 3)), np.ones(4))


# %%
@hidden(weight=2)
def agrees_with_an_independent_sum(dense_forward, rng):
    """Entry i of the output is b_i plus the sum of W_ij x_j, for one input and for a batch."""
    for batch, m, n in ((1, 1, 1), (2, 1, 2), (1, 3, 2), (3, 2, 5), (20, 7, 4), (4, 16, 30)):
        W, b, X = rng.normal(size=(m, n)), rng.normal(size=m), rng.normal(size=(batch, n))
        close(dense_forward(X[0], W, b), np.einsum("ij,j->i", W, X[0]) + b, **T1, what=f"y for W of shape {m, n}")
        close(dense_forward(X, W, b), np.einsum("ij,bj->bi", W, X) + b, **T1, what=f"the batch for W of shape {m, n}")


# %%
@hidden
def the_rows_of_a_square_w_belong_to_the_outputs(dense_forward, rng):
    """For a square W that is not symmetric, output i uses row i of W."""
    close(dense_forward([1, 0], [[1, 2], [3, 4]], [0, 0]), np.array([1.0, 3.0]), **T1, what="y")
    for n in (2, 3, 6):
        W, x = rng.normal(size=(n, n)), rng.normal(size=n)
        want = np.array([sum(W[i, j] * x[j] for j in range(n)) for i in range(n)])
        close(dense_forward(x, W, np.zeros(n)), want, **T1, what="y")


# %%
@hidden(weight=2)
def every_input_gets_the_whole_bias(dense_forward, rng):
    """The input 0 gives b, alone and in every row of a batch, also when the batch has as many rows as W."""
    for batch, m in ((1, 1), (2, 2), (3, 3), (1, 4), (5, 2)):
        W, b = rng.normal(size=(m, 3)), np.arange(1.0, m + 1)
        close(dense_forward(np.zeros(3), W, b), b, **T1, what="y for x = 0")
        close(dense_forward(np.zeros((batch, 3)), W, b), np.tile(b, (batch, 1)), **T1, what="y for a batch of zeros")


# %%
@hidden
def a_batch_equals_its_single_results(dense_forward, rng):
    """Row j of the result for a batch is the result for row j alone."""
    for batch, m, n in ((2, 2, 2), (3, 3, 4), (6, 2, 3)):
        W, b, X = rng.normal(size=(m, n)), rng.normal(size=m), rng.normal(size=(batch, n))
        Y = array(dense_forward(X, W, b), (batch, m), what="the batch")
        for row in (0, batch - 1):
            y = array(dense_forward(X[row], W, b), (m,), what="the result for one input")
            close(Y[row], y, **T1, what=f"row {row} of the batch")


# %%
@hidden
def linear_without_a_bias(dense_forward, rng):
    """With b = 0 the layer of 2 x - 3 z is 2 times the layer of x minus 3 times the layer of z."""
    for m, n in ((1, 2), (4, 3)):
        W, b, x, z = rng.normal(size=(m, n)), np.zeros(m), rng.normal(size=n), rng.normal(size=n)
        first = array(dense_forward(x, W, b), (m,), what="the layer of x")
        second = array(dense_forward(z, W, b), (m,), what="the layer of z")
        close(dense_forward(2 * x - 3 * z, W, b), 2 * first - 3 * second, **T1, what="the layer of 2 x - 3 z")


# %%
@hidden
def two_layers_in_a_row_are_one_layer(dense_forward, rng):
    """Two layers in a row equal one layer with the weights W2 W1 and the bias W2 b1 + b2."""
    for n, m, last in ((2, 3, 1), (4, 2, 5)):
        W1, b1, W2, b2 = rng.normal(size=(m, n)), rng.normal(size=m), rng.normal(size=(last, m)), rng.normal(size=last)
        X = rng.normal(size=(3, n))
        middle = array(dense_forward(X, W1, b1), (3, m), what="the first layer")
        both = array(dense_forward(middle, W2, b2), (3, last), what="the second layer")
        close(dense_forward(X, W2 @ W1, W2 @ b1 + b2), both, **T1, what="the single layer")


# %%
@hidden
def sizes_that_do_not_fit_raise(dense_forward):
    """A bias of another length (also of length 1), a column, three axes or a W with one axis raises ValueError."""
    W = np.ones((3, 2))
    for x, weights, b in (
        (np.ones(2), W, np.ones(1)),
        (np.ones((3, 2)), W, np.ones(1)),
        (np.ones((4, 2)), W, np.ones(4)),
        (np.ones((2, 1)), W, np.ones(3)),
        (np.ones((5, 3)), W, np.ones(3)),
        (np.ones((2, 2, 2)), W, np.ones(3)),
        (np.ones(2), np.ones(2), np.ones(2)),
        (np.ones(2), W, np.ones((3, 1))),
        (np.ones((2, 2)), W, np.ones((2, 3))),
        (np.array(1.0), W, np.ones(3)),
    ):
        raises(ValueError, dense_forward, x, weights, b)


# %%
@accepted
def one_sum_per_output(x, W, b):
    x, W, b = np.array(x, dtype=np.float64), np.array(W, dtype=np.float64), np.array(b, dtype=np.float64)
    if W.ndim != 2 or b.shape != W.shape[:1] or x.ndim not in (1, 2) or x.shape[x.ndim - 1 :] != W.shape[1:]:
        raise ValueError("sizes")
    if x.ndim == 2:
        return np.array([one_sum_per_output(row, W, b) for row in x]).reshape(len(x), len(W))
    y = np.zeros(len(W))
    for i in range(len(W)):
        y[i] = b[i]
        for j in range(len(x)):
            y[i] += W[i, j] * x[j]
    return y


# %%
@accepted
def with_a_one_appended_to_the_input(x, W, b):
    x, W, b = (np.asarray(part, dtype=float) for part in (x, W, b))
    if (W.ndim, b.ndim) != (2, 1) or not 1 <= x.ndim <= 2 or len(b) != len(W) or x.shape[-1] != W.shape[-1]:
        raise ValueError("sizes")
    batch = np.atleast_2d(x)
    extended = np.hstack([batch, np.ones((len(batch), 1))])
    Y = np.dot(np.column_stack([W, b]), extended.T).T
    return Y if x.ndim == 2 else Y[0]


# %%
@misconception(
    caught_by="the_rows_of_a_square_w_belong_to_the_outputs",
    hint="Rows of W belong to outputs: x @ W.T.",
)
def multiplies_by_w_from_the_right(x, W, b):
    x, W, b = np.asarray(x, dtype=float), np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    if x.ndim not in (1, 2) or W.ndim != 2 or b.ndim != 1 or x.shape[-1] != W.shape[1] or len(b) != len(W):
        raise ValueError("the sizes do not fit")
    return x @ W + b


# %%
@misconception(
    caught_by="every_input_gets_the_whole_bias",
    hint="b belongs to the last axis: add it after the outputs have moved there.",
)
def adds_the_bias_along_the_batch(x, W, b):
    x, W, b = np.asarray(x, dtype=float), np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    if x.ndim not in (1, 2) or W.ndim != 2 or b.ndim != 1 or x.shape[-1] != W.shape[1] or len(b) != len(W):
        raise ValueError("the sizes do not fit")
    if x.ndim == 2 and len(x) == len(W):
        return (W @ x.T + b).T
    return x @ W.T + b


# %%
@misconception(
    caught_by="works_for_the_example",
    hint="Keep the rank of the input: one input of shape (n,) gives shape (m,), not (1, m).",
)
def one_input_becomes_a_batch_of_one(x, W, b):
    x, W, b = np.asarray(x, dtype=float), np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    if x.ndim not in (1, 2) or W.ndim != 2 or b.ndim != 1 or x.shape[-1] != W.shape[1] or len(b) != len(W):
        raise ValueError("the sizes do not fit")
    return np.atleast_2d(x) @ W.T + b


# %%
@misconception(
    caught_by="every_input_gets_the_whole_bias",
    hint="The input 0 must give b: do not forget to add the bias.",
)
def forgets_the_bias(x, W, b):
    x, W, b = np.asarray(x, dtype=float), np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    if x.ndim not in (1, 2) or W.ndim != 2 or b.ndim != 1 or x.shape[-1] != W.shape[1] or len(b) != len(W):
        raise ValueError("the sizes do not fit")
    return x @ W.T


# %%
@misconception(
    caught_by="sizes_that_do_not_fit_raise",
    hint="NumPy stretches a bias of length 1, or of the wrong axis, without a word; compare the sizes yourself first.",
)
def leaves_the_sizes_to_numpy(x, W, b):
    x, W, b = np.asarray(x, dtype=float), np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    return x @ W.T + b

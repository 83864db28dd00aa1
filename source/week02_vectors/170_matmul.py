# %% [markdown]
# ### Matrix product
#
# Do one map after the other, and the result is again a map with a matrix of its own: the product. A network with many
# layers is little more than a chain of such products, and most of the time of training goes into them. Here you write
# the product out once, so that you know what the single character `@` does.
#
# For $A$ of shape $(m, k)$ and $B$ of shape $(k, n)$ the product has shape $(m, n)$. Entry $(i, j)$ is the dot product
# of row $i$ of $A$ and column $j$ of $B$:
#
# $$(A B)_{ij} = \sum_{l=1}^{k} a_{il} \, b_{lj}$$
#
# **By hand.** $\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \begin{pmatrix} 0 & 1 & 2 \\ 1 & 0 & 3 \end{pmatrix}$: the
# first entry is $1 \cdot 0 + 2 \cdot 1 = 2$, the one to its right is $1 \cdot 1 + 2 \cdot 0 = 1$. All together:
# $\begin{pmatrix} 2 & 1 & 8 \\ 4 & 3 & 18 \end{pmatrix}$.
#
# The inner numbers $k$ must agree. The order matters: $A B$ and $B A$ differ in general, and often only one of them
# exists.
#
# Return the product. Write the sums or the loops yourself.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(
        "numpy.dot",
        "numpy.*dot",
        "numpy.inner",
        "numpy.matmul",
        "numpy.einsum",
        "numpy.linalg.matmul",
        "numpy.linalg.multi_dot",
        "*.dot",
        "@",
    ),
    oracle="the operator @ of numpy",
    section="Matrix products",
    topics=(
        "r0-strategy-step4-implement",
        "r0-w2-goal",
        "r0-w2-scalars-vectors-matrices",
        "r0-w2-vector-matrix-ops",
        "r1-t01-vectors-matrices",
        "r1-t01-matrix-operations",
        "r2-o1-scalars-vectors-matrices-tensors",
        "r2-o1-matrix-operations",
        "r2-sum-linear-algebra",
        "r2-a1-scalars-vectors-matrices-tensors",
        "r2-a1-matrix-operations",
        "r2-a1-dot-matmul-numpy",
        "r2-a-end-math-foundations",
        "r2-b1-scalars-vectors-matrices-tensors",
        "r2-b1-matrix-operations",
        "r2-b1-dot-matmul-manual",
        "r3-1-1-scalars-vectors-matrices",
        "r3-1-1-matrix-add-mul",
        "r3-1-1-shapes",
        "r4-la-matrices",
        "r4-la-identity-diagonal",
        "r4-req-la-matrices",
    ),
)

# %%
import numpy as np


# %%
def matmul(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return the matrix product A B.

    Parameters
    ----------
    A : array of shape (m, k)
    B : array of shape (k, n)

    Returns
    -------
    array of shape (m, n), of floats; for k = 0 every sum is empty, so all entries are 0

    Raises
    ------
    ValueError : A or B is not two-dimensional, or their numbers k differ
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    B = np.asarray(B, dtype=float)
    if A.ndim != 2 or B.ndim != 2 or A.shape[1] != B.shape[0]:
        raise ValueError("A must have shape (m, k) and B must have shape (k, n)")
    product = np.zeros((A.shape[0], B.shape[1]))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            product[i, j] = np.sum(A[i, :] * B[:, j])
    return product
    ### END SOLUTION


# %%
@helper
def checked_factors(A, B):
    """Return both as float arrays, or raise ValueError when they have no product."""
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if A.ndim != 2 or B.ndim != 2 or A.shape[1] != B.shape[0]:
        raise ValueError("no such product")
    return A, B


# %%
@check
def the_worked_example_is_right(matmul):
    """[[1, 2], [3, 4]] times [[0, 1, 2], [1, 0, 3]] is [[2, 1, 8], [4, 3, 18]]."""
    result = matmul(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 3.0]]))
    close(result, np.array([[2.0, 1.0, 8.0], [4.0, 3.0, 18.0]]), **T1, what="the product")


# %%
@check
def inner_numbers_that_differ_raise(matmul):
    """Shapes (2, 3) and (2, 3) have no product, so they raise ValueError."""
    raises(ValueError, matmul, np.ones((2, 3)), np.ones((2, 3)))


# %%
@hidden(weight=2)
def the_entries_are_right_for_any_shape(matmul, rng):
    """The product is right for square, wide and tall matrices."""
    for m, k, n in ((1, 1, 1), (1, 2, 1), (2, 1, 2), (2, 2, 2), (2, 3, 4), (4, 3, 2), (3, 3, 3), (5, 1, 3), (8, 7, 9)):
        A, B = rng.normal(size=(m, k)), rng.normal(size=(k, n))
        close(matmul(A, B), A @ B, **T1, what=f"the product of shapes ({m}, {k}) and ({k}, {n})")
    close(matmul([[1, 3]], [[0.5], [0.25]]), np.array([[1.25]]), **T1, what="the product of lists")


# %%
@hidden
def square_matrices_are_not_multiplied_entry_by_entry(matmul, rng):
    """Products of square matrices use whole rows and columns, and their rows are independent of each other."""
    for n in (2, 3, 6):
        A, B = rng.normal(size=(n, n)), rng.normal(size=(n, n))
        close(matmul(A, B), A @ B, **T1, what=f"the product of two {n} by {n} matrices")


# %%
@hidden
def the_brackets_do_not_matter(matmul, rng):
    """(A B) C equals A (B C)."""
    for m, k, n, p in ((2, 2, 2, 2), (2, 3, 1, 4)):
        A, B, C = rng.normal(size=(m, k)), rng.normal(size=(k, n)), rng.normal(size=(n, p))
        left = array(matmul(array(matmul(A, B), (m, n), what="A B"), C), (m, p), what="(A B) C")
        right = array(matmul(A, array(matmul(B, C), (k, p), what="B C")), (m, p), what="A (B C)")
        close(left, right, **T1, what="(A B) C compared with A (B C)")


# %%
@hidden
def the_transpose_reverses_the_order(matmul, rng):
    """The transpose of A B is B^T A^T."""
    for m, k, n in ((2, 2, 2), (3, 1, 2), (2, 3, 4)):
        A, B = rng.normal(size=(m, k)), rng.normal(size=(k, n))
        product = array(matmul(A, B), (m, n), what="A B")
        close(matmul(B.T, A.T), product.T, **T1, what="B^T A^T compared with the transpose of A B")


# %%
@hidden
def it_distributes_over_sums(matmul, rng):
    """A (B + C) equals A B + A C."""
    for m, k, n in ((2, 2, 2), (3, 2, 4)):
        A, B, C = rng.normal(size=(m, k)), rng.normal(size=(k, n)), rng.normal(size=(k, n))
        parts = array(matmul(A, B), (m, n), what="A B") + array(matmul(A, C), (m, n), what="A C")
        close(matmul(A, B + C), parts, **T1, what="A (B + C)")


# %%
@hidden
def the_identity_changes_nothing(matmul, rng):
    """The identity matrix changes nothing on either side; with k = 0 all entries are 0."""
    A = rng.normal(size=(2, 3))
    close(matmul(np.eye(2), A), A, **T1, what="I A")
    close(matmul(A, np.eye(3, dtype=int)), A, **T1, what="A I")
    close(matmul(np.zeros((2, 0)), np.zeros((0, 3))), np.zeros((2, 3)), **T1, what="the product with k = 0")


# %%
@hidden
def the_order_matters(matmul):
    """A B and B A differ: exchanging the columns of a matrix is not the same as exchanging its rows."""
    A, swap = np.array([[1, 2], [3, 4]]), np.array([[0, 1], [1, 0]])
    columns = array(matmul(A, swap), (2, 2), what="A B")
    rows = array(matmul(swap, A), (2, 2), what="B A")
    close(columns, np.array([[2.0, 1.0], [4.0, 3.0]]), **T1, what="A B")
    close(rows, np.array([[3.0, 4.0], [1.0, 2.0]]), **T1, what="B A")
    holds(not np.allclose(columns, rows), "A B and B A should differ for these matrices.")


# %%
@hidden
def what_has_no_product_raises(matmul):
    """Inner numbers that differ and arrays that are not two-dimensional raise ValueError."""
    for left, right in (((2, 1), (3, 4)), ((2, 3), (1, 4)), ((2, 3), (4, 2)), ((3, 2), (3, 2)), ((2, 2), (3, 2))):
        raises(ValueError, matmul, np.ones(left), np.ones(right))
    raises(ValueError, matmul, np.ones(2), np.ones((2, 2)))
    raises(ValueError, matmul, np.ones((2, 2)), np.ones(2))
    raises(ValueError, matmul, np.ones((2, 2, 2)), np.ones((2, 2, 2)))
    raises(ValueError, matmul, np.ones((2, 2)), 3.0)


# %%
@accepted
def with_three_loops(A, B):
    A, B = np.array(A, dtype=float), np.array(B, dtype=float)
    if (A.ndim, B.ndim) != (2, 2) or A.shape[1] != B.shape[0]:
        raise ValueError("no such product")
    (m, k), n = A.shape, B.shape[1]
    result = [[0.0] * n for _ in range(m)]
    for i in range(m):
        for j in range(n):
            for position in range(k):
                result[i][j] += A[i, position] * B[position, j]
    return np.array(result).reshape(m, n)


# %%
@accepted
def with_one_broadcast_product(A, B):
    A, B = np.asarray(A, dtype=np.float64), np.asarray(B, dtype=np.float64)
    if A.ndim != 2 or B.ndim != 2 or len(B) != A.shape[1]:
        raise ValueError("no such product")
    return (A[:, :, None] * B[None, :, :]).sum(axis=1)


# %%
@misconception(
    caught_by="square_matrices_are_not_multiplied_entry_by_entry",
    hint="A * B is the elementwise product, which is something else; combine row i with column j.",
)
def multiplies_entry_by_entry(A, B):
    A, B = checked_factors(A, B)
    return A * B


# %%
@misconception(
    caught_by="square_matrices_are_not_multiplied_entry_by_entry",
    hint="[[0] * n] * m holds the same row m times, so changing one changes all. Make a new row for every i.",
)
def all_rows_are_one_list(A, B):
    A, B = checked_factors(A, B)
    result = [[0.0] * B.shape[1]] * A.shape[0]
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            result[i][j] = float(np.sum(A[i] * B[:, j]))
    return np.array(result).reshape(A.shape[0], B.shape[1])


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="Let i run over the rows of A and j over the columns of B. Test (2, 3) times (3, 4), not only squares.",
)
def exchanges_the_bounds_of_the_loops(A, B):
    A, B = checked_factors(A, B)
    product = np.zeros((A.shape[0], B.shape[1]))
    for i in range(B.shape[1]):
        for j in range(A.shape[0]):
            product[i, j] = np.sum(A[i] * B[:, j])
    return product


# %%
@misconception(
    caught_by="square_matrices_are_not_multiplied_entry_by_entry",
    hint="Rows of A meet columns of B, not rows of B.",
)
def takes_rows_of_both(A, B):
    A, B = checked_factors(A, B)
    product = np.zeros((A.shape[0], B.shape[1]))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            product[i, j] = np.sum(A[i] * B[j])
    return product

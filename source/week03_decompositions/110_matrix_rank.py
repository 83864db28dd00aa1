# %% [markdown]
# ### Matrix rank
#
# The rank of a matrix is the number of independent directions in its columns. A data table with 64 columns and rank 61
# really holds 61 columns: the others can be computed from them. On a computer you cannot ask whether a number is
# exactly 0, because rounding leaves tiny rests. So you count what is not tiny.
#
# The singular values $\sigma_1 \ge \sigma_2 \ge \dots \ge 0$ of $A$ say how far $A$ stretches along its main
# directions. The rank is the number of $\sigma_i$ with $\sigma_i > \text{rtol} \cdot \sigma_1$. The usual choice is
# $\text{rtol} = \max(m, n) \cdot \varepsilon$, where $\varepsilon = 2.2 \cdot 10^{-16}$ is `np.finfo(float).eps`.
#
# **By hand.** $A = \begin{pmatrix} 1 & 2 \\ 2 & 4 \\ 3 & 6 \end{pmatrix}$. The second column is twice the first, so
# the rank is 1. NumPy finds the singular values $8.37$ and about $10^{-15}$ instead of 0. The bound is
# $3 \cdot 2.2 \cdot 10^{-16} \cdot 8.37 = 5.6 \cdot 10^{-15}$. Only the first value is above it.
#
# Return the rank as an `int`. You may call `np.linalg.svd(A, compute_uv=False)` for the singular values.

# %%
from scipy import linalg

from autograder.kit import accepted, check, exercise, helper, hidden, holds, misconception, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.linalg.matrix_rank",),
    oracle="numpy.linalg.matrix_rank",
    section="Rank and determinant",
    topics=(
        "r0-w3-rank",
        "r0-w3-out-matrix-intuition",
        "r4-la-rank-independence",
        "r4-req-la-rank-independence",
    ),
)

# %%
import numpy as np


# %%
def matrix_rank(A: np.ndarray, rtol: float | None = None) -> int:
    """Count the singular values above rtol times the largest one.

    Parameters
    ----------
    A : array-like of shape (m, n)
    rtol : relative bound; None stands for max(m, n) * np.finfo(float).eps

    Returns
    -------
    rank : int from 0 to min(m, n). A matrix of zeros, or one without rows or columns, has rank 0.

    Raises
    ------
    ValueError : A does not have exactly two axes
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    if A.ndim != 2:
        raise ValueError("A must have two axes")
    if A.size == 0:
        return 0
    if rtol is None:
        rtol = max(A.shape) * np.finfo(float).eps
    values = np.linalg.svd(A, compute_uv=False)
    return int(np.sum(values > rtol * values[0]))
    ### END SOLUTION


# %%
@helper
def table_of_rank(rank, m, n, rng):
    """Return an (m, n) matrix of small whole numbers that has exactly this rank, its rows and columns mixed."""
    left = np.vstack([np.eye(rank), rng.integers(-2, 3, size=(m - rank, rank))])
    right = np.hstack([np.eye(rank), rng.integers(-2, 3, size=(rank, n - rank))])
    return left[rng.permutation(m)] @ right[:, rng.permutation(n)]


# %%
@check
def counts_independent_columns(matrix_rank):
    """Proportional columns count once: [[1, 2], [2, 4], [3, 6]] has rank 1, and one other column makes it 2."""
    same(matrix_rank(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])), 1, what="the rank")
    same(matrix_rank([[1, 2, 0], [2, 4, 1], [3, 6, 0]]), 2, what="the rank")


# %%
@check
def a_matrix_of_zeros_has_rank_0(matrix_rank):
    """A matrix of zeros has rank 0."""
    same(matrix_rank(np.zeros((2, 3))), 0, what="the rank of a matrix of zeros")


# %%
@check
def a_vector_raises(matrix_rank):
    """An array with one axis is no matrix and raises ValueError."""
    raises(ValueError, matrix_rank, np.array([1.0, 2.0, 3.0]))


# %%
@hidden(weight=2)
def agrees_with_a_known_rank(matrix_rank, rng):
    """A product of an (m, r) and an (r, n) matrix of full rank has rank r."""
    for rank, m, n in ((1, 1, 2), (1, 4, 3), (2, 5, 7), (3, 8, 6), (6, 9, 9), (5, 40, 12), (9, 10, 30)):
        A = table_of_rank(rank, m, n, rng)
        same(matrix_rank(A), rank, what=f"the rank of a {m} by {n} matrix")
        same(matrix_rank(0.1 * A), int(np.linalg.matrix_rank(0.1 * A)), what=f"the rank of a {m} by {n} matrix")


# %%
@hidden
def random_matrices_have_full_rank(matrix_rank, rng):
    """A random matrix has the largest rank that its shape allows, and so has its transpose."""
    for m, n in ((1, 1), (1, 3), (2, 2), (3, 5), (12, 4), (20, 20)):
        A = rng.normal(size=(m, n)) + np.eye(m, n)
        same(matrix_rank(A), min(m, n), what=f"the rank of a {m} by {n} matrix")
        same(matrix_rank(A.T), min(m, n), what=f"the rank of a {n} by {m} matrix")


# %%
@hidden(weight=2)
def scaling_changes_nothing(matrix_rank, rng):
    """Multiplying A by a number other than 0, however small or large, keeps its rank."""
    for factor in (1e-12, 1e-9, -3.0, 1e9):
        same(matrix_rank(factor * np.eye(4)), 4, what=f"the rank of {factor:g} times the identity")
        A = factor * table_of_rank(3, 7, 6, rng)
        same(matrix_rank(A), 3, what=f"the rank after multiplying by {factor:g}")


# %%
@hidden
def invertible_factors_change_nothing(matrix_rank, rng):
    """An invertible factor keeps the rank; the rank of a product is at most the rank of each factor."""
    for n in (2, 4, 6):
        A, B = table_of_rank(n - 1, n, n, rng), table_of_rank(max(1, n - 2), n, n, rng)
        T = np.eye(n) + np.triu(rng.integers(-1, 2, size=(n, n)), 1)
        same(matrix_rank(T @ A), n - 1, what="the rank after an invertible factor from the left")
        same(matrix_rank(A @ T), n - 1, what="the rank after an invertible factor from the right")
        holds(matrix_rank(A @ B) <= max(1, n - 2), "The rank of A B should be at most the smaller rank of A and B.")


# %%
@hidden
def the_bound_is_the_usual_one(matrix_rank):
    """Without rtol the bound is max(m, n) * eps: a ratio of 1e-13 counts, and in a 2 by 8 matrix 1e-15 does not."""
    same(matrix_rank(np.diag([1.0, 1e-13])), 2, what="the rank of diag(1, 1e-13)")
    same(matrix_rank(np.diag([1.0, 1e-17])), 1, what="the rank of diag(1, 1e-17)")
    same(matrix_rank(np.array([[1.0, 1.0], [1.0, 1.0 + 1e-10]])), 2, what="the rank of two nearly equal rows")
    wide = np.zeros((2, 8))
    wide[0, 0], wide[1, 1] = 1.0, 1e-15  # the bound is 1.8e-15
    same(matrix_rank(wide), 1, what="the rank of a 2 by 8 matrix with the singular values 1 and 1e-15")
    same(matrix_rank(wide.T), 1, what="the rank of an 8 by 2 matrix with the singular values 1 and 1e-15")


# %%
@hidden
def the_bound_can_be_chosen(matrix_rank):
    """A given rtol is compared with the ratio to the largest singular value."""
    A = np.diag([100.0, 1.0, 0.001])
    for rtol, rank in ((1e-6, 3), (1e-4, 2), (0.005, 2), (0.5, 1)):
        same(matrix_rank(A, rtol=rtol), rank, what=f"the rank of diag(100, 1, 0.001) with rtol = {rtol:g}")


# %%
@hidden
def single_precision_does_not_overflow(matrix_rank):
    """A matrix in single precision is converted to float64 first: with 3e38 in all four places the rank is 1."""
    same(matrix_rank(np.full((2, 2), 3e38, dtype=np.float32)), 1, what="the rank")


# %%
@hidden
def edges_of_the_contract(matrix_rank):
    """A matrix without rows has rank 0; a single number or three axes raise ValueError."""
    same(matrix_rank(np.zeros((0, 3))), 0, what="the rank of a matrix without rows")
    same(matrix_rank(np.zeros((5, 1))), 0, what="the rank of a column of zeros")
    same(matrix_rank(np.array([[0.0], [2.0]])), 1, what="the rank of one column")
    raises(ValueError, matrix_rank, np.array(3.0))
    raises(ValueError, matrix_rank, np.ones((2, 2, 2)))


# %%
@accepted
def with_a_loop_over_the_singular_values(A, rtol=None):
    matrix = np.array(A, dtype=np.float64)
    if len(matrix.shape) != 2:
        raise ValueError("not a matrix")
    m, n = matrix.shape
    if m == 0 or n == 0:
        return 0
    bound = max(m, n) * 2.0**-52 if rtol is None else rtol
    values = np.linalg.svd(matrix)[1]
    largest = max(values)
    rank = 0
    for value in values:
        if value > bound * largest:
            rank += 1
    return rank


# %%
@accepted
def with_ratios_of_scipy(A, rtol=None):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2:
        raise ValueError("not a matrix")
    if 0 in A.shape or not A.any():
        return 0
    values = linalg.svdvals(A)
    return np.count_nonzero(values / values.max() > (np.finfo(float).eps * max(A.shape) if rtol is None else rtol))


# %%
@misconception(
    caught_by="counts_independent_columns",
    hint="Rounding makes the zeros 1e-16; compare each singular value with the largest.",
)
def counts_singular_values_that_are_not_zero(A, rtol=None):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2:
        raise ValueError("A must have two axes")
    if A.size == 0:
        return 0
    values = np.linalg.svd(A, compute_uv=False)
    if rtol is not None:
        return int(np.sum(values > rtol * values[0]))
    return int(np.sum(values != 0))


# %%
@misconception(
    caught_by="scaling_changes_nothing",
    hint="The matrix 1e-12 I still has full rank; the bound grows and shrinks with the largest singular value.",
)
def uses_a_fixed_bound(A, rtol=None):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2:
        raise ValueError("A must have two axes")
    if A.size == 0:
        return 0
    values = np.linalg.svd(A, compute_uv=False)
    return int(np.sum(values > (1e-10 if rtol is None else rtol * values[0])))


# %%
@misconception(
    caught_by="counts_independent_columns",
    hint="Rows can be nonzero and still depend on each other; count large singular values.",
)
def counts_rows_that_are_not_zero(A, rtol=None):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2:
        raise ValueError("A must have two axes")
    if A.size == 0:
        return 0
    lengths = np.linalg.norm(A, axis=1)
    rtol = max(A.shape) * np.finfo(float).eps if rtol is None else rtol
    return int(np.sum(lengths > rtol * lengths.max()))


# %%
@misconception(
    caught_by="the_bound_can_be_chosen",
    hint="A given rtol is relative: multiply it by the largest singular value before you compare.",
)
def takes_rtol_as_an_absolute_bound(A, rtol=None):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2:
        raise ValueError("A must have two axes")
    if A.size == 0:
        return 0
    values = np.linalg.svd(A, compute_uv=False)
    if rtol is None:
        rtol = max(A.shape) * np.finfo(float).eps * values[0]
    return int(np.sum(values > rtol))


# %%
@misconception(
    caught_by="a_matrix_of_zeros_has_rank_0",
    hint="For a matrix of zeros the bound is 0 as well; count values strictly above the bound.",
)
def counts_values_on_the_bound(A, rtol=None):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2:
        raise ValueError("A must have two axes")
    if A.size == 0:
        return 0
    if rtol is None:
        rtol = max(A.shape) * np.finfo(float).eps
    values = np.linalg.svd(A, compute_uv=False)
    return int(np.sum(values >= rtol * values[0]))

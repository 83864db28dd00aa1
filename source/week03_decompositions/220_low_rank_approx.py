# %% [markdown]
# ### Low-rank approximation
#
# Most tables of data are nearly of low rank: a few patterns, mixed in different amounts, explain almost everything.
# The singular value decomposition finds the best such summary. It is the step behind image compression,
# recommendations and PCA.
#
# Write $A = \sum_i \sigma_i u_i v_i^\top$ with $\sigma_1 \ge \sigma_2 \ge \dots \ge 0$. Keep the first $k$ terms:
# $$A_k = \sum_{i=1}^{k} \sigma_i u_i v_i^\top .$$
# The theorem of Eckart and Young says that no matrix of rank at most $k$ is closer to $A$. The squared error is what
# you left out: $\lVert A - A_k \rVert_F^2 = \sigma_{k+1}^2 + \sigma_{k+2}^2 + \dots$ Here $\lVert \cdot \rVert_F$ is
# the Frobenius norm, the root of the sum of all squared entries.
#
# **By hand.** $A = \begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}$ has $\sigma_1 = 3$ with $u_1 = v_1 = (1, 1)/\sqrt 2$,
# and $\sigma_2 = 1$ with $u_2 = v_2 = (1, -1)/\sqrt 2$. So
# $A_1 = 3 u_1 v_1^\top = \begin{pmatrix} 1.5 & 1.5 \\ 1.5 & 1.5 \end{pmatrix}$. The error $A - A_1$ has the entries
# $\pm 0.5$. Their squares add up to $1 = \sigma_2^2$.
#
# Return $A_k$, an array with the shape of $A$. You may use `np.linalg.svd`; with `full_matrices=False` it returns $U$,
# the singular values (largest first) and $V^\top$ in thin form.

# %%
from autograder.kit import T2, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="numpy.linalg.svd, scipy.linalg.svdvals",
    section="Low-rank approximation",
    topics=(
        "r0-w3-goal",
        "r0-w3-svd",
        "r0-w3-out-pca-math",
        "r0-w3-out-matrix-intuition",
        "r1-t01-svd",
        "r2-o1-svd",
        "r2-sum-linear-algebra",
        "r2-a1-svd",
        "r2-a-end-math-foundations",
        "r2-b1-eigen-svd",
        "r2-b1-numpy-basics",
        "r2-b-end-core-math",
        "r3-3-1-indexing-slicing",
        "r4-la-svd",
        "r4-nice-la-svd",
    ),
)

# %%
import numpy as np


# %%
def low_rank_approx(A: np.ndarray, k: int) -> np.ndarray:
    """Return the best approximation of A by a matrix of rank at most k.

    Parameters
    ----------
    A : array-like of shape (m, n)
    k : number of singular triples to keep, 0 <= k <= min(m, n); k = 0 gives zeros

    Returns
    -------
    array of shape (m, n)

    Raises
    ------
    ValueError : A is not a matrix, or k is outside 0 .. min(m, n)
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    if A.ndim != 2:
        raise ValueError("A must be a matrix")
    if not 0 <= k <= min(A.shape):
        raise ValueError("k must lie between 0 and min(m, n)")
    U, S, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * S[:k]) @ Vt[:k]
    ### END SOLUTION


# %%
@helper
def singular_values(A):
    """Return the singular values of A, largest first."""
    return np.linalg.svd(A, compute_uv=False)


@helper
def matrix_of_singular_values(values, m, n, rng):
    """Return an m by n matrix with the given singular values and random singular vectors."""
    U, _ = np.linalg.qr(rng.normal(size=(m, len(values))))
    V, _ = np.linalg.qr(rng.normal(size=(n, len(values))))
    return U @ np.diag(values) @ V.T


# %%
@check
def rank_one_of_the_2_by_2_example(low_rank_approx):
    """The best rank-1 approximation of [[2, 1], [1, 2]] has 1.5 in every place."""
    close(low_rank_approx(np.array([[2.0, 1.0], [1.0, 2.0]]), 1), np.full((2, 2), 1.5), **T2, what="A_1")


# %%
@check
def all_terms_give_the_matrix_back(low_rank_approx):
    """With k = min(m, n) the approximation is A itself."""
    A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])
    close(low_rank_approx(A, 2), A, **T2, what="A_2")


# %%
@check
def more_terms_than_there_are_raise(low_rank_approx):
    """A 2 by 3 matrix has two singular values, so k = 3 raises ValueError."""
    raises(ValueError, low_rank_approx, np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]), 3)


# %%
@hidden(weight=2)
def the_squared_error_is_the_sum_of_the_dropped_squares(low_rank_approx, rng):
    """The squared Frobenius error is the sum of the squares of the dropped singular values."""
    for m, n, k in ((2, 2, 1), (3, 2, 1), (2, 4, 1), (5, 5, 3), (8, 20, 6), (30, 12, 5)):
        A = rng.normal(size=(m, n)) + 1.0
        error = float(np.sum((A - array(low_rank_approx(A, k), (m, n), what="A_k")) ** 2))
        close(error, float(np.sum(singular_values(A)[k:] ** 2)), **T2, what="the squared error")


# %%
@hidden(weight=2)
def the_rank_is_at_most_k(low_rank_approx, rng):
    """The approximation has rank at most k."""
    for m, n, k in ((2, 2, 1), (4, 3, 1), (3, 7, 2), (12, 9, 4)):
        A = rng.normal(size=(m, n)) + 2.0
        values = singular_values(array(low_rank_approx(A, k), (m, n), what="A_k"))
        holds(values[k] <= 1e-9 * (1 + values[0]), f"The approximation should have rank at most {k}.")


# %%
@hidden
def the_largest_stretch_of_the_error_is_the_next_singular_value(low_rank_approx, rng):
    """The largest singular value of A - A_k is the first dropped singular value of A."""
    for m, n, k in ((2, 3, 1), (4, 4, 2), (10, 6, 3)):
        A = matrix_of_singular_values(5.0 * 0.6 ** np.arange(min(m, n)), m, n, rng)
        gap = A - array(low_rank_approx(A, k), (m, n), what="A_k")
        close(float(singular_values(gap)[0]), float(5.0 * 0.6**k), **T2, what="the largest singular value of A - A_k")


# %%
@hidden
def no_other_matrix_of_rank_k_is_closer(low_rank_approx, rng):
    """No matrix of rank k that we tried is closer to A."""
    for m, n, k in ((3, 3, 1), (6, 4, 2)):
        A = rng.normal(size=(m, n))
        ours = float(np.linalg.norm(A - array(low_rank_approx(A, k), (m, n), what="A_k")))
        U, S, Vt = np.linalg.svd(A, full_matrices=False)
        for size in (0.01, 0.1, 1.0):
            left = U[:, :k] * S[:k] + size * rng.normal(size=(m, k))
            other = left @ (Vt[:k] + size * rng.normal(size=(k, n)))
            holds(ours <= np.linalg.norm(A - other) + 1e-9, "There is a matrix of rank k that is closer to A.")


# %%
@hidden
def no_terms_give_zeros(low_rank_approx, rng):
    """With k = 0 the approximation is the zero matrix."""
    for m, n in ((1, 1), (2, 3), (5, 2)):
        close(low_rank_approx(rng.normal(size=(m, n)) + 1.0, 0), np.zeros((m, n)), **T2, what="A_0")


# %%
@hidden
def a_matrix_of_rank_r_is_found_exactly(low_rank_approx, rng):
    """A matrix of rank r equals its rank-r approximation, also for whole numbers and for large entries."""
    A = np.outer([1, 2, 3], [2, 0, -1, 5])
    close(low_rank_approx(A, 1), A.astype(float), **T2, what="A_1 of an outer product")
    for r in (1, 2, 3):
        A = matrix_of_singular_values(3.0 + np.arange(r), 7, 5, rng)
        close(low_rank_approx(A, r), A, **T2, what=f"A_{r} of a matrix of rank {r}")
        scaled = array(low_rank_approx(1e6 * A, r), (7, 5), what="A_k")
        close(scaled / 1e6, A, **T2, what=f"A_{r} of 1e6 A, divided by 1e6")


# %%
@hidden
def lists_and_single_precision_are_welcome(low_rank_approx):
    """Lists and single precision are converted to float64 first, so that the approximation has nine digits."""
    close(low_rank_approx([[2, 1], [1, 2]], 1), np.full((2, 2), 1.5), **T2, what="A_1 of a list of rows")
    A = np.array([[2.0, 1.0], [1.0, 2.0]], dtype=np.float32)
    close(low_rank_approx(A, 1), np.full((2, 2), 1.5), **T2, what="A_1 of a matrix in single precision")


# %%
@hidden
def bad_input_raises(low_rank_approx):
    """A negative k, a k that is too large or an array that is not a matrix raises ValueError."""
    raises(ValueError, low_rank_approx, np.eye(3), -1)
    raises(ValueError, low_rank_approx, np.ones((5, 2)), 3)
    raises(ValueError, low_rank_approx, np.arange(4.0), 1)
    raises(ValueError, low_rank_approx, np.ones((2, 2, 2)), 1)


# %%
@accepted
def with_a_sum_of_outer_products(A, k):
    matrix = np.array(A, dtype=np.float64)
    if matrix.ndim != 2 or k < 0 or k > min(matrix.shape):
        raise ValueError("not possible")
    U, S, Vt = np.linalg.svd(matrix)
    total = np.zeros(matrix.shape)
    for i in range(k):
        total += S[i] * np.outer(U[:, i], Vt[i])
    return total


# %%
@accepted
def with_the_dropped_terms_subtracted(A, k):
    from scipy import linalg

    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or k not in range(min(A.shape) + 1):
        raise ValueError("not possible")
    U, S, Vt = linalg.svd(A, full_matrices=False)
    return A - U[:, k:] @ np.diag(S[k:]) @ Vt[k:, :]


# %%
@misconception(
    caught_by="the_squared_error_is_the_sum_of_the_dropped_squares",
    hint="The singular values come sorted, largest first; keep the first k.",
)
def keeps_the_smallest_singular_values(A, k):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or not 0 <= k <= min(A.shape):
        raise ValueError("A must be a matrix and k between 0 and min(m, n)")
    U, S, Vt = np.linalg.svd(A, full_matrices=False)
    start = len(S) - k
    return (U[:, start:] * S[start:]) @ Vt[start:]


# %%
@misconception(
    caught_by="the_squared_error_is_the_sum_of_the_dropped_squares",
    hint="U[:, :k] @ Vt[:k] has lost all lengths; multiply by the singular values in between.",
)
def forgets_the_singular_values(A, k):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or not 0 <= k <= min(A.shape):
        raise ValueError("A must be a matrix and k between 0 and min(m, n)")
    U, _, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] @ Vt[:k]


# %%
@misconception(
    caught_by="the_rank_is_at_most_k",
    hint="This is not PCA; approximate A itself and do not subtract the mean.",
)
def centres_the_columns_first(A, k):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or not 0 <= k <= min(A.shape):
        raise ValueError("A must be a matrix and k between 0 and min(m, n)")
    mean = A.mean(axis=0)
    U, S, Vt = np.linalg.svd(A - mean, full_matrices=False)
    return mean + (U[:, :k] * S[:k]) @ Vt[:k]


# %%
@misconception(
    caught_by="the_rank_is_at_most_k",
    hint="The slice :k already takes k terms, numbers 0 to k - 1; :k + 1 takes one too many.",
)
def keeps_one_term_too_many(A, k):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or not 0 <= k <= min(A.shape):
        raise ValueError("A must be a matrix and k between 0 and min(m, n)")
    U, S, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, : k + 1] * S[: k + 1]) @ Vt[: k + 1]


# %%
@misconception(
    caught_by="the_squared_error_is_the_sum_of_the_dropped_squares",
    hint="np.linalg.svd returns V already transposed; its first k rows are needed, not its columns.",
)
def takes_the_columns_of_vt(A, k):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or not 0 <= k <= min(A.shape):
        raise ValueError("A must be a matrix and k between 0 and min(m, n)")
    U, S, Vt = np.linalg.svd(A)
    return (U[:, :k] * S[:k]) @ Vt[:, :k].T

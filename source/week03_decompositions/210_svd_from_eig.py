# %% [markdown]
# ### The SVD from an eigenvalue problem
#
# Eigenvalues need a square matrix. Data tables are not square, and even a square matrix may have too few eigenvectors
# for a basis. The singular value decomposition always exists. In this exercise you build it from what you already have.
#
# Every $A$ of shape $(m, n)$ is $A = U \,\mathrm{diag}(\sigma)\, V^\top$ with orthonormal columns in $U$ and $V$ and
# with $\sigma_1 \ge \sigma_2 \ge \dots \ge 0$. Insert this into $A^\top A$ and $U$ disappears:
# $$A^\top A = V \,\mathrm{diag}(\sigma^2)\, V^\top .$$
# So the $v_i$ are eigenvectors of the symmetric matrix $A^\top A$, and $\sigma_i$ is the square root of the
# eigenvalue. Then $u_i = A v_i / \sigma_i$. If $A$ is wide ($m < n$), work with the smaller matrix $A A^\top$, which
# is the same as working with the transpose of $A$.
#
# **By hand.** $A = \begin{pmatrix} 3 & 0 \\ 4 & 5 \end{pmatrix}$ gives
# $A^\top A = \begin{pmatrix} 25 & 20 \\ 20 & 25 \end{pmatrix}$ with the eigenvalues $45$ and $5$ and the eigenvectors
# $v_1 = (1, 1)/\sqrt 2$ and $v_2 = (1, -1)/\sqrt 2$. So $\sigma = (\sqrt{45}, \sqrt 5) = (6.708, 2.236)$, and
# $u_1 = A v_1 / \sigma_1 = (3, 9)/\sqrt{90} = (0.316, 0.949)$.
#
# **Zero singular values.** If $\sigma_i = 0$, you cannot divide by it. Then any unit vector orthogonal to the columns
# that you already have will do: $\mathrm{diag}(\sigma)$ multiplies it by zero.
#
# **A price to know.** Squaring the matrix squares the singular values, and the small ones drown in rounding. A
# singular value of $10^{-8} \sigma_1$ has the square $10^{-16} \sigma_1^2$: nothing reliable is left of it. That is
# why libraries use other methods, and why everything below $10^{-6} \sigma_1$ counts as zero here.
#
# Return $U$ of shape (m, r), the singular values of shape (r,) and $V^\top$ of shape (r, n) with $r = \min(m, n)$. You
# may use `np.linalg.eigh`, which returns the eigenvalues of a symmetric matrix in *ascending* order, and
# `np.linalg.qr`.

# %%
from autograder.kit import (
    T2,
    T3,
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
    points=12,
    minutes=45,
    level=3,
    banned=("numpy.linalg.svd*", "scipy.linalg.svd*", "numpy.linalg.pinv"),
    oracle="numpy.linalg.svd",
    section="Singular value decomposition",
    topics=(
        "r0-w3-goal",
        "r0-w3-svd",
        "r1-t01-svd",
        "r2-o1-svd",
        "r2-sum-linear-algebra",
        "r2-a1-svd",
        "r2-b1-eigen-svd",
        "r4-la-svd",
        "r4-nice-la-svd",
    ),
)

# %%
import numpy as np


# %%
def svd_from_eig(A: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the thin singular value decomposition A = U diag(S) Vt, computed from an eigenvalue problem.

    Parameters
    ----------
    A : array-like of shape (m, n), m >= 1 and n >= 1; below, r = min(m, n)

    Returns
    -------
    (U, S, Vt) : arrays of shape (m, r), (r,) and (r, n).
        S is >= 0 and descending; a value of at most 1e-6 S[0] counts as zero and is returned as 0.
        The columns of U and the rows of Vt are orthonormal, also where S is zero.
        In each row of Vt the entry with the largest magnitude is positive (the first one on ties).

    Raises
    ------
    ValueError : A is not a matrix, or it is empty
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0:
        raise ValueError("A must be a matrix with at least one entry")
    m, n = A.shape
    tall = A if m >= n else A.T
    values, right = np.linalg.eigh(tall.T @ tall)
    values, right = values[::-1], right[:, ::-1]
    S = np.sqrt(np.maximum(values, 0.0))
    S[S <= 1e-6 * S[0]] = 0.0
    rank = np.count_nonzero(S)
    left = tall @ right[:, :rank] / S[:rank]
    orthogonal_to_left = np.linalg.qr(left, mode="complete")[0][:, rank : len(S)]
    left = np.hstack([left, orthogonal_to_left])
    U, V = (left, right) if m >= n else (right, left)
    signs = np.sign(V[np.argmax(np.abs(V), axis=0), np.arange(len(S))])
    return U * signs, S, (V * signs).T
    ### END SOLUTION


# %%
@helper
def matrix_of_singular_values(values, m, n, rng):
    """Return an m by n matrix with the given singular values and random singular vectors."""
    U, _ = np.linalg.qr(rng.normal(size=(m, len(values))))
    V, _ = np.linalg.qr(rng.normal(size=(n, len(values))))
    return U @ np.diag(values) @ V.T


@helper
def factors(answer, m, n):
    """Return U, S and Vt as float arrays of the right shapes."""
    U, S, Vt = answer
    r = min(m, n)
    return array(U, (m, r), what="U"), array(S, (r,), what="S"), array(Vt, (r, n), what="Vt")


# %%
@check
def finds_the_singular_values_of_the_example(svd_from_eig):
    """For [[3, 0], [4, 5]] the singular values are sqrt(45) and sqrt(5), and U diag(S) Vt is the matrix again."""
    A = np.array([[3.0, 0.0], [4.0, 5.0]])
    U, S, Vt = factors(svd_from_eig(A), 2, 2)
    close(S, np.sqrt([45.0, 5.0]), **T3, what="S")
    close(U * S @ Vt, A, **T3, what="U diag(S) Vt")


# %%
@check
def a_wide_matrix_has_thin_factors(svd_from_eig):
    """For a 2 by 3 matrix the factors have the shapes (2, 2), (2,) and (2, 3) and multiply back to it."""
    A = np.array([[3.0, 2.0, 2.0], [2.0, 3.0, -2.0]])
    U, S, Vt = factors(svd_from_eig(A), 2, 3)
    close(S, np.array([5.0, 3.0]), **T3, what="S")
    close(U * S @ Vt, A, **T3, what="U diag(S) Vt")


# %%
@check
def a_plain_vector_raises(svd_from_eig):
    """An array that is not a matrix raises ValueError."""
    raises(ValueError, svd_from_eig, np.array([1.0, 2.0]))


# %%
@hidden(weight=2)
def the_factors_multiply_back_to_a(svd_from_eig, rng):
    """The product U diag(S) Vt is A."""
    for m, n in ((1, 1), (2, 1), (1, 3), (2, 2), (3, 2), (2, 4), (5, 5), (12, 4), (3, 9)):
        A = matrix_of_singular_values(4.0 * 0.6 ** np.arange(min(m, n)), m, n, rng)
        U, S, Vt = factors(svd_from_eig(A), m, n)
        close(U * S @ Vt, A, **T3, what="U diag(S) Vt")


# %%
@hidden(weight=2)
def u_and_v_have_orthonormal_columns(svd_from_eig, rng):
    """The columns of U and the rows of Vt have length one and are pairwise orthogonal."""
    for m, n in ((1, 2), (2, 2), (4, 2), (2, 5), (6, 6), (20, 5)):
        A = matrix_of_singular_values(7.0 * 0.5 ** np.arange(min(m, n)), m, n, rng)
        U, _, Vt = factors(svd_from_eig(A), m, n)
        close(U.T @ U, np.eye(min(m, n)), **T3, what="U^T U")
        close(Vt @ Vt.T, np.eye(min(m, n)), **T3, what="Vt Vt^T")


# %%
@hidden
def the_singular_values_are_those_of_numpy(svd_from_eig, rng):
    """The singular values are not negative, come largest first and agree with those of np.linalg.svd."""
    for A in ([[1, 2], [3, 4]], [[0, 2, 0], [0, 0, 3]], [[-7]]):
        U, S, Vt = factors(svd_from_eig(A), *np.shape(A))
        close(S, np.linalg.svd(np.array(A, dtype=float), compute_uv=False), **T3, what="S")
        close(U * S @ Vt, np.array(A, dtype=float), **T3, what="U diag(S) Vt")
    for m, n in ((2, 3), (4, 4), (30, 10)):
        A = matrix_of_singular_values(3.0 * 0.9 ** np.arange(min(m, n)), m, n, rng)
        _, S, _ = factors(svd_from_eig(A), m, n)
        close(S, np.linalg.svd(A, compute_uv=False), **T2, what="S")
        close(float(np.sum(S**2)), float(np.sum(A**2)), **T3, what="the sum of the squares of S")


# %%
@hidden
def zero_singular_values_get_orthonormal_partners(svd_from_eig, rng):
    """Where the singular value is zero, U and Vt still have orthonormal columns and rows."""
    zero = np.zeros((3, 2))
    ones = np.ones((2, 2))
    tall = matrix_of_singular_values([3.0, 1.0], 6, 4, rng)
    for A in (zero, ones, tall, tall.T, np.diag([2.0, 0.0, 0.0])):
        m, n = A.shape
        U, S, Vt = factors(svd_from_eig(A), m, n)
        close(S, np.linalg.svd(A, compute_uv=False), rtol=1e-6, atol=1e-6, what="S")
        close(U.T @ U, np.eye(min(m, n)), **T3, what="U^T U")
        close(Vt @ Vt.T, np.eye(min(m, n)), **T3, what="Vt Vt^T")
        close(U * S @ Vt, A, rtol=1e-6, atol=1e-6, what="U diag(S) Vt")


# %%
@hidden
def dependent_columns_give_no_nan(svd_from_eig):
    """For dependent columns rounding can make an eigenvalue slightly negative; the singular value is 0 all the same."""
    for rows in ([[1, 7], [3, 21], [9, 63]], [[2, 7, 9], [3, 5, 8], [7, 1, 8]], [[1, 2, 3], [2, 4, 6], [3, 6, 9]]):
        A = np.array(rows, dtype=float)
        _, S, _ = factors(svd_from_eig(A), *A.shape)
        close(S, np.linalg.svd(A, compute_uv=False), **T3, what="S")


# %%
@hidden
def what_counts_as_zero_is_relative(svd_from_eig):
    """A singular value of 1e-4 times the largest is kept, one of 1e-7 times the largest is returned as 0."""
    for scale in (1.0, 1e5):
        _, S, _ = factors(svd_from_eig(scale * np.array([[1.0, 0.0], [0.0, 1e-4]])), 2, 2)
        close(S / scale, np.array([1.0, 1e-4]), **T3, what=f"the singular values, divided by {scale:g}")
        _, S, _ = factors(svd_from_eig(scale * np.array([[1.0, 0.0], [0.0, 1e-7]])), 2, 2)
        same(float(S[1]), 0.0, what="the second singular value")


# %%
@hidden
def small_integers_do_not_wrap_around(svd_from_eig):
    """A picture of 8-bit integers is converted to float64 first: 30 * 30 does not fit into eight bits."""
    U, S, Vt = factors(svd_from_eig(np.array([[30, 0], [40, 50]], dtype=np.uint8)), 2, 2)
    close(S, 10 * np.sqrt([45.0, 5.0]), **T3, what="S")
    close(U * S @ Vt, np.array([[30.0, 0.0], [40.0, 50.0]]), **T3, what="U diag(S) Vt")


# %%
@hidden
def the_transpose_has_the_same_singular_values(svd_from_eig, rng):
    """The matrix and its transpose have the same singular values; turning the rows or columns changes nothing."""
    for m, n in ((2, 3), (5, 3)):
        A = rng.normal(size=(m, n))
        turn, _ = np.linalg.qr(rng.normal(size=(m, m)))
        _, S, _ = factors(svd_from_eig(A), m, n)
        _, S_of_transpose, _ = factors(svd_from_eig(A.T.copy()), n, m)
        _, S_of_turned, _ = factors(svd_from_eig(turn @ A), m, n)
        close(S_of_transpose, S, **T3, what="the singular values of the transpose")
        close(S_of_turned, S, **T3, what="the singular values of Q A with orthogonal Q")


# %%
@hidden
def scaling_the_matrix_scales_the_singular_values_only(svd_from_eig, rng):
    """Multiplying A by 1e-6 or 1e6 multiplies S by the same factor and leaves U and Vt as they are."""
    A = matrix_of_singular_values([3.0, 2.0, 0.5], 5, 3, rng)
    U, S, Vt = factors(svd_from_eig(A), 5, 3)
    for scale in (1e-6, 1e6):
        U_scaled, S_scaled, Vt_scaled = factors(svd_from_eig(scale * A), 5, 3)
        close(S_scaled / scale, S, **T3, what=f"the singular values of {scale:g} A, divided by {scale:g}")
        close(U_scaled, U, **T3, what=f"U of {scale:g} A")
        close(Vt_scaled, Vt, **T3, what=f"Vt of {scale:g} A")


# %%
@hidden
def the_largest_entry_of_each_row_of_vt_is_positive(svd_from_eig, rng):
    """In each row of Vt the entry with the largest magnitude is positive."""
    for m, n in ((2, 2), (4, 3), (3, 6), (8, 8)):
        _, _, Vt = factors(svd_from_eig(rng.normal(size=(m, n))), m, n)
        for row in Vt:
            holds(
                row.max() > -row.min() * (1 - 1e-9),
                "In each row of Vt the entry with the largest magnitude should be positive.",
            )


# %%
@hidden
def an_empty_or_higher_dimensional_array_raises(svd_from_eig):
    """An empty matrix or an array with three axes raises ValueError."""
    raises(ValueError, svd_from_eig, np.zeros((0, 3)))
    raises(ValueError, svd_from_eig, np.zeros((2, 2, 2)))


# %%
@accepted
def one_triple_after_the_other(A):
    matrix = np.array(A, dtype=np.float64)
    if matrix.ndim != 2 or 0 in matrix.shape:
        raise ValueError("not a matrix")
    if matrix.shape[0] < matrix.shape[1]:
        left, S, right_rows = one_triple_after_the_other(matrix.T)
        U, V = right_rows.T.copy(), left.copy()
    else:
        values, vectors = np.linalg.eigh(matrix.T @ matrix)
        triples = []
        for i in np.argsort(-values):
            size = max(float(values[i]), 0.0) ** 0.5
            size = size if triples and size > 1e-6 * triples[0][0] or not triples else 0.0
            candidates = [matrix @ vectors[:, i]] if size > 0 else list(np.eye(len(matrix)))
            for candidate in candidates:
                if size > 0:
                    u = candidate / size
                    break
                u = candidate.copy()
                for _ in range(2):
                    for _, earlier, _ in triples:
                        u -= (earlier @ u) * earlier
                if np.linalg.norm(u) > 1 / (2 * len(matrix)):
                    u /= np.linalg.norm(u)
                    break
            triples.append((size, u, vectors[:, i]))
        S = np.array([size for size, _, _ in triples])
        U = np.column_stack([u for _, u, _ in triples])
        V = np.column_stack([v for _, _, v in triples])
    for j in range(len(S)):
        if V[np.abs(V[:, j]).argmax(), j] < 0:
            U[:, j], V[:, j] = -U[:, j], -V[:, j]
    return U, S, V.T


# %%
@accepted
def with_the_qr_factors_of_a_v(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0:
        raise ValueError("not a matrix")
    wide = A.shape[0] < A.shape[1]
    B = A.T if wide else A
    values, V = np.linalg.eigh(-(B.T @ B))
    # The columns of B V are orthogonal, so its QR factor R is diagonal and holds the singular values up to sign.
    U, R = np.linalg.qr(B @ V)
    S = np.abs(np.diag(R))
    S = np.where(S > 1e-6 * np.sqrt(max(-values[0], 0.0)), S, 0.0)
    U = U * np.where(np.diag(R) < 0, -1.0, 1.0)
    U, V = (V, U) if wide else (U, V)
    flip = np.where(V.max(axis=0) >= -V.min(axis=0), 1.0, -1.0)
    return U * flip, S, (V * flip).T


# %%
@misconception(
    caught_by="the_singular_values_are_those_of_numpy",
    hint="The eigenvalues of A^T A are the squares; take the square root.",
)
def forgets_the_square_root(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0:
        raise ValueError("A must be a matrix with at least one entry")
    tall = A if A.shape[0] >= A.shape[1] else A.T
    values, right = np.linalg.eigh(tall.T @ tall)
    S, right = np.maximum(values[::-1], 0.0), right[:, ::-1]
    S[S <= 1e-12 * S[0]] = 0.0
    rank = np.count_nonzero(S)
    left = tall @ right[:, :rank] / np.sqrt(S[:rank])
    left = np.hstack([left, np.linalg.qr(left, mode="complete")[0][:, rank : len(S)]])
    U, V = (left, right) if tall is A else (right, left)
    signs = np.sign(V[np.argmax(np.abs(V), axis=0), np.arange(len(S))])
    return U * signs, S, (V * signs).T


# %%
@misconception(
    caught_by="the_singular_values_are_those_of_numpy",
    hint="eigh sorts ascending; reverse the values and the vectors, largest first.",
)
def keeps_the_ascending_order(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0:
        raise ValueError("A must be a matrix with at least one entry")
    tall = A if A.shape[0] >= A.shape[1] else A.T
    values, right = np.linalg.eigh(tall.T @ tall)
    S = np.sqrt(np.maximum(values, 0.0))
    S[S <= 1e-6 * S[-1]] = 0.0
    zeros = len(S) - np.count_nonzero(S)
    left = tall @ right[:, zeros:] / S[zeros:]
    left = np.hstack([np.linalg.qr(left, mode="complete")[0][:, len(S) - zeros : len(S)], left])
    U, V = (left, right) if tall is A else (right, left)
    signs = np.sign(V[np.argmax(np.abs(V), axis=0), np.arange(len(S))])
    return U * signs, S, (V * signs).T


# %%
@misconception(
    caught_by="the_factors_multiply_back_to_a",
    hint="Two separate eigenvalue problems give signs that do not match; compute U = A V / S.",
)
def solves_two_separate_eigenproblems(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0:
        raise ValueError("A must be a matrix with at least one entry")
    r = min(A.shape)
    U = np.linalg.eigh(A @ A.T)[1][:, ::-1][:, :r]
    values, V = np.linalg.eigh(A.T @ A)
    S, V = np.sqrt(np.maximum(values[::-1][:r], 0.0)), V[:, ::-1][:, :r]
    S[S <= 1e-6 * S[0]] = 0.0
    return (
        U * np.sign(U[np.argmax(np.abs(U), axis=0), np.arange(r)]),
        S,
        (V * np.sign(V[np.argmax(np.abs(V), axis=0), np.arange(r)])).T,
    )


# %%
@misconception(
    caught_by="zero_singular_values_get_orthonormal_partners",
    hint="Rounding makes zero eigenvalues slightly negative: clip at 0, and complete U for zero singular values.",
)
def divides_by_zero_singular_values(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0:
        raise ValueError("A must be a matrix with at least one entry")
    tall = A if A.shape[0] >= A.shape[1] else A.T
    values, right = np.linalg.eigh(tall.T @ tall)
    with np.errstate(all="ignore"):
        S, right = np.sqrt(values[::-1]), right[:, ::-1]
        left = tall @ right / S
    U, V = (left, right) if tall is A else (right, left)
    signs = np.sign(V[np.argmax(np.abs(V), axis=0), np.arange(len(S))])
    return U * signs, S, (V * signs).T


# %%
@misconception(
    caught_by="u_and_v_have_orthonormal_columns",
    hint="A wide matrix has only m singular values; work with A A^T, or with the transpose of A.",
)
def treats_a_wide_matrix_like_a_tall_one(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0:
        raise ValueError("A must be a matrix with at least one entry")
    m, n = A.shape
    values, V = np.linalg.eigh(A.T @ A)
    S, V = np.sqrt(np.maximum(values[::-1], 0.0)), V[:, ::-1]
    S[S <= 1e-6 * S[0]] = 0.0
    rank = np.count_nonzero(S)
    U = np.zeros((m, n))
    U[:, :rank] = A @ V[:, :rank] / S[:rank]
    more = min(m, n)
    U[:, rank:more] = np.linalg.qr(U[:, :rank], mode="complete")[0][:, rank:more]
    signs = np.sign(V[np.argmax(np.abs(V), axis=0), np.arange(n)])
    return U * signs, S, (V * signs).T

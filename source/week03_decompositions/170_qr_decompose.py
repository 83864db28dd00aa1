# %% [markdown]
# ### QR decomposition
#
# Gram–Schmidt replaces the columns of $A$ by orthonormal ones. Write down the numbers you subtract and divide by, and
# you have factored the matrix: $A = Q R$. Least squares, eigenvalue methods and many statistics programs start with
# it, because $Q$ does not enlarge rounding errors.
#
# In the *thin* form $A$ has shape $(m, n)$ with $m \ge n$, $Q$ has the same shape and $Q^\top Q = I$. $R$ is an upper
# triangle of shape $(n, n)$: entry $r_{ij} = q_i \cdot a_j$ for $i \le j$, and exactly 0 below the diagonal. If all
# $r_{jj}$ are positive, then both factors are unique.
#
# **By hand.** The columns are $a_1 = (2, 2, 1)$ and $a_2 = (5, 2, 4)$. $r_{11} = \lVert a_1 \rVert = 3$, so
# $q_1 = \frac13 (2, 2, 1)$. Then $r_{12} = q_1 \cdot a_2 = \frac13 (10 + 4 + 4) = 6$. What is left is
# $a_2 - 6 q_1 = (1, -2, 2)$, of length $r_{22} = 3$. So
# $Q = \frac13 \begin{pmatrix} 2 & 1 \\ 2 & -2 \\ 1 & 2 \end{pmatrix}$ and
# $R = \begin{pmatrix} 3 & 6 \\ 0 & 3 \end{pmatrix}$.
#
# Return the tuple `Q, R`.

# %%
from autograder.kit import accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.linalg.qr", "scipy.linalg.qr*", "scipy.linalg.rq"),
    oracle="numpy.linalg.qr",
    section="Gram-Schmidt and QR",
    topics=(
        "r0-w3-orthogonality-projections",
        "r1-t01-projections-orthogonality",
        "r2-o1-orthogonality-projections",
        "r2-o6-numerical-linear-algebra",
        "r2-sum-numerical-methods",
    ),
    uses=("gram_schmidt",),
)

# %%
import numpy as np


# %%
def qr_decompose(A: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Factor A = Q R with orthonormal columns in Q and an upper triangle R with a positive diagonal (thin form).

    Parameters
    ----------
    A : array-like of shape (m, n) with m >= n and independent columns

    Returns
    -------
    (Q, R) : arrays of shape (m, n) and (n, n); the entries of R below the diagonal are exactly 0

    Raises
    ------
    ValueError : A does not have two axes, m < n, or the columns are dependent
        (what is left of a column is at most 1e-10 times as long as the column itself)
    """
    ### BEGIN SOLUTION
    Q = np.array(A, dtype=float)
    if Q.ndim != 2 or Q.shape[0] < Q.shape[1]:
        raise ValueError("A must have shape (m, n) with m >= n")
    n = Q.shape[1]
    R = np.zeros((n, n))
    for j in range(n):
        w = Q[:, j].copy()
        length = np.linalg.norm(w)
        for i in range(j):
            R[i, j] = Q[:, i] @ w
            w -= R[i, j] * Q[:, i]
        R[j, j] = np.linalg.norm(w)
        if R[j, j] <= 1e-10 * length:
            raise ValueError(f"column {j} depends on the columns before it")
        Q[:, j] = w / R[j, j]
    return Q, R
    ### END SOLUTION


# %%
@helper
def columns(m, n, rng):
    """Return an (m, n) matrix whose columns are independent and far from dependent."""
    return rng.normal(size=(m, n)) + 3 * np.eye(m, n)


# %%
@helper
def both_factors(answer, m, n):
    """Return Q and R as float arrays, failing unless they have the shapes (m, n) and (n, n)."""
    Q, R = answer
    return array(Q, (m, n), what="Q"), array(R, (n, n), what="R")


# %%
@helper
def reflected(A):
    """Return the full factors, (m, m) and (m, n), found by reflections, raising what the contract asks for."""
    R = np.array(A, dtype=float)
    if R.ndim != 2 or R.shape[0] < R.shape[1]:
        raise ValueError("A must have shape (m, n) with m >= n")
    lengths = np.linalg.norm(R, axis=0)
    Q = np.eye(len(R))
    for k in range(R.shape[1]):
        v = R[k:, k].copy()
        rest = np.linalg.norm(v)
        if rest <= 1e-10 * lengths[k]:
            raise ValueError("dependent")
        v[0] += np.copysign(rest, v[0])
        v /= np.linalg.norm(v)
        R[k:, k:] -= 2 * np.outer(v, v @ R[k:, k:])
        Q[:, k:] -= 2 * np.outer(Q[:, k:] @ v, v)
    return Q, np.triu(R)


# %%
@check
def the_example_from_the_text(qr_decompose):
    """The columns (2, 2, 1) and (5, 2, 4) have the factors of the text."""
    Q, R = qr_decompose([[2, 5], [2, 2], [1, 4]])
    close(Q, np.array([[2.0, 1.0], [2.0, -2.0], [1.0, 2.0]]) / 3, what="Q")
    close(R, np.array([[3.0, 6.0], [0.0, 3.0]]), what="R")


# %%
@check
def the_diagonal_of_r_is_positive(qr_decompose):
    """The diagonal of R is positive, whatever the signs in A are."""
    _, R = both_factors(qr_decompose(np.array([[2.0, 1.0], [0.0, -3.0]])), 2, 2)
    close(np.diag(R).copy(), np.array([2.0, 3.0]), what="the diagonal of R")


# %%
@check
def a_wide_matrix_raises(qr_decompose):
    """A matrix with more columns than rows raises ValueError."""
    raises(ValueError, qr_decompose, np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 3.0]]))


# %%
@hidden(weight=2)
def the_factors_multiply_to_a(qr_decompose, rng):
    """Q R = A and Q^T Q = I for matrices of every size, real and whole numbers."""
    for m, n in ((1, 1), (2, 1), (2, 2), (4, 3), (7, 7), (30, 6)):
        for A in (columns(m, n, rng), rng.integers(-2, 3, size=(m, n)) + 9 * np.eye(m, n, dtype=int)):
            Q, R = both_factors(qr_decompose(A), m, n)
            close(Q @ R, A.astype(float), what="Q R compared with A")
            close(Q.T @ Q, np.eye(n), what="Q^T Q")


# %%
@hidden(weight=2)
def r_is_an_upper_triangle(qr_decompose, rng):
    """The entries of R below the diagonal are exactly 0, and the diagonal is positive."""
    for m, n in ((1, 1), (3, 2), (3, 3), (6, 4), (9, 8)):
        _, R = both_factors(qr_decompose(-columns(m, n, rng)), m, n)
        holds(np.all(np.diag(R) > 0), "Every entry on the diagonal of R should be positive.")
        holds(np.all(np.tril(R, -1) == 0), "Every entry of R below the diagonal should be exactly 0.")


# %%
@hidden
def agrees_with_an_independent_computation(qr_decompose, rng):
    """With a positive diagonal the factors are unique, and yours agree with them."""
    for m, n in ((2, 2), (5, 2), (4, 4), (12, 5)):
        A = columns(m, n, rng)
        Q, R = np.linalg.qr(A)
        signs = np.sign(np.diag(R))
        mine = both_factors(qr_decompose(A), m, n)
        close(mine[0], Q * signs, what="Q")
        close(mine[1], signs[:, None] * R, what="R")


# %%
@hidden
def r_alone_knows_the_lengths_and_angles(qr_decompose, rng):
    """R^T R = A^T A, because Q keeps lengths and angles."""
    for m, n in ((2, 1), (3, 3), (8, 4)):
        A = columns(m, n, rng)
        _, R = both_factors(qr_decompose(A), m, n)
        close(R.T @ R, A.T @ A, what="R^T R compared with A^T A")


# %%
@hidden
def the_diagonal_of_r_gives_the_determinant(qr_decompose, rng):
    """For a square matrix the product of the diagonal of R is the magnitude of the determinant."""
    for n in (1, 2, 3, 6):
        A = columns(n, n, rng)
        _, R = both_factors(qr_decompose(A), n, n)
        room = 1e-9 * float(np.prod(np.linalg.norm(A, axis=0)))
        close(float(np.prod(np.diag(R))), abs(float(np.linalg.det(A))), rtol=0.0, atol=room, what="the product")


# %%
@hidden
def an_upper_triangle_is_its_own_r(qr_decompose, rng):
    """For an upper triangle with a positive diagonal Q is the identity and R is the matrix itself."""
    for n, scale in ((1, 1.0), (3, 1.0), (4, 1e-12), (5, 1e9)):
        A = np.triu(rng.normal(size=(n, n)), 1) + np.diag(rng.uniform(1, 2, size=n))
        Q, R = both_factors(qr_decompose(scale * A), n, n)
        close(Q, np.eye(n), what="Q")
        close(R / scale, A, what="R")


# %%
@hidden
def more_columns_than_rows_always_raise(qr_decompose):
    """Three vectors of length 2 raise ValueError, also when two are so close that rounding hides the dependence."""
    raises(ValueError, qr_decompose, np.array([[1.0, 1.0, 1.0], [1.0, 1.0 + 1e-8, -1.0]]))


# %%
@hidden
def the_bound_for_dependence_is_relative(qr_decompose):
    """A rest of 1e-9 of the column's length is fine, 1e-12 of it raises ValueError, whatever the length is."""
    for length in (1e-3, 1e6):
        Q, R = both_factors(qr_decompose(length * np.array([[1.0, 1.0], [0.0, 1e-9]])), 2, 2)
        close(Q, np.eye(2), what="Q for a rest of 1e-9")
        close(R[1, 1] / (1e-9 * length), 1.0, what="the last entry of R, divided by the rest")
        raises(ValueError, qr_decompose, length * np.array([[1.0, 1.0], [0.0, 1e-12]]))


# %%
@hidden
def bad_input_raises(qr_decompose, rng):
    """Dependent columns, a column of zeros, or a vector raise ValueError."""
    A = columns(6, 3, rng)
    A[:, 2] = A[:, 1] - 3 * A[:, 0]
    for bad in (np.array([[1.0, 2.0], [2.0, 4.0]]), np.zeros((3, 1)), A, np.array([1.0, 2.0])):
        raises(ValueError, qr_decompose, bad)


# %%
@accepted
def with_reflections(A):
    Q, R = reflected(A)
    n = R.shape[1]
    signs = np.where(np.diag(R) < 0, -1.0, 1.0)
    return Q[:, :n] * signs, signs[:, None] * R[:n]


# %%
@accepted
def with_a_second_pass_over_the_columns(A):
    A = np.array(A, dtype=float)
    if A.ndim != 2 or A.shape[0] < A.shape[1]:
        raise ValueError("shape")
    units = []
    for a in A.T:
        w = a.copy()
        for q in units * 2:
            w = w - (q @ w) * q
        if np.linalg.norm(w) <= 1e-10 * np.linalg.norm(a):
            raise ValueError("dependent")
        units.append(w / np.linalg.norm(w))
    Q = np.array(units).T
    return Q, np.triu(Q.T @ A)


# %%
@misconception(
    caught_by="the_diagonal_of_r_is_positive",
    hint="The diagonal of R has to be positive: flip row i of R and column i of Q when R[i, i] < 0.",
)
def leaves_the_signs_as_they_come(A):
    Q, R = reflected(A)
    n = R.shape[1]
    return Q[:, :n], R[:n]


# %%
@misconception(
    caught_by="r_is_an_upper_triangle",
    hint="Q^T A leaves about 1e-17 below the diagonal. The contract asks for exact zeros there: use np.triu.",
)
def leaves_rounding_below_the_diagonal(A):
    Q, R = reflected(A)
    n = R.shape[1]
    Q = Q[:, :n] * np.sign(np.diag(R))
    return Q, Q.T @ np.asarray(A, dtype=float)


# %%
@misconception(
    caught_by="the_example_from_the_text",
    hint="You return the full form. In the thin form Q has n columns and R has n rows.",
)
def returns_the_full_form(A):
    Q, R = reflected(A)
    signs = np.ones(len(Q))
    signs[: R.shape[1]] = np.sign(np.diag(R))
    return Q * signs, signs[:, None] * R


# %%
@misconception(
    caught_by="bad_input_raises",
    hint="Nothing is left of a dependent column, and you divide by a length of about 0. Raise ValueError instead.",
)
def divides_by_the_length_of_nothing(A):
    Q = np.array(A, dtype=float)
    if Q.ndim != 2 or Q.shape[0] < Q.shape[1]:
        raise ValueError("A must have shape (m, n) with m >= n")
    n = Q.shape[1]
    R = np.zeros((n, n))
    for j in range(n):
        for i in range(j):
            R[i, j] = Q[:, i] @ Q[:, j]
            Q[:, j] -= R[i, j] * Q[:, i]
        R[j, j] = np.linalg.norm(Q[:, j])
        Q[:, j] /= R[j, j]
    return Q, R


# %%
@misconception(
    caught_by="the_example_from_the_text",
    hint="R holds the parts you subtract: entry (i, j) is q_i . a_j. You return its transpose.",
)
def fills_r_below_the_diagonal(A):
    Q, R = reflected(A)
    n = R.shape[1]
    signs = np.sign(np.diag(R))
    return Q[:, :n] * signs, (signs[:, None] * R[:n]).T

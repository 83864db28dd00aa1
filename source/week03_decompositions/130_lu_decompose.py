# %% [markdown]
# ### LU decomposition
#
# Elimination turns a matrix into an upper triangle. Keep the multipliers you used, and you have factored the matrix:
# $L$ remembers the work, $U$ is its result. With the factors you solve $A x = b$ for every new $b$ by two triangular
# systems, without eliminating again. This is what `np.linalg.solve` does inside.
#
# With partial pivoting you bring the entry of largest magnitude to the diagonal first. The exchanges are collected in
# a permutation matrix $P$, so that $P A = L U$. $L$ is lower triangular with ones on the diagonal, $U$ is upper
# triangular. No multiplier is larger than 1 in magnitude.
#
# **By hand.** $A = \begin{pmatrix} 2 & 1 & 1 \\ 4 & 3 & 3 \\ 8 & 7 & 9 \end{pmatrix}$.
#
# - Column 1: the largest entry is 8. Exchange rows 1 and 3. The multipliers are $\frac12$ for $(4, 3, 3)$ and
#   $\frac14$ for $(2, 1, 1)$. The rests are $(0, -0.5, -1.5)$ and $(0, -0.75, -1.25)$.
# - Column 2: the largest entry is $-0.75$. Exchange rows 2 and 3. **The multipliers $\frac12$ and $\frac14$ travel
#   with their rows.** The new multiplier is $\frac23$, and the rest is $-1.5 + \frac23 \cdot 1.25 = -\frac23$.
#
# $P = \begin{pmatrix} 0 & 0 & 1 \\ 1 & 0 & 0 \\ 0 & 1 & 0 \end{pmatrix}$,
# $L = \begin{pmatrix} 1 & 0 & 0 \\ \frac14 & 1 & 0 \\ \frac12 & \frac23 & 1 \end{pmatrix}$,
# $U = \begin{pmatrix} 8 & 7 & 9 \\ 0 & -0.75 & -1.25 \\ 0 & 0 & -\frac23 \end{pmatrix}$.
#
# Return the tuple `P, L, U`. If no entry of a column can be the pivot because all of them are 0, go on with the next
# column: then $U$ has a 0 on its diagonal, and $P A = L U$ still holds.

# %%
from scipy import linalg

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
    points=12,
    minutes=45,
    level=3,
    banned=("scipy.linalg.lu*",),
    oracle="scipy.linalg.lu (its P is the transpose)",
    section="Elimination and LU",
    topics=("r0-strategy-step4-implement", "r2-o6-numerical-linear-algebra", "r2-sum-numerical-methods"),
)

# %%
import numpy as np


# %%
def lu_decompose(A: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Factor a square matrix by elimination with partial pivoting, so that P A = L U.

    Parameters
    ----------
    A : array-like of shape (n, n); it may be singular

    Returns
    -------
    (P, L, U) : arrays of shape (n, n).
        P is a permutation matrix. L is lower triangular with ones on the diagonal and no entry above 1 in magnitude.
        U is upper triangular. The other entries of L and U are exactly 0.

    Raises
    ------
    ValueError : A is not a square matrix
    """
    ### BEGIN SOLUTION
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    n = len(U)
    P, L = np.eye(n), np.eye(n)
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        if U[pivot, k] == 0:
            continue
        U[[k, pivot]] = U[[pivot, k]]
        P[[k, pivot]] = P[[pivot, k]]
        L[[k, pivot], :k] = L[[pivot, k], :k]
        for i in range(k + 1, n):
            L[i, k] = U[i, k] / U[k, k]
            U[i, k:] -= L[i, k] * U[k, k:]
            U[i, k] = 0.0
    return P, L, U
    ### END SOLUTION


# %%
@helper
def three_factors(answer, n):
    """Return P, L, U as float arrays, failing unless each of them has shape (n, n)."""
    P, L, U = answer
    return array(P, (n, n), what="P"), array(L, (n, n), what="L"), array(U, (n, n), what="U")


# %%
@helper
def solve_with(P, L, U, b):
    """Solve A x = b with the factors of P A = L U."""
    y = linalg.solve_triangular(L, P @ b, lower=True)
    return linalg.solve_triangular(U, y)


# %%
@check
def the_example_from_the_text(lu_decompose):
    """The factors of [[2, 1, 1], [4, 3, 3], [8, 7, 9]] are the ones in the text."""
    P, L, U = lu_decompose([[2, 1, 1], [4, 3, 3], [8, 7, 9]])
    close(P, np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), what="P")
    close(L, np.array([[1.0, 0.0, 0.0], [0.25, 1.0, 0.0], [0.5, 2 / 3, 1.0]]), what="L")
    close(U, np.array([[8.0, 7.0, 9.0], [0.0, -0.75, -1.25], [0.0, 0.0, -2 / 3]]), what="U")


# %%
@check
def a_zero_on_the_diagonal_does_no_harm(lu_decompose):
    """For [[0, 2], [3, 4]] the rows are exchanged, and P A = L U holds."""
    A = np.array([[0.0, 2.0], [3.0, 4.0]])
    P, L, U = lu_decompose(A)
    close(P @ A, L @ U, what="P A compared with L U")
    close(U, np.array([[3.0, 4.0], [0.0, 2.0]]), what="U")


# %%
@check
def a_matrix_that_is_not_square_raises(lu_decompose):
    """A matrix that is not square raises ValueError."""
    raises(ValueError, lu_decompose, np.ones((3, 2)))


# %%
@hidden(weight=2)
def the_factors_multiply_to_p_a(lu_decompose, rng):
    """P A = L U for random matrices of every size, whole numbers included."""
    for n in (1, 2, 3, 4, 6, 10, 25):
        for A in (rng.normal(size=(n, n)), rng.integers(-9, 10, size=(n, n))):
            P, L, U = three_factors(lu_decompose(A), n)
            close(L @ U, P @ A, rtol=0.0, atol=1e-12 * n * float(np.abs(A).max()), what="L U compared with P A")


# %%
@hidden
def the_factors_have_their_form(lu_decompose, rng):
    """P permutes, L is lower triangular with ones on its diagonal, U is upper triangular, also when A holds zeros."""
    zeros = ([[1, 0], [2, 1]], [[0, 1], [0, 2]], [[0, 0, 1], [0, 0, 2], [0, 3, 0]])
    for A in (*map(np.array, zeros), *(rng.normal(size=(n, n)) for n in (1, 2, 3, 5, 9))):
        n = len(A)
        P, L, U = three_factors(lu_decompose(A), n)
        holds(np.all((P == 0) | (P == 1)), "Every entry of P should be 0 or 1.")
        holds(
            np.all(P.sum(axis=0) == 1) and np.all(P.sum(axis=1) == 1),
            "Every row and every column of P should hold a single 1.",
        )
        same(np.diag(L).copy(), np.ones(n), what="the diagonal of L")
        holds(np.all(np.triu(L, 1) == 0), "The entries of L above its diagonal should be exactly 0.")
        holds(np.all(np.tril(U, -1) == 0), "The entries of U below its diagonal should be exactly 0.")


# %%
@hidden
def no_multiplier_is_larger_than_1(lu_decompose, rng):
    """The pivot is the entry of largest magnitude, so no entry of L is larger than 1 in magnitude."""
    for n in (2, 3, 4, 6, 8):
        _, L, _ = three_factors(lu_decompose(rng.normal(size=(n, n))), n)
        largest = float(np.abs(L).max())
        holds(largest <= 1 + 1e-12, f"The entries of L should not exceed 1 in magnitude, yet one has {largest:.6g}.")


# %%
@hidden
def the_diagonal_of_u_gives_the_determinant(lu_decompose, rng):
    """The determinant of A is the determinant of P times the product of the diagonal of U."""
    for n in (2, 3, 5, 7):
        A = rng.normal(size=(n, n))
        P, _, U = three_factors(lu_decompose(A), n)
        room = 1e-9 * float(np.prod(np.linalg.norm(A, axis=1)))
        value = float(np.linalg.det(P) * np.prod(np.diag(U)))
        close(value, float(np.linalg.det(A)), rtol=0.0, atol=room, what="det(P) times the diagonal of U")


# %%
@hidden
def agrees_with_an_independent_computation(lu_decompose, rng):
    """Without ties between pivots the factors are unique, and yours agree with them."""
    for n in (2, 3, 5, 8):
        A = rng.normal(size=(n, n)) + np.eye(n)
        other, L, U = linalg.lu(A)
        mine = three_factors(lu_decompose(A), n)
        same(mine[0], other.T.copy(), what="P")
        room = 1e-13 * float(np.linalg.cond(A)) + 1e-10
        close(mine[1], L, rtol=0.0, atol=room, what="L")
        close(mine[2], U, rtol=0.0, atol=room * float(np.abs(A).max()), what="U")


# %%
@hidden
def a_tiny_pivot_does_no_harm(lu_decompose):
    """Solving [[1e-20, 1], [1, 1]] x = (1, 2) with the factors gives (1, 1)."""
    P, L, U = three_factors(lu_decompose(np.array([[1e-20, 1.0], [1.0, 1.0]])), 2)
    holds(np.all(np.diag(U) != 0), "The diagonal of U should not hold a 0 here.")
    close(solve_with(P, L, U, np.array([1.0, 2.0])), np.array([1.0, 1.0]), **T2, what="the solution of A x = b")


# %%
@hidden
def the_factors_solve_systems(lu_decompose, rng):
    """Solving L U x = P b gives the solution of A x = b."""
    for n in (1, 2, 3, 6, 12):
        A, x = rng.normal(size=(n, n)) + 3 * np.eye(n), rng.normal(size=n)
        P, L, U = three_factors(lu_decompose(A), n)
        holds(np.all(np.diag(U) != 0), "The diagonal of U should not hold a 0 for an invertible matrix.")
        room = 1e-12 * float(np.linalg.cond(A) * np.linalg.norm(x)) + 1e-10
        close(solve_with(P, L, U, A @ x), x, rtol=0.0, atol=room, what="the solution of A x = b")


# %%
@hidden
def singular_matrices_are_allowed(lu_decompose):
    """For a singular matrix P A = L U still holds, and U has a 0 on its diagonal."""
    small = ([[0]], [[0, 1], [0, 2]], [[1, 2], [2, 4]])
    for rows in (*small, [[0, 0, 1], [0, 0, 2], [0, 3, 0]], [[1, 2, 3], [4, 5, 6], [7, 8, 9]]):
        A = np.array(rows, dtype=float)
        P, L, U = three_factors(lu_decompose(A), len(A))
        close(L @ U, P @ A, what="L U compared with P A")
        holds(np.min(np.abs(np.diag(U))) < 1e-14, "For a singular matrix U should have a 0 on its diagonal.")
        holds(np.all(np.abs(L) <= 1), "The entries of L should not exceed 1 in magnitude.")


# %%
@hidden
def a_vector_or_a_stack_raises(lu_decompose):
    """An array with one or three axes raises ValueError."""
    raises(ValueError, lu_decompose, np.array([1.0, 2.0]))
    raises(ValueError, lu_decompose, np.ones((2, 2, 2)))


# %%
@accepted
def with_lists_and_three_loops(A):
    if np.ndim(A) != 2 or np.shape(A)[0] != np.shape(A)[1]:
        raise ValueError("not square")
    rows = [[float(x) for x in row] for row in A]
    n = len(rows)
    order = list(range(n))
    factors = [[0.0] * n for _ in range(n)]
    for k in range(n):
        best = max(range(k, n), key=lambda i: abs(rows[i][k]))
        for table in (rows, factors, order):
            table[k], table[best] = table[best], table[k]
        factors[k][k] = 1.0
        for i in range(k + 1, n):
            factor = rows[i][k] / rows[k][k] if rows[k][k] else 0.0
            factors[i][k] = factor
            rows[i][k] = 0.0
            for j in range(k + 1, n):
                rows[i][j] -= factor * rows[k][j]
    return np.eye(n)[order], np.array(factors), np.array(rows)


# %%
@accepted
def with_both_factors_in_one_array(A):
    work = np.array(A, dtype=float)
    if work.ndim != 2 or work.shape[0] != work.shape[1]:
        raise ValueError("not square")
    order = np.arange(len(work))
    for k in range(len(work) - 1):
        swap = np.arange(len(work))
        best = k + np.abs(work[k:, k]).argmax()
        swap[k], swap[best] = best, k
        work, order = work[swap], order[swap]
        if work[k, k] != 0.0:
            work[k + 1 :, k] /= work[k, k]
            work[k + 1 :, k + 1 :] -= np.outer(work[k + 1 :, k], work[k, k + 1 :])
    P = np.zeros_like(work)
    P[np.arange(len(work)), order] = 1.0
    return P, np.tril(work, -1) + np.eye(len(work)), np.triu(work)


# %%
@misconception(
    caught_by="a_tiny_pivot_does_no_harm",
    hint="On the 1e-20 example you get (0, 1): a tiny pivot destroys the other rows. Exchange rows before you divide.",
)
def never_exchanges_rows(A):
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    n = len(U)
    L = np.eye(n)
    for k in range(n):
        if U[k, k] == 0:
            continue
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :, k:] -= np.outer(L[k + 1 :, k], U[k, k:])
        U[k + 1 :, k] = 0.0
    return np.eye(n), L, U


# %%
@misconception(
    caught_by="the_factors_multiply_to_p_a",
    hint="The multipliers travel with their row: exchange the finished part of L as well.",
)
def leaves_the_multipliers_behind(A):
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    n = len(U)
    P, L = np.eye(n), np.eye(n)
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        if U[pivot, k] == 0:
            continue
        U[[k, pivot]] = U[[pivot, k]]
        P[[k, pivot]] = P[[pivot, k]]
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :, k:] -= np.outer(L[k + 1 :, k], U[k, k:])
        U[k + 1 :, k] = 0.0
    return P, L, U


# %%
@misconception(
    caught_by="the_example_from_the_text",
    hint="Here P multiplies A from the left: P A = L U. You return the transpose, which belongs to A = P L U.",
)
def returns_the_transposed_permutation(A):
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    n = len(U)
    P, L = np.eye(n), np.eye(n)
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        if U[pivot, k] == 0:
            continue
        U[[k, pivot]] = U[[pivot, k]]
        P[:, [k, pivot]] = P[:, [pivot, k]]
        L[[k, pivot], :k] = L[[pivot, k], :k]
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :, k:] -= np.outer(L[k + 1 :, k], U[k, k:])
        U[k + 1 :, k] = 0.0
    return P, L, U


# %%
@misconception(
    caught_by="no_multiplier_is_larger_than_1",
    hint="The pivot is the entry of largest magnitude: -5 comes before 2. Compare absolute values.",
)
def takes_the_largest_value_as_the_pivot(A):
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    n = len(U)
    P, L = np.eye(n), np.eye(n)
    for k in range(n):
        pivot = k + int(np.argmax(U[k:, k]))
        if U[pivot, k] == 0:
            continue
        U[[k, pivot]] = U[[pivot, k]]
        P[[k, pivot]] = P[[pivot, k]]
        L[[k, pivot], :k] = L[[pivot, k], :k]
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :, k:] -= np.outer(L[k + 1 :, k], U[k, k:])
        U[k + 1 :, k] = 0.0
    return P, L, U


# %%
@misconception(
    caught_by="singular_matrices_are_allowed",
    hint="When a whole column is 0 there is nothing to eliminate: skip the division and go on with the next column.",
)
def divides_by_0_when_no_pivot_is_left(A):
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    n = len(U)
    P, L = np.eye(n), np.eye(n)
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        U[[k, pivot]] = U[[pivot, k]]
        P[[k, pivot]] = P[[pivot, k]]
        L[[k, pivot], :k] = L[[pivot, k], :k]
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :, k:] -= np.outer(L[k + 1 :, k], U[k, k:])
        U[k + 1 :, k] = 0.0
    return P, L, U

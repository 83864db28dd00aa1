# %% [markdown]
# ### Inverse matrix
#
# The inverse $A^{-1}$ undoes $A$: $A^{-1} A = A A^{-1} = I$. Its column $j$ is the vector that $A$ sends to the unit
# vector $e_j$. So finding the inverse means solving the $n$ systems $A x_j = e_j$. The elimination is the same for all
# of them, and you do it once.
#
# With $P A = L U$ from the exercise before, $A x = b$ becomes $L U x = P b$. First solve $L y = P b$ from the top
# down, then $U x = y$ from the bottom up. Or eliminate with $A$ and $I$ in step.
#
# A singular matrix has no inverse. Rounding rarely leaves an exact 0 on the diagonal of $U$, so compare the pivot with
# the size of the matrix: a pivot of magnitude at most $n \cdot \varepsilon \cdot \max |a_{ij}|$ counts as 0.
#
# **By hand.** $A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$. Exchange the rows and eliminate:
# $U = \begin{pmatrix} 3 & 4 \\ 0 & \frac23 \end{pmatrix}$, multiplier $\frac13$. For $e_1$ the exchanged right side is
# $(0, 1)$. So $y = (0, 1)$, then $x_2 = 1 / \frac23 = 1.5$ and $x_1 = (0 - 4 \cdot 1.5) / 3 = -2$. In the same way
# $e_2$ gives $(1, -0.5)$. So $A^{-1} = \begin{pmatrix} -2 & 1 \\ 1.5 & -0.5 \end{pmatrix}$.
#
# Return the inverse as an array.

# %%
from scipy import linalg

from autograder.kit import accepted, array, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(
        "numpy.linalg.inv",
        "numpy.linalg.solve",
        "numpy.linalg.pinv",
        "numpy.linalg.lstsq",
        "numpy.linalg.tensor*",
        "scipy.linalg.inv",
        "scipy.linalg.solve",
        "scipy.linalg.pinv*",
        "scipy.linalg.lstsq",
    ),
    oracle="numpy.linalg.inv",
    section="Elimination and LU",
    topics=(
        "r0-w3-inverse",
        "r1-t01-matrix-operations",
        "r2-o1-determinants-inverse",
        "r2-a1-matrix-operations",
        "r4-la-matrices",
        "r4-la-identity-diagonal",
        "r4-req-la-matrices",
    ),
    uses=("lu_decompose",),
)

# %%
import numpy as np


# %%
def inverse(A: np.ndarray) -> np.ndarray:
    """Invert a square matrix by elimination with partial pivoting.

    Parameters
    ----------
    A : array-like of shape (n, n)

    Returns
    -------
    X : array of shape (n, n) with A X = X A = I. For n = 0 it has no entries either.

    Raises
    ------
    ValueError : A is not a square matrix
    numpy.linalg.LinAlgError : A is singular, which means that the magnitude of a pivot is at most
        n * np.finfo(float).eps * max |a_ij|
    """
    ### BEGIN SOLUTION
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    n = len(U)
    bound = n * np.finfo(float).eps * np.max(np.abs(U), initial=0.0)
    Y = np.eye(n)
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        if abs(U[pivot, k]) <= bound:
            raise np.linalg.LinAlgError("A is singular")
        U[[k, pivot]] = U[[pivot, k]]
        Y[[k, pivot]] = Y[[pivot, k]]
        for i in range(k + 1, n):
            factor = U[i, k] / U[k, k]
            U[i, k:] -= factor * U[k, k:]
            Y[i] -= factor * Y[k]
    X = np.zeros((n, n))
    for i in reversed(range(n)):
        X[i] = (Y[i] - U[i, i + 1 :] @ X[i + 1 :]) / U[i, i]
    return X
    ### END SOLUTION


# %%
@helper
def agree(actual, expected, room, what):
    """Compare two matrices; `room` is the condition number, and the allowed difference grows with it."""
    actual = array(actual, np.shape(expected), what=what)
    close(actual, expected, rtol=0.0, atol=1e-12 * room * max(1e-300, float(np.abs(expected).max())), what=what)


# %%
@helper
def eliminated(A):
    """Return the row order, L and U of a square matrix, raising what the contract asks for."""
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    n = len(U)
    bound = n * np.finfo(float).eps * np.max(np.abs(U), initial=0.0)
    order, L = np.arange(n), np.eye(n)
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        if abs(U[pivot, k]) <= bound:
            raise np.linalg.LinAlgError("A is singular")
        for table in (U, order):
            table[[k, pivot]] = table[[pivot, k]]
        L[[k, pivot], :k] = L[[pivot, k], :k]
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :, k:] -= np.outer(L[k + 1 :, k], U[k, k:])
    return order, L, np.triu(U)


# %%
@check
def the_example_from_the_text(inverse):
    """The inverse of [[1, 2], [3, 4]] is [[-2, 1], [1.5, -0.5]]."""
    close(inverse([[1, 2], [3, 4]]), np.array([[-2.0, 1.0], [1.5, -0.5]]), what="the inverse")


# %%
@check
def a_diagonal_matrix_inverts_its_diagonal(inverse):
    """The inverse of a diagonal matrix holds the reciprocals on its diagonal."""
    close(inverse(np.diag([2.0, -4.0, 0.5])), np.diag([0.5, -0.25, 2.0]), what="the inverse")


# %%
@check
def a_singular_matrix_raises(inverse):
    """The singular matrix [[1, 2], [2, 4]] raises numpy.linalg.LinAlgError."""
    raises(np.linalg.LinAlgError, inverse, np.array([[1.0, 2.0], [2.0, 4.0]]))


# %%
@hidden(weight=2)
def undoes_the_matrix_from_both_sides(inverse, rng):
    """A X and X A are the identity, for random matrices of every size."""
    for n in (1, 2, 3, 4, 6, 10, 20):
        A = rng.normal(size=(n, n))
        X = array(inverse(A), (n, n), what="the inverse")
        room = float(np.linalg.cond(A))
        agree(A @ X, np.eye(n), room, "A X")
        agree(X @ A, np.eye(n), room, "X A")


# %%
@hidden
def agrees_with_an_independent_computation(inverse, rng):
    """The inverse is right for matrices of real and of whole numbers."""
    for n in (1, 2, 3, 5, 8):
        for A in (rng.normal(size=(n, n)), 20 * np.eye(n, dtype=int) + rng.integers(-9, 10, size=(n, n))):
            agree(inverse(A), np.linalg.inv(A), float(np.linalg.cond(A)), "the inverse")
    A = linalg.hilbert(6)
    agree(inverse(A), linalg.invhilbert(6), float(np.linalg.cond(A)), "the inverse of the Hilbert matrix")


# %%
@hidden
def the_inverse_of_a_product_reverses_the_order(inverse, rng):
    """The inverse of A B is the inverse of B times the inverse of A."""
    for n in (2, 3, 5):
        A, B = rng.normal(size=(n, n)), rng.normal(size=(n, n))
        room = float(np.linalg.cond(A) * np.linalg.cond(B)) * n
        expected = array(inverse(B), (n, n)) @ array(inverse(A), (n, n))
        agree(inverse(A @ B), expected, room, "the inverse of A B")


# %%
@hidden
def the_inverse_of_the_transpose_is_the_transpose(inverse, rng):
    """The inverse of the transpose is the transpose of the inverse."""
    for n in (2, 3, 5):
        A = rng.normal(size=(n, n))
        expected = array(inverse(A), (n, n)).T
        agree(inverse(A.T.copy()), expected, float(np.linalg.cond(A)), "the inverse of the transpose")


# %%
@hidden
def rows_are_exchanged_where_needed(inverse):
    """A permutation matrix has its transpose as inverse, and a tiny entry on the diagonal does no harm."""
    P = np.eye(4)[[2, 0, 3, 1]]
    close(inverse(P), P.T, what="the inverse of a permutation matrix")
    close(inverse(np.array([[0.0, 2.0], [4.0, 0.0]])), np.array([[0.0, 0.25], [0.5, 0.0]]), what="the inverse")
    A = np.array([[1e-20, 1.0], [1.0, 1.0]])
    close(inverse(A), np.array([[-1.0, 1.0], [1.0, 0.0]]), what="the inverse of [[1e-20, 1], [1, 1]]")


# %%
@hidden
def small_numbers_are_no_zeros(inverse):
    """Whether a pivot counts as 0 depends on the size of the entries: a matrix times 1e-20 still has an inverse."""
    for factor in (1e-12, 1e12, 1e-20):
        A = np.array([[1.0, 2.0, 0.0], [3.0, 4.0, 0.0], [0.0, 0.0, 1.0]])
        expected = np.array([[-2.0, 1.0, 0.0], [1.5, -0.5, 0.0], [0.0, 0.0, 1.0]])
        X = array(inverse(factor * A), (3, 3), what="the inverse")
        close(factor * X, expected, what=f"the inverse times {factor:g}")


# %%
@hidden(weight=2)
def a_pivot_lost_in_rounding_raises(inverse, rng):
    """A singular matrix raises LinAlgError, also when rounding leaves a tiny pivot or the numbers are large."""
    A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    twin = rng.normal(size=(5, 5))
    twin[4] = twin[1]
    for bad in (np.zeros((2, 2)), A, 1e9 * A, -A, np.array([[0.0, 1.0], [0.0, 2.0]]), twin, np.array([[0.0]])):
        raises(np.linalg.LinAlgError, inverse, bad)


# %%
@hidden
def a_matrix_that_is_not_square_raises(inverse):
    """A matrix that is not square, a vector or a stack of matrices raises ValueError."""
    for bad in (np.ones((2, 3)), np.eye(3, 2), np.array([1.0, 2.0]), np.ones((2, 2, 2))):
        raises(ValueError, inverse, bad)


# %%
@hidden
def a_matrix_without_entries_is_its_own_inverse(inverse):
    """The inverse of a matrix of shape (0, 0) has the shape (0, 0)."""
    array(inverse(np.zeros((0, 0))), (0, 0), what="the inverse of a matrix without entries")


# %%
@accepted
def with_lists_side_by_side(A):
    if np.ndim(A) != 2 or np.shape(A)[0] != np.shape(A)[1]:
        raise ValueError("not square")
    n = len(A)
    rows = [[float(x) for x in row] + [1.0 if i == j else 0.0 for j in range(n)] for i, row in enumerate(A)]
    size = max((abs(x) for row in rows for x in row[:n]), default=0.0)
    for k in range(n):
        best = max(range(k, n), key=lambda i: abs(rows[i][k]))
        rows[k], rows[best] = rows[best], rows[k]
        if abs(rows[k][k]) <= n * 2.0**-52 * size:
            raise np.linalg.LinAlgError("singular")
        pivot = rows[k][k]
        rows[k] = [x / pivot for x in rows[k]]
        for i in range(n):
            if i != k:
                factor = rows[i][k]
                rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k])]
    return np.array([row[n:] for row in rows]).reshape(n, n)


# %%
@accepted
def with_one_system_for_every_unit_vector(A):
    order, L, U = eliminated(A)
    n = len(order)
    columns = []
    for j in range(n):
        b = np.eye(n)[:, j][order]
        y = np.zeros(n)
        for i in range(n):
            y[i] = b[i] - L[i, :i] @ y[:i]
        columns.append(linalg.solve_triangular(U, y))
    return np.array(columns).reshape(n, n).T


# %%
@misconception(
    caught_by="the_example_from_the_text",
    hint="Only diagonal matrices invert entry by entry, and only on the diagonal.",
)
def inverts_entry_by_entry(A):
    eliminated(A)
    return 1.0 / np.asarray(A, dtype=float)


# %%
@misconception(
    caught_by="a_pivot_lost_in_rounding_raises",
    hint="A singular matrix gives numbers near 1e16. Detect the vanishing pivot and raise LinAlgError.",
)
def divides_by_a_pivot_lost_in_rounding(A):
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    n = len(U)
    Y = np.eye(n)
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        for table in (U, Y):
            table[[k, pivot]] = table[[pivot, k]]
        factors = U[k + 1 :, k] / U[k, k]
        U[k + 1 :] -= np.outer(factors, U[k])
        Y[k + 1 :] -= np.outer(factors, Y[k])
    X = np.zeros((n, n))
    for i in reversed(range(n)):
        X[i] = (Y[i] - U[i, i + 1 :] @ X[i + 1 :]) / U[i, i]
    return X


# %%
@misconception(
    caught_by="a_pivot_lost_in_rounding_raises",
    hint="Rounding rarely leaves an exact 0. Compare the pivot with n * eps * max |a_ij|, not with 0.",
)
def raises_for_exact_zeros_only(A):
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    n = len(U)
    Y = np.eye(n)
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        if U[pivot, k] == 0:
            raise np.linalg.LinAlgError("A is singular")
        for table in (U, Y):
            table[[k, pivot]] = table[[pivot, k]]
        factors = U[k + 1 :, k] / U[k, k]
        U[k + 1 :] -= np.outer(factors, U[k])
        Y[k + 1 :] -= np.outer(factors, Y[k])
    return linalg.solve_triangular(np.triu(U), Y)


# %%
@misconception(
    caught_by="small_numbers_are_no_zeros",
    hint="1e-12 I has an inverse. Compare the pivot with n * eps * max |a_ij|, not with a fixed number.",
)
def compares_the_pivot_with_a_fixed_number(A):
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    n = len(U)
    Y = np.eye(n)
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        if abs(U[pivot, k]) < 1e-10:
            raise np.linalg.LinAlgError("A is singular")
        for table in (U, Y):
            table[[k, pivot]] = table[[pivot, k]]
        factors = U[k + 1 :, k] / U[k, k]
        U[k + 1 :] -= np.outer(factors, U[k])
        Y[k + 1 :] -= np.outer(factors, Y[k])
    return linalg.solve_triangular(np.triu(U), Y)


# %%
@misconception(
    caught_by="rows_are_exchanged_where_needed",
    hint="P A = L U means L U x = P b: exchange the rows of the right side as well.",
)
def forgets_to_exchange_the_right_side(A):
    order, L, U = eliminated(A)
    return linalg.solve_triangular(U, linalg.solve_triangular(L, np.eye(len(order)), lower=True))


# %%
@misconception(
    caught_by="the_example_from_the_text",
    hint="The adjugate is the transposed cofactor matrix: transpose before you divide by the determinant.",
)
def does_not_transpose_the_cofactors(A):
    order, _, _ = eliminated(A)
    A, n = np.asarray(A, dtype=float), len(order)
    cofactors = np.ones((n, n))
    for i in range(n):
        for j in range(n):
            minor = np.delete(np.delete(A, i, axis=0), j, axis=1)
            cofactors[i, j] = (-1) ** (i + j) * np.linalg.det(minor)
    return cofactors / np.linalg.det(A)

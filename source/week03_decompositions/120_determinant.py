# %% [markdown]
# ### Determinant by elimination
#
# The determinant says by which factor a matrix scales areas or volumes. Its sign says whether the matrix mirrors
# space. It is 0 exactly when the matrix flattens space and has no inverse. The formula from school has $n!$ terms,
# which is hopeless already for $n = 20$. Elimination needs about $n^3 / 3$ multiplications.
#
# Three rules are enough. Adding a multiple of one row to another row keeps the determinant. Exchanging two rows flips
# its sign. For a triangular matrix it is the product of the diagonal. So eliminate below the diagonal, count the
# exchanges $s$, and return $\det A = (-1)^s \, u_{11} u_{22} \cdots u_{nn}$.
#
# In each column, first bring the entry of largest magnitude (on or below the diagonal) to the diagonal. This is called
# *partial pivoting*. It avoids a division by 0 and keeps the rounding small.
#
# **By hand.** $A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$. The larger entry of column 1 is 3, so exchange the
# rows ($s = 1$): $\begin{pmatrix} 3 & 4 \\ 1 & 2 \end{pmatrix}$. Subtract $\frac13$ of row 1 from row 2:
# $\begin{pmatrix} 3 & 4 \\ 0 & \frac23 \end{pmatrix}$. So $\det A = (-1)^1 \cdot 3 \cdot \frac23 = -2$.
#
# Return the determinant as a `float`.

# %%
from autograder.kit import accepted, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.linalg.det", "numpy.linalg.slogdet", "scipy.linalg.det", "scipy.linalg.lu*"),
    oracle="numpy.linalg.det",
    section="Rank and determinant",
    topics=("r0-w3-determinant", "r0-w3-out-matrix-intuition", "r2-o1-determinants-inverse"),
)

# %%
import numpy as np


# %%
def determinant(A: np.ndarray) -> float:
    """Compute the determinant by elimination with partial pivoting.

    Parameters
    ----------
    A : array-like of shape (n, n)

    Returns
    -------
    det : float; 1.0 when n = 0, and 0.0 (up to rounding) when A is singular

    Raises
    ------
    ValueError : A is not a square matrix
    """
    ### BEGIN SOLUTION
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    det = 1.0
    for k in range(len(U)):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        if U[pivot, k] == 0:
            return 0.0
        if pivot != k:
            U[[k, pivot]] = U[[pivot, k]]
            det = -det
        det *= float(U[k, k])
        for i in range(k + 1, len(U)):
            U[i, k:] -= U[i, k] / U[k, k] * U[k, k:]
    return det
    ### END SOLUTION


# %%
@helper
def agree(actual, expected, A, what):
    """Compare two determinants of A; the allowed difference grows with the product of the lengths of its rows."""
    close(actual, expected, rtol=0.0, atol=1e-9 * float(np.prod(np.linalg.norm(A, axis=1))) + 1e-300, what=what)


# %%
@check
def the_example_from_the_text(determinant):
    """For [[1, 2], [3, 4]] the determinant is -2."""
    close(determinant(np.array([[1.0, 2.0], [3.0, 4.0]])), -2.0, what="the determinant")


# %%
@check
def a_zero_on_the_diagonal_does_no_harm(determinant):
    """For [[0, 1], [1, 0]] the determinant is -1."""
    close(determinant([[0, 1], [1, 0]]), -1.0, what="the determinant")


# %%
@check
def a_matrix_that_is_not_square_raises(determinant):
    """A matrix that is not square raises ValueError."""
    raises(ValueError, determinant, np.ones((2, 3)))


# %%
@hidden(weight=2)
def agrees_with_an_independent_computation(determinant, rng):
    """The determinant is right for random matrices of every size."""
    for n in (1, 2, 3, 4, 5, 7):
        for A in (rng.normal(size=(n, n)), rng.integers(-9, 10, size=(n, n))):
            agree(determinant(A), float(np.linalg.det(A)), A, f"the determinant of a {n} by {n} matrix")


# %%
@hidden
def a_product_multiplies_the_determinants(determinant, rng):
    """The determinant of A B is the product of both determinants, and the transpose has the same one."""
    for n in (2, 3, 5):
        A, B = rng.normal(size=(n, n)), rng.normal(size=(n, n))
        room = float(np.prod(np.linalg.norm(A, axis=1)) * np.linalg.norm(B, 2) ** n)
        det = determinant(A)
        close(determinant(A @ B), det * determinant(B), rtol=0.0, atol=1e-9 * room, what="det(A B)")
        agree(determinant(A.T.copy()), det, A, "the determinant of the transpose")


# %%
@hidden(weight=2)
def every_exchange_flips_the_sign(determinant, rng):
    """Exchanging two rows flips the sign of the determinant, exchanging twice restores it."""
    for n in (2, 3, 4, 6):
        A = rng.normal(size=(n, n))
        det = float(np.linalg.det(A))
        for _ in range(3):
            i, j = rng.choice(n, size=2, replace=False)
            A[[i, j]] = A[[j, i]]
            det = -det
            agree(determinant(A), det, A, "the determinant after an exchange of two rows")
    P = np.eye(7)[[1, 2, 3, 4, 5, 6, 0]]
    close(determinant(P), 1.0, what="the determinant after six exchanges")


# %%
@hidden
def a_factor_counts_once_for_every_row(determinant, rng):
    """The determinant of c A is c to the power n times the determinant of A."""
    for n in (1, 2, 3, 5):
        A = rng.normal(size=(n, n))
        for c in (-1.0, 0.001, 1000.0):
            agree(determinant(c * A), c**n * float(np.linalg.det(A)), c * A, f"the determinant of {c:g} A")


# %%
@hidden
def a_triangle_gives_the_product_of_its_diagonal(determinant, rng):
    """For a triangular matrix the determinant is the product of the diagonal."""
    for n in (1, 2, 4, 7):
        T = np.triu(rng.normal(size=(n, n)))
        for A in (T, T.T.copy()):
            agree(determinant(A), float(np.prod(np.diag(A))), A, "the determinant of a triangular matrix")


# %%
@hidden
def singular_matrices_give_0(determinant):
    """A singular matrix has determinant 0."""
    for A in ([[0, 0], [0, 0]], [[0, 1], [0, 2]], [[1, 2], [2, 4]], [[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[0]]):
        agree(determinant(np.array(A, dtype=float)), 0.0, np.array(A, dtype=float), f"the determinant of {A}")


# %%
@hidden
def sixty_rows_are_no_problem(determinant, rng):
    """A matrix of 60 rows is done well within the time limit."""
    A = 2 * np.eye(60) + rng.normal(size=(60, 60)) / 8
    close(determinant(A), float(np.linalg.det(A)), rtol=1e-9, atol=0.0, what="the determinant of a 60 by 60 matrix")


# %%
@hidden
def the_argument_stays_as_it_is(determinant):
    """The matrix of the caller is not changed."""
    A = np.array([[4.0, 3.0, 1.0], [2.0, 5.0, 7.0], [1.0, 1.0, 6.0]])
    close(determinant(A), 74.0, what="the determinant")
    close(A, np.array([[4.0, 3.0, 1.0], [2.0, 5.0, 7.0], [1.0, 1.0, 6.0]]), what="your argument after the call")


# %%
@hidden
def edges_of_the_contract(determinant):
    """The empty matrix has determinant 1; a vector, a single number or three axes raise ValueError."""
    close(determinant(np.zeros((0, 0))), 1.0, what="the determinant of the empty matrix")
    for bad in (np.array([1.0, 2.0]), np.array(3.0), np.ones((2, 2, 2)), np.ones((3, 1))):
        raises(ValueError, determinant, bad)


# %%
@accepted
def with_lists_and_three_loops(A):
    if np.ndim(A) != 2 or np.shape(A)[0] != np.shape(A)[1]:
        raise ValueError("not square")
    rows = [[float(x) for x in row] for row in A]
    n, sign = len(rows), 1
    for k in range(n):
        best = max(range(k, n), key=lambda i: abs(rows[i][k]))
        if best != k:
            rows[k], rows[best] = rows[best], rows[k]
            sign = -sign
        for i in range(k + 1, n):
            if rows[i][k] != 0.0:
                factor = rows[i][k] / rows[k][k]
                for j in range(k, n):
                    rows[i][j] -= factor * rows[k][j]
    product = float(sign)
    for k in range(n):
        product *= rows[k][k]
    return product


# %%
@accepted
def with_the_smaller_matrix_that_remains(A):
    A = np.array(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError("not square")
    if A.shape[0] == 0:
        return 1.0
    row = np.abs(A[:, 0]).argmax()
    first = A[row, 0]
    if first == 0.0:
        return 0.0
    others = np.delete(A, row, axis=0)
    rest = others[:, 1:] - np.outer(others[:, 0] / first, A[row, 1:])
    return float((-1) ** int(row) * first * with_the_smaller_matrix_that_remains(rest))


# %%
@misconception(
    caught_by="the_example_from_the_text",
    hint="Every exchange of two rows flips the sign: the determinant of [[0, 1], [1, 0]] is -1.",
)
def forgets_the_sign_of_the_exchanges(A):
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    for k in range(len(U)):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        if U[pivot, k] == 0:
            return 0.0
        U[[k, pivot]] = U[[pivot, k]]
        U[k + 1 :, k:] -= np.outer(U[k + 1 :, k] / U[k, k], U[k, k:])
    return float(np.prod(np.diag(U)))


# %%
@misconception(
    caught_by="a_zero_on_the_diagonal_does_no_harm",
    hint="You divide by a 0 on the diagonal. Exchange rows first, so that the largest entry of the column is there.",
)
def eliminates_without_exchanges(A):
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    for k in range(len(U)):
        U[k + 1 :, k:] -= np.outer(U[k + 1 :, k] / U[k, k], U[k, k:])
    return float(np.prod(np.diag(U)))


# %%
@misconception(
    caught_by="singular_matrices_give_0",
    hint="When a whole column is 0 there is nothing to divide by: the determinant is 0.",
)
def divides_by_0_when_no_pivot_is_left(A):
    U = np.array(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    det = 1.0
    for k in range(len(U)):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        if pivot != k:
            U[[k, pivot]] = U[[pivot, k]]
            det = -det
        det *= float(U[k, k])
        U[k + 1 :, k:] -= np.outer(U[k + 1 :, k] / U[k, k], U[k, k:])
    return det


# %%
@misconception(
    caught_by="sixty_rows_are_no_problem",
    hint="The expansion along a row has n! terms and never ends for n = 60; elimination needs about n^3 steps.",
)
def expands_along_the_first_row(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError("A must be a square matrix")

    def expand(rows):
        if not rows:
            return 1.0
        total, sign = 0.0, 1.0
        for j, entry in enumerate(rows[0]):
            if entry:
                total += sign * entry * expand([row[:j] + row[j + 1 :] for row in rows[1:]])
            sign = -sign
        return total

    return float(expand(A.tolist()))


# %%
@misconception(
    caught_by="the_argument_stays_as_it_is",
    hint="You eliminate in the matrix of the caller. Copy it first with np.array(A, dtype=float).",
)
def works_in_the_argument(A):
    U = np.asarray(A, dtype=float)
    if U.ndim != 2 or U.shape[0] != U.shape[1]:
        raise ValueError("A must be a square matrix")
    det = 1.0
    for k in range(len(U)):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        if U[pivot, k] == 0:
            return 0.0
        if pivot != k:
            U[[k, pivot]] = U[[pivot, k]]
            det = -det
        det *= float(U[k, k])
        U[k + 1 :, k:] -= np.outer(U[k + 1 :, k] / U[k, k], U[k, k:])
    return det

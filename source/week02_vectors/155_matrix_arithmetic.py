# %% [markdown]
# ### Adding, subtracting and transposing matrices
#
# Matrices of the same shape are added entry by entry. That is how you brighten a picture, average two pictures or take
# one training step for the weights of a network. The transpose $B^\top$ turns rows into columns: a matrix of shape
# $(m, n)$ becomes one of shape $(n, m)$, and entry $(i, j)$ moves to $(j, i)$.
#
# Write one function for all of this:
#
# $$A + \alpha B \qquad \text{or} \qquad A + \alpha B^\top.$$
#
# With $\alpha = 1$ it adds, and with $\alpha = -1$ it subtracts.
#
# **By hand.** $A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$ and
# $B = \begin{pmatrix} 0 & 10 \\ 20 & 30 \end{pmatrix}$. Then
# $A - B = \begin{pmatrix} 1 & -8 \\ -17 & -26 \end{pmatrix}$ and
# $A + B^\top = \begin{pmatrix} 1 & 22 \\ 13 & 34 \end{pmatrix}$.
#
# NumPy would also add a single row to every row of a matrix. That is called broadcasting, and it is no matrix addition.
# Shapes that differ have no sum here: refuse them.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="numpy.add on equal shapes",
    section="Matrices as maps",
    topics=(
        "r0-w2-scalars-vectors-matrices",
        "r0-w2-vector-matrix-ops",
        "r1-t01-vectors-matrices",
        "r1-t01-matrix-operations",
        "r2-o1-matrix-operations",
        "r2-a1-matrix-operations",
        "r2-b1-matrix-operations",
        "r3-1-1-matrix-add-mul",
        "r3-1-1-shapes",
        "r4-la-matrices",
        "r4-req-la-matrices",
    ),
)

# %%
import numpy as np


# %%
def matrix_arithmetic(A: np.ndarray, B: np.ndarray, alpha: float = 1.0, transpose_b: bool = False) -> np.ndarray:
    """Return A + alpha B, or A + alpha B^T.

    Parameters
    ----------
    A : array of shape (m, n)
    B : array of shape (m, n), or of shape (n, m) when transpose_b is True
    alpha : the factor of B
    transpose_b : whether B is transposed first

    Returns
    -------
    array of shape (m, n), of floats

    Raises
    ------
    ValueError : A or B is not two-dimensional, or the shapes of the two terms differ; nothing is broadcast
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    B = np.asarray(B, dtype=float)
    if transpose_b:
        B = B.T
    if A.ndim != 2 or A.shape != B.shape:
        raise ValueError("A and the matrix that is added must have the same shape (m, n)")
    return A + alpha * B
    ### END SOLUTION


# %%
@helper
def two_terms(A, B, transpose_b):
    """Return A and B (or its transpose) as float arrays, or raise ValueError when they have no sum."""
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    B = B.T if transpose_b else B
    if A.ndim != 2 or A.shape != B.shape:
        raise ValueError("shapes differ")
    return A, B


# %%
@check
def the_worked_difference_is_right(matrix_arithmetic):
    """[[1, 2], [3, 4]] minus [[0, 10], [20, 30]] is [[1, -8], [-17, -26]]."""
    A, B = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 10.0], [20.0, 30.0]])
    close(matrix_arithmetic(A, B, alpha=-1.0), np.array([[1.0, -8.0], [-17.0, -26.0]]), **T1, what="A - B")


# %%
@check
def the_worked_sum_with_the_transpose_is_right(matrix_arithmetic):
    """[[1, 2], [3, 4]] plus the transpose of [[0, 10], [20, 30]] is [[1, 22], [13, 34]]."""
    A, B = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 10.0], [20.0, 30.0]])
    close(matrix_arithmetic(A, B, transpose_b=True), np.array([[1.0, 22.0], [13.0, 34.0]]), **T1, what="A + B^T")


# %%
@check
def a_single_row_is_not_spread_over_all_rows(matrix_arithmetic):
    """A matrix of shape (2, 2) and one of shape (1, 2) have no sum, so they raise ValueError."""
    raises(ValueError, matrix_arithmetic, np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0]]))


# %%
@hidden(weight=2)
def the_entries_are_right_for_any_shape(matrix_arithmetic, rng):
    """Every entry is a_ij + alpha b_ij, for square, wide and tall matrices."""
    for m, n in ((1, 1), (1, 3), (2, 2), (2, 3), (4, 2), (7, 5)):
        A, B, alpha = rng.normal(size=(m, n)), rng.normal(size=(m, n)), float(rng.normal())
        expected = np.array([[A[i, j] + alpha * B[i, j] for j in range(n)] for i in range(m)])
        close(matrix_arithmetic(A, B, alpha), expected, **T1, what=f"the sum of two {m} by {n} matrices")
    close(matrix_arithmetic([[1, 2]], [[3, 5]], 0.5), np.array([[2.5, 4.5]]), **T1, what="(1, 2) + 0.5 (3, 5)")


# %%
@hidden(weight=2)
def the_transpose_exchanges_rows_and_columns(matrix_arithmetic, rng):
    """With transpose_b every entry is a_ij + alpha b_ji, also when B is wide or tall."""
    for m, n in ((1, 1), (2, 2), (2, 3), (3, 1), (5, 4)):
        A, B, alpha = rng.normal(size=(m, n)), rng.normal(size=(n, m)), float(rng.normal())
        expected = np.array([[A[i, j] + alpha * B[j, i] for j in range(n)] for i in range(m)])
        what = f"the sum of a {m} by {n} matrix and a transposed {n} by {m} matrix"
        close(matrix_arithmetic(A, B, alpha, True), expected, **T1, what=what)


# %%
@hidden
def single_precision_loses_no_digits(matrix_arithmetic):
    """Matrices in single precision are converted to float64 first: (1, 2) + 0.1 (3, 5) is (1.3, 2.5)."""
    A, B = np.array([[1.0, 2.0]], dtype=np.float32), np.array([[3.0, 5.0]], dtype=np.float32)
    close(matrix_arithmetic(A, B, 0.1), np.array([[1.3, 2.5]]), **T1, what="A + 0.1 B")


# %%
@hidden
def the_order_of_a_plain_sum_does_not_matter(matrix_arithmetic, rng):
    """A + B equals B + A, and without further arguments the function adds."""
    for m, n in ((1, 2), (3, 3)):
        A, B = rng.normal(size=(m, n)), rng.normal(size=(m, n))
        close(matrix_arithmetic(A, B), A + B, **T1, what="A + B")
        close(matrix_arithmetic(B, A), A + B, **T1, what="B + A")


# %%
@hidden
def subtracting_undoes_adding(matrix_arithmetic, rng):
    """Subtracting what was added gives A back, and A - A is zero."""
    for m, n in ((2, 2), (2, 4)):
        A, B = rng.normal(size=(m, n)), rng.normal(size=(m, n))
        there = array(matrix_arithmetic(A, B, 2.5), (m, n), what="A + 2.5 B")
        close(matrix_arithmetic(there, B, -2.5), A, **T1, what="A after adding and subtracting 2.5 B")
        close(matrix_arithmetic(A, A, -1), np.zeros((m, n)), **T1, what="A - A")
        close(matrix_arithmetic(A, B, 0.0), A, **T1, what="A + 0 B")


# %%
@hidden
def a_matrix_and_its_transpose_add_up_to_a_symmetric_one(matrix_arithmetic, rng):
    """A + A^T is symmetric, and A - A^T changes its sign when it is transposed."""
    for n in (2, 3, 5):
        A = rng.normal(size=(n, n))
        total = array(matrix_arithmetic(A, A, transpose_b=True), (n, n), what="A + A^T")
        close(total, total.T, **T1, what="A + A^T compared with its transpose")
        close(np.trace(total).item(), 2.0 * np.trace(A).item(), **T1, what="the trace of A + A^T")
        rest = array(matrix_arithmetic(A, A, -1.0, transpose_b=True), (n, n), what="A - A^T")
        close(rest, -rest.T, **T1, what="A - A^T compared with minus its transpose")


# %%
@hidden
def shapes_that_differ_raise(matrix_arithmetic):
    """Shapes that differ and arrays that are not two-dimensional raise ValueError."""
    A = np.arange(6.0).reshape(2, 3)
    for shape in ((1, 3), (2, 1), (1, 1), (3, 2), (3, 3), (6, 1), (3,), (2, 2, 3)):
        raises(ValueError, matrix_arithmetic, A, np.ones(shape))
    raises(ValueError, matrix_arithmetic, np.ones((1, 3)), A)
    raises(ValueError, matrix_arithmetic, A, 1.0)
    raises(ValueError, matrix_arithmetic, A, A, transpose_b=True)
    raises(ValueError, matrix_arithmetic, A, np.ones((1, 2)), transpose_b=True)
    raises(ValueError, matrix_arithmetic, np.ones(3), np.ones(3))


# %%
@accepted
def with_two_loops(A, B, alpha=1.0, transpose_b=False):
    A, B = np.array(A, dtype=float), np.array(B, dtype=float)
    if A.ndim != 2 or B.ndim != 2 or A.shape != (B.shape[::-1] if transpose_b else B.shape):
        raise ValueError("shapes differ")
    total = np.empty(A.shape)
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            total[i, j] = A[i, j] + alpha * (B[j, i] if transpose_b else B[i, j])
    return total


# %%
@accepted
def adding_into_a_copy(A, B, alpha=1.0, transpose_b=False):
    result = np.array(A, dtype=np.float64)
    term = np.asarray(B, dtype=np.float64)
    term = np.transpose(term) if transpose_b else term
    if result.ndim != 2 or term.shape != result.shape:
        raise ValueError("shapes differ")
    result += np.multiply(term, alpha)
    return result


# %%
@misconception(
    caught_by="a_single_row_is_not_spread_over_all_rows",
    hint="NumPy stretches a row or a column without a warning. Compare the shapes yourself.",
)
def lets_numpy_broadcast(A, B, alpha=1.0, transpose_b=False):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if A.ndim != 2 or B.ndim != 2:
        raise ValueError("not matrices")
    return A + alpha * (B.T if transpose_b else B)


# %%
@misconception(
    caught_by="the_transpose_exchanges_rows_and_columns",
    hint="reshape keeps the reading order of the entries; it does not exchange rows and columns. Use the transpose.",
)
def reshapes_instead_of_transposing(A, B, alpha=1.0, transpose_b=False):
    A, term = two_terms(A, B, transpose_b)
    if transpose_b:
        term = np.asarray(B, dtype=float).reshape(A.shape)
    return A + alpha * term


# %%
@misconception(
    caught_by="the_worked_difference_is_right",
    hint="alpha belongs to B alone: A + alpha B, not alpha (A + B).",
)
def scales_the_whole_sum(A, B, alpha=1.0, transpose_b=False):
    A, term = two_terms(A, B, transpose_b)
    return alpha * (A + term)


# %%
@misconception(
    caught_by="the_transpose_exchanges_rows_and_columns",
    hint="Transpose first, then compare the shapes: for A of shape (2, 3) a B of shape (3, 2) is right.",
)
def compares_the_shapes_before_transposing(A, B, alpha=1.0, transpose_b=False):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if A.ndim != 2 or A.shape != B.shape or A.shape != (B.T if transpose_b else B).shape:
        raise ValueError("shapes differ")
    return A + alpha * (B.T if transpose_b else B)


# %%
@misconception(
    caught_by="the_transpose_exchanges_rows_and_columns",
    hint="Only B is transposed, not the sum.",
)
def transposes_the_sum(A, B, alpha=1.0, transpose_b=False):
    A, term = two_terms(A, B, transpose_b)
    return A.T + alpha * term.T if transpose_b else A + alpha * term

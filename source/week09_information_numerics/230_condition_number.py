# %% [markdown]
# ### The condition number
#
# A matrix stretches some directions more than others. If the difference is extreme, a tiny error in $b$ becomes a large
# error in the solution of $A x = b$, whatever program solves it. One number warns you before you start.
#
# $$\kappa(A) = \frac{\sigma_{\max}}{\sigma_{\min}}$$
#
# The singular values $\sigma$ are the lengths of the half-axes of the ellipsoid into which $A$ turns the unit ball. A
# relative error in $b$ can grow by the factor $\kappa$ on its way to $x$: with $\kappa = 10^k$ you lose about $k$ of
# your 16 digits.
#
# **By hand.** $A = \begin{pmatrix} 3 & 0 \\ 0 & 0.01 \end{pmatrix}$ has the singular values $3$ and $0.01$, so
# $\kappa = 300$. The matrix $0.001 \cdot I$ has a tiny determinant but $\kappa = 1$: it stretches all directions alike.
#
# Return $\kappa$, or infinity if the smallest singular value is exactly 0. You may call `np.linalg.svd`.

# %%
from scipy import linalg

from autograder.kit import T3, accepted, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.linalg.cond",),
    oracle="numpy.linalg.cond",
    section="Condition numbers and least squares",
    topics=("r0-w9-conditioning", "r1-t07-conditioning"),
)

# %%
import numpy as np


# %%
def condition_number(A: np.ndarray) -> float:
    """Compute the ratio of the largest to the smallest singular value of a square or tall matrix.

    Parameters
    ----------
    A : array or list of shape (m, n) with m >= n >= 1, all entries finite

    Returns
    -------
    float, at least 1; inf if the smallest singular value is exactly 0 (so also for a zero matrix)

    Raises
    ------
    ValueError : A is not a matrix, has more columns than rows or no columns,
        or holds NaN or an infinity
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] < A.shape[1] or A.shape[1] == 0 or not np.all(np.isfinite(A)):
        raise ValueError("A must be a square or tall matrix with finite entries")
    singular = np.linalg.svd(A, compute_uv=False)
    return float(singular[0] / singular[-1]) if singular[-1] > 0 else float("inf")
    ### END SOLUTION


# %%
@helper
def matrix_with(singular, rows, rng):
    """Return a random matrix of `rows` rows with the given singular values."""
    n = len(singular)
    U, _ = np.linalg.qr(rng.normal(size=(rows, n)))
    V, _ = np.linalg.qr(rng.normal(size=(n, n)))
    return U @ np.diag(singular) @ V.T


# %%
@check
def a_diagonal_matrix_of_3_and_001(condition_number):
    """The diagonal matrix with entries 3 and 0.01 has the condition number 300."""
    close(condition_number(np.array([[3.0, 0.0], [0.0, 0.01]])), 300.0, **T3)


# %%
@check
def a_zero_column_gives_infinity(condition_number):
    """A matrix with a column of zeros has the smallest singular value 0, so the result is infinity."""
    close(condition_number(np.array([[1.0, 0.0], [0.0, 0.0]])), float("inf"), **T3)


# %%
@check
def a_wide_matrix_raises(condition_number):
    """A matrix with more columns than rows raises ValueError."""
    raises(ValueError, condition_number, np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))


# %%
@hidden(weight=2)
def finds_the_ratio_of_the_known_singular_values(condition_number, rng):
    """A square or tall matrix that is built with known singular values has their ratio as condition number."""
    for n, rows, kappa in ((1, 1, 1.0), (2, 2, 7.0), (2, 5, 40.0), (4, 4, 1e3), (5, 9, 1e6), (8, 8, 3e7)):
        singular = np.logspace(0.0, -np.log10(kappa), n)
        A = matrix_with(singular, rows, rng)
        close(condition_number(A), kappa, **T3, what=f"the condition number of a {rows} by {n} matrix")


# %%
@hidden
def scaling_changes_nothing(condition_number, rng):
    """Multiplying the matrix by a number leaves the condition number as it is."""
    close(condition_number(1e-3 * np.eye(4)), 1.0, **T3, what="the condition number of 0.001 times the identity")
    A = matrix_with([2.0, 1.0, 0.4], 3, rng)
    for factor in (-1e-6, 1e5):
        close(condition_number(factor * A), 5.0, **T3, what=f"the condition number after scaling by {factor:g}")


# %%
@hidden
def a_shear_stretches_although_its_eigenvalues_are_equal(condition_number):
    """The matrix [[1, 100], [0, 1]] has both eigenvalues 1, but its condition number is about 10002."""
    for shear in (2.0, 100.0):
        expected = float((shear + np.sqrt(shear**2 + 4)) ** 2 / 4)
        close(condition_number(np.array([[1.0, shear], [0.0, 1.0]])), expected, **T3)


# %%
@hidden
def orthogonal_matrices_have_condition_one(condition_number, rng):
    """A matrix with orthonormal columns has the condition number 1."""
    for rows, n in ((2, 2), (5, 3), (6, 6)):
        Q, _ = np.linalg.qr(rng.normal(size=(rows, n)))
        close(condition_number(Q), 1.0, **T3)


# %%
@hidden
def the_inverse_has_the_same_number_and_the_normal_matrix_its_square(condition_number, rng):
    """The inverse of A has the condition number of A, and A^T A has its square."""
    for n in (2, 3, 5):
        A = matrix_with(np.linspace(1.0, 0.02, n), n, rng)
        close(condition_number(np.linalg.inv(A)), 50.0, **T3, what="the condition number of the inverse")
        close(condition_number(A.T @ A), 2500.0, **T3, what="the condition number of A^T A")


# %%
@hidden
def bounds_the_growth_of_errors(condition_number, rng):
    """The relative change of x is at most the condition number times the relative change of b."""
    for n in (2, 4):
        A = matrix_with(np.logspace(0, -4, n), n, rng)
        kappa = condition_number(A)
        for _ in range(5):
            b, change = rng.normal(size=n), 1e-3 * rng.normal(size=n)
            x, moved = np.linalg.solve(A, b), np.linalg.solve(A, b + change)
            growth = linalg.norm(moved - x) / linalg.norm(x) / (linalg.norm(change) / linalg.norm(b))
            holds(growth <= kappa * (1 + 1e-6), "An error grew by more than the condition number, which is a bound.")


# %%
@hidden(weight=2)
def the_hilbert_matrix_of_size_10_is_terrible(condition_number):
    """The Hilbert matrices of sizes 8 and 10 have condition numbers of about 1.5e10 and 1.6e13."""
    for n, expected in ((8, 1.5258e10), (10, 1.6025e13)):
        value = condition_number(linalg.hilbert(n))
        low, high = expected / 2, 2 * expected
        holds(low <= value <= high, f"The condition number for n = {n} should be between {low:.2g} and {high:.2g}.")


# %%
@hidden
def a_zero_matrix_gives_infinity(condition_number):
    """A zero matrix gives infinity, not NaN."""
    for shape in ((1, 1), (3, 2)):
        close(condition_number(np.zeros(shape)), float("inf"), **T3)


# %%
@hidden
def a_list_of_integers_is_fine(condition_number):
    """A list of lists of integers is accepted."""
    close(condition_number([[2, 0], [0, 5], [0, 0]]), 2.5, **T3)


# %%
@hidden
def half_precision_is_converted_first(condition_number):
    """A matrix in half precision is converted to float64 first, because numpy has no decomposition for it."""
    close(condition_number(np.array([[3.0, 0.0], [0.0, 0.5], [0.0, 0.0]], dtype=np.float16)), 6.0, **T3)


# %%
@hidden
def input_that_is_no_matrix_raises(condition_number):
    """A vector, a matrix without columns and a matrix with NaN or infinity raise ValueError."""
    raises(ValueError, condition_number, np.array([1.0, 2.0]))
    raises(ValueError, condition_number, np.zeros((3, 0)))
    raises(ValueError, condition_number, np.array([[1.0, 0.0], [float("nan"), 1.0]]))
    raises(ValueError, condition_number, np.array([[1.0, 0.0], [0.0, float("inf")]]))


# %%
@accepted
def with_two_norms(A):
    matrix = np.array(A, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError("not a matrix")
    rows, columns = matrix.shape
    if columns < 1 or rows < columns or np.any(np.isnan(matrix) | np.isinf(matrix)):
        raise ValueError("not square or tall, or not finite")
    largest, smallest = np.linalg.norm(matrix, 2), np.linalg.norm(matrix, -2)
    return np.inf if smallest == 0 else float(largest / smallest)


# %%
@accepted
def with_scipy_and_a_triangle(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] < A.shape[1] or A.size == 0 or not np.isfinite(A).all():
        raise ValueError("A must be a square or tall matrix with finite entries")
    R = np.linalg.qr(A, mode="r")
    values = sorted(linalg.svdvals(R))
    with np.errstate(divide="ignore"):
        return float(values[-1] / values[0]) if values[-1] > 0 else float("inf")


# %%
@misconception(
    caught_by="scaling_changes_nothing",
    hint="A small determinant does not mean ill-conditioned: scaling changes it, but not the ratio of singular values.",
)
def trusts_the_determinant(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] < A.shape[1] or A.shape[1] == 0 or not np.all(np.isfinite(A)):
        raise ValueError("A must be a square or tall matrix with finite entries")
    if abs(np.linalg.det(A.T @ A)) < 1e-16:
        return float("inf")
    singular = np.linalg.svd(A, compute_uv=False)
    return float(singular[0] / singular[-1])


# %%
@misconception(
    caught_by="a_shear_stretches_although_its_eigenvalues_are_equal",
    hint="Eigenvalues of a matrix that is not symmetric do not measure stretching. Singular values do.",
)
def ratio_of_the_eigenvalues(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] < A.shape[1] or A.shape[1] == 0 or not np.all(np.isfinite(A)):
        raise ValueError("A must be a square or tall matrix with finite entries")
    if A.shape[0] == A.shape[1]:
        sizes = np.sort(np.abs(np.linalg.eigvals(A)))[::-1]
    else:
        sizes = np.linalg.svd(A, compute_uv=False)
    return float(sizes[0] / sizes[-1]) if sizes[-1] > 0 else float("inf")


# %%
@misconception(
    caught_by="a_diagonal_matrix_of_3_and_001",
    hint="This is the reciprocal. Divide the largest by the smallest singular value: large means bad here.",
)
def returns_the_reciprocal(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] < A.shape[1] or A.shape[1] == 0 or not np.all(np.isfinite(A)):
        raise ValueError("A must be a square or tall matrix with finite entries")
    singular = np.linalg.svd(A, compute_uv=False)
    return float(singular[-1] / singular[0]) if singular[-1] > 0 else float("inf")


# %%
@misconception(
    caught_by="a_zero_matrix_gives_infinity",
    hint="0 divided by 0 is NaN. Return infinity whenever the smallest singular value is 0.",
)
def divides_zero_by_zero(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] < A.shape[1] or A.shape[1] == 0 or not np.all(np.isfinite(A)):
        raise ValueError("A must be a square or tall matrix with finite entries")
    singular = np.linalg.svd(A, compute_uv=False)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(singular[0] / singular[-1])


# %%
@misconception(
    caught_by="the_hilbert_matrix_of_size_10_is_terrible",
    hint="A^T A has the squared condition number, so half the digits are lost. Take the singular values of A itself.",
)
def takes_roots_of_the_eigenvalues_of_the_normal_matrix(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] < A.shape[1] or A.shape[1] == 0 or not np.all(np.isfinite(A)):
        raise ValueError("A must be a square or tall matrix with finite entries")
    squares = np.linalg.eigvalsh(A.T @ A)
    return float(np.sqrt(squares[-1] / squares[0])) if squares[0] > 0 else float("inf")

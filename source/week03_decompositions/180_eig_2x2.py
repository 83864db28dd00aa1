# %% [markdown]
# ### Eigenvalues of a 2 by 2 matrix
#
# An eigenvalue says how much a matrix stretches along a direction that it does not turn. For a 2 by 2 matrix you need
# no algorithm, only school algebra. That makes it the best place to see what can happen: two real values, one value
# twice, or a complex pair.
#
# The eigenvalues are the roots of the characteristic polynomial $\det(A - \lambda I) = \lambda^2 - t \lambda + d$,
# where $t = a_{11} + a_{22}$ is the trace and $d = a_{11} a_{22} - a_{12} a_{21}$ is the determinant. So
# $$\lambda = \frac{t}{2} \pm \sqrt{\frac{t^2}{4} - d}.$$
# When the number under the root is negative, the root is imaginary: the matrix turns every real vector.
#
# **By hand.** $A = \begin{pmatrix} 4 & 1 \\ 2 & 3 \end{pmatrix}$ has $t = 7$ and $d = 12 - 2 = 10$. Then
# $\sqrt{12.25 - 10} = 1.5$ and $\lambda = 3.5 \pm 1.5$, so the eigenvalues are $5$ and $2$. Their sum is $t$ and their
# product is $d$. The quarter turn $\begin{pmatrix} 0 & -1 \\ 1 & 0 \end{pmatrix}$ has $t = 0$ and $d = 1$, so
# $\lambda = \pm \sqrt{-1} = \pm i$.
#
# Return both eigenvalues as a complex array of shape (2,), the larger real part first. A repeated eigenvalue stands
# there twice.

# %%
from autograder.kit import T2, T3, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("numpy.linalg.eig*", "scipy.linalg.eig*", "numpy.roots"),
    oracle="numpy.linalg.eigvals",
    section="Eigenvalues and eigenvectors",
    topics=(
        "r0-w3-eigen",
        "r0-w3-out-matrix-intuition",
        "r1-t01-eigen",
        "r2-o1-eigen",
        "r2-a1-eigen",
        "r2-b1-eigen-svd",
        "r4-la-eigen",
        "r4-req-la-eigenvalues",
    ),
)

# %%
import math

import numpy as np


# %%
def eig_2x2(A: np.ndarray) -> np.ndarray:
    """Return both eigenvalues of a real 2 by 2 matrix from its trace and determinant.

    Parameters
    ----------
    A : array-like of shape (2, 2), real

    Returns
    -------
    complex array of shape (2,), sorted by real part, then by imaginary part, both descending

    Raises
    ------
    ValueError : A does not have shape (2, 2)
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    if A.shape != (2, 2):
        raise ValueError("A must have shape (2, 2)")
    half_trace = (A[0, 0] + A[1, 1]) / 2
    determinant = A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
    root = np.sqrt(complex(half_trace**2 - determinant))
    return np.array([half_trace + root, half_trace - root])
    ### END SOLUTION


# %%
@helper
def sorted_eigenvalues(A):
    """Return the eigenvalues that numpy finds, largest real part first, then largest imaginary part."""
    return np.sort_complex(np.linalg.eigvals(A).astype(complex))[::-1]


# %%
@check
def finds_5_and_2_in_the_example(eig_2x2):
    """The matrix [[4, 1], [2, 3]] has the eigenvalues 5 and 2."""
    values = array(eig_2x2(np.array([[4.0, 1.0], [2.0, 3.0]])), (2,), what="the eigenvalues")
    close(values.astype(complex), np.array([5.0 + 0j, 2.0 + 0j]), **T2, what="the eigenvalues")


# %%
@check
def the_quarter_turn_has_i_and_minus_i(eig_2x2):
    """The quarter turn [[0, -1], [1, 0]] has the eigenvalues i and -i."""
    values = array(eig_2x2(np.array([[0.0, -1.0], [1.0, 0.0]])), (2,), what="the eigenvalues")
    close(values.astype(complex), np.array([1j, -1j]), **T2, what="the eigenvalues")


# %%
@check
def a_3_by_3_matrix_raises(eig_2x2):
    """A matrix of another shape raises ValueError."""
    raises(ValueError, eig_2x2, np.eye(3))


# %%
@hidden(weight=2)
def the_sum_is_the_trace_and_the_product_is_the_determinant(eig_2x2, rng):
    """The eigenvalues add up to the trace and multiply to the determinant."""
    for scale in (1.0, 1.0, 10.0, 1e6):
        A = scale * rng.normal(size=(2, 2))
        values = array(eig_2x2(A), (2,), what="the eigenvalues").astype(complex)
        close(complex(values.sum()) / scale, complex(np.trace(A)) / scale, **T2, what="the sum of the eigenvalues")
        determinant = complex(A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]) / scale**2
        close(complex(values.prod()) / scale**2, determinant, **T2, what="the product of the eigenvalues")


# %%
@hidden
def a_repeated_eigenvalue_stands_there_twice(eig_2x2):
    """A repeated eigenvalue is returned twice."""
    for A, value in (([[3, 0], [0, 3]], 3), ([[3, 1], [-1, 1]], 2), ([[0, 0], [0, 0]], 0), ([[-5, 2], [0, -5]], -5)):
        values = array(eig_2x2(A), (2,), what="the eigenvalues").astype(complex)
        close(values, np.full(2, complex(value)), rtol=1e-6, atol=1e-6, what="the eigenvalues")


# %%
@hidden
def symmetric_matrices_have_real_eigenvalues(eig_2x2, rng):
    """The eigenvalues of a symmetric matrix are real, and they still come as complex numbers."""
    for diagonal in ([2.0, -1.0], [0.5, 4.0], [-3.0, -7.0]):
        A = np.diag(diagonal) + rng.normal() * np.array([[0.0, 1.0], [1.0, 0.0]])
        values = eig_2x2(A)
        array(values, (2,), what="the eigenvalues")
        holds(values.dtype.kind == "c", "The result should be an array of complex numbers.")
        close(values.imag, np.zeros(2), **T2, what="the imaginary parts")
        close(values.real, np.linalg.eigvalsh(A)[::-1].copy(), **T2, what="the real parts")


# %%
@hidden
def agrees_with_numpy_in_value_and_order(eig_2x2, rng):
    """Both eigenvalues are right, the one with the larger real part first, of a complex pair the one above the axis."""
    for A in ([[1, 2], [3, 4]], [[1, -5], [2, 3]], [[-6, 1], [0, -2]]):
        values = array(eig_2x2(A), (2,), what="the eigenvalues").astype(complex)
        close(values, sorted_eigenvalues(np.array(A, dtype=float)), **T2, what="the eigenvalues")
    for size in (1.0, 3.0, 50.0):
        real = size * np.array([[1.0, 0.7], [0.4, -2.0]]) + rng.normal(size=(2, 2)) / 10
        turning = size * np.array([[1.0, -2.0], [1.5, 0.5]]) + rng.normal(size=(2, 2)) / 10
        for A in (real, turning):
            values = array(eig_2x2(A), (2,), what="the eigenvalues").astype(complex)
            close(values, sorted_eigenvalues(A), **T2, what="the eigenvalues")


# %%
@hidden
def large_whole_numbers_do_not_wrap_around(eig_2x2):
    """Large integers are converted to float64 first: the matrix diag(3e9, 4e9) has the eigenvalues 4e9 and 3e9."""
    values = array(eig_2x2(np.array([[3 * 10**9, 0], [0, 4 * 10**9]])), (2,), what="the eigenvalues").astype(complex)
    close(values / 1e9, np.array([4.0 + 0j, 3.0 + 0j]), **T2, what="the eigenvalues divided by 1e9")


# %%
@hidden
def similar_matrices_have_the_same_eigenvalues(eig_2x2, rng):
    """The matrices A and P A P^-1 have the same eigenvalues."""
    P = np.array([[2.0, 1.0], [1.0, 1.0]])
    for A in (np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[1.0, -2.0], [0.5, 1.5]])):
        A = A + rng.normal(size=(2, 2)) / 10
        first = array(eig_2x2(A), (2,), what="the eigenvalues of A").astype(complex)
        second = array(eig_2x2(P @ A @ np.linalg.inv(P)), (2,), what="the eigenvalues of P A P^-1").astype(complex)
        close(second, first, **T3, what="the eigenvalues of P A P^-1 compared with those of A")


# %%
@hidden
def every_other_shape_raises(eig_2x2):
    """Four numbers in a row, a 2 by 3 matrix and a stack of matrices raise ValueError."""
    for A in (np.array([1.0, 2.0, 3.0, 4.0]), np.ones((2, 3)), np.ones((1, 2, 2)), np.ones((1, 1))):
        raises(ValueError, eig_2x2, A)


# %%
@accepted
def with_the_school_formula_in_plain_python(A):
    import cmath

    rows = [[float(entry) for entry in row] for row in A] if np.ndim(A) == 2 else []
    if [len(row) for row in rows] != [2, 2]:
        raise ValueError("two rows of two numbers, please")
    (a, b), (c, d) = rows
    root = cmath.sqrt((a - d) ** 2 + 4 * b * c)
    pair = [(a + d + root) / 2, (a + d - root) / 2]
    return np.array(sorted(pair, key=lambda value: (value.real, value.imag), reverse=True))


# %%
@accepted
def with_one_case_for_each_sign_of_the_discriminant(A):
    A = np.array(A, dtype=np.float64)
    if A.shape != (2, 2):
        raise ValueError("wrong shape")
    middle, spread = np.trace(A) / 2, np.trace(A) ** 2 / 4 - (A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0])
    values = np.empty(2, dtype=complex)
    if spread >= 0:
        values[:] = middle + math.sqrt(spread), middle - math.sqrt(spread)
    else:
        values[:] = complex(middle, math.sqrt(-spread)), complex(middle, -math.sqrt(-spread))
    return values


# %%
@misconception(
    caught_by="the_quarter_turn_has_i_and_minus_i",
    hint="Rotations have complex eigenvalues; use a complex root.",
)
def takes_the_real_root_of_a_negative_number(A):
    A = np.asarray(A, dtype=float)
    if A.shape != (2, 2):
        raise ValueError("A must have shape (2, 2)")
    half_trace = (A[0, 0] + A[1, 1]) / 2
    root = math.sqrt(half_trace**2 - (A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]))
    return np.array([half_trace + root, half_trace - root], dtype=complex)


# %%
@misconception(
    caught_by="a_repeated_eigenvalue_stands_there_twice",
    hint="Always return two values; a repeated root counts twice.",
)
def returns_a_repeated_root_once(A):
    A = np.asarray(A, dtype=float)
    if A.shape != (2, 2):
        raise ValueError("A must have shape (2, 2)")
    half_trace = (A[0, 0] + A[1, 1]) / 2
    root = np.sqrt(complex(half_trace**2 - (A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0])))
    return np.array(list(dict.fromkeys([half_trace + root, half_trace - root])))


# %%
@misconception(
    caught_by="the_sum_is_the_trace_and_the_product_is_the_determinant",
    hint="The characteristic polynomial is lambda^2 - trace * lambda + determinant: mind the minus sign of the trace.",
)
def takes_the_trace_with_the_wrong_sign(A):
    A = np.asarray(A, dtype=float)
    if A.shape != (2, 2):
        raise ValueError("A must have shape (2, 2)")
    half_trace = -(A[0, 0] + A[1, 1]) / 2
    root = np.sqrt(complex(half_trace**2 - (A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0])))
    return np.array([half_trace + root, half_trace - root])


# %%
@misconception(
    caught_by="the_sum_is_the_trace_and_the_product_is_the_determinant",
    hint="Half the trace is squared under the root: t^2 / 4 - d, not t^2 - d.",
)
def forgets_to_halve_the_trace_under_the_root(A):
    A = np.asarray(A, dtype=float)
    if A.shape != (2, 2):
        raise ValueError("A must have shape (2, 2)")
    trace = A[0, 0] + A[1, 1]
    root = np.sqrt(complex(trace**2 - (A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0])))
    return np.array([trace / 2 + root, trace / 2 - root])


# %%
@misconception(
    caught_by="agrees_with_numpy_in_value_and_order",
    hint="The values are right but the order is not: the larger real part comes first.",
)
def sorts_ascending(A):
    A = np.asarray(A, dtype=float)
    if A.shape != (2, 2):
        raise ValueError("A must have shape (2, 2)")
    half_trace = (A[0, 0] + A[1, 1]) / 2
    root = np.sqrt(complex(half_trace**2 - (A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0])))
    return np.array([half_trace - root, half_trace + root])

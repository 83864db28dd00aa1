# %% [markdown]
# ### Compare a product with NumPy
#
# You wrote a matrix product. Is it right? A library that many people have tested is a good judge. Here you write the
# comparison that you will use from now on: run a product of your own, run `np.dot` on the same matrices, and report the
# largest difference.
#
# For two matrices `np.dot(A, B)` is the matrix product. With $C$ = `product(A, B)` the error is
#
# $$\max_{i,j} \left| C_{ij} - (A B)_{ij} \right|.$$
#
# **By hand.** For $A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$ and
# $B = \begin{pmatrix} 0 & 1 \\ 1 & 0 \end{pmatrix}$ the product is $\begin{pmatrix} 2 & 1 \\ 4 & 3 \end{pmatrix}$. The
# elementwise product is $\begin{pmatrix} 0 & 2 \\ 3 & 0 \end{pmatrix}$. The differences are $-2, 1, -1, -3$, so the
# error is $3$.
#
# The argument `product` is a function: call it as you would call any other. Return what it gave, and the error.
# Arrays of different shapes cannot be compared, although NumPy would happily subtract a column from a matrix.
#
# Try it afterwards: `compare_with_numpy(matmul, A, B)`. An error near $10^{-16}$ is rounding. An error of 3 is a
# mistake.

# %%
import math

from autograder.kit import T1, accepted, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="a product with a planted error of known size",
    section="Matrix products",
    topics=(
        "r0-w2-vector-matrix-ops",
        "r2-a1-dot-matmul-numpy",
        "r2-b1-dot-matmul-manual",
        "r3-1-1-matrix-add-mul",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def compare_with_numpy(
    product: Callable[[np.ndarray, np.ndarray], np.ndarray], A: np.ndarray, B: np.ndarray
) -> tuple[np.ndarray, float]:
    """Run a matrix product and return its result with the largest difference to np.dot.

    Parameters
    ----------
    product : a function of two matrices that should return their product
    A : array of shape (m, k)
    B : array of shape (k, n)

    Returns
    -------
    (result, error) : what product(A, B) returned, and the largest magnitude in result - np.dot(A, B).
        The error is 0.0 when there are no entries, and NaN when the result holds NaN.

    Raises
    ------
    ValueError : A or B is not two-dimensional, or their numbers k differ
    ValueError : the result has another shape than np.dot(A, B)
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    B = np.asarray(B, dtype=float)
    if A.ndim != 2 or B.ndim != 2 or A.shape[1] != B.shape[0]:
        raise ValueError("A must have shape (m, k) and B must have shape (k, n)")
    expected = np.dot(A, B)
    result = np.asarray(product(A, B))
    if result.shape != expected.shape:
        raise ValueError(f"the product should have shape {expected.shape}, not {result.shape}")
    return result, float(np.max(np.abs(result - expected), initial=0.0))
    ### END SOLUTION


# %%
@helper
def checked_factors(A, B):
    """Return both as float arrays, or raise ValueError when they have no product."""
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if A.ndim != 2 or B.ndim != 2 or A.shape[1] != B.shape[0]:
        raise ValueError("no such product")
    return A, B


# %%
@helper
def product_with(error, i, j):
    """Return a matrix product that adds `error` to entry (i, j)."""

    def product(A, B):
        result = np.matmul(A, B)
        result[i, j] += error
        return result

    return product


# %%
@check
def the_elementwise_product_is_off_by_3(compare_with_numpy):
    """For [[1, 2], [3, 4]] and [[0, 1], [1, 0]] the elementwise product is off by 3."""
    A, B = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    result, error = compare_with_numpy(lambda left, right: left * right, A, B)
    close(result, np.array([[0.0, 2.0], [3.0, 0.0]]), **T1, what="the result of the elementwise product")
    close(error, 3.0, **T1, what="the error of the elementwise product")


# %%
@check
def a_right_product_has_no_error(compare_with_numpy):
    """A right product is returned as it is, with an error of 0 up to rounding."""
    A, B = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 3.0]])
    result, error = compare_with_numpy(lambda left, right: left @ right, A, B)
    close(result, np.array([[2.0, 1.0, 8.0], [4.0, 3.0, 18.0]]), **T1, what="the result")
    close(error, 0.0, **T1, what="the error")


# %%
@check
def matrices_without_a_product_raise(compare_with_numpy):
    """Shapes (2, 3) and (2, 3) have no product, so they raise ValueError."""
    raises(ValueError, compare_with_numpy, lambda left, right: left * right, np.ones((2, 3)), np.ones((2, 3)))


# %%
@hidden(weight=2)
def a_planted_error_is_found(compare_with_numpy, rng):
    """If a product is wrong in a single entry, the error is exactly the size of that mistake."""
    for m, k, n, size in ((1, 1, 1, 0.5), (2, 2, 2, 3.0), (2, 3, 4, -0.25), (5, 4, 3, -2.0), (12, 9, 10, 1e-3)):
        A, B = rng.normal(size=(m, k)), rng.normal(size=(k, n))
        i, j = int(rng.integers(m)), int(rng.integers(n))
        _, error = compare_with_numpy(product_with(size, i, j), A, B)
        close(error, abs(size), **T1, what=f"the error of a product that is off by {size} in one entry")


# %%
@hidden
def mistakes_of_both_signs_count(compare_with_numpy, rng):
    """Mistakes below and above the right value count alike, and they do not cancel."""
    A, B = rng.normal(size=(2, 3)), rng.normal(size=(3, 2))
    for mistake in ([[-4, 4], [1, -1]], [[0, -7], [0, 2]], [[6, 0], [-5, 0]]):
        wrong = A @ B + np.array(mistake, dtype=float)
        _, error = compare_with_numpy(lambda left, right: wrong, A, B)
        close(error, float(np.max(np.abs(mistake))), **T1, what=f"the error of a product that is off by {mistake}")


# %%
@hidden
def the_result_is_that_of_the_given_function(compare_with_numpy, rng):
    """The first value returned is what the function gave, also when that is wrong."""
    for m, k, n in ((1, 2, 1), (2, 2, 2), (3, 2, 4)):
        A, B = rng.normal(size=(m, k)), rng.normal(size=(k, n))
        result, error = compare_with_numpy(lambda left, right: 2.0 * (left @ right), A, B)
        close(result, 2.0 * (A @ B), **T1, what="the result of a function that doubles the product")
        close(error, float(np.max(np.abs(A @ B))), **T1, what="the error of a function that doubles the product")


# %%
@hidden
def a_result_of_another_shape_raises(compare_with_numpy):
    """A result of another shape raises ValueError, also when NumPy could stretch it to fit."""
    A, B = np.arange(6.0).reshape(2, 3), np.arange(6.0).reshape(3, 2)
    for wrong in (np.zeros((2, 1)), np.zeros((1, 2)), np.zeros((3, 3)), np.zeros(2), np.zeros((1, 2, 2)), 0.0):
        raises(ValueError, compare_with_numpy, lambda left, right: wrong, A, B)


# %%
@hidden
def nan_is_not_overlooked(compare_with_numpy):
    """A result that holds NaN has the error NaN, never a number."""
    A, B = np.eye(2), np.array([[1.0, 2.0], [3.0, 4.0]])
    _, error = compare_with_numpy(product_with(math.nan, 1, 0), A, B)
    close(error, math.nan, **T1, what="the error of a result that holds NaN")


# %%
@hidden
def whole_numbers_and_empty_matrices_are_fine(compare_with_numpy):
    """Matrices of whole numbers may be given as lists; without entries the error is 0."""
    result, error = compare_with_numpy(lambda left, right: np.full((1, 1), 2.5), [[1, 2]], [[3], [-1]])
    close(result, np.array([[2.5]]), **T1, what="the result")
    close(error, 1.5, **T1, what="the error")
    _, error = compare_with_numpy(lambda left, right: np.zeros((0, 2)), np.zeros((0, 3)), np.ones((3, 2)))
    close(error, 0.0, **T1, what="the error without entries")


# %%
@hidden
def what_has_no_product_raises(compare_with_numpy):
    """Inner numbers that differ and arrays that are not two-dimensional raise ValueError."""
    for left, right in (((2, 2), (3, 2)), ((2,), (2, 2)), ((2, 2), (2,)), ((3,), (3,)), ((2, 2, 2), (2, 2, 2))):
        raises(ValueError, compare_with_numpy, lambda one, other: np.dot(one, other), np.ones(left), np.ones(right))


# %%
@accepted
def entry_by_entry(product, A, B):
    A, B = np.array(A, dtype=float), np.array(B, dtype=float)
    if (A.ndim, B.ndim) != (2, 2) or A.shape[1] != len(B):
        raise ValueError("no such product")
    mine, theirs = np.array(product(A, B), dtype=float), A.dot(B)
    if mine.shape != theirs.shape:
        raise ValueError("another shape")
    largest = 0.0
    for position in np.ndindex(*theirs.shape):
        gap = abs(float(mine[position]) - float(theirs[position]))
        if gap > largest or math.isnan(gap):
            largest = gap
        if math.isnan(gap):
            break
    return mine, largest


# %%
@accepted
def from_the_extremes_of_the_difference(product, A, B):
    A, B = np.asarray(A, dtype=np.float64), np.asarray(B, dtype=np.float64)
    if A.ndim != 2 or B.ndim != 2:
        raise ValueError("not matrices")
    theirs = np.dot(A, B)  # raises ValueError itself when the inner numbers differ
    mine = product(A, B)
    if np.shape(mine) != theirs.shape:
        raise ValueError("another shape")
    gaps = np.subtract(mine, theirs)
    return mine, float(np.maximum(gaps.max(), -gaps.min())) if gaps.size else 0.0


# %%
@misconception(
    caught_by="mistakes_of_both_signs_count",
    hint="A result that is too small gives a negative difference. Take the magnitude before the maximum.",
)
def forgets_the_absolute_value(product, A, B):
    A, B = checked_factors(A, B)
    expected, result = np.dot(A, B), np.asarray(product(A, B))
    if result.shape != expected.shape:
        raise ValueError("another shape")
    return result, float(np.max(result - expected, initial=0.0))


# %%
@misconception(
    caught_by="a_planted_error_is_found",
    hint="An average hides a single large mistake among many right entries. Take the maximum.",
)
def averages_the_differences(product, A, B):
    A, B = checked_factors(A, B)
    expected, result = np.dot(A, B), np.asarray(product(A, B))
    if result.shape != expected.shape:
        raise ValueError("another shape")
    return result, float(np.mean(np.abs(result - expected))) if result.size else 0.0


# %%
@misconception(
    caught_by="a_result_of_another_shape_raises",
    hint="NumPy stretches a row or a column before it subtracts. Compare the shapes first.",
)
def lets_numpy_broadcast(product, A, B):
    A, B = checked_factors(A, B)
    expected, result = np.dot(A, B), np.asarray(product(A, B))
    return result, float(np.max(np.abs(result - expected), initial=0.0))


# %%
@misconception(
    caught_by="the_elementwise_product_is_off_by_3",
    hint="Return what the given function gave, not NumPy's answer.",
)
def returns_the_result_of_numpy(product, A, B):
    A, B = checked_factors(A, B)
    expected, result = np.dot(A, B), np.asarray(product(A, B))
    if result.shape != expected.shape:
        raise ValueError("another shape")
    return expected, float(np.max(np.abs(result - expected), initial=0.0))


# %%
@misconception(
    caught_by="nan_is_not_overlooked",
    hint="nanmax skips NaN, so a result full of NaN looks right. Use np.max, which keeps NaN.",
)
def skips_nan(product, A, B):
    A, B = checked_factors(A, B)
    expected, result = np.dot(A, B), np.asarray(product(A, B))
    if result.shape != expected.shape:
        raise ValueError("another shape")
    return result, float(np.nanmax(np.abs(result - expected), initial=0.0))

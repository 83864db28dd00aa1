# %% [markdown]
# ### Linear combination
#
# Scale some vectors and add them up: that is the one operation on which all of linear algebra rests. The prediction of
# a linear model is a linear combination of the features. A blended colour is one of red, green and blue.
#
# For vectors $v_1, \dots, v_k$, each with $n$ entries, and numbers $c_1, \dots, c_k$ it is
#
# $$c_1 v_1 + c_2 v_2 + \dots + c_k v_k.$$
#
# **By hand.** Take $v_1 = (1, 0, 2)$, $v_2 = (3, -1, 1)$ and the coefficients $2$ and $-1$. Scale first:
# $2 v_1 = (2, 0, 4)$ and $-v_2 = (-3, 1, -1)$. Then add: $(-1, 1, 3)$.
#
# The vectors come as the rows of an array. Return one vector with $n$ entries. With no vectors at all the sum is empty,
# and the answer is the zero vector.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="vectors.T @ coeffs",
    section="Vectors and linear combinations",
    topics=(
        "r0-w1-notation",
        "r0-w2-scalars-vectors-matrices",
        "r0-w2-vector-matrix-ops",
        "r0-w2-linear-combinations",
        "r0-w2-out-vector-math",
        "r1-t00-notation",
        "r1-t01-vectors-matrices",
        "r2-o1-scalars-vectors-matrices-tensors",
        "r2-sum-linear-algebra",
        "r2-a1-scalars-vectors-matrices-tensors",
        "r2-b1-scalars-vectors-matrices-tensors",
        "r3-1-1-scalars-vectors-matrices",
        "r4-la-vectors",
        "r4-req-la-vectors",
    ),
)

# %%
import numpy as np


# %%
def linear_combination(vectors: np.ndarray, coeffs: np.ndarray) -> np.ndarray:
    """Return c_1 v_1 + ... + c_k v_k.

    Parameters
    ----------
    vectors : array of shape (k, n), one vector per row
    coeffs : array of shape (k,), one number per vector

    Returns
    -------
    array of shape (n,), of floats. For k = 0, that is vectors of shape (0, n), it is the zero vector.

    Raises
    ------
    ValueError : vectors is not two-dimensional, coeffs is not one-dimensional, or their numbers k differ
    """
    ### BEGIN SOLUTION
    vectors = np.asarray(vectors, dtype=float)
    coeffs = np.asarray(coeffs, dtype=float)
    if vectors.ndim != 2 or coeffs.shape != (len(vectors),):
        raise ValueError("vectors must have shape (k, n) and coeffs must have shape (k,)")
    return np.sum(coeffs[:, None] * vectors, axis=0)
    ### END SOLUTION


# %%
@helper
def checked_shapes(vectors, coeffs):
    """Return both as arrays of their own kind, or raise ValueError when they do not fit."""
    vectors, coeffs = np.asarray(vectors), np.asarray(coeffs)
    if vectors.ndim != 2 or coeffs.shape != (len(vectors),):
        raise ValueError("vectors must have shape (k, n) and coeffs must have shape (k,)")
    return vectors, coeffs


# %%
@check
def the_worked_example_is_right(linear_combination):
    """2 (1, 0, 2) - (3, -1, 1) is (-1, 1, 3)."""
    result = linear_combination(np.array([[1.0, 0.0, 2.0], [3.0, -1.0, 1.0]]), np.array([2.0, -1.0]))
    close(result, np.array([-1.0, 1.0, 3.0]), **T1, what="the combination")


# %%
@check
def another_number_of_coefficients_raises(linear_combination):
    """Two vectors with three coefficients raise ValueError."""
    raises(ValueError, linear_combination, np.array([[1.0, 0.0, 2.0], [3.0, -1.0, 1.0]]), np.array([2.0, -1.0, 4.0]))


# %%
@hidden(weight=2)
def the_combination_is_right_for_any_number_of_vectors(linear_combination, rng):
    """The combination is right for few and many vectors, short and long ones."""
    for k, n in ((1, 1), (1, 3), (2, 1), (2, 3), (3, 2), (4, 7), (30, 5)):
        vectors, coeffs = rng.normal(size=(k, n)), rng.normal(size=k)
        close(linear_combination(vectors, coeffs), vectors.T @ coeffs, **T1, what=f"the combination of {k} vectors")


# %%
@hidden
def coefficients_belong_to_rows(linear_combination, rng):
    """With as many vectors as entries, a coefficient still scales a whole vector and not one column."""
    for n in (2, 3, 6):
        vectors, coeffs = rng.normal(size=(n, n)), rng.normal(size=n)
        close(linear_combination(vectors, coeffs), vectors.T @ coeffs, **T1, what=f"the combination of {n} vectors")


# %%
@hidden
def the_result_is_linear_in_the_coefficients(linear_combination, rng):
    """Adding and scaling coefficients adds and scales the result."""
    for k, n in ((1, 2), (2, 2), (3, 4)):
        vectors, a, b = rng.normal(size=(k, n)), rng.normal(size=k), rng.normal(size=k)
        left = array(linear_combination(vectors, 2.0 * a - 3.0 * b), (n,), what="the combination")
        one = array(linear_combination(vectors, a), (n,), what="the combination")
        other = array(linear_combination(vectors, b), (n,), what="the combination")
        close(left, 2.0 * one - 3.0 * other, **T1, what="the combination with the coefficients 2 a - 3 b")


# %%
@hidden
def a_single_one_selects_a_vector(linear_combination, rng):
    """Coefficients that are 0 except for a single 1 give back one of the vectors; all zeros give the zero vector."""
    vectors = rng.normal(size=(3, 4))
    for i in range(3):
        close(linear_combination(vectors, np.eye(3)[i]), vectors[i], **T1, what=f"the vector with index {i}")
    close(linear_combination(vectors, [0, 0, 0]), np.zeros(4), **T1, what="the combination with zeros")


# %%
@hidden
def whole_numbers_may_give_fractions(linear_combination):
    """Vectors of whole numbers with fractional coefficients give fractions; lists are welcome."""
    close(linear_combination([[1, 2], [3, 5]], [0.5, 0.25]), np.array([1.25, 2.25]), **T1, what="the combination")
    vectors = np.array([[1, 3, 7]])
    close(linear_combination(vectors, np.array([0.1])), np.array([0.1, 0.3, 0.7]), **T1, what="the combination")


# %%
@hidden
def no_vectors_give_the_zero_vector(linear_combination):
    """Without any vectors of length n the result is the zero vector of length n."""
    for n in (1, 3):
        close(linear_combination(np.zeros((0, n)), np.zeros(0)), np.zeros(n), **T1, what="the empty combination")


# %%
@hidden
def shapes_that_do_not_fit_raise(linear_combination):
    """A wrong number of coefficients and a wrong number of axes raise ValueError."""
    vectors = np.arange(6.0).reshape(2, 3)
    for coeffs in (np.ones(1), np.ones(3), np.zeros(0), np.ones((2, 1)), np.ones((1, 2)), 2.0):
        raises(ValueError, linear_combination, vectors, coeffs)
    raises(ValueError, linear_combination, np.ones(3), np.ones(3))
    raises(ValueError, linear_combination, np.ones((2, 2, 2)), np.ones(2))


# %%
@accepted
def with_a_running_total(vectors, coeffs):
    vectors = np.array(vectors, dtype=np.float64)
    coeffs = np.array(coeffs, dtype=np.float64)
    if vectors.ndim != 2 or coeffs.ndim != 1 or vectors.shape[0] != coeffs.shape[0]:
        raise ValueError("shapes do not fit")
    total = np.zeros(vectors.shape[1])
    for coefficient, vector in zip(coeffs, vectors):
        total = total + coefficient * vector
    return total


# %%
@accepted
def as_a_product_with_the_transpose(vectors, coeffs):
    V, c = np.asarray(vectors, dtype=float), np.asarray(coeffs, dtype=float)
    if V.ndim != 2 or c.ndim != 1 or len(V) != len(c):
        raise ValueError("shapes do not fit")
    return V.T @ c


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="Scale, then add: one vector must remain.",
)
def scales_without_adding(vectors, coeffs):
    vectors, coeffs = checked_shapes(vectors, coeffs)
    return coeffs.astype(float)[:, None] * vectors


# %%
@misconception(
    caught_by="coefficients_belong_to_rows",
    hint="coeffs * vectors scales columns. Give coeffs a trailing axis, or use the product with the transpose.",
)
def scales_columns_instead_of_rows(vectors, coeffs):
    vectors, coeffs = checked_shapes(vectors, coeffs)
    return np.sum(coeffs.astype(float) * vectors, axis=0)


# %%
@misconception(
    caught_by="coefficients_belong_to_rows",
    hint="vectors @ coeffs takes dot products with the rows. The vectors are rows, so you need the transpose.",
)
def forgets_the_transpose(vectors, coeffs):
    vectors, coeffs = checked_shapes(vectors, coeffs)
    return vectors.astype(float) @ coeffs


# %%
@misconception(
    caught_by="whole_numbers_may_give_fractions",
    hint="An array of integers cuts off 0.5. Work in float64.",
)
def stores_the_result_as_integers(vectors, coeffs):
    vectors, coeffs = checked_shapes(vectors, coeffs)
    result = np.zeros(vectors.shape[1], dtype=vectors.dtype)
    for j in range(vectors.shape[1]):
        result[j] = sum(coeffs[i] * vectors[i, j] for i in range(len(vectors)))
    return result

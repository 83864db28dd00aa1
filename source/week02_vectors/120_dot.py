# %% [markdown]
# ### Dot product
#
# Multiply two lists of numbers entry by entry and add up. This small sum is everywhere: a price list times a shopping
# list, the weights of a neuron times its inputs, and the test for a right angle.
#
# $$x \cdot y = \sum_{i=1}^{n} x_i y_i$$
#
# **By hand.** $x = (1, 2, 3)$ and $y = (4, -5, 6)$. The products are $4$, $-10$ and $18$. Their sum is $12$.
#
# Two vectors stand at a right angle exactly when their dot product is 0: for $(2, 3)$ and $(-3, 2)$ it is
# $-6 + 6 = 0$.
#
# Return one number. Write the sum yourself. Vectors with different numbers of entries have no dot product.

# %%
from autograder.kit import T1, accepted, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=(
        "numpy.dot",
        "numpy.*dot",
        "numpy.linalg.*dot",
        "numpy.inner",
        "numpy.matmul",
        "numpy.einsum",
        "math.sumprod",
        "*.dot",
        "@",
    ),
    oracle="numpy.dot",
    section="Length, angle and similarity",
    topics=(
        "r0-w1-notation",
        "r0-w2-goal",
        "r0-w2-vector-matrix-ops",
        "r0-w2-dot-product",
        "r0-w2-out-vector-math",
        "r1-t00-notation",
        "r2-o1-dot-cross-product",
        "r2-a1-dot-inner-outer",
        "r2-a1-dot-matmul-numpy",
        "r2-b1-dot-projections",
        "r2-b1-dot-matmul-manual",
        "r3-1-1-dot-product",
        "r4-la-vectors",
        "r4-la-dot-cross",
        "r4-req-la-vectors",
        "r4-req-la-dot-product",
    ),
)

# %%
import numpy as np


# %%
def dot(x: np.ndarray, y: np.ndarray) -> float:
    """Return the dot product of two vectors.

    Parameters
    ----------
    x : array of shape (n,)
    y : array of shape (n,)

    Returns
    -------
    float : x_1 y_1 + ... + x_n y_n, computed in floating point also for whole numbers. For n = 0 it is 0.0.

    Raises
    ------
    ValueError : x or y is not one-dimensional, or their lengths differ
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    y = np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError("x and y must be vectors of the same length")
    return float(np.sum(x * y))
    ### END SOLUTION


# %%
@helper
def length(x):
    """Return the length of a vector."""
    return float(np.sqrt(np.sum(x * x)))


# %%
@check
def the_worked_example_is_12(dot):
    """(1, 2, 3) and (4, -5, 6) have the dot product 12."""
    close(dot(np.array([1.0, 2.0, 3.0]), np.array([4.0, -5.0, 6.0])), 12.0, **T1, what="the dot product")


# %%
@check
def a_right_angle_gives_zero(dot):
    """(2, 3) and (-3, 2) stand at a right angle, so their dot product is 0."""
    close(dot([2, 3], [-3, 2]), 0.0, **T1, what="the dot product")


# %%
@check
def vectors_of_different_length_raise(dot):
    """A vector with two entries and one with three raise ValueError."""
    raises(ValueError, dot, np.array([1.0, 2.0]), np.array([4.0, -5.0, 6.0]))


# %%
@hidden(weight=2)
def the_value_is_right_for_any_length(dot, rng):
    """The dot product is right for short and for long vectors."""
    for n in (1, 2, 3, 10, 1000):
        x, y = rng.normal(size=n), rng.normal(size=n)
        scale = length(x) * length(y)
        close(dot(x / scale, y), float(np.dot(x, y)) / scale, **T1, what=f"the dot product of {n} entries")


# %%
@hidden
def the_order_does_not_matter(dot, rng):
    """Exchanging x and y changes nothing."""
    for n in (1, 2, 5):
        x, y = rng.normal(size=n), rng.normal(size=n)
        value, swapped = dot(x, y), dot(y, x)
        close(swapped, float(np.dot(x, y)), **T1, what="the dot product of y and x")
        close(value, swapped, **T1, what="the dot product of x and y")


# %%
@hidden
def it_is_linear_in_each_vector(dot, rng):
    """The dot product with 2 x - 3 z is 2 times that with x minus 3 times that with z, on either side."""
    for n in (1, 2, 4):
        x, y, z = rng.normal(size=(3, n))
        expected = 2.0 * dot(x, y) - 3.0 * dot(z, y)
        close(dot(2.0 * x - 3.0 * z, y), expected, **T1, what="the dot product of 2 x - 3 z and y")
        close(dot(y, 2.0 * x - 3.0 * z), expected, **T1, what="the dot product of y and 2 x - 3 z")


# %%
@hidden
def it_never_exceeds_the_product_of_the_lengths(dot, rng):
    """The product x . x is the squared length, and |x . y| is at most the product of the lengths."""
    for n in (1, 2, 3, 20):
        x, y = rng.normal(size=n), rng.normal(size=n)
        close(dot(x, x), length(x) ** 2, **T1, what="the dot product of x and x")
        fits = abs(dot(x, y)) <= length(x) * length(y) * (1 + 1e-12)
        holds(fits, "The dot product should not exceed the product of the lengths.")


# %%
@hidden
def large_whole_numbers_do_not_wrap_around(dot):
    """Products of large integers are right: 2^31 times 2^33 is 2^64."""
    x, y = np.array([2**31, 5]), np.array([2**33, 0])
    close(dot(x, y) / 2.0**64, 1.0, **T1, what="the dot product divided by 2^64")
    close(dot(np.array([3 * 10**9, 1]), np.array([4 * 10**9, 7])), 1.2e19 + 7, **T1, what="the dot product")


# %%
@hidden
def vectors_without_entries_give_zero(dot):
    """Two vectors of length 0 have the dot product 0."""
    close(dot(np.zeros(0), np.zeros(0)), 0.0, **T1, what="the empty dot product")


# %%
@hidden
def what_is_no_pair_of_vectors_raises(dot):
    """Different lengths and arrays that are not one-dimensional raise ValueError."""
    for m, n in ((1, 3), (3, 1), (2, 5), (0, 1), (1, 0)):
        raises(ValueError, dot, np.ones(m), np.ones(n))
    raises(ValueError, dot, np.ones((3, 1)), np.ones(3))
    raises(ValueError, dot, np.ones((1, 3)), np.ones((1, 3)))
    raises(ValueError, dot, 2.0, 3.0)


# %%
@accepted
def with_a_loop_over_the_index(x, y):
    x, y = np.array(x, dtype=float), np.array(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1 or len(x) != len(y):
        raise ValueError("not two vectors of the same length")
    total = 0.0
    for i in range(len(x)):
        total += x[i] * y[i]
    return total


# %%
@accepted
def with_zip_after_the_test(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if (x.ndim, y.ndim) != (1, 1) or x.size != y.size:
        raise ValueError("not two vectors of the same length")
    return float(sum(a * b for a, b in zip(x.tolist(), y.tolist())))


# %%
@misconception(
    caught_by="vectors_of_different_length_raise",
    hint="zip stops at the shorter vector. Vectors of different length have no dot product; raise ValueError.",
)
def stops_at_the_shorter_vector(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1:
        raise ValueError("not vectors")
    return float(sum(a * b for a, b in zip(x, y)))


# %%
@misconception(
    caught_by="the_worked_example_is_12",
    hint="One number should remain; add up the products.",
)
def returns_the_products(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError("not two vectors of the same length")
    return x * y


# %%
@misconception(
    caught_by="large_whole_numbers_do_not_wrap_around",
    hint="64-bit integers wrap around without a warning. Convert to float before multiplying.",
)
def stays_with_integers(x, y):
    x, y = np.asarray(x), np.asarray(y)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError("not two vectors of the same length")
    return float((x * y).sum())


# %%
@misconception(
    caught_by="what_is_no_pair_of_vectors_raises",
    hint="NumPy stretches a vector of length 1 without a warning. Compare the lengths yourself.",
)
def stretches_a_vector_of_length_one(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1:
        raise ValueError("not vectors")
    return float(np.sum(x * y))

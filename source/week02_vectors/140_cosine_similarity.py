# %% [markdown]
# ### Cosine similarity
#
# Two texts about the same topic use the same words, even when one text is ten times as long. So compare the directions
# of their word counts and not the lengths. The cosine of the angle between two vectors does that: 1 for the same
# direction, 0 for a right angle, -1 for opposite directions. Search engines and recommenders rank by it.
#
# $$\cos(x, y) = \frac{x \cdot y}{\lVert x \rVert_2 \, \lVert y \rVert_2}$$
#
# **By hand.** $x = (1, 2, 2)$ and $y = (2, 0, 0)$. The dot product is $2$. The lengths are $\sqrt{1 + 4 + 4} = 3$ and
# $2$. The cosine is $2 / (3 \cdot 2) = 1/3$.
#
# Return a number for two vectors. For two matrices, whose rows are vectors, return a matrix: entry $(i, j)$ compares
# row $i$ of the first with row $j$ of the second. Rounding can give 1.0000000000000002, for which `arccos` has no
# answer: keep the result between -1 and 1.

# %%
import math

from autograder.kit import T1, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises
from sklearn.metrics import pairwise

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(
        "sklearn.metrics.pairwise.cosine_*",
        "sklearn.metrics.pairwise_distances",
        "scipy.spatial.distance.cosine",
        "scipy.spatial.distance.cdist",
    ),
    oracle="sklearn.metrics.pairwise.cosine_similarity",
    section="Length, angle and similarity",
    topics=(
        "r0-w2-dot-product",
        "r0-w2-out-vector-math",
        "r2-o8-distance-metrics",
        "r2-a4-distance-metrics",
        "r2-a4-cosine-similarity",
        "r2-b4-distance-metrics",
        "r2-b4-cosine-similarity",
        "r3-1-1-dot-product",
        "r4-req-la-dot-product",
    ),
)

# %%
import numpy as np


# %%
def cosine_similarity(x: np.ndarray, y: np.ndarray) -> float | np.ndarray:
    """Return the cosine of the angle between two vectors, or between all rows of two matrices.

    Parameters
    ----------
    x : array of shape (d,) or (n, d)
    y : array of shape (d,) or (m, d), with as many axes as x

    Returns
    -------
    float for two vectors, array of shape (n, m) for two matrices. No value lies outside [-1, 1].

    Raises
    ------
    ValueError : x and y do not have both one axis or both two axes, or their numbers d differ
    ValueError : a vector or a row is zero, because the angle to it is undefined
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    y = np.asarray(y, dtype=float)
    if x.ndim != y.ndim or x.ndim not in (1, 2) or x.shape[-1] != y.shape[-1]:
        raise ValueError("x and y must be two vectors or two matrices with equally long rows")
    lengths_x = np.linalg.norm(x, axis=-1, keepdims=True)
    lengths_y = np.linalg.norm(y, axis=-1, keepdims=True)
    if np.any(lengths_x == 0) or np.any(lengths_y == 0):
        raise ValueError("the angle to the zero vector is undefined")
    cosines = np.clip((x / lengths_x) @ (y / lengths_y).T, -1.0, 1.0)
    return float(cosines) if x.ndim == 1 else cosines
    ### END SOLUTION


# %%
@helper
def checked_pair(x, y):
    """Return both as float arrays, or raise ValueError when they cannot be compared."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != y.ndim or x.ndim not in (1, 2) or x.shape[-1] != y.shape[-1]:
        raise ValueError("shapes do not fit")
    return x, y


# %%
@helper
def no_zero_rows(*arrays):
    """Raise ValueError when a vector or a row is zero."""
    if any(np.any(np.linalg.norm(one, axis=-1) == 0) for one in arrays):
        raise ValueError("zero vector")


# %%
@check
def the_worked_example_is_one_third(cosine_similarity):
    """(1, 2, 2) and (2, 0, 0) have the cosine 1/3."""
    close(cosine_similarity(np.array([1.0, 2.0, 2.0]), np.array([2.0, 0.0, 0.0])), 1 / 3, **T1, what="the cosine")


# %%
@check
def all_rows_are_compared_with_all_rows(cosine_similarity):
    """Two matrices with 2 and 3 rows give a table of 2 by 3 cosines."""
    x, y = np.array([[1.0, 0.0], [3.0, 4.0]]), np.array([[2.0, 0.0], [0.0, 1.0], [-3.0, -4.0]])
    expected = np.array([[1.0, 0.0, -0.6], [0.6, 0.8, -1.0]])
    close(cosine_similarity(x, y), expected, **T1, what="the cosines")


# %%
@check
def the_zero_vector_raises(cosine_similarity):
    """The angle to the zero vector is undefined, so it raises ValueError."""
    raises(ValueError, cosine_similarity, np.array([1.0, 2.0]), np.array([0.0, 0.0]))


# %%
@hidden(weight=2)
def the_cosine_of_two_vectors_is_right(cosine_similarity, rng):
    """The cosine of two vectors is right in few and in many dimensions, also for whole numbers in lists."""
    close(cosine_similarity([1, 1], [1, 0]), math.sqrt(0.5), **T1, what="the cosine of 45 degrees")
    for d in (1, 2, 3, 10, 300):
        x, y = rng.normal(size=d), rng.normal(size=d)
        expected = float(pairwise.cosine_similarity(x[None], y[None])[0, 0])
        close(cosine_similarity(x, y), expected, **T1, what=f"the cosine in {d} dimensions")


# %%
@hidden(weight=2)
def every_row_has_its_own_length(cosine_similarity, rng):
    """The table of cosines is right for rows of very different lengths and for any numbers of rows."""
    for n, m, d in ((1, 1, 2), (1, 3, 2), (2, 2, 2), (3, 2, 4), (4, 4, 3), (20, 30, 5)):
        x = rng.normal(size=(n, d)) * 10.0 ** rng.integers(-3, 4, size=(n, 1))
        y = rng.normal(size=(m, d)) * 10.0 ** rng.integers(-3, 4, size=(m, 1))
        close(cosine_similarity(x, y), pairwise.cosine_similarity(x, y), **T1, what=f"the table of {n} by {m} cosines")


# %%
@hidden
def only_the_direction_matters(cosine_similarity, rng):
    """A positive factor changes nothing and a negative factor changes the sign, on either side."""
    for d in (2, 3, 7):
        x, y = rng.normal(size=d), rng.normal(size=d)
        value = float(x @ y / math.sqrt((x @ x) * (y @ y)))
        close(cosine_similarity(250.0 * x, y), value, **T1, what="the cosine of 250 x and y")
        close(cosine_similarity(x, 0.001 * y), value, **T1, what="the cosine of x and 0.001 y")
        close(cosine_similarity(-2.0 * x, y), -value, **T1, what="the cosine of -2 x and y")


# %%
@hidden
def exchanging_the_arguments_transposes(cosine_similarity, rng):
    """Exchanging the two matrices transposes the table of cosines."""
    for n, m, d in ((1, 2, 3), (3, 4, 2)):
        x, y = rng.normal(size=(n, d)), rng.normal(size=(m, d))
        table = array(cosine_similarity(x, y), (n, m), what="the table of cosines")
        swapped = array(cosine_similarity(y, x), (m, n), what="the table of y and x")
        close(swapped.T, table, **T1, what="the transposed table of y and x")


# %%
@hidden
def single_precision_loses_no_digits(cosine_similarity):
    """Vectors in single precision are converted to float64 first: (1, 1) and (1, 2) have the cosine 3 / sqrt(10)."""
    x, y = np.array([1.0, 1.0], dtype=np.float32), np.array([1.0, 2.0], dtype=np.float32)
    close(cosine_similarity(x, y), 3 / math.sqrt(10), **T1, what="the cosine")


# %%
@hidden
def no_cosine_lies_outside_of_minus_one_and_one(cosine_similarity):
    """No cosine exceeds 1 or falls below -1, not even by rounding."""
    generator = np.random.default_rng(2)
    for d in (2, 3, 5):
        x = generator.normal(size=(50, d))
        for factor in (1.0, -3.0):
            table = array(cosine_similarity(x, factor * x), (50, 50), what="the table of cosines")
            largest = float(np.max(np.abs(table)))
            holds(largest <= 1.0, f"A cosine should lie between -1 and 1. Got the magnitude {largest!r}.")
    for _ in range(25):
        x = generator.normal(size=3)
        value = cosine_similarity(x, 0.7 * x)
        holds(value <= 1.0, f"A cosine should lie between -1 and 1. Got {value!r}.")
        close(value, 1.0, **T1, what="the cosine of a vector and a part of it")


# %%
@hidden
def what_has_no_angle_raises(cosine_similarity):
    """Zero rows, rows of different lengths and a vector with a matrix raise ValueError."""
    rows = np.array([[1.0, 2.0], [0.0, 0.0], [3.0, 1.0]])
    raises(ValueError, cosine_similarity, rows, np.ones((2, 2)))
    raises(ValueError, cosine_similarity, np.ones((2, 2)), rows)
    raises(ValueError, cosine_similarity, [0, 0, 0], [1, 2, 3])
    raises(ValueError, cosine_similarity, np.ones(2), np.ones(3))
    raises(ValueError, cosine_similarity, np.ones(1), np.ones(3))
    raises(ValueError, cosine_similarity, np.ones((2, 3)), np.ones((3, 2)))
    raises(ValueError, cosine_similarity, np.ones(2), np.ones((3, 2)))
    raises(ValueError, cosine_similarity, np.ones((3, 2)), np.ones(2))
    raises(ValueError, cosine_similarity, np.ones((2, 2, 2)), np.ones((2, 2, 2)))
    raises(ValueError, cosine_similarity, 1.0, 2.0)


# %%
@accepted
def with_loops_over_the_pairs(x, y):
    def one_pair(u, v):
        if not np.any(u) or not np.any(v):
            raise ValueError("zero vector")
        value = float(sum(a * b for a, b in zip(u, v))) / (math.sqrt(sum(u * u)) * math.sqrt(sum(v * v)))
        return max(-1.0, min(1.0, value))

    x, y = np.array(x, dtype=float), np.array(y, dtype=float)
    if x.ndim == 1 and y.ndim == 1 and len(x) == len(y):
        return one_pair(x, y)
    if x.ndim != 2 or y.ndim != 2 or x.shape[1] != y.shape[1]:
        raise ValueError("shapes do not fit")
    return np.array([[one_pair(u, v) for v in y] for u in x])


# %%
@accepted
def dividing_by_the_outer_product_of_the_lengths(x, y):
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if (x.ndim, y.ndim) not in ((1, 1), (2, 2)) or x.shape[-1] != y.shape[-1]:
        raise ValueError("shapes do not fit")
    X, Y = np.atleast_2d(x), np.atleast_2d(y)
    scale = np.multiply.outer(np.sqrt((X**2).sum(axis=1)), np.sqrt((Y**2).sum(axis=1)))
    if not scale.all():
        raise ValueError("zero vector")
    table = np.minimum(1.0, np.maximum(-1.0, np.einsum("id,jd->ij", X, Y) / scale))
    return table if x.ndim == 2 else table.item()


# %%
@misconception(
    caught_by="no_cosine_lies_outside_of_minus_one_and_one",
    hint="Rounding can give 1.0000000000000002, and arccos of it is NaN. Clip to [-1, 1].",
)
def does_not_clip(x, y):
    x, y = checked_pair(x, y)
    no_zero_rows(x, y)
    x = x / np.linalg.norm(x, axis=-1, keepdims=True)
    y = y / np.linalg.norm(y, axis=-1, keepdims=True)
    return float(x @ y) if x.ndim == 1 else x @ y.T


# %%
@misconception(
    caught_by="every_row_has_its_own_length",
    hint="Each row needs its own norm (axis=1, keepdims=True).",
)
def divides_by_the_norm_of_the_whole_matrix(x, y):
    x, y = checked_pair(x, y)
    no_zero_rows(x, y)
    cosines = np.clip(x @ y.T / (np.linalg.norm(x) * np.linalg.norm(y)), -1.0, 1.0)
    return float(cosines) if x.ndim == 1 else cosines


# %%
@misconception(
    caught_by="the_worked_example_is_one_third",
    hint="1 minus the cosine is the distance, not the similarity.",
)
def returns_the_cosine_distance(x, y):
    x, y = checked_pair(x, y)
    no_zero_rows(x, y)
    x = x / np.linalg.norm(x, axis=-1, keepdims=True)
    y = y / np.linalg.norm(y, axis=-1, keepdims=True)
    distances = 1.0 - np.clip(x @ y.T, -1.0, 1.0)
    return float(distances) if x.ndim == 1 else distances


# %%
@misconception(
    caught_by="the_zero_vector_raises",
    hint="The angle to the zero vector is undefined. Raise ValueError instead of returning NaN.",
)
def gives_nan_for_the_zero_vector(x, y):
    x, y = checked_pair(x, y)
    with np.errstate(all="ignore"):
        x = x / np.linalg.norm(x, axis=-1, keepdims=True)
        y = y / np.linalg.norm(y, axis=-1, keepdims=True)
        cosines = np.clip(x @ y.T, -1.0, 1.0)
    return float(cosines) if x.ndim == 1 else cosines

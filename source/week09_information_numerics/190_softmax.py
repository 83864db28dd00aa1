# %% [markdown]
# ### Softmax
#
# A classifier ends with one score per class. Softmax turns the scores into probabilities: all positive, and they add up
# to 1. It is the last layer of almost every network that chooses between classes.
#
# $$\operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}} = \frac{e^{z_i - m}}{\sum_j e^{z_j - m}},
# \qquad m = \max_j z_j$$
#
# Subtracting $m$ multiplies numerator and denominator by the same factor $e^{-m}$. The value stays the same, and
# nothing overflows.
#
# **By hand.** $z = (0, \log 2, \log 5)$. The exponentials are $1, 2, 5$ and add up to 8. The result is
# $(0.125, 0.25, 0.625)$. Scores $(1000, 1000 + \log 2, 1000 + \log 5)$ give the same.
#
# Return an array of the shape of `z`. It sums to 1 along `axis`.

# %%
from scipy import special

from autograder.kit import T1, T4, accepted, array, check, close, exercise, hidden, holds, misconception, raises, same

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("scipy.special.softmax", "scipy.special.log_softmax", "scipy.special.logsumexp"),
    oracle="scipy.special.softmax",
    section="Log-sum-exp and softmax",
    topics=(
        "r0-w9-numerical-stability",
        "r0-w9-out-avoid-instability",
        "r1-t07-numerical-stability",
        "r4-mlmath-numerical-stability",
        "r4-nice-num-numerical-stability",
    ),
)

# %%
import numpy as np


# %%
def softmax(z: np.ndarray, axis: int = -1) -> np.ndarray:
    """Turn scores into positive weights that sum to 1 along one axis.

    Parameters
    ----------
    z : array or list with at least one axis, the scores; it stays unchanged
    axis : the axis along which the weights sum to 1

    Returns
    -------
    array of the shape of z, without a warning for scores between -1e300 and 1e300

    Raises
    ------
    ValueError : z is a single number, or a slice along `axis` is empty
    """
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    weights = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return weights / np.sum(weights, axis=axis, keepdims=True)
    ### END SOLUTION


# %%
@check
def turns_three_scores_into_weights(softmax):
    """The scores (0, log 2, log 5) give the weights (1/8, 2/8, 5/8)."""
    close(softmax(np.log(np.array([1.0, 2.0, 5.0]))), np.array([0.125, 0.25, 0.625]), **T1)


# %%
@check
def each_row_sums_to_one(softmax):
    """Each row of a batch is treated on its own and sums to 1."""
    weights = array(softmax(np.array([[0.0, 1.0], [3.0, 3.0]])), (2, 2), what="the weights")
    close(weights.sum(axis=1), np.ones(2), **T1, what="the sums of the rows")


# %%
@check
def a_single_number_raises(softmax):
    """A single number has no axis to sum over, so it raises ValueError."""
    raises(ValueError, softmax, 3.0)


# %%
@hidden(weight=2)
def agrees_with_an_independent_softmax(softmax, rng):
    """The weights are exp(z) divided by their sum along the axis, for inputs of any rank."""
    for shape, axis in (((1,), 0), ((2,), -1), ((2, 3), 0), ((2, 3), 1), ((4, 1), -1), ((2, 3, 4), 1)):
        z = 3.0 * rng.normal(size=shape)
        expected = special.softmax(z, axis=axis)
        close(softmax(z, axis=axis), expected, **T1, what=f"the weights for shape {shape}, axis={axis}")


# %%
@hidden
def adding_a_constant_changes_nothing(softmax, rng):
    """The weights of z + c are the weights of z, also for c = 1000 and c = -1000."""
    for n, shift in ((2, 1000.0), (3, -1000.0), (6, 5e4)):
        z = np.round(rng.normal(size=n), 3)
        close(softmax(z + shift), special.softmax(z), rtol=1e-9, atol=1e-12, what="the weights of z + c")


# %%
@hidden
def rows_of_different_size_do_not_disturb_each_other(softmax, rng):
    """A row with scores near -1000 is right beside a row with scores near 1000."""
    for columns in (2, 5):
        z = rng.normal(size=(2, columns)) + np.array([[-1000.0], [1000.0]])
        close(softmax(z), special.softmax(z, axis=1), **T1, what="the weights")


# %%
@hidden
def keeps_the_order_of_the_scores(softmax, rng):
    """A larger score gets a larger weight, and every weight is positive."""
    for n in (2, 4, 9):
        z = rng.normal(size=n)
        weights = array(softmax(z), (n,), what="the weights")
        holds(np.array_equal(np.argsort(weights), np.argsort(z)), "A larger score should get a larger weight.")
        holds(np.all(weights > 0), "Every weight should be positive.")


# %%
@hidden
def a_hot_input_is_uniform_and_a_cold_input_is_one_hot(softmax, rng):
    """For z / T a very large T gives equal weights, and a very small T gives all weight to the largest score."""
    z = rng.permutation(np.array([-1.0, 0.5, 2.0, 3.0]))
    close(softmax(z / 1e9), np.full(4, 0.25), **T4, what="the weights of z / 1e9")
    close(softmax(z / 1e-4), (z == 3.0).astype(float), **T4, what="the weights of z / 1e-4")


# %%
@hidden
def the_logarithm_is_the_score_minus_log_sum_exp(softmax, rng):
    """The logarithm of a weight is its score minus log_sum_exp of all scores."""
    for rows, columns in ((1, 2), (3, 3), (5, 10)):
        z = rng.normal(size=(rows, columns))
        weights = array(softmax(z), (rows, columns), what="the weights")
        expected = z - special.logsumexp(z, axis=1, keepdims=True)
        close(np.log(np.maximum(weights, 1e-300)), expected, **T1, what="the logarithms of the weights")


# %%
@hidden
def every_kind_of_number_is_converted_to_float64(softmax):
    """A list of integers and an array in single precision give the same as the array of floats."""
    z = np.array([[1.0, 2.0], [5.0, 3.0]])
    close(softmax([[1, 2], [5, 3]]), special.softmax(z, axis=1), **T1)
    close(softmax(z.astype(np.float32)), special.softmax(z, axis=1), **T1)


# %%
@hidden
def the_argument_stays_as_it_is(softmax, rng):
    """The array that is passed in has the same entries afterwards."""
    z = rng.normal(size=(2, 3))
    before = z.copy()
    softmax(z)
    same(z, before, what="your argument after the call")


# %%
@hidden
def an_empty_input_raises(softmax):
    """An empty slice has no weights that sum to 1, so it raises ValueError."""
    raises(ValueError, softmax, np.array([]))
    raises(ValueError, softmax, np.zeros((3, 0)))


# %%
@accepted
def by_the_exponential_of_differences(z, axis=-1):
    scores = np.array(z, dtype=np.float64)
    if scores.ndim < 1 or scores.shape[axis] < 1:
        raise ValueError("no scores")
    top = np.amax(scores, axis=axis, keepdims=True)
    log_total = top + np.log(np.exp(scores - top).sum(axis=axis, keepdims=True))
    return np.exp(scores - log_total)


# %%
@accepted
def row_by_row(z, axis=-1):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError("no scores")
    moved = np.moveaxis(z, axis, -1)
    rows = moved.reshape(-1, moved.shape[-1])
    weights = np.empty(rows.shape)
    for i, row in enumerate(rows):
        powers = [np.exp(score - max(row)) for score in row]
        total = sum(powers)
        for j, power in enumerate(powers):
            weights[i, j] = power / total
    return np.moveaxis(weights.reshape(moved.shape), -1, axis)


# %%
@misconception(
    caught_by="adding_a_constant_changes_nothing",
    hint="exp(1000) overflows and infinity divided by infinity is NaN. Subtract the maximum along the axis first.",
)
def does_not_shift(z, axis=-1):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    with np.errstate(over="ignore", invalid="ignore"):
        weights = np.exp(z)
        return weights / np.sum(weights, axis=axis, keepdims=True)


# %%
@misconception(
    caught_by="each_row_sums_to_one",
    hint="You divided by the sum of the whole batch. Sum along the axis with keepdims=True.",
)
def sums_over_the_whole_batch(z, axis=-1):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    weights = np.exp(z - np.max(z))
    return weights / np.sum(weights)


# %%
@misconception(
    caught_by="the_argument_stays_as_it_is",
    hint="z -= ... changes the caller's array. Write shifted = z - ..., which makes a new one.",
)
def changes_its_argument(z, axis=-1):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    z -= np.max(z, axis=axis, keepdims=True)
    weights = np.exp(z)
    return weights / np.sum(weights, axis=axis, keepdims=True)


# %%
@misconception(
    caught_by="rows_of_different_size_do_not_disturb_each_other",
    hint="One maximum for the whole batch leaves small rows with 0/0. Each slice needs its own maximum.",
)
def one_maximum_for_the_whole_batch(z, axis=-1):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    weights = np.exp(z - np.max(z))
    with np.errstate(invalid="ignore"):
        return weights / np.sum(weights, axis=axis, keepdims=True)


# %%
@misconception(
    caught_by="agrees_with_an_independent_softmax",
    hint="The argument axis says along which axis the weights sum to 1; pass it to np.max and to np.sum.",
)
def always_along_the_last_axis(z, axis=-1):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    weights = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return weights / np.sum(weights, axis=-1, keepdims=True)

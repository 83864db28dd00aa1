# %% [markdown]
# ### Log-sum-exp
#
# Many probabilities in machine learning are products of small numbers, so programs store their logarithms. To add such
# probabilities you need the logarithm of a sum of exponentials. The direct way overflows: $e^{710}$ is already too
# large for a float.
#
# $$\operatorname{lse}(z) = \log \sum_i e^{z_i} = m + \log \sum_i e^{z_i - m}, \qquad m = \max_i z_i$$
#
# The two forms are equal for every $m$. With $m$ the maximum, the largest exponent is 0 and nothing overflows.
#
# **By hand.** $z = (1000, 1000)$. The maximum is 1000, the shifted entries are $(0, 0)$, their exponentials add up to
# 2. So the answer is $1000 + \log 2 = 1000.693$. The direct way gives infinity.
#
# Return one number per slice along `axis`. An entry $-\infty$ stands for probability 0 and adds nothing.

# %%
from scipy import special

from autograder.kit import T1, T3, accepted, array, check, close, exercise, hidden, holds, misconception, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.special.logsumexp", "scipy.special.log_softmax", "numpy.logaddexp*"),
    oracle="scipy.special.logsumexp",
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
def log_sum_exp(z: np.ndarray, axis: int = -1, keepdims: bool = False) -> float | np.ndarray:
    """Compute log(sum(exp(z))) along one axis without overflow.

    Parameters
    ----------
    z : array or list with at least one axis; entries may be -inf
    axis : the axis that is summed over
    keepdims : True keeps that axis with length 1, as in np.sum

    Returns
    -------
    array with the shape of z without `axis` (with length 1 there if keepdims).
        A Python float when no axis is left. A slice in which every entry is -inf gives -inf.

    Raises
    ------
    ValueError : z is a single number, or a slice along `axis` is empty
    """
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    top = np.max(z, axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore", over="ignore"):
        result = top + np.log(np.sum(np.exp(z - top), axis=axis, keepdims=True))
    if not keepdims:
        result = np.squeeze(result, axis=axis)
    return float(result) if result.ndim == 0 else result
    ### END SOLUTION


# %%
@check
def adds_small_exponents(log_sum_exp):
    """For z = (0, log 3) the sum of exponentials is 1 + 3, so the result is log 4."""
    close(log_sum_exp(np.array([0.0, np.log(3.0)])), float(np.log(4.0)), **T1)


# %%
@check
def a_large_input_does_not_overflow(log_sum_exp):
    """For z = (1000, 1000) the result is 1000 + log 2."""
    close(log_sum_exp(np.array([1000.0, 1000.0])), float(1000.0 + np.log(2.0)), **T1)


# %%
@check
def a_single_number_raises(log_sum_exp):
    """A single number has no axis to sum over, so it raises ValueError."""
    raises(ValueError, log_sum_exp, 3.0)


# %%
@hidden(weight=2)
def adding_a_constant_adds_it_to_the_result(log_sum_exp, rng):
    """The result of z + c is the result of z plus c."""
    for n, shift in ((1, 2.0), (2, -3.0), (5, 800.0), (30, -900.0)):
        z = rng.normal(size=n)
        close(log_sum_exp(z + shift), float(special.logsumexp(z)) + shift, **T1, what="the result of z + c")


# %%
@hidden
def lies_between_the_maximum_and_the_maximum_plus_log_n(log_sum_exp, rng):
    """The result is at least max(z) and at most max(z) + log n."""
    for n in (1, 2, 4, 20):
        z = 50.0 * rng.normal(size=n)
        value = log_sum_exp(z)
        holds(value >= z.max() - 1e-9, "The result should be at least the largest entry.")
        holds(value <= z.max() + np.log(n) + 1e-9, "The result should be at most the largest entry plus log n.")


# %%
@hidden(weight=2)
def every_row_has_its_own_maximum(log_sum_exp, rng):
    """Rows whose sizes differ by 2000 are both right."""
    for rows, columns in ((2, 1), (2, 2), (3, 4)):
        z = rng.normal(size=(rows, columns)) + np.linspace(-1000.0, 1000.0, rows)[:, None]
        value = array(log_sum_exp(z), (rows,))
        close(value, special.logsumexp(z, axis=1), **T1)


# %%
@hidden
def small_and_large_entries_stand_in_one_slice(log_sum_exp):
    """The largest entry is the one to subtract: a slice with 0 and 1000 gives 1000."""
    close(log_sum_exp(np.array([0.0, 1000.0])), 1000.0, **T1)
    close(log_sum_exp(np.array([[800.0, -800.0], [-1000.0, 0.0]])), np.array([800.0, 0.0]), **T1)


# %%
@hidden
def every_entry_minus_infinity_gives_minus_infinity(log_sum_exp):
    """An entry -inf adds nothing, and a slice with nothing else gives -inf."""
    infinity = float("inf")
    close(log_sum_exp(np.array([-infinity, 2.5])), 2.5, **T1)
    close(log_sum_exp(np.array([-infinity, -infinity, -infinity])), -infinity, **T1)
    close(log_sum_exp(np.array([[-infinity, -infinity], [1.0, -infinity]])), np.array([-infinity, 1.0]), **T1)


# %%
@hidden(weight=2)
def axis_and_keepdims_work_as_in_numpy(log_sum_exp, rng):
    """The arguments axis and keepdims mean the same as in np.sum."""
    for shape, axis in (((3,), 0), ((1, 3), 1), ((2, 3), 0), ((2, 3), 1), ((2, 3), -2), ((2, 3, 4), 1)):
        z = rng.normal(size=shape)
        for keepdims in (True, False):
            expected = special.logsumexp(z, axis=axis, keepdims=keepdims)
            expected = float(expected) if np.ndim(expected) == 0 else expected
            close(
                log_sum_exp(z, axis=axis, keepdims=keepdims),
                expected,
                **T1,
                what=f"the result for shape {shape}, axis={axis}, keepdims={keepdims}",
            )


# %%
@hidden
def the_gradient_is_softmax(log_sum_exp, rng):
    """The slope of the result in the direction of entry i is the softmax weight of entry i."""
    h = 1e-5
    for n in (2, 3):
        z = rng.normal(size=n)
        slopes = [(log_sum_exp(z + h * e) - log_sum_exp(z - h * e)) / (2 * h) for e in np.eye(n)]
        close(np.array(slopes), special.softmax(z), **T3, what="the gradient")


# %%
@hidden
def every_kind_of_number_is_converted_to_float64(log_sum_exp):
    """A list of integers and an array in single precision give the same as the array of floats."""
    expected = float(np.log(np.exp(1.0) + np.exp(2.0) + np.exp(4.0)))
    close(log_sum_exp([1, 2, 4]), expected, **T1)
    close(log_sum_exp(np.array([1.0, 2.0, 4.0], dtype=np.float32)), expected, **T1)


# %%
@hidden
def the_argument_stays_as_it_is(log_sum_exp):
    """The array that is passed in has the same entries afterwards."""
    z = np.array([[1.0, 2.0], [3.0, 5.0]])
    log_sum_exp(z)
    same(z, np.array([[1.0, 2.0], [3.0, 5.0]]), what="your argument after the call")


# %%
@hidden
def an_empty_input_raises(log_sum_exp):
    """An empty slice has no maximum, so it raises ValueError."""
    raises(ValueError, log_sum_exp, np.array([]))
    raises(ValueError, log_sum_exp, np.zeros((2, 0)))


# %%
@accepted
def by_folding_pairs(z, axis=-1, keepdims=False):
    values = np.array(z, dtype=np.float64)
    if values.ndim < 1:
        raise ValueError("no axis")
    slices = np.moveaxis(values, axis, 0)
    if len(slices) == 0:
        raise ValueError("empty")
    total = np.full(slices.shape[1:], -np.inf)
    for piece in slices:
        high, low = np.maximum(total, piece), np.minimum(total, piece)
        gap = np.where(np.isneginf(low), -np.inf, low - np.where(np.isneginf(high), 0.0, high))
        total = high + np.log1p(np.exp(gap))
    if keepdims:
        return np.expand_dims(total, axis)
    return float(total) if np.ndim(total) == 0 else total


# %%
@accepted
def by_a_function_of_one_slice(z, axis=-1, keepdims=False):
    def of_one_slice(row):
        numbers = [float(number) for number in row]
        top = max(numbers)
        if top == -np.inf:
            return top
        return top + np.log(sum(np.exp(number - top) for number in numbers))

    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    result = np.apply_along_axis(of_one_slice, axis, z)
    if keepdims:
        return np.expand_dims(result, axis)
    return result if result.ndim else float(result)


# %%
@misconception(
    caught_by="a_large_input_does_not_overflow",
    hint="exp overflows near 710. Subtract the maximum first and add it back at the end.",
)
def exponentials_first(z, axis=-1, keepdims=False):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    with np.errstate(divide="ignore", over="ignore"):
        result = np.log(np.sum(np.exp(z), axis=axis, keepdims=keepdims))
    return float(result) if np.ndim(result) == 0 else result


# %%
@misconception(
    caught_by="every_row_has_its_own_maximum",
    hint="Each slice needs its own maximum: np.max(z, axis=axis, keepdims=True).",
)
def one_maximum_for_the_whole_array(z, axis=-1, keepdims=False):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    top = np.max(z)
    top = top if np.isfinite(top) else 0.0
    with np.errstate(divide="ignore", over="ignore"):
        result = top + np.log(np.sum(np.exp(z - top), axis=axis, keepdims=keepdims))
    return float(result) if np.ndim(result) == 0 else result


# %%
@misconception(
    caught_by="every_entry_minus_infinity_gives_minus_infinity",
    hint="-inf - (-inf) is NaN. Replace a maximum that is not finite by 0 before you subtract it.",
)
def subtracts_minus_infinity_from_itself(z, axis=-1, keepdims=False):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    top = np.max(z, axis=axis, keepdims=True)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        result = top + np.log(np.sum(np.exp(z - top), axis=axis, keepdims=True))
    result = result if keepdims else np.squeeze(result, axis=axis)
    return float(result) if result.ndim == 0 else result


# %%
@misconception(
    caught_by="a_large_input_does_not_overflow",
    hint="You subtracted the maximum but did not add it back: m + log(sum(exp(z - m))).",
)
def forgets_to_add_the_maximum_back(z, axis=-1, keepdims=False):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    top = np.max(z, axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore", over="ignore"):
        result = np.log(np.sum(np.exp(z - top), axis=axis, keepdims=keepdims))
    return float(result) if np.ndim(result) == 0 else result


# %%
@misconception(
    caught_by="axis_and_keepdims_work_as_in_numpy",
    hint="The argument axis says what to sum over; pass it to np.max and to np.sum.",
)
def always_sums_over_the_last_axis(z, axis=-1, keepdims=False):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError("z must have at least one axis and one entry per slice")
    top = np.max(z, axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore", over="ignore"):
        result = top + np.log(np.sum(np.exp(z - top), axis=-1, keepdims=True))
    result = result if keepdims else np.squeeze(result, axis=-1)
    return float(result) if result.ndim == 0 else result

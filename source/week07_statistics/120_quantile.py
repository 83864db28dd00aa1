# %% [markdown]
# ### Quantiles
#
# How long does the slowest tenth of all requests take? Which income do three quarters of all households stay below?
# Such questions ask for a quantile: the value below which a given share $q$ of the data lies.
#
# Write the $n$ values in increasing order and number them from 0: $x_{(0)} \le x_{(1)} \le \dots \le x_{(n-1)}$. The
# quantile of $q$ sits at the position $h = q (n - 1)$. Let $k$ be the whole part of $h$ and $h - k$ the rest. If $h$
# is a whole number, the quantile is $x_{(h)}$. Otherwise it lies between two neighbours:
#
# $$Q(q) = x_{(k)} + (h - k) \, (x_{(k+1)} - x_{(k)})$$
#
# So $q = 0$ gives the smallest value, $q = 1$ the largest and $q = 1/2$ the median. Books and programs use several
# other rules for the position. This one is the default of NumPy.
#
# **By hand.** $x = (3, 4, 1, 2)$ and $q = 0.25$. In order: $1, 2, 3, 4$. The position is $0.25 \cdot 3 = 0.75$, so
# $k = 0$ and the rest is $0.75$. The quantile is $1 + 0.75 \cdot (2 - 1) = 1.75$.
#
# Return a number for a single $q$, and an array for an array of them.

# %%
import statistics

from autograder.kit import T1, accepted, array, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(
        "numpy.quantile",
        "numpy.percentile",
        "numpy.median",
        "scipy.stats.quantile",
        "scipy.stats.scoreatpercentile",
        "statistics.quantiles",
    ),
    oracle="numpy.quantile",
    section="Describing data",
    topics=("r0-w7-goal", "r0-w7-descriptive", "r1-t04-descriptive", "r3-1-2-quantiles"),
)

# %%
import numpy as np


# %%
def quantile(x: np.ndarray, q: float | np.ndarray) -> float | np.ndarray:
    """Return quantiles with linear interpolation between the ordered values.

    Parameters
    ----------
    x : array-like of shape (n,), n at least 1, in any order
    q : a share from 0 to 1, or an array-like of shape (k,) of such shares, in any order

    Returns
    -------
    float for a single q; array of shape (k,) for k shares.
        The quantile sits at the position q (n - 1) of the ordered values, counted from 0.

    Raises
    ------
    ValueError : x is empty or does not have exactly one axis
    ValueError : a share is below 0 or above 1
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    q = np.asarray(q, dtype=float)
    if x.ndim != 1 or x.size == 0:
        raise ValueError("x must be a one-dimensional array with at least one value")
    if not np.all((q >= 0) & (q <= 1)):
        raise ValueError("q must lie between 0 and 1")
    ordered = np.sort(x)
    position = q * (len(ordered) - 1)
    below = np.floor(position).astype(int)
    above = np.minimum(below + 1, len(ordered) - 1)
    values = ordered[below] + (position - below) * (ordered[above] - ordered[below])
    return float(values) if q.ndim == 0 else values
    ### END SOLUTION


# %%
@check
def the_worked_example_gives_1_75(quantile):
    """The quantile of 3, 4, 1, 2 at 0.25 is 1.75."""
    close(quantile(np.array([3.0, 4.0, 1.0, 2.0]), 0.25), 1.75, **T1, what="the quantile at 0.25")


# %%
@check
def several_shares_give_an_array(quantile):
    """For 10, 20, 40 the shares 0, 0.5, 0.75 and 1 give the array 10, 20, 30, 40."""
    values = quantile([10, 20, 40], [0, 0.5, 0.75, 1])
    close(array(values, (4,), what="the quantiles"), np.array([10.0, 20.0, 30.0, 40.0]), **T1, what="the quantiles")


# %%
@check
def a_share_above_one_raises(quantile):
    """A share lies between 0 and 1: q = 25 raises ValueError."""
    raises(ValueError, quantile, [1.0, 2.0, 3.0], 25)


# %%
@hidden(weight=2)
def the_values_are_right_for_random_data(quantile, rng):
    """The quantiles of random data are right for few and for many values, one by one and together."""
    for n in (1, 2, 3, 5, 20, 201):
        x = rng.normal(2.0, 5.0, size=n)
        q = rng.uniform(size=4)
        close(quantile(x, float(q[0])), float(np.quantile(x, q[0])), **T1, what=f"one quantile of {n} values")
        values = array(quantile(x, q), (4,), what="the quantiles")
        close(values, np.quantile(x, q), **T1, what=f"the quantiles of {n} values")


# %%
@hidden
def the_ends_and_the_middle_are_known(quantile, rng):
    """The shares 0, 0.5 and 1 give the smallest value, the median and the largest value."""
    for n in (1, 2, 5, 12):
        x = rng.integers(-50, 50, size=n)
        close(quantile(x, 0), float(x.min()), **T1, what="the quantile at 0")
        close(quantile(x, 0.5), float(statistics.median(x.tolist())), **T1, what="the quantile at 0.5")
        close(quantile(x, 1), float(x.max()), **T1, what="the quantile at 1")


# %%
@hidden
def whole_positions_hit_the_ordered_values(quantile, rng):
    """The shares 0, 1/(n-1), 2/(n-1), ..., 1 give the ordered values themselves, in the order of the shares."""
    for n in (2, 3, 5, 12):
        x = rng.normal(size=n)
        order = rng.permutation(n)
        values = array(quantile(x, order / (n - 1)), (n,), what="the quantiles")
        close(values, np.sort(x)[order], **T1, what="the quantiles at whole positions")


# %%
@hidden
def a_larger_share_never_gives_a_smaller_value(quantile, rng):
    """The quantile never falls when the share grows, and it stays between the smallest and the largest value."""
    for n in (2, 3, 7, 30):
        x = np.round(rng.normal(size=n), 1)
        values = array(quantile(x, np.linspace(0, 1, 23)), (23,), what="the quantiles")
        holds(np.all(np.diff(values) >= -1e-12), "A larger share should never give a smaller quantile.")
        inside = np.all(values >= x.min() - 1e-12) and np.all(values <= x.max() + 1e-12)
        holds(inside, "A quantile lies between the smallest and the largest value.")


# %%
@hidden
def straight_lines_carry_over(quantile, rng):
    """The quantile of a x + b is a Q(q) + b for positive a; for negative a the share q turns into 1 - q."""
    for n, a, b in ((3, 2.0, 1.0), (4, 0.1, -7.0), (8, -3.0, 2.0)):
        x, q = rng.normal(size=n), rng.uniform(size=3)
        expected = a * np.quantile(x, q if a > 0 else 1 - q) + b
        values = array(quantile(a * x + b, q), (3,), what="the quantiles")
        close(values, expected, **T1, what="the quantiles of a x + b")


# %%
@hidden
def small_number_types_are_widened_first(quantile):
    """Whole numbers of one byte and shares of 32 bits are handled as 64-bit floats: 100 + 100 does not fit."""
    close(quantile(np.array([100, -100], dtype=np.int8), 0.25), -50.0, **T1, what="the quantile of -100 and 100")
    short = np.array([0.1, 0.7], dtype=np.float32)
    values = array(quantile([0.0, 1.0, 2.0, 3.0], short), (2,), what="the quantiles")
    close(values, 3.0 * short.astype(float), **T1, what="the quantiles for shares of 32 bits")


# %%
@hidden
def bad_shares_and_bad_data_raise(quantile):
    """A share outside 0 to 1, no values or a table raise ValueError."""
    raises(ValueError, quantile, [1.0, 2.0], -0.01)
    raises(ValueError, quantile, [1.0, 2.0], 1.01)
    raises(ValueError, quantile, [1.0, 2.0], [0.2, 0.5, 1.5])
    raises(ValueError, quantile, [1.0, 2.0], [-0.5, 0.5])
    raises(ValueError, quantile, [], 0.5)
    raises(ValueError, quantile, [[1.0, 2.0], [3.0, 4.0]], 0.5)


# %%
@accepted
def with_a_loop_over_the_shares(x, q):
    if np.ndim(x) != 1 or len(x) == 0:
        raise ValueError("no sample")
    values = sorted(float(value) for value in x)
    results = []
    for share in np.atleast_1d(q).tolist():
        if not 0 <= share <= 1:
            raise ValueError("no share")
        position = share * (len(values) - 1)
        k = int(position)
        rest = position - k
        results.append(values[k] if rest == 0 else (1 - rest) * values[k] + rest * values[k + 1])
    return results[0] if np.ndim(q) == 0 else np.array(results)


# %%
@accepted
def along_the_broken_line(x, q):
    ordered = np.sort(np.array(x, dtype=np.float64), axis=None)
    if np.ndim(x) != 1 or ordered.size < 1 or np.any(np.less(q, 0)) or np.any(np.greater(q, 1)):
        raise ValueError("no quantile")
    shares = np.array(q, dtype=np.float64)
    values = np.interp(shares * (ordered.size - 1), np.arange(ordered.size), ordered)
    return values if np.ndim(q) else values.item()


# %%
@misconception(
    caught_by="the_worked_example_gives_1_75",
    hint="Do not cut off the position. Interpolate at position q(n-1).",
)
def takes_the_value_at_index_q_n(x, q):
    x, q = np.asarray(x, dtype=float), np.asarray(q, dtype=float)
    if x.ndim != 1 or x.size == 0 or np.any(q < 0) or np.any(q > 1):
        raise ValueError("no quantile")
    index = np.minimum((q * len(x)).astype(int), len(x) - 1)
    values = np.sort(x)[index]
    return float(values) if q.ndim == 0 else values


# %%
@misconception(
    caught_by="the_worked_example_gives_1_75",
    hint="Several definitions exist, and this is the one with q(n+1). Here the position is q(n-1), counted from 0.",
)
def sits_at_position_q_times_n_plus_one(x, q):
    x, q = np.asarray(x, dtype=float), np.asarray(q, dtype=float)
    if x.ndim != 1 or x.size == 0 or np.any(q < 0) or np.any(q > 1):
        raise ValueError("no quantile")
    values = np.interp(q * (len(x) + 1), np.arange(1, len(x) + 1), np.sort(x))
    return float(values) if q.ndim == 0 else values


# %%
@misconception(
    caught_by="the_worked_example_gives_1_75",
    hint="Several definitions exist, and this is the one with q n + 0.5. Here the position is q(n-1), counted from 0.",
)
def sits_at_position_q_n_plus_one_half(x, q):
    x, q = np.asarray(x, dtype=float), np.asarray(q, dtype=float)
    if x.ndim != 1 or x.size == 0 or np.any(q < 0) or np.any(q > 1):
        raise ValueError("no quantile")
    values = np.interp(q * len(x) + 0.5, np.arange(1, len(x) + 1), np.sort(x))
    return float(values) if q.ndim == 0 else values


# %%
@misconception(
    caught_by="a_share_above_one_raises",
    hint="You read q as a percentage. Here q is a share and lies between 0 and 1.",
)
def reads_q_as_a_percentage(x, q):
    x, q = np.asarray(x, dtype=float), np.asarray(q, dtype=float)
    if x.ndim != 1 or x.size == 0 or np.any(q < 0) or np.any(q > 100):
        raise ValueError("no quantile")
    values = np.interp(q / 100 * (len(x) - 1), np.arange(len(x)), np.sort(x))
    return float(values) if q.ndim == 0 else values


# %%
@misconception(
    caught_by="the_worked_example_gives_1_75",
    hint="The position counts along the ordered values: sort first.",
)
def forgets_to_sort(x, q):
    x, q = np.asarray(x, dtype=float), np.asarray(q, dtype=float)
    if x.ndim != 1 or x.size == 0 or np.any(q < 0) or np.any(q > 1):
        raise ValueError("no quantile")
    values = np.interp(q * (len(x) - 1), np.arange(len(x)), x)
    return float(values) if q.ndim == 0 else values


# %%
@misconception(
    caught_by="the_worked_example_gives_1_75",
    hint="Rounding the position picks a neighbour; interpolate between the two neighbours instead.",
)
def rounds_the_position(x, q):
    x, q = np.asarray(x, dtype=float), np.asarray(q, dtype=float)
    if x.ndim != 1 or x.size == 0 or np.any(q < 0) or np.any(q > 1):
        raise ValueError("no quantile")
    values = np.sort(x)[np.rint(q * (len(x) - 1)).astype(int)]
    return float(values) if q.ndim == 0 else values

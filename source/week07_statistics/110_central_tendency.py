# %% [markdown]
# ### Mean, median and modes
#
# One number is often asked to stand for a whole column of data. There are three common choices, and they can disagree.
# The mean uses every value, so one huge value drags it away. The median only uses the order, so it stays. A mode is the
# value that occurs most often.
#
# For values $x_1, \dots, x_n$ the mean is $\bar x = \frac1n \sum_{i=1}^{n} x_i$. Write the values in increasing order:
# $x_{(1)} \le x_{(2)} \le \dots \le x_{(n)}$. For odd $n$ the median is the middle one, $x_{((n+1)/2)}$. For even
# $n$ it is the mean of the two middle ones, $\frac12 (x_{(n/2)} + x_{(n/2+1)})$. If several values share the largest
# count, all of them are modes.
#
# **By hand.** Take $x = (2, 9, 1, 2, 9, 4)$. The sum is 27, so the mean is $27/6 = 4.5$. In order:
# $1, 2, 2, 4, 9, 9$. The two middle values are 2 and 4, so the median is 3. The values 2 and 9 occur twice each, so the
# modes are 2 and 9.
#
# Return a dictionary with the keys `"mean"`, `"median"` and `"modes"`.

# %%
import statistics

from autograder.kit import T1, accepted, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=(
        "numpy.median",
        "numpy.nanmedian",
        "numpy.quantile",
        "numpy.percentile",
        "statistics.median*",
        "statistics.*mode",
        "scipy.stats.mode",
    ),
    oracle="statistics.median",
    section="Describing data",
    topics=(
        "r0-w7-goal",
        "r0-w7-descriptive",
        "r0-w7-out-analyze-datasets",
        "r1-t04-descriptive",
        "r3-1-2-mean-median-mode",
        "r3-1-2-cp-mean",
        "r4-stat-mean-median-mode",
        "r4-req-ps-mean-median-mode",
    ),
)

# %%
import numpy as np


# %%
def central_tendency(x: np.ndarray) -> dict[str, float | list[float]]:
    """Return the mean, the median and all modes of some values.

    Parameters
    ----------
    x : array-like of shape (n,), n at least 1, in any order

    Returns
    -------
    dict with the keys
        "mean" : float
        "median" : float, the middle value in order; for even n the mean of the two middle values
        "modes" : list of float, all values with the largest count, in increasing order

    Raises
    ------
    ValueError : x is empty or does not have exactly one axis
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0:
        raise ValueError("x must be a one-dimensional array with at least one value")
    ordered = np.sort(x)
    n = len(ordered)
    median = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    values, counts = np.unique(ordered, return_counts=True)
    modes = [float(value) for value in values[counts == counts.max()]]
    return {"mean": float(np.mean(x)), "median": float(median), "modes": modes}
    ### END SOLUTION


# %%
@check
def the_marks_have_mean_and_median_60(central_tendency):
    """The marks 40, 50, 60, 70, 80 have mean 60 and median 60."""
    answer = central_tendency(np.array([40.0, 50.0, 60.0, 70.0, 80.0]))
    close(answer["mean"], 60.0, **T1, what="the mean")
    close(answer["median"], 60.0, **T1, what="the median")


# %%
@check
def the_worked_example_has_two_modes(central_tendency):
    """For 2, 9, 1, 2, 9, 4 the mean is 4.5, the median is 3 and the modes are 2 and 9."""
    expected = {"mean": 4.5, "median": 3.0, "modes": [2.0, 9.0]}
    close(central_tendency([2, 9, 1, 2, 9, 4]), expected, **T1, what="the answer")


# %%
@check
def no_values_raise(central_tendency):
    """An empty list has no mean: it raises ValueError."""
    raises(ValueError, central_tendency, [])


# %%
@hidden(weight=2)
def the_median_halves_the_ordered_values(central_tendency, rng):
    """The median is right for odd and even numbers of values in any order."""
    close(central_tendency([3.0, 1.0, 2.0])["median"], 2.0, **T1, what="the median of 3, 1, 2")
    close(central_tendency([1, 2, 3, 10])["median"], 2.5, **T1, what="the median of 1, 2, 3, 10")
    for n in (1, 2, 3, 4, 5, 8, 41, 100):
        x = np.round(rng.normal(3.0, 10.0, size=n), 3)
        close(central_tendency(x)["median"], statistics.median(x.tolist()), **T1, what=f"the median of {n} values")


# %%
@hidden(weight=2)
def all_values_with_the_largest_count_are_modes(central_tendency, rng):
    """Every value with the largest count is a mode, and the modes are in increasing order."""
    samples = [[1, 1, 2, 2, 3], [7, -2, 7, 7, -2], [5.0, 0.5, 3.0], [9]]
    samples += [rng.integers(-3, 4, size=n).tolist() for n in (2, 3, 6, 10, 50)]
    samples.append(rng.permutation(np.repeat([0.25, -8.5, 4.0], 3)).tolist())
    for x in samples:
        expected = [float(value) for value in sorted(statistics.multimode(x))]
        close(central_tendency(x)["modes"], expected, **T1, what=f"the modes of {len(x)} values")


# %%
@hidden
def the_mean_is_the_sum_over_the_number(central_tendency, rng):
    """The mean is the sum of the values divided by how many there are."""
    for n in (1, 2, 3, 7, 300):
        x = rng.normal(-1.0, 4.0, size=n)
        close(central_tendency(x)["mean"], statistics.fmean(x.tolist()), **T1, what=f"the mean of {n} values")


# %%
@hidden
def shift_and_scale_carry_over(central_tendency, rng):
    """Replacing x by a x + b replaces the mean, the median and every mode in the same way, also for negative a."""
    for n, a, b in ((3, 1.0, 5.0), (4, 2.0, 0.0), (9, -0.5, 3.0), (20, -4.0, -100.0)):
        x = rng.integers(0, 5, size=n)
        expected = {
            "mean": a * statistics.fmean(x.tolist()) + b,
            "median": a * statistics.median(x.tolist()) + b,
            "modes": sorted(a * value + b for value in statistics.multimode(x.tolist())),
        }
        close(central_tendency(a * x + b), expected, **T1, what="the answer for a x + b")


# %%
@hidden
def one_huge_value_moves_the_mean_but_not_the_median(central_tendency, rng):
    """Making the largest of five or more values huge leaves the median as it is and moves the mean."""
    for n in (5, 6, 11):
        x = rng.normal(size=n)
        before = central_tendency(x)
        x[np.argmax(x)] = 1e6
        after = central_tendency(x)
        close(after["median"], before["median"], **T1, what="the median with one huge value")
        holds(after["mean"] > before["mean"] + 1e4, "One huge value should move the mean a long way.")


# %%
@hidden
def whole_numbers_of_one_byte_are_widened_first(central_tendency):
    """Pixels of one byte are handled as 64-bit floats: 100 + 200 does not fit into a byte."""
    expected = {"mean": 150.0, "median": 150.0, "modes": [100.0, 200.0]}
    close(central_tendency(np.array([200, 100], dtype=np.uint8)), expected, **T1, what="the answer")


# %%
@hidden
def a_table_raises(central_tendency):
    """A table, a single number or an empty array raises ValueError."""
    raises(ValueError, central_tendency, np.array([[1.0, 2.0], [3.0, 4.0]]))
    raises(ValueError, central_tendency, 5.0)
    raises(ValueError, central_tendency, np.zeros(0))


# %%
@accepted
def with_plain_python(x):
    if np.ndim(x) != 1 or len(x) == 0:
        raise ValueError("not a sample")
    values = sorted(float(value) for value in x)
    n = len(values)
    median = values[n // 2] if n % 2 else (values[n // 2 - 1] + values[n // 2]) / 2
    counts = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values())
    return {"mean": sum(values) / n, "median": median, "modes": [value for value in counts if counts[value] == most]}


# %%
@accepted
def by_dropping_the_extremes(x):
    x = np.array(x, dtype=np.float64)
    if x.ndim != 1 or not len(x):
        raise ValueError("not a sample")
    rest = sorted(x)
    while len(rest) > 2:
        rest = rest[1:-1]
    often = (x[:, None] == x[None, :]).sum(axis=1)
    return {
        "mean": x.sum() / x.size,
        "median": float(np.mean(rest)),
        "modes": sorted(set(x[often == often.max()].tolist())),
    }


# %%
@misconception(
    caught_by="the_median_halves_the_ordered_values",
    hint="The median is the middle of the ordered values: sort first.",
)
def median_without_sorting(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0:
        raise ValueError("not a sample")
    median = (x[(len(x) - 1) // 2] + x[len(x) // 2]) / 2
    values, counts = np.unique(x, return_counts=True)
    return {"mean": float(np.mean(x)), "median": float(median), "modes": values[counts == counts.max()].tolist()}


# %%
@misconception(
    caught_by="the_median_halves_the_ordered_values",
    hint="An even number of values has two middle values: average them.",
)
def takes_the_upper_middle_value(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0:
        raise ValueError("not a sample")
    median = np.sort(x)[len(x) // 2]
    values, counts = np.unique(x, return_counts=True)
    return {"mean": float(np.mean(x)), "median": float(median), "modes": values[counts == counts.max()].tolist()}


# %%
@misconception(
    caught_by="all_values_with_the_largest_count_are_modes",
    hint="Several values can share the largest count: return all of them.",
)
def returns_one_mode_only(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0:
        raise ValueError("not a sample")
    ordered = np.sort(x)
    median = (ordered[(len(x) - 1) // 2] + ordered[len(x) // 2]) / 2
    values, counts = np.unique(x, return_counts=True)
    return {"mean": float(np.mean(x)), "median": float(median), "modes": [float(values[np.argmax(counts)])]}


# %%
@misconception(
    caught_by="all_values_with_the_largest_count_are_modes",
    hint="If every value occurs once, they all share the largest count, so all of them are modes.",
)
def sees_no_mode_when_nothing_repeats(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0:
        raise ValueError("not a sample")
    ordered = np.sort(x)
    median = (ordered[(len(x) - 1) // 2] + ordered[len(x) // 2]) / 2
    values, counts = np.unique(x, return_counts=True)
    modes = values[counts == counts.max()].tolist() if counts.max() > 1 else []
    return {"mean": float(np.mean(x)), "median": float(median), "modes": modes}


# %%
@misconception(
    caught_by="all_values_with_the_largest_count_are_modes",
    hint="The modes come in increasing order: sort them.",
)
def lists_the_modes_in_order_of_appearance(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0:
        raise ValueError("not a sample")
    ordered = np.sort(x)
    median = (ordered[(len(x) - 1) // 2] + ordered[len(x) // 2]) / 2
    counts = {}
    for value in x.tolist():
        counts[value] = counts.get(value, 0) + 1
    modes = [value for value, count in counts.items() if count == max(counts.values())]
    return {"mean": float(np.mean(x)), "median": float(median), "modes": modes}

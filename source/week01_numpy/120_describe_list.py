# %% [markdown]
# ### Describe a list
#
# Before you fit any model, look at your numbers: how many are there, where is their middle, how far do they spread?
# Four lines of plain Python answer that. No NumPy is needed here.
#
# For data $x_1, \dots, x_n$ the mean is $\bar x = \frac{1}{n} \sum_{i=1}^{n} x_i$. The range is the largest number
# minus the smallest one.
#
# **By hand.** Marks of five students: 40, 50, 60, 70, 80. Their sum is 300, so the mean is $300 / 5 = 60$. The minimum
# is 40, the maximum is 80, and the range is $80 - 40 = 40$.
#
# Return a dictionary with the keys `n`, `mean`, `minimum`, `maximum` and `range`.

# %%
import statistics

import numpy as np
from autograder.kit import T1, accepted, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("numpy.mean", "numpy.average", "numpy.array", "numpy.asarray", "statistics.*mean"),
    oracle="statistics.fmean, min, max",
    section="Plain Python",
    topics=(
        "r0-w1-goal",
        "r0-w1-python-basics",
        "r1-tools-python",
        "r1-t00-python-for-math",
        "r3-1-2-mean-median-mode",
        "r3-1-2-cp-mean",
        "r3-2-variables-types",
        "r3-2-collections",
        "r3-2-loops-conditions",
        "r3-2-ex-sum",
        "r4-stat-mean-median-mode",
        "r4-req-ps-mean-median-mode",
    ),
)

# %%
from collections.abc import Sequence


# %%
def describe_list(data: Sequence[float]) -> dict[str, float]:
    """Return the number of values, their mean, minimum, maximum and range.

    Parameters
    ----------
    data : list or tuple of n >= 1 numbers; it stays as it is

    Returns
    -------
    dict with the keys "n", "mean", "minimum", "maximum" and "range"

    Raises
    ------
    ValueError : data is empty
    """
    ### BEGIN SOLUTION
    if len(data) == 0:
        raise ValueError("data must not be empty")
    minimum, maximum = min(data), max(data)
    return {
        "n": len(data),
        "mean": sum(data) / len(data),
        "minimum": minimum,
        "maximum": maximum,
        "range": maximum - minimum,
    }
    ### END SOLUTION


# %%
@check
def the_five_marks_have_mean_sixty(describe_list):
    """The marks 40, 50, 60, 70, 80 have mean 60, minimum 40, maximum 80 and range 40."""
    expected = {"n": 5, "mean": 60.0, "minimum": 40.0, "maximum": 80.0, "range": 40.0}
    close(describe_list([40, 50, 60, 70, 80]), expected, **T1)


# %%
@check
def an_empty_list_raises(describe_list):
    """An empty list has no mean, so it raises ValueError."""
    raises(ValueError, describe_list, [])


# %%
@hidden(weight=2)
def agrees_with_the_statistics_module(describe_list, rng):
    """All five entries are right for random data, from one number to many."""
    for n in (1, 2, 3, 5, 40, 300):
        data = [float(value) for value in rng.normal(10, 30, size=n)]
        expected = {
            "n": n,
            "mean": statistics.fmean(data),
            "minimum": min(data),
            "maximum": max(data),
            "range": max(data) - min(data),
        }
        close(describe_list(data), expected, **T1)


# %%
@hidden
def data_on_one_side_of_zero_are_described_too(describe_list, rng):
    """The extremes are found when all numbers are negative and when all are positive."""
    for n in (1, 2, 4, 15):
        data = [float(value) for value in rng.uniform(1, 9, size=n)]
        for sign in (-1.0, 1.0):
            signed = [sign * value for value in data]
            report = describe_list(signed)
            close(report["minimum"], min(signed), **T1, what=f"the minimum of {n} numbers of one sign")
            close(report["maximum"], max(signed), **T1, what=f"the maximum of {n} numbers of one sign")


# %%
@hidden
def the_mean_of_whole_numbers_keeps_its_fraction(describe_list, rng):
    """The mean of whole numbers need not be whole, and it lies between minimum and maximum."""
    close(describe_list([1, 2])["mean"], 1.5, **T1, what="the mean of 1 and 2")
    for n in (3, 7, 20):
        data = [int(value) for value in rng.integers(-50, 50, size=n)]
        report = describe_list(data)
        close(report["mean"], statistics.fmean(data), **T1, what="the mean of whole numbers")
        message = "The mean lies between the minimum and the maximum."
        holds(report["minimum"] - 1e-9 <= report["mean"] <= report["maximum"] + 1e-9, message)


# %%
@hidden
def shifting_the_data_shifts_the_middle_and_leaves_the_range(describe_list, rng):
    """Adding c to every number adds c to mean, minimum and maximum and leaves n and the range as they are."""
    for n in (1, 2, 6, 25):
        data = [float(value) for value in rng.normal(size=n)]
        c = float(rng.uniform(-20, 20))
        before, after = describe_list(data), describe_list([value + c for value in data])
        for key in ("mean", "minimum", "maximum"):
            close(after[key], before[key] + c, rtol=1e-12, atol=1e-11, what=f"the {key} of the shifted data")
        close(after["range"], before["range"], rtol=1e-12, atol=1e-11, what="the range of the shifted data")


# %%
@hidden
def the_list_stays_in_its_order(describe_list, rng):
    """The caller's list is not reordered, and a tuple works as well."""
    for n in (2, 3, 12):
        data = [float(value) for value in np.sort(rng.normal(size=n))[::-1]]
        report = describe_list(data)
        close(report["range"], data[0] - data[-1], **T1, what="the range of a falling list")
        close(describe_list(tuple(data))["mean"], statistics.fmean(data), **T1, what="the mean of a tuple")


# %%
@hidden
def an_empty_tuple_raises(describe_list):
    """An empty tuple raises ValueError, just as an empty list does."""
    raises(ValueError, describe_list, ())


# %%
@accepted
def in_one_pass(data):
    if not data:
        raise ValueError("no data")
    count, total, low, high = 0, 0.0, data[0], data[0]
    for value in data:
        count += 1
        total += value
        if value < low:
            low = value
        elif value > high:
            high = value
    return {"n": count, "mean": total / count, "minimum": low, "maximum": high, "range": high - low}


# %%
@accepted
def with_a_sorted_copy(data):
    ordered = sorted(data)
    if len(ordered) < 1:
        raise ValueError("no data")
    result = dict(n=float(len(ordered)), minimum=ordered[0], maximum=ordered[-1], range=ordered[-1] - ordered[0])
    result["mean"] = sum(value / len(ordered) for value in ordered)
    return result


# %%
@misconception(
    caught_by="data_on_one_side_of_zero_are_described_too",
    hint="Try it on a list of negative numbers: the maximum must start with a number of the list, not with 0.",
)
def maximum_starts_at_zero(data):
    if len(data) == 0:
        raise ValueError("data must not be empty")
    maximum = 0
    for value in data:
        if value > maximum:
            maximum = value
    minimum = min(data)
    return {
        "n": len(data),
        "mean": sum(data) / len(data),
        "minimum": minimum,
        "maximum": maximum,
        "range": maximum - minimum,
    }


# %%
@misconception(
    caught_by="data_on_one_side_of_zero_are_described_too",
    hint="Try it on a list of positive numbers: the minimum must start with a number of the list, not with 0.",
)
def minimum_starts_at_zero(data):
    if len(data) == 0:
        raise ValueError("data must not be empty")
    minimum = 0
    for value in data:
        if value < minimum:
            minimum = value
    maximum = max(data)
    return {
        "n": len(data),
        "mean": sum(data) / len(data),
        "minimum": minimum,
        "maximum": maximum,
        "range": maximum - minimum,
    }


# %%
@misconception(
    caught_by="the_mean_of_whole_numbers_keeps_its_fraction",
    hint="// throws away the fraction; use /.",
)
def mean_without_fraction(data):
    if len(data) == 0:
        raise ValueError("data must not be empty")
    minimum, maximum = min(data), max(data)
    return {
        "n": len(data),
        "mean": sum(data) // len(data),
        "minimum": minimum,
        "maximum": maximum,
        "range": maximum - minimum,
    }


# %%
@misconception(
    caught_by="the_list_stays_in_its_order",
    hint="You reordered the caller's list; sorted() makes a copy (and you do not need order at all).",
)
def sorts_the_callers_list(data):
    if len(data) == 0:
        raise ValueError("data must not be empty")
    if isinstance(data, tuple):
        data = list(data)
    data.sort()
    return {
        "n": len(data),
        "mean": sum(data) / len(data),
        "minimum": data[0],
        "maximum": data[-1],
        "range": data[-1] - data[0],
    }


# %%
@misconception(
    caught_by="agrees_with_the_statistics_module",
    hint="The first and the last number are the extremes of a sorted list only; look at every number.",
)
def takes_the_list_for_sorted(data):
    if len(data) == 0:
        raise ValueError("data must not be empty")
    return {
        "n": len(data),
        "mean": sum(data) / len(data),
        "minimum": data[0],
        "maximum": data[-1],
        "range": data[-1] - data[0],
    }

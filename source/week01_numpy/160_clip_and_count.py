# %% [markdown]
# ### Limit values and count the changes
#
# A broken sensor reports 900 degrees, a pixel gets the value -3, a gradient grows without bound. The usual first aid is
# to limit every value to an interval. You should also know how often that happened: many changes mean that something
# is wrong with the data.
#
# $$r_i = \begin{cases} l & \text{if } x_i < l \\ h & \text{if } x_i > h \\ x_i & \text{otherwise} \end{cases}$$
#
# A condition on a whole array, such as `x < low`, gives an array of `True` and `False`: a mask. With it you select or
# count entries without a loop. A missing value is written as NaN, "not a number". Every comparison with NaN is False.
#
# **By hand.** $x = (-3, 0.5, 1, 7)$ with $l = 0$ and $h = 1$. The first entry becomes 0 and the last becomes 1. The
# entry 1 sits on the bound and stays. The result is $(0, 0.5, 1, 1)$, and 2 values were changed.
#
# Return a new array and the number of changed values. The array that you are given stays as it is.

# %%
from autograder.kit import accepted, array, check, exercise, helper, hidden, holds, misconception, raises, same

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("numpy.clip",),
    oracle="numpy.clip",
    section="Broadcasting and masks",
    topics=(
        "r0-w1-goal",
        "r0-w1-numpy-arrays",
        "r0-w1-out-numpy",
        "r1-tools-numpy",
        "r1-t00-numpy-basics",
        "r2-b1-numpy-basics",
        "r2-b-end-code-visualize",
        "r3-3-1-arrays",
        "r3-3-1-indexing-slicing",
        "r4-p1-numpy",
    ),
)

# %%
import numpy as np


# %%
def clip_and_count(x: np.ndarray, low: float, high: float) -> tuple[np.ndarray, int]:
    """Limit all values to [low, high] and count how many values that changed.

    Parameters
    ----------
    x : array of any shape with one axis or more; it stays as it is
    low, high : the two bounds, low <= high

    Returns
    -------
    (limited, changed) : array of floats with the shape of x, and an int.
        NaN stays NaN and does not count as changed.

    Raises
    ------
    ValueError : low is larger than high
    """
    ### BEGIN SOLUTION
    if low > high:
        raise ValueError("low must not be larger than high")
    limited = np.array(x, dtype=float)
    too_low, too_high = limited < low, limited > high
    limited[too_low] = low
    limited[too_high] = high
    return limited, int(np.sum(too_low) + np.sum(too_high))
    ### END SOLUTION


# %%
@helper
def cases(rng):
    """Return arrays of growing size and shape, with bounds that change some of the values."""
    shapes = [(1,), (2,), (5,), (2, 3), (40,), (3, 1, 4), (12, 9)]
    return [(rng.normal(size=shape), -float(rng.uniform(0.1, 1)), float(rng.uniform(0.1, 1))) for shape in shapes]


# %%
@check
def the_worked_example_is_right(clip_and_count):
    """(-3, 0.5, 1, 7) limited to [0, 1] is (0, 0.5, 1, 1), and 2 values were changed."""
    limited, changed = clip_and_count(np.array([-3.0, 0.5, 1.0, 7.0]), 0.0, 1.0)
    same(array(limited, (4,), what="the limited array"), np.array([0.0, 0.5, 1.0, 1.0]), what="the limited array")
    same(changed, 2, what="the number of changed values")


# %%
@check
def exchanged_bounds_raise(clip_and_count):
    """A lower bound above the upper bound raises ValueError."""
    raises(ValueError, clip_and_count, np.array([1.0, 2.0]), 3.0, 0.0)


# %%
@hidden(weight=2)
def values_and_count_are_right_for_every_shape(clip_and_count, rng):
    """The limited values and the count are right for arrays of one, two and three axes."""
    for x, low, high in cases(rng):
        expected = np.clip(x, low, high)
        limited, changed = clip_and_count(x, low, high)
        same(array(limited, x.shape, what="the limited array"), expected, what="the limited array")
        same(changed, int(np.sum(expected != x)), what="the number of changed values")


# %%
@hidden
def a_second_time_changes_nothing(clip_and_count, rng):
    """Limiting the result again to the same bounds changes no value, so the second count is 0."""
    for x, low, high in cases(rng):
        first, _ = clip_and_count(x, low, high)
        first = array(first, x.shape, what="the limited array")
        holds(np.all((first >= low) & (first <= high)), "Every limited value lies between the two bounds.")
        second, changed = clip_and_count(first, low, high)
        same(array(second, x.shape, what="the array limited twice"), first, what="the array limited twice")
        same(changed, 0, what="the number of values changed by the second call")


# %%
@hidden
def a_missing_value_stays_and_is_not_counted(clip_and_count):
    """NaN stays NaN and is not counted."""
    nan = float("nan")
    for x, expected, count in (
        ([nan], [nan], 0),
        ([nan, 5.0], [nan, 1.0], 1),
        ([-4.0, nan, 0.25, nan, 9.0], [0.0, nan, 0.25, nan, 1.0], 2),
    ):
        limited, changed = clip_and_count(np.array(x), 0.0, 1.0)
        limited = array(limited, (len(x),), what="the limited array")
        same(limited, np.array(expected), what="the limited array")
        same(changed, count, what="the number of changed values")


# %%
@hidden
def a_value_on_a_bound_is_not_changed(clip_and_count):
    """A value that equals a bound stays and is not counted, also when the two bounds are equal."""
    limited, changed = clip_and_count(np.array([-1.0, 2.0, 2.0, 0.0]), -1.0, 2.0)
    same(array(limited, (4,), what="the limited array"), np.array([-1.0, 2.0, 2.0, 0.0]), what="the limited array")
    same(changed, 0, what="the number of changed values")
    limited, changed = clip_and_count(np.array([1.0, 3.0, 5.0]), 3.0, 3.0)
    same(array(limited, (3,), what="the limited array"), np.full(3, 3.0), what="the limited array")
    same(changed, 2, what="the number of changed values")


# %%
@hidden
def whole_numbers_may_become_fractions(clip_and_count, rng):
    """An array of whole numbers, or a list of them, can be limited to bounds that are not whole."""
    limited, changed = clip_and_count([0, 1, 2, 3], 0.5, 2.5)
    expected = np.array([0.5, 1.0, 2.0, 2.5])
    same(array(limited, (4,), what="the limited array"), expected, what="the limited array")
    same(changed, 2, what="the number of changed values")
    x = rng.integers(-9, 10, size=(4, 5))
    limited, changed = clip_and_count(x, -2.25, 3.75)
    expected = np.clip(x.astype(float), -2.25, 3.75)
    same(array(limited, (4, 5), what="the limited array"), expected, what="the limited array")
    same(changed, int(np.sum(expected != x)), what="the number of changed values")


# %%
@hidden
def the_given_array_is_not_touched(clip_and_count, rng):
    """The result is a new array: two calls with the same array and other bounds do not disturb each other."""
    for n in (1, 3, 20):
        x = rng.normal(size=n) * 5
        for bound in (4.0, 0.5, 2.0):
            limited, _ = clip_and_count(x, -bound, bound)
            limited = array(limited, (n,), what="the limited array")
            same(limited, np.clip(x, -bound, bound), what=f"the array limited to [-{bound}, {bound}]")


# %%
@hidden
def an_empty_array_has_no_changes(clip_and_count):
    """An empty array comes back empty with the count 0; exchanged bounds raise ValueError even then."""
    limited, changed = clip_and_count(np.zeros((0, 3)), -1.0, 1.0)
    array(limited, (0, 3), what="the limited array")
    same(changed, 0, what="the number of changed values")
    raises(ValueError, clip_and_count, np.zeros(0), 1.0, 0.5)


# %%
@accepted
def with_where(x, low, high):
    if not low <= high:
        raise ValueError("bounds")
    x = np.asarray(x, dtype=float)
    limited = np.where(x < low, low, np.where(x > high, high, x))
    return limited, np.count_nonzero((limited != x) & ~np.isnan(x))


# %%
@accepted
def value_by_value(x, low, high):
    if high < low:
        raise ValueError("bounds")
    limited = np.asarray(x).astype(float)
    count = 0
    for place in np.ndindex(limited.shape):
        if limited[place] < low:
            limited[place] = low
            count += 1
        elif limited[place] > high:
            limited[place] = high
            count += 1
    return limited, count


# %%
@misconception(
    caught_by="the_given_array_is_not_touched",
    hint="You changed the caller's array; copy first.",
)
def changes_the_given_array(x, low, high):
    if low > high:
        raise ValueError("low must not be larger than high")
    limited = np.asarray(x, dtype=float)
    too_low, too_high = limited < low, limited > high
    limited[too_low] = low
    limited[too_high] = high
    return limited, int(np.sum(too_low) + np.sum(too_high))


# %%
@misconception(
    caught_by="values_and_count_are_right_for_every_shape",
    hint="Count before you overwrite.",
)
def counts_after_the_change(x, low, high):
    if low > high:
        raise ValueError("low must not be larger than high")
    limited = np.array(x, dtype=float)
    limited[limited < low] = low
    limited[limited > high] = high
    return limited, int(np.sum((limited < low) | (limited > high)))


# %%
@misconception(
    caught_by="a_missing_value_stays_and_is_not_counted",
    hint="Every comparison with NaN is False; its negation is True.",
)
def counts_missing_values(x, low, high):
    if low > high:
        raise ValueError("low must not be larger than high")
    limited = np.array(x, dtype=float)
    inside = (limited >= low) & (limited <= high)
    changed = int(np.sum(~inside))
    limited[limited < low] = low
    limited[limited > high] = high
    return limited, changed


# %%
@misconception(
    caught_by="whole_numbers_may_become_fractions",
    hint="An array of whole numbers cuts 0.5 off to 0 when you store it; convert to float first.",
)
def keeps_whole_numbers_whole(x, low, high):
    if low > high:
        raise ValueError("low must not be larger than high")
    limited = np.array(x)
    too_low, too_high = limited < low, limited > high
    limited[too_low] = low
    limited[too_high] = high
    return limited, int(np.sum(too_low) + np.sum(too_high))


# %%
@misconception(
    caught_by="a_value_on_a_bound_is_not_changed",
    hint="A value that equals a bound is not changed; count with < and >, not with <= and >=.",
)
def counts_values_on_the_bound(x, low, high):
    if low > high:
        raise ValueError("low must not be larger than high")
    limited = np.array(x, dtype=float)
    too_low, too_high = limited <= low, limited >= high
    limited[too_low] = low
    limited[too_high] = high
    return limited, int(np.sum(too_low | too_high))

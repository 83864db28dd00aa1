# %% [markdown]
# ### Histogram counts
#
# How many students fall in each range of marks? A histogram cuts the number line into bins and counts the values in
# each. The drawing is easy. The care goes into the borders: every value must be counted exactly once.
#
# The bins are given by edges $e_0 < e_1 < \dots < e_k$. Bin $i$ holds the values with $e_i \le x < e_{i+1}$. It is
# closed on the left and open on the right, so a value on an inner edge belongs to the bin on its right. The last bin is
# the exception: it is closed on both sides, $e_{k-1} \le x \le e_k$. Without that exception the largest value would
# often be lost. Values below $e_0$ or above $e_k$ are not counted. The bins need not be equally wide.
#
# **By hand.** The marks are $x = (40, 50, 60, 70, 80, 95)$ and the edges $(40, 60, 80)$. The first bin holds 40 and
# 50. The second holds 60, 70 and, because it is the last one, 80. The mark 95 lies outside. The counts are $(2, 3)$.
#
# Return the counts as an array of integers.

# %%
from autograder.kit import accepted, array, check, exercise, helper, hidden, holds, misconception, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.histogram*", "numpy.bincount", "scipy.stats.binned_statistic", "matplotlib.pyplot.hist"),
    oracle="numpy.histogram",
    section="Spread and shape",
    topics=(
        "r0-w7-goal",
        "r0-w7-descriptive",
        "r1-t04-descriptive",
        "r3-1-2-histogram",
        "r3-1-2-cp-histogram",
        "r4-viz-plot-types",
    ),
)

# %%
import numpy as np


# %%
def histogram_counts(x: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Count the values in each bin of a histogram.

    Parameters
    ----------
    x : array-like of shape (n,), in any order; n may be 0
    edges : array-like of shape (k + 1,), k at least 1, strictly increasing

    Returns
    -------
    counts : int array of shape (k,), the number of values with edges[i] <= x < edges[i + 1].
        The last bin also holds the values equal to its right edge. Values outside are ignored.

    Raises
    ------
    ValueError : x or edges does not have exactly one axis
    ValueError : there are fewer than two edges, or they do not increase strictly
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    edges = np.asarray(edges, dtype=float)
    if x.ndim != 1 or edges.ndim != 1:
        raise ValueError("x and edges must be one-dimensional")
    if len(edges) < 2 or not np.all(np.diff(edges) > 0):
        raise ValueError("edges must be at least two strictly increasing numbers")
    counts = np.zeros(len(edges) - 1, dtype=int)
    for i in range(len(counts)):
        counts[i] = np.sum((x >= edges[i]) & (x < edges[i + 1]))
    counts[-1] += np.sum(x == edges[-1])
    return counts
    ### END SOLUTION


# %%
@helper
def whole(counts, k):
    """Return the counts, failing unless they are an array of k integers."""
    array(counts, (k,), what="the counts")
    holds(counts.dtype.kind in "iu", f"The counts should be integers, not {counts.dtype}.")
    return counts


# %%
@check
def the_marks_fall_into_two_bins(histogram_counts):
    """The marks 40, 50, 60, 70, 80, 95 with the edges 40, 60, 80 give the counts 2 and 3."""
    counts = histogram_counts(np.array([40.0, 50.0, 60.0, 70.0, 80.0, 95.0]), np.array([40.0, 60.0, 80.0]))
    same(whole(counts, 2), np.array([2, 3]), what="the counts")


# %%
@check
def values_outside_are_ignored(histogram_counts):
    """With the edges 0, 10, 20 only the value 12 of -5, 12 and 25 is counted."""
    same(whole(histogram_counts([-5, 12, 25], [0, 10, 20]), 2), np.array([0, 1]), what="the counts")


# %%
@check
def edges_that_fall_raise(histogram_counts):
    """Edges that do not increase raise ValueError."""
    raises(ValueError, histogram_counts, [1.0, 2.0], [0.0, 3.0, 2.0])


# %%
@hidden(weight=2)
def values_on_an_edge_are_counted_once(histogram_counts, rng):
    """A value on an inner edge belongs to the bin on its right; the last bin also holds its right edge."""
    same(whole(histogram_counts([1], [0, 1, 2]), 2), np.array([0, 1]), what="the counts of one value on the inner edge")
    same(whole(histogram_counts([2, 2], [0, 1, 2]), 2), np.array([0, 2]), what="the counts of two values on the end")
    same(whole(histogram_counts([0], [0, 1, 2]), 2), np.array([1, 0]), what="the counts of one value on the start")
    for n, k in ((5, 1), (8, 2), (20, 4), (200, 9)):
        edges = np.arange(k + 1)
        x = rng.integers(-1, k + 2, size=n)
        same(whole(histogram_counts(x, edges), k), np.histogram(x, edges)[0], what=f"the counts of {k} bins")


# %%
@hidden(weight=2)
def the_counts_are_right_for_bins_of_any_width(histogram_counts, rng):
    """The counts of random values are right, also when the bins are not equally wide."""
    for n, k in ((1, 1), (4, 2), (10, 3), (60, 7), (1000, 12)):
        edges = np.cumsum(rng.exponential(1.0, size=k + 1)) - k / 2
        x = rng.normal(0.0, 3.0, size=n)
        same(whole(histogram_counts(x, edges), k), np.histogram(x, edges)[0], what=f"the counts of {k} bins")


# %%
@hidden
def the_total_is_the_number_of_values_inside(histogram_counts, rng):
    """All counts together give the number of values from the first edge to the last, both included."""
    for n in (0, 3, 10, 100):
        x = np.round(rng.normal(0.0, 2.0, size=n), 1)
        edges = np.array([-2.0, -1.5, 0.0, 0.1, 2.5])
        counts = whole(histogram_counts(x, edges), 4)
        inside = int(np.sum((x >= -2.0) & (x <= 2.5)))
        same(int(counts.sum()), inside, what="the sum of the counts")


# %%
@hidden
def two_samples_add_and_two_bins_merge(histogram_counts, rng):
    """The counts of two samples together are the sums; without an inner edge the two counts beside it add up."""
    for n, m in ((2, 3), (10, 7), (40, 60)):
        x, y = rng.integers(0, 10, size=n) / 2, rng.integers(0, 10, size=m) / 2
        edges = np.array([0.0, 1.0, 1.5, 3.0, 4.5])
        both = whole(histogram_counts(np.concatenate([x, y]), edges), 4)
        same(both, np.histogram(x, edges)[0] + np.histogram(y, edges)[0], what="the counts of both samples")
        merged = whole(histogram_counts(np.concatenate([x, y]), edges[[0, 1, 3, 4]]), 3)
        same(merged, np.array([both[0], both[1] + both[2], both[3]]), what="the counts after merging two bins")


# %%
@hidden
def no_values_give_zeros(histogram_counts):
    """Without values every count is 0, and the counts are still integers."""
    same(whole(histogram_counts([], [0.0, 1.0, 5.0]), 2), np.array([0, 0]), what="the counts of no values")
    same(whole(histogram_counts(np.zeros(0), [-1.0, 1.0]), 1), np.array([0]), what="the counts of no values")


# %%
@hidden
def what_makes_no_bins_raises(histogram_counts):
    """Fewer than two edges, equal edges, falling edges or tables raise ValueError."""
    raises(ValueError, histogram_counts, [1.0, 2.0], [0.0])
    raises(ValueError, histogram_counts, [1.0, 2.0], [])
    raises(ValueError, histogram_counts, [1.0, 2.0], [0.0, 1.0, 1.0, 2.0])
    raises(ValueError, histogram_counts, [1.0, 2.0], [3.0, 2.0, 1.0])
    raises(ValueError, histogram_counts, [1.0, 2.0], np.array([3, 2, 1], dtype=np.uint8))
    raises(ValueError, histogram_counts, [1.0, 2.0], [[0.0, 1.0], [2.0, 3.0]])
    raises(ValueError, histogram_counts, [[1.0, 2.0]], [0.0, 1.0, 3.0])


# %%
@accepted
def value_by_value(x, edges):
    if np.ndim(x) != 1 or np.ndim(edges) != 1 or len(edges) < 2:
        raise ValueError("no histogram")
    if any(right <= left for left, right in zip(edges[:-1], edges[1:], strict=True)):
        raise ValueError("edges must increase")
    counts = [0] * (len(edges) - 1)
    for value in x:
        for i in range(len(counts)):
            is_last = i == len(counts) - 1
            if edges[i] <= value < edges[i + 1] or (is_last and value == edges[-1]):
                counts[i] += 1
    return np.array(counts)


# %%
@accepted
def from_cumulative_counts(x, edges):
    x, edges = np.array(x, dtype=float), np.array(edges, dtype=float)
    if x.ndim != 1 or edges.ndim != 1 or edges.size < 2 or (edges[1:] <= edges[:-1]).any():
        raise ValueError("no histogram")
    ordered = np.sort(x)
    below = np.searchsorted(ordered, edges, side="left")
    below[-1] = np.searchsorted(ordered, edges[-1], side="right")
    return np.diff(below)


# %%
@misconception(
    caught_by="the_marks_fall_into_two_bins",
    hint="The last bin is closed on both sides. Without its right edge the maximum would vanish.",
)
def leaves_out_the_last_edge(x, edges):
    x, edges = np.asarray(x, dtype=float), np.asarray(edges, dtype=float)
    if x.ndim != 1 or edges.ndim != 1 or len(edges) < 2 or not np.all(np.diff(edges) > 0):
        raise ValueError("no histogram")
    return np.array([np.sum((x >= left) & (x < right)) for left, right in zip(edges[:-1], edges[1:], strict=True)])


# %%
@misconception(
    caught_by="values_on_an_edge_are_counted_once",
    hint="Values on an inner edge are counted twice. Close only the left border of a bin.",
)
def closes_both_borders_of_every_bin(x, edges):
    x, edges = np.asarray(x, dtype=float), np.asarray(edges, dtype=float)
    if x.ndim != 1 or edges.ndim != 1 or len(edges) < 2 or not np.all(np.diff(edges) > 0):
        raise ValueError("no histogram")
    return np.array([np.sum((x >= left) & (x <= right)) for left, right in zip(edges[:-1], edges[1:], strict=True)])


# %%
@misconception(
    caught_by="values_outside_are_ignored",
    hint="Values below the first or above the last edge belong to no bin. Leave them out.",
)
def pushes_outliers_into_the_end_bins(x, edges):
    x, edges = np.asarray(x, dtype=float), np.asarray(edges, dtype=float)
    if x.ndim != 1 or edges.ndim != 1 or len(edges) < 2 or not np.all(np.diff(edges) > 0):
        raise ValueError("no histogram")
    bins = np.clip(np.searchsorted(edges, x, side="right") - 1, 0, len(edges) - 2)
    return np.array([np.sum(bins == i) for i in range(len(edges) - 1)])


# %%
@misconception(
    caught_by="values_on_an_edge_are_counted_once",
    hint="A value on an inner edge belongs to the bin on its right: close the left border, not the right one.",
)
def closes_the_right_border_instead(x, edges):
    x, edges = np.asarray(x, dtype=float), np.asarray(edges, dtype=float)
    if x.ndim != 1 or edges.ndim != 1 or len(edges) < 2 or not np.all(np.diff(edges) > 0):
        raise ValueError("no histogram")
    counts = [int(np.sum((x > left) & (x <= right))) for left, right in zip(edges[:-1], edges[1:], strict=True)]
    counts[0] += int(np.sum(x == edges[0]))
    return np.array(counts)


# %%
@misconception(
    caught_by="the_counts_are_right_for_bins_of_any_width",
    hint="The bins need not be equally wide. Compare each value with the edges themselves.",
)
def divides_by_the_width_of_the_first_bin(x, edges):
    x, edges = np.asarray(x, dtype=float), np.asarray(edges, dtype=float)
    if x.ndim != 1 or edges.ndim != 1 or len(edges) < 2 or not np.all(np.diff(edges) > 0):
        raise ValueError("no histogram")
    inside = x[(x >= edges[0]) & (x <= edges[-1])]
    bins = np.floor((inside - edges[0]) / (edges[1] - edges[0])).astype(int)
    bins = np.minimum(bins, len(edges) - 2)
    return np.array([np.sum(bins == i) for i in range(len(edges) - 1)])

# %% [markdown]
# ### Read six formulas
#
# Papers and textbooks speak in symbols. Most of them are short names for a loop, a choice or a count. Here you
# translate six of them, from the symbols alone. Two lists of $n$ numbers are given: $x = (x_1, \dots, x_n)$ and
# $y = (y_1, \dots, y_n)$.
#
# | key | formula |
# |---|---|
# | `"product"` | $\prod_{i=1}^{n} (1 + x_i)$ |
# | `"double_sum"` | $\sum_{i=1}^{n} \sum_{j=1}^{i} x_i \, y_j$ |
# | `"largest_gap"` | $\max_{1 \le i \le n} \lvert x_i - y_i \rvert$ |
# | `"arg_min"` | $\arg\min_{1 \le i \le n} x_i$ (the smallest index when several fit) |
# | `"count"` | $\sum_{i=1}^{n} \mathbb{1}[x_i > y_i]$ |
# | `"set_size"` | $\lvert \{x_1, \dots, x_n\} \cap \{y_1, \dots, y_n\} \rvert$ |
#
# **By hand.** $x = (2, 0, 2)$ and $y = (1, 2, 3)$. The product is $3 \cdot 1 \cdot 3 = 9$. The double sum is
# $2 \cdot 1 + 0 \cdot (1 + 2) + 2 \cdot (1 + 2 + 3) = 14$. The gaps are 1, 2, 1, so the largest is 2. The smallest
# entry of $x$ is $x_2 = 0$, so the arg min is 2: formulas count from 1. Only $2 > 1$ is true, so the count is 1. The
# sets are $\{0, 2\}$ and $\{1, 2, 3\}$. They share one element, so the size is 1.
#
# Return a dictionary with the six keys and the six numbers.

# %%
import math

from autograder.kit import T2, accepted, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="numpy.tril, numpy.intersect1d, math.prod",
    section="Reading formulas",
    topics=("r0-w1-notation", "r1-t00-notation", "r0-w1-goal", "r0-w1-out-math-in-code", "r3-2-collections"),
)

# %%
import numpy as np


# %%
def read_formulas(x: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """Return the values of six formulas.

    Parameters
    ----------
    x : array of shape (n,), n >= 1
    y : array of shape (n,)

    Returns
    -------
    dict with the keys "product", "double_sum", "largest_gap", "arg_min", "count" and "set_size".
        The arg min counts from 1, as the formula does, and is the smallest index when several fit.

    Raises
    ------
    ValueError : x or y is not one-dimensional, they differ in length, or they are empty
    """
    ### BEGIN SOLUTION
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or x.size == 0:
        raise ValueError("x and y must be one-dimensional, equally long and not empty")
    return {
        "product": float(np.prod(1 + x)),
        "double_sum": float(np.sum(x * np.cumsum(y))),
        "largest_gap": float(np.max(np.abs(x - y))),
        "arg_min": int(np.argmin(x)) + 1,
        "count": int(np.sum(x > y)),
        "set_size": len(set(x.tolist()) & set(y.tolist())),
    }
    ### END SOLUTION


# %%
@helper
def two_lists(n, rng):
    """Return two arrays of n small whole numbers, so that ties and common values occur."""
    return rng.integers(-3, 4, size=n).astype(float), rng.integers(-3, 4, size=n).astype(float)


# %%
@check
def the_worked_example_is_right(read_formulas):
    """For x = (2, 0, 2) and y = (1, 2, 3) the six values are 9, 14, 2, 2, 1 and 1."""
    expected = {"product": 9.0, "double_sum": 14.0, "largest_gap": 2.0, "arg_min": 2, "count": 1, "set_size": 1}
    close(read_formulas(np.array([2.0, 0.0, 2.0]), np.array([1.0, 2.0, 3.0])), expected, **T2)


# %%
@check
def lists_of_different_length_raise(read_formulas):
    """Two lists of different length raise ValueError."""
    raises(ValueError, read_formulas, np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0]))


# %%
@hidden
def the_product_sign_multiplies_all_factors(read_formulas, rng):
    """The product sign multiplies the factors 1 + x_i, for one factor and for many."""
    for n in (1, 2, 3, 8, 30):
        x, y = rng.normal(size=n), rng.normal(size=n)
        close(read_formulas(x, y)["product"], math.prod(1 + float(v) for v in x), **T2, what="the product")
    close(read_formulas([1, 2, 3], [0, 0, 0])["product"], 24.0, **T2, what="the product for x = (1, 2, 3)")


# %%
@hidden
def the_inner_sum_stops_at_the_outer_index(read_formulas, rng):
    """In the double sum the inner index j runs from 1 to i."""
    for n in (1, 2, 3, 5, 24):
        x, y = rng.normal(size=n), rng.normal(size=n)
        close(read_formulas(x, y)["double_sum"], float(np.tril(np.outer(x, y)).sum()), **T2, what="the double sum")


# %%
@hidden
def the_gap_is_measured_without_a_sign(read_formulas, rng):
    """The largest gap is the largest distance between x_i and y_i, whichever of the two is larger."""
    for n in (1, 2, 3, 7, 40):
        x, y = rng.normal(size=n), rng.normal(size=n)
        close(read_formulas(x, y)["largest_gap"], float(max(abs(x - y))), **T2, what="the largest gap")
        close(read_formulas(y, x)["largest_gap"], float(max(abs(x - y))), **T2, what="the largest gap")


# %%
@hidden
def arg_min_is_a_place_counted_from_one(read_formulas, rng):
    """The arg min is the place of the smallest entry of x, counted from 1, the first one on ties."""
    close(read_formulas([5], [1])["arg_min"], 1, **T2, what="the arg min of one number")
    for n in (2, 3, 4, 6, 20):
        x, y = two_lists(n, rng)
        values = x.tolist()
        close(read_formulas(x, y)["arg_min"], values.index(min(values)) + 1, **T2, what="the arg min")
    close(read_formulas([4, 1, 3, 1], [0, 0, 0, 0])["arg_min"], 2, **T2, what="the arg min of (4, 1, 3, 1)")


# %%
@hidden
def the_indicator_counts_true_comparisons(read_formulas, rng):
    """The count is the number of places where x_i is larger than y_i; equal numbers do not count."""
    close(read_formulas([2, 2], [2, 1])["count"], 1, **T2, what="the count for x = (2, 2) and y = (2, 1)")
    for n in (1, 2, 3, 9, 40):
        x, y = two_lists(n, rng)
        close(read_formulas(x, y)["count"], sum(a > b for a, b in zip(x.tolist(), y.tolist())), **T2, what="the count")


# %%
@hidden
def a_set_holds_every_value_once(read_formulas, rng):
    """The set size is the number of different values that occur both in x and in y."""
    close(read_formulas([1, 2, 3], [4, 5, 6])["set_size"], 0, **T2, what="the set size without common values")
    close(read_formulas([7, 7, 7], [7, 7, 7])["set_size"], 1, **T2, what="the set size of equal numbers")
    for n in (2, 3, 5, 12, 40):
        x, y = two_lists(n, rng)
        close(read_formulas(x, y)["set_size"], len(np.intersect1d(x, y)), **T2, what="the set size")


# %%
@hidden
def single_precision_loses_no_digits(read_formulas):
    """Numbers in single precision are converted to float64 first, so product, double sum and gap keep their digits."""
    x, y = np.array([0.1, 0.7, 2.3], dtype=np.float32), np.array([0.3, 1.9, -0.2], dtype=np.float32)
    value, (a, b) = read_formulas(x, y), (x.astype(float), y.astype(float))
    close(value["product"], math.prod((1 + a).tolist()), **T2, what="the product")
    close(value["double_sum"], float(np.tril(np.outer(a, b)).sum()), **T2, what="the double sum")
    close(value["largest_gap"], float(max(abs(a - b))), **T2, what="the largest gap")


# %%
@hidden
def bad_shapes_raise(read_formulas):
    """Empty lists, tables and lists of different length raise ValueError."""
    raises(ValueError, read_formulas, np.array([]), np.array([]))
    raises(ValueError, read_formulas, np.ones((2, 2)), np.ones((2, 2)))
    raises(ValueError, read_formulas, np.ones((1, 3)), np.ones((1, 3)))
    raises(ValueError, read_formulas, np.ones((3, 1)), np.ones((3, 1)))
    raises(ValueError, read_formulas, np.array([1.0]), np.array([1.0, 2.0]))


# %%
@accepted
def with_plain_loops(x, y):
    if np.ndim(x) != 1 or np.ndim(y) != 1 or len(x) != len(y) or len(x) == 0:
        raise ValueError("shapes")
    x, y = [float(v) for v in x], [float(v) for v in y]
    n = len(x)
    product, double_sum, gap, place, count = 1.0, 0.0, 0.0, 0, 0
    for i in range(n):
        product *= 1 + x[i]
        for j in range(i + 1):
            double_sum += x[i] * y[j]
        gap = max(gap, abs(x[i] - y[i]))
        if x[i] < x[place]:
            place = i
        if x[i] > y[i]:
            count += 1
    common = []
    for value in x:
        if value in y and value not in common:
            common.append(value)
    values = (product, double_sum, gap, place + 1, count, len(common))
    return dict(zip(("product", "double_sum", "largest_gap", "arg_min", "count", "set_size"), values))


# %%
@accepted
def with_tables(x, y):
    x, y = np.array(x, dtype=float), np.array(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1 or x.size != y.size or not x.size:
        raise ValueError("shapes")
    table = np.tril(x[:, None] * y[None, :])
    result = {"set_size": int(np.isin(np.unique(x), y).sum()), "count": np.count_nonzero(x - y > 0)}
    result["arg_min"] = float(np.flatnonzero(x == x.min())[0] + 1)
    result["largest_gap"] = np.linalg.norm(x - y, ord=np.inf)
    result["double_sum"] = table.sum()
    result["product"] = np.multiply.reduce(x + 1)
    return result


# %%
@misconception(
    caught_by="arg_min_is_a_place_counted_from_one",
    hint="Formulas count from 1, Python counts from 0: add 1 to the index.",
)
def arg_min_from_zero(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or x.size == 0:
        raise ValueError("x and y must be one-dimensional, equally long and not empty")
    return {
        "product": float(np.prod(1 + x)),
        "double_sum": float(np.sum(x * np.cumsum(y))),
        "largest_gap": float(np.max(np.abs(x - y))),
        "arg_min": int(np.argmin(x)),
        "count": int(np.sum(x > y)),
        "set_size": len(set(x.tolist()) & set(y.tolist())),
    }


# %%
@misconception(
    caught_by="arg_min_is_a_place_counted_from_one",
    hint="min asks for the smallest value, arg min for the place where it stands.",
)
def value_instead_of_place(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or x.size == 0:
        raise ValueError("x and y must be one-dimensional, equally long and not empty")
    return {
        "product": float(np.prod(1 + x)),
        "double_sum": float(np.sum(x * np.cumsum(y))),
        "largest_gap": float(np.max(np.abs(x - y))),
        "arg_min": float(np.min(x)),
        "count": int(np.sum(x > y)),
        "set_size": len(set(x.tolist()) & set(y.tolist())),
    }


# %%
@misconception(
    caught_by="the_inner_sum_stops_at_the_outer_index",
    hint="Look above the inner sum sign: j stops at i, not at n.",
)
def inner_sum_to_the_end(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or x.size == 0:
        raise ValueError("x and y must be one-dimensional, equally long and not empty")
    return {
        "product": float(np.prod(1 + x)),
        "double_sum": float(np.sum(x) * np.sum(y)),
        "largest_gap": float(np.max(np.abs(x - y))),
        "arg_min": int(np.argmin(x)) + 1,
        "count": int(np.sum(x > y)),
        "set_size": len(set(x.tolist()) & set(y.tolist())),
    }


# %%
@misconception(
    caught_by="the_inner_sum_stops_at_the_outer_index",
    hint="The inner sum includes j = i; a range or a slice that ends at i leaves it out.",
)
def inner_sum_one_short(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or x.size == 0:
        raise ValueError("x and y must be one-dimensional, equally long and not empty")
    return {
        "product": float(np.prod(1 + x)),
        "double_sum": float(np.sum(np.tril(np.outer(x, y), k=-1))),
        "largest_gap": float(np.max(np.abs(x - y))),
        "arg_min": int(np.argmin(x)) + 1,
        "count": int(np.sum(x > y)),
        "set_size": len(set(x.tolist()) & set(y.tolist())),
    }


# %%
@misconception(
    caught_by="the_gap_is_measured_without_a_sign",
    hint="The bars are an absolute value: take the size of the difference, not its sign.",
)
def gap_with_a_sign(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or x.size == 0:
        raise ValueError("x and y must be one-dimensional, equally long and not empty")
    return {
        "product": float(np.prod(1 + x)),
        "double_sum": float(np.sum(x * np.cumsum(y))),
        "largest_gap": float(np.max(x - y)),
        "arg_min": int(np.argmin(x)) + 1,
        "count": int(np.sum(x > y)),
        "set_size": len(set(x.tolist()) & set(y.tolist())),
    }


# %%
@misconception(
    caught_by="the_product_sign_multiplies_all_factors",
    hint="A product starts from 1: a start of 0 makes everything 0.",
)
def product_starts_at_zero(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or x.size == 0:
        raise ValueError("x and y must be one-dimensional, equally long and not empty")
    product = 0.0
    for value in x.tolist():
        product *= 1 + value
    return {
        "product": product,
        "double_sum": float(np.sum(x * np.cumsum(y))),
        "largest_gap": float(np.max(np.abs(x - y))),
        "arg_min": int(np.argmin(x)) + 1,
        "count": int(np.sum(x > y)),
        "set_size": len(set(x.tolist()) & set(y.tolist())),
    }


# %%
@misconception(
    caught_by="the_indicator_counts_true_comparisons",
    hint="The comparison is strict: two equal numbers do not count.",
)
def equal_numbers_count(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or x.size == 0:
        raise ValueError("x and y must be one-dimensional, equally long and not empty")
    return {
        "product": float(np.prod(1 + x)),
        "double_sum": float(np.sum(x * np.cumsum(y))),
        "largest_gap": float(np.max(np.abs(x - y))),
        "arg_min": int(np.argmin(x)) + 1,
        "count": int(np.sum(x >= y)),
        "set_size": len(set(x.tolist()) & set(y.tolist())),
    }


# %%
@misconception(
    caught_by="a_set_holds_every_value_once",
    hint="A set holds every value once; you counted repeated values again.",
)
def repeated_values_counted(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or x.size == 0:
        raise ValueError("x and y must be one-dimensional, equally long and not empty")
    return {
        "product": float(np.prod(1 + x)),
        "double_sum": float(np.sum(x * np.cumsum(y))),
        "largest_gap": float(np.max(np.abs(x - y))),
        "arg_min": int(np.argmin(x)) + 1,
        "count": int(np.sum(x > y)),
        "set_size": int(np.isin(x, y).sum()),
    }

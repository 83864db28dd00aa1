# %% [markdown]
# ### Select features by information
#
# A table has thirty columns and you may keep five. Which ones? Take those that share most information with the label.
# Correlation would miss a column where both small and large values mean the same. Mutual information does not.
#
# A column of measurements is turned into a few classes first. Cut the range of the column, from its smallest to its
# largest value, into `bins` parts of equal width. A value on an inner border belongs to the part above it. The largest
# value belongs to the last part. A column whose values are all equal has one class.
#
# Then count. Let $n_{bc}$ be the number of rows in class $b$ with label $c$, and $n$ the number of rows. The table
# $p_{bc} = n_{bc} / n$ is a joint table, and its mutual information $I$ is the score of the column.
#
# **By hand.** Take $y = (0, 0, 1, 1)$ and two columns, cut into 2 parts. The column $(1, 2, 8, 9)$ has the classes
# $(0, 0, 1, 1)$: it is a copy of $y$ and scores 1 bit. The column $(1, 9, 1, 9)$ has the classes $(0, 1, 0, 1)$: it
# scores 0. The best single column is number 0.
#
# Return the numbers of the $k$ best columns, best first. Round each score to 12 decimals before you compare. For equal
# scores the smaller number comes first. Your function `mutual_information` may help.

# %%
from autograder.kit import accepted, array, check, exercise, helper, hidden, misconception, raises, same
from sklearn.metrics import mutual_info_score

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("sklearn.metrics.mutual_info_score", "sklearn.feature_selection.*"),
    oracle="sklearn.metrics.mutual_info_score on classes made by numpy.digitize",
    section="Mutual information",
    topics=("r2-o7-in-ml",),
    uses=("mutual_information",),
)

# %%
import numpy as np


# %%
def select_by_information(X: np.ndarray, y: np.ndarray, k: int, bins: int = 10) -> np.ndarray:
    """Return the numbers of the k columns that share most information with the labels.

    Parameters
    ----------
    X : array or list of shape (n, d) of finite numbers, one row for each item
    y : array or list of shape (n,), the labels: all numbers or all words
    k : how many columns to choose, from 1 to d
    bins : into how many parts of equal width the range of each column is cut, at least 1

    Returns
    -------
    array of shape (k,) of column numbers, the column with most information first.
        Scores are compared after rounding to 12 decimals; of equal scores the smaller number comes first.

    Raises
    ------
    ValueError : X is not two-dimensional, has no rows, or holds NaN or infinity
    ValueError : y does not have shape (n,)
    ValueError : k is not between 1 and d, or bins is smaller than 1
    """
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)
    y = np.asarray(y)
    if X.ndim != 2 or len(X) == 0 or not np.all(np.isfinite(X)):
        raise ValueError("X must be a table of finite numbers with at least one row")
    if y.shape != (len(X),):
        raise ValueError("y must have one label for each row of X")
    if not 1 <= k <= X.shape[1] or bins < 1:
        raise ValueError("k must be between 1 and the number of columns, and bins at least 1")
    names, codes = np.unique(y, return_inverse=True)
    scores = []
    for column in X.T:
        edges = np.linspace(column.min(), column.max(), bins + 1)
        classes = np.searchsorted(edges[1:-1], column, side="right")
        joint = np.zeros((bins, len(names)))
        np.add.at(joint, (classes, codes), 1 / len(X))
        outer = np.outer(joint.sum(axis=1), joint.sum(axis=0))
        seen = joint > 0
        scores.append(round(float(np.sum(joint[seen] * np.log2(joint[seen] / outer[seen]))), 12))
    return np.argsort(-np.array(scores), kind="stable")[:k]
    ### END SOLUTION


# %%
@helper
def classes_of(column, bins):
    """Return the class of each value: equal widths, the largest value in the last class."""
    if column.min() == column.max():
        return np.zeros(len(column), dtype=int)
    edges = np.linspace(column.min(), column.max(), bins + 1)
    return np.clip(np.digitize(column, edges), 1, bins) - 1


# %%
@helper
def best_columns(X, y, k, bins):
    """Return the answer by the library's mutual information."""
    scores = []
    for column in X.T:
        counts = np.zeros((bins, int(y.max()) + 1))
        np.add.at(counts, (classes_of(column, bins), y), 1)
        scores.append(round(float(mutual_info_score(None, None, contingency=counts)), 10))
    return sorted(range(X.shape[1]), key=lambda j: (-scores[j], j))[:k]


# %%
@helper
def chosen(answer, k):
    """Return an answer as a list of k whole numbers."""
    return [int(number) for number in array(answer, (k,), what="the chosen columns")]


# %%
@check
def a_copy_of_the_label_comes_first(select_by_information):
    """In the worked example column 0 is best and column 1 comes second."""
    X = np.array([[1.0, 1.0], [2.0, 9.0], [8.0, 1.0], [9.0, 9.0]])
    y = np.array([0, 0, 1, 1])
    same(chosen(select_by_information(X, y, 1, bins=2), 1), [0], what="the best column")
    same(chosen(select_by_information(X[:, ::-1], y, 2, bins=2), 2), [1, 0], what="both columns, best first")


# %%
@check
def equal_columns_keep_their_order(select_by_information):
    """Of columns with equal scores the smaller number comes first."""
    X = np.array([[5, 0, 0, 5], [5, 0, 0, 5], [5, 4, 4, 5], [5, 4, 4, 5]])
    same(chosen(select_by_information(X, ["a", "a", "b", "b"], 4, bins=2), 4), [1, 2, 0, 3], what="the order")


# %%
@check
def more_columns_than_there_are_is_refused(select_by_information):
    """Asking for three of two columns raises ValueError."""
    raises(ValueError, select_by_information, np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0, 1]), 3)


# %%
@hidden(weight=2)
def the_choice_is_right_for_random_tables(select_by_information, rng):
    """The chosen columns are right for random tables, from small to large."""
    for n, d, k, bins in ((4, 2, 1, 2), (6, 2, 2, 3), (10, 3, 2, 4), (30, 5, 3, 5), (120, 8, 8, 10)):
        y = rng.integers(0, 3, size=n)
        X = rng.normal(size=(n, d)) + np.outer(y, rng.normal(size=d))
        found = chosen(select_by_information(X, y, k, bins=bins), k)
        same(found, best_columns(X, y, k, bins), what=f"the {k} best of {d} columns")


# %%
@hidden
def ten_bins_are_the_usual_number(select_by_information, rng):
    """Without the argument bins each range is cut into 10 parts."""
    for n, d in ((25, 3), (60, 6)):
        y = rng.integers(0, 2, size=n)
        X = rng.normal(size=(n, d)) * (1 + np.outer(y, rng.random(d)))
        same(chosen(select_by_information(X, y, d), d), best_columns(X, y, d, 10), what="the order of the columns")


# %%
@hidden
def a_curved_dependence_counts(select_by_information, rng):
    """A column whose small and large values share a label beats a column of noise that leans towards the label."""
    for n in (40, 200):
        y = np.arange(n) % 2
        noise = rng.normal(size=n) + 0.2 * y
        curved = np.where(y == 1, np.where(np.arange(n) % 4 == 1, -3.0, 3.0), 0.0) + rng.normal(scale=0.1, size=n)
        X = np.column_stack([noise, rng.normal(size=n), curved])
        same(chosen(select_by_information(X, y, 1, bins=6), 1), [2], what="the best column")


# %%
@hidden
def each_column_has_its_own_unit(select_by_information, rng):
    """Shifting a column or measuring it in another unit changes nothing."""
    for n, d in ((20, 3), (80, 5)):
        y = rng.integers(0, 3, size=n)
        X = rng.normal(size=(n, d)) + np.outer(y, rng.normal(size=d))
        expected = best_columns(X, y, d, 5)
        moved = X * np.logspace(-3, 3, d) + np.where(np.arange(d) % 2 == 0, 1e8, -50.0) * np.logspace(-3, 3, d)
        same(chosen(select_by_information(moved, y, d, bins=5), d), expected, what="the order of the columns")


# %%
@hidden
def one_part_tells_nothing(select_by_information, rng):
    """With a single part every column scores 0, and so does a column of equal values."""
    y = rng.integers(0, 2, size=12)
    X = np.column_stack([rng.normal(size=12), rng.normal(size=12), y])
    same(chosen(select_by_information(X, y, 3, bins=1), 3), [0, 1, 2], what="the order for a single part")
    X = np.column_stack([np.full(12, 0.1), np.arange(12) < 6, np.full(12, -3.0)])
    labels = (np.arange(12) < 6).astype(int)
    same(chosen(select_by_information(X, labels, 3, bins=4), 3), [1, 0, 2], what="the order with constant columns")


# %%
@hidden
def values_on_a_border_belong_above_it(select_by_information):
    """A value on an inner border belongs to the part above it, and the largest value to the last part."""
    X = [[0, 0], [4, 1], [4, 2], [4, 4]]
    same(chosen(select_by_information(X, [0, 0, 1, 1], 2, bins=2), 2), [1, 0], what="the order of the columns")
    X = [[0, 0], [0, 0], [4, 1], [4, 1], [4, 4], [1.5, 2]]
    same(chosen(select_by_information(X, [0, 0, 1, 1, 2, 2], 2, bins=4), 2), [1, 0], what="the order of the columns")


# %%
@hidden
def rows_and_names_have_no_order(select_by_information, rng):
    """Another order of the rows or other names for the labels change nothing."""
    y = rng.integers(0, 3, size=40)
    X = rng.normal(size=(40, 4)) + np.outer(y, [0.0, 2.0, 0.5, 1.0])
    expected = best_columns(X, y, 4, 6)
    order = rng.permutation(40)
    same(chosen(select_by_information(X[order], y[order], 4, bins=6), 4), expected, what="the order of the columns")
    words = np.array(["low", "high", "middle"])[y]
    same(chosen(select_by_information(X, words, 4, bins=6), 4), expected, what="the order of the columns")


# %%
@hidden
def columns_that_tell_equally_much_keep_their_order(select_by_information):
    """Columns with the same classes under other names score equally, so rounding errors must not order them."""
    generator = np.random.default_rng(0)
    y = generator.integers(0, 3, size=60)
    classes = np.minimum(4, (generator.integers(0, 5, size=60) * generator.integers(0, 3, size=60) + y) // 2)
    classes[:5] = range(5)
    names = [np.roll(np.arange(5), j)[classes] for j in range(5)]
    X = np.column_stack([*names, generator.integers(0, 5, size=60)] * 4)
    found = chosen(select_by_information(X, y, 24, bins=5), 24)
    same(found, best_columns(X, y, 24, 5), what="the order of the columns")


# %%
@hidden
def short_number_types_and_short_tables_are_fine(select_by_information):
    """A table in single precision is converted to float64 first, and a table may have a single row."""
    # In single precision 0.7 is 0.69999999, which lies below the border 0.7.
    X = np.array([[0.0, 0.0], [0.7, 0.0], [0.65, 1.0], [0.65, 1.0], [1.0, 0.0]], dtype=np.float32)
    X = X[:, ::-1]
    same(chosen(select_by_information(X, [0, 1, 0, 0, 1], 2), 2), [0, 1], what="the order of the columns")
    same(chosen(select_by_information([[3.0, 5.0]], ["a"], 2), 2), [0, 1], what="the order for a single row")


# %%
@hidden
def what_does_not_fit_together_raises(select_by_information):
    """A wrong shape, missing numbers, a wrong k and no parts raise ValueError."""
    X = np.array([[1.0, 2.0], [3.0, 5.0], [4.0, 7.0]])
    y = np.array([0, 1, 1])
    raises(ValueError, select_by_information, X[:, 0], y, 1)
    raises(ValueError, select_by_information, np.zeros((0, 2)), np.zeros(0), 1)
    raises(ValueError, select_by_information, X, y[:2], 1)
    raises(ValueError, select_by_information, X, y[:, np.newaxis], 1)
    for bad in (np.nan, np.inf):
        raises(ValueError, select_by_information, np.array([[1.0, bad], [3.0, 5.0], [4.0, 7.0]]), y, 1)
    for k in (0, -1, 3, 4):
        raises(ValueError, select_by_information, X, y, k)
    for bins in (0, -2):
        raises(ValueError, select_by_information, X, y, 1, bins=bins)


# %%
@accepted
def with_two_dimensional_histograms(X, y, k, bins=10):
    X, y = np.array(X, dtype=float), np.asarray(y)
    if X.ndim != 2 or X.shape[0] < 1 or not np.isfinite(X).all() or y.ndim != 1 or len(y) != len(X):
        raise ValueError("X and y do not fit")
    if k < 1 or k > X.shape[1] or bins < 1:
        raise ValueError("k or bins")
    codes = np.unique(y, return_inverse=True)[1]

    def bits(counts):
        p = counts[counts > 0] / len(X)
        return float(np.sum(p * np.log2(1 / p)))

    scores = {}
    for j in range(X.shape[1]):
        low, high = X[:, j].min(), X[:, j].max()
        if low == high:
            scores[j] = 0.0
            continue
        edges = [np.linspace(low, high, bins + 1), np.arange(codes.max() + 2) - 0.5]
        counts = np.histogram2d(X[:, j], codes, bins=edges)[0]
        scores[j] = round(bits(counts.sum(axis=1)) + bits(counts.sum(axis=0)) - bits(counts.ravel()), 12)
    return np.array(sorted(scores, key=lambda j: (-scores[j], j))[:k])


# %%
@accepted
def with_loops_and_dictionaries(X, y, k, bins=10):
    rows = np.array(X, dtype=float)
    labels = np.asarray(y)
    if len(rows.shape) != 2 or rows.shape[0] == 0 or not np.isfinite(rows.sum()) or labels.shape != (rows.shape[0],):
        raise ValueError("X and y do not fit")
    if k not in range(1, rows.shape[1] + 1) or bins <= 0:
        raise ValueError("k or bins")
    n, labels, scores = len(rows), labels.tolist(), []
    for j in range(rows.shape[1]):
        low, high = float(min(rows[:, j])), float(max(rows[:, j]))
        pairs, parts, names = {}, {}, {}
        for value, label in zip(rows[:, j].tolist(), labels, strict=True):
            part = min(int((value - low) / (high - low) * bins), bins - 1) if high > low else 0
            pairs[part, label] = pairs.get((part, label), 0) + 1
            parts[part] = parts.get(part, 0) + 1
            names[label] = names.get(label, 0) + 1
        score = sum(m / n * np.log2(m * n / (parts[a] * names[b])) for (a, b), m in pairs.items())
        scores.append((-round(float(score), 12), j))
    return np.array([j for _, j in sorted(scores)[:k]])


# %%
@helper
def checked(X, y, k, bins):
    """Return X and y as arrays, or raise what the contract says."""
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    if X.ndim != 2 or len(X) == 0 or not np.all(np.isfinite(X)) or y.shape != (len(X),):
        raise ValueError("X and y do not fit")
    if not 1 <= k <= X.shape[1] or bins < 1:
        raise ValueError("k or bins")
    return X, y


# %%
@helper
def shared(classes, y):
    """Return the mutual information of two columns of classes in bits."""
    joint = np.zeros((max(classes) + 1, len(y)))
    np.add.at(joint, (classes, np.unique(y, return_inverse=True)[1]), 1 / len(y))
    outer = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    seen = joint > 0
    total = np.sum(joint[seen] * np.log2(joint[seen] / outer[seen]))
    return round(float(total), 12)


# %%
@misconception(
    caught_by="a_curved_dependence_counts",
    hint="Correlation sees straight lines only. Cut the column into parts and compute the mutual information.",
)
def ranks_by_correlation(X, y, k, bins=10):
    X, y = checked(X, y, k, bins)
    codes = np.unique(y, return_inverse=True)[1]
    X, codes = X - X.mean(axis=0), codes - codes.mean()
    lengths = np.sqrt((X**2).sum(axis=0) * (codes**2).sum())
    scores = np.abs(codes @ X) / np.where(lengths > 0, lengths, 1)
    return np.argsort(-scores.round(12), kind="stable")[:k]


# %%
@misconception(
    caught_by="a_copy_of_the_label_comes_first",
    hint="np.argsort puts the smallest score first. You return the columns that tell least.",
)
def returns_the_least_informative(X, y, k, bins=10):
    X, y = checked(X, y, k, bins)
    return np.argsort([shared(classes_of(column, bins), y) for column in X.T], kind="stable")[:k]


# %%
@misconception(
    caught_by="equal_columns_keep_their_order",
    hint="Reversing an ascending order also reverses equal scores. Sort the negative scores with kind='stable'.",
)
def reverses_equal_scores(X, y, k, bins=10):
    X, y = checked(X, y, k, bins)
    return np.argsort([shared(classes_of(column, bins), y) for column in X.T], kind="stable")[::-1][:k]


# %%
@misconception(
    caught_by="a_copy_of_the_label_comes_first",
    hint="The best column comes first. Do not sort the chosen numbers.",
)
def sorts_the_chosen_numbers(X, y, k, bins=10):
    X, y = checked(X, y, k, bins)
    scores = np.array([shared(classes_of(column, bins), y) for column in X.T])
    return np.sort(np.argsort(-scores, kind="stable")[:k])


# %%
@misconception(
    caught_by="each_column_has_its_own_unit",
    hint="Each column has its own smallest and largest value. Cut every column by itself.",
)
def cuts_all_columns_at_the_same_places(X, y, k, bins=10):
    X, y = checked(X, y, k, bins)
    inner = np.linspace(X.min(), X.max(), bins + 1)[1:-1]
    scores = np.array([shared(np.digitize(column, inner), y) for column in X.T])
    return np.argsort(-scores, kind="stable")[:k]


# %%
@misconception(
    caught_by="one_part_tells_nothing",
    hint="The largest value belongs to the last part. It must not get a part of its own.",
)
def gives_the_largest_value_its_own_part(X, y, k, bins=10):
    X, y = checked(X, y, k, bins)
    parts = [np.digitize(column, np.linspace(column.min(), column.max(), bins + 1)) for column in X.T]
    return np.argsort(-np.array([shared(part, y) for part in parts]), kind="stable")[:k]


# %%
@misconception(
    caught_by="values_on_a_border_belong_above_it",
    hint="A value on an inner border belongs to the part above it, not below.",
)
def puts_borders_below(X, y, k, bins=10):
    X, y = checked(X, y, k, bins)
    parts = [np.digitize(column, np.linspace(column.min(), column.max(), bins + 1)[1:-1], right=True) for column in X.T]
    return np.argsort(-np.array([shared(part, y) for part in parts]), kind="stable")[:k]

# %% [markdown]
# ### Entropy of a data set
#
# A column of labels is no distribution yet. But it holds one: the share of each label. The entropy of these shares says
# how mixed the labels are. A decision tree asks the questions that make it smaller.
#
# Let the label $c$ occur $n_c$ times among $n$ labels. Its share is $p_c = n_c / n$, and
#
# $$H = -\sum_{c} \frac{n_c}{n} \log \frac{n_c}{n}$$
#
# The sum runs over the labels that occur. What the labels are called plays no part: they may be numbers or words.
#
# **By hand.** The labels are `ham, spam, ham, ham`. The counts are 3 and 1, so the shares are $3/4$ and $1/4$. The
# entropy is $\frac34 \log_2 \frac43 + \frac14 \log_2 4 = 0.3113 + 0.5 = 0.8113$ bits.
#
# Return the entropy as a number. This time the library is allowed. `scipy.stats.entropy` takes counts or shares, and it
# divides them by their sum. It wants numbers of occurrences, though, not labels. Write the function without it first.
# Then run `from scipy import stats` and compare your answer with `stats.entropy([3, 1], base=2)`.

# %%
from autograder.kit import T1, accepted, check, close, exercise, helper, hidden, holds, misconception, raises
from scipy import stats

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="scipy.stats.entropy of the known numbers of labels",
    section="Entropy",
    topics=(
        "r2-a4-entropy-scipy",
        "r2-b4-entropy-scipy",
    ),
)

# %%
import math

import numpy as np


# %%
def dataset_entropy(labels: np.ndarray, base: float = 2.0) -> float:
    """Return the entropy of the shares of the labels of a data set.

    Parameters
    ----------
    labels : array of shape (n,), or a list of n labels: all numbers or all words, in any order
    base : base of the logarithm, greater than 1; 2 gives bits, math.e gives nats

    Returns
    -------
    float : -sum of p_c log p_c over the different labels c, where p_c is the share of label c

    Raises
    ------
    ValueError : labels is empty or not one-dimensional
    ValueError : base is 1 or smaller
    """
    ### BEGIN SOLUTION
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("labels must be a one-dimensional array with at least one label")
    if base <= 1:
        raise ValueError("base must be greater than 1")
    _, counts = np.unique(labels, return_counts=True)
    shares = counts / labels.size
    return float(np.sum(shares * np.log(1 / shares))) / math.log(base)
    ### END SOLUTION


# %%
@helper
def labelled(counts, rng):
    """Return shuffled labels 0, 1, 2, ... of which label i occurs counts[i] times."""
    return rng.permutation(np.repeat(np.arange(len(counts)), counts))


# %%
@check
def four_messages_have_0_811_bits(dataset_entropy):
    """The labels ham, spam, ham, ham have an entropy of 0.8113 bits."""
    expected = 0.75 * math.log2(4 / 3) + 0.5
    close(dataset_entropy(["ham", "spam", "ham", "ham"]), expected, **T1, what="the entropy in bits")


# %%
@check
def one_label_alone_has_no_entropy(dataset_entropy):
    """Where all labels are equal the entropy is 0."""
    close(dataset_entropy(np.array([7, 7, 7])), 0.0, **T1, what="the entropy of equal labels")


# %%
@check
def no_labels_are_refused(dataset_entropy):
    """Without labels there is no entropy, so an empty array raises ValueError."""
    raises(ValueError, dataset_entropy, np.array([]))


# %%
@hidden(weight=2)
def the_value_is_right_for_random_labels(dataset_entropy, rng):
    """The entropy of random labels is right, for few and for many labels."""
    for n, k in ((1, 1), (2, 2), (3, 2), (6, 3), (40, 5), (500, 30)):
        counts = np.bincount(rng.integers(0, k, size=n), minlength=k)
        expected = float(stats.entropy(counts, base=2))
        close(dataset_entropy(labelled(counts, rng)), expected, **T1, what="the entropy in bits")


# %%
@hidden
def only_the_counts_matter(dataset_entropy, rng):
    """Another order of the data and other names for the labels change nothing."""
    for counts in ([1, 1], [2, 1], [1, 3, 2], [5, 1, 1, 9]):
        expected = float(stats.entropy(counts, base=2))
        numbers = labelled(counts, rng)
        words = np.array(["pear", "apple", "fig", "plum"])[numbers]
        close(dataset_entropy(numbers * -3 + 1), expected, **T1, what="the entropy with negative labels")
        close(dataset_entropy(words), expected, **T1, what="the entropy with words as labels")
        close(dataset_entropy(np.sort(numbers).tolist()), expected, **T1, what="the entropy of sorted labels")
    close(dataset_entropy([True, False, True, False]), 1.0, **T1, what="the entropy of two truth values")


# %%
@hidden
def labels_that_are_nearly_equal_are_different(dataset_entropy):
    """Two numbers that differ in a late digit are two labels."""
    close(dataset_entropy([0.25, 0.75, 0.25, 0.25 + 1e-12]), 1.5, **T1, what="the entropy of three close labels")
    close(dataset_entropy([2**24, 2**24 + 1]), 1.0, **T1, what="the entropy of two large labels")


# %%
@hidden
def a_copy_of_the_data_changes_nothing(dataset_entropy, rng):
    """Every label twice gives the same shares, so the same entropy."""
    for counts in ([1, 2], [4, 3, 1], [7, 2, 2, 5, 1]):
        labels = labelled(counts, rng)
        value = dataset_entropy(np.concatenate([labels, labels]))
        close(value, float(stats.entropy(counts, base=2)), **T1, what="the entropy of the doubled data")


# %%
@hidden
def another_base_only_changes_the_unit(dataset_entropy, rng):
    """The entropy in base b is the entropy in nats divided by log b."""
    for base in (10.0, 1.5, math.e, 3, 256):
        counts = rng.integers(1, 9, size=4)
        expected = float(stats.entropy(counts)) / math.log(base)
        close(dataset_entropy(labelled(counts, rng), base=base), expected, **T1, what=f"the entropy in base {base:.4g}")


# %%
@hidden
def equal_shares_are_the_most_mixed(dataset_entropy, rng):
    """With k labels the entropy lies between 0 and log k, and equal shares reach log k."""
    for k in (2, 3, 8):
        value = dataset_entropy(labelled(rng.integers(1, 20, size=k), rng))
        holds(0 <= value <= math.log2(k) + 1e-12, f"With {k} labels the entropy lies between 0 and log2({k}).")
        close(dataset_entropy(labelled([5] * k, rng)), math.log2(k), **T1, what="the entropy of equal shares")


# %%
@hidden
def what_is_no_column_of_labels_raises(dataset_entropy):
    """Empty labels, a table of labels, a single number and a base of 1 or less raise ValueError."""
    raises(ValueError, dataset_entropy, [])
    raises(ValueError, dataset_entropy, [[0, 1], [1, 0]])
    raises(ValueError, dataset_entropy, 3)
    for base in (1.0, 0.5, 0.0, -2.0):
        raises(ValueError, dataset_entropy, [0, 1, 1], base=base)


# %%
@accepted
def with_a_dictionary_of_counts(labels, base=2.0):
    array = np.asarray(labels)
    if len(array.shape) != 1 or len(array) == 0:
        raise ValueError("no labels")
    if not base > 1:
        raise ValueError("not a base")
    counts = {}
    for label in array.tolist():
        counts[label] = counts.get(label, 0) + 1
    total = 0.0
    for count in counts.values():
        total += count / len(array) * math.log(len(array) / count, base)
    return total


# %%
@accepted
def with_the_library(labels, base=2.0):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size < 1:
        raise ValueError("no labels")
    if base <= 1:
        raise ValueError("not a base")
    return float(stats.entropy(np.unique(labels, return_counts=True)[1], base=base))


# %%
@misconception(
    caught_by="four_messages_have_0_811_bits",
    hint="Counts are not shares yet. Divide them by the number of labels first.",
)
def puts_counts_into_the_formula(labels, base=2.0):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("no labels")
    if base <= 1:
        raise ValueError("not a base")
    _, counts = np.unique(labels, return_counts=True)
    return float(-np.sum(counts * np.log(counts))) / math.log(base)


# %%
@misconception(
    caught_by="four_messages_have_0_811_bits",
    hint="That is the entropy for equal shares. Count how often each label occurs.",
)
def counts_the_different_labels_only(labels, base=2.0):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("no labels")
    if base <= 1:
        raise ValueError("not a base")
    return math.log(len(np.unique(labels))) / math.log(base)


# %%
@misconception(
    caught_by="only_the_counts_matter",
    hint="Equal labels need not stand next to each other. Count all of them, not runs of them.",
)
def counts_runs_of_equal_neighbours(labels, base=2.0):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("no labels")
    if base <= 1:
        raise ValueError("not a base")
    starts = np.flatnonzero(np.concatenate([[True], labels[1:] != labels[:-1]]))
    shares = np.diff(np.append(starts, labels.size)) / labels.size
    return float(np.sum(shares * np.log(1 / shares))) / math.log(base)


# %%
@misconception(
    caught_by="four_messages_have_0_811_bits",
    hint="np.log and scipy.stats.entropy use the natural logarithm. Divide by log(base), or pass base on.",
)
def answers_in_nats_for_every_base(labels, base=2.0):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("no labels")
    if base <= 1:
        raise ValueError("not a base")
    _, counts = np.unique(labels, return_counts=True)
    shares = counts / labels.size
    return float(np.sum(shares * np.log(1 / shares)))


# %%
@misconception(
    caught_by="labels_that_are_nearly_equal_are_different",
    hint="Labels are names. Do not round them or turn them into whole numbers.",
)
def rounds_numbers_to_whole_numbers(labels, base=2.0):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("no labels")
    if base <= 1:
        raise ValueError("not a base")
    _, counts = np.unique(labels.round() if labels.dtype.kind == "f" else labels, return_counts=True)
    shares = counts / labels.size
    return float(np.sum(shares * np.log(1 / shares))) / math.log(base)

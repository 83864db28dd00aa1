# %% [markdown]
# ### Folds for cross-validation
#
# One test set gives one number, and that number depends on luck. Cross-validation uses every sample for testing once.
# Cut the data into $k$ parts, the *folds*. Train $k$ times, each time on all folds but one, and test on the one that
# is left out. The mean of the $k$ results is steadier, and their spread shows how much luck there is.
#
# The folds should be as equal as possible: $n$ need not be a multiple of $k$, so their sizes may differ by 1. A recipe:
# shuffle $0, \dots, n-1$ and deal the indices like cards, position $i$ to fold $i \bmod k$.
#
# With class labels, first bring the shuffled indices into the order of their classes with a stable sort, and then deal.
# Neighbours of one class go to different folds. So in each class the folds differ by at most 1 as well.
#
# **By hand.** $n = 7$, $k = 3$. The permutation $(4, 0, 6, 2, 5, 1, 3)$ is dealt to $(4, 2, 3)$, $(0, 5)$ and $(6, 1)$.
# The first pair is: test on $(4, 2, 3)$, train on $(0, 5, 6, 1)$. Now let 0 to 3 be class A and 4 to 6 class B. The
# stable sort gives $(0, 2, 1, 3, 4, 6, 5)$, and the folds are $(0, 3, 5)$, $(2, 4)$ and $(1, 6)$. They hold 2, 1, 1
# samples of A and 1, 1, 1 of B.
#
# Return the list of the $k$ pairs (training indices, test indices).

# %%
from autograder.kit import accepted, array, check, exercise, helper, hidden, holds, misconception, raises, same

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("sklearn.model_selection.*",),
    oracle="the partition law, the counts of the classes and equal chances of all pairs",
    section="Splitting data",
    topics=(
        "r3-4-1-train-test-split",
        "r3-4-1-cross-validation",
        "r4-p3-model-selection",
        "r4-mlmath-cross-validation",
        "r4-req-ml-cross-validation",
        "r4-req-ml-splits",
    ),
)

# %%
import numpy as np


# %%
def kfold_indices(
    n: int, k: int, rng: np.random.Generator, stratify: np.ndarray | None = None
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Cut the indices 0 to n - 1 at random into k folds, and return a training and a test part for each.

    Parameters
    ----------
    n : number of samples
    k : number of folds, 2 <= k <= n
    rng : the only source of randomness
    stratify : None, or an array or list of shape (n,) with the class of each sample, as numbers or as text.
        Then, for each class, the numbers of its members in the folds differ by at most 1.

    Returns
    -------
    list of k pairs (train, test) of int arrays, each in any order. Every index is in the test part of exactly one
        pair. The sizes of the test parts differ by at most 1. The training part holds all other indices.

    Raises
    ------
    ValueError : k is smaller than 2 or larger than n, or stratify does not have the shape (n,)
    """
    ### BEGIN SOLUTION
    if not 2 <= k <= n:
        raise ValueError("the number of folds must be from 2 to n")
    order = rng.permutation(n)
    if stratify is not None:
        labels = np.asarray(stratify)
        if labels.shape != (n,):
            raise ValueError("stratify needs one label per sample")
        order = order[np.argsort(labels[order], kind="stable")]
    fold = np.arange(n) % k
    return [(order[fold != j], order[fold == j]) for j in range(k)]
    ### END SOLUTION


# %%
@helper
def the_folds(pairs, n, k):
    """Return the test parts, failing unless they and the training parts keep the contract."""
    same(len(pairs), k, what="the number of pairs")
    tests = []
    for number, (train, test) in enumerate(pairs):
        for part, what in ((train, f"training part {number}"), (test, f"test part {number}")):
            array(part, (None,), what=what)
            holds(part.dtype.kind in "iu", f"{what} should hold integers, not {part.dtype}.")
        together = np.sort(np.concatenate([train, test]))
        holds(np.array_equal(together, np.arange(n)), f"Pair {number} should hold every index exactly once.")
        tests.append(test)
    everything = np.sort(np.concatenate(tests))
    holds(np.array_equal(everything, np.arange(n)), "Every index should be in exactly one of the test parts.")
    sizes = [len(test) for test in tests]
    holds(max(sizes) - min(sizes) <= 1, f"The sizes of the test parts should differ by at most 1; they are {sizes}.")
    return tests


# %%
@helper
def the_folds_by_class(pairs, labels, k):
    """Return the test parts, failing unless the numbers of each class differ by at most 1 between the folds."""
    labels = np.asarray(labels)
    tests = the_folds(pairs, len(labels), k)
    for label in np.unique(labels).tolist():
        counts = [int(np.sum(labels[test] == label)) for test in tests]
        message = f"The numbers of the class {label!r} in the folds should differ by at most 1; they are {counts}."
        holds(max(counts) - min(counts) <= 1, message)
    return tests


# %%
@check
def seven_samples_in_three_folds(kfold_indices, rng):
    """For n = 7 and k = 3 the test parts have 3, 2 and 2 indices, in any order of the folds."""
    tests = the_folds(kfold_indices(7, 3, rng=rng), 7, 3)
    same(sorted(len(test) for test in tests), [2, 2, 3], what="the sizes of the test parts")


# %%
@check
def both_classes_are_in_every_fold(kfold_indices, rng):
    """With four samples of class A and three of class B, each of the three folds has both classes."""
    the_folds_by_class(kfold_indices(7, 3, rng=rng, stratify=list("AAAABBB")), list("AAAABBB"), 3)


# %%
@check
def one_fold_or_too_many_raise(kfold_indices, rng):
    """One fold, or more folds than samples, raise ValueError."""
    raises(ValueError, kfold_indices, 7, 1, rng=rng)
    raises(ValueError, kfold_indices, 7, 8, rng=rng)


# %%
@hidden(weight=2)
def the_test_parts_are_a_partition(kfold_indices, rng):
    """Every index is tested once, the sizes differ by at most 1, and all other indices are for training."""
    for n, k in ((2, 2), (3, 2), (4, 4), (8, 3), (11, 4), (20, 5), (101, 10)):
        the_folds(kfold_indices(n, k, rng=rng), n, k)


# %%
@hidden(weight=2)
def every_class_is_spread_over_the_folds(kfold_indices, rng):
    """With labels, the numbers of each class differ by at most 1, and so do the sizes of the folds."""
    for sizes, k in (((2, 2), 2), ((3, 1), 2), ((3, 3, 3), 2), ((4, 4, 4, 4), 3), ((9, 2, 1), 4), ((50, 22, 11), 5)):
        labels = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
        the_folds_by_class(kfold_indices(len(labels), k, rng=rng, stratify=labels), labels, k)
    names = rng.permutation(["spam"] * 5 + ["ham"] * 45).tolist()
    the_folds_by_class(kfold_indices(50, 5, rng=rng, stratify=names), names, 5)


# %%
@helper
def shares_by_distance(tests, n):
    """Return how often the indices i and i + d are in the same fold, for the distances d = 1 to 15."""
    fold_of = np.empty(n, dtype=int)
    for number, test in enumerate(tests):
        fold_of[test] = number
    return np.array([np.mean(fold_of[d:] == fold_of[:-d]) for d in range(1, 16)])


# %%
@hidden(weight=2)
def every_pair_shares_a_fold_equally_often(kfold_indices, rng):
    """Over many calls, indices of any distance are in the same fold about equally often."""
    shares = np.zeros(15)
    for _ in range(20):
        shares += shares_by_distance(the_folds(kfold_indices(60, 6, rng=rng), 60, 6), 60) / 20
    # A partner is one of nine among 59 others: 0.153, and 0.08 is more than five standard errors.
    message = f"Indices of one distance share a fold in {shares.min():.2f} or {shares.max():.2f} of cases, not in 0.15."
    holds(np.all(np.abs(shares - 9 / 59) < 0.08), message)


# %%
@hidden
def the_members_of_a_class_are_shuffled(kfold_indices, rng):
    """Over many calls with labels, members of a class of any distance are in the same fold about equally often."""
    labels, shares = np.repeat([0, 1], [60, 30]), np.zeros(15)
    for _ in range(20):
        tests = the_folds_by_class(kfold_indices(90, 6, rng=rng, stratify=labels), labels, 6)
        shares += shares_by_distance([test[test < 60] for test in tests], 60) / 20
    message = f"Members of one distance share a fold in {shares.min():.2f} or {shares.max():.2f} of cases, not in 0.15."
    holds(np.all(np.abs(shares - 9 / 59) < 0.08), message)


# %%
@hidden
def only_the_generator_decides(kfold_indices):
    """Two equal generators give the same folds, and a generator that is used again gives other ones."""
    first, second = np.random.default_rng(7), np.random.default_rng(7)
    one = the_folds(kfold_indices(30, 3, rng=first), 30, 3)
    other = the_folds(kfold_indices(30, 3, rng=second), 30, 3)
    same(other, one, what="the test parts with an equal generator")
    again = the_folds(kfold_indices(30, 3, rng=first), 30, 3)
    sets = [sorted(map(tuple, map(sorted, (test.tolist() for test in tests)))) for tests in (one, again)]
    holds(sets[0] != sets[1], "The same generator should give other folds the next time.")


# %%
@hidden
def bad_arguments_raise(kfold_indices, rng):
    """Fewer than 2 folds, more folds than samples and labels of another length raise ValueError."""
    for n, k in ((5, 0), (5, -2), (5, 1), (5, 6), (1, 2), (0, 2)):
        raises(ValueError, kfold_indices, n, k, rng=rng)
    raises(ValueError, kfold_indices, 4, 2, rng=rng, stratify=[0, 1, 0])
    raises(ValueError, kfold_indices, 4, 2, rng=rng, stratify=[[0, 1, 0, 1]])


# %%
@accepted
def with_pieces_and_set_differences(n, k, rng, stratify=None):
    if k < 2 or k > n:
        raise ValueError("number of folds")
    if stratify is None:
        folds = np.array_split(rng.permutation(n), k)
    else:
        if np.shape(stratify) != (n,):
            raise ValueError("one label per sample")
        folds, place = [[] for _ in range(k)], 0
        labels = np.asarray(stratify)
        for label in sorted(set(labels.tolist())):
            for index in rng.permutation(np.flatnonzero(labels == label)):
                folds[place].append(int(index))
                place = (place + 1) % k
    return [(np.setdiff1d(np.arange(n), fold), np.array(fold, dtype=int)) for fold in folds]


# %%
@accepted
def with_random_keys(n, k, rng, stratify=None):
    codes = np.zeros(n, dtype=int) if stratify is None else np.unique(stratify, return_inverse=True)[1]
    if not (k >= 2 and n >= k) or codes.shape != (n,):
        raise ValueError("folds or labels")
    order = np.lexsort((rng.random(n), codes))
    fold_of = np.empty(n, dtype=int)
    fold_of[order] = np.resize(np.arange(k), n)
    return [(np.flatnonzero(fold_of != j), np.flatnonzero(fold_of == j)) for j in range(k)]


# %%
@misconception(
    caught_by="the_test_parts_are_a_partition",
    hint="n mod k samples are in no fold. Spread the remainder over the first folds.",
)
def drops_the_remainder(n, k, rng, stratify=None):
    if not 2 <= k <= n:
        raise ValueError("number of folds")
    order = rng.permutation(n)
    if stratify is not None:
        labels = np.asarray(stratify)
        if labels.shape != (n,):
            raise ValueError("one label per sample")
        order = order[np.argsort(labels[order], kind="stable")]
    order = order[: n // k * k]
    fold = np.arange(len(order)) % k
    return [(order[fold != j], order[fold == j]) for j in range(k)]


# %%
@misconception(
    caught_by="the_test_parts_are_a_partition",
    hint="The folds overlap, because each comes from its own shuffle. Cut one permutation.",
)
def shuffles_again_for_every_fold(n, k, rng, stratify=None):
    if not 2 <= k <= n or (stratify is not None and np.shape(stratify) != (n,)):
        raise ValueError("folds or labels")
    fold, pairs = np.arange(n) % k, []
    for j in range(k):
        order = rng.permutation(n)
        if stratify is not None:
            order = order[np.argsort(np.asarray(stratify)[order], kind="stable")]
        pairs.append((order[fold != j], order[fold == j]))
    return pairs


# %%
@misconception(
    caught_by="every_pair_shares_a_fold_equally_often",
    hint="The data may be sorted. Shuffle the indices before you cut.",
)
def does_not_shuffle(n, k, rng, stratify=None):
    if not 2 <= k <= n:
        raise ValueError("number of folds")
    order = np.arange(n)
    if stratify is not None:
        labels = np.asarray(stratify)
        if labels.shape != (n,):
            raise ValueError("one label per sample")
        order = np.argsort(labels, kind="stable")
    fold = np.arange(n) % k
    return [(order[fold != j], order[fold == j]) for j in range(k)]


# %%
@misconception(
    caught_by="the_test_parts_are_a_partition",
    hint="The pairs are exchanged: first the many indices for training, then the one fold for testing.",
)
def trains_on_one_fold(n, k, rng, stratify=None):
    if not 2 <= k <= n:
        raise ValueError("number of folds")
    order = rng.permutation(n)
    if stratify is not None:
        labels = np.asarray(stratify)
        if labels.shape != (n,):
            raise ValueError("one label per sample")
        order = order[np.argsort(labels[order], kind="stable")]
    fold = np.arange(n) % k
    return [(order[fold == j], order[fold != j]) for j in range(k)]


# %%
@misconception(
    caught_by="the_test_parts_are_a_partition",
    hint="The test fold is also in its training part. Leave it out there.",
)
def trains_on_everything(n, k, rng, stratify=None):
    if not 2 <= k <= n:
        raise ValueError("number of folds")
    order = rng.permutation(n)
    if stratify is not None:
        labels = np.asarray(stratify)
        if labels.shape != (n,):
            raise ValueError("one label per sample")
        order = order[np.argsort(labels[order], kind="stable")]
    return [(order, order[j::k]) for j in range(k)]


# %%
@misconception(
    caught_by="every_class_is_spread_over_the_folds",
    hint="With labels, each class has to be spread evenly. Deal the samples class by class.",
)
def ignores_the_labels(n, k, rng, stratify=None):
    if not 2 <= k <= n or (stratify is not None and np.shape(stratify) != (n,)):
        raise ValueError("folds or labels")
    order, fold = rng.permutation(n), np.arange(n) % k
    return [(order[fold != j], order[fold == j]) for j in range(k)]


# %%
@misconception(
    caught_by="every_class_is_spread_over_the_folds",
    hint="Every class begins at the first fold, which grows too large. Go on dealing where the last class ended.",
)
def begins_every_class_at_the_first_fold(n, k, rng, stratify=None):
    if not 2 <= k <= n:
        raise ValueError("number of folds")
    labels = np.zeros(n, dtype=int) if stratify is None else np.asarray(stratify)
    if labels.shape != (n,):
        raise ValueError("one label per sample")
    fold_of = np.empty(n, dtype=int)
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == label))
        fold_of[members] = np.arange(len(members)) % k
    return [(np.flatnonzero(fold_of != j), np.flatnonzero(fold_of == j)) for j in range(k)]

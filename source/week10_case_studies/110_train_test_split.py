# %% [markdown]
# ### Train and test split
#
# A model that is judged on the data it learned from always looks good: it may have learned the answers by heart. So
# you put some samples aside before training. The model never sees them until the end.
#
# Split *indices*, not arrays: `X[train]` and `y[train]` then stay together. The test set gets
# $$m = \mathrm{round}(n f)$$
# of the $n$ samples, where $f$ is the test fraction. Shuffle $0, \dots, n-1$ with `rng.permutation(n)` and cut the
# shuffled list in two: the first $m$ entries are the test set.
#
# With class labels you often want every class in the test set with its own share. If class $c$ has $n_c$ members, its
# fair number is $m \, n_c / n$. It need not be whole, so one sample up or down is fine. A recipe: bring the shuffled
# indices into the order of their classes with a stable sort. Then take positions at equal distances: position $i$
# (from 0) goes to the test set if $\lfloor (i+1) m / n \rfloor > \lfloor i m / n \rfloor$.
#
# **By hand.** $n = 10$, $f = 0.3$: $m = 3$. The permutation $(7, 2, 9, 0, 4, 1, 8, 3, 6, 5)$ gives the test set
# $(7, 2, 9)$, and the other seven are for training. Now let 0 to 4 be class A and 5 to 9 class B. The stable sort gives
# $(2, 0, 4, 1, 3, 7, 9, 8, 6, 5)$. The numbers $\lfloor 3 (i+1) / 10 \rfloor$ rise at the positions 3, 6 and 9. So the
# test set is $(1, 9, 5)$: one of A and two of B. The fair number is 1.5 for both.
#
# Return the training indices and the test indices. To get a validation set as well, split the training part once more.

# %%
from autograder.kit import accepted, array, check, exercise, helper, hidden, holds, misconception, raises, same

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("sklearn.model_selection.*",),
    oracle="the partition law, the fair numbers of the classes and equal chances of all indices and pairs",
    section="Splitting data",
    topics=(
        "r3-4-1-train-test-split",
        "r3-7-train-val-test",
        "r4-p2-sklearn-classes",
        "r4-mlmath-splits",
        "r4-req-ml-splits",
    ),
)

# %%
import numpy as np


# %%
def train_test_split(
    n: int, test_frac: float, rng: np.random.Generator, stratify: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Split the indices 0 to n - 1 at random into a training and a test part.

    Parameters
    ----------
    n : number of samples
    test_frac : the test part has m = round(n * test_frac) indices
    rng : the only source of randomness
    stratify : None, or an array or list of shape (n,) with the class of each sample, as numbers or as text.
        Then a class with n_c members has m * n_c / n of them in the test part, up to at most one sample more or less.

    Returns
    -------
    (train, test) : two int arrays, each in any order. Every index is in exactly one of them.

    Raises
    ------
    ValueError : one of the two parts would be empty, or stratify does not have the shape (n,)
    """
    ### BEGIN SOLUTION
    size = round(n * test_frac)
    if not 1 <= size <= n - 1:
        raise ValueError("both parts need at least one sample")
    order = rng.permutation(n)
    if stratify is None:
        return order[size:], order[:size]
    labels = np.asarray(stratify)
    if labels.shape != (n,):
        raise ValueError("stratify needs one label per sample")
    order = order[np.argsort(labels[order], kind="stable")]
    is_test = np.diff(np.arange(n + 1) * size // n) > 0
    return order[~is_test], order[is_test]
    ### END SOLUTION


# %%
@helper
def parts(answer, n, size):
    """Return the two parts, failing unless they are int arrays of the right sizes that hold every index once."""
    train, test = answer
    for part, length, what in ((train, n - size, "the training part"), (test, size, "the test part")):
        array(part, (length,), what=what)
        holds(part.dtype.kind in "iu", f"{what} should hold integers, not {part.dtype}.")
    together = np.sort(np.concatenate([train, test]))
    holds(np.array_equal(together, np.arange(n)), "Every index from 0 to n - 1 should be in exactly one part.")
    return train, test


# %%
@helper
def judged_by_class(answer, labels, size):
    """Return the two parts, failing unless each class has its fair number in the test part, up to one sample."""
    labels = np.asarray(labels)
    train, test = parts(answer, len(labels), size)
    for label in np.unique(labels).tolist():
        fair = size * int(np.sum(labels == label)) / len(labels)
        count = int(np.sum(labels[test] == label))
        message = f"The class {label!r} has the fair number {fair:.2f} in the test part, but there are {count} of it."
        holds(abs(count - fair) <= 1 + 1e-9, message)
    return train, test


# %%
@check
def three_of_ten_are_for_testing(train_test_split, rng):
    """For n = 10 and a test fraction of 0.3, three indices are for testing and the other seven for training."""
    parts(train_test_split(10, 0.3, rng=rng), 10, 3)


# %%
@check
def two_equal_classes_share_the_test_part(train_test_split, rng):
    """With five samples of each of two classes, the three test samples are one of a class and two of the other."""
    judged_by_class(train_test_split(10, 0.3, rng=rng, stratify=["A"] * 5 + ["B"] * 5), ["A"] * 5 + ["B"] * 5, 3)


# %%
@check
def an_empty_part_raises(train_test_split, rng):
    """A fraction that leaves the test part or the training part empty raises ValueError."""
    raises(ValueError, train_test_split, 10, 0.01, rng=rng)
    raises(ValueError, train_test_split, 10, 0.99, rng=rng)


# %%
@hidden(weight=2)
def the_parts_are_disjoint_and_complete(train_test_split, rng):
    """Every index is in exactly one part, and the test part has round(n test_frac) of them."""
    small = ((2, 0.5, 1), (3, 0.3, 1), (3, 0.6, 2), (5, 0.2, 1), (7, 0.25, 2))
    for n, frac, size in (*small, (50, 0.13, 6), (333, 0.9, 300)):
        parts(train_test_split(n, frac, rng=rng), n, size)


# %%
@hidden(weight=2)
def every_index_has_the_same_chance(train_test_split, rng):
    """Over many splits, every region of the indices is tested about equally often, and so are neighbours."""
    n, size, times = 200, 60, 20
    regions, neighbours = np.zeros(10), 0.0
    for _ in range(times):
        _, test = parts(train_test_split(n, 0.3, rng=rng), n, size)
        is_test = np.isin(np.arange(n), test)
        regions += is_test.reshape(10, 20).mean(axis=1) / times
        neighbours += float(np.mean(is_test[1:] & is_test[:-1])) / times
    # The chances are 0.3 and 0.089; the bounds are more than five standard errors away.
    message = "The chance to be tested should be 0.3 for the first rows as well as for the last ones."
    holds(np.all(np.abs(regions - 0.3) < 0.12), message)
    holds(abs(neighbours - 0.089) < 0.04, f"Neighbours are tested together in {neighbours:.2f} of all cases, not 0.09.")


# %%
@hidden(weight=2)
def every_class_keeps_its_share(train_test_split, rng):
    """With labels, the size stays round(n test_frac), and each class is within one sample of its fair number."""
    for sizes, frac in (((2, 2), 0.5), ((4, 2), 0.5), ((2, 2, 2, 2), 0.2), ((9, 3, 1), 0.3), ((30,) * 10, 0.3)):
        labels = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
        answer = train_test_split(len(labels), frac, rng=rng, stratify=labels)
        judged_by_class(answer, labels, round(frac * len(labels)))
    names = rng.permutation(["spam"] * 6 + ["ham"] * 24).tolist()
    judged_by_class(train_test_split(30, 0.5, rng=rng, stratify=names), names, 15)
    rare = rng.permutation(np.repeat([0, 1], [180, 20]))
    judged_by_class(train_test_split(200, 0.1, rng=rng, stratify=rare), rare, 20)


# %%
@hidden
def every_member_of_a_class_has_the_same_chance(train_test_split, rng):
    """Over many splits with labels, the first and the last members of a class are tested about equally often."""
    labels = np.array([0, 1] * 60)
    regions = np.zeros(6)
    for _ in range(20):
        _, test = parts(train_test_split(120, 1 / 3, rng=rng, stratify=labels), 120, 40)
        regions += np.isin(np.arange(120), test).reshape(6, 20).mean(axis=1) / 20
    # 400 draws with the chance 1/3: 0.13 is more than five standard errors.
    holds(np.all(np.abs(regions - 1 / 3) < 0.13), "Every member of a class should have the chance 1/3 to be tested.")


# %%
@hidden
def only_the_generator_decides(train_test_split):
    """Two equal generators give the same split, and a generator that is used again gives another one."""
    first, second = np.random.default_rng(7), np.random.default_rng(7)
    one, other = train_test_split(60, 0.4, rng=first), train_test_split(60, 0.4, rng=second)
    parts(one, 60, 24)
    same(list(other), list(one), what="the split with an equal generator")
    again = parts(train_test_split(60, 0.4, rng=first), 60, 24)
    holds(set(again[1].tolist()) != set(one[1].tolist()), "The same generator should give another split the next time.")


# %%
@hidden
def a_second_split_gives_a_validation_part(train_test_split, rng):
    """Splitting the training part again gives three parts without a common index."""
    train, test = parts(train_test_split(40, 0.25, rng=rng), 40, 10)
    fit, validate = parts(train_test_split(len(train), 0.2, rng=rng), 30, 6)
    together = np.sort(np.concatenate([train[fit], train[validate], test]))
    holds(np.array_equal(together, np.arange(40)), "The three parts should hold every index exactly once.")


# %%
@hidden
def bad_arguments_raise(train_test_split, rng):
    """A fraction of 0, 1 or beyond, a single sample and labels of another length raise ValueError."""
    for n, frac in ((5, 0.0), (5, 1.0), (5, -0.4), (5, 1.4), (1, 0.5), (0, 0.5)):
        raises(ValueError, train_test_split, n, frac, rng=rng)
    raises(ValueError, train_test_split, 4, 0.5, rng=rng, stratify=[0, 1, 0])
    raises(ValueError, train_test_split, 4, 0.5, rng=rng, stratify=[[0], [1], [0], [1]])


# %%
@accepted
def by_drawing_without_replacement(n, test_frac, rng, stratify=None):
    m = round(test_frac * n)
    if m < 1 or m >= n:
        raise ValueError("a part is empty")
    if stratify is None:
        test = set(rng.choice(n, size=m, replace=False).tolist())
    else:
        if np.shape(stratify) != (n,):
            raise ValueError("one label per sample")
        groups = {}
        for index, label in enumerate(stratify):
            groups.setdefault(str(label), []).append(index)
        fair = {label: m * len(members) / n for label, members in groups.items()}
        counts = {label: int(number) for label, number in fair.items()}
        by_rest = sorted(groups, key=lambda label: counts[label] - fair[label])
        for label in by_rest[: m - sum(counts.values())]:
            counts[label] += 1
        test = {int(i) for c, members in groups.items() for i in rng.choice(members, counts[c], replace=False)}
    return np.array([i for i in range(n) if i not in test]), np.array(sorted(test))


# %%
@accepted
def with_random_keys(n, test_frac, rng, stratify=None):
    size = round(n * test_frac)
    if size <= 0 or size >= n:
        raise ValueError("a part is empty")
    codes = np.zeros(n, dtype=int) if stratify is None else np.unique(np.asarray(stratify), return_inverse=True)[1]
    if codes.shape != (n,):
        raise ValueError("one label per sample")
    order = np.lexsort((rng.random(n), codes))
    cuts = np.round((np.arange(size) + 0.5) * n / size - 0.5).astype(int)
    mask = np.zeros(n, dtype=bool)
    mask[order[cuts]] = True
    return np.flatnonzero(~mask), np.flatnonzero(mask)


# %%
@misconception(
    caught_by="every_index_has_the_same_chance",
    hint="Permute first. Data are often sorted by class, and then the last rows are a test set of one class.",
)
def takes_the_last_rows(n, test_frac, rng, stratify=None):
    size = round(n * test_frac)
    if not 1 <= size <= n - 1:
        raise ValueError("a part is empty")
    order = np.arange(n)[::-1]
    if stratify is None:
        return order[size:], order[:size]
    labels = np.asarray(stratify)
    if labels.shape != (n,):
        raise ValueError("one label per sample")
    order = order[np.argsort(labels[order], kind="stable")]
    is_test = np.diff(np.arange(n + 1) * size // n) > 0
    return order[~is_test], order[is_test]


# %%
@misconception(
    caught_by="the_parts_are_disjoint_and_complete",
    hint="The two parts come from different permutations. Split the indices once, and cut that one permutation.",
)
def draws_a_permutation_for_each_part(n, test_frac, rng, stratify=None):
    size = round(n * test_frac)
    if not 1 <= size <= n - 1:
        raise ValueError("a part is empty")
    if stratify is None:
        return rng.permutation(n)[size:], rng.permutation(n)[:size]
    labels = np.asarray(stratify)
    if labels.shape != (n,):
        raise ValueError("one label per sample")
    one, other = rng.permutation(n), rng.permutation(n)
    one, other = (order[np.argsort(labels[order], kind="stable")] for order in (one, other))
    is_test = np.diff(np.arange(n + 1) * size // n) > 0
    return one[~is_test], other[is_test]


# %%
@misconception(
    caught_by="the_parts_are_disjoint_and_complete",
    hint="The test indices are also in the training part. Cut one permutation in two.",
)
def trains_on_the_test_part_too(n, test_frac, rng, stratify=None):
    size = round(n * test_frac)
    if not 1 <= size <= n - 1:
        raise ValueError("a part is empty")
    order = rng.permutation(n)
    if stratify is None:
        return order, order[:size]
    labels = np.asarray(stratify)
    if labels.shape != (n,):
        raise ValueError("one label per sample")
    order = order[np.argsort(labels[order], kind="stable")]
    return order, order[np.diff(np.arange(n + 1) * size // n) > 0]


# %%
@misconception(
    caught_by="the_parts_are_disjoint_and_complete",
    hint="The two parts are exchanged: the training part comes first, and the fraction is that of the test part.",
)
def returns_the_test_part_first(n, test_frac, rng, stratify=None):
    size = round(n * test_frac)
    if not 1 <= size <= n - 1:
        raise ValueError("a part is empty")
    order = rng.permutation(n)
    if stratify is None:
        return order[:size], order[size:]
    labels = np.asarray(stratify)
    if labels.shape != (n,):
        raise ValueError("one label per sample")
    order = order[np.argsort(labels[order], kind="stable")]
    is_test = np.diff(np.arange(n + 1) * size // n) > 0
    return order[is_test], order[~is_test]


# %%
@misconception(
    caught_by="every_class_keeps_its_share",
    hint="With labels, a plain random cut can miss a class. Spread the test samples over the classes.",
)
def ignores_the_labels(n, test_frac, rng, stratify=None):
    size = round(n * test_frac)
    if not 1 <= size <= n - 1 or (stratify is not None and np.shape(stratify) != (n,)):
        raise ValueError("a part is empty, or the labels do not fit")
    order = rng.permutation(n)
    return order[size:], order[:size]


# %%
@misconception(
    caught_by="every_class_keeps_its_share",
    hint="Rounding class by class changes the total: four classes of 2 with 0.2 each round to 0. Keep m for the whole.",
)
def rounds_every_class_by_itself(n, test_frac, rng, stratify=None):
    size = round(n * test_frac)
    if not 1 <= size <= n - 1:
        raise ValueError("a part is empty")
    order = rng.permutation(n)
    if stratify is None:
        return order[size:], order[:size]
    labels = np.asarray(stratify)
    if labels.shape != (n,):
        raise ValueError("one label per sample")
    is_test = np.zeros(n, dtype=bool)
    for label in np.unique(labels):
        members = order[labels[order] == label]
        is_test[members[: round(len(members) * test_frac)]] = True
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


# %%
@misconception(
    caught_by="the_parts_are_disjoint_and_complete",
    hint="int() cuts the decimals off: int(1.75) is 1. Use round(n * test_frac).",
)
def cuts_the_decimals_off(n, test_frac, rng, stratify=None):
    size = round(n * test_frac)
    if not 1 <= size <= n - 1:
        raise ValueError("a part is empty")
    size = max(1, int(n * test_frac))
    order = rng.permutation(n)
    if stratify is None:
        return order[size:], order[:size]
    labels = np.asarray(stratify)
    if labels.shape != (n,):
        raise ValueError("one label per sample")
    order = order[np.argsort(labels[order], kind="stable")]
    is_test = np.diff(np.arange(n + 1) * size // n) > 0
    return order[~is_test], order[is_test]

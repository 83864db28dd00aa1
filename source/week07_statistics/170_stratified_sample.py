# %% [markdown]
# ### Stratified sample
#
# You want to try a model on a tenth of the data. One class is rare: 5 samples out of 1000. A simple random sample of
# 100 rows has a good chance to contain none of them. A stratified sample draws from each class separately, so that the
# classes keep their shares.
#
# Let class $c$ have $n_c$ members and let $f$ be the share you want. From class $c$ draw
#
# $$m_c = \max\bigl(1, \; \lfloor f \, n_c + 0.5 \rfloor\bigr)$$
#
# members at random, without replacement, each equally likely. The brackets mean "round down", so this rounds $f n_c$ to
# the nearest whole number and a half upwards. The maximum keeps every class present. Python's own `round` is different:
# it rounds a half to the even neighbour.
#
# **By hand.** There are 10 cats, 4 dogs and 1 bird, and $f = 0.25$. Cats: $2.5 + 0.5 = 3$, so 3. Dogs:
# $1 + 0.5 = 1.5$, round down to 1. Bird: $0.25 + 0.5 = 0.75$, round down to 0, and the maximum makes it 1. You draw 5
# of the 15 animals.
#
# Return the indices of the drawn members, sorted, as an array of integers.

# %%
from itertools import combinations

from autograder.kit import accepted, array, check, exercise, helper, hidden, holds, misconception, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(),
    oracle="the exact counts of the classes; equal chances of all pairs",
    section="Samples and populations",
    topics=("r0-w7-sampling", "r1-t04-sampling", "r4-stat-populations-samples"),
)

# %%
import math

import numpy as np


# %%
def stratified_sample(labels: np.ndarray, frac: float, rng: np.random.Generator) -> np.ndarray:
    """Draw the same share of every class without replacement.

    Parameters
    ----------
    labels : array-like of shape (n,), the class of each sample, as numbers or as text
    frac : the share to draw, above 0 and at most 1
    rng : the only source of randomness

    Returns
    -------
    indices : int array, sorted, no index twice; a class with n_c members is drawn max(1, floor(frac n_c + 0.5)) times

    Raises
    ------
    ValueError : labels is empty or does not have exactly one axis
    ValueError : frac is not above 0 and at most 1
    """
    ### BEGIN SOLUTION
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("labels must be a one-dimensional array with at least one label")
    if not 0 < frac <= 1:
        raise ValueError("frac must be above 0 and at most 1")
    drawn = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        size = max(1, math.floor(frac * len(members) + 0.5))
        drawn.append(rng.choice(members, size=size, replace=False))
    return np.sort(np.concatenate(drawn))
    ### END SOLUTION


# %%
@helper
def wanted_counts(labels, frac):
    """Return how many members of each class a stratified sample has."""
    values, counts = np.unique(np.asarray(labels), return_counts=True)
    sizes = [max(1, math.floor(frac * n + 0.5)) for n in counts.tolist()]
    return dict(zip(values.tolist(), sizes, strict=True))


# %%
@helper
def judged(indices, labels, frac):
    """Return the indices, failing unless they are sorted, different and have the wanted number of each class."""
    array(indices, (None,), what="the indices")
    holds(indices.dtype.kind in "iu", f"The indices should be integers, not {indices.dtype}.")
    holds(np.all((indices >= 0) & (indices < len(labels))), "Every index should name a sample.")
    holds(len(np.unique(indices)) == len(indices), "No index may occur twice.")
    drawn = np.asarray(labels)[indices].tolist()
    for label, count in wanted_counts(labels, frac).items():
        same(drawn.count(label), count, what=f"how often the class {label!r} is drawn")
    holds(np.all(np.diff(indices) > 0), "The indices should be sorted.")
    return indices


# %%
@check
def the_animals_keep_their_shares(stratified_sample, rng):
    """Of 10 cats, 4 dogs and 1 bird, a quarter is 3 cats, 1 dog and the bird."""
    animals = ["cat"] * 10 + ["dog"] * 4 + ["bird"]
    judged(stratified_sample(animals, 0.25, rng=rng), animals, 0.25)


# %%
@check
def the_whole_share_returns_everything(stratified_sample, rng):
    """With frac = 1 every index is returned once."""
    indices = stratified_sample(np.array([1, 0, 0, 1, 2, 0]), 1.0, rng=rng)
    same(array(indices, (6,), what="the indices"), np.arange(6.0), what="the indices")


# %%
@check
def a_share_of_zero_raises(stratified_sample, rng):
    """A share of 0, or one above 1, raises ValueError."""
    raises(ValueError, stratified_sample, [0, 1, 1], 0.0, rng=rng)
    raises(ValueError, stratified_sample, [0, 1, 1], 1.5, rng=rng)


# %%
@hidden(weight=2)
def every_class_keeps_its_share(stratified_sample, rng):
    """For mixed labels, the indices are sorted and different, and each class has exactly its number of members."""
    small = [((3, 1), 0.5), ((4, 2), 0.25), ((5, 5), 0.3), ((9, 2, 1), 0.4)]
    for sizes, frac in (*small, ((40, 7, 3, 1), 0.1), ((120, 60, 20), 0.35)):
        labels = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
        judged(stratified_sample(labels, frac, rng=rng), labels, frac)
    names = rng.permutation(["spam"] * 3 + ["ham"] * 12)
    judged(stratified_sample(names, 0.5, rng=rng), names, 0.5)


# %%
@hidden
def a_half_is_rounded_up(stratified_sample, rng):
    """Half of a class of 1, 3, 5, 7 or 9 members is 1, 2, 3, 4 or 5 members."""
    for n in (1, 3, 5, 7, 9):
        labels = rng.permutation(np.array([4] * n + [-1] * (n + 2)))
        judged(stratified_sample(labels, 0.5, rng=rng), labels, 0.5)


# %%
@hidden
def a_rare_class_is_always_present(stratified_sample, rng):
    """A class with a single member is in every sample, however small the share."""
    for n, frac in ((4, 0.1), (30, 0.02), (200, 0.01)):
        labels = np.zeros(n, dtype=int)
        rare = int(rng.integers(n))
        labels[rare] = 7
        indices = judged(stratified_sample(labels, frac, rng=rng), labels, frac)
        holds(rare in indices.tolist(), "A class with a single member should be in every sample.")


# %%
@hidden(weight=2)
def every_pair_of_a_class_is_equally_likely(stratified_sample, rng):
    """Over many samples, each pair of members of a class is drawn about equally often."""
    labels = rng.permutation(np.repeat(np.arange(20), 5))
    members = [np.flatnonzero(labels == c).tolist() for c in range(20)]
    seen = {pair: 0 for pair in combinations(range(5), 2)}
    for _ in range(20):
        indices = array(stratified_sample(labels, 0.4, rng=rng), (40,), what="the indices").astype(int).tolist()
        for group in members:
            pair = tuple(place for place, index in enumerate(group) if index in indices)
            holds(pair in seen, "Two members of each class of five should be drawn when frac is 0.4.")
            seen[pair] += 1
    # 20 samples of 20 classes: each of the 10 pairs has the chance 0.1, so 0.09 is six standard errors.
    for pair, count in seen.items():
        holds(abs(count / 400 - 0.1) < 0.09, f"A pair of members should be drawn about 40 times in 400; one: {count}.")


# %%
@hidden
def only_the_generator_decides(stratified_sample):
    """Two equal generators give the same sample, and other generators give other samples."""
    labels = np.arange(60) % 3
    first, second = np.random.default_rng(11), np.random.default_rng(11)
    one = judged(stratified_sample(labels, 0.3, rng=first), labels, 0.3)
    other = judged(stratified_sample(labels, 0.3, rng=second), labels, 0.3)
    same(other, one, what="the sample of an equal generator")
    third = judged(stratified_sample(labels, 0.3, rng=np.random.default_rng(12)), labels, 0.3)
    holds(np.any(third != one), "Another generator should give another sample.")
    fourth = judged(stratified_sample(labels, 0.3, rng=first), labels, 0.3)
    holds(np.any(fourth != one), "The same generator should give another sample when it is used again.")


# %%
@hidden
def a_single_label_is_drawn(stratified_sample, rng):
    """A single sample is its own class, so it is drawn."""
    judged(stratified_sample([3], 0.5, rng=rng), [3], 0.5)


# %%
@hidden
def bad_shares_and_bad_labels_raise(stratified_sample, rng):
    """A share outside (0, 1], no labels, or a table of labels raise ValueError."""
    for frac in (-0.2, 1.0001, 10):
        raises(ValueError, stratified_sample, np.array([0, 1, 0, 1]), frac, rng=rng)
    raises(ValueError, stratified_sample, [], 0.5, rng=rng)
    raises(ValueError, stratified_sample, [[0, 1], [1, 0]], 0.5, rng=rng)


# %%
@accepted
def by_cutting_off_shuffled_classes(labels, frac, rng):
    if np.ndim(labels) != 1 or len(labels) == 0 or frac <= 0 or frac > 1:
        raise ValueError("no sample")
    groups = {}
    for index, label in enumerate(np.asarray(labels).tolist()):
        groups.setdefault(label, []).append(index)
    chosen = []
    for members in groups.values():
        rng.shuffle(members)
        chosen.extend(members[: max(1, int(frac * len(members) + 0.5))])
    return np.array(sorted(chosen), dtype=np.int64)


# %%
@accepted
def with_one_random_order_of_everything(labels, frac, rng):
    labels = np.array(labels)
    if len(labels.shape) != 1 or len(labels) < 1 or not (frac > 0 and frac <= 1):
        raise ValueError("no sample")
    _, codes = np.unique(labels, return_inverse=True)
    sizes = np.maximum(1, np.floor(frac * np.bincount(codes) + 0.5)).astype(int)
    keep = np.zeros(len(labels), dtype=bool)
    for index in rng.permutation(len(labels)):
        if sizes[codes[index]] > 0:
            sizes[codes[index]] -= 1
            keep[index] = True
    return np.flatnonzero(keep)


# %%
@misconception(
    caught_by="every_class_keeps_its_share",
    hint="In a simple random sample a rare class can vanish. Sample within each class.",
)
def draws_a_simple_random_sample(labels, frac, rng):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0 or not 0 < frac <= 1:
        raise ValueError("no sample")
    total = sum(wanted_counts(labels, frac).values())
    return np.sort(rng.choice(len(labels), size=total, replace=False))


# %%
@misconception(
    caught_by="every_class_keeps_its_share",
    hint="No member may appear twice: draw without replacement.",
)
def draws_with_replacement(labels, frac, rng):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0 or not 0 < frac <= 1:
        raise ValueError("no sample")
    counts = wanted_counts(labels, frac)
    return np.sort(np.concatenate([rng.choice(np.flatnonzero(labels == c), size=m) for c, m in counts.items()]))


# %%
@misconception(
    caught_by="every_class_keeps_its_share",
    hint="You draw the same number from every class. The numbers should be proportional, not equal.",
)
def draws_the_same_number_from_every_class(labels, frac, rng):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0 or not 0 < frac <= 1:
        raise ValueError("no sample")
    classes = [np.flatnonzero(labels == c) for c in np.unique(labels)]
    each = max(1, math.floor(frac * len(labels) / len(classes) + 0.5))
    return np.sort(np.concatenate([rng.choice(c, size=min(each, len(c)), replace=False) for c in classes]))


# %%
@misconception(
    caught_by="a_half_is_rounded_up",
    hint="round(2.5) is 2 in Python, because it rounds a half to the even neighbour. Use floor(frac n_c + 0.5).",
)
def rounds_a_half_to_even(labels, frac, rng):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0 or not 0 < frac <= 1:
        raise ValueError("no sample")
    drawn = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        drawn.append(rng.choice(members, size=max(1, round(frac * len(members))), replace=False))
    return np.sort(np.concatenate(drawn))


# %%
@misconception(
    caught_by="a_rare_class_is_always_present",
    hint="A small class is rounded to 0 members. Draw at least one of every class.",
)
def lets_a_rare_class_vanish(labels, frac, rng):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0 or not 0 < frac <= 1:
        raise ValueError("no sample")
    drawn = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        drawn.append(rng.choice(members, size=math.floor(frac * len(members) + 0.5), replace=False))
    return np.sort(np.concatenate(drawn))


# %%
@misconception(
    caught_by="every_pair_of_a_class_is_equally_likely",
    hint="You take the first members of each class. Draw at random, or shuffle before you cut.",
)
def takes_the_first_members(labels, frac, rng):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0 or not 0 < frac <= 1:
        raise ValueError("no sample")
    counts = wanted_counts(labels, frac)
    return np.sort(np.concatenate([np.flatnonzero(labels == label)[:count] for label, count in counts.items()]))


# %%
@misconception(
    caught_by="every_class_keeps_its_share",
    hint="The indices come class by class. Sort them at the end.",
)
def leaves_the_indices_unsorted(labels, frac, rng):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0 or not 0 < frac <= 1:
        raise ValueError("no sample")
    drawn = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        drawn.append(rng.choice(members, size=max(1, math.floor(frac * len(members) + 0.5)), replace=False))
    return np.concatenate(drawn)

# %% [markdown]
# ### Minibatches
#
# A gradient over a million samples is exact and slow. A gradient over 32 samples is rough and fast, and it points
# the right way on average. So training walks through the data in small batches. One walk through all samples is called
# an epoch.
#
# Every sample should be used exactly once per epoch, in an order that changes from epoch to epoch. Shuffle the indices
# $0, \dots, n-1$ once, then cut the shuffled list into pieces of length $B$:
#
# - `rng.permutation(n)` gives the order;
# - the first batch holds the first $B$ entries, the second batch the next $B$, and so on;
# - what is left over at the end is a smaller batch.
#
# **By hand.** $n = 7$, $B = 3$. The permutation $(4, 0, 6, 2, 5, 1, 3)$ is cut into $(4, 0, 6)$, $(2, 5, 1)$ and $(3)$.
# The batch `idx` then selects features and labels together: `X[idx]` and `y[idx]`. That is why you shuffle indices, and
# not the two arrays.
#
# Return the list of the index arrays of one epoch.

# %%
from autograder.kit import accepted, check, exercise, hidden, holds, misconception, raises, same

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="rng.permutation with an equal generator",
    section="Stochastic gradients",
    topics=(
        "r0-w7-sampling",
        "r0-w8-sgd",
        "r1-t04-sampling",
        "r1-t05-sgd-adam-rmsprop",
        "r3-7-gd-sgd-adam",
        "r3-7-fix-adam",
        "r4-mlmath-gradient-descent",
    ),
)

# %%
import numpy as np


# %%
def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Return the index batches of one epoch in random order.

    Parameters
    ----------
    n : number of samples, at least 1
    batch_size : number of samples in a batch, at least 1; it may be larger than n
    rng : source of the order; rng.permutation(n) is called exactly once

    Returns
    -------
    list of integer arrays : the permutation cut into pieces of batch_size entries, in order. Only the last piece may be
        smaller.

    Raises
    ------
    ValueError : n < 1 or batch_size < 1
    """
    ### BEGIN SOLUTION
    if n < 1 or batch_size < 1:
        raise ValueError("n and batch_size must be at least 1")
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]
    ### END SOLUTION


# %%
@check
def ten_samples_make_batches_of_4_4_and_2(minibatches, rng):
    """Ten samples in batches of 4 make batches of 4, 4 and 2 samples."""
    same([len(batch) for batch in minibatches(10, 4, rng)], [4, 4, 2], what="the sizes of the batches")


# %%
@check
def every_sample_comes_once(minibatches, rng):
    """Together the batches hold each of the indices 0 to 9 exactly once."""
    indices = np.concatenate(minibatches(10, 4, rng))
    same(sorted(int(i) for i in indices), list(range(10)), what="the sorted indices of all batches")


# %%
@check
def a_batch_size_of_zero_raises(minibatches, rng):
    """A batch size of 0 raises ValueError."""
    raises(ValueError, minibatches, 10, 0, rng)


# %%
@hidden(weight=2)
def all_batches_together_are_a_permutation(minibatches, rng):
    """Each sample comes exactly once per epoch, for every number of samples and every batch size."""
    for n, batch_size in ((1, 1), (2, 1), (3, 2), (5, 5), (7, 3), (3, 10), (50, 8), (200, 32)):
        batches = minibatches(n, batch_size, rng)
        holds(all(batch.ndim == 1 for batch in batches), "Each batch should be one-dimensional.")
        indices = np.concatenate(batches)
        holds(indices.dtype.kind in "iu", "The batches should hold integers, so that X[idx] works.")
        same(sorted(int(i) for i in indices), list(range(n)), what=f"the sorted indices for n = {n}")


# %%
@hidden
def only_the_last_batch_is_smaller(minibatches, rng):
    """All batches have the wanted size, except that the last one holds what is left over."""
    for n, batch_size in ((1, 1), (4, 2), (5, 2), (9, 4), (3, 10), (100, 30), (64, 16)):
        full, rest = divmod(n, batch_size)
        expected = [batch_size] * full + [rest] * (rest > 0)
        sizes = [len(batch) for batch in minibatches(n, batch_size, rng)]
        same(sizes, expected, what=f"the sizes for n = {n} and batch size {batch_size}")


# %%
@hidden(weight=2)
def the_shuffled_order_is_cut_into_pieces(minibatches, rng):
    """The batches are the entries of rng.permutation(n) in their order, and rng is used exactly once."""
    for n, batch_size in ((2, 1), (6, 2), (7, 3), (40, 12)):
        seed = int(rng.integers(10**6))
        mine, theirs = np.random.default_rng(seed), np.random.default_rng(seed)
        batches = minibatches(n, batch_size, theirs)
        order = mine.permutation(n)
        same([int(i) for batch in batches for i in batch], order.tolist(), what="the indices in their order")
        message = "The generator should be used once per epoch: one call of rng.permutation(n)."
        holds(mine.integers(10**9) == theirs.integers(10**9), message)


# %%
@hidden
def neighbours_are_separated(minibatches, rng):
    """Samples that stand side by side in the data rarely meet in a batch."""
    batches = minibatches(300, 10, rng)
    together = sum(int(np.sum(np.diff(np.sort(batch)) == 1)) for batch in batches)
    holds(together < 60, f"{together} of 299 neighbours share a batch. In random order it should be about 9.")


# %%
@hidden
def a_second_epoch_has_another_order(minibatches):
    """The same generator gives another order in the next epoch, and an equal generator repeats the first one."""
    first, second = np.random.default_rng(7), np.random.default_rng(7)
    one, again = np.concatenate(minibatches(30, 8, first)), np.concatenate(minibatches(30, 8, second))
    same(again, one, what="the order for an equal generator")
    other = np.concatenate(minibatches(30, 8, first))
    holds(not np.array_equal(one, other), "The second epoch should have another order than the first.")


# %%
@hidden
def arguments_below_one_raise(minibatches, rng):
    """No samples and batch sizes below 1 raise ValueError."""
    for n, batch_size in ((0, 4), (-3, 4), (5, 0), (5, -1)):
        raises(ValueError, minibatches, n, batch_size, rng)


# %%
@accepted
def by_splitting_at_the_borders(n, batch_size, rng):
    if min(n, batch_size) < 1:
        raise ValueError("out of range")
    return np.split(rng.permutation(n), np.arange(batch_size, n, batch_size))


# %%
@accepted
def by_taking_from_a_shrinking_list(n, batch_size, rng):
    if n <= 0 or batch_size <= 0:
        raise ValueError("out of range")
    waiting = list(rng.permutation(np.arange(n)))
    batches = []
    while waiting:
        batches.append(np.array(waiting[:batch_size], dtype=np.int64))
        waiting = waiting[batch_size:]
    return batches


# %%
@misconception(
    caught_by="all_batches_together_are_a_permutation",
    hint="The left-over samples are missing. Every sample comes once per epoch: keep the smaller last batch.",
)
def drops_the_rest(n, batch_size, rng):
    if n < 1 or batch_size < 1:
        raise ValueError("out of range")
    order = rng.permutation(n)
    size = min(n, batch_size)
    return [order[start : start + size] for start in range(0, n - size + 1, size)]


# %%
@misconception(
    caught_by="all_batches_together_are_a_permutation",
    hint="Drawing with replacement repeats some samples and leaves out others. Shuffle, then cut.",
)
def draws_with_replacement(n, batch_size, rng):
    if n < 1 or batch_size < 1:
        raise ValueError("out of range")
    return [rng.integers(n, size=min(batch_size, n - start)) for start in range(0, n, batch_size)]


# %%
@misconception(
    caught_by="all_batches_together_are_a_permutation",
    hint="A fresh shuffle for every batch repeats some samples and leaves out others. Shuffle once, then cut.",
)
def shuffles_again_for_every_batch(n, batch_size, rng):
    if n < 1 or batch_size < 1:
        raise ValueError("out of range")
    return [rng.permutation(n)[: min(batch_size, n - start)] for start in range(0, n, batch_size)]


# %%
@misconception(
    caught_by="neighbours_are_separated",
    hint="Only the order of the batches is random; their members stay neighbours. Shuffle the samples before you cut.",
)
def shuffles_the_batches_only(n, batch_size, rng):
    if n < 1 or batch_size < 1:
        raise ValueError("out of range")
    batches = [np.arange(start, min(n, start + batch_size)) for start in range(0, n, batch_size)]
    full = [batch for batch in batches if len(batch) == min(n, batch_size)]
    rest = batches[len(full) :]
    return [full[i] for i in rng.permutation(len(full))] + rest


# %%
@misconception(
    caught_by="only_the_last_batch_is_smaller",
    hint="np.array_split makes all pieces about equal. Each one has batch_size samples; only the last may be smaller.",
)
def balances_the_sizes(n, batch_size, rng):
    if n < 1 or batch_size < 1:
        raise ValueError("out of range")
    return np.array_split(rng.permutation(n), -(-n // batch_size))


# %%
@misconception(
    caught_by="neighbours_are_separated",
    hint="The order never changes, so rough steps repeat their error in every epoch. Shuffle the indices.",
)
def does_not_shuffle(n, batch_size, rng):
    if n < 1 or batch_size < 1:
        raise ValueError("out of range")
    order = np.arange(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]

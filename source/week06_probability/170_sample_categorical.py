# %% [markdown]
# ### Categorical samples from uniform numbers
#
# A language model gives a probability to each possible next word and then draws one. This is a categorical
# distribution: classes $0, 1, \dots, K-1$ with probabilities $p_0, \dots, p_{K-1}$. A coin is the case $K = 2$, a die
# the case $K = 6$.
#
# Lay the probabilities side by side on $[0, 1)$. The borders are the cumulative sums $C_i = p_0 + \dots + p_i$, with
# $C_{-1} = 0$. Draw a uniform number $U$ and see into which piece it falls:
#
# $$\text{class } i \quad\text{when}\quad C_{i-1} \le U < C_i$$
#
# A class of probability 0 has an empty piece, so it is never drawn. The function `np.searchsorted` finds the piece for
# many numbers at once; read in its description what `side` does when $U$ is exactly a border.
#
# One detail remains. Add $0.1$ ten times, and a computer gets $0.9999999999999999$. $U$ can be as large. Then it lies
# in no piece. Take the last class with a positive probability in this case.
#
# **By hand.** $p = (0.5, 0.2, 0.3)$. The borders are $C = (0.5, 0.7, 1)$. The numbers $U = 0.10, 0.65, 0.50, 0.93$ give
# the classes $0, 1, 1, 2$: the number $0.50$ lies on a border and belongs to the piece on its right.
#
# Return an array of `size` integers, made from one call `rng.random(size)` in the same order.

# %%
import bisect
import itertools
import math

from autograder.kit import accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.random.choice", "numpy.random.multinomial", "*.choice", "*.choices", "*.multinomial"),
    oracle="bisect on itertools.accumulate",
    section="Sampling",
    topics=(
        "r0-w6-goal",
        "r0-w6-random-variables",
        "r0-w6-distributions",
        "r1-t03-random-variables",
        "r1-t03-distributions",
        "r2-o2-random-variables",
        "r2-o2-distributions",
        "r2-o2-bernoulli-binomial",
        "r2-sum-probability-statistics",
        "r2-a2-random-variables",
        "r2-a2-distributions",
        "r2-a2-simulate-coin-dice",
        "r2-b2-distributions",
        "r2-b2-simulate-coin-dice",
        "r3-1-2-random-variables",
        "r3-1-2-distributions",
        "r3-1-2-bernoulli",
        "r3-1-2-categorical",
        "r3-1-2-fix-bernoulli",
        "r4-prob-random-variables",
        "r4-prob-distributions",
        "r4-req-ps-distributions",
    ),
)

# %%
import numpy as np


# %%
def sample_categorical(probs: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """Draw class indices with given probabilities.

    Parameters
    ----------
    probs : array-like of shape (K,), the probabilities of the classes 0 to K - 1
    size : the number of samples, 0 or more
    rng : the only source of randomness; what is used of it is exactly U = rng.random(size)

    Returns
    -------
    int array of shape (size,) : entry i is the class whose piece of the cumulative sums contains U[i]; the left border
        belongs to the piece, the right one does not. A number U[i] that is not smaller than the last cumulative sum,
        because of rounding, gives the last class with a positive probability.

    Raises
    ------
    ValueError : probs is not one-dimensional, an entry is negative, or the sum differs from 1 by more than 1e-9
    ValueError : size is negative
    """
    ### BEGIN SOLUTION
    probs = np.asarray(probs, dtype=float)
    if probs.ndim != 1 or np.any(probs < 0) or not abs(probs.sum() - 1) <= 1e-9:
        raise ValueError("probs must be probabilities that sum to 1")
    if size < 0:
        raise ValueError("size must not be negative")
    classes = np.searchsorted(np.cumsum(probs), rng.random(size), side="right")
    return np.minimum(classes, np.flatnonzero(probs)[-1])
    ### END SOLUTION


# %%
@helper
def generator_that_draws_first(u):
    """Return a generator whose first uniform number is exactly u, a multiple of 2**-53 in [0, 1).

    PCG64 multiplies its state, adds the increment and then mixes the two halves. We choose the halves so that the mix
    gives u, and go one step back.
    """
    wanted = int(u * 2**53) << 11
    after, increment = (1 << 64) | (1 ^ wanted), 1
    before = (after - increment) * pow(0x2360ED051FC65DA44385DF649FCCF645, -1, 2**128) % 2**128
    bits = np.random.PCG64(0)
    bits.state = {**bits.state, "state": {"state": before, "inc": increment}, "has_uint32": 0, "uinteger": 0}
    return np.random.Generator(bits)


# %%
@helper
def whole_numbers(classes, size):
    """Return the drawn classes, failing unless they are `size` integers."""
    array(classes, (size,), what="the classes")
    holds(classes.dtype.kind in "iu", f"The classes should be integers, not {classes.dtype}.")
    return classes


# %%
@check
def each_class_is_the_piece_that_contains_its_uniform_number(sample_categorical):
    """For p = (0.5, 0.2, 0.3), each uniform number lies between the two borders of the class that is returned."""
    first, second = np.random.default_rng(7), np.random.default_rng(7)
    classes = whole_numbers(sample_categorical(np.array([0.5, 0.2, 0.3]), 12, rng=first), 12)
    borders = [0.0, 0.5, 0.7, 1.0]
    for u, i in zip(second.random(12).tolist(), classes.tolist()):
        holds(i in (0, 1, 2), f"The classes are 0, 1 and 2; your function returned {i}.")
        holds(borders[i] <= u < borders[i + 1], f"U = {u:.4f} does not lie in the piece of class {i}.")


# %%
@check
def a_certain_class_is_always_drawn(sample_categorical, rng):
    """With p = (0, 1, 0) every sample is the class 1."""
    same(sample_categorical([0, 1, 0], 5, rng=rng), np.ones(5, dtype=int), what="the classes")


# %%
@check
def weights_that_do_not_sum_to_one_raise(sample_categorical, rng):
    """Weights such as (2, 1, 1) are not probabilities and raise ValueError."""
    raises(ValueError, sample_categorical, [2, 1, 1], 3, rng=rng)


# %%
@hidden(weight=2)
def agrees_with_a_search_draw_by_draw(sample_categorical, rng):
    """For the same uniform numbers, the classes are those found one by one, for few and for many classes."""
    for k, size in ((1, 2), (2, 1), (2, 6), (3, 8), (6, 20), (50, 40), (400, 60)):
        p = rng.dirichlet(np.ones(k))
        seed = int(rng.integers(1_000_000))
        first, second = np.random.default_rng(seed), np.random.default_rng(seed)
        borders = list(itertools.accumulate(p.tolist()))
        expected = [min(bisect.bisect_right(borders, u), k - 1) for u in second.random(size).tolist()]
        value = whole_numbers(sample_categorical(p, size, rng=first), size)
        same(value, np.array(expected), what=f"the classes for K = {k}")


# %%
@hidden
def the_generator_is_used_exactly_once_per_sample(sample_categorical, rng):
    """After the call the generator stands where rng.random(size) leaves it, and two calls continue each other."""
    p = rng.dirichlet(np.ones(5))
    for size in (0, 1, 3, 17):
        first, second = np.random.default_rng(31), np.random.default_rng(31)
        whole_numbers(sample_categorical(p, size, rng=first), size)
        second.random(size)
        close(float(first.random()), float(second.random()), rtol=0, atol=0, what="the next number of the generator")
    first, second = np.random.default_rng(8), np.random.default_rng(8)
    parts = [whole_numbers(sample_categorical(p, size, rng=first), size) for size in (20, 30)]
    same(np.concatenate(parts), sample_categorical(p, 50, rng=second), what="two calls after each other")


# %%
@hidden
def the_frequencies_come_close_to_the_probabilities(sample_categorical, rng):
    """In 5000 samples, the share of each class is its probability within five standard errors."""
    n = 5000
    for p in ([0.3, 0.7], [1 / 6] * 6, [0.05, 0.6, 0.0, 0.35]):
        classes = whole_numbers(sample_categorical(p, n, rng=rng), n)
        for i, chance in enumerate(p):
            gap, error = abs(float((classes == i).mean()) - chance), math.sqrt(chance * (1 - chance) / n)
            holds(gap <= 5 * error, f"Class {i} should have a share of about {chance:.3f}.")


# %%
@hidden(weight=2)
def a_border_belongs_to_the_piece_on_its_right(sample_categorical):
    """A uniform number exactly on a border, also 0, never draws a class of probability 0."""
    cases = [([0.0, 1.0], 0.0, 1), ([0.25, 0.75], 0.25, 1), ([0.25, 0.0, 0.75], 0.25, 2), ([0.0, 0.0, 1.0], 0.0, 2)]
    cases += [([0.5, 0.0, 0.0, 0.5], 0.5, 3), ([0.25, 0.25, 0.5], 0.25 - 2.0**-53, 0), ([0.125] * 8, 0.875, 7)]
    for p, u, expected in cases:
        value = sample_categorical(np.array(p), 1, rng=generator_that_draws_first(u))
        same(value, np.array([expected]), what=f"the class for p = {p} and U = {u}")


# %%
@hidden
def the_largest_uniform_number_gives_the_last_class(sample_categorical):
    """The index K never appears, although ten times 0.1 adds up to less than 1 and U can be as large."""
    for k in (10, 5, 1):
        value = sample_categorical([1 / k] * k, 1, rng=generator_that_draws_first(1 - 2.0**-53))
        same(value, np.array([k - 1]), what=f"the class for U just below 1 and {k} equal classes")
    short = [0.5, 0.5 - 4e-10]
    value = sample_categorical(short, 1, rng=generator_that_draws_first(1 - 2.0**-40))
    same(value, np.array([1]), what="the class for U above a sum of 1 - 4e-10")


# %%
@hidden
def an_impossible_last_class_is_never_drawn(sample_categorical):
    """When the last classes have probability 0, the largest uniform number gives the last possible class."""
    for zeros in (1, 3):
        value = sample_categorical([0.1] * 10 + [0.0] * zeros, 1, rng=generator_that_draws_first(1 - 2.0**-53))
        same(value, np.array([9]), what=f"the class for U just below 1 when {zeros} impossible classes follow")


# %%
@hidden
def single_precision_keeps_narrow_pieces(sample_categorical):
    """Probabilities in single precision are converted to float64 before they are added, so tiny ones are not lost."""
    # The sum is exactly 1, but added up in single precision it is 1 - 2^-23.
    probs = np.array([1 - 2.0**-23, *[2.0**-25] * 4], dtype=np.float32)
    for k in (2, 4):
        value = sample_categorical(probs, 1, rng=generator_that_draws_first(1 - (5 - k) * 2.0**-25))
        same(value, np.array([k]), what=f"the class for U = 1 - {5 - k} / 2^25, the left border of class {k}")


# %%
@hidden
def what_is_no_distribution_raises(sample_categorical, rng):
    """Negative entries, a wrong sum, a wrong shape and a negative size raise ValueError; a size of 0 does not."""
    raises(ValueError, sample_categorical, [0.6, 0.6, -0.2], 2, rng=rng)
    raises(ValueError, sample_categorical, [0.5, 0.4], 2, rng=rng)
    raises(ValueError, sample_categorical, [0.5, 0.5 + 5e-9], 2, rng=rng)
    raises(ValueError, sample_categorical, [[0.5, 0.5]], 2, rng=rng)
    raises(ValueError, sample_categorical, [], 2, rng=rng)
    raises(ValueError, sample_categorical, [0.5, 0.5], -1, rng=rng)
    whole_numbers(sample_categorical([0.5, 0.5 - 5e-10], 3, rng=rng), 3)
    whole_numbers(sample_categorical([0.5, 0.5], 0, rng=rng), 0)


# %%
@accepted
def one_draw_after_the_other(probs, size, rng):
    weights = np.array(probs, dtype=float)
    if weights.ndim != 1 or weights.size == 0 or weights.min() < 0 or abs(math.fsum(weights) - 1.0) > 1e-9:
        raise ValueError("no distribution")
    if size < 0:
        raise ValueError("size")
    drawn = []
    for _ in range(size):
        u = rng.random()
        border, last = 0.0, 0
        for i, weight in enumerate(weights.tolist()):
            border += weight
            if weight > 0:
                last = i
                if u < border:
                    break
        drawn.append(last)
    return np.array(drawn, dtype=int)


# %%
@accepted
def by_counting_the_borders_below(probs, size, rng):
    p = np.asarray(probs, dtype=np.float64)
    if len(p.shape) != 1 or (p < 0).any() or not np.isclose(p.sum(), 1.0, rtol=0, atol=1e-9) or size < 0:
        raise ValueError("no distribution")
    possible = np.nonzero(p)[0]
    inner = np.cumsum(p[possible])[:-1]
    return possible[(rng.random(size)[:, None] >= inner).sum(axis=1)]


# %%
@misconception(
    caught_by="a_border_belongs_to_the_piece_on_its_right",
    hint='A number on a border belongs to the piece on its right. Use side="right" in searchsorted.',
)
def searches_on_the_left_side(probs, size, rng):
    probs = np.asarray(probs, dtype=float)
    if probs.ndim != 1 or np.any(probs < 0) or not abs(probs.sum() - 1) <= 1e-9:
        raise ValueError("probs must be probabilities that sum to 1")
    if size < 0:
        raise ValueError("size must not be negative")
    classes = np.searchsorted(np.cumsum(probs), rng.random(size), side="left")
    return np.minimum(classes, np.flatnonzero(probs)[-1])


# %%
@misconception(
    caught_by="the_largest_uniform_number_gives_the_last_class",
    hint="When U is not below the rounded total, the search returns K. Limit the index to the last possible class.",
)
def returns_an_index_that_does_not_exist(probs, size, rng):
    probs = np.asarray(probs, dtype=float)
    if probs.ndim != 1 or np.any(probs < 0) or not abs(probs.sum() - 1) <= 1e-9:
        raise ValueError("probs must be probabilities that sum to 1")
    if size < 0:
        raise ValueError("size must not be negative")
    return np.searchsorted(np.cumsum(probs), rng.random(size), side="right")


# %%
@misconception(
    caught_by="an_impossible_last_class_is_never_drawn",
    hint="Limiting the index to K - 1 can draw a class of probability 0. Limit it to the last class that is possible.",
)
def limits_to_a_class_that_may_be_impossible(probs, size, rng):
    probs = np.asarray(probs, dtype=float)
    if probs.ndim != 1 or probs.size == 0 or np.any(probs < 0) or not abs(probs.sum() - 1) <= 1e-9:
        raise ValueError("probs must be probabilities that sum to 1")
    if size < 0:
        raise ValueError("size must not be negative")
    borders = np.cumsum(probs)
    borders[-1] = 1.0
    return np.searchsorted(borders, rng.random(size), side="right")


# %%
@misconception(
    caught_by="each_class_is_the_piece_that_contains_its_uniform_number",
    hint="All classes came out equally likely. The pieces have the lengths probs, so search in their cumulative sums.",
)
def treats_all_classes_as_equally_likely(probs, size, rng):
    probs = np.asarray(probs, dtype=float)
    if probs.ndim != 1 or np.any(probs < 0) or not abs(probs.sum() - 1) <= 1e-9:
        raise ValueError("probs must be probabilities that sum to 1")
    if size < 0:
        raise ValueError("size must not be negative")
    possible = np.flatnonzero(probs)
    return possible[np.floor(rng.random(size) * len(possible)).astype(int)]


# %%
@misconception(
    caught_by="weights_that_do_not_sum_to_one_raise",
    hint="Weights that do not sum to 1 are a mistake. Tell the caller with a ValueError; do not repair them.",
)
def normalises_weights_silently(probs, size, rng):
    probs = np.asarray(probs, dtype=float)
    if probs.ndim != 1 or np.any(probs < 0) or not probs.sum() > 0:
        raise ValueError("probs must be weights")
    if size < 0:
        raise ValueError("size must not be negative")
    classes = np.searchsorted(np.cumsum(probs / probs.sum()), rng.random(size), side="right")
    return np.minimum(classes, np.flatnonzero(probs)[-1])


# %%
@misconception(
    caught_by="each_class_is_the_piece_that_contains_its_uniform_number",
    hint="You compared U with the probabilities themselves. Compare it with their cumulative sums.",
)
def searches_without_adding_up(probs, size, rng):
    probs = np.asarray(probs, dtype=float)
    if probs.ndim != 1 or np.any(probs < 0) or not abs(probs.sum() - 1) <= 1e-9:
        raise ValueError("probs must be probabilities that sum to 1")
    if size < 0:
        raise ValueError("size must not be negative")
    below = rng.random(size)[:, None] < probs
    return np.where(below.any(axis=1), below.argmax(axis=1), np.flatnonzero(probs)[-1])

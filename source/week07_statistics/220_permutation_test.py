# %% [markdown]
# ### Permutation test
#
# Suppose the groups do not differ at all. Then the labels "x" and "y" are arbitrary, and any other way to deal them
# out would have been as likely. So deal them out again, many times, and see how often the difference of the means is
# as large as the one you observed. No normal distribution is needed.
#
# Let $d = \bar x - \bar y$. Put all $n + m$ values together, shuffle them, call the first $n$ values $x^*$ and the
# rest $y^*$, and compute $d^* = \bar x^* - \bar y^*$. Repeat this $B$ times (`n_perm`). The two-sided p-value is
#
# $$p = \frac{1 + \#\{\, |d^*| \ge |d| \,\}}{1 + B}.$$
#
# The 1 stands for the observed order: it is one of the possible orders. Equal differences count. Because of rounding,
# count $|d^*| \ge |d| - 10^{-12}$. This suits values up to some thousands. Larger values round more coarsely; give them
# in a larger unit.
#
# **By hand.** $x = (4, 6)$, $y = (1, 1, 4)$: $d = 5 - 2 = 3$. Take $B = 3$ shuffles with $x^* = (1, 6)$, $(4, 6)$ and
# $(1, 1)$. Then $d^* = 3.5 - 3 = 0.5$, $5 - 2 = 3$ and $1 - 4.667 = -3.667$. Two of the three are at least as extreme
# as 3, so $p = (1 + 2)/(1 + 3) = 0.75$. (With so few shuffles that is not worth much.)
#
# Return $d$ and the p-value.

# %%
import itertools

from autograder.kit import T1, T2, accepted, check, close, exercise, helper, hidden, holds, misconception, raises, same
from scipy import stats

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.stats.permutation_test",),
    oracle="full enumeration of all splits, scipy.stats.ttest_ind for large samples",
    section="Hypothesis tests",
    topics=(
        "r0-w7-hypothesis-testing",
        "r0-w7-out-analyze-datasets",
        "r1-t04-hypothesis-testing",
        "r2-o2-hypothesis-testing",
        "r4-stat-hypothesis-testing",
        "r4-stat-p-values",
        "r4-req-ps-hypothesis-p-values",
    ),
)

# %%
import numpy as np


# %%
def permutation_test(x: np.ndarray, y: np.ndarray, n_perm: int, rng: np.random.Generator) -> tuple[float, float]:
    """Test by random permutations whether two samples have the same distribution.

    Parameters
    ----------
    x : array or list of shape (n,), n >= 1
    y : array or list of shape (m,), m >= 1
    n_perm : the number of random permutations, at least 1
    rng : the only source of randomness

    Returns
    -------
    (d, p) : two floats, the difference mean(x) - mean(y) and the two-sided p-value
        (1 + number of permutations with |d*| >= |d| - 1e-12) / (1 + n_perm)

    Raises
    ------
    ValueError : a sample is empty or not of shape (n,), or n_perm < 1
    """
    ### BEGIN SOLUTION
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1 or x.size == 0 or y.size == 0:
        raise ValueError("each sample must have shape (n,) with n >= 1")
    if n_perm < 1:
        raise ValueError("n_perm must be at least 1")
    n, d = len(x), np.mean(x) - np.mean(y)
    shuffled = rng.permuted(np.tile(np.concatenate([x, y]), (n_perm, 1)), axis=1)
    differences = shuffled[:, :n].mean(axis=1) - shuffled[:, n:].mean(axis=1)
    extreme = np.count_nonzero(np.abs(differences) >= abs(d) - 1e-12)
    return float(d), float((1 + extreme) / (1 + n_perm))
    ### END SOLUTION


# %%
@helper
def exact_p_value(x, y):
    """Return the share of all splits of the pooled values whose difference of means is at least as extreme."""
    pooled, n = np.concatenate([x, y]), len(x)
    d = abs(np.mean(x) - np.mean(y))
    extreme = []
    for chosen in itertools.combinations(range(len(pooled)), n):
        inside = np.isin(np.arange(len(pooled)), chosen)
        extreme.append(abs(pooled[inside].mean() - pooled[~inside].mean()) >= d - 1e-12)
    return float(np.mean(extreme))


# %%
@check
def the_difference_of_the_small_example(permutation_test, rng):
    """For x = [4, 6] and y = [1, 1, 4] the difference is 3, and p is a multiple of 1/(1 + n_perm)."""
    d, p = permutation_test([4, 6], [1, 1, 4], 9, rng)
    close(d, 3.0, **T1, what="the difference")
    close(10 * p, float(round(10 * p)), **T2, what="(1 + n_perm) p, which counts permutations")


# %%
@check
def one_value_against_one_value(permutation_test, rng):
    """With one value in each group every order is equally extreme, so p is 1."""
    close(tuple(permutation_test([0.0], [2.0], 20, rng)), (-2.0, 1.0), **T1)


# %%
@check
def an_empty_sample_raises(permutation_test, rng):
    """An empty sample raises ValueError."""
    raises(ValueError, permutation_test, [], [1.0, 2.0], 10, rng)


# %%
@hidden(weight=2)
def p_is_at_least_one_over_one_plus_n_perm(permutation_test, rng):
    """For groups that are far apart p has its smallest value, 1/(1 + n_perm); it is never 0."""
    for n_perm in (1, 4, 19):
        x, y = 100.0 + rng.random(14), rng.random(15)
        d, p = permutation_test(x, y, n_perm, rng)
        close(d, float(np.mean(x) - np.mean(y)), **T1, what="the difference")
        close(p, 1 / (1 + n_perm), **T1, what="the p-value")


# %%
@hidden
def equal_samples_have_p_value_one(permutation_test, rng):
    """When the observed difference is 0, every permutation is at least as extreme, so p is 1."""
    for n in (1, 2, 6):
        x = rng.integers(0, 9, size=n)
        close(tuple(permutation_test(x, x[::-1].copy(), 25, rng)), (0.0, 1.0), **T1)


# %%
@hidden(weight=2)
def every_permutation_keeps_all_the_values(permutation_test, rng):
    """Permutations reorder the pooled values: with one value against one value p is always 1."""
    for n_perm in (1, 6, 40):
        x, y = rng.normal(size=1), rng.normal(size=1)
        close(permutation_test(x, y, n_perm, rng)[1], 1.0, **T1, what="the p-value")


# %%
@hidden(weight=2)
def agrees_with_all_splits(permutation_test, rng):
    """For small groups p is near the share of all splits that are at least as extreme, on both sides."""
    x, y = np.array([1, 2]), np.array([5, 7, 9])
    groups = [(x, y), (y, x), (np.array([4, 6]), np.array([1, 1, 4]))]
    groups += [(rng.normal(size=4), rng.normal(1.0, 1.0, size=4)), (rng.integers(0, 4, 4), rng.integers(0, 5, 3))]
    for one, other in groups:
        exact = exact_p_value(one, other)
        d, p = permutation_test(one, other, 400, rng)
        close(d, float(np.mean(one) - np.mean(other)), **T1, what="the difference")
        error = 5 * (exact * (1 - exact) / 400) ** 0.5 + 2 / 400
        holds(abs(p - exact) <= error, f"The share of all splits is {exact:.3f}; p should be near it, not {p:.3f}.")


# %%
@hidden
def ties_survive_rounding(permutation_test, rng):
    """When one value differs and all others are equal, in groups of one size, every split is equally extreme."""
    for n in (3, 6, 10):
        x, y = np.full(n, 0.7), np.full(n, 0.7)
        x[-1] = 0.1
        close(permutation_test(x, y, 60, rng)[1], 1.0, **T1, what="the p-value")
        close(permutation_test(y, x / 3, 1, rng)[0], float(np.mean(y) - np.mean(x / 3)), **T1, what="the difference")
        close(permutation_test(123 * x, 123 * y, 60, rng)[1], 1.0, **T1, what="the p-value of larger numbers")


# %%
@hidden
def a_slightly_smaller_difference_is_no_tie(permutation_test, rng):
    """A permutation whose difference is smaller by 1e-10 is less extreme, so p stays below 1."""
    # One of three orders gives 0.5 - 1e-10, which is less than 0.5 + 0.5e-10. It is missed with a chance of 1e-14.
    _, p = permutation_test([1.0], [0.0, 1.0 - 1e-10], 80, rng)
    holds(p < 1, "Some permutations have a difference that is smaller by 1e-10. They should not be counted.")


# %%
@hidden
def small_floats_are_widened_first(permutation_test, rng):
    """Arrays of 32-bit floats are handled as 64-bit floats."""
    x, y = np.array([0.1, 0.7, 2.3], dtype=np.float32), np.array([5.3, 1.9, 7.2], dtype=np.float32)
    expected = float(np.mean(x.astype(float)) - np.mean(y.astype(float)))
    close(permutation_test(x, y, 3, rng)[0], expected, **T1, what="the difference of 32-bit floats")


# %%
@hidden
def exchanging_the_samples_flips_the_difference(permutation_test, rng):
    """Exchanging the samples changes the sign of the difference and leaves p in distribution."""
    x, y = rng.normal(0.4, 1.0, size=9), rng.normal(0.0, 2.0, size=6)
    d, p = permutation_test(x, y, 300, rng)
    back, q = permutation_test(y, x, 300, rng)
    close(back, -d, **T1, what="the difference of the exchanged samples")
    holds(abs(p - q) < 5 * (2 * 0.25 / 300) ** 0.5, "Exchanging the samples should not change p beyond chance.")


# %%
@hidden
def under_equality_p_is_about_uniform(permutation_test, rng):
    """When both groups come from one distribution, the mean of p is near 0.5; normal values give the p of a t-test."""
    ps = [permutation_test(rng.exponential(size=9), rng.exponential(size=7), 49, rng)[1] for _ in range(30)]
    holds(abs(np.mean(ps) - 0.51) < 5 * 12**-0.5 / 30**0.5, "Under equality the mean of p should be near 0.5.")
    x, y = rng.normal(0.5, 1.0, size=30), rng.normal(0.0, 1.0, size=30)
    expected = float(stats.ttest_ind(x, y).pvalue)
    error = 5 * (expected * (1 - expected) / 300) ** 0.5 + 0.03
    p = permutation_test(x, y, 300, rng)[1]
    holds(abs(p - expected) < error, "For normal values p should be near that of a t-test.")


# %%
@hidden
def the_result_depends_on_the_generator_only(permutation_test, rng):
    """Equal generators give equal p-values, and other generators give other permutations."""
    x, y = rng.normal(size=8), rng.normal(0.3, 1.0, size=7)
    same(permutation_test(x, y, 200, np.random.default_rng(7)), permutation_test(x, y, 200, np.random.default_rng(7)))
    ps = {permutation_test(x, y, 200, np.random.default_rng(seed))[1] for seed in range(4)}
    holds(len(ps) > 1, "Another seed should give other permutations.")


# %%
@hidden
def input_without_an_answer_raises(permutation_test, rng):
    """No permutations, an empty sample in either place, and a table raise ValueError."""
    good = np.array([1.0, 2.0])
    raises(ValueError, permutation_test, good, good, 0, rng)
    raises(ValueError, permutation_test, good, good, -3, rng)
    for bad in (np.array([]), np.ones((2, 2)), 3.0):
        raises(ValueError, permutation_test, bad, good, 5, rng)
        raises(ValueError, permutation_test, good, bad, 5, rng)


# %%
@accepted
def with_a_loop_and_one_shuffle_each(x, y, n_perm, rng):
    if np.ndim(x) != 1 or np.ndim(y) != 1 or len(x) < 1 or len(y) < 1 or n_perm < 1:
        raise ValueError("no test for this input")
    pooled = [float(v) for v in x] + [float(v) for v in y]
    n, total = len(x), sum(pooled)
    m = len(pooled) - n
    d = sum(pooled[:n]) / n - sum(pooled[n:]) / m
    extreme = 1
    for _ in range(n_perm):
        rng.shuffle(pooled)
        first = sum(pooled[:n])
        extreme += abs(first / n - (total - first) / m) >= abs(d) - 1e-12
    return d, extreme / (n_perm + 1)


# %%
@accepted
def with_sorted_random_keys(x, y, n_perm, rng):
    groups = [np.array(group, dtype=np.float64) for group in (x, y)]
    if any(group.ndim != 1 or not group.size for group in groups) or n_perm <= 0:
        raise ValueError("no test for this input")
    pooled = np.concatenate(groups)
    weights = np.where(np.arange(len(pooled)) < groups[0].size, 1 / groups[0].size, -1 / groups[1].size)
    d = float(groups[0].mean() - groups[1].mean())
    orders = np.argsort(rng.random((n_perm, len(pooled))), axis=1)
    hits = np.sum(np.abs(pooled[orders] @ weights) > abs(d) - 1e-12)
    return d, float(hits + 1) / (n_perm + 1)


# %%
@misconception(
    caught_by="p_is_at_least_one_over_one_plus_n_perm",
    hint="The observed order is one of the permutations: add 1 above and below, and p can never be 0.",
)
def p_can_be_zero(x, y, n_perm, rng):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1 or x.size == 0 or y.size == 0 or n_perm < 1:
        raise ValueError("no test for this input")
    n, d = len(x), np.mean(x) - np.mean(y)
    shuffled = rng.permuted(np.tile(np.concatenate([x, y]), (n_perm, 1)), axis=1)
    differences = shuffled[:, :n].mean(axis=1) - shuffled[:, n:].mean(axis=1)
    return float(d), float(np.mean(np.abs(differences) >= abs(d) - 1e-12))


# %%
@misconception(
    caught_by="every_permutation_keeps_all_the_values",
    hint="A permutation uses every pooled value exactly once: shuffle, do not draw with replacement.",
)
def draws_with_replacement(x, y, n_perm, rng):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1 or x.size == 0 or y.size == 0 or n_perm < 1:
        raise ValueError("no test for this input")
    n, d, pooled = len(x), np.mean(x) - np.mean(y), np.concatenate([x, y])
    drawn = rng.choice(pooled, size=(n_perm, len(pooled)))
    differences = drawn[:, :n].mean(axis=1) - drawn[:, n:].mean(axis=1)
    extreme = np.count_nonzero(np.abs(differences) >= abs(d) - 1e-12)
    return float(d), float((1 + extreme) / (1 + n_perm))


# %%
@misconception(
    caught_by="equal_samples_have_p_value_one",
    hint="Equal differences are at least as extreme: use >=, not >.",
)
def counts_only_larger_differences(x, y, n_perm, rng):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1 or x.size == 0 or y.size == 0 or n_perm < 1:
        raise ValueError("no test for this input")
    n, d = len(x), np.mean(x) - np.mean(y)
    shuffled = rng.permuted(np.tile(np.concatenate([x, y]), (n_perm, 1)), axis=1)
    differences = shuffled[:, :n].mean(axis=1) - shuffled[:, n:].mean(axis=1)
    extreme = np.count_nonzero(np.abs(differences) > abs(d) + 1e-12)
    return float(d), float((1 + extreme) / (1 + n_perm))


# %%
@misconception(
    caught_by="ties_survive_rounding",
    hint="Sums in another order differ in the last digit. Count |d*| >= |d| - 1e-12, so that ties survive rounding.",
)
def loses_ties_by_rounding(x, y, n_perm, rng):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1 or x.size == 0 or y.size == 0 or n_perm < 1:
        raise ValueError("no test for this input")
    n, d = len(x), np.mean(x) - np.mean(y)
    shuffled = rng.permuted(np.tile(np.concatenate([x, y]), (n_perm, 1)), axis=1)
    differences = shuffled[:, :n].mean(axis=1) - shuffled[:, n:].mean(axis=1)
    extreme = np.count_nonzero(np.abs(differences) >= abs(d))
    return float(d), float((1 + extreme) / (1 + n_perm))


# %%
@misconception(
    caught_by="agrees_with_all_splits",
    hint="A difference in the other direction is as extreme: compare absolute values.",
)
def counts_one_tail(x, y, n_perm, rng):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1 or x.size == 0 or y.size == 0 or n_perm < 1:
        raise ValueError("no test for this input")
    n, d = len(x), np.mean(x) - np.mean(y)
    shuffled = rng.permuted(np.tile(np.concatenate([x, y]), (n_perm, 1)), axis=1)
    differences = shuffled[:, :n].mean(axis=1) - shuffled[:, n:].mean(axis=1)
    extreme = np.count_nonzero(differences >= d - 1e-12)
    return float(d), float((1 + extreme) / (1 + n_perm))

# %% [markdown]
# ### Bootstrap confidence interval
#
# For the mean there is a formula for the interval. For the median, a ratio or a correlation there often is none. The
# bootstrap replaces the formula by work of the computer. It treats your sample as if it were the population, draws
# new samples from it, and looks at how much the statistic moves.
#
# A *resample* has as many values as the data, $n$, drawn **with replacement**. Compute the statistic of `n_boot`
# resamples. The percentile interval for a level $c$ goes from the quantile at $(1 - c)/2$ to the quantile at
# $(1 + c)/2$ of these numbers. A quantile $q$ of $m$ sorted numbers sits at position $q\,(m - 1)$, counted from 0,
# with linear interpolation. This is what `np.quantile` does by default.
#
# **By hand.** Data $(3, 6, 9)$, the statistic is the mean. Five resamples: $(3, 3, 9)$, $(6, 6, 3)$, $(9, 9, 6)$,
# $(3, 6, 3)$, $(6, 6, 6)$. Their means are $5, 5, 8, 4, 6$, sorted $4, 5, 5, 6, 8$. For the level $0.5$ you need the
# quantiles at $0.25$ and $0.75$, at positions $1$ and $3$. The interval is $(5, 6)$.
#
# Return the lower and the upper bound.

# %%
from autograder.kit import T1, T2, accepted, array, check, close, exercise, hidden, holds, misconception, raises, same
from scipy import stats

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.stats.bootstrap",),
    oracle="numpy.quantile of the recorded values of the statistic, scipy.stats.t for the width",
    section="The bootstrap",
    topics=(
        "r0-w7-sampling",
        "r0-w7-confidence-intervals",
        "r1-t04-sampling",
        "r3-1-2-confidence-interval",
        "r4-stat-confidence-intervals",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def bootstrap_ci(
    x: np.ndarray, stat: Callable[[np.ndarray], float], level: float, n_boot: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Return the percentile bootstrap interval of a statistic.

    Parameters
    ----------
    x : array or list of shape (n,), n >= 1
    stat : function of a float64 array of shape (n,) that returns a float; it is called once per resample
    level : the level of confidence, 0 < level < 1
    n_boot : the number of resamples, at least 1
    rng : the only source of randomness

    Returns
    -------
    (lower, upper) : two floats, the quantiles of the n_boot values of stat at (1 - level)/2 and (1 + level)/2,
        with linear interpolation as in np.quantile

    Raises
    ------
    ValueError : x is empty or not of shape (n,), level is outside (0, 1), or n_boot < 1
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0:
        raise ValueError("x must have shape (n,) with n >= 1")
    if not 0 < level < 1 or n_boot < 1:
        raise ValueError("level must lie between 0 and 1, and n_boot must be at least 1")
    values = [stat(x[rng.integers(len(x), size=len(x))]) for _ in range(n_boot)]
    lower, upper = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(lower), float(upper)
    ### END SOLUTION


# %%
@check
def the_bounds_are_quantiles_of_the_values_of_stat(bootstrap_ci, rng):
    """For x = [3, 6, 9] the bounds at level 0.5 are the quantiles at 0.25 and 0.75 of what stat returned."""
    values = []

    def mean(sample):
        values.append(float(np.mean(sample)))
        return values[-1]

    bounds = bootstrap_ci([3, 6, 9], mean, 0.5, 5, rng)
    same(len(values), 5, what="the number of calls of stat")
    close(tuple(bounds), tuple(np.quantile(values, [0.25, 0.75]).tolist()), **T2, what="the bounds")


# %%
@check
def constant_data_give_an_interval_of_width_zero(bootstrap_ci, rng):
    """When all values are 4, both bounds of the mean are 4."""
    close(tuple(bootstrap_ci([4.0, 4.0, 4.0], np.mean, 0.9, 8, rng)), (4.0, 4.0), **T1)


# %%
@check
def no_data_raises(bootstrap_ci, rng):
    """An empty sample raises ValueError."""
    raises(ValueError, bootstrap_ci, [], np.sum, 0.9, 8, rng)


# %%
@hidden(weight=2)
def every_resample_has_the_size_of_the_data(bootstrap_ci, rng):
    """Each resample has as many values as the data, and only values of the data."""
    for n, n_boot in ((1, 3), (2, 1), (5, 7), (12, 10)):
        x, sizes, strangers = rng.normal(size=n), [], []

        def stat(sample, x=x, sizes=sizes, strangers=strangers):
            sizes.append(np.shape(sample))
            strangers.extend(np.setdiff1d(sample, x).tolist())
            return float(np.mean(sample))

        bootstrap_ci(x, stat, 0.8, n_boot, rng)
        same(len(sizes), n_boot, what="the number of calls of stat")
        for size in sizes:
            same(size, (n,), what=f"the shape of a resample of {n} values")
        holds(not strangers, "A resample should contain only values of the data.")


# %%
@hidden(weight=2)
def resamples_are_drawn_with_replacement(bootstrap_ci, rng):
    """A resample of 20 values repeats some of them, and every value of the data is drawn about equally often."""
    n, n_boot, drawn = 20, 80, []

    def stat(sample):
        drawn.append(np.array(sample, dtype=float))
        return float(np.mean(sample))

    bootstrap_ci(np.arange(n), stat, 0.9, n_boot, rng)
    distinct = np.mean([len(np.unique(sample)) for sample in drawn]) / n
    # 1 - (1 - 1/n)^n = 0.6415 of the values are expected; the standard deviation of one share is below 0.07.
    expected = 1 - (1 - 1 / n) ** n
    message = f"About {expected:.0%} of the values should appear in a resample of 20, the rest not at all."
    holds(abs(distinct - expected) < 5 * 0.07 / np.sqrt(n_boot), message)
    counts = np.bincount(np.concatenate(drawn).astype(int), minlength=n)
    spread = np.sqrt(n_boot * n * (1 / n) * (1 - 1 / n))
    holds(np.all(np.abs(counts - n_boot) < 5 * spread), "Every value should be drawn about equally often.")


# %%
@hidden(weight=2)
def both_tails_share_what_the_level_leaves_out(bootstrap_ci, rng):
    """The quantiles at (1 - level)/2 and (1 + level)/2 are returned, for any statistic and any level."""
    statistics = (lambda s: float(np.std(s)), lambda s: float(np.median(s)), lambda s: float(np.sum(s**3)))
    samples = (np.array([1, 2, 5, 11, 17]), rng.normal(size=6), rng.normal(size=15))
    for x, level, stat in zip(samples, (0.2, 0.8, 0.95), statistics):
        values = []

        def remembered(sample, stat=stat, values=values):
            values.append(stat(np.asarray(sample, dtype=float)))
            return values[-1]

        lower, upper = bootstrap_ci(x, remembered, level, 20, rng)
        wanted = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
        close(lower, float(wanted[0]), **T2, what=f"the lower bound at level {level}")
        close(upper, float(wanted[1]), **T2, what=f"the upper bound at level {level}")


# %%
@hidden
def equal_generators_give_equal_intervals(bootstrap_ci, rng):
    """The result depends on the generator only, and shifting the data by c shifts the bounds of the median by c."""
    x = rng.integers(0, 50, size=9)
    first, second, third, other = (np.random.default_rng(seed) for seed in (7, 7, 7, 8))
    bounds = bootstrap_ci(x, np.median, 0.7, 15, first)
    close(tuple(bootstrap_ci(x, np.median, 0.7, 15, second)), tuple(bounds), **T1, what="the second run with one seed")
    moved = bootstrap_ci(x + 2.5, np.median, 0.7, 15, third)
    close(tuple(moved), (bounds[0] + 2.5, bounds[1] + 2.5), **T1, what="the interval of the shifted data")
    one = bootstrap_ci(x + 0.5, np.mean, 0.7, 15, np.random.default_rng(9))
    two = bootstrap_ci(x + 0.5, np.mean, 0.7, 15, other)
    holds(tuple(one) != tuple(two), "Another seed should give other resamples.")


# %%
@hidden
def small_floats_are_widened_first(bootstrap_ci):
    """For arrays of 32-bit floats the statistic gets 64-bit floats."""
    short = np.array([0.1, 0.7, 2.3], dtype=np.float32)
    bounds = bootstrap_ci(short, np.mean, 0.5, 9, np.random.default_rng(7))
    expected = bootstrap_ci(short.astype(float), np.mean, 0.5, 9, np.random.default_rng(7))
    close(tuple(bounds), tuple(expected), **T1, what="the bounds for 32-bit floats")


# %%
@hidden
def the_width_is_near_that_of_the_t_interval(bootstrap_ci, rng):
    """For the mean of 200 normal values the width is within 30 % of the width of the t interval."""
    x = rng.normal(10.0, 3.0, size=200)
    lower, upper = bootstrap_ci(x, np.mean, 0.9, 250, rng)
    width = 2 * float(stats.t.ppf(0.95, 199)) * float(np.std(x, ddof=1)) / np.sqrt(200)
    holds(0.7 < (upper - lower) / width < 1.3, "The width should be near that of the t interval.")
    holds(lower < np.mean(x) < upper, "The interval should contain the mean of the data.")


# %%
@hidden
def input_without_an_answer_raises(bootstrap_ci, rng):
    """A level of 0 or 1, no resamples, and a table instead of a sample raise ValueError."""
    for level in (0.0, 1.0, 95.0, -0.5):
        raises(ValueError, bootstrap_ci, [1.0, 2.0], np.mean, level, 5, rng)
    raises(ValueError, bootstrap_ci, [1.0, 2.0], np.mean, 0.9, 0, rng)
    raises(ValueError, bootstrap_ci, np.ones((2, 2)), np.mean, 0.9, 5, rng)


# %%
@accepted
def with_choice_and_sorted_values(x, stat, level, n_boot, rng):
    data = np.array(x, dtype=np.float64)
    if data.ndim != 1 or len(data) < 1 or level <= 0 or level >= 1 or n_boot < 1:
        raise ValueError("no interval for this input")
    values = sorted(float(stat(rng.choice(data, size=len(data), replace=True))) for _ in range(n_boot))

    def quantile(q):
        position = q * (n_boot - 1)
        below = int(position)
        above = min(below + 1, n_boot - 1)
        return values[below] + (position - below) * (values[above] - values[below])

    return quantile(0.5 - level / 2), quantile(0.5 + level / 2)


# %%
@accepted
def with_one_table_of_indices(x, stat, level, n_boot, rng):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or not len(x) or not 0 < level < 1 or n_boot < 1:
        raise ValueError("no interval for this input")
    table = x[(rng.random((n_boot, len(x))) * len(x)).astype(int)]
    values = np.array([stat(row) for row in table])
    tail = 100 * (1 - level) / 2
    return float(np.percentile(values, tail)), float(np.percentile(values, 100 - tail))


# %%
@misconception(
    caught_by="resamples_are_drawn_with_replacement",
    hint="Every resample is the sample itself in another order. Draw with replacement.",
)
def without_replacement(x, stat, level, n_boot, rng):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or not 0 < level < 1 or n_boot < 1:
        raise ValueError("no interval for this input")
    values = [stat(rng.permutation(x)) for _ in range(n_boot)]
    lower, upper = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(lower), float(upper)


# %%
@misconception(
    caught_by="every_resample_has_the_size_of_the_data",
    hint="You ask how much the statistic of n values moves, so each resample needs n values too.",
)
def resamples_of_half_the_size(x, stat, level, n_boot, rng):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or not 0 < level < 1 or n_boot < 1:
        raise ValueError("no interval for this input")
    half = max(1, len(x) // 2)
    values = [stat(x[rng.integers(len(x), size=half)]) for _ in range(n_boot)]
    lower, upper = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(lower), float(upper)


# %%
@misconception(
    caught_by="both_tails_share_what_the_level_leaves_out",
    hint="Two tails share what the level leaves out: take the quantiles at (1 - level)/2 and (1 + level)/2.",
)
def the_whole_rest_in_each_tail(x, stat, level, n_boot, rng):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or not 0 < level < 1 or n_boot < 1:
        raise ValueError("no interval for this input")
    values = [stat(x[rng.integers(len(x), size=len(x))]) for _ in range(n_boot)]
    lower, upper = sorted(np.quantile(values, [1 - level, level]))
    return float(lower), float(upper)


# %%
@misconception(
    caught_by="both_tails_share_what_the_level_leaves_out",
    hint="The interval is for the statistic that the caller passes, not always for the mean.",
)
def always_for_the_mean(x, stat, level, n_boot, rng):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or not 0 < level < 1 or n_boot < 1:
        raise ValueError("no interval for this input")
    samples = [x[rng.integers(len(x), size=len(x))] for _ in range(n_boot)]
    for sample in samples:
        stat(sample)
    lower, upper = np.quantile([np.mean(sample) for sample in samples], [(1 - level) / 2, (1 + level) / 2])
    return float(lower), float(upper)


# %%
@misconception(
    caught_by="both_tails_share_what_the_level_leaves_out",
    hint="Do not add a factor of the normal distribution: the bounds are quantiles of the values themselves.",
)
def mean_plus_minus_normal_factor(x, stat, level, n_boot, rng):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or not 0 < level < 1 or n_boot < 1:
        raise ValueError("no interval for this input")
    values = np.array([stat(x[rng.integers(len(x), size=len(x))]) for _ in range(n_boot)])
    reach = float(stats.norm.ppf((1 + level) / 2)) * float(np.std(values))
    return float(np.mean(values)) - reach, float(np.mean(values)) + reach

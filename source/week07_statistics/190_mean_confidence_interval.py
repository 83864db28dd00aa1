# %% [markdown]
# ### Confidence interval for a mean
#
# You tested a model on five data sets and report the mean score. Another five data sets would give another mean. A
# confidence interval says how far off your mean may be. At the level 95 %, the *method* catches the true mean in 95 of
# 100 repetitions. One single interval either contains it or not.
#
# Let $\bar x$ be the mean and $s$ the standard deviation with the divisor $n - 1$. The mean of $n$ values varies less
# than a single value: its standard error is $s / \sqrt n$. The interval is
#
# $$\bar x \pm t \cdot \frac{s}{\sqrt n}, \qquad t = \text{quantile of Student's } t \text{ with } n - 1
# \text{ degrees of freedom at } \frac{1 + \text{level}}{2}$$
#
# At the level 0.95 both tails together hold 0.05, so each holds 0.025 and the quantile is taken at 0.975. For large $n$
# it comes close to the 1.96 of the normal distribution. For small $n$ it is larger, because $s$ is uncertain too.
#
# **By hand.** $x = (4, 6, 8, 10, 12)$. The mean is 8, the squared differences add up to 40, so $s^2 = 40/4 = 10$ and
# $s/\sqrt 5 = \sqrt 2 = 1.414$. With 4 degrees of freedom $t = 2.776$. The interval is $8 \pm 3.926$, from 4.074 to
# 11.926.
#
# Return the two ends. `stats.t.ppf(p, df)` from SciPy gives the quantile of Student's $t$ at $p$.

# %%
from autograder.kit import T2, T3, accepted, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.stats.ttest_1samp", "scipy.stats.t.interval", "scipy.stats.bayes_mvs"),
    oracle="scipy.stats.t.interval",
    section="Confidence intervals",
    topics=(
        "r0-w6-out-uncertainty-intuition",
        "r0-w7-parameter-estimation",
        "r0-w7-confidence-intervals",
        "r2-o2-used-in",
        "r3-1-2-confidence-interval",
        "r4-stat-confidence-intervals",
    ),
)

# %%
import math

import numpy as np
from scipy import stats


# %%
def mean_confidence_interval(x: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """Return the confidence interval for the mean that is based on Student's t.

    Parameters
    ----------
    x : array-like of shape (n,), n at least 2
    level : how often the method shall catch the true mean, between 0 and 1, for example 0.95

    Returns
    -------
    (low, high) : two floats, the mean minus and plus t s / sqrt(n)

    Raises
    ------
    ValueError : x does not have exactly one axis, or n is smaller than 2
    ValueError : level is not strictly between 0 and 1
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2:
        raise ValueError("x must have one axis and at least two values")
    if not 0 < level < 1:
        raise ValueError("level must lie between 0 and 1")
    mean = float(np.mean(x))
    error = float(np.std(x, ddof=1)) / math.sqrt(len(x))
    reach = float(stats.t.ppf((1 + level) / 2, len(x) - 1)) * error
    return mean - reach, mean + reach
    ### END SOLUTION


# %%
@helper
def t_interval(x, level):
    """Return SciPy's own interval for the mean."""
    low, high = stats.t.interval(level, len(x) - 1, loc=np.mean(x), scale=stats.sem(x))
    return float(low), float(high)


# %%
@check
def the_worked_example_is_right(mean_confidence_interval):
    """For 4, 6, 8, 10, 12 the interval at the level 0.95 reaches from 4.074 to 11.926."""
    low, high = mean_confidence_interval(np.array([4.0, 6.0, 8.0, 10.0, 12.0]))
    close(low, 8 - 2.77644510520 * 2**0.5, **T3, what="the lower end")
    close(high, 8 + 2.77644510520 * 2**0.5, **T3, what="the upper end")


# %%
@check
def a_level_in_percent_raises(mean_confidence_interval):
    """The level lies between 0 and 1: the level 95 raises ValueError."""
    raises(ValueError, mean_confidence_interval, [1.0, 2.0, 4.0], 95)


# %%
@hidden(weight=2)
def the_ends_are_right_for_random_data(mean_confidence_interval, rng):
    """Both ends are right for few and for many values, and for several levels."""
    for n, level in ((2, 0.5), (3, 0.95), (4, 0.9), (7, 0.99), (30, 0.95), (500, 0.2)):
        x = rng.normal(2.0, 3.0, size=n)
        close(mean_confidence_interval(x, level), t_interval(x, level), **T2, what=f"the interval for {n} values")
    x = [0, 1, 1, 2]
    close(mean_confidence_interval(x), t_interval(x, 0.95), **T2, what="the interval for 0, 1, 1, 2 at the level 0.95")


# %%
@hidden(weight=2)
def it_catches_the_mean_as_often_as_it_says(mean_confidence_interval):
    """At the level 0.8, about 24 of 30 intervals from samples of five normal values contain the true mean."""
    # A fixed seed: every right answer catches the same number, so chance alone cannot fail one.
    caught = 0
    for x in np.random.default_rng(15).normal(10.0, 2.0, size=(30, 5)):
        low, high = mean_confidence_interval(x, 0.8)
        caught += low <= 10.0 <= high
    holds(20 <= caught <= 27, f"About 24 of 30 intervals should contain the true mean; {caught} do.")


# %%
@hidden
def the_mean_lies_in_the_middle(mean_confidence_interval, rng):
    """The middle of the interval is the mean, and the lower end comes first."""
    for n, level in ((2, 0.9), (5, 0.95), (40, 0.5)):
        x = rng.exponential(3.0, size=n)
        low, high = mean_confidence_interval(x, level)
        close((low + high) / 2, float(np.mean(x)), **T2, what="the middle of the interval")
        holds(low < high, "The lower end should come first.")


# %%
@hidden
def a_higher_level_is_wider_and_more_data_are_narrower(mean_confidence_interval, rng):
    """The interval grows with the level, and with four times the data it is less than 0.6 times as wide."""
    for n in (4, 30):
        x = rng.normal(size=n)
        widths = []
        for level in (0.5, 0.8, 0.9, 0.99):
            low, high = mean_confidence_interval(x, level)
            widths.append(high - low)
        holds(np.all(np.diff(widths) > 0), "A higher level should give a wider interval.")
        low, high = mean_confidence_interval(np.tile(x, 4), 0.99)
        holds(high - low < 0.6 * widths[-1], "Four times the data should make the interval about half as wide.")


# %%
@hidden
def shift_and_scale_carry_over(mean_confidence_interval, rng):
    """Replacing x by a x + b replaces both ends in the same way; for negative a they change places."""
    for n, a, b in ((3, 2.0, 1.0), (6, -1.0, 5.0), (15, 0.01, -3.0)):
        x = rng.normal(1.0, 4.0, size=n)
        expected = tuple(sorted(a * end + b for end in t_interval(x, 0.95)))
        close(mean_confidence_interval(a * x + b), expected, **T2, what="the interval for a x + b")


# %%
@hidden
def small_floats_are_widened_first(mean_confidence_interval):
    """Arrays of 32-bit floats are handled as 64-bit floats."""
    short = np.array([0.1, 0.7, 2.3], dtype=np.float32)
    expected = t_interval(short.astype(float), 0.95)
    close(mean_confidence_interval(short), expected, **T2, what="the interval for 32-bit floats")


# %%
@hidden
def bad_levels_and_too_few_values_raise(mean_confidence_interval):
    """A level outside 0 to 1, fewer than two values or a table raise ValueError."""
    for level in (0.0, 1.0, -0.5, 1.5):
        raises(ValueError, mean_confidence_interval, [1.0, 2.0, 4.0], level)
    raises(ValueError, mean_confidence_interval, [1.0])
    raises(ValueError, mean_confidence_interval, [])
    raises(ValueError, mean_confidence_interval, [[1.0, 2.0], [3.0, 5.0]])


# %%
@accepted
def with_plain_sums(x, level=0.95):
    if np.ndim(x) != 1 or len(x) < 2 or level <= 0 or level >= 1:
        raise ValueError("no interval")
    values = [float(value) for value in x]
    n = len(values)
    mean = math.fsum(values) / n
    squares = math.fsum((value - mean) ** 2 for value in values)
    reach = -stats.t.ppf((1 - level) / 2, n - 1) * math.sqrt(squares / (n - 1) / n)
    return float(mean - reach), float(mean + reach)


# %%
@accepted
def with_the_upper_tail(x, level=0.95):
    x = np.array(x, dtype=np.float64)
    if x.ndim != 1 or x.size < 2 or not (0 < level and level < 1):
        raise ValueError("no interval")
    variance_of_the_mean = np.var(x, ddof=1) / x.size
    ends = x.mean() + np.array([-1, 1]) * stats.t(x.size - 1).isf((1 - level) / 2) * np.sqrt(variance_of_the_mean)
    return tuple(ends.tolist())


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="1.96 is for many values. With 4 degrees of freedom the factor is 2.776: use Student's t.",
)
def uses_the_normal_distribution(x, level=0.95):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2 or not 0 < level < 1:
        raise ValueError("no interval")
    reach = float(stats.norm.ppf((1 + level) / 2) * np.std(x, ddof=1)) / math.sqrt(len(x))
    return float(np.mean(x)) - reach, float(np.mean(x)) + reach


# %%
@misconception(
    caught_by="it_catches_the_mean_as_often_as_it_says",
    hint="The mean varies less than single values: use s/sqrt(n), not s.",
)
def uses_the_spread_of_single_values(x, level=0.95):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2 or not 0 < level < 1:
        raise ValueError("no interval")
    reach = float(stats.t.ppf((1 + level) / 2, len(x) - 1) * np.std(x, ddof=1))
    return float(np.mean(x)) - reach, float(np.mean(x)) + reach


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="Two tails share the rest: take the quantile at (1 + level)/2, not at the level.",
)
def puts_the_whole_rest_into_one_tail(x, level=0.95):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2 or not 0 < level < 1:
        raise ValueError("no interval")
    reach = float(stats.t.ppf(level, len(x) - 1) * np.std(x, ddof=1)) / math.sqrt(len(x))
    return float(np.mean(x)) - reach, float(np.mean(x)) + reach


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="The standard deviation of a sample has the divisor n - 1: use ddof=1.",
)
def divides_by_n(x, level=0.95):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2 or not 0 < level < 1:
        raise ValueError("no interval")
    reach = float(stats.t.ppf((1 + level) / 2, len(x) - 1) * np.std(x)) / math.sqrt(len(x))
    return float(np.mean(x)) - reach, float(np.mean(x)) + reach


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="The mean uses up one degree of freedom: Student's t has n - 1 of them here, not n.",
)
def takes_n_degrees_of_freedom(x, level=0.95):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) < 2 or not 0 < level < 1:
        raise ValueError("no interval")
    reach = float(stats.t.ppf((1 + level) / 2, len(x)) * np.std(x, ddof=1)) / math.sqrt(len(x))
    return float(np.mean(x)) - reach, float(np.mean(x)) + reach

# %% [markdown]
# ### Welch's t-test
#
# Two groups have different means. Is that a real difference, or could it be chance? The t-test compares the
# difference with its standard error. Welch's version allows the two groups to have different spread and different
# sizes, so it is the safe default.
#
# Let $x$ have $n$ values and $y$ have $m$ values, with sample variances $s_x^2, s_y^2$ (divisors $n - 1$ and
# $m - 1$). Put $a = s_x^2 / n$ and $b = s_y^2 / m$. Then
#
# $$t = \frac{\bar x - \bar y}{\sqrt{a + b}}, \qquad \nu = \frac{(a + b)^2}{a^2/(n - 1) + b^2/(m - 1)}.$$
#
# The degrees of freedom $\nu$ need not be a whole number. The two-sided p-value is the chance that a variable with
# the $t_\nu$ distribution is at least as far from 0 as $t$, on either side. The function `stats.t.sf(z, nu)` gives
# the chance of a value above $z$.
#
# **By hand.** $x = (4, 6)$: mean $5$, $s_x^2 = 2$, $a = 1$. $y = (1, 1, 4)$: mean $2$, $s_y^2 = 3$, $b = 1$. So
# $t = 3/\sqrt 2 = 2.121$ and $\nu = 4 / (1/1 + 1/2) = 2.667$. With these two numbers the p-value is $0.135$.
#
# Return $t$, $\nu$ and the p-value. You may use `stats.t.sf` for the last one.

# %%
from autograder.kit import T2, T3, accepted, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.stats.ttest_*", "statsmodels.stats.weightstats.*"),
    oracle="scipy.stats.ttest_ind(equal_var=False)",
    section="Hypothesis tests",
    topics=(
        "r0-w7-hypothesis-testing",
        "r0-w7-out-analyze-datasets",
        "r1-t04-hypothesis-testing",
        "r2-o2-used-in",
        "r2-o2-hypothesis-testing",
        "r4-stat-hypothesis-testing",
        "r4-stat-p-values",
        "r4-req-ps-hypothesis-p-values",
    ),
)

# %%
import numpy as np
from scipy import stats


# %%
def welch_t_test(x: np.ndarray, y: np.ndarray) -> tuple[float, float, float]:
    """Compare the means of two samples without assuming equal variances.

    Parameters
    ----------
    x : array or list of shape (n,), n >= 2
    y : array or list of shape (m,), m >= 2

    Returns
    -------
    (t, nu, p) : three floats, the statistic (positive when x has the larger mean), the degrees of freedom after
        Welch, and the two-sided p-value

    Raises
    ------
    ValueError : a sample is not of shape (n,), has fewer than two values, or all its values are equal
    """
    ### BEGIN SOLUTION
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    for sample in (x, y):
        if sample.ndim != 1 or len(sample) < 2 or np.all(sample == sample[0]):
            raise ValueError("each sample needs at least two different values")
    a, b = np.var(x, ddof=1) / len(x), np.var(y, ddof=1) / len(y)
    t = (np.mean(x) - np.mean(y)) / np.sqrt(a + b)
    nu = (a + b) ** 2 / (a**2 / (len(x) - 1) + b**2 / (len(y) - 1))
    return float(t), float(nu), float(2 * stats.t.sf(abs(t), nu))
    ### END SOLUTION


# %%
@check
def the_small_example(welch_t_test):
    """For x = [4, 6] and y = [1, 1, 4], t is 3/sqrt(2) and nu is 8/3."""
    t, nu, _ = welch_t_test([4, 6], [1, 1, 4])
    close(t, 3 / 2**0.5, **T2, what="t")
    close(nu, 8 / 3, **T2, what="the degrees of freedom")


# %%
@check
def the_p_value_of_the_small_example(welch_t_test):
    """For x = [4, 6] and y = [1, 1, 4] the two-sided p-value is 0.13526."""
    close(welch_t_test([4, 6], [1, 1, 4])[2], 0.1352616207, **T3, what="the p-value")


# %%
@check
def a_sample_without_spread_raises(welch_t_test):
    """A sample whose values are all equal raises ValueError, and so does a sample of one value."""
    raises(ValueError, welch_t_test, np.array([1.0, 2.0]), np.array([5.0, 5.0, 5.0]))
    raises(ValueError, welch_t_test, np.array([1.0]), np.array([5.0, 6.0]))


# %%
@hidden(weight=2)
def agrees_with_scipy(welch_t_test, rng):
    """All three numbers agree with an independent computation, for groups of different size and spread."""
    for n, m in ((2, 2), (2, 3), (5, 4), (6, 12), (40, 9)):
        x, y = rng.normal(0.5, 1.0, size=n), rng.normal(0.0, 3.0, size=m)
        expected = stats.ttest_ind(x, y, equal_var=False)
        t, nu, p = welch_t_test(x, y)
        close(t, float(expected.statistic), **T2, what=f"t for {n} and {m} values")
        close(nu, float(expected.df), **T2, what=f"the degrees of freedom for {n} and {m} values")
        close(p, float(expected.pvalue), **T2, what=f"the p-value for {n} and {m} values")


# %%
@hidden
def the_degrees_of_freedom_stay_in_their_range(welch_t_test, rng):
    """The degrees of freedom lie between the smaller of n - 1 and m - 1 and their sum."""
    for n, m, spread in ((3, 8, 5.0), (9, 4, 0.2), (6, 6, 1.0)):
        nu = welch_t_test(rng.normal(size=n), spread * rng.normal(size=m))[1]
        low, high = min(n, m) - 1, n + m - 2
        message = f"For {n} and {m} values the degrees of freedom should lie between {low} and {high}."
        holds(low - 1e-9 <= nu <= high + 1e-9, message)


# %%
@hidden(weight=2)
def exchanging_the_samples_flips_the_sign_of_t_only(welch_t_test, rng):
    """Exchanging the samples changes the sign of t; the degrees of freedom and the p-value stay."""
    for n, m in ((2, 4), (5, 3), (10, 7)):
        x, y = rng.normal(1.0, 2.0, size=n), rng.integers(-3, 3, size=m) + rng.random(m)
        t, nu, p = welch_t_test(x, y)
        close(tuple(welch_t_test(y, x)), (-t, nu, p), **T2, what="the result for exchanged samples")
        holds(0.0 < p <= 1.0, "A p-value lies between 0 and 1.")


# %%
@hidden
def other_units_change_nothing(welch_t_test, rng):
    """Adding a constant to both samples, or changing their unit, changes nothing."""
    for n, m in ((3, 3), (8, 5)):
        x, y = rng.normal(size=n), rng.normal(1.0, 2.0, size=m)
        expected = tuple(welch_t_test(x, y))
        close(tuple(welch_t_test(x + 20.0, y + 20.0)), expected, **T2, what="the result for shifted samples")
        close(tuple(welch_t_test(1.8 * x, 1.8 * y)), expected, **T2, what="the result in another unit")


# %%
@hidden
def under_equal_means_p_is_uniform(welch_t_test, rng):
    """When the means are equal, p-values are spread evenly: their mean is near 0.5 and few are below 0.05."""
    ps = np.array([welch_t_test(rng.normal(size=12), rng.normal(0.0, 1.5, size=15))[2] for _ in range(50)])
    holds(abs(np.mean(ps) - 0.5) < 5 * 12**-0.5 / 50**0.5, "Under equal means the mean of p should be near 0.5.")
    holds(np.mean(ps < 0.05) < 0.05 + 5 * (0.05 * 0.95 / 50) ** 0.5, "Few p-values should be below 0.05.")


# %%
@hidden
def far_apart_groups_have_a_tiny_p_value(welch_t_test, rng):
    """For groups that are far apart the p-value is tiny, but it keeps its digits."""
    x, y = rng.normal(0.0, 1.0, size=25), rng.normal(6.0, 1.0, size=30)
    expected = float(stats.ttest_ind(x, y, equal_var=False).pvalue)
    close(welch_t_test(x, y)[2], expected, rtol=1e-6, atol=0.0, what="the p-value")


# %%
@hidden
def small_floats_are_widened_first(welch_t_test):
    """Arrays of 32-bit floats are handled as 64-bit floats."""
    x, y = np.array([0.1, 0.7, 2.3], dtype=np.float32), np.array([5.3, 1.9, 7.2], dtype=np.float32)
    expected = stats.ttest_ind(x.astype(float), y.astype(float), equal_var=False)
    t, nu, _ = welch_t_test(x, y)
    close(t, float(expected.statistic), **T2, what="t for 32-bit floats")
    close(nu, float(expected.df), **T2, what="the degrees of freedom for 32-bit floats")


# %%
@hidden
def input_without_an_answer_raises(welch_t_test):
    """An empty sample, a single value, equal values and a table raise ValueError, in either place."""
    good = np.array([1.0, 2.0, 4.0])
    for bad in (np.array([]), np.array([3.0]), np.array([2.0, 2.0]), np.array([[1.0, 2.0], [4.0, 3.0]])):
        raises(ValueError, welch_t_test, bad, good)
        raises(ValueError, welch_t_test, good, bad)


# %%
@accepted
def from_the_definitions(x, y):
    def summary(sample):
        values = [float(v) for v in sample] if np.ndim(sample) == 1 else []
        n = len(values)
        if n < 2 or min(values) == max(values):
            raise ValueError("a sample without spread")
        mean = sum(values) / n
        return mean, sum((v - mean) ** 2 for v in values) / (n - 1) / n, n

    (mean_x, a, n), (mean_y, b, m) = summary(x), summary(y)
    t = (mean_x - mean_y) / (a + b) ** 0.5
    share = a / (a + b)
    nu = 1.0 / (share**2 / (n - 1) + (1 - share) ** 2 / (m - 1))
    return t, nu, float(stats.t.sf(abs(t), nu) + stats.t.cdf(-abs(t), nu))


# %%
@accepted
def with_standard_errors(x, y):
    samples = [np.array(sample, dtype=np.float64) for sample in (x, y)]
    if any(s.ndim != 1 or s.size < 2 or np.ptp(s) == 0 for s in samples):
        raise ValueError("each sample needs spread")
    errors = np.array([stats.sem(s) for s in samples])
    t = (samples[0].mean() - samples[1].mean()) / np.hypot(*errors)
    nu = np.sum(errors**2) ** 2 / np.sum(errors**4 / [s.size - 1 for s in samples])
    return float(t), float(nu), float(2 * stats.t.cdf(-np.abs(t), nu))


# %%
@misconception(
    caught_by="agrees_with_scipy",
    hint="The groups may have different spread: do not pool their variances into one.",
)
def pooled_variance(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if any(s.ndim != 1 or len(s) < 2 or np.all(s == s[0]) for s in (x, y)):
        raise ValueError("each sample needs at least two different values")
    nu = len(x) + len(y) - 2
    pooled = ((len(x) - 1) * np.var(x, ddof=1) + (len(y) - 1) * np.var(y, ddof=1)) / nu
    t = (np.mean(x) - np.mean(y)) / np.sqrt(pooled * (1 / len(x) + 1 / len(y)))
    return float(t), float(nu), float(2 * stats.t.sf(abs(t), nu))


# %%
@misconception(
    caught_by="the_p_value_of_the_small_example",
    hint="A difference in the other direction would surprise you as much: count both tails.",
)
def one_tail_only(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if any(s.ndim != 1 or len(s) < 2 or np.all(s == s[0]) for s in (x, y)):
        raise ValueError("each sample needs at least two different values")
    a, b = np.var(x, ddof=1) / len(x), np.var(y, ddof=1) / len(y)
    t = (np.mean(x) - np.mean(y)) / np.sqrt(a + b)
    nu = (a + b) ** 2 / (a**2 / (len(x) - 1) + b**2 / (len(y) - 1))
    return float(t), float(nu), float(stats.t.sf(abs(t), nu))


# %%
@misconception(
    caught_by="exchanging_the_samples_flips_the_sign_of_t_only",
    hint="For positive t this exceeds 1. Use |t| and the upper tail.",
)
def twice_the_lower_tail(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if any(s.ndim != 1 or len(s) < 2 or np.all(s == s[0]) for s in (x, y)):
        raise ValueError("each sample needs at least two different values")
    a, b = np.var(x, ddof=1) / len(x), np.var(y, ddof=1) / len(y)
    t = (np.mean(x) - np.mean(y)) / np.sqrt(a + b)
    nu = (a + b) ** 2 / (a**2 / (len(x) - 1) + b**2 / (len(y) - 1))
    return float(t), float(nu), float(2 * stats.t.cdf(t, nu))


# %%
@misconception(
    caught_by="the_small_example",
    hint="The sample variances have the divisors n - 1 and m - 1. np.var divides by n unless you pass ddof=1.",
)
def variances_with_divisor_n(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if any(s.ndim != 1 or len(s) < 2 or np.all(s == s[0]) for s in (x, y)):
        raise ValueError("each sample needs at least two different values")
    a, b = np.var(x) / len(x), np.var(y) / len(y)
    t = (np.mean(x) - np.mean(y)) / np.sqrt(a + b)
    nu = (a + b) ** 2 / (a**2 / (len(x) - 1) + b**2 / (len(y) - 1))
    return float(t), float(nu), float(2 * stats.t.sf(abs(t), nu))


# %%
@misconception(
    caught_by="agrees_with_scipy",
    hint="n + m - 2 degrees of freedom belong to the test with pooled variance; use Welch's formula.",
)
def degrees_of_freedom_of_the_pooled_test(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if any(s.ndim != 1 or len(s) < 2 or np.all(s == s[0]) for s in (x, y)):
        raise ValueError("each sample needs at least two different values")
    a, b = np.var(x, ddof=1) / len(x), np.var(y, ddof=1) / len(y)
    t = (np.mean(x) - np.mean(y)) / np.sqrt(a + b)
    nu = len(x) + len(y) - 2
    return float(t), float(nu), float(2 * stats.t.sf(abs(t), nu))

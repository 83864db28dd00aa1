# %% [markdown]
# ### Bonferroni correction
#
# One test at the level $\alpha = 0.05$ raises a false alarm in 5 % of the cases where nothing is there. Twenty such
# tests raise at least one false alarm with probability $1 - 0.95^{20} = 0.64$. If you test many features, many
# models or many time points, some will look significant by chance.
#
# The Bonferroni correction is the simplest cure. With $m$ tests, reject only where $p_i \le \alpha / m$. The same
# decision in another form: multiply the p-values by $m$, stop at 1, and compare with $\alpha$.
#
# $$\tilde p_i = \min(1,\, m\, p_i), \qquad \text{reject test } i \text{ when } \tilde p_i \le \alpha.$$
#
# Then the chance of any false alarm among the $m$ tests is at most $\alpha$, whether or not they are independent.
#
# **By hand.** $p = (0.01, 0.04, 0.5)$, $m = 3$, $\alpha = 0.05$. The adjusted values are $0.03$, $0.12$ and
# $\min(1, 1.5) = 1$. Only the first test rejects. Without the correction the second would, too.
#
# Return the decisions (an array of booleans) and the adjusted p-values.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, hidden, holds, misconception, raises, same

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("statsmodels.stats.multitest.multipletests",),
    oracle="the rule written as a loop, and the rate of false alarms",
    section="Hypothesis tests",
    topics=(
        "r2-o2-hypothesis-testing",
        "r4-prob-multiple-comparisons",
        "r4-stat-p-values",
        "r4-nice-ps-multiple-comparisons",
    ),
)

# %%
import numpy as np


# %%
def bonferroni(p_values: np.ndarray, alpha: float = 0.05) -> tuple[np.ndarray, np.ndarray]:
    """Correct p-values for the number of tests.

    Parameters
    ----------
    p_values : array or list of shape (m,), m >= 1, values in [0, 1]
    alpha : the accepted chance of at least one false alarm, 0 < alpha < 1

    Returns
    -------
    (reject, adjusted) : boolean array of shape (m,), True where adjusted <= alpha, and float array of shape (m,),
        min(1, m p)

    Raises
    ------
    ValueError : p_values is empty or not of shape (m,), or a value is outside [0, 1]
    """
    ### BEGIN SOLUTION
    p = np.asarray(p_values, dtype=float)
    if p.ndim != 1 or p.size == 0 or np.any((p < 0) | (p > 1)):
        raise ValueError("p_values must be a non-empty array of shape (m,) with values in [0, 1]")
    adjusted = np.minimum(1.0, len(p) * p)
    return adjusted <= alpha, adjusted
    ### END SOLUTION


# %%
@check
def three_tests(bonferroni):
    """For p = [0.01, 0.04, 0.5] the adjusted values are 0.03, 0.12 and 1, and only the first test rejects."""
    reject, adjusted = bonferroni([0.01, 0.04, 0.5])
    close(adjusted, np.array([0.03, 0.12, 1.0]), **T1, what="the adjusted p-values")
    same(reject, np.array([True, False, False]), what="the decisions")


# %%
@check
def a_value_above_one_raises(bonferroni):
    """A p-value of 1.2 raises ValueError."""
    raises(ValueError, bonferroni, [0.3, 1.2])


# %%
@hidden(weight=2)
def agrees_with_the_rule_test_by_test(bonferroni, rng):
    """Each adjusted value is min(1, m p), and a test rejects when it is at most alpha; the order is kept."""
    for m, alpha in ((1, 0.05), (2, 0.1), (3, 0.5), (8, 0.05), (40, 0.2)):
        p = rng.random(m) ** 3
        reject, adjusted = bonferroni(p, alpha)
        adjusted = array(adjusted, (m,), what="the adjusted p-values")
        expected = [min(1.0, m * float(value)) for value in p]
        close(adjusted, np.array(expected), **T1, what=f"the adjusted p-values of {m} tests")
        same(reject, np.array([value <= alpha for value in expected]), what=f"the decisions of {m} tests")


# %%
@hidden
def a_single_test_is_not_changed(bonferroni, rng):
    """With one test the p-value stays as it is."""
    for p in (0.0, 0.03, 0.05, 0.07, 0.2, 1.0, float(rng.random())):
        reject, adjusted = bonferroni([p])
        close(adjusted, np.array([p]), **T1, what="the adjusted p-value")
        same(reject, np.array([p <= 0.05]), what="the decision")


# %%
@hidden
def adjusted_values_stay_probabilities(bonferroni, rng):
    """No adjusted value is above 1 or below the p-value it came from."""
    for m in (2, 5, 30):
        p = rng.random(m)
        adjusted = array(bonferroni(p)[1], (m,), what="the adjusted p-values")
        holds(np.all(adjusted <= 1.0), "An adjusted p-value is a probability: it stops at 1.")
        holds(np.all(adjusted >= p), "An adjusted p-value is at least as large as the p-value.")


# %%
@hidden
def equality_rejects(bonferroni):
    """A test rejects when its adjusted value equals alpha; p-values of 0 and 1 are allowed."""
    reject, adjusted = bonferroni([0.0625, 0.125, 0.0, 1.0], 0.25)
    close(adjusted, np.array([0.25, 0.5, 0.0, 1.0]), **T1, what="the adjusted p-values")
    same(reject, np.array([True, False, True, False]), what="the decisions")
    reject, adjusted = bonferroni([0, 1, 1])
    close(adjusted, np.array([0.0, 1.0, 1.0]), **T1, what="the adjusted p-values of whole numbers")
    same(reject, np.array([True, False, False]), what="the decisions for whole numbers")


# %%
@hidden
def small_floats_are_widened_first(bonferroni):
    """Arrays of 32-bit floats are handled as 64-bit floats."""
    short = np.array([0.1, 0.02, 0.3], dtype=np.float32)
    close(bonferroni(short)[1], 3 * short.astype(float), **T1, what="the adjusted p-values of 32-bit floats")


# %%
@hidden(weight=2)
def false_alarms_are_rare(bonferroni, rng):
    """When nothing is there, 20 tests at level 0.05 raise any false alarm in at most 5 % of the cases."""
    alarms = [bool(np.any(bonferroni(rng.random(20))[0])) for _ in range(100)]
    bound = 0.05 + 5 * (0.05 * 0.95 / 100) ** 0.5
    holds(np.mean(alarms) <= bound, "Too many false alarms: the correction should keep them near 5 %.")


# %%
@hidden
def input_without_an_answer_raises(bonferroni):
    """No p-values, a negative value, a value above 1 and a table raise ValueError."""
    for bad in ([], [0.5, -0.1], [0.2, 0.3, 1.0001], [[0.1, 0.2], [0.3, 0.4]]):
        raises(ValueError, bonferroni, np.array(bad, dtype=float))


# %%
@accepted
def with_a_loop(p_values, alpha=0.05):
    if np.ndim(p_values) != 1 or len(p_values) == 0:
        raise ValueError("a list of p-values is needed")
    adjusted = []
    for p in p_values:
        if not 0 <= p <= 1:
            raise ValueError("a p-value lies between 0 and 1")
        adjusted.append(min(1.0, float(p) * len(p_values)))
    return np.array([value <= alpha for value in adjusted]), np.array(adjusted)


# %%
@accepted
def with_clip(p_values, alpha=0.05):
    p = np.array(p_values, dtype=np.float64)
    if p.ndim != 1 or not p.size or p.min() < 0 or p.max() > 1:
        raise ValueError("not a list of p-values")
    adjusted = np.clip(p * p.size, None, 1)
    return ~(adjusted > alpha), adjusted


# %%
@misconception(
    caught_by="false_alarms_are_rare",
    hint="More tests need a stricter level, not a looser one: alpha / m.",
)
def level_times_the_number_of_tests(p_values, alpha=0.05):
    p = np.asarray(p_values, dtype=float)
    if p.ndim != 1 or p.size == 0 or np.any((p < 0) | (p > 1)):
        raise ValueError("not a list of p-values")
    return p <= alpha * len(p), np.minimum(1.0, len(p) * p)


# %%
@misconception(
    caught_by="adjusted_values_stay_probabilities",
    hint="A probability stops at 1: take the minimum of 1 and m p.",
)
def adjusted_values_above_one(p_values, alpha=0.05):
    p = np.asarray(p_values, dtype=float)
    if p.ndim != 1 or p.size == 0 or np.any((p < 0) | (p > 1)):
        raise ValueError("not a list of p-values")
    adjusted = len(p) * p
    return adjusted <= alpha, adjusted


# %%
@misconception(
    caught_by="false_alarms_are_rare",
    hint="The decision must use the adjusted values. Comparing p itself with alpha corrects nothing.",
)
def decides_by_the_uncorrected_values(p_values, alpha=0.05):
    p = np.asarray(p_values, dtype=float)
    if p.ndim != 1 or p.size == 0 or np.any((p < 0) | (p > 1)):
        raise ValueError("not a list of p-values")
    return p <= alpha, np.minimum(1.0, len(p) * p)


# %%
@misconception(
    caught_by="equality_rejects",
    hint="A test rejects when the adjusted value is at most alpha: equality counts.",
)
def needs_a_smaller_value(p_values, alpha=0.05):
    p = np.asarray(p_values, dtype=float)
    if p.ndim != 1 or p.size == 0 or np.any((p < 0) | (p > 1)):
        raise ValueError("not a list of p-values")
    adjusted = np.minimum(1.0, len(p) * p)
    return adjusted < alpha, adjusted


# %%
@misconception(
    caught_by="agrees_with_the_rule_test_by_test",
    hint="The adjusted values belong to the tests in their given order: do not sort them.",
)
def returns_them_sorted(p_values, alpha=0.05):
    p = np.sort(np.asarray(p_values, dtype=float))
    if p.ndim != 1 or p.size == 0 or np.any((p < 0) | (p > 1)):
        raise ValueError("not a list of p-values")
    adjusted = np.minimum(1.0, len(p) * p)
    return adjusted <= alpha, adjusted

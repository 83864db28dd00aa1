# %% [markdown]
# ### Pearson correlation
#
# A covariance has units: measure heights in millimetres instead of metres, and it becomes 1000 times as large. You
# cannot see from its size whether the relation is strong. Divide by both standard deviations, and the units cancel:
#
# $$r = \frac{\sum_{i} (x_i - \bar x)(y_i - \bar y)}
# {\sqrt{\sum_{i} (x_i - \bar x)^2} \, \sqrt{\sum_{i} (y_i - \bar y)^2}}$$
#
# The divisors $n - 1$ cancel as well. The correlation lies between $-1$ and $1$. It is $\pm 1$ exactly when the points
# lie on a rising or falling straight line. A correlation of 0 only says that there is no *linear* relation. If one of
# the variables is constant, both the top and the bottom are 0, and $r$ is not defined.
#
# **By hand.** $x = (1, 2, 3)$ and $y = (2, 4, 9)$. The differences from the means are $(-1, 0, 1)$ and $(-3, -1, 4)$.
# The sum of products is $3 + 0 + 4 = 7$, the sums of squares are 2 and 26. So $r = 7 / \sqrt{52} = 0.971$.
#
# Return $r$. Rounding can leave $1.0000000000000002$: cut the result off at $-1$ and $1$. Rounding can also give a
# constant column a tiny spread, so compare its values instead of asking whether its spread is 0.

# %%
from autograder.kit import T1, accepted, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.corrcoef", "scipy.stats.pearsonr", "scipy.stats.linregress", "statistics.correlation"),
    oracle="numpy.corrcoef",
    section="Covariance and correlation",
    topics=(
        "r0-w7-goal",
        "r0-w7-correlation-covariance",
        "r0-w7-out-analyze-datasets",
        "r2-o2-covariance-correlation",
        "r2-a2-expectation-variance-cov-corr",
        "r2-b2-expectation-variance-cov-corr",
        "r3-1-2-correlation",
        "r4-stat-var-cov-corr",
        "r4-req-ps-correlation-covariance",
    ),
)

# %%
import math

import numpy as np


# %%
def pearson_correlation(x: np.ndarray, y: np.ndarray) -> float:
    """Return the correlation coefficient of two variables.

    Parameters
    ----------
    x, y : array-likes of shape (n,), n at least 2; x[i] and y[i] belong to the same sample

    Returns
    -------
    float : the covariance divided by both standard deviations, from -1 to 1 (rounding beyond that is cut off)

    Raises
    ------
    ValueError : x and y do not have the same shape (n,), or n is smaller than 2
    ValueError : all values of x are equal, or all values of y are equal
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    y = np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2:
        raise ValueError("x and y must have the same length, at least 2")
    if np.all(x == x[0]) or np.all(y == y[0]):
        raise ValueError("a constant variable has no correlation")
    dx = x - x.mean()
    dy = y - y.mean()
    r = float(dx @ dy) / (math.sqrt(dx @ dx) * math.sqrt(dy @ dy))
    return max(-1.0, min(1.0, r))
    ### END SOLUTION


# %%
@check
def the_worked_example_is_right(pearson_correlation):
    """The correlation of 1, 2, 3 with 2, 4, 9 is 7 / sqrt(52) = 0.971."""
    r = pearson_correlation(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 9.0]))
    close(r, 7 / 52**0.5, **T1, what="the correlation")


# %%
@check
def a_falling_line_has_correlation_minus_one(pearson_correlation):
    """Points on a falling straight line have the correlation -1."""
    close(pearson_correlation([0, 1, 2, 5], [7, 5, 3, -3]), -1.0, **T1, what="the correlation")


# %%
@check
def a_constant_variable_raises(pearson_correlation):
    """If all values of one variable are equal, ValueError is raised."""
    raises(ValueError, pearson_correlation, [1.0, 2.0, 3.0], [4.0, 4.0, 4.0])
    raises(ValueError, pearson_correlation, [4.0, 4.0, 4.0], [1.0, 2.0, 3.0])


# %%
@hidden(weight=2)
def the_value_is_right_for_random_data(pearson_correlation, rng):
    """The correlation of random data is right for few and for many points, and for whole numbers."""
    for n in (2, 3, 4, 6, 20, 300):
        x = rng.normal(3.0, 2.0, size=n)
        y = rng.normal() * x + rng.normal(size=n) - 5.0
        close(pearson_correlation(x, y), float(np.corrcoef(x, y)[0, 1]), **T1, what="the correlation")
    x, y = np.arange(7), rng.permutation(7)
    close(pearson_correlation(x, y), float(np.corrcoef(x, y)[0, 1]), **T1, what="the correlation of ranks")


# %%
@hidden(weight=2)
def units_do_not_matter(pearson_correlation, rng):
    """Replacing x by a x + b keeps the correlation for positive a and flips its sign for negative a."""
    for n, a, b in ((3, 1000.0, 0.0), (4, -1.0, 3.0), (9, 0.01, -7.0), (30, -25.0, 1.0)):
        x = rng.normal(size=n)
        y = x + rng.normal(size=n)
        expected = math.copysign(1.0, a) * float(np.corrcoef(x, y)[0, 1])
        close(pearson_correlation(a * x + b, y), expected, **T1, what="the correlation after a change of units")
        close(pearson_correlation(y, a * x + b), expected, **T1, what="the correlation of the exchanged variables")


# %%
@hidden
def a_parabola_has_no_linear_relation(pearson_correlation, rng):
    """For x symmetric around 0 the correlation of x and x^2 is 0, although y depends on x completely."""
    close(pearson_correlation([-2, -1, 0, 1, 2], [4, 1, 0, 1, 4]), 0.0, **T1, what="the correlation")
    for n in (2, 5, 20):
        half = rng.uniform(0.5, 2.0, size=n)
        x = np.concatenate([-half, half])
        close(pearson_correlation(x, x**2), 0.0, **T1, what="the correlation of x and x^2")


# %%
@hidden
def it_is_the_cosine_of_the_centred_vectors(pearson_correlation, rng):
    """For centred data the correlation is the cosine of the angle between the two vectors."""
    for n in (3, 5, 40):
        x, y = rng.normal(size=n), rng.normal(size=n)
        x, y = x - x.mean(), y - y.mean()
        cosine = float(x @ y / (np.linalg.norm(x) * np.linalg.norm(y)))
        close(pearson_correlation(x + 2.0, y - 3.0), cosine, **T1, what="the correlation")


# %%
@hidden
def rounding_never_leaves_the_range(pearson_correlation):
    """Points on a straight line have the correlation 1 or -1, and rounding never takes it beyond."""
    generator = np.random.default_rng(7)
    for n in (3, 5, 9, 12) * 3:
        x = generator.normal(size=n)
        slope = generator.normal()
        r = pearson_correlation(x, slope * x)
        close(r, math.copysign(1.0, slope), **T1, what="the correlation of points on a line")
        holds(-1 <= r <= 1, f"The correlation should lie between -1 and 1, rounding included. Got {r!r}.")


# %%
@hidden
def a_constant_with_rounding_raises(pearson_correlation):
    """A constant such as 0.1 or 0.7 raises ValueError, although its rounded mean is not exactly that constant."""
    for value in (0.1, 0.7):
        for n in (3, 7):
            x, constant = np.arange(float(n)), np.full(n, value)
            raises(ValueError, pearson_correlation, x, constant)
            raises(ValueError, pearson_correlation, constant, x)


# %%
@hidden
def small_floats_are_widened_first(pearson_correlation):
    """Arrays of 32-bit floats are handled as 64-bit floats."""
    x, y = np.array([0.1, 0.7, 2.3], dtype=np.float32), np.array([0.3, 1.9, -0.2], dtype=np.float32)
    expected = float(np.corrcoef(x.astype(float), y.astype(float))[0, 1])
    close(pearson_correlation(x, y), expected, **T1, what="the correlation of 32-bit floats")


# %%
@hidden
def what_does_not_fit_together_raises(pearson_correlation):
    """Different lengths, fewer than two points or tables raise ValueError."""
    raises(ValueError, pearson_correlation, [1.0, 2.0, 3.0], [1.0, 2.0])
    raises(ValueError, pearson_correlation, [1.0], [2.0])
    raises(ValueError, pearson_correlation, [], [])
    raises(ValueError, pearson_correlation, [1.0, 2.0, 4.0], [3.0])
    raises(ValueError, pearson_correlation, [1.0, 2.0], [[1.0, 2.0], [3.0, 5.0]])
    raises(ValueError, pearson_correlation, [[1.0, 2.0], [3.0, 5.0]], [[1.0, 2.0], [3.0, 4.0]])


# %%
@accepted
def with_plain_python(x, y):
    if np.ndim(x) != 1 or np.ndim(y) != 1 or len(x) != len(y) or len(x) < 2:
        raise ValueError("no pairs")
    x, y = [float(value) for value in x], [float(value) for value in y]
    if min(x) == max(x) or min(y) == max(y):
        raise ValueError("constant")
    mean_x, mean_y = math.fsum(x) / len(x), math.fsum(y) / len(y)
    products = math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    squares_x = math.fsum((a - mean_x) ** 2 for a in x)
    squares_y = math.fsum((b - mean_y) ** 2 for b in y)
    r = products / math.sqrt(squares_x * squares_y)
    return 1.0 if r > 1 else -1.0 if r < -1 else r


# %%
@accepted
def as_the_mean_product_of_standard_scores(x, y):
    x, y = np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)
    if x.ndim != 1 or y.ndim != 1 or x.size != y.size or x.size <= 1:
        raise ValueError("no pairs")
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        raise ValueError("constant")
    scores = [(values - np.mean(values)) / np.std(values, ddof=1) for values in (x, y)]
    return float(np.clip(np.sum(scores[0] * scores[1]) / (x.size - 1), -1, 1))


# %%
@accepted
def from_the_covariance_matrix(x, y):
    table = np.array([x, y], dtype=float) if np.shape(x) == np.shape(y) else np.zeros(0)
    if table.ndim != 2 or table.shape[1] < 2 or np.any(np.max(table, axis=1) == np.min(table, axis=1)):
        raise ValueError("no correlation")
    S = np.cov(table)
    return float(np.clip(S[0, 1] / np.sqrt(S[0, 0]) / np.sqrt(S[1, 1]), -1.0, 1.0))


# %%
@misconception(
    caught_by="units_do_not_matter",
    hint="You return the covariance. Divide by both standard deviations.",
)
def returns_the_covariance(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        raise ValueError("no correlation")
    return float((x - x.mean()) @ (y - y.mean())) / (len(x) - 1)


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="The covariance has the divisor n - 1 and the deviations n. With the same divisor everywhere it cancels.",
)
def mixes_two_divisors(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        raise ValueError("no correlation")
    covariance = float((x - x.mean()) @ (y - y.mean())) / (len(x) - 1)
    return max(-1.0, min(1.0, covariance / float(np.std(x) * np.std(y))))


# %%
@misconception(
    caught_by="units_do_not_matter",
    hint="This is the cosine of the raw vectors. Subtract the means first.",
)
def cosine_without_centring(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        raise ValueError("no correlation")
    return max(-1.0, min(1.0, float(x @ y) / float(np.linalg.norm(x) * np.linalg.norm(y))))


# %%
@misconception(
    caught_by="a_falling_line_has_correlation_minus_one",
    hint="The square hides the sign: return r, not r squared.",
)
def returns_the_square(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        raise ValueError("no correlation")
    dx, dy = x - x.mean(), y - y.mean()
    return min(1.0, float(dx @ dy) ** 2 / float((dx @ dx) * (dy @ dy)))


# %%
@misconception(
    caught_by="rounding_never_leaves_the_range",
    hint="Rounding can give 1.0000000000000002. Cut the result off at -1 and 1.",
)
def lets_rounding_leave_the_range(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        raise ValueError("no correlation")
    dx, dy = x - x.mean(), y - y.mean()
    return float(dx @ dy) / (math.sqrt(dx @ dx) * math.sqrt(dy @ dy))


# %%
@misconception(
    caught_by="a_constant_with_rounding_raises",
    hint="Rounding can leave a constant a tiny spread. Ask whether all values are equal, not whether the spread is 0.",
)
def asks_whether_the_spread_is_zero(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2:
        raise ValueError("no pairs")
    dx, dy = x - x.mean(), y - y.mean()
    if dx @ dx == 0 or dy @ dy == 0:
        raise ValueError("constant")
    return max(-1.0, min(1.0, float(dx @ dy) / (math.sqrt(dx @ dx) * math.sqrt(dy @ dy))))

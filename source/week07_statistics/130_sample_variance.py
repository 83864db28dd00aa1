# %% [markdown]
# ### Sample variance
#
# Two classes can have the same mean mark and still be very different. The variance measures the spread: the average
# squared distance from the mean.
#
# $$s^2 = \frac{1}{n - \mathrm{ddof}} \sum_{i=1}^{n} (x_i - \bar x)^2$$
#
# If the $n$ values are everything there is, divide by $n$ (`ddof=0`). If they are a sample from something larger,
# divide by $n - 1$ (`ddof=1`). The reason: you measure the distances from the mean of the same values. That mean lies
# closer to them than the true mean does, so dividing by $n$ gives too little on average. The name `ddof` stands for
# "delta degrees of freedom".
#
# **By hand.** $x = (1, 2, 6)$. The mean is 3. The differences are $-2, -1, 3$ and their squares are $4, 1, 9$, with the
# sum 14. So $s^2 = 14/2 = 7$ with `ddof=1`, and $14/3 = 4.667$ with `ddof=0`.
#
# Work in two passes: first the mean, then the squared differences. Write the sum yourself, without `np.var` and without
# the method `x.var()`.

# %%
from autograder.kit import T2, accepted, check, close, exercise, hidden, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=(
        "numpy.var",
        "numpy.std",
        "numpy.nanvar",
        "numpy.cov",
        "*.var",
        "*.std",
        "statistics.*variance",
        "statistics.*stdev",
        "scipy.stats.tvar",
    ),
    oracle="numpy.var",
    section="Spread and shape",
    topics=(
        "r0-w7-descriptive",
        "r1-t04-descriptive",
        "r2-a2-expectation-variance-cov-corr",
        "r2-b2-expectation-variance-cov-corr",
        "r3-1-2-variance-sd",
        "r4-stat-populations-samples",
        "r4-stat-var-cov-corr",
        "r4-stat-standard-deviation",
        "r4-req-ps-expectation-variance-sd",
    ),
)

# %%
import numpy as np


# %%
def sample_variance(x: np.ndarray, ddof: int = 1) -> float:
    """Return the sum of the squared distances from the mean, divided by n - ddof.

    Parameters
    ----------
    x : array-like of shape (n,)
    ddof : what is subtracted from n in the divisor: 1 for a sample, 0 for a whole population

    Returns
    -------
    float : the variance, in squared units of x

    Raises
    ------
    ValueError : n is not larger than ddof, or x does not have exactly one axis
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) <= ddof:
        raise ValueError("x must be a one-dimensional array with more than ddof values")
    mean = x.sum() / len(x)
    return float(np.sum((x - mean) ** 2) / (len(x) - ddof))
    ### END SOLUTION


# %%
@check
def the_worked_example_gives_7(sample_variance):
    """The values 1, 2, 6 have the variance 7 as a sample, and 14/3 as a population."""
    close(sample_variance(np.array([1.0, 2.0, 6.0])), 7.0, **T2, what="the variance with ddof=1")
    close(sample_variance([1, 2, 6], ddof=0), 14 / 3, **T2, what="the variance with ddof=0")


# %%
@check
def one_value_has_no_sample_variance(sample_variance):
    """With ddof=1, a single value raises ValueError."""
    raises(ValueError, sample_variance, [5.0])


# %%
@hidden(weight=2)
def the_value_is_right_for_random_data(sample_variance, rng):
    """The variance of random data is right for few and for many values, and for every divisor."""
    for n, ddof in ((2, 1), (3, 0), (4, 1), (6, 2), (25, 1), (400, 0)):
        x = rng.normal(1.0, 3.0, size=n)
        close(sample_variance(x, ddof=ddof), float(np.var(x, ddof=ddof)), **T2, what=f"the variance with ddof={ddof}")
    close(sample_variance(rng.integers(0, 9, size=1), 0), 0.0, **T2, what="the variance of one value with ddof=0")


# %%
@hidden(weight=2)
def samples_of_two_are_right_on_average(sample_variance, rng):
    """The mean of the sample variances of all ordered pairs of a small population is the population variance."""
    for size in (2, 3):
        population = rng.normal(0.0, 2.0, size=size)
        pairs = [sample_variance([first, second]) for first in population for second in population]
        what = "the mean of the sample variances of all pairs"
        close(sum(pairs) / size**2, float(np.var(population)), **T2, what=what)


# %%
@hidden
def the_mean_is_not_needed(sample_variance, rng):
    """With ddof=1 the variance is the sum of (xi - xj)^2 over all pairs i < j, divided by n(n - 1)."""
    for n in (2, 3, 5, 12):
        x = rng.normal(4.0, 1.0, size=n)
        squares = sum((x[i] - x[j]) ** 2 for i in range(n) for j in range(i + 1, n))
        close(sample_variance(x), float(squares) / (n * (n - 1)), **T2, what="the variance")


# %%
@hidden
def a_large_mean_does_no_harm(sample_variance, rng):
    """Adding 1e8 to every value changes the variance by less than one part in a million."""
    for n in (3, 10, 50):
        x = rng.normal(0.0, 1.0, size=n)
        expected = float(np.var(x, ddof=1))
        close(sample_variance(x + 1e8), expected, rtol=1e-6, atol=0, what="the variance after adding 1e8")


# %%
@hidden
def scaling_by_a_scales_by_a_squared(sample_variance, rng):
    """Replacing x by a x + b multiplies the variance by a squared."""
    for n, a, b in ((2, 3.0, 1.0), (4, -2.0, 0.5), (9, 1e-3, -4.0), (30, 250.0, 10.0)):
        x = rng.normal(size=n)
        expected = a**2 * float(np.var(x, ddof=1))
        close(sample_variance(a * x + b), expected, rtol=1e-9, atol=1e-15, what="the variance of a x + b")


# %%
@hidden
def small_floats_are_widened_first(sample_variance):
    """Arrays of 32-bit floats are handled as 64-bit floats."""
    short = np.array([0.1, 0.7, 2.3], dtype=np.float32)
    expected = float(np.var(short.astype(float), ddof=1))
    close(sample_variance(short), expected, **T2, what="the variance of 32-bit floats")


# %%
@hidden
def too_few_values_raise(sample_variance):
    """If n is not larger than ddof, or x is a table, ValueError is raised."""
    raises(ValueError, sample_variance, [], ddof=0)
    raises(ValueError, sample_variance, [])
    raises(ValueError, sample_variance, [1.0, 2.0], ddof=2)
    raises(ValueError, sample_variance, [1.0, 2.0], ddof=3)
    raises(ValueError, sample_variance, [[1.0, 2.0], [3.0, 5.0]])


# %%
@accepted
def with_two_loops(x, ddof=1):
    if np.ndim(x) != 1 or len(x) <= ddof:
        raise ValueError("too few values")
    total = 0.0
    for value in x:
        total += float(value)
    mean = total / len(x)
    squares = 0.0
    for value in x:
        squares += (float(value) - mean) ** 2
    return squares / (len(x) - ddof)


# %%
@accepted
def as_a_dot_product(x, ddof=1):
    x = np.array(x, dtype=np.float64)
    if x.ndim != 1 or not x.size > ddof:
        raise ValueError("too few values")
    x -= np.mean(x)
    return float(x @ x) / (x.size - ddof)


# %%
@accepted
def value_by_value(x, ddof=1):
    values = np.asarray(x, dtype=float)
    if values.ndim != 1 or values.size - ddof <= 0:
        raise ValueError("too few values")
    mean = squares = 0.0
    for count, value in enumerate(values.tolist(), start=1):
        step = value - mean
        mean += step / count
        squares += step * (value - mean)
    return squares / (values.size - ddof)


# %%
@misconception(
    caught_by="samples_of_two_are_right_on_average",
    hint="The mean was fitted to the same data: divide by n - ddof, which is n - 1 for a sample.",
)
def always_divides_by_n(x, ddof=1):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) <= ddof:
        raise ValueError("too few values")
    return float(np.sum((x - np.mean(x)) ** 2) / len(x))


# %%
@misconception(
    caught_by="the_value_is_right_for_random_data",
    hint="The divisor is n - ddof. You always divide by n - 1.",
)
def always_divides_by_n_minus_one(x, ddof=1):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) <= ddof:
        raise ValueError("too few values")
    return float(np.sum((x - np.mean(x)) ** 2) / max(len(x) - 1, 1))


# %%
@misconception(
    caught_by="a_large_mean_does_no_harm",
    hint="mean(x^2) - mean(x)^2 cancels badly for large means. Subtract the mean first, then square.",
)
def mean_of_squares_minus_square_of_mean(x, ddof=1):
    x = np.asarray(x, dtype=float)
    n = x.size
    if x.ndim != 1 or n <= ddof:
        raise ValueError("too few values")
    return float((np.mean(x**2) - np.mean(x) ** 2) * n / (n - ddof))


# %%
@misconception(
    caught_by="the_worked_example_gives_7",
    hint="You return the standard deviation. The variance has squared units: no square root.",
)
def returns_the_standard_deviation(x, ddof=1):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) <= ddof:
        raise ValueError("too few values")
    return float(np.sqrt(np.sum((x - np.mean(x)) ** 2) / (len(x) - ddof)))


# %%
@misconception(
    caught_by="the_worked_example_gives_7",
    hint="Square the differences. Without the square you get the mean distance, not the variance.",
)
def averages_the_absolute_distances(x, ddof=1):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) <= ddof:
        raise ValueError("too few values")
    return float(np.sum(np.abs(x - np.mean(x))) / (len(x) - ddof))

# %% [markdown]
# ### Standard deviation
#
# The variance of heights in centimetres is measured in square centimetres, which nobody can picture. Its square root is
# measured in centimetres again. This is the standard deviation, the usual distance from the mean:
#
# $$s = \sqrt{s^2} = \sqrt{\frac{1}{n - \mathrm{ddof}} \sum_{i=1}^{n} (x_i - \bar x)^2}$$
#
# It is what you report next to a mean, and what you divide by to put columns on one scale. NumPy's `np.std` divides by
# $n$ unless you tell it otherwise. Here the default is the sample value with $n - 1$.
#
# **By hand.** $x = (2, 6, 7)$ centimetres. The mean is 5, the differences are $-3, 1, 2$ and their squares $9, 1, 4$
# add up to 14. The variance is $14/2 = 7$ square centimetres, so $s = \sqrt 7 = 2.646$ cm. The mean absolute difference
# is only $(3 + 1 + 2)/3 = 2$ cm: it is another measure.
#
# Return the standard deviation.

# %%
from autograder.kit import T2, accepted, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=(
        "numpy.std",
        "numpy.var",
        "numpy.nanstd",
        "numpy.cov",
        "*.std",
        "*.var",
        "statistics.*stdev",
        "statistics.*variance",
        "scipy.stats.tstd",
    ),
    oracle="numpy.std",
    section="Spread and shape",
    topics=("r3-1-2-variance-sd", "r4-stat-standard-deviation", "r4-req-ps-expectation-variance-sd"),
    uses=("sample_variance",),
)

# %%
import math

import numpy as np


# %%
def sample_std(x: np.ndarray, ddof: int = 1) -> float:
    """Return the square root of the variance with divisor n - ddof.

    Parameters
    ----------
    x : array-like of shape (n,)
    ddof : what is subtracted from n in the divisor: 1 for a sample, 0 for a whole population

    Returns
    -------
    float : the standard deviation, in the units of x, never negative

    Raises
    ------
    ValueError : n is not larger than ddof, or x does not have exactly one axis
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) <= ddof:
        raise ValueError("x must be a one-dimensional array with more than ddof values")
    squares = np.sum((x - np.mean(x)) ** 2)
    return math.sqrt(squares / (len(x) - ddof))
    ### END SOLUTION


# %%
@check
def the_worked_example_gives_the_root_of_7(sample_std):
    """The values 2, 6, 7 have the standard deviation sqrt(7) = 2.646 as a sample."""
    close(sample_std(np.array([2.0, 6.0, 7.0])), 7**0.5, **T2, what="the standard deviation")


# %%
@check
def one_value_has_no_sample_deviation(sample_std):
    """With ddof=1, a single value raises ValueError."""
    raises(ValueError, sample_std, [5.0])


# %%
@hidden(weight=2)
def the_value_is_right_for_random_data(sample_std, rng):
    """The standard deviation of random data is right for few and for many values, and for every divisor."""
    for n, ddof in ((2, 1), (3, 0), (4, 1), (6, 2), (25, 1), (400, 0)):
        x = rng.normal(1.0, 3.0, size=n)
        what = f"the standard deviation with ddof={ddof}"
        close(sample_std(x, ddof=ddof), float(np.std(x, ddof=ddof)), **T2, what=what)
    close(sample_std([7], ddof=0), 0.0, **T2, what="the standard deviation of one value with ddof=0")


# %%
@hidden
def two_values_lie_their_distance_over_root_two_apart(sample_std, rng):
    """Two values a and b have the sample standard deviation |a - b| / sqrt(2), and |a - b| / 2 with ddof=0."""
    close(sample_std([1, 4]), 3 / 2**0.5, **T2, what="the standard deviation of 1 and 4")
    for _ in range(3):
        a, b = rng.normal(0.0, 5.0, size=2)
        close(sample_std([a, b]), float(abs(a - b)) / 2**0.5, **T2, what="the standard deviation of two values")
        close(sample_std([a, b], 0), float(abs(a - b)) / 2, **T2, what="the standard deviation with ddof=0")


# %%
@hidden
def the_unit_is_that_of_the_data(sample_std, rng):
    """From metres to centimetres it grows by 100; replacing x by a x + b multiplies it by the size of a."""
    for n, a, b in ((3, 100.0, 0.0), (5, -2.0, 7.0), (8, 0.01, -3.0), (20, 1.0, 50.0)):
        x = rng.normal(1.7, 0.1, size=n)
        expected = abs(a) * float(np.std(x, ddof=1))
        close(sample_std(a * x + b), expected, **T2, what="the standard deviation of a x + b")


# %%
@hidden
def few_values_lie_far_away(sample_std, rng):
    """At least three quarters of the values lie within two standard deviations (ddof=0) of their mean."""
    for n in (5, 20, 60):
        x = rng.standard_t(2, size=n)
        spread = sample_std(x, ddof=0)
        share = float(np.mean(np.abs(x - x.mean()) <= 2 * spread * (1 + 1e-9)))
        holds(share >= 0.75, "At least three quarters of the values should lie within two standard deviations.")
        distance = float(np.mean(np.abs(x - x.mean())))
        holds(spread >= distance - 1e-9, "The standard deviation is at least as large as the mean absolute distance.")


# %%
@hidden
def a_large_mean_does_no_harm(sample_std, rng):
    """Adding 1e8 to every value changes the standard deviation by less than one part in a million."""
    for n in (4, 30):
        x = rng.normal(0.0, 1.0, size=n)
        expected = float(np.std(x, ddof=1))
        close(sample_std(x + 1e8), expected, rtol=1e-6, atol=0, what="the standard deviation after adding 1e8")


# %%
@hidden
def small_floats_are_widened_first(sample_std):
    """Arrays of 32-bit floats are handled as 64-bit floats."""
    short = np.array([0.1, 0.7, 2.3], dtype=np.float32)
    expected = float(np.std(short.astype(float), ddof=1))
    close(sample_std(short), expected, **T2, what="the standard deviation of 32-bit floats")


# %%
@hidden
def too_few_values_raise(sample_std):
    """If n is not larger than ddof, or x is a table, ValueError is raised."""
    raises(ValueError, sample_std, [])
    raises(ValueError, sample_std, [], ddof=0)
    raises(ValueError, sample_std, [1.0, 2.0], ddof=2)
    raises(ValueError, sample_std, [[1.0, 2.0], [3.0, 5.0]])


# %%
@accepted
def as_the_length_of_the_centred_vector(x, ddof=1):
    x = np.array(x, dtype=float)
    if x.ndim != 1 or x.size <= ddof:
        raise ValueError("too few values")
    return float(np.linalg.norm(x - np.mean(x))) / math.sqrt(x.size - ddof)


# %%
@accepted
def with_plain_python(x, ddof=1):
    if np.ndim(x) != 1 or len(x) <= ddof:
        raise ValueError("too few values")
    values = [float(value) for value in x]
    mean = math.fsum(values) / len(values)
    return (math.fsum((value - mean) ** 2 for value in values) / (len(values) - ddof)) ** 0.5


# %%
@misconception(
    caught_by="the_worked_example_gives_the_root_of_7",
    hint="You return the variance, in squared units. The standard deviation is its square root.",
)
def returns_the_variance(x, ddof=1):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) <= ddof:
        raise ValueError("too few values")
    return float(np.sum((x - np.mean(x)) ** 2) / (len(x) - ddof))


# %%
@misconception(
    caught_by="the_worked_example_gives_the_root_of_7",
    hint="For a sample divide by n - 1. np.std and a plain mean of squares divide by n.",
)
def always_divides_by_n(x, ddof=1):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) <= ddof:
        raise ValueError("too few values")
    return float(np.sqrt(np.sum((x - np.mean(x)) ** 2) / len(x)))


# %%
@misconception(
    caught_by="the_worked_example_gives_the_root_of_7",
    hint="The mean absolute distance is another measure. Square the differences, average them, then take the root.",
)
def averages_the_absolute_distances(x, ddof=1):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) <= ddof:
        raise ValueError("too few values")
    return float(np.sum(np.abs(x - np.mean(x))) / len(x))


# %%
@misconception(
    caught_by="the_worked_example_gives_the_root_of_7",
    hint="Divide first, then take the root: the divisor belongs under the root.",
)
def divides_after_the_root(x, ddof=1):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or len(x) <= ddof:
        raise ValueError("too few values")
    return float(np.sqrt(np.sum((x - np.mean(x)) ** 2))) / (len(x) - ddof)

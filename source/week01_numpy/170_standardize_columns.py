# %% [markdown]
# ### Standardise the columns of a table
#
# A table has one row per sample and one column per feature. One feature is measured in millimetres, another in years. A
# model that adds or compares them would listen to the one with the larger numbers. So you give all columns the same
# scale: mean 0 and standard deviation 1.
#
# For column $j$ with mean $\mu_j$ and standard deviation $\sigma_j$
#
# $$z_{ij} = \frac{x_{ij} - \mu_j}{\sigma_j}, \qquad
# \sigma_j = \sqrt{\frac{1}{n - \text{ddof}} \sum_{i=1}^{n} (x_{ij} - \mu_j)^2}.$$
#
# A column in which all entries are equal has $\sigma_j = 0$. It carries no information, and its standardised column is
# all zeros. Careful: the computed mean of three times 0.1 is not 0.1 but a tiny bit more. So ask whether the largest
# entry of the column equals the smallest. Do not ask whether the computed $\sigma_j$ is exactly 0.
#
# **By hand.** Two samples with three features: $\begin{pmatrix} 1 & 10 & 5 \\ 3 & 30 & 5 \end{pmatrix}$. The means are
# 2, 20 and 5. With ddof 0 the standard deviations are 1, 10 and 0. The result is
# $\begin{pmatrix} -1 & -1 & 0 \\ 1 & 1 & 0 \end{pmatrix}$.
#
# Return the standardised table.

# %%
from autograder.kit import T2, accepted, array, check, close, exercise, helper, hidden, misconception, raises
from scipy import stats

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.stats.zscore", "sklearn.preprocessing.*"),
    oracle="scipy.stats.zscore",
    section="Broadcasting and masks",
    topics=(
        "r0-w1-goal",
        "r0-w1-numpy-arrays",
        "r0-w1-broadcasting",
        "r0-w1-out-numpy",
        "r0-w1-out-math-in-code",
        "r1-tools-numpy",
        "r1-t00-numpy-basics",
        "r2-a-end-coding-skills",
        "r2-b1-numpy-basics",
        "r2-b-end-code-visualize",
        "r3-1-2-variance-sd",
        "r3-3-1-arrays",
        "r3-3-1-broadcasting",
        "r4-p1-numpy",
        "r4-sumtools-python-data",
        "r4-prob-z-scores",
        "r4-stat-standard-deviation",
        "r4-req-ps-expectation-variance-sd",
    ),
)

# %%
import numpy as np


# %%
def standardize_columns(X: np.ndarray, ddof: int = 0) -> np.ndarray:
    """Subtract each column's mean and divide by its standard deviation.

    Parameters
    ----------
    X : array of shape (n, d), rows are samples
    ddof : the sum of squared distances is divided by n - ddof

    Returns
    -------
    array of shape (n, d). A column whose entries are all equal becomes all zeros.

    Raises
    ------
    ValueError : X is not two-dimensional, or n <= ddof
    """
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) <= ddof:
        raise ValueError("X must have two axes and more than ddof rows")
    constant = X.max(axis=0) == X.min(axis=0)
    spread = np.where(constant, 1.0, X.std(axis=0, ddof=ddof))
    return np.where(constant, 0.0, (X - X.mean(axis=0)) / spread)
    ### END SOLUTION


# %%
@helper
def table(n, d, rng):
    """Return a random table whose columns differ in their middle and in their scale."""
    return rng.normal(size=(n, d)) * rng.uniform(0.1, 20, size=d) + rng.uniform(-50, 50, size=d)


# %%
@check
def the_worked_example_is_right(standardize_columns):
    """The table [[1, 10, 5], [3, 30, 5]] becomes [[-1, -1, 0], [1, 1, 0]]."""
    X = np.array([[1.0, 10.0, 5.0], [3.0, 30.0, 5.0]])
    Z = array(standardize_columns(X), (2, 3), what="the standardised table")
    close(Z, np.array([[-1.0, -1.0, 0.0], [1.0, 1.0, 0.0]]), **T2, what="the standardised table")


# %%
@check
def a_single_row_of_numbers_raises(standardize_columns):
    """An array with one axis is no table, so it raises ValueError."""
    raises(ValueError, standardize_columns, np.array([1.0, 2.0, 3.0]))


# %%
@hidden(weight=2)
def every_column_has_mean_zero_and_deviation_one(standardize_columns, rng):
    """After standardising, every column has mean 0 and standard deviation 1."""
    for n, d in ((2, 1), (3, 3), (4, 2), (5, 5), (30, 4), (100, 7)):
        X = table(n, d, rng)
        Z = array(standardize_columns(X), (n, d), what=f"the standardised {n} x {d} table")
        close(Z.mean(axis=0), np.zeros(d), rtol=0, atol=1e-9, what="the means of the columns")
        close(Z.std(axis=0), np.ones(d), **T2, what="the standard deviations of the columns")
        close(Z, stats.zscore(X, axis=0), **T2, what=f"the standardised {n} x {d} table")


# %%
@hidden
def ddof_decides_the_divisor(standardize_columns, rng):
    """With ddof = 1 the standard deviation divides by n - 1; the two results differ by a factor."""
    for n, d in ((2, 2), (3, 1), (6, 3), (40, 5)):
        X = table(n, d, rng)
        Z = array(standardize_columns(X, ddof=1), (n, d), what="the standardised table with ddof = 1")
        close(Z, stats.zscore(X, axis=0, ddof=1), **T2, what="the standardised table with ddof = 1")
    X = table(7, 2, rng)
    Z = array(standardize_columns(X, 2), (7, 2), what="the standardised table with ddof = 2")
    close(Z, stats.zscore(X, axis=0, ddof=2), **T2, what="the standardised table with ddof = 2")


# %%
@hidden
def a_constant_column_becomes_zeros(standardize_columns, rng):
    """A column of equal entries becomes all zeros, and the other columns are not disturbed."""
    Z = array(standardize_columns(np.array([[4.0, 7.0]])), (1, 2), what="the standardised table of one sample")
    close(Z, np.zeros((1, 2)), **T2, what="the standardised table of one sample")
    for n in (2, 5, 20):
        X = table(n, 4, rng)
        X[:, 1], X[:, 3] = 8.0, 0.0
        expected = np.zeros((n, 4))
        expected[:, [0, 2]] = stats.zscore(X[:, [0, 2]], axis=0)
        for ddof, factor in ((0, 1.0), (1, np.sqrt((n - 1) / n))):
            Z = array(standardize_columns(X, ddof), (n, 4), what="the standardised table with constant columns")
            close(Z, factor * expected, **T2, what="the standardised table with constant columns")


# %%
@hidden
def rounding_does_not_hide_a_constant_column(standardize_columns):
    """A column that holds 0.1 three times becomes zeros although its computed mean is not exactly 0.1."""
    for value, n in ((0.1, 3), (0.3, 6), (1e6 + 0.1, 7), (-2.7, 9), (0.1, 10)):
        X = np.column_stack([np.full(n, value), np.arange(float(n))])
        Z = array(standardize_columns(X), (n, 2), what=f"the table with {n} times {value}")
        close(Z[:, 0], np.zeros(n), **T2, what=f"the column that holds {n} times {value}")
        close(Z[:, 1], stats.zscore(np.arange(float(n))), **T2, what="the column 0, 1, 2, ...")


# %%
@hidden
def units_do_not_matter(standardize_columns, rng):
    """Another unit or another zero point of a column changes nothing; a negative factor turns the signs round."""
    for n, d in ((2, 2), (4, 3), (25, 5)):
        X = rng.normal(size=(n, d))
        factor, shift = rng.uniform(0.001, 1000, size=d), rng.uniform(-1, 1, size=d)
        sign = np.where(np.arange(d) % 2, 1.0, -1.0)
        Z = array(standardize_columns(X * factor * sign + shift * factor), (n, d), what="the table in other units")
        close(Z, stats.zscore(X, axis=0) * sign, **T2, what="the table in other units")
        again = array(standardize_columns(Z), (n, d), what="the table standardised twice")
        close(again, Z, **T2, what="the table standardised twice")


# %%
@hidden
def whole_numbers_work_as_well(standardize_columns, rng):
    """Tables of whole numbers, as an array or as a list of lists, are standardised too."""
    Z = array(standardize_columns([[1, 0], [2, 0], [6, 3]]), (3, 2), what="the standardised list of lists")
    expected = stats.zscore(np.array([[1.0, 0.0], [2.0, 0.0], [6.0, 3.0]]), axis=0)
    close(Z, expected, **T2, what="the standardised list of lists")
    X = rng.integers(0, 100, size=(12, 3))
    X[0], X[1] = 0, 99
    Z = array(standardize_columns(X), (12, 3), what="the standardised table of whole numbers")
    close(Z, stats.zscore(X.astype(float), axis=0), **T2, what="the standardised table of whole numbers")


# %%
@hidden
def single_precision_loses_no_digits(standardize_columns):
    """A table in single precision is converted to float64 first: the results keep nine digits."""
    X = np.array([[0.1, 30.7], [0.7, 10.2], [2.3, 20.1]], dtype=np.float32)
    Z = array(standardize_columns(X), (3, 2), what="the standardised table")
    close(Z, stats.zscore(X.astype(float), axis=0), **T2, what="the standardised table")


# %%
@hidden
def bad_tables_raise(standardize_columns):
    """Arrays without exactly two axes, and tables with no more than ddof rows, raise ValueError."""
    raises(ValueError, standardize_columns, np.ones((2, 2, 2)))
    raises(ValueError, standardize_columns, np.array([5.0]))
    raises(ValueError, standardize_columns, np.zeros((0, 3)))
    raises(ValueError, standardize_columns, np.array([[1.0, 2.0]]), ddof=1)
    raises(ValueError, standardize_columns, np.array([[1.0, 2.0], [3.0, 5.0]]), 2)


# %%
@accepted
def column_after_column(X, ddof=0):
    X = np.array(X, dtype=float)
    if X.ndim != 2 or X.shape[0] - ddof <= 0:
        raise ValueError("table")
    n = X.shape[0]
    Z = np.zeros_like(X)
    for j in range(X.shape[1]):
        column = X[:, j].tolist()
        if all(value == column[0] for value in column):
            continue
        mean = sum(column) / n
        squares = sum((value - mean) ** 2 for value in column)
        Z[:, j] = [(value - mean) / (squares / (n - ddof)) ** 0.5 for value in column]
    return Z


# %%
@accepted
def lengths_of_the_centred_columns(X, ddof=0):
    X = np.asarray(X, dtype=np.float64)
    if len(X.shape) != 2 or X.shape[0] <= ddof:
        raise ValueError("table")
    with np.errstate(all="ignore"):
        centred = X - np.ones((1, len(X))) @ X / len(X)
        Z = centred / np.linalg.norm(centred, axis=0) * np.sqrt(len(X) - ddof)
    Z[:, np.ptp(X, axis=0) == 0] = 0.0
    return Z


# %%
@misconception(
    caught_by="every_column_has_mean_zero_and_deviation_one",
    hint="Each feature has its own scale: take mean and standard deviation with axis=0.",
)
def one_scale_for_the_whole_table(X, ddof=0):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) <= ddof:
        raise ValueError("X must have two axes and more than ddof rows")
    constant = X.max(axis=0) == X.min(axis=0)
    spread = 1.0 if X.max() == X.min() else np.sqrt(np.sum((X - X.mean()) ** 2) / (X.size - ddof))
    return np.where(constant, 0.0, (X - X.mean()) / spread)


# %%
@misconception(
    caught_by="every_column_has_mean_zero_and_deviation_one",
    hint="You standardised the rows, i.e. the samples; columns need axis=0.",
)
def standardises_the_rows(X, ddof=0):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) <= ddof:
        raise ValueError("X must have two axes and more than ddof rows")
    constant = X.max(axis=1, keepdims=True) == X.min(axis=1, keepdims=True)
    squares = np.sum((X - X.mean(axis=1, keepdims=True)) ** 2, axis=1, keepdims=True)
    spread = np.sqrt(squares / max(X.shape[1] - ddof, 1))
    return np.where(constant, 0.0, (X - X.mean(axis=1, keepdims=True)) / np.where(constant, 1.0, spread))


# %%
@misconception(
    caught_by="a_constant_column_becomes_zeros",
    hint="0/0 is NaN. A column without spread carries no information; return zeros.",
)
def nothing_special_for_a_constant_column(X, ddof=0):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) <= ddof:
        raise ValueError("X must have two axes and more than ddof rows")
    return (X - X.mean(axis=0)) / X.std(axis=0, ddof=ddof)


# %%
@misconception(
    caught_by="ddof_decides_the_divisor",
    hint="You ignore ddof. The two conventions differ by a factor sqrt(n/(n-1)).",
)
def ignores_ddof(X, ddof=0):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) <= ddof:
        raise ValueError("X must have two axes and more than ddof rows")
    constant = X.max(axis=0) == X.min(axis=0)
    spread = np.where(constant, 1.0, X.std(axis=0))
    return np.where(constant, 0.0, (X - X.mean(axis=0)) / spread)


# %%
@misconception(
    caught_by="rounding_does_not_hide_a_constant_column",
    hint="Rounding leaves a tiny spread in a constant column; compare its largest with its smallest entry.",
)
def waits_for_a_deviation_of_exactly_zero(X, ddof=0):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) <= ddof:
        raise ValueError("X must have two axes and more than ddof rows")
    spread = X.std(axis=0, ddof=ddof)
    return (X - X.mean(axis=0)) / np.where(spread == 0, 1.0, spread)


# %%
@misconception(
    caught_by="every_column_has_mean_zero_and_deviation_one",
    hint="You divided by the variance; take its square root first.",
)
def divides_by_the_variance(X, ddof=0):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) <= ddof:
        raise ValueError("X must have two axes and more than ddof rows")
    constant = X.max(axis=0) == X.min(axis=0)
    spread = np.where(constant, 1.0, X.var(axis=0, ddof=ddof))
    return np.where(constant, 0.0, (X - X.mean(axis=0)) / spread)

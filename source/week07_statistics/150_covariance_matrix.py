# %% [markdown]
# ### Covariance matrix
#
# Do two columns of a table rise and fall together? Their covariance says so: positive if they move together, negative
# if one rises while the other falls. For $d$ columns there are $d \cdot d$ pairs, collected in one matrix. Principal
# component analysis, the multivariate normal distribution and many classifiers start from this matrix.
#
# Let $X$ be a table of shape $(n, d)$: rows are samples, columns are features. Let $\bar x_j$ be the mean of column
# $j$. Then
#
# $$\Sigma_{jk} = \frac{1}{n - \mathrm{ddof}} \sum_{i=1}^{n} (X_{ij} - \bar x_j)(X_{ik} - \bar x_k),
# \qquad \Sigma = \frac{1}{n - \mathrm{ddof}} \, C^\top C$$
#
# where $C$ is the centred table: each column minus its own mean. The diagonal holds the variances of the columns.
#
# **By hand.** $X = \begin{pmatrix} 1 & 2 \\ 2 & 4 \\ 3 & 9 \end{pmatrix}$. The column means are 2 and 5, so
# $C = \begin{pmatrix} -1 & -3 \\ 0 & -1 \\ 1 & 4 \end{pmatrix}$. The sums of products are $1 + 0 + 1 = 2$,
# $3 + 0 + 4 = 7$ and $9 + 1 + 16 = 26$. Divide by $n - 1 = 2$:
# $\Sigma = \begin{pmatrix} 1 & 3.5 \\ 3.5 & 13 \end{pmatrix}$.
#
# Return the matrix of shape $(d, d)$.

# %%
from autograder.kit import T2, accepted, array, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.cov", "numpy.corrcoef", "numpy.ma.cov", "statistics.covariance", "sklearn.covariance.*"),
    oracle="numpy.cov",
    section="Covariance and correlation",
    topics=(
        "r0-strategy-step4-implement",
        "r0-w7-goal",
        "r0-w7-correlation-covariance",
        "r2-o2-covariance-correlation",
        "r2-a2-expectation-variance-cov-corr",
        "r2-b2-expectation-variance-cov-corr",
        "r4-stat-var-cov-corr",
        "r4-req-ps-correlation-covariance",
    ),
)

# %%
import numpy as np


# %%
def covariance_matrix(X: np.ndarray, ddof: int = 1) -> np.ndarray:
    """Return the covariance matrix of the columns of a table.

    Parameters
    ----------
    X : array-like of shape (n, d), rows are samples and columns are features
    ddof : what is subtracted from n in the divisor: 1 for a sample, 0 for a whole population

    Returns
    -------
    array of shape (d, d) : entry [j, k] is the covariance of the columns j and k

    Raises
    ------
    ValueError : n is not larger than ddof, or X does not have exactly two axes
    """
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) <= ddof:
        raise ValueError("X must have two axes and more than ddof rows")
    centred = X - X.mean(axis=0)
    return centred.T @ centred / (len(X) - ddof)
    ### END SOLUTION


# %%
@check
def the_worked_example_is_right(covariance_matrix):
    """The table [[1, 2], [2, 4], [3, 9]] has the covariance matrix [[1, 3.5], [3.5, 13]]."""
    S = covariance_matrix(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 9.0]]))
    expected = np.array([[1.0, 3.5], [3.5, 13.0]])
    close(array(S, (2, 2), what="the covariance matrix"), expected, **T2, what="the covariance matrix")


# %%
@check
def one_row_has_no_sample_covariance(covariance_matrix):
    """With ddof=1, a table with one row raises ValueError."""
    raises(ValueError, covariance_matrix, [[1.0, 2.0]])


# %%
@hidden(weight=2)
def the_matrix_is_right_for_random_tables(covariance_matrix, rng):
    """The covariance matrix of a random table is right for tall and for wide tables, and for every divisor."""
    for n, d, ddof in ((2, 2, 1), (3, 1, 0), (4, 2, 1), (3, 5, 1), (10, 3, 2), (200, 6, 0)):
        X = rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) + rng.normal(0.0, 3.0, size=d)
        expected = np.cov(X, rowvar=False, ddof=ddof).reshape(d, d)
        S = array(covariance_matrix(X, ddof=ddof), (d, d), what="the covariance matrix")
        close(S, expected, **T2, what="the covariance matrix")
    X = rng.integers(-5, 6, size=(5, 2))
    S = array(covariance_matrix(X.tolist()), (2, 2), what="the covariance matrix")
    close(S, np.cov(X, rowvar=False), **T2, what="the covariance matrix of whole numbers")


# %%
@hidden
def it_is_symmetric_without_negative_eigenvalues(covariance_matrix, rng):
    """The covariance matrix is symmetric, its eigenvalues are not negative, and its diagonal holds the variances."""
    for n, d in ((2, 2), (3, 4), (8, 3), (30, 5)):
        X = rng.normal(1.0, 2.0, size=(n, d))
        S = array(covariance_matrix(X), (d, d), what="the covariance matrix")
        close(S, S.T, **T2, what="the covariance matrix compared with its transpose")
        close(np.diag(S), np.var(X, axis=0, ddof=1), **T2, what="the diagonal")
        holds(np.linalg.eigvalsh(S).min() >= -1e-9, "The eigenvalues of a covariance matrix are not negative.")


# %%
@hidden
def mixing_the_columns_mixes_the_matrix(covariance_matrix, rng):
    """The covariance matrix of X A is A^T Sigma A, also when A has more or fewer columns than rows."""
    for n, d, k in ((3, 1, 2), (4, 2, 2), (6, 3, 1), (20, 4, 6)):
        X, A = rng.normal(size=(n, d)), rng.normal(size=(d, k))
        expected = A.T @ np.cov(X, rowvar=False).reshape(d, d) @ A
        S = array(covariance_matrix(X @ A), (k, k), what="the covariance matrix of X A")
        close(S, expected, **T2, what="the covariance matrix of X A")


# %%
@hidden
def shifting_the_columns_changes_nothing(covariance_matrix, rng):
    """Adding another constant to every column leaves the matrix as it is, also when the constants are 1e7."""
    for n, d in ((3, 2), (5, 3), (40, 4)):
        X = rng.normal(size=(n, d))
        shift = rng.normal(0.0, 4.0, size=d)
        expected = np.cov(X, rowvar=False)
        close(array(covariance_matrix(X + shift), (d, d), what="the matrix"), expected, **T2, what="the shifted matrix")
        moved = array(covariance_matrix(X + 1e7 * np.sign(shift)), (d, d), what="the matrix")
        close(moved, expected, rtol=1e-6, atol=1e-6, what="the matrix after a shift of 1e7")


# %%
@hidden
def it_is_the_mean_product_minus_the_product_of_means(covariance_matrix, rng):
    """With ddof=0 the covariance of two columns is E[XY] - E[X] E[Y]."""
    close(covariance_matrix([[4, 7, -1]], ddof=0), np.zeros((3, 3)), **T2, what="the matrix of one row with ddof=0")
    for n in (2, 3, 9, 50):
        X = rng.uniform(-1.0, 2.0, size=(n, 2))
        x, y = X[:, 0], X[:, 1]
        S = array(covariance_matrix(X, ddof=0), (2, 2), what="the covariance matrix")
        expected = float(np.mean(x * y) - np.mean(x) * np.mean(y))
        close(float(S[0, 1]), expected, **T2, what="the covariance of the two columns")


# %%
@hidden
def small_floats_are_widened_first(covariance_matrix):
    """Arrays of 32-bit floats are handled as 64-bit floats."""
    short = np.array([[0.1, 0.7], [2.3, 0.4], [0.9, 0.3]], dtype=np.float32)
    S = array(covariance_matrix(short), (2, 2), what="the covariance matrix")
    close(S, np.cov(short.astype(float), rowvar=False), **T2, what="the covariance matrix of 32-bit floats")


# %%
@hidden
def what_is_no_table_raises(covariance_matrix):
    """If n is not larger than ddof, or X does not have two axes, ValueError is raised."""
    raises(ValueError, covariance_matrix, [1.0, 2.0, 3.0])
    raises(ValueError, covariance_matrix, np.ones((2, 3)), ddof=2)
    raises(ValueError, covariance_matrix, np.zeros((0, 2)), ddof=0)
    raises(ValueError, covariance_matrix, np.zeros((3, 2, 2)))


# %%
@accepted
def pair_by_pair(X, ddof=1):
    table = np.array(X, dtype=float)
    if table.ndim != 2 or not table.shape[0] > ddof:
        raise ValueError("no table")
    n, d = table.shape
    means = [sum(table[:, j]) / n for j in range(d)]
    S = np.zeros((d, d))
    for j in range(d):
        for k in range(j + 1):
            products = [(row[j] - means[j]) * (row[k] - means[k]) for row in table]
            S[j, k] = S[k, j] = sum(products) / (n - ddof)
    return S


# %%
@accepted
def as_a_sum_of_outer_products(X, ddof=1):
    X = np.asarray(X, dtype=np.float64)
    if len(X.shape) != 2 or X.shape[0] - ddof <= 0:
        raise ValueError("no table")
    rows = X - np.ones(len(X)) @ X / len(X)
    return np.einsum("ij,ik->jk", rows, rows) / (X.shape[0] - ddof)


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="The variables are the columns: the result has one row and one column per feature, not per sample.",
)
def compares_the_rows(X, ddof=1):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) <= ddof:
        raise ValueError("no table")
    centred = X - X.mean(axis=1, keepdims=True)
    return centred @ centred.T / max(X.shape[1] - ddof, 1)


# %%
@misconception(
    caught_by="shifting_the_columns_changes_nothing",
    hint="Without centring you measure distances from 0. Subtract the column means first.",
)
def forgets_to_centre(X, ddof=1):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) <= ddof:
        raise ValueError("no table")
    return X.T @ X / (len(X) - ddof)


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="One mean for the whole table mixes the features. Each column has its own mean: use axis=0.",
)
def subtracts_one_mean_for_the_whole_table(X, ddof=1):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) <= ddof:
        raise ValueError("no table")
    centred = X - X.mean()
    return centred.T @ centred / (len(X) - ddof)


# %%
@misconception(
    caught_by="the_worked_example_is_right",
    hint="The divisor is n - ddof. You always divide by n.",
)
def always_divides_by_n(X, ddof=1):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) <= ddof:
        raise ValueError("no table")
    centred = X - X.mean(axis=0)
    return centred.T @ centred / len(X)


# %%
@misconception(
    caught_by="shifting_the_columns_changes_nothing",
    hint="E[XY] - E[X] E[Y] cancels badly for large means. Subtract the column means first, then multiply.",
)
def mean_product_minus_product_of_means(X, ddof=1):
    X = np.asarray(X, dtype=float)
    n = len(X) if X.ndim == 2 else 0
    if X.ndim != 2 or n <= ddof:
        raise ValueError("no table")
    means = X.mean(axis=0)
    return (X.T @ X / n - np.outer(means, means)) * n / (n - ddof)

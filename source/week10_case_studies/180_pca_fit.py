# %% [markdown]
# ### Principal components: fit
#
# A table with many columns often says the same thing several times. Principal component analysis (PCA) finds new axes:
# the first one along the direction in which the samples differ most, the next one along the direction that explains
# most of the rest, and so on. A few of them often hold nearly everything.
#
# Let $\bar x$ be the mean of the rows of $X$, and $X_c = X - \bar x$ the centred table of shape $(n, d)$. The
# covariance matrix and its eigenvectors are
# $$S = \frac{1}{n - 1} X_c^\top X_c, \qquad S v_i = \lambda_i v_i, \qquad \lambda_1 \ge \lambda_2 \ge \dots \ge 0.$$
# The unit vectors $v_1, \dots, v_k$ are the **components**. The variance of the data along $v_i$ is $\lambda_i$. The
# *ratio* is its share of the total variance $\lambda_1 + \dots + \lambda_d$. With the SVD $X_c = U \Sigma V^\top$ the
# components are the rows of $V^\top$, and $\lambda_i = \sigma_i^2 / (n - 1)$.
#
# **By hand.** The rows $(8, 6), (2, 0), (6, 2), (4, 4)$ have the mean $(5, 3)$. Centred they are $(3, 3), (-3, -3),
# (1, -1), (-1, 1)$. So $S = \frac13 \begin{pmatrix} 20 & 16 \\ 16 & 20 \end{pmatrix}$, with the eigenvalues $36/3 = 12$
# along $(1, 1)/\sqrt 2$ and $4/3$ along $(1, -1)/\sqrt 2$. The ratios are $0.9$ and $0.1$.
#
# A component may be multiplied by $-1$ and stays a component. So that everybody gets the same one, its entry of largest
# magnitude is positive. Return a dictionary with the four keys of the contract.

# %%
from sklearn.datasets import load_digits, load_wine
from sklearn.decomposition import PCA

from autograder.kit import T2, T3, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("sklearn.decomposition.*PCA",),
    oracle="sklearn.decomposition.PCA, numpy.cov",
    section="Principal components",
    topics=(
        "r0-intro-ml-ready-foundation",
        "r0-w3-out-pca-math",
        "r0-w10-goal",
        "r0-w10-pca",
        "r0-w10-out-ready-ml-dl",
        "r0-final-implement-from-scratch",
        "r1-why-from-scratch",
        "r1-t01-in-ml",
        "r1-t08-pca",
        "r2-o1-used-in",
        "r2-o1-eigen",
        "r2-o1-in-ml",
        "r2-a1-eigen",
        "r3-5-pca",
        "r4-p4-pca",
        "r4-p4-visualize-high-dim",
        "r4-req-la-eigenvalues",
    ),
)

# %%
import numpy as np


# %%
def pca_fit(X: np.ndarray, k: int) -> dict[str, np.ndarray]:
    """Find the mean and the first k principal components of a table.

    Parameters
    ----------
    X : array-like of shape (n, d), n >= 2, one sample per row
    k : number of components, from 1 to min(n, d)

    Returns
    -------
    dict with the keys
        "mean" : array of shape (d,)
        "components" : array of shape (k, d), orthonormal rows, largest variance first. In each row the entry of the
            largest magnitude is positive (the first one on ties).
        "explained_variance" : array of shape (k,), divisor n - 1
        "explained_variance_ratio" : array of shape (k,), shares of the total variance of all d columns

    Raises
    ------
    ValueError : X is not two-dimensional, n < 2, k is outside 1..min(n, d), or all rows of X are equal
    """
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) < 2 or not 1 <= k <= min(X.shape):
        raise ValueError("X must have shape (n, d) with n >= 2, and k must lie in 1..min(n, d)")
    if np.all(X == X[0]):
        raise ValueError("without variance there are no principal components")
    mean = X.mean(axis=0)
    _, S, Vt = np.linalg.svd(X - mean, full_matrices=False)
    variance = S**2 / (len(X) - 1)
    largest = Vt[np.arange(len(Vt)), np.argmax(np.abs(Vt), axis=1)]
    Vt = Vt * np.sign(largest)[:, None]
    return {
        "mean": mean,
        "components": Vt[:k],
        "explained_variance": variance[:k],
        "explained_variance_ratio": variance[:k] / variance.sum(),
    }
    ### END SOLUTION


# %%
@helper
def cloud(n, d, rng):
    """Return n samples with clearly different variances along d random directions, away from the origin."""
    Q, _ = np.linalg.qr(rng.normal(size=(d, d)))
    return rng.normal(size=(n, d)) * 3.0 * 0.6 ** np.arange(d) @ Q.T + rng.normal(size=d) * 4


@helper
def shaped(model, k, d):
    """Return mean, components, variances and ratios of a model after a look at keys and shapes."""
    shapes = {
        "mean": (d,),
        "components": (k, d),
        "explained_variance": (k,),
        "explained_variance_ratio": (k,),
    }
    missing = [key for key in shapes if key not in model]
    holds(not missing, f"The dictionary should have the keys {', '.join(shapes)}; missing: {', '.join(missing)}.")
    return tuple(array(model[key], shape, what=f'"{key}"') for key, shape in shapes.items())


# %%
@check
def works_for_the_example(pca_fit):
    """The four rows of the example vary with 12 along (1, 1)/sqrt(2) and with 4/3 across it."""
    X = np.array([[8.0, 6.0], [2.0, 0.0], [6.0, 2.0], [4.0, 4.0]])
    mean, components, variance, ratio = shaped(pca_fit(X, 2), 2, 2)
    close(mean, np.array([5.0, 3.0]), **T2, what='"mean"')
    close(components[0], np.full(2, 0.5**0.5), **T2, what="the first component")
    close(np.abs(components[1]), np.full(2, 0.5**0.5), **T2, what="the magnitudes of the second component")
    close(variance, np.array([12.0, 4 / 3]), **T2, what='"explained_variance"')
    close(ratio, np.array([0.9, 0.1]), **T2, what='"explained_variance_ratio"')


# %%
@check
def too_many_components_raise(pca_fit):
    """A table of shape (4, 2) has at most two components: k = 3 raises ValueError, and so does k = 0."""
    X = np.array([[8.0, 6.0], [2.0, 0.0], [6.0, 2.0], [4.0, 4.0]])
    raises(ValueError, pca_fit, X, 3)
    raises(ValueError, pca_fit, X, 0)


# %%
@hidden(weight=2)
def the_components_are_orthonormal_and_the_scores_uncorrelated(pca_fit, rng):
    """The components are orthonormal, and along them the data are uncorrelated, with the variances returned."""
    for n, d, k in ((3, 2, 1), (4, 2, 2), (6, 3, 3), (20, 5, 4), (40, 8, 8)):
        X = cloud(n, d, rng)
        _, components, variance, _ = shaped(pca_fit(X, k), k, d)
        close(components @ components.T, np.eye(k), **T2, what="components times their transpose")
        scores = (X - X.mean(axis=0)) @ components.T
        covariance = np.atleast_2d(np.cov(scores, rowvar=False))
        close(covariance, np.diag(variance), **T2, what="the covariance matrix of the scores")


# %%
@hidden(weight=2)
def the_variances_are_the_largest_possible(pca_fit, rng):
    """The variances are the largest eigenvalues of the covariance matrix, in falling order."""
    for n, d, k in ((3, 2, 2), (6, 3, 1), (10, 4, 3), (50, 6, 6)):
        X = cloud(n, d, rng)
        _, _, variance, ratio = shaped(pca_fit(X, k), k, d)
        values = np.linalg.eigvalsh(np.cov(X, rowvar=False))[::-1]
        close(variance, values[:k], **T2, what='"explained_variance"')
        close(ratio, values[:k] / values.sum(), **T2, what='"explained_variance_ratio"')


# %%
@hidden
def agrees_with_a_library_up_to_the_sign(pca_fit, rng):
    """Up to the sign, the components are those that a library finds."""
    for n, d, k in ((4, 2, 2), (9, 4, 3), (5, 8, 3), (60, 5, 5)):
        X = cloud(n, d, rng)
        library = PCA(n_components=k, svd_solver="full").fit(X)
        mean, components, variance, ratio = shaped(pca_fit(X, k), k, d)
        close(mean, library.mean_, **T2, what='"mean"')
        products = np.abs(np.sum(components * library.components_, axis=1))
        close(products, np.ones(k), **T2, what="the cosines between your components and those of a library")
        close(variance, library.explained_variance_, **T2, what='"explained_variance"')
        close(ratio, library.explained_variance_ratio_, **T2, what='"explained_variance_ratio"')


# %%
@hidden
def the_largest_entry_of_each_component_is_positive(pca_fit, rng):
    """In every component the entry of the largest magnitude is positive."""
    for n, d in ((5, 2), (6, 3), (12, 5), (20, 7)):
        _, components, _, _ = shaped(pca_fit(cloud(n, d, rng), d - 1), d - 1, d)
        largest = components[np.arange(d - 1), np.argmax(np.abs(components), axis=1)]
        holds(np.all(largest > 0), "The entry of the largest magnitude of each component should be positive.")


# %%
@hidden
def rotating_and_shifting_the_data_rotates_the_components(pca_fit, rng):
    """When the data are rotated and shifted, the components rotate along and the variances stay."""
    for n, d in ((6, 2), (15, 4)):
        X, shift = cloud(n, d, rng), rng.normal(size=d) * 10
        Q, _ = np.linalg.qr(rng.normal(size=(d, d)))
        _, before, variance, _ = shaped(pca_fit(X, d), d, d)
        _, after, same_variance, ratio = shaped(pca_fit(X @ Q.T + shift, d), d, d)
        products = np.abs(np.sum(after * (before @ Q.T), axis=1))
        close(products, np.ones(d), **T3, what="the cosines of rotated components and those of rotated data")
        close(same_variance, variance, **T2, what="the variances after rotating and shifting")
        close(float(ratio.sum()), 1.0, **T2, what="the sum of all d ratios")


# %%
@hidden
def wine_needs_standardising(pca_fit):
    """On 178 wines the first component explains 99.8 % of the raw variance, but 36.2 % after standardising."""
    wine = load_wine().data
    standardised = (wine - wine.mean(axis=0)) / wine.std(axis=0)
    for table, expected in ((wine, 0.998), (standardised, 0.362)):
        _, _, _, ratio = shaped(pca_fit(table, 3), 3, 13)
        close(float(ratio[0]), expected, rtol=0.0, atol=0.0005, what="the ratio of the first component")


# %%
@hidden
def digits_need_21_components_for_90_percent(pca_fit):
    """The first 21 of 64 components of the digits explain 90 % of the variance, the first 20 do not."""
    digits = load_digits().data.astype(np.int64)
    _, _, _, ratio = shaped(pca_fit(digits, 30), 30, 64)
    reached = int(np.argmax(np.cumsum(ratio) >= 0.9)) + 1
    close(reached, 21, rtol=0.0, atol=0.0, what="the number of components for 90 %")


# %%
@hidden
def lists_integers_and_wide_tables_work(pca_fit, rng):
    """Lists of whole numbers and tables with more columns than rows are fine."""
    table = [[1, 2, 4, 1], [0, 3, 1, 2], [5, 1, 1, 2]]
    mean, components, variance, ratio = shaped(pca_fit(table, 3), 3, 4)
    values = np.linalg.eigvalsh(np.cov(np.array(table, dtype=float), rowvar=False))[::-1]
    close(mean, np.array([2.0, 2.0, 2.0, 5 / 3]), **T2, what='"mean"')
    close(variance, values[:3], **T2, what='"explained_variance"')
    close(components @ components.T, np.eye(3), **T2, what="components times their transpose")
    close(float(ratio.sum()), 1.0, **T2, what="the sum of the ratios")
    mean, _, variance, ratio = shaped(pca_fit(np.array([[1, 2], [4, 6]]), 1), 1, 2)
    close(mean, np.array([2.5, 4.0]), **T2, what='"mean" of two rows')
    close(np.append(variance, ratio), np.array([12.5, 1.0]), **T2, what="the variance and the ratio of two rows")
    X = rng.integers(0, 50, size=(4, 9))
    _, components, variance, _ = shaped(pca_fit(X, 2), 2, 9)
    scores = (X - X.mean(axis=0)) @ components.T
    close(np.var(scores, axis=0, ddof=1), variance, **T2, what="the variances of the scores of a wide table")


# %%
@hidden
def single_precision_loses_no_digits(pca_fit):
    """A table in single precision is converted to float64 first, so mean and variances keep all their digits."""
    X = np.array([[0.1, 0.7], [2.3, 0.4], [1.1, 5.9]], dtype=np.float32)
    mean, _, variance, _ = shaped(pca_fit(X, 2), 2, 2)
    close(mean, X.astype(float).mean(axis=0), **T2, what='"mean"')
    values = np.linalg.eigvalsh(np.cov(X.astype(float), rowvar=False))[::-1]
    close(variance, values, **T2, what='"explained_variance"')


# %%
@hidden
def bad_input_raises(pca_fit, rng):
    """A wrong k, a single row, a vector and a table without variance raise ValueError."""
    X = rng.normal(size=(3, 5))
    raises(ValueError, pca_fit, X, 4)
    raises(ValueError, pca_fit, X, -1)
    raises(ValueError, pca_fit, X[:1], 1)
    raises(ValueError, pca_fit, X[0], 1)
    raises(ValueError, pca_fit, rng.normal(size=(2, 2, 2)), 1)
    raises(ValueError, pca_fit, np.full((4, 3), 0.1), 2)


# %%
@accepted
def through_the_covariance_matrix(X, k):
    table = np.array(X, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] < 2 or k < 1 or k > min(table.shape) or np.ptp(table, axis=0).max() == 0:
        raise ValueError("no components")
    S = np.cov(table, rowvar=False).reshape(table.shape[1], table.shape[1])
    values, vectors = np.linalg.eigh(S)
    rows = []
    for i in range(1, k + 1):
        v = vectors[:, -i]
        rows.append(v if v[np.abs(v).argmax()] > 0 else -v)
    top = np.maximum(values[::-1][:k], 0.0)
    ratio = top / np.trace(S)
    return {
        "mean": table.sum(axis=0) / len(table),
        "components": np.array(rows),
        "explained_variance": top,
        "explained_variance_ratio": ratio,
    }


# %%
@helper
def fit(X, k, *, centre=True, divisor=1, ascending=False, samples=False, free_sign=False, kept=False, scale=False):
    """Fit the components; each option spoils one thing."""
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or len(X) < 2 or not 1 <= k <= min(X.shape) or np.all(X == X[0]):
        raise ValueError("no components")
    mean = X.mean(axis=0)
    C = X - mean if centre else X
    if scale:
        spread = C.std(axis=0)
        C = C / np.where(spread > 0, spread, 1.0)
    values, vectors = np.linalg.eigh(C @ C.T if samples else C.T @ C)
    values = np.maximum(values, 0.0) / (len(X) - divisor)
    order = slice(None) if ascending else slice(None, None, -1)
    values, rows = values[order], vectors.T[order]
    if not free_sign:
        rows = rows * np.sign(rows[np.arange(len(rows)), np.argmax(np.abs(rows), axis=1)])[:, None]
    total = values[:k].sum() if kept else values.sum()
    return {
        "mean": mean,
        "components": rows[:k],
        "explained_variance": values[:k],
        "explained_variance_ratio": values[:k] / total,
    }


@accepted
def from_the_matrix_of_products(X, k):
    return fit(X, k)


# %%
@misconception(
    caught_by="agrees_with_a_library_up_to_the_sign",
    hint="Subtract the mean of every column first; else the first component points at the mean.",
)
def does_not_centre(X, k):
    return fit(X, k, centre=False)


# %%
@misconception(
    caught_by="the_variances_are_the_largest_possible",
    hint="Divide by n - 1, not by n, as this course and scikit-learn do.",
)
def divides_by_n(X, k):
    return fit(X, k, divisor=0)


# %%
@misconception(
    caught_by="the_variances_are_the_largest_possible",
    hint="np.linalg.eigh returns the smallest eigenvalue first; turn the order round.",
)
def smallest_first(X, k):
    return fit(X, k, ascending=True)


# %%
@misconception(
    caught_by="agrees_with_a_library_up_to_the_sign",
    hint="Components live in feature space and have d entries; take eigenvectors of X^T X, not of X X^T.",
)
def eigenvectors_of_the_samples(X, k):
    return fit(X, k, samples=True)


# %%
@misconception(
    caught_by="the_largest_entry_of_each_component_is_positive",
    hint="The sign is free until you fix it: make the entry of the largest magnitude positive.",
)
def leaves_the_sign_open(X, k):
    return fit(X, k, free_sign=True)


# %%
@misconception(
    caught_by="the_variances_are_the_largest_possible",
    hint="The ratio is a share of the variance of all columns, not only of the k components that you keep.",
)
def ratio_of_what_is_kept(X, k):
    return fit(X, k, kept=True)


# %%
@misconception(
    caught_by="wine_needs_standardising",
    hint="Only subtract the mean; whether to divide by the standard deviation is for the caller to decide.",
)
def standardises_the_columns(X, k):
    return fit(X, k, scale=True)

# %% [markdown]
# ### Linear regression by QR
#
# Which straight line, plane or hyperplane fits a cloud of points best? Least squares is the oldest model of machine
# learning, and still the first to try: it has no learning rate, it never gets stuck, and every coefficient can be read.
#
# The prediction is $\hat y = b + X w$ with the intercept $b$ and the coefficients $w$ of shape $(d,)$. Put a column
# of ones in front: $A = (1, X)$ of shape $(n, d+1)$. Minimise $\lVert A c - y \rVert$ over $c = (b, w)$. With $A = Q
# R$ the solution is the one of the triangular system $R c = Q^\top y$. What is left over, $y - A c$, is orthogonal to
# all columns of $A$. The column of ones makes its sum 0.
#
# The normal equations $A^\top A c = A^\top y$ have the same solution on paper. On a computer they square the condition
# number, and so lose twice as many digits (week 9). Do not form $A^\top A$.
#
# **By hand.** $x = (0, 1, 2)$ and $y = (1, 2, 6)$. The means are $\bar x = 1$ and $\bar y = 3$. The slope is
# $\frac{(-1)(-2) + 0 \cdot (-1) + 1 \cdot 3}{1 + 0 + 1} = 2.5$, and the intercept $3 - 2.5 \cdot 1 = 0.5$. The
# predictions are $(0.5, 3, 5.5)$ and the residuals $(0.5, -1, 0.5)$: their sum is 0, and so is $0 \cdot 0.5 - 1 + 2
# \cdot 0.5$.
#
# If one column of $A$ is a combination of the others, many coefficients are equally good. Then raise
# `np.linalg.LinAlgError`. You see it in $R$: what is left of a column after subtracting the ones before it has the
# length $|r_{jj}|$, and that is almost nothing compared with the column itself.

# %%
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression

from autograder.kit import T2, T3, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(
        "numpy.linalg.lstsq",
        "numpy.linalg.pinv",
        "numpy.linalg.inv",
        "numpy.polyfit",
        "scipy.linalg.lstsq",
        "scipy.linalg.pinv*",
        "scipy.linalg.inv",
        "sklearn.linear_model.*",
    ),
    oracle="sklearn.linear_model.LinearRegression",
    section="Linear regression",
    topics=(
        "r0-intro-ml-ready-foundation",
        "r0-strategy-step4-implement",
        "r0-w10-goal",
        "r0-w10-linear-regression",
        "r0-w10-out-ready-ml-dl",
        "r0-final-implement-from-scratch",
        "r1-why-from-scratch",
        "r1-t08-linear-regression",
        "r2-a-end-move-to-ml",
        "r3-4-3-linear-regression",
        "r4-p2-sklearn-classes",
        "r4-p2-build-models",
        "r4-p2-builtin-datasets",
        "r4-mlmath-linear-regression",
        "r4-req-ml-linear-regression",
    ),
)

# %%
import numpy as np


# %%
def linear_regression(X: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """Fit y = b + X w by least squares, with the QR decomposition of (1, X).

    Parameters
    ----------
    X : array or list of shape (n, d) with n > d, one sample per row
    y : array or list of shape (n,)

    Returns
    -------
    (b, w) : float and array of shape (d,), the intercept and the coefficients

    Raises
    ------
    ValueError : X is not of shape (n, d) with n > d, or y is not of shape (n,)
    numpy.linalg.LinAlgError : the columns of (1, X) are dependent
        (what is left of one after subtracting those before it is at most 1e-10 times as long as the column itself)
    """
    ### BEGIN SOLUTION
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) <= X.shape[1] or y.shape != X.shape[:1]:
        raise ValueError("X must be (n, d) with n > d, and y (n,)")
    A = np.column_stack([np.ones(len(X)), X])
    Q, R = np.linalg.qr(A)
    if np.any(np.abs(np.diag(R)) <= 1e-10 * np.linalg.norm(A, axis=0)):
        raise np.linalg.LinAlgError("the columns of (1, X) are dependent")
    c = np.linalg.solve(R, Q.T @ y)
    return float(c[0]), c[1:]
    ### END SOLUTION


# %%
@helper
def the_fit(answer, d):
    """Return the intercept and the coefficients as float and array of shape (d,)."""
    intercept, coefficients = answer
    return float(intercept), array(coefficients, (d,), what="the coefficients")


# %%
@check
def the_line_of_the_example(linear_regression):
    """For x = (0, 1, 2) and y = (1, 2, 6) the intercept is 0.5 and the slope 2.5."""
    b, w = the_fit(linear_regression(np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 2.0, 6.0])), 1)
    close(b, 0.5, **T2, what="the intercept")
    close(w, np.array([2.5]), **T2, what="the coefficients")


# %%
@check
def equal_columns_raise(linear_regression):
    """Two equal columns cannot be told apart: LinAlgError."""
    X = np.array([[1.0, 1.0], [2.0, 2.0], [4.0, 4.0], [5.0, 5.0]])
    raises(np.linalg.LinAlgError, linear_regression, X, np.array([1.0, 2.0, 3.0, 4.0]))


# %%
@check
def more_columns_than_samples_raise(linear_regression):
    """As many features as samples raise ValueError."""
    raises(ValueError, linear_regression, np.eye(3), np.ones(3))


# %%
@hidden(weight=2)
def the_residuals_are_orthogonal_to_every_column(linear_regression, rng):
    """The residuals sum to 0 and are orthogonal to every column of X."""
    for n, d in ((2, 1), (4, 1), (4, 2), (9, 3), (40, 6), (120, 10)):
        X, y = rng.normal(size=(n, d)) + rng.normal(size=d), 5 * rng.normal(size=n) + 3
        b, w = the_fit(linear_regression(X, y), d)
        residuals = y - b - X @ w
        close(float(residuals.sum()), 0.0, rtol=0, atol=1e-8, what="the sum of the residuals")
        close(X.T @ residuals, np.zeros(d), rtol=0, atol=1e-8, what="the products of the columns with the residuals")


# %%
@hidden(weight=2)
def agrees_with_scikit_learn(linear_regression, rng):
    """The intercept and the coefficients are those of scikit-learn, also for integers and lists."""
    for n, d in ((5, 1), (8, 3), (60, 7)):
        X, y = rng.normal(size=(n, d)) * 3 + 1, rng.normal(size=n)
        expected = LinearRegression().fit(X, y)
        b, w = the_fit(linear_regression(X, y), d)
        close(b, float(expected.intercept_), **T3, what="the intercept")
        close(w, expected.coef_, **T3, what="the coefficients")
    X, y = np.array([[1, 7], [2, 1], [4, 3], [8, 2], [9, 9]]), np.array([3, 1, 4, 1, 5])
    expected = LinearRegression().fit(X, y)
    for given in ((X, y), (X.tolist(), y.tolist())):
        b, w = the_fit(linear_regression(*given), 2)
        close(b, float(expected.intercept_), **T2, what="the intercept for integers")
        close(w, expected.coef_, **T2, what="the coefficients for integers")


# %%
@hidden
def explains_half_of_the_diabetes_data(linear_regression):
    """On the raw diabetes data the residuals have 0.4823 of the squares of y around its mean: R^2 is 0.5177."""
    X, y = load_diabetes(return_X_y=True, scaled=False)
    b, w = the_fit(linear_regression(X, y), 10)
    share = float(np.sum((y - b - X @ w) ** 2) / np.sum((y - y.mean()) ** 2))
    close(1 - share, 0.5177, rtol=0, atol=6e-5, what="R^2 on the diabetes data")
    expected = LinearRegression().fit(X, y)
    close(w, expected.coef_, **T3, what="the coefficients")


# %%
@hidden(weight=2)
def almost_dependent_columns_keep_their_digits(linear_regression, rng):
    """With two columns that differ by a millionth, the true coefficients are still found to six digits."""
    for n in (6, 20, 50):
        x, z = rng.normal(size=n), rng.normal(size=n)
        X = np.column_stack([x, x + 1e-6 * z])
        b, w = the_fit(linear_regression(X, 1.0 + X @ np.array([2.0, -3.0])), 2)
        close(b, 1.0, **T3, what="the intercept")
        close(w, np.array([2.0, -3.0]), **T3, what="the coefficients")


# %%
@hidden
def the_units_of_y_and_of_the_columns_do_not_matter(linear_regression, rng):
    """Mixing the columns by an invertible matrix keeps the predictions, and 7 y has 7 times the coefficients."""
    for n, d in ((4, 2), (12, 3), (30, 5)):
        X, y = rng.normal(size=(n, d)), rng.normal(size=n)
        M, _ = np.linalg.qr(rng.normal(size=(d, d)))
        M = M @ np.diag(rng.uniform(0.5, 20.0, size=d))
        b, w = the_fit(linear_regression(X, y), d)
        b_mixed, w_mixed = the_fit(linear_regression(X @ M + 4.0, y), d)
        close(b_mixed + (X @ M + 4.0) @ w_mixed, b + X @ w, **T3, what="the predictions after mixing the columns")
        b_scaled, w_scaled = the_fit(linear_regression(X, 7 * y + 2), d)
        close(b_scaled, 7 * b + 2, **T3, what="the intercept for 7 y + 2")
        close(w_scaled, 7 * w, **T3, what="the coefficients for 7 y + 2")


# %%
@hidden
def dependent_columns_raise(linear_regression, rng):
    """A column that is a combination of others, or a constant column, raises LinAlgError."""
    for n, d in ((5, 2), (12, 3), (40, 6)):
        X, y = rng.normal(size=(n, d)), rng.normal(size=n)
        weights = rng.uniform(0.5, 1.0, size=d)
        raises(np.linalg.LinAlgError, linear_regression, np.column_stack([X, X @ weights + 2.0]), y)
        raises(np.linalg.LinAlgError, linear_regression, np.column_stack([np.full(n, 5.0), X]), y)


# %%
@hidden
def each_column_is_measured_by_its_own_length(linear_regression):
    """A column in a tiny or a huge unit is no dependent column; the limit is 1e-10 of its own length."""
    x, z = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 7.0]), np.array([1.0, -2.0, 0.5, 2.0, -1.0, 0.0])
    y = np.array([2.0, 1.0, 4.0, 3.0, 7.0, 5.0])
    expected = LinearRegression().fit(np.column_stack([x, z]), y).coef_
    b, w = the_fit(linear_regression(np.column_stack([1e-12 * x, 1e6 * z]), y), 2)
    close(w * np.array([1e-12, 1e6]), expected, **T3, what="the coefficients in the old units")
    # What is left of the second column is a little more than 1e-9 or a little less than 1e-11 of its length.
    the_fit(linear_regression(np.column_stack([x, x + 5e-9 * z]), y), 2)
    raises(np.linalg.LinAlgError, linear_regression, np.column_stack([x, x + 2e-11 * z]), y)


# %%
@hidden
def wrong_shapes_raise(linear_regression):
    """Too few samples, an X that is no table and a y of another length raise ValueError."""
    X = np.array([[1.0, 2.0], [0.0, 1.0], [3.0, 1.0], [2.0, 2.0]])
    raises(ValueError, linear_regression, X[:2], np.ones(2))
    raises(ValueError, linear_regression, X[:1], np.ones(1))
    raises(ValueError, linear_regression, X[:, 0], np.ones(4))
    raises(ValueError, linear_regression, X, np.ones(3))
    raises(ValueError, linear_regression, X, np.ones((4, 1)))


# %%
@accepted
def on_centred_columns_with_back_substitution(X, y):
    X, y = np.array(X, dtype=float), np.array(y, dtype=float)
    if len(X.shape) != 2 or not X.shape[0] > X.shape[1] or y.shape != (len(X),):
        raise ValueError("shapes")
    centre = X.mean(axis=0)
    Q, R = np.linalg.qr(X - centre)
    d = X.shape[1]
    if any(abs(R[j, j]) <= 1e-10 * np.linalg.norm(X[:, j]) for j in range(d)):
        raise np.linalg.LinAlgError("dependent")
    right, w = Q.T @ (y - y.mean()), np.zeros(d)
    for j in range(d - 1, -1, -1):
        w[j] = (right[j] - sum(R[j, i] * w[i] for i in range(j + 1, d))) / R[j, j]
    return float(y.mean() - centre @ w), w


# %%
@accepted
def with_householder_reflections(X, y):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or X.shape[0] <= X.shape[1] or y.ndim != 1 or len(y) != len(X):
        raise ValueError("shapes")
    T = np.hstack([np.ones((len(X), 1)), X, y[:, None]])
    lengths, k = np.sqrt((T**2).sum(axis=0)), X.shape[1] + 1
    for j in range(k):
        v = T[j:, j].copy()
        v[0] += np.copysign(np.linalg.norm(v), v[0])
        if v @ v > 0:
            T[j:] -= np.outer(v, 2 / (v @ v) * (v @ T[j:]))
        if abs(T[j, j]) <= 1e-10 * lengths[j]:
            raise np.linalg.LinAlgError("dependent")
    c = np.linalg.solve(np.triu(T[:k, :k]), T[:k, k])
    return float(c[0]), c[1:]


# %%
@misconception(
    caught_by="the_residuals_are_orthogonal_to_every_column",
    hint="Without an intercept the plane is forced through the origin. Add a column of ones or centre.",
)
def leaves_out_the_intercept(X, y):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) <= X.shape[1] or y.shape != X.shape[:1]:
        raise ValueError("shapes")
    A = np.column_stack([np.ones(len(X)), X])
    if np.any(np.abs(np.diag(np.linalg.qr(A)[1])) <= 1e-10 * np.linalg.norm(A, axis=0)):
        raise np.linalg.LinAlgError("dependent")
    Q, R = np.linalg.qr(X)
    return 0.0, np.linalg.solve(R, Q.T @ y)


# %%
@misconception(
    caught_by="almost_dependent_columns_keep_their_digits",
    hint="The normal equations square the condition number; use QR.",
)
def solves_the_normal_equations(X, y):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) <= X.shape[1] or y.shape != X.shape[:1]:
        raise ValueError("shapes")
    A = np.column_stack([np.ones(len(X)), X])
    if np.any(np.abs(np.diag(np.linalg.qr(A)[1])) <= 1e-10 * np.linalg.norm(A, axis=0)):
        raise np.linalg.LinAlgError("dependent")
    c = np.linalg.solve(A.T @ A, A.T @ y)
    return float(c[0]), c[1:]


# %%
@misconception(
    caught_by="the_line_of_the_example",
    hint="The coefficients have the shape (d, 1). Keep y as a flat vector, and the answer is flat as well.",
)
def returns_a_column(X, y):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) <= X.shape[1] or y.shape != X.shape[:1]:
        raise ValueError("shapes")
    A = np.column_stack([np.ones(len(X)), X])
    Q, R = np.linalg.qr(A)
    if np.any(np.abs(np.diag(R)) <= 1e-10 * np.linalg.norm(A, axis=0)):
        raise np.linalg.LinAlgError("dependent")
    c = np.linalg.solve(R, Q.T @ y[:, None])
    return float(c[0, 0]), c[1:]


# %%
@misconception(
    caught_by="the_residuals_are_orthogonal_to_every_column",
    hint="After centring, the intercept is the mean of y minus the means of the columns times w.",
)
def takes_the_mean_of_y_as_the_intercept(X, y):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) <= X.shape[1] or y.shape != X.shape[:1]:
        raise ValueError("shapes")
    Q, R = np.linalg.qr(X - X.mean(axis=0))
    if np.any(np.abs(np.diag(R)) <= 1e-10 * np.linalg.norm(X, axis=0)):
        raise np.linalg.LinAlgError("dependent")
    return float(y.mean()), np.linalg.solve(R, Q.T @ (y - y.mean()))


# %%
@misconception(
    caught_by="dependent_columns_raise",
    hint="Rounding leaves a tiny number on the diagonal of R instead of 0. Compare it with the length of the column.",
)
def notices_only_an_exact_zero(X, y):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) <= X.shape[1] or y.shape != X.shape[:1]:
        raise ValueError("shapes")
    Q, R = np.linalg.qr(np.column_stack([np.ones(len(X)), X]))
    if np.any(np.diag(R) == 0):
        raise np.linalg.LinAlgError("dependent")
    c = np.linalg.solve(R, Q.T @ y)
    return float(c[0]), c[1:]

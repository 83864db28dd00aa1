# %% [markdown]
# ### R squared
#
# A mean squared error of 2900 says little: is that good for this $y$? Compare it with the laziest model, which predicts
# the mean $\bar y$ for everything. The score $R^2$ is the part of its squared error that your model removes:
# $$R^2 = 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2}.$$
#
# A perfect prediction has $R^2 = 1$. Predicting the mean gives 0. A model that is worse than the mean has a negative
# $R^2$, in spite of the square in the name. Only for a least-squares fit with intercept, judged on its own training
# data, it is the square of the correlation between $y$ and $\hat y$.
#
# **By hand.** $y = (1, 2, 6)$ and $\hat y = (0.5, 3, 5.5)$. The squared residuals are $0.25 + 1 + 0.25 = 1.5$. Around
# the mean 3 the squares of $y$ are $4 + 1 + 9 = 14$. So $R^2 = 1 - 1.5/14 = 0.893$. Add 3 to every prediction: the
# correlation stays, but the residuals are $(-2.5, -4, -2.5)$, with the squares $28.5$. So $R^2 = 1 - 28.5/14 =
# -1.036$.
#
# Return $R^2$ as a float.

# %%
from sklearn.metrics import r2_score as sklearn_r2

from autograder.kit import T1, T2, accepted, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("sklearn.metrics.*",),
    oracle="sklearn.metrics.r2_score",
    section="Judging a model",
    topics=("r3-4-3-linear-regression", "r4-mlmath-linear-regression", "r4-req-ml-linear-regression"),
)

# %%
import numpy as np


# %%
def r2_score(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """Return the coefficient of determination, 1 - SS_res / SS_tot.

    Parameters
    ----------
    y_true : array or list of shape (n,), the true values; they are not all equal
    y_pred : array or list of shape (n,), the predictions

    Returns
    -------
    float, at most 1; SS_tot is taken around the mean of y_true

    Raises
    ------
    ValueError : y_true and y_pred are not one-dimensional or not equally long
    ValueError : y_true has no two different values (so also when it has fewer than two)
    """
    ### BEGIN SOLUTION
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape:
        raise ValueError("y_true and y_pred must be equally long vectors")
    if np.all(y_true == y_true[:1]):
        raise ValueError("R^2 has no meaning when all true values are equal")
    ss_res = np.sum((y_true - y_pred) ** 2)
    ss_tot = np.sum((y_true - y_true.mean()) ** 2)
    return float(1 - ss_res / ss_tot)
    ### END SOLUTION


# %%
@helper
def fitted(X, y):
    """Return the predictions of least squares with intercept for the training data themselves."""
    A = np.column_stack([np.ones(len(X)), X])
    return A @ np.linalg.lstsq(A, y, rcond=None)[0]


# %%
@check
def the_example_has_0_893(r2_score):
    """For y = (1, 2, 6) and the predictions (0.5, 3, 5.5) the score is 1 - 1.5/14."""
    close(r2_score(np.array([1.0, 2.0, 6.0]), np.array([0.5, 3.0, 5.5])), 1 - 1.5 / 14, **T1, what="R^2")


# %%
@check
def equal_true_values_raise(r2_score):
    """When all true values are equal there is nothing to explain: ValueError."""
    raises(ValueError, r2_score, np.array([2.0, 2.0, 2.0]), np.array([1.0, 2.0, 3.0]))


# %%
@hidden(weight=2)
def one_for_perfect_and_zero_for_the_mean(r2_score, rng):
    """A perfect prediction scores 1, the mean scores 0, and mirroring the perfect prediction at the mean scores -3."""
    for n in (2, 3, 10, 200):
        y = 3 * rng.normal(size=n) + rng.normal()
        close(r2_score(y, y.copy()), 1.0, **T1, what="R^2 of the perfect prediction")
        close(r2_score(y, np.full(n, y.mean())), 0.0, **T1, what="R^2 of the mean")
        close(r2_score(y, 2 * y.mean() - y), -3.0, **T1, what="R^2 of the mirrored prediction")


# %%
@hidden(weight=2)
def agrees_with_scikit_learn(r2_score, rng):
    """The score is that of scikit-learn, for good, bad, shifted and integer predictions."""
    for n, noise in ((2, 0.5), (3, 0.1), (5, 3.0), (40, 0.7), (300, 1.5)):
        y = rng.normal(size=n) * 4 + 2
        guess = 0.8 * y + noise * rng.normal(size=n) + 1
        close(r2_score(y, guess), float(sklearn_r2(y, guess)), **T1, what="R^2")
        close(r2_score(y.tolist(), guess.tolist()), float(sklearn_r2(y, guess)), **T1, what="R^2 for lists")
    y, guess = np.array([3, 5, 4, 9]), np.array([2, 5, 5, 7])
    close(r2_score(y, guess), float(sklearn_r2(y, guess)), **T1, what="R^2 for integers")


# %%
@hidden
def the_units_do_not_matter(r2_score, rng):
    """Changing the unit and the zero point of both arguments keeps the score."""
    for n in (3, 20):
        y, guess = rng.normal(size=n), rng.normal(size=n)
        score = r2_score(y, guess)
        close(r2_score(-40 * y + 7, -40 * guess + 7), score, **T2, what="R^2 in other units")
        close(r2_score(y + 1000, guess + 1000), score, rtol=1e-7, atol=1e-8, what="R^2 after adding 1000 to both")


# %%
@hidden
def for_least_squares_it_is_the_squared_correlation(r2_score, rng):
    """On the training data of a least-squares fit the score is the squared correlation, and more columns never hurt."""
    X, y = rng.normal(size=(25, 6)), rng.normal(size=25)
    last = 0.0
    for d in range(1, 7):
        guess = fitted(X[:, :d], y)
        score = r2_score(y, guess)
        close(score, float(np.corrcoef(y, guess)[0, 1] ** 2), **T2, what=f"R^2 with {d} columns")
        holds(score >= last - 1e-12, "On the training data R^2 should not fall when a column is added.")
        last = score


# %%
@hidden
def equal_values_are_noticed_in_spite_of_rounding(r2_score):
    """Equal values raise ValueError also when the rounded mean is another number, as for 0.1, 0.1, 0.1."""
    for value, n in ((0.1, 3), (0.1, 10), (1e6 / 3, 7), (0.0, 4), (5.0, 1)):
        raises(ValueError, r2_score, np.full(n, value), np.linspace(0.0, 1.0, n))


# %%
@hidden
def single_precision_loses_no_digits(r2_score):
    """Arrays in single precision are converted to float64 first, so the mean and the score keep all their digits."""
    y, guess = np.array([0.1, 0.7, 2.3], dtype=np.float32), np.array([0.2, 0.6, 2.0], dtype=np.float32)
    expected = float(sklearn_r2(y.astype(float), guess.astype(float)))
    close(r2_score(y, guess), expected, **T1, what="R^2")


# %%
@hidden
def lengths_have_to_agree(r2_score):
    """Arguments of different lengths, empty arguments and tables raise ValueError."""
    raises(ValueError, r2_score, [1.0, 2.0, 3.0], [1.0, 2.0])
    raises(ValueError, r2_score, [1.0, 2.0, 3.0], [2.0])
    raises(ValueError, r2_score, [], [])
    raises(ValueError, r2_score, np.array([1.0, 2.0, 3.0]), np.array([[1.0], [2.0], [3.0]]))
    raises(ValueError, r2_score, np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 2.0], [3.0, 5.0]]))


# %%
@accepted
def with_mean_squares_and_a_loop(y_true, y_pred):
    truth, guess = [np.array(values, dtype=np.float64) for values in (y_true, y_pred)]
    if truth.ndim != 1 or guess.ndim != 1 or len(truth) != len(guess):
        raise ValueError("lengths")
    if len(set(truth.tolist())) < 2:
        raise ValueError("constant")
    mean = sum(truth) / len(truth)
    residual = total = 0.0
    for t, g in zip(truth, guess, strict=True):
        residual += (t - g) ** 2
        total += (t - mean) ** 2
    return float((total - residual) / total)


# %%
@accepted
def with_the_variance(y_true, y_pred):
    truth, guess = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if truth.ndim != 1 or guess.shape != truth.shape or truth.size == 0 or np.ptp(truth) == 0:
        raise ValueError("lengths or a constant")
    return float(1 - np.mean(np.square(truth - guess)) / np.var(truth))


# %%
@misconception(
    caught_by="agrees_with_scikit_learn",
    hint="A shifted prediction has correlation 1 but a bad R^2. The squared correlation is R^2 for least squares only.",
)
def squares_the_correlation(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or np.all(y_true == y_true[:1]):
        raise ValueError("lengths or a constant")
    if np.all(y_pred == y_pred[0]):
        return 0.0
    return float(np.corrcoef(y_true, y_pred)[0, 1] ** 2)


# %%
@misconception(
    caught_by="agrees_with_scikit_learn",
    hint="The two arguments are exchanged: SS_tot uses the true values.",
)
def exchanges_the_arguments(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or np.all(y_true == y_true[:1]):
        raise ValueError("lengths or a constant")
    with np.errstate(all="ignore"):
        return float(1 - np.sum((y_true - y_pred) ** 2) / np.sum((y_pred - y_pred.mean()) ** 2))


# %%
@misconception(
    caught_by="one_for_perfect_and_zero_for_the_mean",
    hint="SS_tot is taken around the mean of the true values, not around 0.",
)
def takes_the_squares_around_zero(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or np.all(y_true == y_true[:1]):
        raise ValueError("lengths or a constant")
    return float(1 - np.sum((y_true - y_pred) ** 2) / np.sum(y_true**2))


# %%
@misconception(
    caught_by="agrees_with_scikit_learn",
    hint="Take the squares of y - y_pred itself. The variance of the residuals hides a shift of all predictions.",
)
def subtracts_the_mean_of_the_residuals(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or np.all(y_true == y_true[:1]):
        raise ValueError("lengths or a constant")
    return float(1 - np.var(y_true - y_pred) / np.var(y_true))


# %%
@misconception(
    caught_by="one_for_perfect_and_zero_for_the_mean",
    hint="R^2 may be negative: a model can be worse than the mean. Do not cut it off at 0.",
)
def cuts_off_at_zero(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or np.all(y_true == y_true[:1]):
        raise ValueError("lengths or a constant")
    return max(0.0, float(1 - np.sum((y_true - y_pred) ** 2) / np.sum((y_true - y_true.mean()) ** 2)))


# %%
@misconception(
    caught_by="equal_values_are_noticed_in_spite_of_rounding",
    hint="The rounded mean of 0.1, 0.1, 0.1 is not 0.1, so SS_tot is not exactly 0. Compare the values instead.",
)
def waits_for_an_exact_zero(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or y_true.size == 0:
        raise ValueError("lengths")
    ss_tot = np.sum((y_true - y_true.mean()) ** 2)
    if ss_tot == 0:
        raise ValueError("a constant")
    return float(1 - np.sum((y_true - y_pred) ** 2) / ss_tot)

# %% [markdown]
# ### Ridge loss and gradient
#
# A model with many features can follow the noise of its training data. Large weights are the sign of it. The ridge
# penalty charges for them: the loss gets the extra term $\lambda \lVert w \rVert^2$. The weights $w$ and the bias $b$
# are *parameters*: training chooses them. The strength $\lambda$ is a *hyperparameter*: you choose it.
#
# With the residuals $r = X w + b - y$ of shape $(n,)$,
# $$L(w, b) = \frac1n \sum_{i=1}^n r_i^2 + \lambda \lVert w \rVert^2, \qquad
# \nabla_w L = \frac2n X^\top r + 2 \lambda w, \qquad \frac{\partial L}{\partial b} = \frac2n \sum_{i=1}^n r_i .$$
# The bias is not in the penalty. It only sets the level, and a shift of all targets should not cost anything.
#
# **By hand.** $X = \begin{pmatrix} 1 & 2 \\ 3 & 0 \end{pmatrix}$, $y = (1, 1)$, $w = (1, -1)$, $b = 1$,
# $\lambda = 0.5$. The predictions are $(0, 4)$, so $r = (-1, 3)$. The mean of squares is 5 and the penalty
# $0.5 \cdot 2 = 1$, so $L = 6$. Next, $\frac22 X^\top r = (8, -2)$ and $2 \lambda w = (1, -1)$ give
# $\nabla_w L = (9, -3)$. The derivative for $b$ is $\frac22 (-1 + 3) = 2$.
#
# Return the loss, the gradient for $w$ and the derivative for $b$.

# %%
from sklearn.linear_model import Ridge

from autograder.kit import T1, T2, T3, accepted, array, check, close, exercise, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="sklearn.linear_model.Ridge",
    section="Regularisation",
    topics=(
        "r0-strategy-step2-math",
        "r0-w8-regularization",
        "r1-t05-regularization",
        "r2-o3-in-ml",
        "r2-a4-norms-regularization",
        "r2-b4-norms-regularization",
        "r3-4-3-ridge",
        "r3-7-regularization",
        "r4-calc-cost-gradients",
        "r4-mlmath-labels-features",
        "r4-mlmath-regularization",
        "r4-mlmath-linear-regression",
        "r4-req-ml-regularization",
        "r4-req-ml-linear-regression",
    ),
)

# %%
import numpy as np


# %%
def ridge_loss_grad(
    w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray, lam: float
) -> tuple[float, np.ndarray, float]:
    """Compute the mean squared error of a linear model plus lam |w|^2, and its gradients.

    Parameters
    ----------
    w : array or list of shape (d,), the weights
    b : the bias, which is not penalised
    X : array or list of shape (n, d), n >= 1
    y : array or list of shape (n,), the targets
    lam : strength of the penalty, lam >= 0

    Returns
    -------
    (loss, gradient_w, gradient_b) : float, array of shape (d,), float

    Raises
    ------
    ValueError : lam is negative, X is not of shape (n, d) with n >= 1, or w is not (d,), or y is not (n,)
    """
    ### BEGIN SOLUTION
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if lam < 0:
        raise ValueError("lam must not be negative")
    if X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1]:
        raise ValueError("X must be (n, d) with n >= 1, w (d,) and y (n,)")
    residual = X @ w + b - y
    loss = np.mean(residual**2) + lam * (w @ w)
    gradient_w = 2 * X.T @ residual / len(y) + 2 * lam * w
    return float(loss), gradient_w, float(2 * np.mean(residual))
    ### END SOLUTION


# %%
@check
def the_loss_of_the_example_is_6(ridge_loss_grad):
    """For the example the loss is 5 + 1 = 6."""
    X = np.array([[1.0, 2.0], [3.0, 0.0]])
    loss, _, _ = ridge_loss_grad(np.array([1.0, -1.0]), 1.0, X, np.array([1.0, 1.0]), 0.5)
    close(loss, 6.0, **T1, what="the loss")


# %%
@check
def the_gradients_of_the_example(ridge_loss_grad):
    """For the example the gradient for w is (9, -3), and the derivative for b is 2."""
    X = np.array([[1.0, 2.0], [3.0, 0.0]])
    _, gradient_w, gradient_b = ridge_loss_grad(np.array([1.0, -1.0]), 1.0, X, np.array([1.0, 1.0]), 0.5)
    close(gradient_w, np.array([9.0, -3.0]), **T1, what="the gradient for w")
    close(gradient_b, 2.0, **T1, what="the derivative for b")


# %%
@check
def a_negative_penalty_raises(ridge_loss_grad):
    """A negative lam raises ValueError."""
    raises(ValueError, ridge_loss_grad, np.ones(2), 0.0, np.eye(2), np.ones(2), -0.1)


# %%
@hidden(weight=2)
def the_gradients_are_slopes_of_the_loss(ridge_loss_grad, rng):
    """Central differences of the loss agree with the gradients, with and without a penalty."""
    h = 1e-3
    for n, d, lam in ((1, 1, 0.0), (2, 1, 0.7), (5, 2, 1.5), (8, 4, 0.3)):
        X, y, w, b = rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=d), float(rng.normal())
        _, gradient_w, gradient_b = ridge_loss_grad(w, b, X, y, lam)
        slopes = [
            (ridge_loss_grad(w + h * e, b, X, y, lam)[0] - ridge_loss_grad(w - h * e, b, X, y, lam)[0]) / (2 * h)
            for e in np.eye(d)
        ]
        slope_b = (ridge_loss_grad(w, b + h, X, y, lam)[0] - ridge_loss_grad(w, b - h, X, y, lam)[0]) / (2 * h)
        close(gradient_w, np.array(slopes), **T3, what=f"the gradient for w, with lam = {lam}")
        close(gradient_b, float(slope_b), **T3, what=f"the derivative for b, with lam = {lam}")


# %%
@hidden
def without_a_penalty_it_is_the_mean_squared_error(ridge_loss_grad, rng):
    """With lam = 0 the loss is the mean squared error, for one row and for many."""
    for n, d in ((1, 1), (3, 2), (50, 6)):
        X, y, w, b = rng.normal(size=(n, d)), 10.0 * rng.normal(size=n), rng.normal(size=d), float(rng.normal())
        loss, gradient_w, _ = ridge_loss_grad(w, b, X, y, 0.0)
        residual = [float(sum(X[i, j] * w[j] for j in range(d)) + b - y[i]) for i in range(n)]
        close(loss, sum(r * r for r in residual) / n, **T2, what="the loss")
        expected = np.array([sum(2 * residual[i] * X[i, j] for i in range(n)) / n for j in range(d)])
        close(gradient_w, expected, **T2, what="the gradient for w")


# %%
@hidden
def the_penalty_is_lam_times_the_squared_length(ridge_loss_grad, rng):
    """From lam = 0 to lam the loss grows by lam |w|^2, the gradient by 2 lam w, the derivative for b not at all."""
    for n, d, lam in ((1, 1, 2.0), (4, 3, 0.25), (10, 5, 30.0)):
        X, y, w, b = rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=d), 3.0
        plain = ridge_loss_grad(w, b, X, y, 0.0)
        loss, gradient_w, gradient_b = ridge_loss_grad(w, b, X, y, lam)
        close(loss - plain[0], lam * float(np.sum(w**2)), **T2, what="the growth of the loss")
        growth = array(gradient_w, (d,), what="the gradient for w") - array(plain[1], (d,), what="the gradient for w")
        close(growth, 2 * lam * w, **T2, what="the growth of the gradient for w")
        close(gradient_b, plain[2], **T2, what="the derivative for b")


# %%
@hidden
def a_shift_of_all_targets_costs_nothing(ridge_loss_grad, rng):
    """Adding 100 to all targets and to the bias changes neither the loss nor the gradients."""
    X, y, w = rng.normal(size=(6, 2)), rng.normal(size=6), rng.normal(size=2)
    loss, gradient_w, gradient_b = ridge_loss_grad(w, 0.5, X, y, 0.8)
    answer = ridge_loss_grad(w, 100.5, X, y + 100.0, 0.8)
    close(answer[0], loss, **T2, what="the loss after the shift")
    gradient_w = array(gradient_w, (2,), what="the gradient for w")
    close(answer[1], gradient_w, **T2, what="the gradient for w after the shift")
    close(answer[2], gradient_b, **T2, what="the derivative for b after the shift")


# %%
@hidden
def the_gradients_vanish_at_the_minimum(ridge_loss_grad, rng):
    """At the weights that scikit-learn finds for this penalty, both gradients are zero."""
    for n, d, lam in ((3, 1, 0.5), (20, 3, 0.1), (60, 8, 2.0)):
        X, y = rng.normal(size=(n, d)) + 1.0, rng.normal(size=n) + 5.0
        best = Ridge(alpha=n * lam, solver="cholesky").fit(X, y)
        _, gradient_w, gradient_b = ridge_loss_grad(best.coef_, float(best.intercept_), X, y, lam)
        close(gradient_w, np.zeros(d), **T3, what="the gradient for w at the minimum")
        close(gradient_b, 0.0, **T3, what="the derivative for b at the minimum")


# %%
@hidden
def lists_of_integers_are_fine(ridge_loss_grad):
    """Lists of whole numbers give the same as arrays of floats."""
    loss, gradient_w, gradient_b = ridge_loss_grad([2, 1], 1, [[1, 0], [2, 1], [0, 3]], [3, 5, 5], 2)
    close(loss, 2.0 / 3.0 + 10.0, **T1, what="the loss")
    close(gradient_w, np.array([4.0 / 3.0 + 8.0, -4.0 / 3.0 + 4.0]), **T1, what="the gradient for w")
    close(gradient_b, 0.0, **T1, what="the derivative for b")


# %%
@hidden
def whole_numbers_of_one_byte_are_widened_first(ridge_loss_grad):
    """Weights and features of one byte are handled as 64-bit floats: 20 * 20 and 2 * 200 do not fit into a byte."""
    w, X = np.array([20], dtype=np.uint8), np.array([[200]], dtype=np.uint8)
    loss, gradient_w, gradient_b = ridge_loss_grad(w, 0.0, X, [3999.0], 1.0)
    close(loss, 401.0, **T1, what="the loss")
    close(gradient_w, np.array([440.0]), **T1, what="the gradient for w")
    close(gradient_b, 2.0, **T1, what="the derivative for b")


# %%
@hidden
def bad_input_raises(ridge_loss_grad):
    """No rows, shapes that do not fit together, or a plain vector for X raise ValueError."""
    X, y, w = np.ones((3, 2)), np.ones(3), np.ones(2)
    raises(ValueError, ridge_loss_grad, w, 0.0, np.ones((0, 2)), np.ones(0), 0.1)
    raises(ValueError, ridge_loss_grad, np.ones(3), 0.0, X, y, 0.1)
    raises(ValueError, ridge_loss_grad, w, 0.0, X, y[:, None], 0.1)
    raises(ValueError, ridge_loss_grad, w[:, None], 0.0, X, y, 0.1)
    raises(ValueError, ridge_loss_grad, w, 0.0, X, np.ones(1), 0.1)
    raises(ValueError, ridge_loss_grad, w, 0.0, np.ones(2), y, 0.1)
    raises(ValueError, ridge_loss_grad, np.ones((1, 1)), 0.0, np.ones((3, 1)), y, 0.1)
    raises(ValueError, ridge_loss_grad, np.ones((2, 2)), 0.0, np.ones((2, 2, 2)), w, 0.1)
    raises(ValueError, ridge_loss_grad, w, 0.0, X, y, -1e-9)


# %%
@accepted
def one_row_after_the_other(w, b, X, y, lam):
    weights, rows, targets = (np.array(x, dtype=np.float64) for x in (w, X, y))
    if lam < 0 or rows.ndim != 2 or rows.shape[0] < 1:
        raise ValueError("not possible")
    n, d = rows.shape
    if weights.shape != (d,) or targets.shape != (n,):
        raise ValueError("shapes")
    loss, slope_b, slopes = 0.0, 0.0, np.zeros(d)
    for row, target in zip(rows, targets):
        miss = float(sum(row * weights)) + b - target
        loss += miss**2 / n
        slope_b += 2 * miss / n
        slopes += 2 * miss * row / n
    return loss + lam * float(sum(weights**2)), slopes + 2 * lam * weights, slope_b


# %%
@accepted
def with_extra_rows_for_the_penalty(w, b, X, y, lam):
    w, X, y = (np.asarray(x, dtype=float) for x in (w, X, y))
    if not lam >= 0:
        raise ValueError("lam must be at least 0")
    if X.ndim != 2 or X.shape[0] == 0 or w.ndim != 1 or y.ndim != 1 or X.shape != (y.size, w.size):
        raise ValueError("shapes")
    n, d = X.shape
    # A penalty is the same as d more rows with target 0; the column of ones is 0 in them.
    rows = np.block([[X, np.ones((n, 1))], [np.sqrt(n * lam) * np.eye(d), np.zeros((d, 1))]])
    residual = rows @ np.append(w, b) - np.append(y, np.zeros(d))
    gradient = 2 / n * rows.T @ residual
    return float(residual @ residual / n), gradient[:d], float(gradient[d])


# %%
@misconception(
    caught_by="a_shift_of_all_targets_costs_nothing",
    hint="The bias is penalised too. Leave it out: shifting all targets should not cost anything.",
)
def penalty_on_the_bias(w, b, X, y, lam):
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if lam < 0 or X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1]:
        raise ValueError("shapes or lam")
    residual = X @ w + b - y
    loss = np.mean(residual**2) + lam * (w @ w + b**2)
    return float(loss), 2 * X.T @ residual / len(y) + 2 * lam * w, float(2 * np.mean(residual) + 2 * lam * b)


# %%
@misconception(
    caught_by="the_gradients_are_slopes_of_the_loss",
    hint="The derivative of lam |w|^2 is 2 lam w. The factor 2 is missing.",
)
def penalty_gradient_without_2(w, b, X, y, lam):
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if lam < 0 or X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1]:
        raise ValueError("shapes or lam")
    residual = X @ w + b - y
    loss = np.mean(residual**2) + lam * (w @ w)
    return float(loss), 2 * X.T @ residual / len(y) + lam * w, float(2 * np.mean(residual))


# %%
@misconception(
    caught_by="the_loss_of_the_example_is_6",
    hint="The penalty is in the gradient but not in the loss. Both must change together.",
)
def penalty_in_the_gradient_only(w, b, X, y, lam):
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if lam < 0 or X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1]:
        raise ValueError("shapes or lam")
    residual = X @ w + b - y
    return float(np.mean(residual**2)), 2 * X.T @ residual / len(y) + 2 * lam * w, float(2 * np.mean(residual))


# %%
@misconception(
    caught_by="without_a_penalty_it_is_the_mean_squared_error",
    hint="The loss is the mean of the squared residuals, not their sum: divide by n, in the gradients too.",
)
def sums_instead_of_averaging(w, b, X, y, lam):
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if lam < 0 or X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1]:
        raise ValueError("shapes or lam")
    residual = X @ w + b - y
    loss = np.sum(residual**2) + lam * (w @ w)
    return float(loss), 2 * X.T @ residual + 2 * lam * w, float(2 * np.sum(residual))


# %%
@misconception(
    caught_by="the_penalty_is_lam_times_the_squared_length",
    hint="The length enters squared: lam times the sum of w squared, without a root.",
)
def penalty_with_the_length_not_squared(w, b, X, y, lam):
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if lam < 0 or X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1]:
        raise ValueError("shapes or lam")
    residual = X @ w + b - y
    length = np.sqrt(w @ w)
    gradient = 2 * X.T @ residual / len(y) + lam * w / max(length, 1e-300)
    return float(np.mean(residual**2) + lam * length), gradient, float(2 * np.mean(residual))

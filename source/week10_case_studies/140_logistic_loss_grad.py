# %% [markdown]
# ### Logistic loss and gradient
#
# Is a tumour benign or not? For a question with two answers, a model should give a probability. Logistic regression
# takes the number $z = w \cdot x + b$ of a linear model, the *logit*, and squeezes it into $(0, 1)$:
# $p = 1 / (1 + e^{-z})$.
#
# The loss is the cross-entropy of week 9: minus the logarithm of the probability that was given to the right answer.
# With labels $y_i \in \{0, 1\}$ and a penalty for large weights,
# $$L(w, b) = -\frac1n \sum_{i=1}^n \bigl( y_i \log p_i + (1 - y_i) \log(1 - p_i) \bigr) + \frac{\lambda}{2}
# \lVert w \rVert^2 .$$
# The gradient is as simple as for linear regression: the error $p - y$ replaces the residual, and
# $$\nabla_w L = \frac1n X^\top (p - y) + \lambda w, \qquad
# \frac{\partial L}{\partial b} = \frac1n \sum_{i=1}^n (p_i - y_i) .$$
#
# For $z = -1000$ the computer rounds $p$ to 0, and $\log p$ is lost. So do not take the logarithm of $p$. For $y = 1$
# the loss of a sample is $\log(1 + e^{-z})$, and for $y = 0$ it is $\log(1 + e^{z})$. Both have the form
# $\log(e^0 + e^u)$, which you can compute without overflow.
#
# **By hand.** One feature, $x = (\log 3, 0)$, $y = (1, 0)$, $w = 1$, $b = 0$, $\lambda = 0.2$. Then $p = (0.75,
# 0.5)$. The mean loss is $(0.2877 + 0.6931)/2 = 0.4904$ and the penalty $0.1$, so $L = 0.5904$. With $p - y = (-0.25,
# 0.5)$ the gradient for $w$ is $-0.25 \cdot 1.0986 / 2 + 0.2 = 0.0627$, and the derivative for $b$ is $0.25/2 =
# 0.125$.
#
# Return the loss, the gradient for $w$ and the derivative for $b$.

# %%
from scipy.special import logsumexp
from sklearn.metrics import log_loss

from autograder.kit import T2, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("sklearn.metrics.*", "sklearn.linear_model.*"),
    oracle="sklearn.metrics.log_loss, scipy.special.logsumexp and central differences",
    section="Logistic regression",
    topics=(
        "r0-w9-goal",
        "r0-w9-out-why-cross-entropy",
        "r0-w9-out-avoid-instability",
        "r0-w10-logistic-regression",
        "r1-t08-logistic-regression",
        "r2-o2-in-ml",
        "r2-o7-in-ml",
        "r3-4-3-logistic-regression",
        "r3-7-losses",
        "r4-mlmath-loss-functions",
        "r4-req-ml-loss-functions",
    ),
)

# %%
import numpy as np


# %%
def logistic_loss_grad(
    w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray, l2: float = 0.0
) -> tuple[float, np.ndarray, float]:
    """Compute the mean log-loss of logistic regression plus l2 |w|^2 / 2, and its gradients.

    Parameters
    ----------
    w : array or list of shape (d,), the weights
    b : the intercept, which is not penalised
    X : array or list of shape (n, d), n >= 1
    y : array or list of shape (n,), labels 0 and 1
    l2 : strength of the penalty, l2 >= 0

    Returns
    -------
    (loss, gradient_w, gradient_b) : float, array of shape (d,), float.
        Logits up to 10000 in size give finite results.

    Raises
    ------
    ValueError : a label is neither 0 nor 1, or l2 is negative
    ValueError : X is not of shape (n, d) with n >= 1, or w is not (d,), or y is not (n,)
    """
    ### BEGIN SOLUTION
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1]:
        raise ValueError("X must be (n, d) with n >= 1, w (d,) and y (n,)")
    if l2 < 0 or not np.all((y == 0) | (y == 1)):
        raise ValueError("labels must be 0 or 1, and l2 not negative")
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, np.where(y == 1, -z, z))) + l2 / 2 * (w @ w)
    error = np.exp(-np.logaddexp(0, -z)) - y
    return float(loss), X.T @ error / len(y) + l2 * w, float(np.mean(error))
    ### END SOLUTION


# %%
@helper
def a_problem(n, d, rng):
    """Return random w, b, X, y with logits of moderate size."""
    X, w, b = rng.normal(size=(n, d)), rng.normal(size=d), float(rng.normal())
    return w, b, X, (rng.random(n) < 0.5).astype(float)


# %%
@check
def the_loss_of_the_example(logistic_loss_grad):
    """For the example the loss is (log(4/3) + log 2)/2 + 0.1."""
    X, y = np.array([[np.log(3.0)], [0.0]]), np.array([1.0, 0.0])
    loss, _, _ = logistic_loss_grad(np.array([1.0]), 0.0, X, y, 0.2)
    close(loss, float((np.log(4 / 3) + np.log(2)) / 2 + 0.1), **T2, what="the loss")


# %%
@check
def the_gradients_of_the_example(logistic_loss_grad):
    """For the example the gradient for w is 0.2 - log(3)/8, and the derivative for b is 0.125."""
    X, y = np.array([[np.log(3.0)], [0.0]]), np.array([1.0, 0.0])
    _, gradient_w, gradient_b = logistic_loss_grad(np.array([1.0]), 0.0, X, y, 0.2)
    close(gradient_w, np.array([0.2 - np.log(3.0) / 8]), **T2, what="the gradient for w")
    close(gradient_b, 0.125, **T2, what="the derivative for b")


# %%
@check
def labels_of_minus_one_raise(logistic_loss_grad):
    """Labels -1 and 1 raise ValueError: this loss is written for 0 and 1."""
    raises(ValueError, logistic_loss_grad, np.ones(1), 0.0, np.ones((2, 1)), np.array([-1.0, 1.0]))


# %%
@hidden(weight=2)
def the_gradients_are_those_of_the_loss(logistic_loss_grad, rng):
    """The gradients agree with central differences of the loss, with and without a penalty."""
    h = 1e-5
    for n, d, l2 in ((1, 1, 0.0), (2, 1, 0.5), (5, 3, 0.0), (20, 2, 0.7)):
        w, b, X, y = a_problem(n, d, rng)
        _, gradient_w, gradient_b = logistic_loss_grad(w, b, X, y, l2)
        gradient_w = array(gradient_w, (d,), what="the gradient for w")
        for j in range(d):
            step = h * np.eye(d)[j]
            rise = logistic_loss_grad(w + step, b, X, y, l2)[0] - logistic_loss_grad(w - step, b, X, y, l2)[0]
            close(float(gradient_w[j]), rise / (2 * h), rtol=1e-6, atol=1e-8, what=f"the derivative for w[{j}]")
        rise = logistic_loss_grad(w, b + h, X, y, l2)[0] - logistic_loss_grad(w, b - h, X, y, l2)[0]
        close(gradient_b, rise / (2 * h), rtol=1e-6, atol=1e-8, what="the derivative for b")


# %%
@hidden(weight=2)
def without_a_penalty_it_is_the_cross_entropy(logistic_loss_grad, rng):
    """Without a penalty the loss is the cross-entropy of the two logits 0 and z, and scikit-learn's log-loss."""
    for n, d in ((1, 1), (3, 2), (10, 4), (100, 5)):
        w, b, X, y = a_problem(n, d, rng)
        z = X @ w + b
        loss, gradient_w, gradient_b = logistic_loss_grad(w, b, X, y)
        logits = np.column_stack([np.zeros(n), z])
        chosen = logits[np.arange(n), y.astype(int)]
        close(loss, float(np.mean(logsumexp(logits, axis=1) - chosen)), **T2, what="the loss")
        p = 1 / (1 + np.exp(-z))
        close(loss, float(log_loss(y, p, labels=[0, 1])), **T2, what="the loss")
        close(array(gradient_w, (d,), what="the gradient for w"), (p - y) @ X / n, **T2, what="the gradient for w")
        close(gradient_b, float(np.mean(p - y)), **T2, what="the derivative for b")


# %%
@hidden
def at_zero_the_loss_is_log_2(logistic_loss_grad, rng):
    """With w = 0 and b = 0 every probability is 1/2, so the loss is log 2."""
    for n, d in ((1, 1), (4, 2), (30, 6)):
        _, _, X, y = a_problem(n, d, rng)
        loss, gradient_w, gradient_b = logistic_loss_grad(np.zeros(d), 0.0, X, y, 3.0)
        close(loss, float(np.log(2)), **T2, what="the loss at zero")
        close(gradient_w, X.T @ (0.5 - y) / n, **T2, what="the gradient for w at zero")
        close(gradient_b, float(0.5 - y.mean()), **T2, what="the derivative for b at zero")


# %%
@hidden(weight=2)
def huge_logits_do_not_overflow(logistic_loss_grad):
    """For logits of size 1000 and 10000 the loss is that size where the answer is wrong, and 0 where it is right."""
    for size in (50.0, 1000.0, 10000.0):
        X = np.array([[size], [-size]])
        for y, loss, error in (([1, 0], 0.0, 0.0), ([0, 1], size, 1.0)):
            got, gradient_w, gradient_b = logistic_loss_grad([1.0], 0.0, X, y)
            close(got, loss, **T2, what=f"the loss for logits of size {size:g}")
            close(gradient_w, np.array([size * error]), **T2, what=f"the gradient for w at logits of size {size:g}")
            close(gradient_b, 0.0, **T2, what=f"the derivative for b at logits of size {size:g}")
    got, _, _ = logistic_loss_grad(np.array([0.0]), -800.0, np.array([[1.0]]), np.array([1.0]))
    close(got, 800.0, **T2, what="the loss for b = -800 and the label 1")


# %%
@hidden
def exchanging_the_labels_mirrors_w_and_b(logistic_loss_grad, rng):
    """With 1 - y for y, and -w, -b for w, b, the loss stays and the gradients change their sign."""
    for n, d in ((2, 1), (9, 3)):
        w, b, X, y = a_problem(n, d, rng)
        loss, gradient_w, gradient_b = logistic_loss_grad(w, b, X, y, 0.3)
        mirrored = logistic_loss_grad(-w, -b, X, 1 - y, 0.3)
        close(mirrored[0], loss, **T2, what="the mirrored loss")
        close(mirrored[1], -gradient_w, **T2, what="the mirrored gradient for w")
        close(mirrored[2], -gradient_b, **T2, what="the mirrored derivative for b")


# %%
@hidden
def the_penalty_is_half_of_the_squared_length(logistic_loss_grad, rng):
    """The penalty adds l2 |w|^2 / 2 to the loss and l2 w to its gradient; the intercept stays free."""
    for d, l2 in ((1, 2.0), (4, 0.25)):
        w, b, X, y = a_problem(6, d, rng)
        free, penalised = logistic_loss_grad(w, b + 2, X, y), logistic_loss_grad(w, b + 2, X, y, l2)
        close(penalised[0] - free[0], float(l2 * np.sum(w**2) / 2), **T2, what="the penalty")
        close(penalised[1] - free[1], l2 * w, **T2, what="the gradient of the penalty")
        close(penalised[2], free[2], **T2, what="the derivative for b with a penalty")


# %%
@hidden
def the_loss_is_convex_along_lines(logistic_loss_grad, rng):
    """Halfway between two points the loss is at most the mean of the losses at the ends."""
    for d in (1, 3):
        w, b, X, y = a_problem(12, d, rng)
        v, c = 3 * rng.normal(size=d), float(rng.normal())
        ends = logistic_loss_grad(w, b, X, y, 0.1)[0] + logistic_loss_grad(v, c, X, y, 0.1)[0]
        middle = logistic_loss_grad((w + v) / 2, (b + c) / 2, X, y, 0.1)[0]
        holds(middle <= ends / 2 + 1e-12, "The loss halfway should be at most the mean of the losses at the ends.")


# %%
@hidden
def integers_are_fine(logistic_loss_grad):
    """Integers in arrays or lists give the same result as floats, and so do weights in single precision."""
    expected = logistic_loss_grad(np.array([1.0, -2.0]), 1.0, np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([1.0, 0.0]))
    p = 1 / (1 + np.exp(np.array([2.0, -4.0])))
    close(expected[1], np.array([(p[0] - 1 + 3 * p[1]) / 2, p[0] - 1]), **T2, what="the gradient for w")
    arrays = logistic_loss_grad(np.array([1, -2]), 1, np.array([[1, 2], [3, 0]]), np.array([1, 0]))
    lists = logistic_loss_grad([1, -2], 1, [[1, 2], [3, 0]], [1, 0])
    for given in (arrays, lists):
        close(given, expected, **T2, what="the result for integers")
    w, X, y = np.array([0.1, 0.7], dtype=np.float32), np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([1.0, 0.0])
    expected = logistic_loss_grad(w.astype(float), 1.0, X, y, 3.0)
    close(logistic_loss_grad(w, 1.0, X, y, 3.0), expected, **T2, what="the result for weights in single precision")


# %%
@hidden
def bad_arguments_raise(logistic_loss_grad):
    """Other labels, a negative penalty and shapes that do not fit raise ValueError."""
    w, X, y = np.ones(2), np.ones((3, 2)), np.array([0.0, 1.0, 1.0])
    for labels in ([0.0, 1.0, 2.0], [0.0, 0.5, 1.0], [0.0, 1.0, float("nan")]):
        raises(ValueError, logistic_loss_grad, w, 0.0, X, np.array(labels))
    raises(ValueError, logistic_loss_grad, w, 0.0, X, y, -0.1)
    raises(ValueError, logistic_loss_grad, np.ones(3), 0.0, X, y)
    raises(ValueError, logistic_loss_grad, np.ones((1, 1)), 0.0, X[:, :1], y)
    raises(ValueError, logistic_loss_grad, w, 0.0, X, y[:2])
    raises(ValueError, logistic_loss_grad, w, 0.0, X, y[:1])
    raises(ValueError, logistic_loss_grad, w, 0.0, X, y[:, None])
    raises(ValueError, logistic_loss_grad, w, 0.0, X[0], y[:1])
    raises(ValueError, logistic_loss_grad, w, 0.0, np.ones((0, 2)), np.ones(0))
    raises(ValueError, logistic_loss_grad, np.ones((1, 1)), 0.0, np.ones((3, 1, 1)), y)


# %%
@accepted
def sample_by_sample(w, b, X, y, l2=0.0):
    w, X, y = [np.array(values, dtype=float) for values in (w, X, y)]
    if X.ndim != 2 or X.shape[0] < 1 or w.shape != (X.shape[1],) or y.shape != (X.shape[0],) or l2 < 0:
        raise ValueError("shapes or l2")
    if not set(y.tolist()) <= {0.0, 1.0}:
        raise ValueError("labels")
    loss, gradient_w, gradient_b = 0.0, np.zeros(len(w)), 0.0
    for x, label in zip(X, y, strict=True):
        z = float(w @ x) + b
        tail = float(np.exp(-abs(z)))
        loss += max(z, 0.0) - label * z + float(np.log1p(tail))
        p = 1 / (1 + tail) if z >= 0 else tail / (1 + tail)
        gradient_w += (p - label) * x
        gradient_b += p - label
    n = len(y)
    return loss / n + l2 * float(w @ w) / 2, gradient_w / n + l2 * w, float(gradient_b / n)


# %%
@accepted
def with_signs_and_tanh(w, b, X, y, l2=0.0):
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or X.shape[0] == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1]:
        raise ValueError("shapes")
    if not np.isin(y, (0, 1)).all() or l2 < 0:
        raise ValueError("labels or l2")
    A, c = np.column_stack([X, np.ones(len(y))]), np.append(w, b)
    u = -(2 * y - 1) * (A @ c)
    losses = np.maximum(u, 0) + np.log1p(np.exp(-np.abs(u)))
    gradient = A.T @ ((1 + np.tanh(A @ c / 2)) / 2 - y) / len(y)
    return float(losses.mean() + l2 * np.sum(w**2) / 2), gradient[:-1] + l2 * w, float(gradient[-1])


# %%
@misconception(
    caught_by="huge_logits_do_not_overflow",
    hint="Cutting p off hides how wrong the model is. Use log(1 + exp(u)) in its stable form.",
)
def clips_the_probabilities(w, b, X, y, l2=0.0):
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1] or l2 < 0:
        raise ValueError("shapes or l2")
    if not np.all((y == 0) | (y == 1)):
        raise ValueError("labels")
    z = X @ w + b
    p = np.clip(np.exp(-np.logaddexp(0, -z)), 1e-15, 1 - 1e-15)
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) + l2 / 2 * (w @ w)
    return float(loss), X.T @ (p - y) / len(y) + l2 * w, float(np.mean(p - y))


# %%
@misconception(
    caught_by="huge_logits_do_not_overflow",
    hint="exp(1000) is infinite. Take the larger exponent out first, as in log-sum-exp.",
)
def lets_the_exponential_overflow(w, b, X, y, l2=0.0):
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1] or l2 < 0:
        raise ValueError("shapes or l2")
    if not np.all((y == 0) | (y == 1)):
        raise ValueError("labels")
    z = X @ w + b
    with np.errstate(all="ignore"):
        loss = np.mean(np.log(1 + np.exp(np.where(y == 1, -z, z)))) + l2 / 2 * (w @ w)
        error = 1 / (1 + np.exp(-z)) - y
    return float(loss), X.T @ error / len(y) + l2 * w, float(np.mean(error))


# %%
@misconception(
    caught_by="the_gradients_are_those_of_the_loss",
    hint="The factor p(1 - p) belongs to squared error. Here it cancels, and p - y remains.",
)
def multiplies_by_the_slope_of_the_sigmoid(w, b, X, y, l2=0.0):
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1] or l2 < 0:
        raise ValueError("shapes or l2")
    if not np.all((y == 0) | (y == 1)):
        raise ValueError("labels")
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, np.where(y == 1, -z, z))) + l2 / 2 * (w @ w)
    p = np.exp(-np.logaddexp(0, -z))
    error = (p - y) * p * (1 - p)
    return float(loss), X.T @ error / len(y) + l2 * w, float(np.mean(error))


# %%
@misconception(
    caught_by="the_penalty_is_half_of_the_squared_length",
    hint="The intercept stays free: the penalty holds w only.",
)
def penalises_the_intercept(w, b, X, y, l2=0.0):
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1] or l2 < 0:
        raise ValueError("shapes or l2")
    if not np.all((y == 0) | (y == 1)):
        raise ValueError("labels")
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, np.where(y == 1, -z, z))) + l2 / 2 * (w @ w + b * b)
    error = np.exp(-np.logaddexp(0, -z)) - y
    return float(loss), X.T @ error / len(y) + l2 * w, float(np.mean(error) + l2 * b)


# %%
@misconception(
    caught_by="the_penalty_is_half_of_the_squared_length",
    hint="The penalty has a factor 1/2, so that its gradient is l2 w and not 2 l2 w.",
)
def forgets_the_half(w, b, X, y, l2=0.0):
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1] or l2 < 0:
        raise ValueError("shapes or l2")
    if not np.all((y == 0) | (y == 1)):
        raise ValueError("labels")
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, np.where(y == 1, -z, z))) + l2 * (w @ w)
    error = np.exp(-np.logaddexp(0, -z)) - y
    return float(loss), X.T @ error / len(y) + 2 * l2 * w, float(np.mean(error))


# %%
@misconception(
    caught_by="without_a_penalty_it_is_the_cross_entropy",
    hint="The loss is the mean over the samples, not the sum: divide by n, in the gradients too.",
)
def sums_over_the_samples(w, b, X, y, l2=0.0):
    w, X, y = np.asarray(w, dtype=float), np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or w.shape != X.shape[1:] or y.shape != X.shape[:1] or l2 < 0:
        raise ValueError("shapes or l2")
    if not np.all((y == 0) | (y == 1)):
        raise ValueError("labels")
    z = X @ w + b
    loss = np.sum(np.logaddexp(0, np.where(y == 1, -z, z))) + l2 / 2 * (w @ w)
    error = np.exp(-np.logaddexp(0, -z)) - y
    return float(loss), X.T @ error + l2 * w, float(np.sum(error))

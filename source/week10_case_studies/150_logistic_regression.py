# %% [markdown]
# ### Logistic regression
#
# The loss and its gradient are known. Now find the minimum. There is no formula for it, but the loss is convex: every
# descent method of weeks 5 and 8 leads to the same place. The question is only how fast.
#
# On the standardised breast cancer data, plain gradient descent with a safe rate needs almost 4000 steps until the
# length of the gradient is $10^{-8}$. That is more than the default `max_iter` allows. Newton's method needs 8.
#
# Write $A = (X, 1)$ for the features with a column of ones, and $c = (w, b)$. With
# $p = 1/(1 + e^{-A c})$ and $D = \mathrm{diag}(\lambda, \dots, \lambda, 0)$,
# $$g = \frac1n A^\top (p - y) + D c, \qquad
# H = \frac1n A^\top \mathrm{diag}\bigl(p_i (1 - p_i)\bigr) A + D, \qquad c \leftarrow c - H^{-1} g .$$
# If a step makes the loss larger by more than $10^{-12}$, halve it until it does not. (Less may be rounding.)
#
# When are you done? When the length of $g$, with the part for $b$, is at most `tol`. A fixed number of steps proves
# nothing.
#
# There is one trap. Let $\lambda = 0$ and let the classes be *separable*: some $c$ has $z_i > 0$ for all samples of
# class 1 and $z_i < 0$ for all of class 0. Then $2c$ is better than $c$, and $4c$ is better still. There is no minimum,
# the weights grow for ever, and the gradient shrinks to 0 all the same. So with $\lambda = 0$, give up as soon as your
# $c$ separates the classes.
#
# **By hand.** One feature with the values 0 and 1, $\lambda = 0$. Among four samples with $x = 0$ one has the label 1,
# among four with $x = 1$ three have it. The best probabilities are these shares, $1/4$ and $3/4$. So
# $b = \log \frac{1/4}{3/4} = -1.099$ and $w + b = \log 3$, which gives $w = 2 \log 3 = 2.197$.
#
# Return `w` and `b`. To classify, compare the probability with 0.5. That is the same as comparing the logit with 0.
# scikit-learn multiplies the sum of the losses by $C$ instead: $C = 1/(n \lambda)$ gives the same model.

# %%
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression

from autograder.kit import T3, T4, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.optimize.*", "sklearn.linear_model.*"),
    oracle="sklearn.linear_model.LogisticRegression with C = 1/(n l2), and the shares of groups",
    section="Logistic regression",
    topics=(
        "r0-intro-ml-ready-foundation",
        "r0-w10-goal",
        "r0-w10-logistic-regression",
        "r0-w10-out-ready-ml-dl",
        "r0-final-implement-from-scratch",
        "r0-final-transition",
        "r0-final-transition-ml",
        "r1-why-from-scratch",
        "r1-t05-in-ml",
        "r1-t08-logistic-regression",
        "r2-o2-in-ml",
        "r2-o4-in-ml",
        "r2-a-end-move-to-ml",
        "r2-b-end-ready-ml-dl",
        "r3-4-3-logistic-regression",
        "r3-10-train",
        "r4-p2-sklearn-classes",
        "r4-p2-build-models",
    ),
    uses=("logistic_loss_grad",),
)

# %%
import numpy as np


# %%
class ConvergenceError(RuntimeError):
    """An iteration stopped before it reached the wanted accuracy."""


# %%
def logistic_regression(
    X: np.ndarray, y: np.ndarray, l2: float = 0.01, tol: float = 1e-8, max_iter: int = 1000
) -> tuple[np.ndarray, float]:
    """Find the minimum of the mean log-loss plus l2 |w|^2 / 2 by any method.

    Parameters
    ----------
    X : array or list of shape (n, d), n >= 1; the caller has standardised it
    y : array or list of shape (n,), labels 0 and 1; both occur
    l2 : strength of the penalty, l2 >= 0; the intercept is not penalised
    tol : the length of the gradient for (w, b) at the answer is at most tol
    max_iter : the largest number of steps

    Returns
    -------
    (w, b) : array of shape (d,) and float

    Raises
    ------
    ValueError : X is not of shape (n, d) with n >= 1, or y is not of shape (n,), or l2 is negative
    ValueError : a label is neither 0 nor 1, or one of the two does not occur
    ConvergenceError : the gradient is still longer than tol after max_iter steps
    ConvergenceError : l2 is 0 and the classes are separable, so that there is no minimum
    """
    ### BEGIN SOLUTION
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or y.shape != X.shape[:1] or l2 < 0:
        raise ValueError("X must be (n, d) with n >= 1, y (n,), and l2 not negative")
    if set(y.tolist()) != {0.0, 1.0}:
        raise ValueError("the labels must be 0 and 1, and both must occur")
    A = np.column_stack([X, np.ones(len(X))])
    penalty = np.append(np.full(X.shape[1], float(l2)), 0.0)
    signs = 1 - 2 * y

    def loss(c: np.ndarray) -> float:
        return float(np.mean(np.logaddexp(0, signs * (A @ c))) + penalty @ c**2 / 2)

    c = np.zeros(A.shape[1])
    for _ in range(max_iter + 1):
        z = A @ c
        if l2 == 0 and np.all(signs * z < 0):
            raise ConvergenceError("the classes are separable: without a penalty there is no minimum")
        p = np.exp(-np.logaddexp(0, -z))
        gradient = A.T @ (p - y) / len(y) + penalty * c
        if np.linalg.norm(gradient) <= tol:
            return c[:-1], float(c[-1])
        hessian = (A.T * (p * (1 - p))) @ A / len(y) + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        while loss(c - step) > loss(c) + 1e-12:
            step = step / 2
        c = c - step
    raise ConvergenceError(f"gradient too long after {max_iter} steps")
    ### END SOLUTION


# %%
@helper
def gradient_length(w, b, X, y, l2):
    """Return the length of the gradient of the penalised mean log-loss."""
    error = 1 / (1 + np.exp(-(X @ w + b))) - y
    return float(np.sqrt(np.sum((X.T @ error / len(y) + l2 * w) ** 2) + np.mean(error) ** 2))


# %%
@helper
def overlapping_classes(n, d, rng):
    """Return standardised features and labels that no plane separates."""
    X = rng.normal(size=(n, d))
    X[: 2 * d + 2] = np.repeat(rng.normal(size=(d + 1, d)), 2, axis=0)
    y = (rng.random(n) < 1 / (1 + np.exp(-X.sum(axis=1) - 0.5))).astype(float)
    y[: 2 * d + 2] = np.tile([0.0, 1.0], d + 1)
    return (X - X.mean(axis=0)) / X.std(axis=0), y


# %%
@check
def finds_the_shares_of_two_groups(logistic_regression):
    """With the shares 1/4 at x = 0 and 3/4 at x = 1 and no penalty, w is 2 log 3 and b is -log 3."""
    X = np.array([[0.0], [0.0], [0.0], [0.0], [1.0], [1.0], [1.0], [1.0]])
    w, b = logistic_regression(X, np.array([0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0]), l2=0.0)
    close(array(w, (1,), what="w"), np.array([2 * np.log(3.0)]), **T4, what="w")
    close(b, float(-np.log(3.0)), **T4, what="b")


# %%
@check
def separable_classes_without_a_penalty_raise(logistic_regression):
    """With l2 = 0 and classes that lie apart there is no minimum: ConvergenceError."""
    X = np.array([[-2.0], [-1.0], [1.0], [2.0]])
    raises(ConvergenceError, logistic_regression, X, np.array([0.0, 0.0, 1.0, 1.0]), l2=0.0)


# %%
@check
def a_single_class_raises(logistic_regression):
    """When only one of the two labels occurs, ValueError is raised."""
    raises(ValueError, logistic_regression, np.array([[1.0], [2.0]]), np.array([1.0, 1.0]))


# %%
@hidden(weight=2)
def the_gradient_is_at_most_tol(logistic_regression, rng):
    """At the answer the length of the gradient is at most tol."""
    for n, d, l2, tol in ((6, 1, 1.0, 1e-7), (10, 2, 0.1, 1e-8), (40, 3, 0.0, 1e-8), (150, 5, 0.01, 1e-6)):
        X, y = overlapping_classes(n, d, rng)
        w, b = logistic_regression(X, y, l2=l2, tol=tol)
        length = gradient_length(array(w, (d,), what="w"), b, X, y, l2)
        holds(length <= 1.001 * tol + 1e-14, f"The gradient at the answer has the length {length:.2g}; tol is {tol:g}.")


# %%
@hidden(weight=2)
def agrees_with_scikit_learn(logistic_regression, rng):
    """The model is that of scikit-learn with C = 1/(n l2), for weak and for strong penalties."""
    for n, d, l2 in ((8, 1, 0.1), (30, 2, 0.01), (30, 2, 5.0), (200, 4, 0.05)):
        X, y = overlapping_classes(n, d, rng)
        expected = LogisticRegression(C=1 / (n * l2), solver="newton-cholesky", tol=1e-10, max_iter=200).fit(X, y)
        w, b = logistic_regression(X, y, l2=l2)
        close(w, expected.coef_[0], **T4, what="w")
        close(b, float(expected.intercept_[0]), **T4, what="b")


# %%
@hidden
def classifies_the_breast_cancer_data(logistic_regression):
    """On the standardised breast cancer data, with l2 = 0.01, 561 of the 569 samples are classified correctly."""
    X, y = load_breast_cancer(return_X_y=True)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    w, b = logistic_regression(X, y)
    correct = int(np.sum((X @ array(w, (30,), what="w") + b > 0) == (y == 1)))
    holds(correct == 561, f"561 samples should be classified correctly, not {correct}.")
    length = gradient_length(w, b, X, y, 0.01)
    holds(length <= 1.001e-8, f"The gradient at the answer has the length {length:.2g}; tol is 1e-8.")


# %%
@hidden
def the_unit_of_a_feature_does_not_matter(logistic_regression, rng):
    """Without a penalty, a feature in another unit has its weight in the inverse unit, and b stays."""
    for n, d in ((30, 1), (60, 3)):
        X, y = overlapping_classes(n, d, rng)
        w, b = logistic_regression(X, y, l2=0.0)
        units = rng.uniform(0.3, 3.0, size=d)
        w_scaled, b_scaled = logistic_regression(X * units, y, l2=0.0)
        close(w_scaled * units, w, **T4, what="the weights times the units")
        close(b_scaled, b, **T4, what="b")


# %%
@hidden
def the_intercept_is_free(logistic_regression, rng):
    """Under a huge penalty the weights vanish, and the intercept is the logit of the share of ones."""
    for n, ones in ((10, 9), (50, 6)):
        X, y = rng.normal(size=(n, 2)), (np.arange(n) < ones).astype(float)
        w, b = logistic_regression(X, y, l2=1e6)
        close(b, float(np.log(ones / (n - ones))), **T4, what="b under a huge penalty")
        holds(np.all(np.abs(array(w, (2,), what="w")) < 1e-5), "Under a huge penalty the weights should vanish.")


# %%
@hidden(weight=2)
def every_separable_case_raises(logistic_regression, rng):
    """With l2 = 0, every separable case raises ConvergenceError; a penalty gives it a minimum."""
    for n, d in ((4, 1), (12, 2), (60, 3)):
        X = rng.normal(size=(n, d))
        X[0, 0], X[1, 0] = 2.0, -2.0
        X[:, 0] += 0.5 * np.sign(X[:, 0])
        y = (X[:, 0] > 0).astype(float)
        raises(ConvergenceError, logistic_regression, X, y, l2=0.0)
        w, b = logistic_regression(X, y, l2=0.1)
        holds(gradient_length(w, b, X, y, 0.1) <= 1.001e-8, "With a penalty the gradient should be at most tol.")


# %%
@hidden
def running_out_of_steps_raises(logistic_regression, rng):
    """When the gradient is still too long after max_iter steps, ConvergenceError is raised."""
    for n, d in ((20, 1), (60, 4)):
        X, y = overlapping_classes(n, d, rng)
        raises(ConvergenceError, logistic_regression, X + 1, y, l2=0.01, tol=1e-12, max_iter=1)


# %%
@hidden
def a_step_that_is_too_long_is_shortened(logistic_regression):
    """A full Newton step can lead astray, and only the loss itself tells: the minimum is found all the same."""
    one = [[-0.6, 0.5, -0.1], [0.3, -1.2, 2.7], [-0.2, 0.1, -0.1], [0.2, -11.3, 2.0], [-1.2, -1.5, 0], [0, 0.1, 0]]
    other = [[0.1, -0.9, 0.3], [-0.1, 0, 0], [1.0, 0.2, -0.7], [0, 0, 0], [-2.3, 1.3, -0.7]]
    third = [[0.4, -0.4], [-2.5, 0.0], [-8.6, 3.6], [0.2, 1.0], [-1.9, 0.2], [1.6, -6.0], [0.6, -0.9]]
    cases = ((third, [0, 1, 0, 0, 1, 0, 0], 0.01), (one, [1, 1, 0, 0, 0, 1], 1e-5), (other, [0, 0, 1, 1, 0], 1e-6))
    for table, labels, l2 in cases:
        X, y = np.array(table), np.array(labels, dtype=float)
        X = (X - X.mean(axis=0)) / X.std(axis=0)
        w, b = logistic_regression(X, y, l2=l2)
        length = gradient_length(array(w, X.shape[1:], what="w"), b, X, y, l2)
        holds(length <= 1.001e-8, f"The gradient at the answer has the length {length:.2g}; tol is 1e-8.")


# %%
@hidden
def lists_of_integers_are_fine(logistic_regression):
    """Integers in arrays or lists work like floats, and b is the logit of the share at x = 0."""
    X, y = [[0], [0], [0], [2], [2], [2]], [0, 1, 0, 1, 1, 0]
    for given in ((X, y), (np.array(X), np.array(y)), (np.array(X, dtype=np.int8), np.array(y, dtype=np.uint8))):
        w, b = logistic_regression(*given, l2=0.0)
        close(array(w, (1,), what="w"), np.array([np.log(2.0)]), **T3, what="w for integers")
        close(b, float(-np.log(2.0)), **T3, what="b for integers")


# %%
@hidden
def bad_arguments_raise(logistic_regression):
    """Other labels, a single class, a negative penalty and shapes that do not fit raise ValueError."""
    X, y = np.array([[1.0], [2.0], [3.0]]), np.array([0.0, 1.0, 0.0])
    for labels in ([0.0, 0.0, 0.0], [-1.0, 1.0, 1.0], [0.0, 1.0, 2.0], [0.0, 0.5, 1.0]):
        raises(ValueError, logistic_regression, X, np.array(labels))
    raises(ValueError, logistic_regression, X, y, l2=-0.5)
    raises(ValueError, logistic_regression, X, y[:2])
    raises(ValueError, logistic_regression, X, y[:, None])
    raises(ValueError, logistic_regression, X[:, 0], y)
    raises(ValueError, logistic_regression, np.ones((0, 2)), np.ones(0))


# %%
@accepted
def newton_with_weighted_least_squares(X, y, l2=0.01, tol=1e-8, max_iter=1000):
    X, y = np.array(X, dtype=float), np.array(y, dtype=float)
    if X.ndim != 2 or y.ndim != 1 or len(X) != len(y) or len(y) == 0 or l2 < 0:
        raise ValueError("shapes or l2")
    if not np.isin(y, (0, 1)).all() or y.min() == y.max():
        raise ValueError("labels")
    n, d = X.shape
    w, b = np.zeros(d), 0.0
    for step in range(max_iter + 1):
        z = X @ w + b
        if l2 == 0 and z[y == 1].min() > 0 > z[y == 0].max():
            break
        p = (1 + np.tanh(z / 2)) / 2
        g = np.append(X.T @ (p - y) / n + l2 * w, np.mean(p - y))
        if np.sqrt(g @ g) <= tol:
            return w, float(b)
        root = np.sqrt(p * (1 - p) / n)
        ridge = np.hstack([np.sqrt(l2) * np.eye(d), np.zeros((d, 1))])
        tall = np.vstack([root[:, None] * np.column_stack([X, np.ones(n)]), ridge])
        R = np.linalg.qr(tall, mode="r")
        move = np.linalg.solve(R, np.linalg.solve(R.T, g))
        # Far from the minimum the full step may be too long: bound how far a logit moves.
        move /= max(1.0, np.max(np.abs(X @ move[:-1] + move[-1])) / 4)
        w, b = w - move[:-1], b - move[-1]
    raise ConvergenceError("no minimum was found")


# %%
@accepted
def with_quasi_newton_updates(X, y, l2=0.01, tol=1e-8, max_iter=1000):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or y.shape != (X.shape[0],) or not len(X) or not l2 >= 0 or sorted(set(y.tolist())) != [0, 1]:
        raise ValueError("shapes, labels or l2")
    A, s = np.column_stack([X, np.ones(len(y))]), 2 * y - 1
    free = np.append(np.ones(X.shape[1]), 0.0) * l2

    def both(c):
        u = s * (A @ c)
        value = np.mean(np.logaddexp(0, -u)) + c @ (free * c) / 2
        return value, -A.T @ (s * np.exp(-np.logaddexp(0, u))) / len(y) + free * c

    c = np.zeros(A.shape[1])
    value, g = both(c)
    B = np.linalg.inv(A.T @ A / (4 * len(y)) + np.diag(free) + 1e-9 * np.eye(len(c)))
    for _ in range(max_iter):
        if np.linalg.norm(g) <= tol or (l2 == 0 and np.all(s * (A @ c) > 0)):
            break
        move, t = -B @ g, 1.0
        while both(c + t * move)[0] > value + 1e-4 * t * (g @ move) + 1e-14 and t > 1e-6:
            t /= 2
        new_value, new_g = both(c + t * move)
        dc, dg = t * move, new_g - g
        c, value, g = c + dc, new_value, new_g
        if dc @ dg > 1e-30:
            rho = 1 / (dc @ dg)
            left = np.eye(len(c)) - rho * np.outer(dc, dg)
            B = left @ B @ left.T + rho * np.outer(dc, dc)
    if np.linalg.norm(g) > tol or (l2 == 0 and np.all(s * (A @ c) > 0)):
        raise ConvergenceError("no minimum was found")
    return c[:-1], float(c[-1])


# %%
@misconception(
    caught_by="the_gradient_is_at_most_tol",
    hint="A fixed number of steps proves nothing. Check the gradient norm.",
)
def makes_a_fixed_number_of_descent_steps(X, y, l2=0.01, tol=1e-8, max_iter=1000):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or y.shape != X.shape[:1] or l2 < 0 or set(y.tolist()) != {0.0, 1.0}:
        raise ValueError("shapes, labels or l2")
    A, penalty = np.column_stack([X, np.ones(len(X))]), np.append(np.full(X.shape[1], float(l2)), 0.0)
    c, rate = np.zeros(A.shape[1]), 1 / (np.linalg.norm(A, 2) ** 2 / (4 * len(y)) + l2)
    for _ in range(min(25, max_iter)):
        z = A @ c
        if l2 == 0 and np.all((1 - 2 * y) * z < 0):
            raise ConvergenceError("separable")
        c = c - rate * (A.T @ (np.exp(-np.logaddexp(0, -z)) - y) / len(y) + penalty * c)
    return c[:-1], float(c[-1])


# %%
@misconception(
    caught_by="agrees_with_scikit_learn",
    hint="Our loss is a mean: C = 1/(n l2). With the sum of the losses the penalty is n times too weak.",
)
def takes_the_sum_of_the_losses(X, y, l2=0.01, tol=1e-8, max_iter=1000):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or y.shape != X.shape[:1] or l2 < 0 or set(y.tolist()) != {0.0, 1.0}:
        raise ValueError("shapes, labels or l2")
    A, penalty = np.column_stack([X, np.ones(len(X))]), np.append(np.full(X.shape[1], float(l2)), 0.0)
    c, signs = np.zeros(A.shape[1]), 1 - 2 * y
    for _ in range(max_iter + 1):
        z = A @ c
        if l2 == 0 and np.all(signs * z < 0):
            break
        p = np.exp(-np.logaddexp(0, -z))
        g = A.T @ (p - y) + penalty * c
        if np.linalg.norm(g) <= tol:
            return c[:-1], float(c[-1])
        step = np.linalg.solve((A.T * (p * (1 - p))) @ A + np.diag(penalty), g)
        c = c - step / max(1.0, np.max(np.abs(A @ step)) / 4)
    raise ConvergenceError("not converged")


# %%
@misconception(
    caught_by="the_intercept_is_free",
    hint="The intercept stays free: the last entry of the penalty is 0.",
)
def penalises_the_intercept(X, y, l2=0.01, tol=1e-8, max_iter=1000):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or y.shape != X.shape[:1] or l2 < 0 or set(y.tolist()) != {0.0, 1.0}:
        raise ValueError("shapes, labels or l2")
    A = np.column_stack([X, np.ones(len(X))])
    c, signs = np.zeros(A.shape[1]), 1 - 2 * y
    for _ in range(max_iter + 1):
        z = A @ c
        if l2 == 0 and np.all(signs * z < 0):
            break
        p = np.exp(-np.logaddexp(0, -z))
        g = A.T @ (p - y) / len(y) + l2 * c
        if np.linalg.norm(g) <= tol:
            return c[:-1], float(c[-1])
        step = np.linalg.solve((A.T * (p * (1 - p))) @ A / len(y) + l2 * np.eye(len(c)), g)
        c = c - step / max(1.0, np.max(np.abs(A @ step)) / 4)
    raise ConvergenceError("not converged")


# %%
@misconception(
    caught_by="separable_classes_without_a_penalty_raise",
    hint="The gradient also vanishes where the weights run away. With l2 = 0, see whether c separates the classes.",
)
def takes_a_vanishing_gradient_for_a_minimum(X, y, l2=0.01, tol=1e-8, max_iter=1000):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or y.shape != X.shape[:1] or l2 < 0 or set(y.tolist()) != {0.0, 1.0}:
        raise ValueError("shapes, labels or l2")
    A, penalty = np.column_stack([X, np.ones(len(X))]), np.append(np.full(X.shape[1], float(l2)), 0.0)
    c = np.zeros(A.shape[1])
    for _ in range(max_iter + 1):
        p = np.exp(-np.logaddexp(0, -(A @ c)))
        g = A.T @ (p - y) / len(y) + penalty * c
        if np.linalg.norm(g) <= tol:
            return c[:-1], float(c[-1])
        hessian = (A.T * (p * (1 - p))) @ A / len(y) + np.diag(penalty)
        step = np.linalg.lstsq(hessian, g, rcond=None)[0]
        c = c - step / max(1.0, np.max(np.abs(A @ step)) / 4)
    raise ConvergenceError("not converged")


# %%
@misconception(
    caught_by="running_out_of_steps_raises",
    hint="Raise ConvergenceError when the gradient is still too long after the last step.",
)
def returns_silently_after_max_iter(X, y, l2=0.01, tol=1e-8, max_iter=1000):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or y.shape != X.shape[:1] or l2 < 0 or set(y.tolist()) != {0.0, 1.0}:
        raise ValueError("shapes, labels or l2")
    A, penalty = np.column_stack([X, np.ones(len(X))]), np.append(np.full(X.shape[1], float(l2)), 0.0)
    c, signs = np.zeros(A.shape[1]), 1 - 2 * y
    for _ in range(max_iter):
        z = A @ c
        if l2 == 0 and np.all(signs * z < 0):
            raise ConvergenceError("separable")
        p = np.exp(-np.logaddexp(0, -z))
        g = A.T @ (p - y) / len(y) + penalty * c
        if np.linalg.norm(g) <= tol:
            break
        step = np.linalg.solve((A.T * (p * (1 - p))) @ A / len(y) + np.diag(penalty), g)
        c = c - step / max(1.0, np.max(np.abs(A @ step)) / 4)
    return c[:-1], float(c[-1])


# %%
@misconception(
    caught_by="the_gradient_is_at_most_tol",
    hint="A loss that hardly changes does not prove a minimum: near it the loss is flat. Check the gradient norm.",
)
def stops_when_the_loss_hardly_changes(X, y, l2=0.01, tol=1e-8, max_iter=1000):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or len(X) == 0 or y.shape != X.shape[:1] or l2 < 0 or set(y.tolist()) != {0.0, 1.0}:
        raise ValueError("shapes, labels or l2")
    A, penalty = np.column_stack([X, np.ones(len(X))]), np.append(np.full(X.shape[1], float(l2)), 0.0)
    c, signs, last = np.zeros(A.shape[1]), 1 - 2 * y, np.inf
    rate = 1 / (np.linalg.norm(A, 2) ** 2 / (4 * len(y)) + l2)
    for _ in range(max_iter + 1):
        z = A @ c
        if l2 == 0 and np.all(signs * z < 0):
            break
        loss = np.mean(np.logaddexp(0, signs * z)) + penalty @ c**2 / 2
        if abs(last - loss) <= tol:
            return c[:-1], float(c[-1])
        last = loss
        c = c - rate * (A.T @ (np.exp(-np.logaddexp(0, -z)) - y) / len(y) + penalty * c)
    raise ConvergenceError("not converged")

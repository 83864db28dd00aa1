# %% [markdown]
# ### Mean absolute error
#
# Squares make one large miss outweigh many small ones. The mean absolute error counts every miss by its size only.
# Its unit is that of the predicted quantity, so it is easy to read: "on average we are off by so much".
#
# With the residuals $r_i = \hat y_i - y_i$ (prediction minus truth) and $n$ elements,
#
# $$L = \frac{1}{n} \sum_{i=1}^{n} |r_i| \qquad\qquad g_i = \frac{1}{n} \operatorname{sign}(r_i)$$
#
# The function $|r|$ has a corner at $r = 0$ and no derivative there. Every slope between $-1$ and $1$ gives a line that
# touches $|r|$ at 0 from below. Such a slope is called a subgradient. We take 0, so that a perfect prediction is not
# pushed. For a table of shape $(n, k)$ the mean runs over all $n k$ elements.
#
# **By hand.** Predictions $(2, 5, 4, 1)$, truth $(1, 5, 6, 1)$. The residuals are $(1, 0, -2, 0)$, so
# $L = (1 + 0 + 2 + 0)/4 = 0.75$. The subgradient is $(1, 0, -1, 0)/4 = (0.25, 0, -0.25, 0)$. The miss of 2 pulls no
# harder than the miss of 1. That is why the best constant prediction is the median, while for squares it is the mean.
#
# Return the loss and the subgradient with respect to the predictions.

# %%
import math
import statistics

from autograder.kit import T1, T2, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="math.fsum of the absolute residuals; the inequality that defines a subgradient",
    section="Losses",
    topics=(
        "r0-w8-loss-functions",
        "r1-t05-loss-functions",
        "r3-4-2-mae",
        "r4-mlmath-loss-functions",
        "r4-req-ml-loss-functions",
    ),
)

# %%
import numpy as np


# %%
def mae_loss(y_pred: np.ndarray, y_true: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the mean absolute error and a subgradient with respect to the predictions.

    Parameters
    ----------
    y_pred : array or list of shape (n,) or (n, k), the predictions; any number type, also whole numbers of one byte
    y_true : array or list of the same shape, the true values

    Returns
    -------
    (loss, subgradient) : float, array of the shape of y_pred.
        The subgradient is 0 where prediction and truth are equal.

    Raises
    ------
    ValueError : the shapes differ, or there are no elements
    """
    ### BEGIN SOLUTION
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("y_pred and y_true must have the same shape and at least one element")
    residual = y_pred - y_true
    return float(np.mean(np.abs(residual))), np.sign(residual) / residual.size
    ### END SOLUTION


# %%
@helper
def loss_and_subgradient(answer, shape):
    """Return the two parts of an answer; the subgradient must have the given shape."""
    loss, subgradient = answer
    return loss, array(subgradient, shape, what="the subgradient")


# %%
@check
def the_worked_example_has_loss_3_quarters(mae_loss):
    """For predictions (2, 5, 4, 1) and truth (1, 5, 6, 1) the loss is 0.75 and the subgradient (1, 0, -1, 0)/4."""
    loss, subgradient = mae_loss(np.array([2.0, 5.0, 4.0, 1.0]), np.array([1.0, 5.0, 6.0, 1.0]))
    close(loss, 0.75, **T1, what="the loss")
    close(subgradient, np.array([0.25, 0.0, -0.25, 0.0]), **T1, what="the subgradient")


# %%
@check
def a_column_against_a_row_raises(mae_loss):
    """Predictions of shape (3, 1) and true values of shape (3,) raise ValueError."""
    raises(ValueError, mae_loss, np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 2.0, 3.0]))


# %%
@hidden(weight=2)
def the_loss_is_right_for_random_numbers(mae_loss, rng):
    """The loss is the mean size of all residuals, for lists of numbers and for tables."""
    for shape in ((1,), (2,), (5,), (3, 2), (2, 1), (40, 7)):
        y_pred, y_true = rng.normal(size=shape), rng.normal(size=shape)
        expected = math.fsum(np.abs(y_pred - y_true).ravel()) / y_pred.size
        loss, _ = loss_and_subgradient(mae_loss(y_pred, y_true), shape)
        close(loss, expected, **T1, what=f"the loss for shape {shape}")


# %%
@hidden(weight=2)
def the_subgradient_is_the_slope_of_the_loss(mae_loss, rng):
    """Away from the corner, each entry of the subgradient is the slope of the loss when that prediction changes."""
    for shape in ((1,), (3,), (6,), (2, 3)):
        y_true = rng.normal(size=shape)
        y_pred = y_true + rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.5, 3.0, size=shape)
        _, subgradient = loss_and_subgradient(mae_loss(y_pred, y_true), shape)
        slopes = np.empty(shape)
        for where in np.ndindex(shape):
            above, below = y_pred.copy(), y_pred.copy()
            above[where] += 0.25
            below[where] -= 0.25
            slopes[where] = (mae_loss(above, y_true)[0] - mae_loss(below, y_true)[0]) / 0.5
        close(subgradient, slopes, **T2, what="the subgradient compared with the slopes of your loss")


# %%
@hidden
def the_loss_lies_above_its_tangent(mae_loss, rng):
    """The line with the slope of the subgradient touches the loss from below, also at a corner."""
    for n in (1, 2, 5, 20):
        y_true = rng.normal(size=n)
        y_pred = y_true + rng.choice([-1.0, 0.0, 1.0], size=n)
        loss, subgradient = loss_and_subgradient(mae_loss(y_pred, y_true), (n,))
        for _ in range(5):
            step = rng.normal(scale=2.0, size=n)
            line = loss + float(subgradient @ step)
            holds(
                mae_loss(y_pred + step, y_true)[0] >= line - 1e-12,
                "The loss should nowhere lie below the line with the slope of the subgradient.",
            )


# %%
@hidden
def a_perfect_prediction_is_not_pushed(mae_loss, rng):
    """Where prediction and truth are equal, the subgradient is 0; elsewhere its size is 1/n."""
    for n in (1, 2, 7):
        y = rng.normal(size=n)
        loss, subgradient = loss_and_subgradient(mae_loss(y, y), (n,))
        close(loss, 0.0, **T1, what="the loss of perfect predictions")
        close(subgradient, np.zeros(n), **T1, what="the subgradient at perfect predictions")
        wrong = y.copy()
        wrong[n // 2] -= 1e-3
        expected = np.zeros(n)
        expected[n // 2] = -1 / n
        _, subgradient = loss_and_subgradient(mae_loss(wrong, y), (n,))
        close(subgradient, expected, **T1, what="the subgradient when one prediction is slightly too low")


# %%
@hidden
def the_best_constant_is_the_median(mae_loss, rng):
    """Among constant predictions the median is best, even if one true value is huge."""
    for n in (1, 3, 9, 31):
        y = rng.normal(size=n)
        y[0] += 1000.0
        median = statistics.median(y.tolist())
        loss, subgradient = loss_and_subgradient(mae_loss(np.full(n, median), y), (n,))
        close(math.fsum(subgradient), 0.0, **T1, what="the sum of the subgradient at the median")
        for constant in (median - 0.5, median + 0.01, float(np.mean(y)) + 1.0):
            value = mae_loss(np.full(n, constant), y)[0]
            holds(value > loss - 1e-12, "No constant should have a smaller loss than the median.")
            close(value, math.fsum(np.abs(constant - y)) / n, **T1, what="the loss of another constant")


# %%
@hidden
def small_number_types_are_widened_first(mae_loss):
    """Lists of integers, pixels of one byte and 32-bit floats are compared as 64-bit floats."""
    loss, subgradient = mae_loss([1, 2, 3], [2, 2, 5])
    close(loss, 1.0, **T1, what="the loss of lists of integers")
    close(subgradient, np.array([-1 / 3, 0.0, -1 / 3]), **T1, what="the subgradient for lists of integers")
    loss, subgradient = mae_loss(np.array([10, 200], dtype=np.uint8), np.array([21, 0], dtype=np.uint8))
    close(loss, 105.5, **T1, what="the loss of pixels of one byte")
    close(subgradient, np.array([-0.5, 0.5]), **T1, what="the subgradient for pixels of one byte")
    short = np.array([0.1, 0.7, 0.3], dtype=np.float32)
    close(mae_loss(short, [0, 0, 0])[0], math.fsum(short.astype(float)) / 3, **T1, what="the loss of 32-bit floats")


# %%
@hidden
def other_shapes_and_no_elements_raise(mae_loss):
    """Shapes that differ raise ValueError, even where broadcasting would work, and so do empty arrays."""
    raises(ValueError, mae_loss, np.ones(4), np.ones((4, 1)))
    raises(ValueError, mae_loss, np.ones((1, 4)), np.ones(4))
    raises(ValueError, mae_loss, np.ones((3, 2)), np.ones((3, 1)))
    raises(ValueError, mae_loss, np.ones(3), 1.0)
    raises(ValueError, mae_loss, np.ones(3), np.ones(2))
    raises(ValueError, mae_loss, [], [])
    raises(ValueError, mae_loss, np.ones((0, 2)), np.ones((0, 2)))


# %%
@accepted
def with_a_loop_over_the_elements(y_pred, y_true):
    predictions, truth = np.array(y_pred, dtype=np.float64), np.array(y_true, dtype=np.float64)
    if predictions.size == 0 or np.shape(predictions) != np.shape(truth):
        raise ValueError("wrong shapes")
    total, slopes = 0.0, np.zeros(predictions.shape)
    for where in np.ndindex(predictions.shape):
        if predictions[where] > truth[where]:
            slopes[where] = 1.0 / predictions.size
        elif predictions[where] < truth[where]:
            slopes[where] = -1.0 / predictions.size
        total += abs(float(predictions[where] - truth[where]))
    return total / predictions.size, slopes


# %%
@accepted
def as_too_high_minus_too_low(y_pred, y_true):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or not y_pred.size:
        raise ValueError("wrong shapes")
    high, low = y_pred > y_true, y_pred < y_true
    slope = (high.astype(float) - low.astype(float)) / high.size
    return float(np.vdot(slope, y_pred - y_true)), slope


# %%
@misconception(
    caught_by="the_subgradient_is_the_slope_of_the_loss",
    hint="That is the gradient of a squared error. The slope of |r| is 1 or -1, however large r is.",
)
def subgradient_grows_with_the_residual(y_pred, y_true):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("wrong shapes")
    residual = y_pred - y_true
    return float(np.mean(np.abs(residual))), residual / residual.size


# %%
@misconception(
    caught_by="the_subgradient_is_the_slope_of_the_loss",
    hint="The loss is a mean: its slope keeps the factor 1/n.",
)
def subgradient_without_one_over_n(y_pred, y_true):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("wrong shapes")
    residual = y_pred - y_true
    return float(np.mean(np.abs(residual))), np.sign(residual)


# %%
@misconception(
    caught_by="the_subgradient_is_the_slope_of_the_loss",
    hint="Raising a too-high prediction raises the loss: the slope has the sign of prediction minus truth.",
)
def subgradient_of_the_wrong_sign(y_pred, y_true):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("wrong shapes")
    residual = y_true - y_pred
    return float(np.mean(np.abs(residual))), np.sign(residual) / residual.size


# %%
@misconception(
    caught_by="the_loss_is_right_for_random_numbers",
    hint="Residuals of both signs cancel. Take the absolute value of each one before the mean.",
)
def residuals_cancel(y_pred, y_true):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("wrong shapes")
    residual = y_pred - y_true
    return abs(float(np.mean(residual))), np.sign(residual) / residual.size


# %%
@misconception(
    caught_by="a_perfect_prediction_is_not_pushed",
    hint="At r = 0 take the slope 0: a perfect prediction should not be pushed.",
)
def pushes_perfect_predictions_down(y_pred, y_true):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("wrong shapes")
    residual = y_pred - y_true
    return float(np.mean(np.abs(residual))), np.where(residual >= 0, 1.0, -1.0) / residual.size


# %%
@misconception(
    caught_by="other_shapes_and_no_elements_raise",
    hint="(n,) against (n, 1) broadcasts to (n, n) without a word. Shapes must be equal; raise ValueError.",
)
def broadcasts_silently(y_pred, y_true):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.size == 0 or y_true.size == 0:
        raise ValueError("empty")
    residual = y_pred - y_true
    return float(np.mean(np.abs(residual))), np.sign(residual) / residual.size

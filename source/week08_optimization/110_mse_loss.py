# %% [markdown]
# ### Mean squared error
#
# A model improves when a number, the loss, gets smaller. For predictions of a quantity the usual loss is the mean of
# the squared residuals. You also need its gradient: it says how the loss reacts when one prediction is raised.
#
# With the residuals $r_i = \hat y_i - y_i$ (prediction minus truth) and $n$ elements,
#
# $$L = \frac{1}{n} \sum_{i=1}^{n} r_i^2 \qquad\qquad \frac{\partial L}{\partial \hat y_i} = \frac{2}{n}\, r_i$$
#
# For a table of shape $(n, k)$ the mean runs over all $n k$ elements.
#
# **By hand.** Predictions $(2, 5, 4, 1)$, truth $(1, 5, 6, 1)$. The residuals are $(1, 0, -2, 0)$ and their squares
# $(1, 0, 4, 0)$, so $L = 5/4 = 1.25$. The gradient is $\frac{2}{4}(1, 0, -2, 0) = (0.5, 0, -1, 0)$. The first
# prediction is too high: raising it further raises the loss. The third is too low: raising it lowers the loss.
#
# Return the loss and the gradient with respect to the predictions.

# %%
import math

from autograder.kit import T1, T2, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="variance plus squared mean of the residuals; central differences, which are exact for squares",
    section="Losses",
    topics=(
        "r0-w8-loss-functions",
        "r1-t05-loss-functions",
        "r3-1-3-cp-loss",
        "r3-4-2-mse",
        "r3-7-losses",
        "r4-calc-cost-gradients",
        "r4-mlmath-loss-functions",
        "r4-req-ml-loss-functions",
    ),
)

# %%
import numpy as np


# %%
def mse_loss(y_pred: np.ndarray, y_true: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the mean squared error and its gradient with respect to the predictions.

    Parameters
    ----------
    y_pred : array or list of shape (n,) or (n, k), the predictions; any number type, also whole numbers of one byte
    y_true : array or list of the same shape, the true values

    Returns
    -------
    (loss, gradient) : float, array of the shape of y_pred

    Raises
    ------
    ValueError : the shapes differ, or there are no elements
    """
    ### BEGIN SOLUTION
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("y_pred and y_true must have the same shape and at least one element")
    residual = y_pred - y_true
    return float(np.mean(residual**2)), 2 * residual / residual.size
    ### END SOLUTION


# %%
@helper
def loss_and_gradient(answer, shape):
    """Return the two parts of an answer; the gradient must have the given shape."""
    loss, gradient = answer
    return loss, array(gradient, shape, what="the gradient")


# %%
@check
def the_worked_example_has_loss_5_quarters(mse_loss):
    """For predictions (2, 5, 4, 1) and truth (1, 5, 6, 1) the loss is 1.25 and the gradient (0.5, 0, -1, 0)."""
    loss, gradient = mse_loss(np.array([2.0, 5.0, 4.0, 1.0]), np.array([1.0, 5.0, 6.0, 1.0]))
    close(loss, 1.25, **T1, what="the loss")
    close(gradient, np.array([0.5, 0.0, -1.0, 0.0]), **T1, what="the gradient")


# %%
@check
def a_column_against_a_row_raises(mse_loss):
    """Predictions of shape (3, 1) and true values of shape (3,) raise ValueError."""
    raises(ValueError, mse_loss, np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 2.0, 3.0]))


# %%
@hidden(weight=2)
def the_loss_is_right_for_random_numbers(mse_loss, rng):
    """The loss is the mean over all elements, for lists of numbers and for tables."""
    for shape in ((1,), (2,), (5,), (3, 2), (2, 1), (40, 7)):
        y_pred, y_true = rng.normal(size=shape), rng.normal(size=shape)
        residual = y_pred - y_true
        expected = float(np.var(residual) + np.mean(residual) ** 2)
        loss, _ = loss_and_gradient(mse_loss(y_pred, y_true), shape)
        close(loss, expected, **T1, what=f"the loss for shape {shape}")


# %%
@hidden(weight=2)
def the_gradient_agrees_with_central_differences(mse_loss, rng):
    """Each entry of the gradient is the slope of the loss when that prediction changes."""
    for shape in ((1,), (3,), (6,), (2, 3)):
        y_pred, y_true = rng.normal(size=shape), rng.normal(size=shape)
        _, gradient = loss_and_gradient(mse_loss(y_pred, y_true), shape)
        slopes = np.empty(shape)
        for where in np.ndindex(shape):
            above, below = y_pred.copy(), y_pred.copy()
            above[where] += 0.5
            below[where] -= 0.5
            slopes[where] = mse_loss(above, y_true)[0] - mse_loss(below, y_true)[0]
        close(gradient, slopes, **T2, what="the gradient compared with the slopes of your loss")


# %%
@hidden
def exchanging_the_arguments_flips_the_gradient(mse_loss, rng):
    """Exchanging predictions and truth keeps the loss and changes the sign of the gradient."""
    for shape in ((1,), (4,), (3, 3)):
        a, b = rng.normal(size=shape), rng.normal(size=shape)
        one, forth = loss_and_gradient(mse_loss(a, b), shape)
        other, back = loss_and_gradient(mse_loss(b, a), shape)
        close(other, one, **T1, what="the loss with the arguments exchanged")
        close(back, -forth, **T1, what="the gradient with the arguments exchanged")


# %%
@hidden
def only_perfect_predictions_cost_nothing(mse_loss, rng):
    """The loss is 0 for perfect predictions and positive as soon as one of them is wrong."""
    for n in (1, 3, 10):
        y = rng.normal(size=n)
        loss, gradient = loss_and_gradient(mse_loss(y, y), (n,))
        close(loss, 0.0, **T1, what="the loss of perfect predictions")
        close(gradient, np.zeros(n), **T1, what="the gradient at perfect predictions")
        wrong = y.copy()
        wrong[int(rng.integers(n))] -= 0.01
        holds(mse_loss(wrong, y)[0] > 0, "The loss should be positive when one prediction is too low.")


# %%
@hidden
def the_best_constant_is_the_mean(mse_loss, rng):
    """Among constant predictions the mean is best: there the gradient sums to 0 and the loss is the variance."""
    for n in (2, 5, 30):
        y = rng.normal(size=n)
        mean = float(np.mean(y))
        loss, gradient = loss_and_gradient(mse_loss(np.full(n, mean), y), (n,))
        close(loss, float(np.var(y)), **T1, what="the loss of the mean")
        close(math.fsum(gradient), 0.0, **T1, what="the sum of the gradient at the mean")
        for shift in (-0.5, 0.25):
            value = mse_loss(np.full(n, mean + shift), y)[0]
            close(value, float(np.var(y)) + shift**2, **T1, what="the loss of another constant")


# %%
@hidden
def small_number_types_are_widened_first(mse_loss):
    """Lists of integers, pixels of one byte and 32-bit floats are compared as 64-bit floats."""
    loss, gradient = mse_loss([1, 2, 3], [2, 2, 5])
    close(loss, 5 / 3, **T1, what="the loss of lists of integers")
    close(gradient, np.array([-2 / 3, 0.0, -4 / 3]), **T1, what="the gradient for lists of integers")
    loss, gradient = mse_loss(np.array([10, 200], dtype=np.uint8), np.array([20, 0], dtype=np.uint8))
    close(loss, 20050.0, **T1, what="the loss of pixels of one byte")
    close(gradient, np.array([-10.0, 200.0]), **T1, what="the gradient for pixels of one byte")
    short = np.array([0.1, 0.7, 0.3], dtype=np.float32)
    wide = short.astype(float)
    close(mse_loss(short, [0, 0, 0])[0], float(wide @ wide) / 3, **T1, what="the loss of 32-bit floats")


# %%
@hidden
def other_shapes_and_no_elements_raise(mse_loss):
    """Shapes that differ raise ValueError, even where broadcasting would work, and so do empty arrays."""
    raises(ValueError, mse_loss, np.ones(4), np.ones((4, 1)))
    raises(ValueError, mse_loss, np.ones((1, 4)), np.ones(4))
    raises(ValueError, mse_loss, np.ones((3, 2)), np.ones((3, 1)))
    raises(ValueError, mse_loss, np.ones(3), 1.0)
    raises(ValueError, mse_loss, np.ones(3), np.ones(2))
    raises(ValueError, mse_loss, [], [])
    raises(ValueError, mse_loss, np.ones((0, 2)), np.ones((0, 2)))


# %%
@accepted
def with_a_loop_over_the_elements(y_pred, y_true):
    predictions, truth = np.array(y_pred, dtype=np.float64), np.array(y_true, dtype=np.float64)
    if predictions.size == 0 or np.shape(predictions) != np.shape(truth):
        raise ValueError("wrong shapes")
    total, gradient = 0.0, np.zeros(predictions.shape)
    for where in np.ndindex(predictions.shape):
        miss = float(predictions[where] - truth[where])
        total += miss * miss
        gradient[where] = miss * 2.0 / predictions.size
    return total / predictions.size, gradient


# %%
@accepted
def with_a_dot_product(y_pred, y_true):
    difference = [np.asarray(y, dtype=float) for y in (y_true, y_pred)]
    if difference[0].shape != difference[1].shape or not difference[0].size:
        raise ValueError("wrong shapes")
    flat = np.subtract(difference[1], difference[0])
    scaled = flat / flat.size
    return float(np.vdot(flat, scaled)), scaled + scaled


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
    return float(np.mean(residual**2)), 2 * residual / residual.size


# %%
@misconception(
    caught_by="the_gradient_agrees_with_central_differences",
    hint="The loss is a mean: its gradient keeps the factor 1/n. Differentiate the mean of squares.",
)
def gradient_without_one_over_n(y_pred, y_true):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("wrong shapes")
    residual = y_pred - y_true
    return float(np.mean(residual**2)), 2 * residual


# %%
@misconception(
    caught_by="the_gradient_agrees_with_central_differences",
    hint="The derivative of r^2 is 2r: the factor 2 is missing. Differentiate the mean of squares.",
)
def gradient_without_two(y_pred, y_true):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("wrong shapes")
    residual = y_pred - y_true
    return float(np.mean(residual**2)), residual / residual.size


# %%
@misconception(
    caught_by="the_gradient_agrees_with_central_differences",
    hint="Raising a too-high prediction raises the loss: the gradient has the sign of prediction minus truth.",
)
def gradient_of_the_wrong_sign(y_pred, y_true):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("wrong shapes")
    residual = y_true - y_pred
    return float(np.mean(residual**2)), 2 * residual / residual.size


# %%
@misconception(
    caught_by="the_loss_is_right_for_random_numbers",
    hint="In a table the mean runs over all elements: divide by n times k, not by the number of rows.",
)
def divides_by_the_number_of_rows(y_pred, y_true):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("wrong shapes")
    residual = y_pred - y_true
    return float(np.sum(residual**2)) / len(residual), 2 * residual / len(residual)


# %%
@misconception(
    caught_by="small_number_types_are_widened_first",
    hint="In one byte 10 - 20 is 246. Convert both arrays to float64 before you subtract.",
)
def subtracts_in_the_given_number_type(y_pred, y_true):
    y_pred, y_true = np.asarray(y_pred), np.asarray(y_true)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("wrong shapes")
    residual = y_pred - y_true
    return float(np.mean(residual**2)), 2 * residual / residual.size

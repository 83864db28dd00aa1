# %% [markdown]
# ### Huber loss
#
# Squares are smooth at 0 but let one outlier rule the sum. Absolute values resist outliers but have a corner at 0. The
# Huber loss takes the best of both: a parabola for small residuals, and straight lines beyond a threshold $\delta$.
#
# $$h(r) = \begin{cases} \frac12 r^2 & |r| \le \delta \\ \delta\,(|r| - \frac12 \delta) & |r| > \delta \end{cases}
# \qquad\qquad h'(r) = \begin{cases} r & |r| \le \delta \\ \delta \operatorname{sign}(r) & |r| > \delta \end{cases}$$
#
# The residual is $r_i = \hat y_i - y_i$ (prediction minus truth). The loss is the mean of $h(r_i)$ over all $n$
# elements, so entry $i$ of its gradient is $h'(r_i) / n$. At $|r| = \delta$ the two pieces meet in height and in slope.
#
# **By hand.** Predictions $(1.5, 2, 1, 4)$, truth $(1, 2, 4, 4)$, $\delta = 1$. The residuals are $(0.5, 0, -3, 0)$.
# The first lies inside: $\frac12 \cdot 0.25 = 0.125$. The third lies outside: $1 \cdot (3 - 0.5) = 2.5$. The loss is
# $2.625/4 = 0.65625$ and the gradient is $(0.5, 0, -1, 0)/4 = (0.125, 0, -0.25, 0)$.
#
# Return the loss and the gradient with respect to the predictions.

# %%
from autograder.kit import T1, T2, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises
from scipy import special

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.special.huber",),
    oracle="scipy.special.huber",
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
def huber_loss(y_pred: np.ndarray, y_true: np.ndarray, delta: float = 1.0) -> tuple[float, np.ndarray]:
    """Return the mean Huber loss and its gradient with respect to the predictions.

    Parameters
    ----------
    y_pred : array or list of shape (n,) or (n, k), the predictions; any number type, also whole numbers of one byte
    y_true : array or list of the same shape, the true values
    delta : positive threshold: residuals up to this size are squared, larger ones count linearly

    Returns
    -------
    (loss, gradient) : float, array of the shape of y_pred

    Raises
    ------
    ValueError : the shapes differ, there are no elements, or delta is not positive
    """
    ### BEGIN SOLUTION
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0:
        raise ValueError("y_pred and y_true must have the same shape and at least one element")
    if not delta > 0:
        raise ValueError("delta must be positive")
    residual = y_pred - y_true
    size = np.abs(residual)
    values = np.where(size <= delta, residual**2 / 2, delta * (size - delta / 2))
    return float(np.mean(values)), np.clip(residual, -delta, delta) / residual.size
    ### END SOLUTION


# %%
@helper
def loss_and_gradient(answer, shape):
    """Return the two parts of an answer; the gradient must have the given shape."""
    loss, gradient = answer
    return loss, array(gradient, shape, what="the gradient")


# %%
@check
def the_worked_example_has_loss_0_65625(huber_loss):
    """For residuals (0.5, 0, -3, 0) and delta 1 the loss is 0.65625 and the gradient (0.125, 0, -0.25, 0)."""
    loss, gradient = huber_loss(np.array([1.5, 2.0, 1.0, 4.0]), np.array([1.0, 2.0, 4.0, 4.0]), 1.0)
    close(loss, 0.65625, **T1, what="the loss")
    close(gradient, np.array([0.125, 0.0, -0.25, 0.0]), **T1, what="the gradient")


# %%
@check
def one_large_residual_with_delta_two(huber_loss):
    """For the single residual 5 and delta 2 the loss is 2 (5 - 1) = 8 and the gradient 2."""
    loss, gradient = huber_loss([7.0], [2.0], delta=2.0)
    close(loss, 8.0, **T1, what="the loss")
    close(gradient, np.array([2.0]), **T1, what="the gradient")


# %%
@check
def a_threshold_of_zero_raises(huber_loss):
    """A delta of 0 raises ValueError."""
    raises(ValueError, huber_loss, np.array([1.0, 2.0]), np.array([1.0, 3.0]), delta=0.0)


# %%
@hidden(weight=2)
def the_loss_is_right_for_random_numbers(huber_loss, rng):
    """The loss is right for every threshold, for lists of numbers and for tables."""
    for shape, delta in (((1,), 0.5), ((2,), 1.0), ((6,), 0.3), ((3, 2), 2.0), ((40, 7), 0.7)):
        y_pred, y_true = rng.normal(scale=2.0, size=shape), rng.normal(size=shape)
        expected = float(np.mean(special.huber(delta, y_pred - y_true)))
        loss, _ = loss_and_gradient(huber_loss(y_pred, y_true, delta), shape)
        close(loss, expected, **T1, what=f"the loss for shape {shape} and delta {delta}")


# %%
@hidden(weight=2)
def the_gradient_is_limited_outside(huber_loss, rng):
    """The gradient follows the residual inside and stays at plus or minus delta outside, both divided by n."""
    for shape, delta in (((1,), 0.5), ((2,), 1.0), ((7,), 1.5), ((4, 3), 0.25)):
        y_true = rng.normal(size=shape)
        sizes = np.where(rng.random(shape) < 0.5, rng.uniform(0, 0.9, shape), rng.uniform(1.1, 6, shape)) * delta
        residual = rng.choice([-1.0, 1.0], size=shape) * sizes
        _, gradient = loss_and_gradient(huber_loss(y_true + residual, y_true, delta), shape)
        slope = np.where(sizes < delta, residual, delta * np.sign(residual))
        close(gradient, slope / sizes.size, **T1, what=f"the gradient for delta {delta}")


# %%
@hidden
def the_two_pieces_meet(huber_loss):
    """At a residual of size delta neither the loss nor its slope jumps."""
    for delta in (0.5, 1.0, 3.0):
        for sign in (1.0, -1.0):
            inside, flat = loss_and_gradient(huber_loss([sign * delta * (1 - 1e-9)], [0.0], delta), (1,))
            outside, steep = loss_and_gradient(huber_loss([sign * delta * (1 + 1e-9)], [0.0], delta), (1,))
            close(inside, delta**2 / 2, rtol=1e-8, atol=0, what=f"the loss just inside delta = {delta}")
            close(outside, delta**2 / 2, rtol=1e-8, atol=0, what=f"the loss just outside delta = {delta}")
            close(flat, steep, rtol=1e-8, atol=0, what=f"the slopes on both sides of delta = {delta}")


# %%
@hidden
def a_large_threshold_gives_half_the_squared_error(huber_loss, rng):
    """When delta exceeds all residuals, the loss is half the mean squared error."""
    for n in (1, 4, 25):
        y_pred, y_true = rng.normal(size=n), rng.normal(size=n)
        residual = y_pred - y_true
        loss, gradient = loss_and_gradient(huber_loss(y_pred, y_true, 100.0), (n,))
        close(loss, float(np.mean(residual**2)) / 2, **T1, what="the loss")
        close(gradient, residual / n, **T1, what="the gradient")


# %%
@hidden
def a_small_threshold_gives_the_absolute_error(huber_loss, rng):
    """When delta is tiny, loss / delta is the mean absolute error minus delta / 2."""
    for n in (1, 4, 25):
        residual = rng.choice([-1.0, 1.0], size=n) * rng.uniform(0.5, 3.0, size=n)
        y_true = rng.normal(size=n)
        for delta in (0.1, 0.001):
            loss, gradient = loss_and_gradient(huber_loss(y_true + residual, y_true, delta), (n,))
            absolute = float(np.mean(np.abs(residual)))
            close(loss / delta, absolute - delta / 2, **T2, what="loss / delta")
            close(gradient / delta, np.sign(residual) / n, **T2, what="gradient / delta")


# %%
@hidden
def the_loss_is_convex(huber_loss, rng):
    """Between any two predictions the loss lies on or below the chord."""
    for n, delta in ((1, 1.0), (2, 0.5), (5, 2.0)):
        y_true = rng.normal(size=n)
        for _ in range(3):
            a, b, t = y_true + rng.normal(scale=3, size=n), y_true + rng.normal(scale=3, size=n), float(rng.random())
            middle = huber_loss(t * a + (1 - t) * b, y_true, delta)[0]
            chord = t * huber_loss(a, y_true, delta)[0] + (1 - t) * huber_loss(b, y_true, delta)[0]
            holds(middle <= chord + 1e-12, "The loss should not lie above the chord between two predictions.")


# %%
@hidden
def small_number_types_are_widened_first(huber_loss):
    """Lists of integers and pixels of one byte are compared as 64-bit floats; delta is 1 if not given."""
    loss, gradient = huber_loss([1, 2, 3], [2, 2, 6])
    close(loss, 1.0, **T1, what="the loss of lists of integers")
    close(gradient, np.array([-1 / 3, 0.0, -1 / 3]), **T1, what="the gradient for lists of integers")
    loss, gradient = huber_loss(np.array([10, 200], dtype=np.uint8), np.array([21, 0], dtype=np.uint8), 20)
    close(loss, (60.5 + 3800.0) / 2, **T1, what="the loss of pixels of one byte")
    close(gradient, np.array([-5.5, 10.0]), **T1, what="the gradient for pixels of one byte")
    loss, _ = huber_loss(np.array([0.1, 3.3], dtype=np.float32), [0.0, 0.0])
    wide = np.array([0.1, 3.3], dtype=np.float32).astype(float)
    close(loss, (wide[0] ** 2 / 2 + wide[1] - 0.5) / 2, **T1, what="the loss of 32-bit floats")


# %%
@hidden
def bad_input_raises(huber_loss):
    """Shapes that differ, empty arrays and a delta that is not positive raise ValueError."""
    raises(ValueError, huber_loss, np.ones(4), np.ones((4, 1)))
    raises(ValueError, huber_loss, np.ones((1, 4)), np.ones(4))
    raises(ValueError, huber_loss, np.ones(3), 1.0)
    raises(ValueError, huber_loss, np.ones(3), np.ones(2))
    raises(ValueError, huber_loss, [], [])
    for delta in (0.0, -1.0):
        raises(ValueError, huber_loss, np.ones(3), np.zeros(3), delta=delta)


# %%
@accepted
def with_a_loop_over_the_elements(y_pred, y_true, delta=1.0):
    predictions, truth = np.array(y_pred, dtype=np.float64), np.array(y_true, dtype=np.float64)
    if predictions.size == 0 or np.shape(predictions) != np.shape(truth):
        raise ValueError("wrong shapes")
    if delta <= 0:
        raise ValueError("delta")
    total, gradient = 0.0, np.zeros(predictions.shape)
    for where in np.ndindex(predictions.shape):
        miss = float(predictions[where] - truth[where])
        if miss > delta:
            total, gradient[where] = total + delta * (miss - 0.5 * delta), delta
        elif miss < -delta:
            total, gradient[where] = total + delta * (-miss - 0.5 * delta), -delta
        else:
            total, gradient[where] = total + 0.5 * miss * miss, miss
    return total / predictions.size, gradient / predictions.size


# %%
@accepted
def from_the_clipped_residual(y_pred, y_true, delta=1.0):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or not y_pred.size or not delta > 0:
        raise ValueError("wrong input")
    residual = np.subtract(y_pred, y_true)
    slope = np.minimum(np.maximum(residual, -delta), delta)
    return float(np.sum(slope * residual - slope**2 / 2) / slope.size), slope / slope.size


# %%
@misconception(
    caught_by="the_two_pieces_meet",
    hint="The loss jumps at delta. The two pieces must meet: subtract half of delta inside the bracket.",
)
def jumps_at_the_threshold(y_pred, y_true, delta=1.0):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0 or not delta > 0:
        raise ValueError("wrong input")
    residual = y_pred - y_true
    size = np.abs(residual)
    values = np.where(size <= delta, residual**2 / 2, delta * size)
    return float(np.mean(values)), np.clip(residual, -delta, delta) / residual.size


# %%
@misconception(
    caught_by="a_large_threshold_gives_half_the_squared_error",
    hint="Inside it is half of the square. With the whole square neither the heights nor the slopes match at delta.",
)
def whole_square_inside(y_pred, y_true, delta=1.0):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0 or not delta > 0:
        raise ValueError("wrong input")
    residual = y_pred - y_true
    size = np.abs(residual)
    values = np.where(size <= delta, residual**2, delta * (size - delta / 2))
    slope = np.where(size <= delta, 2 * residual, delta * np.sign(residual))
    return float(np.mean(values)), slope / residual.size


# %%
@misconception(
    caught_by="the_gradient_is_limited_outside",
    hint="Outside the loss is a straight line: its slope stays at plus or minus delta.",
)
def gradient_is_not_limited(y_pred, y_true, delta=1.0):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0 or not delta > 0:
        raise ValueError("wrong input")
    residual = y_pred - y_true
    size = np.abs(residual)
    values = np.where(size <= delta, residual**2 / 2, delta * (size - delta / 2))
    return float(np.mean(values)), residual / residual.size


# %%
@misconception(
    caught_by="the_gradient_is_limited_outside",
    hint="Outside the slope has the sign of the residual: delta for too-high predictions, -delta for too-low ones.",
)
def gradient_loses_its_sign_outside(y_pred, y_true, delta=1.0):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0 or not delta > 0:
        raise ValueError("wrong input")
    residual = y_pred - y_true
    size = np.abs(residual)
    values = np.where(size <= delta, residual**2 / 2, delta * (size - delta / 2))
    return float(np.mean(values)), np.where(size <= delta, residual, delta) / residual.size


# %%
@misconception(
    caught_by="the_loss_is_right_for_random_numbers",
    hint="Compare the size |r| with delta. A residual of -3 is large, although -3 is less than delta.",
)
def forgets_the_absolute_value(y_pred, y_true, delta=1.0):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.shape != y_true.shape or y_pred.size == 0 or not delta > 0:
        raise ValueError("wrong input")
    residual = y_pred - y_true
    values = np.where(residual <= delta, residual**2 / 2, delta * (residual - delta / 2))
    return float(np.mean(values)), np.where(residual <= delta, residual, delta) / residual.size


# %%
@misconception(
    caught_by="bad_input_raises",
    hint="(n,) against (n, 1) broadcasts to (n, n) without a word. Shapes must be equal; raise ValueError.",
)
def broadcasts_silently(y_pred, y_true, delta=1.0):
    y_pred, y_true = np.asarray(y_pred, dtype=float), np.asarray(y_true, dtype=float)
    if y_pred.size == 0 or y_true.size == 0 or not delta > 0:
        raise ValueError("wrong input")
    residual = y_pred - y_true
    size = np.abs(residual)
    values = np.where(size <= delta, residual**2 / 2, delta * (size - delta / 2))
    return float(np.mean(values)), np.clip(residual, -delta, delta) / residual.size

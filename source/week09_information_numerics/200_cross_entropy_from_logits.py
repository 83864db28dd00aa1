# %% [markdown]
# ### Cross-entropy from logits
#
# This is the loss that most classifiers are trained with. The network gives scores (called logits), and the loss is the
# surprise at the right class, $-\log$ of its softmax weight. Computing the weight first and its logarithm afterwards
# loses everything when the weight is tiny. So both steps are done at once:
#
# $$L = \frac1B \sum_{i=1}^{B} \bigl( \operatorname{lse}(z_i) - z_{i, y_i} \bigr), \qquad
# \frac{\partial L}{\partial z_{ik}} = \frac{\operatorname{softmax}(z_i)_k - [k = y_i]}{B}$$
#
# Here $z_i$ is row $i$ of the logits and $y_i$ its label. The bracket $[k = y_i]$ is 1 for the right class and else 0.
#
# **By hand.** Logits $(0, \log 3)$ have the softmax $(0.25, 0.75)$. With label 0 the loss is $-\log 0.25 = 1.386$ and
# the gradient is $(0.25 - 1, 0.75) = (-0.75, 0.75)$: the right score should rise, the other one should fall.
#
# Return the mean loss of the batch and its gradient.

# %%
from scipy import special

from autograder.kit import T2, T3, accepted, array, check, close, exercise, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(
        "scipy.special.log_softmax",
        "scipy.special.logsumexp",
        "scipy.special.softmax",
        "sklearn.metrics.log_loss",
    ),
    oracle="scipy.special.log_softmax",
    section="Log-sum-exp and softmax",
    uses=("log_sum_exp", "softmax"),
    topics=(
        "r0-w8-loss-functions",
        "r0-w9-goal",
        "r0-w9-cross-entropy",
        "r0-w9-numerical-stability",
        "r0-w9-out-why-cross-entropy",
        "r0-w9-out-avoid-instability",
        "r1-t05-loss-functions",
        "r1-t06-cross-entropy",
        "r1-t06-in-ml",
        "r1-t07-numerical-stability",
        "r2-o7-used-in",
        "r2-o7-entropy-cross-entropy",
        "r2-o7-in-ml",
        "r2-a4-entropy-cross-entropy",
        "r2-b4-entropy-ce-kl",
        "r2-b-end-core-math",
        "r3-3-1-indexing-slicing",
        "r3-7-losses",
        "r4-mlmath-loss-functions",
        "r4-mlmath-numerical-stability",
        "r4-req-ml-loss-functions",
        "r4-nice-num-numerical-stability",
    ),
)

# %%
import numpy as np


# %%
def cross_entropy_from_logits(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """Compute the mean cross-entropy of a batch and its gradient with respect to the logits.

    Parameters
    ----------
    logits : array or list of shape (B, K), one row of scores per item, B >= 1
    labels : integer array or list of shape (B,), the right class of each item, from 0 to K - 1

    Returns
    -------
    (loss, gradient) : float and array of shape (B, K); natural logarithm

    Raises
    ------
    ValueError : logits is not of shape (B, K) with B, K >= 1, labels is not of shape (B,),
        or a label is not in 0..K-1
    """
    ### BEGIN SOLUTION
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels)
    if logits.ndim != 2 or logits.size == 0 or labels.shape != logits.shape[:1]:
        raise ValueError("logits must have shape (B, K) and labels shape (B,)")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError("labels must lie in 0..K-1")
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_total = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = np.mean(log_total[:, 0] - shifted[rows, labels])
    gradient = np.exp(shifted - log_total)
    gradient[rows, labels] -= 1.0
    return float(loss), gradient / len(labels)
    ### END SOLUTION


# %%
@check
def loss_and_gradient_of_one_item(cross_entropy_from_logits):
    """For logits (0, log 3) and label 0 the loss is log 4 and the gradient (-0.75, 0.75)."""
    loss, gradient = cross_entropy_from_logits(np.array([[0.0, np.log(3.0)]]), np.array([0]))
    close(loss, float(np.log(4.0)), **T2, what="the loss")
    close(gradient, np.array([[-0.75, 0.75]]), **T2, what="the gradient")


# %%
@check
def equal_logits_give_log_k(cross_entropy_from_logits):
    """When all K logits of a row are equal, the loss is log K whatever the labels are."""
    loss, _ = cross_entropy_from_logits(np.zeros((3, 4)), np.array([0, 3, 1]))
    close(loss, float(np.log(4.0)), **T2, what="the loss")


# %%
@check
def a_label_that_is_too_large_raises(cross_entropy_from_logits):
    """With two classes the label 2 raises ValueError."""
    raises(ValueError, cross_entropy_from_logits, np.zeros((2, 2)), np.array([0, 2]))


# %%
@hidden(weight=2)
def the_loss_is_the_mean_surprise_at_the_labels(cross_entropy_from_logits, rng):
    """The loss is the mean of -log softmax at the right class of each row."""
    for batch, classes in ((1, 2), (2, 2), (3, 5), (8, 10)):
        logits, labels = 2.0 * rng.normal(size=(batch, classes)), rng.integers(0, classes, size=batch)
        loss, _ = cross_entropy_from_logits(logits, labels)
        single = [-special.log_softmax(row)[label] for row, label in zip(logits, labels)]
        close(loss, float(np.mean(single)), **T2, what="the loss")


# %%
@hidden(weight=2)
def the_gradient_belongs_to_a_mean(cross_entropy_from_logits, rng):
    """The gradient is (softmax - one-hot) / B, so its rows sum to 0 and it shrinks with the batch size."""
    for batch, classes in ((1, 3), (2, 2), (4, 3), (7, 6)):
        logits, labels = rng.normal(size=(batch, classes)), rng.integers(0, classes, size=batch)
        _, gradient = cross_entropy_from_logits(logits, labels)
        gradient = array(gradient, (batch, classes), what="the gradient")
        close(gradient.sum(axis=1), np.zeros(batch), **T2, what="the row sums of the gradient")
        close(gradient, (special.softmax(logits, axis=1) - np.eye(classes)[labels]) / batch, **T2, what="the gradient")


# %%
@hidden
def the_gradient_agrees_with_finite_differences(cross_entropy_from_logits, rng):
    """Each entry of the gradient is the slope of the loss when that logit changes."""
    logits, labels, h = rng.normal(size=(2, 3)), np.array([2, 0]), 1e-5
    _, gradient = cross_entropy_from_logits(logits, labels)
    slopes = np.zeros((2, 3))
    for i, k in np.ndindex(2, 3):
        step = np.zeros((2, 3))
        step[i, k] = h
        up, _ = cross_entropy_from_logits(logits + step, labels)
        down, _ = cross_entropy_from_logits(logits - step, labels)
        slopes[i, k] = (up - down) / (2 * h)
    close(gradient, slopes, **T3, what="the gradient compared with finite differences")


# %%
@hidden(weight=2)
def a_tiny_probability_is_not_cut_off(cross_entropy_from_logits):
    """When the right class has a probability near 1e-20, the loss is its full surprise of about 46."""
    for gap in (30.0, 46.0, 700.0):
        loss, _ = cross_entropy_from_logits(np.array([[0.0, -gap]]), np.array([1]))
        close(loss, gap, **T2, what="the loss")


# %%
@hidden
def huge_logits_stay_finite_and_exact(cross_entropy_from_logits):
    """Logits of 10000 and -10000 give a finite and exact loss and gradient."""
    logits = np.array([[1e4, -1e4, 0.0], [-1e4, 1e4, 0.0]])
    loss, gradient = cross_entropy_from_logits(logits, np.array([1, 1]))
    close(loss, 1e4, **T2, what="the loss")
    close(gradient, np.array([[0.5, -0.5, 0.0], [0.0, 0.0, 0.0]]), **T2, what="the gradient")


# %%
@hidden
def a_constant_per_row_changes_nothing(cross_entropy_from_logits, rng):
    """Adding a constant to all logits of a row leaves loss and gradient as they are."""
    logits, labels = np.round(rng.normal(size=(3, 4)), 3), np.array([1, 3, 0])
    shifts = np.array([[900.0], [-2000.0], [5.0]])
    loss, gradient = cross_entropy_from_logits(logits + shifts, labels)
    log_weights = special.log_softmax(logits, axis=1)
    close(loss, -float(log_weights[[0, 1, 2], labels].mean()), **T2, what="the loss")
    close(gradient, (np.exp(log_weights) - np.eye(4)[labels]) / 3, **T2, what="the gradient")


# %%
@hidden
def every_kind_of_number_is_converted_to_float64(cross_entropy_from_logits):
    """Lists of integers are accepted for logits and labels, and logits in single precision lose no digits."""
    logits = np.array([[1.0, 2.0], [4.0, 1.0]])
    expected = -float(np.mean(special.log_softmax(logits, axis=1)[[0, 1], [1, 0]]))
    close(cross_entropy_from_logits(logits.astype(np.float32), [1, 0])[0], expected, **T2, what="the loss")
    loss, gradient = cross_entropy_from_logits([[1, 2], [4, 1]], [1, 0])
    close(loss, expected, **T2, what="the loss")
    close(gradient, (special.softmax(logits, axis=1) - np.eye(2)[[1, 0]]) / 2, **T2, what="the gradient")


# %%
@hidden
def a_single_class_costs_nothing(cross_entropy_from_logits):
    """With one class the softmax is 1, so the loss and the gradient are 0, also for a single item."""
    loss, gradient = cross_entropy_from_logits(np.array([[5.0]]), np.array([0]))
    close(loss, 0.0, **T2, what="the loss")
    close(gradient, np.zeros((1, 1)), **T2, what="the gradient")


# %%
@hidden
def a_negative_label_raises(cross_entropy_from_logits):
    """The label -1 names no class and raises ValueError."""
    raises(ValueError, cross_entropy_from_logits, np.zeros((2, 3)), np.array([0, -1]))


# %%
@hidden
def wrong_shapes_raise(cross_entropy_from_logits):
    """Logits without rows and columns, or not one label per row, raise ValueError."""
    raises(ValueError, cross_entropy_from_logits, np.zeros(3), np.array([0, 1, 2]))
    raises(ValueError, cross_entropy_from_logits, np.zeros((2, 3)), np.array([0, 1, 2]))
    raises(ValueError, cross_entropy_from_logits, np.zeros((3, 3)), np.array([1]))
    raises(ValueError, cross_entropy_from_logits, np.zeros((0, 3)), np.array([], dtype=int))


# %%
@accepted
def item_by_item(logits, labels):
    scores, classes = np.array(logits, dtype=np.float64), np.array(labels)
    if scores.ndim != 2 or classes.ndim != 1 or len(scores) != len(classes) or len(scores) == 0:
        raise ValueError("shapes do not fit")
    batch, count = scores.shape
    if any(label < 0 or label >= count for label in classes):
        raise ValueError("no such class")
    total, gradient = 0.0, np.zeros((batch, count))
    for i in range(batch):
        label = int(classes[i])
        top = float(np.max(scores[i]))
        log_total = top + float(np.log(np.sum(np.exp(scores[i] - top))))
        total += log_total - float(scores[i, label])
        for k in range(count):
            gradient[i, k] = (np.exp(scores[i, k] - log_total) - (1.0 if k == label else 0.0)) / batch
    return total / batch, gradient


# %%
@accepted
def with_one_hot_targets(logits, labels):
    z, y = np.asarray(logits, dtype=float), np.asarray(labels)
    if z.ndim != 2 or 0 in z.shape or y.shape != (z.shape[0],) or not np.all((y >= 0) & (y < z.shape[1])):
        raise ValueError("logits and labels do not fit")
    targets = (y[:, None] == np.arange(z.shape[1])).astype(float)
    margins = z - np.sum(targets * z, axis=1, keepdims=True)
    top = margins.max(axis=1, keepdims=True)
    weights = np.exp(margins - top)
    totals = weights.sum(axis=1, keepdims=True)
    return float((top + np.log(totals)).mean()), (weights / totals - targets) / y.size


# %%
@misconception(
    caught_by="a_tiny_probability_is_not_cut_off",
    hint="Clipping the softmax cuts the loss off at 27.6. Use log_sum_exp of the row minus the label's logit.",
)
def logarithm_of_the_clipped_softmax(logits, labels):
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels)
    if logits.ndim != 2 or logits.size == 0 or labels.shape != logits.shape[:1]:
        raise ValueError("logits must have shape (B, K) and labels shape (B,)")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError("labels must lie in 0..K-1")
    rows = np.arange(len(labels))
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(np.clip(weights[rows, labels], 1e-12, 1.0)))
    weights[rows, labels] -= 1.0
    return float(loss), weights / len(labels)


# %%
@misconception(
    caught_by="the_gradient_belongs_to_a_mean",
    hint="The loss is a mean over the batch, so its gradient is divided by B as well.",
)
def gradient_of_the_sum(logits, labels):
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels)
    if logits.ndim != 2 or logits.size == 0 or labels.shape != logits.shape[:1]:
        raise ValueError("logits must have shape (B, K) and labels shape (B,)")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError("labels must lie in 0..K-1")
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_total = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.exp(shifted - log_total)
    gradient[rows, labels] -= 1.0
    return float(np.mean(log_total[:, 0] - shifted[rows, labels])), gradient


# %%
@misconception(
    caught_by="the_loss_is_the_mean_surprise_at_the_labels",
    hint="logits[:, labels] picks a whole block. Pick one entry per row with two index arrays: logits[rows, labels].",
)
def picks_a_block_instead_of_one_entry_per_row(logits, labels):
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels)
    if logits.ndim != 2 or logits.size == 0 or labels.shape != logits.shape[:1]:
        raise ValueError("logits must have shape (B, K) and labels shape (B,)")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError("labels must lie in 0..K-1")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_total = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = np.mean(log_total - shifted[:, labels])
    gradient = np.exp(shifted - log_total)
    gradient[:, labels] -= 1.0
    return float(loss), gradient / len(labels)


# %%
@misconception(
    caught_by="a_negative_label_raises",
    hint="An index of -1 silently picks the last class. Check that every label is at least 0.",
)
def negative_labels_count_from_the_end(logits, labels):
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels)
    if logits.ndim != 2 or logits.size == 0 or labels.shape != logits.shape[:1]:
        raise ValueError("logits must have shape (B, K) and labels shape (B,)")
    if labels.max() >= logits.shape[1]:
        raise ValueError("labels must lie in 0..K-1")
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_total = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.exp(shifted - log_total)
    gradient[rows, labels] -= 1.0
    return float(np.mean(log_total[:, 0] - shifted[rows, labels])), gradient / len(labels)

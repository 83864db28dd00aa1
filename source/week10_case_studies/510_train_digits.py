# %% [markdown]
# ### Capstone: train your own network on handwritten digits
#
# Everything meets here: a random split, a network with one hidden layer, cross-entropy, backpropagation, stochastic
# gradient descent, and an honest judgement on pictures that the network has never seen.
#
# The table $X$ of shape $(n, d)$ holds grey values from 0 to 16, one picture per row. The labels are
# $y_i \in \{0, \dots, K-1\}$. So that everybody can repeat your run, the random numbers are drawn in a fixed order:
#
# 1. **Scale** the pixels: divide by 16.
# 2. **Split.** Draw `rng.permutation(n)`. Its first `round(0.2 * n)` rows are the *test* set. The next
#    `round(0.1 * n)` rows are the *validation* set. The rest, in this order, is the *training* set.
# 3. **Start.** Draw $W_1 =$ `rng.normal(size=(hidden, d))` times $\sqrt{2/d}$. Then draw $W_2 =$
#    `rng.normal(size=(K, hidden))` times $\sqrt{2/\text{hidden}}$. Both biases are 0.
# 4. **Train.** In every epoch draw a new `rng.permutation(n_train)`. Cut it into batches of 64 rows; the last one may
#    be smaller. Each batch makes one step $W \leftarrow W - \text{lr} \cdot \nabla W$ for all four parameters.
# 5. **Watch.** After every epoch record the mean loss over the whole training set and the share of the validation set
#    that is classified right. If the loss is not finite, stop with `FloatingPointError`.
# 6. **Judge.** At the very end, and only once, compute the share of the test set that is classified right.
#
# A sample is classified right when its largest logit is the one of its label.
#
# **By hand.** $n = 50$: the test set has 10 rows, the validation set 5, the training set 35, so an epoch is one step
# with all 35. If all logits are equal at the start, each of $K = 10$ classes gets $0.1$, and the loss is
# $\log 10 = 2.303$. Pure guessing is right for one digit in ten.

# %%
from sklearn.datasets import load_digits

from autograder.kit import T2, T3, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=15,
    minutes=75,
    level=3,
    banned=("sklearn.neural_network.MLP*",),
    oracle="accuracy and loss of the returned parameters on the rows of the split, computed again",
    section="Judging a model",
    uses=("mlp_forward", "mlp_backward"),
    topics=(
        "r0-intro-master-essential-math",
        "r0-intro-ml-ready-foundation",
        "r0-strategy-step5-connect-ml",
        "r0-w8-out-training-loops",
        "r0-w10-goal",
        "r0-w10-out-ready-ml-dl",
        "r0-final-transition",
        "r0-final-transition-dl",
        "r1-why-math-code-ml",
        "r1-t05-in-ml",
        "r2-o4-used-in",
        "r2-o4-in-ml",
        "r2-b-end-ready-ml-dl",
        "r3-7-train-val-test",
        "r3-8-1-image-classification",
        "r3-9-3-5-projects",
        "r3-10-train",
        "r4-p5-mnist",
        "r4-p6-image-classification",
        "r4-mlmath-splits",
    ),
    capstone=True,
    seconds=8,
)

# %%
import numpy as np


# %%
def train_digits(
    X: np.ndarray, y: np.ndarray, rng: np.random.Generator, hidden: int = 32, epochs: int = 30, lr: float = 0.5
) -> dict:
    """Train a network with one hidden layer of ReLU units on pictures, and judge it on pictures it has never seen.

    Parameters
    ----------
    X : array-like of shape (n, d), grey values from 0 to 16, n >= 10
    y : integer array-like of shape (n,), the right classes 0..K-1; K is the largest label + 1
    rng : source of all random numbers, drawn in the order of the text: the split, W1, W2, one permutation per epoch
    hidden : number of hidden units, at least 1
    epochs : number of passes through the training set, at least 1
    lr : learning rate, positive

    Returns
    -------
    dict with the keys
        "params" : the list [(W1, b1), (W2, b2)] after the last epoch
        "train_loss" : array of shape (epochs,), the mean loss over the training set after each epoch
        "val_accuracy" : array of shape (epochs,), the share of right answers on the validation set after each epoch
        "test_accuracy" : float, the share of right answers on the test set after the last epoch

    Raises
    ------
    ValueError : X is not of shape (n, d) with n >= 10, y is not of shape (n,), or hidden, epochs or lr is out of range
    FloatingPointError : the training loss is not finite after an epoch
    """
    ### BEGIN SOLUTION
    X, y = np.asarray(X, dtype=float) / 16, np.asarray(y)
    if X.ndim != 2 or len(X) < 10 or y.shape != X.shape[:1] or hidden < 1 or epochs < 1 or not lr > 0:
        raise ValueError("X must be (n, d) with n >= 10, y (n,), hidden and epochs at least 1, lr positive")
    n, d = X.shape
    K = int(y.max()) + 1
    order = rng.permutation(n)
    test, val, train = np.split(order, [round(0.2 * n), round(0.2 * n) + round(0.1 * n)])
    W1 = rng.normal(size=(hidden, d)) * np.sqrt(2 / d)
    W2 = rng.normal(size=(K, hidden)) * np.sqrt(2 / hidden)
    params = [(W1, np.zeros(hidden)), (W2, np.zeros(K))]

    def accuracy(rows):
        logits, _ = mlp_forward(params, X[rows])
        return float(np.mean(logits.argmax(axis=1) == y[rows]))

    losses, accuracies = [], []
    for _ in range(epochs):
        shuffled = train[rng.permutation(len(train))]
        with np.errstate(over="ignore", invalid="ignore"):
            for start in range(0, len(train), 64):
                batch = shuffled[start : start + 64]
                logits, cache = mlp_forward(params, X[batch])
                _, gradients = mlp_backward(params, cache, logits, y[batch])
                params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, gradients)]
            logits, cache = mlp_forward(params, X[train])
            loss, _ = mlp_backward(params, cache, logits, y[train])
        if not np.isfinite(loss):
            raise FloatingPointError("the training loss is not finite; try a smaller learning rate")
        losses.append(loss)
        accuracies.append(accuracy(val))
    return {
        "params": params,
        "train_loss": np.array(losses),
        "val_accuracy": np.array(accuracies),
        "test_accuracy": accuracy(test),
    }
    ### END SOLUTION


# %%
@helper
def patterns(n, noise, rng):
    """Return n tiny pictures of 2 by 2 whole-numbered pixels, made of three patterns and noise, and their classes."""
    y = rng.integers(0, 3, size=n)
    y[:3] = (0, 1, 2)
    clean = np.array([[13, 3, 3, 13], [3, 13, 13, 3], [13, 13, 3, 3]])
    return np.clip(clean[y] + np.rint(noise * rng.normal(size=(n, 4))).astype(int), 0, 16), y


@helper
def digits(n):
    """Return the first n digits as whole numbers, and their labels."""
    data = load_digits()
    return data.data[:n].astype(np.uint8), data.target[:n]


@helper
def parts(n, rng):
    """Return the test, validation and training rows that the text prescribes for a fresh generator."""
    order = rng.permutation(n)
    cut = round(0.2 * n)
    return order[:cut], order[cut : cut + round(0.1 * n)], order[cut + round(0.1 * n) :]


@helper
def shaped(run, d, K, width, epochs):
    """Return a run after a look at its keys and shapes."""
    keys = ("params", "train_loss", "val_accuracy", "test_accuracy")
    missing = [key for key in keys if key not in run]
    holds(not missing, f"The dictionary should have the keys {', '.join(keys)}; missing: {', '.join(missing)}.")
    holds(len(run["params"]) == 2, '"params" should be a list of two pairs (W, b).')
    shapes = [((width, d), (width,)), ((K, width), (K,))]
    params = [
        (array(W, shape, what=f"the weights of layer {i}"), array(b, short, what=f"the biases of layer {i}"))
        for i, ((W, b), (shape, short)) in enumerate(zip(run["params"], shapes), start=1)
    ]
    losses = array(run["train_loss"], (epochs,), what='"train_loss"')
    accuracies = array(run["val_accuracy"], (epochs,), what='"val_accuracy"')
    test_accuracy = run["test_accuracy"]
    holds(isinstance(test_accuracy, (float, int, np.number)), '"test_accuracy" should be a number.')
    return params, losses, accuracies, float(test_accuracy)


@helper
def logits_of(params, X):
    """Return the logits of grey values from 0 to 16."""
    (W1, b1), (W2, b2) = params
    return np.maximum(X / 16 @ W1.T + b1, 0) @ W2.T + b2


@helper
def accuracy_of(params, X, y):
    """Return the share of right answers."""
    return float(np.mean(np.argmax(logits_of(params, X), axis=1) == y))


# %%
@check
def the_network_learns_three_patterns(train_digits):
    """Three patterns of four pixels are learned: the loss falls below 0.1, and 9 of 10 test pictures are right."""
    X, y = patterns(100, 1.5, np.random.default_rng(1))
    _, losses, _, test_accuracy = shaped(train_digits(X, y, np.random.default_rng(2), hidden=8, epochs=40), 4, 3, 8, 40)
    holds(losses[-1] < 0.1, f"The last training loss should be below 0.1, not {losses[-1]:.3g}.")
    holds(losses[-1] < losses[0], "The training loss should fall.")
    holds(test_accuracy >= 0.9, f"The test accuracy should be at least 0.9, not {test_accuracy:.3g}.")


# %%
@check
def no_hidden_unit_raises(train_digits):
    """A network without hidden units raises ValueError."""
    X, y = patterns(20, 1.0, np.random.default_rng(1))
    raises(ValueError, train_digits, X, y, np.random.default_rng(2), hidden=0, epochs=1)


# %%
@hidden(weight=2)
def the_test_accuracy_is_that_of_rows_never_seen(train_digits):
    """The test accuracy is the share of right answers on the first fifth of the permutation, never trained on."""
    for n, noise, seed in ((15, 6.0, 3), (40, 6.0, 4), (120, 7.0, 5)):
        X, y = patterns(n, noise, np.random.default_rng(seed))
        run = train_digits(X, y, np.random.default_rng(seed + 10), hidden=6, epochs=12)
        params, _, _, test_accuracy = shaped(run, 4, 3, 6, 12)
        test, _, _ = parts(n, np.random.default_rng(seed + 10))
        expected = accuracy_of(params, X[test], y[test])
        close(test_accuracy, expected, **T3, what=f"the test accuracy for {n} pictures")


# %%
@hidden
def the_curves_belong_to_the_parameters(train_digits):
    """The last loss is that of the whole training set, the last validation accuracy that of the validation set."""
    for n, seed in ((30, 6), (90, 7), (150, 8)):
        X, y = patterns(n, 5.0, np.random.default_rng(seed))
        run = train_digits(X, y, np.random.default_rng(seed + 20), hidden=5, epochs=4)
        params, losses, accuracies, _ = shaped(run, 4, 3, 5, 4)
        _, val, train = parts(n, np.random.default_rng(seed + 20))
        Z = logits_of(params, X[train])
        expected = np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(train)), y[train]])
        close(float(losses[-1]), float(expected), **T2, what=f"the last training loss for {n} pictures")
        expected = accuracy_of(params, X[val], y[val])
        close(float(accuracies[-1]), expected, **T3, what=f"the last validation accuracy for {n} pictures")


# %%
@hidden(weight=2)
def the_batches_are_drawn_anew_in_every_epoch(train_digits, reference):
    """Parameters and curves are those of a run that draws the split, the start and every epoch in the given order."""
    # With 91 pictures the training set is one full batch, with 92 it is a full batch and a single picture.
    runs = ((10, 1, 30, 1), (12, 1, 30, 7), (91, 1, 31, 7), (92, 1, 34, 7), (200, 1, 32, 7), (200, 3, 33, 7))
    for n, epochs, seed, width in runs:
        X, y = patterns(n, 4.0, np.random.default_rng(seed))
        run = train_digits(X, y, np.random.default_rng(seed), hidden=width, epochs=epochs, lr=0.2)
        expected = reference(X, y, np.random.default_rng(seed), hidden=width, epochs=epochs, lr=0.2)
        params, losses, accuracies, _ = shaped(run, 4, 3, width, epochs)
        what = f"after {epochs} epochs on {n} pictures"
        close(params, expected["params"], **T3, what=f"the parameters {what}")
        close(losses, expected["train_loss"], **T3, what=f"the losses {what}")
        close(accuracies, expected["val_accuracy"], **T3, what=f"the validation accuracies {what}")


# %%
@hidden(weight=2)
def nine_of_ten_new_digits_are_recognised(train_digits):
    """Trained on a part of 600 digits, the network recognises at least 90 % of those it has never seen."""
    X, y = digits(600)
    for seed in (2, 9):
        run = train_digits(X, y, np.random.default_rng(seed), epochs=12)
        params, losses, _, test_accuracy = shaped(run, 64, 10, 32, 12)
        holds(test_accuracy >= 0.9, f"For seed {seed} the test accuracy should reach 0.9, not {test_accuracy:.3f}.")
        test, _, _ = parts(600, np.random.default_rng(seed))
        close(test_accuracy, accuracy_of(params, X[test], y[test]), **T3, what="the test accuracy")
        holds(losses[-1] < losses[0] / 3, "The training loss should fall to less than a third of its first value.")


# %%
@hidden
def all_digits_reach_94_percent(train_digits):
    """Trained on all digits for 12 epochs, the network recognises at least 94 % of the 359 held back."""
    X, y = digits(1797)
    run = train_digits(X, y, np.random.default_rng(4), epochs=12)
    _, _, _, test_accuracy = shaped(run, 64, 10, 32, 12)
    holds(test_accuracy >= 0.94, f"The test accuracy should be at least 0.94, not {test_accuracy:.3f}.")


# %%
@hidden
def the_defaults_are_32_units_30_epochs_and_a_rate_of_one_half(train_digits, reference):
    """Without further arguments the network has 32 hidden units and trains 30 epochs at the rate 0.5."""
    X, y = patterns(40, 3.0, np.random.default_rng(35))
    _, losses, _, _ = shaped(train_digits(X, y, np.random.default_rng(36)), 4, 3, 32, 30)
    expected = reference(X, y, np.random.default_rng(36), hidden=32, epochs=30, lr=0.5)["train_loss"]
    close(losses, expected, **T3, what="the losses with the default settings")


# %%
@hidden
def shuffled_labels_cannot_be_learned(train_digits):
    """When the labels are shuffled, the test accuracy is that of guessing, however small the training loss gets."""
    X, y = digits(400)
    y = np.random.default_rng(40).permutation(y)
    _, losses, _, test_accuracy = shaped(train_digits(X, y, np.random.default_rng(41), epochs=10), 64, 10, 32, 10)
    holds(losses[-1] < losses[0], "Even with shuffled labels the training loss should fall.")
    holds(test_accuracy < 0.25, f"With shuffled labels the test accuracy should be near 0.1, not {test_accuracy:.3f}.")


# %%
@hidden
def equal_generators_give_equal_runs(train_digits):
    """Two equal generators give the same run, another one gives another run."""
    X, y = patterns(60, 5.0, np.random.default_rng(50))
    runs = [train_digits(X, y, np.random.default_rng(seed), hidden=4, epochs=3) for seed in (51, 51, 52)]
    first, second, other = (shaped(run, 4, 3, 4, 3) for run in runs)
    close(second[1], first[1], rtol=0.0, atol=0.0, what="the losses of the second run")
    close(second[0], first[0], rtol=0.0, atol=0.0, what="the parameters of the second run")
    holds(not np.allclose(other[1], first[1]), "Another generator should give another run.")


# %%
@hidden
def a_loss_that_is_not_finite_stops_the_run(train_digits):
    """With an absurd learning rate the loss is soon not a number, and FloatingPointError is raised."""
    X, y = patterns(100, 2.0, np.random.default_rng(60))
    raises(FloatingPointError, train_digits, X, y, np.random.default_rng(61), hidden=8, epochs=6, lr=1e200)


# %%
@hidden
def bad_input_raises(train_digits):
    """Tables without shape (n, d), missing labels, too few pictures and bad settings raise ValueError."""
    X, y = patterns(20, 2.0, np.random.default_rng(70))
    raises(ValueError, train_digits, X[:, 0], y, np.random.default_rng(1), epochs=1)
    raises(ValueError, train_digits, X, y[:-1], np.random.default_rng(1), epochs=1)
    raises(ValueError, train_digits, X, y[:, None], np.random.default_rng(1), epochs=1)
    raises(ValueError, train_digits, X[:9], y[:9], np.random.default_rng(1), epochs=1)
    raises(ValueError, train_digits, X, y, np.random.default_rng(1), epochs=0)
    raises(ValueError, train_digits, X, y, np.random.default_rng(1), epochs=1, lr=0.0)
    raises(ValueError, train_digits, X, y, np.random.default_rng(1), epochs=1, lr=-0.5)
    raises(ValueError, train_digits, X, y, np.random.default_rng(1), hidden=-3, epochs=1)


# %%
@helper
def train_with(
    X, y, rng, hidden, epochs, lr, *, judge="test", shuffle=True, stop=True, apart=False, greedy=False, last=False
):
    """Train the network without mlp_forward and mlp_backward; each option spoils one thing."""
    X, y = np.array(X, dtype=float), np.array(y)
    if X.ndim != 2 or len(X) < 10 or y.shape != (len(X),) or min(hidden, epochs) < 1 or not lr > 0:
        raise ValueError("nothing to train")
    X, Y = X / 16, np.eye(int(y.max()) + 1)[y]
    order = rng.permutation(len(X))
    n_test, n_val = round(0.2 * len(X)), round(0.1 * len(X))
    labels = rng.permutation(len(X)) if apart else order
    X, y, Y = X[order], y[labels], Y[labels]
    test, val = slice(0, n_test), slice(n_test, n_test + n_val)
    train = slice(n_test, None) if greedy else slice(n_test + n_val, None)
    W1 = rng.normal(size=(hidden, X.shape[1])) * (2 / X.shape[1]) ** 0.5
    W2 = rng.normal(size=(Y.shape[1], hidden)) * (2 / hidden) ** 0.5
    b1, b2 = np.zeros(hidden), np.zeros(Y.shape[1])

    def walk(rows):
        H = np.clip(rows @ W1.T + b1, 0, None)
        Z = H @ W2.T + b2
        top = Z.max(axis=1, keepdims=True)
        E = np.exp(Z - top)
        total = E.sum(axis=1, keepdims=True)
        return H, E / total, (Z - top) - np.log(total)

    def right(part):
        return float(np.mean(walk(X[part])[2].argmax(axis=1) == y[part]))

    XT, YT = X[train], Y[train]
    losses, accuracies, best = [], [], 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(epochs):
            rows = rng.permutation(len(XT)) if shuffle else np.arange(len(XT))
            for start in range(0, len(rows), 64):
                xb, yb = XT[rows[start : start + 64]], YT[rows[start : start + 64]]
                H, P, logs = walk(xb)
                batch_loss = -float(np.sum(logs * yb)) / len(xb)
                D2 = (P - yb) / len(xb)
                D1 = np.where(H > 0, D2 @ W2, 0.0)
                W2, b2 = W2 - lr * (D2.T @ H), b2 - lr * D2.sum(axis=0)
                W1, b1 = W1 - lr * (D1.T @ xb), b1 - lr * D1.sum(axis=0)
            logs = walk(XT)[2]
            loss = batch_loss if last else -float(np.mean(logs[YT == 1]))
            if stop and not np.isfinite(loss):
                raise FloatingPointError("the loss is not finite")
            losses.append(loss)
            accuracies.append(right(val))
            best = max(best, right(test)) if judge == "best" else best
    judged = {"test": test, "train": train, "val": val}
    return {
        "params": [(W1, b1), (W2, b2)],
        "train_loss": np.array(losses),
        "val_accuracy": np.array(accuracies),
        "test_accuracy": best if judge == "best" else right(judged[judge]),
    }


@accepted
def with_one_hot_rows(X, y, rng, hidden=32, epochs=30, lr=0.5):
    return train_with(X, y, rng, hidden, epochs, lr)


# %%
@accepted
def with_the_bias_as_a_column(X, y, rng, hidden=32, epochs=30, lr=0.5):
    X, y = np.array(X, dtype=np.float64), np.array(y)
    if np.ndim(X) != 2 or X.shape[0] < 10 or np.shape(y) != (X.shape[0],) or hidden < 1 or epochs < 1 or lr <= 0:
        raise ValueError("nothing to train")
    n, d = X.shape
    X = np.column_stack([X / 16.0, np.ones(n)])
    classes = int(max(y)) + 1
    order = rng.permutation(n)
    a, b = round(0.2 * n), round(0.2 * n) + round(0.1 * n)
    first = np.column_stack([rng.normal(size=(hidden, d)) * np.sqrt(2 / d), np.zeros(hidden)])
    second = np.column_stack([rng.normal(size=(classes, hidden)) * np.sqrt(2 / hidden), np.zeros(classes)])

    def scores(rows):
        active = first @ X[rows].T
        active = np.vstack([active * (active > 0), np.ones(len(rows))])
        return active, second @ active

    curves = {"train_loss": [], "val_accuracy": []}
    old = np.seterr(all="ignore")
    for _ in range(epochs):
        shuffled = rng.permutation(n - b)
        for batch in np.split(order[b:][shuffled], range(64, n - b, 64)):
            active, s = scores(batch)
            delta = np.exp(s - np.logaddexp.reduce(s, axis=0))
            delta[y[batch], np.arange(len(batch))] -= 1
            delta /= len(batch)
            back = (second[:, :-1].T @ delta) * (active[:-1] > 0)
            second, first = second - lr * (delta @ active.T), first - lr * (back @ X[batch])
        _, s = scores(order[b:])
        loss = float(np.mean(np.logaddexp.reduce(s, axis=0) - s[y[order[b:]], np.arange(n - b)]))
        if loss != loss or loss in (np.inf, -np.inf):
            np.seterr(**old)
            raise FloatingPointError("loss")
        curves["train_loss"].append(loss)
        curves["val_accuracy"].append(np.mean(scores(order[a:b])[1].argmax(axis=0) == y[order[a:b]]))
    np.seterr(**old)
    found = {name: np.array(values) for name, values in curves.items()}
    found["params"] = [(first[:, :-1].copy(), first[:, -1].copy()), (second[:, :-1].copy(), second[:, -1].copy())]
    found["test_accuracy"] = float(np.mean(scores(order[:a])[1].argmax(axis=0) == y[order[:a]]))
    return found


# %%
@misconception(
    caught_by="the_test_accuracy_is_that_of_rows_never_seen",
    hint="The accuracy is measured on the training rows; hold the test set back and judge on it.",
)
def judges_on_the_training_set(X, y, rng, hidden=32, epochs=30, lr=0.5):
    return train_with(X, y, rng, hidden, epochs, lr, judge="train")


# %%
@misconception(
    caught_by="the_test_accuracy_is_that_of_rows_never_seen",
    hint="The best epoch was chosen with the test set, so it is a test no longer; judge once, after the last epoch.",
)
def reports_the_best_test_accuracy(X, y, rng, hidden=32, epochs=30, lr=0.5):
    return train_with(X, y, rng, hidden, epochs, lr, judge="best")


# %%
@misconception(
    caught_by="the_test_accuracy_is_that_of_rows_never_seen",
    hint="That is the accuracy on the validation set, which you looked at in every epoch; use the test set.",
)
def judges_on_the_validation_set(X, y, rng, hidden=32, epochs=30, lr=0.5):
    return train_with(X, y, rng, hidden, epochs, lr, judge="val")


# %%
@misconception(
    caught_by="the_batches_are_drawn_anew_in_every_epoch",
    hint="The batches are the same in every epoch; draw a new permutation of the training rows each time.",
)
def never_shuffles(X, y, rng, hidden=32, epochs=30, lr=0.5):
    return train_with(X, y, rng, hidden, epochs, lr, shuffle=False)


# %%
@misconception(
    caught_by="a_loss_that_is_not_finite_stops_the_run",
    hint="The loss became NaN and the run went on; watch the loss and stop when it is not finite.",
)
def trains_on_with_nan(X, y, rng, hidden=32, epochs=30, lr=0.5):
    return train_with(X, y, rng, hidden, epochs, lr, stop=False)


# %%
@misconception(
    caught_by="nine_of_ten_new_digits_are_recognised",
    hint="Pictures and labels were shuffled with two permutations; use the same rows for both.",
)
def shuffles_pictures_and_labels_apart(X, y, rng, hidden=32, epochs=30, lr=0.5):
    return train_with(X, y, rng, hidden, epochs, lr, apart=True)


# %%
@misconception(
    caught_by="the_batches_are_drawn_anew_in_every_epoch",
    hint="The validation rows were trained on; cut them out of the training set.",
)
def trains_on_the_validation_set(X, y, rng, hidden=32, epochs=30, lr=0.5):
    return train_with(X, y, rng, hidden, epochs, lr, greedy=True)


# %%
@misconception(
    caught_by="the_curves_belong_to_the_parameters",
    hint="That is the loss of the last batch before its step; compute the loss over the whole training set.",
)
def records_the_loss_of_the_last_batch(X, y, rng, hidden=32, epochs=30, lr=0.5):
    return train_with(X, y, rng, hidden, epochs, lr, last=True)

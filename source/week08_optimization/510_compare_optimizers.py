# %% [markdown]
# ### Capstone: compare five optimisers
#
# Which optimiser is best? The honest answer is a race under equal conditions: one problem, one start, one measure. In
# this capstone you hold the race on ridge regression. In the next cell you run it on the diabetes data.
#
# **The problem.** Standardise the features inside the function: subtract the mean of each column and divide by its
# standard deviation (divisor $n$). Subtract the mean from the target as well; then no bias is needed. With the
# standardised $X$ and the centred $y$,
# $$f(w) = \frac1n \lVert X w - y \rVert^2 + \lambda \lVert w \rVert^2, \qquad L = 2\,(\lambda_1 + \lambda),$$
# where $\lambda_1$ is the largest eigenvalue of $X^\top X / n$. $L$ is the largest curvature of $f$.
#
# **The runners.** All start at $w = 0$ and make `steps` updates. The gradient is that of all rows, except for `"sgd"`.
#
# | key | rule |
# |---|---|
# | `"gd"` | $w' = w - g / L$ |
# | `"sgd"` | $w' = w - 0.01\, g$ with the gradient $g$ of one mini-batch of 32 rows |
# | `"momentum"` | $v' = 0.9\, v + g$, $\; w' = w - 0.02\, v'$ |
# | `"rmsprop"` | learning rate 0.5, $\rho = 0.99$, $\varepsilon = 10^{-8}$ |
# | `"adam"` | learning rate 1.0, $\beta_1 = 0.9$, $\beta_2 = 0.999$, $\varepsilon = 10^{-8}$ |
#
# The batches of `"sgd"` are cut from `rng.permutation(n)`, as in `minibatches`: one batch per update. The last one of
# an epoch may be smaller. When all rows are used, a new permutation begins. The penalty belongs to the gradient of a
# batch too.
#
# **The measure.** Each curve holds the full loss $f(w)$, over all rows, at the start and after every update.
#
# **By hand.** $X = (1, 3)$ as one column, $y = (1, 5)$, `lam` 0 and one step. The standardised column is $(-1, 1)$.
# The centred target is $(-2, 2)$. So $f(w) = (w - 2)^2$. The start value is 4, the gradient there is $-4$, and $L = 2$.
# The first updates lead to $w = 2$ (gd), $0.04$ (sgd, its batch is everything), $0.08$ (momentum), $5$ (rmsprop) and
# $1$ (adam). The losses are $0$, $3.8416$, $3.6864$, $9$ and $1$.
#
# Return the five curves.

# %%
from sklearn.datasets import load_diabetes

from autograder.kit import (
    T2,
    T3,
    accepted,
    array,
    check,
    close,
    exercise,
    helper,
    hidden,
    holds,
    misconception,
    raises,
    same,
)

exercise(
    points=15,
    minutes=75,
    level=3,
    oracle="the minimum from the normal equations, runs in the Gram matrix",
    section="Adaptive step sizes",
    uses=("minibatches", "momentum_step", "rmsprop_step", "adam_step", "ridge_loss_grad"),
    topics=(
        "r0-intro-master-essential-math",
        "r0-intro-ml-ready-foundation",
        "r0-strategy-step5-connect-ml",
        "r0-w8-goal",
        "r0-w8-out-training-loops",
        "r0-w8-out-optimizer-behavior",
        "r0-w10-out-explain-math",
        "r0-final-transition-research",
        "r1-why-math-code-ml",
        "r1-t05-in-ml",
        "r2-o4-used-in",
        "r2-o4-in-ml",
        "r2-a-end-math-foundations",
        "r2-b-end-core-math",
        "r3-10-train",
    ),
    seconds=8,
    capstone=True,
)

# %%
import numpy as np


# %%
def compare_optimizers(
    X: np.ndarray, y: np.ndarray, lam: float, steps: int, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Record the loss curves of five optimisers on ridge regression.

    Parameters
    ----------
    X : array or list of shape (n, d), n >= 2 and d >= 1; the columns are standardised inside
    y : array or list of shape (n,), centred inside
    lam : strength of the penalty, lam >= 0
    steps : number of updates of every optimiser, at least 1
    rng : source of the mini-batches: rng.permutation(n), once per epoch

    Returns
    -------
    dict with the keys "gd", "sgd", "momentum", "rmsprop" and "adam"
        Each value is an array of shape (steps + 1,): the full loss at w = 0 and after every update.

    Raises
    ------
    ValueError : X is not of shape (n, d) or has no column, y is not of shape (n,), a column of X is constant,
        lam is negative, or steps < 1
    """
    ### BEGIN SOLUTION
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or X.size == 0 or y.shape != X.shape[:1]:
        raise ValueError("X must be (n, d) and y (n,)")
    if np.any(X.max(axis=0) == X.min(axis=0)):
        raise ValueError("a constant column cannot be standardised")
    if lam < 0 or steps < 1:
        raise ValueError("lam must not be negative and steps at least 1")
    n, d = X.shape
    X, y = (X - X.mean(axis=0)) / X.std(axis=0), y - y.mean()
    L = 2 * (np.linalg.eigvalsh(X.T @ X / n)[-1] + lam)

    def all_batches():
        while True:
            yield from minibatches(n, 32, rng)

    # Every rule takes and returns the weights and its own state (two arrays).
    rules = {
        "gd": lambda w, g, a, b, t: (w - g / L, a, b),
        "sgd": lambda w, g, a, b, t: (w - 0.01 * g, a, b),
        "momentum": lambda w, g, a, b, t: (*momentum_step(w, g, a, 0.02), b),
        "rmsprop": lambda w, g, a, b, t: (*rmsprop_step(w, g, a, 0.5), b),
        "adam": lambda w, g, a, b, t: adam_step(w, g, a, b, t, 1.0),
    }
    curves = {}
    for name, rule in rules.items():
        w, a, b = np.zeros(d), np.zeros(d), np.zeros(d)
        loss, g, _ = ridge_loss_grad(w, 0.0, X, y, lam)
        curve, batches = [loss], all_batches()
        for t in range(1, steps + 1):
            if name == "sgd":
                rows = next(batches)
                _, g, _ = ridge_loss_grad(w, 0.0, X[rows], y[rows], lam)
            w, a, b = rule(w, g, a, b, t)
            loss, g, _ = ridge_loss_grad(w, 0.0, X, y, lam)
            curve.append(loss)
        curves[name] = np.array(curve)
    return curves
    ### END SOLUTION


# %%
@helper
def best_loss(X, y, lam):
    """Return the smallest loss that any weights reach, from the normal equations."""
    X, y = (X - X.mean(axis=0)) / X.std(axis=0), y - y.mean()
    w = np.linalg.solve(X.T @ X / len(y) + lam * np.eye(X.shape[1]), X.T @ y / len(y))
    return float(np.mean((X @ w - y) ** 2) + lam * w @ w)


@helper
def full_gradient_curves(X, y, lam, steps):
    """Return the five curves for at most 32 rows, computed from the matrix X^T X instead of the rows."""
    X, y = (X - X.mean(axis=0)) / X.std(axis=0), y - y.mean()
    A, c = X.T @ X / len(y) + lam * np.eye(X.shape[1]), X.T @ y / len(y)
    rate = 0.5 / float(np.linalg.norm(A, 2))
    curves = {name: [] for name in ("gd", "sgd", "momentum", "rmsprop", "adam")}
    for name, curve in curves.items():
        w, first, second = np.zeros(len(c)), np.zeros(len(c)), np.zeros(len(c))
        for t in range(1, steps + 2):
            curve.append(float(np.mean(y**2) - 2 * c @ w + w @ A @ w))
            g = 2 * (A @ w - c)
            if name in ("gd", "sgd"):
                w = w - (rate if name == "gd" else 0.01) * g
            elif name == "momentum":
                first = 0.9 * first + g
                w = w - 0.02 * first
            elif name == "rmsprop":
                second = 0.99 * second + 0.01 * g**2
                w = w - 0.5 * g / (np.sqrt(second) + 1e-8)
            else:
                first, second = 0.9 * first + 0.1 * g, 0.999 * second + 0.001 * g**2
                w = w - first / (1 - 0.9**t) / (np.sqrt(second / (1 - 0.999**t)) + 1e-8)
    return {name: np.array(curve) for name, curve in curves.items()}


@helper
def noisy_line(n, d, rng):
    """Return features in mixed units and a target that depends on them, with noise."""
    X = rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) * 10.0 ** rng.uniform(-2, 3, size=d) + rng.normal(size=d)
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    return X, 20.0 + Z @ rng.uniform(1.0, 3.0, size=d) + rng.normal(size=n)


# %%
@check
def the_first_losses_of_the_example(compare_optimizers, rng):
    """For X = (1, 3), y = (1, 5) and one step the losses go from 4 to 0, 3.8416, 3.6864, 9 and 1."""
    curves = compare_optimizers(np.array([[1.0], [3.0]]), np.array([1.0, 5.0]), 0.0, 1, rng)
    same(sorted(curves), ["adam", "gd", "momentum", "rmsprop", "sgd"], what="the keys")
    for name, loss in (("gd", 0.0), ("sgd", 3.8416), ("momentum", 3.6864), ("rmsprop", 9.0), ("adam", 1.0)):
        close(curves[name], np.array([4.0, loss]), **T3, what=f'the curve "{name}"')


# %%
@check
def all_curves_begin_at_the_same_loss(compare_optimizers, rng):
    """All curves have steps + 1 entries and begin with the mean square of the centred target."""
    X = np.array([[1.0, 200.0], [2.0, 100.0], [4.0, 400.0], [5.0, 100.0]])
    curves = compare_optimizers(X, np.array([10.0, 11.0, 15.0, 16.0]), 0.5, 3, rng)
    for name in ("gd", "sgd", "momentum", "rmsprop", "adam"):
        start = array(curves[name], (4,), what=f'the curve "{name}"')[0]
        close(float(start), 6.5, **T2, what=f'the first entry of the curve "{name}"')


# %%
@check
def a_negative_penalty_raises(compare_optimizers, rng):
    """A negative lam raises ValueError."""
    raises(ValueError, compare_optimizers, np.array([[1.0], [3.0]]), np.array([1.0, 5.0]), -1.0, 1, rng)


# %%
@hidden(weight=2)
def few_rows_give_the_curves_of_the_full_gradient(compare_optimizers, rng):
    """With at most 32 rows every optimiser uses all rows in each step, and each curve follows its rule."""
    for n, d, lam, steps in ((2, 1, 0.0, 2), (4, 1, 0.3, 3), (8, 2, 0.0, 10), (32, 4, 0.7, 30)):
        X, y = noisy_line(n, d, rng)
        curves = compare_optimizers(X, y, lam, steps, rng)
        for name, expected in full_gradient_curves(X, y, lam, steps).items():
            close(curves[name], expected, **T3, what=f'the curve "{name}"')


# %%
@hidden(weight=3)
def the_diabetes_data_are_solved(compare_optimizers, rng):
    """After 500 steps gd, momentum and adam are within 0.1 % of the minimum, rmsprop within 1 % and sgd within 3 %."""
    X, y = load_diabetes(return_X_y=True, scaled=False)
    best = best_loss(X, y, 0.0)
    curves = compare_optimizers(X, y, 0.0, 500, rng)
    for name, factor in (("gd", 1.001), ("momentum", 1.001), ("adam", 1.001), ("rmsprop", 1.01), ("sgd", 1.03)):
        curve = array(curves[name], (501,), what=f'the curve "{name}"')
        holds(np.all(np.isfinite(curve)), f'All entries of the curve "{name}" should be finite.')
        holds(curve[-1] <= factor * best, f'The curve "{name}" should end below {factor} times the minimum.')
        holds(np.min(curve) >= best * (1 - 1e-9), f'The curve "{name}" should not fall below the minimum.')
    gd, momentum = (int(np.argmax(array(curves[name], (501,)) <= 1.001 * best)) for name in ("gd", "momentum"))
    holds(momentum < gd, "momentum should come within 0.1 % of the minimum sooner than gd.")


# %%
@hidden
def the_penalty_belongs_to_the_loss(compare_optimizers, rng):
    """With a penalty gd and momentum reach the minimum of the penalised loss."""
    for n, d, lam in ((40, 2, 0.5), (60, 4, 2.0)):
        X, y = noisy_line(n, d, rng)
        best = best_loss(X, y, lam)
        curves = compare_optimizers(X, y, lam, 80, rng)
        for name in ("gd", "momentum"):
            close(float(array(curves[name], (81,))[-1]), best, rtol=0.01, atol=0.0, what=f'the end of "{name}"')


# %%
@hidden
def sgd_records_the_loss_of_all_rows(compare_optimizers, rng):
    """The curve of sgd never falls below the smallest full loss, although the loss of a batch does."""
    for n, d in ((48, 1), (100, 2)):
        X, y = noisy_line(n, d, rng)
        y = y + 10.0 * rng.normal(size=n)
        curve = array(compare_optimizers(X, y, 0.0, 80, rng)["sgd"], (81,), what='the curve "sgd"')
        holds(np.min(curve) >= best_loss(X, y, 0.0) * (1 - 1e-9), 'The curve "sgd" should hold the loss of all rows.')


# %%
@hidden
def sgd_takes_its_batches_from_the_generator(compare_optimizers, reference):
    """The batches of 32 rows are cut from rng.permutation(n), epoch after epoch; only sgd depends on the generator."""
    for n, d, steps in ((33, 1, 3), (64, 2, 5), (100, 3, 13)):
        X, y = noisy_line(n, d, np.random.default_rng(n))
        mine, other = (compare_optimizers(X, y, 0.1, steps, np.random.default_rng(seed)) for seed in (3, 4))
        close(mine["sgd"], reference(X, y, 0.1, steps, np.random.default_rng(3))["sgd"], **T2, what='the curve "sgd"')
        holds(not np.array_equal(mine["sgd"], other["sgd"]), "Another generator should give other batches.")
        for name in ("gd", "momentum", "rmsprop", "adam"):
            close(other[name], mine[name], **T2, what=f'the curve "{name}" for another generator')


# %%
@hidden
def the_units_of_the_features_do_not_matter(compare_optimizers, rng):
    """Other units and another zero point of the features, and a shift of the target, leave all curves as they are."""
    for n, d in ((6, 2), (30, 3)):
        X, y = noisy_line(n, d, rng)
        Z = (X - X.mean(axis=0)) / X.std(axis=0)
        plain = compare_optimizers(Z, y - y.mean(), 0.2, 8, rng)
        shifted = compare_optimizers(Z * 10.0 ** np.arange(-1, d - 1) + 7.0, y + 50.0, 0.2, 8, rng)
        for name in ("gd", "sgd", "momentum", "rmsprop", "adam"):
            close(shifted[name], plain[name], **T3, what=f'the curve "{name}" in other units')


# %%
@hidden
def lists_of_integers_are_fine(compare_optimizers, rng):
    """Lists of whole numbers give the same as arrays of floats."""
    X, y = [[1, 20], [2, 10], [4, 40], [5, 11]], [3, 1, 7, 2]
    curves = compare_optimizers(X, y, 1, 4, rng)
    for name, expected in full_gradient_curves(np.array(X, float), np.array(y, float), 1.0, 4).items():
        close(curves[name], expected, **T3, what=f'the curve "{name}"')


# %%
@hidden
def small_floats_are_widened_first(compare_optimizers, rng):
    """Arrays of 32-bit floats are handled as 64-bit floats, so a large mean costs no digits."""
    X = np.array([[100000.1], [100000.2], [100000.5]], dtype=np.float32)
    y = np.array([100000.3, 100000.9, 100000.7], dtype=np.float32)
    expected = full_gradient_curves(X.astype(float), y.astype(float), 0.1, 1)
    close(compare_optimizers(X, y, 0.1, 1, rng)["gd"], expected["gd"], **T3, what='the curve "gd"')


# %%
@hidden
def bad_input_raises(compare_optimizers, rng):
    """No steps, a constant column, or shapes that do not fit together raise ValueError."""
    X, y = np.array([[1.0, 2.0], [3.0, 1.0], [5.0, 7.0]]), np.array([1.0, 2.0, 4.0])
    raises(ValueError, compare_optimizers, X, y, 0.1, 0, rng)
    raises(ValueError, compare_optimizers, X, y, -1e-9, 2, rng)
    raises(ValueError, compare_optimizers, np.array([[-1.0, 0.1], [3.0, 0.1], [5.0, 0.1]]), y, 0.1, 2, rng)
    raises(ValueError, compare_optimizers, np.ones((3, 0)), y, 0.1, 2, rng)
    raises(ValueError, compare_optimizers, X, y[:2], 0.1, 2, rng)
    raises(ValueError, compare_optimizers, X, y[:, None], 0.1, 2, rng)
    raises(ValueError, compare_optimizers, y, y, 0.1, 2, rng)


# %%
@accepted
def everything_written_out(X, y, lam, steps, rng):
    X, y = np.array(X, dtype=np.float64), np.array(y, dtype=np.float64)
    if X.ndim != 2 or X.shape[1] == 0 or y.shape != (X.shape[0],) or lam < 0 or steps <= 0:
        raise ValueError("not possible")
    if min(np.ptp(X, axis=0)) == 0:
        raise ValueError("constant column")
    n, d = X.shape
    X = X - np.mean(X, axis=0)
    X = X / np.sqrt(np.mean(X**2, axis=0))
    y = y - np.mean(y)

    def loss(w):
        return float(sum((X @ w - y) ** 2) / n + lam * sum(w**2))

    def slope(w, rows=None):
        A, t = (X, y) if rows is None else (X[rows], y[rows])
        return 2 / len(t) * (A @ w - t) @ A + 2 * lam * w

    curves = {name: np.empty(steps + 1) for name in ("gd", "sgd", "momentum", "rmsprop", "adam")}
    w = {name: np.zeros(d) for name in curves}
    largest = 2 * np.linalg.svd(X, compute_uv=False)[0] ** 2 / n + 2 * lam
    v, s, first, second, order = np.zeros(d), np.zeros(d), np.zeros(d), np.zeros(d), np.array([], dtype=int)
    for t in range(steps + 1):
        for name in curves:
            curves[name][t] = loss(w[name])
        if len(order) == 0:
            order = rng.permutation(n)
        batch, order = order[:32], order[32:]
        w["gd"] = w["gd"] - slope(w["gd"]) / largest
        w["sgd"] = w["sgd"] - 0.01 * slope(w["sgd"], batch)
        v = 0.9 * v + slope(w["momentum"])
        w["momentum"] = w["momentum"] - 0.02 * v
        g = slope(w["rmsprop"])
        s = 0.99 * s + 0.01 * g**2
        w["rmsprop"] = w["rmsprop"] - 0.5 * g / (s**0.5 + 1e-8)
        g = slope(w["adam"])
        first, second = 0.9 * first + 0.1 * g, 0.999 * second + 0.001 * g**2
        w["adam"] = w["adam"] - first / (1 - 0.9 ** (t + 1)) / ((second / (1 - 0.999 ** (t + 1))) ** 0.5 + 1e-8)
    return curves


# %%
@helper
def race(X, y, lam, steps, rng, *, rate=1.0, fresh=True, batch_loss=False):
    """Run the five optimisers on data that are already prepared; the options spoil one thing each."""
    n, d = X.shape
    L = 2 * (np.linalg.eigvalsh(X.T @ X / n)[-1] + lam)

    def loss_grad(w, rows):
        residual = X[rows] @ w - y[rows]
        return float(np.mean(residual**2) + lam * w @ w), 2 * X[rows].T @ residual / len(residual) + 2 * lam * w

    everything, curves, state = np.arange(n), {}, {"m": np.zeros(d), "v": np.zeros(d)}
    with np.errstate(over="ignore", invalid="ignore"):
        for name in ("gd", "sgd", "momentum", "rmsprop", "adam"):
            if fresh:
                state = {"m": np.zeros(d), "v": np.zeros(d)}
            w, order = np.zeros(d), everything[:0]
            curve = [loss_grad(w, everything)[0]]
            for t in range(1, steps + 1):
                rows = everything
                if name == "sgd":
                    order = order if len(order) else rng.permutation(n)
                    rows, order = order[:32], order[32:]
                g = loss_grad(w, rows)[1]
                if name in ("gd", "sgd"):
                    w = w - (rate / L if name == "gd" else 0.01) * g
                elif name == "momentum":
                    state["m"] = 0.9 * state["m"] + g
                    w = w - 0.02 * state["m"]
                elif name == "rmsprop":
                    state["v"] = 0.99 * state["v"] + 0.01 * g**2
                    w = w - 0.5 * g / (np.sqrt(state["v"]) + 1e-8)
                else:
                    state["m"] = 0.9 * state["m"] + 0.1 * g
                    state["v"] = 0.999 * state["v"] + 0.001 * g**2
                    w = w - state["m"] / (1 - 0.9**t) / (np.sqrt(state["v"] / (1 - 0.999**t)) + 1e-8)
                curve.append(loss_grad(w, rows if batch_loss else everything)[0])
            curves[name] = np.array(curve)
    return curves


@helper
def checked(X, y, lam, steps):
    """Return X and y as arrays of floats, or raise ValueError as the contract says."""
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or X.size == 0 or y.shape != X.shape[:1] or lam < 0 or steps < 1:
        raise ValueError("not possible")
    if np.any(X.max(axis=0) == X.min(axis=0)):
        raise ValueError("a constant column")
    return X, y


# %%
@accepted
def one_race_with_a_dictionary_of_states(X, y, lam, steps, rng):
    X, y = checked(X, y, lam, steps)
    return race((X - X.mean(axis=0)) / X.std(axis=0), y - y.mean(), lam, steps, rng)


# %%
@misconception(
    caught_by="the_first_losses_of_the_example",
    hint="One state is shared by all optimisers. Every run starts with fresh zeros for m, v and s.",
)
def shares_the_state(X, y, lam, steps, rng):
    X, y = checked(X, y, lam, steps)
    return race((X - X.mean(axis=0)) / X.std(axis=0), y - y.mean(), lam, steps, rng, fresh=False)


# %%
@misconception(
    caught_by="sgd_records_the_loss_of_all_rows",
    hint="The curve of sgd holds the loss of its batch. Compare the loss of all rows, as for the others.",
)
def records_the_batch_loss(X, y, lam, steps, rng):
    X, y = checked(X, y, lam, steps)
    return race((X - X.mean(axis=0)) / X.std(axis=0), y - y.mean(), lam, steps, rng, batch_loss=True)


# %%
@misconception(
    caught_by="the_units_of_the_features_do_not_matter",
    hint="Features in different units make a narrow valley. Divide each column by its standard deviation first.",
)
def does_not_scale_the_features(X, y, lam, steps, rng):
    X, y = checked(X, y, lam, steps)
    return race(X - X.mean(axis=0), y - y.mean(), lam, steps, rng)


# %%
@misconception(
    caught_by="all_curves_begin_at_the_same_loss",
    hint="There is no bias here, so the mean of the target stays in the loss. Subtract it from y.",
)
def does_not_centre_the_target(X, y, lam, steps, rng):
    X, y = checked(X, y, lam, steps)
    return race((X - X.mean(axis=0)) / X.std(axis=0), y, lam, steps, rng)


# %%
@misconception(
    caught_by="the_first_losses_of_the_example",
    hint="The curvature of a mean of squares is twice the eigenvalue: L = 2 (largest eigenvalue + lam).",
)
def curvature_without_2(X, y, lam, steps, rng):
    X, y = checked(X, y, lam, steps)
    return race((X - X.mean(axis=0)) / X.std(axis=0), y - y.mean(), lam, steps, rng, rate=2.0)

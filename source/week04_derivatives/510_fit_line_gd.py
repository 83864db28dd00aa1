# %% [markdown]
# ### Capstone: fit a line by gradient descent
#
# Everything of this week comes together here: a loss, its partial derivatives by the chain rule, and many small steps
# downhill. Large networks are trained by the same loop. They only have more parameters.
#
# **The problem.** Points $x, y$ of shape $(n,)$ and a line $\hat y = w x + b$. One point costs
# (prediction minus actual)$^2$. The loss is the mean over all points:
#
# $$\text{loss}(w, b) = \frac1n \sum_{i=1}^{n} r_i^2, \qquad r_i = w x_i + b - y_i .$$
#
# By the chain rule $\dfrac{\partial\,\text{loss}}{\partial w} = \dfrac2n \sum r_i x_i$ and
# $\dfrac{\partial\,\text{loss}}{\partial b} = \dfrac2n \sum r_i$.
#
# **The loop.** Start at $w = b = 0$. In every step compute both derivatives at the present $(w, b)$, then change both:
# $w \leftarrow w - \eta\, \partial_w$ and $b \leftarrow b - \eta\, \partial_b$, with the learning rate $\eta$ = `lr`.
#
# **By hand.** $x = (1, 2)$, $y = (2, 4)$, $\eta = 0.1$. At the start $r = (-2, -4)$ and the loss is $(4 + 16)/2 = 10$.
# The derivatives are $\tfrac22 (-2 \cdot 1 - 4 \cdot 2) = -10$ and $\tfrac22 (-2 - 4) = -6$. So the first step leads to
# $w = 1$, $b = 0.6$. There $r = (-0.4, -1.4)$ and the loss is $(0.16 + 1.96)/2 = 1.06$.
#
# Return the final `"w"` and `"b"` and the array `"losses"`. It holds the loss at the start and after every step, so it
# has `steps + 1` entries. When a loss is not finite, the learning rate was too large: raise `ConvergenceError`.

# %%
from autograder.kit import (
    T1,
    T2,
    T4,
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
    banned=("numpy.polyfit", "numpy.linalg.lstsq", "scipy.linalg.lstsq", "scipy.stats.linregress"),
    oracle="numpy.polyfit and the closed form of the iteration, (I - lr H)^k applied to the start error",
    section="Gradient descent",
    capstone=True,
    topics=(
        "r0-intro-master-essential-math",
        "r0-strategy-step5-connect-ml",
        "r0-w4-goal",
        "r0-w4-out-gd-concept",
        "r0-w5-calculus-in-ml",
        "r0-w8-gradient-descent",
        "r0-w10-linear-regression",
        "r1-why-math-code-ml",
        "r1-t02-in-ml",
        "r1-t05-gradient-descent",
        "r1-t08-linear-regression",
        "r2-o3-used-in",
        "r2-o3-in-ml",
        "r2-o4-gd-variants",
        "r2-sum-optimization",
        "r2-a3-gradient-descent",
        "r2-a-end-math-foundations",
        "r2-a-end-move-to-ml",
        "r2-b3-gradient-descent",
        "r2-b-end-core-math",
        "r3-1-3-gradient-descent",
        "r3-1-3-cp-loss",
        "r3-1-3-cp-gd",
        "r3-4-2-mse",
        "r3-4-3-linear-regression",
        "r3-7-losses",
        "r3-7-gd-sgd-adam",
        "r3-7-fix-adam",
        "r4-calc-cost-gradients",
        "r4-mlmath-loss-functions",
        "r4-mlmath-gradient-descent",
        "r4-mlmath-linear-regression",
        "r4-req-ml-loss-functions",
        "r4-req-ml-gradient-descent",
        "r4-req-ml-linear-regression",
    ),
)

# %%
import numpy as np


# %%
class ConvergenceError(RuntimeError):
    """An iteration left the numbers that a computer can hold, or stopped before it was accurate."""


# %%
def fit_line_gd(
    x: np.ndarray, y: np.ndarray, lr: float = 0.1, steps: int = 500
) -> dict[str, float | np.ndarray]:
    """Fit y = w x + b by gradient descent on the mean squared error, starting at w = b = 0.

    Parameters
    ----------
    x, y : arrays or lists of shape (n,), n >= 1
    lr : learning rate, positive
    steps : number of steps; 0 is allowed

    Returns
    -------
    dict with three keys:
        "w", "b" : floats, slope and intercept after the last step
        "losses" : array of shape (steps + 1,), the loss before the first step and after every step

    Raises
    ------
    ValueError : x and y are not vectors of equal length with at least one entry
    ConvergenceError : a loss is infinite or not a number
    """
    ### BEGIN SOLUTION
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.size == 0 or y.shape != x.shape:
        raise ValueError("x and y must be vectors of equal length with at least one entry")
    w, b = 0.0, 0.0
    losses = np.empty(steps + 1)
    with np.errstate(over="ignore", invalid="ignore"):
        for k in range(steps + 1):
            r = w * x + b - y
            losses[k] = np.mean(r**2)
            if not np.isfinite(losses[k]):
                raise ConvergenceError(f"the loss is {losses[k]} after {k} steps; try a smaller learning rate")
            if k < steps:
                slope_w, slope_b = 2 * np.mean(r * x), 2 * np.mean(r)
                w, b = w - lr * slope_w, b - lr * slope_b
    return {"w": float(w), "b": float(b), "losses": losses}
    ### END SOLUTION


# %%
@helper
def after_steps(x, y, lr, steps):
    """Return w and b after some steps, from powers of one 2 by 2 matrix instead of a loop over the points."""
    n = len(x)
    X = np.column_stack([x, np.ones(n)])
    H = 2 * X.T @ X / n
    best = np.linalg.solve(H, 2 * X.T @ y / n)
    return best - np.linalg.matrix_power(np.eye(2) - lr * H, steps) @ best


# %%
@helper
def eight_households():
    """Return yearly income and food expenditure (Belgian francs) of eight of the 235 households of Engel's data."""
    income = np.array([420.2, 585.0, 2822.5, 1221.5, 943.2, 1392.4, 615.0, 873.7])
    food = np.array([255.8, 423.3, 2032.7, 761.3, 614.5, 675.0, 385.3, 631.8])
    return income, food


# %%
@check
def the_first_step_of_the_example(fit_line_gd):
    """For x = (1, 2), y = (2, 4) and lr 0.1 one step leads to w = 1, b = 0.6, with losses 10 and 1.06."""
    result = fit_line_gd(np.array([1.0, 2.0]), np.array([2.0, 4.0]), lr=0.1, steps=1)
    close(result["w"], 1.0, **T2, what="w after one step")
    close(result["b"], 0.6, **T2, what="b after one step")
    close(result["losses"], np.array([10.0, 1.06]), **T2, what="the losses")


# %%
@check
def a_line_without_noise_is_found(fit_line_gd):
    """The points of y = 2x + 1 at x = -1, 0, 1 lead to w = 2 and b = 1."""
    result = fit_line_gd(np.array([-1.0, 0.0, 1.0]), np.array([-1.0, 1.0, 3.0]))
    close(result["w"], 2.0, **T4, what="w")
    close(result["b"], 1.0, **T4, what="b")


# %%
@check
def unequal_lengths_raise(fit_line_gd):
    """Three values of x and two of y raise ValueError."""
    raises(ValueError, fit_line_gd, np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0]))


# %%
@hidden
def the_first_loss_is_the_mean_of_y_squared(fit_line_gd, rng):
    """Before the first step the line is zero, so the first loss is the mean of y squared."""
    for n in (1, 2, 5):
        x, y = rng.normal(size=n), rng.normal(size=n)
        losses = array(fit_line_gd(x, y, steps=4)["losses"], (5,), what="the losses")
        close(float(losses[0]), float(np.mean(y**2)), **T1, what="the first loss")
    result = fit_line_gd(x, y, steps=0)
    close(result["w"], 0.0, **T1, what="w after no step")
    close(result["b"], 0.0, **T1, what="b after no step")
    close(result["losses"], np.array([np.mean(y**2)]), **T1, what="the losses after no step")


# %%
@hidden(weight=2)
def the_first_step_is_the_learning_rate_times_the_slope(fit_line_gd, rng):
    """The first step is lr times 2 mean(x y) in w and lr times 2 mean(y) in b."""
    for n, lr in ((1, 0.05), (2, 0.1), (7, 0.02)):
        x, y = rng.uniform(0.5, 2.0, size=n), rng.uniform(0.5, 2.0, size=n)
        result = fit_line_gd(x, y, lr=lr, steps=1)
        close(result["w"], float(lr * 2 * np.mean(x * y)), **T2, what="w after one step")
        close(result["b"], float(lr * 2 * np.mean(y)), **T2, what="b after one step")


# %%
@hidden(weight=2)
def both_are_updated_at_once(fit_line_gd, rng):
    """After two, three and ten steps w and b are those of simultaneous updates."""
    for n, steps in ((2, 2), (4, 3), (9, 10)):
        x, y = rng.uniform(0.5, 2.0, size=n), rng.normal(size=n)
        expected = after_steps(x, y, 0.1, steps)
        result = fit_line_gd(x, y, lr=0.1, steps=steps)
        close(result["w"], float(expected[0]), **T2, what=f"w after {steps} steps")
        close(result["b"], float(expected[1]), **T2, what=f"b after {steps} steps")


# %%
@hidden
def every_loss_belongs_to_its_step(fit_line_gd, rng):
    """Entry k of the losses is the loss of the line after k steps."""
    x, y = rng.uniform(0.0, 2.0, size=6), rng.normal(size=6)
    lines = [after_steps(x, y, 0.08, k) for k in range(6)]
    expected = np.array([np.mean((w * x + b - y) ** 2) for w, b in lines])
    close(fit_line_gd(x, y, lr=0.08, steps=5)["losses"], expected, **T2, what="the losses")


# %%
@hidden(weight=2)
def the_loss_never_grows_for_small_steps(fit_line_gd, rng):
    """For a learning rate below 2 / L, with the largest curvature L, the loss never grows."""
    for n in (2, 6, 30):
        x, y = rng.normal(size=n) + 0.5, rng.normal(size=n)
        X = np.column_stack([x, np.ones(n)])
        L = float(np.linalg.eigvalsh(2 * X.T @ X / n)[-1])
        losses = array(fit_line_gd(x, y, lr=1.9 / L, steps=60)["losses"], (61,), what="the losses")
        never_grows = np.all(np.diff(losses) <= 1e-12 * losses[0])
        holds(never_grows, "The loss should never grow for a learning rate below 2 / L.")


# %%
@hidden(weight=2)
def tends_to_the_least_squares_line(fit_line_gd, rng):
    """For standardised x the result is the least-squares line."""
    for n in (3, 1000):
        x = rng.normal(size=n)
        x = (x - x.mean()) / x.std()
        y = 1.5 * x - 0.7 + rng.normal(size=n)
        w, b = np.polyfit(x, y, 1)
        result = fit_line_gd(x, y, lr=0.2, steps=60)
        close(result["w"], float(w), **T4, what=f"w for {n} points")
        close(result["b"], float(b), **T4, what=f"b for {n} points")


# %%
@hidden
def real_households_lead_to_the_least_squares_line(fit_line_gd):
    """For eight households, with the income standardised, the result is the least-squares line."""
    income, food = eight_households()
    z = (income - income.mean()) / income.std()
    w, b = np.polyfit(z, food, 1)
    result = fit_line_gd(z, food, lr=0.2, steps=80)
    close(result["w"], float(w), **T4, what="francs of food per standard deviation of income")
    close(result["b"], float(b), **T4, what="francs of food at the mean income")


# %%
@hidden
def repeating_the_data_changes_nothing(fit_line_gd, rng):
    """The loss is a mean: writing every point three times gives the same line."""
    x, y = rng.normal(size=4), rng.normal(size=4)
    once, thrice = fit_line_gd(x, y, steps=20), fit_line_gd(np.tile(x, 3), np.tile(y, 3), steps=20)
    close(thrice["w"], once["w"], **T2, what="w for three copies of the data")
    close(thrice["b"], once["b"], **T2, what="b for three copies of the data")


# %%
@hidden
def the_defaults_are_a_tenth_and_500_steps(fit_line_gd):
    """Without lr and steps there are 500 steps with the learning rate 0.1."""
    x, y = np.array([1.0, 2.0]), np.array([2.0, 4.0])
    losses = array(fit_line_gd(x, y)["losses"], (501,), what="the losses of 500 steps")
    close(float(losses[1]), 1.06, **T2, what="the loss after one step")


# %%
@hidden
def a_loss_that_is_not_finite_raises(fit_line_gd, rng):
    """A learning rate that is far too large, or a missing value, raises ConvergenceError; the last loss counts too."""
    x, y = rng.normal(size=5) * 10, rng.normal(size=5)
    raises(ConvergenceError, fit_line_gd, x, y, lr=5.0, steps=500)
    raises(ConvergenceError, fit_line_gd, np.array([1.0, 2.0]), np.array([1.0, np.nan]), steps=2)
    raises(ConvergenceError, fit_line_gd, np.array([1.0]), np.array([np.nan]), steps=0)
    raises(ConvergenceError, fit_line_gd, np.array([1.0]), np.array([1.0]), lr=1e200, steps=1)


# %%
@hidden
def integers_and_lists_are_converted(fit_line_gd):
    """Whole numbers, as arrays or lists, give the same line as floats, and the dictionary has three keys."""
    expected = after_steps(np.array([1.0, 2.0, 4.0]), np.array([3.0, 1.0, 0.0]), 0.05, 6)
    for x, y in ((np.array([1, 2, 4]), np.array([3, 1, 0])), ([1, 2, 4], [3, 1, 0])):
        result = fit_line_gd(x, y, lr=0.05, steps=6)
        close(result["w"], float(expected[0]), **T2, what="w for whole numbers")
        close(result["b"], float(expected[1]), **T2, what="b for whole numbers")
        same(sorted(result), ["b", "losses", "w"], what="the keys")


# %%
@hidden
def shapes_that_do_not_fit_raise(fit_line_gd):
    """Empty data, tables, and a column for a vector raise ValueError."""
    raises(ValueError, fit_line_gd, np.array([]), np.array([]))
    raises(ValueError, fit_line_gd, np.array([1.0, 2.0]), np.array([[1.0], [2.0]]))
    raises(ValueError, fit_line_gd, np.ones((2, 2)), np.ones((2, 2)))
    raises(ValueError, fit_line_gd, np.array([1.0]), np.array([1.0, 2.0, 3.0]))


# %%
@accepted
def in_matrix_form(x, y, lr=0.1, steps=500):
    x, y = np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)
    if x.ndim != 1 or y.ndim != 1 or len(x) != len(y) or len(x) < 1:
        raise ValueError("two vectors of equal length please")
    X = np.vstack([x, np.ones_like(x)]).T
    parameters = np.zeros(2)
    history = []
    for k in range(steps + 1):
        residual = X @ parameters - y
        history.append(residual @ residual / len(x))
        if np.isnan(history[-1]) or np.isinf(history[-1]):
            raise ConvergenceError("diverged")
        if k != steps:
            parameters = parameters - lr * (2 / len(x)) * (X.T @ residual)
    return {"losses": np.array(history), "w": float(parameters[0]), "b": float(parameters[1])}


# %%
@accepted
def from_sums_that_are_computed_once(x, y, lr=0.1, steps=500):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if np.ndim(x) != 1 or np.shape(x) != np.shape(y) or not len(x):
        raise ValueError("shapes")

    def loss(w, b):
        value = float(np.mean(np.square(y - (w * x + b))))
        if not np.isfinite(value):
            raise ConvergenceError("not finite")
        return value

    mx, my, mxx, mxy = np.mean(x), np.mean(y), np.mean(x * x), np.mean(x * y)
    w = b = 0.0
    losses = [loss(w, b)]
    for _ in range(steps):
        dw = 2 * (w * mxx + b * mx - mxy)
        db = 2 * (w * mx + b - my)
        w -= lr * dw
        b -= lr * db
        losses.append(loss(w, b))
    return {"w": float(w), "b": float(b), "losses": np.array(losses)}


# %%
@misconception(
    caught_by="the_first_step_is_the_learning_rate_times_the_slope",
    hint="b was updated with the new w. Compute both derivatives first, then update both.",
)
def updates_b_with_the_new_w(x, y, lr=0.1, steps=500):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.size == 0 or y.shape != x.shape:
        raise ValueError("x and y must be vectors of equal length")
    w, b = 0.0, 0.0
    losses = [np.mean(y**2)]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            w = w - lr * 2 * np.mean((w * x + b - y) * x)
            b = b - lr * 2 * np.mean(w * x + b - y)
            losses.append(np.mean((w * x + b - y) ** 2))
    if not np.all(np.isfinite(losses)):
        raise ConvergenceError("the loss is not finite")
    return {"w": float(w), "b": float(b), "losses": np.array(losses)}


# %%
@misconception(
    caught_by="repeating_the_data_changes_nothing",
    hint="You added up where the loss is a mean. The learning rate is meant for the mean: divide by n.",
)
def sum_instead_of_mean(x, y, lr=0.1, steps=500):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.size == 0 or y.shape != x.shape:
        raise ValueError("x and y must be vectors of equal length")
    w, b = 0.0, 0.0
    losses = [np.mean(y**2)]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            r = w * x + b - y
            w, b = w - lr * 2 * np.sum(r * x), b - lr * 2 * np.sum(r)
            losses.append(np.mean((w * x + b - y) ** 2))
    if not np.all(np.isfinite(losses)):
        raise ConvergenceError("the loss is not finite")
    return {"w": float(w), "b": float(b), "losses": np.array(losses)}


# %%
@misconception(
    caught_by="the_first_step_is_the_learning_rate_times_the_slope",
    hint="Your step is half as long as it should be: the derivative of r^2 is 2r.",
)
def loses_the_factor_two(x, y, lr=0.1, steps=500):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.size == 0 or y.shape != x.shape:
        raise ValueError("x and y must be vectors of equal length")
    w, b = 0.0, 0.0
    losses = [np.mean(y**2)]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            r = w * x + b - y
            w, b = w - lr * np.mean(r * x), b - lr * np.mean(r)
            losses.append(np.mean((w * x + b - y) ** 2))
    if not np.all(np.isfinite(losses)):
        raise ConvergenceError("the loss is not finite")
    return {"w": float(w), "b": float(b), "losses": np.array(losses)}


# %%
@misconception(
    caught_by="the_loss_never_grows_for_small_steps",
    hint="Your loss climbs. Go against the gradient: subtract the learning rate times the slope.",
)
def walks_uphill(x, y, lr=0.1, steps=500):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.size == 0 or y.shape != x.shape:
        raise ValueError("x and y must be vectors of equal length")
    w, b = 0.0, 0.0
    losses = [np.mean(y**2)]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            r = w * x + b - y
            w, b = w + lr * 2 * np.mean(r * x), b + lr * 2 * np.mean(r)
            losses.append(np.mean((w * x + b - y) ** 2))
    if not np.all(np.isfinite(losses)):
        raise ConvergenceError("the loss is not finite")
    return {"w": float(w), "b": float(b), "losses": np.array(losses)}


# %%
@misconception(
    caught_by="every_loss_belongs_to_its_step",
    hint="Each loss was taken before its step, and the last one is missing. losses has steps + 1 entries.",
)
def leaves_out_the_last_loss(x, y, lr=0.1, steps=500):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.size == 0 or y.shape != x.shape:
        raise ValueError("x and y must be vectors of equal length")
    w, b = 0.0, 0.0
    losses = []
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            r = w * x + b - y
            losses.append(np.mean(r**2))
            w, b = w - lr * 2 * np.mean(r * x), b - lr * 2 * np.mean(r)
    if not np.all(np.isfinite(losses)):
        raise ConvergenceError("the loss is not finite")
    return {"w": float(w), "b": float(b), "losses": np.array(losses)}


# %%
@misconception(
    caught_by="a_loss_that_is_not_finite_raises",
    hint="A loss of inf or nan means that the steps were too long. Raise ConvergenceError instead of returning it.",
)
def returns_a_loss_that_is_not_finite(x, y, lr=0.1, steps=500):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.size == 0 or y.shape != x.shape:
        raise ValueError("x and y must be vectors of equal length")
    w, b = 0.0, 0.0
    losses = [np.mean(y**2)]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            r = w * x + b - y
            w, b = w - lr * 2 * np.mean(r * x), b - lr * 2 * np.mean(r)
            losses.append(np.mean((w * x + b - y) ** 2))
    return {"w": float(w), "b": float(b), "losses": np.array(losses)}

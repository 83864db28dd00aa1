# %% [markdown]
# ### Residual report
#
# A linear model promises more than a line. It says: the errors have mean 0, the same spread everywhere, no connection
# with each other, and no wild values. If a promise is broken, confidence intervals and tests built on the model are
# wrong, even when $R^2$ looks fine. The residuals tell you which promise it is.
#
# With $r_i = y_i - \hat y_i$, the mean $\bar r$ and $e_i = r_i - \bar r$, report six numbers:
#
# - `mean`: $\bar r$. Far from 0, the predictions are shifted.
# - `spread_low`, `spread_middle`, `spread_high`: the standard deviation of $r$ where the prediction is low, in the
#   middle, high. If they are very different, the noise depends on the prediction.
# - `lag1`: $\sum_{i=1}^{n-1} e_i e_{i+1} \, / \, \sum_{i=1}^{n} e_i^2$. Far from 0, neighbours in time are connected.
# - `largest`: $\max_i \lvert e_i \rvert / s$ with the standard deviation $s$ of all $r$. Above about 4, there is an
#   outlier.
#
# For the thirds, sort the samples by their *prediction* (a stable sort) and cut the list in three, as `np.array_split`
# does: the first parts get the remainder. All standard deviations have the divisor "number of values minus 1".
#
# **By hand.** $\hat y = (1, 2, 3, 4, 5, 6)$ and $y = (2, 1, 5, 2, 8, 3)$, so $r = (1, -1, 2, -2, 3, -3)$ with mean 0.
# The thirds are $(1, -1)$, $(2, -2)$, $(3, -3)$, with the standard deviations $\sqrt 2, \sqrt 8, \sqrt{18}$, that is
# 1.414, 2.828 and 4.243: the noise grows. The products of neighbours are $-1 - 2 - 4 - 6 - 9 = -22$, the squares add
# up to 28, so `lag1` is $-0.786$: the errors alternate. With $s = \sqrt{28/5} = 2.366$, `largest` is $3/2.366 =
# 1.268$: no outlier.
#
# Return a dictionary with these six keys.

# %%
from scipy.stats import zscore
from statsmodels.tsa.stattools import acf

from autograder.kit import T2, T3, accepted, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("statsmodels.tsa.stattools.*",),
    oracle="statsmodels.tsa.stattools.acf and scipy.stats.zscore",
    section="Judging a model",
    topics=("r2-o2-used-in", "r3-4-3-linear-regression", "r4-mlmath-linear-regression"),
)

# %%
import numpy as np


# %%
def residual_report(y_true: np.ndarray, y_pred: np.ndarray) -> dict[str, float]:
    """Describe the residuals y_true - y_pred by six numbers, one or more for each promise of a linear model.

    Parameters
    ----------
    y_true : array or list of shape (n,), the true values in the order in which they were measured, n >= 6
    y_pred : array or list of shape (n,), the predictions

    Returns
    -------
    dict with six floats:
        "mean" : the mean of the residuals
        "spread_low", "spread_middle", "spread_high" : standard deviations of the residuals in the thirds of the
            samples, sorted by prediction (stable); a third has one sample more if 3 does not divide n, the first
            third before the second
        "lag1" : sum of e_i e_(i+1) over sum of e_i^2, for the residuals e minus their mean, in the given order
        "largest" : the largest distance of a residual from the mean, in units of the standard deviation of all.
        All standard deviations have the divisor (number of values - 1).

    Raises
    ------
    ValueError : y_true and y_pred are not one-dimensional, not equally long or shorter than 6
    ValueError : the residuals are all equal
    """
    ### BEGIN SOLUTION
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or len(y_true) < 6:
        raise ValueError("y_true and y_pred must be equally long vectors with at least 6 values")
    r = y_true - y_pred
    if np.all(r == r[0]):
        raise ValueError("the residuals are all equal")
    e = r - r.mean()
    low, middle, high = np.array_split(r[np.argsort(y_pred, kind="stable")], 3)
    return {
        "mean": float(r.mean()),
        "spread_low": float(np.std(low, ddof=1)),
        "spread_middle": float(np.std(middle, ddof=1)),
        "spread_high": float(np.std(high, ddof=1)),
        "lag1": float(e[:-1] @ e[1:] / (e @ e)),
        "largest": float(np.max(np.abs(e)) / np.std(r, ddof=1)),
    }
    ### END SOLUTION


# %%
@helper
def spreads(report):
    """Return the three spreads of a report as an array."""
    return np.array([float(report[f"spread_{part}"]) for part in ("low", "middle", "high")])


# %%
@check
def the_six_numbers_of_the_example(residual_report):
    """For the residuals (1, -1, 2, -2, 3, -3) the report has the six numbers of the example."""
    report = residual_report(np.array([2.0, 1.0, 5.0, 2.0, 8.0, 3.0]), np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))
    expected = {
        "mean": 0.0,
        "spread_low": 2.0**0.5,
        "spread_middle": 8.0**0.5,
        "spread_high": 18.0**0.5,
        "lag1": -22 / 28,
        "largest": 3 / (28 / 5) ** 0.5,
    }
    close(report, expected, **T2, what="the report")


# %%
@check
def equal_residuals_raise(residual_report):
    """Residuals that are all equal have no spread to compare with: ValueError."""
    raises(ValueError, residual_report, np.arange(6.0) + 1, np.arange(6.0))


# %%
@hidden(weight=2)
def agrees_with_statsmodels_and_scipy(residual_report, rng):
    """The mean, the connection of neighbours and the largest value are those of numpy, statsmodels and scipy."""
    for n in (6, 7, 11, 50, 301):
        guess = rng.normal(size=n) * 3 + 2
        r = rng.normal(size=n) + 0.7
        report = residual_report(guess + r, guess)
        close(report["mean"], float(np.mean(r)), **T2, what="mean")
        close(report["lag1"], float(acf(r, nlags=1, fft=False)[1]), **T2, what="lag1")
        close(report["largest"], float(np.max(np.abs(zscore(r, ddof=1)))), **T2, what="largest")


# %%
@hidden(weight=2)
def the_thirds_are_cut_by_prediction(residual_report, rng):
    """Each spread is the standard deviation of the residuals in a third of the samples sorted by prediction."""
    for n, sizes in ((6, (2, 2, 2)), (7, (3, 2, 2)), (8, (3, 3, 2)), (30, (10, 10, 10)), (101, (34, 34, 33))):
        groups = [scale * rng.normal(size=size) + level for scale, size, level in zip((1, 4, 2), sizes, (0, 3, -2))]
        guess, r, order = np.sort(rng.uniform(0, 10, size=n)), np.concatenate(groups), rng.permutation(n)
        report = residual_report((guess + r)[order], guess[order])
        expected = np.array([float(np.std(group, ddof=1)) for group in groups])
        close(spreads(report), expected, **T3, what="the spreads low, middle, high")


# %%
@hidden
def only_lag1_knows_the_order_of_the_samples(residual_report, rng):
    """Shuffling the samples changes lag1 only, and reversing them does not even change that."""
    for n in (6, 20, 100):
        guess = rng.normal(size=n)
        truth = guess + np.cumsum(rng.normal(size=n))
        report, order = residual_report(truth, guess), rng.permutation(n)
        backwards, shuffled = residual_report(truth[::-1], guess[::-1]), residual_report(truth[order], guess[order])
        close(backwards["lag1"], report["lag1"], **T3, what="lag1 of the reversed samples")
        for key in ("mean", "spread_low", "spread_middle", "spread_high", "largest"):
            close(shuffled[key], report[key], **T3, what=f"{key} of the shuffled samples")
        r = (truth - guess)[order] - np.mean(truth - guess)
        close(shuffled["lag1"], float(r[1:] @ r[:-1] / (r @ r)), **T3, what="lag1 of the shuffled samples")


# %%
@hidden
def the_unit_is_in_the_mean_and_the_spreads(residual_report, rng):
    """Ten times the values have ten times the mean and spreads; a shift of y changes the mean only."""
    for n in (6, 13, 40):
        guess = rng.normal(size=n)
        truth = guess + rng.normal(size=n)
        report = residual_report(truth, guess)
        scaled, shifted = residual_report(10 * truth, 10 * guess), residual_report(truth + 5, guess)
        close(scaled["mean"], 10 * report["mean"], **T3, what="the mean of ten times the values")
        close(spreads(scaled), 10 * spreads(report), **T3, what="the spreads of ten times the values")
        close(shifted["mean"], report["mean"] + 5, **T3, what="the mean after adding 5 to y")
        close(spreads(shifted), spreads(report), **T3, what="the spreads after adding 5 to y")
        for key in ("lag1", "largest"):
            close(scaled[key], report[key], **T3, what=f"{key} of ten times the values")
            close(shifted[key], report[key], **T3, what=f"{key} after adding 5 to y")


# %%
@hidden
def every_broken_promise_is_seen(residual_report, rng):
    """Growing noise, connected neighbours, a shift and an outlier each show in their own number."""
    n = 600
    guess, noise = rng.permutation(np.linspace(1.0, 4.0, n)), np.clip(rng.normal(size=n), -3, 3)
    healthy = residual_report(guess + noise, guess)
    is_calm = abs(healthy["lag1"]) < 0.25 and healthy["largest"] < 4
    holds(is_calm, "Healthy residuals should have a small lag1 and largest.")
    fan = residual_report(guess + guess * noise, guess)
    grows = fan["spread_high"] > 1.5 * fan["spread_low"]
    holds(grows, "Noise that grows with the prediction should show in the spreads.")
    chain = noise.copy()
    for i in range(1, n):
        chain[i] += 0.8 * chain[i - 1]
    holds(residual_report(guess + chain, guess)["lag1"] > 0.6, "A chain of errors should have a lag1 of about 0.8.")
    noise[123] = -15.0
    holds(residual_report(guess + noise, guess)["largest"] > 8, "An outlier of -15 should show in largest.")
    holds(residual_report(guess - 2, guess + noise)["mean"] < -1.5, "A shift of -2 should show in the mean.")


# %%
@hidden
def equal_predictions_and_integers_are_fine(residual_report):
    """Samples with equal predictions keep their order, and integers or lists work like floats."""
    truth, guess = [3, 8, 1, 4, 7, 2, 9], [2, 2, 2, 2, 2, 2, 2]
    r = np.array(truth, dtype=float) - 2
    expected = np.array([float(np.std(part, ddof=1)) for part in (r[:3], r[3:5], r[5:])])
    for given in ((truth, guess), (np.array(truth), np.array(guess))):
        report = residual_report(*given)
        close(spreads(report), expected, **T2, what="the spreads for equal predictions")
        close(report["mean"], 20 / 7, **T2, what="the mean for integers")
    r, guess = np.arange(40.0) ** 2 % 17, np.arange(40.0) * 7 % 2
    ordered = np.concatenate([r[guess == 0], r[guess == 1]])
    expected = np.array([float(np.std(part, ddof=1)) for part in (ordered[:14], ordered[14:27], ordered[27:])])
    close(spreads(residual_report(guess + r, guess)), expected, **T2, what="the spreads for two different predictions")


# %%
@hidden
def bad_arguments_raise(residual_report):
    """Fewer than 6 samples, different lengths, tables and perfect predictions raise ValueError."""
    raises(ValueError, residual_report, [1.0, 2.0, 4.0, 3.0, 5.0], [1.0, 2.0, 3.0, 4.0, 5.0])
    raises(ValueError, residual_report, np.arange(8.0), np.ones(7))
    raises(ValueError, residual_report, np.arange(8.0), np.ones(1))
    raises(ValueError, residual_report, np.arange(8.0).reshape(8, 1), np.ones((8, 1)))
    raises(ValueError, residual_report, [4.0, 1.0, 2.0, 9.0, 3.0, 5.0], [4.0, 1.0, 2.0, 9.0, 3.0, 5.0])
    raises(ValueError, residual_report, [], [])
    raises(ValueError, residual_report, 3.0, 2.0)


# %%
@accepted
def with_loops_and_groups_of_indices(y_true, y_pred):
    truth, guess = np.array(y_true, dtype=float), np.array(y_pred, dtype=float)
    if truth.ndim != 1 or guess.ndim != 1 or len(truth) != len(guess):
        raise ValueError("lengths")
    n = len(truth)
    r = [float(t - g) for t, g in zip(truth, guess, strict=True)]
    if n < 6 or len(set(r)) == 1:
        raise ValueError("too few, or all equal")

    def deviation(values):
        middle = sum(values) / len(values)
        return (sum((value - middle) ** 2 for value in values) / (len(values) - 1)) ** 0.5

    mean, order = sum(r) / n, sorted(range(n), key=lambda i: guess[i])
    report = {"mean": mean}
    start = 0
    for number, part in enumerate(("low", "middle", "high")):
        size = n // 3 + (number < n % 3)
        report["spread_" + part] = deviation([r[i] for i in order[start : start + size]])
        start += size
    squares = sum((value - mean) ** 2 for value in r)
    report["lag1"] = sum((r[i] - mean) * (r[i + 1] - mean) for i in range(n - 1)) / squares
    report["largest"] = max(abs(value - mean) for value in r) / deviation(r)
    return report


# %%
@accepted
def with_standardised_residuals(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_pred.shape != y_true.shape or y_true.size < 6 or np.ptp(y_true - y_pred) == 0:
        raise ValueError("lengths or equal residuals")
    r, n = y_true - y_pred, len(y_true)
    z = (r - r.mean()) / r.std(ddof=1)
    order = np.lexsort((np.arange(n), y_pred))
    cuts = [0, (n + 2) // 3, (n + 2) // 3 + (n + 1) // 3, n]
    groups = [r[order[a:b]] for a, b in zip(cuts, cuts[1:], strict=False)]
    return {
        "largest": float(max(z.max(), -z.min())),
        "lag1": float(np.sum(z[1:] * z[:-1]) / (n - 1)),
        "mean": float(r.sum() / n),
        "spread_low": float(groups[0].var(ddof=1) ** 0.5),
        "spread_middle": float(groups[1].var(ddof=1) ** 0.5),
        "spread_high": float(groups[2].var(ddof=1) ** 0.5),
    }


# %%
@misconception(
    caught_by="the_thirds_are_cut_by_prediction",
    hint="Sort by the prediction. A large true value often is a large residual, so sorting by the truth mixes both.",
)
def sorts_by_the_true_values(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or len(y_true) < 6 or np.ptp(y_true - y_pred) == 0:
        raise ValueError("lengths or equal residuals")
    r = y_true - y_pred
    e = r - r.mean()
    thirds = np.array_split(r[np.argsort(y_true, kind="stable")], 3)
    names = ("spread_low", "spread_middle", "spread_high")
    report = {key: float(np.std(third, ddof=1)) for key, third in zip(names, thirds, strict=True)}
    largest = float(np.max(np.abs(e)) / np.std(r, ddof=1))
    return {"mean": float(r.mean()), **report, "lag1": float(e[:-1] @ e[1:] / (e @ e)), "largest": largest}


# %%
@misconception(
    caught_by="the_thirds_are_cut_by_prediction",
    hint="The thirds follow the order of the data. Sort the samples by their prediction first.",
)
def cuts_in_the_given_order(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or len(y_true) < 6 or np.ptp(y_true - y_pred) == 0:
        raise ValueError("lengths or equal residuals")
    r = y_true - y_pred
    e = r - r.mean()
    thirds = np.array_split(r, 3)
    names = ("spread_low", "spread_middle", "spread_high")
    report = {key: float(np.std(third, ddof=1)) for key, third in zip(names, thirds, strict=True)}
    largest = float(np.max(np.abs(e)) / np.std(r, ddof=1))
    return {"mean": float(r.mean()), **report, "lag1": float(e[:-1] @ e[1:] / (e @ e)), "largest": largest}


# %%
@misconception(
    caught_by="agrees_with_statsmodels_and_scipy",
    hint="Neighbours are neighbours in time: lag1 needs the given order, not the order of the predictions.",
)
def takes_lag1_after_sorting(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or len(y_true) < 6 or np.ptp(y_true - y_pred) == 0:
        raise ValueError("lengths or equal residuals")
    r = (y_true - y_pred)[np.argsort(y_pred, kind="stable")]
    e = r - r.mean()
    thirds = np.array_split(r, 3)
    names = ("spread_low", "spread_middle", "spread_high")
    report = {key: float(np.std(third, ddof=1)) for key, third in zip(names, thirds, strict=True)}
    largest = float(np.max(np.abs(e)) / np.std(r, ddof=1))
    return {"mean": float(r.mean()), **report, "lag1": float(e[:-1] @ e[1:] / (e @ e)), "largest": largest}


# %%
@misconception(
    caught_by="agrees_with_statsmodels_and_scipy",
    hint="Subtract the mean before you multiply neighbours, or a shift of all predictions looks like a connection.",
)
def forgets_the_mean_in_lag1(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or len(y_true) < 6 or np.ptp(y_true - y_pred) == 0:
        raise ValueError("lengths or equal residuals")
    r = y_true - y_pred
    thirds = np.array_split(r[np.argsort(y_pred, kind="stable")], 3)
    names = ("spread_low", "spread_middle", "spread_high")
    report = {key: float(np.std(third, ddof=1)) for key, third in zip(names, thirds, strict=True)}
    largest = float(np.max(np.abs(r - r.mean())) / np.std(r, ddof=1))
    return {"mean": float(r.mean()), **report, "lag1": float(r[:-1] @ r[1:] / (r @ r)), "largest": largest}


# %%
@misconception(
    caught_by="agrees_with_statsmodels_and_scipy",
    hint="A residual is the true value minus the prediction; you have the opposite sign.",
)
def subtracts_the_other_way_round(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or len(y_true) < 6 or np.ptp(y_true - y_pred) == 0:
        raise ValueError("lengths or equal residuals")
    r = y_pred - y_true
    e = r - r.mean()
    thirds = np.array_split(r[np.argsort(y_pred, kind="stable")], 3)
    names = ("spread_low", "spread_middle", "spread_high")
    report = {key: float(np.std(third, ddof=1)) for key, third in zip(names, thirds, strict=True)}
    largest = float(np.max(np.abs(e)) / np.std(r, ddof=1))
    return {"mean": float(r.mean()), **report, "lag1": float(e[:-1] @ e[1:] / (e @ e)), "largest": largest}


# %%
@misconception(
    caught_by="the_six_numbers_of_the_example",
    hint="np.std divides by n. These standard deviations divide by n - 1: ddof=1.",
)
def divides_by_n(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or len(y_true) < 6 or np.ptp(y_true - y_pred) == 0:
        raise ValueError("lengths or equal residuals")
    r = y_true - y_pred
    e = r - r.mean()
    thirds = np.array_split(r[np.argsort(y_pred, kind="stable")], 3)
    names = ("spread_low", "spread_middle", "spread_high")
    report = {key: float(np.std(third)) for key, third in zip(names, thirds, strict=True)}
    largest = float(np.max(np.abs(e)) / np.std(r))
    return {"mean": float(r.mean()), **report, "lag1": float(e[:-1] @ e[1:] / (e @ e)), "largest": largest}


# %%
@misconception(
    caught_by="agrees_with_statsmodels_and_scipy",
    hint="An outlier may lie far below as well: take absolute values before the maximum.",
)
def looks_only_upwards(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or len(y_true) < 6 or np.ptp(y_true - y_pred) == 0:
        raise ValueError("lengths or equal residuals")
    r = y_true - y_pred
    e = r - r.mean()
    thirds = np.array_split(r[np.argsort(y_pred, kind="stable")], 3)
    names = ("spread_low", "spread_middle", "spread_high")
    report = {key: float(np.std(third, ddof=1)) for key, third in zip(names, thirds, strict=True)}
    largest = float(np.max(e) / np.std(r, ddof=1))
    return {"mean": float(r.mean()), **report, "lag1": float(e[:-1] @ e[1:] / (e @ e)), "largest": largest}


# %%
@misconception(
    caught_by="the_thirds_are_cut_by_prediction",
    hint="The spread of a third is measured around its own mean, not around 0.",
)
def measures_the_spread_around_zero(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or len(y_true) < 6 or np.ptp(y_true - y_pred) == 0:
        raise ValueError("lengths or equal residuals")
    r = y_true - y_pred
    e = r - r.mean()
    thirds = np.array_split(r[np.argsort(y_pred, kind="stable")], 3)
    around_zero = [float(np.sqrt(t @ t / (len(t) - 1))) for t in thirds]
    report = {f"spread_{key}": value for key, value in zip(("low", "middle", "high"), around_zero, strict=True)}
    largest = float(np.max(np.abs(e)) / np.std(r, ddof=1))
    return {"mean": float(r.mean()), **report, "lag1": float(e[:-1] @ e[1:] / (e @ e)), "largest": largest}

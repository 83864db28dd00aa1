# %% [markdown]
# ### Capstone: bias and variance of a model
#
# Why does a simple model miss, and why does a flexible one miss too? The answer needs many data sets from the same
# source, and in real life you have one. In a simulation you can make as many as you like. You build this simulation
# for any model, and it tells you which of the two errors you have.
#
# The inputs $x_1, \dots, x_n$ are fixed, and so are the test inputs $z_1, \dots, z_m$. The truth is a function $f$.
# One repetition makes targets $y_i = f(x_i) + \varepsilon_i$ with fresh normal noise of standard deviation $\sigma$,
# trains the model on $(x, y)$, and predicts at all $z_j$. After $R$ repetitions you have a table of predictions
# $P_{rj}$ of shape $(R, m)$. Let $\bar P_j$ be the mean of column $j$. Then
#
# $$\text{bias}^2 = \frac1m \sum_j (\bar P_j - f(z_j))^2, \qquad
# \text{variance} = \frac1{mR} \sum_{r,j} (P_{rj} - \bar P_j)^2, \qquad
# \text{mse} = \frac1{mR} \sum_{r,j} (P_{rj} - f(z_j))^2.$$
#
# It always holds that mse = bias² + variance. New *observed* targets carry noise of their own, so the expected test
# error is mse + $\sigma^2$. Nothing can remove that last part.
#
# **By hand.** Two test inputs with true values $f(z) = (5, 0)$, and $R = 3$ data sets. The predictions are $(4, 1)$,
# $(6, 1)$, $(8, 1)$. The means are $(6, 1)$: bias² $= (1 + 1)/2 = 1$. The variances over the repetitions are $8/3$ and
# $0$: variance $= 4/3$. The squared errors $1, 1, 9$ and $1, 1, 1$ have the mean $14/6 = 7/3 = 1 + 4/3$.
#
# Return the five numbers in a dictionary.

# %%
from autograder.kit import (
    T2,
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
    oracle="the recorded predictions, and the exact bias and variance of least squares",
    section="Bias and variance",
    capstone=True,
    topics=(
        "r0-intro-master-essential-math",
        "r0-intro-ml-ready-foundation",
        "r0-strategy-step5-connect-ml",
        "r0-w7-bias-variance",
        "r0-w7-out-over-underfitting",
        "r0-w10-out-explain-math",
        "r0-final-explain-why",
        "r1-why-math-code-ml",
        "r1-t04-bias-variance",
        "r1-t04-in-ml",
        "r2-b-end-core-math",
        "r3-1-2-over-underfitting",
        "r3-4-1-bias-variance",
        "r3-4-1-over-underfitting",
        "r4-mlmath-over-underfitting",
        "r4-mlmath-bias-and-variance",
        "r4-mlmath-bias-variance-tradeoff",
        "r4-req-ml-over-underfitting",
        "r4-req-ml-bias-variance-tradeoff",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def bias_variance(
    fit_predict: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray],
    f: Callable[[np.ndarray], np.ndarray],
    x_train: np.ndarray,
    x_test: np.ndarray,
    sigma: float,
    n_rep: int,
    rng: np.random.Generator,
) -> dict[str, float]:
    """Estimate squared bias and variance of a model by training it on many data sets with fresh noise.

    Parameters
    ----------
    fit_predict : fit_predict(x, y, x_new) trains on x, y of shape (n,) and returns the predictions at x_new of shape
        (m,) as an array of shape (m,); it is called once per repetition
    f : the true function; takes a float64 array and returns an array of the same shape
    x_train : array or list of shape (n,), n >= 1, the inputs of every repetition
    x_test : array or list of shape (m,), m >= 1
    sigma : standard deviation of the normal noise in the training targets, at least 0
    n_rep : the number of repetitions, at least 1
    rng : the only source of randomness

    Returns
    -------
    dict with five floats:
        "bias2" : squared difference between the mean prediction and f, averaged over x_test
        "variance" : variance of the predictions over the repetitions (divisor n_rep), averaged over x_test
        "noise" : sigma squared
        "mse" : mean squared difference between predictions and f, over all repetitions and x_test
        "expected_test_error" : mse + noise

    Raises
    ------
    ValueError : x_train or x_test is empty or not one-dimensional, sigma < 0, or n_rep < 1
    """
    ### BEGIN SOLUTION
    x_train, x_test = np.asarray(x_train, dtype=float), np.asarray(x_test, dtype=float)
    if x_train.ndim != 1 or x_test.ndim != 1 or x_train.size == 0 or x_test.size == 0:
        raise ValueError("x_train and x_test must have shapes (n,) and (m,) and must not be empty")
    if sigma < 0 or n_rep < 1:
        raise ValueError("sigma must not be negative and n_rep must be at least 1")
    clean, truth = f(x_train), f(x_test)
    predictions = np.empty((n_rep, len(x_test)))
    for r in range(n_rep):
        y = clean + sigma * rng.normal(size=len(x_train))
        predictions[r] = fit_predict(x_train, y, x_test)
    mse = float(np.mean((predictions - truth) ** 2))
    return {
        "bias2": float(np.mean((predictions.mean(axis=0) - truth) ** 2)),
        "variance": float(np.mean(predictions.var(axis=0))),
        "noise": float(sigma**2),
        "mse": mse,
        "expected_test_error": mse + float(sigma**2),
    }
    ### END SOLUTION


# %%
@helper
def remembering(predict):
    """Return a model that keeps its training targets and predictions, and the two lists."""
    targets, predictions = [], []

    def fit_predict(x, y, x_new):
        answer = np.asarray(predict(x, y, x_new), dtype=float)
        targets.append(np.array(y, dtype=float))
        predictions.append(answer.copy())
        return answer

    return fit_predict, targets, predictions


# %%
@helper
def parts_of(predictions, truth, sigma):
    """Return the five numbers of a table of predictions, from the definitions."""
    table = np.array(predictions)
    centre = table.sum(axis=0) / len(table)
    bias2 = float(np.mean((centre - truth) ** 2))
    variance = float(np.mean((table - centre) ** 2))
    mse = float(np.mean((table - truth) ** 2))
    noise = float(sigma) ** 2
    return {"bias2": bias2, "variance": variance, "noise": noise, "mse": mse, "expected_test_error": mse + noise}


# %%
@helper
def hat_matrix(x, degree):
    """Return H of shape (n, n) so that H y are the fitted values of the least-squares polynomial."""
    Q, _ = np.linalg.qr(np.vander(x, degree + 1))
    return Q @ Q.T


# %%
@check
def the_example_with_three_data_sets(bias_variance, rng):
    """When the predictions are (4, 1), (6, 1), (8, 1) and f is (5, 0), bias2 is 1, variance 4/3 and mse 7/3."""
    answers = iter([[4.0, 1.0], [6.0, 1.0], [8.0, 1.0]])
    result = bias_variance(lambda x, y, z: np.array(next(answers)), lambda x: 5.0 - x, [1, 2, 3], [0, 5], 0.5, 3, rng)
    expected = {"bias2": 1.0, "variance": 4 / 3, "noise": 0.25, "mse": 7 / 3, "expected_test_error": 7 / 3 + 0.25}
    close(result, expected, **T2)


# %%
@check
def without_noise_there_is_no_variance(bias_variance, rng):
    """For sigma = 0 every data set is the same, so the variance is 0 and mse equals bias2."""
    x = np.array([0.0, 1.0, 2.0])
    result = bias_variance(lambda x, y, z: np.full(len(z), np.mean(y)), lambda x: 3 * x, x, x, 0.0, 4, rng)
    close(result, {"bias2": 6.0, "variance": 0.0, "noise": 0.0, "mse": 6.0, "expected_test_error": 6.0}, **T2)


# %%
@check
def negative_noise_raises(bias_variance, rng):
    """A negative sigma raises ValueError."""
    raises(ValueError, bias_variance, lambda x, y, z: 0 * z, lambda x: x, [1.0, 2.0], [1.0], -0.1, 3, rng)


# %%
@hidden(weight=3)
def the_numbers_describe_the_predictions(bias_variance, rng):
    """All five numbers follow from the predictions that the model made and from f, whatever the model is."""
    models = [
        lambda x, y, z: np.full(len(z), np.mean(y)),
        lambda x, y, z: y[np.argmin(np.abs(z[:, None] - x), axis=1)],
        lambda x, y, z: z * np.mean(y) + np.max(y),
    ]
    for n, m, sigma, n_rep, model in ((1, 1, 1.0, 2, 0), (3, 2, 0.5, 3, 1), (6, 4, 2.0, 5, 2), (10, 7, 0.3, 20, 1)):
        x, z = rng.uniform(-2.0, 2.0, size=n), rng.uniform(-2.0, 2.0, size=m)
        fit_predict, _, predictions = remembering(models[model])
        result = bias_variance(fit_predict, lambda t: t**3 - t, x, z, sigma, n_rep, rng)
        same(len(predictions), n_rep, what="the number of calls of fit_predict")
        close(result, parts_of(predictions, z**3 - z, sigma), **T2)


# %%
@hidden(weight=2)
def mse_is_bias_plus_variance(bias_variance, rng):
    """For every model and every number of repetitions mse = bias2 + variance."""
    for n_rep in (1, 2, 7):
        x, z = np.arange(5), rng.integers(-3, 9, size=4)
        result = bias_variance(lambda x, y, z: z * y[0] + y[-1], np.cos, x, z, 0.7, n_rep, rng)
        close(result["bias2"] + result["variance"], result["mse"], **T2, what=f"bias2 + variance for n_rep = {n_rep}")
        holds(min(result.values()) >= 0.0, "None of the five numbers is negative.")


# %%
@hidden(weight=2)
def every_repetition_has_fresh_noise_of_the_right_size(bias_variance, rng):
    """The training targets are f plus noise with mean 0 and standard deviation sigma, new in every repetition."""
    for n, sigma, n_rep in ((4, 0.5, 30), (30, 3.0, 20)):
        x = np.linspace(-1.0, 1.0, n)
        fit_predict, targets, _ = remembering(lambda x, y, z: 0 * z)
        bias_variance(fit_predict, lambda t: 10 * t**2, x, x[:2], sigma, n_rep, rng)
        noise = array(np.array(targets), (n_rep, n), what="the training targets of all repetitions") - 10 * x**2
        count = n * n_rep
        right_mean = abs(np.mean(noise)) < 5 * sigma / count**0.5
        holds(right_mean, f"The noise in the training targets should have mean 0, for sigma = {sigma}.")
        right_size = abs(np.mean(noise**2) / sigma**2 - 1) < 5 * (2 / count) ** 0.5
        holds(right_size, f"The noise in the training targets should have standard deviation sigma = {sigma}.")
        fresh = abs(np.mean(noise[1:] * noise[:-1])) / sigma**2 < 5 / (count - n) ** 0.5
        holds(fresh, "The noise of one repetition should have nothing to do with that of the one before.")


# %%
@hidden
def the_model_gets_the_given_inputs(bias_variance, rng):
    """The model is trained on x_train in its order and asked for predictions at x_test only."""
    for n, m in ((1, 3), (4, 2)):
        x, z, seen = rng.normal(size=n), rng.normal(size=m), []

        def fit_predict(x_given, y, x_new, seen=seen):
            seen.append((np.array(x_given, dtype=float), np.shape(y), np.array(x_new, dtype=float)))
            return np.zeros(len(x_new))

        bias_variance(fit_predict, np.sin, x, z, 0.1, 2, rng)
        for x_given, shape, x_new in seen:
            close(x_given, x, **T2, what="the inputs that the model is trained on")
            same(shape, (n,), what="the shape of the training targets")
            close(x_new, z, **T2, what="the inputs of the predictions")


# %%
@hidden
def small_floats_are_widened_first(bias_variance, rng):
    """For inputs of 32-bit floats f and the model get 64-bit floats."""
    x, z = np.array([0.1, 0.7], dtype=np.float32), np.array([0.3], dtype=np.float32)
    result = bias_variance(lambda x, y, z: np.full(len(z), np.mean(y)), np.exp, x, z, 0.0, 1, rng)
    expected = float((np.mean(np.exp(x.astype(float))) - np.exp(float(z[0]))) ** 2)
    close(result["bias2"], expected, **T2, what="bias2")


# %%
@hidden(weight=2)
def variance_of_a_polynomial_follows_the_formula(bias_variance, rng):
    """For least-squares polynomials tested on their training inputs the variance is near sigma^2 (degree + 1)/n."""
    n, sigma, n_rep = 30, 0.3, 50
    x = np.linspace(-1.0, 1.0, n)
    for degree in (0, 3):
        H = hat_matrix(x, degree)
        result = bias_variance(lambda x, y, z, H=H: H @ y, lambda t: np.sin(3 * t), x, x, sigma, n_rep, rng)
        expected = sigma**2 * (degree + 1) / n
        tolerance = 5 * (2 / ((degree + 1) * n_rep)) ** 0.5 + 1 / n_rep
        holds(
            abs(result["variance"] / expected - 1) < tolerance,
            f"For degree {degree} the variance should be near {expected:.5f}, not {result['variance']:.5f}.",
        )


# %%
@hidden
def bias_falls_with_the_degree(bias_variance, rng):
    """Without noise the bias of a polynomial is the part of f that it cannot follow; it falls with the degree."""
    x = np.linspace(-1.0, 1.0, 25)
    truth, biases = np.exp(2 * x), []
    for degree in (0, 1, 2, 4):
        H = hat_matrix(x, degree)
        result = bias_variance(lambda x, y, z, H=H: H @ y, lambda t: np.exp(2 * t), x, x, 0.0, 2, rng)
        close(result["bias2"], float(np.mean((truth - H @ truth) ** 2)), **T2, what=f"bias2 for degree {degree}")
        close(result["variance"], 0.0, **T2, what=f"the variance for degree {degree} without noise")
        biases.append(result["bias2"])
    holds(np.all(np.diff(biases) < 0), "The bias should fall when the degree grows.")


# %%
@hidden
def equal_generators_give_equal_results(bias_variance):
    """The result depends on the generator only."""
    x, z = np.linspace(0.0, 2.0, 8), np.array([0.5, 3.0])

    def run(seed):
        rng = np.random.default_rng(seed)
        return bias_variance(lambda x, y, z: np.interp(z, x, y), np.sqrt, x, z, 0.4, 10, rng)

    first = run(7)
    close(run(7), first, **T2, what="the second run with one seed")
    holds(run(8)["variance"] != first["variance"], "Another seed should give other noise.")


# %%
@hidden
def input_without_an_answer_raises(bias_variance, rng):
    """No training inputs, no test inputs, a table of inputs, and no repetitions raise ValueError."""
    good = np.array([0.0, 1.0])

    def zeros(x, y, z):
        return np.zeros(len(z))

    for bad in (np.array([]), np.ones((2, 2))):
        raises(ValueError, bias_variance, zeros, np.sin, bad, good, 1.0, 3, rng)
        raises(ValueError, bias_variance, zeros, np.sin, good, bad, 1.0, 2, rng)
    raises(ValueError, bias_variance, zeros, np.sin, good, good, 1.0, 0, rng)
    raises(ValueError, bias_variance, zeros, np.sin, good, good, -1.0, 3, rng)


# %%
@accepted
def with_sums_that_run_along(fit_predict, f, x_train, x_test, sigma, n_rep, rng):
    x, z = np.array(x_train, dtype=np.float64), np.array(x_test, dtype=np.float64)
    if min(x.size, z.size) == 0 or (x.ndim, z.ndim) != (1, 1) or sigma < 0 or n_rep <= 0:
        raise ValueError("nothing to simulate")
    truth = f(z)
    mean, squares, missed = np.zeros(len(z)), np.zeros(len(z)), 0.0
    for r in range(1, n_rep + 1):
        prediction = fit_predict(x, f(x) + rng.normal(0.0, sigma, size=x.shape), z)
        step = prediction - mean
        mean = mean + step / r
        squares = squares + step * (prediction - mean)
        missed += float(np.sum((prediction - truth) ** 2))
    mse = missed / (n_rep * len(z))
    return {
        "bias2": float(np.sum((mean - truth) ** 2) / len(z)),
        "variance": float(np.sum(squares) / (n_rep * len(z))),
        "noise": float(sigma * sigma),
        "mse": mse,
        "expected_test_error": mse + sigma * sigma,
    }


# %%
@accepted
def with_one_table_of_noise(fit_predict, f, x_train, x_test, sigma, n_rep, rng):
    x, z = np.atleast_1d(np.asarray(x_train, dtype=float)), np.atleast_1d(np.asarray(x_test, dtype=float))
    if x.ndim > 1 or z.ndim > 1 or not len(x) or not len(z) or sigma < 0 or n_rep < 1:
        raise ValueError("nothing to simulate")
    targets = f(x) + sigma * rng.standard_normal((n_rep, len(x)))
    errors = np.stack([fit_predict(x, y, z) for y in targets]) - f(z)
    bias2, variance = float(np.mean(errors.mean(axis=0) ** 2)), float(np.mean(np.var(errors, axis=0)))
    noise = float(sigma) ** 2
    return {
        "bias2": bias2,
        "variance": variance,
        "noise": noise,
        "mse": bias2 + variance,
        "expected_test_error": bias2 + variance + noise,
    }


# %%
@misconception(
    caught_by="the_example_with_three_data_sets",
    hint="How much does the prediction at one x change from data set to data set? The variance runs over repetitions.",
)
def variance_over_the_test_inputs(fit_predict, f, x_train, x_test, sigma, n_rep, rng):
    x, z = np.asarray(x_train, dtype=float), np.asarray(x_test, dtype=float)
    if x.ndim != 1 or z.ndim != 1 or x.size == 0 or z.size == 0 or sigma < 0 or n_rep < 1:
        raise ValueError("nothing to simulate")
    truth = f(z)
    table = np.array([fit_predict(x, f(x) + sigma * rng.normal(size=len(x)), z) for _ in range(n_rep)])
    mse, noise = float(np.mean((table - truth) ** 2)), float(sigma**2)
    return {
        "bias2": float(np.mean((table.mean(axis=0) - truth) ** 2)),
        "variance": float(np.mean(table.var(axis=1))),
        "noise": noise,
        "mse": mse,
        "expected_test_error": mse + noise,
    }


# %%
@misconception(
    caught_by="the_example_with_three_data_sets",
    hint="One fit is off by chance, too. Average the predictions over the repetitions first, then compare with f.",
)
def bias_of_one_single_fit(fit_predict, f, x_train, x_test, sigma, n_rep, rng):
    x, z = np.asarray(x_train, dtype=float), np.asarray(x_test, dtype=float)
    if x.ndim != 1 or z.ndim != 1 or x.size == 0 or z.size == 0 or sigma < 0 or n_rep < 1:
        raise ValueError("nothing to simulate")
    truth = f(z)
    table = np.array([fit_predict(x, f(x) + sigma * rng.normal(size=len(x)), z) for _ in range(n_rep)])
    mse, noise = float(np.mean((table - truth) ** 2)), float(sigma**2)
    return {
        "bias2": float(np.mean((table[-1] - truth) ** 2)),
        "variance": float(np.mean(table.var(axis=0))),
        "noise": noise,
        "mse": mse,
        "expected_test_error": mse + noise,
    }


# %%
@misconception(
    caught_by="mse_is_bias_plus_variance",
    hint="Compare the mean prediction with f itself, not with noisy targets: the noise is no fault of the model.",
)
def noise_in_the_bias(fit_predict, f, x_train, x_test, sigma, n_rep, rng):
    x, z = np.asarray(x_train, dtype=float), np.asarray(x_test, dtype=float)
    if x.ndim != 1 or z.ndim != 1 or x.size == 0 or z.size == 0 or sigma < 0 or n_rep < 1:
        raise ValueError("nothing to simulate")
    truth = f(z)
    table = np.array([fit_predict(x, f(x) + sigma * rng.normal(size=len(x)), z) for _ in range(n_rep)])
    observed = truth + sigma * rng.normal(size=len(z))
    mse, noise = float(np.mean((table - truth) ** 2)), float(sigma**2)
    return {
        "bias2": float(np.mean((table.mean(axis=0) - observed) ** 2)),
        "variance": float(np.mean(table.var(axis=0))),
        "noise": noise,
        "mse": mse,
        "expected_test_error": mse + noise,
    }


# %%
@misconception(
    caught_by="every_repetition_has_fresh_noise_of_the_right_size",
    hint="Draw the noise inside the loop: with one data set for all repetitions the variance is always 0.",
)
def one_data_set_for_all_repetitions(fit_predict, f, x_train, x_test, sigma, n_rep, rng):
    x, z = np.asarray(x_train, dtype=float), np.asarray(x_test, dtype=float)
    if x.ndim != 1 or z.ndim != 1 or x.size == 0 or z.size == 0 or sigma < 0 or n_rep < 1:
        raise ValueError("nothing to simulate")
    truth, y = f(z), f(x) + sigma * rng.normal(size=len(x))
    table = np.array([fit_predict(x, y, z) for _ in range(n_rep)])
    mse, noise = float(np.mean((table - truth) ** 2)), float(sigma**2)
    return {
        "bias2": float(np.mean((table.mean(axis=0) - truth) ** 2)),
        "variance": float(np.mean(table.var(axis=0))),
        "noise": noise,
        "mse": mse,
        "expected_test_error": mse + noise,
    }


# %%
@misconception(
    caught_by="every_repetition_has_fresh_noise_of_the_right_size",
    hint="sigma is the standard deviation of the noise; sigma squared is its variance.",
)
def noise_scaled_by_the_variance(fit_predict, f, x_train, x_test, sigma, n_rep, rng):
    x, z = np.asarray(x_train, dtype=float), np.asarray(x_test, dtype=float)
    if x.ndim != 1 or z.ndim != 1 or x.size == 0 or z.size == 0 or sigma < 0 or n_rep < 1:
        raise ValueError("nothing to simulate")
    truth = f(z)
    table = np.array([fit_predict(x, f(x) + sigma**2 * rng.normal(size=len(x)), z) for _ in range(n_rep)])
    mse, noise = float(np.mean((table - truth) ** 2)), float(sigma**2)
    return {
        "bias2": float(np.mean((table.mean(axis=0) - truth) ** 2)),
        "variance": float(np.mean(table.var(axis=0))),
        "noise": noise,
        "mse": mse,
        "expected_test_error": mse + noise,
    }


# %%
@misconception(
    caught_by="the_example_with_three_data_sets",
    hint="Divide by the number of repetitions, not by one less; only then mse = bias2 + variance holds exactly.",
)
def variance_with_one_less(fit_predict, f, x_train, x_test, sigma, n_rep, rng):
    x, z = np.asarray(x_train, dtype=float), np.asarray(x_test, dtype=float)
    if x.ndim != 1 or z.ndim != 1 or x.size == 0 or z.size == 0 or sigma < 0 or n_rep < 1:
        raise ValueError("nothing to simulate")
    truth = f(z)
    table = np.array([fit_predict(x, f(x) + sigma * rng.normal(size=len(x)), z) for _ in range(n_rep)])
    mse, noise = float(np.mean((table - truth) ** 2)), float(sigma**2)
    return {
        "bias2": float(np.mean((table.mean(axis=0) - truth) ** 2)),
        "variance": float(np.mean(table.var(axis=0, ddof=1 if n_rep > 1 else 0))),
        "noise": noise,
        "mse": mse,
        "expected_test_error": mse + noise,
    }

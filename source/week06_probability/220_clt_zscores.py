# %% [markdown]
# ### The central limit theorem: standardised means
#
# Waiting times are skewed, dice are flat, coins know two values only. Take the mean of many of them, and you get the
# same bell curve every time. This is the central limit theorem. It is why the error of an average, a test score of a
# model for example, can be described by a normal distribution without knowing where the data come from.
#
# Let $x_1, \dots, x_n$ be independent draws from a source with expectation $\mu$ and standard deviation $\sigma$. Their
# mean $\bar x$ has the expectation $\mu$ too, and the standard deviation $\sigma / \sqrt n$. Its *z-score* says how
# many of these standard deviations it is away from $\mu$:
#
# $$z = \frac{\bar x - \mu}{\sigma / \sqrt n} .$$
#
# Repeat the experiment, with new draws each time. The z-scores have mean 0 and variance 1 for every $n$, and for large
# $n$ their histogram is close to the standard normal density.
#
# **By hand.** For a die $\mu = 3.5$ and $\sigma = \sqrt{35/12} = 1.708$. Four rolls show $2, 4, 6, 6$, with the mean
# $4.5$. The standard deviation of a mean of four rolls is $1.708 / 2 = 0.854$, so $z = (4.5 - 3.5) / 0.854 = 1.171$.
#
# The source is an argument: `sampler(rng, size)` returns an array with `size` draws. Call it once for each repetition
# with size $n$, or once with size $n$ times the number of repetitions. Return one z-score per repetition.

# %%
from autograder.kit import (
    T1,
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
from scipy import stats

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.stats.zscore",),
    oracle="the recorded draws; scipy.stats.norm.cdf for the limit",
    section="Large numbers and the central limit",
    topics=(
        "r0-w6-goal",
        "r0-w6-clt",
        "r0-w6-out-uncertainty-intuition",
        "r1-t03-clt-lln",
        "r2-o2-lln-clt",
        "r2-a2-lln-clt",
        "r2-b2-clt",
        "r4-prob-z-scores",
        "r4-stat-clt",
        "r4-req-ps-clt",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def clt_zscores(
    sampler: Callable[[np.random.Generator, int], np.ndarray],
    mu: float,
    sigma: float,
    n: int,
    reps: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return the standardised means of repeated samples.

    Parameters
    ----------
    sampler : function; sampler(rng, size) returns an array of shape (size,) with independent draws, of any number
        type, also 32-bit; size is an int.
        It is called once per repetition (size n), or once for all repetitions (size n * reps).
    mu : the expectation of one draw
    sigma : the standard deviation of one draw, above 0
    n : the number of draws per mean, at least 1
    reps : the number of repetitions, at least 1
    rng : the only source of randomness, handed on to sampler

    Returns
    -------
    z : array of shape (reps,), the values (mean - mu) / (sigma / sqrt(n)), one per repetition

    Raises
    ------
    ValueError : sigma <= 0, n < 1 or reps < 1
    """
    ### BEGIN SOLUTION
    if sigma <= 0 or n < 1 or reps < 1:
        raise ValueError("sigma must be positive, n and reps at least 1")
    draws = np.asarray(sampler(rng, n * reps), dtype=float).reshape(reps, n)
    return (draws.mean(axis=1) - mu) / (sigma / np.sqrt(n))
    ### END SOLUTION


# %%
@helper
def recorded(sampler):
    """Return a sampler that keeps every draw, and the list of the drawn arrays."""
    kept = []

    def remembering(rng, size):
        draws = sampler(rng, size)
        kept.append(np.array(draws, dtype=float).ravel())
        return draws

    return remembering, kept


# %%
@helper
def sources():
    """Return (sampler, mu, sigma) for a die, waiting times, uniform numbers and a rare event."""
    return (
        (lambda rng, size: rng.integers(1, 7, size=size), 3.5, float(np.sqrt(35 / 12))),
        (lambda rng, size: rng.exponential(2.0, size=size), 2.0, 2.0),
        (lambda rng, size: rng.uniform(-1.0, 3.0, size=size), 1.0, float(np.sqrt(16 / 12))),
        (lambda rng, size: (rng.random(size) < 0.1).astype(float), 0.1, 0.3),
    )


# %%
@check
def four_rolls_of_the_worked_example(clt_zscores, rng):
    """When every sample consists of the rolls 2, 4, 6, 6, each of three z-scores is 1.171."""
    z = clt_zscores(lambda rng, size: np.resize([2, 4, 6, 6], size), 3.5, np.sqrt(35 / 12), 4, 3, rng)
    close(z, np.full(3, 2 / np.sqrt(35 / 12)), **T1, what="the z-scores")


# %%
@check
def a_sigma_of_zero_raises(clt_zscores, rng):
    """Without spread there is no z-score: sigma = 0 raises ValueError."""
    raises(ValueError, clt_zscores, lambda rng, size: np.ones(size), 1.0, 0.0, 5, 2, rng)


# %%
@hidden(weight=2)
def the_z_scores_fit_the_draws(clt_zscores, rng):
    """The mean of all z-scores is the z-score of all draws together, divided by the root of the repetitions."""
    for n, reps in ((1, 1), (2, 1), (1, 3), (2, 5), (7, 4), (25, 10)):
        for sampler, mu, sigma in sources():
            remembering, kept = recorded(sampler)
            z = array(clt_zscores(remembering, mu, sigma, n, reps, rng), (reps,), what="the z-scores")
            draws = np.concatenate(kept) if kept else np.array([])
            same(len(draws), n * reps, what=f"the number of draws for {reps} means of {n}")
            expected = (float(np.mean(draws)) - mu) * float(np.sqrt(n)) / sigma
            close(float(np.mean(z)), expected, **T2, what="the mean of the z-scores")


# %%
@hidden
def with_n_equal_to_one_each_draw_is_standardised(clt_zscores, rng):
    """For n = 1 the z-scores are the standardised draws themselves."""
    for (sampler, mu, sigma), reps in zip(sources(), (1, 2, 6, 30)):
        remembering, kept = recorded(sampler)
        z = array(clt_zscores(remembering, mu, sigma, 1, reps, rng), (reps,), what="the z-scores")
        draws = np.concatenate(kept) if kept else np.array([])
        same(len(draws), reps, what="the number of draws")
        close(np.sort(z), np.sort((draws - mu) / sigma), **T2, what="the sorted z-scores")


# %%
@hidden
def one_repetition_uses_all_draws(clt_zscores, rng):
    """For one repetition the z-score is (mean - mu)/(sigma/sqrt(n)) with the given mu and sigma."""
    for (sampler, mu, sigma), n in zip(sources(), (2, 5, 12, 100)):
        remembering, kept = recorded(sampler)
        z = array(clt_zscores(remembering, mu + 1, 3 * sigma, n, 1, rng), (1,), what="the z-scores")
        expected = (float(np.mean(np.concatenate(kept))) - mu - 1) / (3 * sigma / float(np.sqrt(n)))
        close(z, np.array([expected]), **T2, what="the z-score")


# %%
@hidden(weight=2)
def they_have_mean_zero_and_variance_one(clt_zscores, rng):
    """The z-scores of 200 samples have mean 0 and variance 1 within five standard errors, for every source and n."""
    reps = 200
    for (sampler, mu, sigma), n in zip(sources(), (1, 12, 5, 40)):
        z = array(clt_zscores(sampler, mu, sigma, n, reps, rng), (reps,), what="the z-scores")
        holds(abs(np.mean(z)) < 5 / np.sqrt(reps), "The mean of the z-scores should be near 0.")
        # The variance of z^2 is 2 plus the excess kurtosis of a mean, which is at most 0.5 here.
        holds(abs(np.mean(z**2) - 1) < 5 * np.sqrt(2.5 / reps), "The variance of the z-scores should be near 1.")


# %%
@hidden
def units_do_not_matter(clt_zscores):
    """Measuring in other units, a x + b with a > 0, gives the same z-scores for the same seed."""
    for (sampler, mu, sigma), (a, b), n in zip(sources(), ((2.0, 0.0), (0.01, 5.0), (30.0, -7.0)), (1, 3, 10)):
        z = clt_zscores(sampler, mu, sigma, n, 6, np.random.default_rng(n))
        array(z, (6,), what="the z-scores")
        moved = clt_zscores(
            lambda rng, size, s=sampler, a=a, b=b: a * s(rng, size) + b,
            a * mu + b,
            a * sigma,
            n,
            6,
            np.random.default_rng(n),
        )
        close(moved, z, rtol=1e-9, atol=1e-9, what="the z-scores in other units")
        holds(len(np.unique(np.round(z, 6))) > 1, "Each repetition should use new draws.")


# %%
@hidden
def the_bell_curve_appears_when_n_grows(clt_zscores, rng):
    """For waiting times the distribution of the z-scores comes close to the normal one when n grows."""
    distances = []
    for n, reps in ((1, 40), (60, 400)):
        z = clt_zscores(lambda rng, size: rng.exponential(0.5, size=size), 0.5, 0.5, n, reps, rng)
        z = np.sort(array(z, (reps,), what="the z-scores"))
        below = stats.norm.cdf(z)
        steps = np.arange(reps + 1) / reps
        distances.append(float(np.max(np.maximum(steps[1:] - below, below - steps[:-1]))))
    # A waiting time is never more than one sigma below its mean, so the first distance is at least Phi(-1) = 0.159.
    # For n = 60 the true distance is below 0.02, and 400 draws add 0.13 in at most three of a million runs.
    holds(distances[0] > 0.15, "For n = 1 the z-scores of waiting times should keep their skewed shape.")
    holds(distances[1] < 0.15, "For n = 60 the z-scores should be close to the standard normal distribution.")


# %%
@hidden
def single_precision_loses_no_digits(clt_zscores, rng):
    """Draws in single precision are converted to float64 before their mean is taken."""
    draws = np.array([0.1, 0.7, 2.3], dtype=np.float32)
    z = clt_zscores(lambda rng, size: np.resize(draws, size), 1.0, 0.5, 3, 1, rng)
    expected = (float(draws.astype(float).mean()) - 1.0) / 0.5 * float(np.sqrt(3))
    close(z, np.array([expected]), **T2, what="the z-score")


# %%
@hidden
def input_without_an_answer_raises(clt_zscores, rng):
    """A sigma that is not positive, no draws or no repetitions raise ValueError."""
    for sigma, n, reps in ((-1.0, 5, 2), (0, 5, 2), (1.0, 0, 2), (1.0, 5, 0), (1.0, -5, -2)):
        raises(ValueError, clt_zscores, lambda rng, size: np.ones(size), 1.0, sigma, n, reps, rng)


# %%
@accepted
def one_call_per_repetition(sampler, mu, sigma, n, reps, rng):
    if not sigma > 0 or min(n, reps) < 1:
        raise ValueError("no z-scores")
    scores = []
    for _ in range(reps):
        total = sum(float(x) for x in sampler(rng, n))
        scores.append((total - n * mu) / (sigma * n**0.5))
    return np.array(scores)


# %%
@accepted
def standardises_the_draws_first(sampler, mu, sigma, n, reps, rng):
    if sigma <= 0 or n <= 0 or reps <= 0:
        raise ValueError("no z-scores")
    standard = (np.array(sampler(rng, reps * n), dtype=np.float64) - mu) / sigma
    return standard.reshape((n, reps)).sum(axis=0) / np.sqrt(n)


# %%
@misconception(
    caught_by="they_have_mean_zero_and_variance_one",
    hint="Means vary less than single values: divide by sigma / sqrt(n), not by sigma.",
)
def divides_by_sigma(sampler, mu, sigma, n, reps, rng):
    if sigma <= 0 or n < 1 or reps < 1:
        raise ValueError("sigma must be positive, n and reps at least 1")
    draws = np.asarray(sampler(rng, n * reps), dtype=float).reshape(reps, n)
    return (draws.mean(axis=1) - mu) / sigma


# %%
@misconception(
    caught_by="the_z_scores_fit_the_draws",
    hint="With the standard deviation of each sample it is a t-statistic. Here sigma is given.",
)
def uses_the_spread_of_each_sample(sampler, mu, sigma, n, reps, rng):
    if sigma <= 0 or n < 1 or reps < 1:
        raise ValueError("sigma must be positive, n and reps at least 1")
    draws = np.asarray(sampler(rng, n * reps), dtype=float).reshape(reps, n)
    with np.errstate(all="ignore"):
        return (draws.mean(axis=1) - mu) / (draws.std(axis=1, ddof=1 if n > 1 else 0) / np.sqrt(n))


# %%
@misconception(
    caught_by="the_z_scores_fit_the_draws",
    hint="You averaged over the repetitions. Each repetition has one mean, over its own n draws.",
)
def averages_over_the_repetitions(sampler, mu, sigma, n, reps, rng):
    if sigma <= 0 or n < 1 or reps < 1:
        raise ValueError("sigma must be positive, n and reps at least 1")
    draws = np.asarray(sampler(rng, n * reps), dtype=float).reshape(reps, n)
    return (draws.mean(axis=0) - mu) / (sigma / np.sqrt(n))


# %%
@misconception(
    caught_by="the_z_scores_fit_the_draws",
    hint="Use the given mu and sigma, not the mean and the spread of the means that you happened to draw.",
)
def standardises_with_the_drawn_means(sampler, mu, sigma, n, reps, rng):
    if sigma <= 0 or n < 1 or reps < 1:
        raise ValueError("sigma must be positive, n and reps at least 1")
    means = np.asarray(sampler(rng, n * reps), dtype=float).reshape(reps, n).mean(axis=1)
    with np.errstate(all="ignore"):
        return (means - means.mean()) / means.std()


# %%
@misconception(
    caught_by="they_have_mean_zero_and_variance_one",
    hint="The variance of a mean is sigma squared over n, so its standard deviation is sigma over the root of n.",
)
def divides_by_sigma_over_n(sampler, mu, sigma, n, reps, rng):
    if sigma <= 0 or n < 1 or reps < 1:
        raise ValueError("sigma must be positive, n and reps at least 1")
    draws = np.asarray(sampler(rng, n * reps), dtype=float).reshape(reps, n)
    return (draws.mean(axis=1) - mu) / (sigma / n)


# %%
@misconception(
    caught_by="units_do_not_matter",
    hint="All repetitions have the same mean, because they share their draws. Draw n new values for each one.",
)
def shares_the_draws_between_repetitions(sampler, mu, sigma, n, reps, rng):
    if sigma <= 0 or n < 1 or reps < 1:
        raise ValueError("sigma must be positive, n and reps at least 1")
    mean = float(np.mean(np.asarray(sampler(rng, n), dtype=float)))
    return np.full(reps, (mean - mu) / (sigma / np.sqrt(n)))

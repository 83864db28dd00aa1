# %% [markdown]
# ### The law of large numbers: a running mean
#
# One roll of a die tells you nothing about the next one. The mean of many rolls is almost certain. The law of large
# numbers says that it closes in on the expectation. This is why a loss that is averaged over enough examples can be
# trusted, and why simulation works at all.
#
# Let $x_1, \dots, x_n$ be the rolls. The running mean after $k$ rolls is
#
# $$m_k = \frac{1}{k} \sum_{i=1}^{k} x_i .$$
#
# A fair die with $s$ sides has the expectation $(s + 1)/2$ and the variance $(s^2 - 1)/12$. For $s = 6$ these are $3.5$
# and $35/12$. So after $k$ rolls $m_k$ is typically $\sqrt{35/(12 k)}$ away from $3.5$. With $s = 2$ the die is a coin.
#
# **By hand.** The rolls are 2, 6, 1, 3. The running means are $2$, $(2 + 6)/2 = 4$, $(2 + 6 + 1)/3 = 3$ and
# $(2 + 6 + 1 + 3)/4 = 3$.
#
# Return all running means. Make all rolls with one call of `rng.integers`, which does not include its upper bound. Then
# a run with the same seed can be compared roll by roll.

# %%
from autograder.kit import (
    T1,
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
    points=5,
    minutes=12,
    level=1,
    banned=(),
    oracle="the mean of the first k rolls from an equal generator",
    section="Large numbers and the central limit",
    topics=(
        "r0-w6-goal",
        "r0-w6-lln",
        "r0-w6-out-uncertainty-intuition",
        "r1-t03-clt-lln",
        "r2-o2-lln-clt",
        "r2-a2-lln-clt",
        "r2-a2-simulate-coin-dice",
        "r2-b2-simulate-coin-dice",
        "r4-prob-lln",
    ),
)

# %%
import numpy as np


# %%
def dice_running_mean(n_rolls: int, rng: np.random.Generator, sides: int = 6) -> np.ndarray:
    """Roll a fair die n_rolls times and return the mean after each roll.

    Parameters
    ----------
    n_rolls : the number of rolls n, at least 1
    rng : the only source of randomness; it is asked once, for n_rolls integers with equal chances from 1 to sides
    sides : the number of sides, at least 1; the die shows 1, 2, ..., sides

    Returns
    -------
    means : array of shape (n,); entry k - 1 is the mean of the first k rolls

    Raises
    ------
    ValueError : n_rolls or sides is below 1
    """
    ### BEGIN SOLUTION
    if n_rolls < 1 or sides < 1:
        raise ValueError("roll at least once, a die with at least one side")
    rolls = rng.integers(1, sides + 1, size=n_rolls)
    return np.cumsum(rolls) / np.arange(1, n_rolls + 1)
    ### END SOLUTION


# %%
@helper
def means_and_rolls(dice_running_mean, n, sides, seed):
    """Return the answer for a seed, and the rolls that an equal generator gives."""
    means = dice_running_mean(n, np.random.default_rng(seed), sides=sides)
    rolls = np.random.default_rng(seed).integers(1, sides + 1, size=n)
    return array(means, (n,), what="the running means"), rolls.astype(float)


# %%
@check
def four_rolls_have_four_means(dice_running_mean):
    """With seed 0 a die shows 6, 4, 4, 2, so that the running means are 6, 5, 14/3 and 4."""
    rng = np.random.default_rng(0)
    rolls = [6, 4, 4, 2]
    same(np.random.default_rng(0).integers(1, 7, size=4).tolist(), rolls, what="the rolls with seed 0")
    close(dice_running_mean(4, rng), np.array([6.0, 5.0, 14 / 3, 4.0]), **T1, what="the running means")


# %%
@check
def no_roll_raises(dice_running_mean, rng):
    """With no roll there is no mean: n_rolls = 0 raises ValueError."""
    raises(ValueError, dice_running_mean, 0, rng)


# %%
@hidden(weight=2)
def every_entry_is_the_mean_of_the_rolls_so_far(dice_running_mean, rng):
    """For few and many rolls, and dice with any number of sides, entry k is the mean of the first k rolls."""
    for n, sides in ((1, 6), (2, 6), (3, 2), (5, 4), (20, 6), (300, 20)):
        means, rolls = means_and_rolls(dice_running_mean, n, sides, int(rng.integers(10**6)))
        expected = np.array([float(np.mean(rolls[:k])) for k in range(1, n + 1)])
        close(means, expected, **T1, what=f"the running means of {n} rolls of a die with {sides} sides")


# %%
@hidden
def the_rolls_can_be_recovered(dice_running_mean, rng):
    """k times the mean after k rolls, minus k - 1 times the mean before, is a whole number from 1 to sides."""
    for n, sides in ((1, 6), (4, 6), (60, 6), (40, 2), (150, 10)):
        means = array(dice_running_mean(n, rng, sides=sides), (n,), what="the running means")
        rolls = np.diff(np.arange(n + 1) * np.concatenate([[0.0], means]))
        close(rolls, np.round(rolls), rtol=0, atol=1e-9, what="the rolls computed from the means")
        message = f"Each roll should be from 1 to {sides}."
        holds(np.all((np.round(rolls) >= 1) & (np.round(rolls) <= sides)), message)
        if n >= 40:
            # With 20 sigma of room: the rarest face is missing with probability 10 * 0.9^150, about 1e-6.
            holds(len(np.unique(np.round(rolls))) == sides, f"All faces from 1 to {sides} should appear in {n} rolls.")


# %%
@hidden
def the_mean_closes_in_on_the_expectation(dice_running_mean, rng):
    """After k rolls the mean lies within five standard errors of (sides + 1)/2."""
    for sides in (2, 6, 12):
        means = array(dice_running_mean(5_000, rng, sides=sides), (5_000,), what="the running means")
        for k in (1000, 5_000):
            gap = abs(means[k - 1] - (sides + 1) / 2)
            error = np.sqrt((sides**2 - 1) / 12 / k)
            holds(gap < 5 * error, f"The mean of {k} rolls should be near {(sides + 1) / 2} for {sides} sides.")


# %%
@hidden
def the_generator_is_asked_once(dice_running_mean, rng):
    """After the call the generator stands where n_rolls integers from 1 to sides leave it."""
    for n, sides in ((3, 6), (8, 2), (50, 6)):
        seed = int(rng.integers(10**6))
        used, expected = np.random.default_rng(seed), np.random.default_rng(seed)
        dice_running_mean(n, used, sides=sides)
        expected.integers(1, sides + 1, size=n)
        same(float(used.random()), float(expected.random()), what="the next random number after the call")


# %%
@hidden
def extremes_of_the_contract(dice_running_mean, rng):
    """A die with one side always shows 1; fewer than one roll or one side raises ValueError."""
    close(dice_running_mean(5, rng, sides=1), np.ones(5), **T1, what="the running means of a die with one side")
    raises(ValueError, dice_running_mean, -3, rng)
    raises(ValueError, dice_running_mean, 5, rng, sides=0)
    raises(ValueError, dice_running_mean, 0, rng, sides=2)
    raises(ValueError, dice_running_mean, 5, rng, sides=-2)


# %%
@accepted
def with_a_loop_over_the_rolls(n_rolls, rng, sides=6):
    if min(n_rolls, sides) < 1:
        raise ValueError("too few")
    means, total = [], 0
    for k, roll in enumerate(rng.integers(1, sides + 1, size=n_rolls), start=1):
        total += int(roll)
        means.append(total / k)
    return np.array(means)


# %%
@accepted
def each_mean_from_the_one_before(n_rolls, rng, sides=6):
    if n_rolls <= 0 or sides <= 0:
        raise ValueError("too few")
    rolls = rng.integers(low=1, high=sides, size=(n_rolls,), endpoint=True)
    means = np.empty(n_rolls)
    mean = 0.0
    for k in range(n_rolls):
        mean += (rolls[k] - mean) / (k + 1)
        means[k] = mean
    return means


# %%
@misconception(
    caught_by="the_mean_closes_in_on_the_expectation",
    hint="integers(1, sides) never returns sides, because the upper bound is excluded. Ask for sides + 1.",
)
def never_rolls_the_highest_face(n_rolls, rng, sides=6):
    if n_rolls < 1 or sides < 1:
        raise ValueError("too few")
    rolls = rng.integers(1, sides, size=n_rolls)
    return np.cumsum(rolls) / np.arange(1, n_rolls + 1)


# %%
@misconception(
    caught_by="every_entry_is_the_mean_of_the_rolls_so_far",
    hint="After k rolls divide by k, not by the number of all rolls.",
)
def divides_every_sum_by_n(n_rolls, rng, sides=6):
    if n_rolls < 1 or sides < 1:
        raise ValueError("too few")
    return np.cumsum(rng.integers(1, sides + 1, size=n_rolls)) / n_rolls


# %%
@misconception(
    caught_by="the_mean_closes_in_on_the_expectation",
    hint="integers(sides) counts from 0. A die counts from 1.",
)
def counts_the_faces_from_zero(n_rolls, rng, sides=6):
    if n_rolls < 1 or sides < 1:
        raise ValueError("too few")
    return np.cumsum(rng.integers(sides, size=n_rolls)) / np.arange(1, n_rolls + 1)


# %%
@misconception(
    caught_by="the_rolls_can_be_recovered",
    hint="Every mean used new rolls. Roll once, and let each mean add one roll to the ones before.",
)
def rolls_anew_for_every_mean(n_rolls, rng, sides=6):
    if n_rolls < 1 or sides < 1:
        raise ValueError("too few")
    return np.array([rng.integers(1, sides + 1, size=k).mean() for k in range(1, n_rolls + 1)])


# %%
@misconception(
    caught_by="the_rolls_can_be_recovered",
    hint="The number of sides is an argument: with sides = 2 the die is a coin.",
)
def always_has_six_sides(n_rolls, rng, sides=6):
    if n_rolls < 1 or sides < 1:
        raise ValueError("too few")
    return np.cumsum(rng.integers(1, 7, size=n_rolls)) / np.arange(1, n_rolls + 1)


# %%
@misconception(
    caught_by="four_rolls_have_four_means",
    hint="The first mean has one roll, but arange(n) starts at 0. Count the rolls from 1.",
)
def divides_the_first_sum_by_zero(n_rolls, rng, sides=6):
    if n_rolls < 1 or sides < 1:
        raise ValueError("too few")
    with np.errstate(all="ignore"):
        return np.cumsum(rng.integers(1, sides + 1, size=n_rolls)) / np.arange(n_rolls)

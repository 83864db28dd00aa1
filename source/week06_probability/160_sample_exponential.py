# %% [markdown]
# ### Exponential samples from uniform numbers
#
# How long until the next customer comes, until the next bulb fails? If events come at a constant rate and have no
# memory, the waiting time has the exponential distribution. A computer only makes uniform numbers on $[0, 1)$. One
# trick turns them into any distribution whose distribution function you can solve for $x$.
#
# The exponential distribution with the rate $r$ has
#
# $$F(x) = P(X \le x) = 1 - e^{-r x}, \qquad x \ge 0,$$
#
# with the mean $1/r$ and the standard deviation $1/r$. Draw a uniform number $U$ and return the $x$ with $F(x) = U$:
#
# $$1 - e^{-r x} = U \quad\Longrightarrow\quad x = -\frac{\log(1 - U)}{r}$$
#
# This works because $P(X \le x) = P(U \le F(x)) = F(x)$. The function `np.log1p(-U)` computes $\log(1 - U)$. Do not
# shorten it to $\log U$: `rng.random` can return 0 but never 1, and $\log 0$ is infinite.
#
# **By hand.** Two customers per hour, $r = 2$, and $U = 0.7$. Then $x = -\log(0.3)/2 = 1.2040/2 = 0.602$ hours. Check:
# $1 - e^{-1.204} = 0.7$. The mean waiting time is half an hour.
#
# Return an array of `size` samples, made from one call `rng.random(size)` in the same order.

# %%
import math

from autograder.kit import T1, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises
from scipy import stats

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.random.exponential", "*.exponential", "*.standard_exponential", "scipy.stats.expon"),
    oracle="scipy.stats.expon.ppf",
    section="Sampling",
    topics=(
        "r0-w6-random-variables",
        "r0-w6-distributions",
        "r1-t03-random-variables",
        "r1-t03-distributions",
        "r2-o2-random-variables",
        "r2-o2-distributions",
        "r2-o2-uniform",
        "r2-o2-exponential",
        "r2-sum-probability-statistics",
        "r2-a2-random-variables",
        "r2-a2-distributions",
        "r2-b2-distributions",
        "r3-1-2-random-variables",
        "r4-prob-random-variables",
    ),
)

# %%
import numpy as np


# %%
def sample_exponential(rate: float, size: int, rng: np.random.Generator) -> np.ndarray:
    """Draw exponential waiting times by inverting the distribution function.

    Parameters
    ----------
    rate : the mean number of events per unit of time, above 0; the mean waiting time is 1/rate
    size : the number of samples, 0 or more
    rng : the only source of randomness; what is used of it is exactly U = rng.random(size)

    Returns
    -------
    array of shape (size,) : entry i is the x with 1 - exp(-rate x) = U[i]

    Raises
    ------
    ValueError : rate is 0 or negative, or size is negative
    """
    ### BEGIN SOLUTION
    if not rate > 0 or size < 0:
        raise ValueError("rate must be above 0, and size must not be negative")
    return -np.log1p(-rng.random(size)) / rate
    ### END SOLUTION


# %%
@helper
def generator_that_draws_first(u):
    """Return a generator whose first uniform number is exactly u, a multiple of 2**-53 in [0, 1).

    PCG64 multiplies its state, adds the increment and then mixes the two halves. We choose the halves so that the mix
    gives u, and go one step back.
    """
    wanted = int(u * 2**53) << 11
    after, increment = (1 << 64) | (1 ^ wanted), 1
    before = (after - increment) * pow(0x2360ED051FC65DA44385DF649FCCF645, -1, 2**128) % 2**128
    bits = np.random.PCG64(0)
    bits.state = {**bits.state, "state": {"state": before, "inc": increment}, "has_uint32": 0, "uinteger": 0}
    return np.random.Generator(bits)


# %%
@check
def each_sample_belongs_to_its_uniform_number(sample_exponential):
    """At each sample x, the distribution function 1 - exp(-rate x) is the uniform number that was drawn."""
    first, second = np.random.default_rng(7), np.random.default_rng(7)
    x = array(sample_exponential(2.0, 4, rng=first), (4,), what="the samples")
    close(1 - np.exp(-2.0 * x), second.random(4), **T1, what="the distribution function at the samples")


# %%
@check
def a_rate_of_zero_raises(sample_exponential, rng):
    """With a rate of 0 nothing ever happens, so it raises ValueError."""
    raises(ValueError, sample_exponential, 0.0, 3, rng=rng)


# %%
@hidden(weight=2)
def agrees_with_scipy_draw_by_draw(sample_exponential, rng):
    """For the same uniform numbers, the samples are scipy's quantiles of the exponential distribution."""
    for size, rate in ((1, 1.0), (1, 0.5), (2, 3.0), (5, 0.01), (40, 250), (300, 1.7)):
        seed = int(rng.integers(1_000_000))
        first, second = np.random.default_rng(seed), np.random.default_rng(seed)
        expected = stats.expon.ppf(second.random(size), scale=1 / rate)
        close(sample_exponential(rate, size, rng=first), expected, **T1, what=f"the samples for rate = {rate}")


# %%
@hidden
def the_generator_is_used_exactly_once_per_sample(sample_exponential):
    """After the call the generator stands where rng.random(size) leaves it, and two calls continue each other."""
    for size in (0, 1, 3, 17):
        first, second = np.random.default_rng(31), np.random.default_rng(31)
        array(sample_exponential(0.8, size, rng=first), (size,), what="the samples")
        second.random(size)
        close(float(first.random()), float(second.random()), rtol=0, atol=0, what="the next number of the generator")
    first, second = np.random.default_rng(8), np.random.default_rng(8)
    parts = [array(sample_exponential(1.5, size, rng=first), (size,), what="the samples") for size in (2, 3)]
    close(np.concatenate(parts), sample_exponential(1.5, 5, rng=second), **T1, what="two calls after each other")


# %%
@hidden
def mean_and_standard_deviation_are_one_over_the_rate(sample_exponential, rng):
    """Mean and standard deviation of 4000 samples are 1/rate within five standard errors."""
    n = 4000
    for rate in (0.2, 1.0, 6.0):
        x = array(sample_exponential(rate, n, rng=rng), (n,), what="the samples")
        holds(np.all(x >= 0), "A waiting time is never negative.")
        holds(abs(x.mean() * rate - 1) <= 5 / math.sqrt(n), f"For rate {rate} the mean should be about {1 / rate:.4g}.")
        # The variance of the squared distance to the mean is 8 / rate^4, so the deviation has the error sqrt(2 / n).
        gap = abs(x.std() * rate - 1)
        holds(gap <= 5 * math.sqrt(2 / n), f"For rate {rate} the standard deviation should be about {1 / rate:.4g}.")


# %%
@hidden
def waiting_has_no_memory(sample_exponential, rng):
    """Of those who have waited for a time s, as many wait another time t as of those who have just come."""
    n = 5000
    for rate, s, t in ((1.0, 0.5, 0.7), (0.1, 4.0, 10.0)):
        x = array(sample_exponential(rate, n, rng=rng), (n,), what="the samples")
        waited = x[x > s]
        holds(len(waited) > n / 4, f"A share of {math.exp(-rate * s):.3f} should wait longer than {s}.")
        expected = math.exp(-rate * t)
        error = math.sqrt(expected * (1 - expected) / len(waited))
        gap = abs((waited > s + t).mean() - expected)
        holds(gap <= 5 * error, "The share that waits longer should not depend on the time waited so far.")


# %%
@hidden
def the_distribution_function_turns_samples_back_into_uniform_numbers(sample_exponential, rng):
    """F of the samples is uniform: its mean is 1/2 and its variance 1/12, within five standard errors."""
    n = 4000
    x = array(sample_exponential(0.4, n, rng=rng), (n,), what="the samples")
    u = 1 - np.exp(-0.4 * x)
    holds(abs(u.mean() - 1 / 2) <= 5 * math.sqrt(1 / 12 / n), "F of the samples should have the mean 1/2.")
    # The squared distance of U to 1/2 has the variance 1/80 - 1/144 = 1/180.
    gap = abs(((u - 0.5) ** 2).mean() - 1 / 12)
    holds(gap <= 5 * math.sqrt(1 / 180 / n), "F of the samples should have the variance 1/12.")


# %%
@hidden
def the_extreme_uniform_numbers_give_finite_times(sample_exponential):
    """The uniform number 0 gives the waiting time 0, and the largest one below 1 gives 53 log 2 / rate."""
    for rate in (1.0, 4.0):
        value = sample_exponential(rate, 1, rng=generator_that_draws_first(0.0))
        close(value, np.array([0.0]), **T1, what="the sample that belongs to the uniform number 0")
        value = sample_exponential(rate, 1, rng=generator_that_draws_first(1 - 2.0**-53))
        expected = np.array([53 * math.log(2) / rate])
        close(value, expected, **T1, what="the sample that belongs to the largest uniform number")
        value = sample_exponential(rate, 1, rng=generator_that_draws_first(2.0**-40))
        close(value * rate, np.array([2.0**-40]), rtol=1e-10, atol=0, what="the sample of a tiny uniform number")


# %%
@hidden
def bad_rates_and_sizes_raise(sample_exponential, rng):
    """A rate of 0 or below and a negative size raise ValueError; a size of 0 gives an empty array."""
    for rate in (0, -1e-9, -3.0):
        raises(ValueError, sample_exponential, rate, 2, rng=rng)
    raises(ValueError, sample_exponential, 1.0, -1, rng=rng)
    array(sample_exponential(1, 0, rng=rng), (0,), what="no samples")


# %%
@accepted
def one_draw_after_the_other(rate, size, rng):
    if rate <= 0 or size < 0:
        raise ValueError("rate or size")
    samples = np.empty(size)
    for i in range(size):
        samples[i] = math.log1p(-rng.random()) / -rate
    return samples


# %%
@accepted
def standard_times_first(rate, size, rng):
    if not (rate > 0 and size >= 0):
        raise ValueError("rate or size")
    uniform = rng.random((size,))
    mean = 1.0 / rate
    return mean * np.where(uniform > 0.5, -np.log(1.0 - uniform), -np.log1p(-uniform))


# %%
@misconception(
    caught_by="mean_and_standard_deviation_are_one_over_the_rate",
    hint="The mean waiting time is 1/rate: divide by the rate instead of multiplying.",
)
def takes_the_rate_for_the_mean(rate, size, rng):
    if not rate > 0 or size < 0:
        raise ValueError("rate must be above 0, and size must not be negative")
    return -np.log1p(-rng.random(size)) * rate


# %%
@misconception(
    caught_by="the_extreme_uniform_numbers_give_finite_times",
    hint="random() can return 0 but never 1, so log(U) can be infinite. Use log1p(-U).",
)
def takes_the_logarithm_of_u(rate, size, rng):
    if not rate > 0 or size < 0:
        raise ValueError("rate must be above 0, and size must not be negative")
    with np.errstate(divide="ignore"):
        return -np.log(rng.random(size)) / rate


# %%
@misconception(
    caught_by="each_sample_belongs_to_its_uniform_number",
    hint="np.random.random uses the global generator. Use the generator rng that you were given.",
)
def uses_the_global_generator(rate, size, rng):
    if not rate > 0 or size < 0:
        raise ValueError("rate must be above 0, and size must not be negative")
    return -np.log1p(-np.random.random(size)) / rate


# %%
@misconception(
    caught_by="each_sample_belongs_to_its_uniform_number",
    hint="With a generator of your own, every call gives the same numbers. Use the generator rng that you were given.",
)
def makes_a_generator_of_its_own(rate, size, rng):
    if not rate > 0 or size < 0:
        raise ValueError("rate must be above 0, and size must not be negative")
    return -np.log1p(-np.random.default_rng(0).random(size)) / rate


# %%
@misconception(
    caught_by="each_sample_belongs_to_its_uniform_number",
    hint="You put U into the density. Solve F(x) = U for x instead.",
)
def puts_the_uniform_numbers_into_the_density(rate, size, rng):
    if not rate > 0 or size < 0:
        raise ValueError("rate must be above 0, and size must not be negative")
    return rate * np.exp(-rate * rng.random(size))


# %%
@misconception(
    caught_by="each_sample_belongs_to_its_uniform_number",
    hint="You computed F(U). The samples come from the inverse: the x with F(x) = U.",
)
def puts_the_uniform_numbers_into_the_distribution_function(rate, size, rng):
    if not rate > 0 or size < 0:
        raise ValueError("rate must be above 0, and size must not be negative")
    return -np.expm1(-rate * rng.random(size))

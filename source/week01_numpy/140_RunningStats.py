# %% [markdown]
# ### Running statistics
#
# A sensor sends a number every second, for years. You cannot keep them all, but you want to know their mean and their
# variance at any time. This class keeps three numbers only. Layers that normalise their input inside a neural network
# work in a similar way.
#
# For $n$ numbers with mean $m$ let $S = \sum_{i=1}^{n} (x_i - m)^2$. The variance is $S / (n - d)$, where $d$ is
# called `ddof`: 1 for a sample, 0 for a whole population. When a new number $x$ arrives,
#
# $$n' = n + 1, \qquad m' = m + \frac{x - m}{n'}, \qquad S' = S + (x - m)(x - m').$$
#
# Two streams $A$ and $B$ with $n_A$ and $n_B$ numbers merge into one. With $\delta = m_B - m_A$ and $n = n_A + n_B$,
#
# $$m = m_A + \delta \, \frac{n_B}{n}, \qquad S = S_A + S_B + \delta^2 \, \frac{n_A n_B}{n}.$$
#
# **By hand.** Push 1, 2, 3. After 1: $n = 1$, $m = 1$, $S = 0$. After 2: $m = 1 + 1/2 = 1.5$ and
# $S = 0 + 1 \cdot 0.5 = 0.5$. After 3: $m = 1.5 + 1.5/3 = 2$ and $S = 0.5 + 1.5 \cdot 1 = 2$. The sample variance is
# $2 / (3 - 1) = 1$.
#
# Write a class with the methods `push`, `merge` and `variance` and the attributes `n` and `mean`. Do not keep the
# numbers themselves. The line `@property` is there so that you read `stats.mean` without brackets. The name `mean` is
# taken by it, so keep the value under another name, such as `self._mean`.

# %%
from autograder.kit import T2, accepted, array, check, close, exercise, helper, hidden, misconception, raises, same

exercise(
    points=12,
    minutes=45,
    level=3,
    banned=("numpy.var", "statistics.*variance"),
    oracle="numpy.var and numpy.mean on the stored data",
    section="Plain Python",
    topics=(
        "r0-w1-goal",
        "r0-w1-python-basics",
        "r0-w1-out-math-in-code",
        "r1-tools-python",
        "r1-t00-python-for-math",
        "r3-1-2-variance-sd",
        "r3-2-classes",
        "r4-stat-var-cov-corr",
        "r4-stat-standard-deviation",
    ),
)

# %%
import numpy as np


# %%
class RunningStats:
    """Count, mean and variance of a stream of numbers that is not stored.

    Attributes
    ----------
    n : int, how many numbers were pushed; 0 at the start
    mean : float, the mean of these numbers; see below
    """

    def __init__(self) -> None:
        """Start without numbers."""
        ### BEGIN SOLUTION
        self.n = 0
        self._mean = 0.0
        self._squares = 0.0
        ### END SOLUTION

    def push(self, x: float) -> None:
        """Take in one more number."""
        ### BEGIN SOLUTION
        self.n += 1
        before = x - self._mean
        self._mean += before / self.n
        self._squares += before * (x - self._mean)
        ### END SOLUTION

    @property
    def mean(self) -> float:
        """The mean of the numbers so far, written without brackets: stats.mean.

        Raises
        ------
        ValueError : there are no numbers yet
        """
        ### BEGIN SOLUTION
        if self.n == 0:
            raise ValueError("no numbers yet")
        return self._mean
        ### END SOLUTION

    def variance(self, ddof: int = 1) -> float:
        """Return the sum of squared distances from the mean, divided by n - ddof.

        Raises
        ------
        ValueError : n <= ddof
        """
        ### BEGIN SOLUTION
        if self.n <= ddof:
            raise ValueError("too few numbers for this ddof")
        return self._squares / (self.n - ddof)
        ### END SOLUTION

    def merge(self, other: "RunningStats") -> "RunningStats":
        """Return a new object that has seen the numbers of both; `self` and `other` stay as they are."""
        ### BEGIN SOLUTION
        both = RunningStats()
        both.n = self.n + other.n
        if both.n > 0:
            gap = other._mean - self._mean
            both._mean = self._mean + gap * other.n / both.n
            both._squares = self._squares + other._squares + gap**2 * self.n * other.n / both.n
        return both
        ### END SOLUTION


# %%
@helper
def filled(RunningStats, data):
    """Return an object into which every number of `data` was pushed."""
    stats = RunningStats()
    push = stats.push
    for x in data:
        push(float(x))
    return stats


# %%
@helper
class TwoSums:
    """A stream that keeps two sums; the misconceptions that begin with it differ in their variance."""

    def __init__(self):
        self.n, self._total, self._squares = 0, 0.0, 0.0

    def push(self, x):
        self.n += 1
        self._total += x
        self._squares += x * x

    @property
    def mean(self):
        if self.n == 0:
            raise ValueError("no numbers yet")
        return self._total / self.n

    def merge(self, other):
        both = type(self)()
        both.n = self.n + other.n
        both._total = self._total + other._total
        both._squares = self._squares + other._squares
        return both


# %%
@check
def one_two_three_have_mean_two_and_variance_one(RunningStats):
    """After 1, 2, 3 there are n = 3 numbers with mean 2, sample variance 1 and population variance 2/3."""
    stats = RunningStats()
    for x in (1.0, 2.0, 3.0):
        stats.push(x)
    same(stats.n, 3, what="n")
    close(stats.mean, 2.0, **T2, what="the mean")
    close(stats.variance(), 1.0, **T2, what="the sample variance")
    close(stats.variance(ddof=0), 2 / 3, **T2, what="the population variance")


# %%
@check
def two_streams_merge_into_one(RunningStats):
    """The streams 1, 2 and 6 merge into one with n = 3, mean 3 and sample variance 7."""
    both = filled(RunningStats, [1.0, 2.0]).merge(filled(RunningStats, [6.0]))
    same(both.n, 3, what="n of the merged stream")
    close(both.mean, 3.0, **T2, what="the mean of the merged stream")
    close(both.variance(), 7.0, **T2, what="the sample variance of the merged stream")


# %%
@check
def an_empty_stream_has_no_mean(RunningStats):
    """Reading the mean before the first number raises ValueError."""
    stats = RunningStats()
    same(stats.n, 0, what="n at the start")
    raises(ValueError, lambda: stats.mean)


# %%
@hidden(weight=2)
def agrees_with_the_stored_data(RunningStats, rng):
    """Mean and variance are those of the stored data, for one number and for many."""
    for n in (1, 2, 3, 4, 10, 40):
        data = rng.normal(3, 2, size=n)
        stats = filled(RunningStats, data)
        same(stats.n, n, what="n")
        close(stats.mean, float(np.mean(data)), **T2, what="the mean")
        for ddof in range(min(n, 3)):
            close(stats.variance(ddof), float(np.var(data, ddof=ddof)), **T2, what=f"the variance with ddof = {ddof}")


# %%
@hidden(weight=2)
def a_large_offset_does_not_spoil_the_variance(RunningStats, rng):
    """Numbers near 100 000 000 with a small spread still have the right variance, pushed or merged."""
    for n in (3, 10, 50):
        data = rng.normal(size=n) + 1e8
        expected = float(np.var(data - 1e8, ddof=1))
        close(filled(RunningStats, data).variance(), expected, rtol=1e-6, atol=0, what="the variance of large numbers")
        both = filled(RunningStats, data[:2]).merge(filled(RunningStats, data[2:]))
        close(both.variance(), expected, rtol=1e-6, atol=0, what="the variance of large numbers after merge")


# %%
@hidden
def the_statistics_are_right_after_every_push(RunningStats, rng):
    """Mean and variance are up to date after every single push."""
    data = rng.uniform(-5, 5, size=8)
    stats = RunningStats()
    for n in range(1, 9):
        stats.push(float(data[n - 1]))
        close(stats.mean, float(np.mean(data[:n])), **T2, what=f"the mean after {n} numbers")
        close(stats.variance(0), float(np.var(data[:n])), **T2, what=f"the population variance after {n} numbers")


# %%
@hidden
def tiny_numbers_keep_their_digits(RunningStats):
    """Numbers near 1e-20 have the right mean and variance: nothing of size 1 is added to them on the way."""
    stats = filled(RunningStats, [1e-20, 3e-20])
    close(stats.mean / 1e-20, 2.0, **T2, what="the mean of 1e-20 and 3e-20, divided by 1e-20")
    close(stats.variance() / 1e-40, 2.0, **T2, what="the sample variance of 1e-20 and 3e-20, divided by 1e-40")


# %%
@hidden
def the_order_does_not_matter(RunningStats, rng):
    """Pushing the same numbers in another order gives the same mean and variance."""
    for n in (2, 5, 20):
        data = rng.exponential(4, size=n)
        expected = array(np.array([np.mean(data), np.var(data, ddof=1)]), (2,))
        for order in (data, np.sort(data), np.sort(data)[::-1]):
            stats = filled(RunningStats, order)
            close(np.array([stats.mean, stats.variance()]), expected, **T2, what="mean and variance in another order")


# %%
@hidden(weight=2)
def merging_equals_pushing_everything(RunningStats, rng):
    """The merged stream has the count, mean and variance of all numbers together, whatever the two sizes are."""
    for first, second in ((1, 1), (1, 2), (3, 2), (2, 9), (15, 5)):
        a, b = rng.normal(0, 1, size=first), rng.normal(7, 3, size=second)
        both = filled(RunningStats, a).merge(filled(RunningStats, b))
        data = np.concatenate([a, b])
        same(both.n, first + second, what="n of the merged stream")
        close(both.mean, float(np.mean(data)), **T2, what="the mean of the merged stream")
        close(both.variance(), float(np.var(data, ddof=1)), **T2, what="the variance of the merged stream")


# %%
@hidden
def merging_with_an_empty_stream_changes_nothing(RunningStats, rng):
    """An empty stream on either side adds nothing, and two empty streams merge into an empty one."""
    data = rng.normal(2, 1, size=5)
    for both in (
        filled(RunningStats, data).merge(RunningStats()),
        RunningStats().merge(filled(RunningStats, data)),
    ):
        same(both.n, 5, what="n after merging with an empty stream")
        close(both.mean, float(np.mean(data)), **T2, what="the mean after merging with an empty stream")
        close(both.variance(), float(np.var(data, ddof=1)), **T2, what="the variance with an empty stream")
    for both in (filled(RunningStats, [4.0]).merge(RunningStats()), RunningStats().merge(filled(RunningStats, [4.0]))):
        same(both.n, 1, what="n after merging one number with an empty stream")
        close(both.mean, 4.0, **T2, what="the mean after merging one number with an empty stream")
    nothing = RunningStats().merge(RunningStats())
    same(nothing.n, 0, what="n of two empty streams")
    raises(ValueError, lambda: nothing.mean)


# %%
@hidden
def merge_returns_a_new_object(RunningStats):
    """Merging leaves both parts as they are, and pushing into the result does not reach them."""
    a, b = filled(RunningStats, [1.0, 3.0]), filled(RunningStats, [10.0, 20.0, 30.0])
    both = a.merge(b)
    both.push(100.0)
    a.push(5.0)
    same(a.n, 3, what="n of the first part")
    close(a.mean, 3.0, **T2, what="the mean of the first part")
    same(b.n, 3, what="n of the second part")
    close(b.variance(), 100.0, **T2, what="the variance of the second part")
    same(both.n, 6, what="n of the merged stream after one more push")
    close(both.mean, 164 / 6, **T2, what="the mean of the merged stream after one more push")


# %%
@hidden
def two_objects_do_not_share_their_numbers(RunningStats, rng):
    """Two objects that are filled in turns do not disturb each other."""
    low, high = RunningStats(), RunningStats()
    small, large = rng.uniform(0, 1, size=4), rng.uniform(50, 60, size=4)
    for one, other in zip(small, large):
        low.push(float(one))
        high.push(float(other))
    high.push(55.0)
    same(low.n, 4, what="n of the first object")
    close(low.mean, float(np.mean(small)), **T2, what="the mean of the first object")
    close(high.mean, float(np.mean([*large, 55.0])), **T2, what="the mean of the second object")
    close(low.variance(), float(np.var(small, ddof=1)), **T2, what="the variance of the first object")


# %%
@hidden
def too_few_numbers_have_no_variance(RunningStats):
    """When n is not larger than ddof, the variance raises ValueError."""
    stats = RunningStats()
    raises(ValueError, stats.variance)
    raises(ValueError, stats.variance, 0)
    stats.push(4.0)
    raises(ValueError, stats.variance)
    close(stats.variance(0), 0.0, **T2, what="the population variance of one number")
    stats.push(6.0)
    raises(ValueError, stats.variance, ddof=2)
    close(stats.variance(1), 2.0, **T2, what="the sample variance of 4 and 6")


# %%
@accepted
class DistancesFromTheFirstNumber:
    def __init__(self):
        self.n, self.origin, self.total, self.squares = 0, 0.0, 0.0, 0.0

    def push(self, x):
        if self.n == 0:
            self.origin = x
        self.n += 1
        self.total += x - self.origin
        self.squares += (x - self.origin) ** 2

    @property
    def mean(self):
        if not self.n:
            raise ValueError("empty")
        return self.origin + self.total / self.n

    def variance(self, ddof=1):
        if ddof >= self.n:
            raise ValueError("too few")
        return (self.squares - self.total**2 / self.n) / (self.n - ddof)

    def merge(self, other):
        both = type(self)()
        if self.n == 0 or other.n == 0:
            full = other if self.n == 0 else self
            both.n, both.origin, both.total, both.squares = full.n, full.origin, full.total, full.squares
            return both
        shift = other.origin - self.origin
        both.n, both.origin = self.n + other.n, self.origin
        both.total = self.total + other.total + other.n * shift
        both.squares = self.squares + other.squares + 2 * shift * other.total + other.n * shift**2
        return both


# %%
@accepted
class ExactSums:
    def __init__(self, n=0, total=0, squares=0):
        self.n, self.total, self.squares = n, total, squares

    def push(self, x):
        from fractions import Fraction

        exact = Fraction(x)
        self.n, self.total, self.squares = self.n + 1, self.total + exact, self.squares + exact * exact

    def __getattr__(self, name):
        if name != "mean":
            raise AttributeError(name)
        if self.n == 0:
            raise ValueError("the mean of nothing")
        return float(self.total / self.n)

    def variance(self, ddof=1):
        if self.n - ddof <= 0:
            raise ValueError("too few")
        return float((self.squares - self.total * self.total / self.n) / (self.n - ddof))

    def merge(self, other):
        return type(self)(self.n + other.n, self.total + other.total, self.squares + other.squares)


# %%
@misconception(
    caught_by="a_large_offset_does_not_spoil_the_variance",
    hint="On data near 1e8 two huge numbers cancel. Keep the mean and S; add (x - old mean) * (x - new mean) to S.",
)
class MeanOfSquaresMinusSquareOfMean(TwoSums):
    def variance(self, ddof=1):
        if self.n <= ddof:
            raise ValueError("too few numbers for this ddof")
        return (self._squares / self.n - (self._total / self.n) ** 2) * self.n / (self.n - ddof)


# %%
@misconception(
    caught_by="a_large_offset_does_not_spoil_the_variance",
    hint="On data near 1e8 two huge numbers cancel. Keep the mean and S; add (x - old mean) * (x - new mean) to S.",
)
class SumOfSquaresMinusSquareOfSum(TwoSums):
    def variance(self, ddof=1):
        if self.n <= ddof:
            raise ValueError("too few numbers for this ddof")
        return (self._squares - self._total**2 / self.n) / (self.n - ddof)


# %%
@misconception(
    caught_by="agrees_with_the_stored_data",
    hint="You used the old mean in both factors; one factor uses the old mean, the other the new mean.",
)
class OldMeanTwice:
    def __init__(self):
        self.n, self._mean, self._squares = 0, 0.0, 0.0

    def push(self, x):
        self.n += 1
        d = x - self._mean
        self._mean += d / self.n
        self._squares += d * d

    @property
    def mean(self):
        if self.n == 0:
            raise ValueError("no numbers yet")
        return self._mean

    def variance(self, ddof=1):
        if self.n <= ddof:
            raise ValueError("too few numbers for this ddof")
        return self._squares / (self.n - ddof)

    def merge(self, other):
        both = type(self)()
        both.n = self.n + other.n
        if both.n > 0:
            gap = other._mean - self._mean
            both._mean = self._mean + gap * other.n / both.n
            both._squares = self._squares + other._squares + gap**2 * self.n * other.n / both.n
        return both


# %%
@misconception(
    caught_by="agrees_with_the_stored_data",
    hint="You used the new mean in both factors; one factor uses the old mean, the other the new mean.",
)
class NewMeanTwice:
    def __init__(self):
        self.n, self._mean, self._squares = 0, 0.0, 0.0

    def push(self, x):
        self.n += 1
        self._mean += (x - self._mean) / self.n
        self._squares += (x - self._mean) ** 2

    @property
    def mean(self):
        if self.n == 0:
            raise ValueError("no numbers yet")
        return self._mean

    def variance(self, ddof=1):
        if self.n <= ddof:
            raise ValueError("too few numbers for this ddof")
        return self._squares / (self.n - ddof)

    def merge(self, other):
        both = type(self)()
        both.n = self.n + other.n
        if both.n > 0:
            gap = other._mean - self._mean
            both._mean = self._mean + gap * other.n / both.n
            both._squares = self._squares + other._squares + gap**2 * self.n * other.n / both.n
        return both


# %%
@misconception(
    caught_by="two_objects_do_not_share_their_numbers",
    hint="Two objects share their data; store it on self in __init__, not on the class.",
)
class NumbersOnTheClass:
    state = {"n": 0, "mean": 0.0, "squares": 0.0}

    def __init__(self):
        self.state.update(n=0, mean=0.0, squares=0.0)

    @property
    def n(self):
        return self.state["n"]

    def push(self, x):
        state = self.state
        state["n"] += 1
        before = x - state["mean"]
        state["mean"] += before / state["n"]
        state["squares"] += before * (x - state["mean"])

    @property
    def mean(self):
        if self.n == 0:
            raise ValueError("no numbers yet")
        return self.state["mean"]

    def variance(self, ddof=1):
        if self.n <= ddof:
            raise ValueError("too few numbers for this ddof")
        return self.state["squares"] / (self.n - ddof)

    def merge(self, other):
        mine, theirs = dict(self.state), dict(other.state)
        both = type(self)()
        n = mine["n"] + theirs["n"]
        if n > 0:
            gap = theirs["mean"] - mine["mean"]
            squares = mine["squares"] + theirs["squares"] + gap**2 * mine["n"] * theirs["n"] / n
            both.state.update(n=n, mean=mine["mean"] + gap * theirs["n"] / n, squares=squares)
        return both


# %%
@misconception(
    caught_by="merging_equals_pushing_everything",
    hint="The distance between the two means also contributes to the variance of the merged stream.",
)
class MergeForgetsTheDistance:
    def __init__(self):
        self.n, self._mean, self._squares = 0, 0.0, 0.0

    def push(self, x):
        self.n += 1
        before = x - self._mean
        self._mean += before / self.n
        self._squares += before * (x - self._mean)

    @property
    def mean(self):
        if self.n == 0:
            raise ValueError("no numbers yet")
        return self._mean

    def variance(self, ddof=1):
        if self.n <= ddof:
            raise ValueError("too few numbers for this ddof")
        return self._squares / (self.n - ddof)

    def merge(self, other):
        both = type(self)()
        both.n = self.n + other.n
        if both.n > 0:
            both._mean = self._mean + (other._mean - self._mean) * other.n / both.n
            both._squares = self._squares + other._squares
        return both


# %%
@misconception(
    caught_by="merging_equals_pushing_everything",
    hint="The longer stream counts more: weight the two means with their counts.",
)
class MergeAveragesTheTwoMeans:
    def __init__(self):
        self.n, self._mean, self._squares = 0, 0.0, 0.0

    def push(self, x):
        self.n += 1
        before = x - self._mean
        self._mean += before / self.n
        self._squares += before * (x - self._mean)

    @property
    def mean(self):
        if self.n == 0:
            raise ValueError("no numbers yet")
        return self._mean

    def variance(self, ddof=1):
        if self.n <= ddof:
            raise ValueError("too few numbers for this ddof")
        return self._squares / (self.n - ddof)

    def merge(self, other):
        both = type(self)()
        both.n = self.n + other.n
        if both.n > 0:
            gap = other._mean - self._mean
            both._mean = (self._mean + other._mean) / 2
            both._squares = self._squares + other._squares + gap**2 * self.n * other.n / both.n
        return both


# %%
@misconception(
    caught_by="merge_returns_a_new_object",
    hint="merge changed the first stream; build a new object and leave both parts as they are.",
)
class MergesIntoTheFirst:
    def __init__(self):
        self.n, self._mean, self._squares = 0, 0.0, 0.0

    def push(self, x):
        self.n += 1
        before = x - self._mean
        self._mean += before / self.n
        self._squares += before * (x - self._mean)

    @property
    def mean(self):
        if self.n == 0:
            raise ValueError("no numbers yet")
        return self._mean

    def variance(self, ddof=1):
        if self.n <= ddof:
            raise ValueError("too few numbers for this ddof")
        return self._squares / (self.n - ddof)

    def merge(self, other):
        n = self.n + other.n
        if n > 0:
            gap = other._mean - self._mean
            self._squares += other._squares + gap**2 * self.n * other.n / n
            self._mean += gap * other.n / n
        self.n = n
        return self

# %% [markdown]
# ### Compensated summation
#
# Each addition of floating-point numbers is rounded, and a long sum collects these errors. You can do better without
# a wider type: catch what each addition loses and add it at the end. This is Kahan's idea. You build the variant of
# Neumaier, which also works when a new term is larger than the sum so far.
#
# Keep a running sum $s$ and a correction $c$, both 0 at the start. For every term $x$ let $t = s + x$ as the computer
# rounds it. The smaller of the two numbers has lost its last digits. What was lost is
#
# - $(s - t) + x$ if $|s| \ge |x|$,
# - $(x - t) + s$ otherwise.
#
# Add the lost part to $c$, then let $s = t$. The answer is $s + c$.
#
# **By hand.** Sum $[1, 10^{100}, 1, -10^{100}]$. After the 1: $s = 1$, $c = 0$. The next term is larger than $s$, and
# $t = 10^{100}$ has lost the 1: $(x - t) + s = 0 + 1$, so $c = 1$. The next 1 is lost too: $(s - t) + x = 0 + 1$, so
# $c = 2$. The last term gives $s = 0$ and loses nothing. The answer is $0 + 2 = 2$. A plain loop gives 0.
#
# Return the sum of the terms.

# %%
import itertools

from autograder.kit import accepted, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("math.fsum", "sum", "numpy.sum"),
    oracle="math.fsum",
    section="Sums and cancellation",
    topics=("r0-w9-floating-point", "r1-t07-floating-point"),
)

# %%
import math

import numpy as np


# %%
def kahan_sum(x: np.ndarray) -> float:
    """Return the sum of the terms by compensated summation (Neumaier's variant).

    Parameters
    ----------
    x : array or list of shape (n,), finite numbers; they are added as 64-bit floats, in the given order

    Returns
    -------
    float : the sum; its error is at most 2 * 2.2e-16 * (sum of |x_i|). No terms give 0.0.

    Raises
    ------
    ValueError : x is not one-dimensional
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if x.ndim != 1:
        raise ValueError("x must be one-dimensional")
    total = correction = 0.0
    for term in x.tolist():
        rounded = total + term
        if abs(total) >= abs(term):
            correction += (total - rounded) + term
        else:
            correction += (term - rounded) + total
        total = rounded
    return total + correction
    ### END SOLUTION


# %%
@check
def a_huge_term_swallows_nothing(kahan_sum):
    """The sum of [1, 1e100, 1, -1e100] is 2, although 1e100 + 1 is rounded to 1e100."""
    close(kahan_sum(np.array([1.0, 1e100, 1.0, -1e100])), 2.0, rtol=0, atol=0, what="the sum")


# %%
@check
def no_terms_sum_to_zero(kahan_sum):
    """The sum of no terms is 0.0."""
    close(kahan_sum(np.array([])), 0.0, rtol=0, atol=0, what="the sum of no terms")


# %%
@check
def a_table_raises(kahan_sum):
    """An array that is not one-dimensional raises ValueError."""
    raises(ValueError, kahan_sum, np.array([[1.0, 2.0], [3.0, 4.0]]))


# %%
@hidden(weight=2)
def many_copies_of_a_tenth_sum_exactly(kahan_sum):
    """Copies of 0.1 sum to the right number: the relative error is below 1e-15, for few and for many copies."""
    for n in (1, 3, 10, 100, 2000):
        expected = math.fsum(itertools.repeat(0.1, n))
        close(kahan_sum(np.full(n, 0.1)), expected, rtol=1e-15, atol=0, what=f"the sum of {n} copies of 0.1")


# %%
@hidden(weight=2)
def tiny_terms_are_not_lost_beside_a_large_one(kahan_sum):
    """Adding 1e-16 to 1 many times changes the sum, as it should."""
    for n in (2, 10, 1000):
        terms = np.concatenate([[1.0], np.full(n, 1e-16)])
        close(kahan_sum(terms), math.fsum(terms), rtol=3e-16, atol=0, what=f"the sum of 1 and {n} times 1e-16")


# %%
@hidden
def a_term_larger_than_the_sum_does_not_destroy_it(kahan_sum, rng):
    """Small terms survive a large term that comes and goes, wherever it stands."""
    for n in (1, 2, 5, 40):
        small = rng.integers(1, 100, size=n).astype(float)
        cut = int(rng.integers(0, n + 1))
        terms = np.concatenate([small[:cut], [3e40], small[cut:], [-3e40]])
        close(kahan_sum(terms), float(small.sum()), rtol=1e-15, atol=0, what="the sum")
    rising = np.array([1.0, 2.0**60, 2.0**61, -(2.0**61), -(2.0**60)])
    close(kahan_sum(rising), 1.0, rtol=0, atol=0, what="the sum of 1, two growing terms and their negatives")


# %%
@hidden
def the_error_stays_within_its_bound(kahan_sum, rng):
    """The error is at most 2 eps times the sum of the magnitudes, for terms of very different sizes."""
    for n in (1, 2, 3, 10, 100, 500):
        terms = rng.normal(size=n) * 10.0 ** rng.uniform(-12, 6, size=n)
        bound = 2 * 2.0**-52 * math.fsum(np.abs(terms))
        close(kahan_sum(terms), math.fsum(terms), rtol=0, atol=bound, what=f"the sum of {n} terms")
        both = rng.permutation(np.concatenate([terms, -terms]))
        close(kahan_sum(both), 0.0, rtol=0, atol=2 * bound, what="the sum of terms that cancel")


# %%
@hidden
def the_order_hardly_matters(kahan_sum, rng):
    """The sum is nearly the same in every order, even for terms that grow and almost cancel."""
    terms = np.concatenate([rng.uniform(1, 2, size=500), 1e8 * rng.uniform(1, 2, size=20)])
    terms = np.concatenate([terms, [-math.fsum(terms) + 1.0]])
    bound = 2 * 2.0**-52 * math.fsum(np.abs(terms))
    values = [kahan_sum(order) for order in (np.sort(terms), np.sort(terms)[::-1], rng.permutation(terms))]
    for value in values:
        close(value, math.fsum(terms), rtol=0, atol=bound, what="the sum")
    holds(max(values) - min(values) <= bound, "The sum should hardly depend on the order of the terms.")


# %%
@hidden
def small_number_types_are_widened_first(kahan_sum, rng):
    """Lists, integers of one byte and 32-bit floats are added as 64-bit floats."""
    close(kahan_sum([1, 2, 3]), 6.0, rtol=0, atol=0, what="the sum of a list of integers")
    close(kahan_sum(np.array([100, 100, 100], dtype=np.int8)), 300.0, rtol=0, atol=0, what="the sum of small integers")
    short = rng.uniform(0, 1, size=500).astype(np.float32)
    expected = math.fsum(short.astype(float))
    close(kahan_sum(short), expected, rtol=1e-15, atol=0, what="the sum of 32-bit floats")


# %%
@hidden
def the_sign_of_the_terms_does_not_matter(kahan_sum):
    """Changing the sign of every term changes the sign of the sum and nothing else."""
    terms = np.array([1.0, 1e100, 1.0, -1e100])
    close(kahan_sum(-terms), -2.0, rtol=0, atol=0, what="the sum of [-1, -1e100, -1, 1e100]")
    terms = np.array([1.0, *[1e-16] * 10])
    close(kahan_sum(-terms), -math.fsum(terms), rtol=3e-16, atol=0, what="the sum of -1 and 10 times -1e-16")


# %%
@hidden
def a_single_number_raises(kahan_sum):
    """A number and a table are no sequences of terms, so they raise ValueError."""
    raises(ValueError, kahan_sum, 3.0)
    raises(ValueError, kahan_sum, np.ones((1, 4)))
    raises(ValueError, kahan_sum, np.ones((4, 1)))
    raises(ValueError, kahan_sum, np.ones((0, 2)))


# %%
@accepted
def without_comparing_sizes(x):
    terms = np.array(x, dtype=np.float64)
    if len(terms.shape) != 1:
        raise ValueError("not one-dimensional")
    high, low = np.float64(0), np.float64(0)
    for i in range(len(terms)):
        rounded = high + terms[i]
        part = rounded - high
        low = low + ((high - (rounded - part)) + (terms[i] - part))
        high = rounded
    return float(high + low)


# %%
@accepted
def with_a_list_of_partial_sums(x):
    terms = np.asarray(x, dtype=float)
    if terms.ndim != 1:
        raise ValueError("not one-dimensional")
    partials = []
    for term in terms.tolist():
        kept = []
        for partial in partials:
            large, small = (term, partial) if abs(term) > abs(partial) else (partial, term)
            term = large + small
            lost = small - (term - large)
            if lost:
                kept.append(lost)
        partials = [*kept, term]
    total = 0.0
    for partial in partials:
        total += partial
    return total


# %%
@misconception(
    caught_by="many_copies_of_a_tenth_sum_exactly",
    hint="Each addition drops digits. Carry the lost low-order part along.",
)
def accumulates_plainly(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1:
        raise ValueError("not one-dimensional")
    total = 0.0
    for term in x.tolist():
        total += term
    return total


# %%
@misconception(
    caught_by="tiny_terms_are_not_lost_beside_a_large_one",
    hint="The correction has the wrong sign. Test with 1 + 1e-16 + 1e-16 + ... : the sum must grow.",
)
def subtracts_the_correction(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1:
        raise ValueError("not one-dimensional")
    total = correction = 0.0
    for term in x.tolist():
        rounded = total + term
        if abs(total) >= abs(term):
            correction += (total - rounded) + term
        else:
            correction += (term - rounded) + total
        total = rounded
    return total - correction


# %%
@misconception(
    caught_by="a_term_larger_than_the_sum_does_not_destroy_it",
    hint="When the new term is larger than the sum, the sum loses digits. Compare their sizes.",
)
def never_compares_the_sizes(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1:
        raise ValueError("not one-dimensional")
    total = correction = 0.0
    for term in x.tolist():
        corrected = term - correction
        rounded = total + corrected
        correction = (rounded - total) - corrected
        total = rounded
    return total


# %%
@misconception(
    caught_by="many_copies_of_a_tenth_sum_exactly",
    hint="Sorting by size helps only a little: equal terms still lose digits. Carry the lost part along.",
)
def only_sorts_the_terms_by_size(x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1:
        raise ValueError("not one-dimensional")
    total = 0.0
    for term in sorted(x.tolist(), key=abs):
        total += term
    return total

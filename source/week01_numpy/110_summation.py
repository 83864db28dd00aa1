# %% [markdown]
# ### The sum sign
#
# Almost every formula of machine learning contains a sum sign: the mean of a feature, the loss of a model, the product
# of a row and a column. A sum sign is a loop. Once you see the loop, you can read the formula.
#
# $$\sum_{i=a}^{b} f(i) = f(a) + f(a+1) + \dots + f(b)$$
#
# Below the sign stands where $i$ starts, above it where $i$ stops. Both ends belong to the sum. When $b < a$ there is
# nothing to add, and the sum is 0.
#
# **By hand.** $\sum_{i=2}^{4} i^2 = 2^2 + 3^2 + 4^2 = 4 + 9 + 16 = 29$. And $\sum_{i=1}^{100} i = 5050$, because
# $\sum_{i=1}^{n} i = \frac{n(n+1)}{2}$.
#
# Return the sum of `f(i)` for $i$ from `start` to `stop`, both included.

# %%
from autograder.kit import T1, accepted, check, close, exercise, helper, hidden, holds, misconception, raises, same

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="sum over a generator, and closed forms",
    section="Reading formulas",
    topics=(
        "r0-strategy-step4-implement",
        "r0-w1-goal",
        "r0-w1-python-basics",
        "r0-w1-notation",
        "r0-w1-out-math-in-code",
        "r1-tools-python",
        "r1-t00-python-for-math",
        "r1-t00-notation",
        "r3-2-variables-types",
        "r3-2-loops-conditions",
        "r3-2-functions",
        "r3-2-ex-sum",
    ),
)

# %%
from collections.abc import Callable


# %%
def summation(f: Callable[[int], float], start: int, stop: int) -> float:
    """Return f(start) + f(start + 1) + ... + f(stop).

    Parameters
    ----------
    f : function of one int; it is called exactly once for each index, in increasing order
    start : the first index
    stop : the last index, included; when it is smaller than start, the sum has no terms

    Returns
    -------
    float : the sum; 0.0 when there are no terms

    Raises
    ------
    TypeError : start or stop is not an int
    """
    ### BEGIN SOLUTION
    if not isinstance(start, int) or not isinstance(stop, int):
        raise TypeError("start and stop must be ints")
    total = 0.0
    for i in range(start, stop + 1):
        total += f(i)
    return total
    ### END SOLUTION


# %%
@helper
def noted(f, seen):
    """Return f as a function that also writes every argument into the list `seen`."""

    def wrapped(i):
        seen.append(i)
        return f(i)

    return wrapped


# %%
@helper
def wave(rng):
    """Return a random function of an index."""
    a, b, c = rng.normal(size=3)
    return lambda i: float(a * i * i + b * i + c)


# %%
@check
def adds_the_squares_from_two_to_four(summation):
    """The sum of i squared for i from 2 to 4 is 29."""
    close(summation(lambda i: i**2, 2, 4), 29.0, **T1, what="the sum")


# %%
@check
def a_sum_without_terms_is_zero(summation):
    """When stop is smaller than start there is nothing to add, and the sum is 0."""
    close(summation(lambda i: 7.0, 5, 4), 0.0, **T1, what="the sum from 5 to 4")


# %%
@check
def a_bound_that_is_no_int_raises(summation):
    """A bound such as 2.5 raises TypeError."""
    raises(TypeError, summation, lambda i: 1.0, 2.5, 4)


# %%
@hidden(weight=2)
def both_ends_belong_to_the_sum(summation):
    """The sum of i for i from 1 to n is n (n + 1) / 2, and from -n to n it is 0."""
    for n in (1, 2, 3, 10, 57, 200):
        close(summation(lambda i: i, 1, n), n * (n + 1) / 2, **T1, what=f"the sum of i for i from 1 to {n}")
    for n in (0, 1, 4, 30):
        close(summation(lambda i: i, -n, n), 0.0, **T1, what=f"the sum of i for i from {-n} to {n}")


# %%
@hidden
def a_constant_is_added_once_for_each_index(summation, rng):
    """The sum of a constant c is c times the number of indices, stop - start + 1."""
    for start, stop in ((0, 0), (3, 3), (3, 4), (-2, 5), (10, 60)):
        c = float(rng.normal())
        value = summation(lambda i, c=c: c, start, stop)
        close(value, c * (stop - start + 1), **T1, what=f"the sum from {start} to {stop}")


# %%
@hidden(weight=2)
def every_index_is_used_once_and_in_order(summation, rng):
    """The function is called exactly once for each index, from the smallest to the largest."""
    for start, stop in ((4, 4), (1, 3), (-3, 2), (7, 40), (2, 1), (9, -9)):
        seen = []
        summation(noted(wave(rng), seen), start, stop)
        message = f"From {start} to {stop} the function was called with {seen[:20]}."
        holds(seen == list(range(start, stop + 1)), message)


# %%
@hidden
def a_sum_splits_at_any_middle_index(summation, rng):
    """The sum from a to c is the sum from a to b plus the sum from b + 1 to c."""
    for a, b, c in ((0, 0, 1), (1, 3, 6), (-5, -1, 8), (2, 30, 45)):
        f = wave(rng)
        parts = summation(f, a, b) + summation(f, b + 1, c)
        expected = sum(f(i) for i in range(a, c + 1))
        close(parts, expected, **T1, what=f"the sum from {a} to {b} plus the sum from {b + 1} to {c}")


# %%
@hidden
def the_sum_is_linear_in_the_function(summation, rng):
    """The sum of 2 f + 3 g is twice the sum of f plus three times the sum of g."""
    for start, stop in ((1, 1), (0, 2), (-4, 9), (5, 50)):
        f, g = wave(rng), wave(rng)
        expected = 2 * sum(f(i) for i in range(start, stop + 1)) + 3 * sum(g(i) for i in range(start, stop + 1))
        value = summation(lambda i, f=f, g=g: 2 * f(i) + 3 * g(i), start, stop)
        close(value, expected, rtol=1e-12, atol=1e-10, what=f"the sum from {start} to {stop}")


# %%
@hidden
def no_terms_means_no_call(summation):
    """For stop = start - 1 and for everything below, the sum is 0."""
    for start, stop in ((1, 0), (0, -1), (8, 3), (-2, -7)):
        value = summation(lambda i: 1.0, start, stop)
        same(float(value), 0.0, what=f"the sum from {start} to {stop}")


# %%
@hidden
def both_bounds_must_be_ints(summation):
    """A float or a text as one of the bounds raises TypeError, even when the float is a whole number."""
    raises(TypeError, summation, lambda i: 1.0, 1, 3.0)
    raises(TypeError, summation, lambda i: 1.0, 1.0, 3)
    raises(TypeError, summation, lambda i: 1.0, "1", 3)


# %%
@accepted
def with_a_generator(f, start, stop):
    if type(start) is not int or type(stop) is not int:
        raise TypeError("bounds must be ints")
    return float(sum(f(i) for i in range(start, stop + 1)))


# %%
@accepted
def with_a_counter(f, start, stop):
    import operator

    i, last, total = operator.index(start), operator.index(stop), 0.0
    while i <= last:
        total = total + f(i)
        i = i + 1
    return total


# %%
@misconception(
    caught_by="both_ends_belong_to_the_sum",
    hint="The upper limit of a sum sign is included; Python's range stops one earlier.",
)
def stops_one_too_early(f, start, stop):
    if not isinstance(start, int) or not isinstance(stop, int):
        raise TypeError("start and stop must be ints")
    total = 0.0
    for i in range(start, stop):
        total += f(i)
    return total


# %%
@misconception(
    caught_by="every_index_is_used_once_and_in_order",
    hint="You count the first term twice.",
)
def counts_the_first_term_twice(f, start, stop):
    if not isinstance(start, int) or not isinstance(stop, int):
        raise TypeError("start and stop must be ints")
    if stop < start:
        return 0.0
    total = f(start)
    for i in range(start, stop + 1):
        total += f(i)
    return total


# %%
@misconception(
    caught_by="no_terms_means_no_call",
    hint="What is the sum of no numbers? Give the neutral element of addition.",
)
def nothing_for_an_empty_range(f, start, stop):
    if not isinstance(start, int) or not isinstance(stop, int):
        raise TypeError("start and stop must be ints")
    if stop < start:
        return None
    total = 0.0
    for i in range(start, stop + 1):
        total += f(i)
    return total


# %%
@misconception(
    caught_by="every_index_is_used_once_and_in_order",
    hint="A sum sign starts at the index below it, which is not always 1 or 0; use start.",
)
def always_starts_at_one(f, start, stop):
    if not isinstance(start, int) or not isinstance(stop, int):
        raise TypeError("start and stop must be ints")
    total = 0.0
    for i in range(1, stop + 1):
        total += f(i)
    return total


# %%
@misconception(
    caught_by="both_bounds_must_be_ints",
    hint="An index counts; refuse a bound such as 3.0 instead of rounding it.",
)
def rounds_the_bounds(f, start, stop):
    total = 0.0
    for i in range(int(start), int(stop) + 1):
        total += f(i)
    return total

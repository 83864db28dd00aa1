# %% [markdown]
# ### Equally spaced values
#
# To draw a function you need many places $x$ at which to compute it. They should lie equally far apart. Nearly every
# figure of this course begins with such an array. Here you build it with `np.arange` and arithmetic.
#
# For $n$ values from $a$ to $b$, both included, there are $n - 1$ gaps. Value number $i$, counted from 0, is
#
# $$x_i = a + i \, h, \qquad h = \frac{b - a}{n - 1}.$$
#
# When $b$ shall not be one of the values, the $n$ values have $n$ gaps, the last one after the last value:
# $h = \frac{b - a}{n}$.
#
# **By hand.** Five values from 2 to 4: there are 4 gaps, so $h = 2/4 = 0.5$ and the values are 2, 2.5, 3, 3.5, 4. Five
# values without the end: $h = 2/5 = 0.4$ and the values are 2, 2.4, 2.8, 3.2, 3.6.
#
# Return the array. With the end included, its last entry must be `stop` exactly, without a rounding error.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, hidden, misconception, raises, same

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("numpy.linspace", "numpy.logspace", "numpy.geomspace"),
    oracle="numpy.linspace",
    section="Arrays and shapes",
    topics=(
        "r0-w1-goal",
        "r0-w1-numpy-arrays",
        "r0-w1-out-numpy",
        "r1-tools-numpy",
        "r1-t00-numpy-basics",
        "r2-b1-numpy-basics",
        "r2-b-end-code-visualize",
        "r3-3-1-arrays",
        "r4-p1-numpy",
    ),
)

# %%
import numpy as np


# %%
def linspace_scratch(start: float, stop: float, num: int, endpoint: bool = True) -> np.ndarray:
    """Return equally spaced values from start to stop.

    Parameters
    ----------
    start, stop : the two ends, in any order
    num : how many values, at least 1
    endpoint : True when stop is the last value, False when the values end one gap before stop

    Returns
    -------
    array of shape (num,). With num = 1 it holds start alone.
        With num > 1 and endpoint the last entry equals stop exactly.

    Raises
    ------
    ValueError : num is smaller than 1
    """
    ### BEGIN SOLUTION
    if num < 1:
        raise ValueError("num must be at least 1")
    if num == 1:
        return np.array([float(start)])
    gaps = num - 1 if endpoint else num
    values = start + (stop - start) / gaps * np.arange(num)
    if endpoint:
        values[-1] = stop
    return values
    ### END SOLUTION


# %%
@check
def five_values_from_two_to_four(linspace_scratch):
    """Five values from 2 to 4 are 2, 2.5, 3, 3.5, 4; without the end they are 2, 2.4, 2.8, 3.2, 3.6."""
    values = array(linspace_scratch(2.0, 4.0, 5), (5,), what="five values")
    close(values, np.array([2.0, 2.5, 3.0, 3.5, 4.0]), **T1, what="five values from 2 to 4")
    values = array(linspace_scratch(2.0, 4.0, 5, endpoint=False), (5,), what="five values without the end")
    close(values, np.array([2.0, 2.4, 2.8, 3.2, 3.6]), **T1, what="five values without the end")


# %%
@check
def one_value_is_the_start(linspace_scratch):
    """With num = 1 the array holds the start alone."""
    close(array(linspace_scratch(3.0, 9.0, 1), (1,)), np.array([3.0]), **T1, what="one value")


# %%
@check
def no_values_raise(linspace_scratch):
    """With num = 0 a ValueError is raised."""
    raises(ValueError, linspace_scratch, 0.0, 1.0, 0)


# %%
@hidden(weight=2)
def agrees_with_the_formula(linspace_scratch, rng):
    """The values are right for few and for many points, with and without the end, rising and falling."""
    for num in (2, 3, 4, 7, 50, 301):
        for endpoint in (True, False):
            a, b = (float(end) for end in rng.uniform(-10, 10, size=2))
            values = array(linspace_scratch(a, b, num, endpoint), (num,), what=f"{num} values")
            close(values, np.linspace(a, b, num, endpoint=endpoint), **T1, what=f"{num} values, endpoint = {endpoint}")


# %%
@hidden
def whole_ends_work_as_well(linspace_scratch):
    """Ends that are whole numbers give the same values as ends with a decimal point."""
    for a, b, num in ((0, 1, 2), (0, 1, 5), (3, -4, 4), (-2, 7, 12)):
        values = array(linspace_scratch(a, b, num), (num,), what=f"{num} values from {a} to {b}")
        close(values, np.linspace(a, b, num), **T1, what=f"{num} values from {a} to {b}")
    values = array(linspace_scratch(5, 5, 3), (3,), what="three values from 5 to 5")
    close(values, np.full(3, 5.0), **T1, what="three values from 5 to 5")


# %%
@hidden
def the_last_value_is_the_stop_exactly(linspace_scratch, rng):
    """With the end included, first and last value equal start and stop to the last digit."""
    ends = [(0.1, 0.7), (-0.3, 1.1), *(tuple(map(float, rng.normal(size=2))) for _ in range(25))]
    for a, b in ends:
        for num in (2, 7, 50):
            values = array(linspace_scratch(a, b, num), (num,), what=f"{num} values")
            same(float(values[0]), a, what=f"the first of {num} values from {a} to {b}")
            same(float(values[-1]), b, what=f"the last of {num} values from {a} to {b}")


# %%
@hidden
def rounding_errors_do_not_pile_up(linspace_scratch):
    """Among 50 001 values every one is right to 12 digits."""
    values = array(linspace_scratch(10.0, 11.0, 50_001), (50_001,), what="50 001 values")
    close(values, np.linspace(10.0, 11.0, 50_001), **T1, what="50 001 values from 10 to 11")


# %%
@hidden
def exchanging_the_ends_turns_the_array_round(linspace_scratch, rng):
    """The values from b to a are the values from a to b in reverse order."""
    for num in (2, 3, 6, 25):
        a, b = (float(end) for end in rng.uniform(-3, 3, size=2))
        there = array(linspace_scratch(a, b, num), (num,), what="the values from a to b")
        back = array(linspace_scratch(b, a, num), (num,), what="the values from b to a")
        close(back, there[::-1].copy(), **T1, what="the values from b to a")
        gaps = np.diff(there)
        close(gaps, np.full(num - 1, (b - a) / (num - 1)), **T1, what="the gaps between the values")


# %%
@hidden
def one_value_never_divides_by_zero(linspace_scratch, rng):
    """With num = 1 the answer is the start, with and without the end."""
    for endpoint in (True, False):
        a, b = (float(end) for end in rng.normal(size=2))
        values = array(linspace_scratch(a, b, 1, endpoint=endpoint), (1,), what="one value")
        close(values, np.array([a]), **T1, what="one value")


# %%
@hidden
def fewer_than_one_value_raises(linspace_scratch):
    """A num of 0 or below raises ValueError, with and without the end."""
    raises(ValueError, linspace_scratch, 0.0, 1.0, -1)
    raises(ValueError, linspace_scratch, 0.0, 1.0, 0, endpoint=False)
    raises(ValueError, linspace_scratch, 2.0, 2.0, -5, endpoint=False)


# %%
@accepted
def weights_of_both_ends(start, stop, num, endpoint=True):
    if num <= 0:
        raise ValueError("num")
    share = np.arange(num) / max(num - endpoint, 1)
    return (1 - share) * start + share * stop


# %%
@accepted
def one_value_at_a_time(start, stop, num, endpoint=True):
    if num < 1:
        raise ValueError("num")
    gaps = num - 1 if endpoint and num > 1 else num
    values = [start + i * (stop - start) / gaps for i in range(num)]
    if endpoint and num > 1:
        values[-1] = stop
    return np.array(values, dtype=float)


# %%
@misconception(
    caught_by="agrees_with_the_formula",
    hint="n points leave n-1 gaps.",
)
def as_many_gaps_as_points(start, stop, num, endpoint=True):
    if num < 1:
        raise ValueError("num must be at least 1")
    if num == 1:
        return np.array([float(start)])
    return start + (stop - start) / num * np.arange(num)


# %%
@misconception(
    caught_by="agrees_with_the_formula",
    hint="Without the end there are as many gaps as points: the last gap lies after the last point.",
)
def ignores_endpoint(start, stop, num, endpoint=True):
    if num < 1:
        raise ValueError("num must be at least 1")
    if num == 1:
        return np.array([float(start)])
    values = start + (stop - start) / (num - 1) * np.arange(num)
    values[-1] = stop
    return values


# %%
@misconception(
    caught_by="rounding_errors_do_not_pile_up",
    hint="Multiply the index by the step instead of adding up rounding errors.",
)
def adds_the_step_again_and_again(start, stop, num, endpoint=True):
    if num < 1:
        raise ValueError("num must be at least 1")
    if num == 1:
        return np.array([float(start)])
    step = (stop - start) / (num - 1 if endpoint else num)
    values = [float(start)]
    while len(values) < num:
        values.append(values[-1] + step)
    if endpoint:
        values[-1] = float(stop)
    return np.array(values)


# %%
@misconception(
    caught_by="one_value_never_divides_by_zero",
    hint="One point has no gap; treat it first.",
)
def divides_by_zero_gaps(start, stop, num, endpoint=True):
    if num < 1:
        raise ValueError("num must be at least 1")
    gaps = num - 1 if endpoint else num
    values = start + (stop - start) / gaps * np.arange(num)
    if endpoint:
        values[-1] = stop
    return values


# %%
@misconception(
    caught_by="the_last_value_is_the_stop_exactly",
    hint="start + (n-1) * step may miss stop in the last digit; put stop into the last place.",
)
def last_value_is_rounded(start, stop, num, endpoint=True):
    if num < 1:
        raise ValueError("num must be at least 1")
    if num == 1:
        return np.array([float(start)])
    step = (stop - start) / (num - 1 if endpoint else num)
    return start + step * np.arange(num)

# %% [markdown]
# ### Machine epsilon
#
# A computer keeps a fixed number of binary digits, so the numbers it knows have gaps. Machine epsilon is the gap
# between 1 and the next larger number of a type. It tells you how many digits you can trust: about 3 in `float16`, 7
# in `float32` and 16 in `float64`. Neural networks are often trained in the small types.
#
# You can find it by halving. Start with $\varepsilon = 1$. As long as $1 + \varepsilon / 2$ is still larger than 1,
# halve $\varepsilon$. Every number must be of the requested type, or you measure another one.
#
# **By hand.** Imagine a type with three binary digits. Between 1 and 2 it knows 1, 1.25, 1.5 and 1.75. Halving gives
# $1 + 1/2 = 1.5$ and $1 + 1/4 = 1.25$, both larger than 1. The sum $1 + 1/8$ lies halfway between 1 and 1.25 and is
# rounded to 1. So $\varepsilon = 1/4$.
#
# Return the smallest $\varepsilon$ that still made a difference, as a Python float.

# %%
from autograder.kit import accepted, check, exercise, hidden, holds, misconception, raises, same

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("numpy.finfo", "numpy.nextafter", "numpy.spacing", "math.nextafter", "math.ulp"),
    oracle="numpy.finfo",
    section="Floating-point numbers",
    topics=("r0-w9-floating-point", "r1-t07-floating-point", "r3-2-variables-types"),
)

# %%
import numpy as np


# %%
def machine_epsilon(dtype: str | type | np.dtype) -> float:
    """Return the gap between 1 and the next larger number of a floating type, found by halving.

    Parameters
    ----------
    dtype : the type: a name such as "float32", or anything else that np.dtype accepts

    Returns
    -------
    float : the gap, a power of two. In the type itself, 1 + gap is larger than 1 and 1 + gap / 2 is rounded to 1.

    Raises
    ------
    TypeError : dtype is not a real floating type (for example an integer, boolean, complex or text type)
    """
    ### BEGIN SOLUTION
    kind = np.dtype(dtype)
    if not np.issubdtype(kind, np.floating):
        raise TypeError(f"{kind} is not a floating type")
    one, two = kind.type(1), kind.type(2)
    gap = one
    while one + gap / two > one:
        gap = gap / two
    return float(gap)
    ### END SOLUTION


# %%
@check
def single_precision_has_24_binary_digits(machine_epsilon):
    """For float32 the gap is 2 to the power of -23, about 1.19e-7."""
    same(machine_epsilon("float32"), 2.0**-23, what="the gap of float32")


# %%
@check
def an_integer_type_raises(machine_epsilon):
    """Integers have no gap to find, so an integer type raises TypeError."""
    raises(TypeError, machine_epsilon, "int64")


# %%
@hidden(weight=2)
def every_type_has_its_own_gap(machine_epsilon):
    """The gap belongs to the requested type: about 9.77e-4 for float16 and 2.22e-16 for float64."""
    same(machine_epsilon("float16"), 2.0**-10, what="the gap of float16")
    same(machine_epsilon("float64"), 2.0**-52, what="the gap of float64")


# %%
@hidden
def the_gap_makes_a_difference_and_its_half_does_not(machine_epsilon):
    """In the type itself 1 + gap is larger than 1, and 1 + gap / 2 is rounded to 1."""
    for name, kind in (("half", np.float16), ("single", np.float32), ("double", np.float64)):
        gap = kind(machine_epsilon(name))
        one = kind(1)
        holds(one + gap > one, f"In {name} precision, 1 + gap should be larger than 1.")
        holds(one + gap / kind(2) == one, f"In {name} precision, 1 + gap / 2 should be rounded to 1.")


# %%
@hidden
def the_next_number_after_one_is_one_plus_the_gap(machine_epsilon):
    """No number of the type lies between 1 and 1 + gap."""
    for name, kind in (("f2", np.float16), ("f4", np.float32), ("f8", np.float64)):
        expected = float(np.nextafter(kind(1), kind(2)) - kind(1))
        same(machine_epsilon(name), expected, what=f"the gap of {name}")


# %%
@hidden
def every_spelling_of_a_type_is_understood(machine_epsilon):
    """Short names and names with a byte order mean the same types, and the result is a plain number."""
    for name in ("e", "f", "d", ">f2", "<f4", ">f4", ">f8"):
        value = machine_epsilon(name)
        same(value, float(np.finfo(np.dtype(name)).eps), what=f"the gap of {name}")


# %%
@hidden
def what_is_not_a_floating_type_raises(machine_epsilon):
    """Integer, boolean, complex and text types raise TypeError."""
    for name in ("int8", "uint16", "bool", "complex64", "complex128", "U5", "object"):
        raises(TypeError, machine_epsilon, name)


# %%
@accepted
def with_an_array_and_a_counter(dtype):
    dtype = np.dtype(dtype)
    if dtype.kind != "f":
        raise TypeError("not a floating type")
    halvings = 0
    while True:
        numbers = np.array([1.0, 2.0 ** -(halvings + 1)], dtype=dtype)
        if (numbers[:1] + numbers[1:])[0] == 1:
            return 2.0**-halvings
        halvings += 1


# %%
@accepted
def remembering_the_last_value_that_worked(dtype):
    if np.dtype(dtype).kind not in "f":
        raise TypeError("not a floating type")
    number = np.dtype(dtype).type
    gap = last = number(1.0)
    while number(1.0) + gap != number(1.0):
        last = gap
        gap = number(gap * number(0.5))
    return last.item() if isinstance(last.item(), float) else float(last)


# %%
@misconception(
    caught_by="every_type_has_its_own_gap",
    hint="You measured Python's own float. Keep 1, eps and the sum in the requested type.",
)
def computes_in_python_floats(dtype):
    if not np.issubdtype(np.dtype(dtype), np.floating):
        raise TypeError("not a floating type")
    gap = 1.0
    while 1.0 + gap / 2 > 1.0:
        gap /= 2
    return gap


# %%
@misconception(
    caught_by="the_gap_makes_a_difference_and_its_half_does_not",
    hint="Your value is half of the gap, the first one that failed. Return the smallest that still made a difference.",
)
def returns_the_first_value_that_failed(dtype):
    kind = np.dtype(dtype)
    if not np.issubdtype(kind, np.floating):
        raise TypeError("not a floating type")
    one, two = kind.type(1), kind.type(2)
    gap = one
    while one + gap > one:
        gap = gap / two
    return float(gap)


# %%
@misconception(
    caught_by="the_next_number_after_one_is_one_plus_the_gap",
    hint="That is the smallest positive number. The gap at 1 is asked: compare 1 + eps with 1, not eps with 0.",
)
def finds_the_smallest_positive_number(dtype):
    kind = np.dtype(dtype)
    if not np.issubdtype(kind, np.floating):
        raise TypeError("not a floating type")
    gap, two = kind.type(1), kind.type(2)
    while gap / two > 0:
        gap = gap / two
    return float(gap)

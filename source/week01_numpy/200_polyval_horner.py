# %% [markdown]
# ### Polynomials by Horner's rule
#
# A polynomial is the simplest function that a computer can evaluate: it needs only sums and products. Many functions
# are computed this way inside libraries. You meet polynomials again in week 5 as Taylor polynomials.
#
# $$p(x) = c_0 + c_1 x + c_2 x^2 + \dots + c_n x^n$$
#
# Computing every power anew costs many multiplications. **Horner's rule** takes out one $x$ after the other:
# $$p(x) = c_0 + x \, (c_1 + x \, (c_2 + \dots + x \, (c_{n-1} + x \, c_n) \dots )) .$$
# Read it from the inside: $n$ multiplications and $n$ additions are enough, and no power is needed.
#
# **By hand.** $p(x) = 5 - 3x + 2x^2$ has the coefficients $c = (5, -3, 2)$, lowest power first. At $x = 4$ begin with
# $2$. Then $2 \cdot 4 - 3 = 5$, and then $5 \cdot 4 + 5 = 25$. Check: $5 - 12 + 32 = 25$.
#
# Return $p(x)$. For one number $x$ return a float. For an array of numbers return an array of the same shape. Write it
# without powers: neither `**` nor a power function.

# %%
from autograder.kit import T2, accepted, array, check, close, exercise, helper, hidden, misconception, raises
from numpy.polynomial import polynomial

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(
        "numpy.polyval",
        "numpy.poly1d",
        "numpy.vander",
        "numpy.power",
        "numpy.float_power",
        "math.pow",
        "numpy.polynomial.Polynomial",
        "numpy.polynomial.polynomial.Polynomial",
        "numpy.polynomial.polynomial.poly*",
    ),
    oracle="numpy.polynomial.polynomial.polyval",
    section="Plain Python",
    topics=(
        "r0-w1-goal",
        "r0-w1-python-basics",
        "r0-w1-out-math-in-code",
        "r0-w4-functions-limits",
        "r1-tools-python",
        "r1-t00-python-for-math",
        "r3-2-loops-conditions",
        "r3-2-functions",
        "r4-calc-functions-limits",
    ),
)

# %%
import numpy as np


# %%
def polyval_horner(coeffs: np.ndarray, x: float | np.ndarray) -> float | np.ndarray:
    """Evaluate c0 + c1 x + ... + cn x^n with one multiplication for each coefficient.

    Parameters
    ----------
    coeffs : array-like of shape (n + 1,), the coefficient of the lowest power first; without any entry p is 0
    x : a number, or an array-like of any shape

    Returns
    -------
    float when x is a single number, otherwise an array of floats with the shape of x

    Raises
    ------
    ValueError : coeffs is not one-dimensional
    """
    ### BEGIN SOLUTION
    coeffs, x = np.asarray(coeffs, dtype=float), np.asarray(x, dtype=float)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (n + 1,)")
    value = np.zeros(x.shape)
    for c in coeffs[::-1]:
        value = value * x + c
    return float(value) if x.ndim == 0 else value
    ### END SOLUTION


# %%
@helper
def coefficients(degree, rng):
    """Return the coefficients of a random polynomial of this degree."""
    return rng.normal(size=degree + 1)


# %%
@check
def works_for_the_example(polyval_horner):
    """5 - 3x + 2x^2 is 25 at x = 4."""
    close(polyval_horner(np.array([5.0, -3.0, 2.0]), 4.0), 25.0, **T2)


# %%
@check
def an_array_of_numbers_gives_an_array(polyval_horner):
    """For x = (0, 1, 4) the same polynomial gives (5, 4, 25)."""
    close(array(polyval_horner([5, -3, 2], [0, 1, 4]), (3,)), np.array([5.0, 4.0, 25.0]), **T2)


# %%
@check
def a_table_of_coefficients_raises(polyval_horner):
    """A table of coefficients raises ValueError."""
    raises(ValueError, polyval_horner, np.eye(2), 1.0)


# %%
@hidden
def the_value_at_0_is_the_first_coefficient(polyval_horner, rng):
    """At x = 0 only the first coefficient is left, and at x = 1 all coefficients are added."""
    for degree in (0, 1, 2, 3, 10, 40):
        c = coefficients(degree, rng)
        close(polyval_horner(c, 0.0), float(c[0]), **T2, what=f"the value at 0 for degree {degree}")
        close(polyval_horner(c, 1.0), float(np.sum(c)), **T2, what=f"the value at 1 for degree {degree}")


# %%
@hidden(weight=2)
def agrees_with_an_independent_value(polyval_horner, rng):
    """The values agree with those of a library."""
    for degree in (0, 1, 2, 3, 5, 9, 25):
        c = coefficients(degree, rng)
        x = rng.uniform(-1.5, 1.5, size=5)
        expected = polynomial.polyval(x, c)
        close(array(polyval_horner(c, x), (5,)), expected, **T2, what=f"p(x) for degree {degree}")
        close(polyval_horner(c, float(x[0])), float(expected[0]), **T2, what=f"p(x) for degree {degree} and one number")


# %%
@hidden
def the_result_is_linear_in_the_coefficients(polyval_horner, rng):
    """Twice a polynomial minus another one has twice the value minus the other value."""
    for degree in (1, 4, 12):
        c, d = coefficients(degree, rng), coefficients(degree, rng)
        x = rng.uniform(-1.2, 1.2, size=(2, 3))
        separate = 2 * array(polyval_horner(c, x), (2, 3)) - array(polyval_horner(d, x), (2, 3))
        close(array(polyval_horner(2 * c - d, x), (2, 3)), separate, **T2, what="the value of 2p - q")


# %%
@hidden
def the_product_of_polynomials_has_the_product_of_values(polyval_horner, rng):
    """The coefficients of a product of polynomials give the product of the two values."""
    for one, other in ((1, 1), (2, 3), (6, 5)):
        c, d = coefficients(one, rng), coefficients(other, rng)
        x = rng.uniform(-1.3, 1.3, size=4)
        product = array(polyval_horner(c, x), (4,)) * array(polyval_horner(d, x), (4,))
        close(array(polyval_horner(np.convolve(c, d), x), (4,)), product, **T2, what="the value of the product")


# %%
@hidden
def the_shape_of_x_comes_back(polyval_horner, rng):
    """The result has the shape of x: a float for a number, otherwise an array of the same shape."""
    c = coefficients(3, rng)
    for shape in ((1,), (4,), (2, 3), (2, 1, 2), (0,)):
        x = rng.uniform(-1, 1, size=shape)
        close(array(polyval_horner(c, x), shape), polynomial.polyval(x, c), **T2, what=f"p(x) for the shape {shape}")


# %%
@hidden
def large_whole_numbers_do_not_overflow(polyval_horner):
    """Whole numbers stay right: 1 + x^5 at x = 100000 is 1e25 + 1."""
    c = np.array([1, 0, 0, 0, 0, 1])
    x = np.array([2, -3, 100000, -100000])
    close(array(polyval_horner(c, x), (4,)), np.array([33.0, -242.0, 1e25 + 1, 1 - 1e25]), **T2, what="1 + x^5")
    close(polyval_horner([0, 0, 3], np.array([2_000_000_000])), np.array([1.2e19]), **T2, what="3 x^2 at x = 2e9")
    close(polyval_horner([0.5, 1], np.array([1, 2])), np.array([1.5, 2.5]), **T2, what="0.5 + x")
    close(array(polyval_horner([1, 3], [2**70]), (1,)), np.array([3 * 2.0**70]), **T2, what="1 + 3 x at x = 2^70")


# %%
@hidden
def no_coefficients_give_zero(polyval_horner):
    """Without coefficients the value is 0: a float for a number, zeros in the shape of x for an array."""
    close(polyval_horner([], 3.0), 0.0, **T2, what="the value for a number")
    close(array(polyval_horner(np.array([]), np.ones((2, 2))), (2, 2)), np.zeros((2, 2)), **T2, what="the values")


# %%
@hidden
def a_constant_fills_the_shape_of_x(polyval_horner):
    """A single coefficient is a constant function: the same value for every x."""
    close(polyval_horner([7.5], -2.0), 7.5, **T2, what="the constant at one number")
    three = array(polyval_horner([7.5], np.arange(3.0)), (3,))
    close(three, np.full(3, 7.5), **T2, what="the constant at three numbers")


# %%
@hidden
def coefficients_of_another_shape_raise(polyval_horner):
    """Coefficients that are a single number or a table raise ValueError."""
    raises(ValueError, polyval_horner, 3.0, 1.0)
    raises(ValueError, polyval_horner, np.ones((2, 3)), np.ones(3))


# %%
@accepted
def from_the_inner_bracket_to_the_outer(coeffs, x):
    if np.ndim(coeffs) != 1:
        raise ValueError("one row of coefficients")

    def bracket(rest, t):
        return 0.0 if len(rest) == 0 else float(rest[0]) + t * bracket(rest[1:], t)

    if np.ndim(x) == 0:
        return float(bracket(list(coeffs), float(x)))
    points = np.array(x, dtype=float)
    values = [bracket(list(coeffs), t) for t in points.ravel().tolist()]
    return np.array(values, dtype=float).reshape(points.shape)


# %%
@accepted
def in_place_on_a_fresh_array(coeffs, x):
    c = np.array(coeffs, dtype=np.float64)
    if len(c.shape) != 1:
        raise ValueError("coeffs must be a vector")
    points = np.array(x, dtype=np.float64)
    total = np.full_like(points, c[-1] if len(c) else 0.0)
    for position in range(len(c) - 2, -1, -1):
        total = np.add(np.multiply(total, points), c[position])
    return total.item() if points.shape == () else total


# %%
@misconception(
    caught_by="the_value_at_0_is_the_first_coefficient",
    hint="The lowest power comes first here, and Horner starts at the highest: go through the coefficients backwards.",
)
def starts_at_the_wrong_end(coeffs, x):
    coeffs, x = np.asarray(coeffs, dtype=float), np.asarray(x, dtype=float)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (n + 1,)")
    value = np.zeros(x.shape)
    for c in coeffs:
        value = value * x + c
    return float(value) if x.ndim == 0 else value


# %%
@misconception(
    caught_by="large_whole_numbers_do_not_overflow",
    hint="Whole numbers of NumPy have 64 bits and wrap around without an error; convert to float before multiplying.",
)
def stays_with_whole_numbers(coeffs, x):
    coeffs, x = np.asarray(coeffs), np.asarray(x)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (n + 1,)")
    value = np.zeros(x.shape, dtype=np.result_type(coeffs, x))
    for c in coeffs[::-1]:
        value = value * x + c
    return float(value) if x.ndim == 0 else value


# %%
@misconception(
    caught_by="the_value_at_0_is_the_first_coefficient",
    hint="The first coefficient is never multiplied by x: in each step multiply first, then add.",
)
def adds_before_it_multiplies(coeffs, x):
    coeffs, x = np.asarray(coeffs, dtype=float), np.asarray(x, dtype=float)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (n + 1,)")
    value = np.zeros(x.shape)
    for c in coeffs[::-1]:
        value = (value + c) * x
    return float(value) if x.ndim == 0 else value


# %%
@misconception(
    caught_by="the_value_at_0_is_the_first_coefficient",
    hint="The last step is missing: the loop must also reach the coefficient with index 0.",
)
def stops_before_the_first_coefficient(coeffs, x):
    coeffs, x = np.asarray(coeffs, dtype=float), np.asarray(x, dtype=float)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (n + 1,)")
    value = np.zeros(x.shape)
    for k in range(len(coeffs) - 1, 0, -1):
        value = value * x + coeffs[k]
    return float(value) if x.ndim == 0 else value


# %%
@misconception(
    caught_by="no_coefficients_give_zero",
    hint="Without coefficients there is no last one to begin with; a sum without terms is 0.",
)
def needs_a_highest_coefficient(coeffs, x):
    coeffs, x = np.asarray(coeffs, dtype=float), np.asarray(x, dtype=float)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (n + 1,)")
    value = coeffs[-1] + 0 * x
    for c in coeffs[-2::-1]:
        value = value * x + c
    return float(value) if x.ndim == 0 else value


# %%
@misconception(
    caught_by="a_constant_fills_the_shape_of_x",
    hint="A constant function still has one value for each x: begin with an array in the shape of x.",
)
def a_constant_stays_one_number(coeffs, x):
    coeffs, x = np.asarray(coeffs, dtype=float), np.asarray(x, dtype=float)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (n + 1,)")
    if len(coeffs) == 0:
        return 0.0 if x.ndim == 0 else np.zeros(x.shape)
    value = coeffs[-1]
    for c in coeffs[-2::-1]:
        value = value * x + c
    return float(value) if np.ndim(value) == 0 else value

# %% [markdown]
# ### The derivative of a polynomial
#
# For polynomials you need no small step: a rule gives the derivative exactly. A program that knows a few such rules can
# differentiate formulas, and that is how automatic differentiation begins.
#
# Store a polynomial as the array of its coefficients, the constant first: $c = (c_0, c_1, \dots, c_n)$ stands for
#
# $$p(x) = c_0 + c_1 x + c_2 x^2 + \dots + c_n x^n.$$
#
# The power rule $(x^k)' = k x^{k-1}$, applied to every term, gives
#
# $$p'(x) = c_1 + 2 c_2 x + 3 c_3 x^2 + \dots + n c_n x^{n-1}.$$
#
# **By hand.** $p(x) = 5 + 4x + 3x^2 + 2x^3$ is stored as $(5, 4, 3, 2)$. Its derivative is
# $p'(x) = 4 + 6x + 6x^2$, stored as $(4, 6, 6)$. At $x = 2$ the slope is $4 + 12 + 24 = 40$.
#
# Return the coefficients of the derivative, the constant first. The derivative of a constant is $0$, stored as $(0)$.

# %%
from autograder.kit import T1, T3, accepted, array, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("numpy.polyder", "numpy.polynomial.*", "numpy.polynomial.polynomial.*", "numpy.poly1d"),
    oracle="numpy.polynomial.polynomial.polyder",
    section="Rules of differentiation",
    topics=("r0-w4-differentiation-rules", "r2-o3-differentiation", "r2-a3-derivative-quadratic"),
)

# %%
import numpy as np


# %%
def poly_derivative(coeffs: np.ndarray) -> np.ndarray:
    """Return the coefficients of the derivative of a polynomial.

    Parameters
    ----------
    coeffs : array-like of shape (n,), ascending: coeffs[k] belongs to x^k; an empty one stands for the number 0

    Returns
    -------
    array of shape (max(n - 1, 1),), ascending, float; [0.0] for a constant and for empty coeffs

    Raises
    ------
    ValueError : coeffs does not have exactly one axis
    """
    ### BEGIN SOLUTION
    c = np.asarray(coeffs, dtype=float)
    if c.ndim != 1:
        raise ValueError("coeffs must have exactly one axis")
    if len(c) <= 1:
        return np.zeros(1)
    return np.arange(1, len(c)) * c[1:]
    ### END SOLUTION


# %%
@check
def the_worked_example_gives_4_6_6(poly_derivative):
    """The derivative of 5 + 4 x + 3 x^2 + 2 x^3 is 4 + 6 x + 6 x^2."""
    value = poly_derivative(np.array([5.0, 4.0, 3.0, 2.0]))
    close(value, np.array([4.0, 6.0, 6.0]), **T1, what="the coefficients of the derivative")


# %%
@check
def a_constant_has_derivative_zero(poly_derivative):
    """The derivative of the constant 7 is [0.0]."""
    close(poly_derivative([7.0]), np.zeros(1), **T1, what="the derivative of a constant")


# %%
@check
def a_table_of_coefficients_raises(poly_derivative):
    """Coefficients with two axes raise ValueError."""
    raises(ValueError, poly_derivative, np.ones((2, 3)))


# %%
@hidden(weight=2)
def agrees_with_numpy(poly_derivative, rng):
    """The coefficients are right for every degree, low and high."""
    for n in (1, 2, 3, 4, 7, 30):
        c = rng.normal(size=n)
        expected = np.polynomial.polynomial.polyder(c)
        close(poly_derivative(c), expected, **T1, what=f"the derivative of {n} coefficients")


# %%
@hidden
def nothing_stands_for_zero(poly_derivative, rng):
    """Empty coefficients and any single coefficient give [0.0], and lists of integers are fine."""
    close(poly_derivative(np.array([])), np.zeros(1), **T1, what="the derivative of no coefficients")
    close(poly_derivative([]), np.zeros(1), **T1, what="the derivative of an empty list")
    close(poly_derivative(rng.normal(size=1)), np.zeros(1), **T1, what="the derivative of a constant")
    close(poly_derivative([0, 0, 0, 1]), np.array([0.0, 0.0, 3.0]), **T1, what="the derivative of x^3")
    close(poly_derivative([1, 2, 0, 0]), np.array([2.0, 0.0, 0.0]), **T1, what="the derivative, with trailing zeros")


# %%
@hidden
def linear_in_the_polynomial(poly_derivative, rng):
    """The derivative of a p + b q is a p' + b q'."""
    for n in (2, 3, 8):
        p, q, (a, b) = rng.normal(size=n), rng.normal(size=n), rng.normal(size=2)
        first = array(poly_derivative(p), (n - 1,), what="the derivative of p")
        second = array(poly_derivative(q), (n - 1,), what="the derivative of q")
        close(poly_derivative(a * p + b * q), a * first + b * second, **T1, what="the derivative of a p + b q")


# %%
@hidden(weight=2)
def the_product_rule_holds(poly_derivative, rng):
    """The derivative of p q is p' q + p q'."""
    for n, m in ((2, 2), (2, 4), (3, 3), (6, 5)):
        p, q = rng.normal(size=n), rng.normal(size=m)
        dp = array(poly_derivative(p), (n - 1,), what="the derivative of p")
        dq = array(poly_derivative(q), (m - 1,), what="the derivative of q")
        expected = np.convolve(dp, q) + np.convolve(p, dq)
        close(poly_derivative(np.convolve(p, q)), expected, **T1, what="the derivative of a product")


# %%
@hidden
def enough_derivatives_leave_nothing(poly_derivative, rng):
    """After n derivatives a polynomial of degree n is the constant n! c_n, after one more it is [0.0]."""
    for degree, factorial in ((1, 1.0), (2, 2.0), (5, 120.0)):
        c = rng.normal(size=degree + 1)
        value = c
        for _ in range(degree):
            value = poly_derivative(value)
        close(value, factorial * c[-1:], **T1, what=f"derivative number {degree}")
        close(poly_derivative(value), np.zeros(1), **T1, what=f"derivative number {degree + 1}")


# %%
@hidden
def undoes_an_antiderivative(poly_derivative, rng):
    """If the coefficient of x^k is divided by k + 1 and moved up one power, the derivative gives it back."""
    for n in (1, 2, 5, 12):
        c = rng.normal(size=n)
        antiderivative = np.concatenate([rng.normal(size=1), c / np.arange(1, n + 1)])
        close(poly_derivative(antiderivative), c, **T1, what="the derivative of the antiderivative")


# %%
@hidden
def agrees_with_difference_quotients(poly_derivative, rng):
    """The slope of p at a point is the value of p' there."""
    for n in (2, 4, 6):
        c, x, h = rng.normal(size=n), float(rng.uniform(-1.0, 1.0)), 1e-5
        above, below = np.polynomial.polynomial.polyval([x + h, x - h], c)
        derived = array(poly_derivative(c), (n - 1,), what="the derivative of p")
        slope = float(np.polynomial.polynomial.polyval(x, derived))
        close(slope, float(above - below) / (2 * h), **T3, what="the value of p' compared with the slope of p")


# %%
@hidden
def whole_numbers_become_floats(poly_derivative):
    """Integer coefficients, as a list or as an array, give an array of floats."""
    for coeffs in ([5, 4, 3], np.array([5, 4, 3])):
        found = poly_derivative(coeffs)
        close(found, np.array([4.0, 6.0]), **T1, what="the derivative of 5 + 4 x + 3 x^2")
        holds(found.dtype == np.float64, f"The coefficients should be floats, not {found.dtype}.")


# %%
@hidden
def a_single_number_is_no_polynomial(poly_derivative):
    """A bare number and a column of coefficients raise ValueError."""
    raises(ValueError, poly_derivative, 5.0)
    raises(ValueError, poly_derivative, np.array([[1.0], [2.0], [3.0]]))


# %%
@accepted
def term_by_term(coeffs):
    if np.ndim(coeffs) != 1:
        raise ValueError("one axis, please")
    derived = []
    for power, coefficient in enumerate(coeffs):
        if power > 0:
            derived.append(power * float(coefficient))
    return np.array(derived or [0.0])


# %%
@accepted
def as_a_matrix(coeffs):
    c = np.array(coeffs, dtype=float)
    if len(c.shape) != 1:
        raise ValueError("one axis, please")
    if c.size < 2:
        c = np.zeros(2)
    # Row k picks the coefficient of x^(k+1) and multiplies it by k + 1.
    D = np.diag(np.arange(1.0, c.size), k=1)[:-1]
    return D @ c


# %%
@misconception(
    caught_by="the_worked_example_gives_4_6_6",
    hint="c x^k becomes k c x^(k-1): the factor is k, the old power.",
)
def factor_is_the_new_power(coeffs):
    c = np.asarray(coeffs, dtype=float)
    if c.ndim != 1:
        raise ValueError("coeffs must have exactly one axis")
    if len(c) <= 1:
        return np.zeros(1)
    return np.arange(len(c) - 1) * c[1:]


# %%
@misconception(
    caught_by="the_worked_example_gives_4_6_6",
    hint="c x^k becomes k c x^(k-1): every coefficient also moves down by one place.",
)
def power_is_not_lowered(coeffs):
    c = np.asarray(coeffs, dtype=float)
    if c.ndim != 1:
        raise ValueError("coeffs must have exactly one axis")
    if len(c) <= 1:
        return np.zeros(1)
    return np.arange(len(c)) * c


# %%
@misconception(
    caught_by="the_worked_example_gives_4_6_6",
    hint="c x^k becomes k c x^(k-1): you moved the coefficients but did not multiply by k.",
)
def factor_is_forgotten(coeffs):
    c = np.asarray(coeffs, dtype=float)
    if c.ndim != 1:
        raise ValueError("coeffs must have exactly one axis")
    if len(c) <= 1:
        return np.zeros(1)
    return c[1:].copy()


# %%
@misconception(
    caught_by="the_worked_example_gives_4_6_6",
    hint="Position is the power: coeffs[0] is the constant, the last one belongs to the highest power.",
)
def highest_power_first(coeffs):
    c = np.asarray(coeffs, dtype=float)
    if c.ndim != 1:
        raise ValueError("coeffs must have exactly one axis")
    if len(c) <= 1:
        return np.zeros(1)
    return np.arange(len(c) - 1, 0, -1) * c[:-1]


# %%
@misconception(
    caught_by="a_constant_has_derivative_zero",
    hint="The derivative of a constant is the zero polynomial [0.0], not an empty array.",
)
def empty_array_for_a_constant(coeffs):
    c = np.asarray(coeffs, dtype=float)
    if c.ndim != 1:
        raise ValueError("coeffs must have exactly one axis")
    return np.arange(1, len(c)) * c[1:] if len(c) else np.zeros(0)


# %%
@misconception(
    caught_by="nothing_stands_for_zero",
    hint="Empty coefficients stand for the number 0, and its derivative is [0.0] as well.",
)
def forgets_empty_coefficients(coeffs):
    c = np.asarray(coeffs, dtype=float)
    if c.ndim != 1:
        raise ValueError("coeffs must have exactly one axis")
    if len(c) == 1:
        return np.zeros(1)
    return np.arange(1, len(c)) * c[1:]

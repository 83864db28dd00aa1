# %% [markdown]
# ### The antiderivative of a polynomial
#
# Numerical rules approximate an area. For a polynomial you get it exactly: find a function $P$ whose derivative is $p$.
# Then the area is a difference of two values:
#
# $$\int_a^b p(x)\,dx = P(b) - P(a)$$
#
# Integration reverses differentiation. The power goes up by one, and the new power divides the coefficient:
#
# $$p(x) = \sum_{k=0}^{n} c_k x^k \qquad\Longrightarrow\qquad P(x) = C + \sum_{k=0}^{n} \frac{c_k}{k + 1} \, x^{k+1}$$
#
# The constant $C$ is free, because its derivative is 0.
#
# **By hand.** $p(x) = 5 - 4x + 6x^2$ has the coefficients $(5, -4, 6)$, lowest power first. With $C = 1$ the
# antiderivative is $P(x) = 1 + 5x - 2x^2 + 2x^3$, so the result is $(1, 5, -2, 2)$. The area from 0 to 2 is
# $P(2) - P(0) = 19 - 1 = 18$.
#
# Return the coefficients of $P$, lowest power first.

# %%
from autograder.kit import T1, T3, accepted, array, check, close, exercise, hidden, misconception, raises
from numpy.polynomial import polynomial

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=(
        "numpy.polyint",
        "numpy.poly1d",
        "numpy.polynomial.Polynomial",
        "numpy.polynomial.polynomial.Polynomial",
        "numpy.polynomial.polynomial.polyint",
    ),
    oracle="numpy.polynomial.polynomial.polyder and polyint",
    section="Integrals and areas",
    topics=("r2-o3-integration", "r4-calc-integrals", "r4-nice-calc-integrals"),
)

# %%
import numpy as np


# %%
def poly_antiderivative(coeffs: np.ndarray, constant: float = 0.0) -> np.ndarray:
    """Return the coefficients of an antiderivative of a polynomial.

    Parameters
    ----------
    coeffs : array or list of shape (m,), the coefficient of the lowest power first; without any entry p is 0
    constant : the value of the antiderivative at 0

    Returns
    -------
    array of floats of shape (m + 1,), the coefficient of the lowest power first

    Raises
    ------
    ValueError : coeffs is not one-dimensional
    """
    ### BEGIN SOLUTION
    coeffs = np.asarray(coeffs, dtype=float)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (m,)")
    powers = np.arange(1, len(coeffs) + 1)
    return np.concatenate([[float(constant)], coeffs / powers])
    ### END SOLUTION


# %%
@check
def integrates_the_example(poly_antiderivative):
    """For 5 - 4x + 6x^2 and the constant 1 the result is 1 + 5x - 2x^2 + 2x^3."""
    P = poly_antiderivative(np.array([5.0, -4.0, 6.0]), 1.0)
    close(array(P, (4,)), np.array([1.0, 5.0, -2.0, 2.0]), **T1)


# %%
@check
def the_constant_is_zero_by_default(poly_antiderivative):
    """Without a constant, the antiderivative of 2x is x^2."""
    close(array(poly_antiderivative(np.array([0.0, 2.0])), (3,)), np.array([0.0, 0.0, 1.0]), **T1)


# %%
@check
def a_table_of_coefficients_raises(poly_antiderivative):
    """A table of coefficients raises ValueError."""
    raises(ValueError, poly_antiderivative, np.eye(2))


# %%
@hidden(weight=2)
def the_derivative_gives_the_polynomial_back(poly_antiderivative, rng):
    """The derivative of the antiderivative is the polynomial, whatever the constant is."""
    for m in (1, 2, 3, 6, 20):
        c, constant = rng.normal(size=m), float(rng.normal())
        P = array(poly_antiderivative(c, constant), (m + 1,), what="the antiderivative")
        close(polynomial.polyder(P), c, **T1, what="the derivative of the antiderivative")


# %%
@hidden
def the_value_at_zero_is_the_constant(poly_antiderivative, rng):
    """At x = 0 the antiderivative has the value of the constant: it is the first coefficient."""
    for m in (1, 2, 5):
        c, constant = rng.normal(size=m), float(rng.uniform(1.0, 3.0))
        P = array(poly_antiderivative(c, constant), (m + 1,), what="the antiderivative")
        close(float(P[0]), constant, **T1, what="the first coefficient")
        P = array(poly_antiderivative(c, constant=-constant), (m + 1,), what="the antiderivative")
        close(float(P[0]), -constant, **T1, what="the first coefficient")


# %%
@hidden(weight=2)
def agrees_with_an_independent_result(poly_antiderivative, rng):
    """The coefficients agree with those of a library."""
    for m in (1, 2, 3, 8, 30):
        c, constant = rng.normal(size=m), float(rng.normal())
        expected = polynomial.polyint(c, k=constant)
        close(array(poly_antiderivative(c, constant), (m + 1,)), expected, **T1, what="the antiderivative")
        close(array(poly_antiderivative(c), (m + 1,)), polynomial.polyint(c), **T1, what="the one without a constant")


# %%
@hidden
def differences_of_values_are_areas(poly_antiderivative, rng):
    """P(b) - P(a) is the area under p from a to b, and the constant cancels."""
    for m in (1, 2, 4, 6):
        c, constant = rng.normal(size=m), float(rng.normal())
        a, b = float(rng.uniform(-1.0, 0.0)), float(rng.uniform(0.5, 1.5))
        P = array(poly_antiderivative(c, constant), (m + 1,), what="the antiderivative")
        x = np.linspace(a, b, 20001)
        area = float(np.trapezoid(polynomial.polyval(x, c), x))
        close(float(polynomial.polyval(b, P) - polynomial.polyval(a, P)), area, **T3, what="P(b) - P(a)")


# %%
@hidden
def the_result_is_linear(poly_antiderivative, rng):
    """The antiderivative of 2p - q is twice the one of p minus the one of q."""
    for m in (1, 4, 9):
        c, d = rng.normal(size=m), rng.normal(size=m)
        P, Q = (array(poly_antiderivative(each, s), (m + 1,)) for each, s in ((c, 1.5), (d, -0.5)))
        both = array(poly_antiderivative(2 * c - d, 3.5), (m + 1,), what="the antiderivative of 2p - q")
        close(both, 2 * P - Q, **T1, what="the antiderivative of 2p - q")


# %%
@hidden
def whole_numbers_become_floats(poly_antiderivative):
    """Coefficients that are whole numbers are divided like floats."""
    for c in ([1, 1, 1], np.array([1, 1, 1])):
        P = array(poly_antiderivative(c, 2), (4,), what="the antiderivative of 1 + x + x^2")
        close(P, np.array([2.0, 1.0, 1 / 2, 1 / 3]), **T1, what="the antiderivative of 1 + x + x^2")
    P = array(poly_antiderivative([1, 3], 0.5), (3,), what="the antiderivative of 1 + 3x")
    close(P, np.array([0.5, 1.0, 1.5]), **T1, what="the antiderivative of 1 + 3x")


# %%
@hidden
def zero_polynomials_keep_their_length(poly_antiderivative):
    """The result has one coefficient more than p: only the constant when p has no coefficient, zeros for zeros."""
    close(array(poly_antiderivative([], 4.0), (1,)), np.array([4.0]), **T1, what="the result for no coefficient")
    close(array(poly_antiderivative(np.array([])), (1,)), np.zeros(1), **T1, what="the result for no coefficient")
    P = array(poly_antiderivative([0.0, 0.0], 7.0), (3,), what="the antiderivative of (0, 0)")
    close(P, np.array([7.0, 0.0, 0.0]), **T1, what="the antiderivative of (0, 0)")


# %%
@hidden
def coefficients_of_another_shape_raise(poly_antiderivative):
    """Coefficients that are a single number or a table raise ValueError."""
    for coeffs in (3.0, np.ones((1, 3)), np.ones((3, 1))):
        raises(ValueError, poly_antiderivative, coeffs, 1.0)


# %%
@accepted
def coefficient_by_coefficient(coeffs, constant=0.0):
    if np.ndim(coeffs) != 1:
        raise ValueError("one row of coefficients")
    result = [float(constant)]
    for k, c in enumerate(coeffs):
        result.append(float(c) / (k + 1))
    return np.array(result)


# %%
@accepted
def as_a_product_with_a_matrix(coeffs, constant=0.0):
    c = np.array(coeffs, dtype=np.float64)
    if len(c.shape) != 1:
        raise ValueError("one row of coefficients")
    m = c.shape[0]
    rule = np.zeros((m + 1, m))
    rule[1:] = np.diag([1.0 / (k + 1) for k in range(m)]) if m else 0.0
    result = rule.dot(c)
    result[0] = constant
    return result


# %%
@misconception(
    caught_by="the_derivative_gives_the_polynomial_back",
    hint="c x^k becomes c x^(k+1) / (k+1): divide by the new power, not by the old one.",
)
def divides_by_the_old_power(coeffs, constant=0.0):
    coeffs = np.asarray(coeffs, dtype=float)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (m,)")
    powers = np.maximum(np.arange(len(coeffs)), 1)
    return np.concatenate([[float(constant)], coeffs / powers])


# %%
@misconception(
    caught_by="the_value_at_zero_is_the_constant",
    hint="The constant is the coefficient of x^0: it stands in front.",
)
def forgets_the_constant(coeffs, constant=0.0):
    coeffs = np.asarray(coeffs, dtype=float)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (m,)")
    return np.concatenate([[0.0], coeffs / np.arange(1, len(coeffs) + 1)])


# %%
@misconception(
    caught_by="integrates_the_example",
    hint="Every power goes up by one, so every coefficient moves one place and the result is one longer.",
)
def powers_stay_where_they_are(coeffs, constant=0.0):
    coeffs = np.asarray(coeffs, dtype=float)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (m,)")
    return coeffs / np.arange(1, len(coeffs) + 1)


# %%
@misconception(
    caught_by="integrates_the_example",
    hint="The lowest power comes first here: position is the power.",
)
def highest_power_first(coeffs, constant=0.0):
    coeffs = np.asarray(coeffs, dtype=float)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (m,)")
    return np.concatenate([coeffs / np.arange(len(coeffs), 0, -1), [float(constant)]])


# %%
@misconception(
    caught_by="integrates_the_example",
    hint="That is the rule of the derivative. Integration reverses it: divide where the derivative multiplies.",
)
def multiplies_instead_of_dividing(coeffs, constant=0.0):
    coeffs = np.asarray(coeffs, dtype=float)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (m,)")
    return np.concatenate([[float(constant)], coeffs * np.arange(1, len(coeffs) + 1)])


# %%
@misconception(
    caught_by="whole_numbers_become_floats",
    hint="An array of whole numbers cuts off the fractions that you store in it. Convert to float first.",
)
def stores_fractions_in_whole_numbers(coeffs, constant=0.0):
    coeffs = np.asarray(coeffs)
    if coeffs.ndim != 1:
        raise ValueError("coeffs need the shape (m,)")
    result = np.zeros(len(coeffs) + 1, dtype=coeffs.dtype)
    result[0] = constant
    for k in range(len(coeffs)):
        result[k + 1] = coeffs[k] / (k + 1)
    return result

# %% [markdown]
# ### Quadratic roots without cancellation
#
# The formula from school, $x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}$, is right on paper. On a computer one of its two
# signs subtracts numbers that are almost equal when $b^2$ is much larger than $4ac$. The leading digits cancel and
# the rounding errors remain. This is called cancellation.
#
# The cure: compute only the root that adds numbers of the same sign, and get the other one from the product of the
# roots, $x_1 x_2 = c/a$.
#
# $$q = -\tfrac12 \left(b + \operatorname{sign}(b) \sqrt{b^2 - 4ac}\right), \quad x_1 = \frac{q}{a}, \quad
# x_2 = \frac{c}{q}$$
#
# Here $\operatorname{sign}(0)$ must be $+1$ or $-1$, not 0. The number $q$ is 0 only for $b = c = 0$, and then both
# roots are 0.
#
# **By hand.** $x^2 - 5x + 6$: the square root is $\sqrt{25 - 24} = 1$, and $b = -5$ is negative. So
# $q = -\frac12 (-5 - 1) = 3$, and the roots are $3/1 = 3$ and $6/3 = 2$. Return $(2, 3)$. For $x^2 + 10^8 x + 1$ the
# small root is $-10^{-8}$; the school formula gives $-7.45 \cdot 10^{-9}$, which is wrong by a quarter.
#
# Return both real roots, the smaller first.

# %%
from decimal import Decimal, localcontext

from autograder.kit import accepted, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.roots", "numpy.polynomial.*"),
    oracle="decimal arithmetic with 60 digits",
    section="Sums and cancellation",
    topics=("r0-w9-floating-point", "r0-w9-out-avoid-instability", "r1-t07-floating-point"),
)

# %%
import math

import numpy as np


# %%
def quadratic_roots(a: float, b: float, c: float) -> tuple[float, float]:
    """Return the real roots of a x^2 + b x + c, the smaller first, without cancellation.

    Parameters
    ----------
    a, b, c : finite numbers whose squares and products do not overflow; a is not 0

    Returns
    -------
    (smaller, larger) : two floats. A double root is returned twice.

    Raises
    ------
    ValueError : a is 0, or there is no real root (b^2 - 4 a c is negative)
    """
    ### BEGIN SOLUTION
    if a == 0:
        raise ValueError("a must not be 0")
    discriminant = b * b - 4 * a * c
    if discriminant < 0:
        raise ValueError("there is no real root")
    q = -0.5 * (b + math.copysign(math.sqrt(discriminant), b))
    if q == 0:
        return 0.0, 0.0
    one, two = q / a, c / q
    return min(one, two), max(one, two)
    ### END SOLUTION


# %%
@helper
def exact_roots(a, b, c):
    """Return both roots, the smaller first, computed with 60 decimal digits from the given floats."""
    with localcontext() as context:
        context.prec = 60
        a, b, c = Decimal(float(a)), Decimal(float(b)), Decimal(float(c))
        root = (b * b - 4 * a * c).sqrt()
        one, two = (-b - root) / (2 * a), (-b + root) / (2 * a)
        return float(min(one, two)), float(max(one, two))


# %%
@helper
def coefficients(spread, rng):
    """Return a, b, c whose roots differ in size by about the factor `spread`, with random signs and scale."""
    large = rng.choice([-1.0, 1.0]) * rng.uniform(1, 10)
    small = rng.choice([-1.0, 1.0]) * rng.uniform(1, 2) / spread * abs(large)
    a = rng.choice([-1.0, 1.0]) * rng.uniform(0.1, 10)
    return float(a), float(-a * (large + small)), float(a * large * small)


# %%
@check
def the_worked_example_has_roots_2_and_3(quadratic_roots):
    """The polynomial x^2 - 5 x + 6 has the roots 2 and 3."""
    close(quadratic_roots(1.0, -5.0, 6.0), (2.0, 3.0), rtol=1e-14, atol=0, what="the roots")


# %%
@check
def the_small_root_of_the_example_keeps_its_digits(quadratic_roots):
    """The polynomial x^2 + 1e8 x + 1 has the roots -1e8 and -1e-8."""
    close(quadratic_roots(1.0, 1e8, 1.0), (-1e8, -1e-8), rtol=1e-14, atol=0, what="the roots")


# %%
@check
def no_real_root_raises(quadratic_roots):
    """The polynomial x^2 + 1 has no real root, so it raises ValueError."""
    raises(ValueError, quadratic_roots, 1.0, 0.0, 1.0)


# %%
@hidden(weight=2)
def both_roots_are_right_to_14_digits(quadratic_roots, rng):
    """Both roots are right to 14 digits, whether they are of similar or of very different size."""
    for spread in (4.0, 10.0, 1e3, 1e6, 1e9, 1e13):
        for _ in range(4):
            a, b, c = coefficients(spread, rng)
            close(quadratic_roots(a, b, c), exact_roots(a, b, c), rtol=1e-14, atol=0, what="the roots")


# %%
@hidden
def a_negative_b_is_as_accurate_as_a_positive_one(quadratic_roots):
    """Changing the sign of b changes the sign of both roots and loses no digits."""
    for b in (1e4, 3e6, 1e8):
        low, high = exact_roots(2.0, b, 3.0)
        close(quadratic_roots(2.0, b, 3.0), (low, high), rtol=1e-14, atol=0, what="the roots for positive b")
        close(quadratic_roots(2.0, -b, 3.0), (-high, -low), rtol=1e-14, atol=0, what="the roots for negative b")


# %%
@hidden
def without_a_linear_term_the_roots_are_opposite(quadratic_roots):
    """For b = 0 the roots are plus and minus the square root of -c/a."""
    close(quadratic_roots(1, 0, -4), (-2.0, 2.0), rtol=1e-14, atol=0, what="the roots of x^2 - 4")
    close(quadratic_roots(-2.0, 0.0, 18.0), (-3.0, 3.0), rtol=1e-14, atol=0, what="the roots of -2 x^2 + 18")
    close(quadratic_roots(3.0, -0.0, -0.75), (-0.5, 0.5), rtol=1e-14, atol=0, what="the roots of 3 x^2 - 0.75")


# %%
@hidden
def the_smaller_root_comes_first(quadratic_roots):
    """The first root is not larger than the second one, whatever the signs of the coefficients are."""
    for a, b in ((1, 7), (1, -7), (-1, 7), (-1, -7)):
        for c in (-8, 6):
            first, second = quadratic_roots(a, b, c)
            holds(first <= second, f"The smaller root should come first. Got {first!r}, {second!r}.")
            close((first, second), exact_roots(a, b, c), rtol=1e-14, atol=0, what="the roots")


# %%
@hidden
def sum_and_product_do_not_depend_on_the_scale(quadratic_roots, rng):
    """The roots add up to -b/a and multiply to c/a, also when all coefficients are multiplied by the same number."""
    for spread, scale in ((4.0, 1.0), (50.0, -1.0), (1e2, 0.125), (1e5, -(2.0**40)), (1e10, 2.0**-60)):
        a, b, c = coefficients(spread, rng)
        first, second = quadratic_roots(scale * a, scale * b, scale * c)
        largest = max(abs(first), abs(second))
        close(first + second, -b / a, rtol=0, atol=1e-14 * largest, what="the sum of the roots")
        close(first * second, c / a, rtol=2e-14, atol=0, what="the product of the roots")
        close((first, second), exact_roots(a, b, c), rtol=1e-14, atol=0, what="the roots")


# %%
@hidden
def a_double_root_is_returned_twice(quadratic_roots):
    """A double root is returned twice, also when it is 0; a root 0 beside another one is found."""
    close(quadratic_roots(1, -2, 1), (1.0, 1.0), rtol=1e-14, atol=0, what="the roots of (x - 1)^2")
    close(quadratic_roots(4.0, 12.0, 9.0), (-1.5, -1.5), rtol=1e-14, atol=0, what="the roots of (2 x + 3)^2")
    close(quadratic_roots(5.0, 0.0, 0.0), (0.0, 0.0), rtol=0, atol=0, what="the roots of 5 x^2")
    close(quadratic_roots(2.0, 3.0, 0.0), (-1.5, 0.0), rtol=1e-14, atol=0, what="the roots of 2 x^2 + 3 x")
    close(quadratic_roots(2.0, -3.0, 0.0), (0.0, 1.5), rtol=1e-14, atol=0, what="the roots of 2 x^2 - 3 x")


# %%
@hidden
def no_quadratic_or_no_real_root_raises(quadratic_roots):
    """With a = 0 there is no quadratic, and a negative discriminant leaves no real root: ValueError."""
    for a, b, c in ((0.0, 2.0, 1.0), (0, 0, 0), (0, 0, 1), (1, 1, 1), (-3.0, 1.0, -5.0), (1.0, 2.0, 1.0 + 1e-9)):
        raises(ValueError, quadratic_roots, a, b, c)


# %%
@accepted
def with_the_large_root_chosen_by_its_sign(a, b, c):
    if not a:
        raise ValueError("not quadratic")
    under_the_root = b**2 - 4 * a * c
    if under_the_root < 0:
        raise ValueError("no real root")
    width = under_the_root**0.5
    large = (-b - width) / (2 * a) if b > 0 else (-b + width) / (2 * a)
    small = c / (a * large) if large else 0.0
    first, second = sorted([large, small])
    return float(first), float(second)


# %%
@accepted
def with_the_halved_linear_coefficient(a, b, c):
    if a == 0:
        raise ValueError("not quadratic")
    half = -b / 2
    quarter = half**2 - a * c
    if quarter < 0:
        raise ValueError("no real root")
    far = half + np.copysign(np.sqrt(quarter), half)
    roots = np.array([far / a, c / far if far != 0 else 0.0])
    return float(roots.min()), float(roots.max())


# %%
@misconception(
    caught_by="both_roots_are_right_to_14_digits",
    hint="-b + sqrt(b^2 - 4ac) subtracts nearly equal numbers; compute the large root and use the product c/a.",
)
def uses_the_textbook_formula(a, b, c):
    if a == 0:
        raise ValueError("not quadratic")
    discriminant = b * b - 4 * a * c
    if discriminant < 0:
        raise ValueError("no real root")
    root = math.sqrt(discriminant)
    one, two = (-b - root) / (2 * a), (-b + root) / (2 * a)
    return min(one, two), max(one, two)


# %%
@misconception(
    caught_by="without_a_linear_term_the_roots_are_opposite",
    hint="np.sign(0) is 0, so the square root disappears for b = 0. Use copysign.",
)
def takes_the_sign_of_zero_as_zero(a, b, c):
    if a == 0:
        raise ValueError("not quadratic")
    discriminant = b * b - 4 * a * c
    if discriminant < 0:
        raise ValueError("no real root")
    q = -0.5 * (b + float(np.sign(b)) * math.sqrt(discriminant))
    if q == 0:
        return 0.0, 0.0
    one, two = q / a, c / q
    return min(one, two), max(one, two)


# %%
@misconception(
    caught_by="the_smaller_root_comes_first",
    hint="The first root should be the smaller one. Order the two before you return them.",
)
def returns_the_roots_unordered(a, b, c):
    if a == 0:
        raise ValueError("not quadratic")
    discriminant = b * b - 4 * a * c
    if discriminant < 0:
        raise ValueError("no real root")
    q = -0.5 * (b + math.copysign(math.sqrt(discriminant), b))
    if q == 0:
        return 0.0, 0.0
    return q / a, c / q


# %%
@misconception(
    caught_by="a_negative_b_is_as_accurate_as_a_positive_one",
    hint="For negative b the cancellation is in the other root. Give the square root the sign of b.",
)
def assumes_that_b_is_positive(a, b, c):
    if a == 0:
        raise ValueError("not quadratic")
    discriminant = b * b - 4 * a * c
    if discriminant < 0:
        raise ValueError("no real root")
    q = -0.5 * (b + math.sqrt(discriminant))
    if q == 0:
        return (0.0, -b / a) if -b / a > 0 else (-b / a, 0.0)
    one, two = q / a, c / q
    return min(one, two), max(one, two)

# %% [markdown]
# ### Numbers that carry their derivative
#
# A difference quotient is never exact, and rules on paper are slow. Automatic differentiation does better: let every
# number carry its own derivative, and teach $+$, $-$, $\cdot$, $/$ and a few functions what happens to it. Then any
# program that uses these operations computes its derivative on the way. Libraries for neural networks rest on this
# idea.
#
# A **dual number** is a pair: a value $u$ and a derivative $u'$. The rules of differentiation say how pairs combine.
#
# | operation | value | derivative |
# |---|---|---|
# | $u + v$, $u - v$ | $u + v$, $u - v$ | $u' + v'$, $u' - v'$ |
# | $u \cdot v$ | $u v$ | $u' v + u v'$ |
# | $u / v$ | $u / v$ | $(u' v - u v') / v^2$ |
# | $u^n$, $n$ a number | $u^n$ | $n\, u^{n-1}\, u'$ |
# | $\sin u$, $e^u$, $\log u$ | $\sin u$, $e^u$, $\log u$ | $u' \cos u$, $u' e^u$, $u' / u$ |
#
# A constant does not move, so it carries the derivative $0$. The variable $x$ itself carries the derivative $1$.
#
# **By hand.** $f(x) = x^2 + 3x$ at $x = 2$. Start with the pair $(2, 1)$. Then $x^2$ gives $(4,\; 2 \cdot 2 \cdot 1) =
# (4, 4)$. The constant is $(3, 0)$, so $3x$ gives $(6,\; 0 \cdot 2 + 3 \cdot 1) = (6, 3)$. The sum is $(10, 7)$:
# the value is $f(2) = 10$ and the derivative $f'(2) = 7$.
#
# Write the class. Plain numbers may stand on either side, as in `2 / x`. Python then asks `x` through the *reflected*
# method `__rtruediv__`. The function `derive` is given: it shows how your class will be used.

# %%
from autograder.kit import T1, T2, T3, accepted, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=12,
    minutes=45,
    level=3,
    oracle="derivatives in closed form, and complex-step derivatives",
    section="Automatic differentiation",
    topics=(
        "r0-w4-differentiation-rules",
        "r0-w4-chain-rule",
        "r1-t02-chain-rule",
        "r2-o3-differentiation",
        "r2-o3-chain-rule",
        "r2-sum-calculus",
        "r2-a3-chain-rule",
        "r2-b3-chain-rule",
        "r3-1-3-chain-rule",
        "r3-2-classes",
        "r4-calc-chain-rule",
        "r4-req-calc-chain-rule",
    ),
)

# %%
import math
from collections.abc import Callable

import numpy as np


# %%
def derive(f: Callable, x: float) -> float:
    """Return the derivative at x of a function f that takes and returns Dual numbers.

    A function that returns a plain number is constant: its derivative is 0.0.
    """
    result = f(Dual(x, 1.0))
    return result.der if isinstance(result, Dual) else 0.0


# %%
class Dual:
    """A number that carries its derivative.

    Every operation returns a new Dual and leaves its operands as they are. In `+ - * /` the other operand may be a
    Dual, a float or an int, on either side; a plain number has the derivative 0.

    Attributes
    ----------
    val : float, the value
    der : float, the derivative
    """

    def __init__(self, val: float, der: float = 0.0) -> None:
        """Store a value and its derivative; without a derivative the number is a constant."""
        ### BEGIN SOLUTION
        self.val = float(val)
        self.der = float(der)
        ### END SOLUTION

    def __add__(self, other: "Dual | float") -> "Dual":
        """Return self + other."""
        ### BEGIN SOLUTION
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.val + other.val, self.der + other.der)
        ### END SOLUTION

    def __radd__(self, other: float) -> "Dual":
        """Return other + self, where other is a plain number."""
        ### BEGIN SOLUTION
        return self + other
        ### END SOLUTION

    def __neg__(self) -> "Dual":
        """Return -self."""
        ### BEGIN SOLUTION
        return Dual(-self.val, -self.der)
        ### END SOLUTION

    def __sub__(self, other: "Dual | float") -> "Dual":
        """Return self - other."""
        ### BEGIN SOLUTION
        return self + (-other)
        ### END SOLUTION

    def __rsub__(self, other: float) -> "Dual":
        """Return other - self, where other is a plain number."""
        ### BEGIN SOLUTION
        return (-self) + other
        ### END SOLUTION

    def __mul__(self, other: "Dual | float") -> "Dual":
        """Return self * other."""
        ### BEGIN SOLUTION
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.val * other.val, self.der * other.val + self.val * other.der)
        ### END SOLUTION

    def __rmul__(self, other: float) -> "Dual":
        """Return other * self, where other is a plain number."""
        ### BEGIN SOLUTION
        return self * other
        ### END SOLUTION

    def __truediv__(self, other: "Dual | float") -> "Dual":
        """Return self / other.

        Raises
        ------
        ZeroDivisionError : the value of other is 0
        """
        ### BEGIN SOLUTION
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.val / other.val, (self.der * other.val - self.val * other.der) / other.val**2)
        ### END SOLUTION

    def __rtruediv__(self, other: float) -> "Dual":
        """Return other / self, where other is a plain number.

        Raises
        ------
        ZeroDivisionError : the value of self is 0
        """
        ### BEGIN SOLUTION
        return Dual(other) / self
        ### END SOLUTION

    def __pow__(self, n: float) -> "Dual":
        """Return self ** n for a plain number n (int or float); n = 0 gives the constant 1, also where val is 0."""
        ### BEGIN SOLUTION
        if n == 0:
            return Dual(1.0)
        return Dual(self.val**n, n * self.val ** (n - 1) * self.der)
        ### END SOLUTION

    def sin(self) -> "Dual":
        """Return the sine of self, in radians."""
        ### BEGIN SOLUTION
        return Dual(math.sin(self.val), math.cos(self.val) * self.der)
        ### END SOLUTION

    def exp(self) -> "Dual":
        """Return e to the power self."""
        ### BEGIN SOLUTION
        return Dual(math.exp(self.val), math.exp(self.val) * self.der)
        ### END SOLUTION

    def log(self) -> "Dual":
        """Return the natural logarithm of self.

        Raises
        ------
        ValueError : the value is not positive
        """
        ### BEGIN SOLUTION
        # math.log itself raises ValueError for a value that is not positive.
        return Dual(math.log(self.val), self.der / self.val)
        ### END SOLUTION


# %%
@helper
def read(result, val, der, what):
    """Compare the value and the derivative of a dual number with what they should be."""
    close(result.val, float(val), **T2, what=f"the value of {what}")
    close(result.der, float(der), **T2, what=f"the derivative of {what}")


# %%
@helper
def slope(Dual, f, x):
    """Return the derivative of f at x as the class computes it."""
    return f(Dual(x, 1.0)).der


# %%
@helper
def complex_step(f, x):
    """Return the derivative of a formula at x from one evaluation beside the real axis; exact up to rounding."""
    return f(complex(x, 1e-30)).imag / 1e-30


# %%
@helper
class ByTheTable:
    """A right solution in one piece, from which every misconception differs in one place."""

    def __init__(self, val, der=0.0):
        self.val, self.der = float(val), float(der)

    def _lift(self, other):
        return other if isinstance(other, ByTheTable) else type(self)(other)

    def __add__(self, other):
        other = self._lift(other)
        return type(self)(self.val + other.val, self.der + other.der)

    def __sub__(self, other):
        other = self._lift(other)
        return type(self)(self.val - other.val, self.der - other.der)

    def __mul__(self, other):
        other = self._lift(other)
        return type(self)(self.val * other.val, self.der * other.val + self.val * other.der)

    def __truediv__(self, other):
        other = self._lift(other)
        return type(self)(self.val / other.val, (self.der * other.val - self.val * other.der) / other.val**2)

    def __radd__(self, other):
        return self._lift(other) + self

    def __rsub__(self, other):
        return self._lift(other) - self

    def __rmul__(self, other):
        return self._lift(other) * self

    def __rtruediv__(self, other):
        return self._lift(other) / self

    def __neg__(self):
        return type(self)(-self.val, -self.der)

    def __pow__(self, n):
        return type(self)(self.val**n, n * self.val ** (n - 1) * self.der) if n != 0 else type(self)(1.0, 0.0)

    def sin(self):
        return type(self)(math.sin(self.val), math.cos(self.val) * self.der)

    def exp(self):
        return type(self)(math.exp(self.val), math.exp(self.val) * self.der)

    def log(self):
        return type(self)(math.log(self.val), self.der / self.val)


# %%
@check
def the_worked_example_gives_10_and_7(Dual):
    """For x^2 + 3 x at 2 the value is 10 and the derivative is 7."""
    x = Dual(2.0, 1.0)
    read(x, 2.0, 1.0, "x")
    read(x**2, 4.0, 4.0, "x^2")
    read(3 * x, 6.0, 3.0, "3 x")
    read(x**2 + 3 * x, 10.0, 7.0, "x^2 + 3 x")


# %%
@check
def a_quotient_and_a_chain(Dual):
    """At 2 the derivative of 1/x is -1/4, and at 0 the derivative of exp(sin(x)) is 1."""
    read(1 / Dual(2.0, 1.0), 0.5, -0.25, "1/x at 2")
    read(Dual(0.0, 1.0).sin().exp(), 1.0, 1.0, "exp(sin(x)) at 0")


# %%
@check
def dividing_by_zero_raises(Dual):
    """Dividing by a dual number with value 0 raises ZeroDivisionError."""
    raises(ZeroDivisionError, lambda: Dual(1.0, 1.0) / Dual(0.0, 1.0))


# %%
@hidden(weight=2)
def sums_products_and_quotients_of_pairs(Dual, rng):
    """Two dual numbers with any values and derivatives combine by the rules of differentiation."""
    for _ in range(3):
        (a, b), (da, db) = rng.uniform(0.5, 3.0, size=2).tolist(), rng.normal(size=2).tolist()
        u, v = Dual(a, da), Dual(b, db)
        read(u + v, a + b, da + db, "u + v")
        read(u - v, a - b, da - db, "u - v")
        read(u * v, a * b, da * b + a * db, "u v")
        read(u / v, a / b, da / b - a * db / b**2, "u / v")
        read(-u, -a, -da, "-u")


# %%
@hidden(weight=2)
def plain_numbers_may_stand_on_both_sides(Dual, rng):
    """A float or an int on the left or on the right acts as a constant with derivative 0."""
    a, da = float(rng.uniform(1.0, 3.0)), float(rng.uniform(0.5, 2.0))
    for c in (3, -2, float(rng.uniform(0.5, 2.0))):
        u = Dual(a, da)
        read(u + c, a + c, da, "u + c")
        read(c + u, a + c, da, "c + u")
        read(u - c, a - c, da, "u - c")
        read(c - u, c - a, -da, "c - u")
        read(u * c, a * c, da * c, "u c")
        read(c * u, a * c, da * c, "c u")
        read(u / c, a / c, da / c, "u / c")
        read(c / u, c / a, -c * da / a**2, "c / u")


# %%
@hidden
def a_number_without_derivative_is_a_constant(Dual):
    """Dual(5.0) carries the derivative 0, and whatever is computed from constants carries 0 as well."""
    c = Dual(5.0)
    read(c, 5.0, 0.0, "a constant")
    read(c * c + 2 * c - 1 / c, 34.8, 0.0, "a formula in constants")
    read(c**3, 125.0, 0.0, "the cube of a constant")
    read(c.log().exp().sin(), math.sin(5.0), 0.0, "functions of a constant")
    read(Dual(3, 1) / 2, 1.5, 0.5, "a quotient of integers")


# %%
@hidden
def powers_carry_the_inner_derivative(Dual, rng):
    """The derivative of u^n is n u^(n-1) u', for whole, negative and broken exponents, and u^0 is the constant 1."""
    a, da = float(rng.uniform(0.5, 2.0)), float(rng.uniform(1.5, 3.0))
    for n in (2, 3, 7, -1, -2, 0.5, 2.5, 1):
        read(Dual(a, da) ** n, a**n, n * a ** (n - 1) * da, f"u^{n}")
    read(Dual(-a, da) ** 3, -(a**3), 3 * a * a * da, "the cube of a negative number")
    read(Dual(0.0, da) ** 1, 0.0, da, "u^1 where u is 0")
    read(Dual(0.0, da) ** 2, 0.0, 0.0, "u^2 where u is 0")
    for value in (a, -a, 0.0):
        read(Dual(value, da) ** 0, 1.0, 0.0, f"u^0 where u is {value:g}")


# %%
@hidden(weight=2)
def sine_exponential_and_logarithm_obey_the_chain_rule(Dual, rng):
    """Inside sin, exp and log, the derivative of what is inside comes along as a factor."""
    for _ in range(2):
        a, da = float(rng.uniform(0.5, 2.0)), float(rng.uniform(-3.0, -1.0))
        read(Dual(a, da).sin(), math.sin(a), math.cos(a) * da, "sin(u)")
        read(Dual(a, da).exp(), math.exp(a), math.exp(a) * da, "exp(u)")
        read(Dual(a, da).log(), math.log(a), da / a, "log(u)")
        close(slope(Dual, lambda x: (x * x).sin(), a), 2 * a * math.cos(a * a), **T2, what="the derivative of sin(x^2)")
        derived = slope(Dual, lambda x: (-x).exp() * x, a)
        close(derived, (1 - a) * math.exp(-a), **T2, what="the derivative of x exp(-x)")
        derived = slope(Dual, lambda x: (1 + x**2).log(), a)
        close(derived, 2 * a / (1 + a * a), **T2, what="the derivative of log(1 + x^2)")
        close(slope(Dual, lambda x: x.log().exp(), a), 1.0, **T2, what="the derivative of exp(log(x))")


# %%
@hidden(weight=2)
def rational_functions_agree_with_a_complex_step(Dual, rng):
    """Formulas with + - * / and powers have the same derivative as an independent method gives them."""
    for _ in range(2):
        p, q, r = rng.uniform(0.5, 2.0, size=3).tolist()
        x = float(rng.uniform(-1.5, 1.5))
        for f in (
            lambda t: p * t - q,
            lambda t: (p - t) / (q + t * t),
            lambda t: ((t + p) * t - q) * t + r,
            lambda t: r / (1 + (t - p) ** 2) - t / q,
            lambda t: (t * t + p) ** -2 * (q - 3 * t) / (2 + t**4),
        ):
            close(slope(Dual, f, x), complex_step(f, x), **T2, what="the derivative of a rational function")


# %%
@hidden
def derivatives_of_sums_and_products_of_functions(Dual, rng):
    """The derivative of f + g is f' + g', and that of f g is f' g + f g'."""
    x = float(rng.uniform(0.5, 1.5))

    def f(t):
        return t.sin() / t

    def g(t):
        return (2 * t).exp() - t**3

    first, second = f(Dual(x, 1.0)), g(Dual(x, 1.0))
    close(slope(Dual, lambda t: f(t) + g(t), x), first.der + second.der, **T2, what="the derivative of f + g")
    product = first.der * second.val + first.val * second.der
    close(slope(Dual, lambda t: f(t) * g(t), x), product, **T2, what="the derivative of f g")
    h = 1e-5
    quotient = (math.sin(x + h) / (x + h) - math.sin(x - h) / (x - h)) / (2 * h)
    close(first.der, quotient, **T3, what="the derivative of sin(x)/x compared with a difference quotient")


# %%
@hidden
def the_square_of_a_pure_derivative_is_zero(Dual):
    """The pair (0, 1) times itself is (0, 0), so a tiny change squared counts as nothing."""
    square = Dual(0.0, 1.0) * Dual(0.0, 1.0)
    close([square.val, square.der], [0.0, 0.0], **T1, what="the pair (0, 1) times itself")
    square = (1 + Dual(0.0, 1.0)) * (1 - Dual(0.0, 1.0))
    close([square.val, square.der], [1.0, 0.0], **T1, what="(1 + e) (1 - e) with the pair e = (0, 1)")


# %%
@hidden
def operands_are_left_as_they_are(Dual):
    """Every operation returns a new number; the numbers that it was given stay the same."""
    u, v = Dual(3.0, 2.0), Dual(4.0, -1.0)
    read(u + v, 7.0, 1.0, "u + v")
    read(u * v - 2 / u, 12.0 - 2 / 3, 5.0 + 4 / 9, "u v - 2/u")
    read(u**2, 9.0, 12.0, "u^2")
    read(-v, -4.0, 1.0, "-v")
    read(u.sin(), math.sin(3.0), 2 * math.cos(3.0), "sin(u)")
    read(u, 3.0, 2.0, "u after it was used")
    read(v, 4.0, -1.0, "v after it was used")


# %%
@hidden
def what_has_no_answer_raises(Dual):
    """Dividing by 0 raises ZeroDivisionError, and the logarithm of 0 or of a negative number ValueError."""
    raises(ZeroDivisionError, lambda: Dual(0.0, 1.0) / 0)
    raises(ZeroDivisionError, lambda: 2.0 / Dual(0.0, 1.0))
    raises(ZeroDivisionError, lambda: Dual(2.0, 1.0) / Dual(0.0))
    for value in (0.0, -1.5):
        raises(ValueError, lambda: Dual(value, 1.0).log())


# %%
@accepted
class OneRuleForEveryFunction:
    def __init__(self, val, der=0.0):
        self.val, self.der = val, der

    @staticmethod
    def _parts(other):
        return (other.val, other.der) if hasattr(other, "der") else (other, 0.0)

    def _through(self, value, outer):
        return type(self)(value, outer * self.der)

    def _with(self, other, value, by_self, by_other):
        return type(self)(value, by_self * self.der + by_other * self._parts(other)[1])

    def __add__(self, other):
        return self._with(other, self.val + self._parts(other)[0], 1.0, 1.0)

    def __sub__(self, other):
        return self._with(other, self.val - self._parts(other)[0], 1.0, -1.0)

    def __mul__(self, other):
        v = self._parts(other)[0]
        return self._with(other, self.val * v, v, self.val)

    def __truediv__(self, other):
        v = self._parts(other)[0]
        return self._with(other, self.val / v, 1 / v, -self.val / v / v)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other):
        return self._through(other - self.val, -1.0)

    def __rtruediv__(self, other):
        return self._through(other / self.val, -other / self.val / self.val)

    def __neg__(self):
        return self._through(-self.val, -1.0)

    def __pow__(self, n):
        return self._through(self.val**n, 0.0 if n == 0 else n * self.val ** (n - 1))

    def sin(self):
        return self._through(math.sin(self.val), math.cos(self.val))

    def exp(self):
        return self._through(math.exp(self.val), math.exp(self.val))

    def log(self):
        return self._through(math.log(self.val), 1 / self.val)


# %%
@accepted
class AsATwoByTwoMatrix:
    """The matrices [[u, u'], [0, u]] add, multiply and invert exactly as dual numbers do."""

    def __init__(self, val, der=0.0):
        self.matrix = np.array([[val, der], [0.0, val]], dtype=float)

    val = property(lambda self: float(self.matrix[0, 0]))
    der = property(lambda self: float(self.matrix[0, 1]))

    @classmethod
    def _of(cls, matrix):
        return cls(matrix[0, 0], matrix[0, 1])

    @classmethod
    def _matrix(cls, other):
        return other.matrix if isinstance(other, cls) else float(other) * np.eye(2)

    def __add__(self, other):
        return self._of(self.matrix + self._matrix(other))

    def __mul__(self, other):
        return self._of(self.matrix @ self._matrix(other))

    def __neg__(self):
        return self._of(-self.matrix)

    def __sub__(self, other):
        return self._of(self.matrix - self._matrix(other))

    def __truediv__(self, other):
        divisor = self._matrix(other)
        if divisor[0, 0] == 0:
            raise ZeroDivisionError("division by zero")
        return self._of(self.matrix @ np.linalg.inv(divisor))

    def __radd__(self, other):
        return self._of(self._matrix(other) + self.matrix)

    def __rsub__(self, other):
        return self._of(self._matrix(other) - self.matrix)

    def __rmul__(self, other):
        return self._of(self._matrix(other) @ self.matrix)

    def __rtruediv__(self, other):
        return type(self)(other) / self

    def __pow__(self, n):
        factor = n * np.power(self.val, n - 1.0) if n else 0.0
        return type(self)(np.power(self.val, float(n)), factor * self.der)

    def sin(self):
        return type(self)(np.sin(self.val), np.cos(self.val) * self.der)

    def exp(self):
        return type(self)(np.exp(self.val), np.exp(self.val) * self.der)

    def log(self):
        if not self.val > 0:
            raise ValueError("log of a number that is not positive")
        return type(self)(np.log(self.val), self.der / self.val)


# %%
@misconception(
    caught_by="the_worked_example_gives_10_and_7",
    hint="(uv)' = u'v + uv'. The derivative of a product is not the product of the derivatives.",
)
class ProductOfTheDerivatives(ByTheTable):
    def __mul__(self, other):
        other = self._lift(other)
        return type(self)(self.val * other.val, self.der * other.der)


# %%
@misconception(
    caught_by="a_quotient_and_a_chain",
    hint="(u/v)' = (u'v - uv')/v^2: the term with u' comes first, the one with v' is taken away.",
)
class QuotientRuleWithTheSignTurned(ByTheTable):
    def __truediv__(self, other):
        other = self._lift(other)
        return type(self)(self.val / other.val, (self.val * other.der - self.der * other.val) / other.val**2)


# %%
@misconception(
    caught_by="a_quotient_and_a_chain",
    hint="(u/v)' = (u'v - uv')/v^2: divide by the square of v.",
)
class QuotientRuleWithoutTheSquare(ByTheTable):
    def __truediv__(self, other):
        other = self._lift(other)
        return type(self)(self.val / other.val, (self.der * other.val - self.val * other.der) / other.val)


# %%
@misconception(
    caught_by="the_worked_example_gives_10_and_7",
    hint="A constant does not move with x: a plain number carries the derivative 0.",
)
class ConstantsCarryOne(ByTheTable):
    def _lift(self, other):
        return other if isinstance(other, ByTheTable) else type(self)(other, 1.0)


# %%
@misconception(
    caught_by="a_quotient_and_a_chain",
    hint="2 / x asks x for help: implement __rtruediv__ and its siblings.",
)
class NoReflectedOperators(ByTheTable):
    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = None


# %%
@misconception(
    caught_by="a_quotient_and_a_chain",
    hint="2 / x is not x / 2, and 2 - x is not x - 2: in a reflected method the other number stands on the left.",
)
class ReflectedInTheSameOrder(ByTheTable):
    def __rsub__(self, other):
        return self - other

    def __rtruediv__(self, other):
        return self / other


# %%
@misconception(
    caught_by="powers_carry_the_inner_derivative",
    hint="(u^n)' = n u^(n-1) u': the derivative of what is inside is a factor.",
)
class PowerForgetsTheInnerDerivative(ByTheTable):
    def __pow__(self, n):
        return type(self)(self.val**n, n * self.val ** (n - 1)) if n != 0 else type(self)(1.0, 0.0)


# %%
@misconception(
    caught_by="sine_exponential_and_logarithm_obey_the_chain_rule",
    hint="Chain rule: (sin u)' = cos(u) u'. The derivative of what is inside is a factor, also for exp and log.",
)
class FunctionsForgetTheInnerDerivative(ByTheTable):
    def sin(self):
        return type(self)(math.sin(self.val), math.cos(self.val))

    def exp(self):
        return type(self)(math.exp(self.val), math.exp(self.val))

    def log(self):
        return type(self)(math.log(self.val), 1 / self.val)


# %%
@misconception(
    caught_by="operands_are_left_as_they_are",
    hint="An operation returns a new Dual. You changed self, so x is another number when it is used again.",
)
class AddsInPlace(ByTheTable):
    def __add__(self, other):
        other = self._lift(other)
        self.val, self.der = self.val + other.val, self.der + other.der
        return self


# %%
@misconception(
    caught_by="powers_carry_the_inner_derivative",
    hint="u^0 is the constant 1. At u = 0 the rule would compute 0.0 ** -1, so treat n = 0 on its own.",
)
class PowerZeroFailsAtZero(ByTheTable):
    def __pow__(self, n):
        return type(self)(self.val**n, n * self.val ** (n - 1) * self.der)

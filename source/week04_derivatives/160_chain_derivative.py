# %% [markdown]
# ### The chain rule
#
# A neural network is a chain: each layer takes the output of the one before. To learn, it needs the slope of the whole
# chain. The chain rule builds that slope from the slopes of the links.
#
# For two functions the derivative of $f_2(f_1(x))$ is $f_2'(f_1(x)) \cdot f_1'(x)$: $f_1$ acts first. For a chain
# $x \to f_1 \to f_2 \to \dots \to f_n$ let $u_0 = x$ and $u_i = f_i(u_{i-1})$. The last value $u_n$ is the output, and
#
# $$\frac{d u_n}{d x} = f_n'(u_{n-1}) \cdots f_2'(u_1) \cdot f_1'(u_0).$$
#
# Every link has its own slope at the value that *arrives* there, and the slopes multiply.
#
# **By hand.** First $f_1(x) = 3x + 1$, then $f_2(u) = u^2$, at $x = 1$. The value that arrives at $f_2$ is
# $u_1 = 3 \cdot 1 + 1 = 4$. The slopes are $f_1'(1) = 3$ and $f_2'(4) = 2 \cdot 4 = 8$. Their product is $24$. Check:
# $(3x + 1)^2 = 9x^2 + 6x + 1$ has the derivative $18x + 6 = 24$ at $1$.
#
# Return the derivative of the chain. In the lists, `funcs[0]` acts first and `derivs[i]` is the derivative of
# `funcs[i]`.

# %%
from autograder.kit import T2, accepted, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="compositions differentiated by hand, and central differences of the composed function",
    section="Rules of differentiation",
    topics=(
        "r0-w4-differentiation-rules",
        "r0-w4-chain-rule",
        "r1-t02-chain-rule",
        "r2-o3-chain-rule",
        "r2-sum-calculus",
        "r2-a3-chain-rule",
        "r2-b3-chain-rule",
        "r3-1-3-chain-rule",
        "r4-calc-chain-rule",
        "r4-req-calc-chain-rule",
    ),
)

# %%
import math
from collections.abc import Callable, Sequence

import numpy as np


# %%
def chain_derivative(
    funcs: Sequence[Callable[[float], float]], derivs: Sequence[Callable[[float], float]], x: float
) -> float:
    """Return the derivative at x of the composition that applies funcs[0] first and funcs[-1] last.

    Parameters
    ----------
    funcs : list of n functions of one float
    derivs : list of their derivatives, in the same order
    x : the point where the whole chain starts

    Returns
    -------
    float : 1.0 for empty lists, because an empty chain returns x itself

    Raises
    ------
    ValueError : the lists have different lengths
    """
    ### BEGIN SOLUTION
    if len(funcs) != len(derivs):
        raise ValueError("every function needs its derivative")
    value, slope = x, 1.0
    for f, df in zip(funcs, derivs):
        slope *= df(value)
        value = f(value)
    return float(slope)
    ### END SOLUTION


# %%
@helper
def link(kind, k):
    """Return a smooth function with parameter k, and its derivative."""
    if kind == "line":
        return (lambda u: k * u + 1.0), (lambda u: k)
    if kind == "wave":
        return (lambda u: math.sin(k * u)), (lambda u: k * math.cos(k * u))
    if kind == "parabola":
        return (lambda u: u * u + k), (lambda u: 2.0 * u)
    if kind == "bell":
        return (lambda u: math.exp(-k * u * u)), (lambda u: -2.0 * k * u * math.exp(-k * u * u))
    return (lambda u: math.tanh(u) + k), (lambda u: 1.0 - math.tanh(u) ** 2)


# %%
@helper
def random_chain(n, rng):
    """Return the functions and the derivatives of n random links."""
    kinds = rng.choice(["line", "wave", "parabola", "bell", "squash"], size=n)
    links = [link(kind, float(rng.uniform(0.5, 1.5))) for kind in kinds]
    return [f for f, _ in links], [df for _, df in links]


# %%
@helper
def composed(funcs, x):
    """Return the value at the end of the chain."""
    for f in funcs:
        x = f(x)
    return x


# %%
@check
def the_worked_example_gives_24(chain_derivative):
    """First 3 x + 1, then u^2: the derivative of the chain at 1 is 24."""
    value = chain_derivative([lambda x: 3 * x + 1, lambda u: u**2], [lambda x: 3.0, lambda u: 2 * u], 1.0)
    close(value, 24.0, **T2, what="the derivative of (3 x + 1)^2 at 1")


# %%
@check
def the_other_order_gives_6(chain_derivative):
    """First u^2, then 3 u + 1: the derivative of the chain at 1 is 6."""
    value = chain_derivative([lambda x: x**2, lambda u: 3 * u + 1], [lambda x: 2 * x, lambda u: 3.0], 1.0)
    close(value, 6.0, **T2, what="the derivative of 3 x^2 + 1 at 1")


# %%
@check
def lists_of_different_length_raise(chain_derivative):
    """Two functions with one derivative raise ValueError."""
    raises(ValueError, chain_derivative, [lambda x: x, lambda x: 2 * x], [lambda x: 1.0], 1.0)


# %%
@hidden(weight=2)
def known_compositions_are_right(chain_derivative, rng):
    """Chains that can be differentiated by hand have the right derivative."""
    for x in (1.5, -0.5, float(rng.uniform(0.5, 2.0))):
        k = float(rng.uniform(0.5, 2.0))
        value = chain_derivative([lambda t: t * t, lambda u: math.sin(u)], [lambda t: 2 * t, lambda u: math.cos(u)], x)
        close(value, 2 * x * math.cos(x * x), **T2, what="the derivative of sin(x^2)")
        value = chain_derivative([lambda t: math.sin(t), lambda u: u * u], [lambda t: math.cos(t), lambda u: 2 * u], x)
        close(value, math.sin(2 * x), **T2, what="the derivative of sin(x)^2")
        value = chain_derivative(
            [lambda t: t * t, lambda u: -k * u, lambda v: math.exp(v)],
            [lambda t: 2 * t, lambda u: -k, lambda v: math.exp(v)],
            x,
        )
        close(value, -2 * k * x * math.exp(-k * x * x), **T2, what="the derivative of exp(-k x^2)")


# %%
@hidden
def slopes_of_straight_lines_multiply(chain_derivative, rng):
    """A chain of straight lines has the product of their slopes, for one line and for many."""
    for n in (1, 2, 3, 10):
        slopes, heights = rng.uniform(0.5, 1.5, size=n), rng.normal(size=n)
        funcs = [lambda u, m=float(m), c=float(c): m * u + c for m, c in zip(slopes, heights)]
        derivs = [lambda u, m=float(m): m for m in slopes]
        value = chain_derivative(funcs, derivs, float(rng.normal()))
        close(value, float(np.prod(slopes)), **T2, what=f"the slope of a chain of {n} straight lines")


# %%
@hidden(weight=2)
def agrees_with_the_difference_quotient(chain_derivative, rng):
    """The derivative is the slope of the composed function, for short and for long chains."""
    for n in (1, 2, 3, 4, 6):
        funcs, derivs = random_chain(n, rng)
        x, h = float(rng.uniform(-1.0, 1.0)), 1e-5
        slope = (composed(funcs, x + h) - composed(funcs, x - h)) / (2 * h)
        close(chain_derivative(funcs, derivs, x), slope, rtol=1e-6, atol=1e-6, what=f"the slope of {n} links")


# %%
@hidden
def the_identity_changes_nothing(chain_derivative, rng):
    """Putting the function x with derivative 1 anywhere into the chain leaves the result as it is."""
    funcs, derivs = random_chain(3, rng)
    x = float(rng.uniform(0.2, 1.0))
    expected = math.prod(df(composed(funcs[:i], x)) for i, df in enumerate(derivs))
    for place in (0, 1, 3):
        longer = [*funcs[:place], lambda u: u, *funcs[place:]], [*derivs[:place], lambda u: 1.0, *derivs[place:]]
        close(chain_derivative(*longer, x), expected, **T2, what="the derivative of a chain with an identity in it")


# %%
@hidden
def a_chain_can_be_split(chain_derivative, rng):
    """A chain that is cut in two has the product of both derivatives; the second part starts where the first ends."""
    funcs, derivs = random_chain(5, rng)
    x = float(rng.uniform(-1.0, 1.0))
    whole = chain_derivative(funcs, derivs, x)
    for cut in (0, 1, 3, 5):
        first = chain_derivative(funcs[:cut], derivs[:cut], x)
        second = chain_derivative(funcs[cut:], derivs[cut:], composed(funcs[:cut], x))
        close(first * second, whole, **T2, what="the product of the derivatives of both parts")


# %%
@hidden
def an_empty_chain_has_slope_one(chain_derivative):
    """Without any function the chain returns x itself, so its derivative is 1."""
    for x in (0.0, 3, -2.5):
        close(chain_derivative([], [], x), 1.0, **T2, what="the derivative of an empty chain")


# %%
@hidden
def one_flat_link_stops_everything(chain_derivative):
    """When one link has slope 0 at the value that arrives, the derivative of the whole chain is 0."""
    funcs = [lambda x: x - 2, lambda u: u * u, lambda v: math.exp(v)]
    derivs = [lambda x: 1.0, lambda u: 2 * u, lambda v: math.exp(v)]
    close(chain_derivative(funcs, derivs, 2.0), 0.0, **T2, what="the derivative of exp((x - 2)^2) at 2")
    close(chain_derivative(funcs, derivs, 3), 2 * math.e, **T2, what="the derivative of exp((x - 2)^2) at 3")


# %%
@hidden
def a_missing_function_raises_as_well(chain_derivative):
    """Too many or too few derivatives raise ValueError, also when one of the lists is empty."""
    one = [lambda x: x]
    raises(ValueError, chain_derivative, one, [], 1.0)
    raises(ValueError, chain_derivative, [], one, 1.0)
    raises(ValueError, chain_derivative, one, one * 3, 1.0)


# %%
@accepted
def from_the_outside_with_recursion(funcs, derivs, x):
    if len(funcs) != len(derivs):
        raise ValueError("lengths differ")
    if len(funcs) == 0:
        return 1.0
    rest = from_the_outside_with_recursion(funcs[1:], derivs[1:], funcs[0](x))
    return float(rest * derivs[0](x))


# %%
@accepted
def values_first_then_the_product(funcs, derivs, x):
    if not len(funcs) == len(derivs):
        raise ValueError("lengths differ")
    values = [float(x)]
    for f in funcs[:-1]:
        values.append(f(values[-1]))
    return float(np.prod([derivs[i](values[i]) for i in range(len(derivs))][::-1]))


# %%
@misconception(
    caught_by="the_worked_example_gives_24",
    hint="The outer derivative is taken at the inner value: pass on the value that arrives at each link.",
)
def every_derivative_at_x(funcs, derivs, x):
    if len(funcs) != len(derivs):
        raise ValueError("every function needs its derivative")
    slope = 1.0
    for df in derivs:
        slope *= df(x)
    return float(slope)


# %%
@misconception(
    caught_by="the_worked_example_gives_24",
    hint="Rates multiply along a chain; do not add them.",
)
def adds_the_slopes(funcs, derivs, x):
    if len(funcs) != len(derivs):
        raise ValueError("every function needs its derivative")
    if len(funcs) == 0:
        return 1.0
    value, slope = x, 0.0
    for f, df in zip(funcs, derivs):
        slope += df(value)
        value = f(value)
    return float(slope)


# %%
@misconception(
    caught_by="the_worked_example_gives_24",
    hint="funcs[0] acts first and funcs[-1] last.",
)
def the_last_function_first(funcs, derivs, x):
    if len(funcs) != len(derivs):
        raise ValueError("every function needs its derivative")
    value, slope = x, 1.0
    for f, df in zip(funcs[::-1], derivs[::-1]):
        slope *= df(value)
        value = f(value)
    return float(slope)


# %%
@misconception(
    caught_by="the_worked_example_gives_24",
    hint="Take the slope before the step: the derivative belongs to the value that goes in.",
)
def derivative_at_the_value_that_comes_out(funcs, derivs, x):
    if len(funcs) != len(derivs):
        raise ValueError("every function needs its derivative")
    value, slope = x, 1.0
    for f, df in zip(funcs, derivs):
        value = f(value)
        slope *= df(value)
    return float(slope)


# %%
@misconception(
    caught_by="lists_of_different_length_raise",
    hint="zip stops at the shorter list without a word. Compare the lengths first and raise ValueError.",
)
def zip_hides_a_missing_derivative(funcs, derivs, x):
    value, slope = x, 1.0
    for f, df in zip(funcs, derivs):
        slope *= df(value)
        value = f(value)
    return float(slope)


# %%
@misconception(
    caught_by="an_empty_chain_has_slope_one",
    hint="An empty product is 1: a chain without links returns x, and x has the derivative 1.",
)
def an_empty_chain_gives_zero(funcs, derivs, x):
    if len(funcs) != len(derivs):
        raise ValueError("every function needs its derivative")
    value, slope = x, 1.0 if len(funcs) else 0.0
    for f, df in zip(funcs, derivs):
        slope *= df(value)
        value = f(value)
    return float(slope)

# %% [markdown]
# ### A limit from numbers
#
# The formula $\frac{\sin x}{x}$ has no value at $0$, yet close to $0$ its values are close to $1$. A limit describes
# what a function does near a point, whatever it does at the point. Every derivative is such a limit.
#
# Walk towards $a$ with the steps $h_k = 2^{-k}$ and look at the values $v_k = f(a + h_k)$. When $f$ has a slope there,
# $v_k$ is still off by about (slope) $\cdot\, h_k$, and $v_{k-1}$ by twice as much. So the combination
#
# $$e_k = 2 v_k - v_{k-1}$$
#
# removes this error. This is one step of **extrapolation**. From the left, use $v_k = f(a - h_k)$.
#
# Take $k = 4, 5, \dots, 14$. The estimate for one side is $e_{14}$. It has **settled** when
# $|e_{14} - e_{13}| \le \mathrm{tol} \cdot \max(1, |e_{14}|)$. A limit from both sides exists when both sides settle
# and their estimates $L$ and $R$ agree: $|L - R| \le \mathrm{tol} \cdot \max(1, |L|, |R|)$. Its value is the mean of
# $L$ and $R$.
#
# Very small steps such as $10^{-12}$ are no better. In $\frac{1 - \cos x}{x^2}$ they lose all digits.
#
# **By hand.** $f(x) = \frac{x^2 - 1}{x - 1}$ at $a = 1$ from the right. $v_4 = f(1.0625) = 2.0625$ and
# $v_5 = f(1.03125) = 2.03125$. Then $e_5 = 2 \cdot 2.03125 - 2.0625 = 2$, which is the limit.
#
# Return the estimate as a float. Never ask for $f(a)$.

# %%
from autograder.kit import T4, accepted, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="limits known in closed form, and the laws for sums and products",
    section="Limits and continuity",
    topics=("r0-w4-functions-limits", "r2-o3-limits-continuity", "r4-calc-functions-limits"),
)

# %%
import math
from collections.abc import Callable


# %%
def numerical_limit(f: Callable[[float], float], a: float, side: str = "both", tol: float = 1e-5) -> float:
    """Estimate the limit of f at a from the values at a - 2^-k and a + 2^-k for k = 4, ..., 14.

    Parameters
    ----------
    f : function of one float; it is never called at a
    a : the point
    side : "both", or "left" or "right" for the limit from one side; then f is called on that side only
    tol : how close the last two estimates of a side, and the two sides, must be: at most tol * max(1, |estimate|)

    Returns
    -------
    float : the last extrapolated value 2 v_k - v_(k-1) of the side, or the mean of the two sides

    Raises
    ------
    ValueError : side is another word; a side does not settle (NaN never settles); left and right differ

    Notes
    -----
    Functions whose slope grows without bound near a, such as sqrt(|x|) at 0, settle too slowly for this method.
    """
    ### BEGIN SOLUTION
    if side not in ("both", "left", "right"):
        raise ValueError("side must be 'both', 'left' or 'right'")
    estimates = []
    for sign in {"left": [-1], "right": [1], "both": [-1, 1]}[side]:
        values = [float(f(a + sign * 2.0**-k)) for k in range(4, 15)]
        before, last = (2 * values[k] - values[k - 1] for k in (-2, -1))
        # Written with "not", so that NaN counts as not settled.
        if not abs(last - before) <= tol * max(1.0, abs(last)):
            raise ValueError("the values do not settle")
        estimates.append(last)
    if abs(estimates[0] - estimates[-1]) > tol * max(1.0, abs(estimates[0]), abs(estimates[-1])):
        raise ValueError("left and right differ")
    return sum(estimates) / len(estimates)
    ### END SOLUTION


# %%
@helper
def signs_of(side):
    """Return the signs of the steps that a side needs, or raise ValueError for another word."""
    if side not in ("both", "left", "right"):
        raise ValueError("side must be 'both', 'left' or 'right'")
    return {"left": [-1], "right": [1], "both": [-1, 1]}[side]


# %%
@helper
def settled_side(f, a, sign, tol, exponents):
    """Return the extrapolated value of one side for steps 2^-k, or raise ValueError when it does not settle."""
    values = [float(f(a + sign * 2.0**-k)) for k in exponents]
    before, last = 2 * values[-2] - values[-3], 2 * values[-1] - values[-2]
    if not abs(last - before) <= tol * max(1.0, abs(last)):
        raise ValueError("the values do not settle")
    return last


# %%
@helper
def agreeing_mean(left, right, tol):
    """Return the mean of two estimates, or raise ValueError when they differ."""
    if abs(left - right) > tol * max(1.0, abs(left), abs(right)):
        raise ValueError("left and right differ")
    return (left + right) / 2


# %%
@check
def two_famous_limits_at_zero(numerical_limit):
    """At 0, sin(x)/x has the limit 1 and (1 - cos(x))/x^2 has the limit 0.5."""
    close(numerical_limit(lambda x: math.sin(x) / x, 0.0), 1.0, **T4, what="the limit of sin(x)/x")
    close(numerical_limit(lambda x: (1 - math.cos(x)) / x**2, 0.0), 0.5, **T4, what="the limit of (1 - cos(x))/x^2")


# %%
@check
def the_worked_example_tends_to_2(numerical_limit):
    """At 1, (x^2 - 1)/(x - 1) has the limit 2 from the right, from the left and from both sides."""
    for side in ("right", "left", "both"):
        value = numerical_limit(lambda x: (x**2 - 1) / (x - 1), 1.0, side)
        close(value, 2.0, **T4, what=f"the limit with side={side!r}")


# %%
@check
def a_jump_has_no_limit(numerical_limit):
    """At 0, |x|/x tends to 1 from the right and to -1 from the left, so with both sides it raises ValueError."""
    close(numerical_limit(lambda x: abs(x) / x, 0.0, side="right"), 1.0, **T4, what="the limit from the right")
    close(numerical_limit(lambda x: abs(x) / x, 0.0, side="left"), -1.0, **T4, what="the limit from the left")
    raises(ValueError, numerical_limit, lambda x: abs(x) / x, 0.0)


# %%
@hidden(weight=2)
def difference_quotients_tend_to_the_slope(numerical_limit, rng):
    """The quotient (f(x + h) - f(x))/h tends to the derivative of f at x when h tends to 0."""
    for _ in range(4):
        x, k = float(rng.uniform(-1.0, 1.0)), float(rng.uniform(1.0, 3.0))
        value = numerical_limit(lambda h: (math.sin(k * (x + h)) - math.sin(k * x)) / h, 0.0)
        close(value, k * math.cos(k * x), **T4, what="the limit of a difference quotient")


# %%
@hidden(weight=2)
def never_looks_at_the_point_itself(numerical_limit, rng):
    """The function is never called at a, and a strange value there does not matter."""
    for a in (0.0, float(rng.uniform(-2.0, 2.0))):
        for side in ("both", "left", "right"):
            seen = []

            def gap(x):
                seen.append(float(x))
                return 3.0 + x if x != a else -50.0

            close(numerical_limit(gap, a, side), 3.0 + a, **T4, what="the limit of a line with a gap")
            holds(a not in seen, "The function was called at a itself; a limit looks at the neighbourhood only.")
            wrong_side = side != "both" and any((x < a) != (side == "left") for x in seen)
            holds(not wrong_side, f"With side={side!r} the function should be called on that side only.")


# %%
@hidden
def steep_functions_have_a_limit(numerical_limit, rng):
    """A steep slope does not disturb the limit, from one side or from both."""
    for slope in (3.0, float(rng.uniform(-200.0, -100.0))):
        for side in ("right", "left", "both"):
            value = numerical_limit(lambda x: 1.0 + slope * x + x * x, 0.0, side=side)
            close(value, 1.0, **T4, what="the limit of a steep parabola at 0")


# %%
@hidden
def limits_of_sums_and_products(numerical_limit, rng):
    """The limit of a sum is the sum of the limits, and the limit of a product is their product."""
    for _ in range(3):
        b, c = (float(value) for value in rng.uniform(0.5, 2.0, size=2))

        def f(x):
            return math.sin(b * x) / x

        def g(x):
            return (math.exp(c * x) - 1) / x

        close(numerical_limit(lambda x: f(x) + g(x), 0.0), b + c, **T4, what="the limit of a sum")
        close(numerical_limit(lambda x: f(x) * g(x), 0.0), b * c, **T4, what="the limit of a product")


# %%
@hidden(weight=2)
def left_and_right_must_agree(numerical_limit, rng):
    """Each side of a jump has its own limit, and both together raise ValueError, even for a small jump."""
    for jump in (1.0, float(rng.uniform(-0.5, -0.1)), 0.01):
        a, height = (float(value) for value in rng.uniform(-1.0, 1.0, size=2))

        def step(x):
            return height + x + (jump if x > a else 0.0)

        close(numerical_limit(step, a, "left"), height + a, **T4, what="the limit from the left")
        close(numerical_limit(step, a, "right"), height + a + jump, **T4, what="the limit from the right")
        raises(ValueError, numerical_limit, step, a)


# %%
@hidden
def what_never_settles_raises(numerical_limit):
    """Functions that grow without bound, swing for ever or give NaN raise ValueError."""
    for f in (
        lambda x: 1 / x**2,
        lambda x: 1 / x,
        lambda x: math.log(abs(x)),
        lambda x: math.sin(1 / x),
        lambda x: math.nan,
    ):
        for side in ("both", "right"):
            raises(ValueError, numerical_limit, f, 0.0, side)


# %%
@hidden
def tol_decides_how_close_is_close(numerical_limit):
    """A jump of 0.01 raises with the default tol; with tol=0.1 the mean of both sides is returned."""

    def step(x):
        return 0.01 if x > 0 else 0.0

    close(numerical_limit(step, 0.0, tol=0.1), 0.005, **T4, what="the mean of both sides")
    raises(ValueError, numerical_limit, step, 0.0)
    raises(ValueError, numerical_limit, step, 0.0, tol=0.001)


# %%
@hidden
def large_values_are_compared_on_their_own_scale(numerical_limit):
    """Ten million times (1 - cos(x))/x^2 has the limit 5 000 000: tol is relative for large values of either sign."""
    for scale in (1e7, -1e7):
        value = numerical_limit(lambda x: scale * (1 - math.cos(x)) / x**2, 0.0)
        close(value, scale / 2, **T4, what="the limit of a large function")


# %%
@hidden
def the_estimate_is_the_last_extrapolated_value(numerical_limit):
    """For x^2 at 0 the estimate is 2 v_14 - v_13 = -2 / 4^14, from each side and from both."""
    for side in ("right", "left", "both"):
        close(numerical_limit(lambda x: x * x, 0.0, side), -(2.0**-27), rtol=1e-9, atol=0.0, what="the estimate")


# %%
@hidden
def no_other_points_are_asked(numerical_limit):
    """The function is called at a - 2^-k and a + 2^-k with k from 4 to 14, and nowhere else."""
    seen = []

    def f(x):
        seen.append(float(x))
        return x

    numerical_limit(f, 0.0)
    others = [x for x in seen if abs(x) not in [2.0**-k for k in range(4, 15)]]
    holds(not others, f"The function should not be called at a + {others[0] if others else 0.0:g}.")


# %%
@hidden
def settled_means_that_the_last_two_estimates_agree(numerical_limit):
    """For c x^2 at 0 the last two estimates differ by 6 c / 4^14: c = 200 settles and c = 700 does not."""
    value = numerical_limit(lambda x: 200 * x * x, 0.0, "right")
    close(value, 0.0, rtol=0.0, atol=1e-5, what="the limit of 200 x^2 at 0")
    raises(ValueError, numerical_limit, lambda x: 700 * x * x, 0.0, "right")


# %%
@hidden
def the_sides_are_compared_relative_to_the_larger_one(numerical_limit):
    """With tol=0.1 the sides -10 and -9.05 agree, whichever is left, and the sides 0 and 0.15 do not."""
    for left, right in ((-10.0, -9.05), (-9.05, -10.0)):
        value = numerical_limit(lambda x: left if x < 0 else right, 0.0, tol=0.1)
        close(value, -9.525, **T4, what=f"the mean of {left:g} and {right:g}")
    raises(ValueError, numerical_limit, lambda x: 0.0 if x < 0 else 0.15, 0.0, tol=0.1)


# %%
@hidden
def another_word_for_the_side_raises(numerical_limit):
    """A side other than both, left and right raises ValueError."""
    for side in ("top", "", "Left", "+"):
        raises(ValueError, numerical_limit, lambda x: x, 0.0, side)


# %%
@accepted
def with_two_helpers(f, a, side="both", tol=1e-5):
    if side == "left":
        return settled_side(f, a, -1, tol, range(4, 15))
    if side == "right":
        return settled_side(f, a, 1, tol, range(4, 15))
    if side != "both":
        raise ValueError("unknown side")
    left = settled_side(f, a, -1, tol, range(4, 15))
    return agreeing_mean(left, settled_side(f, a, 1, tol, range(4, 15)), tol)


# %%
@accepted
def halves_the_step_again_and_again(f, a, side="both", tol=1e-5):
    if side == "both":
        left = halves_the_step_again_and_again(f, a, "left", tol)
        right = halves_the_step_again_and_again(f, a, "right", tol)
        if not math.isclose(left, right, rel_tol=tol, abs_tol=tol):
            raise ValueError("the sides differ")
        return 0.5 * (left + right)
    if side not in ("left", "right"):
        raise ValueError("unknown side")
    h = 0.0625 if side == "right" else -0.0625
    value, estimate, change = f(a + h), math.nan, math.nan
    for _ in range(10):
        h /= 2
        finer = f(a + h)
        improved = finer + (finer - value)
        value, estimate, change = finer, improved, abs(improved - estimate)
    if math.isnan(change) or change > tol * max(1.0, abs(estimate)):
        raise ValueError("no limit")
    return float(estimate)


# %%
@misconception(
    caught_by="two_famous_limits_at_zero",
    hint="0/0: a limit is about the neighbourhood, not the point. Never ask for f(a).",
)
def returns_the_value_at_a(f, a, side="both", tol=1e-5):
    signs_of(side)
    return float(f(a))


# %%
@misconception(
    caught_by="never_looks_at_the_point_itself",
    hint="The value at a may be anything, also when it exists. A limit is about the neighbourhood, not the point.",
)
def trusts_the_value_at_a_when_there_is_one(f, a, side="both", tol=1e-5):
    sides = [settled_side(f, a, sign, tol, range(4, 15)) for sign in signs_of(side)]
    limit = agreeing_mean(sides[0], sides[-1], tol)
    try:
        value = float(f(a))
    except (ZeroDivisionError, ValueError):
        return limit
    return limit if math.isnan(value) else value


# %%
@misconception(
    caught_by="two_famous_limits_at_zero",
    hint="With such tiny steps 1 - cos(h) has lost all digits; moderate steps and extrapolation are better.",
)
def steps_near_1e_minus_12(f, a, side="both", tol=1e-5):
    sides = [settled_side(f, a, sign, tol, (38, 39, 40)) for sign in signs_of(side)]
    return agreeing_mean(sides[0], sides[-1], tol)


# %%
@misconception(
    caught_by="a_jump_has_no_limit",
    hint="Compare both sides: a limit exists only when left and right agree.",
)
def looks_from_the_right_only(f, a, side="both", tol=1e-5):
    return settled_side(f, a, signs_of(side)[-1], tol, range(4, 15))


# %%
@misconception(
    caught_by="left_and_right_must_agree",
    hint="The mean of two sides that differ is no limit. Compare them first and raise ValueError.",
)
def takes_the_mean_of_any_two_sides(f, a, side="both", tol=1e-5):
    sides = [settled_side(f, a, sign, tol, range(4, 15)) for sign in signs_of(side)]
    return sum(sides) / len(sides)


# %%
@misconception(
    caught_by="steep_functions_have_a_limit",
    hint="On a slope the values still move at the last step. Extrapolate once with 2 v_k - v_(k-1), then compare.",
)
def without_extrapolation(f, a, side="both", tol=1e-5):
    estimates = []
    for sign in signs_of(side):
        before, last = (float(f(a + sign * 2.0**-k)) for k in (13, 14))
        if not abs(last - before) <= tol * max(1.0, abs(last)):
            raise ValueError("the values do not settle")
        estimates.append(last)
    return agreeing_mean(estimates[0], estimates[-1], tol)


# %%
@misconception(
    caught_by="what_never_settles_raises",
    hint="Compare the last two estimates of each side: when they still differ, there is no limit; raise ValueError.",
)
def never_asks_whether_it_settles(f, a, side="both", tol=1e-5):
    estimates = []
    for sign in signs_of(side):
        before, last = (float(f(a + sign * 2.0**-k)) for k in (13, 14))
        estimates.append(2 * last - before)
    return agreeing_mean(estimates[0], estimates[-1], tol)


# %%
@misconception(
    caught_by="what_never_settles_raises",
    hint="Every comparison with NaN is False, so a test with > lets NaN through. Write: not (difference <= tol).",
)
def lets_nan_through(f, a, side="both", tol=1e-5):
    estimates = []
    for sign in signs_of(side):
        values = [float(f(a + sign * 2.0**-k)) for k in range(4, 15)]
        before, last = 2 * values[-2] - values[-3], 2 * values[-1] - values[-2]
        if abs(last - before) > tol * max(1.0, abs(last)):
            raise ValueError("the values do not settle")
        estimates.append(last)
    return agreeing_mean(estimates[0], estimates[-1], tol)

# %% [markdown]
# ### Continuous at a point
#
# A function is continuous at $a$ when its curve has no gap and no jump there. The rules of this week need that: where a
# function jumps, it has no derivative. A corner is continuous, and so is a steep slope.
#
# The function $f$ is **continuous at** $a$ when three things hold:
#
# 1. $f(a)$ exists,
# 2. $\lim_{x \to a} f(x)$ exists, the same from both sides,
# 3. the two are equal: $\lim_{x \to a} f(x) = f(a)$.
#
# On a computer, "equal" means $|\lim_{x \to a} f(x) - f(a)| \le \mathrm{tol} \cdot \max(1, |f(a)|)$.
#
# **By hand.** $f(x) = |x|$ at $0$: $f(0) = 0$, the limit from both sides is $0$, so the answer is True. The step with
# $f(x) = 0$ for $x < 0$ and $f(x) = 1$ for $x \ge 0$ has the limits $0$ and $1$ at $0$, so the answer is False. And
# $\frac{\sin x}{x}$ has the limit $1$ at $0$ but no value there, so the answer is False.
#
# Return True or False. Remember that `numerical_limit` raises ValueError when there is no limit.

# %%
from autograder.kit import accepted, check, exercise, helper, hidden, misconception, same

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="functions whose continuity is known by construction",
    section="Limits and continuity",
    topics=(
        "r0-strategy-step1-concept",
        "r0-w4-functions-limits",
        "r2-o3-limits-continuity",
        "r4-calc-functions-limits",
    ),
    uses=("numerical_limit",),
)

# %%
import math
from collections.abc import Callable


# %%
def is_continuous_at(f: Callable[[float], float], a: float, tol: float = 1e-4) -> bool:
    """Say whether f is continuous at a: the limit from both sides exists and equals f(a).

    Parameters
    ----------
    f : function of one float
    a : the point
    tol : the limit L counts as equal to f(a) when |L - f(a)| <= tol * max(1, |f(a)|)

    Returns
    -------
    bool : False also when f(a) does not exist (f raises ZeroDivisionError, OverflowError or ValueError, or returns
        NaN or infinity), and when there is no limit. None of these errors leaves this function.

    Notes
    -----
    Functions whose slope grows without bound near a, such as sqrt(|x|) at 0, need not be handled.
    """
    ### BEGIN SOLUTION
    try:
        value = float(f(a))
        limit = numerical_limit(f, a)
    except (ArithmeticError, ValueError):
        return False
    # Infinity is no value: it would make the allowed distance infinite too. A comparison with NaN is False.
    return bool(math.isfinite(value) and abs(limit - value) <= tol * max(1.0, abs(value)))
    ### END SOLUTION


# %%
@helper
def value_or_nan(f, x):
    """Return f(x), or NaN where f has no value; infinity is no value."""
    try:
        value = float(f(x))
    except (ZeroDivisionError, OverflowError, ValueError):
        return math.nan
    return value if math.isfinite(value) else math.nan


# %%
@helper
def side_limit(f, a, sign):
    """Return the limit of f at a from one side, extrapolated twice, or NaN when the values do not settle."""
    values = [value_or_nan(f, a + sign * 2.0**-k) for k in (11, 12, 13, 14)]
    once = [2 * fine - coarse for coarse, fine in zip(values, values[1:])]
    twice = [(4 * fine - coarse) / 3 for coarse, fine in zip(once, once[1:])]
    return twice[-1] if abs(once[-1] - once[-2]) <= 1e-5 * max(1.0, abs(once[-1])) else math.nan


# %%
@helper
def has_limit(f, a):
    """Say whether numerical_limit finds a limit from both sides."""
    try:
        numerical_limit(f, a)
    except (ZeroDivisionError, OverflowError, ValueError):
        return False
    return True


# %%
@check
def a_corner_is_continuous(is_continuous_at):
    """The absolute value is continuous at 0."""
    same(is_continuous_at(lambda x: abs(x), 0.0), True, what="|x| at 0")


# %%
@check
def a_step_is_not_continuous(is_continuous_at):
    """A step from 0 to 1 is not continuous at its edge, but it is continuous next to it."""
    same(is_continuous_at(lambda x: 1.0 if x >= 0 else 0.0, 0.0), False, what="the step at its edge")
    same(is_continuous_at(lambda x: 1.0 if x >= 0 else 0.0, 0.5), True, what="the step beside its edge")


# %%
@check
def a_missing_value_is_not_continuous(is_continuous_at):
    """At 0, sin(x)/x has a limit but no value, so it is not continuous there."""
    same(is_continuous_at(lambda x: math.sin(x) / x, 0.0), False, what="sin(x)/x at 0")


# %%
@hidden(weight=2)
def jumps_are_found_wherever_they_are(is_continuous_at, rng):
    """A jump is found from either side, large or small, and whichever side the value at a belongs to."""
    for jump, belongs_right in ((1.0, True), (0.1, False), (float(rng.uniform(-5.0, -1.0)), True)):
        a = float(rng.uniform(-2.0, 2.0))

        def step(x):
            above = x > a or (belongs_right and x == a)
            return 2.0 + x + (jump if above else 0.0)

        same(is_continuous_at(step, a), False, what="a line with a jump, at the jump")
        same(is_continuous_at(step, a - 1.0), True, what="a line with a jump, away from the jump")


# %%
@hidden(weight=2)
def a_removable_gap_is_found(is_continuous_at, rng):
    """When the limit exists but the value at a is another number, the function is not continuous there."""
    for a in (0.0, float(rng.uniform(-2.0, 2.0)), float(rng.uniform(2.0, 4.0))):
        for wrong in (1.0, -0.01):
            moved = is_continuous_at(lambda x: x * x + (wrong if x == a else 0.0), a)
            same(moved, False, what="x^2 with one moved point, at that point")
        same(is_continuous_at(lambda x: x * x, a), True, what="x^2 at the same point")


# %%
@hidden
def steep_functions_are_continuous(is_continuous_at, rng):
    """A steep slope is no jump: 100 x is continuous at 0, and steep waves are continuous everywhere."""
    same(is_continuous_at(lambda x: 100 * x, 0.0), True, what="100 x at 0")
    slope, a = float(rng.uniform(-900.0, -500.0)), float(rng.uniform(-1.0, 1.0))
    same(is_continuous_at(lambda x: slope * (x - a) + 1.0, a), True, what="a very steep line")
    same(is_continuous_at(lambda x: 30 * math.sin(5 * x), a), True, what="a steep wave")


# %%
@hidden
def sums_and_compositions_stay_continuous(is_continuous_at, rng):
    """Sums, products and compositions of continuous functions are continuous; a jump is not hidden by them."""
    a = float(rng.uniform(0.2, 1.0))
    same(is_continuous_at(lambda x: abs(x - a) + math.exp(x), a), True, what="a sum of continuous functions")
    same(is_continuous_at(lambda x: abs(x - a) * math.cos(x), a), True, what="a product of continuous functions")
    same(is_continuous_at(lambda x: math.cos(abs(x - a) - x), a), True, what="a composition of continuous functions")
    same(is_continuous_at(lambda x: math.exp(x) + (x > a), a), False, what="a sum with a jump")
    # The square hides the jump of the sign: both sides and the value are 1.
    same(is_continuous_at(lambda x: (1.0 if x >= a else -1.0) ** 2, a), True, what="the square of a jump from -1 to 1")


# %%
@hidden
def a_value_that_does_not_exist_gives_false(is_continuous_at):
    """NaN, a division by zero or a ValueError at a give False; so does a function that grows without bound."""
    same(is_continuous_at(lambda x: math.nan if x == 2.0 else x, 2.0), False, what="a function that is NaN at a")
    same(is_continuous_at(lambda x: (x**2 - 9) / (x - 3), 3.0), False, what="a division by zero at a")
    same(is_continuous_at(lambda x: x * math.log(x * x), 0.0), False, what="a logarithm without a value at a")
    same(is_continuous_at(lambda x: 5.0 if x == 0 else 1 / x**2, 0.0), False, what="1/x^2 with a value at 0")
    same(is_continuous_at(lambda x: math.nan, 1.0), False, what="a function that is NaN everywhere")
    same(is_continuous_at(lambda x: math.log(x), -1.0), False, what="the logarithm at -1")


# %%
@hidden
def infinity_and_overflow_give_false(is_continuous_at):
    """Infinity at a is no value, and an OverflowError at a or beside it gives False."""
    for infinity in (math.inf, -math.inf):
        same(is_continuous_at(lambda x: infinity if x == 2.0 else x, 2.0), False, what="a line that is infinite at a")
    same(is_continuous_at(lambda x: math.exp(1000 * x), 1.0), False, what="exp(1000 x) at 1")
    same(is_continuous_at(lambda x: math.exp(1 / x) if x else 0.0, 0.0), False, what="exp(1/x) with a value at 0")


# %%
@hidden
def tol_is_relative_for_large_values(is_continuous_at):
    """A value of -1000 may be off by 0.1 with the default tol: 0.05 still counts as equal, 0.2 does not."""
    for off, answer in ((0.05, True), (-0.05, True), (0.2, False)):
        found = is_continuous_at(lambda x: -1000.0 + (off if x else 0.0), 0.0)
        same(found, answer, what=f"the answer for a limit that is off by {off:g}")


# %%
@hidden
def tol_decides_how_far_the_value_may_be_off(is_continuous_at):
    """A point that is moved by 0.01 counts with tol=0.001 and does not count with tol=0.1."""
    same(is_continuous_at(lambda x: 0.01 if x == 0 else 0.0, 0.0, tol=0.001), False, what="the answer with tol=0.001")
    same(is_continuous_at(lambda x: 0.01 if x == 0 else 0.0, 0.0, tol=0.1), True, what="the answer with tol=0.1")
    same(is_continuous_at(lambda x: 0.15 if x == 0 else 0.0, 0.0, tol=0.1), False, what="0.15 with tol=0.1")


# %%
@accepted
def three_questions_in_order(f, a, tol=1e-4):
    value = value_or_nan(f, a)
    if math.isnan(value):
        return False
    if not has_limit(f, a):
        return False
    return abs(numerical_limit(f, a) - value) <= tol * max(1.0, abs(value))


# %%
@accepted
def with_its_own_limits_from_both_sides(f, a, tol=1e-4):
    here = value_or_nan(f, a)
    left, right = side_limit(f, a, -1), side_limit(f, a, 1)
    if math.isnan(here + left + right):
        return False
    return max(abs(left - here), abs(right - here)) <= tol * max(1.0, abs(here))


# %%
@misconception(
    caught_by="a_removable_gap_is_found",
    hint="A removable gap has a limit but the wrong value: compare the limit with f(a).",
)
def asks_only_whether_the_limit_exists(f, a, tol=1e-4):
    return not math.isnan(value_or_nan(f, a)) and has_limit(f, a)


# %%
@misconception(
    caught_by="a_corner_is_continuous",
    hint="A corner is continuous. You asked for a derivative, which is more than continuity.",
)
def asks_for_a_derivative(f, a, tol=1e-4):
    value = value_or_nan(f, a)
    if math.isnan(value):
        return False
    return has_limit(lambda x: (f(x) - value) / (x - a), a)


# %%
@misconception(
    caught_by="steep_functions_are_continuous",
    hint="A steep function changes that much within 0.01; compare the limit with f(a).",
)
def compares_with_a_point_nearby(f, a, tol=1e-4):
    value = value_or_nan(f, a)
    sides = [value_or_nan(f, a - 0.01), value_or_nan(f, a + 0.01)]
    return all(abs(side - value) <= tol * max(1.0, abs(value)) for side in sides)


# %%
@misconception(
    caught_by="a_missing_value_is_not_continuous",
    hint="f may have no value at a: catch the ZeroDivisionError or ValueError and return False.",
)
def does_not_expect_a_missing_value(f, a, tol=1e-4):
    value = f(a)
    if not has_limit(f, a):
        return False
    return bool(abs(numerical_limit(f, a) - value) <= tol * max(1.0, abs(value)))


# %%
@misconception(
    caught_by="a_step_is_not_continuous",
    hint="numerical_limit raises ValueError when there is no limit: catch it and return False.",
)
def does_not_expect_a_missing_limit(f, a, tol=1e-4):
    value = value_or_nan(f, a)
    if math.isnan(value):
        return False
    return bool(abs(numerical_limit(f, a) - value) <= tol * max(1.0, abs(value)))


# %%
@misconception(
    caught_by="a_value_that_does_not_exist_gives_false",
    hint="Every comparison with NaN is False. Ask whether the difference is small, not whether it is large.",
)
def asks_whether_the_difference_is_large(f, a, tol=1e-4):
    try:
        value, limit = f(a), numerical_limit(f, a)
    except (ZeroDivisionError, ValueError):
        return False
    if abs(limit - value) > tol * max(1.0, abs(value)):
        return False
    return True


# %%
@misconception(
    caught_by="jumps_are_found_wherever_they_are",
    hint="Look from both sides: a step that belongs to the right side is not continuous either.",
)
def looks_from_the_right_only(f, a, tol=1e-4):
    value, right = value_or_nan(f, a), side_limit(f, a, 1)
    return abs(right - value) <= tol * max(1.0, abs(value))

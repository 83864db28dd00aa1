# %% [markdown]
# ### Check a gradient
#
# A wrong gradient seldom crashes. Training only gets slow or ends in a bad place, and nobody knows why. So compare
# every gradient that you derive by hand with a numerical one before you trust it.
#
# Let $a$ be the gradient that is given and $n$ the numerical one, both of the shape of $x$. The numerical one has the
# entries $\big(f(x + h e) - f(x - h e)\big) / (2h)$, one for every entry of $x$, where $e$ has a single 1 at that
# entry. The answer is the worst relative difference:
#
# $$\max_i \frac{|a_i - n_i|}{\max(|a_i| + |n_i|,\ 10^{-8})}.$$
#
# The $10^{-8}$ keeps the fraction finite when both are zero. The answer is never above 1. As a rule of thumb, below
# $10^{-6}$ the gradient is right and above $10^{-2}$ it is wrong. In between, look closer.
#
# **By hand.** $f(x) = x_0^2 + 3 x_0 x_1$ at $x = (1, 2)$. The true gradient is $(2 x_0 + 3 x_1,\ 3 x_0) = (8, 3)$.
# Somebody forgot the term $3 x_1$ and gives $(2, 3)$. The relative differences are $6/10 = 0.6$ and $0$, so the answer
# is $0.6$.
#
# Parameters of a model come as vectors and as matrices, so $x$ may have any shape.

# %%
from autograder.kit import T3, T4, accepted, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.gradient", "scipy.optimize.check_grad", "scipy.optimize.approx_fprime", "scipy.differentiate.*"),
    oracle="differences worked out by hand for linear and quadratic functions",
    section="Partial derivatives and the gradient",
    topics=(
        "r0-w4-goal",
        "r0-w4-gradients",
        "r0-w4-out-compute-gradients",
        "r2-b3-finite-differences",
        "r4-mlmath-finite-differences",
        "r4-nice-num-finite-differences",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def gradient_check(
    f: Callable[[np.ndarray], float], grad: Callable[[np.ndarray], np.ndarray], x: np.ndarray, h: float = 1e-5
) -> float:
    """Return the largest relative difference between a given and a numerical gradient.

    Parameters
    ----------
    f : function of one array of the shape of x, returns one number
    grad : function of the same array, returns the gradient in the shape of x
    x : array or list of any shape, the point; it is never changed
    h : step of the central differences, positive; the same for all entries

    Returns
    -------
    float : the maximum over all entries of |a - n| / max(|a| + |n|, 1e-8)

    Raises
    ------
    ValueError : grad(x) has another shape than x, or h is not positive
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if h <= 0:
        raise ValueError("the step must be positive")
    given = np.asarray(grad(x.copy()), dtype=float)
    if given.shape != x.shape:
        raise ValueError(f"the gradient has shape {given.shape} instead of {x.shape}")
    numerical = np.empty(x.shape)
    for place in np.ndindex(*x.shape):
        step = np.zeros(x.shape)
        step[place] = h
        numerical[place] = (f(x + step) - f(x - step)) / (2 * h)
    return float(np.max(np.abs(given - numerical) / np.maximum(np.abs(given) + np.abs(numerical), 1e-8)))
    ### END SOLUTION


# %%
@check
def a_forgotten_term_is_found(gradient_check):
    """For x0^2 + 3 x0 x1 at (1, 2) the gradient (2, 3) instead of (8, 3) gives 0.6."""
    found = gradient_check(lambda x: x[0] ** 2 + 3 * x[0] * x[1], lambda x: 2 * x + [0, -1], np.array([1.0, 2.0]))
    close(found, 0.6, **T3)


# %%
@check
def a_right_gradient_is_accepted(gradient_check):
    """For a sum of cubes the gradient 3 x^2 gives a value below 1e-6."""
    found = gradient_check(lambda x: float(np.sum(x**3)), lambda x: 3 * x**2, np.array([1.0, -2.0, 0.5]))
    holds(0 <= found < 1e-6, "A right gradient should give a value below 1e-6.")


# %%
@check
def a_gradient_of_another_shape_raises(gradient_check):
    """A gradient of shape (1,) for a point of shape (2,) raises ValueError."""
    raises(ValueError, gradient_check, lambda x: x[0] + x[1], lambda x: np.ones(1), np.array([1.0, 2.0]))


# %%
@hidden
def right_gradients_give_less_than_a_millionth(gradient_check, rng):
    """Right gradients of vectors and matrices give values below 1e-6."""
    for shape in ((1,), (3,), (2, 2), (2, 1, 3)):
        c, x = rng.uniform(0.5, 2.0, size=shape), rng.uniform(0.5, 1.5, size=shape)
        found = gradient_check(lambda y: float(np.sum(c * np.exp(y))), lambda y: c * np.exp(y), x)
        holds(0 <= found < 1e-6, f"A right gradient of shape {shape} should give a value below 1e-6.")
    A, x = rng.uniform(0.5, 1.5, size=(4, 4)), rng.uniform(0.5, 1.5, size=4)
    found = gradient_check(lambda y: float(y @ A @ y), lambda y: (A + A.T) @ y, x)
    holds(0 <= found < 1e-6, "The right gradient of x^T A x should give a value below 1e-6.")


# %%
@hidden(weight=2)
def four_planted_errors_are_found(gradient_check, rng):
    """A wrong sign, a factor of 2, a missing term and a transposed matrix give values above 0.01."""
    B, x = rng.uniform(1.0, 2.0, size=(3, 3)), rng.uniform(1.0, 2.0, size=3)
    A = np.triu(B)
    planted = {
        "a wrong sign": lambda y: -(A + A.T) @ y,
        "a factor of 2": lambda y: 2 * (A + A.T) @ y,
        "a missing term": lambda y: A @ y,
    }
    for name, wrong in planted.items():
        found = gradient_check(lambda y: float(y @ A @ y), wrong, x)
        holds(0.01 < found <= 1, f"A gradient with {name} should give a value between 0.01 and 1.")
    W = np.arange(4.0).reshape(2, 2) + rng.uniform(1.0, 1.2, size=(2, 2))
    found = gradient_check(lambda y: float(np.sum(y**2)), lambda y: 2 * y.T, W)
    holds(0.01 < found <= 1, "A transposed gradient should give a value between 0.01 and 1.")


# %%
@hidden(weight=2)
def the_difference_is_relative(gradient_check, rng):
    """Multiplying the function and its gradient by -1, 1e-6 or 1e6 leaves the answer as it is."""
    for n in (1, 2, 4):
        x = rng.uniform(1.0, 2.0, size=n)
        for scale in (1.0, -1.0, 1e-6, 1e6):
            found = gradient_check(lambda y: scale * float(y @ y), lambda y: scale * 3 * y, x)
            close(found, 0.2, **T4, what=f"the answer for 3x instead of 2x, times {scale:g}")


# %%
@hidden(weight=2)
def one_wrong_entry_among_many_counts(gradient_check, rng):
    """A single wrong entry decides the answer, wherever it is."""
    for n in (2, 10, 60):
        x = rng.uniform(1.0, 2.0, size=n)
        factors = np.ones(n)
        factors[int(rng.integers(n))] = 3.0
        found = gradient_check(lambda y: float(np.sum(y)), lambda y: factors, x)
        close(found, 0.5, **T3, what=f"the answer for one entry of {n} that is 3 instead of 1")


# %%
@hidden(weight=2)
def zero_and_zero_agree(gradient_check, rng):
    """Where both gradients are zero the difference is 0, and it hides no other entry."""
    for n in (1, 3):
        found = gradient_check(lambda y: 4.0, lambda y: np.zeros(n), rng.normal(size=n))
        close(found, 0.0, **T3, what="the answer for a constant function")
    for n in (2, 4):
        a = np.concatenate([np.zeros(n - 1), [3.0]])
        found = gradient_check(lambda y: float(2 * y[-1]), lambda y: a, rng.uniform(1.0, 2.0, size=n))
        close(found, 0.2, **T3, what="the answer for (0, ..., 0, 3) instead of (0, ..., 0, 2)")


# %%
@hidden
def tiny_gradients_are_measured_with_the_floor(gradient_check, rng):
    """When both gradients are smaller than 1e-8, the difference is divided by 1e-8."""
    for slope in (1e-9, 3e-9):
        x = rng.uniform(1.0, 2.0, size=2)
        found = gradient_check(lambda y: slope * float(y[0]), lambda y: np.array([0.0, 0.0]), x)
        close(found, slope / 1e-8, **T4, what=f"the answer for a slope of {slope:g} against 0")


# %%
@hidden
def the_two_gradients_may_change_places(gradient_check, rng):
    """The answer is the same when the given and the true gradient change places."""
    for n in (1, 2, 5):
        a, b, x = rng.uniform(0.5, 2.0, size=n), rng.uniform(0.5, 2.0, size=n), rng.uniform(1.0, 2.0, size=n)
        expected = float(np.max(np.abs(a - b) / (a + b)))
        close(gradient_check(lambda y: float(a @ y), lambda y: b, x), expected, **T3, what="the answer")
        close(gradient_check(lambda y: float(b @ y), lambda y: a, x), expected, **T3, what="the answer after the swap")


# %%
@hidden
def the_step_is_central_and_is_the_given_one(gradient_check, rng):
    """For a cube and a large step h the numerical gradient is 3 x^2 + h^2."""
    for h in (0.25, 1.0):
        x = float(rng.uniform(1.0, 2.0))
        expected = h**2 / (6 * x**2 + h**2)
        found = gradient_check(lambda y: float(y[0] ** 3), lambda y: 3 * y**2, np.array([x]), h=h)
        close(found, expected, **T3, what=f"the answer for a cube with h = {h}")


# %%
@hidden
def the_default_step_is_1e_minus_5(gradient_check):
    """Without h every entry is moved by 1e-5 to both sides."""
    seen = []

    def f(y):
        seen.append(float(y[0]))
        return y[0]

    close(gradient_check(f, lambda y: np.ones(1), np.array([0.5])), 0.0, **T3, what="the answer for a right gradient")
    close(max(seen) - min(seen), 2e-5, rtol=1e-6, atol=0.0, what="the distance between the points on both sides")


# %%
@hidden
def integers_and_lists_are_converted(gradient_check):
    """Whole numbers, as an array or a list, are converted to floats before the steps."""
    close(gradient_check(lambda y: float(y[0] ** 2), lambda y: 3.0 * y, np.array([4])), 0.2, **T3)
    close(gradient_check(lambda y: float(y[0] * y[1]), lambda y: y[::-1] * [1, 3], [2, 5]), 0.5, **T3)
    close(gradient_check(lambda y: float(y[0, 0] ** 2), lambda y: 3.0 * y, np.array([[2]])), 0.2, **T3)
    # The size of -128 does not fit into a signed integer of one byte.
    close(gradient_check(lambda y: -64 * y[0], lambda y: np.array([-128], dtype=np.int8), [2.0]), 1 / 3, **T3)
    # A negative power of an integer array is an error.
    close(gradient_check(lambda y: float(np.log(y[0])), lambda y: 3 * y**-1, [2]), 0.5, **T3)


# %%
@hidden
def other_shapes_and_steps_raise(gradient_check):
    """A gradient of shape (n, 1), (n + 1,) or (1, n) raises ValueError, and so does a step that is not positive."""
    x = np.array([1.0, 2.0, 4.0])
    for shape in ((3, 1), (4,), (1, 3), ()):
        raises(ValueError, gradient_check, lambda y: float(np.sum(y)), lambda y: np.ones(shape), x)
    raises(ValueError, gradient_check, lambda y: float(np.sum(y)), lambda y: np.ones(4), np.ones((2, 2)))
    for h in (0.0, -1e-5):
        raises(ValueError, gradient_check, lambda y: float(np.sum(y)), lambda y: np.ones(3), x, h=h)


# %%
@accepted
def entry_by_entry(f, grad, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    if not h > 0:
        raise ValueError("the step must be positive")
    given = grad(point.copy())
    if np.shape(given) != point.shape:
        raise ValueError("shapes differ")
    worst = 0.0
    for a, place in zip(np.ravel(given), range(point.size)):
        sides = []
        for sign in (1, -1):
            moved = point.ravel().copy()
            moved[place] += sign * h
            sides.append(float(f(moved.reshape(point.shape))))
        n = (sides[0] - sides[1]) / (h + h)
        worst = max(worst, abs(float(a) - n) / max(abs(float(a)) + abs(n), 1e-8))
    return worst


# %%
@accepted
def with_all_steps_in_one_array(f, grad, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    a = np.asarray(grad(x), dtype=float)
    if a.shape != x.shape or h <= 0:
        raise ValueError("shape or step")
    steps = h * np.eye(x.size).reshape((x.size, *x.shape))
    n = np.array([f(x + step) / (2 * h) - f(x - step) / (2 * h) for step in steps])
    size = np.clip(np.abs(a).ravel() + np.abs(n), 1e-8, None)
    return float((np.abs(a.ravel() - n) / size).max())


# %%
@misconception(
    caught_by="the_difference_is_relative",
    hint="An absolute difference lets every gradient of size 1e-6 pass. Divide by the size of both gradients.",
)
def only_the_absolute_difference(f, grad, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    if h <= 0:
        raise ValueError("the step must be positive")
    given = np.asarray(grad(x.copy()), dtype=float)
    if given.shape != x.shape:
        raise ValueError("the gradient has another shape")
    steps = h * np.eye(x.size).reshape((x.size, *x.shape))
    numerical = np.array([(f(x + step) - f(x - step)) / (2 * h) for step in steps]).reshape(x.shape)
    return float(np.max(np.abs(given - numerical)))


# %%
@misconception(
    caught_by="one_wrong_entry_among_many_counts",
    hint="One wrong entry among a thousand hides in a mean. Take the maximum.",
)
def mean_over_the_entries(f, grad, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    if h <= 0:
        raise ValueError("the step must be positive")
    given = np.asarray(grad(x.copy()), dtype=float)
    if given.shape != x.shape:
        raise ValueError("the gradient has another shape")
    steps = h * np.eye(x.size).reshape((x.size, *x.shape))
    numerical = np.array([(f(x + step) - f(x - step)) / (2 * h) for step in steps]).reshape(x.shape)
    return float(np.mean(np.abs(given - numerical) / np.maximum(np.abs(given) + np.abs(numerical), 1e-8)))


# %%
@misconception(
    caught_by="zero_and_zero_agree",
    hint="0/0 gives NaN, and a test such as NaN > 0.01 is False. Guard the denominator.",
)
def divides_zero_by_zero(f, grad, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    if h <= 0:
        raise ValueError("the step must be positive")
    given = np.asarray(grad(x.copy()), dtype=float)
    if given.shape != x.shape:
        raise ValueError("the gradient has another shape")
    steps = h * np.eye(x.size).reshape((x.size, *x.shape))
    numerical = np.array([(f(x + step) - f(x - step)) / (2 * h) for step in steps]).reshape(x.shape)
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(np.max(np.abs(given - numerical) / (np.abs(given) + np.abs(numerical))))


# %%
@misconception(
    caught_by="the_step_is_central_and_is_the_given_one",
    hint="A one-sided difference has an error of size h. Step to both sides and divide by 2h.",
)
def compares_with_one_sided_differences(f, grad, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    if h <= 0:
        raise ValueError("the step must be positive")
    given = np.asarray(grad(x.copy()), dtype=float)
    if given.shape != x.shape:
        raise ValueError("the gradient has another shape")
    steps = h * np.eye(x.size).reshape((x.size, *x.shape))
    numerical = np.array([(f(x + step) - f(x)) / h for step in steps]).reshape(x.shape)
    return float(np.max(np.abs(given - numerical) / np.maximum(np.abs(given) + np.abs(numerical), 1e-8)))

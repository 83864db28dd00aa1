# %% [markdown]
# ### Searching for a dent
#
# A loss is convex when no chord between two points of its graph ever runs below the graph. Then every local minimum is
# global, and walking downhill cannot get trapped. To prove that takes thought. To refute it takes one counterexample,
# and a computer can search for one.
#
# A function $f$ is convex if for all points $x, y$ and all $t$ between 0 and 1
#
# $$f(t x + (1 - t) y) \;\le\; t f(x) + (1 - t) f(y).$$
#
# Try $n$ times: draw the coordinates of $x$ and of $y$ uniformly from $[-\text{box}, \text{box}]$, each on its own, and
# $t$ uniformly from $(0, 1)$. Rounding makes even a straight line break the inequality by a hair. Call it a violation
# only if the left side exceeds the right side by more than $10^{-9}\,(1 + |f(x)| + |f(y)|)$.
#
# **By hand.** $f(x) = x^3$ with $x = -2$, $y = 0$, $t = \frac12$. The point between is $-1$ with $f(-1) = -1$. The
# chord there has the height $\frac12 (-8) + \frac12 \cdot 0 = -4$. Since $-1 > -4$, the function $x^3$ is not convex.
# For $f(x) = x^2$ the same choice gives $1 \le 2$: no violation, and none will ever be found.
#
# Return the first violating $(x, y, t)$, or None if there was none. None does not prove that $f$ is convex.

# %%
from autograder.kit import accepted, array, check, exercise, helper, hidden, holds, misconception, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="functions that are known to be convex or not; the inequality itself",
    section="Convexity",
    topics=(
        "r0-strategy-step1-concept",
        "r0-final-explain-why",
        "r2-o4-convex",
        "r2-sum-optimization",
        "r2-a3-convex",
        "r2-b3-convex",
    ),
)

# %%
from collections.abc import Callable
from typing import Optional

import numpy as np


# %%
def convexity_counterexample(
    f: Callable[[np.ndarray], float], dim: int, rng: np.random.Generator, n: int = 2000, box: float = 5.0
) -> Optional[tuple[np.ndarray, np.ndarray, float]]:
    """Search for x, y, t that show that a function is not convex.

    Parameters
    ----------
    f : function of one array of shape (dim,) that returns a number
    dim : number of coordinates, at least 1
    rng : source of the random points
    n : number of tries, at least 1
    box : the coordinates of x and y are uniform in [-box, box], box > 0; t is uniform in (0, 1)

    Returns
    -------
    (x, y, t) : array of shape (dim,), array of shape (dim,), float, with
        f(t x + (1 - t) y) - (t f(x) + (1 - t) f(y)) > 1e-9 (1 + |f(x)| + |f(y)|),
        or None if no try violates the inequality of convex functions

    Raises
    ------
    ValueError : dim < 1, n < 1 or box <= 0
    """
    ### BEGIN SOLUTION
    if dim < 1 or n < 1 or not box > 0:
        raise ValueError("dim and n must be at least 1, and box must be positive")
    for _ in range(n):
        x, y = rng.uniform(-box, box, size=dim), rng.uniform(-box, box, size=dim)
        t = float(rng.uniform())
        fx, fy = f(x), f(y)
        if f(t * x + (1 - t) * y) - (t * fx + (1 - t) * fy) > 1e-9 * (1 + abs(fx) + abs(fy)):
            return x, y, t
    return None
    ### END SOLUTION


# %%
@helper
def must_refute(answer, f, dim, box, name):
    """Fail unless an answer is a triple inside the box that violates the inequality."""
    holds(answer is not None, f"{name} is not convex: a counterexample should be found.")
    holds(hasattr(answer, "__len__") and len(answer) == 3, "The answer should be the tuple (x, y, t) or None.")
    x, y = array(answer[0], (dim,), what="x"), array(answer[1], (dim,), what="y")
    holds(isinstance(answer[2], float), "t should be a number, as float(...) makes it.")
    t = float(answer[2])
    holds(0 < t < 1, "t should lie strictly between 0 and 1.")
    holds(max(np.max(np.abs(x)), np.max(np.abs(y))) <= box, "x and y should lie in the box.")
    excess = f(t * x + (1 - t) * y) - (t * f(x) + (1 - t) * f(y))
    margin = 1e-9 * (1 + abs(f(x)) + abs(f(y)))
    holds(excess > 0.999 * margin, f"For {name} the returned triple should violate the inequality. It does not.")


# %%
@helper
def must_stand(answer, name):
    """Fail unless the answer is None."""
    holds(answer is None, f"{name} is convex: the answer should be None.")


# %%
@check
def refutes_the_cube(convexity_counterexample, rng):
    """The function x^3 is not convex, and the returned triple shows it."""

    def cube(x):
        return float(x[0] ** 3)

    must_refute(convexity_counterexample(cube, 1, rng, n=300), cube, 1, 5.0, "x^3")


# %%
@check
def finds_nothing_against_the_square(convexity_counterexample, rng):
    """The function x^2 is convex, so the answer is None."""
    must_stand(convexity_counterexample(lambda x: float(x[0] ** 2), 1, rng, n=12), "x^2")


# %%
@check
def a_box_of_size_zero_raises(convexity_counterexample, rng):
    """A box of size 0 raises ValueError."""
    raises(ValueError, convexity_counterexample, lambda x: float(x[0] ** 2), 1, rng, n=10, box=0.0)


# %%
@hidden(weight=2)
def refutes_functions_with_a_dent(convexity_counterexample, rng):
    """Counterexamples are found for sin, -x^2, cubes, saddles, Himmelblau's function and the double well."""
    functions = {
        "sin(x)": (1, lambda x: float(np.sin(x[0]))),
        "-x^2": (1, lambda x: float(-(x[0] ** 2))),
        "x^4 - 8 x^2": (1, lambda x: float(x[0] ** 4 - 8 * x[0] ** 2)),
        "x1^2 - x2^2": (2, lambda x: float(x[0] ** 2 - x[1] ** 2)),
        "x1 x2": (2, lambda x: float(x[0] * x[1])),
        "min(x1, x2)": (2, lambda x: float(min(x[0], x[1]))),
        "Himmelblau's function": (2, lambda x: float((x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2)),
        "-|x|^2 in five dimensions": (5, lambda x: float(-x @ x)),
    }
    for name, (dim, f) in functions.items():
        must_refute(convexity_counterexample(f, dim, rng, n=400), f, dim, 5.0, name)


# %%
@hidden(weight=2)
def finds_nothing_against_convex_functions(convexity_counterexample, rng):
    """The answer is None for norms, exp, maxima, log-sum-exp and semidefinite quadratics."""
    B = rng.normal(size=(2, 3))
    functions = {
        "exp(x)": (1, lambda x: float(np.exp(x[0]))),
        "the sum of absolute values": (2, lambda x: float(np.sum(np.abs(x)))),
        "the Euclidean norm": (3, lambda x: float(np.sqrt(x @ x))),
        "the largest coordinate": (2, lambda x: float(np.max(x))),
        "log-sum-exp": (3, lambda x: float(np.log(np.sum(np.exp(x))))),
        "|B x|^2": (3, lambda x: float(np.sum((B @ x) ** 2))),
    }
    for name, (dim, f) in functions.items():
        must_stand(convexity_counterexample(f, dim, rng, n=8), name)


# %%
@hidden
def rounding_does_not_refute_a_straight_line(convexity_counterexample, rng):
    """A straight line is convex, however large its values are."""
    for scale in (1.0, 1e9):
        a, b = scale * rng.normal(size=2), scale * float(rng.normal())
        f = lambda x, a=a, b=b: float(a @ x + b)  # noqa: E731
        must_stand(convexity_counterexample(f, 2, rng, n=20), "a straight line")


# %%
@hidden
def the_margin_grows_with_the_values(convexity_counterexample, rng):
    """A tiny dent counts beside small values, and rounding-sized dents beside huge values do not count."""
    shallow = lambda x: float(-1e-6 * x[0] ** 2)  # noqa: E731
    must_refute(convexity_counterexample(shallow, 1, rng, n=100), shallow, 1, 5.0, "-0.000001 x^2")
    high = lambda x: float(1e9 - 0.01 * x[0] ** 2)  # noqa: E731
    message = "For 1e9 - 0.01 x^2 no violation exceeds the margin: the answer should be None."
    holds(convexity_counterexample(high, 1, rng, n=12) is None, message)


# %%
@hidden
def beside_values_of_zero_the_margin_is_1e_9(convexity_counterexample, rng):
    """A function that is 0 far out and 1.5e-9 inside is refuted; with 0.5e-9 inside the margin is not exceeded."""
    # In 40 dimensions nearly all points of the box lie far out, and most points between two of them lie inside.
    low = lambda x: 0.5e-9 if x @ x < 260 else 0.0  # noqa: E731
    message = "With 0.5e-9 inside no violation exceeds the margin: the answer should be None."
    holds(convexity_counterexample(low, 40, rng, n=10) is None, message)
    high = lambda x: 1.5e-9 if x @ x < 260 else 0.0  # noqa: E731
    must_refute(convexity_counterexample(high, 40, rng, n=60), high, 40, 5.0, "the hill of height 1.5e-9")


# %%
@hidden
def n_tries_look_at_three_points_each(convexity_counterexample, rng):
    """When nothing is found, f has been asked at x, y and the point between in each of the n tries, also for n = 1."""
    for n in (1, 4):
        seen = set()

        def watched(x, seen=seen):
            seen.add(tuple(np.asarray(x, dtype=float).tolist()))
            return float(x @ x)

        must_stand(convexity_counterexample(watched, 2, rng, n=n), "the squared norm")
        same(len(seen), 3 * n, what=f"the number of points at which f is asked in n = {n} tries")


# %%
@hidden
def only_the_box_is_searched(convexity_counterexample, rng):
    """A dent outside the box is not found, and one near its border is."""

    def wave(x):
        return float(-np.cos(x[0]))

    def bowl_with_a_flat_rim(x):
        return float(min(x[0] ** 2, 225.0))

    must_stand(convexity_counterexample(wave, 1, rng, n=15, box=1.5), "-cos(x) for |x| < 1.5")
    must_refute(convexity_counterexample(wave, 1, rng, n=400, box=6.0), wave, 1, 6.0, "-cos(x) for |x| < 6")
    answer = convexity_counterexample(bowl_with_a_flat_rim, 1, rng, n=400, box=20.0)
    must_refute(answer, bowl_with_a_flat_rim, 1, 20.0, "a bowl with a flat rim")


# %%
@hidden
def the_coordinates_are_drawn_one_by_one(convexity_counterexample, rng):
    """The points fill the whole box: their coordinates reach all sides and do not move together."""
    for dim, box in ((1, 2.0), (3, 0.5)):
        seen = []

        def watched(x, seen=seen):
            seen.append(np.array(x, dtype=float))
            return float(x @ x)

        must_stand(convexity_counterexample(watched, dim, rng, n=20, box=box), "the squared norm")
        holds(all(point.shape == (dim,) for point in seen), f"f should be called with arrays of shape ({dim},).")
        points = np.array(seen)
        holds(np.max(np.abs(points)) <= box, "No point should lie outside the box.")
        sides = np.concatenate([np.max(points, axis=0), -np.min(points, axis=0)])
        holds(np.min(sides) > 0.3 * box, "The points should reach all sides of the box.")
    valley = lambda x: float(-((x[0] - x[1]) ** 2))  # noqa: E731
    must_refute(convexity_counterexample(valley, 2, rng, n=100), valley, 2, 5.0, "-(x1 - x2)^2")


# %%
@hidden
def sums_and_maxima_of_convex_functions_stay_convex(convexity_counterexample, rng):
    """The sum and the maximum of convex functions are convex, their minimum usually is not."""
    for dim in (1, 3):
        a, c = rng.normal(size=dim), rng.normal(size=dim)
        bowl = lambda x, c=c: float(np.sum((x - c) ** 2))  # noqa: E731
        wedge = lambda x, a=a: float(np.abs(a @ x))  # noqa: E731
        must_stand(convexity_counterexample(lambda x: bowl(x) + wedge(x), dim, rng, n=8), "a bowl plus a wedge")
        must_stand(convexity_counterexample(lambda x: max(bowl(x), 9 * wedge(x)), dim, rng, n=8), "their maximum")
    two = lambda x: float(min((x[0] - 3) ** 2, (x[0] + 3) ** 2))  # noqa: E731
    must_refute(convexity_counterexample(two, 1, rng, n=300), two, 1, 5.0, "the minimum of two parabolas")


# %%
@hidden
def arguments_out_of_range_raise(convexity_counterexample, rng):
    """No coordinates, no tries and a box that is not positive raise ValueError."""
    for bad in ({"dim": 0}, {"dim": -1}, {"n": 0}, {"n": -3}, {"box": -1.0}, {"box": 0.0}):
        arguments = {"dim": 2, "n": 5, "box": 1.0} | bad
        raises(ValueError, convexity_counterexample, lambda x: 0.0, rng=rng, **arguments)


# %%
@accepted
def with_all_points_drawn_at_once(f, dim, rng, n=2000, box=5.0):
    if dim < 1 or n < 1 or box <= 0:
        raise ValueError("out of range")
    points = box * (2 * rng.random((n, 2, dim)) - 1)
    weights = rng.random(n)
    between = weights[:, None] * points[:, 0] + (1 - weights[:, None]) * points[:, 1]
    for i in range(n):
        ends = np.array([f(points[i, 0]), f(points[i, 1])])
        chord = weights[i] * ends[0] + (1 - weights[i]) * ends[1]
        if f(between[i]) > chord + 1e-9 * (1 + np.abs(ends).sum()):
            return points[i, 0], points[i, 1], float(weights[i])
    return None


# %%
@accepted
def with_a_generator_of_tries(f, dim, rng, n=2000, box=5.0):
    if min(dim, n) < 1 or not box > 0:
        raise ValueError("out of range")

    def excess(x, y, t):
        left, right = f(x), f(y)
        return f(y + t * (x - y)) - right - t * (left - right) - 1e-9 * (1 + abs(left) + abs(right))

    tries = ((rng.uniform(-box, box, dim), rng.uniform(-box, box, dim), rng.random()) for _ in range(n))
    return next((candidate for candidate in tries if excess(*candidate) > 0), None)


# %%
@misconception(
    caught_by="finds_nothing_against_convex_functions",
    hint="The inequality is reversed. Convex means that the chord lies above the graph.",
)
def reverses_the_inequality(f, dim, rng, n=2000, box=5.0):
    if dim < 1 or n < 1 or not box > 0:
        raise ValueError("out of range")
    for _ in range(n):
        x, y = rng.uniform(-box, box, size=dim), rng.uniform(-box, box, size=dim)
        t = float(rng.uniform())
        fx, fy = f(x), f(y)
        if (t * fx + (1 - t) * fy) - f(t * x + (1 - t) * y) > 1e-9 * (1 + abs(fx) + abs(fy)):
            return x, y, t
    return None


# %%
@misconception(
    caught_by="rounding_does_not_refute_a_straight_line",
    hint="Rounding alone breaks the inequality of a straight line by a hair. Allow for rounding.",
)
def allows_nothing_for_rounding(f, dim, rng, n=2000, box=5.0):
    if dim < 1 or n < 1 or not box > 0:
        raise ValueError("out of range")
    for _ in range(n):
        x, y = rng.uniform(-box, box, size=dim), rng.uniform(-box, box, size=dim)
        t = float(rng.uniform())
        fx, fy = f(x), f(y)
        if f(t * x + (1 - t) * y) > t * fx + (1 - t) * fy:
            return x, y, t
    return None


# %%
@misconception(
    caught_by="the_margin_grows_with_the_values",
    hint="Rounding errors grow with the values. The margin needs the factor 1 + |f(x)| + |f(y)|.",
)
def allows_the_same_margin_everywhere(f, dim, rng, n=2000, box=5.0):
    if dim < 1 or n < 1 or not box > 0:
        raise ValueError("out of range")
    for _ in range(n):
        x, y = rng.uniform(-box, box, size=dim), rng.uniform(-box, box, size=dim)
        t = float(rng.uniform())
        if f(t * x + (1 - t) * y) - (t * f(x) + (1 - t) * f(y)) > 1e-9:
            return x, y, t
    return None


# %%
@misconception(
    caught_by="refutes_functions_with_a_dent",
    hint="One pair of points that obeys says little. Convexity is about all pairs: try n of them.",
)
def gives_up_after_one_pair(f, dim, rng, n=2000, box=5.0):
    if dim < 1 or n < 1 or not box > 0:
        raise ValueError("out of range")
    x, y = rng.uniform(-box, box, size=dim), rng.uniform(-box, box, size=dim)
    t = float(rng.uniform())
    fx, fy = f(x), f(y)
    if f(t * x + (1 - t) * y) - (t * fx + (1 - t) * fy) > 1e-9 * (1 + abs(fx) + abs(fy)):
        return x, y, t
    return None


# %%
@misconception(
    caught_by="refutes_functions_with_a_dent",
    hint="The curvature at one point says nothing about the others. Convexity is about all pairs of points.",
)
def looks_only_at_the_curvature_at_zero(f, dim, rng, n=2000, box=5.0):
    if dim < 1 or n < 1 or not box > 0:
        raise ValueError("out of range")
    for _ in range(n):
        x = rng.uniform(-1, 1, size=dim) * min(box, 1e-2)
        fx, fy = f(x), f(-x)
        if f(0 * x) - (fx + fy) / 2 > 1e-9 * (1 + abs(fx) + abs(fy)):
            return x, -x, 0.5
    return None


# %%
@misconception(
    caught_by="rounding_does_not_refute_a_straight_line",
    hint="The weights are exchanged: the point with weight t is x, so f(x) has the weight t too.",
)
def exchanges_the_weights(f, dim, rng, n=2000, box=5.0):
    if dim < 1 or n < 1 or not box > 0:
        raise ValueError("out of range")
    for _ in range(n):
        x, y = rng.uniform(-box, box, size=dim), rng.uniform(-box, box, size=dim)
        t = float(rng.uniform())
        fx, fy = f(x), f(y)
        if f(t * x + (1 - t) * y) - ((1 - t) * fx + t * fy) > 1e-9 * (1 + abs(fx) + abs(fy)):
            return x, y, t
    return None


# %%
@misconception(
    caught_by="the_coordinates_are_drawn_one_by_one",
    hint="One random number for all coordinates searches the diagonal only. Draw each coordinate: size=dim.",
)
def uses_one_number_for_all_coordinates(f, dim, rng, n=2000, box=5.0):
    if dim < 1 or n < 1 or not box > 0:
        raise ValueError("out of range")
    for _ in range(n):
        x, y = np.full(dim, rng.uniform(-box, box)), np.full(dim, rng.uniform(-box, box))
        t = float(rng.uniform())
        fx, fy = f(x), f(y)
        if f(t * x + (1 - t) * y) - (t * fx + (1 - t) * fy) > 1e-9 * (1 + abs(fx) + abs(fy)):
            return x, y, t
    return None

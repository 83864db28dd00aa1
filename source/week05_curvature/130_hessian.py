# %% [markdown]
# ### The Hessian matrix
#
# The gradient says which way is downhill. The Hessian says how the slope itself changes: it measures curvature. Fast
# optimisers use it, and it tells a valley from a saddle.
#
# For $f: \mathbb R^n \to \mathbb R$ it is the matrix of second derivatives, $H_{ij} = \partial^2 f / \partial x_i \,
# \partial x_j$. With steps $a = h_i e_i$ and $b = h_j e_j$ the diagonal and the mixed entries are approximately
#
# $$H_{ii} \approx \frac{f(x + a) - 2 f(x) + f(x - a)}{h_i^2}$$
#
# $$H_{ij} \approx \frac{f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)}{4 h_i h_j}$$
#
# The best step is larger than for first derivatives: $h_i = \varepsilon^{1/4} \max(1, |x_i|)$, which is about $10^{-4}$
# for small $x_i$. Here $\varepsilon$ is `np.finfo(float).eps`. The order of two derivatives does not matter for smooth
# $f$, so $H$ is symmetric.
#
# **By hand.** $f(x_1, x_2) = x_1^2 + 3 x_1 x_2$ has $\nabla f = (2 x_1 + 3 x_2,\; 3 x_1)$, so
# $H = \begin{pmatrix} 2 & 3 \\ 3 & 0 \end{pmatrix}$. The formula for the mixed entry at $(0, 0)$ with $h = 1$ needs
# $f(1, 1) = 4$, $f(1, -1) = -2$, $f(-1, 1) = -2$, $f(-1, -1) = 4$: $(4 + 2 + 2 + 4) / 4 = 3$.
#
# In the same way $f(x) = x^\top A x$ has the Hessian $A + A^\top$, because only the symmetric part of $A$ counts.
#
# Return $H$, exactly symmetric.

# %%
from autograder.kit import T2, accepted, array, check, close, exercise, helper, hidden, misconception, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.gradient", "scipy.optimize.approx_fprime", "scipy.differentiate.*"),
    oracle="the analytic Hessian",
    section="The Hessian and curvature",
    topics=(
        "r0-strategy-step4-implement",
        "r0-w5-hessian",
        "r1-t02-hessian",
        "r1-t07-numerical-differentiation",
        "r2-o3-jacobians-hessians",
        "r2-o6-numerical-diff-int",
        "r2-a3-gradient-jacobian-hessian",
        "r2-b3-gradient-jacobian-hessian",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def hessian(f: Callable[[np.ndarray], float], x: np.ndarray, h: float | None = None) -> np.ndarray:
    """Approximate the matrix of second derivatives by central differences.

    Parameters
    ----------
    f : function of an array of shape (n,) that returns a number
    x : array or list of shape (n,), n >= 1
    h : the step for every coordinate; None stands for eps^(1/4) * max(1, |x_i|) in coordinate i

    Returns
    -------
    array of shape (n, n), exactly symmetric

    Raises
    ------
    ValueError : x is not of shape (n,) with n >= 1, or h is not positive
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0:
        raise ValueError("x must have the shape (n,) with n >= 1")
    if h is not None and not h > 0:
        raise ValueError("h must be positive")
    n = len(x)
    steps = np.finfo(float).eps ** 0.25 * np.maximum(1.0, np.abs(x)) if h is None else np.full(n, float(h))
    E = np.diag(steps)
    H, middle = np.empty((n, n)), f(x)
    for i in range(n):
        a = E[i]
        H[i, i] = (f(x + a) - 2 * middle + f(x - a)) / steps[i] ** 2
        for j in range(i):
            b = E[j]
            mixed = f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)
            H[i, j] = H[j, i] = mixed / (4 * steps[i] * steps[j])
    return H
    ### END SOLUTION


# %%
@helper
def near(H, expected, what):
    """Fail unless H is the expected matrix up to 1e-5 of its largest entry."""
    H = array(H, expected.shape, what=what)
    close(H, expected, rtol=0.0, atol=1e-5 * float(np.max(np.abs(expected))), what=what)


# %%
@check
def gives_the_matrix_of_the_example(hessian):
    """For x1^2 + 3 x1 x2 the Hessian is [[2, 3], [3, 0]] everywhere."""
    H = hessian(lambda x: float(x[0] ** 2 + 3 * x[0] * x[1]), np.array([0.5, -1.0]))
    near(H, np.array([[2.0, 3.0], [3.0, 0.0]]), "H")


# %%
@check
def a_step_of_zero_raises(hessian):
    """A step of 0 raises ValueError."""
    raises(ValueError, hessian, lambda x: float(x @ x), np.array([1.0, 2.0]), h=0.0)


# %%
@hidden(weight=2)
def a_quadratic_form_gives_the_matrix_plus_its_transpose(hessian, rng):
    """For f(x) = x^T A x the Hessian is A + A^T: only the symmetric part of A matters."""
    for n in (1, 2, 3, 5):
        A, x = rng.normal(size=(n, n)), rng.normal(size=n)
        near(hessian(lambda x, A=A: float(x @ A @ x), x), A + A.T, "H of x^T A x")


# %%
@hidden(weight=2)
def rosenbrock_is_right_with_the_default_step(hessian):
    """The Hessian of Rosenbrock's function is right with the default step."""
    for a, b in ((-1.2, 1.0), (1.0, 1.0), (0.3, 2.0)):
        H = hessian(lambda x: float(100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2), np.array([a, b]))
        expected = np.array([[1200 * a * a - 400 * b + 2, -400 * a], [-400 * a, 200.0]])
        near(H, expected, "H of Rosenbrock's function")


# %%
@hidden
def agrees_with_the_analytic_second_derivatives(hessian, rng):
    """For sin(w . x) the Hessian is -sin(w . x) w w^T, and its trace is the Laplacian."""
    for n in (1, 2, 4):
        w, x = rng.uniform(0.5, 1.5, size=n) * rng.choice([-1.0, 1.0], size=n), rng.normal(size=n)
        shift = 1.0 - float(w @ x)
        H = array(hessian(lambda x, w=w, s=shift: float(np.sin(w @ x + s)), x), (n, n), what="H")
        near(H, -np.sin(1.0) * np.outer(w, w), "H of a sine wave")
        close(float(np.trace(H)), float(-np.sin(1.0) * w @ w), rtol=1e-4, atol=0.0, what="the trace of H")


# %%
@hidden
def the_result_is_exactly_symmetric(hessian, rng):
    """H and its transpose are equal to the last digit."""
    for n in (2, 3, 5, 6):
        # Steps that are no powers of two make rounding visible.
        w, x = rng.normal(size=n), rng.uniform(1.2, 2.5, size=n)
        H = array(hessian(lambda x, w=w: float(np.exp(0.3 * w @ x) + np.cos(x @ x)), x), (n, n), what="H")
        same(H, H.T.copy(), what="H compared with its transpose")


# %%
@hidden
def a_linear_function_has_no_curvature(hessian, rng):
    """The Hessian of a linear function is zero."""
    for n in (1, 3):
        a, x = rng.normal(size=n), rng.normal(size=n)
        H = array(hessian(lambda x, a=a: float(a @ x + 1.0), x), (n, n), what="H")
        close(H, np.zeros((n, n)), rtol=0.0, atol=1e-6, what="H of a linear function")


# %%
@hidden
def the_given_step_is_used(hessian, rng):
    """For x1^4 + x1^3 x2 + x2^2, central differences with step h give exactly 12 x1^2 + 6 x1 x2 + 2 h^2 at the top."""
    for h in (1.0, 0.5, 0.25):
        x = rng.uniform(-1.5, 1.5, size=2)
        H = array(hessian(lambda x: float(x[0] ** 4 + x[0] ** 3 * x[1] + x[1] ** 2), x, h=h), (2, 2), what="H")
        top, mixed = 12 * x[0] ** 2 + 6 * x[0] * x[1] + 2 * h**2, 3 * x[0] ** 2 + h**2
        close(H, np.array([[top, mixed], [mixed, 2.0]]), **T2, what=f"H with h = {h}")


# %%
@hidden
def the_step_grows_with_the_coordinate(hessian, rng):
    """Large coordinates need large steps: the curvature stays right at 1e6, beside a coordinate of size 1."""
    x = np.array([float(rng.uniform(1.0, 3.0)) * 1e6, float(rng.uniform(0.5, 1.5))])
    H = hessian(lambda x: float(x[0] ** 2 / 1e12 + x[0] * x[1] / 1e6 + x[1] ** 2), x)
    H = array(H, (2, 2), what="H") * np.array([[1e12, 1e6], [1e6, 1.0]])
    near(H, np.array([[2.0, 1.0], [1.0, 2.0]]), "H, with the first coordinate measured in millions")


# %%
@hidden
def the_default_step_is_the_one_of_the_rule(hessian):
    """At the kink of |x_i - c| the second difference is 2 / h with h = eps^(1/4) max(1, |c|), for any type of c."""
    for c in (np.array([0.0, 0.25]), np.array([-8.0, 1000.0]), np.array([1, -128], dtype=np.int8)):
        H = array(hessian(lambda x: float(np.sum(np.abs(x - c))), c), (2, 2), what="H")
        expected = np.diag(2 / (2.0**-13 * np.maximum(1.0, np.abs(c.astype(float)))))
        close(H, expected, rtol=1e-6, atol=1e-3, what=f"H of the sum of |x_i - c_i| at c = {c}")


# %%
@hidden
def whole_numbers_become_floats(hessian):
    """A list or an array of whole numbers is a point like any other."""
    for x in ([1, 2], np.array([1, 2])):
        near(hessian(lambda x: float(x[0] ** 2 / 4 + x[0] * x[1] ** 2), x), np.array([[0.5, 4.0], [4.0, 2.0]]), "H")


# %%
@hidden
def steps_and_points_that_make_no_sense_raise(hessian):
    """A negative step, a single number, a table and a point without coordinates raise ValueError."""
    raises(ValueError, hessian, lambda x: 1.0, np.ones(2), h=-0.1)
    for x in (3.0, np.ones((2, 2)), np.array([])):
        raises(ValueError, hessian, lambda x: 1.0, x)


# %%
@accepted
def with_sums_over_four_signs(f, x, h=None):
    point = np.array(x, dtype=np.float64)
    if len(point.shape) != 1 or len(point) < 1 or (h is not None and h <= 0):
        raise ValueError("no such point or step")
    n = len(point)
    size = [h if h is not None else 2.0**-13 * max(1.0, abs(c)) for c in point.tolist()]
    H = np.zeros((n, n))

    def moved(i, j, s, t):
        z = point.copy()
        z[i] += s * size[i]
        z[j] += t * size[j]
        return f(z)

    for i in range(n):
        H[i, i] = (moved(i, i, 1, 0) + moved(i, i, -1, 0) - 2 * f(point)) / size[i] ** 2
        for j in range(i + 1, n):
            total = sum(s * t * moved(i, j, s, t) for s in (1, -1) for t in (1, -1))
            H[i, j] = total / (4 * size[i] * size[j])
            H[j, i] = H[i, j]
    return H


# %%
@accepted
def from_differences_of_the_gradient(f, x, h=None):
    if np.ndim(x) != 1 or np.size(x) == 0:
        raise ValueError("x must be a vector")
    if h is not None and h <= 0:
        raise ValueError("h must be positive")
    x = np.array(x, dtype=float)
    half = np.full(len(x), h) if h is not None else 2.0**-13 * np.maximum(1.0, np.abs(x))
    shifts = np.diag(half)

    def gradient(z):
        return np.array([(f(z + s) - f(z - s)) / (2 * s.sum()) for s in shifts])

    H = np.array([(gradient(x + s) - gradient(x - s)) / (2 * s.sum()) for s in shifts])
    for i, s in enumerate(shifts):
        H[i, i] = (f(x + s) - 2 * f(x) + f(x - s)) / half[i] ** 2
    return (H + H.T) / 2


# %%
@misconception(
    caught_by="rosenbrock_is_right_with_the_default_step",
    hint="Second differences divide by h^2, so a tiny step drowns in rounding; the best step is near eps^(1/4).",
)
def takes_a_tiny_step(f, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or (h is not None and not h > 0):
        raise ValueError("no such point or step")
    n = len(x)
    steps = 1e-8 * np.maximum(1.0, np.abs(x)) if h is None else np.full(n, float(h))
    E, H = np.diag(steps), np.empty((n, n))
    for i in range(n):
        a = E[i]
        H[i, i] = (f(x + a) - 2 * f(x) + f(x - a)) / steps[i] ** 2
        for j in range(i):
            b = E[j]
            mixed = f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)
            H[i, j] = H[j, i] = mixed / (4 * steps[i] * steps[j])
    return H


# %%
@misconception(
    caught_by="gives_the_matrix_of_the_example",
    hint="Mixed derivatives measure how the variables interact; the entries beside the diagonal are missing.",
)
def only_the_diagonal(f, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or (h is not None and not h > 0):
        raise ValueError("no such point or step")
    n = len(x)
    steps = np.finfo(float).eps ** 0.25 * np.maximum(1.0, np.abs(x)) if h is None else np.full(n, float(h))
    E, H = np.diag(steps), np.zeros((n, n))
    for i in range(n):
        H[i, i] = (f(x + E[i]) - 2 * f(x) + f(x - E[i])) / steps[i] ** 2
    return H


# %%
@misconception(
    caught_by="gives_the_matrix_of_the_example",
    hint="The four points are 2h apart in both directions: divide the mixed term by 4 h_i h_j.",
)
def mixed_term_without_the_four(f, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or (h is not None and not h > 0):
        raise ValueError("no such point or step")
    n = len(x)
    steps = np.finfo(float).eps ** 0.25 * np.maximum(1.0, np.abs(x)) if h is None else np.full(n, float(h))
    E, H = np.diag(steps), np.empty((n, n))
    for i in range(n):
        a = E[i]
        H[i, i] = (f(x + a) - 2 * f(x) + f(x - a)) / steps[i] ** 2
        for j in range(i):
            b = E[j]
            mixed = f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)
            H[i, j] = H[j, i] = mixed / (steps[i] * steps[j])
    return H


# %%
@misconception(
    caught_by="a_quadratic_form_gives_the_matrix_plus_its_transpose",
    hint="The Hessian is symmetric, as A + A^T is: copy each mixed derivative to the other side of the diagonal.",
)
def fills_one_side_of_the_diagonal(f, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or (h is not None and not h > 0):
        raise ValueError("no such point or step")
    n = len(x)
    steps = np.finfo(float).eps ** 0.25 * np.maximum(1.0, np.abs(x)) if h is None else np.full(n, float(h))
    E, H = np.diag(steps), np.zeros((n, n))
    for i in range(n):
        a = E[i]
        H[i, i] = (f(x + a) - 2 * f(x) + f(x - a)) / steps[i] ** 2
        for j in range(i + 1, n):
            b = E[j]
            mixed = f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)
            H[i, j] = mixed / (4 * steps[i] * steps[j])
    return H


# %%
@misconception(
    caught_by="the_result_is_exactly_symmetric",
    hint="Rounding differs when H[i, j] and H[j, i] are computed apart. Compute each pair once, or average H and H^T.",
)
def computes_both_sides_apart(f, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or (h is not None and not h > 0):
        raise ValueError("no such point or step")
    n = len(x)
    steps = np.finfo(float).eps ** 0.25 * np.maximum(1.0, np.abs(x)) if h is None else np.full(n, float(h))
    E, H = np.diag(steps), np.empty((n, n))
    for i in range(n):
        a = E[i]
        for j in range(n):
            b = E[j]
            first = (f(x + a + b) - f(x - a + b)) / (2 * steps[i])
            second = (f(x + a - b) - f(x - a - b)) / (2 * steps[i])
            H[i, j] = (first - second) / (2 * steps[j])
        H[i, i] = (f(x + a) - 2 * f(x) + f(x - a)) / steps[i] ** 2
    return H


# %%
@misconception(
    caught_by="the_step_grows_with_the_coordinate",
    hint="Near 1e6 a step of 1e-4 drowns in rounding. Scale the step with max(1, |x_i|).",
)
def takes_the_same_step_everywhere(f, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or (h is not None and not h > 0):
        raise ValueError("no such point or step")
    n = len(x)
    steps = np.full(n, np.finfo(float).eps ** 0.25 if h is None else float(h))
    E, H = np.diag(steps), np.empty((n, n))
    for i in range(n):
        a = E[i]
        H[i, i] = (f(x + a) - 2 * f(x) + f(x - a)) / steps[i] ** 2
        for j in range(i):
            b = E[j]
            mixed = f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)
            H[i, j] = H[j, i] = mixed / (4 * steps[i] * steps[j])
    return H

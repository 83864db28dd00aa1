# %% [markdown]
# ### The quadratic model
#
# A loss is expensive to evaluate. Near the current weights a simple function can stand in for it: the Taylor polynomial
# of degree two. Newton's method walks to the minimum of this model.
#
# With the displacement $d = x - x_0$, the gradient $g = \nabla f(x_0)$ of shape $(n,)$ and the Hessian $H$ at $x_0$
# of shape $(n, n)$:
#
# $$m(x) = f(x_0) + g^\top d + \tfrac12 \, d^\top H d$$
#
# **By hand.** $f(x) = x_1^2 x_2$ at $x_0 = (1, 2)$: the value is $2$, the gradient $(2 x_1 x_2, x_1^2) = (4, 1)$ and
# the Hessian $\begin{pmatrix} 2 x_2 & 2 x_1 \\ 2 x_1 & 0 \end{pmatrix} = \begin{pmatrix} 4 & 2 \\ 2 & 0 \end{pmatrix}$.
# At $x = (1.5, 3)$ the displacement is $d = (0.5, 1)$. Then $g^\top d = 3$ and $d^\top H d = 1 + 2 = 3$. So
# $m(x) = 2 + 3 + 1.5 = 6.5$. The true value is $6.75$.
#
# Return the model $m$: a **function** that takes an array and returns a float. Define it inside your function.

# %%
from autograder.kit import T2, accepted, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="quadratic functions, which are their own model",
    section="Taylor polynomials",
    topics=("r0-w5-taylor", "r0-w5-out-ready-optimization"),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def quadratic_model(
    f: Callable[[np.ndarray], float],
    grad: Callable[[np.ndarray], np.ndarray],
    hess: Callable[[np.ndarray], np.ndarray],
    x0: np.ndarray,
) -> Callable[[np.ndarray], float]:
    """Build the Taylor model of degree two of a function around a point.

    Parameters
    ----------
    f : function of an array of shape (n,) that returns a number
    grad : its gradient; returns an array of shape (n,)
    hess : its Hessian; returns an array of shape (n, n)
    x0 : array or list of shape (n,), n >= 1; changing it later does not change the model

    f, grad and hess are each called exactly once, at x0.

    Returns
    -------
    function that takes an array or list of shape (n,) and returns the value of the model there, a float

    Raises
    ------
    ValueError : x0 is not of shape (n,) with n >= 1;
        the model raises ValueError when its argument has another shape than x0
    """
    ### BEGIN SOLUTION
    x0 = np.array(x0, dtype=float)
    if x0.ndim != 1 or x0.size == 0:
        raise ValueError("x0 must have the shape (n,) with n >= 1")
    value, g, H = float(f(x0)), np.array(grad(x0), dtype=float), np.array(hess(x0), dtype=float)

    def model(x: np.ndarray) -> float:
        x = np.asarray(x, dtype=float)
        if x.shape != x0.shape:
            raise ValueError("x must have the shape of x0")
        d = x - x0
        return float(value + g @ d + 0.5 * d @ H @ d)

    return model
    ### END SOLUTION


# %%
@check
def gives_the_value_of_the_example(quadratic_model):
    """For x1^2 x2 around (1, 2) the model has the value 2 at (1, 2) and 6.5 at (1.5, 3)."""
    model = quadratic_model(
        lambda x: float(x[0] ** 2 * x[1]),
        lambda x: np.array([2 * x[0] * x[1], x[0] ** 2]),
        lambda x: np.array([[2 * x[1], 2 * x[0]], [2 * x[0], 0.0]]),
        np.array([1.0, 2.0]),
    )
    close(model(np.array([1.0, 2.0])), 2.0, **T2, what="the model at x0")
    close(model(np.array([1.5, 3.0])), 6.5, **T2, what="the model at (1.5, 3)")


# %%
@check
def a_point_that_is_a_table_raises(quadratic_model):
    """A table in the place of x0 raises ValueError."""
    raises(ValueError, quadratic_model, lambda x: 0.0, lambda x: 2 * x, lambda x: np.eye(2), np.eye(2))


# %%
@hidden(weight=2)
def a_quadratic_function_is_its_own_model(quadratic_model, rng):
    """For f(x) = x^T A x / 2 + b^T x + c with symmetric A, the model equals f everywhere."""
    for n in (1, 2, 3, 6):
        B, b, c = rng.normal(size=(n, n)), rng.normal(size=n), float(rng.normal())
        A = B + B.T

        def f(x, A=A, b=b, c=c):
            return float(0.5 * x @ A @ x + b @ x + c)

        model = quadratic_model(f, lambda x, A=A, b=b: A @ x + b, lambda x, A=A: A, rng.normal(size=n))
        for _ in range(3):
            x = 3 * rng.normal(size=n)
            close(model(x), f(x), **T2, what="the model of a quadratic function")


# %%
@hidden(weight=2)
def matches_value_gradient_and_hessian(quadratic_model, rng):
    """At x0 the model has the given value, gradient and Hessian."""
    for n in (1, 2, 4):
        value, g, B, x0 = float(rng.normal()), rng.normal(size=n), rng.normal(size=(n, n)), rng.normal(size=n)
        H, E = B + B.T, 0.5 * np.eye(n)
        model = quadratic_model(lambda x, v=value: v, lambda x, g=g: g, lambda x, H=H: H, x0)
        close(model(x0), value, **T2, what="the model at x0")
        slopes = np.array([model(x0 + e) - model(x0 - e) for e in E])
        close(slopes, g, **T2, what="the gradient of the model at x0")
        bends = [[model(x0 + a + b) - model(x0 + a) - model(x0 + b) + model(x0) for b in E] for a in E]
        close(4 * np.array(bends), H, **T2, what="the Hessian of the model")


# %%
@hidden
def half_the_distance_divides_the_error_by_eight(quadratic_model, rng):
    """When the distance from x0 is halved, the error of the model falls by a factor of about 8."""
    for n in (1, 2, 3):
        w, x0 = rng.normal(size=n), 0.5 * rng.normal(size=n)
        w = w / np.sqrt(w @ w)

        def f(x, w=w):
            return float(np.exp(w @ x))

        model = quadratic_model(
            f, lambda x, w=w: np.exp(w @ x) * w, lambda x, w=w: np.exp(w @ x) * np.outer(w, w), x0
        )
        far, near = (abs(model(x0 + t * w) - f(x0 + t * w)) for t in (0.2, 0.1))
        holds(7 * near <= far <= 9 * near and far > 0, "Half the distance should divide the error by about 8.")


# %%
@hidden
def each_function_is_called_once(quadratic_model, rng):
    """The function, its gradient and its Hessian are each called once, at x0, and never by the model."""
    x0, seen = rng.normal(size=2), {"f": [], "grad": [], "hess": []}

    def f(x):
        seen["f"].append(np.array(x, dtype=float))
        return float(np.sum(x**3))

    def grad(x):
        seen["grad"].append(np.array(x, dtype=float))
        return 3 * x**2

    def hess(x):
        seen["hess"].append(np.array(x, dtype=float))
        return np.diag(6 * x)

    model = quadratic_model(f, grad, hess, x0)
    for _ in range(3):
        d = rng.normal(size=2)
        expected = float(np.sum(x0**3) + 3 * x0**2 @ d + 3 * x0 @ d**2)
        close(model(x0 + d), expected, **T2, what="the model of the sum of cubes")
    for name, points in seen.items():
        holds(len(points) == 1, f"{name} should be called once. It was called {len(points)} times.")
        close(points[0], x0, **T2, what=f"the point at which {name} is called")


# %%
@hidden
def two_models_live_side_by_side(quadratic_model):
    """A second model leaves the first one as it was."""
    arguments = (lambda x: float(x @ x), lambda x: 2 * x, lambda x: 2 * np.eye(1))
    first = quadratic_model(*arguments, np.array([1.0]))
    second = quadratic_model(lambda x: 0.0, lambda x: 0 * x, lambda x: np.zeros((1, 1)), np.array([3.0]))
    close(second(np.array([2.0])), 0.0, **T2, what="the model of zero")
    close(first(np.array([2.0])), 4.0, **T2, what="the model of x^2")


# %%
@hidden
def whole_numbers_become_floats(quadratic_model):
    """Lists of whole numbers are points like any others."""
    cube = (lambda x: float(x[0] ** 3 / 8), lambda x: 3 * x**2 / 8, lambda x: np.array([[6 * x[0] / 8]]))
    for x0, x in (([1], [2]), (np.array([1]), np.array([2]))):
        close(quadratic_model(*cube, x0)(x), 0.875, **T2, what="the model of x^3 / 8 around 1 at x = 2")
    whole = quadratic_model(lambda x: 1, lambda x: np.array([1, 2]), lambda x: np.array([[1, 0], [0, 2]]), [0, 0])
    close(whole([1, 1]), 5.5, **T2, what="the model at (1, 1)")
    close(whole([0.5, 0.0]), 1.625, **T2, what="the model at (0.5, 0)")
    # A negative power of an integer array is an error.
    inverse = (lambda x: float(x[0] ** -1), lambda x: -1.0 * x**-2, lambda x: np.array([2.0 * x**-3]))
    close(quadratic_model(*inverse, np.array([2]))([3]), 0.375, **T2, what="the model of 1 / x around 2 at x = 3")


# %%
@hidden
def arguments_of_another_shape_raise(quadratic_model):
    """A point x0 without coordinates, and a model called with another shape than x0, raise ValueError."""
    square = (lambda x: 1.0, lambda x: 2.0 * x, lambda x: np.eye(2))
    for x0 in (3.0, np.array([]), np.ones((1, 2))):
        raises(ValueError, quadratic_model, *square, x0)
    model = quadratic_model(*square, np.array([1.0, 2.0]))
    for x in (3.0, np.ones(1), np.ones(3), np.ones((2, 2)), np.ones((2, 1))):
        raises(ValueError, model, x)


# %%
@accepted
def with_sums_over_all_pairs(f, grad, hess, x0):
    if np.ndim(x0) != 1 or np.size(x0) < 1:
        raise ValueError("x0 must be a vector")
    center = [float(c) for c in x0]
    n = len(center)
    start = float(f(np.array(center)))
    slope = [float(g) for g in grad(np.array(center))]
    bend = np.array(hess(np.array(center)), dtype=float).tolist()

    def at(x):
        if np.shape(x) != (n,):
            raise ValueError("wrong shape")
        d = [float(x[i]) - center[i] for i in range(n)]
        linear = sum(slope[i] * d[i] for i in range(n))
        return start + linear + sum(bend[i][j] * d[i] * d[j] for i in range(n) for j in range(n)) / 2

    return at


# %%
@accepted
def multiplied_out_into_three_terms(f, grad, hess, x0):
    z = np.array(x0, dtype=np.float64)
    if len(z.shape) != 1 or len(z) == 0:
        raise ValueError("x0 must be a vector")
    H = np.array(hess(z.copy()), dtype=float)
    S = (H + H.T) / 2
    b = np.array(grad(z.copy()), dtype=float) - S.dot(z)
    constant = f(z.copy()) - b.dot(z) - z.dot(S).dot(z) / 2

    def model(x):
        y = np.array(x, dtype=np.float64)
        if y.shape != (len(z),):
            raise ValueError("another shape")
        return float(constant + np.dot(b, y) + np.einsum("i,ij,j", y, S, y) / 2)

    return model


# %%
@misconception(
    caught_by="matches_value_gradient_and_hessian",
    hint="The second-order term carries 1/2!: half of d^T H d.",
)
def half_missing(f, grad, hess, x0):
    x0 = np.array(x0, dtype=float)
    if x0.ndim != 1 or x0.size == 0:
        raise ValueError("x0 must be a vector")
    value, g, H = float(f(x0)), np.array(grad(x0), dtype=float), np.array(hess(x0), dtype=float)

    def model(x):
        d = np.asarray(x, dtype=float) - x0
        if np.shape(x) != x0.shape:
            raise ValueError("another shape")
        return float(value + g @ d + d @ H @ d)

    return model


# %%
@misconception(
    caught_by="matches_value_gradient_and_hessian",
    hint="The model is written in the displacement d = x - x0, not in x itself.",
)
def uses_x_itself(f, grad, hess, x0):
    x0 = np.array(x0, dtype=float)
    if x0.ndim != 1 or x0.size == 0:
        raise ValueError("x0 must be a vector")
    value, g, H = float(f(x0)), np.array(grad(x0), dtype=float), np.array(hess(x0), dtype=float)

    def model(x):
        x = np.asarray(x, dtype=float)
        if x.shape != x0.shape:
            raise ValueError("another shape")
        return float(value + g @ x + 0.5 * x @ H @ x)

    return model


# %%
@misconception(
    caught_by="a_quadratic_function_is_its_own_model",
    hint="H * d * d multiplies entry by entry. d^T H d mixes the coordinates: d @ H @ d.",
)
def multiplies_entry_by_entry(f, grad, hess, x0):
    x0 = np.array(x0, dtype=float)
    if x0.ndim != 1 or x0.size == 0:
        raise ValueError("x0 must be a vector")
    value, g, H = float(f(x0)), np.array(grad(x0), dtype=float), np.array(hess(x0), dtype=float)

    def model(x):
        x = np.asarray(x, dtype=float)
        if x.shape != x0.shape:
            raise ValueError("another shape")
        d = x - x0
        return float(value + g @ d + 0.5 * np.sum(H * d * d))

    return model


# %%
@misconception(
    caught_by="each_function_is_called_once",
    hint="The derivatives belong to x0. Compute them once, before you define the model.",
)
def takes_the_derivatives_at_x(f, grad, hess, x0):
    x0 = np.array(x0, dtype=float)
    if x0.ndim != 1 or x0.size == 0:
        raise ValueError("x0 must be a vector")
    value = float(f(x0))

    def model(x):
        x = np.asarray(x, dtype=float)
        if x.shape != x0.shape:
            raise ValueError("another shape")
        d, g, H = x - x0, np.asarray(grad(x), dtype=float), np.asarray(hess(x), dtype=float)
        return float(value + g @ d + 0.5 * d @ H @ d)

    return model


# %%
@misconception(
    caught_by="matches_value_gradient_and_hessian",
    hint="The displacement leads from x0 to x: d = x - x0. The other sign turns every slope around.",
)
def displacement_with_the_wrong_sign(f, grad, hess, x0):
    x0 = np.array(x0, dtype=float)
    if x0.ndim != 1 or x0.size == 0:
        raise ValueError("x0 must be a vector")
    value, g, H = float(f(x0)), np.array(grad(x0), dtype=float), np.array(hess(x0), dtype=float)

    def model(x):
        x = np.asarray(x, dtype=float)
        if x.shape != x0.shape:
            raise ValueError("another shape")
        d = x0 - x
        return float(value + g @ d + 0.5 * d @ H @ d)

    return model

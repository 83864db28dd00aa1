# %% [markdown]
# ### The Jacobian matrix
#
# A layer of a network takes a vector and returns a vector. Its Jacobian says how every output reacts to every input.
# Backpropagation multiplies such matrices.
#
# For $F: \mathbb R^n \to \mathbb R^m$ the Jacobian has one row for each output and one column for each input:
#
# $$J_{ij} = \frac{\partial F_i}{\partial x_j} \approx \frac{F_i(x + h_j e_j) - F_i(x - h_j e_j)}{2 h_j}$$
#
# Here $e_j$ is 1 in coordinate $j$ and 0 elsewhere. The step is $h_j = \varepsilon^{1/3} \max(1, |x_j|)$, where
# $\varepsilon$ is the machine epsilon `np.finfo(float).eps`.
#
# **By hand.** $F(x_1, x_2) = (x_1 x_2,\; x_1 + x_2,\; x_2^2)$ at $(2, 3)$. The derivatives of $x_1 x_2$ are $(x_2, x_1)
# = (3, 2)$. In the same way come the rows $(1, 1)$ and $(0, 2 x_2) = (0, 6)$:
#
# $$J = \begin{pmatrix} 3 & 2 \\ 1 & 1 \\ 0 & 6 \end{pmatrix}$$
#
# One central difference gives a whole column. For a chain $F(x) = G(K(x))$ the Jacobians multiply, with the outer one
# on the left: $J_F(x) = J_G(K(x)) \, J_K(x)$.
#
# Return $J$ as an array of shape $(m, n)$. A function that returns one number has a Jacobian of shape $(1, n)$.

# %%
from autograder.kit import T2, T3, accepted, array, check, close, exercise, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.gradient", "scipy.optimize.approx_fprime", "scipy.differentiate.*"),
    oracle="the analytic Jacobian",
    section="The Jacobian",
    topics=(
        "r0-w5-multivariable-functions",
        "r1-t02-multivariable",
        "r2-o3-jacobians-hessians",
        "r2-a3-gradient-jacobian-hessian",
        "r2-b3-gradient-jacobian-hessian",
        "r4-calc-gradient-jacobian",
        "r4-nice-calc-jacobian",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def jacobian(F: Callable[[np.ndarray], np.ndarray | float], x: np.ndarray, h: float | None = None) -> np.ndarray:
    """Approximate the matrix of all partial derivatives by central differences.

    Parameters
    ----------
    F : function of an array of shape (n,) that returns an array of shape (m,), or one number (then m = 1)
    x : array or list of shape (n,), n >= 1
    h : the step for every coordinate; None stands for eps^(1/3) * max(1, |x_j|) in coordinate j

    Returns
    -------
    array of shape (m, n) with J[i, j] = dF_i / dx_j

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
    columns = []
    for j in range(len(x)):
        step = np.finfo(float).eps ** (1 / 3) * max(1.0, abs(x[j])) if h is None else h
        shift = np.zeros(len(x))
        shift[j] = step
        columns.append((np.atleast_1d(F(x + shift)) - np.atleast_1d(F(x - shift))) / (2 * step))
    return np.stack(columns, axis=1)
    ### END SOLUTION


# %%
@check
def gives_the_matrix_of_the_example(jacobian):
    """For (x1 x2, x1 + x2, x2^2) at (2, 3) the rows are (3, 2), (1, 1) and (0, 6)."""
    J = jacobian(lambda x: np.array([x[0] * x[1], x[0] + x[1], x[1] ** 2]), np.array([2.0, 3.0]))
    close(array(J, (3, 2), what="J"), np.array([[3.0, 2.0], [1.0, 1.0], [0.0, 6.0]]), **T3, what="J")


# %%
@check
def one_number_gives_one_row(jacobian):
    """A function that returns one number has a Jacobian with one row."""
    J = jacobian(lambda x: float(x[0] ** 2 + 5 * x[1]), np.array([1.0, 2.0]))
    close(array(J, (1, 2), what="J"), np.array([[2.0, 5.0]]), **T3, what="J")


# %%
@check
def a_step_of_zero_raises(jacobian):
    """A step of 0 raises ValueError."""
    raises(ValueError, jacobian, lambda x: 2.0 * x, np.array([1.0, 2.0]), h=0.0)


# %%
@hidden(weight=2)
def the_jacobian_of_a_matrix_is_the_matrix(jacobian, rng):
    """For F(x) = A x + b the Jacobian is A, wherever x lies."""
    for m, n in ((1, 1), (2, 1), (1, 3), (2, 3), (4, 2), (5, 5)):
        A, b, x = rng.normal(size=(m, n)), rng.normal(size=m), rng.normal(size=n)
        J = jacobian(lambda x, A=A, b=b: A @ x + b, x)
        close(array(J, (m, n), what="J"), A, **T3, what="J of A x + b")


# %%
@hidden(weight=2)
def agrees_with_the_analytic_jacobian(jacobian, rng):
    """The derivatives of sines, exponentials and products come out to six digits."""
    for _ in range(3):
        x = rng.uniform(0.5, 1.5, size=3)

        def F(x):
            return np.array([np.sin(x[0]) * x[1], np.exp(x[1] - x[2]), x[0] * x[1] * x[2], np.log(x[0]) + x[2] ** 3])

        expected = np.array(
            [
                [np.cos(x[0]) * x[1], np.sin(x[0]), 0.0],
                [0.0, np.exp(x[1] - x[2]), -np.exp(x[1] - x[2])],
                [x[1] * x[2], x[0] * x[2], x[0] * x[1]],
                [1 / x[0], 0.0, 3 * x[2] ** 2],
            ]
        )
        close(array(jacobian(F, x), (4, 3), what="J"), expected, **T3, what="J")


# %%
@hidden
def a_chain_has_the_product_of_the_jacobians(jacobian, rng):
    """For a chain of two maps, the outer Jacobian times the inner one is the Jacobian of the chain."""
    A, B, x = rng.normal(size=(2, 4)), rng.normal(size=(4, 3)), rng.normal(size=3)

    def inner(x):
        return np.tanh(B @ x)

    def outer(z):
        return A @ (z * z)

    whole = array(jacobian(lambda x: outer(inner(x)), x), (2, 3), what="J of the chain")
    J_outer = array(jacobian(outer, inner(x)), (2, 4), what="J of the outer map")
    J_inner = array(jacobian(inner, x), (4, 3), what="J of the inner map")
    close(whole, J_outer @ J_inner, **T3, what="J of the chain compared with outer J times inner J")


# %%
@hidden
def polar_coordinates_have_determinant_r(jacobian, rng):
    """The map from (r, angle) to (x, y) stretches areas by r."""
    for _ in range(3):
        r, angle = float(rng.uniform(0.5, 3.0)), float(rng.uniform(-3.0, 3.0))
        J = jacobian(lambda p: np.array([p[0] * np.cos(p[1]), p[0] * np.sin(p[1])]), np.array([r, angle]))
        close(float(np.linalg.det(array(J, (2, 2), what="J"))), r, **T3, what="the determinant of J")


# %%
@hidden
def the_given_step_is_used(jacobian, rng):
    """For x^3 in every coordinate, central differences with step h give exactly 3 x^2 + h^2."""
    for h in (0.5, 0.25, 1.0):
        x = rng.uniform(-2.0, 2.0, size=3)
        J = array(jacobian(lambda x: x**3, x, h=h), (3, 3), what="J")
        close(J, np.diag(3 * x**2 + h**2), **T2, what=f"J of x^3 with h = {h}")


# %%
@hidden
def the_step_grows_with_the_coordinate(jacobian, rng):
    """Large coordinates need large steps: the derivatives stay right at 1e9, beside a coordinate of size 1."""
    x = np.array([float(rng.uniform(1.0, 3.0)) * 1e9, float(rng.uniform(0.5, 1.5))])
    J = jacobian(lambda x: np.array([x[0] ** 2 / 1e9, np.sin(x[1])]), x)
    expected = np.array([[2 * x[0] / 1e9, 0.0], [0.0, np.cos(x[1])]])
    close(array(J, (2, 2), what="J"), expected, **T3, what="J")


# %%
@hidden
def the_default_step_is_the_one_of_the_rule(jacobian):
    """Without h the step is eps^(1/3) for |x_j| below 1 and eps^(1/3) |x_j| beyond, also for small integers."""
    for x in (np.array([0.25, -8.0]), np.array([0.0, 1000.0]), np.array([1, -128], dtype=np.int8)):
        seen = []

        def F(y):
            seen.append(np.array(y, dtype=float))
            return 1.0 * y

        close(array(jacobian(F, x), (2, 2), what="J"), np.eye(2), **T3, what=f"J of the identity at {x}")
        widths, scales = np.ptp(np.array(seen), axis=0) / 2, np.maximum(1.0, np.abs(x.astype(float)))
        close(widths, 2.0 ** (-52 / 3) * scales, rtol=1e-6, atol=0.0, what=f"the default steps at {x}")


# %%
@hidden
def whole_numbers_become_floats(jacobian):
    """A list or an array of whole numbers is a point like any other."""
    expected = np.array([[0.5, 0.0], [4.0, 1.0]])
    for x in ([1, 4], np.array([1, 4])):
        J = jacobian(lambda x: np.array([x[0] / 2, x[0] * x[1]]), x)
        close(array(J, (2, 2), what="J"), expected, **T3, what="J of (x1 / 2, x1 x2)")


# %%
@hidden
def steps_and_points_that_make_no_sense_raise(jacobian):
    """A negative step, a single number, a table and a point without coordinates raise ValueError."""
    raises(ValueError, jacobian, lambda x: 2.0 * x, np.ones(2), h=-0.1)
    for x in (3.0, np.ones((2, 2)), np.array([])):
        raises(ValueError, jacobian, lambda x: 2.0 * x, x)


# %%
@accepted
def column_by_column_in_a_matrix(F, x, h=None):
    point = np.array(x, dtype=np.float64)
    if len(point.shape) != 1 or len(point) < 1 or (h is not None and h <= 0):
        raise ValueError("no such point or step")
    J = None
    for j, coordinate in enumerate(point.tolist()):
        step = h if h is not None else np.cbrt(np.finfo(float).eps) * max(1.0, abs(coordinate))
        right, left = point.copy(), point.copy()
        right[j] += step
        left[j] -= step
        difference = np.ravel(F(right)) - np.ravel(F(left))
        if J is None:
            J = np.zeros((len(difference), len(point)))
        J[:, j] = difference / (right[j] - left[j])
    return J


# %%
@accepted
def with_rows_of_a_diagonal_matrix(F, x, h=None):
    if np.ndim(x) != 1 or np.size(x) == 0:
        raise ValueError("x must be a vector")
    if h is not None and h <= 0:
        raise ValueError("h must be positive")
    x = np.array(x, dtype=float)
    steps = np.full(len(x), h) if h is not None else 2.0 ** (-52 / 3) * np.maximum(1.0, np.abs(x))
    shifts = np.diag(steps)
    slopes = [(np.asarray(F(x + s), dtype=float) - F(x - s)).reshape(-1) / (2 * s.sum()) for s in shifts]
    return np.array(slopes).T.copy()


# %%
@misconception(
    caught_by="gives_the_matrix_of_the_example",
    hint="Rows are outputs, columns are inputs: a difference of F fills one column.",
)
def transposed(F, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or (h is not None and not h > 0):
        raise ValueError("no such point or step")
    rows = []
    for j in range(len(x)):
        shift = np.zeros(len(x))
        shift[j] = np.finfo(float).eps ** (1 / 3) * max(1.0, abs(x[j])) if h is None else h
        rows.append((np.atleast_1d(F(x + shift)) - np.atleast_1d(F(x - shift))) / (2 * shift[j]))
    return np.array(rows)


# %%
@misconception(
    caught_by="the_given_step_is_used",
    hint="A one-sided difference loses half of the digits. Step to both sides and divide by 2h.",
)
def looks_to_one_side_only(F, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or (h is not None and not h > 0):
        raise ValueError("no such point or step")
    columns = []
    for j in range(len(x)):
        shift = np.zeros(len(x))
        shift[j] = np.finfo(float).eps ** (1 / 3) * max(1.0, abs(x[j])) if h is None else h
        columns.append((np.atleast_1d(F(x + shift)) - np.atleast_1d(F(x))) / shift[j])
    return np.stack(columns, axis=1)


# %%
@misconception(
    caught_by="the_jacobian_of_a_matrix_is_the_matrix",
    hint="From x - h to x + h is a distance of 2h; divide the central difference by 2h.",
)
def divides_by_h(F, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or (h is not None and not h > 0):
        raise ValueError("no such point or step")
    columns = []
    for j in range(len(x)):
        shift = np.zeros(len(x))
        shift[j] = np.finfo(float).eps ** (1 / 3) * max(1.0, abs(x[j])) if h is None else h
        columns.append((np.atleast_1d(F(x + shift)) - np.atleast_1d(F(x - shift))) / shift[j])
    return np.stack(columns, axis=1)


# %%
@misconception(
    caught_by="the_jacobian_of_a_matrix_is_the_matrix",
    hint="Each column moves one coordinate only. Start every column from the original x.",
)
def keeps_the_shifts_of_earlier_coordinates(F, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or (h is not None and not h > 0):
        raise ValueError("no such point or step")
    columns, shift = [], np.zeros(len(x))
    for j in range(len(x)):
        shift[j] = np.finfo(float).eps ** (1 / 3) * max(1.0, abs(x[j])) if h is None else h
        columns.append((np.atleast_1d(F(x + shift)) - np.atleast_1d(F(x - shift))) / (2 * shift[j]))
    return np.stack(columns, axis=1)


# %%
@misconception(
    caught_by="one_number_gives_one_row",
    hint="One output still has one row: the shape is (1, n), not (n,).",
)
def one_output_loses_its_row(F, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or (h is not None and not h > 0):
        raise ValueError("no such point or step")
    columns = []
    for j in range(len(x)):
        shift = np.zeros(len(x))
        shift[j] = np.finfo(float).eps ** (1 / 3) * max(1.0, abs(x[j])) if h is None else h
        columns.append((np.asarray(F(x + shift)) - np.asarray(F(x - shift))) / (2 * shift[j]))
    return np.stack(columns, axis=-1)


# %%
@misconception(
    caught_by="the_step_grows_with_the_coordinate",
    hint="Near 1e9 a tiny step drowns in rounding. Scale the step with max(1, |x_j|).",
)
def takes_the_same_step_everywhere(F, x, h=None):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0 or (h is not None and not h > 0):
        raise ValueError("no such point or step")
    columns = []
    for j in range(len(x)):
        shift = np.zeros(len(x))
        shift[j] = np.finfo(float).eps ** (1 / 3) if h is None else h
        columns.append((np.atleast_1d(F(x + shift)) - np.atleast_1d(F(x - shift))) / (2 * shift[j]))
    return np.stack(columns, axis=1)

# %% [markdown]
# ### Values on a grid
#
# A loss with two weights is a landscape: each pair of weights has a height. To draw its contour lines you need the
# height at every point of a grid.
#
# The grid has the coordinates $x_1, \dots, x_{n_x}$ to the right and $y_1, \dots, y_{n_y}$ upwards. Its heights form a
# matrix $Z$ with one row for each $y$ and one column for each $x$:
#
# $$Z_{ij} = f(x_j, y_i)$$
#
# The index order looks exchanged, but it is the order of a picture: moving along a row changes $x$.
#
# **By hand.** $f(x, y) = x + 10 y$ with $x$ in $(1, 2, 3)$ and $y$ in $(5, 6)$. The row for $y = 5$ is $(51, 52, 53)$
# and the row for $y = 6$ is $(61, 62, 63)$. So $Z$ has the shape $(2, 3)$.
#
# Return $Z$. Call $f$ once, with two whole arrays: it computes all heights together.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="a double loop over all pairs",
    section="Functions of several variables",
    topics=(
        "r0-w5-multivariable-functions",
        "r1-t02-multivariable",
        "r4-calc-partial-derivatives",
        "r4-req-calc-partial-derivatives",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
def evaluate_on_grid(
    f: Callable[[np.ndarray, np.ndarray], np.ndarray], xs: np.ndarray, ys: np.ndarray
) -> np.ndarray:
    """Evaluate a function of two variables at every point of a grid, ready for a contour plot.

    Parameters
    ----------
    f : function of two arrays x and y of the same shape that returns the array of f(x, y), entry by entry;
        it is called exactly once
    xs : array or list of shape (nx,), the first coordinates
    ys : array or list of shape (ny,), the second coordinates

    Returns
    -------
    array of floats of shape (ny, nx) with Z[i, j] = f(xs[j], ys[i])

    Raises
    ------
    ValueError : xs or ys is not one-dimensional
    """
    ### BEGIN SOLUTION
    xs, ys = np.asarray(xs, dtype=float), np.asarray(ys, dtype=float)
    if xs.ndim != 1 or ys.ndim != 1:
        raise ValueError("xs and ys must be one-dimensional")
    X, Y = np.meshgrid(xs, ys)
    return np.asarray(f(X, Y), dtype=float)
    ### END SOLUTION


# %%
@check
def fills_the_grid_of_the_example(evaluate_on_grid):
    """For x + 10 y the rows are (51, 52, 53) and (61, 62, 63)."""
    Z = array(evaluate_on_grid(lambda x, y: x + 10 * y, np.array([1.0, 2.0, 3.0]), np.array([5.0, 6.0])), (2, 3))
    close(Z, np.array([[51.0, 52.0, 53.0], [61.0, 62.0, 63.0]]), **T1, what="Z")


# %%
@check
def a_table_of_coordinates_raises(evaluate_on_grid):
    """Coordinates in a table instead of a row raise ValueError."""
    raises(ValueError, evaluate_on_grid, lambda x, y: x * y, np.ones((2, 2)), np.ones(2))


# %%
@hidden(weight=2)
def agrees_with_a_double_loop(evaluate_on_grid, rng):
    """Every entry Z[i, j] is f(xs[j], ys[i])."""
    for nx, ny in ((1, 1), (2, 1), (1, 2), (3, 2), (4, 7), (12, 9)):
        xs, ys = rng.normal(size=nx), rng.normal(size=ny)
        a = float(rng.uniform(0.5, 2.0))
        Z = evaluate_on_grid(lambda x, y, a=a: np.sin(a * x) * np.exp(y) - x * y**2, xs, ys)
        expected = [[np.sin(a * x) * np.exp(y) - x * y**2 for x in xs] for y in ys]
        close(array(Z, (ny, nx), what="Z"), np.array(expected), **T1, what="Z")


# %%
@hidden
def a_function_of_x_alone_has_equal_rows(evaluate_on_grid, rng):
    """For f(x, y) = x all rows are equal to xs, and for f(x, y) = y all columns are equal to ys."""
    for nx, ny in ((1, 3), (2, 5), (6, 4)):
        xs, ys = rng.normal(size=nx), rng.normal(size=ny)
        rows = array(evaluate_on_grid(lambda x, y: 1.0 * x, xs, ys), (ny, nx), what="Z for f(x, y) = x")
        close(rows, np.tile(xs, (ny, 1)), **T1, what="Z for f(x, y) = x")
        columns = array(evaluate_on_grid(lambda x, y: 1.0 * y, xs, ys), (ny, nx), what="Z for f(x, y) = y")
        close(columns, np.tile(ys[:, None], (1, nx)), **T1, what="Z for f(x, y) = y")


# %%
@hidden
def exchanging_the_roles_of_x_and_y_transposes(evaluate_on_grid, rng):
    """With x and y exchanged in the function and in the grid, the result is the transpose."""
    for nx, ny in ((2, 3), (5, 2)):
        xs, ys = rng.normal(size=nx), rng.normal(size=ny)
        Z = array(evaluate_on_grid(lambda x, y: x**2 - 3 * y, xs, ys), (ny, nx), what="Z")
        exchanged = array(evaluate_on_grid(lambda x, y: y**2 - 3 * x, ys, xs), (nx, ny), what="Z with exchanged roles")
        close(exchanged, Z.T, **T1, what="Z with exchanged roles")


# %%
@hidden
def the_function_is_called_once(evaluate_on_grid, rng):
    """The function is called exactly once, with whole arrays."""
    for nx, ny in ((1, 2), (3, 4)):
        calls = []

        def watched(x, y, calls=calls):
            calls.append((np.size(x), np.size(y)))
            return np.asarray(x, dtype=float) - 2.0 * np.asarray(y, dtype=float)

        xs, ys = rng.normal(size=nx), rng.normal(size=ny)
        close(evaluate_on_grid(watched, xs, ys), xs[None, :] - 2.0 * ys[:, None], **T1, what="Z for x - 2y")
        holds(len(calls) == 1, f"The function should be called once. It was called {len(calls)} times.")


# %%
@hidden
def whole_numbers_become_floats(evaluate_on_grid):
    """Lists of whole numbers give the same heights as floats."""
    Z = array(evaluate_on_grid(lambda x, y: (x + y) / 4, [1, 2, 4], [0, 1]), (2, 3), what="Z")
    close(Z, np.array([[0.25, 0.5, 1.0], [0.5, 0.75, 1.25]]), **T1, what="Z for (x + y) / 4")
    Z = array(evaluate_on_grid(lambda x, y: x**21 + y, [10, 20], [0, 1, 2]), (3, 2), what="Z")
    close(Z, np.array([[1e21, 20.0**21]] * 3), **T1, what="Z for x^21 + y")
    Z = array(evaluate_on_grid(lambda x, y: x + y**21, [0, 1], [10, 20, 30]), (3, 2), what="Z")
    close(Z, np.array([[1e21] * 2, [20.0**21] * 2, [30.0**21] * 2]), **T1, what="Z for x + y^21")


# %%
@hidden
def heights_that_are_no_floats_become_floats(evaluate_on_grid):
    """A function that answers with whole numbers or truth values gives an array of floats all the same."""
    for f in (lambda x, y: np.sign(x - y).astype(int) % 2, lambda x, y: x != y):
        Z = evaluate_on_grid(f, np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0]))
        close(Z, np.array([[1.0, 0.0, 1.0], [1.0, 1.0, 0.0]]), **T1, what="Z for x different from y")
        holds(Z.dtype == np.float64, f"Z should be an array of floats, not of {Z.dtype}.")


# %%
@hidden
def other_shapes_raise(evaluate_on_grid):
    """A single number or a table in the place of xs or ys raises ValueError."""
    for xs, ys in ((1.0, np.ones(2)), (np.ones(2), 1.0), (np.ones(3), np.ones((3, 1))), (np.ones((1, 3)), np.ones(3))):
        raises(ValueError, evaluate_on_grid, lambda x, y: x + y, xs, ys)


# %%
@accepted
def with_repeat_and_tile(f, xs, ys):
    right, up = np.array(xs, dtype=np.float64), np.array(ys, dtype=np.float64)
    if right.shape != (right.size,) or up.shape != (up.size,):
        raise ValueError("one row of coordinates each")
    heights = f(np.tile(right, len(up)), np.repeat(up, len(right)))
    return np.reshape(heights, (len(up), len(right))).astype(float)


# %%
@accepted
def with_broadcast_rows_and_columns(f, xs, ys):
    if np.ndim(xs) != 1 or np.ndim(ys) != 1:
        raise ValueError("one row of coordinates each")
    x, y = np.array(xs, dtype=float)[np.newaxis, :], np.array(ys, dtype=float)[:, np.newaxis]
    return np.broadcast_to(f(x, y), (y.size, x.size)).astype(float)


# %%
@misconception(
    caught_by="fills_the_grid_of_the_example",
    hint="Rows go with y, like the picture: Z[i, j] = f(xs[j], ys[i]).",
)
def rows_go_with_x(f, xs, ys):
    xs, ys = np.asarray(xs, dtype=float), np.asarray(ys, dtype=float)
    if xs.ndim != 1 or ys.ndim != 1:
        raise ValueError("xs and ys must be one-dimensional")
    X, Y = np.meshgrid(xs, ys, indexing="ij")
    return np.asarray(f(X, Y), dtype=float)


# %%
@misconception(
    caught_by="agrees_with_a_double_loop",
    hint="This pairs the first x with the first y only. Every pair is needed; use meshgrid or broadcasting.",
)
def walks_along_the_diagonal(f, xs, ys):
    xs, ys = np.asarray(xs, dtype=float), np.asarray(ys, dtype=float)
    if xs.ndim != 1 or ys.ndim != 1:
        raise ValueError("xs and ys must be one-dimensional")
    m = min(len(xs), len(ys))
    return np.asarray(f(xs[:m], ys[:m]), dtype=float)


# %%
@misconception(
    caught_by="the_function_is_called_once",
    hint="The function takes whole arrays. Build both grids of coordinates first, then call it once.",
)
def calls_the_function_for_every_point(f, xs, ys):
    xs, ys = np.asarray(xs, dtype=float), np.asarray(ys, dtype=float)
    if xs.ndim != 1 or ys.ndim != 1:
        raise ValueError("xs and ys must be one-dimensional")
    Z = np.empty((len(ys), len(xs)))
    for i, y in enumerate(ys):
        for j, x in enumerate(xs):
            Z[i, j] = f(np.array([x]), np.array([y]))[0]
    return Z


# %%
@misconception(
    caught_by="a_function_of_x_alone_has_equal_rows",
    hint="When f ignores y, broadcasting has nothing to stretch. Give f two full grids of the same shape.",
)
def leaves_a_single_row(f, xs, ys):
    xs, ys = np.asarray(xs, dtype=float), np.asarray(ys, dtype=float)
    if xs.ndim != 1 or ys.ndim != 1:
        raise ValueError("xs and ys must be one-dimensional")
    return np.asarray(f(xs[None, :], ys[:, None]), dtype=float)


# %%
@misconception(
    caught_by="whole_numbers_become_floats",
    hint="Whole numbers of NumPy have 64 bits and wrap around without an error. Convert to float first.",
)
def stays_with_whole_numbers(f, xs, ys):
    xs, ys = np.asarray(xs), np.asarray(ys)
    if xs.ndim != 1 or ys.ndim != 1:
        raise ValueError("xs and ys must be one-dimensional")
    X, Y = np.meshgrid(xs, ys)
    return np.asarray(f(X, Y), dtype=float)

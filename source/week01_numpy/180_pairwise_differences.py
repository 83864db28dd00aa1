# %% [markdown]
# ### All differences at once
#
# To find the nearest neighbour of a point you compare it with every other point. With two lists of numbers that means:
# every number of one list minus every number of the other. NumPy does it without a loop. It stretches a column and a
# row to the same table. This is called broadcasting.
#
# $$D_{ij} = x_i - y_j$$
#
# For $x$ of shape $(n,)$ and $y$ of shape $(m,)$ the table $D$ has shape $(n, m)$. An axis of length 1 is stretched:
# shapes $(n, 1)$ and $(1, m)$ give $(n, m)$. The index `[:, None]` adds an axis of length 1 at the end.
#
# **By hand.** $x = (1, 5)$ and $y = (0, 2, 10)$. The first row is $1 - y$, the second is $5 - y$:
#
# $$D = \begin{pmatrix} 1 & -1 & -9 \\ 5 & 3 & -5 \end{pmatrix}$$
#
# Return $D$. Do not write a Python loop.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, hidden, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="numpy.subtract.outer",
    section="Broadcasting and masks",
    topics=(
        "r0-w1-goal",
        "r0-w1-numpy-arrays",
        "r0-w1-broadcasting",
        "r0-w1-out-numpy",
        "r1-tools-numpy",
        "r1-t00-numpy-basics",
        "r2-a-end-coding-skills",
        "r2-b1-numpy-basics",
        "r2-b-end-code-visualize",
        "r3-1-1-shapes",
        "r3-3-1-arrays",
        "r3-3-1-broadcasting",
        "r4-p1-numpy",
    ),
)

# %%
import numpy as np


# %%
def pairwise_differences(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return every difference of a number of x and a number of y.

    Parameters
    ----------
    x : array of shape (n,), also empty
    y : array of shape (m,), also empty

    Returns
    -------
    array of floats of shape (n, m) with x[i] - y[j] in row i and column j

    Raises
    ------
    ValueError : x or y is not one-dimensional
    """
    ### BEGIN SOLUTION
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1:
        raise ValueError("x and y must be one-dimensional")
    return x[:, None] - y[None, :]
    ### END SOLUTION


# %%
@check
def the_worked_example_is_right(pairwise_differences):
    """For x = (1, 5) and y = (0, 2, 10) the table is [[1, -1, -9], [5, 3, -5]]."""
    D = array(pairwise_differences(np.array([1.0, 5.0]), np.array([0.0, 2.0, 10.0])), (2, 3), what="the table")
    close(D, np.array([[1.0, -1.0, -9.0], [5.0, 3.0, -5.0]]), **T1, what="the table of differences")


# %%
@check
def a_table_in_place_of_a_list_raises(pairwise_differences):
    """An x with two axes raises ValueError."""
    raises(ValueError, pairwise_differences, np.ones((2, 1)), np.array([1.0, 2.0]))


# %%
@hidden(weight=2)
def row_belongs_to_x_and_column_to_y(pairwise_differences, rng):
    """Row i and column j hold x_i - y_j, whether the two lengths are equal or not."""
    for n, m in ((1, 1), (2, 2), (1, 3), (3, 1), (2, 3), (4, 4), (9, 5), (40, 60)):
        x, y = rng.normal(size=n), rng.normal(size=m)
        D = array(pairwise_differences(x, y), (n, m), what=f"the table of {n} and {m} numbers")
        close(D, np.subtract.outer(x, y), **T1, what=f"the table of {n} and {m} numbers")


# %%
@hidden
def exchanging_the_lists_turns_the_sign(pairwise_differences, rng):
    """D(x, y) is the negative transpose of D(y, x), and D(x, x) has zeros on its diagonal."""
    for n, m in ((1, 2), (2, 3), (6, 4)):
        x, y = rng.normal(size=n), rng.normal(size=m)
        there = array(pairwise_differences(x, y), (n, m), what="D(x, y)")
        back = array(pairwise_differences(y, x), (m, n), what="D(y, x)")
        close(there, -back.T, **T1, what="D(x, y) compared with the negative transpose of D(y, x)")
        close(there[0], x[0] - y, **T1, what="the first row of D(x, y)")
        own = array(pairwise_differences(x, x), (n, n), what="D(x, x)")
        close(np.diag(own).copy(), np.zeros(n), **T1, what="the diagonal of D(x, x)")


# %%
@hidden
def adding_the_same_number_changes_nothing(pairwise_differences, rng):
    """Adding c to all numbers of both lists leaves the table as it is."""
    for n, m in ((1, 2), (3, 2), (5, 8)):
        x, y, c = rng.normal(size=n), rng.normal(size=m), float(rng.uniform(-9, 9))
        D = array(pairwise_differences(x + c, y + c), (n, m), what="the table of the shifted numbers")
        close(D, np.subtract.outer(x, y), **T1, what="the table of the shifted numbers")


# %%
@hidden
def small_unsigned_numbers_become_negative(pairwise_differences, rng):
    """Pixels of type uint8 have negative differences: 1 - 200 is -199. Lists of whole numbers work too."""
    dark, bright = np.array([1], dtype=np.uint8), np.array([200], dtype=np.uint8)
    D = array(pairwise_differences(dark, bright), (1, 1), what="the table")
    close(D, np.array([[-199.0]]), **T1, what="the table of two pixels")
    x, y = (rng.integers(0, 256, size=n).astype(np.uint8) for n in (4, 6))
    D = array(pairwise_differences(x, y), (4, 6), what="the table of pixels")
    close(D, np.subtract.outer(x.astype(float), y.astype(float)), **T1, what="the table of pixels")
    D = array(pairwise_differences([1, 2, 3], [10, 20]), (3, 2), what="the table of two lists")
    close(D, np.array([[-9.0, -19.0], [-8.0, -18.0], [-7.0, -17.0]]), **T1, what="the table of two lists")


# %%
@hidden
def low_precision_does_not_spoil_the_result(pairwise_differences, rng):
    """Numbers of type float32 are subtracted with full precision."""
    x, y = (rng.normal(size=n).astype(np.float32) for n in (3, 5))
    D = array(pairwise_differences(x, y), (3, 5), what="the table of float32 numbers")
    close(D, np.subtract.outer(x.astype(float), y.astype(float)), **T1, what="the table of float32 numbers")


# %%
@hidden
def empty_lists_give_empty_tables(pairwise_differences):
    """An empty x gives a table without rows, an empty y one without columns."""
    array(pairwise_differences(np.zeros(0), np.ones(3)), (0, 3), what="the table for an empty x")
    array(pairwise_differences(np.ones(2), []), (2, 0), what="the table for an empty y")
    array(pairwise_differences([], []), (0, 0), what="the table of two empty lists")


# %%
@hidden
def every_other_shape_raises(pairwise_differences):
    """Single numbers and tables raise ValueError, as x and as y."""
    raises(ValueError, pairwise_differences, np.ones(2), np.ones((1, 2)))
    raises(ValueError, pairwise_differences, np.ones((3, 3)), np.ones(3))
    raises(ValueError, pairwise_differences, 1.0, np.ones(3))
    raises(ValueError, pairwise_differences, np.ones(3), 2.0)


# %%
@accepted
def with_repeated_tables(x, y):
    x, y = np.array(x, dtype=float), np.array(y, dtype=float)
    if (x.ndim, y.ndim) != (1, 1):
        raise ValueError("lists wanted")
    n, m = len(x), len(y)
    return np.repeat(x, m).reshape(n, m) - np.tile(y, n).reshape(n, m)


# %%
@accepted
def with_products(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if len(x.shape) != 1 or len(y.shape) != 1:
        raise ValueError("lists wanted")
    return np.outer(x, np.ones(y.size)) - np.outer(np.ones(x.size), y)


# %%
@misconception(
    caught_by="row_belongs_to_x_and_column_to_y",
    hint="x - y pairs equal positions only. You want all pairs; give x a trailing axis.",
)
def subtracts_position_by_position(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1:
        raise ValueError("x and y must be one-dimensional")
    return x - y


# %%
@misconception(
    caught_by="row_belongs_to_x_and_column_to_y",
    hint="The table is transposed: the first index belongs to x.",
)
def rows_belong_to_y(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1:
        raise ValueError("x and y must be one-dimensional")
    return x[None, :] - y[:, None]


# %%
@misconception(
    caught_by="row_belongs_to_x_and_column_to_y",
    hint="The sign is turned round: subtract y from x.",
)
def subtracts_x_from_y(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or y.ndim != 1:
        raise ValueError("x and y must be one-dimensional")
    return y[None, :] - x[:, None]


# %%
@misconception(
    caught_by="small_unsigned_numbers_become_negative",
    hint="Unsigned integers cannot go below 0; convert to float first.",
)
def keeps_the_type_of_the_numbers(x, y):
    x, y = np.asarray(x), np.asarray(y)
    if x.ndim != 1 or y.ndim != 1:
        raise ValueError("x and y must be one-dimensional")
    return x[:, None] - y[None, :]

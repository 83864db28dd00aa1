# %% [markdown]
# ### The shape of W x + b
#
# Most errors in network code are errors of shape. The worst ones raise nothing: NumPy stretches an array, goes on, and
# the numbers are wrong. So predict the shape before you run the line. This function is that prediction.
#
# $W$ has shape $(m, n)$. The product $W x$ needs $n$ entries along the first axis of $x$:
#
# - $x$ of shape $(n,)$ gives $W x$ of shape $(m,)$;
# - $x$ of shape $(n, k)$, that is $k$ columns, gives $(m, k)$. A single column $(n, 1)$ gives $(m, 1)$.
#
# Then $b$ is added by NumPy's rule. Write both shapes below each other, aligned at the right, and fill up the shorter
# one with ones at the left. Two sizes fit when they are equal or when one of them is 1. Then the other one is the
# result.
#
# **By hand.** $x: (3, 1)$, $W: (1, 3)$, $b: (1,)$. The product has shape $(1, 1)$, and $b$ counts as $(1, 1)$. The
# result has shape $(1, 1)$: one number in a matrix. Now the trap: $x: (3, 1)$, $W: (2, 3)$, $b: (2,)$. The product has
# shape $(2, 1)$ and $b$ counts as $(1, 2)$. The sum has shape $(2, 2)$, four numbers where you wanted two.
#
# Return the shape of `W @ x + b` as a tuple. Compute with the shapes alone. The sizes can be so large that no computer
# could hold the arrays.
#
# %%
from autograder.kit import accepted, check, exercise, hidden, holds, misconception, raises, same

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("numpy.broadcast_shapes",),
    oracle="the shape of W @ x + b in numpy",
    section="Affine maps and layers",
    topics=("r3-1-1-shapes", "r3-1-1-cp-x", "r3-1-1-cp-y"),
)

# %%
import numpy as np


# %%
def affine_shape(x_shape: tuple[int, ...], W_shape: tuple[int, ...], b_shape: tuple[int, ...]) -> tuple[int, ...]:
    """Predict the shape of W @ x + b.

    Parameters
    ----------
    x_shape : (n,) or (n, k)
    W_shape : (m, n)
    b_shape : any number of positive sizes; () is a single number

    Returns
    -------
    tuple of int, the shape after the product and the addition by the rules of NumPy

    Raises
    ------
    ValueError : x has neither one nor two axes, W not two, the product does not exist, or b does not fit to it
    """
    ### BEGIN SOLUTION
    if len(x_shape) not in (1, 2) or len(W_shape) != 2:
        raise ValueError("x needs one or two axes and W two")
    if W_shape[1] != x_shape[0]:
        raise ValueError("W has another number of columns than x has rows")
    product = (W_shape[0], *x_shape[1:])
    axes = max(len(product), len(b_shape))
    first = (1,) * (axes - len(product)) + product
    second = (1,) * (axes - len(b_shape)) + tuple(b_shape)
    for one, other in zip(first, second):
        if one != other and one != 1 and other != 1:
            raise ValueError("b does not fit to the product")
    return tuple(max(one, other) for one, other in zip(first, second))
    ### END SOLUTION


# %%
@check
def one_output_from_three_inputs(affine_shape):
    """With W of shape (1, 3), a column (3, 1) gives (1, 1) and a plain vector (3,) gives (1,)."""
    same(affine_shape((3, 1), (1, 3), (1,)), (1, 1), what="the shape for a column")
    same(affine_shape((3,), (1, 3), (1,)), (1,), what="the shape for a plain vector")


# %%
@check
def a_product_that_does_not_exist_raises(affine_shape):
    """A W with 3 columns cannot be multiplied by a vector of length 2: ValueError."""
    raises(ValueError, affine_shape, (2,), (4, 3), (4,))


# %%
@hidden(weight=2)
def agrees_with_numpy_on_small_arrays(affine_shape):
    """The predicted shape is the shape that NumPy computes, for every small case that has an answer."""
    for m, n, k in ((1, 1, 1), (1, 2, 1), (2, 3, 1), (2, 3, 4)):
        for x in ((n,), (n, k)):
            product = (m, *x[1:])
            for b in ((), (m,), (k,), (m, 1), (2, 1, 1)):
                if all(p == q or 1 in (p, q) for p, q in zip(reversed(product), reversed(b))):
                    want = (np.zeros((m, n)) @ np.zeros(x) + np.zeros(b)).shape
                    same(affine_shape(x, (m, n), b), want, what=f"the shape for x {x}, W {(m, n)}, b {b}")


# %%
@hidden
def a_flat_bias_turns_a_column_into_a_square(affine_shape):
    """A column plus a bias of shape (m,) has shape (m, m), and with a bias of shape (m, 1) it stays a column."""
    for m, n in ((2, 3), (5, 2), (7, 7)):
        same(affine_shape((n, 1), (m, n), (m,)), (m, m), what="the shape with a bias of shape (m,)")
        same(affine_shape((n, 1), (m, n), (m, 1)), (m, 1), what="the shape with a bias of shape (m, 1)")
        same(affine_shape((n,), (m, n), (m,)), (m,), what="the shape for a plain vector")


# %%
@hidden
def a_bias_with_more_axes_adds_axes(affine_shape):
    """A bias with more axes than the product adds its axes at the left."""
    same(affine_shape((3,), (2, 3), (4, 2)), (4, 2), what="the shape")
    same(affine_shape((3, 5), (2, 3), (6, 1, 5)), (6, 2, 5), what="the shape")
    same(affine_shape((3,), (1, 3), (7,)), (7,), what="the shape")


# %%
@hidden
def works_for_sizes_that_fit_no_computer(affine_shape, rng):
    """The shapes alone are enough, also for arrays that no computer could hold."""
    for _ in range(3):
        m, n, k = (int(size) for size in rng.integers(10**8, 10**9, size=3))
        same(affine_shape((n, k), (m, n), (k,)), (m, k), what="the shape of a huge result")
        same(affine_shape((n,), (m, n), (m,)), (m,), what="the shape of a huge vector")


# %%
@hidden
def whatever_does_not_fit_raises(affine_shape):
    """A batch of rows instead of columns, a bias that does not fit or a wrong number of axes raises ValueError."""
    for x, W, b in (
        ((1, 3), (2, 3), (2,)),
        ((3,), (3, 2), (3,)),
        ((1,), (2, 3), (2,)),
        ((3,), (2, 3), (3,)),
        ((3, 4), (2, 3), (2,)),
        ((3, 4), (2, 3), (4, 1)),
        ((3, 4), (2, 3), (2, 3)),
        ((2, 3, 4), (2, 3), (2,)),
        ((), (2, 3), (2,)),
        ((3,), (3,), (1,)),
        ((3,), (2, 2, 3), (2,)),
    ):
        raises(ValueError, affine_shape, x, W, b)


# %%
@hidden
def the_shape_is_a_tuple_of_whole_numbers(affine_shape):
    """The answer is a tuple of whole numbers with as many entries as the result has axes."""
    shape = affine_shape((4, 6), (5, 4), ())
    holds(len(shape) == 2, "The result for a batch of columns should have two axes.")
    same(list(shape), [5, 6], what="the sizes")


# %%
@accepted
def from_right_to_left(x_shape, W_shape, b_shape):
    if len(W_shape) != 2 or not 0 < len(x_shape) < 3 or x_shape[0] != W_shape[-1]:
        raise ValueError("no product")
    left, right, found = [W_shape[0]] + list(x_shape[1:]), list(b_shape), []
    while left or right:
        one = left.pop() if left else 1
        other = right.pop() if right else 1
        if one != other and 1 not in (one, other):
            raise ValueError("no sum")
        found.insert(0, other if one == 1 else one)
    return tuple(found)


# %%
@accepted
def case_by_case(x_shape, W_shape, b_shape):
    x_shape, b = tuple(x_shape), tuple(b_shape)
    if len(W_shape) != 2 or len(x_shape) not in (1, 2):
        raise ValueError("axes")
    m, n = W_shape
    if x_shape[0] != n:
        raise ValueError("product")
    product = (m,) if len(x_shape) == 1 else (m, x_shape[1])
    if len(b) < len(product):
        b = (1,) * (len(product) - len(b)) + b
    extra, tail = b[: len(b) - len(product)], b[len(b) - len(product) :]
    if any(len({p, q} - {1}) > 1 for p, q in zip(product, tail)):
        raise ValueError("sum")
    return extra + tuple(p * q if 1 in (p, q) else p for p, q in zip(product, tail))


# %%
@misconception(
    caught_by="one_output_from_three_inputs",
    hint="A column stays a column: (n, 1) gives (m, 1), not (m,).",
)
def drops_the_second_axis_of_a_column(x_shape, W_shape, b_shape):
    if len(x_shape) not in (1, 2) or len(W_shape) != 2 or W_shape[1] != x_shape[0]:
        raise ValueError("the product does not exist")
    product = (W_shape[0],) if len(x_shape) == 1 or x_shape[1] == 1 else (W_shape[0], x_shape[1])
    axes = max(len(product), len(b_shape))
    first = (1,) * (axes - len(product)) + product
    second = (1,) * (axes - len(b_shape)) + tuple(b_shape)
    if any(one != other and one != 1 and other != 1 for one, other in zip(first, second)):
        raise ValueError("b does not fit")
    return tuple(max(one, other) for one, other in zip(first, second))


# %%
@misconception(
    caught_by="a_flat_bias_turns_a_column_into_a_square",
    hint="b can change the shape: a column (2, 1) plus a bias (2,) has shape (2, 2). Align the shapes at the right.",
)
def believes_that_the_bias_keeps_the_shape(x_shape, W_shape, b_shape):
    if len(x_shape) not in (1, 2) or len(W_shape) != 2 or W_shape[1] != x_shape[0]:
        raise ValueError("the product does not exist")
    product = (W_shape[0], *x_shape[1:])
    if any(one != other and one != 1 and other != 1 for one, other in zip(product[::-1], tuple(b_shape)[::-1])):
        raise ValueError("b does not fit")
    return product


# %%
@misconception(
    caught_by="a_flat_bias_turns_a_column_into_a_square",
    hint="NumPy aligns shapes at the right, not at the left: (2,) counts as (1, 2).",
)
def aligns_the_shapes_at_the_left(x_shape, W_shape, b_shape):
    if len(x_shape) not in (1, 2) or len(W_shape) != 2 or W_shape[1] != x_shape[0]:
        raise ValueError("the product does not exist")
    product = (W_shape[0], *x_shape[1:])
    axes = max(len(product), len(b_shape))
    first = product + (1,) * (axes - len(product))
    second = tuple(b_shape) + (1,) * (axes - len(b_shape))
    if any(one != other and one != 1 and other != 1 for one, other in zip(first, second)):
        raise ValueError("b does not fit")
    return tuple(max(one, other) for one, other in zip(first, second))


# %%
@misconception(
    caught_by="whatever_does_not_fit_raises",
    hint="The columns of W meet the first axis of x. A batch of rows needs x @ W.T; W @ x does not exist.",
)
def compares_with_the_last_axis_of_x(x_shape, W_shape, b_shape):
    if len(x_shape) not in (1, 2) or len(W_shape) != 2 or W_shape[1] not in (x_shape[0], x_shape[-1]):
        raise ValueError("the product does not exist")
    product = (W_shape[0], *x_shape[1:]) if W_shape[1] == x_shape[0] else (x_shape[0], W_shape[0])
    axes = max(len(product), len(b_shape))
    first = (1,) * (axes - len(product)) + product
    second = (1,) * (axes - len(b_shape)) + tuple(b_shape)
    if any(one != other and one != 1 and other != 1 for one, other in zip(first, second)):
        raise ValueError("b does not fit")
    return tuple(max(one, other) for one, other in zip(first, second))

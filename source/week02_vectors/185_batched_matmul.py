# %% [markdown]
# ### Many products at once
#
# Numbers without axes are scalars, one axis makes a vector, two make a matrix. With three or more axes people speak of
# a tensor: a film is a stack of pictures, and a batch of sentences is a stack of word tables. Networks multiply whole
# stacks, item by item:
#
# $$C_i = A_i B_i \quad (i = 1, \dots, N), \qquad (C_i)_{rs} = \sum_{l=1}^{k} (A_i)_{rl} \, (B_i)_{ls}$$
#
# $A$ has shape $(N, m, k)$, $B$ has shape $(N, k, n)$, and $C$ has shape $(N, m, n)$. The first axis counts the items.
# No item may touch another one.
#
# **By hand.** Two items of shape $(1, 2)$ and $(2, 1)$. $A_1 = (1 \;\; 2)$ with $B_1 = (3, 4)^\top$ gives
# $3 + 8 = 11$. $A_2 = (0 \;\; 1)$ with $B_2 = (5, 6)^\top$ gives $6$. So $C$ has shape $(2, 1, 1)$ and holds 11 and 6.
#
# Return $C$. Take the product of one item for granted (your `matmul`, or `np.dot`) and loop over the items. Or place
# new axes so that NumPy multiplies everything at once, and add up along the right one. Both stacks must have the same
# number of items: a stack of one is not repeated.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.matmul", "numpy.einsum", "@"),
    uses=("matmul",),
    oracle="the operator @ of numpy on three axes",
    section="Matrix products",
    topics=(
        "r0-w2-scalars-vectors-matrices",
        "r2-o1-scalars-vectors-matrices-tensors",
        "r2-a1-scalars-vectors-matrices-tensors",
        "r2-b1-scalars-vectors-matrices-tensors",
        "r3-1-1-shapes",
    ),
)

# %%
import numpy as np


# %%
def batched_matmul(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return the matrix products of two stacks of matrices, item by item.

    Parameters
    ----------
    A : array of shape (N, m, k)
    B : array of shape (N, k, n)

    Returns
    -------
    array of shape (N, m, n), of floats: item i is the product of A[i] and B[i]. N = 0 is allowed.

    Raises
    ------
    ValueError : A or B is not three-dimensional, or their numbers N or k differ; nothing is broadcast
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    B = np.asarray(B, dtype=float)
    if A.ndim != 3 or B.ndim != 3 or A.shape[0] != B.shape[0] or A.shape[2] != B.shape[1]:
        raise ValueError("A must have shape (N, m, k) and B must have shape (N, k, n)")
    return np.sum(A[:, :, :, None] * B[:, None, :, :], axis=2)
    ### END SOLUTION


# %%
@helper
def checked_stacks(A, B):
    """Return both as float arrays, or raise ValueError when the items have no products."""
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if A.ndim != 3 or B.ndim != 3 or A.shape[0] != B.shape[0] or A.shape[2] != B.shape[1]:
        raise ValueError("no such products")
    return A, B


# %%
@check
def the_worked_example_gives_11_and_6(batched_matmul):
    """The two products of the worked example are 11 and 6."""
    A, B = np.array([[[1.0, 2.0]], [[0.0, 1.0]]]), np.array([[[3.0], [4.0]], [[5.0], [6.0]]])
    close(batched_matmul(A, B), np.array([[[11.0]], [[6.0]]]), **T1, what="the products")


# %%
@check
def a_stack_of_one_is_not_repeated(batched_matmul):
    """Two items on the left and one on the right raise ValueError."""
    raises(ValueError, batched_matmul, np.ones((2, 2, 3)), np.ones((1, 3, 2)))


# %%
@hidden(weight=2)
def every_item_is_the_product_of_its_pair(batched_matmul, rng):
    """Item i of the result is the matrix product of A[i] and B[i]."""
    sizes = ((1, 1, 1, 1), (1, 2, 2, 2), (2, 2, 2, 2), (2, 1, 3, 2), (3, 2, 4, 3), (5, 6, 3, 4), (40, 3, 2, 3))
    for N, m, k, n in sizes:
        A, B = rng.normal(size=(N, m, k)), rng.normal(size=(N, k, n))
        result = array(batched_matmul(A, B), (N, m, n), what="the products")
        for i in range(N):
            close(result[i], A[i] @ B[i], **T1, what=f"the product with index {i} of {N}")
    close(batched_matmul([[[1, 3]]], [[[0.5], [0.25]]]), np.array([[[1.25]]]), **T1, what="the products of lists")


# %%
@hidden
def equal_lengths_of_all_axes_are_not_mixed_up(batched_matmul, rng):
    """If N, m, k and n are equal, the sum still runs over the inner axis and the items stay apart."""
    for n in (2, 3, 4):
        A, B = rng.normal(size=(n, n, n)), rng.normal(size=(n, n, n))
        close(batched_matmul(A, B), A @ B, **T1, what=f"the products of {n} pairs of {n} by {n} matrices")


# %%
@hidden
def changing_one_item_changes_only_its_product(batched_matmul, rng):
    """If one item of A changes, the other products stay as they were."""
    A, B = rng.normal(size=(3, 2, 2)), rng.normal(size=(3, 2, 2))
    before = array(batched_matmul(A, B), (3, 2, 2), what="the products")
    changed = A.copy()
    changed[1] += 5.0
    after = array(batched_matmul(changed, B), (3, 2, 2), what="the products after the change")
    close(after[[0, 2]], before[[0, 2]], **T1, what="the products of the other items")
    close(after[1], changed[1] @ B[1], **T1, what="the product of the changed item")


# %%
@hidden
def reordering_the_items_reorders_the_products(batched_matmul, rng):
    """Reordering the items of both stacks alike reorders the products."""
    for N, m, k, n in ((2, 1, 2, 1), (4, 2, 3, 2)):
        A, B, order = rng.normal(size=(N, m, k)), rng.normal(size=(N, k, n)), np.roll(np.arange(N), 1)
        result = array(batched_matmul(A, B), (N, m, n), what="the products")
        close(batched_matmul(A[order], B[order]), result[order], **T1, what="the products after reordering")


# %%
@hidden
def identities_and_empty_stacks_are_fine(batched_matmul, rng):
    """A stack of identity matrices changes nothing, and a stack without items has no products."""
    A = rng.normal(size=(3, 2, 4))
    close(batched_matmul(A, np.stack([np.eye(4)] * 3)), A, **T1, what="the products with identity matrices")
    empty = batched_matmul(np.zeros((0, 2, 3)), np.zeros((0, 3, 4)))
    close(empty, np.zeros((0, 2, 4)), **T1, what="the products of no items")
    close(batched_matmul(np.zeros((2, 1, 0)), np.zeros((2, 0, 3))), np.zeros((2, 1, 3)), **T1, what="empty sums")


# %%
@hidden
def shapes_that_do_not_fit_raise(batched_matmul):
    """Another number of items, inner numbers that differ and a wrong number of axes raise ValueError."""
    for left, right in (
        ((1, 2, 3), (2, 3, 2)),
        ((2, 2, 3), (3, 3, 2)),
        ((2, 2, 3), (2, 2, 3)),
        ((2, 2, 1), (2, 3, 2)),
        ((2, 2, 3), (2, 1, 2)),
        ((2, 3), (3, 2)),
        ((2, 2, 3), (3, 2)),
        ((2, 3), (2, 3, 2)),
        ((2, 2), (2, 2, 2)),
        ((2, 2, 2), (2, 2)),
        ((1, 2, 2, 2), (1, 2, 2, 2)),
    ):
        raises(ValueError, batched_matmul, np.ones(left), np.ones(right))


# %%
@accepted
def item_by_item_with_np_dot(A, B):
    A, B = np.array(A, dtype=float), np.array(B, dtype=float)
    if (A.ndim, B.ndim) != (3, 3) or len(A) != len(B) or A.shape[2] != B.shape[1]:
        raise ValueError("no such products")
    result = np.zeros((len(A), A.shape[1], B.shape[2]))
    for i in range(len(A)):
        result[i] = np.dot(A[i], B[i])
    return result


# %%
@accepted
def adding_up_outer_products(A, B):
    A, B = np.asarray(A, dtype=np.float64), np.asarray(B, dtype=np.float64)
    if A.ndim != 3 or B.ndim != 3 or A.shape[::2] != B.shape[:2]:
        raise ValueError("no such products")
    result = np.zeros((A.shape[0], A.shape[1], B.shape[2]))
    for index in range(A.shape[2]):
        result = result + A[:, :, index, None] * B[:, None, index, :]
    return result


# %%
@misconception(
    caught_by="the_worked_example_gives_11_and_6",
    hint="np.dot of two stacks combines every item with every other item. Pair A[i] with B[i] only.",
)
def calls_dot_on_the_whole_stacks(A, B):
    A, B = checked_stacks(A, B)
    return np.dot(A, B)


# %%
@misconception(
    caught_by="a_stack_of_one_is_not_repeated",
    hint="NumPy repeats a stack of one without a warning. Compare the numbers of items yourself.",
)
def repeats_a_stack_of_one(A, B):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if A.ndim != 3 or B.ndim != 3 or A.shape[2] != B.shape[1]:
        raise ValueError("no such products")
    return np.sum(A[:, :, :, None] * B[:, None, :, :], axis=2)


# %%
@misconception(
    caught_by="every_item_is_the_product_of_its_pair",
    hint="Every item has its own partner: multiply A[i] by B[i], not always by the same matrix.",
)
def takes_the_first_matrix_for_all(A, B):
    A, B = checked_stacks(A, B)
    first = B[:1]
    return np.sum(A[:, :, :, None] * first[:, None, :, :], axis=2) if len(A) else A[:, :, :1] * B[:, :1, :]


# %%
@misconception(
    caught_by="equal_lengths_of_all_axes_are_not_mixed_up",
    hint="The sum must run over the inner index k, which A has last and B has in the middle.",
)
def sums_over_the_wrong_axis(A, B):
    A, B = checked_stacks(A, B)
    return np.sum(A[:, :, :, None] * B[:, None, :, :], axis=1)


# %%
@misconception(
    caught_by="equal_lengths_of_all_axes_are_not_mixed_up",
    hint="A * B multiplies entry by entry. Within an item, rows of A meet columns of B.",
)
def multiplies_entry_by_entry(A, B):
    A, B = checked_stacks(A, B)
    return A * B

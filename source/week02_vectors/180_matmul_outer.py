# %% [markdown]
# ### Matrix product as a sum of outer products
#
# There is a second way to read a matrix product, and week 3 is built on it. The outer product of a column $u$ with $m$
# entries and a row $v$ with $n$ entries is a whole matrix of shape $(m, n)$: entry $(i, j)$ is $u_i v_j$. All its rows
# are multiples of $v$, so its rank is at most 1. Every product is a sum of such simple matrices:
#
# $$A B = \sum_{l=1}^{k} a_l \, b_l$$
#
# Here $a_l$ is *column* $l$ of $A$ and $b_l$ is *row* $l$ of $B$. If you keep only the largest terms of such a sum, you
# compress a picture.
#
# **By hand.** $A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$, $B = \begin{pmatrix} 5 & 6 \\ 7 & 8 \end{pmatrix}$.
# Column 1 of $A$ is $(1, 3)$ and row 1 of $B$ is $(5, 6)$. Their outer product is
# $\begin{pmatrix} 5 & 6 \\ 15 & 18 \end{pmatrix}$. Column 2 is $(2, 4)$, row 2 is $(7, 8)$, and their outer product is
# $\begin{pmatrix} 14 & 16 \\ 28 & 32 \end{pmatrix}$. The sum is $\begin{pmatrix} 19 & 22 \\ 43 & 50 \end{pmatrix}$.
#
# Return the product and the $k$ terms. The terms are your first array with three axes: the first axis counts the terms.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.dot", "numpy.matmul", "*.dot", "@"),
    oracle="the operator @ of numpy",
    section="Matrix products",
    topics=(
        "r0-w2-vector-matrix-ops",
        "r1-t01-matrix-operations",
        "r2-o1-scalars-vectors-matrices-tensors",
        "r2-o1-matrix-operations",
        "r2-a1-scalars-vectors-matrices-tensors",
        "r2-a1-matrix-operations",
        "r2-a1-dot-inner-outer",
        "r2-a1-dot-matmul-numpy",
        "r2-b1-scalars-vectors-matrices-tensors",
        "r2-b1-matrix-operations",
        "r2-b1-dot-matmul-manual",
        "r3-1-1-matrix-add-mul",
        "r4-la-matrices",
        "r4-req-la-matrices",
    ),
)

# %%
import numpy as np


# %%
def matmul_outer(A: np.ndarray, B: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the product A B and the outer products that add up to it.

    Parameters
    ----------
    A : array of shape (m, k)
    B : array of shape (k, n)

    Returns
    -------
    (product, terms) : arrays of shape (m, n) and (k, m, n). Term l is the outer product of column l of A and row l
        of B, and the product is the sum of the terms. For k = 0 there are no terms, and the product is zero.

    Raises
    ------
    ValueError : A or B is not two-dimensional, or their numbers k differ
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    B = np.asarray(B, dtype=float)
    if A.ndim != 2 or B.ndim != 2 or A.shape[1] != B.shape[0]:
        raise ValueError("A must have shape (m, k) and B must have shape (k, n)")
    terms = A.T[:, :, None] * B[:, None, :]
    return terms.sum(axis=0), terms
    ### END SOLUTION


# %%
@helper
def checked_factors(A, B):
    """Return both as float arrays, or raise ValueError when they have no product."""
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if A.ndim != 2 or B.ndim != 2 or A.shape[1] != B.shape[0]:
        raise ValueError("no such product")
    return A, B


# %%
@check
def the_worked_example_has_two_terms(matmul_outer):
    """[[1, 2], [3, 4]] times [[5, 6], [7, 8]] is the sum of [[5, 6], [15, 18]] and [[14, 16], [28, 32]]."""
    product, terms = matmul_outer(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]]))
    expected = np.array([[[5.0, 6.0], [15.0, 18.0]], [[14.0, 16.0], [28.0, 32.0]]])
    close(terms, expected, **T1, what="the terms")
    close(product, np.array([[19.0, 22.0], [43.0, 50.0]]), **T1, what="the product")


# %%
@check
def inner_numbers_that_differ_raise(matmul_outer):
    """Shapes (2, 3) and (2, 3) have no product, so they raise ValueError."""
    raises(ValueError, matmul_outer, np.ones((2, 3)), np.ones((2, 3)))


# %%
@hidden(weight=2)
def every_term_is_a_column_times_a_row(matmul_outer, rng):
    """Term l is the outer product of column l of A and row l of B, for square, wide and tall matrices."""
    for m, k, n in ((1, 1, 1), (2, 2, 2), (1, 2, 3), (2, 1, 3), (3, 3, 3), (2, 4, 3), (6, 5, 7)):
        A, B = rng.normal(size=(m, k)), rng.normal(size=(k, n))
        _, terms = matmul_outer(A, B)
        terms = array(terms, (k, m, n), what="the terms")
        for index in range(k):
            close(terms[index], np.outer(A[:, index], B[index]), **T1, what=f"the term with index {index}")


# %%
@hidden(weight=2)
def the_terms_add_up_to_the_product(matmul_outer, rng):
    """The first value is the matrix product, and it is the sum of the terms."""
    for m, k, n in ((1, 1, 1), (2, 2, 2), (3, 2, 1), (2, 3, 4), (8, 6, 5)):
        A, B = rng.normal(size=(m, k)), rng.normal(size=(k, n))
        product, terms = matmul_outer(A, B)
        close(product, A @ B, **T1, what=f"the product of shapes ({m}, {k}) and ({k}, {n})")
        close(array(terms, (k, m, n), what="the terms").sum(axis=0), A @ B, **T1, what="the sum of the terms")
    product, _ = matmul_outer([[1, 3]], [[0.5], [0.25]])
    close(product, np.array([[1.25]]), **T1, what="the product of lists")


# %%
@hidden
def every_term_has_rank_one(matmul_outer, rng):
    """The rows of a term are multiples of one row: its second singular value is 0."""
    for m, k, n in ((2, 1, 2), (3, 2, 4)):
        _, terms = matmul_outer(rng.normal(size=(m, k)), rng.normal(size=(k, n)))
        for index, term in enumerate(array(terms, (k, m, n), what="the terms")):
            first, second = np.linalg.svd(term, compute_uv=False)[:2]
            holds(0 < first and second <= 1e-12 * first, f"The term with index {index} should have rank 1.")


# %%
@hidden
def reordering_the_inner_index_reorders_the_terms(matmul_outer, rng):
    """Reordering the columns of A and the rows of B alike reorders the terms and keeps the product."""
    for m, k, n in ((2, 2, 2), (3, 4, 2)):
        A, B, order = rng.normal(size=(m, k)), rng.normal(size=(k, n)), np.roll(np.arange(k), 1)
        product, terms = matmul_outer(A, B)
        moved_product, moved_terms = matmul_outer(A[:, order], B[order])
        close(moved_product, array(product, (m, n), what="the product"), **T1, what="the product after reordering")
        close(moved_terms, array(terms, (k, m, n), what="the terms")[order], **T1, what="the terms after reordering")


# %%
@hidden
def no_inner_index_means_no_terms(matmul_outer):
    """With k = 0 there are no terms, and the product is zero."""
    product, terms = matmul_outer(np.zeros((2, 0)), np.zeros((0, 3)))
    close(product, np.zeros((2, 3)), **T1, what="the product")
    close(terms, np.zeros((0, 2, 3)), **T1, what="the terms")


# %%
@hidden
def what_has_no_product_raises(matmul_outer):
    """Inner numbers that differ and arrays that are not two-dimensional raise ValueError."""
    for left, right in (((2, 1), (3, 4)), ((2, 3), (1, 4)), ((2, 3), (4, 2)), ((2, 2), (3, 2))):
        raises(ValueError, matmul_outer, np.ones(left), np.ones(right))
    raises(ValueError, matmul_outer, np.ones(2), np.ones((2, 2)))
    raises(ValueError, matmul_outer, np.ones((2, 2)), np.ones(2))
    raises(ValueError, matmul_outer, np.ones((2, 2, 2)), np.ones((2, 2, 2)))
    raises(ValueError, matmul_outer, np.ones((2, 2)), 3.0)


# %%
@accepted
def with_a_list_of_outer_products(A, B):
    A, B = np.array(A, dtype=float), np.array(B, dtype=float)
    if (A.ndim, B.ndim) != (2, 2) or A.shape[1] != len(B):
        raise ValueError("no such product")
    terms = np.zeros((A.shape[1], A.shape[0], B.shape[1]))
    product = np.zeros((A.shape[0], B.shape[1]))
    for index in range(len(B)):
        terms[index] = np.outer(A[:, index], B[index, :])
        product = product + terms[index]
    return product, terms


# %%
@accepted
def with_an_einstein_sum(A, B):
    A, B = np.asarray(A, dtype=np.float64), np.asarray(B, dtype=np.float64)
    if A.ndim != 2 or B.ndim != 2 or A.shape[1] != B.shape[0]:
        raise ValueError("no such product")
    terms = np.einsum("il,lj->lij", A, B)
    return np.add.reduce(terms, axis=0), terms


# %%
@misconception(
    caught_by="the_worked_example_has_two_terms",
    hint="Rows of A with columns of B belong to the dot products. Here column l of A meets row l of B.",
)
def takes_rows_of_a_and_columns_of_b(A, B):
    A, B = checked_factors(A, B)
    terms = np.array([np.outer(A[index], B[:, index]) for index in range(len(B))])
    return terms.sum(axis=0), terms


# %%
@misconception(
    caught_by="the_worked_example_has_two_terms",
    hint="The outer product is transposed. Its first index runs over the rows of A.",
)
def transposes_the_outer_products(A, B):
    A, B = checked_factors(A, B)
    terms = B[:, :, None] * A.T[:, None, :]
    return terms.sum(axis=0), terms


# %%
@misconception(
    caught_by="the_worked_example_has_two_terms",
    hint="The product is right, but the axis that counts the terms must come first: shape (k, m, n).",
)
def counts_the_terms_on_the_middle_axis(A, B):
    A, B = checked_factors(A, B)
    terms = A[:, :, None] * B[None, :, :]
    return terms.sum(axis=1), terms


# %%
@misconception(
    caught_by="the_terms_add_up_to_the_product",
    hint="The terms are right, but the product is their sum over the first axis: sum(axis=0).",
)
def returns_the_last_term_as_product(A, B):
    A, B = checked_factors(A, B)
    terms = A.T[:, :, None] * B[:, None, :]
    return terms[-1] if len(terms) else np.zeros(terms.shape[1:]), terms

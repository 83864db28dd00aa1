# %% [markdown]
# ### Multiplying by a diagonal matrix
#
# A diagonal matrix $D = \mathrm{diag}(d_1, \dots, d_n)$ has the numbers $d_i$ on its diagonal and zeros elsewhere. It
# stretches every axis by a factor of its own. With all $d_i = 1$ it is the identity matrix $I$, which changes nothing.
#
# From the left it scales rows, and from the right it scales columns:
#
# $$(D A)_{ij} = d_i \, a_{ij} \qquad (A D)_{ij} = a_{ij} \, d_j$$
#
# So nobody stores all those zeros. For 10000 features the matrix would need 800 MB, and the $d_i$ alone need 80 kB.
# Changing the units of features (metres to centimetres) is a product with $D$ from the right.
#
# **By hand.** $d = (2, 10)$ and $A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$. From the left:
# $\begin{pmatrix} 2 & 4 \\ 30 & 40 \end{pmatrix}$. From the right:
# $\begin{pmatrix} 2 & 20 \\ 6 & 40 \end{pmatrix}$.
#
# Return the product without building $D$.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    banned=("numpy.diag*", "numpy.eye", "numpy.identity", "@"),
    oracle="numpy.diag(d) @ A",
    section="Matrices as maps",
    topics=(
        "r0-w2-vector-matrix-ops",
        "r1-t01-matrix-operations",
        "r2-o1-matrix-operations",
        "r4-la-matrices",
        "r4-la-identity-diagonal",
        "r4-la-linear-transformations",
    ),
)

# %%
import numpy as np


# %%
def diag_scale(d: np.ndarray, A: np.ndarray, side: str) -> np.ndarray:
    """Return diag(d) A or A diag(d) without forming diag(d).

    Parameters
    ----------
    d : array of shape (m,) for the left side, of shape (n,) for the right side
    A : array of shape (m, n)
    side : "left" for diag(d) A, "right" for A diag(d)

    Returns
    -------
    array of shape (m, n), of floats

    Raises
    ------
    ValueError : side is another word, d is not one-dimensional or A is not two-dimensional
    ValueError : the length of d is not m (left) or n (right); a single number is not stretched
    """
    ### BEGIN SOLUTION
    d = np.asarray(d, dtype=float)
    A = np.asarray(A, dtype=float)
    if side not in ("left", "right"):
        raise ValueError("side must be 'left' or 'right'")
    if A.ndim != 2 or d.shape != (A.shape[0 if side == "left" else 1],):
        raise ValueError("A must have shape (m, n), and d must have m (left) or n (right) entries")
    return d[:, None] * A if side == "left" else A * d
    ### END SOLUTION


# %%
@helper
def checked_factors(d, A, side):
    """Return d and A as float arrays, or raise ValueError when the product does not exist."""
    d, A = np.asarray(d, dtype=float), np.asarray(A, dtype=float)
    if side not in ("left", "right") or A.ndim != 2 or d.shape != (A.shape[0 if side == "left" else 1],):
        raise ValueError("no such product")
    return d, A


# %%
@check
def the_left_side_scales_rows(diag_scale):
    """diag(2, 10) times [[1, 2], [3, 4]] is [[2, 4], [30, 40]]."""
    result = diag_scale(np.array([2.0, 10.0]), np.array([[1.0, 2.0], [3.0, 4.0]]), "left")
    close(result, np.array([[2.0, 4.0], [30.0, 40.0]]), **T1, what="the product from the left")


# %%
@check
def the_right_side_scales_columns(diag_scale):
    """[[1, 2], [3, 4]] times diag(2, 10) is [[2, 20], [6, 40]]."""
    result = diag_scale(np.array([2.0, 10.0]), np.array([[1.0, 2.0], [3.0, 4.0]]), "right")
    close(result, np.array([[2.0, 20.0], [6.0, 40.0]]), **T1, what="the product from the right")


# %%
@check
def a_wrong_number_of_factors_raises(diag_scale):
    """Two rows need two factors: three of them raise ValueError."""
    raises(ValueError, diag_scale, np.array([1.0, 2.0, 3.0]), np.array([[1.0, 2.0], [3.0, 4.0]]), "left")


# %%
@hidden(weight=2)
def it_equals_the_product_with_the_whole_matrix(diag_scale, rng):
    """The result is the product with diag(d), for square, wide and tall matrices."""
    for m, n in ((1, 1), (2, 2), (1, 3), (3, 3), (2, 3), (4, 1), (5, 4), (30, 20)):
        A, left, right = rng.normal(size=(m, n)), rng.normal(size=m), rng.normal(size=n)
        close(diag_scale(left, A, "left"), np.diag(left) @ A, **T1, what=f"diag(d) A for A of shape ({m}, {n})")
        close(diag_scale(right, A, "right"), A @ np.diag(right), **T1, what=f"A diag(d) for A of shape ({m}, {n})")
    close(diag_scale([0.5], [[1, 3]], "left"), np.array([[0.5, 1.5]]), **T1, what="diag(0.5) times (1, 3)")


# %%
@hidden
def ones_change_nothing(diag_scale, rng):
    """With ones on the diagonal the matrix is the identity, and A comes back; zeros give zeros."""
    A = rng.normal(size=(2, 3))
    close(diag_scale([1, 1], A, "left"), A, **T1, what="I A")
    close(diag_scale(np.ones(3), A, "right"), A, **T1, what="A I")
    close(diag_scale(np.zeros(2), A, "left"), np.zeros((2, 3)), **T1, what="the product with zeros")


# %%
@hidden
def the_transpose_exchanges_the_sides(diag_scale, rng):
    """The transpose of diag(d) A is A^T diag(d)."""
    for m, n in ((2, 2), (3, 2), (1, 4)):
        A, d = rng.normal(size=(m, n)), rng.normal(size=m)
        left = array(diag_scale(d, A, "left"), (m, n), what="diag(d) A")
        close(diag_scale(d, A.T, "right"), left.T, **T1, what="A^T diag(d)")


# %%
@hidden
def the_two_sides_do_not_disturb_each_other(diag_scale, rng):
    """Scaling the rows first or the columns first gives the same matrix."""
    for m, n in ((2, 2), (2, 3)):
        A, rows, columns = rng.normal(size=(m, n)), rng.normal(size=m), rng.normal(size=n)
        one = diag_scale(columns, array(diag_scale(rows, A, "left"), (m, n), what="diag(r) A"), "right")
        close(one, np.outer(rows, columns) * A, **T1, what="rows first, then columns")
        other = diag_scale(rows, array(diag_scale(columns, A, "right"), (m, n), what="A diag(c)"), "left")
        close(other, np.outer(rows, columns) * A, **T1, what="columns first, then rows")


# %%
@hidden
def the_reciprocals_undo_it(diag_scale, rng):
    """Multiplying by diag(1/d) afterwards gives A back: that is the inverse of a diagonal matrix."""
    for side, length in (("left", 3), ("right", 2)):
        A, d = rng.normal(size=(3, 2)), rng.uniform(0.5, 2.0, size=length)
        there = array(diag_scale(d, A, side), (3, 2), what="the product")
        close(diag_scale(1 / d, there, side), A, **T1, what="the product with diag(d) and then with diag(1/d)")


# %%
@hidden
def what_is_no_product_raises(diag_scale):
    """Another side, a wrong length and a wrong number of axes raise ValueError."""
    A = np.arange(6.0).reshape(2, 3)
    for length, side in ((2, "both"), (3, ""), (2, "Left"), (3, "R")):
        raises(ValueError, diag_scale, np.ones(length), A, side)
    for shape in ((1,), (3,), (2, 1), (1, 2)):
        raises(ValueError, diag_scale, np.ones(shape), A, "left")
    for shape in ((1,), (2,), (3, 1), (1, 3)):
        raises(ValueError, diag_scale, np.ones(shape), A, "right")
    raises(ValueError, diag_scale, 2.0, A, "left")
    raises(ValueError, diag_scale, np.ones(3), np.ones(3), "right")


# %%
@accepted
def row_by_row_or_column_by_column(d, A, side):
    d, result = np.array(d, dtype=float), np.array(A, dtype=float)
    if result.ndim != 2 or d.ndim != 1 or side not in ("left", "right"):
        raise ValueError("no such product")
    if side == "right":
        return row_by_row_or_column_by_column(d, result.T, "left").T
    if len(d) != len(result):
        raise ValueError("wrong number of factors")
    for i in range(len(d)):
        result[i] = d[i] * result[i]
    return result


# %%
@accepted
def with_an_einstein_sum(d, A, side):
    d, A = np.asarray(d, dtype=np.float64), np.asarray(A, dtype=np.float64)
    patterns = {"left": ("i,ij->ij", 0), "right": ("j,ij->ij", 1)}
    if side not in patterns or d.ndim != 1 or A.ndim != 2 or len(d) != A.shape[patterns[side][1]]:
        raise ValueError("no such product")
    return np.einsum(patterns[side][0], d, A)


# %%
@misconception(
    caught_by="the_left_side_scales_rows",
    hint="The sides are exchanged: from the left rows are scaled, from the right columns.",
)
def exchanges_the_sides(d, A, side):
    d, A = checked_factors(d, A, side)
    return A * d if side == "left" else A * d[:, None]


# %%
@misconception(
    caught_by="the_left_side_scales_rows",
    hint="d * A scales columns whatever the side. For rows give d a trailing axis: d[:, None].",
)
def scales_columns_for_both_sides(d, A, side):
    d, A = checked_factors(d, A, side)
    return d * A


# %%
@misconception(
    caught_by="the_left_side_scales_rows",
    hint="diag(d) * A multiplies entry by entry and loses all entries off the diagonal. A matrix product is asked for.",
)
def keeps_only_the_diagonal(d, A, side):
    d, A = checked_factors(d, A, side)
    result = np.zeros(A.shape)
    for i in range(min(A.shape)):
        result[i, i] = d[i] * A[i, i]
    return result


# %%
@misconception(
    caught_by="what_is_no_product_raises",
    hint="NumPy stretches a single number over all rows without a warning. Compare the length of d yourself.",
)
def stretches_a_single_factor(d, A, side):
    d, A = np.asarray(d, dtype=float), np.asarray(A, dtype=float)
    if side not in ("left", "right") or A.ndim != 2 or d.ndim != 1:
        raise ValueError("no such product")
    return d[:, None] * A if side == "left" else A * d

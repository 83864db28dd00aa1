# %% [markdown]
# ### Reduced row echelon form
#
# Which columns of a table carry something new, and which ones follow from the others? Elimination answers this for
# every matrix. It also solves systems, finds the rank and tests independence. Two more exercises of this week can use
# it.
#
# Allowed are three row operations: swap two rows, multiply a row by a number other than 0, and subtract a multiple of
# one row from another. The goal is the *reduced row echelon form*:
#
# - the first entry of a row that is not 0 is a 1, its *pivot*; the pivots move to the right from row to row;
# - every other entry in the column of a pivot is 0, below **and above**;
# - rows of zeros stand at the bottom.
#
# Go through the columns from left to right. Among the rows that have no pivot yet, take the entry of largest magnitude
# in the column. That choice is called *partial pivoting*. It keeps rounding errors small. If even this entry counts as
# zero, the column gets no pivot: stay in the same row and go to the next column. Otherwise swap its row up, divide the
# row by the pivot, and clear the rest of the column.
#
# **By hand.** $A = \begin{pmatrix} 0 & 2 & 4 \\ 1 & 1 & 3 \\ 1 & 3 & 7 \end{pmatrix}$. In column 0 the pivot is the 1
# of the second row: swap the first two rows. Subtract the new first row $(1, 1, 3)$ from the third, which leaves
# $(0, 2, 4)$. In column 1 the pivot is 2. The row becomes $(0, 1, 2)$; subtract it once from the first row and twice
# from the third:
# $$\begin{pmatrix} 1 & 0 & 1 \\ 0 & 1 & 2 \\ 0 & 0 & 0 \end{pmatrix}, \qquad \text{pivot columns } 0 \text{ and } 1.$$
# Read it off: column 2 of $A$ is once column 0 plus twice column 1, and the rank is 2.
#
# **What counts as zero.** Rounding leaves $10^{-17}$ where a 0 belongs. Entries of magnitude at most `tol` count as
# zero. Without a `tol`, use $\max(m, n) \cdot \varepsilon \cdot \max_{ij} |a_{ij}|$ with
# $\varepsilon = 2.2 \cdot 10^{-16}$, which is `np.finfo(float).eps`.
#
# Return the reduced form and the list of pivot columns.
#
# %%
from fractions import Fraction

from autograder.kit import T1, T2, accepted, array, check, close, exercise, helper, hidden, misconception, raises, same

exercise(
    points=12,
    minutes=45,
    level=3,
    banned=(
        "numpy.linalg.solve",
        "numpy.linalg.inv",
        "numpy.linalg.pinv",
        "numpy.linalg.lstsq",
        "scipy.linalg.lu*",
        "scipy.linalg.solve*",
        "scipy.linalg.inv",
        "scipy.linalg.lstsq",
    ),
    oracle="elimination with exact fractions",
    section="Elimination and independence",
    topics=(
        "r0-w2-goal",
        "r0-w2-span-basis-dimension",
        "r0-w2-linear-independence",
        "r0-w3-rank",
        "r4-la-rank-independence",
        "r4-req-la-rank-independence",
    ),
)

# %%
import numpy as np


# %%
def row_echelon(A: np.ndarray, tol: float | None = None) -> tuple[np.ndarray, list[int]]:
    """Bring a matrix into reduced row echelon form with partial pivoting.

    Parameters
    ----------
    A : array-like of shape (m, n); it stays unchanged
    tol : entries of magnitude at most tol count as zero; None stands for max(m, n) * eps * max|A|

    Returns
    -------
    (R, pivots) : array of shape (m, n) and list of int.
        Every pivot is exactly 1, and everything else in its column is exactly 0. Rows without a pivot are exactly 0.
        The pivot columns count from 0 and increase.

    Raises
    ------
    ValueError : A does not have exactly two axes
    """
    ### BEGIN SOLUTION
    R = np.array(A, dtype=float)
    if R.ndim != 2:
        raise ValueError("A must have two axes")
    m, n = R.shape
    if tol is None:
        tol = max(m, n) * np.finfo(float).eps * np.max(np.abs(R), initial=0.0)
    pivots: list[int] = []
    for column in range(n):
        row = len(pivots)
        if row == m:
            break
        best = row + int(np.argmax(np.abs(R[row:, column])))
        if abs(R[best, column]) <= tol:
            R[row:, column] = 0.0
            continue
        R[[row, best]] = R[[best, row]]
        R[row] /= R[row, column]
        for other in range(m):
            if other != row:
                R[other] -= R[other, column] * R[row]
        pivots.append(column)
    return R, pivots
    ### END SOLUTION


# %%
@helper
def exact_form(A):
    """Return the reduced row echelon form and the pivot columns of a matrix of whole numbers, without any rounding."""
    rows, pivots = [[Fraction(int(entry)) for entry in row] for row in A], []
    for column in range(A.shape[1]):
        top = len(pivots)
        found = [i for i in range(top, len(rows)) if rows[i][column] != 0]
        if not found:
            continue
        rows[top], rows[found[0]] = rows[found[0]], rows[top]
        rows[top] = [entry / rows[top][column] for entry in rows[top]]
        for i in range(len(rows)):
            if i != top:
                rows[i] = [p - rows[i][column] * q for p, q in zip(rows[i], rows[top])]
        pivots.append(column)
    return np.array([[float(entry) for entry in row] for row in rows]).reshape(A.shape), pivots


@helper
def known_form(pivots, m, n, rng):
    """Return an (m, n) reduced form of small whole numbers with these pivot columns."""
    R = np.zeros((m, n))
    for row, column in enumerate(pivots):
        R[row, column:] = rng.integers(-2, 3, size=n - column)
    R[:, pivots] = 0.0
    R[range(len(pivots)), pivots] = 1.0
    return R


@helper
def mixed_rows(R, rng):
    """Return a matrix with the same reduced form: R multiplied from the left by an invertible matrix."""
    m = len(R)
    lower = np.eye(m) + np.tril(rng.integers(-1, 2, size=(m, m)), -1)
    upper = np.eye(m) + np.triu(rng.integers(-1, 2, size=(m, m)), 1)
    return (lower @ upper @ R)[rng.permutation(m)]


# %%
@check
def works_for_the_example(row_echelon):
    """The example has the pivot columns 0 and 1; its third column is once the first plus twice the second."""
    R, pivots = row_echelon([[0, 2, 4], [1, 1, 3], [1, 3, 7]])
    close(array(R, (3, 3), what="R"), np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 2.0], [0.0, 0.0, 0.0]]), **T2, what="R")
    same(list(pivots), [0, 1], what="the pivot columns")


# %%
@check
def a_zero_in_the_pivot_place_is_swapped_away(row_echelon):
    """[[0, 1], [1, 0]] has two pivots, because the rows can be swapped."""
    R, pivots = row_echelon(np.array([[0.0, 1.0], [1.0, 0.0]]))
    same(list(pivots), [0, 1], what="the pivot columns")
    close(array(R, (2, 2), what="R"), np.eye(2), **T2, what="R")


# %%
@check
def a_vector_raises(row_echelon):
    """An array with one axis is no matrix and raises ValueError."""
    raises(ValueError, row_echelon, np.array([1.0, 2.0]))


# %%
@hidden(weight=2)
def row_operations_do_not_change_the_answer(row_echelon, rng):
    """Mixing the rows by an invertible matrix leaves the reduced form and the pivot columns as they are."""
    for known, m, n in (
        ([0], 1, 2),
        ([0], 2, 2),
        ([1], 2, 3),
        ([0, 2], 2, 3),
        ([0, 2], 3, 4),
        ([1, 2, 4], 4, 6),
        ([0, 1, 3, 6], 6, 7),
        ([0, 2, 3, 5, 7], 5, 9),
    ):
        form = known_form(known, m, n, rng)
        R, pivots = row_echelon(mixed_rows(form, rng))
        same(list(pivots), known, what="the pivot columns")
        close(array(R, (m, n), what="R"), form, **T2, what="R")


# %%
@hidden
def agrees_with_exact_fractions(row_echelon, rng):
    """For matrices of whole numbers the result agrees with elimination by exact fractions."""
    for m, n in ((1, 1), (2, 2), (2, 3), (3, 2), (3, 4), (5, 3), (4, 7)):
        # A heavy diagonal, its rows mixed, keeps every pivot far away from the tolerance.
        A = (rng.integers(-4, 5, size=(m, n)) + 15 * np.eye(m, n, dtype=int))[rng.permutation(m)]
        form, known = exact_form(A)
        R, pivots = row_echelon(A)
        same(list(pivots), known, what="the pivot columns")
        close(array(R, (m, n), what="R"), form, **T2, what="R")


# %%
@hidden
def a_column_without_a_pivot_keeps_the_row(row_echelon):
    """When a column gets no pivot, the next column is tried in the same row."""
    for A, known in (
        ([[1, 2, 3], [2, 4, 7]], [0, 2]),
        ([[0, 0, 5], [0, 3, 1]], [1, 2]),
        ([[1, 1, 1, 1], [1, 1, 1, 2], [1, 1, 1, 4]], [0, 3]),
        ([[0, 0], [0, 4], [0, 8]], [1]),
    ):
        form, _ = exact_form(np.array(A))
        R, pivots = row_echelon(A)
        same(list(pivots), known, what="the pivot columns")
        close(array(R, form.shape, what="R"), form, **T2, what="R")


# %%
@hidden(weight=2)
def rounding_does_not_make_pivots(row_echelon):
    """Numbers such as 0.1 are rounded; what is left of a dependent row still counts as zero, and becomes exactly 0."""
    for A, rank in (
        ([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]], 2),
        ([[0.1, 0.7], [0.3, 2.1], [0.6, 4.2]], 1),
        ([[0.7, 0.1, 0.3, 0.2], [0.6, 0.3, 0.9, 0.1], [1.3, 0.4, 1.2, 0.3], [0.1, -0.2, -0.6, 0.1]], 2),
        ([[1e-9, 3e-9], [0.7e-9, 2.1e-9]], 1),
    ):
        A = np.array(A)
        R, pivots = row_echelon(A)
        same(list(pivots), list(range(rank)), what="the pivot columns")
        rest = array(R, A.shape, what="R")[rank:]
        same(rest, np.zeros(rest.shape), what="the rows without a pivot")


# %%
@hidden
def pivots_and_zeros_are_exact(row_echelon, rng):
    """Every pivot is exactly 1, and every other entry in its column is exactly 0."""
    for m, n in ((2, 2), (3, 5), (6, 4), (9, 9), (12, 14)):
        R, pivots = row_echelon(rng.normal(size=(m, n)))
        R = array(R, (m, n), what="R")
        same(list(pivots), list(range(min(m, n))), what="the pivot columns of a random matrix")
        same(R[:, : len(pivots)], np.eye(m, len(pivots)), what="the pivot columns of R")


# %%
@hidden
def the_largest_entry_becomes_the_pivot(row_echelon):
    """A tiny entry is no pivot while a large one is there: otherwise almost all digits are lost."""
    for tiny in (1e-8, 1e-11, 1e-13):
        R, pivots = row_echelon(np.array([[tiny, 1.0, 1.0], [1.0, 1.0, 2.0]]))
        same(list(pivots), [0, 1], what="the pivot columns")
        solution = np.array([1 / (1 - tiny), (1 - 2 * tiny) / (1 - tiny)])
        close(array(R, (2, 3), what="R")[:, 2], solution, **T2, what="the last column of R")


# %%
@hidden
def the_usual_tolerance_follows_the_size_of_the_matrix(row_echelon):
    """Without tol, an entry of at most max(m, n) * eps * max|A| counts as zero, also for negative and tiny numbers."""
    A = np.zeros((2, 8))
    A[0, 0], A[1, 1] = -1.0, 1e-15  # the bound is 1.8e-15
    same(list(row_echelon(A)[1]), [0], what="the pivot columns of a 2 by 8 matrix with the entries -1 and 1e-15")
    same(list(row_echelon(A.T)[1]), [0], what="the pivot columns of an 8 by 2 matrix with the entries -1 and 1e-15")
    same(list(row_echelon(1e-20 * np.eye(2))[1]), [0, 1], what="the pivot columns of 1e-20 times the identity")


# %%
@hidden
def the_tolerance_can_be_chosen(row_echelon):
    """A given tol is compared with the entries themselves: what is not larger counts as zero."""
    A = np.array([[2.0, 4.0], [1.0, 2.001]])
    R, pivots = row_echelon(A, tol=0.01)
    same(list(pivots), [0], what="the pivot columns with tol = 0.01")
    close(array(R, (2, 2), what="R"), np.array([[1.0, 2.0], [0.0, 0.0]]), **T2, what="R with tol = 0.01")
    R, pivots = row_echelon(A, tol=1e-5)
    same(list(pivots), [0, 1], what="the pivot columns with tol = 0.00001")
    close(array(R, (2, 2), what="R"), np.eye(2), **T2, what="R with tol = 0.00001")
    same(list(row_echelon(np.diag([3.0, 0.5]), tol=1.0)[1]), [0], what="the pivot columns of diag(3, 0.5) with tol = 1")


# %%
@hidden
def a_second_time_changes_nothing(row_echelon, rng):
    """The reduced form of a reduced form is itself."""
    for m, n in ((2, 3), (4, 4), (3, 6)):
        R, pivots = row_echelon(rng.integers(-3, 4, size=(m, n)))
        again, same_pivots = row_echelon(array(R, (m, n), what="R"))
        close(array(again, (m, n), what="the second R"), R, **T1, what="the second R")
        same(list(same_pivots), list(pivots), what="the pivot columns of the second run")


# %%
@hidden
def edges_of_the_contract(row_echelon):
    """Zeros have no pivot, a matrix may have no rows or no columns, and three axes raise ValueError."""
    for shape in ((2, 3), (0, 3), (3, 0)):
        R, pivots = row_echelon(np.zeros(shape))
        same(R, np.zeros(shape), what="R")
        same(list(pivots), [], what="the pivot columns")
    close(row_echelon([[0, -4]])[0], np.array([[0.0, 1.0]]), **T2, what="R")
    raises(ValueError, row_echelon, np.ones((2, 2, 2)))
    raises(ValueError, row_echelon, 3.0)


# %%
@accepted
def down_first_and_up_later_with_lists(A, tol=None):
    matrix = np.array(A, dtype=np.float64)
    if len(matrix.shape) != 2:
        raise ValueError("not a matrix")
    m, n = matrix.shape
    rows = matrix.tolist()
    if tol is None:
        tol = max(m, n) * 2.0**-52 * max((abs(entry) for row in rows for entry in row), default=0.0)
    pivots, r = [], 0
    for c in range(n):
        order = sorted(range(r, m), key=lambda i: -abs(rows[i][c]))
        if not order or abs(rows[order[0]][c]) <= tol:
            for i in range(r, m):
                rows[i][c] = 0.0
            continue
        rows[r], rows[order[0]] = rows[order[0]], rows[r]
        rows[r] = [entry / rows[r][c] for entry in rows[r]]
        for i in range(r + 1, m):
            rows[i] = [entry - rows[i][c] * above for entry, above in zip(rows[i], rows[r])]
        pivots.append(c)
        r += 1
    for r in reversed(range(len(pivots))):
        for i in range(r):
            rows[i] = [entry - rows[i][pivots[r]] * below for entry, below in zip(rows[i], rows[r])]
    return np.array(rows).reshape(m, n), pivots


# %%
@accepted
def clearing_with_one_outer_product(A, tol=None):
    R = np.asarray(A, dtype=float) + 0.0
    if R.ndim != 2:
        raise ValueError("not a matrix")
    if R.size == 0:
        return R, []
    limit = max(R.shape) * np.finfo(float).eps * abs(R).max() if tol is None else tol
    row, pivots = 0, []
    for column in range(R.shape[1]):
        below = np.abs(R[row:, column])
        if below.size == 0:
            break
        if below.max() <= limit:
            R[row:, column] = 0
            continue
        best = row + below.argmax()
        pivot_row = R[best] / R[best, column]
        R[best] = R[row]
        R[row] = 0
        R -= np.outer(R[:, column], pivot_row)
        R[row] = pivot_row
        pivots.append(column)
        row += 1
    return R, pivots


# %%
@misconception(
    caught_by="a_zero_in_the_pivot_place_is_swapped_away",
    hint="[[0, 1], [1, 0]] has rank 2; swap in the largest entry of the column.",
)
def never_swaps_rows(A, tol=None):
    R = np.array(A, dtype=float)
    if R.ndim != 2:
        raise ValueError("A must have two axes")
    m, n = R.shape
    if tol is None:
        tol = max(m, n) * np.finfo(float).eps * np.max(np.abs(R), initial=0.0)
    pivots = []
    for column in range(n):
        row = len(pivots)
        if row == m:
            break
        if abs(R[row, column]) <= tol:
            R[row, column] = 0.0
            continue
        R[row] /= R[row, column]
        for other in range(m):
            if other != row:
                R[other] -= R[other, column] * R[row]
        pivots.append(column)
    return R, pivots


# %%
@misconception(
    caught_by="the_largest_entry_becomes_the_pivot",
    hint="A tiny pivot makes huge multiples, and rounding takes the digits; swap in the largest entry every time.",
)
def swaps_only_when_it_must(A, tol=None):
    R = np.array(A, dtype=float)
    if R.ndim != 2:
        raise ValueError("A must have two axes")
    m, n = R.shape
    if tol is None:
        tol = max(m, n) * np.finfo(float).eps * np.max(np.abs(R), initial=0.0)
    pivots = []
    for column in range(n):
        row = len(pivots)
        usable = [i for i in range(row, m) if abs(R[i, column]) > tol]
        if not usable:
            R[row:, column] = 0.0
            continue
        R[[row, usable[0]]] = R[[usable[0], row]]
        R[row] /= R[row, column]
        for other in range(m):
            if other != row:
                R[other] -= R[other, column] * R[row]
        pivots.append(column)
    return R, pivots


# %%
@misconception(
    caught_by="rounding_does_not_make_pivots",
    hint="Rounding leaves 1e-17 where a zero belongs; use the tolerance.",
)
def compares_with_zero(A, tol=None):
    R = np.array(A, dtype=float)
    if R.ndim != 2:
        raise ValueError("A must have two axes")
    m, n = R.shape
    tol = 0.0 if tol is None else tol
    pivots = []
    for column in range(n):
        row = len(pivots)
        if row == m:
            break
        best = row + int(np.argmax(np.abs(R[row:, column])))
        if abs(R[best, column]) <= tol:
            R[row:, column] = 0.0
            continue
        R[[row, best]] = R[[best, row]]
        R[row] /= R[row, column]
        for other in range(m):
            if other != row:
                R[other] -= R[other, column] * R[row]
        pivots.append(column)
    return R, pivots


# %%
@misconception(
    caught_by="works_for_the_example",
    hint="Reduced form also clears above: every other entry in the column of a pivot is 0.",
)
def clears_only_below_the_pivot(A, tol=None):
    R = np.array(A, dtype=float)
    if R.ndim != 2:
        raise ValueError("A must have two axes")
    m, n = R.shape
    if tol is None:
        tol = max(m, n) * np.finfo(float).eps * np.max(np.abs(R), initial=0.0)
    pivots = []
    for column in range(n):
        row = len(pivots)
        if row == m:
            break
        best = row + int(np.argmax(np.abs(R[row:, column])))
        if abs(R[best, column]) <= tol:
            R[row:, column] = 0.0
            continue
        R[[row, best]] = R[[best, row]]
        R[row] /= R[row, column]
        for other in range(row + 1, m):
            R[other] -= R[other, column] * R[row]
        pivots.append(column)
    return R, pivots


# %%
@misconception(
    caught_by="agrees_with_exact_fractions",
    hint="An array of whole numbers cuts off every fraction. Convert to float64 first.",
)
def keeps_whole_numbers_whole(A, tol=None):
    R = np.array(A)
    if R.ndim != 2:
        raise ValueError("A must have two axes")
    m, n = R.shape
    if tol is None:
        tol = max(m, n) * np.finfo(float).eps * np.max(np.abs(R), initial=0)
    pivots = []
    for column in range(n):
        row = len(pivots)
        if row == m:
            break
        best = row + int(np.argmax(np.abs(R[row:, column])))
        if abs(R[best, column]) <= tol:
            R[row:, column] = 0
            continue
        R[[row, best]] = R[[best, row]]
        R[row] = R[row] / R[row, column]
        for other in range(m):
            if other != row:
                R[other] = R[other] - R[other, column] * R[row]
        pivots.append(column)
    return R.astype(float), pivots


# %%
@misconception(
    caught_by="a_column_without_a_pivot_keeps_the_row",
    hint="When a column has no pivot, stay in the same row and go to the next column.",
)
def looks_for_pivots_on_the_diagonal_only(A, tol=None):
    R = np.array(A, dtype=float)
    if R.ndim != 2:
        raise ValueError("A must have two axes")
    m, n = R.shape
    if tol is None:
        tol = max(m, n) * np.finfo(float).eps * np.max(np.abs(R), initial=0.0)
    pivots = []
    for place in range(min(m, n)):
        best = place + int(np.argmax(np.abs(R[place:, place])))
        if abs(R[best, place]) <= tol:
            R[place:, place] = 0.0
            continue
        R[[place, best]] = R[[best, place]]
        R[place] /= R[place, place]
        for other in range(m):
            if other != place:
                R[other] -= R[other, place] * R[place]
        pivots.append(place)
    return R, pivots


# %%
@misconception(
    caught_by="pivots_and_zeros_are_exact",
    hint="Divide the row by its pivot before you clear the column; then x - x * 1 is exactly 0.",
)
def divides_by_the_pivots_at_the_end(A, tol=None):
    R = np.array(A, dtype=float)
    if R.ndim != 2:
        raise ValueError("A must have two axes")
    m, n = R.shape
    if tol is None:
        tol = max(m, n) * np.finfo(float).eps * np.max(np.abs(R), initial=0.0)
    pivots = []
    for column in range(n):
        row = len(pivots)
        if row == m:
            break
        best = row + int(np.argmax(np.abs(R[row:, column])))
        if abs(R[best, column]) <= tol:
            R[row:, column] = 0.0
            continue
        R[[row, best]] = R[[best, row]]
        for other in range(m):
            if other != row:
                R[other] -= R[row] * (R[other, column] / R[row, column])
        pivots.append(column)
    for row, column in enumerate(pivots):
        R[row] = R[row] / R[row, column]
    return R, pivots

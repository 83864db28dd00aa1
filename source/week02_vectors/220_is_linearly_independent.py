# %% [markdown]
# ### Linear independence
#
# Two features say the same when one is a multiple of the other. Three can say the same although no two of them do:
# think of the features "price", "tax" and "price plus tax". Vectors are *linearly independent* when none of them is a
# linear combination of the others. In one formula:
#
# $$c_1 v_1 + \dots + c_k v_k = 0 \quad \text{only for} \quad c_1 = \dots = c_k = 0 .$$
#
# The vectors are the rows of a matrix of shape $(k, n)$. They are independent exactly when elimination finds $k$
# pivots. So $k > n$ vectors are always dependent, and so is every set that contains the zero vector. No vectors at all
# ($k = 0$) count as independent.
#
# **By hand.** $(1, 1, 0)$, $(0, 1, 1)$, $(1, 2, 1)$. No two are parallel. Elimination subtracts the first from the
# third, which leaves $(0, 1, 1)$. That is the second row: the next step leaves $(0, 0, 0)$. There are two pivots for
# three vectors, so they are dependent.
#
# **What counts as zero.** The length of a vector does not matter for independence, so divide every vector by its
# length first. After that, a pivot or a singular value below $10^{-10}$ counts as zero.
#
# Return `True` or `False`. Elimination or `np.linalg.svd` decides it.
#
# %%
from autograder.kit import accepted, check, exercise, helper, hidden, misconception, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.linalg.matrix_rank",),
    oracle="sets of vectors that are dependent or independent by construction",
    section="Elimination and independence",
    topics=(
        "r0-strategy-step1-concept",
        "r0-w2-linear-independence",
        "r4-la-rank-independence",
        "r4-req-la-rank-independence",
    ),
    uses=("row_echelon",),
)

# %%
import numpy as np


# %%
def is_linearly_independent(vectors: np.ndarray) -> bool:
    """Decide whether the rows of a matrix are linearly independent.

    Parameters
    ----------
    vectors : array-like of shape (k, n), one vector per row

    Returns
    -------
    bool : True for k = 0. Each vector is judged relative to its own length: after every vector is divided by its
        length, pivots or singular values below 1e-10 count as zero.

    Raises
    ------
    ValueError : vectors does not have exactly two axes
    """
    ### BEGIN SOLUTION
    vectors = np.asarray(vectors, dtype=float)
    if vectors.ndim != 2:
        raise ValueError("vectors must have two axes, one vector per row")
    k, n = vectors.shape
    if k > n:
        return False
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if np.any(lengths == 0):
        return False
    _, pivots = row_echelon(vectors / lengths, tol=1e-10)
    return len(pivots) == k
    ### END SOLUTION


# %%
@helper
def independent_rows(k, n, rng):
    """Return k independent vectors of n whole numbers."""
    A = np.triu(rng.integers(-2, 3, size=(k, n)), 1) + np.eye(k, n, dtype=int)
    lower = np.eye(k, dtype=int) + np.tril(rng.integers(-1, 2, size=(k, k)), -1)
    return (lower @ A)[:, rng.permutation(n)]


# %%
@check
def three_vectors_in_a_plane_are_dependent(is_linearly_independent):
    """The three vectors of the example are dependent; the first two of them are independent."""
    vectors = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [1.0, 2.0, 1.0]])
    same(is_linearly_independent(vectors), False, what="the answer for the three vectors")
    same(is_linearly_independent(vectors[:2]), True, what="the answer for the first two")


# %%
@check
def the_zero_vector_makes_a_set_dependent(is_linearly_independent):
    """Every set that contains the zero vector is dependent."""
    same(is_linearly_independent([[1, 2, 3], [0, 0, 0]]), False, what="the answer")


# %%
@check
def a_single_list_of_numbers_raises(is_linearly_independent):
    """An array with one axis is no list of vectors and raises ValueError."""
    raises(ValueError, is_linearly_independent, np.array([1.0, 2.0]))


# %%
@hidden(weight=2)
def knows_independent_from_dependent(is_linearly_independent, rng):
    """Independent vectors are recognised, and adding a combination of them makes the set dependent."""
    for k, n in ((1, 1), (1, 2), (2, 3), (2, 5), (3, 4), (4, 7), (6, 9)):
        vectors = independent_rows(k, n, rng)
        same(is_linearly_independent(vectors), True, what=f"the answer for {k} independent vectors of length {n}")
        combination = rng.permutation(np.r_[1, rng.integers(1, 3, size=k - 1)]) @ vectors
        more = np.vstack([vectors, combination])[rng.permutation(k + 1)]
        same(is_linearly_independent(more), False, what=f"the answer for {k} vectors and a combination of them")


# %%
@hidden
def no_two_parallel_is_not_enough(is_linearly_independent):
    """A set can be dependent although no two of its vectors are parallel."""
    same(is_linearly_independent([[1, 0, 0], [0, 1, 0], [1, 1, 0]]), False, what="the answer for three vectors")
    cycle = np.array([[1, -1, 0, 0], [0, 1, -1, 0], [0, 0, 1, -1], [-1, 0, 0, 1]])
    same(is_linearly_independent(cycle), False, what="the answer for four vectors that sum to zero")
    same(is_linearly_independent(cycle[:3]), True, what="the answer for three of the four")


# %%
@hidden
def more_vectors_than_entries_are_dependent(is_linearly_independent, rng):
    """k > n vectors are always dependent."""
    for k, n in ((2, 1), (3, 2), (5, 4), (9, 3)):
        same(is_linearly_independent(rng.normal(size=(k, n))), False, what=f"the answer for {k} vectors of length {n}")


# %%
@hidden
def random_vectors_are_independent(is_linearly_independent, rng):
    """Up to n random vectors of length n are independent."""
    for k, n in ((1, 3), (2, 2), (3, 8), (12, 12), (10, 40)):
        vectors = rng.normal(size=(k, n)) + 5 * np.eye(k, n)
        same(is_linearly_independent(vectors), True, what=f"the answer for {k} random vectors of length {n}")


# %%
@hidden(weight=2)
def the_lengths_do_not_matter(is_linearly_independent, rng):
    """Multiplying vectors by numbers other than 0, all alike or each by its own, keeps the answer."""
    for scale in (1e-12, 1e12):
        same(is_linearly_independent(scale * np.eye(3)), True, what=f"the answer for {scale:g} times the unit vectors")
    for scales in ([1e-12, 1.0, 1e12], [-1e12, 3e-12, 2e-12]):
        vectors = np.array(scales)[:, None] * independent_rows(3, 4, rng)
        same(is_linearly_independent(vectors), True, what="the answer for vectors of very different lengths")
        dependent = np.array(scales)[:, None] * np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 1.0], [1.0, 4.0, 2.0]])
        same(is_linearly_independent(dependent), False, what="the answer for dependent vectors of different lengths")


# %%
@hidden
def the_order_does_not_matter(is_linearly_independent, rng):
    """Every order of the vectors, and every order of their entries, gives the same answer."""
    good = independent_rows(3, 5, rng)
    bad = np.vstack([good[:2], good[0] - 2 * good[1]])
    for vectors, answer in ((good, True), (bad, False)):
        for _ in range(3):
            mixed = vectors[rng.permutation(3)][:, rng.permutation(5)]
            same(is_linearly_independent(mixed), answer, what="the answer after reordering")


# %%
@hidden
def rounding_is_forgiven_and_small_angles_are_not(is_linearly_independent):
    """A dependent row stays dependent in spite of rounding, but two directions that differ by 1e-5 are two."""
    thirds = np.array([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]])
    same(is_linearly_independent(thirds), False, what="the answer for rows of 0.1 to 0.9")
    same(is_linearly_independent(np.array([[0.1, 0.7], [0.3, 2.1]])), False, what="the answer for 3 times a row")
    same(is_linearly_independent(np.array([[1.0, 1.0], [1.0, 1.00001]])), True, what="the answer for a small angle")


# %%
@hidden
def the_bound_for_dependence_is_1e_10(is_linearly_independent):
    """Two directions that differ by 1e-8 are independent, two that differ by 1e-12 count as one."""
    same(is_linearly_independent(np.array([[1.0, 0.0], [1.0, 1e-8]])), True, what="the answer for an angle of 1e-8")
    same(is_linearly_independent(np.array([[1.0, 0.0], [1.0, 1e-12]])), False, what="the answer for an angle of 1e-12")


# %%
@hidden
def single_precision_does_not_hide_a_dependence(is_linearly_independent):
    """Vectors in single precision are converted to float64 first: (1, 2, 3), (4, 5, 6), (7, 8, 9) are dependent."""
    vectors = np.arange(1, 10, dtype=np.float32).reshape(3, 3)
    same(is_linearly_independent(vectors), False, what="the answer for vectors in single precision")


# %%
@hidden
def edges_of_the_contract(is_linearly_independent):
    """No vectors are independent; vectors without entries are dependent; other numbers of axes raise ValueError."""
    same(is_linearly_independent(np.zeros((0, 4))), True, what="the answer for no vectors")
    same(is_linearly_independent(np.zeros((0, 0))), True, what="the answer for no vectors without entries")
    same(is_linearly_independent(np.zeros((1, 3))), False, what="the answer for the zero vector alone")
    same(is_linearly_independent([[-7]]), True, what="the answer for one number")
    raises(ValueError, is_linearly_independent, np.ones((2, 2, 2)))
    raises(ValueError, is_linearly_independent, 3.0)


# %%
@accepted
def with_singular_values(vectors):
    V = np.array(vectors, dtype=np.float64)
    if V.ndim != 2:
        raise ValueError("no list of vectors")
    if len(V) == 0:
        return True
    if V.shape[0] > V.shape[1] or not V.any(axis=1).all():
        return False
    unit = np.array([v / np.sqrt((v * v).sum()) for v in V])
    return bool(np.linalg.svd(unit)[1][-1] > 1e-10)


# %%
@accepted
def removing_what_the_others_explain(vectors):
    V = np.asarray(vectors, dtype=float)
    if V.ndim != 2:
        raise ValueError("no list of vectors")
    found = []
    for v in V:
        size = max((abs(entry) for entry in v), default=0.0)
        if size == 0:
            return False
        rest = v / size
        rest = rest / np.linalg.norm(rest)
        for _ in range(2):
            for q in found:
                rest = rest - (q @ rest) * q
        left = np.linalg.norm(rest)
        if left < 1e-10:
            return False
        found.append(rest / left)
    return True


# %%
@misconception(
    caught_by="no_two_parallel_is_not_enough",
    hint="Three vectors in a plane can be dependent without any two being parallel.",
)
def looks_for_parallel_pairs_only(vectors):
    V = np.asarray(vectors, dtype=float)
    if V.ndim != 2:
        raise ValueError("vectors must have two axes")
    lengths = np.linalg.norm(V, axis=1, keepdims=True)
    if np.any(lengths == 0):
        return False
    unit = V / lengths
    for i in range(len(unit)):
        for j in range(i):
            across = min(np.linalg.norm(unit[i] - unit[j]), np.linalg.norm(unit[i] + unit[j]))
            if across < 1e-10:
                return False
    return True


# %%
@misconception(
    caught_by="knows_independent_from_dependent",
    hint="Only square matrices have a determinant. Count pivots or singular values instead.",
)
def asks_for_the_determinant(vectors):
    V = np.asarray(vectors, dtype=float)
    if V.ndim != 2:
        raise ValueError("vectors must have two axes")
    if len(V) == 0:
        return True
    lengths = np.linalg.norm(V, axis=1, keepdims=True)
    if np.any(lengths == 0):
        return False
    return bool(abs(np.linalg.det(V / lengths)) > 1e-10)


# %%
@misconception(
    caught_by="the_lengths_do_not_matter",
    hint="Judge sizes relative to the vectors themselves: divide every vector by its length first.",
)
def compares_with_a_fixed_bound(vectors):
    V = np.asarray(vectors, dtype=float)
    if V.ndim != 2:
        raise ValueError("vectors must have two axes")
    if len(V) == 0:
        return True
    return int(np.sum(np.linalg.svd(V, compute_uv=False) > 1e-8)) == len(V)


# %%
@misconception(
    caught_by="the_lengths_do_not_matter",
    hint="A short vector next to a long one is not zero: divide every vector by its own length, not by the largest.",
)
def compares_with_the_largest_singular_value(vectors):
    V = np.asarray(vectors, dtype=float)
    if V.ndim != 2:
        raise ValueError("vectors must have two axes")
    if len(V) == 0:
        return True
    if V.size == 0:
        return False
    values = np.linalg.svd(V, compute_uv=False)
    return int(np.sum(values > 1e-10 * values[0])) == len(V)


# %%
@misconception(
    caught_by="knows_independent_from_dependent",
    hint="Compare the number of pivots with the number of vectors, not with the length of the vectors.",
)
def asks_whether_the_vectors_fill_the_space(vectors):
    V = np.asarray(vectors, dtype=float)
    if V.ndim != 2:
        raise ValueError("vectors must have two axes")
    if len(V) == 0:
        return True
    lengths = np.linalg.norm(V, axis=1, keepdims=True)
    if np.any(lengths == 0):
        return False
    values = np.linalg.svd(V / lengths, compute_uv=False)
    return int(np.sum(values > 1e-10)) == V.shape[1]

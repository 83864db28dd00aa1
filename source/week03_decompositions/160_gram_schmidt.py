# %% [markdown]
# ### Gram–Schmidt
#
# Orthonormal columns make everything easy: lengths, angles and projections are plain dot products. Gram–Schmidt turns
# independent columns into orthonormal ones, from left to right, and every first $j$ columns keep their span.
#
# Take the columns $v_1, v_2, \dots$ in order. From $v_j$ remove its part along every finished $q_i$, then divide by
# the length of what is left. The *modified* form removes one direction after the other, always from the already
# reduced vector:
#
# $$w \leftarrow v_j, \qquad w \leftarrow w - (q_i \cdot w)\, q_i \ \text{ for } i = 1, \dots, j - 1, \qquad
# q_j = w / \lVert w \rVert.$$
#
# The *classical* form computes all dot products with the original $v_j$. On paper both are the same. With rounding the
# classical form can lose orthogonality completely, so use the modified form.
#
# **By hand.** $v_1 = (3, 4)$, $v_2 = (1, 2)$. $\lVert v_1 \rVert = 5$, so $q_1 = (0.6, 0.8)$. Then
# $q_1 \cdot v_2 = 2.2$ and $w = (1, 2) - 2.2 \cdot (0.6, 0.8) = (-0.32, 0.24)$. Its length is $0.4$, so
# $q_2 = (-0.8, 0.6)$.
#
# Return the array whose columns are $q_1, \dots, q_n$. If the rest $w$ is at most $10^{-10}$ times as long as $v_j$,
# then $v_j$ depends on the columns before it: raise `ValueError`.

# %%
from autograder.kit import accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.linalg.qr", "scipy.linalg.qr*", "scipy.linalg.orth"),
    oracle="numpy.linalg.qr",
    section="Gram-Schmidt and QR",
    topics=(
        "r0-w2-span-basis-dimension",
        "r0-w3-orthogonality-projections",
        "r1-t01-projections-orthogonality",
        "r2-o1-orthogonality-projections",
    ),
)

# %%
import numpy as np


# %%
def gram_schmidt(V: np.ndarray) -> np.ndarray:
    """Orthonormalise the columns of V from left to right by the modified Gram-Schmidt method.

    Parameters
    ----------
    V : array-like of shape (m, n) with n <= m

    Returns
    -------
    Q : array of shape (m, n) with orthonormal columns.
        The first j columns of Q and of V span the same space, and q_j . v_j > 0, for every j.

    Raises
    ------
    ValueError : V does not have two axes, n > m, or what is left of a column is at most 1e-10 times as long as
        the column itself (a column of zeros included)
    """
    ### BEGIN SOLUTION
    Q = np.array(V, dtype=float)
    if Q.ndim != 2 or Q.shape[1] > Q.shape[0]:
        raise ValueError("V must have shape (m, n) with n <= m")
    for j in range(Q.shape[1]):
        w = Q[:, j].copy()
        length = np.linalg.norm(w)
        for i in range(j):
            w -= (Q[:, i] @ w) * Q[:, i]
        rest = np.linalg.norm(w)
        if rest <= 1e-10 * length:
            raise ValueError(f"column {j} depends on the columns before it")
        Q[:, j] = w / rest
    return Q
    ### END SOLUTION


# %%
@helper
def columns(m, n, rng):
    """Return an (m, n) matrix whose columns are independent and far from dependent."""
    return rng.normal(size=(m, n)) + 3 * np.eye(m, n)


# %%
@helper
def checked(V):
    """Return V as a new float array, raising what the contract asks for."""
    V = np.array(V, dtype=float)
    if V.ndim != 2 or V.shape[1] > V.shape[0]:
        raise ValueError("shape")
    Q = np.zeros_like(V)
    for j, v in enumerate(V.T):
        w = v.copy()
        for q in Q.T[:j]:
            w = w - (q @ w) * q
        if np.linalg.norm(w) <= 1e-10 * np.linalg.norm(v):
            raise ValueError("dependent")
        Q[:, j] = w / np.linalg.norm(w)
    return V


# %%
@check
def the_example_from_the_text(gram_schmidt):
    """The columns (3, 4) and (1, 2) become (0.6, 0.8) and (-0.8, 0.6)."""
    close(gram_schmidt([[3, 1], [4, 2]]), np.array([[0.6, -0.8], [0.8, 0.6]]), what="Q")


# %%
@check
def the_columns_are_orthonormal(gram_schmidt):
    """The columns of Q have length one and are pairwise orthogonal: Q^T Q = I."""
    Q = gram_schmidt(np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 2.0, 3.0]]))
    Q = array(Q, (4, 3), what="Q")
    close(Q.T @ Q, np.eye(3), what="Q^T Q")


# %%
@check
def a_dependent_column_raises(gram_schmidt):
    """The dependent columns (1, 2) and (2, 4) raise ValueError."""
    raises(ValueError, gram_schmidt, np.array([[1.0, 2.0], [2.0, 4.0]]))


# %%
@hidden(weight=2)
def every_size_gives_orthonormal_columns(gram_schmidt, rng):
    """Q^T Q = I for matrices of every size, real and whole numbers."""
    for m, n in ((1, 1), (2, 1), (2, 2), (4, 3), (7, 7), (30, 8)):
        for V in (columns(m, n, rng), rng.integers(-2, 3, size=(m, n)) + 9 * np.eye(m, n, dtype=int)):
            Q = array(gram_schmidt(V), (m, n), what="Q")
            close(Q.T @ Q, np.eye(n), what="Q^T Q")


# %%
@hidden(weight=2)
def the_first_columns_keep_their_span(gram_schmidt, rng):
    """For every j the first j columns of V are combinations of the first j columns of Q, with q_j . v_j > 0."""
    for m, n in ((1, 1), (2, 2), (4, 2), (5, 4), (12, 6)):
        V = columns(m, n, rng) * rng.choice([-1.0, 1.0], size=n)
        Q = array(gram_schmidt(V), (m, n), what="Q")
        for j in range(1, n + 1):
            part = Q[:, :j]
            close(part @ (part.T @ V[:, j - 1]), V[:, j - 1], what=f"column {j} of V, rebuilt from {j} columns of Q")
        holds(np.all(np.sum(Q * V, axis=0) > 0), "The dot product of q_j and v_j should be positive for every j.")


# %%
@hidden
def agrees_with_an_independent_computation(gram_schmidt, rng):
    """Up to the sign of each column, Q is the factor of a QR decomposition."""
    for m, n in ((2, 2), (5, 3), (10, 4)):
        V = columns(m, n, rng)
        Q, R = np.linalg.qr(V)
        close(gram_schmidt(V), Q * np.sign(np.diag(R)), what="Q")


# %%
@hidden
def orthonormal_columns_stay_as_they_are(gram_schmidt, rng):
    """Columns that are orthonormal already are returned unchanged; a single negative number becomes -1."""
    for m, n in ((2, 2), (4, 2), (6, 6)):
        Q, _ = np.linalg.qr(rng.normal(size=(m, n)))
        close(gram_schmidt(Q), Q, what="Q")
    close(gram_schmidt(np.array([[-3.0]])), np.array([[-1.0]]), what="Q for the matrix [[-3]]")


# %%
@hidden(weight=2)
def nearly_parallel_columns_stay_orthogonal(gram_schmidt):
    """For the columns (1, e, 0, 0), (1, 0, e, 0), (1, 0, 0, e) with e = 1e-8 the matrix Q^T Q is I within 1e-6."""
    e = 1e-8
    Q = array(gram_schmidt(np.array([[1.0, 1.0, 1.0], [e, 0.0, 0.0], [0.0, e, 0.0], [0.0, 0.0, e]])), (4, 3), what="Q")
    close(Q.T @ Q, np.eye(3), rtol=0.0, atol=1e-6, what="Q^T Q")


# %%
@hidden
def small_columns_are_not_dependent(gram_schmidt, rng):
    """Scaling columns by a positive number, however small, does not change Q."""
    V = columns(5, 3, rng)
    Q = array(gram_schmidt(V), (5, 3), what="Q")
    for scale in (np.array([1e-12, 1.0, 1e6]), np.array([1e-15, 1e-13, 1e-14])):
        close(gram_schmidt(V * scale), Q, what="Q after scaling the columns")


# %%
@hidden
def the_bound_for_dependence_is_relative(gram_schmidt, rng):
    """A rest of 1e-9 of the column's length is fine, 1e-12 of it raises ValueError, whatever the length is."""
    for length in (1e-3, 1.0, 1e6):
        fine = length * np.array([[1.0, 1.0], [0.0, 1e-9]])
        close(gram_schmidt(fine), np.eye(2), what="Q for a rest of 1e-9")
        raises(ValueError, gram_schmidt, length * np.array([[1.0, 1.0], [0.0, 1e-12]]))


# %%
@hidden
def more_columns_than_rows_always_raise(gram_schmidt):
    """Three vectors of length 2 raise ValueError, also when two are so close that rounding hides the dependence."""
    raises(ValueError, gram_schmidt, np.array([[1.0, 1.0, 1.0], [1.0, 1.0 + 1e-8, -1.0]]))


# %%
@hidden
def bad_input_raises(gram_schmidt, rng):
    """A column of zeros, a sum of other columns, more columns than rows, or a vector raises ValueError."""
    V = columns(6, 3, rng)
    V[:, 2] = V[:, 0] - 2 * V[:, 1]
    zero = np.array([[1.0, 0.0], [1.0, 0.0], [3.0, 0.0]])
    for bad in (np.zeros((2, 1)), zero, V, np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]), np.array([1.0, 2.0])):
        raises(ValueError, gram_schmidt, bad)


# %%
@accepted
def with_lists_of_numbers(V):
    if np.ndim(V) != 2 or np.shape(V)[0] < np.shape(V)[1]:
        raise ValueError("shape")
    done = []
    for column in zip(*V):
        vector = [float(x) for x in column]
        length = sum(x * x for x in vector) ** 0.5
        for unit in done:
            part = sum(x * y for x, y in zip(unit, vector))
            vector = [x - part * y for x, y in zip(vector, unit)]
        rest = sum(x * x for x in vector) ** 0.5
        if not rest > 1e-10 * length:
            raise ValueError("dependent")
        done.append([x / rest for x in vector])
    return np.array(done).T


# %%
@accepted
def clears_the_columns_to_the_right(V):
    work = np.array(V, dtype=float)
    if work.ndim != 2 or work.shape[1] > work.shape[0]:
        raise ValueError("shape")
    lengths = np.sqrt((work**2).sum(axis=0))
    for j in range(work.shape[1]):
        rest = np.sqrt((work[:, j] ** 2).sum())
        if rest <= 1e-10 * lengths[j]:
            raise ValueError("dependent")
        work[:, j] /= rest
        work[:, j + 1 :] -= np.outer(work[:, j], work[:, j] @ work[:, j + 1 :])
    return work


# %%
@accepted
def classical_but_twice(V):
    V = np.array(V, dtype=float)
    if V.ndim != 2 or V.shape[1] > V.shape[0]:
        raise ValueError("shape")
    Q = np.zeros((V.shape[0], 0))
    for v in V.T:
        w = v - Q @ (Q.T @ v)
        w = w - Q @ (Q.T @ w)
        if np.linalg.norm(w) <= 1e-10 * np.linalg.norm(v):
            raise ValueError("dependent")
        Q = np.column_stack([Q, w / np.linalg.norm(w)])
    return Q


# %%
@misconception(
    caught_by="nearly_parallel_columns_stay_orthogonal",
    hint="Subtract from the already reduced vector, one direction after the other, not from the original column.",
)
def computes_all_parts_from_the_original_column(V):
    V = np.array(V, dtype=float)
    if V.ndim != 2 or V.shape[1] > V.shape[0]:
        raise ValueError("V must have shape (m, n) with n <= m")
    Q = np.zeros_like(V)
    for j in range(V.shape[1]):
        v = V[:, j]
        w = v.copy()
        for i in range(j):
            w -= (Q[:, i] @ v) * Q[:, i]
        if np.linalg.norm(w) <= 1e-10 * np.linalg.norm(v):
            raise ValueError("dependent")
        Q[:, j] = w / np.linalg.norm(w)
    return Q


# %%
@misconception(
    caught_by="the_example_from_the_text",
    hint="The vectors are the columns of V, not the rows: take V[:, j].",
)
def works_on_the_rows(V):
    Q = checked(V)
    for j in range(Q.shape[0]):
        length = np.linalg.norm(Q[j])
        for i in range(j):
            Q[j] -= (Q[i] @ Q[j]) * Q[i]
        if np.linalg.norm(Q[j]) <= 1e-10 * length:
            raise ValueError("dependent")
        Q[j] /= np.linalg.norm(Q[j])
    return Q


# %%
@misconception(
    caught_by="the_example_from_the_text",
    hint="The part along u is (u . v) / |u|^2 times u. Normalise each q before you use it; then |q|^2 is 1.",
)
def normalises_at_the_end_only(V):
    U = checked(V)
    for j in range(U.shape[1]):
        for i in range(j):
            U[:, j] -= (U[:, i] @ U[:, j]) * U[:, i]
    return U / np.linalg.norm(U, axis=0)


# %%
@misconception(
    caught_by="a_dependent_column_raises",
    hint="Nothing is left of a dependent column, and you divide by a length of about 0. Raise ValueError instead.",
)
def divides_by_the_length_of_nothing(V):
    Q = np.array(V, dtype=float)
    if Q.ndim != 2 or Q.shape[1] > Q.shape[0]:
        raise ValueError("V must have shape (m, n) with n <= m")
    for j in range(Q.shape[1]):
        for i in range(j):
            Q[:, j] -= (Q[:, i] @ Q[:, j]) * Q[:, i]
        Q[:, j] /= np.linalg.norm(Q[:, j])
    return Q


# %%
@misconception(
    caught_by="small_columns_are_not_dependent",
    hint="A short column is not a dependent one. Compare what is left with the column's own length.",
)
def compares_the_rest_with_a_fixed_length(V):
    Q = np.array(V, dtype=float)
    if Q.ndim != 2 or Q.shape[1] > Q.shape[0]:
        raise ValueError("V must have shape (m, n) with n <= m")
    for j in range(Q.shape[1]):
        for i in range(j):
            Q[:, j] -= (Q[:, i] @ Q[:, j]) * Q[:, i]
        if np.linalg.norm(Q[:, j]) <= 1e-10:
            raise ValueError("dependent")
        Q[:, j] /= np.linalg.norm(Q[:, j])
    return Q

# %% [markdown]
# ### Orthogonal projection
#
# A model can often reach only some of all possible vectors: the combinations of the columns of a matrix $A$. If the
# data $b$ lie outside, the best you can do is the point $p$ of the column space that is closest to $b$. Linear
# regression is exactly this: $b$ holds the observed values, $p$ the fitted ones, and the residual $r = b - p$ is what
# the model cannot explain.
#
# The closest point is found by a right angle: $r$ is orthogonal to every column, $A^\top r = 0$. For independent
# columns this gives $p = A (A^\top A)^{-1} A^\top b$. If the columns of $Q$ are orthonormal and span the same space,
# it is simply $p = Q Q^\top b$.
#
# **By hand.** $A = \begin{pmatrix} 1 & 0 \\ 1 & 1 \\ 1 & 2 \end{pmatrix}$, $b = (2, 1, 6)$. Then
# $A^\top A = \begin{pmatrix} 3 & 3 \\ 3 & 5 \end{pmatrix}$ and $A^\top b = (9, 13)$. The system
# $A^\top A x = A^\top b$ has the solution $x = (1, 2)$. So $p = A x = (1, 3, 5)$ and $r = (1, -2, 1)$. Indeed $r$ is
# orthogonal to $(1, 1, 1)$ and to $(0, 1, 2)$.
#
# Return the tuple `p, r`. You may use `np.linalg.qr`, `np.linalg.lstsq` or `np.linalg.solve`. Check first that the
# columns are independent, for example with `np.linalg.matrix_rank`.

# %%
from autograder.kit import accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="numpy.linalg.lstsq",
    section="Projection and orthogonality",
    topics=(
        "r0-w3-goal",
        "r0-w3-orthogonality-projections",
        "r0-w3-out-matrix-intuition",
        "r1-t01-projections-orthogonality",
        "r2-o1-orthogonality-projections",
        "r2-b1-dot-projections",
        "r4-mlmath-linear-regression",
        "r4-req-ml-linear-regression",
    ),
)

# %%
import numpy as np


# %%
def project(b: np.ndarray, A: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Project b orthogonally onto the column space of A.

    Parameters
    ----------
    b : array-like of shape (m,)
    A : array-like of shape (m, n) with n >= 1 independent columns

    Returns
    -------
    (p, r) : arrays of shape (m,), the projection and the residual r = b - p

    Raises
    ------
    ValueError : the shapes do not fit, or the columns of A are dependent (always so when n > m)
    """
    ### BEGIN SOLUTION
    b, A = np.asarray(b, dtype=float), np.asarray(A, dtype=float)
    if b.ndim != 1 or A.ndim != 2 or len(A) != len(b):
        raise ValueError("b must have shape (m,) and A shape (m, n)")
    if np.linalg.matrix_rank(A) < A.shape[1]:
        raise ValueError("the columns of A must be independent")
    Q, _ = np.linalg.qr(A)
    p = Q @ (Q.T @ b)
    return p, b - p
    ### END SOLUTION


# %%
@helper
def columns(m, n, rng):
    """Return an (m, n) matrix whose columns are independent and far from dependent."""
    return rng.normal(size=(m, n)) + 3 * np.eye(m, n)


# %%
@helper
def two_parts(answer, m):
    """Return p and r as float arrays, failing unless both have shape (m,)."""
    p, r = answer
    return array(p, (m,), what="the projection p"), array(r, (m,), what="the residual r")


# %%
@helper
def near(actual, expected, b, what):
    """Compare two vectors; the allowed difference grows with the length of b."""
    close(actual, expected, rtol=0.0, atol=1e-9 * float(np.linalg.norm(b)) + 1e-300, what=what)


# %%
@helper
def checked(b, A):
    """Return both arguments as float arrays, raising what the contract asks for."""
    b, A = np.asarray(b, dtype=float), np.asarray(A, dtype=float)
    if b.ndim != 1 or A.ndim != 2 or len(A) != len(b):
        raise ValueError("shapes")
    if np.linalg.matrix_rank(A) < A.shape[1]:
        raise ValueError("dependent")
    return b, A


# %%
@check
def the_example_from_the_text(project):
    """For b = (2, 1, 6) and the columns (1, 1, 1), (0, 1, 2) the projection is (1, 3, 5)."""
    p, r = project([2, 1, 6], [[1, 0], [1, 1], [1, 2]])
    close(p, np.array([1.0, 3.0, 5.0]), what="the projection p")
    close(r, np.array([1.0, -2.0, 1.0]), what="the residual r")


# %%
@check
def projects_onto_a_line(project):
    """Onto the line through (2, 1), the vector (1, 3) is projected to (2, 1)."""
    p, r = project(np.array([1.0, 3.0]), np.array([[2.0], [1.0]]))
    close(p, np.array([2.0, 1.0]), what="the projection p")
    close(r, np.array([-1.0, 2.0]), what="the residual r")


# %%
@check
def dependent_columns_raise(project):
    """Dependent columns such as (1, 2, 3) and (2, 4, 6) raise ValueError."""
    raises(ValueError, project, np.array([1.0, 0.0, 0.0]), np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]))


# %%
@hidden(weight=2)
def the_residual_is_orthogonal_to_every_column(project, rng):
    """The residual b - p is orthogonal to every column of A."""
    for m, n in ((2, 1), (3, 2), (4, 4), (6, 3), (30, 5)):
        A, b = columns(m, n, rng), rng.normal(size=m)
        p, r = two_parts(project(b, A), m)
        near(p + r, b, b, "p + r compared with b")
        room = np.linalg.norm(b) * np.linalg.norm(A)
        near(A.T @ r, np.zeros(n), room, "the dot products of r with the columns")


# %%
@hidden(weight=2)
def agrees_with_an_independent_computation(project, rng):
    """The projection is A x with the least-squares solution x, for real and for whole numbers."""
    for m, n in ((1, 1), (3, 1), (4, 2), (5, 3), (12, 4)):
        whole = rng.integers(-2, 3, size=(m, n)) + 9 * np.eye(m, n, dtype=int)
        for A, b in ((columns(m, n, rng), rng.normal(size=m)), (whole, rng.integers(-9, 10, size=m))):
            p, r = two_parts(project(b, A), m)
            expected = A @ np.linalg.lstsq(A, b, rcond=None)[0]
            near(p, expected, b, "the projection p")
            near(r, b - expected, b, "the residual r")


# %%
@hidden
def single_precision_loses_no_digits(project):
    """A matrix in single precision is converted to float64 first, so that the projection has nine digits."""
    A = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]], dtype=np.float32)
    close(project(np.array([2.0, 1.0, 6.0]), A)[0], np.array([1.0, 3.0, 5.0]), what="the projection p")


# %%
@hidden
def the_squared_lengths_add_up(project, rng):
    """By the theorem of Pythagoras |b|^2 = |p|^2 + |r|^2."""
    for m, n in ((2, 1), (3, 2), (7, 4)):
        A, b = columns(m, n, rng), 100 * rng.normal(size=m)
        p, r = two_parts(project(b, A), m)
        close(float(p @ p + r @ r), float(b @ b), what="|p|^2 + |r|^2 compared with |b|^2")


# %%
@hidden
def projecting_again_changes_nothing(project, rng):
    """A vector of the column space stays where it is; a vector orthogonal to it goes to 0."""
    for m, n in ((2, 1), (4, 2), (3, 3), (9, 5)):
        A, b = columns(m, n, rng), rng.normal(size=m)
        p, r = two_parts(project(b, A), m)
        near(two_parts(project(p, A), m)[0], p, b, "the projection of p")
        near(two_parts(project(r, A), m)[0], np.zeros(m), b, "the projection of r")


# %%
@hidden
def only_the_column_space_counts(project, rng):
    """Replacing A by A C with an invertible C keeps the projection."""
    for m, n in ((3, 1), (4, 2), (8, 3)):
        A, b = columns(m, n, rng), rng.normal(size=m)
        C = np.diag(rng.choice([-2.0, 0.5, 3.0], size=n)) + np.triu(rng.normal(size=(n, n)), 1) / 2
        p, _ = two_parts(project(b, A), m)
        near(two_parts(project(b, A @ C), m)[0], p, b, "the projection after mixing the columns")


# %%
@hidden
def no_other_point_is_closer(project, rng):
    """Every other point A x of the column space is farther from b than p."""
    for m, n in ((2, 1), (5, 2), (10, 4)):
        A, b = columns(m, n, rng), rng.normal(size=m)
        p, r = two_parts(project(b, A), m)
        x = np.linalg.lstsq(A, p, rcond=None)[0]
        near(A @ x, p, b, "the closest point of the column space to p, which should be p")
        for step in (1e-3, 0.1, 10.0):
            other = A @ (x + step * rng.normal(size=n))
            gap = np.linalg.norm(b - other) - np.linalg.norm(r)
            holds(gap >= -1e-9 * np.linalg.norm(b), "There is a point of the column space closer to b than p.")


# %%
@hidden
def dependence_is_noticed_in_every_form(project, rng):
    """A column of zeros, a sum of other columns, or more columns than rows raise ValueError."""
    A = rng.integers(-4, 5, size=(12, 3)).astype(float)
    A[:, 2] = A[:, 0] + A[:, 1]
    zero = np.array([[1.0, 0.0], [2.0, 0.0], [0.0, 0.0]])
    wide = np.array([[1.0, 2.0, 5.0], [3.0, 4.0, 1.0]])
    for bad in (A, zero, wide):
        raises(ValueError, project, rng.normal(size=len(bad)), bad)


# %%
@hidden
def shapes_that_do_not_fit_raise(project):
    """A vector b of another length or with two axes, or an A with one axis, raises ValueError."""
    A = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    raises(ValueError, project, np.ones(2), A)
    raises(ValueError, project, np.ones((3, 1)), A)
    raises(ValueError, project, np.ones(3), np.ones(3))


# %%
@accepted
def with_the_normal_equations(b, A):
    vector, matrix = np.array(b, dtype=np.float64), np.array(A, dtype=np.float64)
    if vector.ndim != 1 or matrix.ndim != 2 or matrix.shape[0] != vector.shape[0]:
        raise ValueError("shapes")
    m, n = matrix.shape
    lengths = np.linalg.svd(matrix, compute_uv=False)
    if n > m or lengths[-1] <= m * 2.0**-52 * lengths[0]:
        raise ValueError("dependent")
    point = matrix @ np.linalg.solve(matrix.T @ matrix, matrix.T @ vector)
    return point, vector - point


# %%
@accepted
def with_lstsq(b, A):
    b, A = np.asarray(b, dtype=float), np.asarray(A, dtype=float)
    if b.ndim != 1 or A.ndim != 2 or b.size != A.shape[0]:
        raise ValueError("shapes")
    x, _, rank, _ = np.linalg.lstsq(A, b, rcond=None)
    if rank != A.shape[1]:
        raise ValueError("dependent")
    return A.dot(x), b - A.dot(x)


# %%
@misconception(
    caught_by="the_example_from_the_text",
    hint="A A^T b is only right for orthonormal columns; the factor (A^T A)^-1 in the middle is missing.",
)
def multiplies_by_a_and_its_transpose(b, A):
    b, A = checked(b, A)
    p = A @ (A.T @ b)
    return p, b - p


# %%
@misconception(
    caught_by="the_example_from_the_text",
    hint="The columns of A span the space you project onto, not the rows.",
)
def projects_onto_the_rows(b, A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2:
        raise ValueError("A must have two axes")
    b, vectors = checked(b, A.T)
    p = vectors @ np.linalg.lstsq(vectors, b, rcond=None)[0]
    return p, b - p


# %%
@misconception(
    caught_by="dependent_columns_raise",
    hint="Dependent columns have no unique x and give nonsense here. Check the rank and raise ValueError.",
)
def does_not_check_the_rank(b, A):
    b, A = np.asarray(b, dtype=float), np.asarray(A, dtype=float)
    if b.ndim != 1 or A.ndim != 2 or len(A) != len(b):
        raise ValueError("b must have shape (m,) and A shape (m, n)")
    Q, _ = np.linalg.qr(A)
    p = Q @ (Q.T @ b)
    return p, b - p


# %%
@misconception(
    caught_by="the_example_from_the_text",
    hint="Adding the projections onto the single columns is only right when the columns are orthogonal to each other.",
)
def adds_the_projections_onto_single_columns(b, A):
    b, A = checked(b, A)
    p = sum((b @ a) / (a @ a) * a for a in A.T)
    return p, b - p


# %%
@misconception(
    caught_by="the_residual_is_orthogonal_to_every_column",
    hint="The residual points from the projection to b: r = b - p.",
)
def turns_the_residual_around(b, A):
    b, A = checked(b, A)
    p = A @ np.linalg.lstsq(A, b, rcond=None)[0]
    return p, p - b

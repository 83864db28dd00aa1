# %% [markdown]
# ### Transforming points
#
# A matrix moves one point: $x \mapsto A x$. Data come as many points at once, and each of them is a row of an array.
# Here you move them all, without losing track of what is a row and what is a column.
#
# For $A$ of shape $(m, n)$ and a point $x$ with $n$ entries, the image $A x$ has $m$ entries:
# $(A x)_i = \sum_{j=1}^{n} a_{ij} x_j$.
#
# **By hand.** $A = \begin{pmatrix} 1 & 2 \\ 0 & 1 \end{pmatrix}$ slides the plane sideways. The point $(3, 1)$ goes to
# $(1 \cdot 3 + 2 \cdot 1,\; 0 \cdot 3 + 1 \cdot 1) = (5, 1)$, and $(0, 2)$ goes to $(4, 2)$. So the points
# $\begin{pmatrix} 3 & 1 \\ 0 & 2 \end{pmatrix}$ become $\begin{pmatrix} 5 & 1 \\ 4 & 2 \end{pmatrix}$, one image per
# row.
#
# The columns of $A$ are the images of the unit vectors: $(1, 0)$ stays, and $(0, 1)$ goes to $(2, 1)$.
#
# Return the images, one per row.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="A @ x for every point",
    section="Matrices as maps",
    topics=(
        "r0-w2-scalars-vectors-matrices",
        "r0-w2-vector-matrix-ops",
        "r1-t01-vectors-matrices",
        "r1-t01-matrix-operations",
        "r2-o1-scalars-vectors-matrices-tensors",
        "r2-o1-matrix-operations",
        "r2-o1-linear-transformations",
        "r2-sum-linear-algebra",
        "r2-a1-scalars-vectors-matrices-tensors",
        "r2-a1-matrix-operations",
        "r2-b1-scalars-vectors-matrices-tensors",
        "r2-b1-matrix-operations",
        "r3-1-1-scalars-vectors-matrices",
        "r3-1-1-linear-transformations",
        "r3-1-1-shapes",
        "r4-la-matrices",
        "r4-la-linear-transformations",
        "r4-req-la-matrices",
        "r4-req-la-linear-transformations",
    ),
)

# %%
import numpy as np


# %%
def transform_points(A: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Apply the linear map x -> A x to every point.

    Parameters
    ----------
    A : array of shape (m, n)
    points : array of shape (k, n), one point per row

    Returns
    -------
    array of shape (k, m), of floats: row i is A times point i

    Raises
    ------
    ValueError : A or points is not two-dimensional, or their numbers n differ
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    points = np.asarray(points, dtype=float)
    if A.ndim != 2 or points.ndim != 2 or A.shape[1] != points.shape[1]:
        raise ValueError("A must have shape (m, n) and points must have shape (k, n)")
    return points @ A.T
    ### END SOLUTION


# %%
@helper
def checked_map(A, points):
    """Return both as float arrays, or raise ValueError when they do not fit."""
    A, points = np.asarray(A, dtype=float), np.asarray(points, dtype=float)
    if A.ndim != 2 or points.ndim != 2 or A.shape[1] != points.shape[1]:
        raise ValueError("shapes do not fit")
    return A, points


# %%
@check
def the_worked_example_slides_two_points(transform_points):
    """[[1, 2], [0, 1]] moves (3, 1) to (5, 1) and (0, 2) to (4, 2)."""
    A, points = np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[3.0, 1.0], [0.0, 2.0]])
    close(transform_points(A, points), np.array([[5.0, 1.0], [4.0, 2.0]]), **T1, what="the images")


# %%
@check
def points_of_another_length_raise(transform_points):
    """A matrix with two columns cannot move points with three entries, so they raise ValueError."""
    raises(ValueError, transform_points, np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[3.0, 1.0, 2.0]]))


# %%
@hidden(weight=2)
def every_point_is_moved_by_the_matrix(transform_points, rng):
    """Row i of the result is A times point i, for maps between spaces of any dimensions."""
    for m, n, k in ((1, 1, 1), (2, 2, 1), (2, 2, 3), (3, 3, 3), (3, 2, 4), (1, 3, 2), (2, 5, 2), (6, 4, 40)):
        A, points = rng.normal(size=(m, n)), rng.normal(size=(k, n))
        expected = np.array([A @ point for point in points])
        close(transform_points(A, points), expected, **T1, what=f"the images of {k} points under a {m} by {n} matrix")
    close(transform_points([[0.5, 0.25]], [[1, 1]]), np.array([[0.75]]), **T1, what="the image of (1, 1)")


# %%
@hidden
def the_columns_are_the_images_of_the_unit_vectors(transform_points, rng):
    """The unit vectors, one per row, are moved to the columns of A."""
    for m, n in ((2, 2), (3, 2), (2, 4)):
        A = rng.normal(size=(m, n))
        images = array(transform_points(A, np.eye(n)), (n, m), what="the images of the unit vectors")
        for j in range(n):
            close(images[j], A[:, j], **T1, what=f"the image of the unit vector with index {j}")


# %%
@hidden
def the_map_is_linear(transform_points, rng):
    """The image of 2 x - 3 y is 2 times the image of x minus 3 times the image of y."""
    for m, n, k in ((2, 2, 2), (3, 2, 1)):
        A, x, y = rng.normal(size=(m, n)), rng.normal(size=(k, n)), rng.normal(size=(k, n))
        of_x = array(transform_points(A, x), (k, m), what="the image of x")
        of_y = array(transform_points(A, y), (k, m), what="the image of y")
        close(transform_points(A, 2.0 * x - 3.0 * y), 2.0 * of_x - 3.0 * of_y, **T1, what="the image of 2 x - 3 y")


# %%
@hidden
def one_map_after_another_is_the_product(transform_points, rng):
    """Moving by A and then by B is the same as moving by the product B A: the first map stands on the right."""
    for n, m, p in ((2, 2, 2), (2, 3, 4)):
        A, B, points = rng.normal(size=(m, n)), rng.normal(size=(p, m)), rng.normal(size=(3, n))
        between = array(transform_points(A, points), (3, m), what="the images under A")
        expected = array(transform_points(B, between), (3, p), what="the images under A and then B")
        close(transform_points(B @ A, points), expected, **T1, what="the images under B A")


# %%
@hidden
def the_identity_moves_nothing(transform_points, rng):
    """The identity matrix leaves every point where it is; no points have no images."""
    points = rng.normal(size=(4, 3))
    close(transform_points(np.eye(3), points), points, **T1, what="the images under the identity")
    close(transform_points(np.ones((2, 3)), np.zeros((0, 3))), np.zeros((0, 2)), **T1, what="the images of no points")


# %%
@hidden
def shapes_that_do_not_fit_raise(transform_points):
    """Points of a wrong length and arrays that are not two-dimensional raise ValueError."""
    A = np.arange(6.0).reshape(2, 3)
    for points in (np.ones((3, 2)), np.ones((4, 2)), np.ones((2, 1)), np.ones((3, 4)), np.ones(3), 1.0):
        raises(ValueError, transform_points, A, points)
    raises(ValueError, transform_points, np.ones(3), np.ones((2, 3)))
    raises(ValueError, transform_points, A, np.ones((2, 2, 3)))


# %%
@accepted
def point_by_point(A, points):
    A, points = np.array(A, dtype=float), np.array(points, dtype=float)
    if A.ndim != 2 or points.ndim != 2 or points.shape[1] != A.shape[1]:
        raise ValueError("shapes do not fit")
    images = np.zeros((len(points), len(A)))
    for i, point in enumerate(points):
        for row in range(len(A)):
            images[i, row] = sum(A[row] * point)
    return images


# %%
@accepted
def as_columns_and_back(A, points):
    A, P = np.asarray(A, dtype=np.float64), np.asarray(points, dtype=np.float64)
    if (A.ndim, P.ndim) != (2, 2) or A.shape[1] != P.shape[1]:
        raise ValueError("shapes do not fit")
    return (A @ P.T).T


# %%
@misconception(
    caught_by="every_point_is_moved_by_the_matrix",
    hint="points @ A is right for symmetric matrices only. Rows need the transpose: points @ A.T.",
)
def forgets_the_transpose(A, points):
    A, points = checked_map(A, points)
    return points @ A


# %%
@misconception(
    caught_by="every_point_is_moved_by_the_matrix",
    hint="A @ points takes the columns of the array for points. Here the points are the rows.",
)
def takes_columns_for_points(A, points):
    A, points = checked_map(A, points)
    return A @ points


# %%
@misconception(
    caught_by="every_point_is_moved_by_the_matrix",
    hint="The images are right but stand in columns. One image per row is asked for: transpose at the end.",
)
def leaves_the_images_in_columns(A, points):
    A, points = checked_map(A, points)
    return A @ points.T


# %%
@misconception(
    caught_by="the_worked_example_slides_two_points",
    hint="A * points multiplies entry by entry. Every image entry is a whole row of A times the point, added up.",
)
def multiplies_entry_by_entry(A, points):
    A, points = checked_map(A, points)
    return A * points

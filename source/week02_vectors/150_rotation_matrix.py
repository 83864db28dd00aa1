# %% [markdown]
# ### Rotation matrix
#
# A matrix is a machine that moves points. The columns say where it puts the unit vectors: the first column is the image
# of $(1, 0)$ and the second is the image of $(0, 1)$. If you know these two, you know the machine. Here you build the
# one that turns the plane. Pictures are turned with it, and some language models mark the place of a word with it.
#
# A turn by $\theta$, counter-clockwise, moves $(1, 0)$ along the unit circle to $(\cos\theta, \sin\theta)$. It moves
# $(0, 1)$ to $(-\sin\theta, \cos\theta)$. So
#
# $$R(\theta) = \begin{pmatrix} \cos\theta & -\sin\theta \\ \sin\theta & \cos\theta \end{pmatrix}.$$
#
# Angles are in radians: a full turn is $2\pi$, a quarter turn is $\pi/2$.
#
# **By hand.** For $\theta = \pi/2$ we have $\cos\theta = 0$ and $\sin\theta = 1$, so
# $R = \begin{pmatrix} 0 & -1 \\ 1 & 0 \end{pmatrix}$. It moves $(3, 1)$ to
# $(0 \cdot 3 - 1 \cdot 1,\; 1 \cdot 3 + 0 \cdot 1) = (-1, 3)$. Draw both points: that is a quarter turn to the left.
#
# Return the matrix.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, hidden, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="complex multiplication by exp(i theta)",
    section="Matrices as maps",
    topics=(
        "r2-o1-linear-transformations",
        "r3-1-1-linear-transformations",
        "r4-basic-geom-trig-functions",
        "r4-la-linear-transformations",
        "r4-la-trig-terms",
        "r4-req-la-linear-transformations",
        "r4-nice-la-trig-terms",
    ),
)

# %%
import math

import numpy as np


# %%
def rotation_matrix(theta: float) -> np.ndarray:
    """Return the matrix that turns the plane counter-clockwise.

    Parameters
    ----------
    theta : the angle in radians, any finite number; a negative angle turns clockwise

    Returns
    -------
    array of shape (2, 2)

    Raises
    ------
    ValueError : theta is infinite or NaN
    """
    ### BEGIN SOLUTION
    if not math.isfinite(theta):
        raise ValueError("theta must be finite")
    cosine, sine = math.cos(theta), math.sin(theta)
    return np.array([[cosine, -sine], [sine, cosine]])
    ### END SOLUTION


# %%
@check
def a_quarter_turn_takes_the_first_axis_to_the_second(rotation_matrix):
    """A quarter turn moves (1, 0) to (0, 1), and (3, 1) to (-1, 3)."""
    R = array(rotation_matrix(math.pi / 2), (2, 2), what="the matrix")
    close(R @ np.array([1.0, 0.0]), np.array([0.0, 1.0]), **T1, what="the image of (1, 0)")
    close(R @ np.array([3.0, 1.0]), np.array([-1.0, 3.0]), **T1, what="the image of (3, 1)")


# %%
@check
def no_turn_moves_nothing(rotation_matrix):
    """The angle 0 gives the identity matrix."""
    close(rotation_matrix(0.0), np.eye(2), **T1, what="the matrix for the angle 0")


# %%
@check
def an_infinite_angle_raises(rotation_matrix):
    """An infinite angle raises ValueError."""
    raises(ValueError, rotation_matrix, math.inf)


# %%
@hidden(weight=2)
def it_multiplies_by_a_point_of_the_unit_circle(rotation_matrix, rng):
    """The turned point is the one that multiplication by cos(theta) + i sin(theta) gives."""
    for theta in (0.1, 1, -0.5, 2.5, -3.0, 7.0, -40.0, float(rng.uniform(-10, 10))):
        R = array(rotation_matrix(theta), (2, 2), what="the matrix")
        point = rng.normal(size=2)
        turned = complex(*point) * np.exp(1j * theta)
        close(R @ point, np.array([turned.real, turned.imag]), **T1, what=f"a point turned by {theta:.3g}")


# %%
@hidden
def two_turns_add_their_angles(rotation_matrix, rng):
    """Turning by b and then by a is the same as turning by a + b."""
    for a, b in rng.uniform(-4, 4, size=(4, 2)).tolist():
        first = array(rotation_matrix(b), (2, 2), what="the matrix for b")
        second = array(rotation_matrix(a), (2, 2), what="the matrix for a")
        close(rotation_matrix(a + b), second @ first, **T1, what="the matrix for a + b")


# %%
@hidden
def the_transpose_turns_back(rotation_matrix, rng):
    """The transpose belongs to the angle -theta, and it undoes the turn."""
    for theta in (0.3, -1.2, float(rng.uniform(2, 6))):
        R = array(rotation_matrix(theta), (2, 2), what="the matrix")
        close(R.T @ R, np.eye(2), **T1, what="the transpose times the matrix")
        close(rotation_matrix(-theta), R.T, **T1, what="the matrix for -theta")


# %%
@hidden
def areas_and_lengths_stay(rotation_matrix, rng):
    """The determinant is 1, and every point keeps its distance from the origin."""
    for theta in (0.7, 2.0, float(rng.uniform(3, 6))):
        R = array(rotation_matrix(theta), (2, 2), what="the matrix")
        close(float(np.linalg.det(R)), 1.0, **T1, what="the determinant")
        point = rng.normal(size=2)
        close(float(np.hypot(*(R @ point))), float(np.hypot(*point)), **T1, what="the distance from the origin")


# %%
@hidden
def whole_and_many_turns_are_fine(rotation_matrix):
    """A full turn moves nothing, half a turn flips both signs, and many turns are no problem."""
    close(rotation_matrix(2 * math.pi), np.eye(2), **T1, what="the matrix of a full turn")
    close(rotation_matrix(-math.pi), -np.eye(2), **T1, what="the matrix of half a turn")
    close(rotation_matrix(200 * math.pi), np.eye(2), **T1, what="the matrix of 100 turns")


# %%
@hidden
def what_is_no_angle_raises(rotation_matrix):
    """Infinity and NaN raise ValueError."""
    for theta in (-math.inf, math.nan, math.inf):
        raises(ValueError, rotation_matrix, theta)


# %%
@accepted
def from_the_images_of_the_unit_vectors(theta):
    if np.isnan(theta) or np.isinf(theta):
        raise ValueError("not finite")
    first = np.array([np.cos(theta), np.sin(theta)])
    second = np.array([-first[1], first[0]])
    return np.column_stack([first, second])


# %%
@accepted
def with_complex_numbers(theta):
    z = np.exp(1j * float(theta))
    if not np.isfinite(z):
        raise ValueError("not finite")
    return z.real * np.eye(2) + z.imag * np.array([[0.0, -1.0], [1.0, 0.0]])


# %%
@misconception(
    caught_by="a_quarter_turn_takes_the_first_axis_to_the_second",
    hint="That turns clockwise. Where should (1, 0) go after a quarter turn?",
)
def turns_clockwise(theta):
    if not math.isfinite(theta):
        raise ValueError("not finite")
    cosine, sine = math.cos(theta), math.sin(theta)
    return np.array([[cosine, sine], [-sine, cosine]])


# %%
@misconception(
    caught_by="a_quarter_turn_takes_the_first_axis_to_the_second",
    hint="The angle is already in radians: a full turn is 2 pi here, not 360.",
)
def takes_the_angle_in_degrees(theta):
    if not math.isfinite(theta):
        raise ValueError("not finite")
    cosine, sine = math.cos(math.radians(theta)), math.sin(math.radians(theta))
    return np.array([[cosine, -sine], [sine, cosine]])


# %%
@misconception(
    caught_by="areas_and_lengths_stay",
    hint="This matrix mirrors the plane or changes lengths. One of the two sines needs a minus sign.",
)
def forgets_the_minus_sign(theta):
    if not math.isfinite(theta):
        raise ValueError("not finite")
    cosine, sine = math.cos(theta), math.sin(theta)
    return np.array([[cosine, sine], [sine, cosine]])


# %%
@misconception(
    caught_by="a_quarter_turn_takes_the_first_axis_to_the_second",
    hint="Sine and cosine are exchanged. The first column is (cos theta, sin theta): at theta = 0 it must be (1, 0).",
)
def exchanges_sine_and_cosine(theta):
    if not math.isfinite(theta):
        raise ValueError("not finite")
    cosine, sine = math.cos(theta), math.sin(theta)
    return np.array([[sine, -cosine], [cosine, sine]])

# %% [markdown]
# ### Soft threshold
#
# The L1 penalty $\lambda \lVert w \rVert_1$ makes some weights exactly zero: the model then ignores those features. Its
# slope jumps at 0, so plain gradient descent cannot reach that zero. This small function can. It is the core of the
# lasso, a linear model that sets weights to zero.
#
# For each entry $x_i$ you look for the $z$ that minimises
# $$\tfrac12 (z - x_i)^2 + \lambda\, |z| .$$
# The first term pulls $z$ to $x_i$, the second one to 0. For $z > 0$ the derivative is $z - x_i + \lambda$, and for
# $z < 0$ it is $z - x_i - \lambda$. When neither of them can be zero, the minimum sits at the corner $z = 0$.
#
# **By hand.** $x = 3$, $\lambda = 1$: for $z > 0$ the derivative is zero at $z = 2$. The value there is
# $\tfrac12 + 2 = 2.5$, less than $4.5$ at $z = 0$ and less than $3$ at $z = 3$. For $x = -0.5$ the derivative is
# $z + 1.5 > 0$ on the right and $z - 0.5 < 0$ on the left, so the best place is $z = 0$. And $x = -2$ gives $-1$.
#
# Return an array of the shape of `x`.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="a search on a fine grid",
    section="Regularisation",
    topics=(
        "r0-w8-regularization",
        "r1-t05-regularization",
        "r2-o3-in-ml",
        "r2-a4-norms-regularization",
        "r2-b4-norms-regularization",
        "r3-4-3-lasso",
        "r3-7-regularization",
        "r4-mlmath-regularization",
        "r4-req-ml-regularization",
    ),
)

# %%
import numpy as np


# %%
def soft_threshold(x: np.ndarray, lam: float) -> np.ndarray:
    """Minimise (z - x)^2 / 2 + lam |z| for every entry of x.

    Parameters
    ----------
    x : array or list with at least one axis
    lam : strength of the penalty, lam >= 0

    Returns
    -------
    array of the shape of x, the minimising z for every entry

    Raises
    ------
    ValueError : lam is negative
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if lam < 0:
        raise ValueError("lam must not be negative")
    return np.sign(x) * np.maximum(np.abs(x) - lam, 0.0)
    ### END SOLUTION


# %%
@check
def the_three_numbers_of_the_example(soft_threshold):
    """For x = (3, -0.5, -2) and lam = 1 the result is (2, 0, -1)."""
    close(soft_threshold(np.array([3.0, -0.5, -2.0]), 1.0), np.array([2.0, 0.0, -1.0]), **T1)


# %%
@check
def a_negative_penalty_raises(soft_threshold):
    """A negative lam raises ValueError."""
    raises(ValueError, soft_threshold, np.array([1.0, 2.0]), -0.5)


# %%
@hidden(weight=2)
def no_point_of_a_fine_grid_is_better(soft_threshold, rng):
    """At the result, (z - x)^2 / 2 + lam |z| is at most as large as at every point of a fine grid."""
    grid = np.linspace(-6.0, 6.0, 2401)
    for size, lam in ((1, 0.5), (2, 1.5), (8, 0.7), (30, 2.0)):
        x = rng.uniform(-5.0, 5.0, size=size)
        z = array(soft_threshold(x, lam), (size,))
        for x_i, z_i in zip(x, z):
            best = float(np.min((grid - x_i) ** 2 / 2 + lam * np.abs(grid)))
            cost = float((z_i - x_i) ** 2 / 2 + lam * abs(z_i))
            message = f"For x = {x_i:.4f} and lam = {lam} a grid point has a smaller cost than {z_i:.4f}."
            holds(cost <= best + 1e-9, message)


# %%
@hidden
def small_entries_become_exactly_zero(soft_threshold, rng):
    """Every entry with |x| <= lam becomes exactly 0, and every larger one does not."""
    for lam in (0.25, 3.0):
        x = np.concatenate([lam * rng.uniform(-0.999, 0.999, size=6), [lam, -lam, 0.0]])
        z = array(soft_threshold(x, lam), (9,))
        holds(np.all(z == 0), f"Entries with |x| <= {lam} should become exactly 0.")
        larger = lam * (1.01 + rng.uniform(size=4)) * np.array([1.0, -1.0, 1.0, -1.0])
        holds(np.all(array(soft_threshold(larger, lam), (4,)) != 0), f"Entries with |x| > {lam} should not become 0.")


# %%
@hidden
def large_entries_shrink_by_lam(soft_threshold, rng):
    """An entry with |x| > lam keeps its sign and moves by exactly lam towards 0."""
    for size, lam in ((1, 0.125), (5, 1.7), (20, 30.0)):
        signs = rng.choice([-1.0, 1.0], size=size)
        shrunk = rng.uniform(0.1, 50.0, size=size)
        close(soft_threshold(signs * (shrunk + lam), lam), signs * shrunk, **T1, what=f"the result for lam = {lam}")


# %%
@hidden
def it_is_odd_and_never_moves_two_points_apart(soft_threshold, rng):
    """The result for -x is minus the result for x, and two results are never further apart than their inputs."""
    for size, lam in ((2, 0.5), (10, 1.0)):
        x, y = 2.0 * rng.normal(size=size), 2.0 * rng.normal(size=size)
        at_x, at_y = array(soft_threshold(x, lam), (size,)), array(soft_threshold(y, lam), (size,))
        close(soft_threshold(-x, lam), -at_x, **T1, what="the result for -x")
        apart = np.abs(at_x - at_y) <= np.abs(x - y) + 1e-12
        holds(np.all(apart), "Two results should not be further apart than the two inputs.")


# %%
@hidden
def the_result_does_not_jump_at_the_threshold(soft_threshold):
    """Just above lam the result is just above 0, and just below -lam it is just below 0."""
    z = array(soft_threshold(np.array([2.0 + 1e-7, -2.0 - 1e-7]), 2.0), (2,))
    close(z, np.array([1e-7, -1e-7]), rtol=1e-6, atol=0.0, what="the result next to the threshold")


# %%
@hidden
def without_a_penalty_nothing_changes(soft_threshold, rng):
    """With lam = 0 the result is x itself, for every shape."""
    for shape in ((1,), (4,), (2, 3), (2, 2, 2)):
        x = rng.normal(size=shape)
        close(soft_threshold(x, 0.0), x, **T1, what=f"the result for lam = 0 and shape {shape}")


# %%
@hidden
def whole_numbers_and_matrices_are_fine(soft_threshold):
    """Lists of whole numbers and matrices keep their shape and give floats."""
    close(soft_threshold([4, -1, 0, -7], 1.5), np.array([2.5, 0.0, 0.0, -5.5]), **T1)
    close(soft_threshold([[3, -3], [1, 8]], 2.25), np.array([[0.75, -0.75], [0.0, 5.75]]), **T1)
    raises(ValueError, soft_threshold, [[1, 2]], -1e-9)


# %%
@hidden
def whole_numbers_of_one_byte_are_widened_first(soft_threshold):
    """Pixels of one byte are handled as 64-bit floats: 2 - 3 does not fit into a byte."""
    close(soft_threshold(np.array([2, 200], dtype=np.uint8), 3), np.array([0.0, 197.0]), **T1)


# %%
@accepted
def with_three_cases(x, lam):
    if lam < 0:
        raise ValueError("negative")
    x = np.array(x, dtype=np.float64)
    return np.select([x > lam, x < -lam], [x - lam, x + lam], 0.0)


# %%
@accepted
def taking_away_the_clipped_part(x, lam):
    if not lam >= 0:
        raise ValueError("lam must be at least 0")
    values = np.asarray(x, dtype=float)
    return values - np.clip(values, -lam, lam)


# %%
@misconception(
    caught_by="the_result_does_not_jump_at_the_threshold",
    hint="You only removed the small entries. Large values also shrink, by lam.",
)
def hard_threshold(x, lam):
    x = np.asarray(x, dtype=float)
    if lam < 0:
        raise ValueError("lam must not be negative")
    return np.where(np.abs(x) > lam, x, 0.0)


# %%
@misconception(
    caught_by="it_is_odd_and_never_moves_two_points_apart",
    hint="A negative x moved away from 0. Shrink towards 0: sign(x) * max(|x| - lam, 0).",
)
def subtracts_lam_from_negative_entries(x, lam):
    x = np.asarray(x, dtype=float)
    if lam < 0:
        raise ValueError("lam must not be negative")
    return np.where(np.abs(x) > lam, x - lam, 0.0)


# %%
@misconception(
    caught_by="the_three_numbers_of_the_example",
    hint="max(|x| - lam, 0) is only the size. Give it the sign of x.",
)
def loses_the_sign(x, lam):
    x = np.asarray(x, dtype=float)
    if lam < 0:
        raise ValueError("lam must not be negative")
    return np.maximum(np.abs(x) - lam, 0.0)


# %%
@misconception(
    caught_by="small_entries_become_exactly_zero",
    hint="x / (1 + lam) belongs to the penalty lam z^2 / 2. The absolute value subtracts lam instead of dividing.",
)
def shrinks_by_a_factor(x, lam):
    x = np.asarray(x, dtype=float)
    if lam < 0:
        raise ValueError("lam must not be negative")
    return x / (1 + lam)

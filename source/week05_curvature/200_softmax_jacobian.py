# %% [markdown]
# ### The Jacobian of softmax
#
# The last layer of a classifier turns scores $z$ into probabilities $p$. To send an error back through it you need to
# know how each probability reacts to each score. These $n \cdot n$ slopes are the Jacobian. It has a short closed form.
#
# $$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}, \qquad
# J_{ij} = \frac{\partial p_i}{\partial z_j} = \begin{cases} p_i (1 - p_i) & i = j \\ -p_i p_j & i \ne j \end{cases},
# \qquad J = \operatorname{diag}(p) - p\, p^\top$$
#
# Raising one score lifts its own probability and lowers all the others. The sum of the probabilities stays 1, so every
# column of $J$ adds up to 0.
#
# **By hand.** $z = (0, \log 2, \log 5)$ gives $p = (0.125, 0.25, 0.625)$. The first row is
# $(0.125 \cdot 0.875,\; -0.125 \cdot 0.25,\; -0.125 \cdot 0.625) = (0.109375,\; -0.03125,\; -0.078125)$.
# It adds up to 0.
#
# Return the matrix $J$ of shape $(n, n)$. Scores such as 1000 and $-1000$ must not overflow: subtract the largest score
# from all of them first. That changes none of the probabilities.

# %%
from scipy import special

from autograder.kit import (
    T1,
    T2,
    T3,
    accepted,
    array,
    check,
    close,
    exercise,
    hidden,
    holds,
    misconception,
    raises,
    same,
)

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.special.softmax", "scipy.special.log_softmax"),
    oracle="central differences of scipy.special.softmax",
    section="The chain rule in networks",
    topics=(
        "r0-strategy-step2-math",
        "r0-w5-goal",
        "r1-t02-multivariable",
        "r2-o3-jacobians-hessians",
        "r2-a3-gradient-jacobian-hessian",
        "r2-b3-gradient-jacobian-hessian",
        "r4-calc-gradient-jacobian",
        "r4-nice-calc-jacobian",
    ),
)

# %%
import numpy as np


# %%
def softmax_jacobian(z: np.ndarray) -> np.ndarray:
    """Return all partial derivatives of softmax.

    Parameters
    ----------
    z : array or list of shape (n,) with n >= 1, the scores; it stays unchanged

    Returns
    -------
    array of shape (n, n) : entry [i, j] is the derivative of probability i with respect to score j,
        without a warning for scores between -1e300 and 1e300

    Raises
    ------
    ValueError : z is not one-dimensional or is empty
    """
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)
    if z.ndim != 1 or z.size == 0:
        raise ValueError("z must be of shape (n,) with n >= 1")
    weights = np.exp(z - z.max())
    p = weights / weights.sum()
    return np.diag(p) - np.outer(p, p)
    ### END SOLUTION


# %%
@check
def the_jacobian_of_the_example(softmax_jacobian):
    """For the scores (0, log 2, log 5) the first row is (0.109375, -0.03125, -0.078125)."""
    J = array(softmax_jacobian(np.log(np.array([1.0, 2.0, 5.0]))), (3, 3), what="the Jacobian")
    close(J[0], np.array([0.109375, -0.03125, -0.078125]), **T1, what="the first row")
    close(np.diag(J).copy(), np.array([0.109375, 0.1875, 0.234375]), **T1, what="the diagonal")


# %%
@check
def an_empty_list_raises(softmax_jacobian):
    """An empty list has no probabilities, so ValueError is raised."""
    raises(ValueError, softmax_jacobian, [])


# %%
@hidden(weight=2)
def agrees_with_differences(softmax_jacobian, rng):
    """Entry [i, j] is the slope of probability i when score j moves."""
    for n in (1, 2, 3, 6):
        z = rng.normal(size=n)
        moves = 1e-5 * np.eye(n)
        columns = [(special.softmax(z + move) - special.softmax(z - move)) / 2e-5 for move in moves]
        close(softmax_jacobian(z), np.column_stack(columns), **T3, what=f"the Jacobian for n = {n}")


# %%
@hidden
def two_scores_give_the_slope_of_the_sigmoid(softmax_jacobian, rng):
    """For two scores all entries are plus or minus s(1 - s), where s is the sigmoid of their difference."""
    for _ in range(3):
        z = rng.normal(size=2)
        s = float(special.expit(z[0] - z[1]))
        slope = s * (1 - s)
        close(softmax_jacobian(z), np.array([[slope, -slope], [-slope, slope]]), **T1, what="the Jacobian")


# %%
@hidden
def rows_and_columns_add_up_to_zero(softmax_jacobian, rng):
    """The matrix is symmetric and every row and column adds up to 0."""
    for n in (2, 4, 9):
        J = array(softmax_jacobian(2.0 * rng.normal(size=n)), (n, n), what="the Jacobian")
        close(J.sum(axis=0), np.zeros(n), **T1, what="the sums of the columns")
        close(J.sum(axis=1), np.zeros(n), **T1, what="the sums of the rows")
        close(J, J.T.copy(), **T1, what="the Jacobian compared with its transpose")


# %%
@hidden
def the_matrix_is_positive_semidefinite(softmax_jacobian, rng):
    """No eigenvalue is negative: moving the scores by d never lowers the sum of d_i times the change of p_i."""
    for n in (2, 3, 7):
        z = rng.normal(size=n)
        J = array(softmax_jacobian(z), (n, n), what="the Jacobian")
        holds(np.linalg.eigvalsh((J + J.T) / 2)[0] > -1e-12, "No eigenvalue of the Jacobian should be negative.")
        p = special.softmax(z)
        close(float(np.trace(J)), float(1 - np.sum(p**2)), **T1, what="the trace")


# %%
@hidden(weight=2)
def large_scores_do_not_overflow(softmax_jacobian, rng):
    """Adding 1000 or -1000 to all scores changes nothing, and scores far apart give zeros."""
    z = np.round(rng.normal(size=4), 3)
    p = special.softmax(z)
    for shift in (1000.0, -1000.0):
        close(softmax_jacobian(z + shift), np.diag(p) - np.outer(p, p), **T2, what=f"the Jacobian of z + {shift:g}")
    close(softmax_jacobian(np.array([1000.0, -1000.0, 0.0])), np.zeros((3, 3)), **T1, what="the Jacobian")


# %%
@hidden
def a_list_of_integers_is_fine(softmax_jacobian):
    """A list of whole numbers gives the same as the array of floats, and so do whole numbers without a sign."""
    p = special.softmax(np.array([1.0, 3.0, 2.0]))
    for z in ([1, 3, 2], np.array([1, 3, 2]), np.array([1, 3, 2], dtype=np.uint8)):
        close(softmax_jacobian(z), np.diag(p) - np.outer(p, p), **T1, what="the Jacobian")


# %%
@hidden
def the_scores_stay_as_they_are(softmax_jacobian, rng):
    """The array of scores has the same entries afterwards."""
    z = rng.normal(size=3)
    before = z.copy()
    softmax_jacobian(z)
    same(z, before, what="the scores after the call")


# %%
@hidden
def a_number_or_a_matrix_raises(softmax_jacobian):
    """A single number and a matrix of scores raise ValueError, also a matrix with one row or one column."""
    raises(ValueError, softmax_jacobian, 2.0)
    for shape in ((2, 2), (1, 3), (3, 1), (1, 1)):
        raises(ValueError, softmax_jacobian, np.ones(shape))


# %%
@accepted
def entry_by_entry(z):
    scores = [float(score) for score in np.array(z, dtype=float).reshape(-1)]
    if np.ndim(z) != 1 or not scores:
        raise ValueError("one row of scores is needed")
    powers = [np.exp(score - max(scores)) for score in scores]
    J = np.zeros((len(scores), len(scores)))
    for i, one in enumerate(powers):
        for j, other in enumerate(powers):
            J[i, j] = one / sum(powers) * (float(i == j) - other / sum(powers))
    return J


# %%
@accepted
def by_the_quotient_rule(z):
    z = np.array(z, dtype=np.float64)
    if z.shape != (z.size,) or len(z) < 1:
        raise ValueError("one row of scores is needed")
    e = np.exp(z - np.max(z))
    total = np.sum(e)
    return (np.diag(e) * total - e[:, None] * e[None, :]) / total**2


# %%
@misconception(
    caught_by="the_jacobian_of_the_example",
    hint="Every output depends on every input: off the diagonal the entry is -p_i p_j.",
)
def only_the_diagonal(z):
    z = np.asarray(z, dtype=float)
    if z.ndim != 1 or z.size == 0:
        raise ValueError("z must be of shape (n,)")
    weights = np.exp(z - z.max())
    p = weights / weights.sum()
    return np.diag(p * (1 - p))


# %%
@misconception(
    caught_by="large_scores_do_not_overflow",
    hint="exp(1000) overflows. Subtract the largest score first.",
)
def does_not_shift(z):
    z = np.asarray(z, dtype=float)
    if z.ndim != 1 or z.size == 0:
        raise ValueError("z must be of shape (n,)")
    with np.errstate(over="ignore", invalid="ignore"):
        weights = np.exp(z)
        p = weights / weights.sum()
        return np.diag(p) - np.outer(p, p)


# %%
@misconception(
    caught_by="the_jacobian_of_the_example",
    hint="p @ p is one number, the dot product. You need the table of all products p_i p_j: np.outer(p, p).",
)
def dot_product_for_the_outer_product(z):
    z = np.asarray(z, dtype=float)
    if z.ndim != 1 or z.size == 0:
        raise ValueError("z must be of shape (n,)")
    weights = np.exp(z - z.max())
    p = weights / weights.sum()
    return np.diag(p) - p @ p


# %%
@misconception(
    caught_by="the_jacobian_of_the_example",
    hint="The matrix p p^T alone misses the diagonal: score i lifts its own probability, so add p_i there.",
)
def forgets_the_diagonal_matrix(z):
    z = np.asarray(z, dtype=float)
    if z.ndim != 1 or z.size == 0:
        raise ValueError("z must be of shape (n,)")
    weights = np.exp(z - z.max())
    p = weights / weights.sum()
    return -np.outer(p, p)

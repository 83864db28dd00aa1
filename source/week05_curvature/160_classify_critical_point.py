# %% [markdown]
# ### Minimum, maximum or saddle?
#
# Where the gradient is zero, training stands still. That point may be a minimum, but it may also be a saddle from which
# the loss still falls in some direction. The eigenvalues of the Hessian tell them apart: each is the curvature along
# its eigenvector.
#
# - all eigenvalues positive: `"minimum"`
# - all eigenvalues negative: `"maximum"`
# - at least one positive and at least one negative: `"saddle"`
# - otherwise, so some eigenvalue is zero: `"degenerate"`. The second order cannot decide.
#
# Rounding turns a zero into a tiny number. So an eigenvalue counts as zero if $|\lambda| \le \text{tol} \cdot
# \lambda_{\max}$, where $\lambda_{\max}$ is the largest magnitude of all eigenvalues.
#
# **By hand.** $H = \begin{pmatrix} 1 & 2 \\ 2 & 1 \end{pmatrix}$ looks positive. But its eigenvalues are $3$ and $-1$,
# because $H (1, 1) = (3, 3)$ and $H (1, -1) = (-1, 1)$: a saddle. The matrix $\begin{pmatrix} 1 & 1 \\ 1 & 1
# \end{pmatrix}$ has the eigenvalues $2$ and $0$: degenerate.
#
# Return the name. You may use `np.linalg.eigvalsh`, which returns the eigenvalues of a symmetric matrix.

# %%
from autograder.kit import accepted, check, exercise, helper, hidden, misconception, raises, same
from scipy import linalg

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="matrices built from chosen eigenvalues; Sylvester's law of inertia",
    section="Critical points",
    topics=(
        "r0-strategy-step1-concept",
        "r0-w5-hessian",
        "r0-w5-optimization-intuition",
        "r0-w5-out-ready-optimization",
        "r1-t02-hessian",
        "r2-o3-jacobians-hessians",
        "r2-o4-minima",
        "r2-a3-gradient-jacobian-hessian",
        "r2-b3-gradient-jacobian-hessian",
        "r4-calc-optimization",
        "r4-req-calc-optimization-basics",
    ),
)

# %%
import numpy as np


# %%
def classify_critical_point(H: np.ndarray, tol: float = 1e-8) -> str:
    """Name a critical point from the Hessian there.

    Parameters
    ----------
    H : array or list of shape (n, n), symmetric: |H - H^T| <= 1e-8 * max|H| in every entry, n >= 1
    tol : an eigenvalue counts as zero if its magnitude is at most tol times the largest magnitude of all

    Returns
    -------
    "minimum", "maximum", "saddle" (both signs present) or "degenerate" (no two signs, but a zero)

    Raises
    ------
    ValueError : H is not a symmetric matrix of shape (n, n) with n >= 1
    """
    ### BEGIN SOLUTION
    H = np.asarray(H, dtype=float)
    if H.ndim != 2 or H.shape[0] != H.shape[1] or H.size == 0:
        raise ValueError("H must be a square matrix")
    if not np.all(np.abs(H - H.T) <= 1e-8 * np.max(np.abs(H))):
        raise ValueError("H must be symmetric")
    values = np.linalg.eigvalsh(H)
    limit = tol * np.max(np.abs(values))
    positive, negative = np.sum(values > limit), np.sum(values < -limit)
    if positive and negative:
        return "saddle"
    if positive == len(values):
        return "minimum"
    if negative == len(values):
        return "maximum"
    return "degenerate"
    ### END SOLUTION


# %%
@helper
def symmetric_with(values, rng):
    """Return a symmetric matrix with the given eigenvalues and random eigenvectors."""
    Q, _ = np.linalg.qr(rng.normal(size=(len(values), len(values))))
    A = Q @ np.diag(np.asarray(values, dtype=float)) @ Q.T
    return (A + A.T) / 2


# %%
@helper
def eigenvalue_lists():
    """Return pairs of eigenvalues and the name that belongs to them."""
    return [
        ([2.0], "minimum"),
        ([-2.0], "maximum"),
        ([1.0, 3.0], "minimum"),
        ([-1.0, -3.0], "maximum"),
        ([1.0, -3.0], "saddle"),
        ([0.0, 3.0], "degenerate"),
        ([0.0, -3.0], "degenerate"),
        ([4.0, 0.1, 2.0], "minimum"),
        ([-4.0, -0.1, -2.0], "maximum"),
        ([5.0, 4.0, -0.1], "saddle"),
        ([-5.0, -4.0, 0.1], "saddle"),
        ([-2.0, 0.0, 1.0], "saddle"),
        ([-2.0, -1.0, 1.0, 2.0], "saddle"),
        ([3.0, 2.0, 1.0, 0.0], "degenerate"),
        ([-3.0, -2.0, 0.0, 0.0], "degenerate"),
        ([0.5, 1.0, 2.0, 3.0, 4.0, 5.0], "minimum"),
    ]


# %%
@check
def names_the_two_examples(classify_critical_point):
    """[[1, 2], [2, 1]] is a saddle and [[1, 1], [1, 1]] is degenerate."""
    same(classify_critical_point(np.array([[1.0, 2.0], [2.0, 1.0]])), "saddle", what="[[1, 2], [2, 1]]")
    same(classify_critical_point(np.array([[1.0, 1.0], [1.0, 1.0]])), "degenerate", what="[[1, 1], [1, 1]]")


# %%
@check
def knows_a_bowl(classify_critical_point):
    """A diagonal matrix with positive entries is a minimum."""
    same(classify_critical_point(np.diag([2.0, 5.0])), "minimum", what="diag(2, 5)")


# %%
@check
def a_matrix_that_is_not_symmetric_raises(classify_critical_point):
    """A matrix that is not symmetric raises ValueError."""
    raises(ValueError, classify_critical_point, np.array([[1.0, 2.0], [0.0, 1.0]]))


# %%
@hidden(weight=2)
def the_signs_of_the_eigenvalues_decide(classify_critical_point, rng):
    """The name depends on the signs of the eigenvalues only, whatever the eigenvectors are."""
    for values, name in eigenvalue_lists():
        same(classify_critical_point(symmetric_with(values, rng)), name, what=f"a matrix with eigenvalues {values}")


# %%
@hidden
def a_change_of_coordinates_keeps_the_name(classify_critical_point, rng):
    """C^T H C has the same name as H for every invertible C."""
    for values, name in eigenvalue_lists():
        n = len(values)
        C = symmetric_with(rng.uniform(0.5, 1.5, size=n), rng) + 0.05 * np.triu(np.ones((n, n)), 1)
        H = C.T @ np.diag(values) @ C
        same(classify_critical_point((H + H.T) / 2), name, what=f"C^T H C with H = diag({values})")


# %%
@hidden
def turning_the_landscape_over_exchanges_minimum_and_maximum(classify_critical_point, rng):
    """For -H a minimum becomes a maximum, and saddles and degenerate points stay what they are."""
    other = {"minimum": "maximum", "maximum": "minimum", "saddle": "saddle", "degenerate": "degenerate"}
    for values, name in eigenvalue_lists():
        same(classify_critical_point(-symmetric_with(values, rng)), other[name], what=f"-H for eigenvalues {values}")


# %%
@hidden
def the_determinant_does_not_decide(classify_critical_point):
    """diag(-1, -1) is a maximum, although its determinant is 1; more dimensions do not change that."""
    for n in (2, 4, 6):
        same(classify_critical_point(-np.eye(n)), "maximum", what=f"minus the identity of size {n}")
    same(classify_critical_point(np.diag([-1.0, -1.0, 2.0])), "saddle", what="diag(-1, -1, 2)")
    same(classify_critical_point(np.diag([-1.0, -1.0, -2.0])), "maximum", what="diag(-1, -1, -2)")


# %%
@hidden
def a_saddle_with_a_flat_direction_is_a_saddle(classify_critical_point, rng):
    """When both signs are present, a zero eigenvalue changes nothing: it is a saddle."""
    same(classify_critical_point(np.diag([1.0, 0.0, -1.0])), "saddle", what="diag(1, 0, -1)")
    H = symmetric_with([2.0, 0.0, 0.0, -1.0, 3.0], rng)
    same(classify_critical_point(H), "saddle", what="eigenvalues 2, 0, 0, -1 and 3")


# %%
@hidden
def zero_is_measured_by_the_largest_eigenvalue(classify_critical_point, rng):
    """Scaling H by a positive number changes nothing, and tol decides what counts as zero."""
    for scale in (1e-12, 1e-5, 1.0, 1e9):
        for values, name in (([1.0, 2.0], "minimum"), ([1.0, -2.0], "saddle"), ([1.0, 0.0, 3.0], "degenerate")):
            H = scale * symmetric_with(values, rng)
            same(classify_critical_point(H), name, what=f"{scale:g} times a matrix with eigenvalues {values}")
    H = np.diag([1e-5, 1.0])
    same(classify_critical_point(H), "minimum", what="diag(0.00001, 1) with the default tol")
    same(classify_critical_point(H, tol=1e-3), "degenerate", what="diag(0.00001, 1) with tol = 0.001")
    same(classify_critical_point(np.diag([1e-11, 1.0])), "degenerate", what="diag(1e-11, 1) with the default tol")
    same(classify_critical_point(np.diag([-1e-5, 1.0]), 1e-3), "degenerate", what="diag(-0.00001, 1) with tol = 0.001")


# %%
@hidden
def the_zero_matrix_is_degenerate(classify_critical_point):
    """The zero matrix has no curvature in any direction: degenerate."""
    for n in (1, 3):
        same(classify_critical_point(np.zeros((n, n))), "degenerate", what=f"the zero matrix of size {n}")


# %%
@hidden
def lists_and_rounding_are_fine(classify_critical_point):
    """A list of whole numbers is fine, and so is a matrix that is symmetric up to rounding."""
    same(classify_critical_point([[2, -1], [-1, 2]]), "minimum", what="[[2, -1], [-1, 2]]")
    same(classify_critical_point([[0, 1], [1, 0]]), "saddle", what="[[0, 1], [1, 0]]")
    rounded = np.array([[2.0, 1.0], [1.0 + 1e-12, 2.0]])
    same(classify_critical_point(rounded), "minimum", what="[[2, 1], [1.000000000001, 2]]")
    half = np.array([[2.0, -1.0], [-1.0, 2.0]], dtype=np.float16)
    same(classify_critical_point(half), "minimum", what="[[2, -1], [-1, 2]] in half precision")


# %%
@hidden
def symmetric_means_up_to_a_hundred_millionth_of_the_largest_entry(classify_critical_point):
    """A difference of 1e-9 times the largest entry is allowed, beside an entry 0 too, and one of 1e-6 is not."""
    for scale in (1.0, 1e6):
        name = classify_critical_point(scale * np.array([[1.0, 1e-9], [0.0, 1.0]]))
        same(name, "minimum", what=f"{scale:g} times [[1, 1e-9], [0, 1]]")
        raises(ValueError, classify_critical_point, scale * np.array([[1.0, 1e-6], [0.0, 1.0]]))


# %%
@hidden
def an_eigenvalue_up_to_tol_counts_as_zero_by_default(classify_critical_point):
    """Without tol an eigenvalue of 1e-9 times the largest counts as zero, and one of 1e-7 times it does not."""
    for sign, name in ((1.0, "minimum"), (-1.0, "maximum")):
        same(classify_critical_point(sign * np.diag([1.0, 1e-9])), "degenerate", what=f"{sign:g} diag(1, 1e-9)")
        same(classify_critical_point(sign * np.diag([1.0, 1e-7])), name, what=f"{sign:g} diag(1, 1e-7)")


# %%
@hidden
def other_matrices_raise(classify_critical_point):
    """A matrix that is not square, not symmetric or empty raises ValueError, and so does a vector."""
    for H in (np.ones((2, 3)), np.ones(3), 2.0, np.ones((1, 2, 2)), np.zeros((0, 0))):
        raises(ValueError, classify_critical_point, H)
    for scale in (1e-10, 1.0, 1e10):
        raises(ValueError, classify_critical_point, scale * np.array([[3.0, 1.0], [1.001, 3.0]]))


# %%
@accepted
def from_the_set_of_signs(H, tol=1e-8):
    matrix = np.array(H, dtype=np.float64)
    if len(matrix.shape) != 2 or len(set(matrix.shape)) != 1 or 0 in matrix.shape:
        raise ValueError("square matrix wanted")
    largest = np.abs(matrix).max()
    if np.abs(matrix - matrix.T).max() > 1e-8 * largest:
        raise ValueError("symmetric matrix wanted")
    values = linalg.eigh((matrix + matrix.T) / 2)[0]
    top = max(abs(values))
    signs = {0 if abs(value) <= tol * top else (1 if value > 0 else -1) for value in values}
    if {1, -1} <= signs:
        return "saddle"
    if 0 in signs:
        return "degenerate"
    return "minimum" if signs == {1} else "maximum"


# %%
@accepted
def from_the_smallest_and_the_largest_eigenvalue(H, tol=1e-8):
    H = np.array(H, dtype=float)
    if H.ndim != 2 or H.shape != H.T.shape or H.shape[0] < 1:
        raise ValueError("not a square matrix")
    if not np.allclose(H, H.T, rtol=0.0, atol=1e-8 * np.abs(H).max()):
        raise ValueError("not symmetric")
    values = np.sort(np.linalg.eigvals((H + H.T) / 2).real)
    low, high = values[0], values[-1]
    zero = tol * max(-low, high)
    if low > zero:
        return "minimum"
    if high < -zero:
        return "maximum"
    return "saddle" if low < -zero and high > zero else "degenerate"


# %%
@misconception(
    caught_by="the_determinant_does_not_decide",
    hint="diag(-1, -1) has determinant 1 but is a maximum. Look at the sign of every eigenvalue.",
)
def a_positive_determinant_means_minimum(H, tol=1e-8):
    H = np.asarray(H, dtype=float)
    if H.ndim != 2 or H.shape[0] != H.shape[1] or H.size == 0:
        raise ValueError("H must be a square matrix")
    if not np.all(np.abs(H - H.T) <= 1e-8 * np.max(np.abs(H))):
        raise ValueError("H must be symmetric")
    values = np.linalg.eigvalsh(H)
    limit = tol * np.max(np.abs(values))
    if np.any(values > limit) and np.any(values < -limit) and np.linalg.det(H) <= 0:
        return "saddle"
    if np.any(np.abs(values) <= limit):
        return "degenerate"
    return "minimum" if np.linalg.det(H) > 0 else "maximum"


# %%
@misconception(
    caught_by="names_the_two_examples",
    hint="[[1, 2], [2, 1]] is a saddle although its diagonal is positive. Only the eigenvalues see all directions.",
)
def looks_at_the_diagonal(H, tol=1e-8):
    H = np.asarray(H, dtype=float)
    if H.ndim != 2 or H.shape[0] != H.shape[1] or H.size == 0:
        raise ValueError("H must be a square matrix")
    if not np.all(np.abs(H - H.T) <= 1e-8 * np.max(np.abs(H))):
        raise ValueError("H must be symmetric")
    values = np.diag(H)
    limit = tol * np.max(np.abs(values))
    if np.any(values > limit) and np.any(values < -limit):
        return "saddle"
    if np.any(np.abs(values) <= limit):
        return "degenerate"
    return "minimum" if values[0] > 0 else "maximum"


# %%
@misconception(
    caught_by="names_the_two_examples",
    hint="With a zero eigenvalue the second order cannot decide: the point is degenerate, not a minimum.",
)
def a_zero_still_counts_as_minimum(H, tol=1e-8):
    H = np.asarray(H, dtype=float)
    if H.ndim != 2 or H.shape[0] != H.shape[1] or H.size == 0:
        raise ValueError("H must be a square matrix")
    if not np.all(np.abs(H - H.T) <= 1e-8 * np.max(np.abs(H))):
        raise ValueError("H must be symmetric")
    values = np.linalg.eigvalsh(H)
    limit = tol * np.max(np.abs(values))
    if np.all(values >= -limit):
        return "minimum"
    return "maximum" if np.all(values <= limit) else "saddle"


# %%
@misconception(
    caught_by="a_saddle_with_a_flat_direction_is_a_saddle",
    hint="Ask for both signs first: with one curvature up and one down it is a saddle, zeros or not.",
)
def any_zero_is_degenerate(H, tol=1e-8):
    H = np.asarray(H, dtype=float)
    if H.ndim != 2 or H.shape[0] != H.shape[1] or H.size == 0:
        raise ValueError("H must be a square matrix")
    if not np.all(np.abs(H - H.T) <= 1e-8 * np.max(np.abs(H))):
        raise ValueError("H must be symmetric")
    values = np.linalg.eigvalsh(H)
    limit = tol * np.max(np.abs(values))
    if np.any(np.abs(values) <= limit):
        return "degenerate"
    if np.all(values > 0):
        return "minimum"
    return "maximum" if np.all(values < 0) else "saddle"


# %%
@misconception(
    caught_by="zero_is_measured_by_the_largest_eigenvalue",
    hint="Whether a curvature is small depends on the others: compare with tol times the largest magnitude.",
)
def compares_with_tol_alone(H, tol=1e-8):
    H = np.asarray(H, dtype=float)
    if H.ndim != 2 or H.shape[0] != H.shape[1] or H.size == 0:
        raise ValueError("H must be a square matrix")
    if not np.all(np.abs(H - H.T) <= 1e-8 * np.max(np.abs(H))):
        raise ValueError("H must be symmetric")
    values = np.linalg.eigvalsh(H)
    if np.any(values > tol) and np.any(values < -tol):
        return "saddle"
    if np.any(np.abs(values) <= tol):
        return "degenerate"
    return "minimum" if values[0] > 0 else "maximum"


# %%
@misconception(
    caught_by="the_signs_of_the_eigenvalues_decide",
    hint="Rounding turns a zero eigenvalue into something like 1e-17. Compare with tol times the largest magnitude.",
)
def compares_with_exactly_zero(H, tol=1e-8):
    H = np.asarray(H, dtype=float)
    if H.ndim != 2 or H.shape[0] != H.shape[1] or H.size == 0:
        raise ValueError("H must be a square matrix")
    if not np.all(np.abs(H - H.T) <= 1e-8 * np.max(np.abs(H))):
        raise ValueError("H must be symmetric")
    values = np.linalg.eigvalsh(H)
    if np.any(values > 0) and np.any(values < 0):
        return "saddle"
    if np.any(values == 0):
        return "degenerate"
    return "minimum" if values[0] > 0 else "maximum"

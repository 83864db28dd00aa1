# %% [markdown]
# ### Norms
#
# How large is a vector? There is more than one honest answer. The 2-norm is the length you measure with a ruler. The
# 1-norm adds up the sizes of the entries, as when you may only walk along streets. The infinity norm asks for the
# largest entry alone. Later these norms measure errors, and they keep the weights of a model small.
#
# $$\lVert x \rVert_p = \Bigl( \sum_i |x_i|^p \Bigr)^{1/p} \quad (p \ge 1), \qquad
# \lVert x \rVert_\infty = \max_i |x_i|, \qquad
# \lVert A \rVert_F = \sqrt{\sum_{i,j} a_{ij}^2}$$
#
# **By hand.** For $x = (3, -4)$: $\lVert x \rVert_1 = 3 + 4 = 7$, $\lVert x \rVert_2 = \sqrt{9 + 16} = 5$ and
# $\lVert x \rVert_\infty = 4$. For $A = \begin{pmatrix} 1 & 2 \\ 2 & 4 \end{pmatrix}$ the Frobenius norm is
# $\sqrt{1 + 4 + 4 + 16} = 5$.
#
# The squares of very large entries do not fit into a float: $(10^{200})^2$ becomes infinity, although the norm of
# $(10^{200}, 10^{200})$ is a harmless $1.414 \cdot 10^{200}$. Write the function so that it gets this right.
#
# Return one number.

# %%
from autograder.kit import T1, T4, accepted, check, close, exercise, helper, hidden, holds, misconception, raises
from scipy import linalg

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(
        "numpy.linalg.norm",
        "numpy.linalg.vector_norm",
        "numpy.linalg.matrix_norm",
        "scipy.linalg.norm",
        "scipy.sparse.linalg.norm",
    ),
    oracle="numpy.linalg.norm",
    section="Length, angle and similarity",
    topics=(
        "r0-w2-vector-matrix-ops",
        "r0-w2-out-vector-math",
        "r2-o8-norms",
        "r2-a4-norms-regularization",
        "r2-b4-norms-regularization",
        "r3-1-1-norms",
        "r4-la-vectors",
        "r4-req-la-vectors",
        "r4-mlmath-regularization",
        "r4-req-ml-regularization",
    ),
)

# %%
import math

import numpy as np


# %%
def norm(x: np.ndarray, ord: float | str = 2) -> float:
    """Return the p-norm of a vector, or the Frobenius norm of a matrix.

    Parameters
    ----------
    x : array of shape (n,), or of shape (m, n) when ord is "fro"; all entries are finite
    ord : the number p >= 1, or math.inf for the largest magnitude, or "fro" for the Frobenius norm of a matrix

    Returns
    -------
    float : the norm; 0.0 when x has no entries. Very large and very small entries neither overflow nor underflow.

    Raises
    ------
    ValueError : p is smaller than 1 or NaN, or ord is another word than "fro"
    ValueError : x is not one-dimensional, or with "fro" not two-dimensional
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    if x.ndim != (2 if ord == "fro" else 1):
        raise ValueError("a p-norm needs a vector, the Frobenius norm needs a matrix")
    p = 2 if ord == "fro" else ord
    if isinstance(p, str) or not p >= 1:
        raise ValueError("ord must be a number of at least 1, or 'fro'")
    sizes = np.abs(x)
    largest = np.max(sizes, initial=0.0)
    if largest == 0 or p == math.inf:
        return float(largest)
    return float(largest * np.sum((sizes / largest) ** p) ** (1 / p))
    ### END SOLUTION


# %%
@helper
def exponent_for(x, ord):
    """Return p (2 for "fro"), or raise ValueError as the contract says."""
    if np.ndim(x) != (2 if ord == "fro" else 1):
        raise ValueError("wrong number of axes")
    p = 2 if ord == "fro" else ord
    if isinstance(p, str) or not p >= 1:
        raise ValueError("wrong ord")
    return p


# %%
@check
def the_worked_example_has_three_norms(norm):
    """(3, -4) has the 1-norm 7, the 2-norm 5 and the infinity norm 4."""
    x = np.array([3.0, -4.0])
    close(norm(x), 5.0, **T1, what="the 2-norm")
    close(norm(x, 1), 7.0, **T1, what="the 1-norm")
    close(norm(x, math.inf), 4.0, **T1, what="the infinity norm")


# %%
@check
def the_worked_matrix_has_frobenius_norm_5(norm):
    """[[1, 2], [2, 4]] has the Frobenius norm 5."""
    close(norm(np.array([[1.0, 2.0], [2.0, 4.0]]), "fro"), 5.0, **T1, what="the Frobenius norm")


# %%
@check
def a_p_below_one_raises(norm):
    """p = 0.5 gives no norm, so it raises ValueError."""
    raises(ValueError, norm, np.array([3.0, -4.0]), 0.5)


# %%
@hidden(weight=2)
def the_value_is_right_for_many_p(norm, rng):
    """The p-norm is right for whole and fractional p, for short and long vectors."""
    close(norm([1, 1]), math.sqrt(2), **T1, what="the 2-norm of (1, 1)")
    for n in (1, 2, 3, 10, 200):
        x = rng.normal(size=n)
        for p in (1, 2, 3, 1.5, 4.25, math.inf):
            close(norm(x, p), float(np.linalg.norm(x, p)), **T1, what=f"the norm with p = {p}")


# %%
@hidden(weight=2)
def very_large_and_very_small_entries_are_fine(norm):
    """The norm of (1e200, 1e200) is sqrt(2) times 1e200, and that of (1e-200, 1e-200) is sqrt(2) times 1e-200."""
    for size in (1e200, 1e-200, 1e307):
        for p in (1, 2, 3):
            ratio = norm(np.full(2, size), p) / size
            close(ratio, 2 ** (1 / p), **T1, what=f"the norm with p = {p}, divided by {size:g}")
        ratio = norm(size * np.array([[1.0, 2.0], [0.0, 3.0]]), "fro") / size
        close(ratio, math.sqrt(14), **T1, what=f"the Frobenius norm, divided by {size:g}")


# %%
@hidden
def single_precision_loses_no_digits(norm):
    """A vector in single precision is converted to float64 first: the 2-norm of (1, 1) is sqrt(2) to twelve digits."""
    close(norm(np.array([1.0, 1.0], dtype=np.float32)), math.sqrt(2), **T1, what="the 2-norm of (1, 1)")


# %%
@hidden
def the_frobenius_norm_sees_every_entry(norm, rng):
    """The squared Frobenius norm is the trace of A^T A, which is the sum of all squared singular values."""
    for m, n in ((1, 1), (1, 3), (2, 2), (4, 3), (10, 12)):
        A = rng.normal(size=(m, n))
        value = norm(A, "fro")
        close(value**2, float(np.trace(A.T @ A)), **T1, what="the squared Frobenius norm")
        close(value**2, float(np.sum(linalg.svdvals(A) ** 2)), **T1, what="the squared Frobenius norm")


# %%
@hidden
def scaling_scales_by_the_magnitude(norm, rng):
    """Multiplying by c multiplies the norm by |c|."""
    for p, c in ((1, -2.0), (1.5, 0.25), (2, -3.0), (3, -0.5), (math.inf, -7.0)):
        x = rng.normal(size=4)
        close(norm(c * x, p), abs(c) * norm(x, p), **T1, what=f"the norm of {c} x with p = {p}")
    A = rng.normal(size=(2, 3))
    close(norm(-3.0 * A, "fro"), 3.0 * norm(A, "fro"), **T1, what="the Frobenius norm of -3 A")


# %%
@hidden
def a_detour_is_never_shorter(norm, rng):
    """The norm of x + y is at most the norm of x plus the norm of y."""
    for p in (1, 1.5, 2, 3, math.inf):
        x, y = rng.normal(size=3), rng.normal(size=3)
        total, parts = norm(x + y, p), norm(x, p) + norm(y, p)
        holds(total <= parts + 1e-12, f"With p = {p} the norm of x + y should not exceed the sum of the norms.")


# %%
@hidden
def a_larger_p_gives_no_larger_norm(norm, rng):
    """The norm does not grow with p, and for large p it comes close to the infinity norm."""
    for n in (1, 2, 6):
        x = rng.normal(size=n)
        values = [norm(x, p) for p in (1, 1.5, 2, 3, 10, 1e6, math.inf)]
        falling = all(later <= earlier * (1 + 1e-12) for earlier, later in zip(values, values[1:]))
        holds(falling, "The norm of the same vector should not grow when p grows.")
        close(values[-2], float(np.max(np.abs(x))), **T4, what="the norm with p = 1e6")


# %%
@hidden
def only_zeros_have_the_norm_zero(norm):
    """Zero vectors, zero matrices and arrays without entries have norm 0; nothing else has."""
    for x in (np.zeros(3), np.zeros(0), [0, 0]):
        for p in (1, 2, 3.5, math.inf):
            close(norm(x, p), 0.0, **T1, what=f"the norm of {len(x)} zeros with p = {p}")
    close(norm(np.zeros((2, 3)), "fro"), 0.0, **T1, what="the Frobenius norm of a zero matrix")
    close(norm(np.zeros((0, 3)), "fro"), 0.0, **T1, what="the Frobenius norm of an empty matrix")
    close(norm([0, -2, 0], 5), 2.0, **T1, what="the norm of (0, -2, 0)")


# %%
@hidden
def what_has_no_norm_raises(norm):
    """A p below 1, a p that is NaN, another word than "fro" and a wrong number of axes raise ValueError."""
    x, A = np.array([1.0, 2.0]), np.array([[1.0, 2.0], [3.0, 4.0]])
    for p in (0.999, 0, -1, -math.inf, math.nan, "nuc", "2"):
        raises(ValueError, norm, x, p)
    for p in (1, 2, math.inf):
        raises(ValueError, norm, A, p)
    raises(ValueError, norm, A)
    raises(ValueError, norm, x, "fro")
    raises(ValueError, norm, np.ones((2, 2, 2)), "fro")
    raises(ValueError, norm, 3.0)


# %%
@accepted
def with_a_loop_over_the_entries(x, ord=2):
    values = np.array(x, dtype=float)
    if ord == "fro":
        if values.ndim != 2:
            raise ValueError("not a matrix")
        return math.hypot(*values.ravel().tolist())
    if isinstance(ord, str) or math.isnan(ord) or ord < 1:
        raise ValueError("no such norm")
    if values.ndim != 1:
        raise ValueError("not a vector")
    largest = 0.0
    for value in values.tolist():
        largest = max(largest, abs(value))
    if largest == 0.0 or math.isinf(ord):
        return largest
    total = math.fsum((abs(value) / largest) ** ord for value in values.tolist())
    return largest * total ** (1.0 / ord)


# %%
@accepted
def scaled_by_a_power_of_two(x, ord=2):
    x = np.asarray(x, dtype=np.float64)
    if ord == "fro" and x.ndim == 2:
        x, ord = x.reshape(-1), 2.0
    if x.ndim != 1 or isinstance(ord, str) or not ord >= 1:
        raise ValueError("no such norm")
    if not np.any(x):
        return 0.0
    _, power = np.frexp(np.abs(x).max())
    small = np.abs(np.ldexp(x, -power))
    value = small.max() if np.isinf(ord) else np.power(np.power(small, ord).sum(), 1.0 / ord)
    # At p = 1e6 the powers of numbers below 1 may vanish; the largest entry is the answer then.
    return float(np.ldexp(max(value, small.max()), power))


# %%
@misconception(
    caught_by="the_worked_example_has_three_norms",
    hint="(-4)^1 is negative; take |x| first.",
)
def forgets_the_absolute_value(x, ord=2):
    x = np.asarray(x, dtype=float)
    p = exponent_for(x, ord)
    largest = np.max(np.abs(x), initial=0.0)
    if largest == 0 or p == math.inf:
        return float(largest)
    with np.errstate(all="ignore"):
        return float(largest * np.sum((x / largest) ** p) ** (1 / p))


# %%
@misconception(
    caught_by="very_large_and_very_small_entries_are_fine",
    hint="Powers of large entries overflow. Divide by the largest entry first and multiply back.",
)
def overflows_for_large_entries(x, ord=2):
    x = np.asarray(x, dtype=float)
    p = exponent_for(x, ord)
    sizes = np.abs(x)
    if p == math.inf:
        return float(np.max(sizes, initial=0.0))
    with np.errstate(all="ignore"):
        return float(np.sum(sizes**p) ** (1 / p))


# %%
@misconception(
    caught_by="the_frobenius_norm_sees_every_entry",
    hint="The largest singular value is the spectral norm; Frobenius is the 2-norm of all entries.",
)
def takes_the_spectral_norm_for_frobenius(x, ord=2):
    x = np.asarray(x, dtype=float)
    p = exponent_for(x, ord)
    if ord == "fro":
        return float(np.max(np.linalg.svd(x, compute_uv=False), initial=0.0))
    sizes = np.abs(x)
    largest = np.max(sizes, initial=0.0)
    if largest == 0 or p == math.inf:
        return float(largest)
    return float(largest * np.sum((sizes / largest) ** p) ** (1 / p))


# %%
@misconception(
    caught_by="scaling_scales_by_the_magnitude",
    hint="That is the sum of the powers. Take the p-th root at the end.",
)
def forgets_the_root(x, ord=2):
    x = np.asarray(x, dtype=float)
    p = exponent_for(x, ord)
    sizes = np.abs(x)
    if p == math.inf:
        return float(np.max(sizes, initial=0.0))
    with np.errstate(all="ignore"):
        return float(np.sum(sizes**p))

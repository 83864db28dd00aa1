# %% [markdown]
# ### Coordinates in a basis
#
# A vector stays the same when you measure it along other directions; only its numbers change. The numbers that belong
# to the directions $b_1, \dots, b_k$ are its *coordinates*. Later in the course you describe pictures by a few
# patterns in this way.
#
# You look for $c_1, \dots, c_k$ with
# $$c_1 b_1 + \dots + c_k b_k = v .$$
# The basis vectors are the rows of $B$, of shape $(k, n)$. In the system for $c$ they are **columns**: $B^\top c = v$.
# If the $b_i$ are independent, there is at most one answer. There is an answer only if $v$ lies in the *span*, which
# is the set of all combinations of the $b_i$.
#
# **By hand.** $b_1 = (1, 1)$, $b_2 = (1, -1)$ and $v = (5, 1)$. The system $c_1 + c_2 = 5$, $c_1 - c_2 = 1$ gives
# $c = (3, 2)$. Check: $3 \cdot (1, 1) + 2 \cdot (1, -1) = (5, 1)$. The dot products $b_1 \cdot v = 6$ and
# $b_2 \cdot v = 4$ are *not* the coordinates, because $b_1$ and $b_2$ do not have length 1.
#
# **When there is no answer.** Dependent basis vectors raise `ValueError`. So does a $v$ outside the span: the residual
# $r = v - B^\top c$ of the best possible $c$ is longer than $10^{-8} \cdot \lVert v \rVert$.
#
# Return $c$, an array of shape `(k,)`. First divide every $b_i$ by its length: next to a long one, `np.linalg.lstsq`
# takes a very short one for zero. `np.linalg.lstsq` finds the coordinates for these directions. Divide each of them by
# the length of its $b_i$. Elimination works as well, on the $k$ equations $U U^\top c = U v$, with the directions as
# rows of $U$.
#
# %%
from scipy import linalg

from autograder.kit import T2, accepted, array, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="vectors that are built from known coordinates",
    section="Bases and coordinates",
    topics=("r0-w2-goal", "r0-w2-linear-combinations", "r0-w2-span-basis-dimension"),
    uses=("row_echelon",),
)

# %%
import numpy as np


# %%
def coordinates_in_basis(v: np.ndarray, basis: np.ndarray) -> np.ndarray:
    """Find the coefficients that build v from the basis vectors.

    Parameters
    ----------
    v : array-like of shape (n,)
    basis : array-like of shape (k, n), k >= 1, one basis vector per row, of any lengths

    Returns
    -------
    c : array of shape (k,) with c[0] * basis[0] + ... + c[k-1] * basis[k-1] = v

    Raises
    ------
    ValueError : the shapes do not fit; the rows of basis are dependent (after division by their lengths, a singular
        value is below 1e-10); or v is outside the span (the residual is longer than 1e-8 times the length of v)
    """
    ### BEGIN SOLUTION
    v, basis = np.asarray(v, dtype=float), np.asarray(basis, dtype=float)
    if v.ndim != 1 or basis.ndim != 2 or len(basis) == 0 or basis.shape[1] != len(v):
        raise ValueError("v needs shape (n,) and basis shape (k, n)")
    lengths = np.linalg.norm(basis, axis=1)
    if np.any(lengths == 0) or len(basis) > len(v):
        raise ValueError("the basis vectors are dependent")
    columns = (basis / lengths[:, None]).T
    if np.linalg.svd(columns, compute_uv=False)[-1] < 1e-10:
        raise ValueError("the basis vectors are dependent")
    c = np.linalg.lstsq(columns, v, rcond=None)[0]
    if np.linalg.norm(v - columns @ c) > 1e-8 * np.linalg.norm(v):
        raise ValueError("v is outside the span of the basis")
    return c / lengths
    ### END SOLUTION


# %%
@helper
def some_basis(k, n, rng):
    """Return k vectors of length n that are independent but neither orthogonal nor of length 1."""
    return rng.uniform(-1, 1, size=(k, n)) + 2 * np.eye(k, n)[:, rng.permutation(n)]


# %%
@helper
def checked_system(v, basis):
    """Return v, the basis vectors and their lengths as arrays; raise ValueError when they are no system or no basis."""
    v, basis = np.asarray(v, dtype=float), np.asarray(basis, dtype=float)
    if v.ndim != 1 or basis.ndim != 2 or len(basis) == 0 or basis.shape[1] != len(v):
        raise ValueError("v needs shape (n,) and basis shape (k, n)")
    lengths = np.linalg.norm(basis, axis=1)
    if np.any(lengths == 0) or len(basis) > len(v):
        raise ValueError("the basis vectors are dependent")
    if np.linalg.svd(basis / lengths[:, None], compute_uv=False)[-1] < 1e-10:
        raise ValueError("the basis vectors are dependent")
    return v, basis, lengths


# %%
@check
def works_for_the_example(coordinates_in_basis):
    """In the basis (1, 1), (1, -1) the vector (5, 1) has the coordinates (3, 2)."""
    close(coordinates_in_basis([5, 1], [[1, 1], [1, -1]]), np.array([3.0, 2.0]), **T2, what="c")


# %%
@check
def two_vectors_span_a_plane_in_space(coordinates_in_basis):
    """A basis may have fewer vectors than entries; a vector outside its plane raises ValueError."""
    basis = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]])
    close(coordinates_in_basis(np.array([2.0, 3.0, 7.0]), basis), np.array([2.0, 3.0]), **T2, what="c")
    raises(ValueError, coordinates_in_basis, np.array([2.0, 3.0, 8.0]), basis)


# %%
@hidden(weight=2)
def finds_the_coordinates_that_built_the_vector(coordinates_in_basis, rng):
    """A vector that was built from known coordinates gives these coordinates back."""
    for k, n in ((1, 1), (2, 2), (1, 3), (2, 3), (3, 3), (3, 6), (5, 5), (8, 20)):
        basis, known = some_basis(k, n, rng), rng.normal(size=k)
        c = array(coordinates_in_basis(known @ basis, basis), (k,), what="the coordinates")
        close(c, known, **T2, what=f"the coordinates for {k} basis vectors of length {n}")


# %%
@hidden
def the_basis_vectors_have_unit_coordinates(coordinates_in_basis, rng):
    """The coordinates of the i-th basis vector are 1 at place i and 0 elsewhere; the zero vector has zeros."""
    for k, n in ((2, 2), (3, 5)):
        basis = some_basis(k, n, rng)
        for i in range(k):
            close(coordinates_in_basis(basis[i], basis), np.eye(k)[i], **T2, what=f"the coordinates of vector {i}")
        close(coordinates_in_basis(np.zeros(n), basis), np.zeros(k), **T2, what="the coordinates of the zero vector")


# %%
@hidden
def the_basis_vectors_are_the_rows(coordinates_in_basis, rng):
    """For a square matrix that is not symmetric, the rows are the basis."""
    close(coordinates_in_basis([1, 5], [[1, 2], [0, 1]]), np.array([1.0, 3.0]), **T2, what="c")
    for n in (2, 4):
        basis, v = some_basis(n, n, rng), rng.normal(size=n)
        c = array(coordinates_in_basis(v, basis), (n,), what="c")
        close(sum(c[i] * basis[i] for i in range(n)), v, **T2, what="the combination of the rows")


# %%
@hidden
def the_coordinates_are_linear_in_v(coordinates_in_basis, rng):
    """The coordinates of 2 v - w are twice those of v minus those of w."""
    for k, n in ((2, 2), (3, 4)):
        basis = some_basis(k, n, rng)
        v, w = rng.normal(size=k) @ basis, rng.normal(size=k) @ basis
        of_v = array(coordinates_in_basis(v, basis), (k,), what="the coordinates of v")
        of_w = array(coordinates_in_basis(w, basis), (k,), what="the coordinates of w")
        close(coordinates_in_basis(2 * v - w, basis), 2 * of_v - of_w, **T2, what="the coordinates of 2 v - w")


# %%
@hidden
def an_orthonormal_basis_needs_only_dot_products(coordinates_in_basis, rng):
    """In an orthonormal basis the coordinates are the dot products, and they keep the length."""
    Q, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    v = rng.normal(size=4)
    c = array(coordinates_in_basis(v, Q), (4,), what="c")
    close(c, Q @ v, **T2, what="c")
    close(float(np.linalg.norm(c)), float(np.linalg.norm(v)), **T2, what="the length of c")


# %%
@hidden
def long_and_short_basis_vectors_are_welcome(coordinates_in_basis, rng):
    """A basis vector that is 1e9 times longer gets a coordinate that is 1e9 times smaller."""
    for factors in ([1e9, 1.0], [1e-9, 1e9], [2e-12, 1e-12]):
        basis = some_basis(2, 3, rng)
        scaled = np.array(factors)[:, None] * basis
        c = array(coordinates_in_basis(np.array([1.5, -2.0]) @ basis, scaled), (2,), what="c")
        close(c * np.array(factors), np.array([1.5, -2.0]), **T2, what="the coordinates times the factors")


# %%
@hidden(weight=2)
def a_vector_outside_the_span_raises(coordinates_in_basis, rng):
    """A part outside the span raises ValueError, however small v is; a part of 1e-9 is rounding and is forgiven."""
    basis = np.array([[1.0, 1.0, 0.0], [0.0, 2.0, 0.0]])
    for scale in (1.0, 1e-9, 1e9):
        for outside in (1.0, 1e-3, 1e-7):
            raises(ValueError, coordinates_in_basis, scale * np.array([1.0, 3.0, outside]), basis)
        c = array(coordinates_in_basis(scale * np.array([1.0, 3.0, 1e-9]), basis), (2,), what="c")
        close(c / scale, np.array([1.0, 1.0]), **T2, what="the coordinates divided by the scale")
    raises(ValueError, coordinates_in_basis, rng.normal(size=6), some_basis(4, 6, rng))


# %%
@hidden
def nearly_parallel_vectors_are_still_a_basis(coordinates_in_basis):
    """Two basis vectors with an angle of 1.2e-7 still span the plane; with 1e-12 they count as dependent."""
    v, basis = np.array([2.0, 1e-7]), np.array([[1.0, 0.0], [1.0, 1.2e-7]])
    c = array(coordinates_in_basis(v, basis), (2,), what="c")
    close(c @ basis, v, **T2, what="the combination of the basis vectors")
    raises(ValueError, coordinates_in_basis, v, np.array([[1.0, 0.0], [1.0, 1e-12]]))


# %%
@hidden
def single_precision_loses_no_digits(coordinates_in_basis):
    """A vector and a basis in single precision are converted to float64 first, also when the entries are very large."""
    basis = np.array([[1.0, 2.0, 0.0], [3.0, 1.0, 0.0]], dtype=np.float32)
    v = np.array([5.0, 5.0, 0.0], dtype=np.float32)
    close(coordinates_in_basis(v, basis), np.array([2.0, 1.0]), **T2, what="c")
    raises(ValueError, coordinates_in_basis, np.array([1e20, 1e20, 1e20], dtype=np.float32), basis)


# %%
@hidden
def dependent_basis_vectors_raise(coordinates_in_basis):
    """Dependent vectors, a zero vector or more vectors than entries are no basis and raise ValueError."""
    for v, basis in (
        ([2, 2], [[1, 1], [2, 2]]),
        ([1, 2, 1], [[1, 1, 0], [0, 1, 1], [1, 2, 1]]),
        ([1, 0], [[1, 0], [0, 0]]),
        ([1, 2], [[1, 0], [0, 1], [1, 1]]),
        ([0, 0], [[3, 1], [6, 2]]),
        ([0.3, 2.1], [[0.1, 0.7], [0.3, 2.1]]),
    ):
        raises(ValueError, coordinates_in_basis, v, basis)


# %%
@hidden
def shapes_that_do_not_fit_raise(coordinates_in_basis):
    """A v of another length, a v with two axes, a basis with one axis or an empty basis raises ValueError."""
    for v, basis in (
        (np.ones(3), np.eye(2)),
        (np.ones((2, 1)), np.eye(2)),
        (np.ones(2), np.ones(2)),
        (np.ones(2), np.zeros((0, 2))),
        (1.0, np.eye(1)),
    ):
        raises(ValueError, coordinates_in_basis, v, basis)


# %%
@accepted
def with_the_normal_equations(v, basis):
    v, B = np.array(v, dtype=np.float64), np.array(basis, dtype=np.float64)
    if v.ndim != 1 or B.ndim != 2 or not len(B) or v.shape != B.shape[1:]:
        raise ValueError("shapes")
    lengths = np.sqrt((B * B).sum(axis=1))
    if not lengths.all() or len(B) > len(v):
        raise ValueError("no basis")
    unit = B / lengths[:, None]
    if linalg.svdvals(unit).min() < 1e-10:
        raise ValueError("no basis")
    c = np.linalg.solve(unit @ unit.T, unit @ v)
    rest = v - c @ unit
    c = c + np.linalg.solve(unit @ unit.T, unit @ rest)
    if np.sqrt(sum((v - c @ unit) ** 2)) > 1e-8 * np.sqrt(sum(v**2)):
        raise ValueError("outside")
    return c / lengths


# %%
@accepted
def by_orthogonal_columns(v, basis):
    v, B = np.asarray(v, dtype=float), np.asarray(basis, dtype=float)
    if B.ndim != 2 or v.ndim != 1 or B.shape[0] == 0 or B.shape[1] != v.shape[0] or B.shape[0] > B.shape[1]:
        raise ValueError("no system")
    lengths = np.linalg.norm(B, axis=1)
    if min(lengths) == 0:
        raise ValueError("a zero vector")
    Q, R = np.linalg.qr((B / lengths[:, None]).T)
    if min(abs(np.diag(R))) < 1e-10:
        raise ValueError("dependent")
    if np.linalg.norm(v - Q @ (Q.T @ v)) > 1e-8 * np.linalg.norm(v):
        raise ValueError("outside")
    return linalg.solve_triangular(R, Q.T @ v) / lengths


# %%
@misconception(
    caught_by="works_for_the_example",
    hint="Dot products are the coordinates only in an orthonormal basis; solve the system.",
)
def takes_the_dot_products(v, basis):
    v, basis, lengths = checked_system(v, basis)
    columns = (basis / lengths[:, None]).T
    c = np.linalg.lstsq(columns, v, rcond=None)[0]
    if np.linalg.norm(v - columns @ c) > 1e-8 * np.linalg.norm(v):
        raise ValueError("v is outside the span of the basis")
    return basis @ v


# %%
@misconception(
    caught_by="the_basis_vectors_are_the_rows",
    hint="The basis vectors are rows; they must become columns of the system.",
)
def solves_with_the_rows_as_equations(v, basis):
    v, basis, _ = checked_system(v, basis)
    return np.linalg.solve(basis, v)


# %%
@misconception(
    caught_by="a_vector_outside_the_span_raises",
    hint="The least-squares answer exists for every v; check the residual before you return.",
)
def returns_the_best_fit_for_every_v(v, basis):
    v, basis, lengths = checked_system(v, basis)
    columns = (basis / lengths[:, None]).T
    return np.linalg.lstsq(columns, v, rcond=None)[0] / lengths


# %%
@misconception(
    caught_by="a_vector_outside_the_span_raises",
    hint="A fixed bound accepts every short v. Compare the length of the residual with the length of v.",
)
def compares_the_residual_with_a_fixed_bound(v, basis):
    v, basis, lengths = checked_system(v, basis)
    columns = (basis / lengths[:, None]).T
    c = np.linalg.lstsq(columns, v, rcond=None)[0]
    if not np.allclose(columns @ c, v):
        raise ValueError("v is outside the span of the basis")
    return c / lengths


# %%
@misconception(
    caught_by="long_and_short_basis_vectors_are_welcome",
    hint="Next to a long basis vector lstsq takes a short one for zero. Divide every vector by its length first.",
)
def solves_without_dividing_by_the_lengths(v, basis):
    v, basis, _ = checked_system(v, basis)
    c = np.linalg.lstsq(basis.T, v, rcond=None)[0]
    if np.linalg.norm(v - basis.T @ c) > 1e-8 * np.linalg.norm(v):
        raise ValueError("v is outside the span of the basis")
    return c


# %%
@misconception(
    caught_by="dependent_basis_vectors_raise",
    hint="With dependent vectors there are many answers, and least squares picks one; check independence first.",
)
def takes_dependent_vectors_for_a_basis(v, basis):
    v, basis = np.asarray(v, dtype=float), np.asarray(basis, dtype=float)
    if v.ndim != 1 or basis.ndim != 2 or len(basis) == 0 or basis.shape[1] != len(v):
        raise ValueError("v needs shape (n,) and basis shape (k, n)")
    lengths = np.linalg.norm(basis, axis=1)
    lengths = np.where(lengths == 0, 1.0, lengths)
    columns = (basis / lengths[:, None]).T
    c = np.linalg.lstsq(columns, v, rcond=None)[0]
    if np.linalg.norm(v - columns @ c) > 1e-8 * np.linalg.norm(v):
        raise ValueError("v is outside the span of the basis")
    return c / lengths

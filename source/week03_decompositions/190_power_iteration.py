# %% [markdown]
# ### Power iteration
#
# Multiply almost any vector by the same symmetric matrix again and again. It turns towards one direction: the
# eigenvector whose eigenvalue has the largest magnitude. The same idea has ranked the pages of the web. It is still
# the method of choice when the matrix is huge and you only need one eigenpair.
#
# One step multiplies once: $w = A v$. The eigenvalue that belongs to the unit vector $v$ is the Rayleigh quotient
# $\lambda = v^\top A v = v^\top w$. The pair is good when the residual $\lVert w - \lambda v \rVert$ is small. If it is
# not, the next step begins with $v \leftarrow w / \lVert w \rVert$.
#
# **By hand.** $A = \begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}$, $v = (1, 0)$. Then $A v = (2, 1)$, normalised
# $(0.894, 0.447)$. The next steps give $(0.781, 0.625)$ and $(0.733, 0.680)$: on the way to
# $(1, 1)/\sqrt 2 = (0.707, 0.707)$. There $A v = 3 v$, so $\lambda = 3$.
#
# Return the eigenvalue, the unit eigenvector and the number of steps. Start from a random vector.

# %%
from autograder.kit import (
    T2,
    T3,
    accepted,
    array,
    check,
    close,
    exercise,
    helper,
    hidden,
    holds,
    misconception,
    raises,
    same,
)

exercise(
    points=12,
    minutes=45,
    level=3,
    banned=("numpy.linalg.eig*",),
    oracle="numpy.linalg.eigh",
    section="Eigenvalues and eigenvectors",
    topics=(
        "r0-w3-goal",
        "r0-w3-eigen",
        "r1-t01-eigen",
        "r2-o1-eigen",
        "r2-o6-used-in",
        "r2-sum-numerical-methods",
        "r2-a1-eigen",
        "r2-b1-eigen-svd",
        "r4-la-eigen",
        "r4-req-la-eigenvalues",
    ),
)

# %%
import numpy as np


# %%
class ConvergenceError(RuntimeError):
    """An iteration stopped before it reached the wanted accuracy."""


# %%
def power_iteration(
    A: np.ndarray, tol: float = 1e-10, max_iter: int = 1000, rng: np.random.Generator | None = None
) -> tuple[float, np.ndarray, int]:
    """Find the eigenvalue of largest magnitude of a symmetric matrix by repeated multiplication.

    Parameters
    ----------
    A : array-like of shape (n, n), symmetric
    tol : stop when |A v - lambda v| <= tol * max(1, |lambda|)
    max_iter : the largest number of steps
    rng : source of the random start vector; None stands for np.random.default_rng()

    Returns
    -------
    (value, vector, iterations) : float, array of shape (n,) with length 1, int.
        The entry of the vector with the largest magnitude is positive (the first one on ties). iterations is the
        number of steps. A step is one product A v and one look at the residual: a start that is good needs 1 step.

    Raises
    ------
    ValueError : A is not square or not symmetric
    ConvergenceError : the residual is still too large after max_iter steps
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1] or not np.allclose(A, A.T):
        raise ValueError("A must be a symmetric square matrix")
    rng = np.random.default_rng() if rng is None else rng
    v = rng.normal(size=A.shape[0])
    v /= np.linalg.norm(v)
    for iteration in range(1, max_iter + 1):
        w = A @ v
        value = float(v @ w)
        if np.linalg.norm(w - value * v) <= tol * max(1.0, abs(value)):
            v = v * np.sign(v[np.argmax(np.abs(v))])
            return value, v, iteration
        v = w / np.linalg.norm(w)
    raise ConvergenceError(f"residual too large after {max_iter} steps")
    ### END SOLUTION


# %%
@helper
def symmetric_with(values, rng):
    """Return a symmetric matrix with the given eigenvalues and random eigenvectors."""
    Q, _ = np.linalg.qr(rng.normal(size=(len(values), len(values))))
    A = Q @ np.diag(values) @ Q.T
    return (A + A.T) / 2


# %%
@check
def finds_the_dominant_pair_of_a_2_by_2(power_iteration, rng):
    """For [[2, 1], [1, 2]] the dominant eigenvalue is 3 with eigenvector (1, 1)/sqrt(2)."""
    value, vector, _ = power_iteration(np.array([[2.0, 1.0], [1.0, 2.0]]), rng=rng)
    close(value, 3.0, **T3, what="the eigenvalue")
    close(array(vector, (2,), what="the eigenvector"), np.full(2, 0.5**0.5), **T3, what="the eigenvector")


# %%
@check
def a_matrix_that_is_not_symmetric_raises(power_iteration):
    """A matrix that is not symmetric raises ValueError."""
    raises(ValueError, power_iteration, np.array([[1.0, 2.0], [0.0, 1.0]]))


# %%
@hidden(weight=2)
def the_residual_is_small_and_the_vector_has_length_one(power_iteration, rng):
    """The returned pair satisfies A v = lambda v, and v has length one."""
    for n in (1, 2, 3, 5, 8):
        A = symmetric_with(4.0 * 0.8 ** np.arange(n), rng)
        value, vector, _ = power_iteration(A, rng=rng)
        v = array(vector, (n,), what="the eigenvector")
        close(float(np.linalg.norm(v)), 1.0, **T3, what="the length of the eigenvector")
        close(A @ v, value * v, **T3, what="A v compared with lambda v")
        # The error of the Rayleigh quotient is the square of the error of the vector, so T2 is fair here.
        close(value, float(np.max(np.abs(np.linalg.eigvalsh(A)))), **T2, what="the eigenvalue")


# %%
@hidden(weight=2)
def keeps_the_sign_of_a_negative_eigenvalue(power_iteration, rng):
    """The eigenvalue keeps its sign: for -S it is the negative of the one for S."""
    for n in (2, 3, 6):
        A = -symmetric_with(3.0 * 0.7 ** np.arange(n), rng)
        value, _, _ = power_iteration(A, rng=rng)
        close(value, float(np.linalg.eigvalsh(A)[0]), **T3, what="the eigenvalue")


# %%
@hidden
def a_start_of_ones_is_not_enough(power_iteration, rng):
    """The start vector is random: [[2, -1], [-1, 2]] has dominant eigenvalue 3, although A (1, 1) = (1, 1)."""
    value, _, _ = power_iteration(np.array([[2.0, -1.0], [-1.0, 2.0]]), rng=rng)
    close(value, 3.0, **T3, what="the eigenvalue")


# %%
@hidden
def the_largest_entry_of_the_vector_is_positive(power_iteration, rng):
    """The entry of the eigenvector with the largest magnitude is positive."""
    for n in (2, 3, 4, 5, 6, 7):
        _, vector, _ = power_iteration(symmetric_with(2.0 * 0.6 ** np.arange(n), rng), rng=rng)
        v = array(vector, (n,), what="the eigenvector")
        largest = v[np.argmax(np.abs(v))]
        holds(largest > 0, "The entry of the eigenvector with the largest magnitude should be positive.")


# %%
@hidden
def large_entries_do_not_overflow(power_iteration, rng):
    """Scaling A by 1e9 scales the eigenvalue by 1e9 and nothing else."""
    A = symmetric_with([5.0, 4.2, 1.0], rng)
    value, _, _ = power_iteration(1e9 * A, rng=rng)
    close(value, 5e9, **T3, what="the eigenvalue of 1e9 A")


# %%
@hidden
def raises_when_the_iterations_run_out(power_iteration, rng):
    """When the residual is still large after max_iter steps, ConvergenceError is raised."""
    raises(ConvergenceError, power_iteration, np.diag([1.0, 0.999, 0.5]), max_iter=3, rng=rng)


# %%
@hidden
def the_residual_decides_when_to_stop(power_iteration, rng):
    """The iteration goes on until the residual is at most tol * max(1, |lambda|), and no longer."""
    for factor in (1.0, 1e-3, 1e3, -1e3):
        A = factor * np.array([[0.9, 0.1], [0.1, 0.9]])
        value, vector, _ = power_iteration(A, rng=rng)
        v = array(vector, (2,), what="the eigenvector")
        # Every step multiplies the residual by 0.8, so that at the first small one it is just below the bound.
        ratio = float(np.linalg.norm(A @ v - value * v)) / (1e-10 * max(1.0, abs(factor)))
        holds(ratio <= 1.001, f"For lambda = {factor:g} the residual should be at most tol * max(1, |lambda|).")
        holds(ratio >= 0.5, f"For lambda = {factor:g} the iteration should stop at the first residual that is small.")


# %%
@hidden
def the_steps_are_counted_and_limited(power_iteration, rng):
    """A 1 by 1 matrix needs one step; max_iter may be the number of steps that are needed, but not one less."""
    value, vector, steps = power_iteration([[5]], max_iter=1, rng=rng)
    same(steps, 1, what="the number of steps for [[5]]")
    close(value, 5.0, **T3, what="the eigenvalue of [[5]]")
    close(array(vector, (1,), what="the eigenvector"), np.array([1.0]), **T3, what="the eigenvector of [[5]]")
    A, seed = np.array([[2.0, 1.0], [1.0, 2.0]]), int(rng.integers(1000))
    _, _, steps = power_iteration(A, rng=np.random.default_rng(seed))
    _, _, again = power_iteration(A, max_iter=steps, rng=np.random.default_rng(seed))
    same(again, steps, what="the number of steps with max_iter at just this number")
    raises(ConvergenceError, power_iteration, A, max_iter=steps - 1, rng=np.random.default_rng(seed))


# %%
@hidden
def a_thousand_steps_are_the_usual_limit(power_iteration):
    """Without max_iter, 1000 steps are allowed and 1001 are not."""
    A = np.diag([1.0, 0.985])
    # A fixed seed, because a start that is almost the wrong eigenvector would stop at once.
    _, _, steps = power_iteration(A, tol=1e-7, max_iter=5000, rng=np.random.default_rng(1))
    # Every step multiplies the residual by 0.985, so with this tol the same start needs exactly 1000 steps.
    tol = 1e-7 * 0.985 ** (1000 - steps)
    _, _, steps = power_iteration(A, tol=tol, rng=np.random.default_rng(1))
    same(steps, 1000, what="the number of steps")
    raises(ConvergenceError, power_iteration, A, tol=0.985 * tol, rng=np.random.default_rng(1))


# %%
@hidden
def the_given_generator_makes_the_start(power_iteration, rng):
    """The same seed gives the same start vector; without rng the start is random as well."""
    A, seed = np.array([[2.0, 1.0], [1.0, 2.0]]), int(rng.integers(1000))
    value, vector, _ = power_iteration(A, tol=10.0, rng=np.random.default_rng(seed))
    again, other, _ = power_iteration(A, tol=10.0, rng=np.random.default_rng(seed))
    close(float(np.linalg.norm(array(vector, (2,), what="the vector"))), 1.0, **T3, what="the length of the vector")
    close(again, value, **T3, what="the value for the same seed")
    close(other, vector, **T3, what="the vector for the same seed")
    close(power_iteration(A)[0], 3.0, **T3, what="the eigenvalue without rng")


# %%
@hidden
def what_is_no_symmetric_matrix_raises(power_iteration):
    """A vector, a matrix that is not square and a stack of matrices raise ValueError."""
    for shape in ((3,), (2, 3), (1, 3), (3, 1), (2, 2, 2)):
        raises(ValueError, power_iteration, np.ones(shape))


# %%
@hidden
def a_smaller_gap_needs_more_iterations(power_iteration, rng):
    """Eigenvalues that lie closer together need more iterations."""
    _, _, quick = power_iteration(np.diag([1.0, 0.2, 0.1]), rng=rng)
    _, _, slow = power_iteration(np.diag([1.0, 0.9, 0.1]), rng=rng)
    holds(slow > quick, "More iterations are needed for a gap of 0.9 than for a gap of 0.2.")


# %%
@accepted
def with_an_endless_loop_and_a_counter(A, tol=1e-10, max_iter=1000, rng=None):
    matrix = np.array(A, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or np.any(np.abs(matrix - matrix.T) > 1e-8):
        raise ValueError("not symmetric")
    generator = rng or np.random.default_rng(0)
    vector = generator.uniform(0.5, 1.5, size=len(matrix)) * generator.choice([-1.0, 1.0], size=len(matrix))
    steps = 0
    while True:
        vector = vector / np.sqrt((vector**2).sum())
        image = np.array([row @ vector for row in matrix])
        quotient = float(sum(vector * image))
        steps += 1
        if np.sqrt(((image - quotient * vector) ** 2).sum()) <= tol * max(1.0, abs(quotient)):
            largest = vector[np.abs(vector).argmax()]
            return quotient, vector if largest > 0 else -vector, steps
        if steps >= max_iter:
            raise ConvergenceError("no convergence")
        vector = image


# %%
@accepted
def scaled_by_the_largest_entry(A, tol=1e-10, max_iter=1000, rng=None):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape != A.T.shape or not np.allclose(A.T, A):
        raise ValueError("not symmetric")
    x = (np.random.default_rng() if rng is None else rng).standard_normal(A.shape[1])
    for steps in range(max_iter):
        y = A.dot(x)
        value = float(np.vdot(x, y) / np.vdot(x, x))
        if np.linalg.norm(y - value * x) <= tol * max(1.0, abs(value)) * np.linalg.norm(x):
            x = x / x[np.argmax(abs(x))]
            return value, x / np.linalg.norm(x), steps + 1
        x = y / max(abs(y))
    raise ConvergenceError("not converged")


# %%
@misconception(
    caught_by="keeps_the_sign_of_a_negative_eigenvalue",
    hint="The norm loses a minus sign; use the Rayleigh quotient v^T A v.",
)
def eigenvalue_from_the_norm(A, tol=1e-10, max_iter=1000, rng=None):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1] or not np.allclose(A, A.T):
        raise ValueError("A must be a symmetric square matrix")
    rng = np.random.default_rng() if rng is None else rng
    v = rng.normal(size=A.shape[0])
    v /= np.linalg.norm(v)
    for iteration in range(1, max_iter + 1):
        w = A @ v
        value = float(np.linalg.norm(w))
        if min(np.linalg.norm(w - value * v), np.linalg.norm(w + value * v)) <= tol * max(1.0, value):
            return value, v * np.sign(v[np.argmax(np.abs(v))]), iteration
        v = w / value
    raise ConvergenceError("residual too large")


# %%
@misconception(
    caught_by="a_start_of_ones_is_not_enough",
    hint="A vector of ones can be orthogonal to the answer; start at random.",
)
def starts_from_ones(A, tol=1e-10, max_iter=1000, rng=None):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1] or not np.allclose(A, A.T):
        raise ValueError("A must be a symmetric square matrix")
    v = np.ones(A.shape[0]) / np.sqrt(A.shape[0])
    for iteration in range(1, max_iter + 1):
        w = A @ v
        value = float(v @ w)
        if np.linalg.norm(w - value * v) <= tol * max(1.0, abs(value)):
            return value, v * np.sign(v[np.argmax(np.abs(v))]), iteration
        v = w / np.linalg.norm(w)
    raise ConvergenceError("residual too large")


# %%
@misconception(
    caught_by="large_entries_do_not_overflow",
    hint="Entries overflow after some hundred steps; divide by the length in every step.",
)
def never_normalises(A, tol=1e-10, max_iter=1000, rng=None):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1] or not np.allclose(A, A.T):
        raise ValueError("A must be a symmetric square matrix")
    v = (np.random.default_rng() if rng is None else rng).normal(size=A.shape[0])
    for iteration in range(1, max_iter + 1):
        unit = v / np.linalg.norm(v)
        w = A @ v
        value = float(unit @ A @ unit)
        if np.linalg.norm(A @ unit - value * unit) <= tol * max(1.0, abs(value)):
            return value, unit * np.sign(unit[np.argmax(np.abs(unit))]), iteration
        v = w
    raise ConvergenceError("residual too large")


# %%
@misconception(
    caught_by="keeps_the_sign_of_a_negative_eigenvalue",
    hint="With a negative eigenvalue the vector flips its sign for ever; test the residual, not how v changes.",
)
def waits_until_the_vector_stops_changing(A, tol=1e-10, max_iter=1000, rng=None):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1] or not np.allclose(A, A.T):
        raise ValueError("A must be a symmetric square matrix")
    v = (np.random.default_rng() if rng is None else rng).normal(size=A.shape[0])
    v /= np.linalg.norm(v)
    for iteration in range(1, max_iter + 1):
        w = A @ v
        w /= np.linalg.norm(w)
        if np.linalg.norm(w - v) <= tol:
            return float(w @ A @ w), w * np.sign(w[np.argmax(np.abs(w))]), iteration
        v = w
    raise ConvergenceError("residual too large")


# %%
@misconception(
    caught_by="raises_when_the_iterations_run_out",
    hint="Raise ConvergenceError when the residual is still large after the last step.",
)
def returns_silently_after_max_iter(A, tol=1e-10, max_iter=1000, rng=None):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1] or not np.allclose(A, A.T):
        raise ValueError("A must be a symmetric square matrix")
    v = (np.random.default_rng() if rng is None else rng).normal(size=A.shape[0])
    v /= np.linalg.norm(v)
    for iteration in range(1, max_iter + 1):
        w = A @ v
        value = float(v @ w)
        if np.linalg.norm(w - value * v) <= tol * max(1.0, abs(value)):
            break
        v = w / np.linalg.norm(w)
    return value, v * np.sign(v[np.argmax(np.abs(v))]), iteration

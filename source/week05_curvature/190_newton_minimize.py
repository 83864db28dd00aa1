# %% [markdown]
# ### Newton's method for minima
#
# At a minimum the gradient is zero. So you can use Newton's method on the gradient: replace the function by its
# quadratic model, and jump to the minimum of the model. The Hessian tells how far to go in each direction. A narrow
# valley is no problem, because the step knows how narrow it is.
#
# With $g = \nabla f(x)$ and the Hessian $H$ at the same point, the step $p$ solves a linear system:
#
# $$H p = -g, \qquad x_{k+1} = x_k + p$$
#
# The model has a minimum only if $H$ is positive definite, that is, if all its eigenvalues are positive. Otherwise the
# same step may lead to a saddle or to a maximum. So look at the eigenvalues at every point, also at the last one. Count
# $\lambda$ as zero if $|\lambda| \le 10^{-12}$ times the largest $|\lambda|$.
#
# **By hand.** $f(x, y) = x^2 + xy + 2y^2 - 4x - 9y$ has $\nabla f = (2x + y - 4,\; x + 4y - 9)$ and
# $H = \begin{pmatrix} 2 & 1 \\ 1 & 4 \end{pmatrix}$. At $(0, 0)$ the gradient is $(-4, -9)$. The system
# $2p_1 + p_2 = 4$, $p_1 + 4p_2 = 9$ has the solution $p = (1, 2)$. The gradient at $(1, 2)$ is zero.
# One step was enough.
#
# At every point, first examine $H$. Then stop if the length of the gradient is at most `tol`. Otherwise make a step.
# Return the point and the number of steps.

# %%
from scipy import optimize

from autograder.kit import (
    T2,
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
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.optimize.*",),
    oracle="scipy.optimize.root, exact minima, and the same problem in other coordinates",
    section="Newton's method",
    topics=(
        "r0-w5-optimization-intuition",
        "r0-w5-out-ready-optimization",
        "r2-o6-root-finding",
        "r4-calc-optimization",
        "r4-req-calc-optimization-basics",
    ),
)

# %%
from collections.abc import Callable

import numpy as np


# %%
class ConvergenceError(RuntimeError):
    """An iteration stopped before it reached the wanted accuracy."""


# %%
def newton_minimize(
    grad: Callable[[np.ndarray], np.ndarray],
    hess: Callable[[np.ndarray], np.ndarray],
    x0: np.ndarray,
    tol: float = 1e-10,
    max_iter: int = 50,
) -> tuple[np.ndarray, int]:
    """Find a minimum by Newton steps.

    Parameters
    ----------
    grad : function of an array of shape (d,) that returns the gradient, an array of shape (d,)
    hess : function of an array of shape (d,) that returns the Hessian, a symmetric array of shape (d, d)
    x0 : array or list of shape (d,), the start; it stays unchanged
    tol : stop where the length of the gradient is at most tol
    max_iter : the largest number of steps

    Returns
    -------
    (x, steps) : array of shape (d,) and int

    Raises
    ------
    ValueError : x0 is not one-dimensional, or the Hessian at a point of the path has a negative eigenvalue
    numpy.linalg.LinAlgError : the Hessian has no negative eigenvalue, but one that counts as zero
    ConvergenceError : after max_iter steps the gradient is still too long
    """
    ### BEGIN SOLUTION
    x = np.asarray(x0, dtype=float)
    if x.ndim != 1:
        raise ValueError("x0 must be one-dimensional")
    for steps in range(max_iter + 1):
        g, H = grad(x), hess(x)
        values = np.linalg.eigvalsh(H)
        zero = 1e-12 * np.max(np.abs(values))
        if np.any(values < -zero):
            raise ValueError("the Hessian has a negative eigenvalue, so this is no way to a minimum")
        if np.any(values <= zero):
            raise np.linalg.LinAlgError("the Hessian is singular")
        if np.linalg.norm(g) <= tol:
            return x.copy(), steps
        x = x + np.linalg.solve(H, -g)
    raise ConvergenceError(f"the gradient is still long after {max_iter} steps")
    ### END SOLUTION


# %%
@helper
def bowl(values, rng):
    """Return a symmetric matrix with the given eigenvalues and random eigenvectors."""
    Q, _ = np.linalg.qr(rng.normal(size=(len(values), len(values))))
    A = Q @ np.diag(values) @ Q.T
    return (A + A.T) / 2


@helper
def walk(grad, hess, x0, tol, max_iter, *, examine, step):
    """Run Newton's method with an exchangeable examination of the Hessian and an exchangeable step."""
    x = np.array(x0, dtype=float)
    if x.ndim != 1:
        raise ValueError("x0 must be one-dimensional")
    for steps in range(max_iter + 1):
        g, H = np.asarray(grad(x)), np.asarray(hess(x))
        examine(H)
        if np.linalg.norm(g) <= tol:
            return x, steps
        x = x + step(H, g)
    raise ConvergenceError("no convergence")


@helper
def examine_well(H):
    """Raise unless all eigenvalues are positive."""
    values = np.linalg.eigvalsh(H)
    zero = 1e-12 * np.max(np.abs(values))
    if np.min(values) < -zero:
        raise ValueError("a negative eigenvalue")
    if np.min(values) <= zero:
        raise np.linalg.LinAlgError("singular")


# %%
@check
def one_step_for_the_example(newton_minimize):
    """The quadratic of the example has its minimum at (1, 2), and one step from (0, 0) leads there."""
    x, steps = newton_minimize(
        lambda x: np.array([2 * x[0] + x[1] - 4, x[0] + 4 * x[1] - 9]),
        lambda x: np.array([[2.0, 1.0], [1.0, 4.0]]),
        np.array([0.0, 0.0]),
    )
    close(array(x, (2,), what="the minimum"), np.array([1.0, 2.0]), **T2, what="the minimum")
    same(steps, 1, what="the number of steps")


# %%
@check
def a_saddle_raises(newton_minimize):
    """For x^2 - y^2 there is no minimum, so ValueError is raised."""
    hess = np.diag([2.0, -2.0])
    raises(ValueError, newton_minimize, lambda x: hess @ x, lambda x: hess, np.array([1.0, 1.0]))


# %%
@hidden(weight=2)
def a_quadratic_needs_one_step(newton_minimize, rng):
    """For a convex quadratic one step is enough, however narrow its valley is."""
    for d, condition in ((1, 1.0), (2, 10.0), (3, 1e3), (5, 1e5)):
        A, lowest = bowl(np.logspace(0, -np.log10(condition), d), rng), rng.normal(size=d)
        x, steps = newton_minimize(lambda x, A=A, m=lowest: A @ (x - m), lambda x, A=A: A, rng.normal(size=d))
        close(array(x, (d,), what="the minimum"), lowest, rtol=1e-8, atol=1e-8, what=f"the minimum for d = {d}")
        same(steps, 1, what=f"the number of steps for d = {d}")


# %%
@hidden(weight=2)
def finds_the_minimum_of_a_curved_valley(newton_minimize, rng):
    """The Rosenbrock function has its minimum at (1, 1)."""
    for start in ([-1.2, 1.0], [2, 1], (rng.uniform(-1.0, 1.0), -1.0)):
        x, steps = newton_minimize(
            lambda x: np.array([2 * (x[0] - 1) - 400 * x[0] * (x[1] - x[0] ** 2), 200 * (x[1] - x[0] ** 2)]),
            lambda x: np.array([[2 - 400 * (x[1] - 3 * x[0] ** 2), -400 * x[0]], [-400 * x[0], 200.0]]),
            start,
        )
        close(array(x, (2,), what="the minimum"), np.ones(2), **T2, what="the minimum of the Rosenbrock function")
        holds(steps <= 12, f"A dozen steps should be enough, not {steps}.")


# %%
@hidden(weight=2)
def agrees_with_another_method(newton_minimize, rng):
    """For a strictly convex function with curvature that changes, the minimum agrees with an independent method."""
    for d in (1, 2, 4):
        A, b = rng.normal(size=(d, d)) / d, rng.normal(size=d)
        grad = lambda x, A=A, b=b: x + A.T @ np.tanh(A @ x) + b  # noqa: E731
        hess = lambda x, A=A: np.eye(len(x)) + A.T @ np.diag(1 - np.tanh(A @ x) ** 2) @ A  # noqa: E731
        expected = optimize.root(grad, np.zeros(d), tol=1e-13).x
        x, _ = newton_minimize(grad, hess, np.zeros(d))
        close(array(x, (d,), what="the minimum"), expected, **T2, what=f"the minimum for d = {d}")


# %%
@hidden
def other_coordinates_give_the_same_steps(newton_minimize, rng):
    """In new coordinates x = M u the first step leads to the same point."""
    for d in (2, 3):
        start, M = rng.normal(size=d), bowl(np.linspace(1.0, 3.0, d), rng) + np.triu(np.ones((d, d)), 1)
        A = bowl(np.linspace(0.5, 2.0, d), rng)
        grad = lambda x, A=A: A @ x + 0.01 * x**3  # noqa: E731
        hess = lambda x, A=A: A + np.diag(0.03 * x**2)  # noqa: E731
        # A tolerance of half the first gradient lets each run make exactly one step.
        x, steps = newton_minimize(grad, hess, start, tol=0.5 * float(np.linalg.norm(grad(start))))
        u0 = np.linalg.solve(M, start)
        u, others = newton_minimize(
            lambda u, M=M, grad=grad: M.T @ grad(M @ u),
            lambda u, M=M, hess=hess: M.T @ hess(M @ u) @ M,
            u0,
            tol=0.5 * float(np.linalg.norm(M.T @ grad(start))),
        )
        same((steps, others), (1, 1), what="the numbers of steps in both coordinates")
        one = start - np.linalg.solve(hess(start), grad(start))
        close(array(x, (d,), what="the point after one step"), one, **T2, what="the point after one step")
        close(M @ array(u, (d,), what="the point in new coordinates"), one, **T2, what="M u after one step")


# %%
@hidden
def no_step_at_the_minimum(newton_minimize, rng):
    """A start at the minimum is returned after 0 steps, for a list of whole numbers as well."""
    A = bowl([1.0, 2.0, 5.0], rng)
    x, steps = newton_minimize(lambda x: A @ (x - np.array([3.0, -1.0, 2.0])), lambda x: A, [3, -1, 2])
    close(array(x, (3,), what="the minimum"), np.array([3.0, -1.0, 2.0]), **T2, what="the minimum")
    same(steps, 0, what="the number of steps")


# %%
@hidden
def a_list_of_integers_is_a_start(newton_minimize, rng):
    """From a list of whole numbers the minimum is found with all digits."""
    A, lowest = bowl([1.0, 3.0], rng), rng.normal(size=2)
    for start in ([4, -7], np.array([10, 3])):
        x, _ = newton_minimize(lambda x: A @ (x - lowest), lambda x: A, start)
        close(array(x, (2,), what="the minimum"), lowest, **T2, what="the minimum")
    # A negative power of an integer array is an error.
    x, _ = newton_minimize(lambda x: x - x**-1, lambda x: np.array([1 + x**-2]), [2])
    close(array(x, (1,), what="the minimum"), np.ones(1), **T2, what="the minimum of x^2 / 2 - log x")


# %%
@hidden
def the_start_stays_as_it_is(newton_minimize):
    """The array with the start has the same entries afterwards."""
    start = np.array([3.0, 4.0])
    newton_minimize(lambda x: 2 * x, lambda x: 2 * np.eye(2), start)
    same(start, np.array([3.0, 4.0]), what="the start after the call")


# %%
@hidden
def a_saddle_is_noticed_at_the_start_and_at_the_end(newton_minimize, rng):
    """A negative eigenvalue raises ValueError, also exactly at the saddle and if the diagonal looks fine."""
    A = bowl([3.0, 2.0, -0.5], rng)
    raises(ValueError, newton_minimize, lambda x: A @ x, lambda x: A, np.zeros(3))
    B = np.array([[1.0, 2.0], [2.0, 1.0]])
    raises(ValueError, newton_minimize, lambda x: B @ x, lambda x: B, np.array([1.0, 3.0]))


# %%
@hidden
def a_maximum_raises(newton_minimize, rng):
    """At a maximum all eigenvalues are negative and ValueError is raised."""
    for values in ([-1.0], [-1.0, -2.0], [-1.0, -2.0, -3.0]):
        A = bowl(values, rng)
        raises(ValueError, newton_minimize, lambda x, A=A: A @ x, lambda x, A=A: A, np.ones(len(values)))


# %%
@hidden
def a_singular_hessian_raises(newton_minimize):
    """A Hessian with an eigenvalue 0 and no negative one raises LinAlgError."""
    for H in (np.diag([2.0, 0.0]), np.array([[1.0, 1.0], [1.0, 1.0]]), np.zeros((1, 1))):
        raises(np.linalg.LinAlgError, newton_minimize, lambda x, H=H: H @ x + 1.0, lambda x, H=H: H, np.ones(len(H)))


# %%
@helper
def kind_of_error(function, *args):
    """Return the name of the error that a call raises; LinAlgError is a ValueError too, so it is asked for first."""
    try:
        function(*args)
    except np.linalg.LinAlgError:
        return "LinAlgError"
    except ValueError:
        return "ValueError"
    return "none"


@hidden
def a_negative_eigenvalue_is_told_from_a_zero(newton_minimize):
    """A negative eigenvalue raises ValueError and not LinAlgError, also when others are positive or zero."""
    for values in ([-1.0], [2.0, -2.0], [0.0, -1.0], [3.0, 0.0, -1.0]):
        H = np.diag(values)
        found = kind_of_error(newton_minimize, lambda x, H=H: H @ x, lambda x, H=H: H, np.ones(len(H)))
        same(found, "ValueError", what=f"the error for the eigenvalues {values}")


# %%
@hidden
def zero_means_a_millionth_of_a_millionth_of_the_largest(newton_minimize):
    """An eigenvalue of 1e-13 times the largest raises LinAlgError, and one of 1e-10 times the largest does not."""
    H = np.diag([1.0, 1e-10])
    x, steps = newton_minimize(lambda x: H @ x, lambda x: H, np.array([1.0, 8.0]), 1e-12)
    close(array(x, (2,), what="the minimum"), np.zeros(2), **T2, what="the minimum")
    same(steps, 1, what="the number of steps")
    G = np.diag([1.0, 1e-13])
    raises(np.linalg.LinAlgError, newton_minimize, lambda x: G @ x, lambda x: G, np.array([1.0, 8.0]))


# %%
@hidden
def the_hessian_is_examined_before_the_gradient(newton_minimize):
    """Where the gradient is zero and the Hessian singular, LinAlgError is raised."""
    for n in (1, 2):
        flat = np.zeros((n, n))
        raises(np.linalg.LinAlgError, newton_minimize, lambda x: 0.0 * x, lambda x, H=flat: H, np.ones(n))


# %%
@hidden
def the_defaults_are_1e_minus_10_and_50_steps(newton_minimize):
    """For x^4 / 4 a step keeps 2/3 of x: from 1 x^3 is below 1e-10 after 19 steps, from 250000 after 50."""
    quartic = (lambda x: x**3, lambda x: np.array([3 * x**2]))
    for start, expected in ((1.0, 19), (2.5e5, 50)):
        x, steps = newton_minimize(*quartic, np.array([start]))
        same(steps, expected, what=f"the number of steps from {start:g}")
        close(x, np.array([start * (2 / 3) ** expected]), **T2, what=f"the last point of the walk from {start:g}")
    raises(ConvergenceError, newton_minimize, *quartic, np.array([3.5e5]))


# %%
@hidden
def running_away_raises(newton_minimize):
    """For sqrt(1 + x^2) the step is from x to -x^3: from 0.5 it converges, from 1.5 ConvergenceError is raised."""
    grad, hess = lambda x: x / np.sqrt(1 + x**2), lambda x: np.diag((1 + x**2) ** -1.5)
    x, _ = newton_minimize(grad, hess, np.array([0.5]))
    close(array(x, (1,), what="the minimum"), np.zeros(1), **T2, what="the minimum")
    raises(ConvergenceError, newton_minimize, grad, hess, np.array([1.5]), max_iter=4)
    raises(ConvergenceError, newton_minimize, grad, hess, np.array([0.9]), max_iter=2)


# %%
@hidden
def a_start_that_is_no_vector_raises(newton_minimize):
    """A start that is a single number or a matrix raises ValueError."""
    raises(ValueError, newton_minimize, lambda x: x, lambda x: np.eye(1), 3.0)
    raises(ValueError, newton_minimize, lambda x: x, lambda x: np.eye(2), np.ones((2, 1)))


# %%
@accepted
def with_the_eigenvectors(grad, hess, x0, tol=1e-10, max_iter=50):
    x, steps = np.array(x0, dtype=np.float64), 0
    if len(x.shape) != 1:
        raise ValueError("x0 is not a vector")
    while True:
        slope = grad(x)
        curvatures, directions = np.linalg.eigh(hess(x))
        border = 1e-12 * abs(curvatures).max()
        if curvatures[0] < -border:
            raise ValueError("not positive definite")
        if curvatures[0] <= border:
            raise np.linalg.LinAlgError("singular")
        if np.sqrt(sum(slope**2)) <= tol:
            return x, steps
        if steps >= max_iter:
            raise ConvergenceError("too many steps")
        x = x - sum((v @ slope) / c * v for c, v in zip(curvatures, directions.T))
        steps += 1


# %%
@accepted
def with_the_inverse(grad, hess, x0, tol=1e-10, max_iter=50):
    return walk(grad, hess, x0, tol, max_iter, examine=examine_well, step=lambda H, g: -np.linalg.inv(H) @ g)


# %%
@misconception(
    caught_by="one_step_for_the_example",
    hint="You divide each slope by its own curvature and forget how the variables interact. Solve the whole system.",
)
def divides_by_the_diagonal(grad, hess, x0, tol=1e-10, max_iter=50):
    return walk(grad, hess, x0, tol, max_iter, examine=examine_well, step=lambda H, g: -g / np.diag(H))


# %%
@helper
def examine_only_singular(H):
    """Raise only if an eigenvalue counts as zero."""
    values = np.abs(np.linalg.eigvalsh(H))
    if np.min(values) <= 1e-12 * np.max(values):
        raise np.linalg.LinAlgError("singular")


@misconception(
    caught_by="a_saddle_raises",
    hint="A zero gradient may belong to a saddle. Check that all eigenvalues of the Hessian are positive.",
)
def returns_a_saddle(grad, hess, x0, tol=1e-10, max_iter=50):
    return walk(grad, hess, x0, tol, max_iter, examine=examine_only_singular, step=lambda H, g: np.linalg.solve(H, -g))


# %%
@misconception(
    caught_by="one_step_for_the_example",
    hint="The step points the wrong way. Solve H p = -g and add p, or solve H p = g and subtract p.",
)
def wrong_sign_of_the_step(grad, hess, x0, tol=1e-10, max_iter=50):
    return walk(grad, hess, x0, tol, max_iter, examine=examine_well, step=np.linalg.solve)


# %%
@helper
def examine_the_determinant(H):
    """Judge by the sign of the determinant alone."""
    values = np.linalg.eigvalsh(H)
    if np.min(np.abs(values)) <= 1e-12 * np.max(np.abs(values)):
        raise np.linalg.LinAlgError("singular")
    if np.linalg.det(H) < 0:
        raise ValueError("negative determinant")


@misconception(
    caught_by="a_maximum_raises",
    hint="Two negative curvatures have a positive product. The sign of the determinant is not enough.",
)
def looks_at_the_determinant(grad, hess, x0, tol=1e-10, max_iter=50):
    step = lambda H, g: np.linalg.solve(H, -g)  # noqa: E731
    return walk(grad, hess, x0, tol, max_iter, examine=examine_the_determinant, step=step)

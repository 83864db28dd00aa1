# %% [markdown]
# ### Capstone: three ways to solve least squares
#
# You fit a polynomial whose right answer you know, with three methods that are equal on paper. The computer disagrees
# with the paper, and you measure by how much.
#
# **The problem.** The points $x_1, \dots, x_N$ are equally spaced from 0 to 1, both ends included. Row $i$ of the
# matrix $A$, of shape $(N, d + 1)$, is $(1, x_i, x_i^2, \dots, x_i^d)$. All true coefficients are 1, so
# $c = (1, \dots, 1)$ and $b = A c$. Forget $c$ and find it again from $A$ and $b$:
#
# - normal equations: solve $A^\top A\, \hat c = A^\top b$ with `np.linalg.solve`, because an inverse adds errors of
#   its own;
# - QR: with $A = Q R$ solve $R\, \hat c = Q^\top b$;
# - SVD: with $A = U \Sigma V^\top$ take $\hat c = V \Sigma^{-1} U^\top b$.
#
# The coefficient error of a method is $\lVert \hat c - c \rVert / \lVert c \rVert$. The residual of the normal
# equations is $\lVert A \hat c - b \rVert / \lVert b \rVert$.
#
# **By hand.** $d = 1$, $N = 3$: $A^\top A = \begin{pmatrix} 3 & 1.5 \\ 1.5 & 1.25 \end{pmatrix}$, $A^\top b = (4.5,
# 2.75)$, solved by $(1, 1)$. The eigenvalues of $A^\top A$ are $3.862$ and $0.388$, so $\kappa(A^\top A) = 9.942$ and
# $\kappa(A) = \sqrt{9.942} = 3.153$.
#
# Return the three errors, the residual and both condition numbers in a dictionary.

# %%
from autograder.kit import T3, accepted, check, close, exercise, hidden, holds, misconception, raises, same

exercise(
    points=15,
    minutes=75,
    level=3,
    banned=("numpy.linalg.lstsq", "scipy.linalg.lstsq", "numpy.linalg.pinv", "scipy.linalg.pinv*", "numpy.polyfit"),
    oracle="the true coefficients, numpy.linalg.cond and the bound 100 eps cond(A)",
    section="Condition numbers and least squares",
    capstone=True,
    topics=(
        "r0-intro-master-essential-math",
        "r0-strategy-step5-connect-ml",
        "r0-w9-conditioning",
        "r0-w10-out-explain-math",
        "r0-final-explain-why",
        "r0-final-transition-research",
        "r1-why-math-code-ml",
        "r1-t07-conditioning",
        "r2-o6-in-ml",
        "r0-intro-ml-ready-foundation",
    ),
)

# %%
import numpy as np


# %%
def least_squares_shootout(degree: int, n_points: int = 50) -> dict[str, float]:
    """Fit a polynomial with all coefficients 1 by normal equations, QR and SVD, and measure the errors.

    Parameters
    ----------
    degree : degree d of the polynomial, at least 1
    n_points : number N of equally spaced points in [0, 1], both ends included, more than degree

    Returns
    -------
    dict with six floats:
        "error_normal", "error_qr", "error_svd" : relative coefficient errors |c_hat - c| / |c|
        "residual_normal" : relative residual |A c_hat - b| / |b| of the normal equations
        "cond_A", "cond_AtA" : condition numbers (largest by smallest singular value) of A and of A^T A

    Raises
    ------
    ValueError : degree < 1 or n_points <= degree
    """
    ### BEGIN SOLUTION
    if degree < 1 or n_points <= degree:
        raise ValueError("degree must be at least 1 and n_points larger than degree")
    A = np.linspace(0.0, 1.0, n_points)[:, None] ** np.arange(degree + 1)
    c = np.ones(degree + 1)
    b = A @ c
    normal = np.linalg.solve(A.T @ A, A.T @ b)
    Q, R = np.linalg.qr(A)
    U, singular, Vt = np.linalg.svd(A, full_matrices=False)
    answers = {"normal": normal, "qr": np.linalg.solve(R, Q.T @ b), "svd": Vt.T @ ((U.T @ b) / singular)}
    result = {f"error_{name}": float(np.linalg.norm(x - c) / np.linalg.norm(c)) for name, x in answers.items()}
    result["residual_normal"] = float(np.linalg.norm(A @ normal - b) / np.linalg.norm(b))
    result["cond_A"] = float(singular[0] / singular[-1])
    result["cond_AtA"] = float(np.linalg.cond(A.T @ A))
    return result
    ### END SOLUTION


# %%
@check
def condition_numbers_of_a_line_through_three_points(least_squares_shootout):
    """For degree 1 and 3 points cond_AtA is 9.942 and cond_A its square root, 3.153."""
    result = least_squares_shootout(1, 3)
    root = float(np.sqrt(4.25**2 - 6.0))
    expected = (4.25 + root) / (4.25 - root)
    close(result["cond_AtA"], expected, **T3, what="cond_AtA")
    close(result["cond_A"], expected**0.5, **T3, what="cond_A")


# %%
@check
def all_three_agree_for_degree_5(least_squares_shootout):
    """For degree 5 all three coefficient errors are below 1e-7."""
    result = least_squares_shootout(5)
    for key in ("error_normal", "error_qr", "error_svd"):
        holds(0 <= result[key] < 1e-7, f"{key} should be below 1e-7 for degree 5.")


# %%
@check
def a_degree_of_zero_or_too_few_points_raise(least_squares_shootout):
    """Degree 0 raises ValueError, and so does a degree that is not below the number of points."""
    raises(ValueError, least_squares_shootout, 0)
    raises(ValueError, least_squares_shootout, 5, 5)


# %%
@hidden
def the_result_has_exactly_six_keys(least_squares_shootout):
    """The dictionary has the six keys of the contract and no others."""
    expected = ["cond_A", "cond_AtA", "error_normal", "error_qr", "error_svd", "residual_normal"]
    same(sorted(least_squares_shootout(2)), expected, what="the keys")


# %%
@hidden(weight=2)
def condition_numbers_agree_with_numpy(least_squares_shootout):
    """Both condition numbers are those of the matrix of powers, for several degrees and numbers of points."""
    for degree, n_points in ((1, 2), (2, 4), (3, 20), (4, 11)):
        A = np.vander(np.linspace(0.0, 1.0, n_points), degree + 1)
        result = least_squares_shootout(degree, n_points)
        close(result["cond_A"], float(np.linalg.cond(A)), **T3, what=f"cond_A for degree {degree}, {n_points} points")
        close(result["cond_AtA"], float(np.linalg.cond(A.T @ A)), **T3, what=f"cond_AtA for degree {degree}")
    result = least_squares_shootout(7)
    expected = float(np.linalg.cond(np.vander(np.linspace(0.0, 1.0, 50), 8)))
    close(result["cond_A"], expected, rtol=1e-4, atol=0.0, what="cond_A for degree 7")
    close(result["cond_AtA"], expected**2, rtol=1e-2, atol=0.0, what="cond_AtA for degree 7")


# %%
@hidden(weight=3)
def only_the_normal_equations_fail_for_degree_11(least_squares_shootout):
    """For degree 11 the normal equations lose the coefficients, while QR and SVD keep them to 1e-6."""
    result = least_squares_shootout(11)
    holds(result["error_qr"] < 1e-6, "error_qr should be below 1e-6 for degree 11.")
    holds(result["error_svd"] < 1e-6, "error_svd should be below 1e-6 for degree 11.")
    holds(1e-3 < result["error_normal"] < 1e2, "error_normal should be between 0.001 and 100 for degree 11.")


# %%
@hidden(weight=2)
def a_small_residual_hides_wrong_coefficients(least_squares_shootout):
    """For degree 11 the residual of the normal equations is below 1e-6 although their coefficients are wrong."""
    for n_points in (30, 50):
        result = least_squares_shootout(11, n_points)
        small = "residual_normal should be below 1e-6. Solve the system; do not invert A^T A."
        holds(0 <= result["residual_normal"] < 1e-6, small)
        hidden_error = result["error_normal"] > 1e3 * result["residual_normal"]
        holds(hidden_error, "error_normal should be far above residual_normal.")


# %%
@hidden(weight=2)
def errors_of_qr_and_svd_stay_below_the_bound(least_squares_shootout):
    """The errors of QR and SVD are at most 100 eps cond_A, from degree 1 to degree 12."""
    eps = float(np.finfo(float).eps)
    for degree, n_points in ((1, 3), (2, 3), (3, 50), (6, 20), (9, 50), (12, 50)):
        bound = 100 * eps * float(np.linalg.cond(np.vander(np.linspace(0.0, 1.0, n_points), degree + 1)))
        result = least_squares_shootout(degree, n_points)
        for key in ("error_qr", "error_svd"):
            where = f"for degree {degree} and {n_points} points"
            holds(0 <= result[key] <= bound, f"{key} should be at most {bound:.2g} {where}.")


# %%
@hidden
def the_condition_number_links_residual_and_error(least_squares_shootout):
    """The relative error of the normal equations is at most cond_A times their relative residual."""
    for degree in (7, 9, 11):
        result = least_squares_shootout(degree)
        bound = 1.1 * result["cond_A"] * result["residual_normal"]
        message = f"error_normal should be at most cond_A times residual_normal for degree {degree}."
        holds(result["error_normal"] <= bound, message)


# %%
@hidden
def the_error_of_the_normal_equations_grows_with_the_square(least_squares_shootout):
    """From degree 3 to degree 9 the error of the normal equations grows at least a million times."""
    low, high = least_squares_shootout(3), least_squares_shootout(9)
    holds(high["error_normal"] > 1e-6, "error_normal should be above 1e-6 for degree 9.")
    holds(low["error_normal"] < 1e-10, "error_normal should be below 1e-10 for degree 3.")


# %%
@hidden
def as_many_points_as_coefficients_are_enough(least_squares_shootout):
    """The number of points may be degree + 1, but not less; a negative degree raises ValueError."""
    result = least_squares_shootout(4, 5)
    for key in ("error_normal", "error_qr", "error_svd"):
        holds(0 <= result[key] < 1e-6, f"{key} should be below 1e-6 for degree 4 and 5 points.")
    raises(ValueError, least_squares_shootout, 4, 4)
    raises(ValueError, least_squares_shootout, 8, 3)
    raises(ValueError, least_squares_shootout, -2)


# %%
@accepted
def with_three_small_functions(degree, n_points=50):
    def by_normal_equations(A, b):
        return np.linalg.solve(A.T @ A, A.T @ b)

    def by_qr(A, b):
        Q, R = np.linalg.qr(A)
        y, x = Q.T @ b, np.zeros(A.shape[1])
        for i in reversed(range(len(x))):
            x[i] = (y[i] - R[i, i + 1 :] @ x[i + 1 :]) / R[i, i]
        return x

    def by_svd(A, b):
        U, s, Vt = np.linalg.svd(A, full_matrices=False)
        return sum((U[:, k] @ b) / s[k] * Vt[k] for k in range(len(s)))

    if not 1 <= degree < n_points:
        raise ValueError("the polynomial is not determined")
    A = np.vander(np.linspace(0, 1, n_points), degree + 1, increasing=True)
    ones = np.ones(degree + 1)
    b = A.sum(axis=1)
    result = {}
    for name, method in (("normal", by_normal_equations), ("qr", by_qr), ("svd", by_svd)):
        result["error_" + name] = float(np.sqrt(np.mean((method(A, b) - ones) ** 2)))
    misfit = A @ by_normal_equations(A, b) - b
    result["residual_normal"] = float(np.sqrt(misfit @ misfit / (b @ b)))
    for name, M in (("cond_A", A), ("cond_AtA", A.T @ A)):
        s = np.linalg.svd(M)[1]
        result[name] = float(s.max() / s.min())
    return result


# %%
@accepted
def with_decreasing_powers(degree, n_points=50):
    if degree <= 0:
        raise ValueError("degree must be positive")
    if n_points < degree + 1:
        raise ValueError("too few points")
    A = np.vander(np.linspace(0.0, 1.0, n_points), degree + 1)
    b = A @ np.ones(degree + 1)
    L = np.linalg.qr(A, mode="complete")
    k = degree + 1
    qr = np.linalg.solve(L[1][:k], (L[0].T @ b)[:k])
    U, s, Vt = np.linalg.svd(A)
    svd = (Vt.T / s) @ (U[:, :k].T @ b)
    normal = np.linalg.solve(A.T @ A, A.T @ b)
    size = np.sqrt(k)
    return {
        "error_normal": float(np.linalg.norm(normal - 1) / size),
        "error_qr": float(np.linalg.norm(qr - 1) / size),
        "error_svd": float(np.linalg.norm(svd - 1) / size),
        "residual_normal": float(np.linalg.norm(b - A @ normal) / np.linalg.norm(b)),
        "cond_A": float(s[0] / s[-1]),
        "cond_AtA": float(np.linalg.norm(A.T @ A, 2) / np.linalg.norm(A.T @ A, -2)),
    }


# %%
@misconception(
    caught_by="only_the_normal_equations_fail_for_degree_11",
    hint="A tiny residual does not mean right coefficients. Compare the coefficients with the true ones.",
)
def judges_by_the_residual(degree, n_points=50):
    if degree < 1 or n_points <= degree:
        raise ValueError("degree must be at least 1 and n_points larger than degree")
    A = np.linspace(0.0, 1.0, n_points)[:, None] ** np.arange(degree + 1)
    b = A @ np.ones(degree + 1)
    normal = np.linalg.solve(A.T @ A, A.T @ b)
    Q, R = np.linalg.qr(A)
    U, singular, Vt = np.linalg.svd(A, full_matrices=False)
    answers = {"normal": normal, "qr": np.linalg.solve(R, Q.T @ b), "svd": Vt.T @ ((U.T @ b) / singular)}
    result = {f"error_{name}": float(np.linalg.norm(A @ x - b) / np.linalg.norm(b)) for name, x in answers.items()}
    result["residual_normal"] = float(np.linalg.norm(A @ normal - b) / np.linalg.norm(b))
    result["cond_A"] = float(singular[0] / singular[-1])
    result["cond_AtA"] = float(np.linalg.cond(A.T @ A))
    return result


# %%
@misconception(
    caught_by="errors_of_qr_and_svd_stay_below_the_bound",
    hint="Only the first method forms A^T A. QR and SVD work on A itself; that is why they keep the digits.",
)
def inverts_the_normal_matrix_for_all_three(degree, n_points=50):
    if degree < 1 or n_points <= degree:
        raise ValueError("degree must be at least 1 and n_points larger than degree")
    A = np.linspace(0.0, 1.0, n_points)[:, None] ** np.arange(degree + 1)
    c = np.ones(degree + 1)
    b = A @ c
    inverse = np.linalg.inv(A.T @ A)
    x = inverse @ (A.T @ b)
    error = float(np.linalg.norm(x - c) / np.linalg.norm(c))
    return {
        "error_normal": error,
        "error_qr": error,
        "error_svd": error,
        "residual_normal": float(np.linalg.norm(A @ np.linalg.solve(A.T @ A, A.T @ b) - b) / np.linalg.norm(b)),
        "cond_A": float(np.linalg.cond(A)),
        "cond_AtA": float(np.linalg.cond(A.T @ A)),
    }


# %%
@misconception(
    caught_by="all_three_agree_for_degree_5",
    hint="From A = QR and A x = b follows R x = Q^T b. The right side is Q^T b, not b.",
)
def forgets_the_transposed_q(degree, n_points=50):
    if degree < 1 or n_points <= degree:
        raise ValueError("degree must be at least 1 and n_points larger than degree")
    A = np.linspace(0.0, 1.0, n_points)[:, None] ** np.arange(degree + 1)
    c = np.ones(degree + 1)
    b = A @ c
    normal = np.linalg.solve(A.T @ A, A.T @ b)
    _, R = np.linalg.qr(A)
    U, singular, Vt = np.linalg.svd(A, full_matrices=False)
    answers = {"normal": normal, "qr": np.linalg.solve(R, b[: degree + 1]), "svd": Vt.T @ ((U.T @ b) / singular)}
    result = {f"error_{name}": float(np.linalg.norm(x - c) / np.linalg.norm(c)) for name, x in answers.items()}
    result["residual_normal"] = float(np.linalg.norm(A @ normal - b) / np.linalg.norm(b))
    result["cond_A"] = float(singular[0] / singular[-1])
    result["cond_AtA"] = float(np.linalg.cond(A.T @ A))
    return result


# %%
@misconception(
    caught_by="condition_numbers_of_a_line_through_three_points",
    hint="Row i of A is (1, x_i, ..., x_i^d): d + 1 columns, because the constant is a coefficient too.",
)
def leaves_out_the_constant(degree, n_points=50):
    if degree < 1 or n_points <= degree:
        raise ValueError("degree must be at least 1 and n_points larger than degree")
    A = np.linspace(0.0, 1.0, n_points)[:, None] ** np.arange(1, degree + 1)
    c = np.ones(degree)
    b = A @ c
    normal = np.linalg.solve(A.T @ A, A.T @ b)
    Q, R = np.linalg.qr(A)
    U, singular, Vt = np.linalg.svd(A, full_matrices=False)
    answers = {"normal": normal, "qr": np.linalg.solve(R, Q.T @ b), "svd": Vt.T @ ((U.T @ b) / singular)}
    result = {f"error_{name}": float(np.linalg.norm(x - c) / np.linalg.norm(c)) for name, x in answers.items()}
    result["residual_normal"] = float(np.linalg.norm(A @ normal - b) / np.linalg.norm(b))
    result["cond_A"] = float(singular[0] / singular[-1])
    result["cond_AtA"] = float(np.linalg.cond(A.T @ A))
    return result

# %% [markdown]
# ### Diagonalisation
#
# In the right coordinates many matrices only stretch. Then their powers cost nothing: you raise the stretch factors to
# the power instead of the matrix. This is how you see at once where a repeated process (a population, a web surfer, a
# training step) ends.
#
# Put unit eigenvectors into the columns of $P$ and their eigenvalues, in the same order, on the diagonal of $D$.
# Column by column $A p_j = \lambda_j p_j$, which is $A P = P D$. If the eigenvectors form a basis, $P$ is invertible
# and
# $$A = P D P^{-1}, \qquad A^k = P D^k P^{-1}.$$
# Only for symmetric $A$ can you choose $P$ orthogonal, so that $P^{-1} = P^\top$.
#
# **By hand.** $A = \begin{pmatrix} 4 & 1 \\ 2 & 3 \end{pmatrix}$ has the eigenvalues $5$ and $2$. The eigenvectors are
# $(1, 1)$, because $A (1, 1) = (5, 5)$, and $(-1, 2)$, because $A (-1, 2) = (-2, 4)$. With length one:
# $P = \begin{pmatrix} 0.707 & -0.447 \\ 0.707 & 0.894 \end{pmatrix}$,
# $D = \begin{pmatrix} 5 & 0 \\ 0 & 2 \end{pmatrix}$.
#
# Some matrices have no basis of eigenvectors. $\begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix}$ has only the direction
# $(1, 0)$. On a computer the two computed eigenvectors are then nearly parallel, and $\mathrm{cond}(P)$ is huge. The
# condition number $\mathrm{cond}(P)$ is the largest singular value of $P$ divided by the smallest; `np.linalg.cond`
# computes it.
#
# Use `np.linalg.eig` here. It gives eigenvalues in no special order and unit eigenvectors in columns. From NumPy 2.5 on
# its answers are always complex arrays, so look at `values.imag` to see whether an eigenvalue is real, and go on with
# `values.real`. Return $P$ and $D$ with the eigenvalues from large to small.

# %%
from autograder.kit import T2, T3, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="numpy.linalg.matrix_power, numpy.linalg.eigvalsh",
    section="Diagonalisation",
    topics=(
        "r0-w3-diagonalization",
        "r0-w3-out-matrix-intuition",
        "r2-a1-linalg-eig",
        "r2-b1-linalg-eig",
        "r4-la-identity-diagonal",
    ),
)

# %%
import numpy as np


# %%
def diagonalize(A: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return P and diagonal D with A = P D P^-1 for a matrix with real eigenvalues.

    Use np.linalg.eig.

    Parameters
    ----------
    A : array-like of shape (n, n)

    Returns
    -------
    (P, D) : two real arrays of shape (n, n).
        D is diagonal with the eigenvalues from large to small. The columns of P are eigenvectors of length 1 in the
        same order; in each column the entry with the largest magnitude is positive (the first one on ties).

    Raises
    ------
    ValueError : A is not a square matrix, np.linalg.eig finds an eigenvalue with an imaginary part other than 0,
        or cond(P) > 1e7 (then there is no basis of eigenvectors, up to rounding)
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError("A must be a square matrix")
    values, P = np.linalg.eig(A)
    if np.any(values.imag):
        raise ValueError("A has complex eigenvalues")
    if np.linalg.cond(P) > 1e7:
        raise ValueError("A has no basis of eigenvectors")
    order = np.argsort(values.real)[::-1]
    values, P = values.real[order], P.real[:, order]
    largest = P[np.argmax(np.abs(P), axis=0), np.arange(len(P))]
    return P * np.sign(largest), np.diag(values)
    ### END SOLUTION


# %%
@helper
def matrix_with(values, rng):
    """Return a matrix with the given eigenvalues and eigenvectors that are not orthogonal but well apart."""
    n = len(values)
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    P = Q + 0.25 * rng.uniform(-1, 1, size=(n, n)) / np.sqrt(n)
    return P @ np.diag(values) @ np.linalg.inv(P)


@helper
def factors(answer, n):
    """Return P and D as float arrays of shape (n, n); complex arrays will do when no entry has an imaginary part."""
    P, D = answer
    P, D = array(P, (n, n), what="P"), array(D, (n, n), what="D")
    holds(not np.any(P.imag) and not np.any(D.imag), "P and D should be real.")
    return P.real, D.real


# %%
@check
def multiplies_back_to_the_example(diagonalize):
    """For A = [[4, 1], [2, 3]] the product P D P^-1 is A again, and D holds 5 and 2."""
    A = np.array([[4.0, 1.0], [2.0, 3.0]])
    P, D = factors(diagonalize(A), 2)
    close(D, np.diag([5.0, 2.0]), **T3, what="D")
    close(A @ P, P @ D, **T3, what="A P compared with P D")


# %%
@check
def the_quarter_turn_raises(diagonalize):
    """The quarter turn has no real eigenvectors and raises ValueError."""
    raises(ValueError, diagonalize, np.array([[0.0, -1.0], [1.0, 0.0]]))


# %%
@hidden(weight=2)
def p_d_p_inverse_is_a(diagonalize, rng):
    """The columns of P are eigenvectors, so that A P = P D and A = P D P^-1, and D is diagonal."""
    for n in (1, 2, 3, 5, 8):
        A = matrix_with(np.arange(n) - 1.5, rng)
        P, D = factors(diagonalize(A), n)
        close(D, np.diag(np.diag(D)), **T3, what="D compared with its own diagonal")
        close(A @ P, P @ D, **T3, what="A P compared with P D")
        holds(np.linalg.cond(P) < 1e6, "The columns of P should form a basis.")
        close(P @ D @ np.linalg.inv(P), A, **T3, what="P D P^-1")


# %%
@hidden
def the_eigenvalues_come_from_large_to_small(diagonalize, rng):
    """The diagonal of D holds the eigenvalues, from large to small, with their signs."""
    for values in ([1.0, 3.0], [-4.0, 0.5, 2.0], [0.1, -0.2, 3.0, 1.5, -7.0]):
        P, D = factors(diagonalize(matrix_with(values, rng)), len(values))
        close(np.diag(D).copy(), np.array(sorted(values, reverse=True)), **T2, what="the diagonal of D")


# %%
@hidden
def powers_of_a_come_from_powers_of_d(diagonalize, rng):
    """For k = 0 to 5 the power A^k equals P D^k P^-1."""
    A = matrix_with([1.2, -0.9, 0.4], rng)
    P, D = factors(diagonalize(A), 3)
    holds(np.linalg.cond(P) < 1e6, "The columns of P should form a basis.")
    for k in range(6):
        power = P @ np.diag(np.diag(D) ** k) @ np.linalg.inv(P)
        close(power, np.linalg.matrix_power(A, k), **T3, what=f"P D^{k} P^-1")


# %%
@hidden
def lists_of_whole_numbers_are_welcome(diagonalize):
    """For whole numbers too, A P = P D holds, D has the trace and the determinant of A, and P has unit columns."""
    for A in ([[1, 2], [3, 2]], [[2, 0, 0], [1, 3, 0], [4, 5, -1]]):
        P, D = factors(diagonalize(A), len(A))
        close(np.array(A) @ P, P @ D, **T3, what="A P compared with P D")
        close(np.linalg.norm(P, axis=0), np.ones(len(A)), **T3, what="the lengths of the columns of P")
        close(float(np.trace(D)), float(np.trace(A)), **T3, what="the sum of the diagonal of D")
        close(float(np.prod(np.diag(D))), float(np.linalg.det(A)), **T3, what="the product of the diagonal of D")


# %%
@hidden
def a_symmetric_matrix_gets_an_orthogonal_p(diagonalize, rng):
    """For a symmetric matrix with different eigenvalues the columns of P are pairwise orthogonal."""
    for n in (2, 3, 6):
        Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
        A = Q @ np.diag(np.arange(n) + 1.0) @ Q.T
        A = (A + A.T) / 2
        P, D = factors(diagonalize(A), n)
        close(P.T @ P, np.eye(n), **T3, what="P^T P")
        close(np.diag(D).copy(), np.linalg.eigvalsh(A)[::-1].copy(), **T3, what="the diagonal of D")


# %%
@hidden
def the_columns_have_length_one_and_the_agreed_sign(diagonalize, rng):
    """Each column of P has length one, and its entry with the largest magnitude is positive."""
    for n in (2, 3, 4, 6):
        P, _ = factors(diagonalize(matrix_with(np.arange(n) + 0.5, rng)), n)
        close(np.linalg.norm(P, axis=0), np.ones(n), **T3, what="the lengths of the columns of P")
        for column in P.T:
            holds(
                column.max() > -column.min() * (1 - 1e-9),
                "In each column of P the entry with the largest magnitude should be positive.",
            )


# %%
@hidden
def repeated_eigenvalues_alone_are_no_problem(diagonalize):
    """The identity and diag(2, 5, 2) have repeated eigenvalues and still a basis of eigenvectors."""
    for A in (np.eye(3), np.diag([2.0, 5.0, 2.0]), np.zeros((2, 2))):
        n = len(A)
        P, D = factors(diagonalize(A), n)
        close(np.abs(np.linalg.det(P)), 1.0, **T3, what="|det P|")
        close(P @ D @ np.linalg.inv(P), A, **T3, what="P D P^-1")


# %%
@hidden
def without_a_basis_of_eigenvectors_it_raises(diagonalize):
    """A matrix without a basis of eigenvectors raises ValueError."""
    for A in ([[1, 1], [0, 1]], [[3, 1], [-1, 1]], [[2, 1, 0], [0, 2, 1], [0, 0, 2]]):
        raises(ValueError, diagonalize, np.array(A, dtype=float))


# %%
@hidden
def nearly_parallel_eigenvectors_are_judged_by_cond(diagonalize):
    """Eigenvectors with cond(P) = 5e6 are still a basis; with cond(P) = 1.5e7 they raise ValueError."""
    A = np.array([[1.0, 1.0], [0.0, 1.0 + 4e-7]])
    P, D = factors(diagonalize(A), 2)
    close(A @ P, P @ D, **T3, what="A P compared with P D")
    raises(ValueError, diagonalize, np.array([[1.0, 1.0], [0.0, 1.0 + 1.33e-7]]))


# %%
@hidden
def single_precision_loses_no_digits(diagonalize):
    """A matrix in single precision is converted to float64 first, so that the eigenvalues have nine digits."""
    _, D = factors(diagonalize(np.array([[1.0, 2.0], [3.0, 4.0]], dtype=np.float32)), 2)
    close(np.diag(D).copy(), np.array([5 + 33**0.5, 5 - 33**0.5]) / 2, **T2, what="the diagonal of D")


# %%
@hidden
def complex_eigenvalues_raise(diagonalize):
    """A matrix with complex eigenvalues raises ValueError, also when one eigenvalue is real."""
    for A in ([[1, -2], [1, 1]], [[0, -1, 0], [1, 0, 0], [0, 0, 2]]):
        raises(ValueError, diagonalize, np.array(A, dtype=float))


# %%
@hidden
def a_matrix_that_is_not_square_raises(diagonalize):
    """A matrix that is not square, a plain vector or a stack of matrices raises ValueError."""
    raises(ValueError, diagonalize, np.ones((2, 3)))
    raises(ValueError, diagonalize, np.ones(4))
    raises(ValueError, diagonalize, np.array([[[2.0, 0.0], [0.0, 1.0]]]))


# %%
@accepted
def with_sorted_pairs(A):
    matrix = np.array(A, dtype=np.float64)
    if matrix.ndim != 2 or len(set(matrix.shape)) != 1:
        raise ValueError("not square")
    values, vectors = np.linalg.eig(matrix)
    if any(abs(complex(value).imag) > 0 for value in values):
        raise ValueError("complex eigenvalues")
    values, vectors = np.real(values), np.real(vectors)
    lengths = np.linalg.svd(vectors, compute_uv=False)
    if lengths[0] > 1e7 * lengths[-1]:
        raise ValueError("no basis")
    pairs = sorted(zip(values, vectors.T), key=lambda pair: -pair[0])
    columns = [vector if vector.max() >= -vector.min() else -vector for _, vector in pairs]
    D = np.zeros(matrix.shape)
    for i, (value, _) in enumerate(pairs):
        D[i, i] = value
    return np.column_stack(columns), D


# %%
@accepted
def with_the_condition_number_from_the_inverse(A):
    from scipy import linalg

    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError("not square")
    values, P = linalg.eig(A)
    if np.abs(values.imag).max() != 0:
        raise ValueError("complex eigenvalues")
    values, P = values.real, np.real(P)
    if not np.linalg.matrix_rank(P, tol=1e-7) == len(P):
        raise ValueError("no basis")
    order = sorted(range(len(values)), key=lambda i: values[i], reverse=True)
    P = P[:, order]
    for j in range(len(P)):
        if P[np.abs(P[:, j]).argmax(), j] < 0:
            P[:, j] *= -1
    return P, np.diag(values[order])


# %%
@misconception(
    caught_by="p_d_p_inverse_is_a",
    hint="The transpose replaces the inverse only for orthogonal P; for other matrices P^T A P is not diagonal.",
)
def takes_the_transpose_for_the_inverse(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError("A must be a square matrix")
    values, P = np.linalg.eig(A)
    if np.any(values.imag) or np.linalg.cond(P) > 1e7:
        raise ValueError("A has no real basis of eigenvectors")
    values, P = values.real, P.real
    P = P[:, np.argsort(values)[::-1]]
    P = P * np.sign(P[np.argmax(np.abs(P), axis=0), np.arange(len(P))])
    return P, P.T @ A @ P


# %%
@misconception(
    caught_by="p_d_p_inverse_is_a",
    hint="numpy stores the eigenvectors in the columns: vectors[:, i] belongs to values[i].",
)
def takes_the_rows_for_the_eigenvectors(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError("A must be a square matrix")
    values, vectors = np.linalg.eig(A)
    if np.any(values.imag) or np.linalg.cond(vectors) > 1e7:
        raise ValueError("A has no real basis of eigenvectors")
    values, vectors = values.real, vectors.real
    order = np.argsort(values)[::-1]
    P = vectors[order].T
    P = P / np.linalg.norm(P, axis=0)
    return P * np.sign(P[np.argmax(np.abs(P), axis=0), np.arange(len(P))]), np.diag(values[order])


# %%
@misconception(
    caught_by="p_d_p_inverse_is_a",
    hint="Sorting D alone breaks the pairs; reorder the eigenvalues and the columns of P with the same permutation.",
)
def sorts_d_but_not_p(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError("A must be a square matrix")
    values, P = np.linalg.eig(A)
    if np.any(values.imag) or np.linalg.cond(P) > 1e7:
        raise ValueError("A has no real basis of eigenvectors")
    values, P = values.real, P.real
    P = P * np.sign(P[np.argmax(np.abs(P), axis=0), np.arange(len(P))])
    return P, np.diag(np.sort(values)[::-1])


# %%
@misconception(
    caught_by="without_a_basis_of_eigenvectors_it_raises",
    hint="Two nearly parallel eigenvectors: there is no basis of eigenvectors. Look at cond(P).",
)
def accepts_a_defective_matrix(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError("A must be a square matrix")
    values, P = np.linalg.eig(A)
    if np.any(values.imag):
        raise ValueError("A has complex eigenvalues")
    values, P = values.real, P.real
    order = np.argsort(values)[::-1]
    values, P = values[order], P[:, order]
    return P * np.sign(P[np.argmax(np.abs(P), axis=0), np.arange(len(P))]), np.diag(values)


# %%
@misconception(
    caught_by="complex_eigenvalues_raise",
    hint="Dropping the imaginary part leaves vectors that are no eigenvectors; raise ValueError instead.",
)
def drops_the_imaginary_parts(A):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError("A must be a square matrix")
    values, P = np.linalg.eig(A)
    if not np.any(values.imag) and np.linalg.cond(P) > 1e7:
        raise ValueError("A has no basis of eigenvectors")
    values, P = values.real, P.real
    order = np.argsort(values)[::-1]
    values, P = values[order], P[:, order]
    lengths = np.linalg.norm(P, axis=0)
    P = P / np.where(lengths > 0, lengths, 1)
    return P * np.sign(P[np.argmax(np.abs(P), axis=0), np.arange(len(P))]), np.diag(values)

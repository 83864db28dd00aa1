# %% [markdown]
# ### Capstone: compress a matrix
#
# How many patterns does a data set really contain? In this capstone you let the data answer. You say what share of its
# content you want to keep, and your function finds the smallest number of singular triples that keeps it. In the next
# cell you run it on 1797 handwritten digits.
#
# The *energy* of a matrix is the sum of its squared entries, $\lVert A \rVert_F^2 = \sum_i \sigma_i^2$. Keeping $k$
# terms keeps the share
# $$e(k) = \frac{\sigma_1^2 + \dots + \sigma_k^2}{\sigma_1^2 + \dots + \sigma_r^2}, \qquad r = \min(m, n).$$
# You look for the smallest $k$ with $e(k) \ge$ `energy`. One triple $(\sigma_i, u_i, v_i)$ needs $1 + m + n$ numbers,
# so the compressed matrix needs $k (m + n + 1)$ numbers instead of $m n$:
# $$\text{storage ratio} = \frac{k\,(m + n + 1)}{m\,n} .$$
# Smaller is better, and above $1$ the compression does not pay.
#
# **By hand.** $A = \begin{pmatrix} 4 & 0 \\ 0 & 3 \\ 0 & 0 \end{pmatrix}$ has $\sigma = (4, 3)$ and the energy
# $16 + 9 = 25$. One term keeps $16/25 = 0.64$. For `energy = 0.6` one term is enough: $k = 1$, `energy_kept` $= 0.64$
# and the ratio is $1 \cdot (3 + 2 + 1) / 6 = 1$. For `energy = 0.7` you need $k = 2$.
#
# **Mind `energy = 1`.** Because of rounding the last share can come out as $0.9999999999999999$, and then no $k$ seems
# to be enough. If you divide the running sums by the last one of them, the last share is exactly $1$.
#
# Return a dictionary with the keys `k`, `approx`, `energy_kept` and `storage_ratio`. You may use `np.linalg.svd`.

# %%
from sklearn.datasets import load_digits

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
    points=15,
    minutes=75,
    level=3,
    oracle="numpy.linalg.svd, the digits of scikit-learn",
    section="Low-rank approximation",
    topics=(
        "r0-intro-master-essential-math",
        "r0-intro-ml-ready-foundation",
        "r0-strategy-step5-connect-ml",
        "r0-w3-goal",
        "r0-w3-svd",
        "r0-w3-out-pca-math",
        "r1-why-math-code-ml",
        "r1-t01-svd",
        "r1-t01-in-ml",
        "r2-o1-svd",
        "r2-o1-in-ml",
        "r2-o6-in-ml",
        "r2-sum-linear-algebra",
        "r2-a1-svd",
        "r2-b1-eigen-svd",
        "r4-la-svd",
        "r4-nice-la-svd",
    ),
    capstone=True,
)

# %%
from typing import Any

import numpy as np


# %%
def compress_matrix(A: np.ndarray, energy: float) -> dict[str, Any]:
    """Keep the smallest number of singular triples that holds the wanted share of the squared energy.

    Parameters
    ----------
    A : array-like of shape (m, n), m >= 1 and n >= 1
    energy : wanted share of the sum of the squared singular values, 0 < energy <= 1

    Returns
    -------
    dict with the keys
        k : int, the smallest number of terms that keeps at least the share `energy`
        approx : array of shape (m, n), the sum of the first k terms
        energy_kept : float, the share that these k terms keep
        storage_ratio : float, k (m + n + 1) / (m n)
    The zero matrix gives k = 0, zeros, energy_kept = 1.0 and storage_ratio = 0.0.

    Raises
    ------
    ValueError : A is not a matrix, it is empty, or energy is not in (0, 1]
    """
    ### BEGIN SOLUTION
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0:
        raise ValueError("A must be a matrix with at least one entry")
    if not 0 < energy <= 1:
        raise ValueError("energy must be greater than 0 and at most 1")
    m, n = A.shape
    U, S, Vt = np.linalg.svd(A, full_matrices=False)
    if S[0] == 0:
        return {"k": 0, "approx": np.zeros((m, n)), "energy_kept": 1.0, "storage_ratio": 0.0}
    running = np.cumsum((S / S[0]) ** 2)
    # Divide by the last running sum, not by another sum: then the last share is exactly 1 in spite of rounding.
    share = running / running[-1]
    k = int(np.searchsorted(share, energy)) + 1
    return {
        "k": k,
        "approx": (U[:, :k] * S[:k]) @ Vt[:k],
        "energy_kept": float(share[k - 1]),
        "storage_ratio": k * (m + n + 1) / (m * n),
    }
    ### END SOLUTION


# %%
@helper
def parts(answer, m, n):
    """Return k, approx, energy_kept and storage_ratio after looking at their kinds."""
    holds(isinstance(answer, dict), "The result should be a dictionary.")
    for key in ("k", "approx", "energy_kept", "storage_ratio"):
        holds(key in answer, f"The key {key!r} is missing in the result.")
    k = answer["k"]
    holds(isinstance(k, (int, np.integer)) and not isinstance(k, bool), "k should be a whole number (int).")
    for key in ("energy_kept", "storage_ratio"):
        holds(
            isinstance(answer[key], (int, float, np.integer, np.floating)) and not isinstance(answer[key], bool),
            f"{key} should be a float.",
        )
    approx = array(answer["approx"], (m, n), what="approx")
    return int(k), approx, float(answer["energy_kept"]), float(answer["storage_ratio"])


@helper
def matrix_of_singular_values(values, m, n, rng):
    """Return an m by n matrix with the given singular values and random singular vectors."""
    U, _ = np.linalg.qr(rng.normal(size=(m, len(values))))
    V, _ = np.linalg.qr(rng.normal(size=(n, len(values))))
    return U @ np.diag(values) @ V.T


# %%
@check
def one_term_is_enough_in_the_example(compress_matrix):
    """For the 3 by 2 example and energy 0.6 one term is enough; it keeps 0.64."""
    k, approx, kept, _ = parts(compress_matrix(np.array([[4.0, 0.0], [0.0, 3.0], [0.0, 0.0]]), 0.6), 3, 2)
    same(k, 1, what="k")
    close(approx, np.array([[4.0, 0.0], [0.0, 0.0], [0.0, 0.0]]), **T2, what="approx")
    close(kept, 0.64, **T2, what="energy_kept")


# %%
@check
def more_energy_needs_the_second_term(compress_matrix):
    """For the 3 by 2 example and energy 0.7 both terms are needed, and the storage ratio is 2."""
    k, _, kept, ratio = parts(compress_matrix(np.array([[4.0, 0.0], [0.0, 3.0], [0.0, 0.0]]), 0.7), 3, 2)
    same(k, 2, what="k")
    close(kept, 1.0, **T2, what="energy_kept")
    close(ratio, 2.0, **T2, what="storage_ratio")


# %%
@check
def an_energy_above_one_raises(compress_matrix):
    """No approximation keeps more than everything: energy = 1.5 raises ValueError."""
    raises(ValueError, compress_matrix, np.eye(2), 1.5)


# %%
@hidden(weight=2)
def k_is_the_smallest_that_keeps_enough(compress_matrix, rng):
    """k terms keep at least the wanted share, k - 1 terms keep less."""
    for m, n in ((1, 1), (2, 2), (3, 5), (9, 4), (20, 15)):
        A = matrix_of_singular_values(6.0 * 0.8 ** np.arange(min(m, n)), m, n, rng)
        share = np.concatenate([[0.0], np.cumsum(np.linalg.svd(A, compute_uv=False) ** 2) / np.sum(A**2)])
        for count in sorted({1, (min(m, n) + 1) // 2, min(m, n)}):
            energy = float((share[count - 1] + share[count]) / 2)
            k, _, _, _ = parts(compress_matrix(A, energy), m, n)
            same(k, count, what=f"k for energy {energy:.4f}")


# %%
@hidden(weight=2)
def the_error_matches_the_kept_energy(compress_matrix, rng):
    """The squared error of approx, divided by the squared norm of A, is 1 - energy_kept, and the rank is k."""
    for m, n, energy in ((2, 2, 0.8), (4, 3, 0.7), (5, 8, 0.9), (25, 10, 0.95)):
        A = rng.normal(size=(m, n)) + 0.5
        k, approx, kept, _ = parts(compress_matrix(A, energy), m, n)
        values = np.linalg.svd(A, compute_uv=False)
        close(kept, float(np.sum(values[:k] ** 2) / np.sum(values**2)), **T2, what="energy_kept")
        close(float(np.sum((A - approx) ** 2) / np.sum(A**2)), 1 - kept, **T2, what="the share of energy in A - approx")


# %%
@hidden
def the_digits_need_9_16_and_33_terms(compress_matrix):
    """The 1797 handwritten digits need 9, 16 and 33 terms for 90 %, 95 % and 99 % of the energy."""
    pixels = load_digits().data
    for energy, count in ((0.90, 9), (0.95, 16), (0.99, 33)):
        k, _, kept, ratio = parts(compress_matrix(pixels, energy), 1797, 64)
        same(k, count, what=f"k for energy {energy}")
        holds(kept >= energy, "energy_kept should be at least the wanted energy.")
        close(ratio, count * (1797 + 64 + 1) / (1797 * 64), **T2, what="storage_ratio")


# %%
@hidden
def the_storage_ratio_counts_every_stored_number(compress_matrix):
    """The storage ratio is k (m + n + 1) / (m n)."""
    for shape, energy in (((2, 3), 0.4), ((10, 30), 0.6), ((40, 6), 0.999)):
        A = np.add.outer(np.arange(shape[0]) ** 2, 3 * np.arange(shape[1])) + np.eye(*shape, dtype=int)
        k, _, _, ratio = parts(compress_matrix(A, energy), *shape)
        m, n = shape
        close(ratio, k * (m + n + 1) / (m * n), **T2, what="storage_ratio")


# %%
@hidden
def more_energy_never_needs_fewer_terms(compress_matrix, rng):
    """k and energy_kept grow or stay when energy grows."""
    A = rng.normal(size=(12, 10))
    answers = [parts(compress_matrix(A, energy), 12, 10) for energy in (0.05, 0.3, 0.5, 0.7, 0.9, 0.97)]
    for (k, _, kept, _), (next_k, _, next_kept, _) in zip(answers, answers[1:]):
        holds(k <= next_k and kept <= next_kept, "k and energy_kept should not shrink when energy grows.")


# %%
@hidden
def energy_one_gives_the_matrix_back(compress_matrix, rng):
    """With energy = 1 the approximation is A itself, and k is at most min(m, n)."""
    for m, n in ((1, 4), (3, 3), (6, 4), (7, 12), (20, 20)):
        A = rng.normal(size=(m, n))
        k, approx, kept, _ = parts(compress_matrix(A, 1.0), m, n)
        close(approx, A, **T3, what="approx")
        close(kept, 1.0, **T2, what="energy_kept")
        holds(k <= min(m, n), "k should be at most min(m, n).")


# %%
@hidden
def lists_and_single_precision_are_welcome(compress_matrix):
    """Lists and single precision are converted to float64 first, so that the share of energy has nine digits."""
    k, approx, kept, _ = parts(compress_matrix([[2, 1], [1, 3]], 0.8), 2, 2)
    same(k, 1, what="k")
    close(kept, (15 + 5 * 5**0.5) / 30, **T2, what="energy_kept")
    single = parts(compress_matrix(np.array([[2.0, 1.0], [1.0, 3.0]], dtype=np.float32), 0.8), 2, 2)
    close(single[2], kept, **T2, what="energy_kept for single precision")
    close(single[1], approx, **T2, what="approx for single precision")


# %%
@hidden
def very_large_and_very_small_numbers_are_fine(compress_matrix):
    """Multiplying A by 1e-100 or 1e100 changes neither k nor the share of energy."""
    for scale in (1e-100, 1e100):
        A = scale * np.array([[4.0, 0.0], [0.0, 3.0], [0.0, 0.0]])
        k, approx, kept, _ = parts(compress_matrix(A, 0.6), 3, 2)
        same(k, 1, what=f"k after multiplying by {scale:g}")
        close(kept, 0.64, **T2, what=f"energy_kept after multiplying by {scale:g}")
        close(approx[0, 0] / scale, 4.0, **T2, what=f"the first entry of approx, divided by {scale:g}")


# %%
@hidden
def the_zero_matrix_needs_no_terms(compress_matrix):
    """The zero matrix gives k = 0, zeros, energy_kept 1.0 and storage_ratio 0.0."""
    for shape in ((1, 1), (3, 2)):
        k, approx, kept, ratio = parts(compress_matrix(np.zeros(shape), 0.9), *shape)
        same(k, 0, what="k")
        close(approx, np.zeros(shape), **T2, what="approx")
        close([kept, ratio], [1.0, 0.0], **T2, what="[energy_kept, storage_ratio]")


# %%
@hidden
def bad_input_raises(compress_matrix):
    """An energy of 0 or below, an energy above 1, a vector, a stack or an empty matrix raises ValueError."""
    for energy in (0.0, -0.1, 1.0001):
        raises(ValueError, compress_matrix, np.eye(3), energy)
    raises(ValueError, compress_matrix, np.arange(3.0), 0.9)
    raises(ValueError, compress_matrix, np.ones((2, 2, 2)), 0.9)
    raises(ValueError, compress_matrix, np.zeros((0, 2)), 0.9)


# %%
@accepted
def adding_one_term_at_a_time(A, energy):
    matrix = np.array(A, dtype=np.float64)
    if matrix.ndim != 2 or 0 in matrix.shape or not (energy > 0 and energy <= 1):
        raise ValueError("not possible")
    m, n = matrix.shape
    U, S, Vt = np.linalg.svd(matrix, full_matrices=False)
    left = [float(sum(S[k:] ** 2)) for k in range(len(S) + 1)]
    approx, k = np.zeros((m, n)), 0
    while left[k] > (1 - energy) * left[0]:
        approx = approx + S[k] * np.outer(U[:, k], Vt[k])
        k += 1
    kept = 1 - left[k] / left[0] if left[0] > 0 else 1.0
    return {"k": k, "approx": approx, "energy_kept": kept, "storage_ratio": k * (m + n + 1) / (m * n)}


# %%
@accepted
def with_a_mask_and_the_scipy_svd(A, energy):
    from scipy import linalg

    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or min(A.shape) == 0:
        raise ValueError("not a matrix")
    if not (0 < energy <= 1):
        raise ValueError("energy must lie in (0, 1]")
    if not A.any():
        return dict(k=0, approx=np.zeros_like(A), energy_kept=1.0, storage_ratio=0.0)
    U, S, Vt = linalg.svd(A, full_matrices=False)
    before = np.concatenate([[0.0], np.cumsum(S**2)])
    needed = before[:-1] < energy * before[-1]
    k = np.count_nonzero(needed)
    return dict(
        k=int(k),
        approx=U @ np.diag(np.where(needed, S, 0.0)) @ Vt,
        energy_kept=before[k] / before[-1],
        storage_ratio=float(k * (1 + sum(A.shape)) / A.size),
    )


# %%
@misconception(
    caught_by="the_digits_need_9_16_and_33_terms",
    hint="Energy is the sum of squares: square the singular values before adding them up.",
)
def adds_the_singular_values_without_squaring(A, energy):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0 or not 0 < energy <= 1:
        raise ValueError("A must be a matrix and energy in (0, 1]")
    m, n = A.shape
    U, S, Vt = np.linalg.svd(A, full_matrices=False)
    if S[0] == 0:
        return {"k": 0, "approx": np.zeros((m, n)), "energy_kept": 1.0, "storage_ratio": 0.0}
    share = np.cumsum(S) / np.cumsum(S)[-1]
    k = int(np.searchsorted(share, energy)) + 1
    approx = (U[:, :k] * S[:k]) @ Vt[:k]
    return {"k": k, "approx": approx, "energy_kept": float(share[k - 1]), "storage_ratio": k * (m + n + 1) / (m * n)}


# %%
@misconception(
    caught_by="k_is_the_smallest_that_keeps_enough",
    hint="searchsorted gives an index that counts from 0; k is index + 1.",
)
def takes_the_index_for_the_count(A, energy):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0 or not 0 < energy <= 1:
        raise ValueError("A must be a matrix and energy in (0, 1]")
    m, n = A.shape
    U, S, Vt = np.linalg.svd(A, full_matrices=False)
    if S[0] == 0:
        return {"k": 0, "approx": np.zeros((m, n)), "energy_kept": 1.0, "storage_ratio": 0.0}
    running = np.cumsum(S**2)
    share = np.concatenate([[0.0], running / running[-1]])
    k = int(np.searchsorted(share[1:], energy))
    approx = (U[:, :k] * S[:k]) @ Vt[:k]
    return {"k": k, "approx": approx, "energy_kept": float(share[k]), "storage_ratio": k * (m + n + 1) / (m * n)}


# %%
@misconception(
    caught_by="the_storage_ratio_counts_every_stored_number",
    hint="Smaller is better: the ratio is stored numbers divided by original numbers.",
)
def turns_the_ratio_upside_down(A, energy):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0 or not 0 < energy <= 1:
        raise ValueError("A must be a matrix and energy in (0, 1]")
    m, n = A.shape
    U, S, Vt = np.linalg.svd(A, full_matrices=False)
    if S[0] == 0:
        return {"k": 0, "approx": np.zeros((m, n)), "energy_kept": 1.0, "storage_ratio": 0.0}
    running = np.cumsum(S**2)
    share = running / running[-1]
    k = int(np.searchsorted(share, energy)) + 1
    approx = (U[:, :k] * S[:k]) @ Vt[:k]
    return {"k": k, "approx": approx, "energy_kept": float(share[k - 1]), "storage_ratio": m * n / (k * (m + n + 1))}


# %%
@misconception(
    caught_by="the_storage_ratio_counts_every_stored_number",
    hint="One triple needs m + n + 1 numbers: do not forget the singular value itself.",
)
def forgets_to_store_the_singular_values(A, energy):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0 or not 0 < energy <= 1:
        raise ValueError("A must be a matrix and energy in (0, 1]")
    m, n = A.shape
    U, S, Vt = np.linalg.svd(A, full_matrices=False)
    if S[0] == 0:
        return {"k": 0, "approx": np.zeros((m, n)), "energy_kept": 1.0, "storage_ratio": 0.0}
    running = np.cumsum(S**2)
    share = running / running[-1]
    k = int(np.searchsorted(share, energy)) + 1
    approx = (U[:, :k] * S[:k]) @ Vt[:k]
    return {"k": k, "approx": approx, "energy_kept": float(share[k - 1]), "storage_ratio": k * (m + n) / (m * n)}


# %%
@misconception(
    caught_by="the_zero_matrix_needs_no_terms",
    hint="The zero matrix has no energy to share out; answer k = 0 before you divide by the total.",
)
def divides_zero_by_zero_for_the_zero_matrix(A, energy):
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.size == 0 or not 0 < energy <= 1:
        raise ValueError("A must be a matrix and energy in (0, 1]")
    m, n = A.shape
    U, S, Vt = np.linalg.svd(A, full_matrices=False)
    running = np.cumsum(S**2)
    with np.errstate(all="ignore"):
        share = running / running[-1]
    k = min(int(np.searchsorted(share, energy)) + 1, len(S))
    approx = (U[:, :k] * S[:k]) @ Vt[:k]
    return {"k": k, "approx": approx, "energy_kept": float(share[k - 1]), "storage_ratio": k * (m + n + 1) / (m * n)}

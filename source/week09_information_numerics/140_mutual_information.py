# %% [markdown]
# ### Mutual information
#
# How much does knowing one variable tell you about the other? Correlation sees straight lines only. Mutual
# information sees every kind of dependence, so it is used to pick features and to compare clusterings.
#
# A joint table holds $p_{ij} = P(X = i, Y = j)$. Its row sums $r_i$ and column sums $c_j$ are the marginals. If the
# variables were independent, the table would be the product $r_i c_j$. Mutual information measures how far it is from
# that:
#
# $$I(X; Y) = \sum_{i,j} p_{ij} \log \frac{p_{ij}}{r_i c_j}$$
#
# Cells with $p_{ij} = 0$ contribute 0. The result is never negative, and it is 0 exactly for independent variables.
# It also equals $H(X) + H(Y) - H(X, Y)$.
#
# **By hand.** Take the table $\begin{pmatrix} 1/2 & 1/4 \\ 0 & 1/4 \end{pmatrix}$. The row sums are $(3/4, 1/4)$ and
# the column sums are $(1/2, 1/2)$. The products are $3/8, 3/8$ in the first row and $1/8, 1/8$ in the second. So
# $I = \frac12 \log_2 \frac43 + \frac14 \log_2 \frac23 + \frac14 \log_2 2 = 0.2075 - 0.1462 + 0.25 = 0.3113$ bits.
#
# Return the mutual information. Rounding can leave $-10^{-17}$ for independent variables: return 0 then.

# %%
from autograder.kit import T1, accepted, check, close, exercise, helper, hidden, holds, misconception, raises
from scipy import special
from sklearn.metrics import mutual_info_score

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(
        "sklearn.metrics.mutual_info_score",
        "scipy.special.rel_entr",
        "scipy.special.kl_div",
        "scipy.stats.entropy",
    ),
    oracle="sklearn.metrics.mutual_info_score",
    section="Mutual information",
    topics=(
        "r0-strategy-step4-implement",
        "r0-w9-mutual-information",
        "r1-t06-mutual-information",
        "r2-o7-mutual-information",
        "r2-o7-in-ml",
        "r2-sum-information-theory",
    ),
)

# %%
import math

import numpy as np


# %%
def mutual_information(joint: np.ndarray, base: float = 2.0) -> float:
    """Return the information that two variables share.

    Parameters
    ----------
    joint : array or list of shape (m, n), joint[i, j] = P(X = i, Y = j): no entry is negative and all entries sum to 1
    base : base of the logarithm, greater than 1; 2 gives bits, math.e gives nats

    Returns
    -------
    float : sum of p_ij log(p_ij / (r_i c_j)) with the row sums r and the column sums c, never negative.
        A cell with p_ij = 0 contributes 0.

    Raises
    ------
    ValueError : joint is not two-dimensional, an entry is negative, or the sum differs from 1 by more than 1e-9
    ValueError : base is 1 or smaller
    """
    ### BEGIN SOLUTION
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2 or np.any(joint < 0) or not abs(joint.sum() - 1) <= 1e-9:
        raise ValueError("joint must be a table of probabilities that sum to 1")
    if base <= 1:
        raise ValueError("base must be greater than 1")
    independent = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    happens = joint > 0
    bits = float(np.sum(joint[happens] * np.log(joint[happens] / independent[happens]))) / math.log(base)
    return max(0.0, bits)
    ### END SOLUTION


# %%
@helper
def table(m, n, rng):
    """Return a random joint table with m rows and n columns."""
    return rng.dirichlet(np.ones(m * n)).reshape(m, n)


# %%
@helper
def bits_of(p):
    """Return the entropy of some probabilities in bits."""
    return float(special.entr(p).sum()) / math.log(2)


# %%
@check
def the_worked_example_shares_0_311_bits(mutual_information):
    """The table [[1/2, 1/4], [0, 1/4]] has a mutual information of 0.3113 bits."""
    expected = 0.5 * math.log2(4 / 3) + 0.25 * math.log2(2 / 3) + 0.25
    close(mutual_information(np.array([[0.5, 0.25], [0.0, 0.25]])), expected, **T1, what="the mutual information")


# %%
@check
def a_copy_of_a_coin_shares_one_bit(mutual_information):
    """A fair coin and its copy share 1 bit; two separate fair coins share nothing."""
    close(mutual_information([[0.5, 0], [0, 0.5]]), 1.0, **T1, what="the mutual information of a coin and its copy")
    close(mutual_information(np.full((2, 2), 0.25)), 0.0, **T1, what="the mutual information of two coins")


# %%
@check
def a_table_of_counts_is_refused(mutual_information):
    """Counts do not sum to 1, so they raise ValueError."""
    raises(ValueError, mutual_information, [[3, 1], [1, 3]])


# %%
@hidden(weight=2)
def the_value_is_right_for_random_tables(mutual_information, rng):
    """The mutual information of a random table is right, for square, wide and tall tables, in any unit."""
    for m, n in ((2, 2), (3, 3), (1, 3), (2, 3), (4, 2), (5, 7), (12, 10)):
        counts = rng.integers(1, 30, size=(m, n))
        nats = float(mutual_info_score(None, None, contingency=counts))
        close(mutual_information(counts / counts.sum()), nats / math.log(2), **T1, what="the value in bits")
    for base in (math.e, 10.0, 3):
        value = mutual_information(counts / counts.sum(), base=base)
        close(value, nats / math.log(base), **T1, what=f"the mutual information in base {base:.4g}")


# %%
@hidden(weight=2)
def independent_variables_share_nothing(mutual_information, rng):
    """If the table is the product of its marginals, the mutual information is 0."""
    for m, n in ((2, 2), (2, 3), (4, 3), (1, 5), (6, 6)):
        joint = np.outer(rng.dirichlet(np.ones(m)), rng.dirichlet(np.ones(n)))
        close(mutual_information(joint), 0.0, **T1, what="the mutual information of independent variables")


# %%
@hidden
def rounding_never_makes_it_negative(mutual_information):
    """For independent variables the result is 0 or a rounding error above 0, never below."""
    generator = np.random.default_rng(40)
    for m, n in [(2, 2), (2, 3), (3, 3), (4, 2)] * 12:
        joint = np.outer(generator.dirichlet(np.ones(m)), generator.dirichlet(np.ones(n)))
        value = mutual_information(joint)
        holds(value >= 0, f"Mutual information should not be negative, not even by rounding. Got {value!r}.")


# %%
@hidden
def it_is_what_the_entropies_have_in_common(mutual_information, rng):
    """The mutual information is H(X) + H(Y) - H(X, Y), and it does not exceed H(X) or H(Y)."""
    for m, n in ((2, 2), (2, 4), (5, 3)):
        joint = table(m, n, rng)
        x, y = bits_of(joint.sum(axis=1)), bits_of(joint.sum(axis=0))
        value = mutual_information(joint)
        close(value, x + y - bits_of(joint), **T1, what="the mutual information")
        holds(value <= min(x, y) + 1e-12, "The mutual information should not exceed the entropy of X or of Y.")


# %%
@hidden
def a_function_of_x_shares_its_whole_entropy(mutual_information, rng):
    """If Y is a function of X, the mutual information is the entropy of Y; cells of probability 0 add nothing."""
    close(mutual_information([[0, 1], [0, 0]]), 0.0, **T1, what="the mutual information of two constants")
    for m, n in ((2, 2), (4, 2), (7, 3)):
        joint = np.zeros((m, n))
        joint[np.arange(m), np.arange(m) % n] = rng.dirichlet(np.ones(m))
        close(mutual_information(joint), bits_of(joint.sum(axis=0)), **T1, what="the mutual information")


# %%
@hidden
def neither_order_nor_names_matter(mutual_information, rng):
    """Exchanging X and Y, renaming values or adding values that never occur changes nothing."""
    for m, n in ((2, 2), (2, 3), (5, 4)):
        joint = table(m, n, rng)
        expected = bits_of(joint.sum(axis=1)) + bits_of(joint.sum(axis=0)) - bits_of(joint)
        shuffled = joint[rng.permutation(m)][:, rng.permutation(n)]
        close(mutual_information(joint.T), expected, **T1, what="the mutual information of (Y, X)")
        close(mutual_information(np.pad(shuffled, 1)), expected, **T1, what="the mutual information after renaming")


# %%
@hidden
def single_precision_loses_no_digits(mutual_information):
    """A table in single precision is converted to float64 first, so the mutual information keeps all its digits."""
    joint = np.array([[0.5, 0.25], [0.0, 0.25]], dtype=np.float32)
    expected = 0.5 * math.log2(4 / 3) + 0.25 * math.log2(2 / 3) + 0.25
    close(mutual_information(joint), expected, **T1, what="the mutual information")


# %%
@hidden
def what_is_no_joint_table_raises(mutual_information):
    """Negative entries, a wrong sum, a wrong shape and a base of 1 or less raise ValueError."""
    raises(ValueError, mutual_information, [[1.0, 0.5], [-0.5, 0.0]])
    raises(ValueError, mutual_information, [[0.25, 0.25], [0.25, 0.2]])
    raises(ValueError, mutual_information, [[0.5, 0.0], [0.0, 0.5 + 5e-9]])
    raises(ValueError, mutual_information, [0.5, 0.5])
    raises(ValueError, mutual_information, np.full((2, 2, 2), 0.125))
    raises(ValueError, mutual_information, np.zeros((0, 2)))
    for base in (1.0, 0.5, 0.0, -2.0):
        raises(ValueError, mutual_information, [[0.4, 0.1], [0.1, 0.4]], base=base)
    value = mutual_information([[0.5, 0.0], [0.0, 0.5 - 5e-10]])
    close(value, 1.0, rtol=0, atol=1e-8, what="the mutual information when the sum is 1 up to rounding")


# %%
@accepted
def from_three_entropies(joint, base=2.0):
    cells = np.asarray(joint, dtype=float)
    if cells.ndim != 2 or (cells < 0).any() or not np.isclose(cells.sum(), 1.0, rtol=0, atol=1e-9):
        raise ValueError("not a joint table")
    if not base > 1:
        raise ValueError("not a base")
    total = 0.0
    for sign, p in ((1, cells.sum(axis=1)), (1, cells.sum(axis=0)), (-1, cells.ravel())):
        total -= sign * special.xlogy(p, p).sum()
    return float(np.maximum(total / np.log(base), 0.0))


# %%
@accepted
def with_two_loops_over_the_cells(joint, base=2.0):
    rows = np.array(joint, dtype=float)
    if rows.ndim != 2 or rows.size == 0 or rows.min() < 0 or abs(rows.sum() - 1.0) > 1e-9:
        raise ValueError("not a joint table")
    if base <= 1:
        raise ValueError("not a base")
    total = 0.0
    for i in range(rows.shape[0]):
        for j in range(rows.shape[1]):
            if rows[i, j] > 0:
                expected = float(rows[i, :].sum()) * float(rows[:, j].sum())
                total += float(rows[i, j]) * math.log(float(rows[i, j]) / expected, base)
    return total if total > 0 else 0.0


# %%
@misconception(
    caught_by="independent_variables_share_nothing",
    hint="Compare with the product of the marginals, not with a table of equal entries.",
)
def compares_with_the_uniform_table(joint, base=2.0):
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2 or np.any(joint < 0) or not abs(joint.sum() - 1) <= 1e-9:
        raise ValueError("not a joint table")
    if base <= 1:
        raise ValueError("not a base")
    happens = joint > 0
    return max(0.0, float(np.sum(joint[happens] * np.log(joint[happens] * joint.size))) / math.log(base))


# %%
@misconception(
    caught_by="the_value_is_right_for_random_tables",
    hint="The marginals belong to the wrong axis: use outer(row sums, column sums).",
)
def exchanges_the_marginals(joint, base=2.0):
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2 or np.any(joint < 0) or not abs(joint.sum() - 1) <= 1e-9:
        raise ValueError("not a joint table")
    if base <= 1:
        raise ValueError("not a base")
    exchanged = np.outer(joint.sum(axis=0), joint.sum(axis=1))
    with np.errstate(all="ignore"):
        terms = joint * np.log(joint / exchanged)
    return max(0.0, float(np.sum(terms[joint > 0])) / math.log(base))


# %%
@misconception(
    caught_by="rounding_never_makes_it_negative",
    hint="Rounding can leave -1e-17 where the answer is 0; clip at 0.",
)
def lets_rounding_make_it_negative(joint, base=2.0):
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2 or np.any(joint < 0) or not abs(joint.sum() - 1) <= 1e-9:
        raise ValueError("not a joint table")
    if base <= 1:
        raise ValueError("not a base")
    independent = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    happens = joint > 0
    return float(np.sum(joint[happens] * np.log(joint[happens] / independent[happens]))) / math.log(base)


# %%
@misconception(
    caught_by="a_copy_of_a_coin_shares_one_bit",
    hint="np.log is the natural logarithm. Divide by log(base).",
)
def answers_in_nats_for_every_base(joint, base=2.0):
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2 or np.any(joint < 0) or not abs(joint.sum() - 1) <= 1e-9:
        raise ValueError("not a joint table")
    if base <= 1:
        raise ValueError("not a base")
    independent = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    happens = joint > 0
    return max(0.0, float(np.sum(joint[happens] * np.log(joint[happens] / independent[happens]))))

# %% [markdown]
# ### From joint to conditional probabilities
#
# A joint table holds all that can be known about two variables: `joint[i, j]` is the probability that the first one has
# the value $i$ and the second one the value $j$. Usually you know one of them and ask about the other: the word is
# known, is the mail spam? Then one row (or one column) of the table becomes the whole, and you rescale it to the sum 1.
#
# The row sums are the marginal probabilities $P(X = i)$, the column sums are $P(Y = j)$. When the row is given,
#
# $$P(Y = j \mid X = i) = \frac{P(X = i, Y = j)}{P(X = i)}$$
#
# and every row of the result sums to 1. When the column is given, you divide by $P(Y = j)$ and every column sums to 1.
# A row or column that never occurs cannot be given: its sum is 0.
#
# **By hand.** Rows: rain, dry. Columns: late, on time.
# $$\begin{pmatrix} 0.1 & 0.1 \\ 0.2 & 0.6 \end{pmatrix}$$
# The row sums are $0.2$ and $0.8$. Given the row, you get $\begin{pmatrix} 0.5 & 0.5 \\ 0.25 & 0.75 \end{pmatrix}$: in
# the rain, half of the trains are late. The column sums are $0.3$ and $0.7$. Given the column, you get
# $\begin{pmatrix} 1/3 & 1/7 \\ 2/3 & 6/7 \end{pmatrix}$: of the late trains, only a third were late in the rain. The
# two tables answer different questions. Bayes' theorem translates between them.
#
# Return a table of the same shape as `joint`.

# %%
from autograder.kit import T1, accepted, array, check, close, exercise, helper, hidden, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=(),
    oracle="sums over single cells, and Bayes' theorem",
    section="Joint and conditional probability",
    topics=(
        "r0-w6-joint-conditional",
        "r2-o2-conditional-bayes",
        "r2-a2-rules-conditional-bayes",
        "r2-b2-rules-conditional-bayes",
        "r4-prob-conditional-bayes",
        "r4-prob-independence",
        "r4-req-ps-probability-theory",
        "r4-req-ps-conditional-bayes",
    ),
)

# %%
import numpy as np


# %%
def conditional_table(joint: np.ndarray, given: str) -> np.ndarray:
    """Return the conditional probabilities of one variable when the other one is known.

    Parameters
    ----------
    joint : array-like of shape (m, n), joint[i, j] = P(X = i, Y = j)
    given : "row" when X (the row) is known, "column" when Y (the column) is known

    Returns
    -------
    array of shape (m, n) : entry [i, j] is P(Y = j | X = i) for "row" and P(X = i | Y = j) for "column"

    Raises
    ------
    ValueError : joint is not two-dimensional, an entry is negative, or the sum differs from 1 by more than 1e-9
    ValueError : a row (for "row") or a column (for "column") has the probability 0
    ValueError : given is neither "row" nor "column"
    """
    ### BEGIN SOLUTION
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2 or np.any(joint < 0) or not abs(joint.sum() - 1) <= 1e-9:
        raise ValueError("joint must be a table of probabilities that sum to 1")
    if given not in ("row", "column"):
        raise ValueError('given must be "row" or "column"')
    marginal = joint.sum(axis=1 if given == "row" else 0, keepdims=True)
    if np.any(marginal == 0):
        raise ValueError(f"a {given} of probability 0 cannot be given")
    return joint / marginal
    ### END SOLUTION


# %%
@helper
def random_joint(m, n, rng):
    """Return a random joint table with m rows and n columns."""
    return rng.dirichlet(np.ones(m * n)).reshape(m, n)


# %%
@check
def the_late_trains_given_the_weather(conditional_table):
    """In the worked example, half of the trains are late in the rain and a quarter when it is dry."""
    joint = np.array([[0.1, 0.1], [0.2, 0.6]])
    close(conditional_table(joint, "row"), np.array([[0.5, 0.5], [0.25, 0.75]]), **T1, what="the table given the row")


# %%
@check
def the_weather_given_the_late_trains(conditional_table):
    """In the worked example, a third of the late trains and a seventh of the punctual ones run in the rain."""
    joint = np.array([[0.1, 0.1], [0.2, 0.6]])
    expected = np.array([[1 / 3, 1 / 7], [2 / 3, 6 / 7]])
    close(conditional_table(joint, "column"), expected, **T1, what="the table given the column")


# %%
@check
def a_row_that_never_occurs_cannot_be_given(conditional_table):
    """A row of zeros raises ValueError when the row is given."""
    raises(ValueError, conditional_table, np.array([[0.5, 0.5], [0.0, 0.0]]), "row")


# %%
@hidden(weight=2)
def each_cell_is_divided_by_its_own_marginal(conditional_table, rng):
    """In tables of every size, each cell is divided by the sum of its row or of its column."""
    for m, n in ((1, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 3), (4, 2), (6, 6), (9, 15)):
        joint = random_joint(m, n, rng)
        rows = np.array([[joint[i, j] / sum(joint[i].tolist()) for j in range(n)] for i in range(m)])
        columns = np.array([[joint[i, j] / sum(joint[:, j].tolist()) for j in range(n)] for i in range(m)])
        close(conditional_table(joint, "row"), rows, **T1, what=f"the table of shape {(m, n)} given the row")
        close(conditional_table(joint, "column"), columns, **T1, what=f"the table of shape {(m, n)} given the column")


# %%
@hidden
def what_is_given_sums_to_one(conditional_table, rng):
    """Given the row, every row sums to 1; given the column, every column does; the marginal gives back the joint."""
    for m, n in ((2, 2), (3, 3), (2, 5), (5, 3)):
        joint = random_joint(m, n, rng)
        rows = array(conditional_table(joint, "row"), (m, n), what="the table given the row")
        close(rows.sum(axis=1), np.ones(m), **T1, what="the row sums")
        close(rows * joint.sum(axis=1)[:, None], joint, **T1, what="the table times the marginal")
        columns = array(conditional_table(joint, "column"), (m, n), what="the table given the column")
        close(columns.sum(axis=0), np.ones(n), **T1, what="the column sums")
        close(columns * joint.sum(axis=0), joint, **T1, what="the table times the marginal")


# %%
@hidden
def independent_variables_have_equal_rows(conditional_table, rng):
    """For independent variables every row given the row is the marginal of the column: knowing the row says nothing."""
    for m, n in ((2, 2), (2, 3), (4, 4)):
        p, q = rng.dirichlet(np.ones(m)), rng.dirichlet(np.ones(n))
        close(conditional_table(np.outer(p, q), "row"), np.tile(q, (m, 1)), **T1, what="the table given the row")
        expected = np.tile(p[:, None], (1, n))
        close(conditional_table(np.outer(p, q), "column"), expected, **T1, what="the table given the column")


# %%
@hidden
def exchanging_the_variables_transposes_the_table(conditional_table, rng):
    """The table given the column is the transposed table, given the row, transposed back."""
    for m, n in ((2, 2), (3, 2), (4, 4)):
        joint = random_joint(m, n, rng)
        columns = array(conditional_table(joint, "column"), (m, n), what="the table given the column")
        rows = array(conditional_table(joint.T, "row"), (n, m), what="the transposed table given the row")
        close(columns, rows.T, **T1, what="the table given the column")
        close(columns.sum(axis=0), np.ones(n), **T1, what="the column sums")


# %%
@hidden
def bayes_theorem_connects_the_two_tables(conditional_table, rng):
    """P(X | Y) = P(Y | X) P(X) / P(Y): one table follows from the other and the marginals."""
    for m, n in ((2, 2), (3, 3), (3, 5)):
        joint = random_joint(m, n, rng)
        rows = array(conditional_table(joint, "row"), (m, n), what="the table given the row")
        translated = rows * joint.sum(axis=1, keepdims=True) / joint.sum(axis=0)
        close(conditional_table(joint, "column"), translated, **T1, what="the table given the column")


# %%
@hidden
def zeros_are_fine_where_they_are_not_given(conditional_table):
    """A column of zeros does no harm when the row is given, and a row of zeros none when the column is given."""
    joint = np.array([[0.25, 0.0, 0.25], [0.5, 0.0, 0.0]])
    close(conditional_table(joint, "row"), np.array([[0.5, 0.0, 0.5], [1.0, 0.0, 0.0]]), **T1)
    close(conditional_table(joint.T, "column"), np.array([[0.5, 1.0], [0.0, 0.0], [0.5, 0.0]]), **T1)
    raises(ValueError, conditional_table, joint, "column")
    raises(ValueError, conditional_table, joint.T, "row")
    close(conditional_table([[0, 1]], "row"), np.array([[0.0, 1.0]]), **T1, what="a table of integers")
    close(conditional_table([[0], [1]], "column"), np.array([[0.0], [1.0]]), **T1, what="a table of integers")


# %%
@hidden
def single_precision_loses_no_digits(conditional_table):
    """A table in single precision is converted to float64 first: a third stays a third to twelve digits."""
    joint = np.array([[0.25, 0.5], [0.125, 0.125]], dtype=np.float32)
    close(conditional_table(joint, "row"), np.array([[1 / 3, 2 / 3], [0.5, 0.5]]), **T1, what="the table given the row")


# %%
@hidden
def what_is_no_joint_table_raises(conditional_table):
    """Counts, a sum other than 1, negative entries, a wrong shape and another word for `given` raise ValueError."""
    raises(ValueError, conditional_table, [[3, 1], [2, 4]], "row")
    raises(ValueError, conditional_table, [[0.5, 0.5], [0.0, 5e-9]], "row")
    raises(ValueError, conditional_table, [[0.25, 0.25], [0.25, 0.125]], "row")
    raises(ValueError, conditional_table, [[0.6, 0.6], [-0.2, 0.0]], "row")
    raises(ValueError, conditional_table, [[0.6, 0.5], [-0.2, 0.1]], "column")
    raises(ValueError, conditional_table, [0.5, 0.5], "row")
    raises(ValueError, conditional_table, [[[0.5, 0.5]]], "column")
    for word in ("rows", "", "both"):
        raises(ValueError, conditional_table, [[0.25, 0.25], [0.25, 0.25]], word)
    nearly = conditional_table([[0.5, 0.0], [0.25, 0.25 - 5e-10]], "row")
    close(nearly, np.array([[1.0, 0.0], [0.5, 0.5]]), rtol=0, atol=1e-8, what="a table whose sum is 1 up to rounding")


# %%
@accepted
def line_by_line(joint, given):
    table = np.array(joint, dtype=float)
    if table.ndim != 2 or table.size == 0 or table.min() < 0 or abs(table.sum() - 1.0) > 1e-9:
        raise ValueError("no joint table")
    if given == "column":
        return line_by_line(table.T, "row").T
    if given != "row":
        raise ValueError("given")
    lines = []
    for line in table:
        total = line.sum()
        if total == 0:
            raise ValueError("never occurs")
        lines.append(line / total)
    return np.array(lines)


# %%
@accepted
def with_a_diagonal_matrix(joint, given):
    joint = np.asarray(joint, dtype=np.float64)
    if len(joint.shape) != 2 or (joint < 0).any() or not np.isclose(joint.sum(), 1.0, rtol=0, atol=1e-9):
        raise ValueError("no joint table")
    m, n = joint.shape
    if given == "row":
        marginal = joint @ np.ones(n)
    elif given == "column":
        marginal = np.ones(m) @ joint
    else:
        raise ValueError("given")
    if not marginal.all():
        raise ValueError("never occurs")
    return np.diag(1 / marginal) @ joint if given == "row" else joint @ np.diag(1 / marginal)


# %%
@misconception(
    caught_by="the_late_trains_given_the_weather",
    hint="The divisor must be a column: use keepdims=True. A flat array is matched with the columns instead.",
)
def divides_by_a_flat_array(joint, given):
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2 or np.any(joint < 0) or not abs(joint.sum() - 1) <= 1e-9:
        raise ValueError("joint must be a table of probabilities that sum to 1")
    if given not in ("row", "column"):
        raise ValueError('given must be "row" or "column"')
    marginal = joint.sum(axis=1 if given == "row" else 0)
    if np.any(marginal == 0):
        raise ValueError("a row or column of probability 0 cannot be given")
    return joint / marginal


# %%
@misconception(
    caught_by="the_late_trains_given_the_weather",
    hint="You divided along the other axis. What is given sums to 1: given the row, every row does.",
)
def normalises_along_the_other_axis(joint, given):
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2 or np.any(joint < 0) or not abs(joint.sum() - 1) <= 1e-9:
        raise ValueError("joint must be a table of probabilities that sum to 1")
    if given not in ("row", "column"):
        raise ValueError('given must be "row" or "column"')
    marginal = joint.sum(axis=0 if given == "row" else 1, keepdims=True)
    if np.any(marginal == 0):
        raise ValueError("a row or column of probability 0 cannot be given")
    return joint / marginal


# %%
@misconception(
    caught_by="the_late_trains_given_the_weather",
    hint="These are still the joint probabilities. Divide each row (or column) by its own sum.",
)
def divides_by_the_sum_of_the_whole_table(joint, given):
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2 or np.any(joint < 0) or not abs(joint.sum() - 1) <= 1e-9:
        raise ValueError("joint must be a table of probabilities that sum to 1")
    if given not in ("row", "column"):
        raise ValueError('given must be "row" or "column"')
    if np.any(joint.sum(axis=1 if given == "row" else 0) == 0):
        raise ValueError("a row or column of probability 0 cannot be given")
    return joint / joint.sum()


# %%
@misconception(
    caught_by="a_row_that_never_occurs_cannot_be_given",
    hint="What has probability 0 cannot be given: its conditional probabilities do not exist. Raise ValueError.",
)
def fills_impossible_rows_with_zeros(joint, given):
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2 or np.any(joint < 0) or not abs(joint.sum() - 1) <= 1e-9:
        raise ValueError("joint must be a table of probabilities that sum to 1")
    if given not in ("row", "column"):
        raise ValueError('given must be "row" or "column"')
    marginal = joint.sum(axis=1 if given == "row" else 0, keepdims=True)
    return joint / np.where(marginal == 0, 1.0, marginal)


# %%
@misconception(
    caught_by="zeros_are_fine_where_they_are_not_given",
    hint="Only what is given must have a positive probability. A column of zeros is fine when the row is given.",
)
def refuses_zeros_in_both_marginals(joint, given):
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2 or np.any(joint < 0) or not abs(joint.sum() - 1) <= 1e-9:
        raise ValueError("joint must be a table of probabilities that sum to 1")
    if given not in ("row", "column"):
        raise ValueError('given must be "row" or "column"')
    if np.any(joint.sum(axis=0) == 0) or np.any(joint.sum(axis=1) == 0):
        raise ValueError("a row or column of probability 0 cannot be given")
    return joint / joint.sum(axis=1 if given == "row" else 0, keepdims=True)


# %%
@misconception(
    caught_by="what_is_no_joint_table_raises",
    hint="A table of counts is not a joint distribution. Raise ValueError instead of dividing it anyway.",
)
def accepts_counts(joint, given):
    joint = np.asarray(joint, dtype=float)
    if joint.ndim != 2 or np.any(joint < 0):
        raise ValueError("joint must be a table without negative entries")
    if given not in ("row", "column"):
        raise ValueError('given must be "row" or "column"')
    marginal = joint.sum(axis=1 if given == "row" else 0, keepdims=True)
    if np.any(marginal == 0):
        raise ValueError(f"a {given} of probability 0 cannot be given")
    return joint / marginal

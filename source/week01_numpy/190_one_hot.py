# %% [markdown]
# ### One-hot rows
#
# A model computes with numbers, but a class has no size. If setosa is 0, versicolor 1 and virginica 2, then virginica
# is not twice as much as versicolor. So each class gets a column of its own. A row has a 1 in the column of its class
# and 0 everywhere else.
#
# For labels $y_1, \dots, y_n$ from $\{0, \dots, K-1\}$ the table $Y$ has shape $(n, K)$ and the entries
# $Y_{ik} = \mathbb{1}[y_i = k]$: 1 if the label of sample $i$ is $k$, otherwise 0.
#
# **By hand.** The labels $(2, 0, 1, 0)$ have the largest value 2. Labels start at 0, so there are $K = 3$ classes:
# $$Y = \begin{pmatrix} 0 & 0 & 1 \\ 1 & 0 & 0 \\ 0 & 1 & 0 \\ 1 & 0 & 0 \end{pmatrix} .$$
# Each row sums to 1. Each column sums to the number of samples of its class: 2, 1 and 1.
#
# Return the table $Y$ as an array of floats.

# %%
from autograder.kit import accepted, array, check, close, exercise, hidden, holds, misconception, raises, same
from sklearn.preprocessing import LabelBinarizer

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="sklearn.preprocessing.LabelBinarizer for more than two classes",
    section="Broadcasting and masks",
    topics=(
        "r0-w1-goal",
        "r0-w1-numpy-arrays",
        "r0-w1-out-numpy",
        "r1-tools-numpy",
        "r1-t00-numpy-basics",
        "r2-b1-numpy-basics",
        "r3-3-1-indexing-slicing",
    ),
)

# %%
import numpy as np


# %%
def one_hot(labels: np.ndarray, num_classes: int | None = None) -> np.ndarray:
    """Turn class labels into rows with a single 1.

    Parameters
    ----------
    labels : array-like of whole numbers, shape (n,), n >= 1; the classes are 0, 1, ..., K - 1
    num_classes : the number K of classes; None stands for the largest label plus 1

    Returns
    -------
    array of float64 of shape (n, K): entry (i, k) is 1.0 when labels[i] is k, otherwise 0.0.
        Column k belongs to class k, also when no sample has this class.

    Raises
    ------
    TypeError : the labels are not of an integer type; floats are refused, even 1.0
    ValueError : labels is empty or not one-dimensional, or a label is negative or not below num_classes
    """
    ### BEGIN SOLUTION
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("labels need the shape (n,) with n >= 1")
    if labels.dtype.kind not in "iu":
        raise TypeError("labels must be whole numbers")
    K = int(labels.max()) + 1 if num_classes is None else num_classes
    if labels.min() < 0 or labels.max() >= K:
        raise ValueError(f"labels must lie between 0 and {K - 1}")
    return (labels[:, None] == np.arange(K)).astype(float)
    ### END SOLUTION


# %%
@check
def works_for_the_example(one_hot):
    """The labels (2, 0, 1, 0) give the table of the example."""
    expected = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    same(array(one_hot(np.array([2, 0, 1, 0])), (4, 3)), expected)


# %%
@check
def more_classes_can_be_asked_for(one_hot):
    """With num_classes = 4 the labels (0, 1) give two rows with four entries."""
    expected = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]])
    same(array(one_hot([0, 1], num_classes=4), (2, 4)), expected)


# %%
@check
def a_label_beyond_the_last_class_raises(one_hot):
    """The label 3 does not exist when there are three classes: ValueError."""
    raises(ValueError, one_hot, np.array([0, 3]), num_classes=3)


# %%
@hidden(weight=2)
def every_row_has_a_single_one_at_its_label(one_hot, rng):
    """Every row sums to 1, and the position of its largest entry is the label."""
    for n, K in ((1, 1), (1, 2), (2, 2), (5, 3), (40, 7), (300, 12)):
        labels = rng.integers(0, K, size=n)
        labels[0] = K - 1
        Y = array(one_hot(labels), (n, K), what=f"the table for the largest label {K - 1}")
        same(Y.sum(axis=1), np.ones(n), what="the sums of the rows")
        same(np.argmax(Y, axis=1), labels, what="the positions of the ones")
        holds(np.all((Y == 0) | (Y == 1)), "Every entry should be 0 or 1.")


# %%
@hidden
def a_class_that_nobody_has_keeps_its_column(one_hot, rng):
    """With the labels {0, 2} class 2 sits in column 2, and column 1 is zero."""
    same(array(one_hot(np.array([0, 2])), (2, 3)), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]))
    same(array(one_hot([4]), (1, 5)), np.array([[0.0, 0.0, 0.0, 0.0, 1.0]]))
    labels = rng.permutation(np.array([1, 1, 3, 6, 8, 8, 8]))
    Y = array(one_hot(labels, num_classes=11), (7, 11))
    same(np.flatnonzero(Y.sum(axis=0)), np.array([1, 3, 6, 8]), what="the columns that are used")


# %%
@hidden
def the_product_with_itself_counts_the_classes(one_hot, rng):
    """The matrix product of Y transposed with Y has the class counts on its diagonal and zeros elsewhere."""
    for n, K in ((3, 2), (10, 4), (200, 9)):
        labels = rng.integers(0, K, size=n)
        Y = array(one_hot(labels, num_classes=K), (n, K))
        close(Y.T @ Y, np.diag(np.bincount(labels, minlength=K)).astype(float), what="Y transposed times Y")


# %%
@hidden
def agrees_with_an_independent_table(one_hot, rng):
    """The table agrees with that of a library."""
    for n, K in ((4, 3), (25, 5), (120, 10)):
        labels = np.concatenate([np.arange(K), rng.integers(0, K, size=n)])
        expected = LabelBinarizer().fit_transform(labels).astype(float)
        same(array(one_hot(labels), (n + K, K)), expected, what="the table")


# %%
@hidden
def the_table_holds_floats(one_hot):
    """The entries are floats (float64), whatever integers or list the labels are."""
    for labels in (np.array([1, 0], dtype=np.uint8), np.array([1, 0], dtype=np.int32), [1, 0]):
        Y = one_hot(labels)
        same(array(Y, (2, 2)), np.array([[0.0, 1.0], [1.0, 0.0]]), what="the table")
        holds(Y.dtype == np.float64, f"The table should be an array of float64, not of {Y.dtype}.")


# %%
@hidden
def negative_labels_raise(one_hot):
    """There is no class -1: ValueError."""
    raises(ValueError, one_hot, np.array([-1]), num_classes=2)
    raises(ValueError, one_hot, np.array([0, 2, -1]))
    raises(ValueError, one_hot, [1, -2, 0], 3)


# %%
@hidden
def labels_that_are_no_whole_numbers_raise(one_hot):
    """Floats and texts are no labels: TypeError."""
    raises(TypeError, one_hot, np.array([0.5, 1.0]))
    raises(TypeError, one_hot, [0.0, 1.0, 2.0])
    raises(TypeError, one_hot, np.array(["cat", "dog"]))


# %%
@hidden
def bad_shapes_and_ranges_raise(one_hot):
    """Empty labels, a table of labels, or a label equal to num_classes raise ValueError."""
    raises(ValueError, one_hot, np.array([], dtype=int))
    raises(ValueError, one_hot, np.array([[0, 1], [1, 0]]))
    raises(ValueError, one_hot, np.array([0, 1, 2]), num_classes=2)
    raises(ValueError, one_hot, np.array([0]), num_classes=0)


# %%
@accepted
def rows_of_the_identity(labels, num_classes=None):
    labels = np.array(labels)
    if len(labels.shape) != 1 or len(labels) < 1:
        raise ValueError("one label per sample")
    if not np.issubdtype(labels.dtype, np.integer):
        raise TypeError("integers only")
    size = num_classes if num_classes is not None else max(labels) + 1
    if np.any(labels < 0) or np.any(labels >= size):
        raise ValueError("label out of range")
    return np.eye(size)[labels]


# %%
@accepted
def one_entry_after_the_other(labels, num_classes=None):
    if np.ndim(labels) != 1 or np.size(labels) == 0:
        raise ValueError("labels must be a list of at least one label")
    for label in labels:
        if not isinstance(label, (int, np.integer)):
            raise TypeError(f"{label!r} is no whole number")
    numbers = [int(label) for label in labels]
    if num_classes is None:
        num_classes = 1 + max(numbers)
    table = np.zeros((len(numbers), num_classes))
    for row, number in enumerate(numbers):
        if not 0 <= number < num_classes:
            raise ValueError(f"no class {number}")
        table[row, number] = 1.0
    return table


# %%
@misconception(
    caught_by="every_row_has_a_single_one_at_its_label",
    hint="Labels start at 0, so K = max + 1; with K = max the last class has no column.",
)
def last_class_has_no_column(labels, num_classes=None):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("labels need the shape (n,)")
    if labels.dtype.kind not in "iu":
        raise TypeError("labels must be whole numbers")
    if labels.min() < 0 or (num_classes is not None and labels.max() >= num_classes):
        raise ValueError("label out of range")
    K = int(labels.max()) if num_classes is None else num_classes
    return (labels[:, None] == np.arange(K)).astype(float)


# %%
@misconception(
    caught_by="every_row_has_a_single_one_at_its_label",
    hint="Labels start at 0, so K = max + 1; an identity of size max has no row for the last class.",
)
def identity_of_size_max(labels, num_classes=None):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("labels need the shape (n,)")
    if labels.dtype.kind not in "iu":
        raise TypeError("labels must be whole numbers")
    if labels.min() < 0 or (num_classes is not None and labels.max() >= num_classes):
        raise ValueError("label out of range")
    return np.eye(labels.max() if num_classes is None else num_classes)[labels]


# %%
@misconception(
    caught_by="negative_labels_raise",
    hint="Negative indices count from the end, so -1 marks the last class without an error; check the range.",
)
def minus_one_marks_the_last_class(labels, num_classes=None):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("labels need the shape (n,)")
    if labels.dtype.kind not in "iu":
        raise TypeError("labels must be whole numbers")
    K = int(labels.max()) + 1 if num_classes is None else num_classes
    if labels.max() >= K:
        raise ValueError("label too large")
    Y = np.zeros((len(labels), K))
    Y[np.arange(len(labels)), labels] = 1.0
    return Y


# %%
@misconception(
    caught_by="a_class_that_nobody_has_keeps_its_column",
    hint="With labels {0, 2} class 2 must still sit in column 2; np.unique closes the gaps.",
)
def columns_follow_the_labels_that_occur(labels, num_classes=None):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("labels need the shape (n,)")
    if labels.dtype.kind not in "iu":
        raise TypeError("labels must be whole numbers")
    if labels.min() < 0 or (num_classes is not None and labels.max() >= num_classes):
        raise ValueError("label out of range")
    classes, columns = np.unique(labels, return_inverse=True)
    Y = np.zeros((len(labels), len(classes) if num_classes is None else num_classes))
    Y[np.arange(len(labels)), columns] = 1.0
    return Y


# %%
@misconception(
    caught_by="every_row_has_a_single_one_at_its_label",
    hint="Samples are rows: the table has the shape (n, K), and yours is transposed.",
)
def one_column_for_each_sample(labels, num_classes=None):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("labels need the shape (n,)")
    if labels.dtype.kind not in "iu":
        raise TypeError("labels must be whole numbers")
    K = int(labels.max()) + 1 if num_classes is None else num_classes
    if labels.min() < 0 or labels.max() >= K:
        raise ValueError("label out of range")
    return (np.arange(K)[:, None] == labels).astype(float)


# %%
@misconception(
    caught_by="labels_that_are_no_whole_numbers_raise",
    hint="astype(int) turns 0.5 into 0 without a word; look at the dtype before you convert.",
)
def cuts_off_the_fraction(labels, num_classes=None):
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError("labels need the shape (n,)")
    if labels.dtype.kind not in "iuf":
        raise TypeError("labels must be numbers")
    labels = labels.astype(int)
    K = int(labels.max()) + 1 if num_classes is None else num_classes
    if labels.min() < 0 or labels.max() >= K:
        raise ValueError("label out of range")
    return (labels[:, None] == np.arange(K)).astype(float)

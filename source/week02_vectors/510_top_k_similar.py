# %% [markdown]
# ### Capstone: the most similar items
#
# A search engine for pictures, songs or texts stores one vector per item. When you ask for "more like this", it
# compares your vector with all of them and shows the closest few. In this capstone you build that search. In the next
# cell it looks for digits that resemble a given one.
#
# The score of row $x_i$ for the query $q$ is the cosine of the angle between them:
# $$s_i = \frac{q \cdot x_i}{\lVert q \rVert \, \lVert x_i \rVert} \in [-1, 1] .$$
# Rounding can give $1.0000000000000002$; cut the scores at $-1$ and $1$. Then return the $k$ best rows, best
# first. Of rows with equal scores the one with the lower index comes first.
#
# **By hand.** The query is $(1, 1)$ and the corpus has the rows $(3, 0)$, $(1, 2)$, $(0, -1)$, $(5, 5)$ and $(2, 1)$.
# The scores are $0.707$, $3/\sqrt{10} = 0.949$, $-0.707$, $1$ and $0.949$. For $k = 3$ the indices are $3, 1, 4$ with
# the scores $1$, $0.949$, $0.949$. Rows 1 and 4 tie, and 1 is lower.
#
# **`exclude`.** If the query is itself a row of the corpus, it finds itself with the score 1. Give its index as
# `exclude` and this row never appears. The other rows keep their numbers: with `exclude=3` the answer for $k = 3$ is
# $1, 4, 0$.
#
# Return the indices (whole numbers) and the scores, two arrays of shape `(k,)`.
#
# %%
from sklearn.datasets import load_digits
from sklearn.metrics.pairwise import cosine_similarity as oracle

from autograder.kit import (
    T1,
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
    oracle="sklearn.metrics.pairwise.cosine_similarity, the digits of scikit-learn",
    section="Length, angle and similarity",
    topics=(
        "r0-intro-master-essential-math",
        "r0-strategy-step5-connect-ml",
        "r0-w2-goal",
        "r0-w2-out-data-representation",
        "r0-w2-out-vector-math",
        "r1-why-math-code-ml",
        "r1-t01-in-ml",
        "r2-o1-used-in",
        "r2-o1-in-ml",
        "r2-o8-used-in",
        "r2-o8-distance-metrics",
        "r2-o8-in-ml",
        "r2-a4-cosine-similarity",
        "r2-b4-distance-metrics",
        "r2-b4-cosine-similarity",
        "r3-8-2-embeddings",
        "r4-p2-builtin-datasets",
    ),
    capstone=True,
)

# %%
import numpy as np


# %%
def top_k_similar(
    query: np.ndarray, corpus: np.ndarray, k: int, exclude: int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Find the k rows of a corpus that are most similar to a query by the cosine of the angle.

    Parameters
    ----------
    query : array-like of shape (d,)
    corpus : array-like of shape (n, d), one item per row
    k : how many rows are wanted, from 1 to the number of available rows
    exclude : index of one row that must not appear, 0 <= exclude < n; None excludes nothing

    Returns
    -------
    (indices, scores) : array of int of shape (k,) and array of float of shape (k,).
        Descending scores from the range [-1, 1]; equal scores in the order of the indices. The indices are row numbers
        of the corpus as it was given.

    Raises
    ------
    ValueError : the shapes do not fit, k is below 1 or above the number of available rows, exclude is no index of a
        row, or the query or a row of the corpus is a zero vector
    """
    ### BEGIN SOLUTION
    query, corpus = np.asarray(query, dtype=float), np.asarray(corpus, dtype=float)
    if query.ndim != 1 or corpus.ndim != 2 or corpus.shape[1] != len(query):
        raise ValueError("query needs shape (d,) and corpus shape (n, d)")
    n = len(corpus)
    if exclude is not None and not 0 <= exclude < n:
        raise ValueError("exclude must be the index of a row")
    available = n if exclude is None else n - 1
    if not 1 <= k <= available:
        raise ValueError(f"k must be from 1 to {available}")
    lengths, query_length = np.linalg.norm(corpus, axis=1), np.linalg.norm(query)
    if query_length == 0 or np.any(lengths == 0):
        raise ValueError("the angle to a zero vector is not defined")
    scores = np.clip(corpus @ query / (lengths * query_length), -1.0, 1.0)
    order = np.argsort(-scores, kind="stable")
    if exclude is not None:
        order = order[order != exclude]
    return order[:k], scores[order[:k]]
    ### END SOLUTION


# %%
@helper
def parts(answer, k):
    """Return the indices and the scores after looking at their shapes and kinds."""
    indices, scores = answer
    array(indices, (k,), what="the indices")
    holds(indices.dtype.kind in "iu", "The indices should be whole numbers (an array of int).")
    return indices.astype(int), array(scores, (k,), what="the scores")


@helper
def ranking(query, corpus):
    """Return all indices, most similar first, and all scores in the order of the rows."""
    scores = oracle(np.asarray(query, dtype=float)[None, :], np.asarray(corpus, dtype=float))[0]
    return np.argsort(-scores, kind="stable"), scores


# %%
@check
def works_for_the_example(top_k_similar):
    """For the example the three best rows are 3, 1 and 4."""
    corpus = np.array([[3.0, 0.0], [1.0, 2.0], [0.0, -1.0], [5.0, 5.0], [2.0, 1.0]])
    indices, scores = parts(top_k_similar(np.array([1.0, 1.0]), corpus, 3), 3)
    same(indices, np.array([3, 1, 4]), what="the indices")
    close(scores, np.array([1.0, 0.9**0.5, 0.9**0.5]), **T1, what="the scores")


# %%
@check
def an_excluded_row_does_not_appear(top_k_similar):
    """With exclude=3 the best rows of the example are 1, 4 and 0."""
    corpus = np.array([[3.0, 0.0], [1.0, 2.0], [0.0, -1.0], [5.0, 5.0], [2.0, 1.0]])
    indices, _ = parts(top_k_similar(np.array([1.0, 1.0]), corpus, 3, exclude=3), 3)
    same(indices, np.array([1, 4, 0]), what="the indices")


# %%
@check
def more_than_there_are_raises(top_k_similar):
    """Two rows cannot give three answers: ValueError."""
    raises(ValueError, top_k_similar, np.ones(2), np.eye(2), 3)


# %%
@hidden(weight=2)
def agrees_with_an_independent_ranking(top_k_similar, rng):
    """The indices and scores are those of the k largest cosines, best first."""
    for n, d, k in ((1, 1, 1), (2, 2, 1), (3, 2, 3), (6, 3, 2), (40, 5, 10), (800, 4, 400)):
        query, corpus = rng.normal(size=d), rng.normal(size=(n, d)) * rng.uniform(0.1, 10, size=(n, 1))
        indices, scores = parts(top_k_similar(query, corpus, k), k)
        order, cosines = ranking(query, corpus)
        close(scores, cosines[order[:k]], **T1, what=f"the scores for n = {n}, k = {k}")
        # In one dimension every row ties with half of the others, so the scores alone decide there.
        if d > 1:
            same(indices, order[:k], what=f"the indices for n = {n}, k = {k}")


# %%
@hidden
def lengths_do_not_change_the_ranking(top_k_similar, rng):
    """Making the query or single rows longer or shorter leaves indices and scores as they are."""
    for n, d, k in ((3, 2, 2), (12, 4, 5), (30, 6, 30)):
        query, corpus = rng.normal(size=d), rng.normal(size=(n, d))
        first, scores = parts(top_k_similar(query, corpus, k), k)
        longer = corpus * rng.uniform(0.01, 100, size=(n, 1))
        again, rescaled = parts(top_k_similar(1000 * query, longer, k), k)
        same(again, first, what="the indices after rescaling")
        close(rescaled, scores, **T1, what="the scores after rescaling")


# %%
@hidden
def turning_everything_does_not_change_the_ranking(top_k_similar, rng):
    """Rotating the query and all rows in the same way leaves indices and scores as they are."""
    for n, d, k in ((4, 2, 2), (15, 5, 6)):
        query, corpus = rng.normal(size=d), rng.normal(size=(n, d))
        Q, _ = np.linalg.qr(rng.normal(size=(d, d)))
        first, scores = parts(top_k_similar(query, corpus, k), k)
        again, turned = parts(top_k_similar(Q @ query, corpus @ Q.T, k), k)
        same(again, first, what="the indices after a rotation")
        close(turned, scores, **T1, what="the scores after a rotation")


# %%
@hidden
def the_first_k_of_k_plus_one_agree(top_k_similar, rng):
    """Asking for one more row keeps the rows that were found before."""
    query, corpus = rng.normal(size=4), rng.normal(size=(60, 4))
    for k in (1, 5, 20, 59):
        fewer, _ = parts(top_k_similar(query, corpus, k), k)
        more, _ = parts(top_k_similar(query, corpus, k + 1), k + 1)
        same(more[:k], fewer, what=f"the first {k} of {k + 1} indices")


# %%
@hidden
def equal_scores_keep_the_order_of_the_rows(top_k_similar):
    """Rows with exactly equal scores come in the order of their indices, in small and in large corpora."""
    kinds = np.array([[0, 3, 4, 0], [3, 0, 0, 4], [4, 3, 0, 0], [0, 0, -3, -4], [2, 2, 2, 2], [0, 4, 0, 3]])
    for copies in (1, 8):
        corpus = np.tile(kinds, (copies, 1))
        n = len(corpus)
        best = [i for i in range(n) if i % 6 == 4] + [i for i in range(n) if i % 6 in (0, 1, 2, 5)]
        indices, _ = parts(top_k_similar(np.ones(4), corpus, len(best)), len(best))
        same(indices, np.array(best), what="the indices")


# %%
@hidden(weight=2)
def excluding_a_row_keeps_the_numbers_of_the_others(top_k_similar, rng):
    """Without the excluded row the ranking is the old one, also when all scores are negative."""
    for n, d in ((4, 2), (9, 3), (25, 8)):
        corpus = rng.normal(size=(n, d))
        for left_out in (0, n // 2, n - 1):
            query = corpus[left_out]
            order, cosines = ranking(query, corpus)
            want = order[order != left_out]
            indices, scores = parts(top_k_similar(query, corpus, n - 1, exclude=left_out), n - 1)
            same(indices, want, what=f"the indices with exclude = {left_out}")
            close(scores, cosines[want], **T1, what=f"the scores with exclude = {left_out}")
    behind = -np.abs(rng.normal(size=(6, 3))) - 0.1
    indices, _ = parts(top_k_similar(np.ones(3), behind, 2, exclude=1), 2)
    want = ranking(np.ones(3), behind)[0]
    same(indices, want[want != 1][:2], what="the indices when all scores are negative")


# %%
@hidden
def scores_never_leave_the_range(top_k_similar, rng):
    """Positive multiples of the query have the score 1, negative ones -1, and never a little more."""
    for d in (2, 3, 5, 8, 13):
        query = rng.normal(size=d)
        half = np.outer(rng.uniform(0.1, 10, size=50), query)
        _, scores = parts(top_k_similar(query, np.vstack([half, -half]), 100), 100)
        holds(np.all(np.abs(scores) <= 1), "Scores should lie in [-1, 1]; rounding can push them outside.")
        close(scores, np.repeat([1.0, -1.0], 50), **T1, what="the scores of multiples of the query")


# %%
@hidden
def single_precision_loses_no_digits(top_k_similar):
    """A query and a corpus in single precision are converted to float64 first: the scores have twelve digits."""
    query, corpus = np.array([1.0, 1.0], dtype=np.float32), np.array([[1.0, 0.0], [1.0, 2.0]], dtype=np.float32)
    _, scores = parts(top_k_similar(query, corpus, 2), 2)
    close(scores, np.array([0.9**0.5, 0.5**0.5]), **T1, what="the scores")


# %%
@hidden
def digits_find_their_own_kind(top_k_similar):
    """Among 300 handwritten digits, the most similar other picture of twelve chosen ones has the same label."""
    digits = load_digits()
    pixels, labels = digits.data[:300].astype(np.uint8), digits.target[:300]
    # For ten of these the brightest pictures of another digit have the larger dot product.
    for i in (0, 2, 24, 27, 64, 69, 77, 97, 100, 113, 134, 142):
        indices, _ = parts(top_k_similar(pixels[i], pixels, 1, exclude=i), 1)
        found = int(labels[indices[0]])
        holds(found == labels[i], f"Picture {i} shows a {labels[i]}, but the most similar one shows a {found}.")


# %%
@hidden
def bad_input_raises(top_k_similar):
    """A k of 0, too large a k, a zero vector, a wrong exclude or shapes that do not fit raise ValueError."""
    corpus = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 1.0]])
    raises(ValueError, top_k_similar, np.ones(2), corpus, 0)
    raises(ValueError, top_k_similar, np.ones(2), corpus, -1)
    raises(ValueError, top_k_similar, np.ones(2), corpus, 4)
    raises(ValueError, top_k_similar, np.ones(2), corpus, 3, exclude=0)
    raises(ValueError, top_k_similar, np.ones(2), corpus, 1, exclude=3)
    raises(ValueError, top_k_similar, np.ones(2), corpus, 1, exclude=-1)
    raises(ValueError, top_k_similar, np.zeros(2), corpus, 1)
    raises(ValueError, top_k_similar, np.ones(2), [[1, 2], [0, 0]], 1)
    raises(ValueError, top_k_similar, np.ones(3), corpus, 1)
    raises(ValueError, top_k_similar, np.ones((1, 2)), corpus, 1)
    raises(ValueError, top_k_similar, np.ones((2, 1)), corpus, 1)
    raises(ValueError, top_k_similar, np.ones(2), np.ones(2), 1)


# %%
@accepted
def picking_the_best_again_and_again(query, corpus, k, exclude=None):
    q, X = np.array(query, dtype=np.float64), np.array(corpus, dtype=np.float64)
    if q.ndim != 1 or X.ndim != 2 or X.shape[1:] != q.shape:
        raise ValueError("shapes")
    if exclude is not None and exclude not in range(len(X)):
        raise ValueError("exclude")
    left = [i for i in range(len(X)) if i != exclude]
    if k < 1 or k > len(left):
        raise ValueError("k")
    if not q.any() or not X.any(axis=1).all():
        raise ValueError("zero vector")
    q = q / np.sqrt((q * q).sum())
    score = [float((q * x).sum() / np.sqrt((x * x).sum())) for x in X]
    score = [min(1.0, max(-1.0, s)) for s in score]
    indices = []
    for _ in range(k):
        best = left[0]
        for i in left:
            if score[i] > score[best]:
                best = i
        left.remove(best)
        indices.append(best)
    return np.array(indices), np.array([score[i] for i in indices])


# %%
@accepted
def sorting_pairs_of_score_and_index(query, corpus, k, exclude=None):
    query, corpus = np.asarray(query, dtype=float), np.asarray(corpus, dtype=float)
    if query.ndim != 1 or corpus.ndim != 2 or corpus.shape[-1] != query.shape[0]:
        raise ValueError("shapes")
    rows = np.arange(len(corpus))
    if exclude is not None:
        if exclude < 0 or exclude >= len(rows):
            raise ValueError("exclude")
        rows = np.delete(rows, exclude)
    if not 0 < k <= rows.size:
        raise ValueError("k")
    lengths = np.sqrt(np.einsum("ij,ij->i", corpus, corpus))
    if not query.any() or lengths.min() == 0:
        raise ValueError("zero vector")
    scores = np.einsum("ij,j->i", corpus[rows], query) / lengths[rows] / np.linalg.norm(query)
    scores = np.minimum(np.maximum(scores, -1), 1)
    pairs = sorted(zip(-scores, rows))[:k]
    return np.array([index for _, index in pairs], dtype=int), np.array([-score for score, _ in pairs])


# %%
@misconception(
    caught_by="digits_find_their_own_kind",
    hint="Bright images win everything; divide by the lengths.",
)
def ranks_by_the_dot_product(query, corpus, k, exclude=None):
    query, corpus = np.asarray(query, dtype=float), np.asarray(corpus, dtype=float)
    if query.ndim != 1 or corpus.ndim != 2 or corpus.shape[1] != len(query):
        raise ValueError("shapes")
    n = len(corpus)
    if exclude is not None and not 0 <= exclude < n:
        raise ValueError("exclude must be the index of a row")
    if not 1 <= k <= n - (exclude is not None) or not query.any() or not corpus.any(axis=1).all():
        raise ValueError("k or a zero vector")
    scores = corpus @ query
    order = np.argsort(-scores, kind="stable")
    order = order[order != exclude] if exclude is not None else order
    return order[:k], scores[order[:k]]


# %%
@misconception(
    caught_by="agrees_with_an_independent_ranking",
    hint="Most similar first: the scores must fall from left to right.",
)
def best_comes_last(query, corpus, k, exclude=None):
    query, corpus = np.asarray(query, dtype=float), np.asarray(corpus, dtype=float)
    if query.ndim != 1 or corpus.ndim != 2 or corpus.shape[1] != len(query):
        raise ValueError("shapes")
    n = len(corpus)
    if exclude is not None and not 0 <= exclude < n:
        raise ValueError("exclude must be the index of a row")
    if not 1 <= k <= n - (exclude is not None) or not query.any() or not corpus.any(axis=1).all():
        raise ValueError("k or a zero vector")
    scores = np.clip(corpus @ query / (np.linalg.norm(corpus, axis=1) * np.linalg.norm(query)), -1, 1)
    order = np.argsort(scores, kind="stable")
    order = order[order != exclude] if exclude is not None else order
    return order[-k:], scores[order[-k:]]


# %%
@misconception(
    caught_by="agrees_with_an_independent_ranking",
    hint="argpartition finds the k best but leaves them unordered; sort the winners.",
)
def leaves_the_winners_unordered(query, corpus, k, exclude=None):
    query, corpus = np.asarray(query, dtype=float), np.asarray(corpus, dtype=float)
    if query.ndim != 1 or corpus.ndim != 2 or corpus.shape[1] != len(query):
        raise ValueError("shapes")
    n = len(corpus)
    if exclude is not None and not 0 <= exclude < n:
        raise ValueError("exclude must be the index of a row")
    if not 1 <= k <= n - (exclude is not None) or not query.any() or not corpus.any(axis=1).all():
        raise ValueError("k or a zero vector")
    scores = np.clip(corpus @ query / (np.linalg.norm(corpus, axis=1) * np.linalg.norm(query)), -1, 1)
    ranked = scores.copy()
    if exclude is not None:
        ranked[exclude] = -np.inf
    # Whether argpartition leaves the winners sorted depends on the processor; a threshold works alike everywhere.
    winners = np.flatnonzero(ranked >= np.partition(ranked, -k)[-k])[:k]
    return winners, scores[winners]


# %%
@misconception(
    caught_by="an_excluded_row_does_not_appear",
    hint="The query finds itself with the score 1. Leave the row `exclude` out.",
)
def finds_itself(query, corpus, k, exclude=None):
    query, corpus = np.asarray(query, dtype=float), np.asarray(corpus, dtype=float)
    if query.ndim != 1 or corpus.ndim != 2 or corpus.shape[1] != len(query):
        raise ValueError("shapes")
    n = len(corpus)
    if exclude is not None and not 0 <= exclude < n:
        raise ValueError("exclude must be the index of a row")
    if not 1 <= k <= n - (exclude is not None) or not query.any() or not corpus.any(axis=1).all():
        raise ValueError("k or a zero vector")
    scores = np.clip(corpus @ query / (np.linalg.norm(corpus, axis=1) * np.linalg.norm(query)), -1, 1)
    order = np.argsort(-scores, kind="stable")
    return order[:k], scores[order[:k]]


# %%
@misconception(
    caught_by="excluding_a_row_keeps_the_numbers_of_the_others",
    hint="After a row is deleted, all rows behind it have moved up by one; return the numbers of the given corpus.",
)
def renumbers_the_rows_after_the_excluded_one(query, corpus, k, exclude=None):
    query, corpus = np.asarray(query, dtype=float), np.asarray(corpus, dtype=float)
    if query.ndim != 1 or corpus.ndim != 2 or corpus.shape[1] != len(query):
        raise ValueError("shapes")
    n = len(corpus)
    if exclude is not None and not 0 <= exclude < n:
        raise ValueError("exclude must be the index of a row")
    if not 1 <= k <= n - (exclude is not None) or not query.any() or not corpus.any(axis=1).all():
        raise ValueError("k or a zero vector")
    if exclude is not None:
        corpus = np.delete(corpus, exclude, axis=0)
    scores = np.clip(corpus @ query / (np.linalg.norm(corpus, axis=1) * np.linalg.norm(query)), -1, 1)
    order = np.argsort(-scores, kind="stable")
    return order[:k], scores[order[:k]]


# %%
@misconception(
    caught_by="excluding_a_row_keeps_the_numbers_of_the_others",
    hint="A score of 0 still beats a negative score; drop the excluded row, or give it minus infinity while you sort.",
)
def gives_the_excluded_row_the_score_zero(query, corpus, k, exclude=None):
    query, corpus = np.asarray(query, dtype=float), np.asarray(corpus, dtype=float)
    if query.ndim != 1 or corpus.ndim != 2 or corpus.shape[1] != len(query):
        raise ValueError("shapes")
    n = len(corpus)
    if exclude is not None and not 0 <= exclude < n:
        raise ValueError("exclude must be the index of a row")
    if not 1 <= k <= n - (exclude is not None) or not query.any() or not corpus.any(axis=1).all():
        raise ValueError("k or a zero vector")
    scores = np.clip(corpus @ query / (np.linalg.norm(corpus, axis=1) * np.linalg.norm(query)), -1, 1)
    if exclude is not None:
        scores[exclude] = 0.0
    order = np.argsort(-scores, kind="stable")
    return order[:k], scores[order[:k]]


# %%
@misconception(
    caught_by="equal_scores_keep_the_order_of_the_rows",
    hint="Reversing an ascending order also reverses equal scores; sort the negative scores with kind='stable'.",
)
def reverses_an_ascending_order(query, corpus, k, exclude=None):
    query, corpus = np.asarray(query, dtype=float), np.asarray(corpus, dtype=float)
    if query.ndim != 1 or corpus.ndim != 2 or corpus.shape[1] != len(query):
        raise ValueError("shapes")
    n = len(corpus)
    if exclude is not None and not 0 <= exclude < n:
        raise ValueError("exclude must be the index of a row")
    if not 1 <= k <= n - (exclude is not None) or not query.any() or not corpus.any(axis=1).all():
        raise ValueError("k or a zero vector")
    scores = np.clip(corpus @ query / (np.linalg.norm(corpus, axis=1) * np.linalg.norm(query)), -1, 1)
    order = np.argsort(scores, kind="stable")[::-1]
    order = order[order != exclude] if exclude is not None else order
    return order[:k], scores[order[:k]]


# %%
@misconception(
    caught_by="scores_never_leave_the_range",
    hint="Rounding can give 1.0000000000000002; clip the scores to [-1, 1].",
)
def does_not_clip_the_scores(query, corpus, k, exclude=None):
    query, corpus = np.asarray(query, dtype=float), np.asarray(corpus, dtype=float)
    if query.ndim != 1 or corpus.ndim != 2 or corpus.shape[1] != len(query):
        raise ValueError("shapes")
    n = len(corpus)
    if exclude is not None and not 0 <= exclude < n:
        raise ValueError("exclude must be the index of a row")
    if not 1 <= k <= n - (exclude is not None) or not query.any() or not corpus.any(axis=1).all():
        raise ValueError("k or a zero vector")
    scores = corpus @ query / (np.linalg.norm(corpus, axis=1) * np.linalg.norm(query))
    order = np.argsort(-scores, kind="stable")
    order = order[order != exclude] if exclude is not None else order
    return order[:k], scores[order[:k]]

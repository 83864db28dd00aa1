# %% [markdown]
# ### Principal components: scores and reconstruction
#
# The components are new axes. A sample has coordinates along them, its **scores**. Keep $k$ scores instead of $d$
# numbers and you have compressed the sample. Walk back from the scores, and you see what was lost.
#
# Let $V$ of shape $(k, d)$ hold the components as rows, and let $\bar x$ of shape $(d,)$ be the mean, both found on the
# training data. For new samples $X$ of shape $(n, d)$
# $$Z = (X - \bar x)\, V^\top \quad (n, k), \qquad \hat X = Z\, V + \bar x \quad (n, d).$$
# Each row of $\hat X$ is the projection of a sample onto the plane through $\bar x$ that the components span.
#
# **By hand.** The mean is $(5, 3)$ and the only component is $v = (0.6, 0.8)$. The sample $(9, 11)$ lies at $(4, 8)$
# from the mean. Its score is $0.6 \cdot 4 + 0.8 \cdot 8 = 8.8$. The way back gives $8.8 \cdot v + (5, 3) = (10.28,
# 10.04)$. What is missing, $(-1.28, 0.96)$, is orthogonal to $v$: $-0.768 + 0.768 = 0$.
#
# The model is a dictionary as returned by `pca_fit`. You need only two of its keys, `"mean"` and `"components"`. Return
# the scores and the reconstruction.

# %%
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

from autograder.kit import T2, T3, accepted, array, check, close, exercise, helper, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("sklearn.decomposition.*PCA",),
    oracle="sklearn.decomposition.PCA",
    section="Principal components",
    topics=(
        "r0-w3-out-pca-math",
        "r0-w10-pca",
        "r1-t08-pca",
        "r2-o1-eigen",
        "r2-a1-eigen",
        "r2-b1-dot-projections",
        "r3-5-pca",
        "r3-5-pca-preprocessing",
        "r4-p4-pca",
        "r4-p4-visualize-high-dim",
    ),
)

# %%
import numpy as np


# %%
def pca_reconstruct(X: np.ndarray, model: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Compute the scores of samples along principal components, and the samples rebuilt from them.

    Parameters
    ----------
    X : array-like of shape (n, d), samples that the model may never have seen
    model : dict with two arrays or lists, "mean" of shape (d,) and "components" of shape (k, d) with orthonormal
        rows; other keys are not needed

    Returns
    -------
    (scores, reconstruction) : arrays of shape (n, k) and (n, d)

    Raises
    ------
    ValueError : X is not two-dimensional, or its number of columns is not that of the model
    """
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)
    mean, components = np.asarray(model["mean"], dtype=float), np.asarray(model["components"], dtype=float)
    if X.ndim != 2 or X.shape[1] != len(mean):
        raise ValueError("X must have shape (n, d) with the d of the model")
    scores = (X - mean) @ components.T
    return scores, scores @ components + mean
    ### END SOLUTION


# %%
@helper
def model_of(X, k):
    """Fit a model with numpy; the signs are as they come."""
    mean = X.mean(axis=0)
    _, S, Vt = np.linalg.svd(X - mean, full_matrices=False)
    variance = S**2 / (len(X) - 1)
    return {
        "mean": mean,
        "components": Vt[:k],
        "explained_variance": variance[:k],
        "explained_variance_ratio": variance[:k] / variance.sum(),
    }


@helper
def cloud(n, d, rng):
    """Return n samples with different variances along d random directions, away from the origin."""
    Q, _ = np.linalg.qr(rng.normal(size=(d, d)))
    return rng.normal(size=(n, d)) * 3.0 * 0.7 ** np.arange(d) @ Q.T + rng.normal(size=d) * 4


@helper
def shaped(answer, n, k, d):
    """Return scores and reconstruction after a look at their shapes."""
    scores, rebuilt = answer
    return array(scores, (n, k), what="the scores"), array(rebuilt, (n, d), what="the reconstruction")


# %%
@check
def works_for_the_example(pca_reconstruct):
    """The sample (9, 11) of the example has the score 8.8 and comes back as (10.28, 10.04)."""
    model = {"mean": np.array([5.0, 3.0]), "components": np.array([[0.6, 0.8]])}
    scores, rebuilt = shaped(pca_reconstruct(np.array([[9.0, 11.0]]), model), 1, 1, 2)
    close(scores, np.array([[8.8]]), **T2, what="the scores")
    close(rebuilt, np.array([[10.28, 10.04]]), **T2, what="the reconstruction")


# %%
@check
def another_number_of_columns_raises(pca_reconstruct):
    """Samples with three numbers do not fit a model of two columns: ValueError."""
    model = {"mean": np.array([5.0, 3.0]), "components": np.array([[0.6, 0.8]])}
    raises(ValueError, pca_reconstruct, np.ones((4, 3)), model)


# %%
@hidden(weight=2)
def all_components_reproduce_the_data(pca_reconstruct, rng):
    """With k = d the reconstruction is the data, also for samples that the model has not seen."""
    for n, d in ((3, 1), (4, 2), (8, 3), (20, 6)):
        model = model_of(cloud(n, d, rng), d)
        X = cloud(5, d, rng)
        _, rebuilt = shaped(pca_reconstruct(X, model), 5, d, d)
        close(rebuilt, X, **T2, what="the reconstruction from all components")


# %%
@hidden(weight=2)
def new_samples_use_the_mean_of_the_model(pca_reconstruct, rng):
    """Scores and reconstructions of new samples are those of a library; one sample gives what it gives in a batch."""
    for n, d, k in ((5, 2, 1), (9, 4, 2), (30, 6, 5)):
        X, new = cloud(n, d, rng), cloud(4, d, rng)
        library = PCA(n_components=k, svd_solver="full").fit(X)
        model = {"mean": library.mean_, "components": library.components_}
        scores, rebuilt = shaped(pca_reconstruct(new, model), 4, k, d)
        close(scores, library.transform(new), **T2, what="the scores")
        close(rebuilt, library.inverse_transform(library.transform(new)), **T2, what="the reconstruction")
        single, _ = shaped(pca_reconstruct(new[2:3], model), 1, k, d)
        close(single, scores[2:3], **T2, what="the scores of one sample alone")


# %%
@hidden
def the_training_error_is_the_dropped_variance(pca_reconstruct, rng):
    """On the training data the squared error is n - 1 times the sum of the variances that were dropped."""
    for n, d in ((5, 3), (12, 5)):
        X = cloud(n, d, rng)
        variance = model_of(X, d)["explained_variance"]
        for k in range(1, d):
            scores, rebuilt = shaped(pca_reconstruct(X, model_of(X, k)), n, k, d)
            error = float(np.sum((X - rebuilt) ** 2))
            close(error, float((n - 1) * variance[k:].sum()), **T2, what=f"the squared error with k = {k} of {d}")
            close(scores.var(axis=0, ddof=1), variance[:k], **T2, what="the variances of the scores")


# %%
@hidden
def the_reconstruction_is_a_projection(pca_reconstruct, rng):
    """What is lost is orthogonal to the components, and a second round loses nothing more."""
    for n, d, k in ((4, 2, 1), (10, 5, 2), (25, 7, 6)):
        model = model_of(cloud(n, d, rng), k)
        X = cloud(6, d, rng)
        scores, rebuilt = shaped(pca_reconstruct(X, model), 6, k, d)
        lost = (X - rebuilt) @ model["components"].T
        close(lost, np.zeros((6, k)), **T2, what="the products of the lost part with the components")
        again, twice = shaped(pca_reconstruct(rebuilt, model), 6, k, d)
        close(twice, rebuilt, **T2, what="the reconstruction of the reconstruction")
        close(again, scores, **T2, what="the scores of the reconstruction")


# %%
@hidden
def more_components_never_raise_the_error(pca_reconstruct):
    """On digits that the model has not seen, each further component lowers the error or leaves it."""
    digits = load_digits().data
    train, test = digits[:300], digits[300:340].astype(np.int64)
    errors = []
    for k in (1, 5, 20, 40):
        _, rebuilt = shaped(pca_reconstruct(test, model_of(train, k)), 40, k, 64)
        errors.append(float(np.sum((test - rebuilt) ** 2)))
    holds(all(b < a for a, b in zip(errors, errors[1:])), "The error on the digits should fall with k = 1, 5, 20, 40.")
    holds(errors[-1] < 0.02 * errors[0], "With 40 components less than 2 % of the error with one should be left.")


# %%
@hidden
def lists_and_integers_work(pca_reconstruct):
    """Lists of whole numbers are fine as samples and in the model."""
    model = {"mean": [1, 2, 3], "components": [[0, 0, 1], [0, 1, 0]], "explained_variance": [2, 1]}
    scores, rebuilt = shaped(pca_reconstruct([[4, 6, 8], [1, 0, 2]], model), 2, 2, 3)
    close(scores, np.array([[5.0, 4.0], [-1.0, -2.0]]), **T3, what="the scores")
    close(rebuilt, np.array([[1.0, 6.0, 8.0], [1.0, 0.0, 2.0]]), **T3, what="the reconstruction")
    half = {"mean": [0.5, 0.25], "components": [[0.6, -0.8]]}
    scores, rebuilt = shaped(pca_reconstruct(np.array([[1, 2], [3, 4]]), half), 2, 1, 2)
    close(scores, np.array([[-1.1], [-1.5]]), **T3, what="the scores of whole numbers")
    close(rebuilt, np.array([[-0.16, 1.13], [-0.4, 1.45]]), **T3, what="the reconstruction of whole numbers")


# %%
@hidden
def a_vector_or_a_wrong_width_raises(pca_reconstruct, rng):
    """A single vector, and tables that are too narrow or too wide, raise ValueError."""
    model = model_of(cloud(8, 3, rng), 2)
    raises(ValueError, pca_reconstruct, np.ones(3), model)
    raises(ValueError, pca_reconstruct, np.ones((2, 1)), model)
    raises(ValueError, pca_reconstruct, np.ones((2, 2)), model)
    raises(ValueError, pca_reconstruct, np.ones((2, 4)), model)


# %%
@accepted
def sample_by_sample(X, model):
    rows = np.array(X, dtype=np.float64)
    mean = np.array(model["mean"], dtype=np.float64)
    if rows.ndim != 2 or rows.shape[1:] != mean.shape:
        raise ValueError("shapes do not fit")
    components = [np.array(row, dtype=np.float64) for row in model["components"]]
    scores, rebuilt = np.empty((len(rows), len(components))), np.tile(mean, (len(rows), 1))
    for i, row in enumerate(rows):
        for j, component in enumerate(components):
            scores[i, j] = sum((row - mean) * component)
            rebuilt[i] += scores[i, j] * component
    return scores, rebuilt


# %%
@accepted
def with_a_projection_matrix(X, model):
    X, V = np.asarray(X, dtype=float), np.asarray(model["components"], dtype=float)
    mean = np.asarray(model["mean"], dtype=float)
    if X.ndim != 2 or V.shape[1] != X.shape[1]:
        raise ValueError("shapes do not fit")
    P = V.T @ V
    return np.einsum("nd,kd->nk", X, V) - V @ mean, X @ P + (mean - P @ mean)


# %%
@misconception(
    caught_by="all_components_reproduce_the_data",
    hint="The reconstruction stays around zero; add the mean to return to the original origin.",
)
def forgets_to_add_the_mean(X, model):
    X = np.asarray(X, dtype=float)
    mean, components = np.asarray(model["mean"], dtype=float), np.asarray(model["components"], dtype=float)
    if X.ndim != 2 or X.shape[1] != len(mean):
        raise ValueError("X must have shape (n, d) with the d of the model")
    scores = (X - mean) @ components.T
    return scores, scores @ components


# %%
@misconception(
    caught_by="new_samples_use_the_mean_of_the_model",
    hint="New samples are centred with their own mean; test data must use the training mean of the model.",
)
def centres_new_data_with_their_own_mean(X, model):
    X = np.asarray(X, dtype=float)
    mean, components = np.asarray(model["mean"], dtype=float), np.asarray(model["components"], dtype=float)
    if X.ndim != 2 or X.shape[1] != len(mean):
        raise ValueError("X must have shape (n, d) with the d of the model")
    scores = (X - X.mean(axis=0)) @ components.T
    return scores, scores @ components + X.mean(axis=0)


# %%
@misconception(
    caught_by="new_samples_use_the_mean_of_the_model",
    hint="The components are rows: multiply by the transpose for the scores, and by the components for the way back.",
)
def multiplies_by_the_rows(X, model):
    X = np.asarray(X, dtype=float)
    mean, components = np.asarray(model["mean"], dtype=float), np.asarray(model["components"], dtype=float)
    if X.ndim != 2 or X.shape[1] != len(mean):
        raise ValueError("X must have shape (n, d) with the d of the model")
    scores = (X - mean) @ components
    return scores, scores @ components.T + mean


# %%
@misconception(
    caught_by="new_samples_use_the_mean_of_the_model",
    hint="Subtract the mean before you project; scores are coordinates seen from the mean.",
)
def projects_without_centring(X, model):
    X = np.asarray(X, dtype=float)
    mean, components = np.asarray(model["mean"], dtype=float), np.asarray(model["components"], dtype=float)
    if X.ndim != 2 or X.shape[1] != len(mean):
        raise ValueError("X must have shape (n, d) with the d of the model")
    scores = X @ components.T
    return scores, scores @ components + mean

# %% [markdown]
# ### Activation functions and their derivatives
#
# A network without activation functions is only one big matrix product. The bend comes from a function that is applied
# to every entry. Training needs its derivative as well. You build three pairs.
#
# | name | $a(x)$ | $a'(x)$ |
# |---|---|---|
# | `"sigmoid"` | $\sigma(x) = 1 / (1 + e^{-x})$ | $\sigma(x)\,(1 - \sigma(x))$ |
# | `"tanh"` | $\tanh(x) = (e^x - e^{-x}) / (e^x + e^{-x})$ | $1 - \tanh(x)^2$ |
# | `"relu"` | $\max(x, 0)$ | $1$ for $x > 0$, otherwise $0$ |
#
# ReLU has a corner at 0 and no derivative there. By convention the answer is 0.
#
# **By hand.** $\sigma(0) = 1/2$ and $\sigma'(0) = 1/2 \cdot 1/2 = 1/4$. For $x = \log 3$: $e^{-x} = 1/3$, so
# $\sigma(x) = 3/4$ and $\sigma'(x) = 3/4 \cdot 1/4 = 3/16$. With $e^x = 3$, $\tanh(x) = (3 - 1/3)/(3 + 1/3) = 0.8$ and
# $\tanh'(x) = 1 - 0.64 = 0.36$.
#
# **Large inputs.** $e^{1000}$ is too large for a float and becomes infinity, and $\infty / \infty$ is not a number.
# A safe form has an exponent that is never positive. For $x < 0$, $\sigma(x) = e^x / (1 + e^x)$ is the same function.
#
# Return two functions: the activation and its derivative. Both take the input $x$ and work on every entry of an array.

# %%
from scipy import special

from autograder.kit import T1, T3, accepted, array, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("scipy.special.expit", "scipy.special.log_expit"),
    oracle="scipy.special.expit, math.tanh and difference quotients",
    section="Activation functions",
    topics=("r3-7-activations", "r3-7-fix-relu"),
)

# %%
import math
from collections.abc import Callable

import numpy as np


# %%
def activation(name: str) -> tuple[Callable[[np.ndarray], np.ndarray], Callable[[np.ndarray], np.ndarray]]:
    """Return an activation function and its derivative.

    Parameters
    ----------
    name : "sigmoid", "tanh" or "relu"

    Returns
    -------
    (a, da) : two functions. Each takes an array or list of any shape and returns a float64 array of the same shape.
        Both expect the input x itself. For |x| up to 1e4 no result is nan or infinite. The slope of relu at 0 is 0.

    Raises
    ------
    ValueError : the name is not one of the three
    """
    ### BEGIN SOLUTION

    def sigmoid(x: np.ndarray) -> np.ndarray:
        x = np.asarray(x, dtype=float)
        e = np.exp(-np.abs(x))
        return np.where(x >= 0, 1.0, e) / (1.0 + e)

    def sigmoid_slope(x: np.ndarray) -> np.ndarray:
        s = sigmoid(x)
        return s * (1.0 - s)

    def tanh(x: np.ndarray) -> np.ndarray:
        return np.tanh(np.asarray(x, dtype=float))

    def tanh_slope(x: np.ndarray) -> np.ndarray:
        return 1.0 - tanh(x) ** 2

    def relu(x: np.ndarray) -> np.ndarray:
        return np.maximum(np.asarray(x, dtype=float), 0.0)

    def relu_slope(x: np.ndarray) -> np.ndarray:
        return (np.asarray(x) > 0).astype(float)

    pairs = {"sigmoid": (sigmoid, sigmoid_slope), "tanh": (tanh, tanh_slope), "relu": (relu, relu_slope)}
    if name not in pairs:
        raise ValueError(f"unknown activation {name!r}: choose one of {', '.join(pairs)}")
    return pairs[name]
    ### END SOLUTION


# %%
@check
def sigmoid_and_its_slope_at_log_3(activation):
    """The sigmoid of 0 and log 3 is 1/2 and 3/4, with slopes 1/4 and 3/16."""
    a, da = activation("sigmoid")
    close(a(np.array([0.0, math.log(3)])), np.array([0.5, 0.75]), **T1, what="the sigmoid")
    close(da(np.array([0.0, math.log(3)])), np.array([0.25, 0.1875]), **T1, what="the derivative of the sigmoid")


# %%
@check
def relu_and_its_slope(activation):
    """ReLU of -2 and 3 is 0 and 3, with slopes 0 and 1."""
    a, da = activation("relu")
    close(a(np.array([-2.0, 3.0])), np.array([0.0, 3.0]), **T1, what="relu")
    close(da(np.array([-2.0, 3.0])), np.array([0.0, 1.0]), **T1, what="the derivative of relu")


# %%
@check
def an_unknown_name_raises(activation):
    """A name that is not in the table raises ValueError."""
    raises(ValueError, activation, "softplus")


# %%
@hidden
def sigmoid_agrees_with_a_library(activation, rng):
    """The sigmoid agrees with a trusted library for small and moderate inputs."""
    a, _ = activation("sigmoid")
    for size in (1, 4, 40):
        x = rng.normal(size=size) * size
        close(a(x), special.expit(x), **T1, what="the sigmoid")


# %%
@hidden
def tanh_agrees_with_a_library(activation, rng):
    """The tanh of every entry is right, and its derivative is 1 - tanh(x)^2."""
    a, da = activation("tanh")
    for size in (1, 3, 12):
        x = rng.normal(size=size) * 2
        expected = np.array([math.tanh(entry) for entry in x])
        close(a(x), expected, **T1, what="tanh")
        close(da(x), 1 - expected**2, **T1, what="the derivative of tanh")


# %%
@hidden(weight=2)
def the_slope_is_that_of_the_function(activation, rng):
    """Each derivative agrees with the difference quotient of its function, away from the corner of relu."""
    h = 1e-5
    for name in ("relu", "sigmoid", "tanh"):
        a, da = activation(name)
        x = rng.uniform(0.1, 3.0, size=8) * np.where(np.arange(8) % 2, 1.0, -1.0)
        above, below = (array(a(x + step), (8,), what=f"{name} of 8 numbers") for step in (h, -h))
        close(da(x), (above - below) / (2 * h), **T3, what=f"the derivative of {name}")


# %%
@hidden
def the_derivative_takes_the_input_itself(activation, rng):
    """The derivative of the sigmoid is s (1 - s) with s = sigmoid(x), at most 1/4, and largest at x = 0."""
    a, da = activation("sigmoid")
    for size in (1, 5):
        x = rng.normal(size=size)
        s = array(a(x), (size,), what="the sigmoid")
        slope = array(da(x), (size,), what="the derivative of the sigmoid")
        close(slope, s * (1 - s), **T1, what="the derivative of the sigmoid")
        holds(np.all((slope > 0) & (slope <= 0.25)), "The slope of the sigmoid should be between 0 and 1/4.")
    close(da(np.zeros(2)), np.full(2, 0.25), **T1, what="the derivative of the sigmoid at 0")


# %%
@hidden
def symmetries_hold(activation, rng):
    """sigmoid(-x) = 1 - sigmoid(x) and tanh(x) = 2 sigmoid(2x) - 1."""
    a, _ = activation("sigmoid")
    b, _ = activation("tanh")
    for size in (1, 6):
        x = rng.normal(size=size) * 3
        there, back = (array(a(sign * x), (size,), what="the sigmoid") for sign in (1, -1))
        close(back, 1 - there, **T1, what="sigmoid(-x) compared with 1 - sigmoid(x)")
        double = array(a(2 * x), (size,), what="the sigmoid")
        close(b(x), 2 * double - 1, **T1, what="tanh(x) compared with 2 sigmoid(2x) - 1")


# %%
@hidden
def none_of_them_ever_falls(activation, rng):
    """All three functions never decrease as x grows."""
    x = np.sort(rng.uniform(-6.0, 6.0, size=30))
    for name in ("sigmoid", "tanh", "relu"):
        values = array(activation(name)[0](x), (30,), what=f"{name} of 30 numbers")
        holds(np.all(np.diff(values) >= 0), f"{name} should never decrease as x grows.")


# %%
@hidden(weight=2)
def large_inputs_stay_finite(activation):
    """At 800, 1000 and 10000, with both signs, the functions are 0, 1 or -1 and the slopes 0."""
    far = np.array([800.0, 1000.0, 1e4])
    ends = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}
    for name, (low, high) in ends.items():
        a, da = activation(name)
        close(a(far), np.full(3, high), **T1, what=f"{name} far to the right")
        close(a(-far), np.full(3, low), **T1, what=f"{name} far to the left")
        close(da(far), np.zeros(3), **T1, what=f"the derivative of {name} far to the right")
        close(da(-far), np.zeros(3), **T1, what=f"the derivative of {name} far to the left")
    a, da = activation("relu")
    close(a(far), far, **T1, what="relu far to the right")
    close(da(far), np.ones(3), **T1, what="the derivative of relu far to the right")


# %%
@hidden
def the_slope_of_relu_at_zero_is_zero(activation):
    """At its corner the derivative of relu is 0 by convention."""
    _, da = activation("relu")
    close(da(np.array([0.0, 1e-9, -1e-9])), np.array([0.0, 1.0, 0.0]), **T1, what="the derivative of relu around 0")


# %%
@hidden
def every_shape_is_kept(activation, rng):
    """Tables and stacks of tables are answered entry by entry, in the same shape."""
    for name in ("sigmoid", "tanh", "relu"):
        for which, function in zip(("", "the derivative of "), activation(name)):
            for shape in ((1, 3), (2, 2), (2, 3, 2)):
                x = rng.normal(size=shape)
                table = array(function(x), shape, what=f"{which}{name} of a table")
                row = array(function(x.ravel()), (x.size,), what=f"{which}{name} of a row")
                close(table, row.reshape(shape), **T1, what=f"{which}{name} of a table, compared with a row")


# %%
@hidden
def integers_and_lists_give_floats(activation):
    """Whole numbers, as an array or as a list, and short types give arrays of float64."""
    values = {"sigmoid": 1 / (1 + math.exp(-2.0)), "tanh": math.tanh(2.0), "relu": 2.0}
    slopes = {"sigmoid": values["sigmoid"] * (1 - values["sigmoid"]), "tanh": 1 - values["tanh"] ** 2, "relu": 1.0}
    for name in ("sigmoid", "tanh", "relu"):
        for x in (np.array([2]), [2], np.array([2], dtype=np.uint8), np.array([2], dtype=np.float32)):
            for which, function, wanted in zip(("", "the derivative of "), activation(name), (values, slopes)):
                found = function(x)
                close(found, np.array([wanted[name]]), **T1, what=f"{which}{name} of the number 2")
                holds(found.dtype == np.float64, f"{which}{name} of {x!r} should be an array of float64.")


# %%
@hidden
def other_names_raise(activation):
    """A name in capitals, a misspelt name or an empty one raises ValueError."""
    for name in ("ReLU", "sigmoid ", "", "tan"):
        raises(ValueError, activation, name)


# %%
@accepted
def all_from_the_tanh(name):
    def prepared(function):
        return lambda x: function(np.array(x, dtype=np.float64))

    if name == "tanh":
        return prepared(np.tanh), prepared(lambda x: 1.0 - np.tanh(x) ** 2)
    if name == "sigmoid":
        return prepared(lambda x: (1 + np.tanh(x / 2)) / 2), prepared(lambda x: (1 - np.tanh(x / 2) ** 2) / 4)
    if name == "relu":
        return prepared(lambda x: np.where(x > 0, x, 0.0)), prepared(lambda x: np.where(x > 0, 1.0, 0.0))
    raise ValueError(name)


# %%
@accepted
def number_by_number(name):
    def logistic(t):
        return 1 / (1 + math.exp(-t)) if t >= 0 else math.exp(t) / (1 + math.exp(t))

    rules = {
        "relu": (lambda t: max(t, 0.0), lambda t: float(t > 0)),
        "sigmoid": (logistic, lambda t: logistic(t) * logistic(-t)),
        "tanh": (lambda t: 2 * logistic(2 * t) - 1, lambda t: 4 * logistic(2 * t) * logistic(-2 * t)),
    }
    if name not in rules:
        raise ValueError("no such activation")

    def over_entries(rule):
        def apply(x):
            x = np.asarray(x, dtype=float)
            return np.array([rule(float(t)) for t in x.ravel()], dtype=float).reshape(x.shape)

        return apply

    return over_entries(rules[name][0]), over_entries(rules[name][1])


# %%
@misconception(
    caught_by="large_inputs_stay_finite",
    hint="exp(-x) overflows for x = -1000. Use a form whose exponent is never positive.",
)
def lets_the_exponential_overflow(name):
    def logistic(x):
        return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=float)))

    def logistic_slope(x):
        e = np.exp(-np.asarray(x, dtype=float))
        return e / (1.0 + e) ** 2

    def hyperbolic(x):
        x = np.asarray(x, dtype=float)
        return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))

    pairs = {
        "sigmoid": (logistic, logistic_slope),
        "tanh": (hyperbolic, lambda x: 1 - hyperbolic(x) ** 2),
        "relu": (
            lambda x: np.maximum(np.asarray(x, dtype=float), 0.0),
            lambda x: (np.asarray(x, dtype=float) > 0).astype(float),
        ),
    }
    if name not in pairs:
        raise ValueError("unknown activation")
    return pairs[name]


# %%
@misconception(
    caught_by="the_derivative_takes_the_input_itself",
    hint="Your derivative expects the activation a(x). Its argument is the input x.",
)
def derivative_of_the_output(name):
    def logistic(x):
        x = np.asarray(x, dtype=float)
        e = np.exp(-np.abs(x))
        return np.where(x >= 0, 1.0, e) / (1.0 + e)

    pairs = {
        "sigmoid": (logistic, lambda s: np.asarray(s, dtype=float) * (1 - np.asarray(s, dtype=float))),
        "tanh": (lambda x: np.tanh(np.asarray(x, dtype=float)), lambda t: 1 - np.asarray(t, dtype=float) ** 2),
        "relu": (
            lambda x: np.maximum(np.asarray(x, dtype=float), 0.0),
            lambda x: (np.asarray(x, dtype=float) > 0).astype(float),
        ),
    }
    if name not in pairs:
        raise ValueError("unknown activation")
    return pairs[name]


# %%
@misconception(
    caught_by="the_slope_of_relu_at_zero_is_zero",
    hint="At the corner of relu the convention is slope 0: ask for x > 0, not x >= 0.",
)
def relu_slope_one_at_zero(name):
    def logistic(x):
        x = np.asarray(x, dtype=float)
        e = np.exp(-np.abs(x))
        return np.where(x >= 0, 1.0, e) / (1.0 + e)

    pairs = {
        "sigmoid": (logistic, lambda x: logistic(x) * (1 - logistic(x))),
        "tanh": (lambda x: np.tanh(np.asarray(x, dtype=float)), lambda x: 1 - np.tanh(np.asarray(x, dtype=float)) ** 2),
        "relu": (
            lambda x: np.maximum(np.asarray(x, dtype=float), 0.0),
            lambda x: (np.asarray(x, dtype=float) >= 0).astype(float),
        ),
    }
    if name not in pairs:
        raise ValueError("unknown activation")
    return pairs[name]

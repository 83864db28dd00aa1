# %% [markdown]
# ### Plot a function
#
# A picture shows in a second what a formula hides: where a function is zero, where it is largest, where it jumps. You
# will draw functions in every week, so it pays to write the few lines once.
#
# A computer draws no curves. It evaluates $f$ at $n$ points with equal distances,
# $$x_i = a + i \, \frac{b - a}{n - 1}, \qquad i = 0, \dots, n - 1,$$
# and joins the points $(x_i, f(x_i))$ by straight pieces. The first point is $a$ and the last one is $b$.
#
# **By hand.** For $f(x) = x^2$ on $[0, 2]$ with $n = 5$ the distance is $2/4 = 0.5$. The points are $x = (0, 0.5, 1,
# 1.5, 2)$ and $y = (0, 0.25, 1, 2.25, 4)$.
#
# In Matplotlib a *figure* is the sheet of paper, and *axes* are one coordinate system on it. If the caller gives you
# axes, draw there. Otherwise make a new figure with `plt.subplots()`. Return the axes, so that the caller can add a
# title or a second curve. Do not show the figure: that is the caller's decision.

# %%
from autograder.kit import T1, accepted, check, close, drawing, exercise, helper, hidden, holds, misconception
from autograder.kit import new_axes, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("matplotlib.pyplot.show",),
    oracle="the points read back from the line that was drawn",
    section="Plotting a function",
    topics=(
        "r0-intro-master-essential-math",
        "r0-strategy-step3-visualize",
        "r0-w1-goal",
        "r0-w1-plotting",
        "r0-w4-functions-limits",
        "r1-tools-matplotlib",
        "r2-b-end-code-visualize",
        "r3-3-3-matplotlib",
        "r3-3-fix-matplotlib",
        "r4-p1-matplotlib-seaborn",
        "r4-p2-matplotlib-seaborn",
        "r4-sumtools-python-data",
        "r4-basic-geom-coordinate-systems",
        "r4-viz-plot-types",
        "r4-calc-functions-limits",
    ),
)

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np


# %%
def plot_function(
    f: Callable[[np.ndarray], np.ndarray], a: float, b: float, n: int = 201, ax: plt.Axes | None = None
) -> plt.Axes:
    """Draw f on [a, b] as one line and return the axes.

    Parameters
    ----------
    f : function of an array of shape (n,) that returns an array of shape (n,); it is called exactly once
    a, b : ends of the interval, a < b; both belong to the drawing
    n : number of points, n >= 2, with equal distances
    ax : axes to draw on; None stands for the axes of a new figure

    Returns
    -------
    the axes, with the label "x" below and "f(x)" at the side; nothing is shown

    Raises
    ------
    ValueError : a is not smaller than b, or n is smaller than 2
    """
    ### BEGIN SOLUTION
    if not a < b or n < 2:
        raise ValueError("plot_function needs a < b and n >= 2")
    if ax is None:
        _, ax = plt.subplots()
    x = np.linspace(a, b, n)
    ax.plot(x, f(x))
    ax.set_xlabel("x")
    ax.set_ylabel("f(x)")
    return ax
    ### END SOLUTION


# %%
@helper
def the_lines(axes, count):
    """Return the lines that were drawn on the axes, after making sure that there are `count` of them."""
    are_axes = isinstance(axes, dict) or hasattr(axes, "get_lines")
    holds(are_axes, "The function should return the axes that it drew on.")
    lines = drawing(axes)["lines"]
    holds(len(lines) == count, f"The returned axes should hold {count} line(s), but they hold {len(lines)}.")
    return lines


# %%
@check
def draws_the_five_points_of_the_example(plot_function):
    """For x^2 on [0, 2] with n = 5 the line has the five points of the example."""
    line = the_lines(plot_function(lambda x: x**2, 0.0, 2.0, n=5), 1)[0]
    close(line["x"], np.array([0.0, 0.5, 1.0, 1.5, 2.0]), **T1, what="the x values of the line")
    close(line["y"], np.array([0.0, 0.25, 1.0, 2.25, 4.0]), **T1, what="the y values of the line")


# %%
@check
def an_empty_interval_raises(plot_function):
    """An interval from 2 to 1 has no points: ValueError."""
    raises(ValueError, plot_function, np.sin, 2.0, 1.0)


# %%
@hidden(weight=2)
def the_line_follows_the_function(plot_function, rng):
    """The line has n points from a to b, with equal distances, and its heights are f(x)."""
    axes = new_axes()
    for number, n in enumerate((2, 3, 10, 77), start=1):
        a, c = float(rng.uniform(-5, 5)), float(rng.uniform(0.5, 2))
        b = a + float(rng.uniform(0.1, 10))
        line = the_lines(plot_function(lambda x: np.sin(c * x) + x / 3, a, b, n, axes), number)[-1]
        x = line["x"]
        same(len(x), n, what="the number of points")
        close(x, np.linspace(a, b, n), **T1, what="the x values of the line")
        close(line["y"], np.sin(c * x) + x / 3, **T1, what="the y values of the line")


# %%
@hidden
def both_ends_are_drawn(plot_function):
    """The first point lies at a and the last one at b, also with the usual number of points."""
    x = the_lines(plot_function(np.cos, -3, 7), 1)[0]["x"]
    same(len(x), 201, what="the usual number of points")
    close(float(x[0]), -3.0, **T1, what="the first x")
    close(float(x[-1]), 7.0, **T1, what="the last x")


# %%
@hidden
def the_axes_are_labelled(plot_function):
    """The labels are x and f(x), on given axes and on new ones."""
    for given in (new_axes(), None):
        answer = plot_function(np.exp, -1.0, 1.0, 11, given)
        the_lines(answer, 1)
        same(drawing(answer)["xlabel"], "x", what="the label below")
        same(drawing(answer)["ylabel"], "f(x)", what="the label at the side")


# %%
@hidden
def f_is_called_once_with_all_points(plot_function):
    """The function f is called exactly once, with an array of all n points."""
    shapes = []

    def spy(x):
        shapes.append(np.shape(x))
        return 2.0 * np.asarray(x)

    line = the_lines(plot_function(spy, 0.0, 3.0, 7), 1)[0]
    close(line["y"], 2 * line["x"], **T1, what="the y values of the line")
    same(len(shapes), 1, what="the number of calls of f")
    same(shapes[0], (7,), what="the shape of what f was given")


# %%
@hidden
def a_second_curve_joins_the_first(plot_function):
    """Drawing twice on the same axes gives two lines there."""
    axes = new_axes()
    plot_function(np.sin, 0.0, 1.0, 5, axes)
    lines = the_lines(plot_function(np.cos, -1.0, 2.0, 4, axes), 2)
    close(lines[0]["y"], np.sin(np.linspace(0, 1, 5)), **T1, what="the first curve")
    close(lines[1]["y"], np.cos(np.linspace(-1, 2, 4)), **T1, what="the second curve")


# %%
@hidden
def without_axes_every_curve_gets_a_new_figure(plot_function):
    """Without axes each call draws on a new figure with this one line."""
    for n in (4, 6):
        line = the_lines(plot_function(np.tanh, -2.0, 2.0, n), 1)[0]
        close(line["y"], np.tanh(np.linspace(-2, 2, n)), **T1, what="the y values of the line")


# %%
@hidden
def bad_arguments_raise(plot_function):
    """Equal ends, reversed ends and fewer than two points raise ValueError."""
    for a, b, n in ((1.0, 1.0, 5), (3.0, -3.0, 5), (0.0, 1.0, 1), (0.0, 1.0, 0)):
        raises(ValueError, plot_function, np.sin, a, b, n)


# %%
@accepted
def on_the_axes_made_current(f, a, b, n=201, ax=None):
    if a >= b:
        raise ValueError("the interval is empty")
    if n <= 1:
        raise ValueError("a line needs two points")
    if ax is None:
        plt.figure()
    else:
        plt.sca(ax)
    points = a + (b - a) * np.arange(n) / (n - 1)
    plt.plot(points, f(points), color="black")
    plt.xlabel("x")
    plt.ylabel("f(x)")
    return plt.gca()


# %%
@accepted
def as_a_line_object(f, a, b, n=201, ax=None):
    from matplotlib.lines import Line2D

    if b <= a or n < 2:
        raise ValueError("nothing to draw")
    axes = plt.figure(figsize=(4, 3)).add_subplot() if ax is None else ax
    weights = np.linspace(0.0, 1.0, n)
    x = (1 - weights) * a + weights * b
    axes.add_line(Line2D(x, f(x)))
    axes.autoscale_view()
    axes.set(xlabel="x", ylabel="f(x)")
    return axes


# %%
@misconception(
    caught_by="a_second_curve_joins_the_first",
    hint="plt.plot draws on whatever is current; use ax.plot.",
)
def draws_on_whatever_is_current(f, a, b, n=201, ax=None):
    if not a < b or n < 2:
        raise ValueError("plot_function needs a < b and n >= 2")
    if ax is None:
        _, ax = plt.subplots()
    x = np.linspace(a, b, n)
    plt.plot(x, f(x))
    ax.set_xlabel("x")
    ax.set_ylabel("f(x)")
    return ax


# %%
@misconception(
    caught_by="the_axes_are_labelled",
    hint="plt.xlabel writes on whatever is current; use ax.set_xlabel and ax.set_ylabel.",
)
def labels_whatever_is_current(f, a, b, n=201, ax=None):
    if not a < b or n < 2:
        raise ValueError("plot_function needs a < b and n >= 2")
    if ax is None:
        _, ax = plt.subplots()
    x = np.linspace(a, b, n)
    ax.plot(x, f(x))
    plt.xlabel("x")
    plt.ylabel("f(x)")
    return ax


# %%
@misconception(
    caught_by="draws_the_five_points_of_the_example",
    hint="A function that shows its figure cannot be tested or combined; leave plt.show to the caller.",
)
def shows_the_figure(f, a, b, n=201, ax=None):
    if not a < b or n < 2:
        raise ValueError("plot_function needs a < b and n >= 2")
    if ax is None:
        _, ax = plt.subplots()
    x = np.linspace(a, b, n)
    ax.plot(x, f(x))
    ax.set_xlabel("x")
    ax.set_ylabel("f(x)")
    plt.show()
    return ax


# %%
@misconception(
    caught_by="both_ends_are_drawn",
    hint="np.arange stops before b; n points with both ends leave n - 1 gaps between them.",
)
def stops_one_step_before_b(f, a, b, n=201, ax=None):
    if not a < b or n < 2:
        raise ValueError("plot_function needs a < b and n >= 2")
    if ax is None:
        _, ax = plt.subplots()
    x = np.arange(a, b, (b - a) / n)[:n]
    ax.plot(x, f(x))
    ax.set_xlabel("x")
    ax.set_ylabel("f(x)")
    return ax


# %%
@misconception(
    caught_by="f_is_called_once_with_all_points",
    hint="f takes a whole array: call it once, f(x), without a loop.",
)
def calls_f_point_by_point(f, a, b, n=201, ax=None):
    if not a < b or n < 2:
        raise ValueError("plot_function needs a < b and n >= 2")
    if ax is None:
        _, ax = plt.subplots()
    x = np.linspace(a, b, n)
    ax.plot(x, [f(np.array([point]))[0] for point in x])
    ax.set_xlabel("x")
    ax.set_ylabel("f(x)")
    return ax


# %%
@misconception(
    caught_by="without_axes_every_curve_gets_a_new_figure",
    hint="plt.gca() gives the axes of an earlier drawing; without given axes make a new figure.",
)
def joins_an_earlier_figure(f, a, b, n=201, ax=None):
    if not a < b or n < 2:
        raise ValueError("plot_function needs a < b and n >= 2")
    if ax is None:
        ax = plt.gca()
    x = np.linspace(a, b, n)
    ax.plot(x, f(x))
    ax.set_xlabel("x")
    ax.set_ylabel("f(x)")
    return ax

# %% [markdown]
# ### Plot a descent
#
# A path of numbers tells little. Drawn on a map of the loss it shows everything: zigzags in a narrow valley, a step
# that was too long, a walk that ends in the wrong minimum. The map has lines of equal height, the *contours*.
#
# Matplotlib draws contours from heights on a grid. With $n_x$ values of $x$ and $n_y$ values of $y$, the arrays from
# `np.meshgrid(xs, ys)` have the shape $(n_y, n_x)$: **rows go with $y$, columns with $x$.** Row 0 holds the heights at
# the smallest $y$. Use $n_x = 61$ and $n_y = 41$. A grid that is not square has an advantage: if you transpose it, the
# shapes do not fit, and you notice the mistake at once.
#
# Draw, on the axes that the caller gives:
#
# - the contour lines of $f$ (`ax.contour`), one set with `levels` levels;
# - the path as one line: the first column of `path` is $x$, the second one is $y$;
# - a marker at the first point with the label `start`, a marker at the last point with the label `end`, and a legend;
# - the limits `xlim` and `ylim`, and the labels `x` and `y`.
#
# **By hand.** For `xlim` $= (0, 2)$, `ylim` $= (5, 6)$, and only 3 and 2 grid values, the grids are $X =
# \begin{pmatrix} 0 & 1 & 2 \\ 0 & 1 & 2 \end{pmatrix}$ and $Y = \begin{pmatrix} 5 & 5 & 5 \\ 6 & 6 & 6
# \end{pmatrix}$. For $f(x, y) = x + 10 y$ the heights are $\begin{pmatrix} 50 & 51 & 52 \\ 60 & 61 & 62
# \end{pmatrix}$. The path with the rows $(0, 5)$ and $(2, 6)$ is the line with the $x$ values $(0, 2)$ and the $y$
# values $(5, 6)$.
#
# If `ax` is None, make a new figure. Return the axes, and do not show anything.

# %%
from autograder.kit import T1, accepted, check, close, drawing, exercise, helper, hidden, holds, misconception
from autograder.kit import new_axes, raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("matplotlib.pyplot.show",),
    oracle="the points read back from the drawing, and the grids that f was given",
    section="Watching descent",
    topics=(
        "r0-intro-master-essential-math",
        "r0-strategy-step3-visualize",
        "r0-w1-plotting",
        "r0-w10-goal",
        "r0-w10-gd-visualization",
        "r1-tools-matplotlib",
        "r1-t08-gd-visualization",
        "r2-b-end-code-visualize",
        "r3-3-3-matplotlib",
        "r3-3-fix-matplotlib",
        "r4-p1-matplotlib-seaborn",
        "r4-p2-matplotlib-seaborn",
        "r4-p5-matplotlib",
        "r4-sumtools-unsupervised",
    ),
)

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np


# %%
def plot_descent(
    f: Callable[[np.ndarray, np.ndarray], np.ndarray],
    path: np.ndarray,
    xlim: tuple[float, float],
    ylim: tuple[float, float],
    ax: plt.Axes | None = None,
    levels: int = 20,
) -> plt.Axes:
    """Draw the contours of f and a path on them, and return the axes.

    Parameters
    ----------
    f : function of two arrays of shape (41, 61), the x and the y values of the grid, that returns the heights in an
        array of the same shape; it is called exactly once. Rows go with y, columns with x, both increasing.
    path : array or list of shape (k, 2), k >= 1, one point (x, y) per row
    xlim, ylim : ends of the grid and limits of the axes, the smaller one first
    ax : axes to draw on; None stands for the axes of a new figure
    levels : number of contour levels, handed to matplotlib

    Returns
    -------
    the axes: one set of contour lines; one line through the points of the path; a marker at the first and at the
        last point, named "start" and "end" in the legend; labels "x" and "y". Nothing is shown.

    Raises
    ------
    ValueError : path is not of shape (k, 2) with k >= 1, or an upper limit is not above its lower limit
    """
    ### BEGIN SOLUTION
    path = np.asarray(path, dtype=float)
    if path.ndim != 2 or path.shape[1] != 2 or len(path) == 0:
        raise ValueError("path must be (k, 2) with k >= 1")
    if not (xlim[0] < xlim[1] and ylim[0] < ylim[1]):
        raise ValueError("limits must increase")
    if ax is None:
        _, ax = plt.subplots()
    X, Y = np.meshgrid(np.linspace(*xlim, 61), np.linspace(*ylim, 41))
    ax.contour(X, Y, f(X, Y), levels=levels)
    ax.plot(path[:, 0], path[:, 1], color="#D55E00")
    ax.plot(*path[0], "o", color="black", label="start")
    ax.plot(*path[-1], "*", color="black", markersize=12, label="end")
    ax.set(xlim=xlim, ylim=ylim, xlabel="x", ylabel="y")
    ax.legend()
    return ax
    ### END SOLUTION


# %%
@helper
def the_picture(axes):
    """Return what is drawn, after making sure that axes came back and that they hold exactly one contour set."""
    are_axes = isinstance(axes, dict) or hasattr(axes, "get_lines")
    holds(are_axes, "The function should return the axes that it drew on.")
    picture = drawing(axes)
    count = len(picture["contours"])
    holds(count == 1, f"The axes should hold one contour set, but they hold {count}.")
    return picture


# %%
@helper
def has_the_path(picture, path):
    """Fail unless one line follows the path, and there are markers at its ends, named in the legend."""
    path = np.asarray(path, dtype=float)
    lines = [line for line in picture["lines"] if len(line["x"]) == len(path)]
    # With a single point, the markers may be lines of one point too.
    fits = len(lines) == 1 if len(path) > 1 else len(lines) >= 1
    holds(fits, f"There should be one line with the {len(path)} points of the path, but there are {len(lines)}.")
    close(lines[0]["x"], path[:, 0], **T1, what="the x values of the line")
    close(lines[0]["y"], path[:, 1], **T1, what="the y values of the line")
    singles = [np.column_stack([line["x"], line["y"]]) for line in picture["lines"] if len(line["x"]) == 1]
    marks = np.vstack([*singles, *picture["points"], np.zeros((0, 2))])
    for name, point in (("start", path[0]), ("end", path[-1])):
        is_marked = np.any(np.all(np.abs(marks - point) <= 1e-9, axis=1))
        holds(is_marked, f"There should be a marker at the {name} of the path.")
        holds(name in picture["legend"], f"The legend should name the marker '{name}'.")
        for line in picture["lines"]:
            if line["label"] == name and len(line["x"]) == 1:
                at = np.array([line["x"][0], line["y"][0]])
                close(at, point, **T1, what=f"the place of the marker '{name}'")


# %%
@check
def draws_a_path_of_three_points(plot_descent):
    """The path (3, 1), (1, 0.5), (0.5, 0.2) is one line with markers at its ends."""
    path = np.array([[3.0, 1.0], [1.0, 0.5], [0.5, 0.2]])
    has_the_path(the_picture(plot_descent(lambda x, y: x**2 + 4 * y**2, path, (-4.0, 4.0), (-2.0, 2.0))), path)


# %%
@check
def reversed_limits_raise(plot_descent):
    """Limits that do not increase raise ValueError."""
    raises(ValueError, plot_descent, lambda x, y: x + y, np.array([[1.0, 2.0]]), (1.0, -1.0), (0.0, 1.0))


# %%
@hidden(weight=2)
def the_line_and_the_markers_follow_the_path(plot_descent, rng):
    """The line has the points of the path in their order, and the markers sit at the first and the last one."""
    for k in (1, 2, 30):
        path = np.cumsum(rng.normal(size=(k, 2)), axis=0) + np.array([3.0, -8.0])
        axes = plot_descent(lambda x, y: (x - 1) ** 2 + y**2, path, (-20.0, 20.0), (-30.0, 10.0), new_axes())
        has_the_path(the_picture(axes), path)


# %%
@hidden(weight=2)
def f_is_called_once_with_the_grid(plot_descent, rng):
    """The function f is called once, with x growing along the rows and y growing down the columns."""
    seen = []

    def spy(x, y):
        seen.append((np.array(x), np.array(y)))
        return np.array(x) + 0 * np.array(y)

    for xlim, ylim in (((-1.0, 3.0), (2.0, 7.0)), ((0.5, 0.75), (-40.0, -10.0))):
        path = np.array([[xlim[0], ylim[1]], [xlim[1], ylim[0]]])
        the_picture(plot_descent(spy, path, xlim, ylim))
        same(len(seen), 1, what="the number of calls of f")
        X, Y = seen.pop()
        close(X, np.tile(np.linspace(*xlim, 61), (41, 1)), rtol=1e-9, atol=1e-9, what="the x values that f is given")
        rows = np.tile(np.linspace(*ylim, 41)[:, None], (1, 61))
        close(Y, rows, rtol=1e-9, atol=1e-9, what="the y values that f is given")


# %%
@hidden(weight=2)
def the_contours_are_not_turned(plot_descent):
    """For f = x the contours are vertical, and for f = y they are horizontal; the limits are the given ones."""
    path, xlim, ylim = np.array([[12.0, 1.0], [7.0, 2.5]]), (0.0, 10.0), (0.0, 2.0)
    for column, f in enumerate((lambda x, y: x + 0 * y, lambda x, y: y + 0 * x)):
        picture = the_picture(plot_descent(f, path, xlim, ylim, levels=7))
        has_the_path(picture, path)
        close(np.array([*picture["xlim"], *picture["ylim"]]), np.array([*xlim, *ylim]), **T1, what="the limits")
        for contour in picture["contours"]:
            for level, points in zip(contour["levels"], contour["lines"]):
                along = np.asarray(points)[:, column]
                close(along, np.full(len(along), level), rtol=1e-6, atol=1e-6, what=f"the contour of height {level:g}")


# %%
@hidden
def the_labels_are_x_and_y(plot_descent):
    """The labels are x and y, and the legend names the start and the end."""
    path = np.array([[1.0, 2.0], [0.5, 0.5]])
    picture = the_picture(plot_descent(lambda x, y: np.hypot(x, y), path, (-2.0, 2.0), (-3.0, 3.0), new_axes(), 9))
    same(picture["xlabel"], "x", what="the label below")
    same(picture["ylabel"], "y", what="the label at the side")
    for name in ("start", "end"):
        holds(name in picture["legend"], f"The legend should name the marker '{name}'.")


# %%
@hidden
def the_number_of_levels_is_handed_on(plot_descent):
    """The number of levels is handed to matplotlib, and without it 20 levels are asked for."""
    path, counts = np.array([[1.0, 0.5], [2.0, 0.25]]), []
    for width, more in ((8.1, {}), (8.1, {"levels": 20}), (11.0, {}), (11.0, {"levels": 20}), (11.0, {"levels": 4})):
        picture = the_picture(plot_descent(lambda x, y: x + 0 * y, path, (0.0, width), (0.0, 1.0), **more))
        counts.append(len(picture["contours"][0]["levels"]))
    same([counts[0], counts[2]], [counts[1], counts[3]], what="the numbers of contours without levels")
    holds(counts[4] < counts[3] / 2, "With levels=4 there should be much fewer contours than with levels=20.")


# %%
@hidden
def without_axes_every_call_gets_a_new_figure(plot_descent):
    """Without axes each call draws on a new figure, with one contour set and one path."""
    for path in ([[1, 2], [2, 1], [2, 2]], np.array([[3, 1], [1, 1]])):
        has_the_path(the_picture(plot_descent(lambda x, y: x * y, path, (0, 4), (0, 3))), path)


# %%
@hidden
def bad_arguments_raise(plot_descent):
    """Paths without points or with another number of columns, and limits that do not increase, raise ValueError."""
    for path in (np.ones((0, 2)), np.ones((2, 3)), np.ones((3, 1)), np.ones(2)):
        raises(ValueError, plot_descent, lambda x, y: x + y, path, (0.0, 1.0), (0.0, 1.0))
    for xlim, ylim in (((1.0, 1.0), (0.0, 1.0)), ((0.0, 1.0), (2.0, 2.0)), ((0.0, 1.0), (2.0, -2.0))):
        raises(ValueError, plot_descent, lambda x, y: x + y, np.array([[0.5, 0.5]]), xlim, ylim)


# %%
@accepted
def with_scattered_markers(f, path, xlim, ylim, ax=None, levels=20):
    points = np.array(path, dtype=float)
    if points.ndim != 2 or points.shape[0] < 1 or points.shape[1] != 2:
        raise ValueError("path")
    if xlim[1] <= xlim[0] or ylim[1] <= ylim[0]:
        raise ValueError("limits")
    axes = plt.figure(figsize=(5, 4)).add_subplot() if ax is None else ax
    xs = xlim[0] + (xlim[1] - xlim[0]) * np.arange(61) / 60
    ys = ylim[0] + (ylim[1] - ylim[0]) * np.arange(41) / 40
    X, Y = np.tile(xs, (41, 1)), np.repeat(ys[:, None], 61, axis=1)
    axes.contour(xs, ys, f(X, Y), levels)
    axes.plot(*points.T, "w.-", label="_path")
    axes.scatter(points[:1, 0], points[:1, 1], marker="s", label="start", zorder=3)
    axes.scatter(points[-1:, 0], points[-1:, 1], marker="^", label="end", zorder=3)
    axes.legend(loc="upper right")
    axes.set_xlim(xlim)
    axes.set_ylim(ylim)
    axes.set_xlabel("x")
    axes.set_ylabel("y")
    return axes


# %%
@accepted
def on_the_axes_made_current(f, path, xlim, ylim, ax=None, levels=20):
    path = np.asarray(path, dtype=float)
    if path.ndim != 2 or path.shape[1:] != (2,) or path.shape[0] == 0 or xlim[0] >= xlim[1] or ylim[0] >= ylim[1]:
        raise ValueError("path or limits")
    if ax is None:
        plt.figure()
    else:
        plt.sca(ax)
    Y, X = np.meshgrid(np.linspace(*ylim, 41), np.linspace(*xlim, 61), indexing="xy")
    X, Y = X.T, Y.T
    plt.contour(X[0], Y[:, 0], f(X, Y), levels)
    plt.plot([x for x, _ in path], [y for _, y in path], color="black")
    plt.plot([path[0][0]], [path[0][1]], "ro", label="start")
    plt.plot([path[-1][0]], [path[-1][1]], "k*", label="end")
    plt.xlim(*xlim)
    plt.ylim(*ylim)
    plt.xlabel("x")
    plt.ylabel("y")
    plt.legend()
    return plt.gca()


# %%
@misconception(
    caught_by="the_contours_are_not_turned",
    hint="The heights are transposed: rows of Z go with y, columns with x.",
)
def transposes_the_heights(f, path, xlim, ylim, ax=None, levels=20):
    path = np.asarray(path, dtype=float)
    if path.ndim != 2 or path.shape[1] != 2 or len(path) == 0 or xlim[0] >= xlim[1] or ylim[0] >= ylim[1]:
        raise ValueError("path or limits")
    if ax is None:
        _, ax = plt.subplots()
    X, Y = np.meshgrid(np.linspace(*xlim, 61), np.linspace(*ylim, 41))
    ax.contour(X, Y, f(X, Y).T, levels=levels)
    ax.plot(path[:, 0], path[:, 1])
    ax.plot(*path[0], "o", label="start")
    ax.plot(*path[-1], "*", label="end")
    ax.set(xlim=xlim, ylim=ylim, xlabel="x", ylabel="y")
    ax.legend()
    return ax


# %%
@misconception(
    caught_by="f_is_called_once_with_the_grid",
    hint="With indexing='ij' the rows go with x. Leave it out: rows go with y.",
)
def puts_x_into_the_rows(f, path, xlim, ylim, ax=None, levels=20):
    path = np.asarray(path, dtype=float)
    if path.ndim != 2 or path.shape[1] != 2 or len(path) == 0 or xlim[0] >= xlim[1] or ylim[0] >= ylim[1]:
        raise ValueError("path or limits")
    if ax is None:
        _, ax = plt.subplots()
    X, Y = np.meshgrid(np.linspace(*xlim, 61), np.linspace(*ylim, 41), indexing="ij")
    ax.contour(X, Y, f(X, Y), levels=levels)
    ax.plot(path[:, 0], path[:, 1])
    ax.plot(*path[0], "o", label="start")
    ax.plot(*path[-1], "*", label="end")
    ax.set(xlim=xlim, ylim=ylim, xlabel="x", ylabel="y")
    ax.legend()
    return ax


# %%
@misconception(
    caught_by="the_line_and_the_markers_follow_the_path",
    hint="The path is drawn as (y, x). Its first column is x.",
)
def draws_the_path_as_y_and_x(f, path, xlim, ylim, ax=None, levels=20):
    path = np.asarray(path, dtype=float)
    if path.ndim != 2 or path.shape[1] != 2 or len(path) == 0 or xlim[0] >= xlim[1] or ylim[0] >= ylim[1]:
        raise ValueError("path or limits")
    if ax is None:
        _, ax = plt.subplots()
    X, Y = np.meshgrid(np.linspace(*xlim, 61), np.linspace(*ylim, 41))
    ax.contour(X, Y, f(X, Y), levels=levels)
    ax.plot(path[:, 1], path[:, 0])
    ax.plot(*path[0, ::-1], "o", label="start")
    ax.plot(*path[-1, ::-1], "*", label="end")
    ax.set(xlim=xlim, ylim=ylim, xlabel="x", ylabel="y")
    ax.legend()
    return ax


# %%
@misconception(
    caught_by="the_line_and_the_markers_follow_the_path",
    hint="plt draws on whatever is current. Use the methods of ax.",
)
def draws_on_whatever_is_current(f, path, xlim, ylim, ax=None, levels=20):
    path = np.asarray(path, dtype=float)
    if path.ndim != 2 or path.shape[1] != 2 or len(path) == 0 or xlim[0] >= xlim[1] or ylim[0] >= ylim[1]:
        raise ValueError("path or limits")
    if ax is None:
        _, ax = plt.subplots()
    X, Y = np.meshgrid(np.linspace(*xlim, 61), np.linspace(*ylim, 41))
    plt.contour(X, Y, f(X, Y), levels=levels)
    plt.plot(path[:, 0], path[:, 1])
    plt.plot(*path[0], "o", label="start")
    plt.plot(*path[-1], "*", label="end")
    ax.set(xlim=xlim, ylim=ylim, xlabel="x", ylabel="y")
    plt.legend()
    return ax


# %%
@misconception(
    caught_by="the_line_and_the_markers_follow_the_path",
    hint="The two markers are exchanged: the start is path[0], the end is path[-1].",
)
def exchanges_start_and_end(f, path, xlim, ylim, ax=None, levels=20):
    path = np.asarray(path, dtype=float)
    if path.ndim != 2 or path.shape[1] != 2 or len(path) == 0 or xlim[0] >= xlim[1] or ylim[0] >= ylim[1]:
        raise ValueError("path or limits")
    if ax is None:
        _, ax = plt.subplots()
    X, Y = np.meshgrid(np.linspace(*xlim, 61), np.linspace(*ylim, 41))
    ax.contour(X, Y, f(X, Y), levels=levels)
    ax.plot(path[:, 0], path[:, 1])
    ax.plot(*path[-1], "o", label="start")
    ax.plot(*path[0], "*", label="end")
    ax.set(xlim=xlim, ylim=ylim, xlabel="x", ylabel="y")
    ax.legend()
    return ax


# %%
@misconception(
    caught_by="the_labels_are_x_and_y",
    hint="Labels appear only after ax.legend().",
)
def forgets_the_legend(f, path, xlim, ylim, ax=None, levels=20):
    path = np.asarray(path, dtype=float)
    if path.ndim != 2 or path.shape[1] != 2 or len(path) == 0 or xlim[0] >= xlim[1] or ylim[0] >= ylim[1]:
        raise ValueError("path or limits")
    if ax is None:
        _, ax = plt.subplots()
    X, Y = np.meshgrid(np.linspace(*xlim, 61), np.linspace(*ylim, 41))
    ax.contour(X, Y, f(X, Y), levels=levels)
    ax.plot(path[:, 0], path[:, 1])
    ax.plot(*path[0], "o", label="start")
    ax.plot(*path[-1], "*", label="end")
    ax.set(xlim=xlim, ylim=ylim, xlabel="x", ylabel="y")
    return ax

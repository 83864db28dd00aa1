"""The words a check is written in.

The text of this module is copied into notebooks, so it needs nothing but numpy and the standard library.
"""

import numpy as np

T1 = {"rtol": 1e-12, "atol": 1e-12}
T2 = {"rtol": 1e-9, "atol": 1e-10}
T3 = {"rtol": 1e-6, "atol": 1e-8}
T4 = {"rtol": 1e-4, "atol": 1e-6}


class CheckFailed(AssertionError):
    """A check found a wrong answer: the message says which property broke."""

    def __init__(self, message, *, expected=None, got=None):
        super().__init__(message)
        self.expected, self.got = expected, got


def kind_of(value):
    """Describe the type and shape of a value in a learner's words."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, (tuple, list)):
        return f"a {type(value).__name__} of length {len(value)}"
    article = "an" if type(value).__name__[0] in "aeiou" else "a"
    return f"{article} {type(value).__name__}"


def close(actual, expected, *, rtol=1e-9, atol=1e-10, what="the result"):
    """Fail unless `actual` has the shape of `expected` and |actual - expected| <= atol + rtol |expected|.

    NaN equals NaN and infinities must agree, as in numpy.testing.assert_allclose. Tuples, lists and dictionaries are
    compared entry by entry.
    """
    if isinstance(expected, dict):
        same(sorted(actual, key=str), sorted(expected, key=str), what=f"the keys of {what}")
        for key in expected:
            close(actual[key], expected[key], rtol=rtol, atol=atol, what=f"{what}[{key!r}]")
        return
    if isinstance(expected, (tuple, list)):
        if not isinstance(actual, (tuple, list)) or len(actual) != len(expected):
            raise CheckFailed(
                f"{what}: expected a {type(expected).__name__} of length {len(expected)}, got {kind_of(actual)}.",
                expected=expected,
                got=actual,
            )
        for position, (one, other) in enumerate(zip(actual, expected)):
            close(one, other, rtol=rtol, atol=atol, what=f"{what}[{position}]")
        return
    if isinstance(expected, np.ndarray) != isinstance(actual, np.ndarray) or np.shape(actual) != np.shape(expected):
        raise CheckFailed(f"{what}: expected {kind_of(expected)}, got {kind_of(actual)}.", expected=expected, got=actual)
    got, want = numeric(actual), numeric(expected)
    if got.dtype.kind not in "biufc":
        raise CheckFailed(f"{what}: expected numbers, got {kind_of(actual)}.", expected=expected, got=actual)
    with np.errstate(all="ignore"):
        fine = np.isclose(got, want, rtol=rtol, atol=atol, equal_nan=True)
    if np.all(fine):
        return
    if got.ndim == 0:
        raise CheckFailed(f"{what}: expected {want.item()!r}, got {got.item()!r}.", expected=expected, got=actual)
    where = tuple(int(i) for i in np.argwhere(~fine)[0])
    gaps = np.abs(np.where(fine, 0, got.astype(complex) - want))
    largest = f"{np.nanmax(gaps):.3g}" if np.isfinite(gaps).any() else "not a number"
    raise CheckFailed(
        f"{what}: wrong at position {list(where)}: expected {want[where].item()!r}, got {got[where].item()!r} "
        f"(largest difference {largest}).",
        expected=expected,
        got=actual,
    )


def numeric(value):
    """Return a value as an array; a Python int that no numpy int can hold becomes a float."""
    if type(value) is not int or -(2**63) <= value < 2**64:
        return np.asarray(value)
    try:
        return np.asarray(float(value))
    except OverflowError:
        return np.asarray(np.inf if value > 0 else -np.inf)


def same(actual, expected, *, what="the result"):
    """Fail unless `actual` equals `expected` exactly, arrays in shape, values and kind of number."""
    if isinstance(expected, np.ndarray) or isinstance(actual, np.ndarray):
        if not isinstance(actual, np.ndarray) or not isinstance(expected, np.ndarray) or actual.shape != expected.shape:
            raise CheckFailed(f"{what}: expected {kind_of(expected)}, got {kind_of(actual)}.", expected=expected, got=actual)
        kinds = {actual.dtype.kind, expected.dtype.kind}
        fine = actual == expected
        if kinds <= set("fc"):
            fine = fine | (np.isnan(actual) & np.isnan(expected))
        if not np.all(fine):
            where = tuple(int(i) for i in np.argwhere(~np.asarray(fine))[0])
            raise CheckFailed(
                f"{what}: wrong at position {list(where)}: expected {expected[where].item()!r}, "
                f"got {actual[where].item()!r}.",
                expected=expected,
                got=actual,
            )
        return
    if isinstance(expected, (tuple, list)) and isinstance(actual, (tuple, list)) and len(actual) == len(expected):
        for position, (one, other) in enumerate(zip(actual, expected)):
            same(one, other, what=f"{what}[{position}]")
        return
    truths = isinstance(expected, (bool, np.bool_)), isinstance(actual, (bool, np.bool_))
    if truths[0] != truths[1] or not actual == expected:
        raise CheckFailed(f"{what}: expected {expected!r}, got {actual!r}.", expected=expected, got=actual)


def holds(condition, message, *, expected=None):
    """Fail with `message` unless `condition` is true; the message says what should hold."""
    if not bool(condition):
        raise CheckFailed(message, expected=expected)


def array(value, shape, *, what="the result"):
    """Return `value` as a float or complex array, failing unless it is a numeric array of exactly this shape.

    An entry None in `shape` allows any length.
    """
    fits = isinstance(value, np.ndarray) and value.ndim == len(shape)
    if not fits or any(want is not None and have != want for have, want in zip(value.shape, shape)):
        wanted = "(" + ", ".join("any" if n is None else str(n) for n in shape) + ("," if len(shape) == 1 else "") + ")"
        raise CheckFailed(f"{what}: expected an array of shape {wanted}, got {kind_of(value)}.")
    if value.dtype.kind not in "biufc":
        raise CheckFailed(f"{what}: expected numbers, got an array of {value.dtype}.")
    return value.astype(complex if value.dtype.kind == "c" else float)


def raises(error, function, *args, **kwargs):
    """Fail unless calling `function` raises `error` or a subclass; classes are compared by name.

    Names decide because the learner's own class may live in another process.
    """
    try:
        value = function(*args, **kwargs)
    except Exception as problem:
        names = getattr(problem, "type_names", None) or [cls.__name__ for cls in type(problem).__mro__]
        if error.__name__ in names:
            return
        if "NotImplementedError" in names or isinstance(problem, CheckFailed) or getattr(problem, "stops", False):
            raise
        raise CheckFailed(f"This input has no answer: raise {error.__name__}, not {names[0]}.") from None
    raise CheckFailed(f"This input has no answer: raise {error.__name__}. Instead the call returned {kind_of(value)}.")


def drawing(axes):
    """Return what is drawn on matplotlib axes as plain data.

    Keys: title, xlabel, ylabel, legend (list of str), lines (list of dict x, y, label), points (list of (n, 2) arrays),
    bars (list of dict x, height, width), images (list of arrays), xlim and ylim, contours (list of dict levels, lines:
    one (n, 2) array of points per level).
    """
    if isinstance(axes, dict):
        return axes
    legend = axes.get_legend()
    return {
        "title": axes.get_title(),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "lines": [
            {
                "x": np.array(line.get_xdata(), dtype=float),
                "y": np.array(line.get_ydata(), dtype=float),
                "label": str(line.get_label()),
            }
            for line in axes.get_lines()
        ],
        "points": [np.array(group.get_offsets(), dtype=float) for group in axes.collections],
        "bars": [
            {"x": float(bar.get_x()), "height": float(bar.get_height()), "width": float(bar.get_width())}
            for bar in axes.patches
            if hasattr(bar, "get_height")
        ],
        "images": [np.array(image.get_array(), dtype=float) for image in axes.get_images()],
        "xlim": tuple(float(end) for end in axes.get_xlim()),
        "ylim": tuple(float(end) for end in axes.get_ylim()),
        "contours": [
            {
                "levels": [float(level) for level in group.levels],
                "lines": [np.array(path.vertices, dtype=float) for path in group.get_paths()],
            }
            for group in axes.collections
            if hasattr(group, "levels")
        ],
    }

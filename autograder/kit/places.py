"""Arguments that cannot travel as plain data: a file, and axes to draw on."""

import atexit
import os
import tempfile


class FilePath(str):
    """The path of a small text file; another process writes the same text to a file of its own."""

    text: str


def a_file(text, *, suffix=".csv"):
    """Return the path of a fresh file with this text (UTF-8), which is removed when the process ends."""
    handle, name = tempfile.mkstemp(suffix=suffix, prefix="given-")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)
    atexit.register(lambda: os.path.exists(name) and os.remove(name))
    path = FilePath(name)
    path.text = text
    return path


def new_axes():
    """Return fresh matplotlib axes that are not the current ones, so that drawing on "whatever is current" misses them."""
    from matplotlib.figure import Figure

    return Figure().add_subplot()

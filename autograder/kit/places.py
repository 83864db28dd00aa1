"""Arguments that cannot travel as plain data: a file, and axes to draw on."""

import atexit
import os
import tempfile
import zlib
from itertools import count


class FilePath(str):
    """The path of a small text file; another process writes the same text to a file of its own."""

    text: str


def a_file(text, *, suffix=".csv"):
    """Return the path of a fresh file with this text (UTF-8), which is removed when the process ends."""
    # The name follows from the text, so that a message which quotes it is the same every time.
    stem = os.path.join(tempfile.gettempdir(), f"given-{zlib.crc32(text.encode()):08x}")
    for number in count(1):
        name = f"{stem}-{number}{suffix}"
        try:
            with open(name, "x", encoding="utf-8", newline="") as stream:
                stream.write(text)
            break
        except FileExistsError:
            continue
    atexit.register(lambda: os.path.exists(name) and os.remove(name))
    path = FilePath(name)
    path.text = text
    return path


def new_axes():
    """Return fresh matplotlib axes that are not the current ones, so that drawing on "whatever is current" misses them."""
    from matplotlib.figure import Figure

    return Figure().add_subplot()

"""Write values down in a learner's words: short, exact, and safe."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.kit.places import FilePath
from autograder.sandbox.handles import Event, RemoteThing

LONGEST = 800


def show(value: Any, *, longest: int = LONGEST) -> str:
    """Return a short text for a value; long arrays and texts are cut in the middle."""
    text = _show(value, 0)
    text = "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
    return text if len(text) <= longest else f"{text[: longest // 2]} … {text[-longest // 3 :]}"


def _show(value: Any, depth: int) -> str:
    if depth > 6:
        return "…"
    if isinstance(value, np.ndarray):
        with np.printoptions(threshold=40, edgeitems=3, precision=8, linewidth=90):
            return np.array_repr(value)
    if isinstance(value, np.generic):
        return _show(value.item(), depth)
    if isinstance(value, FilePath):
        return f"a file with {value.text[:200]!r}"
    if isinstance(value, str | bytes):
        return repr(value[:200])
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if value.bit_length() < 2000 else f"an integer of {value.bit_length()} bits"
    if isinstance(value, tuple | list):
        inner = ", ".join(_show(item, depth + 1) for item in value[:20]) + (", …" if len(value) > 20 else "")
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, dict):
        items = list(value.items())[:20]
        return "{" + ", ".join(f"{_show(k, depth + 1)}: {_show(v, depth + 1)}" for k, v in items) + "}"
    if isinstance(value, np.random.Generator):
        return "a seeded random generator"
    if isinstance(value, RemoteThing):
        return repr(value)[:100]
    if callable(value):
        return getattr(value, "__name__", "a function").replace("<lambda>", "a function")
    try:
        return repr(value)[:200]
    except ValueError:  # Python refuses to write down a number of more than 4300 digits
        return f"a {type(value).__name__} too long to be written"


def show_outcome(event: Event, *, with_text: bool) -> str:
    """Return what came back from a call; the text of an error only where it may be shown."""
    if event.outcome == "value":
        return show(event.value)
    if event.outcome == "error":
        name = str(event.value[0])[:60] if event.value else "an error"
        return f"{name}: {show(event.text, longest=300)}" if with_text and event.text else name
    return ""

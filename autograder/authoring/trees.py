"""Take every text apart once: building Python's syntax trees is the slowest part of reading a course."""

from __future__ import annotations

import ast
from functools import cache


@cache
def tree_of(source: str) -> ast.Module:
    """Return the syntax tree of a text; whoever asks again gets the same one, so leave it as it is.

    Raises SyntaxError when the text is no Python.
    """
    return ast.parse(source)


@cache
def lines_of(source: str) -> tuple[str, ...]:
    """Return the lines of a text, without their ends."""
    return tuple(source.splitlines())

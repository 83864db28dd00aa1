"""Replace banned functions by traps while the learner's code runs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any


class BannedCall(Exception):
    """The learner's code called a function that would empty the exercise."""


@lru_cache(maxsize=None)
def _names(pattern: str, where: str) -> tuple[str, ...]:
    """Return the callables of a loaded module that the last part of a pattern names."""
    module, what = sys.modules[where], pattern.rpartition(".")[2]
    return tuple(name for name in dir(module) if fnmatchcase(name, what) and callable(getattr(module, name, None)))


def targets(patterns: tuple[str, ...]) -> Iterator[tuple[Any, str, str]]:
    """Yield (module, attribute, dotted name) of every loaded callable that a pattern names."""
    for pattern in patterns:
        where = pattern.rpartition(".")[0] or "builtins"
        for name in _names(pattern, where) if where in sys.modules else ():
            yield sys.modules[where], name, name if where == "builtins" else f"{where}.{name}"


@contextmanager
def traps(patterns: tuple[str, ...], namespace: dict[str, Any]) -> Iterator[list[str]]:
    """Set a trap for every function that `patterns` name; the list that is yielded collects what was stepped on.

    A pattern without a dot names a builtin. Builtins are trapped in `namespace` only, because the libraries need them.
    """
    stepped: list[str] = []

    def trap(dotted: str) -> Any:
        def banned(*_args: Any, **_kwargs: Any) -> Any:
            stepped.append(dotted)
            raise BannedCall(f"This exercise does not allow {dotted}; build the answer from smaller parts.")

        return banned

    undo: list[tuple[Any, str, Any]] = []
    added: list[str] = []
    try:
        for module, name, dotted in list(targets(patterns)):
            original, substitute = getattr(module, name), trap(dotted)
            for alias, value in list(namespace.items()):
                if value is original:
                    undo.append((namespace, alias, original))
                    namespace[alias] = substitute
            if module.__name__ == "builtins":
                if name not in namespace:
                    added.append(name)
                    namespace[name] = substitute
            else:
                undo.append((module, name, original))
                setattr(module, name, substitute)
        yield stepped
    finally:
        for owner, name, original in reversed(undo):
            if owner is namespace:
                namespace[name] = original
            else:
                setattr(owner, name, original)
        for name in added:
            namespace.pop(name, None)

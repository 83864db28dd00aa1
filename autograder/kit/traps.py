"""Replace banned functions by traps while the learner's code runs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from typing import Any


class BannedCall(Exception):
    """The learner's code called a function that would empty the exercise."""


def _targets(patterns: tuple[str, ...]) -> Iterator[tuple[Any, str, str]]:
    """Yield (module, attribute, dotted name) of every loaded callable that a pattern names."""
    for pattern in patterns:
        where, _, what = pattern.rpartition(".")
        module = sys.modules.get(where or "builtins")
        for name in dir(module) if module is not None else ():
            if fnmatchcase(name, what) and callable(getattr(module, name, None)):
                yield module, name, f"{where}.{name}" if where else name


@contextmanager
def traps(patterns: tuple[str, ...], namespace: dict[str, Any]) -> Iterator[list[str]]:
    """Set a trap for every function that `patterns` name; the list that is yielded collects what was stepped on.

    A pattern without a dot names a builtin. Builtins are trapped in `namespace` only, because the libraries need them.
    """
    stepped: list[str] = []

    def trap(dotted: str) -> Any:
        def banned(*_args: Any, **_kwargs: Any) -> Any:
            stepped.append(dotted)
            raise BannedCall(f"{dotted} is the exercise itself; build it from smaller parts.")

        return banned

    undo: list[tuple[Any, str, Any]] = []
    added: list[str] = []
    try:
        for module, name, dotted in list(_targets(patterns)):
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

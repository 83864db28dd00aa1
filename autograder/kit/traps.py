"""Replace banned functions by traps while the learner's code runs."""

import sys
from collections.abc import Iterator
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


class Traps:
    """Traps for banned functions: set while the block runs, and taken away after it.

    The same traps serve many blocks; a block inside another changes nothing.
    """

    def __init__(self, patterns: tuple[str, ...], namespace: dict[str, Any]) -> None:
        self.stepped: list[str] = []
        self.namespace, self.depth = namespace, 0
        # (where, name, what stands there, what takes its place); a builtin does not stand in `namespace` yet.
        self.swaps: list[tuple[dict[str, Any], str, Any, Any]] = []
        aliases: dict[int, list[str]] = {}
        for alias, value in list(namespace.items()) if patterns else ():
            aliases.setdefault(id(value), []).append(alias)
        for module, name, dotted in list(targets(patterns)):
            original, substitute = getattr(module, name), self._trap(dotted)
            for alias in aliases.get(id(original), ()):
                self.swaps.append((namespace, alias, original, substitute))
            if module.__name__ == "builtins":
                if name not in namespace:
                    self.swaps.append((namespace, name, self, substitute))
            else:
                self.swaps.append((vars(module), name, original, substitute))

    def _trap(self, dotted: str) -> Any:
        def banned(*_args: Any, **_kwargs: Any) -> Any:
            self.stepped.append(dotted)
            raise BannedCall(f"This exercise does not allow {dotted}; build the answer from smaller parts.")

        return banned

    def __enter__(self) -> list[str]:
        self.depth += 1
        if self.depth == 1:
            self.stepped.clear()
            for where, name, _, substitute in self.swaps:
                where[name] = substitute
        return self.stepped

    def __exit__(self, *_problem: object) -> None:
        self.depth -= 1
        if self.depth == 0:
            for where, name, original, _ in reversed(self.swaps):
                if original is self:
                    where.pop(name, None)
                else:
                    where[name] = original


def traps(patterns: tuple[str, ...], namespace: dict[str, Any]) -> Traps:
    """Return traps for every function that `patterns` name; their block yields a list of what was stepped on.

    A pattern without a dot names a builtin. Builtins are trapped in `namespace` only, because the libraries need them.
    """
    return Traps(patterns, namespace)

"""Read exercise files quickly: large libraries are loaded only when something uses them."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

LARGE = frozenset({"matplotlib", "pandas", "scipy", "sklearn", "statsmodels"})


class Later(ModuleType):
    """Stands for a module that is not loaded yet."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Name(self.__name__, name)


class Name:
    """Stands for something in a module that is not loaded yet; using it loads the module."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return real(self)(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Name(f"{self._module}.{self._name}", name)

    def __or__(self, other: Any) -> Any:
        return self  # `Axes | None` in an annotation, which nobody evaluates here

    __ror__ = __or__

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[Any, ...]:
        return (real(self),)


def real(thing: Any) -> Any:
    """Return what stands behind a placeholder, loading its module; everything else is returned as it is."""
    if isinstance(thing, Later):
        return _loaded(thing.__name__)
    if not isinstance(thing, Name):
        return thing
    path = f"{thing._module}.{thing._name}".split(".")
    for length in range(len(path) - 1, 0, -1):
        try:
            found = _loaded(".".join(path[:length]))
            break
        except ModuleNotFoundError:
            if length == 1:
                raise
    for position, name in enumerate(path[length:], start=length):
        found = getattr(found, name) if hasattr(found, name) else _loaded(".".join(path[: position + 1]))
    return found


def _loaded(name: str) -> ModuleType:
    for other in [other for other, module in sys.modules.items() if isinstance(module, Later)]:
        del sys.modules[other]
    finders = [finder for finder in sys.meta_path if isinstance(finder, _Finder)]
    for finder in finders:
        finder.is_asleep = True
    try:
        return importlib.import_module(name)
    finally:
        for finder in finders:
            finder.is_asleep = False


class _Finder:
    """Answers the import of a large library with a placeholder."""

    is_asleep = False

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        root = name.partition(".")[0]
        is_here = root in sys.modules and not isinstance(sys.modules[root], Later)
        return None if self.is_asleep or root not in LARGE or is_here else ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return Later(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the placeholder empty."""


@contextmanager
def no_collector() -> Iterator[None]:
    """Keep the garbage collector out of the way of a short run: it takes two thirds of the time of parsing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def lean() -> Iterator[None]:
    """Let imports of large libraries that are not loaded yet bind placeholders, for as long as the block runs."""
    finder = _Finder()
    sys.meta_path.insert(0, finder)  # type: ignore[arg-type]
    try:
        with no_collector():
            yield
    finally:
        sys.meta_path.remove(finder)  # type: ignore[arg-type]
        for name in [name for name, module in sys.modules.items() if isinstance(module, Later)]:
            del sys.modules[name]


def settle(namespace: dict[str, Any], names: frozenset[str] | set[str]) -> None:
    """Put the real things in the place of those placeholders that these names stand for."""
    for name in names & namespace.keys():
        if isinstance(namespace[name], Later | Name):
            namespace[name] = real(namespace[name])

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
    if not isinstance(thing, Later | Name):
        return thing
    with _real_imports():
        if isinstance(thing, Later):
            return importlib.import_module(thing.__name__)
        return _found(f"{thing._module}.{thing._name}".split("."))


def _found(path: list[str]) -> Any:
    for length in range(len(path) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(path[:length]))
            break
        except ModuleNotFoundError:
            if length == 1:
                raise
    for position, name in enumerate(path[length:], start=length):
        found = getattr(found, name) if hasattr(found, name) else importlib.import_module(".".join(path[: position + 1]))
    return found


@contextmanager
def _real_imports() -> Iterator[None]:
    """Let imports load what they name, for as long as the block runs."""
    _forget_placeholders()
    awake = [finder for finder in sys.meta_path if isinstance(finder, _Finder) and not finder.is_asleep]
    for finder in awake:
        finder.is_asleep = True
    try:
        yield
    finally:
        for finder in awake:
            finder.is_asleep = False


def _forget_placeholders() -> None:
    for name in [name for name, module in sys.modules.items() if isinstance(module, Later)]:
        placeholder = sys.modules.pop(name)
        package, _, part = name.rpartition(".")
        if package in sys.modules and vars(sys.modules[package]).get(part) is placeholder:
            delattr(sys.modules[package], part)


class _Finder:
    """Answers the import of what is not loaded yet of a large library with a placeholder."""

    is_asleep = False

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        waits = not self.is_asleep and name.partition(".")[0] in LARGE
        return ModuleSpec(name, self, is_package=True) if waits else None  # type: ignore[arg-type]

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
        _forget_placeholders()


def settle(namespace: dict[str, Any], names: frozenset[str] | set[str]) -> None:
    """Put the real things in the place of those placeholders that these names stand for."""
    for name in names & namespace.keys():
        if isinstance(namespace[name], Later | Name):
            namespace[name] = real(namespace[name])

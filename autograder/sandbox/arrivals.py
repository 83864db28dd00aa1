"""Traps for banned functions that also catch those of libraries which are loaded while the traps are set."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from autograder.kit.traps import Traps


class LastingTraps(Traps):
    """Traps that wait for the modules that are not loaded yet: they see every import of the code inside the block."""

    def __init__(self, patterns: tuple[str, ...], namespace: dict[str, Any]) -> None:
        super().__init__(patterns, namespace)
        places = {pattern.rpartition(".")[0] for pattern in patterns} - {""}
        self.awaited = {
            place: tuple(pattern for pattern in patterns if pattern.rpartition(".")[0] == place)
            for place in places
            if place not in sys.modules
        }

    def __enter__(self) -> list[str]:
        stepped = super().__enter__()
        if self.awaited and self.depth == 1:
            sys.meta_path.insert(0, self)  # type: ignore[arg-type]
        return stepped

    def __exit__(self, *problem: object) -> None:
        super().__exit__(*problem)
        if self.depth == 0:
            with suppress(ValueError):
                sys.meta_path.remove(self)  # type: ignore[arg-type]

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Find a module that is awaited, and set its traps as soon as it has been loaded."""
        spec = PathFinder.find_spec(name, path, target) if name in self.awaited else None
        if spec is None or spec.loader is None:
            return None
        load = spec.loader.exec_module

        def load_and_trap(module: ModuleType) -> None:
            load(module)
            self._arrived(name)

        spec.loader.exec_module = load_and_trap  # type: ignore[method-assign]
        return spec

    def _arrived(self, name: str) -> None:
        more = Traps(self.awaited.pop(name, ()), self.namespace)
        more.stepped = self.stepped
        self.swaps += more.swaps
        if self.depth:
            for where, attribute, _, substitute in more.swaps:
                where[attribute] = substitute

"""Let an import succeed at once, and load the library when it is first used: a process with less in it forks faster."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from functools import partial
from importlib.machinery import ModuleSpec
from itertools import accumulate
from types import ModuleType
from typing import Any


def import_later(name: str) -> None:
    """Let `import name` succeed without loading anything; do nothing when the library is not installed.

    A library of which something is loaded already is loaded at once.
    """
    package = name.partition(".")[0]
    if package in sys.modules:
        importlib.import_module(name)
    elif importlib.util.find_spec(package) is not None:
        sys.meta_path.insert(0, StandIns(name))  # type: ignore[arg-type]


class StandIns:
    """Stand-ins for a module and its packages, and a finder for everything else below them."""

    def __init__(self, name: str) -> None:
        self.name, self.is_loaded = name, False
        self.modules = {each: ModuleType(each) for each in accumulate(name.split("."), "{}.{}".format)}
        for each, module in self.modules.items():
            module.__getattr__ = partial(self._use, each)  # type: ignore[method-assign]
            if each != name:
                module.__path__ = []  # a package, whose modules are asked of this finder
            sys.modules[each] = module
            package, _, own = each.rpartition(".")
            if package:
                setattr(self.modules[package], own, module)

    def _use(self, each: str, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        self._load()
        return getattr(importlib.import_module(each), attribute)

    def _load(self) -> None:
        if not self.is_loaded:
            self.is_loaded = True
            for each in self.modules:
                sys.modules.pop(each, None)
            importlib.import_module(self.name)
            for each, module in self.modules.items():
                vars(module).update(vars(sys.modules[each]))

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Load the library when any other part of it is imported; what came with it is not loaded twice."""
        if self.is_loaded or name.rpartition(".")[0] not in self.modules:
            return None
        self._load()
        found = sys.modules.get(name)
        return importlib.util.find_spec(name) if found is None else ModuleSpec(name, Loaded(found))


class Loaded:
    """A loader for a module that is loaded already."""

    def __init__(self, module: ModuleType) -> None:
        # A module that appears while it is looked for is loaded anew from its own description, if it has one.
        self.module, self.spec, module.__spec__ = module, module.__spec__, None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module."""
        return self.module

    def exec_module(self, module: ModuleType) -> None:
        """Give it its description back."""
        module.__spec__ = self.spec

"""Choose from requirements.lock what some modules need, with the hashes that stand there."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from autograder.errors import BadConfig

ENTRY = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==\S+", flags=re.MULTILINE)
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def modules_imported(sources: Iterable[str]) -> set[str]:
    """Return the top-level modules that some texts import, anywhere in them, without the standard library."""
    found: set[str] = set()
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"autograder"}


def locked(lock: Path, modules: Iterable[str], packages: Iterable[str] = ()) -> str:
    """Return the entries of the lock file that modules and packages need, with everything those need in turn.

    Raises BadConfig when the lock file does not name a package that provides one of them.
    """
    entries = _entries(lock.read_text(encoding="utf-8"))
    providers = _providers()
    wanted = {_canonical(name) for module in modules for name in providers.get(module, [module])}
    wanted |= {_canonical(name) for name in packages}
    missing = sorted(wanted - entries.keys())
    if missing:
        raise BadConfig(f"{lock} names no version of {', '.join(missing)}. Add it to pyproject.toml, then run: make lock")
    seen: set[str] = set()
    waiting = sorted(wanted)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += sorted(_needs(name))
    return "".join(text for name in sorted(seen & entries.keys()) for text in entries[name])


def pins(lock_text: str) -> list[str]:
    """Return the lines of a lock file without hashes: name, version and marker."""
    return [line.rstrip("\\").strip() for line in lock_text.splitlines() if ENTRY.match(line)]


@cache
def _providers() -> dict[str, list[str]]:
    return {module: list(names) for module, names in metadata.packages_distributions().items()}


def _entries(text: str) -> dict[str, list[str]]:
    """Return the entries of a lock file by name; a package may stand there once for each range of Python versions."""
    starts = [match.start() for match in ENTRY.finditer(text)]
    found: dict[str, list[str]] = {}
    for start, end in zip(starts, [*starts[1:], len(text)]):
        entry = text[start:end].rstrip() + "\n"
        found.setdefault(_canonical(ENTRY.match(entry)[1]), []).append(entry)  # type: ignore[index]
    return found


def _needs(name: str) -> Iterator[str]:
    """Yield what a package needs on Linux under any Python that the course supports."""
    from packaging.requirements import Requirement

    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return  # needed under another version of Python only
    for requirement in map(Requirement, lines):
        worlds = (
            {"extra": "", "python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
            for python in PYTHONS
        )
        if requirement.marker is None or any(requirement.marker.evaluate(world) for world in worlds):
            yield _canonical(requirement.name)
            for extra in requirement.extras:
                yield from _extra(requirement.name, extra)


def _extra(name: str, extra: str) -> Iterator[str]:
    from packaging.requirements import Requirement

    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for requirement in map(Requirement, lines):
        marker = requirement.marker
        if marker is not None and "extra" in str(marker) and marker.evaluate({"extra": extra}):
            yield _canonical(requirement.name)


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

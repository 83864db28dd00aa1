"""Pick the top-level definitions that a piece of code needs, so that its text can travel alone."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from autograder.authoring.trees import lines_of, tree_of
from autograder.build.imports import bindings


MARKS = {"check", "hidden", "helper", "accepted", "misconception"}


@dataclass(frozen=True, slots=True)
class Definition:
    """One top-level function, class or constant, and where it stands."""

    name: str
    text: str
    order: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pool:
    """What definitions may be picked from: several modules as one."""

    definitions: dict[str, Definition]
    imports: dict[str, str]


@dataclass(frozen=True, slots=True)
class Picked:
    """The definitions and imports that some names need, in the order in which they were written."""

    definitions: tuple[Definition, ...]
    imports: dict[str, str]
    names: frozenset[str]


def text_of(source: str, node: ast.stmt) -> str:
    """Cut a statement out of its module; the marks of the course stay behind, other decorators come along."""
    lines = lines_of(source)
    marks = [
        "@" + ast.unparse(mark)
        for mark in getattr(node, "decorator_list", ())
        if ast.unparse(mark).split("(")[0] not in MARKS
    ]
    return "\n".join([*marks, *lines[node.lineno - 1 : node.end_lineno]]).rstrip()


@cache
def global_names(text: str) -> frozenset[str]:
    """Return the names that a text looks up outside itself; parameters and local names do not count."""
    found: set[str] = set()

    def walk(table: symtable.SymbolTable) -> None:
        is_module = table.get_type() == "module"
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (is_module or symbol.is_global()):
                found.add(symbol.get_name())
        for child in table.get_children():
            walk(child)

    walk(symtable.symtable(text, "<text>", "exec"))
    return frozenset(found)


@cache
def pool(*sources: str) -> Pool:
    """Read the top level of several module texts; imports from the course itself are left out."""
    definitions: dict[str, Definition] = {}
    imports: dict[str, str] = {}
    for number, source in enumerate(sources):
        imports |= {name: text for name, text in bindings(source).items() if not text.startswith("from autograder")}
        for node in tree_of(source).body:
            for name in _names(node):
                definitions[name] = Definition(name, text_of(source, node), (number, node.lineno))
    return Pool(definitions, imports)


def _names(node: ast.stmt) -> Iterable[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


def needs(wanted: Iterable[str], source: Pool) -> frozenset[str]:
    """Return the names that some names need, and what those need in turn, themselves included."""
    seen: set[str] = set()
    waiting = sorted(wanted)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += global_names(source.definitions[name].text) if name in source.definitions else ()
    return frozenset(seen)


def pick(wanted: Iterable[str], source: Pool) -> Picked:
    """Return what the wanted names need, and what that needs in turn; builtins and unknown names are left to Python."""
    seen = needs(wanted, source)
    chosen = {source.definitions[name].text: source.definitions[name] for name in sorted(seen & source.definitions.keys())}
    imports = {name: source.imports[name] for name in sorted(seen & source.imports.keys() - source.definitions.keys())}
    return Picked(tuple(sorted(chosen.values(), key=lambda item: item.order)), imports, seen)

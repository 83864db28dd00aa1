"""Look at a learner's code without running it: which names it defines, and which banned functions it uses."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from fnmatch import fnmatchcase

from autograder.authoring.stub import skeleton

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell, or None when it is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def definitions(sources: list[str], name: str) -> list[str]:
    """Return the texts of all top-level definitions of a name, in order."""
    found: list[str] = []
    for source in sources:
        tree = parsed(source)
        for node in tree.body if tree else ():
            if isinstance(node, Definition) and node.name == name:
                found.append(ast.unparse(node))
    return found


def is_untouched(sources: list[str], name: str, stub: str) -> bool:
    """Say whether a name is defined, and only by stubs as they were handed out."""
    texts = definitions(sources, name)
    if not texts:
        return False
    pattern = skeleton(ast.unparse(ast.parse(stub)))
    return all(skeleton(text) == pattern for text in texts)


def banned_use(sources: list[str], name: str, patterns: tuple[str, ...]) -> str:
    """Return the banned function that a definition uses, directly or through its helpers, or ""."""
    if not patterns:
        return ""
    tree = ast.Module([node for source in sources if (module := parsed(source)) for node in module.body], [])
    aliases = dict(_aliases(tree))
    defined = {node.name: node for node in tree.body if isinstance(node, Definition)}
    assigned = {target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets if isinstance(target, ast.Name)}
    waiting, seen = [name], set()
    while waiting:
        current = waiting.pop()
        if current in seen or current not in defined:
            continue
        seen.add(current)
        inner = aliases | dict(_aliases(defined[current]))
        for node in ast.walk(defined[current]):
            dotted = _dotted(node, inner)
            own = isinstance(node, ast.Name) and (node.id in defined or node.id in assigned)
            if dotted and not own and any(fnmatchcase(dotted, pattern) for pattern in patterns):
                return dotted
            if isinstance(node, ast.Name):
                waiting.append(node.id)
    return ""


def _aliases(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                yield (item.asname, item.name) if item.asname else (item.name.split(".")[0], item.name.split(".")[0])
        elif isinstance(node, ast.ImportFrom) and node.module:
            for item in node.names:
                yield item.asname or item.name, f"{node.module}.{item.name}"


def _dotted(node: ast.AST, aliases: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return aliases.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        owner = _dotted(node.value, aliases)
        return f"{owner}.{node.attr}" if owner else ""
    return ""

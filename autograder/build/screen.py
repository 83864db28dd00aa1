"""Look for banned functions in the cells of a running notebook, as the grader does before it runs anything.

The text of this module is copied into notebooks and test files, so it needs nothing but the standard library.
"""

import ast
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase

from autograder.kit.traps import traps

SCREENED: dict[tuple[str, int], str] = {}


@contextmanager
def screened(name: str, patterns: tuple[str, ...], namespace: dict) -> Iterator[list[str]]:
    """Yield the banned function that a definition uses, directly or through its helpers; else set traps for all of them."""
    cells = list(namespace.get("In", ()))
    if (name, len(cells)) not in SCREENED:
        SCREENED[name, len(cells)] = banned_use(name, patterns, cells)
    used = SCREENED[name, len(cells)]
    if used:
        yield [used]
        return
    with traps(patterns, namespace) as stepped:
        yield stepped


def banned_use(name: str, patterns: tuple[str, ...], cells: Iterable[str]) -> str:
    """Return the banned function that the definition of a name uses in these cells, or ""."""
    body = [node for cell in cells for node in statements(cell)]
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    defined = {node.name: node for node in body if isinstance(node, kinds)}
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    own = set(defined) | {target.id for target in targets if isinstance(target, ast.Name)}
    everywhere, waiting, seen = aliases(body), [name], set()
    while waiting:
        current = waiting.pop()
        if current in seen or current not in defined:
            continue
        seen.add(current)
        nodes = list(ast.walk(defined[current]))
        known = {**everywhere, **aliases(nodes)}
        for node in nodes:
            if "@" in patterns and isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.MatMult):
                return "@"
            called = dotted(node, known)
            is_own = isinstance(node, ast.Name) and node.id in own
            if called and not is_own and any(fnmatchcase(called, pattern) for pattern in patterns):
                return called
            if isinstance(node, ast.Name):
                waiting.append(node.id)
    return ""


def statements(cell: str) -> list:
    """Return the statements of a cell; a cell that is no Python has none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(cell).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def aliases(nodes: Iterable) -> dict[str, str]:
    """Return what the imports among some nodes call things: a dotted name for each name."""
    found = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for item in node.names:
                first = item.name.split(".")[0]
                found[item.asname or first] = item.name if item.asname else first
        elif isinstance(node, ast.ImportFrom) and node.module:
            for item in node.names:
                found[item.asname or item.name] = f"{node.module}.{item.name}"
    return found


def dotted(node: ast.AST, known: dict[str, str]) -> str:
    """Return the dotted name of an expression, or ""; what belongs to an expression without a name is "?.name"."""
    if isinstance(node, ast.Name):
        return known.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value, known) or '?'}.{node.attr}"
    return ""

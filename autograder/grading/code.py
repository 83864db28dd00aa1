"""Look at a learner's code without running it: which names it defines, and which banned functions it uses."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from autograder.authoring.stub import skeleton

LONGEST_PATH = 20  # attributes behind a name that are looked at

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@lru_cache(maxsize=2048)
def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell, or None when it is no Python; most learners keep most cells, so it is remembered."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class Code:
    """The code cells of one submission, parsed once."""

    def __init__(self, sources: Iterable[str]) -> None:
        trees = [tree for source in sources if (tree := parsed(source)) is not None]
        self.body = [node for tree in trees for node in tree.body]
        self.defined = {node.name: node for node in self.body if isinstance(node, Definition)}
        self.aliases = dict(_aliases(self.body))
        assigned = (target for node in self.body if isinstance(node, ast.Assign) for target in node.targets)
        self.own = set(self.defined) | {target.id for target in assigned if isinstance(target, ast.Name)}

    def imports(self) -> set[str]:
        """Return the modules that the cells import, submodules with their dotted names."""
        found: set[str] = set()
        for node in (part for statement in self.body for part in ast.walk(statement)):
            if isinstance(node, ast.Import):
                found |= {item.name for item in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{item.name}" for item in node.names)}
        return found

    def modules_behind(self, name: str) -> set[str]:
        """Return what the names that a definition mentions were imported as, such as "scipy.stats"."""
        uses = _uses(self.defined[name])
        aliases = self.aliases | uses.aliases
        return {aliases[root] for root, _ in uses.paths if root in aliases}

    def is_untouched(self, name: str, stub: str) -> bool:
        """Say whether a name is defined, and only by stubs as they were handed out."""
        nodes = [node for node in self.body if isinstance(node, Definition) and node.name == name]
        # Most answers raise no NotImplementedError: only those that do are compared with the stub.
        return bool(nodes) and all(_uses(node).is_unfinished for node in nodes) and all(
            skeleton(_text(node)) == skeleton(stub) for node in nodes
        )

    def banned_use(self, name: str, patterns: tuple[str, ...]) -> str:
        """Return the banned function that a definition uses, directly or through its helpers, or ""."""
        waiting, seen = [name] if patterns else [], set()
        while waiting:
            current = waiting.pop()
            if current in seen or current not in self.defined:
                continue
            seen.add(current)
            uses = _uses(self.defined[current])
            aliases = self.aliases | uses.aliases
            for root, rest in uses.paths:
                if root == "@":
                    if "@" in patterns:
                        return "@"
                    continue
                dotted = aliases.get(root, root) + rest
                own = not rest and root in self.own
                if not own and any(fnmatchcase(dotted, pattern) for pattern in patterns):
                    return dotted
                if not rest:
                    waiting.append(root)
        return ""


@dataclass(frozen=True, slots=True)
class _Uses:
    """What a definition mentions: pairs of a name and the attributes behind it; "@" stands for matrix products."""

    paths: tuple[tuple[str, str], ...]
    aliases: dict[str, str]
    is_unfinished: bool


@lru_cache(maxsize=4096)
def _uses(definition: ast.AST) -> _Uses:
    nodes = list(ast.walk(definition))
    paths: dict[tuple[str, str], None] = {}
    for node in nodes:
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
            paths["@", ""] = None
        elif isinstance(node, ast.Name | ast.Attribute):
            paths[_path(node)] = None
    return _Uses(tuple(paths), dict(_aliases(nodes)), ("NotImplementedError", "") in paths)


def _aliases(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if isinstance(node, ast.Import):
            for item in node.names:
                yield (item.asname, item.name) if item.asname else (item.name.split(".")[0], item.name.split(".")[0])
        elif isinstance(node, ast.ImportFrom) and node.module:
            for item in node.names:
                yield item.asname or item.name, f"{node.module}.{item.name}"


def _text(definition: ast.AST) -> str:
    try:
        return ast.unparse(definition)
    except RecursionError:
        return "DEEPER_THAN_ANY_STUB"


def _path(node: ast.AST) -> tuple[str, str]:
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < LONGEST_PATH:
        parts.append(node.attr)
        node = node.value
    rest = "".join(f".{part}" for part in reversed(parts))
    if isinstance(node, ast.Name):
        return node.id, rest
    return "?", rest  # what belongs to an expression has no name: A.T.dot is "?.dot", which only a pattern such as "*.dot" fits

"""Look at a learner's code without running it: which names it defines, and which banned functions it uses."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Iterator
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

    def is_untouched(self, name: str, stub: str) -> bool:
        """Say whether a name is defined, and only by stubs as they were handed out."""
        nodes = [node for node in self.body if isinstance(node, Definition) and node.name == name]
        # Most answers raise no NotImplementedError: only those that do are compared with the stub.
        return bool(nodes) and all(_is_unfinished(node) for node in nodes) and all(
            skeleton(ast.unparse(node)) == skeleton(stub) for node in nodes
        )

    def banned_use(self, name: str, patterns: tuple[str, ...]) -> str:
        """Return the banned function that a definition uses, directly or through its helpers, or ""."""
        waiting, seen = [name] if patterns else [], set()
        while waiting:
            current = waiting.pop()
            if current in seen or current not in self.defined:
                continue
            seen.add(current)
            nodes = list(ast.walk(self.defined[current]))
            aliases = self.aliases | dict(_aliases(nodes))
            for node in nodes:
                if "@" in patterns and isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
                    return "@"
                dotted = _dotted(node, aliases)
                own = isinstance(node, ast.Name) and node.id in self.own
                if dotted and not own and any(fnmatchcase(dotted, pattern) for pattern in patterns):
                    return dotted
                if isinstance(node, ast.Name):
                    waiting.append(node.id)
        return ""


def _is_unfinished(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Name) and part.id == "NotImplementedError" for part in ast.walk(node))


def _aliases(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    for node in nodes:
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
        # What belongs to an expression has no name: A.T.dot is "?.dot", which only a pattern such as "*.dot" fits.
        return f"{_dotted(node.value, aliases) or '?'}.{node.attr}"
    return ""

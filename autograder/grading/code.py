"""Look at a learner's code without running it: which names it defines, and which banned functions it uses."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from unicodedata import normalize

from autograder.authoring.stub import skeleton

LONGEST_PATH = 20  # attributes behind a name that are looked at

DEFINED = re.compile(r"\b(?:def|class)[\s\\]+([^\s\\(:\[]+)")
IMPORTED, DELIMITERS = re.compile(r"\bimport\b(.*)"), re.compile(r"[\s,;.]+")
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
    """The code cells of one submission; a cell is parsed when somebody asks for what may stand in it."""

    def __init__(self, sources: Iterable[str]) -> None:
        self.sources = tuple(sources)
        self._known_aliases: dict[str, str] = {}

    def imports(self) -> set[str]:
        """Return the modules that the cells import, submodules with their dotted names."""
        found: set[str] = set()
        for node in (part for statement in _statements(self.sources) for part in ast.walk(statement)):
            if isinstance(node, ast.Import):
                found |= {item.name for item in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{item.name}" for item in node.names)}
        return found

    @cached_property
    def aliases(self) -> dict[str, str]:
        """What every imported name stands for."""
        return dict(_aliases(_statements(self.sources)))

    def modules_behind(self, name: str) -> set[str]:
        """Return what the names that a definition mentions were imported as, such as "scipy.stats"."""
        uses = _uses(self._definitions(name)[-1])
        aliases = self.aliases | uses.aliases
        return {aliases[root] for root, _ in uses.paths if root in aliases}

    def is_untouched(self, name: str, stub: str) -> bool:
        """Say whether a name is defined, and only by stubs as they were handed out."""
        nodes = self._definitions(name)
        # Most answers raise no NotImplementedError: only those that do are compared with the stub.
        return bool(nodes) and all(_uses(node).is_unfinished for node in nodes) and all(
            skeleton(_text(node)) == skeleton(stub) for node in nodes
        )

    def banned_use(self, name: str, patterns: tuple[str, ...]) -> str:
        """Return the banned function that a definition uses, directly or through its helpers, or ""."""
        waiting, seen = [name] if patterns else [], set()
        while waiting:
            current = waiting.pop()
            if current in seen or not (nodes := self._definitions(current)):
                continue
            seen.add(current)
            uses = _uses(nodes[-1])
            for root, rest in uses.paths:
                if root == "@":
                    if "@" in patterns:
                        return "@"
                    continue
                dotted = (uses.aliases.get(root) or self._alias(root) or root) + rest
                if any(fnmatchcase(dotted, pattern) for pattern in patterns) and (rest or root not in self._own):
                    return dotted
                if not rest:
                    waiting.append(root)
        return ""

    def _definitions(self, name: str) -> list[Definition]:
        """Return every function or class of that name, in the order of the cells."""
        return [node for place in self._defining.get(name, ()) for node in _defined_in(self.sources[place]).get(name, ())]

    def _alias(self, name: str) -> str:
        """Return what a name was imported as, last of all, or ""."""
        if name not in self._known_aliases:
            places = reversed(self._importing.get(name, {}))
            found = (_imported_in(self.sources[place]).get(name, "") for place in places)
            self._known_aliases[name] = next(filter(None, found), "")
        return self._known_aliases[name]

    @cached_property
    def _defining(self) -> dict[str, dict[int, None]]:
        """The numbers of the cells that may define a name."""
        found: dict[str, dict[int, None]] = {}
        for place, source in enumerate(self.sources):
            for name in _perhaps_defined_in(source):
                found.setdefault(name, {})[place] = None
        return found

    @cached_property
    def _importing(self) -> dict[str, dict[int, None]]:
        """The numbers of the cells that may import a name."""
        found: dict[str, dict[int, None]] = {}
        for place, source in enumerate(self.sources):
            line = " ".join(IMPORTED.findall(_letters(source)))
            goes_on = "(" in line or "\\" in line  # perhaps in the next line
            for name in _imported_in(source) if goes_on else DELIMITERS.split(line):
                found.setdefault(name, {})[place] = None
        return found

    @cached_property
    def _own(self) -> set[str]:
        """The names that the cells define or assign."""
        nodes = list(_statements(self.sources))
        assigned = (target for node in nodes if isinstance(node, ast.Assign) for target in node.targets)
        own = {target.id for target in assigned if isinstance(target, ast.Name)}
        return own | {node.name for node in nodes if isinstance(node, Definition)}


def _letters(source: str) -> str:
    """Return a cell's text with names as Python reads them: other forms of a letter are that letter."""
    return source if source.isascii() else normalize("NFKC", source)


@lru_cache(maxsize=2048)
def _perhaps_defined_in(source: str) -> frozenset[str]:
    return frozenset(DEFINED.findall(_letters(source)))


@lru_cache(maxsize=2048)
def _defined_in(source: str) -> dict[str, list[Definition]]:
    found: dict[str, list[Definition]] = {}
    for node in _statements([source]):
        if isinstance(node, Definition):
            found.setdefault(node.name, []).append(node)
    return found


@lru_cache(maxsize=2048)
def _imported_in(source: str) -> dict[str, str]:
    return dict(_aliases(_statements([source])))


def _statements(sources: Iterable[str]) -> Iterator[ast.stmt]:
    for source in sources:
        tree = parsed(source)
        yield from tree.body if tree is not None else ()


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

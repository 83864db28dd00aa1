"""Merge import statements into one sorted, de-duplicated block."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from functools import cache

from autograder.authoring.trees import tree_of
from autograder.errors import BadExercise


def bindings(source: str) -> dict[str, str]:
    """Return what each name is bound to by the imports at the top level of `source`: one statement per name."""
    found: dict[str, str] = {}
    for node in tree_of(source).body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.split(".")[0]
                found[name] = ast.unparse(ast.Import([alias]))
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            for alias in node.names:
                found[alias.asname or alias.name] = ast.unparse(ast.ImportFrom(node.module, [alias], node.level))
    return found


def merged(tables: Iterable[tuple[str, dict[str, str]]]) -> dict[str, str]:
    """Merge tables of bindings; each comes with the place to name when two of them disagree.

    Raises BadExercise when a name would stand for two things.
    """
    together: dict[str, str] = {}
    for where, table in tables:
        for name, statement in table.items():
            if together.setdefault(name, statement) != statement:
                raise BadExercise(
                    f"{where}: '{statement}' clashes with '{together[name]}' of the same notebook. "
                    "Use one of them in both places, then run: mml build"
                )
    return together


@cache
def module_of(statement: str) -> str:
    """Return the top-level package that an import statement needs."""
    node = tree_of(statement).body[0]
    name = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name  # type: ignore[attr-defined]
    return (name or "").split(".")[0]


def block(statements: Iterable[str]) -> str:
    """Write import statements sorted: the standard library, an empty line, everything else."""
    plain, names = set(), {}
    for statement in statements:
        node = tree_of(statement).body[0]
        if isinstance(node, ast.ImportFrom):
            names.setdefault(node.module, set()).update(ast.unparse(alias) for alias in node.names)
        else:
            plain.add(statement)
    lines = plain | {f"from {module} import {', '.join(sorted(found))}" for module, found in names.items()}
    groups: tuple[list[str], list[str]] = ([], [])
    for line in sorted(lines, key=lambda line: (line.startswith("from"), line)):
        groups[module_of(line) not in sys.stdlib_module_names].append(line)
    return "\n\n".join("\n".join(group) for group in groups if group)

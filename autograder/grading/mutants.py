"""Make the mutants of a reference: copies of it with one small, typical mistake each."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.grading.mistakes import OPERATORS, Mistakes

DROPPED = "(dropped)"
SIMPLE = ast.Expr | ast.AugAssign | ast.Assert | ast.Delete
Slot = tuple[ast.AST, str, int | None]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong copy of a reference: what was changed in which line, and the whole text."""

    id: str
    line: int
    source: str


def mutants(source: str, modules: frozenset[str] = frozenset({"np", "math"})) -> tuple[Mutant, ...]:
    """Return the mutants of the definitions in `source`, in reading order; no two of them have the same syntax tree.

    `modules` are the names that stand for modules, so that np.abs(x) and x.abs() can be told apart. An id is the changed
    line as it was and as it became, so that it stays the same when other lines are edited.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        _bare(node)
    seen = {ast.unparse(tree)}
    counts: dict[str, int] = {}
    found: list[Mutant] = []
    for statement, slot, new in _changes(tree, modules):
        before = _header(statement)
        old = _put(slot, new)
        after = DROPPED if isinstance(new, ast.Pass) else _header(new if isinstance(new, ast.stmt) else statement)
        text = ast.unparse(ast.fix_missing_locations(tree))
        _put(slot, old)
        if text in seen:
            continue
        seen.add(text)
        name = f"{before} -> {after}"
        counts[name] = counts.get(name, 0) + 1
        number = f" #{counts[name]}" if counts[name] > 1 else ""
        found.append(Mutant(name + number, statement.lineno, text))
    return tuple(found)


def _bare(node: ast.AST) -> None:
    """Take docstrings and the annotations of parameters away: they decide nothing."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            node.body = node.body[1:] or [ast.Pass(lineno=node.lineno, col_offset=0)]
    if isinstance(node, ast.FunctionDef):
        node.returns = None
    if isinstance(node, ast.arg):
        node.annotation = None


def _put(slot: Slot, new: ast.AST) -> ast.AST:
    """Put a node into its place in the tree and return the one that was there."""
    owner, name, index = slot
    if index is None:
        old = getattr(owner, name)
        setattr(owner, name, new)
        return old
    items = getattr(owner, name)
    old, items[index] = items[index], new
    return old


def _header(statement: ast.stmt) -> str:
    """Return the first line of a statement, written in one way; the words of an error are left out."""
    if isinstance(statement, ast.Raise) and isinstance(statement.exc, ast.Call):
        return f"raise {ast.unparse(statement.exc.func)}(...)"
    if hasattr(statement, "body"):
        statement = copy.copy(statement)
        statement.body = [ast.Pass()]
        for name in ("orelse", "finalbody", "handlers", "decorator_list"):
            if getattr(statement, name, None):
                setattr(statement, name, [])
        if isinstance(statement, ast.Try):
            return "try:"
    return ast.unparse(ast.fix_missing_locations(statement)).split("\n    pass")[0]


def _changes(tree: ast.Module, modules: frozenset[str]) -> Iterator[tuple[ast.stmt, Slot, ast.AST]]:
    """Yield every change as the statement it is in, the place, and what to put there."""
    for definition in tree.body:
        mistakes = Mistakes(modules, _parameters(definition))
        bound = _bindings(definition)
        whole = ((tree, "body", tree.body.index(definition)), definition, False)
        for slot, statement, is_alone in (whole, *_inside(definition)):
            for new in _statement_changes(statement, bound, is_alone=is_alone):
                yield statement, slot, new
            for place, node, parent in _expressions(statement):
                for other in mistakes.of(node, parent):
                    yield statement, place, other


def _parameters(definition: ast.stmt) -> frozenset[str]:
    return frozenset(node.arg for node in ast.walk(definition) if isinstance(node, ast.arg))


def _bindings(definition: ast.stmt) -> dict[str, int]:
    """Count how often every name is bound; parameters count as well."""
    counts: dict[str, int] = {}
    for node in ast.walk(definition):
        if isinstance(node, ast.arg):
            counts[node.arg] = counts.get(node.arg, 0) + 1
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            counts[node.id] = counts.get(node.id, 0) + 1
    return counts


def _inside(node: ast.AST) -> Iterator[tuple[Slot, ast.stmt, bool]]:
    """Yield every statement below a node with its place, and whether it is alone there."""
    for name, value in ast.iter_fields(node):
        for index, child in enumerate(value if isinstance(value, list) else []):
            if isinstance(child, ast.stmt):
                yield (node, name, index), child, len(value) == 1
            if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
                yield from _inside(child)


def _statement_changes(statement: ast.stmt, bound: dict[str, int], *, is_alone: bool) -> Iterator[ast.stmt]:
    match statement:
        case ast.If() | ast.While():
            yield _with(statement, test=ast.Constant(False))
            yield _with(statement, test=ast.UnaryOp(ast.Not(), statement.test))
            if statement.orelse:
                yield _with(statement, test=ast.Constant(True))
        case ast.For():
            yield ast.Pass()
        case ast.Try():
            yield ast.If(ast.Constant(True), [*statement.body, *statement.orelse, *statement.finalbody], [])
        case ast.AugAssign():
            yield ast.Assign([statement.target], statement.value, lineno=statement.lineno)
            yield from (_with(statement, op=op()) for op in OPERATORS.get(type(statement.op), ()))
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.Raise(exc=ast.Call() as call):
            other = "ValueError" if ast.unparse(call.func) == "RuntimeError" else "RuntimeError"
            yield _with(statement, exc=_with(call, func=ast.Name(other, ast.Load())))
        case ast.Return(value=ast.Tuple(elts=items)):
            for i in range(len(items) - 1):
                swapped = [*items[:i], items[i + 1], items[i], *items[i + 2 :]]
                yield _with(statement, value=ast.Tuple(swapped, ast.Load()))
        case _:
            pass
    if _can_be_dropped(statement, bound, is_alone=is_alone):
        yield ast.Pass()


def _can_be_dropped(statement: ast.stmt, bound: dict[str, int], *, is_alone: bool) -> bool:
    if isinstance(statement, SIMPLE | ast.Break | ast.Continue):
        return True
    if isinstance(statement, ast.Raise):
        return not is_alone  # alone in its branch it goes with the condition
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        # Without the only assignment of a name nothing would run at all.
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names = [part for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
        stored = [part.id for part in names if isinstance(part.ctx, ast.Store)]
        return all(bound.get(name, 0) > 1 for name in stored)
    return False


def _expressions(statement: ast.stmt) -> Iterator[tuple[Slot, ast.AST, ast.AST]]:
    """Yield the place, the node and its parent for every expression in the first line of a statement."""

    def walk(node: ast.AST) -> Iterator[tuple[Slot, ast.AST, ast.AST]]:
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "func_name", "format_spec"):
                continue
            for index, child in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case) or not isinstance(child, ast.AST):
                    continue
                if isinstance(child, ast.expr) and not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
                    yield (node, name, index if isinstance(value, list) else None), child, node
                yield from walk(child)

    if not isinstance(statement, ast.Raise):  # the words of an error are no contract
        yield from walk(statement)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    fresh = copy.copy(node)
    for name, value in fields.items():
        setattr(fresh, name, value)
    return fresh

"""Compute what the learner starts from: the reference with its solution taken out."""

from __future__ import annotations

import ast

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


def stub_of(source: str, name: str) -> str:
    """Return `source` with every marked region replaced by a line that raises NotImplementedError.

    Raises ValueError when the markers are missing, nested or unbalanced.
    """
    lines: list[str] = []
    inside = found = False
    for line in source.splitlines():
        marker = line.strip()
        if marker == BEGIN:
            if inside:
                raise ValueError("a solution begins inside a solution")
            inside = found = True
            indent = line[: len(line) - len(line.lstrip())]
            lines += [f"{indent}# YOUR CODE HERE", f'{indent}raise NotImplementedError("{name}: not attempted yet")']
        elif marker == END:
            if not inside:
                raise ValueError("a solution ends that never began")
            inside = False
        elif not inside:
            lines.append(line)
    if inside or not found:
        raise ValueError("the solution markers are missing or unbalanced")
    return "\n".join(lines)


def without_markers(source: str) -> str:
    """Return a solution's text without its two marker lines, as solution notebooks show it."""
    return "\n".join(line for line in source.splitlines() if line.strip() not in (BEGIN, END))


class _Skeleton(ast.NodeTransformer):
    """Drop what a learner may change without attempting anything: docstrings and annotations."""

    def _bare(self, node: ast.FunctionDef | ast.ClassDef) -> ast.AST:
        self.generic_visit(node)
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            node.body = node.body[1:] or [ast.Pass()]
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        return node

    visit_FunctionDef = visit_ClassDef = _bare

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node


def skeleton(source: str) -> str:
    """Return a text that is equal for two definitions which differ in comments, docstrings and annotations only.

    Raises SyntaxError when the source cannot be parsed.
    """
    return ast.dump(_Skeleton().visit(ast.parse(source)))

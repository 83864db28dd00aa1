"""Turn one numbered file into an Exercise."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import types
from pathlib import Path
from typing import Any

from autograder.authoring.model import Check, Exercise, Variant
from autograder.authoring.stub import stub_of
from autograder.authoring.trees import lines_of, tree_of
from autograder.errors import BadExercise
from autograder.kit.marks import Mark, collecting


def name_of(path: Path) -> str:
    """Return what a numbered file is called without its number."""
    return path.stem.split("_", 1)[1]


def read_exercise(path: Path, *, assignment: str) -> Exercise:
    """Execute an exercise file and return what it declares.

    Raises BadExercise, with every problem that was found, when the file breaks the format.
    """
    text = path.read_text(encoding="utf-8")
    name = name_of(path)
    module = types.ModuleType(f"exercise_{name}")
    # Registered under its name, because dataclasses look their module up.
    sys.modules[module.__name__] = module
    namespace = module.__dict__
    namespace["__file__"] = str(path)
    try:
        tree = tree_of(text)
        with collecting() as collected:
            exec(compile(tree, str(path), "exec", dont_inherit=True), namespace)
    except Exception as problem:
        line = getattr(problem, "lineno", None) or _line_in(problem, path)
        raise BadExercise(f"{path}:{line}: the file cannot be executed: {type(problem).__name__}: {problem}") from problem
    sources = {node.name: _segment(text, node) for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    problems: list[str] = []
    if len(collected.facts) != 1:
        problems.append(f"{path}: call exercise(...) exactly once; it is called {len(collected.facts)} times.")
    if name not in sources:
        problems.append(f"{path}: define a top-level function or class called {name}, as the file name says.")
    if problems:
        raise BadExercise(problems)
    try:
        stub = stub_of(sources[name], name)
    except ValueError as problem:
        raise BadExercise(f"{path}: {problem}. Put the body of {name} between ### BEGIN SOLUTION and ### END SOLUTION.") from None
    node = next(node for node in tree.body if getattr(node, "name", "") == name)
    marked = [(key, namespace[key].__mark__) for key in sources if isinstance(getattr(namespace[key], "__mark__", None), Mark)]
    return Exercise(
        name=name,
        assignment=assignment,
        path=path,
        text=text,
        title=_title(text, name),
        facts=collected.facts[0],
        reference=namespace[name],
        reference_source=sources[name],
        stub=stub,
        returns=ast.unparse(node.returns) if isinstance(node, ast.FunctionDef) and node.returns else "",
        checks=tuple(_check(namespace[key], mark) for key, mark in marked if mark.kind in ("check", "hidden")),
        accepted=tuple(_variant(namespace[key], sources[key], mark) for key, mark in marked if mark.kind == "accepted"),
        misconceptions=tuple(
            _variant(namespace[key], sources[key], mark) for key, mark in marked if mark.kind == "misconception"
        ),
        helpers=tuple(key for key, mark in marked if mark.kind == "helper"),
        namespace=namespace,
    )


def _line_in(problem: BaseException, path: Path) -> int:
    trace = problem.__traceback__
    line = 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _segment(text: str, node: ast.FunctionDef | ast.ClassDef) -> str:
    """Return the text of a definition without its decorators, with the indented comments that end it."""
    lines = lines_of(text)
    end = node.end_lineno or node.lineno
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith((" ", "\t"))):
        end += 1
    return "\n".join(lines[node.lineno - 1 : end]).rstrip()


def _title(text: str, name: str) -> str:
    heading = re.search(r"^# ### (.+)$", text, flags=re.MULTILINE)
    return heading.group(1).strip() if heading else name


def _check(function: Any, mark: Mark) -> Check:
    return Check(
        name=function.__name__,
        sentence=inspect.cleandoc(function.__doc__ or ""),
        function=function,
        needs=tuple(inspect.signature(function).parameters),
        weight=mark.weight,
        is_hidden=mark.kind == "hidden",
    )


def _variant(solution: Any, source: str, mark: Mark) -> Variant:
    return Variant(solution.__name__, solution, source, mark.caught_by, mark.hint)

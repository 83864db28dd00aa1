"""Compare what a function returned with the return type that its stub declares."""

import ast
from functools import lru_cache
from typing import Any

import numpy as np

PLAIN = {"str": str, "dict": dict, "set": set, "list": (list, tuple), "complex": (complex, np.complexfloating, float, int)}
WORDS = {
    "float": "a number", "int": "an int", "bool": "True or False", "np.ndarray": "an array", "str": "a str",
    "dict": "a dict", "set": "a set", "list": "a list", "tuple": "a tuple", "complex": "a complex number", "None": "None",
}  # fmt: skip


def describe(value: Any) -> str:
    """Name the type of a value in a learner's words."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def conform(value: Any, annotation: str) -> str:
    """Return what is wrong with the type of a value, or "" when it fits the annotation.

    A number may be any Python or numpy number but no 0-dimensional array; an array must be a numpy array of numbers.
    Annotations that this function does not know allow everything.
    """
    return _conform(value, _parsed(annotation), "the result") if annotation else ""


@lru_cache(maxsize=None)
def _parsed(annotation: str) -> ast.expr:
    return ast.parse(annotation, mode="eval").body


def _conform(value: Any, node: ast.expr, what: str) -> str:
    if isinstance(node, ast.BinOp):
        problems = [_conform(value, side, what) for side in (node.left, node.right)]
        return "" if "" in problems else problems[0]
    if isinstance(node, ast.Subscript):
        return _conform_inside(value, node, what)
    name = ast.unparse(node)
    if name not in WORDS or _fits(value, name):
        return ""
    value_is_scalar = isinstance(value, np.ndarray) and value.ndim == 0
    hint = {
        "NoneType": "Your function shows or computes the answer but does not return it.",
        "ndarray": "Use float(...)." if name in ("float", "int") and value_is_scalar else "",
        "list": "Use np.array(...)." if name == "np.ndarray" else "",
        "tuple": "Use np.array(...)." if name == "np.ndarray" else "",
    }.get(type(value).__name__, "")
    kind = "a 0-dimensional array" if value_is_scalar else describe(value)
    return f"{what}: expected {WORDS[name]}, got {kind}. {hint}".strip()


def _fits(value: Any, name: str) -> bool:
    truth = isinstance(value, (bool, np.bool_))
    if name == "float":
        return isinstance(value, (float, int, np.floating, np.integer)) and not truth
    if name == "int":
        return isinstance(value, (int, np.integer)) and not truth
    if name == "bool":
        return truth
    if name == "None":
        return value is None
    if name == "np.ndarray":
        return isinstance(value, np.ndarray) and value.dtype.kind in "biufcUS"
    if name == "tuple":
        return isinstance(value, (tuple, list))
    return isinstance(value, PLAIN[name]) and not (truth and name == "complex")


def _conform_inside(value: Any, node: ast.Subscript, what: str) -> str:
    outer = ast.unparse(node.value)
    problem = _conform(value, node.value, what)
    if problem or outer not in ("tuple", "list", "dict"):
        return problem
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if outer == "dict":
        found = (_conform(item, parts[1], f"{what}[{key!r}]") for key, item in list(value.items())[:100])
        return next((problem for problem in found if problem), "")
    if outer == "list" or isinstance(parts[-1], ast.Constant):
        found = (_conform(item, parts[0], f"{what}[{i}]") for i, item in enumerate(list(value)[:100]))
        return next((problem for problem in found if problem), "")
    if len(value) != len(parts):
        return f"{what}: expected {len(parts)} values, got {len(value)}."
    found = (_conform(item, part, f"{what}[{i}]") for i, (item, part) in enumerate(zip(value, parts)))
    return next((problem for problem in found if problem), "")

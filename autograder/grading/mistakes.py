"""Say which expressions could have been written by mistake in place of another one."""

from __future__ import annotations

import ast
import builtins
import copy
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,), ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,), ast.Pow: (ast.Mult,), ast.MatMult: (ast.Mult,), ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,), ast.BitAnd: (ast.BitOr,), ast.BitOr: (ast.BitAnd,), ast.BitXor: (ast.BitOr,),
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,), ast.And: (ast.Or,), ast.Or: (ast.And,),
}  # fmt: skip
SWAPPED_OPERANDS = (ast.Sub, ast.Div, ast.MatMult, ast.Pow, ast.FloorDiv, ast.Mod)
PAIRS = (
    "max min", "maximum minimum", "amax amin", "nanmax nanmin", "fmax fmin", "argmax argmin", "nanargmax nanargmin",
    "any all", "zeros ones", "zeros_like ones_like", "std var", "triu tril", "vstack hstack", "sin cos", "sinh cosh",
    "arcsin arccos", "cumsum cumprod", "floor ceil", "lower upper", "startswith endswith", "mean median", "exp expm1",
    "append extend", "union intersection",
)  # fmt: skip
OTHERS = {
    "log": ("log2", "log10", "log1p"), "log2": ("log",), "log10": ("log",), "log1p": ("log",), "exp": ("exp2",),
    "sum": ("mean", "prod"), "fsum": ("prod",), "nansum": ("nanmean",), "mean": ("sum",), "nanmean": ("nansum",),
    "prod": ("sum",), "round": ("floor", "ceil"), "rint": ("floor", "ceil"), "trunc": ("floor",), "tan": ("sin",),
    "isnan": ("isinf",), "isfinite": ("isnan",), "argsort": ("argmax",), "tanh": ("sin",), "outer": ("inner",),
}  # fmt: skip
REMOVED = {
    "sqrt", "exp", "log", "log2", "log10", "abs", "fabs", "absolute", "clip", "copy", "deepcopy", "sorted", "sort", "unique",
    "square", "reversed", "set", "floor", "ceil", "round", "rint", "cumsum", "sign", "ravel", "flatten", "transpose", "lower",
    "upper", "strip", "casefold", "nan_to_num", "real", "conj", "conjugate", "astype", "flip", "ascontiguousarray", "tanh",
}  # fmt: skip
CHOICES = {"maximum", "minimum", "fmax", "fmin", "max", "min"}
UNORDERED = {
    "isinstance", "issubclass", "hasattr", "getattr", "range", "super", "maximum", "minimum", "max", "min", "allclose",
    "isclose", "array_equal", "hypot", "logaddexp", "gcd", "add", "multiply", "result_type", "broadcast_arrays",
}  # fmt: skip
EVEN = {"abs", "fabs", "absolute", "norm", "square", "isclose", "allclose"}
RELAXED = {ast.Lt: (ast.LtE,), ast.LtE: (ast.Lt,), ast.Gt: (ast.GtE,), ast.GtE: (ast.Gt,)}
WARNINGS = {"errstate", "catch_warnings", "simplefilter", "filterwarnings"}  # whether numpy warns is no contract
SMALL = 1e-2


def names_instead() -> dict[str, tuple[str, ...]]:
    """Return, for a function's name, the names that are easily taken for it."""
    table = {name: list(others) for name, others in OTHERS.items()}
    for one, other in (pair.split() for pair in PAIRS):
        table.setdefault(one, []).append(other)
        table.setdefault(other, []).append(one)
    return {name: tuple(dict.fromkeys(others)) for name, others in table.items()}


INSTEAD = names_instead()


@dataclass(frozen=True, slots=True)
class Mistakes:
    """The mistakes that can be made in a definition; `modules` and `parameters` are names in it."""

    modules: frozenset[str]
    parameters: frozenset[str]

    def of(self, node: ast.AST, parent: ast.AST) -> Iterator[ast.expr]:
        """Yield what may stand in the place of an expression; `parent` is what it stands in."""
        match node:
            case ast.Constant():
                yield from _constants(node, parent)
            case ast.BinOp():
                yield from (_with(node, op=op()) for op in OPERATORS.get(type(node.op), ()))
                if isinstance(node.op, SWAPPED_OPERANDS) and not _is_even(node, parent):
                    yield _with(node, left=node.right, right=node.left)
            case ast.Compare():
                for i, op in enumerate(node.ops):
                    for other in OPERATORS.get(type(op), ()):
                        if other not in RELAXED.get(type(op), ()) or not _is_tolerance(node):
                            yield _with(node, ops=[*node.ops[:i], other(), *node.ops[i + 1 :]])
            case ast.BoolOp():
                yield _with(node, op=OPERATORS[type(node.op)][0]())
                for i in range(len(node.values)):
                    rest = [*node.values[:i], *node.values[i + 1 :]]
                    yield _with(node, values=rest) if len(rest) > 1 else rest[0]
            case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
                yield node.operand
            case ast.IfExp():
                yield _with(node, body=node.orelse, orelse=node.body)
                yield node.body
                yield node.orelse
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                yield from _without_conditions(node)
            case ast.Subscript():
                yield from _subscripts(node)
            case ast.Attribute(attr="T"):
                yield node.value
            case ast.Attribute(attr="inf"):
                yield ast.UnaryOp(ast.USub(), node)
            case ast.Call():
                yield from self._calls(node)
            case _:
                pass

    def _calls(self, node: ast.Call) -> Iterator[ast.expr]:
        name = _last(node.func)
        if name in WARNINGS:
            return
        plain = [arg for arg in node.args if not isinstance(arg, ast.Starred)]
        receiver = node.func.value if isinstance(node.func, ast.Attribute) and not self._is_function(node.func) else None
        for other in INSTEAD.get(name, ()):
            if self._exists(node.func, other):
                yield _with(node, func=_renamed(node.func, other))
        if name in REMOVED and receiver is not None:
            yield receiver
        elif name in REMOVED and plain:
            yield plain[0]
        if name in CHOICES and len(plain) > 1:
            yield from plain
        if name == "where" and len(plain) == 3:
            yield _with(node, args=[plain[0], plain[2], plain[1]])
            yield plain[1]
            yield plain[2]
        if name == "array" and plain and isinstance(plain[0], ast.Name) and plain[0].id in self.parameters:
            kept = [word for word in node.keywords if word.arg != "copy"]
            yield _with(node, func=_renamed(node.func, "asarray"), keywords=kept)
        yield from _arguments(node, name, plain)
        yield from _keywords(node, name, receiver)

    def _is_function(self, func: ast.Attribute) -> bool:
        root: ast.expr = func
        while isinstance(root, ast.Attribute):
            root = root.value
        return isinstance(root, ast.Name) and root.id in self.modules

    def _exists(self, func: ast.expr, name: str) -> bool:
        """Say whether a function of that name exists where the other one is from."""
        if isinstance(func, ast.Name):
            return hasattr(builtins, name)
        if isinstance(func, ast.Attribute) and self._is_function(func):
            owner = ast.unparse(func.value)
            return hasattr({"np": np, "math": math}.get(owner), name)
        return any(hasattr(kind, name) for kind in (np.ndarray, str, list, set))


def _is_even(node: ast.BinOp, parent: ast.AST) -> bool:
    """Say whether the sign of a difference is lost where it stands."""
    if not isinstance(node.op, ast.Sub):
        return False
    if isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Pow) and isinstance(parent.right, ast.Constant):
        return parent.right.value in (2, 2.0)
    return isinstance(parent, ast.Call) and _last(parent.func) in EVEN


def _is_tolerance(node: ast.Compare) -> bool:
    """Say whether a comparison is with a tolerance: that a rounded number meets it exactly cannot be arranged."""
    return any(
        (isinstance(part, ast.Constant) and isinstance(part.value, float) and 0 < abs(part.value) < SMALL)
        or (isinstance(part, ast.Name) and part.id in ("tol", "rtol", "atol", "eps", "tolerance"))
        for part in ast.walk(node)
    )


def _constants(node: ast.Constant, parent: ast.AST) -> Iterator[ast.expr]:
    value = node.value
    word = parent.arg if isinstance(parent, ast.keyword) else ""
    if isinstance(value, bool):
        others: list[Any] = [not value]
    elif word in ("axis", "ddof", "axes") and isinstance(value, int):
        others = [0 if value else 1]
    elif isinstance(value, int) and isinstance(parent, ast.Subscript) and value == 0:
        others = [1]  # x.shape[-1] is x.shape[1], or the same
    elif isinstance(value, int):
        others = [value + 1, value - 1]
        # a + 1 with another sign is a - 1, and the sign of a divisor does not change whether it divides.
        signed = isinstance(parent, ast.BinOp) and not isinstance(parent.op, ast.Add | ast.Sub | ast.Mod)
        others += [-value] if signed else []
        others += [2 * value] if isinstance(parent, ast.BinOp) else []
    elif isinstance(value, float):
        small = 0 < abs(value) < SMALL
        others = [float(f"{value * 1000:.12g}"), float(f"{value / 1000:.12g}")] if small else [2 * value, -value, value + 1]
    elif isinstance(value, str):
        others = [] if word in ("over", "under", "invalid", "divide", "all") else [value + "x"]
    else:
        others = []
    for other in dict.fromkeys(others):
        if type(other) is type(value) and repr(other) != repr(value):
            negative = isinstance(other, int | float) and not isinstance(other, bool) and math.copysign(1, other) < 0
            yield ast.UnaryOp(ast.USub(), ast.Constant(-other)) if negative else ast.Constant(other)


def _without_conditions(node: Any) -> Iterator[ast.expr]:
    for i, loop in enumerate(node.generators):
        for k in range(len(loop.ifs)):
            fresh = _with(loop, ifs=[*loop.ifs[:k], *loop.ifs[k + 1 :]])
            yield _with(node, generators=[*node.generators[:i], fresh, *node.generators[i + 1 :]])


def _one_off(node: ast.expr) -> Iterator[ast.expr]:
    """Yield an expression plus and minus one; numbers in it are changed elsewhere."""
    bare = node.operand if isinstance(node, ast.UnaryOp) else node
    if isinstance(bare, ast.Constant):
        return
    if isinstance(bare, ast.BinOp) and isinstance(bare.op, ast.Add | ast.Sub) and isinstance(bare.right, ast.Constant):
        return
    for op in (ast.Add(), ast.Sub()):
        yield ast.BinOp(node, op, ast.Constant(1))


def _subscripts(node: ast.Subscript) -> Iterator[ast.expr]:
    if not isinstance(node.ctx, ast.Load | ast.Store):
        return
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    for i, part in enumerate(parts):
        for other in _slices(part) if isinstance(part, ast.Slice) else _one_off(part) if isinstance(part, ast.Name) else ():
            fresh = [*parts[:i], other, *parts[i + 1 :]]
            yield _with(node, slice=ast.Tuple(fresh, ast.Load()) if isinstance(node.slice, ast.Tuple) else other)
    if len(parts) == 2 and isinstance(node.slice, ast.Tuple):
        yield _with(node, slice=ast.Tuple([parts[1], parts[0]], ast.Load()))


def _slices(part: ast.Slice) -> Iterator[ast.Slice]:
    if part.step is not None:
        yield _with(part, step=None)
    if part.lower is None and part.upper is not None:
        yield _with(part, lower=ast.Constant(1))
    if part.upper is None and part.lower is not None:
        yield _with(part, upper=ast.UnaryOp(ast.USub(), ast.Constant(1)))
    for side in ("lower", "upper"):
        bound = getattr(part, side)
        if bound is not None:
            yield _with(part, **{side: None})
            for other in _one_off(bound):
                yield _with(part, **{side: other})


def _arguments(node: ast.Call, name: str, plain: list[ast.expr]) -> Iterator[ast.expr]:
    if name == "range":
        for i, arg in enumerate(node.args[:2]):
            for other in _one_off(arg):
                yield _with(node, args=[*node.args[:i], other, *node.args[i + 1 :]])
        if len(node.args) == 1:
            yield _with(node, args=[ast.Constant(1), *node.args])
    if len(plain) != len(node.args) or name in UNORDERED:
        return
    for i in range(len(plain) - 1):
        if ast.dump(plain[i]) != ast.dump(plain[i + 1]):
            yield _with(node, args=[*plain[:i], plain[i + 1], plain[i], *plain[i + 2 :]])
    if name in INSTEAD and len(plain) > 1:
        yield _with(node, args=plain[:-1])


def _keywords(node: ast.Call, name: str, receiver: ast.expr | None) -> Iterator[ast.expr]:
    for i in range(len(node.keywords)):
        yield _with(node, keywords=[*node.keywords[:i], *node.keywords[i + 1 :]])
    words = {word.arg for word in node.keywords}
    if name in ("std", "var") and "ddof" not in words:
        yield _with(node, keywords=[*node.keywords, ast.keyword("ddof", ast.Constant(1))])
    if name == "sorted" and "reverse" not in words:
        yield _with(node, keywords=[*node.keywords, ast.keyword("reverse", ast.Constant(True))])
    if name == "argsort" and receiver is None and len(node.args) == 1:
        yield _with(node, args=[ast.UnaryOp(ast.USub(), node.args[0])])


def _last(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _renamed(func: ast.expr, name: str) -> ast.expr:
    return _with(func, attr=name) if isinstance(func, ast.Attribute) else ast.Name(name, ast.Load())


def _with(node: Any, **fields: object) -> Any:
    fresh = copy.copy(node)
    for name, value in fields.items():
        setattr(fresh, name, value)
    return fresh

"""The right ways that every exercise must accept: the reference, with its answers, arguments or definition in another form.

Whatever the declared return type allows and the mathematics does not forbid is a right way.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder.authoring.cells import Role, exercise_cells
from autograder.authoring.model import Exercise, Variant
from autograder.authoring.stub import without_markers
from autograder.build.imports import block
from autograder.build.inline import pick, pool
from autograder.sandbox.handles import Event

# What an answer, or a part of one, may be instead. `value` is the part.
ANSWERS = {
    "floats of numpy": "np.float64(value) if type(value) is float else value",
    "plain floats": "float(value) if isinstance(value, np.floating) else value",
    "whole numbers as int": "int(value) if type(value) is float and value.is_integer() and value != 0 else value",
    "ints of numpy": "np.int64(value) if type(value) is int and abs(value) < 2**63 else value",
    "plain ints": "int(value) if isinstance(value, np.integer) else value",
    "truth values of numpy": "np.bool_(value) if type(value) is bool else value",
    "plain truth values": "bool(value) if isinstance(value, np.bool_) else value",
    "text of numpy": "np.str_(value) if type(value) is str else value",
    "arrays in column order": "np.asfortranarray(value) if isinstance(value, np.ndarray) and value.ndim > 1 else value",
    "arrays that are views with gaps": (
        "np.repeat(value, 2, axis=-1)[..., ::2] if isinstance(value, np.ndarray) and value.ndim else value"
    ),
    "read-only arrays": "_way_frozen(value) if isinstance(value, np.ndarray) else value",
    "arrays of a subclass": "value.view(_WayArray) if type(value) is np.ndarray else value",
    "arrays in the other byte order": (
        "value.astype(value.dtype.newbyteorder()) if isinstance(value, np.ndarray) and value.dtype.kind in 'iufc' else value"
    ),
    "arrays of short ints": (
        "value.astype(np.int32) if isinstance(value, np.ndarray) and value.dtype == np.int64 "
        "and (np.abs(value) < 2**31).all() else value"
    ),
    "lists for tuples": "list(value) if type(value) is tuple else value",
    "tuples for lists": "tuple(value) if type(value) is list else value",
    "named tuples": (
        "collections.namedtuple('Way', [f'field{i}' for i in range(len(value))])(*value) if type(value) is tuple else value"
    ),
    "ordered dictionaries": "collections.OrderedDict(value) if type(value) is dict else value",
    "dictionaries in another order": (
        "dict(reversed(list(value.items()))) if type(value) is dict and len(value) > 1 else value"
    ),
}
ARGUMENTS = {
    "copies of its arguments": "copy.deepcopy(value) if isinstance(value, (np.ndarray, list, dict)) else value",
    "read-only arguments": "_way_frozen(value) if isinstance(value, np.ndarray) else value",
    "arguments in column order": "np.array(value, order='F') if isinstance(value, np.ndarray) and value.ndim > 1 else value",
    "arguments of a subclass": "value.view(_WayArray) if type(value) is np.ndarray else value",
}
# How a function may be defined or behave. NAME is its name, _way_inner the reference; all of it stands in a cell of its own.
SHAPES = {
    "a lambda": "NAME = lambda *args, **kwargs: _way_inner(*args, **kwargs)",
    "a decorated function": "@functools.lru_cache(maxsize=None)\ndef _way_one():\n    return 1\n\n\n"
    "@functools.wraps(_way_inner)\ndef NAME(*args, **kwargs):\n    return _way_inner(*args, **kwargs)",
    "a part of another function": "NAME = functools.partial(_way_inner)",
    "an object that can be called": (
        "class _Way:\n    def __call__(self, *args, **kwargs):\n        return _way_inner(*args, **kwargs)\n\n\nNAME = _Way()"
    ),
    "a static method": "class _Way:\n    solve = staticmethod(_way_inner)\n\n\nNAME = _Way.solve",
    "made by a function": (
        "def _way_make():\n    def inside(*args, **kwargs):\n        return _way_inner(*args, **kwargs)\n"
        "    return inside\n\n\nNAME = _way_make()"
    ),
    "one more parameter with a default": "def NAME(*args, verbose=False, **kwargs):\n    return _way_inner(*args, **kwargs)",
    "asks by keyword": (
        "def NAME(*args, **kwargs):\n"
        "    found = inspect.signature(_way_inner).bind(*args, **kwargs)\n"
        "    return _way_inner(**found.arguments)"
    ),
    "asks by position": (
        "def NAME(*args, **kwargs):\n"
        "    found = inspect.signature(_way_inner).bind(*args, **kwargs)\n"
        "    found.apply_defaults()\n"
        "    return _way_inner(*found.args, **found.kwargs)"
    ),
    "prints while it runs": "def NAME(*args, **kwargs):\n    print('still running')\n    return _way_inner(*args, **kwargs)",
    "writes to stderr while it runs": (
        "def NAME(*args, **kwargs):\n    sys.stderr.write('still running')\n    return _way_inner(*args, **kwargs)"
    ),
    "warns while it runs": (
        "def NAME(*args, **kwargs):\n    warnings.warn('careful', RuntimeWarning)\n    return _way_inner(*args, **kwargs)"
    ),
    "counts its calls in a global": (
        "_way_calls = 0\n\n\ndef NAME(*args, **kwargs):\n    global _way_calls\n    _way_calls += 1\n"
        "    return _way_inner(*args, **kwargs)"
    ),
    "keeps a list of its calls": (
        "_way_calls = []\n\n\ndef NAME(*args, **kwargs):\n    _way_calls.append(len(args))\n"
        "    return _way_inner(*args, **kwargs)"
    ),
    "keeps a number on itself": (
        "def NAME(*args, **kwargs):\n    NAME.calls += 1\n    return _way_inner(*args, **kwargs)\n\n\nNAME.calls = 0"
    ),
    "seeds the global generator in its cell": "np.random.seed(0)\nNAME = _way_inner",
    "prints and changes how numpy prints in its cell": "np.set_printoptions(precision=2)\nprint(np.eye(2))\nNAME = _way_inner",
    "silences numpy in its cell": "np.seterr(all='ignore')\nwarnings.filterwarnings('ignore')\nNAME = _way_inner",
    "defined twice": "def NAME(*args, **kwargs):\n    return None\n\n\nNAME = _way_inner",
    "errors of a subclass": (
        "def NAME(*args, **kwargs):\n    try:\n        return _way_inner(*args, **kwargs)\n    except Exception as problem:\n"
        "        raise type('Own' + type(problem).__name__, (type(problem),), {})(*problem.args) from None"
    ),
    "errors raised from other errors": (
        "def NAME(*args, **kwargs):\n    try:\n        return _way_inner(*args, **kwargs)\n    except Exception as problem:\n"
        "        raise type(problem)(*problem.args) from problem"
    ),
}
CLASS_SHAPES = {
    "a subclass": "class NAME(_way_inner):\n    pass",
    "prints when it is made": (
        "class NAME(_way_inner):\n    def __init__(self, *args, **kwargs):\n        print('made')\n"
        "        super().__init__(*args, **kwargs)"
    ),
    "seeds the global generator in its cell": SHAPES["seeds the global generator in its cell"],
    "silences numpy in its cell": SHAPES["silences numpy in its cell"],
}
IMPORTS = """\
import collections
import copy
import functools
import inspect
import sys
import types
import warnings

import numpy as np
"""
HEAD = f"{IMPORTS}\n_way_inner = NAME\n"
MACHINERY = """\
_way_tally = types.SimpleNamespace(changed=0)


class _WayArray(np.ndarray):
    pass


def _way_frozen(value):
    value = value.copy()
    value.setflags(write=False)
    return value


def _way_other(value):
    return OTHER


def _way_deep(value):
    if type(value) is tuple:
        value = tuple(_way_deep(item) for item in value)
    elif type(value) is list:
        value = [_way_deep(item) for item in value]
    elif type(value) is dict:
        value = {key: _way_deep(item) for key, item in value.items()}
    changed = _way_other(value)
    _way_tally.changed += changed is not value
    return changed
"""
ANSWERING = """\
@functools.wraps(_way_inner)
def NAME(*args, **kwargs):
    return _way_deep(_way_inner(*args, **kwargs))
"""
ASKING = """\
@functools.wraps(_way_inner)
def NAME(*args, **kwargs):
    args = [_way_deep(value) for value in args]
    return _way_inner(*args, **{name: _way_deep(value) for name, value in kwargs.items()})
"""
METHODS = """\
def _way_method(method):
    @functools.wraps(method)
    def other(*args, **kwargs):
        return _way_deep(method(*args, **kwargs))

    return other


for _way_name, _way_value in list(vars(NAME).items()):
    if isinstance(_way_value, types.FunctionType) and not _way_name.startswith("__"):
        setattr(NAME, _way_name, _way_method(_way_value))
"""


# Ways that do not undo each other are tried together, because what passes together passes alone. The order is that of wrapping.
TOGETHER = (
    ("floats of numpy", "ints of numpy", "truth values of numpy", "text of numpy", "arrays in column order", "lists for tuples",
     "ordered dictionaries"),
    ("plain floats", "plain ints", "plain truth values", "read-only arrays", "dictionaries in another order"),
    ("whole numbers as int", "arrays of short ints", "arrays that are views with gaps", "tuples for lists"),
    ("arrays in the other byte order", "arrays of a subclass"),
    ("named tuples",),
    tuple(ARGUMENTS),
    ("asks by keyword", "a lambda", "a decorated function", "a part of another function", "an object that can be called",
     "a static method", "made by a function", "one more parameter with a default", "prints while it runs",
     "writes to stderr while it runs", "seeds the global generator in its cell", "silences numpy in its cell",
     "prints and changes how numpy prints in its cell", "defined twice", "errors of a subclass"),
    ("asks by position", "warns while it runs", "counts its calls in a global", "keeps a list of its calls",
     "keeps a number on itself", "errors raised from other errors"),
    ("a subclass", "prints when it is made"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RightWay:
    """One right solution: its names (several, when ways are tried together) and its cells."""

    names: tuple[str, ...]
    cells: tuple[str, ...]


def right_solutions(exercise: Exercise) -> Iterator[RightWay]:
    """Yield the right solutions that people wrote: the reference and the accepted variants."""
    yield RightWay(("reference",), (reference_cell(exercise),))
    for variant in exercise.accepted:
        yield RightWay((f"accepted[{variant.name}]",), (_standing_alone(exercise, variant),))


def right_ways(exercise: Exercise, events: list[Event]) -> Iterator[RightWay]:
    """Yield the mechanical right ways that would change something in the calls of the checks, grouped as they may be tried."""
    texts = {name: text for name, text in _texts(exercise).items() if _applies(name, events)}
    for group in TOGETHER:
        names = tuple(name for name in group if name in texts)
        if names:
            yield RightWay(names, _cells(exercise, [texts[name] for name in names]))


def one_by_one(exercise: Exercise, way: RightWay) -> Iterator[RightWay]:
    """Yield every way of a group alone."""
    texts = _texts(exercise)
    for name in way.names:
        yield RightWay((name,), _cells(exercise, [texts[name]]))


def _cells(exercise: Exercise, texts: list[str]) -> tuple[str, ...]:
    """Return the cells of a solution in which every text wraps what the one before it made."""
    own = (text.replace("_way_", f"_way{i}_").replace("_Way", f"_Way{i}") for i, text in enumerate(texts, start=1))
    return reference_cell(exercise), *(text.replace("NAME", exercise.name) for text in own)


def _texts(exercise: Exercise) -> dict[str, str]:
    """Return the cell of every way by its name."""
    is_class = inspect.isclass(exercise.reference)
    texts = {name: f"{HEAD}\n\n{code}\n" for name, code in (CLASS_SHAPES if is_class else SHAPES).items()}
    for name, code in ANSWERS.items():
        texts[name] = "\n\n".join([HEAD, MACHINERY.replace("OTHER", code), METHODS if is_class else ANSWERING])
    for name, code in () if is_class else ARGUMENTS.items():
        texts[name] = "\n\n".join([HEAD, MACHINERY.replace("OTHER", code), ASKING])
    return texts


def _applies(name: str, events: list[Event]) -> bool:
    """Say whether a way would change anything in these calls; a way to define a function always does."""
    code = ANSWERS.get(name) or ARGUMENTS.get(name)
    if code is None:
        return True
    space: dict[str, Any] = {}
    exec(compile("\n".join([IMPORTS, MACHINERY.replace("OTHER", code)]), f"<{name}>", "exec"), space)
    for event in events:
        if name in ARGUMENTS:
            space["_way_deep"]([*event.args, *event.kwargs.values()])
        elif event.outcome == "value" and event.asked.startswith("call"):
            space["_way_deep"](event.value)
    return bool(space["_way_tally"].changed)


def reference_cell(exercise: Exercise) -> str:
    """Return the cell that holds the reference, as a solved notebook shows it."""
    return without_markers(next(cell.source for cell in exercise_cells(exercise) if cell.role is Role.SOLUTION))


def _standing_alone(exercise: Exercise, variant: Variant) -> str:
    """Return a cell with a variant under the exercise's name, and with all that it needs."""
    picked = pick({variant.name}, pool(exercise.text))
    imports = block(picked.imports.values())
    texts = [without_markers(item.text) for item in picked.definitions]
    return "\n\n\n".join([*([imports] if imports else []), *texts, f"{exercise.name} = {variant.name}"])

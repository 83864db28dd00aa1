"""Write all checks of an exercise, hidden ones too, as text that stands alone and does not carry the reference.

Other graders run hidden checks in the learner's process, where everything can be read. So `reference` is a replay there:
the values that it returned to the check when the edition was made. Random inputs come from the seeds of our own grader,
so that an answer gets the same points everywhere.
"""

from __future__ import annotations

import ast
import copy
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from autograder.authoring.config import CourseConfig
from autograder.authoring.model import Check, Exercise
from autograder.authoring.seeds import seed_of
from autograder.build.imports import block, merged
from autograder.build.inline import Pool, global_names, pick, pool
from autograder.build.otter import KIT, RESERVED, check_source, kit_pool
from autograder.errors import BadExercise

MACHINERY = frozenset({"Replay", "screened"})


@dataclass(frozen=True, slots=True)
class HiddenCheck:
    """One check as the text of a function; its parameters are the exercise's name and, if it wants one, `rng`."""

    name: str
    sentence: str
    text: str
    points: Fraction
    seed: int
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class HiddenEdition:
    """All checks of one exercise, and the text that must stand before them.

    The prelude defines Watching and RULES: `class Case(Watching, base)` makes a decorator whose `call_func(namespace)`
    runs a check against the names of a notebook (see autograder/kit/watch.py), with `rng` made from the seed.
    """

    exercise: str
    prelude: str
    checks: tuple[HiddenCheck, ...]


def hidden_edition(exercise: Exercise, config: CourseConfig) -> HiddenEdition:
    """Return all checks of an exercise as text.

    Raises BadExercise when a check needs something that must not leave, or when what the reference answers is no plain data.
    """
    asked = {check.name: _answers(exercise, check, config) for check in exercise.checks if "reference" in check.needs}
    texts = {check.name: _text(exercise, check) for check in exercise.checks}
    mine = pick(frozenset().union(*(global_names(text) for text in texts.values())), _pool(exercise))
    rules, rule_names = _rules(exercise)
    kit = pick(mine.names | rule_names | set(KIT), _machinery())
    _guard(exercise, mine.names, {item.name for item in mine.definitions}, {item.name for item in kit.definitions})
    imports = merged([(str(exercise.path), mine.imports), (str(exercise.path), kit.imports)])
    tables = [f"{_table(name)} = [\n{''.join(f'    {value},{chr(10)}' for value in values)}]" for name, values in asked.items()]
    prelude = [
        f'"""All checks of {exercise.id}, built from source/. For staff only."""',
        "from __future__ import annotations\n\n" + block(imports.values()),
        *(item.text for item in (*kit.definitions, *mine.definitions)),
        *tables,
        rules,
    ]
    checks = tuple(
        HiddenCheck(
            check.name,
            check.sentence,
            texts[check.name],
            exercise.points_by_check[check.name],
            seed_of(config.secret, exercise, check),
            check.is_hidden,
        )
        for check in exercise.checks
    )
    return HiddenEdition(exercise.name, "\n\n\n".join(prelude) + "\n", checks)


@cache
def _machinery() -> Pool:
    from autograder.build import replay, screen

    extra = pool(inspect.getsource(replay), inspect.getsource(screen))
    kit = kit_pool()
    return Pool(kit.definitions | extra.definitions, kit.imports | extra.imports)


def _pool(exercise: Exercise) -> Pool:
    """Return what checks may use of their file: everything but the reference, the variants and other checks."""
    source = pool(exercise.text)
    staff = _solutions(exercise) | {check.name for check in exercise.checks}
    return Pool({name: item for name, item in source.definitions.items() if name not in staff}, source.imports)


def _solutions(exercise: Exercise) -> set[str]:
    return {exercise.name} | {variant.name for variant in (*exercise.accepted, *exercise.misconceptions)}


def _guard(exercise: Exercise, needed: frozenset[str], own: set[str], kit: set[str]) -> None:
    problems = [
        f"{exercise.path}: a check or its helper uses {name}, which must not travel with it. "
        "Take it as a parameter of the check."
        for name in sorted(needed & (_solutions(exercise) | {"reference"}))
    ]
    problems += [
        f"{exercise.path}: {name} is a name of the checks' own machinery. Rename it, then run: mml build"
        for name in sorted(own & (RESERVED | MACHINERY | kit))
    ]
    if problems:
        raise BadExercise(problems)


def _rules(exercise: Exercise) -> tuple[str, set[str]]:
    """Return the definition of RULES and the names that it uses."""
    lines, names = [f'    "{exercise.name}",'], {"Rules"}
    if exercise.returns:
        lines.append(f"    conform=lambda value: conform(value, {exercise.returns!r}),")
        names.add("conform")
    if exercise.facts.banned:
        lines.append(f"    guard=lambda namespace: screened({exercise.name!r}, {exercise.facts.banned!r}, namespace),")
        names.add("screened")
    if exercise.takes_chance:
        lines.append("    chance=True,")
    return "\n".join(["RULES = Rules(", *lines, ")"]), names


def _table(check: str) -> str:
    return f"ANSWERS_{check}"


def _text(exercise: Exercise, check: Check) -> str:
    """Return a check's function; a parameter `reference` becomes a local replay of what the reference answered."""
    text = check_source(exercise, check)
    if "reference" not in check.needs:
        return text
    function = ast.parse(text).body[0]
    if not isinstance(function, ast.FunctionDef):
        raise BadExercise(f"{exercise.path}: {check.name} is no plain function. Write it with def.")
    function.args.args = [item for item in function.args.args if item.arg != "reference"]
    first = function.body[1] if ast.get_docstring(function) is not None else function.body[0]
    lines = text.splitlines()
    head = f"def {check.name}({ast.unparse(function.args)}):"
    docstring = lines[function.body[0].lineno - 1 : function.body[0].end_lineno] if first is not function.body[0] else []
    replay = f"    reference = Replay({_table(check.name)})"
    return "\n".join([head, *docstring, replay, *lines[first.lineno - 1 :]])


def _answers(exercise: Exercise, check: Check, config: CourseConfig) -> list[str]:
    """Run a check with the reference as the answer and return, as literals, what it was told by `reference`."""
    given: list[str] = []
    rng = np.random.default_rng(seed_of(config.secret, exercise, check))

    def recorder(*args: Any, **kwargs: Any) -> Any:
        before = rng.bit_generator.state
        answer = exercise.reference(*args, **kwargs)
        if rng.bit_generator.state != before:
            raise BadExercise(
                f"{exercise.path}: {check.name} gives its own rng to `reference`, whose numbers cannot be replayed. "
                "Give each its own np.random.default_rng(seed)."
            )
        given.append(_written(copy.deepcopy(answer), exercise, check))
        return answer

    values = {exercise.name: exercise.reference, "rng": rng, "reference": recorder}
    with np.errstate(all="ignore"):
        check.function(**{name: values[name] for name in check.needs})
    return given


def _written(value: Any, exercise: Exercise, check: Check) -> str:
    try:
        return literal(value)
    except ValueError as problem:
        raise BadExercise(
            f"{exercise.path}: {check.name} asks `reference` for {problem}, which cannot be written down. "
            "Compute what the check needs inside the check."
        ) from None


def _arrays(value: np.ndarray) -> str:
    if value.dtype.kind not in "biufcUS":
        raise ValueError(f"an array of {value.dtype}")
    return f"np.array({literal(value.tolist())}, dtype={value.dtype.str!r}).reshape({value.shape!r})"


def _float(value: float) -> str:
    return repr(value) if np.isfinite(value) else f"float({str(value)!r})"


PLAIN: dict[type, Callable[[Any], str]] = {
    **dict.fromkeys((type(None), bool, int, str, bytes, range), repr),
    float: _float,
    complex: lambda value: f"complex({_float(value.real)}, {_float(value.imag)})",
    list: lambda value: "[" + ", ".join(map(literal, value)) + "]",
    tuple: lambda value: "(" + "".join(f"{literal(item)}, " for item in value).rstrip() + ")",
    dict: lambda value: "{" + ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items()) + "}",
    set: lambda value: "set([" + ", ".join(sorted(map(literal, value))) + "])",
    np.ndarray: _arrays,
}


def literal(value: Any) -> str:
    """Return Python text that makes an equal value, exactly.

    Raises ValueError, naming the type, for anything but plain data.
    """
    if isinstance(value, np.generic):
        return f"np.dtype({value.dtype.str!r}).type({literal(value.item())})"
    if type(value) not in PLAIN:
        raise ValueError(f"a value of type {type(value).__name__}")
    return PLAIN[type(value)](value)

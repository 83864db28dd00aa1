"""Write the public checks of an exercise as a test file of otter-grader that needs nothing but itself."""

from __future__ import annotations

import builtins
import inspect
import sys
from functools import cache

from autograder.authoring.model import Check, Exercise
from autograder.authoring.seeds import PUBLIC, seed_of
from autograder.build.hints import hints_of
from autograder.build.imports import block, merged, module_of
from autograder.build.inline import Picked, Pool, global_names, pick, pool
from autograder.errors import BadExercise

AT_HOME = {"numpy", "matplotlib", "otter"}
RESERVED = {"name", "points", "OK_FORMAT", "all_or_nothing", "test_case", "RULES", "Case", "rng"}
KIT = ("Rules", "Watching")
SHOWN = ("Rules", "Shown")
OTTER = {"test_case": "from otter.test_files import test_case"}


def public_tests(exercise: Exercise) -> str:
    """Return the text of one exercise's public checks in the exception format.

    Raises BadExercise when a public check needs something that must not leave or that learners do not have.
    """
    checks = [check for check in exercise.checks if not check.is_hidden]
    texts = {check.name: check_source(exercise, check) for check in checks}
    own = _own_pool(exercise)
    wanted = frozenset().union(*(global_names(text) for text in texts.values()))
    mine = pick(wanted, own)
    rules, rule_names = _rules(exercise)
    kit = pick(mine.names | rule_names | set(SHOWN), kit_pool())
    _guard(exercise, mine, kit)
    imports = merged([(str(exercise.path), mine.imports), (str(exercise.path), kit.imports), ("", OTTER)])
    foreign = {module_of(text) for text in imports.values()} - AT_HOME - set(sys.stdlib_module_names)
    if foreign:
        raise BadExercise(
            f"{exercise.path}: a public check needs {', '.join(sorted(foreign))}, which learners do not install. "
            "Use numpy there, or make the check hidden, then run: mml build"
        )
    parts = [
        f'"""Public checks of {exercise.id}, built from source/ by `mml build`."""',
        "from __future__ import annotations\n\n" + block(imports.values()),
        f'OK_FORMAT = False\n\nname = "{exercise.name}"\npoints = None',
        *(item.text for item in (*kit.definitions, *mine.definitions)),
        rules,
        'class Case(Shown, test_case):\n    """A case of otter-grader that watches every call and shows what it found."""',
        *(_case(exercise, check, texts[check.name]) for check in checks),
    ]
    return "\n\n\n".join(parts) + "\n"


def check_source(exercise: Exercise, check: Check) -> str:
    """Return the text of a check's function without its decorators."""
    return pool(exercise.text).definitions[check.name].text


@cache
def kit_pool() -> Pool:
    """Return the course's own vocabulary as text."""
    from autograder.kit import conform, places, shown, traps, watch, words

    return pool(*(inspect.getsource(module) for module in (words, places, conform, traps, watch, shown)))


def _own_pool(exercise: Exercise) -> Pool:
    """Return what a public check may use of its file: given code, helpers, constants; no check, no solution, no variant."""
    source = pool(exercise.text)
    secret = {exercise.name} | {check.name for check in exercise.checks}
    secret |= {variant.name for variant in (*exercise.accepted, *exercise.misconceptions)}
    return Pool({name: item for name, item in source.definitions.items() if name not in secret}, source.imports)


def _guard(exercise: Exercise, mine: Picked, kit: Picked) -> None:
    secret = {exercise.name, "reference"} | {check.name for check in exercise.checks if check.is_hidden}
    secret |= {variant.name for variant in (*exercise.accepted, *exercise.misconceptions)}
    own = {item.name for item in mine.definitions} | mine.imports.keys()
    problems = [
        f"{exercise.path}: a public check or its helper uses {name}, which must not leave. Take it as a parameter of the "
        "check or write the expected value down, then run: mml build"
        for name in sorted(secret & mine.names)
    ]
    problems += [
        f"{exercise.path}: a public check asks for `reference`. Make it hidden, then run: mml build"
        for check in exercise.checks
        if not check.is_hidden and "reference" in check.needs
    ]
    known = own | {item.name for item in kit.definitions} | kit.imports.keys() | set(dir(builtins))
    problems += [
        f"{exercise.path}: a public check uses {name}, which nothing defines. Mark it @helper or import it."
        for name in sorted(mine.names - known - secret)
    ]
    clashes = own & (RESERVED | {item.name for item in kit.definitions})
    problems += [
        f"{exercise.path}: {name} is a name of the checks' own machinery. Rename it, then run: mml build"
        for name in sorted(clashes)
    ]
    if problems:
        raise BadExercise(problems)


def _rules(exercise: Exercise) -> tuple[str, set[str]]:
    """Return the definition of RULES and the names that it uses."""
    lines = [f'    "{exercise.name}",']
    names = {"Rules"}
    if exercise.returns:
        lines.append(f"    conform=lambda value: conform(value, {exercise.returns!r}),")
        names.add("conform")
    if exercise.facts.banned:
        lines.append(f"    guard=lambda namespace: traps({exercise.facts.banned!r}, namespace),")
        names.add("traps")
    if exercise.takes_chance:
        lines.append("    chance=True,")
    lines.append(f"    hidden={sum(check.is_hidden for check in exercise.checks)},")
    hints = hints_of(exercise)
    if hints:
        lines += ["    hints={", *(f'        "{label}": "{sealed}",' for label, sealed in hints.items()), "    },"]
    return "\n".join(["RULES = Rules(", *lines, ")"]), names


def _case(exercise: Exercise, check: Check, source: str) -> str:
    points = float(exercise.points_by_check[check.name])
    facts = [f"name={check.sentence!r}", f"points={points!r}", "hidden=False", "rules=RULES"]
    facts.append(f"seed={seed_of(PUBLIC, exercise, check)}")
    return "\n".join(["@Case(", *(f"    {fact}," for fact in facts), ")", source])

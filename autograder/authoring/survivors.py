"""Read `survivors.toml`: the mutants of a week that no check needs to catch, each with the reason."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from autograder.errors import BadExercise

SURVIVORS = "survivors.toml"
KEYS = {"reason", "mutants"}
Explained = dict[str, dict[str, str]]


def read_survivors(folder: Path) -> Explained:
    """Return, for every exercise of a week, the reason of each explained mutant; nothing when there is no file.

    Raises BadExercise, with everything that is wrong, when the file breaks its format.
    """
    path = folder / SURVIVORS
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadExercise(f"{path}: this is no TOML: {problem}. Mend it, then run: mml lint {folder.name}") from problem
    explained: Explained = {}
    problems: list[str] = []
    for name, groups in content.items():
        table = explained.setdefault(name, {})
        for group in groups if isinstance(groups, list) else [groups]:
            what = _trouble(group) or ", ".join(f"{mutant} is listed twice" for mutant in group["mutants"] if mutant in table)
            if what:
                problems.append(f"{path}: {name}: {what}. Mend it, then run: mml lint {folder.name}")
            else:
                table |= dict.fromkeys(group["mutants"], group["reason"].strip())
    if problems:
        raise BadExercise(problems)
    return explained


def _trouble(group: Any) -> str:
    """Return what is wrong with one entry, or "" when nothing is."""
    if not isinstance(group, dict) or set(group) != KEYS:
        return "an entry has a reason and a list of mutants, and nothing else"
    reason, listed = group["reason"], group["mutants"]
    if not isinstance(reason, str) or len(reason.split()) < 4:
        return "the reason must be a sentence that says why no check needs to catch these mutants"
    if not isinstance(listed, list) or not listed or not all(isinstance(mutant, str) for mutant in listed):
        return "mutants must be a list of ids, as `mml prove --mutate` prints them"
    return ""

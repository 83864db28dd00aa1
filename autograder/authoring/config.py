"""Read course_config.py and check every entry of it."""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.errors import BadConfig

FALLBACK_SECRET = "no secret was set"
LAYERS = ("parent_death", "namespaces", "rlimits", "no_new_privs", "unprivileged", "landlock", "seccomp", "scratch_quota")


@dataclass(frozen=True, slots=True)
class Dates:
    """When an assignment opens and when it is due."""

    opens: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """What lateness costs."""

    loss_per_day: float
    days_accepted: int


@dataclass(frozen=True, slots=True)
class CourseLimits:
    """What a submission may use."""

    check_seconds: float
    cell_seconds: float
    memory_mb: int
    file_mb: int
    scratch_mb: int
    processes: int
    open_files: int
    output_chars: int


@dataclass(frozen=True, slots=True)
class CourseConfig:
    """course_config.py, checked."""

    title: str
    assignments: dict[str, Dates]
    pass_mark: float
    late_policy: LatePolicy
    limits: CourseLimits
    floor: tuple[str, ...]
    shows_hidden_counterexamples: bool
    secret: str

    @property
    def check_seconds(self) -> float:
        return self.limits.check_seconds


KEYS = ("TITLE", "ASSIGNMENTS", "PASS_MARK", "LATE_POLICY", "LIMITS", "SANDBOX_FLOOR", "FEEDBACK", "SECRET_VARIABLE")


class _Reader:
    """Take entries out of a dictionary and collect what is wrong with them."""

    def __init__(self, path: Path, values: dict[str, Any]) -> None:
        self.path, self.values, self.problems = path, values, []

    def complain(self, where: str, what: str) -> None:
        self.problems.append(f"{self.path}: {where} {what}")

    def take(self, key: str, kind: type | tuple[type, ...], fallback: Any, fits: Callable[[Any], bool] = lambda v: True) -> Any:
        value = self.values.get(key)
        if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool) or not fits(value):
            self.complain(key, f"= {value!r} is not allowed.")
            return fallback
        return value

    def section(self, key: str, keys: set[str]) -> dict[str, Any]:
        value = self.take(key, dict, {})
        for name in sorted(keys - set(value)):
            self.complain(f"{key}['{name}']", "is missing.")
        for name in sorted(set(value) - keys):
            self.complain(f"{key}['{name}']", "is not known; take it out or mend its spelling.")
        return value


def load_config(root: Path) -> CourseConfig:
    """Read and check the configuration of a course.

    Raises BadConfig with every problem that was found.
    """
    path = root / "course_config.py"
    try:
        values = {key: value for key, value in runpy.run_path(str(path)).items() if key.isupper()}
    except Exception as problem:
        raise BadConfig(f"{path} cannot be executed: {type(problem).__name__}: {problem}") from problem
    reader = _Reader(path, values)
    for key in sorted(set(values) - set(KEYS)):
        reader.complain(key, f"is not known; the entries are {', '.join(KEYS)}.")
    variable = reader.take("SECRET_VARIABLE", str, "")
    late = reader.section("LATE_POLICY", {"loss_per_day", "days_accepted"})
    feedback = reader.section("FEEDBACK", {"counterexamples_of_hidden_checks"})
    config = CourseConfig(
        title=reader.take("TITLE", str, "", bool),
        assignments=_assignments(reader, root),
        pass_mark=float(reader.take("PASS_MARK", (int, float), 0, lambda v: 0 <= v <= 1)),
        late_policy=_late(reader, late),
        limits=_limits(reader),
        floor=_floor(reader),
        shows_hidden_counterexamples=feedback.get("counterexamples_of_hidden_checks") is True,
        secret=os.environ.get(variable) or FALLBACK_SECRET,
    )
    if reader.problems:
        raise BadConfig(reader.problems)
    return config


def _assignments(reader: _Reader, root: Path) -> dict[str, Dates]:
    found: dict[str, Dates] = {}
    for name, entry in reader.take("ASSIGNMENTS", dict, {}).items():
        where = f"ASSIGNMENTS['{name}']"
        if not (root / "source" / str(name)).is_dir():
            reader.complain(where, f"names no folder of {root / 'source'}.")
        if not isinstance(entry, dict) or set(entry) != {"opens", "due"}:
            reader.complain(where, "must have exactly the entries 'opens' and 'due'.")
            continue
        try:
            dates = Dates(*(datetime.fromisoformat(entry[key]) for key in ("opens", "due")))
        except (TypeError, ValueError):
            reader.complain(where, "needs dates such as '2027-01-18T08:00:00+00:00'.")
            continue
        if dates.opens.tzinfo is None or dates.due.tzinfo is None:
            reader.complain(where, "needs an offset from UTC in its dates, such as +00:00.")
        elif dates.opens >= dates.due:
            reader.complain(where, "is due before it opens.")
        found[name] = dates
    for folder in sorted((root / "source").iterdir()):
        if folder.is_dir() and folder.name[0] not in "._" and folder.name not in found:
            reader.complain("ASSIGNMENTS", f"has no entry for source/{folder.name}.")
    return found


def _late(reader: _Reader, entry: dict[str, Any]) -> LatePolicy:
    loss, days = entry.get("loss_per_day", 0), entry.get("days_accepted", 0)
    if not isinstance(loss, int | float) or not 0 <= loss <= 1:
        reader.complain("LATE_POLICY['loss_per_day']", f"= {loss!r} must lie between 0 and 1.")
    if not isinstance(days, int) or days < 0:
        reader.complain("LATE_POLICY['days_accepted']", f"= {days!r} must be a whole number of days.")
    return LatePolicy(loss, days)


def _limits(reader: _Reader) -> CourseLimits:
    names = {field.name: field.type for field in fields(CourseLimits)}
    entry = reader.section("LIMITS", set(names))
    values: dict[str, Any] = {}
    for name, kind in names.items():
        value = entry.get(name, 1)
        if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0 or (kind == "int" and value != int(value)):
            reader.complain(f"LIMITS['{name}']", f"= {value!r} must be a positive {'number' if kind == 'float' else 'int'}.")
            value = 1
        values[name] = float(value) if kind == "float" else int(value)
    return CourseLimits(**values)


def _floor(reader: _Reader) -> tuple[str, ...]:
    floor = reader.take("SANDBOX_FLOOR", list, [])
    for name in floor:
        if name not in LAYERS:
            reader.complain("SANDBOX_FLOOR", f"names the unknown layer {name!r}; the layers are {', '.join(LAYERS)}.")
    return tuple(floor)

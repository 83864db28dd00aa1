"""Give every result keys that change when anything changes that the result depends on, and with nothing else.

What is kept is the result of one exercise of one submission. It is taken again when two keys are as they were:

    code key      the code cells of the notebook as the grader reads them: place, text, and whether the cell is run or is
                  one that was handed out. Outputs, metadata, ids of cells and the text of prose are no part of it.
    exercise key  the exercise's file, the files of the exercises that it uses (and those that they use), and the base

The base touches every exercise: the id of the assignment, the handed-out cells that run first, the data beside the
exercises and in the release, the part of the engine that decides verdicts, the settings that do, the secret, `unsafe`, and
the versions of Python and of the libraries. Points and hints stand in the exercise's file, so that a change of
them grades that exercise again. The learner is in neither key, but nothing is ever taken over from one learner to another.

The submission key says at a glance that nothing changed: it covers the bytes of the file, the facts of handing it in, and
every exercise key.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder.authoring.config import CourseConfig
from autograder.authoring.discover import numbered_files
from autograder.authoring.model import Assignment, Exercise
from autograder.batch.submissions import Submission
from autograder.errors import BadSubmission
from autograder.grading.grader import GIVEN
from autograder.grading.notebook import normal, read_notebook

ENGINE = Path(__file__).resolve().parents[1]
# Reports are made again from the store every time: what only writes them decides no verdict.
DECIDING = ("errors.py", "kit", "authoring", "build", "sandbox", "grading")
LIBRARIES = ("numpy", "scipy", "scikit-learn", "statsmodels", "matplotlib", "pandas", "msgpack", "ipython")


@dataclass(frozen=True, slots=True)
class Handout:
    """The release notebook as the grader treats it: cells that run first, and cells that are not run when they come back."""

    prelude: tuple[str, ...] = ()
    released: frozenset[str] = frozenset()


def handed_out(root: Path, assignment: str) -> Handout:
    """Read the release notebook of an assignment; nothing is handed out when there is none."""
    path = root / "release" / assignment / f"{assignment}.ipynb"
    if not path.is_file():
        return Handout()
    cells = read_notebook(path.read_bytes()).cells
    prelude = tuple(cell.source for cell in cells if GIVEN.fullmatch(cell.id))
    return Handout(prelude, frozenset(normal(cell.source) for cell in cells))


def code_key(notebook: bytes, released: frozenset[str]) -> str:
    """Return the key of what the grader reads of a notebook; "" when it cannot be read."""
    try:
        content = read_notebook(notebook)
    except BadSubmission:
        return ""
    cells = [[cell.number, cell.source, normal(cell.source) not in released] for cell in content.cells]
    return _digest([json.dumps([cells, content.notes]).encode()])


def exercise_keys(assignment: Assignment, config: CourseConfig, *, unsafe: bool = False) -> dict[str, str]:
    """Return the key of every exercise, in the order of the assignment."""
    base = _base_key(assignment.folder, config, unsafe=unsafe)
    exercises = {exercise.name: exercise for exercise in assignment.exercises}
    keys: dict[str, str] = {}
    for exercise in assignment.exercises:
        needed = sorted(_used(exercise, exercises))
        texts = [f"{name}\n{exercises[name].text}".encode() for name in (exercise.name, *needed)]
        keys[exercise.name] = _digest([base.encode(), *texts])
    return keys


def submission_key(keys: dict[str, str], submission: Submission, content: bytes) -> str:
    """Return the key of one whole submission: every exercise, and what was handed in, when, and with which notes."""
    facts = [*keys, *keys.values(), submission.learner, str(submission.timestamp), submission.problem, *submission.notes]
    return _digest([*(fact.encode("utf-8", "surrogateescape") for fact in facts), content])


def pages_key(config: CourseConfig, *more: str) -> str:
    """Return the key of the pages of a results folder, apart from the results: what writes them, settings, and `more`."""
    return _digest(part.encode() for part in (files_digest(("outputs",)), repr(config), *more))


def _used(exercise: Exercise, exercises: dict[str, Exercise]) -> set[str]:
    """Return the names of the exercises that one uses, directly or through others."""
    found: set[str] = set()
    waiting = [name for name in exercise.facts.uses if name in exercises]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [more for more in exercises[name].facts.uses if more in exercises]
    return found


def course_key(folder: Path, config: CourseConfig, *, unsafe: bool = False) -> str:
    """Return a key of everything that the exercise keys of an assignment are made of, without running its files."""
    texts = (part for path in numbered_files(folder) for part in (path.name.encode(), path.read_bytes()))
    return _digest([_base_key(folder, config, unsafe=unsafe).encode(), *texts])


def _base_key(folder: Path, config: CourseConfig, *, unsafe: bool) -> str:
    root = folder.parents[1]
    settings = (config.limits, config.floor, config.secret, config.shows_hidden_counterexamples, unsafe)
    facts = [folder.name, engine_digest(), repr(environment()), repr(settings)]
    prelude = json.dumps(handed_out(root, folder.name).prelude)
    return _digest([*(fact.encode() for fact in (*facts, prelude)), *_data(root, folder)])


def _data(root: Path, folder: Path) -> Iterator[bytes]:
    """Return names and contents of the files that checks and cells can read, in turns."""
    numbered = set(numbered_files(folder))
    beside = [path for path in _files(folder) if path not in numbered]
    for path in (*beside, *_files(root / "release" / folder.name / "data")):
        yield path.relative_to(root).as_posix().encode()
        yield path.read_bytes()


@cache
def engine_digest() -> str:
    """Return a digest of the engine's files that decide verdicts."""
    return files_digest(DECIDING)


def files_digest(names: Iterable[str]) -> str:
    """Return a digest of files and folders of the engine."""
    paths = [path for name in names for path in _files(ENGINE / name)]
    return _digest(part for path in paths for part in (path.relative_to(ENGINE).as_posix().encode(), path.read_bytes()))


@cache
def environment() -> tuple[tuple[str, str], ...]:
    """Return the versions that numbers may depend on."""
    found = [("python", platform.python_version()), ("machine", platform.machine())]
    for library in LIBRARIES:
        try:
            found.append((library, version(library)))
        except PackageNotFoundError:
            found.append((library, "absent"))
    return tuple(found)


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"%d\n" % len(part))
        digest.update(part)
    return digest.hexdigest()


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    found = (path for path in place.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sorted(path for path in found if not any(part[0] == "." for part in path.relative_to(place).parts))

"""Write the editions, or say which files of theirs are stale."""

from __future__ import annotations

import gc
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from autograder.authoring.discover import assignment_folders, read_assignment
from autograder.authoring.model import Assignment
from autograder.build.data import data_files
from autograder.build.lean import lean, no_collector
from autograder.build.notebook import Edition, notebook_text, tests_of
from autograder.build.readme import Row, release_readme, requirements, row_of, solutions_readme
from autograder.errors import BadExercise, StaleBuild

# What an editor or a self-check leaves behind is not part of an edition.
DEBRIS = {".ipynb_checkpoints", "__pycache__", ".OTTER_LOG", ".DS_Store", ".virtual_documents"}


@dataclass(slots=True)
class Week:
    """What was made of one assignment folder: a row for the READMEs, files by their place, and what is wrong with it."""

    row: Row | None = None
    files: dict[Path, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def build(root: Path, folders: list[Path], *, check: bool, jobs: int = 0) -> list[Path]:
    """Bring the editions of some assignment folders up to date and return the files that were changed or removed.

    With `check` nothing is written. `jobs` is the number of processes, 0 means one for every core. Raises StaleBuild,
    naming every stale or unexpected file, when `check` is set and something differs; BadExercise when source/ cannot be built.
    """
    weeks = _weeks(root, assignment_folders(root), {folder.name for folder in folders}, jobs or os.cpu_count() or 1)
    rows = [week.row for week in weeks if week.row]
    wanted = [row.id for row in rows if row.id in {folder.name for folder in folders}]
    expected = {
        root / "release" / "README.md": release_readme(rows).encode(),
        root / "release" / "requirements.txt": requirements(root / "requirements.lock").encode(),
        root / "solutions" / "README.md": solutions_readme(rows).encode(),
    }
    for week in weeks:
        expected |= week.files
    scope = [root / edition / name for edition in Edition for name in wanted]
    if len(wanted) == len(rows):
        scope = [root / edition for edition in Edition]
    stale = [path for path, content in sorted(expected.items()) if not path.is_file() or path.read_bytes() != content]
    unexpected = sorted(path for folder in scope for path in _files(folder) if path not in expected)
    if check:
        _refuse(root, stale, unexpected)
        return []
    for path in stale:
        _write(path, expected[path])
    for path in unexpected:
        _remove(path, root)
    return [*stale, *unexpected]


def _weeks(root: Path, folders: list[Path], wanted: set[str], jobs: int) -> list[Week]:
    """Read every folder and make the editions of the wanted ones, over several processes.

    Raises BadExercise with the problems of all of them.
    """
    make = partial(_week, root, wanted)
    if min(jobs, len(folders)) > 1:
        with ProcessPoolExecutor(min(jobs, len(folders)), initializer=gc.disable) as pool:
            longest_first = sorted(folders, key=_size, reverse=True)
            made = dict(zip(longest_first, pool.map(make, longest_first), strict=True))
            weeks = [made[folder] for folder in folders]
    else:
        weeks = [make(folder) for folder in folders]
    problems = [problem for week in weeks for problem in week.problems]
    if problems:
        raise BadExercise(problems)
    return weeks


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*.py"))


@no_collector()
def _week(root: Path, wanted: set[str], folder: Path) -> Week:
    try:
        with lean():
            assignment = read_assignment(folder)
        if not assignment.items:
            return Week()
        made = Week(row_of(assignment))
        if assignment.id in wanted:
            tests = tests_of(assignment)
            for edition in Edition:
                made.files |= _edition(root, assignment, edition, tests)
        return made
    except BadExercise as problem:
        return Week(problems=problem.problems)


def _edition(root: Path, assignment: Assignment, edition: Edition, tests: dict[str, str]) -> dict[Path, bytes]:
    folder = root / edition / assignment.id
    text = notebook_text(assignment, edition, tests)
    files = {folder / f"{assignment.id}.ipynb": text.encode()}
    for name, path in data_files(root, assignment, text).items():
        files[folder / "data" / name] = path.read_bytes()
    return files


def read_all(folders: list[Path]) -> list[Assignment]:
    """Read assignment folders for their text: large libraries are loaded only when something uses them.

    Raises BadExercise with the problems of all of them.
    """
    assignments: list[Assignment] = []
    problems: list[str] = []
    for folder in folders:
        try:
            with lean():
                assignment = read_assignment(folder)
        except BadExercise as problem:
            problems += problem.problems
            continue
        if assignment.items:
            assignments.append(assignment)
    if problems:
        raise BadExercise(problems)
    return assignments


def _files(folder: Path) -> list[Path]:
    """Return the files below a folder, without debris."""
    found = folder.rglob("*") if folder.is_dir() else ()
    return [path for path in found if path.is_file() and not DEBRIS & set(path.relative_to(folder).parts)]


def _refuse(root: Path, stale: list[Path], unexpected: list[Path]) -> None:
    def line(path: Path, what: str) -> str:
        parts = path.relative_to(root).parts
        week = f" {parts[1]}" if len(parts) > 2 else ""
        return f"{path.relative_to(root)} {what}. Run: mml build{week}"

    problems = [line(path, "is out of date" if path.is_file() else "is missing") for path in stale]
    problems += [line(path, "is not made from source/") for path in unexpected]
    if problems:
        raise StaleBuild(problems)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content)
    os.replace(temporary, path)


def _remove(path: Path, root: Path) -> None:
    path.unlink()
    for folder in path.parents:
        if folder == root or any(folder.iterdir()):
            return
        folder.rmdir()

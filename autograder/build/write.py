"""Write the editions, or say which files of theirs are stale."""

from __future__ import annotations

import os
from pathlib import Path

from autograder.authoring.discover import assignment_folders, read_assignment
from autograder.authoring.model import Assignment
from autograder.build.data import data_files
from autograder.build.notebook import Edition, notebook_text, tests_of
from autograder.build.readme import release_readme, requirements, solutions_readme
from autograder.errors import BadExercise, StaleBuild

# What an editor or a self-check leaves behind is not part of an edition.
DEBRIS = {".ipynb_checkpoints", "__pycache__", ".OTTER_LOG", ".DS_Store", ".virtual_documents"}


def build(root: Path, folders: list[Path], *, check: bool) -> list[Path]:
    """Bring the editions of some assignment folders up to date and return the files that were changed or removed.

    With `check` nothing is written. Raises StaleBuild, naming every stale or unexpected file, when `check` is set and
    something differs; BadExercise when source/ cannot be built.
    """
    everything = assignment_folders(root)
    assignments = read_all(everything)
    wanted = {folder.name for folder in folders}
    chosen = [assignment for assignment in assignments if assignment.id in wanted]
    expected = edition_files(root, assignments, chosen)
    scope = [root / edition / assignment.id for edition in Edition for assignment in chosen]
    if len(chosen) == len(assignments):
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


def read_all(folders: list[Path]) -> list[Assignment]:
    """Read assignment folders.

    Raises BadExercise with the problems of all of them.
    """
    assignments: list[Assignment] = []
    problems: list[str] = []
    for folder in folders:
        try:
            assignment = read_assignment(folder)
        except BadExercise as problem:
            problems += problem.problems
            continue
        if assignment.items:
            assignments.append(assignment)
    if problems:
        raise BadExercise(problems)
    return assignments


def edition_files(root: Path, assignments: list[Assignment], chosen: list[Assignment]) -> dict[Path, bytes]:
    """Return every file that the editions of the chosen assignments consist of."""
    files: dict[Path, bytes] = {
        root / "release" / "README.md": release_readme(assignments).encode(),
        root / "release" / "requirements.txt": requirements(root / "requirements.lock").encode(),
        root / "solutions" / "README.md": solutions_readme(assignments).encode(),
    }
    problems: list[str] = []
    for assignment in chosen:
        try:
            tests = tests_of(assignment)
            for edition in Edition:
                files |= _week(root, assignment, edition, tests)
        except BadExercise as problem:
            problems += problem.problems
    if problems:
        raise BadExercise(problems)
    return files


def _week(root: Path, assignment: Assignment, edition: Edition, tests: dict[str, str]) -> dict[Path, bytes]:
    folder = root / edition / assignment.id
    text = notebook_text(assignment, edition, tests)
    files = {folder / f"{assignment.id}.ipynb": text.encode()}
    for name, path in data_files(root, assignment, text).items():
        files[folder / "data" / name] = path.read_bytes()
    return files


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

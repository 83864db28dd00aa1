"""Find the assignments of `source/` and the one that a person means."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.authoring.fragment import name_of, read_exercise
from autograder.authoring.model import Assignment, Exercise, Page
from autograder.errors import BadExercise, UsageProblem

NUMBERED = re.compile(r"^\d{3}_(\w+\.py|[a-z0-9_]+\.md)$", re.ASCII)


def course_root(start: Path | None = None) -> Path:
    """Return the nearest folder, from `start` upwards, that holds course_config.py and source/.

    Raises UsageProblem when there is none.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (folder / "course_config.py").is_file() and (folder / "source").is_dir():
            return folder
    raise UsageProblem(f"No course in {here}: a course has course_config.py and source/. Change into its folder.")


def assignment_folders(root: Path) -> list[Path]:
    """Return the folders of `source/` in order."""
    return sorted(folder for folder in (root / "source").iterdir() if folder.is_dir() and folder.name[0] not in "._")


def numbered_files(folder: Path) -> list[Path]:
    """Return the pages and exercise files of an assignment in order."""
    return sorted(path for path in folder.iterdir() if NUMBERED.match(path.name))


def read_assignment(folder: Path, only: frozenset[str] | None = None) -> Assignment:
    """Read every numbered file of a folder; with `only`, of the exercises just these and what they use.

    Raises BadExercise, with the problems of all its files, when one breaks the format.
    """
    items: list[Page | Exercise] = []
    problems: list[str] = []
    wanted = set(only or ())
    for path in reversed(numbered_files(folder)):  # an exercise uses earlier ones
        if path.suffix == ".md":
            items.append(Page(name_of(path), path, path.read_text(encoding="utf-8")))
        elif only is None or name_of(path) in wanted:
            try:
                exercise = read_exercise(path, assignment=folder.name)
            except BadExercise as problem:
                problems = [*problem.problems, *problems]
            else:
                items.append(exercise)
                wanted |= set(exercise.facts.uses)
    items.reverse()
    problems += _lend([item for item in items if isinstance(item, Exercise)])
    if problems:
        raise BadExercise(problems)
    return Assignment(folder.name, folder, _title(items, folder.name), tuple(items))


def _lend(exercises: list[Exercise]) -> list[str]:
    """Put the course's version of every earlier function that an exercise uses into its namespace."""
    problems, earlier = [], {}
    for exercise in exercises:
        for name in exercise.facts.uses:
            if name in earlier:
                exercise.namespace[name] = earlier[name]
            else:
                problems.append(f"{exercise.path}: uses=('{name}',) names no earlier exercise of {exercise.assignment}.")
        earlier[exercise.name] = exercise.reference
    return problems


def _title(items: list[Page | Exercise], folder: str) -> str:
    for item in items:
        if isinstance(item, Page):
            heading = re.search(r"^# (.+)$", item.text, flags=re.MULTILINE)
            if heading:
                return heading.group(1).strip()
    return folder


def choose_folder(root: Path, prefix: str) -> Path:
    """Return the only assignment folder whose name begins with `prefix`.

    Raises UsageProblem when none or several do.
    """
    folders = assignment_folders(root)
    found = [folder for folder in folders if folder.name == prefix] or [f for f in folders if f.name.startswith(prefix)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(folder.name for folder in found or folders)
    what = "Several assignments begin" if found else "No assignment begins"
    raise UsageProblem(f"{what} with '{prefix}'. Choose one of: {names}")


def choose_assignment(root: Path, prefix: str) -> Assignment:
    """Read the only assignment whose name begins with `prefix`."""
    return read_assignment(choose_folder(root, prefix))


def choose_exercises(root: Path, wanted: tuple[str, ...]) -> list[Exercise]:
    """Read the exercises that are meant by words such as `week03` or `week03/power`; no words mean all.

    Raises UsageProblem when a word fits nothing.
    """
    if not wanted:
        return [exercise for folder in assignment_folders(root) for exercise in read_assignment(folder).exercises]
    chosen: dict[str, Exercise] = {}
    for word in wanted:
        week, _, name = word.partition("/")
        exercises = choose_assignment(root, week).exercises
        found = [e for e in exercises if e.name == name] or [e for e in exercises if e.name.startswith(name)]
        if not found:
            raise UsageProblem(f"No exercise begins with '{word}'. Choose one of: {', '.join(e.id for e in exercises)}")
        chosen |= {exercise.id: exercise for exercise in found}
    return list(chosen.values())

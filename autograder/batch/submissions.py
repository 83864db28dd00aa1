"""Find the submissions of one assignment among what people really have.

A place is a folder or a zip archive. Its layout is found by itself, or named: nbgrader's `submitted/` tree and flat
folders (which may stand side by side), nbgrader's exchange, otter's export archives, and the bulk downloads of
Canvas, Moodle and Gradescope. Archives are read as data, and links are never followed (see archives.py and
layouts/entries.py).
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from autograder.batch.layouts import canvas, exchange, gradescope, moodle, otter
from autograder.batch.layouts.choose import OTTER, Submission
from autograder.batch.layouts.entries import Entry, archive_folder, disk_folder, listing, opened, read
from autograder.batch.layouts.folders import find_flat, find_tree
from autograder.batch.names import clean_name, distinct
from autograder.errors import BadSubmission, UsageProblem

__all__ = ["LAYOUTS", "Submission", "find_submissions", "submission_bytes"]

SYSTEMS = {module.NAME: module for module in (gradescope, moodle, exchange, canvas, otter)}
LAYOUTS = ("auto", "nbgrader", "flat", *sorted(SYSTEMS))
# Folders that nbgrader puts around what learners hand in.
AROUND = ("submitted", "inbound")
WRAPPERS = 3


def find_submissions(
    place: Path, assignment: str, *, layout: str = "auto", known: Collection[str] = frozenset()
) -> list[Submission]:
    """Return the submissions at a place, sorted by learner; `known` are ids of learners, from a roster.

    Raises UsageProblem when there is nothing at the place, when nothing there is a submission, or when it looks like more
    than one layout; BadSubmission when an archive is refused as a whole.
    """
    root = _root(place)
    # What Moodle or Canvas packed may lie in another folder or archive; whatever is found first on the way in counts.
    for folder in _ways_in(root, assignment):
        found = _found(folder, assignment, layout, known)
        if found:
            break
    else:
        raise UsageProblem(_nothing(root, assignment, layout))
    found.sort(key=lambda item: (item.learner, str(item.path), item.members))
    names = distinct([item.learner for item in found])
    return [replace(item, learner=name) for item, name in zip(found, names, strict=True)]


def submission_bytes(submission: Submission) -> bytes:
    """Read a submission's notebook.

    Raises BadSubmission when it cannot be read, has become something else, or is too large.
    """
    if submission.problem or submission.path is None:
        raise BadSubmission(submission.problem or "No notebook was handed in.")
    return read(submission.path, submission.members)


def _root(place: Path) -> Entry:
    if place.is_dir():
        return disk_folder(place)
    if place.is_file() and place.suffix.lower() == ".zip":
        # The person who grades may name a link; what is found in a folder may not be one.
        place = place.resolve()
        if OTTER.search(place.stem):
            facts = place.stat()
            only = Entry(place.name, place, size=facts.st_size, modified=facts.st_mtime)
            return Entry(place.parent.name, place.parent, is_folder=True, inside=(only,))
        return archive_folder(place)
    kind = "no folder and no zip archive" if place.exists() or stat.S_ISLNK(_mode(place)) else "no folder: it does not exist"
    raise UsageProblem(f"{place} is {kind}. Name the folder or the .zip file that holds the submissions.")


def _mode(place: Path) -> int:
    try:
        return place.lstat().st_mode
    except OSError:
        return 0


def _ways_in(root: Entry, assignment: str) -> list[Entry]:
    """Return the folder, and those in it that are the only thing in theirs; one that a system made comes alone."""
    ways: list[Entry] = []
    folder = root
    for _ in range(WRAPPERS):
        folder = next((e for name in AROUND for e in listing(folder) if e.name == name and e.is_folder), folder)
        ways.append(folder)
        inside = listing(folder)
        if len(inside) != 1 or any(entry.name == assignment for entry in listing(inside[0])) or _is_claimed(folder):
            break  # many, or a class of one
        made = _made_by_a_system(inside[0], WRAPPERS)
        if made is not None:
            return [made]
        if not inside[0].is_folder:
            break
        folder = inside[0]
    return ways


def _made_by_a_system(entry: Entry, depth: int) -> Entry | None:
    """Return the folder that a system made: this one, or the only thing in it."""
    try:
        folder = opened(entry) if entry.is_zip else entry
    except BadSubmission:
        return None
    if _is_claimed(folder):
        return folder
    inside = listing(folder)
    return _made_by_a_system(inside[0], depth - 1) if depth and len(inside) == 1 else None


def _is_claimed(folder: Entry) -> bool:
    return any(module.claims(folder) for module in SYSTEMS.values())


def _found(folder: Entry, assignment: str, layout: str, known: Collection[str]) -> list[Submission]:
    finders: dict[str, Callable[[], list[Submission]]] = {
        "nbgrader": lambda: find_tree(folder, assignment),
        "flat": lambda: find_flat(folder, assignment, known),
    }
    for name, module in SYSTEMS.items():
        finders[name] = lambda module=module: module.find(folder, assignment)  # type: ignore[misc]
    if layout in SYSTEMS and not SYSTEMS[layout].claims(folder):
        return []
    if layout != "auto":
        return finders[layout]()
    claimed: dict[str, list[Entry]] = {}
    taken: set[str] = set()
    for name, module in SYSTEMS.items():  # Moodle and Canvas put their names before those of otter
        claims = [entry for entry in module.claims(folder) if entry.name not in taken]
        taken.update(entry.name for entry in claims)
        claimed |= {name: claims} if claims else {}
    if not claimed:
        whole, folder = _whole_classes(folder, assignment)
        return [*find_tree(folder, assignment), *find_flat(folder, assignment, known), *whole]
    _refuse_a_mixture(folder, assignment, claimed)
    return finders[next(iter(claimed))]()


def _whole_classes(folder: Entry, assignment: str) -> tuple[list[Submission], Entry]:
    """Refuse archives and folders that are a download of their own, and return the folder without them."""
    rest: list[Entry] = []
    found: list[Submission] = []
    for entry in listing(folder):
        is_tree = any(item.name == assignment for item in listing(entry))
        made = _made_by_a_system(entry, 1) if (entry.is_zip or entry.is_folder) and not is_tree else None
        works = [item for item in listing(made) if item.is_notebook or item.is_zip] if made else []
        claimed = {name: module.claims(made) for name, module in SYSTEMS.items()} if made else {}
        names = [name for name, claims in claimed.items() if len(claims) > 1 and all(work in claims for work in works)]
        if names:
            problem = f"{entry.shown} looks like a download of a whole class ({names[0]}). Grade it alone: name it as SUBMISSIONS."
            found.append(Submission(entry.shown, None, problem=problem))
        else:
            rest.append(entry)
    return found, replace(folder, inside=tuple(rest)) if found else folder


def _refuse_a_mixture(folder: Entry, assignment: str, claimed: dict[str, list[Entry]]) -> None:
    taken = {entry.name for entries in claimed.values() for entry in entries}
    rest = [entry for entry in listing(folder) if entry.name not in taken]
    trees = [e for e in rest if e.is_folder and any(i.name == assignment or i.is_notebook for i in listing(e))]
    groups = {**claimed, "nbgrader": trees, "flat": [e for e in rest if e.is_notebook or e.is_zip]}
    groups = {name: entries for name, entries in groups.items() if entries}
    if len(groups) == 1:
        return
    seen = "; ".join(
        f"{len(entries)} like {name} ({', '.join(entry.shown for entry in entries[:3])}{', ...' if len(entries) > 3 else ''})"
        for name, entries in groups.items()
    )
    choices = " or ".join(f"--layout {name}" for name in groups)
    raise UsageProblem(f"{clean_name(folder.name)} looks like more than one layout: {seen}. Sort them, or say {choices}.")


def _nothing(root: Entry, assignment: str, layout: str) -> str:
    where = re.sub(r"\s+", " ", str(root.path))
    if layout != "auto":
        return f"{where} holds no submission of {assignment} in the layout {layout}. Try --layout auto."
    return (
        f"{where} holds no submission of {assignment}: neither <learner>/{assignment}/*.ipynb nor <learner>.ipynb, nor a "
        "download of Canvas, Moodle, Gradescope or nbgrader's exchange. Name the folder or archive that does."
    )

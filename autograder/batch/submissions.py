"""Find the submissions of one assignment among what people really have.

Two layouts are read: nbgrader's `submitted/<learner>/<assignment>/*.ipynb` (given that folder or the course folder
around it), and a flat folder of `<learner>.ipynb`. Nothing is opened here but small `timestamp.txt` files; links are never
followed and only regular files count, so that a pipe, a device or a link to somebody else's work is named, not read.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.batch.names import clean_name, distinct
from autograder.errors import BadSubmission, UsageProblem

MAX_BYTES = 50 * 2**20
COPY = re.compile(r"(?: ?\(\d+\)|-Copy\d+|_\d+)$")
# What editors, browsers and operating systems leave behind; any other name may be somebody's.
DEBRIS = re.compile(r"\._|\.~|\.ipynb_checkpoints$|\.DS_Store$|\.git$|__MACOSX$|__pycache__$")
KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link, and links are not followed",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class Submission:
    """What one learner handed in: a notebook, or the problem that there is none."""

    learner: str
    path: Path | None
    timestamp: datetime | None = None
    problem: str = ""
    notes: tuple[str, ...] = ()


def find_submissions(place: Path, assignment: str) -> list[Submission]:
    """Return the submissions below a folder, sorted by learner.

    Raises UsageProblem when there is no folder or nothing in it is a submission.
    """
    if not place.is_dir():
        raise UsageProblem(f"{place} is no folder. Name the folder that holds the submissions.")
    folder = place / "submitted" if (place / "submitted").is_dir() else place
    found = [*_tree(folder, assignment), *_flat(folder)]
    if not found:
        raise UsageProblem(
            f"{folder} holds no submission of {assignment}: neither <learner>/{assignment}/*.ipynb nor <learner>.ipynb. "
            "Name the folder that does."
        )
    found.sort(key=lambda item: (item.learner, str(item.path)))
    names = distinct([item.learner for item in found])
    return [replace(item, learner=name) for item, name in zip(found, names, strict=True)]


def submission_bytes(submission: Submission) -> bytes:
    """Read a submission's notebook.

    Raises BadSubmission when it cannot be read, has become something else, or is too large.
    """
    if submission.problem or submission.path is None:
        raise BadSubmission(submission.problem or "No notebook was handed in.")
    try:
        # A pipe that took the notebook's place would block for ever; a link could lead anywhere.
        descriptor = os.open(submission.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as stream:
            facts = os.fstat(descriptor)
            problem = _problem(_shown(submission.path), facts)
            if problem:
                raise BadSubmission(problem)
            return stream.read(MAX_BYTES)
    except OSError as reason:
        raise BadSubmission(f"{_shown(submission.path)} cannot be read: {reason.strerror}.") from reason


def _tree(folder: Path, assignment: str) -> list[Submission]:
    found: list[Submission] = []
    for entry in _entries(folder):
        if not stat.S_ISDIR(entry.facts.st_mode) or entry.is_notebook:
            continue
        learner = clean_name(entry.name)
        inside = _entries(entry.path)
        home = next((item for item in inside if item.name == assignment), None)
        if home is not None and stat.S_ISDIR(home.facts.st_mode):
            found.append(_chosen(learner, home.path, _entries(home.path), assignment))
        elif home is not None:
            found.append(Submission(learner, None, problem=f"{_shown(home.path)} is {_kind(home.facts)}, not a folder."))
        elif not inside or any(item.is_notebook for item in inside):
            found.append(_chosen(learner, entry.path, inside, assignment))
    return found


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    path: Path
    facts: os.stat_result

    @property
    def is_notebook(self) -> bool:
        return self.name.lower().endswith(".ipynb")


def _entries(folder: Path) -> list[_Entry]:
    """Return what a folder holds, without following links and without debris."""
    found: list[_Entry] = []
    try:
        with os.scandir(folder) as items:
            for item in items:
                if not DEBRIS.match(item.name):
                    found.append(_Entry(item.name, Path(item.path), item.stat(follow_symlinks=False)))
    except OSError:
        return []
    return sorted(found, key=lambda entry: os.fsencode(entry.name))


def _chosen(learner: str, folder: Path, inside: list[_Entry], assignment: str) -> Submission:
    """Choose among the notebooks of one folder: the assignment's name, then a copy of it, then the newest."""
    when, notes = _timestamp(folder)
    notebooks = [entry for entry in inside if entry.is_notebook]
    fine = sorted((e for e in notebooks if not _problem("", e.facts)), key=lambda entry: _rank(entry, assignment))
    if not fine:
        return Submission(learner, None, when, _nothing(folder, notebooks, inside), notes)
    best = fine[0]
    others = ", ".join(_shown(entry.path) for entry in notebooks if entry is not best)
    if others:
        notes += (f"Several notebooks were handed in. {_shown(best.path)} was graded, not {others}.",)
    elif best.name != f"{assignment}.ipynb":
        notes += (f"The notebook is called {_shown(best.path)} instead of {assignment}.ipynb; it was graded all the same.",)
    return Submission(learner, best.path, when, notes=notes)


def _rank(entry: _Entry, assignment: str) -> tuple[int, int, str]:
    stem = entry.name[: -len(".ipynb")]
    order = 0 if stem == assignment else 1 if COPY.sub("", stem) == assignment else 2
    return order, -entry.facts.st_mtime_ns, entry.name


def _nothing(folder: Path, notebooks: list[_Entry], inside: list[_Entry]) -> str:
    if notebooks:
        return " ".join(_problem(_shown(entry.path), entry.facts) for entry in notebooks)
    if any(entry.name.lower().endswith(".zip") for entry in inside):
        return "A zip archive was handed in instead of a notebook. Unpack it and hand in the .ipynb file."
    names = ", ".join(_shown(entry.path) for entry in inside[:5])
    return f"No notebook (.ipynb) was handed in; the folder {_shown(folder)} holds {names or 'nothing'}."


def _flat(folder: Path) -> list[Submission]:
    groups: dict[str, list[_Entry]] = {}
    for entry in _entries(folder):
        if entry.is_notebook:
            groups.setdefault(COPY.sub("", entry.name[: -len(".ipynb")]), []).append(entry)
        elif entry.name.lower().endswith(".zip"):
            groups.setdefault(entry.name[: -len(".zip")], []).append(entry)
    found: list[Submission] = []
    for stem, entries in groups.items():
        chosen = _chosen(clean_name(stem), folder, entries, stem)
        found.append(replace(chosen, timestamp=None))
    return found


def _problem(name: str, facts: os.stat_result) -> str:
    if not stat.S_ISREG(facts.st_mode):
        return f"{name} is {_kind(facts)}, not a notebook."
    if facts.st_size > MAX_BYTES:
        size, limit = facts.st_size // 2**20, MAX_BYTES // 2**20
        return f"{name} has {size} MB; the limit is {limit} MB. Clear its outputs and hand it in again."
    return ""


def _kind(facts: os.stat_result) -> str:
    return KINDS.get(stat.S_IFMT(facts.st_mode), "no regular file")


def _shown(path: Path) -> str:
    return clean_name(path.name)


def _timestamp(folder: Path) -> tuple[datetime | None, tuple[str, ...]]:
    """Read nbgrader's timestamp.txt: a date, a time and perhaps the name of a time zone; without one it is UTC."""
    path = folder / "timestamp.txt"
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None, ()
    with open(descriptor, "rb") as stream:
        text = stream.read(200).decode("utf-8", "replace").strip() if stat.S_ISREG(os.fstat(descriptor).st_mode) else ""
    date, _, zone = text.rpartition(" ") if text.count(" ") > 1 else (text, "", "")
    try:
        when = datetime.fromisoformat(date)
        return (when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone) if zone else UTC)), ()
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return None, ("The time of handing in (timestamp.txt) cannot be read.",)

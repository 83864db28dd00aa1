"""Read nbgrader's submitted/<learner>/<assignment>/*.ipynb, and flat folders of <learner>.ipynb."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.batch.layouts.choose import COPY, OTTER, Submission, Wanted, candidates, choose, with_notes
from autograder.batch.layouts.entries import Entry, listing, read
from autograder.batch.names import clean_name
from autograder.errors import BadSubmission

# Programs number their copies so; a bare number at the end may belong to a name.
CERTAIN_COPY = re.compile(r"(?: ?\(\d+\)|-Copy\d+)$")


def find_tree(folder: Entry, assignment: str) -> list[Submission]:
    """Return the submissions of nbgrader's tree; a learner's folder may also hold the notebook itself."""
    found: list[Submission] = []
    for entry in listing(folder):
        if not entry.is_folder or entry.is_notebook:
            continue
        learner = clean_name(entry.name)
        inside = listing(entry)
        home = next((item for item in inside if item.name == assignment), None)
        if home is not None and home.is_folder:
            found.append(in_folder(learner, home, Wanted((assignment,))))
        elif home is not None:
            problem = home.refusal.replace("not a notebook", "not a folder") or f"{home.shown} is a file, not a folder."
            found.append(Submission(learner, None, problem=problem))
        elif not inside or any(item.is_notebook or item.is_zip for item in inside):
            found.append(in_folder(learner, entry, Wanted((assignment,))))
    return found


def find_flat(folder: Entry, assignment: str, known: Collection[str] = ()) -> list[Submission]:
    """Return the submissions of a flat folder; `known` are learners whose names may end in a number."""
    files = [entry for entry in listing(folder) if entry.is_notebook or entry.is_zip]
    stems = {entry.name: _stem(entry) for entry in files}
    names = set(stems.values())
    groups: dict[str, list[Entry]] = {}
    for entry in files:
        stem = stems[entry.name]
        base = COPY.sub("", stem)
        groups.setdefault(base if base in names and stem not in known else stem, []).append(entry)
    return [
        choose(clean_name(stem), candidates(entries), Wanted((stem, assignment), counts_copies=True))
        for stem, entries in groups.items()
    ]


def in_folder(learner: str, folder: Entry, wanted: Wanted) -> Submission:
    """Choose among the notebooks of one folder, and read the time of handing in that nbgrader writes there."""
    inside = listing(folder)
    when, note = handed_in(folder)
    names = ", ".join(entry.shown for entry in inside[:5])
    nothing = f"No notebook (.ipynb) was handed in; the folder {folder.shown} holds {names or 'nothing'}."
    submission = choose(learner, candidates(inside), wanted, nothing=nothing)
    return replace(with_notes(submission, note), timestamp=when)


def handed_in(folder: Entry) -> tuple[datetime | None, str]:
    """Return the time of nbgrader's timestamp.txt, or a note when there is one that cannot be read."""
    entry = next((item for item in listing(folder) if item.name == "timestamp.txt"), None)
    if entry is None or entry.refusal:
        return None, ""
    try:
        text = read(entry.path, entry.members)[:200].decode("utf-8", "replace") if entry.size < 10_000 else ""
    except BadSubmission:
        text = ""
    when = parse_time(text)
    return when, "" if when else "The time of handing in (timestamp.txt) cannot be read."


def parse_time(text: str) -> datetime | None:
    """Return a time as nbgrader writes it: a date, a time and perhaps the name of a time zone; without one it is UTC."""
    text = text.strip()
    date, _, zone = text.rpartition(" ") if text.count(" ") > 1 else (text, "", "")
    try:
        when = datetime.fromisoformat(date)
        return when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone) if zone else UTC)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return None


def _stem(entry: Entry) -> str:
    stem = entry.name[: entry.name.rindex(".")]
    return CERTAIN_COPY.sub("", OTTER.sub("", stem) or stem if entry.is_zip else stem)

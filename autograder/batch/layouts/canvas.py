"""Read the bulk download of a Canvas assignment: <lastfirst>_[LATE_]<user id>_<file id>_<file name>.

The names are made by lib/content_zipper.rb of canvas-lms: the user's sortable name in small letters without
punctuation, LATE when the submission is late, the user's id (anon_<id> where names are hidden), the file's id and the
learner's file name.
"""

from __future__ import annotations

import re
from dataclasses import replace

from autograder.batch.layouts.choose import COPY, OTTER, Candidate, Submission, Wanted, choose, with_notes
from autograder.batch.layouts.entries import Entry, listing
from autograder.batch.names import clean_name

NAME = "canvas"
FILE = re.compile(r"(?:(?P<name>.*?)_)?(?P<late>LATE_)?(?P<user>\d+|anon_[A-Za-z0-9]+)_(?P<file>\d+)_(?P<title>.+)$")
TYPED = re.compile(r"(?:(?P<name>.*?)_)?(?P<late>LATE_)?(?P<user>\d+|anon_[A-Za-z0-9]+)_(?P<title>text|link)\.html$")
LATE = "Canvas marks this submission as late. The download does not say when it was handed in."


def claims(folder: Entry) -> list[Entry]:
    """Return the entries whose names Canvas may have made."""
    return [entry for entry in listing(folder) if _facts(entry) is not None]


def find(folder: Entry, assignment: str) -> list[Submission]:
    """Return one submission for every Canvas user; the file with the highest id is the newest."""
    groups: dict[str, list[tuple[re.Match[str], Entry]]] = {}
    for entry in listing(folder):
        facts = _facts(entry)
        if facts is not None:
            groups.setdefault(facts["user"], []).append((facts, entry))
        elif entry.is_notebook or entry.is_zip:
            groups.setdefault(f"{entry.shown} (no Canvas id)", []).append((_unnamed(entry), entry))
    return [_submission(user, several, assignment) for user, several in groups.items()]


def _submission(user: str, several: list[tuple[re.Match[str], Entry]], assignment: str) -> Submission:
    names = sorted({clean_name(facts["name"] or "") for facts, _ in several})
    if len(names) > 1:
        # Somebody whose name ends in "_" and a number gets files that look like those of the person with that number.
        several_names = f"The download gives user {clean_name(user)} several names: {', '.join(names)}."
        return Submission(clean_name(user), None, problem=f"{several_names} A person must say whose the files are.")
    files = [
        Candidate(entry, facts["title"], float(facts["file"] or 0))
        for facts, entry in several
        if entry.is_notebook or entry.is_zip
    ]
    titles = ", ".join(clean_name(facts["title"]) for facts, _ in several)
    nothing = f"No notebook (.ipynb) was handed in on Canvas, only {titles}."
    submission = choose(clean_name(user), files, Wanted((assignment,), counts_copies=True), nothing=nothing)
    late = LATE if any(facts["late"] for facts, _ in several) else ""
    name = next((facts["name"] for facts, _ in several if facts["name"]), "")
    return with_notes(replace(submission, name=clean_name(name) if name else ""), late)


def _facts(entry: Entry) -> re.Match[str] | None:
    """Return what Canvas wrote into a name; an archive of otter's has digits of another kind in its own."""
    stem = entry.name.rpartition(".")[0]
    if entry.is_folder or (entry.is_zip and OTTER.search(stem) and not FILE.match(OTTER.sub("", stem))):
        return None
    return TYPED.match(entry.name) or FILE.match(entry.name)


def _unnamed(entry: Entry) -> re.Match[str]:
    found = re.match(r"(?P<name>)(?P<late>)(?P<user>)(?P<file>)(?P<title>.*)$", entry.name, re.DOTALL)
    assert found is not None
    return found

"""Read the bulk download of a Moodle assignment: <full name>_<participant id>_assignsubmission_file_/<file name>.

The names are made by mod/assign of Moodle (download_submissions, later classes/downloader.php): a folder for every
participant when "download submissions in folders" is on, else the file's name follows the same prefix. Newer versions
leave out the last underscore. The participant's id is the number in the column "Identifier" of the grading worksheet.
"""

from __future__ import annotations

import re
from dataclasses import replace

from autograder.batch.layouts.choose import Candidate, Submission, Wanted, candidates, choose
from autograder.batch.layouts.entries import Entry, listing, notebooks_below
from autograder.batch.names import clean_name

NAME = "moodle"
# The first number counts: Moodle takes underscores out of names, and what follows is the learner's own.
ENTRY = re.compile(r"(?P<name>.*?)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<title>.*))?$", re.DOTALL)


def claims(folder: Entry) -> list[Entry]:
    """Return the entries whose names Moodle made."""
    return [entry for entry in listing(folder) if ENTRY.match(entry.name)]


def find(folder: Entry, assignment: str) -> list[Submission]:
    """Return one submission for every participant; Moodle's download holds the last attempt only."""
    groups: dict[str, list[tuple[re.Match[str], Entry]]] = {}
    for entry in listing(folder):
        facts = ENTRY.match(entry.name)
        if facts is not None:
            groups.setdefault(facts["id"], []).append((facts, entry))
        elif entry.is_notebook or entry.is_zip:
            facts = re.match(r"(?P<name>)(?P<id>)(?P<kind>)(?P<title>.*)$", entry.name, re.DOTALL)
            if facts is not None:
                groups.setdefault(f"{entry.shown} (no participant id)", []).append((facts, entry))
    return [_submission(number, several, assignment) for number, several in groups.items()]


def _submission(number: str, several: list[tuple[re.Match[str], Entry]], assignment: str) -> Submission:
    files: list[Candidate] = []
    held: list[str] = []
    for facts, entry in several:
        if entry.is_folder:
            files += candidates(notebooks_below(entry))
            held += [item.shown for item in listing(entry)]
        else:
            title = facts["title"] or entry.name
            held.append(clean_name(title))
            if entry.is_notebook or entry.is_zip:
                files.append(Candidate(entry, title, entry.modified))
    nothing = f"No notebook (.ipynb) was handed in on Moodle, only {', '.join(held[:5]) or 'an empty folder'}."
    submission = choose(clean_name(number), files, Wanted((assignment,)), nothing=nothing)
    name = several[0][0]["name"]
    return replace(submission, name=clean_name(name) if name else "")

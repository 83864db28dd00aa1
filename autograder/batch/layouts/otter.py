"""Read a folder of otter's own export archives: <notebook>_<time>.zip with the notebook in it.

The names are made by otter.Notebook.export. An archive does not say whose it is: the learner is what remains of its
name without the time and the assignment. The time is that of the learner's own clock, so it orders attempts and
proves nothing.
"""

from __future__ import annotations

from autograder.batch.layouts.choose import OTTER, Candidate, Submission, Wanted, choose, with_notes
from autograder.batch.layouts.entries import Entry, listing
from autograder.batch.names import clean_name

NAME = "otter"
EDGE = " _-+."


def claims(folder: Entry) -> list[Entry]:
    """Return the archives that otter may have named."""
    return [entry for entry in listing(folder) if entry.is_zip and OTTER.search(entry.name[: -len(".zip")])]


def find(folder: Entry, assignment: str) -> list[Submission]:
    """Return one submission for every learner whom the archives' names tell apart; the last in time counts."""
    groups: dict[str, list[Candidate]] = {}
    nameless: set[str] = set()
    for entry in (item for item in listing(folder) if item.is_zip or item.is_notebook):
        stem = entry.name[: entry.name.rindex(".")]
        facts = OTTER.search(stem)
        learner = OTTER.sub("", stem).replace(assignment, "").strip(EDGE) or stem
        if learner == stem:
            nameless.add(learner)
        order = float(facts["time"].replace("_", "").replace("T", "")) if facts else 0.0
        groups.setdefault(learner, []).append(Candidate(entry, entry.name, order))
    return [_submission(learner, several, assignment, learner in nameless) for learner, several in groups.items()]


def _submission(learner: str, several: list[Candidate], assignment: str, is_nameless: bool) -> Submission:
    several.sort(key=lambda one: one.order)
    submission = choose(clean_name(learner), several, Wanted((assignment, learner), counts_copies=True))
    note = "The archive's name does not say whose it is." if is_nameless else ""
    return with_notes(submission, note)

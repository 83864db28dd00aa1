"""Read the folder into which nbgrader's exchange puts what learners submit: <learner>+<assignment>+<time>[+<random>]/.

The names are those of nbgrader.exchange.default.submit.ExchangeSubmit; the exchange keeps every attempt.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from autograder.batch.layouts.choose import Submission, Wanted, with_notes
from autograder.batch.layouts.entries import Entry, listing
from autograder.batch.layouts.folders import in_folder, parse_time
from autograder.batch.names import clean_name

NAME = "exchange"
FOLDER = re.compile(r"(?P<learner>[^+]+)\+(?P<assignment>[^+]+)\+(?P<time>[^+]+)(?:\+(?P<random>[^+]+))?$")
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def claims(folder: Entry) -> list[Entry]:
    """Return the entries that look like attempts in an exchange."""
    return [entry for entry in listing(folder) if entry.is_folder and FOLDER.match(entry.name)]


def find(folder: Entry, assignment: str) -> list[Submission]:
    """Return the last attempt of every learner at the assignment."""
    attempts: dict[str, list[tuple[datetime, Entry]]] = {}
    for entry in claims(folder):
        facts = FOLDER.match(entry.name)
        if facts is not None and facts["assignment"] == assignment:
            attempts.setdefault(facts["learner"], []).append((parse_time(facts["time"]) or LONG_AGO, entry))
    found: list[Submission] = []
    for learner, several in attempts.items():
        several.sort(key=lambda attempt: (attempt[0], attempt[1].name))
        when, last = several[-1]
        submission = in_folder(clean_name(learner), last, Wanted((assignment,)))
        if submission.timestamp is None and when is not LONG_AGO:
            submission = replace(submission, timestamp=when)
        found.append(with_notes(submission, _note(several)))
    return found


def _note(attempts: list[tuple[datetime, Entry]]) -> str:
    if len(attempts) == 1:
        return ""
    times = [clean_name(when.isoformat(sep=" ", timespec="seconds")) for when, _ in attempts]
    return f"{len(attempts)} attempts were handed in. The last, of {times[-1]}, was graded, not {', '.join(times[:-1])}."

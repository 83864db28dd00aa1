"""Choose the one notebook that counts among all that a learner handed in, and say so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from autograder.batch.layouts.entries import Entry, notebooks_below, opened
from autograder.batch.names import clean_name
from autograder.errors import BadSubmission

COPY = re.compile(r"(?: ?\(\d+\)|-Copy\d+|[-_]\d{1,2})$")
# otter's Notebook.export names its archive <notebook>_<time>.zip
OTTER = re.compile(r"_?(?P<time>\d{4}_\d{2}_\d{2}T\d{2}_\d{2}_\d{2}_\d{6})$")


@dataclass(frozen=True, slots=True)
class Submission:
    """What one learner handed in: a notebook, or the problem that there is none.

    `members` is the way to the notebook when `path` is an archive. `name` and `email` are what the system says of the
    person; `learner` is the id by which the system's gradebook knows them.
    """

    learner: str
    path: Path | None
    timestamp: datetime | None = None
    problem: str = ""
    notes: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file that a learner handed in: `title` is the learner's own name for it, `order` grows with time."""

    entry: Entry
    title: str
    order: float
    carrier: str = ""

    @property
    def stem(self) -> str:
        return self.title[: -len(".ipynb")] if self.title.lower().endswith(".ipynb") else self.title


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the right notebook is called; where a system numbers its copies, a later number counts like the name itself."""

    names: tuple[str, ...]
    counts_copies: bool = False

    def rank(self, candidate: Candidate) -> tuple[int, float, str]:
        """Return a key that is smallest for the notebook that counts."""
        is_copy = COPY.sub("", candidate.stem) in self.names
        order = 0 if candidate.stem in self.names or (is_copy and self.counts_copies) else 1 if is_copy else 2
        return order, -candidate.order, candidate.title


def candidates(entries: Iterable[Entry]) -> list[Candidate]:
    """Return files under their own names, ordered by the time of their last change."""
    return [Candidate(entry, entry.name, entry.modified) for entry in entries if entry.is_notebook or entry.is_zip]


def choose(learner: str, handed_in: Iterable[Candidate], wanted: Wanted, *, nothing: str = "") -> Submission:
    """Return a learner's submission: the assignment's name wins, then a copy of it, then the newest.

    `nothing` is what is said when neither a notebook nor an archive was handed in.
    """
    given, problems = _unpacked(list(handed_in))
    fine = sorted((one for one in given if not one.entry.refusal), key=wanted.rank)
    if not fine:
        problems = list(dict.fromkeys([*(one.entry.refusal for one in given), *problems]))
        return Submission(learner, None, problem=" ".join(problems) or nothing or "No notebook (.ipynb) was handed in.")
    best = fine[0]
    notes = _notes(best, [one for one in given if one is not best], wanted) + tuple(problems)
    return Submission(learner, best.entry.path, notes=notes, members=best.entry.members)


def with_notes(submission: Submission, *notes: str) -> Submission:
    """Return a submission with more notes, the new ones first."""
    return replace(submission, notes=(*(note for note in notes if note), *submission.notes))


def _unpacked(handed_in: list[Candidate]) -> tuple[list[Candidate], list[str]]:
    """Replace archives by the notebooks in them, and say of each other one why there is none."""
    found: list[Candidate] = []
    problems: list[str] = []
    for one in handed_in:
        if not one.entry.is_zip:
            found.append(one)
            continue
        try:
            inside = list(notebooks_below(opened(one.entry)))
        except BadSubmission as problem:
            problems.append(str(problem))
            continue
        notebooks = [entry for entry in inside if entry.is_notebook]
        found += [Candidate(entry, entry.name, one.order, one.title) for entry in notebooks]
        if not notebooks:
            more = " It holds another archive; hand in the .ipynb file." if inside else ""
            problems.append(f"The zip archive {one.entry.shown} holds no notebook (.ipynb).{more}")
    return found, problems


def _notes(best: Candidate, others: list[Candidate], wanted: Wanted) -> tuple[str, ...]:
    def shown(one: Candidate) -> str:
        return clean_name(one.title) + (f" in {clean_name(one.carrier)}" if one.carrier else "")

    notes: tuple[str, ...] = ()
    if others:
        notes = (f"Several notebooks were handed in. {shown(best)} was graded, not {', '.join(map(shown, others))}.",)
    elif best.stem not in wanted.names:
        name = f"{wanted.names[0]}.ipynb"
        notes = (f"The notebook is called {clean_name(best.title)} instead of {name}; it was graded all the same.",)
    if best.carrier and not others:
        notes += (f"The notebook came in the archive {clean_name(best.carrier)}.",)
    return notes

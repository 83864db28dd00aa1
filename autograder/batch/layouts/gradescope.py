"""Read Gradescope's export of submissions: submission_metadata.yml and a folder submission_<id>/ for each.

The metadata has one key for every folder, with `:submitters:` (name, sid, email), `:created_at:`, `:score:` and
`:history:`, the earlier attempts. The folder holds the attempt that Gradescope counts as the active one. A group is
one folder with several submitters. The keys are those that public programs read; Gradescope does not document them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from autograder.batch.layouts.choose import Submission, Wanted, candidates, choose, with_notes
from autograder.batch.layouts.entries import Entry, listing, notebooks_below, read
from autograder.batch.names import clean_name
from autograder.errors import BadSubmission

NAME = "gradescope"
METADATA = "submission_metadata.yml"
FOLDER = re.compile(r"submission_\d+$")


def claims(folder: Entry) -> list[Entry]:
    """Return the entries that an export of Gradescope's consists of."""
    inside = listing(folder)
    has_metadata = any(entry.name == METADATA for entry in inside)
    return [e for e in inside if e.name == METADATA or (e.is_folder and (has_metadata or FOLDER.match(e.name)))]


def find(folder: Entry, assignment: str) -> list[Submission]:
    """Return one submission for every submitter of every folder.

    Raises BadSubmission when the metadata cannot be read.
    """
    inside = listing(folder)
    metadata = next((entry for entry in inside if entry.name == METADATA), None)
    facts = _metadata(metadata) if metadata is not None else {}
    folders = {entry.name: entry for entry in inside if entry.is_folder}
    found: list[Submission] = []
    for name in sorted({*folders, *facts}):
        found += _of_one(name, folders.get(name), facts.get(name), assignment)
    return found


def _of_one(name: str, folder: Entry | None, facts: Any, assignment: str) -> Iterator[Submission]:
    facts = facts if isinstance(facts, dict) else {}
    if folder is None:
        submission = Submission(clean_name(name), None, problem=f"The export holds no folder {clean_name(name)}.")
    else:
        held = ", ".join(entry.shown for entry in listing(folder)[:5])
        nothing = f"No notebook (.ipynb) was handed in on Gradescope; {folder.shown} holds {held or 'nothing'}."
        files = candidates(notebooks_below(folder))
        submission = choose(clean_name(name), files, Wanted((assignment,)), nothing=nothing)
    submission = replace(submission, timestamp=_time(facts.get(":created_at")))
    people = [person for person in _list(facts.get(":submitters")) if isinstance(person, dict)]
    earlier = len(_list(facts.get(":history")))
    notes = [f"Gradescope keeps {earlier} earlier attempt{'s' * (earlier > 1)}; the active one was graded." if earlier else ""]
    if len(people) > 1:
        notes.append(f"A group of {len(people)} handed this in together: {', '.join(_text(p, ':name') for p in people)}.")
    if not people:
        yield with_notes(submission, f"{METADATA} does not say who handed in {clean_name(name)}.", *notes)
    for person in people:
        email, sid, full = _text(person, ":email"), _text(person, ":sid"), _text(person, ":name")
        learner = email or sid or f"{full or 'nameless'} ({clean_name(name)})"
        yield with_notes(replace(submission, learner=learner, name=full, email=email), *notes)


def _metadata(entry: Entry) -> dict[str, Any]:
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """Builds plain values; what carries a tag of Ruby's is taken as the plain value under it."""

        def flatten_mapping(self, node: Any) -> None:
            """Leave merge keys alone: a few lines of them can stand for any amount of memory."""

    def plain(loader: Any, _suffix: str, node: Any) -> Any:
        if isinstance(node, yaml.MappingNode):
            return loader.construct_mapping(node, deep=True)
        if isinstance(node, yaml.SequenceNode):
            return loader.construct_sequence(node, deep=True)
        return loader.construct_scalar(node)

    Loader.add_multi_constructor("!", plain)
    Loader.add_multi_constructor("tag:", plain)
    try:
        text = _without_results(read(entry.path, entry.members).decode("utf-8-sig"))
        found = yaml.load(text, Loader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, UnicodeDecodeError) as problem:
        first = (str(problem).splitlines() or [""])[0]
        raise BadSubmission(f"{METADATA} cannot be read: {first}. Download the export from Gradescope again.") from None
    if not isinstance(found, dict):
        raise BadSubmission(f"{METADATA} does not name any submission. Download the export from Gradescope again.")
    return {str(key): value for key, value in found.items()}


def _without_results(text: str) -> str:
    """Leave out the outputs of Gradescope's autograder: they are nearly all of the file, and take minutes to parse."""
    kept: list[str] = []
    skipped: int | None = None
    for line in text.splitlines(keepends=True):
        bare = line.lstrip(" ")
        indent = len(line) - len(bare)
        if skipped is not None and (not bare.strip() or indent > skipped or (indent == skipped and bare.startswith("- "))):
            continue
        skipped = indent if bare.startswith(":results:") else None
        if skipped is None:
            kept.append(line)
    return "".join(kept)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(person: dict[Any, Any], key: str) -> str:
    value = person.get(key)
    return clean_name(str(value).strip()) if value is not None and str(value).strip() else ""


def _time(value: Any) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip().removesuffix("UTC").strip())
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime(value.year, value.month, value.day, tzinfo=UTC) if isinstance(value, date) else None

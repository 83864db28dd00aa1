"""Read the submissions and the course's own files again, to compare the learners' answers.

The store keeps results, not notebooks. Nothing is run: notebooks and exercise files are read as text. Pairs are kept, and hold
until a learner's code or a function of the course changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from autograder.batch.fingerprint import files_digest
from autograder.batch.store import AssignmentFacts, Store
from autograder.batch.submissions import Submission, find_submissions, submission_bytes
from autograder.errors import BadSubmission, UsageProblem
from autograder.grading.notebook import as_python, read_notebook
from autograder.outputs.similarity import Answers, Pair, Shared, answers_in, similar_pairs, tokens_of_course


def similar_answers(store: Store, place: Path, root: Path) -> dict[str, tuple[Pair, ...]]:
    """Return the pairs of similar answers below a folder of submissions, by assignment.

    Raises UsageProblem when the folder holds no answer to any assignment of the store.
    """
    found: dict[str, tuple[Pair, ...]] = {}
    problems: list[str] = []
    for assignment in store.assignments():
        try:
            pairs = pairs_of(store, find_submissions(place, assignment.name), assignment, root)
        except UsageProblem as problem:
            problems.append(str(problem))
            continue
        if pairs is None:
            problems.append(
                f"{place} holds no answer to {assignment.name} by a learner of these results. Name the folder that was graded."
            )
        else:
            found[assignment.name] = pairs
    if problems and not found:
        raise UsageProblem("\n".join(problems))
    return found


def pairs_of(
    store: Store, submissions: Iterable[Submission], assignment: AssignmentFacts, root: Path
) -> tuple[Pair, ...] | None:
    """Return the pairs of similar answers among submissions; None when they hold no answer at all."""
    names = {exercise.name for exercise in assignment.exercises}
    graded = set(store.learners(assignment.name))
    known: dict[str, Answers] = {}
    answers: dict[str, Answers] = {}
    for submission in submissions:
        if submission.learner not in graded:
            continue
        try:
            cells = read_notebook(submission_bytes(submission)).cells
        except BadSubmission:
            continue  # the class page names it already, with the reason
        sources = (cell.source for cell in cells if "def " in cell.source)
        answers[submission.learner] = answers_in((as_python(source) for source in sources), names, known=known)
    if not any(answers.values()):
        return None
    return similar_pairs(answers, own=tokens_of_course(_course_sources(root, assignment.name)))


def kept_pairs(store: Store, submissions: Iterable[Submission], assignment: AssignmentFacts, root: Path) -> tuple[Pair, ...]:
    """Return the pairs among the submissions that were just graded, from the store when nothing that they depend on changed."""
    submissions = list(submissions)
    own, codes = tokens_of_course(_course_sources(root, assignment.name)), store.codes(assignment.name)
    theirs = sorted((one.learner, codes[one.learner]) for one in submissions if one.learner in codes)
    known = [files_digest(("outputs/similarity.py", "grading/code.py")), theirs, own]
    key = hashlib.sha256(json.dumps(known).encode()).hexdigest()
    text = store.similar(assignment.name, key)
    if text is None:
        pairs = pairs_of(store, submissions, assignment, root) or ()
        store.note_similar(assignment.name, key, json.dumps([asdict(pair) for pair in pairs]))
        return pairs
    return tuple(
        Pair((one, other), tuple(Shared(**item) for item in pair["shared"]))
        for pair in json.loads(text)
        for one, other in [pair["learners"]]
    )


def _course_sources(root: Path, assignment: str) -> Iterator[str]:
    folder = root / "source" / assignment
    for path in sorted(folder.glob("*.py")) if folder.is_dir() else []:
        yield path.read_text(encoding="utf-8")
    released = root / "release" / assignment / f"{assignment}.ipynb"
    if released.is_file():
        yield from (cell.source for cell in read_notebook(released.read_bytes()).cells)


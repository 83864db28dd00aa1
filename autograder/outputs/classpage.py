"""Write the class page: one self-contained HTML file for the staff."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import quote

from autograder.batch.names import file_names
from autograder.batch.store import AssignmentFacts, Store
from autograder.grading.verdict import Status, SubmissionReport, Verdict
from autograder.outputs.feedback import feedback_folder
from autograder.outputs.pages import page
from autograder.outputs.plain import STATUS_WORDS, SYMBOLS, WORDS, percent_text, points_text, write_text

BINS = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the distribution, in units of the drawing."""

    label: str
    count: int
    x: int
    height: int


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """What the class did with one exercise."""

    title: str
    name: str
    mean: str
    possible: str
    share: int
    verdicts: tuple[tuple[str, str, int], ...]
    misconception: str
    hint: str
    times: int


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """One learner in the table."""

    learner: str
    link: str
    status: str
    score: str
    percent: str
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A submission that a person should look at, with the reasons."""

    learner: str
    link: str
    status: str
    notes: tuple[str, ...]
    staff_notes: tuple[str, ...]


def write_class_page(store: Store, out: Path) -> list[Path]:
    """Write OUT/class.html, or one class-<assignment>.html each when the store has several assignments."""
    assignments = store.assignments()
    pages: list[Path] = []
    for assignment in assignments:
        name = "class.html" if len(assignments) == 1 else f"class-{assignment.name}.html"
        folder = feedback_folder(store, out, assignment.name).relative_to(out).as_posix()
        text = class_page(store.reports(assignment.name), assignment, run=store.last_run(assignment.name), folder=folder)
        pages.append(write_text(out / name, text))
    return pages


def class_page(
    reports: list[SubmissionReport], assignment: AssignmentFacts, *, run: dict[str, Any], folder: str = "feedback"
) -> str:
    """Return the class page of one assignment."""
    names = file_names([report.learner for report in reports])
    links = {learner: f"{quote(folder)}/{quote(name)}.html" for learner, name in names.items()}
    graded = [report for report in reports if report.status is Status.GRADED]
    shares = [report.points / report.possible for report in graded if report.possible]
    ordered = sorted(shares)
    most = assignment.points
    return page(
        "class.html",
        assignment=assignment,
        counts=[(status.value, sum(report.status is status for report in reports)) for status in Status],
        total=len(reports),
        mean=percent_text(sum(shares, Fraction(0)), Fraction(len(shares))) if shares else "",
        median=percent_text(ordered[len(ordered) // 2] + ordered[(len(ordered) - 1) // 2], Fraction(2)) if shares else "",
        bars=distribution(shares),
        exercises=[_exercise_row(graded, position, assignment) for position in range(len(assignment.exercises))],
        learners=[_learner_row(report, assignment, links[report.learner]) for report in reports],
        trouble=[_trouble(report, links[report.learner]) for report in _first_problems(reports)],
        legend=[(SYMBOLS[verdict], WORDS[verdict]) for verdict in reversed(Verdict)],
        most=points_text(most),
        run=run,
        is_unsafe=bool(run.get("is_unsafe")) or any(report.is_unsafe for report in reports),
    )


def distribution(shares: list[Fraction]) -> list[Bar]:
    """Return ten bars: how many learners reached 0 to 10 per cent, 10 to 20, ... and 90 to 100."""
    counts = Counter(min(BINS - 1, int(share * BINS)) for share in shares)
    highest = max(counts.values(), default=1)
    return [
        Bar(f"{place * 10}–{place * 10 + 10} %", counts[place], 12 + place * 60, round(140 * counts[place] / highest))
        for place in range(BINS)
    ]


def _exercise_row(reports: list[SubmissionReport], position: int, assignment: AssignmentFacts) -> ExerciseRow:
    facts = assignment.exercises[position]
    results = [exercise for report in reports for exercise in report.exercises if exercise.name == facts.name]
    verdicts = Counter(result.verdict for result in results)
    named = Counter((result.misconception, result.hint) for result in results if result.misconception)
    # The most common first; equal ones by name, so that the page is the same every time.
    (misconception, hint), times = min(named.items(), key=lambda item: (-item[1], item[0]), default=(("", ""), 0))
    mean = sum((result.points for result in results), Fraction(0)) / len(results) if results else Fraction(0)
    return ExerciseRow(
        title=facts.title,
        name=facts.name,
        mean=points_text(mean),
        possible=points_text(facts.points),
        share=round(100 * mean / facts.points) if facts.points else 0,
        verdicts=tuple((SYMBOLS[v], WORDS[v], verdicts[v]) for v in reversed(Verdict) if verdicts[v]),
        misconception=misconception.replace("_", " "),
        hint=hint,
        times=times,
    )


def _learner_row(report: SubmissionReport, assignment: AssignmentFacts, link: str) -> LearnerRow:
    verdicts = {exercise.name: exercise.verdict for exercise in report.exercises}
    is_read = report.status is not Status.UNREADABLE
    marks = [verdicts.get(exercise.name) if is_read else None for exercise in assignment.exercises]
    return LearnerRow(
        learner=report.learner,
        link=link,
        status=report.status.value,
        score=points_text(report.points),
        percent=percent_text(report.points, report.possible or assignment.points),
        marks=tuple((SYMBOLS[mark], WORDS[mark]) if mark else ("", "not graded") for mark in marks),
    )


def _first_problems(reports: list[SubmissionReport]) -> list[SubmissionReport]:
    order = {Status.INCOMPLETE: 0, Status.UNREADABLE: 1}
    return sorted((report for report in reports if report.status in order), key=lambda report: order[report.status])


def _trouble(report: SubmissionReport, link: str) -> Trouble:
    staff = [*report.staff_notes]
    staff += [c.staff_note for e in report.exercises for c in e.checks if c.verdict is Verdict.OUR_FAULT and c.staff_note]
    unique = tuple(dict.fromkeys(staff))
    return Trouble(report.learner, link, STATUS_WORDS[report.status], report.notes, unique)

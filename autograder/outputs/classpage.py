"""Write the class page: one self-contained HTML file for the staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import quote

from autograder.authoring.config import CourseConfig
from autograder.batch.names import file_names
from autograder.batch.store import AssignmentFacts, Store
from autograder.grading.verdict import Status, SubmissionReport, Verdict
from autograder.outputs.clusters import clusters, misconceptions
from autograder.outputs.feedback import feedback_folder
from autograder.outputs.figures import group_of, histogram, verdict_bar, verdict_key
from autograder.outputs.lateness import Deadline, deadline, handed_in, missing_names
from autograder.outputs.pages import page
from autograder.outputs.plain import STATUS_WORDS, SYMBOLS, WORDS, percent_text, points_text, write_text
from autograder.outputs.similarity import Pair
from autograder.outputs.statistics import Item, analyse, graded_only
from autograder.outputs.suspicions import suspicions
from autograder.outputs.values import laid_out

# What a page shows at most, so that it stays usable for a very large class; it says how many it leaves out.
MOST_TROUBLES, MOST_CLUSTERS, MOST_NAMES, MOST_LINES = 40, 60, 120, 60


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """One exercise, as the table shows it."""

    item: Item
    mean: str
    possible: str
    share: int
    solved: int
    discrimination: str
    point_biserial: str
    bar: str


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


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a class page needs besides the reports; what is None is not known, and the page says nothing about it."""

    run: Mapping[str, Any]
    folder: str = "feedback"
    deadline: Deadline | None = None
    missing: tuple[str, ...] | None = None
    pairs: tuple[Pair, ...] | None = None
    pass_mark: float | None = None


def write_class_page(
    store: Store,
    out: Path,
    *,
    course: CourseConfig | None = None,
    pairs: Mapping[str, tuple[Pair, ...]] | None = None,
) -> list[Path]:
    """Write OUT/class.html, or one class-<assignment>.html each when the store has several assignments.

    `course` brings due dates and the pass mark, `pairs` the similar answers by assignment, and OUT/roster.csv the learners
    from whom nothing came.
    """
    assignments = store.assignments()
    pages: list[Path] = []
    for assignment in assignments:
        name = "class.html" if len(assignments) == 1 else f"class-{assignment.name}.html"
        around = Surroundings(
            run=store.last_run(assignment.name),
            folder=feedback_folder(store, out, assignment.name).relative_to(out).as_posix(),
            deadline=deadline(handed_in(store, assignment.name), assignment.name, course),
            missing=missing_names(out, store.learners(assignment.name)),
            pairs=None if pairs is None else pairs.get(assignment.name),
            pass_mark=course.pass_mark if course else None,
        )
        pages.append(write_text(out / name, class_page(store.reports(assignment.name), assignment, around)))
    return pages


def class_page(reports: list[SubmissionReport], assignment: AssignmentFacts, around: Surroundings) -> str:
    """Return the class page of one assignment."""
    names = file_names([report.learner for report in reports])
    links = {learner: f"{quote(around.folder)}/{quote(name)}.html" for learner, name in names.items()}
    graded = graded_only(reports)
    shares = [report.points / report.possible for report in graded if report.possible]
    items = analyse(reports, assignment)
    named = misconceptions(reports, assignment)
    troubles = _first_problems(reports)
    groups = clusters(reports, assignment)
    return page(
        "class.html",
        assignment=assignment,
        around=around,
        run=around.run,
        counts=[(status.value, sum(report.status is status for report in reports)) for status in Status],
        total=len(reports),
        most=points_text(assignment.points),
        **_middle(shares),
        below=_below(shares, around.pass_mark),
        histogram=histogram(shares, pass_mark=around.pass_mark) if shares else "",
        exercises=[_exercise_row(item) for item in items],
        suspicions=suspicions(reports, items),
        common=[item for item in named if len(item.learners) > 1],
        single=[item for item in named if len(item.learners) == 1],
        key=verdict_key(),
        clusters=groups[:MOST_CLUSTERS],
        clusters_left_out=max(0, len(groups) - MOST_CLUSTERS),
        titles={exercise.name: exercise.title for exercise in assignment.exercises},
        learners=[_learner_row(report, assignment, links[report.learner]) for report in reports],
        trouble=[_trouble(report, links[report.learner]) for report in troubles[:MOST_TROUBLES]],
        trouble_left_out=max(0, len(troubles) - MOST_TROUBLES),
        legend=[(SYMBOLS[verdict], WORDS[verdict]) for verdict in reversed(Verdict)],
        words=WORDS,
        laid_out=laid_out,
        few_names=_few_names,
        few_lines=_few_lines,
        is_unsafe=bool(around.run.get("is_unsafe")) or any(report.is_unsafe for report in reports),
    )


def _middle(shares: list[Fraction]) -> dict[str, str]:
    if not shares:
        return {"mean": "", "median": ""}
    ordered = sorted(shares)
    middle = ordered[len(ordered) // 2] + ordered[(len(ordered) - 1) // 2]
    return {"mean": percent_text(sum(shares, Fraction(0)), Fraction(len(shares))), "median": percent_text(middle, Fraction(2))}


def _below(shares: list[Fraction], pass_mark: float | None) -> int | None:
    # The decimal that stands in course_config.py is meant, not the binary number nearest to it.
    return None if pass_mark is None else sum(share < Fraction(str(pass_mark)) for share in shares)


def _exercise_row(item: Item) -> ExerciseRow:
    return ExerciseRow(
        item=item,
        mean=points_text(item.mean),
        possible=points_text(item.possible),
        share=round(100 * item.share),
        solved=round(Fraction(100 * item.passed, item.learners)) if item.learners else 0,
        discrimination=_figure(item.discrimination),
        point_biserial=_figure(item.point_biserial),
        bar=verdict_bar(item.verdicts),
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "\N{MINUS SIGN}")


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
        marks=tuple((SYMBOLS[mark], _letter(mark)) if mark else ("", "n") for mark in marks),
    )


def _letter(verdict: Verdict) -> str:
    return {"passed": "p", "untried": "n"}.get(group_of(verdict), "f")


def _first_problems(reports: list[SubmissionReport]) -> list[SubmissionReport]:
    order = {Status.INCOMPLETE: 0, Status.UNREADABLE: 1}
    return sorted((report for report in reports if report.status in order), key=lambda report: order[report.status])


def _trouble(report: SubmissionReport, link: str) -> Trouble:
    staff = [*report.staff_notes]
    staff += [c.staff_note for e in report.exercises for c in e.checks if c.verdict is Verdict.OUR_FAULT and c.staff_note]
    unique = tuple(dict.fromkeys(staff))
    return Trouble(report.learner, link, STATUS_WORDS[report.status], report.notes, unique)


def _few_names(learners: tuple[str, ...]) -> str:
    left_out = len(learners) - MOST_NAMES
    return ", ".join(learners[:MOST_NAMES]) + (f" and {left_out} more" if left_out > 0 else "")


def _few_lines(code: str) -> str:
    lines = code.split("\n")
    cut = "\n".join(lines[:MOST_LINES])[:4000]
    return cut if len(cut) == len(code) else cut + "\n…"

"""A store with a small class in it, hostile texts included."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.batch.store import FILE, Stamp, Store
from autograder.grading.verdict import CheckResult, ExerciseResult, Status, SubmissionReport, Verdict

WEEK = "week99_fake"
SCRIPT = "<script>alert('x')</script>"
NOW = datetime(2027, 1, 1, tzinfo=UTC)


def exercise(name: str, verdict: Verdict, points: Fraction, **more: object) -> ExerciseResult:
    passed = verdict is Verdict.PASSED
    check = CheckResult(
        f"secret_name_of_{name}", f"{name} holds & is <true>.", True, verdict, points, Fraction(3),
        message="" if passed else f"wrong {SCRIPT}", call="" if passed else f"{name}(nan, '\x1b[31m\u202e')",
        got="" if passed else "nan", expected="" if passed else "1.0", line="" if passed else f"x = '{SCRIPT}'",
        staff_note="" if passed else "ONLY FOR STAFF",
    )  # fmt: skip
    return ExerciseResult(name, name.title(), verdict, points, Fraction(3), (check,), section="Six", **more)


@pytest.fixture
def facts():
    items = [SimpleNamespace(name=n, title=n.title(), facts=SimpleNamespace(points=3)) for n in ("alpha", "beta")]
    return SimpleNamespace(id=WEEK, title=f"Week {SCRIPT}", exercises=items)


@pytest.fixture
def out(tmp_path, facts) -> Path:
    """A folder with a store: a good, a wrong, an unreadable and an incomplete submission, and one with a hostile name."""
    wrong = {"misconception": "squares_it", "hint": f"Twice, not squared {SCRIPT}."}
    reports = [
        _report("ada", exercise("alpha", Verdict.PASSED, Fraction(3)), exercise("beta", Verdict.PASSED, Fraction(3))),
        _report("bob", exercise("alpha", Verdict.FAILED, Fraction(5, 3), **wrong),
                exercise("beta", Verdict.CRASHED, Fraction(0))),
        _report(f"=cmd|'{SCRIPT}'!A1", exercise("alpha", Verdict.TIMEOUT, Fraction(0)),
                exercise("beta", Verdict.PASSED, Fraction(3))),
        _report("eve", status=Status.UNREADABLE, notes=(f"The file is empty {SCRIPT}.\x00\ud800",)),
        _report("mal", exercise("alpha", Verdict.OUR_FAULT, Fraction(0)), exercise("beta", Verdict.PASSED, Fraction(3)),
                status=Status.INCOMPLETE, staff_notes=("Traceback: the grader tripped",)),
    ]  # fmt: skip
    with Store(tmp_path / FILE, create=True) as store:
        store.describe(facts)
        run = store.begin_run(WEEK, jobs=2, now=NOW)
        for report in reports:
            store.save(report, Stamp("key", run, NOW), possible=Fraction(6))
        layers = {"layers": ["seccomp"], "refused_layers": [["landlock", f"none {SCRIPT}"]]}
        store.end_run(run, {"total": 5, "graded": 5, "skipped": 0, "seconds": 2.0, "throughput": 2.5, "ended_at": "x"} | layers)
    return tmp_path


def _report(learner: str, *exercises: ExerciseResult, status: Status = Status.GRADED, **more: object) -> SubmissionReport:
    return SubmissionReport(learner, WEEK, status, exercises, **more)

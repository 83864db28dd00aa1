"""Let plain pytest prove exercises, or check one submission with `--submission=NOTEBOOK`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from autograder.grading.verdict import CheckResult, SubmissionReport


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that turns the exercises of a week into checks of one submission."""
    parser.getgroup("mml").addoption(
        "--submission", metavar="NOTEBOOK", help="run all checks of the given week against this notebook, in the sandbox"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the numbered exercise files of `source/`."""
    from autograder.authoring.discover import NUMBERED

    is_exercise = file_path.suffix == ".py" and NUMBERED.match(file_path.name) and file_path.parent.parent.name == "source"
    return ExerciseFile.from_parent(parent, path=file_path) if is_exercise else None


class Broken(Exception):
    """A claim about an exercise, or a check of a submission, does not hold."""


class ExerciseFile(pytest.File):
    """One numbered file as a collection of claims."""

    def collect(self) -> Iterator[pytest.Item]:
        from autograder.authoring.config import load_config

        root = self.path.parents[2]
        config = load_config(root)
        exercise = next(e for e in _assignment(self.config, self.path.parent).exercises if e.path.name == self.path.name)
        if self.config.getoption("--submission"):
            for check in exercise.checks:
                yield SubmissionCheck.from_parent(self, name=check.name, exercise=exercise.name)
            return
        from autograder.grading.prove import claims_of

        for name, claim in claims_of(exercise, seconds=config.check_seconds).items():
            yield ClaimItem.from_parent(self, name=name, claim=claim)


class ClaimItem(pytest.Item):
    """One claim: reference, stub, accepted[...], misconception[...] or universal[...]."""

    def __init__(self, *, claim: Callable[[], str], **options: Any) -> None:
        super().__init__(**options)
        self.claim = claim

    def runtest(self) -> None:
        problem = self.claim()
        if problem:
            raise Broken(problem)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        return str(excinfo.value) if isinstance(excinfo.value, Broken) else super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.stem}: {self.name}"


class SubmissionCheck(pytest.Item):
    """One check of one submission; the whole notebook is graded once, in the sandbox."""

    def __init__(self, *, exercise: str, **options: Any) -> None:
        super().__init__(**options)
        self.exercise = exercise

    def runtest(self) -> None:
        report = _report(self.config, self.path.parent)
        if not any(result.checks for result in report.exercises) or report.status == "unreadable":
            raise Broken("; ".join(report.notes))
        result = next(result for result in report.exercises if result.name == self.exercise)
        check = next(check for check in result.checks if check.name == self.name)
        if check.verdict != "passed":
            raise Broken(_explain(check, result.hint))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        return str(excinfo.value) if isinstance(excinfo.value, Broken) else super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.exercise}: {self.name}"


def _explain(check: CheckResult, hint: str) -> str:
    from autograder.grading.verdict import MEANING

    lines = [check.sentence, f"{check.verdict}: {check.message or MEANING[check.verdict]}"]
    for label, text in (("call", check.call), ("came back", check.got), ("expected", check.expected), ("line", check.line)):
        lines += [f"  {label}: {text}"] if text else []
    return "\n".join(lines + ([f"  hint: {hint}"] if hint else []))


_KEPT = pytest.StashKey[dict[Path, Any]]()
_REPORTS = pytest.StashKey[dict[Path, Any]]()


def _assignment(config: pytest.Config, folder: Path) -> Any:
    from autograder.authoring.discover import read_assignment

    kept = config.stash.setdefault(_KEPT, {})
    if folder not in kept:
        kept[folder] = read_assignment(folder)
    return kept[folder]


def _report(config: pytest.Config, folder: Path) -> SubmissionReport:
    from autograder.authoring.config import load_config
    from autograder.grading.grader import Grader

    reports = config.stash.setdefault(_REPORTS, {})
    if folder not in reports:
        notebook = Path(config.getoption("--submission"))
        root = folder.parents[1]
        with Grader(_assignment(config, folder), load_config(root), release=root / "release") as grader:
            reports[folder] = grader.grade(notebook.stem, notebook.read_bytes())
    return reports[folder]

"""Serve Gradescope's container: grade the one submission that lies there and write results/results.json.

Layout: "Autograder Specifications", https://gradescope-autograders.readthedocs.io/en/latest/specs/. What is written to stdout
is for instructors. Exit codes: 0 a verdict was written, 3 our own fault.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.authoring.config import load_config
from autograder.authoring.discover import read_assignment
from autograder.batch.names import clean_name
from autograder.batch.submissions import Submission, find_submissions, submission_bytes
from autograder.build.lean import lean
from autograder.errors import BadSubmission, UsageProblem
from autograder.grading.grader import Grader
from autograder.grading.verdict import Status
from autograder.outputs.gradescope import our_fault, refused, results
from autograder.outputs.plain import write_text

NOTHING = "No notebook (.ipynb) was handed in; {found}. Hand in {assignment}.ipynb."
MOST_FILES = 10_000


def main() -> int:
    """Grade what lies below the base folder that the first argument names and return the exit code."""
    base = Path(sys.argv[1])
    try:
        outcome, code = serve(base)
    except Exception:  # the border of a process that nobody watches: whatever broke is our fault and must be said
        traceback.print_exc(file=sys.stdout)
        outcome, code = our_fault(traceback.format_exc()), 3
    write_text(base / "results" / "results.json", json.dumps(outcome, indent=1, ensure_ascii=True, allow_nan=False) + "\n")
    return code


def serve(base: Path) -> tuple[dict[str, Any], int]:
    """Return results.json and the exit code for the submission below a base folder."""
    facts = json.loads((base / "source" / "bundle.json").read_text(encoding="utf-8"))
    root, assignment, possible = base / "source" / "course", facts["assignment"], float(facts["points"])
    try:
        submission = handed_in(base / "submission", assignment)
        content = submission_bytes(submission)
    except BadSubmission as problem:
        print(problem)
        return refused("The submission cannot be graded", str(problem), possible=possible, unsafe=facts["unsafe"]), 0
    config = replace(load_config(root), secret=facts["secret"])
    with lean():
        week = read_assignment(root / "source" / assignment)
    with Grader(week, config, release=root / "release", unsafe=facts["unsafe"]) as grader:
        report = grader.grade(_learner(base), content, name=submission.path.name if submission.path else "")
    report = replace(report, notes=(*submission.notes, *report.notes))
    print(f"status {report.status.value}; layers {', '.join(report.layers)}")
    for layer, reason in report.refused_layers:
        print(f"not active: {layer} ({reason})")
    print(*report.staff_notes, sep="\n")
    code = 3 if report.status is Status.INCOMPLETE else 0
    return results(report, hidden_visibility=facts["hidden_visibility"]), code


def handed_in(folder: Path, assignment: str) -> Submission:
    """Return the notebook that counts among everything that was handed in; `mml grade` chooses in the same way.

    Raises BadSubmission when there is none.
    """
    folder = folder.resolve()
    # Links lead elsewhere and are left out.
    files = [path for path in sorted(folder.rglob("*"))[:MOST_FILES] if path.resolve() == path and path.is_file()]
    notebooks = [path for path in files if path.suffix.lower() == ".ipynb" and path.name[0] != "."]
    if not notebooks:
        names = ", ".join(clean_name(path.name) for path in files[:5])
        found = f"what came is {names}" if names else "nothing came"
        raise BadSubmission(NOTHING.format(found=found, assignment=assignment))
    with tempfile.TemporaryDirectory(prefix="mml-submission-") as place:
        # An upload keeps its subfolders; side by side the notebooks can be compared.
        home = Path(place) / "learner" / assignment
        home.mkdir(parents=True)
        origin: dict[str, Path] = {}
        for path in notebooks:
            name = path.name if path.name not in origin else f"{path.stem} ({len(origin)}).ipynb"
            origin[name] = path
            shutil.copy2(path, home / name)
        try:
            chosen = find_submissions(Path(place), assignment, layout="nbgrader")[0]
        except UsageProblem as problem:
            raise BadSubmission(str(problem)) from problem
    if chosen.problem or chosen.path is None:
        raise BadSubmission(chosen.problem or "No notebook was handed in.")
    return replace(chosen, path=origin[chosen.path.name])


def _learner(base: Path) -> str:
    """Return the first name in submission_metadata.json; it decides nothing."""
    try:
        metadata = json.loads((base / "submission_metadata.json").read_text(encoding="utf-8"))
        return clean_name(str(metadata["users"][0]["name"]))
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return "learner"


if __name__ == "__main__":
    sys.exit(main())

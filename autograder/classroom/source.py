"""Write the notebook from which nbgrader makes its release: solutions between markers, all checks in hidden tests."""

from __future__ import annotations

import json
from typing import Any

from autograder.authoring.cells import Role, exercise_cells
from autograder.authoring.config import CourseConfig
from autograder.authoring.model import Assignment, Exercise
from autograder.build.hidden import HiddenEdition, hidden_edition
from autograder.build.notebook import SCORE_CELL, Edition, cell_id, notebook_text

BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"

RUNNER = '''
class Keeping:
    """Keeps the function that it decorates."""

    def __call__(self, function):
        self.test_func = function
        return self


class Case(Watching, Keeping):
    """A check that watches every call."""


def run(cases, notebook, points):
    """Run checks, say what failed, and return the points that were earned."""
    earned = 0
    for weight, sentence, case in cases:
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                case.call_func(notebook)
        except Exception as problem:
            print(f"{sentence}\\n  {problem}\\n")
        else:
            earned += weight
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
    return earned * points / sum(weight for weight, _, _ in cases)
'''


def source_notebook(assignment: Assignment, config: CourseConfig) -> str:
    """Return the nbgrader source notebook of an assignment as the bytes on disk spell it.

    Raises BadExercise when a check cannot travel.
    """
    notebook = json.loads(notebook_text(assignment, Edition.RELEASE))
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    for exercise in assignment.exercises:
        solution = next(cell.source for cell in exercise_cells(exercise) if cell.role is Role.SOLUTION)
        _write(cells[cell_id(f"{exercise.name}-answer")], solution)
        _write(cells[cell_id(f"{exercise.name}-score")], score_cell(exercise, hidden_edition(exercise, config)))
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def score_cell(exercise: Exercise, edition: HiddenEdition) -> str:
    """Return a cell that runs every check and ends with the points that were earned, which nbgrader reads.

    The checks run in a namespace of their own, so that their helpers replace nothing of the learner's.
    """
    weights = {check.name: check.weight for check in exercise.checks}
    imports = "import annotations\n\nimport contextlib\nimport io\nimport sys\n"
    prelude = edition.prelude.replace("import annotations\n", imports, 1)
    parts = [prelude.rstrip("\n"), RUNNER.strip("\n"), "CASES = []"]
    for check in edition.checks:
        case = f"Case(rules=RULES, seed={check.seed})({check.name})"
        parts.append(f"{check.text}\n\n\nCASES.append(({weights[check.name]}, {check.sentence!r}, {case}))")
    parts.append(f"EARNED = run(CASES, NOTEBOOK, {exercise.facts.points})")
    text = "\n\n\n".join(parts).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    lines = [
        SCORE_CELL,
        BEGIN_HIDDEN,
        '_checks = {"NOTEBOOK": globals(), "__name__": "checks"}',
        f'exec(compile("""\\\n{text}\n""", "<checks of {exercise.name}>", "exec"), _checks)',
        '_checks.pop("EARNED")',
        END_HIDDEN,
    ]
    return "\n".join(lines)


def without_hidden(source: str) -> str:
    """Return a cell as learners get it, without what stands between the markers."""
    lines: list[str] = []
    inside = False
    for line in source.split("\n"):
        if BEGIN_HIDDEN in line or END_HIDDEN in line:
            inside = BEGIN_HIDDEN in line
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


def _write(cell: dict[str, Any], source: str) -> None:
    cell["source"] = source.splitlines(keepends=True)

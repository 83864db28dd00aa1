"""Write the first code cell of a notebook: imports, the self-check, and what demo cells need."""

from __future__ import annotations

from autograder.authoring.cells import Role, exercise_cells
from autograder.authoring.model import Assignment
from autograder.build.imports import bindings, block, merged

ALWAYS = {
    "np": "import numpy as np",
    "plt": "import matplotlib.pyplot as plt",
    "contextmanager": "from contextlib import contextmanager",
}

SETUP = '''\
# Run this cell first. Put your own imports into your answer cells: this cell is restored before grading.
{imports}


class NoSelfCheck:
    """Stands in for the self-check when it cannot be loaded."""

    def __init__(self, reason):
        self.reason = reason

    def check(self, name):
        print(self.reason)


try:
    import otter

    grader = otter.Notebook("{notebook}")
except ImportError:
    grader = NoSelfCheck("The self-check needs otter-grader. Run: pip install -r requirements.txt")
except OSError:
    grader = NoSelfCheck("The self-check needs this notebook under its own name. Rename it to {notebook}")


@contextmanager
def when_solved(*names):
    """Run a demo; when the exercise it needs is not solved yet, say so instead of stopping."""
    try:
        yield
    except (NotImplementedError, NameError) as problem:
        if isinstance(problem, NameError) and problem.name not in names:
            raise
        plt.close()
        print(f"Not attempted yet: {{', '.join(names)}}. This cell will work once you have written it.")
'''


def setup_source(assignment: Assignment) -> str:
    """Return the setup cell of an assignment's notebook.

    Raises BadExercise when two exercises import different things under one name.
    """
    tables = [("the setup cell", ALWAYS)]
    for exercise in assignment.exercises:
        tables += [
            (str(exercise.path), bindings(cell.source)) for cell in exercise_cells(exercise) if cell.role is Role.IMPORTS
        ]
    return SETUP.format(imports=block(merged(tables).values()), notebook=f"{assignment.id}.ipynb").rstrip("\n")

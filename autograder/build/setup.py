"""Write the first code cell of a notebook: imports, the self-check, and what demo cells need."""

from __future__ import annotations

import textwrap

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


class SelfCheck:
    """Run the public checks, which travel inside this notebook, and keep count of what they found."""

    def __init__(self, notebook, points):
        self.points, self.done, self.otter = points, {{}}, None
        try:
            import otter

            self.otter = otter.Notebook(notebook)
        except ImportError:
            self.reason = "The self-check needs otter-grader. Run: pip install -r requirements.txt"
        except OSError:
            self.reason = f"The self-check needs this notebook under its own name. Rename it to {{notebook}}"

    def check(self, name):
        """Run the public checks of one exercise and show what they found."""
        if self.otter is None:
            print(self.reason)
            return None
        found = self.otter.check(name, globals())
        cases = getattr(found, "test_cases", [])
        return cases[0].body.page(found, self) if cases and hasattr(cases[0].body, "page") else found

    def progress(self):
        """Say how far you are: what the self-checks have found since this notebook was started."""
        for name, points in self.points.items():
            print(f"{{name:{width}}}  {{points:3}} points  {{self.done.get(name, 'not checked yet')}}")
        right = [name for name in self.points if self.done.get(name) == "right"]
        print(f"{{len(right)}} of {{len(self.points)}} exercises pass their public checks.", end=" ")
        print(f"They carry {{sum(self.points[name] for name in right)}} of {{sum(self.points.values())}} points.")
        if self.otter is None:
            print(self.reason)


grader = SelfCheck(
    "{notebook}",
{points}
)


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
    names = [exercise.name for exercise in assignment.exercises]
    return SETUP.format(
        imports=block(merged(tables).values()),
        notebook=f"{assignment.id}.ipynb",
        points=_points(assignment),
        width=max(map(len, names), default=1),
    ).rstrip("\n")


def _points(assignment: Assignment) -> str:
    """Return the points of every exercise as the text of a dictionary."""
    pairs = ", ".join(f'"{exercise.name}":_{exercise.facts.points}' for exercise in assignment.exercises)
    lines = textwrap.wrap(f"{{{pairs}}},", width=100, initial_indent=" " * 4, subsequent_indent=" " * 5, break_long_words=False)
    return "\n".join(lines).replace('":_', '": ')

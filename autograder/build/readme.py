"""Write the small texts beside the notebooks: how to begin, and what to install."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.model import Assignment
from autograder.build.notebook import BANNER
from autograder.errors import BadConfig

LEARNERS_NEED = ("jupyterlab", "matplotlib", "numpy", "otter-grader", "scipy")

RELEASE = """\
<!-- {banner} -->
# Mathematics for Machine Learning: the notebooks

One notebook a week. You read, predict, write functions and check them yourself.

## Begin

You need Python 3.11 or newer. In a terminal, in this folder:

```
python -m venv .venv
source .venv/bin/activate        # Windows: .venv\\Scripts\\activate
pip install -r requirements.txt
jupyter lab
```

Open the notebook of the week, for example `{example}/{example}.ipynb`, and run it from the top. Every cell of a fresh
notebook runs without an error.

## Work

1. Read the task. Replace the line that raises `NotImplementedError` by your code.
2. Run the cell, then the self-check below it: `grader.check("...")`.
3. The self-check runs the public checks. A failed check says what should hold. It shows the call, what came back and what
   was expected. When your wrong answer is a well-known one, it gives a hint.
4. Some checks stay hidden until your work is graded. They try other numbers, so compute and do not look up.
5. `grader.progress()` in the last cell says how far you are: exercises, checks and points.

Leave the cells for checks and scores where they are, and keep the file's name. You may add cells.

## Hand in

Restart the kernel, run all cells, save, and hand in the one `.ipynb` file of the week.

## Weeks

{table}
"""

SOLUTIONS = """\
<!-- {banner} -->
# Solved notebooks

For staff, and for learners after the deadline. Each notebook is the one of `release/` with the answers filled in.
Questions to answer in your own words stay open.

{table}
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What the READMEs say about one assignment."""

    id: str
    title: str
    exercises: int
    points: int
    minutes: int


def row_of(assignment: Assignment) -> Row:
    """Return what the READMEs say about an assignment."""
    minutes = sum(exercise.facts.minutes for exercise in assignment.exercises)
    return Row(assignment.id, assignment.title, len(assignment.exercises), assignment.points, minutes)


def release_readme(rows: list[Row]) -> str:
    """Return the README for learners."""
    example = rows[0].id if rows else "week"
    return RELEASE.format(banner=_banner(), example=example, table=_table(rows))


def solutions_readme(rows: list[Row]) -> str:
    """Return the README of the solved notebooks."""
    return SOLUTIONS.format(banner=_banner(), table=_table(rows))


def _banner() -> str:
    return BANNER.format(folder="")


def _table(rows: list[Row]) -> str:
    lines = ["| notebook | title | exercises | points | hours |", "|---|---|---|---|---|"]
    for row in rows:
        link = f"[{row.id}]({row.id}/{row.id}.ipynb)"
        lines.append(f"| {link} | {row.title} | {row.exercises} | {row.points} | about {row.minutes / 60:.0f} |")
    return "\n".join(lines)


def requirements(lock: Path) -> str:
    """Return what learners install, in the versions of the lock file.

    Raises BadConfig when the lock file does not name one of them.
    """
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    # A package may stand there once for each range of Python versions, with its marker.
    pins = re.findall(r"^(([a-z0-9-]+)==[^\\\n]+?)\s*\\?$", text, flags=re.MULTILINE)
    missing = [name for name in LEARNERS_NEED if name not in {found for _, found in pins}]
    if missing:
        raise BadConfig(f"{lock} names no version of {', '.join(missing)}. Add it to the lock file, then run: mml build")
    lines = [f"# {BANNER.format(folder='')} Versions come from requirements.lock."]
    return "\n".join([*lines, *(pin for name in LEARNERS_NEED for pin, found in pins if found == name)]) + "\n"

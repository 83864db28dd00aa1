"""Lay out a course of one short week from a few exercises of this one, so that whole graders can be tried in seconds."""

from __future__ import annotations

import shutil
from pathlib import Path

from autograder.build.archive import write_whole
from autograder.build.write import build

WEEK = "week01_small"
CONFIG = f"""\
TITLE = "A small course"
ASSIGNMENTS = {{"{WEEK}": {{"opens": "2027-01-11T08:00:00+00:00", "due": "2027-01-19T23:59:00+00:00"}}}}
"""


def small_course(root: Path, exercises: tuple[str, ...], folder: Path) -> Path:
    """Write and build a course of the named exercises, such as "week09_information_numerics/110_entropy", in a new folder.

    The limits and rules are those of the course that the exercises come from.
    """
    week = folder / "source" / WEEK
    week.mkdir(parents=True)
    (folder / "datasets").mkdir()
    write_whole(week / "010_concept_overview.md", b"# A small week\n\nA few exercises.\n")
    for number, name in enumerate(exercises, start=1):
        source = root / "source" / f"{name}.py"
        shutil.copy(source, week / f"{100 + 10 * number}_{source.stem.partition('_')[2]}.py")
    rules = (root / "course_config.py").read_text(encoding="utf-8").partition("# Part of the points")[2]
    write_whole(folder / "course_config.py", f"{CONFIG}\n# Part of the points{rules}".encode())
    shutil.copy(root / "requirements.lock", folder)
    build(folder, [week], check=False)
    return folder

"""A class of six whose notebooks take a moment each, and `mml grade` as a process of its own that can be disturbed."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.discover import choose_assignment
from autograder.batch.store import FILE, Store
from autograder.bench.small_course import CONFIG, WEEK
from autograder.build.archive import write_whole
from autograder.build.write import build
from autograder.grading.notebook import written
from tests.exercises import DOUBLE

PAGE = "# A small week\n\nTwo exercises.\n"
MOMENT = 0.7  # seconds that a notebook sleeps, without computing
LEARNERS = 6
ENOUGH = 120.0

Facts = dict[str, tuple[object, ...]]
Results = tuple[Facts, tuple[bytes, ...]]


@dataclass(frozen=True)
class SmallClass:
    """A course, what its class handed in, and a folder of one's own for temporary files and results."""

    course: Path
    submissions: Path
    place: Path

    @property
    def out(self) -> Path:
        return self.place / "out"

    @property
    def temporary(self) -> Path:
        return self.place / "temporary"

    def command(self, *options: str) -> list[str]:
        """Return the command that grades the class."""
        words = [WEEK, str(self.submissions), "--out", str(self.out), *options]
        return [sys.executable, "-m", "autograder", "grade", *words]

    def environment(self) -> dict[str, str]:
        """Return an environment in which everything temporary lies in a folder that the test can look into."""
        self.temporary.mkdir(exist_ok=True)
        return os.environ | {"TMPDIR": str(self.temporary), "PYTHONPATH": str(Path(__file__).resolve().parents[2])}

    def begin(self, *options: str, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        """Begin to grade the class; `before` is put before the command."""
        return subprocess.Popen(
            [*before, *self.command(*options)], cwd=self.course, env=self.environment(), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def grade(self, *options: str, before: tuple[str, ...] = ()) -> tuple[int, str, str]:
        """Grade the class; return the exit code and both outputs."""
        process = self.begin(*options, before=before)
        said, complained = process.communicate(timeout=ENOUGH)
        return process.returncode, said, complained

    def wait_until(self, process: subprocess.Popen[str], count: int) -> None:
        """Wait until so many are graded."""
        deadline = time.monotonic() + ENOUGH
        while self.count() < count:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def count(self) -> int:
        """Say how many are graded, without touching the store as the grader does."""
        if not (self.out / FILE).is_file():
            return 0
        with suppress(sqlite3.OperationalError):  # its tables are being made
            connection = sqlite3.connect(f"file:{self.out / FILE}?mode=ro", uri=True)
            try:
                return connection.execute("SELECT count(*) FROM submission").fetchone()[0]
            finally:
                connection.close()
        return 0

    def kept(self) -> Facts:
        """Return what is kept of every learner, from a store that is whole."""
        with Store(self.out / FILE) as store:
            assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
            return {report.learner: (report.status, report.exercises, report.notes) for report in store.reports(WEEK)}

    def results(self) -> Results:
        """Return what is kept, and the pages and tables that do not say how long anything took."""
        names = ("grades.csv", "feedback/bob.html", "feedback/cyd.json")
        return self.kept(), tuple((self.out / name).read_bytes() for name in names)

    def goes_on(self, undisturbed: Results, *options: str) -> None:
        """Give the same command again: it grades the rest, and everything is as if nothing had happened."""
        before = self.kept()
        assert before.items() <= undisturbed[0].items()
        code, said, complained = self.grade(*options)
        assert (code, complained) == (0, "")
        assert f"{LEARNERS - len(before)} graded now, {len(before)} unchanged" in said
        assert self.results() == undisturbed
        assert self.left_behind() == []

    def left_behind(self) -> list[str]:
        """Return the files and processes that are still there; processes get a moment to end."""
        deadline = time.monotonic() + 15
        while (alive := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return alive + sorted(path.name for path in self.temporary.iterdir())

    def processes(self) -> list[str]:
        """Return the living processes that were started for this class: each has one of its paths on its command line."""
        words = (str(self.place).encode(), json.dumps(str(self.course)).encode())
        found = []
        for line in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                text = line.read_bytes()
                found += [f"{line.parent.name}: {text[-200:]!r}"] if any(word in text for word in words) else []
        return found


COUNT = '''\
# %% [markdown]
# ### Count the lines
#
# Return how many lines the file has.

# %%
from autograder.kit import a_file, check, exercise, hidden, misconception, same

exercise(points=4, minutes=3, level=1, topics=("t",))


# %%
def count_lines(path: str) -> int:
    """Return the number of lines."""
    ### BEGIN SOLUTION
    with open(path) as stream:
        return len(stream.read().splitlines())
    ### END SOLUTION


# %%
@check
def two_lines_are_two(count_lines):
    """Two lines are two."""
    same(count_lines(a_file("one\\ntwo\\n")), 2)


# %%
@hidden
def any_number_of_lines_is_counted(count_lines, rng):
    """Any number of lines is counted."""
    for number in rng.integers(0, 9, size=5):
        same(count_lines(a_file("line\\n" * int(number))), int(number))


# %%
@misconception(caught_by="any_number_of_lines_is_counted", hint="Read the file.")
def always_two(path):
    return 2
'''


def make_class(root: Path, place: Path) -> tuple[Path, Path]:
    """Lay out a course and what its class handed in: right, wrong, stopping with an error, or missing."""
    course = place / "course"
    week = course / "source" / WEEK
    for name, text in (("010_concept_overview.md", PAGE), ("110_count_lines.py", COUNT), ("120_double.py", DOUBLE)):
        write_whole(week / name, text.encode())
    (course / "datasets").mkdir()
    rules = (root / "course_config.py").read_text(encoding="utf-8").partition("# Part of the points")[2]
    write_whole(course / "course_config.py", f"{CONFIG}\n# Part of the points{rules}".encode())
    shutil.copy(root / "requirements.lock", course)
    build(course, [week], check=False)

    count, right = (exercise.reference_source for exercise in choose_assignment(course, WEEK).exercises)
    wrong, crash = "def double(n):\n    return n + 3", "def double(n):\n    raise OSError('no such file')"
    pause = f"import time\ntime.sleep({MOMENT})"
    answers = {"ada": right, "bob": "", "cyd": wrong, "dan": crash, "eve": "def double(n):\n    return n + n", "fay": wrong}
    assert len(answers) == LEARNERS
    for learner, answer in answers.items():
        write_whole(place / "class" / f"{learner}.ipynb", written([pause, count, answer]))
    return course, place / "class"

"""Hostile submissions of many classes go through one run of `nbgrader autograde` and gain, leak and leave nothing."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from autograder.authoring.config import load_config
from autograder.authoring.discover import read_assignment
from autograder.build.write import build
from autograder.classroom.gradebook import gradebook
from autograder.classroom.layout import Plan, lay_out
from autograder.classroom.roster import Learner
from tests.attacks.shooting import CANARIES, with_canaries
from tests.classroom.test_classroom_cycle import RIGHT, WEEK, hand_in, nbgrader, scores

SUBMISSIONS = Path(__file__).parents[1] / "attacks" / "submissions"
# What each learner tries; the files attack another function, whose name is replaced.
HOSTILE = {
    "exits": "crashed__exit_with_the_code_of_success",
    "writes": "crashed__write_a_result_and_leave",
    "forges": "failed__forge_frames_on_every_descriptor",
    "equals": "failed__an_object_that_equals_everything",
    "searches": "failed__read_the_known_paths_of_course_and_store",
    "stays": "failed__outlive_the_run",
    "floods": "output_limit__flood_every_stream",
    "patches": "failed__patch_everything_comparable",
    "looks": "failed__walk_frames_and_modules",
    "reads": "crashed__read_the_course_from_disk",
}
MARK = "left-by-an-attack"
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Object of type")]


@pytest.fixture
def booby(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A copy of the course and a classroom of it, with canaries in every place that holds a secret."""
    text = (course / "course_config.py").read_text()
    secret = re.search(r'^SECRET_VARIABLE = "(\w+)"', text, flags=re.MULTILINE)
    assert secret is not None
    monkeypatch.setenv(secret.group(1), CANARIES["secret"])
    monkeypatch.setenv("MML_ATTACK_CANARY", CANARIES["environment"])
    trapped = shutil.copytree(course, tmp_path / "course")
    week = trapped / "source" / WEEK
    for path in week.glob("*.py"):
        path.write_text(with_canaries(path.read_text()))
    build(trapped, [week], check=False)
    place = tmp_path / "classroom"
    people = [Learner("ada", "Ada", CANARIES["store"], "ada@example.org"), *map(Learner, HOSTILE)]
    lay_out(Plan(place, trapped, load_config(trapped)), [read_assignment(week)], people)
    return trapped, place


def words(trapped: Path, classroom: Path, loot: Path) -> dict[str, str]:
    """Return what the attacks may know of the place where they are graded."""
    neighbour = classroom / "submitted" / "ada" / WEEK / f"{WEEK}.ipynb"
    places = [trapped / "source", classroom / "source", classroom / "gradebook.db", neighbour]
    return {"LOOT": str(loot), "GRADER": str(os.getpid()), "PLACES": repr([str(path) for path in places])}


def processes_of(*folders: Path) -> list[str]:
    """Return the command lines of living processes that name one of the folders; they get a moment to end."""
    deadline = time.monotonic() + 10
    while True:
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                line = path.read_bytes().decode(errors="replace")
                found += [line[-200:]] if any(str(folder) in line for folder in folders) else []
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.05)


def test_hostile_learners_of_one_autograde_run_gain_leak_and_leave_nothing(
    booby: tuple[Path, Path], answered: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trapped, classroom = booby
    home, temporary, loot = tmp_path / "home", tmp_path / "temporary", tmp_path / "loot"
    home.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    known = words(trapped, classroom, loot)
    hand_in(classroom, "ada", answered(unit=f"mine = {CANARIES['neighbour']!r}\n{RIGHT}", double="def double(n): return 2 * n"))
    for learner, name in HOSTILE.items():
        text = re.sub(r"\bentropy\b", "double", (SUBMISSIONS / f"{name}.py").read_text())
        text = re.sub("LOOT|GRADER|PLACES", lambda found: known[found.group()], text)
        assert "def double(" in text
        hand_in(classroom, learner, answered(unit=RIGHT, double=text))
    placed = {kind for kind in CANARIES if any(CANARIES[kind] in text for text in _secrets(trapped, classroom))}
    assert placed == set(CANARIES)

    codes, _ = nbgrader(home, (classroom, f"autograde|{WEEK}"), (classroom, f"generate_feedback|{WEEK}"))

    assert codes == [0, 0]
    got = {learner: scores(classroom, learner) for learner in ("ada", *HOSTILE)}
    # Nobody earns a point by an attack, and nobody loses what the rest of the notebook earns.
    assert {learner: (marks["unit-score"], marks["double-score"]) for learner, marks in got.items()} == {
        "ada": (7.0, 5.0), **dict.fromkeys(HOSTILE, (7.0, 0.0))
    }  # fmt: skip
    for learner, name in HOSTILE.items():
        pages = [path.read_text() for path in (classroom / "feedback" / learner).rglob("*.html")]
        assert len(pages) == 1 and f"{name.split('__')[0]}: " in pages[0], learner
        assert [kind for kind, word in CANARIES.items() if word in pages[0]] == [], learner
        assert len(pages[0]) < 1_000_000, learner
    own = next((classroom / "feedback" / "ada").rglob("*.html")).read_text()
    assert [kind for kind, word in CANARIES.items() if word in own] == ["neighbour"]
    assert not loot.exists()
    assert [path for place in (Path("/tmp"), Path("/dev/shm"), home) for path in place.glob(f"*{MARK}*")] == []
    assert processes_of(trapped, classroom, temporary) == []
    assert list(temporary.iterdir()) == []


def _secrets(trapped: Path, classroom: Path) -> list[str]:
    """Return what hostile code would like to read."""
    exercises = [path.read_text() for path in (trapped / "source" / WEEK).glob("*.py")]
    with gradebook(classroom, "mml") as book:
        people = [str(student.last_name) for student in book.students]
    notebooks = [path.read_text() for path in (classroom / "submitted" / "ada").rglob("*.ipynb")]
    return [*exercises, *people, *notebooks, *os.environ.values()]

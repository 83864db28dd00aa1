"""Hostile submissions gain nothing, leak nothing, leave nothing behind and disturb nobody.

The files in submissions/ are named by the verdict that the attacked exercise must get and by what they try. A first line
such as `# week03 gram_schmidt` names the exercise; without it, `entropy` of week 9 is attacked. Cells are divided by `# %%`.
A line `# honest: return 1.0` says what the attack amounts to without its tricks: it may earn what that earns, and no more.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from shooting import CANARIES, SECONDS, TALLY, Range

from autograder.batch.store import AssignmentFacts, ExerciseFacts
from autograder.grading.grader import Grader
from autograder.grading.notebook import written
from autograder.grading.verdict import ExerciseResult, SubmissionReport, Verdict
from autograder.outputs.feedback import learner_json, learner_page

SUBMISSIONS = sorted((Path(__file__).parent / "submissions").glob("*.py"))
TOOLS = Path(__file__).parent / "tools"  # what several attacks use: a line "# with: NAME" puts it into a cell before theirs
MARK = "left-by-an-attack"  # how the attacks name whatever they try to leave behind
LOOT = "what-an-attack-found"
WRITABLE = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path.cwd(), Path.home())


@dataclass(frozen=True)
class Attack:
    """One hostile submission: what it attacks, its cells, the verdict it must get, and its honest part."""

    week: str
    target: str
    cells: list[str]
    wanted: Verdict
    honest: str


@cache
def attack(path: Path) -> Attack:
    text = path.read_text()
    head = re.match(r"# (week\d\d) (\w+)$", text, flags=re.MULTILINE)
    honest = re.search(r"^# honest: (.+)$", text, flags=re.MULTILINE)
    week, target = head.groups() if head else ("week09", "entropy")
    shared = re.findall(r"^# with: (\w+)$", text, flags=re.MULTILINE)
    cells = [(TOOLS / f"{name}.py").read_text() for name in shared] + re.split(r"^# %%\n", text, flags=re.MULTILINE)
    plain = honest.group(1) if honest else "raise ArithmeticError"
    return Attack(week, target, cells, Verdict(path.stem.split("__")[0]), plain)


def family() -> set[int]:
    """Return every process below this one, however often it was forked."""
    parents: dict[int, int] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                parents[int(name)] = int(Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, size = {os.getpid()}, 0
    while size < len(found):
        size = len(found)
        found |= {process for process, parent in parents.items() if parent in found}
    return found


def left_behind(*scratches: Path, before: set[int]) -> list[str]:
    """Return the processes, files, sockets and shared memory that an attack left."""
    found = [f"process {process}" for process in family() - before]
    found += [str(path) for place in WRITABLE for path in place.glob(f"*{MARK}*")]
    found += [str(path) for scratch in scratches for path in scratch.iterdir()]
    found += [line for line in Path("/proc/net/unix").read_text().splitlines() if MARK in line]
    for kind in ("shm", "sem", "msg"):
        rows = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()
        found += [row for row in rows if row.split()[0] == str(0x4D4C4C41)]
    return found


def said(grader: Grader, report: SubmissionReport) -> str:
    """Return everything that is written down about a submission, for the learner and for staff."""
    exercises = tuple(ExerciseFacts(e.name, e.title, Fraction(e.facts.points)) for e in grader.exercises.values())
    facts = AssignmentFacts(grader.assignment.id, grader.assignment.title, exercises)
    return json.dumps(asdict(report), default=str) + learner_page(report, facts) + learner_json(report, facts)


def findings(report: SubmissionReport) -> list[tuple[str, Verdict, Fraction, list[tuple[str, Verdict, str]]]]:
    return [
        (result.name, result.verdict, result.points, [(check.name, check.verdict, check.message) for check in result.checks])
        for result in report.exercises
    ]


def graded(
    grader: Grader, learner: str, cells: list[str], target: str, *others: str
) -> tuple[ExerciseResult, SubmissionReport]:
    report = grader.grade(learner, written(cells), only=frozenset({target, *others}))
    return next(result for result in report.exercises if result.name == target), report


@cache
def honest_points(shooting: Range, week: str, target: str, body: str) -> Fraction:
    """Return what the plain part of an attack earns; a class is replaced by a function that does the same."""
    return graded(shooting.grader(week), "plain", [f"def {target}(*args, **kwargs):\n    {body}"], target)[0].points


@pytest.mark.parametrize("path", SUBMISSIONS, ids=lambda path: path.stem)
def test_an_attack_gets_its_verdict_and_gains_nothing(shooting: Range, path: Path, tmp_path: Path) -> None:
    trial = attack(path)
    grader = shooting.grader(trial.week)
    earned = honest_points(shooting, trial.week, trial.target, trial.honest)
    before = shooting.neighbours.get(trial.week) or shooting.neighbour(trial.week)
    processes, descriptors = family(), len(os.listdir("/proc/self/fd"))
    loot = tmp_path / LOOT

    words = {"LOOT": str(loot), "GRADER": str(os.getpid()), "PLACES": repr([str(place) for place in shooting.places])}
    cells = [re.sub("LOOT|GRADER|PLACES", lambda found: words[found.group()], cell) for cell in trial.cells]
    # About half of them alone: the sandbox itself serves when there is but one exercise.
    others = [name for name in grader.exercises if name != trial.target][: len(path.stem) % 2 == 0]
    result, report = graded(grader, "attacker", cells, trial.target, *others)
    after = shooting.neighbours[trial.week] = shooting.neighbour(trial.week)

    text = said(grader, report)
    leaked = [kind for kind, word in CANARIES.items() if word in text or (loot.exists() and word in loot.read_text())]
    scratches = [server.scratch for server in grader.servers.running.values()]
    left = left_behind(*scratches, before=processes) + ([str(loot)] if loot.exists() else [])
    TALLY.attacks += 1
    TALLY.points_gained += result.points > earned
    TALLY.canaries_leaked += len(leaked)
    TALLY.left_behind += bool(left)
    TALLY.neighbours_changed += findings(after) != findings(before)
    SECONDS.append((before.seconds, after.seconds))
    assert result.verdict is trial.wanted, [(c.name, c.verdict, c.message[:200], c.staff_note[-600:]) for c in result.checks]
    assert result.points <= earned < result.possible
    assert leaked == []
    assert left == []
    assert len(os.listdir("/proc/self/fd")) == descriptors
    assert len(text) < 200_000, "a report must stay small"
    assert findings(after) == findings(before)


def test_every_attack_class_is_represented() -> None:
    assert len(SUBMISSIONS) >= 80
    assert len({attack(path).week for path in SUBMISSIONS}) >= 4

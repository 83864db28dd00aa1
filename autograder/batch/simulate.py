"""Make up a class: notebooks as learners hand them in, and a table of the verdicts that they deserve."""

from __future__ import annotations

import csv
import json
import os
import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring.config import CourseConfig
from autograder.authoring.model import Assignment
from autograder.batch.accidents import ACCIDENTS, Draft, as_bytes, befall
from autograder.batch.answers import Answer, Answers
from autograder.errors import CourseProblem, UsageProblem

COLUMNS = ("learner", "exercise", "verdict", "misconception")
TRUTH = "truth.csv"
UNREADABLE = "unreadable"
SUBMITTED_AT = "2027-01-20 12:{minute:02d}:{second:02d} UTC\n"
# How often a learner of each strength answers in each way.
STRENGTHS = {
    "strong": {"reference": 50, "accepted": 38, "misconception": 10, "stub": 1, "crash": 1, "missing": 0},
    "middling": {"reference": 30, "accepted": 30, "misconception": 30, "stub": 5, "crash": 4, "missing": 1},
    "weak": {"reference": 12, "accepted": 13, "misconception": 40, "stub": 25, "crash": 7, "missing": 3},
}


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What class to make up, and where to put it."""

    learners: int
    out: Path
    seed: int
    release_notebook: Path
    execute: bool = False


def simulate(assignment: Assignment, config: CourseConfig, plan: ClassPlan) -> None:
    """Write `OUT/submitted/<learner>/<assignment>/*.ipynb` and `OUT/truth.csv`; the seed decides every byte,
    apart from the outputs of real kernels.

    Raises UsageProblem when OUT already holds submissions, CourseProblem when the release notebook cannot be used.
    """
    submitted = plan.out / "submitted"
    if submitted.exists():
        raise UsageProblem(f"{submitted} exists already. Choose another folder with --out, or remove it first.")
    released = _released(plan.release_notebook, assignment)
    rows: list[tuple[str, str, str, str]] = []
    for number, (learner, draft) in enumerate(_drafts(assignment, config, plan, released)):
        if plan.execute:
            from autograder.batch.executed import execute

            draft.notebook = execute(draft.notebook, f"{assignment.id}.ipynb", data=plan.release_notebook.parent / "data")
        _hand_in(draft, submitted / learner / assignment.id, number)
        rows += _truth(learner, draft, assignment)
    plan.out.mkdir(parents=True, exist_ok=True)
    with (plan.out / TRUTH).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([COLUMNS, *rows])


def _released(path: Path, assignment: Assignment) -> dict[str, Any]:
    if not path.is_file():
        raise CourseProblem(f"{path} does not exist. Run: mml build {assignment.id}")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    ids = {cell.get("id") for cell in notebook["cells"]}
    absent = [exercise.name for exercise in assignment.exercises if f"{exercise.name}-answer" not in ids]
    if absent:
        raise CourseProblem(f"{path} has no answer cell for {', '.join(absent)}. Run: mml build {assignment.id}")
    return notebook


def _drafts(
    assignment: Assignment, config: CourseConfig, plan: ClassPlan, released: dict[str, Any]
) -> Iterator[tuple[str, Draft]]:
    chance = random.Random(plan.seed)
    makers = {e.name: Answers(e, secret=config.secret, seconds=config.check_seconds) for e in assignment.exercises}
    width = max(3, len(str(plan.learners)))
    forced, accidents = _forced(chance, assignment, plan.learners), _accidents(chance, plan.learners)
    turns = {exercise.name: chance.randrange(100) for exercise in assignment.exercises}
    for number in range(plan.learners):
        draft = Draft(assignment.id, deepcopy(released), {}, makers, file_name=f"{assignment.id}.ipynb")
        weights = STRENGTHS[chance.choices(list(STRENGTHS), (45, 40, 15))[0]]
        for exercise in assignment.exercises:
            name = exercise.name
            kind = forced.get((number, name)) or chance.choices(list(weights), list(weights.values()))[0]
            if kind == "misconception":
                turns[name] += 1  # in turns, so that every misconception is met
            draft.write(name, answer_of(makers[name], kind, turns[name], chance))
        if accidents[number]:
            befall(draft, accidents[number], list(assignment.exercises), chance)
        yield f"learner{number + 1:0{width}d}", draft


def answer_of(maker: Answers, kind: str, turn: int, chance: random.Random) -> Answer:
    """Return an answer of a kind; `turn` chooses among the misconceptions."""
    match kind:
        case "accepted":
            return maker.accepted(chance.randrange(100))
        case "misconception":
            return maker.misconception(turn)
        case _:
            return getattr(maker, kind)()


def _forced(chance: random.Random, assignment: Assignment, learners: int) -> dict[tuple[int, str], str]:
    """Choose who surely has a loop, a crash, an untouched stub and a deleted cell; loops are rare because each takes long."""
    kinds = ["loop"] * max(1, learners // 30) + ["crash", "stub", "missing"]
    places = [(number, exercise.name) for number in range(learners) for exercise in assignment.exercises]
    return dict(zip(chance.sample(places, min(len(kinds), len(places))), kinds))


def _accidents(chance: random.Random, learners: int) -> list[str]:
    """Deal out accidents: every kind once to a class of 30 or more, more than that to a tenth of a large class.

    In a smaller class half of the learners have one, of different kinds.
    """
    names = list(ACCIDENTS)
    if learners >= 30:
        wanted = min(learners, max(len(names), learners // 10))
    else:
        wanted = learners // 2
        chance.shuffle(names)
    dealt = [names[i % len(names)] for i in range(wanted)] + [""] * (learners - wanted)
    chance.shuffle(dealt)
    return dealt


def _hand_in(draft: Draft, folder: Path, number: int) -> None:
    folder.mkdir(parents=True)
    stamp = SUBMITTED_AT.format(minute=number // 60 % 60, second=number % 60)
    (folder / "timestamp.txt").write_text(stamp, encoding="utf-8")
    content = draft.spoil(draft.notebook) if draft.spoil else as_bytes(draft.notebook)
    if content is None:
        return
    (folder / draft.file_name).write_bytes(content)
    if draft.older_copy:
        # An early copy without answers: choosing it would cost every point.
        early = deepcopy(draft.notebook)
        early["cells"] = [cell for cell in early["cells"] if not str(cell.get("id", "")).endswith("-answer")]
        (folder / draft.older_copy).write_bytes(as_bytes(early))
        os.utime(folder / draft.older_copy, (0, 0))


def _truth(learner: str, draft: Draft, assignment: Assignment) -> list[tuple[str, str, str, str]]:
    if draft.is_unreadable:
        return [(learner, exercise.name, UNREADABLE, "") for exercise in assignment.exercises]
    return [
        (learner, exercise.name, draft.answers[exercise.name].verdict.value, draft.answers[exercise.name].misconception)
        for exercise in assignment.exercises
    ]

"""Make up a class of honest answers: right, wrong, stopping with an error, untouched or deleted.

Two things that `mml simulate` makes up are left out, because other graders treat them differently by nature. Endless loops:
otter has no time limit at all, and nbgrader waits for every cell that calls one. Accidents to the file: nbgrader passes over
renamed files and stops at duplicated cells, and otter refuses what it cannot read.
"""

from __future__ import annotations

import json
import random
from copy import deepcopy
from pathlib import Path

from autograder.authoring.config import CourseConfig
from autograder.authoring.model import Assignment
from autograder.batch.accidents import Draft, as_bytes
from autograder.batch.answers import Answers
from autograder.batch.simulate import STRENGTHS, answer_of
from autograder.errors import StaleBuild
from autograder.grading.verdict import Verdict

HONEST = ("reference", "accepted", "misconception", "stub", "crash", "missing")


def honest_class(assignment: Assignment, config: CourseConfig, released: Path, *, learners: int, seed: int) -> dict[str, bytes]:
    """Return a notebook for every learner; the seed decides every byte.

    Raises StaleBuild when the week has no released notebook.
    """
    if not released.is_file():
        raise StaleBuild(f"{released} does not exist. Run: mml build {assignment.id}")
    notebook = json.loads(released.read_text(encoding="utf-8"))
    chance = random.Random(seed)
    makers = {e.name: Answers(e, secret=config.secret, seconds=config.check_seconds) for e in assignment.exercises}
    found: dict[str, bytes] = {}
    for number in range(learners):
        draft = Draft(assignment.id, deepcopy(notebook), {}, makers, file_name=f"{assignment.id}.ipynb")
        weights = STRENGTHS[chance.choices(list(STRENGTHS), (45, 40, 15))[0]]
        for place, exercise in enumerate(assignment.exercises):
            # The first two go through the kinds in turn, so that a small class has all of them.
            turn = HONEST[(3 * number + place) % len(HONEST)] if number < 2 else ""
            kind = turn or chance.choices(list(weights), list(weights.values()))[0]
            answer = answer_of(makers[exercise.name], kind, number, chance)
            draft.write(exercise.name, answer if answer.verdict is not Verdict.TIMEOUT else makers[exercise.name].crash())
        found[f"learner{number + 1:03d}"] = as_bytes(draft.notebook)
    return found

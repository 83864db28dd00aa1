"""A small course with canaries, and graders that attackers share with honest learners."""

from __future__ import annotations

import ast
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.config import CourseConfig
from autograder.authoring.discover import choose_assignment
from autograder.grading.grader import Grader
from autograder.grading.notebook import written
from autograder.grading.verdict import SubmissionReport

KINDS = ("secret", "hidden", "reference", "neighbour", "store", "environment")
CANARIES = {kind: f"canary-{kind}-5c1f0d7e" for kind in KINDS}
HONEST = {
    "week01": ("summation", "describe_list"),
    "week03": ("matrix_rank", "eig_2x2"),
    "week04": ("tangent_line", "poly_derivative"),
    "week06": ("discrete_moments", "bayes_update"),
    "week09": ("softmax", "machine_epsilon"),
}


@dataclass
class Tally:
    """What all attacks of a run came to."""

    attacks: int = 0
    points_gained: int = 0
    canaries_leaked: int = 0
    left_behind: int = 0
    neighbours_changed: int = 0


TALLY = Tally()
SECONDS: list[tuple[float, float]] = []  # of a neighbour, before and after an attack


@dataclass(eq=False)
class Range:
    """Where the attacks take place: graders by week, and the paths that an attacker could hope to read."""

    root: Path
    places: list[Path]
    config: CourseConfig
    release: Path
    stack: ExitStack
    graders: dict[str, Grader]
    neighbours: dict[str, SubmissionReport]  # of each week: as graded after the last attack, and so before the next

    def grader(self, week: str) -> Grader:
        """Return the grader of a week; all attacks on a week share it, one after the other."""
        if week not in self.graders:
            assignment = choose_assignment(self.root, week)
            grader = self.graders[week] = self.stack.enter_context(Grader(assignment, self.config, release=self.release))
            assert grader.servers is not None
            for mentioned in (["scipy"], ["plt"], ["scipy plt"]):
                grader.servers.of(mentioned)  # an attack may need any of these servers: they stand before it
        return self.graders[week]

    def neighbour(self, week: str) -> SubmissionReport:
        """Grade the neighbour of all attackers of a week."""
        return self.grader(week).grade("neighbour", self.honest(week), only=frozenset(HONEST[week]))

    def honest(self, week: str) -> bytes:
        """Return the notebook of a neighbour with full points for two exercises."""
        exercises = self.grader(week).exercises
        answers = [exercises[name].reference_source for name in HONEST[week]]
        return written([f"secret_of_mine = {CANARIES['neighbour']!r}\nopen('mine.txt', 'w').write(secret_of_mine)", *answers])


def with_canaries(text: str) -> str:
    """Return an exercise file with a canary in its reference and in each of its hidden checks."""
    lines = text.splitlines()
    for node in reversed([node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]):
        if any("hidden" in ast.unparse(decorator) for decorator in node.decorator_list):
            first = node.body[1] if len(node.body) > 1 else node.body[0]
            lines.insert(first.lineno - 1, f"{' ' * first.col_offset}_canary = {CANARIES['hidden']!r}")
    found: list[str] = []
    for line in lines:
        found.append(line)
        if line.strip() == "### BEGIN SOLUTION":
            found.append(line.replace("### BEGIN SOLUTION", f"_canary = {CANARIES['reference']!r}"))
    return "\n".join(found) + "\n"



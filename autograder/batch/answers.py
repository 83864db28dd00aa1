"""Write answer cells for a made-up class, and know the verdict of each.

The verdicts come from running our own variants in this process, never from the sandbox that they are compared with.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.authoring.cells import Role, exercise_cells
from autograder.authoring.model import Exercise, Variant
from autograder.authoring.stub import without_markers
from autograder.build.imports import block
from autograder.build.inline import pick, pool
from autograder.errors import BadExercise
from autograder.grading.code import Code
from autograder.grading.prove import all_runs
from autograder.grading.verdict import Verdict, overall

STUB_LINE = re.compile(r"^(?P<indent>[ \t]*)raise NotImplementedError\(.*not attempted yet.*\)$", flags=re.MULTILINE)

CAST_HEAD = """\
def in_my_type(value):
    if isinstance(value, tuple):
        return tuple(in_my_type(item) for item in value)"""
CASTS = {
    "float32": """\
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value.astype(np.float32)
    return np.float32(value) if isinstance(value, float) else value""",
    "zero_dimensional": "    return np.array(value) if isinstance(value, float) else value",
    "numpy_scalar": "    return np.float64(value) if isinstance(value, float) else value",
    "nested_lists": "    return value.tolist() if isinstance(value, np.ndarray) else value",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The text of one answer cell with its true verdict; text None means that the released cell stays as it is."""

    kind: str
    text: str | None
    verdict: Verdict
    misconception: str = ""


class Answers:
    """The answers to one exercise, each made once."""

    def __init__(self, exercise: Exercise, *, secret: str, seconds: float) -> None:
        self.exercise, self.secret, self.seconds = exercise, secret, seconds
        self._made: dict[str, Answer] = {}

    def reference(self) -> Answer:
        """The course's own solution, which passes."""
        return self._once("reference", lambda: Answer("reference", self.text("reference"), Verdict.PASSED))

    def accepted(self, number: int) -> Answer:
        """A right solution written differently."""
        variants = self.exercise.accepted
        return self._variant("accepted", variants[number % len(variants)]) if variants else self.reference()

    def misconception(self, number: int) -> Answer:
        """A wrong solution that learners really write."""
        variants = self.exercise.misconceptions
        return self._variant("misconception", variants[number % len(variants)]) if variants else self.crash()

    def stub(self) -> Answer:
        """The cell as it was handed out."""
        return Answer("stub", None, Verdict.NOT_ATTEMPTED)

    def missing(self) -> Answer:
        """A deleted cell; the notebook's writer removes it."""
        return Answer("missing", None, Verdict.MISSING)

    def crash(self) -> Answer:
        """An answer that stops with an error of its own."""
        text = self._from_stub('raise RuntimeError("I do not know how to go on")')
        return self._once("crash", lambda: self._tried("crash", text))

    def loop(self) -> Answer:
        """An answer that never ends; nobody waits for it to find that out."""
        return Answer("loop", self._from_stub("while True:", "    pass"), Verdict.TIMEOUT)

    def cast(self, how: str) -> Answer:
        """The reference with its numbers in another type: float32, 0-d arrays, numpy scalars or nested lists."""
        if inspect.isclass(self.exercise.reference):
            return self.reference()
        name = self.exercise.name
        parts = [
            "import numpy as np",
            self.text("reference", called=f"my_{name}"),
            f"{CAST_HEAD}\n{CASTS[how]}",
            f"def {name}(*args, **kwargs):\n    return in_my_type(my_{name}(*args, **kwargs))",
        ]
        cell = "\n\n\n".join(parts)
        if Code([cell]).banned_use(name, self.exercise.facts.banned):
            return self.reference()  # an exercise in plain Python has no numbers of numpy to hand out
        return self._once(how, lambda: self._tried(how, cell))

    def text(self, name: str, *, called: str = "") -> str:
        """Return a cell that stands alone: imports, helpers, and the named solution under the exercise's name.

        Raises BadExercise when the solution needs something that cannot travel with it.
        """
        wanted = self.exercise.name if name == "reference" else name
        called = called or self.exercise.name
        everything = pool(self.exercise.text)
        picked = pick({wanted}, everything)
        self._require_known(wanted, picked.names, {*everything.definitions, *picked.imports})
        # One notebook holds the helpers of all exercises: without a name of their own the last would win.
        chosen = {item.text for item in picked.definitions}
        staff = {key for key, item in everything.definitions.items() if item.text in chosen} - self._given()
        names = {key: f"{self.exercise.name}_{key}" for key in staff}
        names |= {self.exercise.name: f"{self.exercise.name}_as_before", wanted: called}
        texts = [without_markers(renamed(item.text, names)) for item in picked.definitions]
        imports = block(picked.imports.values())
        return "\n\n\n".join([imports, *texts] if imports else texts)

    def _given(self) -> set[str]:
        """Return the names that learners are given and may use: they stay as they are."""
        given = [cell.source for cell in exercise_cells(self.exercise) if cell.role is Role.GIVEN]
        return set(pool(*given).definitions) if given else set()

    def _require_known(self, wanted: str, names: frozenset[str], known: set[str]) -> None:
        lent = set(self.exercise.facts.uses)
        unknown = sorted(names - known - lent - set(dir(builtins)) - {"__name__"})
        if unknown:
            raise BadExercise(
                f"{self.exercise.path}: {wanted} needs {', '.join(unknown)}, which no notebook has. "
                f"Write it without the words of autograder.kit, then run: mml prove {self.exercise.id}"
            )

    def _variant(self, kind: str, variant: Variant) -> Answer:
        def make() -> Answer:
            verdict = self._verdict(variant.solution)
            return Answer(kind, self.text(variant.name), verdict, variant.name if kind == "misconception" else "")

        return self._once(variant.name, make)

    def _tried(self, kind: str, text: str) -> Answer:
        namespace = dict(self.exercise.namespace)
        exec(compile(text, f"<{kind} of {self.exercise.id}>", "exec"), namespace)
        return Answer(kind, text, self._verdict(namespace[self.exercise.name]))

    def _verdict(self, solution: Any) -> Verdict:
        runs = all_runs(self.exercise, solution, seconds=self.seconds, secret=self.secret)
        return overall([run.verdict for run in runs.values()])

    def _from_stub(self, *lines: str) -> str:
        body = STUB_LINE.sub(lambda match: "\n".join(match["indent"] + line for line in lines), self.exercise.stub)
        imports = block(pick({self.exercise.name}, pool(self.exercise.text)).imports.values())
        return f"{imports}\n\n\n{body}" if imports else body

    def _once(self, key: str, make: Callable[[], Answer]) -> Answer:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


def renamed(source: str, names: dict[str, str]) -> str:
    """Return a text in which names are replaced where Python means the name: not in texts, comments or attributes."""
    lines = [line.encode() for line in source.splitlines()]
    places: set[tuple[int, int, str]] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and node.id in names:
            places.add((node.lineno - 1, node.col_offset, node.id))
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in names:
            start = lines[node.lineno - 1].index(node.name.encode(), node.col_offset + len("def"))
            places.add((node.lineno - 1, start, node.name))
    for line, column, name in sorted(places, reverse=True):
        text = lines[line]
        lines[line] = text[:column] + names[name].encode() + text[column + len(name.encode()) :]
    return b"\n".join(lines).decode()

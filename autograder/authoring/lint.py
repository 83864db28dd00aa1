"""The rules that every exercise and page keeps; each has an id and says what to do next."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.discover import NUMBERED
from autograder.authoring.model import Assignment, Exercise
from autograder.authoring.survivors import SURVIVORS, read_survivors
from autograder.errors import BadExercise

HEADINGS = (
    "1. Concept overview", "2. Mathematical explanation", "3. Intuition & visualization", "4. Python implementation",
    "5. ML connection", "6. Summary",
)  # fmt: skip
ALLOWED_FILES = {"data", "__pycache__", SURVIVORS}
LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: its id, where, and the next action."""

    rule: str
    where: Path
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule}: {self.text}"


ExerciseRule = Callable[[Exercise], Iterator[str]]


def _statement(exercise: Exercise) -> Iterator[str]:
    if not exercise.text.startswith("# %% [markdown]\n# ### "):
        yield "begin the file with a Markdown cell whose first line is a ### heading."
    if "**By hand.**" not in exercise.text:
        yield "show a worked example by hand: a paragraph that begins with **By hand.**"


def _docstring(exercise: Exercise) -> Iterator[str]:
    if not (exercise.reference.__doc__ or "").strip():
        yield f"give {exercise.name} a docstring: it is the contract that the learner reads."


def _annotated(exercise: Exercise) -> Iterator[str]:
    if not isinstance(exercise.reference, type) and not exercise.returns:
        yield f"annotate the return type of {exercise.name}; the engine enforces it."


def _check_count(exercise: Exercise) -> Iterator[str]:
    public = sum(not check.is_hidden for check in exercise.checks)
    if public < 1 or len(exercise.checks) - public < 2:
        yield "write at least one public and two hidden checks."


def _sentences(exercise: Exercise) -> Iterator[str]:
    for check in exercise.checks:
        if not re.fullmatch(r"\S.*[.]", check.sentence, flags=re.DOTALL) or "\n\n" in check.sentence:
            yield f"give {check.name} a docstring of one sentence for the learner, with a full stop."


def _parameters(exercise: Exercise) -> Iterator[str]:
    for check in exercise.checks:
        allowed = {exercise.name, "rng"} | ({"reference"} if check.is_hidden else set())
        for name in set(check.needs) - allowed:
            yield f"{check.name} asks for '{name}'; a check may ask for {', '.join(sorted(allowed))}."
        if exercise.name not in check.needs:
            yield f"{check.name} does not ask for {exercise.name}, so it can check nothing."


def _words(exercise: Exercise) -> Iterator[str]:
    names = {check.name for check in exercise.checks}
    for node in ast.parse(exercise.text).body:
        if isinstance(node, ast.FunctionDef) and node.name in names:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Assert | ast.Try):
                    yield f"line {inner.lineno}: use close, same, holds or raises instead of assert and try."


def _chance(exercise: Exercise) -> Iterator[str]:
    for node in ast.parse(exercise.text).body:
        if isinstance(node, ast.Expr | ast.Assign):
            if any(isinstance(part, ast.Attribute) and "random" in part.attr for part in ast.walk(node)):
                yield f"line {node.lineno}: randomness has an owner; take rng as a parameter of the check."


def _variants(exercise: Exercise) -> Iterator[str]:
    if len(exercise.accepted) < 2:
        yield "write at least two @accepted variants, so that three different right solutions are tried."
    if len(exercise.misconceptions) < 2:
        yield "write at least two @misconception variants."
    for variant in exercise.misconceptions:
        if not variant.hint.strip().endswith((".", "!", "?", ")")) or "$" in variant.hint:
            yield f"the hint of {variant.name} must be plain text that ends a sentence."


def _facts(exercise: Exercise) -> Iterator[str]:
    facts = exercise.facts
    if facts.points <= 0 or facts.minutes <= 0 or facts.level not in (1, 2, 3):
        yield "points and minutes must be positive and level 1, 2 or 3."
    if not facts.topics:
        yield "name the topics that it covers (ids of references/topics.csv)."
    if not facts.oracle:
        yield "name the oracle: the independent computation that the reference was compared with."


def _lines(exercise: Exercise) -> Iterator[str]:
    for number, line in enumerate(exercise.text.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            yield f"line {number} has {len(line)} characters; the limit is {LONGEST_LINE}."


def _no_demo(exercise: Exercise) -> Iterator[str]:
    for node in ast.parse(exercise.text).body:
        name = ast.unparse(node.value.func) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else ""
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.For | ast.While | ast.With) or (isinstance(node, ast.Expr) and name != "exercise" and not is_text):
            yield f"line {node.lineno}: put demonstrations into a page; an exercise file only defines."


EXERCISE_RULES: dict[str, tuple[ExerciseRule, str]] = {
    "statement": (_statement, "the file begins with a statement that has a worked example"),
    "docstring": (_docstring, "the reference has a docstring"),
    "annotation": (_annotated, "the reference declares its return type"),
    "check-count": (_check_count, "there are public and hidden checks"),
    "sentence": (_sentences, "every check's docstring is a sentence"),
    "parameters": (_parameters, "checks ask for the learner's name, rng and reference only"),
    "words": (_words, "checks use the words of the kit"),
    "chance": (_chance, "nothing random happens at module level"),
    "variants": (_variants, "there are two accepted variants, two misconceptions and hints"),
    "facts": (_facts, "points, minutes, level, topics and oracle are declared"),
    "line-length": (_lines, "no line is longer than the limit"),
    "definitions-only": (_no_demo, "the file only defines"),
}
ASSIGNMENT_RULES = {
    "headings": "a week has the six headings, each once and in order",
    "section": "every exercise names a heading of its week to read again",
    "unexpected-file": "a week's folder holds numbered files, survivors.toml and data/ only",
    "survivors": "survivors.toml keeps its format and names exercises of its week",
    "unique-name": "two exercises of a week never share a name",
    "question": "a week asks at least one question to answer in one's own words",
    "capstone": "a week has exactly one capstone",
}


def lint(assignment: Assignment) -> list[Finding]:
    """Return every broken rule of an assignment."""
    findings = [
        Finding(rule, exercise.path, text)
        for exercise in assignment.exercises
        for rule, (look, _) in EXERCISE_RULES.items()
        for text in look(exercise)
    ]
    return findings + [Finding(rule, assignment.folder, text) for rule, text in _assignment_findings(assignment)]


def _assignment_findings(assignment: Assignment) -> Iterator[tuple[str, str]]:
    text = "\n".join(page.text for page in assignment.pages)
    found = re.findall(r"^## (.+)$", _without_fences(text), flags=re.MULTILINE)
    if tuple(found) != HEADINGS:
        yield "headings", f"the ## headings are {found}; they must be {list(HEADINGS)}."
    headings = set(re.findall(r"^#{2,4} (.+)$", text, flags=re.MULTILINE))
    for exercise in assignment.exercises:
        if exercise.facts.section not in headings:
            yield "section", f"{exercise.path.name}: section='{exercise.facts.section}' is no heading of this week."
    for path in sorted(assignment.folder.iterdir()):
        if not NUMBERED.match(path.name) and path.name not in ALLOWED_FILES:
            yield "unexpected-file", f"{path.name}: a week holds numbered .py and .md files, {SURVIVORS} and data/."
    names = [exercise.name for exercise in assignment.exercises]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield "unique-name", f"two exercises are called {name}."
    yield from (("survivors", problem) for problem in _survivors(assignment.folder, names))
    if "```question" not in text:
        yield "question", "ask a question in one's own words: a fence ```question id=NAME in the summary."
    if sum(exercise.facts.capstone for exercise in assignment.exercises) != 1:
        yield "capstone", "mark exactly one exercise with capstone=True."


def _survivors(folder: Path, names: list[str]) -> Iterator[str]:
    try:
        listed = read_survivors(folder)
    except BadExercise as problem:
        yield from problem.problems
        return
    for name in sorted(listed.keys() - set(names)):
        yield f"{SURVIVORS} names {name}, which is no exercise of this week."


def _without_fences(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


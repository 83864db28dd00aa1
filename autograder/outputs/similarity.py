"""Find pairs of learners whose answers share long passages that others do not share.

Only the bodies of the exercises' functions are compared, as syntax trees: comments, docstrings, annotations, spacing, texts
and all names but Python's own do not count; numbers, operators, attributes and methods do. A passage is a run of K tokens,
one token for each node of the tree. It counts only when few others in the class wrote it and the course's
own files do not contain it. The score of a pair is the number of tokens in shared passages, so that long answers weigh
more; a short answer never shows up. What comes out is evidence for a person to read, never a verdict.
"""

from __future__ import annotations

import ast
import builtins
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from autograder.grading.code import parsed

K = 12  # tokens in a passage
SHORTEST = 60  # tokens of an answer that is compared at all
ENOUGH = 60  # shared tokens in one exercise
PART = 0.6  # of the shorter answer
LONGEST = 5000  # tokens of an answer that are looked at
PAIRS = 30
PYTHON = frozenset(dir(builtins))
SILENT = {"annotation", "returns", "type_comment", "ctx"}  # fields of a node that have no token
Tokens = tuple[str, ...]
Answers = dict[str, "Answer"]  # by exercise
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Answer:
    """One learner's function for one exercise: its text, and its tokens."""

    source: str
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Shared:
    """What two answers to one exercise share."""

    exercise: str
    tokens: int
    part: float
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two learners and the exercises in which their answers are alike, the longest passages first."""

    learners: tuple[str, str]
    shared: tuple[Shared, ...]

    @property
    def tokens(self) -> int:
        return sum(item.tokens for item in self.shared)


def answers_in(sources: Iterable[str], names: set[str], *, known: dict[str, Answers] | None = None) -> Answers:
    """Return the answers that code cells define, by exercise; the last definition counts. `known` remembers cells."""
    found: Answers = {}
    known = {} if known is None else known
    for source in sources:
        # Parsing is the slow part, and most cells of a course's notebook are the same for everybody.
        if source not in known:
            known[source] = _read(source, names) if "def " in source else {}
        found |= known[source]
    return found


def _read(source: str, names: set[str]) -> Answers:
    tree = parsed(source)
    lines = source.split("\n")
    found: Answers = {}
    for node in tree.body if tree else []:
        if isinstance(node, Function) and node.name in names:
            found[node.name] = Answer("\n".join(lines[node.lineno - 1 : node.end_lineno]), tokens_of(node))
    return found


def tokens_of(function: Function) -> Tokens:
    """Return the tokens of a function's body in reading order."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    found: list[str] = []
    waiting: list[ast.AST] = body[::-1]
    while waiting and len(found) < LONGEST:
        node = waiting.pop()
        found.append(_token(node))
        inner: list[ast.AST] = []
        for field in node._fields:
            if field not in SILENT:
                value = getattr(node, field, None)
                if isinstance(value, list):
                    inner += [child for child in value if isinstance(child, ast.AST)]
                elif isinstance(value, ast.AST):
                    inner.append(value)
        waiting += inner[::-1]
    return tuple(found)


def _token(node: ast.AST) -> str:
    match node:
        case ast.Name():
            return node.id if node.id in PYTHON else "name"
        case ast.Attribute():
            return f".{node.attr}"
        case ast.Constant():
            return "text" if isinstance(node.value, str | bytes) else repr(node.value)
        case ast.keyword():
            return f"{node.arg}="
        case ast.arg():
            return "name"
        case _:
            return type(node).__name__


def tokens_of_course(sources: Iterable[str]) -> list[Tokens]:
    """Return the tokens of every function in the course's files that a learner may end up with; checks are none."""
    trees = [parsed(source) for source in sources]
    functions = (node for tree in trees if tree for node in tree.body if isinstance(node, Function))
    return [tokens_of(function) for function in functions if not _is_check(function)]


def _is_check(function: Function) -> bool:
    return any(ast.unparse(mark).split("(")[0] in ("check", "hidden") for mark in function.decorator_list)


def similar_pairs(answers: dict[str, Answers], *, own: Iterable[Tokens] = (), most: int = PAIRS) -> tuple[Pair, ...]:
    """Return the pairs whose answers share most, the strongest first. `answers` are by learner, then by exercise.

    `own` are the course's functions: passages of its stubs, solutions and known wrong ways never count.
    """
    names = {name for theirs in answers.values() for name in theirs}
    expected = {gram for tokens in own for gram in _grams(tokens)}
    shared: dict[tuple[str, str], list[Shared]] = defaultdict(list)
    for name in sorted(names):
        of_exercise = {learner: theirs[name] for learner, theirs in sorted(answers.items()) if name in theirs}
        for pair, item in _shared(name, of_exercise, expected):
            shared[pair].append(item)
    pairs = [Pair(pair, tuple(sorted(items, key=lambda item: (-item.tokens, item.exercise)))) for pair, items in shared.items()]
    return tuple(sorted(pairs, key=lambda pair: (-pair.tokens, pair.learners))[:most])


def few(learners: int) -> int:
    """Return how many learners may have written a passage for it to count: a tenth of the class, from 2 to 10."""
    return min(10, max(2, learners // 10))


def _shared(name: str, answers: dict[str, Answer], expected: set[int]) -> Iterator[tuple[tuple[str, str], Shared]]:
    grams = {learner: _grams(answer.tokens) for learner, answer in answers.items() if len(answer.tokens) >= SHORTEST}
    owners: dict[int, list[str]] = defaultdict(list)
    for learner, theirs in grams.items():
        for gram in set(theirs):
            owners[gram].append(learner)
    rare = {gram for gram, who in owners.items() if 1 < len(who) <= few(len(answers)) and gram not in expected}
    candidates = Counter(pair for gram in rare for pair in combinations(owners[gram], 2))
    for one, other in sorted(pair for pair, count in candidates.items() if count * K >= ENOUGH):
        common = rare.intersection(grams[one], grams[other])
        tokens = min(_covered(grams[one], common), _covered(grams[other], common))
        part = tokens / min(len(answers[one].tokens), len(answers[other].tokens))
        if tokens >= ENOUGH and part >= PART:
            yield (one, other), Shared(name, tokens, part, answers[one].source, answers[other].source)


def _grams(tokens: Tokens) -> list[int]:
    # The hash of strings differs from run to run; it is only compared within one.
    return [hash(tokens[place : place + K]) for place in range(len(tokens) - K + 1)]


def _covered(grams: list[int], common: set[int]) -> int:
    """Return how many tokens lie in a passage that is shared."""
    covered, end = 0, 0
    for place, gram in enumerate(grams):
        if gram in common:
            covered += place + K - max(place, end)
            end = place + K
    return covered

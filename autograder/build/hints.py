"""Compute which wrong answers on the public checks are well known, and the hint that each of them deserves."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable
from contextlib import nullcontext, redirect_stdout

from autograder.authoring.model import Exercise, Variant
from autograder.authoring.seeds import PUBLIC, seed_of
from autograder.build.inline import needs, pool
from autograder.build.lean import settle
from autograder.clock import Late, computing
from autograder.kit.conform import conform
from autograder.kit.shown import crypted, ends_of, label_of, trace_of
from autograder.kit.traps import traps
from autograder.kit.watch import Rules, kind_of_failure, watched_run
from autograder.kit.words import CheckFailed

CHANCE = re.compile(r"rand|rng|time|clock|empty|hash|set|uuid|secrets|\bid\(|\bobject\b|environ|getpid", re.IGNORECASE)
MACHINE = re.compile(r"\bplatform\b|\bsys\.(?!float_info|setrecursionlimit|stdout)|\bmetadata\b|__version__|getcwd|cpu_count")
SECONDS = 5  # that one wrong answer may take on the public checks


def hints_of(exercise: Exercise) -> dict[str, str]:
    """Return the table of sealed hints: wrong answers that a public check sees, and that mean one thing only."""
    found: dict[str, set[str]] = {}
    public = [check.name for check in exercise.checks if not check.is_hidden]
    for variant in exercise.misconceptions:
        used = needs([*public, variant.name], pool(exercise.text))
        text = _text_of(exercise, used)
        if MACHINE.search(text):
            continue  # the learner's machine gives other answers than the one that builds
        settle(exercise.namespace, used)
        trace = wrong_answers(exercise, variant)
        if _is_rounding(trace):
            continue
        # What depends on chance cannot be known, so where chance is possible everything is asked twice.
        if trace and (not CHANCE.search(text) or trace == wrong_answers(exercise, variant)):
            found.setdefault(trace, set()).add(variant.hint)
    sure = {label_of(trace): (trace, hints.pop()) for trace, hints in found.items() if len(hints) == 1}
    return {label: crypted(hint.encode(), trace).hex() for label, (trace, hint) in sorted(sure.items())}


def _is_rounding(trace: str) -> bool:
    """Say whether the largest number is of the size of 1/eps, as a singular system gives it: elsewhere it is another one."""
    return 13 <= max(map(int, re.findall(r"e\+(\d+)", trace)), default=0) <= 17


def _text_of(exercise: Exercise, names: Iterable[str]) -> str:
    """Return what stands in the file about everything that a run needs."""
    texts = pool(exercise.text).definitions
    return "\n".join(texts[name].text for name in sorted(names) if name in texts)


def wrong_answers(exercise: Exercise, variant: Variant) -> str:
    """Return the answers of a misconception on the public checks that catch it; empty when none does."""
    failed: dict[str, list[tuple[str, str]] | None] = {}
    names = {**exercise.namespace, exercise.name: variant.solution}
    try:
        with redirect_stdout(io.StringIO()), computing(SECONDS):
            for check in (check for check in exercise.checks if not check.is_hidden):
                problem, diary = watched_run(check.function, names, _rules(exercise), seed_of(PUBLIC, exercise, check))
                if problem is None:
                    continue
                if kind_of_failure(problem, diary) is not CheckFailed:
                    return ""
                failed[check.name] = ends_of(diary)
    except Late:
        return ""
    finally:
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
    return trace_of(failed)


def _rules(exercise: Exercise) -> Rules:
    """Return the rules that the released text of the checks writes down."""
    banned = exercise.facts.banned
    return Rules(
        exercise.name,
        conform=lambda value: conform(value, exercise.returns),
        guard=(lambda namespace: traps(banned, namespace)) if banned else (lambda namespace: nullcontext([])),
        chance=exercise.takes_chance,
    )

"""A submission is graded in a process that has loaded what it mentions, and gets the same verdicts in any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.config import CourseConfig
from autograder.authoring.discover import choose_assignment
from autograder.grading.grader import Grader
from autograder.grading.notebook import written
from autograder.grading.verdict import ExerciseResult, Verdict

ENTROPY = frozenset({"entropy"})
RIGHT = """
def entropy(p, base=2.0):
    p = np.asarray(p, dtype=float)
    if p.ndim != 1 or np.any(p < 0) or abs(p.sum() - 1) > 1e-9 or not base > 1:
        raise ValueError("no distribution")
    return float(-sum(x * np.log(x) for x in p if x > 0) / np.log(base)) + 0.0
"""
SPECIAL = "from scipy.special import xlogy\n" + RIGHT.replace("sum(x * np.log(x) for x in p if x > 0)", "xlogy(p, p).sum()")
# The names are put together, so that nobody can see before it runs what is imported.
SECRETLY = """
def entropy(p, base=2.0):
    special = __import__("sci" + "py.special", fromlist=["special"])
    return float(np.sum(special.entr(p)) / np.log(base))
"""
DRAWS_SECRETLY = """
import importlib, sys
ticker = importlib.import_module("mat" + "plotlib.ticker")
pyplot = globals()["pl" + "t"]
figure, axes = pyplot.subplots()
axes.plot([1, 2])
axes.xaxis.set_major_locator(ticker.MaxNLocator(3))
figure.canvas.draw()
assert sys.modules["mat" + "plotlib"].ticker is ticker and ticker.__spec__.loader.name == ticker.__name__
assert importlib.import_module("mat" + "plotlib.dates").ticker is ticker
assert len(pyplot.get_fignums()) == 1 and len(axes.lines) == 1
"""


@pytest.fixture
def grader(root: Path, config: CourseConfig) -> Iterator[Grader]:
    limits = replace(config.limits, check_seconds=10.0, cell_seconds=10.0)  # libraries are loaded, and machines are shared
    with Grader(choose_assignment(root, "week09"), replace(config, limits=limits), release=root / "release") as grader:
        yield grader


def graded(grader: Grader, *cells: str) -> ExerciseResult:
    report = grader.grade("a", written(list(cells)), only=ENTROPY)
    assert report.notes == ()
    return report.exercises[0]


@pytest.mark.slow
def test_a_process_is_started_once_for_each_choice_of_libraries(grader: Grader) -> None:
    assert grader.servers is not None
    assert graded(grader, RIGHT).verdict is Verdict.PASSED
    assert set(grader.servers.running) == {frozenset()}

    plain, special, drawing = graded(grader, RIGHT), graded(grader, SPECIAL), graded(grader, "plt.plot([1])", RIGHT)

    assert plain == special == drawing
    running = dict(grader.servers.running)
    assert set(running) == {frozenset(), frozenset({"scipy"}), frozenset({"matplotlib"})}
    assert grader.servers.of(["import scipy", "x = 1"]) is running[frozenset({"scipy"})]
    assert grader.servers.of(["x = 1"]) is running[frozenset()]
    grader.servers.close()
    assert {server.process.poll() for server in running.values()} == {0}


@pytest.mark.slow
def test_a_banned_function_is_a_trap_also_in_a_library_that_is_loaded_secretly(grader: Grader) -> None:
    result = graded(grader, SECRETLY)

    assert result.verdict is Verdict.BLOCKED and "scipy.special.entr" in result.checks[0].message
    assert grader.servers is not None and len(grader.servers.running) == 1


@pytest.mark.slow
def test_what_is_loaded_when_it_is_first_used_is_whole(grader: Grader) -> None:
    assert graded(grader, DRAWS_SECRETLY, RIGHT).verdict is Verdict.PASSED
    assert grader.servers is not None and len(grader.servers.running) == 1

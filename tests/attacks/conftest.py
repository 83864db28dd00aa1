"""The course with canaries in every place that holds a secret, and one line that counts all attacks of a run."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, fields, replace
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from shooting import CANARIES, HONEST, SECONDS, TALLY, Range, Tally, with_canaries

from autograder.authoring.config import CourseConfig


@pytest.fixture(scope="session")
def shooting(root: Path, config: CourseConfig, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Range]:
    """The course with canaries in every place that holds a secret."""
    place = tmp_path_factory.mktemp("course")
    for week in HONEST:
        folder = next((root / "source").glob(f"{week}*"))
        for path in folder.glob("*.*"):
            target = place / "source" / folder.name / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text()
            target.write_text(with_canaries(text) if path.suffix == ".py" else text)
    neighbour = place / "submitted" / "neighbour" / "notebook.ipynb"
    neighbour.parent.mkdir(parents=True)
    neighbour.write_text(CANARIES["neighbour"])
    with sqlite3.connect(place / "grades.db") as store:
        store.execute("CREATE TABLE submission (report TEXT)")
        store.execute("INSERT INTO submission VALUES (?)", (CANARIES["store"],))
    store.close()
    os.environ["MML_ATTACK_CANARY"] = CANARIES["environment"]
    limits = replace(config.limits, cell_seconds=1.0, check_seconds=0.5)
    with ExitStack() as stack:
        places = [place / "source", neighbour, place / "grades.db", root / "source"]
        settings = replace(config, secret=CANARIES["secret"], limits=limits)
        yield Range(place, places, settings, root / "release", stack, {}, {})
    del os.environ["MML_ATTACK_CANARY"]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Add what one of several test processes counted."""
    counted = getattr(node, "workeroutput", {}).get("attacks", {})
    for field in fields(Tally):
        setattr(TALLY, field.name, getattr(TALLY, field.name) + counted.get(field.name, 0))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the counts to the process that shows them."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["attacks"] = asdict(TALLY)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Show the counts in one line."""
    if not TALLY.attacks:
        return
    line = (
        f"{TALLY.attacks} attacks: {TALLY.points_gained} gained points, {TALLY.canaries_leaked} canaries leaked, "
        f"{TALLY.left_behind} left something behind, {TALLY.neighbours_changed} neighbours changed"
    )
    if SECONDS:
        before, after = (1000 * median(times) for times in zip(*SECONDS, strict=True))
        line += f"; a neighbour took {before:.0f} ms before and {after:.0f} ms after an attack"
    terminalreporter.write_line(line)

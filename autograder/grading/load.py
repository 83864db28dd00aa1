"""Run a learner's cells in a sandbox, in order, however badly they behave."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property

from autograder.errors import ProtocolViolation, SandboxDied
from autograder.grading.code import Code
from autograder.grading.notebook import Cell, as_python
from autograder.sandbox.handles import Stopped
from autograder.sandbox.warden import CellRun, ForkServer, Sandbox

RESTARTS = 3
CELLS_AT_MOST = 24  # times the limit of one cell: for all cells of a notebook together


@dataclass
class Loaded:
    """A sandbox in which the learner's cells have run, and what happened in them."""

    sandbox: Sandbox | None
    numbered: dict[int, str]
    trouble: list[CellRun]

    @cached_property
    def code(self) -> Code:
        return Code(self.numbered.values())

    @cached_property
    def lines(self) -> frozenset[str]:
        """The lines of the cells, as reports quote them: what a sandbox calls a line could be anything."""
        return frozenset(line.strip()[:200] for source in self.numbered.values() for line in source.splitlines())

    def trouble_with(self, name: str) -> CellRun | None:
        """Return the failed cell that should have defined a name."""
        word = re.escape(name)
        pattern = re.compile(rf"^[ \t]*((async\s+)?(def|class)\s+{word}\b|{word}\s*=)", flags=re.MULTILINE)
        return next((run for run in self.trouble if pattern.search(self.numbered.get(run.number, ""))), None)

    def notes(self) -> list[str]:
        """Return what the learner should know about cells that failed."""
        return [
            f"Cell {run.number} stopped with {run.error}{f': {run.text[:300]}' if run.text else ''}"
            + (f" (line: {run.line})" if run.line else "")
            for run in self.trouble
        ]


@contextmanager
def loaded(server: ForkServer, prelude: list[Cell], cells: list[Cell], *, seconds: float) -> Iterator[Loaded]:
    """Run the prelude and then the cells in a fresh sandbox; a cell that ends the process is left out and the rest run again."""
    skipped: dict[int, CellRun] = {}
    numbered = {cell.number: as_python(cell.source) for cell in cells}
    with ExitStack() as stack:
        for _ in range(RESTARTS + 1):
            inner = stack.enter_context(ExitStack())
            sandbox = inner.enter_context(server.sandbox())
            running, start = 0, time.monotonic()
            trouble = []
            try:
                for cell in prelude:
                    sandbox.run_cell(-cell.number, cell.source, seconds=seconds)
                for running, source in numbered.items():
                    if running in skipped or not source.strip():
                        continue
                    if time.monotonic() - start > seconds * CELLS_AT_MOST:
                        trouble.append(CellRun(running, "Timeout", "it was not run: the cells before it took too long"))
                        continue
                    run = sandbox.run_cell(running, source, seconds=seconds)
                    if run.error:
                        trouble.append(run)
            except (SandboxDied, Stopped, ProtocolViolation) as problem:
                inner.close()
                late = isinstance(problem, Stopped)
                text = "it did not come back" if late else "it ended the whole Python process, so it was left out"
                skipped[running] = CellRun(running, "Timeout" if late else "SystemExit", text)
                continue
            everything = sorted([*trouble, *skipped.values()], key=lambda run: run.number)
            yield Loaded(sandbox, numbered, everything)
            return
        yield Loaded(None, numbered, list(skipped.values()))

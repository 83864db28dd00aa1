"""Say what was found out about the checks: on the screen, as data, and as the tables of docs/benchmarks.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.grading.mutate import Judged, Survivor

HEAD = """\
## Are the checks right?

Built by `mml prove --mutate --write`. A mutant is the reference with one small mistake. It is *killed* when a check refuses
it. A survivor is *explained* in `survivors.toml` when it gives the same answers as the reference, or when the contract
leaves open what it changes. A right solution is the reference, an accepted variant, or the reference with its answers,
arguments or definition in another form that the declared return type allows. Forms that do not apply to an exercise are
not counted.
"""
COLUMNS = ("Exercise", "Checks", "Right solutions", "Rejected", "Mutants", "Killed", "Explained", "Unexplained")


def lines_of(one: Judged, root: Path) -> Iterator[str]:
    """Yield what a person reads about one exercise; a survivor is spelt as survivors.toml wants it."""
    yield (
        f"{'BAD' if one.problems else 'ok '} {one.exercise}  {one.checks} checks; {len(one.tried)} right solutions, "
        f"{len(one.rejected)} rejected; {one.mutants} mutants: {one.killed} killed, {len(one.explained)} explained, "
        f"{len(one.unexplained)} unexplained; {one.seconds:.1f} s"
    )
    for name, what in one.rejected:
        yield f"    REJECTED {name}: {what}"
    path = Path(one.path)
    where = path.relative_to(root) if path.is_relative_to(root) else path
    line = 0
    for survivor in one.unexplained:
        if survivor.line != line:
            line = survivor.line
            yield f"    SURVIVES {where}:{line}"
        yield f"      {_quoted(survivor)}"
    for mutant in one.stale:
        yield f"    STALE {mutant}"


def _quoted(survivor: Survivor) -> str:
    return f"{json.dumps(survivor.id, ensure_ascii=False)},{survivor.note}"


def summary(judged: list[Judged]) -> str:
    """Return one line for all exercises: the kill rate leaves explained survivors out."""
    total = _total(judged)
    return (
        f"{len(judged)} exercises; {total['tried']} right solutions, {total['rejected']} rejected; {total['mutants']} mutants: "
        f"{total['killed']} killed, {total['explained']} explained, {total['unexplained']} unexplained, "
        f"{sum(len(one.stale) for one in judged)} stale; kill rate {_rate(total)}"
    )


def _total(judged: Iterable[Judged]) -> dict[str, int]:
    total = dict.fromkeys(("checks", "tried", "rejected", "mutants", "killed", "explained", "unexplained"), 0)
    for one in judged:
        for name in total:
            value = getattr(one, name)
            total[name] += value if isinstance(value, int) else len(value)
    return total


def _rate(total: dict[str, int]) -> str:
    wrong = total["mutants"] - total["explained"]
    return f"{100 * total['killed'] / wrong:.2f} %" if wrong else "without mutants"


def as_data(judged: list[Judged]) -> dict[str, Any]:
    """Return everything that was found as data for other programs."""
    return {
        "exercises": [asdict(one) | {"killed": one.killed, "problems": one.problems} for one in judged],
        "total": _total(judged),
        "kill_rate": _rate(_total(judged)),
    }


def rendered(judged: list[Judged]) -> str:
    """Return the part of the page between the markers."""
    rows = [_row(one.exercise, _total([one])) for one in judged]
    total = _total(judged)
    table = "\n".join([_cells(COLUMNS), _cells(["---"] + ["---:"] * (len(COLUMNS) - 1)), *rows, _row("**all**", total)])
    wrong = total["mutants"] - total["explained"]
    return (
        f"{HEAD}\nKill rate, without the explained survivors: **{_rate(total)}** of {wrong} mutants. "
        f"Rejected right solutions: **{total['rejected']}** of {total['tried']}.\n\n{table}\n"
    )


def _row(name: str, counts: dict[str, int]) -> str:
    order = ("checks", "tried", "rejected", "mutants", "killed", "explained", "unexplained")
    return _cells([name, *(str(counts[key]) for key in order)])


def _cells(texts: Iterable[str]) -> str:
    return f"| {' | '.join(texts)} |"

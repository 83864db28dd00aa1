"""Hostile submissions gain nothing, leak nothing, leave nothing behind and disturb nobody.

The files in submissions/ are named by the verdict that `entropy` must get and by what they try. Each replaces the honest
answers of a learner who would otherwise have full points for `softmax`.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from autograder.grading.grader import Grader
from autograder.grading.notebook import written
from autograder.grading.verdict import SubmissionReport, Verdict

SUBMISSIONS = sorted((Path(__file__).parent / "submissions").glob("*.py"))


def processes(grader: Grader) -> set[int]:
    """Return the processes of this grader's fork server: all of them carry its scratch folder in their command line."""
    assert grader.server is not None
    mark = str(grader.server.scratch).encode()
    return {int(name) for name in os.listdir("/proc") if name.isdigit() and mark in command(name)}


def command(process: str) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def verdicts(report: SubmissionReport) -> dict[str, tuple[Verdict, object]]:
    return {result.name: (result.verdict, result.points) for result in report.exercises}


@pytest.mark.parametrize("path", SUBMISSIONS, ids=lambda path: path.stem)
def test_an_attack_gets_its_verdict_and_gains_nothing(
    grader: Grader, honest: bytes, canary: str, path: Path, tmp_path: Path
) -> None:
    wanted = Verdict(path.stem.split("__")[0])
    before = grader.grade("neighbour", honest)
    loot = tmp_path / "loot.txt"

    report = grader.grade("attacker", written([path.read_text().replace("LOOT", str(loot)).replace("GRADER", str(os.getpid()))]))
    after = grader.grade("neighbour", honest)

    entropy = next(result for result in report.exercises if result.name == "entropy")
    assert entropy.verdict is wanted, [(check.name, check.verdict, check.message) for check in entropy.checks]
    assert entropy.points < entropy.possible
    assert canary not in json.dumps(asdict(report), default=str)
    assert not loot.exists()
    assert verdicts(after) == verdicts(before)


def test_no_process_outlives_its_submission(grader: Grader, honest: bytes) -> None:
    grader.grade("neighbour", honest)
    before = processes(grader)

    for path in SUBMISSIONS:
        if "fork" in path.stem or "outlive" in path.stem:
            grader.grade("attacker", written([path.read_text()]))

    assert len(before) >= 1
    assert processes(grader) == before


def test_there_is_an_attack_for_each_of_the_first_ten_classes() -> None:
    assert len(SUBMISSIONS) >= 15

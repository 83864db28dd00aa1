"""Claims about the measurements of growth and of the cache: they measure what they say, and leave the course alone."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from distributed import Client

from autograder.batch.fingerprint import code_key
from autograder.bench.cache import cache_ratio
from autograder.bench.cost import measured
from autograder.bench.growth import Grading, exponent, grade_class, memory_mb, one_more, write_class
from autograder.bench.workers import rendered, scheduler
from autograder.errors import CourseProblem

WEEK = "week99_fake"


def test_no_two_learners_of_a_large_class_have_the_same_code(course, release, tmp_path):
    folder = write_class(course, WEEK, 90, tmp_path / "class")

    files = sorted(folder.iterdir())
    assert len(files) == 90
    assert len({code_key(path.read_bytes(), frozenset()) for path in files}) == 90
    # Learners 1 and 41 give the same answers, each with a comment of their own.
    first, other = (answers(path) for path in (files[0], files[40]))
    assert first.replace("# learner 1\n", "# learner 41\n") == other and first != other


def answers(path):
    cells = json.loads(path.read_text())["cells"]
    return "".join("".join(cell["source"]) + "\n" for cell in cells if cell["id"].endswith("-answer"))


@pytest.mark.parametrize(
    ("seconds", "power"), [([3.0, 30.0, 300.0], 1.0), ([1.0, 100.0, 10_000.0], 2.0), ([5.0, 5.0, 5.0], 0.0)]
)
def test_the_exponent_says_how_time_grows(seconds, power):
    assert exponent([100, 1000, 10_000], seconds) == pytest.approx(power)


def test_the_start_of_a_batch_is_no_part_of_what_one_more_costs():
    classes = [Grading(size, 8 + size / 4, 0.0, 50.0, 50.0, 50.0, 1.0) for size in (100, 1000, 10_000)]

    assert one_more(classes) == [0.25, 0.25]


def test_memory_is_that_of_this_process():
    before = memory_mb()
    much = bytearray(64 * 2**20)

    assert 40 < memory_mb() - before < 90 and len(much) == 64 * 2**20


def test_memory_grows_by_the_end_over_the_first_tenth():
    assert Grading(100, 1.0, 100.0, 50.0, 60.0, 70.0, 1.0).growth_of_memory == 1.2


@pytest.mark.slow
def test_the_cache_and_the_coordinator_are_measured_on_a_copy_of_the_course(course, release, tmp_path):
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}

    found = cache_ratio(course, WEEK, learners=3, jobs=1, repeats=1)
    grading = grade_class(course, WEEK, write_class(course, WEEK, 3, tmp_path / "class"), tmp_path / "out", jobs=1)

    assert (found.learners, found.exercises) == (3, 2)
    assert found.anew > 0 and found.unchanged_ratio > 0 and found.one_exercise_ratio > 0
    assert grading.learners == 3 and 10 < grading.first_mb <= grading.most_mb and grading.store_mb > 0
    assert {path: path.read_bytes() for path in course.rglob("*") if path.is_file()} == before


def test_two_workers_are_compared_with_one_within_each_round():
    table = rendered({"dask-local": [(0.3, 0.2), (0.4, 0.2), (0.9, 0.3)]}, 20, 120, "week09")

    assert table.splitlines()[-1] == "| `--dask local --jobs N` | 400 ms | 200 ms | 2.00 | 1.50, 2.00, 3.00 |"


@pytest.mark.slow
def test_a_scheduler_for_measuring_has_the_workers_that_were_asked_for_and_leaves_none():
    with scheduler(2) as address, Client(address) as client:
        workers = client.run(os.getpid)
        schedulers = client.run_on_scheduler(os.getpid)

    assert len(set(workers.values())) == 2 and schedulers not in workers.values() and os.getpid() not in workers.values()
    assert not [pid for pid in (*workers.values(), schedulers) if Path(f"/proc/{pid}").exists()]


def test_what_a_command_leaves_behind_is_waited_for_and_counts(tmp_path):
    busy = "import time\nwhile time.process_time() < 0.5: pass\nopen('done', 'w').close()"
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {busy!r}])"

    cost = measured([sys.executable, "-c", parent], tmp_path)

    assert (tmp_path / "done").exists() and cost.cpu >= 0.5


def test_a_command_that_fails_is_named_with_its_words(tmp_path):
    with pytest.raises(CourseProblem, match="ended with 3: no luck"):
        measured([sys.executable, "-c", "import sys; print('no luck'); sys.exit(3)"], tmp_path)

"""Claims about clusters: the results are those of a local run, whatever happens to a worker, and every obstacle is named."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.config import load_config
from autograder.batch import cluster as module
from autograder.batch.packing import pack
from autograder.batch.pool import GRADER, Plan, grade_batch
from autograder.batch.simulate import ClassPlan, simulate
from autograder.batch.store import FILE, Store
from autograder.batch.submissions import find_submissions
from autograder.errors import CourseProblem, WeakSandbox
from autograder.grading.verdict import Status, Verdict

WEEK = "week99_fake"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def notes(tmp_path_factory):
    """The folder in which fake graders keep their notes, wherever they run."""
    return tmp_path_factory.mktemp("notes")


@pytest.fixture(scope="module")
def scheduler(notes):
    """Two Dask workers in processes of their own."""
    from distributed import LocalCluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAKE_GRADERS", str(notes))
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0") as cluster:
            yield cluster


@pytest.fixture
def plan(course, scheduler, notes, tmp_path, monkeypatch):
    # A worker that is started again takes the variables of this moment: its notes belong where the others keep theirs.
    monkeypatch.setenv("FAKE_GRADERS", str(notes))
    where = Plan(course / "source" / WEEK, course, tmp_path / "out", factory="fake_graders:start")
    return replace(where, dask=scheduler.scheduler_address)


@pytest.fixture
def hand_in(tmp_path):
    def write(**contents: str):
        folder = tmp_path / "flat"
        folder.mkdir()
        for learner, content in contents.items():
            (folder / f"{learner}.ipynb").write_text(content)
        return find_submissions(folder, WEEK)

    return write


def texts(out: Path) -> list[str]:
    with Store(out / FILE) as store:
        return [pack(replace(report, seconds=0.0)) for report in store.each(WEEK)]


def test_a_worker_that_is_killed_changes_nothing_in_the_result(course, assignment, release, scheduler, plan, tmp_path):
    simulate(assignment, load_config(course), ClassPlan(16, tmp_path / "class", 3, release))
    found = find_submissions(tmp_path / "class", WEEK)
    victims = [worker.process.pid for worker in scheduler.workers.values()][:1]

    def kill_once(done: int, total: int) -> None:
        if done > 3 and victims:
            os.kill(victims.pop(), signal.SIGKILL)

    there = grade_batch(found, replace(plan, factory=GRADER), progress=kill_once)
    here = grade_batch(found, replace(plan, factory=GRADER, dask="", jobs=2, out=tmp_path / "here"))

    assert not victims and (there.total, there.graded) == (16, 16) and there.counts == here.counts
    assert there.layers == here.layers
    assert texts(tmp_path / "out") == texts(tmp_path / "here")
    again = grade_batch(found, replace(plan, factory=GRADER))
    assert (again.graded, again.skipped) == (0, 16)


def test_a_grader_that_dies_costs_its_submission_one_try(plan, hand_in, tmp_path):
    found = hand_in(**{f"learner{i}": "x" * i for i in range(1, 7)}, eve="once more", mallory="die")

    summary = grade_batch(found, plan)

    assert summary.counts == {Status.GRADED: 7, Status.INCOMPLETE: 1, Status.UNREADABLE: 0}
    with Store(tmp_path / "out" / FILE) as store:
        assert store.report(WEEK, "eve").status is Status.GRADED
        report = store.report(WEEK, "mallory")
    assert [exercise.verdict for exercise in report.exercises] == [Verdict.OUR_FAULT] * 2
    assert [note[:22] for note in report.staff_notes] == ["Grading failed, try 1:", "Grading failed, try 2:"]


def test_the_secret_travels_with_the_course(course, plan, monkeypatch):
    monkeypatch.setenv("MML_TEST_SECRET", "open sesame")
    packed = module.pack_course(plan)

    assert packed.environment == (("MML_TEST_SECRET", "open sesame"),) and b"open sesame" not in packed.archive
    assert packed.digest == module.pack_course(plan).digest
    monkeypatch.delenv("MML_TEST_SECRET")
    assert module.pack_course(plan).environment == (("MML_TEST_SECRET", ""),)


def test_a_weak_worker_refuses_with_the_reason(plan, hand_in):
    with pytest.raises(WeakSandbox, match="Worker tcp://.*: This machine offers no seccomp"):
        grade_batch(hand_in(ada="1"), replace(plan, factory="fake_graders:refuse"))


def test_another_version_on_a_worker_is_named_before_anything_is_sent(plan, hand_in, monkeypatch):
    newer = replace(module.pack_course(plan), versions=(("numpy", "9.9"), ("scipy", "9.8")))
    monkeypatch.setattr(module, "pack_course", lambda plan: newer)

    with pytest.raises(CourseProblem, match=r"tcp://.* differs from this machine: numpy is .* instead of 9\.9, scipy"):
        grade_batch(hand_in(ada="1"), plan)


def test_an_address_without_a_scheduler_is_named(plan, hand_in, monkeypatch):
    monkeypatch.setattr(module, "CONNECT_SECONDS", 1)

    with pytest.raises(CourseProblem, match="No Dask scheduler answers at tcp://127.0.0.1:9"):
        grade_batch(hand_in(ada="1"), replace(plan, dask="tcp://127.0.0.1:9"))


def test_a_scheduler_without_workers_is_named(plan, hand_in, monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr(module, "WORKERS_SECONDS", 1)
    with LocalCluster(n_workers=0, processes=True, dashboard_address="127.0.0.1:0") as empty:
        with pytest.raises(CourseProblem, match="has no workers. Start at least one with: dask worker tcp://"):
            grade_batch(hand_in(ada="1"), replace(plan, dask=empty.scheduler_address))


def test_a_machine_without_dask_is_told_what_to_install(plan, hand_in, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(CourseProblem, match="needs Dask. Run: pip install"):
        grade_batch(hand_in(ada="1"), plan)


def test_a_cluster_of_this_machine_needs_no_address_and_leaves_no_grader(plan, hand_in):
    mine = Path(f"/proc/{os.getpid()}/task")

    summary = grade_batch(hand_in(ada="1", bob="22", eve="333"), replace(plan, dask="local", jobs=2))

    assert summary.counts[Status.GRADED] == 3
    children = [pid for task in mine.iterdir() for pid in (task / "children").read_text().split()]
    commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children]
    assert not [command for command in commands if b"batch.worker" in command]

"""Claims about batches: nothing is graded twice, nothing is lost, and one death costs one try."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.batch.pool import Plan, grade_batch
from autograder.batch.store import FILE, Store
from autograder.batch.submissions import find_submissions
from autograder.batch.worker import claim_core
from autograder.errors import CourseProblem, SandboxBroken, WeakSandbox
from autograder.grading.verdict import Status, Verdict

WEEK = "week99_fake"


@pytest.fixture
def hand_in(tmp_path):
    def write(**contents: str) -> Path:
        folder = tmp_path / "flat"
        folder.mkdir(exist_ok=True)
        for learner, content in contents.items():
            (folder / f"{learner}.ipynb").write_text(content)
        return folder

    return write


@pytest.fixture
def grade(course, tmp_path):
    def run(folder: Path, *, factory: str = "start", **more):
        out = more.pop("out", tmp_path / "out")
        progress = more.pop("progress", lambda done, total: None)
        plan = Plan(course / "source" / WEEK, course, out, factory=f"fake_graders:{factory}", **({"jobs": 2} | more))
        return grade_batch(find_submissions(folder, WEEK), plan, progress=progress)

    return run


def graded(course: Path) -> list[str]:
    log = course.parent / "notes" / "graded.txt"
    return log.read_text().split() if log.exists() else []


def stored(out: Path):
    with Store(out / FILE) as store:
        return {report.learner: report for report in store.reports(WEEK)}


def test_a_batch_is_graded_and_counted(course, grade, hand_in, tmp_path):
    seen = []

    summary = grade(hand_in(ada="1", bob="22", eve="333"), progress=lambda done, total: seen.append((done, total)))

    assert (summary.total, summary.graded, summary.skipped) == (3, 3, 0)
    assert summary.counts == {Status.GRADED: 3, Status.INCOMPLETE: 0, Status.UNREADABLE: 0}
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert summary.layers == ("seccomp",) and summary.throughput > 0 and summary.median_seconds > 0
    assert sorted(stored(tmp_path / "out")) == ["ada", "bob", "eve"]


def test_what_is_in_the_store_is_not_graded_again(course, grade, hand_in):
    folder = hand_in(ada="1", bob="22")
    grade(folder)

    summary = grade(hand_in(bob="changed"))

    assert (summary.graded, summary.skipped) == (1, 1)
    assert sorted(graded(course)) == ["ada", "bob", "bob"]
    assert grade(folder, fresh=True).graded == 2


def test_a_batch_without_work_starts_no_worker_and_still_names_the_layers(grade, hand_in):
    folder = hand_in(ada="1")
    grade(folder)

    summary = grade(folder, factory="stumble")

    assert (summary.graded, summary.skipped, summary.layers) == (0, 1, ("seccomp",))


def test_a_changed_exercise_is_graded_again(course, grade, hand_in):
    folder = hand_in(ada="1")
    grade(folder)
    path = course / "source" / WEEK / "110_alpha.py"
    path.write_text(path.read_text() + "\n# a change\n")

    assert grade(folder).graded == 1


def test_a_worker_that_dies_once_is_replaced(course, grade, hand_in, tmp_path):
    summary = grade(hand_in(ada="once 1", bob="22", eve="333"))

    assert summary.counts[Status.GRADED] == 3
    assert sorted(graded(course)) == ["ada", "bob", "eve"]


@pytest.mark.parametrize("fault", ["die", "raise"])
def test_a_submission_that_fails_twice_is_incomplete_and_disturbs_nobody(fault, grade, hand_in, tmp_path):
    summary = grade(hand_in(ada=fault, bob="22", eve="333"))

    report = stored(tmp_path / "out")["ada"]
    assert summary.counts == {Status.GRADED: 2, Status.INCOMPLETE: 1, Status.UNREADABLE: 0}
    assert [exercise.verdict for exercise in report.exercises] == [Verdict.OUR_FAULT] * 2
    assert [note[:22] for note in report.staff_notes] == ["Grading failed, try 1:", "Grading failed, try 2:"]


def test_an_incomplete_submission_is_tried_again_by_the_next_run(grade, hand_in):
    folder = hand_in(ada="raise", bob="22")
    grade(folder)

    summary = grade(folder)

    assert (summary.graded, summary.skipped) == (1, 1)


def test_an_unreadable_file_is_settled_without_a_grader(grade, tmp_path):
    folder = tmp_path / "flat"
    folder.mkdir()
    os.mkfifo(folder / "ada.ipynb")

    summary = grade(folder, factory="stumble")

    assert summary.counts[Status.UNREADABLE] == 1
    assert "a pipe" in stored(tmp_path / "out")["ada"].notes[0]


def test_a_weak_machine_is_reported_as_such(grade, hand_in):
    with pytest.raises(WeakSandbox, match="no seccomp"):
        grade(hand_in(ada="1"), factory="refuse")


def test_graders_that_never_start_end_the_batch(grade, hand_in):
    with pytest.raises(SandboxBroken, match="cannot even start"):
        grade(hand_in(ada="1"), factory="stumble")


def test_results_do_not_depend_on_jobs_or_order(grade, hand_in, tmp_path):
    folder = hand_in(**{f"learner{i}": "x" * i for i in range(9)})

    grade(folder, jobs=1, out=tmp_path / "one")
    grade(folder, jobs=3, out=tmp_path / "three")

    one, three = ([(r.learner, r.points, r.exercises) for r in stored(tmp_path / n).values()] for n in ("one", "three"))
    assert one == three and len(one) == 9


def test_two_coordinators_do_not_share_a_folder(grade, hand_in, tmp_path):
    import fcntl

    out = tmp_path / "out"
    out.mkdir()
    with (out / ".grading.lock").open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)

        with pytest.raises(CourseProblem, match="Another mml grade"):
            grade(hand_in(ada="1"))


SCRIPT = """
import sys
from pathlib import Path
from autograder.batch.pool import Plan, grade_batch
from autograder.batch.submissions import find_submissions
if __name__ == "__main__":
    root, flat, out = map(Path, sys.argv[1:])
    plan = Plan(root / "source" / "week99_fake", root, out, jobs=2, factory="fake_graders:start")
    try:
        grade_batch(find_submissions(flat, "week99_fake"), plan)
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_keeps_what_it_graded_and_resumes(blow, course, grade, hand_in, tmp_path):
    folder, out = hand_in(**{f"learner{i}": f"slow {i}" for i in range(8)}), tmp_path / "out"
    repository = str(Path(__file__).resolve().parents[2])
    environment = os.environ | {"PYTHONPATH": f"{os.environ['PYTHONPATH']}:{repository}"}
    command = [sys.executable, "-c", SCRIPT, str(course), str(folder), str(out)]
    process = subprocess.Popen(command, env=environment)
    deadline = time.monotonic() + 30
    while len(graded(course)) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    workers = children(process.pid)
    process.send_signal(blow)
    code = process.wait(timeout=20)

    assert code == (-9 if blow is signal.SIGKILL else 130)
    assert len(workers) == 2 and all(ends(worker) for worker in workers)
    kept = stored(out)
    assert 0 < len(kept) < 8
    before = len(graded(course))
    summary = grade(folder, out=out)
    assert (summary.graded, summary.skipped) == (8 - len(kept), len(kept))
    assert len(graded(course)) - before == 8 - len(kept)
    assert sorted(stored(out)) == [f"learner{i}" for i in range(8)]


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def ends(pid: int) -> bool:
    deadline = time.monotonic() + 8
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_every_grader_of_a_machine_keeps_to_a_core_of_its_own():
    mine, name = os.sched_getaffinity(0), f"mml-test-{os.getpid()}"
    claims, cores = [], []
    try:
        for _ in range(len(mine) + 1):
            claims.append(claim_core(name))
            cores.append(os.sched_getaffinity(0))
            os.sched_setaffinity(0, mine)
        assert cores == [{core} for core in sorted(mine)] + [mine] and claims[-1] is None
        claims.pop(0).close()
        claims.append(claim_core(name))
        assert os.sched_getaffinity(0) == {min(mine)}, "a claim ends with its holder"
    finally:
        os.sched_setaffinity(0, mine)
        for claim in claims:
            if claim is not None:
                claim.close()

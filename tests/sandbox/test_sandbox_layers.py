"""Each layer of confinement holds on this machine, does its work alone, and is missed when it is removed."""

from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from autograder.authoring.config import CourseConfig
from autograder.authoring.discover import choose_assignment
from autograder.batch.store import AssignmentFacts
from autograder.errors import SandboxBroken, WeakSandbox
from autograder.grading.grader import Grader
from autograder.grading.servers import sandbox_limits
from autograder.grading.notebook import written
from autograder.outputs.feedback import UNSAFE, learner_page
from autograder.sandbox import landlock
from autograder.sandbox.confine import ALL_LAYERS
from autograder.sandbox.doctor import Trial, self_test
from autograder.sandbox.warden import ForkServer

# What each layer stops without help. Some need another one to be there at all: a filter may only be set by a process
# that can never gain privileges, and a file system may only be mounted in a namespace of one's own.
ALONE = {
    "parent_death": (set(), {"signal of the parent's death"}),
    "namespaces": (set(), {"kill", "connect", "slow_down"}),
    "rlimits": (set(), {"big_file"}),
    "no_new_privs": (set(), {"new privileges"}),
    "unprivileged": (set(), {"capabilities"}),
    "landlock": ({"no_new_privs"}, {"read", "listing", "write"}),
    "seccomp": ({"no_new_privs"}, {"abstract", "run", "fork", "trace", "unshare", "change_mode", "watch", "slow_down", "kill"}),
    "scratch_quota": ({"namespaces"}, {"fill"}),
}


def stopped(trials: list[Trial]) -> set[str]:
    return {trial.name for trial in trials if trial.is_stopped}


@pytest.fixture(scope="module")
def trials(config: CourseConfig) -> list[Trial]:
    return self_test(sandbox_limits(config))[2]


def test_every_hostile_habit_is_stopped(trials: list[Trial]) -> None:
    assert [trial for trial in trials if not trial.is_stopped] == []
    assert len(trials) >= 26


@pytest.mark.parametrize("layer", ALL_LAYERS)
def test_a_layer_does_its_work_with_every_other_layer_off(config: CourseConfig, layer: str) -> None:
    needs, stops = ALONE[layer]
    without = frozenset(ALL_LAYERS) - {layer} - needs

    reached, refused, trials = self_test(sandbox_limits(config), without=without)

    assert set(reached) == {layer} | needs
    assert all(refused[name] == "switched off" for name in without)
    assert stops <= stopped(trials), [trial for trial in trials if trial.name in stops]


@pytest.mark.parametrize("layer", ["landlock", "seccomp", "rlimits", "unprivileged", "scratch_quota", "parent_death"])
def test_a_layer_that_is_switched_off_is_missed(config: CourseConfig, layer: str) -> None:
    reached, refused, trials = self_test(sandbox_limits(config), without=frozenset({layer}))

    assert layer not in reached and refused[layer] == "switched off"
    assert {trial.name for trial in trials} - stopped(trials)


def test_without_namespaces_the_other_layers_still_hold(config: CourseConfig) -> None:
    layers, refused, trials = self_test(sandbox_limits(config), without=frozenset({"namespaces"}))

    assert set(layers) == set(ALL_LAYERS) - {"namespaces", "scratch_quota"}
    assert refused["scratch_quota"] == "it needs namespaces"
    assert {trial.name for trial in trials} - stopped(trials) == {"fill"}


WITHOUT_NAMESPACES = """
import os, time
open("left.txt", "w").write("for the next one")
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
"""


def below(process: int) -> list[int]:
    """Return the processes below a process."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [found for child in map(int, children) for found in (child, *below(child))]


def is_alive(process: int) -> bool:
    """Say whether a process runs; one that nobody has buried yet does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_without_namespaces_nothing_outlives_a_submission_or_reaches_the_next(config: CourseConfig) -> None:
    server = ForkServer(sandbox_limits(config), without=frozenset({"namespaces"}))
    try:
        with server.sandbox() as sandbox:
            assert sandbox.run_cell(1, WITHOUT_NAMESPACES, seconds=5).error == ""
            assert len(below(server.process.pid)) >= 2

        assert below(server.process.pid) == []
        with server.sandbox() as sandbox:
            ran = sandbox.run_cell(1, "import os\nassert os.listdir() == [], os.listdir()", seconds=5)
    finally:
        server.close()

    assert (ran.error, ran.text) == ("", "")


@pytest.mark.parametrize("without", [frozenset(), frozenset({"namespaces"})], ids=["with namespaces", "without namespaces"])
def test_a_sandbox_dies_with_a_server_that_is_killed(config: CourseConfig, without: frozenset[str]) -> None:
    server = ForkServer(sandbox_limits(config), without=without)
    try:
        with suppress(SandboxBroken), server.sandbox():
            inside = below(server.process.pid)
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
        deadline = time.monotonic() + 20
        while any(is_alive(process) for process in inside) and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        server.close()

    assert inside and not any(is_alive(process) for process in inside)


@pytest.mark.parametrize("layer", ALL_LAYERS)
def test_below_the_floor_grading_refuses_and_names_layer_and_command(
    root: Path, config: CourseConfig, layer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.grading.servers.ForkServer", partial(ForkServer, without=frozenset({layer})))
    strict = Grader(choose_assignment(root, "week09"), replace(config, floor=(layer,)), release=root / "release")

    with pytest.raises(WeakSandbox, match=rf"{layer}: switched off.*mml doctor.*--unsafe"), strict:
        raise AssertionError("it started all the same")

    assert WeakSandbox.exit_code == 1


def test_unsafe_grading_goes_on_and_every_report_says_so(
    root: Path, config: CourseConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.grading.servers.ForkServer", partial(ForkServer, without=frozenset({"landlock"})))
    assignment = choose_assignment(root, "week09")
    with Grader(assignment, config, release=root / "release", unsafe=True) as grader:
        report = grader.grade("ada", written(["x = 1"]), only=frozenset({"entropy"}))

    assert report.is_unsafe
    assert ("landlock", "switched off") in report.refused_layers and "landlock" not in report.layers
    facts = AssignmentFacts(assignment.id, assignment.title, ())
    assert UNSAFE in learner_page(report, facts) and UNSAFE not in learner_page(replace(report, is_unsafe=False), facts)


# The number of a system call that a container may refuse, what is then missing, and what the kernel is heard to say.
REFUSED_CALLS = {
    "no user namespaces": ("unshare", {"namespaces", "scratch_quota"}),
    "no Landlock": ("landlock_create_ruleset", {"landlock"}),
    "no seccomp": ("seccomp", {"seccomp"}),
}
NUMBERS = {
    "x86_64": {"unshare": 272, "landlock_create_ruleset": 444, "seccomp": 317},
    "aarch64": {"unshare": 97, "landlock_create_ruleset": 444, "seccomp": 277},
}
IN_A_CONTAINER = """
import errno, json, sys
from pathlib import Path
from autograder.authoring.config import load_config
from autograder.grading.servers import sandbox_limits
from autograder.sandbox import kernel, seccomp
from autograder.sandbox.doctor import self_test

kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
machine = seccomp.platform.machine()
program = seccomp._start(machine) + seccomp._refuse(int(sys.argv[2]), errno.EPERM)
program += seccomp._step(seccomp.RETURN, seccomp.ALLOW)
seccomp._install(program)
layers, refused, trials = self_test(sandbox_limits(load_config(Path(sys.argv[1]))))
print(json.dumps([layers, refused, [trial.name for trial in trials if not trial.is_stopped]]))
"""


@pytest.mark.parametrize("setting", REFUSED_CALLS)
def test_inside_a_container_the_layers_that_are_left_hold(root: Path, setting: str) -> None:
    call, missing = REFUSED_CALLS[setting]
    number = NUMBERS[platform.machine()][call]

    ran = subprocess.run(
        [sys.executable, "-c", IN_A_CONTAINER, str(root), str(number)], cwd=root, capture_output=True, text=True, timeout=120
    )

    assert ran.returncode == 0, ran.stderr
    layers, refused, loose = json.loads(ran.stdout)
    assert set(ALL_LAYERS) - set(layers) == missing
    assert set(refused) == missing and all(refused.values())
    allowed = set().union(*(ALONE[layer][1] for layer in missing))
    assert set(loose) <= allowed


OLD_LANDLOCK = """
import json, os, sys
from pathlib import Path
from autograder.sandbox import kernel, landlock

offered = int(sys.argv[1])
landlock.version = lambda: offered
kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
mine, secret = Path(sys.argv[2]), Path(sys.argv[3])
landlock.restrict(readable=[Path("/usr")], writable=[mine])
(mine / "allowed").write_text("x")
found = []
for what in (lambda: secret.read_text(), lambda: os.listdir(secret.parent), lambda: secret.write_text("x"),
             lambda: secret.unlink(), lambda: (secret.parent / "new").mkdir(), lambda: open("/proc/1/environ").read()):
    try:
        found.append(str(what()))
    except OSError:
        pass
print(json.dumps(found))
"""


@pytest.mark.parametrize("offered", range(1, 8))
def test_an_older_landlock_denies_files_all_the_same(root: Path, tmp_path: Path, offered: int) -> None:
    assert landlock.version() >= 1
    version = min(offered, landlock.version())
    mine, secret = tmp_path / "mine", tmp_path / "theirs" / "secret.txt"
    mine.mkdir()
    secret.parent.mkdir()
    secret.write_text("canary")

    ran = subprocess.run(
        [sys.executable, "-c", OLD_LANDLOCK, str(version), str(mine), str(secret)],
        cwd=root, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []
    assert secret.read_text() == "canary" and os.listdir(mine) == ["allowed"]


def test_the_machine_of_the_tests_is_one_that_seccomp_knows() -> None:
    assert platform.machine() in ("x86_64", "aarch64")

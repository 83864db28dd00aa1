"""Each layer of confinement holds on this machine, and removing one makes its trial fail."""

from __future__ import annotations

import platform

import pytest

from autograder.authoring.config import CourseConfig
from autograder.errors import WeakSandbox
from autograder.grading.grader import sandbox_limits
from autograder.sandbox.doctor import Trial, self_test


@pytest.fixture(scope="module")
def trials(config: CourseConfig) -> list[Trial]:
    return self_test(sandbox_limits(config))[2]


def test_every_hostile_habit_is_stopped(trials: list[Trial]) -> None:
    assert [trial for trial in trials if not trial.is_stopped] == []
    assert len(trials) >= 20


@pytest.mark.slow
@pytest.mark.parametrize(
    ("removed", "fails"),
    [
        ("landlock", {"read", "listing"}),
        ("seccomp", {"abstract", "fork"}),
        ("rlimits", {"big_file"}),
    ],
)
def test_removing_a_layer_makes_its_trials_fail(config: CourseConfig, removed: str, fails: set[str]) -> None:
    layers, refused, trials = self_test(sandbox_limits(config), without=frozenset({removed}))

    assert removed not in layers and refused[removed] == "switched off"
    assert fails <= {trial.name for trial in trials if not trial.is_stopped}


@pytest.mark.slow
def test_without_namespaces_the_other_layers_still_hold(config: CourseConfig) -> None:
    layers, _, trials = self_test(sandbox_limits(config), without=frozenset({"namespaces"}))

    assert {"landlock", "seccomp", "rlimits", "no_new_privs"} <= set(layers)
    assert {trial.name for trial in trials if not trial.is_stopped} <= {"kill"}


def test_the_machine_of_the_tests_is_one_that_seccomp_knows() -> None:
    assert platform.machine() in ("x86_64", "aarch64")
    assert WeakSandbox.exit_code == 1

"""Claims about the alarm that stops our own code when it computes for too long."""

from __future__ import annotations

import gc
import sys
import time

import pytest

from autograder.clock import Late, computing


def spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_who_computes_too_long_is_stopped_and_who_sleeps_is_not() -> None:
    with computing(0.2):
        time.sleep(0.4)
    with pytest.raises(Late), computing(0.2):
        spin(30)


def test_an_alarm_that_a_destructor_swallows_rings_again(monkeypatch: pytest.MonkeyPatch) -> None:
    swallowed = []
    monkeypatch.setattr(sys, "unraisablehook", lambda problem: swallowed.append(problem.exc_type))

    class Slow:
        def __del__(self) -> None:
            spin(30)

    with pytest.raises(Late), computing(0.2):
        Slow()
        spin(30)

    assert swallowed == [Late]


def test_an_inner_block_has_a_limit_of_its_own_and_the_outer_one_goes_on() -> None:
    with pytest.raises(Late), computing(1.0):
        with pytest.raises(Late), computing(0.1):
            spin(30)
        spin(30)


def test_the_collector_waits_and_is_as_it_was_afterwards() -> None:
    assert gc.isenabled()
    with computing(5.0):
        assert not gc.isenabled()
    assert gc.isenabled()

"""Whoever draws from a global random generator is noticed, however he draws."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from autograder.sandbox import chance

DRAWS = {
    "random": random.random,
    "random bits": lambda: random.getrandbits(7),
    "a shuffle": lambda: random.shuffle([1, 2, 3]),
    "a normal number": lambda: random.gauss(0, 1),
    "a seed": random.seed,
    "numpy": lambda: np.random.rand(),
    "numpy's normal numbers": lambda: np.random.randn(3),
    "numpy's seed": np.random.seed,
}


@pytest.mark.parametrize("is_readable", [True, False])
@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_a_draw_changes_the_picture(draw: Callable[[], object], is_readable: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chance, "IS_READABLE", is_readable)

    for _ in range(2):  # the second number of gauss() was made with the first
        before = chance.global_chance()
        assert chance.global_chance() == before
        draw()
        assert chance.global_chance() != before


def test_an_own_generator_changes_nothing() -> None:
    before = chance.global_chance()
    random.Random(1).random(), np.random.default_rng(1).random(), np.random.RandomState(1).rand()

    assert chance.global_chance() == before


def test_the_words_of_this_python_are_where_we_look_for_them() -> None:
    assert chance.IS_READABLE

"""Read the state of the two global random generators, fast enough to do it around every call."""

from __future__ import annotations

import array
import ctypes
import random

import numpy as np

WORDS = 624  # of the Mersenne Twister, which both are
NUMPY_BYTES = WORDS * 4 + 4  # struct mt19937_state of numpy/random/src/mt19937/mt19937.h: the words and the position
PYTHON_BYTES = 4 + WORDS * 4  # RandomObject of Modules/_randommodule.c, behind what every object has: the position and the words


def global_chance() -> tuple[object, ...]:
    """Return something that changes when anybody draws from `random` or from `numpy.random`.

    Every second number of `numpy.random.randn()` is not noticed: it was made together with the one before.
    """
    generator = np.random.get_bit_generator()
    if type(generator) is np.random.MT19937:  # numpy.random.get_state() says the same and takes 90 times as long
        return ctypes.string_at(generator.ctypes.state_address, NUMPY_BYTES), _of_python()
    return type(generator), repr(generator.state), _of_python()


PYTHON: random.Random = random._inst  # type: ignore[attr-defined]


def _words() -> bytes:
    return ctypes.string_at(id(PYTHON) + object.__basicsize__, PYTHON_BYTES)


def _are_words() -> bool:
    """Say whether the words are where we look for them."""
    *words, position = PYTHON.getstate()[1]
    return array.array("I", _words()).tolist() == [position, *words]


IS_READABLE = _are_words()


def _of_python() -> object:
    # getstate() says the same and takes twenty times as long.
    return (_words(), PYTHON.gauss_next) if IS_READABLE else PYTHON.getstate()

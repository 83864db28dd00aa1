"""The wire carries its explicit list of types and refuses everything else."""

from __future__ import annotations

import importlib.util
import math
import struct
import sys
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.errors import ProtocolViolation
from autograder.grading.compare import equal
from autograder.sandbox import wire

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text() | st.binary() | st.fractions(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=15,
)
arrays = hnp.arrays(
    dtype=st.sampled_from(["?", "i1", "i8", "u2", "f2", "f4", "f8", "c8", "c16", "<U5", ">f8"]),
    shape=hnp.array_shapes(min_dims=0, max_dims=3, max_side=4, min_side=0),
)


def nothing_else(value: Any) -> wire.Handle:
    raise AssertionError(f"{value!r} should have a wire type")


def unchanged(value: Any) -> Any:
    return wire.decode(wire.encode(value, nothing_else), lambda reference: reference)


@given(plain)
def test_plain_values_come_back_with_their_types(value: Any) -> None:
    back = unchanged(value)

    assert type(back) is type(value)
    assert repr(back) == repr(value) or equal(back, value)


@given(arrays)
def test_arrays_come_back_with_shape_values_and_kind(value: np.ndarray) -> None:
    back = unchanged(value)

    assert back.shape == value.shape
    assert back.dtype == value.dtype.newbyteorder("<")
    assert np.array_equal(back, value, equal_nan=value.dtype.kind in "fc")


def test_special_numbers_survive() -> None:
    values = [math.inf, -math.inf, -0.0, 2**200, -(2**70), Fraction(1, 3), range(3, 9, 2), {1, 2}, np.float32(1.5), np.bool_(True)]

    back = unchanged(values)

    assert [type(v) for v in back] == [type(v) for v in values]
    assert back == values and math.copysign(1, back[2]) == -1
    assert math.isnan(unchanged(math.nan))


def test_a_generator_travels_as_its_state() -> None:
    generator = np.random.default_rng(5)
    generator.normal(size=3)

    back = unchanged(generator)

    assert back.normal() == generator.normal()


def test_a_subclass_of_an_array_becomes_a_plain_array() -> None:
    class Liar(np.ndarray):
        def __array_function__(self, *args: Any, **kwargs: Any) -> Any:
            return True

    back = unchanged(np.eye(2).view(Liar))

    assert type(back) is np.ndarray and np.array_equal(back, np.eye(2))


def test_what_contains_itself_is_refused_with_a_reason() -> None:
    loop: list[Any] = []
    loop.append(loop)

    with pytest.raises(ValueError, match="cannot send this value"):
        wire.encode(loop, nothing_else)


FLOAT = wire.NUMBERS["<f8"]


def array_frame(number: int, shape: list[int], data: bytes) -> bytes:
    head = struct.pack(f"<BB6x{len(shape)}Q", number, len(shape), *shape)
    return msgpack.packb(msgpack.ExtType(wire.ARRAY, head + data))


def nested(depth: int) -> bytes:
    data = msgpack.packb(1)
    for _ in range(depth):
        data = msgpack.packb(msgpack.ExtType(wire.TUPLE, b"\x91" + data))
    return data


def nested_bytes(depth: int, size: int) -> bytes:
    data = msgpack.packb(bytes(size))
    for _ in range(depth):
        data = msgpack.packb(msgpack.ExtType(wire.TUPLE, b"\x91" + data))
    return data


def test_a_msgpack_timestamp_is_just_a_number() -> None:
    assert type(wire.decode(b"\xd6\xff\x00\x00\x00\x05", lambda reference: reference)) is float


def extension(code: int, value: Any) -> bytes:
    return msgpack.packb(msgpack.ExtType(code, msgpack.packb(value)))


def with_one_hash(count: int) -> list[msgpack.ExtType]:
    return [msgpack.ExtType(wire.BIG_INT, (number * (2**61 - 1)).to_bytes(12, "big")) for number in range(count)]


HOSTILE = {
    "a range without end": extension(wire.RANGE, [0, 10**15, 1]),
    "a fraction with many digits": extension(wire.FRACTION, [msgpack.ExtType(wire.BIG_INT, b"\x01" * 5000), 3]),
    "a set of numbers with one hash": extension(wire.SET, with_one_hash(5000)),
    "a mapping of numbers with one hash": b"\xde\x07\xd1" + b"".join(msgpack.packb(key) + b"\xc0" for key in with_one_hash(2001)),
    "many empty containers": b"\xdd\x00\x10\x00\x00" + b"\x80" * 2**20,
    "many arrays of empty texts": array_frame(wire.TEXT, [0, 4_000_000], b""),
    "much inside much": nested_bytes(60, 6 * 2**20),
    "an array of unknown kind": array_frame(wire.TEXT + 1, [1], b"12345678"),
    "a shape that overflows": array_frame(FLOAT, [2**40, 2**40], b""),
    "a negative shape": array_frame(FLOAT, [2**64 - 1], bytes(8)),
    "an empty array of impossible shape": array_frame(FLOAT, [0, 2**40], b""),
    "too many axes": array_frame(FLOAT, [1] * 33, bytes(8)),
    "far too many axes": array_frame(FLOAT, [1] * 200, bytes(8)),
    "fewer lengths than axes": msgpack.packb(msgpack.ExtType(wire.ARRAY, bytes([FLOAT, 3]) + bytes(14))),
    "too little data": array_frame(FLOAT, [3], bytes(8)),
    "too much data": array_frame(FLOAT, [1], bytes(9)),
    "text without a length": array_frame(wire.TEXT, [], b""),
    "text with an impossible character": array_frame(wire.TEXT, [1, 1], b"\xff\xff\xff\xff"),
    "a text type with a huge size": array_frame(wire.TEXT, [2**60, 0], b""),
    "a boolean of two": array_frame(0, [1], b"\x02"),
    "a lone boolean of two": msgpack.packb(msgpack.ExtType(wire.SCALAR, b"\x00\x02")),
    "a number of unknown kind": msgpack.packb(msgpack.ExtType(wire.SCALAR, bytes([wire.TEXT]) + bytes(8))),
    "a number with too little data": msgpack.packb(msgpack.ExtType(wire.SCALAR, bytes([FLOAT]) + bytes(4))),
    "an array of nothing at all": msgpack.packb(msgpack.ExtType(wire.ARRAY, b"")),
    "an unknown extension": msgpack.packb(msgpack.ExtType(99, b"")),
    "a handle of unknown kind": msgpack.packb(msgpack.ExtType(wire.HANDLE, msgpack.packb([1, "os.system", "x"]))),
    "a generator without a state": msgpack.packb(msgpack.ExtType(wire.GENERATOR, msgpack.packb([1, 2]))),
    "a fraction over zero": msgpack.packb(msgpack.ExtType(wire.FRACTION, msgpack.packb([1, 0]))),
    "a range with step zero": msgpack.packb(msgpack.ExtType(wire.RANGE, msgpack.packb([1, 2, 0]))),
    "an endless integer": msgpack.packb(msgpack.ExtType(wire.BIG_INT, bytes(10**6))),
    "a set of lists": msgpack.packb(msgpack.ExtType(wire.SET, msgpack.packb([[1]]))),
    "an array that claims four billion entries": b"\xdd\xff\xff\xff\xff",
    "deep lists": b"\x91" * 5000 + b"\xc0",
    "deep extensions": nested(200),
    "broken utf-8": b"\xa2\xff\xfe",
    "a pickle": b"\x80\x04\x95\x1f\x00\x00\x00\x00\x00\x00\x00",
    "trailing bytes": b"\x01\x02",
    "nothing": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_a_protocol_violation(name: str) -> None:
    with pytest.raises(ProtocolViolation):
        wire.decode(HOSTILE[name], lambda reference: reference)


@given(st.binary(max_size=200))
@settings(max_examples=2000)
def test_random_bytes_never_raise_anything_else(data: bytes) -> None:
    try:
        wire.decode(data, lambda reference: reference)
    except ProtocolViolation:
        pass


@given(plain | arrays, st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4))
@settings(max_examples=2000)
def test_damaged_frames_never_raise_anything_else(value: Any, damage: list[tuple[int, int]]) -> None:
    data = bytearray(wire.encode(value, nothing_else))
    for position, byte in damage:
        data[position % len(data)] = byte

    try:
        wire.decode(bytes(data), lambda reference: reference)
    except ProtocolViolation:
        pass


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    """The program that fuzzes for longer; a few thousand of its frames are thrown in every run."""
    path = Path(__file__).resolve().parents[1] / "attacks" / "fuzz_wire.py"
    spec = importlib.util.spec_from_file_location("fuzz_wire", path)
    assert spec is not None and spec.loader is not None
    module = sys.modules["fuzz_wire"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_thousands_of_hostile_frames_are_decoded_or_refused(fuzz: ModuleType) -> None:
    result = fuzz.fuzz_frames(4000, seed=20)

    assert result.crashes == []
    assert result.executions == 4000 and 100 < result.accepted < 3000


def test_a_sandbox_that_answers_anything_gets_a_verdict(fuzz: ModuleType) -> None:
    result = fuzz.fuzz_dialogues(60, seed=21, weeks=("week09",))

    assert result.crashes == []
    assert result.executions == 60


def test_damaged_notebooks_are_read_or_refused_with_a_reason(fuzz: ModuleType) -> None:
    result = fuzz.fuzz_notebooks(1500, seed=22)

    assert result.crashes == []
    assert 0 < result.accepted < 1500

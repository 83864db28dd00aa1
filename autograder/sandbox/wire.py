"""The format in which the two processes talk: frames of msgpack with an explicit list of types.

A frame is a length (4 bytes, big-endian) and a msgpack value. Native: None, bool, int64, float, str, bytes, list, dict.
Every other type has an extension code below. Nothing is unpickled and no name from the wire is ever looked up: what is
not in a table is a ProtocolViolation.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import msgpack
import numpy as np

from autograder.errors import ProtocolViolation, SandboxDied
from autograder.kit.places import FilePath

MAX_FRAME = 64 * 2**20
MAX_DEPTH = 64
MAX_ITEMS = 4_000_000
MAX_BIG_INT = 65_536

TUPLE, BIG_INT, COMPLEX, SET, FROZENSET, RANGE, FRACTION, ARRAY, SCALAR, GENERATOR, HANDLE, CALLBACK, FILE, AXES = range(1, 15)

KINDS = "?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"
DTYPES = {np.dtype(kind).newbyteorder("<").str: np.dtype(kind).newbyteorder("<") for kind in KINDS}
MAX_TEXT = 4096  # characters per entry of a text array

Export = Callable[[Any], "Handle | Callback | Place"]


@dataclass(frozen=True, slots=True)
class Handle:
    """A thing that stays in the sandbox: a function, an object or something that has no wire type."""

    number: int
    kind: str
    type_name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A file or axes that a check hands over: each process has its own, made from this description."""

    kind: str  # "file" or "axes"
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Callback:
    """A function that stays with the grader."""

    number: int
    name: str


def encode(value: Any, export: Export) -> bytes:
    """Return the bytes of a value; what has no wire type is handed to `export`, which names it.

    Raises ValueError when the value is nested too deeply or is too large.
    """

    def pack(item: Any) -> bytes:
        # A small first buffer: the default of 256 kB costs more than the packing.
        packer = msgpack.Packer(default=default, strict_types=True, unicode_errors="backslashreplace", buf_size=512)
        return packer.pack(item)

    def default(item: Any) -> Any:
        kind = type(item)
        if kind is tuple:
            return msgpack.ExtType(TUPLE, pack(list(item)))
        if isinstance(item, np.ndarray):
            return _pack_array(item, pack, export)
        if isinstance(item, np.generic):
            return _pack_scalar(item, pack, export)
        if kind is int:
            return msgpack.ExtType(BIG_INT, item.to_bytes(item.bit_length() // 8 + 1, "big", signed=True))
        if kind is complex:
            return msgpack.ExtType(COMPLEX, struct.pack("<2d", item.real, item.imag))
        if kind is set or kind is frozenset:
            return msgpack.ExtType(SET if kind is set else FROZENSET, pack(list(item)))
        if kind is range:
            return msgpack.ExtType(RANGE, pack([item.start, item.stop, item.step]))
        if kind is Fraction:
            return msgpack.ExtType(FRACTION, pack([item.numerator, item.denominator]))
        if kind is np.random.Generator and type(item.bit_generator) is np.random.PCG64:
            return msgpack.ExtType(GENERATOR, pack(generator_state(item)))
        if kind is FilePath or kind.__module__.startswith("matplotlib"):
            return _pack_reference(export(item), pack)
        for plain in (bool, int, float, str, bytes, list, tuple, dict):
            if isinstance(item, plain) and kind.__module__ in ("collections", "builtins", "enum"):
                return dict(item) if plain is dict else plain(item)
        return _pack_reference(export(item), pack)

    try:
        return pack(value)
    except (ValueError, OverflowError, RecursionError) as problem:
        raise ValueError(f"cannot send this value: {problem}") from None


def _pack_reference(reference: Handle | Callback | Place, pack: Callable[[Any], bytes]) -> msgpack.ExtType:
    if isinstance(reference, Place):
        return msgpack.ExtType(FILE if reference.kind == "file" else AXES, pack([reference.number, reference.text]))
    if isinstance(reference, Handle):
        return msgpack.ExtType(HANDLE, pack([reference.number, reference.kind, reference.type_name]))
    return msgpack.ExtType(CALLBACK, pack([reference.number, reference.name]))


def _pack_array(item: np.ndarray, pack: Callable[[Any], bytes], export: Export) -> msgpack.ExtType:
    # A plain copy: a subclass may lie about itself.
    plain = np.array(item, copy=True, subok=False)
    if plain.dtype.kind in "fc" and plain.dtype.str not in DTYPES and plain.dtype.newbyteorder("<").str not in DTYPES:
        plain = plain.astype(np.complex128 if plain.dtype.kind == "c" else np.float64)
    plain = plain.astype(plain.dtype.newbyteorder("<"), copy=False)
    text = plain.dtype.kind == "U" and plain.dtype.itemsize <= 4 * MAX_TEXT
    if plain.dtype.str not in DTYPES and not text:
        return _pack_reference(export(item), pack)
    return msgpack.ExtType(ARRAY, pack([plain.dtype.str, list(plain.shape), plain.tobytes()]))


def _pack_scalar(item: np.generic, pack: Callable[[Any], bytes], export: Export) -> Any:
    if item.dtype.newbyteorder("<").str in DTYPES:
        return msgpack.ExtType(SCALAR, pack([item.dtype.newbyteorder("<").str, np.asarray(item).tobytes()]))
    if item.dtype.kind == "f":
        return float(item)
    if item.dtype.kind == "U":
        return str(item)
    return _pack_reference(export(item), pack)


def generator_state(generator: np.random.Generator) -> list[int]:
    """Return the state of a PCG64 generator as four integers."""
    state = generator.bit_generator.state
    return [state["state"]["state"], state["state"]["inc"], state["has_uint32"], state["uinteger"]]


def set_generator_state(generator: np.random.Generator, numbers: list[int]) -> None:
    """Move a generator to a state that came over the wire.

    Raises ProtocolViolation when the numbers are no state of PCG64.
    """
    if len(numbers) != 4 or not all(type(n) is int and 0 <= n < 2**128 for n in numbers):
        raise ProtocolViolation("a random generator without a proper state")
    state, inc, has_uint32, uinteger = numbers
    if has_uint32 not in (0, 1) or uinteger >= 2**32:
        raise ProtocolViolation("a random generator without a proper state")
    generator.bit_generator.state = {
        "bit_generator": "PCG64",
        "state": {"state": state, "inc": inc},
        "has_uint32": has_uint32,
        "uinteger": uinteger,
    }


def decode(data: bytes, resolve: Callable[[Handle | Callback | Place], Any]) -> Any:
    """Return the value of some bytes; references are handed to `resolve`.

    Raises ProtocolViolation for anything outside the format.
    """

    def unpack(chunk: bytes, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise ProtocolViolation("a value nested too deeply")
        return msgpack.unpackb(
            chunk,
            ext_hook=lambda code, inner: _open(code, inner, depth),
            strict_map_key=False,
            timestamp=1,  # a plain float instead of one more type
            max_array_len=MAX_ITEMS,
            max_map_len=MAX_ITEMS,
        )

    def _open(code: int, chunk: bytes, depth: int) -> Any:
        opener = openers.get(code)
        if opener is None:
            raise ProtocolViolation(f"unknown extension {code}")
        return opener(chunk, depth + 1)

    def sequence(kind: Callable[[Any], Any]) -> Callable[[bytes, int], Any]:
        return lambda chunk, depth: kind(_expect(unpack(chunk, depth), list))

    def reference(chunk: bytes, depth: int) -> Any:
        number, kind, type_name = _fields(unpack(chunk, depth), int, str, str)
        if kind not in ("function", "object", "other"):
            raise ProtocolViolation("a handle of unknown kind")
        return resolve(Handle(number, kind, type_name[:80]))

    def generator(chunk: bytes, depth: int) -> np.random.Generator:
        fresh = np.random.Generator(np.random.PCG64(0))
        set_generator_state(fresh, _expect(unpack(chunk, depth), list))
        return fresh

    openers: dict[int, Callable[[bytes, int], Any]] = {
        TUPLE: sequence(tuple),
        SET: sequence(set),
        FROZENSET: sequence(frozenset),
        BIG_INT: lambda chunk, depth: _big_int(chunk),
        COMPLEX: lambda chunk, depth: complex(*struct.unpack("<2d", chunk)),
        RANGE: lambda chunk, depth: range(*_fields(unpack(chunk, depth), int, int, int)),
        FRACTION: lambda chunk, depth: Fraction(*_fields(unpack(chunk, depth), int, int)),
        ARRAY: lambda chunk, depth: _array(*_fields(unpack(chunk, depth), str, list, bytes)),
        SCALAR: lambda chunk, depth: _scalar(*_fields(unpack(chunk, depth), str, bytes)),
        GENERATOR: generator,
        HANDLE: reference,
        CALLBACK: lambda chunk, depth: resolve(Callback(*_fields(unpack(chunk, depth), int, str))),
        FILE: lambda chunk, depth: resolve(Place("file", *_fields(unpack(chunk, depth), int, str))),
        AXES: lambda chunk, depth: resolve(Place("axes", *_fields(unpack(chunk, depth), int, str))),
    }
    try:
        return unpack(data, 0)
    except ProtocolViolation:
        raise
    except Exception as problem:  # msgpack raises many kinds; all of them mean that the bytes are not in the format
        raise ProtocolViolation(f"malformed data: {type(problem).__name__}: {str(problem)[:200]}") from None


def _expect(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise ProtocolViolation(f"expected {kind.__name__}, got {type(value).__name__}")
    return value


def _fields(value: Any, *kinds: type) -> list[Any]:
    if type(value) is not list or len(value) != len(kinds):
        raise ProtocolViolation("a record with the wrong number of fields")
    return [_expect(item, kind) for item, kind in zip(value, kinds, strict=True)]


def _big_int(chunk: bytes) -> int:
    if len(chunk) > MAX_BIG_INT:
        raise ProtocolViolation("an integer with too many digits")
    return int.from_bytes(chunk, "big", signed=True)


def _array(dtype: str, shape: list[Any], data: bytes) -> np.ndarray:
    kind = DTYPES.get(dtype)
    if kind is None:
        digits = dtype[2:]
        if not (dtype[:2] == "<U" and digits.isascii() and digits.isdigit() and int(digits[:6]) <= MAX_TEXT):
            raise ProtocolViolation("an array of unknown type")
        kind = np.dtype(f"<U{int(digits)}")
    if len(shape) > 32 or not all(type(n) is int and 0 <= n <= MAX_FRAME for n in shape):
        raise ProtocolViolation("an array of impossible shape")
    count = 1
    for n in shape:
        count *= n
    if count * kind.itemsize != len(data) or (kind.itemsize == 0 and count > MAX_ITEMS):
        raise ProtocolViolation("an array whose size does not fit its shape")
    if kind.kind == "b" and data.translate(None, b"\0\1"):
        raise ProtocolViolation("a boolean that is neither true nor false")
    if kind.kind == "U" and kind.itemsize and data:
        if int(np.frombuffer(data, "<u4").max(initial=0)) > 0x10FFFF:
            raise ProtocolViolation("an array of text with an impossible character")
    if kind.itemsize == 0:
        return np.zeros(shape, dtype=kind)
    return np.frombuffer(data, dtype=kind).reshape(shape).copy()


def _scalar(dtype: str, data: bytes) -> np.generic:
    if dtype not in DTYPES:
        raise ProtocolViolation("a number of unknown type")
    return _array(dtype, [], data)[()]


class Channel:
    """A stream socket that carries frames."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.waiting = bytearray()

    def send(self, payload: bytes) -> None:
        """Send one frame. Raises SandboxDied when the other side has gone, ValueError when the frame is too large."""
        if len(payload) > MAX_FRAME:
            raise ValueError("cannot send this value: it is too large")
        try:
            self.connection.sendall(struct.pack(">I", len(payload)) + payload)
        except OSError as problem:
            raise SandboxDied("the process ended before it was asked", cause=type(problem).__name__) from None

    def receive(self, seconds: float | None = None) -> bytes:
        """Return the next frame.

        Raises SandboxDied at the end of the stream, ProtocolViolation for a frame that is too large, and TimeoutError
        when the frame is not complete in time.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        if self.connection.gettimeout() != seconds:
            self.connection.settimeout(seconds)
        self._fill(4, deadline)
        size = struct.unpack_from(">I", self.waiting)[0]
        if size > MAX_FRAME:
            raise ProtocolViolation("a frame larger than the limit")
        self._fill(4 + size, deadline)
        frame = bytes(self.waiting[4 : 4 + size])
        del self.waiting[: 4 + size]
        return frame

    def _fill(self, wanted: int, deadline: float | None) -> None:
        while len(self.waiting) < wanted:
            try:
                part = self.connection.recv(max(wanted - len(self.waiting), 65_536))
            except (ConnectionResetError, BrokenPipeError):
                part = b""
            if not part:
                raise SandboxDied("the process ended without an answer")
            self.waiting += part
            if deadline is not None and time.monotonic() > deadline:
                raise TimeoutError

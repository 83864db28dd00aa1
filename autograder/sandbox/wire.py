"""The format in which the two processes talk: frames of msgpack with an explicit list of types.

A frame is a length (4 bytes, big-endian) and a msgpack value. Native: None, bool, int64, float, str, bytes, list, dict.
Every other type has an extension code below. An array is the number of its kind, the number of its axes, the length of
each axis (8 bytes, little-endian) and its data; for text, the characters per entry come first. Nothing is unpickled and no name from the wire is ever looked up: what is
not in a table is a ProtocolViolation.
"""

from __future__ import annotations

import math
import struct
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import msgpack
import numpy as np

from autograder.errors import ProtocolViolation
from autograder.kit.places import FilePath

MAX_FRAME = 64 * 2**20
MAX_DEPTH = 64
MAX_ITEMS = 4_000_000
MAX_BIG_INT = 65_536
MAX_COPIED = 4 * MAX_FRAME  # bytes of extensions, over all levels
MAX_FRACTION_BITS = 16_384  # reducing a fraction takes the square of its length
MAX_EMPTY_TEXTS = 4096
MANY_KEYS, MAX_SAME_HASH = 1000, 100

TUPLE, BIG_INT, COMPLEX, SET, FROZENSET, RANGE, FRACTION, ARRAY, SCALAR, GENERATOR, HANDLE, CALLBACK, FILE, AXES = range(1, 15)

KINDS = "?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"
DTYPES = tuple(np.dtype(kind).newbyteorder("<") for kind in KINDS)
NUMBERS = {dtype.str: number for number, dtype in enumerate(DTYPES)}
TEXT = len(DTYPES)  # the number of text, whose length is not fixed
MAX_TEXT = 4096  # characters per entry of a text array
MAX_AXES = 32
HEADS = tuple(struct.Struct(f"<BB6x{axes}Q") for axes in range(MAX_AXES + 2))

Export = Callable[[Any], "Handle | Callback | Place"]
Resolve = Callable[["Handle | Callback | Place"], Any]


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
    try:
        return _Writer(export).pack(value)
    except (ValueError, OverflowError, RecursionError) as problem:
        raise ValueError(f"cannot send this value: {problem}") from None


class _Writer:
    """Packs one value; msgpack asks `default` about every type that it does not know."""

    __slots__ = ("export",)

    def __init__(self, export: Export) -> None:
        self.export = export

    def pack(self, item: Any) -> bytes:
        # A small first buffer: the default of 256 kB costs more than the packing.
        packer = msgpack.Packer(default=self.default, strict_types=True, unicode_errors="backslashreplace", buf_size=512)
        return packer.pack(item)

    def default(self, item: Any) -> Any:
        kind, pack = type(item), self.pack
        if kind is np.ndarray and item.dtype.str in NUMBERS:
            return _array_of(NUMBERS[item.dtype.str], item.shape, item)
        if kind is tuple:
            return msgpack.ExtType(TUPLE, pack(list(item)))
        if isinstance(item, np.ndarray):
            return _pack_array(item, pack, self.export)
        if isinstance(item, np.generic):
            return _pack_scalar(item, pack, self.export)
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
            return _pack_reference(self.export(item), pack)
        if isinstance(item, tuple):  # a named tuple is a tuple, whoever named it
            return msgpack.ExtType(TUPLE, pack(list(tuple.__iter__(item))))
        for plain in (bool, int, float, str, bytes, list, dict):
            if isinstance(item, plain) and kind.__module__ in ("collections", "builtins", "enum"):
                return dict(item) if plain is dict else plain(item)
        return _pack_reference(self.export(item), pack)


def _pack_reference(reference: Handle | Callback | Place, pack: Callable[[Any], bytes]) -> msgpack.ExtType:
    if isinstance(reference, Place):
        return msgpack.ExtType(FILE if reference.kind == "file" else AXES, pack([reference.number, reference.text]))
    if isinstance(reference, Handle):
        return msgpack.ExtType(HANDLE, pack([reference.number, reference.kind, reference.type_name]))
    return msgpack.ExtType(CALLBACK, pack([reference.number, reference.name]))


def _pack_array(item: np.ndarray, pack: Callable[[Any], bytes], export: Export) -> msgpack.ExtType:
    # A plain copy: a subclass may lie about itself.
    plain = np.array(item, copy=True, subok=False)
    if plain.dtype.kind in "fc" and plain.dtype.newbyteorder("<").str not in NUMBERS:
        plain = plain.astype(np.complex128 if plain.dtype.kind == "c" else np.float64)
    plain = plain.astype(plain.dtype.newbyteorder("<"), copy=False)
    if plain.dtype.kind == "U" and plain.dtype.itemsize <= 4 * MAX_TEXT:
        return _array_of(TEXT, (plain.dtype.itemsize // 4, *plain.shape), plain)
    if plain.dtype.str not in NUMBERS:
        return _pack_reference(export(item), pack)
    return _array_of(NUMBERS[plain.dtype.str], plain.shape, plain)


def _array_of(number: int, lengths: tuple[int, ...], plain: np.ndarray) -> msgpack.ExtType:
    if len(lengths) >= len(HEADS):
        raise ValueError("an array with too many axes")
    return msgpack.ExtType(ARRAY, HEADS[len(lengths)].pack(number, len(lengths), *lengths) + plain.tobytes())


def _pack_scalar(item: np.generic, pack: Callable[[Any], bytes], export: Export) -> Any:
    kind = item.dtype.newbyteorder("<")
    if kind.str in NUMBERS:
        return msgpack.ExtType(SCALAR, bytes([NUMBERS[kind.str]]) + np.asarray(item, dtype=kind).tobytes())
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


def decode(data: bytes, resolve: Resolve) -> Any:
    """Return the value of some bytes; references are handed to `resolve`.

    Raises ProtocolViolation for anything outside the format.
    """
    try:
        return _Reader(resolve).unpack(data, 0)
    except ProtocolViolation:
        raise
    except Exception as problem:  # msgpack raises many kinds; all of them mean that the bytes are not in the format
        raise ProtocolViolation(f"malformed data: {type(problem).__name__}: {str(problem)[:200]}") from None


class _Reader:
    """Unpacks one value; msgpack asks `open` about every extension."""

    __slots__ = ("bytes_left", "items_left", "resolve")

    def __init__(self, resolve: Resolve) -> None:
        self.resolve = resolve
        self.items_left, self.bytes_left = MAX_ITEMS, MAX_COPIED

    def unpack(self, chunk: bytes, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise ProtocolViolation("a value nested too deeply")
        return msgpack.unpackb(
            chunk,
            ext_hook=partial(self.open, depth + 1),
            list_hook=self.count,
            object_pairs_hook=self.mapping,
            strict_map_key=False,
            timestamp=1,  # a plain float instead of one more type
            max_array_len=MAX_ITEMS,
            max_map_len=MAX_ITEMS,
        )

    def count(self, items: list[Any]) -> list[Any]:
        self.items_left -= len(items) + 8  # a container of one byte takes as much memory as eight entries
        if self.items_left < 0:
            raise ProtocolViolation("a value with too many entries")
        return items

    def mapping(self, pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
        _spread([key for key, _ in self.count(pairs)])
        return dict(pairs)

    def unique(self, chunk: bytes, depth: int) -> list[Any]:
        return _spread(self.items(chunk, depth))

    def open(self, depth: int, code: int, chunk: bytes) -> Any:
        self.bytes_left -= len(chunk)
        if self.bytes_left < 0:
            raise ProtocolViolation("a value with too much inside")
        opener = OPENERS.get(code)
        if opener is None:
            raise ProtocolViolation(f"unknown extension {code}")
        return opener(self, chunk, depth)

    def items(self, chunk: bytes, depth: int) -> list[Any]:
        return _expect(self.unpack(chunk, depth), list)

    def fields(self, chunk: bytes, depth: int, *kinds: type) -> list[Any]:
        return _fields(self.unpack(chunk, depth), *kinds)

    def handle(self, chunk: bytes, depth: int) -> Any:
        number, kind, type_name = self.fields(chunk, depth, int, str, str)
        if kind not in ("function", "object", "other"):
            raise ProtocolViolation("a handle of unknown kind")
        return self.resolve(Handle(number, kind, type_name[:80]))

    def generator(self, chunk: bytes, depth: int) -> np.random.Generator:
        fresh = np.random.Generator(np.random.PCG64(0))
        set_generator_state(fresh, self.items(chunk, depth))
        return fresh


OPENERS: dict[int, Callable[[_Reader, bytes, int], Any]] = {
    TUPLE: lambda reader, chunk, depth: tuple(reader.items(chunk, depth)),
    SET: lambda reader, chunk, depth: set(reader.unique(chunk, depth)),
    FROZENSET: lambda reader, chunk, depth: frozenset(reader.unique(chunk, depth)),
    BIG_INT: lambda reader, chunk, depth: _big_int(chunk),
    COMPLEX: lambda reader, chunk, depth: complex(*struct.unpack("<2d", chunk)),
    RANGE: lambda reader, chunk, depth: _range(*reader.fields(chunk, depth, int, int, int)),
    FRACTION: lambda reader, chunk, depth: _fraction(*reader.fields(chunk, depth, int, int)),
    ARRAY: lambda reader, chunk, depth: _array(chunk),
    SCALAR: lambda reader, chunk, depth: _scalar(chunk),
    GENERATOR: _Reader.generator,
    HANDLE: _Reader.handle,
    CALLBACK: lambda reader, chunk, depth: reader.resolve(Callback(*reader.fields(chunk, depth, int, str))),
    FILE: lambda reader, chunk, depth: reader.resolve(Place("file", *reader.fields(chunk, depth, int, str))),
    AXES: lambda reader, chunk, depth: reader.resolve(Place("axes", *reader.fields(chunk, depth, int, str))),
}


def _expect(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise ProtocolViolation(f"expected {kind.__name__}, got {type(value).__name__}")
    return value


def _fields(value: Any, *kinds: type) -> list[Any]:
    if type(value) is not list or len(value) != len(kinds):
        raise ProtocolViolation("a record with the wrong number of fields")
    return [_expect(item, kind) for item, kind in zip(value, kinds, strict=True)]


def _spread(keys: list[Any]) -> list[Any]:
    # Numbers with one hash can be written down at will, and a set of them takes the square of their number.
    if len(keys) > MANY_KEYS and max(Counter(map(hash, keys)).values()) > MAX_SAME_HASH:
        raise ProtocolViolation("too many keys with the same hash")
    return keys


def _range(start: int, stop: int, step: int) -> range:
    # Whoever turns it into a list or an array pays for every entry.
    found = range(start, stop, step)
    if len(found) > MAX_ITEMS:
        raise ProtocolViolation("a range with too many entries")
    return found


def _fraction(numerator: int, denominator: int) -> Fraction:
    if max(numerator.bit_length(), denominator.bit_length()) > MAX_FRACTION_BITS:
        raise ProtocolViolation("a fraction with too many digits")
    return Fraction(numerator, denominator)


def _big_int(chunk: bytes) -> int:
    if len(chunk) > MAX_BIG_INT:
        raise ProtocolViolation("an integer with too many digits")
    return int.from_bytes(chunk, "big", signed=True)


def _array(chunk: bytes) -> np.ndarray:
    number, axes = chunk[:2]
    if axes >= len(HEADS) or number > TEXT:
        raise ProtocolViolation("an array of unknown type")
    head = HEADS[axes]
    shape = head.unpack_from(chunk)[2:]
    if number < TEXT:
        kind = DTYPES[number]
    else:
        if not shape or shape[0] > MAX_TEXT:
            raise ProtocolViolation("an array of unknown type")
        kind, shape = np.dtype(f"<U{shape[0]}"), shape[1:]
    count = math.prod(shape)
    if len(shape) > MAX_AXES or max(shape, default=0) > MAX_FRAME:
        raise ProtocolViolation("an array of impossible shape")
    if head.size + count * kind.itemsize != len(chunk) or (kind.itemsize == 0 and count > MAX_EMPTY_TEXTS):
        raise ProtocolViolation("an array whose size does not fit its shape")
    if kind.itemsize == 0:
        return np.zeros(shape, dtype=kind)
    found = np.frombuffer(chunk, dtype=kind, offset=head.size).reshape(shape)
    if kind.kind == "b" and chunk[head.size :].translate(None, b"\0\1"):
        raise ProtocolViolation("a boolean that is neither true nor false")
    if kind.kind == "U" and int(np.frombuffer(chunk, "<u4", offset=head.size).max(initial=0)) > 0x10FFFF:
        raise ProtocolViolation("an array of text with an impossible character")
    return found.copy()


def _scalar(chunk: bytes) -> np.generic:
    kind = DTYPES[chunk[0]]
    if len(chunk) != 1 + kind.itemsize or (kind.kind == "b" and chunk[1] > 1):
        raise ProtocolViolation("a number whose size does not fit its type")
    return np.frombuffer(chunk, dtype=kind, offset=1)[0]

"""Throw frames at the grader's side of the wire: mutations of valid ones, random bytes, structured rubbish, whole dialogues.

    python tests/attacks/fuzz_wire.py --frames 100000 --seed 1

Anything but the documented ProtocolViolation (for a frame) or a verdict (for a dialogue) is a crash. The exit code is 1 when
there was one. A run with the same seed throws the same frames.
"""

from __future__ import annotations

import argparse
import random
import resource
import struct
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgpack
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from autograder.authoring.discover import choose_assignment  # noqa: E402
from autograder.authoring.model import Check, Exercise  # noqa: E402
from autograder.errors import BadSubmission, ProtocolViolation  # noqa: E402
from autograder.grading.notebook import as_python, read_notebook, written  # noqa: E402
from autograder.grading.trial import conformity, run_check  # noqa: E402
from autograder.grading.verdict import Verdict  # noqa: E402
from autograder.sandbox import wire  # noqa: E402
from autograder.sandbox.handles import Session  # noqa: E402

INTERESTING = (0, 1, 2, 7, 8, 31, 32, 64, 127, 128, 255, 256, 2**16 - 1, 2**16, 2**31 - 1, 2**32 - 1, 2**63 - 1, -1, -(2**63))
SLOW = 2.0  # seconds: what one frame or dialogue may take at most, on a machine that has time


@dataclass
class Result:
    """What a run came to."""

    executions: int = 0
    accepted: int = 0
    crashes: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_frame: bytes = b""

    def note(self, seconds: float, frame: bytes) -> None:
        """Count one execution."""
        self.executions += 1
        if seconds > self.slowest:
            self.slowest, self.slowest_frame = seconds, frame


def samples() -> list[Any]:
    """Return one value of every type that the wire carries."""
    generator = np.random.default_rng(1)
    return [
        None, True, 0, -1, 2**40, 2**200, 1.5, float("nan"), "text", b"bytes", [1, [2, [3]]], (1, (2, 3)), {"a": {"b": 1}},
        {1, 2},
        frozenset({"x"}), range(5), Fraction(1, 3), 1j, np.eye(3), np.arange(4), np.array(["a", "bc"]), np.zeros((0, 3)),
        np.float32(1), np.bool_(True), np.array(7.0), generator, wire.Handle(0, "object", "Thing"),
        wire.Handle(1, "function", "f"),
        wire.Callback(0, "f"), wire.Place("file", 0, "a,b"), wire.Place("axes", 0, ""),
    ]  # fmt: skip


def itself(value: Any) -> Any:
    """Export the references of this module's samples as they are."""
    if not isinstance(value, wire.Handle | wire.Callback | wire.Place):
        raise ValueError(f"no wire type: {type(value)}")
    return value


def valid_frames() -> list[bytes]:
    """Return frames such as an honest sandbox sends."""
    values = samples()
    frames = [wire.encode(value, itself) for value in values]
    frames += [wire.encode(["value", value, {}], itself) for value in values]
    facts = {"changed": ["argument 1"], "generators": [[1, 2, 0, 0]], "blocked": ["numpy.dot"], "global_random": True}
    messages = [
        ["value", 1.0, facts], ["error", ["ValueError", "Exception"], "no", "x = 1", {}], ["output", "x"], ["missing", "f"],
        ["callback", 0, [1.0], {"a": 1}],
    ]  # fmt: skip
    frames += [wire.encode(message, itself) for message in messages]
    return frames


def mutated(chance: random.Random, frame: bytes, others: list[bytes]) -> bytes:
    """Return a frame with a few things wrong."""
    data = bytearray(frame)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(7):
            case 0 if data:
                data[place % len(data)] = chance.randrange(256)
            case 1 if data:
                data[place % len(data)] ^= 1 << chance.randrange(8)
            case 2:
                del data[place : place + chance.randint(1, 8)]
            case 3:
                data[place:place] = chance.randbytes(chance.randint(1, 8))
            case 4:
                size = chance.choice((1, 2, 4, 8))
                data[place : place + size] = (chance.choice(INTERESTING) % 256**size).to_bytes(size, "big")
            case 5:
                other = chance.choice(others)
                data[place:place] = other[chance.randrange(len(other) + 1) :]
            case _:
                data = data + data[place:]
        data = data[:20_000]
    return bytes(data)


def structured(chance: random.Random, depth: int = 0) -> Any:
    """Return a value that msgpack can pack and that means something odd."""
    if depth > 4 or chance.random() < 0.35:
        plain = (None, True, 1.5, float("nan"), "", "x" * 300, b"", b"\x80" * 40, "value", "error")
        return chance.choice((*INTERESTING[:-2], *plain))
    inner = [structured(chance, depth + 1) for _ in range(chance.randrange(5))]
    match chance.randrange(6):
        case 0:
            return inner
        case 1:
            return {chance.choice(("a", "blocked", "changed", "generators", 1, 2.5, None, b"k")): item for item in inner}
        case 2:
            lengths = [chance.choice(INTERESTING) % 2**64 for _ in range(chance.randrange(4))]
            axes = chance.choice((len(lengths), len(lengths), chance.randrange(256)))
            head = struct.pack(f"<BB6x{len(lengths)}Q", chance.randrange(wire.TEXT + 2), axes, *lengths)
            return msgpack.ExtType(wire.ARRAY, head + chance.randbytes(chance.choice((0, 1, 8, 24))))
        case 3:
            return msgpack.ExtType(chance.randrange(0, 18), chance.randbytes(chance.choice((0, 1, 2, 16))))
        case 4:
            return extension(chance.randrange(1, 15), inner)
        case _:
            return ["value", inner, {"generators": inner, "changed": inner, "blocked": inner}]


def extension(code: int, value: Any) -> msgpack.ExtType:
    """Return an extension that holds a packed value."""
    return msgpack.ExtType(code, msgpack.packb(value, strict_types=False))


def frames_of(chance: random.Random, valid: list[bytes]) -> Iterator[bytes]:
    """Yield frames without end: six mutations for two structured ones and two of random bytes."""
    while True:
        for _ in range(6):
            yield mutated(chance, chance.choice(valid), valid)
        for _ in range(2):
            yield msgpack.packb(structured(chance), strict_types=False)
        yield chance.randbytes(chance.randrange(200))
        yield chance.choice((b"A", b"Q", b"N", b"T", b"")) + chance.randbytes(chance.randrange(60))


def tried(result: Result, frame: bytes, act: Callable[[], Any], allowed: tuple[type[BaseException], ...]) -> None:
    """Do something hostile and note how it went."""
    start = time.perf_counter()
    try:
        act()
        result.accepted += 1
    except allowed:
        pass
    except BaseException as problem:  # whatever else escapes is what we look for
        if isinstance(problem, KeyboardInterrupt):
            raise
        result.crashes.append(f"{type(problem).__name__}: {str(problem)[:150]} from {frame[:200].hex()}")
    result.note(time.perf_counter() - start, frame)


def fuzz_frames(count: int, seed: int) -> Result:
    """Decode hostile frames; only ProtocolViolation is allowed."""
    chance, result = random.Random(seed), Result()
    stream = frames_of(chance, valid_frames())
    for _ in range(count):
        frame = next(stream)
        tried(result, frame, lambda frame=frame: wire.decode(frame, lambda reference: reference), (ProtocolViolation,))
    return result


def checks_of(weeks: tuple[str, ...]) -> list[tuple[Exercise, Check]]:
    """Return the checks of some weeks."""
    exercises = [exercise for week in weeks for exercise in choose_assignment(ROOT, week).exercises]
    return [(exercise, check) for exercise in exercises for check in exercise.checks]


def fuzz_dialogues(count: int, seed: int, weeks: tuple[str, ...] = ("week01", "week04", "week09")) -> Result:
    """Let a fake sandbox answer real checks with hostile frames: each must end with a verdict, and not with full marks."""
    chance, result = random.Random(seed), Result()
    valid = valid_frames()
    stream, checks = frames_of(chance, valid), checks_of(weeks)
    for _ in range(count):
        exercise, check = chance.choice(checks)
        said: list[bytes] = []

        def answer(frame: bytes, serve: Callable[[bytes], bytes], said: list[bytes] = said) -> bytes:
            for _ in range(chance.choice((0, 0, 0, 1, 3))):
                said.append(wire.encode(["callback", chance.randrange(3), [1.0], {}], itself))
                serve(said[-1] if chance.random() < 0.5 else next(stream))
            said.append(chance.choice(valid) if chance.random() < 0.4 else next(stream))
            return said[-1]

        def talk(exercise: Exercise = exercise, check: Check = check, answer: Any = answer) -> None:
            run = run_check(exercise, check, Session(interrupted(answer), conformity(exercise)), secret="fuzz")
            if run.verdict is Verdict.OUR_FAULT:
                raise AssertionError(f"our fault in {exercise.name}, {check.name}: {run.staff_note[-300:]}")

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tried(result, b"|".join(said), talk, ())
    return result


def interrupted(answer: Callable[..., bytes]) -> Callable[..., bytes]:
    """Turn what a callback's violation means to the dialogue into what it means to a check, as the warden does."""
    from autograder.sandbox.handles import Stopped

    def ask(frame: bytes, serve: Callable[[bytes], bytes]) -> bytes:
        try:
            return answer(frame, serve)
        except ProtocolViolation as problem:
            raise Stopped("crashed", str(problem)) from None

    return ask


def fuzz_notebooks(count: int, seed: int) -> Result:
    """Read damaged notebooks; only BadSubmission is allowed."""
    chance, result = random.Random(seed), Result()
    old = b'{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1"]}]}], "metadata": {}}'
    magic = written(["x = 1", "%time y = 2\n!ls", "def f(x):\n    return x?"])
    valid = [magic, written(["%%bash\nls"]), old, b"\xff\xfe" + "{}".encode("utf-16-le")]
    words = [b"null", b"[]", b"{}", b"1e999", b'"cells"', b'"source"', b'"\\ud800"', b"-", b"[" * 200, b"NaN", b"9" * 400]
    for _ in range(count):
        whole = chance.choice(valid)
        data = mutated(chance, whole, valid) if chance.random() < 0.5 else swapped(chance, whole, words)

        def read(data: bytes = data) -> None:
            for cell in read_notebook(data).cells:
                as_python(cell.source)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tried(result, data, read, (BadSubmission,))
    return result


def swapped(chance: random.Random, data: bytes, words: list[bytes]) -> bytes:
    """Replace tokens of a JSON text by others, so that it often stays JSON."""
    for _ in range(chance.randint(1, 3)):
        tokens = [place for place, byte in enumerate(data) if byte in b'",:[]{}0123456789']
        start = chance.choice(tokens) if tokens else 0
        end = chance.choice([place for place in tokens if place >= start] or [start])
        data = data[:start] + chance.choice(words) + data[min(end, start + 60) :]
    return data


def main() -> int:
    """Fuzz for as long as the command line says, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=100_000)
    parser.add_argument("--dialogues", type=int, default=0, help="default: a hundredth of the frames")
    parser.add_argument("--notebooks", type=int, default=0, help="default: a tenth of the frames")
    parser.add_argument("--seed", type=int, default=struct.unpack("<I", random.randbytes(4))[0])
    given = parser.parse_args()
    print(f"seed {given.seed}", file=sys.stderr)
    parts = {
        "frames": lambda: fuzz_frames(given.frames, given.seed),
        "dialogues": lambda: fuzz_dialogues(given.dialogues or given.frames // 100, given.seed),
        "notebooks": lambda: fuzz_notebooks(given.notebooks or given.frames // 10, given.seed),
    }
    crashes = 0
    for name, fuzz in parts.items():
        start = time.perf_counter()
        result = fuzz()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{name}: {result.executions:,} executions, {len(result.crashes)} crashes, {result.accepted:,} accepted, "
            f"slowest {1000 * result.slowest:.1f} ms, peak memory {peak} MB, {time.perf_counter() - start:.1f} s"
        )
        for crash in result.crashes[:20]:
            print(f"  {crash}")
        crashes += len(result.crashes)
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())

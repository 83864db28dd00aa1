"""Search editions and zips for anything that must not leave."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from autograder.authoring.discover import assignment_folders, course_root
from autograder.build.secrets import Secrets, secrets_of
from autograder.build.write import DEBRIS, read_all
from autograder.errors import UsageProblem

NEXT = "Take it out of source/ or of the file, then run: mml build and mml audit"
MAX_ZIP_DEPTH, MAX_MEMBER, MAX_MEMBERS = 6, 200_000_000, 50_000
MACHINE = "a path of the machine it was built on"
ENGINE, SECRET = "an import of the engine", "a secret or seed of the course"
MARKER, REGISTRY = "a solution marker", "the address of a package registry"
FOR_STAFF = {ENGINE, SECRET, MARKER}  # what a bundle for staff may hold


class Kind(StrEnum):
    """Whom files are for, which decides what they may hold."""

    LEARNER = "learner"  # nothing but what learners read
    CHECKS = "checks"  # hidden checks too, as stock otter and nbgrader need them, but nothing that solves an exercise
    STAFF = "staff"  # everything but what tells about the machine


FORBIDDEN = {
    MARKER: re.compile(r"#+\s*(BEGIN|END)\s+(SOLUTION|HIDDEN TESTS)"),
    ENGINE: re.compile(r"^\s*(from|import)\s+autograder\b", re.MULTILINE),
    SECRET: re.compile(r"\bcourse_secret\b|\bMML_(COURSE_)?SECRET\b", re.IGNORECASE),
    # The two exceptions are written by `otter generate` and are places inside its own image.
    MACHINE: re.compile(
        r"(?<![\w.:/~])/(?!root/miniforge3\b|tmp/pandoc\.deb\b)(home|root|Users|work|tmp)/\w|\b[A-Z]:\\\\?Users\\"
    ),
    REGISTRY: re.compile(
        r"(--(extra-)?index-url|--find-links|--trusted-host)\b|https?://[^\s\"')>]*(/simple\b|artifactory|devpi|pypi\.|nexus)",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One text to be searched, and where it stands."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Texts and patterns that must not appear, and what each of them gives away."""

    values: dict[str, str]
    patterns: dict[str, re.Pattern[str]]


def audit(paths: Iterable[Path], *, root: Path | None = None, secret: str = "", kind: Kind = Kind.LEARNER) -> list[str]:
    """Return one message for everything secret that the files under `paths` carry; no message means that they may leave.

    `secret` is the value of the course secret, when there is one: a text that contains it must not leave either.
    Whatever lies below a folder called `solutions` may show references, but no hidden check, misconception or variant.
    Raises UsageProblem when a path does not exist; BadExercise when source/ cannot be read.
    """
    root = root or course_root()
    staff = kind is Kind.STAFF
    assignments = [] if staff else read_all(assignment_folders(root))
    release = secrets_of(assignments, checked=kind is Kind.CHECKS)
    solved = secrets_of(assignments, solved=True)
    values = {str(root): MACHINE} | ({secret: "the course secret"} if secret and not staff else {})
    patterns = {what: pattern for what, pattern in FORBIDDEN.items() if not (staff and what in FOR_STAFF)}
    problems: list[str] = []
    for path in paths:
        if not path.exists():
            raise UsageProblem(f"{path} does not exist. Run: mml build, then: mml audit")
        files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
        for file in files:
            if not DEBRIS & set(file.parts):
                secrets = solved if "solutions" in _inside(file, root).parts else release
                problems += _search(str(_inside(file, root)), file.read_bytes(), secrets, Words(values, patterns))
    return problems


def _inside(file: Path, root: Path) -> Path:
    absolute = file.resolve()
    return absolute.relative_to(root.resolve()) if absolute.is_relative_to(root.resolve()) else file


def _search(where: str, content: bytes, secrets: Secrets, words: Words) -> list[str]:
    problems: list[str] = []
    for piece in _pieces(where, content, depth=0):
        if isinstance(piece, str):
            problems.append(piece)
            continue
        found = list(secrets.found_in(piece.text))
        found += [what for what, pattern in words.patterns.items() if pattern.search(piece.text)]
        found += [what for value, what in words.values.items() if value in piece.text]
        problems += [f"{piece.where}: {what} is in it. {NEXT}" for what in dict.fromkeys(found)]
    return problems


def _pieces(where: str, content: bytes, *, depth: int) -> Iterator[Piece | str]:
    """Yield the texts in a file, or a message when it cannot be searched."""
    yield Piece(f"{where} (its name)", where.replace("/", "\n"))
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        yield from _zip_pieces(where, content, depth=depth)
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = re.sub(r"[^\x20-\x7e\n]+", "\n", content.decode("latin-1"))
    if where.endswith((".ipynb", ".json")):
        try:
            yield from _json_pieces(where, json.loads(text))
            return
        except (ValueError, RecursionError):
            pass  # a broken notebook is searched as plain text
    yield Piece(where, text)


def _zip_pieces(where: str, content: bytes, *, depth: int) -> Iterator[Piece | str]:
    if depth >= MAX_ZIP_DEPTH:
        yield f"{where}: zips are nested too deeply to be searched. Unpack it, then run: mml audit"
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            yield Piece(f"{where} (its comment)", archive.comment.decode("latin-1"))
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_MEMBER:
                yield f"{where}: the zip is too large to be searched. Unpack it, then run: mml audit"
                return
            for member in members:
                yield from _pieces(f"{where}!{member.filename}", archive.read(member), depth=depth + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as problem:
        yield f"{where}: the zip cannot be searched ({problem}). Make it again, then run: mml audit"


def _json_pieces(where: str, document: object) -> Iterator[Piece]:
    cells = document.get("cells") if isinstance(document, dict) else None
    if not isinstance(cells, list):
        yield Piece(where, "\n".join(_strings(document)))
        return
    rest = {key: value for key, value in document.items() if key != "cells"}
    yield Piece(f"{where}, metadata", "\n".join(_strings(rest)))
    for number, cell in enumerate(cells, start=1):
        name = cell.get("id", "") if isinstance(cell, dict) else ""
        yield Piece(f"{where}, cell {number} {name}".rstrip(), "\n".join(_strings(cell)))


def _strings(value: object) -> Iterator[str]:
    """Yield every text in a JSON value; a list of lines, as notebooks store them, is one text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield "".join(item if item.endswith("\n") else item + "\n" for item in value)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _strings(item)

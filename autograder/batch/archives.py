"""Read zip archives from outside as data: nothing is ever unpacked to disk.

Two kinds of refusal. An archive that is damaged, or that claims too many members or too many bytes, is refused as a
whole. Anything else (a link, an absolute path, `..`, a password, a second member of the same name, a member that
grows too much) is the refusal of one member: it stays in the list with its reason, and the others are read.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import time
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from autograder.batch.names import clean_name
from autograder.errors import BadSubmission

MAX_BYTES = 50 * 2**20
MAX_MEMBERS = 20_000
MAX_TABLE = 8 * 2**20
MAX_TOTAL = 16 * 2**30
# Text that repeats itself packs well, so the ratio counts only where it would hurt.
MAX_RATIO, RATIO_FROM = 500, 5 * 2**20
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Folders that say whose a file is, so that a refused path still has an owner.
OWNER = re.compile(r"_assignsubmission_|^submission_\d+$|\+")
DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Member:
    """One file or folder of an archive; `refusal` says why its bytes must not be read."""

    parts: tuple[str, ...]
    raw: str
    is_folder: bool
    size: int
    modified: float
    refusal: str


class Archive:
    """An open zip archive."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """Read the table of contents.

        Raises BadSubmission when the archive is refused as a whole.
        """
        self.stream, self.name = stream, name
        self._check_table()
        try:
            self.zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError) as problem:
            raise BadSubmission(f"{name} is no zip archive that can be read: {problem}.") from None
        self._check_sums()
        self.members = self._list()
        self.by_name = {member.raw: member for member in self.members}

    def __del__(self) -> None:
        self.stream.close()

    def read(self, raw: str) -> bytes:
        """Return the bytes of one member.

        Raises BadSubmission when the member is refused or damaged.
        """
        member = self.by_name.get(raw)
        if member is None or member.is_folder:
            raise BadSubmission(f"{self.name} no longer holds the notebook that was found in it.")
        if member.refusal:
            raise BadSubmission(f"{clean_name(member.parts[-1])} {member.refusal}.")
        try:
            with self.zip.open(raw) as stream:
                content = stream.read(MAX_BYTES + 1)
                stream.read(1)  # the end is where zipfile compares the checksum
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, struct.error) as problem:
            raise BadSubmission(f"{clean_name(member.parts[-1])} is damaged inside {self.name}: {problem}.") from None
        return content

    def _check_table(self) -> None:
        """Look at the sizes that the end of the file claims before anything is read into memory."""
        size = self.stream.seek(0, os.SEEK_END)
        self.stream.seek(max(0, size - 65_557))
        tail = self.stream.read()
        short = tail[-22:]
        at = len(tail) - 22 if short[:4] == b"PK\5\6" and short[-2:] == b"\0\0" else tail.rfind(b"PK\5\6")
        if at < 0 or len(tail) - at < 22:
            raise BadSubmission(f"{self.name} is no zip archive, or its end is missing.")
        count, table = struct.unpack("<HI", tail[at + 10 : at + 16])
        locator = tail[at - 20 : at] if at >= 20 else b""
        if locator[:4] == b"PK\6\7":
            self.stream.seek(min(size, struct.unpack("<Q", locator[8:16])[0]))
            record = self.stream.read(56)
            if len(record) == 56:
                count, table = struct.unpack("<Q", record[32:40])[0], struct.unpack("<Q", record[40:48])[0]
        if count > MAX_MEMBERS or table > MAX_TABLE:
            raise BadSubmission(
                f"{self.name} claims {count} members in a table of {table} bytes; the limits are {MAX_MEMBERS} and {MAX_TABLE}."
            )
        self.stream.seek(0)

    def _check_sums(self) -> None:
        items, size = self.zip.infolist(), self.stream.seek(0, os.SEEK_END)
        total, packed = sum(item.file_size for item in items), sum(item.compress_size for item in items)
        if len(items) > MAX_MEMBERS:
            raise BadSubmission(f"{self.name} has {len(items)} members; the limit is {MAX_MEMBERS}.")
        if total > MAX_TOTAL:
            raise BadSubmission(
                f"{self.name} would unpack to {total // 2**20} MB; the limit is {MAX_TOTAL // 2**20} MB. "
                "Download the submissions in smaller parts."
            )
        if packed > size:
            raise BadSubmission(f"{self.name} uses the same bytes for several members, as zip bombs do.")

    def _list(self) -> tuple[Member, ...]:
        found: list[Member] = []
        items = self.zip.infolist()
        names = [_decoded(item) for item in items]
        seen = Counter(_key(name) for name in names)
        raws = Counter(item.filename for item in items)
        for item, name in zip(items, names, strict=True):
            parts = tuple(part for part in DRIVE.sub("", name).split("/") if part not in ("", ".", ".."))
            twice = seen[_key(name)] > 1 or raws[item.filename] > 1
            if _is_outside(name) and not OWNER.search("/".join(parts[-2:-1])):
                parts = parts[-1:]
            if parts and not (item.is_dir() and twice):
                refusal = _refusal(item, name) or ("is in the archive more than once" if twice else "")
                found.append(Member(parts, item.filename, item.is_dir(), item.file_size, _time(item), refusal))
        return tuple(found)


def open_archive(path: Path) -> Archive:
    """Return the archive at a path, opened once as long as the file stays the same.

    Raises BadSubmission when it cannot be read or is refused as a whole.
    """
    try:
        facts = os.lstat(path)
    except OSError as reason:
        raise BadSubmission(f"{clean_name(path.name)} cannot be read: {reason.strerror}.") from reason
    return _opened(path, facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns)


@lru_cache(maxsize=4)
def _opened(path: Path, *_facts: int) -> Archive:
    try:
        # A pipe that took the archive's place would block for ever; a link could lead anywhere.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as reason:
        raise BadSubmission(f"{clean_name(path.name)} cannot be read: {reason.strerror}.") from reason
    stream = open(descriptor, "rb")  # noqa: SIM115 - the archive closes it
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        stream.close()
        raise BadSubmission(f"{clean_name(path.name)} is no regular file.")
    try:
        return Archive(stream, clean_name(path.name))
    except BadSubmission:
        stream.close()
        raise


def _decoded(item: zipfile.ZipInfo) -> str:
    """Return a member's name; without the UTF-8 mark many systems write UTF-8 all the same."""
    name = item.orig_filename
    if not item.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            pass
    return name.replace("\\", "/")


def _key(name: str) -> str:
    return "/".join(part for part in name.split("/") if part not in ("", "."))


def _is_outside(name: str) -> bool:
    return name.startswith("/") or DRIVE.match(name) is not None or ".." in name.split("/")


def _refusal(item: zipfile.ZipInfo, name: str) -> str:
    kind = stat.S_IFMT(item.external_attr >> 16)
    if "\0" in name:
        return "has a NUL in its name"
    if _is_outside(name):
        return "leads out of the archive with '..'" if ".." in name.split("/") else "is stored with an absolute path"
    if kind == stat.S_IFLNK:
        return "is a link, and links are not followed"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is no regular file"
    if item.flag_bits & 0x1:
        return "is locked with a password"
    if item.compress_type not in METHODS:
        return f"is packed with method {item.compress_type}, which is not read here"
    if item.file_size > MAX_BYTES:
        return f"has {item.file_size // 2**20} MB; the limit is {MAX_BYTES // 2**20} MB"
    if item.file_size > RATIO_FROM and item.file_size > MAX_RATIO * max(1, item.compress_size):
        return f"grows {item.file_size // max(1, item.compress_size)} times when unpacked, as zip bombs do; clear its outputs"
    return ""


def _time(item: zipfile.ZipInfo) -> float:
    try:
        return time.mktime((*item.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0

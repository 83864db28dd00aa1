"""Say in words a person can act on what a disk refused."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import BadDisk

KEPT = "then run the same command again; what was saved is kept."
ROOM = f"Make room there, {KEPT}"
ACCESS = f"Make it writable or name another folder, {KEPT}"
PLACE = f"Something else stands in that place: move it away or name another folder, {KEPT}"
MEND = f"Look after that disk, {KEPT}"
LOCKED = f"Another program holds it: close that program, {KEPT}"
AWAY = "Move it away, then run mml grade again; nothing else is lost."

ADVICE = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), ROOM),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), ACCESS),
    **dict.fromkeys((errno.EEXIST, errno.ENOTDIR, errno.EISDIR), PLACE),
    **dict.fromkeys((errno.EIO, errno.ESTALE, errno.ENODEV, errno.ENXIO), MEND),
}
STORE_ADVICE = {
    sqlite3.SQLITE_FULL: ROOM,
    sqlite3.SQLITE_READONLY: ACCESS,
    sqlite3.SQLITE_CANTOPEN: ACCESS,
    sqlite3.SQLITE_PERM: ACCESS,
    # What the disk refuses without a word of its own: often a quota, or a limit on the size of a file.
    sqlite3.SQLITE_IOERR: f"Make room there or look after that disk, {KEPT}",
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
}


def disk_problem(problem: BaseException, place: Path | None = None) -> BadDisk | None:
    """Return what a person can mend about an error of the operating system; None when it is of another kind."""
    if not isinstance(problem, OSError) or problem.errno not in ADVICE:
        return None
    where = problem.filename2 or problem.filename or place or "a file"
    return BadDisk(f"{where} cannot be used: {problem.strerror}. {ADVICE[problem.errno]}")


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Raise BadDisk when the disk refuses what the block does; `place` is named where the error names none."""
    try:
        yield
    except OSError as problem:
        told = disk_problem(problem, place)
        if told is None:
            raise
        raise told from problem


def store_problem(problem: Exception, path: Path) -> BadDisk:
    """Return what a person can do about a store that SQLite, or what is read from it, calls unusable."""
    # The low byte names the kind, the others a detail.
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    advice = PLACE if path.is_dir() else STORE_ADVICE.get(code, AWAY)
    return BadDisk(f"{path} cannot be used: {problem}. {advice}")

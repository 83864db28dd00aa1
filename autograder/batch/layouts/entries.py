"""See folders on disk and inside zip archives in the same way: as entries that can be listed and read.

Links are never followed and only regular files count, so that a pipe, a device or a link to somebody else's work is
named, not read. `members` is the way through archives: the member of the archive at `path`, then the member of that
one.
"""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.batch.archives import MAX_BYTES, Archive, open_archive
from autograder.batch.names import clean_name
from autograder.errors import BadSubmission

DEEPEST = 6
# What editors, browsers and operating systems leave behind; any other name may be somebody's.
DEBRIS = re.compile(r"\._|\.~|\.ipynb_checkpoints$|\.DS_Store$|\.git$|__MACOSX$|__pycache__$|Thumbs\.db$|desktop\.ini$")
KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link, and links are not followed",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file or folder, on disk or in an archive."""

    name: str
    path: Path
    members: tuple[str, ...] = ()
    is_folder: bool = False
    kind: str = ""
    size: int = 0
    modified: float = 0.0
    blocked: str = ""
    inside: tuple[Entry, ...] | None = None

    @property
    def is_notebook(self) -> bool:
        return self.name.lower().endswith(".ipynb")

    @property
    def is_zip(self) -> bool:
        return self.name.lower().endswith(".zip") and not self.is_folder

    @property
    def shown(self) -> str:
        return clean_name(self.name)

    @property
    def refusal(self) -> str:
        """Why this cannot be a notebook, as a sentence; "" when it may be one."""
        if self.is_folder or self.kind:
            return f"{self.shown} is {self.kind or 'a folder'}, not a notebook."
        if self.blocked:
            return f"{self.shown} {self.blocked}."
        if self.size > MAX_BYTES:
            size, limit = self.size // 2**20, MAX_BYTES // 2**20
            return f"{self.shown} has {size} MB; the limit is {limit} MB. Clear its outputs and hand it in again."
        return ""


def disk_folder(path: Path) -> Entry:
    """Return a folder on disk as an entry."""
    return Entry(path.name, path, is_folder=True)


def listing(folder: Entry) -> tuple[Entry, ...]:
    """Return what a folder holds, in the order of names, without following links and without debris."""
    if folder.inside is not None:
        return folder.inside
    if folder.members or not folder.is_folder:
        return ()
    found: list[Entry] = []
    try:
        with os.scandir(folder.path) as items:
            for item in items:
                if not DEBRIS.match(item.name):
                    found.append(_seen(item.name, Path(item.path), item.stat(follow_symlinks=False)))
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda entry: os.fsencode(entry.name)))


def archive_folder(path: Path) -> Entry:
    """Return the archive at a path as a folder.

    Raises BadSubmission when the archive is refused as a whole.
    """
    archive = open_archive(path)
    return Entry(path.name, path, is_folder=True, inside=_tree(archive, path, ()))


def opened(entry: Entry) -> Entry:
    """Return a learner's zip archive as a folder.

    Raises BadSubmission when it cannot be read, is refused, or lies in an archive that lies in an archive.
    """
    if len(entry.members) > 1:
        raise BadSubmission(f"{entry.shown} is an archive in an archive in an archive. Hand in the .ipynb file.")
    if entry.kind or entry.blocked or entry.size > MAX_BYTES:
        raise BadSubmission(entry.refusal.replace("not a notebook", "not an archive"))
    if not entry.members:
        archive = open_archive(entry.path)
    else:
        archive = Archive(io.BytesIO(read(entry.path, entry.members)), entry.shown)
    return Entry(entry.name, entry.path, entry.members, is_folder=True, inside=_tree(archive, entry.path, entry.members))


def read(path: Path, members: tuple[str, ...]) -> bytes:
    """Return the bytes of a file on disk, or of a member of an archive there.

    Raises BadSubmission when it cannot be read, has become something else, or is too large.
    """
    if not members:
        return _disk_bytes(path)
    content = open_archive(path).read(members[0])
    for member in members[1:]:
        content = Archive(io.BytesIO(content), clean_name(path.name)).read(member)
    return content


def notebooks_below(folder: Entry, depth: int = 3) -> Iterator[Entry]:
    """Yield every notebook and archive in a folder and the folders in it, nearest first."""
    inside = listing(folder)
    yield from (entry for entry in inside if entry.is_notebook or entry.is_zip)
    for entry in inside:
        if entry.is_folder and depth and not entry.is_notebook:
            yield from notebooks_below(entry, depth - 1)


def _disk_bytes(path: Path) -> bytes:
    try:
        # A pipe that took the notebook's place would block for ever; a link could lead anywhere.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as stream:
            refusal = _seen(path.name, path, os.fstat(descriptor)).refusal
            if refusal:
                raise BadSubmission(refusal)
            return stream.read(MAX_BYTES)
    except OSError as reason:
        raise BadSubmission(f"{clean_name(path.name)} cannot be read: {reason.strerror}.") from reason


def _seen(name: str, path: Path, facts: os.stat_result) -> Entry:
    if stat.S_ISDIR(facts.st_mode):
        return Entry(name, path, is_folder=True, modified=facts.st_mtime)
    kind = "" if stat.S_ISREG(facts.st_mode) else KINDS.get(stat.S_IFMT(facts.st_mode), "no regular file")
    return Entry(name, path, kind=kind, size=facts.st_size, modified=facts.st_mtime)


def _tree(archive: Archive, path: Path, way: tuple[str, ...]) -> tuple[Entry, ...]:
    """Return the members of an archive as nested entries; what is refused stands among its neighbours, with its reason."""
    folders: dict[tuple[str, ...], list[Entry]] = {(): []}
    for member in archive.members:
        parents = [member.parts[:depth] for depth in range(1, len(member.parts))][:DEEPEST]
        if any(DEBRIS.match(part) for part in member.parts):
            continue
        for place in [*parents, *([member.parts] if member.is_folder and len(member.parts) <= DEEPEST else [])]:
            folders.setdefault(place, [])
        if not member.is_folder:
            home = parents[-1] if parents else ()
            facts = {"size": member.size, "modified": member.modified, "blocked": member.refusal}
            folders[home].append(Entry(member.parts[-1], path, (*way, member.raw), **facts))
    for place in sorted((place for place in folders if place), key=len, reverse=True):
        inside = tuple(sorted(folders[place], key=lambda entry: entry.name))
        folders[place[:-1]].append(Entry(place[-1], path, (*way, "/".join(place)), is_folder=True, inside=inside))
    return tuple(sorted(folders[()], key=lambda entry: entry.name))

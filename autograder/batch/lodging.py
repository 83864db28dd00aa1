"""Give the graders of one crew a folder for temporary files, and remove what crews that were killed left behind.

A grader that is killed cannot tidy up. Everything temporary of a crew's graders lies in one folder, which the crew locks and
removes; when the crew's own process is killed, the kernel lifts the lock, and the next crew removes the folder.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from autograder.batch.disk import ROOM, writing
from autograder.errors import BadDisk

PREFIX = "mml-grading-"


class Lodging:
    """A folder for temporary files that nobody but its maker removes, as long as its maker lives."""

    def __init__(self) -> None:
        """Make and lock a folder, after removing those that nobody holds any more. Raises BadDisk where none can be made."""
        try:
            place = Path(tempfile.gettempdir())
        except FileNotFoundError as problem:  # every folder that it tried is full or read-only
            raise BadDisk(f"{problem.strerror}. {ROOM}") from problem
        with writing(place):
            sweep(place)
            while True:
                self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
                self.descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
                fcntl.flock(self.descriptor, fcntl.LOCK_EX)
                if os.fstat(self.descriptor).st_nlink:  # else it was swept before it was locked
                    break
                os.close(self.descriptor)
        # A sandbox that root starts runs as nobody, who must pass through to its scratch folder but may list nothing.
        self.path.chmod(0o711 if os.getuid() == 0 else 0o700)

    def close(self) -> None:
        """Remove the folder with everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self.descriptor)


def sweep(place: Path) -> None:
    """Remove the folders that processes of this user made and nobody holds any more."""
    for path in place.glob(f"{PREFIX}*"):
        with suppress(OSError):
            facts = path.lstat()
            if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.getuid():
                continue
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(descriptor)

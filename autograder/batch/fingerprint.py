"""Give every result a key that changes when anything changes that the result depends on.

A key covers the submission's bytes and name, the files of the assignment and of its release, shared data sets, the part
of the engine that decides verdicts, the settings that do, and the versions of Python and of the libraries that learners'
code uses.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder.authoring.config import CourseConfig
from autograder.authoring.model import Assignment
from autograder.batch.submissions import Submission

ENGINE = Path(__file__).resolve().parents[1]
# Reports are made again from the store every time: what only writes them decides no verdict.
DECIDING = ("errors.py", "kit", "authoring", "build", "sandbox", "grading")
LIBRARIES = ("numpy", "scipy", "scikit-learn", "statsmodels", "matplotlib", "pandas", "msgpack", "ipython")


def fingerprint(assignment: Assignment, config: CourseConfig | None = None, *, unsafe: bool = False) -> str:
    """Return a digest of everything, apart from the submission, that decides a result."""
    digest = hashlib.sha256()
    for name, content in _pieces(assignment, config, unsafe=unsafe):
        digest.update(f"{len(name.encode())} {name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def submission_key(base: str, submission: Submission, content: bytes) -> str:
    """Return the key of one result: the fingerprint of the rest, and what was handed in, when, and with which notes."""
    facts = [base, submission.learner, str(submission.timestamp), submission.problem, *submission.notes]
    digest = hashlib.sha256("\0".join(facts).encode("utf-8", "surrogateescape"))
    digest.update(b"\0")
    digest.update(content)
    return digest.hexdigest()


def _pieces(assignment: Assignment, config: CourseConfig | None, *, unsafe: bool) -> Iterator[tuple[str, bytes]]:
    root = assignment.folder.parents[1]
    places = {"source": assignment.folder, "release": root / "release" / assignment.id, "datasets": root / "datasets"}
    for label, folder in places.items():
        for path in _files(folder):
            yield f"{label}/{path.relative_to(folder).as_posix()}", path.read_bytes()
    yield "engine", engine_digest().encode()
    yield "environment", repr(environment()).encode()
    yield "unsafe", str(unsafe).encode()
    if config is not None:
        settings = (config.limits, config.floor, config.secret, getattr(config, "shows_hidden_counterexamples", None))
        yield "settings", repr(settings).encode()


@cache
def engine_digest() -> str:
    """Return a digest of the engine's files that decide verdicts."""
    digest = hashlib.sha256()
    for name in DECIDING:
        for path in _files(ENGINE / name):
            digest.update(f"{path.relative_to(ENGINE).as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def environment() -> tuple[tuple[str, str], ...]:
    """Return the versions that numbers may depend on."""
    found = [("python", platform.python_version()), ("machine", platform.machine())]
    for library in LIBRARIES:
        try:
            found.append((library, version(library)))
        except PackageNotFoundError:
            found.append((library, "absent"))
    return tuple(found)


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    found = (path for path in place.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sorted(path for path in found if not any(part[0] == "." for part in path.relative_to(place).parts))

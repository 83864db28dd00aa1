"""Confine a process layer by layer, each where the machine offers it.

`Layers` names what was reached; the grader compares it with the floor of course_config.py and puts it into every report.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from autograder.sandbox import kernel, landlock, seccomp

NAMESPACES = "namespaces"
ALL_LAYERS = ("parent_death", NAMESPACES, "rlimits", "no_new_privs", "unprivileged", "landlock", "seccomp", "scratch_quota")
NOBODY = 60_000  # an unprivileged user id that only sandboxes started by root use
SYSTEM = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/dev/urandom", "/dev/zero")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one sandbox may use."""

    memory_mb: int = 1024
    file_mb: int = 16
    scratch_mb: int = 32
    processes: int = 24
    open_files: int = 64
    output_chars: int = 200_000
    cell_seconds: float = 10.0


@dataclass(slots=True)
class Layers:
    """The layers that were reached, and why the others were not."""

    reached: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def attempt(self, name: str, apply: Callable[[], None], *, without: frozenset[str]) -> bool:
        """Apply one layer and note whether the machine offers it; `without` names layers that are switched off."""
        if name in without:
            self.refused[name] = "switched off"
            return False
        try:
            apply()
        except OSError as problem:
            self.refused[name] = str(problem)
            return False
        self.reached.append(name)
        return True


def die_with_parent() -> None:
    """Let the kernel kill this process when its parent ends."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


def readable_paths(extra: list[str]) -> list[Path]:
    """Return what a sandbox may read: the interpreter, its libraries and the week's data."""
    places = {sys.prefix, sys.base_prefix, sys.exec_prefix, *SYSTEM, *extra}
    places |= {entry for entry in sys.path if "site-packages" in entry or "dist-packages" in entry or "lib/python" in entry}
    return [Path(place) for place in sorted(places) if place not in ("", "/")]


def threads_of(user: int) -> int:
    """Count the threads of a user in the whole machine: without a user namespace all of them count against the limit."""
    found = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError, IndexError, ValueError):
            facts = dict(line.partition(":")[::2] for line in status.read_text().splitlines())
            found += int(facts["Threads"]) if int(facts["Uid"].split()[0]) == user else 0
    return found


def set_rlimits(limits: Limits, *, others: int = 0) -> None:
    """Limit address space, file size, files, processes and core dumps of this process.

    `others` are threads that count against the limit of processes but belong to somebody else.
    """
    megabyte = 2**20
    with suppress(OSError):  # when memory is short, the kernel ends a sandbox before a grader
        Path("/proc/self/oom_score_adj").write_text("1000")
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    for name, value in (
        (resource.RLIMIT_AS, used + limits.memory_mb * megabyte),
        (resource.RLIMIT_FSIZE, limits.file_mb * megabyte),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, limits.processes + others),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
    ):
        resource.setrlimit(name, (value, value))


def become_unprivileged(*, is_root: bool) -> None:
    """Drop every capability; for root, also become a user that owns nothing but may still read the libraries."""
    if not is_root:
        kernel.keep_capabilities()
        return
    kernel.prctl(kernel.PR_SET_KEEPCAPS, 1)
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    # The libraries may lie in root's own home. Landlock still narrows this to the allow-list.
    kernel.keep_capabilities(kernel.CAP_DAC_READ_SEARCH)


def confine(
    limits: Limits, scratch: Path, data: list[str], *, is_root: bool, mapped: bool, without: frozenset[str], layers: Layers
) -> None:
    """Apply the layers of one sandbox to this process, from the mildest to the strictest."""
    others = 0 if mapped else threads_of(NOBODY if is_root else os.getuid())
    layers.attempt("rlimits", lambda: set_rlimits(limits, others=others), without=without)
    if is_root:
        with suppress(OSError):  # where the scratch folder is no file system of its own, it belongs to root
            os.chown(scratch, NOBODY, NOBODY)
    layers.attempt("unprivileged", lambda: become_unprivileged(is_root=is_root), without=without)
    layers.attempt("no_new_privs", lambda: kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1), without=without)
    # After a change of user the kernel forgets the wish to die with the parent.
    layers.attempt("parent_death", die_with_parent, without=without)
    if landlock.version() == 0:
        layers.refused["landlock"] = "this kernel has no Landlock"
    else:
        allowed = {"readable": readable_paths(data), "writable": [scratch, Path("/dev/null")]}
        layers.attempt("landlock", lambda: landlock.restrict(**allowed), without=without)
    layers.attempt("seccomp", lambda: seccomp.deny_dangerous_calls(owns_processes=mapped), without=without)

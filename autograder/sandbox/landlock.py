"""Deny the file system but for an allow-list, with Landlock.

Structures and flags: include/uapi/linux/landlock.h of the Linux kernel.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from autograder.sandbox.kernel import syscall

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
RULE_PATH_BENEATH, ASK_VERSION = 1, 1
FILE_ONLY = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15
READ = READ_FILE | READ_DIR


def version() -> int:
    """Return the version of Landlock that this kernel offers, 0 when it has none."""
    try:
        return syscall("landlock_create_ruleset", None, ctypes.c_size_t(0), ctypes.c_uint(ASK_VERSION))
    except OSError:
        return 0


def _rights(offered: int) -> int:
    """Return every file right that this version of Landlock knows: 13 in the first, then refer, truncate, ioctl."""
    return (1 << 13) - 1 | (offered >= 2) << 13 | (offered >= 3) << 14 | (offered >= 5) << 15


def restrict(*, readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Deny this process and its children every file outside the two lists, TCP, and signals to other processes.

    Paths that do not exist are left out. Raises OSError when the kernel refuses.
    """
    offered = version()
    rights = _rights(offered)
    network = 3 if offered >= 4 else 0
    scoped = 3 if offered >= 6 else 0
    fields = [rights] + [network] * (offered >= 4) + [scoped] * (offered >= 6)
    attributes = struct.pack(f"<{len(fields)}Q", *fields)
    ruleset = syscall(
        "landlock_create_ruleset", ctypes.c_char_p(attributes), ctypes.c_size_t(len(attributes)), ctypes.c_uint(0)
    )
    try:
        for path in readable:
            _allow(ruleset, path, READ & rights)
        for path in writable:
            _allow(ruleset, path, rights & ~EXECUTE)
        syscall("landlock_restrict_self", ctypes.c_int(ruleset), ctypes.c_uint(0))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, access: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    try:
        if not path.is_dir():
            access &= FILE_ONLY
        rule = struct.pack("<Qi", access, descriptor)
        syscall(
            "landlock_add_rule", ctypes.c_int(ruleset), ctypes.c_int(RULE_PATH_BENEATH), ctypes.c_char_p(rule), ctypes.c_uint(0)
        )
    finally:
        os.close(descriptor)

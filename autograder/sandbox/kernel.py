"""The Linux system calls that confinement needs and the standard library does not offer."""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from contextlib import suppress

LIBC = ctypes.CDLL(None, use_errno=True)

CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC = 0x20000, 0x10000000, 0x20000000, 0x40000000, 0x08000000
CLONE_THREAD = 0x10000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 2, 4, 8, 0x4000, 0x40000
MNT_DETACH = 2
PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_NO_NEW_PRIVS, PR_SET_CHILD_SUBREAPER = 1, 8, 38, 36
CAP_DAC_READ_SEARCH = 2
MADV_COLLAPSE, LARGE_PAGE = 25, 2 << 20

# Numbers from the kernel's own tables: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
NUMBERS = {
    "x86_64": {"capset": 126, "seccomp": 317, "landlock_create_ruleset": 444, "landlock_add_rule": 445,
               "landlock_restrict_self": 446},
    "aarch64": {"capset": 91, "seccomp": 277, "landlock_create_ruleset": 444, "landlock_add_rule": 445,
                "landlock_restrict_self": 446},
}  # fmt: skip


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(name: str, *args: object) -> int:
    """Make a system call by name. Raises OSError when the kernel refuses or the machine is not known."""
    number = NUMBERS.get(platform.machine(), {}).get(name)
    if number is None:
        raise OSError(38, f"{name}: this machine ({platform.machine()}) is not supported")
    return _checked(LIBC.syscall(number, *args), name)


def prctl(option: int, value: int) -> None:
    """Set a property of this process. Raises OSError when the kernel refuses."""
    _checked(LIBC.prctl(option, ctypes.c_ulong(value), 0, 0, 0), "prctl")


def unshare(flags: int) -> None:
    """Leave the named namespaces for fresh ones. Raises OSError when the kernel refuses."""
    _checked(LIBC.unshare(flags), "unshare")


def setns(descriptor: int, kind: int) -> None:
    """Enter a namespace. Raises OSError when the kernel refuses."""
    _checked(LIBC.setns(descriptor, kind), "setns")


def mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    """Mount a file system. Raises OSError when the kernel refuses."""
    _checked(LIBC.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), data.encode()), "mount")


def unmount(target: str) -> None:
    """Detach a mounted file system. Raises OSError when there is none."""
    _checked(LIBC.umount2(target.encode(), MNT_DETACH), "umount")


def keep_capabilities(*capabilities: int) -> None:
    """Give up every capability of this process but the named ones. Raises OSError when the kernel refuses."""
    mask = sum(1 << capability for capability in capabilities)
    header = struct.pack("<Ii", 0x20080522, 0)
    data = struct.pack("<6I", mask, mask, 0, 0, 0, 0)
    syscall("capset", ctypes.c_char_p(header), ctypes.c_char_p(data))


def kills_for_memory() -> int:
    """Return how many processes the kernel has killed since it started because the machine had no memory left.

    Some containers hide the counter; it stays 0 there.
    """
    with suppress(OSError), open("/proc/vmstat", encoding="ascii") as counters:
        return next((int(line.split()[1]) for line in counters if line.startswith("oom_kill ")), 0)
    return 0


def join_pages() -> None:
    """Put this process's own memory into large pages where enough of it lies together: forking it then costs less.

    Kernels before Linux 6.1 and some containers refuse, and everything stays as it is.
    """
    places: list[list[str]] = []
    with suppress(OSError), open("/proc/self/maps", encoding="utf-8", errors="replace") as lines:
        places = [words for words in map(str.split, lines) if words[1] == "rw-p" and words[5:] in ([], ["[heap]"])]
    for place, *_ in places:
        first, last = (int(word, 16) for word in place.split("-"))
        for address in range(-(-first // LARGE_PAGE) * LARGE_PAGE, last // LARGE_PAGE * LARGE_PAGE, LARGE_PAGE):
            LIBC.madvise(ctypes.c_void_p(address), ctypes.c_size_t(LARGE_PAGE), MADV_COLLAPSE)

"""Deny system calls that a learner's function has no use for, with a seccomp filter.

Numbers: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h of the Linux kernel; instructions:
include/uapi/linux/bpf_common.h, seccomp.h and audit.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

from autograder.sandbox.kernel import CLONE_THREAD, syscall

LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
SET_MODE_FILTER = 1
X32 = 0x40000000
REFUSED_FLAGS = 0x7E020000 | 0x8000 | 0x2000  # every CLONE_NEW* that clone() takes, CLONE_PARENT, CLONE_PTRACE
NUMBER_OFFSET, ARCH_OFFSET, FIRST_ARGUMENT_OFFSET = 0, 4, 16
# What prctl() may not change: death with the parent, who adopts orphans, who may look into the process.
REFUSED_PROPERTIES = (1, 4, 36, 0x59616D61)
PRCTL = {"x86_64": 157, "aarch64": 167}
PRLIMIT = {"x86_64": 302, "aarch64": 261}
TGKILL = {"x86_64": 234, "aarch64": 131}

ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CLONE = {"x86_64": 56, "aarch64": 220}
FORKS = {"x86_64": (57, 58), "aarch64": ()}
CLONE3 = 435

# The same calls on every machine: mounts, io_uring, pidfd, and what changes files that may only be read; clone3 is apart.
COMMON = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428,
    "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433, "pidfd_open": 434,
    "pidfd_getfd": 438, "process_madvise": 440, "mount_setattr": 442, "quotactl_fd": 443, "memfd_secret": 447,
    "process_mrelease": 448, "cachestat": 451, "fchmodat2": 452, "statmount": 457, "listmount": 458, "setxattrat": 463,
    "removexattrat": 466, "open_tree_attr": 467, "file_setattr": 469, "listns": 470,
}  # fmt: skip
DENIED = {
    "x86_64": {
        "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "socketpair": 53, "accept4": 288,
        "execve": 59, "execveat": 322, "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
        "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161, "unshare": 272, "setns": 308,
        "name_to_handle_at": 303, "open_by_handle_at": 304, "add_key": 248, "request_key": 249, "keyctl": 250,
        "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "memfd_create": 319, "fanotify_init": 300,
        "shmget": 29, "shmat": 30, "shmctl": 31, "semget": 64, "semop": 65, "semctl": 66, "semtimedop": 220,
        "msgget": 68, "msgsnd": 69, "msgrcv": 70, "msgctl": 71, "mq_open": 240, "mq_unlink": 241,
        "kexec_load": 246, "kexec_file_load": 320, "init_module": 175, "finit_module": 313, "delete_module": 176,
        "reboot": 169, "swapon": 167, "swapoff": 168, "sethostname": 170, "setdomainname": 171, "settimeofday": 164,
        "clock_settime": 227, "clock_adjtime": 305, "adjtimex": 159, "acct": 163, "quotactl": 179, "iopl": 172,
        "ioperm": 173, "modify_ldt": 154, "personality": 135, "syslog": 103, "vhangup": 153,
        # Landlock leaves modes, owners, times and watches alone.
        "chmod": 90, "fchmod": 91, "fchmodat": 268, "chown": 92, "fchown": 93, "lchown": 94, "fchownat": 260, "utime": 132,
        "utimes": 235, "futimesat": 261, "utimensat": 280, "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190,
        "removexattr": 197, "lremovexattr": 198, "fremovexattr": 199, "truncate": 76, "inotify_init": 253,
        "inotify_init1": 294, "inotify_add_watch": 254,
        # Other processes of the same user, where there is no process namespace.
        "kill": 62, "tkill": 200, "rt_sigqueueinfo": 129, "rt_tgsigqueueinfo": 297, "setpriority": 141, "ioprio_set": 251,
        "sched_setaffinity": 203, "sched_setscheduler": 144, "sched_setparam": 142, "sched_setattr": 314,
        "migrate_pages": 256, "move_pages": 279,
    },
    "aarch64": {
        "socket": 198, "socketpair": 199, "bind": 200, "listen": 201, "accept": 202, "connect": 203, "accept4": 242,
        "execve": 221, "execveat": 281, "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272,
        "mount": 40, "umount2": 39, "pivot_root": 41, "chroot": 51, "unshare": 97, "setns": 268,
        "name_to_handle_at": 264, "open_by_handle_at": 265, "add_key": 217, "request_key": 218, "keyctl": 219,
        "bpf": 280, "perf_event_open": 241, "userfaultfd": 282, "memfd_create": 279, "fanotify_init": 262,
        "shmget": 194, "shmctl": 195, "shmat": 196, "semget": 190, "semctl": 191, "semtimedop": 192, "semop": 193,
        "msgget": 186, "msgctl": 187, "msgrcv": 188, "msgsnd": 189, "mq_open": 180, "mq_unlink": 181,
        "kexec_load": 104, "kexec_file_load": 294, "init_module": 105, "finit_module": 273, "delete_module": 106,
        "reboot": 142, "swapon": 224, "swapoff": 225, "sethostname": 161, "setdomainname": 162, "settimeofday": 170,
        "clock_settime": 112, "clock_adjtime": 266, "adjtimex": 171, "acct": 89, "quotactl": 60, "personality": 92,
        "syslog": 116, "vhangup": 58,
        "fchmod": 52, "fchmodat": 53, "fchownat": 54, "fchown": 55, "utimensat": 88, "setxattr": 5, "lsetxattr": 6,
        "fsetxattr": 7, "removexattr": 14, "lremovexattr": 15, "fremovexattr": 16, "truncate": 45, "inotify_init1": 26,
        "inotify_add_watch": 27, "kill": 129, "tkill": 130, "rt_sigqueueinfo": 138, "rt_tgsigqueueinfo": 240,
        "setpriority": 140, "ioprio_set": 30, "sched_setaffinity": 122, "sched_setscheduler": 119, "sched_setparam": 118,
        "sched_setattr": 274, "migrate_pages": 238, "move_pages": 239,
    },
}  # fmt: skip


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, value)


def _refuse(number: int, error: int) -> bytes:
    return _step(JUMP_EQUAL, number, 0, 1) + _step(RETURN, ERROR | error)


def _start(machine: str) -> bytes:
    program = _step(LOAD, ARCH_OFFSET) + _step(JUMP_EQUAL, ARCH[machine], 1, 0) + _step(RETURN, KILL)
    program += _step(LOAD, NUMBER_OFFSET)
    if machine == "x86_64":
        program += _step(JUMP_AT_LEAST, X32, 0, 1) + _step(RETURN, ERROR | errno.EPERM)
    return program


def _clone(machine: str, *, threads_only: bool) -> bytes:
    """Refuse new namespaces and strange parents and, when only threads are allowed, new processes."""
    refuse = _step(RETURN, ERROR | errno.EPERM)
    test = _step(JUMP_ANY_BIT, REFUSED_FLAGS, 0, 1) + refuse
    if threads_only:
        test += _step(JUMP_ANY_BIT, CLONE_THREAD, 1, 0) + refuse
    body = _step(LOAD, FIRST_ARGUMENT_OFFSET) + test + _step(LOAD, NUMBER_OFFSET)
    return _step(JUMP_EQUAL, CLONE[machine], 0, len(body) // 8) + body


def _by_argument(number: int, values: tuple[int, ...], *, may: bool) -> bytes:
    """Let a call pass only if its first argument is (or is not) one of some values."""
    refuse = _step(RETURN, ERROR | errno.EPERM)
    body = _step(LOAD, FIRST_ARGUMENT_OFFSET)
    if may:
        body += b"".join(_step(JUMP_EQUAL, value, len(values) - position, 0) for position, value in enumerate(values)) + refuse
    else:
        body += b"".join(_step(JUMP_EQUAL, value, 0, 1) + refuse for value in values)
    body += _step(LOAD, NUMBER_OFFSET)
    return _step(JUMP_EQUAL, number, 0, len(body) // 8) + body


def _install(program: bytes) -> None:
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HP", len(program) // 8, ctypes.addressof(code))
    syscall("seccomp", ctypes.c_uint(SET_MODE_FILTER), ctypes.c_uint(0), ctypes.c_char_p(header))


def deny_dangerous_calls(*, owns_processes: bool) -> None:
    """Refuse sockets, exec, tracing, mounts, namespaces, keyrings, changes of foreign files and processes, and the like.

    `owns_processes` says that a process namespace hides all foreign processes. Raises OSError when the kernel refuses.
    """
    machine = platform.machine()
    if machine not in ARCH:
        raise OSError(errno.ENOSYS, f"seccomp: this machine ({machine}) is not supported")
    program = _start(machine) + _clone(machine, threads_only=False) + _refuse(CLONE3, errno.ENOSYS)
    program += _by_argument(PRCTL[machine], REFUSED_PROPERTIES, may=False)
    program += _by_argument(PRLIMIT[machine], (0,), may=True)
    if not owns_processes:
        program += _by_argument(TGKILL[machine], (os.getpid(),), may=True)
    for number in (*DENIED[machine].values(), *COMMON.values()):
        program += _refuse(number, errno.EPERM)
    _install(program + _step(RETURN, ALLOW))


def deny_new_processes() -> None:
    """Refuse fork in all its forms; threads stay possible. Raises OSError when the kernel refuses."""
    machine = platform.machine()
    program = _start(machine) + _clone(machine, threads_only=True) + _refuse(CLONE3, errno.ENOSYS)
    for number in FORKS[machine]:
        program += _refuse(number, errno.EPERM)
    _install(program + _step(RETURN, ALLOW))

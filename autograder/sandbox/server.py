"""The fork server: a fresh interpreter that has imported libraries only and forks one sandbox per submission.

It is trusted, holds no secret, and obeys one control socket. Start it with `python -c`, a socket and what it must know to
enter its namespaces; the rest of its settings comes by the socket, as one line, while it loads numpy.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import shutil
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.sandbox import kernel
from autograder.sandbox.confine import NAMESPACES, NOBODY, Layers, Limits, confine, die_with_parent
from autograder.sandbox.later import import_later

SECONDS_FOR_STRAYS = 10.0
WORTH_JOINING = 4  # sandboxes: it takes as long as it saves in a dozen
FLAGS = kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC | kernel.CLONE_NEWPID


def main() -> None:
    """Enter the namespaces and serve until the control socket closes."""
    gc.disable()  # until everything is loaded: nothing of it would be collected
    first = json.loads(sys.argv[2])
    control = socket.socket(fileno=int(sys.argv[1]))
    die_with_parent()
    layers = Layers()
    if NAMESPACES in first["without"] or not _enter_namespaces(control, layers):
        layers.refused.setdefault(NAMESPACES, "switched off")
    sys.path[:] = [entry for entry in sys.path if entry not in ("", first["root"])]
    from autograder.sandbox import inmate

    settings = _settings(control)
    if settings:
        serve(control, settings, layers, inmate)
    os._exit(0)  # nothing is left to clean up


def _settings(control: socket.socket) -> dict[str, Any]:
    """Return what the owner says, or nothing when it has gone without a word."""
    line = b""
    while not line.endswith(b"\n"):
        part = control.recv(65536)
        if not part:
            return {}
        line += part
    return json.loads(line)


def _enter_namespaces(control: socket.socket, layers: Layers) -> bool:
    """Continue as process 1 of fresh namespaces; return False, in the first process, when the kernel refuses.

    User ids are mapped by the parent, which stays outside: as root it maps an unprivileged user as well.
    """
    told, tell = os.pipe()
    mapped, map_done = os.pipe()
    child = os.fork()
    if child == 0:
        die_with_parent()
        try:
            kernel.unshare(FLAGS)
        except OSError as problem:
            os.write(tell, str(problem).encode())
            os._exit(0)
        os.write(tell, b"!")
        os.read(mapped, 1)
        for descriptor in (told, tell, mapped, map_done):
            os.close(descriptor)
        inner = os.fork()
        if inner:
            control.close()
            _exit_like(inner)
        die_with_parent()
        layers.reached.append(NAMESPACES)
        with suppress(OSError):
            kernel.mount("none", "/", "", kernel.MS_REC | kernel.MS_PRIVATE)
        return True
    os.close(tell)
    answer = os.read(told, 200)
    if answer == b"!":
        _map_users(child)
        os.write(map_done, b"!")
        control.close()
        _exit_like(child)
    os.waitpid(child, 0)
    for descriptor in (told, mapped, map_done):
        os.close(descriptor)
    layers.refused[NAMESPACES] = answer.decode(errors="replace") or "refused"
    return False


def _exit_like(child: int) -> None:
    _, status = os.waitpid(child, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 255)


def _map_users(child: int) -> None:
    process = Path(f"/proc/{child}")
    user, group = os.getuid(), os.getgid()
    with suppress(OSError):
        (process / "setgroups").write_text("deny")
    extra = f"\n{NOBODY} {NOBODY} 1" if user == 0 else ""
    (process / "uid_map").write_text(f"{user} {user} 1{extra}")
    (process / "gid_map").write_text(f"{group} {group} 1{extra}")


def serve(control: socket.socket, settings: dict[str, Any], layers: Layers, inmate: ModuleType) -> None:
    """Import the libraries, then fork a sandbox for every connection that arrives."""
    for name in settings["modules"]:
        with suppress(ImportError):
            importlib.import_module(name)
    for name in settings["lazy"]:
        with suppress(ImportError):
            import_later(name)
    inmate.warm_up(settings["banned"])
    sys.dont_write_bytecode = True
    own_pids = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000)  # most of what answers leave needs no search for cycles
    _tell(control, {"ready": True, "layers": layers.reached, "refused": layers.refused})
    if NAMESPACES not in layers.reached:
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    child, count, scratch_mounted = 0, 0, False
    scratch = Path(settings["scratch"])
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 64, 1)
        if child:
            _end(child)
            child = 0
        if NAMESPACES not in layers.reached:
            _end_strays()
            _empty(scratch)
        if scratch_mounted:
            with suppress(OSError):
                kernel.unmount(str(scratch))
            scratch_mounted = False
        if not message:
            return
        if message == b"end":
            _tell(control, {"ended": True})
            continue
        count += 1
        if count == WORTH_JOINING:
            kernel.join_pages()
        fresh = Layers(list(layers.reached), dict(layers.refused))
        scratch_mounted = fresh.attempt(
            "scratch_quota", lambda: _mount_scratch(scratch, settings, fresh), without=frozenset(settings["without"])
        )
        if NAMESPACES in fresh.reached:
            with suppress(OSError):
                kernel.setns(own_pids, kernel.CLONE_NEWPID)
                kernel.unshare(kernel.CLONE_NEWPID)
        child = os.fork()
        if child == 0:
            _become_inmate(inmate, control, own_pids, descriptors[0], settings, fresh)
        os.close(descriptors[0])


def _mount_scratch(scratch: Path, settings: dict[str, Any], layers: Layers) -> None:
    if NAMESPACES not in layers.reached:
        raise OSError("it needs namespaces")  # root could mount it, in the sight of the whole machine
    limits = settings["limits"]
    owner = f",uid={NOBODY},gid={NOBODY}" if os.getuid() == 0 else ""
    options = f"size={limits['scratch_mb']}m,nr_inodes=2000,mode=700{owner}"
    kernel.mount("tmpfs", str(scratch), "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC, options)


def _become_inmate(
    inmate: ModuleType, control: socket.socket, own_pids: int, descriptor: int, settings: dict[str, Any], layers: Layers
) -> None:
    """Confine this freshly forked process and let it serve the learner's code; never return."""
    connection = socket.socket(fileno=descriptor)
    try:
        control.close()
        os.close(own_pids)
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        os.close(null)
        scratch = Path(settings["scratch"])
        os.chdir(scratch)
        for source in settings["data"]:
            with suppress(FileExistsError):
                (scratch / Path(source).name).symlink_to(source)
        mapped = NAMESPACES in layers.reached
        limits = Limits(**settings["limits"])
        without = frozenset(settings["without"])
        confine(limits, scratch, settings["data"], is_root=os.getuid() == 0, mapped=mapped, without=without, layers=layers)
    except BaseException:  # the process border: the grader is told, and nothing returns into the server's loop
        inmate.report_failure(connection, traceback.format_exc())
        os._exit(70)
    with suppress(BaseException):
        inmate.run(connection, limits, layers, without=without)
    os._exit(0)


def _end(child: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        while True:
            if os.waitpid(-1, 0)[0] == child:
                return


def _end_strays() -> None:
    """Kill what a sandbox let go of: without a process namespace, orphans come to the server, which adopts them."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    deadline = time.monotonic() + SECONDS_FOR_STRAYS
    with suppress(OSError):
        while time.monotonic() < deadline and (strays := children.read_text().split()):
            for stray in strays:
                with suppress(OSError):
                    os.kill(int(stray), signal.SIGKILL)
                    os.waitpid(int(stray), 0)


def _empty(scratch: Path) -> None:
    """Remove what one submission left in a scratch folder that the next one will get."""
    for entry in scratch.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            with suppress(OSError):
                entry.unlink()


def _tell(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(json.dumps(message).encode() + b"\n")

"""The shipped self-test: what a sandbox must refuse on this machine, tried for real.

Each trial is a function of one hostile habit; it must end as its entry says. Anyone can run them with `mml doctor`.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.sandbox.confine import ALL_LAYERS, Limits
from autograder.sandbox.handles import RemoteError, Stopped
from autograder.sandbox.kernel import CAP_DAC_READ_SEARCH
from autograder.sandbox.dialogue import CheckOptions
from autograder.sandbox.warden import ForkServer

READING = 1 << CAP_DAC_READ_SEARCH  # kept where root starts the grader; Landlock narrows it

CODE = '''
import os, socket, subprocess, sys, time, signal, ctypes

def right(): return 42
def read(path): return open(path).read()
def listing(path): return os.listdir(path)
def write(path): open(path, "w").write("mine"); return "written"
def connect(port): socket.create_connection(("127.0.0.1", port), timeout=1); return "connected"
def abstract(): socket.socket(socket.AF_UNIX).bind(chr(0) + "mml"); return "bound"
def run(): return subprocess.run(["/bin/true"]).returncode
def fork():
    if os.fork() == 0:
        time.sleep(60)
    return "forked"
def kill(pid): os.kill(pid, signal.SIGKILL); return "killed"
def trace(): return ctypes.CDLL(None).ptrace(0, 0, 0, 0)
def unshare(): return ctypes.CDLL(None, use_errno=True).unshare(0x10000000)
def allocate(): return len(bytes(64 * 2**30))
def big_file():
    with open("big", "wb") as stream:
        for _ in range(20):
            stream.write(bytes(2**20))
    return "written"
def loop():
    while True:
        pass
def leave(): os._exit(0)
def flood():
    while True:
        print("x" * 1000)
def environment(): return sorted(os.environ)
def change_mode(path): os.chmod(path, 0); return "changed"
def watch(path):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.inotify_add_watch(libc.inotify_init1(0), path.encode(), 2) < 0:
        raise OSError(ctypes.get_errno(), "no watch")
    return "watching"
def slow_down(pid): os.setpriority(os.PRIO_PROCESS, pid, 19); return "slowed"
def fill():
    try:
        for n in range(60):
            open(f"part{n}", "wb").write(bytes(2**20))
    finally:
        for n in range(60):
            if os.path.exists(f"part{n}"):
                os.unlink(f"part{n}")
    return "filled"
def asked(option):
    answer = ctypes.c_int()
    status = ctypes.CDLL(None).prctl(option, ctypes.byref(answer) if option == 2 else 0, 0, 0, 0)
    return answer.value if option == 2 else status
DEATH = asked(2)  # of the process that the learner's cells run in; its copies are killed with it
def death(): return DEATH
def capabilities():
    data = (ctypes.c_uint32 * 6)()
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    ctypes.CDLL(None).capget(header, data)
    return data[0] | data[3] << 32
def descriptors():
    return [n for n in range(64) if _open(n)]
def _open(n):
    try:
        os.fstat(n)
    except OSError:
        return False
    return True
'''


@dataclass(frozen=True, slots=True)
class Trial:
    """One hostile habit, what it must come to, and what it came to."""

    name: str
    layer: str
    is_stopped: bool
    outcome: str


def self_test(limits: Limits, *, without: frozenset[str] = frozenset()) -> tuple[list[str], dict[str, str], list[Trial]]:
    """Try every hostile habit in a sandbox of this machine.

    Returns the layers reached, why others were not, and the trials. Raises SandboxBroken when no sandbox starts.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    with tempfile.TemporaryDirectory() as folder, listener:
        secret = Path(folder) / "secret.txt"
        secret.write_text("canary")
        victim = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
        server = ForkServer(limits, without=without)
        try:
            with server.sandbox() as sandbox:
                ran = sandbox.run_cell(1, CODE, seconds=5)
                if ran.error:
                    raise RuntimeError(f"the self-test cannot run: {ran.error}: {ran.text}")

                def attempt(name: str, *args: Any) -> Any:
                    try:
                        with sandbox.copy(cpu_seconds=2.0) as dialogue:
                            session = dialogue.session(CheckOptions(1.0), lambda call, value: None)
                            return session.function(name)(*args) if session else "no session"
                    except RemoteError as error:
                        return error
                    except Stopped as stop:
                        return stop

                trials = _trials(attempt, secret, listener.getsockname()[1], victim.pid)
                return sandbox.layers, sandbox.refused, trials
        finally:
            server.close()
            victim.kill()
            victim.wait()


def _trials(attempt: Callable[..., Any], secret: Path, port: int, victim: int) -> list[Trial]:
    def refused(layer: str, name: str, *args: Any) -> Trial:
        got = attempt(name, *args)
        return Trial(name, layer, isinstance(got, RemoteError | Stopped), _words(got))

    def verdict(wanted: str, name: str) -> Trial:
        got = attempt(name)
        return Trial(name, "limits", isinstance(got, Stopped) and got.verdict == wanted, _words(got))

    home = str(Path(__file__).resolve().parents[2])
    return [
        Trial("a right answer comes back", "wire", (answer := attempt("right")) == 42, _words(answer)),
        refused("landlock", "read", str(secret)),
        refused("landlock", "listing", f"{home}/source"),
        refused("landlock", "read", "/etc/passwd"),
        refused("landlock", "read", f"/proc/{os.getpid()}/environ"),
        refused("landlock", "write", f"{secret.parent}/written.txt"),
        refused("seccomp", "connect", port),
        refused("seccomp", "abstract"),
        refused("seccomp", "run"),
        refused("seccomp", "fork"),
        refused("namespaces", "kill", victim),
        Trial("trace", "seccomp", (traced := attempt("trace")) == -1, _words(traced)),
        Trial("unshare", "seccomp", (shared := attempt("unshare")) == -1, _words(shared)),
        refused("seccomp", "change_mode", str(secret)),
        refused("seccomp", "watch", str(secret)),
        refused("seccomp", "slow_down", victim),
        Trial("new privileges", "no_new_privs", (privileges := attempt("asked", 39)) == 1, _words(privileges)),
        Trial("signal of the parent's death", "parent_death", (death := attempt("death")) == 9, _words(death)),
        Trial("capabilities", "unprivileged", (held := attempt("capabilities")) in (0, READING), _words(held)),
        refused("scratch_quota", "fill"),
        refused("rlimits", "allocate"),
        refused("rlimits", "big_file"),
        verdict("timeout", "loop"),
        verdict("crashed", "leave"),
        verdict("output_limit", "flood"),
        Trial("environment", "server", "MML_COURSE_SECRET" not in (names := attempt("environment")), _words(names)),
        Trial("descriptors", "server", attempt("descriptors") == [0, 1, 2, 3], "standard streams and one socket"),
    ]  # fmt: skip


def _words(got: Any) -> str:
    if isinstance(got, Stopped):
        return got.verdict
    if isinstance(got, RemoteError):
        return f"{(got.type_names or ('error',))[0]}: {got}"[:100]
    return repr(got)[:100]


def missing_layers(reached: list[str]) -> list[str]:
    """Return the layers that this machine does not offer, in the order of the documentation."""
    return [layer for layer in ALL_LAYERS if layer not in reached]

"""Start the process of a fork server: it loads numpy while its owner still reads the week.

This module imports nothing large, so that the process can start before its owner has loaded anything itself.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from autograder.sandbox.server import main; main()"
SECONDS_TO_LEAVE = 3.0


@dataclass(frozen=True, slots=True)
class Started:
    """A fork server that was not told yet what its sandboxes are; whoever started it closes it."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    scratch: Path
    without: frozenset[str]

    def close(self) -> None:
        """End the server and everything that it forked, and remove the scratch folder; a second time does nothing."""
        self.control.close()
        try:
            self.process.wait(SECONDS_TO_LEAVE)  # it leaves by itself, and its computing time is counted as ours
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.scratch, ignore_errors=True)


def start_server(*, without: frozenset[str] = frozenset()) -> Started:
    """Start a fork server without the layers that are named."""
    scratch = Path(tempfile.mkdtemp(prefix="mml-sandbox-"))
    scratch.chmod(0o700 if os.getuid() else 0o777 if "namespaces" in without else 0o711)
    ours, theirs = socket.socketpair()
    known = {"without": sorted(without), "root": str(ROOT)}
    process = subprocess.Popen(
        # Not `-I`, which ignores the fixed seed of hashes below: sets of texts would be in another order in each server.
        [sys.executable, "-P", "-s", "-c", START, str(theirs.fileno()), json.dumps(known)],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=_environment(scratch),
        start_new_session=True,
    )
    theirs.close()
    return Started(process, ours, scratch, without)


def _environment(scratch: Path) -> dict[str, str]:
    """Return the environment of the fork server: one thread for linear algebra, no display, nothing of the user's."""
    keep = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "MPLCONFIGDIR") if name in os.environ}
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB")}
    return {
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(cache),
        "HOME": str(scratch),
        **threads,
        **keep,
    }

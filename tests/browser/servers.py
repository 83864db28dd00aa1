"""Start the servers that the browser looks at."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def jupyter(module: str, folder: Path, tmp_path: Path, *options: str) -> Iterator[str]:
    """Run a Jupyter server on a folder, with a home and a configuration of its own; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home, log = tmp_path / "home", tmp_path / "server.log"
    home.mkdir()
    command = [sys.executable, "-m", module, "--no-browser", "--allow-root", f"--port={port}", "--ip=127.0.0.1"]
    bin_first = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"HOME": str(home), "PATH": bin_first, "JUPYTER_CONFIG_DIR": str(home / "config")}
    with log.open("w") as talk:
        server = subprocess.Popen(
            [*command, f"--ServerApp.root_dir={folder}", *options],
            cwd=folder, env=environment, stdout=talk, stderr=talk, start_new_session=True,
        )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, log.read_text()
                time.sleep(0.2)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)

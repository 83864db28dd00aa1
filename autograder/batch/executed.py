"""Run a made-up notebook through a real Jupyter kernel, as learners do before they hand in."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

CELL_SECONDS = 20


def execute(notebook: dict[str, Any], name: str, *, data: Path) -> dict[str, Any]:
    """Return the notebook with its outputs; cells that fail or never end are kept with what they left.

    The kernel works in a fresh folder with the notebook (otter wants its name) and its data beside it.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    with tempfile.TemporaryDirectory(prefix="mml-execute-") as folder:
        if data.is_dir():
            shutil.copytree(data, Path(folder) / "data")
        nbformat.write(nbformat.from_dict(notebook), Path(folder) / name)
        content = nbformat.read(Path(folder) / name, as_version=4)  # joins the lines of every cell
        client = NotebookClient(
            content,
            kernel_name="python3",  # the notebook may have lost its metadata
            timeout=CELL_SECONDS,
            interrupt_on_timeout=True,
            allow_errors=True,
            record_timing=False,
            resources={"metadata": {"path": folder}},
        )
        try:
            client.execute()
        except (CellTimeoutError, DeadKernelError):
            pass  # the rest of the notebook stays without outputs, as it would for the learner
    return dict(content)

"""The editions run: untouched notebooks without an exception, solved ones with every self-check passed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
SHORT = ("week03", "week09", "week10")  # the solved notebooks of the other weeks run in `make torture`
WEEKS = sorted(folder.name for folder in (ROOT / "release").iterdir() if folder.is_dir())

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


def executed(edition: str, week: str, place: Path) -> Any:
    """Run a copy of a notebook from top to bottom in a fresh kernel; any exception is raised."""
    folder = Path(shutil.copytree(ROOT / edition / week, place / week))
    notebook = nbformat.read(folder / f"{week}.ipynb", as_version=4)
    kernel = {"env": os.environ | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}}
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.execute(**kernel)
    return notebook


def check_outputs(notebook: Any) -> dict[str, str]:
    """Return what every self-check cell printed, by exercise."""
    found: dict[str, str] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.startswith("grader.check("):
            texts = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]
            found[cell.source.split('"')[1]] = "\n".join(texts)
    return found


@pytest.mark.parametrize("week", WEEKS)
def test_an_untouched_notebook_runs_and_its_self_checks_are_kind(week: str, tmp_path: Path) -> None:
    outputs = check_outputs(executed("release", week, tmp_path))

    assert outputs and all("Not attempted yet" in text for text in outputs.values()), outputs


@pytest.mark.parametrize("week", [week if week[:6] in SHORT else pytest.param(week, marks=pytest.mark.long) for week in WEEKS])
def test_a_solved_notebook_passes_every_self_check(week: str, tmp_path: Path) -> None:
    outputs = check_outputs(executed("solutions", week, tmp_path))

    assert outputs and [name for name, text in outputs.items() if "passed!" not in text] == []


@pytest.mark.parametrize("edition", ["release", "solutions"])
@pytest.mark.parametrize("week", WEEKS)
def test_a_notebook_is_valid_and_has_the_six_parts(edition: str, week: str) -> None:
    notebook = nbformat.read(ROOT / edition / week / f"{week}.ipynb", as_version=4)
    nbformat.validate(notebook)

    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    parts = [line[3:] for line in prose.splitlines() if line.startswith("## ")]
    assert [part[:2] for part in parts] == [f"{number}." for number in range(1, 7)]

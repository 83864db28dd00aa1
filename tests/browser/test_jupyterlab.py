"""A learner opens a release notebook in JupyterLab, writes an answer, and reads what the self-check says."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.servers import jupyter

ROOT = Path(__file__).resolve().parents[2]
WEEK = "week09_information_numerics"
WRONG = """def entropy(p, base=2.0):
    p = np.asarray(p, dtype=float)
    if p.ndim != 1 or np.any(p < 0) or abs(p.sum() - 1) > 1e-9 or base <= 1:
        raise ValueError("no distribution")
    p = p[p > 0]
    return float(-(p * np.log(p)).sum())"""
RIGHT = WRONG + " / math.log(base)"

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """Start JupyterLab on a copy of a week's folder, cut down to its setup, one exercise and the progress cell."""
    folder = Path(shutil.copytree(ROOT / "release" / WEEK, tmp_path / WEEK))
    path = folder / f"{WEEK}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    wanted = {"setup", "entropy-answer", "entropy-check", "progress"}
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] in wanted]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    quiet = ("--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate")
    with jupyter("jupyterlab", tmp_path, tmp_path, "--IdentityProvider.token=", *quiet) as address:
        yield f"{address}/lab/tree/{WEEK}/{WEEK}.ipynb"


def cell_of(page: Any, text: str) -> Any:
    return page.locator(".jp-CodeCell", has_text=text).first


def run(page: Any, cell: Any) -> None:
    """Run a cell and wait until it has a new number."""
    number = cell.locator(".jp-InputArea-prompt")
    before = number.inner_text()
    for step in range(400):
        if number.inner_text() == before and step % 50 == 0:  # a kernel that is still starting takes no orders
            cell.locator(".cm-line").first.click(position={"x": 5, "y": 5})
            page.keyboard.press("Control+Enter")
        page.wait_for_timeout(100)
        if number.inner_text() not in (before, "[*]:"):
            return
    raise AssertionError(f"the cell still stands at {number.inner_text()}")


def write(page: Any, cell: Any, source: str) -> None:
    cell.locator(".cm-line").first.click(position={"x": 5, "y": 5})
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)


def test_a_wrong_answer_gets_its_hint_and_a_right_one_is_told_what_is_left(lab: str, page: Any, tmp_path: Path) -> None:
    shots = Path(os.environ.get("MML_SHOTS", tmp_path))
    page.goto(lab)
    page.wait_for_selector(".jp-CodeCell", timeout=40_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=40_000)
    setup, answer = cell_of(page, "Run this cell first"), cell_of(page, "def entropy(")
    check = page.locator(".jp-CodeCell").nth(2)

    run(page, setup)
    run(page, answer)
    run(page, check)
    said = check.locator(".jp-OutputArea-output")
    said.filter(has_text="is still the stub").wait_for(timeout=40_000)
    assert said.inner_text().strip() == "Not attempted yet: `entropy` is still the stub."

    write(page, answer, WRONG)
    run(page, answer)
    run(page, check)
    said.filter(has_text="Hint:").wait_for(timeout=20_000)
    said.screenshot(path=shots / "wrong.png")
    text = said.inner_text()
    assert text.startswith("entropy: 1 of 3 public checks pass.")
    assert "wrong: A fair coin has entropy 1 bit" in text and "Your call:  entropy(array([0.5, 0.5]))" in text
    assert "Came back:  0.6931471805599453" in text and "Expected (the entropy in bits): 1.0" in text
    assert "Hint: np.log is the natural logarithm." in text

    write(page, answer, WRONG.replace("p = p[p > 0]", "p = p[p.positive]"))
    run(page, answer)
    run(page, check)
    said.filter(has_text="stopped with an error").wait_for(timeout=20_000)
    page.screenshot(path=shots / "error.png")
    assert "Your line:  p = p[p.positive]" in said.inner_text()

    write(page, answer, RIGHT)
    run(page, answer)
    run(page, check)
    said.filter(has_text="So far").wait_for(timeout=20_000)
    run(page, page.locator(".jp-CodeCell").nth(3))
    page.locator(".jp-OutputArea-output", has_text="not checked yet").wait_for(timeout=20_000)
    page.screenshot(path=shots / "right.png")
    text = said.inner_text()
    assert re.search(r"passed! 3 of 3 public checks pass\. \d+ hidden checks run when your work is graded\.", text)
    assert "So far: 1 of 16 exercises pass their public checks." in text

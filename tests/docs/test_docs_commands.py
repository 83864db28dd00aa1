"""Every command that the documents show works as it stands, or says why it is not run here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(?:bash|console)(?: (?P<info>[^\n]*))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
REASONS = {
    "opens a browser", "needs the package index", "takes minutes", "needs a cluster", "needs root",
    "needs an image of containers",
}  # fmt: skip
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "demo", "__pycache__", ".pytest_cache", "*.new")


@dataclass(frozen=True)
class Fence:
    """The commands of one fence, the exit code that the last one must have, and why they are not run, if so."""

    page: Path
    text: str
    code: int = 0
    reason: str = ""


def fences(page: Path) -> Iterator[Fence]:
    for match in FENCE.finditer(page.read_text(encoding="utf-8")):
        key, _, value = (match["info"] or "").partition(":")
        assert key in ("", "no-run", "exits"), f"{page.name}: unknown mark '{match['info']}'"
        commands = re.sub(r"^\$ ", "", match["text"], flags=re.MULTILINE)
        yield Fence(page, commands, int(value) if key == "exits" else 0, value.strip() if key == "no-run" else "")


EVERYTHING = [fence for page in PAGES for fence in fences(page)]
RUN = sorted({fence.page for fence in EVERYTHING if not fence.reason})


def test_what_is_not_run_says_why_and_there_are_few_reasons() -> None:
    left_out = {(fence.page.name, fence.reason) for fence in EVERYTHING if fence.reason}

    assert [(page, reason) for page, reason in sorted(left_out) if reason not in REASONS] == []


def test_the_quick_starts_are_run() -> None:
    assert {f"quickstart_{person}.md" for person in ("learner", "instructor", "author")} <= {page.name for page in RUN}


def test_the_page_of_commands_is_that_of_the_help_texts() -> None:
    from autograder.cli.manual import manual
    from autograder.cli.root import main

    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == manual(main), "Run: mml roadmap"


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN, ids=lambda page: page.stem)
def test_the_commands_of_a_page_work_in_order(page: Path, tmp_path: Path) -> None:
    scratch = Path(shutil.copytree(ROOT, tmp_path / "course", ignore=LEFT_OUT, symlinks=True))
    home = tmp_path / "home"
    home.mkdir()
    (scratch / ".venv").symlink_to(Path(sys.prefix))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    for fence in fences(page):
        if fence.reason:
            continue
        environment = os.environ | {"PATH": path, "HOME": str(home)}
        done = subprocess.run(["bash", "-e", "-c", fence.text], cwd=scratch, env=environment, capture_output=True, text=True)
        assert done.returncode == fence.code, f"{fence.text}\n{done.stdout}\n{done.stderr}"

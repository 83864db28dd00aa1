"""Replace a built part of a written page: what stands between its two markers."""

from __future__ import annotations

from pathlib import Path

from autograder.build.archive import write_whole
from autograder.errors import CourseProblem

BENCHMARKS = Path("docs") / "benchmarks.md"


def part_of(page: str, name: str, path: Path) -> str:
    """Return what stands between the markers `<!-- NAME:begin -->` and `<!-- NAME:end -->`.

    Raises CourseProblem when the page lacks one.
    """
    begin, end = _markers(name)
    _, first, rest = page.partition(begin)
    part, last, _ = rest.partition(end)
    if not first or not last:
        raise CourseProblem(f"{path} lacks the lines {begin} and {end}. Add both, then run the same command again.")
    return part


def write_part(path: Path, name: str, text: str) -> None:
    """Put a text between two markers of a page; the rest stays as it is. Raises CourseProblem when the page lacks a marker."""
    page = path.read_text(encoding="utf-8") if path.is_file() else ""
    begin, end = _markers(name)
    old = f"{begin}{part_of(page, name, path)}{end}"
    write_whole(path, page.replace(old, f"{begin}\n{text}{end}").encode())


def _markers(name: str) -> tuple[str, str]:
    return f"<!-- {name}:begin -->", f"<!-- {name}:end -->"

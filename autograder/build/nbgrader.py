"""Write the cell metadata that nbgrader reads: schema 3, no key more and no key less.

nbgrader itself is not imported, because that costs two seconds; a test asks its validator.
"""

from __future__ import annotations

from typing import Any


def answer(grade_id: str) -> dict[str, Any]:
    """An answer in code, graded by checks."""
    return _metadata(grade_id, "code", solution=True)


def score(grade_id: str, points: int) -> dict[str, Any]:
    """The cell in which hidden checks run."""
    return _metadata(grade_id, "code", grade=True, locked=True, points=points)


def written_answer(grade_id: str, points: int) -> dict[str, Any]:
    """An answer in words, graded by a person."""
    return _metadata(grade_id, "markdown", grade=True, solution=True, points=points)


def read_only(grade_id: str, cell_type: str = "code") -> dict[str, Any]:
    """A cell that is restored before grading."""
    return _metadata(grade_id, cell_type, locked=True)


def _metadata(
    grade_id: str,
    cell_type: str,
    *,
    grade: bool = False,
    solution: bool = False,
    locked: bool = False,
    points: int | None = None,
) -> dict[str, Any]:
    facts = {
        "cell_type": cell_type,
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    return facts if points is None else facts | {"points": points}

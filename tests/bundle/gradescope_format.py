"""What Gradescope documents about results.json, as a check."""

from __future__ import annotations

import json

VISIBILITIES = {"visible", "after_due_date", "after_published", "hidden"}
# Keys and values of "Autograder Specifications", https://gradescope-autograders.readthedocs.io/en/latest/specs/.
FORMATS = {"text", "simple_format", "html", "md", "ansi"}
WHOLE = {
    "score": float, "execution_time": float, "output": str, "output_format": FORMATS, "test_output_format": FORMATS,
    "test_name_format": FORMATS, "visibility": VISIBILITIES, "stdout_visibility": VISIBILITIES, "extra_data": dict,
    "tests": list,
}  # fmt: skip
TEST = {
    "score": float, "max_score": float, "status": {"passed", "failed"}, "name": str, "name_format": FORMATS, "number": str,
    "output": str, "output_format": FORMATS, "tags": list, "visibility": VISIBILITIES, "extra_data": dict,
}  # fmt: skip


def problems_of(outcome: dict[str, object]) -> list[str]:
    """Return what in results.json breaks the documented format."""
    found = [f"{key}: {value!r}" for key, value in outcome.items() if not fits(WHOLE.get(key), value)]
    for test in outcome["tests"]:
        found += [f"test {key}: {value!r}" for key, value in test.items() if not fits(TEST.get(key), value)]
    json.dumps(outcome, allow_nan=False)
    return found


def fits(wanted: object, value: object) -> bool:
    if isinstance(wanted, set):
        return value in wanted
    return isinstance(value, wanted) if isinstance(wanted, type) else False

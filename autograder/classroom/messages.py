"""Write what our grader found into the outputs of a test cell, in the form in which nbgrader reads points."""

from __future__ import annotations

from typing import Any

from autograder.grading.verdict import MEANING, CheckResult, ExerciseResult, SubmissionReport, Verdict


def outputs_of(result: ExerciseResult) -> list[dict[str, Any]]:
    """Return the outputs of one exercise's test cell.

    nbgrader gives no points for an error and reads a printed number as part of the points; so an answer that earned
    nothing ends in errors, one for each check, and every other answer in its points.
    """
    failed = [check for check in result.checks if check.verdict is not Verdict.PASSED]
    if not failed:
        return [_text(f"All {len(result.checks)} checks passed.\n"), _points(float(result.points))]
    advice = _advice(result)
    if len({(check.verdict, check.message, check.call) for check in failed}) == 1 and len(failed) == len(result.checks):
        failed = failed[:1] if not failed[0].call else failed  # not defined, not attempted, banned: said once
    if result.points:
        parts = ["\n".join(_lines(check)) for check in failed] + ([advice] if advice else [])
        return [_text("\n\n".join(parts) + "\n"), _points(float(result.points))]
    last = len(failed) - 1
    return [_error(check, advice if position == last else "") for position, check in enumerate(failed)]


def notes_of(report: SubmissionReport) -> list[dict[str, Any]]:
    """Return the outputs of the first code cell: what the learner and the staff should know about the whole notebook."""
    lines = list(report.notes)
    if report.is_unsafe:
        lines.append("This was graded with less isolation than the course demands.")
    return [_text("\n".join(map(clean, lines)) + "\n")] if lines else []


def clean(text: str) -> str:
    """Return a text without control characters, which a terminal or a page could take for commands."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _lines(check: CheckResult) -> list[str]:
    lines = [check.sentence, f"  {check.verdict}: {check.message or MEANING[check.verdict]}"]
    shown = (("call", check.call), ("came back", check.got), ("expected", check.expected), ("your line", check.line))
    lines += [f"  {label}: {text}" for label, text in shown if text]
    return [clean(line) for line in lines]


def _advice(result: ExerciseResult) -> str:
    lines = [f"Hint: {result.hint}"] if result.hint else []
    lines += [f"Read again: {result.section}"] if result.section else []
    return clean("\n".join(lines))


def _text(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def _points(points: float) -> dict[str, Any]:
    return {"output_type": "execute_result", "data": {"text/plain": repr(points)}, "execution_count": None, "metadata": {}}


def _error(check: CheckResult, advice: str) -> dict[str, Any]:
    lines = [*_lines(check), *advice.splitlines()]
    return {"output_type": "error", "ename": str(check.verdict), "evalue": clean(check.sentence), "traceback": lines}

"""Turn exact points, verdicts and texts from outside into what may stand in an output.

This is the border at which points are rounded, once, and at which characters that no reader can see are taken out.
"""

from __future__ import annotations

import os
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

from autograder.grading.verdict import Status, Verdict

SYMBOLS = {
    Verdict.PASSED: "✓",
    Verdict.FAILED: "✗",
    Verdict.CRASHED: "!",
    Verdict.TIMEOUT: "…",
    Verdict.MEMORY: "M",
    Verdict.OUTPUT_LIMIT: "P",
    Verdict.MISSING: "–",
    Verdict.NOT_ATTEMPTED: "○",
    Verdict.BLOCKED: "B",
    Verdict.OUR_FAULT: "?",
}
WORDS = {verdict: verdict.value.replace("_", " ") for verdict in Verdict} | {
    Verdict.FAILED: "not right yet",
    Verdict.TIMEOUT: "too slow",
    Verdict.MEMORY: "too much memory",
    Verdict.OUTPUT_LIMIT: "printed too much",
    Verdict.OUR_FAULT: "grader failed",
}
STATUS_WORDS = {
    Status.GRADED: "graded",
    Status.INCOMPLETE: "incomplete: the grader failed somewhere",
    Status.UNREADABLE: "unreadable",
}
KEPT = "\n\t"


def points_text(value: Fraction) -> str:
    """Return points with at most two decimals, halves rounded up."""
    exact = Decimal(value.numerator * 1000 // value.denominator) / 1000 if value.denominator != 1 else Decimal(value.numerator)
    text = format(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent_text(part: Fraction, whole: Fraction) -> str:
    """Return a share in whole per cent; nothing of nothing is 0 %."""
    return f"{points_text(Fraction(round(100 * part / whole)) if whole else Fraction(0))} %"


def plain(text: str) -> str:
    """Return a text without control characters, direction marks and broken characters; line ends and tabs stay."""
    # What Python calls printable has none of them; nearly every text takes this short way.
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(c if c in KEPT or not _is_unseen(c) else "\ufffd" for c in text)


def _is_unseen(character: str) -> bool:
    # Cc, Cf (direction marks among them), Cs, Co and Cn; and the two separators that end a line in JavaScript.
    return unicodedata.category(character)[0] == "C" or character in "\u2028\u2029"


def says(path: Path, text: str) -> bool:
    """Say whether a file of our own is there with just this text."""
    return path.is_file() and not path.is_symlink() and path.read_bytes() == text.encode()


def write_text(path: Path, text: str) -> Path:
    """Replace a file in one step, so that nobody ever reads half of it; a file that already says this stays."""
    if says(path, text):  # comparing is quick; replacing makes some file systems wait for the disk
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:200]}.new")
    temporary.write_text(text, encoding="utf-8", newline="")
    os.replace(temporary, path)
    return path

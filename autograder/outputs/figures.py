"""Draw small pictures as inline SVG: shares of a class, verdicts of an exercise, and an answer against the right one.

Every picture has a text that says the same. Shapes differ as well as colours; the colours come from style.css.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup, escape

from autograder.grading.verdict import Verdict
from autograder.outputs.plain import WORDS, plain
from autograder.outputs.values import Grid, number_text

BINS = 10
WIDTH, HEIGHT = 640, 216
FLOOR, TOP, LEFT, STEP = 170, 50, 20, 60
# Height and words of each group: what is told by colour is told by shape, too.
LOOKS = {
    "passed": (14, "passed"),
    "failed": (10, "not right yet"),
    "stopped": (6, "stopped: crashed, too slow, blocked, …"),
    "untried": (3, "not attempted or missing"),
    "fault": (14, "the grader failed"),
}

GROUPS = {
    Verdict.PASSED: "passed",
    Verdict.FAILED: "failed",
    Verdict.NOT_ATTEMPTED: "untried",
    Verdict.MISSING: "untried",
    Verdict.OUR_FAULT: "fault",
}
LEAST_PIXELS = 4.0  # a difference that nobody sees needs no picture


def group_of(verdict: Verdict) -> str:
    """Return the group of a verdict for pictures and colours: passed, failed, stopped, untried or fault."""
    return GROUPS.get(verdict, "stopped")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the distribution, in units of the drawing."""

    label: str
    count: int
    x: int
    height: int


def distribution(shares: list[Fraction]) -> list[Bar]:
    """Return ten bars: how many learners reached 0 to 10 per cent, 10 to 20, ... and 90 to 100."""
    counts = Counter(min(BINS - 1, int(share * BINS)) for share in shares)
    unit = (FLOOR - TOP) / max(counts.values(), default=1)
    return [
        Bar(f"{place * 10}–{place * 10 + 10} %", counts[place], LEFT + place * STEP, round(unit * counts[place]))
        for place in range(BINS)
    ]


def histogram(shares: list[Fraction], *, pass_mark: float | None = None) -> Markup:
    """Return the distribution of scores as a picture."""
    bars = distribution(shares)
    told = "; ".join(f"{bar.label}: {bar.count}" for bar in bars)
    parts = [f'<line class="axis" x1="{LEFT - 4}" y1="{FLOOR}" x2="{LEFT + BINS * STEP}" y2="{FLOOR}"/>']
    for place, bar in enumerate(bars):
        if bar.count:
            top = FLOOR - bar.height
            parts.append(f'<rect class="bar" x="{bar.x + 4}" y="{top}" width="{STEP - 8}" height="{bar.height}"/>')
            parts.append(f'<text class="strong" x="{bar.x + STEP // 2}" y="{top - 6}">{bar.count}</text>')
        parts.append(f'<text x="{bar.x}" y="{FLOOR + 18}">{place * 10}</text>')
    parts.append(f'<text x="{LEFT + BINS * STEP - 4}" y="{FLOOR + 18}">100</text>')
    parts.append(f'<text x="{LEFT + BINS * STEP // 2}" y="{FLOOR + 38}">share of the points in %</text>')
    if pass_mark is not None:
        x = round(LEFT + pass_mark * BINS * STEP)
        side, at = ("end", x - 6) if pass_mark > 0.5 else ("start", x + 6)
        parts.append(f'<line class="mark" x1="{x}" y1="4" x2="{x}" y2="{FLOOR}"/>')
        parts.append(f'<text class="{side}" x="{at}" y="18">pass mark {100 * pass_mark:.0f} %</text>')
    return _svg("histogram", WIDTH, HEIGHT, f"How many learners reached which share of the points. {told}.", parts)


def verdict_bar(verdicts: tuple[tuple[Verdict, int], ...]) -> Markup:
    """Return one bar that shows which part of the class got which verdict; pieces are told apart by height, too."""
    counts: Counter[str] = Counter()
    for verdict, count in verdicts:
        counts[group_of(verdict)] += count
    total = sum(counts.values()) or 1
    parts, x = [], 0.0
    for group, (height, _) in LOOKS.items():
        width = 120 * counts[group] / total
        if width:
            drawn = max(width - 1, 0.5)
            parts.append(f'<rect class="{group}" x="{x:.1f}" y="{16 - height}" width="{drawn:.1f}" height="{height}"/>')
        x += width
    told = ", ".join(f"{count} {WORDS[verdict]}" for verdict, count in verdicts)
    return _svg("verdicts", 120, 16, told, parts)


def verdict_key() -> list[tuple[Markup, str]]:
    """Return a piece of every group's looks, to stand in a small square, with its words."""
    return [
        (Markup(f'<rect class="{group}" x="0" y="{14 - height}" width="14" height="{height}"/>'), words)
        for group, (height, words) in LOOKS.items()
    ]


def against(got: Grid | None, expected: Grid | None) -> Markup:
    """Return a vector that came back against the expected one; nothing where a picture would not tell more."""
    if got is None or expected is None or not (got.is_vector and expected.is_vector and got.is_whole and expected.is_whole):
        return Markup("")
    if len(got.rows[0]) != len(expected.rows[0]) or len(got.rows[0]) < 3:
        return Markup("")
    pairs = [(_real(one), _real(other)) for one, other in zip(got.rows[0], expected.rows[0], strict=True)]
    values = [value for pair in pairs for value in pair if value is not None]
    if sum(None not in pair for pair in pairs) < 3:
        return Markup("")
    is_log = min(values) > 0 and max(values) / min(values) > 1000
    place = math.log10 if is_log else float
    low, high = place(min(values)), place(max(values))
    if not 0 < high - low < math.inf:
        return Markup("")

    def height(value: float) -> float:
        return 132 - 112 * (place(value) - low) / (high - low)

    if max(abs(height(a) - height(b)) for a, b in pairs if a is not None and b is not None) < LEAST_PIXELS:
        return Markup("")
    step = 300 / len(pairs)
    parts = ['<line class="axis" x1="64" y1="142" x2="376" y2="142"/>']
    for index, (one, other) in enumerate(pairs):
        x = 72 + step * (index + 0.5)
        parts += _entry(x, None if one is None else height(one), None if other is None else height(other))
        if len(pairs) <= 12 or index % 5 == 0:
            parts.append(f'<text x="{x:.1f}" y="158">{index}</text>')
    for value, y in ((max(values), 24), (min(values), 136)):
        parts.append(f'<text class="end" x="58" y="{y}">{value:.3g}</text>')
    parts.append(f'<text x="220" y="176">position{" (heights on a logarithmic scale)" if is_log else ""}</text>')
    told = "; ".join(
        f"position {index}: {number_text(one)} came back, {number_text(other)} expected"
        for index, (one, other) in enumerate(zip(got.rows[0], expected.rows[0], strict=True))
    )
    return _svg("against", 390, 182, told, parts)


def _entry(x: float, one: float | None, other: float | None) -> list[str]:
    """Draw a cross for what came back, a ring for what was expected, and a line between them."""
    parts = []
    if one is not None and other is not None:
        parts.append(f'<line class="gap" x1="{x:.1f}" y1="{one:.1f}" x2="{x:.1f}" y2="{other:.1f}"/>')
    if other is not None:
        parts.append(f'<circle class="expected" cx="{x:.1f}" cy="{other:.1f}" r="5.5"/>')
    if one is not None:
        parts.append(f'<path class="got" d="M{x - 4:.1f} {one - 4:.1f}l8 8m0 -8l-8 8"/>')
    return parts


def _real(value: object) -> float | None:
    if isinstance(value, bool | complex) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _svg(kind: str, width: int, height: int, told: str, parts: list[str]) -> Markup:
    label = escape(plain(told))
    return Markup(f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">{"".join(parts)}</svg>')

"""Claims about hostile texts: wherever they stand on a page they are words, never markup, links, scripts or direction marks."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from pretend_class import facts, report, wrong

from autograder.batch.store import AssignmentFacts, ExerciseFacts
from autograder.grading.verdict import CheckResult, ExerciseResult, Status, SubmissionReport, Verdict
from autograder.outputs.classpage import Surroundings, class_page
from autograder.outputs.feedback import learner_page
from autograder.outputs.lateness import Deadline, Late
from autograder.outputs.similarity import Pair, Shared

HOSTILE = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)", "javascript:alert(1)", "<a href='javascript:alert(1)'>x</a>",
    "</style><style>*{display:none}</style>", "{{ 7 * 7 }}{% raw %}",
    "<svg onload=alert(1)><text>x</text></svg>", "]]><!-- -->", "&lt;b&gt;", "array([1, 2, '<b>'])",
    "a\u202eb\u2066c\u200fd", "\x00\x1b[31m\x85",
    "<base href=//evil>", "<meta http-equiv=refresh content=0>", "\ud800\ufeff", "</pre></details></section>",
    "wrong at position [0]: expected <b>, got <i>.",
]  # fmt: skip
ELEMENTS = set(
    "html head meta title style body main header nav section h1 h2 h3 p ul ol li a span strong small b code pre div table"
    " caption thead tbody tr th td dl dt dd details summary svg rect line circle path text script".split()
)
ATTRIBUTES = set(
    "lang charset name content http-equiv class id href title role scope tabindex aria-label aria-hidden data-verdict"
    " data-status data-label viewbox x y x1 x2 y1 y2 width height cx cy r d".split()
)


class Reader(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.crossed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def evil_class(text: str) -> tuple[list[SubmissionReport], AssignmentFacts, Surroundings]:
    """Return a class in which every text from outside is `text`."""
    texts = {f.name: text for f in fields(CheckResult) if f.name not in ("is_hidden", "verdict", "points", "possible")}
    verdicts = (Verdict.FAILED, Verdict.OUR_FAULT, Verdict.CRASHED, Verdict.PASSED)
    checks = tuple(CheckResult(**texts, is_hidden=False, verdict=v, points=Fraction(0), possible=Fraction(1)) for v in verdicts)
    names = {"name": "alpha", "title": text, "misconception": text, "hint": text, "section": text}
    exercise = ExerciseResult(**names, verdict=Verdict.FAILED, points=Fraction(0), possible=Fraction(4), checks=checks)
    notes = {"notes": (text,), "staff_notes": (text,)}
    name = text.replace("\ud800", "")  # SQLite keeps no half characters
    reports = [
        SubmissionReport(f"{name}{number}", text, status, (exercise,), **notes)
        for number, status in enumerate([*[Status.GRADED] * 9, Status.INCOMPLETE, Status.UNREADABLE])
    ]
    from datetime import UTC, datetime

    when = datetime(2027, 1, 1, tzinfo=UTC)
    around = Surroundings(
        run={"graded": 1, "seconds": 1.0, "jobs": 1, "throughput": 1.0, "median_seconds": 1.0, "p95_seconds": 1.0, "skipped": 0,
             "layers": [text], "refused_layers": [(text, text)]},  # fmt: skip
        deadline=Deadline(when, (Late(text, when, 1, 0.1, True),), 0, 1, 5),
        missing=(text,),
        pairs=(Pair((text, text), (Shared("alpha", 99, 0.9, text, text),)),),
        pass_mark=0.7,
    )
    return reports, AssignmentFacts(text, text, (ExerciseFacts("alpha", text, Fraction(4)),)), around


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_shown_as_words_and_changes_nothing_of_a_page(text):
    reports, assignment, around = evil_class(text)
    harmless = evil_class("array([1, 2, 3])" if text.startswith("array") else "word")
    pages = [(class_page(reports, assignment, around), class_page(*harmless))]
    couples = list(zip(reports, harmless[0], strict=True))[-3:]
    pages += [(learner_page(one, assignment), learner_page(other, harmless[1])) for one, other in couples]

    for page, other in pages:
        found = read(page)
        assert found.elements <= ELEMENTS | {"br"} and found.attributes <= ATTRIBUTES
        assert found.crossed == [] and found.open == [] and len(found.ids) == len(set(found.ids))
        assert all(re.fullmatch(r"#[a-z]+|feedback/[A-Za-z0-9._%-]+\.html", link) for link in found.links)
        assert page.count("<script") == other.count("<script") and page.count("<style") == 1
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]", page)
        assert "49{% raw %}" not in page


def test_the_code_of_learners_is_shown_as_text_beside_the_other():
    code = "def f(x):\n    return '</pre><script>alert(1)</script>'"
    around = Surroundings(run={}, pairs=(Pair(("ada", "bob"), (Shared("x", 99, 0.9, code, code),)),))

    page = class_page([report("ada", wrong("x"))], facts("x"), around)
    assert page.count("&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;") == 2
    assert "evidence, not a verdict" in page


def test_a_page_stays_small_for_very_long_names_and_answers():
    long = wrong("x", got="9" * 900, call="f(" + "8" * 1100 + ")")
    reports = [report(f"{number:04d}" + "n" * 80, long) for number in range(300)]

    page = class_page(reports, facts("x"), Surroundings(run={}))
    assert len(page.encode()) < 300_000 and " and 180 more" in page


def test_equal_stores_make_equal_bytes_whatever_order_python_chooses():
    import subprocess
    import sys
    from pathlib import Path

    code = (
        "import hashlib, test_outputs_hostile as t\n"
        "from autograder.outputs.classpage import class_page\n"
        "reports, facts, around = t.evil_class('word')\n"
        "print(hashlib.sha256((class_page(reports, facts, around) + t.learner_page(reports[0], facts)).encode()).hexdigest())\n"
    )
    here = Path(__file__).parent
    found = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=here, env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{here}:{here.parents[1]}"},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip

    assert len(found) == 1


def test_a_report_says_the_same_for_a_result_that_two_learners_share():
    one, other = report("ada", wrong("x")), report("bob", wrong("x"))

    assert learner_page(replace(one, learner="bob"), facts("x")) == learner_page(other, facts("x"))

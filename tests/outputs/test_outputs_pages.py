"""Claims about feedback and the class page: complete, escaped, self-contained, and silent about staff notes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.batch.store import FILE, Store
from autograder.grading.verdict import MEANING, Status, Verdict
from autograder.outputs.classpage import write_class_page
from autograder.outputs.feedback import STATUS_MEANING, learner_page, write_feedback
from autograder.outputs.figures import distribution
from autograder.outputs.pages import maker, script, script_policy
from autograder.outputs.plain import STATUS_WORDS, SYMBOLS, WORDS

SHAPE = ["format", "assignment", "title", "learner", "status", "meaning", "score", "max_score", "notes", "exercises"]


@pytest.fixture
def pages(out) -> dict[str, str]:
    with Store(out / FILE) as store:
        write_feedback(store, out)
        write_class_page(store, out)
    found = {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in out.rglob("*.html")}
    return found | {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in out.rglob("*.json")}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


def test_everybody_has_a_page_with_a_safe_name_and_the_class_page_links_to_it(pages):
    names = [name for name in pages if name.startswith("feedback/") and name.endswith(".html")]
    links = re.findall(r'href="(feedback/[^"]+)"', pages["class.html"])

    assert len(names) == 5 and set(links) == set(names)
    assert all(re.fullmatch(r"feedback/[A-Za-z0-9._-]+\.html", name) for name in names)


def test_no_markup_from_outside_survives_and_nothing_is_fetched(pages):
    for name, text in pages.items():
        if name.endswith(".html"):
            assert text.replace(f"<script>{script()}</script>", "").count("<script") == 0
            assert not re.search(r"https?:|@import|url\(|<link|<img|<iframe", text)


def test_browsers_may_run_our_script_on_the_class_page_and_none_on_a_learners_page(pages):
    for name, text in pages.items():
        if name.endswith(".html"):
            policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
            is_class = name == "class.html"
            assert policy.startswith("default-src 'none'; ") and ("script-src" in policy) == is_class == ("<script>" in text)
            assert not is_class or f"script-src '{script_policy()}'" in policy


def test_no_page_carries_control_characters(pages):
    for text in pages.values():
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]", text)


def test_the_json_has_the_documented_shape_and_says_nothing_that_the_page_does_not_show(pages):
    for name in [name for name in pages if name.endswith(".json")]:
        content = json.loads(pages[name])
        shown = html.unescape(pages[name.replace(".json", ".html")])
        assert list(content) == SHAPE
        assert not [text for key, value in content.items() if key != "format" for text in texts(value) if text not in shown]


def test_learners_never_read_what_is_for_staff(pages):
    for name, text in pages.items():
        if name.startswith("feedback/"):
            assert "STAFF" not in text and "Traceback" not in text and "secret_name_of" not in text
    assert "the grader tripped" in pages["class.html"]


def test_a_failed_check_shows_the_call_what_came_back_what_was_expected_and_the_line(pages):
    page = pages["feedback/bob.html"]

    for words in ("Call", "Came back", "Expected", "Your line", "Hint.", "Read again", "1.67 of 3", "not right yet", "✗"):
        assert words in page


def test_a_learner_reads_that_the_grading_was_below_the_floor():
    from fractions import Fraction

    from autograder.batch.store import AssignmentFacts, ExerciseFacts
    from autograder.grading.verdict import SubmissionReport

    facts = AssignmentFacts("week99_fake", "Week 99", (ExerciseFacts("alpha", "Alpha", Fraction(3)),))
    safe, unsafe = (SubmissionReport("ada", facts.name, Status.GRADED, (), is_unsafe=flag) for flag in (False, True))

    assert "--unsafe" in learner_page(unsafe, facts) and "--unsafe" not in learner_page(safe, facts)


def test_an_unreadable_submission_gets_the_reason_instead_of_zeros(pages):
    assert "The file is empty" in pages["feedback/eve.html"]
    assert json.loads(pages["feedback/eve.json"])["exercises"] == []


def test_the_class_page_begins_with_what_needs_a_person(pages):
    page = pages["class.html"]

    assert page.index(">mal<") < page.index(">eve<") < page.index("<h2>Scores") < page.index(">ada<")
    assert "squares it" in page and "Isolation layers: seccomp" in page and "2.5 submissions per second" in page


def test_pages_are_the_same_every_time(out, pages):
    for page in (out / "feedback").glob("*.html"):
        page.unlink()  # one that stands there already would be left alone
    with Store(out / FILE) as store:
        write_feedback(store, out)
        write_class_page(store, out)

    assert all((out / name).read_text(encoding="utf-8") == text for name, text in pages.items())


def test_a_learners_page_is_written_again_only_when_it_would_say_something_else(out, pages):
    place = out / "feedback"
    ada = place / "ada.html"

    def written() -> list[str]:
        before = {path: path.stat().st_ino for path in place.iterdir()}
        with Store(out / FILE) as store:
            write_feedback(store, out)
        return sorted(path.name for path in place.iterdir() if path.stat().st_ino != before.get(path))

    assert written() == []
    ada.unlink()
    assert written() == ["ada.html"]
    ada.with_suffix(".json").write_text("{}")
    assert written() == ["ada.json"]  # the page already says what it should
    ada.write_text(ada.read_text().replace(maker(), "mml of last year"))
    assert written() == ["ada.html"]
    ada.write_text(f"<!-- {maker()} -->")
    ada.with_suffix(".json").unlink()
    assert written() == ["ada.html", "ada.json"]
    assert ada.read_text() == pages["feedback/ada.html"]


def test_every_verdict_and_status_has_words_and_a_symbol_of_its_own():
    assert set(SYMBOLS) == set(WORDS) == set(MEANING) == set(Verdict)
    assert len(set(SYMBOLS.values())) == len(set(WORDS.values())) == len(Verdict)
    assert set(STATUS_WORDS) == set(STATUS_MEANING) == set(Status)


def test_the_distribution_counts_everybody_once():
    from fractions import Fraction

    bars = distribution([Fraction(0), Fraction(1, 10), Fraction(99, 100), Fraction(1)])

    assert [bar.count for bar in bars] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert max(bar.height for bar in bars) == 120

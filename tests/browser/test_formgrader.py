"""A person grades in formgrader: the autograde button, then a score and a comment for an answer in words."""

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

from autograder.authoring.config import load_config
from autograder.authoring.discover import read_assignment
from autograder.build.write import build
from autograder.classroom.gradebook import gradebook
from autograder.classroom.layout import Plan, lay_out

ROOT = Path(__file__).resolve().parents[2]
WEEK, TOKEN = "week09_information_numerics", "a-token-for-this-test"
EXERCISE, QUESTION = "entropy", "why_words"
ANSWER = "Bits count yes-or-no questions. <script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
WRONG = """def entropy(p, base=2.0):
    p = np.asarray(p, dtype=float)
    if p.ndim != 1 or np.any(p < 0) or abs(p.sum() - 1) > 1e-9 or base <= 1:
        raise ValueError("no distribution")
    p = p[p > 0]
    return float(-(p * np.log(p)).sum())"""
MATHJAX = "window.MathJax = {Hub: {Config() {}, Queue() {}, Configured() {}, Startup: {signal: {Interest() {}}}}};"
PAGE = "# Week 9\n\n```question id=why_words\nWhat does a bit of entropy mean?\n```\n"

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


@pytest.fixture
def classroom(tmp_path: Path) -> Path:
    """Return a classroom of a course with one real exercise and one question, and a submission in it."""
    course = tmp_path / "course"
    week = course / "source" / WEEK
    week.mkdir(parents=True)
    (course / "datasets").mkdir()
    shutil.copy(next((ROOT / "source" / WEEK).glob(f"[0-9][0-9][0-9]_{EXERCISE}.py")), week)
    (week / "010_concept_overview.md").write_text(PAGE)
    shutil.copy(ROOT / "requirements.lock", course)
    config = (ROOT / "course_config.py").read_text()
    dates = f'ASSIGNMENTS = {{"{WEEK}": {{"opens": "2027-01-11T08:00:00+00:00", "due": "2027-01-19T23:59:00+00:00"}}}}\n'
    config = re.sub(r"^ASSIGNMENTS = \{.*?^\}\n", dates, config, flags=re.MULTILINE | re.DOTALL)
    (course / "course_config.py").write_text(config)
    build(course, [week], check=False)
    place = tmp_path / "classroom"
    lay_out(Plan(place, course, load_config(course)), [read_assignment(week)], [])
    notebook = json.loads((course / "release" / WEEK / f"{WEEK}.ipynb").read_text())
    answers = {f"{EXERCISE}-answer": WRONG, f"{QUESTION}-answer": ANSWER}
    for cell in notebook["cells"]:
        cell["source"] = [answers.get(cell["id"], "".join(cell["source"]))]
    home = place / "submitted" / "ada" / WEEK
    home.mkdir(parents=True)
    (home / f"{WEEK}.ipynb").write_text(json.dumps(notebook))
    (home / "timestamp.txt").write_text("2027-01-18 10:00:00 UTC")
    return place


@pytest.fixture
def server(classroom: Path, tmp_path: Path) -> Iterator[str]:
    """Start a Jupyter server with nbgrader's extensions in the classroom, and return its address."""
    with jupyter("jupyter_server", classroom, tmp_path, f"--IdentityProvider.token={TOKEN}") as address:
        yield address


def test_the_autograde_button_and_a_score_with_a_comment(
    server: str, classroom: Path, strict_page: Any, tmp_path: Path
) -> None:
    page, shots = strict_page, Path(os.environ.get("MML_SHOTS", tmp_path))
    page.set_default_timeout(60_000)
    page.goto(f"{server}/login?next=%2Fformgrader%2Fmanage_submissions%2F{WEEK}")
    page.fill("input[name=password]", TOKEN)
    page.click("#login_submit")

    row = page.locator("tr", has_text="ada")
    row.locator(".autograde a").click()
    page.locator(".modal", has_text="Successfully autograded").wait_for()
    page.screenshot(path=shots / "formgrader-autograded.png")
    with gradebook(classroom, "mml") as book:
        automatic = book.find_grade(f"{EXERCISE}-score", WEEK, WEEK, "ada").auto_score
        number = book.find_submission_notebook(WEEK, WEEK, "ada").id
    assert 0 < automatic < 5

    # Formgrader asks the network for MathJax, which no test does: an empty one takes its place.
    page.route("**/mathjax/**", lambda route: route.fulfill(content_type="text/javascript", body=MATHJAX))
    page.goto(f"{server}/formgrader/submissions/{number}/?index=0")
    page.wait_for_load_state("networkidle")
    said = page.locator(".output_subarea", has_text="A fair coin has entropy 1 bit")
    assert "Hint:" in said.first.inner_text() and "call: entropy(" in said.first.inner_text()
    assert float(page.locator(f"#{EXERCISE}-score").get_attribute("placeholder")) == pytest.approx(automatic, abs=0.01)
    assert "Bits count yes-or-no questions." in page.content()
    assert page.evaluate("window.hacked") is None

    page.fill(f"#{QUESTION}-answer", "1.5")
    page.locator(f"#{QUESTION}-answer").blur()
    page.fill(f"#{QUESTION}-answer-comment", "Say what it measures.")
    page.locator(f"#{QUESTION}-answer-comment").blur()
    page.wait_for_load_state("networkidle")
    page.locator(f"#{QUESTION}-answer").scroll_into_view_if_needed()
    page.screenshot(path=shots / "formgrader-graded.png")
    said.first.scroll_into_view_if_needed()
    page.screenshot(path=shots / "formgrader-messages.png")
    for _ in range(50):
        with gradebook(classroom, "mml") as book:
            grade = book.find_grade(f"{QUESTION}-answer", WEEK, WEEK, "ada")
            comment = book.find_comment(f"{QUESTION}-answer", WEEK, WEEK, "ada").comment
            found = (grade.manual_score, grade.needs_manual_grade, comment)
        if found == (1.5, False, "Say what it measures."):
            break
        page.wait_for_timeout(100)
    assert found == (1.5, False, "Say what it measures.")

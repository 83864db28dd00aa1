"""The report pages in a real browser: nothing overflows, overlaps, complains or keeps anybody out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from autograder.batch.store import AssignmentFacts, ExerciseFacts
from autograder.grading.verdict import CheckResult, ExerciseResult, Status, SubmissionReport, Verdict
from autograder.outputs.classpage import Surroundings, class_page
from autograder.outputs.feedback import learner_page
from autograder.outputs.lateness import Deadline, Late
from autograder.outputs.similarity import Pair, Shared

pytestmark = pytest.mark.slow

LOOKS = [(width, scheme) for width in (1280, 375) for scheme in ("light", "dark")]
MATRIX = "array([[       nan, 0.12345678, 0.12345678, 0.12345678],\n       [0.30418592, 0.69581408, 0.1, 0.2]])"
RIGHT = MATRIX.replace("       nan", "0.46146025")
EVIDENCE = [
    {"call": f"softmax({MATRIX}, axis=1)", "got": MATRIX, "expected": RIGHT,
     "message": "the weights: wrong at position [0, 0]: expected 0.46146025, got nan (largest difference 0)."},
    {"call": "softmax([1, 2, 3])", "got": "array([0.1, 0.5, 0.9, 0.3])", "expected": "array([0.1, 0.2, 0.9, 0.6])",
     "message": "the result: wrong at position [1]: expected 0.2, got 0.5 (largest difference 0.3)."},
    {"call": "softmax('" + "x" * 300 + "')", "got": "'" + "y" * 300 + "'", "expected": "1.0", "line": "return " + "z" * 200},
]  # fmt: skip
# Boxes of text that lie on each other: every line of every text node, cut to what its scrolling boxes show.
OVERLAPS = """() => {
  const boxes = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const home = node.parentElement;
    if (!node.data.trim() || home.closest('.unseen, script') || !home.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      let [left, right, top, bottom] = [box.left, box.right, box.top, box.bottom];
      for (let at = home; at; at = at.parentElement) {
        if (getComputedStyle(at).overflowX === 'visible') continue;
        const seen = at.getBoundingClientRect();
        [left, right] = [Math.max(left, seen.left), Math.min(right, seen.right)];
        [top, bottom] = [Math.max(top, seen.top), Math.min(bottom, seen.bottom)];
      }
      if (right - left > 1 && bottom - top > 1) boxes.push({node, text: node.data.trim(), left, right, top, bottom});
    }
  }
  const found = [];
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (a.node !== b.node && wide > 2 && high > 3) found.push([a.text.slice(0, 40), b.text.slice(0, 40)]);
  }));
  return {found, count: boxes.length};
}"""


def result(name: str, kind: int) -> ExerciseResult:
    verdicts = [Verdict.PASSED, Verdict.FAILED, Verdict.NOT_ATTEMPTED, Verdict.CRASHED]
    verdict = verdicts[kind % 4]
    texts = EVIDENCE if verdict in (Verdict.FAILED, Verdict.CRASHED) else [{}] * 3
    sentence, points = "This sentence holds for every input that is long enough.", Fraction(kind % 4 == 0)
    checks = tuple(
        CheckResult(f"c{i}", sentence, i > 0, verdict, points, Fraction(1), **text) for i, text in enumerate(texts)
    )
    wrong = {"misconception": "one_maximum_for_all", "hint": "Each slice needs its own maximum."} if kind % 4 == 1 else {}
    title = f"About {name} and what follows"
    return ExerciseResult(name, title, verdict, 3 * points, Fraction(3), checks, section="Softmax", **wrong)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class page and the page of a learner with every kind of verdict."""
    names = [f"exercise_{number}" for number in range(5)]
    facts = AssignmentFacts("week99_fake", "Week 99: A title", tuple(ExerciseFacts(n, n, Fraction(3)) for n in names))
    learners = [f"learner{number:02d}" for number in range(8)] + ["n" * 80]
    reports = [
        SubmissionReport(who, facts.name, Status.GRADED, tuple(result(n, (i * (k + 1)) % 7) for k, n in enumerate(names)))
        for i, who in enumerate(learners)
    ]
    reports.append(SubmissionReport("zoe", facts.name, Status.UNREADABLE, (), notes=("The file is empty.",)))
    when = datetime(2027, 1, 1, tzinfo=UTC)
    around = Surroundings(
        run={"graded": 26, "jobs": 2, "seconds": 2.0, "throughput": 13.0, "median_seconds": 0.1, "p95_seconds": 0.2,
             "skipped": 0, "layers": ["landlock", "seccomp"], "refused_layers": [("namespaces", "not offered")]},
        deadline=Deadline(when, (Late("learner03", when, 2, 0.2, True), Late("n" * 80, when, 9, 0.9, False)), 3, 26, 5),
        missing=("kim (Kim Example)", "m" * 80),
        pairs=(Pair(("learner01", "n" * 80), (Shared(names[0], 88, 0.9, "def f(x):\n  return " + "x + " * 60, "y = 1"),)),),
        pass_mark=0.7,
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("reports")
    (folder / "class.html").write_text(class_page(reports, facts, around), encoding="utf-8")
    (folder / "learner.html").write_text(learner_page(reports[3], facts), encoding="utf-8")
    return folder


@pytest.fixture(params=LOOKS, ids=str)
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page of one width and colour scheme, with everything that it complains about."""
    width, scheme = request.param
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda problem: told.append(str(problem)))
    page.on("request", lambda request: told.append(request.url) if not request.url.startswith("file:") else None)
    yield page, told
    page.close()


@pytest.mark.parametrize("name", ["class", "learner"])
def test_a_report_fits_the_screen_and_nothing_lies_on_anything_else(folder, screen, name):
    page, told = screen
    page.goto((folder / f"{name}.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    overlaps: dict[str, Any] = page.evaluate(OVERLAPS)
    assert overlaps["found"] == [] and overlaps["count"] > 50
    assert page.evaluate("[...document.querySelectorAll('h1, h2, h3')].map((h) => +h.tagName[1])").count(1) == 1
    assert told == []


@pytest.mark.parametrize(("screen", "name"), [((1280, "light"), "class"), ((375, "dark"), "class"), ((375, "light"), "learner"),
                                             ((1280, "dark"), "learner")], indirect=["screen"])  # fmt: skip
def test_axe_finds_no_serious_problem(folder, screen, name):
    page, told = screen
    page.goto((folder / f"{name}.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    found = Axe().run(page).response
    serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"] if v["impact"] in ("serious", "critical")]
    assert serious == [] and told == []
    assert {"color-contrast", "document-title", "landmark-one-main"} <= {rule["id"] for rule in found["passes"]}


def test_the_table_of_learners_sorts_and_filters(folder, page):
    page.goto((folder / "class.html").as_uri())
    rows = "[...document.querySelectorAll('#learners-table tbody tr')]"
    scores = rows + ".filter((row) => !row.hidden).map((row) => +row.cells[2].textContent)"
    page.get_by_role("button", name="Score", exact=True).click()

    rising = page.evaluate(scores)
    assert rising == sorted(rising) and len(rising) == 10 and len(set(rising)) > 2
    page.get_by_role("button", name="Score", exact=True).click()
    assert page.evaluate(scores) == sorted(rising, reverse=True)
    page.get_by_label("Show names that contain").fill("NER0")
    assert len(page.evaluate(scores)) == 8

"""Claims about similar answers: copies are found however they are dressed up, and independent work is left alone."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from pretend_class import WEEK, report, right, wrong

from autograder.batch.store import FILE, Stamp, Store
from autograder.batch.submissions import find_submissions
from autograder.errors import UsageProblem
from autograder.grading.notebook import written
from autograder.outputs import evidence
from autograder.outputs.evidence import kept_pairs, pairs_of, similar_answers
from autograder.outputs.similarity import SHORTEST, answers_in, few, similar_pairs, tokens_of_course

ORIGINAL = '''def power(A, tol):
    """Return the largest eigenvalue."""
    size = A.shape[0]
    vector = np.ones(size) / size ** 0.5
    old = 0.0
    for step in range(5000):
        image = A @ vector
        length = np.linalg.norm(image)
        if length < 1e-300:
            raise ValueError("the matrix is zero")
        vector = image / length
        value = float(vector @ (A @ vector))
        if abs(value - old) < tol * max(1.0, abs(value)):
            return value
        old = value
    raise RuntimeError("no convergence")
'''
COPY = (
    ORIGINAL.replace("vector", "v").replace("value", "lam").replace("image", "w").replace("tol", "eps")
    .replace('"""Return the largest eigenvalue."""', '"""My own words."""')
    .replace("        old = lam\n", "        old = lam  # remember\n\n").replace("no convergence", "did not converge")
)  # fmt: skip


def other_answer(seed: int) -> str:
    """Return a long answer that nobody else writes."""
    chance = random.Random(seed)
    calls = ["np.dot", "np.sum", "np.abs", "np.sqrt", "np.mean", "np.max", "np.outer", "np.sort"]
    lines = [f"    x{i} = {chance.choice(calls)}(A * {chance.random():.3f}) {chance.choice('+-*/')} {i}" for i in range(20)]
    return "\n".join(["def power(A, tol):", *lines, "    return x19", ""])


def found(sources: dict[str, str], **more: object) -> list[tuple[str, str]]:
    answers = {learner: answers_in([source], {"power"}) for learner, source in sources.items()}
    return [pair.learners for pair in similar_pairs(answers, **more)]


def test_a_copy_with_other_names_comments_docstring_and_messages_is_found():
    strangers = {f"stranger{i}": other_answer(i) for i in range(10)}

    assert found({"ada": ORIGINAL, "bob": COPY} | strangers) == [("ada", "bob")]


def test_a_copy_with_a_few_lines_of_its_own_is_still_found():
    changed = COPY.replace("    size = A.shape[0]\n", "    size = A.shape[0]\n    if size == 0:\n        return None\n")
    answers = {name: answers_in([text], {"power"}) for name, text in {"ada": ORIGINAL, "bob": changed}.items()}

    pair = similar_pairs(answers)[0]
    assert pair.shared[0].exercise == "power" and 0.8 < pair.shared[0].part <= 1
    assert pair.shared[0].one == ORIGINAL.rstrip("\n") and pair.tokens == pair.shared[0].tokens


def test_short_answers_never_show_up():
    short = "def power(A, tol):\n    return float(np.max(np.abs(np.linalg.eigvals(A)))) + tol * 0\n"
    answer = answers_in([short], {"power"})["power"]

    assert len(answer.tokens) < SHORTEST
    assert found({"ada": short, "bob": short}) == []


def test_what_many_write_is_no_evidence():
    crowd = {f"l{i}": ORIGINAL for i in range(few(30) + 1)} | {f"stranger{i}": other_answer(i) for i in range(20)}

    assert found(crowd) == []


def test_what_stands_in_the_courses_own_files_is_no_evidence():
    assert found({"ada": ORIGINAL, "bob": COPY}, own=tokens_of_course([ORIGINAL.replace("def power", "def reference")])) == []


def test_a_check_is_nothing_that_a_learner_could_have_been_given():
    checks = [ORIGINAL.replace("def power", f"@{mark}\ndef a_claim") for mark in ("check", "hidden(weight=2)")]

    assert tokens_of_course(checks) == []


def test_independent_answers_are_left_alone():
    assert found({f"stranger{i}": other_answer(i) for i in range(60)}) == []


def test_the_order_of_learners_changes_nothing():
    sources = {"ada": ORIGINAL, "bob": COPY} | {f"stranger{i}": other_answer(i) for i in range(5)}

    assert found(sources) == found(dict(reversed(sources.items())))


def test_only_functions_with_the_names_of_exercises_are_compared_and_the_last_definition_counts():
    cells = [ORIGINAL, ORIGINAL.replace("def power", "def helper"), "x = (", other_answer(1)]

    answers = answers_in(cells, {"power"})
    assert list(answers) == ["power"] and answers["power"].source.endswith("return x19")


def test_a_function_nested_deeper_than_python_reads_is_left_out():
    deep = "def power(A, tol):\n    return " + "-" * 900 + "1\n"

    assert found({"ada": deep, "bob": deep}) == []


@pytest.fixture
def submitted(tmp_path) -> Path:
    """Five learners in nbgrader's layout; ada's and bob's notebooks hold the same answer, eve's file is broken."""
    for learner, text in {"ada": ORIGINAL, "bob": COPY, "kim": other_answer(1), "leo": other_answer(2)}.items():
        place = tmp_path / "submitted" / learner / WEEK / f"{WEEK}.ipynb"
        place.parent.mkdir(parents=True)
        place.write_bytes(written(["import numpy as np", text]))
    place = tmp_path / "submitted" / "eve" / WEEK / f"{WEEK}.ipynb"
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps({"cells": 1}), encoding="utf-8")
    return tmp_path / "submitted"


@pytest.fixture
def store(tmp_path) -> Store:
    from datetime import UTC, datetime
    from fractions import Fraction
    from types import SimpleNamespace

    now = datetime(2027, 1, 1, tzinfo=UTC)
    exercises = [SimpleNamespace(name="power", title="Power", facts=SimpleNamespace(points=2))]
    with Store(tmp_path / FILE, create=True) as open_store:
        open_store.describe(SimpleNamespace(id=WEEK, title="Week 99", exercises=exercises))
        run = open_store.begin_run(WEEK, jobs=1, now=now)
        for learner in ("ada", "bob", "eve", "kim"):
            result = right("power") if learner != "eve" else wrong("power")
            open_store.save(report(learner, result), Stamp("key", run, now), possible=Fraction(2))
        yield open_store


def test_answers_are_read_from_the_submissions_of_those_who_have_results(submitted, store, tmp_path):
    pairs = similar_answers(store, submitted, tmp_path)

    assert [pair.learners for pair in pairs[WEEK]] == [("ada", "bob")]


def test_the_exercise_file_of_the_course_takes_the_evidence_away(submitted, store, tmp_path):
    source = tmp_path / "source" / WEEK / "010_power.py"
    source.parent.mkdir(parents=True)
    source.write_text(ORIGINAL, encoding="utf-8")

    assert similar_answers(store, submitted, tmp_path) == {WEEK: ()}


def test_pairs_are_kept_until_code_or_a_function_of_the_course_changes(submitted, store, tmp_path, monkeypatch):
    def look() -> tuple[tuple[str, str], ...]:
        found = find_submissions(submitted, WEEK)
        return tuple(pair.learners for pair in kept_pairs(store, found, store.assignments()[0], tmp_path))

    looked = []
    monkeypatch.setattr(evidence, "pairs_of", lambda *args: looked.append(1) or pairs_of(*args))
    source = tmp_path / "source" / WEEK / "010_power.py"
    source.parent.mkdir(parents=True)
    source.write_text("# nothing yet\n", encoding="utf-8")

    assert [look(), look(), len(looked)] == [(("ada", "bob"),), (("ada", "bob"),), 1]
    source.write_text("# another comment\n@check\ndef a_claim(power):\n    assert power\n", encoding="utf-8")
    assert [look(), len(looked)] == [(("ada", "bob"),), 1]
    source.write_text(ORIGINAL, encoding="utf-8")
    assert [look(), len(looked)] == [(), 2]
    store.connection.execute("UPDATE submission SET code = 'another' WHERE learner = 'bob'")
    assert [look(), len(looked)] == [(), 3]


def test_pairs_of_a_part_of_the_class_are_not_taken_for_those_of_the_whole(submitted, store, tmp_path):
    facts, everybody = store.assignments()[0], find_submissions(submitted, WEEK)
    late = [submission for submission in everybody if submission.learner == "kim"]

    assert kept_pairs(store, late, facts, tmp_path) == ()
    assert [pair.learners for pair in kept_pairs(store, everybody, facts, tmp_path)] == [("ada", "bob")]


def test_the_report_command_compares_answers_when_it_is_given_the_submissions(submitted, store, tmp_path):
    from click.testing import CliRunner

    from autograder.cli.root import main

    store.close()
    pages = []
    for more in ([], ["--submissions", str(submitted)], ["--submissions", str(submitted)]):
        done = CliRunner().invoke(main, ["report", str(tmp_path), *more], standalone_mode=False)
        assert done.exception is None and "class.html" in done.output
        pages.append((tmp_path / "class.html").read_bytes())

    assert b"Not looked at" in pages[0] and b"ada and bob" in pages[1] and pages[1] == pages[2]


def test_a_folder_without_answers_is_refused_with_the_reason(store, tmp_path):
    (tmp_path / "elsewhere" / "zoe" / WEEK).mkdir(parents=True)
    (tmp_path / "elsewhere" / "zoe" / WEEK / f"{WEEK}.ipynb").write_bytes(written([ORIGINAL]))

    with pytest.raises(UsageProblem, match="holds no answer"):
        similar_answers(store, tmp_path / "elsewhere", tmp_path)
    assert pairs_of(store, [], store.assignments()[0], tmp_path) is None

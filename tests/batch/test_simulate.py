"""Claims about made-up classes: their cells stand alone, their verdicts are true, and a seed decides every byte."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.authoring.config import load_config
from autograder.authoring.discover import choose_assignment
from autograder.batch.accidents import ACCIDENTS
from autograder.batch.answers import Answers, renamed
from autograder.batch.compare import compare
from autograder.batch.simulate import ClassPlan, simulate
from autograder.batch.store import FILE, Stamp, Store
from autograder.batch.submissions import find_submissions, submission_bytes
from autograder.errors import BadSubmission, CourseProblem, UsageProblem
from autograder.grading.notebook import read_notebook
from autograder.grading.prove import all_runs
from autograder.grading.trial import rehearse
from autograder.grading.verdict import ExerciseResult, Status, SubmissionReport, Verdict, overall

ROOT = Path(__file__).resolve().parents[2]
WEEK = "week99_fake"


@pytest.fixture
def alpha(assignment):
    return assignment.exercises[0]


@pytest.fixture
def make_class(course, assignment, release, tmp_path):
    def make(name: str = "class", *, learners: int = 32, seed: int = 1) -> Path:
        simulate(assignment, load_config(course), ClassPlan(learners, tmp_path / name, seed, release))
        return tmp_path / name

    return make


def truth(out: Path) -> list[dict[str, str]]:
    with (out / "truth.csv").open(newline="") as stream:
        return list(csv.DictReader(stream))


def solution_of(exercise, text: str):
    """Run a cell with nothing but what is lent to it, as a check of the cell and not of the variant."""
    namespace = {name: exercise.namespace[name] for name in exercise.facts.uses}
    exec(compile(text, "<cell>", "exec"), namespace)
    return namespace[exercise.name]


def verdict_of_cell(exercise, text: str) -> Verdict:
    return overall([run.verdict for run in all_runs(exercise, solution_of(exercise, text), seconds=2.0).values()])


def cells_stand_alone(exercise) -> None:
    answers = Answers(exercise, secret="prove", seconds=2.0)
    made = [answers.reference(), answers.crash(), *(answers.cast(how) for how in ("float32", "nested_lists"))]
    made += [answers.accepted(number) for number in range(len(exercise.accepted))]
    made += [answers.misconception(number) for number in range(len(exercise.misconceptions))]
    for answer in made:
        assert verdict_of_cell(exercise, answer.text) is answer.verdict, (exercise.id, answer)
        assert "### BEGIN" not in answer.text and "autograder" not in answer.text
        assert (answer.kind == "misconception") == bool(answer.misconception)


def test_answer_cells_stand_alone_and_have_the_verdict_they_claim(alpha):
    cells_stand_alone(alpha)


WEEKS = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir() and path.name[0] not in "._")


@pytest.mark.parametrize("week", WEEKS)
def test_every_variant_of_the_course_can_travel_into_a_notebook(week):
    for exercise in choose_assignment(ROOT, week).exercises:
        answers = Answers(exercise, secret="prove", seconds=2.0)
        for name in ("reference", *(variant.name for variant in (*exercise.accepted, *exercise.misconceptions))):
            compile(answers.text(name), name, "exec")


@pytest.mark.slow
@pytest.mark.parametrize("week", ["week03", "week09"])
def test_answer_cells_of_two_weeks_do_what_their_variants_do(week):
    for exercise in choose_assignment(ROOT, week).exercises:
        answers = Answers(exercise, secret="prove", seconds=2.0)
        for name in ("reference", *(variant.name for variant in exercise.accepted)):
            assert verdict_of_cell(exercise, answers.text(name)) is Verdict.PASSED, (exercise.id, name)
        for variant in exercise.misconceptions:
            catching = next(check for check in exercise.checks if check.name == variant.caught_by)
            solution = solution_of(exercise, answers.text(variant.name))
            found = rehearse(exercise, catching, solution, secret="prove", seconds=2.0)
            wanted = rehearse(exercise, catching, variant.solution, secret="prove", seconds=2.0)
            assert found.verdict is wanted.verdict is not Verdict.PASSED, (exercise.id, variant.name, found)


def test_a_variant_takes_the_name_of_the_exercise_with_its_helpers_and_constants(alpha):
    answers = Answers(alpha, secret="prove", seconds=2.0)

    assert "def by_a_helper" not in answers.accepted(0).text and "FACTOR = 2.0" in answers.accepted(0).text
    assert "def alpha_times(" in answers.accepted(0).text and "return alpha_times(x, " in answers.accepted(0).text
    assert "return -alpha(-x)" in answers.accepted(1).text and answers.accepted(1).text.startswith("import numpy as np")
    assert "hidden" not in "".join(answers.misconception(number).text for number in range(2))


def test_helpers_of_one_name_do_not_disturb_each_other(assignment):
    alpha, beta = (Answers(exercise, secret="prove", seconds=2.0).accepted(0).text for exercise in assignment.exercises)
    spoilt = beta.replace("x * factor", "x * 0")

    namespace = {}
    exec(f"{alpha}\n\n\n{spoilt}", namespace)

    assert spoilt != beta and (namespace["alpha"](3.0), namespace["beta"](3.0)) == (6.0, 0.0)


def test_names_are_replaced_only_where_python_means_them():
    source = 'def f(x):\n    """f stays"""\n    # f\n    ä = {"f": f(x - 1)}\n    return ä["f"] + x.f + g(f=1)'

    assert renamed(source, {"f": "best"}) == source.replace("def f", "def best").replace("f(x - 1)", "best(x - 1)")


def test_loops_and_crashes_keep_the_head_of_the_function(alpha):
    answers = Answers(alpha, secret="prove", seconds=2.0)

    assert "while True:\n        pass" in answers.loop().text and "def alpha(x: float)" in answers.loop().text
    assert answers.crash().verdict is Verdict.CRASHED
    assert answers.stub().verdict is Verdict.NOT_ATTEMPTED and answers.missing().verdict is Verdict.MISSING


def test_the_same_seed_makes_the_same_bytes(make_class):
    one, two, other = make_class("one"), make_class("two"), make_class("other", seed=2)

    def content(out: Path) -> dict[str, bytes]:
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}

    assert content(one) == content(two) != content(other)


def test_a_class_of_thirty_has_every_accident_and_every_kind_of_verdict(make_class):
    out = make_class(learners=30)
    rows = truth(out)

    assert len(rows) == 60 and set(rows[0]) == {"learner", "exercise", "verdict", "misconception"}
    verdicts = Counter(row["verdict"] for row in rows)
    assert {"passed", "failed", "crashed", "timeout", "missing", "not_attempted", "unreadable"} <= set(verdicts)
    assert verdicts["unreadable"] == 2 * 5
    assert {row["misconception"] for row in rows} >= {"squares", "lets_nan_through"}


def test_every_accident_is_written_as_learners_have_it(make_class):
    out = make_class(learners=30)
    found = {item.learner: item for item in find_submissions(out, WEEK)}
    reasons = []
    for submission in found.values():
        try:
            read_notebook(submission_bytes(submission))
        except BadSubmission as problem:
            reasons.append(str(problem))

    assert len(found) == 30 and len(reasons) == 5
    for words in ("cut off", "is empty", "not UTF-8", "zip archive", "No notebook"):
        assert sum(words in reason for reason in reasons) == 1
    notes = [note for item in found.values() for note in item.notes]
    assert any("is called week99_fake (1).ipynb" in note for note in notes)
    assert any(note.endswith("was graded, not week99_fake-Copy1.ipynb.") for note in notes)
    text = "".join(path.read_text(errors="replace") for path in out.rglob("*.ipynb"))
    for words in ("%pip install", "!ls", "input(", "range(200000)", "while True:", "np.float32", "file=sys.stderr"):
        assert json.dumps(words)[1:-1] in text
    assert '"worksheets"' in text and len(ACCIDENTS) == 30


def test_a_small_class_works_and_an_old_one_is_not_overwritten(make_class):
    make_class(learners=3)

    with pytest.raises(UsageProblem, match="exists already"):
        make_class(learners=3)


def test_without_a_release_notebook_the_next_command_is_named(course, assignment, tmp_path):
    with pytest.raises(CourseProblem, match="Run: mml build week99_fake"):
        simulate(assignment, load_config(course), ClassPlan(3, tmp_path / "out", 1, tmp_path / "absent.ipynb"))


def test_the_comparison_names_what_differs_and_counts_hints(tmp_path, assignment):
    now = datetime(2027, 1, 1, tzinfo=UTC)
    rows = ["learner,exercise,verdict,misconception", "ada,alpha,failed,squares", "ada,beta,passed,", "bob,alpha,unreadable,"]
    (tmp_path / "truth.csv").write_text("\n".join([*rows, "bob,beta,unreadable,", "eve,alpha,failed,lets_nan_through"]) + "\n")
    with Store(tmp_path / FILE, create=True) as store:
        store.describe(assignment)
        store.begin_run(WEEK, jobs=1, now=now)
        results = tuple(
            ExerciseResult(name, name, verdict, Fraction(0), Fraction(1), (), misconception=named)
            for name, verdict, named in (("alpha", Verdict.FAILED, "squares"), ("beta", Verdict.CRASHED, ""))
        )
        for report in (
            SubmissionReport("ada", WEEK, Status.GRADED, results),
            SubmissionReport("bob", WEEK, Status.UNREADABLE, ()),
        ):
            store.save(report, Stamp("k", 1, now), possible=Fraction(2))

    comparison = compare(tmp_path, tmp_path / "truth.csv")

    assert comparison.differences == (
        "ada, beta: graded crashed, deserved passed.",
        "eve, alpha: graded nothing, deserved failed.",
    )
    assert (comparison.rows, comparison.misconceptions, comparison.hints, comparison.hint_share) == (5, 2, 1, 0.5)
    assert comparison.lines[-1] == "1 of 2 misconception answers got their own hint (50.0%)."


@pytest.mark.slow
def test_a_notebook_goes_through_a_real_kernel(release, monkeypatch):
    from autograder.batch import executed

    monkeypatch.setattr(executed, "CELL_SECONDS", 3)
    notebook = json.loads(release.read_text())
    cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    sources = ["raise ValueError('mine')", "while True:\n    pass", "6 * 7"]
    notebook["cells"] = [cell | {"id": f"own-{number}", "source": text} for number, text in enumerate(sources)]

    failed, late, answer = executed.execute(notebook, release.name, data=release.parent / "data")["cells"]

    assert failed["outputs"][0]["ename"] == "ValueError" and late["outputs"][0]["ename"] == "KeyboardInterrupt"
    assert answer["execution_count"] and answer["outputs"][0]["data"]["text/plain"] == "42"

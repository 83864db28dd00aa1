"""A made-up class of a small course, graded in the real sandbox, gets exactly the verdicts that it deserves."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from autograder.authoring.config import load_config
from autograder.batch.compare import compare
from autograder.batch.pool import Plan, grade_batch
from autograder.batch.simulate import ClassPlan, simulate
from autograder.batch.store import FILE, Store
from autograder.batch.submissions import find_submissions
from autograder.cli.root import main
from autograder.grading.notebook import written
from autograder.grading.verdict import Status
from autograder.outputs.classpage import write_class_page
from autograder.outputs.feedback import write_feedback
from autograder.outputs.tables import write_grades


@pytest.mark.slow
def test_every_accident_gets_the_verdict_it_deserves(course, assignment, release, tmp_path):
    made, out = tmp_path / "class", tmp_path / "out"
    simulate(assignment, load_config(course), ClassPlan(32, made, 7, release))
    plan = Plan(assignment.folder, course, out, jobs=2)

    summary = grade_batch(find_submissions(made, assignment.id), plan)

    comparison = compare(out, made / "truth.csv")
    assert comparison.differences == () and comparison.rows == 64
    assert comparison.hint_share >= 0.9
    assert summary.counts == {Status.GRADED: 27, Status.INCOMPLETE: 0, Status.UNREADABLE: 5}
    assert "rlimits" in summary.layers
    again = grade_batch(find_submissions(made, assignment.id), plan)
    assert (again.graded, again.skipped, again.counts) == (0, 32, summary.counts)
    with Store(out / FILE) as store:
        assert len(write_feedback(store, out)) == 32 and write_class_page(store, out) and write_grades(store, out)


@pytest.mark.slow
def test_the_class_page_compares_those_who_were_handed_in_last(course, release, tmp_path, monkeypatch):
    everybody, latecomer, out = tmp_path / "class", tmp_path / "late", tmp_path / "out"
    alike = "\n".join(["def alpha(x):", *(f"    y{i} = x * {i} + {i + 1}" for i in range(20)), "    return float(2 * x)"])
    other = alike.replace("*", "-").replace("+", "/")
    for place, learner, code in ((everybody, "ada", alike), (everybody, "bob", alike), (latecomer, "kim", other)):
        place.mkdir(exist_ok=True)
        (place / f"{learner}.ipynb").write_bytes(written([code]))
    monkeypatch.chdir(course)

    def pair_is_shown(submissions):
        done = CliRunner().invoke(main, ["grade", "week99_fake", str(submissions), "--out", str(out)])
        assert done.exit_code == 0, done.output
        return "ada and bob" in (out / "class.html").read_text()

    assert [pair_is_shown(submissions) for submissions in (everybody, latecomer, everybody)] == [True, False, True]


@pytest.mark.slow
def test_a_file_that_cannot_be_read_lowers_no_mean_of_the_printed_table(course, release, tmp_path, monkeypatch):
    submitted = tmp_path / "class"
    submitted.mkdir()
    (submitted / "ada.ipynb").write_bytes(written(["def alpha(x):\n    return 2 * x"]))
    (submitted / "bob.ipynb").write_text("no notebook")
    monkeypatch.chdir(course)

    done = CliRunner().invoke(main, ["grade", "week99_fake", str(submitted), "--out", str(tmp_path / "out")])

    assert "week99_fake: 1 of 2 graded" in done.output and "2 submissions: 1 graded, 1 unreadable" in done.output
    row = next(line for line in done.output.splitlines() if line.startswith("│ alpha"))
    mean = row.split("│")[2].split()[0]
    with Store(tmp_path / "out" / FILE) as store:
        points = store.report("week99_fake", "ada").exercises[0].points
    assert points > 0 and mean == f"{float(points):.1f}"

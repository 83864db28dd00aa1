"""Claims about exports: the columns are those that each system documents; nothing from outside becomes a formula or HTML."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest

from autograder.batch.layouts.canvas import LATE
from autograder.batch.roster import Person, write_roster
from autograder.batch.store import FILE, Stamp, Store
from autograder.errors import UsageProblem
from autograder.grading.verdict import ExerciseResult, Status, SubmissionReport, Verdict
from autograder.outputs.exports import export_csv, number, safe
from autograder.outputs.exports_canvas import Wish, export_canvas
from autograder.outputs.exports_gradescope import export_gradescope
from autograder.outputs.exports_moodle import export_moodle

WEEK = "week99_fake"
DUE = datetime(2027, 3, 16, 23, 59, tzinfo=UTC)
COURSE = SimpleNamespace(
    assignments={WEEK: SimpleNamespace(due=DUE)}, late_policy=SimpleNamespace(loss_per_day=0.1, days_accepted=5)
)
# canvas-lms, lib/gradebook_exporter.rb.
CANVAS_COLUMNS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Week 99 (778899),Quiz (5),Current Score
,,,,,Manual Posting,,
    Points Possible,,,,,6.00,10.00,(read only)
"Lovelace, Ada",1001,s1,ada,S1,1,9,3
"Noether, Emmy",1002,s2,emmy,S1,,8,3
"Turing, Alan",1003,s3,alan,S1,4,7,3
=HYPERLINK("x"),1004,s4,@mal,S1,EX,6,3
"Hopper, Grace",1005,s5,grace,S1,,5,3
"""
# moodle, mod/assign/gradingtable.php as mod/assign/feedback/offline downloads it.
MOODLE_COLUMNS = [
    "Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed",
    "Last modified (submission)", "Last modified (grade)", "Feedback comments",
]  # fmt: skip
MOODLE = ",".join(MOODLE_COLUMNS) + """
Participant 1001,Ada Lovelace,ada@uni.example,Submitted,,6.00,Yes,-,-,
Participant 1002,Emmy Noether,emmy@uni.example,Submitted,,6.00,Yes,-,-,My own words
Participant 1003,Alan Turing,alan@uni.example,No submission,2.00,6.00,Yes,-,-,
Participant 1004,=1+1,mal@uni.example,Submitted,,6.00,No,-,-,
"""


def report(learner: str, points: Fraction, *, status: Status = Status.GRADED, notes: tuple[str, ...] = ()) -> SubmissionReport:
    verdict = Verdict.PASSED if points == 6 else Verdict.FAILED
    hint = "" if points == 6 else "Look at <b>it</b> & again."
    exercises = (ExerciseResult("alpha", "Alpha", verdict, points, Fraction(6), (), hint=hint),)
    return SubmissionReport(learner, WEEK, status, exercises, notes=notes)


@pytest.fixture
def out(tmp_path):
    """Results of a class that came from Canvas: in time, two days late, late by an unknown time, far too late, incomplete."""
    facts = SimpleNamespace(
        id=WEEK, title="Week 99", exercises=[SimpleNamespace(name="alpha", title="Alpha", facts=SimpleNamespace(points=6))]
    )
    rows = [
        (report("1001", Fraction(5, 3)), DUE),
        (report("1002", Fraction(6)), DUE + timedelta(days=1, hours=1)),
        (report("1004", Fraction(3), notes=(LATE,)), None),
        (report("1005", Fraction(6)), DUE + timedelta(days=6)),
        (report("1006", Fraction(0), status=Status.INCOMPLETE), DUE),
    ]
    with Store(tmp_path / FILE, create=True) as store:
        store.describe(facts)
        run = store.begin_run(WEEK, jobs=1, now=DUE)
        for one, when in rows:
            store.save(one, Stamp("key", run, DUE, when), possible=Fraction(6))
    return tmp_path


def canvas(out, text=CANVAS, **wish):
    (out / "gradebook.csv").write_text(text)
    with Store(out / FILE) as store:
        done = export_canvas(store, out, out / "gradebook.csv", out / "export.csv", Wish(**wish))
    return done, read(out / "export.csv")


def moodle(out, text=MOODLE, **wish):
    (out / "worksheet.csv").write_text(text)
    with Store(out / FILE) as store:
        done = export_moodle(store, out, out / "worksheet.csv", out / "export.csv", Wish(**wish))
    return done, read(out / "export.csv")


def read(path):
    text = path.read_bytes().decode()
    assert text.count("\n") == text.count("\r\n")
    return list(csv.reader(text.splitlines()))


def test_the_plain_table_has_people_points_and_exercises(out):
    write_roster(out, [Person("1001", "Lovelace, Ada", "ada@uni.example", enrolled="yes")], [Person("1001")])
    with Store(out / FILE) as store:
        done = export_csv(store, out, out / "export.csv", week=None, course=None)

    rows = read(out / "export.csv")
    assert rows[0] == ["learner", "name", "email", "assignment", "status", "score", "max_score", "alpha"]
    assert rows[1] == ["1001", "Lovelace, Ada", "ada@uni.example", WEEK, "graded", "1.67", "6", "1.67"]
    assert rows[5][4:7] == ["incomplete", "", "6"] and done.written == 5
    assert done.remarks == ["No score was written, because the grader failed (run mml grade again): 1006."]


def test_a_late_penalty_has_columns_of_its_own_and_is_a_share_of_the_score(out):
    with Store(out / FILE) as store:
        done = export_csv(store, out, out / "export.csv", week="week99", course=COURSE)

    rows = {row[0]: row[5:10] for row in read(out / "export.csv")}
    assert rows["learner"] == ["score", "max_score", "late_days", "late_penalty", "final_score"]
    assert rows["1001"] == ["1.67", "6", "0", "0", "1.67"]
    assert rows["1002"] == ["6", "6", "2", "1.2", "4.8"]
    assert rows["1004"] == ["3", "6", "unknown", "", "3"]
    assert rows["1005"] == ["6", "6", "6", "6", "0"]
    assert rows["1006"] == ["", "6", "0", "0", ""]
    assert "Late by an unknown time, so no penalty was taken off: 1004." in done.remarks


def test_canvas_gets_its_own_columns_the_assignments_id_and_the_points(out):
    done, rows = canvas(out)

    assert rows[0] == [*CANVAS_COLUMNS, "Week 99 (778899)"]
    assert rows[1] == ["    Points Possible", "", "", "", "", "6"]
    assert {row[1]: row[5] for row in rows[2:]} == {"1001": "1.67", "1002": "6", "1003": "4", "1004": "EX", "1005": "6"}
    assert rows[5][0] == '\'=HYPERLINK("x")' and rows[5][3] == "'@mal"
    assert done.written == 3 and "Not in gradebook.csv, so not exported: 1006." in done.remarks
    assert "Excused in Canvas, and left so: 1004." in done.remarks


def test_late_penalties_for_canvas_stand_beside_its_file(out):
    done, rows = canvas(out, course=COURSE)

    assert rows[0] == [*CANVAS_COLUMNS, "Week 99 (778899)"]
    assert {row[1]: row[5] for row in rows[2:]}["1002"] == "4.8"
    beside = read(out / "export_late.csv")
    assert beside[0] == ["learner", "name", "assignment", "late_days", "late_penalty", "final_score"]
    assert beside[2] == ["1002", "", WEEK, "2", "1.2", "4.8"] and out / "export_late.csv" in done.files


def test_an_assignment_that_canvas_does_not_know_becomes_a_column_without_an_id(out):
    done, rows = canvas(out, CANVAS.replace("Week 99 (778899)", "Homework (778899)"))

    assert rows[0][5] == WEEK and rows[1][5] == "6"
    assert "Canvas will make a new assignment" in done.hints[0]


@pytest.mark.parametrize("column", ["Homework", "778899", "Homework (778899)"])
def test_a_column_of_canvas_can_be_named(out, column):
    _, rows = canvas(out, CANVAS.replace("Week 99 (778899)", "Homework (778899)"), column=column)

    assert rows[0][5] == "Homework (778899)" and rows[2][5] == "1.67"


@pytest.mark.parametrize(
    ("text", "wish", "reason"),
    [
        (CANVAS, {"column": "absent"}, "has no column absent. Say --column with one of: Week 99 .778899., Quiz .5."),
        (CANVAS.replace("Quiz", "week_99"), {}, "has 2 columns that may be week99_fake"),
        (CANVAS.replace("6.00", "100"), {}, "gives 100 points for week99_fake, and the course 6.*--scale"),
        (CANVAS, {"week": "week01"}, "holds no results of 'week01', only of week99_fake"),
        (MOODLE, {}, "is no Canvas gradebook"),
    ],
)
def test_what_canvas_would_take_wrongly_is_refused(out, text, wish, reason):
    with pytest.raises(UsageProblem, match=reason):
        canvas(out, text, **wish)
    assert not (out / "export.csv").exists()


def test_scores_are_converted_when_asked(out):
    _, rows = canvas(out, CANVAS.replace("6.00", "100"), scale=True)

    assert rows[1][5] == "100" and rows[2][5] == "27.78"


def test_a_gradebook_with_semicolons_stays_one(out):
    canvas(out, CANVAS.replace('"Lovelace, Ada"', "Ada").replace(",", ";"))

    assert (out / "export.csv").read_text().startswith("Student;ID;SIS User ID;SIS Login ID;Section;Week 99 (778899)")


def test_moodles_worksheet_comes_back_with_grades_and_comments(out):
    done, rows = moodle(out)

    assert rows[0] == MOODLE_COLUMNS
    assert [row[4] for row in rows[1:]] == ["1.67", "6", "2.00", ""]
    assert rows[1][9] == (
        "Graded by the autograder of the course: 1.67 of 6 points.<br>"
        "Alpha: 1.67 of 6, not right yet. Look at &lt;b&gt;it&lt;/b&gt; &amp; again."
    )
    assert rows[2][9] == "My own words" and rows[3][9] == ""
    assert rows[1][8] == "-" and rows[4][1] == "'=1+1"
    assert "Moodle has locked the grade of 1004; it was left as it is." in done.remarks


def test_moodles_worksheet_can_be_filled_again_and_shows_the_late_penalty(out):
    first, rows = moodle(out, course=COURSE)
    assert rows[0] == [*MOODLE_COLUMNS, "Late penalty"]
    assert [row[10] for row in rows[1:]] == ["0", "1.2", "", ""] and rows[2][4] == "4.8"

    _, again = moodle(out, (out / "export.csv").read_text(), course=COURSE)

    assert again == rows and first.written == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (MOODLE.replace("6.00", "100,00").replace("100,00", '"100,00"'), "has the maximum grade 100, and the course gives 6"),
        (CANVAS, "has no column Identifier, Grade, Last modified"),
    ],
)
def test_what_moodle_would_take_wrongly_is_refused(out, text, reason):
    with pytest.raises(UsageProblem, match=reason):
        moodle(out, text)


def test_every_learner_gets_results_json_in_gradescopes_format(out):
    with Store(out / FILE) as store:
        done = export_gradescope(store, out, out / "export", week=None, course=COURSE)
        again = export_gradescope(store, out, out / "export", week=None, course=COURSE)

    rows = read(out / "export" / "index.csv")
    results = json.loads((out / "export" / rows[1][4]).read_text())
    assert rows[1][:4] == ["1001", "", "", WEEK] and rows[2][8:] == ["2", "1.2", "4.8"]
    assert results["score"] == 1.67 and isinstance(results["tests"], list)
    assert "score" not in json.loads((out / "export" / rows[5][4]).read_text())
    assert done.written == again.written == 5 and "imports no scores" in done.hints[0]


def test_a_folder_that_holds_something_else_is_not_replaced(out):
    (out / "export").mkdir()
    (out / "export" / "thesis.txt").write_text("mine")

    with Store(out / FILE) as store, pytest.raises(UsageProblem, match="is no earlier export"):
        export_gradescope(store, out, out / "export", week=None, course=None)
    assert (out / "export" / "thesis.txt").read_text() == "mine"


def test_cells_are_disarmed_unless_they_are_numbers():
    cells = ["=1", "+1", "-1", "@a", "\ta", "\ra", "-", "-1.5", "1,5", "80%", "a=b", "-1+cmd"]

    assert [safe(cell) for cell in cells] == [
        "'=1", "'+1", "-1", "'@a", "'\ta", "\ufffda", "-", "-1.5", "1,5", "80%", "a=b", "'-1+cmd",
    ]  # fmt: skip


def test_numbers_are_read_with_a_dot_or_a_comma():
    texts = ("6.00", "6,5", "1,000.5", " ", "(read only)")

    assert [number(text) for text in texts] == [6, Fraction(13, 2), Fraction(2001, 2), None, None]

"""Claims about the layouts in which learners' work arrives; every sample is made here, as the named source makes it."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.batch.layouts.canvas import LATE
from autograder.batch.pool import Plan, grade_batch
from autograder.batch.store import FILE, Store
from autograder.batch.submissions import find_submissions, submission_bytes
from autograder.errors import BadSubmission, UsageProblem
from autograder.outputs.exports_canvas import Wish, export_canvas

WEEK = "week99_fake"
STAMP = "2027_03_10T12_00_00_000000"
TIME = datetime(2027, 3, 18, 12, tzinfo=UTC)


def zipped(files: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def otter(content: str) -> bytes:
    """What otter.Notebook.export makes: the notebook, a PDF and a log in one archive."""
    return zipped({f"{WEEK}.ipynb": content, f"{WEEK}.pdf": "%PDF", ".OTTER_LOG": "x"})


# canvas-lms, lib/content_zipper.rb: [sortable name, LATE, user id] joined by "_", then the file's id and its name.
CANVAS = {
    f"lovelaceada_LATE_1001_55001_{WEEK}.ipynb": "first",
    f"lovelaceada_LATE_1001_55009_{WEEK}-1.ipynb": "second",
    f"noetheremmy_1002_55002_{WEEK}.ipynb": "emmy",
    f"noetheremmy_1003_55003_{WEEK}_{STAMP}.zip": otter("emmy the second"),
    "müller_zoë_1004_55004_essay.pdf": "%PDF",
    "turingalan_1005_text.html": "<p>typed</p>",
}
# moodle, mod/assign (download_submissions): <full name>_<participant id>_assignsubmission_file_/<path of the file>.
MOODLE = {
    f"Ada Lovelace_7654321_assignsubmission_file_/{WEEK}.ipynb": "ada",
    f"Emmy Noether_7654322_assignsubmission_file_/{WEEK}.ipynb": "emmy",
    f"Emmy Noether_7654323_assignsubmission_file/tries/{WEEK} (1).ipynb": "emmy the second",
    "Alan Turing_7654324_assignsubmission_onlinetext_/onlinetext.html": "typed",
}
FLAT_MOODLE = {
    f"Ada Lovelace_7654321_assignsubmission_file_{WEEK}.ipynb": "ada",
    f"Emmy Noether_7654322_assignsubmission_file_{WEEK}_{STAMP}.zip": otter("emmy"),
}
# Gradescope's export; the keys are Ruby symbols, as public programs that read the file expect them.
METADATA = """---
submission_301:
  :submitters:
  - :name: Ada Lovelace
    :sid: '100'
    :email: ada@uni.example
  :created_at: 2027-03-18 12:00:00.000000000 Z
  :score: 1.0
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    output: |
      :submitters: are not here

      submission_999: nor here
  :history:
  - :created_at: 2027-03-15 12:00:00.000000000 Z
    :score: 0.5
submission_302:
  :submitters:
  - :name: Emmy Noether
    :sid: '101'
    :email: emmy@uni.example
  - :name: Emmy Noether
    :sid: '102'
  :created_at: 2027-03-14 12:00:00.000000000 Z
submission_303:
  :submitters:
  - :name: Alan Turing
    :sid: '103'
    :email: alan@uni.example
"""
GRADESCOPE = {
    "assignment_42_export/submission_metadata.yml": METADATA,
    f"assignment_42_export/submission_301/{WEEK}.ipynb": "ada",
    f"assignment_42_export/submission_302/homework/{WEEK}.ipynb": "emmy",
}
# nbgrader, nbgrader/exchange/default/submit.py: <user>+<assignment>+<time>[+<random>].
EXCHANGE = {
    f"ada+{WEEK}+2027-03-10 12:00:00.000000 UTC+xyz/{WEEK}.ipynb": "first",
    f"ada+{WEEK}+2027-03-18 12:00:00.000000 UTC+abc/{WEEK}.ipynb": "second",
    f"ada+{WEEK}+2027-03-18 12:00:00.000000 UTC+abc/timestamp.txt": "2027-03-18 12:00:00.000000 UTC",
    f"emmy+{WEEK}+2027-03-11 12:00:00.000000 UTC/{WEEK}.ipynb": "emmy",
    "emmy+week98_other+2027-03-19 12:00:00.000000 UTC/week98_other.ipynb": "another assignment",
}
# otter-grader, otter/check/notebook.py: <notebook>_<%Y_%m_%dT%H_%M_%S_%f>.zip.
OTTER = {
    f"ada_{WEEK}_{STAMP}.zip": otter("first"),
    f"ada_{WEEK}_2027_03_11T08_00_00_000000.zip": otter("second"),
    f"{WEEK}-emmy_{STAMP}.zip": otter("emmy"),
}
NBGRADER = {
    f"submitted/ada/{WEEK}/{WEEK}.ipynb": "ada",
    f"submitted/ada/{WEEK}/timestamp.txt": "2027-03-18 12:00:00.000000 UTC",
    f"submitted/emmy/{WEEK}/{WEEK}.ipynb": "emmy",
}
EXPECTED = {
    "canvas": (CANVAS, {"1001": "second", "1002": "emmy", "1003": "emmy the second", "1004": None, "1005": None}),
    "moodle": (MOODLE, {"7654321": "ada", "7654322": "emmy", "7654323": "emmy the second", "7654324": None}),
    "moodle flat": (FLAT_MOODLE, {"7654321": "ada", "7654322": "emmy"}),
    "gradescope": (GRADESCOPE, {"102": "emmy", "ada@uni.example": "ada", "alan@uni.example": None, "emmy@uni.example": "emmy"}),
    "exchange": (EXCHANGE, {"ada": "second", "emmy": "emmy"}),
    "otter": (OTTER, {"ada": "second", "emmy": "emmy"}),
    "nbgrader": (NBGRADER, {"ada": "ada", "emmy": "emmy"}),
    "flat": ({"ada.ipynb": "ada", "emmy (1).ipynb": "emmy"}, {"ada": "ada", "emmy": "emmy"}),
}


def unpack(files: dict[str, str | bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def archive(files: dict[str, str | bytes], path: Path) -> Path:
    path.write_bytes(zipped(files))
    return path


def contents(place: Path, **options) -> dict[str, str | None]:
    found = find_submissions(place, WEEK, **options)
    return {item.learner: None if item.problem else submission_bytes(item).decode() for item in found}


def by_learner(place: Path, **options):
    return {item.learner: item for item in find_submissions(place, WEEK, **options)}


FORMS = [
    (name, form)
    for name in EXPECTED
    for form in ("unpacked", "archive", "archive in a folder", "folder in an archive")
    # One archive of these is what one learner may hand in, and a folder of notebooks in a folder is one learner's.
    if not (form == "archive in a folder" and name in ("nbgrader", "flat")) and not (form[0] == "f" and name == "flat")
]


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_a_layout_is_found_by_itself_unpacked_and_as_an_archive(tmp_path, name, form):
    files, expected = EXPECTED[name]
    place = tmp_path / "place"
    place.mkdir()
    if form == "unpacked":
        unpack(files, place)
    elif form == "archive in a folder":
        archive(files, place / "submissions.zip")
    else:
        wrapper = "wrapped/" if form[0] == "f" else ""
        place = archive({f"{wrapper}{path}": content for path, content in files.items()}, tmp_path / "submissions.zip")

    assert contents(place) == expected


@pytest.mark.parametrize("name", ["canvas", "moodle", "gradescope", "exchange", "otter", "nbgrader", "flat"])
def test_a_layout_can_be_forced(tmp_path, name):
    files, expected = EXPECTED[name]

    assert contents(archive(files, tmp_path / "x.zip"), layout=name) == expected


def test_canvas_says_who_was_late_and_names_the_person(tmp_path):
    found = by_learner(archive(CANVAS, tmp_path / "submissions.zip"))

    assert found["1001"].notes == (
        LATE, f"Several notebooks were handed in. {WEEK}-1.ipynb was graded, not {WEEK}.ipynb.",
    )  # fmt: skip
    assert found["1002"].notes == () and found["1002"].timestamp is None
    assert [found[user].name for user in ("1001", "1002", "1003", "1004")] == [
        "lovelaceada", "noetheremmy", "noetheremmy", "müller_zoë",
    ]  # fmt: skip
    assert "only essay.pdf" in found["1004"].problem and "only text" in found["1005"].problem


def test_anonymous_names_of_canvas_are_kept_apart(tmp_path):
    files = {f"anon_aB3_55001_{WEEK}.ipynb": "one", f"LATE_anon_xY9_55002_{WEEK}.ipynb": "two"}

    assert contents(unpack(files, tmp_path)) == {"anon_aB3": "one", "anon_xY9": "two"}


def test_nobody_hands_in_for_somebody_else_by_a_name(tmp_path):
    canvas = {f"victim_99_55001_{WEEK}.ipynb": "honest", f"eve_99_12_55002_{WEEK}.ipynb": "forged"}
    moodle = {f"Eve_11_assignsubmission_file_Bob_99_assignsubmission_file_{WEEK}.ipynb": "eve"}

    assert "user 99 several names: eve, victim" in by_learner(archive(canvas, tmp_path / "c.zip"))["99"].problem
    assert contents(archive(moodle, tmp_path / "m.zip")) == {"11": "eve"}


def test_equal_names_in_moodle_are_kept_apart_by_the_participants_number(tmp_path):
    found = by_learner(archive(MOODLE, tmp_path / "x.zip"))

    assert found["7654322"].name == found["7654323"].name == "Emmy Noether"
    assert "only onlinetext.html" in found["7654324"].problem
    assert all(item.timestamp is None for item in found.values())


def test_gradescope_gives_times_groups_and_earlier_attempts(tmp_path):
    found = by_learner(archive(GRADESCOPE, tmp_path / "x.zip"))

    assert found["ada@uni.example"].timestamp == TIME
    assert "1 earlier attempt; the active one" in found["ada@uni.example"].notes[0]
    assert "A group of 2" in found["102"].notes[0] and found["102"].name == "Emmy Noether"
    assert "holds no folder submission_303" in found["alan@uni.example"].problem


@pytest.mark.parametrize(
    "text", ["a: [", "- a list", "\x00", "? {a: b}\n: c", "a: &a [*a]", "!!python/object/apply:os.system [id]"]
)
def test_broken_metadata_of_gradescope_is_a_reason_and_runs_nothing(tmp_path, text):
    files = {**GRADESCOPE, "assignment_42_export/submission_metadata.yml": text}

    try:
        found = find_submissions(archive(files, tmp_path / "x.zip"), WEEK)
    except BadSubmission as problem:
        assert "submission_metadata.yml" in str(problem)
    else:
        assert all("does not say who" in note for item in found for note in item.notes[:1])


def test_gradescope_without_metadata_keeps_the_folders_apart(tmp_path):
    files = {path: content for path, content in GRADESCOPE.items() if not path.endswith(".yml")}

    assert contents(archive(files, tmp_path / "x.zip")) == {"submission_301": "ada", "submission_302": "emmy"}


def test_the_last_attempt_in_an_exchange_counts_and_the_others_are_named(tmp_path):
    found = by_learner(unpack({f"inbound/{path}": content for path, content in EXCHANGE.items()}, tmp_path))

    assert found["ada"].timestamp == TIME and "2 attempts were handed in" in found["ada"].notes[0]
    assert found["emmy"].timestamp == datetime(2027, 3, 11, 12, tzinfo=UTC) and found["emmy"].notes == ()


def test_one_archive_of_otters_is_a_class_of_one(tmp_path):
    path = tmp_path / f"{WEEK}_{STAMP}.zip"
    path.write_bytes(otter("mine"))

    found = find_submissions(path, WEEK)

    assert len(found) == 1 and submission_bytes(found[0]) == b"mine"
    assert "does not say whose it is" in found[0].notes[0]


def test_a_mixture_is_refused_with_what_was_found(tmp_path):
    unpack({f"a_1_2_{WEEK}.ipynb": "x", "notes.ipynb": "y"}, tmp_path)

    with pytest.raises(UsageProblem, match=r"1 like canvas \(a_1_2_week99_fake.ipynb\); 1 like flat \(notes.ipynb\)"):
        find_submissions(tmp_path, WEEK)
    assert contents(tmp_path, layout="flat") == {f"a_1_2_{WEEK}": "x", "notes": "y"}
    assert contents(tmp_path, layout="canvas") == {"1": "x", "notes.ipynb (no Canvas id)": "y"}


def test_a_forced_layout_that_fits_nothing_is_a_usage_problem(tmp_path):
    unpack(NBGRADER, tmp_path)

    for layout in ("exchange", "moodle", "canvas", "gradescope", "otter"):
        with pytest.raises(UsageProblem, match=f"in the layout {layout}"):
            find_submissions(tmp_path, WEEK, layout=layout)


def test_a_download_beside_others_is_named_and_not_taken_for_one_learner(tmp_path):
    archive(CANVAS, tmp_path / "submissions.zip")
    archive(MOODLE, tmp_path / "other.zip")
    unpack({"ada.ipynb": "ada"}, tmp_path)

    found = by_learner(tmp_path)

    assert set(found) == {"ada", "other.zip", "submissions.zip"} and not found["ada"].problem
    assert "a whole class (canvas). Grade it alone" in found["submissions.zip"].problem
    assert "a whole class (moodle). Grade it alone" in found["other.zip"].problem


def test_files_of_one_learner_never_choose_the_layout(tmp_path):
    for learner in ("ada", "bob"):
        names = (WEEK, "a_1_2_old", "a_1_3_old")
        unpack({f"{learner}/{WEEK}/{name}.ipynb": name for name in names}, tmp_path / "tree")
        unpack({f"{learner}/{name}.ipynb": name for name in names}, tmp_path / "folders")
    unpack({f"ada/{WEEK}/{WEEK}.ipynb": WEEK, f"ada/{WEEK}/a_1_2_old.ipynb": "old"}, tmp_path / "one")

    assert contents(tmp_path / "tree") == contents(tmp_path / "folders") == {"ada": WEEK, "bob": WEEK}
    assert contents(tmp_path / "one") == {"ada": WEEK}


def test_numbers_at_the_end_of_names_are_copies_only_beside_the_name(tmp_path):
    files = {"student_1.ipynb": "1", "student_2.ipynb": "2", "ada.ipynb": "a", "ada-2.ipynb": "b", "bob (1).ipynb": "c"}
    unpack(files, tmp_path)

    assert set(contents(tmp_path)) == {"student_1", "student_2", "ada", "bob"}
    assert set(contents(tmp_path, known={"ada-2"})) == {"student_1", "student_2", "ada", "ada-2", "bob"}


def test_hostile_names_in_a_download_are_cleaned_and_kept_apart(tmp_path):
    names = ["a\u202eb", "a\nb", "=1+1", "Zoe\u0308 M", "x" * 300, "<script>"]
    files = {f"{name}_{number}_assignsubmission_file_{WEEK}.ipynb": name for number, name in enumerate(names, 10)}

    found = by_learner(archive(files, tmp_path / "x.zip"))

    assert sorted(found) == ["10", "11", "12", "13", "14", "15"]
    assert all(item.name.isprintable() and len(item.name) < 95 for item in found.values())
    assert found["13"].name == "Zoë M"


@pytest.mark.slow
def test_a_download_of_canvas_is_graded_in_the_sandbox_and_goes_back_to_canvas(course, assignment, release, tmp_path):
    notebook = release.read_text()
    right = notebook.replace("raise NotImplementedError", "return float(2 * x) if x == x else [][1]")
    files = {f"lovelaceada_LATE_1001_55001_{WEEK}.ipynb": right, f"noetheremmy_1002_55002_{WEEK}_{STAMP}.zip": otter(notebook)}
    place, out, gradebook = archive(files, tmp_path / "submissions.zip"), tmp_path / "out", tmp_path / "gradebook.csv"
    gradebook.write_text(f"Student,ID,SIS Login ID,Section,{WEEK} (7)\n    Points Possible,,,,6\nA,1001,a,S,\nE,1002,e,S,\n")

    summary = grade_batch(find_submissions(place, WEEK), Plan(assignment.folder, course, out, jobs=1))
    with Store(out / FILE) as store:
        export_canvas(store, out, gradebook, tmp_path / "back.csv", Wish())
        notes = {report.learner: report.notes for report in store.reports(WEEK)}

    rows = list(csv.reader((tmp_path / "back.csv").read_text().splitlines()))
    assert summary.graded == 2 and LATE in notes["1001"]
    assert rows[0] == ["Student", "ID", "SIS Login ID", "Section", f"{WEEK} (7)"]
    assert rows[1][4] == "6" and float(rows[2][4]) > 0 and rows[3][4] == "0"

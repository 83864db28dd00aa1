"""Claims about finding submissions: every shape people have, and every trick with names and files."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.batch.archives import MAX_BYTES
from autograder.batch.names import clean_name, file_names
from autograder.batch.submissions import find_submissions, submission_bytes
from autograder.errors import BadSubmission, UsageProblem

WEEK = "week99_fake"


def put(root: Path, learner: str, *names: str, content: str = "{}") -> Path:
    folder = root / learner / WEEK
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(content)
    return folder


def only(root: Path):
    found = find_submissions(root, WEEK)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("inside", ["", "submitted"])
def test_the_submitted_folder_and_the_course_folder_give_the_same(tmp_path, inside):
    put(tmp_path / "course" / inside, "ada", f"{WEEK}.ipynb")
    put(tmp_path / "course" / inside, "bob", f"{WEEK}.ipynb")

    found = find_submissions(tmp_path / "course", WEEK)

    assert [item.learner for item in found] == ["ada", "bob"]
    assert submission_bytes(found[0]) == b"{}" and not found[0].notes


def test_a_flat_folder_names_learners_by_file(tmp_path):
    for name in ("ada.ipynb", "bob.IPYNB", "bob (1).ipynb", "notes.txt", "._ada.ipynb", ".~bob.ipynb"):
        (tmp_path / name).write_text("{}")

    found = find_submissions(tmp_path, WEEK)

    assert [item.learner for item in found] == ["ada", "bob"]
    assert "Several notebooks" in found[1].notes[0]


def test_a_learner_who_did_not_hand_in_this_assignment_is_no_submission(tmp_path):
    put(tmp_path, "ada", f"{WEEK}.ipynb")
    (tmp_path / "bob" / "week98_other").mkdir(parents=True)

    assert [item.learner for item in find_submissions(tmp_path, WEEK)] == ["ada"]


def test_nothing_at_all_is_a_usage_problem(tmp_path):
    with pytest.raises(UsageProblem, match="holds no submission of week99_fake"):
        find_submissions(tmp_path, WEEK)
    with pytest.raises(UsageProblem, match="is no folder"):
        find_submissions(tmp_path / "absent", WEEK)


def test_the_assignments_name_wins_then_a_copy_of_it_then_the_newest(tmp_path):
    folder = put(tmp_path, "ada", f"{WEEK}.ipynb", f"{WEEK} (1).ipynb", "other.ipynb")
    for seconds, name in enumerate([f"{WEEK}.ipynb", f"{WEEK} (1).ipynb", "other.ipynb"]):
        os.utime(folder / name, (seconds, seconds))

    order = []
    for _ in range(3):
        order.append(only(tmp_path).path.name)
        (folder / order[-1]).unlink()

    assert order == [f"{WEEK}.ipynb", f"{WEEK} (1).ipynb", "other.ipynb"]


def test_a_renamed_notebook_is_used_and_said_so(tmp_path):
    put(tmp_path, "ada", f"{WEEK} (1).ipynb")

    assert "is called week99_fake (1).ipynb instead of week99_fake.ipynb" in only(tmp_path).notes[0]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.mkdir(), "is a folder, not a notebook"),
        (lambda path: os.mkfifo(path), "is a pipe, not a notebook"),
        (lambda path: path.symlink_to("/etc/passwd"), "is a link, and links are not followed"),
        (lambda path: path.symlink_to("../../bob/week99_fake/week99_fake.ipynb"), "is a link, and links are not followed"),
        (lambda path: path.with_suffix(".zip").write_bytes(b"PK"), "week99_fake.zip is no zip archive"),
        (lambda path: None, "No notebook (.ipynb) was handed in; the folder week99_fake holds nothing"),
    ],
)
def test_what_is_no_file_is_named_and_never_opened(tmp_path, make, reason):
    make(put(tmp_path, "ada") / f"{WEEK}.ipynb")

    submission = only(tmp_path)

    assert reason in submission.problem and submission.path is None
    with pytest.raises(BadSubmission):
        submission_bytes(submission)


def test_a_good_notebook_is_found_beside_a_trap(tmp_path):
    folder = put(tmp_path, "ada", "mine.ipynb")
    os.mkfifo(folder / f"{WEEK}.ipynb")

    assert only(tmp_path).path.name == "mine.ipynb"


def test_links_to_folders_are_not_entered(tmp_path):
    put(tmp_path, "ada", f"{WEEK}.ipynb")
    (tmp_path / "bob").symlink_to(tmp_path / "ada")
    (tmp_path / "eve").mkdir()
    (tmp_path / "eve" / WEEK).symlink_to(tmp_path / "ada" / WEEK)

    found = {item.learner: item for item in find_submissions(tmp_path, WEEK)}

    assert set(found) == {"ada", "eve"} and "is a link" in found["eve"].problem


def test_a_notebook_that_becomes_a_pipe_or_a_link_before_it_is_read_is_refused(tmp_path):
    submission = only(put(tmp_path, "ada", f"{WEEK}.ipynb").parents[1])
    submission.path.unlink()
    os.mkfifo(submission.path)
    with pytest.raises(BadSubmission, match="is a pipe"):
        submission_bytes(submission)

    submission.path.unlink()
    submission.path.symlink_to("/etc/passwd")
    with pytest.raises(BadSubmission, match="cannot be read"):
        submission_bytes(submission)


def test_a_huge_file_is_a_problem_and_costs_no_memory(tmp_path):
    folder = put(tmp_path, "ada", f"{WEEK}.ipynb")
    os.truncate(folder / f"{WEEK}.ipynb", MAX_BYTES + 1)

    assert "has 50 MB; the limit is 50 MB" in only(tmp_path).problem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-01-20 12:30:00.5 UTC", datetime(2027, 1, 20, 12, 30, 0, 500000, UTC)),
        ("2027-01-20 12:30:00 Europe/Berlin\n", datetime(2027, 1, 20, 11, 30, tzinfo=UTC)),
        ("2027-01-20T12:30:00+02:00", datetime(2027, 1, 20, 10, 30, tzinfo=UTC)),
        ("2027-01-20 12:30:00", datetime(2027, 1, 20, 12, 30, tzinfo=UTC)),
    ],
)
def test_timestamps_are_read_as_nbgrader_writes_them(tmp_path, text, expected):
    (put(tmp_path, "ada", f"{WEEK}.ipynb") / "timestamp.txt").write_text(text)

    assert only(tmp_path).timestamp - expected == timedelta(0)


@pytest.mark.parametrize("text", [
    "yesterday", "2027-01-20 12:30 ../../etc/passwd", "\x00\xff", "2027-01-20 12:30:00 " + "x" * 500,
])  # fmt: skip
def test_a_broken_timestamp_is_a_note(tmp_path, text):
    (put(tmp_path, "ada", f"{WEEK}.ipynb") / "timestamp.txt").write_text(text)

    submission = only(tmp_path)

    assert submission.timestamp is None and "cannot be read" in submission.notes[0] and submission.path


HOSTILE = ["a\nb", "a\rb", "a\x1b[31mb", "x" * 200, "..\\..\\etc", "a\u202eb", "<script>",
           "=1+1", " a", "-rf", "con", "a\u2028b", "é" * 100]  # fmt: skip


def test_hostile_names_are_cleaned_and_stay_distinct(tmp_path):
    for name in HOSTILE:
        put(tmp_path, name, f"{WEEK}.ipynb")
    os.makedirs(os.fsencode(tmp_path) + b"/bad\xff\xfe/" + WEEK.encode())
    os.makedirs(os.fsencode(tmp_path) + b"/bad\xfe\xff/" + WEEK.encode())

    learners = [item.learner for item in find_submissions(tmp_path, WEEK)]

    assert len(set(learners)) == len(HOSTILE) + 2
    assert all(name.isprintable() and len(name) < 95 and "/" not in name and "\\" not in name for name in learners)
    assert all(name.encode("utf-8") for name in learners)


def test_a_plain_name_stays_as_it_is():
    assert [clean_name(name) for name in ("ada", "Zoë O'Brien", "王小明", "ada@uni.example")] == [
        "ada", "Zoë O'Brien", "王小明", "ada@uni.example",
    ]  # fmt: skip


def test_a_name_does_not_depend_on_who_else_hands_in(tmp_path):
    put(tmp_path / "one", "a\nb", f"{WEEK}.ipynb")
    put(tmp_path / "two", "a\nb", f"{WEEK}.ipynb")
    put(tmp_path / "two", "a\tb", f"{WEEK}.ipynb")

    assert only(tmp_path / "one").learner in [item.learner for item in find_submissions(tmp_path / "two", WEEK)]


def test_file_names_are_portable_and_unique():
    learners = [*HOSTILE, "Ada", "ada", "ADA", "../x", "", ".", "nul.txt", "王小明", "小王明", "a/b", "a_b"]

    names = file_names(learners)

    assert len({name.lower() for name in names.values()}) == len(set(learners))
    for name in names.values():
        assert name.isascii() and not set(name) & set('/\\:*?"<>| \n') and name[0] not in ".-" and len(name) < 80
        assert name.lower().partition(".")[0] not in ("con", "nul")

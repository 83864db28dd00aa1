"""Claims about class lists: whose columns are known, who is missing, who is a stranger, and that nobody is guessed."""

from __future__ import annotations

import csv

import pytest

from autograder.batch.roster import (
    COLUMNS, FILE, Directory, Person, kept_people, missing_learners, participant, read_roster, unknown_learners, write_roster,
)  # fmt: skip
from autograder.errors import CourseProblem, UsageProblem

# canvas-lms, lib/gradebook_exporter.rb: the header, the row of posting policies, the row of points, then people.
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Week 99 (778899),Current Score
,,,,,Manual Posting,
    Points Possible,,,,,6.00,(read only)
"Lovelace, Ada",1001,s1,ada,S1,,90
"Noether, Emmy",1002,s2,emmy,S1,,80
"Student, Test",9999,,test,S1,,
"""
SPLIT_CANVAS = "LastName,FirstName,ID,SIS Login ID,Section\nLovelace,Ada,1001,ada,S1\n"
# moodle, mod/assign/gradingtable.php as it is downloaded by mod/assign/feedback/offline.
MOODLE = """Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade)
Participant 7654321,Ada Lovelace,ada@uni.example,Submitted for grading,,100.00,Yes,-
"""
# Gradescope's guide "Adding Students and Staff": a name in one column or two, an e-mail, an optional student id.
GRADESCOPE = "First Name,Last Name,SID,Email,Role\nAda,Lovelace,100,ada@uni.example,Student\nTom,Tutor,,tom@uni.example,TA\n"


def write(tmp_path, text: str, encoding: str = "utf-8"):
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CANVAS, ["1001 (Lovelace, Ada)", "1002 (Noether, Emmy)"]),
        (SPLIT_CANVAS, ["1001 (Lovelace, Ada)"]),
        (MOODLE, ["7654321 (Ada Lovelace)"]),
        (GRADESCOPE, ["ada@uni.example (Ada Lovelace)"]),
        ("Name;Email;SID\nAda;a@x.example;1\n", ["a@x.example (Ada)"]),
        ("learner,name,email\nada,Ada,a@x.example\nbob,,\n", ["ada (Ada)", "bob"]),
        ("learner\nada\n\nbob\n", ["ada", "bob"]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_class_lists_of_the_systems_are_known_by_their_columns(tmp_path, text, expected, encoding):
    people = read_roster(write(tmp_path, text, encoding))

    assert [person.label for person in people] == expected
    assert all(person.enrolled == "yes" for person in people)


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [
        ("a,b\n1,2\n", UsageProblem, "has the columns a, b; no class list"),
        ("", CourseProblem, "is empty"),
        ('learner\n"ada\n', CourseProblem, "is no CSV file"),
        ("learner\nada\nada\n", CourseProblem, "names ada more than once"),
    ],
)
def test_what_is_no_class_list_is_refused_with_the_reason(tmp_path, text, error, reason):
    with pytest.raises(error, match=reason):
        read_roster(write(tmp_path, text))


def test_a_file_that_is_not_text_or_not_there_is_refused(tmp_path):
    (tmp_path / "list.csv").write_bytes(b"learner\n\xe4\n")

    with pytest.raises(CourseProblem, match="is not UTF-8 text"):
        read_roster(tmp_path / "list.csv")
    with pytest.raises(UsageProblem, match="cannot be read"):
        read_roster(tmp_path / "absent.csv")


def test_people_are_found_by_ids_then_by_a_name_that_only_one_has():
    people = [
        Person("1", "Lovelace, Ada", "ada@x.example", "1", "s1", "ada"),
        Person("2", "Noether, Emmy", "", "2", "s2", "emmy"),
        Person("3", "Noether, Emmy", "", "3", "s3", "1"),
    ]
    directory = Directory(people)

    def found(**facts):
        person = directory.find(Person(**facts))
        return person.learner if person else None

    assert found(learner="1") == "1"  # the system's own id comes before a login that is the same
    assert found(learner="ADA") == found(learner="x", email="Ada@X.example") == found(learner="Ada Lovelace") == "1"
    assert found(learner="x", name="Emmy Noether") is None
    assert found(learner="stranger") is None


def test_the_number_of_a_participant_is_read_in_every_language():
    assert [participant(text) for text in ("Participant 12", "Teilnehmer/in 12", "参加者12", "none")] == ["12", "12", "12", ""]


def test_who_is_missing_and_who_is_a_stranger_is_known_from_the_results_folder(tmp_path):
    people = read_roster(write(tmp_path, CANVAS))
    write_roster(tmp_path, people, [Person("ada"), Person("1234", "stranger")])

    assert [p.label for p in missing_learners(tmp_path, ["ada", "1234"])] == ["1002 (Noether, Emmy)"]
    assert [p.label for p in unknown_learners(tmp_path, ["ada", "1234"])] == ["1234 (stranger)"]
    assert kept_people(tmp_path)["ada"].system_id == "1001"


def test_without_a_class_list_nobody_is_missing_or_strange(tmp_path):
    assert missing_learners(tmp_path, ["ada"]) == unknown_learners(tmp_path, ["ada"]) == []

    write_roster(tmp_path, [], [Person("1001", "lovelaceada")])

    assert missing_learners(tmp_path, []) == unknown_learners(tmp_path, ["1001"]) == []
    assert kept_people(tmp_path)["1001"].name == "lovelaceada"


def test_the_class_list_stays_when_the_next_batch_comes_without_it(tmp_path):
    people = read_roster(write(tmp_path, CANVAS))
    write_roster(tmp_path, people, [Person("ada")])
    first = (tmp_path / FILE).read_bytes()

    write_roster(tmp_path, [], [Person("ada")])

    assert (tmp_path / FILE).read_bytes() == first


def test_a_name_that_is_a_formula_is_disarmed_in_the_file_and_whole_again_when_read(tmp_path):
    write_roster(tmp_path, [], [Person("=1+1", "@SUM(A1)", "-x")])

    rows = list(csv.reader((tmp_path / FILE).read_text().splitlines()))
    assert rows[0] == list(COLUMNS) and rows[1][:3] == ["'=1+1", "'@SUM(A1)", "'-x"]
    assert kept_people(tmp_path)["=1+1"].name == "@SUM(A1)"


def test_a_file_of_somebody_else_in_the_results_is_not_overwritten(tmp_path):
    (tmp_path / FILE).write_text("a,b\n1,2\n")

    with pytest.raises(CourseProblem, match="was not written by mml"):
        write_roster(tmp_path, [], [Person("ada")])

"""Claims about the table that compares what graders make of dishonest and damaged work."""

from __future__ import annotations

from pathlib import Path

from autograder.bench.trust import Case, Row, judged, kept, rendered


def case(name: str, kind: str, worth: float | None) -> Case:
    return Case(name, kind, b"{}", "week01_small.ipynb", worth)


def test_points_for_an_attack_and_points_lost_by_an_accident_are_counted() -> None:
    cases = [
        case("nothing gained", "attack", 5.0),
        case("some gained", "attack", 5.0),
        case("all gained", "attack", 5.0),
        case("never graded", "attack", 5.0),
        case("as it should be", "accident", 8.0),
        case("one point lost", "accident", 8.0),
        case("no score at all", "accident", 8.0),
        case("nobody can read it", "accident", None),
    ]
    scores = {
        "nothing gained": {"one": 0.0},
        "some gained": {"one": 2.0},
        "all gained": {"one": 5.0},
        "as it should be": {"one": 3.0, "other": 5.0},
        "one point lost": {"one": 3.0, "other": 4.0},
    }

    assert judged("some grader", scores, cases) == Row("some grader", attacks=4, some=2, full=1, accidents=3, lost=2)


def test_a_row_that_was_kept_is_not_made_again(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> Row:
        made.append(1)
        return Row("otter", attacks=3, some=1)

    assert kept(tmp_path / "rows", "otter", make) == kept(tmp_path / "rows", "otter", make) == Row("otter", attacks=3, some=1)
    assert len(made) == 1
    assert kept(None, "otter", make).attacks == 3 and len(made) == 2


def test_the_table_has_a_line_for_every_grader() -> None:
    assert "| otter | 3 | 1 | 0 | 7 | 2 |" in rendered([Row("otter", 3, 1, 0, 7, 2)], 118)

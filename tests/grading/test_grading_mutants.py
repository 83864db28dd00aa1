"""Weak checks let a mutant survive, strict ones refuse a right solution, and both are reported."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.authoring.config import CourseConfig
from autograder.authoring.discover import assignment_folders, choose_assignment, read_assignment
from autograder.authoring.lint import lint
from autograder.authoring.survivors import SURVIVORS, read_survivors
from autograder.build.secrets import secrets_of
from autograder.cli.root import main
from autograder.errors import BadExercise, CourseProblem
from autograder.grading.tries import Bench
from autograder.build.parts import BENCHMARKS, part_of, write_part
from autograder.grading.fairness import COLUMNS, rendered
from autograder.grading.mutants import mutants
from autograder.grading.mutate import Judged, Survivor, judge, mutants_of
from autograder.grading.rightways import ANSWERS, ARGUMENTS, CLASS_SHAPES, SHAPES, TOGETHER, one_by_one, right_ways

EXERCISE = '''\
# %% [markdown]
# ### The largest share
#
# **By hand.** Of the counts 1, 3 and 4 the largest has the share 4 / 8 = 0.5.

# %%
from autograder.kit import T1, accepted, check, close, exercise, hidden, holds, misconception, raises

exercise(points=5, minutes=12, level=1, oracle="by hand", topics=("t",), section="1. Concept overview", capstone=True)

# %%
import numpy as np


# %%
def largest_share(counts: np.ndarray) -> float:
    """Return the largest count divided by the sum; ValueError when there is not one axis or no count."""
    ### BEGIN SOLUTION
    counts = np.asarray(counts, dtype=float)
    if counts.ndim != 1 or not counts.any():
        raise ValueError("no shares")
    return float(counts.max() / counts.sum())
    ### END SOLUTION


# %%
@check
def one_three_four_gives_a_half(largest_share):
    """The counts 1, 3 and 4 give 0.5, and a zero among them changes nothing."""
    close(largest_share([1, 3, 4]), 0.5)
    close(largest_share([0, 1, 3, 4]), 0.5)


# %%
@hidden
def short_numbers_lose_no_digits(largest_share):
    """Numbers of single precision are computed with in double precision."""
    counts = np.array([0.1, 0.2], dtype=np.float32)
    close(largest_share(counts), float(counts[1]) / (float(counts[0]) + float(counts[1])), **T1)


# %%
@hidden
def a_matrix_raises(largest_share):
    """A matrix raises ValueError."""
    raises(ValueError, largest_share, np.ones((2, 2)))


# %%
@hidden
def a_sum_of_zero_raises(largest_share):
    """Where nothing was counted ValueError is raised."""
    raises(ValueError, largest_share, np.zeros(3))


# %%
@accepted
def with_a_loop(counts):
    total = largest = 0.0
    if np.ndim(counts) != 1:
        raise ValueError("not one axis")
    for count in counts:
        total, largest = total + float(count), max(largest, float(count))
    if total == 0:
        raise ValueError("no counts")
    return largest / total


# %%
@accepted
def the_last_after_sorting(counts):
    ordered = np.sort(np.array(counts, dtype=np.float64))
    if ordered.ndim > 1 or ordered.sum() == 0:
        raise ValueError("no shares")
    return ordered[-1] / ordered.sum()


# %%
@misconception(caught_by="one_three_four_gives_a_half", hint="Divide by the sum.")
def the_largest_itself(counts):
    return float(np.max(counts))


# %%
@misconception(caught_by="one_three_four_gives_a_half", hint="Take the largest.")
def the_smallest_share(counts):
    return float(np.min(counts) / np.sum(counts))
'''
PAGES = "".join(f"## {heading}\n\n" for heading in (
    "1. Concept overview", "2. Mathematical explanation", "3. Intuition & visualization", "4. Python implementation",
    "5. ML connection", "6. Summary",
)) + "```question id=why\nWhy?\n```\n"  # fmt: skip
ZERO_SUM = EXERCISE[EXERCISE.index("# %%\n@hidden\ndef a_sum_of_zero") : EXERCISE.index("# %%\n@accepted")]
DROPPED_BRANCH = "if counts.ndim != 1 or not counts.any(): -> if counts.ndim != 1:"


def week_with(tmp_path: Path, text: str, survivors: str = "") -> Path:
    folder = tmp_path / "source" / "week01_numpy"
    folder.mkdir(parents=True)
    (folder / "010_concept_overview.md").write_text(PAGES, encoding="utf-8")
    (folder / "110_largest_share.py").write_text(text, encoding="utf-8")
    if survivors:
        (folder / SURVIVORS).write_text(survivors, encoding="utf-8")
    return folder


def explained(reason: str, *mutants: str, name: str = "largest_share") -> str:
    return f"[[{name}]]\nreason = {json.dumps(reason)}\nmutants = {json.dumps(mutants)}\n"


def judged(folder: Path, config: CourseConfig) -> Judged:
    assignment = read_assignment(folder)
    with Bench(assignment, config, release=folder) as bench:
        return judge(assignment.exercises[0], bench, read_survivors(folder).get("largest_share", {}))


@pytest.mark.parametrize(
    ("line", "mutant"),
    [
        ("return x + 1", "return x - 1"),
        ("return x - y", "return y - x"),
        ("return x @ y", "return y @ x"),
        ("return x @ y.T", "return x @ y"),
        ("return x.sum(axis=1, keepdims=True)", "return x.sum(axis=0, keepdims=True)"),
        ("return x.sum(axis=1, keepdims=True)", "return x.sum(axis=1)"),
        ("return np.var(x)", "return np.var(x, ddof=1)"),
        ("return np.log(x)", "return np.log2(x)"),
        ("return math.log(x, 2)", "return math.log(x)"),
        ("return np.sqrt(x)", "return x"),
        ("return np.argmax(x)", "return np.argmin(x)"),
        ("return sorted(x)", "return sorted(x, reverse=True)"),
        ("return x.copy()", "return x"),
        ("return np.clip(x, 0, y)", "return x"),
        ("return np.where(x, y, 0)", "return np.where(x, 0, y)"),
        ("return x[1:y]", "return x[1:y + 1]"),
        ("return x[::-1]", "return x[:]"),
        ("return x, y", "return (y, x)"),
        ("return -x", "return x"),
        ("return x <= 1e-10 * y", "return x <= 1e-07 * y"),
        ("return x if y else 0", "return 0 if y else x"),
        ("return x or y", "return x and y"),
        ("return np.asarray(x, dtype=float)", "return np.asarray(x)"),
        ("return np.array(x, dtype=float)", "return np.asarray(x, dtype=float)"),
        ("return [i for i in range(x) if i % 2]", "return [i for i in range(x)]"),
        ("x += y", "x -= y"),
        ("x += y", "x = y"),
        ("x += y", "(dropped)"),
        ("if x < 0:\n        raise ValueError('negative')", "if x <= 0:"),
        ("if x < 0:\n        raise ValueError('negative')", "if False:"),
        ("if x < 0:\n        raise ValueError('negative')", "raise RuntimeError(...)"),
        ("for i in x:\n        break", "continue"),
        ("for i in range(x):\n        y += i", "for i in range(x - 1):"),
    ],
)
def test_a_typical_mistake_is_among_the_mutants(line: str, mutant: str) -> None:
    found = [one.id.partition(" -> ")[2] for one in mutants(f"def f(x, y):\n    {line}\n")]

    assert mutant in found


def test_every_mutant_is_valid_and_differs_from_the_reference_and_from_the_others(root: Path) -> None:
    for exercise in choose_assignment(root, "week03").exercises:
        found = mutants_of(exercise)

        trees = {ast.dump(ast.parse(mutant.source)) for mutant in found}
        assert len(trees) == len(found) == len({mutant.id for mutant in found}) > 10
        lines = exercise.text.splitlines()
        assert all(lines[mutant.line - 1].strip() for mutant in found), exercise.id


def test_ids_do_not_change_when_other_lines_are_edited() -> None:
    before = "def f(x: int) -> int:\n    '''Words.'''\n    y = x + 1\n    return y\n"
    after = "def f(x, z=None):\n    # more\n    print(x)\n    y = x + 1\n    y = y + x\n    return y\n"

    assert {m.id for m in mutants(before)} <= {m.id for m in mutants(after)}


def test_the_same_mistake_twice_has_two_ids() -> None:
    names = [m.id for m in mutants("def f(x):\n    x = x + x\n    x = x + x\n    return x\n")]

    assert {"x = x + x -> x = x - x", "x = x + x -> x = x - x #2"} <= set(names)


def test_words_annotations_and_docstrings_are_not_mutated() -> None:
    head = "def f(x: Literal[1]) -> Literal[2]:\n    '''Return 3.'''\n"
    source = f"{head}    if x:\n        raise ValueError(f'got {{x + 4}}', 5)\n"

    assert [m.id for m in mutants(source)] == [
        "if x: -> if False:",
        "if x: -> if not x:",
        "raise ValueError(...) -> raise RuntimeError(...)",
    ]


def test_whether_numpy_warns_is_not_mutated() -> None:
    source = "def f(x):\n    with np.errstate(over='ignore', invalid='ignore'):\n        return x\n"

    assert mutants(source) == ()


def test_the_right_ways_of_every_exercise_are_valid_python(root: Path) -> None:
    for week in ("week01", "week04"):  # both have a class
        for exercise in choose_assignment(root, week).exercises:
            for together in right_ways(exercise, []):
                for way in (together, *one_by_one(exercise, together)):
                    assert all(ast.parse(cell) for cell in way.cells), way.names


def test_every_right_way_belongs_to_one_group() -> None:
    grouped = [name for group in TOGETHER for name in group]

    assert sorted(grouped) == sorted({*SHAPES, *CLASS_SHAPES, *ANSWERS, *ARGUMENTS})


@pytest.mark.slow
def test_good_checks_catch_every_mutant_and_accept_every_right_way(tmp_path: Path, config: CourseConfig) -> None:
    one = judged(week_with(tmp_path, EXERCISE), config)

    assert one.problems == []
    assert one.mutants == one.killed > 12
    assert {"reference", "accepted[with_a_loop]", "accepted[the_last_after_sorting]", "floats of numpy"} <= set(one.tried)
    assert "lists for tuples" not in one.tried  # nothing to change


@pytest.mark.slow
def test_a_missing_check_lets_a_mutant_survive_until_somebody_explains_it(tmp_path: Path, config: CourseConfig) -> None:
    folder = week_with(tmp_path, EXERCISE.replace(ZERO_SUM, ""))
    one = judged(folder, config)

    assert DROPPED_BRANCH in {survivor.id for survivor in one.unexplained}
    line = 1 + EXERCISE.splitlines().index("    if counts.ndim != 1 or not counts.any():")
    assert any(f"line {line}: no check catches" in problem for problem in one.problems)

    names = [survivor.id for survivor in one.survivors]
    (folder / SURVIVORS).write_text(explained("Nobody has counts without a sum.", *names, "a -> b"), encoding="utf-8")
    again = judged(folder, config)
    assert again.problems == [f"{SURVIVORS} lists what is no survivor: a -> b"]
    assert (again.killed, len(again.explained)) == (one.killed, len(names))


@pytest.mark.slow
def test_a_check_that_is_too_strict_refuses_a_right_way(tmp_path: Path, config: CourseConfig) -> None:
    strict = EXERCISE.replace(
        "    close(largest_share([1, 3, 4]), 0.5)",
        "    holds(type(largest_share([1, 3, 4])) is float, 'A float.')\n    close(largest_share([1, 3, 4]), 0.5)",
    ).replace("return ordered[-1] / ordered.sum()", "return float(ordered[-1] / ordered.sum())")
    one = judged(week_with(tmp_path, strict), config)

    assert [name for name, _ in one.rejected] == ["floats of numpy"]
    told = "a right solution is rejected: floats of numpy: one_three_four_gives_a_half says failed"
    assert any(problem.startswith(told) for problem in one.problems)


@pytest.mark.slow
def test_an_endless_loop_and_a_hunger_for_memory_are_killed(tmp_path: Path, config: CourseConfig) -> None:
    text = EXERCISE.replace(
        "    return float(counts.max()",
        "    rest, steps = 3, np.ones(10 ** 3)\n    while rest > 0:\n        rest = rest - 1\n"
        "    return float(len(steps) * counts.max()",
    ).replace("/ counts.sum())\n    ### END", "/ counts.sum() / 1000)\n    ### END")
    folder = week_with(tmp_path, text)
    one = judged(folder, replace(config, limits=replace(config.limits, check_seconds=0.3)))

    assert "rest = rest - 1 -> (dropped)" in {mutant.id for mutant in mutants_of(read_assignment(folder).exercises[0])}
    assert "rest = rest - 1 -> (dropped)" not in {survivor.id for survivor in one.survivors}
    assert one.killed > 12


@pytest.mark.slow
def test_three_exercises_of_the_course_have_fair_checks(root: Path) -> None:
    done = CliRunner().invoke(main, ["prove", "--mutate", "--jobs", "1", "--json", *CHEAP])

    data = json.loads(done.stdout)
    assert done.exit_code == 0, done.output
    assert [one["exercise"] for one in data["exercises"]] == list(CHEAP)
    assert all(len(one["tried"]) >= 3 and not one["problems"] for one in data["exercises"])
    assert data["total"]["mutants"] == data["total"]["killed"] + data["total"]["explained"]


CHEAP = ("week01_numpy/word_counts", "week01_numpy/linspace_scratch", "week01_numpy/clip_and_count")


@pytest.mark.slow
def test_the_command_ends_with_1_when_a_check_is_weak(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    week_with(tmp_path, EXERCISE.replace(ZERO_SUM, ""))
    config = (root / "course_config.py").read_text(encoding="utf-8")
    others = re.sub(r'^    "(?!week01_numpy)\w+": \{.*\},\n', "", config, flags=re.MULTILINE)
    (tmp_path / "course_config.py").write_text(others, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(main, ["prove", "--mutate", "week01/largest_share"])

    assert done.exit_code == 1
    assert "BAD week01_numpy/largest_share" in done.stdout and f'"{DROPPED_BRANCH}",' in done.stdout


def test_tables_are_written_for_the_whole_course_only() -> None:
    done = CliRunner().invoke(main, ["prove", "--mutate", "--write", "week01"])

    assert done.exit_code == 2 and "mml prove --mutate --write" in done.output


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[[largest_share]\n", "this is no TOML"),
        ('[[largest_share]]\nreason = "It is the same number."\n', "a reason and a list of mutants"),
        (explained("because", "a -> b"), "the reason must be a sentence"),
        (explained("It is the same number."), "must be a list of ids"),
        (explained("It is the same number.", "c -> d") + explained("It is the same again.", "c -> d"), "c -> d is listed twice"),
        (explained("It is the same number.", "a -> b", name="nobody"), "names nobody, which is no exercise"),
    ],
)
def test_a_faulty_list_of_survivors_is_found_by_lint(tmp_path: Path, text: str, what: str) -> None:
    findings = lint(read_assignment(week_with(tmp_path, EXERCISE, text)))

    assert any(finding.rule == "survivors" and what in finding.text for finding in findings)


def test_a_good_list_of_survivors_is_read_and_lint_is_content(tmp_path: Path) -> None:
    folder = week_with(tmp_path, EXERCISE, explained("It is the same number.", "a -> b"))

    assert read_survivors(folder) == {"largest_share": {"a -> b": "It is the same number."}}
    assert not [f for f in lint(read_assignment(folder)) if f.rule in ("survivors", "unexpected-file")]


def test_a_faulty_list_of_survivors_stops_the_command(tmp_path: Path) -> None:
    with pytest.raises(BadExercise, match="mml lint week01_numpy"):
        read_survivors(week_with(tmp_path, EXERCISE, "x"))


def test_what_is_said_about_survivors_is_for_staff_only(tmp_path: Path) -> None:
    folder = week_with(tmp_path, EXERCISE, explained("Nobody has counts without a sum in this course.", DROPPED_BRANCH))

    secrets = secrets_of([read_assignment(folder)], solved=True)

    assert list(secrets.found_in("# Nobody has counts without a sum in this course.\nx = 1"))
    assert list(secrets.found_in(f"x = 1\n{DROPPED_BRANCH}"))


def one_result(**changes: object) -> Judged:
    values = {
        "exercise": "week01_numpy/a", "path": "a.py", "checks": 4, "tried": ("reference", "b", "c"), "rejected": (),
        "mutants": 10, "survivors": (Survivor("x -> y", 3, "the same"),), "stale": (), "seconds": 1.0,
    }  # fmt: skip
    return Judged(**(values | changes))  # type: ignore[arg-type]


def test_the_page_keeps_what_others_wrote_and_is_written_twice_alike(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    text = "# Benchmarks\n\nbefore\n\n<!-- mutation:begin -->\nold\n<!-- mutation:end -->\n\nafter\n"
    page.write_text(text, encoding="utf-8")

    write_part(page, "mutation", rendered([one_result()]))
    once = page.read_text(encoding="utf-8")
    write_part(page, "mutation", rendered([one_result()]))

    assert once == page.read_text(encoding="utf-8") and "old" not in once
    assert once.startswith("# Benchmarks\n\nbefore\n\n") and once.endswith("\n\nafter\n")
    assert "| week01_numpy/a | 4 | 3 | 0 | 10 | 9 | 1 | 0 |" in once and "**100.00 %** of 9 mutants" in once


def test_a_page_without_the_markers_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Benchmarks\n", encoding="utf-8")

    with pytest.raises(CourseProblem, match="lacks the lines"):
        write_part(page, "mutation", rendered([one_result()]))
    assert page.read_text(encoding="utf-8") == "# Benchmarks\n"


def test_an_explained_survivor_does_not_count_as_one_that_should_be_killed() -> None:
    assert "**90.00 %** of 10 mutants" in rendered([one_result(survivors=(Survivor("x -> y", 3),))])


def test_the_published_tables_name_every_exercise_and_nothing_open(root: Path) -> None:
    part = part_of((root / BENCHMARKS).read_text(encoding="utf-8"), "mutation", BENCHMARKS)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("| week")]

    files = [path for folder in assignment_folders(root) for path in sorted(folder.glob("[0-9]*.py"))]
    names = [f"{path.parent.name}/{path.stem[4:]}" for path in files]
    assert [row[0] for row in rows] == names
    for row in rows:
        told = dict(zip(COLUMNS[1:], map(int, row[1:]), strict=True))
        assert told["Rejected"] == told["Unexplained"] == 0 and told["Right solutions"] >= 3
        assert told["Mutants"] == told["Killed"] + told["Explained"]

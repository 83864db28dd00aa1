"""Hints: a well-known wrong answer is recognised, nothing else is, and the table gives nothing away."""

from __future__ import annotations

import importlib
import sys

import numpy as np
import pytest

from autograder.authoring.discover import read_assignment
from autograder.batch.answers import Answers
from autograder.build.hints import hints_of
from autograder.build.lean import Later, lean, real
from autograder.build.otter import public_tests
from autograder.kit.shown import Page, ends_of, known, so_far, spelled, trace_of
from autograder.kit.watch import Call

HINT = "Divide by the root of the sum, not by the sum of squares."


def tiny(course):
    return read_assignment(course / "source" / "week01_tiny").exercises[0]


class Notebook:
    """What the setup cell keeps."""

    def __init__(self):
        self.points, self.done = {"unit": 5, "other": 3}, {}


def shown(exercise, source):
    """Return the page that the notebook shows for an answer, and what it remembers."""
    from otter.test_files.metadata_test import NotebookMetadataExceptionTestFile as TestFile

    names = {key: value for key, value in exercise.namespace.items() if key != exercise.name}
    exec(compile(source, "<learner>", "exec"), names)
    results = TestFile.from_metadata(public_tests(exercise), path="unit.ipynb")
    results.run(names)
    notebook = Notebook()
    return results.test_cases[0].body.page(results, notebook), notebook


def call(value):
    made = Call("f", (), {})
    made.came_back, made.value = True, value
    return made


def test_equal_answers_are_spelled_alike_whatever_their_type():
    assert spelled(np.float32(0.1)) == spelled(0.1) == "0.1"
    assert spelled((1, 2.0)) == spelled([1.0, 2])
    assert spelled(1e-17) == spelled(-0.0) == "0"
    assert spelled(np.zeros((2, 1))) != spelled(np.zeros((1, 2)))


def test_a_check_with_an_answer_that_cannot_be_written_down_gives_no_trace():
    assert ends_of([call(object())]) is None
    assert trace_of({"a": ends_of([call(1)]), "b": None}) == ""


def test_the_table_shows_neither_hint_nor_answer(course):
    table = hints_of(tiny(course))

    assert len(table) == 1 and HINT not in str(table) and "square" not in public_tests(tiny(course)).partition("class Case")[2]
    assert known(table, "f: f=[1 2]") == ""


def test_two_misconceptions_with_one_answer_get_no_hint(course):
    path = course / "source" / "week01_tiny" / "110_unit.py"
    text = path.read_text()
    mark = text.index("@misconception")
    twin = text[mark:].replace("forgets_the_square_root", "a_twin").replace("Divide by", "Another idea:")
    path.write_text(text + "\n\n# %%\n" + twin)

    assert hints_of(tiny(course)) == {}


@pytest.mark.parametrize(
    "body",
    [
        "return v / np.random.default_rng().random()",
        "return v / (0.1 + 0.2 - 0.3)",
        "import sys\n    return v / sys.version_info[2]",
    ],
    ids=["chance", "rounding", "the machine"],
)
def test_what_another_run_or_another_machine_answers_otherwise_is_not_known(course, body):
    path = course / "source" / "week01_tiny" / "110_unit.py"
    head, _, _ = path.read_text().rpartition("    return v / float(")
    path.write_text(f"{head}    {body}\n")

    assert hints_of(tiny(course)) == {}


def test_the_table_is_the_same_every_time(course):
    assert hints_of(tiny(course)) == hints_of(tiny(course))


COUNTS = '''\
# %% [markdown]
# ### Count words
#
# Count what is pushed. **By hand.** After two words the count is 2.

# %%
from autograder.kit import check, exercise, misconception, same

exercise(points=5, minutes=3, level=1, topics=("t",))


# %%
class Counts:
    """Count words; push returns the counter."""

    ### BEGIN SOLUTION
    def __init__(self):
        self.n = 0

    def push(self, word):
        self.n += 1
        return self
    ### END SOLUTION


# %%
@check
def two_words_are_two(Counts):
    """Two words are counted."""
    same(Counts().push("a").push("b").n, 2)


# %%
@misconception(caught_by="two_words_are_two", hint="Add one; do not set it to one.")
class SetsTheCount:
    def __init__(self):
        self.n = 0

    def push(self, word):
        self.n = 1
        return self
'''


SCALES = '''\
# %% [markdown]
# ### Scale
#
# Return a function and its slope. **By hand.** For 2 they are 2 x and 2.

# %%
from autograder.kit import check, exercise, misconception, same

exercise(points=5, minutes=3, level=1, topics=("t",))

# %%
from collections.abc import Callable


# %%
def scale(a: float) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """Return the function a x and its slope."""
    ### BEGIN SOLUTION
    return lambda x: a * x, lambda x: a
    ### END SOLUTION


# %%
@check
def two_has_the_slope_two(scale):
    """The slope of 2 x is 2."""
    f, slope = scale(2)
    same(f(3), 6)
    same(slope(3), 2)


# %%
@misconception(caught_by="two_has_the_slope_two", hint="The slope does not grow with x.")
def returns_the_function_twice(a):
    return lambda x: a * x, lambda x: a * x
'''


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("text", "name"), [(COUNTS, "Counts"), (SCALES, "scale")], ids=["a class", "returned functions"])
def test_a_wrong_answer_gets_its_hint_under_the_learners_name(course, text, name):
    (course / "source" / "week01_tiny" / f"120_{name}.py").write_text(text)
    exercise = read_assignment(course / "source" / "week01_tiny").exercises[-1]
    wrong = exercise.misconceptions[0]

    page, _ = shown(exercise, Answers(exercise, secret="", seconds=1).text(wrong.name))
    assert page.hint == wrong.hint


def test_a_page_counts_checks_points_and_what_is_hidden():
    page = Page("f", [("right", "It is so.", ""), ("right", "And so.", "")], hidden=5)

    assert repr(page) == "f passed! 2 of 2 public checks pass. 5 hidden checks run when your work is graded."
    assert so_far({"f": 5, "g": 3}, {"f": "right"}).endswith("1 of 2 exercises pass their public checks. It carries 5 of 8 points.")


def test_a_page_escapes_what_a_learner_wrote():
    page = Page("f", [("wrong", "It holds.", "got '<img src=x onerror=alert(1)>' $x$")], hidden=1)

    assert "<img" not in page._repr_html_() and "$" not in page._repr_html_()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "source, state, parts",
    [
        ("def unit(v):\n    if not v.any(): raise ZeroVector\n    return v / (v @ v)", "wrong", ["1 of 2 public", f"Hint: {HINT}"]),
        ("def unit(v):\n    return v * 7.0", "wrong", ["0 of 2 public", "Came back:  array([21., 28.])"]),
        ("def unit(v):\n    return v.no", "wrong", ["stopped with an error", "has no attribute 'no'"]),
        ("def unit(v): raise NotImplementedError('unit: not attempted yet')", "not attempted", ["is still the stub."]),
        ("other = 1", "not defined", ["`unit` is not defined yet. Run the cell that defines it."]),
    ],
)
def test_a_notebook_shows_what_was_found(course, source, state, parts):
    page, notebook = shown(tiny(course), source)

    assert notebook.done == {"unit": state}
    assert [part for part in parts if part not in repr(page)] == []
    assert ("Hint" in repr(page)) == any("Hint" in part for part in parts)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_right_answer_is_told_what_is_left_and_how_far_it_has_come(course):
    source = "def unit(v):\n    if not v.any(): raise ZeroVector\n    return v / (v @ v) ** 0.5"

    page, _ = shown(tiny(course), source)

    assert repr(page).split("\n\n") == [
        "unit passed! 2 of 2 public checks pass. 1 hidden check runs when your work is graded.",
        "So far: 1 of 2 exercises pass their public checks. It carries 5 of 8 points.",
    ]


@pytest.fixture
def scipy(monkeypatch):
    """SciPy, of which one part is not loaded."""
    library = importlib.import_module("scipy")
    for name in [name for name in sys.modules if name.startswith("scipy.cluster")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(vars(library), "cluster", raising=False)
    return library


def test_a_part_of_a_large_library_waits_although_the_library_is_loaded(scipy):
    with lean():
        from scipy import cluster as late

        assert isinstance(late, Later)
        assert callable(real(late.vq.kmeans)), "within the block, too, what is asked for is loaded"
        from scipy import cluster as loaded

        assert not isinstance(loaded, Later)

    assert not isinstance(scipy.cluster, Later)


def test_a_placeholder_does_not_stay_behind_in_the_library_that_it_belongs_to(scipy):
    with lean():
        from scipy import cluster as late

    assert isinstance(late, Later)
    assert "cluster" not in vars(scipy)
    assert "scipy.cluster" not in sys.modules


def test_large_libraries_wait_until_they_are_used(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "statsmodels"]:
        monkeypatch.delitem(sys.modules, name)
    with lean():
        import statsmodels.api as late

        assert isinstance(late, Later)

    assert "statsmodels" not in sys.modules
    assert real(3) == 3

"""The audit finds what must not leave, wherever it hides."""

from __future__ import annotations

import io
import json
import textwrap
import zipfile

import pytest

from autograder.authoring.discover import assignment_folders
from autograder.build.audit import audit
from autograder.build.write import build
from autograder.errors import UsageProblem

HIDDEN_LINE = "        random_direction = rng.normal(size=size)"
REFERENCE_LINE = "    squared_length_of_the_vector = float(v @ v)"


@pytest.fixture
def built(course):
    build(course, assignment_folders(course), check=False)
    return course


def found(course, *names):
    return audit([course / name for name in names or ("release", "solutions")], root=course)


def plant(course, text, edition="release", part="source"):
    path = course / edition / "week01_tiny" / "week01_tiny.ipynb"
    notebook = json.loads(path.read_text())
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "unit-check")
    if part == "source":
        cell["source"] = text.splitlines(keepends=True)
    elif part == "metadata":
        cell["metadata"]["note"] = {"deep": [text]}
    elif part == "outputs":
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)}]
    else:
        notebook["metadata"]["otter"]["tests"]["unit"] += text
    path.write_text(json.dumps(notebook))


def test_fresh_editions_are_clean(built):
    assert found(built) == []


@pytest.mark.parametrize("part", ["source", "metadata", "outputs", "tests"])
def test_a_line_of_a_hidden_check_is_found_in_every_part_of_a_notebook(built, part):
    plant(built, HIDDEN_LINE, part=part)

    problems = found(built)

    assert len(problems) == 1 and "the text of the hidden check a_secret_property_of_scaling" in problems[0]
    assert "release/week01_tiny/week01_tiny.ipynb" in problems[0] and "mml audit" in problems[0]
    assert part == "tests" or "unit-check" in problems[0]


@pytest.mark.parametrize(
    "text, what",
    [
        ("# see a_secret_property_of_scaling", "the name of the hidden check"),
        ("Scaling the argument by any\n   positive number changes nothing.", "a sentence of the hidden check"),
        ("forgets_the_square_root", "the name of the misconception"),
        ("Divide by the root of the sum, not by the sum of squares.", "a sentence of the misconception"),
        ('return v * np.einsum("i,i->", v, v) ** -0.5', "the text of the accepted variant"),
        (REFERENCE_LINE, "the reference solution"),
        ("### BEGIN SOLUTION", "a solution marker"),
        ("from autograder.kit import close", "an import of the engine"),
        ("course_secret = 'abc'", "a secret or seed"),
        ("/home/someone/course", "a path of the machine"),
        ("pip install --index-url https://example.org/simple numpy", "the address of a package registry"),
    ],
)
def test_what_leaked_is_named(built, text, what):
    plant(built, text)

    assert any(what in problem for problem in found(built))


def test_reindented_lines_are_found(built):
    text = textwrap.indent(HIDDEN_LINE, " " * 8).replace(" = ", "   =   ")
    plant(built, "def f():\n\n" + text + "\n")

    assert any("hidden check" in problem for problem in found(built))


def test_code_that_was_commented_out_is_found(built):
    plant(built, "# " + HIDDEN_LINE + "\n#     another()")

    assert any("the text of the hidden check" in problem for problem in found(built))


def test_short_lines_are_found_together(built):
    plant(built, "if q:\n    v = np.asarray(v, float)\n\n    if not v.any():\n        raise ZeroVector('zero')")
    assert found(built) == []  # the third line is spelled differently

    plant(built, 'if q:\n    v = np.asarray(v, float)\n\n    if not v.any():\n        raise ZeroVector("zero")')
    assert any("accepted" in problem or "misconception" in problem for problem in found(built))


def test_solutions_may_show_references_but_no_hidden_check(built):
    plant(built, REFERENCE_LINE, edition="solutions")
    assert found(built) == []

    plant(built, HIDDEN_LINE, edition="solutions")
    assert any("hidden check" in problem for problem in found(built))


def test_a_zip_in_a_zip_is_searched(built):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep/notes.md", HIDDEN_LINE.strip())
    with zipfile.ZipFile(built / "release" / "outer.bin", "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())

    problems = found(built, "release/outer.bin")

    assert len(problems) == 1 and "outer.bin!inner.zip!deep/notes.md" in problems[0]


def test_a_file_named_like_a_hidden_check_is_found(built):
    (built / "release" / "a_secret_property_of_scaling.txt").write_text("")

    assert any("the name of the hidden check" in problem for problem in found(built))


def test_a_broken_notebook_and_a_binary_file_are_searched_as_text(built):
    plant(built, HIDDEN_LINE)
    whole = (built / "release" / "week01_tiny" / "week01_tiny.ipynb").read_text()
    (built / "release" / "broken.ipynb").write_text(json.dumps(json.loads(whole), indent=1)[:-5])
    (built / "release" / "cache.bin").write_bytes(b"\xff\x00\xfe" + b"a_secret_property_of_scaling" + b"\x00\xff")

    places = " ".join(found(built))

    assert "broken.ipynb" in places and "cache.bin" in places


def test_a_zip_that_cannot_be_read_is_reported(built):
    (built / "release" / "bad.zip").write_bytes(b"PK\x03\x04 not a zip")

    assert any("cannot be searched" in problem for problem in found(built))


def test_the_course_secret_itself_is_found(built):
    plant(built, "x = 'correct horse battery'")

    problems = audit([built / "release"], root=built, secret="correct horse battery")

    assert len(problems) == 1 and "the course secret" in problems[0]


def test_a_path_that_does_not_exist_is_a_usage_problem(built):
    with pytest.raises(UsageProblem, match="mml build"):
        found(built, "nowhere")

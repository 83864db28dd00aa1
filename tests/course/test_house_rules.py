"""The rules that keep the engine readable: floors, sizes, light imports, documented words and messages."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "autograder"
MODULES = sorted(ENGINE.rglob("*.py"))
FLOORS = {
    "errors": 0, "clock": 0, "kit": 0, "authoring": 1, "build": 2, "sandbox": 2, "grading": 3, "batch": 4, "outputs": 4,
    "classroom": 5, "bench": 5, "pytest_plugin": 6, "cli": 6, "__main__": 7, "__init__": 0,
}  # fmt: skip


def package_of(path: Path) -> str:
    parts = path.relative_to(ENGINE).with_suffix("").parts
    return parts[0]


def imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("autograder."):
            names.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            names |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("autograder.")}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_a_module_imports_its_own_package_or_a_lower_floor(path: Path) -> None:
    own = package_of(path)
    allowed = {name for name, floor in FLOORS.items() if floor < FLOORS[own]} | {own}
    # Reports are read from the store, the command line joins everything.
    allowed |= {"batch"} if own == "outputs" else set()

    assert imported(ast.parse(path.read_text(encoding="utf-8"))) <= allowed


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_a_module_begins_with_a_sentence_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    first = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
    assert first.endswith((".", ":")), "a file begins with one true sentence"
    assert len(text.splitlines()) <= 400


def test_the_median_module_is_short() -> None:
    sizes = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)

    assert sizes[len(sizes) // 2] <= 150


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_functions_are_short_and_annotated(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef):
            continue
        assert (node.end_lineno or 0) - node.lineno <= 75, node.name
        if path.parent.name != "kit":  # the kit's text is copied into notebooks and stays plain
            assert node.returns is not None, f"{node.name} has no return type"
        if not node.name.startswith("_") and path.parent.name not in ("cli",):
            assert ast.get_docstring(node) or not _is_public(node, path), f"{node.name} has no docstring"


def _is_public(node: ast.FunctionDef, path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(item, ast.FunctionDef) and item.name == node.name for item in tree.body)


def test_the_kit_and_the_sandbox_side_import_nothing_heavy() -> None:
    code = "import sys, autograder.kit, autograder.sandbox.inmate; print(*sorted({n.split('.')[0] for n in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    heavy = {"matplotlib", "scipy", "sklearn", "jupytext", "nbformat", "IPython", "pytest", "click", "rich", "jinja2"}
    assert not heavy & set(done.stdout.split())


def test_the_command_starts_light() -> None:
    code = "import sys, autograder.cli; print(*sorted({n.split('.')[0] for n in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"numpy", "matplotlib", "nbformat", "rich", "jinja2"} & set(done.stdout.split())


def test_every_word_of_the_kit_is_documented() -> None:
    from autograder import kit

    text = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    assert [word for word in kit.__all__ if f"`{word}" not in text] == []
    assert sorted(kit.__all__) == sorted(set(kit.__all__))


def test_every_error_has_a_slug_that_the_documentation_explains() -> None:
    from autograder import errors

    text = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")
    slugs = {cls.slug for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, errors.CourseError)}
    assert [slug for slug in sorted(slugs) if f"`{slug}`" not in text] == []


def test_every_command_rule_verdict_and_layer_is_documented() -> None:
    from autograder.authoring.lint import ASSIGNMENT_RULES, EXERCISE_RULES
    from autograder.cli.root import COMMANDS
    from autograder.grading.verdict import Verdict
    from autograder.sandbox.confine import ALL_LAYERS

    pages = {page.name: page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md")}
    assert [name for name in COMMANDS if f"`mml {name}" not in pages["cli.md"]] == []
    assert [rule for rule in {**EXERCISE_RULES, **ASSIGNMENT_RULES} if f"`{rule}`" not in pages["authoring.md"]] == []
    assert [verdict for verdict in Verdict if f"`{verdict}`" not in pages["grading.md"]] == []
    assert [layer for layer in ALL_LAYERS if f"`{layer}`" not in pages["security.md"]] == []


def test_the_configuration_and_the_sandbox_name_the_same_layers() -> None:
    from autograder.authoring.config import LAYERS
    from autograder.sandbox.confine import ALL_LAYERS

    assert set(LAYERS) == set(ALL_LAYERS)


def test_no_tracked_file_names_a_place_of_this_machine_or_a_registry() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    hosts = ("files.python" + "hosted", "pypi" + ".org", "registry.npm" + "js")
    for name in filter(None, listed):
        path = ROOT / name
        text = path.read_bytes().decode("utf-8", "ignore") if path.is_file() else ""
        assert str(ROOT) not in text, name
        assert not any(host in text for host in hosts), name

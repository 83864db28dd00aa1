"""Make the zip that grades one week on Gradescope with our own engine. It is for staff: it holds the hidden checks."""

from __future__ import annotations

import ast
import json
import runpy
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.config import CourseConfig
from autograder.authoring.model import Assignment
from autograder.build.archive import zip_bytes
from autograder.build.locked import locked, modules_imported
from autograder.build.setup import setup_source
from autograder.build.write import DEBRIS
from autograder.errors import BadConfig, StaleBuild

ENGINE = Path(__file__).resolve().parents[1]
ENTRY = "autograder.outputs.container"
STARTED_BY_NAME = ("kit", "sandbox")  # other processes begin in these packages
LEARNERS_USE = ("matplotlib", "numpy", "pandas", "scikit-learn", "scipy", "statsmodels")
VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")
FACTS = "bundle.json"

SETUP = """\
#!/usr/bin/env bash
# Install what the grader needs, once, while Gradescope builds the image.
set -euo pipefail
base="${MML_AUTOGRADER:-/autograder}"

newest() {
    for version in 3.14 3.13 3.12 3.11; do
        if command -v "python$version" > /dev/null && "python$version" -c 'import ensurepip, venv' 2> /dev/null; then
            echo "python$version"
            return
        fi
    done
}

python="$(newest)"
if [ -z "$python" ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update
    for version in 3.13 3.12 3.11; do
        apt-get install -y "python$version" "python$version-venv" && break
    done
    python="$(newest)"
fi
if [ -z "$python" ]; then
    echo "The grader needs Python 3.11 or newer. Choose a newer base image, such as Ubuntu 24.04." >&2
    exit 1
fi

"$python" -m venv "$base/venv"
"$base/venv/bin/python" -m pip install --disable-pip-version-check --no-cache-dir --require-hashes \\
    -r "$base/source/requirements.txt"
mkdir -p "$base/results"
"""

RUN = """\
#!/usr/bin/env bash
# Grade the one submission in /autograder/submission and write /autograder/results/results.json.
# MML_AUTOGRADER names another base folder, MML_PYTHON another Python.
base="${MML_AUTOGRADER:-/autograder}"
python="${MML_PYTHON:-$base/venv/bin/python}"
results="$base/results/results.json"
mkdir -p "$base/results"
rm -f "$results"
cd "$base" || exit 3
PYTHONPATH="$base/source/course" PYTHONDONTWRITEBYTECODE=1 "$python" -P -m autograder.outputs.container "$base"
code=$?
if [ ! -s "$results" ]; then
    cat > "$results" << 'END'
@FALLBACK@
END
    code=3
fi
exit "$code"
"""
FALLBACK = {
    "output": "The grader could not start. This is not your fault and no zero: no score was given. Tell your teacher.",
    "output_format": "text",
    "stdout_visibility": "hidden",
    "tests": [{"name": "The grader could not start", "status": "failed", "visibility": "visible"}],
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the instructor chose when the bundle was made."""

    unsafe: bool = False
    hidden_visibility: str = "after_due_date"


def gradescope_bundle(root: Path, assignment: Assignment, config: CourseConfig, wishes: Wishes) -> bytes:
    """Return the zip for one assignment.

    Raises StaleBuild when there is no released notebook; BadConfig when the configuration or the lock file cannot travel.
    """
    engine = engine_files()
    released = root / "release" / assignment.id
    if not (released / f"{assignment.id}.ipynb").is_file():
        raise StaleBuild(f"{released / assignment.id}.ipynb does not exist. Run: mml build {assignment.id}")
    sources = [content.decode() for name, content in engine.items() if name.endswith(".py")]
    sources += [exercise.text for exercise in assignment.exercises] + [setup_source(assignment)]
    modules = modules_imported(sources) - {"otter"}  # the sandbox has a quiet stand-in for it
    facts = {
        "assignment": assignment.id,
        "hidden_visibility": wishes.hidden_visibility,
        "points": assignment.points,
        "secret": config.secret,
        "unsafe": wishes.unsafe,
    }
    files = {
        "setup.sh": SETUP.encode(),
        "run_autograder": RUN.replace("@FALLBACK@", json.dumps(FALLBACK, indent=1)).encode(),
        "requirements.txt": locked(root / "requirements.lock", modules, LEARNERS_USE).encode(),
        FACTS: (json.dumps(facts, indent=1, sort_keys=True) + "\n").encode(),
        "course/course_config.py": _config_text(root, assignment.id).encode(),
    }
    files |= _folder(f"course/source/{assignment.id}", assignment.folder)
    files |= _folder(f"course/release/{assignment.id}", released)  # as it was handed out, like `mml grade`
    files |= {f"course/{name}": content for name, content in engine.items()}
    return zip_bytes(files, programs={"setup.sh", "run_autograder"})


def _folder(prefix: str, folder: Path) -> dict[str, bytes]:
    places = {path: path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    kept = {path: inside for path, inside in places.items() if not DEBRIS & set(inside.parts)}
    return {f"{prefix}/{inside.as_posix()}": path.read_bytes() for path, inside in kept.items()}


def engine_files() -> dict[str, bytes]:
    """Return the modules that grading one submission needs, by their path in the zip."""
    waiting = [ENTRY]
    for package in STARTED_BY_NAME:
        waiting += [f"autograder.{package}.{path.stem}" for path in sorted((ENGINE / package).glob("*.py"))]
    found: dict[str, bytes] = {}
    while waiting:
        path = _path_of(waiting.pop())
        name = f"autograder/{path.relative_to(ENGINE).as_posix()}" if path else ""
        if path and name not in found:
            found[name] = path.read_bytes()
            waiting += _engine_imports(found[name].decode())
            waiting += [".".join(["autograder", *path.relative_to(ENGINE).parts[:-1]])]
    return found


def _path_of(module: str) -> Path | None:
    """Return the file of a module of the engine; None for a name that is no module."""
    place = ENGINE.joinpath(*module.split(".")[1:])
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


def _engine_imports(source: str) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            # What is imported from a package may itself be a module.
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [name for name in names if name.split(".")[0] == "autograder"]


def _config_text(root: Path, assignment: str) -> str:
    """Return course_config.py for a course of this one assignment."""
    values = {key: value for key, value in runpy.run_path(str(root / "course_config.py")).items() if key.isupper()}
    values["ASSIGNMENTS"] = {assignment: values["ASSIGNMENTS"][assignment]}
    lines = ['"""The settings of the course for this assignment, written by `mml bundle gradescope`."""', ""]
    for key, value in values.items():
        try:
            is_plain = ast.literal_eval(repr(value)) == value
        except (ValueError, SyntaxError):
            is_plain = False
        if not is_plain:
            raise BadConfig(f"{root / 'course_config.py'}: {key} is no plain data, so it cannot travel. Write it as a literal.")
        lines.append(f"{key} = {value!r}")
    return "\n".join(lines) + "\n"

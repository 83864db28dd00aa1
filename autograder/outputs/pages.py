"""Fill HTML templates: everything from outside is escaped and freed of unseen characters."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from autograder.batch.fingerprint import files_digest
from autograder.outputs.plain import SYMBOLS, WORDS, percent_text, plain, points_text

TEMPLATES = Path(__file__).parent / "templates"
HEAD = 200  # bytes in which a page says who made it


def page(template: str, **values: Any) -> str:
    """Return a finished page."""
    return _template(template).render(**values)


@cache
def maker() -> str:
    """Return the word that stands in the head of every page and changes when anything changes that writes pages."""
    return f"mml {files_digest(('outputs',))[:16]}"


def made_by_us(path: Path) -> bool:
    """Say whether a page exists that just these templates and functions wrote."""
    if not path.is_file() or path.is_symlink():
        return False
    with path.open("rb") as lines:
        return maker().encode() in lines.read(HEAD)


@cache
def script() -> str:
    """Return the text of the only script, which sorts and filters the table of learners."""
    return (TEMPLATES / "sort.html").read_text(encoding="utf-8").strip().removeprefix("<script>").removesuffix("</script>")


def script_policy() -> str:
    """Return the source expression that lets a browser run our script and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()


@cache
def _template(name: str) -> Any:
    return _environment().get_template(name)


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def clean(value: Any) -> Any:
        return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"points": points_text, "symbol": SYMBOLS.__getitem__, "words": WORDS.__getitem__}
    # Both files are ours; what stands in <style> and <script> must not be escaped.
    style = Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))
    environment.globals |= {"percent": percent_text, "style": style, "script": Markup(script()), "policy": script_policy()}
    environment.globals |= {"maker": maker()}
    return environment

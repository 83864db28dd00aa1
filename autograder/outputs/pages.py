"""Fill HTML templates: everything from outside is escaped and freed of unseen characters."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from autograder.outputs.plain import SYMBOLS, WORDS, percent_text, plain, points_text

TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, **values: Any) -> str:
    """Return a finished page."""
    return _template(template).render(**values)


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
    return environment

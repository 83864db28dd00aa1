"""Fill HTML templates: everything from outside is escaped and freed of unseen characters."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from autograder.outputs.plain import SYMBOLS, WORDS, percent_text, plain, points_text

TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, **values: Any) -> str:
    """Return a finished page."""
    return _environment().get_template(template).render(**values)


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
    environment.globals |= {"percent": percent_text}
    return environment

"""Take everything out of a submitted notebook that a page of formgrader or of feedback would run.

nbgrader shows Markdown and raw cells, metadata and attachments as they are, in the browser of the person who grades.
"""

from __future__ import annotations

import re
from collections.abc import Set

from nbformat.notebooknode import NotebookNode, from_dict

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
PICTURES = {"image/png", "image/jpeg", "image/gif"}
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


def make_harmless(nb: NotebookNode, trusted: Set[str]) -> None:
    """Change a notebook in place: tags become text, except in cells whose text is one of the course's own.

    Outputs are left to the caller. Pictures in answers stay.
    """
    nb.metadata = from_dict({"kernelspec": nb.metadata.get("kernelspec", KERNEL), "language_info": {"name": "python"}})
    for cell in nb.cells:
        known = cell.metadata.get("nbgrader")
        cell.metadata = from_dict({"nbgrader": known} if known else {})
        if cell.cell_type != "code" and cell.source not in trusted:
            cell.source = without_tags(cell.source)
        if "attachments" in cell:
            cell.attachments = from_dict(_pictures(cell.attachments))


def without_tags(text: str) -> str:
    """Return a text in which no browser finds a tag; formulas such as a<b keep their meaning."""
    return re.sub(r"<(?=[A-Za-z/!?])", "< ", text)


def _pictures(attachments: object) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, kinds in attachments.items() if isinstance(attachments, dict) else ():
        fine = {kind: data for kind, data in kinds.items() if kind in PICTURES and BASE64.fullmatch(str(data))}
        if fine and re.fullmatch(r"[\w .()-]+", name):
            found[name] = fine
    return found

"""Turn names from outside into names that are safe to show and to compare.

A name that had to be changed gets a mark made from its original bytes, so that two people never become one.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata

LONGEST = 80
# Windows refuses these as file names, whatever their ending.
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean_name(raw: str) -> str:
    """Return a learner's name in printable characters, on one line, at most about 90 characters long."""
    text = unicodedata.normalize("NFC", _decoded(raw))
    text = "".join("_" if _is_unseen(c) else c for c in text).strip()
    text = text if text not in ("", ".", "..") else "_"
    if len(text) > LONGEST:
        text = text[:LONGEST].rstrip()
    # Some systems write an accent as a character of its own; that alone is no change.
    return text if text == unicodedata.normalize("NFC", raw) else f"{text}~{_mark(raw)}"


def distinct(names: list[str]) -> list[str]:
    """Return the names in the same order, with a number at every name that came before."""
    seen: set[str] = set()
    found: list[str] = []
    for name in names:
        candidate, number = name, 2
        while candidate in seen:
            candidate, number = f"{name}~{number}", number + 1
        seen.add(candidate)
        found.append(candidate)
    return found


def file_names(learners: list[str]) -> dict[str, str]:
    """Return a file name without ending for every learner: portable, and unique even where case does not count."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for learner in sorted(learners):
        stem = re.sub(r"[^A-Za-z0-9._-]", "_", learner).strip(".-_ ")[:60] or "learner"
        changed = stem != learner or RESERVED.match(stem) is not None
        candidate, number = (f"{stem}-{_mark(learner)}" if changed else stem), 2
        if RESERVED.match(candidate):
            candidate = f"learner-{candidate}"
        base = candidate
        while candidate.lower() in taken:
            candidate, number = f"{base}-{number}", number + 1
        taken.add(candidate.lower())
        found[learner] = candidate
    return found


def _decoded(raw: str) -> str:
    # Names of files that are not UTF-8 arrive with lone surrogates in the place of the odd bytes.
    return os.fsencode(raw).decode("utf-8", "replace")


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character)[0] == "C" or character in "\u2028\u2029\ufffd/\\"


def _mark(raw: str) -> str:
    return hashlib.sha256(raw.encode("utf-8", "surrogateescape")).hexdigest()[:6]

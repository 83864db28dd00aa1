"""Write zips whose bytes depend on their content alone."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Collection
from pathlib import Path

OLDEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name


def zip_bytes(files: dict[str, bytes], *, programs: Collection[str] = ()) -> bytes:
    """Return a zip of some files: sorted, with one date and one set of permissions; `programs` may be executed.

    Nothing is compressed: the output of a compressor differs from one version of it to the next.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.create_system = 3  # Unix, so that the permissions count
            entry.external_attr = (0o100755 if name in programs else 0o100644) << 16
            archive.writestr(entry, files[name])
    return stream.getvalue()


def write_whole(path: Path, content: bytes) -> Path:
    """Replace a file in one step and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content)
    os.replace(temporary, path)
    return path

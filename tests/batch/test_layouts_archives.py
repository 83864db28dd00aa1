"""Claims about archives from outside: each trick is refused with its reason, and the others are read."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from autograder.batch import archives
from autograder.batch.submissions import find_submissions, submission_bytes
from autograder.errors import BadSubmission, UsageProblem

WEEK = "week99_fake"
GOOD = f"noetheremmy_1002_55002_{WEEK}.ipynb"
BAD = f"lovelaceada_1001_55001_{WEEK}.ipynb"


def info(name: str, mode: int = 0) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, (2027, 3, 10, 12, 0, 0))
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = mode << 16
    return made


def pack(*members: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for made, content in members:
            archive.writestr(made, content)
    return stream.getvalue()


def nested(depth: int) -> bytes:
    content = pack((info(f"{WEEK}.ipynb"), b"{}"))
    for _ in range(depth):
        content = pack((info("inner.zip"), content))
    return content


def twice() -> bytes:
    other = BAD[:-1] + "X"
    return pack((info(BAD), b"one"), (info(other), b"two")).replace(other.encode(), BAD.encode())


def locked() -> bytes:
    content = bytearray(pack((info(BAD), b"{}")))
    content[6] |= 1
    content[content.rfind(b"PK\1\2") + 8] |= 1
    return bytes(content)


def with_field(content: bytes, offset: int, kind: str, value: int) -> bytes:
    """Change one field of the first entry of the table of contents."""
    at = content.find(b"PK\1\2") + offset
    return content[:at] + struct.pack(kind, value) + content[at + struct.calcsize(kind) :]


BOMB = b'{"cells": "' + b" " * (8 * 2**20) + b'"}'
PLAIN = pack((info(BAD), b"{}"))
REFUSED = {
    "a link": (pack((info(BAD, stat.S_IFLNK | 0o777), b"/etc/passwd")), "is a link, and links are not followed"),
    "a pipe": (pack((info(BAD, stat.S_IFIFO | 0o644), b"")), "is no regular file"),
    "an absolute path": (pack((info(f"/tmp/{BAD}"), b"{}")), "is stored with an absolute path"),
    "a drive": (pack((info(f"C:\\{BAD}"), b"{}")), "is stored with an absolute path"),
    "a way out": (pack((info(f"../../{BAD}"), b"{}")), "leads out of the archive with '..'"),
    "a way out for windows": (pack((info(f"..\\..\\{BAD}"), b"{}")), "leads out of the archive with '..'"),
    "a password": (locked(), "is locked with a password"),
    "two of one name": (twice(), "is in the archive more than once"),
    "a bomb": (pack((info(BAD), BOMB)), "times when unpacked, as zip bombs do"),
    "a large member": (with_field(PLAIN, 24, "<I", 60 * 2**20), "has 60 MB; the limit is 50 MB"),
    "an unknown method": (with_field(PLAIN, 10, "<H", 97), "is packed with method 97"),
    "an archive too deep": (
        pack((info(f"lovelaceada_1001_55001_{WEEK}.zip"), nested(1))), "holds no notebook (.ipynb). It holds another archive",
    ),
    "a damaged archive": (pack((info(f"lovelaceada_1001_55001_{WEEK}.zip"), b"PK\3\4 cut off")), "is no zip archive"),
    "an empty archive": (pack((info(f"lovelaceada_1001_55001_{WEEK}.zip"), pack())), "holds no notebook"),
    "a bomb in an archive": (
        pack((info(f"lovelaceada_1001_55001_{WEEK}.zip"), pack((info(f"{WEEK}.ipynb"), BOMB)))), "as zip bombs do",
    ),
}  # fmt: skip


def with_a_good_one(content: bytes, path: Path) -> Path:
    """Append another learner's honest notebook to an archive, byte for byte beside what is hostile in it."""
    good = io.BytesIO(content)
    with zipfile.ZipFile(good, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(info(GOOD), b"good")
    path.write_bytes(good.getvalue())
    return path


@pytest.mark.parametrize("trick", REFUSED)
def test_a_hostile_member_is_refused_with_its_reason_and_costs_nobody_else(tmp_path, trick):
    content, reason = REFUSED[trick]

    found = {item.learner: item for item in find_submissions(with_a_good_one(content, tmp_path / "x.zip"), WEEK)}

    assert set(found) == {"1001", "1002"}
    assert reason in found["1001"].problem and found["1001"].path is None
    assert submission_bytes(found["1002"]) == b"good"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.zip"]


def test_a_wrong_checksum_is_found_when_the_member_is_read(tmp_path):
    path = with_a_good_one(with_field(PLAIN, 16, "<I", 12345), tmp_path / "x.zip")

    found = {item.learner: item for item in find_submissions(path, WEEK)}

    with pytest.raises(BadSubmission, match="is damaged inside x.zip"):
        submission_bytes(found["1001"])
    assert submission_bytes(found["1002"]) == b"good"


def test_a_member_that_claims_less_than_it_holds_gives_no_more_than_it_claims(tmp_path):
    (tmp_path / "x.zip").write_bytes(with_field(pack((info(BAD), b"{}" * 1000)), 24, "<I", 10))

    with pytest.raises(BadSubmission, match="is damaged"):
        submission_bytes(find_submissions(tmp_path / "x.zip", WEEK)[0])


def table_of(count: int, size: int) -> bytes:
    content = bytearray(PLAIN)
    at = content.rfind(b"PK\5\6")
    content[at + 8 : at + 16] = struct.pack("<HHI", min(count, 0xFFFF), min(count, 0xFFFF), size)
    return bytes(content)


def overlapping() -> bytes:
    """Two entries of the table of contents that point to the same packed bytes."""
    import random

    content = pack((info(BAD), random.Random(1).randbytes(5000)))
    start, end = content.find(b"PK\1\2"), content.rfind(b"PK\5\6")
    entry = content[start:end]
    table = entry + entry.replace(b"_1001_", b"_1003_")
    tail = bytearray(content[end:])
    tail[8:16] = struct.pack("<HHI", 2, 2, len(table))
    return content[:start] + table + bytes(tail)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is no zip archive"),
        (b"not a zip", "is no zip archive"),
        (PLAIN[:-30], "is no zip archive"),
        (table_of(60_000, 100), "claims 60000 members"),
        (table_of(1, 2**31), "in a table of 2147483648 bytes"),
        (overlapping(), "uses the same bytes for several members"),
        (with_field(PLAIN, 0, "<I", 0), "no zip archive that can be read"),
    ],
)
def test_an_archive_that_lies_about_itself_is_refused_as_a_whole(tmp_path, content, reason):
    (tmp_path / "x.zip").write_bytes(content)

    with pytest.raises(BadSubmission, match=reason):
        find_submissions(tmp_path / "x.zip", WEEK)


def test_an_archive_that_would_unpack_to_too_much_is_refused_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_TOTAL", 5 * 2**20)
    (tmp_path / "x.zip").write_bytes(pack((info(BAD), BOMB), (info(GOOD), b"{}")))

    with pytest.raises(BadSubmission, match="would unpack to 8 MB; the limit is 5 MB"):
        find_submissions(tmp_path / "x.zip", WEEK)


def test_an_archive_with_too_many_members_is_refused_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)
    (tmp_path / "x.zip").write_bytes(pack((info(BAD), b"{}"), (info(GOOD), b"{}")))

    with pytest.raises(BadSubmission, match="claims 2 members"):
        find_submissions(tmp_path / "x.zip", WEEK)


def test_an_archive_found_in_a_folder_may_be_no_link_and_no_pipe(tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "x.zip").write_bytes(pack((info(f"{WEEK}.ipynb"), b"secret")))
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.zip").symlink_to(tmp_path / "secret" / "x.zip")
    (tmp_path / "class" / "bob.ipynb").write_text("{}")

    found = {item.learner: item for item in find_submissions(tmp_path / "class", WEEK)}

    assert "is a link, and links are not followed" in found["ada"].problem and not found["bob"].problem


def test_an_archive_that_changes_after_it_was_found_is_read_anew(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(pack((info(BAD), b"one")))
    found = find_submissions(path, WEEK)[0]
    assert submission_bytes(found) == b"one"

    path.write_bytes(pack((info(GOOD), b"two, longer")))
    with pytest.raises(BadSubmission, match="no longer holds the notebook"):
        submission_bytes(found)
    path.unlink()
    with pytest.raises(BadSubmission, match="cannot be read"):
        submission_bytes(found)


def test_names_without_the_utf8_mark_are_read_as_utf8(tmp_path):
    name = f"mu\u0308ller_1001_55001_{WEEK}.ipynb"
    other = info("x" * len(name.encode()))
    content = pack((other, b"{}")).replace(other.filename.encode(), name.encode())
    (tmp_path / "x.zip").write_bytes(content)

    found = find_submissions(tmp_path / "x.zip", WEEK)[0]

    assert (found.learner, found.name) == ("1001", "müller") and submission_bytes(found) == b"{}"


def test_what_operating_systems_add_to_archives_is_nobodys(tmp_path):
    members = [f"__MACOSX/._{GOOD}", ".DS_Store", f"._{GOOD}", GOOD]
    (tmp_path / "x.zip").write_bytes(pack(*((info(name), b"{}") for name in members)))

    assert [item.learner for item in find_submissions(tmp_path / "x.zip", WEEK)] == ["1002"]


def test_a_file_that_is_no_archive_is_a_usage_problem(tmp_path):
    (tmp_path / "x.tar").write_text("")

    with pytest.raises(UsageProblem, match="is no folder and no zip archive"):
        find_submissions(tmp_path / "x.tar", WEEK)

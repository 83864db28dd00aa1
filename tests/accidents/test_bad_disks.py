"""A full, read-only or occupied disk and a locked or damaged store are named in words, and nothing that was saved is lost."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.batch.disk import writing
from autograder.batch.lodging import Lodging
from autograder.batch.store import FILE, Stamp, Store
from autograder.cli import main
from autograder.errors import BadDisk
from autograder.grading.verdict import CheckResult, ExerciseResult, Status, SubmissionReport, Verdict
from tests.accidents.small_class import LEARNERS, Results, SmallClass

NOW = datetime(2027, 1, 1, tzinfo=UTC)
AGAIN = "then run the same command again; what was saved is kept."


@dataclass(frozen=True)
class Disk:
    """A small file system in the place of a class's results, seen by processes that begin with `before` alone."""

    small_class: SmallClass
    before: tuple[str, ...]
    path: Path  # where a test finds the disk; SQLite would lose its way there

    def fill(self) -> None:
        """Leave no room."""
        with (self.path / "filler").open("wb", buffering=0) as stream, pytest.raises(OSError, match="No space left"):
            while True:
                stream.write(bytes(4096))

    def make_room(self) -> None:
        """Take out what was put in."""
        (self.path / "filler").unlink()

    def copy(self) -> SmallClass:
        """Return the same class with a copy of the disk in the place of its results."""
        copy = replace(self.small_class, place=self.small_class.place / "copy")
        shutil.rmtree(copy.place, ignore_errors=True)
        shutil.copytree(self.path, copy.out, ignore=shutil.ignore_patterns("filler", "*-shm"))
        return copy

    def wait_until(self, count: int) -> None:
        """Wait until so many are graded."""
        deadline = time.monotonic() + 60
        graded = 0
        while graded < count:
            assert time.monotonic() < deadline
            with suppress(sqlite3.DatabaseError, OSError):  # copied while it is written
                graded = self.copy().count()

    def run(self, *command: str) -> None:
        """Run a command of the system there."""
        subprocess.run([*self.before, *command], check=True)


@pytest.fixture
def disk(small_class: SmallClass) -> Iterator[Disk]:
    """A disk of two megabytes, mounted where nobody else sees it."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk; the other tests of this file need none")
    small_class.out.mkdir()
    script = 'mount -t tmpfs -o size=2m none "$0" && echo ready && exec sleep 600'
    command = ["unshare", "--mount", "sh", "-c", script, str(small_class.out)]
    keeper = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    with keeper:
        assert keeper.stdout is not None and keeper.stdout.readline() == "ready\n"
        before = ("nsenter", f"--target={keeper.pid}", "--mount", f"--wd={small_class.course}", "--")
        yield Disk(small_class, before, Path(f"/proc/{keeper.pid}/root{small_class.out}"))
        keeper.kill()


@pytest.mark.slow
def test_a_disk_that_fills_up_keeps_what_was_saved_and_grading_goes_on_when_there_is_room(
    disk: Disk, undisturbed: Results
) -> None:
    process = disk.small_class.begin("--jobs", "2", before=disk.before)
    disk.wait_until(2)
    disk.fill()
    said, complained = process.communicate(timeout=60)

    assert (process.returncode, said) == (1, "")
    assert complained == (
        f"{disk.small_class.out / FILE} cannot be used: database or disk is full. Make room there, {AGAIN}\n"
        "[bad-disk: see docs/messages.md]\n"
    )
    assert disk.small_class.left_behind() == []
    code, _, complained = disk.small_class.grade("--jobs", "2", before=disk.before)
    assert code == 1 and "Make room there" in complained and "Traceback" not in complained
    disk.make_room()
    before = disk.copy().kept()
    assert 2 <= len(before) < LEARNERS and before.items() <= undisturbed[0].items()
    code, said, complained = disk.small_class.grade("--jobs", "2", before=disk.before)
    assert (code, complained) == (0, "")
    assert f"{LEARNERS - len(before)} graded now, {len(before)} unchanged" in said
    assert disk.copy().results() == undisturbed


@pytest.mark.slow
def test_results_on_a_read_only_disk_stay_as_they_are(disk: Disk, whole: SmallClass, undisturbed: Results) -> None:
    shutil.copytree(whole.out, disk.path, dirs_exist_ok=True)
    disk.run("mount", "-o", "remount,ro", str(disk.small_class.out))

    code, said, complained = disk.small_class.grade("--jobs", "1", before=disk.before)

    assert (code, said) == (1, "")
    assert complained == (
        f"{disk.small_class.out / '.grading.lock'} cannot be used: Read-only file system. "
        f"Make it writable or name another folder, {AGAIN}\n[bad-disk: see docs/messages.md]\n"
    )
    disk.run("mount", "-o", "remount,rw", str(disk.small_class.out))
    assert disk.copy().results() == undisturbed


def report(learner: str) -> SubmissionReport:
    check = CheckResult("a", "A claim.", False, Verdict.PASSED, Fraction(3), Fraction(5), message=learner * 400)
    exercise = ExerciseResult("alpha", "Alpha", Verdict.PASSED, Fraction(3), Fraction(5), (check,))
    return SubmissionReport(learner, "week99_fake", Status.GRADED, (exercise,))


def test_a_store_that_cannot_grow_keeps_what_it_has_and_grows_later(tmp_path: Path) -> None:
    learners = [f"learner{number:02d}" for number in range(60)]
    with Store(tmp_path / FILE, create=True) as store:
        run = store.begin_run("week99_fake", jobs=1, now=NOW)
        store.connection.execute("PRAGMA max_page_count = 40")
        saved = 0
        with pytest.raises(BadDisk, match="database or disk is full. Make room there, then run the same command again"):
            for learner in learners:
                store.save(report(learner), Stamp("k", run, NOW, exercise_keys={"alpha": learner}), possible=Fraction(5))
                saved += 1
        assert 5 < saved < len(learners)
        assert store.reports("week99_fake") == [report(learner) for learner in learners[:saved]]

        store.connection.execute("PRAGMA max_page_count = 100000")
        for learner in learners[saved:]:
            store.save(report(learner), Stamp("k", run, NOW, exercise_keys={"alpha": learner}), possible=Fraction(5))
        store.end_run(run, {"graded": len(learners)})
    with Store(tmp_path / FILE) as store:
        assert store.reports("week99_fake") == [report(learner) for learner in learners]
        assert [store.exercise_keys("week99_fake", learner) for learner in learners] == [{"alpha": name} for name in learners]
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []


SAVING = """
import resource, sys
from pathlib import Path
from autograder.batch.store import FILE, Stamp, Store
from tests.accidents.test_bad_disks import NOW, Fraction, report
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
with Store(Path(sys.argv[1]) / FILE, create=True) as store:
    run = store.begin_run("week99_fake", jobs=1, now=NOW)
    for number in range(200):
        store.save(report(f"learner{number:03d}"), Stamp("k", run, NOW), possible=Fraction(5))
        print(number + 1, flush=True)
"""


def test_a_store_that_reaches_the_limit_on_the_size_of_files_keeps_what_it_has(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SAVING, str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60)

    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last == (
        f"autograder.errors.BadDisk: {tmp_path / FILE} cannot be used: disk I/O error. "
        f"Make room there or look after that disk, {AGAIN}"
    )
    saved = int(done.stdout.split()[-1])
    assert 5 < saved < 200
    with Store(tmp_path / FILE) as store:
        assert store.reports("week99_fake") == [report(f"learner{number:03d}") for number in range(saved)]
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.fixture
def finished(small_class: SmallClass, whole: SmallClass, monkeypatch: pytest.MonkeyPatch) -> SmallClass:
    """A class with results; commands of this process are given in its course."""
    shutil.copytree(whole.out, small_class.out)
    monkeypatch.chdir(small_class.course)
    return small_class


def grade(small_class: SmallClass, *options: str) -> Result:
    """Grade in this process; nothing waits, so that no grader is needed."""
    return CliRunner().invoke(main, [*small_class.command("--jobs", "1")[3:], *options])


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(("-shm", "-wal")))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def garbage(path: Path) -> None:
    path.write_bytes(b"this was a store once" * 1000)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def beginning_lost(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "treasure").write_text("of somebody")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "advice"),
    [
        (garbage, "Move it away, then run mml grade again; nothing else is lost."),
        (truncated, "Move it away, then run mml grade again; nothing else is lost."),
        (beginning_lost, "Move it away, then run mml grade again; nothing else is lost."),
        (a_folder, f"Something else stands in that place: move it away or name another folder, {AGAIN}"),
    ],
)
@pytest.mark.parametrize("command", ["grade", "report"])
def test_a_damaged_store_is_named_and_nothing_is_touched(
    finished: SmallClass, command: str, spoil: Callable[[Path], None], advice: str
) -> None:
    spoil(finished.out / FILE)
    before = contents(finished.out)

    done = grade(finished) if command == "grade" else CliRunner().invoke(main, ["report", str(finished.out)])

    assert done.exit_code == 1
    assert "Traceback" not in done.output and "Aborted" not in done.output
    if (finished.out / FILE).is_dir() and command == "report":
        assert f"{finished.out / FILE} does not exist. Run first: mml grade" in done.output
    else:
        assert f"{finished.out / FILE} cannot be used: " in done.output and advice in done.output
        assert done.output.endswith("[bad-disk: see docs/messages.md]\n")
    assert contents(finished.out) == before


@pytest.mark.slow
@pytest.mark.parametrize("hold", ["BEGIN EXCLUSIVE", "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"])
def test_a_store_that_another_program_holds_is_named_and_can_be_used_afterwards(
    finished: SmallClass, undisturbed: Results, hold: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.batch.store.LOCKED_SECONDS", 0.1)
    with closing(sqlite3.connect(finished.out / FILE, isolation_level=None)) as other:
        other.executescript(hold)
        done = grade(finished)

    assert done.exit_code == 1
    assert f"{finished.out / FILE} cannot be used: database is locked. Another program holds it: close that" in done.output
    assert AGAIN in done.output and done.output.endswith("[bad-disk: see docs/messages.md]\n")
    again = grade(finished)
    assert again.exit_code == 0 and f"0 graded now, {LEARNERS} unchanged" in again.output
    assert finished.results() == undisturbed


def out_is_a_file(out: Path) -> Path:
    out.write_text("a letter")
    return out


def out_lies_in_a_file(out: Path) -> Path:
    out.parent.mkdir(exist_ok=True)
    (out.parent / "letter").write_text("a letter")
    return out.parent / "letter" / "results"


def the_lock_is_a_folder(out: Path) -> Path:
    (out / ".grading.lock").mkdir(parents=True)
    return out


@pytest.mark.parametrize("spoil", [out_is_a_file, out_lies_in_a_file, the_lock_is_a_folder])
def test_an_out_folder_that_cannot_be_one_is_named_and_not_touched(
    small_class: SmallClass, spoil: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_class.course)
    out = spoil(small_class.out)
    before = contents(small_class.place)

    done = grade(small_class, "--out", str(out))

    assert done.exit_code == 1
    assert f"{out}" in done.output and "Something else stands in that place: move it away or name another folder" in done.output
    assert done.output.endswith("[bad-disk: see docs/messages.md]\n") and "Traceback" not in done.output
    assert contents(small_class.place) == before


@pytest.mark.slow
@pytest.mark.parametrize(("page", "makes"), [("class.html", Path.mkdir), ("feedback", Path.touch), ("grades.csv", Path.mkdir)])
def test_a_page_that_cannot_be_written_is_named_and_the_grades_are_kept(
    finished: SmallClass, undisturbed: Results, page: str, makes: Callable[[Path], None]
) -> None:
    place = finished.out / page
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    makes(place)
    with Store(finished.out / FILE) as store:
        store.note_pages([], "")

    done = grade(finished)

    assert done.exit_code == 1
    assert f"{place}" in done.output and done.output.endswith("[bad-disk: see docs/messages.md]\n")
    assert finished.kept() == undisturbed[0]
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    assert grade(finished).exit_code == 0
    assert finished.results() == undisturbed


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_page_for_which_there_is_no_room_is_named_by_its_folder(number: int, tmp_path: Path) -> None:
    said = rf"{tmp_path} cannot be used: .+\. Make room there, then run the same"

    with pytest.raises(BadDisk, match=said), writing(tmp_path):
        raise OSError(number, os.strerror(number))


def test_a_machine_without_room_for_temporary_files_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr("tempfile._candidate_tempdir_list", lambda: ["/proc/no-such-folder"])

    with pytest.raises(BadDisk, match="No usable temporary directory found in .*Make room there, then run the same command"):
        Lodging()


def test_an_error_that_no_disk_makes_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), writing(tmp_path):
        (tmp_path / "nothing").read_text()

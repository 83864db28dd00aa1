"""List what must not leave `source/`: names, sentences and lines of code that no public text contains."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from autograder.authoring.cells import Role, exercise_cells
from autograder.authoring.model import Assignment, Exercise
from autograder.authoring.stub import stub_of
from autograder.authoring.survivors import read_survivors
from autograder.build.inline import pool
from autograder.build.setup import setup_source

LONG_LINE = 25  # significant characters that make a single line telling
WINDOW = 3  # consecutive lines that are telling together
DECORATION = " \t\"'`#>+-|,\\"
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(slots=True)
class Secrets:
    """What to search for; every value says what it is that leaked."""

    names: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    windows: dict[tuple[str, ...], str] = field(default_factory=dict)

    def found_in(self, text: str) -> Iterator[str]:
        """Yield what leaked into a text, each thing once."""
        yield from (self.names[name] for name in sorted(set(WORD.findall(text)) & self.names.keys()))
        telling: list[str] = []
        for lines in (normalised(text), normalised(text, comments=True)):
            flat = " ".join(lines)
            telling += [what for phrase, what in self.phrases.items() if phrase in flat]
            telling += [self.lines[line] for line in lines if line in self.lines]
            telling += [self.windows[window] for window in windows(lines) if window in self.windows]
        yield from dict.fromkeys(telling)


def normalised(text: str, *, comments: bool = False) -> list[str]:
    """Return the lines of a text without what quoting, indenting or commenting out does to them.

    Empty lines are left out, and so are comments that stand alone, unless they may be code: `comments`.
    """
    found = (line.strip() for line in text.replace("\\n", "\n").splitlines())
    bare = (" ".join(line.split()).strip(DECORATION) for line in found if comments or not line.startswith("#"))
    return [line for line in bare if line]


def windows(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield every run of lines that is telling together; runs of brackets and single words are not."""
    for start in range(len(lines) - WINDOW + 1):
        window = tuple(lines[start : start + WINDOW])
        if sum(_significant(line) for line in window) >= LONG_LINE:
            yield window


def _significant(line: str) -> int:
    return len(line) - line.count(" ")


@dataclass(slots=True)
class _Public:
    """Everything that learners may read."""

    names: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    windows: set[tuple[str, ...]] = field(default_factory=set)
    flat: str = ""

    def add(self, texts: Iterable[str]) -> None:
        for text in texts:
            lines = normalised(text)
            self.names |= set(WORD.findall(text))
            self.lines |= set(lines)
            self.windows |= set(windows(lines))
            self.flat += " ".join(lines) + "\n"


def secrets_of(assignments: list[Assignment], *, solved: bool = False, checked: bool = False) -> Secrets:
    """Return the secrets of a course; in `solved` editions the references are public, in `checked` ones the hidden checks."""
    public = _Public()
    public.add(_machinery())
    for assignment in assignments:
        public.add(page.text for page in assignment.pages)
        public.add([setup_source(assignment)])
        for exercise in assignment.exercises:
            public.add(_public_texts(exercise, checked=checked))
            if solved:
                public.add([exercise.reference_source])
    secrets = Secrets()
    for folder in {assignment.folder for assignment in assignments}:
        for name, listed in read_survivors(folder).items():
            _collect(secrets, public, "\n".join([*listed, *listed.values()]), f"the text of a survivor of {folder.name}/{name}")
    for exercise in (exercise for assignment in assignments for exercise in assignment.exercises):
        for kind, name, text, phrases in _secret_things(exercise, checked=checked):
            what = f"{kind} {name} of {exercise.id}" if name else f"{kind} of {exercise.id}"
            if name and name not in public.names:
                secrets.names.setdefault(name, f"the name of {what}")
            _collect(secrets, public, text, f"the text of {what}")
            for phrase in phrases:
                flat = " ".join(normalised(phrase, comments=True))
                if len(flat) >= LONG_LINE and flat not in public.flat:
                    secrets.phrases.setdefault(flat, f"a sentence of {what}")
        if not solved:
            _collect(secrets, public, exercise.reference_source, f"the reference solution of {exercise.id}")
    return secrets


def _collect(secrets: Secrets, public: _Public, text: str, what: str) -> None:
    lines = normalised(text)
    for line in lines:
        if _significant(line) >= LONG_LINE and line not in public.lines:
            secrets.lines.setdefault(line, what)
    for window in windows(lines):
        if window not in public.windows:
            secrets.windows.setdefault(window, what)


def _machinery() -> list[str]:
    from autograder.build import otter, readme
    from autograder.kit import conform, traps, watch, words

    return [inspect.getsource(module) for module in (words, conform, traps, watch, otter, readme)]


def _public_texts(exercise: Exercise, *, checked: bool) -> Iterator[str]:
    for cell in exercise_cells(exercise):
        if cell.role is Role.SOLUTION:
            yield stub_of(cell.source, exercise.name)
        elif cell.role is not Role.STAFF:
            yield cell.source
    texts = pool(exercise.text).definitions
    public = {check.name for check in exercise.checks if checked or not check.is_hidden} | set(exercise.helpers)
    yield from (texts[name].text for name in sorted(public))


def _secret_things(exercise: Exercise, *, checked: bool) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield (kind, name, text, sentences) of everything in an exercise file that is for staff only."""
    texts = pool(exercise.text).definitions
    for check in exercise.checks:
        if check.is_hidden and not checked:
            yield "the hidden check", check.name, texts[check.name].text, (check.sentence,)
    for variant in exercise.misconceptions:
        yield "the misconception", variant.name, variant.source, (variant.hint,)
    for variant in exercise.accepted:
        yield "the accepted variant", variant.name, variant.source, ()

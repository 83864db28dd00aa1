"""Choose the fork server for a submission: one that has loaded what the answers mention, and no more.

Forking a process costs more the more it has loaded, and few answers use more than numpy.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from autograder.authoring.config import CourseConfig
from autograder.authoring.model import Assignment, Exercise
from autograder.grading.code import Code
from autograder.sandbox.confine import Limits
from autograder.sandbox.start import Started
from autograder.sandbox.warden import ForkServer, Sandbox

NOT_PRELOADED = {"otter"}  # the sandbox has a quiet stand-in for it
DRAWING = {"matplotlib.pyplot"}  # loaded when first used, unless an exercise draws


def sandbox_limits(config: CourseConfig) -> Limits:
    """Return the limits of a sandbox from the course's configuration."""
    return Limits(**{name: getattr(config.limits, name) for name in Limits.__dataclass_fields__})


def given_modules(sources: Iterable[str], exercises: Iterable[Exercise]) -> tuple[set[str], set[str]]:
    """Return the modules that the given cells of a week import: those to load at once, and those to load when first used."""
    modules = Code(sources).imports() - NOT_PRELOADED
    draws = any("plt." in exercise.reference_source or "new_axes" in exercise.text for exercise in exercises)
    late = set() if draws else DRAWING & modules
    return modules - late, late


class Servers:
    """A small fork server, and larger ones that start when a submission first mentions a library that they have loaded.

    What is not mentioned and imported all the same is loaded in the sandbox, which takes its time.
    """

    def __init__(
        self,
        assignment: Assignment,
        config: CourseConfig,
        given: list[str],
        *,
        data: tuple[Path, ...],
        require: Callable[[Sandbox], None],
        started: Started | None = None,
    ) -> None:
        exercises = assignment.exercises
        self.limits, self.data, self.require = sandbox_limits(config), data, require
        self.banned = tuple(sorted({pattern for exercise in exercises for pattern in exercise.facts.banned}))
        self.modules, self.late = given_modules(given, exercises)
        plausible = {name for exercise in exercises for name in _plausible(exercise)} - self.modules
        self.modules |= {name for name in plausible if _library(name) in sys.stdlib_module_names}
        self.more: dict[str, set[str]] = {}  # modules by library
        for name in (plausible - self.modules) | self.late:
            self.more.setdefault(_library(name), set()).add(name)
        aliases = {alias: _library(path) for alias, path in Code(given).aliases.items() if path in self.late}
        self.words = {library: library for library in self.more} | aliases
        self.mentions = re.compile(rf"\b(?:{'|'.join(map(re.escape, self.words))})\b") if self.words else None
        self.running = {frozenset[str](): self._start(frozenset(), started)}

    def of(self, sources: Iterable[str]) -> ForkServer:
        """Return the server for a submission's own cells."""
        words = {word for source in sources for word in self.mentions.findall(source)} if self.mentions is not None else set()
        libraries = frozenset(self.words[word] for word in words)
        if libraries not in self.running:
            self.running[libraries] = self._start(libraries, None)
        return self.running[libraries]

    def close(self) -> None:
        """End all of them."""
        for server in self.running.values():
            server.close()

    def _start(self, libraries: frozenset[str], started: Started | None) -> ForkServer:
        more = {name for library in libraries for name in self.more[library]}
        server = ForkServer(
            self.limits,
            modules=("numpy", *sorted(self.modules | more)),
            lazy=tuple(sorted(self.late - more)),
            data=self.data,
            banned=self.banned,
            started=started,
        )
        try:
            with server.sandbox() as probe:
                self.require(probe)
        except BaseException:
            server.close()
            raise
        return server


def _plausible(exercise: Exercise) -> set[str]:
    """Return the libraries that our own right and wrong answers use: learners' answers use them, too."""
    variants = (*exercise.accepted, *exercise.misconceptions)
    code = Code([exercise.text] if variants else [])
    found = {name for variant in variants for name in code.modules_behind(variant.name)}
    return {name for name in found if _library(name) not in ("autograder", "numpy")}


def _library(name: str) -> str:
    return name.partition(".")[0]

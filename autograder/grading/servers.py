"""Choose the fork server for a submission: a small one, or one that has loaded what answers may import as well.

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
    """A small fork server, and a large one that starts when a submission first mentions what only that has loaded.

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
        modules, late = given_modules(given, exercises)
        plausible = {name for exercise in exercises for name in _plausible(exercise)}
        own = {name for name in plausible if name.partition(".")[0] in sys.stdlib_module_names}
        self.more = (plausible - own - modules) | late
        aliases = {alias for alias, path in Code(given).aliases.items() if path in self.more}
        words = aliases | {name.partition(".")[0] for name in self.more}
        self.mentions = re.compile(rf"\b({'|'.join(sorted(map(re.escape, words)))})\b") if words else None
        self.modules = modules | own
        self.large: ForkServer | None = None
        self.small = self._start(self.modules, late, started)

    def of(self, sources: Iterable[str]) -> ForkServer:
        """Return the server for a submission's own cells."""
        if self.mentions is None or not any(map(self.mentions.search, sources)):
            return self.small
        if self.large is None:
            self.large = self._start(self.modules | self.more, set(), None)
        return self.large

    def both(self) -> list[ForkServer]:
        """Return those that have been started."""
        return [server for server in (self.small, self.large) if server is not None]

    def close(self) -> None:
        """End both."""
        for server in self.both():
            server.close()

    def _start(self, modules: set[str], late: set[str], started: Started | None) -> ForkServer:
        server = ForkServer(
            self.limits,
            modules=("numpy", *sorted(modules)),
            lazy=tuple(sorted(late)),
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
    return {name for name in found if name.split(".")[0] not in ("autograder", "numpy")}

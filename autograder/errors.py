"""Every error that the engine shows to a person.

CourseError                 exit 3   something the engine did not expect of itself
├── UsageProblem            exit 2   the command was asked for something that does not exist
└── CourseProblem           exit 1   something a person can mend
    ├── BadExercise                  an exercise file breaks the format
    ├── BadConfig                    course_config.py breaks its schema
    ├── StaleBuild                   a built file differs from what `mml build` writes
    ├── Leak                         an edition carries something that must not leave
    ├── BadSubmission                a submission cannot be read
    ├── BadDisk                      a file or folder cannot be written or used
    └── WeakSandbox                  the machine offers fewer layers than the course demands
SandboxError                exit 3   the two processes could not talk
├── ProtocolViolation                the sandbox sent something outside the wire format
├── SandboxDied                      the learner's code ended its process
└── SandboxBroken                    our side failed
"""

from __future__ import annotations

from collections.abc import Iterable


class CourseError(Exception):
    """Base of the tree: carries an exit code and a slug that the documentation explains."""

    slug, exit_code = "course-error", 3


class UsageProblem(CourseError):
    """The command was asked for something that does not exist."""

    slug, exit_code = "usage", 2


class CourseProblem(CourseError):
    """Something that a person can mend; several are reported at once."""

    slug, exit_code = "course-problem", 1

    def __init__(self, problems: str | Iterable[str]) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))


class BadExercise(CourseProblem):
    """An exercise file breaks the format."""

    slug = "bad-exercise"


class BadConfig(CourseProblem):
    """course_config.py breaks its schema."""

    slug = "bad-config"


class StaleBuild(CourseProblem):
    """A built file differs from what `mml build` writes."""

    slug = "stale-build"


class Leak(CourseProblem):
    """An edition carries something that must not leave."""

    slug = "leak"


class BadSubmission(CourseProblem):
    """A submission cannot be read."""

    slug = "bad-submission"


class BadDisk(CourseProblem):
    """A file or folder cannot be written or used: no room, no permission, locked, or damaged."""

    slug = "bad-disk"


class WeakSandbox(CourseProblem):
    """The machine offers fewer isolation layers than the course demands."""

    slug = "weak-sandbox"


class SandboxError(CourseError):
    """The two processes could not talk."""

    slug, exit_code = "sandbox", 3


class ProtocolViolation(SandboxError):
    """The sandbox sent something outside the wire format (blame: the learner's code)."""

    slug = "protocol-violation"


class SandboxDied(SandboxError):
    """The learner's code ended its process (blame: the learner's code)."""

    slug = "sandbox-died"

    def __init__(self, message: str, *, cause: str = "") -> None:
        super().__init__(message)
        self.cause = cause


class SandboxBroken(SandboxError):
    """Our side of the sandbox failed (blame: us)."""

    slug = "sandbox-broken"

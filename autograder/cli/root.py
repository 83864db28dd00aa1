"""The root of `mml`: it finds commands lazily and turns errors into messages and exit codes."""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from contextlib import suppress
from typing import Any

import click

from autograder import __version__
from autograder.batch.disk import disk_problem
from autograder.cli.stop import Stopped, stoppable
from autograder.errors import CourseError

STOPPED = "Stopped. What was finished is kept; run the same command again to go on."

COMMANDS = {
    "new": "author", "lint": "author", "prove": "author",
    "build": "edition", "audit": "edition",
    "simulate": "instructor", "grade": "instructor", "report": "instructor", "compare": "instructor",
    "roadmap": "course", "topics": "course",
    "classroom": "classroom",
    "check": "learner",
    "bench": "measure", "doctor": "machine",
    "bundle": "bundle",
    "export": "exchange",
}  # fmt: skip


class Lazy(click.Group):
    """A group that imports a command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return getattr(importlib.import_module(f"autograder.cli.{COMMANDS[cmd_name]}"), cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:  # here, because click makes its own end of it
            with suppress(OSError):  # the terminal may have gone
                click.echo(f"\n{STOPPED}", err=True)
            sys.exit(stop.exit_code if isinstance(stop, Stopped) else 130)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            with stoppable():
                return super().main(*args, **kwargs)
        except Exception as problem:  # the outermost border: a fault of ours gets its own exit code
            told = problem if isinstance(problem, CourseError) else disk_problem(problem)
            if told is not None:
                click.echo(f"{told}\n[{told.slug}: see docs/messages.md]", err=True)
                sys.exit(told.exit_code)
            traceback.print_exc()
            click.echo("This is a fault of mml, not of yours. Please report it with the lines above.", err=True)
            sys.exit(3)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mml")
def main() -> None:
    """Build the course, hand it out, and grade what comes back."""


def as_json(value: Any) -> None:
    """Print data for other programs."""
    click.echo(json.dumps(value, indent=1, ensure_ascii=False, default=str))

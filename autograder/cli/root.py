"""The root of `mml`: it finds commands lazily and turns errors into messages and exit codes."""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from typing import Any

import click

from autograder import __version__
from autograder.errors import CourseError

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

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except CourseError as problem:
            click.echo(f"{problem}\n[{problem.slug}: see docs/messages.md]", err=True)
            sys.exit(problem.exit_code)
        except KeyboardInterrupt:
            click.echo("Stopped. What was finished is kept; run the same command again to go on.", err=True)
            sys.exit(130)
        except Exception:  # the outermost border: a fault of ours gets its own exit code
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

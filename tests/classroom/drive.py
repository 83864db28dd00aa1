"""Run nbgrader's commands one after the other in one process, as its command line would, and print their exit codes.

Reads a JSON list of [folder, arguments] from stdin. The last line on stdout is a JSON list of exit codes.
"""

from __future__ import annotations

import json
import os
import sys

from jupyter_core.application import NoStart
from nbgrader.apps import NbGraderApp


def run(folder: str, arguments: list[str]) -> int:
    """Run one command in a folder and return its exit code."""
    os.chdir(folder)
    print("$ nbgrader", *arguments, file=sys.stderr, flush=True)
    app = NbGraderApp.instance()
    try:
        app.initialize(arguments)
        app.start()
    except NoStart:  # the way in which a command with a subcommand ends
        return 0
    except SystemExit as leaving:
        return int(leaving.code or 0)
    finally:
        app.reset()
        NbGraderApp.clear_instance()
    return 0


if __name__ == "__main__":
    codes = [run(folder, arguments) for folder, arguments in json.load(sys.stdin)]
    print("\n" + json.dumps(codes), end="")

"""Write docs/cli.md from the help texts of the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click

WIDTH = 110
HEAD = """\
<!-- Built from the help texts in autograder/cli/ by `mml roadmap`. Edit those. -->
# The command `mml`

Exit codes: 0 fine, 1 found something, 2 usage, 3 our own fault; 130 after Ctrl-C, 143 after SIGTERM, 129
when the terminal went away. Data goes to stdout, talk and progress bars to stderr.
`--json` prints data for other programs. A week is named by any unique prefix, such as `week03`. Every error ends with a
word that [messages.md](messages.md) explains.

| Command | What it does |
|---|---|
"""


def manual(root: click.Group) -> str:
    """Return the page: a table of all commands, then the full help of each."""
    top = click.Context(root, info_name="mml", terminal_width=WIDTH, max_content_width=WIDTH, **root.context_settings)
    contexts = [context for name in root.list_commands(top) if (context := _inner(top, name))]
    rows = [f"| `{context.command_path}{_operands(context)}` | {_short(context.command)} |\n" for context in contexts]
    parts = [HEAD, *rows]
    for context in contexts:
        for each in _with_inner(context):
            depth = "##" if each is context else "###"
            help_text = "\n".join(line.rstrip() for line in each.get_help().strip().splitlines())
            parts.append(f"\n{depth} {each.command_path}\n\n```text\n{help_text}\n```\n")
    return "".join(parts)


def _inner(context: click.Context, name: str) -> click.Context | None:
    command = context.command.get_command(context, name) if isinstance(context.command, click.Group) else None
    sizes = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    return click.Context(command, parent=context, info_name=name, **sizes) if command else None  # type: ignore[arg-type]


def _with_inner(context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            inner = _inner(context, name)
            if inner:
                yield from _with_inner(inner)


def _operands(context: click.Context) -> str:
    """Return what a command is given, as its usage line says it, without its options."""
    text = " ".join(piece for piece in context.command.collect_usage_pieces(context) if piece != "[OPTIONS]")
    return f" {text}".replace("|", "\\|") if text else ""


def _short(command: click.Command) -> str:
    first = (command.help or "").strip().split("\n\n")[0]
    return " ".join(first.split()).rstrip(".").replace("|", "\\|")

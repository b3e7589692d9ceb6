"""Writes docs/commands.md: what every command says of itself under --help."""

from __future__ import annotations

import sys

from relaas.recipes import COMMANDS

HEAD = """# Commands

Made by `make docs` from `relaas COMMAND --help`; do not edit. Options of the same name mean the same everywhere.
Without `--format`, a table is shown on a terminal and JSON lines are written to a pipe. The exit code is 0, or 1 where
some reports were set aside, or 2 where the command was not understood.
"""


def reference() -> str:
    """The page: a heading and the help of each command, eighty columns wide."""
    from typer.testing import CliRunner

    from relaas.cli.main import application

    app, runner = application(), CliRunner()
    blocks = [HEAD]
    for name in COMMANDS:
        shown = runner.invoke(app, [name, "--help"], prog_name="relaas", env={"COLUMNS": "80", "TERMINAL_WIDTH": "80"})
        blocks.append(f"## relaas {name}\n\n```text\n{shown.output.strip()}\n```\n")
    return "\n".join(blocks)


if __name__ == "__main__":
    sys.stdout.write(reference())

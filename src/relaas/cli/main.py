"""The command `relaas`: finds the command, runs it, and turns every failure into a sentence and an exit code."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated

import typer

from relaas import __version__
from relaas.errors import RelaasError
from relaas.ontology.display import say
from relaas.recipes import COMMANDS

OK, SOME_SET_ASIDE, USAGE, INTERRUPTED = 0, 1, 2, 130


def application() -> typer.Typer:
    """Every command of the recipe, each in a module of its name with a function ``run``."""
    app = typer.Typer(
        name="relaas",
        help=say("help"),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_version)
    for name in COMMANDS:
        module = import_module(f"relaas.cli.commands.{name}")
        app.command(name, help=say(f"help.{name}"), context_settings=getattr(module, "CONTEXT", None))(module.run)
    return app


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


def _version(
    version: Annotated[
        bool, typer.Option("--version", help=say("help.version"), is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Holds the options that stand before a command."""


def main() -> None:
    """Entry point of the installed command. ``python -X dev`` lets a fault of the program itself through with its
    place.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        application()(prog_name="relaas")
    except RelaasError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        _close_quietly()
        sys.exit(OK)
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        _fail(say("internal", fault=f"{type(error).__name__}: {error}"))


def _fail(sentence: str) -> None:
    typer.echo(f"relaas: {' '.join(sentence.split())}", err=True)
    sys.exit(USAGE)


def _close_quietly() -> None:
    """Let go of a closed pipe, so that Python does not complain of it at its end."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()

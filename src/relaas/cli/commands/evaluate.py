"""`relaas evaluate`: the project's own accuracy tests."""

from __future__ import annotations

import typer

CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def run(context: typer.Context) -> None:
    """Hands everything after the word over: what can be measured is the evaluation's to say."""
    from relaas.evaluation.command import run as evaluate

    raise typer.Exit(evaluate(list(context.args)))

"""`relaas evaluate`: the project's own accuracy tests."""

from __future__ import annotations

import typer

from relaas.ontology.display import say

CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def run(context: typer.Context) -> None:
    from importlib.util import find_spec

    from relaas.errors import QueryError

    if find_spec("relaas.evaluation.command") is None:
        raise QueryError(say("evaluation_missing"))
    from relaas.evaluation.command import run as evaluate

    raise typer.Exit(evaluate(list(context.args)))

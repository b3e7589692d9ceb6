"""`relaas explain`: why a claim bears its labels, in words."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from relaas.cli import options
from relaas.ontology.display import say

SHOWN = ("table", "jsonl")


def run(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help=say("option.claim"), show_default=False)],
    format: Annotated[
        str | None, typer.Option("--format", help=say("option.format", allowed=", ".join(SHOWN)), show_default=False)
    ] = None,
    db: options.Database = None,
) -> None:
    from dataclasses import asdict

    from relaas.cli.showing import show
    from relaas.cli.terminal import database, format_or_default
    from relaas.errors import QueryError
    from relaas.queries.explanation import explanation
    from relaas.store.store import Store

    shown = format_or_default(format, SHOWN)
    with Store.open(database(db), create=False) as store, store.view() as view:
        found = explanation(view, claim)
    if found is None:
        raise QueryError(say("no_such_claim", id=claim))
    if shown == "jsonl":
        sys.stdout.write(
            json.dumps(
                {"claim": found.claim, "reasons": [asdict(reason) for reason in found.reasons]}, ensure_ascii=False
            )
            + "\n"
        )
    else:
        show(found)

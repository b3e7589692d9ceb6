"""The options that mean the same in every command."""

from __future__ import annotations

from typing import Annotated

import typer

from relaas.ontology.display import say
from relaas.recipes import FORMATS

Place = Annotated[str | None, typer.Option("--place", metavar="PLACE", help=say("option.place"), show_default=False)]
Actor = Annotated[str | None, typer.Option("--actor", metavar="NAME", help=say("option.actor"), show_default=False)]
Source = Annotated[str | None, typer.Option("--source", metavar="NAME", help=say("option.source"), show_default=False)]
Topic = Annotated[
    list[str] | None, typer.Option("--topic", metavar="TOPIC", help=say("option.topic"), show_default=False)
]
Evidence = Annotated[
    list[str] | None, typer.Option("--evidence", metavar="FOOTING", help=say("option.evidence"), show_default=False)
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help=say("option.since"), show_default=False)]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help=say("option.until"), show_default=False)]
AsKnown = Annotated[
    str | None, typer.Option("--as-known", metavar="DATE", help=say("option.as_known"), show_default=False)
]
Accepted = Annotated[bool, typer.Option("--accepted", help=say("option.accepted"), show_default=False)]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT", help=say("option.format", allowed=", ".join(FORMATS)), show_default=False
    ),
]
Database = Annotated[str | None, typer.Option("--db", metavar="FILE", help=say("option.db"), show_default=False)]
Disputed = Annotated[bool, typer.Option("--disputed", help=say("option.disputed"), show_default=False)]
LedgerFormat = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT", help=say("option.format", allowed="table, jsonl, csv"), show_default=False
    ),
]

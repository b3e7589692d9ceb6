"""`relaas control`: who holds which place, from when on, according to whom."""

from __future__ import annotations

from typing import Annotated

import typer

from relaas.cli import options
from relaas.ontology.display import say

On = Annotated[str | None, typer.Option("--on", metavar="DATE", help=say("option.on"), show_default=False)]


def run(
    place: options.Place = None,
    source: options.Source = None,
    on: On = None,
    since: options.Since = None,
    until: options.Until = None,
    as_known: options.AsKnown = None,
    disputed: options.Disputed = False,
    accepted: options.Accepted = False,
    format: options.LedgerFormat = None,
    db: options.Database = None,
) -> None:
    from relaas.cli.ledgers import pictured, show
    from relaas.exports.ledger import control_entry
    from relaas.queries.control import control, holders
    from relaas.queries.selection import Question, day_of

    day = day_of("on", on)
    question = Question(place=place, since=since, until=until, as_known=as_known, accepted=accepted)
    with pictured(db, question, format) as found:
        if found is None:
            return
        rows = control(found, source=source, disputed=disputed)
        show(rows if day is None else holders(rows, day), control_entry, found, format)

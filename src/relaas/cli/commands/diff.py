"""`relaas diff`: what changed in the picture between two days, and which reports changed it."""

from __future__ import annotations

from typing import Annotated

import typer

from relaas.cli import options
from relaas.ontology.display import say

Before = Annotated[str, typer.Argument(metavar="DATE", help=say("option.before"), show_default=False)]
After = Annotated[str, typer.Argument(metavar="DATE", help=say("option.after"), show_default=False)]


def run(
    before: Before,
    after: After,
    place: options.Place = None,
    source: options.Source = None,
    disputed: options.Disputed = False,
    accepted: options.Accepted = False,
    format: options.LedgerFormat = None,
    db: options.Database = None,
) -> None:
    from relaas.cli.ledgers import pictured, show
    from relaas.errors import QueryError
    from relaas.exports.ledger import change_entry
    from relaas.queries.changes import changes
    from relaas.queries.ledgers import ledgers
    from relaas.queries.selection import Question, day_of

    if (day_of("as-known", before) or 0) > (day_of("as-known", after) or 0):
        raise QueryError(say("period_reversed", since=before, until=after))
    then, now = (Question(place=place, as_known=day, accepted=accepted) for day in (before, after))
    with pictured(db, now, format) as late:
        if late is None:
            return
        with pictured(db, then, format) as early:
            if early is None:
                return
        both = [ledgers(found, source=source, disputed=disputed) for found in (early, late)]
        show(changes(early, late, *both), change_entry, late, format)

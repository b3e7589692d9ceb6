"""`relaas casualties`: killed, wounded, missing and captured by claimant, never added up."""

from __future__ import annotations

from relaas.cli import options


def run(
    place: options.Place = None,
    source: options.Source = None,
    since: options.Since = None,
    until: options.Until = None,
    as_known: options.AsKnown = None,
    disputed: options.Disputed = False,
    accepted: options.Accepted = False,
    format: options.LedgerFormat = None,
    db: options.Database = None,
) -> None:
    from relaas.cli.ledgers import pictured, show
    from relaas.exports.ledger import casualty_entry
    from relaas.queries.casualties import casualties
    from relaas.queries.selection import Question

    question = Question(place=place, since=since, until=until, as_known=as_known, accepted=accepted)
    with pictured(db, question, format) as found:
        if found is not None:
            show(casualties(found, source=source, disputed=disputed), casualty_entry, found, format)

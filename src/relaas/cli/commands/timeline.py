"""`relaas timeline`: claims in the order of the time that they are about."""

from __future__ import annotations

from relaas.cli import options


def run(
    place: options.Place = None,
    actor: options.Actor = None,
    source: options.Source = None,
    topic: options.Topic = None,
    evidence: options.Evidence = None,
    since: options.Since = None,
    until: options.Until = None,
    as_known: options.AsKnown = None,
    disputed: options.Disputed = False,
    accepted: options.Accepted = False,
    format: options.Format = None,
    db: options.Database = None,
) -> None:
    from relaas.cli.asking import ask
    from relaas.cli.terminal import export
    from relaas.queries.selection import Question
    from relaas.queries.timeline import timeline

    question = Question(place, actor, source, topic, evidence, since, until, as_known, accepted)
    with ask(db, question, format, linked=disputed) as (view, selection):
        export(timeline(view, selection.wanted, disputed=disputed) if selection.wanted is not None else (), format)

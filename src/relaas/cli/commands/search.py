"""`relaas search`: claims by the words of their sentences."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from relaas.cli import options
from relaas.ontology.display import say


def run(
    words: Annotated[list[str], typer.Argument(help=say("option.words"), show_default=False)],
    place: options.Place = None,
    actor: options.Actor = None,
    source: options.Source = None,
    topic: options.Topic = None,
    evidence: options.Evidence = None,
    since: options.Since = None,
    until: options.Until = None,
    as_known: options.AsKnown = None,
    accepted: options.Accepted = False,
    format: options.Format = None,
    db: options.Database = None,
) -> None:
    from relaas.cli.asking import ask
    from relaas.cli.terminal import export
    from relaas.queries.selection import Question

    asked = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    question = Question(place, actor, source, topic, evidence, since, until, as_known, accepted, words=asked)
    with ask(db, question, format) as (view, selection):
        found = view.claims(selection.wanted) if selection.wanted is not None else ()
        export(found, format, highlight=re.findall(r"\w+", asked))

"""Opens the record for a question: options are checked before it, a place is looked up in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from relaas.cli.terminal import database, format_or_default, tell
from relaas.linkage import link
from relaas.ontology.display import say
from relaas.queries.place import Found
from relaas.queries.selection import Question, Selection, checked, select
from relaas.recipes import FORMATS
from relaas.store.store import Store
from relaas.store.view import View


@contextmanager
def ask(
    db: str | None, question: Question, format: str | None, *, formats: tuple[str, ...] = FORMATS, linked: bool = False
) -> Iterator[tuple[View, Selection]]:
    """A view with what the question selects in it; says on the side what became of a place that no claim is about.

    With ``linked``, what an earlier version read is linked first.
    """
    checked(question)
    if format is not None:
        format_or_default(format, formats)
    with Store.open(database(db), create=False) as store:
        if linked:
            link(store)
        with store.view() as view:
            selection = select(view, question)
            if selection.place is not None:
                tell_place(selection.place)
            yield view, selection


def tell_place(place: Found) -> None:
    """What the reader should know of how the place was taken."""
    if place.filter is None:
        tell(say("no_claims_at", place=place.given or place.name))
        if place.suggestions:
            tell(say("known_places", places=", ".join(place.suggestions)))
    elif place.others:
        tell(say("also_called", place=place.given or place.name, name=place.name, others="; ".join(place.others)))

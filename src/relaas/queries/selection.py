"""From the options of a question, as a person writes them, to a filter of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from relaas.dates import bounds, written_date
from relaas.errors import QueryError
from relaas.knowledge.actors import actors
from relaas.ontology.display import chosen, say, shown_in
from relaas.queries.place import Found, find_place
from relaas.store.view import Filter, View


@dataclass(frozen=True, slots=True)
class Question:
    """The options that every command understands, unread."""

    place: str | None = None
    actor: str | None = None
    source: str | None = None
    topic: Sequence[str] | None = None
    evidence: Sequence[str] | None = None
    since: str | None = None
    until: str | None = None
    as_known: str | None = None
    accepted: bool = False
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """A filter, and the place it is about; ``wanted`` is None where no claim can match because the place is in none."""

    wanted: Filter | None
    place: Found | None = None


def checked(question: Question) -> Filter:
    """The filter but for the place; raises QueryError with a sentence where an option has no meaning."""
    since, until = _day("since", question.since, last=False), _day("until", question.until, last=True)
    if since is not None and until is not None and since > until:
        raise QueryError(say("period_reversed", since=question.since, until=question.until))
    return Filter(
        actor=question.actor or None,
        actors=actors().names(question.actor) if question.actor else (),
        source=question.source or None,
        topics=chosen("topics", question.topic),
        evidence=chosen("evidence", question.evidence),
        since=since,
        until=until,
        as_known=_day("as-known", question.as_known, last=True),
        accepted=question.accepted,
        words=question.words,
    )


def select(view: View, question: Question) -> Selection:
    """The whole filter, the place looked up in the record and the gazetteer."""
    wanted = checked(question)
    if not question.place:
        return Selection(wanted)
    place = find_place(view, question.place, language=shown_in())
    return Selection(None if place.filter is None else replace(wanted, place=place.filter), place)


def day_of(option: str, given: str | None) -> int | None:
    """The last day of a date as a person writes it, as a day number; None for none, QueryError for one that is no date."""
    return _day(option, given, last=True)


def _day(option: str, given: str | None, *, last: bool) -> int | None:
    if given is None:
        return None
    try:
        first, final = bounds(written_date(given) or given if not given[:4].isdigit() else given)
    except ValueError as error:
        raise QueryError(say("bad_date", option=option, given=given)) from error
    return (final if last else first).toordinal()

"""Reads the record: the current claims, filtered, in one order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from relaas.model.document import Document
from relaas.model.span import Span
from relaas.store import tables
from relaas.text import folded

# SQLite takes at most 32,766 values in one statement; more documents than this are compared while reading.
MOST_BOUND = 5_000
_R = tables.readings.c
_METADATA = (_R.name, _R.publisher, _R.published, _R.retrieved, _R.language)


@dataclass(frozen=True, slots=True)
class PlaceFilter:
    """What counts as a place: GeoNames ids, folded names for what has none, and whole countries."""

    geonameids: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Filter:
    """Which claims: every field narrows, an empty one does not. Days are day numbers, ends included.

    ``actors`` are other names, whole ones, of the ``actor`` that is looked for by a part of its name.
    """

    documents: Sequence[str] | None = None
    place: PlaceFilter | None = None
    actor: str | None = None
    actors: Sequence[str] = ()
    source: str | None = None
    topics: Sequence[str] = ()
    evidence: Sequence[str] = ()
    certainty: Sequence[str] = ()
    since: int | None = None
    until: int | None = None
    as_known: int | None = None
    accepted: bool = False
    words: str | None = None
    ids: Sequence[str] = field(default_factory=tuple)


class View:
    """What holds now: for each document its newest reading; for each claim the last judgement of its version."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    def claims(self, wanted: Filter | None = None) -> Iterator[dict[str, Any]]:
        """The claims as the contract's JSON objects, ordered by report (date, name, id), start and id."""
        wanted = wanted or Filter()
        if wanted.documents is not None and not wanted.documents:
            return
        verdicts = self._verdicts()
        c, r, d = tables.claims.c, tables.readings.c, tables.documents.c
        query = (
            sa.select(c.id, c.version, c.payload, r.run_id, r.document_id, d.sha256, *_METADATA)
            .join(tables.readings, r.number == c.reading)
            .join(tables.documents, d.id == r.document_id)
            .where(c.reading.in_(_current()), *_conditions(wanted))
            .order_by(sa.func.coalesce(r.published, ""), r.name, r.document_id, c.start, c.id)
        )
        names = self._names()
        named = set(wanted.documents) if wanted.documents is not None and len(wanted.documents) > MOST_BOUND else None
        for row in self.connection.execute(query).mappings():
            if named is not None and row["document_id"] not in named:
                continue
            status = verdicts.get((row["id"], row["version"]), "unreviewed")
            if wanted.accepted and status != "accepted":
                continue
            document = {key: row[key] for key in ("name", "publisher", "published", "retrieved", "language", "sha256")}
            document = {"id": row["document_id"], **document}
            if len(names[row["document_id"]]) > 1:
                document["names"] = names[row["document_id"]]
            head = {
                "id": row["id"],
                "version": row["version"],
                "run": row["run_id"],
                "status": status,
                "document": document,
            }
            yield head | json.loads(row["payload"])

    def claim(self, id: str) -> dict[str, Any] | None:
        """The current claim whose id begins with the given characters; None where none or several do."""
        c = tables.claims.c
        query = (
            sa.select(c.id).where(c.id.startswith(id, autoescape=True), c.reading.in_(_current())).distinct().limit(2)
        )
        found = self.connection.execute(query).scalars().all()
        return next(self.claims(Filter(ids=(found[0],))), None) if len(found) == 1 else None

    def documents(self) -> list[dict[str, Any]]:
        """Every document with its names and the metadata of its current reading, ordered as the claims are."""
        r, d = tables.readings.c, tables.documents.c
        query = (
            sa.select(d.id, d.sha256, r.reader, *_METADATA)
            .join(tables.readings, r.document_id == d.id)
            .where(r.number.in_(_current()))
            .order_by(sa.func.coalesce(r.published, ""), r.name, d.id)
        )
        names = self._names()
        return [dict(row) | {"names": names[row["id"]]} for row in self.connection.execute(query).mappings()]

    def document(self, id: str) -> Document | None:
        """A document with its text, as its current reading has it."""
        t, r, d = tables.texts.c, tables.readings.c, tables.documents.c
        query = (
            sa.select(tables.texts, d.sha256, *_METADATA)
            .join(tables.readings, (r.document_id == t.document_id) & (r.reader == t.reader))
            .join(tables.documents, d.id == t.document_id)
            .where(t.document_id == id, r.number.in_(_current()))
        )
        row = self.connection.execute(query).mappings().first()
        if row is None:
            return None
        return Document(
            id=id,
            sha256=row["sha256"],
            name=row["name"],
            text=row["text"],
            body=Span(row["body_start"], len(row["text"])),
            publisher=row["publisher"],
            published=row["published"],
            retrieved=row["retrieved"],
            language=row["language"],
            title=row["title"],
            reader=row["reader"],
            headings=tuple(Span(*pair) for pair in json.loads(row["headings"])),
        )

    def raw(self, id: str) -> bytes | None:
        """The bytes of a document as they came."""
        d = tables.documents.c
        return self.connection.execute(sa.select(d.raw).where(d.id == id)).scalar()

    def set_asides(self) -> list[dict[str, str]]:
        """What was set aside and why, by name; what has been read since, from the same bytes or under the same name, is
        left out.

        A name counts only where there were no bytes to keep: a file that was missing and is there now.
        """
        s, d, r = tables.set_asides.c, tables.documents.c, tables.readings.c
        read = sa.select(d.sha256).join(tables.readings, r.document_id == d.id)
        seen = sa.select(tables.sightings.c.name)
        left = s.sha256.not_in(read) & (s.kept | s.name.not_in(seen))
        query = sa.select(s.name, s.sha256, s.reason).where(left).order_by(s.name, s.sha256, s.reason)
        return [dict(row) for row in self.connection.execute(query).mappings()]

    def places(self) -> list[dict[str, Any]]:
        """Every place of the current claims with the number of claims about it, most first."""
        p, c = tables.claim_places.c, tables.claims.c
        count = sa.func.count(sa.distinct(p.claim))
        query = (
            sa.select(p.name, p.geonameid, p.kind, p.country, count.label("claims"))
            .join(tables.claims, c.number == p.claim)
            .where(c.reading.in_(_current()))
            .group_by(p.name, p.geonameid, p.kind, p.country)
            .order_by(count.desc(), p.name, sa.func.coalesce(p.geonameid, 0))
        )
        return [dict(row) for row in self.connection.execute(query).mappings()]

    def judgements(self, claim: str) -> list[dict[str, Any]]:
        """Every judgement of a claim, oldest first."""
        j = tables.judgements
        return [
            dict(row)
            for row in self.connection.execute(
                sa.select(j).where(j.c.claim_id == claim).order_by(j.c.number)
            ).mappings()
        ]

    def _verdicts(self) -> dict[tuple[str, str], str]:
        j = tables.judgements.c
        rows = self.connection.execute(sa.select(j.claim_id, j.version, j.verdict).order_by(j.number))
        return {(row.claim_id, row.version): row.verdict for row in rows}

    def _names(self) -> dict[str, list[str]]:
        s = tables.sightings.c
        names: dict[str, list[str]] = {}
        for id, name in self.connection.execute(
            sa.select(s.document_id, s.name).distinct().order_by(s.document_id, s.name)
        ):
            names.setdefault(id, []).append(name)
        return names


def _current() -> Any:
    r = tables.readings.c
    return sa.select(sa.func.max(r.number)).group_by(r.document_id)


def _conditions(wanted: Filter) -> list[Any]:
    c, r = tables.claims.c, tables.readings.c
    found: list[Any] = []
    if wanted.documents is not None and len(wanted.documents) <= MOST_BOUND:
        found.append(r.document_id.in_(list(wanted.documents)))
    if wanted.ids:
        found.append(c.id.in_(list(wanted.ids)))
    for column, values in ((c.topic, wanted.topics), (c.evidence, wanted.evidence), (c.certainty, wanted.certainty)):
        if values:
            found.append(column.in_(list(values)))
    if wanted.since is not None:
        found.append(sa.func.coalesce(c.latest, r.known_last) >= wanted.since)
    if wanted.until is not None:
        found.append(sa.func.coalesce(c.earliest, r.known_first) <= wanted.until)
    if wanted.as_known is not None:
        found.append(r.known_last <= wanted.as_known)
    if wanted.place is not None:
        found.append(c.number.in_(_at(wanted.place)))
    if wanted.actor:
        a = tables.claim_actors.c
        named = a.folded.contains(folded(wanted.actor), autoescape=True)
        others = sorted({folded(name) for name in wanted.actors})
        found.append(c.number.in_(sa.select(a.claim).where(sa.or_(named, a.folded.in_(others)))))
    if wanted.source:
        found.append(c.said_by.contains(folded(wanted.source), autoescape=True))
    if wanted.words is not None:
        match = sa.text("SELECT rowid FROM claims_text WHERE claims_text MATCH :words").bindparams(
            words=_match(wanted.words)
        )
        found.append(c.number.in_(match.columns(sa.column("rowid")).scalar_subquery()))
    return found


def _at(place: PlaceFilter) -> Any:
    p = tables.claim_places.c
    ways: list[Any] = []
    if place.geonameids:
        ways.append(p.geonameid.in_(sorted(place.geonameids)))
    if place.names:
        ways.append(p.folded.in_(sorted(place.names)) & p.geonameid.is_(None))
    if place.countries:
        ways.append(p.country.in_(sorted(place.countries)))
    return sa.select(p.claim).where(sa.or_(*ways) if ways else sa.false())


def _match(words: str) -> str:
    """A caller's words as an FTS5 query: all of them, as prefixes where they end in a star, quoted parts as phrases."""
    parts = []
    for phrase, word in re.findall(r'"([^"]+)"|(\S+)', words):
        bare = (phrase or word).replace('"', "").rstrip("*").strip()
        if bare:
            parts.append(f'"{bare}"' + ("*" if word.endswith("*") else ""))
    return " ".join(parts) or '""'

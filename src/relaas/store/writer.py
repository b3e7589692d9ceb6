"""Adds to the record. Nothing here changes or removes a row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from relaas import __version__
from relaas.dates import bounds
from relaas.ids import bytes_hash, content_hash
from relaas.model.claim import Claim
from relaas.model.document import Document
from relaas.model.judgement import Judgement
from relaas.model.run import Run
from relaas.model.span import Span
from relaas.store import tables
from relaas.text import folded

CIRCUMSTANCES = ("name", "publisher", "published", "retrieved", "language")


class Writer:
    """Adds documents, readings, judgements and set-asides in one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    def add_document(self, document: Document, raw: bytes) -> Document:
        """Keep a report's bytes, text and metadata; returns it with the metadata that holds for it now.

        The same bytes may be seen under several names, with more or less metadata: for each field the first value in
        bytewise order holds, so that the order of reading does not matter; all of them stay in the record.
        """
        _insert(self.connection, tables.documents, {"id": document.id, "sha256": document.sha256, "raw": raw})
        known = {field: getattr(document, field) for field in CIRCUMSTANCES}
        sighting = {"id": content_hash(document.id, known), "document_id": document.id, **known}
        _insert(self.connection, tables.sightings, sighting)
        _insert(
            self.connection,
            tables.texts,
            {
                "document_id": document.id,
                "reader": document.reader,
                "text": document.text,
                "body_start": document.body.start,
                "title": document.title,
                "headings": json.dumps([[span.start, span.end] for span in document.headings]),
            },
        )
        return self.settled(document)

    def settled(self, document: Document) -> Document:
        """The document with the text and metadata that all its sightings together give.

        Where several readers (or encodings) made texts of the same bytes, the first in bytewise order holds.
        """
        table = tables.sightings
        rows = self.connection.execute(sa.select(table).where(table.c.document_id == document.id)).mappings().all()
        values: dict[str, Any] = {}
        for field in CIRCUMSTANCES:
            found = sorted(row[field] for row in rows if row[field] is not None)
            values[field] = found[0] if found else None
        t = tables.texts
        query = sa.select(t).where(t.c.document_id == document.id).order_by(t.c.reader)
        text = min(self.connection.execute(query).mappings().all(), key=lambda row: row["reader"].encode())
        return replace(
            document,
            **values,
            text=text["text"],
            reader=text["reader"],
            title=text["title"],
            body=Span(text["body_start"], len(text["text"])),
            headings=tuple(Span(*pair) for pair in json.loads(text["headings"])),
        )

    def is_read(self, document: Document, run: Run) -> bool:
        """Whether the current reading of the document is this run's, by the same reader and with the same metadata."""
        table = tables.readings
        newest = sa.select(sa.func.max(table.c.number)).where(table.c.document_id == document.id).scalar_subquery()
        row = self.connection.execute(sa.select(table).where(table.c.number == newest)).mappings().first()
        return row is not None and row["run_id"] == run.id and row["circumstances"] == circumstances(document)

    def add_reading(
        self,
        document: Document,
        run: Run,
        claims: Sequence[Claim],
        words: Sequence[str],
        mentions: Iterable[tuple[Span, str, str]],
        *,
        language: str | None = None,
        lemmas: Sequence[str] = (),
        vectors: Mapping[int, bytes] | None = None,
    ) -> None:
        """Keep what a run found in a document as it is settled.

        ``words`` are each claim's searchable words, ``mentions`` the names in the text, ``language`` what the run took the
        text to be in where nobody says it. ``lemmas`` (one string of words for each claim) and ``vectors`` (by the number of the sentence) are
        for linking, which does without where there are none.
        """
        stamp = datetime.now(UTC).isoformat(timespec="seconds")
        _insert(
            self.connection,
            tables.runs,
            {
                "id": run.id,
                "steps": json.dumps(dict(run.steps), sort_keys=True),
                "version": __version__,
                "first_used": stamp,
            },
        )
        known_first, known_last = known_days(document)
        row = {field: getattr(document, field) for field in CIRCUMSTANCES}
        row["language"] = document.language or language
        row |= {
            "document_id": document.id,
            "run_id": run.id,
            "reader": document.reader,
            "circumstances": circumstances(document),
        }
        row |= {"known_first": known_first, "known_last": known_last}
        result = self.connection.execute(tables.readings.insert().values(row))
        inserted = result.inserted_primary_key
        assert inserted is not None
        reading = int(inserted[0])
        self._add_claims(reading, claims, words, document, run, lemmas)
        if vectors:
            found = [
                {"reading": reading, "sentence": index, "vector": vector} for index, vector in sorted(vectors.items())
            ]
            self.connection.execute(tables.sentence_vectors.insert(), found)
        rows = [
            {
                "reading": reading,
                "position": position,
                "start": span.start,
                "end": span.end,
                "label": label,
                "text": text,
            }
            for position, (span, label, text) in enumerate(mentions)
        ]
        if rows:
            self.connection.execute(tables.mentions.insert(), rows)

    def _add_claims(
        self,
        reading: int,
        claims: Sequence[Claim],
        words: Sequence[str],
        document: Document,
        run: Run,
        lemmas: Sequence[str],
    ) -> None:
        """All claims of a reading at once, with their places, actors and searchable words."""
        if not claims:
            return
        table = tables.claims
        adding = table.insert().returning(table.c.number, sort_by_parameter_order=True)
        rows = [_row(reading, claim, document, run) for claim in claims]
        numbers = [int(number) for number in self.connection.execute(adding, rows).scalars()]
        places = [row for number, claim in zip(numbers, claims, strict=True) for row in _place_rows(number, claim)]
        if places:
            self.connection.execute(tables.claim_places.insert(), places)
        actors = [row for number, claim in zip(numbers, claims, strict=True) for row in _actor_rows(number, claim)]
        if actors:
            self.connection.execute(tables.claim_actors.insert(), actors)
        if lemmas:
            own = [{"claim": number, "words": one} for number, one in zip(numbers, lemmas, strict=True)]
            self.connection.execute(tables.claim_words.insert(), own)
        if self.connection.dialect.name == "sqlite":
            statement = sa.text("INSERT INTO claims_text (rowid, words) VALUES (:number, :words)")
            found = [{"number": number, "words": one} for number, one in zip(numbers, words, strict=True)]
            self.connection.execute(statement, found)

    def add_set_aside(self, name: str, raw: bytes, reason: str) -> None:
        """Keep what could not be read, with the reason; the bytes too, where they are at hand."""
        digest = bytes_hash(raw)
        row = {"id": content_hash(name, digest, reason), "name": name, "sha256": digest, "reason": reason}
        _insert(self.connection, tables.set_asides, row | {"raw": raw or None, "kept": bool(raw)})

    def add_judgement(self, judgement: Judgement) -> None:
        """Keep what a person decided; an earlier judgement stays beside it."""
        row = {
            "claim_id": judgement.claim, "version": judgement.version, "verdict": judgement.verdict,
            "by": judgement.by, "at": judgement.at, "why": judgement.why,
        }  # fmt: skip
        self.connection.execute(tables.judgements.insert().values(row))


def _row(reading: int, claim: Claim, document: Document, run: Run) -> dict[str, Any]:
    payload = claim.to_json(document, run=run.id)
    for derived in ("document", "status", "run", "id"):
        payload.pop(derived)
    return {
        "reading": reading,
        "id": claim.id,
        "version": payload.pop("version"),
        "start": claim.quote.start,
        "end": claim.quote.end,
        "topic": claim.topic,
        "evidence": claim.evidence,
        "certainty": claim.certainty,
        "source": claim.source.name if claim.source else None,
        "said_by": _said_by(claim),
        "earliest": day_number(claim.time.earliest) if claim.time else None,
        "latest": day_number(claim.time.latest) if claim.time else None,
        "payload": json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
    }


def _place_rows(number: int, claim: Claim) -> list[dict[str, Any]]:
    return [
        {
            "claim": number,
            "position": position,
            "name": place.name,
            "folded": folded(place.name),
            "geonameid": place.geonameid,
            "kind": place.kind,
            "country": place.country,
            "usage": place.use,
            "lat": place.lat,
            "lon": place.lon,
        }
        for position, place in enumerate(claim.places)
    ]


def _actor_rows(number: int, claim: Claim) -> list[dict[str, Any]]:
    return [
        {"claim": number, "position": position, "role": role, "name": name, "folded": folded(name)}
        for position, (role, name) in enumerate(_actors(claim))
    ]


def circumstances(document: Document) -> str:
    """What besides the bytes decides the outcome: the reader and the metadata."""
    return content_hash(document.reader, {field: getattr(document, field) for field in CIRCUMSTANCES})


def known_days(document: Document) -> tuple[int | None, int | None]:
    """First and last day number on which the report can have become known: published, or retrieved if later."""
    days = [bounds(value) for value in (document.published, document.retrieved) if value]
    if not days:
        return None, None
    return max(first for first, _ in days).toordinal(), max(last for _, last in days).toordinal()


def day_number(iso: str | None) -> int | None:
    """An ISO day as a number of days; None stays open."""
    return date.fromisoformat(iso).toordinal() if iso else None


def _said_by(claim: Claim) -> str:
    """The source and those through whom it reached the report, folded, one a line; empty where nobody is named."""
    if claim.source is None:
        return ""
    return "\n".join(folded(name) for name in (claim.source.name, *claim.source.via))


def _actors(claim: Claim) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if claim.event is not None:
        found += [("actor", name) for name in claim.event.actors] + [
            ("recipient", name) for name in claim.event.recipients
        ]
    return found


def _insert(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """Add a row that may be there already; its key is a hash of its content, so there is nothing to update."""
    keys = list(table.primary_key.columns)
    known = sa.select(keys[0]).where(*(column == row[column.name] for column in keys))
    if connection.execute(known).first() is None:
        connection.execute(table.insert().values(**row))

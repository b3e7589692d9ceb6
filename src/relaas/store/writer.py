"""Adds to the record. Nothing here changes or removes a row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from relaas import __version__
from relaas.dates import bounds
from relaas.ids import bytes_hash, content_hash
from relaas.model.claim import Claim
from relaas.model.document import Document
from relaas.model.judgement import Judgement, LinkJudgement
from relaas.model.run import Run
from relaas.model.span import Span
from relaas.store import tables
from relaas.store.judging import Judging
from relaas.store.link_judging import LinkJudging
from relaas.store.rows import add_rows

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
        add_rows(
            self.connection, reading, [claim.to_json(document, run=run.id) for claim in claims], words, lemmas=lemmas
        )
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
        Judging(self.connection).refresh(document.id)

    def add_set_aside(self, name: str, raw: bytes, reason: str) -> None:
        """Keep what could not be read, with the reason; the bytes too, where they are at hand."""
        digest = bytes_hash(raw)
        row = {"id": content_hash(name, digest, reason), "name": name, "sha256": digest, "reason": reason}
        _insert(self.connection, tables.set_asides, row | {"raw": raw or None, "kept": bool(raw)})

    def add_judgement(self, judgement: Judgement, *, seen: int | None = None) -> int:
        """Keep what a person decided; earlier judgements stay beside it. Returns its number.

        ``seen`` is the number of the last judgement of the claim that the person saw (0 for none). Raises ConflictError
        where another came after it, or where the claim bears other labels now than the version judged; JudgementError
        where it is no claim of the record, or the judgement to be undone is not the claim's.
        """
        return Judging(self.connection).add(judgement, seen=seen)

    def add_link_judgement(self, judgement: LinkJudgement, *, linker: str, seen: int | None = None) -> int:
        """Keep what a person decided about a link that ``linker`` made; returns its number. Raises as ``LinkJudging.add`` does."""
        return LinkJudging(self.connection).add(judgement, linker=linker, seen=seen)

    def derive(self) -> None:
        """Make the derived tables of what holds now from the record."""
        Judging(self.connection).derive()
        LinkJudging(self.connection).derive()


def circumstances(document: Document) -> str:
    """What besides the bytes decides the outcome: the reader and the metadata."""
    return content_hash(document.reader, {field: getattr(document, field) for field in CIRCUMSTANCES})


def known_days(document: Document) -> tuple[int | None, int | None]:
    """First and last day number on which the report can have become known: published, or retrieved if later."""
    days = [bounds(value) for value in (document.published, document.retrieved) if value]
    if not days:
        return None, None
    return max(first for first, _ in days).toordinal(), max(last for _, last in days).toordinal()


def _insert(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """Add a row that may be there already; its key is a hash of its content, so there is nothing to update."""
    keys = list(table.primary_key.columns)
    known = sa.select(keys[0]).where(*(column == row[column.name] for column in keys))
    if connection.execute(known).first() is None:
        connection.execute(table.insert().values(**row))

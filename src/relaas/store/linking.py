"""What linking reads from the record and keeps beside it. Links follow from the claims as they stand, and are made anew where a judgement changes those."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from relaas.model.link import Link, Reason
from relaas.store import tables

MANY = 900
Rows = dict[int, NDArray[np.float32]]


class LinkStore:
    """The side of the record that linking works on, for one linker (its content's hash), over one connection."""

    def __init__(self, connection: sa.Connection, linker: str) -> None:
        self.connection = connection
        self.linker = linker

    def unlinked(self) -> list[tuple[int, str]]:
        """Current readings that this linker has not seen, with their documents, in an order of their content."""
        r, f = tables.readings.c, tables.link_facts.c
        current = sa.select(sa.func.max(r.number)).group_by(r.document_id)
        seen = sa.select(f.reading).where(f.linker == self.linker)
        query = sa.select(r.number, r.document_id).where(r.number.in_(current), r.number.not_in(seen))
        return [(int(number), str(id)) for number, id in self.connection.execute(query.order_by(r.document_id))]

    def readings(self, documents: Iterable[str]) -> list[int]:
        """The current readings of some documents."""
        r = tables.readings.c
        newest = sa.select(sa.func.max(r.number)).group_by(r.document_id)
        return [
            int(number)
            for some in _lots(sorted(documents))
            for number in self.connection.execute(newest.where(r.document_id.in_(some))).scalars()
        ]

    def claims(self, reading: int) -> list[dict[str, Any]]:
        """The claims of a current reading as judgements leave them (those that were rejected too), as the contract has them less run and status,
        in the order of the text.
        """
        c, r = tables.claims.c, tables.readings.c
        held = (r.document_id, r.name, r.publisher, r.published, r.retrieved, r.language)
        query = (
            sa.select(c.id, c.payload, *held)
            .join(tables.readings, r.number == c.reading)
            .join(tables.shown, tables.shown.c.claim == c.number)
            .where(c.reading == reading)
        )
        found = []
        for row in self.connection.execute(query.order_by(c.start, c.id)).mappings():
            names = ("name", "publisher", "published", "retrieved", "language")
            document = {"id": row["document_id"]} | {key: row[key] for key in names}
            found.append({"id": row["id"], "document": document} | json.loads(row["payload"]))
        return found

    def claim_words(self, reading: int) -> dict[str, list[tuple[str, str]]]:
        """Form and lemma of the words of each claim's quote."""
        c, w = tables.claims.c, tables.claim_words.c
        query = (
            sa.select(c.id, w.words)
            .join(tables.claim_words, w.claim == c.number)
            .join(tables.shown, tables.shown.c.claim == c.number)
            .where(c.reading == reading)
        )
        return {id: [_pair(one) for one in words.split()] for id, words in self.connection.execute(query)}

    def named_bodies(self, reading: int) -> list[str]:
        """The bodies, works and the like that a report names, each once."""
        m = tables.mentions.c
        query = sa.select(m.text).where(m.reading == reading, m.label.in_(("ORG", "MISC"))).distinct().order_by(m.text)
        return [str(text) for text in self.connection.execute(query).scalars()]

    def vectors(self, readings: Sequence[int]) -> dict[int, Rows]:
        """The vectors of the sentences of some readings."""
        v = tables.sentence_vectors.c
        found: dict[int, Rows] = {reading: {} for reading in readings}
        for some in _lots(readings):
            for reading, sentence, vector in self.connection.execute(
                sa.select(v.reading, v.sentence, v.vector).where(v.reading.in_(some))
            ):
                found[reading][sentence] = np.frombuffer(vector, "<f2").astype(np.float32)
        return found

    def facts(self, readings: Sequence[int]) -> dict[int, tuple[str, list[dict[str, Any]]]]:
        """What was made of some readings before, with their documents."""
        f, r = tables.link_facts.c, tables.readings.c
        found = {}
        for some in _lots(readings):
            query = sa.select(f.reading, r.document_id, f.facts).join(tables.readings, r.number == f.reading)
            for reading, id, facts in self.connection.execute(
                query.where(f.reading.in_(some), f.linker == self.linker)
            ):
                found[int(reading)] = (str(id), json.loads(facts))
        return found

    def sharing(self, keys: Iterable[str]) -> list[int]:
        """Current readings that bear one of the keys."""
        k, r = tables.link_keys.c, tables.readings.c
        found: set[int] = set()
        for some in _lots(sorted(keys)):
            found.update(
                self.connection.execute(
                    sa.select(k.reading).where(k.linker == self.linker, k.key.in_(some)).distinct()
                ).scalars()
            )
        later = tables.readings.alias()
        newest = ~sa.exists().where(later.c.document_id == r.document_id, later.c.number > r.number)
        current: set[int] = set()
        for lot in _lots(sorted(found)):
            current.update(self.connection.execute(sa.select(r.number).where(r.number.in_(lot), newest)).scalars())
        return sorted(current)

    def add(self, reading: int, facts: Sequence[Mapping[str, Any]], keys: Iterable[str]) -> None:
        """Keep what was made of a reading, and what it is found by."""
        row = {
            "reading": reading,
            "linker": self.linker,
            "facts": json.dumps(facts, ensure_ascii=False, separators=(",", ":")),
        }
        self.connection.execute(tables.link_facts.insert(), row)
        if rows := [{"linker": self.linker, "key": key, "reading": reading} for key in sorted(keys)]:
            self.connection.execute(tables.link_keys.insert(), rows)

    def add_links(self, links: Iterable[tuple[tuple[int, int], Link]]) -> int:
        """Keep links, each with its two readings, that of the later claim first; returns how many."""
        rows = [
            {
                "linker": self.linker, "one": link.one, "other": link.other, "one_reading": readings[0], "other_reading": readings[1],
                "type": link.type, "score": link.score, "proposed": link.proposed, "dependent": link.dependent, "why": link.why,
                "reasons": _reasons(link),
            }
            for readings, link in links
        ]  # fmt: skip
        if rows:
            self.connection.execute(tables.links.insert(), rows)
        return len(rows)

    def links(self, claims: Sequence[str] | None = None) -> Iterator[Link]:
        """Links between current readings, ordered by their claims; with ``claims``, those that one of them has a part in."""
        t, r = tables.links.c, tables.readings.c
        current = sa.select(sa.func.max(r.number)).group_by(r.document_id)
        query = sa.select(tables.links).where(
            t.linker == self.linker, t.one_reading.in_(current), t.other_reading.in_(current)
        )
        if claims is None:
            yield from map(_link, self.connection.execute(query.order_by(t.one, t.other)).mappings())
            return
        found: dict[tuple[str, str], Link] = {}
        for some in _lots(list(claims)):
            for row in self.connection.execute(query.where(t.one.in_(some) | t.other.in_(some))).mappings():
                found[row["one"], row["other"]] = _link(row)
        yield from (found[key] for key in sorted(found))


def unlink(connection: sa.Connection, reading: int) -> None:
    """Drop what every linker made of a reading whose claims bear other labels now; it waits to be linked again."""
    facts, keys, links = tables.link_facts, tables.link_keys, tables.links
    connection.execute(facts.delete().where(facts.c.reading == reading))
    connection.execute(keys.delete().where(keys.c.reading == reading))
    for side in (links.c.one_reading, links.c.other_reading):
        connection.execute(links.delete().where(side == reading))


def _link(row: Any) -> Link:
    reasons = tuple(Reason(**one) for one in json.loads(row["reasons"]))
    return Link(
        row["one"], row["other"], row["type"], row["score"], row["proposed"], reasons, row["dependent"], row["why"]
    )


def _reasons(link: Link) -> str:
    rows = [{"feature": one.feature, "weight": one.weight, "detail": one.detail} for one in link.reasons]
    return json.dumps(rows, ensure_ascii=False)


def _pair(word: str) -> tuple[str, str]:
    form, _, lemma = word.partition("/")
    return form, lemma or form


def _lots(values: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), MANY):
        yield list(values[start : start + MANY])

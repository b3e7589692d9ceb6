"""What linking reads from the record and keeps beside it. Links follow from the claims as they stand, and are made anew where a judgement changes those."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from relaas.model.link import Link, Reason
from relaas.store import tables

MANY = 900
_T, _J = tables.links.c, tables.judged_links.c
ONE, OTHER = tables.shown.alias("shown_one"), tables.shown.alias("shown_other")
Rows = dict[int, NDArray[np.float32]]


class LinkStore:
    """The side of the record that linking works on, for one linker (its content's hash), over one connection."""

    def __init__(self, connection: sa.Connection, linker: str) -> None:
        self.connection = connection
        self.linker = linker

    def unlinked(self, readings: Sequence[int] | None = None) -> list[tuple[int, str]]:
        """Current readings (all, or those of the ones named) that this linker has not seen, with their documents, in an order of their content."""
        r = tables.readings.c
        query = self._unseen(r.number, r.document_id).order_by(r.document_id)
        if readings is not None:
            query = query.where(r.number.in_(list(readings)))
        return [(int(number), str(id)) for number, id in self.connection.execute(query)]

    def waiting(self) -> int:
        """How many current readings this linker has not seen."""
        return int(self.connection.execute(self._unseen(sa.func.count(tables.readings.c.number))).scalar_one())

    def _unseen(self, *columns: Any) -> Any:
        r, f, later = tables.readings.c, tables.link_facts.c, tables.readings.alias()
        newer = sa.exists().where(later.c.document_id == r.document_id, later.c.number > r.number)
        seen = sa.exists().where(f.reading == r.number, f.linker == self.linker)
        return sa.select(*columns).where(~seen, ~newer)

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
        in the order of the text; ``settled`` names the labels that a person set.
        """
        c, r, j = tables.claims.c, tables.readings.c, tables.judgements.c
        held = (r.document_id, r.name, r.publisher, r.published, r.retrieved, r.language)
        query = (
            sa.select(c.id, c.payload, j.what, *held)
            .join(tables.readings, r.number == c.reading)
            .outerjoin(tables.judgements, (j.number == c.judgement) & (j.verdict == "corrected"))
            .join(tables.shown, tables.shown.c.claim == c.number)
            .where(c.reading == reading)
        )
        found = []
        for row in self.connection.execute(query.order_by(c.start, c.id)).mappings():
            names = ("name", "publisher", "published", "retrieved", "language")
            document = {"id": row["document_id"]} | {key: row[key] for key in names}
            settled = sorted(json.loads(row["what"])) if row["what"] else []
            found.append({"id": row["id"], "document": document} | json.loads(row["payload"]) | {"settled": settled})
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

    def links(self, claims: Sequence[str] | None = None, *, known: Container[tuple[str, str]] = ()) -> Iterator[Link]:
        """Links between current readings, ordered by their claims; with ``claims``, those that one of them has a part in, less those ``known`` already.

        What a person accepted is certain; what a person rejected is no link.
        """
        query = settled(self.linker)
        if claims is None:
            rows = self.connection.execute(query.order_by(_T.one, _T.other)).mappings()
            yield from (link_of(row) for row in rows if row["verdict"] != "rejected")
            return
        found: dict[tuple[str, str], Link] = {}
        for some in _lots(list(claims)):
            for side in (_T.one, _T.other):
                for row in self.connection.execute(query.where(side.in_(some))).mappings():
                    pair = (row["one"], row["other"])
                    if row["verdict"] != "rejected" and pair not in found and pair not in known:
                        found[pair] = link_of(row)
        yield from (found[key] for key in sorted(found))


def unlink(connection: sa.Connection, reading: int) -> None:
    """Drop what every linker made of a reading whose claims bear other labels now; it waits to be linked again."""
    facts, keys, links = tables.link_facts, tables.link_keys, tables.links
    connection.execute(facts.delete().where(facts.c.reading == reading))
    connection.execute(keys.delete().where(keys.c.reading == reading))
    for side in (links.c.one_reading, links.c.other_reading):
        connection.execute(links.delete().where(side == reading))


@lru_cache(maxsize=4)
def settled(linker: str) -> Any:
    """Links between claims as they stand, each with the verdict on it; ``ONE`` and ``OTHER`` are its claims in the table of what is shown."""
    own, others = tables.claims.alias(), tables.claims.alias()
    # The sum keeps SQLite from going through all claims of a reading where one is known by its id.
    judged = (
        (_J.one == _T.one)
        & (_J.other == _T.other)
        & (_J.one_labels == ONE.c.labels)
        & (_J.other_labels == OTHER.c.labels)
        & (_J.type == _T.type)
    )
    return (
        sa.select(tables.links, _J.verdict, _J.basis)
        .join(ONE, ONE.c.id == _T.one)
        .join(own, (own.c.number == ONE.c.claim) & (own.c.reading + 0 == _T.one_reading))
        .join(OTHER, OTHER.c.id == _T.other)
        .join(others, (others.c.number == OTHER.c.claim) & (others.c.reading + 0 == _T.other_reading))
        .outerjoin(tables.judged_links, judged)
        .where(_T.linker == linker)
    )


def link_of(row: Any) -> Link:
    """A row of a link; accepted by a person, it is certain."""
    accepted = row["verdict"] == "accepted"
    return Link(
        row["one"],
        row["other"],
        row["type"],
        1.0 if accepted else row["score"],
        row["proposed"] and not accepted,
        tuple(Reason(**one) for one in json.loads(row["reasons"])),
        row["dependent"],
        row["why"],
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

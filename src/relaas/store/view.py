"""Reads the record: the current claims, filtered, in one order."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa

from relaas.model.document import Document
from relaas.model.span import Span
from relaas.review.fields import changed_fields
from relaas.store import tables
from relaas.store.judging import unpacked
from relaas.text import folded

# SQLite takes at most 32,766 values in one statement; more documents than this are compared while reading.
MOST_BOUND = 5_000
CHUNK = 500
_R = tables.readings.c
_S = tables.shown.c
_Found = TypeVar("_Found")
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
    status: Sequence[str] = ()
    dated: bool = False
    ids: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of claims in an order: how many, after or before which claim (by id), and whether from the far end."""

    order: str = "report"
    descending: bool = False
    size: int = 50
    after: str | None = None
    before: str | None = None


class View:
    """What holds now: for each document its newest reading, for each claim where its judgements leave it.

    ``memory`` keeps what is dear to count from one view to the next, with the stamp of what it was counted from.
    """

    def __init__(self, connection: sa.Connection, memory: dict[str, Any] | None = None) -> None:
        self.connection = connection
        self.memory = {} if memory is None else memory

    def claims(self, wanted: Filter | None = None) -> Iterator[dict[str, Any]]:
        """The claims as the contract's JSON objects, ordered by report (date, name, id), start and id."""
        wanted = wanted or Filter()
        if wanted.documents is not None and not wanted.documents:
            return
        query = _selected().where(*self._conditions(wanted)).order_by(*(_S[column] for column in tables.RECORD))
        named = set(wanted.documents) if wanted.documents is not None and len(wanted.documents) > MOST_BOUND else None
        for some in self.connection.execute(query).mappings().partitions(CHUNK):
            names = self._names({row["document_id"] for row in some})
            for row in some:
                if named is None or row["document_id"] in named:
                    yield _claim(row, names.get(row["document_id"], ()))

    def page(self, wanted: Filter, leaf: Leaf) -> list[dict[str, Any]]:
        """At most ``size`` claims in the leaf's order, next to the claim it names; from the beginning where that claim
        is gone.
        """
        if wanted.documents is not None and not wanted.documents:
            return []
        columns = [_S[column] for column in tables.ORDERS[leaf.order]]
        backwards = leaf.before is not None
        falling = leaf.descending != backwards
        query = _selected().where(*self._conditions(wanted)).limit(leaf.size)
        if (anchor := leaf.before or leaf.after) and (key := self._key(anchor, columns)) is not None:
            here = sa.tuple_(*columns)
            query = query.where(here < sa.tuple_(*key) if falling else here > sa.tuple_(*key))
        query = query.order_by(*(column.desc() if falling else column for column in columns))
        rows = self.connection.execute(query).mappings().all()
        names = self._names({row["document_id"] for row in rows})
        found = [_claim(row, names.get(row["document_id"], ())) for row in rows]
        return found[::-1] if backwards else found

    def count(self, wanted: Filter, *, most: int = 10_000) -> int:
        """How many claims, counted up to ``most`` and one."""
        if wanted.documents is not None and not wanted.documents:
            return 0
        few = sa.select(_S.claim).where(*self._conditions(wanted)).limit(most + 1).subquery()
        return int(self.connection.execute(sa.select(sa.func.count()).select_from(few)).scalar_one())

    def chosen(self, wanted: Filter) -> Any:
        """The ids of the claims that a filter selects, as a query to stand in another; None for a filter that narrows nothing."""
        conditions = self._conditions(wanted)
        return sa.select(_S.id).where(*conditions) if conditions else None

    def labels(self, id: str) -> str | None:
        """The version of a claim's labels as they stand, corrections included; None for a claim that is not shown."""
        return self.connection.execute(sa.select(_S.labels).where(_S.id == id)).scalar()

    def statuses(self, documents: Collection[str] | None = None) -> dict[str, dict[str, int]]:
        """For each document (of those named) the number of its claims by status."""
        query = sa.select(_S.document_id, _S.status, sa.func.count()).group_by(_S.document_id, _S.status)
        if documents is not None:
            query = query.where(_S.document_id.in_(list(documents)))
        found: dict[str, dict[str, int]] = {}
        for id, status, count in self.connection.execute(query):
            found.setdefault(id, {})[status] = count
        return found

    def claim(self, id: str) -> dict[str, Any] | None:
        """The current claim whose id begins with the given characters; None where none or several do."""
        query = sa.select(_S.id).where(_S.id >= id, _S.id < id + "\U0010ffff").distinct().limit(2)
        found = self.connection.execute(query).scalars().all()
        return next(iter(self.page(Filter(ids=(found[0],)), Leaf(size=1))), None) if len(found) == 1 else None

    def read_as(self, id: str) -> dict[str, Any] | None:
        """A claim as it was before any correction: what the pipeline read, or what a split made."""
        c = tables.claims
        reading = sa.select(c.c.reading).join(tables.shown, _S.claim == c.c.number).where(_S.id == id).limit(1)
        j = tables.judgements.c
        fixed = sa.select(j.number).where(j.verdict == "corrected")
        query = (
            sa.select(c)
            .where(c.c.id == id, c.c.reading == reading.scalar_subquery())
            .where(c.c.judgement.is_(None) | c.c.judgement.not_in(fixed))
        )
        row = self.connection.execute(query).mappings().first()
        found: dict[str, Any] | None = json.loads(row["payload"]) if row else None
        return found

    def _key(self, id: str, columns: Sequence[Any]) -> list[Any] | None:
        """The place of a claim in an order; of one that was split, its first part's."""
        for own in (_S.id == id, _S.root == id):
            row = self.connection.execute(sa.select(*columns).where(own).order_by(_S.start).limit(1)).first()
            if row is not None:
                return list(row)
        return None

    def documents(self, *, first: int = 0, size: int | None = None) -> list[dict[str, Any]]:
        """The documents with their names and the metadata of their current reading, ordered as the claims are; all, or
        ``size`` from the ``first`` on.
        """
        r, d = tables.readings.c, tables.documents.c
        query = (
            sa.select(d.id, d.sha256, r.reader, *_METADATA)
            .join(tables.readings, r.document_id == d.id)
            .where(r.number.in_(_current()))
            .order_by(sa.func.coalesce(r.published, ""), r.name, d.id)
            .offset(first)
            .limit(size)
        )
        rows = self.connection.execute(query).mappings().all()
        names = self._names(None if size is None else {row["id"] for row in rows})
        return [dict(row) | {"names": names[row["id"]]} for row in rows]

    def document_count(self) -> int:
        """How many documents have been read."""
        return int(self.connection.execute(sa.select(sa.func.count(sa.distinct(_R.document_id)))).scalar_one())

    def document(self, id: str) -> Document | None:
        """A document with its text, as its current reading has it."""
        t, r, d = tables.texts.c, tables.readings.c, tables.documents.c
        newest = sa.select(sa.func.max(r.number)).where(r.document_id == id).scalar_subquery()
        query = (
            sa.select(tables.texts, d.sha256, *_METADATA)
            .join(tables.readings, (r.document_id == t.document_id) & (r.reader == t.reader))
            .join(tables.documents, d.id == t.document_id)
            .where(t.document_id == id, r.number == newest)
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
        p = tables.claim_places.c
        count = sa.func.count(sa.distinct(p.claim))
        query = (
            sa.select(p.name, p.geonameid, p.kind, p.country, count.label("claims"))
            .join(tables.shown, _S.claim == p.claim)
            .group_by(p.name, p.geonameid, p.kind, p.country)
            .order_by(count.desc(), p.name, sa.func.coalesce(p.geonameid, 0))
        )
        return self._remembered("places", lambda: [dict(row) for row in self.connection.execute(query).mappings()])

    def judgements(self, claim: str) -> list[dict[str, Any]]:
        """Every judgement of a claim, oldest first, of older versions too."""
        j = tables.judgements
        query = sa.select(j).where(j.c.claim_id == claim).order_by(j.c.number)
        return [unpacked(row) for row in self.connection.execute(query).mappings()]

    def judgement(self, number: int) -> dict[str, Any] | None:
        """One judgement by its number."""
        j = tables.judgements
        row = self.connection.execute(sa.select(j).where(j.c.number == number)).mappings().first()
        return unpacked(row) if row else None

    def _conditions(self, wanted: Filter) -> list[Any]:
        c = _S
        found: list[Any] = []
        if wanted.documents is not None and len(wanted.documents) <= MOST_BOUND:
            found.append(c.document_id.in_(list(wanted.documents)))
        if wanted.ids:
            found.append(c.id.in_(list(wanted.ids)))
        status = ("accepted",) if wanted.accepted else wanted.status
        columns = ((c.topic, wanted.topics), (c.evidence, wanted.evidence), (c.certainty, wanted.certainty))
        # Where claims are named, SQLite must not go through all of a status to find them.
        standing = sa.func.coalesce(c.status, "") if wanted.ids else c.status
        for column, values in (*columns, (standing, status)):
            if values:
                found.append(column.in_(list(values)))
        if wanted.dated:
            found.append(c.day.is_not(None))
        if wanted.since is not None:
            found.append(sa.func.coalesce(c.latest, c.known_last) >= wanted.since)
        if wanted.until is not None:
            found.append(sa.func.coalesce(c.earliest, c.known_first) <= wanted.until)
        if wanted.as_known is not None:
            found.append(c.known_last <= wanted.as_known)
        if wanted.place is not None:
            found.append(c.claim.in_(_at(wanted.place)))
        if wanted.actor:
            a = tables.claim_actors.c
            named = a.folded.contains(folded(wanted.actor), autoescape=True)
            others = sorted({folded(name) for name in wanted.actors})
            found.append(c.claim.in_(sa.select(a.claim).where(sa.or_(named, a.folded.in_(others)))))
        if wanted.source:
            found.append(self._said_by(folded(wanted.source)))
        if wanted.words is not None:
            match = sa.text("SELECT rowid FROM claims_text WHERE claims_text MATCH :words").bindparams(
                words=_match(wanted.words)
            )
            found.append(c.claim.in_(match.columns(sa.column("rowid")).scalar_subquery()))
        return found

    def _said_by(self, name: str) -> Any:
        """Claims whose source, or those between, bear the name: by the few whole names that hold it, where they are few."""
        query = sa.select(_S.said_by).distinct().order_by(_S.said_by)
        known = self._remembered("sources", lambda: list(self.connection.execute(query).scalars()))
        fitting = [one for one in known if name in one]
        return _S.said_by.in_(fitting) if len(fitting) <= MOST_BOUND else _S.said_by.contains(name, autoescape=True)

    def _remembered(self, what: str, find: Callable[[], list[_Found]]) -> list[_Found]:
        """What was found before, where no reading, correction or split has come since."""
        j = tables.judgements.c
        made = sa.select(sa.func.max(j.number)).where(j.verdict.in_(("corrected", "split", "undone")))
        stamp = tuple(
            self.connection.execute(one).scalar() for one in (sa.select(sa.func.max(tables.readings.c.number)), made)
        )
        if what not in self.memory or self.memory[what][0] != stamp:
            self.memory[what] = stamp, find()
        found: list[_Found] = self.memory[what][1]
        return found

    def _names(self, documents: Collection[str] | None = None) -> dict[str, list[str]]:
        s = tables.sightings.c
        names: dict[str, list[str]] = {}
        query = sa.select(s.document_id, s.name).distinct().order_by(s.document_id, s.name)
        if documents is not None:
            query = query.where(s.document_id.in_(list(documents)))
        for id, name in self.connection.execute(query):
            names.setdefault(id, []).append(name)
        return names


def _current() -> Any:
    r = tables.readings.c
    return sa.select(sa.func.max(r.number)).group_by(r.document_id)


def _selected() -> Any:
    r, d, j = tables.readings.c, tables.documents.c, tables.judgements.c
    return (
        sa.select(
            _S.id, _S.version, _S.status, _S.grade, tables.claims.c.payload, r.run_id, _S.document_id, d.sha256,
            *_METADATA, j.number.label("judgement"), j.verdict, j.by, j.at, j.what,
        )
        .select_from(tables.shown)
        .join(tables.claims, tables.claims.c.number == _S.claim)
        .join(tables.readings, r.number == tables.claims.c.reading)
        .join(tables.documents, d.id == _S.document_id)
        .outerjoin(tables.judgements, j.number == _S.basis)
    )  # fmt: skip


def _claim(row: Mapping[Any, Any], names: Sequence[str]) -> dict[str, Any]:
    """The contract's object; ``review`` says who decided what, where somebody did."""
    document = {key: row[key] for key in ("name", "publisher", "published", "retrieved", "language", "sha256")}
    document = {"id": row["document_id"], **document}
    if len(names) > 1:
        document["names"] = list(names)
    head = {key: row[key] for key in ("id", "version")} | {"run": row["run_id"], "status": row["status"]}
    found: dict[str, Any] = head | {"document": document} | json.loads(row["payload"])
    if row["judgement"] is not None or row["grade"]:
        what = json.loads(row["what"]) if row["what"] and row["verdict"] == "corrected" else {}
        found["review"] = {
            "judgement": row["judgement"], "verdict": row["verdict"], "by": row["by"], "at": row["at"],
            "changed": list(changed_fields(what)), "grade": json.loads(row["grade"]) if row["grade"] else None,
        }  # fmt: skip
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

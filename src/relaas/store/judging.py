"""Keeps judgements, and derives from them which claims are shown and where they stand."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from relaas.errors import ConflictError, JudgementError
from relaas.ids import content_hash
from relaas.model.judgement import VERDICTS, Judgement
from relaas.model.span import Span
from relaas.ontology.display import say
from relaas.review.corrections import corrected
from relaas.review.doubt import soundness
from relaas.review.splitting import parts
from relaas.review.state import State, state
from relaas.store import tables
from relaas.store.linking import unlink
from relaas.store.rows import add_rows

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
Judged = Mapping[tuple[str, str], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Held:
    """A claim's row in a reading, as the record has it."""

    number: int
    id: str
    version: str
    judgement: int | None
    root: str
    columns: Mapping[str, Any]

    @property
    def payload(self) -> dict[str, Any]:
        """The claim's JSON but for its document and status."""
        found: dict[str, Any] = json.loads(self.columns["payload"])
        return found | {"id": self.id, "version": self.version}


class Judging:
    """Judgements in one transaction, and the derived table ``shown`` that follows from them."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    def add(self, judgement: Judgement, *, seen: int | None) -> int:
        """Check and keep one judgement, and derive its claim anew."""
        if judgement.verdict not in VERDICTS:
            raise JudgementError(say("review.not_allowed", given=judgement.verdict, allowed=", ".join(VERDICTS)))
        row = self._row(judgement.claim)
        known = self._of([judgement.claim])
        earlier = [one for (id, _), found in known.items() if id == judgement.claim for one in found]
        last = max((int(one["number"]) for one in earlier), default=0)
        if seen is not None and last != seen:
            raise ConflictError(say("review.conflict", by=max(earlier, key=lambda one: int(one["number"]))["by"]))
        if row["version"] != judgement.version:
            raise ConflictError(say("review.read_anew"))
        if judgement.verdict == "undone":
            own = known.get((judgement.claim, judgement.version), [])
            _check_undoing(judgement, own)
        inserted = self.connection.execute(
            tables.judgements.insert().values(
                claim_id=judgement.claim, version=judgement.version, verdict=judgement.verdict, by=judgement.by,
                at=judgement.at, why=judgement.why, undoes=judgement.undoes,
                what=None if judgement.what is None else json.dumps(judgement.what, ensure_ascii=False, sort_keys=True),
            )
        ).inserted_primary_key  # fmt: skip
        assert inserted is not None
        self.refresh(row["document_id"], root=row["root"] or judgement.claim)
        return int(inserted[0])

    def derive(self) -> None:
        """Everything anew, document by document; what was linked stays so where the same claims stand."""
        for id in self.connection.execute(sa.select(tables.readings.c.document_id).distinct()).scalars().all():
            self.refresh(id)

    def refresh(self, document: str, *, root: str | None = None) -> None:
        """Derive the claims of a document's current reading, or those that began with one claim of it.

        Where a correction or a split stands on a version that this reading has too, what it made is made in this reading
        as well, so that a judgement of the same labels outlives a new run. Where other claims stand than before, the
        reading is linked anew.
        """
        s = tables.shown
        where = [s.c.document_id == document] + ([s.c.root == root] if root else [])
        before = set(self.connection.execute(sa.select(s.c.claim).where(*where)).scalars())
        self.connection.execute(s.delete().where(*where))
        newest = sa.select(sa.func.max(tables.readings.c.number)).where(tables.readings.c.document_id == document)
        query = sa.select(tables.readings).where(tables.readings.c.number == newest.scalar_subquery())
        reading: dict[str, Any] = {**self.connection.execute(query).mappings().one()}
        family = _Family(self, reading, root)
        if rows := [_shown(*found, reading) for found in family.standing()]:
            self.connection.execute(s.insert(), rows)
        if before != {row["claim"] for row in rows}:
            unlink(self.connection, reading["number"])

    def _row(self, claim: str) -> Mapping[str, Any]:
        """The claim in the current reading of its document."""
        c, r = tables.claims.c, tables.readings.c
        later = tables.readings.alias()
        newest = sa.select(sa.func.max(later.c.number)).where(later.c.document_id == r.document_id).scalar_subquery()
        found = self.connection.execute(
            sa.select(c.version, c.root, r.document_id)
            .join(tables.readings, r.number == c.reading)
            .where(c.id == claim, r.number == newest)
        ).mappings().first()  # fmt: skip
        if found is None:
            raise JudgementError(say("review.gone", id=claim))
        return dict(found)

    def _of(self, claims: Iterable[str]) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """The judgements of claims by claim and version, oldest first."""
        j = tables.judgements
        found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        wanted = list(claims)
        for first in range(0, len(wanted), 5_000):
            some = wanted[first : first + 5_000]
            query = sa.select(j).where(j.c.claim_id.in_(some)).order_by(j.c.number)
            for row in self.connection.execute(query).mappings():
                found[row["claim_id"], row["version"]].append(unpacked(row))
        return found


def unpacked(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A judgement as stored, with its JSON read."""
    return {**row, "what": json.loads(row["what"]) if row["what"] else None}


class _Family:
    """The claims of one reading (or those that began with one of them), and what judgements made of them."""

    def __init__(self, judging: Judging, reading: Mapping[str, Any], root: str | None) -> None:
        self.judging = judging
        self.reading = reading
        c = tables.claims.c
        own = [c.reading == reading["number"]] + ([(c.id == root) | (c.root == root)] if root else [])
        rows = judging.connection.execute(sa.select(tables.claims).where(*own).order_by(c.number)).mappings()
        self.held = [_held(row) for row in rows]
        self.judged: Judged = judging._of({held.id for held in self.held})

    def standing(self) -> Iterator[tuple[Held, Held, State]]:
        """Every claim that is shown: its row, the row before any correction, and its state."""
        for held in [one for one in self.held if one.judgement is None]:
            yield from self._of(held)

    def _of(self, held: Held) -> Iterator[tuple[Held, Held, State]]:
        found = state(self.judged.get((held.id, held.version), ()))
        if found.basis is None or found.basis["verdict"] not in {"corrected", "split"}:
            yield held, held, found
            return
        made = [one for one in self.held if one.judgement == found.basis["number"]] or self._make(held, found.basis)
        if found.basis["verdict"] == "corrected":
            yield made[0], held, found
            return
        for part in made:
            yield from self._of(part)

    def _make(self, held: Held, basis: Mapping[str, Any]) -> list[Held]:
        """Add what a correction or a split makes of a claim in this reading."""
        connection, claim, what = self.judging.connection, held.payload, basis["what"]
        if basis["verdict"] == "corrected":
            made = [corrected(claim, what)]
        else:
            t = tables.texts.c
            query = sa.select(t.text).where(
                t.document_id == self.reading["document_id"], t.reader == self.reading["reader"]
            )
            text = connection.execute(query).scalar_one()
            cuts = [Span(start, end) for start, end in what["parts"]]
            document = {"document": {"id": self.reading["document_id"]}}
            made = parts(claim | document, text, cuts, {one.id for one in self.held})
        words, lemmas = self._words(held, made), self._lemmas(held, made)
        add = partial(add_rows, connection, self.reading["number"], made, words, lemmas=lemmas)
        numbers = add(judgement=basis["number"], root=held.root)
        rows = connection.execute(sa.select(tables.claims).where(tables.claims.c.number.in_(numbers))).mappings()
        found = [_held(row) for row in rows]
        self.held += found
        self.judged = {**self.judged, **self.judging._of({one.id for one in found})}
        return found

    def _words(self, held: Held, made: list[dict[str, Any]]) -> list[str]:
        """What the claims can be found by: what the one they were made of was found by, and their own names."""
        found = ""
        if self.judging.connection.dialect.name == "sqlite":
            query = sa.text("SELECT words FROM claims_text WHERE rowid = :number")
            found = str(self.judging.connection.execute(query, {"number": held.number}).scalar() or "")
        return [" ".join([found, *_names(one)]) for one in made]

    def _lemmas(self, held: Held, made: list[dict[str, Any]]) -> list[str]:
        """Form and lemma of the words of their quotes, as the pipeline had them of the one they were made of."""
        w = tables.claim_words
        found = self.judging.connection.execute(sa.select(w.c.words).where(w.c.claim == held.number)).scalar()
        if found is None:
            return []
        known = dict(word.split("/", 1) for word in found.split() if "/" in word)
        quote = held.payload["quote"]["exact"]
        forms = [_WORD.findall(one["quote"]["exact"].lower()) for one in made]
        return [
            found if one["quote"]["exact"] == quote else " ".join(f"{form}/{known.get(form, form)}" for form in own)
            for one, own in zip(made, forms, strict=True)
        ]


def _held(row: Mapping[Any, Any]) -> Held:
    return Held(row["number"], row["id"], row["version"], row["judgement"], row["root"] or row["id"], dict(row))


def _labels(held: Held, standing: State) -> str:
    """The version of the labels as they stand: a correction keeps its claim's version and changes this."""
    basis = standing.basis
    return (
        held.version if basis is None or basis["verdict"] != "corrected" else content_hash(held.version, basis["what"])
    )


def _check_undoing(judgement: Judgement, own: list[dict[str, Any]]) -> None:
    known = {int(one["number"]): one for one in own}
    if judgement.undoes not in known or judgement.undoes in state(own).undone:
        raise JudgementError(say("review.cannot_undo"))


def _names(claim: Mapping[str, Any]) -> list[str]:
    return [place["name"] for place in claim["places"]] + ([claim["source"]["name"]] if claim["source"] else [])


def _shown(held: Held, read: Held, standing: State, reading: Mapping[str, Any]) -> dict[str, Any]:
    """The derived row. A correction leaves the claim's place in the queue, so that review goes on where it was."""
    kept = ("start", "topic", "evidence", "certainty", "said_by", "earliest", "latest")
    columns = held.columns
    return {
        "claim": held.number,
        "document_id": reading["document_id"],
        "root": held.root,
        "id": held.id,
        "version": held.version,
        "labels": _labels(held, standing),
        "status": standing.status,
        "basis": standing.basis["number"] if standing.basis else None,
        "grade": json.dumps(standing.grade, sort_keys=True) if standing.grade else None,
        "published": reading["published"] or "",
        "name": reading["name"],
        "soundness": soundness(read.payload),
        "day": columns["latest"] if columns["earliest"] is None else columns["earliest"],
        "known_first": reading["known_first"],
        "known_last": reading["known_last"],
    } | {key: columns[key] for key in kept}

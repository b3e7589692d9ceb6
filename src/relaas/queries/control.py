"""The control ledger: who holds which place from when on, in what sense, according to whom, and since when that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from relaas.linking.control import GAINING, ControlReading
from relaas.queries.picture import Claim, Picture, claimant, is_by, iso
from relaas.queries.rows import ControlRow
from relaas.text import folded

SENSES = ("full", "partial", "contested", "encircled", "legal")


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim with one thing that it tells of one place."""

    claim: Claim
    place: Mapping[str, Any]
    reading: ControlReading


def control(found: Picture, *, source: str | None = None, disputed: bool = False) -> list[ControlRow]:
    """The ledger's rows by place, then day, then the order of their claims; the same whatever the order of reading.

    ``source`` keeps the rows of one claimant (part of the name will do), ``disputed`` those whose claims others contradict.
    """
    rows: dict[tuple[Any, ...], list[_Told]] = {}
    for claim in found.claims:
        facts = found.facts.get(claim["id"])
        if facts is None or claim["id"] not in found.asked:
            continue
        for reading in facts.control:
            told = found.by_id.get(facts.answers or "", claim)
            if reading.place < len(told["places"]):
                place = told["places"][reading.place]
                rows.setdefault(_key(found, claim, reading, place), []).append(_Told(claim, place, reading))
    made = [_row(found, members) for members in rows.values()]
    kept = [row for row in made if (not disputed or row.state == "disputed") and is_by(row.claimant, source)]
    return sorted(kept, key=lambda row: (folded(row.place), row.place, row.since or 0, row.known or 0, row.claims))


def _key(found: Picture, claim: Any, reading: ControlReading, place: Any) -> tuple[Any, ...]:
    """What makes two claims one row: one primary source, place, sense and outcome."""
    return (
        found.primary(claim["id"])[0],
        place["geonameid"] or folded(str(place["name"])),
        reading.sense,
        reading.act in GAINING,
        reading.denied,
    )


def _row(found: Picture, members: Sequence[_Told]) -> ControlRow:
    """The first claim's words, with what others of the same source add; its time is the first that one of them gives."""
    claim, place, reading = members[0].claim, members[0].place, members[0].reading
    dated = next((one.claim for one in members if one.claim["time"] and one.claim["time"]["edtf"]), None)
    time = dated["time"] if dated else None
    valid = found.facts[dated["id"]].valid if dated else None
    ids = tuple(dict.fromkeys(one.claim["id"] for one in members))
    return ControlRow(
        place=place["name"],
        geonameid=place["geonameid"],
        country=place.get("country"),
        holder=next((one.reading.holder for one in members if one.reading.holder), None),
        loser=next((one.reading.loser for one in members if one.reading.loser), None),
        by=next((one.reading.by for one in members if one.reading.by), None),
        sense=reading.sense,
        act=reading.act,
        denied=reading.denied,
        claimant=claimant(claim),
        edtf=time["edtf"] if time else None,
        earliest=_open(valid[0]) if valid else None,
        latest=_open(valid[1]) if valid else None,
        known=found.known[ids[0]],
        state=found.state(ids[0]),
        sources=found.sources(found.agreeing(ids[0])),
        claims=ids,
    )


def holders(rows: Sequence[ControlRow], day: int) -> list[ControlRow]:
    """For each place and claimant the last thing said that holds by a day: who held it then, according to whom.

    A row holds from its own day on until the same claimant says another thing; what a later report tells of that day counts, what is known is for the
    picture to choose.
    """
    last: dict[tuple[Any, ...], ControlRow] = {}
    for row in sorted(rows, key=lambda row: (row.since or 0, row.known or 0, row.claims)):
        if (row.since or 0) <= day:
            last[row.geonameid or folded(row.place), folded(row.claimant or "")] = row
    return sorted(last.values(), key=lambda row: (folded(row.place), row.since or 0, row.claims))


def _open(day: int) -> int | None:
    return day if iso(day) else None

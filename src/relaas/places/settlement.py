"""Which of the likeliest places a report can stand by, and where a name lies that the gazetteer does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from relaas.knowledge.gazetteer import Candidate, Entry, Gazetteer
from relaas.knowledge.sources import neighbours
from relaas.places.features import Name

FUZZY = ("sound", "typing")
# A place so large is taken for a misspelt name wherever the report is.
FAMOUS = 300_000
# Share of a report's names that must lie in one division, or one country, before an unknown name is looked for there.
FOCUS = 0.5


@dataclass(frozen=True, slots=True)
class Ground:
    """Where an unknown name must lie: a point, the radius about it that holds the whole area, and why."""

    lat: float
    lon: float
    extent_km: float
    country: str
    reason: str


def settled(names: Sequence[Name], likeliest: Sequence[Candidate | None]) -> list[Candidate | None]:
    """The likeliest candidates, less those that only sound like the name and lie in no land of the report."""
    sure = [candidate for candidate in likeliest if candidate is not None and candidate.how not in FUZZY]
    lands = {candidate.entry.country for candidate in sure} - {""}
    lands |= {code for name in names for code in name.holders if len(code) == 2}
    near = lands | {neighbour for land in lands for neighbour in neighbours().get(land, ())}
    return [
        candidate
        if candidate is None
        or candidate.how not in FUZZY
        or not near
        or candidate.entry.country in near
        or candidate.entry.population >= FAMOUS
        else None
        for candidate in likeliest
    ]


def lands_named(names: Sequence[Name], likeliest: Sequence[Candidate | None]) -> frozenset[str]:
    """Countries that the report names, by name or adjective."""
    codes = {c.entry.country for c in likeliest if c is not None and c.entry.kind == "country"}
    return frozenset(codes | {code for name in names for code in name.holders if len(code) == 2})


def listen_again(names: Sequence[Name], likeliest: Sequence[Candidate | None], gazetteer: Gazetteer) -> bool:
    """Give each name that no place in the report's lands bears those that sound like it there; whether any got one."""
    lands = lands_named(names, likeliest)
    changed = False
    if not lands:
        return False
    near = lands | {neighbour for land in lands for neighbour in neighbours().get(land, ())}
    for name, best in zip(names, likeliest, strict=True):
        if best is not None and (not best.entry.country or any(c.entry.country in near for c in name.candidates)):
            continue
        if best is not None and best.how not in FUZZY and (best.entry.population >= FAMOUS or name.container):
            continue
        heard = gazetteer.alike_in(name.text, lands)
        known = {candidate.entry.id for candidate in name.candidates}
        if more := [candidate for candidate in heard if candidate.entry.id not in known]:
            name.candidates = [*name.candidates, *more]
            name.plain = None
            changed = True
    return changed


def ground_of(
    number: int, names: Sequence[Name], chosen: Sequence[Candidate | None], gazetteer: Gazetteer
) -> Ground | None:
    """Where an unknown name lies: in what is named right after it ("Kogelo, Kenya"), or where the report's other names
    are, near the one that stands closest in the text; None where neither says so.
    """
    for held in names[number].container:
        holder = chosen[held]
        if holder is not None:
            entry = holder.entry
            return Ground(entry.lat, entry.lon, entry.extent_km, entry.country, f"unknown; in {entry.name}")
    local = [
        (name, candidate.entry)
        for name, candidate in zip(names, chosen, strict=True)
        if candidate is not None and candidate.entry.country and candidate.entry.kind != "country"
    ]
    if not local:
        return None
    for code, area in _foci(local, gazetteer):
        inside = [(name, entry) for name, entry in local if code in (entry.admin1, entry.country)]
        closest = min(inside, key=lambda pair: (_apart(names[number], pair[0]), pair[1].id))[1]
        reason = f"unknown; like the report's other names in {area.name}, near {closest.name}"
        return Ground(closest.lat, closest.lon, round(1.5 * area.extent_km, 1), closest.country, reason)
    return None


def _foci(local: Sequence[tuple[Name, Entry]], gazetteer: Gazetteer) -> list[tuple[str, Entry]]:
    """The division, or else the country, that holds at least two of the names and most of them."""
    found = []
    for codes, area_of in (
        ([entry.admin1 for _, entry in local], gazetteer.division),
        ([entry.country for _, entry in local], gazetteer.entry_of_country),
    ):
        for code, count in sorted(Counter(codes).items(), key=lambda item: (-item[1], item[0]))[:1]:
            area = area_of(code) if code else None
            if area is not None and count >= 2 and count >= FOCUS * len(local):
                found.append((code, area))
    return found


def _apart(one: Name, other: Name) -> int:
    return min((abs(a - b) for a in one.spots for b in other.spots), default=10**6)

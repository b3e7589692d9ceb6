"""Which claims are about a place that a person names, in any spelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from relaas.knowledge.gazetteer import Candidate, Gazetteer
from relaas.store.view import PlaceFilter, View
from relaas.text import folded

SUGGESTED = 8
CLOSE = 60.0
WHOLE = frozenset({"country"})


@dataclass(frozen=True, slots=True)
class Found:
    """A place as the record knows it: the filter for its claims, its name there, and others of the same name that the
    record holds.

    ``filter`` is None where no claim is about it; ``suggestions`` then names places that claims are about, alike ones
    first.
    """

    given: str
    name: str
    kind: str | None
    country: str | None
    filter: PlaceFilter | None
    others: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


def find_place(view: View, given: str, *, language: str) -> Found:
    """The place of that name that most claims are about; a country covers its places, a region its towns."""
    stored = view.places()
    wanted = folded(given)
    gazetteer = Gazetteer.open()
    candidates = {
        candidate.entry.id: candidate
        for tongue in (language, *("nl", "en"))
        for candidate in gazetteer.candidates(given, tongue)
    }
    choices = [_choice(candidate, stored, gazetteer) for candidate in candidates.values()]
    unknown = sum(place["claims"] for place in stored if place["geonameid"] is None and folded(place["name"]) == wanted)
    if unknown:
        choices.append(
            (unknown, Found(given, _spelled(stored, wanted, given), None, None, PlaceFilter(names=frozenset({wanted}))))
        )
    choices = [choice for choice in choices if choice[0]]
    if not choices:
        best = next(iter(candidates.values()), None)
        name = best.entry.name if best else given
        return Found(
            given,
            name,
            best.entry.kind if best else None,
            best.entry.country if best else None,
            None,
            (),
            _suggestions(stored, wanted),
        )
    choices.sort(key=lambda choice: (-choice[0], choice[1].name, choice[1].country or "", choice[1].kind or ""))
    first = choices[0][1]
    same = first.filter
    others = tuple(
        dict.fromkeys(
            _described(found) for _, found in choices[1:] if found.filter != same and _elsewhere(found, first)
        )
    )
    return Found(given, first.name, first.kind, first.country, first.filter, others)


def _choice(candidate: Candidate, stored: Sequence[dict[str, Any]], gazetteer: Gazetteer) -> tuple[int, Found]:
    entry = candidate.entry
    if entry.kind in WHOLE and entry.country:
        place = PlaceFilter(countries=frozenset({entry.country}))
        return _claims(stored, place), Found("", entry.name, entry.kind, entry.country, place)
    covered = [entry]
    if entry.kind != "populated place" and entry.admin1:
        covered += [town for town in gazetteer.towns_of(entry.admin1) if _inside(town.admin2, entry.admin2)]
    ids = frozenset(one.geonameid for one in covered if one.geonameid is not None)
    names = frozenset() if entry.geonameid is not None else frozenset({folded(entry.name)})
    place = PlaceFilter(geonameids=ids, names=names)
    # What the record says of the place itself decides between a town and the province of its name.
    itself = PlaceFilter(geonameids=frozenset({entry.geonameid} if entry.geonameid is not None else ()), names=names)
    weight = _claims(stored, itself) * 1_000_000 + _claims(stored, place)
    return weight, Found("", entry.name, entry.kind, entry.country or None, place)


def _elsewhere(one: Found, chosen: Found) -> bool:
    """Whether a namesake is another place, not the province or district of the chosen town."""
    return one.country != chosen.country or one.kind == chosen.kind


def _inside(division: str, wanted: str) -> bool:
    return not wanted or division == wanted


def _claims(stored: Sequence[dict[str, Any]], place: PlaceFilter) -> int:
    return sum(
        row["claims"]
        for row in stored
        if row["geonameid"] in place.geonameids
        or row["country"] in place.countries
        or (row["geonameid"] is None and folded(row["name"]) in place.names)
    )


def _spelled(stored: Sequence[dict[str, Any]], wanted: str, given: str) -> str:
    return next((row["name"] for row in stored if folded(row["name"]) == wanted), given)


def _described(found: Found) -> str:
    return ", ".join(part for part in (found.name, found.kind, found.country) if part)


def _suggestions(stored: Sequence[dict[str, Any]], wanted: str) -> tuple[str, ...]:
    names = list(dict.fromkeys(row["name"] for row in stored))
    alike = sorted(((fuzz.ratio(wanted, folded(name)), name) for name in names), key=lambda pair: (-pair[0], pair[1]))
    close = [name for score, name in alike if score >= CLOSE]
    return tuple(dict.fromkeys([*close, *names]))[:SUGGESTED]

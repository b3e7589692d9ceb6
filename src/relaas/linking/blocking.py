"""Which reports are compared at all: those that share a place and a stretch of time, or a count of people at a place in a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from relaas.linking.facts import PEOPLE, Facts

SPAN = 16
"""Days of a stretch; each report bears the keys of two, so that reports up to so many days apart always share one."""
BROAD = frozenset({"country", "continent"})
MAIN = 3
"""How many of the places that most claims of a report are about stand for the report as a whole."""


def keys(facts: Iterable[Facts]) -> frozenset[str]:
    """Everything that a report is found by; two reports are compared exactly when they share a key.

    A pair's keys hang on the two reports alone, never on how many others there are.
    """
    claims = list(facts)
    return frozenset([*_places(claims), *_years(claims), *_placeless(claims)])


def _places(claims: list[Facts]) -> Iterator[str]:
    """Each place of a claim in the time of its report, and in the time it tells of where that is short."""
    for one in claims:
        for place in _fine(one):
            for stretch in _stretches(one.reported):
                yield f"p:{place}:{stretch}"
            if one.valid and one.valid[1] - one.valid[0] <= SPAN:
                for stretch in _stretches(one.valid):
                    yield f"p:{place}:{stretch}"


def _years(claims: list[Facts]) -> Iterator[str]:
    """Counts of people and holders of ground reach further: a toll is mended after months, a town retaken after a season."""
    for one in claims:
        days = one.valid or one.reported
        years = {date.fromordinal(day).year for day in days if 1 < day < date.max.toordinal()} if days else set()
        years |= {date.fromordinal(one.reported[0]).year} if one.reported else set()
        told = {count.unit for count in one.counts if count.unit in PEOPLE and one.revision} | (
            {"held"} if one.control else set()
        )
        for place in _fine(one):
            for what in told:
                yield from (f"y:{place}:{what}:{year}" for year in years)
            if one.counts and any(count.unit in PEOPLE for count in one.counts):
                yield from (
                    f"y:{place}:{count.unit}:{year}" for count in one.counts for year in years if count.unit in PEOPLE
                )


def _placeless(claims: list[Facts]) -> Iterator[str]:
    """A report as a whole by its countries' names and its chief places; one that names no place at all by its days alone."""
    named = Counter(spot.name for one in claims for spot in one.spots)
    reported = next((one.reported for one in claims if one.reported), None)
    chief = sorted(named, key=lambda key: (-named[key], key))[:MAIN]
    for stretch in _stretches(reported):
        yield from (f"p:{place}:{stretch}" for place in chief)
        if claims and not named:
            yield f"d:{stretch}"


def _fine(one: Facts) -> list[str]:
    """Places of a claim smaller than a country, else its countries."""
    fine = [spot.name for spot in one.spots if spot.kind not in BROAD]
    return list(dict.fromkeys(fine or [spot.name for spot in one.spots]))


def _stretches(days: tuple[int, int] | None) -> Iterator[str]:
    """The two stretches that a day counts to; a date known to the month or year bears those of its whole length, up to a year."""
    if days is None:
        yield "undated"
        return
    first, last = days[0] // SPAN, min(days[1], days[0] + 366) // SPAN
    yield from (str(number) for number in range(first, last + 2))

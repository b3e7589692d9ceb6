"""Whether the claims are about the same place, as far as their words tell."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from relaas.linking.facts import Facts, Spot

BROAD = frozenset({"country", "continent"})
FAR = 3.0
NAMESAKE = 0.5
"""What a shared name is worth: reports of one war that name two places of one name mostly mean one."""


def compare(one: Facts, other: Facts) -> tuple[float, str]:
    """1 for the same place, less for one of its name and with the distance over the stated extents, -1 for places apart; 0 where one names none.

    A country says little beside a town in it: it counts as unknown unless both name no more.
    """
    mine, theirs = _finest(one), _finest(other)
    if not mine or not theirs or _is_broad(mine) != _is_broad(theirs):
        return 0.0, ""
    best, ground = max((_near(a, b) for a in mine for b in theirs), key=lambda pair: pair[0])
    return (best / 2 if _is_broad(mine) and best > 0 else best), ground


def elsewhere(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where both name places smaller than a country in their own words, and none of the one is near one of the other."""
    mine, theirs = ([spot for spot in each.spots if spot.named and spot.kind not in BROAD] for each in (one, other))
    apart = bool(mine and theirs) and all(_near(a, b)[0] < 0 for a in mine for b in theirs)
    return float(apart), f"{mine[0].name} / {theirs[0].name}" if apart else ""


def _finest(one: Facts) -> list[Spot]:
    fine = [spot for spot in one.spots if spot.kind not in BROAD]
    return fine or list(one.spots)


def _is_broad(spots: list[Spot]) -> bool:
    return all(spot.kind in BROAD for spot in spots)


def _near(one: Spot, other: Spot) -> tuple[float, str]:
    if one.key == other.key:
        return 1.0, one.key
    if one.name == other.name:
        return NAMESAKE, one.name
    if one.lat is None or other.lat is None or one.lon is None or other.lon is None:
        return -0.5, f"{one.key} / {other.key}"
    apart = distance(one.lat, one.lon, other.lat, other.lon)
    reach = one.km + other.km
    value = 0.5 if apart <= reach else -1.0 if apart > FAR * reach else 0.0
    return value, f"{apart:.0f} km"


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points on the globe.

    >>> round(distance(52.37, 4.9, 51.92, 4.48))
    58
    """
    a, b, c, d = map(radians, (lat, lon, other_lat, other_lon))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))

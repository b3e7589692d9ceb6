"""A place in the text, resolved as far as the words allow."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A toponym, or the place that a claim inherits (no words of its own, ``start`` and ``end`` None)."""

    text: str | None
    name: str
    geonameid: int | None
    kind: str
    use: str
    inherited: bool = False
    lat: float | None = None
    lon: float | None = None
    extent_km: float | None = None
    start: int | None = None
    end: int | None = None
    geometry: str | None = None
    country: str | None = None
    reason: str | None = None

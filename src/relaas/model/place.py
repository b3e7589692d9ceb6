"""A place that a report names, as resolved."""

from __future__ import annotations

from dataclasses import dataclass

USES = ("location", "direction", "origin", "actor", "adjective", "dateline")


@dataclass(frozen=True, slots=True)
class Place:
    """A toponym with what it stands for; ``geonameid``, ``lat`` and ``lon`` are None where nothing known bears the
    name.

    ``text``, ``start`` and ``end`` are None for a place that a claim inherits without naming it. ``extent_km`` is the radius
    around the point that holds the place; ``geometry`` is WKT in WGS84 where the words give a shape of their own;
    ``reason`` says which rule or which features made the choice.
    """

    text: str | None
    name: str
    geonameid: int | None
    kind: str | None
    use: str
    inherited: bool
    lat: float | None
    lon: float | None
    extent_km: float | None
    start: int | None
    end: int | None
    country: str | None = None
    geometry: str | None = None
    reason: str = ""
    key: str = ""

    @property
    def resolved(self) -> bool:
        """Whether the gazetteer knows it."""
        return self.lat is not None

    def to_row(self) -> dict[str, str | int | float | bool | None]:
        """The keys of the contract, for exports."""
        return {
            "text": self.text,
            "name": self.name,
            "geonameid": self.geonameid,
            "kind": self.kind,
            "use": self.use,
            "inherited": self.inherited,
            "lat": self.lat,
            "lon": self.lon,
            "extent_km": self.extent_km,
            "start": self.start,
            "end": self.end,
        }

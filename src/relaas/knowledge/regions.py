"""The regions, waters, landmarks and hamlets that gazetteers of towns lack, with their shapes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from relaas.knowledge.datafiles import FOLDER, read_mapping
from relaas.knowledge.names import key

FILES = ("regions", "waters", "sites")
# How well known a landmark is, told in inhabitants so that it compares with towns: a region of some size, a single site.
_RENOWN = {"populated place": 400, "facility": 50_000, "border": 50_000, "district": 50_000, "mountain": 60_000}
_WIDE = 100_000


@lru_cache(maxsize=1)
def regions() -> dict[str, dict[str, Any]]:
    """Every region by its id, as the data files have it; landmarks' rows are written out the same way."""
    found = {entry["id"]: entry for name in FILES for entry in read_mapping(FOLDER / f"{name}.yaml")["regions"]}
    for entry in _landmarks():
        found.setdefault(entry["id"], entry)
    return found


def _landmarks() -> Iterator[dict[str, Any]]:
    data = read_mapping(FOLDER / "landmarks.yaml")
    for kind, within, lat, lon, extent, *names in [*data["rows"], *data["hamlets"]]:
        yield _entry(kind, within, names, point=[lat, lon], extent_km=extent)
    for kind, within, bends, *names in data["lines"]:
        points = [bend.split() for bend in bends.split(",")]
        yield _entry(kind, within, names, line=[[float(lon), float(lat)] for lat, lon in points])


def _entry(kind: str, within: list[str], names: list[str], **geometry: Any) -> dict[str, Any]:
    english, dutch = names[0].split("|"), names[-1].split("|")
    return {
        "id": f"{kind}-{'-'.join(within).lower()}-{key(english[0]).replace(' ', '-')}",
        "name": english[0],
        "kind": kind,
        "within": within,
        "population": _RENOWN.get(kind, _WIDE),
        "en": english,
        "nl": dutch,
        **geometry,
    }


def drawn_shape(region: dict[str, Any]) -> BaseGeometry | None:
    """The polygon, line or point written in the file; None where the region joins divisions or countries."""
    if "polygon" in region:
        shape = Polygon(region["polygon"])
        return shape if shape.is_valid else shape.buffer(0)
    if "line" in region:
        return LineString(region["line"])
    if "point" in region and "of" not in region and "countries" not in region:
        lat, lon = region["point"]
        return Point(lon, lat)
    return None


def spellings(region: dict[str, Any]) -> Iterator[str]:
    """Its names, the English one first."""
    yield region["name"]
    for language in ("en", "nl"):
        yield from region.get(language, [])

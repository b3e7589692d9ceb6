"""The regions, waters and sites that gazetteers of towns lack, with their shapes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from relaas.knowledge.datafiles import FOLDER, read_mapping

FILES = ("regions", "waters", "sites")


@lru_cache(maxsize=1)
def regions() -> dict[str, dict[str, Any]]:
    """Every region by its id, as the data files have it."""
    return {entry["id"]: entry for name in FILES for entry in read_mapping(FOLDER / f"{name}.yaml")["regions"]}


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

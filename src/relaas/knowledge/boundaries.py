"""Shapes of countries, and of divisions as their towns tell them."""

from __future__ import annotations

import json
from functools import lru_cache

from shapely import MultiPoint, Point, voronoi_polygons
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from relaas.knowledge.datafiles import FOLDER


@lru_cache(maxsize=1)
def _polygons() -> dict[str, BaseGeometry]:
    collection = json.loads((FOLDER / "countries.geojson").read_text(encoding="utf-8"))
    return {feature["properties"]["country"]: shape(feature["geometry"]) for feature in collection["features"]}


def country_shape(code: str) -> BaseGeometry | None:
    """A country's polygon in WGS84 to about 2 km (Natural Earth 1:50 million); None for the smallest territories."""
    return _polygons().get(code)


def middle_of_country(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of the middle of a country's largest part."""
    polygon = country_shape(code)
    if polygon is None:
        return None
    largest = max(getattr(polygon, "geoms", [polygon]), key=lambda part: part.area)
    return round(largest.centroid.y, 2), round(largest.centroid.x, 2)


def division_shape(
    inside: list[tuple[float, float]], outside: list[tuple[float, float]], country: str
) -> BaseGeometry | None:
    """A division as the part of its country nearer to its own towns than to others'; points are (lon, lat).

    A stated approximation: the border is right to about half the distance between neighbouring towns, and empty land
    goes to whoever has the nearest town.
    """
    own = {(round(x, 4), round(y, 4)) for x, y in inside}
    others = {(round(x, 4), round(y, 4)) for x, y in outside} - own
    land = country_shape(country)
    if not own:
        return None
    if not others:
        return land
    points = MultiPoint(sorted(own | others))
    hull = points.envelope.buffer(1.0)
    cells = voronoi_polygons(points, extend_to=hull)
    tree_points = {}
    for x, y in own:
        tree_points[(x, y)] = Point(x, y)
    owned = MultiPoint(list(own))
    from shapely import STRtree

    tree = STRtree(list(cells.geoms))
    indexes = sorted(set(tree.query(list(owned.geoms), predicate="within")[1].tolist()))
    joined = unary_union([cells.geoms[index] for index in indexes])
    if land is not None:
        clipped = joined.intersection(land)
        if not clipped.is_empty:
            joined = clipped
    return joined.simplify(0.01)

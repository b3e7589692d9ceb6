"""The ground of a place, and the cuts and margins that words make in it; WGS84 in and out, metres in a local
projection.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from pyproj import Geod, Transformer
from shapely import LineString, MultiPolygon, Polygon
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform, unary_union

from relaas.knowledge.boundaries import country_shape, division_shape
from relaas.knowledge.gazetteer import Entry, Gazetteer
from relaas.knowledge.regions import drawn_shape, regions
from relaas.knowledge.sources import neighbours

GEOD = Geod(ellps="WGS84")
BEARING = {
    "north": 0,
    "northeast": 45,
    "east": 90,
    "southeast": 135,
    "south": 180,
    "southwest": 225,
    "west": 270,
    "northwest": 315,
}


def shape_of(entry: Entry) -> BaseGeometry:
    """The ground of a gazetteer entry itself: polygon, line, or a circle that stands for a town."""
    return _shape(entry)


@lru_cache(maxsize=512)
def _shape(entry: Entry) -> BaseGeometry:
    if entry.region:
        region = regions()[entry.region]
        drawn = drawn_shape(region)
        if drawn is not None and drawn.geom_type != "Point":
            return drawn
        parts = [_division(code) for code in region.get("of", [])] + [
            country_shape(code) for code in region.get("countries", [])
        ]
        known = [part for part in parts if part is not None]
        if known:
            return unary_union(known)
    if entry.kind == "country":
        land = country_shape(entry.country)
        if land is not None:
            return land
    if entry.kind == "first-order division" and (shape := _division(entry.admin1)) is not None:
        return shape
    return circle(entry.lat, entry.lon, max(entry.extent_km, 0.5))


@lru_cache(maxsize=256)
def _division(code: str) -> BaseGeometry | None:
    gazetteer = Gazetteer.open()
    country = code.partition(".")[0]
    inside = [(town.lon, town.lat) for town in gazetteer.towns_of(code)]
    if not inside:
        return None
    west, east = min(x for x, _ in inside) - 1.5, max(x for x, _ in inside) + 1.5
    south, north = min(y for _, y in inside) - 1.5, max(y for _, y in inside) + 1.5
    outside = [
        (t.lon, t.lat)
        for t in gazetteer.towns_of(country)
        if t.admin1 != code and west < t.lon < east and south < t.lat < north
    ]
    return division_shape(inside, outside, country)


@lru_cache(maxsize=2048)
def _projection(lat: float, lon: float) -> tuple[Transformer, Transformer]:
    local = f"+proj=aeqd +lat_0={lat} +lon_0={lon} +units=m +ellps=WGS84"
    return Transformer.from_crs("EPSG:4326", local, always_xy=True), Transformer.from_crs(
        local, "EPSG:4326", always_xy=True
    )


def _local(shape: BaseGeometry, entry: Entry) -> BaseGeometry:
    return transform(_projection(round(entry.lat, 2), round(entry.lon, 2))[0].transform, shape)


def _world(shape: BaseGeometry, entry: Entry) -> BaseGeometry:
    return transform(_projection(round(entry.lat, 2), round(entry.lon, 2))[1].transform, shape)


def circle(lat: float, lon: float, radius_km: float) -> Polygon:
    """A circle of 36 corners around a point."""
    points = [GEOD.fwd(lon, lat, angle, radius_km * 1000)[:2] for angle in range(0, 360, 10)]
    return Polygon(points)


def buffer(shape: BaseGeometry, km: float, entry: Entry) -> BaseGeometry:
    """The shape with a margin; a negative one takes ground away."""
    if shape.area > 400:  # square degrees: too large for one local projection, and no reader sees the difference
        return shape.buffer(km / 100)
    return _world(_local(shape, entry).buffer(km * 1000, quad_segs=6), entry)


def sector(entry: Entry, direction: str, distance: float, *, area_base: BaseGeometry | None) -> BaseGeometry:
    """Ground about a distance and a direction off: a fifth of the distance (3 km at least) to either side, and 35
    degrees.
    """
    slack = max(3.0, 0.2 * distance)
    near, far = max(distance - slack, 0.5), distance + slack + min(entry.extent_km, 10.0)
    if area_base is not None:
        ring = buffer(area_base, far, entry).difference(buffer(area_base, near, entry))
        return ring.intersection(_fan(entry, direction, 60, entry.extent_km + far * 2, 0.0))
    return _fan(entry, direction, 35, far, near)


def _fan(entry: Entry, direction: str, half_angle: int, far_km: float, near_km: float) -> BaseGeometry:
    bearing = BEARING[direction]
    angles = range(bearing - half_angle, bearing + half_angle + 1, 5)
    outer = [GEOD.fwd(entry.lon, entry.lat, angle, far_km * 1000)[:2] for angle in angles]
    inner = (
        [GEOD.fwd(entry.lon, entry.lat, angle, near_km * 1000)[:2] for angle in reversed(angles)]
        if near_km > 0
        else [(entry.lon, entry.lat)]
    )
    return Polygon([*outer, *inner]).buffer(0)


def wedge(entry: Entry, base: BaseGeometry, direction: str, area: bool) -> BaseGeometry:
    """The side of a place, out to 25 km or four times its radius; an area's own ground is not south of it."""
    reach = (
        max(25.0, min(4 * entry.extent_km, 60.0)) if not area else entry.extent_km + max(50.0, 0.3 * entry.extent_km)
    )
    fan = _fan(entry, direction, 50, reach, 0.0)
    if area:
        outside = fan.difference(base)
        return outside if not outside.is_empty else fan
    core = circle(entry.lat, entry.lon, entry.extent_km * 0.4)
    outside = fan.difference(core)
    return outside if not outside.is_empty else fan


def part_of(shape: BaseGeometry, direction: str) -> BaseGeometry:
    """The northern, eastern … part: two fifths of the ground on that side (three tenths for a corner); the middle by
    halving both ways.
    """
    if shape.geom_type in ("LineString", "Point"):
        return shape
    if direction == "centre":
        inner = shape.intersection(scale(shape.envelope, 0.55, 0.55, origin=shape.centroid))
        return inner if not inner.is_empty else shape
    angle = math.radians(BEARING[direction])
    squeeze = math.cos(math.radians(shape.centroid.y))
    east, north = math.sin(angle), math.cos(angle)
    share = 0.3 if direction not in ("north", "south", "east", "west") else 0.4
    corners = [(x * squeeze * east + y * north) for x, y in vertices(shape)]
    low, high = min(corners), max(corners)
    for _ in range(18):
        middle = (low + high) / 2
        if shape.intersection(_half_plane(shape, east, north, squeeze, middle)).area > share * shape.area:
            low = middle
        else:
            high = middle
    cut = shape.intersection(_half_plane(shape, east, north, squeeze, low))
    return cut if not cut.is_empty else shape


def _half_plane(shape: BaseGeometry, east: float, north: float, squeeze: float, level: float) -> Polygon:
    x0, y0 = shape.centroid.x * squeeze, shape.centroid.y
    off = level - (x0 * east + y0 * north)
    px, py = x0 + off * east, y0 + off * north
    far = 2 * max(shape.bounds[2] - shape.bounds[0], shape.bounds[3] - shape.bounds[1], 1.0)
    along = (-north, east)
    edge = [(px + sign * along[0] * far, py + sign * along[1] * far) for sign in (1, -1)]
    points = [*edge, *((x + east * far, y + north * far) for x, y in reversed(edge))]
    return Polygon([(x / squeeze, y) for x, y in points])


def vertices(shape: BaseGeometry) -> list[tuple[float, float]]:
    """The corners of a polygon's outlines."""
    polygons = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    return [(x, y) for polygon in polygons if isinstance(polygon, Polygon) for x, y in polygon.exterior.coords]


def shared_border(entry: Entry, base: BaseGeometry, others: Iterable[str]) -> BaseGeometry | None:
    """25 km on both sides of where a country meets the others (codes); None where it meets none of them."""
    lands = [land for code in sorted(set(others)) if (land := country_shape(code)) is not None]
    if not lands or base.is_empty:
        return None
    edge = base.boundary.intersection(unary_union(lands).buffer(0.15))
    return None if edge.is_empty else edge.buffer(25 / 111.2)


def coast_of(entry: Entry, base: BaseGeometry) -> BaseGeometry:
    """25 km on both sides of the outline that no neighbour's land touches; the whole outline for an island."""
    edge = base.boundary
    inland = [land for code in neighbours().get(entry.country, ()) if (land := country_shape(code)) is not None]
    if entry.kind == "country" and inland:
        shore = edge.difference(unary_union(inland).buffer(0.15))
        edge = edge if shore.is_empty else shore
    return edge.buffer(25 / 111.2)


def bank_of(entry: Entry, line: BaseGeometry, direction: str | None) -> BaseGeometry:
    """Ground up to 25 km from the river on one side; both sides where the words name none. Rivers are drawn from source
    to mouth, so that left is left downstream.
    """
    if direction is None or not isinstance(line, LineString):
        return buffer(line, 25, entry)
    local = _local(line, entry)
    if direction in ("left", "right"):
        bank = local.buffer(25_000 if direction == "left" else -25_000, single_sided=True)
        return _world(bank, entry).buffer(0)
    angle = math.radians(BEARING[direction])
    sides = [local.buffer(sign * 25_000, single_sided=True) for sign in (1, -1)]
    middle = local.centroid
    scores = [
        (side.centroid.x - middle.x) * math.sin(angle) + (side.centroid.y - middle.y) * math.cos(angle)
        for side in sides
    ]
    return _world(sides[0] if scores[0] >= scores[1] else sides[1], entry).buffer(0)

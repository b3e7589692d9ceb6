"""Shapes no tighter than the words: the ground a report means when it says "rond Bachmoet" or "in het oosten van Oekraïne".

Everything is WGS84 in and out; distances are measured in a projection centred on the place. The radii are choices, stated where
they are made: an area must hold what a reporter can have meant, and must not be needlessly larger.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pyproj import Geod, Transformer
from shapely import LineString, MultiPolygon, Point, Polygon, box, set_precision, wkt
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform, unary_union

from relaas.knowledge.boundaries import country_shape, division_shape
from relaas.knowledge.gazetteer import Entry, Gazetteer
from relaas.knowledge.regions import drawn_shape, regions
from relaas.model.place import Place
from relaas.ontology.loader import language_data, languages
from relaas.places.relations import Relation, relation_before

_GEOD = Geod(ellps="WGS84")
BEARING = {"north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270, "northwest": 315}
_AREAS = ("country", "first-order division", "second-order division", "region", "continent", "island", "peninsula", "former country")
_WATERS = ("river", "canal", "border")
_POLYGON_WATERS = ("sea", "lake", "strait", "gulf", "bay", "ocean")


@dataclass(frozen=True, slots=True)
class Geometry:
    """A shape with a point inside it, the radius around that point that holds it, and the rule that gave it."""

    shape: BaseGeometry
    lat: float
    lon: float
    extent_km: float
    rule: str


def located(place: Place, *, text: str, language: str | None = None, places: Sequence[Place] = ()) -> Place:
    """The place with point, radius and shape as the words around it allow; unchanged where they say nothing more."""
    if not place.resolved or place.start is None or place.use == "adjective":
        return place
    relation = relation_before(text, place.start, language=language)
    if relation is None and ":" not in place.key:
        return place
    found = geometry_of(place, text=text, language=language, places=places)
    if found is None:
        return place
    shape = set_precision(found.shape.simplify(0.003), 0.001)
    return replace(
        place, lat=found.lat, lon=found.lon, extent_km=found.extent_km, geometry=wkt.dumps(shape, trim=True), reason=f"{place.reason}; {found.rule}"
    )


def geometry_of(place: Place, *, text: str, language: str | None = None, places: Sequence[Place] = ()) -> Geometry | None:
    """The ground meant by the place and the words before it; None where the place is unresolved.

    ``places`` are the report's other places, for "tussen X en Y"; without them the second name is looked up in the text.
    """
    entry = _entry(place)
    if entry is None or place.lat is None:
        return None
    part = place.key.partition(":")[2] or None
    relation = relation_before(text, place.start, language=language) if place.start is not None else None
    base = shape_of(entry)
    if part is not None:
        base = _part(base, part)
        if relation is None:
            return _whole(base, f"part: {part} of {entry.name}")
    if relation is None:
        second = _joined(place, text, places, language)
        if second is not None:
            return _band(second, place, f"between: {second.name} and {place.name}")
        return _whole(base, _plain_rule(entry), point=(entry.lat, entry.lon))
    return _related(place, entry, base, relation, text, places, language)


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
        parts = [_division(code) for code in region.get("of", [])] + [country_shape(code) for code in region.get("countries", [])]
        known = [part for part in parts if part is not None]
        if known:
            return unary_union(known)
    if entry.kind == "country":
        land = country_shape(entry.country)
        if land is not None:
            return land
    if entry.kind == "first-order division" and (shape := _division(entry.admin1)) is not None:
        return shape
    return _circle(entry.lat, entry.lon, max(entry.extent_km, 0.5))


@lru_cache(maxsize=256)
def _division(code: str) -> BaseGeometry | None:
    gazetteer = Gazetteer.open()
    country = code.partition(".")[0]
    inside = [(town.lon, town.lat) for town in gazetteer.towns_of(code)]
    if not inside:
        return None
    west, east = min(x for x, _ in inside) - 1.5, max(x for x, _ in inside) + 1.5
    south, north = min(y for _, y in inside) - 1.5, max(y for _, y in inside) + 1.5
    outside = [(t.lon, t.lat) for t in gazetteer.towns_of(country) if t.admin1 != code and west < t.lon < east and south < t.lat < north]
    return division_shape(inside, outside, country)


def _entry(place: Place) -> Entry | None:
    number = place.key.partition(":")[0]
    gazetteer = Gazetteer.open()
    if number:
        return gazetteer.entry(int(number))
    if place.geonameid is not None:
        return gazetteer.entry_of(place.geonameid)
    return None


def _plain_rule(entry: Entry) -> str:
    if entry.kind == "populated place":
        return f"town: radius from {entry.population} inhabitants"
    if entry.kind == "first-order division":
        return "division: land nearer to its towns than to others'"
    return f"{entry.kind}: outline" if entry.region or entry.kind == "country" else f"{entry.kind}: circle around its towns"


def _related(
    place: Place, entry: Entry, base: BaseGeometry, relation: Relation, text: str, places: Sequence[Place], language: str | None
) -> Geometry:
    kind, rule = relation.kind, relation.rule
    area = entry.kind in _AREAS
    size = entry.extent_km
    if kind == "part" and relation.direction:
        return _whole(_part(base, relation.direction), f"{rule}: {relation.direction} part of {entry.name}")
    if kind == "centre":
        return _whole(_part(base, "centre"), f"{rule}: middle of {entry.name}")
    if kind == "side" and relation.direction:
        grown = _buffer(base, _margin(size, area), entry)
        return _whole(_part(grown, relation.direction), f"{rule}: {relation.direction} side of {entry.name}, half of it and its rim")
    if kind == "distance direction" and relation.direction and relation.distance_km is not None:
        shape = _sector(entry, relation.direction, relation.distance_km, area_base=base if area else None)
        return _whole(shape, f"{rule}: {relation.distance_km:g} km {relation.direction} of {entry.name}")
    if kind == "distance" and relation.distance_km is not None:
        slack = max(2.0, 0.25 * relation.distance_km)
        outer = _buffer(base, relation.distance_km + slack, entry)
        inner = _buffer(_circle(entry.lat, entry.lon, 0.1) if not area else base, max(relation.distance_km - slack, 0.1), entry)
        ring = outer.difference(inner)
        return _whole(ring, f"{rule}: {relation.distance_km:g} km from {entry.name}, a ring", point=(entry.lat, entry.lon))
    if kind == "bank" and entry.kind in _WATERS:
        return _whole(_bank(entry, base, relation.direction), f"{rule}: 25 km deep on the {relation.direction or 'named'} bank of {entry.name}")
    if kind == "direction" and relation.direction:
        return _whole(_wedge(entry, base, relation.direction, area), f"{rule}: {relation.direction} of {entry.name}, a wedge")
    if kind == "between" and (other := _partner(place, text, places, language)) is not None:
        return _band(place, other, f"{rule}: between {place.name} and {other.name}")
    if kind == "along" and entry.kind in (*_WATERS, *_POLYGON_WATERS):
        return _whole(_buffer(base, 10, entry), f"{rule}: 10 km on both sides of {entry.name}")
    if kind in ("border", "coast"):
        outline = _buffer(base, 25, entry).difference(_buffer(base, -25, entry))
        return _whole(outline, f"{rule}: 25 km on both sides of the outline of {entry.name}")
    if kind == "edge" and not area:
        ring = _circle(entry.lat, entry.lon, size + 4).difference(_circle(entry.lat, entry.lon, size * 0.5))
        return _whole(ring, f"{rule}: rim of {entry.name}, from half its radius to 4 km beyond", point=(entry.lat, entry.lon))
    if kind in ("around", "front", "near", "edge", "bank"):
        margin = _margin(size, area, wide=kind in ("around", "front"))
        return _whole(_buffer(base, margin, entry), f"{rule}: {entry.name} and {margin:g} km about it", point=(entry.lat, entry.lon))
    return _whole(base, _plain_rule(entry), point=(entry.lat, entry.lon))


def _margin(size: float, area: bool, wide: bool = False) -> float:
    """Kilometres beyond a place: a front "rond Bachmoet" reaches 20 km out, "bij" 8 to 15; areas a tenth of their radius, 20 km at least."""
    if area:
        return round(max(20.0, 0.1 * size), 0)
    return round(min(max(12.0 + size, 15.0), 30.0), 0) if wide else round(min(max(6.0 + size, 8.0), 15.0), 0)


@lru_cache(maxsize=2048)
def _projection(lat: float, lon: float) -> tuple[Transformer, Transformer]:
    local = f"+proj=aeqd +lat_0={lat} +lon_0={lon} +units=m +ellps=WGS84"
    return Transformer.from_crs("EPSG:4326", local, always_xy=True), Transformer.from_crs(local, "EPSG:4326", always_xy=True)


def _local(shape: BaseGeometry, entry: Entry) -> BaseGeometry:
    return transform(_projection(round(entry.lat, 2), round(entry.lon, 2))[0].transform, shape)


def _world(shape: BaseGeometry, entry: Entry) -> BaseGeometry:
    return transform(_projection(round(entry.lat, 2), round(entry.lon, 2))[1].transform, shape)


def _circle(lat: float, lon: float, radius_km: float) -> Polygon:
    points = [_GEOD.fwd(lon, lat, angle, radius_km * 1000)[:2] for angle in range(0, 360, 10)]
    return Polygon(points)


def _buffer(shape: BaseGeometry, km: float, entry: Entry) -> BaseGeometry:
    if shape.area > 400:  # square degrees: too large for one local projection, and no reader sees the difference
        return shape.buffer(km / 100)
    return _world(_local(shape, entry).buffer(km * 1000, quad_segs=6), entry)


def _sector(entry: Entry, direction: str, distance: float, *, area_base: BaseGeometry | None) -> BaseGeometry:
    """Ground about a distance and a direction off: a fifth of the distance (3 km at least) to either side, and 35 degrees."""
    slack = max(3.0, 0.2 * distance)
    near, far = max(distance - slack, 0.5), distance + slack + min(entry.extent_km, 10.0)
    if area_base is not None:
        ring = _buffer(area_base, far, entry).difference(_buffer(area_base, near, entry))
        return ring.intersection(_fan(entry, direction, 60, entry.extent_km + far * 2, 0.0))
    return _fan(entry, direction, 35, far, near)


def _fan(entry: Entry, direction: str, half_angle: int, far_km: float, near_km: float) -> BaseGeometry:
    bearing = BEARING[direction]
    angles = range(bearing - half_angle, bearing + half_angle + 1, 5)
    outer = [_GEOD.fwd(entry.lon, entry.lat, angle, far_km * 1000)[:2] for angle in angles]
    inner = [_GEOD.fwd(entry.lon, entry.lat, angle, near_km * 1000)[:2] for angle in reversed(angles)] if near_km > 0 else [(entry.lon, entry.lat)]
    return Polygon([*outer, *inner]).buffer(0)


def _wedge(entry: Entry, base: BaseGeometry, direction: str, area: bool) -> BaseGeometry:
    """The side of a place, out to 25 km or four times its radius; an area's own ground is not south of it."""
    reach = max(25.0, min(4 * entry.extent_km, 60.0)) if not area else entry.extent_km + max(50.0, 0.3 * entry.extent_km)
    fan = _fan(entry, direction, 50, reach, 0.0)
    if area:
        outside = fan.difference(base)
        return outside if not outside.is_empty else fan
    core = _circle(entry.lat, entry.lon, entry.extent_km * 0.4)
    outside = fan.difference(core)
    return outside if not outside.is_empty else fan


def _part(shape: BaseGeometry, direction: str) -> BaseGeometry:
    """The northern, eastern … part: two fifths of the ground on that side (three tenths for a corner); the middle by halving both ways."""
    if shape.geom_type in ("LineString", "Point"):
        return shape
    if direction == "centre":
        inner = shape.intersection(scale(shape.envelope, 0.55, 0.55, origin=shape.centroid))
        return inner if not inner.is_empty else shape
    angle = math.radians(BEARING[direction])
    squeeze = math.cos(math.radians(shape.centroid.y))
    east, north = math.sin(angle), math.cos(angle)
    share = 0.3 if direction not in ("north", "south", "east", "west") else 0.4
    corners = [(x * squeeze * east + y * north) for x, y in _vertices(shape)]
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
    points = [
        (px + along[0] * far, py + along[1] * far), (px - along[0] * far, py - along[1] * far),
        (px - along[0] * far + east * far, py - along[1] * far + north * far), (px + along[0] * far + east * far, py + along[1] * far + north * far),
    ]  # fmt: skip
    return Polygon([(x / squeeze, y) for x, y in points])


def _vertices(shape: BaseGeometry) -> list[tuple[float, float]]:
    polygons = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    return [(x, y) for polygon in polygons if isinstance(polygon, Polygon) for x, y in polygon.exterior.coords]


def _bank(entry: Entry, line: BaseGeometry, direction: str | None) -> BaseGeometry:
    """Ground up to 25 km from the river on one side; both sides where the words name none."""
    if direction is None or not isinstance(line, LineString):
        return _buffer(line, 25, entry)
    local = _local(line, entry)
    angle = math.radians(BEARING[direction])
    sides = [local.buffer(sign * 25_000, single_sided=True) for sign in (1, -1)]
    middle = local.centroid
    scores = [(side.centroid.x - middle.x) * math.sin(angle) + (side.centroid.y - middle.y) * math.cos(angle) for side in sides]
    return _world(sides[0] if scores[0] >= scores[1] else sides[1], entry).buffer(0)


def _joined(place: Place, text: str, places: Sequence[Place], language: str | None) -> Place | None:
    """The first of two, where this place is the second: "tussen X en Y"."""
    for other in places:
        if other.start is None or other.end is None or place.start is None or other.end >= place.start:
            continue
        relation = relation_before(text, other.start, language=language)
        if relation is not None and relation.kind == "between" and _is_joint(text[other.end : place.start], language):
            return other
    return None


def _partner(place: Place, text: str, places: Sequence[Place], language: str | None) -> Place | None:
    for other in places:
        if other.start is not None and place.end is not None and other.start > place.end and _is_joint(text[place.end : other.start], language):
            return other if other.resolved else None
    return _looked_up(place, text, language)


def _is_joint(between: str, language: str | None) -> bool:
    words = between.strip().lower().split()
    joints = {word for tongue in _tongues(language) for word in language_data(tongue, "spatial")["relations"]["between"]["joined"]}
    fillers = {word for tongue in _tongues(language) for word in language_data(tongue, "spatial")["fillers"]}
    return bool(words) and words[0] in joints and all(word in fillers for word in words[1:])


def _tongues(language: str | None) -> tuple[str, ...]:
    return (language,) if language in languages() and language is not None else languages()


def _looked_up(place: Place, text: str, language: str | None) -> Place | None:
    from relaas.places.resolution import resolve
    from relaas.places.toponym import Toponym

    if place.start is None or place.end is None:
        return None
    match = re.match(r"\s+(?:en|and)\s+(?:de |het |the )?([^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*)*)", text[place.end : place.end + 60])
    if match is None:
        return None
    first = Toponym(place.text, place.start, place.end)
    second = Toponym(match.group(1), place.end + match.start(1), place.end + match.end(1))
    other = resolve([first, second], text=text, language=language or "nl")[1]
    return other if other.resolved else None


def _band(first: Place, second: Place, rule: str) -> Geometry:
    """The strip between two places: as wide to either side as a seventh of the way, 5 km at least, ends included."""
    a, b = _entry(first), _entry(second)
    assert a is not None and b is not None
    way = _GEOD.inv(a.lon, a.lat, b.lon, b.lat)[2] / 1000
    middle = replace_point(a, (a.lat + b.lat) / 2, (a.lon + b.lon) / 2)
    width = max(5.0, way / 7, min(a.extent_km, b.extent_km, 15.0))
    shape = _buffer(LineString([(a.lon, a.lat), (b.lon, b.lat)]), width, middle)
    return _whole(shape, rule)


def replace_point(entry: Entry, lat: float, lon: float) -> Entry:
    """The entry moved to another point, to centre a projection on."""
    return replace(entry, lat=lat, lon=lon)


def _whole(shape: BaseGeometry, rule: str, point: tuple[float, float] | None = None) -> Geometry:
    if shape.is_empty:
        shape = box(-180, -90, 180, 90)
    if point is None:
        centre = shape.centroid
        inside = centre if shape.buffer(1e-9).contains(centre) else shape.representative_point()
        lat, lon = inside.y, inside.x
    else:
        lat, lon = point
    return Geometry(shape, round(lat, 4), round(lon, 4), _radius(shape, lat, lon), rule)


def _radius(shape: BaseGeometry, lat: float, lon: float) -> float:
    points = _vertices(shape) or [(x, y) for x, y in getattr(shape, "coords", [])]
    if not points:
        points = list(shape.envelope.exterior.coords) if isinstance(shape.envelope, Polygon) else [(Point(shape.centroid).x, Point(shape.centroid).y)]
    step = max(1, len(points) // 400)
    xs, ys = zip(*points[::step], strict=True)
    _, _, distances = _GEOD.inv([lon] * len(xs), [lat] * len(ys), list(xs), list(ys))
    return round(max(distances) / 1000, 1)

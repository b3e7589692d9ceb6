"""Shapes no tighter than the words: the ground a report means when it says "rond Bachmoet" or "in het oosten van
Oekraïne".

Everything is WGS84 in and out; distances are measured in a projection centred on the place. The radii are choices,
stated where they are made: an area must hold what a reporter can have meant, and must not be needlessly larger.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shapely import LineString, Point, Polygon, box, set_precision, wkt
from shapely.geometry.base import BaseGeometry

from relaas.knowledge.gazetteer import Entry, Gazetteer
from relaas.knowledge.sources import neighbours
from relaas.model.place import Place
from relaas.ontology.loader import language_data, languages
from relaas.places.relations import Relation, relation_before
from relaas.places.shapes import (
    GEOD,
    bank_of,
    buffer,
    circle,
    coast_of,
    part_of,
    sector,
    shape_of,
    shared_border,
    vertices,
    wedge,
)

_AREAS = (
    "country",
    "first-order division",
    "second-order division",
    "region",
    "continent",
    "island",
    "islands",
    "peninsula",
    "mountains",
    "desert",
    "former country",
)
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
        place,
        lat=found.lat,
        lon=found.lon,
        extent_km=found.extent_km,
        geometry=wkt.dumps(shape, trim=True),
        reason=f"{place.reason}; {found.rule}",
    )


def geometry_of(
    place: Place, *, text: str, language: str | None = None, places: Sequence[Place] = ()
) -> Geometry | None:
    """The ground meant by the place and the words before it; None where the place is unresolved.

    ``places`` are the report's other places, for "tussen X en Y"; without them the second name is looked up in the
    text.
    """
    entry = _entry(place)
    if entry is None or place.lat is None:
        return None
    part = place.key.partition(":")[2] or None
    relation = relation_before(text, place.start, language=language) if place.start is not None else None
    base = shape_of(entry)
    if part is not None:
        base = part_of(base, part)
        if relation is None:
            return _whole(base, f"part: {part} of {entry.name}")
    if relation is None:
        second = _joined(place, text, places, language)
        if second is not None:
            return _band(second, place, f"between: {second.name} and {place.name}")
        return _whole(base, _plain_rule(entry), point=(entry.lat, entry.lon))
    return _related(place, entry, base, relation, text, places, language)


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
    return (
        f"{entry.kind}: outline"
        if entry.region or entry.kind == "country"
        else f"{entry.kind}: circle around its towns"
    )


def _related(
    place: Place,
    entry: Entry,
    base: BaseGeometry,
    relation: Relation,
    text: str,
    places: Sequence[Place],
    language: str | None,
) -> Geometry:
    kind, rule = relation.kind, relation.rule
    area = entry.kind in _AREAS
    size = entry.extent_km
    if kind == "part" and relation.direction:
        return _whole(part_of(base, relation.direction), f"{rule}: {relation.direction} part of {entry.name}")
    if kind == "centre":
        return _whole(part_of(base, "centre"), f"{rule}: middle of {entry.name}")
    if kind == "side" and relation.direction:
        grown = buffer(base, _margin(size, area), entry)
        return _whole(
            part_of(grown, relation.direction),
            f"{rule}: {relation.direction} side of {entry.name}, half of it and its rim",
        )
    if kind == "distance direction" and relation.direction and relation.distance_km is not None:
        shape = sector(entry, relation.direction, relation.distance_km, area_base=base if area else None)
        return _whole(shape, f"{rule}: {relation.distance_km:g} km {relation.direction} of {entry.name}")
    if kind == "distance" and relation.distance_km is not None:
        slack = max(2.0, 0.25 * relation.distance_km)
        outer = buffer(base, relation.distance_km + slack, entry)
        inner = buffer(
            circle(entry.lat, entry.lon, 0.1) if not area else base, max(relation.distance_km - slack, 0.1), entry
        )
        ring = outer.difference(inner)
        return _whole(
            ring, f"{rule}: {relation.distance_km:g} km from {entry.name}, a ring", point=(entry.lat, entry.lon)
        )
    if kind == "bank" and entry.kind in _WATERS:
        return _whole(
            bank_of(entry, base, relation.direction),
            f"{rule}: 25 km deep on the {relation.direction or 'named'} bank of {entry.name}",
        )
    if kind == "direction" and relation.direction:
        return _whole(
            wedge(entry, base, relation.direction, area), f"{rule}: {relation.direction} of {entry.name}, a wedge"
        )
    if kind == "between" and (other := _partner(place, text, places, language)) is not None:
        return _band(place, other, f"{rule}: between {place.name} and {other.name}")
    if kind == "along" and entry.kind in (*_WATERS, *_POLYGON_WATERS):
        return _whole(buffer(base, 10, entry), f"{rule}: 10 km on both sides of {entry.name}")
    if kind == "border" and entry.kind == "country":
        others = {other.country for other in places if other.country and other.country != entry.country}
        near = others & set(neighbours().get(entry.country, ()))
        if (shared := shared_border(entry, base, near)) is not None:
            names = " and ".join(sorted(near))
            return _whole(shared, f"{rule}: 25 km on both sides of where {entry.name} meets {names}")
    if kind == "coast" and entry.kind == "country":
        return _whole(coast_of(entry, base), f"{rule}: 25 km on both sides of the coast of {entry.name}")
    if kind in ("border", "coast"):
        outline = buffer(base, 25, entry).difference(buffer(base, -25, entry))
        return _whole(outline, f"{rule}: 25 km on both sides of the outline of {entry.name}")
    if kind == "edge" and not area:
        ring = circle(entry.lat, entry.lon, size + 4).difference(circle(entry.lat, entry.lon, size * 0.5))
        return _whole(
            ring, f"{rule}: rim of {entry.name}, from half its radius to 4 km beyond", point=(entry.lat, entry.lon)
        )
    if kind in ("around", "front", "near", "edge", "bank"):
        margin = _margin(size, area, wide=kind in ("around", "front"))
        return _whole(
            buffer(base, margin, entry),
            f"{rule}: {entry.name} and {margin:g} km about it",
            point=(entry.lat, entry.lon),
        )
    return _whole(base, _plain_rule(entry), point=(entry.lat, entry.lon))


def _margin(size: float, area: bool, wide: bool = False) -> float:
    """Kilometres beyond a place: a front "rond Bachmoet" reaches 20 km out, "bij" 8 to 15; areas a tenth of their
    radius, 20 to 60 km.
    """
    if area:
        return round(min(max(20.0, 0.1 * size), 60.0), 0)
    return round(min(max(12.0 + size, 15.0), 30.0), 0) if wide else round(min(max(6.0 + size, 8.0), 15.0), 0)


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
        if (
            other.start is not None
            and place.end is not None
            and other.start > place.end
            and _is_joint(text[place.end : other.start], language)
        ):
            return other if other.resolved else None
    return _looked_up(place, text, language)


def _is_joint(between: str, language: str | None) -> bool:
    words = between.strip().lower().split()
    joints = {
        word
        for tongue in _tongues(language)
        for word in language_data(tongue, "spatial")["relations"]["between"]["joined"]
    }
    fillers = {word for tongue in _tongues(language) for word in language_data(tongue, "spatial")["fillers"]}
    return bool(words) and words[0] in joints and all(word in fillers for word in words[1:])


def _tongues(language: str | None) -> tuple[str, ...]:
    return (language,) if language in languages() and language is not None else languages()


def _looked_up(place: Place, text: str, language: str | None) -> Place | None:
    from relaas.places.resolution import resolve
    from relaas.places.toponym import Toponym

    if place.start is None or place.end is None:
        return None
    match = re.match(
        r"\s+(?:en|and)\s+(?:de |het |the )?([^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*)*)",
        text[place.end : place.end + 60],
    )
    if match is None:
        return None
    first = Toponym(place.text or place.name, place.start, place.end)
    second = Toponym(match.group(1), place.end + match.start(1), place.end + match.end(1))
    other = resolve([first, second], text=text, language=language or "nl")[1]
    return other if other.resolved else None


def _band(first: Place, second: Place, rule: str) -> Geometry:
    """The strip between two places: as wide to either side as a seventh of the way, 5 km at least, ends included."""
    a, b = _entry(first), _entry(second)
    assert a is not None
    assert b is not None
    way = GEOD.inv(a.lon, a.lat, b.lon, b.lat)[2] / 1000
    middle = replace_point(a, (a.lat + b.lat) / 2, (a.lon + b.lon) / 2)
    width = max(5.0, way / 7, min(a.extent_km, b.extent_km, 15.0))
    shape = buffer(LineString([(a.lon, a.lat), (b.lon, b.lat)]), width, middle)
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
    points = vertices(shape) or [(x, y) for x, y in getattr(shape, "coords", [])]
    if not points:
        points = (
            list(shape.envelope.exterior.coords)
            if isinstance(shape.envelope, Polygon)
            else [(Point(shape.centroid).x, Point(shape.centroid).y)]
        )
    step = max(1, len(points) // 400)
    xs, ys = zip(*points[::step], strict=True)
    _, _, distances = GEOD.inv([lon] * len(xs), [lat] * len(ys), list(xs), list(ys))
    return round(float(max(distances)) / 1000, 1)

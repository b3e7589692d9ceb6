"""Measures first-order divisions: middle and radius of the part of a country nearer to a division's towns than to
others'.

    python training/places/divisions.py

Writes the middles that differ from the mean of the towns by more than 25 km; large and thinly peopled divisions need
it. Points in FIXED are the official ones of the United States' board on names (public domain), and the middle of the
area for Canada and Australia.
"""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

import numpy as np
from shapely import STRtree, contains_xy, points

from relaas.knowledge import sources
from relaas.knowledge.boundaries import country_shape

TARGET = Path(__file__).parents[2] / "src/relaas/knowledge/data/divisions.yaml"
FIXED = """
US.AL 32.75 -86.75;US.AK 64 -150;US.AZ 34.5 -111.5;US.AR 34.75 -92.5;US.CA 37.25 -119.75;US.CO 39 -105.5;US.CT 41.67
-72.67;US.DE 39 -75.5;US.DC 38.92 -77;
US.FL 28.75 -82.5;US.GA 32.75 -83.5;US.HI 20.75 -156.5;US.ID 44.5 -114.25;US.IL 40 -89.25;US.IN 40 -86.25;US.IA 42
-93.5;US.KS 38.5 -98.5;US.KY 38.2 -84.88;
US.LA 31 -92;US.ME 45.5 -69.25;US.MD 39 -76.75;US.MA 42.37 -71.11;US.MI 44.25 -85.5;US.MN 46.25 -94.25;US.MS 32.75
-89.75;US.MO 38.25 -92.5;US.MT 47 -109.75;
US.NE 41.5 -99.75;US.NV 39.25 -116.75;US.NH 43.67 -71.5;US.NJ 40.17 -74.5;US.NM 34.5 -106;US.NY 43 -75.5;US.NC 35.5
-80;US.ND 47.5 -100;US.OH 40.25 -83;
US.OK 35.5 -97.5;US.OR 44 -120.5;US.PA 40.27 -76.91;US.RI 41.75 -71.5;US.SC 34 -81;US.SD 44.5 -100.25;US.TN 35.75
-86.25;US.TX 31.25 -99.25;US.UT 39.25 -111.75;
US.VT 44 -72.75;US.VA 37.55 -77.45;US.WA 47.5 -120.5;US.WV 38.5 -80.5;US.WI 44.5 -90;US.WY 43 -107.5;
CA.08 50 -85.5;CA.01 54.8 -115;CA.02 54.5 -125;CA.11 54.5 -106;CA.03 55 -97.3;CA.10 52.5 -72;CA.07 45 -63;CA.04 46.5
-66.5;CA.05 53.5 -60;CA.12 63 -135;CA.13 64.5 -119;CA.14 70 -90;
AU.04 -22.4 144;AU.02 -32.4 147;AU.07 -37 144;AU.08 -26 122;AU.05 -30 135;AU.03 -19.5 133.5;AU.06 -42 147
"""


def main() -> None:
    """Write the file."""
    towns: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for town in sources.towns():
        towns[town.country].append((town.lon or 0.0, town.lat or 0.0, town.admin1))
    fixed = {
        row.split()[0]: (float(row.split()[1]), float(row.split()[2]))
        for row in FIXED.replace("\n", "").split(";")
        if row
    }
    found: dict[str, tuple[float, float, float]] = {}
    for country, places in sorted(towns.items()):
        found.update(_measured(country, places))
    for code, (lat, lon) in fixed.items():
        found[code] = (lat, lon, found.get(code, (0, 0, 200.0))[2])
    lines = [
        "# Middle and radius of first-order divisions; made by training/places/divisions.py.",
        'example: "In Alaska."',
        "points:",
    ]
    lines += [f"  {code}: [{lat:g}, {lon:g}, {radius:g}]" for code, (lat, lon, radius) in sorted(found.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(found), "divisions,", TARGET.stat().st_size // 1024, "KB")


def _measured(country: str, places: list[tuple[float, float, str]]) -> dict[str, tuple[float, float, float]]:
    land = country_shape(country)
    if land is None:
        return {}
    west, south, east, north = land.bounds
    step = max(0.03, math.sqrt(land.area / 40_000))
    xs, ys = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step))
    inside = contains_xy(land, xs, ys)
    x, y = xs[inside], ys[inside]
    if len(x) == 0:
        return {}
    squeeze = math.cos(math.radians((south + north) / 2))
    tree = STRtree(points([lon * squeeze for lon, _, _ in places], [lat for _, lat, _ in places]))
    nearest = tree.nearest(points(x * squeeze, y))
    owner = np.array([place[2] for place in places])[nearest]
    found = {}
    for code in np.unique(owner):
        own = owner == code
        towns = np.array([place[:2] for place in places if place[2] == code])
        weights = np.cos(np.radians(y[own]))
        lat, lon = float(np.average(y[own], weights=weights)), float(np.average(x[own], weights=weights))
        distance = 111.2 * np.hypot((x[own] - lon) * math.cos(math.radians(lat)), y[own] - lat)
        off = 111.2 * math.hypot((towns[:, 0].mean() - lon) * math.cos(math.radians(lat)), towns[:, 1].mean() - lat)
        spread = 111.2 * np.hypot(
            (towns[:, 0] - towns[:, 0].mean()) * math.cos(math.radians(lat)), towns[:, 1] - towns[:, 1].mean()
        )
        # One town under the wrong code can claim half a desert: then the towns' own mean is the better middle.
        if 25 < off < 0.8 * float(np.quantile(spread, 0.9)) and own.sum() > 20:
            found[str(code)] = (round(lat, 2), round(lon, 2), round(float(np.quantile(distance, 0.95))))
    return found


if __name__ == "__main__":
    main()

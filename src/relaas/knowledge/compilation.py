"""Compiles the gazetteer: one SQLite file with places and their names by key.

    python -m relaas.knowledge.compilation TARGET

Run in a process of its own, because reading the sources takes memory that a reader of reports should not keep.
"""

from __future__ import annotations

import math
import os
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from relaas.knowledge import exonyms, sources
from relaas.knowledge.datafiles import FOLDER, read_mapping
from relaas.knowledge.names import consonants, key, sound, without_article
from relaas.knowledge.regions import drawn_shape, regions, spellings
from relaas.knowledge.sources import ALTERNATE, CODE, CURATED, CURRENT, OLD, RULE, SHORT, Record
from relaas.ontology.loader import language_data, languages

FORMAT = 1
# How a name came to be one, best first; the number is what the file keeps. Rules keep their language apart:
# another's spelling counts less.
HOW = (CURRENT, CURATED, ALTERNATE, "rule nl", "rule en", RULE, SHORT, OLD, CODE)
# Landmarks of a smaller radius than this lie in one division.
SMALL = 40.0
# A city of so many inhabitants keeps its name to itself against a country's name in another language.
CITY = 100_000
_RANK = {how: number for number, how in enumerate(HOW)}
TARGETS = ("nl", "en", "de", "fr", "pl")
CYRILLIC_COUNTRIES = {
    "UA": ("uk", "ru"),
    "RU": ("ru",),
    "BY": ("ru",),
    "KZ": ("ru",),
    "MD": ("ru", "uk"),
    **dict.fromkeys(["AM", "AZ", "GE", "KG", "TJ", "TM", "UZ"], ("ru",)),
}
_SCHEMA = """
PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE places (id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT, kind TEXT, country TEXT, admin1 TEXT,
admin2 TEXT,
                     lat REAL, lon REAL, population INTEGER, extent_km REAL, region TEXT, renown INTEGER);
CREATE TABLE names (key TEXT NOT NULL, place INTEGER NOT NULL, how INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT
ROWID;
CREATE TABLE sounds (sound TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (sound, place)) WITHOUT ROWID;
CREATE TABLE old (place INTEGER, key TEXT, until TEXT);
"""


def compile_gazetteer(target: Path) -> None:
    """Write the gazetteer under a name of its own and move it into place, so that two processes at once do no harm."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.part")
    draft.unlink(missing_ok=True)
    base = sqlite3.connect(draft)
    try:
        base.executescript(_SCHEMA)
        _fill(base)
        base.execute("CREATE INDEX places_geonameid ON places (geonameid)")
        base.execute("CREATE INDEX places_divisions ON places (admin1) WHERE kind = 'first-order division'")
        base.execute("CREATE INDEX places_admin ON places (admin1) WHERE kind = 'populated place'")
        base.commit()
        base.execute("VACUUM")
    finally:
        base.close()
    os.replace(draft, target)


def _fill(base: sqlite3.Connection) -> None:
    cells: dict[str, dict[tuple[int, int], tuple[float, float]]] = defaultdict(dict)
    people: dict[str, int] = defaultdict(int)
    towns: dict[tuple[str, str], int] = {}
    seats: dict[tuple[str, str], list[str]] = {}
    number = 0

    def store(records: Iterable[Record]) -> None:
        nonlocal number
        rows: list[tuple[object, ...]] = []
        names: list[tuple[str, int, int]] = []
        sounds: list[tuple[str, int]] = []
        for record in records:
            number += 1
            rows.append(
                (
                    number,
                    record.geonameid,
                    record.name,
                    record.kind,
                    record.country,
                    record.admin1,
                    record.admin2,
                    record.lat,
                    record.lon,
                    record.population,
                    record.extent_km,
                    record.region,
                    record.renown,
                )
            )
            keyed = _keys(record)
            names.extend((spelled, number, how) for spelled, how in keyed.items())
            sounds.extend((heard, number) for heard in _sounds(record, keyed))
            if record.kind == "populated place":
                towns.setdefault((record.country, record.name), number)
                if record.population >= 20_000:
                    _seat(record, keyed, seats)
            elif record.kind == sources.LEVELS[1]:
                own = {spelled for spelled, how in keyed.items() if how <= _RANK[SHORT]}
                shared = next((seats[(record.admin1, s)] for s in sorted(own) if (record.admin1, s) in seats), [])
                names.extend((spelled, number, _RANK[SHORT]) for spelled in shared if spelled not in keyed)
        base.executemany("INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", rows)
        base.executemany("INSERT OR IGNORE INTO names VALUES (?,?,?)", sorted(names))
        base.executemany("INSERT OR IGNORE INTO sounds VALUES (?,?)", sorted(sounds))

    ordered = sources.nearest_first(sources.towns())
    for town in ordered:
        assert town.lat is not None
        assert town.lon is not None
        for code in (town.admin1, town.admin2):
            if code:
                cells[code].setdefault((round(town.lat * 5), round(town.lon * 5)), (town.lat, town.lon))
                people[code] += town.population
    largest: dict[str, tuple[float, float]] = {}
    for town in ordered:
        if town.lat is not None and town.lon is not None:
            largest.setdefault(town.country, (town.lat, town.lon))
    store(ordered)
    nearest = _nearest_division(ordered)
    cities = frozenset(key(town.name) for town in ordered if town.population >= CITY)
    del ordered
    circles = {code: _circle(list(grid.values())) for code, grid in cells.items()}
    divisions = list(_placed(sources.divisions(), circles, people))
    official = {record.admin1: record for record in divisions if not record.admin2}
    store(divisions)
    lands = list(_country_points(largest, cities))
    store(lands)
    store(sources.continents())
    store(_region_records(circles, {record.country: record for record in lands}, official, nearest))
    _old_names(base, towns)
    _newspaper_names(base, towns)
    _everyday_names(base)


def _seat(record: Record, keyed: dict[str, int], seats: dict[tuple[str, str], list[str]]) -> None:
    """Keep a town's spellings for the division named after it: who writes Charkov also writes oblast Charkov."""
    common = [spelled for spelled, how in keyed.items() if how <= _RANK[RULE] and spelled.isascii()]
    seats.setdefault((record.admin1, key(record.name)), common)


def _circle(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Middle of a division's inhabited cells, and the radius that holds nine tenths of them with a margin of 12 km."""
    lat = sum(point[0] for point in points) / len(points)
    east = [point[1] + 360 if point[1] < -90 and max(p[1] for p in points) > 90 else point[1] for point in points]
    lon = sum(east) / len(east)
    distances = sorted(_km(lat, lon, point[0], at) for point, at in zip(points, east, strict=True))
    return round(lat, 4), round((lon + 540) % 360 - 180, 4), round(distances[int(0.9 * (len(distances) - 1))] + 12, 1)


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    x = math.radians(lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))
    return 6371 * math.hypot(x, math.radians(lat2 - lat1))


def _placed(
    records: Iterator[Record], circles: dict[str, tuple[float, float, float]], people: dict[str, int]
) -> Iterator[Record]:
    measured: dict[str, list[float]] = (
        read_mapping(FOLDER / "divisions.yaml")["points"] if (FOLDER / "divisions.yaml").exists() else {}
    )
    kept: list[Record] = []
    renamed = {
        r["of"][0]: r for r in regions().values() if r["kind"] == sources.LEVELS[1] and len(r.get("of", [])) == 1
    }
    short: dict[str, list[str]] = defaultdict(list)
    for language in languages():
        for concept in ("places", "division_names"):
            for division, names in language_data(language, concept).get("divisions", {}).items():
                short[division].extend(names)
    for record in records:
        code = record.admin2 or record.admin1
        if code not in circles and code not in measured:
            continue  # no town of 500 inhabitants: nothing says where it lies
        if code in circles:
            record.lat, record.lon, record.extent_km = circles[code]
        if code in measured:
            record.lat, record.lon, record.extent_km = measured[code]
        record.population = people.get(code, 0)
        if record.kind == sources.LEVELS[1]:
            for spelling in short.get(code, []):
                record.names[spelling] = CODE if len(key(spelling)) <= 4 else CURATED
            if told := renamed.get(code):
                record.name = told["name"]
                record.names.update(dict.fromkeys(spellings(told), CURATED))
                record.names[record.name] = CURRENT
        kept.append(record)
    yield from sources.nearest_first(kept)


def _country_points(largest: dict[str, tuple[float, float]], cities: frozenset[str]) -> Iterator[Record]:
    from relaas.knowledge.boundaries import middle_of_country  # shapely is only needed here

    curated: dict[str, list[str]] = defaultdict(list)
    for language in languages():
        for code, names in language_data(language, "places").get("countries", {}).items():
            curated[code].extend(names)
    for record in sources.countries():
        if record.lat is None:
            record.lat, record.lon = middle_of_country(record.country) or largest.get(record.country) or (None, None)
        for spelling in [s for s, how in record.names.items() if how == ALTERNATE and key(s) in cities]:
            del record.names[spelling]  # Spanish for Grenada is Granada; who writes Dutch or English means the city
        for spelling in curated.get(record.country, []):
            record.names[spelling] = CODE if len(key(spelling)) <= 3 and spelling.isupper() else CURATED
        if record.lat is not None:
            yield record


def _region_records(
    circles: dict[str, tuple[float, float, float]],
    lands: dict[str, Record],
    official: dict[str, Record],
    nearest: Callable[[str, float, float], str],
) -> Iterator[Record]:
    for region in regions().values():
        lat, lon, extent = _region_point(region, circles, lands)
        within = region.get("within", [])
        members = region.get("of", [])
        admin1 = members[0] if len(members) == 1 else region.get("of_division", "")
        if not admin1 and len(within) == 1 and "point" in region and region.get("extent_km", extent) <= SMALL:
            admin1 = nearest(within[0], lat, lon)
        names = dict.fromkeys(spellings(region), CURATED)
        names[region["name"]] = CURRENT
        if region["kind"] == sources.LEVELS[1] and admin1 in official and len(members) == 1:
            continue  # its names stand with the division itself
        yield Record(
            region["name"],
            region["kind"],
            within[0] if len(within) == 1 else "",
            region.get("geonameid"),
            admin1,
            "",
            lat,
            lon,
            region.get("population", 1_000_000),
            region.get("extent_km", extent),
            region["id"],
            names=names,
        )


def _nearest_division(ordered: list[Record]) -> Callable[[str, float, float], str]:
    """Tells in which first-order division of a country a point lies: that of the nearest town, within a degree."""
    towns: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for town in ordered:
        towns[town.country].append((town.lat or 0.0, town.lon or 0.0, town.admin1))

    def find(country: str, lat: float, lon: float) -> str:
        near = [(_km(lat, lon, y, x), code) for y, x, code in towns[country] if abs(y - lat) < 1 and abs(x - lon) < 1]
        return min(near)[1] if near else ""

    return find


def _region_point(
    region: dict[str, Any], circles: dict[str, tuple[float, float, float]], lands: dict[str, Record]
) -> tuple[float, float, float]:
    parts: list[tuple[float, float, float]] = []
    shape = drawn_shape(region)
    if shape is not None:
        middle = (
            shape.centroid
            if shape.geom_type == "Polygon"
            else shape.interpolate(0.5, normalized=True)
            if shape.geom_type == "LineString"
            else shape
        )
        west, south, east, north = shape.bounds
        far = max(_km(middle.y, middle.x, y, x) for x in (west, east) for y in (south, north))
        parts.append((middle.y, middle.x, far))
    for code in region.get("of", []):
        if code in circles:
            parts.append(circles[code])
    if not parts:
        for code in region.get("countries", []):
            land = lands[code]
            parts.append((land.lat or 0.0, land.lon or 0.0, land.extent_km))
    total = sum(part[2] for part in parts) or 1.0
    lat = sum(part[0] * part[2] for part in parts) / total
    lon = sum(part[1] * part[2] for part in parts) / total
    if "point" in region:
        lat, lon = region["point"]
    extent = max(_km(lat, lon, part[0], part[1]) + part[2] for part in parts)
    return round(lat, 4), round(lon, 4), round(max(extent, 1.0), 1)


def _old_names(base: sqlite3.Connection, towns: dict[tuple[str, str], int]) -> None:
    for old, country, name, until in read_mapping(FOLDER / "oldnames.yaml")["names"]:
        place = towns.get((country, name))
        if place is None:
            continue
        for spelling in old:
            base.execute("INSERT OR REPLACE INTO names VALUES (?,?,?)", (key(spelling), place, _RANK[OLD]))
            base.execute("INSERT INTO old VALUES (?,?,?)", (place, key(spelling), until))


def _newspaper_names(base: sqlite3.Connection, towns: dict[tuple[str, str], int]) -> None:
    for names, country, name in read_mapping(FOLDER / "spellings.yaml")["names"]:
        place = towns.get((country, name))
        for spelling in names if place is not None else []:
            base.execute("INSERT OR REPLACE INTO names VALUES (?,?,?)", (key(spelling), place, _RANK[CURRENT]))


def _everyday_names(base: sqlite3.Connection) -> None:
    for language in languages():
        for place, spellings_ in language_data(language, "places").get("cities", {}).items():
            country, division, name = place.split(".", 2)
            query = (
                "SELECT id FROM places WHERE admin1 = ? AND name = ? AND kind = 'populated place' ORDER BY id LIMIT 1"
            )
            row = base.execute(query, (f"{country}.{division}", name)).fetchone()
            for spelling in spellings_ if row else []:
                # The town of a state of the same name is as much called so as the state.
                same = key(spelling) == key(name).removesuffix(" city")
                how = CODE if len(key(spelling)) <= 3 else CURRENT if same else CURATED
                base.execute("INSERT OR REPLACE INTO names VALUES (?,?,?)", (key(spelling), row[0], _RANK[how]))


def _keys(record: Record) -> dict[str, int]:
    """Every key of a place with its best rank; rules never displace a spelling that a source has."""
    found: dict[str, int] = {}

    def add(spelled: str, how: str) -> None:
        rank = _RANK[how]
        if len(spelled) > 1 and found.get(spelled, 99) > rank:
            found[spelled] = rank

    for spelling, how in record.names.items():
        add(key(spelling), how)
    plain = list(found)
    for spelled in plain:
        if spelled.startswith("saint "):
            add("st " + spelled[6:], ALTERNATE)
        bare = without_article(spelled)
        if bare != spelled and record.country in exonyms.respelled_countries():
            add(bare, SHORT)
    if record.kind == "populated place":
        _add_rules(record, plain, add)
    return found


def _add_rules(record: Record, plain: list[str], add: Callable[[str, str], None]) -> None:
    if alphabets := CYRILLIC_COUNTRIES.get(record.country):
        native = [spelling for spelling in record.names if "\u0400" <= spelling[0] <= "\u04ff"]
        for target in TARGETS:
            how = f"rule {target}" if target in ("nl", "en") else RULE
            for spelling in native:
                for spelled in exonyms.exonyms(spelling, target, sources=alphabets):
                    add(key(spelled), how)
            for spelled in [] if native else plain:
                for other in exonyms.respellings(spelled, target, group="slavic") if spelled.isascii() else []:
                    add(key(other), how)
    elif record.country in exonyms.respelled_countries():
        for target in TARGETS:
            how = f"rule {target}" if target in ("nl", "en") else RULE
            for spelled in plain:
                if spelled.isascii():
                    for other in exonyms.respellings(spelled, target):
                        add(key(other), how)


def _sounds(record: Record, keyed: dict[str, int]) -> set[str]:
    """Sounds of the main name and, where the name is not its country's own script, of its commonest spellings."""
    respelled = record.country in exonyms.respelled_countries()
    if (
        record.kind == "populated place"
        and record.population < 1000
        and not (respelled or record.country in CYRILLIC_COUNTRIES)
    ):
        return set()
    limit = _RANK["rule en"] if record.country in CYRILLIC_COUNTRIES or respelled else _RANK[CURATED]
    heard = {sound(spelled) for spelled, rank in keyed.items() if rank <= limit}
    if respelled and record.kind == "populated place":
        sources_own = [spelled for spelled, rank in keyed.items() if rank <= _RANK[ALTERNATE]]
        heard |= {consonants(spelled) for spelled in sources_own}
    return {value for value in heard if len(value) >= 4}


if __name__ == "__main__":
    compile_gazetteer(Path(sys.argv[1]))

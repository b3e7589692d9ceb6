"""What a name that a person writes stands for: the place that the gazetteer puts first."""

from __future__ import annotations

from typing import Any

from relaas.knowledge.gazetteer import Entry, Gazetteer

KEYS = ("geonameid", "kind", "lat", "lon", "extent_km", "country")


def place_named(given: str, language: str) -> dict[str, Any]:
    """The best-known place of a name, as the contract's keys; "Kidal, ML" keeps to a country by its ISO code.

    A name that the gazetteer does not hold stays as it was written, with None for all that is unknown.
    """
    name, _, country = (part.strip() for part in given.rpartition(",")) if _coded(given) else (given.strip(), "", "")
    found: dict[int, Entry] = {}
    for tongue in dict.fromkeys((language, "en", "nl")):
        for candidate in Gazetteer.open().candidates(name, tongue):
            found.setdefault(candidate.entry.id, candidate.entry)
    fitting = [entry for entry in found.values() if country.upper() in {"", entry.country}]
    if not fitting:
        return {"name": given.strip(), **dict.fromkeys(KEYS)}
    best = max(fitting, key=lambda entry: (entry.name.casefold() == name.casefold(), entry.population, -entry.id))
    return {"name": best.name, **{key: getattr(best, key) or None for key in KEYS}}


def _coded(given: str) -> bool:
    code = given.rpartition(",")[2].strip()
    return "," in given and len(code) == 2 and code.isalpha()

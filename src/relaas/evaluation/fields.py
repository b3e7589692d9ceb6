"""What counts as the same label: each field of a claim as one plain value, equal where two labellers mean the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from relaas.evaluation.edtf import days, normalised
from relaas.evaluation.matching import wording, words
from relaas.text import folded

Labels = Mapping[str, Any]


def _source(labels: Labels) -> Hashable:
    source = labels.get("source")
    return None if source is None else name(source["name"])


def _kind(labels: Labels) -> Hashable:
    source = labels.get("source")
    return None if source is None else source.get("kind")


def _via(labels: Labels) -> Hashable:
    source = labels.get("source")
    return () if source is None else tuple(name(each) for each in source.get("via") or ())


def _time(labels: Labels) -> Hashable:
    edtf = (labels.get("time") or {}).get("edtf")
    return normalised(str(edtf)) if edtf else None


def _days(labels: Labels) -> Hashable:
    """First and last day, as the pipeline gives them or as the EDTF implies; a time that has no EDTF counts as none."""
    time, given = _time(labels), labels.get("time") or {}
    if time and "earliest" in given:
        return given["earliest"], given["latest"]
    try:
        return days(str(time)) if time else None
    except ValueError:
        return time


def _places(labels: Labels, wanted: Iterable[bool] = (False, True)) -> Hashable:
    kept = [place for place in labels.get("places") or () if bool(place.get("inherited")) in wanted]
    return tuple(sorted({(place_name(place["name"]), place["use"]) for place in kept}))


def _quantities(labels: Labels) -> Hashable:
    return tuple(sorted({_quantity(number) for number in labels.get("quantities") or ()}, key=str))


def _numbers(labels: Labels) -> Hashable:
    """The quantities without their units."""
    return tuple(sorted({_quantity(number)[:4] for number in labels.get("quantities") or ()}, key=str))


def _quantity(number: Labels) -> tuple[float | None, float | None, float | None, str, str | None]:
    """Value, low, high, bound and unit, the ends filled in as the bound implies, whichever form the labeller wrote."""
    value, low, high, bound = (number.get(key) for key in ("value", "low", "high", "bound"))
    if value is not None:
        low = value if bound in ("=", ">=") else None if bound == "<=" else low
        high = value if bound in ("=", "<=") else None if bound == ">=" else high
    return _float(value), _float(low), _float(high), str(bound), unit(number.get("unit"))


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _verification(labels: Labels) -> Hashable:
    verification = labels.get("verification")
    return None if verification is None else (name(verification.get("by") or ""), verification.get("scope"))


def _event(labels: Labels) -> Hashable:
    return (labels.get("event") or {}).get("type")


def _mode(labels: Labels) -> Hashable:
    return (labels.get("event") or {}).get("mode")


FIELDS: dict[str, Callable[[Labels], Hashable]] = {
    "source": _source,
    "kind": _kind,
    "evidence": lambda labels: labels["evidence"],
    "certainty": lambda labels: labels["certainty"],
    "topic": lambda labels: labels["topic"],
    "time": _time,
    "places": _places,
    "quantities": _quantities,
    "verification": _verification,
    "event": _event,
}
DETAILS: dict[str, Callable[[Labels], Hashable]] = {
    "via": _via,
    "days": _days,
    "own places": lambda labels: _places(labels, (False,)),
    "inherited places": lambda labels: _places(labels, (True,)),
    "numbers": _numbers,
    "mode": _mode,
}
ALL = {**FIELDS, **DETAILS}
SUMMARY = ("source", "evidence", "certainty", "topic", "time", "places", "quantities")
LABELLED = ("kind", "evidence", "certainty", "topic", "event")
SETS = ("places", "own places", "inherited places", "quantities", "numbers")


def name(written: str) -> str:
    """A source's name as it is compared: without case, accents, punctuation and a leading article."""
    plain = folded(written).split()
    while len(plain) > 1 and plain[0] in words("articles"):
        plain = plain[1:]
    return " ".join(plain)


def place_name(written: str) -> str:
    """A place's name as it is compared: also without apostrophes and words such as "oblast" that say its kind."""
    plain = name(re.sub(r"[’'‘`ʼ]", "", written)).split()
    kept = [word for word in plain if word not in words("generic")]
    return " ".join(kept or plain)


def unit(written: str | None) -> str | None:
    """One spelling of a unit."""
    if written is None:
        return None
    plain = written.strip().lower()
    return next((unit for unit, others in wording()["units"].items() if plain in others), plain)


def shown(value: Hashable) -> str:
    """A field's value for people."""
    if value is None or value == ():
        return "–"
    if isinstance(value, float):
        return f"{value:.12g}"
    if not isinstance(value, tuple):
        return str(value)
    nested = any(isinstance(each, tuple) for each in value)
    return ("; " if nested else " ").join(shown(each) for each in value)

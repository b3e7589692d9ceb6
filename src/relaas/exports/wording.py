"""Words for the parts of a claim: dates and numbers as a language writes them, sources, places, figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from relaas.dates import bounds
from relaas.ontology.display import name, say
from relaas.ontology.loader import concept, language_data
from relaas.text import collapse

_PIECE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?([~?%])?$")
_OPEN = {"", ".."}


@lru_cache(maxsize=4_000)
def day(value: str | None, language: str) -> str:
    """A date of any precision as the language writes it: "6 nov 2022", "nov 2022", "2022"; a clock time is left out."""
    if not value:
        return say("no_date", language=language)
    from babel.dates import format_date, format_skeleton

    try:
        first, _ = bounds(value)
    except ValueError:
        return value
    if len(value) == 4:
        return value
    if len(value) == 7:
        return str(format_skeleton("yMMM", first, locale=language))
    return str(format_date(first, "d MMM y", locale=language))


def days(first: str, last: str, language: str) -> str:
    """Two dates as a stretch, without saying a shared year twice."""
    if first == last:
        return day(first, language)
    one, other = day(first, language), day(last, language)
    if first[:4] == last[:4] and one.endswith(" " + first[:4]):
        one = one[: -len(first[:4])].rstrip()
    return f"{one} – {other}"


def when(time: Mapping[str, Any] | None, language: str) -> str:
    """The stretch that a claim's time stands for; empty where the words are tied to no date."""
    if not time or not time.get("edtf"):
        return ""
    pieces = str(time["edtf"]).split("/")
    ends = pieces if len(pieces) == 2 else pieces * 2
    matches = [None if piece in _OPEN else _PIECE.match(piece) for piece in ends]
    if any(match is None and piece not in _OPEN for match, piece in zip(matches, ends, strict=True)):
        return _by_days(time, language)
    bare = ["" if match is None else match[0].rstrip("~?%") for match in matches]
    about = any(match is not None and match[4] for match in matches)
    if not bare[0] and not bare[1]:
        return ""
    if not bare[0]:
        text = say("until_day", language=language, day=day(bare[1], language))
    elif not bare[1]:
        text = say("since_day", language=language, day=day(bare[0], language))
    else:
        text = days(bare[0], bare[1], language)
    return say("about_day", language=language, day=text) if about else text


def _by_days(time: Mapping[str, Any], language: str) -> str:
    first, last = time.get("earliest"), time.get("latest")
    if first and last:
        return days(first, last, language)
    if first:
        return say("since_day", language=language, day=day(first, language))
    return say("until_day", language=language, day=day(last, language)) if last else ""


def number(value: float, language: str) -> str:
    """A number with the language's grouping: 12.000 or 12,000."""
    from babel.numbers import format_decimal

    return str(format_decimal(int(value) if float(value).is_integer() else value, locale=language))


def figure(quantity: Mapping[str, Any], language: str) -> str:
    """A quantity as a range in the claimant's own bounds: "ten minste 120", "20 – 99", "ongeveer 80.000"."""
    low, high, value, bound = (quantity.get(key) for key in ("low", "high", "value", "bound"))
    if value is None and low is not None and high is not None:
        text = f"{number(low, language)} – {number(high, language)}"
        return say("report.figure_about", language=language, value=text) if bound == "~" and low == high else text
    shown = value if value is not None else low if low is not None else high
    if shown is None:
        return collapse(str(quantity.get("text") or ""))
    key = {">=": "report.figure_low", "<=": "report.figure_high", "~": "report.figure_about"}.get(str(bound))
    return say(key, language=language, value=number(shown, language)) if key else number(shown, language)


def unit(quantity: Mapping[str, Any], language: str) -> str:
    """What is counted, and of whom where that says more: "doden (burgers)"."""
    raw, of = str(quantity.get("unit") or ""), str(quantity.get("of") or "")
    if not raw or not of or of in {raw, "people"}:
        return unit_name(raw or of, language)
    return f"{unit_name(raw, language)} ({unit_name(of, language)})"


def unit_name(raw: str, language: str) -> str:
    """A unit as the language calls it; the text's own word where the interface has none."""
    shown = say(f"unit.{raw}", language=language)
    if shown != f"unit.{raw}":
        return shown
    things: Mapping[str, Sequence[str]] = language_data(language, "things").get("things", {})
    return things[raw][0] if raw in things else collapse(raw.replace("_", " "))


def source_name(claim: Mapping[str, Any], language: str) -> str:
    """Who says it: the source, else the outlet by name for its own voice, else that nobody is named."""
    if claim.get("source"):
        return collapse(str(claim["source"]["name"]))
    if claim["evidence"] in {"stated", "observed", "verified"}:
        publisher = claim["document"].get("publisher")
        return collapse(str(publisher)) if publisher else say("outlet", language=language)
    return say("nobody", language=language)


def via(claim: Mapping[str, Any], language: str) -> str:
    """Through whom it reached the report, empty where nobody stood between."""
    names = (claim.get("source") or {}).get("via") or ()
    return say("via", language=language, names=", ".join(collapse(one) for one in names)) if names else ""


def verification(claim: Mapping[str, Any], language: str) -> str:
    """By whom what was checked, empty where nothing is said of it."""
    found = claim.get("verification")
    if not found:
        return ""
    scope = say(f"scope.{found['scope']}", language=language)
    if found.get("by"):
        return say("verified_by", language=language, by=collapse(str(found["by"])), scope=scope)
    return say("verified_scope", language=language, scope=scope)


def strength(claim: Mapping[str, Any], language: str) -> str:
    """The certainty's name where it is not plain certainty and the standing does not say it already."""
    label = claim["certainty"]
    return "" if label in {"CT+", "CT-", "FUT", "Uu"} else name("certainty", label, language=language)


def footing(claim: Mapping[str, Any], language: str) -> str:
    """The footing's name where the standing (denied, expected, unknown) hides it."""
    return name("evidence", claim["evidence"], language=language)


def places(claim: Mapping[str, Any], language: str, *, but: str | None = None) -> str:
    """The places of a claim by name, each once; countries in the reader's language."""
    shown = (place_name(place, language) for place in claim.get("places") or () if place["name"] != but)
    return ", ".join(dict.fromkeys(shown))


def place_name(place: Mapping[str, Any], language: str) -> str:
    """The record's name of a place, a country's in the reader's language."""
    if place.get("kind") == "country" and place.get("country"):
        return territory(str(place["country"]), language)
    return collapse(str(place["name"]))


@lru_cache(maxsize=1_000)
def territory(code: str, language: str) -> str:
    """A country by its ISO code, as the language calls it."""
    from babel import Locale

    return str(Locale(language).territories.get(code, code))


def details(claim: Mapping[str, Any], language: str) -> list[str]:
    """Who says it, how surely, about what, where and when, each where there is something to say."""
    parts = [
        source_name(claim, language),
        via(claim, language),
        verification(claim, language),
        strength(claim, language),
    ]
    parts += [
        name("topics", claim["topic"], language=language),
        event(claim, language),
        places(claim, language),
        when(claim.get("time"), language),
    ]
    if claim["status"] != "unreviewed":
        parts.append(status(claim, language))
    return [part for part in parts if part]


def event(claim: Mapping[str, Any], language: str) -> str:
    """What happened, in words: "violence (aerial): Israel → Tyre"; empty where the claim tells no event."""
    found = claim.get("event")
    if not found:
        return ""
    kind = concept("plover")["types"].get(found["type"], {}).get("name", {}).get(language, found["type"])
    mode = f" ({event_mode(found['mode'], language)})" if found["mode"] else ""
    names = " → ".join(", ".join(found[key]) or "…" for key in ("actors", "recipients"))
    return f"{kind}{mode}" + (f": {names.removesuffix(' → …')}" if found["actors"] or found["recipients"] else "")


def event_mode(mode: str, language: str) -> str:
    """The manner of an event in words; as it is where the ontology has no word for it."""
    shown = say(f"mode.{mode}", language=language)
    return mode if shown == f"mode.{mode}" else shown


def place_kind(kind: str | None, language: str) -> str:
    """The kind of a place in words; as the gazetteer has it where there is no word for it."""
    shown = say(f"place_kind.{kind}", language=language)
    return kind or "" if shown == f"place_kind.{kind}" else shown


def control(claim: Mapping[str, Any], language: str) -> str:
    """Who gains, loses or holds what, in words; empty where the claim tells nothing of control."""
    found = claim.get("control")
    if not found:
        return ""
    words = [say(f"control.{found['change']}", language=language), say(f"sense.{found['sense']}", language=language)]
    words += [
        say(f"control.{part}", language=language, name=found[part])
        for part in ("place", "holder", "loser")
        if found[part]
    ]
    return " · ".join(words)


def publisher(document: Mapping[str, Any]) -> str:
    """A report by its publisher and name, or by its name."""
    maker = document.get("publisher")
    return f"{collapse(str(maker))}, {collapse(str(document['name']))}" if maker else collapse(str(document["name"]))


def status(claim: Mapping[str, Any], language: str) -> str:
    """What a person decided, or that nobody has."""
    return say(f"status.{claim['status']}", language=language)


def review_note(unreviewed: int, total: int, language: str) -> str:
    """The sentence that goes with anything shown unreviewed; empty where everything was accepted."""
    if not unreviewed:
        return ""
    if unreviewed == total:
        return say("unreviewed", language=language)
    return say("unreviewed_some", language=language, count=number(unreviewed, language), total=number(total, language))


def counted(what: str, count: int, language: str) -> str:
    """ "1 claim" or "12 claims"; ``what`` is claims or reports."""
    return (
        say(f"report.{what}_one", language=language)
        if count == 1
        else say(f"report.{what}_many", language=language, count=number(count, language))
    )

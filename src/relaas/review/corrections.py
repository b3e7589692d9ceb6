"""From the flat fields that a reviewer filled in to the labels that change, each checked against the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from relaas.errors import JudgementError
from relaas.model.control import CHANGES, SENSES
from relaas.model.span import Span
from relaas.ontology.display import label, say
from relaas.ontology.loader import concept
from relaas.review.fields import CORRECTABLE, flat, known, names, rows
from relaas.text import occurrences
from relaas.times.edtf import bounds

Claim = Mapping[str, Any]
# A name as the reviewer writes it, and what the gazetteer makes of it: the keys of the contract from name to extent_km.
Lookup = Callable[[str], Mapping[str, Any]]
BOUNDS = ("=", ">=", "<=", "~")
USES = ("location", "direction", "origin")
SCOPES = ("content", "place", "date")
REASON = "set in review"
_PLACE_NAME = re.compile(r"places\.\d+\.name$")


def corrected(claim: Claim, changes: Mapping[str, Any]) -> dict[str, Any]:
    """A claim with the changed fields in place of its own."""
    return {**claim, **changes}


def changes(shown: Claim, read: Claim, text: str, given: Mapping[str, str], lookup: Lookup) -> dict[str, Any]:
    """The labels that differ from what the pipeline read, with their whole new values.

    ``shown`` is the claim as it stands (an earlier correction may hold), ``read`` as the pipeline read it, ``text`` the
    report's, ``given`` the flat fields that are new. Raises JudgementError with a sentence where a label is unknown, words
    are not in the text, a date is none, or nothing differs.
    """
    for field in given:
        if not known(field):
            raise JudgementError(say("review.unknown_field", given=field))
    before = flat(shown)
    fields = before | {key: value.strip() for key, value in given.items()}
    quote = _quote(shown, text, fields, before)
    around = Span(quote["start"], quote["end"])
    places = [_place(shown, text, row, around, lookup) for row in rows(fields, "places")]
    found: dict[str, Any] = {
        "quote": quote,
        "source": _source(shown, text, fields, around),
        "evidence": label("evidence", fields["evidence"]),
        "certainty": label("certainty", fields["certainty"]),
        "topic": label("topics", fields["topic"]),
        "verification": _verification(fields),
        "event": _event(fields),
        "control": _control(fields, before, places),
        "time": _time(shown, text, fields, around),
        "places": places,
        "quantities": [_quantity(shown, text, row, around) for row in rows(fields, "quantities")],
    }
    different = {name: found[name] for name in CORRECTABLE if found[name] != read.get(name)}
    if not different or all(found[name] == shown.get(name) for name in CORRECTABLE):
        raise JudgementError(say("review.nothing_changed"))
    if "quote" in different:
        different["sentence"] = stretched(read["sentence"], around, text)
    return different


def spanned(text: str, words: str, start: str, near: Span) -> Span:
    """Where words stand: at ``start`` if they do, else the occurrence nearest to a span; raises JudgementError where
    there is none.
    """
    if start.isdigit() and text[int(start) : int(start) + len(words)] == words:
        return Span(int(start), int(start) + len(words))
    found = occurrences(text, words)
    if not found:
        raise JudgementError(say("review.not_in_text", words=words))
    at = min(found, key=lambda one: (max(near.start - one, one + len(words) - near.end, 0), one))
    return Span(at, at + len(words))


def stretched(old: Mapping[str, Any], quote: Span, text: str) -> dict[str, Any]:
    """The sentence, stretched where the quote runs over its edge."""
    start, end = min(int(old["start"]), quote.start), max(int(old["end"]), quote.end)
    return {**old, "start": start, "end": end, "text": text[start:end]}


def _quote(shown: Claim, text: str, fields: Mapping[str, str], before: Mapping[str, str]) -> dict[str, Any]:
    old = shown["quote"]
    if fields["quote.text"].strip() == before["quote.text"].strip() and fields["quote.start"] == before["quote.start"]:
        return dict(old)
    if not fields["quote.text"]:
        raise JudgementError(say("review.no_quote"))
    span = spanned(text, fields["quote.text"], fields["quote.start"], Span(old["start"], old["end"]))
    return {"exact": span.of(text), "start": span.start, "end": span.end}


def _source(shown: Claim, text: str, fields: Mapping[str, str], near: Span) -> dict[str, Any] | None:
    if not fields["source.name"]:
        return None
    old = shown["source"] or {}
    kind = label("source_kinds", fields["source.kind"] or "unnamed")
    words = _words(old, text, fields["source.text"], fields["source.start"], near)
    return {"name": fields["source.name"], "kind": kind, **words, "via": names(fields["source.via"])}


def _verification(fields: Mapping[str, str]) -> dict[str, Any] | None:
    scope = fields["verification.scope"]
    if not scope:
        return None
    return {"by": fields["verification.by"] or None, "scope": _one_of(scope, SCOPES)}


def _event(fields: Mapping[str, str]) -> dict[str, Any] | None:
    kind, mode = fields["event.type"], fields["event.mode"]
    if not kind:
        return None
    types = concept("plover")["types"]
    modes = tuple(types[_one_of(kind, tuple(types))]["modes"])
    return {
        "type": kind,
        "mode": _one_of(mode, modes) if mode else None,
        "actors": names(fields["event.actors"]),
        "recipients": names(fields["event.recipients"]),
    }


def _control(
    fields: Mapping[str, str], before: Mapping[str, str], places: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """Who holds what; its place is one of the claim's, and follows where that was given another name or taken out."""
    change = fields["control.change"]
    if not change:
        return None
    place, named = fields["control.place"], {one["name"] for one in places}
    if place and place not in named and place == before["control.place"]:
        old = next((key for key, value in before.items() if _PLACE_NAME.match(key) and value == place), "")
        place = fields.get(old, "")
    if place and place not in named:
        raise JudgementError(say("review.place_of_claim", given=place, allowed=", ".join(sorted(named)) or "–"))
    return {
        "change": _one_of(change, CHANGES),
        "sense": _one_of(fields["control.sense"] or "physical", SENSES),
        "holder": fields["control.holder"] or None,
        "loser": fields["control.loser"] or None,
        "place": place or None,
    }


def _time(shown: Claim, text: str, fields: Mapping[str, str], near: Span) -> dict[str, Any] | None:
    words, edtf, old = fields["time.text"], fields["time.edtf"], shown["time"]
    if not words and not edtf:
        return None
    if not words:
        raise JudgementError(say("review.time_without_words"))
    if old and words == old["text"] and edtf == (old["edtf"] or "") and fields["time.start"] == str(old["start"]):
        return dict(old)
    try:
        first, last = bounds(edtf) if edtf else (None, None)
    except ValueError as error:
        raise JudgementError(say("review.bad_edtf", given=edtf)) from error
    span = spanned(text, words, fields["time.start"], near)
    return {
        "text": words, "start": span.start, "end": span.end, "type": old["type"] if old else "DATE",
        "timex": old["timex"] if old and words == old["text"] else None, "edtf": edtf or None,
        "earliest": first.isoformat() if first else None, "latest": last.isoformat() if last else None,
        "anchor": old["anchor"] if old else None, "reason": REASON, "modifier": old.get("modifier") if old else None,
    }  # fmt: skip


def _place(shown: Claim, text: str, row: Mapping[str, str], near: Span, lookup: Lookup) -> dict[str, Any]:
    same = [place for place in shown["places"] if place["name"] == row["name"]]
    old = next((place for place in same if (place["text"] or "") == row["text"]), same[0] if same else None)
    found = dict(old) if old else {**lookup(row["name"]), "geometry": None, "reason": REASON}
    words = _words(old or {}, text, row["text"], row["start"], near)
    ordered = ("name", "geonameid", "kind")
    rest = ("lat", "lon", "extent_km")
    return {
        "text": words["text"],
        **{key: found[key] for key in ordered},
        "use": _one_of(row["use"] or "location", USES),
        "inherited": words["text"] is None,
        **{key: found[key] for key in rest},
        "start": words["start"],
        "end": words["end"],
        **{key: found[key] for key in ("country", "geometry", "reason")},
    }


def _quantity(shown: Claim, text: str, row: Mapping[str, str], near: Span) -> dict[str, Any]:
    bound = _one_of(row["bound"] or "=", BOUNDS)
    value, low, high = (_number(row[key]) for key in ("value", "low", "high"))
    if value is not None:
        low = value if low is None and bound in {"=", ">="} else low
        high = value if high is None and bound in {"=", "<="} else high
    same = (one for one in shown["quantities"] if (one["text"], str(one["start"])) == (row["text"], row["start"]))
    old: Mapping[str, Any] = next(same, {})
    words = _words(old, text, row["text"], row["start"], near)
    cumulative = {"yes": True, "no": False}.get(row["cumulative"])
    return {
        "text": words["text"], "value": value, "low": low, "high": high, "bound": bound, "unit": row["unit"] or None,
        "of": row["of"] or None, "cumulative": cumulative, "start": words["start"], "end": words["end"],
    }  # fmt: skip


def _words(old: Mapping[str, Any], text: str, words: str, start: str, near: Span) -> dict[str, Any]:
    """The words of a label with their place; none where it is not named in the text."""
    if not words:
        return {"text": None, "start": None, "end": None}
    if words == old.get("text") and start in {"", str(old["start"])}:
        return {"text": words, "start": old["start"], "end": old["end"]}
    span = spanned(text, words, start, near)
    return {"text": words, "start": span.start, "end": span.end}


def _number(given: str) -> float | None:
    plain = given.replace(" ", "").replace(" ", "")
    if not plain:
        return None
    try:
        number = float(plain)
    except ValueError as error:
        raise JudgementError(say("review.bad_number", given=given)) from error
    if not 0 <= number < 1e12:
        raise JudgementError(say("review.bad_number", given=given))
    return int(number) if number.is_integer() else number


def _one_of(given: str, allowed: tuple[str, ...]) -> str:
    if given not in allowed:
        raise JudgementError(say("review.not_allowed", given=given, allowed=", ".join(allowed)))
    return given


def grade(reliability: str, credibility: str) -> dict[str, Any]:
    """An Admiralty grade: the source's reliability A to F, the claim's credibility 1 to 6."""
    letter, figure = reliability.strip().upper(), credibility.strip()
    known_grades = concept("admiralty")
    if letter not in known_grades["reliability"] or figure not in {str(key) for key in known_grades["credibility"]}:
        raise JudgementError(say("review.bad_grade", given=f"{reliability}{credibility}"))
    return {"reliability": letter, "credibility": int(figure)}

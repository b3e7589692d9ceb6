"""Checks a gold set: every offset resolves, every label is known, every time is EDTF, and no sentence is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from relaas.errors import GoldError
from relaas.evaluation.edtf import days
from relaas.evaluation.gold import Gold, label_files, raw, read, uncovered
from relaas.evaluation.labelled import Labelled
from relaas.model.control import CHANGES, SENSES
from relaas.model.span import Span
from relaas.ontology.loader import concept
from relaas.text import collapse

KEPT = ("style", "story", "war")
STYLES = frozenset({"agency", "background", "liveblog", "broadcaster", "local", "ngo"})
USES = frozenset({"location", "direction", "origin"})
BOUNDS = frozenset({"=", ">=", "<=", "~"})
SCOPES = frozenset({"content", "place", "date"})
REQUIRED = ("source", "evidence", "verification", "certainty", "topic", "event", "time", "places", "quantities")


def check(folder: Path) -> Iterator[str]:
    """A sentence for each fault of a folder, named by report; nothing where there is none."""
    files = label_files(folder)
    if not files:
        yield f"{folder} holds no gold: no .yaml file with a text beside it"
    for path in files:
        try:
            gold = read(path)
        except GoldError as error:
            yield str(error)
            continue
        for fault in faults(gold):
            yield f"{gold.name}: {fault}"


def faults(gold: Gold) -> Iterator[str]:
    """A sentence for each fault of one report."""
    text = gold.document.text
    if gold.style not in STYLES:
        yield f"the style {gold.style!r} is none of {', '.join(sorted(STYLES))}"
    if gold.document.published is None:
        yield "the text gives no date of publication"
    seen: dict[tuple[Span, Any], Labelled] = {}
    for claim, row in zip(gold.claims, raw(gold.path)["claims"], strict=True):
        where = f"claim {_short(claim.quote.of(text))}"
        yield from (f"{where}: {fault}" for fault in _claim_faults(text, claim, row))
        key = (claim.quote, repr([claim.labels.get(name) for name in ("source", "evidence", "certainty", "topic")]))
        if key in seen:
            yield f"{where}: stands in the file twice"
        seen[key] = claim
    starts = [claim.quote.start for claim in gold.claims]
    if starts != sorted(starts):
        at = next(index for index in range(1, len(starts)) if starts[index] < starts[index - 1])
        yield f"claim {_short(gold.claims[at].quote.of(text))} stands out of the order of the text"
    for sentence in uncovered(gold):
        yield f"neither a claim nor `none` covers the sentence {_short(sentence.span.of(text), 80)}"
    for span, why in gold.none:
        if any(claim.quote.overlaps(span) for claim in gold.claims):
            yield f"{_short(span.of(text))} is said to hold no claim ({why}) but a claim's quote reaches into it"


def _claim_faults(text: str, claim: Labelled, row: Mapping[str, Any]) -> Iterator[str]:
    for key in REQUIRED:
        if key not in row:
            yield f"{key} is missing; write null or [] where there is none"
    for key, known in (("evidence", "evidence"), ("certainty", "certainty"), ("topic", "topics")):
        if row.get(key) not in concept(known)[known]:
            yield f"{row.get(key)!r} is no {key}"
    for kind, check_record in _RECORDS.items():
        value = claim.labels.get(kind)
        for record in value if isinstance(value, list) else [value]:
            if record is not None:
                yield from check_record(record)
                yield from _words_fault(text, kind, record)
    if row.get("evidence") == "verified" and row.get("verification") is None:
        yield "is verified but does not say by whom and what (verification)"


def _words_fault(text: str, kind: str, record: Mapping[str, Any]) -> Iterator[str]:
    words = record.get("text")
    if words is None:
        return
    start, end = record.get("start"), record.get("end")
    if start is None or end is None:
        yield f"the words of its {kind}, {words!r}, are not in the text"
    elif text[start:end] != words:
        yield f"the words of its {kind} are given as {words!r}, but the text has {text[start:end]!r} at {start}"


def _source(source: Mapping[str, Any]) -> Iterator[str]:
    if not source.get("name"):
        yield "its source has no name"
    if source.get("kind") not in concept("source_kinds")["source_kinds"]:
        yield f"{source.get('kind')!r} is no kind of source"
    if not isinstance(source.get("via"), list):
        yield "its source has no list `via`"


def _verification(verification: Mapping[str, Any]) -> Iterator[str]:
    if verification.get("scope") not in SCOPES:
        yield f"{verification.get('scope')!r} is nothing that can be verified: it is content, place or date"


def _event(event: Mapping[str, Any]) -> Iterator[str]:
    types = concept("plover")["types"]
    if event.get("type") not in types:
        yield f"{event.get('type')!r} is no PLOVER type"
    elif event.get("mode") is not None and event["mode"] not in types[event["type"]]["modes"]:
        modes = ", ".join(types[event["type"]]["modes"]) or "it has none"
        yield f"{event['mode']!r} is no mode of {event['type']}: {modes}"


def _control(control: Mapping[str, Any]) -> Iterator[str]:
    if control.get("change") not in CHANGES:
        yield f"{control.get('change')!r} is no change of control"
    if control.get("sense") not in SENSES:
        yield f"{control.get('sense')!r} is no sense of control"


def _time(time: Mapping[str, Any]) -> Iterator[str]:
    try:
        days(str(time.get("edtf")))
    except ValueError as error:
        yield f"its time is no EDTF: {error}"


def _place(place: Mapping[str, Any]) -> Iterator[str]:
    if not place.get("name"):
        yield "a place has no name"
    if place.get("use") not in USES:
        yield f"{place.get('use')!r} is no use of a place"
    if (place.get("text") is None) != bool(place.get("inherited")):
        yield f"the place {place.get('name')!r} either has words of its own or is inherited"


def _quantity(number: Mapping[str, Any]) -> Iterator[str]:
    bound, value, low, high = (number.get(key) for key in ("bound", "value", "low", "high"))
    what = f"the quantity {number.get('text')!r}"
    if bound not in BOUNDS:
        yield f"{what} has the bound {bound!r}"
    if value is None and low is None and high is None and bound != "~":  # "een paar" has neither
        yield f"{what} has neither a value nor a range"
    if low is not None and high is not None and low > high:
        yield f"{what} has its low above its high"
    if value is not None and bound in (">=", "<=", "="):
        expected = (None if bound == "<=" else value, None if bound == ">=" else value)
        if (low, high) != expected:
            yield f"{what} is {bound} {value}: low and high are {expected[0]} and {expected[1]}, not {low} and {high}"


_RECORDS: dict[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "source": _source,
    "verification": _verification,
    "event": _event,
    "control": _control,
    "time": _time,
    "places": _place,
    "quantities": _quantity,
}


def _short(words: str, length: int = 50) -> str:
    plain = collapse(words)
    return f"“{plain if len(plain) <= length else plain[: length - 1] + '…'}”"

"""Scores the reading of times against public test cases: Dutch expressions with a reference date, English news with
TIMEX3.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from relaas.model.quantity import Quantity
from relaas.model.time import Time
from relaas.quantities.finding import find as find_quantities
from relaas.times.finding import find

_DATE_FILES = (
    "DateExtractor",
    "DateParser",
    "DatePeriodExtractor",
    "DatePeriodParser",
    "DurationExtractor",
    "DurationParser",
    "HolidayParser",
)
_SECONDS = {"Y": 31536000.0, "M": 2592000.0, "W": 604800.0, "D": 86400.0, "BD": 86400.0}


@dataclass(slots=True)
class Score:
    """Counts of one set: expressions expected, span right, value right too, and found where none was expected.

    ``named`` counts a value as right, too, where a period ends on the very day that the case gives as its (open) end.
    """

    total: int = 0
    span: int = 0
    value: int = 0
    named: int = 0
    extra: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, float]:
        """The shares, rounded to three digits."""
        whole = max(self.total, 1)
        return {
            "total": self.total,
            "span": round(self.span / whole, 3),
            "value": round(self.value / whole, 3),
            "named": round(self.named / whole, 3),
            "extra": self.extra,
        }


def recognizers(folder: Path) -> dict[str, Score]:
    """Span and value of every Dutch date, period, duration and holiday case, a file each; clock times are not among
    them.

    A value is right when first and last day agree with the past or the future reading of the case (its last day
    being the one before the open end it gives, or that end where the words name it), or for a duration when the
    seconds do. Extractor files have spans only.
    """
    return {name: _file(folder / f"{name}.json") for name in _DATE_FILES}


def number_cases(folder: Path) -> Score:
    """Span and value of every Dutch number case, read as a quantity; relaas counts no telephone numbers, and gives a
    fraction of something as a percentage.
    """
    score = Score()
    for case in json.loads((folder / "NumberModel.json").read_text(encoding="utf-8-sig")):
        found = find_quantities(case["Input"], language="nl")
        for each in case["Results"]:
            value = float(each["Resolution"]["value"].replace(",", "."))
            score.total += 1
            spans = [quantity for quantity in found if quantity.text.lower() == each["Text"].lower()]
            score.span += bool(spans)
            right = any(_same_number(quantity, value) for quantity in spans)
            score.value += right
            if not right:
                score.errors.append(
                    f"{case['Input']!r}: {each['Text']!r} {value}: {[(q.text, q.value) for q in found]}"
                )
        score.extra += 0 if case["Results"] else len(found)
    score.named = score.value
    return score


def _same_number(quantity: Quantity, value: float) -> bool:
    have = quantity.value
    if have is None:
        return False
    return math.isclose(have, value) or (
        quantity.unit == "percent" and math.isclose(have, 100 * value, rel_tol=1e-3) and value < 1
    )


def _file(path: Path) -> Score:
    score = Score()
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        text = case["Input"]
        reference = (case.get("Context") or {}).get("ReferenceDateTime", "2016-11-07")[:10]
        found = find(text, language="nl", reference=reference)
        expected = case["Results"]
        for each in expected:
            score.total += 1
            start, end = _place(text, each)
            match = next((time for time in found if (time.start, time.end) == (start, end)), None)
            score.span += match is not None
            right = match is not None and ("Value" not in each or _agrees(match, each))
            score.value += right
            score.named += right or (match is not None and "Value" in each and _agrees(match, each, open_end=0))
            if not right:
                have = [(time.text, time.timex, time.earliest, time.latest) for time in found]
                score.errors.append(
                    f"{text!r} {reference}: {each['Text']!r} {json.dumps(each.get('Value', {}))}: {have}"
                )
        wanted = [_place(text, each) for each in expected]
        score.extra += sum(
            1 for time in found if not any(time.start < end and start < time.end for start, end in wanted)
        )
    return score


def _place(text: str, each: dict[str, Any]) -> tuple[int, int]:
    start = each.get("Start", -1)
    if text[start : start + len(each["Text"])].lower() != each["Text"].lower():
        start = text.lower().find(each["Text"].lower())
    return start, start + len(each["Text"])


def _agrees(time: Time, each: dict[str, Any], open_end: int = 1) -> bool:
    values = {key.lower(): value for key, value in each["Value"].items()}
    readings = [values.get("pastresolution") or {}, values.get("futureresolution") or {}]
    if each["Type"] == "duration":
        return abs(_in_seconds(time.timex or "") - float(readings[0]["duration"])) < 1
    if not any(readings):
        return (time.timex or "").replace("XXXX-", "") == values.get("timex")
    return any(_days(time, reading, open_end) for reading in readings)


def _days(time: Time, reading: dict[str, str], open_end: int) -> bool:
    if reading.get("date") == "0001-01-01":
        return time.earliest is None
    if "date" in reading:
        return time.earliest == time.latest == reading["date"]
    if "endDate" not in reading:
        return False
    end = date.fromisoformat(reading["endDate"])
    return time.earliest == reading.get("startDate") and time.latest == (end - timedelta(days=open_end)).isoformat()


def _in_seconds(timex: str) -> float:
    total, number, clock = 0.0, "", False
    rest = timex.lstrip("P")
    while rest:
        if rest[0] == "T":
            clock, rest = True, rest[1:]
        elif rest[0].isdigit() or rest[0] in ".X":
            number, rest = number + rest[0], rest[1:]
        else:
            unit = "BD" if rest.startswith("BD") else rest[0]
            factor = {"H": 3600.0, "M": 60.0, "S": 1.0}.get(unit, 0.0) if clock else _SECONDS.get(unit, 0.0)
            total += float(number or 0) * factor if "X" not in number else 0.0
            number, rest = "", rest[len(unit) :]
    return total


@dataclass(slots=True)
class Tempeval:
    """Counts as TempEval scores them: an expression is found if it overlaps, exact if the span agrees, right if the
    value does too.
    """

    gold: int = 0
    system: int = 0
    overlap: int = 0
    exact: int = 0
    value: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, float]:
        """Relaxed and strict F1, and value F1."""

        def f1(hits: int) -> float:
            return round(2 * hits / max(self.gold + self.system, 1), 3)

        return {
            "gold": self.gold,
            "system": self.system,
            "relaxed": f1(self.overlap),
            "strict": f1(self.exact),
            "value": f1(self.value),
        }


def meantime(folder: Path) -> Tempeval:
    """TIMEX3 in MEANTIME's English files, whose first six sentences are annotated; nested expressions count their
    outer one.
    """
    score = Tempeval()
    for path in sorted(folder.glob("*/*.xml")):
        root = ElementTree.parse(path).getroot()
        tokens = {token.get("t_id") or "": token for token in root.iter("token")}
        gold: dict[tuple[int, int], str] = {}
        text, places, published = "", {}, None
        last = None
        for name, token in tokens.items():
            sentence = int(token.get("sentence") or 0)
            if sentence > 5:
                break
            if last is not None:
                text += "\n" if sentence != last else " "
            last = sentence
            places[name] = (len(text), len(text) + len(token.text or ""))
            text += token.text or ""
        for each in root.iter("TIMEX3"):
            anchors = [anchor.get("t_id") or "" for anchor in each.iter("token_anchor")]
            if each.get("functionInDocument") == "CREATION_TIME":
                published = each.get("value")
            if anchors and all(anchor in places for anchor in anchors):
                gold[places[anchors[0]][0], places[anchors[-1]][1]] = each.get("value") or ""
        if published is not None and published[2:3] == "-":
            published = "-".join(reversed(published.split("-")))
        if published is None or not published[:4].isdigit():
            published = next((value for value in gold.values() if len(value) == 10 and value[:4].isdigit()), None)
        outer = {
            span: value
            for span, value in gold.items()
            if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in gold)
        }
        _count(score, text, outer, find(text, language="en", reference=published), path.name[:20])
    return score


def _count(score: Tempeval, text: str, gold: dict[tuple[int, int], str], found: list[Time], name: str) -> None:
    score.gold += len(gold)
    score.system += len(found)
    used: set[int] = set()
    for (start, end), value in gold.items():
        match = next((time for time in found if time.start < end and start < time.end and time.start not in used), None)
        if match is None:
            score.errors.append(f"MISSED {name} {_shown(text, start, end)} {value}")
            continue
        used.add(match.start)
        score.overlap += 1
        score.exact += (match.start, match.end) == (start, end)
        score.value += match.timex == value
        if match.timex != value:
            found_ = f"found {match.text!r} {match.timex}"
            score.errors.append(f"VALUE {name} {value} {found_}: {_shown(text, start, end)}")
    for time in found:
        if time.start not in used:
            score.errors.append(f"EXTRA {name} {_shown(text, time.start, time.end)} {time.timex}")


def _shown(text: str, start: int, end: int) -> str:
    """An expression with some of its surroundings."""
    return f"{text[max(0, start - 30) : start]}[[{text[start:end]}]]{text[end : end + 20]}"

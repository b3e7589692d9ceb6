"""Turns what the grammar found into values: one small function a meaning, free of language.

Nothing comes out finer than the words and the anchor: with a month as reference, days and weeks are that month.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from relaas.times import arith, relative
from relaas.times.arith import Stretch
from relaas.times.durations import DURATIONS
from relaas.times.grammar import Meaning
from relaas.times.intervals import INTERVALS
from relaas.times.pick import closest, closest_month, closest_weekday
from relaas.times.value import Handler, Slots, Surroundings, Value, unplaced, year_of


def _date(stretch: Stretch | None, anchor: str | None, why: str, **more: Any) -> Value | None:
    return None if stretch is None else Value("DATE", more.pop("timex", stretch.timex), stretch, anchor, why, **more)


def _year(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    number = year_of(slots, around)
    return _date(arith.year(number), None, "the year as written") if number and number < 9999 else None


def _impossible(timex: str) -> Value:
    """A date that there is not (30 February): found, and given no day."""
    return Value("DATE", timex, None, None, "there is no such day")


def _ymd(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    if "ym" in slots:
        return _date(arith.month(*slots["ym"]), None, "the month as written")
    number = year_of(slots, around) or around.year
    month = next((int(slots[name]) for name in ("month", "mon", "mm") if name in slots), None)
    day = next((int(slots[name]) for name in ("dayo", "dayw", "day") if name in slots), None)
    weekday = slots.get("weekday", slots.get("wd"))
    tense = around.tense(meaning.start)
    if month is None:
        return None if day is None else _day_of_month(day, around, tense, weekday)
    if number is not None:
        if day is None:
            return _date(arith.month(number, month), None, "the month as written")
        if not arith.valid(number, month, day):
            return _impossible(f"{number:04}-{month:02}-{day:02}")
        return _date(arith.day(date(number, month, day)), None, "the date as written")
    if day is not None and not arith.valid(2000, month, day):
        return _impossible(f"XXXX-{month:02}-{day:02}")
    if around.reference is None:
        text = f"XXXX-{month:02}" + (f"-{day:02}" if day else "")
        return unplaced(text, edtf=text) if day is None or arith.valid(2000, month, day) else None
    found = closest_month(month, around, tense) if day is None else closest(month, day, around, tense, weekday)
    return _date(found, around.anchor, "the year from the anchor")


def _day_of_month(day: int, around: Surroundings, tense: str | None, weekday: int | None = None) -> Value | None:
    """A bare day of the month; the weekday that goes with it settles the month where it can."""
    reference = around.reference
    if reference is None:
        return unplaced(f"XXXX-XX-{day:02}", edtf=f"XXXX-XX-{day:02}")
    if reference.grain == "Y":
        return _date(reference.stretch, around.anchor, "the anchor is a year")
    if reference.grain == "M":
        first = reference.first
        return (
            _date(arith.day(first.replace(day=day)), around.anchor, "the month from the anchor")
            if arith.valid(first.year, first.month, day)
            else None
        )
    if weekday is not None:
        months = [arith.add_months(reference.first.replace(day=1), step) for step in range(-3, 4)]
        fits = [
            m.replace(day=day)
            for m in months
            if arith.valid(m.year, m.month, day) and m.replace(day=day).isoweekday() == weekday
        ]
        if fits:
            there = min(fits, key=lambda each: abs((each - reference.first).days))
            return _date(arith.day(there), around.anchor, "the month in which it is that weekday")
    step = 1 if tense == "future" else -1
    month = reference.first.replace(day=1)
    for _ in range(4):
        if arith.valid(month.year, month.month, day):
            there = month.replace(day=day)
            if (there >= reference.first) if step == 1 else (there <= reference.first):
                return _date(arith.day(there), around.anchor, "the month from the anchor")
        month = arith.add_months(month, step)
    return None


def _numeric(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    day, month = slots["dm"] if "dm" in slots else (slots["day"], slots["mm"])
    if meaning.start == 0 and day < month and around.tokens[1].low == "/":
        return None  # 3/4 on its own is a fraction
    value = _ymd({**{k: v for k, v in slots.items() if k == "y"}, "day": day, "month": month}, around, meaning)
    return value if value is not None and value.stretch is not None else None


def _full(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    number, month, day = slots["full"] if "full" in slots else slots["stamp"]
    if not arith.valid(number, month, day):
        return _impossible(f"{number:04}-{month:02}-{day:02}") if 1 <= month <= 12 and 1 <= day <= 31 else None
    return _date(arith.day(date(number, month, day)), None, "the date as written")


def _weekday(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    weekday, part = slots.get("both", (slots.get("weekday"), slots.get("part")))
    if around.reference is None:
        return unplaced(f"XXXX-WXX-{weekday}" + (f"T{part}" if part else ""))
    rel = slots.get("rel")
    kind = relative.kind_of(slots, meaning)
    found = closest_weekday(weekday, around, around.tense(meaning.start) if rel is None else kind)
    why = "the weekday nearest the anchor by tense" if rel is None else "the weekday counted from the anchor"
    if part == "NI" and found is not None and found.grain == "D" and found.first is not None:
        found = replace(arith.span(found, arith.day(found.first + timedelta(days=1)), found.timex), grain="D")
    return relative.with_part(_date(found, around.anchor, why), part)


def _weekday_ahead(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    """Resolves "maandag over een week": so much after the coming weekday."""
    first = _weekday({**slots, "rel": 2}, around, meaning)
    value = around.resolve(slots["dur"])
    if first is None or first.stretch is None or value is None or first.stretch.grain != "D":
        return first
    assert first.stretch.first
    there = arith.day(arith.add(first.stretch.first, value.parts, 1))
    return _date(there, around.anchor, "counted from the coming weekday")


def _week_number(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    number = int(slots["week"])
    in_year = year_of(slots, around)
    if in_year is None:
        if around.reference is None:
            return unplaced(f"XXXX-W{number:02}")
        in_year = around.reference.last.isocalendar().year
        if number == 53 and date(in_year, 12, 28).isocalendar().week < 53:
            in_year -= 1  # the last week 53 there was
    return _date(arith.week(date.fromisocalendar(in_year, number, 1)), around.anchor, "the ISO week")


def _decade(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    number = int(next(slots[key] for key in ("decade", "year", "wyear", "yy", "n") if key in slots))
    if number < 100:
        number += 2000 if number < 20 else 1900
    return _date(arith.decade(number - number % 10), None, "the decade as written") if number >= 1000 else None


def _century(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    return _date(arith.century(int(slots["ord"])), None, "the century as written") if 1 <= slots["ord"] <= 30 else None


def _season(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    code = slots["season"]
    number = year_of(slots, around)
    if number is not None:
        return _date(
            arith.season(number, code), None if "yrel" not in slots else around.anchor, "the season as written"
        )
    if around.reference is None:
        return unplaced(f"XXXX-{code}")
    kind = relative.kind_of(slots, meaning) if "rel" in slots else around.tense(meaning.start)
    here = around.reference.last
    options = [arith.season(here.year + step, code) for step in (-2, -1, 0, 1, 2)]
    if around.latest is not None:
        begun = [option for option in options if option.first and option.first <= around.latest]
        return _date(begun[-1], around.anchor, "the last such season begun")
    return _date(relative.choose(options, around.reference, kind), around.anchor, "the season nearest the anchor")


def _quarter(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    number = int(slots["n"] if "n" in slots else slots.get("k", 4))
    in_year = year_of(slots, around)
    if not 1 <= number <= 4:
        return None
    if in_year is not None:
        return _date(
            arith.quarter(in_year, number), None if "yrel" not in slots else around.anchor, "the quarter as written"
        )
    if around.reference is None:
        return unplaced(f"XXXX-Q{number}")
    here = around.reference.last.year
    tense = around.tense(meaning.start)
    options = [arith.quarter(here + step, number) for step in (-1, 0, 1)]
    return _date(relative.choose(options, around.reference, tense), around.anchor, "the quarter nearest the anchor")


def _holiday(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    rule = slots["holiday"]
    number = year_of(slots, around)
    if number is not None:
        days = relative.holidays(rule, number)
        return (
            _date(arith.day(days[0]), around.anchor if "yrel" in slots else None, "the holiday of that year")
            if days
            else None
        )
    if around.reference is None:
        return unplaced(f"XXXX-{rule}", edtf=f"XXXX-{rule}") if rule[2:3] == "-" else unplaced("XXXX-XX-XX")
    here = around.reference.last.year
    options = [arith.day(day) for step in (-1, 0, 1) for day in relative.holidays(rule, here + step)]
    kind = relative.kind_of(slots, meaning) if "rel" in slots else around.tense(meaning.start)
    found = relative.choose(options, around.reference, kind)
    return _date(found, around.anchor, "the holiday nearest the anchor")


def _part(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    """The "begin", "half", "eind" of a stretch: EDTF names the stretch, first and last day are the part's."""
    inner = relative.unit(slots["unit"], 0, around) if "unit" in slots else around.resolve(slots["of"])
    if inner is None or inner.stretch is None or inner.stretch.first is None or inner.stretch.last is None:
        if inner is not None:
            inner.modifier = slots["which"]
        return inner
    inner.timex = inner.timex or inner.stretch.timex
    if (
        around.reference is not None
        and around.reference.grain == inner.stretch.grain == "M"
        and "month" not in getattr(slots.get("of"), "slots", {})
    ):
        inner.modifier = slots["which"]
        return inner
    relative_year = isinstance(slots.get("of"), Meaning) and slots["of"].op == "unit_rel"
    inner.stretch = relative.part(inner.stretch, slots["which"], relative_year or "unit" in slots)
    inner.modifier = slots["which"]
    return inner


def _nth(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    number = int(slots["n"] if "n" in slots else slots.get("ord5", -1))
    of = slots.get("of")
    inner = (
        around.resolve(of)
        if of is not None
        else relative.unit(slots.get("period", "M") if "period" in slots else "M", 0, around)
    )
    if inner is None or inner.stretch is None or inner.stretch.first is None or inner.stretch.last is None:
        return inner
    inner.timex = inner.timex or inner.stretch.timex
    first, last = inner.stretch.first, inner.stretch.last
    if slots.get("unit") == "W":
        there = relative.nth_week(first, last, number)
        return _date(there, inner.anchor, "the week counted within it")
    if slots.get("unit") in ("D", "WE"):
        return None
    weekday = slots["weekday"]
    if inner.stretch.grain == "M":
        found = arith.nth_weekday(first.year, first.month, weekday, number)
    elif inner.stretch.grain == "Y":
        start = first if number > 0 else last
        step = (weekday - start.isoweekday()) % 7 if number > 0 else -((start.isoweekday() - weekday) % 7)
        found = start + timedelta(days=step + 7 * (number - 1 if number > 0 else number + 1))
    else:
        return None
    if found is None:
        return _impossible(f"{inner.stretch.timex}-WXX-{weekday}")
    return _date(arith.day(found), inner.anchor, "the weekday counted within it")


def _day_rel_month(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    inner = relative.unit("M", slots["mrel"], around)
    if inner is None or inner.stretch is None or inner.stretch.first is None or inner.stretch.grain != "M":
        return inner
    day = int(slots["dayo"] if "dayo" in slots else slots["dayw"])
    first = inner.stretch.first
    if not arith.valid(first.year, first.month, day):
        return _impossible(f"{inner.stretch.timex}-{day:02}")
    return _date(arith.day(first.replace(day=day)), around.anchor, "the day of that month")


def _week_of(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    inner = around.resolve(slots["of"])
    if inner is None or inner.stretch is None or inner.stretch.first is None:
        return None
    first = inner.stretch.first
    found = arith.month(first.year, first.month) if slots.get("unit") == "M" else arith.week(first)
    return _date(found, inner.anchor, "the stretch around the day named")


def _nothing(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    return None


MEANINGS: dict[str, Handler] = {
    "year": _year,
    "ymd": _ymd,
    "numeric": _numeric,
    "full": _full,
    "weekday": _weekday,
    "week_number": _week_number,
    "weekday_ahead": _weekday_ahead,
    "decade": _decade,
    "century": _century,
    "season": _season,
    "quarter": _quarter,
    "holiday": _holiday,
    "part": _part,
    "nth": _nth,
    "day_rel_month": _day_rel_month,
    "week_of": _week_of,
    "nothing": _nothing,
    **DURATIONS,
    **INTERVALS,
    **relative.RELATIVE,
}

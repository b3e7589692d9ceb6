"""Meanings counted from the anchor or from a date just named: "vorige week", "die dag", "begin deze maand", "eerder
dit jaar".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from relaas.times import arith
from relaas.times.arith import Stretch
from relaas.times.grammar import Meaning
from relaas.times.pick import closest_weekday
from relaas.times.reference import Reference
from relaas.times.value import Handler, Slots, Surroundings, Value, step_of, unplaced

COMING = 2
"""What "komende" and "aanstaande" have as value in the lexicon: the nearest to come."""
_FINER_THAN_MONTH = ("D", "W", "WE", "N", "H")


def kind_of(slots: Slots, meaning: Meaning) -> str:
    """Which way a relative word points, by the category it came from: this, next, coming, prev, last."""
    return str(
        meaning.slots.get("way")
        or {0: "this", 1: "next", -1: "last", 2: "coming", -2: "prev"}.get(slots.get("rel", 0), "this")
    )


def choose(options: list[Stretch], reference: Reference, kind: str | None) -> Stretch | None:
    """One of several stretches in order: the last begun, the next to come, or the nearest."""
    inside = [
        each
        for each in options
        if each.first and each.last and each.first <= reference.last and each.last >= reference.first
    ]
    past = [each for each in options if each.first and each.first <= reference.last]
    ended = [each for each in options if each.last and each.last < reference.first]
    future = [each for each in options if each.last and each.last >= reference.first]
    after = [each for each in options if each.first and each.first > reference.last]
    if kind in ("last", "prev"):
        return ended[-1] if ended else None
    if kind in ("next", "coming"):
        return after[0] if after else None
    if kind == "this" and options and options[0].grain == "WE":
        return options[len(options) // 2]
    if kind == "this" and not (options and options[0].grain == "S"):
        same = [each for each in options if each.first and each.first.year == reference.last.year]
        return inside[0] if inside else (same[0] if same else None)
    if kind == "this" and inside:
        return inside[0]
    if kind == "future":
        return future[0] if future else None
    if kind == "past":
        return past[-1] if past else None

    def distance(each: Stretch) -> int:
        assert each.first
        assert each.last
        return max((each.first - reference.last).days, (reference.first - each.last).days, 0)

    return min(options, key=distance, default=None)


def unit(code: str, rel: int, around: Surroundings, base: Stretch | None = None, more: int = 0) -> Value | None:
    """The day, week, month … so many units from the one that holds the anchor."""
    reference = around.reference
    start = base.first if base is not None else (reference.last if reference else None)
    if start is None:
        return unplaced(
            {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Y": "XXXX"}.get(code, "XXXX")
        )
    if base is None and reference is not None and _too_fine(code, reference):
        return Value("DATE", reference.stretch.timex, reference.stretch, around.anchor, "the anchor is no finer")
    step = step_of(rel) + more
    if code == "WE" and rel == COMING and start.isoweekday() < 6:
        step -= 1  # "komend weekend" is the next to come, "volgend weekend" the one of next week
    found = {
        "D": lambda: arith.day(start + timedelta(days=step)),
        "N": lambda: arith.day(start + timedelta(days=step)),
        "W": lambda: arith.week(start + timedelta(weeks=step)),
        "WE": lambda: arith.weekend(start + timedelta(weeks=step)),
        "M": lambda: _month(arith.add_months(start, step)),
        "Q": lambda: _quarter(arith.add_months(start, 3 * step)),
        "Y": lambda: arith.year(start.year + step),
        "DE": lambda: arith.decade((start.year // 10 + step) * 10),
        "CE": lambda: arith.century(start.year // 100 + 1 + step),
    }.get(code)
    return None if found is None else Value("DATE", None, found(), around.anchor, "counted from the anchor")


def _too_fine(code: str, reference: Reference) -> bool:
    return (reference.grain == "M" and code in _FINER_THAN_MONTH) or (
        reference.grain == "Y" and code in (*_FINER_THAN_MONTH, "M", "Q")
    )


def _month(there: date) -> Stretch:
    return arith.month(there.year, there.month)


def _quarter(there: date) -> Stretch:
    return arith.quarter(there.year, (there.month + 2) // 3)


def with_part(value: Value | None, part: str | None) -> Value | None:
    """The same with a part of the day, which TIMEX3 writes behind it and EDTF leaves out."""
    if value is None or part is None:
        return value
    value.type = "TIME"
    value.timex = f"{value.timex}T{part}" if value.timex and len(value.timex) == 10 else value.timex
    return value


def part(stretch: Stretch, which: str, counted: bool) -> Stretch:
    """The part of a stretch that "begin", "half" and "eind" leave; halves of weeks, months and counted years, thirds
    of others.
    """
    first, last = stretch.first, stretch.last
    assert first
    assert last
    if stretch.grain == "M" and which == "MID":
        middle = first.replace(day=15)
        return replace(stretch, first=middle, last=middle, edtf=f"{middle.isoformat()}~")
    if stretch.grain == "M":
        cut, low = first.replace(day=15), first.replace(day=16)
    elif stretch.grain == "W":
        cut, low = first + timedelta(days=2), first + timedelta(days=3)
    elif stretch.grain == "Y" and counted:
        cut, low = date(first.year, 6, 30), date(first.year, 7, 1)
    else:
        third = (last - first).days // 3
        cut, low = first + timedelta(days=third), last - timedelta(days=third)
        if stretch.grain == "Y":
            cut, low = date(first.year, 4, 30), date(first.year, 9, 1)
    if which == "START":
        return replace(stretch, last=cut)
    if which == "END":
        return replace(stretch, first=low)
    return (
        replace(stretch, first=cut + timedelta(days=1), last=low - timedelta(days=1))
        if low > cut + timedelta(days=1)
        else stretch
    )


def nth_week(first: date, last: date, number: int) -> Stretch | None:
    """The n-th week of a month or year; a week belongs where its Thursday lies."""
    thursday = first + timedelta(days=(4 - first.isoweekday()) % 7)
    final = last - timedelta(days=(last.isoweekday() - 4) % 7)
    there = thursday + timedelta(weeks=number - 1) if number > 0 else final + timedelta(weeks=number + 1)
    return arith.week(there) if first <= there <= last else None


def holidays(rule: str, year: int) -> list[date]:
    """The days of a holiday in a year by its rule: "12-25", "06/7/3" (third Sunday of June), "easter-2",
    "islamic/9/1".
    """
    kind, _, rest = rule.partition("/")
    if rule.startswith(("easter", "orthodox")):
        start = arith.easter(year) if rule.startswith("easter") else arith.orthodox_easter(year)
        return [start + timedelta(days=int(rule.lstrip("abcdefghijklmnopqrstuvwxyz")))]
    if kind == "islamic":
        month, day = rest.split("/")
        return arith.islamic(year, int(month), int(day))
    if rule in ("king", "queen"):
        there = date(year, 4, 27 if rule == "king" else 30)
        return [there - timedelta(days=1) if there.isoweekday() == 7 else there]
    if rest:
        weekday, number = rest.split("/")
        found = arith.nth_weekday(year, int(kind), int(weekday), int(number))
        return [found] if found else []
    return [date(year, int(rule[:2]), int(rule[3:]))]


def _unit_rel(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    base = around.context if slots.get("base") == "context" else None
    value = unit(slots["unit"], slots.get("rel", 0), around, base, slots.get("more", 0))
    return with_part(_own_timex(value, slots), slots.get("part"))


def _own_timex(value: Value | None, slots: Slots) -> Value | None:
    if value is not None and value.timex is None and value.stretch is not None:
        value.timex = value.stretch.timex
    return value


def _weekend(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    """The weekend meant: the last in the past, the next in the future, as the language has it where no tense says."""
    if around.reference is None or around.reference.grain != "D":
        return _own_timex(unit("WE", 0, around), slots)
    here = around.reference.first
    options = [arith.weekend(here + timedelta(weeks=step)) for step in (-1, 0, 1)]
    found = choose(options, around.reference, around.tense(meaning.start) or slots["usual"])
    if found is None:
        return None
    return Value("DATE", found.timex, found, around.anchor, "the weekend nearest the anchor by tense")


def _day_part(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    return with_part(around.resolve(slots["of"]), slots["part"])


def _relday(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    offset, part_ = slots.get("both", (slots.get("today", 0), slots.get("part")))
    found = around.near(offset)
    if found is None:
        return unplaced("XXXX-XX-XX")
    return with_part(Value("DATE", found.timex, found, around.anchor, "counted from the anchor"), part_)


def _weekday_week(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = unit("W", slots["rel"], around)
    if value is None or value.stretch is None or value.stretch.grain != "W" or value.stretch.first is None:
        return _own_timex(value, slots)
    there = arith.day(value.stretch.first + timedelta(days=slots["weekday"] - 1))
    return Value("DATE", there.timex, there, around.anchor, "the weekday of that week")


def _month_rel(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    month = int(slots["month"] if "month" in slots else slots["mon"])
    if around.reference is None:
        return unplaced(f"XXXX-{month:02}", edtf=f"XXXX-{month:02}")
    here = around.reference.last.year
    if "yrel" in slots:
        there = arith.month(here + step_of(slots["yrel"]), month)
        return Value("DATE", there.timex, there, around.anchor, "the month of that year")
    options = [arith.month(here + step, month) for step in (-1, 0, 1)]
    found = choose(options, around.reference, kind_of(slots, meaning))
    return None if found is None else Value("DATE", found.timex, found, around.anchor, "the month nearest the anchor")


def _then(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    code = slots["unit"]
    if slots.get("near") and around.reference is not None and (around.context is None or around.carried):
        return Value(
            "DATE", around.reference.stretch.timex, around.reference.stretch, around.anchor, "the anchor's day"
        )
    if around.context is None or around.context.first is None:
        if code in ("D", "S") or around.reference is None:
            return unplaced({"W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(code, "XXXX-XX-XX"))
        return _own_timex(unit(code, 0, around), slots)
    base = around.context
    fine = {"D": ("D",), "W": ("D", "W"), "WE": ("D", "W", "WE"), "M": ("D", "W", "WE", "M")}.get(
        code, ("D", "W", "WE", "M", "Q", "S", "Y")
    )
    if base.grain not in fine or code in ("D", "S"):
        return Value("DATE", base.timex, base, base.edtf, "the date last named")
    value = _own_timex(unit(code, 0, around, base), slots)
    if value is not None:
        value.anchor, value.why = base.edtf, "the date last named"
    return value


def _same_period(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    """Resolves "the same period last year": the date last named (else the anchor's month), a year back."""
    base = around.context or (around.reference.stretch if around.reference else None)
    if base is None or base.first is None or base.last is None:
        return unplaced("XXXX")
    first, last = arith.add_months(base.first, -12), arith.add_months(base.last, -12)
    if base.grain == "Q":
        there = _quarter(first)
    elif base.grain == "Y":
        there = arith.year(first.year)
    elif base.grain == "M":
        there = _month(first)
    else:
        there = Stretch(
            first, last, first.isoformat() if first == last else f"{first}/{last}", first.isoformat(), base.grain
        )
    return Value("DATE", there.timex, there, base.edtf, "a year before the date last named")


def _half_year(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    """The first or second half of a year or month; of anything else the whole."""
    inner = around.resolve(slots["of"]) if "of" in slots else _own_timex(unit("Y", 0, around), slots)
    number = int(slots["n"])
    if inner is None or inner.stretch is None or number not in (1, 2):
        return inner
    inner.timex = inner.timex or inner.stretch.timex
    first, last = inner.stretch.first, inner.stretch.last
    if first is None or last is None or inner.stretch.grain not in ("Y", "M"):
        return inner
    if inner.stretch.grain == "Y":
        there = arith.half_year(first.year, number)
        return Value("DATE", there.timex, there, inner.anchor, "half of the year")
    first, last = (first, first.replace(day=15)) if number == 1 else (first.replace(day=16), last)
    there = Stretch(first, last, f"{first.isoformat()}/{last.isoformat()}", inner.stretch.timex, "X")
    return Value("DATE", there.timex, there, inner.anchor, "half of the month")


def _rest(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = unit(slots["unit"], 0, around)
    if value is None or value.stretch is None or around.reference is None or around.reference.grain != "D":
        return _own_timex(value, slots)
    here = arith.day(around.reference.first)
    there = arith.span(here, value.stretch, value.stretch.timex)
    return Value("DATE", value.stretch.timex, there, around.anchor, "from the anchor to the unit's end")


def _within(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    code = slots.get("unit", "D")
    value = _own_timex(unit(code, slots.get("rel", 0), around), slots)
    if value is None or value.stretch is None or around.reference is None or around.reference.grain != "D":
        return value
    here, stretch = around.reference.first, value.stretch
    assert stretch.first
    assert stretch.last
    if slots["side"] == "before" and here > stretch.first:
        value.stretch = replace(stretch, last=min(here - timedelta(days=1), stretch.last))
    elif slots["side"] == "after" and here <= stretch.last:
        value.stretch = replace(stretch, first=max(here, stretch.first))
    value.why = "the part of it before or after the anchor"
    return value


def _weekdays_on(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    if around.reference is None:
        return unplaced("XXXX-XX-XX")
    first = closest_weekday(slots["weekday"], around, "coming")
    if first is None or first.grain != "D" or first.first is None:
        return None if first is None else Value("DATE", first.timex, first, around.anchor, "the anchor is no finer")
    there = arith.day(first.first + timedelta(weeks=int(slots["n"]) - 1))
    return Value("DATE", there.timex, there, around.anchor, "weekdays counted from the anchor")


def _now(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    stretch = around.reference.stretch if around.reference else None
    return Value("DATE", "PRESENT_REF", stretch, around.anchor, "the anchor itself")


def _ref(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    return Value("DATE", slots["word"], None, None, "names no date")


def _clock(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    return None


def _clocked(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    hour, minute = _hour(slots["clock"].slots)
    if hour > 24:
        return None
    inner = around.resolve(slots["of"]) if "of" in slots else None
    if inner is not None:
        base, anchor = inner.stretch, inner.anchor
    elif around.context is not None and around.context.grain == "D" and not around.carried:
        base, anchor = around.context, around.context.edtf
    else:
        base, anchor = (around.reference.stretch if around.reference else None), around.anchor
    clock = f"T{hour:02}:{minute:02}" + slots["clock"].slots.get("zone", "")
    if base is None or base.grain != "D":
        return Value("TIME", f"XXXX-XX-XX{clock}", base, anchor, "a clock time")
    return Value("TIME", f"{base.timex}{clock}", base, anchor, "a clock time of the day named")


def _hour(slots: Slots) -> tuple[int, int]:
    hour, minute = slots.get("digits") or slots.get("dotclock") or (int(slots["hour"]), 0)
    if slots.get("half") == "pm" and hour < 12:
        hour += 12
    if slots.get("half") == "am" and hour == 12:
        hour = 0
    return hour, minute


RELATIVE: dict[str, Handler] = {
    "unit_rel": _unit_rel,
    "weekend": _weekend,
    "day_part": _day_part,
    "relday": _relday,
    "weekday_week": _weekday_week,
    "month_rel": _month_rel,
    "then": _then,
    "same_period": _same_period,
    "half_year": _half_year,
    "rest": _rest,
    "within": _within,
    "weekdays_on": _weekdays_on,
    "now": _now,
    "ref": _ref,
    "clock": _clock,
    "clocked": _clocked,
}

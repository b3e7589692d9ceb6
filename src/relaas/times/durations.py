"""Durations, what is counted with them, and intervals: "al negen maanden", "drie weken geleden", "tussen … en",
"sinds", "tot".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from relaas.times import arith
from relaas.times.arith import Stretch
from relaas.times.grammar import Meaning
from relaas.times.value import Handler, Slots, Surroundings, Value, iso_duration, unplaced

_ABOUT = {"D": {"D": 3.0}, "N": {"D": 3.0}, "W": {"M": 1.0}, "M": {"M": 3.0}, "Q": {"M": 9.0}}
"""How far back an uncounted plural reaches: "al weken" about a month, "al maanden" about three; years have an open
start.
"""
_FINE = ("D", "W", "WE", "N", "BD", "H", "MIN", "S")
_LOOSE = frozenset({"MORE_THAN", "LESS_THAN", "APPROX"})
"""Modifiers of a length that make the day it counts back to an approximate one: "al bijna negen maanden"."""
_COARSE_TIMEX = {"Y": 4, "DE": 4, "CE": 4, "M": 7, "Q": 7}


def _amount(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    code, n = slots["unit"], slots.get("n", 1)
    vague = bool(slots.get("vague")) or n == "X"
    amount = float(n) if n != "X" else float(slots["vague"] if slots.get("vague", True) is not True else 3)
    if code == "FN":
        code, amount = "W", amount * 2
    if code == "QH":
        code, amount = "H", amount * 0.25
    elif code == "HY":
        code, amount = "M", amount * 6
    elif code == "HH":
        code, amount = "H", amount * 0.5
    parts = {code: 0.0 if "many" in slots or (n == "X" and "vague" not in slots) else amount}
    numeric = n != "X" and not (vague and slots.get("open", False))
    timex = iso_duration(parts, vague, numeric)
    return Value("DURATION", timex, parts=parts, vague=vague, why="a duration", rounded="rounded" in slots)


def _either(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    """Two amounts ("two to three weeks"): TIMEX3 has one value, here the first with a modifier."""
    value = _amount(slots, around, meaning)
    if value is not None:
        value.modifier, value.vague = "APPROX", True
    return value


def _chain(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    parts: dict[str, float] = {}
    for name in ("a", "b", "c"):
        inner = duration(slots[name], around) if name in slots else None
        if inner is None:
            continue
        if set(inner.parts) & set(parts):
            return None
        parts.update(inner.parts)
    return Value("DURATION", iso_duration(parts), parts=parts, why="a duration of several units")


def _vague_plural(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    code = slots["unit"]
    return Value(
        "DURATION",
        iso_duration({code: 1.0}, True, False) if code != "X" else "PXX",
        parts={code: 0.0},
        vague=True,
        why="an uncounted duration",
    )


def _moddur(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    inner = (
        duration(slots.get("dur") or slots["plural"], around)
        if "dur" in slots or "plural" in slots
        else _amount(slots, around, meaning)
    )
    if inner is not None:
        inner.modifier = slots.get("mod") or inner.modifier
    return inner


def duration(meaning: Meaning, around: Surroundings) -> Value | None:
    """The duration that a slot holds."""
    found = DURATIONS.get(meaning.op)
    return found(meaning.slots, around, meaning) if found else None


def _inner_duration(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    for name in ("dur", "plural", "decades", "long"):
        if isinstance(slots.get(name), Meaning):
            value = duration(slots[name], around)
            if value is not None and slots.get("mod"):
                value.modifier = slots["mod"]
            return value
    if "unit" in slots:
        return _amount({"n": slots.get("half", 1), **slots}, around, meaning)
    return None


def back(parts: dict[str, float], from_: date) -> date | None:
    """How far back an uncounted plural reaches from a day; ``None`` for no telling."""
    code = next(iter(parts))
    about = _ABOUT.get(code)
    return None if about is None else arith.add(from_, about, -1)


def _shift(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    """A duration before or after the anchor, the date last named, or a date in the pattern itself."""
    value = _inner_duration(slots, around, meaning)
    if value is None:
        return Value("DATE", "PAST_REF", None, None, "names no date") if slots.get("sign") == -1 else None
    anchor, base = around.anchor, around.reference.stretch if around.reference else None
    if slots.get("base") == "context" and around.context is not None and around.context.first is not None:
        anchor, base = around.context.edtf, around.context
    elif isinstance(slots.get("of"), Meaning):
        inner = around.resolve(slots["of"])
        if inner is None:
            return None
        anchor, base = inner.anchor or (inner.stretch.edtf if inner.stretch else None), inner.stretch
    sign = slots["sign"]
    open_ = "PAST_REF" if sign == -1 else "FUTURE_REF"
    if value.vague and not any(value.parts.values()):
        return Value("DATE", open_, None, None, "an uncounted number of units")
    if base is None or base.first is None or base.last is None:
        return unplaced("XXXX-XX-XX" if set(value.parts) & set(_FINE) else "XXXX")
    moved = move(base, value, sign, exact=bool(slots.get("exact")))
    if moved is None:
        return None
    timex = open_ if value.vague and "X" in (value.timex or "") else moved.timex
    return Value("DATE", timex, moved, anchor, "counted from the anchor", value.modifier)


def move(base: Stretch, value: Value, sign: int, *, exact: bool = False) -> Stretch | None:
    """A stretch moved by a duration and no finer than either: weeks from a month are that month.

    Whole months and years give a month and a year, unless ``exact``; a half or a rounded amount
    ("anderhalve maand", "een week of drie") counts to an approximate day.
    """
    parts = value.parts
    assert base.first
    assert base.last
    fine = [code for code in parts if code in _FINE]
    coarse = [code for code in parts if code not in _FINE]
    if base.grain in ("M", "Q", "S", "Y", "DEC"):
        if not coarse:
            weeks = parts.get("W", 0) * 7 + parts.get("D", 0)
            return (
                base
                if weeks < 28
                else _between(arith.add(base.first, parts, sign), arith.add(base.last, parts, sign), base.grain)
            )
        years = base.grain == "M" and not exact and not value.rounded and set(parts) <= {"Y", "DE", "CE"}
        grain = "Y" if years and all(amount == int(amount) for amount in parts.values()) else base.grain
        return _between(arith.add(base.first, parts, sign), arith.add(base.last, parts, sign), grain)
    from_ = base.first if sign < 0 or base.grain == "D" else base.last
    there = arith.add(from_, parts, sign)
    whole = all(amount == int(amount) for amount in parts.values())
    if not fine and len(coarse) == 1 and whole and not (value.rounded or exact):
        found = arith.month(there.year, there.month) if coarse[0] in ("M", "Q") else arith.year(there.year)
        return found.approximate() if value.vague else found
    found = arith.day(there)
    if set(parts) == {"W"} and whole and not value.vague:
        found = replace(found, timex=arith.week(there).timex)  # a week is named, though a day is meant
    if value.vague or not whole:
        found = found.approximate()
    if not fine and len(coarse) == 1:
        found = replace(found, timex=there.isoformat()[: _COARSE_TIMEX.get(coarse[0], 10)])
    return found


def _between(first: date, last: date, grain: str) -> Stretch:
    """From one month (or year) to another, as one where they are the same."""
    if grain == "Y":
        low, high = arith.year(first.year), arith.year(last.year)
    else:
        low, high = arith.month(first.year, first.month), arith.month(last.year, last.month)
    return low if low == high else Stretch(low.first, high.last, f"{low.edtf}/{high.edtf}", low.timex, low.grain)


def _lastn(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = _inner_duration(slots, around, meaning)
    if value is None:
        return None
    if around.reference is None:
        return value
    rel = slots.get("rel", 1)
    value.anchor, value.why = around.anchor, "counted from the anchor"
    base = around.reference.stretch
    assert base.first
    assert base.last
    if "dur" in slots and slots["dur"].pattern.name == "decades":
        start = base.first.year // 10 * 10
        count = int(value.parts["DE"])
        decades = arith.year(start - 10 * count), arith.year(start - 1)
        if rel > 0:
            decades = arith.year(start + 10), arith.year(start + 10 * count + 9)
        value.stretch = arith.span(*decades, value.timex or "")
        return value
    value.stretch = reach(base, value, 1 if rel > 0 else -1)
    return value


def reach(base: Stretch, value: Value, sign: int) -> Stretch | None:
    """From the anchor back (or on) over a duration; the anchor's own precision at both ends."""
    assert base.first
    assert base.last
    if base.grain != "D":
        other = move(base, value, sign, exact=True)
        if other is None or other == base:
            return base
        mark = "~" if value.vague else ""
        if sign < 0:
            low = _between(other.first or base.first, other.first or base.first, base.grain)
            return Stretch(low.first, base.last, f"{low.edtf}{mark}/{base.edtf}", value.timex or "", "X")
        high = _between(other.last or base.last, other.last or base.last, base.grain)
        return Stretch(base.first, high.last, f"{base.edtf}/{high.edtf}{mark}", value.timex or "", "X")
    there = arith.add(base.first, value.parts, sign)
    other = arith.day(there)
    if value.vague:
        other = other.approximate()
    if there == base.first:
        return base
    if sign < 0:
        return arith.span(other, base, value.timex or "")
    return arith.span(base if value.vague else _next(base), other, value.timex or "")


def _next(base: Stretch) -> Stretch:
    assert base.first
    return arith.day(base.first + timedelta(days=1))


def _lastvague(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = _inner_duration(slots, around, meaning)
    if value is None or around.reference is None:
        return value
    value.anchor, value.why = around.anchor, "an uncounted plural from the anchor"
    base, sign = around.reference.stretch, 1 if slots.get("rel", -1) > 0 else -1
    code = next(iter(value.parts))
    about = _ABOUT.get(code)
    if about is None or base.first is None:
        if base.first is None or code in ("H", "MIN", "S"):
            value.stretch = base
        elif sign < 0:
            value.stretch = Stretch(None, base.last, f"../{base.edtf}", value.timex or "", "X")
        else:
            value.stretch = Stretch(base.first, None, f"{base.edtf}/..", value.timex or "", "X")
        return value
    counted = replace(value, parts=about, vague=True)
    value.stretch = reach(base, counted, sign)
    return value


def _upto(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = _inner_duration(slots, around, meaning)
    if value is None or around.reference is None:
        return value
    if value.vague and not any(value.parts.values()):
        return _lastvague(slots, around, meaning)
    value.anchor, value.why = around.anchor, "a duration up to the anchor"
    loose = value.modifier in _LOOSE and around.reference.grain == "D"
    counted = replace(value, vague=True) if loose else value
    value.stretch = reach(around.reference.stretch, counted, -1)
    return value


def _within_dur(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = _inner_duration(slots, around, meaning)
    if value is None or around.reference is None:
        return value
    base = around.reference.stretch
    if isinstance(slots.get("of"), Meaning):
        inner = around.resolve(slots["of"])
        if inner is None or inner.stretch is None:
            return None
        base = inner.stretch
    other = move(base, value, 1, exact=True)
    value.stretch = arith.span(base, other, value.timex or "") if other is not None and other != base else base
    value.anchor, value.why = around.anchor, "from the anchor on, at most so long"
    return value


def _set(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    return Value("SET", slots["value"], why="recurs")


def _every(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    if "weekday" in slots:
        return Value("SET", f"XXXX-WXX-{slots['weekday']}", why="recurs")
    if "season" in slots:
        return Value("SET", f"XXXX-{slots['season']}", why="recurs")
    if "month" in slots:
        return Value("SET", f"XXXX-{slots['month']:02}", why="recurs")
    if "part" in slots:
        return Value("SET", f"XXXX-XX-XXT{slots['part']}", why="recurs")
    count = slots.get("n", 1)
    per = count if "unit" in slots and not slots.get("per") else 1
    return Value("SET", iso_duration({slots["unit"]: float(per)}), why="recurs")


DURATIONS: dict[str, Handler] = {
    "amount": _amount,
    "either": _either,
    "chain": _chain,
    "vague_plural": _vague_plural,
    "moddur": _moddur,
    "shift": _shift,
    "lastn": _lastn,
    "lastvague": _lastvague,
    "upto": _upto,
    "within_dur": _within_dur,
    "set": _set,
    "every": _every,
}

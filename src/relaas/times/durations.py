"""Durations, what is counted with them, and intervals: "al negen maanden", "drie weken geleden", "tussen … en", "sinds", "tot"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from relaas.times import arith
from relaas.times.arith import Stretch
from relaas.times.grammar import Meaning
from relaas.times.value import Surroundings, Value, iso_duration, unplaced

Slots = dict[str, Any]
_ABOUT = {"D": {"D": 7.0}, "N": {"D": 7.0}, "W": {"M": 1.0}, "M": {"M": 3.0}, "Q": {"M": 9.0}}
"""How far back an uncounted plural reaches: "al weken" about a month, "al maanden" about three; years have an open start."""
_FINE = ("D", "W", "WE", "N", "BD", "H", "MIN", "S")
_COARSE_TIMEX = {"Y": 4, "DE": 4, "CE": 4, "M": 7, "Q": 7}


def _amount(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    code, n = slots["unit"], slots.get("n", 1)
    vague = bool(slots.get("vague")) or n == "X"
    amount = float(n) if n != "X" else float(slots["vague"] if slots.get("vague", True) is not True else 3)
    if code == "FN":
        code, amount = "W", amount * 2
    if code == "QH":
        code, amount = "H", amount * 0.25
    elif code == "HH":
        code, amount = "H", amount * 0.5
    parts = {code: 0.0 if "many" in slots or (n == "X" and "vague" not in slots) else amount}
    numeric = n != "X" and not (vague and slots.get("open", False))
    return Value("DURATION", iso_duration(parts, vague, numeric), parts=parts, vague=vague, why="a duration")


def _either(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    """"Two to three weeks": TIMEX3 has one value, so the second, as its guidelines do with "between 60 and 90 days"."""
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
    return Value("DURATION", iso_duration({code: 1.0}, True, False) if code != "X" else "PXX", parts={code: 0.0}, vague=True, why="an uncounted duration")


def _moddur(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    if "dur" in slots or "plural" in slots:
        inner = duration(slots.get("dur") or slots["plural"], around)
    else:
        inner = _amount(slots, around, meaning)
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
    from relaas.times.resolve import resolve

    value = _inner_duration(slots, around, meaning)
    if value is None:
        return Value("DATE", "PAST_REF", None, None, "names no date") if slots.get("sign") == -1 else None
    anchor, base = around.anchor, around.reference.stretch if around.reference else None
    if slots.get("base") == "context" and around.context is not None and around.context.first is not None:
        anchor, base = around.context.edtf, around.context
    elif isinstance(slots.get("of"), Meaning):
        inner = resolve(slots["of"], around)
        if inner is None:
            return None
        anchor, base = inner.anchor or (inner.stretch.edtf if inner.stretch else None), inner.stretch
    sign = slots["sign"]
    open_ = "PAST_REF" if sign == -1 else "FUTURE_REF"
    if value.vague and not any(value.parts.values()):
        return Value("DATE", open_, None, None, "an uncounted number of units")
    if base is None or base.first is None or base.last is None:
        return unplaced("XXXX-XX-XX" if set(value.parts) & set(_FINE) else "XXXX")
    moved = move(base, value, sign)
    if moved is None:
        return None
    timex = open_ if value.vague and "X" in (value.timex or "") else moved.timex
    return Value("DATE", timex, moved, anchor, "counted from the anchor", value.modifier)


def move(base: Stretch, value: Value, sign: int) -> Stretch | None:
    """A stretch moved by a duration and no finer than either: weeks from a month are that month."""
    parts = value.parts
    assert base.first and base.last
    fine = [code for code in parts if code in _FINE]
    coarse = [code for code in parts if code not in _FINE]
    if base.grain in ("M", "Q", "S", "Y", "DEC"):
        if not coarse:
            weeks = parts.get("W", 0) * 7 + parts.get("D", 0)
            return base if weeks < 28 else _between(arith.add(base.first, parts, sign), arith.add(base.last, parts, sign), base.grain)
        return _between(arith.add(base.first, parts, sign), _end(base.last, parts, sign), base.grain)
    from_ = base.first if sign < 0 or base.grain == "D" else base.last
    there = arith.add(from_, parts, sign)
    found = arith.day(there)
    if not fine or (value.vague and fine):
        found = found.approximate()
    if not fine and len(coarse) == 1:
        found = replace(found, timex=there.isoformat()[: _COARSE_TIMEX.get(coarse[0], 10)], grain="D")
    elif list(parts) == ["W"]:
        found = replace(found, timex=found.timex)
    return found


def _end(last: date, parts: dict[str, float], sign: int) -> date:
    return arith.add(last, parts, sign)


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
    assert base.first and base.last
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
    assert base.first and base.last
    if base.grain != "D":
        other = move(replace(base, last=base.first) if False else base, value, sign)
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
    if not any(code in ("H", "MIN", "S") for code in value.parts) and there == base.first:
        return base
    return arith.span(other, base, value.timex or "") if sign < 0 else arith.span(_next(base), other, value.timex or "")


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
    value.stretch = reach(around.reference.stretch, value, -1)
    return value


def _within_dur(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    from relaas.times.resolve import resolve

    value = _inner_duration(slots, around, meaning)
    if value is None or around.reference is None:
        return value
    base = around.reference.stretch
    if isinstance(slots.get("of"), Meaning):
        inner = resolve(slots["of"], around)
        if inner is None or inner.stretch is None:
            return None
        base = inner.stretch
    other = move(base, value, 1)
    value.stretch = arith.span(base, other, value.timex or "") if other is not None and other != base else base
    value.anchor, value.why = around.anchor, "from the anchor on, at most so long"
    return value


def _dayrange(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    from relaas.times.resolve import resolve

    def one(name: str) -> Value | None:
        chosen = {key: slots[key] for key in ("month", "mon", "y") if key in slots}
        if "mrel" in slots:
            return resolve(Meaning(_as(meaning, "day_rel_month"), {"mrel": slots["mrel"], "dayo": slots[name]}, meaning.start, meaning.end), around)
        return resolve(Meaning(_as(meaning, "ymd"), {**chosen, "day": slots[name]}, meaning.start, meaning.end), around)

    if int(slots["d1"]) >= int(slots["d2"]):
        return None
    first, last = one("d1"), one("d2")
    if first is None or last is None or first.stretch is None or last.stretch is None:
        return None
    return _joined(first, last, meaning, around)


def _as(meaning: Meaning, op: str) -> Any:
    return replace(meaning.pattern, means=op)


def _joined(first: Value, last: Value, meaning: Meaning, around: Surroundings) -> Value | None:
    """One interval from two dates; Dutch "tot" leaves its own day out of ``latest``, EDTF keeps the days that the words name."""
    a, b = first.stretch, last.stretch
    if a is None or b is None:
        return None
    if a.first and b.first and b.first < a.first:
        return None
    anchor = first.anchor or last.anchor
    if a.first is None or b.last is None:
        return Value("DURATION", "PXX", Stretch(None, None, f"{arith.opening(a.edtf)}/{arith.closing(b.edtf)}", "", "X"), anchor, "from one to the other")
    joined = arith.span(a, b, length(a, b))
    if _exclusive(meaning, around) and b.grain == "D" and b.first and b.first > a.first:
        joined = replace(joined, last=b.first - timedelta(days=1))
    return Value("DURATION", joined.timex, joined, anchor, "from one to the other")


def _exclusive(meaning: Meaning, around: Surroundings) -> bool:
    words = [token.low for token in around.tokens[meaning.start : meaning.end]]
    return "tot" in words and "met" not in words


def length(a: Stretch, b: Stretch) -> str:
    """The TIMEX3 duration from one stretch to another, in the coarser of their units."""
    assert a.first and b.first
    if a.grain == b.grain == "Y":
        return f"P{b.first.year - a.first.year}Y"
    if a.grain in ("M", "Y") and b.grain in ("M", "Y"):
        return f"P{(b.first.year - a.first.year) * 12 + b.first.month - a.first.month}M"
    return f"P{(b.first - a.first).days}D"


def _range(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    """Two dates and what is between; the first takes its year from the second."""
    from relaas.times.resolve import resolve, year_of

    now = Value("DATE", "PRESENT_REF", around.reference.stretch, around.anchor, "the anchor") if around.reference else None
    a, b = slots["a"], slots["b"]
    if "rel" in slots and around.reference is not None:
        monday = around.reference.first - timedelta(days=around.reference.first.weekday()) + timedelta(weeks={2: 1, -2: -1}.get(slots["rel"], slots["rel"]))
        around = replace(around, soonest=monday)
    if b == "now":
        first = resolve(a, replace(around, latest=around.reference.last if around.reference else None))
        return _joined(first, now, meaning, around) if first and now else None
    if a == "now":
        last = resolve(b, replace(around, soonest=around.reference.first if around.reference else None))
        return _joined(now, last, meaning, around) if last and now else None
    if {a.op, b.op} & {"lastn", "upto", "lastvague", "range", "dayrange", "season_bare"}:
        return None
    later = year_of(b.slots, around) if b.op in ("ymd", "numeric") else None
    own = year_of(a.slots, around) if a.op in ("ymd", "numeric") else None
    if "rel" in slots:
        first = resolve(a, around)
        last = resolve(b, replace(around, soonest=first.stretch.first if first and first.stretch else None))
        return _joined(first, last, meaning, around) if first and last else None
    if own is not None and later is None and b.op in ("ymd", "numeric") or a.op in ("relday", "weekday", "year", "full"):
        first = resolve(a, around)
        last = resolve(b, replace(around, soonest=first.stretch.first if first and first.stretch else None))
    else:
        last = resolve(b, around)
        bound = last.stretch.first if last and last.stretch else None
        if later is not None and own is None and a.op == "ymd":
            first = resolve(a, replace(around, year=later))
            if first and first.stretch and first.stretch.first and bound and first.stretch.first > bound:
                first = resolve(a, replace(around, year=later - 1))
        else:
            first = resolve(a, replace(around, latest=bound))
    return _joined(first, last, meaning, around) if first and last else None


def _since(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = _of(slots, around)
    if value is None or value.stretch is None:
        return value
    stretch, reference = value.stretch, around.reference
    start = arith.opening(stretch.edtf)
    first = date.fromisoformat(start[:10]) if start.endswith("~") and len(start) == 11 else stretch.first
    if first is None and stretch.edtf.startswith("../"):
        return value
    if reference is None or first is None or first > reference.last:
        value.stretch = Stretch(first, None, f"{start}/..", stretch.timex, "X")
    else:
        value.stretch = Stretch(first, reference.last, f"{start}/{reference.stretch.edtf}", stretch.timex, "X")
        value.anchor = around.anchor
    value.why = "from then to the anchor"
    return value


def _of(slots: Slots, around: Surroundings) -> Value | None:
    from relaas.times.resolve import resolve

    of = slots.get("of", slots.get("y"))
    value = resolve(of, around) if isinstance(of, Meaning) else None
    if value is not None:
        value.named = value.stretch
    return value


def _until(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = _of(slots, around)
    if value is None or value.stretch is None or value.stretch.edtf.startswith("../"):
        return value
    value.stretch = Stretch(None, value.stretch.last, f"../{arith.closing(value.stretch.edtf)}", value.stretch.timex, "X")
    value.why = "open before that"
    return value


def _before(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = _of(slots, around)
    if value is None or value.stretch is None or value.stretch.first is None:
        return value
    there = arith.day(value.stretch.first - timedelta(days=1))
    if value.stretch.grain == "Y":
        there = arith.year(value.stretch.first.year - 1)
    elif value.stretch.grain == "M":
        there = arith.month(there.first.year, there.first.month) if there.first else there
    value.stretch = Stretch(None, there.last, f"../{there.edtf}", value.stretch.timex, "X")
    value.why = "open before that"
    value.modifier = "BEFORE"
    return value


def _after(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = _of(slots, around)
    if value is None or value.stretch is None:
        return value
    value.stretch = Stretch(value.stretch.last, None, f"{arith.closing(value.stretch.edtf)}/..", value.stretch.timex, "X")
    value.why = "open after that"
    value.modifier = "AFTER"
    return value


def _tonow(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    if around.reference is None:
        return Value("DATE", "PRESENT_REF")
    base = around.reference.stretch
    return Value("DATE", "PRESENT_REF", Stretch(None, base.last, f"../{base.edtf}", "", "X"), around.anchor, "up to the anchor")


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


DURATIONS: dict[str, Callable[[Slots, Surroundings, Meaning], Value | None]] = {
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
    "dayrange": _dayrange,
    "range": _range,
    "since": _since,
    "until": _until,
    "before": _before,
    "after": _after,
    "tonow": _tonow,
    "set": _set,
    "every": _every,
}

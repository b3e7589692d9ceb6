"""Intervals: two dates and what lies between, and one date with a signal ("sinds", "tot", "voor", "na")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from relaas.times import arith
from relaas.times.arith import Stretch
from relaas.times.grammar import Meaning
from relaas.times.value import Handler, Slots, Surroundings, Value, step_of, year_of


def _dayrange(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    def one(name: str) -> Value | None:
        chosen: Slots = {key: slots[key] for key in ("month", "mon", "y") if key in slots}
        if "mrel" in slots:
            return around.resolve(
                Meaning(
                    _as(meaning, "day_rel_month"),
                    {"mrel": slots["mrel"], "dayo": slots[name]},
                    meaning.start,
                    meaning.end,
                )
            )
        return around.resolve(Meaning(_as(meaning, "ymd"), {**chosen, "day": slots[name]}, meaning.start, meaning.end))

    if int(slots["d1"]) >= int(slots["d2"]):
        return None
    first, last = one("d1"), one("d2")
    if first is None or last is None or first.stretch is None or last.stretch is None:
        return None
    return _joined(first, last, meaning, around)


def _as(meaning: Meaning, op: str) -> Any:
    return replace(meaning.pattern, means=op)


def _joined(first: Value, last: Value, meaning: Meaning, around: Surroundings) -> Value | None:
    """One interval from two dates; Dutch "tot" leaves its own day out of ``latest``, EDTF keeps the days that the
    words name.
    """
    a, b = first.stretch, last.stretch
    if a is None or b is None:
        return None
    if a.first and b.first and b.first < a.first:
        return None
    anchor = first.anchor or last.anchor
    if a.first is None or b.last is None:
        return Value("DATE", f"{a.timex}/{b.timex}", None, anchor, "from one to the other, of an unknown year")
    joined = arith.span(a, b, length(a, b))
    if _exclusive(meaning, around) and b.grain == "D" and b.first and b.first > a.first:
        joined = replace(joined, last=b.first - timedelta(days=1))
    return Value("DATE", f"{a.timex}/{b.timex}", joined, anchor, "from one to the other")


def _exclusive(meaning: Meaning, around: Surroundings) -> bool:
    if isinstance(meaning.slots.get("b"), Meaning) and meaning.slots["b"].op == "weekday":
        return False
    words = {token.low for token in around.tokens[meaning.start : meaning.end]}
    return bool(words & around.leaves_out) and not words & around.leaves_in


def length(a: Stretch, b: Stretch) -> str:
    """The TIMEX3 duration from one stretch to another, in the coarser of their units."""
    assert a.first
    assert b.first
    if a.grain == b.grain == "Y":
        return f"P{b.first.year - a.first.year}Y"
    if a.grain in ("M", "Y") and b.grain in ("M", "Y"):
        return f"P{(b.first.year - a.first.year) * 12 + b.first.month - a.first.month}M"
    return f"P{(b.first - a.first).days}D"


def _range(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    """Two dates and what is between; the first takes its year from the second."""
    now = (
        Value("DATE", "PRESENT_REF", around.reference.stretch, around.anchor, "the anchor")
        if around.reference
        else None
    )
    a, b = slots["a"], slots["b"]
    if "rel" in slots and around.reference is not None:
        monday = (
            around.reference.first
            - timedelta(days=around.reference.first.weekday())
            + timedelta(weeks=step_of(slots["rel"]))
        )
        around = replace(around, soonest=monday)
    if b == "now":
        first = replace(around, latest=around.reference.last if around.reference else None).resolve(a)
        return _joined(first, now, meaning, around) if first and now else None
    if a == "now":
        last = replace(around, soonest=around.reference.first if around.reference else None).resolve(b)
        return _joined(now, last, meaning, around) if last and now else None
    if a.op == "season" and b.op == "year":
        return None  # "winter 2022-2023" is one season
    if {a.op, b.op} & {"lastn", "upto", "lastvague", "range", "dayrange", "season_bare"}:
        return None
    later = year_of(b.slots, around) if b.op in ("ymd", "numeric") else None
    own = year_of(a.slots, around) if a.op in ("ymd", "numeric") else None
    if "rel" in slots:
        first = around.resolve(a)
        last = replace(around, soonest=first.stretch.first if first and first.stretch else None).resolve(b)
        return _joined(first, last, meaning, around) if first and last else None
    if (own is not None and later is None and b.op in ("ymd", "numeric")) or a.op in (
        "relday",
        "weekday",
        "year",
        "full",
    ):
        first = around.resolve(a)
        last = replace(around, soonest=first.stretch.first if first and first.stretch else None).resolve(b)
    else:
        last = around.resolve(b)
        bound = last.stretch.first if last and last.stretch else None
        if later is not None and own is None and a.op == "ymd":
            first = replace(around, year=later).resolve(a)
            if first and first.stretch and first.stretch.first and bound and first.stretch.first > bound:
                first = replace(around, year=later - 1).resolve(a)
        else:
            first = replace(around, latest=bound).resolve(a)
    return _joined(first, last, meaning, around) if first and last else None


def _since(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    reference = around.reference
    past = reference is not None and not slots.get("open")
    value = _of(slots, replace(around, latest=reference.last) if reference is not None and past else around)
    if value is None or value.stretch is None:
        return value
    stretch = value.stretch
    start = arith.opening(stretch.edtf)
    if value.modifier == "END" and stretch.grain == "M" and stretch.first and stretch.last:
        start = f"{stretch.first.replace(day=21).isoformat()}~"
    first = date.fromisoformat(start[:10]) if start.endswith("~") and len(start) == 11 else stretch.first
    if first is None and stretch.edtf.startswith("../"):
        return value
    if reference is None or first is None or first > reference.last or slots.get("open"):
        value.stretch = Stretch(first, None, f"{start}/..", stretch.timex, "X")
    else:
        value.stretch = Stretch(first, reference.last, f"{start}/{reference.stretch.edtf}", stretch.timex, "X")
        value.anchor = around.anchor
    value.why = "from then to the anchor"
    return value


def _of(slots: Slots, around: Surroundings, *, ahead: bool = False) -> Value | None:
    of = slots.get("of", slots.get("y"))
    if isinstance(of, Meaning) and of.op == "weekday" and ahead and around.reference is not None:
        around = replace(around, soonest=around.reference.first)
    value = around.resolve(of) if isinstance(of, Meaning) else None
    if value is not None:
        value.named = value.stretch
        if value.stretch is not None and value.stretch.edtf.startswith("XXXX"):
            value.stretch = None  # EDTF has no interval from or to a day of an unknown year
    return value


def _since_then(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    """Resolves "sindsdien": from the date last named to the anchor; nothing where none was named."""
    context, reference = around.context, around.reference
    if context is None or context.first is None:
        return Value("DATE", "PAST_REF", None, None, "no date was named before")
    if around.carried and reference is not None and context.first > reference.last:
        return Value("DATE", "PAST_REF", None, None, "no date was named before")
    if reference is None or context.first > reference.last:
        stretch = Stretch(context.first, None, f"{arith.opening(context.edtf)}/..", "PAST_REF", "X")
    else:
        edtf = f"{arith.opening(context.edtf)}/{reference.stretch.edtf}"
        stretch = Stretch(context.first, reference.last, edtf, "PAST_REF", "X")
    return Value("DATE", context.timex, stretch, context.edtf, "from the date last named to the anchor")


def _night(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    """Resolves "de nacht van zaterdag op zondag": the night between two days, settled by the second."""
    last = around.resolve(slots["b"])
    if last is None or last.stretch is None or last.stretch.grain != "D" or last.stretch.first is None:
        return last
    before = arith.day(last.stretch.first - timedelta(days=1))
    return Value(
        "TIME", f"{before.timex}TNI", arith.span(before, last.stretch, "P1D"), last.anchor, "the night between"
    )


def _until(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = _of(slots, around, ahead=around.tense(meaning.start) != "past")
    if value is None or value.stretch is None or value.stretch.edtf.startswith("../"):
        return value
    value.stretch = Stretch(
        None, value.stretch.last, f"../{arith.closing(value.stretch.edtf)}", value.stretch.timex, "X"
    )
    value.why = "open before that"
    return value


def _after(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = _of(slots, around)
    if value is None or value.stretch is None:
        return value
    if value.stretch.grain == "D" and value.stretch.last is not None:
        value.stretch = arith.day(value.stretch.last + timedelta(days=1))
    value.stretch = Stretch(
        value.stretch.last, None, f"{arith.closing(value.stretch.edtf)}/..", value.stretch.timex, "X"
    )
    value.why = "open after that"
    value.modifier = "AFTER"
    return value


def _around(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    value = _of(slots, around)
    if value is not None and value.stretch is not None:
        value.stretch = value.stretch.approximate()
        value.modifier = "APPROX"
    return value


def _tonow(slots: Slots, around: Surroundings, meaning: Meaning) -> Value | None:
    if around.reference is None:
        return Value("DATE", "PRESENT_REF")
    base = around.reference.stretch
    return Value(
        "DATE", "PRESENT_REF", Stretch(None, base.last, f"../{base.edtf}", "", "X"), around.anchor, "up to the anchor"
    )


INTERVALS: dict[str, Handler] = {
    "dayrange": _dayrange,
    "range": _range,
    "since": _since,
    "until": _until,
    "before": _until,
    "after": _after,
    "around": _around,
    "tonow": _tonow,
    "since_then": _since_then,
    "night": _night,
}

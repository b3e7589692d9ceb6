"""What a meaning comes to once it is resolved, and what resolving it may look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from relaas.times import arith
from relaas.times.grammar import Meaning
from relaas.times.reference import Reference
from relaas.times.scan import Token

Slots = dict[str, Any]
"""What a pattern kept under its names: words' values, numbers, inner meanings."""


@dataclass(slots=True)
class Value:
    """A resolved meaning. ``parts`` are a duration's amounts by TIMEX3 unit; ``vague`` marks amounts that the words
    leave open.
    """

    type: str
    timex: str | None
    stretch: arith.Stretch | None = None
    anchor: str | None = None
    why: str = ""
    modifier: str | None = None
    parts: dict[str, float] = field(default_factory=dict)
    vague: bool = False
    rounded: bool = False
    named: arith.Stretch | None = None
    """The date that the words name, where a signal ("by", "sinds") makes ``stretch`` an interval from or to it."""


@dataclass(slots=True)
class Surroundings:
    """The reference, the date last named, the tokens, the tense at a token, and the meanings to resolve by.

    ``leaves_out`` are the words of a range that leave its last day out, unless one of ``leaves_in`` is there as well.
    ``carried`` says that the date last named comes from before this text.
    ``year`` stands in for a year left out; ``latest`` and ``soonest`` bound a date from the other end of its range.
    """

    reference: Reference | None
    tokens: list[Token]
    tense: Callable[[int], str | None]
    meanings: Mapping[str, Handler]
    leaves_out: frozenset[str] = frozenset()
    leaves_in: frozenset[str] = frozenset()
    context: arith.Stretch | None = None
    carried: bool = False
    year: int | None = None
    latest: date | None = None
    soonest: date | None = None

    @property
    def anchor(self) -> str | None:
        """The reference's text."""
        return self.reference.text if self.reference else None

    def near(self, days: int) -> arith.Stretch | None:
        """The day so many days from the reference; the reference itself where it is no day."""
        if self.reference is None:
            return None
        if self.reference.grain != "D":
            return self.reference.stretch
        return arith.day(self.reference.first + timedelta(days=days))

    def resolve(self, meaning: Meaning) -> Value | None:
        """The value of a meaning; ``None`` where the words make no date (30 February, an age)."""
        try:
            return self.meanings[meaning.op](meaning.slots, self, meaning)
        except (ValueError, OverflowError):
            return None


Handler = Callable[[Slots, Surroundings, Meaning], "Value | None"]
"""Resolves one kind of meaning."""


def step_of(rel: int) -> int:
    """How many units a relative word moves (2 and -2 are the near kinds of 1 and -1)."""
    return {2: 1, -2: -1}.get(rel, rel)


def year_of(slots: Slots, around: Surroundings) -> int | None:
    """The year that a pattern's year slot gives, if any."""
    value: Any = slots.get("y", slots.get("yy", slots.get("year", slots.get("twodigit"))))
    if isinstance(value, Meaning):
        inner = value.slots.get("year", value.slots.get("n"))
        return None if inner is None else int(inner)
    if value is None and "yrel" in slots:
        return None if around.reference is None else around.reference.last.year + slots["yrel"]
    return None if value is None else int(value)


def unplaced(timex: str, type_: str = "DATE", edtf: str | None = None) -> Value:
    """A date whose place in time the words and the anchor leave open."""
    if edtf is None:
        return Value(type_, timex, None, None, "no anchor")
    return Value(type_, timex, arith.Stretch(None, None, edtf, timex, "X"), None, "no anchor for the year")


def iso_duration(parts: dict[str, float], vague: bool = False, numeric: bool = True) -> str:
    """The TIMEX3 value of a duration: P1Y1M21D, PT3H, P2.5Y, PXW; half an hour is PT30M.

    >>> iso_duration({"M": 2.0}), iso_duration({"H": 0.5}), iso_duration({"Y": 1.0}, vague=True, numeric=False)
    ('P2M', 'PT30M', 'PXY')
    """
    if parts.get("H") == 0.5:
        parts = {**{unit: amount for unit, amount in parts.items() if unit != "H"}, "MIN": 30.0 + parts.get("MIN", 0)}
    dates, clock = "", ""
    for unit in ("CE", "DE", "Y", "Q", "M", "W", "WE", "SN", "N", "D", "BD", "H", "MIN", "S"):
        amount = parts.get(unit)
        if amount is None:
            continue
        text = "X" if vague and not numeric else f"{amount:.10g}"
        if unit in ("CE", "DE"):
            factor = 100 if unit == "CE" else 10
            dates += "X" + unit if vague and not numeric else f"{amount * factor:.10g}Y"
        elif unit in ("H", "MIN", "S"):
            clock += text + {"H": "H", "MIN": "M", "S": "S"}[unit]
        elif unit in ("SN", "N"):
            dates += text + {"SN": "S", "N": "NI"}[unit]
        else:
            dates += text + unit
    return f"P{dates}" + (f"T{clock}" if clock else "") if dates or clock else "PXX"

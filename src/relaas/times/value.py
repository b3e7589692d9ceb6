"""What a meaning comes to once it is resolved, and what resolving it may look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from relaas.times import arith
from relaas.times.reference import Reference
from relaas.times.scan import Token

UNKNOWN_YEAR = "XXXX"


@dataclass(slots=True)
class Value:
    """A resolved meaning. ``parts`` are a duration's amounts by TIMEX3 unit; ``vague`` marks amounts that the words leave open."""

    type: str
    timex: str | None
    stretch: arith.Stretch | None = None
    anchor: str | None = None
    why: str = ""
    modifier: str | None = None
    parts: dict[str, float] = field(default_factory=dict)
    vague: bool = False
    named: arith.Stretch | None = None
    """The date that the words name, where a signal ("by", "sinds") makes ``stretch`` an interval from or to it."""


@dataclass(slots=True)
class Surroundings:
    """The reference, the date last named, the tokens, and the tense at a token."""

    reference: Reference | None
    tokens: list[Token]
    tense: Callable[[int], str | None]
    context: arith.Stretch | None = None
    year: int | None = None
    latest: date | None = None
    soonest: date | None = None

    @property
    def anchor(self) -> str | None:
        """The reference's text."""
        return self.reference.text if self.reference else None

    def near(self, days: int) -> arith.Stretch | None:
        """The day so many days from the reference; the reference itself where it is no day."""
        from datetime import timedelta

        if self.reference is None:
            return None
        if self.reference.grain != "D":
            return self.reference.stretch
        return arith.day(self.reference.first + timedelta(days=days))


def unplaced(timex: str, type_: str = "DATE", edtf: str | None = None) -> Value:
    """A date whose place in time the words and the anchor leave open."""
    if edtf is None:
        return Value(type_, timex, None, None, "no anchor")
    return Value(type_, timex, arith.Stretch(None, None, edtf, timex, "X"), None, "no anchor for the year")


def iso_duration(parts: dict[str, float], vague: bool = False, numeric: bool = True) -> str:
    """The TIMEX3 value of a duration: P1Y1M21D, PT3H, P2.5Y, PXW.

    >>> iso_duration({"M": 2.0}), iso_duration({"H": 0.5}), iso_duration({"Y": 1.0}, vague=True, numeric=False)
    ('P2M', 'PT0.5H', 'PXY')
    """
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

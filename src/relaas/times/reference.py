"""The date that relative words are counted from, kept at the precision it was given with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from relaas.errors import QueryError
from relaas.times import arith

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[?~%]?")


@dataclass(frozen=True, slots=True)
class Reference:
    """A day, month or year (``grain`` D, M, Y) that words such as "gisteren" count from, with the text that gave it."""

    stretch: arith.Stretch
    text: str

    @property
    def first(self) -> date:
        """Its first day."""
        assert self.stretch.first
        return self.stretch.first

    @property
    def last(self) -> date:
        """Its last day: the day to count from where only a day will do."""
        assert self.stretch.last
        return self.stretch.last

    @property
    def grain(self) -> str:
        """D, M or Y."""
        return self.stretch.grain


def read(text: str | None) -> Reference | None:
    """A reference from "2022-10", "2022-10-14", "2022" or a date-time; the day of a date-time is the one at its own
    offset.

    >>> read("2024-03-31T00:30:00+02:00").stretch.edtf
    '2024-03-31'
    """
    if text is None or not text.strip():
        return None
    found = _FORM.fullmatch(text.strip())
    try:
        if found is None:
            return Reference(arith.day(datetime.fromisoformat(text.strip()).date()), text.strip())
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        if month is None:
            return Reference(arith.year(year), text.strip())
        if day is None:
            return Reference(arith.month(year, month), text.strip())
        return Reference(arith.day(date(year, month, day)), text.strip())
    except ValueError as error:
        raise QueryError(f"{text!r} is no date: expected 2022, 2022-10, 2022-10-14 or a date-time") from error

"""Checks EDTF (ISO 8601-2) as far as relaas writes it: levels 0 and 1, intervals, unspecified digits, seasons; and
gives its days.
"""

from __future__ import annotations

import re
from datetime import date

from relaas.times import arith

_DATE = re.compile(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?([~?%])?")
_SEASONS = {number: code for code, (number, _) in arith.SEASONS.items()}


def valid(text: str) -> bool:
    """Whether a text is EDTF of the kinds written here.

    >>> [valid(each) for each in ("2024-03-15~/2024-04-02", "../2024-05-03", "199X", "2022-21", "2024-02-30")]
    [True, True, True, True, False]
    """
    try:
        bounds(text)
    except ValueError:
        return False
    return True


def bounds(text: str) -> tuple[date | None, date | None]:
    """First and last day; ``None`` where the interval is open or the year unknown. Raises ValueError for what is no
    EDTF.

    >>> bounds("2022-09~/2022-10")
    (datetime.date(2022, 9, 1), datetime.date(2022, 10, 31))
    """
    left, slash, right = text.partition("/")
    if not slash:
        return _date(text)
    if left == right == "..":
        raise ValueError(f"{text!r} is open at both ends")
    if "XXXX" in text:
        raise ValueError(f"{text!r} is an interval in an unknown year")
    first = None if left == ".." else _date(left)[0]
    last = None if right == ".." else _date(right)[1]
    if first and last and last < first:
        raise ValueError(f"{text!r} ends before it begins")
    return first, last


def _date(text: str) -> tuple[date | None, date | None]:
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no EDTF date")
    year, month, day = found.group(1, 2, 3)
    if "X" in (month or "") + (day or "") or year == "XXXX":
        _unspecified(text, year, month, day)
        return None, None
    if "X" in year:
        if month is not None or not re.fullmatch(r"\d+X+", year):
            raise ValueError(f"{text!r} has unspecified digits in the wrong place")
        return date(max(int(year.replace("X", "0")), 1), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    if month is None:
        stretch = arith.year(int(year))
    elif int(month) in _SEASONS and day is None:
        stretch = arith.season(int(year), _SEASONS[int(month)])
    elif day is None:
        stretch = arith.month(int(year), int(month)) if 1 <= int(month) <= 12 else _wrong(text)
    else:
        stretch = arith.day(date(int(year), int(month), int(day)))
    return stretch.first, stretch.last


def _wrong(text: str) -> arith.Stretch:
    raise ValueError(f"{text!r} has no such month")


def _unspecified(text: str, year: str, month: str | None, day: str | None) -> None:
    """Digits may be left open from the year on; what is given must be possible ("XXXX-02-30" is not)."""
    number = int(month) if month and "X" not in month else None
    if number is not None and not 1 <= number <= 12:
        raise ValueError(f"{text!r} has no such month")
    if day and "X" not in day and not 1 <= int(day) <= (arith.last_of_month(2000, number) if number else 31):
        raise ValueError(f"{text!r} has no such day")

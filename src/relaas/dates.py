"""Dates that may be known to the year, the month or the day: reading them, and their first and last day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?$")
MONTH_LANGUAGES = ("nl", "en", "de", "fr")


def is_date(value: str) -> bool:
    """Whether a value is a year, month, day or date-time that the calendar has."""
    try:
        bounds(value)
    except ValueError:
        return False
    return True


def bounds(value: str) -> tuple[date, date]:
    """First and last day of a date of any precision; raises ValueError where the calendar has no such date.

    >>> bounds("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    match = _ISO.match(value.strip())
    if match is None:
        raise ValueError(f"{value!r} is not a date like 2022, 2022-10, 2022-10-14 or 2022-10-14T09:30")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or year == 0:
        raise ValueError(f"{value!r} has no year that a calendar has")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        raise ValueError(f"{value!r} has no month that a calendar has")
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    try:
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{value!r} has no day that a calendar has") from error


def written_date(words: str) -> str | None:
    """The day in written words ("November 6, 2022", "6 nov. 2022", "2022-11-06") as an ISO date; None where there is none."""
    if match := re.search(r"\b(\d{4})-(\d{2})-(\d{2})\b", words):
        return match[0] if is_date(match[0]) else None
    names = month_names()
    found = re.findall(r"[^\W\d_]+|\d+", words.lower())
    month = next((names[word] for word in found if word in names), 0)
    numbers = [int(word) for word in found if word.isdigit() and len(word) <= 4]
    year = next((number for number in numbers if 1900 <= number <= 2200), 0)
    day = next((number for number in numbers if 1 <= number <= 31), 0)
    written = f"{year:04d}-{month:02d}-{day:02d}"
    return written if month and year and day and is_date(written) else None


@lru_cache(maxsize=1)
def month_names(tongues: Iterable[str] = MONTH_LANGUAGES) -> dict[str, int]:
    """Month names and their abbreviations, lower case, from CLDR."""
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for language in tongues:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                names[name.lower().rstrip(".")] = number
    return names | {"sept": 9, "mrt": 3}

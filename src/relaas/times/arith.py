"""Calendar arithmetic on days, and the stretches of time that words name: no language, no text.

A stretch keeps its EDTF and TIMEX3 value beside its first and last day, since neither follows from the days alone.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

SEASONS = {"SP": (21, 3), "SU": (22, 6), "FA": (23, 9), "WI": (24, 12)}
"""TIMEX3 code of a season: its EDTF code and the (meteorological, northern) month in which it begins."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of days; ``first`` or ``last`` is ``None`` where it is open. ``grain``: D W WE M Q S Y DEC CEN or X."""

    first: date | None
    last: date | None
    edtf: str
    timex: str
    grain: str

    def approximate(self) -> Stretch:
        """The same with EDTF's mark of approximation."""
        return self if self.edtf.endswith("~") or "/" in self.edtf else replace(self, edtf=f"{self.edtf}~")


def last_of_month(year: int, month: int) -> int:
    """The number of the month's last day."""
    return monthrange(year, month)[1]


def valid(year: int, month: int, day: int) -> bool:
    """Whether there is such a day (no 30 February)."""
    return 1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= last_of_month(year, month)


def day(value: date) -> Stretch:
    """One day."""
    return Stretch(value, value, value.isoformat(), value.isoformat(), "D")


def week(monday: date) -> Stretch:
    """The week from this Monday to its Sunday, numbered as ISO 8601 does."""
    monday -= timedelta(days=monday.weekday())
    year, number, _ = monday.isocalendar()
    last = monday + timedelta(days=6)
    return Stretch(monday, last, f"{monday.isoformat()}/{last.isoformat()}", f"{year:04}-W{number:02}", "W")


def weekend(monday: date) -> Stretch:
    """Saturday and Sunday of the week of this day."""
    whole = week(monday)
    assert whole.first
    assert whole.last
    first = whole.first + timedelta(days=5)
    return Stretch(first, whole.last, f"{first.isoformat()}/{whole.last.isoformat()}", f"{whole.timex}-WE", "WE")


def month(year: int, number: int) -> Stretch:
    """A calendar month."""
    text = f"{year:04}-{number:02}"
    return Stretch(date(year, number, 1), date(year, number, last_of_month(year, number)), text, text, "M")


def quarter(year: int, number: int) -> Stretch:
    """A quarter of a year."""
    first, last = month(year, number * 3 - 2), month(year, number * 3)
    return Stretch(first.first, last.last, f"{first.edtf}/{last.edtf}", f"{year:04}-Q{number}", "Q")


def half_year(year: int, number: int) -> Stretch:
    """The first or second half of a year."""
    first, last = month(year, number * 6 - 5), month(year, number * 6)
    return Stretch(first.first, last.last, f"{first.edtf}/{last.edtf}", f"{year:04}-H{number}", "Q")


def season(year: int, code: str) -> Stretch:
    """A season; a winter begins in December of its year."""
    number, begins = SEASONS[code]
    start = date(year, begins, 1)
    return Stretch(start, add_months(start, 3) - timedelta(days=1), f"{year:04}-{number}", f"{year:04}-{code}", "S")


def year(number: int) -> Stretch:
    """A calendar year."""
    text = f"{number:04}"
    return Stretch(date(number, 1, 1), date(number, 12, 31), text, text, "Y")


def decade(start: int) -> Stretch:
    """Ten years from a round one."""
    return Stretch(date(max(start, 1), 1, 1), date(start + 9, 12, 31), f"{start // 10:03}X", f"{start // 10:03}", "DEC")


def century(number: int) -> Stretch:
    """A century by its ordinal: the 15th is the fourteen hundreds."""
    start = (number - 1) * 100
    return Stretch(
        date(max(start, 1), 1, 1), date(start + 99, 12, 31), f"{start // 100:02}XX", f"{start // 100:02}", "CEN"
    )


def span(first: Stretch, last: Stretch, timex: str) -> Stretch:
    """From the beginning of one stretch to the end of another."""
    edtf = f"{opening(first.edtf)}/{closing(last.edtf)}"
    return Stretch(first.first, last.last, edtf, timex, "X")


def opening(edtf: str) -> str:
    """The left end of an interval, or the whole of what is none."""
    return edtf.split("/")[0]


def closing(edtf: str) -> str:
    """The right end of an interval, or the whole of what is none."""
    return edtf.split("/")[-1]


def add_months(start: date, count: int) -> date:
    """So many calendar months on; the day is cut to the month's length (31 January and one month: 28 or 29
    February).
    """
    index = start.year * 12 + start.month - 1 + count
    into, number = divmod(index, 12)
    if not 1 <= into <= 9998:
        raise ValueError("beyond the calendar")
    return date(into, number + 1, min(start.day, last_of_month(into, number + 1)))


def add_workdays(start: date, count: int) -> date:
    """So many Mondays to Fridays on (or back)."""
    step = timedelta(days=1 if count >= 0 else -1)
    current, left = start, abs(count)
    while left:
        current += step
        left -= current.weekday() < 5
    return current


def add(start: date, parts: dict[str, float], sign: int = 1) -> date:
    """``start`` plus (``sign`` 1) or minus (-1) a duration in TIMEX3 units; halves of months are counted as 15 days."""
    months = sign * (
        12 * (parts.get("Y", 0) + 10 * parts.get("DE", 0) + 100 * parts.get("CE", 0)) + 3 * parts.get("Q", 0)
    )
    months += sign * parts.get("M", 0)
    whole = int(months)
    moved = add_months(start, whole)
    days = (
        sign * (7 * parts.get("W", 0) + 7 * parts.get("WE", 0) + parts.get("D", 0) + parts.get("N", 0))
        + (months - whole) * 30
    )
    days += sign * (parts.get("H", 0) / 24)
    moved += timedelta(days=int(days))
    business = int(sign * parts.get("BD", 0))
    return add_workdays(moved, business) if business else moved


def easter(in_year: int) -> date:
    """Western Easter Sunday (Gregorian computus)."""
    a, b, c = in_year % 19, in_year // 100, in_year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    n = (2 * e + 2 * i - k - h + m + 32) % 7
    number = (h - m + n + 90) // 25
    return date(in_year, number, (h - m + n + number + 19) % 32)


def orthodox_easter(in_year: int) -> date:
    """Eastern Easter Sunday in the Gregorian calendar (right from 1900 to 2099)."""
    a, b, c = in_year % 4, in_year % 7, in_year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    number, day_number = divmod(d + e + 114, 31)
    return date(in_year, number, day_number + 1) + timedelta(days=13)


def islamic(in_year: int, of_month: int, of_day: int) -> list[date]:
    """The Gregorian days of a date of the tabular Islamic calendar that fall in a year: one or two; a sighting may
    differ by a day.
    """
    found = []
    for hijri in range(int((in_year - 622) * 33 / 32) - 1, int((in_year - 622) * 33 / 32) + 3):
        julian = of_day + -(-295 * (of_month - 1) // 10) + (hijri - 1) * 354 + (3 + 11 * hijri) // 30 + 1948439
        there = date.fromordinal(julian - 1721425)
        if there.year == in_year:
            found.append(there)
    return found


def nth_weekday(in_year: int, in_month: int, weekday: int, n: int) -> date | None:
    """The n-th such weekday (1 Monday … 7) of a month, from its end where n is negative; ``None`` where it has none."""
    if n < 0:
        end = date(in_year, in_month, last_of_month(in_year, in_month))
        return end - timedelta(days=(end.isoweekday() - weekday) % 7 + 7 * (-n - 1))
    start = date(in_year, in_month, 1)
    there = start + timedelta(days=(weekday - start.isoweekday()) % 7 + 7 * (n - 1))
    return there if there.month == in_month else None

"""First and last day of a time written in EDTF, and whether it is EDTF at all.

Levels 0 and 1 as the gold uses them: dates of any precision with ``~``, ``?`` or ``%``, and intervals with open or
unknown ends.
"""

from __future__ import annotations

import re

from relaas.dates import bounds

_DATE = re.compile(r"(?P<date>\d{4}(?:-\d{2}(?:-\d{2})?)?)(?P<mark>[~?%]?)$")
_OPEN = {"..", ""}


def days(edtf: str) -> tuple[str | None, str | None]:
    """The first and the last day in ISO form, None at an open end; raises ValueError with a sentence where it is no
    EDTF.

    >>> days("2022-09~/2022-11"), days("../2024-05-03")
    (('2022-09-01', '2022-11-30'), (None, '2024-05-03'))
    """
    parts = edtf.split("/")
    if len(parts) > 2:
        raise ValueError(f"{edtf!r} has more than two ends")
    first = None if _open(parts, 0) else _day(parts[0], 0)
    last = None if _open(parts, -1) else _day(parts[-1], 1)
    if len(parts) == 2 and _open(parts, 0) and _open(parts, -1):
        raise ValueError(f"{edtf!r} is open at both ends")
    if first and last and first > last:
        raise ValueError(f"{edtf!r} ends before it begins")
    return first, last


def normalised(edtf: str) -> str:
    """One spelling of the same time: an end that is left out is open, an interval of one day is that day.

    >>> normalised("2022-01-03/2022-01-03"), normalised("/2022-01")
    ('2022-01-03', '../2022-01')
    """
    parts = [part or ".." for part in edtf.strip().split("/")]
    return parts[0] if len(parts) == 2 and parts[0] == parts[1] else "/".join(parts)


def _open(parts: list[str], end: int) -> bool:
    return len(parts) == 2 and parts[end] in _OPEN


def _day(written: str, end: int) -> str:
    match = _DATE.match(written)
    if match is None:
        raise ValueError(f"{written!r} is not a date in EDTF, such as 2022, 2022-10~ or 2022-10-14")
    return bounds(match["date"])[end].isoformat()

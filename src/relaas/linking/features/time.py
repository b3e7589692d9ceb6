"""Whether the claims may hold at the same time."""

from __future__ import annotations

from math import exp

from relaas.linking.facts import Facts

FORTNIGHT = 14.0
OPEN = 366
WEEK = 6


def valid(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where stated times overlap, sinking to -1 with the days between them; 0 where one states none."""
    if one.valid is None or other.valid is None:
        return 0.0, ""
    gap = between(one.valid, other.valid)
    if gap == 0:
        return (1.0 if _width(one.valid) < OPEN and _width(other.valid) < OPEN else 0.3), "0"
    return round(max(-1.0, -gap / 4), 3), str(gap)


def reported(one: Facts, other: Facts) -> tuple[float, str]:
    """1 for reports of one day, sinking with the days between them; 0.5 where one has no date."""
    if one.reported is None or other.reported is None:
        return 0.5, ""
    gap = between(one.reported, other.reported)
    return round(exp(-gap / FORTNIGHT), 3), str(gap)


def when(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where the two may be about one day, sinking with the days between; what states no time is about the day of its report."""
    mine, theirs = one.valid or one.reported, other.valid or other.reported
    if mine is None or theirs is None:
        return 0.5, ""
    gap = between(mine, theirs)
    return round(exp(-gap / FORTNIGHT), 3), str(gap)


def after(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where what the one tells began after the other was published: it cannot have told of that, unless as a plan."""
    for late, early in ((one, other), (other, one)):
        if (
            late.valid
            and early.reported
            and late.valid[0] > early.reported[1]
            and early.level not in {"future", "unknown"}
        ):
            return 1.0, str(late.valid[0] - early.reported[1])
    return 0.0, ""


def stretch(one: Facts, other: Facts) -> tuple[float, str]:
    """How little two stated stretches of which one is a week or more have in common: a figure of a week is not that of a year; 0 where one states none."""
    if one.valid is None or other.valid is None or not WEEK <= max(_width(one.valid), _width(other.valid)) < OPEN:
        return 0.0, ""
    both = max(0, min(one.valid[1], other.valid[1]) - max(one.valid[0], other.valid[0]) + 1)
    either = max(one.valid[1], other.valid[1]) - min(one.valid[0], other.valid[0]) + 1
    return round(1.0 - both / either, 3), f"{both} / {either}"


def between(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Days between two stretches, 0 where they share one."""
    return max(0, one[0] - other[1], other[0] - one[1])


def _width(days: tuple[int, int]) -> int:
    return days[1] - days[0]

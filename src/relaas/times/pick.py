"""Chooses among the days that a date without its year, or a weekday, could be: by tense, else the nearest to the
anchor.
"""

from __future__ import annotations

from datetime import date, timedelta

from relaas.times import arith
from relaas.times.arith import Stretch
from relaas.times.reference import Reference
from relaas.times.value import Surroundings

AHEAD = 2.5
"""News looks back: without a tense a date to come must be so many times nearer than one gone by."""
FARTHEST = 260
"""Days: a tense that puts a date without its year farther off than this is not believed ("a 3 June hearing has been
set" in May).
"""


def _pick(options: list[Stretch], around: Surroundings, tense: str | None) -> Stretch | None:
    reference = around.reference
    assert reference is not None
    if around.latest is not None:
        options = [option for option in options if option.first and option.first <= around.latest] or options
        return options[-1] if options else None
    if around.soonest is not None:
        options = [option for option in options if option.last and option.last >= around.soonest] or options
        return options[0] if options else None
    past = [option for option in options if option.first and option.first <= reference.last]
    future = [option for option in options if option.last and option.last >= reference.first]
    if tense == "past" and past and _gap(past[-1], reference) <= FARTHEST:
        return past[-1]
    if tense == "future" and future and _gap(future[0], reference) <= FARTHEST:
        return future[0]
    return min(
        options,
        key=lambda option: (
            _gap(option, reference)
            * (AHEAD if tense != "present" and option.first and option.first > reference.last else 1)
        ),
        default=None,
    )


def _gap(option: Stretch, reference: Reference) -> int:
    """Days between a stretch and the reference."""
    assert option.first
    assert option.last
    return max((option.first - reference.last).days, (reference.first - option.last).days, 0)


def closest(
    month: int, day: int, around: Surroundings, tense: str | None, weekday: int | None = None
) -> Stretch | None:
    """The day of that month and number; a weekday that goes with it settles the year where it can."""
    assert around.reference is not None
    here = around.reference.last.year
    years = [here + step for step in range(-8, 9)] if (month, day) == (2, 29) else [here - 1, here, here + 1]
    days = [date(year, month, day) for year in years if arith.valid(year, month, day)]
    if weekday is not None:
        days = [each for each in days if each.isoweekday() == weekday] or days
    return _pick([arith.day(each) for each in days], around, tense)


def closest_month(month: int, around: Surroundings, tense: str | None) -> Stretch | None:
    """The month of that name."""
    assert around.reference is not None
    here = around.reference.last.year
    return _pick([arith.month(year, month) for year in (here - 1, here, here + 1)], around, tense)


def closest_weekday(weekday: int, around: Surroundings, kind: str | None) -> Stretch | None:
    """The weekday before or at the anchor (past, and where tense says nothing), or at or after it (future, present).

    ``last`` and ``coming`` leave the anchor's own day out; ``next`` is in the week after the anchor's, ``this`` in
    its own.
    """
    reference = around.reference
    assert reference is not None
    if reference.grain != "D":
        return reference.stretch
    here = reference.first
    if around.latest is not None:
        here, kind = around.latest, "past"
    elif around.soonest is not None:
        here, kind = around.soonest, "future"
    back, ahead = (here.isoweekday() - weekday) % 7, (weekday - here.isoweekday()) % 7
    monday = here - timedelta(days=here.weekday())
    chosen = {
        "future": here + timedelta(days=ahead),
        "present": here + timedelta(days=ahead),
        "coming": here + timedelta(days=ahead or 7),
        "last": here - timedelta(days=back or 7),
        "this": monday + timedelta(days=weekday - 1),
        "next": monday + timedelta(days=weekday + 6),
        "prev": monday + timedelta(days=weekday - 8),
    }.get(kind or "past", here - timedelta(days=back))
    return arith.day(chosen)

"""Whether the claims count the same, and come to the same."""

from __future__ import annotations

from math import log10

from relaas.linking.facts import PEOPLE, Count, Facts

HUMAN = frozenset({"people", "soldiers", "families", "civilians"})


def same(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where a figure of both is the same number of the same thing, a half of something like it; else 0."""
    best, ground = 0.0, ""
    for mine in one.counts:
        for theirs in other.counts:
            if mine.value is not None and mine.value == theirs.value and mine.value > 1:
                value = 1.0 if comparable(mine, theirs) else 0.5 if _human(mine) and _human(theirs) else 0.0
                if value > best:
                    best, ground = value, f"{mine.value:g} {mine.unit}"
    return best, ground


def other_number(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where both count the same thing and come to other numbers, and none to the same; else 0."""
    if same(one, other)[0]:
        return 0.0, ""
    pair = counted_alike(one, other)
    return (1.0, f"{shown(pair[0])} / {shown(pair[1])}") if pair else (0.0, "")


def far_apart(one: Facts, other: Facts) -> tuple[float, str]:
    """How many times one of two numbers of the same thing is the other, 1 for ten times or more; 0 for one number."""
    pair = counted_alike(one, other)
    if pair is None or same(one, other)[0]:
        return 0.0, ""
    mine, theirs = (max(1.0, count.value or count.low or count.high or 1.0) for count in pair)
    return round(min(1.0, abs(log10(mine / theirs))), 3), ""


def other_people(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where both say of whom they count, and it is not the same: soldiers, civilians."""
    mine, theirs = ({count.of for count in each.counts if count.of and _human(count)} for each in (one, other))
    told = bool(mine - {"people"}) and bool(theirs - {"people"})
    return float(told and not mine & theirs), ""


def other_role(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where both count people and not the same: the wounded are not the dead."""
    both = all(any(_human(count) for count in each.counts) for each in (one, other))
    return float(both and counted_alike(one, other) is None), ""


def one_sided(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where one counts people and the other does not: an attack is not its toll."""
    mine, theirs = (any(_human(count) for count in each.counts) for each in (one, other))
    return float(mine != theirs), ""


def counted_alike(one: Facts, other: Facts) -> tuple[Count, Count] | None:
    """The first figures of both that count the same thing."""
    return next(((mine, theirs) for mine in one.counts for theirs in other.counts if comparable(mine, theirs)), None)


def comparable(mine: Count, theirs: Count) -> bool:
    """Whether two figures count the same: one unit, or people of whom the one does not say what became of them."""
    if mine.unit == theirs.unit:
        return mine.unit in PEOPLE or mine.of == theirs.of
    return _human(mine) and _human(theirs) and (mine.unit in HUMAN or theirs.unit in HUMAN)


def excludes(mine: Count, theirs: Count) -> bool:
    """Whether two ranges have nothing in common."""
    least, most = _ends(mine)
    low, high = _ends(theirs)
    return most < low or high < least


def shown(count: Count) -> str:
    """A figure with its bound."""
    number = count.value if count.value is not None else count.low if count.low is not None else count.high
    return f"{'' if count.bound == '=' else count.bound}{number:g} {count.unit}" if number is not None else count.unit


def _ends(count: Count) -> tuple[float, float]:
    low, high = count.low, count.high
    if count.bound == "~" and count.value is not None:
        low, high = (count.value * 0.85 if low is None else low), (count.value * 1.15 if high is None else high)
    return (float("-inf") if low is None else low), (float("inf") if high is None else high)


def _human(count: Count) -> bool:
    return count.unit in PEOPLE

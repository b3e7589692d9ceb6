"""Whether the claims tell the same of who holds a place."""

from __future__ import annotations

from dataclasses import replace

from relaas.linking.control import GAINING, ControlReading
from relaas.linking.facts import Facts
from relaas.linking.names import same_side

LIKE = frozenset({"take", "hold", "lose", "leave"})


def same(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where both put one place into the same hands (or out of the same), whether they affirm or deny it; a half where the hands
    are not told; 0 where they tell something else.
    """
    return max(((1.0 if sure else 0.5, ground) for fits, sure, ground in _pairs(one, other) if fits), default=(0.0, ""))


def reverse(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where the one puts a place into the hands out of which the other puts it, or into other hands."""
    told = list(_pairs(one, other))
    return (1.0, told[0][2]) if told and not any(fits for fits, _, _ in told) else (0.0, "")


def one_tells(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where only one of the two tells who holds ground; what is taken back tells of none any more, and is the same thing."""
    withdrawn = "retraction" in {one.revision, other.revision}
    return float(bool(one.control) != bool(other.control) and not withdrawn), ""


def extent(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where of one place the one tells that a part is held, surrounded, fought over or claimed by law and the other something else."""
    senses = [{reading.sense for reading in each.control} for each in (one, other)]
    apart = bool(senses[0] and senses[1]) and not senses[0] & senses[1]
    return float(apart), " / ".join(", ".join(sorted(each)) for each in senses) if apart else ""


def leaving(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where the one tells that a side left and the other of anything else that befalls ground: a retreat is not the capture."""
    left = [{reading.act == "leave" for reading in each.control} for each in (one, other)]
    apart = bool(left[0] and left[1]) and not left[0] & left[1]
    return float(apart), ""


def _pairs(one: Facts, other: Facts) -> list[tuple[bool, bool, str]]:
    """For readings of one place: whether they agree, whether parties say so, and the two in words."""
    found = []
    for mine in one.control:
        for theirs in other.control:
            if _place(one, mine) == _place(other, theirs):
                fits = agree(_with_loser(one, mine), _with_loser(other, theirs))
                ground = f"{told(mine)} / {told(theirs)}"
                found.append((fits is not False, fits is True, ground))
    return found


def agree(mine: ControlReading, theirs: ControlReading) -> bool | None:
    """Whether two readings of one place come to the same; None where their words leave it open."""
    if not ({mine.act, theirs.act} <= LIKE):
        return mine.act == theirs.act and same_side(mine.holder or mine.by, theirs.holder or theirs.by) is not False
    gains = mine.act in GAINING, theirs.act in GAINING
    if gains == (True, True):
        return same_side(mine.holder, theirs.holder)
    if gains == (False, False):
        return same_side(mine.loser, theirs.loser)
    holder, loser = (mine.holder, theirs.loser) if gains[0] else (theirs.holder, mine.loser)
    apart = same_side(holder, loser)
    return None if apart is None else not apart


def _with_loser(one: Facts, reading: ControlReading) -> ControlReading:
    """A loss that names no loser, told or denied by a side of the war, is its own."""
    if reading.act == "lose" and reading.loser is None and one.kind in {"military", "armed_group", "official"}:
        return replace(reading, loser=one.speakers[0])
    return reading


def told(reading: ControlReading) -> str:
    """A reading in a few words, for reasons."""
    return " ".join(part for part in (reading.act, reading.holder or reading.loser or reading.by) if part)


def _place(one: Facts, reading: ControlReading) -> str:
    return one.spots[reading.place].name if reading.place < len(one.spots) else ""

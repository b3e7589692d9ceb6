"""Claims of different sources that contradict each other: found with care, grouped, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Any

from relaas.dates import bounds
from relaas.ontology.display import entry, polarity
from relaas.text import folded

Claim = Mapping[str, Any]
NEAR_DAYS = 31
SHORT_DENIAL = 5
LONG = 5
STEM = 6
VAGUE = "~"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two claims are held to contradict each other.

    ``kind`` is words (both use them), event (one type of event), denial (the second answers the first right after it)
    or figures; ``time`` is overlap, reports (neither names a time, the reports are ``days`` apart) or None within one
    report.
    """

    kind: str
    words: tuple[str, ...] = ()
    unit: str | None = None
    time: str | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims, by id in their order, on one thing at one place: those that say so and those that say not, or figures
    that exclude each other.
    """

    kind: str
    topic: str
    place: str
    claims: tuple[str, ...]
    reasons: tuple[Reason, ...]


def disputes(claims: Sequence[Claim]) -> list[Dispute]:
    """Contradictions in the order of the claims; what hangs together is one dispute.

    Two claims are held to contradict only when they come from different sources, share a topic and a place smaller than
    a country, and hold at overlapping times (where neither names a time: in reports at most a month apart). Then either
    one says so and the other says not, in shared words or of the same type of event or as an answer right after it; or
    both count the same thing and their ranges exclude each other. What is expected, possible or unknown contradicts
    nothing.
    """
    found: list[Dispute] = []
    for topic in dict.fromkeys(claim["topic"] for claim in claims):
        firm = [
            _Firm(number, claim) for number, claim in enumerate(claims) if claim["topic"] == topic and _is_firm(claim)
        ]
        for kind in ("polarity", "figures"):
            found += _grouped(kind, topic, firm)
    order = {claim["id"]: number for number, claim in enumerate(claims)}
    return sorted(found, key=lambda dispute: [order[id] for id in dispute.claims])


def _grouped(kind: str, topic: str, firm: Sequence[_Firm]) -> Iterator[Dispute]:
    """Pairs of one kind as connected components, each at the place that most of its claims name."""
    edges = [(one, other, reason) for one, other in combinations(firm, 2) if (reason := _reason(kind, one, other))]
    group: dict[int, int] = {}
    for one, other, _ in edges:
        first, second = _root(group, one.number), _root(group, other.number)
        group[max(first, second)] = min(first, second)
    members = {number: claim for one, other, _ in edges for number, claim in ((one.number, one), (other.number, other))}
    for root in sorted({_root(group, number) for number in members}):
        own = [members[number] for number in sorted(members) if _root(group, number) == root]
        reasons = tuple(dict.fromkeys(reason for one, _, reason in edges if _root(group, one.number) == root))
        yield Dispute(kind, topic, _common_place(own), tuple(str(one.claim["id"]) for one in own), reasons)


def _root(group: dict[int, int], number: int) -> int:
    while group.setdefault(number, number) != number:
        number = group[number]
    return number


class _Firm:
    """A claim put forward as so or not so, with what it is compared by."""

    def __init__(self, number: int, claim: Claim) -> None:
        self.number = number
        self.claim = claim
        source = claim["source"]
        outlet = claim["document"]["publisher"] or claim["document"]["id"]
        self.speaker = folded(source["name"]) if source else "outlet " + folded(str(outlet))
        self.places = {_place_key(place): str(place["name"]) for place in claim["places"] if place["kind"] != "country"}
        self.polarity = polarity(claim["certainty"])

    @cached_property
    def words(self) -> dict[str, str]:
        """Long words of the quote by their beginning, place names left out."""
        named = {
            part
            for place in self.claim["places"]
            for key in ("name", "text")
            if place[key]
            for part in folded(str(place[key])).split()
        }
        found = [
            word
            for word in re.findall(r"[^\W\d_]+", self.claim["quote"]["exact"])
            if len(word) >= LONG and folded(word) not in named
        ]
        return {folded(word)[:STEM]: word.lower() for word in found}

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The stretch the claim names itself."""
        time = self.claim["time"]
        if not time or not (time["earliest"] or time["latest"]):
            return None
        first = date.fromisoformat(time["earliest"]) if time["earliest"] else date.min
        return first, date.fromisoformat(time["latest"]) if time["latest"] else date.max

    @cached_property
    def reported(self) -> tuple[date, date] | None:
        """First and last day of the report's date."""
        published = self.claim["reported"] or self.claim["document"]["published"]
        return bounds(published) if published else None

    @property
    def sentence(self) -> int:
        """The sentence's number in its report."""
        return int(self.claim["sentence"]["index"])


def _is_firm(claim: Claim) -> bool:
    return entry("certainty", claim["certainty"]).get("level") in {"certain", "probable"}


def _place_key(place: Mapping[str, Any]) -> str:
    return str(place["geonameid"] or folded(str(place["name"])))


def _common_place(members: Sequence[_Firm]) -> str:
    named = [name for member in members for name in member.places.values()]
    return max(dict.fromkeys(named), key=named.count)


def _reason(kind: str, one: _Firm, other: _Firm) -> Reason | None:
    if one.speaker == other.speaker or not (one.places.keys() & other.places.keys()):
        return None
    if (time := _meeting(one, other)) is None:
        return None
    found = _opposed(one, other) if kind == "polarity" else _excluding(one, other)
    return None if found is None else Reason(found.kind, found.words, found.unit, *time)


def _meeting(one: _Firm, other: _Firm) -> tuple[str | None, int] | None:
    """How the times meet; None where they do not, or where nothing tells."""
    first, second = one.days or one.reported, other.days or other.reported
    if first is None or second is None:
        return (None, 0) if one.claim["document"]["id"] == other.claim["document"]["id"] else None
    if first[0] <= second[1] and second[0] <= first[1]:
        return "overlap", 0
    if one.days is None and other.days is None:
        apart = max((second[0] - first[1]).days, (first[0] - second[1]).days)
        return ("reports", apart) if apart <= NEAR_DAYS else None
    return None


def _opposed(one: _Firm, other: _Firm) -> Reason | None:
    if one.polarity * other.polarity >= 0:
        return None
    if shared := sorted(one.words[stem] for stem in one.words.keys() & other.words.keys()):
        return Reason("words", tuple(shared[:4]))
    if (event := _event(one.claim)) and event == _event(other.claim):
        return Reason("event")
    return Reason("denial") if _answers(one, other) else None


def _answers(one: _Firm, other: _Firm) -> bool:
    """Whether the second is a denial in the same sentence, or a short one in the next, that takes its meaning from the
    first.
    """
    if (
        one.claim["document"]["id"] != other.claim["document"]["id"]
        or other.polarity > 0
        or other.claim["evidence"] != "attributed"
    ):
        return False
    gap = other.sentence - one.sentence
    return gap == 0 or (gap == 1 and len(other.claim["quote"]["exact"].split()) <= SHORT_DENIAL)


def _event(claim: Claim) -> tuple[str, str] | None:
    event = claim["event"]
    return (event["type"], event["mode"]) if event and event["mode"] else None


def _excluding(one: _Firm, other: _Firm) -> Reason | None:
    """Figures of the same thing whose ranges have nothing in common; approximate figures exclude nothing.

    A count grows from day to day: only figures of one day (or of reports of one date) are compared.
    """
    first, second = one.days or one.reported, other.days or other.reported
    same_day = first is not None and second is not None and first[1] == second[1]
    if one.polarity < 0 or other.polarity < 0 or not (same_day or first == second):
        return None
    for mine in one.claim["quantities"]:
        for theirs in other.claim["quantities"]:
            if mine["unit"] and _comparable(mine, theirs):
                low, high = _range(mine)
                least, most = _range(theirs)
                if high < least or most < low:
                    return Reason("figures", unit=str(mine["unit"]))
    return None


def _comparable(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    if mine["unit"] != theirs["unit"] or VAGUE in (mine["bound"], theirs["bound"]):
        return False
    if mine["of"] and theirs["of"] and folded(mine["of"]) != folded(theirs["of"]):
        return False
    return None in (mine["cumulative"], theirs["cumulative"]) or mine["cumulative"] == theirs["cumulative"]


def _range(quantity: Mapping[str, Any]) -> tuple[float, float]:
    low, high, value, bound = (quantity[key] for key in ("low", "high", "value", "bound"))
    if bound == "=" and value is not None:
        return float(value), float(value)
    least = low if low is not None else value if bound == ">=" else None
    most = high if high is not None else value if bound == "<=" else None
    return float("-inf") if least is None else float(least), float("inf") if most is None else float(most)

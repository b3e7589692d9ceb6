"""The casualty ledger: who counts how many killed, wounded, missing or captured of which side; nothing is ever added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from relaas.linking.facts import RESTATED, Count, span
from relaas.queries.picture import Claim, Picture, claimant, is_by, iso
from relaas.queries.rows import CasualtyRow
from relaas.text import folded

ROLES: Mapping[str, str] = {
    "killed": "killed", "dead": "killed", "injured": "injured", "wounded": "injured", "missing": "missing",
    "captured": "captured", "detained": "captured", "abducted": "captured", "prisoners": "captured",
}  # fmt: skip
ORDER = ("killed", "injured", "missing", "captured")
COUNTED = frozenset({"certain", "probable", "possible"})
BLOWS = frozenset({"attack", "bombing", "shelling"})
"""Concepts of a single attack, beside fighting that goes on."""
UNTOLD = frozenset({"people", "persons"})


def casualties(found: Picture, *, source: str | None = None, disputed: bool = False) -> list[CasualtyRow]:
    """The ledger's rows: the killed first, then by place and claim; a figure that its giver withdrew or mended gives no row.

    Reports of one figure that go back to one source are one row; a later figure of the same source for the same count takes the row over.
    """
    groups: dict[tuple[Any, ...], list[tuple[Claim, Count]]] = {}
    for claim in found.claims:
        facts = found.facts.get(claim["id"])
        if facts is None or claim["id"] not in found.asked or facts.polarity < 0 or facts.level not in COUNTED:
            continue
        if facts.revision in {"retraction", RESTATED} or claim["id"] in found.retracted:
            continue
        old = _mended_figures(found, claim["id"])
        for count in facts.counts:
            if count.value not in old and (role := _role(found, claim, count)) is not None:
                groups.setdefault(_key(found, claim, role, count), []).append((claim, count))
    rows = [
        _row(found, key[1], members)
        for key, members in groups.items()
        if any(claim["id"] not in found.mended for claim, _ in members)
    ]
    kept = [row for row in rows if (not disputed or row.state == "disputed") and is_by(row.claimant, source)]
    return sorted(kept, key=lambda row: (ORDER.index(row.role), folded(row.place or ""), row.known or 0, row.claims))


def _mended_figures(found: Picture, claim: str) -> set[float | None]:
    """The numbers that a claim mends and may name beside the new one ("eleven, not eight")."""
    facts = found.facts[claim]
    if facts.revision != "correction" or len({count.value for count in facts.counts}) < 2:
        return set()
    mended = [
        link.other for link in found.links if link.one == claim and link.type == "correction" and not link.proposed
    ]
    return {count.value for id in mended if id in found.facts for count in found.facts[id].counts}


def _role(found: Picture, claim: Claim, count: Count) -> str | None:
    """What became of those counted; a bare "it was 11" takes the role of the count that it mends or brings up to date."""
    if count.unit in ROLES:
        return ROLES[count.unit]
    if (
        claim["topic"] != "casualties"
        or (count.value or count.low or 0) < 1
        or count.unit not in {"people", "soldiers", "civilians"}
    ):
        return None
    for link in found.cluster_of[claim["id"]].links:
        if claim["id"] in (link.one, link.other):
            other = link.other if link.one == claim["id"] else link.one
            facts = found.facts.get(other)
            for one in facts.counts if facts else ():
                if one.unit in ROLES:
                    return ROLES[one.unit]
    return None


def _key(found: Picture, claim: Claim, role: str, count: Count) -> tuple[Any, ...]:
    """One count of one source: its cluster, its primary source, and of whom."""
    return found.primary(claim["id"])[0], role, _side(count)


def _side(count: Count) -> str | None:
    return count.of if count.of and count.of not in UNTOLD else None


def _row(found: Picture, role: str, members: Sequence[tuple[Claim, Count]]) -> CasualtyRow:
    """The latest figure; within one report the one that is not mended by another, within one claim the first."""
    standing = [member for member in members if member[0]["id"] not in found.mended] or list(members)
    firsts = list({claim["id"]: (claim, count) for claim, count in reversed(standing)}.values())[::-1]
    claim, count = max(
        enumerate(firsts), key=lambda pair: (found.known[pair[1][0]["id"]] or 0, _is_exact(pair[1][1]), pair[0])
    )[1]
    first = members[0][0]
    place = next((one["name"] for one in claim["places"] if one["kind"] != "country"), None)
    place = place or next((one["name"] for one in claim["places"]), None)
    time = claim["time"]
    before = dict.fromkeys(
        (iso(found.known[one["id"]]), *span(figure)) for one, figure in standing if span(figure) != span(count)
    )
    low, best, high = span(count)
    return CasualtyRow(
        role=role,
        side=_side(count),
        claimant=claimant(first),
        low=low,
        best=best,
        high=high,
        kind="total" if _is_total(found, members) else "event",
        place=place,
        edtf=time["edtf"] if time else None,
        known=found.known[claim["id"]],
        state=found.state(claim["id"]),
        claims=tuple(dict.fromkeys(one["id"] for one, _ in members)),
        before=tuple(before),
    )


def _is_total(found: Picture, members: Sequence[tuple[Claim, Count]]) -> bool:
    """Whether a row is a running total: one of its claims tells of a stretch of time and none of one attack ("25 died in the strike", later "30")."""
    facts = [found.facts[claim["id"]] for claim, _ in members]
    once = any(one.concepts & BLOWS and not one.running for one in facts)
    return any(one.running for one in facts) and not once


def _is_exact(count: Count) -> bool:
    return count.value is not None

"""The conditions ledger: how many live in a place, how many fled, which services are out since when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from relaas.linking.facts import count_of, span
from relaas.queries.picture import Claim, Picture, claimant, is_by
from relaas.queries.rows import ConditionRow
from relaas.text import folded

KINDS = ("population", "displacement", "services")


def conditions(found: Picture, *, source: str | None = None, disputed: bool = False) -> list[ConditionRow]:
    """Rows by kind, place, what and day; what goes back to one source and says the same is one row."""
    rows: dict[tuple[Any, ...], ConditionRow] = {}
    for claim in found.claims:
        facts = found.facts.get(claim["id"])
        if facts is None or claim["id"] not in found.asked or found.withdrawn(claim["id"]):
            continue
        for reading in facts.conditions:
            row = _row(found, claim, reading.kind, reading.what, reading.state, reading.count)
            key = (
                found.primary(claim["id"])[0],
                row.kind,
                row.what,
                row.state,
                folded(row.place or ""),
                row.low,
                row.best,
                row.high,
            )
            first = rows.setdefault(key, row)
            if first is not row:
                rows[key] = _joined(first, row)
    kept = [
        row for row in rows.values() if (not disputed or row.standing == "disputed") and is_by(row.claimant, source)
    ]
    return sorted(
        kept, key=lambda row: (KINDS.index(row.kind), folded(row.place or ""), row.what, row.known or 0, row.claims)
    )


def _row(found: Picture, claim: Claim, kind: str, what: str, state: str | None, number: int | None) -> ConditionRow:
    count = count_of(claim["quantities"][number]) if number is not None else None
    low, best, high = span(count) if count else (None, None, None)
    return ConditionRow(
        kind=kind,
        what=what,
        state=state,
        place=_place(claim),
        low=low,
        best=best,
        high=high,
        claimant=claimant(claim),
        edtf=claim["time"]["edtf"] if claim["time"] else None,
        known=found.known[claim["id"]],
        standing=found.state(claim["id"]),
        claims=(claim["id"],),
    )


def _joined(one: ConditionRow, other: ConditionRow) -> ConditionRow:
    values: dict[str, Any] = {key: getattr(one, key) for key in one.__dataclass_fields__}
    return ConditionRow(
        **values | {"edtf": one.edtf or other.edtf, "claims": tuple(dict.fromkeys((*one.claims, *other.claims)))}
    )


def _place(claim: Mapping[str, Any]) -> str | None:
    small = [place["name"] for place in claim["places"] if place["kind"] != "country"]
    return next(iter([*small, *(place["name"] for place in claim["places"])]), None)

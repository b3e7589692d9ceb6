"""What changed in the picture between two days: rows of the ledgers and states of things that are new, and the reports that brought them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from relaas.queries.picture import Picture, iso
from relaas.queries.rows import CasualtyRow, ControlRow, Ledgers, Row
from relaas.text import folded

LEDGERS = ("control", "casualties", "conditions")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: ``kind`` is new, changed or gone for a row of a ledger, state for what is to be thought of a thing.

    ``row`` is the row as it is after (before, where it is gone), ``before`` the row or state that it replaced; ``claims`` brought the change about.
    """

    kind: str
    ledger: str
    row: Row | None
    before: Row | str | None
    state: str | None
    claims: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "kind": self.kind,
            "ledger": self.ledger,
            "row": self.row.to_json() if self.row else None,
            "before": self.before if isinstance(self.before, str) or self.before is None else self.before.to_json(),
            "state": self.state,
            "claims": list(self.claims),
        }


def changes(before: Picture, after: Picture, then: Ledgers, now: Ledgers) -> list[Change]:
    """Every change from one picture to the other, ledger by ledger, then states; in each in the ledgers' order."""
    found: list[Change] = []
    for ledger in LEDGERS:
        found += _rows(ledger, then.rows(ledger), now.rows(ledger))
    return found + _states(before, after)


def _rows(ledger: str, then: Iterable[Row], now: Iterable[Row]) -> list[Change]:
    """Rows are the same where they go back to a claim in common and tell of one place and role."""
    old = list(then)
    found: list[Change] = []
    kept: set[int] = set()
    for row in now:
        at = next((place for place, one in enumerate(old) if place not in kept and _is_same(one, row)), None)
        if at is None:
            found.append(Change("new", ledger, row, None, None, row.claims))
            continue
        kept.add(at)
        if _said(old[at]) != _said(row):
            new = tuple(claim for claim in row.claims if claim not in old[at].claims)
            found.append(Change("changed", ledger, row, old[at], None, new or row.claims))
    gone = [one for place, one in enumerate(old) if place not in kept]
    return found + [Change("gone", ledger, one, None, None, one.claims) for one in gone]


def _is_same(one: Row, other: Row) -> bool:
    return type(one) is type(other) and bool(set(one.claims) & set(other.claims)) and _subject(one) == _subject(other)


def _subject(row: Row) -> tuple[Any, ...]:
    if isinstance(row, ControlRow):
        return folded(row.place), row.sense, row.denied, row.holder is None
    if isinstance(row, CasualtyRow):
        return row.role, row.side
    return row.kind, row.what, row.state, folded(row.place or "")


def _said(row: Row) -> tuple[Any, ...]:
    """What a row says, less what merely grows: how many say it, and since when that is known."""
    if isinstance(row, CasualtyRow):
        return row.low, row.best, row.high, row.kind
    grows = {"claims", "known", "state", "sources"} if isinstance(row, ControlRow) else {"claims", "known", "standing"}
    return tuple(getattr(row, key) for key in row.__dataclass_fields__ if key not in grows)


def _states(before: Picture, after: Picture) -> list[Change]:
    """Things that were spoken of before and are to be thought of otherwise now, each told once, by the claims that brought it about."""
    found = []
    for cluster in after.clusters:
        old = [id for id in cluster.claims if id in before.by_id]
        if not old or not after.asked & set(cluster.claims):
            continue
        was, now = before.state(old[0]), after.histories[cluster.id][-1]
        if was != now.state:
            new = tuple(id for id in cluster.claims if id not in before.by_id)
            found.append(Change("state", "states", None, was, now.state, new or now.by))
    return found


def day(number: int | None) -> str:
    """A day number in ISO for messages; empty for none."""
    return iso(number) or ""

"""The rows of the ledgers, as plain records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from relaas.queries.picture import iso


@dataclass(frozen=True, slots=True)
class ControlRow:
    """One thing said of who holds a place, with every claim that goes back to the same source.

    ``holder`` holds or took it, ``loser`` lost or left it, ``by`` surrounds it; each None where the words do not tell. ``denied``: said *not* to be so.
    ``earliest`` and ``latest`` are day numbers of what the claim says of time, None where it says nothing or leaves an end open; ``known`` is the day on
    which it came to be known. ``state`` is what is to be thought of it, ``sources`` how many independent sources say it.
    """

    place: str
    geonameid: int | None
    country: str | None
    holder: str | None
    loser: str | None
    by: str | None
    sense: str
    act: str
    denied: bool
    claimant: str | None
    edtf: str | None
    earliest: int | None
    latest: int | None
    known: int | None
    state: str
    sources: int
    claims: tuple[str, ...]

    @property
    def since(self) -> int | None:
        """The day from which it may be taken to hold: that of its own words, else that of the report."""
        return self.earliest if self.earliest is not None else self.latest if self.latest is not None else self.known

    def to_json(self) -> dict[str, Any]:
        """Plain values, days in ISO."""
        row = {key: getattr(self, key) for key in self.__dataclass_fields__}
        return row | {key: iso(row[key]) for key in ("earliest", "latest", "known")} | {"claims": list(self.claims)}


@dataclass(frozen=True, slots=True)
class CasualtyRow:
    """What one claimant last said of one count, with the figures he gave before.

    ``low``, ``best`` and ``high`` are the range as he puts it, None where he leaves it open. ``kind`` is total for a running total, event for the toll
    of one event. ``side`` is None for people of whom the words say no more. ``before`` holds earlier ranges, oldest first, each with the day it became known.
    """

    role: str
    side: str | None
    claimant: str | None
    low: float | None
    best: float | None
    high: float | None
    kind: str
    place: str | None
    edtf: str | None
    known: int | None
    state: str
    claims: tuple[str, ...]
    before: tuple[tuple[str | None, float | None, float | None, float | None], ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, days in ISO."""
        row = {key: getattr(self, key) for key in self.__dataclass_fields__}
        return row | {
            "known": iso(self.known),
            "claims": list(self.claims),
            "before": [list(one) for one in self.before],
        }


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One thing said of how people live at a place; ``state`` of a service is out or back, figures as a range.

    ``standing`` is what is to be thought of it; ``edtf`` the time that the words give.
    """

    kind: str
    what: str
    state: str | None
    place: str | None
    low: float | None
    best: float | None
    high: float | None
    claimant: str | None
    edtf: str | None
    known: int | None
    standing: str
    claims: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, days in ISO."""
        row = {key: getattr(self, key) for key in self.__dataclass_fields__}
        return row | {"known": iso(self.known), "claims": list(self.claims)}


Row = ControlRow | CasualtyRow | ConditionRow


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The three ledgers of one picture."""

    control: Sequence[ControlRow]
    casualties: Sequence[CasualtyRow]
    conditions: Sequence[ConditionRow]

    def rows(self, ledger: str) -> Sequence[Row]:
        """The rows of one ledger."""
        found: Sequence[Row] = getattr(self, ledger)
        return found

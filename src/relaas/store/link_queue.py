"""Links that wait for a person: those that the linker only proposes, likeliest first, a leaf at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from relaas.model.link import Link
from relaas.store import tables
from relaas.store.link_judging import LinkJudging
from relaas.store.linking import ONE, OTHER, link_of, settled
from relaas.store.view import Filter, View

_T, _J = tables.links.c, tables.judged_links.c


@dataclass(frozen=True, slots=True)
class Held:
    """A link as the linker made it, with the judgement that it rests on (None where nobody decided)."""

    link: Link
    verdict: str | None
    basis: int | None


class LinkQueue:
    """The links of one linker over a view of the record; a rejected claim has none."""

    def __init__(self, view: View, linker: str) -> None:
        self.view = view
        self.linker = linker

    def page(self, wanted: Filter, *, after: tuple[str, str] | None = None, size: int = 20) -> list[Link]:
        """Proposed links on which nobody decided, with a claim that the filter selects; next to the link ``after``, or from the beginning."""
        order = (_T.score, _T.one, _T.other)
        query = self._waiting(wanted).order_by(*(column.desc() for column in order)).limit(size)
        if after is not None and (here := self.find(*after)) is not None:
            query = query.where(sa.tuple_(*order) < sa.tuple_(here.link.score, *after))
        return [link_of(row) for row in self.view.connection.execute(query).mappings()]

    def count(self, wanted: Filter, *, most: int = 10_000) -> int:
        """How many wait, counted up to ``most`` and one."""
        few = self._waiting(wanted).with_only_columns(_T.one).limit(most + 1).subquery()
        return int(self.view.connection.execute(sa.select(sa.func.count()).select_from(few)).scalar_one())

    def find(self, one: str, other: str) -> Held | None:
        """The link between two claims as they stand, whatever was decided on it; None where nothing ties them."""
        query = settled(self.linker).where(_T.one == one, _T.other == other)
        row = self.view.connection.execute(query).mappings().first()
        return None if row is None else Held(link_of({**row, "verdict": None}), row["verdict"], row["basis"])

    def history(self, one: str, other: str) -> list[dict[str, Any]]:
        """Every judgement of the link between two claims, oldest first."""
        return LinkJudging(self.view.connection).history(one, other)

    def judged(self, claim: str | None = None) -> list[dict[str, Any]]:
        """Every judgement of any link (or of those of one claim), oldest first; ``holds`` says whether the link, as its claims stand now, rests on it."""
        j = tables.link_judgements
        rests = (
            sa.exists()
            .where(_J.basis == j.c.number, ONE.c.id == _J.one, ONE.c.labels == _J.one_labels)
            .where(OTHER.c.id == _J.other, OTHER.c.labels == _J.other_labels)
        )
        query = sa.select(j, rests.label("holds")).order_by(j.c.number)
        if claim is not None:
            query = query.where((j.c.one == claim) | (j.c.other == claim))
        return [dict(row) for row in self.view.connection.execute(query).mappings()]

    def _waiting(self, wanted: Filter) -> Any:
        standing = (ONE.c.status != "rejected") & (OTHER.c.status != "rejected")
        query = settled(self.linker).where(_T.proposed, _J.verdict.is_(None), standing)
        if (chosen := self.view.chosen(wanted)) is not None:
            query = query.where(_T.one.in_(chosen) | _T.other.in_(chosen))
        return query

"""Keeps judgements of links, and derives from them which links people settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from relaas.errors import ConflictError, JudgementError
from relaas.model.judgement import LINK_VERDICTS, LinkJudgement
from relaas.ontology.display import say
from relaas.review.state import state
from relaas.store import tables

PAIR = ("one", "other", "one_labels", "other_labels", "type")


class LinkJudging:
    """Judgements of links in one transaction, and the derived table ``judged_links`` that follows from them."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    def add(self, judgement: LinkJudgement, *, linker: str, seen: int | None = None) -> int:
        """Check and keep one judgement; returns its number.

        ``seen`` is the number of the last judgement of the two claims that the person saw (0 for none). Raises ConflictError where another came
        after it, or where the claims bear other labels now or are tied otherwise; JudgementError where nothing ties them, or there is nothing to undo.
        """
        if judgement.verdict not in LINK_VERDICTS:
            raise JudgementError(say("review.not_allowed", given=judgement.verdict, allowed=", ".join(LINK_VERDICTS)))
        earlier = self.history(judgement.one, judgement.other)
        last = int(earlier[-1]["number"]) if earlier else 0
        if seen is not None and last != seen:
            raise ConflictError(say("review.conflict_link", by=earlier[-1]["by"]))
        self._check_labels(judgement)
        own = [one for one in earlier if _key(one) == _key(asdict(judgement))]
        if judgement.verdict == "undone":
            known = {int(one["number"]) for one in own}
            if judgement.undoes not in known or judgement.undoes in state(own).undone:
                raise JudgementError(say("review.cannot_undo"))
        elif self._type(judgement, linker) != judgement.type:
            raise ConflictError(say("review.link_gone"))
        inserted = self.connection.execute(
            tables.link_judgements.insert().values(**asdict(judgement))
        ).inserted_primary_key
        assert inserted is not None
        self._settle([*own, asdict(judgement) | {"number": int(inserted[0])}])
        return int(inserted[0])

    def history(self, one: str, other: str) -> list[dict[str, Any]]:
        """Every judgement of the link between two claims, oldest first, of earlier labels too."""
        j = tables.link_judgements
        query = sa.select(j).where(j.c.one == one, j.c.other == other).order_by(j.c.number)
        return [dict(row) for row in self.connection.execute(query).mappings()]

    def derive(self) -> None:
        """The derived table anew, from all judgements."""
        self.connection.execute(tables.judged_links.delete())
        found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        j = tables.link_judgements
        for row in self.connection.execute(sa.select(j).order_by(j.c.number)).mappings():
            found.setdefault(_key(row), []).append(dict(row))
        for own in found.values():
            self._settle(own)

    def _check_labels(self, judgement: LinkJudgement) -> None:
        s = tables.shown.c
        query = sa.select(s.id, s.labels).where(s.id.in_((judgement.one, judgement.other)))
        found = {str(id): str(labels) for id, labels in self.connection.execute(query)}
        for id, labels in ((judgement.one, judgement.one_labels), (judgement.other, judgement.other_labels)):
            if id not in found:
                raise JudgementError(say("review.gone", id=id))
            if found[id] != labels:
                raise ConflictError(say("review.read_anew"))

    def _type(self, judgement: LinkJudgement, linker: str) -> str | None:
        t = tables.links.c
        query = sa.select(t.type).where(t.linker == linker, t.one == judgement.one, t.other == judgement.other)
        return self.connection.execute(
            query.order_by(t.one_reading.desc(), t.other_reading.desc()).limit(1)
        ).scalar_one_or_none()

    def _settle(self, own: Sequence[Mapping[str, Any]]) -> None:
        """The derived row of one link, from all judgements of it with the labels that it has."""
        row = {name: own[0][name] for name in PAIR}
        table, basis = tables.judged_links, state(own).basis
        self.connection.execute(table.delete().where(*(table.c[name] == value for name, value in row.items())))
        if basis is not None:
            self.connection.execute(table.insert(), row | {"verdict": basis["verdict"], "basis": basis["number"]})


def _key(row: Mapping[Any, Any]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in PAIR)

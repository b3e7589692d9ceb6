"""The claims of a question with what ties them together: facts, links, clusters, states. The ledgers are read from this."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from relaas.dates import bounds
from relaas.linking.clusters import Cluster, clusters
from relaas.linking.facts import Facts
from relaas.linking.identity import linker_identity
from relaas.linking.linker import relation
from relaas.linking.states import State, history
from relaas.model.link import Link
from relaas.store.linking import LinkStore
from relaas.store.view import Filter, View
from relaas.text import folded

Claim = Mapping[str, Any]
# What a person rejected was read wrongly: it is no part of what the reports say.
STANDING = ("unreviewed", "accepted")


@dataclass(frozen=True)
class Picture:
    """Claims as the contract has them, those asked for and those tied to them, in one order; ``asked`` are the ids asked for.

    Everything follows from the claims and the links between them; nothing here is stored.
    """

    claims: tuple[Claim, ...]
    asked: frozenset[str]
    links: tuple[Link, ...]
    facts: Mapping[str, Facts]

    @cached_property
    def by_id(self) -> dict[str, Claim]:
        """Claims by their id."""
        return {claim["id"]: claim for claim in self.claims}

    @cached_property
    def known(self) -> dict[str, int | None]:
        """The day number on which each claim became known: the end of its report's date, or of its retrieval where that is later."""
        return {claim["id"]: known_day(claim) for claim in self.claims}

    @cached_property
    def clusters(self) -> list[Cluster]:
        """Claims about one thing, every claim in one."""
        return clusters([claim["id"] for claim in self.claims], self.links)

    @cached_property
    def cluster_of(self) -> dict[str, Cluster]:
        """The cluster of each claim."""
        return {id: cluster for cluster in self.clusters for id in cluster.claims}

    @cached_property
    def histories(self) -> dict[str, tuple[State, ...]]:
        """The states of each cluster by its id, oldest first."""
        return {cluster.id: history(cluster, self.by_id, self.known) for cluster in self.clusters}

    def state(self, claim: str) -> str:
        """What is to be thought of the thing that a claim is about, now."""
        return self.histories[self.cluster_of[claim].id][-1].state

    def sources(self, claims: Sequence[str]) -> int:
        """How many independent primary sources some claims of one cluster go back to."""
        wanted = set(claims)
        return sum(bool(wanted & set(source)) for source in self.cluster_of[claims[0]].primaries)

    def agreeing(self, claim: str) -> tuple[str, ...]:
        """The claims of its cluster that say so, or not so, as it does."""
        return tuple(
            id for id in self.cluster_of[claim].claims if self.facts[id].polarity == self.facts[claim].polarity
        )

    def primary(self, claim: str) -> tuple[str, ...]:
        """The claims of its cluster that come from the same primary source, itself among them."""
        return next(source for source in self.cluster_of[claim].primaries if claim in source)

    @cached_property
    def tied(self) -> dict[frozenset[str], Link]:
        """The link between two claims, firm or proposed."""
        return {frozenset((link.one, link.other)): link for link in self.links}

    def relation(self, one: str, other: str) -> str | None:
        """How two claims stand to each other: by their link, else, in one cluster, by what they say; None where nothing ties them."""
        link = self.tied.get(frozenset((one, other)))
        together = self.cluster_of[one] is self.cluster_of[other]
        if link is not None and (together or not link.proposed):
            return link.type
        return relation(self.facts[one], self.facts[other]) if together else None

    def withdrawn(self, claim: str) -> bool:
        """Whether the one who said it took it back or put another thing in its place."""
        return claim in self.retracted or claim in self.mended

    @cached_property
    def retracted(self) -> frozenset[str]:
        """Claims that were taken back."""
        return frozenset(link.other for link in self.links if link.type == "retraction" and not link.proposed)

    @cached_property
    def mended(self) -> frozenset[str]:
        """Claims that were mended."""
        return frozenset(link.other for link in self.links if link.type == "correction" and not link.proposed)


def picture(view: View, wanted: Filter) -> Picture:
    """The claims that a filter selects, and through firm links those that speak of the same things.

    What became known after ``wanted.as_known``, what a person rejected, and with ``wanted.accepted`` what nobody accepted, takes no part,
    nor do its links.
    """
    base = LinkStore(view.connection, linker_identity())
    wanted = wanted if wanted.accepted or wanted.status else replace(wanted, status=STANDING)
    found = {claim["id"]: claim for claim in view.claims(wanted)}
    asked, frontier = frozenset(found), list(found)
    links: dict[tuple[str, str], Link] = {}
    wider = Filter(as_known=wanted.as_known, accepted=wanted.accepted, status=STANDING)
    while frontier:
        new = {(link.one, link.other): link for link in base.links(frontier, known=links)}
        links |= new
        outside = sorted(
            {id for link in new.values() if not link.proposed for id in (link.one, link.other)} - found.keys()
        )
        fetched = list(_by_ids(view, wider, outside))
        found |= {claim["id"]: claim for claim in fetched}
        frontier = [claim["id"] for claim in fetched]
    claims = sorted(found.values(), key=order)
    kept = tuple(links[key] for key in sorted(links) if links[key].one in found and links[key].other in found)
    return Picture(tuple(claims), asked, kept, _upheld(_facts(base, claims), found.keys(), view, wider))


def order(claim: Claim) -> tuple[str, str, str, int, str]:
    """The order of claims everywhere: report by date and name, place in it, id."""
    document = claim["document"]
    return (document["published"] or "", document["name"], document["id"], claim["quote"]["start"], claim["id"])


def known_day(claim: Claim) -> int | None:
    """The last day on which the claim's report can have become known; None for an undated report."""
    days = [bounds(value)[1] for value in (claim["document"]["published"], claim["document"]["retrieved"]) if value]
    return max(days).toordinal() if days else None


def claimant(claim: Claim) -> str | None:
    """Who makes a claim: its source, else the outlet by name; None for a rumour."""
    if claim["source"]:
        return str(claim["source"]["name"])
    if claim["evidence"] == "unconfirmed":
        return None
    return str(claim["document"]["publisher"] or claim["document"]["name"])


def is_by(name: str | None, wanted: str | None) -> bool:
    """Whether a claimant bears the wanted name, or part of it; everybody does where none is wanted."""
    return not wanted or (name is not None and folded(wanted) in folded(name))


def iso(day: int | None) -> str | None:
    """A day number as an ISO day; None for none and for an open end."""
    return date.fromordinal(day).isoformat() if day is not None and 1 < day < date.max.toordinal() else None


def _by_ids(view: View, wider: Filter, ids: Sequence[str]) -> list[Claim]:
    return [
        claim
        for start in range(0, len(ids), 5_000)
        for claim in view.claims(replace(wider, ids=tuple(ids[start : start + 5_000])))
    ]


def _upheld(facts: Mapping[str, Facts], found: Collection[str], view: View, wider: Filter) -> dict[str, Facts]:
    """The facts, less what a pro-form takes over from a claim that has no part here: one not known yet, rejected, or not accepted."""
    answered = {facts[id].answers for id in found if id in facts} - {None, *found}
    held = {claim["id"] for claim in _by_ids(view, wider, sorted(map(str, answered)))}
    bare: dict[str, Any] = {"control": (), "conditions": (), "counts": ()}
    return {id: replace(one, **bare) if one.answers in answered - held else one for id, one in facts.items()}


def _facts(base: LinkStore, claims: Sequence[Claim]) -> dict[str, Facts]:
    """What the linker made of the claims' reports; empty for what it has not seen."""
    readings = base.readings({claim["document"]["id"] for claim in claims})
    made, wanted = base.facts(sorted(readings)), {claim["id"] for claim in claims}
    return {row["id"]: Facts.from_json(row) for _, rows in made.values() for row in rows if row["id"] in wanted}

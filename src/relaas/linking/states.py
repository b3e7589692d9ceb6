"""What is to be thought of a thing that reports speak of, as the reports came in; worked out from the links, never written over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from relaas.linking.clusters import Cluster
from relaas.model.link import STATES, Link
from relaas.ontology.display import entry, polarity

AGREEING = frozenset({"same_event", "same_statement"})
FIRM = frozenset({"certain", "probable"})


@dataclass(frozen=True, slots=True)
class State:
    """What holds from a day on (its number; None for undated reports alone), and the claims that brought it about."""

    since: int | None
    state: str
    by: tuple[str, ...]


def history(
    cluster: Cluster, claims: Mapping[str, Mapping[str, Any]], known: Mapping[str, int | None]
) -> tuple[State, ...]:
    """The states of a cluster one after another, oldest first; each only where it differs from the one before.

    ``claims`` are the contract's JSON by id, ``known`` the day on which each became known.
    """
    days = sorted({known[id] for id in cluster.claims}, key=lambda day: (day is not None, day or 0))
    found: list[State] = []
    for day in days:
        here = [id for id in cluster.claims if known[id] is None or (day is not None and (known[id] or 0) <= day)]
        state = state_of(cluster, here, claims)
        if not found or found[-1].state != state:
            found.append(State(day, state, tuple(id for id in here if known[id] == day)))
    return tuple(found)


def state_of(cluster: Cluster, here: Sequence[str], claims: Mapping[str, Mapping[str, Any]]) -> str:
    """The first state that applies to what is known: see gold/stories/README.md."""
    present = set(here)
    types = {
        link.type for link in cluster.links if link.one in present and link.other in present and _told(link, claims)
    }
    affirming = [id for id in here if _affirms(claims[id])]
    tests = {
        "retracted": "retraction" in types,
        "corrected": "correction" in types,
        "disputed": "contradiction" in types,
        "verified": any(claims[id]["evidence"] == "verified" for id in affirming),
        "corroborated": _agree(cluster, set(affirming)),
        "reported": True,
    }
    return next(state for state in STATES if tests[state])


def _agree(cluster: Cluster, affirming: Set[str]) -> bool:
    """Whether two independent primary sources say the same; two figures of one count, one later than the other, are no such."""
    source = {id: number for number, group in enumerate(cluster.primaries) for id in group}
    return any(
        link.type in AGREEING and {link.one, link.other} <= affirming and source[link.one] != source[link.other]
        for link in cluster.links
    )


def _told(link: Link, claims: Mapping[str, Mapping[str, Any]]) -> bool:
    """A contradiction counts between what is put forward as so or not so, not where one side is a plan or an unknown."""
    return link.type != "contradiction" or all(_level(claims[id]) in FIRM for id in (link.one, link.other))


def _affirms(claim: Mapping[str, Any]) -> bool:
    """Whether a claim says that it is so; bare hearsay, plans and unknowns affirm nothing."""
    rumour = claim["evidence"] == "unconfirmed" and claim["source"] is None
    return polarity(claim["certainty"]) > 0 and _level(claim) in FIRM and not rumour


def _level(claim: Mapping[str, Any]) -> str:
    return str(entry("certainty", claim["certainty"]).get("level", ""))

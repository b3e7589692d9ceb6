"""One claim among the others: what is to be thought of the thing that it tells, and the claims that links tie it to."""

from __future__ import annotations

from dataclasses import dataclass

from relaas.linking.identity import linker_identity
from relaas.linking.states import State
from relaas.model.link import Link
from relaas.queries.picture import STANDING, Claim, order, picture
from relaas.store.linking import LinkStore
from relaas.store.view import Filter, View


@dataclass(frozen=True, slots=True)
class Tie:
    """A link seen from one of its claims: the other one, and whether that is the earlier of the two."""

    link: Link
    other: Claim
    backwards: bool


@dataclass(frozen=True, slots=True)
class Connections:
    """The states of a claim's thing, oldest first, how many independent sources say as it does, and the claim's own links,
    firm before proposed, then in the order of the reports.
    """

    states: tuple[State, ...]
    sources: int
    ties: tuple[Tie, ...]


def connections(view: View, id: str) -> Connections | None:
    """Everything that ties a claim (by its whole id) to others; None where it has no part in the picture, as a rejected one has not.

    Proposed links are among the ties, but take no part in states.
    """
    found = picture(view, Filter(ids=(id,)))
    if id not in found.by_id:
        return None
    links = {
        link.other if link.one == id else link.one: link
        for link in LinkStore(view.connection, linker_identity()).links([id])
    }
    others = view.claims(Filter(ids=tuple(sorted(links)), status=STANDING)) if links else ()
    ties = [Tie(links[other["id"]], other, links[other["id"]].one == id) for other in others]
    ties.sort(key=lambda tie: (tie.link.proposed, order(tie.other)))
    return Connections(
        found.histories[found.cluster_of[id].id],
        found.sources(found.agreeing(id)) if id in found.facts else 1,
        tuple(ties),
    )

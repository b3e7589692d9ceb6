"""What a reviewer sees of a link: its two claims as they stand, who judged it, and what can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from relaas.linking.identity import linker_identity
from relaas.model.link import Link
from relaas.queries.picture import Claim
from relaas.review.state import State, state
from relaas.store.link_queue import LinkQueue
from relaas.store.view import Filter, View

LOT = 5_000
"""Claims fetched at once: fewer than a statement may name."""


@dataclass(frozen=True, slots=True)
class Tied:
    """A link with the two claims that it ties."""

    link: Link
    one: Claim
    other: Claim

    @property
    def id(self) -> str:
        """Both claims by their ids, as commands and addresses name a link."""
        return link_id(self.link)


@dataclass(frozen=True, slots=True)
class LinkDossier:
    """A link with every judgement of it, oldest first; ``labels`` are those of its claims now, ``state`` where that link stands."""

    tied: Tied
    labels: tuple[str, str]
    history: tuple[Mapping[str, Any], ...]
    state: State

    @property
    def seen(self) -> int:
        """The number of the last judgement, 0 for none."""
        return int(self.history[-1]["number"]) if self.history else 0

    @property
    def undoable(self) -> int | None:
        """The judgement that an undoing takes back: the one that the link rests on."""
        return int(self.state.basis["number"]) if self.state.basis else None

    def holds(self, judgement: Mapping[str, Any]) -> bool:
        """Whether a judgement is of the link as it is now, not of other labels or another type."""
        return _names(judgement) == (*self.labels, self.tied.link.type)


def link_id(link: Link) -> str:
    """Both claims of a link by their ids."""
    return f"{link.one}+{link.other}"


def pair_of(view: View, given: str) -> tuple[str, str] | None:
    """The whole ids of the two claims that a person names as ONE+OTHER by the beginnings of their ids, in the order in which a link ties them, if one
    does; None where there are no two such claims.
    """
    one, _, other = given.partition("+")
    found = [str(claim["id"]) for id in (one, other) if (claim := view.claim(id.strip()) if id.strip() else None)]
    if len(found) != 2:
        return None
    turned = LinkQueue(view, linker_identity()).find(found[1], found[0])
    return (found[1], found[0]) if turned else (found[0], found[1])


def link_dossier(view: View, one: str, other: str) -> LinkDossier | None:
    """Everything of the link between two claims (by their whole ids, the later first); None where nothing ties them."""
    queue = LinkQueue(view, linker_identity())
    found = queue.find(one, other)
    if found is None:
        return None
    tied = _tied(view, [found.link])
    labels = str(view.labels(one)), str(view.labels(other))
    history = tuple(queue.history(one, other))
    own = [judgement for judgement in history if _names(judgement) == (*labels, found.link.type)]
    return LinkDossier(tied[0], labels, history, state(own)) if tied else None


def link_queue(view: View, wanted: Filter, *, after: tuple[str, str] | None = None, size: int = 20) -> list[Tied]:
    """Proposed links that wait for review, likeliest first; from the one that stands after a link, if named."""
    return _tied(view, LinkQueue(view, linker_identity()).page(wanted, after=after, size=size))


def links_waiting(view: View, wanted: Filter, *, most: int = 10_000) -> int:
    """How many proposed links wait, counted up to ``most`` and one."""
    return LinkQueue(view, linker_identity()).count(wanted, most=most)


def link_history(view: View, one: str, other: str) -> list[dict[str, Any]]:
    """Every judgement of the link between two claims, oldest first."""
    return LinkQueue(view, linker_identity()).history(one, other)


def judged_links(view: View, claim: str | None = None) -> list[dict[str, Any]]:
    """Every judgement of a link (or of the links of one claim), oldest first: the stored row with ``one_claim`` and ``other_claim``, the claims as they
    stand (None where one is gone), and ``holds``, whether the link rests on it now.
    """
    rows = LinkQueue(view, linker_identity()).judged(claim)
    known = _claims(view, [row[side] for row in rows for side in ("one", "other")])
    return [row | {f"{side}_claim": known.get(row[side]) for side in ("one", "other")} for row in rows]


def _tied(view: View, links: Sequence[Link]) -> list[Tied]:
    known = _claims(view, [id for link in links for id in (link.one, link.other)])
    return [
        Tied(link, known[link.one], known[link.other]) for link in links if link.one in known and link.other in known
    ]


def _claims(view: View, ids: Sequence[str]) -> dict[str, Claim]:
    ordered = sorted(set(ids))
    lots = (tuple(ordered[start : start + LOT]) for start in range(0, len(ordered), LOT))
    return {claim["id"]: claim for lot in lots for claim in view.claims(Filter(ids=lot))}


def _names(judgement: Mapping[str, Any]) -> tuple[str, str, str]:
    return judgement["one_labels"], judgement["other_labels"], judgement["type"]

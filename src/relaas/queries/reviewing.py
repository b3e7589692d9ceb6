"""What a reviewer sees of a claim beside its labels: why it comes early, who judged it, and what can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from relaas.review.doubt import doubts
from relaas.review.state import State, state
from relaas.store.view import Filter, Leaf, View

WAITING = ("unreviewed",)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A claim with every judgement of it, oldest first. ``seen`` is the number of the last one, which a new judgement
    must name; ``state`` where its present version stands; ``read`` the claim before any correction.
    """

    claim: Mapping[str, Any]
    read: Mapping[str, Any]
    history: tuple[Mapping[str, Any], ...]
    state: State
    doubts: tuple[str, ...]

    @property
    def seen(self) -> int:
        """The number of the last judgement, 0 for none."""
        return int(self.history[-1]["number"]) if self.history else 0

    @property
    def undoable(self) -> int | None:
        """The judgement that an undoing takes back: the last that stands and undoes nothing."""
        standing = [
            one
            for one in self.history
            if one["version"] == self.claim["version"]
            and one["verdict"] != "undone"
            and one["number"] not in self.state.undone
        ]
        return int(standing[-1]["number"]) if standing else None


def dossier(view: View, id: str) -> Dossier | None:
    """Everything of the claim whose id begins so; None where there is none, or several."""
    claim = view.claim(id)
    if claim is None:
        return None
    history = tuple(view.judgements(claim["id"]))
    own = [one for one in history if one["version"] == claim["version"]]
    return Dossier(claim, view.read_as(claim["id"]) or claim, history, state(own), doubts(claim))


def queue(view: View, wanted: Filter, *, after: str | None = None, size: int = 20) -> list[dict[str, Any]]:
    """Claims that wait for review, the likeliest errors first; from the one that stands after a claim, if named."""
    return view.page(waiting(wanted), Leaf("doubt", size=size, after=after))


def waiting(wanted: Filter) -> Filter:
    """The same choice, of what nobody has decided on."""
    return replace(wanted, accepted=False, status=WAITING)

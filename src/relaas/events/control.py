"""Who gains, loses, leaves or holds a place, out of the frame that told the event."""

from __future__ import annotations

from collections.abc import Sequence

from relaas.events.detection import Trigger
from relaas.events.frames import Frames
from relaas.events.scope import Scope, base
from relaas.model.control import Control
from relaas.model.place import Place

OVERRULED = frozenset({"physical"})


def control_of(
    found: Trigger, scope: Scope, places: Sequence[Place], actors: Sequence[str], recipients: Sequence[str]
) -> Control | None:
    """The change of control that a trigger tells, None where its frame tells none or nothing says who and where."""
    rule = found.frame.control
    if rule is None:
        return None
    change, sense = rule["change"], rule["sense"]
    place = _place(places, change)
    if sense in OVERRULED:
        sense = _sense(found, scope, scope.known) or sense
    holder, loser = (None, _one(actors)) if change == "left" else (_one(actors), _one(recipients))
    if rule.get("place") == "subject" and holder == place:
        holder = None
    if place is not None and loser == place:
        loser = None
    if holder is None and loser is None and place is None:
        return None
    return Control(change, sense, holder, loser, place)


def _one(names: Sequence[str]) -> str | None:
    return names[0] if names else None


def _place(places: Sequence[Place], change: str) -> str | None:
    """The place that changes hands: one of the claim's own before an inherited one; what is left is an origin."""
    wanted = ("origin", "location", "direction") if change in {"left", "lost"} else ("location", "direction", "origin")
    for inherited in (False, True):
        for use in wanted:
            for place in places:
                if place.inherited is inherited and place.use == use:
                    return place.name
    return None


def _sense(found: Trigger, scope: Scope, known: Frames) -> str | None:
    """A sense narrower than the frame's that the words beside it give: a part of the place, on paper."""
    for sense, words in known.senses:
        if words.find(scope.text) or any(words.word(token.lower_, base(token)) for token in scope.tokens):
            return sense
    return None

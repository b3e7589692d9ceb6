"""What ties two claims together, and what follows for them."""

from __future__ import annotations

from dataclasses import dataclass

TYPES = ("same_event", "same_statement", "update", "contradiction", "correction", "retraction", "follow_up")
DIRECTED = frozenset({"update", "correction", "retraction", "follow_up"})
"""Types that run from a later claim to an earlier one."""
JOINING = frozenset(TYPES) - {"follow_up"}
"""Types between claims that speak of one and the same thing."""
STATES = ("retracted", "corrected", "disputed", "verified", "corroborated", "reported")
"""The first that applies is the state."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground for a link: the feature that gave it, what it weighed (log odds), and what it stood on."""

    feature: str
    weight: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A typed tie between two claims, by their ids; of a directed type ``one`` is the later.

    ``score`` is the calibrated chance that the two speak of the same thing (or, of a follow-up, of its next phase);
    a doubtful link is ``proposed`` and takes part in no cluster before a person accepts it. ``dependent`` says that both go back
    to one primary source, and ``why`` on what ground.
    """

    one: str
    other: str
    type: str
    score: float
    proposed: bool
    reasons: tuple[Reason, ...] = ()
    dependent: bool = False
    why: str | None = None

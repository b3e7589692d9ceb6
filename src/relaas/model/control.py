"""Who holds a place, according to one claim."""

from __future__ import annotations

from dataclasses import dataclass

CHANGES = ("gained", "lost", "left", "held", "contested")
SENSES = ("physical", "partial", "contested", "encircled", "claimed", "legal")


@dataclass(frozen=True, slots=True)
class Control:
    """A change or a state of control, by the report's own names; None where the words do not say.

    ``change``: ground is gained, lost (to somebody), left, held, or contested (surrounded, fought over). ``place`` is the name of
    one of the claim's places. Whether it is put forward as so, as not so or as planned is the claim's certainty, as with events.
    """

    change: str
    sense: str
    holder: str | None = None
    loser: str | None = None
    place: str | None = None

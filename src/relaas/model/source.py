"""Who says a claim."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """The one to whom the report ascribes a claim.

    ``name`` is the fullest the document gives; ``text``, ``start`` and ``end`` the words that name it for this claim, None where
    a quotation carries its speaker over from another sentence. ``via`` names those through whom it reached the report.
    """

    name: str
    kind: str
    text: str | None = None
    start: int | None = None
    end: int | None = None
    via: tuple[str, ...] = ()

"""A clause's footing other than attribution: observed, verified or beyond checking."""

from __future__ import annotations

from dataclasses import dataclass

from relaas.model.claim import Verification
from relaas.model.source import Source
from relaas.model.span import Span


@dataclass(frozen=True, slots=True)
class Footing:
    """What a clause stands on: with whose eyes or checks, and what to leave out of its quote.

    ``frames`` are the numbers of clauses that only say so and claim nothing.
    """

    clause: int
    evidence: str
    rule: str
    cue: Span
    source: Source | None = None
    verification: Verification | None = None
    unknown: bool = False
    left_out: frozenset[int] = frozenset()
    frames: frozenset[int] = frozenset()

"""What a person decided about one version of a claim."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who judged which version, when, how and why; judgements are only ever added."""

    claim: str
    version: str
    verdict: str
    by: str
    at: str
    why: str | None = None

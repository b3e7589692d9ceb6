"""What holds of a clause: whose it is, on what footing, how surely, and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from relaas.model.claim import Cue
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.scale import Certainty


@dataclass(frozen=True, slots=True)
class State:
    """What holds of a clause before its own words are looked at."""

    source: Source | None = None
    evidence: str = "stated"
    certainty: Certainty = field(default_factory=Certainty)
    hearsay: bool = False
    cues: dict[str, Cue] = field(default_factory=dict)

    def with_cue(self, label: str, rule: str, *spans: Span) -> State:
        """The same with the reason for one label."""
        return replace(self, cues={**self.cues, label: Cue(rule, spans)})

"""A claim as the measuring side sees it, whether a person or the pipeline labelled it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from relaas.model.claim import Claim
from relaas.model.span import Span


@dataclass(frozen=True, slots=True)
class Labelled:
    """A quote with its labels as in the contract's JSON; ``sentence`` spans the sentence (or sentences) that the
    quote stands in.

    ``cues`` holds for each label the rule that set it and the spans of its words; a person's labels have none.
    """

    quote: Span
    sentence: Span
    labels: Mapping[str, Any]
    cues: Mapping[str, tuple[str, tuple[Span, ...]]] = field(default_factory=dict)


def from_claim(claim: Claim) -> Labelled:
    """A claim of the pipeline."""
    cues = {name: (cue.rule, cue.spans) for name, cue in claim.cues.items()}
    return Labelled(claim.quote, claim.sentence.span, claim.labels(), cues)


def from_json(row: Mapping[str, Any]) -> Labelled:
    """A claim as ``relaas read --format jsonl`` prints it."""
    cues = {
        name: (cue["rule"], tuple(Span(start, end) for start, end in cue.get("spans", ())))
        for name, cue in (row.get("cues") or {}).items()
    }
    return Labelled(_span(row["quote"]), _span(row["sentence"]), row, cues)


def _span(row: Mapping[str, Any]) -> Span:
    return Span(row["start"], row["end"])

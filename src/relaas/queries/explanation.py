"""Why a claim bears its labels: for each the rule, and the words that it stood on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relaas.store.view import View

PARTS = ("source", "evidence", "verification", "certainty", "topic", "event", "control", "time", "places", "quantities")


@dataclass(frozen=True, slots=True)
class Reason:
    """A label's rule and words; ``rule`` is None where nothing set the label, and ``words`` are empty where the rule
    stood on none. ``path`` leads from those words to the claim: each step a relation and the predicate reached.
    """

    part: str
    value: Any
    rule: str | None
    words: tuple[str, ...]
    confidence: float | None
    path: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A claim with the reason for each of its labels."""

    claim: Mapping[str, Any]
    reasons: tuple[Reason, ...]


def explanation(view: View, id: str) -> Explanation | None:
    """The explanation of the claim whose id begins so; None where there is none, or several."""
    claim = view.claim(id)
    if claim is None:
        return None
    document = view.document(claim["document"]["id"])
    text = document.text if document else ""
    return Explanation(claim, tuple(_reason(claim, part, text) for part in PARTS))


def _reason(claim: Mapping[str, Any], part: str, text: str) -> Reason:
    cue = claim["cues"].get(part)
    words = tuple(text[start:end] for start, end in cue["spans"]) if cue else ()
    steps = cue.get("path", ()) if cue else ()
    path = tuple((relation, text[start:end]) for relation, (start, end) in steps)
    return Reason(part, claim.get(part), cue["rule"] if cue else None, words, claim["confidence"].get(part), path)

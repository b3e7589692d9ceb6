"""Where one claim ends and the next begins, by what the reading model says of words and what the clauses' labels share."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from relaas.propositions.clauses import Clause
from relaas.propositions.lexicon import Lexicon
from relaas.propositions.views import own_words

OUTSIDE = 0.6
"""Words that are outside every claim with this chance stay out of a quote's edges; a stretch of such words is no claim."""
FAR = 6


def outside(doc: Any, token: int) -> float:
    """The chance that a word is outside every claim; 0 where no model has read the passage."""
    tellings = doc.user_data.get("tellings")
    return 0.0 if tellings is None else tellings.chance("cut", token, "O")


def empty(doc: Any, tokens: Sequence[int]) -> bool:
    """Whether a stretch of words is no claim at all."""
    return bool(tokens) and sum(outside(doc, i) for i in tokens) / len(tokens) > OUTSIDE


def shortened(doc: Any, tokens: Sequence[int]) -> list[int]:
    """The words without those at the edges that are outside every claim; all of them where nothing would be left."""
    kept = list(tokens)
    while kept and outside(doc, kept[0]) > OUTSIDE:
        kept.pop(0)
    while kept and outside(doc, kept[-1]) > OUTSIDE:
        kept.pop()
    return kept or list(tokens)


def signs(clause: Clause, other: Clause, words: Lexicon) -> dict[str, float]:
    """What speaks for and against one claim out of two clauses, by name; ``other`` stands above or beside ``clause``."""
    own, others = own_words(clause), own_words(other)
    found = {
        "constant": 1.0,
        f"relation {clause.relation if other is clause.parent else 'beside'}": 1.0,
        "finite": float(clause.is_finite()),
        "purpose": float(bool(clause.marks() & words.purpose)),
        "same source": float(_name(clause) == _name(other)),
        "same evidence": float(clause.evidence == other.evidence),
        "same certainty": float(clause.certainty == other.certainty),
        "same topic": float(clause.topic == other.topic),
        "a condition": float(clause.relation == "advcl" and "FUT" in (clause.certainty, other.certainty)),
        "sure of the topics": clause.topic_strength * other.topic_strength if clause.topic != other.topic else 0.0,
        "words": min(len(own), 8) / 8,
        "words of the other": min(len(others), 8) / 8,
    }
    tellings = clause.doc.user_data.get("tellings")
    if tellings is not None and own:
        found["begins"] = _odds(max(tellings.chance("cut", i, "B") for i in own[:2]))
        found["goes on"] = _odds(tellings.chance("cut", own[0], "I"))
        if others and others[0] > own[0]:
            found["the other begins"] = _odds(max(tellings.chance("cut", i, "B") for i in others[:2]))
    return found


def joined(clause: Clause, other: Clause, words: Lexicon, weights: Mapping[str, float]) -> float:
    """The chance that two clauses are one claim."""
    score = sum(weights.get(name, 0.0) * value for name, value in signs(clause, other, words).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _name(clause: Clause) -> str | None:
    return clause.source.name if clause.source else None


def _odds(chance: float) -> float:
    chance = min(max(chance, 0.002), 0.998)
    return math.log(chance / (1 - chance)) / FAR

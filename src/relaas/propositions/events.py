"""Tells the PLOVER event of a clause by its words, with actor and recipient by its syntax."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from relaas.model.event import Event
from relaas.ontology.loader import language_data
from relaas.propositions.lexicon import phrase_pattern

EVENTFUL = frozenset(
    {
        "offensive",
        "battle",
        "casualties",
        "control",
        "displacement",
        "arrest",
        "damage",
        "agreement",
        "aid",
        "forces",
        "statement",
    }
)


@cache
def _rules(language: str) -> tuple[tuple[re.Pattern[str], str, str | None], ...]:
    rules: list[dict[str, Any]] = language_data(language, "events").get("events", [])
    built = ((phrase_pattern(rule["words"]), rule["type"], rule["mode"]) for rule in rules)
    return tuple((pattern, type, mode) for pattern, type, mode in built if pattern is not None)


def event_of(lemmas: str, topic: str, certainty: str, language: str) -> Event | None:
    """The event that a clause's lemmas tell, None where its topic or certainty makes it none (a plan, an unknown, an opinion)."""
    if topic not in EVENTFUL or certainty in {"Uu"}:
        return None
    found = next(((type, mode) for pattern, type, mode in _rules(language) if pattern.search(lemmas)), None)
    return Event(*found) if found else None

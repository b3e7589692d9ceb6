"""Says what a clause is about, by its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from relaas.ontology.loader import language_data
from relaas.propositions.lexicon import phrase_pattern

STRONG, WEAK, FRAME = 3.0, 1.0, 3.5


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with how strongly the words speak for it, and which words."""

    name: str
    strength: float
    words: tuple[tuple[int, int], ...] = ()


class TopicWords:
    """The topic words of one language, as patterns over a clause's lemmas and forms."""

    def __init__(self, language: str) -> None:
        self.topics: dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None, list[list[str]]]] = {}
        data: Mapping[str, Any] = language_data(language, "topics")
        for topic, group in data.items():
            strong, weak = (phrase_pattern(str(word) for word in group.get(key, ())) for key in ("strong", "weak"))
            self.topics[topic] = (strong, weak, [[str(word) for word in frame] for frame in group.get("frames", ())])

    def scores(self, lemmas: str, forms: str) -> dict[str, float]:
        """How strongly each topic is spoken for; topics without any word are left out."""
        found: dict[str, float] = {}
        words = set(lemmas.split())
        for topic, (strong, weak, frames) in self.topics.items():
            score = STRONG * _distinct(strong, lemmas, forms) + WEAK * min(2, _distinct(weak, lemmas, forms))
            score += FRAME * sum(1 for frame in frames if words.issuperset(frame))
            if score:
                found[topic] = score
        return found

    def located(self, topic: str, lemmas: Sequence[str]) -> list[int]:
        """The positions of the words that spoke for a topic."""
        strong, weak, frames = self.topics.get(topic, (None, None, []))
        flat = {word for frame in frames for word in frame}
        return [i for i, lemma in enumerate(lemmas) if lemma in flat or any(p is not None and p.fullmatch(lemma) for p in (strong, weak))]


def _distinct(pattern: re.Pattern[str] | None, lemmas: str, forms: str) -> int:
    if pattern is None:
        return 0
    return len({match.group(0) for match in pattern.finditer(lemmas)} or {match.group(0) for match in pattern.finditer(forms)})


@lru_cache(maxsize=None)
def topic_words(language: str) -> TopicWords:
    """The topic words of a language, read once."""
    return TopicWords(language)

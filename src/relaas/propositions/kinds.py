"""Tells what kind of source a noun or name describes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from relaas.ontology.loader import language_data
from relaas.propositions.lexicon import phrase_pattern


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = language_data(language, "sources").get("kinds", {})
    built = ((kind, phrase_pattern(data["words"])) for kind, data in kinds.items())
    return tuple((kind, pattern) for kind, pattern in built if pattern is not None)


@lru_cache(maxsize=10_000)
def kind_of(words: str, language: str) -> str | None:
    """The kind of source that a noun phrase describes, by its first matching kind in the data's order; None where no word matches."""
    return next((kind for kind, pattern in _patterns(language) if pattern.search(words)), None)


@cache
def spokesperson(language: str) -> re.Pattern[str] | None:
    """Nouns for those who speak for somebody else."""
    return phrase_pattern(language_data(language, "sources").get("roles_of_speakers", {}).get("spokesperson", ()))


@cache
def pronouns(language: str) -> dict[str, str]:
    """Each pronoun with its class: he, she, they, i, we."""
    classes = language_data(language, "sources").get("descriptions", {}).get("pronouns", {})
    found: dict[str, str] = {}
    for name, words in classes.items():
        for word in words:
            found.setdefault(word, name)
    return found


@lru_cache(maxsize=10_000)
def is_person(noun: str, language: str) -> bool:
    """Whether a noun names a single human being, whom "he" or "she" can mean; a body like an army is none."""
    pattern = _persons(language)
    return (pattern is not None and pattern.fullmatch(noun) is not None) or kind_of(noun, language) in {
        "civilian",
        "witness",
        "expert",
    }


@cache
def _persons(language: str) -> re.Pattern[str] | None:
    return phrase_pattern(language_data(language, "sources").get("persons", {}).get("words", ()))

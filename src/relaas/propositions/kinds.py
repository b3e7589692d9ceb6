"""Tells what kind of source a noun or name describes."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from relaas.ontology.loader import language_data
from relaas.propositions.lexicon import phrase_pattern

SHORTEST_PART = 4
LEADERS = frozenset({"military", "official"})


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = language_data(language, "sources").get("kinds", {})
    built = ((kind, phrase_pattern(data["words"])) for kind, data in kinds.items())
    return tuple((kind, pattern) for kind, pattern in built if pattern is not None)


@cache
def _phrases(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The kinds' words that are several ("police commander")."""
    kinds = language_data(language, "sources").get("kinds", {})
    built = (
        (kind, phrase_pattern(word for word in map(str, data["words"]) if " " in word or "_" in word))
        for kind, data in kinds.items()
    )
    return tuple((kind, pattern) for kind, pattern in built if pattern is not None)


@cache
def _parts(language: str) -> dict[str, str]:
    """The kinds' single words without wildcards, hyphened ones too, as last parts of compounds."""
    kinds = language_data(language, "sources").get("kinds", {})
    found: dict[str, str] = {}
    for kind, data in kinds.items():
        for word in map(str, data["words"]):
            if word.replace("-", "").isalpha() and len(word) >= SHORTEST_PART:
                found.setdefault(word.lower(), kind)
    return found


@lru_cache(maxsize=20_000)
def kind_of(words: str, language: str) -> str | None:
    """The kind of source that a noun phrase describes, by its first matching kind in the data's order; None where no word matches.

    A single word that is not listed counts by its last part ("VN-gezant", "statistiekbureau").
    """
    found = next((kind for kind, pattern in _patterns(language) if pattern.search(words)), None)
    if " " in words:
        return found
    word = words.lower()
    listed = _parts(language).get(word)
    if listed is not None:
        return listed
    if "-" in word and (last := kind_of(word.rsplit("-", 1)[1], language)) is not None:
        return last
    if found is None:
        for start in range(1, len(word) - SHORTEST_PART + 1):
            if (part := _parts(language).get(word[start:])) is not None and language == "nl":
                return part
    return found


@lru_cache(maxsize=20_000)
def noun_kind(lemma: str, form: str, language: str) -> str | None:
    """The kind that a noun describes, by its lemma, else by its form without a plural ending that the lemma kept.

    Of a word with a hyphen the form goes first: the lemma has lost the hyphen ("oud-kolonel").
    """
    endings = language_data(language, "sources").get("plurals", {}).get("endings", ())
    bare = [form.removesuffix(str(ending)) for ending in endings if form.endswith(str(ending))]
    words = (form, *bare, lemma) if "-" in form else (lemma, form, *bare)
    return next((kind for word in words if (kind := kind_of(word, language)) is not None), None)


def described_kind(head: Any, words: str, language: str) -> str | None:
    """The kind of source that a noun with its phrase describes: set phrases first, then the noun, then its other words.

    A commander or spokesman of an armed group is of that group; a "military source" is military.
    """
    text, lemma = words.lower(), str(head.base)
    singular = text.replace(head.lower_, lemma)
    phrase = next((kind for kind, one in _phrases(language) if one.search(text) or one.search(singular)), None)
    own = phrase or noun_kind(lemma, head.lower_, language)
    rest = " ".join(word for word in text.split() if word != head.lower_)
    if own is None or own == "unnamed":
        return (kind_of(rest, language) if rest else None) or own
    if own in LEADERS and rest and kind_of(rest, language) == "armed_group":
        return "armed_group"
    return own


@cache
def occupations(language: str) -> dict[str, str]:
    """Each verb that tells what somebody is by what he does ("study") with its kind."""
    kinds = language_data(language, "sources").get("occupations", {}).get("kinds", {})
    return {str(verb): kind for kind, verbs in kinds.items() for verb in verbs}


@cache
def spokesperson(language: str) -> re.Pattern[str] | None:
    """Nouns for those who speak for somebody else."""
    return phrase_pattern(language_data(language, "sources").get("roles_of_speakers", {}).get("spokesperson", ()))


@cache
def pronouns(language: str) -> dict[str, str]:
    """Each pronoun with its class: he, she, they, it, i, we."""
    classes = language_data(language, "sources").get("descriptions", {}).get("pronouns", {})
    found: dict[str, str] = {}
    for name, words in classes.items():
        for word in words:
            found.setdefault(word, name)
    return found


@cache
def pronoun_classes(language: str) -> dict[str, frozenset[str]]:
    """Each pronoun with all its classes: Dutch "ze" is she and they."""
    classes = language_data(language, "sources").get("descriptions", {}).get("pronouns", {})
    found: dict[str, frozenset[str]] = {}
    for name, words in classes.items():
        for word in words:
            found[word] = found.get(word, frozenset()) | {name}
    return found


@lru_cache(maxsize=10_000)
def gender_of(noun: str, language: str) -> str | None:
    """The pronoun that a noun for a person takes by its meaning ("widow": she); None where it tells nothing."""
    return next((name for name, pattern in _genders(language) if pattern.fullmatch(noun)), None)


@cache
def _genders(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = language_data(language, "sources").get("genders", {}).get("words", {})
    built = ((name, phrase_pattern(nouns)) for name, nouns in words.items())
    return tuple((name, pattern) for name, pattern in built if pattern is not None)


@lru_cache(maxsize=10_000)
def names_person(name: str) -> bool:
    """Whether a source's name begins with a noun for a single human being, in either language."""
    return any(is_person(word.lower(), language) for word in name.split()[:3] for language in ("nl", "en"))


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


def otherwise(noun: str, language: str) -> str:
    """The kind of a described source that no word gives: people by the ending of their noun, else a body."""
    endings = tuple(map(str, language_data(language, "sources").get("agents", {}).get("endings", ())))
    return "civilian" if noun.endswith(endings) and endings else "organisation"

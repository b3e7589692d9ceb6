"""What a place is doing in its sentence: location, direction, origin, actor, adjective or dateline."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from relaas.knowledge.names import key
from relaas.knowledge.toponyms import demonyms
from relaas.ontology.loader import language_data, languages
from relaas.places.relations import relation_before
from relaas.places.toponym import Toponym

_WORD = re.compile(r"[\w'’-]+")
_OF = frozenset(("van", "of", "'s", "s"))
# "in Charkov en Loegansk": the preposition holds for the second name too.
_ENUMERATED = re.compile(r"(?:[^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*)*(?:,| en| and| or),?\s+(?:in\s+)?)+$")


@cache
def _phrases(language: str, group: str, name: str) -> tuple[tuple[str, ...], ...]:
    data: dict[str, Any] = language_data(language if language in languages() else "en", "places").get("use", {})
    phrases = (tuple(phrase.lower().split()) for phrase in data.get(group, {}).get(name, []))
    return tuple(sorted(phrases, key=lambda words: -len(words)))


@cache
def _articles(language: str) -> frozenset[str]:
    from relaas.knowledge.wording import kind_words

    data = language_data(language if language in languages() else "en", "places")
    words = set(data.get("articles", []))
    for phrase in kind_words(language, "before"):
        words.update(phrase.split())
    return frozenset(words)


def use_of(toponym: Toponym, *, text: str, language: str, kind: str | None = None, seat: bool = False) -> str:
    """The use by the words around the name; ``location`` where nothing says otherwise.

    Only a country or the ``seat`` of a government speaks or acts: in "als Bachmoet valt" the ground is meant. A
    country without a preposition is the actor, not the place: "Rusland wil de stad innemen".
    """
    if is_adjective(toponym, text=text, language=language):
        return "adjective"
    if toponym.in_dateline or (toponym.in_dateline is None and _in_dateline(text, toponym)):
        return "dateline"
    if toponym.subject_of_saying:
        return "actor"
    lead = _ENUMERATED.sub("", text[max(0, toponym.start - 80) : toponym.start].rpartition("\n")[2])
    before = [word.lower() for word in _WORD.findall(re.split(r"[.!?;:]\s", lead)[-1])]
    gap = text[max(0, toponym.start - 1) : toponym.start]
    while before and before[-1] in _articles(language) and len(before) > 1 and gap in (" ", ""):
        before.pop()
    away = relation_before(text, toponym.start, language=language)
    measured = away is not None and away.distance_km is not None  # "12 km from Palma"
    if not measured and not _ends(before, _phrases(language, "direction", "except")):
        for use in ("direction", "origin"):
            if _ends(before, _phrases(language, use, "before")):
                return use
    may_act = seat or kind in (None, "country", "seat of government")
    if may_act and _ends(before, _phrases(language, "actor", "speaking_before")):
        return "actor"
    if (
        kind == "country"
        and _ends(before, _phrases(language, "actor", "country_before"))
        and not _ends(before, _phrases(language, "actor", "borders"))
    ):
        return "actor"
    if _ends(before, _phrases(language, "location", "before")):
        return "location"
    if may_act and _acts(toponym, text, language):
        return "actor"
    if kind not in ("country", "seat of government") or toponym.subject_of_saying is False:
        return "location"
    if _ends(before, _phrases(language, "actor", "before")):
        return "actor"
    return "location" if before and before[-1] in _OF else "actor"


def use_at(start: int, *, text: str, language: str) -> str:
    """Direction, origin or location of words that are no name, by the words before them."""
    before = [word.lower() for word in _WORD.findall(text[max(0, start - 60) : start].rpartition("\n")[2])]
    for use in ("direction", "origin"):
        if _ends(before, _phrases(language, use, "before")):
            return use
    return "location"


def follows_place_word(start: int, *, text: str, language: str) -> bool:
    """Whether a preposition that only places take stands right before: "in", "bij", "near"."""
    return _word_before(start, text) in _place_words(language)


def follows_title(start: int, *, text: str, language: str) -> bool:
    """Whether a person's title stands right before: "president", "General"."""
    return _word_before(start, text) in _titles(language)


def _word_before(start: int, text: str) -> str:
    match = re.search(r"([\w'’-]+) $", text[max(0, start - 40) : start])
    return match[1].lower() if match else ""


@cache
def _place_words(language: str) -> frozenset[str]:
    data: dict[str, Any] = language_data(language if language in languages() else "en", "places").get("use", {})
    return frozenset(data.get("location", {}).get("surely", []))


@cache
def _titles(language: str) -> frozenset[str]:
    data: dict[str, Any] = language_data(language if language in languages() else "en", "places")
    return frozenset(data.get("not_places", {}).get("persons_before", []))


def is_adjective(toponym: Toponym, *, text: str, language: str) -> bool:
    """Whether the words are an adjective, a language or inhabitants rather than a name."""
    return key(toponym.text) in demonyms(language if language in languages() else "en")


def _ends(before: list[str], phrases: tuple[tuple[str, ...], ...]) -> bool:
    if not before:
        return False
    ending = _by_last_word(phrases).get(before[-1], ())
    return any(len(before) >= len(phrase) and tuple(before[-len(phrase) :]) == phrase for phrase in ending)


@cache
def _by_last_word(phrases: tuple[tuple[str, ...], ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    words = {phrase[-1] for phrase in phrases}
    return {word: tuple(phrase for phrase in phrases if phrase[-1] == word) for word in words}


def _acts(toponym: Toponym, text: str, language: str) -> bool:
    after = text[toponym.end : toponym.end + 40]
    if not after.startswith(" "):
        return False
    words = _WORD.findall(after.split(".")[0].split(",")[0])[:2]
    verbs = {phrase[0] for phrase in _phrases(language, "actor", "verbs")}
    if words and words[0] in verbs:
        return True
    if (
        len(words) > 1
        and words[0] in {"heeft", "had", "zou", "has", "have", "also", "ook", "wil", "will", "nu", "now", "is", "was"}
        and words[1] in verbs
    ):
        return words[0] not in {"is", "was"} or words[1].endswith("ing")
    back = _WORD.findall(text[max(0, toponym.start - 25) : toponym.start])
    # Inversion: "…", zegt Moskou.
    return (
        bool(back)
        and back[-1] in verbs
        and text[toponym.start - 1] == " "
        and (not after.strip() or after.strip()[0] in ".,;:" or after.startswith(" dat "))
    )


def _in_dateline(text: str, toponym: Toponym) -> bool:
    start = text.rfind("\n", 0, toponym.start) + 1
    end = text.find("\n", toponym.end)
    line = text[start : end if end >= 0 else len(text)]
    before, after = text[start : toponym.start], line[toponym.end - start :]
    if len(before.split()) > 3:
        return False
    if (
        re.fullmatch(r"\s*\(?", before)
        and re.match(r"\s*\)?\s*(?:\([A-Za-z/ ]{2,15}\))?\s*[-–—]\s", after)
        and not re.match(r"-\w", after)
    ):
        return True
    if re.fullmatch(r"\s*\(?", before) and re.match(
        r", (?:[A-Z][\w.]+ ?){1,3}\s*\)?\s*(?:\([A-Za-z/ ]{2,15}\))?\s*[-–—]\s", after
    ):
        return True
    if re.fullmatch(r"\s*\(", before) and toponym.text.isupper() and re.match(r"\)", after):
        return True
    return bool(re.fullmatch(r"\s*\(?[A-Z][A-Z .'-]+, ", before)) and bool(
        re.match(r"\s*\)?\s*(?:\([A-Za-z/ ]{2,15}\))?\s*[-–—]\s", after)
    )
